"""A tokenizer of CLIP's kind and size: 49,408 tokens of byte pairs.

The merges are learned from made-up words, weighted as words are in a language, and from the English
words of the benchmark's own queries, so that a query has about as many tokens as with the real one.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

VOCABULARY = 49_408
START, END = "<|startoftext|>", "<|endoftext|>"

# Queries of three to twelve words, as people write them.
QUERIES = [
    "a red bicycle",
    "cat on a sofa",
    "sunset over the sea",
    "two dogs playing in the snow",
    "an old man reading a newspaper",
    "blue sports car on a mountain road",
    "a birthday cake with candles on the table",
    "children running through a field of yellow flowers",
    "night view of a city with lights and rain",
    "a close up photo of a green frog on a leaf",
    "portrait of a woman with an umbrella in front of a temple",
    "a white sailing boat near the harbour in the early morning",
    "赤い自転車",
    "ソファの上の猫",
    "海に沈む夕日",
    "雪の中で遊ぶ二匹の犬",
    "新聞を読む老人",
    "山道を走る青いスポーツカー",
    "ろうそくを立てた誕生日ケーキ",
    "黄色い花の野原を走る子供たち",
    "雨の夜の街の明かり",
    "葉の上にいる緑色の蛙の写真",
    "寺の前で傘をさす女性",
    "early morning の港と白いヨット",
]


def write_tokenizer(folder: Path) -> None:
    """Writes tokenizer.json, vocab.json, merges.txt and the files beside them."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    learner = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    learner.train_from_iterator(
        corpus(),
        trainers.BpeTrainer(
            vocab_size=VOCABULARY - 2,
            initial_alphabet=alphabet,
            end_of_word_suffix="</w>",
            show_progress=False,
        ),
    )
    learned = json.loads(learner.to_str())["model"]["merges"]
    # CLIP's order: bytes, bytes that end a word, merges, the two special tokens.
    words = [*alphabet, *(byte + "</w>" for byte in alphabet)]
    known = set(words)
    merges: list[tuple[str, str]] = []
    for left, right in (tuple(pair) for pair in learned):
        if left in known and right in known and len(words) < VOCABULARY - 2:
            merges.append((left, right))
            if left + right not in known:
                known.add(left + right)
                words.append(left + right)
    if len(words) != VOCABULARY - 2:
        raise RuntimeError(f"only {len(words)} tokens were learned")
    vocabulary = {word: index for index, word in enumerate([*words, START, END])}

    from transformers import CLIPTokenizer

    CLIPTokenizer(vocab=vocabulary, merges=merges).save_pretrained(folder)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    lines = ["#version: 0.2", *(f"{left} {right}" for left, right in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n")


def corpus() -> Iterator[str]:
    """Lines of made-up words in two scripts, and the queries' own words many times."""
    generator = random.Random(11)
    onsets = "b c d f g h k l m n p r s t v w st tr br pl ch sh th qu".split()
    middles = "a e i o u ai ea ou io".split()
    ends = ["", "", "n", "r", "s", "t", "l", "ng", "nd", "ck", "ly", "ing", "ed"]
    kana = [chr(code) for code in range(0x3042, 0x3093)] + [
        chr(code) for code in range(0x30A2, 0x30F3)
    ]
    kanji = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]

    def latin() -> str:
        syllables = generator.choice((1, 2, 2, 3, 3, 4))
        return "".join(
            generator.choice(onsets) + generator.choice(middles) for _ in range(syllables)
        ) + generator.choice(ends)

    def japanese() -> str:
        letters = kanji if generator.random() < 0.4 else kana
        return "".join(generator.choice(letters) for _ in range(generator.randint(1, 4)))

    words = [latin() for _ in range(60_000)] + [japanese() for _ in range(20_000)]
    generator.shuffle(words)
    for rank in range(0, len(words), 8):
        repeat = 1 + 4_000 // (rank + 20)
        yield " ".join(words[rank : rank + 8] * repeat)
    for query in QUERIES:
        # English words are one token each. Japanese falls into bytes and letters, as it does with
        # OpenAI's tokenizer, which has hardly seen any.
        yield " ".join([word for word in query.lower().split() if word.isascii()] * 300)
