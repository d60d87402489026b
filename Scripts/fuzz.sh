#!/usr/bin/env bash
# Feeds the readers of strangers' files with mutated ones: no crash, no hang, memory within bounds.
# Each reader gets MINUTES of processor time; a fault is saved with its input, the reader goes on, and
# the script ends with 1. The seed that it prints makes the same run again.
set -euo pipefail
cd "$(dirname "$0")/.."

minutes=${MINUTES:-10}
readers=${TARGET:-safetensors checkpoint config tokenizer image query}
seed=${SEED:-$((RANDOM * 32768 + RANDOM + 1))}
root=.build-fuzz

# PROGRAM names one that is built already.
if [ -z "${PROGRAM:-}" ]; then
    # Both sanitizers in one flag: of two, the Swift compiler heeds the last, and the package manager
    # gives them in any order.
    MEKIKI_FUZZING=1 swift build -c release --scratch-path "$root" --sanitize fuzzer --product mekiki-fuzz \
        -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address,fuzzer-no-link
fi
program=${PROGRAM:-$root/release/mekiki-fuzz}

# Seeds: files of the repository, each with the number of the file that it takes the place of.
put() { # reader, number, file
    local name
    name=$(tr '/' '-' <<<"${3#Tests/}")
    { printf "\\x$(printf %02x "$2")" && cat "$3"; } >"$root/corpus/$1/seed-$2-$name"
}
fill() {
    local fixtures=Tests/MekikiModelsTests/Fixtures tokens=Tests/MekikiTokenizersTests/Fixtures file
    case "$1" in
    safetensors)
        for file in "$fixtures"/*/*.safetensors; do put "$1" 0 "$file"; done
        for file in "$fixtures"/*/*.index.json; do put "$1" 1 "$file"; done
        printf '\0\x55\0\0\0\0\0\0\0{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}1234' \
            >"$root/corpus/$1/seed-small"
        ;;
    checkpoint)
        local checkpoints=Tests/MekikiTensorTests/Fixtures/checkpoints
        for file in "$checkpoints"/*.bin; do put "$1" 0 "$file"; done
        put "$1" 1 "$checkpoints/sharded/pytorch_model.bin.index.json"
        put "$1" 2 "$checkpoints/sharded/pytorch_model-00001-of-00002.bin"
        ;;
    config)
        for file in "$fixtures"/*/config.json Models/starter/config.json; do put "$1" 0 "$file"; done
        for file in "$fixtures"/*/preprocessor_config.json Models/starter/preprocessor_config.json; do
            put "$1" 1 "$file"
        done
        ;;
    tokenizer)
        for file in "$tokens"/*/tokenizer.json "$tokens"/kinds/*/tokenizer.json; do
            put "$1" 0 "$file"
        done
        put "$1" 1 "$tokens/small/vocab.json"
        put "$1" 2 "$tokens/small/merges.txt"
        for file in "$tokens"/*/tokenizer_config.json Models/starter/tokenizer_config.json; do
            put "$1" 3 "$file"
        done
        put "$1" 4 Models/starter/special_tokens_map.json
        for file in "$tokens"/kinds/*/*.model; do put "$1" 5 "$file"; done
        for file in "$tokens"/kinds/spm-*/tokenizer_config.json; do put "$1" 6 "$file"; done
        put "$1" 7 "$tokens/kinds/wordpiece-cased/vocab.txt"
        put "$1" 8 "$tokens/kinds/wordpiece-cased/tokenizer_config.json"
        ;;
    query)
        printf '昨年の夏の海 -人 steps:>20\n猫 OR 犬 "a b" cam*\na beach without people in 2021\n' >"$root/corpus/query/seed"
        ;;
    image) cp Tests/MekikiImagesTests/Fixtures/images/* "$root/corpus/image/" ;;
    *)
        echo "There is no reader '$1': choose of safetensors, checkpoint, config, tokenizer, image and query." >&2
        exit 64
        ;;
    esac
}

# Swift's own backtraces take a second each; address sanitizer says where a fault was.
export SWIFT_BACKTRACE=enable=no
# libvips and GLib keep what they make once, which is no leak.
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:quarantine_size_mb=16

faults=0
for reader in $readers; do
    mkdir -p "$root/corpus/$reader" "$root/faults/$reader"
    fill "$reader"
    log=$root/$reader.log
    echo "$reader: $minutes minutes of processor time, seed $seed; what is found goes to $root/faults/$reader"
    : >"$log"
    left=$((minutes * 60))
    round=0
    while [ "$left" -gt 0 ]; do
        before=$(wc -l <"$log")
        started=$(date +%s)
        status=0
        "$program" "$reader" "$left" -seed=$((seed + round)) -timeout="${TIMEOUT:-10}" -rss_limit_mb=2560 \
            -max_len=400000 -close_fd_mask=1 -print_final_stats=0 -verbosity=1 \
            -artifact_prefix="$root/faults/$reader/" "$root/corpus/$reader" >>"$log" 2>&1 &
        process=$!
        wait "$process" || status=$?
        rm -rf "/dev/shm/mekiki-fuzz-$process" "/tmp/mekiki-fuzz-$process"
        [ "$status" -eq 0 ] && break
        faults=$((faults + 1))
        echo "$reader: a fault (status $status):"
        tail -n "+$((before + 1))" "$log" | grep -m3 -E 'ERROR|Fatal error|fatal error|SUMMARY|Test unit' || tail -3 "$log"
        round=$((round + 1))
        # A fault right at the start would come again and again.
        spent=$(($(date +%s) - started))
        left=$((left - (spent > 10 ? spent : 10)))
    done
    grep '^fuzz:' "$log" | tail -1 | sed "s/^fuzz:/$reader:/" || true
done
[ "$faults" -eq 0 ] || { echo "$faults faults; the logs are $root/*.log" >&2; exit 1; }
