#!/usr/bin/env python3
"""Makes the pictures beside it, and expected.json with their pixels as Pillow shows them.

Needs: pillow 13.0.0, numpy, pillow-heif 1.8.1, imagecodecs 2026.3.6, and cjpeg and jpegtran of
libjpeg-turbo 2.1.5. Run it in this folder; the same versions give the same bytes.

Pillow is the reference: upright by exif_transpose, embedded profiles by ImageCms to sRGB with its
default (perceptual) intent, opacity over white. Where Pillow has no answer of its own:
  * 16-bit grey ("I;16"): the high byte, as Pillow itself takes it of 16-bit colours;
  * floating point: 0...1 is black...white.
"""

import base64
import io
import json
import os
import struct
import subprocess
import zlib

import imagecodecs
import numpy as np
from PIL import Image, ImageCms, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "images")
cases = []


def scene(width=36, height=24, seed=0):
    """A smooth colour gradient with a few hard shapes: nothing symmetrical, no two corners alike."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    u, v = x / width, y / height
    a = np.stack([255 * u, 255 * v, 127 + 127 * np.sin(5 * u + 3 * v + seed)], axis=-1)
    a[height // 6 : height // 3, width // 8 : width // 2] = [230, 40, 30]
    a[height // 2 : height * 5 // 6, width // 2 : width * 7 // 8] = [20, 60, 200]
    return Image.fromarray(a.round().astype(np.uint8))


def opacity(width=36, height=24):
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(((x * 7 + y * 5) % 256).astype(np.uint8))


# The colorants of display profiles, adapted to ICC's white (D50).
WIDE = ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841))
ADOBE_RGB = ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446))
SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))


def profile(space=b"RGB ", swapped=False, primaries=WIDE, gamma=2.2):
    """A version 2 display profile: Display P3's primaries (or red and green exchanged)."""

    def fixed(value):
        return struct.pack(">i", round(value * 65536))

    def xyz(*values):
        return b"XYZ \0\0\0\0" + b"".join(fixed(v) for v in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    white = (0.9642, 1.0, 0.8249)
    red, green, blue = primaries
    if swapped:
        red, green = green, red
    name = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Test\0" + b"\0" * 78
    tags = [(b"desc", name), (b"wtpt", xyz(*white)), (b"cprt", b"text\0\0\0\0none\0")]
    if space == b"GRAY":
        tags.append((b"kTRC", b"curv\0\0\0\0" + struct.pack(">IH", 1, round(1.4 * 256))))
    else:
        tags += [(b"rXYZ", xyz(*red)), (b"gXYZ", xyz(*green)), (b"bXYZ", xyz(*blue))]
        tags += [(b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    return icc(b"mntr", space, b"XYZ ", tags)


def ink_profile():
    """A version 2 printer profile: a table of two values an ink, with yellowish paper."""
    paper, rows = np.array([95.0, 0.0, 4.0]), []
    inks = {0: (55, -37, -50), 1: (48, 74, -3), 2: (89, -5, 93), 3: (16, 0, 0)}
    for index in range(16):
        lab = paper.copy()
        for ink in range(4):
            if index >> (3 - ink) & 1:
                lab = np.array([lab[0] * inks[ink][0] / 95, *(lab[1:] * 0.4 + inks[ink][1:])])
        rows.append([lab[0] / 100 * 255, lab[1] + 128, lab[2] + 128])
    grid = bytes(np.array(rows).round().clip(0, 255).astype(np.uint8).reshape(-1))
    identity = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    ramp = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 2, 0]) + identity + ramp * 4 + grid + ramp * 3
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)
    name = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Inks\0" + b"\0" * 78
    tags = [(b"desc", name), (b"wtpt", white), (b"cprt", b"text\0\0\0\0none\0"), (b"A2B0", table)]
    return icc(b"prtr", b"CMYK", b"Lab ", tags)


