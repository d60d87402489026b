#!/usr/bin/env bash
# Compares Mekiki's numbers with the reference implementations: the vectors of models of real size,
# one of each family, and the whole way from an image file to a vector. Needs Python for the
# references only; small models' expected vectors are committed and part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${PYTHON:-}" ]; then
    Scripts/python-environment.sh Scripts/parity/requirements.txt
    export PYTHON="$PWD/.venv/bin/python"
fi
swift build -c release --product mekiki
mekiki=$(swift build -c release --show-bin-path)/mekiki
"$PYTHON" Scripts/parity/file_to_vector.py "$mekiki" Models/starter Samples/images
Tests/MekikiModelsTests/Fixtures/parity.sh --scratch-path .build-test
