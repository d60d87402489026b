#!/usr/bin/env python3
"""Makes the fixtures of the tokenizer kinds: small vocabularies of our own, and the ids that the
reference libraries give.

Requires: tokenizers 0.23, sentencepiece 0.2.

    python3 make_kinds.py

The texts are those of golden.json, which make_tokenizer.py makes. Writes into kinds/, a folder for
each kind: its tokenizer files, and expected.json with the ids of every text in the texts' order (a
hash, as in golden.json, for texts that are repeated).
"""

import collections
import io
import json
import pathlib
import random
import shutil
import string

import sentencepiece
from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

HERE = pathlib.Path(__file__).resolve().parent
KINDS = HERE / "kinds"
BLANK = "\u2581"

ENTRIES = json.loads((HERE / "golden.json").read_text(encoding="ascii"))
TEXTS = [entry["text"] * entry.get("repeat", 1) for entry in ENTRIES]

# Long enough to learn words from, and with enough rare characters left out of what is learned.
WORDS = """a the of in on at with and photo drawing old young small large red blue green white black cat dog
lighthouse mountain river temple train bicycle lantern rabbit fox whale robot castle garden bridge harbour forest
sleeping running standing painted wooden stone glass morning evening night winter summer café naïve Zoë straße
猫 犬 三毛猫 灯台 山 川 寺 電車 自転車 提灯 東京 京都 写真 寝ている 走る 赤い 青い 白い 黒い 古い 小さな 大きな カメラ ガラス
고양이 강아지 바다 하늘 기차 사진 你好 世界 照片 小猫 кошка море собака γάτα θάλασσα قطة بحر 35mm 1024x768 v1.5""".split()


def sentences():
    rng = random.Random(3)
    for _ in range(4000):
        count = rng.randrange(2, 9)
        words = [rng.choice(WORDS) for _ in range(count)]
        text = rng.choice([" ", " ", " ", "", "、", ", "]).join(words)
        if rng.random() < 0.3:
            text += rng.choice([".", "!", "?", "。", "です", "の写真", " 🐱", " (2024)", " #1"])
        yield text if rng.random() < 0.8 else text.capitalize()