def icc(device, space, connection, tags):
    """A profile of tags (ICC.1:2001-04)."""
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for key, value in tags:
        value += b"\0" * (-len(value) % 4)
        table += key + struct.pack(">II", start + len(body), len(value))
        body += value
    head = struct.pack(">I", start + len(body)) + b"\0" * 4 + bytes([2, 0x20, 0, 0])
    head += device + space + connection + struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp"
    head += b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def expected(path):
    image = Image.open(path)
    if image.format != "HEIF":  # There the primary picture is shown, wherever it stands.
        image.seek(0)
    image.load()
    icc = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image).astype(np.uint16) >> 8).astype(np.uint8))
    if image.mode == "F":
        image = Image.fromarray((np.asarray(image) * 255 + 0.5).clip(0, 255).astype(np.uint8))
    alpha = None
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        image = image.convert("RGB")
    rgb = None
    if icc:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            target = ImageCms.createProfile("sRGB")
            rgb = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            pass
    if rgb is None:
        rgb = image.convert("RGB")
    if alpha is not None:
        rgb.putalpha(alpha)
        white = Image.new("RGBA", rgb.size, (255, 255, 255, 255))
        white.alpha_composite(rgb)
        rgb = white.convert("RGB")
    return rgb


def keep(name, tolerance=0.0, furthest=None):
    """Notes a written file with its pixels: `tolerance` is the mean absolute difference, `furthest`
    that of a single sample, where it is more than rounding.

    Larger pictures are compared with their own whole decoding instead, to keep the file small.
    """
    rgb = expected(os.path.join(OUT, name))
    if rgb.width * rgb.height > 2000:
        return
    case = {
        "name": name,
        "width": rgb.width,
        "height": rgb.height,
        "pixels": base64.b64encode(rgb.tobytes()).decode(),
        "tolerance": tolerance,
    }
    cases.append(case if furthest is None else case | {"furthest": furthest})


def save(image, name, tolerance=0.0, furthest=None, **options):
    image.save(os.path.join(OUT, name), **options)
    keep(name, tolerance, furthest)


def write(name, data, tolerance=None, furthest=None):
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(data)
    if tolerance is not None:
        keep(name, tolerance, furthest)


def read(name):
    with open(os.path.join(OUT, name), "rb") as file:
        return file.read()


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png16(array, colour_type):
    """A 16-bit PNG, which Pillow writes only for grey."""
    height, width = array.shape[:2]
    rows = b"".join(b"\0" + array[y].astype(">u2").tobytes() for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(rows, 9))
        + png_chunk(b"IEND", b"")
    )


def exif(orientation=None, **fields):
    block = Image.Exif()
    if orientation:
        block[0x0112] = orientation
    for tag, value in fields.items():
        block[int(tag[1:], 16)] = value
    return block


def interlaced(array):
    """An RGB PNG in Adam7's seven passes, which Pillow doesn't write."""
    height, width = array.shape[:2]
    rows = b""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4)]
    passes += [(1, 0, 2, 2), (0, 1, 1, 2)]
    for x, y, across, down in passes:
        part = array[y::down, x::across]
        if part.shape[1]:
            rows += b"".join(b"\0" + row.tobytes() for row in part)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def tiff16(array):
    """A 16-bit RGB TIFF of one strip, which Pillow neither reads nor writes."""
    height, width = array.shape[:2]
    data = array.astype("<u2").tobytes()
    bits = 8 + 2 + 12 * 9 + 4
    fields = [(256, 3, 1, width), (257, 3, 1, height), (258, 3, 3, bits), (259, 3, 1, 1)]
    fields += [(262, 3, 1, 2), (273, 4, 1, bits + 6), (277, 3, 1, 3), (278, 3, 1, height)]
    fields += [(279, 4, 1, len(data))]
    table = b"".join(struct.pack("<HHII", *field) for field in fields)
    head = b"II*\0" + struct.pack("<IH", 8, len(fields)) + table + struct.pack("<I", 0)
    return head + struct.pack("<3H", 16, 16, 16) + data


