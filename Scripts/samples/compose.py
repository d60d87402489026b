"""Compose the sample pictures.

    python compose.py                 all pictures and the captions, into Samples/
    python compose.py --only NAME     one picture (several may be named)
    python compose.py --check         open everything again and compare; fails on any fault
    python compose.py --sheet FILE    a contact sheet, to look at

It needs `rsvg-convert` and the emoji font (Debian: librsvg2-bin, fonts-noto-color-emoji), pillow, numpy,
opencv-python-headless and fonttools. The same versions give the same pixels.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from PIL import Image, ImageOps

import metadata
import scenes.animals
import scenes.days
import scenes.food
import scenes.places
import scenes.queries  # noqa: F401 - importing a theme enters its pictures in the catalogue
from catalogue import PICTURES, Picture
from check import check, place
from stage import Stage

SAMPLES = Path(__file__).resolve().parents[2] / "Samples"
PALETTE_FROM = 230_000
"""PNG files above this many bytes are stored with a palette of 256 colours, dithered."""


def render(picture: Picture, zoom: int = 2) -> Image.Image:
    stage = Stage(picture.name, *picture.size)
    picture.paint(stage)
    if picture.suffix == "png":  # grain is what PNG cannot compress
        stage.finish = (0.0, stage.finish[1])
    return stage.render(zoom)


def save(picture: Picture, image: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = metadata.exif(picture.name, picture.size)
    extra = {"exif": exif} if exif is not None else {}
    if picture.suffix == "png":
        chunks = metadata.png(picture.name, picture.size)
        image.save(path, "PNG", optimize=True, pnginfo=chunks)
        if path.stat().st_size > PALETTE_FROM:
            image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG).save(
                path, "PNG", optimize=True, pnginfo=chunks
            )
    elif picture.suffix == "webp":
        image.save(path, "WEBP", quality=84, method=6, **extra)
    else:
        metadata.stored(picture.name, image).save(path, "JPEG", quality=88, optimize=True, **extra)


def write_captions(folder: Path) -> None:
    indexed = sorted((picture for picture in PICTURES if picture.theme != "queries"), key=lambda picture: picture.file)
    for file, captions in (
        ("captions.json", {p.file: p.japanese for p in indexed}),
        ("captions.en.json", {p.file: p.english for p in indexed}),
    ):
        (folder / file).write_text(json.dumps(captions, ensure_ascii=False, indent=4) + "\n", encoding="utf-8")


def sheet(folder: Path, target: Path, columns: int = 8, cell: int = 300) -> None:
    rows = (len(PICTURES) + columns - 1) // columns
    whole = Image.new("RGB", (columns * cell, rows * cell), (38, 38, 42))
    for index, picture in enumerate(PICTURES):
        with Image.open(place(folder, picture)) as image:
            small = ImageOps.exif_transpose(image).convert("RGB")
            small.thumbnail((cell - 8, cell - 8), Image.Resampling.LANCZOS)
        whole.paste(
            small,
            (
                (index % columns) * cell + (cell - small.width) // 2,
                (index // columns) * cell + (cell - small.height) // 2,
            ),
        )
    whole.save(target)


def main() -> None:
    parser = argparse.ArgumentParser(description="Compose the sample pictures.")
    parser.add_argument("--out", type=Path, default=SAMPLES, help="the Samples folder")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="pictures by file name without suffix")
    parser.add_argument("--check", action="store_true", help="compose nothing, check what is there")
    parser.add_argument("--sheet", type=Path, help="write a contact sheet of what is there")
    options = parser.parse_args()
    unknown = set(options.only) - {picture.name for picture in PICTURES}
    if unknown:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    if not options.check and not options.sheet:
        for picture in PICTURES:
            if not options.only or picture.name in options.only:
                path = place(options.out, picture)
                save(picture, render(picture), path)
                print(f"{path.relative_to(options.out)}  {path.stat().st_size // 1000} kB", flush=True)
        write_captions(options.out)
    if options.sheet:
        sheet(options.out, options.sheet)
    if options.check:
        faults = check(options.out)
        print("\n".join(faults) or f"{len(PICTURES)} pictures, all as promised")
        sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
