"""Sky, land, water and weather, as pieces that scenes are put together from."""

from __future__ import annotations

import math
from collections.abc import Sequence

from stage import Stage, mix, number, smooth


def ridge(s: Stage, level: float, swing: float, bends: int = 6) -> list[tuple[float, float]]:
    """The upper edge of rolling land."""
    step = (s.w + 200) / bends
    return [(-100 + place * step, level + s.r(-swing, swing)) for place in range(bends + 1)]


def hills(s: Stage, level: float, swing: float, top: str, bottom: str, bends: int = 5) -> list[tuple[float, float]]:
    """Land from a soft edge down to the bottom; gives its edge, to stand things on."""
    edge = ridge(s, level, swing, bends)
    s.path(smooth(edge) + f"L{s.w + 100:.0f} {s.h + 10:.0f}L-100 {s.h + 10:.0f}Z", s.down((0, top), (1, bottom)))
    return edge


def peaks(
    s: Stage, level: float, height: float, colour: str, light: str, count: int = 5, snow: str | None = None
) -> None:
    """Mountains with a lit and a shaded side, paling towards their feet."""
    step = s.w / count
    base = level + height * 0.35
    order = sorted(range(-1, count + 1), key=lambda place: -(place * 7919 % 5))
    for place in order:
        x, rise = (place + 0.5) * step + s.r(-0.25, 0.25) * step, height * s.r(0.6, 1.05)
        half = step * s.r(0.75, 1.05)
        summit = (x, level - rise)
        left, right = [(x - half, base)], [(x + half, base)]
        for part in (0.72, 0.5, 0.28):
            left.append((x - half * part * s.r(0.9, 1.08), base - (base - summit[1]) * (1 - part) * s.r(0.95, 1.03)))
            right.insert(
                0, (x + half * part * s.r(0.9, 1.08), base - (base - summit[1]) * (1 - part) * s.r(0.95, 1.03))
            )
        fold = [(x + half * 0.05, level - rise * 0.72), (x - half * 0.06, level - rise * 0.4), (x + half * 0.1, base)]
        s.poly([*left, summit, *right], s.down((0, colour), (1, mix(colour, light, 0.55))))
        s.poly([*left, summit, *fold], s.down((0, mix(colour, light, 0.6)), (1, mix(colour, light, 0.75))), 0.75)
        if snow:
            cut = 0.3
            # Across in halves of the foot, down in parts of the cut: the zigzag from the left slope to the right one.
            zigzag = ((-0.28, 1.0), (-0.16, 0.62), (-0.06, 0.95), (0.05, 0.6), (0.15, 0.92), (0.21, 0.75))
            cap = [(x + half * aside, summit[1] + (base - summit[1]) * cut * part) for aside, part in zigzag]
            s.poly([summit, *cap], snow, 0.95)
            s.poly([summit, *cap[3:]], mix(snow, colour, 0.35), 0.7)


def sun(
    s: Stage, x: float, y: float, radius: float, colour: str = "#fff3c4", halo: str = "#ffd98a", strength: float = 0.8
) -> None:
    s.glow(x, y, radius * 6, halo, strength)
    s.ellipse(x, y, radius, fill=s.round((0, "#ffffff"), (0.7, colour), (1, colour)))


def moon(
    s: Stage, x: float, y: float, radius: float, colour: str = "#fdf6dc", strength: float = 0.5, crescent: bool = False
) -> None:
    s.glow(x, y, radius * 5, "#cfd8ff", strength)
    if crescent:
        s.path(
            f"M{number(x)} {number(y - radius)}A{radius} {radius} 0 1 0 {number(x + radius * 0.95)} {number(y + radius * 0.35)}"
            f"A{radius * 0.8} {radius * 0.8} 0 1 1 {number(x)} {number(y - radius)}Z",
            s.round((0, "#fffdf0"), (1, colour)),
        )
        return
    s.ellipse(x, y, radius, fill=s.round((0, "#fffdf2"), (0.75, colour), (1, mix(colour, "#c9c2a8", 0.35))))
    for dx, dy, size in ((-0.35, -0.2, 0.22), (0.25, 0.3, 0.28), (0.3, -0.4, 0.12), (-0.25, 0.42, 0.14)):
        s.ellipse(x + dx * radius, y + dy * radius, size * radius, fill=mix(colour, "#b9b094", 0.45), opacity=0.35)