def tool(command, data):
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def make_odd_ones(rgb, grey):
    """What is rare, and still comes along."""
    # Inks by a table so coarse that Little CMS 2.14 (Debian's) and 2.19 (Pillow's) are 4.4 apart.
    inks = rgb.convert("CMYK")
    save(inks, "cmyk-profile.jpg", 5, 45, quality=95, icc_profile=ink_profile())
    save(inks, "cmyk-profile.tif", 5, 45, compression="tiff_lzw", icc_profile=ink_profile())

    # Profiles that cameras and screens have.
    save(rgb, "adobe-rgb.jpg", 1.0, quality=95, icc_profile=profile(primaries=ADOBE_RGB))
    save(rgb, "linear.png", 0.5, icc_profile=profile(primaries=SRGB, gamma=1.0))
    save(rgb, "broken-profile.jpg", 0.5, quality=95, icc_profile=profile()[:150])

    # Codings that few programs write.
    portable = io.BytesIO()
    rgb.save(portable, "PPM")
    arithmetic = ["cjpeg", "-arithmetic", "-quality", "90", "-sample", "1x1"]
    write("arithmetic.jpg", tool(arithmetic, portable.getvalue()), 0.5)
    both = ["jpegtran", "-arithmetic", "-progressive", "-copy", "none"]
    write("arithmetic-progressive.jpg", tool(both, read("rgb-444.jpg")), 0.5)
    deep = np.asarray(rgb).astype(np.uint16) << 4
    write("twelve-bit.jpg", imagecodecs.jpeg8_encode(deep, level=90, bitspersample=12))
    write("interlaced.png", interlaced(np.asarray(rgb)), 0.0)
    frames = [scene(seed=7), scene(seed=8)]
    save(rgb, "animated.png", save_all=True, append_images=frames, duration=100)
    wide = np.asarray(rgb).astype(np.uint16) * 257
    write("rgb-16.tif", tiff16(wide))

    # Several pictures in one file, and what follows the end.
    first = os.path.join(OUT, "several.mpo")
    rgb.save(first, "MPO", save_all=True, append_images=[scene(seed=9)], quality=90, subsampling=0)
    os.replace(first, os.path.join(OUT, "several.jpg"))
    keep("several.jpg", 0.5)
    plain = read("rgb-444.jpg")
    write("gain-map.jpg", plain + read("grey.jpg"), 0.5)
    write("garbage-after.jpg", plain + b"\xff\xd8\xff\xda\xff" * 200, 0.5)

    # Small ones.
    one = Image.new("RGB", (1, 1), (200, 100, 50))
    for ending, options in [("png", {}), ("gif", {}), ("tif", {}), ("webp", {"lossless": True})]:
        save(one, f"one.{ending}", 0.0, **options)
    save(one, "one.jpg", 0.5, quality=95, subsampling=0)
    save(scene(1, 1999), "column.png")
    save(scene(1999, 1), "row.jpg", 0.5, quality=90, subsampling=2)


