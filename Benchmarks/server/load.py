"""Loads a server as 16 people would who never rest, while an indexer adds images beside it.

    Scripts/web-test-environment.sh
    .venv-web/bin/python Benchmarks/server/load.py --folder .build/load --out result.md

The program is $MEKIKI_PROGRAM, else the release build of this checkout. The images and a library of
the first ten thousand are kept in the folder for the next run. Ends with status 1 when a request
failed, or when one that had been sent was cut by stopping.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
# How the program is run, and told to stop, is the tests' knowledge.
sys.path.insert(0, str(CHECKOUT / "Tests" / "WebTests"))

from clients import Ending, Load  # noqa: E402
from pictures import make_pictures  # noqa: E402
from report import latencies, machine, milliseconds, percentile, summary, table  # noqa: E402
from requests_mix import Mix  # noqa: E402

from program import SAMPLES, Server, environment, program, run  # noqa: E402

CLIENTS = 16
ADDED = 1_000


@dataclass
class Place:
    """Where the images and libraries of a run lie."""

    folder: Path
    images: int
    # Images whose small thumbnails exist in the library of the run.
    seen: set[int] = field(default_factory=set)
    seeds: Iterator[int] = field(default_factory=lambda: itertools.count(0, 1000))

    @property
    def first(self) -> Path:
        return self.folder / "images"

    @property
    def more(self) -> Path:
        return self.folder / "more"

    @property
    def uploads(self) -> list[Path]:
        return sorted(self.more.iterdir())[:40]

    def prepare(self) -> Path:
        """Makes images and a library of the first ones, where they are missing: the library."""
        say(f"making {self.images + ADDED} images")
        make_pictures(SAMPLES, self.first, 0, self.images)
        make_pictures(SAMPLES, self.more, self.images, ADDED)
        library = self.folder / f"library-{self.images}"
        say("indexing them")
        start = time.monotonic()
        result = subprocess.run(
            [str(program()), "index", str(self.first)], env=environment(library), check=False
        )
        if result.returncode != 0:
            raise SystemExit(f"The first images could not be indexed ({result.returncode}).")
        say(f"indexed in {time.monotonic() - start:.0f} s")
        return library

    def copy(self, library: Path) -> Path:
        """A library for one part of the run, so that no part sees what another has added."""
        copy = self.folder / "run" / "library"
        shutil.rmtree(copy.parent, ignore_errors=True)
        copy.parent.mkdir()
        shutil.copytree(library, copy)
        return copy


def say(text: str) -> None:
    """Tells a person who waits what is going on."""
    print(text, file=sys.stderr, flush=True)


def mixes(server: Server, place: Place, count: int) -> list[Mix]:
    """A mixture of its own for each client; other ones in each part of the run."""
    host = f"{server.host}:{server.port}"
    first = next(place.seeds)
    return [
        Mix(host, place.images, place.uploads, place.seen, first + number)
        for number in range(count)
    ]


def load_of(server: Server, place: Place, count: int, seconds: float) -> Load:
    """Runs clients for a time."""
    load = Load(server.host, server.port, mixes(server, place, count))
    asyncio.run(load.run(seconds))
    return load


def alone(server: Server, place: Place, kind: str, seconds: float) -> Load:
    """One client that asks for one kind of thing, after a short while to get warm."""
    for length in (1.0, seconds):
        load = Load(
            server.host, server.port, mixes(server, place, 1), choose=lambda mix: mix.of(kind)
        )
        asyncio.run(load.run(length))
    return load


def text_encoding(library: Path) -> float:
    """Seconds that the model takes for a text: `mekiki embed` with many texts less that with one.

    The program encodes texts in batches of 32 on all cores, so this is the least that a text costs;
    a single one on its own takes longer."""

    def embed(count: int) -> float:
        texts = [f"夜の海の猫 {number}" for number in range(count)]
        start = time.monotonic()
        result = run(library, "embed", "--quiet", *(f"--text={text}" for text in texts))
        assert result.returncode == 0, result.stderr
        return time.monotonic() - start

    few = statistics.median(embed(32) for _ in range(5))
    many = statistics.median(embed(352) for _ in range(5))
    return (many - few) / 320


def one_client(server: Server, place: Place, library: Path, seconds: float) -> str:
    """What a single search takes, and of what that time is made."""
    times = {}
    for kind in ("search by words", "more like this", "search by image", "newest page", "details",
                 "thumbnail", "file"):  # fmt: skip
        load = alone(server, place, kind, seconds)
        if any(record.ending is not Ending.ANSWERED for record in load.records):
            raise SystemExit(summary(load))
        times[kind] = [record.seconds for record in load.records]
    rows = [
        [
            kind,
            str(len(taken)),
            milliseconds(percentile(taken, 0.5)),
            milliseconds(percentile(taken, 0.99)),
        ]
        for kind, taken in times.items()
    ]
    words, like = (percentile(times[kind], 0.5) for kind in ("search by words", "more like this"))
    encoding = text_encoding(library)
    return "\n\n".join(
        [
            table(["one client", "number", "p50 ms", "p99 ms"], rows),
            f"A search by words less one by an image of the library, which differ by the encoding "
            f"of the text alone: {milliseconds(words - like)} ms. So everything else – HTTP, "
            f"the search through {place.images} vectors, the records, the JSON – takes "
            f"{milliseconds(like)} ms. For comparison, `mekiki embed` encodes a text in "
            f"{milliseconds(encoding)} ms, in batches of 32 on all cores.",
        ]
    )


def beside_indexer(server: Server, place: Place, seconds: float) -> tuple[Load, str]:
    """The load while an indexer adds images, and what the indexer did meanwhile."""
    start = time.monotonic()
    indexer = subprocess.Popen(
        [str(program()), "index", "--quiet", str(place.more)], env=environment(server.library)
    )
    load = load_of(server, place, CLIENTS, seconds)
    was_running = indexer.poll() is None
    status = indexer.wait(600)
    took = time.monotonic() - start
    if status != 0:
        raise SystemExit(f"The indexer ended with {status}.")
    meanwhile = "was still at it at the end" if was_running else "ended before the clients did"
    return load, f"The indexer added {ADDED} images in {took:.1f} s; it {meanwhile}."


async def stop_amid(server: Server, place: Place, after: float) -> tuple[Load, float]:
    """Asks the server to stop while all clients are at it: their requests, and when that was."""
    load = Load(server.host, server.port, mixes(server, place, CLIENTS))
    running = asyncio.create_task(load.run(after + 60))
    await asyncio.sleep(after)
    asked = time.monotonic()
    server.ask_to_stop()
    while server.is_alive and time.monotonic() < asked + 50:
        await asyncio.sleep(0.01)
    load.stop.set()
    await running
    return load, asked


def stopping(library: Path, place: Place, rounds: int) -> tuple[str, bool]:
    """Stops servers amid load: what became of the requests, and whether none was cut."""
    rows = []
    is_good = True
    for number in range(rounds):
        with Server(library) as server:
            load, asked = asyncio.run(stop_amid(server, place, 2 + 0.37 * number))
            status = server.wait()
        before = [r for r in load.records if r.sent <= asked and r.ending is not Ending.REFUSED]
        under_way = [record for record in before if record.ended > asked]
        # Sent before the signal: the server had them, and owes each an answer. Sent after it: the
        # server may already have ended the connection, which the client learns too late; such a
        # request was never taken up. But an answer that has begun must never end in the middle.
        unanswered = [r for r in before if r.ending is not Ending.ANSWERED]
        late = [r for r in load.records if r.sent > asked and r.ending is Ending.IGNORED]
        cut = [r for r in load.records if r.ending is Ending.CUT and r.sent > asked]
        wrong = [r for r in load.records if r.ending is Ending.WRONG and r.sent > asked]
        is_good = is_good and not unanswered and not cut and not wrong and status == 0
        rows.append(
            [
                f"{number + 1}",
                *(str(len(part)) for part in (before, under_way, unanswered, cut, late)),
                str(status),
            ]
        )
    head = ["stop", "sent before SIGTERM", "of these under way", "of these not answered",
            "later ones cut in the middle", "later ones not taken up", "exit status"]  # fmt: skip
    return table(head, rows), is_good


def measure(place: Place, seconds: float, rounds: int) -> tuple[str, bool]:
    """The whole run: its report, and whether all is well."""
    library = place.copy(place.prepare())
    version = run(library, "--version").stdout.strip()
    parts = [
        f"Mekiki {version} on {machine()}; {place.images} images of 640 × 480, the starter model. "
        f"{CLIENTS} clients on kept connections in one process on the same machine, each asking "
        f"again as soon as it is answered."
    ]
    loads: list[Load] = []
    with Server(library) as server:
        say("one client")
        parts += ["### One client", one_client(server, place, library, seconds / 6)]
        say(f"{CLIENTS} clients")
        load = load_of(server, place, CLIENTS, seconds)
        loads.append(load)
        parts += [f"### {CLIENTS} clients", summary(load), latencies(load)]
        say(f"{CLIENTS} clients beside an indexer")
        load, note = beside_indexer(server, place, seconds)
        loads.append(load)
        parts += [
            f"### {CLIENTS} clients, an indexer beside them",
            summary(load) + " " + note,
            latencies(load),
            f"The server's memory was {server.memory_kilobytes() // 1024} MB afterwards, "
            f"{server.memory_kilobytes('VmHWM') // 1024} MB at most.",
        ]
        faults = server.faults()
    say("stopping amid the load")
    stops, is_good = stopping(library, place, rounds)
    parts += [f"### SIGTERM amid {CLIENTS} clients", stops]
    if faults:
        parts += [
            "### Faults in the server's log",
            "\n".join(f"- {fault}" for fault in faults[:10]),
        ]
    failed = [r for load in loads for r in load.records if r.ending is not Ending.ANSWERED]
    return "\n\n".join(parts) + "\n", is_good and not failed and not faults


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True, help="where images and libraries go")
    parser.add_argument("--out", type=Path, required=True, help="the Markdown file to write")
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--stops", type=int, default=5, help="how often a server is stopped")
    options = parser.parse_args(arguments)
    place = Place(options.folder.resolve(), options.images)
    report, is_good = measure(place, options.seconds, options.stops)
    print(report)
    options.out.write_text(f"# The server under load\n\n{report}", encoding="utf-8")
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
