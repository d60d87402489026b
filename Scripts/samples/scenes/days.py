"""Daily life, seasons and festivities."""

from __future__ import annotations

import made
import nature
from catalogue import picture
from stage import Stage, mix

THEME = "days"


@picture(
    THEME, "umbrella-in-the-rain.jpg", (1000, 1333), "雨の夜の街と傘", "an umbrella in the rain at night in the city"
)
def umbrella(s: Stage) -> None:
    s.fill((0, "#0d2836"), (0.6, "#1f5966"), (1, "#4a8f94"))
    made.skyline(s, 900, (380, 700), "#174452", ["#ffd98a", "#9fd7ff", "#ffb3a0"], (110, 190), 0.28)
    nature.haze(s, 880, 400, "#9fd0c8", 0.4)
    made.skyline(s, 930, (160, 380), "#0f3341", ["#ffe1a0", "#ffc27a", "#a0e0ff"], (120, 200), 0.45)
    nature.bokeh(s, 26, ["#ffd98a", "#ff9f8a", "#8fd0ff"], (16, 46), 700, 960, 0.6)
    s.rect(-5, 930, s.w + 10, 420, s.down((0, "#1c4a56"), (1, "#0b2029")))
    for _ in range(60):
        s.rect(
            s.r(0, s.w),
            s.r(940, 1300),
            s.r(6, 14),
            s.r(30, 130),
            s.rng.choice(["#ffd98a", "#ff9f8a", "#8fd0ff"]),
            s.r(0.06, 0.22),
            5,
            s.blur(5),
        )
    nature.rain(s, 130)
    s.glow(500, 720, 560, "#ffdf9f", 0.5)
    s.ellipse(510, 1190, 210, 30, "#9aa5ea", 0.35, s.blur(8))
    s.emoji("☂", 500, 1180, 700, shadow=0.4, shade=0.05)
    for x, y, rx in ((230, 1240, 90), (760, 1220, 110), (520, 1290, 130), (130, 1100, 60), (880, 1090, 70)):
        s.ring(x, y, rx, rx * 0.22, "#cfd9ff", 3, 0.6)
    nature.rain(s, 110, "#eef3ff")


@picture(THEME, "guitar-on-stage.jpg", (1200, 800), "ステージの上の赤いギター", "a red guitar on stage")
def guitar(s: Stage) -> None:
    s.fill((0, "#2a1140"), (1, "#5a2160"))
    made.curtain(s, 0, -10, 330, 800, "#8a2347", 1)
    made.curtain(s, 1170, -10, 330, 800, "#8a2347", -1)
    for x, aim, colour in ((260, 640, "#ffd9a0"), (760, 750, "#ffffff"), (1250, 860, "#ffb0d9")):
        s.poly(
            [(x - 12, -20), (x + 12, -20), (aim + 240, 860), (aim - 240, 860)],
            s.down((0, colour, 0.65), (1, colour, 0.05)),
            0.6,
            s.blur(7),
        )
    s.rect(-5, 760, s.w + 10, 260, s.down((0, "#8a5a3c"), (1, "#4a2c20")))
    for x in range(-400, 1900, 130):
        s.stroke(f"M{750 + (x - 750) * 0.7:.0f} 760L{x} 1010", "#3a2118", 3, 0.5)
    s.ellipse(750, 880, 400, 76, "#fff0c8", 0.35, s.blur(12))
    s.rect(90, 560, 210, 270, s.down((0, "#2b2730"), (1, "#171419")), 1, 12)
    s.ellipse(195, 720, 76, 76, s.round((0, "#55505c"), (1, "#221f26")))
    s.rect(1200, 560, 210, 270, s.down((0, "#2b2730"), (1, "#171419")), 1, 12)
    s.ellipse(1305, 720, 76, 76, s.round((0, "#55505c"), (1, "#221f26")))
    s.emoji("🎸", 750, 890, 620, shadow=0.5, shade=0.06)
    nature.bokeh(s, 20, ["#ffd9a0", "#ff9fd0", "#b9a0ff"], (14, 44), 0, 500, 0.45)
    for x, y in ((500, 330), (1010, 300), (430, 520)):
        s.emoji("🎵", x, y, 84, stand=False, turn=s.r(-15, 15), light=((255, 230, 180), 0.2))


