"""Compares `mekiki embed --image` with Pillow and transformers, from file to vector.

Fifty files of all kinds and sizes are derived from the sample images: every format, colour modes,
bit depths, orientations, transparency, an embedded profile, sides from 33 to 4,000 pixels. The
reference opens each with Pillow (`exif_transpose`, `ImageCms` to sRGB, alpha over white) and encodes
it with transformers' processor and model in float32. Bounds: a cosine of at least 0.995 for each
file, and 0.999 in the median.

Run by Scripts/parity.sh: file_to_vector.py MEKIKI MODEL SAMPLES
"""

import io
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageCms, ImageOps
from transformers import CLIPModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

EACH = 0.995
MEDIAN = 0.999


def swapped_profile() -> bytes:
    """A profile whose red and blue are exchanged: ignoring it shows at once."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    places = {}
    for index in range(count):
        entry = 132 + 12 * index
        places[bytes(profile[entry : entry + 4])] = entry + 4
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    profile[red : red + 8], profile[blue : blue + 8] = profile[blue : blue + 8], profile[red : red + 8]
    return bytes(profile)


def with_alpha(picture: Image.Image) -> Image.Image:
    """The picture fading out to the right."""
    width, height = picture.size
    ramp = np.tile(np.linspace(255, 0, width).astype(np.uint8), (height, 1))
    result = picture.convert("RGBA")
    result.putalpha(Image.fromarray(ramp))
    return result


def make_files(samples: list[Path], folder: Path) -> list[Path]:
    """Writes fifty files of all kinds."""
    files: list[Path] = []

    def picture(number: int, size: tuple[int, int] | None = None) -> Image.Image:
        source = ImageOps.exif_transpose(Image.open(samples[number % len(samples)])).convert("RGB")
        return source if size is None else source.resize(size, Image.Resampling.LANCZOS)

    def save(name: str, image: Image.Image, **options: object) -> None:
        path = folder / f"{len(files):02d}-{name}"
        image.save(path, **options)
        files.append(path)

    sizes = [(33, 47), (128, 128), (200, 900), (640, 480), (1000, 1500), (1920, 1080), (4000, 3000)]
    for index, size in enumerate(sizes):
        save(f"{size[0]}x{size[1]}.jpg", picture(index, size), quality=90)
        save(f"{size[0]}x{size[1]}.webp", picture(index + 7, size), quality=90)
        if size[0] < 4000:
            save(f"{size[0]}x{size[1]}.png", picture(index + 14, size))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        save(f"orientation{orientation}.jpg", picture(20, (800, 600)), exif=exif, quality=90)
    save("grey.jpg", picture(21, (800, 600)).convert("L"), quality=90)
    save("cmyk.jpg", picture(22, (800, 600)).convert("CMYK"), quality=90)
    save("progressive444.jpg", picture(23, (900, 700)), quality=85, progressive=True, subsampling=0)
    save("grey.png", picture(24, (700, 500)).convert("L"))
    save("palette.png", picture(25, (700, 500)).quantize(64))
    save("onebit.png", picture(26, (300, 300)).convert("1"))
    save("alpha.png", with_alpha(picture(27, (700, 500))))
    save("greyalpha.png", with_alpha(picture(28, (700, 500))).convert("LA"))
    save("alpha.webp", with_alpha(picture(29, (700, 500))), quality=90)
    save("lossless.webp", picture(30, (500, 400)), lossless=True)
    save("still.gif", picture(31, (400, 300)).quantize(128))
    save(
        "animated.gif",
        picture(32, (300, 300)).quantize(64),
        save_all=True,
        append_images=[picture(33, (300, 300)).quantize(64)],
    )
    save("plain.tiff", picture(34, (600, 450)))
    save("lzw.tif", picture(35, (600, 450)), compression="tiff_lzw")
    save("alpha.tiff", with_alpha(picture(36, (500, 400))))
    save("profile.jpg", picture(37, (800, 600)), icc_profile=swapped_profile(), quality=90)
    save("profile.png", picture(38, (800, 600)), icc_profile=swapped_profile())
    save("lying.png", picture(39, (800, 600)), format="JPEG", quality=90)
    save("quality30.jpg", picture(40, (1280, 960)), quality=30)
    assert len(files) >= 45, len(files)
    for index in range(len(files), 50):
        save(f"more{index}.jpg", picture(index, (1100 + 97 * (index % 7), 811)), quality=88)
    return files[:50] if len(files) > 50 else files


def reference_picture(path: Path) -> Image.Image:
    """The picture as Pillow shows it: upright, sRGB, over white."""
    image = Image.open(path)
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    alpha = None
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        image = image.convert("RGB")
    if profile and image.mode in ("RGB", "L", "CMYK"):
        image = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    image = image.convert("RGB")
    if alpha is not None:
        white = Image.new("RGB", image.size, (255, 255, 255))
        white.paste(image, mask=alpha)
        image = white
    return image


def main() -> int:
    program, model_folder, samples_folder = sys.argv[1:4]
    samples = sorted(p for p in Path(samples_folder).rglob("*") if p.is_file())
    model = CLIPModel.from_pretrained(model_folder).float().eval()
    processor = CLIPImageProcessorPil.from_pretrained(model_folder)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        files = make_files(samples, Path(folder))
        expected = []
        with torch.no_grad():
            for path in files:
                pixels = processor(reference_picture(path), return_tensors="pt")["pixel_values"]
                features = model.vision_model(pixel_values=pixels).pooler_output
                vector = model.visual_projection(features)[0]
                expected.append((vector / vector.norm()).numpy())
        others = np.array(expected) @ np.array(expected).T
        spread = float(np.median(others[np.triu_indices(len(files), 1)]))
        print(f"{len(files)} files; median cosine between different files {spread:.3f}")
        for precision in ("float32", "automatic"):
            arguments = [program, "embed", "--json", "--quiet", "--model", model_folder]
            for path in files:
                arguments += ["--image", str(path)]
            output = subprocess.run(
                arguments,
                check=True,
                capture_output=True,
                text=True,
                env={"MEKIKI_PRECISION": precision, "PATH": "/usr/bin:/bin"},
            ).stdout
            vectors = [json.loads(line)["vector"] for line in output.splitlines()]
            cosines = [float(np.dot(a, b)) for a, b in zip(vectors, expected, strict=True)]
            worst = min(range(len(files)), key=lambda index: cosines[index])
            median = statistics.median(cosines)
            good = cosines[worst] >= EACH and median >= MEDIAN
            failed |= not good
            print(
                f"{precision:10}  median {median:.6f} (>= {MEDIAN})  "
                f"least {cosines[worst]:.6f} (>= {EACH}) {files[worst].name}  "
                + ("good" if good else "TOO LOW")
            )
            for index in sorted(range(len(files)), key=lambda index: cosines[index])[:5]:
                print(f"            {cosines[index]:.6f}  {files[index].name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
