#!/usr/bin/env python3
"""Makes the tokenizer fixtures: a small vocabulary of our own, and the ids that transformers gives.

Requires: transformers 5.23, tokenizers 0.23.

    python3 make_tokenizer.py [folder of a real CLIP vocabulary]

Writes beside itself
  small/            vocab.json, merges.txt: 1,000 pieces trained on the captions composed below
  small-json/       tokenizer.json as transformers 5 saves it (merges as pairs)
  legacy-json/      tokenizer.json as older versions wrote it (merges as strings, a template,
                    special tokens that match after normalisation), with tokenizer_config.json
  golden.json       1,000 texts with their ids for each folder
With the folder of OpenAI's vocab.json and merges.txt it also adds to golden.json one hash a text of
the ids that the real vocabulary gives. The vocabulary itself stays where it is.
"""

import collections
import json
import pathlib
import random
import shutil
import sys

from tokenizers import Regex, normalizers, pre_tokenizers
from transformers import CLIPTokenizer

HERE = pathlib.Path(__file__).resolve().parent
START, END = "<|startoftext|>", "<|endoftext|>"
# Lead byte of U+C0000 to U+FFFFF, private use only: left out so that unknown bytes are tested.
MISSING_BYTE = 0xF3
PIECES = 1000

SUBJECTS = """cat dog tabby kitten lighthouse mountain river temple train bicycle lantern rabbit fox
whale robot castle garden bridge harbour forest desert planet comet galaxy teapot umbrella piano
violin orange lemon strawberry bread noodle snowman island volcano waterfall meadow street market
猫 犬 三毛猫 灯台 山 川 寺 電車 自転車 提灯 兎 狐 鯨 ロボット 城 庭 橋 港 森 砂漠 惑星 彗星 銀河
고양이 강아지 바다 하늘 기차 γάτα θάλασσα кошка море قطة بحر बिल्ली समुद्र แมว ทะเล""".split()
PLACES = """beach night rain snow autumn spring window table kitchen station museum rooftop field
海 夜 雨 雪 秋 春 窓 机 台所 駅 屋根 宇宙 밤 비 눈 νύχτα ночь ليل रात คืน""".split()
FORMS = [
    "a photo of a {s} in the {p}", "an old drawing of the {s}", "{s} and {t} at {p}, 35mm, f/2.8",
    "the {s}'s {t} isn't on the {p}", "{p}の{s}と{t}の写真", "{p}にいる{s}", "{s}、{t}、{p}",
    "it's a {s}, they're {t}s; we've seen {n} of them", "{s} {n}x{m} ({p})", "#{s} @{p} {n}%",
]


def captions(rng, count):
    for _ in range(count):
        yield rng.choice(FORMS).format(
            s=rng.choice(SUBJECTS), t=rng.choice(SUBJECTS), p=rng.choice(PLACES),
            n=rng.randrange(10000), m=rng.randrange(100))


def alphabet():
    """The letters of the bytes in CLIP's order: printable ones, then the rest."""
    printable = list(range(0x21, 0x7F)) + list(range(0xA1, 0xAD)) + list(range(0xAE, 0x100))
    others = [byte for byte in range(256) if byte not in printable]
    letters = {byte: chr(byte) for byte in printable}
    letters |= {byte: chr(0x100 + index) for index, byte in enumerate(others)}
    return [letters[byte] for byte in printable + others if byte != MISSING_BYTE]


def train():
    """A vocabulary laid out as CLIP's: bytes, bytes at a word's end, merges, special tokens.

    Not with the library's trainer: it breaks ties between equal counts differently in every run.
    """
    normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    splitter = pre_tokenizers.Sequence([
        pre_tokenizers.Split(
            Regex(r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"),
            behavior="removed", invert=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False)])
    words = collections.Counter()
    for caption in captions(random.Random(1), 20000):
        for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(caption)):
            words[tuple(word[:-1]) + (word[-1] + "</w>",)] += 1

    pieces = alphabet() + [letter + "</w>" for letter in alphabet()]
    merges = []
    while len(pieces) < PIECES - 2:
        pairs = collections.Counter()
        for word, count in words.items():
            for pair in zip(word, word[1:]):
                pairs[pair] += count
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        if "".join(best) not in pieces:
            pieces.append("".join(best))
        merged = collections.Counter()
        for word, count in words.items():
            symbols, index = [], 0
            while index < len(word):
                width = 2 if word[index:index + 2] == best else 1
                symbols.append("".join(word[index:index + width]))
                index += width
            merged[tuple(symbols)] += count
        words = merged
    return {piece: index for index, piece in enumerate(pieces + [START, END])}, merges


