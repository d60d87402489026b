"""Drawn backgrounds: many families, so that no background can become a shortcut.

A pool of a few thousand is made once (about 5 ms each) and re-used by the scene maker with random crops, mirror
images, hue and brightness shifts. Families that a person would name carry a key of `words.BACKGROUNDS`; the others
(noise, clutter, texture) carry none.
"""

from __future__ import annotations

import colorsys
import math
import os
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from glyphs import cache_directory
from words import BACKGROUND_KEYS, COLOURS

SIDE = 160
Array = np.ndarray
Family = Callable[[np.random.Generator], tuple[Array, str | None]]
_YY, _XX = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / SIDE


def colour(rng: np.random.Generator, s: tuple[float, float] = (0, 1), v: tuple[float, float] = (0, 1),
           h: tuple[float, float] = (0, 1)) -> Array:
    return np.array(colorsys.hsv_to_rgb(rng.uniform(*h) % 1, rng.uniform(*s), rng.uniform(*v)), np.float32) * 255


def near(rng: np.random.Generator, rgb: tuple[int, int, int], spread: float = 22) -> Array:
    return np.clip(np.array(rgb, np.float32) + rng.normal(0, spread, 3), 0, 255).astype(np.float32)


def noise(rng: np.random.Generator, octaves: int = 5, start: int = 2, decay: float = 0.55, stretch: float = 1.0) -> Array:
    """Value noise in 0...1."""
    total, weight = np.zeros((SIDE, SIDE), np.float32), 0.0
    for k in range(octaves):
        n = start * 2**k + 1
        ny = max(2, int(n * stretch))
        grid = rng.random((min(ny, SIDE), min(n, SIDE)), np.float32)
        total += cv2.resize(grid, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC) * decay**k
        weight += decay**k
    total -= total.min()
    return total / max(1e-6, float(total.max()))


def mix(a: Array, b: Array, t: Array) -> Array:
    return a + (b - a) * t[..., None]


def ramp(rng: np.random.Generator, colours: list[Array], angle: float | None = None) -> Array:
    angle = rng.uniform(0, 2 * math.pi) if angle is None else angle
    t = _XX * math.cos(angle) + _YY * math.sin(angle)
    t = (t - t.min()) / (t.max() - t.min() + 1e-6) * (len(colours) - 1)
    table = np.stack(colours)
    low = np.clip(t.astype(int), 0, len(colours) - 2)
    return mix(table[low], table[low + 1], t - low)


def vertical(top: Array, bottom: Array) -> Array:
    return mix(top, bottom, _YY)


def _pt(p: Array) -> tuple[int, int]:
    return int(p[0]), int(p[1])


def _c(rgb: Array) -> tuple[float, float, float]:
    return float(rgb[0]), float(rgb[1]), float(rgb[2])


def ridge(rng: np.random.Generator, image: Array, level: float, height: float, rgb: Array, rough: int = 5,
          peaked: bool = False) -> Array:
    """A hilly or jagged land from some level down; returns its mask."""
    n = SIDE
    line = np.zeros(n, np.float32)
    for k in range(rough):
        knots = rng.random(2**k + 2).astype(np.float32)
        line += cv2.resize(knots[None], (n, 1), interpolation=cv2.INTER_LINEAR if peaked else cv2.INTER_CUBIC)[0] * 0.55**k
    line = (line - line.min()) / (line.max() - line.min() + 1e-6)
    mask = _YY > (level - line * height)[None]
    image[mask] = rgb
    return mask


# --- unlabelled families -------------------------------------------------------------------------------------------

def plain(rng):
    key = str(rng.choice(list(COLOURS)))
    image = np.tile(near(rng, COLOURS[key][0], 10), (SIDE, SIDE, 1))
    if rng.random() < 0.3:
        image = image + rng.normal(0, rng.uniform(1, 6), image.shape)
    return image, f"plain_{key}"


def any_plain(rng):
    return np.tile(colour(rng), (SIDE, SIDE, 1)), None


def gradient(rng):
    return ramp(rng, [colour(rng) for _ in range(rng.integers(2, 5))]), "gradient"


def radial(rng):
    cx, cy = rng.uniform(-0.2, 1.2, 2)
    d = np.sqrt((_XX - cx) ** 2 * rng.uniform(0.4, 2) + (_YY - cy) ** 2)
    image = mix(colour(rng), colour(rng), np.clip(d / rng.uniform(0.4, 1.3), 0, 1))
    return image, "gradient" if rng.random() < 0.5 else None


def corner_gradient(rng):
    corners = np.stack([colour(rng) for _ in range(4)]).reshape(2, 2, 3)
    return cv2.resize(corners, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), None


def clouds(rng):
    t = noise(rng, int(rng.integers(3, 7)), int(rng.integers(1, 6)), rng.uniform(0.4, 0.8), rng.choice([1.0, 0.3, 3.0]))
    return mix(colour(rng), colour(rng), np.clip((t - 0.5) * rng.uniform(0.8, 3) + 0.5, 0, 1)), None


def colour_noise(rng):
    o, s, d = int(rng.integers(2, 7)), int(rng.integers(1, 9)), rng.uniform(0.4, 0.9)
    image = np.stack([noise(rng, o, s, d) for _ in range(3)], -1) * 255
    grey = image.mean(-1, keepdims=True)
    return grey + (image - grey) * rng.uniform(0, 1.5), None


