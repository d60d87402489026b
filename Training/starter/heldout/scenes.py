"""What a held-out scene holds, and how it is composed.

A scene is decided once (its objects, its queries) and composed twice: the second composition has the same
objects on a new background, in new places, sizes and colours, and serves as the query picture when images
search for images.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from PIL import Image, ImageFilter

from glyphs import Glyph  # the one thing shared with training; its folder is on the path

from .backgrounds import FAMILIES, Family, render

SIZES = [
    (256, 256),
    (320, 320),
    (384, 384),
    (512, 512),
    (400, 300),
    (512, 384),
    (420, 280),
    (510, 340),
    (300, 400),
    (360, 480),
    (448, 252),
    (512, 288),
]
"""Widths and heights: 1:1, 4:3, 3:2, 3:4 and 16:9."""

SIZE_RANGES = {1: (0.30, 0.70), 2: (0.25, 0.50), 3: (0.22, 0.40)}
"""An object's longer side as a part of the scene's short side, by the number of objects."""

OBJECT_COUNTS = (1, 1, 1, 1, 2, 2, 2, 3, 3, 1, 2, 3, 1, 2, 1, 2, 3, 1, 2, 3)
"""Scenes take their number of objects from here in turn: 8 of 20 have one, 7 have two, 5 have three."""

SCENE_STREAM, FIRST_STREAM, SECOND_STREAM = 11, 12, 13
"""Separate streams of random numbers, so that a change to one does not move the others."""


class Drawer(Protocol):
    """Gives the picture of a glyph: its emoji drawing, or one in another style."""

    def __call__(self, glyph: Glyph, rng: np.random.Generator) -> Image.Image: ...


@dataclass(frozen=True)
class Scene:
    """The objects of one scene and the backgrounds of its two compositions."""

    index: int
    glyphs: tuple[Glyph, ...]
    first: Family
    second: Family


def emoji(glyph: Glyph, rng: np.random.Generator) -> Image.Image:
    """The glyph as the colour font draws it."""
    return glyph.image


def concept(glyph: Glyph) -> str:
    """One name for glyphs that a searcher would hardly tell apart.

    Men, women and persons doing the same are one concept, and so are all families, clock faces and keycaps;
    otherwise a scene's rank would depend on luck among near-identical drawings.
    """
    parts = [part for part in glyph.id.split("-") if part not in ("2640", "2642", "fe0f", "200d")]
    if glyph.name_en.split(":")[0] in ("family", "kiss", "couple with heart", "keycap"):
        return glyph.name_en.split(":")[0]
    if len(parts) == 1 and 0x1F550 <= int(parts[0], 16) <= 0x1F567:
        return "clock"
    return "-".join("1f9d1" if part in ("1f468", "1f469") else part for part in parts)


def plan(glyphs: Sequence[Glyph], count: int, seed: int) -> list[Scene]:
    """Deal objects to scenes as from a shuffled pack of concepts.

    Dealing instead of drawing lets every concept come up before any comes up again, so the figure covers the
    whole vocabulary. No two scenes of one object share a concept.
    """
    members: dict[str, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        members[concept(glyph)].append(glyph)
    names = sorted(members)
    rng = np.random.default_rng([seed, SCENE_STREAM])
    pack: list[str] = []
    alone: set[str] = set()
    scenes = []
    for index in range(count):
        wanted = OBJECT_COUNTS[index % len(OBJECT_COUNTS)]
        dealt: list[str] = []
        while len(dealt) < wanted:
            if len(pack) < 8:
                pack = [names[place] for place in rng.permutation(len(names))] + pack
            place = next(
                (
                    p
                    for p in range(len(pack) - 1, -1, -1)
                    if pack[p] not in dealt and not (wanted == 1 and pack[p] in alone)
                ),
                None,
            )
            if place is None:  # more scenes of one object than concepts
                alone.clear()
                continue
            dealt.append(pack.pop(place))
        if wanted == 1:
            alone.add(dealt[0])
        objects = tuple(members[name][int(rng.integers(len(members[name])))] for name in dealt)
        first = FAMILIES[int(rng.integers(len(FAMILIES)))]
        second = first if rng.random() < 0.4 else FAMILIES[int(rng.integers(len(FAMILIES)))]
        scenes.append(Scene(index, objects, first, second))
    return scenes


def compose(scene: Scene, seed: int, second: bool, draw: Drawer = emoji) -> Image.Image:
    """Compose a scene: the same call always gives the same picture."""
    rng = np.random.default_rng([seed, SECOND_STREAM if second else FIRST_STREAM, scene.index])
    width, height = SIZES[int(rng.integers(len(SIZES)))]
    background = scene.second if second else scene.first
    image = render(background, rng, width, height).convert("RGBA")
    standing = background.ground is not None and len(scene.glyphs) < 3 and bool(rng.random() < 0.5)
    shadow = bool(rng.random() < 0.45)
    # The drawing has numbers of its own, so that another style is put in the same places.
    styles = np.random.default_rng([seed, SECOND_STREAM if second else FIRST_STREAM, scene.index, 1])
    pictures = [_posed(draw(glyph, styles), rng, upright=standing) for glyph in scene.glyphs]
    order = [int(place) for place in rng.permutation(len(pictures))]
    boxes = _placed(len(pictures), rng, width, height, background.ground if standing else None)
    for place, (x, y, size) in zip(order, boxes):
        picture = pictures[place]
        scale = size / max(picture.size)
        across, down = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        picture = picture.resize((across, down), Image.Resampling.BICUBIC)
        left = round(min(max(x - across / 2, 1), width - across - 1))
        top = round(min(max((y - down) if standing else (y - down / 2), 1), height - down - 1))
        if shadow:
            _cast_shadow(image, picture, left, top, standing)
        image.alpha_composite(picture, (max(left, 0), max(top, 0)))
    return image.convert("RGB")


def _posed(picture: Image.Image, rng: np.random.Generator, upright: bool) -> Image.Image:
    """Mirror sometimes, lean mostly a little, and trim again."""
    if rng.random() < 0.35:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    lean = float(rng.normal(0, 3 if upright else 9)) if rng.random() < 0.6 else 0.0
    if abs(lean) > 0.5:
        picture = picture.rotate(max(-28.0, min(28.0, lean)), Image.Resampling.BICUBIC, expand=True)
    box = picture.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox()
    return picture.crop(box) if box else picture


def _placed(
    count: int, rng: np.random.Generator, width: int, height: int, ground: float | None
) -> list[tuple[float, float, float]]:
    """Centres (or feet, on ground) and sizes that overlap little, by trying again and shrinking slowly."""
    short = min(width, height)
    low, high = SIZE_RANGES[count]
    limit = 1.0
    while True:
        for _ in range(40):
            boxes: list[tuple[float, float, float]] = []
            for _ in range(count):
                size = float(rng.uniform(low, low + (high - low) * limit)) * short
                x = float(rng.uniform(size * 0.55, width - size * 0.55))
                if count == 1:
                    x = (x + width / 2) / 2
                if ground is None:
                    y = float(rng.uniform(size * 0.55, height - size * 0.55))
                    y = (y + height / 2) / 2 if count == 1 else y
                else:
                    y = min(height * (ground + float(rng.uniform(-0.03, 0.06))), height - 2)
                boxes.append((x, y, size))
            if all(
                math.hypot(a[0] - b[0], a[1] - b[1]) > (a[2] + b[2]) * 0.46
                for place, a in enumerate(boxes)
                for b in boxes[:place]
            ):
                return boxes
        limit = max(0.0, limit - 0.15)


def _cast_shadow(image: Image.Image, picture: Image.Image, left: int, top: int, standing: bool) -> None:
    """A soft shadow: an ellipse under the feet, or the outline moved down to the right."""
    layer = Image.new("L", image.size)
    if standing:
        flat = picture.getchannel("A").resize((picture.width, max(2, picture.height // 7)))
        layer.paste(flat, (left, top + picture.height - flat.height * 2 // 3))
    else:
        offset = max(2, picture.width // 28)
        layer.paste(picture.getchannel("A"), (left + offset, top + offset))
    soft = layer.filter(ImageFilter.GaussianBlur(max(2, picture.width / 30))).point(lambda alpha: alpha * 0.38)
    dark = Image.new("RGBA", image.size, (10, 12, 25, 255))
    dark.putalpha(soft)
    image.alpha_composite(dark)
