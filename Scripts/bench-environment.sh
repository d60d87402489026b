#!/usr/bin/env bash
# Makes .venv-bench with the peers that Mekiki is measured beside. Mekiki itself needs no Python.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer with its venv module is needed (on Debian: apt-get install python3-venv)." >&2
    exit 69
fi
stamp=.venv-bench/requirements.cksum
wanted="$(python3 -V) $(cksum <Benchmarks/requirements.txt)"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0
python3 -m venv .venv-bench
.venv-bench/bin/pip install --quiet --disable-pip-version-check \
    --requirement Benchmarks/requirements.txt
# What timm brings may not fit the torch that is there, and then takes transformers down with it.
if ! .venv-bench/bin/python -c 'import torchvision' 2>/dev/null; then
    echo "torchvision does not fit this build of torch: PyTorch's models of other shapes than CLIP's can't" >&2
    echo "run beside Mekiki. Put a torchvision of the same build into .venv-bench." >&2
fi
echo "$wanted" >"$stamp"
