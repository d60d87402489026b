#!/usr/bin/env bash
# Compiles the kernels for 64-bit Arm, on a machine of another kind. Needs the headers of its C
# library (on Debian: apt-get install libc6-dev-arm64-cross); nothing is linked or run.
set -euo pipefail
cd "$(dirname "$0")/.."

headers=/usr/aarch64-linux-gnu/include
if [ ! -d "$headers" ]; then
    echo "The headers for 64-bit Arm are missing (on Debian: apt-get install libc6-dev-arm64-cross)." >&2
    exit 69
fi
kernels=Sources/CMekikiKernels
for file in "$kernels"/*/*.c; do
    clang --target=aarch64-linux-gnu -nostdlibinc -isystem "$headers" -O2 -Wall -Werror \
        -I "$kernels/include" -c "$file" -o /dev/null
done
echo "Kernels for 64-bit Arm: compiled."
