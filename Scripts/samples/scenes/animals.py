"""Animals."""

from __future__ import annotations

import made
import nature
from catalogue import picture
from stage import Stage, mix, smooth

THEME = "animals"


@picture(
    THEME,
    "cat-by-the-window.jpg",
    (1500, 1000),
    "月夜の窓辺のソファに立つ猫",
    "a cat on a sofa by the window on a moonlit night",
)
def cat_by_the_window(s: Stage) -> None:
    made.room(s, ("#46527f", "#333c63"), ("#6d4c41", "#3e2a25"), 770, "#7a83ad")
    made.window(
        s, 800, 90, 520, 430, [(0, "#101a44"), (0.7, "#2f4380"), (1, "#5b6bb0")], "#d8d3e6", True, (0.72, 0.3, 58)
    )
    made.curtain(s, 660, 40, 130, 640, "#7d5a8c", 1)
    made.curtain(s, 1330, 40, 140, 640, "#7d5a8c", -1)
    s.rect(640, 34, 850, 14, "#c9a46a", 1, 7)
    s.poly([(820, 560), (1300, 560), (1180, 1000), (420, 1000)], "#b9c6ff", 0.10, s.blur(24))
    s.glow(105, 350, 420, "#ffcf86", 0.55)
    made.sofa(s, 760, 915, 1120, 430, "#3f8f8c")
    s.rect(96, 430, 18, 430, "#c9a46a")
    s.ellipse(105, 866, 70, 16, "#8d6b3d")
    s.poly([(30, 440), (180, 440), (145, 290), (65, 290)], s.down((0, "#ffe3a8"), (1, "#ffc56b")))
    s.emoji("🐈", 740, 815, 560, flip=True, shadow=0.5, light=((225, 205, 205), 0.3))
    s.ellipse(760, 958, 520, 34, "#c77f8b", 0.55)
    s.ellipse(760, 955, 450, 26, "#e0a5a5", 0.45)


@picture(THEME, "kitten-with-yarn.webp", (900, 900), "毛糸玉で遊ぶ子猫", "a kitten playing with a ball of yarn")
def kitten_with_yarn(s: Stage) -> None:
    made.room(s, ("#ffe3cf", "#f6c9b0"), ("#d79f6c", "#a86f42"), 640)
    s.rect(90, 110, 230, 280, "#ffffff", 1, 8)
    s.rect(108, 128, 194, 244, s.down((0, "#bfe3ee"), (1, "#e9f6ee")))
    nature.tree(s, 205, 372, 150, "#7fb77e")
    s.rect(690, 200, 210, 22, "#b9805a", 1, 4)
    s.emoji("🪴", 790, 204, 170, shadow=0.2)
    s.ellipse(
        500,
        850,
        430,
        110,
        s.round(
            (0, "#7fb3b0"), (0.75, "#5d9a98"), (0.76, "#f4ead8"), (0.88, "#f4ead8"), (0.89, "#5d9a98"), (1, "#4c8684")
        ),
    )
    s.curve([(720, 872), (640, 905), (560, 880), (470, 915), (330, 890)], "#d35480", 6)
    s.emoji("🐈", 420, 860, 520, shadow=0.45)
    s.emoji("🧶", 740, 880, 190, shadow=0.45)


