"""Text encoders on queries of three to twelve words, against the peers.

Mekiki is measured at each query's own length, as it always runs; the peers as their users run them,
padded to 77 tokens, and at the own length of the query, or of the longest in the batch.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import numpy

from ..models import SHAPES, Shape, model_folder
from ..places import WORK
from ..rounds import EngineError, run_rounds
from ..settings import Settings
from ..vocabulary import QUERIES
from .encoder import PRECISIONS, least_cosine, show, start, vectors

BATCHES = (1, 8)
PADDINGS = ("77", "own")
BUDGET = 80


def queries_file(shape: Shape) -> Path:
    """The queries with their token ids, by the model's own tokenizer."""
    from transformers import CLIPTokenizer

    tokenizer = CLIPTokenizer.from_pretrained(model_folder(shape))
    path = WORK / "queries.json"
    queries = [{"text": text, "ids": tokenizer(text)["input_ids"]} for text in QUERIES]
    path.write_text(json.dumps(queries, ensure_ascii=False))
    return path


def run(settings: Settings) -> dict:
    """Measures the text tower of ViT-B/32 at both precisions."""
    shape = SHAPES["vit-b-32"]
    source = queries_file(shape)
    lengths = [len(query["ids"]) for query in json.loads(source.read_text())]
    numbers: dict = {
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
            chosen = [(peer, padding) for peer in peers for padding in PADDINGS]
            for engine, padding in [*chosen, ("mekiki", "")]:
                name = f"{engine} {padding}".strip()
                print(f"text {precision}: starting {name}", flush=True)
                try:
                    resident = start(
                        engine, shape, "text", precision, source, *([padding] if padding else [])
                    )
                    stack.callback(resident.close)
                    for batch in BATCHES:
                        rows = vectors(resident, batch, shape.projection)
                        reference = rows if reference is None else reference
                        cosines[name] = min(cosines.get(name, 1.0), least_cosine(rows, reference))
                except EngineError as error:
                    errors[name] = str(error)
                    print(f"  {error}", flush=True)
                    continue
                verb = "ids" if engine == "mekiki" else "run"
                for batch in BATCHES:
                    tasks[name, batch] = lambda resident=resident, batch=batch, verb=verb: (
                        resident.ask(verb, batch, settings.reading)
                    )
                    if engine == "mekiki":
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
                seconds=settings.budget(BUDGET),
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
