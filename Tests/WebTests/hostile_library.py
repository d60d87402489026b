"""A library whose files are named, and filled, by somebody who means harm."""

from __future__ import annotations

from pathlib import Path

import requests
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from program import Server, index

# Each would call window.alert, or break out of an attribute, a script element or a header, if it
# were taken for anything but a text.
NAMES = [
    "<img src=x onerror=alert(1)>.png",
    '"><svg onload=alert(1)>.png',
    "'-alert(1)-'.png",
    "<script>alert(1)<slash script>.png",
    "{{words.title}}{{{firstPage}}}.png",
    "${alert(1)}`.png",
    "javascript:alert(1).png",
    "&lt;b&gt;&amp;amp;.png",
    "a\r\nX-Injected: yes\r\n\r\n.png",
    "a\tb\x01\x7f.png",
    ";filename=evil.html.png",
    "‮gnp.exe.png",
    "夏祭り「花火」100%.png",
    "👨‍👩‍👧‍👦 family.png",
    "a" * 250 + ".png",
    "chunks.png",
    "camera.jpg",
]

TEXTS = {
    "parameters": "<script>alert(1)</script> <img src=x onerror=alert(1)> 三毛猫, masterpiece\n"
    "Negative prompt: </pre></section><iframe src=javascript:alert(1)>\nSteps: 20, Seed: 42",
    "prompt": '{"1": {"inputs": {"text": "</script><script>alert(1)</script>"}}}',
    "<b onclick=alert(1)>key</b>": "key with markup",
    "Comment": "‮ right to left, \u0000-free, 𠮷 and 👨‍👩‍👧‍👦; a very long line: " + "長" * 5000,
}

EXIF_TEXT = "<img src=x onerror=alert(1)>\"'"


def make_hostile_library(folder: Path) -> Path:
    """Makes the files and indexes them; the library is returned."""
    images = folder / "images"
    images.mkdir()
    for number, name in enumerate(NAMES):
        picture = Image.new("RGB", (300, 200 + number), (20 + number * 12, 90, 200 - number * 9))
        if name == "chunks.png":
            chunks = PngInfo()
            for key, text in TEXTS.items():
                chunks.add_itxt(key, text)
            picture.save(images / name, pnginfo=chunks)
        elif name == "camera.jpg":
            fields = Image.Exif()
            fields[0x010F] = EXIF_TEXT
            fields[0x0110] = EXIF_TEXT
            picture.save(images / name, exif=fields)
        else:
            picture.save(images / name)
    library = folder / "library"
    index(library, images)
    return library


def numbers(server: Server, web: requests.Session) -> dict[str, int]:
    """The images' numbers by their files' names."""
    page = web.get(f"{server.api}/images", params={"limit": 200}, timeout=20).json()
    return {image["name"]: image["id"] for image in page["images"]}