@picture(THEME, "books-by-the-lamp.jpg", (900, 675), "夜の机と積まれた本", "books by the lamp on a desk at night")
def books(s: Stage) -> None:
    s.fill((0, "#3b3a5c"), (1, "#57476a"))
    made.window(s, 90, 80, 330, 380, [(0, "#131b45"), (1, "#3c4f96")], "#8d7a8f", True, (0.65, 0.3, 40))
    s.glow(1040, 430, 620, "#ffd28a", 0.7)
    made.table(s, 720, "#8a5736", 4)
    s.glow(900, 820, 560, "#ffdf9e", 0.4, 0.4)
    s.rect(1098, 470, 16, 310, "#c9a46a")
    s.ellipse(1106, 784, 90, 22, "#a8834c")
    s.poly([(990, 480), (1222, 480), (1170, 300), (1042, 300)], s.down((0, "#fff0c4"), (1, "#ffcf7a")))
    s.emoji("📚", 600, 895, 520)
    s.emoji("☕", 960, 900, 190)
    s.emoji("👓", 260, 900, 110)


@picture(
    THEME,
    "christmas-tree-and-presents.jpg",
    (900, 1200),
    "クリスマスツリーとプレゼント",
    "a Christmas tree with presents",
)
def christmas(s: Stage) -> None:
    made.room(s, ("#7a2f3a", "#a8434a"), ("#8a5a3c", "#5a3624"), 980, "#e9c9a0")
    made.string_lights(s, 60, 90, 13, ["#ffe08a", "#9fe8ff", "#ffb0b0"])
    made.window(s, 640, 250, 270, 360, [(0, "#1a2555"), (1, "#5a6ab0")], "#f3e6d3", True)
    s.glow(400, 640, 560, "#ffdf9a", 0.55)
    s.ellipse(440, 1180, 420, 70, s.round((0, "#c94f55"), (1, "#8f2f3a")))
    s.emoji("🎄", 430, 1180, 800, shade=0.05)
    s.emoji("🎁", 720, 1230, 230)
    s.emoji("🎁", 190, 1250, 190, flip=True)
    s.emoji("🧸", 880, 1270, 210)


@picture(THEME, "teddy-bear-in-bed.webp", (800, 800), "ベッドの上のくまのぬいぐるみ", "a teddy bear on the bed")
def teddy(s: Stage) -> None:
    s.fill((0, "#cfdcf6"), (1, "#b7c7ec"))
    for row in range(5):
        for column in range(7):
            s.emoji("⭐", column * 170 + (85 if row % 2 else 0), 60 + row * 110, 34, stand=False, opacity=0.55)
    s.rect(60, 330, 880, 500, s.down((0, "#d9a878"), (1, "#a87848")), 1, 60)
    s.rect(120, 400, 760, 400, s.down((0, "#e8bd90"), (1, "#b98a58")), 1, 44)
    s.rect(170, 480, 660, 260, s.down((0, "#ffffff"), (1, "#dfe6f6")), 1, 90)
    s.rect(-5, 740, 1010, 280, s.down((0, "#8fb0e8"), (1, "#5f82c4")), 1, 40)
    for x in range(40, 1000, 150):
        for y in (800, 900, 990):
            s.ellipse(x + (75 if y == 900 else 0), y, 18, fill="#ffffff", opacity=0.55)
    s.emoji("🧸", 500, 870, 590)


@picture(THEME, "carp-streamers.jpg", (900, 1200), "青空を泳ぐこいのぼり", "carp streamers in the blue sky")
def streamers(s: Stage) -> None:
    s.fill((0, "#3aa0ea"), (0.7, "#d4effc"), (1, "#f6fdff"))
    nature.cloud(s, 230, 330, 380)
    nature.cloud(s, 860, 900, 420)
    nature.peaks(s, 1130, 160, "#8fb3dd", "#ffffff", 4)
    nature.hills(s, 1150, 26, "#a8d982", "#5fae52")
    nature.pines(s, 9, (1190, 1210), (70, 120), "#5a9a5c")
    s.emoji("🎏", 500, 1190, 950, shadow=0, shade=0.04)
    nature.hills(s, 1230, 14, "#7fc862", "#479a45")
    nature.flowers(s, 1240, 1340, 40, ["#ffffff", "#ffd54f", "#f48fb1"], (8, 16))


