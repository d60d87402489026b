"""Pictures that no camera made: ones that claim to be huge, are cut short, or are no pictures."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

from PIL import Image


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes, pixels: bytes = b"\x00" * 100) -> bytes:
    """A PNG of eight grey bits that claims a size; its pixels need not be there."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + b"".join(chunks)
        + png_chunk(b"IDAT", zlib.compress(pixels, 9))
        + png_chunk(b"IEND", b"")
    )


def whole_png(side: int) -> bytes:
    """A square PNG that really has all its pixels, in a thousandth of their bytes."""
    compressor = zlib.compressobj(9)
    row = b"\x00" * (side + 1)
    data = b"".join(compressor.compress(row) for _ in range(side)) + compressor.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", data)
        + png_chunk(b"IEND", b"")
    )


def gif(width: int, height: int) -> bytes:
    """A GIF that claims a size, with a picture of one pixel in it."""
    screen = struct.pack("<HHBBB", width, height, 0xF0, 0, 0) + b"\x00\x00\x00\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + screen + frame + b"\x3b"


def webp(width: int, height: int) -> bytes:
    """A WebP whose extended header claims a size."""
    small = io.BytesIO()
    Image.new("RGB", (1, 1)).save(small, "WEBP", lossless=True)
    inner = small.getvalue()[12:]
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\x00\x00\x00\x00" + size + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff(width: int, height: int) -> bytes:
    """A TIFF whose tags claim a size, all of it in one strip that is not there."""
    tags = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 0xFFFFFFF0),
    ]  # fmt: skip
    entries = b"".join(
        struct.pack("<HHI", tag, kind, count)
        + (struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value))
        for tag, kind, count, value in tags
    )
    return b"II*\x00" + struct.pack("<IH", 8, len(tags)) + entries + b"\x00\x00\x00\x00"


def jpeg_of_size(data: bytes, width: int, height: int) -> bytes:
    """A JPEG whose frame header claims another size than it has."""
    at = next(i for i in range(len(data) - 1) if data[i] == 0xFF and data[i + 1] in (0xC0, 0xC2))
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def claiming_pictures(jpeg: bytes) -> dict[str, bytes]:
    """Small files that claim huge pictures."""
    return {
        "png-largest": png(2**31 - 1, 2**31 - 1),
        "png-wide": png(2**31 - 1, 1),
        "png-square": png(60_000, 60_000),
        "png-zero": png(0, 0),
        "png-long-chunk": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR" + b"\x00" * 50,
        "png-text-bomb": png(
            8, 8, png_chunk(b"zTXt", b"k\x00\x00" + zlib.compress(b"\x00" * (1 << 26), 9)),
            pixels=b"\x00" * 72,
        ),
        "gif-largest": gif(65_535, 65_535),
        "webp-largest": webp(16_384, 16_384),
        "webp-beyond": webp(1 << 24, 1 << 24),
        "tiff-largest": tiff(2**32 - 1, 2**32 - 1),
        "tiff-square": tiff(100_000, 100_000),
        "jpeg-largest": jpeg_of_size(jpeg, 65_535, 65_535),
    }  # fmt: skip


def damaged_pictures(samples: list[Path]) -> dict[str, bytes]:
    """Real pictures, cut short and with bytes changed; always the same ones."""
    chance = random.Random(7)
    damaged: dict[str, bytes] = {}
    for path in samples:
        data = path.read_bytes()
        for share in (0.01, 0.3, 0.9):
            damaged[f"{path.name} cut at {share}"] = data[: int(len(data) * share)]
        for number in range(4):
            changed = bytearray(data)
            for _ in range(40):
                # Mostly among the headers, where most is decided.
                limit = 600 if chance.random() < 0.7 else len(changed)
                changed[chance.randrange(12, min(limit, len(changed)))] = chance.randrange(256)
            damaged[f"{path.name} changed {number}"] = bytes(changed)
    for length in (1, 2, 16, 1000, 100_000):
        damaged[f"random {length}"] = chance.randbytes(length)
    starts = (
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
        b"II*\x00",
        b"MM\x00*",
    )
    for start in starts:
        damaged[f"random after {start!r}"] = start + chance.randbytes(5000)
    return damaged


# Formats that other programs read, some of them by running what stands in them.
FOREIGN_FORMATS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    b'<script>alert(1)</script><image href="file:///etc/passwd"/></svg>',
    "svg with a declaration": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM '
    b'"file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
    "magick vector graphics": b"push graphic-context\nimage over 0,0 9,9 'label:@/etc/passwd'\n",
    "html": b"<!doctype html><img src=x onerror=alert(1)>",
    "bmp": b"BM" + struct.pack("<IHHI", 58, 0, 0, 54)
    + struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0) + b"\x00" * 4,
    "ppm": b"P6\n1 1\n255\n\x00\x00\x00",
    "hdr": b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\x00\x00\x00\x00",
    "vips": b"\x08\xf2\xa6\xb6" + b"\x00" * 64,
    "csv": b"1,2\n3,4\n",
    "matlab": b"MATLAB 5.0 MAT-file" + b" " * 200,
    "fits": b"SIMPLE  =                    T".ljust(2880),
    "heif": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "zip": b"PK\x03\x04" + b"\x00" * 30,
    "program": b"\x7fELF" + b"\x00" * 60,
}  # fmt: skip
