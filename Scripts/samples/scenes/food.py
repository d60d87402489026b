"""Food and drink."""

from __future__ import annotations

import math

import made
import nature
from catalogue import picture
from stage import Stage, mix

THEME = "food"


@picture(
    THEME,
    "ramen-on-a-wooden-table.jpg",
    (1500, 1000),
    "木のテーブルの上の熱々のラーメン",
    "a bowl of hot ramen on a wooden table",
)
def ramen(s: Stage) -> None:
    s.fill((0, "#5b2d22"), (1, "#8f4a2c"))
    nature.bokeh(s, 20, ["#ffcf7a", "#ff9d5c", "#ffe3a8"], (24, 80), 0, 380, 0.4)
    for x in (190, 480, 1050, 1330):
        made.lantern(s, x, 130, 120)
    made.table(s, 520, "#a8683a")
    s.glow(750, 640, 720, "#ffdf9e", 0.4, 0.5)
    made.plate(s, 750, 860, 470, "#3f3a3a", "#241f20", 0.16)
    s.emoji("🍜", 750, 880, 600, shadow=0.55)
    made.steam(s, 660, 320, 230)
    s.emoji("🍵", 1260, 850, 190, shadow=0.5)
    s.emoji("🧂", 210, 830, 170, shadow=0.5)


@picture(THEME, "sushi-on-a-board.jpg", (1200, 800), "寿司と緑茶", "sushi with green tea")
def sushi(s: Stage) -> None:
    s.fill((0, "#2f4a4a"), (1, "#3f6460"))
    for row in range(7):
        for column in range(12):
            x, y = column * 150 + (75 if row % 2 else 0), row * 62
            for size in (74, 54, 34):
                s.ring(x, y + 60, size, size, "#e8dcbf", 3, 0.12)
    made.table(s, 480, "#3d2a22", 4)
    s.shade(740, 850, 640, 70, 0.6)
    s.rect(190, 770, 1110, 50, s.down((0, "#d8a467"), (1, "#9a6c3c")), 1, 14)
    s.rect(190, 730, 1110, 66, s.down((0, "#f1cf98"), (1, "#dba968")), 1, 18)
    for y in (744, 760, 776):
        s.stroke(f"M210 {y}q300 -8 560 0t510 -2", "#b98247", 2, 0.5)
    s.emoji("🍣", 560, 782, 520, shadow=0.45)
    s.emoji("🍣", 1070, 776, 250, flip=True, shadow=0.45)
    s.emoji("🍵", 1350, 900, 230, shadow=0.55)
    s.curve([(120, 930), (620, 900), (1100, 905)], "#8c2f26", 13)
    s.curve([(130, 962), (630, 930), (1110, 930)], "#a63a2e", 13)


@picture(THEME, "birthday-cake-with-balloons.jpg", (1000, 1000), "風船と誕生日ケーキ", "a birthday cake with balloons")
def cake(s: Stage) -> None:
    s.fill((0, "#ffe1ec"), (1, "#ffc7d9"))
    nature.bokeh(s, 24, ["#ffffff", "#fff0b8", "#d7c7ff"], (20, 80), 0, 700, 0.5)
    made.bunting(s, 30, 110, ["#6cc5c1", "#ffd166", "#ef6f8f", "#8f7fe0"], 84)
    for x, y, size, colour in (
        (150, 300, 170, "#ef5d7f"),
        (290, 220, 150, "#ffc94d"),
        (120, 480, 140, "#58bfe0"),
        (850, 280, 170, "#8f7fe0"),
        (720, 230, 140, "#5fca9a"),
        (890, 470, 140, "#ff9a5c"),
    ):
        made.balloon(s, x, y, size, colour, (200 if x < 500 else 800, 860))
    made.cloth(s, 800, "#ef7f9f")
    made.plate(s, 500, 870, 330)
    s.emoji("🎂", 500, 890, 580, shadow=0.4)
    s.emoji("🎁", 170, 930, 190)
    s.emoji("🎁", 850, 940, 170, flip=True)
    made.confetti(s, 70, ["#ef5d7f", "#ffc94d", "#58bfe0", "#8f7fe0", "#5fca9a"], 820)


