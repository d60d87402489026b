"""Image files: 12-megapixel JPEGs with the detail of photographs, and many tiny ones."""

from __future__ import annotations

import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .machine import CORES
from .places import WORK

WIDTH, HEIGHT = 4000, 3000
DISTINCT = 10_000


def photographs(count: int) -> list[Path]:
    """So many distinct JPEGs of 4000 x 3000 pixels and 2 to 5 MB; made if they are not there."""
    folder = WORK / "photographs"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{index:04}.jpg" for index in range(count)]
    missing = [path for path in paths if not path.exists()]
    if missing:
        print(f"making {len(missing)} JPEGs of 12 megapixels", flush=True)
        with ProcessPoolExecutor(CORES) as pool:
            for _ in pool.map(photograph, missing):
                pass
    return paths


def photograph(path: Path) -> None:
    """Soft areas, edges and grain: noise of falling strength at rising frequencies, and shapes."""
    import numpy
    from PIL import Image, ImageDraw

    generator = numpy.random.default_rng(int(path.stem))
    # The soft part small, and enlarged once.
    soft = numpy.zeros((750, 1000, 3), numpy.float32)
    for cells, strength in ((4, 70), (12, 40), (40, 22), (150, 12), (500, 8)):
        coarse = generator.normal(0, strength, (cells * 3 // 4, cells, 3)).astype(numpy.float32)
        for channel in range(3):
            layer = Image.fromarray(coarse[..., channel])
            soft[..., channel] += numpy.asarray(layer.resize((1000, 750), Image.Resampling.BICUBIC))
    base = Image.fromarray(numpy.clip(soft + 128, 0, 255).astype(numpy.uint8))
    total = numpy.asarray(base.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)).astype(numpy.int16)
    # A tile of grain, as noise of each pixel alone would take longer than all the rest.
    strength = generator.uniform(1.5, 4)
    grain = generator.normal(0, strength, (HEIGHT // 4, WIDTH // 4, 1)).astype(numpy.int16)
    total += numpy.tile(grain, (4, 4, 1))
    image = Image.fromarray(numpy.clip(total, 0, 255).astype(numpy.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = generator.integers(0, WIDTH), generator.integers(0, HEIGHT)
        side = generator.integers(40, 600)
        colour = tuple(int(value) for value in generator.integers(0, 256, 3))
        shape = draw.ellipse if generator.random() < 0.5 else draw.rectangle
        shape((x, y, x + side, y + side * generator.uniform(0.2, 1.5)), outline=colour, width=9)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Mekiki", "Benchmark"
    half_done = path.with_suffix(".unfinished")
    image.save(half_done, format="JPEG", quality=90, exif=exif)
    half_done.rename(path)


def tiny_pictures(count: int) -> Path:
    """A folder of so many PNGs of 48 x 48 pixels, a thousand in each subfolder.

    Ten thousand are distinct, and then they repeat: only their first indexing would tell.
    """
    folder = WORK / "tiny" / str(count)
    if (folder / ".complete").exists():
        return folder
    print(f"making {count} small PNGs", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    with ProcessPoolExecutor(CORES) as pool:
        for _ in pool.map(tiny_thousand, [(folder, start) for start in range(0, count, 1000)]):
            pass
    (folder / ".complete").touch()
    return folder


def tiny_thousand(task: tuple[Path, int]) -> None:
    """One subfolder."""
    import numpy
    from PIL import Image

    folder, start = task
    place = folder / f"{start // 1000:03}"
    place.mkdir(parents=True, exist_ok=True)
    generator = numpy.random.default_rng(start % DISTINCT)
    for index in range(start, start + 1000):
        pixels = generator.integers(0, 256, (4, 4, 3)).astype(numpy.uint8)
        large = numpy.repeat(numpy.repeat(pixels, 12, axis=0), 12, axis=1)
        # The number itself, so that no two of the distinct ones are equal.
        number = index % DISTINCT
        large[0, :3] = [[number & 255, number >> 8, 0]] * 3
        Image.fromarray(large).save(place / f"picture-{index:06}.png", compress_level=1)
