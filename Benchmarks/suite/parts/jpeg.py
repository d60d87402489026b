"""From 12-megapixel JPEGs on disk to vectors in the catalog."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from pathlib import Path

from .. import commands
from ..machine import CORES
from ..models import SHAPES, model_folder
from ..pictures import photographs
from ..places import BENCHMARKS, WORK, program
from ..rounds import Cell, Patience, measure, round_to
from ..settings import Settings

STAGES = ("read", "hash", "decode", "resize", "thumbnail", "encode")
COUNT = 200
# The peers are slow; their rates do not depend on the number of files.
PEER_COUNT = 64


def run(settings: Settings) -> dict:
    """The stages alone and the whole, in turns; then the peers."""
    paths = photographs(24 if settings.quick else COUNT)
    folder = model_folder(SHAPES["vit-b-32"])
    whole = folder_of(paths)
    few = folder_of(paths[: 8 if settings.quick else PEER_COUNT])
    library = WORK / "libraries" / "photographs"
    waiting = Patience(settings.patience)
    stages: list[dict] = []
    indexing = Cell()
    memory: list[tuple[float, float]] = []
    times = 1 if settings.quick else 4
    for _ in range(times):
        waiting.wait()
        found = commands.run(
            [program("mekiki-bench"), "stages", "--model", folder, "--threads", "1", *paths]
        )
        stages.append(json.loads(found.output))
        shutil.rmtree(library, ignore_errors=True)
        waiting.wait()
        ran = commands.run(
            [
                program("mekiki"), "index", "--json", "--library", library, "--model", folder,
                whole,
            ],
            watching_memory=True,
        )  # fmt: skip
        check(json.loads(ran.output), "new", len(paths))
        indexing.readings.append(ran.reading(len(paths)))
        memory.append((ran.memory, ran.anonymous))
    seconds = {
        stage: statistics.median(report[stage] / report["files"] for report in stages)
        for stage in STAGES
    }
    bound = CORES / sum(seconds.values())
    numbers: dict = {
        "files": len(paths),
        "megabytes": sum(path.stat().st_size for path in paths) / len(paths) / 1e6,
        "stages": {stage: round_to(value) for stage, value in seconds.items()},
        "bound": round_to(bound),
        "index": indexing.summary(),
        "anonymous": round_to(statistics.median(peak for _, peak in memory)),
    }
    for stage, value in seconds.items():
        print(f"  {stage:10} {value * 1000:6.2f} ms of processor time an image", flush=True)
    print(
        f"  index {numbers['index']['rate']:.1f}/s, {numbers['index']['rate'] / bound:.0%} of "
        f"{bound:.1f}/s; {numbers['index']['clean']}/{times} clean; by processor time "
        f"{numbers['index']['cpu'] * 1000:.2f} ms an image against {1000 * CORES / bound:.2f}; "
        f"{numbers['anonymous']:.0f} MiB anonymous at most",
        flush=True,
    )
    numbers["peers"] = {}
    for way in ("simple", "batched"):
        cell = Cell()
        for _ in range(1 if settings.quick else 2):
            cell.readings.append(measure(lambda way=way: peer(way, folder, few), waiting))
        numbers["peers"][way] = cell.summary()
        print(f"  PyTorch, {way}: {cell.summary()['rate']:.2f}/s", flush=True)
    return numbers


def folder_of(paths: list[Path]) -> Path:
    """A folder of just these files."""
    folder = WORK / f"photographs-{len(paths)}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in paths:
        (folder / path.name).hardlink_to(path)
    return folder


def check(report: dict, key: str, expected: int) -> None:
    """Ends the part when a command did something else than is measured."""
    if report[key] != expected:
        raise SystemExit(f"{key} is {report[key]}, not {expected}: {report}")


def peer(way: str, model: Path, pictures: Path) -> dict:
    """Runs a pipeline of PyTorch."""
    ran = commands.run(
        [sys.executable, "-m", "suite.pipeline_peer", way, model, pictures],
        folder=BENCHMARKS,
    )
    return json.loads(ran.output.splitlines()[-1])