@picture(
    THEME,
    "sea-turtle-in-the-blue.jpg",
    (1500, 1000),
    "青い海を泳ぐウミガメと熱帯魚",
    "a sea turtle swimming under water with tropical fish",
)
def sea_turtle(s: Stage) -> None:
    nature.underwater(s)
    s.ambient = ((190, 235, 255), 0.35)
    for x, y, size in ((180, 240, 80), (270, 300, 66), (200, 350, 58), (330, 235, 54), (110, 300, 50)):
        s.emoji("🐟", x, y, size, stand=False, flip=True, shade=0.1, opacity=0.75, blur=1.5)
    nature.seabed(s, 880, "#c9b88a", "#4c6a7d")
    for x, height, colour in (
        (90, 260, "#2f8f6b"),
        (160, 200, "#3aa57a"),
        (1400, 300, "#2f8f6b"),
        (1330, 210, "#3aa57a"),
        (1450, 220, "#257a60"),
    ):
        nature.seaweed(s, x, 920, height, colour)
    nature.coral(s, 330, 930, 170, "#e8707a")
    nature.coral(s, 1180, 930, 200, "#f0a35e")
    s.emoji("🐢", 740, 500, 540, stand=False, turn=8)
    nature.bubbles(s, 470, 330, 14, 40, 300)
    s.emoji("🐠", 1230, 640, 150, stand=False)
    s.emoji("🐠", 1090, 250, 105, stand=False, opacity=0.9)
    nature.bubbles(s, 1200, 500, 10, 60, 300, (3, 12))


@picture(THEME, "fox-in-the-autumn-forest.jpg", (1400, 1050), "紅葉の森からのぞくキツネ", "a fox in the autumn forest")
def fox(s: Stage) -> None:
    s.fill((0, "#fbe3b0"), (0.5, "#f3b56a"), (1, "#b8673a"))
    s.glow(860, 160, 620, "#fff4d0", 0.9)
    for layer, (colour, width) in enumerate((("#d79a62", 22), ("#a9683f", 34), ("#6d4030", 52))):
        for _ in range(9 - layer * 2):
            x = s.r(-20, s.w + 20)
            if layer == 2 and 380 < x < 960:
                x = x - 520 if x < 670 else x + 480
            s.rect(x, -10, width, 860, s.across((0, mix(colour, "#fff0c8", 0.2)), (1, colour)))
        for _ in range(28):
            s.ellipse(
                s.r(-40, s.w + 40),
                s.r(-60, 250 - layer * 30),
                s.r(50, 130),
                s.r(36, 80),
                s.rng.choice(["#e8742c", "#f2a33a", "#d9482b", "#f4c04e"]),
                0.62 + layer * 0.1,
            )
    nature.rays(s, 900, -60, 7, 1500, "#fff3c9", 0.16)
    nature.hills(s, 800, 24, "#c8742f", "#6f3a20")
    for x, y, size in ((200, 850, 250), (1150, 860, 280)):
        for _ in range(14):
            s.ellipse(
                x + s.r(-size, size) * 0.7,
                y - s.r(0, size * 0.5),
                s.r(40, 80),
                s.r(30, 60),
                s.rng.choice(["#b5502a", "#d9762e", "#c0602c"]),
                0.95,
            )
    s.emoji("🦊", 680, 920, 560, shadow=0.3, light=((255, 228, 195), 0.3))
    for _ in range(26):
        s.ellipse(
            680 + s.r(-360, 360),
            925 + s.r(-20, 60),
            s.r(34, 70),
            s.r(24, 44),
            s.rng.choice(["#d9762e", "#c0602c", "#e8963c", "#a9481f"]),
        )
    for _ in range(4):
        s.emoji(
            "🍁",
            s.r(80, s.w - 80),
            s.r(120, 700),
            s.r(44, 70),
            stand=False,
            turn=s.r(-60, 60),
            light=((255, 230, 200), 0.2),
        )
    nature.petals(s, 46, ["#f2a33a", "#e8742c", "#d9482b"], (8, 17))


