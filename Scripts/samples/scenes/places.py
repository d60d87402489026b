"""Landscapes and journeys."""

from __future__ import annotations

import made
import nature
from catalogue import picture
from stage import Stage, mix, smooth

THEME = "places"


@picture(THEME, "mount-fuji-at-dawn.jpg", (1600, 1067), "夜明けの富士山と湖", "Mount Fuji and a lake at dawn")
def fuji(s: Stage) -> None:
    s.fill((0, "#3f4f9c"), (0.35, "#b98cc0"), (0.6, "#ffc3a0"), (1, "#ffe6c7"))
    nature.stars(s, 40, 240)
    s.glow(330, 560, 560, "#ffe3b0", 0.75)
    made.fuji(s, 780, 660, 720, 520, ("#5a5f9e", "#c39fbf"), "#ffffff", "#ffd9d0")
    nature.streaks(s, 430, 590, "#ffe9e0", 8, 0.6)
    nature.haze(s, 650, 160, "#ffe9d8", 0.85)
    nature.pines(s, 34, (668, 690), (50, 100), "#5b5480")
    nature.water(s, 690, "#f2b8ad", "#4a4f8e", "#ffffff", 90)
    s.open(s.blur(5) + ' opacity="0.35"')
    s.path("M330 692Q640 760 760 930L810 930Q930 760 1230 692Z", "#6a669f")
    s.path("M700 850L760 930L810 930L870 850L830 880L790 855L750 880Z", "#ffffff")
    s.close()
    nature.blossom_branch(s, [(1540, 60), (1360, 110), (1180, 90), (1040, 140)], 22, density=90, spread=54)


@picture(
    THEME,
    "cherry-blossoms-and-pagoda.jpg",
    (1000, 1250),
    "満開の桜と五重塔",
    "a five-storied pagoda among cherry blossoms",
)
def pagoda(s: Stage) -> None:
    s.fill((0, "#8fcdf0"), (0.6, "#fdebf2"), (1, "#fde2ea"))
    nature.peaks(s, 820, 260, "#a9b9dd", "#fbe9f0", 4)
    nature.haze(s, 860, 220, "#fff2f5", 0.9)
    for x, size in ((120, 420), (330, 330), (690, 320), (900, 420)):
        nature.tree(s, x, 1060, size, "#f5a9c3", "#5d4037", "#fff5f8")
    nature.hills(s, 1040, 18, "#b7d991", "#79b362")
    made.pagoda(s, 520, 1080, 830)
    for x, size in ((30, 460), (980, 480)):
        nature.tree(s, x, 1170, size, "#f48fb1", "#4e342e", "#fff0f5")
    nature.blossom_branch(s, [(-40, 60), (200, 110), (420, 80)], 24, density=80, spread=56)
    s.emoji("🌸", 190, 250, 170, stand=False, turn=-12)
    s.emoji("🌸", 70, 400, 110, stand=False, turn=20)
    s.emoji("🌸", 860, 200, 130, stand=False, turn=14)
    nature.petals(s, 70, ["#f8bbd0", "#ffffff", "#f48fb1"], (8, 15))


@picture(THEME, "lighthouse-and-sailing-boat.jpg", (1500, 1000), "灯台と帆船の海", "a sailing boat by the lighthouse")
def sailing(s: Stage) -> None:
    s.fill((0, "#4fa3e0"), (0.6, "#d9effa"), (1, "#fff6e6"))
    nature.cloud(s, 380, 240, 420)
    nature.cloud(s, 900, 160, 280, opacity=0.85)
    nature.hills(s, 560, 16, "#9db9d6", "#9db9d6", 5)
    nature.water(s, 570, "#4fb2d6", "#105a94", "#ffffff", 130)
    s.path(
        smooth([(980, 1010), (1020, 860), (1120, 760), (1250, 690), (1400, 670), (1560, 650)]) + "L1560 1010Z",
        s.along(0, 0, 1, 1, [(0, "#9c8a78"), (1, "#5d5249")]),
    )
    s.path(
        smooth([(1080, 790), (1180, 712), (1290, 672), (1400, 656), (1560, 640)]) + "L1560 720Q1300 720 1080 790Z",
        "#86b85e",
    )
    made.lighthouse(s, 1320, 690, 520)
    for _ in range(24):
        s.ellipse(985 + s.r(-40, 90), 1000 - s.r(0, 110), s.r(10, 30), s.r(4, 9), "#ffffff", 0.7, s.blur(3))
    s.reflection("⛵", 560, 804, 550, opacity=0.22, flat=0.35)
    s.emoji("⛵", 560, 820, 620, shadow=0)
    for x in (390, 480, 600, 700):
        s.ellipse(x, 812, s.r(60, 90), 6, "#ffffff", 0.75, s.blur(3))
    for x, y in ((760, 330), (830, 370), (700, 390)):
        s.stroke(f"M{x} {y}q20 -22 38 0q18 -22 38 0", "#ffffff", 6)


