"""A search from a cold start in Python: transformers for the words, numpy for the vectors.

    python -m suite.search_peer MODEL VECTORS WORDS
"""

from __future__ import annotations

import sys

import numpy
import torch
from transformers import CLIPTextModelWithProjection, CLIPTokenizer


def main() -> None:
    folder, file, words = sys.argv[1:4]
    tokenizer = CLIPTokenizer.from_pretrained(folder)
    model = CLIPTextModelWithProjection.from_pretrained(folder).eval()
    with torch.inference_mode():
        vector = model(**tokenizer(words, return_tensors="pt")).text_embeds[0].float().numpy()
    scores = numpy.load(file) @ (vector / numpy.linalg.norm(vector))
    for index in numpy.argsort(-scores)[:16]:
        print(index, scores[index])


if __name__ == "__main__":
    main()
