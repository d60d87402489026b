"""What the sample files carry besides pixels: camera data, and prompts as the generators write them.

The pictures are composed by these scripts and no image generator had a part in them. Some files still carry
prompts in the generators' formats, so that a library has something to read without one real generated image in
the repository. The prompts describe the pictures and are ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from PIL import Image
from PIL.PngImagePlugin import PngInfo

MAKE, MODEL = "Mekiki", "Mekiki Sketchbook"
CHECKPOINT = "mekiki-sketchbook-v1"

TAG_MAKE, TAG_MODEL, TAG_ORIENTATION, TAG_SOFTWARE = 0x010F, 0x0110, 0x0112, 0x0131
TAG_EXIF_IFD, TAG_TAKEN, TAG_DIGITIZED, TAG_OFFSET, TAG_USER_COMMENT = 0x8769, 0x9003, 0x9004, 0x9011, 0x9286

TAKEN = {
    "penguins-on-the-ice": "2024:01:12 11:05:00",
    "dog-with-a-ball": "2024:05:03 10:20:30",
    "whale-at-sunset": "2024:08:18 18:24:10",
    "elephant-on-the-savanna": "2023:09:30 17:58:42",
    "horse-in-the-meadow": "2024:06:15 09:12:00",
    "mount-fuji-at-dawn": "2024:04:06 05:11:27",
    "lighthouse-and-sailing-boat": "2024:07:21 13:40:05",
    "train-in-the-mountains": "2023:05:20 14:02:51",
    "torii-by-the-sea": "2023:11:23 16:31:08",
    "bicycle-in-the-flower-field": "2024:05:11 15:45:00",
    "camel-in-the-desert": "2022:10:09 08:30:19",
    "red-car-on-the-coast": "2024:08:02 12:15:33",
    "coffee-and-croissant": "2024:10:27 07:48:00",
    "soccer-ball-in-the-stadium": "2024:06:29 19:00:00",
    "sunflower-and-blue-sky": "2024:08:07 11:11:11",
    "ice-cream-in-summer": "2024:07:30 15:03:21",
}
"""When a picture was "taken"; these JPEG files also name the camera."""

ORIENTATION = {"sunflower-and-blue-sky": 6, "ice-cream-in-summer": 8}
"""Files whose pixels are stored turned, so that they stand upright only when the tag is honoured."""


@dataclass(frozen=True)
class Prompt:
    """A prompt and the settings that go with it."""

    positive: str
    negative: str
    seed: int
    steps: int = 24
    scale: float = 6.5
    sampler: str = "Euler a"

    def a1111(self, size: tuple[int, int]) -> str:
        """The text that AUTOMATIC1111's web UI writes."""
        return (
            f"{self.positive}\nNegative prompt: {self.negative}\n"
            f"Steps: {self.steps}, Sampler: {self.sampler}, CFG scale: {self.scale}, Seed: {self.seed}, "
            f"Size: {size[0]}x{size[1]}, Model: {CHECKPOINT}, Version: v1.10.1"
        )

    def graph(self, size: tuple[int, int]) -> dict:
        """The same as a graph for ComfyUI's API."""
        return {
            "1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": f"{CHECKPOINT}.safetensors"}},
            "2": {"class_type": "CLIPTextEncode", "inputs": {"text": self.positive, "clip": ["1", 1]}},
            "3": {"class_type": "CLIPTextEncode", "inputs": {"text": self.negative, "clip": ["1", 1]}},
            "4": {"class_type": "EmptyLatentImage", "inputs": {"width": size[0], "height": size[1], "batch_size": 1}},
            "5": {
                "class_type": "KSampler",
                "inputs": {
                    "model": ["1", 0],
                    "positive": ["2", 0],
                    "negative": ["3", 0],
                    "latent_image": ["4", 0],
                    "seed": self.seed,
                    "steps": self.steps,
                    "cfg": self.scale,
                    "sampler_name": "euler",
                    "scheduler": "normal",
                    "denoise": 1.0,
                },
            },
            "6": {"class_type": "VAEDecode", "inputs": {"samples": ["5", 0], "vae": ["1", 2]}},
            "7": {"class_type": "SaveImage", "inputs": {"images": ["6", 0], "filename_prefix": "sketchbook"}},
        }

    def workflow(self, size: tuple[int, int]) -> dict:
        """The same as the editor's own document: nodes on a canvas, joined by numbered links."""
        graph = self.graph(size)
        slots = {
            "1": ["MODEL", "CLIP", "VAE"],
            "2": ["CONDITIONING"],
            "3": ["CONDITIONING"],
            "4": ["LATENT"],
            "5": ["LATENT"],
            "6": ["IMAGE"],
            "7": [],
        }
        links: list[list] = []
        nodes = []
        for place, (key, node) in enumerate(graph.items()):
            joined = []
            for name, value in node["inputs"].items():
                if isinstance(value, list):
                    kind = slots[value[0]][value[1]]
                    links.append([len(links) + 1, int(value[0]), value[1], int(key), len(joined), kind])
                    joined.append({"name": name, "type": kind, "link": len(links)})
            widgets = [value for value in node["inputs"].values() if not isinstance(value, list)]
            nodes.append(
                {
                    "id": int(key),
                    "type": node["class_type"],
                    "pos": [60 + 320 * place, 120],
                    "size": [300, 160],
                    "flags": {},
                    "order": place,
                    "mode": 0,
                    "inputs": joined,
                    "outputs": [
                        {"name": kind, "type": kind, "slot_index": slot, "links": []}
                        for slot, kind in enumerate(slots[key])
                    ],
                    "properties": {"Node name for S&R": node["class_type"]},
                    "widgets_values": widgets,
                }
            )
        for number, source, slot, *_ in links:
            nodes[source - 1]["outputs"][slot]["links"].append(number)
        return {
            "last_node_id": len(nodes),
            "last_link_id": len(links),
            "nodes": nodes,
            "links": links,
            "groups": [],
            "config": {},
            "extra": {},
            "version": 0.4,
        }


