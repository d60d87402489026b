"""20,000 photographs indexed in one run: how much memory, and whether it grows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .. import commands
from ..models import SHAPES, model_folder
from ..pictures import photographs
from ..places import WORK, program
from ..rounds import round_to
from ..settings import Settings
from .jpeg import check

COUNT = 20_000
DISTINCT = 200
TENTHS = 10


def run(settings: Settings) -> dict:
    """One run over many files, and what it held in each tenth of its time."""
    count = 400 if settings.quick else COUNT
    folder = WORK / "endurance"
    library = WORK / "libraries" / "endurance"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(library, ignore_errors=True)
    try:
        megabytes = make(folder, photographs(DISTINCT), count)
        ran = commands.run(
            [
                program("mekiki"), "index", "--json", "--library", library,
                "--model", model_folder(SHAPES["vit-b-32"]), folder,
            ],
            watching_memory=True,
        )  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(library, ignore_errors=True)
    check(json.loads(ran.output), "new", count)
    length = ran.samples[-1][0]
    tenths = [
        max(
            (memory for at, memory in ran.samples if tenth <= at / length * TENTHS < tenth + 1),
            default=0.0,
        )
        for tenth in range(TENTHS)
    ]
    print(
        f"  {count} files in {ran.wall:.0f} s; {ran.memory:.0f} MiB at most; anonymous, by tenths "
        f"of the run: {', '.join(f'{value:.0f}' for value in tenths)} MiB",
        flush=True,
    )
    return {
        "files": count,
        "megabytes": round_to(megabytes / count),
        "seconds": round_to(ran.wall),
        "memory": round_to(ran.memory),
        "tenths": [round_to(value) for value in tenths],
    }


def make(folder: Path, originals: list[Path], count: int) -> float:
    """Copies that differ in a comment, so that none is taken for another; their megabytes."""
    print(f"making {count} JPEGs", flush=True)
    folder.mkdir(parents=True)
    contents = [path.read_bytes() for path in originals]
    total = 0
    for index in range(count):
        content = contents[index % len(contents)]
        comment = f"copy {index}".encode()
        segment = b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment
        data = content[:2] + segment + content[2:]
        (folder / f"{index:05}.jpg").write_bytes(data)
        total += len(data)
    return total / 1e6
