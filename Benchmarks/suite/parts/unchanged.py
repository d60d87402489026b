"""A folder of 100,000 files that did not change, indexed again."""

from __future__ import annotations

import json
import shutil

from .. import commands
from ..pictures import tiny_pictures
from ..places import WORK, program
from ..rounds import Cell, Patience
from ..settings import Settings
from .jpeg import check

COUNT = 100_000


def run(settings: Settings) -> dict:
    """Files a second, process start included; the library is made once and kept."""
    count = 4_000 if settings.quick else COUNT
    folder = tiny_pictures(count)
    library = WORK / "libraries" / f"tiny-{count}"
    command = [program("mekiki"), "index", "--json", "--library", library, folder]
    if not (library / ".complete").exists():
        shutil.rmtree(library, ignore_errors=True)
        print(f"indexing {count} files for the first time, with the starter model", flush=True)
        ran = commands.run(command)
        print(f"  {count / ran.wall:.0f} files/s", flush=True)
        (library / ".complete").touch()
    waiting = Patience(settings.patience)
    cell = Cell()
    memory = 0.0
    for _ in range(2 if settings.quick else 7):
        waiting.wait()
        ran = commands.run(command, watching_memory=True)
        check(json.loads(ran.output), "unchanged", count)
        cell.readings.append(ran.reading(count))
        memory = max(memory, ran.memory)
    summary = cell.summary()
    print(
        f"  {summary['rate']:.0f} files/s; {1 / summary['cpu']:.0f} files a processor second; "
        f"{summary['clean']}/{summary['readings']} clean; {memory:.0f} MiB",
        flush=True,
    )
    return {"files": count, "index": summary, "memory": memory}