def stars(s: Stage, count: int, lowest: float, colour: str = "#ffffff", top: float = 0) -> None:
    """Stars of several sizes, a few of them with rays."""
    for place in range(count):
        x, y = s.r(0, s.w), s.r(top, lowest)
        size = s.rng.choice([0.9, 1.1, 1.4, 1.8, 2.4])
        s.ellipse(x, y, size, fill=colour, opacity=s.r(0.35, 1))
        if place % 23 == 0:
            s.glow(x, y, 16, colour, 0.7)
            reach = s.r(8, 14)
            s.stroke(
                f"M{number(x - reach)} {number(y)}H{number(x + reach)}M{number(x)} {number(y - reach)}V{number(y + reach)}",
                colour,
                1.2,
                0.7,
            )


def milky_way(s: Stage, angle: float = -32, colour: str = "#b9c4ff", warm: str = "#e7b7e8") -> None:
    """A broad band of soft light and dense stars through the middle of the sky."""
    length = math.hypot(s.w, s.h)
    s.open(f'transform="translate({number(s.w / 2)} {number(s.h * 0.38)}) rotate({angle})"')
    for _ in range(170):
        x = s.r(-length * 0.6, length * 0.6)
        s.glow(x, s.rng.gauss(0, 52), s.r(90, 210), s.rng.choice([colour, colour, warm]), s.r(0.04, 0.12), 0.55)
    for _ in range(46):
        s.glow(s.r(-length * 0.5, length * 0.5), s.rng.gauss(0, 16), s.r(40, 110), "#fff4ea", s.r(0.08, 0.2), 0.4)
    for _ in range(40):
        s.glow(s.r(-length * 0.5, length * 0.5), s.rng.gauss(6, 24), s.r(40, 120), "#141a44", s.r(0.15, 0.4), 0.3)
    for _ in range(900):
        s.ellipse(
            s.r(-length * 0.55, length * 0.55),
            s.rng.gauss(0, 62),
            s.rng.choice([0.6, 0.8, 1.0, 1.5]),
            fill="#ffffff",
            opacity=s.r(0.25, 0.9),
        )
    s.close()


def cloud(
    s: Stage, x: float, y: float, width: float, colour: str = "#ffffff", under: str = "#cddcf0", opacity: float = 0.95
) -> None:
    """A cloud with a lit top and a shaded flat base."""
    puffs = []
    count = 7
    for place in range(count):
        part = place / (count - 1)
        size = width * (0.10 + 0.13 * math.sin(math.pi * part)) * s.r(0.85, 1.2)
        puffs.append((x - width * 0.42 + width * 0.84 * part, y - size * s.r(0.45, 0.85), size))
    base = y
    clip = s.clip(
        f'<rect x="{number(x - width)}" y="{number(y - width)}" width="{number(width * 2)}" height="{number(width)}"/>'
    )
    s.open(f'opacity="{opacity}" {clip}')
    shape = "".join(f'<circle cx="{number(px)}" cy="{number(py)}" r="{number(size)}"/>' for px, py, size in puffs)
    shape += f'<rect x="{number(x - width * 0.5)}" y="{number(base - width * 0.12)}" width="{number(width)}" height="{number(width * 0.12)}" rx="{number(width * 0.06)}"/>'
    paint = s.between(y - width * 0.42, y, (0, colour), (0.55, colour), (1, under))
    s.add(f'<g fill="{paint}">{shape}</g>')
    s.close()


def streaks(s: Stage, top: float, bottom: float, colour: str, count: int = 7, opacity: float = 0.35) -> None:
    """Long thin clouds of an evening."""
    for _ in range(count):
        s.ellipse(s.r(0, s.w), s.r(top, bottom), s.r(140, 420), s.r(5, 16), colour, s.r(0.4, 1) * opacity, s.blur(7))


