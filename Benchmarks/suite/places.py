"""Where things lie."""

from __future__ import annotations

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
BENCHMARKS = CHECKOUT / "Benchmarks"
# Everything that a run makes and may use again: models, pictures, libraries. Git ignores it.
WORK = Path(os.environ.get("MEKIKI_BENCH_FOLDER", CHECKOUT / ".build-bench"))

def program(name: str) -> Path:
    """A program of ours: $MEKIKI_BENCH_PROGRAMS, else the folder that Scripts/bench.sh built in."""
    folder = Path(
        os.environ.get("MEKIKI_BENCH_PROGRAMS", CHECKOUT / ".build-bench" / "swift" / "release")
    )
    path = folder / name
    if not path.exists():
        raise SystemExit(f"{path} does not exist: run `make bench`, which builds it.")
    return path