def train(**settings):
    """A SentencePiece model; the trainer gives the same one every time."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=sentences(), model_writer=model, num_threads=1, minloglevel=2, hard_vocab_limit=False, **settings)
    return model.getvalue()


def mixed_hash(ids):
    """FNV-1a over the ids as four little-endian bytes each."""
    value = 0xCBF29CE484222325
    for identifier in ids:
        for byte in identifier.to_bytes(4, "little"):
            value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def write(name, files, encode):
    folder = KINDS / name
    folder.mkdir(parents=True)
    for file, contents in files.items():
        if isinstance(contents, Tokenizer):
            contents = json.loads(contents.to_str())
        if isinstance(contents, dict):
            contents = (json.dumps(contents, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        (folder / file).write_bytes(contents)
    lines = []
    for entry, text in zip(ENTRIES, TEXTS):
        ids = encode(text)
        lines.append(json.dumps(mixed_hash(ids) if "repeat" in entry else ids, separators=(",", ":")))
    (folder / "expected.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="ascii")


def write_json(name, tokenizer, files=None):
    # transformers reads the file too, so what it says is what counts.
    tokenizer = Tokenizer.from_str(tokenizer.to_str())
    write(name, {"tokenizer.json": tokenizer} | (files or {}), lambda text: tokenizer.encode(text).ids)


def pieces_of(model):
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    return processor, [(processor.id_to_piece(i), processor.get_score(i)) for i in range(processor.get_piece_size())]


def charsmap(model):
    """The compiled replacements: field 2 of the normaliser, field 3 of the model."""
    def fields(data):
        place = 0

        def number():
            nonlocal place
            value = shift = 0
            while True:
                byte = data[place]
                place += 1
                value |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    return value
        while place < len(data):
            key = number()
            if key & 7 == 0:
                yield key >> 3, number()
            else:
                size = {1: 8, 5: 4}.get(key & 7) or number()
                yield key >> 3, data[place:place + size]
                place += size
    normalizer = next(value for field, value in fields(model) if field == 3)
    return next(value for field, value in fields(normalizer) if field == 2)


def sentence_piece_kinds():
    unigram = train(model_type="unigram", vocab_size=1200, normalization_rule_name="nmt_nfkc", character_coverage=0.99)
    processor, pieces = pieces_of(unigram)
    write("spm-unigram", {"spiece.model": unigram, "tokenizer_config.json": {"tokenizer_class": "T5Tokenizer"}},
          lambda text: processor.encode(text) + [processor.piece_to_id("</s>")])

    spelled = train(model_type="unigram", vocab_size=900, normalization_rule_name="identity", character_coverage=0.98,
                    byte_fallback=True, remove_extra_whitespaces=False, add_dummy_prefix=False, user_defined_symbols="<lora:,三毛猫,'s")
    spelled_processor, spelled_pieces = pieces_of(spelled)
    write("spm-unigram-bytes", {"tokenizer.model": spelled, "tokenizer_config.json": {
        "tokenizer_class": "LlamaTokenizer", "add_bos_token": False, "add_eos_token": False}}, spelled_processor.encode)

    pairs = train(model_type="bpe", vocab_size=1200, normalization_rule_name="identity", character_coverage=0.99,
                  byte_fallback=True, user_defined_symbols="<lora:,三毛猫")
    pairs_processor, pair_pieces = pieces_of(pairs)
    write("spm-bpe-bytes", {"tokenizer.model": pairs, "tokenizer_config.json": {"tokenizer_class": "LlamaTokenizer"}},
          lambda text: [pairs_processor.piece_to_id("<s>")] + pairs_processor.encode(text))
    lossy = train(model_type="bpe", vocab_size=700, normalization_rule_name="identity", character_coverage=0.98)
    lossy_processor, _ = pieces_of(lossy)
    write("spm-bpe", {"tokenizer.model": lossy, "tokenizer_config.json": {"tokenizer_class": "LlamaTokenizer"}},
          lambda text: [lossy_processor.piece_to_id("<s>")] + lossy_processor.encode(text))

    # XLM-RoBERTa: fairseq's special tokens first, a template, the compiled replacements.
    special = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    tokenizer = Tokenizer(models.Unigram(special + pieces[3:] + [("<mask>", 0.0)], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(charsmap(unigram)), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=BLANK, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", AddedToken("<mask>", lstrip=True)])
    write_json("unigram", tokenizer)

    # T5 and Llama in their newer forms: a blank before the first word only, spelled unknowns.
    tokenizer = Tokenizer(models.Unigram(spelled_pieces, unk_id=0, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Nmt(), normalizers.NFKC(), normalizers.Strip(left=False, right=True),
        normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement=BLANK, prepend_scheme="first")])
    tokenizer.add_special_tokens(["<s>", "</s>", "<unk>"])
    tokenizer.add_tokens(["the fox", "三毛"])
    write_json("unigram-bytes", tokenizer)
    return pair_pieces


def merges_of(pieces):
    """All merges that make a piece, the pieces in order of their scores."""
    vocabulary = {piece: index for index, (piece, _) in enumerate(pieces)}
    merges = []
    for piece, index in vocabulary.items():
        found = [(piece[:cut], piece[cut:]) for cut in range(1, len(piece))
                 if piece[:cut] in vocabulary and piece[cut:] in vocabulary]
        merges += [(pieces[index][1], vocabulary[left], vocabulary[right], left, right) for left, right in found]
    merges.sort(key=lambda merge: (-merge[0], merge[1], merge[2]))
    return vocabulary, [(left, right) for _, _, _, left, right in merges]


def pair_kinds(pieces):
    vocabulary, merges = merges_of(pieces)
    llama = Tokenizer(models.BPE(vocabulary, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    llama.normalizer = normalizers.Sequence([normalizers.Prepend(BLANK), normalizers.Replace(" ", BLANK)])
    llama.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", vocabulary["<s>"])])
    llama.add_special_tokens(["<unk>", "<s>", "</s>"])
    write_json("bpe-llama", llama)

    gemma = Tokenizer(models.BPE(vocabulary, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    gemma.normalizer = normalizers.Replace(" ", BLANK)
    gemma.pre_tokenizer = pre_tokenizers.Split(" ", behavior="merged_with_previous")
    gemma.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", vocabulary["</s>"])])
    gemma.add_special_tokens(["<unk>", "<s>", "</s>"])
    gemma.add_tokens([AddedToken("\n\n", normalized=False), AddedToken("<start>", normalized=False)])
    write_json("bpe-gemma", gemma)

    # Without bytes, unknown characters stay unknown, each for itself.
    few = [piece for piece in pieces if not piece[0].startswith("<0x")][:500]
    vocabulary, merges = merges_of(few)
    plain = Tokenizer(models.BPE(vocabulary, merges, unk_token="<unk>", ignore_merges=True))
    plain.normalizer = normalizers.NFD()
    plain.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"[\s\p{P}]"), behavior="merged_with_next"), pre_tokenizers.Digits(),
        pre_tokenizers.Metaspace(prepend_scheme="never", split=False)])
    write_json("bpe-plain", plain)


def byte_kind():
    """RoBERTa's: byte-level pairs, and a space before the text."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    splitter = pre_tokenizers.ByteLevel(add_prefix_space=True)
    counts = collections.Counter()
    for sentence in sentences():
        for word, _ in splitter.pre_tokenize_str(sentence):
            counts[tuple(word)] += 1
    pieces, merges = ["<s>", "<pad>", "</s>", "<unk>"] + letters, []
    for _ in range(400):
        pairs = collections.Counter()
        for word, count in counts.items():
            for pair in zip(word, word[1:]):
                pairs[pair] += count
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        pieces.append("".join(best))
        merged = collections.Counter()
        for word, count in counts.items():
            symbols, index = [], 0
            while index < len(word):
                width = 2 if word[index:index + 2] == best else 1
                symbols.append("".join(word[index:index + width]))
                index += width
            merged[tuple(symbols)] += count
        counts = merged
    tokenizer = Tokenizer(models.BPE({piece: index for index, piece in enumerate(pieces)}, merges))
    tokenizer.pre_tokenizer = splitter
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=True)
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    write_json("bytes-roberta", tokenizer)


