#!/usr/bin/env bash
# Runs every script of Scripts/faults on the program as it was built: minutes, not seconds. As root it
# does all of it; otherwise it says what was left out.
set -uo pipefail
cd "$(dirname "$0")/.."

export MEKIKI_PROGRAM="${MEKIKI_PROGRAM:-$PWD/.build/release/mekiki}"
if [ ! -x "$MEKIKI_PROGRAM" ]; then
    echo "There is no program at $MEKIKI_PROGRAM; build it, or name it in MEKIKI_PROGRAM." >&2
    exit 66
fi

bad=()
for script in surroundings read_only disk_full damage kill switch; do
    printf '\n=== %s\n' "$script"
    python3 -B "Scripts/faults/$script.py" || bad+=("$script")
done
[ ${#bad[@]} -eq 0 ] || {
    echo "Faults in: ${bad[*]}" >&2
    exit 1
}
