#!/usr/bin/env bash
# Checks the rules of the house that no tool knows: file lengths, names, and what must not be there.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "$(git ls-files Sources 2>/dev/null)" ]; then
    echo "house: this is no git checkout, or git refuses it; nothing was checked" >&2
    exit 1
fi

faults=0
fault() {
    echo "house: $*" >&2
    faults=$((faults + 1))
}

while read -r count file; do
    [ "$file" = total ] && continue
    [ "$count" -le 400 ] || fault "$file has $count lines; split it by topic at 400"
done < <(git ls-files -z 'Sources/*.swift' 'Sources/*.c' 'Sources/*.h' 'Tests/*.swift' | xargs -0 -r wc -l)

while read -r file; do
    fault "$file: the name says nothing; name it after what it does"
done < <(git ls-files | grep -E '/[A-Za-z+]*(Utils|Util|Helpers?|Manager|Common|Misc)[A-Za-z]*\.(swift|c|h)$' || true)

while read -r place; do
    fault "$place: try! hides an error"
done < <(git grep -nE '\btry!' -- 'Sources/*.swift' 'Tests/*.swift' || true)

while read -r place; do
    fault "$place: a placeholder was left"
done < <(git grep -nE 'DEMO_OUTPUT|TODO|FIXME' -- '*.md' 'Sources' 'Tests/*.swift' || true)

while read -r place; do
    fault "$place: Bundle.module bakes the build's path into the program"
done < <(git grep -nE '\bBundle\.module\b' -- 'Sources/*.swift' 'Tests/*.swift' || true)

[ "$faults" -eq 0 ] || exit 1
echo "House rules: good."
