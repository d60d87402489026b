"""Ten thousand different images, made from the samples: cut out, mirrored, turned in colour.

Each is a function of its number alone, so that every run on every machine has the same ones.
"""

from __future__ import annotations

import multiprocessing
import random
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

SIZE = (640, 480)

_samples: list[Image.Image] = []


def _load(paths: list[Path]) -> None:
    """Decodes the samples once in each worker."""
    for path in paths:
        with Image.open(path) as picture:
            _samples.append(ImageOps.exif_transpose(picture).convert("RGB"))


def _make(task: tuple[Path, int]) -> None:
    """Makes one image, unless it is there."""
    path, number = task
    if path.exists():
        return
    chance = random.Random(number)
    sample = _samples[number % len(_samples)]
    share = chance.uniform(0.55, 1.0)
    width = int(sample.width * share)
    height = int(sample.height * share)
    left = chance.randint(0, sample.width - width)
    top = chance.randint(0, sample.height - height)
    picture = sample.crop((left, top, left + width, top + height))
    picture = ImageOps.fit(picture, SIZE)
    if chance.random() < 0.5:
        picture = ImageOps.mirror(picture)
    hue, saturation, value = picture.convert("HSV").split()
    turn = chance.randint(0, 255)
    table = [(level + turn) % 256 for level in range(256)]
    picture = Image.merge("HSV", (hue.point(table), saturation, value)).convert("RGB")
    picture = ImageEnhance.Brightness(picture).enhance(chance.uniform(0.7, 1.3))
    # Written under another name first: a run that is interrupted leaves no half image.
    unfinished = path.with_suffix(".part")
    picture.save(unfinished, "JPEG", quality=chance.randint(80, 92))
    unfinished.rename(path)


def make_pictures(samples: Path, folder: Path, first: int, count: int) -> None:
    """Fills a folder with images; those that are there already are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = sorted(path for path in samples.rglob("*") if path.is_file())
    tasks = [(folder / f"{number:06}.jpg", number) for number in range(first, first + count)]
    with multiprocessing.Pool(initializer=_load, initargs=(paths,)) as workers:
        for _ in workers.imap_unordered(_make, tasks, chunksize=50):
            pass
