"""A picture as SVG in the making: shapes, gradients, soft light, and emoji drawings with their shadows.

Units are such that the short side is 1,000, whatever the size in pixels. Every stage has random numbers of its
own, seeded by the picture's name, so that a picture is the same in every run and does not move when another
changes. librsvg draws the SVG at twice the size; the reduction by Lanczos, a little grain (against banding in the
gradients) and a light grade come last.
"""

from __future__ import annotations

import base64
import io
import math
import random
import subprocess
from collections.abc import Sequence

import numpy as np
from PIL import Image

import glyphs

Stops = Sequence[tuple[float, str] | tuple[float, str, float]]
Ambient = tuple[tuple[int, int, int], float]


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def rgb(colour: str) -> tuple[int, int, int]:
    value = colour.lstrip("#")
    return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)


def mix(first: str, second: str, part: float) -> str:
    """The colour `part` of the way from the first to the second."""
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(rgb(first), rgb(second)))


def smooth(points: Sequence[tuple[float, float]]) -> str:
    """Path data of a smooth curve through the points (Catmull-Rom as cubic pieces)."""
    around = [points[0], *points, points[-1]]
    path = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        first = start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6
        second = end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6
        path.append("C" + " ".join(number(value) for value in (*first, *second, *end)))
    return "".join(path)


