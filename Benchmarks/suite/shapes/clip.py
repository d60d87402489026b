"""CLIP as OpenAI published it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ..vocabulary import write_tokenizer
from .shape import Shape, draw, layer_operations, quietly

if TYPE_CHECKING:
    import torch

MEAN = [0.48145466, 0.4578275, 0.40821073]
DEVIATION = [0.26862954, 0.26130258, 0.27577711]


@dataclass(frozen=True)
class CLIPShape(Shape):
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

    padding: ClassVar[int] = 49407

    @property
    def tokens(self) -> int:
        """Patches and the class token."""
        return (self.side // self.patch) ** 2 + 1

    @property
    def image_operations(self) -> float:
        patches = 2 * (self.tokens - 1) * 3 * self.patch**2 * self.vision_width
        return (
            patches
            + self.vision_layers * layer_operations(self.tokens, self.vision_width)
            + 2 * self.vision_width * self.projection
        )

    def inputs(self, tower: str) -> tuple[str, ...]:
        return ("pixels",) if tower == "image" else ("ids",)

    def width(self, tower: str) -> int:
        return self.projection

    def write(self, folder: Path) -> None:
        import torch
        from transformers import CLIPConfig, CLIPModel

        torch.manual_seed(7)
        config = CLIPConfig(
            text_config={
                "hidden_act": "quick_gelu",
                "vocab_size": 49408,
                "hidden_size": self.text_width,
                "intermediate_size": 4 * self.text_width,
                "num_hidden_layers": self.text_layers,
                "num_attention_heads": self.text_width // 64,
                "max_position_embeddings": 77,
                "bos_token_id": 49406,
                "eos_token_id": 49407,
                "pad_token_id": 49407,
                "projection_dim": self.projection,
            },
            vision_config={
                "hidden_act": "quick_gelu",
                "hidden_size": self.vision_width,
                "intermediate_size": 4 * self.vision_width,
                "num_hidden_layers": self.vision_layers,
                "num_attention_heads": self.vision_width // 64,
                "image_size": self.side,
                "patch_size": self.patch,
                "projection_dim": self.projection,
            },
            projection_dim=self.projection,
        )
        model = CLIPModel(config).eval()
        draw(model.named_parameters())
        model.save_pretrained(folder, max_shard_size="10GB")
        (folder / "preprocessor_config.json").write_text(
            json.dumps(
                {
                    "crop_size": {"height": self.side, "width": self.side},
                    "do_center_crop": True,
                    "do_convert_rgb": True,
                    "do_normalize": True,
                    "do_rescale": True,
                    "do_resize": True,
                    "image_mean": MEAN,
                    "image_std": DEVIATION,
                    "image_processor_type": "CLIPImageProcessor",
                    "resample": 3,
                    "rescale_factor": 1 / 255,
                    "size": {"shortest_edge": self.side},
                },
                indent=1,
            )
        )
        write_tokenizer(folder)

    def load(self, folder: Path, tower: str, dtype: torch.dtype) -> torch.nn.Module:
        import torch
        from transformers import CLIPTextModelWithProjection, CLIPVisionModelWithProjection

        quietly()
        kind = CLIPVisionModelWithProjection if tower == "image" else CLIPTextModelWithProjection

        class Tower(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.model = kind.from_pretrained(folder, dtype=dtype).eval()

            def forward(self, value: torch.Tensor) -> torch.Tensor:
                return self.model(value)[0]

        return Tower().eval()