@picture(THEME, "penguins-on-the-ice.jpg", (1500, 1000), "氷の上に並ぶペンギンたち", "three penguins on the ice")
def penguins(s: Stage) -> None:
    s.fill((0, "#7db9e8"), (0.55, "#dff1fb"), (1, "#ffffff"))
    nature.sun(s, 1220, 190, 46, "#ffffff", "#fff4d6", 0.7)
    nature.cloud(s, 330, 180, 330)
    nature.cloud(s, 850, 120, 230, opacity=0.8)
    nature.peaks(s, 470, 220, "#9fc3e0", "#ffffff", 5, "#ffffff")
    nature.water(s, 500, "#3f93c4", "#1d5f94", waves=70, until=800)
    for x, w, h in ((180, 300, 90), (1240, 380, 110), (760, 200, 50)):
        s.poly(
            [
                (x - w / 2, 560),
                (x - w * 0.35, 560 - h),
                (x - w * 0.05, 560 - h * 0.8),
                (x + w * 0.2, 560 - h * 1.1),
                (x + w / 2, 560),
            ],
            s.along(0, 0, 1, 1, [(0, "#ffffff"), (1, "#a9d0e8")]),
        )
        s.ellipse(x, 562, w * 0.52, 8, "#ffffff", 0.35)
    s.path(
        smooth([(-60, 700), (200, 668), (520, 690), (900, 664), (1250, 690), (1580, 660)]) + "L1580 1020L-60 1020Z",
        s.down((0, "#ffffff"), (0.35, "#e6f3fb"), (1, "#a9cfe6")),
    )
    s.curve([(-60, 712), (200, 682), (520, 704), (900, 678), (1250, 704), (1580, 674)], "#bfe0f2", 10, 0.8)
    s.emoji("🐧", 1110, 850, 370, cast=0.8, shadow=0.3)
    s.emoji("🐧", 400, 860, 350, flip=True, cast=0.8, shadow=0.3)
    s.emoji("🐧", 750, 945, 530, cast=0.8, shadow=0.3)
    nature.snowfall(s, 40, (2, 6))


@picture(THEME, "dog-with-a-ball.jpg", (1200, 900), "公園でボール遊びをする犬", "a dog with a ball in the park")
def dog(s: Stage) -> None:
    s.fill((0, "#79c3f2"), (0.6, "#d9f1fb"), (1, "#ffffff"))
    nature.cloud(s, 260, 190, 300)
    nature.cloud(s, 980, 140, 260)
    nature.hills(s, 520, 30, "#a5d48b", "#7fbf6f")
    for x, size, colour in (
        (130, 420, "#5fa85c"),
        (420, 300, "#76b765"),
        (1010, 340, "#6bb061"),
        (1240, 470, "#569c55"),
    ):
        nature.tree(s, x, 600, size, colour)
    nature.hills(s, 600, 14, "#8fd06e", "#4f9f48")
    s.path("M560 620Q620 760 300 1010H760Q830 780 640 620Z", s.down((0, "#f1dcb2"), (1, "#e0c08b")))
    nature.grass(s, 640, 990, 260, ["#5fb04f", "#7cc662", "#489442"])
    s.emoji("🐕", 620, 925, 540, cast=-0.7)
    s.emoji("⚽", 1010, 940, 150, cast=-0.7)
    nature.flowers(s, 860, 1000, 16, ["#ffffff", "#fff3a0"], (8, 14))


@picture(THEME, "whale-at-sunset.jpg", (1600, 1067), "夕日の海のクジラ", "a whale in the sea at sunset")
def whale(s: Stage) -> None:
    s.fill((0, "#3b2d72"), (0.3, "#a2487f"), (0.5, "#f08a5d"), (0.62, "#ffd08a"), (1, "#ffd08a"))
    nature.sun(s, 1080, 540, 96, "#fff1c0", "#ffcf7a", 0.9)
    nature.streaks(s, 150, 470, "#ff9d7c", 10)
    nature.streaks(s, 300, 520, "#ffe0a8", 6, 0.5)
    nature.stars(s, 40, 220)
    nature.hills(s, 590, 12, "#6d3f70", "#6d3f70", 9)
    nature.water(s, 600, "#f0946a", "#2c2560", "#ffe6c0", 120, 1080, "#ffe2a0")
    s.ambient = ((255, 196, 170), 0.42)
    s.emoji("🐋", 600, 800, 540, shadow=0, flip=True)
    s.path(
        smooth([(250, 770), (380, 745), (520, 765), (640, 745), (780, 765), (920, 748), (1000, 775)])
        + "L1000 850Q620 900 250 850Z",
        s.down((0, "#a85f78", 0.95), (1, "#6d4275", 0)),
    )
    for x in (330, 480, 640, 800, 930):
        s.ellipse(x, 772, s.r(60, 90), 7, "#ffe9cf", 0.75, s.blur(3))
    for _ in range(34):
        s.ellipse(610 + s.r(-380, 390), 765 - s.r(0, 60), s.r(2, 7), fill="#fff2dd", opacity=s.r(0.4, 0.9))
    for x, y in ((1330, 240), (1400, 290), (1260, 300)):
        s.stroke(f"M{x} {y}q18 -20 34 0q16 -20 34 0", "#4a2a55", 5)