@picture(
    THEME, "shortcake-and-tea.webp", (900, 900), "苺のショートケーキと紅茶", "a piece of strawberry shortcake with tea"
)
def shortcake(s: Stage) -> None:
    s.fill((0, "#fff4e3"), (1, "#fde3d0"))
    made.window(s, 560, 60, 340, 380, [(0, "#aee0f5"), (1, "#eaf8ec")], "#ffffff")
    made.curtain(s, 470, 20, 90, 480, "#f6c8c8", 1)
    made.cloth(s, 640, "#f2a0a0")
    made.plate(s, 400, 860, 310)
    s.emoji("🍰", 400, 890, 500)
    s.emoji("☕", 790, 790, 230)
    s.emoji("🪴", 150, 745, 270)
    s.emoji("🍓", 690, 930, 110)
    s.emoji("🍓", 800, 955, 100, flip=True, turn=10)


@picture(
    THEME, "coffee-and-croissant.jpg", (1200, 800), "朝のコーヒーとクロワッサン", "morning coffee with a croissant"
)
def coffee(s: Stage) -> None:
    s.fill((0, "#cfe0e8"), (1, "#f6ead8"))
    made.window(s, 120, 40, 900, 380, [(0, "#9fd2f0"), (0.6, "#ffe9c4"), (1, "#ffd9a0")], "#fdf8ef", panes=(3, 1))
    s.glow(900, 240, 600, "#fff0c0", 0.7)
    made.table(s, 540, "#b98250")
    s.poly([(0, 620), (700, 540), (1100, 540), (500, 1010), (0, 1010)], "#fff3d0", 0.16, s.blur(20))
    s.poly([(180, 900), (760, 930), (860, 800), (330, 770)], "#f6efe2", 0.95)
    s.poly([(205, 893), (748, 920), (836, 808), (345, 780)], "#e2a17a", 0.5)
    s.emoji("☕", 520, 880, 480)
    made.plate(s, 1120, 850, 290)
    s.emoji("🥐", 1120, 872, 290)
    s.emoji("🍓", 1350, 780, 90)


@picture(THEME, "pizza-night.png", (640, 480), "チーズたっぷりのピザ", "a slice of cheesy pizza")
def pizza(s: Stage) -> None:
    made.cloth(s, -10, "#cf3f46", 150)
    s.ellipse(684, 530, 420, 420, "#1c0d0a", 0.35, s.blur(26))
    s.ellipse(666, 500, 420, 420, s.round((0, "#e8c08a"), (0.9, "#d3a064"), (1, "#a9753f")))
    for ring in range(5):
        s.ring(666, 500, 330 - ring * 62, 326 - ring * 60, "#9c6a36", 3, 0.25)
    s.emoji("🍕", 666, 505, 590, stand=False, drop=0.4)
    s.emoji("🍅", 160, 250, 190, stand=False, drop=0.4)
    s.emoji("🫒", 1170, 240, 170, stand=False, drop=0.4)
    s.emoji("🌿", 1180, 790, 190, stand=False, drop=0.35, turn=20)
    s.emoji("🧀", 170, 800, 190, stand=False, drop=0.4)


@picture(THEME, "apples-in-the-orchard.png", (600, 600), "りんご園の赤いりんご", "a red apple in the orchard")
def apple(s: Stage) -> None:
    s.fill((0, "#aee0f5"), (0.6, "#eefbe6"), (1, "#c9e8a9"))
    for x, size in ((130, 430), (880, 460), (520, 330)):
        nature.tree(s, x, 660, size, "#6bb35c")
    for _ in range(26):
        x = s.rng.choice([130, 880, 520]) + s.r(-110, 110)
        s.ellipse(x, s.r(290, 480), 11, fill="#e23b3b")
    nature.hills(s, 640, 16, "#9fd36a", "#5aa548")
    made.table(s, 800, "#b07a48", 3)
    s.emoji("🍎", 500, 890, 480)
    s.emoji("🍏", 810, 900, 220)
    s.emoji("🍎", 190, 905, 220, flip=True)


