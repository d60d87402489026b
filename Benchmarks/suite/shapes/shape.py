"""What every measured model has."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import torch


class Shape(ABC):
    """The sizes of a model, how its folder is made, and how PyTorch runs it.

    A tower is `image`, `text` or `pairs`, a function from arrays to one row for each input.
    """

    name: str
    title: str
    # Its pictures' sides.
    side: int = 224
    # What the peers pad texts with.
    padding: ClassVar[int] = 0
    # To how many tokens the peers pad texts: as their users do, and to the longest of a batch.
    paddings: ClassVar[tuple[str, ...]] = ("77", "own")
    # Tokens before and after a text, and the ids that words may have.
    start: ClassVar[tuple[int, ...]] = ()
    end: ClassVar[tuple[int, ...]] = ()
    words: ClassVar[range] = range(1000, 30000)
    # Whether Mekiki gets texts padded, too, because padding changes the result.
    pads: ClassVar[bool] = False

    @abstractmethod
    def write(self, folder: Path) -> None:
        """Writes the model's files."""

    @abstractmethod
    def inputs(self, tower: str) -> tuple[str, ...]:
        """What a tower takes: `pixels`, or of `ids`, `mask` and `types` what it wants."""

    @abstractmethod
    def width(self, tower: str) -> int:
        """The length of a tower's rows."""

    @abstractmethod
    def load(self, folder: Path, tower: str, dtype: torch.dtype) -> torch.nn.Module:
        """A tower in PyTorch, called with its inputs in order."""

    @property
    def image_operations(self) -> float:
        """Floating-point operations for one image; all of them, whoever leaves some out."""
        raise NotImplementedError


def layer_operations(
    tokens: int, width: int, hidden: int | None = None, matrices: int = 2
) -> float:
    """Operations of a transformer layer, two a product.

    `hidden` is the width of its perceptron, by default four times the layer's; `matrices` how many
    the perceptron has, three with a gate.
    """
    hidden = 4 * width if hidden is None else hidden
    products = 2 * tokens * (4 * width * width + matrices * width * hidden)
    attention = 2 * 2 * tokens * tokens * width
    return products + attention


def draw(named: Iterable[tuple[str, torch.Tensor]]) -> None:
    """Draws weights that keep different inputs apart.

    Speed does not depend on what the weights are, as long as activations stay ordinary numbers:
    ordinary initialisation gives nearly the same vector for every input, so matrices are drawn with
    a standard deviation of 1.6 / sqrt(columns).
    """
    import torch

    with torch.no_grad():
        for name, parameter in named:
            if ("norm" in name.lower() or ".ln_" in name) and name.endswith("weight"):
                parameter.normal_(1.0, 0.2)
            elif name.endswith("bias"):
                parameter.normal_(0.0, 0.2)
            elif "embedding" in name and "patch" not in name:
                parameter.normal_(0.0, 0.6)
            elif parameter.dim() >= 2:
                parameter.normal_(0.0, 1.6 / math.sqrt(parameter[0].numel()))


def quietly() -> None:
    """Silences transformers, which lists the weights of the tower that isn't loaded."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()


def mean(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The mean of the rows that are no padding."""
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1)
