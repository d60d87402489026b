#!/usr/bin/env bash
# Tests the built program from outside: its HTTP API, its web page in a browser, and what people who
# mean harm would send. Arguments go to pytest: Scripts/web-test.sh -k token
#
# The program is $MEKIKI_PROGRAM, else the release build of this checkout.
set -euo pipefail
cd "$(dirname "$0")/.."

export MEKIKI_PROGRAM="${MEKIKI_PROGRAM:-$PWD/.build/release/mekiki}"
if [ ! -x "$MEKIKI_PROGRAM" ]; then
    echo "There is no $MEKIKI_PROGRAM. Build it first: swift build -c release --product mekiki" >&2
    exit 69
fi
if [ ! -x /usr/bin/chromium ]; then
    echo "Chromium is needed for the tests of the page (on Debian: apt-get install chromium)." >&2
    exit 69
fi
Scripts/web-test-environment.sh

# Nothing here speaks to any other machine, whatever proxies are set.
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
export PYTHONDONTWRITEBYTECODE=1
exec .venv-web/bin/python -m pytest --rootdir Tests/WebTests -c Tests/WebTests/pytest.ini \
    Tests/WebTests "$@"
