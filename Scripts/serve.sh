#!/usr/bin/env bash
# Shows the sample images in the web page, on the demo's library, until ctrl-C.
set -euo pipefail
cd "$(dirname "$0")/.."

source Scripts/demo-library.sh

"$mekiki" index --quiet Samples/images
# A browser is opened where there is a screen to show it on.
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    set -- --open "$@"
fi
exec "$mekiki" serve "$@"