@picture(THEME, "watermelon-on-the-beach.webp", (1000, 750), "夏の砂浜とすいか", "watermelon on a summer beach")
def watermelon(s: Stage) -> None:
    s.fill((0, "#46b3ee"), (0.5, "#d6f3fc"), (1, "#ffffff"))
    nature.sun(s, 1130, 140, 56)
    nature.cloud(s, 380, 300, 460)
    nature.water(s, 400, "#2aa6d6", "#7fe0df", waves=60, until=640)
    s.path("M-10 620Q300 590 660 615T1350 600V1010H-10Z", "#ffffff", 0.9)
    s.path("M-10 640Q300 612 660 636T1350 622V1010H-10Z", s.down((0, "#fbe3ad"), (1, "#e2b878")))
    for _ in range(160):
        s.ellipse(s.r(0, s.w), s.r(660, 1000), s.r(1, 4), fill="#b98f55", opacity=0.4)
    s.emoji("🌴", 170, 760, 620, cast=0.5)
    s.emoji("🍉", 720, 900, 500, cast=0.6)
    s.emoji("🐚", 1120, 920, 120, cast=0.6)


@picture(THEME, "ice-cream-in-summer.jpg", (800, 1200), "夏空とソフトクリーム", "soft ice cream against a summer sky")
def ice_cream(s: Stage) -> None:
    s.fill((0, "#2f9be8"), (0.7, "#bfe9fb"), (1, "#f3fcff"))
    nature.cloud(s, 250, 1180, 760, "#ffffff", "#c6def2")
    nature.cloud(s, 800, 1080, 640, "#ffffff", "#c6def2")
    nature.cloud(s, 780, 330, 300)
    nature.sun(s, 190, 210, 64)
    nature.hills(s, 1210, 30, "#7fcf6a", "#4ca24a")
    made.table(s, 1330, "#c9925a", 3)
    s.shade(510, 1412, 230, 30, 0.45)
    s.emoji("🍦", 500, 1370, 860, shadow=0)
    s.path(
        "M352 1120L392 1400Q500 1424 608 1400L648 1120Q500 1150 352 1120Z",
        s.across((0, "#ffffff", 0.55), (0.25, "#dff3ff", 0.18), (0.75, "#bfe3f7", 0.22), (1, "#ffffff", 0.5)),
    )
    s.ring(500, 1121, 148, 20, "#ffffff", 6, 0.85)
    s.path("M392 1400Q500 1424 608 1400L606 1386Q500 1408 394 1386Z", "#ffffff", 0.6)
    s.stroke("M390 1170L416 1370", "#ffffff", 12, 0.5)


@picture(
    THEME, "rice-ball-picnic.jpg", (1200, 900), "お花見のおにぎり弁当", "rice balls at a picnic under cherry blossoms"
)
def rice_ball(s: Stage) -> None:
    s.fill((0, "#bfe4f7"), (0.7, "#fff0f4"), (1, "#fff0f4"))
    nature.hills(s, 560, 24, "#b4dd8f", "#76b863")
    nature.blossom_branch(s, [(-40, 90), (220, 130), (480, 90), (700, 130)], 24, density=90)
    nature.blossom_branch(s, [(1380, 60), (1180, 120), (1000, 90)], 20, density=60)
    s.poly([(160, 700), (1180, 700), (1330, 1010), (0, 1010)], "#4c77b8")
    for place in range(1, 7):
        s.stroke(f"M{160 + place * 146} 700L{place * 190} 1010", "#ffffff", 5, 0.35)
    s.stroke("M120 780H1220M70 880H1275", "#ffffff", 5, 0.35)
    s.emoji("🍙", 540, 925, 520)
    s.emoji("🍱", 990, 900, 280)
    s.emoji("🍵", 260, 890, 180)
    nature.petals(s, 50, ["#f8bbd0", "#fce4ec", "#f48fb1"], (8, 15))


