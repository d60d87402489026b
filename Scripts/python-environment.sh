#!/usr/bin/env bash
# Makes .venv with what training, evaluation and parity checks need. Mekiki itself needs no Python.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
    echo "Python 3 with its venv module is needed (on Debian: apt-get install python3-venv)." >&2
    exit 69
fi
stamp=.venv/requirements.cksum
wanted=$(cksum <Training/starter/requirements.txt)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0
python3 -m venv .venv
.venv/bin/pip install --quiet --requirement Training/starter/requirements.txt
echo "$wanted" >"$stamp"