@picture(THEME, "lantern-festival.png", (480, 720), "夏祭りの提灯", "a red paper lantern at a summer festival")
def lantern(s: Stage) -> None:
    s.fill((0, "#17143a"), (0.7, "#4a2550"), (1, "#7a3540"))
    nature.stars(s, 60, 500)
    for y, size in ((120, 80), (240, 96)):
        for x in range(80, 1000, 210):
            made.lantern(s, x + (60 if y == 120 else 0), y, size)
    nature.bokeh(s, 34, ["#ffb45a", "#ff7a5c", "#ffe0a0"], (18, 60), 800, 1400, 0.5)
    made.skyline(s, 1330, (120, 260), "#1a1026", ["#ffcf7a"], (140, 220), 0.2)
    s.glow(500, 840, 520, "#ff9a4a", 0.6)
    s.stroke("M500 -10V490", "#2c1c16", 7)
    s.emoji("🏮", 500, 840, 720, stand=False, shade=0)


@picture(THEME, "jack-o-lantern.png", (560, 560), "ハロウィンのかぼちゃ", "a jack-o'-lantern at Halloween")
def pumpkin(s: Stage) -> None:
    s.fill((0, "#1f1440"), (0.6, "#5a2a72"), (1, "#a2466a"))
    nature.moon(s, 760, 250, 150, "#fff0b8")
    nature.stars(s, 70, 500)
    for x, y, size in ((230, 220, 90), (370, 330, 60), (560, 130, 70)):
        s.emoji("🦇", x, y, size, stand=False, turn=s.r(-15, 15))
    s.path("M-10 760Q90 620 60 420L20 300L90 380L110 280L130 410Q140 640 240 780Z", "#1a0f2e")
    nature.hills(s, 740, 24, "#3a1d4a", "#150a20")
    s.glow(500, 740, 480, "#ff9a3c", 0.65)
    s.emoji("🎃", 500, 930, 520, shade=0.08)
    s.emoji("🍂", 150, 950, 110)
    s.emoji("🍂", 850, 945, 120, flip=True)


@picture(
    THEME, "camera-on-the-desk.jpg", (900, 600), "机の上のカメラと旅の写真", "a camera on the desk with travel photos"
)
def camera(s: Stage) -> None:
    s.fill((0, "#d8c3a5"), (1, "#b89b78"))
    for x in range(0, 1500, 150):
        s.rect(
            x,
            -5,
            148,
            1010,
            s.across((0, mix("#cfae84", "#ffffff", s.r(0, 0.14))), (1, mix("#c39f73", "#000000", s.r(0, 0.06)))),
        )
    for x, y, turn, sky, land in (
        (280, 300, -12, "#8fd0f5", "#7fbf6a"),
        (1210, 280, 10, "#ffb58a", "#6a4a7a"),
        (250, 760, 8, "#a9e3e6", "#2a8fb8"),
        (1250, 770, -9, "#f7c6d8", "#8fbf7a"),
    ):
        s.open(f'transform="translate({x} {y}) rotate({turn})"')
        s.rect(-150, -165, 310, 340, "#000000", 0.25, 6, s.blur(10))
        s.rect(-150, -170, 300, 340, "#fdfbf6", 1, 4)
        s.rect(
            -128,
            -148,
            256,
            236,
            s.down((0, sky), (0.62, mix(sky, "#ffffff", 0.6)), (0.63, land), (1, mix(land, "#000000", 0.2))),
        )
        s.poly([(-90, 0), (-20, -80), (50, 0)], mix(land, "#ffffff", 0.25))
        s.ellipse(80, -100, 22, fill="#fff6d6")
        s.close()
    s.emoji("📷", 750, 510, 460, stand=False, drop=0.5)


@picture(THEME, "violin-and-roses.webp", (900, 600), "バイオリンと薔薇", "a violin and roses")
def violin(s: Stage) -> None:
    s.fill((0, "#2f4a4c"), (1, "#3f6a62"))
    s.glow(760, 420, 640, "#ffd9b0", 0.45)
    for place in range(9):
        s.curve(
            [
                (-20, 640 + place * 52),
                (360, 610 + place * 50 + s.r(-16, 16)),
                (820, 660 + place * 46),
                (1520, 600 + place * 54),
            ],
            mix("#3f6a64", "#173234", place / 10),
            56,
        )
    s.emoji("🎻", 750, 530, 660, stand=False, turn=6, drop=0.45)
    s.emoji("🌹", 350, 640, 330, stand=False, turn=-24, drop=0.4)
    s.emoji("🌹", 1190, 660, 330, stand=False, turn=22, flip=True, drop=0.4)


