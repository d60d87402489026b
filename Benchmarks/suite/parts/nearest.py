"""The nearest vectors of a query on one thread, beside libraries that do only this."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import numpy

from .. import real_sets
from ..places import BENCHMARKS, WORK, program
from ..rounds import Cell, EngineError, Resident, run_rounds
from ..settings import Settings
from ..vector_peer import EFFORTS
from ..vector_sets import NEAREST, VectorSet, synthetic

TARGETS = (0.95, 0.99, 0.999)
SCALE = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
LARGEST = 10_000_000


def run(settings: Settings) -> dict:
    """One million vectors, a hundred thousand, and what real models made."""
    if settings.quick:
        sets = [synthetic(20_000, 512)]
    else:
        sets = [synthetic(100_000, 512), synthetic(1_000_000, 512), *real_sets.made()]
    return {
        "nearest": NEAREST,
        "sets": [measured(settings, one) for one in sets],
        "scale": scale(settings),
    }


def measured(settings: Settings, one: VectorSet) -> dict:
    """All engines on one set: each at the least effort that gives a recall."""
    numbers: dict = {"title": one.title, "count": one.count, "engines": {}, "errors": {}}
    with ExitStack() as stack:
        tasks: dict = {}
        latencies: dict = {}
        for name in ["mekiki", *EFFORTS]:
            if name == "sqlite-vec" and one.count > 200_000:
                numbers["errors"][name] = "left out: it compares every row"
                continue
            print(f"{one.title}: starting {name}", flush=True)
            try:
                engine = start(name, one)
                stack.callback(engine.close)
                numbers["engines"][name] = {
                    "built": engine.ask("built"),
                    "points": [],
                }
                if name == "mekiki":
                    # Before a search of many queries touches the rows' own pages.
                    numbers["opened"] = engine.ask("opened") | memory(engine.process.pid)
                for kind in one.kinds:
                    for effort, targets, recall in efforts(name, engine, one, kind):
                        key = (name, kind, effort)
                        numbers["engines"][name]["points"].append(
                            {"kind": kind, "effort": effort, "targets": targets, "recall": recall}
                        )
                        tasks[key] = lambda engine=engine, key=key, settings=settings: ask(
                            engine, key, settings, latencies
                        )
                numbers["engines"][name]["memory"] = memory(engine.process.pid)
            except EngineError as error:
                numbers["engines"].pop(name, None)
                numbers["errors"][name] = str(error)
                print(f"  {error}", flush=True)
        cells = run_rounds(
            tasks,
            seconds=settings.budget(240),
            patience=settings.patience,
            rounds=settings.rounds,
            least=settings.least,
        )
        for name, engine in numbers["engines"].items():
            for point in engine["points"]:
                key = (name, point["kind"], point["effort"])
                point |= summary(cells[key], latencies.get(key, []))
                show(name, point)
    numbers["adding"] = add(one, settings)
    return numbers


def start(name: str, one: VectorSet, rows: int | None = None) -> Resident:
    queries = [f"{kind}={one.queries(kind)}" for kind in one.kinds]
    if name == "mekiki":
        command: list[str | Path] = [
            program("mekiki-bench"), "nearest", "--vectors", one.vectors,
            "--dimension", str(one.dimension), "--kept", one.folder / f"kept-{rows or one.count}",
        ]  # fmt: skip
        if rows:
            command += ["--rows", str(rows)]
        for query in queries:
            command += ["--queries", query]
        return Resident(name, command)
    return Resident(
        name,
        [sys.executable, "-m", "suite.vector_peer", name, one.vectors, str(one.dimension), *queries],
        BENCHMARKS,
    )


def efforts(
    name: str, engine: Resident, one: VectorSet, kind: str
) -> list[tuple[int, list[float], float]]:
    """The least effort for each recall; one without a choice has one, whatever it gives."""
    found: list[tuple[int, list[float], float]] = []
    left = list(TARGETS)
    file = WORK / "found.i32"
    for effort in EFFORTS.get(name, [0]):
        if effort:
            engine.ask("effort", effort)
        engine.ask("found", kind, NEAREST, file)
        recall = one.recall(kind, numpy.fromfile(file, "int32").reshape(-1, NEAREST))
        reached = [target for target in left if recall >= target]
        if reached:
            found.append((effort, reached, recall))
            left = [target for target in left if target not in reached]
        if not left:
            break
    return found


def ask(engine: Resident, key: tuple, settings: Settings, latencies: dict) -> dict:
    _, kind, effort = key
    if effort:
        engine.ask("effort", effort)
    answer = engine.ask("run", kind, NEAREST, settings.reading)
    latencies.setdefault(key, []).append((answer["median"], answer["slowest"]))
    return answer


def summary(cell: Cell, latencies: list[tuple[float, float]]) -> dict:
    """Medians of the rounds' medians and of their slowest of a hundred, in milliseconds."""
    if not latencies:
        return {"error": cell.error or "no reading"}
    clean = [
        own
        for own, reading in zip(latencies, cell.readings, strict=False)
        if reading.is_clean
    ]
    median, slowest = numpy.median(clean or latencies, 0)
    return {
        "median": round(float(median), 4),
        "slowest": round(float(slowest), 4),
        "clean": len(clean),
        "readings": len(cell.readings),
    }


