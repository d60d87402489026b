"""Lines over two logarithmic axes as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path

from .plots import COLOURS, OTHERS

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 560, 320, 64, 44, 34


def curves(
    folder: Path,
    name: str,
    title: str,
    across: str,
    lines: Sequence[tuple[str, Sequence[tuple[float, float]]]],
) -> str:
    """Writes a line for each label; returns the Markdown."""
    points = [point for _, own in lines for point in own]
    if not points:
        return ""
    low_x, high_x = (pick(math.log10(x) for x, _ in points) for pick in (min, max))
    low_y = math.floor(min(math.log10(y) for _, y in points))
    high_y = math.ceil(max(math.log10(y) for _, y in points))

    def place(x: float, y: float) -> tuple[float, float]:
        right = LEFT + (math.log10(x) - low_x) / max(high_x - low_x, 1e-9) * (WIDTH - LEFT - 110)
        up = (math.log10(y) - low_y) / max(high_y - low_y, 1) * (HEIGHT - TOP - BOTTOM)
        return right, HEIGHT - BOTTOM - up

    parts = []
    for power in range(low_y, high_y + 1):
        _, y = place(points[0][0], 10**power)
        parts.append(
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - 110}" y2="{y:.1f}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
        )
    for power in range(math.ceil(low_x), math.floor(high_x) + 1):
        x, _ = place(10**power, 10**low_y)
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{10**power:,}</text>"
        )
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 8}">{escape(across)}</text>')
    for order, (label, own) in enumerate(lines):
        colour = COLOURS.get(label) or OTHERS[order % len(OTHERS)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in own))
        end_x, end_y = place(*own[-1])
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{end_x + 6:.1f}" y="{end_y + 4 + 12 * order:.1f}" fill="{colour}">'
            f"{escape(label)}</text>"
        )
    plots = folder / "plots"
    plots.mkdir(exist_ok=True)
    (plots / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" fill="#222">'
        '<rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="8" y="20" font-size="14" font-weight="bold">{escape(title)}</text>'
        + "".join(parts)
        + "</svg>\n"
    )
    return f"![{title}](plots/{name}.svg)\n"