@picture(
    THEME, "train-in-the-mountains.jpg", (1400, 933), "山あいを走る蒸気機関車", "a steam locomotive in the mountains"
)
def train(s: Stage) -> None:
    s.fill((0, "#6fb1e4"), (0.6, "#f6ecd6"), (1, "#fdf3df"))
    nature.cloud(s, 1130, 170, 320)
    nature.peaks(s, 480, 330, "#6f86ad", "#efe6da", 5, "#ffffff")
    nature.haze(s, 540, 160, "#fdf1dd", 0.6)
    nature.hills(s, 570, 30, "#9fb56a", "#7a9a52")
    nature.pines(s, 20, (580, 660), (110, 210), "#3f6f55")
    nature.hills(s, 720, 10, "#a5b863", "#5f7a3a")
    s.poly([(-10, 800), (1510, 800), (1510, 880), (-10, 880)], s.down((0, "#b0a08c"), (1, "#7d6f60")))
    for x in range(-10, 1510, 46):
        s.rect(x, 812, 30, 18, "#5a4030", 1, 3)
    s.rect(-10, 806, 1520, 8, "#d5d8de")
    s.rect(-10, 826, 1520, 7, "#8f949e")
    for x, y, size in ((1010, 360, 90), (1110, 300, 120), (1240, 250, 140), (1390, 210, 150), (930, 410, 60)):
        s.ellipse(x - 260, y + 70, size * 0.8, size * 0.56, "#ffffff", 0.75, s.blur(size * 0.14))
    s.emoji("🚂", 560, 832, 480)
    s.emoji("🚃", 1000, 830, 290, shadow=0.35)
    s.emoji("🚃", 1385, 830, 290, shadow=0.35)
    nature.grass(s, 880, 1010, 180, ["#6f9440", "#8fb354", "#557a34"], (26, 60))
    nature.flowers(s, 910, 1010, 30, ["#ffffff", "#ffd54f", "#f48fb1"], (8, 15))


@picture(
    THEME,
    "tent-under-the-milky-way.jpg",
    (1067, 1600),
    "天の川の下のテントと焚き火",
    "a tent and a campfire under the Milky Way",
)
def tent(s: Stage) -> None:
    s.fill((0, "#0a0f35"), (0.5, "#27306f"), (0.8, "#6a5a9a"), (1, "#b98a9a"))
    nature.milky_way(s, -58)
    nature.stars(s, 260, 1050)
    nature.peaks(s, 1080, 260, "#262b5c", "#4b4c86", 4)
    nature.pines(s, 14, (1130, 1160), (130, 260), "#141a3d")
    nature.hills(s, 1150, 16, "#2c3a44", "#10181f")
    s.glow(430, 1290, 420, "#ffb45a", 0.6, 0.6)
    s.glow(825, 1350, 280, "#ff9a3c", 0.7)
    s.emoji("⛺", 420, 1350, 460, light=((255, 225, 205), 0.25))
    s.emoji("🔥", 830, 1400, 210, shadow=0, shade=0)
    for turn in (-14, 12):
        s.rect(765, 1392, 130, 20, "#5a3a26", 1, 9, f'transform="rotate({turn} 830 1402)"')
    for _ in range(30):
        s.ellipse(830 + s.rng.gauss(0, 40), 1210 - s.r(0, 300), s.r(1.5, 4), fill="#ffc46a", opacity=s.r(0.4, 1))
    nature.grass(s, 1360, 1510, 170, ["#1c2b2a", "#2a3b33", "#14201f"], (24, 60))