def haze(s: Stage, y: float, depth: float, colour: str, opacity: float = 0.6) -> None:
    """Mist that lies over a line."""
    s.rect(-10, y - depth / 2, s.w + 20, depth, s.down((0, colour, 0), (0.5, colour, 1), (1, colour, 0)), opacity)


def pine(s: Stage, x: float, foot: float, height: float, colour: str, snow: str | None = None) -> None:
    """A fir of four tiers with a light side."""
    s.rect(x - height * 0.03, foot - height * 0.14, height * 0.06, height * 0.14, mix(colour, "#3a2418", 0.6))
    for tier in range(4):
        base = foot - height * (0.1 + tier * 0.2)
        top = base - height * (0.36 - tier * 0.02)
        half = height * (0.27 - tier * 0.052)
        droop = height * 0.035
        shape = [
            (x, top),
            (x + half, base),
            (x + half * 0.45, base - droop * 0.3),
            (x, base + droop * 0.5),
            (x - half * 0.45, base - droop * 0.3),
            (x - half, base),
        ]
        s.poly(shape, mix(colour, "#ffffff", 0.05 * tier))
        s.poly(
            [(x, top), (x, base + droop * 0.5), (x - half * 0.45, base - droop * 0.3), (x - half, base)],
            "#ffffff",
            0.07,
        )
        if snow:
            s.poly(
                [
                    (x, top),
                    (x + half * 0.55, base - (base - top) * 0.42),
                    (x + half * 0.2, base - (base - top) * 0.5),
                    (x - half * 0.1, base - (base - top) * 0.35),
                    (x - half * 0.6, base - (base - top) * 0.38),
                ],
                snow,
                0.92,
            )


def pines(
    s: Stage,
    count: int,
    foot: tuple[float, float],
    height: tuple[float, float],
    colour: str,
    snow: str | None = None,
    left: float = -40,
    right: float | None = None,
) -> None:
    """A row of firs, the farther ones first."""
    places = sorted((s.r(*foot), s.r(left, s.w + 40 if right is None else right)) for _ in range(count))
    for y, x in places:
        pine(s, x, y, s.r(*height), mix(colour, "#000000", s.r(0, 0.14)), snow)


def tree(
    s: Stage, x: float, foot: float, height: float, crown: str, trunk: str = "#6b4a35", light: str = "#fff6cf"
) -> None:
    """A broad tree: branching trunk, crown in clumps that are lighter above."""
    w = height * 0.045
    s.path(
        f"M{number(x - w)} {number(foot)}Q{number(x - w * 0.5)} {number(foot - height * 0.3)} {number(x - height * 0.12)} {number(foot - height * 0.62)}"
        f"L{number(x)} {number(foot - height * 0.42)}L{number(x + height * 0.13)} {number(foot - height * 0.6)}"
        f"Q{number(x + w * 0.6)} {number(foot - height * 0.3)} {number(x + w * 1.1)} {number(foot)}Z",
        s.across((0, mix(trunk, "#ffffff", 0.12)), (1, mix(trunk, "#000000", 0.2))),
    )
    clumps = [(s.r(-0.3, 0.3), s.r(0.5, 0.95), s.r(0.13, 0.2)) for _ in range(15)]
    clumps += [(-0.25, 0.62, 0.17), (0.25, 0.62, 0.17), (0, 0.78, 0.24), (0, 0.6, 0.2)]
    clumps.sort(key=lambda clump: clump[1])
    for dx, up, size in clumps:
        colour = mix(mix(crown, "#10202a", 0.28), mix(crown, light, 0.3), min(max((up - 0.5) / 0.42, 0), 1))
        s.ellipse(x + dx * height, foot - up * height, size * height * 0.86, size * height * 0.8, colour, 0.96)
    for _ in range(12):
        s.ellipse(
            x + s.r(-0.26, 0.2) * height,
            foot - s.r(0.7, 1.0) * height,
            height * s.r(0.02, 0.045),
            fill=mix(crown, light, 0.5),
            opacity=0.55,
        )


