"""Text encoders of BERT's kind, as sentence-transformers runs them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from .shape import Shape, draw, mean, quietly

if TYPE_CHECKING:
    import torch

# The sizes of intfloat/multilingual-e5-small.
E5 = {
    "vocab_size": 250_037,
    "hidden_size": 384,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 1536,
}


@dataclass(frozen=True)
class BERTShape(Shape):
    """The mean of a text's tokens, with token types that are all 0."""

    name: str
    title: str
    sizes: dict[str, int]

    # sentence-transformers pads to the longest text of a batch.
    paddings: ClassVar[tuple[str, ...]] = ("own",)
    padding: ClassVar[int] = 1
    start: ClassVar[tuple[int, ...]] = (0,)
    end: ClassVar[tuple[int, ...]] = (2,)
    words: ClassVar[range] = range(1000, 250_000)

    def inputs(self, tower: str) -> tuple[str, ...]:
        return ("ids", "mask")

    def width(self, tower: str) -> int:
        return self.sizes["hidden_size"]

    def write(self, folder: Path) -> None:
        import torch
        from transformers import BertConfig, BertModel

        torch.manual_seed(7)
        model = BertModel(BertConfig(**self.sizes), add_pooling_layer=False).eval()
        draw(model.named_parameters())
        model.save_pretrained(folder, max_shard_size="10GB")
        write_pooling(folder, self.width("text"))

    def load(self, folder: Path, tower: str, dtype: torch.dtype) -> torch.nn.Module:
        import torch
        from transformers import BertModel

        quietly()

        class Tower(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.model = BertModel.from_pretrained(
                    folder, dtype=dtype, add_pooling_layer=False
                ).eval()

            def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
                return mean(self.model(ids, attention_mask=mask)[0], mask)

        return Tower().eval()


def write_pooling(folder: Path, width: int) -> None:
    """Writes what sentence-transformers knows a model's steps by: the mean, and unit length."""
    modules = ["Transformer", "Pooling", "Normalize"]
    (folder / "modules.json").write_text(
        json.dumps(
            [
                {
                    "idx": index,
                    "name": str(index),
                    "path": f"{index}_{name}" if index else "",
                    "type": f"sentence_transformers.models.{name}",
                }
                for index, name in enumerate(modules)
            ],
            indent=1,
        )
    )
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(
        json.dumps({"word_embedding_dimension": width, "pooling_mode_mean_tokens": True}, indent=1)
    )
    (folder / "2_Normalize").mkdir()
