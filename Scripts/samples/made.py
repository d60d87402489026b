"""Things that people make: rooms, tables, towns, lights, festivities."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nature import moon
from stage import Stage, mix, number


def skyline(
    s: Stage,
    foot: float,
    height: tuple[float, float],
    colour: str,
    windows: Sequence[str] = (),
    width: tuple[float, float] = (60, 130),
    lit: float = 0.4,
    pale: str | None = None,
) -> None:
    """A row of buildings; with window colours, some of the windows are lit."""
    x = -20.0
    while x < s.w + 20:
        w, tall = s.r(*width), s.r(*height)
        top = foot - tall
        body = mix(colour, "#ffffff", s.r(0, 0.07))
        s.rect(x, top, w, s.h - top, s.down((0, body), (1, pale or mix(body, "#000000", 0.12))))
        if s.r(0, 1) < 0.3:
            s.rect(x + w * 0.3, top - 18, w * 0.4, 20, body)
        if s.r(0, 1) < 0.2:
            s.rect(x + w * 0.5 - 2, top - 70, 4, 72, body)
        if windows:
            columns = max(2, int(w / 22))
            for row in range(int(tall / 30)):
                for column in range(columns):
                    if s.r(0, 1) < lit:
                        s.rect(
                            x + w * (column + 0.5) / columns - 5,
                            top + 14 + row * 30,
                            10,
                            15,
                            s.rng.choice(list(windows)),
                            s.r(0.45, 1),
                            1,
                        )
        x += w + s.r(0, 8)


def room(
    s: Stage, wall: tuple[str, str], floor: tuple[str, str], line: float, skirting: str = "#ffffff", boards: bool = True
) -> None:
    """A wall and a wooden floor in perspective."""
    s.rect(-5, -5, s.w + 10, line + 10, s.along(0, 0, 0.5, 1, [(0, wall[0]), (1, wall[1])]))
    s.rect(-5, line, s.w + 10, s.h - line + 5, s.down((0, floor[0]), (1, floor[1])))
    if boards:
        dark = mix(floor[1], "#000000", 0.25)
        for place in range(-10, 24):
            x = s.w * place / 14
            s.stroke(
                f"M{number(x)} {number(line)}L{number(s.w / 2 + (x - s.w / 2) * 2.1)} {number(s.h)}", dark, 2, 0.28
            )
    s.rect(-5, line - 16, s.w + 10, 20, skirting, 0.9)
    s.rect(-5, line + 4, s.w + 10, 26, s.down((0, "#000000", 0.28), (1, "#000000", 0)))


def window(
    s: Stage,
    x: float,
    y: float,
    w: float,
    h: float,
    sky: Sequence[tuple[float, str]],
    frame: str = "#f7f1e6",
    night: bool = False,
    moon_at: tuple[float, float, float] | None = None,
    panes: tuple[int, int] = (2, 2),
    sill: bool = True,
) -> None:
    """A window with a frame; at night, stars and perhaps the moon stand in it."""
    clip = s.clip(f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}"/>')
    s.rect(x - 26, y - 26, w + 52, h + 52, "#000000", 0.18, 8, s.blur(16))
    s.rect(x - 20, y - 20, w + 40, h + 40, frame, 1, 6)
    s.open(clip)
    s.rect(x, y, w, h, s.down(*sky))
    if night:
        for _ in range(46):
            s.ellipse(s.r(x, x + w), s.r(y, y + h), s.r(0.9, 2.4), fill="#ffffff", opacity=s.r(0.4, 1))
    if moon_at:
        moon(s, x + w * moon_at[0], y + h * moon_at[1], moon_at[2])
    s.poly([(x + w * 0.1, y + h), (x + w * 0.38, y), (x + w * 0.52, y), (x + w * 0.24, y + h)], "#ffffff", 0.06)
    s.close()
    for column in range(1, panes[0]):
        s.rect(x + w * column / panes[0] - 7, y, 14, h, frame)
    for row in range(1, panes[1]):
        s.rect(x, y + h * row / panes[1] - 7, w, 14, frame)
    if sill:
        s.rect(
            x - 46,
            y + h + 14,
            w + 92,
            30,
            s.down((0, mix(frame, "#ffffff", 0.4)), (1, mix(frame, "#6b5a48", 0.35))),
            1,
            5,
        )
        s.rect(x - 40, y + h + 44, w + 80, 16, s.down((0, "#000000", 0.22), (1, "#000000", 0)))


def curtain(s: Stage, x: float, y: float, w: float, h: float, colour: str, side: int) -> None:
    """One half of a pair of curtains, in folds, gathered towards the side."""
    folds = 6
    for place in range(folds):
        left = x + w * place / folds
        shade = mix(colour, "#000000", 0.22 if place % 2 else 0.02)
        bulge = side * w * 0.03
        s.path(
            f"M{number(left)} {number(y)}Q{number(left + bulge * 3)} {number(y + h * 0.5)} {number(left + bulge)} {number(y + h)}h{number(w / folds + 3)}"
            f"Q{number(left + w / folds + bulge * 3)} {number(y + h * 0.5)} {number(left + w / folds + 3)} {number(y)}Z",
            s.across((0, mix(shade, "#ffffff", 0.14)), (0.6, shade), (1, mix(shade, "#000000", 0.15))),
        )


def table(s: Stage, y: float, colour: str, planks: int = 5, edge: bool = False) -> None:
    """A wooden table top that fills the lower part, grain and all."""
    depth = s.h - y
    for place in range(planks):
        top, bottom = y + depth * (place / planks) ** 1.25, y + depth * ((place + 1) / planks) ** 1.25
        tone = mix(colour, "#ffffff" if place % 2 else "#3b2414", s.r(0.02, 0.09))
        s.rect(-5, top, s.w + 10, bottom - top + 1, s.down((0, mix(tone, "#ffffff", 0.1)), (1, tone)))
        for _ in range(10):
            gx, gy, reach = s.r(-100, s.w), s.r(top + 4, bottom - 4), s.r(120, 420)
            s.stroke(
                f"M{number(gx)} {number(gy)}q{number(reach / 3)} {number(s.r(-5, 5))} {number(reach)} {number(s.r(-3, 3))}",
                mix(tone, "#2b1608", 0.5),
                s.r(1, 2.2),
                0.3,
            )
        s.stroke(f"M-5 {number(bottom)}H{number(s.w + 5)}", mix(tone, "#1d0e05", 0.6), 2.4, 0.55)
    s.rect(-5, y, s.w + 10, 40, s.down((0, "#fff2d8", 0.35), (1, "#fff2d8", 0)))


def plate(
    s: Stage, x: float, y: float, rx: float, colour: str = "#fbfaf6", rim: str = "#d8d2c6", flat: float = 0.3
) -> None:
    """A plate seen from a little above, with its shadow."""
    s.shade(x + 10, y + rx * flat * 0.35, rx * 1.18, rx * flat * 1.25, 0.5)
    s.ellipse(x, y + rx * 0.045, rx, rx * flat, mix(rim, "#000000", 0.18))
    s.ellipse(x, y, rx, rx * flat, s.along(0, 0, 1, 1, [(0, mix(colour, "#ffffff", 0.6)), (1, rim)]))
    s.ellipse(
        x,
        y + 3,
        rx * 0.74,
        rx * flat * 0.72,
        s.along(0, 0, 1, 1, [(0, rim), (0.5, colour), (1, mix(colour, "#ffffff", 0.7))]),
    )


def steam(s: Stage, x: float, y: float, height: float, count: int = 3, colour: str = "#ffffff") -> None:
    for place in range(count):
        px = x + (place - (count - 1) / 2) * height * 0.28
        points = [(px + math.sin(step * 1.1 + place) * height * 0.07, y - height * step / 6) for step in range(7)]
        s.curve(points, colour, height * 0.07, 0.22, s.blur(height * 0.035))


def balloon(s: Stage, x: float, y: float, size: float, colour: str, tie: tuple[float, float]) -> None:
    """A shiny balloon on a string."""
    s.curve([(x, y + size * 0.72), (x + s.r(-20, 20), (y + tie[1]) / 2), tie], "#8a8a94", 2, 0.7)
    s.path(
        f"M{number(x)} {number(y + size * 0.66)}l{number(-size * 0.09)} {number(size * 0.11)}h{number(size * 0.18)}Z",
        mix(colour, "#000000", 0.2),
    )
    s.ellipse(
        x,
        y,
        size * 0.55,
        size * 0.68,
        s.round(
            (0, mix(colour, "#ffffff", 0.55)),
            (0.55, colour),
            (1, mix(colour, "#000000", 0.28)),
            cx=0.36,
            cy=0.3,
            r=0.75,
        ),
    )
    s.ellipse(
        x - size * 0.2,
        y - size * 0.28,
        size * 0.09,
        size * 0.16,
        "#ffffff",
        0.65,
        f'transform="rotate(24 {number(x - size * 0.2)} {number(y - size * 0.28)})"',
    )


def bunting(s: Stage, y: float, sag: float, colours: Sequence[str], size: float = 60) -> None:
    """Pennants on a slack line from side to side."""
    count = int(s.w / (size * 1.15))
    points = [(s.w * step / 20, y + sag * math.sin(math.pi * step / 20)) for step in range(21)]
    s.curve(points, "#ffffff", 4, 0.9)
    for place in range(count):
        part = (place + 0.5) / count
        x, top = s.w * part, y + sag * math.sin(math.pi * part)
        colour = list(colours)[place % len(colours)]
        s.poly(
            [(x - size * 0.42, top), (x + size * 0.42, top), (x, top + size)],
            s.down((0, mix(colour, "#ffffff", 0.15)), (1, mix(colour, "#000000", 0.1))),
        )


def confetti(
    s: Stage, count: int, colours: Sequence[str], bottom: float | None = None, size: tuple[float, float] = (6, 15)
) -> None:
    for _ in range(count):
        x, y, r = s.r(0, s.w), s.r(0, bottom or s.h), s.r(*size)
        s.rect(
            x,
            y,
            r,
            r * s.r(0.4, 1),
            s.rng.choice(list(colours)),
            s.r(0.7, 1),
            1.5,
            f'transform="rotate({number(s.r(0, 180))} {number(x)} {number(y)})"',
        )


def string_lights(
    s: Stage, y: float, sag: float, count: int, colours: Sequence[str] = ("#ffe08a",), size: float = 9
) -> None:
    points = [(s.w * step / 20, y + sag * math.sin(math.pi * step / 20)) for step in range(21)]
    s.curve(points, "#2b2230", 3, 0.8)
    for place in range(count):
        part = (place + 0.5) / count
        x, top = s.w * part, y + sag * math.sin(math.pi * part) + size * 1.2
        colour = list(colours)[place % len(colours)]
        s.glow(x, top, size * 5, colour, 0.7)
        s.ellipse(x, top, size * 0.8, size, mix(colour, "#ffffff", 0.45))


def fireworks(s: Stage, x: float, y: float, radius: float, colour: str, arms: int = 26) -> None:
    s.glow(x, y, radius * 1.1, colour, 0.35)
    for ring, reach in ((0, 1.0), (1, 0.66), (2, 0.36)):
        for arm in range(arms - ring * 5):
            angle = math.tau * arm / (arms - ring * 5) + ring * 0.1
            far = radius * reach * s.r(0.93, 1.05)
            ex, ey = x + math.cos(angle) * far, y + math.sin(angle) * far + far * 0.06
            sx, sy = x + math.cos(angle) * far * 0.55, y + math.sin(angle) * far * 0.55
            tone = mix(colour, "#ffffff", 0.15 + ring * 0.25)
            s.stroke(
                f"M{number(sx)} {number(sy)}Q{number((sx + ex) / 2)} {number((sy + ey) / 2 - 3)} {number(ex)} {number(ey)}",
                tone,
                2.4,
                0.65,
            )
            s.ellipse(ex, ey, 3.6, fill=mix(tone, "#ffffff", 0.5))


def cottage(
    s: Stage, x: float, foot: float, size: float, wall: str, roof: str, snow: str | None = None, glow: str = "#ffd27a"
) -> None:
    """A small house with lit windows."""
    w, h = size, size * 0.62
    s.shade(x, foot, w * 0.7, size * 0.08, 0.3)
    s.rect(x - w / 2, foot - h, w, h, s.across((0, mix(wall, "#ffffff", 0.1)), (1, mix(wall, "#000000", 0.22))))
    s.rect(x + w * 0.22, foot - h - size * 0.48, w * 0.13, size * 0.4, mix(roof, "#000000", 0.25))
    s.poly(
        [(x - w * 0.64, foot - h + 4), (x, foot - h - size * 0.5), (x + w * 0.64, foot - h + 4)],
        s.down((0, roof), (1, mix(roof, "#000000", 0.18))),
    )
    if snow:
        s.path(
            f"M{number(x - w * 0.66)} {number(foot - h + 6)}L{number(x)} {number(foot - h - size * 0.54)}L{number(x + w * 0.66)} {number(foot - h + 6)}"
            f"q{number(-w * 0.1)} {number(-size * 0.02)} {number(-w * 0.16)} {number(-size * 0.1)}L{number(x)} {number(foot - h - size * 0.3)}L{number(x - w * 0.5)} {number(foot - h - size * 0.04)}Z",
            snow,
        )
    for dx in (-0.26, 0.26):
        s.glow(x + dx * w, foot - h * 0.55, size * 0.36, glow, 0.6)
        s.rect(x + dx * w - w * 0.09, foot - h * 0.74, w * 0.18, h * 0.36, s.round((0, "#fff4c9"), (1, glow)), 1, 2)
        s.stroke(
            f"M{number(x + dx * w)} {number(foot - h * 0.74)}v{number(h * 0.36)}M{number(x + dx * w - w * 0.09)} {number(foot - h * 0.56)}h{number(w * 0.18)}",
            mix(wall, "#3b2414", 0.6),
            2.5,
        )
    s.rect(x - w * 0.08, foot - h * 0.5, w * 0.16, h * 0.5, mix(roof, "#20100a", 0.4), 1, 3)


def pagoda(s: Stage, x: float, foot: float, height: float, roof: str = "#3f4a5c", wall: str = "#c0392b") -> None:
    """Five storeys with upturned eaves and a spire."""
    storeys = 5
    rise = height * 0.8 / storeys
    s.shade(x, foot, height * 0.4, height * 0.03, 0.4)
    s.rect(x - height * 0.25, foot - height * 0.035, height * 0.5, height * 0.04, "#b9b0a3")
    s.rect(x - 3.5, foot - height, 7, height * 0.2, "#c9a24a")
    for ring in range(6):
        s.ellipse(x, foot - height * (0.87 + ring * 0.018), 13 - ring * 1.4, 3.4, "#c9a24a")
    for storey in range(storeys):
        y = foot - height * 0.03 - rise * storey
        half = height * (0.175 - storey * 0.02)
        s.rect(
            x - half,
            y - rise * 0.62,
            half * 2,
            rise * 0.62,
            s.across((0, mix(wall, "#ffffff", 0.12)), (1, mix(wall, "#000000", 0.3))),
        )
        for part in (-0.55, 0.0, 0.55):
            s.rect(x + part * half - half * 0.13, y - rise * 0.48, half * 0.26, rise * 0.42, "#f3e3c3", 0.92, 2)
        for part in (-0.95, -0.3, 0.3, 0.95):
            s.rect(x + part * half - 3, y - rise * 0.62, 6, rise * 0.62, mix(wall, "#000000", 0.25))
        eave, top = half * 1.75, y - rise * 0.62
        s.path(
            f"M{number(x - eave)} {number(top - rise * 0.07)}Q{number(x - half)} {number(top + rise * 0.14)} {number(x)} {number(top + rise * 0.1)}"
            f"Q{number(x + half)} {number(top + rise * 0.14)} {number(x + eave)} {number(top - rise * 0.07)}"
            f"Q{number(x + half * 1.1)} {number(top - rise * 0.14)} {number(x + half * 0.72)} {number(top - rise * 0.42)}H{number(x - half * 0.72)}"
            f"Q{number(x - half * 1.1)} {number(top - rise * 0.14)} {number(x - eave)} {number(top - rise * 0.07)}Z",
            s.down((0, mix(roof, "#ffffff", 0.16)), (1, mix(roof, "#000000", 0.2))),
        )


def fuji(
    s: Stage,
    x: float,
    foot: float,
    half: float,
    height: float,
    body: tuple[str, str] = ("#5b6fa8", "#a9b7dc"),
    snow: str = "#ffffff",
    blush: str | None = None,
) -> None:
    """A lone volcano with wide slopes and a cap of snow."""
    top, brim = foot - height, half * 0.085

    def side(part: float, sign: int) -> tuple[float, float]:
        return x + sign * (brim + (half - brim) * part**1.55), top + height * part

    left = [side(p / 10, -1) for p in range(10, -1, -1)]
    right = [side(p / 10, 1) for p in range(11)]
    crater = [(x - brim * 0.4, top + 8), (x, top + 2), (x + brim * 0.45, top + 9)]
    s.path(
        "M" + "L".join(f"{number(a)} {number(b)}" for a, b in [*left, *crater, *right]) + "Z",
        s.down((0, body[0]), (1, body[1])),
    )
    zig, count = [], 11
    for place in range(count):
        part = place / (count - 1)
        depth = 0.33 if place % 2 == 0 else 0.46 + s.r(-0.04, 0.06)
        edge_l, edge_r = side(depth, -1), side(depth, 1)
        zig.append((edge_l[0] + (edge_r[0] - edge_l[0]) * part, edge_l[1] - (12 if place in (0, count - 1) else 0)))
    cap = [side(p / 10, -1) for p in (3, 2, 1, 0)]
    cap_right = [side(p / 10, 1) for p in (0, 1, 2, 3)]
    s.path(
        "M" + "L".join(f"{number(a)} {number(b)}" for a, b in [*cap, *crater, *cap_right, *reversed(zig)]) + "Z",
        s.along(0, 0, 1, 0.35, [(0, blush or snow), (0.55, snow), (1, mix(snow, body[0], 0.35))]),
    )


def lighthouse(s: Stage, x: float, foot: float, height: float, stripe: str = "#d84343") -> None:
    """A striped tower with a lit lamp."""
    low, high = height * 0.12, height * 0.075

    def edge(part: float) -> float:
        return low + (high - low) * part

    tower = height * 0.78
    for band in range(5):
        a, b = band / 5, (band + 1) / 5
        y1, y2 = foot - tower * a, foot - tower * b
        colour = stripe if band % 2 == 0 else "#fbf7ef"
        s.poly(
            [(x - edge(a), y1), (x - edge(b), y2), (x + edge(b), y2), (x + edge(a), y1)],
            s.across((0, mix(colour, "#ffffff", 0.2)), (0.5, colour), (1, mix(colour, "#1b2238", 0.3))),
        )
    top = foot - tower
    s.rect(x - high * 1.45, top - 8, high * 2.9, 14, "#3b4256", 1, 4)
    s.glow(x, top - height * 0.06, height * 0.3, "#fff0a8", 0.85)
    s.rect(
        x - high * 0.8, top - height * 0.11, high * 1.6, height * 0.105, s.round((0, "#ffffff"), (1, "#ffe27a")), 1, 3
    )
    s.stroke(
        f"M{number(x - high * 0.3)} {number(top - height * 0.11)}v{number(height * 0.1)}M{number(x + high * 0.3)} {number(top - height * 0.11)}v{number(height * 0.1)}",
        "#3b4256",
        3,
    )
    s.path(
        f"M{number(x - high * 1.05)} {number(top - height * 0.11)}Q{number(x)} {number(top - height * 0.24)} {number(x + high * 1.05)} {number(top - height * 0.11)}Z",
        mix(stripe, "#000000", 0.1),
    )
    s.rect(x - low * 0.25, foot - height * 0.1, low * 0.5, height * 0.1, "#3b4256", 1, 4)


def bamboo(s: Stage, x: float, width: float, colour: str) -> None:
    y = s.h + 20.0
    s.rect(
        x - width / 2,
        -10,
        width,
        s.h + 20,
        s.across((0, mix(colour, "#ffffff", 0.25)), (0.45, colour), (1, mix(colour, "#0d2a12", 0.4))),
    )
    while y > -20:
        y -= s.r(120, 170)
        s.rect(x - width * 0.56, y, width * 1.12, 8, mix(colour, "#0d2a12", 0.35), 0.9, 4)
        s.rect(x - width * 0.5, y + 8, width, 6, "#ffffff", 0.2)


def leaf_spray(s: Stage, x: float, y: float, size: float, colour: str, count: int = 7) -> None:
    for _ in range(count):
        angle = s.r(-200, 20)
        length = size * s.r(0.7, 1.2)
        s.path(
            f"M{number(x)} {number(y)}q{number(length * 0.5)} {number(-length * 0.16)} {number(length)} 0q{number(-length * 0.5)} {number(length * 0.16)} {number(-length)} 0Z",
            mix(colour, "#ffffff", s.r(0, 0.25)),
            0.92,
            f'transform="rotate({number(angle)} {number(x)} {number(y)})"',
        )


def cloth(s: Stage, y: float, colour: str, step: float = 70) -> None:
    """A gingham cloth over the lower part."""
    s.rect(-5, y, s.w + 10, s.h - y + 5, "#fdfaf5")
    x = 0.0
    while x < s.w:
        s.rect(x, y, step / 2, s.h - y, colour, 0.38)
        x += step
    at = y
    while at < s.h:
        s.rect(-5, at, s.w + 10, step / 2 * (0.6 + 0.4 * (at - y) / (s.h - y)), colour, 0.38)
        at += step * (0.6 + 0.4 * (at - y) / (s.h - y))
    s.rect(-5, y, s.w + 10, 60, s.down((0, "#000000", 0.14), (1, "#000000", 0)))


def sofa(s: Stage, x: float, foot: float, w: float, h: float, colour: str) -> None:
    """A sofa from the front: back, arms, two cushions."""
    s.shade(x, foot, w * 0.58, 34, 0.5)
    dark = mix(colour, "#1b0f18", 0.3)
    for leg in (-0.42, 0.42):
        s.rect(x + leg * w - 10, foot - 30, 20, 32, "#5a3b28", 1, 4)
    s.rect(x - w * 0.44, foot - h, w * 0.88, h * 0.75, s.down((0, mix(colour, "#ffffff", 0.16)), (1, dark)), 1, 44)
    s.rect(
        x - w * 0.41, foot - h * 0.54, w * 0.41, h * 0.3, s.down((0, mix(colour, "#ffffff", 0.24)), (1, colour)), 1, 26
    )
    s.rect(x + 2, foot - h * 0.54, w * 0.41, h * 0.3, s.down((0, mix(colour, "#ffffff", 0.24)), (1, colour)), 1, 26)
    s.rect(x - w * 0.44, foot - h * 0.3, w * 0.88, h * 0.24, s.down((0, colour), (1, dark)), 1, 16)
    for side in (-1, 1):
        s.rect(
            x + side * w * 0.44 - w * 0.07,
            foot - h * 0.66,
            w * 0.14,
            h * 0.6,
            s.across((0, mix(colour, "#ffffff", 0.18)), (1, dark)),
            1,
            40,
        )


def lantern(s: Stage, x: float, y: float, size: float, colour: str = "#e2462f") -> None:
    """A paper lantern that shines."""
    s.glow(x, y, size * 2.4, "#ff9a4a", 0.65)
    s.stroke(f"M{number(x)} {number(y - size * 1.3)}V{number(y - size * 0.6)}", "#3a2418", 3)
    s.ellipse(
        x,
        y,
        size * 0.56,
        size * 0.66,
        s.round((0, "#fff1b8"), (0.45, mix(colour, "#ffb347", 0.35)), (1, mix(colour, "#300000", 0.15))),
    )
    for part in (-0.4, -0.2, 0, 0.2, 0.4):
        half = size * 0.56 * math.sqrt(max(0, 1 - (part / 0.66) ** 2))
        s.stroke(
            f"M{number(x - half)} {number(y + part * size)}q{number(half)} {number(size * 0.07)} {number(half * 2)} 0",
            mix(colour, "#300000", 0.3),
            1.6,
            0.5,
        )
    for end in (-0.66, 0.6):
        s.rect(x - size * 0.24, y + end * size, size * 0.48, size * 0.1, "#2c1c16", 1, 3)
