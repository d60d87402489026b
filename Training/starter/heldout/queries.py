"""Queries for the scenes, worded as somebody would type them into a search box.

Mostly the objects' names; sometimes a keyword instead, but only one that belongs to a single concept, since
"face" or "乗り物" would rightly find many other scenes. Sometimes with the background in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from glyphs import Glyph

from .scenes import Scene, concept

QUERY_STREAM = 21
KEYWORD_PART, BACKGROUND_PART = 0.15, 0.35

LOOSE = frozenset(
    """
wise boring secure oh sorry changing personal totally intelligent flirting female regal wavy innocent joke board
assistance emergency family growing beating anxious exasperation flash witness streamer iron south north northeast
southeast northwest burn shooting emblem autumn fever cooked Americas american numbers melt jump soar Mrs. third
自然 受ける ちょっと 手がかり 巨大 マニア ふんわり 重たい 跳ね返り 呼吸 数学 左右 観測 1人 アウター オーバー トップ バック
東京 ニューヨーク ヨーロッパ 持ち帰り リズム 研究 ときめき 全曲 世界
""".split()
)
"""Keywords that belong to one concept in the lists but would not be typed to find it."""


@dataclass(frozen=True)
class Query:
    """The words that should find one scene."""

    japanese: str
    english: str
    name_japanese: str | None
    """The bare name, for scenes of one object."""
    name_english: str | None


class Wording:
    """Writes queries; knows which keywords are specific."""

    def __init__(self, glyphs: Sequence[Glyph], seed: int) -> None:
        self.seed = seed
        self.users: dict[str, set[str]] = defaultdict(set)
        for glyph in glyphs:
            for word in {*glyph.keywords_ja, *glyph.keywords_en, glyph.name_ja, glyph.name_en}:
                self.users[word.lower()].add(concept(glyph))

    def query(self, scene: Scene) -> Query:
        rng = np.random.default_rng([self.seed, QUERY_STREAM, scene.index])
        japanese = [self._word(glyph.name_ja, glyph.keywords_ja, rng) for glyph in scene.glyphs]
        english = [self._word(glyph.name_en, glyph.keywords_en, rng) for glyph in scene.glyphs]
        with_background = rng.random() < BACKGROUND_PART
        alone = len(scene.glyphs) == 1
        return Query(
            self._japanese(japanese, scene.first.japanese if with_background else None, rng),
            self._english(english, scene.first.english if with_background else None, rng),
            scene.glyphs[0].name_ja if alone else None,
            scene.glyphs[0].name_en if alone else None,
        )

    def _word(self, name: str, keywords: Sequence[str], rng: np.random.Generator) -> str:
        specific = [
            word for word in keywords if len(word) > 1 and word not in LOOSE and len(self.users[word.lower()]) == 1
        ]
        if specific and rng.random() < KEYWORD_PART:
            return specific[int(rng.integers(len(specific)))]
        return name

    @staticmethod
    def _japanese(words: list[str], background: str | None, rng: np.random.Generator) -> str:
        joined = words[0]
        if len(words) > 1:
            joined = "と".join(words) if rng.random() < 0.75 else "、".join(words)
        ending = "の絵" if rng.random() < 0.12 else ""
        return f"{background or ''}{joined}{ending}"

    @staticmethod
    def _english(words: list[str], background: str | None, rng: np.random.Generator) -> str:
        named = [_with_article(word) for word in words] if rng.random() < 0.4 else words
        joined = named[0]
        if len(named) == 2:
            joined = f"{named[0]} and {named[1]}"
        elif len(named) > 2:
            joined = f"{', '.join(named[:-1])} and {named[-1]}"
        opening = "picture of " if rng.random() < 0.12 else ""
        return f"{opening}{joined}{' ' + background if background else ''}"


def _with_article(word: str) -> str:
    """An article where a plain noun can take one."""
    plain = word[:1].isalpha() and word[:1].islower() and not word.endswith("s") and ":" not in word
    if not plain:
        return word
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
