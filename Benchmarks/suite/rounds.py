"""Rounds over resident processes: each cell is read once a round, in an order that turns around.

Before a reading the machine is waited for until it is idle; a reading during which others used more
than 8 % of it is marked. Medians are taken over the clean readings alone, if there are any.
"""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .machine import Watch

FOREIGN = 0.08


class EngineError(Exception):
    """An engine could not do what it was asked."""


class Resident:
    """A process that stays, and answers a line with a line."""

    def __init__(self, name: str, command: Sequence[str | Path], folder: Path | None = None):
        self.name = name
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if folder is None else None,
            text=True,
            cwd=folder,
        )
        self.answer()

    def ask(self, *words: object) -> dict:
        """Sends a request and waits for its answer."""
        assert self.process.stdin
        try:
            self.process.stdin.write(" ".join(str(word) for word in words) + "\n")
            self.process.stdin.flush()
        except OSError:
            # It has ended, and what it said last is still to be read.
            pass
        return self.answer()

    def answer(self) -> dict:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            said = self.process.stderr.read()[-500:] if self.process.stderr else ""
            raise EngineError(f"{self.name} ended with status {self.process.wait()}: {said}")
        answer = json.loads(line)
        if "error" in answer:
            raise EngineError(f"{self.name}: {answer['error']}")
        return answer

    def close(self) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(OSError):
                self.process.stdin.close()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@dataclass
class Reading:
    """One measurement."""

    items: float
    wall: float
    cpu: float
    foreign: float

    @property
    def is_clean(self) -> bool:
        return self.foreign <= FOREIGN


@dataclass
class Cell:
    """All readings of one engine at one task."""

    readings: list[Reading] = field(default_factory=list)
    error: str = ""

    def summary(self) -> dict:
        """Medians: items a second on the clock, and processor seconds an item."""
        if not self.readings:
            return {"error": self.error or "no reading"}
        clean = [reading for reading in self.readings if reading.is_clean]
        counted = clean or self.readings
        rates = [reading.items / reading.wall for reading in counted]
        return {
            "rate": round_to(statistics.median(rates)),
            "spread": round_to((max(rates) - min(rates)) / statistics.median(rates)),
            "cpu": round_to(statistics.median([r.cpu / r.items for r in self.readings])),
            "clean": len(clean),
            "readings": len(self.readings),
        }


def round_to(value: float, digits: int = 5) -> float:
    """So many significant digits, to keep the file of results small."""
    return float(f"{value:.{digits}g}")


class Patience:
    """Waits for an idle machine, in all no longer than it was given."""

    def __init__(self, seconds: float):
        self.left = seconds

    def wait(self) -> None:
        while self.left > 0:
            watch = Watch.begin()
            time.sleep(0.15)
            if watch.foreign(0) <= FOREIGN:
                return
            time.sleep(0.35)
            self.left -= 0.5


def measure(read: Callable[[], dict], patience: Patience) -> Reading:
    """One reading; `read` answers with items, wall and cpu."""
    patience.wait()
    watch = Watch.begin()
    answer = read()
    return Reading(
        answer["items"], answer["wall"], answer["cpu"], watch.foreign(answer["cpu"])
    )


def run_rounds(
    tasks: dict[Hashable, Callable[[], dict]],
    *,
    seconds: float,
    patience: float,
    rounds: int = 7,
    least: int = 2,
) -> dict[Hashable, Cell]:
    """Reads each task once a round until rounds or seconds are over, but `least` times if possible.

    A task that fails is left out from then on, with its reason.
    """
    cells: dict[Hashable, Cell] = {key: Cell() for key in tasks}
    end = time.monotonic() + seconds
    waiting = Patience(patience)
    for turn in range(rounds):
        keys = list(tasks) if turn % 2 == 0 else list(reversed(tasks))
        for key in keys:
            cell = cells[key]
            if cell.error or (time.monotonic() > end and len(cell.readings) >= least):
                continue
            # However slow, a part must end.
            if time.monotonic() > end + seconds and cell.readings:
                continue
            try:
                cell.readings.append(measure(tasks[key], waiting))
            except EngineError as error:
                cell.error = str(error)
                print(f"  {error}", flush=True)
        if time.monotonic() > end and turn + 1 >= least:
            break
    return cells
