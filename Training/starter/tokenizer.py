"""The byte-level BPE of the starter model, in the file layout of OpenAI's CLIP.

CLIP's pre-tokenizer keeps a whole run of letters together, so a Japanese phrase such as 猫と犬 is one "word" to
it. Trained on phrases as they are, merges would grow across the と. Hence merges are learned here on single words,
each both as the end of a run (with `</w>`) and inside one (without), and nothing is ever merged across a joint.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import regex

_SPLIT = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+")
START, END = "<|startoftext|>", "<|endoftext|>"
_SUFFIX = "</w>"


def byte_alphabet() -> dict[int, str]:
    """The printable stand-in for every byte, in the order of OpenAI's vocabulary."""
    plain = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    table = {byte: chr(byte) for byte in plain}
    spare = 0
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(256 + spare)
            spare += 1
    return table


def learn_merges(words: dict[str, int], count: int) -> list[tuple[str, str]]:
    """Plain BPE over words with frequencies, counting pairs incrementally."""
    alphabet = byte_alphabet()
    pieces: Counter[tuple[str, ...]] = Counter()
    for text, frequency in words.items():
        text = unicodedata.normalize("NFC", text).lower()
        for run in _SPLIT.findall(text):
            symbols = [alphabet[b] for b in run.encode()]
            if any(ord(c) > 127 for c in run):  # can be followed by other letters without a space
                pieces[tuple(symbols)] += frequency
            symbols[-1] += _SUFFIX
            pieces[tuple(symbols)] += frequency
    sequences = [list(piece) for piece in pieces]
    frequencies = list(pieces.values())
    counts: Counter[tuple[str, str]] = Counter()
    where: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for i, sequence in enumerate(sequences):
        for pair in zip(sequence, sequence[1:]):
            counts[pair] += frequencies[i]
            where[pair].add(i)
    merges: list[tuple[str, str]] = []
    while len(merges) < count and counts:
        best = max(counts.items(), key=lambda item: (item[1], item[0]))
        pair = best[0]
        if best[1] < 2:
            break
        joined = pair[0] + pair[1]
        for i in list(where[pair]):
            old = sequences[i]
            for p in zip(old, old[1:]):
                counts[p] -= frequencies[i]
                where[p].discard(i)
                if counts[p] <= 0:
                    del counts[p]
            new, k = [], 0
            while k < len(old):
                if k + 1 < len(old) and (old[k], old[k + 1]) == pair:
                    new.append(joined)
                    k += 2
                else:
                    new.append(old[k])
                    k += 1
            sequences[i] = new
            for p in zip(new, new[1:]):
                counts[p] += frequencies[i]
                where[p].add(i)
        counts.pop(pair, None)
        merges.append(pair)
    return merges


def write(folder: Path, merges: list[tuple[str, str]], positions: int) -> int:
    """Writes vocab.json, merges.txt, tokenizer.json and the two configs; returns the vocabulary's size."""
    folder.mkdir(parents=True, exist_ok=True)
    order = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    alphabet = byte_alphabet()
    order += [byte for byte in range(256) if byte not in set(order)]
    symbols = [alphabet[b] for b in order]
    tokens = [*symbols, *(s + _SUFFIX for s in symbols)]
    known = set(tokens)
    for a, b in merges:
        if a + b not in known:
            known.add(a + b)
            tokens.append(a + b)
    tokens += [START, END]
    vocabulary = {token: i for i, token in enumerate(tokens)}

    def dump(name: str, value: object) -> None:
        (folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=None if name == "vocab.json" else 2) + "\n")

    dump("vocab.json", vocabulary)
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))

    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, continuing_subword_prefix="",
                                     end_of_word_suffix=_SUFFIX, fuse_unk=False, unk_token=END))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"<\|startoftext\|>|<\|endoftext\|>|" + _SPLIT.pattern), "removed", invert=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.RobertaProcessing(
        (END, vocabulary[END]), (START, vocabulary[START]), trim_offsets=False, add_prefix_space=False)
    tokenizer.add_special_tokens([AddedToken(START, normalized=True, special=True), AddedToken(END, normalized=False, special=True)])
    tokenizer.save(str(folder / "tokenizer.json"))

    special = {"bos_token": START, "eos_token": END, "pad_token": END, "unk_token": END}
    dump("special_tokens_map.json", special)
    dump("tokenizer_config.json", {
        "add_prefix_space": False, "clean_up_tokenization_spaces": True, "do_lower_case": True, "errors": "replace",
        "model_max_length": positions, "tokenizer_class": "CLIPTokenizer", **special})
    return len(tokens)
