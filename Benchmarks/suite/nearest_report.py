"""The report's part on searches for the nearest vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

TARGETS = ("0.95", "0.99", "0.999")
FLAT_RATIO = 15
GRAPHS = ("faiss HNSW", "hnswlib")
SIZE_OF_THE_BOUND = 1_000_000


@dataclass(frozen=True)
class Time:
    """Milliseconds of one engine at one recall."""

    median: float
    slowest: float
    recall: float
    is_clean: bool

    @property
    def words(self) -> str:
        return f"{self.median:.2f}" + ("" if self.is_clean else "\\*")


def time(engine: dict, kind: str, target: float) -> Time | None:
    """The fastest point that reaches a recall."""
    points = [
        Time(point["median"], point["slowest"], point["recall"], point["clean"] > 0)
        for point in engine.get("points", [])
        if point["kind"] == kind and point["recall"] >= target and "median" in point
    ]
    return min(points, key=lambda point: point.median, default=None)


def kinds(numbers: dict) -> list[str]:
    found = [
        point["kind"] for engine in numbers["engines"].values() for point in engine["points"]
    ]
    return list(dict.fromkeys(found))


def section(numbers: dict, table: Callable[[Sequence[str], list[list[str]]], str]) -> str:
    """All sets."""
    parts = [
        f"## The nearest vectors\n\nThe {numbers['nearest']} nearest of one query at a time, on one "
        "thread; indexes are built on two. A row found counts if its exact score is at least the last "
        "true one's, less 0.000001. Each engine is set to the least effort that reaches a recall; "
        "Mekiki has no such setting. Queries of the kind “image” are made as the rows are, those of "
        "the kind “text” lie off them, as texts of a CLIP model do among its pictures.\n"
    ]
    for one in numbers["sets"]:
        parts.append(f"### {one['title']}\n")
        for kind in kinds(one):
            rows = []
            for name, engine in one["engines"].items():
                own = [time(engine, kind, float(target)) for target in TARGETS]
                best = next((point for point in reversed(own) if point), None)
                rows.append(
                    [
                        name,
                        *("–" if point is None else point.words for point in own),
                        "–" if best is None else f"{best.slowest:.2f}",
                        "–" if best is None else f"{best.recall:.4f}",
                    ]
                )
            head = [f"{kind} queries, median ms", *(f"recall ≥ {target}" for target in TARGETS)]
            parts.append(table([*head, "99 of 100 ms", "at recall"], rows) + "\n")
        rows = [
            [
                name,
                f"{engine['built']['wall']:.1f}",
                f"{engine['built']['cpu']:.1f}",
                f"{engine['memory']['anonymous']:,}",
                f"{engine['memory']['files']:,}",
            ]
            for name, engine in one["engines"].items()
        ]
        head = ["building", "s", "processor s", "anonymous MiB", "MiB of files"]
        parts.append(table(head, rows) + "\n")
        adding = one.get("adding")
        if adding:
            parts.append(
                f"A row is set in {adding['median'] * 1000:.0f} µs in the median "
                f"({adding['slowest']:.0f} ms at most, when a full tail is sealed), and the next search "
                "finds it.\n"
            )
        for name, error in one["errors"].items():
            parts.append(f"{name} could not be measured: {error.split('/')[0][:120]}\n")
        opened = one.get("opened")
        if opened:
            parts.append(
                f"Mekiki opens its files and answers a query of each kind in {opened['wall']:.3f} s; it "
                f"then holds {opened['anonymous']:,} MiB that no file stands behind, and "
                f"{opened['files']:,} MiB of files.\n"
            )
    if numbers.get("scale"):
        parts.append(scale(numbers["scale"], table))
    return "\n".join(parts)


def scale(rows: list[dict], table: Callable[[Sequence[str], list[list[str]]], str]) -> str:
    """Time by the number of rows."""
    names = list(rows[0]["kinds"])
    head = ["rows", *(f"{name} queries, median ms" for name in names)]
    head += ["opened and answered, s", "anonymous MiB after all queries"]
    lines = [
        [
            f"{row['count']:,}",
            *(
                f"{row['kinds'][name]['median']:.3f}"
                + ("" if row["kinds"][name]["clean"] else "\\*")
                for name in names
            ),
            f"{row['opened']['wall']:.3f}",
            f"{row['anonymous']:,}",
        ]
        for row in rows
    ]
    return "### Time by the number of rows\n\nMekiki, one thread, 512 dimensions.\n\n" + (
        table(head, lines) + "\n"
    )


def lines(numbers: dict) -> list[tuple[str, list[tuple[float, float]]]]:
    """For a plot: rows and milliseconds, for each kind of query."""
    rows = numbers.get("scale", [])
    names = list(rows[0]["kinds"]) if rows else []
    return [
        (f"{name} queries", [(row["count"], row["kinds"][name]["median"]) for row in rows])
        for name in names
    ]


def verdicts(numbers: dict) -> Iterator[tuple[str, str, str, bool, bool]]:
    """Part, bound, what was measured, whether it is met, whether it is clean."""
    for one in numbers["sets"]:
        mekiki = one["engines"].get("mekiki", {})
        for kind in kinds(one):
            own = time(mekiki, kind, 0)
            if own is None:
                continue
            title = f"{one['title']}, {kind} queries"
            yield (
                title, "recall@10 ≥ 0.99", f"{own.recall:.4f}", own.recall >= 0.99, True,
            )  # fmt: skip
            if one["count"] < SIZE_OF_THE_BOUND:
                continue
            opened = one["opened"]
            if kind == kinds(one)[0]:
                yield (
                    f"{one['title']}, opened and answered", "≤ 0.3 s", f"{opened['wall']:.3f} s",
                    opened["wall"] <= 0.3, True,
                )  # fmt: skip
                yield (
                    f"{one['title']}, memory", "≤ 250 MB that no file stands behind",
                    f"{opened['anonymous'] * 1.048576:.0f} MB", opened["anonymous"] * 1.048576 <= 250,
                    True,
                )  # fmt: skip
            flat = time(one["engines"].get("faiss flat", {}), kind, 0)
            if flat is not None:
                ratio = flat.median / own.median
                yield (
                    title,
                    f"≤ 1/{FLAT_RATIO} of FAISS IndexFlatIP",
                    f"1/{ratio:.1f}",
                    ratio >= FLAT_RATIO,
                    own.is_clean and flat.is_clean,
                )
            for name in GRAPHS:
                graph = time(one["engines"].get(name, {}), kind, min(own.recall, 0.99))
                if graph is not None:
                    yield (
                        title,
                        f"not slower than {name} at recall ≥ {min(own.recall, 0.99):.2f}",
                        f"{graph.median / own.median:.2f} × as fast",
                        graph.median >= own.median,
                        own.is_clean and graph.is_clean,
                    )


def plot(numbers: dict) -> list[tuple[str, list[tuple[str, float, str]]]]:
    """Groups of bars: milliseconds at a recall of 0.99."""
    groups = []
    for one in numbers["sets"]:
        for kind in kinds(one):
            rows = []
            for name, engine in one["engines"].items():
                own = time(engine, kind, 0.99)
                if own is not None:
                    rows.append((name, own.median, f"{own.median:.2f} ms"))
            groups.append((f"{one['count']:,}, {kind}", rows))
    return groups
