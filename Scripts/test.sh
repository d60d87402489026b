#!/usr/bin/env bash
# Builds and runs every test, in release: the numeric suites take minutes without optimisation, and
# what is tested is what ships. Has a build folder of its own, because tests are built with other
# flags than the program and would otherwise rebuild it each time.
set -euo pipefail
cd "$(dirname "$0")/.."

export MEKIKI_DATA="$PWD"
swift test -c release --scratch-path .build-test "$@"
