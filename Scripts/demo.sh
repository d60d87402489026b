#!/usr/bin/env bash
# Indexes the sample images into a library of their own and runs six searches on them. Ends with an
# error where a search does not have the expected image among its first three.
set -euo pipefail
cd "$(dirname "$0")/.."

source Scripts/demo-library.sh

heading() {
    if [ -t 1 ]; then printf '\n\033[1m%s\033[0m\n' "$*"; else printf '\n%s\n' "$*"; fi
}

search() {
    local expected=$1 found
    shift
    heading "\$ mekiki search $*"
    "$mekiki" search --limit 5 "$@"
    # Taken whole before it is looked through: a pipe that closes early would look like a failure.
    found=$("$mekiki" search --quiet --limit 3 "$@")
    if grep -q -- "/$expected\$" <<<"$found"; then
        echo "expected among the first three: $expected – yes"
    else
        echo "expected among the first three: $expected – NO" >&2
        exit 1
    fi
}

heading "\$ mekiki index Samples/images"
"$mekiki" index Samples/images

search umbrella-in-the-rain.jpg 雨の日の傘
search penguins-on-the-ice.jpg 氷の上のペンギン
search rocket-over-a-purple-planet.png a rocket in space
search sea-turtle-in-the-blue.jpg --image Samples/queries/turtle-on-the-sand.jpg

# Images have numbers; the table shows them after a #.
table=$("$mekiki" search --limit 100 rocket 2>/dev/null)
number=$(sed -n 's|.*#\([0-9]*\) .*/rocket-over-a-purple-planet.png.*|\1|p' <<<"$table")
search rocket-in-the-morning-sky.webp --like "$number"

heading "\$ mekiki import captions Samples/captions.json"
"$mekiki" import captions Samples/captions.json
search alarm-clock-in-the-morning.png --target caption --method text 目覚まし

heading "All six found what they were looking for."
cat <<'END'
Search the samples yourself:

  export MEKIKI_LIBRARY="$PWD/.build/demo-library"
  .build/release/mekiki search 夕日のクジラ
  .build/release/mekiki --help

Or in a web page:

  make serve
END
