"""Sets of vectors to search in, with queries of two kinds and the truth about them.

Synthetic ones have what embeddings of pictures have: clusters, a spectrum that decays, a strong mean.
Queries of the kind “image” are of the same make; those of the kind “text” lie off the vectors, as
texts of a CLIP model do: around another mean, and partly in a direction of no vector's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy

from .places import WORK

QUERIES = 200
NEAREST = 10
CHUNK = 50_000


@dataclass(frozen=True)
class VectorSet:
    """Files of one set; rows are float16, queries float32, the truth the least score that counts."""

    name: str
    title: str
    count: int
    dimension: int
    kinds: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return WORK / "vectors" / self.name

    @property
    def vectors(self) -> Path:
        return self.folder / "vectors.f16"

    def queries(self, kind: str) -> Path:
        return self.folder / f"{kind}.f32"

    def rows(self) -> numpy.ndarray:
        return numpy.memmap(self.vectors, "float16", "r", shape=(self.count, self.dimension))

    def wanted(self, kind: str) -> numpy.ndarray:
        return numpy.fromfile(self.queries(kind), "float32").reshape(-1, self.dimension)

    def least(self, kind: str) -> numpy.ndarray:
        """The score of the last of the nearest, for each query."""
        file = self.folder / f"{kind}-{NEAREST}.truth"
        if not file.exists():
            truth(self, kind).tofile(file)
        return numpy.fromfile(file, "float32")

    def recall(self, kind: str, found: numpy.ndarray) -> float:
        """The share of rows found whose score is at least the truth's, less 0.000001."""
        queries, rows, least = self.wanted(kind), self.rows(), self.least(kind)
        hits = 0
        for query, own, last in zip(queries, found, least, strict=True):
            chosen = rows[own[own >= 0]].astype("float32")
            hits += int((chosen @ query >= last - 1e-6).sum())
        return min(hits, found.size) / found.size


def truth(one: VectorSet, kind: str) -> numpy.ndarray:
    queries, rows = one.wanted(kind), one.rows()
    best = numpy.full((len(queries), NEAREST), -9, "float32")
    for start in range(0, one.count, CHUNK):
        scores = queries @ rows[start : start + CHUNK].astype("float32").T
        both = numpy.concatenate([best, scores], 1)
        best = numpy.partition(both, -NEAREST, 1)[:, -NEAREST:]
    return best.min(1).astype("float32")


def synthetic(count: int, dimension: int) -> VectorSet:
    """Made once, and kept."""
    one = VectorSet(
        f"synthetic-{count}-{dimension}",
        f"synthetic, {count:,} x {dimension}",
        count,
        dimension,
        ("image", "text"),
    )
    if (one.folder / "text.f32").exists():
        return one
    print(f"making {one.title}", flush=True)
    one.folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(1)
    spectrum = (numpy.arange(1, dimension + 1) ** -0.5).astype("float32")
    basis = numpy.linalg.qr(random.standard_normal((dimension, dimension)).astype("float32"))[0]
    clusters = max(50, count // 200)

    def scattered(rows: int) -> numpy.ndarray:
        return (random.standard_normal((rows, dimension), "float32") * spectrum) @ basis

    def unit(vectors: numpy.ndarray) -> numpy.ndarray:
        return vectors / numpy.linalg.norm(vectors, axis=-1, keepdims=True)

    mean = unit(random.standard_normal(dimension, "float32"))
    other = unit(random.standard_normal(dimension, "float32"))
    centres = unit(scattered(clusters))

    def members(rows: int) -> numpy.ndarray:
        own = centres[random.integers(0, clusters, rows)]
        return own + 0.7 * scattered(rows) / numpy.linalg.norm(spectrum)

    with one.vectors.open("wb") as file:
        for start in range(0, count, CHUNK):
            vectors = unit(members(min(CHUNK, count - start)) + mean)
            vectors.astype("float16").tofile(file)
    unit(members(QUERIES) + mean).astype("float32").tofile(one.queries("image"))
    off = 0.4 * random.standard_normal((QUERIES, dimension), "float32") / dimension**0.5
    texts = unit(0.6 * members(QUERIES) + 1.2 * other + off)
    texts.astype("float32").tofile(one.queries("text"))
    return one
