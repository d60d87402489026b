"""Try the demonstration's searches on the sample pictures with a model folder, by vectors alone.

    python demo_ranks.py --model ../../Models/starter

Prints at which rank each search finds what it should, and fails when one is not first. To be run when the model
or the pictures change: the demonstration must not depend on luck. It needs `torch` and `transformers`.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from transformers import AutoTokenizer, CLIPImageProcessorPil, CLIPModel

SAMPLES = Path(__file__).resolve().parents[2] / "Samples"


@dataclass(frozen=True)
class Search:
    """Words, or a picture's path inside the samples folder, and the file to be found."""

    what: str
    expected: str
    picture: bool = False


SEARCHES = (
    Search("雨の日の傘", "umbrella-in-the-rain.jpg"),
    Search("氷の上のペンギン", "penguins-on-the-ice.jpg"),
    Search("a rocket in space", "rocket-over-a-purple-planet.png"),
    Search("queries/turtle-on-the-sand.jpg", "sea-turtle-in-the-blue.jpg", picture=True),
    Search("images/places/rocket-over-a-purple-planet.png", "rocket-in-the-morning-sky.webp", picture=True),
)


class Model:
    def __init__(self, folder: Path) -> None:
        self.model = CLIPModel.from_pretrained(folder, dtype=torch.float32).eval()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.processor = CLIPImageProcessorPil.from_pretrained(folder)

    @torch.inference_mode()
    def words(self, text: str) -> np.ndarray:
        return self._unit(self.model.get_text_features(**self.tokenizer([text], return_tensors="pt")))

    @torch.inference_mode()
    def picture(self, path: Path) -> np.ndarray:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        return self._unit(self.model.get_image_features(**self.processor(upright, return_tensors="pt")))

    @staticmethod
    def _unit(output: object) -> np.ndarray:
        vector = output if isinstance(output, torch.Tensor) else output.pooler_output  # type: ignore[attr-defined]
        return torch.nn.functional.normalize(vector.float(), dim=-1)[0].numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description="Try the demonstration's searches with a model folder.")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--also", nargs="*", default=[], metavar="WORDS", help="more words to try, without a judgement")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = Model(options.model)
    files = sorted(path for path in (SAMPLES / "images").rglob("*") if path.is_file())
    vectors = np.stack([model.picture(path) for path in files])
    failed = False
    for search in (*SEARCHES, *(Search(words, "") for words in options.also)):
        query = model.picture(SAMPLES / search.what) if search.picture else model.words(search.what)
        order = [place for place in np.argsort(-(vectors @ query)) if files[place] != SAMPLES / search.what]
        names = [files[place].name for place in order]
        found = ", ".join(f"{files[place].stem} {vectors[place] @ query:.2f}" for place in order[:4])
        rank = f"rank {names.index(search.expected) + 1}: " if search.expected else ""
        failed |= bool(search.expected) and names[0] != search.expected
        print(f"{search.what} -> {rank}{found}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
