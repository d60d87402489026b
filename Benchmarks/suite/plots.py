"""Bars as SVG, small enough to be kept in the repository."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from .parts.jpeg import STAGES

COLOURS = {"mekiki": "#d1495b"}
OTHERS = ("#30638e", "#00798c", "#66a182", "#8d96a3", "#b0a080", "#7a5c8e", "#4c5760")


def bars(
    folder: Path, name: str, title: str, groups: Sequence[tuple[str, Sequence[tuple[str, float, str]]]]
) -> str:
    """Writes groups of horizontal bars, each group scaled to its longest; returns the Markdown.

    A bar is a label, a value, and the words beside it.
    """
    line, left, width = 18, 210, 420
    parts: list[str] = []
    y = 34
    others = [label for _, rows in groups for label, _, _ in rows if label not in COLOURS]
    palette = {label: OTHERS[i % len(OTHERS)] for i, label in enumerate(dict.fromkeys(others))}
    for group, rows in groups:
        parts.append(f'<text x="8" y="{y + 13}" font-weight="bold">{escape(group)}</text>')
        y += line + 2
        longest = max((value for _, value, _ in rows), default=1) or 1
        for label, value, words in rows:
            length = value / longest * width
            colour = COLOURS.get(label) or palette[label]
            parts.append(
                f'<text x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>'
                f'<rect x="{left}" y="{y + 2}" width="{length:.1f}" height="{line - 4}" '
                f'fill="{colour}"/>'
                f'<text x="{left + length + 6:.1f}" y="{y + 13}">{escape(words)}</text>'
            )
            y += line
        y += 8
    total = left + width + 120
    plots = folder / "plots"
    plots.mkdir(exist_ok=True)
    (plots / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="{y}" '
        f'viewBox="0 0 {total} {y}" font-family="sans-serif" font-size="12" fill="#222">'
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="8" y="20" font-size="14" font-weight="bold">{escape(title)}</text>'
        + "".join(parts)
        + "</svg>\n"
    )
    return f"![{title}](plots/{name}.svg)\n"


def encoder(folder: Path, title: str, name: str, numbers: dict) -> list[str]:
    """Images a second of all engines, by precision and batch."""
    groups = []
    for precision in ("float32", "bfloat16"):
        engines = numbers[precision].get("engines", {})
        for batch in engines.get("mekiki", {}):
            rows = [
                (engine, cells[batch]["rate"], f"{cells[batch]['rate']:.1f}")
                for engine, cells in engines.items()
                if "rate" in cells.get(batch, {})
            ]
            groups.append((f"{precision}, batch {batch}", rows))
    return [bars(folder, name, f"{title}: images/s", groups)] if groups else []


def of_part(folder: Path, name: str, numbers: dict) -> list[str]:
    """The plot of a part, if it has one."""
    match name:
        case "text":
            groups = []
            for precision in ("float32", "bfloat16"):
                engines = numbers.get(precision, {}).get("engines", {})
                rows = [
                    (engine, cells["1"]["rate"], f"{cells['1']['rate']:.0f}")
                    for engine, cells in engines.items()
                    if "rate" in cells["1"]
                ]
                groups.append((f"{precision}, batch 1", rows))
            return [bars(folder, name, "Text queries: texts/s", groups)]
        case "jpeg":
            stages = [
                (stage, numbers["stages"][stage], f"{numbers['stages'][stage] * 1000:.2f} ms")
                for stage in STAGES
            ]
            speeds = [("mekiki", numbers["index"]["rate"], f"{numbers['index']['rate']:.1f}/s")]
            speeds += [
                (f"PyTorch, {way}", cell["rate"], f"{cell['rate']:.1f}/s")
                for way, cell in numbers["peers"].items()
            ]
            return [
                bars(
                    folder,
                    name,
                    "12-megapixel JPEGs to vectors",
                    [("images/s", speeds), ("processor time of each stage", stages)],
                )
            ]
    return []