@picture(
    THEME,
    "owl-at-night.png",
    (640, 640),
    "満月の夜、枝にとまるフクロウ",
    "an owl on a branch at night under the full moon",
)
def owl(s: Stage) -> None:
    s.fill((0, "#0c1338"), (0.6, "#27377a"), (1, "#4d5ea6"))
    nature.stars(s, 150, 800)
    nature.moon(s, 610, 350, 250, strength=0.4)
    nature.pines(s, 9, (960, 1010), (240, 420), "#151d45")
    nature.haze(s, 860, 240, "#7d8bd0", 0.35)
    s.path(
        "M-20 770Q300 720 620 742Q850 756 1020 700L1020 745Q850 800 620 790Q300 770 -20 830Z",
        s.down((0, "#6a4a3c"), (1, "#38251f")),
    )
    s.path("M760 752Q840 690 900 600L918 610Q870 720 800 770Z", "#4c342b")
    for x, y in ((905, 600), (880, 650), (930, 690), (120, 760), (60, 740), (980, 690)):
        made.leaf_spray(s, x, y, 70, "#3c5a4a", 5)
    s.emoji("🦉", 470, 775, 500, light=((205, 205, 245), 0.35))


@picture(
    THEME,
    "rabbit-under-the-moon.png",
    (480, 640),
    "満月とすすきとうさぎ、お月見の夜",
    "a rabbit under the full moon with pampas grass",
)
def rabbit(s: Stage) -> None:
    s.fill((0, "#1b2350"), (0.55, "#3f4f94"), (1, "#7c7fb8"))
    nature.stars(s, 90, 700)
    nature.moon(s, 640, 330, 210, "#ffeeb5")
    nature.streaks(s, 480, 760, "#a9a6dd", 6)
    nature.hills(s, 960, 30, "#5b6a52", "#27352f")
    nature.hills(s, 1080, 20, "#46583f", "#1c2a22")
    for x, tall, lean in (
        (90, 520, 90),
        (150, 620, 130),
        (220, 480, 120),
        (60, 640, 60),
        (900, 500, -90),
        (950, 420, -60),
    ):
        nature.pampas(s, x, 1200, tall, lean)
    s.emoji("🐇", 540, 1200, 560, light=((220, 215, 245), 0.3))
    nature.grass(s, 1150, 1340, 150, ["#3f5a3c", "#56734a", "#2f4733"])


@picture(THEME, "butterfly-in-the-garden.webp", (800, 800), "花畑を舞う蝶", "a butterfly in a flower garden")
def butterfly(s: Stage) -> None:
    s.fill((0, "#bfe6f5"), (0.5, "#eaf7e4"), (1, "#a9d88f"))
    nature.bokeh(s, 26, ["#ffffff", "#fff3b0", "#ffd5e5"], (20, 80), 0, 560, 0.5)
    nature.hills(s, 620, 20, "#9fd283", "#5da653")
    nature.flowers(s, 640, 1000, 120, ["#ff8fb1", "#ffc1d6", "#ffd86b", "#ffffff", "#c79bf2"], (8, 34))
    s.emoji("🦋", 500, 420, 470, stand=False, turn=-8)


