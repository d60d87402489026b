"""The second style: the same objects as black-and-white font drawings, tinted.

Symbola draws most of the emoji in outline. A model that has learnt things and not one font's pixels should
still find some of them; the figure is stated apart, since nobody drew these to be told apart by colour.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from glyphs import Glyph
from PIL import Image, ImageDraw, ImageFont

from .canvas import hsv

FONT = Path("/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf")
SIZE = 320


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    return frozenset(TTFont(str(FONT)).getBestCmap())


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), SIZE)


def has_outline(glyph: Glyph) -> bool:
    """Single characters only: the font joins nothing."""
    points = [int(part, 16) for part in glyph.id.split("-") if part != "fe0f"]
    return len(points) == 1 and points[0] in _characters()


def outline(glyph: Glyph, rng: np.random.Generator) -> Image.Image:
    """The drawing in a dark tint on a pale sticker, so that it reads on any background."""
    character = chr(int(glyph.id.split("-")[0], 16))
    left, top, right, bottom = _font().getbbox(character)
    edge = SIZE // 12
    width, height = round(right - left) + 2 * edge, round(bottom - top) + 2 * edge
    hue = float(rng.random())
    mask = Image.new("L", (width, height))
    ImageDraw.Draw(mask).text((edge - left, edge - top), character, fill=255, font=_font())
    picture = Image.new("RGBA", (width, height))
    ImageDraw.Draw(picture).rounded_rectangle((0, 0, width - 1, height - 1), edge * 2, (*hsv(hue, 0.08, 0.99), 255))
    picture.paste(Image.new("RGBA", (width, height), (*hsv(hue, 0.8, 0.4), 255)), (0, 0), mask)
    return picture
