#!/usr/bin/env bash
# Builds what is measured, and measures it beside its peers. With the name of a part, or the
# beginning of some parts' names, only those; with QUICK=1 in the environment a few readings.
set -euo pipefail
cd "$(dirname "$0")/.."

only=${1:-}
# Programs that are built already can be named instead: a folder with mekiki and mekiki-bench.
if [ -z "${MEKIKI_BENCH_PROGRAMS:-}" ]; then
    # One build folder for both, because they share nearly everything.
    for product in mekiki-bench mekiki; do
        swift build -c release --package-path Benchmarks --scratch-path .build-bench/swift \
            --product "$product"
    done
fi
Scripts/bench-environment.sh
arguments=()
[ -z "$only" ] || arguments+=(--only "$only")
[ -z "${QUICK:-}" ] || arguments+=(--quick)
exec .venv-bench/bin/python Benchmarks/bench.py "${arguments[@]}"