@picture(
    THEME, "elephant-on-the-savanna.jpg", (1500, 1000), "夕暮れのサバンナのゾウ", "an elephant on the savanna at sunset"
)
def elephant(s: Stage) -> None:
    s.fill((0, "#f2784b"), (0.45, "#fbb45c"), (0.75, "#ffe3a0"), (1, "#ffe3a0"))
    nature.sun(s, 1060, 470, 130, "#fff0b5", "#ffd873", 0.9)
    nature.streaks(s, 80, 350, "#ffd9a0", 8, 0.5)
    nature.hills(s, 610, 14, "#c97c4a", "#c97c4a", 8)
    nature.haze(s, 620, 120, "#ffdca0", 0.7)
    nature.hills(s, 680, 12, "#c58a3e", "#70421f", 7)
    s.path(
        "M1195 720Q1210 560 1180 470L1120 430L1190 450L1215 400L1225 455L1300 425L1235 475Q1240 580 1235 720Z",
        "#4a2a1a",
    )
    for x, y, rx, ry in ((1110, 415, 130, 30), (1230, 385, 170, 38), (1320, 420, 120, 26), (1180, 360, 110, 24)):
        s.ellipse(x, y, rx, ry, "#5d4a22")
        s.ellipse(x, y - 8, rx * 0.9, ry * 0.6, "#7d6430", 0.7)
    s.emoji("🐘", 560, 880, 580, cast=-1.3, light=((255, 205, 165), 0.42))
    nature.grass(s, 760, 1010, 240, ["#a86d2c", "#c98d3f", "#7d4f22"], (26, 66))
    for x, y in ((300, 200), (350, 230), (420, 190)):
        s.stroke(f"M{x} {y}q16 -18 30 0q14 -18 30 0", "#6d3420", 5)


@picture(THEME, "tropical-fish-and-coral.webp", (960, 720), "サンゴ礁と熱帯魚", "tropical fish at a coral reef")
def fish(s: Stage) -> None:
    nature.underwater(s, "#a8f0e6", "#35b3cf", "#136a9c")
    nature.seabed(s, 870, "#ecd9a6", "#7fa3a8")
    for x, height, colour in (
        (120, 330, "#e4577f"),
        (300, 220, "#f2a05a"),
        (1180, 340, "#c05fc7"),
        (1020, 240, "#ef6f6c"),
        (1270, 240, "#f2c14e"),
    ):
        nature.coral(s, x, 940, height, colour)
    for x, height in ((220, 260), (1100, 220), (40, 300)):
        nature.seaweed(s, x, 950, height, "#3fae7c")
    s.emoji("🐠", 640, 500, 500, stand=False)
    s.emoji("🐠", 1080, 270, 170, stand=False, opacity=0.95)
    s.emoji("🐡", 250, 330, 170, stand=False, opacity=0.95)
    nature.bubbles(s, 420, 420, 14, 30, 320)


@picture(THEME, "panda-in-the-bamboo.jpg", (900, 1200), "竹林のパンダ", "a panda in the bamboo grove")
def panda(s: Stage) -> None:
    s.fill((0, "#eaf6c9"), (0.5, "#b5dc8c"), (1, "#5f9c55"))
    s.glow(600, 200, 600, "#ffffe8", 0.9)
    for x in (60, 190, 330, 520, 700, 850, 960):
        made.bamboo(s, x + s.r(-20, 20), 26, "#a5cf7f")
    nature.haze(s, 700, 800, "#e8f5cf", 0.45)
    for x in (30, 150, 860, 975):
        made.bamboo(s, x, 58, "#5fa04e")
    for x, y in ((60, 330), (180, 560), (820, 260), (930, 520), (880, 760), (110, 820)):
        made.leaf_spray(s, x, y, 150, "#5fae4c", 6)
    nature.hills(s, 1080, 20, "#6fae52", "#3c7237")
    s.emoji("🐼", 505, 1150, 520, shadow=0.35)
    for x, size in ((250, 190), (400, 170), (600, 180), (760, 190), (505, 150)):
        made.leaf_spray(s, x, 1200, size, "#4f9a45", 9)
    nature.grass(s, 1090, 1340, 240, ["#4f9443", "#6fb55a", "#3c7d38"], (40, 90))


