#!/usr/bin/env python3
"""Makes folders of models in open_clip's form, and the vectors that open_clip computes with them.

Needs torch, open_clip_torch 3.3, transformers 5, safetensors, numpy and Pillow. `make_open_clip.py
--large FOLDER` makes the default preset's shape (ViT-B/32 and XLM-R base) instead, 1.5 GB.
"""

import argparse
import pathlib

import open_clip
import torch
from open_clip.hf_model import HFTextEncoder
from open_clip.model import CustomTextCLIP, _build_vision_tower
from open_clip.tokenizer import get_clean_fn
from open_clip.transform import PreprocessCfg, image_transform_v2
from transformers import XLMRobertaConfig

from make_tokenizers import xlm_roberta
from model_fixture import HERE, draw_weights, ids, images, rounded, stored, write

VISION = {"image_size": 24, "layers": 2, "width": 32, "head_width": 16, "patch_size": 8}
TEXT = {"context_length": 12, "vocab_size": 99, "width": 24, "heads": 3, "layers": 2}


def transform(settings, side):
    return image_transform_v2(PreprocessCfg(size=side, **settings), is_train=False)


def plain(folder, kind, vision, text, settings, dtype, seed, **options):
    """A model whose text tower is open_clip's own."""
    vision, text = VISION | vision, TEXT | text
    model = kind(embed_dim=20, vision_cfg=vision, text_cfg=text, **options)
    draw_weights(model, seed)
    tensors = stored(model, dtype, skip=("attn_mask",))
    model = rounded(model, dtype)
    end = text["vocab_size"] - 1
    # CLIP's ids: the end is the largest, the padding 0.
    texts = ids(seed, [end - 1], [end], (1, 2, 5, 9), range(3, end - 1), padding=0)
    write(
        folder, tensors,
        {"open_clip_config.json": {
            "model_cfg": {"embed_dim": 20, "vision_cfg": vision, "text_cfg": text, **options},
            "preprocess_cfg": settings}},
        model.encode_image,
        lambda batch: model.encode_text(
            torch.nn.functional.pad(batch, (0, text["context_length"] - batch.shape[1]))),
        images(seed, vision["image_size"]), texts,
        sample=(61, 38), prepare=transform(settings, vision["image_size"]),
        weights="open_clip_model.safetensors", distinct=4)


class TwoTowers(torch.nn.Module):
    """CustomTextCLIP, whose text tower would ask the hub for its sizes."""

    def __init__(self, vision, text, dimension):
        super().__init__()
        self.visual = _build_vision_tower(dimension, vision)
        self.text = HFTextEncoder(
            "xlm-roberta-base", dimension, config=text, pooler_type="mean_pooler",
            proj_type="mlp", pretrained=False)
        self.logit_scale = torch.nn.Parameter(torch.tensor(3.1))


def with_xlm_roberta(folder, vision, text, dimension, length, dtype, seed, words, lengths,
                     sample=None, sentences=None):
    config = XLMRobertaConfig(
        bos_token_id=0, pad_token_id=1, eos_token_id=2, type_vocab_size=1, layer_norm_eps=1e-5,
        attn_implementation="eager", **text)
    model = draw_weights(TwoTowers(vision, config, dimension), seed)
    model.logit_scale.data.fill_(3.1)
    tensors = stored(model, dtype, skip=("pooler", "position_ids"))
    model = rounded(model, dtype)
    settings = {"mean": [0.48145466, 0.4578275, 0.40821073],
                "std": [0.26862954, 0.26130258, 0.27577711], "interpolation": "bicubic",
                "resize_mode": "shortest"}
    texts = ids(seed, [0], [2], lengths, words, padding=1)
    write(
        folder, tensors,
        {"open_clip_config.json": {
            "model_cfg": {
                "embed_dim": dimension, "vision_cfg": vision,
                "text_cfg": {"hf_model_name": "xlm-roberta-base",
                             "hf_tokenizer_name": "xlm-roberta-base", "context_length": length,
                             "hf_proj_type": "mlp", "hf_pooler_type": "mean_pooler"}},
            "preprocess_cfg": settings}},
        model.visual,
        lambda batch: model.text(
            torch.nn.functional.pad(batch, (0, length - batch.shape[1]), value=1)),
        images(seed, vision["image_size"], 6 if vision["image_size"] > 64 else 3), texts,
        sample=sample, prepare=transform(settings, vision["image_size"]), sentences=sentences,
        weights="open_clip_model.safetensors", distinct=len(lengths))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=pathlib.Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.large:
        with_xlm_roberta(
            arguments.large.absolute(),
            {"image_size": 224, "layers": 12, "width": 768, "patch_size": 32},
            {"vocab_size": 250002, "hidden_size": 768, "num_hidden_layers": 12,
             "num_attention_heads": 12, "intermediate_size": 3072,
             "max_position_embeddings": 514},
            512, 77, torch.float32, 11, range(5, 250000), (1, 3, 8, 20, 60))
        return
    plain(
        "open_clip_quick_gelu", open_clip.CLIP, {}, {},
        {"mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711],
         "interpolation": "bicubic", "resize_mode": "shortest"},
        torch.float16, 1, quick_gelu=True)
    # The text tower in a part of its own, other steps for pictures, no first norm.
    plain(
        "open_clip_custom_text", CustomTextCLIP,
        {"no_ln_pre": True, "mlp_ratio": 2.5},
        {"proj_bias": True, "pool_type": "eos", "eos_id": 98},
        {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "interpolation": "bilinear",
         "resize_mode": "squash"},
        torch.bfloat16, 2, init_logit_bias=-5.0)
    encode = xlm_roberta(HERE / "open_clip_xlm_roberta/tokenizer.json", 120)
    clean = get_clean_fn("whitespace")
    with_xlm_roberta(
        "open_clip_xlm_roberta", VISION,
        {"vocab_size": 120, "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 1,
         "intermediate_size": 48, "max_position_embeddings": 18},
        20, 16, torch.float16, 3, range(5, 119), (1, 2, 5, 12), sample=(40, 57),
        sentences={text: encode(clean(text)) for text in [
            "the sea at night", "  the   sea &amp;amp; a &quot;red&quot; bird ", "青い海", "",
            "“ＡＢＣ”!"]})


if __name__ == "__main__":
    main()