def grain(rng):
    base = colour(rng)
    n = rng.normal(0, rng.uniform(8, 60), (SIDE, SIDE, int(rng.choice([1, 3]))))
    n = cv2.GaussianBlur(n.astype(np.float32), (0, 0), rng.uniform(0.3, 2.5))
    if n.ndim == 2:
        n = n[..., None]
    return base + n / max(1e-3, n.std()) * rng.uniform(8, 45), None


def marble(rng):
    t = np.sin((_XX * rng.uniform(-6, 6) + _YY * rng.uniform(-6, 6) + noise(rng, 5, 2) * rng.uniform(2, 8)) * math.pi)
    return mix(colour(rng), colour(rng), np.abs(t) ** rng.uniform(0.3, 3)), None


def waves(rng):
    t = np.zeros_like(_XX)
    for _ in range(int(rng.integers(1, 5))):
        t += np.sin(_XX * rng.uniform(-50, 50) + _YY * rng.uniform(-50, 50) + rng.uniform(0, 6))
    return mix(colour(rng), colour(rng), (t - t.min()) / (np.ptp(t) + 1e-6)), None


def camouflage(rng):
    t = noise(rng, int(rng.integers(2, 5)), int(rng.integers(2, 8)))
    levels = int(rng.integers(3, 7))
    table = np.stack([colour(rng) for _ in range(levels)])
    return table[np.clip((t * levels).astype(int), 0, levels - 1)], None


def cells(rng):
    """Cells around random points (stained glass, cracked ground, giraffe)."""
    count = int(rng.integers(6, 60))
    points = rng.random((count, 2))
    d = np.stack([(_XX - x) ** 2 + (_YY - y) ** 2 for x, y in points])
    two = np.partition(d, 1, axis=0)[:2]
    table = np.stack([colour(rng) for _ in range(count)])
    if rng.random() < 0.5:
        a = colour(rng)
        table = a + (table - a) * rng.uniform(0.05, 0.4)
    image = table[d.argmin(0)]
    if rng.random() < 0.6:
        edge = np.sqrt(two[1]) - np.sqrt(two[0]) < rng.uniform(0.006, 0.03)
        image[edge] = colour(rng)
    return image, None


def shape_clutter(rng):
    image = _some_base(rng)
    for _ in range(int(rng.integers(4, 70))):
        rgb, p = _c(colour(rng)), rng.uniform(0, SIDE, 2)
        size = rng.uniform(3, 60) if rng.random() < 0.4 else rng.uniform(3, 20)
        kind, thick = rng.integers(0, 6), int(rng.choice([-1, -1, -1, 1, 2, 4]))
        if kind == 0:
            cv2.circle(image, _pt(p), int(size / 2) + 1, rgb, thick, cv2.LINE_AA)
        elif kind == 1:
            box = cv2.boxPoints(((float(p[0]), float(p[1])), (size, size * rng.uniform(0.2, 1.2)), rng.uniform(0, 90)))
            (cv2.fillPoly if thick < 0 else lambda i, q, c, lineType: cv2.polylines(i, q, True, c, thick, lineType))(
                image, [box.astype(np.int32)], rgb, lineType=cv2.LINE_AA)
        elif kind == 2:
            pts = (p + rng.normal(0, size / 2, (int(rng.integers(3, 8)), 2))).astype(np.int32)
            cv2.fillPoly(image, [pts], rgb, cv2.LINE_AA)
        elif kind == 3:
            cv2.line(image, _pt(p), _pt(p + rng.normal(0, size * 1.5, 2)), rgb, int(rng.integers(1, 6)), cv2.LINE_AA)
        elif kind == 4:
            cv2.ellipse(image, _pt(p), (int(size / 2) + 1, int(size / 4) + 1), rng.uniform(0, 180), 0,
                        rng.choice([360, 180, 270]), rgb, thick, cv2.LINE_AA)
        else:
            outer, inner, n = size / 2 + 2, size * rng.uniform(0.15, 0.3) + 1, int(rng.integers(4, 9))
            a = np.arange(2 * n) * math.pi / n + rng.uniform(0, 6)
            r = np.where(np.arange(2 * n) % 2, inner, outer)
            cv2.fillPoly(image, [(p + np.stack([np.cos(a) * r, np.sin(a) * r], 1)).astype(np.int32)], rgb, cv2.LINE_AA)
    return image, None


def scribbles(rng):
    image = _some_base(rng)
    for _ in range(int(rng.integers(1, 16))):
        pts = np.cumsum(rng.normal(0, rng.uniform(4, 25), (int(rng.integers(4, 30)), 2)), 0) + rng.uniform(0, SIDE, 2)
        cv2.polylines(image, [pts.astype(np.int32)], False, _c(colour(rng)), int(rng.integers(1, 5)), cv2.LINE_AA)
    return image, None


def letters(rng):
    image = np.clip(_some_base(rng), 0, 255).astype(np.uint8)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789?!&%+-=#"
    for _ in range(int(rng.integers(1, 25))):
        text = "".join(rng.choice(list(alphabet), int(rng.integers(1, 9))))
        cv2.putText(image, text, _pt(rng.uniform(-20, SIDE, 2)), int(rng.integers(0, 8)), rng.uniform(0.3, 2.2),
                    _c(colour(rng)), int(rng.integers(1, 4)), cv2.LINE_AA)
    return image, None


