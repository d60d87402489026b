#!/usr/bin/env python3
"""Makes folders of SigLIP models, and the vectors that transformers computes with them.

Needs torch, transformers 5, tokenizers, sentencepiece, safetensors, numpy and Pillow.
`make_siglip.py --large FOLDER` makes the shape of SigLIP 2 base with its 256,000 tokens, 1.5 GB.
"""

import argparse
import pathlib

import torch
from transformers import SiglipConfig, SiglipModel
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

from make_tokenizers import gemma, sentencepiece_model
from model_fixture import HERE, draw_weights, ids, images, rounded, stored, write


def model_folder(folder, text, vision, dtype, seed, lengths, padding, processor, files,
                 sentences=None, sample=None):
    config = SiglipConfig(text_config=text, vision_config=vision)
    config._attn_implementation = "eager"
    model = draw_weights(SiglipModel(config), seed)
    if vision["image_size"] > 64:
        # Over hundreds of tokens the pooling's weights would be nearly even.
        model.vision_model.head.attention.in_proj_weight.data[:2 * vision["hidden_size"]] *= 2.5
    model.logit_scale.data.fill_(4.7)
    model.logit_bias.data.fill_(-16.7)
    tensors = stored(model, dtype, skip=("position_ids",))
    model = rounded(model, dtype)
    length = text["max_position_embeddings"]
    side = vision["image_size"]
    texts = ids(seed, [], [1], lengths, range(3, text["vocab_size"] - 1), padding, length)
    prepare = SiglipImageProcessorPil(**processor)

    def features(result):
        return getattr(result, "pooler_output", result)

    write(
        folder, tensors,
        {"config.json": {
            "model_type": "siglip",
            "text_config": {"model_type": "siglip_text_model", **text},
            "vision_config": {"model_type": "siglip_vision_model", **vision}}, **files},
        lambda batch: features(model.get_image_features(pixel_values=batch)),
        lambda batch: features(model.get_text_features(input_ids=batch)),
        images(seed, side, 6 if side > 64 else 3), texts, sample=sample,
        prepare=lambda drawn: torch.tensor(
            prepare(drawn, return_tensors="np")["pixel_values"][0]),
        sentences=sentences)


def processor(side, resample):
    return {"size": {"height": side, "width": side}, "resample": resample,
            "image_mean": [0.5] * 3, "image_std": [0.5] * 3}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=pathlib.Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.large:
        own = processor(256, 2)
        model_folder(
            arguments.large.absolute(),
            {"hidden_size": 768, "vocab_size": 256000, "max_position_embeddings": 64,
             "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12},
            {"hidden_size": 768, "image_size": 256, "patch_size": 16,
             "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12},
            torch.float32, 12, (1, 3, 8, 20, 60), 0, own,
            {"preprocessor_config.json": {"image_processor_type": "SiglipImageProcessor", **own}})
        return

    # Heads and hidden width as odd as the large model's, whose heads have 72 elements.
    text = {"hidden_size": 36, "intermediate_size": 44, "num_hidden_layers": 2,
            "num_attention_heads": 3, "vocab_size": 96, "max_position_embeddings": 12}
    vision = {"hidden_size": 36, "intermediate_size": 44, "num_hidden_layers": 2,
              "num_attention_heads": 3, "image_size": 26, "patch_size": 6}

    own = processor(26, 3)
    encode = sentencepiece_model(HERE / "siglip" / "spiece.model", [
        ("</s>", "control"), ("<unk>", "unknown")], unknown=2, end=1, padding=0, size=96)
    model_folder(
        "siglip", text, vision, torch.float16, 4, (1, 2, 5, 9), 1, own,
        {"preprocessor_config.json": {"image_processor_type": "SiglipImageProcessor", **own},
         "tokenizer_config.json": {
             "tokenizer_class": "SiglipTokenizer", "do_lower_case": True, "eos_token": "</s>",
             "pad_token": "</s>", "unk_token": "<unk>", "additional_special_tokens": []}},
        sentences={
            sentence: (encode(clean) + [1] * 12)[:12]
            for sentence, clean in [
                ("A Red, bird!", "a red bird"), ("  the sea -- at night. ", "the sea at night"),
                ("", ""), ("cats & dogs", "cats dogs")]},
        sample=(61, 38))

    own = processor(26, 2)
    encode, size = gemma(HERE / "siglip2" / "tokenizer.json")
    text = text | {"vocab_size": size}
    model_folder(
        "siglip2", text, vision | {"num_hidden_layers": 1}, torch.bfloat16, 5, (1, 2, 5, 9), 0,
        own,
        {"processor_config.json": {"processor_class": "SiglipProcessor", "image_processor": {
            "image_processor_type": "SiglipImageProcessorFast", **own}},
         "tokenizer_config.json": {
             "tokenizer_class": "GemmaTokenizer", "eos_token": "<eos>", "pad_token": "<pad>",
             "unk_token": "<unk>", "do_lower_case": True}},
        sentences={
            sentence: (encode(sentence.lower())[:11] + [1] + [0] * 12)[:12]
            for sentence in ["A Red, bird!", "青い海", "", "a longer text than there is room for"]},
        sample=(38, 61))


if __name__ == "__main__":
    main()
