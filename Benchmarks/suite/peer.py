"""One peer engine as a resident process, speaking the same lines as `mekiki-bench`.

    python -m suite.peer ENGINE SHAPE TOWER MODEL PRECISION INPUT [PADDING]

ENGINE is torch, torch.compile, onnxruntime, onnxruntime-split, openvino or openvino-split; the last
two divide a batch between two streams of one thread each. SHAPE is a model's name, TOWER image, text or
pairs, MODEL a folder or an exported file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy

from .places import WORK
from .shapes import ALL, Shape

THREADS = int(os.environ.get("MEKIKI_BENCH_THREADS", "2"))
# What Mekiki gives a thread at once; the split engines do the same.
CHUNK = 8

# A batch: one array for each of a tower's inputs.
Batch = list[numpy.ndarray]
Engine = Callable[[Batch], Callable[[], numpy.ndarray]]


def torch_engine(shape: Shape, model: str, tower: str, precision: str, compiled: bool) -> Engine:
    """PyTorch, eager or through its compiler."""
    import torch

    torch.set_num_threads(THREADS)
    torch.set_num_interop_threads(1)
    dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
    network = shape.load(Path(model), tower, dtype)
    if compiled:
        # Compiled code is kept for the next run.
        os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(WORK / "compiled"))
        import torch._inductor.config as inductor

        # Lets it lay weights out for oneDNN.
        inductor.freezing = True
        network = torch.compile(network, dynamic=False)
    guard = torch.no_grad if compiled else torch.inference_mode

    def prepare(values: Batch) -> Callable[[], numpy.ndarray]:
        tensors = [
            torch.from_numpy(value).to(dtype if tower == "image" else torch.int64)
            for value in values
        ]

        def run() -> numpy.ndarray:
            with guard():
                return network(*tensors).float().numpy()

        return run

    return prepare


def onnxruntime_engine(model: str, split: bool) -> Engine:
    """ONNX Runtime's processor provider, all optimisations."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1 if split else THREADS
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [node.name for node in session.get_inputs()]
    pool = ThreadPoolExecutor(THREADS)

    def call(values: Batch) -> numpy.ndarray:
        return session.run(None, dict(zip(names, values, strict=True)))[0]

    def prepare(values: Batch) -> Callable[[], numpy.ndarray]:
        if not split:
            return lambda: call(values)
        parts = chunks(values)
        return lambda: numpy.concatenate(list(pool.map(call, parts)))

    return prepare


def openvino_engine(model: str, precision: str, split: bool) -> Engine:
    """OpenVINO's processor plug-in."""
    import openvino

    core = openvino.Core()
    compiled = core.compile_model(
        model,
        "CPU",
        {
            "INFERENCE_PRECISION_HINT": "bf16" if precision == "bfloat16" else "f32",
            "INFERENCE_NUM_THREADS": THREADS,
            "NUM_STREAMS": THREADS if split else 1,
            "PERFORMANCE_HINT": "THROUGHPUT" if split else "LATENCY",
        },
    )
    if not split:
        request = compiled.create_infer_request()
        return lambda values: lambda: request.infer(values, share_inputs=True)[0]

    def prepare(values: Batch) -> Callable[[], numpy.ndarray]:
        parts = chunks(values)
        results: list[numpy.ndarray] = [parts[0][0]] * len(parts)
        queue = openvino.AsyncInferQueue(compiled, THREADS)

        def keep(request: openvino.InferRequest, index: int) -> None:
            results[index] = request.get_output_tensor(0).data.copy()

        queue.set_callback(keep)

        def run() -> numpy.ndarray:
            for index, part in enumerate(parts):
                queue.start_async(part, userdata=index, share_inputs=True)
            queue.wait_all()
            return numpy.concatenate(results)

        return run

    return prepare


def chunks(values: Batch) -> list[Batch]:
    """A batch in as many parts as Mekiki would make of it."""
    count = len(values[0])
    size = min(CHUNK, -(-count // THREADS))
    return [
        [value[start : start + size] for value in values] for start in range(0, count, size)
    ]


def make_engine(name: str, shape: Shape, tower: str, model: str, precision: str) -> Engine:
    """The engine of a name."""
    kind, _, variant = name.partition("-")
    match kind:
        case "torch" | "torch.compile":
            return torch_engine(shape, model, tower, precision, kind == "torch.compile")
        case "onnxruntime":
            return onnxruntime_engine(model, variant == "split")
        case "openvino":
            return openvino_engine(model, precision, variant == "split")
    raise SystemExit(f"there is no engine {name}")


def padded(
    batch: Sequence[Sequence[int]], padding: str, filler: int, inputs: Sequence[str]
) -> Batch:
    """Token ids as a matrix, and which of them are no padding: as many columns as `padding` says, or
    as the longest text has."""
    width = max(len(ids) for ids in batch)
    width = width if padding == "own" else max(width, int(padding))
    made = {
        "ids": [[*ids, *[filler] * (width - len(ids))] for ids in batch],
        "mask": [[1] * len(ids) + [0] * (width - len(ids)) for ids in batch],
    }
    return [numpy.array(made[name], dtype=numpy.int64) for name in inputs]


def batches_of(
    shape: Shape, tower: str, source: str, padding: str
) -> Callable[[int], list[Batch]]:
    """What a reading of a batch size encodes: the first pictures, or all texts in turn."""
    if tower == "image":
        side = shape.side
        pictures = numpy.fromfile(source, dtype=numpy.float32).reshape(-1, 3, side, side)
        return lambda batch: [[pictures[:batch]]]
    texts = [text["ids"] for text in json.loads(Path(source).read_text())]
    inputs = shape.inputs(tower)
    return lambda batch: [
        padded(texts[start : start + batch], padding, shape.padding, inputs)
        for start in range(0, len(texts), batch)
    ]


def main() -> None:
    """Answers lines until the input ends."""
    name, shape_name, tower, model, precision, source = sys.argv[1:7]
    padding = sys.argv[7] if len(sys.argv) > 7 else "own"
    shape = ALL[shape_name]
    engine = make_engine(name, shape, tower, model, precision)
    inputs = batches_of(shape, tower, source, padding)
    prepared: dict[int, list[Callable[[], numpy.ndarray]]] = {}
    # What libraries print would be taken for answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(**answer: object) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    say()
    for line in sys.stdin:
        verb, *rest = line.split()
        if verb == "quit":
            return
        try:
            batch = int(rest[0])
            if batch not in prepared:
                prepared[batch] = [engine(values) for values in inputs(batch)]
            calls = prepared[batch]
            if verb == "vectors":
                vectors = numpy.concatenate([call() for call in calls])
                vectors.astype(numpy.float32).tofile(rest[1])
                say()
                continue
            seconds = float(rest[1])
            start, processor = time.perf_counter(), time.process_time()
            items = 0
            while True:
                for call in calls:
                    items += len(call())
                if time.perf_counter() - start >= seconds:
                    break
            say(
                items=items,
                wall=time.perf_counter() - start,
                cpu=time.process_time() - processor,
            )
        except Exception as error:  # noqa: BLE001 - the run goes on without this reading
            say(error=f"{type(error).__name__}: {str(error)[:300]}")


if __name__ == "__main__":
    main()
