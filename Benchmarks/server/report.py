"""What a load run found, as Markdown."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from clients import Ending, Load


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def milliseconds(seconds: float) -> str:
    """A time for a table."""
    value = seconds * 1000
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def latencies(load: Load) -> str:
    """Times by kind and in all."""
    answered = [record for record in load.records if record.ending is Ending.ANSWERED]
    kinds = sorted({record.kind for record in answered})
    rows = []
    for kind in [*kinds, "all"]:
        times = [record.seconds for record in answered if kind in (record.kind, "all")]
        p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
        rows.append(
            [
                kind,
                str(len(times)),
                milliseconds(p50),
                milliseconds(percentile(times, 0.9)),
                milliseconds(p99),
                milliseconds(max(times)),
                f"{p99 / p50:.1f}",
            ]
        )
    return table(
        ["requests", "number", "p50 ms", "p90 ms", "p99 ms", "longest ms", "p99 / p50"], rows
    )


def summary(load: Load) -> str:
    """Throughput, failures, and what the clients themselves cost."""
    seconds = load.ended - load.started
    endings = Counter(record.ending for record in load.records)
    failed = len(load.records) - endings[Ending.ANSWERED]
    share = load.processor_seconds / seconds * 100
    lines = [
        f"{len(load.records)} requests in {seconds:.1f} s, "
        f"{endings[Ending.ANSWERED] / seconds:.0f} a second; **{failed} failed**. "
        f"The clients used {share:.0f} % of one core."
    ]
    for record in [r for r in load.records if r.ending is not Ending.ANSWERED][:10]:
        lines.append(f"- {record.kind}: {record.ending.value} {record.note}")
    return "\n".join(lines)


def machine() -> str:
    """Facts that the numbers depend on."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    flags = Path("/proc/cpuinfo").read_text()
    widest = next(
        (name for flag, name in (("amx_bf16", "AMX"), ("avx512f", "AVX-512"), ("avx2", "AVX2"))
         if flag in flags),
        "no AVX2",
    )  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{model} ({widest}), {cores} cores, {memory:.0f} GiB of memory"
