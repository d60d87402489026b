"""Opens every sample file again and compares it with what the catalogue promises."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageOps

import metadata
from catalogue import PICTURES, Picture

LARGEST, TOTAL = 500_000, 9_000_000
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def chunks(path: Path) -> dict[str, tuple[str, str]]:
    """The text chunks of a PNG file, read from its bytes: keyword to (chunk type, text)."""
    data, at, found = path.read_bytes(), 8, {}
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if zlib.crc32(kind + body) != struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0]:
            raise ValueError(f"{path.name}: checksum of {kind!r}")
        if kind == b"tEXt":
            keyword, text = body.split(b"\0", 1)
            found[keyword.decode("latin-1")] = ("tEXt", text.decode("latin-1"))
        elif kind == b"iTXt":
            keyword, rest = body.split(b"\0", 1)
            _, _, text = rest[2:].split(b"\0", 2)
            found[keyword.decode("latin-1")] = ("iTXt", text.decode("utf-8"))
        at += 12 + length
    return found


def _png(picture: Picture, path: Path) -> list[str]:
    found, name, faults = chunks(path), picture.name, []
    if name in metadata.A1111 and found.get("parameters") != ("tEXt", metadata.A1111[name].a1111(picture.size)):
        faults.append("parameters")
    if name in metadata.A1111_JAPANESE and found.get("parameters") != (
        "iTXt",
        metadata.A1111_JAPANESE[name].a1111(picture.size),
    ):
        faults.append("parameters (iTXt)")
    if name in metadata.COMFY:
        graph = json.loads(found["prompt"][1])
        document = json.loads(found["workflow"][1])
        known = {node["id"] for node in document["nodes"]}
        if graph != metadata.COMFY[name].graph(picture.size) or any(
            link[1] not in known or link[3] not in known for link in document["links"]
        ):
            faults.append("graph")
    return faults


def _exif(picture: Picture, image: Image.Image) -> list[str]:
    block, name, faults = image.getexif(), picture.name, []
    inner = block.get_ifd(metadata.TAG_EXIF_IFD)
    if name in metadata.TAKEN and (
        block.get(metadata.TAG_MODEL) != metadata.MODEL or inner.get(metadata.TAG_TAKEN) != metadata.TAKEN[name]
    ):
        faults.append("camera data")
    if name in metadata.A1111:
        comment = inner.get(metadata.TAG_USER_COMMENT, b"")
        if comment[:8] != b"UNICODE\0" or comment[8:].decode("utf-16-be") != metadata.A1111[name].a1111(picture.size):
            faults.append("comment")
    if block.get(metadata.TAG_ORIENTATION, 1) != metadata.ORIENTATION.get(name, 1):
        faults.append("orientation")
    return faults


def check(folder: Path) -> list[str]:
    """Every fault found, one line each; nothing if all is well."""
    faults: list[str] = []
    total = 0
    indexed = [picture for picture in PICTURES if picture.theme != "queries"]
    for picture in PICTURES:
        path = place(folder, picture)
        if not path.exists():
            faults.append(f"{picture.file}: missing")
            continue
        total += path.stat().st_size
        if path.stat().st_size > LARGEST:
            faults.append(f"{picture.file}: {path.stat().st_size} bytes")
        with Image.open(path) as image:
            image.load()
            if image.format != FORMATS[picture.suffix]:
                faults.append(f"{picture.file}: is {image.format}")
            if ImageOps.exif_transpose(image).size != picture.size:
                faults.append(f"{picture.file}: upright it is {ImageOps.exif_transpose(image).size}")
            wrong = _png(picture, path) if picture.suffix == "png" else _exif(picture, image)
            faults += [f"{picture.file}: {what}" for what in wrong]
    if total > TOTAL:
        faults.append(f"all files: {total} bytes")
    names = [picture.file for picture in PICTURES]
    if len(set(names)) != len(names):
        faults.append("two pictures share a file name")
    known = {picture.name for picture in PICTURES}
    for table in (metadata.TAKEN, metadata.ORIENTATION, metadata.A1111, metadata.A1111_JAPANESE, metadata.COMFY):
        faults += [f"metadata for {name}, which is no picture" for name in table if name not in known]
    there = {path.name for path in (folder / "images").rglob("*") if path.is_file()}
    if there != {picture.file for picture in indexed}:
        faults.append(f"files and catalogue differ: {sorted(there ^ {picture.file for picture in indexed})}")
    for file in ("captions.json", "captions.en.json"):
        captions = json.loads((folder / file).read_text(encoding="utf-8"))
        if set(captions) != there or not all(isinstance(text, str) and text.strip() for text in captions.values()):
            faults.append(f"{file}: does not cover every file exactly")
    return faults


def place(folder: Path, picture: Picture) -> Path:
    """Where a picture's file lies."""
    parent = folder / "queries" if picture.theme == "queries" else folder / "images" / picture.theme
    return parent / picture.file
