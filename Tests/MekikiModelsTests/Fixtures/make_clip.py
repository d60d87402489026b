#!/usr/bin/env python3
"""Makes CLIP folders with random weights, and the vectors that transformers computes with them.

    python3 make_clip.py            the small models beside this script, which are committed
    python3 make_clip.py --large D  a model of the shape of ViT-B/32 in the folder D, which is not

Needs torch, transformers 5, safetensors and numpy. The seeds are fixed: the same versions write
the same files.

Ordinary initialisation gives nearly the same vector for every input, which would let a broken
tower pass. Matrices are therefore drawn with the standard deviation 1.6 / sqrt(columns), which
keeps different inputs apart, and the script fails when they are not.
"""

import argparse
import json
import math
import pathlib
import shutil

import numpy
import torch
from safetensors.torch import load_file, save_file
from transformers import CLIPConfig, CLIPModel

HERE = pathlib.Path(__file__).parent

TEXT = {
    "vocab_size": 99, "hidden_size": 40, "intermediate_size": 72, "num_hidden_layers": 2,
    "num_attention_heads": 5, "max_position_embeddings": 16, "bos_token_id": 97,
    "eos_token_id": 98, "pad_token_id": 98,
}
VISION = {
    "hidden_size": 36, "intermediate_size": 80, "num_hidden_layers": 2,
    "num_attention_heads": 3, "image_size": 32, "patch_size": 8,
}

SMALL = {
    # The activation of LAION's models, and a proper end token.
    "clip_gelu": dict(
        text={"hidden_act": "gelu"}, vision={"hidden_act": "gelu"}, dtype=torch.float32, seed=1),
    # As OpenAI's: quick GELU, and the end token 2 that means the largest id.
    "clip_quick_gelu_f16": dict(
        text={"hidden_act": "quick_gelu", "eos_token_id": 2},
        vision={"hidden_act": "quick_gelu", "image_size": 36},
        dtype=torch.float16, seed=2),
    # Two files with an index, another epsilon, an end token below other ids.
    "clip_sharded_bf16": dict(
        text={"hidden_act": "gelu_pytorch_tanh", "eos_token_id": 60, "layer_norm_eps": 1e-3,
              "num_hidden_layers": 1},
        vision={"hidden_act": "gelu_pytorch_tanh", "layer_norm_eps": 1e-3,
                "num_hidden_layers": 1},
        dtype=torch.bfloat16, seed=5, shards=2),
}

LARGE = dict(
    text={"hidden_act": "quick_gelu", "vocab_size": 49408, "hidden_size": 512,
          "intermediate_size": 2048, "num_hidden_layers": 12, "num_attention_heads": 8,
          "max_position_embeddings": 77, "bos_token_id": 49406, "eos_token_id": 49407,
          "pad_token_id": 49407},
    vision={"hidden_act": "quick_gelu", "hidden_size": 768, "intermediate_size": 3072,
            "num_hidden_layers": 12, "num_attention_heads": 12, "image_size": 224,
            "patch_size": 32},
    projection=512, dtype=torch.float32, seed=4)


def draw_weights(model):
    for name, parameter in model.named_parameters():
        if "norm" in name and name.endswith("weight"):
            parameter.data.normal_(1.0, 0.2)
        elif name.endswith("bias"):
            parameter.data.normal_(0.0, 0.2)
        elif "embedding" in name and "patch" not in name:
            parameter.data.normal_(0.0, 0.6)
        elif parameter.dim() >= 2:
            columns = parameter[0].numel()
            parameter.data.normal_(0.0, 1.6 / math.sqrt(columns))


def texts_for(text, generator):
    """Ids as tokenizers give them: start, words, end, and padding on one of them."""
    end = text["eos_token_id"]
    last = text["vocab_size"] - 1
    stop = last if end == 2 else end
    words = [w for w in range(3, min(text["vocab_size"] - 3, 40000)) if w != stop]
    result = []
    for length in (1, 2, 5, 9, text["max_position_embeddings"] - 2):
        chosen = generator.choice(words, size=length)
        result.append([text["bos_token_id"], *map(int, chosen), stop])
    padded = result[1] + [stop] * 3
    if end != 2:
        # What follows the first end token, whatever it is, must not matter.
        padded += [words[5], last]
    return result + [padded]