def grass(
    s: Stage, top: float, bottom: float, count: int, colours: Sequence[str], height: tuple[float, float] = (18, 46)
) -> None:
    """Blades, larger towards the front."""
    blades = sorted(s.r(top, bottom) for _ in range(count))
    for y in blades:
        scale = 0.35 + 0.65 * (y - top) / max(bottom - top, 1)
        x, tall, lean = s.r(-10, s.w + 10), s.r(*height) * scale, s.r(-14, 14) * scale
        width = 5 * scale
        s.path(
            f"M{number(x - width)} {number(y)}Q{number(x + lean * 0.2)} {number(y - tall * 0.6)} {number(x + lean)} {number(y - tall)}"
            f"Q{number(x + lean * 0.2 + width)} {number(y - tall * 0.5)} {number(x + width)} {number(y)}Z",
            s.rng.choice(colours),
            s.r(0.65, 1),
        )


def flower(s: Stage, x: float, y: float, size: float, petal: str, centre: str = "#ffd54f", petals: int = 6) -> None:
    turn = s.r(0, 6)
    for place in range(petals):
        angle = turn + math.tau * place / petals
        px, py = x + math.cos(angle) * size * 0.6, y + math.sin(angle) * size * 0.5
        spin = f'transform="rotate({number(math.degrees(angle))} {number(px)} {number(py)})"'
        s.ellipse(px, py, size * 0.52, size * 0.34, mix(petal, "#ffffff", s.r(0, 0.2)), 1, spin)
    s.ellipse(x, y, size * 0.3, fill=centre)


def flowers(
    s: Stage,
    top: float,
    bottom: float,
    count: int,
    petals: Sequence[str],
    size: tuple[float, float] = (8, 26),
    stems: str = "#4f8f4a",
) -> None:
    """A field of flowers, small and dense far away, large in front."""
    places = sorted(top + (bottom - top) * s.r(0, 1) ** 1.25 for _ in range(count))
    for y in places:
        scale = (y - top) / max(bottom - top, 1)
        x, large = s.r(-20, s.w + 20), size[0] + (size[1] - size[0]) * scale
        s.stroke(
            f"M{number(x)} {number(y)}q{number(s.r(-5, 5))} {number(large)} 0 {number(large * 2.2)}",
            stems,
            1 + 2.4 * scale,
            0.8,
        )
        flower(s, x, y, large, s.rng.choice(list(petals)))


def water(
    s: Stage,
    y: float,
    top: str,
    bottom: str,
    glint: str = "#ffffff",
    waves: int = 90,
    light_x: float | None = None,
    light: str = "#fff0c0",
    until: float | None = None,
) -> None:
    """Water from a horizon to the bottom, with lines of waves and a path of light."""
    end = s.h if until is None else until
    s.rect(-10, y, s.w + 20, end - y + 10, s.down((0, top), (1, bottom)))
    for _ in range(waves):
        part = s.r(0, 1) ** 1.6
        at, reach = y + (end - y) * part + 3, 30 + 130 * part
        x = s.r(-60, s.w)
        s.stroke(
            f"M{number(x)} {number(at)}q{number(reach / 4)} {number(-4 * part - 1)} {number(reach / 2)} 0t{number(reach / 2)} 0",
            glint,
            1 + 3 * part,
            s.r(0.06, 0.28),
        )
    if light_x is not None:
        for _ in range(70):
            part = s.r(0, 1) ** 1.2
            at, spread = y + 3 + (end - y) * part, 26 + 120 * part
            s.ellipse(
                light_x + s.rng.gauss(0, 0.45) * spread,
                at,
                s.r(14, 50) * (0.35 + part),
                1.2 + 3.2 * part,
                light,
                s.r(0.18, 0.6),
            )


