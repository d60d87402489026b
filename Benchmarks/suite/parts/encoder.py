"""Image encoders against the peers, on preprocessed pictures."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy

from ..exports import onnx_file, openvino_file
from ..models import model_folder, pictures_file
from ..places import BENCHMARKS, program
from ..rounds import EngineError, Resident, round_to, run_rounds
from ..settings import Settings
from ..shapes import ALL, Shape
from .peaks import peak_task

BATCHES = (1, 8, 32)
PRECISIONS = ("float32", "bfloat16")
THREADS = 2
# The parts and their models, and the seconds of readings for one precision of each.
PARTS = {
    "encoder-b32": "vit-b-32", "encoder-b16": "vit-b-16", "encoder-l14": "vit-l-14",
    "encoder-siglip2-b16": "siglip2-b-16", "encoder-eva02-b16": "eva02-b-16",
}  # fmt: skip
BUDGETS = {
    "vit-b-32": 70, "vit-b-16": 90, "vit-l-14": 190, "siglip2-b-16": 70, "eva02-b-16": 70,
}  # fmt: skip
# Engines whose vectors are farther from PyTorch's in float32 compute something else. Scores are
# numbers of their own, not directions, and lose more.
LEAST_COSINES = {"float32": 0.999, "bfloat16": 0.95}
LEAST_AGREEMENTS = {"float32": 0.99, "bfloat16": 0.85}


def engines(shape: Shape, precision: str, *, compiling: bool) -> Iterator[str]:
    """The engines that compute in a precision. ONNX Runtime has no bfloat16 on processors.

    PyTorch's compiler takes a quarter of a minute for each batch size, so it is tried on the
    smallest model alone. A batch of the largest takes a third of a minute, so that divided batches
    are left out there.
    """
    dividing = shape.name != "vit-l-14"
    yield "mekiki"
    yield "torch"
    if compiling and shape.name == "vit-b-32":
        yield "torch.compile"
    if precision == "float32":
        yield "onnxruntime"
        if dividing:
            yield "onnxruntime-split"
    yield "openvino"
    if dividing:
        yield "openvino-split"


def peer_command(
    engine: str, shape: Shape, tower: str, precision: str, source: Path, *more: str
) -> Sequence[str | Path]:
    """How a peer is started."""
    kind = engine.partition("-")[0]
    if kind == "onnxruntime":
        model = onnx_file(shape, tower)
    elif kind == "openvino":
        model = openvino_file(shape, tower)
    else:
        model = model_folder(shape)
    return [
        sys.executable, "-m", "suite.peer", engine, shape.name, tower, model, precision, source,
        *more,
    ]  # fmt: skip


def start(
    engine: str, shape: Shape, tower: str, precision: str, source: Path, *more: str
) -> Resident:
    """An engine as a resident process."""
    if engine != "mekiki":
        command = peer_command(engine, shape, tower, precision, source, *more)
        return Resident(engine, command, BENCHMARKS)
    command = [
        program("mekiki-bench"), tower, "--model", model_folder(shape),
        "--precision", precision, "--threads", str(THREADS), "--input", source,
    ]  # fmt: skip
    if more:
        # Texts that are read with their padding.
        command += ["--length", more[0], "--filler", str(shape.padding)]
    return Resident(engine, command)


def vectors(resident: Resident, batch: int, width: int) -> numpy.ndarray:
    """Unit vectors of a batch; scores as they are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors"
        resident.ask("vectors", batch, path)
        rows = numpy.fromfile(path, dtype=numpy.float32).reshape(-1, width)
    return rows if width == 1 else rows / numpy.linalg.norm(rows, axis=1, keepdims=True)


def least_cosine(rows: numpy.ndarray, reference: numpy.ndarray) -> float:
    """How far the farthest vector is from the reference's; of scores, 1 less the largest difference
    as a share of their spread."""
    reference = reference[: len(rows)]
    if rows.shape[1] == 1:
        difference = numpy.abs(rows - reference).max() / numpy.ptp(reference)
        return round_to(1 - float(difference), 7)
    return round_to(float((rows * reference).sum(axis=1).min()), 7)


