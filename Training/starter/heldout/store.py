"""Renders the held-out set once and keeps it outside the repository.

A cache is named after everything that decides its content: the seed, the number of scenes and the text of
these modules. So a changed painter cannot be evaluated on yesterday's pictures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from glyphs import Glyph
from PIL import Image

from . import outlines
from . import scenes as composing
from .queries import Query, Wording

MODULES = ("canvas", "backgrounds", "scenes", "queries", "outlines")
QUALITY = 92


@dataclass(frozen=True)
class Entry:
    """One scene of the rendered set; paths are file names inside the set's folder."""

    index: int
    glyphs: list[str]
    background: str
    same_background: bool
    query: Query
    first: str
    second: str
    outline: str | None


def _mark(glyphs: Sequence[Glyph], count: int, seed: int) -> str:
    digest = hashlib.sha256(f"{count} {seed} {QUALITY} {[glyph.id for glyph in glyphs]}".encode())
    for module in MODULES:
        digest.update((Path(__file__).parent / f"{module}.py").read_bytes())
    return digest.hexdigest()[:12]


def load(
    glyphs: Sequence[Glyph], count: int, seed: int, cache: Path, progress: bool = True
) -> tuple[Path, list[Entry]]:
    """The rendered set's folder and its entries; renders what is not there yet."""
    folder = cache / f"{count}-{seed}-{_mark(glyphs, count, seed)}"
    index = folder / "scenes.json"
    if not index.exists():
        folder.mkdir(parents=True, exist_ok=True)
        entries = _render(glyphs, count, seed, folder, progress)
        text = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1)
        index.write_text(text, encoding="utf-8")  # last, so that a set cut short is rendered again
    rows = json.loads(index.read_text(encoding="utf-8"))
    return folder, [Entry(**{**row, "query": Query(**row["query"])}) for row in rows]


def _render(glyphs: Sequence[Glyph], count: int, seed: int, folder: Path, progress: bool) -> list[Entry]:
    wording = Wording(glyphs, seed)
    entries = []
    for scene in composing.plan(glyphs, count, seed):
        first, second = f"{scene.index:05}-a.jpg", f"{scene.index:05}-b.jpg"
        _save(composing.compose(scene, seed, second=False), folder / first)
        _save(composing.compose(scene, seed, second=True), folder / second)
        drawn: str | None = None
        if all(outlines.has_outline(glyph) for glyph in scene.glyphs):
            drawn = f"{scene.index:05}-o.jpg"
            _save(composing.compose(scene, seed, second=False, draw=outlines.outline), folder / drawn)
        entries.append(
            Entry(
                scene.index,
                [glyph.id for glyph in scene.glyphs],
                scene.first.name,
                scene.first is scene.second,
                wording.query(scene),
                first,
                second,
                drawn,
            )
        )
        if progress and (scene.index + 1) % 250 == 0:
            print(f"rendered {scene.index + 1} of {count} scenes", flush=True)
    return entries


def _save(image: Image.Image, path: Path) -> None:
    image.save(path, "JPEG", quality=QUALITY)
