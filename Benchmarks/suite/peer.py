"""One peer engine as a resident process, speaking the same lines as `mekiki-bench`.

    python -m suite.peer ENGINE TOWER MODEL PRECISION INPUT [PADDING]

ENGINE is torch, torch.compile, onnxruntime, onnxruntime-split, openvino or openvino-split; the last
two divide a batch between two streams of one thread each. MODEL is a folder or an exported file.
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

THREADS = int(os.environ.get("MEKIKI_BENCH_THREADS", "2"))
# What Mekiki gives a thread at once; the split engines do the same.
CHUNK = 8

Engine = Callable[[numpy.ndarray], Callable[[], numpy.ndarray]]


def torch_engine(model: str, tower: str, precision: str, compiled: bool) -> Engine:
    """PyTorch, eager or through its compiler."""
    import torch

    from .exports import load_tower

    torch.set_num_threads(THREADS)
    torch.set_num_interop_threads(1)
    dtype = torch.bfloat16 if precision == "bfloat16" else torch.float32
    network = load_tower(Path(model), tower, dtype)
    if compiled:
        # Compiled code is kept for the next run.
        os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(WORK / "compiled"))
        import torch._inductor.config as inductor

        # Lets it lay weights out for oneDNN.
        inductor.freezing = True
        network = torch.compile(network, dynamic=False)
    guard = torch.no_grad if compiled else torch.inference_mode

    def prepare(values: numpy.ndarray) -> Callable[[], numpy.ndarray]:
        tensor = torch.from_numpy(values)
        tensor = tensor.to(dtype) if tower == "image" else tensor.to(torch.int64)

        def run() -> numpy.ndarray:
            with guard():
                return network(tensor).float().numpy()

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
    name = session.get_inputs()[0].name
    pool = ThreadPoolExecutor(THREADS)

    def prepare(values: numpy.ndarray) -> Callable[[], numpy.ndarray]:
        if not split:
            return lambda: session.run(None, {name: values})[0]
        parts = chunks(values)
        return lambda: numpy.concatenate(
            list(pool.map(lambda part: session.run(None, {name: part})[0], parts))
        )

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
        return lambda values: lambda: request.infer([values], share_inputs=True)[0]

    def prepare(values: numpy.ndarray) -> Callable[[], numpy.ndarray]:
        parts = chunks(values)
        results: list[numpy.ndarray] = [parts[0]] * len(parts)
        queue = openvino.AsyncInferQueue(compiled, THREADS)

        def keep(request: openvino.InferRequest, index: int) -> None:
            results[index] = request.get_output_tensor(0).data.copy()

        queue.set_callback(keep)

        def run() -> numpy.ndarray:
            for index, part in enumerate(parts):
                queue.start_async([part], userdata=index, share_inputs=True)
            queue.wait_all()
            return numpy.concatenate(results)

        return run

    return prepare


def chunks(values: numpy.ndarray) -> list[numpy.ndarray]:
    """A batch in as many parts as Mekiki would make of it."""
    size = min(CHUNK, -(-len(values) // THREADS))
    return [values[start : start + size] for start in range(0, len(values), size)]


def make_engine(name: str, tower: str, model: str, precision: str) -> Engine:
    """The engine of a name."""
    kind, _, variant = name.partition("-")
    match kind:
        case "torch" | "torch.compile":
            return torch_engine(model, tower, precision, kind == "torch.compile")
        case "onnxruntime":
            return onnxruntime_engine(model, variant == "split")
        case "openvino":
            return openvino_engine(model, precision, variant == "split")
    raise SystemExit(f"there is no engine {name}")


def padded(batch: Sequence[Sequence[int]], padding: str) -> numpy.ndarray:
    """Token ids as a matrix: 77 columns, or as many as the longest query has."""
    width = 77 if padding == "77" else max(len(ids) for ids in batch)
    rows = [[*ids, *[ids[-1]] * (width - len(ids))] for ids in batch]
    return numpy.array(rows, dtype=numpy.int64)


def batches_of(tower: str, source: str, padding: str) -> Callable[[int], list[numpy.ndarray]]:
    """What a reading of a batch size encodes: the first pictures, or all queries in turn."""
    if tower == "image":
        pictures = numpy.fromfile(source, dtype=numpy.float32).reshape(-1, 3, 224, 224)
        return lambda batch: [pictures[:batch]]
    queries = [query["ids"] for query in json.loads(Path(source).read_text())]
    return lambda batch: [
        padded(queries[start : start + batch], padding) for start in range(0, len(queries), batch)
    ]


def main() -> None:
    """Answers lines until the input ends."""
    name, tower, model, precision, source = sys.argv[1:6]
    padding = sys.argv[6] if len(sys.argv) > 6 else ""
    engine = make_engine(name, tower, model, precision)
    inputs = batches_of(tower, source, padding)
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
