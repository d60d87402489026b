#!/usr/bin/env bash
# Compares Mekiki's numbers with the reference implementations: the vectors of models of real size,
# one of each family, the whole way from an image file to a vector, and a text model with its real
# weights, which a Python package carries; and its cache of the model hub with huggingface_hub's. Needs
# Python for the references only; small models' expected vectors are committed and part of `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${PYTHON:-}" ]; then
    Scripts/python-environment.sh
    export PYTHON="$PWD/.venv/bin/python"
    "$PYTHON" -m pip install --quiet --requirement Scripts/parity/requirements.txt
fi
swift build -c release --product mekiki
mekiki=$(swift build -c release --show-bin-path)/mekiki
"$PYTHON" Scripts/parity/hub_cache.py "$mekiki" Models/starter
"$PYTHON" Scripts/parity/file_to_vector.py "$mekiki" Models/starter Samples/images
"$PYTHON" Scripts/parity/minilm.py "$mekiki"
Tests/MekikiModelsTests/Fixtures/parity.sh --scratch-path .build-test