_PLAIN = "blurry, lowres, text, watermark"

A1111 = {
    "owl-at-night": Prompt(
        "an owl perched on a branch, huge full moon, starry night, fir forest below, storybook illustration, (soft moonlight:1.2)",
        _PLAIN,
        1204,
        28,
    ),
    "hedgehog-and-mushrooms": Prompt(
        "a hedgehog beside red mushrooms, mossy woods, morning light between the trees, children's book style",
        "people, " + _PLAIN,
        77120,
        22,
    ),
    "apples-in-the-orchard": Prompt(
        "a big shiny red apple on a wooden table, apple orchard in the background, summer, flat illustration",
        _PLAIN,
        315,
    ),
    "hamburger-poster": Prompt(
        "retro diner poster, hamburger with lettuce and cheese, sun rays, yellow and red, bold shapes",
        "photo, " + _PLAIN,
        90210,
        30,
        8.0,
    ),
    "strawberries": Prompt(
        "one shiny strawberry, pink polka dots, white blossoms, cute sticker, <lora:soft-pastel:0.6>",
        _PLAIN,
        4646,
        20,
        5.0,
    ),
    "island-with-palm-trees": Prompt(
        "a tiny desert island with a palm tree, turquoise lagoon, sailing boat on the horizon, sunny day",
        "storm, " + _PLAIN,
        8080,
    ),
    "jack-o-lantern": Prompt(
        "glowing jack-o'-lantern, bats in front of the moon, purple Halloween night, crooked tree",
        "gore, " + _PLAIN,
        1031,
        26,
        7.0,
        "DPM++ 2M",
    ),
    "castle-on-the-hill": Prompt(
        "a fairy tale castle on a green hill, winding path, pine trees, peach coloured evening sky",
        "ruins, " + _PLAIN,
        2718,
        25,
    ),
    "umbrella-in-the-rain": Prompt(
        "a purple umbrella in the rain, city at night, warm windows, puddles with reflections, melancholic mood",
        "people, " + _PLAIN,
        6174,
        32,
        6.0,
    ),
}
"""PNG files with a `parameters` tEXt chunk; a WebP and a JPEG file with the same text in the EXIF comment."""

A1111_JAPANESE = {
    "rabbit-under-the-moon": Prompt(
        "満月の下の白いうさぎ、すすき、お月見、秋の夜、やわらかな光、絵本風", "文字、透かし、低画質", 815, 24
    ),
}
"""The same in an iTXt chunk, since tEXt has no Japanese."""

COMFY = {
    "rocket-over-a-purple-planet": Prompt(
        "a red and silver rocket over a purple planet with craters, deep space, nebula, ringed planet far away",
        _PLAIN,
        1969,
        20,
        7.0,
    ),
    "flying-saucer-over-the-field": Prompt(
        "a flying saucer above a dark field, green beam of light, stars, pine trees, quiet night",
        "daylight, " + _PLAIN,
        5151,
    ),
    "pizza-night": Prompt(
        "a slice of pepperoni pizza on a round wooden board, checked tablecloth, top view, tomato and cheese",
        _PLAIN,
        33,
    ),
    "lantern-festival": Prompt(
        "a big red paper lantern, summer festival night, rows of small lanterns, warm bokeh", _PLAIN, 20240815, 30
    ),
    "alarm-clock-in-the-morning": Prompt(
        "a red alarm clock on a wooden desk, morning sun through the window, potted plant", _PLAIN, 700
    ),
}
"""PNG files with ComfyUI's two chunks, `prompt` and `workflow`."""


def png(name: str, size: tuple[int, int]) -> PngInfo:
    """The text chunks of a PNG file."""
    chunks = PngInfo()
    if name in A1111:
        chunks.add_text("parameters", A1111[name].a1111(size))
    if name in A1111_JAPANESE:
        chunks.add_itxt("parameters", A1111_JAPANESE[name].a1111(size), "ja", "parameters")
    if name in COMFY:
        chunks.add_text("prompt", json.dumps(COMFY[name].graph(size)))
        chunks.add_text("workflow", json.dumps(COMFY[name].workflow(size)))
    return chunks


def exif(name: str, size: tuple[int, int]) -> Image.Exif | None:
    """The EXIF block of a JPEG or WebP file; none for most."""
    block = Image.Exif()
    if name in TAKEN:
        block[TAG_MAKE], block[TAG_MODEL], block[TAG_SOFTWARE] = MAKE, MODEL, "Scripts/samples/compose.py"
        block[TAG_ORIENTATION] = ORIENTATION.get(name, 1)
        inner = block.get_ifd(TAG_EXIF_IFD)
        inner[TAG_TAKEN] = inner[TAG_DIGITIZED] = TAKEN[name]
        inner[TAG_OFFSET] = "+09:00"
    if name in A1111:
        text = A1111[name].a1111(size)
        block.get_ifd(TAG_EXIF_IFD)[TAG_USER_COMMENT] = b"UNICODE\x00" + text.encode("utf-16-be")
    return block if len(block) or block.get_ifd(TAG_EXIF_IFD) else None


def stored(name: str, image: Image.Image) -> Image.Image:
    """The picture as its pixels are stored: turned, where a tag says how to turn it back."""
    turn = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}.get(ORIENTATION.get(name, 1))
    return image.transpose(turn) if turn is not None else image
