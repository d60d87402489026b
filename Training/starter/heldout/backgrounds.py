"""The families of backgrounds that held-out scenes stand on.

Each family is a painter with words for queries: a Japanese phrase that goes before the objects and an English
one that follows them. A family without words is a pattern that nobody would name when searching. Where the
picture has ground to stand on, the family says at what height; objects may then be placed on it.

They are many and unlike each other on purpose: a model that has learnt its training backgrounds instead of
the objects must fail here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from .canvas import Canvas, Colour, hsv, mix

Painter = Callable[[Canvas], None]


@dataclass(frozen=True)
class Family:
    """One kind of background."""

    name: str
    paint: Painter
    japanese: str | None
    english: str | None
    ground: float | None
    """Where feet would stand, as a part of the height from the top."""


FAMILIES: list[Family] = []


def family(
    japanese: str | None = None, english: str | None = None, ground: float | None = None
) -> Callable[[Painter], Painter]:
    """Enter a painter in the list of families, under the function's own name."""

    def enter(paint: Painter) -> Painter:
        FAMILIES.append(Family(paint.__name__, paint, japanese, english, ground))
        return paint

    return enter


def render(entry: Family, rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Paint one background of the family."""
    canvas = Canvas(rng, width, height)
    entry.paint(canvas)
    if canvas.chance(0.3):
        canvas.grain(canvas.between(1, 5))
    return canvas.finished()


# Pieces that several families use


def _stars(c: Canvas, low: int, high: int, lowest: float = 1.0) -> None:
    for _ in range(c.count(low, high)):
        place = (c.between(0, 1), c.between(0, lowest))
        c.disc(place, c.between(0.001, 0.005), (255, 255, 240), c.between(0.4, 1.0))


def _trunk_and_crown(c: Canvas, x: float, foot: float, size: float, crown: Colour, trunk: Colour) -> None:
    reach = size * c.unit / c.width
    rise = size * c.unit / c.height
    c.box(x - reach * 0.07, foot - rise * 0.6, x + reach * 0.07, foot, trunk)
    for _ in range(5):
        shade = mix(crown, (0, 0, 0), c.between(0, 0.2))
        c.disc((x + c.between(-0.25, 0.25) * reach, foot - c.between(0.55, 0.95) * rise), size * 0.3, shade)


def _fir(c: Canvas, x: float, foot: float, size: float, colour: Colour) -> None:
    reach = size * c.unit / c.width
    rise = size * c.unit / c.height
    for tier in range(3):
        top, base = foot - rise * (1 - tier * 0.25), foot - rise * (0.5 - tier * 0.25)
        half = reach * (0.18 + tier * 0.08)
        c.polygon([(x, top), (x - half, base), (x + half, base)], mix(colour, (0, 0, 0), tier * 0.08))


def _skyline(c: Canvas, foot: float, low: float, high: float, colour: Colour, lights: Colour | None) -> None:
    x = -0.02
    while x < 1:
        width = c.between(0.05, 0.13)
        top = foot - c.between(low, high)
        c.box(x, top, x + width, 1.0, mix(colour, (255, 255, 255), c.between(0, 0.08)))
        if lights:
            for row in np.arange(top + 0.02, foot, 0.035):
                for column in np.arange(x + 0.012, x + width - 0.012, 0.02):
                    if c.chance(0.45):
                        c.box(column, row, column + 0.009, row + 0.016, lights, c.between(0.5, 1))
        x += width + c.between(0, 0.01)


# Skies


@family("青空の", "in a blue sky")
def blue_sky(c: Canvas) -> None:
    hue = c.between(0.53, 0.62)
    c.gradient([(0, hsv(hue, c.between(0.5, 0.8), 0.85)), (1, hsv(hue, 0.15, 0.98))])
    for _ in range(c.count(2, 5)):
        c.cloud((c.between(0, 1), c.between(0.1, 0.9)), c.between(0.1, 0.28), (255, 255, 255), 0.85)
    c.soften(c.between(0.001, 0.008))


@family("夕焼け空の", "at sunset", 0.9)
def sunset(c: Canvas) -> None:
    low = c.between(0.03, 0.1)
    c.gradient(
        [
            (0, hsv(c.between(0.65, 0.8), 0.5, c.between(0.3, 0.6))),
            (0.55, hsv(low - 0.06, 0.7, 0.85)),
            (1, hsv(low + 0.04, 0.6, 1)),
        ]
    )
    sun = (c.between(0.15, 0.85), c.between(0.55, 0.8))
    c.glow(sun, 0.5, (255, 220, 140), 0.8)
    c.disc(sun, c.between(0.06, 0.12), (255, 240, 200))
    for _ in range(c.count(3, 8)):
        y = c.between(0.15, 0.7)
        c.disc((c.between(0, 1), y), c.between(0.15, 0.45), hsv(0.95, 0.5, 0.8), 0.3, 0.08)
    c.ridge(c.between(0.83, 0.92), 0.06, hsv(0.75, 0.5, 0.2))


@family("星空の", "under a starry sky", 0.93)
def starry_night(c: Canvas) -> None:
    hue = c.between(0.58, 0.76)
    c.gradient([(0, hsv(hue, 0.8, 0.1)), (1, hsv(hue - 0.04, 0.6, c.between(0.25, 0.5)))])
    c.tint(np.clip(c.noise(3) - 0.5, 0, 1) * 0.5, hsv(hue + 0.1, 0.4, 0.7))
    _stars(c, 80, 260)
    if c.chance(0.5):
        c.ridge(0.88, 0.1, hsv(hue, 0.6, 0.06))


@family("月夜の", "on a moonlit night", 0.93)
def moonlit_night(c: Canvas) -> None:
    hue = c.between(0.55, 0.72)
    c.gradient([(0, hsv(hue, 0.7, 0.15)), (1, hsv(hue, 0.5, 0.4))])
    moon = (c.between(0.1, 0.9), c.between(0.08, 0.3))
    c.glow(moon, 0.45, (230, 235, 255), 0.5)
    c.disc(moon, c.between(0.06, 0.13), (250, 246, 220))
    _stars(c, 10, 60, 0.6)
    for level in (0.8, 0.9):
        c.ridge(level, 0.08, hsv(hue, 0.5, 0.22 - (level - 0.8)))


@family("オーロラの下の", "under the aurora", 0.88)
def aurora(c: Canvas) -> None:
    c.gradient([(0, (8, 12, 40)), (1, (20, 40, 70))])
    hue = c.between(0.33, 0.5)
    columns = np.arange(c.width) / c.width
    rows = (np.arange(c.height) / c.height)[:, None]
    for band in range(c.count(2, 4)):
        centre = 0.25 + 0.1 * band + 0.1 * np.sin(columns * c.between(3, 8) + c.between(0, 6))
        weight = np.exp(-np.clip(rows - centre, 0, None) * 22 - np.clip(centre - rows, 0, None) * 5)
        c.tint(weight * c.between(0.25, 0.55), hsv(hue + band * 0.09, 0.6, 0.95))
    _stars(c, 40, 100, 0.7)
    c.ridge(0.83, 0.06, (215, 225, 240))


@family("宇宙の", "in outer space")
def nebula(c: Canvas) -> None:
    c.fill((6, 5, 16))
    hue = c.between(0, 1)
    for layer in range(3):
        c.tint(np.clip(c.noise(c.count(2, 4), 4) - 0.4, 0, 1) * c.between(0.6, 1.2), hsv(hue + layer * 0.13, 0.7, 0.75))
    _stars(c, 120, 300)
    if c.chance(0.5):
        place, size = (c.pick([0.1, 0.9]), c.between(0.1, 0.9)), c.between(0.1, 0.2)
        c.disc(place, size, c.colour(saturation=(0.2, 0.6)))
        c.disc((place[0] + 0.03, place[1] + 0.03), size * 0.9, (0, 0, 0), 0.25)


@family("曇り空の", "under a cloudy sky", 0.92)
def overcast(c: Canvas) -> None:
    c.gradient([(0, hsv(0.6, 0.12, 0.55)), (1, hsv(0.58, 0.06, 0.85))])
    c.tint(c.noise(3, 4) * 0.5, (240, 240, 245))
    c.ridge(0.88, 0.05, hsv(0.3, 0.2, 0.4))


# Weather


@family("雨の日の", "in the rain", 0.9)
def rain(c: Canvas) -> None:
    hue = c.between(0.55, 0.68)
    c.gradient([(0, hsv(hue, 0.3, 0.4)), (1, hsv(hue, 0.2, 0.7))])
    c.box(0, 0.82, 1, 1, hsv(hue, 0.2, 0.5))
    slant = c.between(-0.04, 0.04)
    for _ in range(c.count(90, 200)):
        x, y, length = c.between(-0.1, 1.1), c.between(-0.1, 1), c.between(0.03, 0.08)
        c.line([(x, y), (x + slant, y + length)], 0.003, (225, 235, 250), 0.55)
    for _ in range(c.count(4, 9)):
        c.disc((c.between(0, 1), c.between(0.86, 0.98)), c.between(0.03, 0.1), (220, 230, 245), 0.3, 0.2)


@family("雪の降る", "in falling snow", 0.88)
def snowfall(c: Canvas) -> None:
    hue = c.between(0.55, 0.7)
    c.gradient([(0, hsv(hue, 0.35, c.between(0.45, 0.8))), (1, hsv(hue, 0.1, 0.92))])
    for _ in range(c.count(4, 9)):
        _fir(c, c.between(0, 1), c.between(0.76, 0.84), c.between(0.15, 0.35), hsv(0.45, 0.3, 0.45))
    c.ridge(0.8, 0.06, (244, 247, 252))
    for _ in range(c.count(60, 160)):
        c.disc((c.between(0, 1), c.between(0, 1)), c.between(0.003, 0.014), (255, 255, 255), c.between(0.5, 0.95))


@family("霧の中の", "in the fog", 0.9)
def fog(c: Canvas) -> None:
    hue, light = c.between(0.3, 0.65), c.between(0.75, 0.92)
    c.fill(hsv(hue, 0.08, light))
    for layer in range(4):
        c.ridge(0.45 + layer * 0.14, 0.12, hsv(hue, 0.08 + layer * 0.07, light - 0.08 - layer * 0.09), rough=0.4)
    c.soften(0.004)


@family("虹のかかった", "with a rainbow", 0.86)
def rainbow(c: Canvas) -> None:
    c.gradient([(0, hsv(0.57, 0.5, 0.9)), (1, hsv(0.55, 0.1, 1))])
    centre, size = (c.between(0.3, 0.7), c.between(0.8, 1.0)), c.between(0.6, 0.8)
    for band in range(7):
        c.ring(centre, size - band * 0.022, 0.024, hsv(band / 7 * 0.8, 0.55, 0.98), 0.75)
    c.ridge(0.82, 0.08, hsv(c.between(0.25, 0.36), 0.5, 0.65))


# Water


@family("海の", "by the sea", 0.86)
def sea(c: Canvas) -> None:
    horizon = c.between(0.4, 0.6)
    hue = c.between(0.5, 0.6)
    c.gradient([(0, hsv(hue, 0.4, 0.95)), (1, hsv(hue, 0.08, 1))])
    c.box(0, horizon, 1, 1, hsv(hue + 0.03, 0.6, 0.6))
    for row in range(26):
        y = horizon + (1 - horizon) * (row / 26) ** 1.4
        for _ in range(4):
            x, reach = c.between(0, 1), c.between(0.02, 0.12)
            c.line([(x, y), (x + reach, y)], 0.002 + row * 0.0003, hsv(hue - 0.03, 0.25, 0.95), 0.45)


@family("砂浜の", "on the beach", 0.9)
def beach(c: Canvas) -> None:
    hue = c.between(0.5, 0.58)
    c.gradient([(0, hsv(hue + 0.03, 0.5, 0.9)), (0.4, hsv(hue, 0.15, 1)), (1, hsv(hue, 0.1, 1))])
    c.box(0, 0.42, 1, 1, hsv(hue, 0.6, 0.75))
    sand = hsv(c.between(0.1, 0.13), c.between(0.25, 0.45), 0.93)
    c.ridge(0.635, 0.07, (245, 250, 250))
    c.ridge(0.66, 0.07, sand)
    c.grain(4)


@family("水中の", "under water")
def underwater(c: Canvas) -> None:
    hue = c.between(0.48, 0.6)
    c.gradient([(0, hsv(hue, 0.5, 0.85)), (1, hsv(hue + 0.05, 0.85, 0.3))])
    for _ in range(c.count(3, 6)):
        x, reach = c.between(-0.1, 1), c.between(0.04, 0.14)
        c.polygon([(x, -0.02), (x + reach, -0.02), (x + reach * 2.2, 1), (x + reach * 0.5, 1)], (230, 255, 255), 0.1)
    c.soften(0.01)
    for _ in range(c.count(10, 40)):
        c.ring((c.between(0, 1), c.between(0, 1)), c.between(0.005, 0.025), 0.003, (235, 255, 255), 0.6)
    for _ in range(c.count(4, 12)):
        x, rise = c.between(0, 1), c.between(0.08, 0.25)
        sway = c.between(-0.04, 0.04)
        c.line([(x, 1), (x + sway, 1 - rise / 2), (x, 1 - rise)], 0.018, hsv(c.between(0.3, 0.45), 0.6, 0.4))


@family("湖畔の", "by a lake", 0.92)
def lake(c: Canvas) -> None:
    c.gradient([(0, hsv(0.58, 0.4, 0.9)), (0.5, hsv(0.1, 0.15, 1)), (1, hsv(0.55, 0.5, 0.5))])
    c.ridge(0.45, 0.25, hsv(c.between(0.5, 0.7), 0.3, 0.5), rough=0.6)
    c.box(0, 0.52, 1, 1, hsv(0.55, 0.45, 0.65))
    for _ in range(30):
        x, y = c.between(0, 1), c.between(0.54, 0.85)
        c.line([(x, y), (x + c.between(0.03, 0.15), y)], 0.003, (230, 240, 250), 0.35)
    c.ridge(0.87, 0.04, hsv(0.28, 0.5, 0.4))


# Land


@family("草原の", "in a meadow", 0.86)
def meadow(c: Canvas) -> None:
    c.gradient([(0, hsv(0.56, 0.45, 0.95)), (1, hsv(0.5, 0.1, 1))])
    c.ridge(0.55, 0.1, hsv(0.32, 0.35, 0.7))
    green = c.between(0.22, 0.36)
    c.ridge(0.64, 0.08, hsv(green, 0.6, 0.65))
    for _ in range(c.count(100, 240)):
        x, y = c.between(0, 1), c.between(0.66, 1)
        c.line(
            [(x, y), (x + c.between(-0.01, 0.01), y - c.between(0.02, 0.05))],
            0.004,
            hsv(green, 0.7, c.between(0.4, 0.75)),
            0.7,
        )


@family("花畑の", "in a field of flowers", 0.88)
def flower_field(c: Canvas) -> None:
    c.gradient([(0, hsv(0.57, 0.35, 0.97)), (1, (255, 250, 240))])
    c.ridge(0.5, 0.1, hsv(0.3, 0.5, 0.6))
    hue = c.between(0.8, 1.2)
    for step in range(260):
        y = 0.52 + 0.5 * (step / 260)
        size = 0.006 + 0.02 * (step / 260)
        c.disc((c.between(0, 1), y), size, hsv(hue + c.between(-0.06, 0.06), c.between(0.3, 0.8), 0.95))


@family("砂漠の", "in the desert", 0.86)
def desert(c: Canvas) -> None:
    c.gradient([(0, hsv(c.between(0.53, 0.6), 0.5, 0.9)), (0.6, (255, 235, 205))])
    for layer in range(3):
        c.ridge(0.58 + layer * 0.12, 0.12, hsv(0.09 + layer * 0.01, 0.45 + layer * 0.06, 0.93 - layer * 0.07), 2)
    c.glow((c.between(0.1, 0.9), 0.12), 0.25, (255, 250, 220), 0.9)


@family("雪原の", "on a snowy field", 0.86)
def snow_field(c: Canvas) -> None:
    c.gradient([(0, hsv(0.58, c.between(0.2, 0.5), 0.9)), (1, (240, 245, 255))])
    c.ridge(0.5, 0.2, hsv(0.6, 0.2, 0.8), rough=0.8)
    c.ridge(0.64, 0.06, (236, 242, 250))
    c.ridge(0.8, 0.06, (250, 252, 255))


@family("山の", "in the mountains", 0.9)
def mountains(c: Canvas) -> None:
    hue = c.between(0.5, 0.95)
    c.gradient([(0, hsv(hue - 0.1, 0.3, 0.95)), (1, hsv(hue - 0.4, 0.2, 1))])
    for layer in range(4):
        c.ridge(0.4 + layer * 0.15, 0.3 - layer * 0.04, hsv(hue, 0.25 + layer * 0.08, 0.8 - layer * 0.15), rough=0.85)


@family("森の中の", "in a forest", 0.9)
def forest(c: Canvas) -> None:
    hue = c.between(0.24, 0.42)
    c.gradient([(0, hsv(hue, 0.25, 0.9)), (1, hsv(hue, 0.6, 0.3))])
    for layer in range(3):
        for _ in range(9):
            x, width = c.between(0, 1), 0.008 + layer * 0.008
            c.box(x, 0, x + width, 0.85, hsv(0.08, 0.35, 0.6 - layer * 0.15))
        c.soften(0.004 if layer < 2 else 0.001)
    for _ in range(40):
        c.disc(
            (c.between(0, 1), c.between(-0.05, 0.25)), c.between(0.05, 0.14), hsv(hue, 0.55, c.between(0.3, 0.65)), 0.85
        )
    c.ridge(0.84, 0.04, hsv(hue, 0.5, 0.28))


@family("雪の森の", "among snowy fir trees", 0.9)
def fir_wood(c: Canvas) -> None:
    c.gradient([(0, hsv(0.6, 0.3, 0.75)), (1, (235, 242, 250))])
    for layer in range(3):
        for _ in range(10):
            _fir(
                c,
                c.between(0, 1),
                0.62 + layer * 0.1,
                c.between(0.25, 0.45),
                hsv(0.46, 0.3 + layer * 0.1, 0.6 - layer * 0.13),
            )
    c.ridge(0.84, 0.05, (246, 249, 253))


@family("紅葉の", "among autumn leaves", 0.9)
def autumn(c: Canvas) -> None:
    c.gradient([(0, (250, 225, 180)), (1, (215, 140, 70))])
    for _ in range(c.count(5, 9)):
        _trunk_and_crown(
            c,
            c.between(0, 1),
            c.between(0.75, 0.85),
            c.between(0.4, 0.7),
            c.colour((0.0, 0.12), (0.6, 0.9), (0.65, 0.95)),
            (90, 60, 45),
        )
    c.ridge(0.82, 0.04, (170, 105, 55))
    for _ in range(c.count(30, 80)):
        c.disc(
            (c.between(0, 1), c.between(0.1, 1)),
            c.between(0.006, 0.014),
            c.colour((0.0, 0.12), (0.6, 0.9), (0.6, 0.95)),
            0.9,
            0.6,
        )


@family("桜の咲く", "among cherry blossoms", 0.9)
def blossoms(c: Canvas) -> None:
    c.gradient([(0, hsv(0.55, c.between(0.1, 0.3), 0.97)), (1, (255, 240, 245))])
    for _ in range(c.count(2, 4)):
        side, y = c.pick([-0.05, 1.05]), c.between(0, 0.4)
        c.line([(side, y), (0.5 + (side - 0.5) * 0.4, y + c.between(-0.1, 0.1))], 0.025, (110, 80, 75))
    for _ in range(c.count(120, 260)):
        c.disc(
            (c.between(0, 1), c.between(0, 1) ** 1.8),
            c.between(0.008, 0.03),
            hsv(c.between(0.9, 0.97), c.between(0.12, 0.35), 1),
            0.85,
        )


@family("夜の森の", "in the woods at night", 0.9)
def night_wood(c: Canvas) -> None:
    hue = c.between(0.45, 0.7)
    c.gradient([(0, hsv(hue, 0.6, 0.12)), (1, hsv(hue, 0.4, 0.4))])
    for layer in range(3):
        for _ in range(9):
            _fir(c, c.between(0, 1), 0.7 + layer * 0.1, c.between(0.3, 0.6), hsv(hue, 0.4, 0.3 - layer * 0.09))
    for _ in range(c.count(8, 30)):
        c.glow((c.between(0, 1), c.between(0.4, 0.95)), 0.02, (240, 250, 150), 0.9)


# Towns


@family("街の", "in the city", 0.92)
def city_day(c: Canvas) -> None:
    hue = c.between(0.5, 0.62)
    c.gradient([(0, hsv(hue, 0.4, 0.95)), (1, hsv(hue, 0.08, 1))])
    _skyline(c, 0.82, 0.25, 0.6, hsv(hue, 0.15, 0.75), None)
    _skyline(c, 0.82, 0.1, 0.4, c.colour(saturation=(0.1, 0.3), value=(0.5, 0.7)), (235, 245, 255))
    c.box(0, 0.82, 1, 1, hsv(0.6, 0.05, c.between(0.4, 0.6)))


@family("夜の街の", "in the city at night", 0.93)
def city_night(c: Canvas) -> None:
    hue = c.between(0.58, 0.85)
    c.gradient([(0, hsv(hue, 0.7, 0.12)), (1, hsv(hue + 0.06, 0.6, 0.45))])
    _stars(c, 10, 40, 0.4)
    _skyline(c, 0.86, 0.2, 0.6, hsv(hue, 0.4, 0.2), (255, 225, 140))
    c.box(0, 0.86, 1, 1, hsv(hue, 0.3, 0.13))


@family("道路の", "on the road", 0.9)
def road(c: Canvas) -> None:
    c.gradient([(0, hsv(0.57, 0.4, 0.95)), (1, (250, 250, 250))])
    c.ridge(0.5, 0.12, hsv(c.between(0.2, 0.4), 0.4, 0.6))
    c.box(0, 0.52, 1, 1, hsv(0.28, 0.45, 0.55))
    vanish = c.between(0.35, 0.65)
    c.polygon([(vanish - 0.02, 0.52), (vanish + 0.02, 0.52), (vanish + 0.6, 1), (vanish - 0.6, 1)], (95, 98, 105))
    for step in range(5):
        top = 0.55 + 0.09 * step
        c.box(vanish - 0.003 - step * 0.003, top, vanish + 0.003 + step * 0.003, top + 0.05, (245, 240, 225))


@family("煉瓦の壁の前の", "in front of a brick wall", 0.94)
def bricks(c: Canvas) -> None:
    hue = c.between(0.0, 0.09)
    c.fill(hsv(hue, 0.1, 0.75))
    tall = c.between(0.05, 0.09)
    wide = tall * 2.2 * c.height / c.width
    for row in range(math.ceil(1 / tall)):
        for column in range(-1, math.ceil(1 / wide) + 1):
            x, y = (column + (row % 2) / 2) * wide, row * tall
            c.box(
                x + wide * 0.03,
                y + tall * 0.06,
                x + wide * 0.97,
                y + tall * 0.94,
                hsv(hue, c.between(0.4, 0.55), c.between(0.5, 0.68)),
            )


@family("公園の", "in the park", 0.88)
def park(c: Canvas) -> None:
    c.gradient([(0, hsv(0.55, 0.35, 0.97)), (1, (250, 253, 245))])
    for _ in range(c.count(4, 7)):
        _trunk_and_crown(
            c,
            c.between(0, 1),
            c.between(0.6, 0.68),
            c.between(0.3, 0.55),
            c.colour((0.25, 0.38), (0.4, 0.65), (0.5, 0.75)),
            (120, 90, 65),
        )
    c.box(0, 0.66, 1, 1, hsv(c.between(0.25, 0.34), 0.5, 0.7))
    c.polygon([(0.1, 1), (0.42, 0.66), (0.5, 0.66), (0.6, 1)], (225, 205, 170), 0.9)


# Rooms


@family("部屋の中の", "in a room", 0.9)
def room(c: Canvas) -> None:
    wall = c.colour(saturation=(0.08, 0.35), value=(0.75, 0.95))
    c.fill(wall)
    c.box(0, 0.72, 1, 1, c.colour((0.05, 0.11), (0.3, 0.55), (0.45, 0.75)))
    c.box(0, 0.7, 1, 0.725, mix(wall, (255, 255, 255), 0.6))
    left, width = c.between(0.08, 0.6), c.between(0.22, 0.32)
    c.box(left, 0.12, left + width, 0.5, (250, 250, 248))
    c.box(left + 0.015, 0.135, left + width - 0.015, 0.485, hsv(0.56, c.between(0.2, 0.5), 0.95))
    c.box(left + width / 2 - 0.005, 0.13, left + width / 2 + 0.005, 0.49, (250, 250, 248))
    if c.chance(0.6):
        x = (left + width + 0.06) if left < 0.35 else left - 0.2
        c.box(x, 0.2, x + 0.13, 0.38, mix(wall, (60, 40, 30), 0.6))
        c.box(x + 0.012, 0.215, x + 0.118, 0.365, c.colour())


@family("木のテーブルの上の", "on a wooden table", 0.88)
def wooden_table(c: Canvas) -> None:
    c.gradient([(0, c.colour(saturation=(0.1, 0.4), value=(0.6, 0.9))), (1, (235, 225, 210))])
    c.soften(0.01)
    hue, plank = c.between(0.05, 0.1), c.between(0.06, 0.1)
    top = c.between(0.35, 0.5)
    for row in range(math.ceil((1 - top) / plank)):
        y = top + row * plank
        c.box(0, y, 1, y + plank, hsv(hue, c.between(0.4, 0.5), c.between(0.55, 0.68)))
        for _ in range(5):
            x, grain = c.between(-0.2, 0.9), y + c.between(0.1, 0.9) * plank
            c.line([(x, grain), (x + c.between(0.2, 0.5), grain)], 0.002, hsv(hue, 0.55, 0.42), 0.5)
        c.line([(0, y), (1, y)], 0.004, hsv(hue, 0.6, 0.3), 0.7)


@family(None, None, 0.92)
def wood_from_above(c: Canvas) -> None:
    hue, across = c.between(0.05, 0.11), c.count(4, 8)
    for plank in range(across):
        c.box(plank / across, 0, (plank + 1) / across, 1, hsv(hue, c.between(0.25, 0.5), c.between(0.5, 0.85)))
        c.line([(plank / across, 0), (plank / across, 1)], 0.004, hsv(hue, 0.6, 0.25), 0.8)
    streaks = np.repeat(c.rng.random((1, c.width), np.float32), c.height, 0)
    c.tint(streaks * c.noise(3) * 0.35, hsv(hue, 0.7, 0.25))


@family("台所の", "in the kitchen", 0.9)
def tiled_kitchen(c: Canvas) -> None:
    tile, joint = c.colour(saturation=(0.05, 0.35), value=(0.8, 0.97)), 0.004
    c.fill(mix(tile, (90, 90, 90), 0.3))
    size = c.between(0.07, 0.12)
    across, down = size * c.unit / c.width, size * c.unit / c.height
    for row in range(math.ceil(0.72 / down)):
        for column in range(math.ceil(1 / across)):
            c.box(
                column * across + joint,
                row * down + joint,
                (column + 1) * across,
                (row + 1) * down,
                mix(tile, (255, 255, 255), c.between(0, 0.25)),
            )
    c.box(0, 0.7, 1, 1, c.colour((0.05, 0.12), (0.1, 0.4), (0.6, 0.9)))
    c.box(0, 0.7, 1, 0.73, (255, 255, 255), 0.4)


@family("棚の上の", "on a shelf", 0.86)
def shelf(c: Canvas) -> None:
    wall = c.colour(saturation=(0.1, 0.4), value=(0.5, 0.9))
    c.gradient([(0, mix(wall, (255, 255, 255), 0.2)), (1, mix(wall, (0, 0, 0), 0.2))], c.between(40, 140))
    for y in (0.14, 0.86):
        c.box(0, y, 1, y + 0.045, hsv(0.08, 0.45, 0.6))
        c.box(0, y + 0.045, 1, y + 0.075, (0, 0, 0), 0.2)


@family("舞台の上の", "on a stage", 0.9)
def stage(c: Canvas) -> None:
    hue = c.between(0.9, 1.1)
    shade = (np.sin(np.arange(c.width) / c.width * c.between(40, 80)) * 0.5 + 0.5)[None, :].repeat(c.height, 0)
    c.fill(hsv(hue, 0.8, 0.55))
    c.tint(shade * 0.6, hsv(hue, 0.9, 0.2))
    c.box(0, 0.78, 1, 1, hsv(0.07, 0.55, 0.4))
    for _ in range(c.count(1, 3)):
        x = c.between(0.3, 0.7)
        c.polygon([(c.between(0, 1), -0.05), (x - 0.25, 0.95), (x + 0.25, 0.95)], (255, 245, 205), 0.16)


# Papers and boards


@family("古い紙に描いた", "on old paper")
def old_paper(c: Canvas) -> None:
    hue = c.between(0.09, 0.13)
    c.radial((0.5, 0.5), 0.8, [(0, hsv(hue, 0.22, 0.95)), (0.8, hsv(hue, 0.35, 0.82)), (1, hsv(hue, 0.5, 0.6))])
    c.tint(np.clip(c.noise(6, 4) - 0.5, 0, 1), hsv(hue, 0.5, 0.55))
    c.grain(6)


@family("方眼紙の上の", "on graph paper")
def graph_paper(c: Canvas) -> None:
    c.fill((252, 252, 247))
    step, ink = c.between(0.04, 0.08), c.colour((0.3, 0.65), (0.3, 0.5), (0.75, 0.95))
    for index in range(80):
        width = 0.005 if index % 5 == 0 else 0.002
        x, y = index * step * c.unit / c.width, index * step * c.unit / c.height
        c.line([(x, 0), (x, 1)], width, ink, 0.8)
        c.line([(0, y), (1, y)], width, ink, 0.8)


@family("ノートに描いた", "in a notebook")
def notebook(c: Canvas) -> None:
    c.fill((255, 253, 246))
    for row in range(1, 16):
        c.line([(0, row / 15), (1, row / 15)], 0.003, (150, 180, 220), 0.9)
    c.line([(0.12, 0), (0.12, 1)], 0.004, (225, 120, 130), 0.9)


@family("黒板に描いた", "on a blackboard")
def blackboard(c: Canvas) -> None:
    c.fill(c.pick([(38, 70, 58), (45, 52, 58), (32, 60, 70)]))
    c.tint(c.noise(4, 4) * 0.22, (210, 220, 215))
    for _ in range(c.count(2, 6)):
        x, y = c.between(0, 1), c.between(0, 1)
        c.line([(x, y), (x + c.between(-0.3, 0.3), y + c.between(-0.1, 0.1))], 0.05, (220, 225, 220), 0.06)
    c.box(0, 0.965, 1, 1, (140, 100, 65))


@family(None, None)
def blueprint(c: Canvas) -> None:
    c.fill(hsv(c.between(0.58, 0.63), 0.75, c.between(0.4, 0.6)))
    for index in range(40):
        c.line([(index / 20, 0), (index / 20, 1)], 0.0015, (220, 235, 255), 0.35)
        c.line([(0, index / 20), (1, index / 20)], 0.0015, (220, 235, 255), 0.35)
    for _ in range(c.count(1, 3)):
        c.ring((c.between(0, 1), c.between(0, 1)), c.between(0.1, 0.3), 0.003, (220, 235, 255), 0.6)


@family("水彩の背景の", "on a watercolour wash")
def watercolour(c: Canvas) -> None:
    c.fill((253, 251, 246))
    hue = c.between(0, 1)
    for layer in range(c.count(2, 4)):
        noise = c.noise(c.count(2, 4), 4)
        edge = np.clip((noise - c.between(0.4, 0.55)) * 9, 0, 1)
        c.tint(edge * c.between(0.25, 0.5), hsv(hue + layer * c.between(0.04, 0.14), 0.5, 0.9))
    c.grain(3)


# Patterns and posters


@family("縞模様の", "on a striped background")
def stripes(c: Canvas) -> None:
    first, second = c.colour(saturation=(0.15, 0.7)), c.colour(saturation=(0.1, 0.6), value=(0.7, 1))
    count, slope = c.count(5, 16), c.pick([0.0, 0.0, 0.5, 1.0])
    c.fill(first)
    for index in range(-count, count * 2):
        x = index / count
        c.polygon([(x, 0), (x + 0.5 / count, 0), (x + 0.5 / count + slope, 1), (x + slope, 1)], second)


@family("水玉模様の", "on a polka dot background")
def dots(c: Canvas) -> None:
    c.fill(c.colour(saturation=(0.15, 0.6)))
    ink, step = c.colour(saturation=(0.05, 0.7), value=(0.7, 1)), c.between(0.09, 0.2)
    size = step * c.between(0.18, 0.32)
    for row in range(-1, int(3 / step)):
        for column in range(-1, int(3 / step)):
            x = (column + (row % 2) / 2) * step * c.unit / c.width
            c.disc((x, row * step * 0.87 * c.unit / c.height), size, ink)


@family("チェック柄の", "on a checked cloth")
def gingham(c: Canvas) -> None:
    c.fill((252, 250, 248))
    ink, count = c.colour(saturation=(0.4, 0.8), value=(0.6, 0.95)), c.count(5, 11)
    for index in range(0, count * 2, 2):
        c.box(index / count, 0, (index + 1) / count, 1, ink, 0.45)
        tall = c.width / c.height / count
        c.box(0, index * tall, 1, (index + 1) * tall, ink, 0.45)


@family(None, None)
def zigzag(c: Canvas) -> None:
    inks = [c.colour(saturation=(0.2, 0.6), value=(0.6, 1)) for _ in range(3)]
    rows, teeth = c.count(6, 11), c.count(5, 10)
    c.fill(inks[0])
    for row in range(-1, rows + 1):
        y = row / rows
        points = [(tooth / teeth, y + (tooth % 2) * 0.7 / rows) for tooth in range(teeth + 1)]
        c.line(points, 0.5 / rows * min(1, c.height / c.unit), inks[row % 3])


@family("青海波の", "on a wave pattern")
def seigaiha(c: Canvas) -> None:
    hue, size = c.pick([c.between(0.5, 0.65), c.between(0, 1)]), c.between(0.08, 0.14)
    dark, light = hsv(hue, 0.5, 0.55), hsv(hue, 0.08, 0.97)
    for row in range(-1, int(2.4 / size * 2)):
        for column in range(-1, int(2.4 / size)):
            x = (column * 2 + row % 2) * size * c.unit / c.width
            place = (x, row * size * 0.5 * c.unit / c.height)
            for part in range(4):
                c.disc(place, size * (1 - part * 0.25), dark if part % 2 == 0 else light)


@family("紙吹雪の舞う", "with confetti")
def confetti(c: Canvas) -> None:
    base = c.colour(saturation=(0.0, 0.35), value=(0.85, 1)) if c.chance(0.7) else c.colour(value=(0.1, 0.3))
    c.fill(base)
    for _ in range(c.count(60, 150)):
        x, y, turn, size = c.between(0, 1), c.between(0, 1), c.between(0, 3.1), c.between(0.008, 0.02)
        across, down = size * c.unit / c.width, size * c.unit / c.height
        corners = [
            (x + math.cos(turn + quarter) * across, y + math.sin(turn + quarter) * down)
            for quarter in (0.4, 2.7, 3.5, 5.8)
        ]
        c.polygon(corners, c.colour(saturation=(0.5, 0.9), value=(0.7, 1)))


@family(None, None)
def triangles(c: Canvas) -> None:
    hue, across, down = c.between(0, 1), c.count(4, 8), c.count(4, 8)
    grid = [
        [
            (column / across + c.between(-0.3, 0.3) / across, row / down + c.between(-0.3, 0.3) / down)
            for column in range(-1, across + 2)
        ]
        for row in range(-1, down + 2)
    ]
    for row in range(down + 2):
        for column in range(across + 2):
            a, b = grid[row][column], grid[row][column + 1]
            d, e = grid[row + 1][column], grid[row + 1][column + 1]
            for corner in ([a, b, d], [b, d, e]):
                c.polygon(corner, hsv(hue + c.between(-0.05, 0.05), c.between(0.25, 0.45), c.between(0.6, 0.9)))


@family(None, None)
def poster(c: Canvas) -> None:
    c.fill(c.colour((0.08, 0.15), (0.05, 0.25), (0.88, 0.97)))
    inks = [c.colour(saturation=(0.5, 0.9), value=(0.3, 0.9)) for _ in range(4)]
    for _ in range(c.count(3, 6)):
        ink, x, y = c.pick(inks), c.between(0, 1), c.between(0, 1)
        kind = c.count(0, 3)
        if kind == 0:
            c.disc((x, y), c.between(0.1, 0.35), ink, 0.9)
        elif kind == 1:
            c.box(x, y, x + c.between(0.1, 0.5), y + c.between(0.05, 0.4), ink, 0.9)
        elif kind == 2:
            c.polygon([(x, y), (x + c.between(-0.4, 0.4), y + 0.3), (x + 0.3, y + c.between(-0.3, 0.3))], ink, 0.9)
        else:
            c.ring((x, y), c.between(0.1, 0.3), 0.03, ink, 0.9)


@family(None, None)
def sunburst(c: Canvas) -> None:
    hue = c.between(0, 1)
    c.fill(hsv(hue, c.between(0.3, 0.7), 0.95))
    centre, rays = (c.between(0.3, 0.7), c.between(0.4, 0.9)), c.count(8, 16)
    other = hsv(hue + c.pick([0.0, 0.05, 0.1]), 0.25, 1)
    for ray in range(rays):
        first, second = math.tau * ray / rays, math.tau * (ray + 0.5) / rays
        c.polygon(
            [
                centre,
                (centre[0] + 2 * math.cos(first), centre[1] + 2 * math.sin(first)),
                (centre[0] + 2 * math.cos(second), centre[1] + 2 * math.sin(second)),
            ],
            other,
        )


@family(None, None)
def halftone(c: Canvas) -> None:
    paper, ink = c.colour(saturation=(0.05, 0.5), value=(0.85, 1)), c.colour(saturation=(0.5, 0.9), value=(0.5, 0.9))
    c.fill(paper)
    step, turn = c.between(0.03, 0.05), c.between(0, math.tau)
    for row in range(int(2 / step)):
        for column in range(int(2 / step)):
            x, y = column * step * c.unit / c.width, row * step * c.unit / c.height
            if x < 1.02 and y < 1.02:
                ramp = 0.5 + 0.6 * ((x - 0.5) * math.cos(turn) + (y - 0.5) * math.sin(turn))
                c.disc((x, y), step * 0.62 * max(ramp, 0.02), ink)


@family("光のぼけた", "on a blurred background of lights")
def bokeh(c: Canvas) -> None:
    hue = c.between(0, 1)
    c.gradient(
        [(0, hsv(hue, 0.5, c.between(0.15, 0.4))), (1, hsv(hue + 0.1, 0.6, c.between(0.2, 0.5)))], c.between(0, 180)
    )
    for _ in range(c.count(20, 50)):
        c.disc(
            (c.between(0, 1), c.between(0, 1)),
            c.between(0.02, 0.1),
            hsv(hue + c.between(-0.15, 0.2), c.between(0.2, 0.6), 1),
            c.between(0.1, 0.4),
        )
    c.soften(c.between(0.003, 0.012))


@family(None, None)
def linear(c: Canvas) -> None:
    hue = c.between(0, 1)
    c.gradient(
        [
            (0, hsv(hue, c.between(0.2, 0.8), c.between(0.4, 1))),
            (1, hsv(hue + c.between(-0.25, 0.25), c.between(0.1, 0.7), c.between(0.5, 1))),
        ],
        c.between(0, 360),
    )


@family(None, None)
def vignette(c: Canvas) -> None:
    hue = c.between(0, 1)
    light = hsv(hue, c.between(0.1, 0.5), c.between(0.8, 1))
    c.radial(
        (c.between(0.3, 0.7), c.between(0.3, 0.7)),
        0.9,
        [(0, light), (1, hsv(hue + 0.05, c.between(0.4, 0.8), c.between(0.25, 0.7)))],
    )


@family(None, None)
def plain(c: Canvas) -> None:
    c.fill(c.colour(saturation=(0, 0.8), value=(0.12, 1)))


@family("白い背景の", "on a white background")
def white(c: Canvas) -> None:
    c.radial((0.5, 0.45), 1.0, [(0, (255, 255, 255)), (1, hsv(c.between(0, 1), 0.03, c.between(0.9, 1)))])


@family("大理石の", "on marble")
def marble(c: Canvas) -> None:
    base = c.pick([(240, 238, 236), (60, 66, 70), (225, 215, 205), (190, 210, 200)])
    c.fill(base)
    vein = np.abs(c.noise(3, 5) - 0.5)
    c.tint(np.exp(-vein * c.between(30, 60)) * 0.5, mix(base, (120, 110, 100), 0.8))
    c.tint(c.noise(2) * 0.2, mix(base, (255, 255, 255), 0.7))


@family("布の上の", "on cloth")
def weave(c: Canvas) -> None:
    c.fill(c.colour(saturation=(0.2, 0.7), value=(0.35, 0.85)))
    period = c.count(6, 12)
    rows, columns = np.mgrid[0 : c.height, 0 : c.width]
    over = ((rows // period + columns // period) % 2).astype(np.float32)
    thread = np.where(over > 0, np.sin(rows / period * math.pi) ** 2, np.sin(columns / period * math.pi) ** 2)
    c.tint(thread * 0.3, (255, 250, 240))
    c.tint(c.noise(3) * 0.25, (20, 15, 20))


@family(None, None)
def tangle(c: Canvas) -> None:
    c.fill(c.colour(saturation=(0.05, 0.5), value=(0.8, 1)))
    inks = [c.colour(saturation=(0.2, 0.6), value=(0.55, 0.95)) for _ in range(3)]
    for _ in range(c.count(8, 18)):
        across = np.linspace(-0.1, 1.1, 40)
        level, swing, pace, start = c.between(0, 1), c.between(0.03, 0.15), c.between(3, 12), c.between(0, 6)
        curve = [(float(x), float(level + swing * np.sin(x * pace + start))) for x in across]
        c.line(curve, c.between(0.004, 0.03), c.pick(inks), 0.8)


@family("タイル張りの", "on tiles")
def mosaic(c: Canvas) -> None:
    hue, across = c.between(0, 1), c.count(8, 16)
    down = max(4, round(across * c.height / c.width))
    c.fill((235, 232, 226))
    for row in range(down):
        for column in range(across):
            ink = hsv(hue + c.between(-0.08, 0.08), c.between(0.2, 0.6), c.between(0.55, 0.95))
            c.box((column + 0.04) / across, (row + 0.04) / down, (column + 0.96) / across, (row + 0.96) / down, ink)
