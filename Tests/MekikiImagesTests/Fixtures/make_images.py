#!/usr/bin/env python3
"""Makes the pictures beside it, and expected.json with their pixels as Pillow shows them.

Needs: pillow 13.0.0, numpy. Run it in this folder; the same versions give the same bytes.

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
import zlib

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


def profile(space=b"RGB ", swapped=False):
    """A version 2 display profile: wide primaries (or red and green exchanged), gamma 2.2."""

    def fixed(value):
        return struct.pack(">i", round(value * 65536))

    def xyz(*values):
        return b"XYZ \0\0\0\0" + b"".join(fixed(v) for v in values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256))
    white = (0.9642, 1.0, 0.8249)
    red, green, blue = (
        (0.5151, 0.2412, -0.0011),
        (0.2919, 0.6922, 0.0419),
        (0.1572, 0.0666, 0.7841),
    )
    if swapped:
        red, green = green, red
    name = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Test\0" + b"\0" * 78
    tags = [(b"desc", name), (b"wtpt", xyz(*white)), (b"cprt", b"text\0\0\0\0none\0")]
    if space == b"GRAY":
        tags.append((b"kTRC", b"curv\0\0\0\0" + struct.pack(">IH", 1, round(1.4 * 256))))
    else:
        tags += [(b"rXYZ", xyz(*red)), (b"gXYZ", xyz(*green)), (b"bXYZ", xyz(*blue))]
        tags += [(b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for key, value in tags:
        value += b"\0" * (-len(value) % 4)
        table += key + struct.pack(">II", start + len(body), len(value))
        body += value
    head = struct.pack(">I", start + len(body)) + b"\0" * 4 + bytes([2, 0x20, 0, 0])
    head += b"mntr" + space + b"XYZ " + struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp"
    head += b"\0" * 28 + b"".join(fixed(v) for v in white)
    return head.ljust(128, b"\0") + table + body


def expected(path):
    image = Image.open(path)
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


def keep(name, tolerance=0.0):
    """Notes a written file with its pixels; `tolerance` is the mean absolute difference.

    Larger pictures are compared with their own whole decoding instead, to keep the file small.
    """
    rgb = expected(os.path.join(OUT, name))
    if rgb.width * rgb.height > 2000:
        return
    cases.append(
        {
            "name": name,
            "width": rgb.width,
            "height": rgb.height,
            "pixels": base64.b64encode(rgb.tobytes()).decode(),
            "tolerance": tolerance,
        }
    )


def save(image, name, tolerance=0.0, **options):
    image.save(os.path.join(OUT, name), **options)
    keep(name, tolerance)


def write(name, data, tolerance=None):
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(data)
    if tolerance is not None:
        keep(name, tolerance)


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

    with open(os.path.join(HERE, "expected.json"), "w") as file:
        json.dump(cases, file, indent=0, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    make()
