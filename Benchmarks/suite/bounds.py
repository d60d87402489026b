"""What each part owes, and whether it pays."""

from __future__ import annotations

from dataclasses import dataclass

from . import fulltext_report, nearest_report
from .machine import CORES
from .parts.encoder import PARTS as ENCODERS
from .parts.encoder import THREADS
from .parts.text import SUBJECTS
from .shapes import ALL

ENCODER_RATIO = 1.1
ENCODER_SHARE = 0.9
PADDED_RATIO = 2.5
OWN_RATIO = 1.2
PIPELINE_SHARE = 0.9
UNCHANGED_RATE = 20_000
LOAD_SECONDS = 0.3


@dataclass(frozen=True)
class Comparison:
    """Mekiki against the fastest of some engines."""

    mekiki: dict
    best: str
    peer: dict

    @property
    def ratio(self) -> float:
        """How many times as fast, on the clock."""
        return self.mekiki["rate"] / self.peer["rate"]

    @property
    def is_clean(self) -> bool:
        return self.mekiki["clean"] > 0 and self.peer["clean"] > 0


@dataclass(frozen=True)
class Verdict:
    """One line of the table of bounds."""

    part: str
    bound: str
    measured: str
    is_met: bool
    is_clean: bool = True

    @property
    def row(self) -> list[str]:
        return [
            self.part,
            self.bound,
            self.measured + ("" if self.is_clean else " \\*"),
            "met" if self.is_met else "**not met**",
        ]


def compare(engines: dict, batch: str, peers: list[str]) -> Comparison | None:
    """Against the fastest of the peers that have a reading; none where Mekiki or all have none."""
    mekiki = engines.get("mekiki", {}).get(batch, {})
    readings = {
        name: engines[name][batch]
        for name in peers
        if "rate" in engines.get(name, {}).get(batch, {})
    }
    if "rate" not in mekiki or not readings:
        return None
    best = max(readings, key=lambda name: readings[name]["rate"])
    return Comparison(mekiki, best, readings[best])


def peak_rate(numbers: dict) -> float:
    """Operations a second of all threads, by processor time: a ceiling that no load lowers."""
    return THREADS / numbers["peak"]["cpu"]


def encoder_verdicts(title: str, numbers: dict) -> list[Verdict]:
    """One for each precision and batch size."""
    found = []
    for precision in ("float32", "bfloat16"):
        part = numbers.get(precision, {})
        if "engines" not in part:
            continue
        peers = [name for name in part["engines"] if name != "mekiki"]
        for batch in part["engines"].get("mekiki", {}):
            comparison = compare(part["engines"], batch, peers)
            if comparison is None:
                continue
            rate = comparison.mekiki["rate"]
            share = rate * numbers["operations"] / peak_rate(part)
            found.append(
                Verdict(
                    f"{title}, {precision}, batch {batch}",
                    f"≥ {ENCODER_RATIO} × the fastest peer, or ≥ {ENCODER_SHARE:.0%} of the peak",
                    f"{comparison.ratio:.2f} × {comparison.best}, {share:.0%} of the peak",
                    comparison.ratio >= ENCODER_RATIO or share >= ENCODER_SHARE,
                    comparison.is_clean,
                )
            )
    return found


def text_verdicts(numbers: dict) -> list[Verdict]:
    """The smallest batch, against all ways of the peers."""
    found = []
    batch = numbers.get("batches", ["1"])[0]
    subject = f"text query, {numbers['title']}" if "title" in numbers else "text query"
    own = "at the query's own length"
    if numbers.get("tower") == "pairs":
        subject = numbers["title"]
        own = "padded to the longest pair"
    for precision in ("float32", "bfloat16"):
        engines = numbers.get(precision, {}).get("engines", {})
        for padding, bound, words in (
            ("77", PADDED_RATIO, "padded to 77 tokens"),
            ("own", OWN_RATIO, own),
            # Read with its padding by everyone, so that this is its own length.
            ("64", OWN_RATIO, "with the padding that the model needs"),
        ):
            peers = [name for name in engines if name.endswith(f" {padding}")]
            comparison = compare(engines, batch, peers)
            if comparison is None:
                continue
            found.append(
                Verdict(
                    f"{subject}, {precision}, batch {batch}",
                    f"≥ {bound} × the fastest peer {words}",
                    f"{comparison.ratio:.2f} × {comparison.best.removesuffix(' ' + padding)}",
                    comparison.ratio >= bound,
                    comparison.is_clean,
                )
            )
    return found


def verdicts(parts: dict) -> list[Verdict]:
    """All that was measured."""
    found = []
    for name, model in ENCODERS.items():
        if name in parts:
            found += encoder_verdicts(ALL[model].title, parts[name]["numbers"])
    for name in SUBJECTS:
        if name in parts:
            found += text_verdicts(parts[name]["numbers"])
    if "jpeg" in parts:
        numbers = parts["jpeg"]["numbers"]
        share = numbers["index"]["rate"] / numbers["bound"]
        found.append(
            Verdict(
                "JPEG on disk to vector in the catalog",
                f"≥ {PIPELINE_SHARE:.0%} of {CORES} cores / processor seconds of the stages",
                f"{share:.0%}: {numbers['index']['rate']:.1f} of {numbers['bound']:.1f} images/s",
                share >= PIPELINE_SHARE,
                numbers["index"]["clean"] > 0,
            )
        )
    if "unchanged" in parts:
        summary = parts["unchanged"]["numbers"]["index"]
        found.append(
            Verdict(
                f"unchanged folder of {parts['unchanged']['numbers']['files']:,} files",
                f"≥ {UNCHANGED_RATE:,} files/s",
                f"{summary['rate']:,.0f} files/s",
                summary["rate"] >= UNCHANGED_RATE,
                summary["clean"] > 0,
            )
        )
    if "nearest" in parts:
        found += [Verdict(*words) for words in nearest_report.verdicts(parts["nearest"]["numbers"])]
    if "fulltext" in parts:
        found += [
            Verdict(*words) for words in fulltext_report.verdicts(parts["fulltext"]["numbers"])
        ]
    for load in parts.get("loading", {}).get("numbers", {}).get("loads", []):
        seconds = load["first"] - load["second"]
        found.append(
            Verdict(
                f"loading {load['model']}, {load['tower']}, {load['precision']}",
                f"≤ {LOAD_SECONDS} s, files in the page cache",
                f"{seconds:.2f} s",
                seconds <= LOAD_SECONDS,
                load["clean"] > 0,
            )
        )
    return found