def page(rng):
    """A document or a screen: panels, lines of text, a picture frame."""
    image = np.tile(near(rng, (245, 245, 245), 12) if rng.random() < 0.7 else near(rng, (35, 35, 45), 15), (SIDE, SIDE, 1))
    y = int(rng.integers(2, 14))
    ink = _c(colour(rng, v=(0, 0.7)))
    while y < SIDE:
        if rng.random() < 0.25:
            h, x = int(rng.integers(12, 50)), int(rng.integers(0, 60))
            cv2.rectangle(image, (x, y), (x + int(rng.integers(30, 110)), y + h), _c(colour(rng)), int(rng.choice([-1, 1, 2])))
            y += h + 4
        else:
            cv2.line(image, (int(rng.integers(4, 20)), y), (int(rng.integers(60, 155)), y), ink, int(rng.integers(1, 4)))
            y += int(rng.integers(4, 10))
    return image, None


def rays(rng):
    cx, cy = rng.uniform(0, 1, 2)
    angle = np.arctan2(_YY - cy, _XX - cx) + rng.uniform(0, 6)
    t = (np.sin(angle * int(rng.integers(3, 20))) > 0).astype(np.float32)
    return mix(colour(rng), colour(rng), cv2.GaussianBlur(t, (0, 0), 0.6)), None


def rings(rng):
    cx, cy = rng.uniform(0, 1, 2)
    d = np.sqrt((_XX - cx) ** 2 + (_YY - cy) ** 2)
    return mix(colour(rng), colour(rng), (np.sin(d * rng.uniform(15, 90)) * rng.uniform(1, 6)).clip(-1, 1) / 2 + 0.5), None


def zigzag(rng):
    k, a = rng.uniform(3, 14), rng.uniform(0.02, 0.15)
    t = _YY + a * np.abs(((_XX * k) % 1) * 2 - 1)
    t = ((t * rng.uniform(4, 16)) % 1 < rng.uniform(0.3, 0.7)).astype(np.float32)
    if rng.random() < 0.5:
        t = t.T
    return mix(colour(rng), colour(rng), cv2.GaussianBlur(np.ascontiguousarray(t), (0, 0), 0.6)), None


def halves(rng):
    """Flat areas: split pictures, flags, posters."""
    image = np.tile(colour(rng), (SIDE, SIDE, 1))
    for _ in range(int(rng.integers(1, 6))):
        a, off = rng.uniform(0, 2 * math.pi), rng.uniform(0.1, 0.9)
        if rng.random() < 0.5:
            a = round(a / (math.pi / 2)) * math.pi / 2
        image[(_XX - 0.5) * math.cos(a) + (_YY - 0.5) * math.sin(a) > off - 0.5] = colour(rng)
    return image, None


def bokeh(rng):
    image = ramp(rng, [colour(rng, v=(0.05, 0.6)), colour(rng, v=(0.05, 0.6))])
    for _ in range(int(rng.integers(6, 40))):
        layer = image.copy()
        cv2.circle(layer, _pt(rng.uniform(0, SIDE, 2)), int(rng.uniform(3, 24)), _c(colour(rng, v=(0.6, 1))), -1, cv2.LINE_AA)
        image = image + (layer - image) * np.float32(rng.uniform(0.15, 0.7))
    return cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 3)), None


def confetti(rng):
    image = _some_base(rng)
    size = rng.uniform(1.5, 7)
    for _ in range(int(rng.integers(40, 260))):
        box = cv2.boxPoints((tuple(map(float, rng.uniform(0, SIDE, 2))), (size, size * rng.uniform(0.4, 2)), rng.uniform(0, 90)))
        cv2.fillPoly(image, [box.astype(np.int32)], _c(colour(rng, s=(0.4, 1), v=(0.4, 1))), cv2.LINE_AA)
    return image, None


def fabric(rng):
    t = np.sin(_XX * rng.uniform(100, 400)) * 0.5 + np.sin(_YY * rng.uniform(100, 400)) * 0.5
    base = colour(rng)
    return base + t[..., None] * rng.uniform(5, 35) + (noise(rng, 3, 2)[..., None] - 0.5) * rng.uniform(0, 60), None


def tartan(rng):
    image = np.tile(colour(rng), (SIDE, SIDE, 1))
    for _ in range(int(rng.integers(2, 6))):
        period, width, c = int(rng.integers(16, 70)), int(rng.integers(2, 20)), colour(rng)
        off, alpha = int(rng.integers(0, 60)), np.float32(rng.uniform(0.3, 0.7))
        rows = (np.arange(SIDE) + off) % period < width
        image[rows] += (c - image[rows]) * alpha
        image[:, rows] += (c - image[:, rows]) * alpha
    return image, None


def _some_base(rng) -> Array:
    kind = rng.integers(0, 4)
    if kind == 0:
        return np.tile(colour(rng), (SIDE, SIDE, 1)).astype(np.float32)
    if kind == 1:
        return np.ascontiguousarray(gradient(rng)[0], np.float32)
    if kind == 2:
        return np.ascontiguousarray(clouds(rng)[0], np.float32)
    return np.tile(near(rng, (248, 246, 240), 8), (SIDE, SIDE, 1)).astype(np.float32)


# --- families a person would name ----------------------------------------------------------------------------------

