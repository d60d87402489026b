"""The file of results: each part's numbers, replaced when the part is run again."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

from .machine import machine


class Results:
    """All parts measured so far, in a folder beside the report made of them."""

    def __init__(self, folder: Path, order: Sequence[str]):
        self.folder = folder
        self.file = folder / "results.json"
        self.order = order
        self.parts: dict[str, dict] = {}
        if self.file.exists():
            self.parts = json.loads(self.file.read_text())

    def replace(self, part: str, numbers: dict, *, quick: bool) -> None:
        """Writes one part anew and keeps the others."""
        self.parts[part] = {
            "machine": machine(),
            "date": datetime.date.today().isoformat(),
            "quick": quick,
            "numbers": numbers,
        }
        self.parts = {name: self.parts[name] for name in self.order if name in self.parts}
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(self.parts, indent=1, ensure_ascii=False) + "\n")
