"""One search from the start of the process to its end."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy

from .. import commands
from ..models import SHAPES, model_folder
from ..pictures import tiny_pictures
from ..places import BENCHMARKS, CHECKOUT, WORK, program
from ..rounds import run_rounds
from ..settings import Settings

COUNT = 2_000
WORDS = "a red bicycle"


def run(settings: Settings) -> dict:
    """Seconds, for the starter and for ViT-B/32, against transformers with numpy."""
    count = 1_000 if settings.quick else COUNT
    pictures = tiny_pictures(count)
    tasks: dict = {}
    models = {
        "starter": CHECKOUT / "Models" / "starter",
        "ViT-B/32": model_folder(SHAPES["vit-b-32"]),
    }
    for name, model in models.items():
        library = WORK / "libraries" / f"cold-{name.replace('/', '')}-{count}"
        made = library / ".complete"
        # The model's own revision is part of its space: a model that was made again needs a new one.
        stamp = str((model / "model.safetensors").stat().st_mtime_ns)
        if not made.exists() or made.read_text() != stamp:
            shutil.rmtree(library, ignore_errors=True)
            print(f"indexing {count} images with {name}", flush=True)
            commands.run(
                [program("mekiki"), "index", "-q", "--library", library, "--model", model, pictures]
            )
            made.write_text(stamp)
        tasks[name, "mekiki"] = lambda library=library, model=model: search(
            [
                program("mekiki"), "search", "--json", "--library", library, "--model", model,
                WORDS,
            ]
        )  # fmt: skip
        tasks[name, "python"] = lambda model=model: search(
            [sys.executable, "-m", "suite.search_peer", model, vectors(model, count), WORDS],
            BENCHMARKS,
        )
    for task in tasks.values():
        task()
    cells = run_rounds(
        tasks,
        seconds=settings.budget(60),
        patience=settings.patience,
        rounds=settings.rounds,
        least=settings.least,
    )
    numbers: dict = {"images": count, "models": {}}
    for (name, way), cell in cells.items():
        summary = cell.summary()
        numbers["models"].setdefault(name, {})[way] = summary
        print(
            f"  {name} {way}: {1 / summary['rate']:.3f} s, {summary['cpu']:.3f} s of processor "
            f"time, {summary['clean']}/{summary['readings']} clean",
            flush=True,
        )
    return numbers


def search(command: list[str | Path], folder: Path | None = None) -> dict:
    """One whole process."""
    ran = commands.run(command, folder=folder)
    return {"items": 1, "wall": ran.wall, "cpu": ran.cpu}


def vectors(model: Path, count: int) -> Path:
    """Unit vectors of nothing in particular, for numpy."""
    dimension = json.loads((model / "config.json").read_text())["projection_dim"]
    path = WORK / f"vectors-{count}-{dimension}.npy"
    if not path.exists():
        rows = numpy.random.default_rng(1).normal(size=(count, dimension)).astype(numpy.float32)
        numpy.save(path, rows / numpy.linalg.norm(rows, axis=1, keepdims=True))
    return path