@picture(THEME, "kite-in-the-wind.webp", (900, 900), "風に舞う凧", "a kite in the wind")
def kite(s: Stage) -> None:
    s.fill((0, "#5ab8f2"), (0.7, "#e3f6fd"), (1, "#ffffff"))
    nature.cloud(s, 220, 330, 340)
    nature.cloud(s, 840, 640, 360)
    nature.hills(s, 800, 40, "#b3de86", "#74bd5c", 3)
    nature.hills(s, 880, 26, "#8fd068", "#4aa048", 4)
    s.curve([(297, 482), (262, 620), (236, 760), (176, 905)], "#8a8f9c", 4, 0.9)
    s.emoji("🪁", 560, 380, 540, stand=False)
    nature.grass(s, 890, 1010, 150, ["#5fb04f", "#82cc66"], (20, 46))


@picture(
    THEME,
    "soccer-ball-in-the-stadium.jpg",
    (1200, 800),
    "芝生の上のサッカーボール",
    "a soccer ball on the grass of a stadium",
)
def soccer(s: Stage) -> None:
    s.fill((0, "#1f3f8a"), (0.4, "#6fa0e0"), (1, "#cfe3f6"))
    s.path("M-10 250Q750 420 1510 250V620H-10Z", "#3a4668")
    for row in range(9):
        for column in range(90):
            x = column * 17 + s.r(-3, 3)
            y = 300 + row * 26 + 90 * (1 - abs(x - 750) / 750) ** 0.8
            s.ellipse(
                x,
                y,
                6.5,
                fill=s.rng.choice(["#e57373", "#ffffff", "#64b5f6", "#ffd54f", "#90a4ae", "#455a80"]),
                opacity=0.85,
            )
    for x in (160, 1340):
        s.rect(x - 7, 60, 14, 300, "#cfd8e6")
        s.rect(x - 70, 30, 140, 64, "#e9eef6", 1, 8)
        s.glow(x, 62, 260, "#ffffff", 0.8)
    s.rect(-5, 590, s.w + 10, 50, "#f2f5fa")
    s.rect(-5, 630, s.w + 10, 380, "#4caf50")
    for place in range(10):
        x1, x2 = -900 + place * 330, -900 + place * 330 + 165
        s.poly([(750 + (x1 - 750) * 0.55, 630), (750 + (x2 - 750) * 0.55, 630), (x2, 1010), (x1, 1010)], "#66bb55", 0.8)
    s.ring(750, 860, 560, 95, "#ffffff", 9, 0.85)
    s.emoji("⚽", 750, 900, 420, cast=0.7)
    nature.grass(s, 880, 1010, 240, ["#3f9a45", "#6cc45e", "#2f8538"], (14, 34))


@picture(THEME, "sunflower-and-blue-sky.jpg", (800, 1000), "青空とひまわり", "a sunflower against the blue sky")
def sunflower(s: Stage) -> None:
    s.fill((0, "#2f95ea"), (0.7, "#c3e8fb"), (1, "#eafaff"))
    nature.cloud(s, 230, 820, 520)
    nature.cloud(s, 880, 700, 420)
    nature.hills(s, 1000, 20, "#8fcf62", "#4a9a42")
    for _ in range(70):
        y = 1010 + s.r(0, 1) ** 1.4 * 240
        scale = (y - 960) / 290
        nature.flower(s, s.r(-20, 1020), y, 12 + 34 * scale, "#ffc928", "#6d4020", 9)
    s.emoji("🌻", 500, 1190, 900, shadow=0, shade=0.05)
    for _ in range(14):
        nature.flower(s, s.r(-20, 1020), s.r(1190, 1260), s.r(46, 60), "#ffc928", "#6d4020", 10)


@picture(THEME, "alarm-clock-in-the-morning.png", (540, 540), "朝の目覚まし時計", "an alarm clock in the morning")
def clock(s: Stage) -> None:
    s.fill((0, "#ffe9c7"), (1, "#ffd3a8"))
    made.window(s, 140, 60, 720, 420, [(0, "#8fd0f5"), (0.7, "#ffe6b8"), (1, "#ffcf8f")], "#ffffff", panes=(2, 1))
    s.glow(700, 300, 520, "#fff3c4", 0.8)
    made.table(s, 700, "#c08a58", 4)
    s.poly([(200, 700), (900, 700), (1010, 1010), (0, 1010)], "#fff3cf", 0.2, s.blur(16))
    s.emoji("⏰", 480, 890, 510, cast=-0.5)
    s.emoji("🪴", 850, 870, 300)