@picture(THEME, "swan-on-the-lake.webp", (1200, 800), "朝もやの湖に浮かぶ白鳥", "a swan on a misty lake in the morning")
def swan(s: Stage) -> None:
    s.fill((0, "#a9b9e6"), (0.4, "#f6d5d8"), (0.6, "#ffe9cf"), (1, "#ffe9cf"))
    nature.peaks(s, 430, 240, "#8f9fd0", "#f3dbe2", 5)
    nature.haze(s, 450, 260, "#fff0e6", 0.9)
    nature.pines(s, 16, (470, 490), (80, 150), "#6f86a8")
    nature.haze(s, 490, 130, "#fff3ea", 0.9)
    nature.water(s, 500, "#a78fc4", "#2f4d8f", "#ffffff", 90)
    s.reflection("🦢", 760, 752, 550, opacity=0.4)
    s.emoji("🦢", 760, 770, 560, shadow=0, shade=0.04)
    for rx in (230, 320, 420):
        s.ring(760, 752, rx, rx * 0.085, "#ffffff", 4, 0.8 - rx / 640)
    nature.haze(s, 560, 110, "#ffe9e4", 0.4)
    for x in (40, 90, 150, 1420, 1470):
        s.curve([(x, 1010), (x + 20, 860), (x + s.r(10, 60), s.r(700, 780))], "#5d7a52", 7)


@picture(THEME, "hedgehog-and-mushrooms.png", (600, 600), "きのことハリネズミ", "a hedgehog and mushrooms in the woods")
def hedgehog(s: Stage) -> None:
    s.fill((0, "#e7f0c2"), (0.5, "#9fbf78"), (1, "#4d6b3c"))
    s.glow(620, 150, 560, "#fffbe0", 0.9)
    for x, w in ((80, 70), (250, 44), (820, 60), (940, 84), (660, 34)):
        s.rect(x, -10, w, 760, s.across((0, "#a98a68"), (1, "#6b5038")), 0.8)
    nature.rays(s, 640, -60, 6, 1100, "#fffbe0", 0.18)
    nature.hills(s, 720, 16, "#7fa055", "#3f5a2f")
    s.emoji("🍄", 800, 820, 300, flip=True)
    s.emoji("🍄", 150, 790, 180)
    s.emoji("🦔", 450, 900, 430)
    nature.grass(s, 820, 1000, 190, ["#4f7a38", "#6b9a4a", "#3c602d"], (26, 64))
    nature.petals(s, 16, ["#d98b3a", "#c9a43f"], (8, 15))


@picture(
    THEME,
    "dolphin-and-rainbow.jpg",
    (1200, 900),
    "虹のかかる海で跳ねるイルカ",
    "a dolphin jumping out of the sea with a rainbow",
)
def dolphin(s: Stage) -> None:
    s.fill((0, "#4aa8ea"), (0.6, "#d4effc"), (1, "#ffffff"))
    for place, colour in enumerate(("#f26b6b", "#f7a35c", "#fbe26b", "#8ed081", "#6bb8ec", "#8f83dc")):
        s.ring(660, 640, 560 - place * 24, 560 - place * 24, colour, 25, 0.42)
    nature.cloud(s, 170, 330, 340)
    nature.cloud(s, 1180, 260, 340)
    nature.water(s, 620, "#4fb9d8", "#0f5f9f", "#ffffff", 110)
    s.emoji("🐬", 660, 440, 540, stand=False, turn=-6)
    for _ in range(60):
        s.ellipse(
            690 + s.rng.gauss(0, 150), 760 - abs(s.rng.gauss(0, 70)), s.r(3, 11), fill="#ffffff", opacity=s.r(0.5, 0.95)
        )
    for _ in range(14):
        s.ellipse(690 + s.rng.gauss(0, 130), 770 + s.r(-8, 14), s.r(40, 100), s.r(8, 18), "#ffffff", 0.65, s.blur(5))


