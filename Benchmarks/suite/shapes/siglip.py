"""SigLIP 2 of fixed resolution, as Google published it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from .shape import Shape, draw, layer_operations, quietly

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class SigLIPShape(Shape):
    """The base size with patches of 16 pixels and Gemma's vocabulary."""

    name: str
    title: str

    # Texts are read with their padding, without a mask: nobody may leave it out.
    paddings: ClassVar[tuple[str, ...]] = ("64",)
    pads: ClassVar[bool] = True
    padding: ClassVar[int] = 0
    end: ClassVar[tuple[int, ...]] = (1,)
    words: ClassVar[range] = range(1000, 250_000)

    @property
    def image_operations(self) -> float:
        tokens, width = (self.side // 16) ** 2, 768
        patches = 2 * tokens * 3 * 16**2 * width
        # One query of all tokens; the keys and values of each.
        head = 2 * tokens * 2 * width * width + 2 * (2 * width * width + 8 * width * width)
        return patches + 12 * layer_operations(tokens, width) + head

    def inputs(self, tower: str) -> tuple[str, ...]:
        return ("pixels",) if tower == "image" else ("ids",)

    def width(self, tower: str) -> int:
        return 768

    def write(self, folder: Path) -> None:
        import torch
        from transformers import SiglipConfig, SiglipModel

        torch.manual_seed(7)
        config = SiglipConfig(
            text_config={"vocab_size": 256_000, "max_position_embeddings": 64},
            vision_config={"image_size": self.side, "patch_size": 16},
        )
        model = SiglipModel(config).eval()
        draw(model.named_parameters())
        model.save_pretrained(folder, max_shard_size="10GB")
        (folder / "preprocessor_config.json").write_text(
            json.dumps(
                {
                    "do_normalize": True,
                    "do_rescale": True,
                    "do_resize": True,
                    "image_mean": [0.5, 0.5, 0.5],
                    "image_std": [0.5, 0.5, 0.5],
                    "image_processor_type": "SiglipImageProcessor",
                    "resample": 2,
                    "rescale_factor": 1 / 255,
                    "size": {"height": self.side, "width": self.side},
                },
                indent=1,
            )
        )

    def load(self, folder: Path, tower: str, dtype: torch.dtype) -> torch.nn.Module:
        import torch
        from transformers import SiglipTextModel, SiglipVisionModel

        quietly()
        kind = SiglipVisionModel if tower == "image" else SiglipTextModel

        class Tower(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.model = kind.from_pretrained(folder, dtype=dtype).eval()

            def forward(self, value: torch.Tensor) -> torch.Tensor:
                return self.model(value).pooler_output

        return Tower().eval()