def make():
    os.makedirs(OUT, exist_ok=True)
    rgb = scene()
    rgba = scene()
    rgba.putalpha(opacity())
    grey = scene().convert("L")

    # JPEG: Pillow's and the system's decoder may round differently by one.
    save(rgb, "rgb-444.jpg", 0.5, quality=90, subsampling=0)
    save(rgb, "rgb-422.jpg", 0.5, quality=90, subsampling=1)
    save(rgb, "rgb-420.jpg", 0.5, quality=90, subsampling=2)
    save(rgb, "progressive.jpg", 0.5, quality=90, progressive=True)
    save(grey, "grey.jpg", 0.5, quality=90)
    save(rgb.convert("CMYK"), "cmyk.jpg", 0.5, quality=90)
    for turn in range(1, 9):
        save(rgb, f"turned-{turn}.jpg", 0.5, quality=90, exif=exif(turn))
    save(rgb, "profile.jpg", 1.0, quality=95, icc_profile=profile())
    save(grey, "grey-rgb-profile.jpg", 0.5, quality=90, icc_profile=profile())

    # PNG.
    save(rgb, "rgb.png")
    save(rgba, "rgba.png")
    save(grey, "grey.png")
    save(rgba.convert("LA"), "grey-opacity.png")
    save(rgb.convert("1"), "one-bit.png")
    save(rgb.quantize(16), "palette.png")
    save(rgb.quantize(16), "palette-opacity.png", transparency=bytes(range(0, 256, 16)))
    save(rgb, "colour-key.png", transparency=(230, 40, 30))
    save(rgb, "swapped-profile.png", 0.5, icc_profile=profile(swapped=True))
    save(rgba, "rgba-profile.png", 0.5, icc_profile=profile())
    save(grey, "grey-profile.png", 0.5, icc_profile=profile(b"GRAY"))
    save(rgb, "broken-profile.png", icc_profile=profile()[:150])
    save(rgb, "turned-6.png", exif=exif(6))
    wide = np.asarray(scene()).astype(np.uint32) * 257
    noise = np.random.default_rng(7).integers(-90, 90, wide.shape)
    wide = (wide.astype(np.int64) + noise).clip(0, 65535)
    write("rgb-16.png", png16(wide, 2), 0.0)
    write("grey-16.png", png16(wide[:, :, 0], 0), 0.0)
    alpha = np.asarray(opacity()).astype(np.uint32)[:, :, None] * 257
    write("rgba-16.png", png16(np.concatenate([wide, alpha], axis=2), 6), 0.0)

    # WebP.
    save(rgb, "lossy.webp", 0.5, quality=85)
    save(rgb, "lossless.webp", lossless=True)
    save(rgba, "opacity.webp", 0.5, lossless=True, exact=True)
    save(rgb, "turned-8.webp", 0.0, lossless=True, exif=exif(8))
    frames = [scene(seed=2), scene(seed=3)]
    save(rgb, "animated.webp", lossless=True, save_all=True, append_images=frames)

    # GIF.
    save(rgb.quantize(32), "palette.gif")
    save(rgb.quantize(32), "transparent.gif", transparency=3)
    frames = [f.quantize(32) for f in frames]
    save(rgb.quantize(32), "animated.gif", save_all=True, append_images=frames, duration=100)

    # TIFF.
    save(rgb, "rgb.tif", compression="tiff_lzw")
    save(grey, "grey.tif", compression="tiff_adobe_deflate")
    save(rgb.convert("1"), "one-bit.tif", compression="group4")
    save(rgb.quantize(16), "palette.tif")
    save(rgb.convert("CMYK"), "cmyk.tif", compression="tiff_lzw")
    save(rgba, "rgba.tif", compression="tiff_lzw")
    save(Image.fromarray(wide[:, :, 0].astype(np.uint16)), "grey-16.tif")
    ramp = np.asarray(grey).astype(np.float32) / 255
    save(Image.fromarray(ramp), "float.tif", compression="tiff_lzw")
    save(rgb, "pages.tif", save_all=True, append_images=[scene(seed=5)], compression="tiff_lzw")
    save(rgb, "turned-3.tif", compression="tiff_lzw", tiffinfo={274: 3})

    # Larger ones, for reductions: smooth, so that they stay small.
    save(scene(240, 160), "large.jpg", 0.5, quality=80)
    save(scene(240, 160), "large-422.jpg", 0.5, quality=80, subsampling=1)
    save(scene(243, 163), "odd.jpg", 0.5, quality=80)
    save(scene(301, 203), "large.png")
    fringe = Image.new("RGBA", (200, 200), (255, 0, 0, 0))
    fringe.paste((0, 0, 255, 255), (50, 50, 151, 151))
    save(fringe, "fringe.png")

    # What cameras write.
    # As bytes: Pillow would write question marks for what isn't ASCII.
    maker, model = "  キヤノン (Canon)  ".encode(), "EOS R5 (試作)".encode()
    camera = exif(1, t010f=maker, t0110=model, t0132="2024:07:01 00:00:00")
    camera.get_ifd(0x8769).update({0x9003: "2024:06:30 18:05:09", 0x9004: "2024:06:30 18:05:10"})
    save(rgb, "camera.jpg", 0.5, quality=90, exif=camera)
    save(rgb, "camera.webp", 0.0, lossless=True, exif=camera)
    info = {271: "Mekiki", 272: "Scanner 1", 306: "2019:12:31 23:59:59"}
    save(rgb, "camera.tif", compression="tiff_lzw", tiffinfo=info)

    save(rgb.quantize(32), "comment.gif", comment=("目" * 200).encode())

    # A text that inflates to more than is read, and one after it.
    bomb = b"bomb\0\0" + zlib.compress(b"a" * (17 << 20), 9)
    chunks = png_chunk(b"zTXt", bomb) + png_chunk(b"tEXt", b"kept\0text")
    plain = read("one-bit.png")
    write("text-bomb.png", plain[:33] + chunks + plain[33:])

    # Not what their endings say, or not pictures.
    write("really-a-png.jpg", read("rgb.png"), 0.0)
    write("really-a-jpeg.png", read("rgb-420.jpg"), 0.5)

    make_odd_ones(rgb, grey)
    make_heif.make()

    with open(os.path.join(HERE, "expected.json"), "w") as file:
        json.dump(cases, file, indent=0, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    import make_heif

    make()