def underwater(s: Stage, top: str = "#7fe3e6", middle: str = "#2093c4", bottom: str = "#0b3a72") -> None:
    """The sea from inside: light from above, rays, drifting specks."""
    s.fill((0, top), (0.45, middle), (1, bottom))
    s.glow(s.w * 0.55, -40, s.w * 0.5, "#f3fffb", 0.75, 0.7)
    for _ in range(9):
        x, width, lean = s.r(0, s.w), s.r(30, 110), s.r(-200, 200)
        s.poly(
            [
                (x, -20),
                (x + width, -20),
                (x + width * 1.9 + lean, s.h * s.r(0.7, 1)),
                (x - width * 0.5 + lean, s.h * s.r(0.7, 1)),
            ],
            s.down((0, "#ffffff", 0.35), (1, "#ffffff", 0)),
            0.5,
            s.blur(10),
        )
    for _ in range(60):
        s.ellipse(s.r(0, s.w), s.r(0, s.h), s.r(1, 3), fill="#e9ffff", opacity=s.r(0.15, 0.5))


def bubbles(
    s: Stage, x: float, y: float, count: int, spread: float, rise: float, size: tuple[float, float] = (4, 18)
) -> None:
    for _ in range(count):
        bx, by, r = x + s.r(-spread, spread), y - s.r(0, rise), s.r(*size)
        s.ellipse(bx, by, r, fill=s.round((0, "#ffffff", 0.05), (0.75, "#ffffff", 0.12), (1, "#ffffff", 0.6)))
        s.ellipse(bx - r * 0.35, by - r * 0.35, r * 0.22, fill="#ffffff", opacity=0.85)


def seaweed(s: Stage, x: float, foot: float, height: float, colour: str) -> None:
    sway = s.r(14, 30)
    points = [(x + math.sin(step * 1.25) * sway * step / 6, foot - height * step / 6) for step in range(7)]
    s.curve(points, colour, 13)
    for step in range(1, 6):
        px, py = points[step]
        side = 1 if step % 2 else -1
        s.path(
            f"M{number(px)} {number(py)}q{number(side * 30)} {number(-6)} {number(side * 44)} {number(-40)}q{number(-side * 34)} 0 {number(-side * 44)} 40Z",
            mix(colour, "#ffffff", 0.1),
        )


def coral(s: Stage, x: float, foot: float, height: float, colour: str, depth: int = 4, angle: float = -90) -> None:
    """A branching coral."""
    length = height * 0.4
    ex, ey = x + math.cos(math.radians(angle)) * length, foot + math.sin(math.radians(angle)) * length
    s.stroke(f"M{number(x)} {number(foot)}L{number(ex)} {number(ey)}", colour, max(4, height * 0.085))
    if depth > 1:
        for turn in (-30, 24):
            coral(s, ex, ey, height * 0.72, mix(colour, "#ffffff", 0.08), depth - 1, angle + turn + s.r(-10, 10))


def seabed(s: Stage, y: float, sand: str = "#d9c08f", deep: str = "#8c7f6d") -> None:
    hills(s, y, 18, sand, deep, 6)
    for _ in range(40):
        s.ellipse(s.r(0, s.w), s.r(y + 30, s.h), s.r(3, 12), s.r(2, 5), mix(sand, "#5a5348", s.r(0.1, 0.5)), 0.6)


def snowfall(s: Stage, count: int, size: tuple[float, float] = (2, 9)) -> None:
    for place in range(count):
        r = s.r(*size)
        s.ellipse(
            s.r(0, s.w),
            s.r(0, s.h),
            r,
            fill="#ffffff",
            opacity=s.r(0.45, 0.95),
            extra=s.blur(r * 0.35) if place % 3 == 0 else "",
        )


def rain(s: Stage, count: int, colour: str = "#dbe8ff", lean: float = -18, top: float = 0) -> None:
    for _ in range(count):
        x, y, length = s.r(-20, s.w + 20), s.r(top - 30, s.h), s.r(22, 62)
        s.stroke(
            f"M{number(x)} {number(y)}l{number(lean * length / 60)} {number(length)}",
            colour,
            s.r(1, 2.4),
            s.r(0.15, 0.5),
        )


