#!/usr/bin/env python3
"""Makes folders of text encoders and rerankers with random weights, and what the reference libraries
compute with them.

    python3 make_text.py            the small models beside this script, which are committed

Needs torch, transformers 5.23, sentence-transformers 6.2, tokenizers and numpy. The seeds are fixed:
the same versions write the same files.

Weights are drawn so that different inputs differ (see make_clip.py), and the script fails when they
don't. Each folder gets expected.json: for an encoder the vectors of texts as queries and documents,
for a reranker the log-odds and the scores of a query's texts; and the token ids of both.
"""

import json
import math
import pathlib
import re
import shutil

import numpy
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    AutoModel, AutoModelForSequenceClassification, AutoTokenizer, BertConfig, LukeConfig, ModernBertConfig,
    PreTrainedTokenizerFast, RobertaConfig, XLMRobertaConfig)

HERE = pathlib.Path(__file__).parent

TEXTS = [
    "a red boat at sea", "two dogs in the snow", "夜の海と灯台", "猫", "the old lighthouse, at night",
    "boat", "A Photo of a CAT!", "犬と猫が雪の中で遊んでいる写真", "sea sea sea sea", "",
    "a very long caption that says many things about one image, more than what fits into the model: "
    "boats, dogs, cats, the sea, the snow, the night, and a lighthouse far away on its rock",
]
QUERY = "a boat at sea at night"


# Tokenizers: characters, and the pairs of them that the texts have.

def pieces():
    text = " ".join(TEXTS + [QUERY, "query: passage: 検索クエリ: 検索文書: "]).lower()
    characters = sorted(set(text) - {" "})
    words = re.findall(r"\w+", text)
    return characters, sorted({w for w in words if 1 < len(w) < 8 and w.isascii()})


def word_pieces():
    characters, words = pieces()
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + characters
    known += ["##" + c for c in characters if c.isalnum()] + words
    return {piece: index for index, piece in enumerate(dict.fromkeys(known))}


def bert_tokenizer():
    vocabulary = word_pieces()
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]",
        mask_token="[MASK]", model_max_length=32), len(vocabulary)


def unigram_tokenizer(special, pair, length, inputs=None):
    characters, words = pieces()
    known = special + ["\u2581"] + characters + ["\u2581" + word for word in words]
    known = list(dict.fromkeys(known))
    scored = [(piece, 0.0 if piece in special else -2.0 - 1.0 / len(piece) - (len(piece) == 1) * 4) for piece in known]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=known.index("<unk>")))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair=pair, special_tokens=[("<s>", known.index("<s>")), ("</s>", known.index("</s>"))])
    extra = {"model_input_names": inputs} if inputs else {}
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", cls_token="<s>", sep_token="</s>",
        pad_token="<pad>", unk_token="<unk>", model_max_length=length, **extra), len(known)


def xlm_tokenizer():
    return unigram_tokenizer(
        ["<s>", "<pad>", "</s>", "<unk>"], "<s> $A </s> </s> $B </s>", 30, ["input_ids", "attention_mask"])


def modern_tokenizer():
    return unigram_tokenizer(
        ["<unk>", "<s>", "</s>", "<pad>"], "<s> $A </s> $B </s>", 60, ["input_ids", "attention_mask"])


# Weights.

def draw(model, seed):
    torch.manual_seed(seed)
    for name, parameter in model.named_parameters():
        if "norm" in name.lower() and name.endswith("weight"):
            parameter.data.normal_(1.0, 0.2)
        elif name.endswith("bias"):
            parameter.data.normal_(0.0, 0.05)
        elif "position" in name or "token_type" in name:
            # What all texts have in common would make them alike.
            parameter.data.normal_(0.0, 0.3)
        elif "embedding" in name:
            parameter.data.normal_(0.0, 1.0)
        elif parameter.dim() >= 2:
            parameter.data.normal_(0.0, 1.6 / math.sqrt(parameter[0].numel()))


