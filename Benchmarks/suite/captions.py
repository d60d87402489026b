"""Japanese captions from the words of a dictionary, for measuring full text.

Words are drawn as they occur in texts: the second half as often as the first, and so on (Zipf). 京都 and
東京都, one of which stands inside the other, are in a fiftieth of the captions each.
"""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass
from pathlib import Path

from .places import WORK

DICTIONARY = Path("/usr/share/mecab/dic/ipadic")
KYOTO, TOKYO = "京都", "東京都"
SHARE = 50
PHRASES = (
    "{place}で{a}と{b}",
    "{a}のある{place}の{b}",
    "{place}の{b}、{a}の写真",
    "{a}を見る{b}、{place}にて",
    "{b}と{a}。{c}の前で撮影",
    "{c}のそばの{a}と、{place}から来た{b}",
)


@dataclass(frozen=True)
class Captions:
    """The captions, the file they are in, and the words they were made of."""

    file: Path
    lines: list[str]
    nouns: list[str]


def words(name: str) -> list[str]:
    """The entries of one file of the dictionary that are written with Japanese characters alone."""
    with (DICTIONARY / name).open(encoding="euc_jp", newline="") as file:
        entries = dict.fromkeys(row[0] for row in csv.reader(file))
    return [entry for entry in entries if re.fullmatch(r"[ぁ-ゖァ-ヺー一-鿿]{2,6}", entry)]


def made(count: int) -> Captions:
    """The same for the same count."""
    source = random.Random(7)
    nouns = words("Noun.csv")
    places = [place for place in words("Noun.place.csv") if KYOTO not in place]
    source.shuffle(nouns)
    source.shuffle(places)
    # What a library has of the dictionary: its common words.
    nouns, places = nouns[:12_000], places[:2_000]
    common = [1 / (place + 10) for place in range(len(nouns))]
    near = [1 / (place + 10) for place in range(len(places))]
    lines = []
    for number in range(count):
        a, b, c = source.choices(nouns, common, k=3)
        place = source.choices(places, near)[0]
        if number % SHARE == 0:
            place = KYOTO
        elif number % SHARE == 1:
            place = TOKYO
        lines.append(source.choice(PHRASES).format(a=a, b=b, c=c, place=place))
    folder = WORK / "captions"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{count}.txt"
    file.write_text("\n".join(lines) + "\n")
    return Captions(file, lines, nouns)
