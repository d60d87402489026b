"""A small painting surface for the held-out backgrounds.

The backgrounds are painted at twice their final size and reduced at the end, because Pillow draws shapes
without anti-aliasing and hard stair-steps would be a property of the renderer and not of the picture.
Positions are fractions of the width and the height, lengths are fractions of the short side, so that one
painter serves every aspect ratio.
"""

from __future__ import annotations

import colorsys
import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]
Item = TypeVar("Item")

SUPERSAMPLING = 2


def hsv(hue: float, saturation: float, value: float) -> Colour:
    """A colour from a hue in turns (any number, it wraps) and two parts from 0 to 1."""
    red, green, blue = colorsys.hsv_to_rgb(hue % 1.0, min(max(saturation, 0), 1), min(max(value, 0), 1))
    return round(red * 255), round(green * 255), round(blue * 255)


def mix(first: Colour, second: Colour, part: float) -> Colour:
    """The colour that lies `part` of the way from the first to the second."""
    return tuple(round(a + (b - a) * part) for a, b in zip(first, second))  # type: ignore[return-value]


class Canvas:
    """An image in the making, with the random numbers that decide how it looks."""

    def __init__(self, rng: np.random.Generator, width: int, height: int) -> None:
        self.rng = rng
        self.width = width * SUPERSAMPLING
        self.height = height * SUPERSAMPLING
        self.unit = min(self.width, self.height)
        self.image = Image.new("RGB", (self.width, self.height))

    # Random numbers

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def count(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def chance(self, part: float) -> bool:
        return bool(self.rng.random() < part)

    def pick(self, options: Sequence[Item]) -> Item:
        return options[int(self.rng.integers(len(options)))]

    def colour(self, hue: Point = (0, 1), saturation: Point = (0.3, 0.8), value: Point = (0.5, 0.95)) -> Colour:
        return hsv(self.between(*hue), self.between(*saturation), self.between(*value))

    # Surfaces

    def fill(self, colour: Colour) -> None:
        self.image.paste(colour, (0, 0, self.width, self.height))

    def gradient(self, stops: Sequence[tuple[float, Colour]], angle: float = 90.0) -> None:
        """Paint over everything with a linear gradient; 90 degrees runs from the top to the bottom."""
        radians = math.radians(angle)
        along_x, along_y = math.cos(radians), math.sin(radians)
        x = (np.arange(self.width) / self.width - 0.5)[None, :] * along_x
        y = (np.arange(self.height) / self.height - 0.5)[:, None] * along_y
        self._paint_scale((x + y) / (abs(along_x) + abs(along_y)) + 0.5, stops)

    def radial(self, centre: Point, radius: float, stops: Sequence[tuple[float, Colour]]) -> None:
        """Paint over everything with rings of colour around the centre."""
        self._paint_scale(np.clip(self._distance(centre) / radius, 0, 1), stops)

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float = 1.0) -> None:
        """Light that fades with the distance from the centre."""
        weight = strength * np.exp(-((self._distance(centre) / radius) ** 2) * 2)
        base = np.asarray(self.image, np.float32)
        mixed = base + (np.array(colour, np.float32) - base) * weight[..., None]
        self.image = Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))

    def noise(self, cells: int, octaves: int = 3) -> np.ndarray:
        """Smooth noise from 0 to 1 in the canvas's shape: random grids, enlarged and added."""
        total = np.zeros((self.height, self.width), np.float32)
        weight = 1.0
        for octave in range(octaves):
            across = max(2, cells * 2**octave)
            down = max(2, round(across * self.height / self.width))
            grid = Image.fromarray(self.rng.random((down, across), np.float32))
            total += weight * np.asarray(grid.resize((self.width, self.height), Image.Resampling.BICUBIC))
            weight *= 0.5
        low, high = float(total.min()), float(total.max())
        return (total - low) / max(high - low, 1e-6)

    def tint(self, weight: np.ndarray, colour: Colour) -> None:
        """Mix the colour in, pixel by pixel as much as the weight says."""
        base = np.asarray(self.image, np.float32)
        mixed = base + (np.array(colour, np.float32) - base) * weight[..., None]
        self.image = Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))

    def grain(self, amount: float) -> None:
        """Fine brightness noise, as of paper or film."""
        speckle = self.rng.normal(0, amount, (self.height // 2 + 1, self.width // 2 + 1)).astype(np.float32)
        speckle = np.kron(speckle, np.ones((2, 2), np.float32))[: self.height, : self.width]
        mixed = np.asarray(self.image, np.float32) + speckle[..., None]
        self.image = Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))

    def soften(self, radius: float) -> None:
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * self.unit))

    # Shapes

    def polygon(self, points: Sequence[Point], colour: Colour, alpha: float = 1.0) -> None:
        self._brush().polygon([self._place(point) for point in points], (*colour, round(alpha * 255)))

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, alpha: float = 1.0) -> None:
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour, alpha)

    def disc(self, centre: Point, radius: float, colour: Colour, alpha: float = 1.0, flat: float = 1.0) -> None:
        """A circle, or an ellipse whose height is `flat` times its width."""
        x, y = self._place(centre)
        across, down = radius * self.unit, radius * self.unit * flat
        self._brush().ellipse((x - across, y - down, x + across, y + down), (*colour, round(alpha * 255)))

    def ring(self, centre: Point, radius: float, width: float, colour: Colour, alpha: float = 1.0) -> None:
        x, y = self._place(centre)
        size = radius * self.unit
        stroke = max(1, round(width * self.unit))
        self._brush().ellipse((x - size, y - size, x + size, y + size), None, (*colour, round(alpha * 255)), stroke)

    def line(self, points: Sequence[Point], width: float, colour: Colour, alpha: float = 1.0) -> None:
        stroke = max(1, round(width * self.unit))
        self._brush().line([self._place(point) for point in points], (*colour, round(alpha * 255)), stroke, "curve")

    def ridge(self, level: float, height: float, colour: Colour, waves: int = 3, rough: float = 0.0) -> None:
        """Land from a wavy upper edge down to the bottom: hills when smooth, mountains when rough."""
        across = np.linspace(0, 1, 121)
        edge = np.zeros_like(across)
        for wave in range(1, waves + 1):
            edge += np.sin(across * math.tau * self.between(0.3, 1.0) * wave + self.between(0, math.tau)) / wave
        if rough:
            knots = self.count(7, 13)
            peaks = self.rng.random(knots)
            edge = edge * (1 - rough) + rough * 3 * (np.interp(across, np.linspace(0, 1, knots), peaks) - 0.5)
        points = [(float(x), level - float(y) * height * 0.5) for x, y in zip(across, edge)]
        self.polygon([*points, (1.0, 1.02), (0.0, 1.02)], colour)

    def cloud(self, centre: Point, size: float, colour: Colour, alpha: float = 0.9) -> None:
        """A few overlapping puffs on a flat base."""
        x, y = centre
        reach = size * self.unit / self.width
        rise = size * self.unit / self.height
        for _ in range(self.count(5, 8)):
            offset = self.between(-1, 1)
            puff = size * self.between(0.3, 0.5) * (1.1 - abs(offset) * 0.5)
            self.disc((x + offset * reach, y - self.between(0, 0.25) * rise), puff, colour, alpha, 0.75)

    def finished(self) -> Image.Image:
        return self.image.reduce(SUPERSAMPLING)

    # Inside

    def _brush(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image, "RGBA")

    def _place(self, point: Point) -> Point:
        return point[0] * self.width, point[1] * self.height

    def _distance(self, centre: Point) -> np.ndarray:
        """Each pixel's distance from the centre, in short sides."""
        x = (np.arange(self.width) - centre[0] * self.width)[None, :]
        y = (np.arange(self.height) - centre[1] * self.height)[:, None]
        return np.sqrt(x * x + y * y) / self.unit

    def _paint_scale(self, scale: np.ndarray, stops: Sequence[tuple[float, Colour]]) -> None:
        """Colour every pixel by where its number lies between the stops."""
        table_at = np.linspace(0, 1, 512)
        places = [place for place, _ in stops]
        table = np.stack([np.interp(table_at, places, [colour[part] for _, colour in stops]) for part in range(3)], 1)
        index = np.clip(scale * 511, 0, 511).astype(np.int32)
        self.image = Image.fromarray(table.round().astype(np.uint8)[np.broadcast_to(index, (self.height, self.width))])
