#!/bin/sh
# Compares models of real size with their references, in every precision that this processor has:
# CLIP ViT-B/32, ViT-B/32 with XLM-R base (open_clip), SigLIP 2 base, EVA02-B with RoBERTa (LINE). Prints
# the largest distance of each tower as a part of the median distance between different inputs.
#
# Needs python3 with torch, transformers, timm and open_clip_torch; makes 4.4 GB of random weights in
# the cache folder once.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/mekiki-parity
models=

# make NAME SCRIPT
make() {
    # expected_ids.json is the last file that each script writes.
    if [ ! -e "$cache/$1/expected_ids.json" ]; then
        "${PYTHON:-python3}" "$here/$2" --large "$cache/$1"
    fi
    models=$models${models:+:}$cache/$1
}

make vit_b_32 make_clip.py
make vit_b_32_xlm_roberta make_open_clip.py
make siglip2_base make_siglip.py
make line_eva02_base make_japanese.py

cd "$here/../../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Optimised: the shapes are too large for an unoptimised build.
status=0
MEKIKI_PARITY_MODELS=$models swift test -c release --filter \
    'ImageTextParityTests.*VectorsEqualTheReference' "$@" >"$log" 2>&1 || status=$?
grep -E '^parity: |error:|failed' "$log" || tail -20 "$log"
exit "$status"
