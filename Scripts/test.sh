#!/usr/bin/env bash
# Builds and runs every test, in release: the numeric suites take minutes without optimisation, and
# what is tested is what ships. Has a build folder of its own, because tests are built with other
# flags than the program and would otherwise rebuild it each time.
set -euo pipefail
cd "$(dirname "$0")/.."

export MEKIKI_DATA="$PWD"
swift test -c release --scratch-path .build-test "$@"

# The numbers once more, as an older processor computes them.
if [ $# -eq 0 ] && [ "$(uname -m)" = x86_64 ]; then
    echo "The numeric suites with AVX2 only:"
    MEKIKI_CPU=avx2 swift test -c release --scratch-path .build-test --skip-build \
        --filter 'CMekikiKernelsTests|MekikiTensorTests|MekikiModelsTests|MekikiVectorsTests'
fi
