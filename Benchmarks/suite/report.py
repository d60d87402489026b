"""RESULTS.md from the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from . import curves, fulltext_report, nearest_report, plots
from .bounds import compare, peak_rate, verdicts
from .machine import LIBRARIES
from .parts.encoder import PARTS as ENCODERS
from .parts.encoder import THREADS
from .parts.jpeg import STAGES
from .parts.text import SUBJECTS
from .shapes import ALL

METHOD = """\
- **Engines stay resident, each in a process of its own, and are read in turn**, in an order that is
  reversed each round. A reading lasts about 0.7 s, and at least one call. Figures are medians.
- **Before a reading the machine is waited for until it is idle**, and a reading during which other
  processes used more than 8 % of the processors is not counted. Each figure says how many clean
  readings it comes from. `*` marks a figure without a single clean reading: the machine was busy,
  and the clock's figures mean little.
- **By processor time** is what the threads' own processor seconds would give on an idle machine, if
  they divided the work perfectly. It is what remains comparable on a busy machine. Engines whose
  threads wait by spinning look slower than they are.
- **The same weights everywhere**, random ones in the sizes of the published models. Each engine's
  vectors are compared with PyTorch's in float32 before anything is timed; the least cosine is in the
  tables. Texts of models other than OpenAI's are random tokens, as many as a vocabulary of word
  pieces has for the query.
- **Two threads** each. PyTorch runs in inference mode, eagerly, and for ViT-B/32 also through
  `torch.compile` with freezing; ONNX Runtime with all graph optimisations; OpenVINO with its latency
  hint. “split” is the same engine with a batch divided between two streams of one thread each;
  it is left out for ViT-L/14, where a reading takes a third of a minute.
  bfloat16 is the model converted for PyTorch, the precision hint for OpenVINO; ONNX Runtime has none
  on processors.
- **The peak** is what a loop of fused multiply-adds (for bfloat16: dot products) on registers
  reaches, measured in the same run. Shares count all operations of the model for every engine, also
  those that Mekiki leaves out because they do not change the result.
- Data files are in the page cache.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and whose others are numbers."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 1)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def figure(summary: dict | None, digits: int = 1) -> str:
    """A rate and its clean readings."""
    if summary is None:
        return "–"
    if "rate" not in summary:
        return "failed"
    mark = "" if summary["clean"] else "\\*"
    return f"{summary['rate']:.{digits}f}{mark} ({summary['clean']})"


def encoder(title: str, numbers: dict) -> str:
    """One model's tables."""
    sections = [f"### {title}\n"]
    for precision in ("float32", "bfloat16"):
        part = numbers[precision]
        if "missing" in part:
            sections.append(f"{precision}: {part['missing']}.\n")
            continue
        engines = part["engines"]
        batches = list(engines.get("mekiki", {}))
        peak = peak_rate(part)
        head = [f"{precision}, images/s (clean readings)", *(f"batch {b}" for b in batches)]
        head += [f"by processor time, {b}" for b in batches]
        head += ["share of the peak", "least cosine"]
        rows = []
        for engine, cells in engines.items():
            last = cells.get(batches[-1], {})
            share = last["rate"] * numbers["operations"] / peak if "rate" in last else None
            rows.append(
                [
                    engine,
                    *(figure(cells.get(batch)) for batch in batches),
                    *(
                        f"{THREADS / cells[batch]['cpu']:.1f}"
                        if "cpu" in cells.get(batch, {})
                        else "–"
                        for batch in batches
                    ),
                    "–" if share is None else f"{share:.0%}",
                    f"{part['cosines'].get(engine, float('nan')):.5f}",
                ]
            )
        peers = [name for name in engines if name != "mekiki"]
        ratios = []
        for batch in batches:
            comparison = compare(engines, batch, peers)
            ratios.append("–" if comparison is None else f"{comparison.ratio:.2f} ×")
        rows.append(["**Mekiki / fastest peer**", *ratios, *["" for _ in batches], "", ""])
        sections.append(table(head, rows) + "\n")
        sections.append(
            f"Peak of {THREADS} threads ({part['instructions']}): {peak / 1e9:,.0f} GFLOP/s. "
            f"An image takes {numbers['operations'] / 1e9:.2f} GFLOP. "
            "The share is that of the largest batch.\n"
        )
        for engine, error in part["errors"].items():
            sections.append(f"{engine} could not be measured: {first_words(error)}\n")
    return "\n".join(sections)