@picture(
    THEME,
    "snowman-in-the-village.jpg",
    (1333, 1000),
    "夕暮れの雪の村と雪だるま",
    "a snowman in a snowy village at dusk",
)
def snowman(s: Stage) -> None:
    s.fill((0, "#2f3f80"), (0.45, "#7a79b8"), (0.75, "#f3b7a6"), (1, "#f3b7a6"))
    nature.stars(s, 60, 300)
    nature.peaks(s, 560, 260, "#5a6aa8", "#e3c6cf", 5, "#f4f2fb")
    nature.pines(s, 20, (600, 640), (120, 220), "#40517f", "#e8ecfa")
    nature.hills(s, 640, 18, "#e3e6f6", "#b6bfe3")
    made.cottage(s, 210, 740, 230, "#a9745a", "#6f4a4a", "#f6f7ff")
    made.cottage(s, 530, 705, 170, "#8f6a5a", "#5c4650", "#f6f7ff")
    made.cottage(s, 1150, 745, 240, "#9a6a52", "#6a4248", "#f6f7ff")
    nature.pine(s, 390, 760, 260, "#3a4f7a", "#f0f3ff")
    nature.pine(s, 960, 740, 220, "#3a4f7a", "#f0f3ff")
    nature.hills(s, 780, 18, "#f6f7ff", "#aab6e0")
    s.emoji("⛄", 690, 955, 600, light=((228, 226, 250), 0.3), cast=0.6)
    nature.snowfall(s, 130)


@picture(THEME, "castle-on-the-hill.webp", (1200, 900), "丘の上の西洋の城", "a castle on a hill")
def castle(s: Stage) -> None:
    s.fill((0, "#ff9e8a"), (0.45, "#ffd3a8"), (0.75, "#fff1cf"), (1, "#fff1cf"))
    nature.sun(s, 1030, 330, 70, "#fffbe8", "#ffe2a0", 0.8)
    nature.cloud(s, 250, 260, 340, "#fff4ec", "#f6b9b0")
    nature.cloud(s, 1120, 190, 260, "#fff4ec", "#f6b9b0")
    nature.peaks(s, 600, 200, "#c99ab0", "#fbe0d0", 5)
    nature.hills(s, 690, 36, "#a5b878", "#7d9a5c")
    s.path(
        smooth([(150, 1010), (330, 820), (520, 730), (690, 712), (880, 735), (1060, 830), (1230, 1010)]) + "Z",
        s.down((0, "#9fc36c"), (1, "#4f7f45")),
    )
    s.emoji("🏰", 680, 775, 590, light=((255, 232, 214), 0.3))
    s.path("M640 770Q720 850 600 900T560 1010H700Q740 930 780 880T700 770Z", "#ecd3a0", 0.9)
    nature.pines(s, 8, (900, 980), (130, 220), "#4c7a54", left=-20, right=380)
    nature.pines(s, 8, (900, 980), (130, 220), "#4c7a54", left=980)


@picture(THEME, "torii-by-the-sea.jpg", (1200, 800), "海に立つ鳥居と夕日", "a torii gate by the sea at sunset")
def torii(s: Stage) -> None:
    s.fill((0, "#5b4a8a"), (0.4, "#e67f7a"), (0.6, "#ffc98a"), (1, "#ffe3b0"))
    nature.sun(s, 760, 540, 90)
    nature.streaks(s, 100, 430, "#ffb9a0", 9, 0.45)
    nature.hills(s, 570, 30, "#8a5a7f", "#8a5a7f", 4)
    nature.water(s, 590, "#f4a383", "#4b3f7a", "#fff0dc", 110, 760)
    s.reflection("⛩", 760, 815, 480, opacity=0.4, flat=0.36, light=((235, 170, 160), 0.5))
    s.emoji("⛩", 760, 822, 620, shadow=0, light=((255, 215, 200), 0.3))
    for x in (600, 920):
        s.ellipse(x, 822, 80, 6, "#ffe9d6", 0.7, s.blur(3))
    for x, y in ((300, 260), (360, 300), (240, 310)):
        s.stroke(f"M{x} {y}q18 -20 34 0q16 -20 34 0", "#4a2f5a", 5)


