"""Small tokenizers for model folders."""

import io

import sentencepiece
import tokenizers
from tokenizers import decoders, models, normalizers, pre_tokenizers, processors

SENTENCES = [
    "a red bird on the sea", "the sea at night", "cats and dogs", "a blue mountain under the sky",
    "二匹の猫", "青い海と空", "夜の山", "赤い鳥が飛ぶ", "snow on the mountain", "stars at night",
] * 20


def sentencepiece_model(file, symbols, unknown, end, padding, size, start=None):
    """Writes a unigram model; gives a function from a text to its ids.

    Without a normaliser's table, which alone would have 240 KB.
    """
    buffer = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES), model_writer=buffer, vocab_size=size,
        model_type="unigram", normalization_rule_name="identity", hard_vocab_limit=False,
        character_coverage=1.0, unk_id=unknown, eos_id=end, pad_id=padding,
        bos_id=-1 if start is None else start,
        control_symbols=[name for name, _ in symbols if name not in ("</s>", "<unk>", "<s>")],
        pad_piece="[PAD]" if padding == 3 else "<pad>", minloglevel=2)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(buffer.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=buffer.getvalue())
    return lambda text: processor.encode(text)


def gemma(file):
    """Writes byte pairs with byte fallback as Gemma has them; gives a function from a text to its ids,
    and the number of them."""
    special = ["<pad>", "<eos>", "<bos>", "<unk>"]
    letters = sorted({letter for text in SENTENCES for letter in text if letter != " "})
    vocabulary = special + [f"<0x{byte:02X}>" for byte in range(256)] + ["▁"] + letters
    pairs = [("r", "e"), ("re", "d"), ("▁", "a"), ("s", "e"), ("t", "h"), ("th", "e"),
             ("青", "い"), ("▁", "the")]
    vocabulary += [left + right for left, right in pairs]
    tokenizer = tokenizers.Tokenizer(models.BPE(
        {piece: index for index, piece in enumerate(vocabulary)}, pairs, unk_token="<unk>",
        byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    tokenizer.add_special_tokens(special)
    file.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(file), pretty=False)
    return (lambda text: tokenizer.encode(text, add_special_tokens=False).ids), len(vocabulary)


def xlm_roberta(file, size):
    """Writes unigrams between the tokens that XLM-R has around a text; gives a function from a text to
    its ids, those tokens included."""
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    letters = sorted({letter for text in SENTENCES for letter in text if letter != " "} | set(
        "&<>'\"!,ABC"))
    words = ["▁the", "▁a", "▁sea", "▁red", "bird", "night", "の", "青い"]
    pieces = [(piece, 0.0) for piece in special] + [("▁", -4.0)]
    pieces += [(piece, -3.0) for piece in words]
    pieces += [(letter, -6.0) for letter in letters if letter not in words]
    pieces = pieces[:size]
    tokenizer = tokenizers.Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    tokenizer.add_special_tokens(special)
    file.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(file), pretty=False)
    return lambda text: tokenizer.encode(text).ids
