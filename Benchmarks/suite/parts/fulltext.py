"""Words in 200,000 captions: whether they are found, in which order, how fast, at what size."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import numpy

from ..captions import KYOTO, TOKYO, Captions, made
from ..places import BENCHMARKS, WORK, program
from ..rounds import Resident, run_rounds
from ..settings import Settings

COUNT = 200_000
# Words searched for the times, by how many captions have them.
GROUPS = {"≤ 0.1 %": (0, 0.001), "≤ 1 %": (0.001, 0.01), "> 1 %": (0.01, 1.0)}
WORDS_OF_A_GROUP = 100


def run(settings: Settings) -> dict:
    count = COUNT // 20 if settings.quick else COUNT
    captions = made(count)
    folder = captions.file.parent
    catalog = folder / "catalog.sqlite"
    with ExitStack() as stack:
        print(f"putting {count:,} captions into a catalog", flush=True)
        mekiki = Resident(
            "mekiki",
            [
                program("mekiki-bench"), "fulltext", "--captions", captions.file,
                "--catalog", catalog,
            ],
        )  # fmt: skip
        stack.callback(mekiki.close)
        peer = Resident(
            "trigrams",
            [sys.executable, "-m", "suite.captions_peer", captions.file, folder / "trigrams.sqlite"],
            BENCHMARKS,
        )
        stack.callback(peer.close)
        numbers = {
            "captions": count,
            "built": {"mekiki": mekiki.ask("built"), "trigrams": peer.ask("built")},
            "size": sizes(catalog) | {"trigrams": (folder / "trigrams.sqlite").stat().st_size},
            "found": recall(mekiki, captions, folder),
            "order": order(mekiki, captions, folder),
            "groups": times(settings, {"mekiki": mekiki, "trigrams": peer}, captions, folder),
        }
    print(f"  {numbers['found']}, {numbers['order']}", flush=True)
    return numbers


def ask(mekiki: Resident, words: list[str], folder: Path) -> list[dict]:
    """What is found for each word."""
    (folder / "words.txt").write_text("\n".join(words) + "\n")
    mekiki.ask("found", folder / "words.txt", folder / "found.jsonl")
    return [json.loads(line) for line in (folder / "found.jsonl").read_text().splitlines()]


def folded(text: str) -> str:
    """As the index folds: katakana is hiragana."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(chr(ord(one) - 0x60) if "ァ" <= one <= "ヶ" else one for one in text)


def recall(mekiki: Resident, captions: Captions, folder: Path) -> dict:
    """Every word of two characters that some caption has: found in as many as have it?"""
    pairs: Counter[str] = Counter()
    for line in captions.lines:
        runs = re.findall(r"[ぁ-ゖー一-鿿]+", folded(line))
        pairs.update({run[at : at + 2] for run in runs for at in range(len(run) - 1)})
    words = [word for word in captions.nouns if len(word) == 2 and pairs[folded(word)]]
    found = ask(mekiki, words, folder)
    missed = [
        word
        for word, own in zip(words, found, strict=True)
        if own["total"] != pairs[folded(word)]
    ]
    return {"words": len(words), "differing": len(missed), "examples": missed[:10]}


def order(mekiki: Resident, captions: Captions, folder: Path) -> dict:
    """How many of the first twenty for 京都 have it as a word, not inside of 東京都."""
    (own,) = ask(mekiki, [KYOTO], folder)
    right = [KYOTO in captions.lines[row].replace(TOKYO, "") for row in own["first"]]
    return {"precision": sum(right) / len(right), "matches": own["total"]}


def times(
    settings: Settings, engines: dict[str, Resident], captions: Captions, folder: Path
) -> dict:
    """Milliseconds a search, by how frequent the word is."""
    source = random.Random(3)
    text = "\n".join(captions.lines)
    groups: dict[str, list[str]] = {name: [] for name in GROUPS}
    nouns = list(captions.nouns)
    source.shuffle(nouns)
    # Frequent words are few: the phrases' own stand for them.
    for word in ["写真", "撮影", "から", KYOTO, TOKYO, *nouns]:
        share = text.count(word) / len(captions.lines)
        for name, (least, most) in GROUPS.items():
            if least < share <= most and len(groups[name]) < WORDS_OF_A_GROUP:
                groups[name].append(word)
    tasks: dict = {}
    own: dict = {}
    for place, (name, words) in enumerate(groups.items()):
        file = folder / f"group-{place}.txt"
        file.write_text("\n".join(words) + "\n")
        for engine, resident in engines.items():

            def read(key=(name, engine), file=file, resident=resident) -> dict:
                answer = resident.ask("run", file, settings.reading)
                own.setdefault(key, []).append((answer["median"], answer["slowest"]))
                return answer

            tasks[name, engine] = read
    cells = run_rounds(
        tasks,
        seconds=settings.budget(120),
        patience=settings.patience,
        rounds=settings.rounds,
        least=settings.least,
    )
    table: dict = {}
    for name, words in groups.items():
        table[name] = {"words": len(words)}
        for engine in engines:
            readings = cells[name, engine].readings
            pairs = list(zip(own.get((name, engine), []), readings, strict=False))
            clean = [pair for pair, reading in pairs if reading.is_clean]
            median, slowest = numpy.median(clean or [pair for pair, _ in pairs], 0)
            table[name][engine] = {
                "median": round(float(median), 3),
                "slowest": round(float(slowest), 3),
                "clean": len(clean),
            }
            print(f"  {name}, {engine}: {median:.2f} ms, 99 of 100 {slowest:.2f}", flush=True)
    return table


def sizes(catalog: Path) -> dict:
    """Bytes of the full-text index with its texts, and of everything."""
    database = sqlite3.connect(f"file:{catalog}?mode=ro", uri=True)
    rows = database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    database.close()
    return {
        "index": sum(size for name, size in rows if re.match("text_(fts|words)", name)),
        "catalog": sum(size for _, size in rows),
    }