def petals(
    s: Stage, count: int, colours: Sequence[str], size: tuple[float, float] = (6, 14), bottom: float | None = None
) -> None:
    for place in range(count):
        x, y, r = s.r(0, s.w), s.r(0, bottom or s.h), s.r(*size)
        s.path(
            f"M{number(x)} {number(y)}q{number(r)} {number(-r)} {number(r * 1.7)} 0q{number(-r * 0.7)} {number(r)} {number(-r * 1.7)} 0Z",
            s.rng.choice(list(colours)),
            s.r(0.65, 1),
            f'transform="rotate({number(s.r(0, 360))} {number(x)} {number(y)})" '
            + (s.blur(2.2) if place % 5 == 0 else ""),
        )


def blossom_branch(
    s: Stage,
    points: Sequence[tuple[float, float]],
    width: float,
    bark: str = "#5d4037",
    petals_in: Sequence[str] = ("#f8bbd0", "#fce4ec", "#f48fb1", "#fff0f4"),
    density: int = 60,
    spread: float = 60,
) -> None:
    """A bough in bloom along the points."""
    s.curve(points, bark, width)
    for (x1, y1), (x2, y2) in zip(points, points[1:]):
        s.curve(
            [((x1 + x2) / 2, (y1 + y2) / 2), ((x1 + x2) / 2 + s.r(-60, 60), (y1 + y2) / 2 + s.r(20, 90))],
            bark,
            width * 0.4,
        )
    for _ in range(density):
        place = s.rng.randrange(len(points) - 1)
        part = s.r(0, 1)
        x = points[place][0] + (points[place + 1][0] - points[place][0]) * part + s.rng.gauss(0, spread)
        y = points[place][1] + (points[place + 1][1] - points[place][1]) * part + s.rng.gauss(0, spread * 0.75)
        flower(s, x, y, s.r(13, 24), s.rng.choice(list(petals_in)), "#d81b60", 5)


def bokeh(
    s: Stage,
    count: int,
    colours: Sequence[str],
    size: tuple[float, float] = (18, 70),
    top: float = 0,
    bottom: float | None = None,
    opacity: float = 0.3,
) -> None:
    """Lights out of focus."""
    for _ in range(count):
        x, y, r = s.r(0, s.w), s.r(top, bottom or s.h), s.r(*size)
        colour = s.rng.choice(list(colours))
        s.ellipse(
            x,
            y,
            r,
            fill=s.round((0, colour, 0.55), (0.8, colour, 0.75), (1, colour, 0.95)),
            opacity=s.r(0.3, 1) * opacity,
            extra=s.blur(r * 0.08),
        )


def pampas(s: Stage, x: float, foot: float, tall: float, lean: float) -> None:
    """A stalk of pampas grass with a drooping plume."""
    stalk = [
        (x, foot),
        (x + lean * 0.15, foot - tall * 0.45),
        (x + lean * 0.5, foot - tall * 0.8),
        (x + lean, foot - tall),
    ]
    s.curve(stalk, "#a8946a", 4)
    side = 1 if lean > 0 else -1
    for step in range(46):
        part = step / 45
        px, py = x + lean * (0.55 + 0.5 * part), foot - tall * (0.8 + 0.22 * part)
        reach = (52 - 26 * abs(part - 0.35)) * s.r(0.75, 1.15)
        s.stroke(
            f"M{number(px)} {number(py)}q{number(side * reach * 0.5)} {number(-reach * 0.35)} {number(side * reach * 0.95)} {number(reach * s.r(0.1, 0.55))}",
            mix("#fff8e0", "#d9bf85", s.r(0, 0.8)),
            s.r(2, 4),
            0.8,
        )


def rays(s: Stage, x: float, y: float, count: int, length: float, colour: str, opacity: float = 0.12) -> None:
    """Beams of light from one point, as through leaves."""
    for place in range(count):
        angle = math.radians(20 + 140 * (place + s.r(0.2, 0.8)) / count)
        wide = s.r(0.02, 0.055)
        s.poly(
            [
                (x, y),
                (x + math.cos(angle - wide) * length, y + math.sin(angle - wide) * length),
                (x + math.cos(angle + wide) * length, y + math.sin(angle + wide) * length),
            ],
            s.round((0, colour, 0.9), (1, colour, 0.5)),
            opacity * s.r(0.5, 1.2),
            s.blur(9),
        )