def agreement(
    rows: numpy.ndarray, reference: numpy.ndarray, precision: str, engine: str
) -> float:
    """The least cosine; an engine that computes something else is refused, since what it takes for
    that says nothing."""
    cosine = least_cosine(rows, reference)
    least = (LEAST_AGREEMENTS if rows.shape[1] == 1 else LEAST_COSINES)[precision]
    if not cosine >= least:
        raise EngineError(f"{engine}: its vectors differ, the least cosine is {cosine:.4f}")
    return cosine


def run(settings: Settings, name: str) -> dict:
    """Measures one model at both precisions."""
    shape = ALL[name]
    source = pictures_file()
    numbers: dict = {"operations": shape.image_operations}
    reference: numpy.ndarray | None = None
    for precision in PRECISIONS:
        with ExitStack() as stack:
            tasks: dict = {}
            cosines: dict = {}
            errors: dict = {}
            peak = peak_task(stack, precision, THREADS, settings.reading)
            if peak is None:
                numbers[precision] = {"missing": "the processor has no instructions for it"}
                continue
            tasks["peak", THREADS] = peak[0]
            # PyTorch first: the others are compared with it.
            chosen = sorted(
                engines(shape, precision, compiling=not settings.quick),
                key=lambda name: name != "torch",
            )
            for engine in chosen:
                print(f"{shape.title} {precision}: starting {engine}", flush=True)
                try:
                    resident = start(engine, shape, "image", precision, source)
                except EngineError as error:
                    errors[engine] = str(error)
                    print(f"  {error}", flush=True)
                    continue
                stack.callback(resident.close)
                for batch in BATCHES:
                    if engine.endswith("split") and batch == 1:
                        continue
                    try:
                        # Warms the shape up, and is compared.
                        rows = vectors(resident, batch, shape.width("image"))
                        if reference is None or (engine == "torch" and precision == "float32"):
                            reference = rows
                        cosine = agreement(rows, reference, precision, engine)
                    except EngineError as error:
                        errors[engine] = str(error)
                        print(f"  {error}", flush=True)
                        break
                    cosines[engine] = min(cosines.get(engine, 1.0), cosine)
                    tasks[engine, batch] = (
                        lambda resident=resident, batch=batch: resident.ask(
                            "run", batch, settings.reading
                        )
                    )
            # Engines beside each other at each batch size, Mekiki first.
            tasks = dict(sorted(tasks.items(), key=lambda item: (item[0][1], item[0][0])))
            print(f"{shape.title} {precision}: measuring", flush=True)
            cells = run_rounds(
                tasks,
                seconds=settings.budget(BUDGETS[name]),
                patience=settings.patience,
                rounds=settings.rounds,
                least=settings.least,
            )
            numbers[precision] = {
                "instructions": peak[1],
                "peak": cells.pop(("peak", THREADS)).summary(),
                "engines": {},
                "cosines": cosines,
                "errors": errors,
            }
            for (engine, batch), cell in cells.items():
                rows = numbers[precision]["engines"].setdefault(engine, {})
                rows[str(batch)] = cell.summary()
                show(shape, precision, engine, batch, rows[str(batch)])
    return numbers


def show(shape: Shape, precision: str, engine: str, batch: int, summary: dict) -> None:
    """One line for whoever watches."""
    if "rate" not in summary:
        print(f"  {shape.title} {precision} {engine} batch {batch}: {summary['error'][:100]}")
        return
    print(
        f"  {shape.title} {precision} {engine:18} batch {batch:2}: {summary['rate']:8.2f}/s, "
        f"{THREADS / summary['cpu']:8.2f}/s by processor time, "
        f"{summary['clean']}/{summary['readings']} clean",
        flush=True,
    )
