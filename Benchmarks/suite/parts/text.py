"""Text encoders on queries of three to twelve words, and a reranker on pairs, against the peers.

Mekiki is measured at each text's own length, as it always runs; the peers as their users run them,
padded to 77 tokens where that is the custom, and at the own length of the text, or of the longest in
the batch. Texts whose padding changes the result are padded everywhere.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass

import numpy

from ..models import pairs_file, queries_file
from ..rounds import EngineError, run_rounds
from ..settings import Settings
from ..shapes import ALL, Shape
from .encoder import PRECISIONS, agreement, show, start, vectors


@dataclass(frozen=True)
class Subject:
    """A part of the run: which tower, in which batches, for how many seconds a precision."""

    shape: Shape
    tower: str = "text"
    batches: tuple[int, ...] = (1, 8)
    budget: float = 50
    # Whether the model's folder has a tokenizer, so that Mekiki is measured with it, too.
    has_tokenizer: bool = False


SUBJECTS = {
    "text": Subject(ALL["vit-b-32"], budget=80, has_tokenizer=True),
    "text-siglip2-b": Subject(ALL["siglip2-b-16"]),
    "text-roberta-b": Subject(ALL["eva02-b-16"]),
    "text-xlm-roberta-b": Subject(ALL["xlm-roberta-b"]),
    "text-ruri-v3-30m": Subject(ALL["ruri-v3-30m"]),
    "text-e5-small": Subject(ALL["e5-small"]),
    "reranker-xsmall": Subject(ALL["reranker-xsmall"], "pairs", (32,)),
}


def run(settings: Settings, part: str) -> dict:
    """Measures one tower at both precisions."""
    subject = SUBJECTS[part]
    shape, tower = subject.shape, subject.tower
    source = (pairs_file if tower == "pairs" else queries_file)(shape)
    lengths = [len(query["ids"]) for query in json.loads(source.read_text())]
    numbers: dict = {
        "title": shape.title,
        "tower": tower,
        "batches": [str(batch) for batch in subject.batches],
        "paddings": shape.paddings,
        "queries": len(lengths),
        "tokens": {"least": min(lengths), "most": max(lengths), "mean": sum(lengths) / len(lengths)},
    }
    reference: numpy.ndarray | None = None
    for precision in PRECISIONS:
        peers = ["torch", "onnxruntime", "openvino"] if precision == "float32" else [
            "torch", "openvino"
        ]  # fmt: skip
        with ExitStack() as stack:
            tasks: dict = {}
            cosines: dict = {}
            errors: dict = {}
            chosen = [(peer, padding) for peer in peers for padding in shape.paddings]
            for engine, padding in [*chosen, ("mekiki", shape.paddings[0] if shape.pads else "")]:
                is_peer = engine != "mekiki"
                name = f"{engine} {padding}".strip() if is_peer else engine
                print(f"{shape.title} {precision}: starting {name}", flush=True)
                try:
                    resident = start(
                        engine, shape, tower, precision, source, *([padding] if padding else [])
                    )
                    stack.callback(resident.close)
                    for batch in subject.batches:
                        rows = vectors(resident, batch, shape.width(tower))
                        reference = rows if reference is None else reference
                        cosine = agreement(rows, reference, precision, name)
                        cosines[name] = min(cosines.get(name, 1.0), cosine)
                except EngineError as error:
                    errors[name] = str(error)
                    print(f"  {error}", flush=True)
                    continue
                verb = "run" if is_peer else "ids"
                for batch in subject.batches:
                    tasks[name, batch] = lambda resident=resident, batch=batch, verb=verb: (
                        resident.ask(verb, batch, settings.reading)
                    )
                    if not is_peer and subject.has_tokenizer:
                        tasks["mekiki with its tokenizer", batch] = (
                            lambda resident=resident, batch=batch: resident.ask(
                                "strings", batch, settings.reading
                            )
                        )
            # Mekiki first; of equal keys the order stays.
            tasks = dict(
                sorted(
                    tasks.items(),
                    key=lambda item: (item[0][1], not item[0][0].startswith("mekiki")),
                )
            )
            cells = run_rounds(
                tasks,
                seconds=settings.budget(subject.budget),
                patience=settings.patience,
                rounds=settings.rounds,
                least=settings.least,
            )
            numbers[precision] = {"engines": {}, "cosines": cosines, "errors": errors}
            for (name, batch), cell in cells.items():
                rows = numbers[precision]["engines"].setdefault(name, {})
                rows[str(batch)] = cell.summary()
                show(shape, precision, name, batch, rows[str(batch)])
    return numbers