def edit(folder, change, file="config.json"):
    path = folder / file
    config = json.loads(path.read_text())
    change(config)
    path.write_text(json.dumps(config, indent=1) + "\n")


SMALL = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48)
MODERN = dict(
    hidden_size=32, num_attention_heads=4, intermediate_size=40, max_position_embeddings=64, local_attention=8,
    pad_token_id=3, bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2)


def version_4(config):
    """Writes ModernBERT's configuration as transformers 4 did."""
    rope = config.pop("rope_parameters")
    config["global_rope_theta"] = rope["full_attention"]["rope_theta"]
    config["local_rope_theta"] = rope["sliding_attention"]["rope_theta"]
    layers = config.pop("layer_types")
    config["global_attn_every_n_layers"] = next((i for i in range(1, len(layers)) if layers[i] == "full_attention"), 3)
    if "dtype" in config:
        config["torch_dtype"] = config.pop("dtype")


def clean(folder):
    for name in ["README.md", "generation_config.json"]:
        (folder / name).unlink(missing_ok=True)
    for file in folder.rglob("*.safetensors"):
        file.chmod(0o644)


def encoder(name, config, tokenizer, pooling, seed, dtype=torch.float32, dense=None, prompts=None, change=None):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    base = folder / "base"
    tokenizer.save_pretrained(base)
    model = AutoModel.from_config(config).eval()
    draw(model, seed)
    model.to(dtype).save_pretrained(base)
    modules = [Transformer(str(base)), Pooling(config.hidden_size, pooling_mode=pooling)]
    if dense:
        layer = Dense(config.hidden_size, dense, bias=True, activation_function=torch.nn.Tanh())
        draw(layer, seed + 100)
        modules.append(layer)
    modules.append(Normalize())
    built = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    shutil.rmtree(base)
    built.save(str(folder), safe_serialization=True)
    if change:
        edit(folder, change)
    clean(folder)

    reference = SentenceTransformer(str(folder), device="cpu", model_kwargs={"dtype": torch.float32})
    queries = reference.encode_query(TEXTS, convert_to_numpy=True, batch_size=4)
    documents = reference.encode_document(TEXTS, convert_to_numpy=True, batch_size=4)
    prompt = (prompts or {}).get("query", "")
    ids = [reference.tokenizer(prompt + text, truncation=True)["input_ids"] for text in TEXTS]
    cosines = (queries @ queries.T)[numpy.triu_indices(len(TEXTS), 1)]
    print(f"{name}: median cosine {numpy.median(cosines):.3f}, {max(map(len, ids))} tokens at most")
    assert numpy.median(cosines) < 0.9, "different inputs must have different vectors"
    write(folder, {"texts": TEXTS, "ids": ids, "queries": queries.tolist(), "documents": documents.tolist()})


def reranker(name, config, tokenizer, seed, dtype=torch.float32, change=None):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    config.num_labels = 1
    model = AutoModelForSequenceClassification.from_config(config).eval()
    draw(model, seed)
    model.to(dtype).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    if change:
        edit(folder, change)
    if config.model_type == "bert":
        # BERT's own class hands the token types on.
        edit(folder, lambda c: c.update(tokenizer_class="BertTokenizer"), "tokenizer_config.json")
    clean(folder)

    reference = CrossEncoder(str(folder), device="cpu", model_kwargs={"dtype": torch.float32})
    # One at a time: nothing is padded, so padding can't be what differs.
    pairs = [(QUERY, text) for text in TEXTS]
    scores = [float(reference.predict([pair])[0]) for pair in pairs]
    odds = [float(reference.predict([pair], activation_fn=torch.nn.Identity())[0]) for pair in pairs]
    # As a list of pairs: alone, an empty second text would count as none.
    encoded = [reference.tokenizer([pair], truncation="longest_first") for pair in pairs]
    encoded = [{key: value[0] for key, value in e.items()} for e in encoded]
    together = reference.predict(pairs)
    assert numpy.allclose(together, scores, atol=1e-4), "the reference contradicts itself"
    print(f"{name}: log-odds {min(odds):.2f} to {max(odds):.2f}, {max(len(e['input_ids']) for e in encoded)} tokens")
    write(folder, {
        "query": QUERY, "texts": TEXTS, "ids": [e["input_ids"] for e in encoded],
        "types": [e.get("token_type_ids", []) for e in encoded], "odds": odds, "scores": scores})