def _stars(rng, image, count=None, limit=1.0):
    for _ in range(int(rng.integers(15, 160)) if count is None else count):
        p = rng.uniform(0, SIDE, 2) * (1, limit)
        v = rng.uniform(120, 255)
        cv2.circle(image, _pt(p), int(rng.random() < 0.25) + int(rng.random() < 0.05), (v, v, v * rng.uniform(0.7, 1)), -1, cv2.LINE_AA)


def night_sky(rng):
    image = vertical(colour(rng, (0.4, 1), (0.02, 0.25), (0.55, 0.78)), colour(rng, (0.3, 1), (0.08, 0.5), (0.55, 0.8))).astype(np.float32)
    if rng.random() < 0.3:
        image = mix(image, np.array([150, 140, 190], np.float32), noise(rng, 5, 2) ** 3 * 0.5)
    _stars(rng, image)
    if rng.random() < 0.35:
        ridge(rng, image, rng.uniform(0.8, 1.0), rng.uniform(0, 0.2), colour(rng, v=(0, 0.15)))
    return image, "night_sky"


def space(rng):
    image = mix(colour(rng, v=(0, 0.08)), colour(rng, (0.4, 1), (0.2, 0.7)), noise(rng, 6, 2) ** rng.uniform(2, 5))
    image = np.ascontiguousarray(image, np.float32)
    _stars(rng, image, int(rng.integers(60, 300)))
    for _ in range(int(rng.integers(0, 3))):
        cv2.circle(image, _pt(rng.uniform(0, SIDE, 2)), int(rng.uniform(4, 30)), _c(colour(rng, v=(0.3, 0.9))), -1, cv2.LINE_AA)
    return image, "space"


def sky(rng):
    image = vertical(colour(rng, (0.35, 0.9), (0.65, 1), (0.53, 0.63)), colour(rng, (0.05, 0.5), (0.85, 1), (0.5, 0.6)))
    if rng.random() < 0.8:
        t = np.clip((noise(rng, 6, 2, 0.6, 1.5) - rng.uniform(0.4, 0.65)) * rng.uniform(2, 6), 0, 1)
        image = mix(image, np.array([250, 250, 252], np.float32), t)
    image = np.ascontiguousarray(image, np.float32)
    for _ in range(int(rng.integers(0, 5))):  # clip-art clouds
        if rng.random() < 0.5:
            p, r = rng.uniform(0, SIDE, 2), rng.uniform(6, 18)
            for _ in range(5):
                cv2.circle(image, _pt(p + rng.normal(0, r * 0.8, 2) * (1.4, 0.4)), int(r * rng.uniform(0.6, 1)), (250, 250, 255), -1, cv2.LINE_AA)
    return image, "sky"


def _water(rng, image, level, dark=False):
    a = colour(rng, (0.5, 1), (0.08, 0.25) if dark else (0.4, 0.85), (0.5, 0.64))
    b = colour(rng, (0.5, 1), (0.03, 0.2) if dark else (0.3, 0.7), (0.52, 0.66))
    mask = _YY > level
    sea = vertical(a, b)
    image[mask] = sea[mask]
    style = rng.integers(0, 3)
    if style == 0:
        n = noise(rng, 5, 3, 0.7, 4.0)
        image[mask] += (n[mask, None] - 0.5) * rng.uniform(20, 80) * (0.4 if dark else 1)
    elif style == 1:
        for _ in range(int(rng.integers(10, 60))):
            y, x = rng.uniform(level, 1) * SIDE, rng.uniform(-10, SIDE)
            light = np.clip(a + rng.uniform(20, 90) * (0.5 if dark else 1), 0, 255)
            cv2.line(image, (int(x), int(y)), (int(x + rng.uniform(4, 30)), int(y)), _c(light), 1, cv2.LINE_AA)
    else:
        rows, x = int(rng.integers(3, 9)), np.arange(SIDE)
        for k in range(rows):
            y = (level + (1 - level) * (k + 0.5) / rows) * SIDE + np.sin(x * rng.uniform(0.1, 0.4) + rng.uniform(0, 6)) * rng.uniform(1, 5)
            shade = _c(np.clip(a * rng.uniform(0.6, 1.5), 0, 255))
            cv2.polylines(image, [np.stack([x, y], 1).astype(np.int32)], False, shade, int(rng.integers(1, 4)), cv2.LINE_AA)


def sea(rng):
    image = np.ascontiguousarray(sky(rng)[0], np.float32)
    _water(rng, image, rng.uniform(-0.05, 0.7))
    return image, "sea"


def night_sea(rng):
    image = np.ascontiguousarray(night_sky(rng)[0], np.float32)
    if rng.random() < 0.5:
        cv2.circle(image, _pt(rng.uniform(0.1, 0.9, 2) * (SIDE, SIDE * 0.4)), int(rng.uniform(5, 16)), (250, 245, 215), -1, cv2.LINE_AA)
    _water(rng, image, rng.uniform(0.25, 0.7), dark=True)
    return image, "night_sea"


def beach(rng):
    image = np.ascontiguousarray(sky(rng)[0], np.float32)
    level = rng.uniform(0.1, 0.5)
    _water(rng, image, level)
    sand = near(rng, (235, 210, 155), 16)
    mask = ridge(rng, image, rng.uniform(level + 0.15, 0.85), rng.uniform(0.02, 0.15), sand, 3)
    image[mask] += rng.normal(0, rng.uniform(2, 12), (int(mask.sum()), 1))
    return image, "beach"


