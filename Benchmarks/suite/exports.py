"""The same weights for ONNX Runtime and OpenVINO."""

from __future__ import annotations

import warnings
from pathlib import Path

from .models import model_folder
from .shapes import Shape


def onnx_file(shape: Shape, tower: str) -> Path:
    """One tower as ONNX, exported if it is not there."""
    folder = model_folder(shape) / "onnx"
    path = folder / f"{tower}.onnx"
    if not path.exists():
        print(f"exporting the {tower} tower of {shape.title} to ONNX", flush=True)
        folder.mkdir(exist_ok=True)
        half_done = folder / f"{tower}-unfinished.onnx"
        export(shape, tower, half_done)
        half_done.rename(path)
    return path


def openvino_file(shape: Shape, tower: str) -> Path:
    """One tower as OpenVINO's own files, in float32; converted if they are not there."""
    import openvino

    folder = model_folder(shape) / "openvino"
    path = folder / f"{tower}.xml"
    if not path.exists():
        source = onnx_file(shape, tower)
        print(f"converting the {tower} tower of {shape.title} for OpenVINO", flush=True)
        model = openvino.convert_model(source)
        openvino.save_model(model, path, compress_to_fp16=False)
    return path


def export(shape: Shape, tower: str, path: Path) -> None:
    """Traces a tower: its inputs in, one row for each out."""
    import torch

    model = shape.load(model_folder(shape), tower, torch.float32)
    # Ids that every vocabulary has, and padding in the second text, so that the mask counts.
    examples = {
        "pixels": torch.zeros(2, 3, shape.side, shape.side),
        "ids": torch.full((2, 9), shape.words[0], dtype=torch.int64),
        "mask": torch.tensor([[1] * 9, [1] * 6 + [0] * 3]),
    }
    names = shape.inputs(tower)
    axes = {name: {0: "batch", 1: "tokens"} for name in names if name != "pixels"}
    axes |= {name: {0: "batch"} for name in (*names, "vector") if name not in axes}
    if shape.pads:
        length = int(shape.paddings[0])
        examples["ids"] = torch.full((2, length), shape.words[0], dtype=torch.int64)
        axes = {name: {0: "batch"} for name in axes}
    with torch.no_grad(), warnings.catch_warnings():
        # Of conditions that are the same for every input here; the vectors are compared.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            tuple(examples[name] for name in names),
            str(path),
            input_names=list(names),
            output_names=["vector"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