# Each line tries something that implementations get wrong.
HAND_MADE = [
    "", " ", "\t\n\r\v\f ", "a", "A", "?", "\x00", "a\x00b", "\x01\x02\x1f\x7f\x80\x85\x9f", "\ufeff", "\ufeffcat",
    "a\x1cb\x1dc\x1ed\x1fe", "a\u0085b", "a\u00a0b\u2007c\u202fd", "a\u3000b　　c", "a\u200bb\u200cc\u200dd\u2060e",
    "a\u1680b\u180ec\u2028d\u2029e\u205ff", "  leading and trailing  ", "line\r\nline\n\nline", "tab\t\tseparated",
    # Contractions, quotes, apostrophes.
    "it's we're I've I'm you'll she'd don't", "IT'S WE'RE I'VE I'M YOU'LL SHE'D DON'T", "'s", "''s", "'''s 'll'll",
    "rock 'n' roll", "it’s don’t", "s's't're", "'S 'T 'RE", "o'clock's", "'", "''", "-'s", "a's's", "\u00e9's",
    # Digits and number-like letters.
    "2024", "3.14159", "1,000,000", "０１２３", "①②③", "Ⅳ Ⅻ ⅷ", "½ ⅓ ¾", "x²+y³", "٠١٢٣", "१२३", "四十二", "1st 2nd 3D",
    "𝟘𝟙𝟚", "㊀㊁", "߀߁", "༠༳",
    # Accents composed and decomposed, and marks in other orders.
    "café", "cafe\u0301", "CAFÉ", "CAFE\u0301", "naïve Zoë", "nai\u0308ve Zoe\u0308", "ḗ e\u0304\u0301 ē\u0301 é\u0304",
    "q\u0307\u0323 q\u0323\u0307", "s\u0323\u0307 ṩ ṡ\u0323", "Å Å A\u030a", "Ω Ω", "K K", "a\u0301\u0302\u0303\u0304",
    "\u0301", " \u0301", "e \u0301", "\u0301e", "e\u200d\u0301", "ﬁ ﬂ ﬀ ﬃ ſt", "ǆ ǅ Ǆ", "ŉ", "\u0344 \u0374 \u037e",
    "\u2126\u212a\u212b", "\u1f71\u03ac", "\u0958\u0915\u093c", "\ufb1d\ufb2a", "\uf900\uf901", "\u2adc",
    "e" + "\u0301" * 40, "a" + "\u0323\u0307" * 20, "\u0f71\u0f72\u0f74\u0f71",
    # Case: Turkish, German, Greek, Cherokee, Georgian, Deseret, titlecase.
    "İstanbul ISPARTA ıssız", "i\u0307 I\u0307 İ", "STRASSE STRAẞE straße", "ΟΔΥΣΣΕΥΣ Οδυσσεύς ΣΑΣ", "ΆΈΉΊΌΎΏ", "ᾼ ᾳ ᾈ",
    "Ꭰꭰ Ᏼ", "Ა ა", "𐐀𐐨", "ǲ", "Ⓐⓐ", "ＡＢＣａｂｃ", "ЁЖИК ёжик", "Ӏ ӏ", "Ა", "ꙀꚀ", "ΐ ΰ", "ʼn ẖ ẗ ẘ ẙ ẚ",
    # Japanese.
    "三毛猫", "寝ている三毛猫の写真", "ﾊﾝｶｸ ｶﾀｶﾅ", "か\u3099 が は\u309a ぱ", "ガ カ\u3099 ｶﾞ", "東京都と京都", "（株）㈱", "「引用」、。・…",
    "神 神", "〜～―‐", "ー一", "𠮷野家", "辻\U000e0100", "葛\U000e0101飾", "々ゝゞヽヾ", "㍿ ㋿ 令和", "ゟ ヿ", "🈁🈂️",
    # Korean: composed, jamo, compatibility jamo.
    "한국어", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "ㅎㅏㄴ", "한\u11ab", "가\u11a7", "\ud55c\u1100\u1161\u11a8", "ﾡﾢ",
    # Chinese, Thai, Arabic, Hebrew, Devanagari, Tamil, Tibetan, Khmer, Myanmar.
    "你好，世界", "ภาษาไทย สวัสดี", "น้ำ นํ้า", "العربية قطة", "مَرْحَبًا", "ﷺ ﻻ", "שָׁלוֹם", "हिन्दी क्षत्रिय", "கொடு கொ", "བོད་སྐད", "ភាសាខ្មែរ",
    "မြန်မာ", "සිංහල", "ქართული", "հայերեն", "አማርኛ", "ᠮᠣᠩᠭᠣᠯ",
    # Emoji: plain, selectors, skin tones, families, flags, tags, keycaps.
    "😀", "🐱🐶", "❤ ❤️ ❤\ufe0e", "👍🏽👍🏿", "👨‍👩‍👧‍👦", "🏳️‍🌈 🏴‍☠️", "🇯🇵🇺🇸🇬🇧", "🇯", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "1️⃣ #️⃣ *️⃣", "👩🏻‍🚀 in 🚀", "🧑‍🤝‍🧑", "a😀b", "😀's", "☃️ snowman", "🫠🫨", "\U0001f6d8", "™ ® © ℡",
    # Punctuation, symbols, code.
    "!!!", "?!?!", "...", "a.b,c;d:e", "(a)[b]{c}<d>", "a_b-c+d=e", "C++ C# F#", "100% $5 €5 ¥5 £5", "https://example.org/a?b=c&d=e#f",
    "user@example.org", "a\\b/c|d", "`code` ~tilde~ ^caret^", "<lora:style:0.8>, (masterpiece:1.2), [bad]", "--ar 16:9 --v 5",
    "“quotes” ‘single’ «guillemets» „low“", "–—―", "…", "¿qué? ¡sí!", "∑∫√∞≠≤≥", "←→↑↓", "♪♫", "★☆", "■□●○", "°C ℃ ℉", "№ ℅", "a/b½c",
    # Special tokens inside text.
    "<|startoftext|>", "<|endoftext|>", "a <|endoftext|> b", "a<|endoftext|>b", "<|endoftext|><|endoftext|>", "<|STARTOFTEXT|> A",
    "<|EndOfText|>", "!<|endoftext|>!", "<|startoftext|", "|startoftext|>", "<<|startoftext|>>", "<|startoftext|>'s", "< |endoftext|>",
    "e<|endoftext|>\u0301", "a <|STARTOFTEXT|>'s<|Endoftext|>x", "<|endoftext|> \n <|startoftext|>", "!<|ENDOFTEXT|>", "<|pad|>",
    # Unusual scalars: private use, unassigned, non-characters, surrogate neighbours, the last one.
    "\ue000\uf8ff", "\U000f0000x", "\U000c0000", "a\U000fffffb", "\U0010fffd", "\U0010ffff\ufffe\uffff", "\ufdd0\ufdef", "\ud7ff\ue000",
    "\ufffd", "\ufff9a\ufffab\ufffb", "\u0378\u0379", "\U000e0001\U000e0020", "\u202aabc\u202c \u2066x\u2069", "\u00ad soft\u00adhyphen",
    # Letters that Unicode 16 does not have yet.
    "\u088f", "\U00016ebb", "\U00018db8", "\U0002cea3 x",
    # Words of no language.
    "supercalifragilisticexpialidocious", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "abababababababab", "zzzzzzzzz'szzz", "qwertyuiopasdfghjklzxcvbnm",
    "ANTIDISESTABLISHMENTARIANISM", "Donaudampfschifffahrtsgesellschaft", "Llanfairpwllgwyngyll",
]