def first_words(text: str) -> str:
    """Enough of an error to recognise it; the rest may hold paths."""
    return text.partition(": ")[2].partition("\n")[0].split("/")[0][:120].strip() or "it failed"


def text(numbers: dict) -> str:
    """The table of one tower's texts."""
    batches = numbers.get("batches", ["1", "8"])
    paddings = numbers.get("paddings", ["77", "own"])
    sections = [f"### {numbers.get('title', 'ViT-B/32')}\n", about_texts(numbers) + "\n"]
    items = "pairs" if numbers.get("tower") == "pairs" else "texts"
    for precision in ("float32", "bfloat16"):
        part = numbers.get(precision, {})
        if "engines" not in part:
            continue
        rows = []
        for engine, cells in part["engines"].items():
            rows.append(
                [
                    engine,
                    *(figure(cells.get(batch), 0) for batch in batches),
                    *(
                        f"{THREADS / cells[batch]['cpu']:.0f}" if "cpu" in cells[batch] else "–"
                        for batch in batches
                    ),
                    f"{part['cosines'][engine]:.5f}" if engine in part["cosines"] else "",
                ]
            )
        for padding in paddings:
            peers = [name for name in part["engines"] if name.endswith(f" {padding}")]
            ratios = []
            for batch in batches:
                comparison = compare(part["engines"], batch, peers)
                ratios.append("–" if comparison is None else f"{comparison.ratio:.2f} ×")
            empty = [""] * (len(batches) + 1)
            rows.append([f"**Mekiki / fastest peer, {padding}**", *ratios, *empty])
        sections.append(
            table(
                [
                    f"{precision}, {items}/s (clean readings)",
                    *(f"batch {batch}" for batch in batches),
                    *(f"by processor time, {batch}" for batch in batches),
                    "agreement" if items == "pairs" else "least cosine",
                ],
                rows,
            )
            + "\n"
        )
        for engine, error in part["errors"].items():
            sections.append(f"{engine} could not be measured: {first_words(error)}\n")
    return "\n".join(sections)


def about_texts(numbers: dict) -> str:
    """How many texts of which lengths, and how they are run."""
    tokens = numbers["tokens"]
    lengths = f"{tokens['least']} to {tokens['most']} tokens ({tokens['mean']:.1f} in the mean)"
    if numbers.get("tower") == "pairs":
        return (
            f"{numbers['queries']} pairs of one query and a document, {lengths}, as one batch. Mekiki "
            "runs each pair at its own length, the peers padded to the longest. Scores agree to 1 less "
            "the largest difference as a share of their spread."
        )
    ways = {
        "77": "padded to 77 tokens, as their users run them",
        "own": "at the own length of the query, or of the longest in the batch",
        "64": "with the same padding",
    }
    padded = "64" in numbers.get("paddings", [])
    own = "padded to 64 tokens, which the model needs" if padded else "at its own length"
    peers = ", and ".join(ways[padding] for padding in numbers.get("paddings", ["77", "own"]))
    return (
        f"{numbers['queries']} queries, {lengths}, of which Mekiki runs each {own}. The peers run "
        f"{peers}."
    )


def products(numbers: dict) -> str:
    """Shares of the peak."""
    sections = [
        "## Matrix products\n\nMekiki's linear layer alone, one thread, by processor time: "
        "GFLOP/s and the share of the peak of that thread.\n"
    ]
    for precision in ("float32", "bfloat16"):
        part = numbers.get(precision, {})
        if "products" not in part:
            continue
        shapes: dict[tuple[int, int], dict[int, dict]] = {}
        for product in part["products"]:
            shapes.setdefault((product["inputs"], product["outputs"]), {})[product["rows"]] = product
        heights = sorted({product["rows"] for product in part["products"]})
        rows = [
            [
                f"{inputs} → {outputs}",
                *(f"{cells[h]['rate']:.0f} ({cells[h]['share']:.0%})" for h in heights),
            ]
            for (inputs, outputs), cells in shapes.items()
        ]
        sections.append(
            table([f"{precision}, peak {part['peak']:.0f}", *(f"{h} rows" for h in heights)], rows)
            + "\n"
        )
    return "\n".join(sections)


