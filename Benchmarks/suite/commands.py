"""Whole commands, timed from their start to their end."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .machine import Watch
from .places import CHECKOUT, WORK
from .rounds import Reading


@dataclass
class Ran:
    """How a command ended, and what it took."""

    wall: float
    cpu: float
    foreign: float
    # The largest resident memory in MiB, and the largest share of it that no file stands behind;
    # zero where memory was not watched.
    memory: float
    anonymous: float
    output: str
    # Seconds since the start and MiB that no file stands behind, where memory was watched.
    samples: list[tuple[float, float]]

    def reading(self, items: float) -> Reading:
        return Reading(items, self.wall, self.cpu, self.foreign)


def environment() -> dict[str, str]:
    """The caller's, without what would change Mekiki's ways."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MEKIKI_")}
    return kept | {"MEKIKI_DATA": str(CHECKOUT), "HF_HUB_OFFLINE": "1"}


def run(
    command: Sequence[str | Path], *, folder: Path | None = None, watching_memory: bool = False
) -> Ran:
    """Runs a command to its end; ends the part when it fails."""
    errors = WORK / "errors.txt"
    WORK.mkdir(parents=True, exist_ok=True)
    watch = Watch.begin()
    start = time.perf_counter()
    with errors.open("w") as said:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=folder,
            env=environment(),
        )
        assert process.stdout
        peak = 0.0
        samples: list[tuple[float, float]] = []
        if watching_memory:
            while (now := memory(process.pid)) is not None:
                peak, anonymous = max(peak, now[0]), now[1]
                samples.append((time.perf_counter() - start, anonymous))
                time.sleep(0.05)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(
            f"{command[0]} ended with {process.returncode}: {errors.read_text()[-1000:]}"
        )
    cpu = usage.ru_utime + usage.ru_stime
    anonymous = max((held for _, held in samples), default=0.0)
    return Ran(wall, cpu, watch.foreign(cpu), peak, anonymous, output, samples)


def memory(process: int) -> tuple[float, float] | None:
    """The most MiB that were resident so far, and the MiB now that no file stands behind; none once
    the process has ended.

    What wait4 reports is no use: until its exec a child counts the memory of this process as its own.
    """
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return None
    values = {
        line.partition(":")[0]: int(line.split()[1]) / 1024
        for line in lines
        if line.startswith(("VmHWM:", "RssAnon:"))
    }
    return (values["VmHWM"], values["RssAnon"]) if len(values) == 2 else None
