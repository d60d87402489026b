"""How long a run may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Times in seconds."""

    quick: bool = False
    # Of one reading, which is at least one call.
    reading: float = 0.7
    # In all, waiting for others to stop using the machine, for each group of engines.
    patience: float = 20.0
    rounds: int = 7

    @classmethod
    def make(cls, *, quick: bool) -> Settings:
        return cls(True, 0.25, 0.0, 1) if quick else cls()

    def budget(self, seconds: float) -> float:
        """Seconds of readings for a group of engines."""
        return seconds / 10 if self.quick else seconds

    @property
    def least(self) -> int:
        """Readings that each cell gets, however slow it is."""
        return 1 if self.quick else 2
