"""Makes the HEIC and AVIF pictures; make_images.py calls it.

The references are pillow-heif (libheif with libde265) and Pillow's own AVIF (libavif with dav1d). Their
colours are coarser than their pixels, and libraries disagree about how to spread them at an edge; so
a single sample may be far off there, where the mean is close.
"""

import io
import struct

import imagecodecs
import numpy as np
import pillow_heif
from PIL import Image

import __main__ as images

pillow_heif.register_heif_opener()


def coded(image, kind, **options):
    file = io.BytesIO()
    image.save(file, "HEIF" if kind == "heic" else "AVIF", **options)
    return file.getvalue()


def boxes(data, start=0, end=None):
    """Type, start of the content and end of each box."""
    end = len(data) if end is None else end
    while start + 8 <= end:
        size = struct.unpack_from(">I", data, start)[0] or end - start
        yield data[start + 4 : start + 8], start + 8, start + size
        start += size


def find(data, *path):
    """The content of a box by the types that lead to it."""
    start, end = 0, len(data)
    for kind in path:
        start, end = next((s, e) for k, s, e in boxes(data, start, end) if k == kind)
        if kind == b"meta":
            start += 4
    return data[start:end]


def box(kind, *content, version=None, flags=0):
    body = b"".join(content)
    if version is not None:
        body = struct.pack(">I", version << 24 | flags) + body
    return struct.pack(">I", 8 + len(body)) + kind + body


def still(data, kind):
    """The configuration box and the coded bytes of a file's first picture."""
    name = b"hvcC" if kind == "heic" else b"av1C"
    configuration = box(name, find(data, b"meta", b"iprp", b"ipco", name))
    media = find(data, b"mdat")
    return configuration, media


def grid(tiles, kind, rows, columns, width, height, side):
    """A file whose picture is put together of tiles; tiles may be named more often than stored."""
    code, brand = (b"hvc1", b"heic") if kind == "heic" else (b"av01", b"avif")
    configuration, _ = still(tiles[0], kind)
    media = [still(tile, kind)[1] for tile in tiles]
    count = rows * columns
    layout = struct.pack(">4B2H", 0, 0, rows - 1, columns - 1, width, height)
    entries = [box(b"infe", struct.pack(">HH", 1, 0), b"grid\0", version=2)]
    entries += [
        box(b"infe", struct.pack(">HH", i + 2, 0), code + b"\0", version=2, flags=1)
        for i in range(len(tiles))
    ]
    to = b"".join(struct.pack(">H", i % len(tiles) + 2) for i in range(count))
    properties = box(
        b"ipco",
        box(b"ispe", struct.pack(">II", width, height), version=0),
        box(b"ispe", struct.pack(">II", side, side), version=0),
        configuration,
        box(b"pixi", bytes([3, 8, 8, 8]), version=0),
    )
    owned = struct.pack(">HBBB", 1, 2, 1, 4)
    owned += b"".join(struct.pack(">HBBBB", i + 2, 3, 2, 0x83, 4) for i in range(len(tiles)))

    def meta(start):
        places = struct.pack(">HHHHII", 1, 1, 0, 1, 0, len(layout))
        for index, part in enumerate(media):
            places += struct.pack(">HHHHII", index + 2, 0, 0, 1, start, len(part))
            start += len(part)
        return box(
            b"meta",
            box(b"hdlr", b"\0\0\0\0pict" + b"\0" * 13, version=0),
            box(b"pitm", struct.pack(">H", 1), version=0),
            box(b"iinf", struct.pack(">H", len(entries)), *entries, version=0),
            box(b"iref", box(b"dimg", struct.pack(">HH", 1, count), to), version=0),
            box(
                b"iprp",
                properties,
                box(b"ipma", struct.pack(">I", len(tiles) + 1), owned, version=0),
            ),
            box(b"iloc", struct.pack(">HH", 0x4400, len(tiles) + 1), places, version=1),
            box(b"idat", layout),
            version=0,
        )

    head = box(b"ftyp", brand, struct.pack(">I", 0), b"mif1" + brand + b"miaf")
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", *media)


def make():
    rgb = images.scene()
    rgba = images.scene()
    rgba.putalpha(images.opacity())
    camera = images.exif(1, t010f=b"Phone maker", t0110=b"Phone 1")
    camera.get_ifd(0x8769).update({0x9003: "2025:02:03 04:05:06"})

    for kind in ["heic", "avif"]:
        whole = {"chroma": 444} if kind == "heic" else {"subsampling": "4:4:4"}
        fine = {"quality": 90} | whole
        images.write(f"rgb-444.{kind}", coded(rgb, kind, **fine), 1.5, 12)
        # AVIF's reference spreads coarse colours smoothly, and libheif 1.15 by repeating them.
        images.write(f"rgb-420.{kind}", coded(rgb, kind, quality=90), 8, 130)
        images.write(f"opacity.{kind}", coded(rgba, kind, **fine), 1.5, 12)
        images.write(f"grey.{kind}", coded(rgb.convert("L"), kind, **fine), 1.5, 12)
        for turn in range(1, 9):
            # Both writers turn by the container's own properties.
            file = coded(rgb, kind, exif=images.exif(turn).tobytes(), **fine)
            images.write(f"turned-{turn}.{kind}", file, 1.5, 12)
        icc = images.profile()
        images.write(f"profile.{kind}", coded(rgb, kind, icc_profile=icc, **fine), 1.5, 16)
        images.write(f"camera.{kind}", coded(rgb, kind, exif=camera, **fine), 1.5, 12)
        large = images.scene(240, 160)
        images.write(f"large.{kind}", coded(large, kind, quality=60))

        # Four tiles of 64 x 64, of which the right and the lower stick out.
        whole_picture = images.scene(128, 128)
        areas = [(x, y, x + 64, y + 64) for y in (0, 64) for x in (0, 64)]
        tiles = [coded(whole_picture.crop(area), kind, **fine) for area in areas]
        images.write(f"grid.{kind}", grid(tiles, kind, 2, 2, 100, 70, 64))
        # Sixty thousand tiles, all the same one: a picture of 250 million pixels in a few kilobytes.
        images.write(f"grid-bomb.{kind}", grid(tiles[:1], kind, 250, 250, 16000, 16000, 64))

    deep = np.asarray(rgb).astype(np.uint16) << 2
    ten = imagecodecs.avif_encode(deep, level=90, bitspersample=10, pixelformat="444")
    images.write("ten-bit.avif", ten, 1.5, 12)
    twelve = io.BytesIO()
    wide = (np.asarray(rgb).astype(np.uint16) * 257).tobytes()
    pillow_heif.encode("RGB;16", rgb.size, wide, twelve, quality=90, chroma=444)
    images.write("deep.heic", twelve.getvalue(), 1.5, 12)

    frames = [images.scene(seed=11), images.scene(seed=12)]
    moving = {"save_all": True, "append_images": frames, "quality": 90, "subsampling": "4:4:4"}
    images.write("animated.avif", coded(rgb, "avif", **moving), 1.5, 12)
    pages = {"save_all": True, "append_images": frames, "quality": 90, "chroma": 444}
    images.write("pages.heic", coded(rgb, "heic", primary_index=1, **pages), 1.5, 12)
    small = images.scene(200, 120)
    small.info["thumbnails"] = [64]
    images.write("with-thumbnail.heic", coded(small, "heic", quality=60))