# Long texts, written as a part and how often it is repeated.
REPEATED = [
    ("a", 10000), ("ab", 5000), ("cat ", 2500), ("寝ている三毛猫", 1500), ("é", 10000), ("e\u0301", 5000), ("👍🏽", 3000), (" ", 10000), ("!?", 5000),
    ("7", 10000), ("İ", 5000), ("the lighthouse's ", 700), ("\u0301", 300), ("<|endoftext|>", 400), ("\U000f0000", 2000), ("x<|", 3000),
]

# Ranges that random texts draw from.
RANGES = [
    (0x20, 0x7E), (0x20, 0x7E), (0x41, 0x7A), (0x00, 0xFF), (0xA0, 0x24F), (0x250, 0x36F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
    (0x590, 0x6FF), (0x900, 0x97F), (0xB80, 0xBFF), (0xE00, 0xE7F), (0xF00, 0xFFF), (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x206F),
    (0x2070, 0x218F), (0x2190, 0x2BFF), (0x3000, 0x30FF), (0x3130, 0x318F), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
    (0xFB00, 0xFDFF), (0xFE00, 0xFFFF), (0x10000, 0x10FFF), (0x1D100, 0x1D7FF), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1FAFF),
    (0x20000, 0x2FA1F), (0xE0000, 0xE01EF), (0x0, 0xFFFF), (0x0, 0x10FFFF),
]


