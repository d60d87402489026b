#!/usr/bin/env bash
# What every change must pass beside the tests, cheapest first.
set -euo pipefail
cd "$(dirname "$0")/.."

folders=(Package.swift Sources Tests)
[ -d Benchmarks ] && folders+=(Benchmarks)
[ -d Fuzzing ] && folders+=(Fuzzing)
swift format lint --strict --parallel -r "${folders[@]}"
echo "Formatting: good."
Scripts/layering.sh
Scripts/house.sh
# A scratch folder of its own, because the flags differ from every other build.
swift build --build-tests --scratch-path .build-check \
    -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error
echo "Build without warnings: good."
