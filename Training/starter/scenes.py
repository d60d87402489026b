"""Composes training scenes: one to three objects on a background, with everything else about them varied.

What must not matter to the model is drawn anew each time: background, place, size, turn, aspect, colour cast,
sharpness, compression, clutter. Scenes are composed straight at the model's input size, with the aspect ratio of a
notional larger picture folded into the placement, as the released preprocessing (a square stretch) would.
"""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass

import cv2
import numpy as np

from backgrounds import SIDE
from captions import Content
from clipart import Drawing
from glyphs import Glyph
from words import BACKGROUND_KEYS, COLOURS, SHAPES

Array = np.ndarray
_COLOUR_NAMES = re.compile(r"\b(red|blue|green|yellow|orange|purple|brown|white|black|dark|medium|light|hair|square|circle|heart|card)\b")
_LEVELS = (128, 88, 60, 40, 26, 17)
_SHAPES = list(SHAPES)
_COLOURS = list(COLOURS)
FRAME = 160  # the largest side that noise is kept for


@dataclass
class Scene:
    image: Array  # side x side x 3, uint8
    content: Content
    background: int  # index into BACKGROUND_KEYS, or -1
    slots: list[int]  # classes: glyph index, or len(glyphs) + shape index
    patches: Array  # grid x grid int16: class of the patch, -1 background, -2 neither


class Sprite:
    """One drawing at several sizes, 8-bit RGBA with the colours premultiplied by alpha."""

    def __init__(self, image) -> None:
        pixels = np.asarray(image.convert("RGBA"), np.float32) / 255
        pixels = pixels.copy()
        pixels[..., :3] *= pixels[..., 3:]
        self.levels: list[Array] = []
        largest = max(pixels.shape[:2])
        for level in _LEVELS:
            k = level / largest
            size = (max(2, round(pixels.shape[1] * k)), max(2, round(pixels.shape[0] * k)))
            mode = cv2.INTER_AREA if k < 1 else cv2.INTER_LINEAR
            small = cv2.resize(pixels, size, interpolation=mode)
            self.levels.append((np.clip(small, 0, 1) * 255).astype(np.uint8))
        self.aspect = pixels.shape[1] / pixels.shape[0]

    def level(self, size: float) -> Array:
        for k in range(len(_LEVELS) - 1, -1, -1):
            if _LEVELS[k] >= size * 0.95:
                return self.levels[k]
        return self.levels[0]

    def redrawn(self, rng: random.Random, size: float) -> Array:
        """The drawing as if by another hand: outlines, two tones, or other colours. Without this the model knows
        one font's look and nothing else."""
        sprite = self.level(max(size, 60))
        draw = rng.random()
        if draw < 0.2:
            order = rng.choice([(0, 2, 1, 3), (1, 0, 2, 3), (1, 2, 0, 3), (2, 0, 1, 3), (2, 1, 0, 3)])
            return np.ascontiguousarray(sprite[..., order])
        alpha = sprite[..., 3].astype(np.float32) / 255
        light = sprite[..., :3].astype(np.float32).mean(-1) + 255 * (1 - alpha)
        if draw < 0.75:  # lines where tone, colour or outline changes
            t = max(1.0, sprite.shape[0] / 64 * rng.uniform(0.6, 1.6))
            layers = [cv2.GaussianBlur(layer, (0, 0), t * 0.5) for layer in (
                light, sprite[..., 0].astype(np.float32), sprite[..., 2].astype(np.float32), alpha * 255)]
            kernel = np.ones((3, 3) if t < 1.3 else (5, 5), np.uint8)
            ink = np.maximum.reduce([cv2.dilate(layer, kernel) - cv2.erode(layer, kernel) for layer in layers])
            ink = np.clip((ink - rng.uniform(25, 60)) / 60, 0, 1) * (cv2.dilate(alpha, kernel) > 0.05)
        else:
            ink = np.clip((rng.uniform(90, 190) - light) / 25 + 0.5, 0, 1) * alpha
        tone = np.array([0.0] * 3 if rng.random() < 0.65 else [rng.uniform(0, 200) for _ in range(3)], np.float32)
        fill = np.array([255.0] * 3 if rng.random() < 0.6 else [rng.uniform(120, 255) for _ in range(3)], np.float32)
        body = alpha if rng.random() < 0.7 else alpha * 0
        if rng.random() < 0.12:
            tone, fill = fill, tone
        out = np.empty((*alpha.shape, 4), np.float32)
        out[..., :3] = (fill * (body * (1 - ink))[..., None]) + tone * ink[..., None]
        out[..., 3] = 255 * (body * (1 - ink) + ink)
        return np.clip(out, 0, 255).astype(np.uint8)


