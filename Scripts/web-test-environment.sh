#!/usr/bin/env bash
# Makes .venv-web with what the web tests and the server's load run need. Mekiki itself needs no
# Python, and no browser is downloaded: the tests drive the system's Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."

# The system's own Python first: one that a person has put before it may be another version.
python=python3
[ -x /usr/bin/python3 ] && python=/usr/bin/python3
if ! "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer with its venv module is needed (on Debian: apt-get install python3-venv)." >&2
    exit 69
fi
stamp=.venv-web/requirements.cksum
wanted="$("$python" -V) $(cksum <Tests/WebTests/requirements.txt)"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0
rm -rf .venv-web
"$python" -m venv .venv-web
.venv-web/bin/pip install --quiet --disable-pip-version-check \
    --requirement Tests/WebTests/requirements.txt
echo "$wanted" >"$stamp"