def show(name: str, point: dict) -> None:
    print(
        f"  {name}, {point['kind']}, recall {point['recall']:.4f}: "
        f"{point.get('median', float('nan'))} ms, {point.get('clean', 0)} clean",
        flush=True,
    )


def add(one: VectorSet, settings: Settings) -> dict:
    """From a new row to the search that finds it, in a process of its own."""
    engine = start("mekiki", one)
    try:
        return engine.ask("add", 20 if settings.quick else 200)
    finally:
        engine.close()


def scale(settings: Settings) -> list[dict]:
    """Milliseconds a query by the number of rows, from the same rows."""
    one = synthetic(20_000 if settings.quick else SCALE[-1], 512)
    places = [(one, count) for count in SCALE if count <= one.count]
    if not settings.quick:
        places.append((synthetic(LARGEST, 512), LARGEST))
    with ExitStack() as stack:
        engines = {}
        for source, count in places:
            print(f"starting mekiki with {count:,} rows", flush=True)
            engines[count] = start("mekiki", source, count)
            stack.callback(engines[count].close)
        latencies: dict = {}
        tasks: dict = {}
        for count, engine in engines.items():
            for kind in one.kinds:
                key = ("mekiki", kind, count)
                tasks[key] = lambda engine=engine, key=key: measure_time(
                    engine, key, settings, latencies
                )
        cells = run_rounds(
            tasks,
            seconds=settings.budget(90),
            patience=settings.patience,
            rounds=settings.rounds,
            least=settings.least,
        )
        found = []
        for count, engine in engines.items():
            row = {"count": count, "opened": engine.ask("opened"), "kinds": {}}
            for kind in one.kinds:
                key = ("mekiki", kind, count)
                row["kinds"][kind] = summary(cells[key], latencies.get(key, []))
            row |= memory(engine.process.pid)
            print(f"  {row}", flush=True)
            found.append(row)
    return found


def measure_time(engine: Resident, key: tuple, settings: Settings, latencies: dict) -> dict:
    answer = engine.ask("run", key[1], NEAREST, settings.reading)
    latencies.setdefault(key, []).append((answer["median"], answer["slowest"]))
    return answer


def memory(process: int) -> dict:
    """MiB that no file stands behind, and of files."""
    held = {"RssAnon": 0.0, "RssFile": 0.0}
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        key, _, rest = line.partition(":")
        if key in held:
            held[key] = int(rest.split()[0]) / 1024
    return {"anonymous": round(held["RssAnon"]), "files": round(held["RssFile"])}
