"""The same weights for ONNX Runtime and OpenVINO."""

from __future__ import annotations

import warnings
from pathlib import Path

from .models import Shape, model_folder


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
    """Traces a tower: pixels or token ids in, projected vector out."""
    import torch

    model = load_tower(model_folder(shape), tower, torch.float32)
    if tower == "image":
        example = torch.zeros(2, 3, shape.side, shape.side)
        names = {"pixels": {0: "batch"}, "vector": {0: "batch"}}
    else:
        example = torch.full((2, 9), 49407, dtype=torch.int64)
        names = {"ids": {0: "batch", 1: "tokens"}, "vector": {0: "batch"}}
    with torch.no_grad(), warnings.catch_warnings():
        # Of conditions that are the same for every input here; the vectors are compared.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (example,),
            str(path),
            input_names=[next(iter(names))],
            output_names=["vector"],
            dynamic_axes=names,
            opset_version=17,
            dynamo=False,
        )


def load_tower(folder: Path, tower: str, dtype: object) -> object:
    """A tower in PyTorch, as a function from its input to the projected vector."""
    import torch
    from transformers import CLIPTextModelWithProjection, CLIPVisionModelWithProjection
    from transformers.utils import logging

    # The other tower's weights are left out on purpose, which it would list.
    logging.set_verbosity_error()
    logging.disable_progress_bar()

    kind = CLIPVisionModelWithProjection if tower == "image" else CLIPTextModelWithProjection

    class Tower(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = kind.from_pretrained(folder, dtype=dtype).eval()

        def forward(self, value: torch.Tensor) -> torch.Tensor:
            return self.model(value)[0]

    return Tower().eval()