@picture(THEME, "bicycle-in-the-flower-field.jpg", (1200, 800), "花畑と自転車", "a bicycle in a field of flowers")
def bicycle(s: Stage) -> None:
    s.fill((0, "#7fc9f2"), (0.6, "#eefaff"), (1, "#ffffff"))
    nature.cloud(s, 320, 210, 380)
    nature.cloud(s, 1150, 160, 300)
    nature.hills(s, 480, 36, "#b9dcb0", "#8fc584")
    nature.pines(s, 10, (500, 530), (60, 120), "#6fa573")
    nature.hills(s, 560, 14, "#9ed27a", "#4f9a48")
    nature.flowers(s, 580, 760, 120, ["#f48fb1", "#ffffff", "#ffd54f", "#ce93d8"], (6, 13))
    s.path("M-10 800Q400 750 760 780T1510 760V900Q1000 930 700 905T-10 940Z", s.down((0, "#f0dcb4"), (1, "#d9bb85")))
    s.emoji("🚲", 750, 890, 570, cast=0.4)
    nature.flowers(s, 900, 1010, 60, ["#f06292", "#ffffff", "#ffca28", "#ba68c8"], (14, 28))


@picture(
    THEME,
    "rocket-over-a-purple-planet.png",
    (720, 720),
    "紫色の惑星の上を飛ぶロケット",
    "a rocket flying over a purple planet",
)
def rocket(s: Stage) -> None:
    s.fill((0, "#0b0a2a"), (0.6, "#251a54"), (1, "#43277a"))
    for x, y, colour in ((200, 240, "#3f5fd0"), (820, 200, "#b04fc0"), (600, 500, "#5f3fb0")):
        s.glow(x, y, 420, colour, 0.4)
    nature.stars(s, 240, 1000)
    s.ellipse(500, 1180, 660, 520, s.round((0, "#c89bff"), (0.6, "#8f55d8"), (1, "#4f2a96"), cx=0.35, cy=0.2, r=0.8))
    clip = s.clip('<ellipse cx="500" cy="1180" rx="660" ry="520"/>')
    s.open(clip)
    for y, colour in ((720, "#b27df0"), (790, "#7a45c6"), (860, "#a873ea"), (950, "#6c3ab6")):
        s.ellipse(500 + s.r(-60, 60), y, 640, 24, colour, 0.5, s.blur(8))
    for x, y, r in ((300, 830, 60), (720, 800, 42), (540, 900, 76), (860, 920, 50)):
        s.ellipse(x, y, r, r * 0.45, "#5a2f9f", 0.7)
        s.ellipse(x + 4, y + 6, r * 0.85, r * 0.34, "#8450cc", 0.8)
    s.close()
    s.glow(500, 690, 620, "#d9b8ff", 0.25, 0.25)
    s.ellipse(830, 210, 62, fill=s.round((0, "#ffe9b8"), (1, "#e0965a"), cx=0.35, cy=0.35, r=0.7))
    s.ring(830, 210, 112, 24, "#ffd9a0", 9, 0.8, -18)
    s.glow(250, 650, 220, "#ffb34d", 0.6)
    s.emoji("🚀", 470, 430, 620, stand=False, shade=0)


@picture(
    THEME,
    "rocket-in-the-morning-sky.webp",
    (600, 800),
    "朝焼けの空へ打ち上がるロケット",
    "a rocket rising into the morning sky",
)
def rocket_at_dawn(s: Stage) -> None:
    s.fill((0, "#2f6fc4"), (0.45, "#8fc3ee"), (0.75, "#ffd9b8"), (1, "#ffb98f"))
    nature.sun(s, 800, 1040, 70, "#fff6da", "#ffdca0", 0.8)
    nature.streaks(s, 640, 980, "#fff0e0", 8, 0.5)
    for step in range(34):
        part = step / 33
        x, y, size = 300 - 190 * part + s.r(-30, 30) * part, 800 + 440 * part, 34 + 120 * part
        s.ellipse(x, y, size, size * 0.9, mix("#fff3d6", "#ffffff", part), 0.55, s.blur(10 + 10 * part))
    for x, y, size in ((120, 1290, 620), (700, 1330, 760), (960, 1250, 420)):
        nature.cloud(s, x, y, size, "#ffffff", "#f6c9b4")
    s.glow(280, 770, 190, "#ffc46a", 0.8)
    s.emoji("🚀", 500, 540, 640, stand=False, shade=0.03)