@picture(THEME, "sheep-on-the-hill.webp", (1000, 750), "丘の上の羊", "a sheep on a green hill")
def sheep(s: Stage) -> None:
    s.fill((0, "#8fd0f5"), (0.7, "#f0fbff"), (1, "#ffffff"))
    nature.cloud(s, 300, 250, 420)
    nature.cloud(s, 1050, 190, 340)
    nature.hills(s, 560, 40, "#c3e59a", "#8cc76a")
    nature.pines(s, 8, (570, 600), (70, 130), "#5d9a5c")
    nature.hills(s, 690, 30, "#9bd56f", "#58a548")
    for x in range(60, 1340, 130):
        s.rect(x, 610, 18, 110, "#fbf7ee", 1, 4)
    s.rect(-5, 636, 1345, 14, "#fbf7ee")
    s.rect(-5, 676, 1345, 14, "#efe7d8")
    s.emoji("🐑", 600, 930, 500, cast=0.8)
    s.emoji("🐑", 1080, 830, 190, flip=True, cast=0.8)
    nature.grass(s, 720, 1000, 240, ["#5fb04f", "#82cc66", "#4a9743"])
    nature.flowers(s, 760, 1000, 30, ["#ffffff", "#ffe680"], (6, 13))


@picture(THEME, "horse-in-the-meadow.jpg", (1200, 800), "草原を走る馬", "a horse running in a green meadow")
def horse(s: Stage) -> None:
    s.fill((0, "#5fa9e0"), (0.6, "#ffe9c9"), (1, "#fff3dc"))
    nature.cloud(s, 1100, 210, 380, under="#e9d3c6")
    nature.peaks(s, 520, 260, "#6f8fb8", "#f2e3d6", 5, "#ffffff")
    nature.hills(s, 560, 30, "#b5d07a", "#8fb857")
    nature.pines(s, 14, (580, 620), (80, 140), "#4c7d54")
    nature.hills(s, 660, 24, "#a3cc5c", "#4f8f3a")
    s.emoji("🐎", 700, 915, 580, cast=-0.9, shadow=0.3)
    for x, y in ((980, 890), (1040, 870), (1110, 895)):
        s.ellipse(x, y, 50, 22, "#e8d9b0", 0.6, s.blur(9))
    nature.grass(s, 720, 1010, 300, ["#6aa843", "#8ec35a", "#4f8f3a"], (26, 60))


@picture(THEME, "parrot-in-the-jungle.jpg", (800, 1000), "ジャングルのオウム", "a parrot in the jungle")
def parrot(s: Stage) -> None:
    s.fill((0, "#d3f0a8"), (0.5, "#6fb56b"), (1, "#1f5a45"))
    s.glow(560, 180, 560, "#fbffd8", 0.9)
    nature.bokeh(s, 22, ["#ffffff", "#e6ff9f", "#b7f0a0"], (20, 70), 0, 800, 0.4)
    for x, y, size, colour in (
        (60, 240, 330, "#3f8f54"),
        (980, 160, 360, "#2f7d4c"),
        (930, 620, 330, "#27704a"),
        (40, 760, 340, "#256648"),
        (520, 40, 300, "#4b9d58"),
    ):
        made.leaf_spray(s, x, y, size, colour, 11)
    s.path(
        "M-20 950Q320 900 640 930Q860 948 1020 900L1020 950Q860 1000 640 985Q320 960 -20 1010Z",
        s.down((0, "#8a6242"), (1, "#4c3222")),
    )
    s.emoji("🦜", 500, 985, 620)
    for x, y, size in ((20, 1180, 330), (980, 1190, 380), (500, 1300, 320)):
        made.leaf_spray(s, x, y, size, "#17503c", 12)
    s.emoji("🌺", 170, 1120, 150, stand=False, turn=-12)
    s.emoji("🌺", 850, 1140, 170, stand=False, turn=14)