def snow(rng):
    dark = rng.random() < 0.3
    top = colour(rng, (0.1, 0.6), (0.15, 0.45), (0.55, 0.7)) if dark else colour(rng, (0, 0.4), (0.7, 1), (0.52, 0.65))
    image = vertical(top, top * 0.6 + 95).astype(np.float32)
    if rng.random() < 0.3:
        ridge(rng, image, rng.uniform(0.5, 0.7), 0.3, near(rng, (60, 90, 80), 20), 6, True)
    if rng.random() < 0.85:
        for _ in range(int(rng.integers(1, 4))):
            ridge(rng, image, rng.uniform(0.5, 0.95), rng.uniform(0.02, 0.2), near(rng, (236, 241, 250), 8), 3)
    for _ in range(int(rng.integers(20, 160))):
        cv2.circle(image, _pt(rng.uniform(0, SIDE, 2)), int(rng.integers(0, 4)), (252, 252, 255), -1, cv2.LINE_AA)
    return image, "snow"


def grass(rng):
    image = np.ascontiguousarray(sky(rng)[0] if rng.random() < 0.8 else np.tile(colour(rng, (0, 0.3), (0.8, 1)), (SIDE, SIDE, 1)), np.float32)
    level = rng.uniform(-0.1, 0.75)
    green = colour(rng, (0.4, 0.95), (0.3, 0.85), (0.22, 0.4))
    mask = ridge(rng, image, level, rng.uniform(0, 0.2), green, 3)
    image[mask] += (noise(rng, 6, 4)[mask, None] - 0.5) * rng.uniform(10, 80)
    for _ in range(int(rng.choice([0, 100, 300]))):
        p = rng.uniform(0, 1, 2) * (SIDE, SIDE * (1 - level)) + (0, SIDE * level + 4)
        cv2.line(image, _pt(p), _pt(p + (rng.normal(0, 2), -rng.uniform(2, 9))), _c(np.clip(green * rng.uniform(0.6, 1.5), 0, 255)), 1, cv2.LINE_AA)
    for _ in range(int(rng.choice([0, 0, 12]))):
        p = rng.uniform(0, 1, 2) * (SIDE, SIDE * (1 - level)) + (0, SIDE * level + 4)
        cv2.circle(image, _pt(p), 1, _c(colour(rng, (0.3, 1), (0.8, 1))), -1, cv2.LINE_AA)
    return image, "grass"


def desert(rng):
    image = np.ascontiguousarray(vertical(colour(rng, (0.1, 0.7), (0.7, 1), (0.5, 0.62)), colour(rng, (0.1, 0.5), (0.85, 1), (0.08, 0.15))), np.float32)
    level = rng.uniform(0.35, 0.7)
    for k in range(int(rng.integers(1, 5))):
        ridge(rng, image, level + k * 0.15, rng.uniform(0.03, 0.2), colour(rng, (0.35, 0.7), (0.6, 0.95), (0.07, 0.13)), 2)
    image += (noise(rng, 5, 4, 0.7, 3)[..., None] - 0.5) * rng.uniform(0, 25)
    return image, "desert"


def mountain(rng):
    image = np.ascontiguousarray((sunset if rng.random() < 0.15 else sky)(rng)[0], np.float32)
    snowy = rng.random() < 0.4
    for k in range(int(rng.integers(1, 4))):
        level = rng.uniform(0.6, 0.85) + k * 0.1
        height = rng.uniform(0.25, 0.55) / (k + 1)
        base = near(rng, (120, 130, 150), 20) if snowy else colour(rng, (0.15, 0.6), (0.2, 0.65), (0.2, 0.65))
        mask = ridge(rng, image, level, height, base, 6, True)
        if snowy and k == 0:
            top = mask & (_YY < level - height * rng.uniform(0.3, 0.6) + (noise(rng, 4, 6) - 0.5) * 0.1)
            image[top] = near(rng, (245, 248, 252), 5)
        image[mask] += (noise(rng, 5, 4)[mask, None] - 0.5) * rng.uniform(0, 50)
    if snowy:
        ridge(rng, image, rng.uniform(0.85, 1), 0.1, near(rng, (238, 242, 250), 6), 3)
    elif rng.random() < 0.5:
        ridge(rng, image, rng.uniform(0.85, 1), 0.1, colour(rng, (0.4, 0.9), (0.25, 0.6), (0.22, 0.4)), 3)
    return image, "snow_mountain" if snowy else "mountain"


def sunset(rng):
    image = ramp(rng, [colour(rng, (0.3, 0.9), (0.25, 0.7), (0.6, 0.9)), colour(rng, (0.5, 0.9), (0.7, 1), (0.9, 1.03)),
                       colour(rng, (0.5, 0.95), (0.9, 1), (0.05, 0.13))], math.pi / 2)
    image = np.ascontiguousarray(image, np.float32)
    if rng.random() < 0.6:
        cv2.circle(image, _pt(rng.uniform(0.1, 0.9, 2) * (SIDE, SIDE)), int(rng.uniform(8, 28)), _c(near(rng, (255, 225, 130), 15)), -1, cv2.LINE_AA)
    kind = rng.integers(0, 3)
    if kind == 0:
        ridge(rng, image, rng.uniform(0.7, 1), rng.uniform(0, 0.3), colour(rng, v=(0.02, 0.25)), 5)
    elif kind == 1:
        level = rng.uniform(0.5, 0.8)
        mask = _YY > level
        image[mask] = image[::-1][mask] * rng.uniform(0.4, 0.8)
        image[mask] += (noise(rng, 5, 3, 0.7, 5)[mask, None] - 0.5) * 50
    return image, "sunset"


