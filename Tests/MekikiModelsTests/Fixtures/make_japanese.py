#!/usr/bin/env python3
"""Makes folders of Japanese models of pictures and texts, and the vectors of a reference for them.

Their own code lives in their repositories and in none of the libraries. It puts together parts that
the libraries have, and so does this script: transformers' ViT and RoBERTa (rinna, Japanese Stable
CLIP), open_clip's vision transformer (recruit), timm's EVA02 (LINE).

Needs torch, torchvision, timm 1.0.31, open_clip_torch 3.3, transformers 5, sentencepiece, safetensors,
numpy and Pillow. `make_japanese.py --large FOLDER` makes the shape of LINE's models instead.
"""

import argparse
import pathlib

import timm
import torch
from open_clip.model import _build_vision_tower
from PIL import Image
from torchvision import transforms
from transformers import RobertaConfig, RobertaModel, ViTConfig, ViTModel

from make_tokenizers import sentencepiece_model
from model_fixture import HERE, draw_weights, ids, images, rounded, write

CLIP = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])
HALF = ([0.5] * 3, [0.5] * 3)
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
SYMBOLS = ["[CLS]", "[SEP]", "[MASK]"]

TEXT = {"vocab_size": 96, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
        "intermediate_size": 48, "max_position_embeddings": 80, "type_vocab_size": 2,
        "layer_norm_eps": 1e-5, "pad_token_id": 3}
VISION = {"hidden_size": 36, "num_hidden_layers": 2, "num_attention_heads": 3,
          "intermediate_size": 44, "image_size": 24, "patch_size": 8}


class Model(torch.nn.Module):
    """A vision tower, a RoBERTa, and their projections."""

    def __init__(self, vision, width, text, dimension):
        super().__init__()
        self.vision = vision
        config = RobertaConfig(**text)
        config._attn_implementation = "eager"
        self.text = RobertaModel(config, add_pooling_layer=False)
        self.image_projection = torch.nn.Linear(width, dimension, bias=False)
        self.text_projection = torch.nn.Linear(text["hidden_size"], dimension, bias=False)

    def encode_text(self, batch):
        # Positions from 0, given explicitly, and padding masked.
        places = torch.arange(batch.shape[1])[None]
        result = self.text(
            input_ids=batch, attention_mask=(batch != 3).long(), position_ids=places)
        return self.text_projection(result.last_hidden_state[:, 0])

    def encode_image(self, batch):
        return self.image_projection(self.pooled(batch))

    def pooled(self, batch):
        features = self.vision(batch)
        return features.last_hidden_state[:, 0] if hasattr(features, "last_hidden_state") \
            else features


# transformers 5 renamed the ViT's modules in memory; files on the hub keep the old names.
VIT_NAMES = [
    ("layers.", "encoder.layer."), ("encoder.encoder.", "encoder."),
    ("attention.q_proj", "attention.attention.query"),
    ("attention.k_proj", "attention.attention.key"),
    ("attention.v_proj", "attention.attention.value"),
    ("attention.o_proj", "attention.output.dense"),
    ("mlp.fc1", "intermediate.dense"), ("mlp.fc2", "output.dense"),
]


def old_names(name):
    if "attention.attention." in name or "intermediate.dense" in name:
        return name
    for new, old in VIT_NAMES:
        name = name.replace(new, old)
    return name


def named(model, dtype, names, rename=lambda name: name):
    """The model's tensors under the names that its repository has for its four parts."""
    tensors = {}
    for name, tensor in model.state_dict().items():
        part, rest = name.split(".", 1)
        if not tensor.is_floating_point() or part not in names:
            continue
        if part == "vision":
            rest = rename(rest)
        tensors[names[part] + rest] = tensor.detach().to(dtype).contiguous().clone()
    return tensors


def vit(sizes):
    config = ViTConfig(hidden_act="gelu", **sizes)
    config._attn_implementation = "eager"
    return ViTModel(config, add_pooling_layer=False)


