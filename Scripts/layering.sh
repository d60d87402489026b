#!/usr/bin/env bash
# Checks that imports follow the arrows of ARCHITECTURE.md. The package manager refuses cycles, but
# not an import that reaches over a layer through somebody else's dependency.
set -euo pipefail
cd "$(dirname "$0")/.."

# Each target with all of our modules that it may import.
allowed() {
    case "$1" in
    MekikiCore | MekikiTesting) echo "" ;;
    CVips) echo "CVipsLibrary" ;;
    COneDNN) echo "COneDNNLibrary" ;;
    MekikiImages) echo "CVips" ;;
    MekikiTensor) echo "COneDNN CMekikiKernels" ;;
    MekikiTokenizers) echo "" ;;
    MekikiModels) echo "MekikiTensor MekikiTokenizers CMekikiKernels" ;;
    MekikiVectors) echo "CMekikiKernels" ;;
    MekikiCatalog) echo "MekikiVectors CMecabLibrary" ;;
    MekikiOCR | MekikiClients | MekikiSearch) echo "" ;;
    MekikiKit) echo "MekikiImages MekikiModels MekikiTensor MekikiTokenizers MekikiCatalog MekikiOCR MekikiClients MekikiSearch" ;;
    MekikiServer) echo "MekikiKit" ;;
    mekiki) echo "MekikiKit MekikiServer" ;;
    CMekikiKernels | CVipsLibrary | COneDNNLibrary | CMecabLibrary) echo "" ;;
    *) return 1 ;;
    esac
}

faults=0
fault() {
    echo "layering: $*" >&2
    faults=$((faults + 1))
}

for folder in Sources/*/; do
    target=$(basename "$folder")
    if ! may=$(allowed "$target"); then
        fault "$target is not in Scripts/layering.sh: say what it may import, and why in ARCHITECTURE.md"
        continue
    fi
    case "$target" in MekikiCore | C* | mekiki) ;; *) may="MekikiCore $may" ;; esac
    while IFS=: read -r file _ line; do
        module=$(sed -E 's/.*import +((struct|class|enum|protocol|func|typealias|var|let) +)?([A-Za-z0-9_]+).*/\3/' <<<"$line")
        [[ $module == Mekiki* || $module == CMekiki* || $module == CVips* || $module == COneDNN* ]] || continue
        [[ " $may " == *" $module "* ]] || fault "$file imports $module; $target may import: ${may:-nothing of ours}"
    done < <(grep -rnE '^(@[A-Za-z_]+(\([^)]*\))? +)?((public|internal|package|fileprivate|private) +)?import ' "$folder" --include='*.swift' || true)
done

# Only one folder names implementations.
while read -r file; do
    case "$file" in
    Sources/MekikiKit/Wiring/*) ;;
    *) fault "$file imports an implementation; only MekikiKit/Wiring does" ;;
    esac
done < <(grep -rlE '^([a-z@_]+ +)*import ((struct|class|enum|protocol|func|typealias|var|let) +)?(MekikiImages|MekikiModels|MekikiTensor|MekikiTokenizers|MekikiCatalog|MekikiOCR|MekikiClients)\b' Sources/MekikiKit Sources/MekikiServer Sources/mekiki || true)

# Only MekikiClients opens outbound connections.
while read -r file; do
    fault "$file opens connections; only MekikiClients may"
done < <(grep -rlE 'URLSession|AsyncHTTPClient|NWConnection|\bsocket\(' Sources --include='*.swift' | grep -v '^Sources/MekikiClients/' || true)

[ "$faults" -eq 0 ] || exit 1
echo "Layering: good."
