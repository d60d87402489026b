"""The list of pictures: each scene enters itself with its file, its size and its captions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stage import Stage

Paint = Callable[[Stage], None]


@dataclass(frozen=True)
class Picture:
    """One picture of the sample library."""

    theme: str
    file: str
    size: tuple[int, int]
    japanese: str
    english: str
    paint: Paint

    @property
    def name(self) -> str:
        return self.file.rsplit(".", 1)[0]

    @property
    def suffix(self) -> str:
        return self.file.rsplit(".", 1)[1]


PICTURES: list[Picture] = []


def picture(theme: str, file: str, size: tuple[int, int], japanese: str, english: str) -> Callable[[Paint], Paint]:
    """Enter a scene in the list."""

    def enter(paint: Paint) -> Paint:
        PICTURES.append(Picture(theme, file, size, japanese, english, paint))
        return paint

    return enter
