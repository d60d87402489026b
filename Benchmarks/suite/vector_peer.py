"""One peer of the search for the nearest vectors, speaking the same lines as `mekiki-bench nearest`.

    python -m suite.vector_peer ENGINE VECTORS DIMENSION KIND=QUERIES [KIND=QUERIES]

Besides `run`, `found` and `built` it understands `effort N`: what the engine trades accuracy for time
with. Built indexes are kept beside the vectors, with the time that it took.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy

THREADS = 2
EFFORTS = {
    "faiss flat": [0],
    "faiss HNSW": [16, 32, 64, 128, 256, 512, 1024],
    "faiss IVF-PQ fast scan": [8, 16, 32, 64, 128, 256, 512],
    "faiss RaBitQ": [10, 20, 40, 80, 160, 320, 640],
    "hnswlib": [16, 32, 64, 128, 256, 512, 1024],
    "usearch": [16, 32, 64, 128, 256, 512, 1024],
    "sqlite-vec": [0],
}


class Engine:
    """What all engines have: rows, an index, and a search of one query."""

    file_name = ""

    def __init__(self, rows: numpy.ndarray, folder: Path):
        self.rows = rows
        self.file = folder / self.file_name
        self.timing = folder / f"{self.file_name}.json"

    def prepare(self) -> dict:
        """Opens the kept index, or builds it."""
        if self.file_name and self.file.exists() and self.timing.exists():
            self.open()
            return json.loads(self.timing.read_text())
        start, cpu = time.perf_counter(), time.process_time()
        self.build()
        built = {
            "items": len(self.rows),
            "wall": time.perf_counter() - start,
            "cpu": time.process_time() - cpu,
        }
        if self.file_name:
            self.save()
            self.timing.write_text(json.dumps(built))
        return built

    def build(self) -> None:
        raise NotImplementedError

    def open(self) -> None: ...

    def save(self) -> None: ...

    def effort(self, value: int) -> None: ...

    def find(self, query: numpy.ndarray, count: int) -> numpy.ndarray:
        raise NotImplementedError


class Faiss(Engine):
    """FAISS: an index from its factory, searched with one thread."""

    description = "Flat"
    is_refined = False

    def build(self) -> None:
        import faiss

        faiss.omp_set_num_threads(THREADS)
        self.index = self.make(faiss, self.rows.shape[1])
        rows = self.rows.astype("float32")
        if not self.index.is_trained:
            step = max(1, len(rows) // 200_000)
            self.index.train(rows[::step])
        self.index.add(rows)
        faiss.omp_set_num_threads(1)

    def make(self, faiss, dimension: int):
        return faiss.index_factory(dimension, self.description, faiss.METRIC_INNER_PRODUCT)

    def open(self) -> None:
        import faiss

        faiss.omp_set_num_threads(1)
        self.index = faiss.read_index(str(self.file))

    def save(self) -> None:
        import faiss

        faiss.write_index(self.index, str(self.file))

    def find(self, query: numpy.ndarray, count: int) -> numpy.ndarray:
        return self.index.search(query[None], count)[1][0]


class FaissFlat(Faiss):
    def make(self, faiss, dimension: int):
        return faiss.IndexFlatIP(dimension)


class FaissHNSW(Faiss):
    file_name = "faiss-hnsw.index"

    def make(self, faiss, dimension: int):
        index = faiss.IndexHNSWFlat(dimension, 32, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 100
        return index

    def effort(self, value: int) -> None:
        self.index.hnsw.efSearch = value


class FaissPQ(Faiss):
    """Inverted lists of 4-bit codes, their best compared exactly."""

    file_name = "faiss-pq.index"

    def make(self, faiss, dimension: int):
        lists = 4096 if len(self.rows) >= 500_000 else 1024
        return faiss.index_factory(
            dimension,
            f"IVF{lists},PQ{dimension // 4}x4fs,RFlat",
            faiss.METRIC_INNER_PRODUCT,
        )

    def effort(self, value: int) -> None:
        import faiss

        self.index.k_factor = 20
        faiss.extract_index_ivf(self.index.base_index).nprobe = value


class FaissRaBitQ(Faiss):
    """One bit a dimension over all rows, the best compared exactly: the nearest to what Mekiki does."""

    file_name = "faiss-rabitq.index"

    def make(self, faiss, dimension: int):
        self.codes = faiss.IndexRaBitQFastScan(dimension, faiss.METRIC_INNER_PRODUCT)
        self.rotated = faiss.IndexPreTransform(
            faiss.RandomRotationMatrix(dimension, dimension), self.codes
        )
        self.flat = faiss.IndexFlatIP(dimension)
        index = faiss.IndexRefine(self.rotated, self.flat)
        return index

    def build(self) -> None:
        import faiss

        faiss.omp_set_num_threads(THREADS)
        self.index = self.make(faiss, self.rows.shape[1])
        rows = self.rows.astype("float32")
        self.rotated.train(rows[:: max(1, len(rows) // 100_000)])
        self.index.is_trained = True
        self.index.add(rows)
        faiss.omp_set_num_threads(1)

    def effort(self, value: int) -> None:
        self.index.k_factor = value


class HNSWLib(Engine):
    file_name = "hnswlib.index"

    def build(self) -> None:
        import hnswlib

        self.index = hnswlib.Index("ip", self.rows.shape[1])
        self.index.init_index(len(self.rows), ef_construction=100, M=32)
        self.index.add_items(self.rows.astype("float32"), num_threads=THREADS)

    def open(self) -> None:
        import hnswlib

        self.index = hnswlib.Index("ip", self.rows.shape[1])
        self.index.load_index(str(self.file))

    def save(self) -> None:
        self.index.save_index(str(self.file))

    def effort(self, value: int) -> None:
        self.index.set_ef(value)

    def find(self, query: numpy.ndarray, count: int) -> numpy.ndarray:
        return self.index.knn_query(query, count, num_threads=1)[0][0]


class USearch(Engine):
    file_name = "usearch.index"

    def build(self) -> None:
        from usearch.index import Index

        self.index = Index(
            ndim=self.rows.shape[1],
            metric="ip",
            dtype="f16",
            connectivity=32,
            expansion_add=100,
        )
        self.index.add(numpy.arange(len(self.rows)), self.rows, threads=THREADS)

    def open(self) -> None:
        from usearch.index import Index

        self.index = Index.restore(str(self.file))

    def save(self) -> None:
        self.index.save(str(self.file))

    def effort(self, value: int) -> None:
        self.index.expansion_search = value

    def find(self, query: numpy.ndarray, count: int) -> numpy.ndarray:
        return self.index.search(query, count, threads=1).keys.astype("int64")


class SQLiteVec(Engine):
    file_name = "sqlite-vec.sqlite"

    def connect(self) -> None:
        import sqlite3

        import sqlite_vec

        self.database = sqlite3.connect(self.file)
        self.database.enable_load_extension(True)
        sqlite_vec.load(self.database)

    def build(self) -> None:
        self.file.unlink(missing_ok=True)
        self.connect()
        width = self.rows.shape[1]
        self.database.execute(
            f"CREATE VIRTUAL TABLE rows USING vec0 "
            f"(v float[{width}] distance_metric=cosine)"
        )
        for start in range(0, len(self.rows), 10_000):
            part = self.rows[start : start + 10_000].astype("float32")
            self.database.executemany(
                "INSERT INTO rows (rowid, v) VALUES (?, ?)",
                ((start + place, row.tobytes()) for place, row in enumerate(part)),
            )
            self.database.commit()

    def open(self) -> None:
        self.connect()

    def find(self, query: numpy.ndarray, count: int) -> numpy.ndarray:
        found = self.database.execute(
            "SELECT rowid FROM rows WHERE v MATCH ? AND k = ? ORDER BY distance",
            (query.tobytes(), count),
        )
        return numpy.array([row for (row,) in found], "int64")


ENGINES = {
    "faiss flat": FaissFlat,
    "faiss HNSW": FaissHNSW,
    "faiss IVF-PQ fast scan": FaissPQ,
    "faiss RaBitQ": FaissRaBitQ,
    "hnswlib": HNSWLib,
    "usearch": USearch,
    "sqlite-vec": SQLiteVec,
}


def main() -> None:
    name, vectors, width, *rest = sys.argv[1:]
    rows = numpy.memmap(vectors, "float16", "r").reshape(-1, int(width))
    engine = ENGINES[name](rows, Path(vectors).parent)
    built = engine.prepare()
    kinds = {}
    for part in rest:
        kind, _, file = part.partition("=")
        kinds[kind] = numpy.fromfile(file, "float32").reshape(-1, int(width))
    say({})
    for line in sys.stdin:
        try:
            words = line.split()
            match words:
                case ["built"]:
                    say(built)
                case ["effort", value]:
                    engine.effort(int(value))
                    say({})
                case ["found", kind, count, file]:
                    found = numpy.full((len(kinds[kind]), int(count)), -1, "int32")
                    for place, query in enumerate(kinds[kind]):
                        own = engine.find(query, int(count))
                        found[place, : len(own)] = own
                    found.tofile(file)
                    say({})
                case ["run", kind, count, seconds]:
                    say(run(engine, kinds[kind], int(count), float(seconds)))
                case _:
                    return
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller shows it
            say({"error": f"{type(error).__name__}: {error}"})


def run(engine: Engine, queries: numpy.ndarray, count: int, seconds: float) -> dict:
    """Whole rounds of all queries, one after the other; a slow engine ends within a round."""
    times: list[float] = []
    start, cpu = time.perf_counter(), time.process_time()
    while not times or time.perf_counter() - start < seconds:
        for query in queries:
            begun = time.perf_counter()
            engine.find(query, count)
            times.append((time.perf_counter() - begun) * 1_000)
            if time.perf_counter() - start > 3 * seconds and len(times) >= 5:
                break
    answer = {
        "items": len(times),
        "wall": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
    }
    times.sort()
    return answer | {
        "median": times[len(times) // 2],
        "slowest": times[min(len(times) - 1, len(times) * 99 // 100)],
    }


def say(answer: dict) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    main()
