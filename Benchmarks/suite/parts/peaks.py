"""What the processor reaches at most."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from ..places import program
from ..rounds import EngineError, Resident


def peak_task(
    stack: ExitStack, precision: str, threads: int, seconds: float
) -> tuple[Callable[[], dict], str] | None:
    """A task that answers with operations, and the instructions used; none without a loop."""
    resident = Resident("peak", [program("mekiki-bench"), "peak", "--precision", precision])
    stack.callback(resident.close)
    try:
        instructions = resident.ask("run", threads, 0.05)["instructions"]
    except EngineError:
        return None
    return lambda: resident.ask("run", threads, seconds), instructions