@picture(THEME, "robot-in-the-lab.webp", (800, 800), "研究室のロボット", "a robot in the laboratory")
def robot(s: Stage) -> None:
    s.fill((0, "#dbe9f2"), (1, "#a9c3d6"))
    for row in range(6):
        for column in range(8):
            s.rect(column * 130 + 4, row * 130 + 4, 122, 122, mix("#cfe0ec", "#ffffff", s.r(0, 0.5)), 0.8, 8)
    for x, colour in ((70, "#4dd0e1"), (790, "#ff8a65")):
        s.rect(x, 130, 150, 420, s.down((0, "#52677a"), (1, "#37495a")), 1, 14)
        for y in range(160, 520, 60):
            s.rect(x + 22, y, 106, 30, "#22303c", 1, 6)
            s.ellipse(x + 40, y + 15, 8, fill=colour)
            s.ellipse(x + 70, y + 15, 8, fill="#fff176")
    s.rect(-5, 780, s.w + 10, 230, s.down((0, "#90a8ba"), (1, "#5f778a")))
    s.ellipse(500, 900, 320, 50, "#ffffff", 0.25)
    s.emoji("🤖", 500, 900, 560)


@picture(
    THEME, "paint-palette-in-the-atelier.jpg", (1000, 750), "アトリエの絵の具パレット", "a paint palette in the atelier"
)
def palette(s: Stage) -> None:
    made.room(s, ("#f3ead8", "#e3d3b8"), ("#c9a070", "#98703f"), 800)
    s.rect(840, 110, 380, 480, "#8a5f3a", 1, 6)
    s.rect(862, 132, 336, 436, s.down((0, "#9fd6f2"), (0.55, "#fdf0d2"), (0.56, "#8fc878"), (1, "#4f9a55")))
    made.fuji(s, 1030, 376, 190, 130)
    s.poly([(1020, 590), (1040, 590), (1150, 960), (1120, 960)], "#7a5232")
    s.poly([(1030, 590), (1010, 590), (900, 960), (930, 960)], "#8a5f3a")
    made.window(s, 120, 110, 330, 420, [(0, "#aee0f8"), (1, "#f0fbf2")], "#ffffff")
    for _ in range(26):
        s.ellipse(
            s.r(0, s.w),
            s.r(840, 1000),
            s.r(8, 30),
            s.r(4, 10),
            s.rng.choice(["#e85d75", "#ffc94d", "#5fb8e0", "#7fc878", "#9a7fe0"]),
            0.75,
        )
    s.shade(590, 900, 330, 50, 0.4)
    s.emoji("🎨", 590, 900, 470)


@picture(THEME, "wind-chime-in-summer.webp", (600, 900), "夏の縁側の風鈴", "a wind chime in summer")
def chime(s: Stage) -> None:
    s.fill((0, "#f6f1c8"), (0.5, "#cfe8a0"), (1, "#6fb06a"))
    nature.bokeh(s, 40, ["#ffffff", "#fff6b0", "#9fd67a", "#5fa85c"], (26, 100), 120, 1400, 0.5)
    s.rect(-5, -5, s.w + 10, 120, s.down((0, "#7a5232"), (1, "#5a3a22")))
    s.rect(-5, 110, s.w + 10, 26, "#3f2816")
    for x in (60, 900):
        for y in range(2):
            made.leaf_spray(s, x, 1300 + y * 120, 260, "#5fae5a", 9)
    s.glow(500, 560, 420, "#ffffff", 0.6)
    s.emoji("🎐", 500, 1140, 1000, shadow=0, shade=0)


@picture(THEME, "telescope-and-stars.jpg", (640, 960), "星空と望遠鏡", "a telescope under the stars")
def telescope(s: Stage) -> None:
    s.fill((0, "#0a1238"), (0.6, "#2f3f86"), (1, "#8a74b8"))
    nature.milky_way(s, -50)
    nature.stars(s, 220, 1150)
    nature.moon(s, 770, 240, 90, crescent=True)
    nature.hills(s, 1240, 26, "#2c3566", "#121735")
    nature.pines(s, 7, (1290, 1310), (120, 200), "#141a3a")
    nature.hills(s, 1330, 14, "#232b55", "#0e122a")
    s.emoji("🔭", 490, 1400, 560, light=((200, 205, 250), 0.3))
