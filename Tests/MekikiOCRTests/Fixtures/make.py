#!/usr/bin/env python3
"""Draws the pictures with text that the tests read. Needs Pillow and Debian's fonts-noto-cjk."""

import pathlib
import random

from PIL import Image, ImageDraw, ImageFont

FOLDER = pathlib.Path(__file__).parent
REGULAR = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
BOLD = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
JAPANESE = ["本日は晴天なり、宇宙へ行く。", "東京都の三毛猫が眠っている"]
ENGLISH = ["The quick brown fox jumps", "over the lazy dog in 2024."]
COLUMNS = ["吾輩は猫である名前はまだ無い", "どこで生れたか見当がつかぬ"]


def lines(texts, size=32, paper="white", ink="black"):
    """Lines from left to right."""
    picture = Image.new("RGB", (560, 60 + len(texts) * size * 2), paper)
    draw = ImageDraw.Draw(picture)
    for number, text in enumerate(texts):
        font = ImageFont.truetype(REGULAR, size)
        draw.text((30, 30 + number * size * 2), text, font=font, fill=ink)
    return picture


def columns(texts, size=36):
    """Columns from right to left, read downwards."""
    picture = Image.new("RGB", (80 + len(texts) * size * 2, 620), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(REGULAR, size)
    for number, text in enumerate(texts):
        for row, character in enumerate(text):
            place = (picture.width - 60 - size - number * size * 2, 40 + row * (size + 4))
            draw.text(place, character, font=font, fill="black")
    return picture


def drawing(title=None, ink="white"):
    """Discs of many colours, with a title over them."""
    chance = random.Random(5)
    picture = Image.new("RGB", (640, 480), "#4477cc")
    draw = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y, r = chance.randrange(640), chance.randrange(480), chance.randrange(10, 60)
        color = tuple(chance.randrange(80, 180) for _ in range(3))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=color)
    if title:
        draw.text((90, 180), title, font=ImageFont.truetype(BOLD, 60), fill=ink)
    return picture


def save(picture, name):
    """As an indexed or gray file where that loses nothing that matters, to stay small."""
    picture.quantize(64).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    save(lines(JAPANESE), "japanese")
    save(lines(ENGLISH), "english")
    save(columns(COLUMNS), "columns")
    save(lines(JAPANESE).rotate(90, expand=True), "turned-left")
    save(lines(ENGLISH).rotate(180, expand=True), "upside-down")
    save(lines(JAPANESE, paper="#203050", ink="#ffe080"), "night")
    save(lines(JAPANESE, size=13).crop((0, 0, 260, 110)), "small")
    save(drawing("三毛猫カフェ"), "title")
    save(drawing(), "discs")