@picture(THEME, "hamburger-poster.png", (512, 512), "ハンバーガーのポスター", "a hamburger poster in retro style")
def hamburger(s: Stage) -> None:
    s.fill((0, "#ffd35c"), (1, "#ffb52e"))
    for ray in range(20):
        first, second = math.tau * ray / 20, math.tau * (ray + 0.5) / 20
        s.poly(
            [
                (500, 540),
                (500 + 1000 * math.cos(first), 540 + 1000 * math.sin(first)),
                (500 + 1000 * math.cos(second), 540 + 1000 * math.sin(second)),
            ],
            "#fff0b8",
            0.65,
        )
    s.ellipse(500, 540, 390, 390, "#e4483b")
    s.ellipse(500, 540, 358, 358, "#fff6df")
    s.emoji("🍔", 500, 545, 480, stand=False)
    for x, y in ((130, 140), (870, 140), (130, 890), (870, 890)):
        s.emoji("⭐", x, y, 100, stand=False)


@picture(
    THEME, "dumplings-for-moon-viewing.webp", (800, 1000), "お月見の三色だんご", "a skewer of dango for moon viewing"
)
def dango(s: Stage) -> None:
    s.fill((0, "#222a5e"), (0.6, "#5a5a9e"), (1, "#b389a8"))
    nature.stars(s, 70, 600)
    nature.moon(s, 690, 330, 190, "#ffe9a8")
    nature.hills(s, 860, 26, "#3f4370", "#2a2b52")
    made.table(s, 970, "#7a4f38", 4)
    made.plate(s, 500, 1110, 400, "#f3ead8", "#cbb994", 0.24)
    s.shade(500, 1130, 330, 42, 0.4)
    s.emoji("🍡", 500, 1000, 610, stand=False, turn=-46, light=((235, 225, 245), 0.25))
    for lean, x in ((60, 90), (90, 140), (40, 60)):
        nature.pampas(s, x, 1270, 560 + lean, lean + 30)


@picture(
    THEME,
    "pancakes-for-breakfast.jpg",
    (900, 900),
    "はちみつをかけたパンケーキの朝食",
    "pancakes with honey for breakfast",
)
def pancakes(s: Stage) -> None:
    s.fill((0, "#d6ecf3"), (1, "#fdf3e3"))
    for row in range(9):
        for column in range(11):
            s.rect(column * 100 + 4, row * 70 + 4, 92, 62, mix("#cfe6ee", "#ffffff", s.r(0, 0.6)), 0.9, 5)
    made.table(s, 630, "#c99562", 4)
    made.plate(s, 480, 860, 370)
    s.emoji("🥞", 480, 890, 450)
    s.emoji("🍯", 850, 800, 230)
    s.emoji("🫐", 160, 930, 130)
    s.emoji("🍓", 820, 950, 120)


@picture(THEME, "strawberries.png", (480, 480), "つやつやの苺", "a shiny strawberry")
def strawberry(s: Stage) -> None:
    s.rect(-5, -5, s.w + 10, s.h + 10, s.round((0, "#fff6f4"), (1, "#f9b4b9"), r=0.75))
    for row in range(6):
        for column in range(6):
            s.ellipse(column * 200 + (100 if row % 2 else 0), row * 190 + 30, 18, fill="#ffffff", opacity=0.7)
    s.emoji("🍓", 500, 880, 620, shadow=0.35)
    nature.flower(s, 190, 820, 60, "#ffffff")
    nature.flower(s, 820, 850, 70, "#ffffff")