def shortest(side, interpolation, normalization):
    """As torchvision prepares pictures."""
    return transforms.Compose([
        transforms.Resize(side, interpolation=interpolation, antialias=True),
        transforms.CenterCrop(side), transforms.ToTensor(), transforms.Normalize(*normalization)])


def by_file(side, normalization):
    """As transformers' processors do."""
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
    processor = CLIPImageProcessorPil(
        size={"shortest_edge": side}, crop_size=side, image_mean=normalization[0],
        image_std=normalization[1])
    return lambda drawn: torch.tensor(processor(drawn, return_tensors="np")["pixel_values"][0])


def longest(side, normalization):
    """As LINE's code does: the longest side fills the square, black the rest."""
    finish = transforms.Compose([transforms.ToTensor(), transforms.Normalize(*normalization)])

    def prepare(drawn):
        scale = side / max(drawn.size)
        sides = [round(length * scale) for length in drawn.size]
        square = Image.new("RGB", (side, side))
        square.paste(
            drawn.resize(sides, Image.Resampling.BICUBIC),
            ((side - sides[0]) // 2, (side - sides[1]) // 2))
        return finish(square)

    return prepare


def sentences(encode, start):
    texts = {"A Red bird": "a red bird", "二匹の猫": "二匹の猫", "": ""}
    return {text: [start] + encode(clean) for text, clean in texts.items()}


def tokenizer(file):
    return sentencepiece_model(
        file, [(name, "control") for name in SYMBOLS], unknown=0, start=1, end=2, padding=3,
        size=96)


TOKENIZER = {"tokenizer_class": "T5Tokenizer", "extra_ids": 0, "do_lower_case": True,
             "unk_token": "<unk>", "bos_token": "<s>", "eos_token": "</s>", "pad_token": "[PAD]",
             "cls_token": "[CLS]", "sep_token": "[SEP]", "mask_token": "[MASK]"}


def small(folder, model, dtype, seed, names, files, side, prepare, sample, start=4, extra=None,
          rename=lambda name: name, spiece="spiece.model"):
    draw_weights(model, seed)
    tensors = named(model, dtype, names, rename) | (extra or {})
    model = rounded(model, dtype)
    encode = tokenizer(HERE / folder / spiece)
    if "/" not in spiece:
        # LINE names a class of its own.
        own = {"tokenizer_class": "CLYPTokenizer"} if folder.startswith("line") else {}
        files = files | {"tokenizer_config.json": TOKENIZER | own}
    write(
        folder, tensors, files, model.encode_image, model.encode_text, images(seed, side),
        ids(seed, [start], [], (1, 2, 5, 20), range(7, 95), padding=3), sample=sample,
        prepare=prepare, sentences=sentences(encode, start), distinct=4)
    # What lies in folders of its own was removed with the old files.
    tokenizer(HERE / folder / spiece)


HUGGING = {"vision": "vision_model.", "text": "text_model.",
           "image_projection": "visual_projection.", "text_projection": "text_projection."}


def rinna():
    small(
        "rinna_clip", Model(vit(VISION), 36, TEXT, 20), torch.float16, 21, HUGGING,
        {"config.json": {
            "model_type": "clip", "projection_dim": 20,
            "vision_config": {"model_type": "vit", **VISION},
            "text_config": {"model_type": "roberta", **TEXT}}},
        24, shortest(24, transforms.InterpolationMode.BILINEAR, CLIP), (61, 38),
        extra={"logit_scale": torch.tensor(3.0)}, rename=old_names)


def stable():
    small(
        "japanese_stable_clip", Model(vit(VISION | {"num_hidden_layers": 1}), 36, TEXT, 20),
        torch.bfloat16, 22, HUGGING,
        {"config.json": {
            "model_type": "japanese_stable_clip",
            "vision_config": {"model_type": "vit", **VISION},
            "text_config": {"model_type": "roberta", **TEXT}},
         "preprocessor_config.json": {
             "image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 24},
             "crop_size": {"height": 24, "width": 24}, "image_mean": HALF[0],
             "image_std": HALF[1], "resample": 3}},
        24, by_file(24, HALF), (38, 61), start=1,
        extra={"logit_scale": torch.tensor([2.0]), "logit_bias": torch.tensor([-9.0])},
        rename=old_names)


def recruit():
    vision = {"image_size": 24, "patch_size": 8, "width": 32, "head_width": 16, "layers": 2,
              "mlp_ratio": 2.0}
    model = Model(_build_vision_tower(20, vision), 20, TEXT, 20)
    # open_clip's tower has its projection inside.
    model.image_projection = torch.nn.Identity()
    small(
        "recruit_clip", model, torch.float16, 23,
        {"vision": "vision_model.", "text": "text_model.", "text_projection": "text_projection."},
        {"config.json": {
            "model_type": "japanese_clip", "vision_config": vision,
            "text_config": {"model_type": "roberta", **TEXT}}},
        24, shortest(24, transforms.InterpolationMode.BICUBIC, CLIP), (60, 41),
        extra={"logit_scale": torch.tensor(4.0)})


def line(folder, sizes, text, dimension, dtype, seed, side, normalization):
    name = "eva02_base_patch16_clip_224"
    vision = timm.create_model(name, pretrained=False, num_classes=0, **sizes)
    width = sizes.get("embed_dim", 768)
    model = Model(vision, width, text, dimension)
    names = {"vision": "vision_encoder.backbone.", "text": "text_encoder.backbone.model.",
             "image_projection": "vision_encoder.neck.linear.",
             "text_projection": "text_encoder.neck.linear."}
    mean = {"imagenet": IMAGENET, "openai_clip": CLIP}[normalization]
    files = {
        "config.json": {
            "model_type": "clyp",
            "vision_encoder_config": {
                "backbone_config": {
                    "model_name": name + ".merged2b",
                    "extra_kwargs": {} if side > 64 else sizes},
                "pooler_config": {"input_type": "timm"}},
            "text_encoder_config": {
                "backbone_config": {
                    "model_name": "rinna/japanese-clip-vit-b-16",
                    "extra_kwargs": {} if side > 64 else {
                        "num_attention_heads": text["num_attention_heads"]}},
                "pooler_config": {"input_type": "huggingface"}}},
        "preprocessor_config.json": {
            "image_processor_type": "CLYPImageProcessor", "normalization_type": normalization}}
    extra = {"itc_loss_fn.temperature": torch.tensor(0.05)}
    if side > 64:
        draw_weights(model, seed)
        tensors = named(model, dtype, names) | extra
        write(
            folder, tensors, files, model.encode_image, model.encode_text, images(seed, side, 6),
            ids(seed, [4], [], (1, 3, 8, 20, 60), range(7, 31999), padding=3), distinct=5)
        (folder / "spiece.model").write_bytes((HERE / "line_clip_v2/spiece.model").read_bytes())
        return
    spiece = "onnx/spiece.model" if normalization == "imagenet" else "spiece.model"
    small(folder, model, dtype, seed, names, files, side, longest(side, mean), (61, 38),
          extra=extra, spiece=spiece)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=pathlib.Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.large:
        line(
            arguments.large.absolute(), {},
            {"vocab_size": 32000, "hidden_size": 768, "num_hidden_layers": 12,
             "num_attention_heads": 12, "intermediate_size": 3072,
             "max_position_embeddings": 514, "type_vocab_size": 2, "layer_norm_eps": 1e-5,
             "pad_token_id": 3}, 256, torch.float32, 13, 224, "openai_clip")
        return
    rinna()
    stable()
    recruit()
    sizes = {"embed_dim": 32, "depth": 2, "num_heads": 2, "img_size": 48, "mlp_ratio": 1.5}
    line("line_clip", sizes, TEXT, 20, torch.float16, 24, 48, "imagenet")
    line("line_clip_v2", sizes | {"depth": 1}, TEXT | {"num_hidden_layers": 1}, 12,
         torch.bfloat16, 25, 48, "openai_clip")


if __name__ == "__main__":
    main()
