"""How long a model takes to load, in fresh processes, its files being in the page cache."""

from __future__ import annotations

import json
import math
import statistics
from pathlib import Path

from .. import commands
from ..models import SHAPES, model_folder
from ..places import program
from ..rounds import FOREIGN, Patience, round_to
from ..settings import Settings


# The image tower's tensors begin so.
IMAGE = ("vision_model.", "visual_projection.")


def image_bytes(file: Path) -> int:
    """How many bytes the weights of a model's image tower take in its file, and packed as float32."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        header = json.loads(stream.read(length))
    tensors = [value for name, value in header.items() if name.startswith(IMAGE)]
    assert all(tensor["dtype"] in ("F32", "I64") for tensor in tensors)
    return sum(4 * math.prod(tensor["shape"]) for tensor in tensors if tensor["dtype"] == "F32")


def copying(settings: Settings, waiting: Patience) -> list[dict]:
    """What a copy of the image towers' weights takes, without any loading."""
    numbers = []
    for shape in SHAPES.values():
        file = model_folder(shape) / "model.safetensors"
        count = image_bytes(file)
        command = [program("mekiki-bench"), "copy", file, "--bytes", str(count)]
        commands.run(command)
        runs = []
        for _ in range(2 if settings.quick else 5):
            waiting.wait()
            runs.append(commands.run(command))
        clean = [ran for ran in runs if ran.foreign <= FOREIGN]
        seconds = statistics.median(json.loads(ran.output)["seconds"] for ran in clean or runs)
        numbers.append(
            {
                "model": shape.title,
                "megabytes": round_to(count / 1e6),
                "seconds": round_to(seconds, 4),
                "clean": len(clean),
            }
        )
        print(f"  {shape.title}: {count / 1e6:.0f} MB copied in {seconds:.2f} s", flush=True)
    return numbers


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
    return {"loads": numbers, "copies": copying(settings, waiting)}