@picture(
    THEME,
    "flying-saucer-over-the-field.png",
    (640, 480),
    "夜の畑に浮かぶ空飛ぶ円盤",
    "a flying saucer over a field at night",
)
def saucer(s: Stage) -> None:
    s.fill((0, "#0e1838"), (0.6, "#23466a"), (1, "#3f7f7a"))
    nature.stars(s, 140, 600)
    nature.hills(s, 720, 16, "#22453f", "#122a26")
    nature.pines(s, 12, (740, 760), (90, 160), "#10262b")
    s.poly(
        [(560, 430), (760, 430), (960, 900), (360, 900)],
        s.down((0, "#c8ffb0", 0.75), (1, "#c8ffb0", 0.1)),
        0.8,
        s.blur(8),
    )
    s.ellipse(660, 890, 310, 56, "#d9ff9f", 0.45, s.blur(10))
    nature.hills(s, 860, 8, "#3b6a3f", "#1d3f2c")
    s.ellipse(660, 905, 290, 40, "#d9ff9f", 0.4, s.blur(12))
    s.glow(660, 330, 420, "#a8ffe0", 0.35)
    s.emoji("🛸", 660, 310, 470, stand=False)
    nature.grass(s, 880, 1010, 220, ["#2f5f3a", "#4a8048", "#22482e"], (30, 70))


@picture(THEME, "camel-in-the-desert.jpg", (1200, 800), "砂漠を行くラクダ", "a camel in the desert")
def camel(s: Stage) -> None:
    s.fill((0, "#58a9dd"), (0.5, "#fde8c2"), (1, "#fde8c2"))
    nature.sun(s, 300, 180, 60)
    for level, top, bottom in ((520, "#f2cd8f", "#dba461"), (620, "#efc07a", "#c98745"), (740, "#f3c67e", "#b8743a")):
        edge = nature.hills(s, level, 46, top, bottom, 3)
        s.curve(edge, "#fff0cf", 5, 0.6)
    s.emoji("🌵", 240, 820, 290, cast=0.9, colour="#6b3f1c")
    s.emoji("🐫", 760, 900, 590, cast=0.9, colour="#6b3f1c")
    s.emoji("🌵", 1310, 790, 180, cast=0.9, colour="#6b3f1c")


@picture(
    THEME, "ferris-wheel-and-fireworks.jpg", (1000, 1333), "花火と観覧車の夜", "fireworks over a ferris wheel at night"
)
def ferris_wheel(s: Stage) -> None:
    s.fill((0, "#0b1038"), (0.6, "#2d2a6e"), (1, "#6a4a9a"))
    nature.stars(s, 110, 800)
    made.fireworks(s, 260, 260, 210, "#ff6f91")
    made.fireworks(s, 740, 330, 240, "#ffd166")
    made.fireworks(s, 520, 130, 140, "#7bdff2")
    made.skyline(s, 1130, (60, 190), "#241f55", ["#ffd98a", "#ffb3c7"], (60, 120), 0.35)
    s.rect(-5, 1120, s.w + 10, 240, s.down((0, "#2a2560"), (1, "#121034")))
    s.glow(500, 900, 480, "#ff9fd0", 0.3)
    s.emoji("🎡", 500, 1185, 640, shade=0)
    for _ in range(80):
        x = s.r(0, s.w)
        s.ellipse(x, s.r(1190, 1330), s.r(10, 40), 3, s.rng.choice(["#ff9fb8", "#ffe0a0", "#9fe8f5"]), s.r(0.15, 0.5))


@picture(THEME, "island-with-palm-trees.png", (600, 450), "ヤシの木のある南の島", "a desert island with a palm tree")
def island(s: Stage) -> None:
    s.fill((0, "#3fb0f0"), (0.55, "#dff6fd"), (1, "#ffffff"))
    nature.cloud(s, 320, 260, 360)
    nature.cloud(s, 1080, 190, 300)
    nature.water(s, 560, "#3fc3d8", "#0f7fb0", "#ffffff", 100)
    s.ellipse(660, 790, 420, 70, "#7fe6e0", 0.7, s.blur(10))
    s.emoji("🏝", 660, 830, 560, shadow=0)
    s.emoji("⛵", 1130, 640, 120, shadow=0)


