"""ModernBERT: Ruri's text encoder, and a reranker of the same size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from .bert import write_pooling
from .shape import Shape, draw, mean, quietly

if TYPE_CHECKING:
    import torch

# The sizes of cl-nagoya/ruri-v3-30m and hotchpotch/japanese-reranker-xsmall-v2.
SIZES = {
    "vocab_size": 102_400,
    "hidden_size": 256,
    "num_hidden_layers": 10,
    "num_attention_heads": 4,
    "intermediate_size": 1024,
    "max_position_embeddings": 8192,
    "global_attn_every_n_layers": 3,
    "local_attention": 128,
    "pad_token_id": 3,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "cls_token_id": 6,
    "sep_token_id": 4,
}


@dataclass(frozen=True)
class ModernBERTShape(Shape):
    """The mean of a text's tokens."""

    name: str
    title: str

    paddings: ClassVar[tuple[str, ...]] = ("own",)
    padding: ClassVar[int] = 3
    start: ClassVar[tuple[int, ...]] = (1,)
    end: ClassVar[tuple[int, ...]] = (2,)
    words: ClassVar[range] = range(1000, 100_000)

    def inputs(self, tower: str) -> tuple[str, ...]:
        return ("ids", "mask")

    def width(self, tower: str) -> int:
        return SIZES["hidden_size"]

    def write(self, folder: Path) -> None:
        import torch
        from transformers import ModernBertConfig, ModernBertModel

        torch.manual_seed(7)
        model = ModernBertModel(ModernBertConfig(**SIZES)).eval()
        draw(model.named_parameters())
        model.save_pretrained(folder, max_shard_size="10GB")
        write_pooling(folder, self.width("text"))

    def load(self, folder: Path, tower: str, dtype: torch.dtype) -> torch.nn.Module:
        import torch
        from transformers import ModernBertModel

        quietly()

        class Tower(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.model = ModernBertModel.from_pretrained(folder, dtype=dtype).eval()

            def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
                return mean(self.model(ids, attention_mask=mask)[0], mask)

        return Tower().eval()


@dataclass(frozen=True)
class RerankerShape(ModernBERTShape):
    """One score for a query and a document together."""

    def width(self, tower: str) -> int:
        return 1

    def write(self, folder: Path) -> None:
        import torch
        from transformers import ModernBertConfig, ModernBertForSequenceClassification

        torch.manual_seed(7)
        config = ModernBertConfig(**SIZES, num_labels=1, classifier_pooling="cls")
        # Scores as they are, so that Mekiki's can be compared with PyTorch's.
        config.sentence_transformers = {"activation_fn": "torch.nn.modules.linear.Identity"}
        model = ModernBertForSequenceClassification(config).eval()
        draw(model.named_parameters())
        model.save_pretrained(folder, max_shard_size="10GB")

    def load(self, folder: Path, tower: str, dtype: torch.dtype) -> torch.nn.Module:
        import torch
        from transformers import ModernBertForSequenceClassification

        quietly()

        class Tower(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.model = ModernBertForSequenceClassification.from_pretrained(
                    folder, dtype=dtype
                ).eval()

            def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
                return self.model(ids, attention_mask=mask).logits

        return Tower().eval()