def median_cosine(vectors):
    cosines = vectors @ vectors.T
    upper = cosines[numpy.triu_indices(len(vectors), 1)]
    return float(numpy.median(upper))


def write(folder, recipe):
    torch.manual_seed(recipe["seed"])
    generator = numpy.random.default_rng(recipe["seed"])
    text = TEXT | recipe["text"]
    vision = VISION | recipe["vision"]
    config = CLIPConfig(
        text_config=text, vision_config=vision, projection_dim=recipe.get("projection", 24))
    model = CLIPModel(config).eval()
    draw_weights(model)
    model.to(recipe["dtype"])

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    total = sum(p.numel() * p.element_size() for p in model.parameters())
    shards = recipe.get("shards", 1)
    size = total // shards + total // 10 if shards > 1 else 10 * total
    model.save_pretrained(folder, max_shard_size=size)
    (folder / "generation_config.json").unlink(missing_ok=True)
    if shards > 1:
        assert (folder / "model.safetensors.index.json").exists()
    side = vision["image_size"]
    (folder / "preprocessor_config.json").write_text(json.dumps({
        "crop_size": {"height": side, "width": side}, "do_center_crop": True,
        "do_convert_rgb": True, "do_normalize": True, "do_rescale": True, "do_resize": True,
        "image_mean": [0.48145466, 0.4578275, 0.40821073],
        "image_std": [0.26862954, 0.26130258, 0.27577711],
        "image_processor_type": "CLIPImageProcessor", "resample": 3,
        "rescale_factor": 1 / 255, "size": {"shortest_edge": side}}, indent=1))

    # The reference computes in float32 with the stored, rounded weights.
    reference = CLIPModel.from_pretrained(folder, dtype=torch.float32).eval()
    ids = texts_for(text, generator)
    large = side > 64
    images = torch.from_numpy(generator.normal(
        0, 1, (6, 3, side, side)).astype(numpy.float32))
    if large:
        # Smooth pictures, as noise looks the same everywhere.
        coarse = torch.from_numpy(generator.normal(0, 1.5, (6, 3, 9, 9)).astype(numpy.float32))
        images = torch.nn.functional.interpolate(coarse, side, mode="bicubic")
    else:
        images = images[:3]
    with torch.no_grad():
        text_vectors = []
        for sequence in ids:
            features = reference.get_text_features(input_ids=torch.tensor([sequence]))
            text_vectors.append(getattr(features, "pooler_output", features))
        text_vectors = torch.cat(text_vectors)
        features = reference.get_image_features(pixel_values=images)
        image_vectors = getattr(features, "pooler_output", features)
    text_vectors = torch.nn.functional.normalize(text_vectors, dim=-1).numpy()
    image_vectors = torch.nn.functional.normalize(image_vectors, dim=-1).numpy()
    cosines = median_cosine(text_vectors[:5]), median_cosine(image_vectors)
    print(f"{folder.name}: {total} bytes, median cosines {cosines[0]:.3f} {cosines[1]:.3f}")
    assert max(cosines) < 0.9, "different inputs must have different vectors"

    save_file({
        "images": images.contiguous(), "image_vectors": torch.from_numpy(image_vectors),
        "text_vectors": torch.from_numpy(text_vectors),
    }, folder / "expected.safetensors")
    (folder / "expected_ids.json").write_text(json.dumps(ids) + "\n")
    for file in folder.glob("*.safetensors"):
        file.chmod(0o644)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=pathlib.Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if arguments.large:
        write(arguments.large, LARGE)
        return
    for name, recipe in SMALL.items():
        write(HERE / name, recipe)


if __name__ == "__main__":
    main()
