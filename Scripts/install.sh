#!/usr/bin/env bash
# Installs the built command with its data and completions under a prefix.
set -euo pipefail
cd "$(dirname "$0")/.."

prefix=${1:?"usage: Scripts/install.sh PREFIX"}
root="${DESTDIR:-}$prefix"
binary=$(swift build -c release --show-bin-path)/mekiki

if ! mkdir -p "$root/bin" 2>/dev/null || [ ! -w "$root/bin" ]; then
    echo "Can't write to $root. Run as a user who can, or choose another: make install PREFIX=\$HOME/.local" >&2
    exit 73
fi
install -d "$root/share/mekiki/Models" "$root/share/bash-completion/completions" \
    "$root/share/zsh/site-functions" "$root/share/fish/vendor_completions.d"
install -m 755 "$binary" "$root/bin/mekiki"
rm -rf "$root/share/mekiki/Models/starter" "$root/share/mekiki/Samples" "$root/share/mekiki/Web"
cp -R Models/starter "$root/share/mekiki/Models/"
cp -R Sources/MekikiServer/Web "$root/share/mekiki/"
cp -R Samples "$root/share/mekiki/"
chmod -R u=rwX,go=rX "$root/share/mekiki"
install -m 644 LICENSE NOTICE "$root/share/mekiki/"
"$binary" --generate-completion-script bash >"$root/share/bash-completion/completions/mekiki"
"$binary" --generate-completion-script zsh >"$root/share/zsh/site-functions/_mekiki"
"$binary" --generate-completion-script fish >"$root/share/fish/vendor_completions.d/mekiki.fish"
echo "Installed $root/bin/mekiki. Try: mekiki index ~/Pictures"
