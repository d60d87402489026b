"""From image files to vectors in PyTorch, as its users write it.

    python -m suite.pipeline_peer simple|batched MODEL FOLDER

`simple` is the way of the article that the original application comes with: each image by itself,
through transformers' processor and model. `batched` is the usual improvement: a DataLoader whose
workers decode and preprocess, batches of 32, bfloat16 where the processor has it. Prints images,
seconds and processor seconds from the first file to the last vector; imports and loading are not
counted.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import torch
from PIL import Image
from transformers import CLIPImageProcessor, CLIPModel


class Files(torch.utils.data.Dataset):
    """Preprocessed images."""

    def __init__(self, paths: list[Path], processor: CLIPImageProcessor):
        self.paths = paths
        self.processor = processor

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> torch.Tensor:
        image = Image.open(self.paths[index]).convert("RGB")
        return self.processor(images=image, return_tensors="pt")["pixel_values"][0]


def used() -> float:
    """Processor seconds of this process and of its workers that have ended."""
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        total += usage.ru_utime + usage.ru_stime
    return total


def features(model: CLIPModel, pixels: torch.Tensor) -> torch.Tensor:
    """Unit vectors."""
    found = model.get_image_features(pixel_values=pixels)
    found = getattr(found, "pooler_output", found).float()
    return found / found.norm(dim=-1, keepdim=True)


def main() -> None:
    way, folder, pictures = sys.argv[1:4]
    paths = sorted(Path(pictures).iterdir())
    processor = CLIPImageProcessor.from_pretrained(folder)
    torch.set_num_threads(2)
    half = way == "batched" and torch.ops.mkldnn._is_mkldnn_bf16_supported()
    dtype = torch.bfloat16 if half else torch.float32
    model = CLIPModel.from_pretrained(folder, dtype=dtype).eval()
    vectors = []
    start, processor_start = time.perf_counter(), used()
    with torch.inference_mode():
        if way == "simple":
            for path in paths:
                image = Image.open(path)
                inputs = processor(images=image, return_tensors="pt")
                vectors.append(features(model, inputs["pixel_values"]))
        else:
            loader = torch.utils.data.DataLoader(
                Files(paths, processor), batch_size=32, num_workers=2
            )
            for pixels in loader:
                vectors.append(features(model, pixels.to(dtype)))
            del loader
    count = len(torch.cat(vectors))
    wall = time.perf_counter() - start
    print(json.dumps({"items": count, "wall": wall, "cpu": used() - processor_start}))


if __name__ == "__main__":
    main()