def random_text(rng):
    scalars = []
    for _ in range(rng.randrange(1, 5)):
        low, high = rng.choice(RANGES)
        for _ in range(rng.randrange(1, 9)):
            value = rng.randint(low, high)
            scalars.append(" " if 0xD800 <= value <= 0xDFFF else chr(value))
        if rng.random() < 0.4:
            scalars.append(rng.choice([" ", "\u0301", "\u0323", "\u3000", "'s", "\u200d", "\n", END]))
    return "".join(scalars)


def texts():
    """1,000 of (text, how often it is repeated)."""
    rng = random.Random(2)
    result = [(text, 1) for text in HAND_MADE] + REPEATED
    result += [(text, 1) for text in captions(rng, 200)]
    while len(result) < 1000:
        result.append((random_text(rng), 1))
    return result


def legacy(saved):
    """The layout of files written by tokenizers below 0.20."""
    data = json.loads(saved.read_text(encoding="utf-8"))
    data["model"]["merges"] = [" ".join(pair) for pair in data["model"]["merges"]]
    for token in data["added_tokens"]:
        token["normalized"] = True
    ids = {token["content"]: token["id"] for token in data["added_tokens"]}
    data["post_processor"] = {
        "type": "TemplateProcessing",
        "single": [{"SpecialToken": {"id": START, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                   {"SpecialToken": {"id": END, "type_id": 0}}],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {name: {"id": name, "ids": [ids[name]], "tokens": [name]} for name in (START, END)},
    }
    return data


def mixed_hash(ids):
    """FNV-1a over the ids as four little-endian bytes each."""
    value = 0xCBF29CE484222325
    for identifier in ids:
        for byte in identifier.to_bytes(4, "little"):
            value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def main():
    vocabulary, merges = train()
    for name in ("small", "small-json", "legacy-json"):
        shutil.rmtree(HERE / name, ignore_errors=True)
        (HERE / name).mkdir()
    with open(HERE / "small" / "vocab.json", "w", encoding="utf-8") as file:
        json.dump(vocabulary, file, ensure_ascii=False)
        file.write("\n")
    with open(HERE / "small" / "merges.txt", "w", encoding="utf-8") as file:
        file.write("#version: 0.2\n" + "".join(f"{left} {right}\n" for left, right in merges))

    small = CLIPTokenizer.from_pretrained(HERE / "small")
    small.save_pretrained(HERE / "small-json")
    (HERE / "small-json" / "tokenizer_config.json").unlink()
    with open(HERE / "legacy-json" / "tokenizer.json", "w", encoding="utf-8") as file:
        json.dump(legacy(HERE / "small-json" / "tokenizer.json"), file, ensure_ascii=False)
        file.write("\n")
    with open(HERE / "legacy-json" / "tokenizer_config.json", "w", encoding="utf-8") as file:
        flags = {"lstrip": False, "normalized": True, "rstrip": False, "single_word": False}
        json.dump({"bos_token": {"__type": "AddedToken", "content": START, **flags},
                   "eos_token": {"__type": "AddedToken", "content": END, **flags},
                   "pad_token": "!", "unk_token": {"__type": "AddedToken", "content": END, **flags},
                   "model_max_length": 77, "tokenizer_class": "CLIPTokenizer"}, file, indent=1)
        file.write("\n")

    from_json = CLIPTokenizer.from_pretrained(HERE / "small-json")
    from_legacy = CLIPTokenizer.from_pretrained(HERE / "legacy-json")
    real = CLIPTokenizer.from_pretrained(sys.argv[1]) if len(sys.argv) > 1 else None
    lines = []
    for part, count in texts():
        text = part * count
        ids = small(text)["input_ids"]
        assert ids == from_json(text)["input_ids"], text
        cut = small(text, truncation=True, max_length=8)["input_ids"]
        assert cut == (ids if len(ids) <= 8 else ids[:7] + ids[-1:]), text
        entry = {"text": part}
        if count > 1:
            entry |= {"repeat": count, "count": len(ids), "hash": mixed_hash(ids)}
        else:
            entry |= {"ids": ids}
        after = from_legacy(text)["input_ids"]
        if after != ids:
            entry |= {"legacy": after}
        if real is not None:
            entry |= {"clip": mixed_hash(real(text)["input_ids"])}
        lines.append(json.dumps(entry, separators=(",", ":")))
    with open(HERE / "golden.json", "w", encoding="ascii") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
