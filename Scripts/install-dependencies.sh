#!/usr/bin/env bash
# Installs the system libraries that Mekiki links, where they are missing; with the word "tests" also
# the browser that its web page is tested in. Asks for nothing that is there already, so that a
# second run takes no time and needs no rights.
set -euo pipefail
wanted=${1:-}

say() { printf '%s\n' "$*" >&2; }

if ! command -v swift >/dev/null 2>&1; then
    say "Mekiki is written in Swift, and there is no swift command here."
    say "Install Swift 6.3 or newer from https://www.swift.org/install and run this again."
    exit 69
fi

case "$(uname -s)" in
Linux)
    if ! command -v apt-get >/dev/null 2>&1; then
        say "This script knows Debian and Ubuntu. On other systems install, by your own packages:"
        say "libvips, oneDNN (dnnl), SQLite 3, MeCab with ipadic and pkg-config, each with its headers,"
        say "and Tesseract with its languages jpn, jpn_vert, eng and osd."
        exit 69
    fi
    packages=(libvips-dev libdnnl-dev libsqlite3-dev pkg-config libmecab-dev mecab-ipadic-utf8)
    # Read the text in pictures; without them everything else works.
    packages+=(tesseract-ocr tesseract-ocr-eng tesseract-ocr-jpn tesseract-ocr-jpn-vert tesseract-ocr-osd)
    [ "$wanted" != tests ] || packages+=(chromium fonts-noto-cjk python3-venv)
    missing=()
    for package in "${packages[@]}"; do
        status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && exit 0

    if [ "$(id -u)" -eq 0 ]; then
        as_root=()
    elif command -v sudo >/dev/null 2>&1; then
        as_root=(sudo)
    else
        say "These Debian packages are missing: ${missing[*]}"
        say "Installing them needs root. As root, run: apt-get install ${missing[*]}"
        exit 69
    fi
    say "Installing ${missing[*]} …"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    ;;
Darwin)
    if ! command -v brew >/dev/null 2>&1; then
        say "On macOS the libraries come from Homebrew: https://brew.sh"
        say "With it, run: brew install vips onednn sqlite mecab mecab-ipadic pkgconf tesseract tesseract-lang"
        exit 69
    fi
    missing=()
    for formula in vips onednn sqlite mecab mecab-ipadic pkgconf tesseract tesseract-lang; do
        brew list --formula "$formula" >/dev/null 2>&1 || missing+=("$formula")
    done
    [ ${#missing[@]} -eq 0 ] && exit 0
    say "Installing ${missing[*]} …"
    brew install --quiet "${missing[@]}"
    ;;
*)
    say "Mekiki runs on Linux and macOS; this system is $(uname -s)."
    exit 69
    ;;
esac