def city(rng):
    night = rng.random() < 0.5
    image = np.ascontiguousarray((night_sky if night else sky)(rng)[0], np.float32)
    for row in range(int(rng.integers(1, 4))):
        x = -int(rng.integers(0, 15))
        tint = colour(rng, (0, 0.4), (0.03, 0.25) if night else (0.3, 0.85))
        lit = near(rng, (250, 220, 120), 20) if night else np.clip(tint * rng.uniform(0.5, 1.4), 0, 255)
        size = int(rng.integers(2, 5))
        while x < SIDE:
            w, h = int(rng.integers(10, 38)), int(SIDE * rng.uniform(0.2, 0.75) * (1 - 0.2 * row))
            body = np.clip(tint + rng.normal(0, 14, 3), 0, 255)
            cv2.rectangle(image, (x, SIDE - h), (x + w, SIDE), _c(body), -1)
            for wy in range(SIDE - h + 3, SIDE, size * 2):
                for wx in range(x + 2, x + w - size, size * 2):
                    if rng.random() < (0.5 if night else 0.8):
                        cv2.rectangle(image, (wx, wy), (wx + size - 1, wy + size - 1), _c(lit), -1)
            x += w + int(rng.integers(0, 6))
    if rng.random() < 0.4:
        cv2.rectangle(image, (0, int(SIDE * rng.uniform(0.8, 0.95))), (SIDE, SIDE), _c(colour(rng, (0, 0.2), (0.15, 0.5))), -1)
    return image, "night_city" if night else "city"


