# Sourced by what works on the demo's library: names it and the program, whatever the user has set up.
unset MEKIKI_PRECISION
export MEKIKI_MODEL=starter
export MEKIKI_DATA="$PWD"
# The samples have no text in them.
export MEKIKI_OCR=off
export MEKIKI_LIBRARY="$PWD/.build/demo-library"
# A program that is built already can be named instead.
mekiki="${MEKIKI_PROGRAM:-$(swift build -c release --show-bin-path)/mekiki}"