@picture(THEME, "bus-in-the-city.webp", (1000, 750), "街を走るバス", "a bus in the city")
def bus(s: Stage) -> None:
    s.fill((0, "#8fcdf2"), (0.7, "#fdf3e6"), (1, "#ffffff"))
    nature.cloud(s, 300, 180, 320)
    made.skyline(s, 640, (250, 470), "#c3d3e6", (), (90, 150), 0, "#e9eef3")
    made.skyline(s, 660, (130, 330), "#e3b89f", ["#ffffff", "#bfe3f2"], (100, 170), 0.75)
    for x in (80, 420, 900, 1240):
        nature.tree(s, x, 730, 230, "#7fbf6a")
    s.rect(-5, 710, s.w + 10, 60, "#d9d4cb")
    s.rect(-5, 760, s.w + 10, 250, s.down((0, "#7b818c"), (1, "#565b66")))
    for x in range(20, 1340, 190):
        s.rect(x, 905, 110, 14, "#fdf6dc", 0.9)
    s.emoji("🚌", 650, 900, 460, cast=-0.2)


@picture(THEME, "airplane-above-the-clouds.webp", (1200, 675), "雲の上を飛ぶ飛行機", "an airplane above the clouds")
def airplane(s: Stage) -> None:
    s.fill((0, "#2f74c9"), (0.55, "#9fd0f5"), (1, "#ffe3c8"))
    nature.sun(s, 1480, 300, 66)
    for x, y, size in (
        (200, 900, 760),
        (800, 960, 900),
        (1450, 900, 800),
        (1750, 980, 600),
        (500, 1010, 700),
        (1150, 1030, 700),
    ):
        nature.cloud(s, x, y, size, "#ffffff", "#f3d3cf")
    s.emoji("✈", 850, 440, 560, stand=False, turn=0)
    nature.cloud(s, 1500, 620, 420, "#ffffff", "#e9dbe6", 0.85)


@picture(THEME, "volcano-at-dusk.webp", (900, 675), "噴火する火山", "an erupting volcano")
def volcano(s: Stage) -> None:
    s.fill((0, "#2b1b3f"), (0.5, "#8a3b4f"), (1, "#f08a4b"))
    s.glow(660, 330, 560, "#ff8a3c", 0.6)
    nature.stars(s, 40, 300)
    nature.hills(s, 700, 30, "#5a2f3f", "#3a1f2f", 4)
    s.emoji("🌋", 660, 870, 680, shadow=0.3, light=((255, 225, 210), 0.2))
    nature.pines(s, 22, (850, 960), (100, 190), "#2a1a2c")
    nature.hills(s, 930, 14, "#2a1a2c", "#160d18")
    for _ in range(60):
        s.ellipse(660 + s.rng.gauss(0, 190), s.r(60, 520), s.r(1.5, 5), fill="#ffb45a", opacity=s.r(0.4, 1))


@picture(THEME, "red-car-on-the-coast.jpg", (1200, 800), "海岸道路を走る赤い車", "a red car on the coast road")
def car(s: Stage) -> None:
    s.fill((0, "#56b4ee"), (0.6, "#e3f6fd"), (1, "#ffffff"))
    nature.cloud(s, 1100, 200, 380)
    nature.water(s, 420, "#35aed8", "#1c7db5", waves=80, until=720)
    s.path(
        smooth([(-60, 430), (120, 330), (320, 360), (460, 440), (520, 520)]) + "L520 700L-60 700Z",
        s.down((0, "#8fbf6a"), (1, "#6f8f5a")),
    )
    s.rect(-5, 690, s.w + 10, 40, "#e9e1cf")
    for x in range(0, 1510, 90):
        s.rect(x, 640, 14, 70, "#ffffff")
    s.rect(-5, 650, s.w + 10, 14, "#ffffff")
    s.rect(-5, 728, s.w + 10, 290, s.down((0, "#858b96"), (1, "#5b606b")))
    for x in range(30, 1510, 210):
        s.rect(x, 925, 120, 12, "#fdf6dc", 0.9)
    s.emoji("🚗", 750, 900, 440, cast=-0.3)
    s.emoji("🌴", 150, 740, 430, shadow=0.3)
    s.emoji("🌴", 1390, 745, 500, shadow=0.3, flip=True)
