#!/usr/bin/env python3
"""Makes the numbers that classification and evaluation are compared with.

    python3 make_measures.py

Needs numpy and scikit-learn. `probabilities.json` has the probabilities of random cosines, computed with numpy in
double precision; `metrics.json` has metrics of random rankings, computed from scores as scikit-learn does, and a
bootstrap interval of them. The seeds are fixed: the same versions write the same files.
"""

import json
import pathlib

import numpy
from sklearn.metrics import label_ranking_average_precision_score, ndcg_score

HERE = pathlib.Path(__file__).parent
random = numpy.random.default_rng(20)


def softmax(logits: numpy.ndarray) -> numpy.ndarray:
    powers = numpy.exp(logits - logits.max())
    return powers / powers.sum()


def sigmoid(logits: numpy.ndarray) -> numpy.ndarray:
    return 1 / (1 + numpy.exp(-logits))


def probabilities() -> list[dict]:
    cases = []
    for scale in (1.0, 14.285714, 100.0):
        cosines = random.uniform(-1, 1, 6).astype(numpy.float32)
        logits = numpy.float64(numpy.float32(scale)) * cosines.astype(numpy.float64)
        cases.append({"scale": scale, "cosines": cosines.tolist(), "probabilities": softmax(logits).tolist()})
    # The second has the scale and bias of google/siglip2-base-patch16-224.
    for scale, bias in ((10.0, -10.0), (112.66, -16.7717247)):
        cosines = random.uniform(-0.3, 0.5, 6).astype(numpy.float32)
        logits = numpy.float64(numpy.float32(scale)) * cosines.astype(numpy.float64) + numpy.float64(numpy.float32(bias))
        cases.append({"scale": scale, "bias": bias, "cosines": cosines.tolist(), "probabilities": sigmoid(logits).tolist()})
    return cases


class Draws:
    """SplitMix64 from state 0, as whole numbers below a bound."""

    MASK = (1 << 64) - 1

    def __init__(self) -> None:
        self.state = 0

    def below(self, bound: int) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        bits = self.state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & self.MASK
        bits ^= bits >> 31
        return (bits >> 32) * bound >> 32


def interval(values: list[float]) -> list[float]:
    draws = Draws()
    numbers = numpy.array(values)
    means = [numbers[[draws.below(len(values)) for _ in values]].mean() for _ in range(1000)]
    return numpy.percentile(means, [2.5, 97.5]).tolist()


def metrics() -> dict:
    queries = []
    for number in range(40):
        count = 30
        scores = random.permutation(count).astype(float)
        right = random.choice(count, size=1 + number % 12, replace=False)
        grades = numpy.zeros(count)
        grades[right] = random.integers(1, 4, len(right)) if number % 2 else 1
        order = numpy.argsort(-scores)
        ranks = [int(numpy.where(order == image)[0][0]) + 1 for image in right]
        first = numpy.zeros((1, count))
        first[0, right[int(numpy.argmin(ranks))]] = 1
        queries.append({
            "ranks": ranks,
            "grades": grades[right].tolist(),
            "recall@1": float((grades[order[:1]] > 0).sum() / len(right)),
            "recall@5": float((grades[order[:5]] > 0).sum() / len(right)),
            "recall@10": float((grades[order[:10]] > 0).sum() / len(right)),
            # Of the first right one alone, average precision is one over its place.
            "MRR": float(label_ranking_average_precision_score(first, scores[None])),
            "nDCG@10": float(ndcg_score(grades[None], scores[None], k=10)),
        })
    names = ("recall@1", "recall@5", "recall@10", "MRR", "nDCG@10")
    values = {name: [query[name] for query in queries] for name in names}
    return {
        "queries": queries,
        "means": {name: float(numpy.mean(values[name])) for name in names},
        "intervals": {name: interval(values[name]) for name in names},
    }


def main() -> None:
    for name, content in (("probabilities", probabilities()), ("metrics", metrics())):
        (HERE / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
