"""The folders of models, and the pictures and texts that they are measured with."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

from .places import WORK
from .shapes import SHAPES, Shape
from .vocabulary import QUERIES

__all__ = ["SHAPES", "Shape", "model_folder", "pairs_file", "pictures_file", "queries_file"]


def model_folder(shape: Shape) -> Path:
    """The model's folder as on the hub, made if it is not there."""
    folder = WORK / "models" / shape.name
    if (folder / "complete").exists():
        return folder
    print(f"making {shape.title} with random weights", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shape.write(folder)
    (folder / "complete").touch()
    return folder


def pictures_file(count: int = 32) -> Path:
    """Preprocessed pictures, float32 `[count, 3, 224, 224]` without a header; smooth, as photos are."""
    import numpy
    import torch

    path = WORK / f"pictures-{count}.f32"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        generator = numpy.random.default_rng(3)
        coarse = generator.normal(0, 1.3, (count, 3, 15, 15)).astype(numpy.float32)
        smooth = torch.nn.functional.interpolate(
            torch.from_numpy(coarse), 224, mode="bicubic"
        ).numpy()
        grain = generator.normal(0, 0.1, smooth.shape).astype(numpy.float32)
        (smooth + grain).astype(numpy.float32).tofile(path)
    return path


def queries_file(shape: Shape) -> Path:
    """The queries with their token ids.

    CLIP's own tokenizer splits them. Other models get ids drawn at random, as many as a vocabulary
    of pieces has for the text: how long a text takes depends on their number alone.
    """
    path = WORK / f"queries-{shape.name}.json"
    if shape.name in SHAPES:
        from transformers import CLIPTokenizer

        tokenizer = CLIPTokenizer.from_pretrained(model_folder(shape))
        ids = [tokenizer(text)["input_ids"] for text in QUERIES]
    else:
        generator = random.Random(5)
        ids = [
            [*shape.start, *generator.choices(shape.words, k=pieces(text)), *shape.end]
            for text in QUERIES
        ]
    queries = [{"text": text, "ids": own} for text, own in zip(QUERIES, ids, strict=True)]
    path.write_text(json.dumps(queries, ensure_ascii=False))
    return path


def pieces(text: str) -> int:
    """About how many tokens a vocabulary of word pieces has for a text: one a word of Latin
    letters, one for two Japanese letters."""
    latin = len(text.encode("ascii", "ignore").split())
    others = sum(1 for letter in text if not letter.isascii())
    return max(1, latin + -(-others // 2))


def pairs_file(shape: Shape, count: int = 32) -> Path:
    """One query with documents of 20 to 250 tokens, as captions and prompts have, the longest first:
    so sentence-transformers sorts them, and one batch has them all."""
    path = WORK / f"pairs-{shape.name}-{count}.json"
    generator = random.Random(6)
    query = generator.choices(shape.words, k=10)
    lengths = sorted((round(20 * 12.5 ** (i / (count - 1))) for i in range(count)), reverse=True)
    pairs = [
        {
            "text": "",
            "ids": [
                *shape.start, *query, *shape.end,
                *generator.choices(shape.words, k=length), *shape.end,
            ],
        }
        for length in lengths
    ]  # fmt: skip
    path.write_text(json.dumps(pairs))
    return path