class Stage:
    """One picture."""

    def __init__(self, name: str, width: int, height: int) -> None:
        self.pixels = (width, height)
        unit = 1000 / min(width, height)
        self.w, self.h = width * unit, height * unit
        self.rng = random.Random(f"mekiki {name}")
        self.defs: list[str] = []
        self.body: list[str] = []
        self.ambient: Ambient | None = None
        """Colour and strength of the light that falls on every emoji drawing."""
        self.finish = (1.4, 0.10)
        """Amounts of grain and of darkening towards the corners."""

    # Random numbers

    def r(self, low: float, high: float) -> float:
        return self.rng.uniform(low, high)

    # Paint

    def _define(self, text: str) -> str:
        name = f"d{len(self.defs)}"
        self.defs.append(text.replace("ID", name, 1))
        return f"url(#{name})"

    @staticmethod
    def _stops(stops: Stops) -> str:
        return "".join(
            f'<stop offset="{s[0]}" stop-color="{s[1]}"' + (f' stop-opacity="{s[2]}"' if len(s) > 2 else "") + "/>"
            for s in stops
        )

    def down(self, *stops: tuple) -> str:
        """Paint that changes from the top to the bottom of the shape."""
        return self.along(0, 0, 0, 1, stops)

    def across(self, *stops: tuple) -> str:
        return self.along(0, 0, 1, 0, stops)

    def along(self, x1: float, y1: float, x2: float, y2: float, stops: Stops) -> str:
        return self._define(
            f'<linearGradient id="ID" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{self._stops(stops)}</linearGradient>'
        )

    def round(self, *stops: tuple, cx: float = 0.5, cy: float = 0.5, r: float = 0.5) -> str:
        """Paint that changes from the middle of the shape outwards."""
        return self._define(
            f'<radialGradient id="ID" cx="{cx}" cy="{cy}" r="{r}">{self._stops(stops)}</radialGradient>'
        )

    def between(self, top: float, bottom: float, *stops: tuple) -> str:
        """Paint that changes between two heights of the picture, the same for every shape."""
        return self._define(
            '<linearGradient id="ID" gradientUnits="userSpaceOnUse" x1="0" x2="0" '
            f'y1="{number(top)}" y2="{number(bottom)}">{self._stops(stops)}</linearGradient>'
        )

    def blur(self, size: float) -> str:
        """The attribute that softens a shape."""
        name = self._define(
            '<filter id="ID" x="-60%" y="-60%" width="220%" height="220%">'
            f'<feGaussianBlur stdDeviation="{number(size)}"/></filter>'
        )
        return f'filter="{name}"'

    # Shapes

    def add(self, text: str) -> None:
        self.body.append(text)

    def open(self, attributes: str = "") -> None:
        self.add(f"<g {attributes}>")

    def close(self) -> None:
        self.add("</g>")

    def clip(self, shape: str) -> str:
        """The attribute that keeps drawing inside a shape."""
        name = self._define(f'<clipPath id="ID">{shape}</clipPath>')
        return f'clip-path="{name}"'

    def rect(
        self, x: float, y: float, w: float, h: float, fill: str, opacity: float = 1, radius: float = 0, extra: str = ""
    ) -> None:
        self.add(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}" rx="{number(radius)}" '
            f'fill="{fill}" opacity="{opacity:.3f}" {extra}/>'
        )

    def ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float | None = None,
        fill: str = "#000",
        opacity: float = 1,
        extra: str = "",
    ) -> None:
        self.add(
            f'<ellipse cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(rx if ry is None else ry)}" '
            f'fill="{fill}" opacity="{opacity:.3f}" {extra}/>'
        )

    def ring(
        self, x: float, y: float, rx: float, ry: float, colour: str, width: float, opacity: float = 1, turn: float = 0
    ) -> None:
        """The outline of an ellipse."""
        spin = f'transform="rotate({number(turn)} {number(x)} {number(y)})"' if turn else ""
        self.add(
            f'<ellipse cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}" fill="none" '
            f'stroke="{colour}" stroke-width="{number(width)}" opacity="{opacity:.3f}" {spin}/>'
        )

    def poly(self, points: Sequence[tuple[float, float]], fill: str, opacity: float = 1, extra: str = "") -> None:
        text = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.add(f'<polygon points="{text}" fill="{fill}" opacity="{opacity:.3f}" {extra}/>')

    def path(self, data: str, fill: str = "none", opacity: float = 1, extra: str = "") -> None:
        self.add(f'<path d="{data}" fill="{fill}" opacity="{opacity:.3f}" {extra}/>')

    def stroke(self, data: str, colour: str, width: float, opacity: float = 1, extra: str = "") -> None:
        self.path(
            data,
            "none",
            opacity,
            f'stroke="{colour}" stroke-width="{number(width)}" stroke-linecap="round" stroke-linejoin="round" {extra}',
        )

    def curve(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, opacity: float = 1, extra: str = ""
    ) -> None:
        self.stroke(smooth(points), colour, width, opacity, extra)

    def fill(self, *stops: tuple) -> None:
        """Cover everything."""
        self.rect(-2, -2, self.w + 4, self.h + 4, self.down(*stops))

    def glow(self, x: float, y: float, radius: float, colour: str, opacity: float = 1, flat: float = 1) -> None:
        """Light that fades outwards."""
        paint = self.round((0, colour, 1), (0.25, colour, 0.55), (0.55, colour, 0.18), (1, colour, 0))
        self.ellipse(x, y, radius, radius * flat, paint, opacity)

    def shade(self, x: float, y: float, rx: float, ry: float, opacity: float = 0.35, colour: str = "#0a1020") -> None:
        """A soft dark patch, as under something that stands there."""
        paint = self.round((0, colour, 1), (0.5, colour, 0.65), (1, colour, 0))
        self.ellipse(x, y, rx, ry, paint, opacity)

    # Emoji drawings

    def emoji(
        self,
        character: str,
        x: float,
        y: float,
        height: float,
        *,
        flip: bool = False,
        turn: float = 0,
        stand: bool = True,
        shadow: float = 0.4,
        cast: float = 0,
        light: Ambient | None = None,
        shade: float = 0.12,
        drop: float = 0,
        opacity: float = 1,
        blur: float = 0,
        colour: str = "#0a1020",
    ) -> None:
        """Put a drawing with its foot (or its centre, when it does not stand) at a place.

        `shadow` is the darkness of the contact shadow, `cast` the sideways reach of a long one (in heights),
        `drop` the darkness of a shadow on a surface seen from above.
        """
        image = glyphs.enlarged(character)
        width = height * image.width / image.height
        left, top = x - width / 2, (y - height) if stand else (y - height / 2)
        ambient = light or self.ambient
        shown = glyphs.lit(image, ambient[0] if ambient else None, ambient[1] if ambient else 0, shade)
        if flip:
            shown = shown.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        limit = height * 2 * min(self.pixels) / 1000
        if shown.height > limit:  # no more pixels than the picture can show at twice its size
            shown = shown.resize(
                (max(1, round(limit * shown.width / shown.height)), max(1, round(limit))), Image.Resampling.LANCZOS
            )
        if cast:
            dark = Image.new("RGBA", shown.size, (*rgb(colour), 255))
            dark.putalpha(shown.getchannel("A"))
            lean = math.degrees(math.atan(cast / 0.28))
            self.add(
                f'<g transform="translate({number(x)} {number(y - height * 0.02)}) skewX({number(-lean)}) scale(1 0.28)" '
                f'opacity="0.28" {self.blur(height * 0.012)}>{self._image(dark, -width / 2, -height, width, height)}</g>'
            )
        spin = (
            f'transform="rotate({number(turn)} {number(x)} {number(y if stand else top + height / 2)})"' if turn else ""
        )
        if drop:
            dark = Image.new("RGBA", shown.size, (*rgb(colour), 255))
            dark.putalpha(shown.getchannel("A"))
            offset = height * 0.035
            self.add(
                f'<g transform="translate({number(offset * 0.6)} {number(offset)})" opacity="{drop}" {self.blur(height * 0.022)}>'
                f"<g {spin}>{self._image(dark, left, top, width, height)}</g></g>"
            )
        if stand and shadow:
            self.shade(x, y - height * 0.015, width * 0.52, max(height * 0.055, 6), shadow, colour)
        soft = self.blur(blur) if blur else ""
        self.add(f'<g {spin} opacity="{opacity:.3f}" {soft}>{self._image(shown, left, top, width, height)}</g>')

    def reflection(
        self,
        character: str,
        x: float,
        y: float,
        height: float,
        *,
        flip: bool = False,
        opacity: float = 0.3,
        flat: float = 0.6,
        light: Ambient | None = None,
    ) -> None:
        """The drawing upside down in water, its waterline at y."""
        image = glyphs.enlarged(character).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        ambient = light or self.ambient
        image = glyphs.lit(image, ambient[0] if ambient else None, ambient[1] if ambient else 0, 0)
        if flip:
            image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        width = height * image.width / image.height
        self.add(
            f'<g opacity="{opacity}" {self.blur(height * 0.015)}>{self._image(image, x - width / 2, y, width, height * flat)}</g>'
        )

    @staticmethod
    def _image(image: Image.Image, x: float, y: float, w: float, h: float) -> str:
        data = io.BytesIO()
        image.save(data, "PNG")
        text = base64.b64encode(data.getvalue()).decode()
        return (
            f'<image x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}" '
            f'preserveAspectRatio="none" href="data:image/png;base64,{text}"/>'
        )

    # The finished picture

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.w:.2f} {self.h:.2f}" '
            f'width="{self.pixels[0]}" height="{self.pixels[1]}"><defs>{"".join(self.defs)}</defs>{"".join(self.body)}</svg>'
        )

    def render(self, zoom: int = 2) -> Image.Image:
        width, height = self.pixels
        done = subprocess.run(
            [
                "rsvg-convert",
                "--unlimited",
                "-w",
                str(width * zoom),
                "-h",
                str(height * zoom),
                "--background-color",
                "#ffffff",
            ],
            input=self.svg().encode(),
            capture_output=True,
            check=True,
        )
        image = Image.open(io.BytesIO(done.stdout)).convert("RGB")
        if zoom > 1:
            image = image.resize((width, height), Image.Resampling.LANCZOS)
        grain, corners = self.finish
        pixels = np.asarray(image).astype(np.float32)
        x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
        pixels *= (1 - corners * np.clip((x * x + y * y) / 2, 0, 1) ** 1.3)[..., None]
        noise = np.random.default_rng(width * height).normal(0, grain, (height, width, 1))
        return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))