def room(rng):
    wall, floor = colour(rng, (0, 0.5), (0.5, 1)), colour(rng, (0.1, 0.7), (0.3, 0.8), (0.02, 0.14) if rng.random() < 0.6 else (0, 1))
    image = np.tile(wall, (SIDE, SIDE, 1)).astype(np.float32)
    level = int(SIDE * rng.uniform(0.5, 0.85))
    if rng.random() < 0.4:
        period = int(rng.integers(6, 24))
        image[:, (np.arange(SIDE) % period) < period // 2] *= rng.uniform(0.85, 1.1)
    cv2.rectangle(image, (0, level), (SIDE, SIDE), _c(floor), -1)
    if rng.random() < 0.5:
        for k in range(-6, 14):
            cv2.line(image, (SIDE // 2 + (k - 4) * 12, level), (SIDE // 2 + (k - 4) * 40, SIDE), _c(floor * 0.8), 1, cv2.LINE_AA)
    cv2.line(image, (0, level), (SIDE, level), _c(wall * 0.6), int(rng.integers(1, 5)))
    for _ in range(int(rng.integers(0, 4))):  # windows, frames, furniture
        x, y, w, h = (int(v) for v in (rng.uniform(0, 120), rng.uniform(5, level * 0.6), rng.uniform(18, 60), rng.uniform(18, 50)))
        cv2.rectangle(image, (x, y), (x + w, y + h), _c(colour(rng)), -1)
        cv2.rectangle(image, (x, y), (x + w, y + h), _c(colour(rng, v=(0, 0.6))), int(rng.integers(1, 4)))
        if rng.random() < 0.5:
            cv2.line(image, (x + w // 2, y), (x + w // 2, y + h), _c(colour(rng, v=(0, 0.6))), 1)
    if rng.random() < 0.3:
        x = int(rng.uniform(0, 100))
        cv2.rectangle(image, (x, level - int(rng.uniform(10, 40))), (x + int(rng.uniform(30, 80)), level + int(rng.uniform(2, 30))), _c(colour(rng, v=(0.2, 0.7))), -1)
    if rng.random() < 0.3:
        cv2.ellipse(image, (int(rng.uniform(30, 130)), int((level + SIDE) / 2)), (int(rng.uniform(20, 70)), int(rng.uniform(4, 14))), 0, 0, 360, _c(colour(rng)), -1, cv2.LINE_AA)
    return image, "room"


def road(rng):
    image = np.ascontiguousarray((grass if rng.random() < 0.6 else city)(rng)[0], np.float32)
    level, cx = int(SIDE * rng.uniform(0.3, 0.7)), SIDE * rng.uniform(0.3, 0.7)
    grey = near(rng, (95, 95, 100), 20)
    if rng.random() < 0.6:
        w0, w1 = rng.uniform(2, 10), rng.uniform(50, 110)
        cv2.fillPoly(image, [np.array([[cx - w0, level], [cx + w0, level], [cx + w1, SIDE], [cx - w1, SIDE]], np.int32)], _c(grey), cv2.LINE_AA)
        for k in range(5):
            t0, t1 = (k / 5) ** 1.7, ((k + 0.5) / 5) ** 1.7
            cv2.line(image, (int(cx), int(level + (SIDE - level) * t0)), (int(cx), int(level + (SIDE - level) * t1)), (240, 240, 230), 1 + k // 2)
    else:
        top = int(SIDE * rng.uniform(0.55, 0.85))
        cv2.rectangle(image, (0, top), (SIDE, min(SIDE, top + int(rng.uniform(25, 60)))), _c(grey), -1)
        for x in range(0, SIDE, 24):
            cv2.line(image, (x, top + 14), (x + 12, top + 14), (240, 240, 230), 2)
    return image, "road"


def rain(rng):
    base = [city, grass, clouds, sky, any_plain][int(rng.integers(0, 5))](rng)[0]
    grey = near(rng, (110, 120, 135), 25)
    image = np.ascontiguousarray(base * 0.35 + grey * rng.uniform(0.4, 0.7), np.float32)
    slant, light = rng.uniform(-4, 4), _c(near(rng, (200, 215, 235), 15))
    for _ in range(int(rng.integers(50, 200))):
        p, n = rng.uniform(-5, SIDE, 2), rng.uniform(4, 16)
        cv2.line(image, _pt(p), _pt(p + (slant * n / 10, n)), light, 1, cv2.LINE_AA)
    return image, "rain"


def fog(rng):
    base = [mountain, forest, city, sea, clouds][int(rng.integers(0, 5))](rng)[0]
    veil = near(rng, (205, 208, 212), 14)
    t = np.clip(0.55 + (noise(rng, 4, 2, 0.5, 2) - 0.5) * 0.7, 0.25, 0.95)
    return mix(cv2.GaussianBlur(np.asarray(base, np.float32), (0, 0), 1.5), veil, t), "fog"


def underwater(rng):
    image = np.ascontiguousarray(vertical(colour(rng, (0.4, 0.9), (0.6, 0.95), (0.47, 0.58)), colour(rng, (0.6, 1), (0.1, 0.5), (0.54, 0.66))), np.float32)
    if rng.random() < 0.5:
        angle = _XX * rng.uniform(6, 16) + _YY * rng.uniform(-4, 4)
        image += (np.sin(angle * 2)[..., None].clip(0, 1) * (1 - _YY)[..., None]) * rng.uniform(10, 50)
    if rng.random() < 0.6:
        ridge(rng, image, rng.uniform(0.85, 1), 0.1, near(rng, (150, 140, 100), 25), 3)
    for _ in range(int(rng.integers(0, 12))):
        x, h = rng.uniform(0, SIDE), rng.uniform(10, 60)
        y = np.arange(0, h, 4)
        pts = np.stack([x + np.sin(y * 0.2 + rng.uniform(0, 6)) * 4, SIDE - y], 1)
        cv2.polylines(image, [pts.astype(np.int32)], False, _c(colour(rng, (0.4, 1), (0.2, 0.6), (0.25, 0.45))), int(rng.integers(1, 5)), cv2.LINE_AA)
    for _ in range(int(rng.integers(0, 40))):
        cv2.circle(image, _pt(rng.uniform(0, SIDE, 2)), int(rng.uniform(1, 6)), (225, 240, 250), 1, cv2.LINE_AA)
    return image, "underwater"


def forest(rng):
    image = np.ascontiguousarray(grass(rng)[0], np.float32)
    dark = rng.random() < 0.4
    for _ in range(int(rng.integers(6, 40))):
        x, y, h = rng.uniform(-5, SIDE + 5), rng.uniform(0.4, 1) * SIDE, rng.uniform(25, 90)
        green = colour(rng, (0.4, 0.95), (0.1, 0.4) if dark else (0.2, 0.7), (0.22, 0.42))
        cv2.rectangle(image, (int(x - h * 0.04), int(y - h * 0.4)), (int(x + h * 0.04), int(y)), _c(near(rng, (95, 65, 40), 15)), -1)
        if rng.random() < 0.5:
            for k in range(3):
                w, top = h * (0.16 + 0.07 * k), y - h + k * h * 0.2
                cv2.fillPoly(image, [np.array([[x, top], [x + w, top + h * 0.35], [x - w, top + h * 0.35]], np.int32)], _c(green), cv2.LINE_AA)
        else:
            for _ in range(4):
                cv2.circle(image, _pt(np.array([x, y - h * 0.7]) + rng.normal(0, h * 0.12, 2)), int(h * rng.uniform(0.12, 0.25)), _c(np.clip(green * rng.uniform(0.8, 1.2), 0, 255)), -1, cv2.LINE_AA)
    return image, "forest"


def paper(rng):
    base = near(rng, (240, 232, 210), 14)
    image = (base + (noise(rng, 6, 3, 0.75)[..., None] - 0.5) * rng.uniform(5, 40)).astype(np.float32)
    kind = rng.integers(0, 4)
    if kind == 0:
        step = int(rng.integers(8, 20))
        for y in range(step, SIDE, step):
            cv2.line(image, (0, y), (SIDE, y), _c(near(rng, (140, 170, 215), 10)), 1)
        if rng.random() < 0.5:
            cv2.line(image, (20, 0), (20, SIDE), (225, 110, 110), 1)
    elif kind == 1:
        step = int(rng.integers(6, 20))
        for y in range(0, SIDE, step):
            cv2.line(image, (0, y), (SIDE, y), _c(base * 0.85), 1)
            cv2.line(image, (y, 0), (y, SIDE), _c(base * 0.85), 1)
    elif kind == 2:
        image *= (1 - ((_XX - 0.5) ** 2 + (_YY - 0.5) ** 2) * rng.uniform(0.2, 0.9))[..., None]
    return image, "paper"


def wood(rng):
    tone = colour(rng, (0.35, 0.75), (0.3, 0.85), (0.04, 0.11))
    grainy = noise(rng, 5, 2, 0.7, 0.15 if rng.random() < 0.5 else 0.4)
    t = np.sin((_XX * rng.uniform(4, 12) + grainy * rng.uniform(1, 5)) * math.pi * 2) * 0.5 + 0.5
    image = mix(tone, tone * rng.uniform(0.6, 0.85), t) + rng.normal(0, 4, (SIDE, SIDE, 1))
    if rng.random() < 0.6:
        step = int(rng.integers(16, 54))
        for x in range(int(rng.integers(0, step)), SIDE, step):
            image[:, x:x + 2] *= 0.55
            image[:, x:x + step] *= rng.uniform(0.88, 1.1)
    return (image if rng.random() < 0.5 else image.transpose(1, 0, 2)), "wood"


def brick(rng):
    w, h, gap = int(rng.integers(16, 44)), int(rng.integers(8, 20)), int(rng.integers(1, 4))
    image = np.tile(near(rng, (200, 195, 185), 18), (SIDE, SIDE, 1)).astype(np.float32)
    tone = colour(rng, (0.4, 0.8), (0.4, 0.8), (-0.02, 0.06)) if rng.random() < 0.8 else colour(rng, (0, 0.3), (0.4, 0.9))
    for row, y in enumerate(range(0, SIDE, h)):
        for x in range(-(w // 2) * (row % 2), SIDE, w):
            cv2.rectangle(image, (x, y), (x + w - gap - 1, y + h - gap - 1), _c(np.clip(tone * rng.uniform(0.8, 1.2), 0, 255)), -1)
    return image + rng.normal(0, rng.uniform(0, 8), (SIDE, SIDE, 1)), "brick"


def stripes(rng):
    angle = rng.uniform(0, math.pi) if rng.random() < 0.5 else rng.choice([0, math.pi / 2, math.pi / 4])
    t = (_XX * math.cos(angle) + _YY * math.sin(angle)) * rng.uniform(3, 22) + rng.random()
    n = int(rng.integers(2, 5))
    table = np.stack([colour(rng) for _ in range(n)])
    image = table[(np.floor(t * n) % n).astype(int)]
    return cv2.GaussianBlur(image.astype(np.float32), (0, 0), 0.5), "stripes"


def checks(rng):
    k = rng.uniform(2, 16)
    a = rng.uniform(0, math.pi) if rng.random() < 0.25 else 0.0
    u, v = _XX * math.cos(a) - _YY * math.sin(a), _XX * math.sin(a) + _YY * math.cos(a)
    t = ((np.floor(u * k) + np.floor(v * k)) % 2).astype(np.float32)
    return mix(colour(rng), colour(rng), t), "checks"


def dots(rng):
    image = np.tile(colour(rng), (SIDE, SIDE, 1)).astype(np.float32)
    step, rgb = rng.uniform(8, 44), [_c(colour(rng)) for _ in range(int(rng.integers(1, 4)))]
    r, off = max(1, int(step * rng.uniform(0.12, 0.42))), rng.choice([0.0, 0.5])
    for j in range(int(SIDE / step) + 2):
        for i in range(-1, int(SIDE / step) + 2):
            cv2.circle(image, (int((i + off * (j % 2)) * step), int(j * step)), r, rgb[(i + j) % len(rgb)], -1, cv2.LINE_AA)
    return image, "dots"


UNNAMED: list[Family] = [any_plain, radial, corner_gradient, clouds, colour_noise, grain, marble, waves, camouflage, cells, shape_clutter,
                         shape_clutter, scribbles, letters, page, rays, rings, zigzag, halves, bokeh, confetti, fabric, tartan]
NAMED: list[Family] = [plain, plain, plain, gradient, night_sky, space, sky, sea, night_sea, beach, snow, grass, desert, mountain, sunset, city,
                       room, road, rain, fog, underwater, forest, paper, wood, brick, stripes, checks, dots]


def draw(rng: np.random.Generator) -> tuple[Array, str | None]:
    """One background, SIDE x SIDE x 3 uint8, and its key."""
    family = (NAMED if rng.random() < 0.6 else UNNAMED)
    image, key = family[int(rng.integers(0, len(family)))](rng)
    image = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.15 and key not in ("rain", "snow"):
        image = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.6, 3)))
    return image, key


def make_pool(count: int, seed: int) -> tuple[Array, Array]:
    """`count` backgrounds and the index of each one's key (-1: none)."""
    rng = np.random.default_rng(seed)
    images = np.empty((count, SIDE, SIDE, 3), np.uint8)
    keys = np.full(count, -1, np.int16)
    index = {key: i for i, key in enumerate(BACKGROUND_KEYS)}
    for i in range(count):
        images[i], key = draw(rng)
        keys[i] = -1 if key is None else index[key]
    return images, keys


def load_pool(count: int, seed: int, folder: Path | None = None) -> tuple[Array, Array]:
    """The pool from the cache (memory-mapped), made on first use."""
    folder = folder or cache_directory()
    images, keys = folder / f"backgrounds-2-{count}-{seed}.npy", folder / f"backgrounds-2-{count}-{seed}-keys.npy"
    if not (images.exists() and keys.exists()):
        folder.mkdir(parents=True, exist_ok=True)
        made = make_pool(count, seed)
        for path, value in zip((images, keys), made):
            temporary = path.with_suffix(f".{os.getpid()}.npy")
            np.save(temporary, value)
            temporary.replace(path)
    return np.load(images, mmap_mode="r"), np.load(keys)