def jpeg(numbers: dict) -> str:
    """The pipeline."""
    stages = numbers["stages"]
    index = numbers["index"]
    total = sum(stages.values())
    rows = [[stage, f"{stages[stage] * 1000:.2f}"] for stage in STAGES]
    rows.append(["all, each alone", f"{total * 1000:.2f}"])
    rows.append(["`mekiki index`, everything in it", f"{index['cpu'] * 1000:.2f}"])
    speeds = [
        ["two cores without any loss", f"{numbers['bound']:.1f}"],
        ["`mekiki index`, start and loading included", figure(index)],
    ]
    names = {
        "simple": "PyTorch as the original application's article does it: one image at a time, float32",
        "batched": "PyTorch with a DataLoader of two workers, batches of 32, bfloat16 where possible",
    }
    speeds += [[names[way], figure(cell, 2)] for way, cell in numbers["peers"].items()]
    return "\n".join(
        [
            f"## From JPEG to vector\n\n{numbers['files']} distinct JPEGs of 12 megapixels, "
            f"{numbers['megabytes']:.1f} MB in the mean, into a new library with ViT-B/32 at the "
            "default precision. Encoding is measured in batches of 8 in one thread; the thumbnail is "
            "what it adds to the same decoding. The peers are measured on some of the files, from "
            "the first file to the last vector; they write no library and no thumbnails.\n",
            table(["stage", "ms of processor time an image"], rows) + "\n",
            table(["", "images/s (clean readings)"], speeds) + "\n",
            f"Largest anonymous memory of `mekiki index`: {numbers['anonymous']:.0f} MiB; mapped "
            "files come on top.\n",
        ]
    )


def endurance(numbers: dict) -> str:
    """Memory over a long run."""
    tenths = ", ".join(f"{value:.0f}" for value in numbers["tenths"])
    return (
        f"## A long run\n\n`mekiki index` on {numbers['files']:,} JPEGs of 12 megapixels "
        f"({numbers['megabytes']:.1f} MB each: 200 photographs, each copy with a comment of its own), "
        f"ViT-B/32 at the default precision: {numbers['seconds']:.0f} s. Largest resident memory "
        f"{numbers['memory']:.0f} MiB, mapped files included. Largest anonymous memory in each tenth of "
        f"the run: {tenths} MiB.\n"
    )


def unchanged(numbers: dict) -> str:
    index = numbers["index"]
    return (
        f"## Nothing changed\n\n`mekiki index` on {numbers['files']:,} files that it knows, in "
        f"folders of a thousand (ten thousand contents, each in several files), process start included: {figure(index, 0)} files/s, "
        f"{1 / index['rate'] * numbers['files']:.2f} s in all; {1 / index['cpu']:,.0f} files a "
        f"processor second; {numbers['memory']:.0f} MiB of memory at most.\n"
    )


def cold(numbers: dict) -> str:
    rows = []
    for model, ways in numbers["models"].items():
        for way, title in (("mekiki", "`mekiki search`"), ("python", "transformers and numpy")):
            summary = ways[way]
            rows.append(
                [
                    f"{model}: {title}",
                    f"{1 / summary['rate']:.3f}" + ("" if summary["clean"] else "\\*"),
                    f"{summary['cpu']:.3f}",
                    str(summary["clean"]),
                ]
            )
        rows.append(
            [
                f"**{model}: Python / Mekiki**",
                f"{ways['mekiki']['rate'] / ways['python']['rate']:.1f} ×",
                f"{ways['python']['cpu'] / ways['mekiki']['cpu']:.1f} ×",
                "",
            ]
        )
    return (
        f"## A search from a cold start\n\nWords against {numbers['images']:,} images, from the start "
        "of the process to its end, files in the page cache.\n\n"
        + table(["", "seconds", "processor seconds", "clean readings"], rows)
        + "\n"
    )


def loading(numbers: dict) -> str:
    rows = [
        [
            f"{load['model']}, {load['tower']}, {load['precision']}",
            f"{load['opened'] * 1000:.0f}",
            f"{load['first'] * 1000:.0f}",
            f"{(load['first'] - load['second']) * 1000:.0f}",
            f"{load['cpu'] * 1000:.0f}",
            f"{load['peakMemory']:.0f}",
            str(load["clean"]),
        ]
        for load in numbers["loads"]
    ]
    return (
        "## Loading a model\n\nIn a fresh process: until its headers are read, until its first "
        "vector, and the difference between the first and the second, which is what loading costs. "
        "Memory includes the mapped file.\n\n"
        + table(
            [
                "", "opened ms", "first vector ms", "loading ms", "processor ms", "memory MiB",
                "clean readings",
            ],
            rows,
        )
        + "\n"
        + copies(numbers.get("copies", []))
    )