def word_piece_kinds():
    def vocabulary(normalizer, splitter):
        words = collections.Counter()
        for sentence in list(sentences()) + [text for text in TEXTS if len(text) < 200][:600]:
            for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(sentence)):
                words[word] += 1
        characters = collections.Counter()
        tails = collections.Counter()
        for word, count in words.items():
            characters.update({character: count for character in word})
            tails.update({word[cut:]: count for cut in range(max(1, len(word) - 5), len(word))})
        known = sorted(character for character, count in characters.items() if count > 1)
        pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + known + ["##" + character for character in known]
        pieces += [word for word, count in sorted(words.items(), key=lambda item: (-item[1], item[0])) if count > 2 and len(word) < 12][:500]
        pieces += ["##" + tail for tail, _ in sorted(tails.items(), key=lambda item: (-item[1], item[0]))[:400]]
        return {piece: index for index, piece in enumerate(dict.fromkeys(pieces))}

    def bert(normalizer, name, files):
        splitter = pre_tokenizers.BertPreTokenizer()
        pieces = vocabulary(normalizer, splitter)
        tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=100))
        tokenizer.normalizer = normalizer
        tokenizer.pre_tokenizer = splitter
        tokenizer.post_processor = processors.TemplateProcessing(
            single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[("[CLS]", pieces["[CLS]"]), ("[SEP]", pieces["[SEP]"])])
        tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
        if files:
            listed = "".join(piece + "\n" for piece in pieces).encode()
            tokenizer = Tokenizer.from_str(tokenizer.to_str())
            write(name, {"vocab.txt": listed, "tokenizer_config.json": files}, lambda text: tokenizer.encode(text).ids)
        else:
            write_json(name, tokenizer)

    bert(normalizers.BertNormalizer(), "wordpiece", None)
    bert(normalizers.BertNormalizer(lowercase=False, handle_chinese_chars=False), "wordpiece-cased",
         {"tokenizer_class": "BertTokenizer", "do_lower_case": False, "tokenize_chinese_chars": False})

    normalizer = normalizers.Sequence([
        normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), normalizers.Strip(),
        normalizers.Replace(Regex("[" + "".join("\\" + character for character in string.punctuation[:8]) + "]"), "-")])
    splitter = pre_tokenizers.Sequence([
        pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.Punctuation(behavior="contiguous")])
    pieces = vocabulary(normalizer, splitter)
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=20))
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = splitter
    tokenizer.post_processor = processors.Sequence([
        processors.BertProcessing(("[SEP]", pieces["[SEP]"]), ("[CLS]", pieces["[CLS]"]))])
    write_json("wordpiece-other", tokenizer)


def main():
    shutil.rmtree(KINDS, ignore_errors=True)
    word_piece_kinds()
    byte_kind()
    pair_kinds(sentence_piece_kinds())


if __name__ == "__main__":
    main()
