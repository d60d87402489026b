#!/usr/bin/env python3
"""Makes the expected pairs of every tokenizer kind: what the reference libraries make of two texts.

Requires: tokenizers 0.23, sentencepiece 0.2, transformers 5.23.

    python3 make_pairs.py

Writes pairs.json into the folder of each kind that make_kinds.py made: for each pair of texts of
golden.json and each limit (none, 24, 11) a hash of the ids followed by the token types. A
tokenizer.json is run as it is. Folders without one get the ids of their texts from the library that
the vocabulary is of, and the frame from the class of transformers that reads such folders.
"""

import json
import pathlib
import shutil
import tempfile

import sentencepiece
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertTokenizer, CLIPTokenizer, T5Tokenizer, XLMRobertaTokenizer

from make_kinds import HERE, KINDS, TEXTS, mixed_hash

LIMITS = [None, 24, 11]
PAIRS = [(TEXTS[i * 8], TEXTS[(i * 37 + 11) % len(TEXTS)]) for i in range(120)]
# The rules of cutting show where lengths differ by little, and where one is short.
PAIRS += [("a cat" * first, "猫 sea " * second) for first in range(0, 9, 2) for second in range(0, 12, 3)]


def write(folder, encode):
    lines = []
    for first, second in PAIRS:
        for limit in LIMITS:
            encoding = encode(first, second, limit)
            lines.append(json.dumps(mixed_hash(encoding.ids + encoding.type_ids)))
    (folder / "pairs.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="ascii")
    print(folder.name, len(lines))


def limited(tokenizer):
    def encode(first, second, limit):
        if limit is None:
            tokenizer.no_truncation()
        else:
            tokenizer.enable_truncation(limit, strategy="longest_first")
        return tokenizer.encode(first, second)
    return encode


def framed(processor, ids_of):
    """Ids of texts, put together by a post-processor: each id is a word of a tokenizer of words."""
    words = Tokenizer(models.WordLevel({f"w{i}": i for i in range(5000)}, unk_token="w0"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    words.post_processor = processor
    encode = limited(words)

    def text(ids):
        return " ".join(f"w{i}" for i in ids)
    return lambda first, second, limit: encode(text(ids_of(first)), text(ids_of(second)), limit)


def main():
    for folder in sorted(KINDS.iterdir()):
        if (folder / "tokenizer.json").exists():
            write(folder, limited(Tokenizer.from_file(str(folder / "tokenizer.json"))))

    cased = KINDS / "wordpiece-cased"
    write(cased, limited(BertTokenizer.from_pretrained(cased).backend_tokenizer))
    small = HERE / "small"
    write(small, limited(CLIPTokenizer.from_pretrained(small).backend_tokenizer))

    for name in ["spm-unigram", "spm-bpe", "spm-bpe-bytes", "spm-unigram-bytes"]:
        folder = KINDS / name
        file = next(folder.glob("*.model"))
        processor = sentencepiece.SentencePieceProcessor(model_file=str(file))
        if name == "spm-unigram":
            frame = T5Tokenizer.from_pretrained(folder).backend_tokenizer.post_processor
            with tempfile.TemporaryDirectory() as other:
                # The same pieces as XLM-RoBERTa uses them: one further, fairseq's tokens first.
                shutil.copy(file, pathlib.Path(other) / "sentencepiece.bpe.model")
                xlm = XLMRobertaTokenizer.from_pretrained(other).backend_tokenizer.post_processor
            (KINDS / "fairseq").mkdir(exist_ok=True)
            write(KINDS / "fairseq", framed(
                xlm, lambda text: [3 if i == 0 else i + 1 for i in processor.encode(text)]))
        elif name == "spm-unigram-bytes":
            # Without start and end tokens in its configuration.
            frame = processors.TemplateProcessing(single="$A", pair="$A $B:1", special_tokens=[])
        else:
            # As transformers 4 writes it for Llama: each text has its start token.
            frame = processors.TemplateProcessing(
                single="<s> $A", pair="<s> $A <s>:1 $B:1",
                special_tokens=[("<s>", processor.piece_to_id("<s>"))])
        write(folder, framed(frame, processor.encode))


if __name__ == "__main__":
    main()
