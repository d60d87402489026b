"""LINE's clip-japanese-base: EVA02-B/16 for pictures, rinna's RoBERTa for texts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from .shape import Shape, draw, layer_operations, quietly

if TYPE_CHECKING:
    import torch

BACKBONE = "eva02_base_patch16_clip_224"
WIDTH = 512


@dataclass(frozen=True)
class CLYPShape(Shape):
    """The one size that there is."""

    name: str
    title: str

    padding: ClassVar[int] = 3
    start: ClassVar[tuple[int, ...]] = (4,)

    @property
    def image_operations(self) -> float:
        tokens, width = (self.side // 16) ** 2 + 1, 768
        patches = 2 * (tokens - 1) * 3 * 16**2 * width
        return (
            patches + 12 * layer_operations(tokens, width, 2048, matrices=3) + 2 * width * WIDTH
        )

    def inputs(self, tower: str) -> tuple[str, ...]:
        return ("pixels",) if tower == "image" else ("ids", "mask")

    def width(self, tower: str) -> int:
        return WIDTH

    def modules(self) -> tuple[torch.nn.Module, torch.nn.Module]:
        """Both towers with random weights, their tensors named as in LINE's own file."""
        import timm
        import torch
        from transformers import RobertaConfig, RobertaModel

        class Neck(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.linear = torch.nn.Linear(768, WIDTH, bias=False)

        class Image(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.backbone = timm.create_model(BACKBONE, pretrained=False, num_classes=0)
                self.neck = Neck()

            def forward(self, pixels: torch.Tensor) -> torch.Tensor:
                return self.neck.linear(self.backbone.forward_features(pixels)[:, 0])

        class Backbone(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                config = RobertaConfig(
                    vocab_size=32000,
                    max_position_embeddings=514,
                    type_vocab_size=2,
                    layer_norm_eps=1e-5,
                    pad_token_id=3,
                    bos_token_id=1,
                    eos_token_id=2,
                )
                self.model = RobertaModel(config, add_pooling_layer=False)

        class Text(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.backbone = Backbone()
                self.neck = Neck()

            def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
                positions = torch.arange(ids.shape[1]).unsqueeze(0)
                hidden = self.backbone.model(ids, attention_mask=mask, position_ids=positions)[0]
                return self.neck.linear(hidden[:, 0])

        return Image().eval(), Text().eval()

    def write(self, folder: Path) -> None:
        import torch
        from safetensors.torch import save_file

        torch.manual_seed(7)
        tensors = {"itc_loss_fn.temperature": torch.tensor(0.07)}
        for prefix, module in zip(("vision_encoder.", "text_encoder."), self.modules(), strict=True):
            draw(module.named_parameters())
            for name, tensor in module.state_dict().items():
                # Computed, and not saved by LINE either.
                if not name.endswith(("position_ids", "token_type_ids")):
                    tensors[prefix + name] = tensor.clone()
        save_file(tensors, folder / "model.safetensors", {"format": "pt"})
        neck = {"in_channels": 768, "out_channels": WIDTH, "bias": False}
        (folder / "config.json").write_text(
            json.dumps(
                {
                    "model_type": "clyp",
                    "architectures": ["CLYPModel"],
                    "vision_encoder_config": {
                        "backbone_config": {"model_name": BACKBONE, "extra_kwargs": {}},
                        "pooler_config": {"input_type": "timm"},
                        "neck_config": neck,
                    },
                    "text_encoder_config": {
                        "backbone_config": {"model_name": "rinna/japanese-clip-vit-b-16"},
                        "pooler_config": {"input_type": "huggingface"},
                        "neck_config": neck,
                    },
                },
                indent=1,
            )
        )
        (folder / "preprocessor_config.json").write_text('{"normalization_type": "openai_clip"}\n')
        # Looked for, and read only when a text is split into tokens, which is not measured here.
        (folder / "spiece.model").write_text("")

    def load(self, folder: Path, tower: str, dtype: torch.dtype) -> torch.nn.Module:
        from safetensors.torch import load_file

        quietly()
        image, text = self.modules()
        module, prefix = (image, "vision_encoder.") if tower == "image" else (text, "text_encoder.")
        tensors = {
            name.removeprefix(prefix): tensor
            for name, tensor in load_file(folder / "model.safetensors").items()
            if name.startswith(prefix)
        }
        missing, unexpected = module.load_state_dict(tensors, strict=False)
        assert not unexpected and all(name.endswith("_ids") for name in missing), missing
        return module.to(dtype)
