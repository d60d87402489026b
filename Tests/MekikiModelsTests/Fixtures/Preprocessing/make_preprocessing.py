#!/usr/bin/env python3
"""Makes the preprocessing fixtures: what Pillow and transformers do with synthetic pictures.

Requires: pillow 13 (older versions order the two passes differently), numpy, transformers 5.23.

    python3 make_preprocessing.py

Writes beside itself
  resize.json      resizes of Pillow, as SHA-256 of the samples, small ones in full (base64)
  preprocess.json  settings files and pictures, with SHA-256 of the float32 results of
                   transformers' CLIPImageProcessor (Pillow backend), and some of their values
No picture is stored: `picture` below and `SyntheticPicture` in the tests are the same formula.
"""

import base64
import hashlib
import json
import pathlib

import numpy as np
from PIL import Image
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

HERE = pathlib.Path(__file__).resolve().parent
KINDS = ["noise", "gradient", "bars", "blend"]


def picture(width, height, kind):
    """Samples [height, width, 3] by integer arithmetic alone."""
    y, x, c = np.meshgrid(np.arange(height, dtype=np.uint32), np.arange(width, dtype=np.uint32),
                          np.arange(3, dtype=np.uint32), indexing="ij")
    mixed = x * np.uint32(0x9E3779B1) ^ y * np.uint32(0x85EBCA77) ^ c * np.uint32(0xC2B2AE3D)
    mixed = (mixed ^ mixed >> np.uint32(15)) * np.uint32(0x2C1B3C6D)
    noise = (mixed ^ mixed >> np.uint32(12)) & np.uint32(255)
    gradient = (x * np.uint32(255) // np.uint32(width) + y * np.uint32(255) // np.uint32(height)
                + c * np.uint32(40)) & np.uint32(255)
    bars = ((x // np.uint32(3) + y // np.uint32(5) + c) & np.uint32(1)) * np.uint32(255)
    samples = {"noise": noise, "gradient": gradient, "bars": bars,
               "blend": (noise + gradient * np.uint32(2) + bars) // np.uint32(4)}[kind]
    return samples.astype(np.uint8)


def digest(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


# Width, height -> width, height.
RESIZES = [
    (1, 1, 1, 1), (1, 1, 5, 7), (2, 2, 1, 1), (3, 2, 2, 3), (7, 5, 3, 4), (5, 7, 11, 13), (6, 6, 5, 5), (5, 3, 16, 16),
    (16, 16, 5, 3), (8, 1, 3, 1), (1, 8, 1, 3), (1, 8, 4, 4), (37, 53, 37, 20), (37, 53, 20, 53), (37, 53, 37, 53),
    (64, 48, 224, 168), (100, 75, 30, 30), (255, 257, 128, 128), (128, 128, 255, 257), (300, 1, 20, 3), (1, 300, 3, 20),
    (4000, 3, 10, 3), (3, 4000, 3, 10), (2000, 7, 7, 30), (17, 900, 224, 2), (640, 480, 298, 224), (480, 640, 224, 298),
    (1000, 750, 298, 224), (333, 500, 224, 336), (31, 29, 1, 1), (199, 198, 197, 196), (10, 10, 1000, 3),
]


def resizes():
    for index, (width, height, to_width, to_height) in enumerate(RESIZES):
        for resample in range(6):
            kind = KINDS[(index + resample) % len(KINDS)]
            source = Image.fromarray(picture(width, height, kind))
            result = np.asarray(source.resize((to_width, to_height), resample=resample))
            entry = {"width": width, "height": height, "kind": kind, "toWidth": to_width,
                     "toHeight": to_height, "resample": resample, "sha256": digest(result)}
            if result.size <= 200:
                entry["samples"] = base64.b64encode(result.tobytes()).decode("ascii")
            yield entry
    big = np.asarray(Image.fromarray(picture(1600, 1200, "blend")).resize((298, 224), resample=3))
    yield {"width": 1600, "height": 1200, "kind": "blend", "toWidth": 298, "toHeight": 224,
           "resample": 3, "sha256": digest(big)}


# Settings files, and pictures that each is tried on: width, height[, reduced width, height].
OPENAI = {"crop_size": 224, "do_center_crop": True, "do_normalize": True, "do_resize": True,
          "feature_extractor_type": "CLIPFeatureExtractor", "resample": 3, "size": 224,
          "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711]}
PLAIN = [(30, 20), (20, 30), (25, 25), (7, 90), (64, 64)]
PROCESSORS = [
    ("nothing but defaults", {}, [(300, 200), (200, 301), (224, 224), (50, 40)]),
    ("as OpenAI wrote it", OPENAI, [(640, 480), (225, 224), (1000, 333), (500, 375, 250, 188), (4000, 3000, 500, 375)]),
    ("as transformers 5 writes it", {
        "crop_size": {"height": 224, "width": 224}, "default_to_square": False, "do_center_crop": True,
        "do_convert_rgb": True, "do_normalize": True, "do_rescale": True, "do_resize": True,
        "image_mean": [0.5, 0.5, 0.5], "image_processor_type": "CLIPImageProcessor", "image_std": [0.5, 0.5, 0.5],
        "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 224}}, [(333, 500), (97, 83)]),
    ("stretched, no crop", {"size": {"height": 18, "width": 26}, "do_center_crop": False}, PLAIN + [(1, 1)]),
    ("stretched by a pair", {"size": [12, 10], "do_center_crop": False}, PLAIN[:2]),
    ("square by a number", {"size": 16, "default_to_square": True, "do_center_crop": False}, PLAIN),
    ("crop larger than the picture", {"size": 9, "crop_size": {"height": 20, "width": 15}}, PLAIN),
    ("crop larger, odd", {"size": {"shortest_edge": 8}, "crop_size": 13}, PLAIN + [(9, 8)]),
    ("crop by a pair", {"size": 16, "crop_size": [10, 12]}, PLAIN),
    ("bounded", {"size": {"shortest_edge": 16, "longest_edge": 24}, "crop_size": 14}, PLAIN + [(16, 20), (40, 16)]),
    ("no resize", {"do_resize": False, "crop_size": 16}, PLAIN),
    ("no rescale", {"do_rescale": False, "size": 16, "crop_size": 16}, PLAIN[:2]),
    ("no normalisation", {"do_normalize": False, "size": 16, "crop_size": 16}, PLAIN[:2]),
    ("neither", {"do_rescale": False, "do_normalize": False, "size": 16, "crop_size": 16}, PLAIN[:2]),
    ("another factor", {"rescale_factor": 0.0078125, "size": 16, "crop_size": 16}, PLAIN[:2]),
    ("one mean for all", {"image_mean": 0.25, "image_std": 0.75, "size": 16, "crop_size": 16}, PLAIN[:1]),
    ("nulls", {"resample": None, "size": None, "crop_size": None, "do_resize": None, "image_mean": None}, [(230, 240)]),
    ("nearest", {"resample": 0, "size": 16, "crop_size": 16}, PLAIN),
    ("lanczos", {"resample": 1, "size": 16, "crop_size": 16}, PLAIN),
    ("box", {"resample": 4, "size": 16, "crop_size": 16}, PLAIN),
    ("hamming", {"resample": 5, "size": 16, "crop_size": 16}, PLAIN),
    ("strips", {"size": 8, "crop_size": 8}, [(1, 30000), (30000, 1), (2, 5000)]),
]


def processors():
    for name, settings, pictures in PROCESSORS:
        # Keys that only older versions knew, and null, which transformers reads as missing.
        arguments = {key: value for key, value in settings.items()
                     if value is not None and not key.endswith("_type")}
        processor = CLIPImageProcessorPil(**arguments)
        for index, (width, height, *reduced) in enumerate(pictures):
            kind = KINDS[(index + len(name)) % len(KINDS)]
            source = Image.fromarray(picture(*(reduced or (width, height)), kind))
            entry = {"name": name, "settings": settings, "width": width, "height": height, "kind": kind}
            if reduced:
                # What the size of the original asks for, from fewer pixels.
                entry |= {"reducedWidth": reduced[0], "reducedHeight": reduced[1]}
                edge, short = processor.size["shortest_edge"], min(width, height)
                sides = [edge if side == short else int(edge * side / short) for side in (width, height)]
                source = source.resize(sides, resample=processor.resample)
                values = processor(source, do_resize=False, return_tensors="np")["pixel_values"][0]
            else:
                values = processor(source, return_tensors="np")["pixel_values"][0]
            values = np.ascontiguousarray(values, dtype=np.float32)
            flat = values.reshape(-1)
            positions = sorted({0, 1, flat.size // 5, flat.size // 2, flat.size - 1})
            entry |= {"shape": list(values.shape), "sha256": digest(values.astype("<f4")),
                      "probes": [[int(at), float(flat[at])] for at in positions]}
            yield entry


def write(name, entries):
    lines = [json.dumps(entry, separators=(",", ":")) for entry in entries]
    with open(HERE / name, "w", encoding="ascii") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    write("resize.json", resizes())
    write("preprocess.json", processors())
