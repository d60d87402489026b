"""Emoji drawings at sizes that their bitmaps do not have.

Noto Color Emoji as Debian packages it holds bitmaps of 136 x 128 pixels. Scenes want them two to five times as
large, and plain interpolation shows. So they are enlarged in two parts: the colours, continued past the outline
and then sharpened by a shock filter (which moves every pixel towards the nearer side of its edge), and the
outline, enlarged as a smooth field and cut at its half height. The result looks drawn, not blown up.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from pathlib import Path

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image

FONT = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
FACTOR = 5
MARGIN = 6


@lru_cache(maxsize=1)
def _font() -> TTFont:
    return TTFont(str(FONT))


def bitmap(character: str) -> Image.Image:
    """The font's own bitmap of one character, trimmed."""
    font = _font()
    name = font.getBestCmap()[ord(character[0])]
    image = Image.open(io.BytesIO(font["CBDT"].strikeData[0][name].imageData)).convert("RGBA")
    return image.crop(image.getchannel("A").getbbox())


@cache
def enlarged(character: str) -> Image.Image:
    """The drawing at five times the font's size, with clean edges."""
    pixels = np.pad(np.asarray(bitmap(character)), ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)))
    alpha = pixels[..., 3].astype(np.float32) / 255
    outside = (alpha < 0.97).astype(np.uint8)
    if outside.all():
        outside = (alpha < 0.5).astype(np.uint8)
    colours = cv2.inpaint(np.ascontiguousarray(pixels[..., :3]), outside, 4, cv2.INPAINT_TELEA)
    thin = (alpha > 0.25) & (cv2.dilate((alpha >= 0.97).astype(np.uint8), np.ones((3, 3))) == 0)
    colours[thin] = pixels[..., :3][thin]  # lines thinner than a pixel keep their own colour
    height, width = alpha.shape
    size = (width * FACTOR, height * FACTOR)
    colours = _redrawn(colours, size)
    peak = cv2.dilate(
        alpha, np.ones((3, 3))
    )  # lines thinner than a pixel peak below one: cut them lower, draw them fainter
    field = cv2.GaussianBlur(cv2.resize(alpha, size, interpolation=cv2.INTER_CUBIC), (0, 0), FACTOR * 0.62)
    level = cv2.GaussianBlur(cv2.resize(peak, size, interpolation=cv2.INTER_LINEAR), (0, 0), FACTOR * 0.8)
    edge = np.clip((field - 0.46 * np.maximum(level, 0.3)) * 3.4 + 0.5, 0, 1) * np.clip(level * 1.15, 0, 1)
    image = Image.fromarray(np.dstack([colours, (edge * 255).astype(np.uint8)]))
    return image.crop(image.getchannel("A").getbbox())


def _redrawn(colours: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Enlarge in two steps, each softened against stair-steps, sharpened again, and freed of wobble by a median."""
    half = (size[0] * 2 // FACTOR, size[1] * 2 // FACTOR)
    step = cv2.resize(colours, half, interpolation=cv2.INTER_CUBIC)
    step = _sharpened(cv2.GaussianBlur(step, (0, 0), 0.8), 3)
    step = cv2.GaussianBlur(cv2.resize(step, size, interpolation=cv2.INTER_CUBIC), (0, 0), 1.6)
    step = cv2.medianBlur(_sharpened(step, 6), 5)
    return cv2.GaussianBlur(_sharpened(step, 2), (0, 0), 0.7)


def _sharpened(image: np.ndarray, rounds: int) -> np.ndarray:
    """A shock filter steered by the local direction of the edges."""
    for _ in range(rounds):
        grey = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), (0, 0), 1.2)
        vectors = cv2.cornerEigenValsAndVecs(grey, 7, 3).reshape(*grey.shape, 3, 2)
        x, y = vectors[:, :, 1, 0], vectors[:, :, 1, 1]
        curve = (
            x * x * cv2.Sobel(grey, cv2.CV_32F, 2, 0, ksize=3)
            + 2 * x * y * cv2.Sobel(grey, cv2.CV_32F, 1, 1, ksize=3)
            + y * y * cv2.Sobel(grey, cv2.CV_32F, 0, 2, ksize=3)
        )
        moved = cv2.erode(image, None)
        inner = curve < 0
        moved[inner] = cv2.dilate(image, None)[inner]
        image = (image * 0.5 + moved * 0.5).astype(np.uint8)
    return image


def lit(image: Image.Image, ambient: tuple[int, int, int] | None, amount: float, shade: float) -> Image.Image:
    """The drawing in the scene's light: multiplied by the ambient colour, darker towards its foot."""
    pixels = np.asarray(image).astype(np.float32)
    if ambient is not None:
        colour = np.array(ambient, np.float32) / 255
        pixels[..., :3] *= 1 - amount + amount * colour
    if shade:
        ramp = np.linspace(1 + shade * 0.15, 1 - shade, pixels.shape[0], dtype=np.float32)
        pixels[..., :3] *= ramp[:, None, None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
