"""Captions in Japanese and English for a composed scene.

A scene is a list of glyph indices (repeats are counts), perhaps a labelled background, perhaps one drawn
shape. Captions are sometimes one bare word (people search that way), sometimes names joined by "and", sometimes
a phrase with the background, and they sometimes leave the background out.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field

from glyphs import Glyph
from words import BACKGROUNDS, COLOURS, SHAPES, everyday

_KATAKANA = re.compile(r"^[ァ-ヶー]+$")
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_ANIMAL_JA = {"動物", "鳥", "虫", "魚", "ペット", "海の生き物"}
_NUMBERS_EN = {2: "two", 3: "three"}
_NO_PLURAL = {"fish", "sheep", "money", "music", "water", "rice", "bread", "snow", "rain", "fire"}


@dataclass
class Content:
    """What a picture holds, as far as captions may speak of it."""

    glyphs: list[int] = field(default_factory=list)
    background: str | None = None
    shape: tuple[str, str] | None = None


def plural(word: str) -> str:
    """A regular English plural; wrong for a handful of words, which does no harm in training."""
    if word in _NO_PLURAL or word.endswith("s"):
        return word
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("mouse"):
        return word[:-5] + "mice"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    if re.search(r"(x|ch|sh|z)$", word):
        return word + "es"
    return word + "s"


def article(word: str) -> str:
    return ("an " if word[:1].lower() in "aeiou" else "a ") + word


class Lexicon:
    """For every glyph: its name and the other words for it, in both languages."""

    def __init__(self, glyphs: list[Glyph]) -> None:
        extra = everyday()
        self.glyphs = glyphs
        self.names = {"ja": [g.name_ja for g in glyphs], "en": [g.name_en for g in glyphs]}
        self.others: dict[str, list[list[str]]] = {"ja": [], "en": []}
        self.common: dict[str, list[list[str]]] = {"ja": [], "en": []}
        self.animal: list[bool] = []
        for glyph in glyphs:
            ja_extra, en_extra = extra.get(glyph.id, ([], []))
            ja_words = list(dict.fromkeys(glyph.keywords_ja))
            for word in [glyph.name_ja, *glyph.keywords_ja]:
                if _KATAKANA.match(word) and 2 <= len(word) <= 5 and "ー" not in word:
                    hiragana = word.translate(_TO_HIRAGANA)
                    if hiragana not in ja_words:
                        ja_words.append(hiragana)
            self.others["ja"].append(ja_words)
            self.others["en"].append(list(dict.fromkeys(glyph.keywords_en)))
            self.common["ja"].append(ja_extra)
            self.common["en"].append(en_extra)
            self.animal.append(bool(_ANIMAL_JA & set(glyph.keywords_ja)))
        counts = {lang: Counter(w for ws in self.others[lang] for w in ws) for lang in ("ja", "en")}
        # A word shared by very many glyphs ("face") says little; it is drawn less often.
        self.weights = {
            lang: [[1.0 / counts[lang][w] ** 0.5 for w in ws] for ws in self.others[lang]] for lang in ("ja", "en")
        }

    def all_words(self) -> dict[str, int]:
        """Every name and keyword with a rough frequency, for the tokenizer."""
        words: Counter[str] = Counter()
        for lang in ("ja", "en"):
            for i, name in enumerate(self.names[lang]):
                words[name] += 3
                words.update(self.others[lang][i])
                for word in self.common[lang][i]:
                    words[word] += 3
        return dict(words)

    def vocabulary(self) -> list[tuple[str, dict[int, float]]]:
        """Every distinct word of both languages with the glyphs it may mean: a name weighs more than a keyword."""
        table: dict[str, dict[int, float]] = {}
        for lang in ("ja", "en"):
            for index in range(len(self.glyphs)):
                for words, weight in (([self.names[lang][index]], 4.0), (self.common[lang][index], 4.0), (self.others[lang][index], 1.0)):
                    for word in words:
                        meant = table.setdefault(word.lower(), {})
                        meant[index] = max(meant.get(index, 0.0), weight)
        return sorted(table.items())

    def word(self, rng: random.Random, index: int, lang: str, bare: float = 0.0) -> str:
        """A word for one glyph: mostly its name, else an everyday word or a keyword."""
        common, others = self.common[lang][index], self.others[lang][index]
        draw = rng.random()
        if common and draw < 0.3 + bare:
            return rng.choice(common)
        if others and draw > 0.74:
            return rng.choices(others, self.weights[lang][index])[0]
        name = self.names[lang][index]
        if lang == "ja" and rng.random() < 0.15 and name.endswith("の顔"):
            return name[:-2]
        if lang == "en" and rng.random() < 0.15 and name.endswith(" face") and name.count(" ") == 1:
            return name[:-5]
        return name


_JA_FRAMES = ["{}のイラスト", "{}の絵", "{}の画像", "{}がある絵", "{}のアイコン", "{}を描いた絵", "{}の写真", "{}がいる",
              "{}の図", "かわいい{}"]
_EN_FRAMES = ["a drawing of {}", "an illustration of {}", "a picture of {}", "an image of {}", "an icon of {}",
              "{} clip art", "a photo of {}", "picture with {}", "there is {}", "emoji of {}"]


class Captioner:
    """Makes captions; one per language from the same content, each drawn on its own."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def caption(self, rng: random.Random, content: Content, lang: str, bare: float = 0.35) -> tuple[str, bool]:
        """Returns the caption and whether it speaks of the background."""
        objects = self._objects(rng, content, lang, bare)
        speaks = bool(content.background) and (not objects or rng.random() < 0.4)
        text = self._japanese(rng, objects, content, speaks) if lang == "ja" else self._english(rng, objects, content, speaks)
        framed = rng.random() < (0.12 if len(objects) <= 1 and not speaks else 0.22)
        if framed:
            text = rng.choice(_JA_FRAMES if lang == "ja" else _EN_FRAMES).format(text)
        return text, speaks

    def _objects(self, rng: random.Random, content: Content, lang: str, bare: float) -> list[str]:
        lexicon = self.lexicon
        counts = Counter(content.glyphs)
        order = list(counts)
        rng.shuffle(order)
        single = len(order) == 1 and not content.shape
        result = []
        for index in order:
            word = lexicon.word(rng, index, lang, bare if single else 0.1)
            count = counts[index]
            if lang == "ja":
                if count > 1 and rng.random() < 0.7:
                    animal = lexicon.animal[index]
                    forms = {
                        2: ["二匹の", "2匹の"] if animal else ["二つの", "2つの", "ふたつの"],
                        3: ["三匹の", "3匹の"] if animal else ["三つの", "3つの", "みっつの"],
                    }[count]
                    word = rng.choice([*forms, *forms, "たくさんの"]) + word
                elif count == 1 and rng.random() < 0.03:
                    word = ("一匹の" if lexicon.animal[index] else "一つの") + word
            else:
                if count > 1 and rng.random() < 0.8:
                    many = plural(word)
                    word = rng.choice([f"{_NUMBERS_EN[count]} {many}", f"{_NUMBERS_EN[count]} {many}", many, f"many {many}"])
                elif count == 1:
                    draw = rng.random()
                    if draw < (0.12 if single else 0.35):
                        word = article(word)
                    elif draw < 0.45 and not single:
                        word = "the " + word if draw < 0.38 else word
            result.append(word)
        if content.shape:
            colour, shape = content.shape
            ja, en = SHAPES[shape]
            _, adjective, _, english = COLOURS[colour]
            word = adjective + rng.choice(ja) if lang == "ja" else f"{english} {rng.choice(en)}"
            if lang == "en" and rng.random() < 0.3:
                word = article(word)
            result.insert(rng.randrange(len(result) + 1), word)
        return result

    @staticmethod
    def _japanese(rng: random.Random, objects: list[str], content: Content, speaks: bool) -> str:
        if not objects:
            return rng.choice(BACKGROUNDS[content.background][0]) if content.background else "背景"
        if len(objects) == 1:
            text = objects[0]
        else:
            joint = rng.choice(["と", "と", "と", "と", "、", "・", " ", "や"])
            text = joint.join(objects)
            if len(objects) == 3 and rng.random() < 0.25:
                text = f"{objects[0]}、{objects[1]}と{objects[2]}"
        if speaks and content.background:
            nouns, modifiers, _, _ = BACKGROUNDS[content.background]
            draw = rng.random()
            if draw < 0.6:
                text = rng.choice(modifiers) + text
            elif draw < 0.8:
                text = f"{rng.choice(nouns)}と{text}"
            elif draw < 0.9:
                text = f"{text}、{rng.choice(nouns)}"
            else:
                text = f"{rng.choice(nouns)} {text}"
        return text

    @staticmethod
    def _english(rng: random.Random, objects: list[str], content: Content, speaks: bool) -> str:
        if not objects:
            return rng.choice(BACKGROUNDS[content.background][2]) if content.background else "background"
        if len(objects) == 1:
            text = objects[0]
        else:
            last = rng.choice([" and ", " and ", " and ", " and ", ", ", " with ", ", and ", " "])
            text = ", ".join(objects[:-1]) + last + objects[-1]
            if len(objects) == 3 and rng.random() < 0.3:
                text = " and ".join(objects)
        if speaks and content.background:
            _, _, nouns, modifiers = BACKGROUNDS[content.background]
            draw = rng.random()
            if draw < 0.65:
                text = f"{text} {rng.choice(modifiers)}"
            elif draw < 0.85:
                text = f"{text} with {rng.choice(nouns)}"
            else:
                text = f"{text}, {rng.choice(nouns)}"
        return text

    def fixed_words(self) -> dict[str, int]:
        """Words of the templates, so that the tokenizer knows them well."""
        words: Counter[str] = Counter()
        for frame in [*_JA_FRAMES, *_EN_FRAMES]:
            for piece in frame.split("{}"):
                words[piece] += 10
        for ja, ja_modifiers, en, en_modifiers in BACKGROUNDS.values():
            for word in [*ja, *ja_modifiers, *en, *en_modifiers]:
                words[word] += 5
        for _, adjective, noun, english in COLOURS.values():
            for word in (adjective, noun, english):
                words[word] += 20
        for ja, en in SHAPES.values():
            for word in [*ja, *en]:
                words[word] += 10
        for word in ["と", "や", "の", "に", "が", "を", "、", "・", ",", "and", "with", "the", "a", "an", "of",
                     "二匹の", "三匹の", "二つの", "三つの", "2匹の", "3匹の", "2つの", "3つの", "たくさんの", "many", "two", "three"]:
            words[word] += 50
        return dict(words)
