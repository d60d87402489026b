"""Evaluate a CLIP model folder on the held-out scenes.

    python evaluate.py --model DIR [--scenes 1000] [--json OUT] [--cache DIR] [--fast]

Words search the first compositions (Japanese and English queries apart), second compositions search the first.
Every figure is over all scenes as candidates. The same scenes redrawn in another style are a set of their own,
with fewer candidates, and reported as such.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # spinning threads would slow whatever else runs

import numpy as np  # noqa: E402
import torch  # noqa: E402
from PIL import Image  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script: the package and the glyphs

from glyphs import load_glyphs  # noqa: E402
from heldout import store  # noqa: E402

DEFAULT_CACHE = Path("~/.cache/mekiki-training/heldout")
SEED = 2024
BATCH = 16  # small enough for a core's cache: half the time of 64

Figures = dict[str, float | int]
Item = TypeVar("Item")


class Model:
    """A model folder, giving unit vectors for words and pictures."""

    def __init__(self, folder: Path, fast: bool = False) -> None:
        from transformers import AutoTokenizer, CLIPImageProcessorPil, CLIPModel

        self.model = CLIPModel.from_pretrained(folder, dtype=torch.float32).eval()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.processor = CLIPImageProcessorPil.from_pretrained(folder)
        self.fast = fast
        self.length = self.model.config.text_config.max_position_embeddings

    @torch.inference_mode()
    def words(self, texts: Sequence[str]) -> np.ndarray:
        return self._all(
            texts,
            lambda part: self.model.get_text_features(
                **self.tokenizer(list(part), padding=True, truncation=True, max_length=self.length, return_tensors="pt")
            ),
        )

    @torch.inference_mode()
    def pictures(self, paths: Sequence[Path], threads: int) -> np.ndarray:
        with ThreadPoolExecutor(threads) as pool:
            return self._all(
                paths,
                lambda part: self.model.get_image_features(
                    pixel_values=torch.stack(list(pool.map(self._pixels, part)))
                ),
            )

    def _pixels(self, path: Path) -> torch.Tensor:
        with Image.open(path) as image:
            return self.processor(image.convert("RGB"), return_tensors="pt")["pixel_values"][0]

    def _all(self, items: Sequence[Item], embed: Callable[[Sequence[Item]], Any]) -> np.ndarray:
        rows = []
        for start in range(0, len(items), BATCH):
            with torch.autocast("cpu", torch.bfloat16, enabled=self.fast):
                output = embed(items[start : start + BATCH])
            vectors = output if isinstance(output, torch.Tensor) else output.pooler_output
            rows.append(torch.nn.functional.normalize(vectors.float(), dim=-1).numpy())
        return np.concatenate(rows)


def ranks(queries: np.ndarray, candidates: np.ndarray, right: Sequence[int]) -> np.ndarray:
    """The place of the right candidate for each query, from 1; ties count against the model."""
    scores = queries @ candidates.T
    own = scores[np.arange(len(right)), np.asarray(right)]
    return (scores >= own[:, None]).sum(1)


def figures(places: np.ndarray) -> Figures:
    if len(places) == 0:
        return {"queries": 0, "r1": 0.0, "r10": 0.0, "mrr": 0.0}
    return {
        "queries": len(places),
        "r1": round(float((places == 1).mean()), 4),
        "r10": round(float((places <= 10).mean()), 4),
        "mrr": round(float((1 / places).mean()), 4),
    }


def by_objects(places: np.ndarray, entries: Sequence[store.Entry]) -> dict[str, Figures]:
    counts = np.array([len(entry.glyphs) for entry in entries])
    parts = {"all": figures(places)}
    for count in sorted(set(counts.tolist())):
        parts[f"objects_{count}"] = figures(places[counts == count])
    return parts


def evaluate(model: Model, folder: Path, entries: list[store.Entry], threads: int) -> dict:
    everything = list(range(len(entries)))
    gallery = model.pictures([folder / entry.first for entry in entries], threads)
    again = model.pictures([folder / entry.second for entry in entries], threads)
    japanese = model.words([entry.query.japanese for entry in entries])
    english = model.words([entry.query.english for entry in entries])
    alone = [place for place, entry in enumerate(entries) if entry.query.name_japanese is not None]
    same = np.array([entry.same_background for entry in entries])
    picture_places = ranks(again, gallery, everything)
    report = {
        "scenes": len(entries),
        "text_to_image": {
            "japanese": by_objects(ranks(japanese, gallery, everything), entries),
            "english": by_objects(ranks(english, gallery, everything), entries),
        },
        "bare_name_of_one_object": {
            "japanese": figures(
                ranks(model.words([entries[p].query.name_japanese or "" for p in alone]), gallery, alone)
            ),
            "english": figures(
                ranks(model.words([entries[p].query.name_english or "" for p in alone]), gallery, alone)
            ),
        },
        "image_to_image": {
            **by_objects(picture_places, entries),
            "same_background": figures(picture_places[same]),
            "other_background": figures(picture_places[~same]),
        },
    }
    drawn = [place for place, entry in enumerate(entries) if entry.outline]
    if drawn:
        outlines = model.pictures([folder / str(entries[place].outline) for place in drawn], threads)
        own, kept = list(range(len(drawn))), [entries[place] for place in drawn]
        report["other_style"] = {
            "scenes": len(drawn),
            "japanese": by_objects(ranks(japanese[drawn], outlines, own), kept),
            "english": by_objects(ranks(english[drawn], outlines, own), kept),
            "image_to_image": by_objects(ranks(again[drawn], outlines, own), kept),
        }
    return report


def rows(report: dict) -> Iterable[tuple[str, Figures]]:
    """The report as lines of a table."""
    names = {
        "all": "all",
        "objects_1": "one object",
        "objects_2": "two objects",
        "objects_3": "three objects",
        "same_background": "same background",
        "other_background": "other background",
    }
    for language in ("japanese", "english"):
        for part, numbers in report["text_to_image"][language].items():
            yield f"{language} words, {names[part]}", numbers
        yield f"{language} words, one object, bare name", report["bare_name_of_one_object"][language]
    for part, numbers in report["image_to_image"].items():
        yield f"image by image, {names[part]}", numbers
    other = report.get("other_style")
    if other:
        for kind in ("japanese", "english"):
            yield f"other style ({other['scenes']} scenes), {kind} words", other[kind]["all"]
            yield f"other style, {kind} words, one object", other[kind]["objects_1"]
        yield "other style, image by image", other["image_to_image"]["all"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Evaluate a CLIP model folder on the held-out scenes.")
    parser.add_argument("--model", type=Path, help="folder with config.json, model.safetensors and tokenizer")
    parser.add_argument("--scenes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="where rendered scenes are kept")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--fast", action="store_true", help="bfloat16: a third of the time, ranks move a little")
    parser.add_argument("--render-only", action="store_true", help="fill the cache and stop")
    options = parser.parse_args()
    if options.model is None and not options.render_only:
        parser.error("--model is needed unless --render-only is given")

    torch.set_num_threads(options.threads)
    folder, entries = store.load(load_glyphs(), options.scenes, options.seed, options.cache.expanduser())
    if options.render_only:
        print(folder)
        return
    start = time.monotonic()
    report = evaluate(Model(options.model, options.fast), folder, entries, options.threads)
    report = {"seed": options.seed, "set": folder.name, **report, "seconds": round(time.monotonic() - start, 1)}
    print(f"{'':<52}{'queries':>8}{'R@1':>7}{'R@10':>7}{'MRR':>7}")
    for name, numbers in rows(report):
        print(f"{name:<52}{numbers['queries']:>8}{numbers['r1']:>7.2f}{numbers['r10']:>7.2f}{numbers['mrr']:>7.2f}")
    print(f"{report['seconds']} s")
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
