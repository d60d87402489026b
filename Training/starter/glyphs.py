"""The glyphs that scenes are composed of: emoji drawings with Japanese and English names.

Drawings come from Noto Color Emoji (its CBDT strike of 136 x 128 pixels), names and keywords from the
Unicode CLDR annotations. Only glyphs named in both languages are kept; skin-tone variants (they would be
near-identical neighbours of one another) and flags are left out.

The order of the list is deterministic (by id), so an index into it may be stored.
"""

from __future__ import annotations

import io
import os
import pickle
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

FONT = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
CLDR = Path("/usr/share/unicode/cldr/common")
CACHE_VARIABLE = "MEKIKI_TRAINING_CACHE"

_SKIN_TONES = set(range(0x1F3FB, 0x1F400))
_REGIONAL = set(range(0x1F1E6, 0x1F200))
_TAGS = set(range(0xE0020, 0xE0080))
# Flags that are neither regional pairs nor tag sequences: the black and white flags and what is joined to them.
_FLAG_BASES = {0x1F3F3, 0x1F3F4}
_PRESENTATION = 0xFE0F


@dataclass
class Glyph:
    """One drawing and what people call it."""

    id: str  # hex code points joined by "-", for example "1f431"
    name_ja: str
    name_en: str
    keywords_ja: list[str]
    keywords_en: list[str]
    image: Image.Image  # RGBA, trimmed to its bounding box
    group: str | None = None


def cache_directory() -> Path:
    """Where rendered things are kept between runs: outside the repository, always."""
    return Path(os.environ.get(CACHE_VARIABLE, "~/.cache/mekiki-training")).expanduser()


def _annotations(language: str) -> dict[str, tuple[str, list[str]]]:
    names: dict[str, str] = {}
    keywords: dict[str, list[str]] = {}
    for folder in ("annotations", "annotationsDerived"):
        tree = ElementTree.parse(CLDR / folder / f"{language}.xml")
        for node in tree.iter("annotation"):
            characters = node.attrib["cp"].replace(chr(_PRESENTATION), "")
            text = (node.text or "").strip()
            if not text or text == "↑↑↑":
                continue
            if node.attrib.get("type") == "tts":
                names[characters] = text
            else:
                keywords[characters] = [word.strip() for word in text.split("|") if word.strip()]
    return {key: (name, [w for w in keywords.get(key, []) if w != name]) for key, name in names.items()}


def _is_wanted(characters: str) -> bool:
    points = {ord(c) for c in characters}
    if points & (_SKIN_TONES | _REGIONAL | _TAGS):
        return False
    return ord(characters[0]) not in _FLAG_BASES


class _Strike:
    """Reads bitmaps out of the font: cmap for single characters, ligature lookups for joined ones."""

    def __init__(self, path: Path) -> None:
        from fontTools.ttLib import TTFont

        font = TTFont(str(path))
        self.cmap: dict[int, str] = font.getBestCmap()
        self.bitmaps = font["CBDT"].strikeData[0]
        self.ligatures: dict[tuple[str, ...], str] = {}
        for lookup in font["GSUB"].table.LookupList.Lookup:
            for table in lookup.SubTable:
                table = getattr(table, "ExtSubTable", table)
                for first, ligatures in getattr(table, "ligatures", {}).items():
                    for ligature in ligatures:
                        self.ligatures.setdefault((first, *ligature.Component), ligature.LigGlyph)

    def image(self, characters: str) -> Image.Image | None:
        names = tuple(self.cmap.get(ord(c), "") for c in characters)
        name = names[0] if len(names) == 1 else self.ligatures.get(names)
        if name is None and len(names) > 1:
            selector = self.cmap.get(_PRESENTATION)
            if selector:  # some fonts spell keycaps and the like with the selector
                name = self.ligatures.get((names[0], selector, *names[1:]))
        if not name or name not in self.bitmaps:
            return None
        data = getattr(self.bitmaps[name], "imageData", None)
        if not data:
            return None
        image = Image.open(io.BytesIO(data)).convert("RGBA")
        box = image.getchannel("A").getbbox()
        return image.crop(box) if box else None


def _render() -> list[dict]:
    japanese, english = _annotations("ja"), _annotations("en")
    strike = _Strike(FONT)
    rows = []
    for characters in sorted(japanese.keys() & english.keys()):
        if not _is_wanted(characters):
            continue
        image = strike.image(characters)
        if image is None:
            continue
        rows.append({
            "id": "-".join(f"{ord(c):x}" for c in characters),
            "ja": japanese[characters],
            "en": english[characters],
            "size": image.size,
            "pixels": image.tobytes(),
        })
    rows.sort(key=lambda row: row["id"])
    return rows


def load_glyphs(cache: str | Path | None = None) -> list[Glyph]:
    """All glyphs named in both languages, in a deterministic order; rendered once, then read from the cache."""
    folder = Path(cache).expanduser() if cache else cache_directory()
    stored = folder / "glyphs-1.pickle"
    if stored.exists():
        rows = pickle.loads(stored.read_bytes())
    else:
        rows = _render()
        folder.mkdir(parents=True, exist_ok=True)
        temporary = stored.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(pickle.dumps(rows))
        temporary.replace(stored)
    return [
        Glyph(
            id=row["id"],
            name_ja=row["ja"][0],
            name_en=row["en"][0],
            keywords_ja=row["ja"][1],
            keywords_en=row["en"][1],
            image=Image.frombytes("RGBA", row["size"], row["pixels"]),
        )
        for row in rows
    ]


if __name__ == "__main__":
    glyphs = load_glyphs()
    print(len(glyphs), "glyphs")
    for glyph in glyphs[:: max(1, len(glyphs) // 12)]:
        print(glyph.id, glyph.name_ja, glyph.name_en, glyph.keywords_ja, glyph.keywords_en, glyph.image.size)