def write(folder, expected):
    def shorten(value):
        if isinstance(value, float):
            return float(f"{value:.7g}")
        return [shorten(v) for v in value] if isinstance(value, list) else value
    lines = [f"{json.dumps(key)}: {json.dumps(shorten(value), ensure_ascii=False)}" for key, value in expected.items()]
    (folder / "expected.json").write_text("{" + ",\n".join(lines) + "}\n")


def main():
    words, word_count = bert_tokenizer()
    xlm, xlm_count = xlm_tokenizer()
    modern, modern_count = modern_tokenizer()
    bert = BertConfig(**SMALL, vocab_size=word_count, max_position_embeddings=40, type_vocab_size=2)
    roberta = dict(**SMALL, vocab_size=xlm_count, max_position_embeddings=34, type_vocab_size=1, layer_norm_eps=1e-5)

    encoder("text_bert_mean", bert, words, "mean", 11, prompts={"query": "query: ", "document": "passage: "})
    encoder("text_xlmr_cls_dense", XLMRobertaConfig(**roberta), xlm, "cls", 12, dense=24)
    encoder("text_roberta_f16", RobertaConfig(**roberta), xlm, "mean", 13, dtype=torch.float16)
    encoder("text_luke", LukeConfig(**roberta, entity_vocab_size=5, entity_emb_size=8), xlm, "mean", 14,
        dtype=torch.bfloat16)
    encoder(
        "text_modernbert_v4", ModernBertConfig(**MODERN, num_hidden_layers=5, vocab_size=modern_count), modern, "mean", 15,
        dtype=torch.float16, prompts={"query": "検索クエリ: ", "document": "検索文書: "}, change=version_4)
    # The last layer is a local one, and the first token alone is read.
    encoder(
        "text_modernbert_v5_cls", ModernBertConfig(
            **MODERN, num_hidden_layers=3, vocab_size=modern_count, norm_bias=True, attention_bias=True, mlp_bias=True,
            layer_types=["full_attention", "sliding_attention", "sliding_attention"], rope_parameters={
                "full_attention": {"rope_type": "default", "rope_theta": 80000.0},
                "sliding_attention": {"rope_type": "default", "rope_theta": 5000.0}}),
        modern, "cls", 16, dtype=torch.bfloat16)

    reranker("rerank_bert_logit", bert, words, 21, dtype=torch.float16, change=lambda c: c.update(
        sentence_transformers={"activation_fn": "torch.nn.modules.linear.Identity", "version": "4.0.1"}))
    reranker("rerank_xlmr", XLMRobertaConfig(**roberta), xlm, 22)
    reranker("rerank_xlmr_old_logit", XLMRobertaConfig(**roberta), xlm, 23, dtype=torch.float16, change=lambda c: c.update(
        sbert_ce_default_activation_function="torch.nn.modules.linear.Identity"))
    reranker("rerank_modernbert_cls", ModernBertConfig(
        **MODERN, num_hidden_layers=4, vocab_size=modern_count), modern, 24, dtype=torch.float16)
    reranker("rerank_modernbert_mean", ModernBertConfig(
        **MODERN, num_hidden_layers=4, vocab_size=modern_count, classifier_pooling="mean", classifier_bias=True,
        norm_bias=True), modern, 25, dtype=torch.bfloat16, change=version_4)


if __name__ == "__main__":
    main()
