#!/bin/sh
# Compares a CLIP model of the shape of ViT-B/32 with the transformers library, in every precision
# that this processor has. Needs python3 with torch and transformers; makes 600 MB of random weights
# in the cache folder once.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/mekiki-parity
model=$cache/vit_b_32

# expected_ids.json is the last file that the script writes.
if [ ! -e "$model/expected_ids.json" ]; then
    "${PYTHON:-python3}" "$here/make_clip.py" --large "$model"
fi

cd "$here/../../.."
# Optimised: the shape is too large for an unoptimised build.
MEKIKI_PARITY_MODELS=$model swift test -c release \
    --filter CLIPParityTests "$@"
