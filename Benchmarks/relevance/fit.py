"""How well the bands of relevance separate answers from what is merely nearest.

    .venv/bin/python Benchmarks/relevance/fit.py

Composes 1,000 held-out scenes, embeds them with the starter model in PyTorch, and judges the first ten
hits of names of things and of descriptions, with the things there and with all their images taken away. The
rule is that of `RelevanceRule`; its words are read from `BackgroundWords.swift`. Needs the packages and
fonts of Training/starter.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

import numpy

CHECKOUT = Path(__file__).resolve().parents[2]
TRAINING = CHECKOUT / "Training" / "starter"
WORDS = CHECKOUT / "Sources" / "MekikiSearch" / "Relevance" / "BackgroundWords.swift"
SCENES, SEED, FIRST = 1000, 2024, 10
BOUNDS = (-0.5, -0.25, 0.0, 0.25, 0.5, 1.0, 1.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=CHECKOUT / ".build-bench" / "scenes")
    arguments = parser.parse_args()
    sys.path.insert(0, str(TRAINING))
    from glyphs import load_glyphs
    from heldout import store
    from heldout.evaluate import Model

    folder, entries = store.load(load_glyphs(), SCENES, SEED, arguments.cache)
    model = Model(CHECKOUT / "Models" / "starter")
    pictures = model.pictures([folder / entry.first for entry in entries], 2)
    background = re.findall(r'"([^"]+)"', WORDS.read_text().split("static let all")[1])
    usual = (pictures @ model.words(background).T).max(0)
    scenes_of: dict[str, set[int]] = {}
    for place, entry in enumerate(entries):
        for glyph in entry.glyphs:
            scenes_of.setdefault(glyph, set()).add(place)

    queries: list[tuple[str, set[int]]] = []
    for entry in entries:
        if len(entry.glyphs) == 1 and entry.query.name_japanese:
            right = scenes_of[entry.glyphs[0]]
            queries += [(entry.query.name_japanese, right), (entry.query.name_english, right)]
    for entry in entries[::2]:
        right = set().union(*(scenes_of[glyph] for glyph in entry.glyphs))
        queries += [(entry.query.japanese, right), (entry.query.english, right)]

    hits, answers, there, gone = [], [], [], []
    vectors = model.words([words for words, _ in queries])
    for vector, (_, right) in zip(vectors, queries, strict=True):
        scores = (pictures @ vector - usual.mean()) / usual.std()
        order = numpy.argsort(-scores)
        if not any(place in right for place in order[:FIRST]):
            continue
        hits += [scores[place] for place in order[:FIRST]]
        answers += [place in right for place in order[:FIRST]]
        there.append(scores[order[0]])
        gone.append(next(scores[place] for place in order if place not in right))
    report(numpy.array(hits), numpy.array(answers), numpy.array(there), numpy.array(gone))


def report(
    hits: numpy.ndarray, answers: numpy.ndarray, there: numpy.ndarray, gone: numpy.ndarray
) -> None:
    print(f"{len(there):,} of the queries have an answer among the first {FIRST}.")
    print(f"{'from':>6} {'hits':>6} {'answers':>8} | {'nothing, gone':>14} {'nothing, there':>15} precision")
    for bound in BOUNDS:
        chosen = hits >= bound
        right, wrong = (gone < bound).sum(), (there < bound).sum()
        print(
            f"{bound:6.2f} {chosen.sum():6} {answers[chosen].mean():8.3f} | "
            f"{right / len(gone):14.3f} {wrong / len(there):15.3f} {right / (right + wrong):9.3f}"
        )


if __name__ == "__main__":
    main()
