#!/usr/bin/env bash
# Makes .venv with what training, evaluation and parity checks need, and with what the requirements
# files in the arguments name. Mekiki itself needs no Python.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
    echo "Python 3 with its venv module is needed (on Debian: apt-get install python3-venv)." >&2
    exit 69
fi
base=Training/starter/requirements.txt
stamp=.venv/requirements.cksum
wanted=$(cksum <"$base")
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
    python3 -m venv .venv
    .venv/bin/pip install --quiet --requirement "$base"
    echo "$wanted" >"$stamp"
fi
for more in "$@"; do
    stamp=.venv/$(echo "$more" | tr / -).cksum
    wanted=$(cksum <"$more")
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && continue
    # Together with the first, so that no version of those changes.
    .venv/bin/pip install --quiet --requirement "$base" --requirement "$more"
    echo "$wanted" >"$stamp"
done
