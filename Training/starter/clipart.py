"""Openclipart drawings (public domain), rasterised once in small numbers.

Two uses: drawings whose file name is exactly a glyph's English name are a second style of that glyph; others are
cut up as unlabelled clutter, so that the model learns that a scrap of a drawing is not an object.
One matching drawing in eight is held out of training.
"""

from __future__ import annotations

import io
import os
import pickle
import random
import re
import subprocess
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from glyphs import Glyph, cache_directory, load_glyphs
from words import everyday

FOLDER = Path("/usr/share/openclipart/svg")
_NOISE = re.compile(r"\b(openclipart|clipart|clip art|architetto|gerald|g|ganson|francesco|rollandin|ralf|stephani|lemmling|bw|v|c|"
                    r"color|colour|simple|cartoon|remix|svg|the|a)\b|\d+")
# Names that a drawing's file name does not settle ("key" may be a keyboard's, "star" a badge ...) are left alone;
# only concrete things with a clear outline are matched.
_UNCLEAR = {"up", "down", "back", "end", "top", "left", "right", "on", "free", "new", "id", "ok", "face", "person", "man", "woman",
            "people", "family", "button", "square", "map", "water", "food", "building", "city", "music", "fish cake", "info", "mouse", "seal"}


@dataclass
class Drawing:
    image: Image.Image
    glyph: str | None  # the glyph it is another style of
    held_out: bool


def _clean(path: Path) -> str:
    words = re.sub(r"[_\-.()]+", " ", path.stem.lower())
    return re.sub(r"\s+", " ", _NOISE.sub(" ", words)).strip()


def _rasterise(path: Path, side: int = 160) -> bytes | None:
    command = ["rsvg-convert", "-w", str(side), "-h", str(side), "--keep-aspect-ratio", str(path)]
    try:
        data = subprocess.run(command, capture_output=True, timeout=4).stdout
        image = Image.open(io.BytesIO(data)).convert("RGBA")
    except Exception:  # a broken drawing is simply not used
        return None
    box = image.getchannel("A").point(lambda a: 255 if a > 8 else 0).getbbox()
    if not box or box[2] - box[0] < 24 or box[3] - box[1] < 24:
        return None
    out = io.BytesIO()
    image.crop(box).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _choose(glyphs: list[Glyph], scraps: int, seed: int) -> list[tuple[Path, str | None]]:
    names: dict[str, str] = {}
    for glyph in glyphs:
        names.setdefault(glyph.name_en.lower(), glyph.id)
    for identifier, (_, english) in everyday().items():
        for word in english:
            names.setdefault(word, identifier)
    rng = random.Random(seed)
    files = sorted(p for p in FOLDER.rglob("*.svg") if p.stat().st_size < 250_000)
    matched = [(p, names[_clean(p)]) for p in files if _clean(p) in names and _clean(p) not in _UNCLEAR]
    taken = {p for p, _ in matched}
    rest = [p for p in files if p not in taken]
    return [*matched, *((p, None) for p in rng.sample(rest, min(scraps, len(rest))))]


def load_drawings(scraps: int = 700, seed: int = 7) -> list[Drawing]:
    stored = cache_directory() / f"clipart-1-{scraps}-{seed}.pickle"
    if not stored.exists():
        chosen = _choose(load_glyphs(), scraps, seed)
        with ThreadPoolExecutor(2) as pool:
            images = list(pool.map(lambda item: _rasterise(item[0]), chosen))
        rows = [(data, glyph, zlib.crc32(path.name.encode()) % 8 == 0)
                for (path, glyph), data in zip(chosen, images) if data]
        stored.parent.mkdir(parents=True, exist_ok=True)
        temporary = stored.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(pickle.dumps(rows))
        temporary.replace(stored)
    rows = pickle.loads(stored.read_bytes())
    return [Drawing(Image.open(io.BytesIO(data)).convert("RGBA"), glyph, held) for data, glyph, held in rows]


if __name__ == "__main__":
    drawings = load_drawings()
    print(len(drawings), "drawings,", sum(d.glyph is not None for d in drawings), "of them another style of a glyph")
    if os.environ.get("SHEET"):
        names = {g.id: g.name_en for g in load_glyphs()}
        some = [d for d in drawings if d.glyph][:96]
        sheet = np.full((8 * 100, 12 * 100, 3), 255, np.uint8)
        for i, d in enumerate(some):
            image = d.image.copy()
            image.thumbnail((96, 96))
            page = Image.new("RGBA", (100, 100), "white")
            page.alpha_composite(image)
            sheet[i // 12 * 100:i // 12 * 100 + 100, i % 12 * 100:i % 12 * 100 + 100] = np.asarray(page)[..., :3]
        Image.fromarray(sheet).save(os.environ["SHEET"])
        print([names[d.glyph] for d in some])
