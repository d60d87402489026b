"""LAION's multilingual CLIP: ViT-B/32 for pictures, XLM-R base with a mean and a perceptron for texts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from .clip import DEVIATION, MEAN
from .shape import Shape, draw, mean, quietly

if TYPE_CHECKING:
    import torch

WIDTH = 512


@dataclass(frozen=True)
class XLMRobertaCLIPShape(Shape):
    """The text tower; the pictures' is ViT-B/32, which is measured by its own name."""

    name: str
    title: str

    padding: ClassVar[int] = 1
    start: ClassVar[tuple[int, ...]] = (0,)
    end: ClassVar[tuple[int, ...]] = (2,)
    words: ClassVar[range] = range(1000, 250_000)

    def inputs(self, tower: str) -> tuple[str, ...]:
        return ("ids", "mask")

    def width(self, tower: str) -> int:
        return WIDTH

    def text(self) -> torch.nn.Module:
        """The text tower with random weights, its tensors named as open_clip names them."""
        import torch
        from transformers import XLMRobertaConfig, XLMRobertaModel

        class Text(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                config = XLMRobertaConfig(
                    vocab_size=250_002,
                    max_position_embeddings=514,
                    type_vocab_size=1,
                    layer_norm_eps=1e-5,
                )
                self.transformer = XLMRobertaModel(config, add_pooling_layer=False)
                self.proj = torch.nn.Sequential(
                    torch.nn.Linear(768, 640, bias=False),
                    torch.nn.GELU(),
                    torch.nn.Linear(640, WIDTH, bias=False),
                )

            def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
                hidden = self.transformer(ids, attention_mask=mask)[0]
                return self.proj(mean(hidden, mask))

        return Text().eval()

    def write(self, folder: Path) -> None:
        import torch
        from safetensors.torch import save_file

        torch.manual_seed(7)
        text = self.text()
        draw(text.named_parameters())
        tensors = {
            f"text.{name}": tensor.clone()
            for name, tensor in text.state_dict().items()
            if not name.endswith(("position_ids", "token_type_ids"))
        }
        vision = dict(vision_tensors())
        draw(vision.items())
        save_file(
            tensors | vision | {"logit_scale": torch.tensor(4.6052)},
            folder / "open_clip_model.safetensors",
            {"format": "pt"},
        )
        (folder / "open_clip_config.json").write_text(
            json.dumps(
                {
                    "model_cfg": {
                        "embed_dim": WIDTH,
                        "vision_cfg": {
                            "image_size": self.side,
                            "layers": 12,
                            "width": 768,
                            "patch_size": 32,
                        },
                        "text_cfg": {
                            "hf_model_name": "xlm-roberta-base",
                            "hf_tokenizer_name": "xlm-roberta-base",
                            "hf_proj_type": "mlp",
                            "hf_pooler_type": "mean_pooler",
                        },
                    },
                    "preprocess_cfg": {"mean": MEAN, "std": DEVIATION},
                },
                indent=1,
            )
        )

    def load(self, folder: Path, tower: str, dtype: torch.dtype) -> torch.nn.Module:
        from safetensors.torch import load_file

        quietly()
        tensors = {
            name.removeprefix("text."): tensor
            for name, tensor in load_file(folder / "open_clip_model.safetensors").items()
            if name.startswith("text.")
        }
        text = self.text()
        missing, unexpected = text.load_state_dict(tensors, strict=False)
        assert not unexpected and all(name.endswith("_ids") for name in missing), missing
        return text.to(dtype)


def vision_tensors() -> list[tuple[str, torch.Tensor]]:
    """A vision tower's tensors, which have to be there and are never computed with."""
    import torch

    width = 768
    sizes: list[tuple[str, tuple[int, ...]]] = [
        ("conv1.weight", (width, 3, 32, 32)),
        ("class_embedding", (width,)),
        ("positional_embedding", (50, width)),
        ("proj", (width, WIDTH)),
    ]
    for norm in ("ln_pre", "ln_post"):
        sizes += [(f"{norm}.weight", (width,)), (f"{norm}.bias", (width,))]
    for layer in range(12):
        for name, rows, columns in (
            ("attn.in_proj_", 3 * width, width), ("attn.out_proj.", width, width),
            ("mlp.c_fc.", 4 * width, width), ("mlp.c_proj.", width, 4 * width),
        ):  # fmt: skip
            prefix = f"transformer.resblocks.{layer}.{name}"
            sizes += [(f"{prefix}weight", (rows, columns)), (f"{prefix}bias", (rows,))]
        for norm in ("ln_1", "ln_2"):
            prefix = f"transformer.resblocks.{layer}.{norm}"
            sizes += [(f"{prefix}.weight", (width,)), (f"{prefix}.bias", (width,))]
    return [(f"visual.{name}", torch.zeros(size)) for name, size in sizes]