class SceneMaker:
    def __init__(self, glyphs: list[Glyph], drawings: list[Drawing], pool: tuple[Array, Array], seed: int) -> None:
        cv2.setNumThreads(1)
        self.rng = random.Random(seed)
        self.np_rng = np.random.default_rng(seed)
        self.glyphs = [Sprite(g.image) for g in glyphs]
        self.colour_matters = [bool(_COLOUR_NAMES.search(g.name_en.lower())) for g in glyphs]
        self.redraw = 0.15  # share of objects drawn as if by another hand
        index = {g.id: i for i, g in enumerate(glyphs)}
        self.other_style: dict[int, list[Sprite]] = {}
        self.scraps: list[Sprite] = []
        for drawing in drawings:
            if drawing.glyph is None:
                self.scraps.append(Sprite(drawing.image))
            elif not drawing.held_out:
                self.other_style.setdefault(index[drawing.glyph], []).append(Sprite(drawing.image))
        self.images, self.keys = pool
        self.recent: list[Array] = []  # earlier scenes, cropped as cluttered backgrounds
        self.order: list[int] = []
        self.noise = [self.np_rng.normal(0, 1, (FRAME, FRAME, 3)).astype(np.float32) for _ in range(6)]
        self.lone = 0.35  # share of one-object scenes; the trainer lowers or raises it
        self.easy = 0.0

    def _next_glyph(self) -> int:
        """Every glyph equally often: a shuffled deck."""
        if not self.order:
            self.order = list(range(len(self.glyphs)))
            self.rng.shuffle(self.order)
        return self.order.pop()

    # --- background ------------------------------------------------------------------------------------------------

    def _background(self, side: int) -> tuple[Array, int]:
        rng = self.rng
        if self.recent and rng.random() < 0.08:  # a crop of another scene: clutter, nothing to be named
            image = rng.choice(self.recent)
            n = image.shape[0]
            w = rng.randint(n // 5, n // 2)
            x, y = rng.randint(0, n - w), rng.randint(0, n - w)
            crop, key = image[y:y + w, x:x + w], -1
            crop = cv2.GaussianBlur(cv2.resize(crop, (side, side), interpolation=cv2.INTER_LINEAR), (0, 0), rng.uniform(1.5, 5))
        else:
            i = rng.randrange(len(self.keys))
            image, key = self.images[i], int(self.keys[i])
            w, h = (SIDE, SIDE) if rng.random() < 0.4 else (rng.randint(SIDE // 2, SIDE), rng.randint(SIDE // 2, SIDE))
            x, y = rng.randint(0, SIDE - w), rng.randint(0, SIDE - h)
            if key >= 0 and (w < SIDE * 0.7 or h < SIDE * 0.7) and BACKGROUND_KEYS[key].startswith(
                    ("night_city", "city", "beach", "mountain", "snow_m", "road", "room", "sunset", "night_sea", "forest", "desert")):
                x, y, w, h = 0, 0, SIDE, SIDE  # too small a part of a landscape may not show it
            crop = np.asarray(image[y:y + h, x:x + w])
            if rng.random() < 0.5:
                crop = crop[:, ::-1]
            if (key < 0 or BACKGROUND_KEYS[key].startswith(("stripes", "checks", "dots", "wood", "paper", "gradient"))) and rng.random() < 0.6:
                crop = np.rot90(crop, rng.randint(1, 3))
            crop = cv2.resize(np.ascontiguousarray(crop), (side, side), interpolation=cv2.INTER_AREA if min(w, h) >= side else cv2.INTER_LINEAR)
            free = key < 0 or BACKGROUND_KEYS[key].startswith(("stripes", "checks", "dots", "gradient"))
            if free and rng.random() < 0.5:  # any colours will do
                crop = crop[..., rng.choice([(0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])]
                if rng.random() < 0.3:
                    crop = 255 - crop
        if rng.random() < 0.5:
            gain, lift = rng.uniform(0.65, 1.2), rng.uniform(-25, 30)
            cast = np.array([rng.uniform(0.9, 1.1) * gain for _ in range(3)], np.float32)
            crop = np.clip(crop.astype(np.float32) * cast + lift, 0, 255).astype(np.uint8)
        return np.ascontiguousarray(crop), key

    # --- objects ---------------------------------------------------------------------------------------------------

    def _shape(self, colour: str, shape: str) -> Array:
        """A drawn shape as a premultiplied sprite."""
        rng = self.rng
        rgb = np.clip(np.array(COLOURS[colour][0], np.float32) + self.np_rng.normal(0, 10, 3), 0, 255)
        mask = np.zeros((96, 96), np.uint8)
        c, r = 48, 44
        if shape == "circle":
            cv2.circle(mask, (c, c), r, 255, -1, cv2.LINE_AA)
        elif shape == "ring":
            cv2.circle(mask, (c, c), r - 6, 255, rng.randint(7, 13), cv2.LINE_AA)
        elif shape == "square":
            cv2.rectangle(mask, (6, 6), (90, 90), 255, -1)
        elif shape == "cross":
            t = rng.randint(8, 16)
            cv2.rectangle(mask, (c - t, 4), (c + t, 92), 255, -1)
            cv2.rectangle(mask, (4, c - t), (92, c + t), 255, -1)
        else:
            n = {"triangle": 3, "diamond": 4, "hexagon": 6, "star": 10}[shape]
            a = np.arange(n) * 2 * math.pi / n - math.pi / 2
            radius = np.where(np.arange(n) % 2, r * 0.42, r) if shape == "star" else np.full(n, r)
            squeeze = 0.7 if shape == "diamond" else 1
            pts = np.stack([c + np.cos(a) * radius * squeeze, c + np.sin(a) * radius], 1)
            cv2.fillPoly(mask, [pts.astype(np.int32)], 255, cv2.LINE_AA)
        out = np.empty((96, 96, 4), np.float32)
        alpha = mask.astype(np.float32)
        out[..., :3] = rgb * (alpha / 255)[..., None]
        out[..., 3] = alpha
        if rng.random() < 0.3:
            edge = cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8)).astype(np.float32)[..., None] / 255
            out[..., :3] = out[..., :3] * (1 - edge) + edge * rng.choice([0, 255])* (alpha / 255)[..., None]
        return np.clip(out, 0, 255).astype(np.uint8)

    def _place(self, canvas: Array, sprite: Array, cx: float, cy: float, size: float, sx: float, sy: float, plain: bool) -> Array | None:
        """Draws a sprite of the given size (canvas pixels before the stretch); returns its alpha over the whole canvas."""
        rng = self.rng
        side = canvas.shape[0]
        h, w = sprite.shape[:2]
        k = size / max(h, w)
        turn = rng.gauss(0, 9) if rng.random() < 0.8 else rng.uniform(-40, 40)
        angle = math.radians(turn)
        mirror = -1.0 if (not plain and rng.random() < 0.35) else 1.0
        stretch = math.exp(rng.gauss(0, 0.06))
        shear = rng.gauss(0, 0.05)
        c, s = math.cos(angle), math.sin(angle)
        a = np.array([[c, -s], [s, c]]) @ np.array([[k * mirror * stretch, shear * k], [0, k / stretch]])
        a = np.array([[sx, 0], [0, sy]]) @ a
        # the part of the canvas it covers
        ex = (abs(a[0, 0]) * w + abs(a[0, 1]) * h) / 2 + 2
        ey = (abs(a[1, 0]) * w + abs(a[1, 1]) * h) / 2 + 2
        x0, x1, y0, y1 = max(0, int(cx - ex)), min(side, int(cx + ex) + 1), max(0, int(cy - ey)), min(side, int(cy + ey) + 1)
        if x1 - x0 < 3 or y1 - y0 < 3:
            return None
        matrix = np.empty((2, 3))
        matrix[:, :2] = a
        matrix[:, 2] = np.array([cx - x0, cy - y0]) - a @ np.array([w / 2, h / 2])
        patch = cv2.warpAffine(sprite, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR).astype(np.float32)
        draw = rng.random()
        if draw < 0.14:  # light and colour of the object
            gain = np.array([rng.uniform(0.75, 1.15) for _ in range(3)], np.float32)
            patch[..., :3] = np.minimum(patch[..., :3] * gain, patch[..., 3:])
        elif draw < 0.18:
            patch[..., :3] = patch[..., :3].mean(-1, keepdims=True)
        alpha = patch[..., 3:] * (1 / 255)
        region = canvas[y0:y1, x0:x1]
        effect = rng.random()
        if effect < 0.14:  # a shadow
            blur = max(1.0, size * rng.uniform(0.02, 0.06))
            dx, dy = int(size * rng.uniform(-0.06, 0.08)), int(size * rng.uniform(0.01, 0.09))
            shadow = cv2.GaussianBlur(np.roll(alpha[..., 0], (dy, dx), (0, 1)), (0, 0), blur) * rng.uniform(0.2, 0.65)
            region *= 1 - shadow[..., None]
        elif effect < 0.24:  # an outline or a glow, as stickers have
            t = max(1, int(size * rng.uniform(0.015, 0.05)))
            grown = cv2.dilate(alpha[..., 0], np.ones((2 * t + 1, 2 * t + 1), np.uint8))
            grown = cv2.GaussianBlur(grown, (0, 0), t * (0.5 if effect < 0.2 else 1.6))[..., None]
            tone = 255.0 if rng.random() < 0.7 else rng.uniform(0, 255)
            region += (tone - region) * grown
        elif effect < 0.28:  # on a plate
            pad = rng.uniform(0.5, 0.72) * size
            tone = [rng.uniform(0, 255) for _ in range(3)] if rng.random() < 0.5 else [255.0] * 3
            if rng.random() < 0.5:
                cv2.ellipse(canvas, (int(cx), int(cy)), (int(pad * sx), int(pad * sy)), 0, 0, 360, tone, -1, cv2.LINE_AA)
            else:
                cv2.rectangle(canvas, (int(cx - pad * sx), int(cy - pad * sy)), (int(cx + pad * sx), int(cy + pad * sy)), tone, -1)
        if effect > 0.97:
            fade = rng.uniform(0.6, 0.9)
            patch, alpha = patch * fade, alpha * fade
        region *= 1 - alpha
        region += patch[..., :3]
        full = np.zeros((side, side), np.float32)
        full[y0:y1, x0:x1] = alpha[..., 0]
        return full

    def _spots(self, count: int, sizes: list[float], sx: float, sy: float) -> list[tuple[float, float]]:
        """Places in 0...1 that overlap little; an object may touch the edge."""
        rng = self.rng
        best, best_cost = None, 1e9
        for _ in range(9):
            spots, cost = [], 0.0
            for k in range(count):
                mx, my = sizes[k] * sx * rng.choice([0.5, 0.5, 0.42]), sizes[k] * sy * rng.choice([0.5, 0.5, 0.42])
                x = rng.uniform(mx, 1 - mx) if mx < 0.5 else 0.5
                y = rng.uniform(my, 1 - my) if my < 0.5 else 0.5
                for j, (u, v) in enumerate(spots):
                    need_x, need_y = (sizes[k] + sizes[j]) / 2 * sx, (sizes[k] + sizes[j]) / 2 * sy
                    cost += max(0.0, 1 - abs(x - u) / need_x) * max(0.0, 1 - abs(y - v) / need_y)
                spots.append((x, y))
            if cost < best_cost:
                best, best_cost = spots, cost
            if cost < 0.02 or (cost < 0.15 and rng.random() < 0.3):
                break
        return best  # type: ignore[return-value]

    def _scrap(self, canvas: Array, sx: float, sy: float) -> None:
        """Something that no caption speaks of: a cut piece of a drawing, a blob, letters."""
        rng = self.rng
        side = canvas.shape[0]
        size = rng.uniform(0.08, 0.3) * side
        cx, cy = rng.uniform(0, side), rng.uniform(0, side)
        draw = rng.random()
        if draw < 0.5 and self.scraps:
            sprite = rng.choice(self.scraps).level(size)
            h, w = sprite.shape[:2]
            if h > 8 and w > 8:
                hh, ww = rng.randint(h // 3, h), rng.randint(w // 3, w)
                y, x = rng.randint(0, h - hh), rng.randint(0, w - ww)
                sprite = sprite[y:y + hh, x:x + ww]
            self._place(canvas, np.ascontiguousarray(sprite), cx, cy, size, sx, sy, False)
        elif draw < 0.8:
            n = rng.randint(5, 12)
            a = np.arange(n) * 2 * math.pi / n
            r = size / 2 * (0.4 + self.np_rng.random(n))
            pts = np.stack([cx + np.cos(a) * r * sx, cy + np.sin(a) * r * sy], 1).astype(np.int32)
            cv2.fillPoly(canvas, [pts], [rng.uniform(0, 255) for _ in range(3)], cv2.LINE_AA)
        else:
            for _ in range(rng.randint(1, 5)):
                p, q = (int(rng.uniform(0, side)), int(rng.uniform(0, side))), (int(rng.uniform(0, side)), int(rng.uniform(0, side)))
                cv2.line(canvas, p, q, [rng.uniform(0, 255) for _ in range(3)], rng.randint(1, 4), cv2.LINE_AA)

    # --- the whole -------------------------------------------------------------------------------------------------

    def content(self) -> tuple[Content, list[int]]:
        """What the next scene holds: a content for captions and the class of each object."""
        rng = self.rng
        draw = rng.random()
        if draw < 0.02:
            return Content(), []
        count = 1 if rng.random() < self.lone else rng.choice([2, 2, 3, 3, 3])
        if rng.random() < 0.035:
            colour, shape = rng.choice(_COLOURS), rng.choice(_SHAPES)
            glyphs = [self._next_glyph() for _ in range(count - 1)]
            cls = len(self.glyphs) + _COLOURS.index(colour) * len(_SHAPES) + _SHAPES.index(shape)
            return Content(glyphs, None, (colour, shape)), [*glyphs, cls]
        if count > 1 and rng.random() < 0.06:  # the same thing two or three times
            glyph = self._next_glyph()
            glyphs = [glyph] * count
        else:
            glyphs = [self._next_glyph() for _ in range(count)]
        return Content(glyphs), list(glyphs)

    def make(self, side: int, grid: int, given: tuple[Content, list[int]] | None = None) -> Scene:
        rng = self.rng
        source, classes = given or self.content()
        content = Content(list(source.glyphs), None, source.shape)
        ground, key = self._background(side)
        content.background = BACKGROUND_KEYS[key] if key >= 0 else None
        canvas = ground.astype(np.float32)
        aspect = math.exp(rng.uniform(-0.6, 0.6)) if rng.random() < 0.7 else 1.0
        sx, sy = (1 / aspect, 1.0) if aspect > 1 else (1.0, aspect)  # of the short side's unit, after the stretch
        count = len(classes)
        if rng.random() < 0.12:
            for _ in range(rng.randint(1, 2)):
                self._scrap(canvas, sx, sy)
        low, high = ((0.24, 0.9), (0.24, 0.9), (0.2, 0.56), (0.17, 0.46))[count]
        low = low + (high - low) * 0.5 * self.easy
        if count > 1 and rng.random() < 0.5:  # alike in size, or not
            one = rng.uniform(low, high)
            sizes = [min(high, max(low, one * rng.uniform(0.85, 1.15))) for _ in range(count)]
        else:
            sizes = [rng.uniform(low, high) for _ in range(count)]
        spots = self._spots(count, sizes, sx, sy) if count else []
        grids: list[Array] = []
        for cls, size, (x, y) in zip(classes, sizes, spots):
            pixels = size * side
            plain = False
            if cls >= len(self.glyphs):
                colour, shape = divmod(cls - len(self.glyphs), len(_SHAPES))
                sprite = self._shape(_COLOURS[colour], _SHAPES[shape])
            else:
                styles = self.other_style.get(cls)
                source_sprite = rng.choice(styles) if styles and rng.random() < 0.15 else self.glyphs[cls]
                if not self.colour_matters[cls] and rng.random() < self.redraw:
                    sprite = source_sprite.redrawn(rng, pixels)
                else:
                    sprite = source_sprite.level(pixels)
            alpha = self._place(canvas, sprite, x * side, y * side, pixels, sx, sy, plain)
            cover = cv2.resize(alpha, (grid, grid), interpolation=cv2.INTER_AREA) if alpha is not None else np.zeros((grid, grid), np.float32)
            grids = [g * (1 - cover) for g in grids]
            grids.append(cover)
        patches = np.full((grid, grid), -1, np.int16)
        if grids:
            stack = np.stack(grids)
            top = stack.max(0)
            patches[top > 0.02] = -2
            chosen = top > 0.3
            patches[chosen] = np.array(classes, np.int16)[stack.argmax(0)[chosen]]
        if not count and key < 0:
            content.background = None
        image = self._finish(canvas)
        if rng.random() < 0.1:
            self.recent.append(image)
            if len(self.recent) > 64:
                self.recent.pop(0)
        return Scene(image, content, key, classes, patches)

    def _finish(self, canvas: Array) -> Array:
        """What cameras, encoders and resizers do to the whole picture."""
        rng = self.rng
        side = canvas.shape[0]
        draw = rng.random()
        if draw < 0.06:
            low = int(side * rng.uniform(0.45, 0.9))
            canvas = cv2.resize(cv2.resize(canvas, (low, low), interpolation=cv2.INTER_AREA), (side, side), interpolation=cv2.INTER_CUBIC)
        elif draw < 0.12:
            canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.3, 0.9))
        elif draw < 0.22:  # the bicubic reduction's slight over-sharpening
            canvas += (canvas - cv2.GaussianBlur(canvas, (0, 0), 0.9)) * rng.uniform(0.1, 0.6)
        if rng.random() < 0.12:
            noise = rng.choice(self.noise)
            canvas += noise[:side, :side] * rng.uniform(2, 14)
        draw = rng.random()
        if draw < 0.25:
            gain = np.array([rng.uniform(0.85, 1.15) for _ in range(3)], np.float32) * rng.uniform(0.75, 1.2)
            canvas = (canvas - 128) * rng.uniform(0.75, 1.2) + 128
            canvas = canvas * gain
        elif draw < 0.27:
            canvas = np.repeat(canvas.mean(-1, keepdims=True), 3, -1)
        image = np.clip(canvas + 0.5, 0, 255).astype(np.uint8)
        if rng.random() < 0.1:
            _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(35, 92)])
            image = cv2.imdecode(data, cv2.IMREAD_COLOR)
        return image
