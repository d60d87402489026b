"""CLIP models with random weights, in the sizes that OpenAI published, laid out as on the hub.

Speed does not depend on what the weights are, as long as activations stay ordinary numbers:
ordinary initialisation gives nearly the same vector for every input, so matrices are drawn with a
standard deviation of 1.6 / sqrt(columns), which keeps inputs apart.
"""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import dataclass
from pathlib import Path

from .places import WORK
from .vocabulary import write_tokenizer


@dataclass(frozen=True)
class Shape:
    """The sizes of a model."""

    name: str
    title: str
    vision_width: int
    vision_layers: int
    patch: int
    text_width: int
    projection: int
    side: int = 224
    text_layers: int = 12

    @property
    def tokens(self) -> int:
        """Patches and the class token."""
        return (self.side // self.patch) ** 2 + 1

    @property
    def image_operations(self) -> float:
        """Floating-point operations of the whole vision tower for one image, two a product.

        All of them, whoever leaves some out: engines are compared by images.
        """
        patches = 2 * (self.tokens - 1) * 3 * self.patch**2 * self.vision_width
        return (
            patches
            + self.vision_layers * layer_operations(self.tokens, self.vision_width)
            + 2 * self.vision_width * self.projection
        )


def layer_operations(tokens: int, width: int) -> float:
    """Operations of a transformer layer whose perceptron is four times as wide."""
    products = 2 * tokens * (4 * width * width + 2 * width * 4 * width)
    attention = 2 * 2 * tokens * tokens * width
    return products + attention


SHAPES = {
    shape.name: shape
    for shape in (
        Shape("vit-b-32", "ViT-B/32", 768, 12, 32, 512, 512),
        Shape("vit-b-16", "ViT-B/16", 768, 12, 16, 512, 512),
        Shape("vit-l-14", "ViT-L/14", 1024, 24, 14, 768, 768),
    )
}


def model_folder(shape: Shape) -> Path:
    """The model's folder, made if it is not there."""
    folder = WORK / "models" / shape.name
    if (folder / "complete").exists():
        return folder
    print(f"making {shape.title} with random weights", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_weights(shape, folder)
    write_tokenizer(folder)
    (folder / "complete").touch()
    return folder


def write_weights(shape: Shape, folder: Path) -> None:
    """Writes config.json, model.safetensors and preprocessor_config.json."""
    import torch
    from transformers import CLIPConfig, CLIPModel

    torch.manual_seed(7)
    config = CLIPConfig(
        text_config={
            "hidden_act": "quick_gelu",
            "vocab_size": 49408,
            "hidden_size": shape.text_width,
            "intermediate_size": 4 * shape.text_width,
            "num_hidden_layers": shape.text_layers,
            "num_attention_heads": shape.text_width // 64,
            "max_position_embeddings": 77,
            "bos_token_id": 49406,
            "eos_token_id": 49407,
            "pad_token_id": 49407,
            "projection_dim": shape.projection,
        },
        vision_config={
            "hidden_act": "quick_gelu",
            "hidden_size": shape.vision_width,
            "intermediate_size": 4 * shape.vision_width,
            "num_hidden_layers": shape.vision_layers,
            "num_attention_heads": shape.vision_width // 64,
            "image_size": shape.side,
            "patch_size": shape.patch,
            "projection_dim": shape.projection,
        },
        projection_dim=shape.projection,
    )
    model = CLIPModel(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "norm" in name and name.endswith("weight"):
                parameter.normal_(1.0, 0.2)
            elif name.endswith("bias"):
                parameter.normal_(0.0, 0.2)
            elif "embedding" in name and "patch" not in name:
                parameter.normal_(0.0, 0.6)
            elif parameter.dim() >= 2:
                parameter.normal_(0.0, 1.6 / math.sqrt(parameter[0].numel()))
    model.save_pretrained(folder, max_shard_size="10GB")
    (folder / "preprocessor_config.json").write_text(
        json.dumps(
            {
                "crop_size": {"height": shape.side, "width": shape.side},
                "do_center_crop": True,
                "do_convert_rgb": True,
                "do_normalize": True,
                "do_rescale": True,
                "do_resize": True,
                "image_mean": [0.48145466, 0.4578275, 0.40821073],
                "image_std": [0.26862954, 0.26130258, 0.27577711],
                "image_processor_type": "CLIPImageProcessor",
                "resample": 3,
                "rescale_factor": 1 / 255,
                "size": {"shortest_edge": shape.side},
            },
            indent=1,
        )
    )


def pictures_file(count: int = 32) -> Path:
    """Preprocessed pictures, float32 `[count, 3, 224, 224]` without a header; smooth, as photos are."""
    import numpy
    import torch

    path = WORK / f"pictures-{count}.f32"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        generator = numpy.random.default_rng(3)
        coarse = generator.normal(0, 1.3, (count, 3, 15, 15)).astype(numpy.float32)
        smooth = torch.nn.functional.interpolate(
            torch.from_numpy(coarse), 224, mode="bicubic"
        ).numpy()
        grain = generator.normal(0, 0.1, smooth.shape).astype(numpy.float32)
        (smooth + grain).astype(numpy.float32).tofile(path)
    return path
