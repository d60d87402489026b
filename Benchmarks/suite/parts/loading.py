"""How long a model takes to load, in fresh processes, its files being in the page cache."""

from __future__ import annotations

import json
import statistics

from .. import commands
from ..models import SHAPES, model_folder
from ..places import program
from ..rounds import FOREIGN, Patience, round_to
from ..settings import Settings


def run(settings: Settings) -> dict:
    """Medians for each model, tower and precision."""
    waiting = Patience(settings.patience)
    numbers = []
    for shape in SHAPES.values():
        folder = model_folder(shape)
        for tower in ("text", "image"):
            for precision in ("float32", "bfloat16"):
                command = [
                    program("mekiki-bench"), "load", "--model", folder, "--tower", tower,
                    "--precision", precision,
                ]  # fmt: skip
                commands.run(command)
                runs = []
                for _ in range(2 if settings.quick else 5):
                    waiting.wait()
                    runs.append(commands.run(command))
                clean = [ran for ran in runs if ran.foreign <= FOREIGN]
                reports = [json.loads(ran.output) for ran in clean or runs]
                row = {
                    key: round_to(statistics.median(report[key] for report in reports), 4)
                    for key in ("opened", "first", "second", "cpu", "peakMemory")
                } | {"clean": len(clean)}
                numbers.append(
                    {"model": shape.title, "tower": tower, "precision": precision} | row
                )
                print(
                    f"  {shape.title} {tower} {precision}: first vector after {row['first']:.2f} s "
                    f"({row['cpu']:.2f} s of processor time), {row['peakMemory']:.0f} MiB",
                    flush=True,
                )
    return {"loads": numbers}
