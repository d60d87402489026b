"""Pictures to search with: their subjects are in the library, they themselves are not."""

from __future__ import annotations

import nature
from catalogue import picture
from stage import Stage, smooth

THEME = "queries"


@picture(THEME, "turtle-on-the-sand.jpg", (800, 600), "砂浜のカメ", "a turtle on the sand")
def turtle(s: Stage) -> None:
    s.fill((0, "#f7cfa4"), (0.5, "#ffe9cf"), (1, "#fff3df"))
    nature.sun(s, 1020, 230, 60)
    nature.water(s, 430, "#8fd0d8", "#3f9fb5", waves=40, until=640)
    s.path(
        smooth([(-40, 640), (300, 600), (700, 630), (1380, 590)]) + "L1380 1010L-40 1010Z",
        s.down((0, "#fbe6b8"), (1, "#dcb377")),
    )
    s.emoji("🐢", 640, 890, 430, flip=True, cast=0.6)
    s.emoji("🐚", 250, 930, 110, cast=0.6)