def copies(numbers: list[dict]) -> str:
    """What loading is compared with, where it was measured."""
    if not numbers:
        return ""
    rows = [
        [
            copy["model"],
            f"{copy['megabytes']:.0f}",
            f"{copy['seconds'] * 1000:.0f}",
            str(copy["clean"]),
        ]
        for copy in numbers
    ]
    return (
        "\nFor comparison, two threads that copy as many bytes as the image tower's float32 weights "
        "have, from the page cache into new memory, and do nothing else:\n\n"
        + table(["", "MB", "ms", "clean readings"], rows)
        + "\n"
    )


def machine(parts: dict) -> str:
    """Where it was measured, and whether all parts were measured there."""
    newest = max(parts.values(), key=lambda part: part["date"])
    facts = newest["machine"]
    lines = [
        f"- {facts['processor']}, {facts['cores']} cores, {facts['memory']} of memory",
        f"- instructions: {facts['instructions']}",
        f"- {facts['system']}; {facts['swift']}; oneDNN {facts['onednn']}, "
        f"libvips {facts['libvips']}",
        f"- Python {facts['python']}; "
        + ", ".join(f"{name} {facts[name]}" for name in LIBRARIES),
    ]
    hardware = ("processor", "cores", "memory")
    others = [
        name
        for name, part in parts.items()
        if any(part["machine"][key] != facts[key] for key in hardware)
    ]
    if others:
        lines.append(f"- **Measured on another machine: {', '.join(sorted(others))}.**")
    quick = [name for name, part in parts.items() if part["quick"]]
    if quick:
        lines.append(f"- **Only tried with few readings: {', '.join(sorted(quick))}.**")
    return "\n".join(lines)


def write(parts: dict, folder: Path) -> Path:
    """Writes RESULTS.md and its plots into a folder."""
    sections = [
        "# Benchmarks\n\nWritten by `make bench`; not to be edited. "
        "The server under load has [its own page](server/RESULTS.md).\n",
        "## What is owed, and what is paid\n",
        table(["part", "bound", "measured", ""], (v.row for v in verdicts(parts))) + "\n",
        "Not measured here: requests over HTTP.\n",
        "## Machine\n",
        machine(parts) + "\n",
        "## Method\n",
        METHOD,
    ]
    encoders = [(ALL[model].title, part) for part, model in ENCODERS.items()]
    if any(name in parts for _, name in encoders):
        sections.append("## Image encoders\n\nOn preprocessed pictures, two threads.\n")
    for title, name in encoders:
        if name in parts:
            sections.append(encoder(title, parts[name]["numbers"]))
            sections += plots.encoder(folder, title, name, parts[name]["numbers"])
    if any(name in parts for name in SUBJECTS):
        sections.append(
            "## Texts\n\nQueries of three to twelve words, Japanese and English, and pairs for a "
            "reranker; tokens with start and end. CLIP's own tower stops at the end token, which is "
            "exact.\n"
        )
    for name in SUBJECTS:
        if name in parts:
            sections.append(text(parts[name]["numbers"]))
            sections += plots.of_part(folder, name, parts[name]["numbers"])
    for name, section in (
        ("products", products), ("jpeg", jpeg), ("unchanged", unchanged),
        ("cold", cold), ("loading", loading), ("endurance", endurance),
    ):  # fmt: skip
        if name in parts:
            sections.append(section(parts[name]["numbers"]))
            sections += plots.of_part(folder, name, parts[name]["numbers"])
    if "nearest" in parts:
        sections.append(nearest_report.section(parts["nearest"]["numbers"], table))
        groups = nearest_report.plot(parts["nearest"]["numbers"])
        sections.append(
            plots.bars(folder, "nearest", "The ten nearest, recall ≥ 0.99: milliseconds", groups)
        )
        sections.append(
            curves.curves(
                folder,
                "nearest-scale",
                "The ten nearest: milliseconds",
                "rows of 512 dimensions",
                nearest_report.lines(parts["nearest"]["numbers"]),
            )
        )
    if "fulltext" in parts:
        sections.append(fulltext_report.section(parts["fulltext"]["numbers"], table))
    page = folder / "RESULTS.md"
    page.write_text("\n".join(sections).rstrip() + "\n")
    return page
