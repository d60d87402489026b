#!/usr/bin/env python3
"""Damages libraries in every way that a disk knows, and a few more: every command must end with a right
answer or a sentence, and `mekiki doctor --repair` with a run of `mekiki index` must give the library
back as it was."""

import argparse
import json
import random
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path

from workbench import Workplace, check, contents, differences, finish, heading, leftovers
from workbench import make_images, run, start

SENTENCES = (65, 66, 69, 73, 74, 78)


def pages_by_name(catalog):
    """Which pages each table and index has, and the size of a page."""
    database = sqlite3.connect(f"file:{catalog}?mode=ro&immutable=1", uri=True)
    size = database.execute("PRAGMA page_size").fetchone()[0]
    pages = {}
    for name, number, kind in database.execute("SELECT name, pageno, pagetype FROM dbstat"):
        pages.setdefault((name, kind), []).append(number)
    database.close()
    return size, pages


def numbers(library):
    """The images' numbers by content: repaired libraries must not give them to others."""
    database = sqlite3.connect(f"file:{library}/catalog.sqlite?mode=ro&immutable=1", uri=True)
    found = dict(database.execute("SELECT hash, id FROM image"))
    database.close()
    return found


class Damage:
    """One way to damage a catalog's bytes."""

    def __init__(self, name, change):
        self.name, self.change = name, change


def flips(chance, page, size, count):
    def change(data):
        start = (page - 1) * size
        for _ in range(count):
            data[start + chance.randrange(size)] ^= 1 << chance.randrange(8)
    return change


def overwritten(chance, page, size, how):
    def change(data):
        start = (page - 1) * size
        length = size if how == "zero" else chance.choice((16, 512, 4096, size))
        offset = 0 if length == size else chance.randrange(size - length + 1)
        new = bytes(length) if how == "zero" else chance.randbytes(length)
        data[start + offset : start + offset + length] = new
    return change


def use(library, expected, name):
    """What the commands say of a damaged library; gives whether search was silently wrong."""
    found = run(library, "search", "--json", "--limit", "500", "red")
    stats = run(library, "stats", "--json")
    shown = run(library, "show", "1", "5", "9")
    doctor = run(library, "doctor", "--json")
    bad = []
    for command, outcome in (("search", found), ("stats", stats), ("show", shown), ("doctor", doctor)):
        if outcome.was_killed or not (outcome.status == 0 or (outcome.status in SENTENCES and outcome.sentence)):
            bad.append(f"{command}: {outcome.status} {outcome.err[-300:]}")
    if bad:
        check(False, f"{name}: {bad}")
    wrong = found.status == 0 and found.out != expected["search"]
    return wrong, doctor.status == 0, found.sentence or doctor.sentence


def repaired(library, images, reference, before, name):
    """Repairs, indexes, compares."""
    report = run(library, "doctor", "--repair", "--json")
    again = run(library, "index", "--quiet", images)
    if report.status != 0 or again.status != 0:
        check(False, f"{name}: repair {report.status} {report.sentence}, index {again.status} {again.sentence}", report)
        return None
    found = differences(reference, contents(library))
    after = numbers(library)
    given = {number: content for content, number in before.items()}
    taken = [number for content, number in after.items() if given.get(number, content) != content]
    doctor = run(library, "doctor", "--json")
    sound = doctor.status == 0
    left = [file for file in leftovers(library) if ".damaged-" not in file]
    if found or taken or not sound or left:
        check(False, f"{name}: {len(found)} differ {found[:3]}, numbers given twice {taken[:3]}, sound {sound}, left {left}")
        return None
    kept = sum(1 for content, number in before.items() if after.get(content) == number)
    document = json.loads(report.out.splitlines()[-1])["library"]
    return kept, document.get("repair")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--images", type=int, default=150)
    options.add_argument("--rounds", type=int, default=60)
    options.add_argument("--kills", type=int, default=20, help="kills of a repair")
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    given = options.parse_args()
    print(f"seed {given.seed}: repeat with --seed {given.seed}")
    chance = random.Random(given.seed)

    with Workplace("damage") as place:
        images, whole, library = place / "images", place / "whole", place / "library"
        make_images(images, given.images)
        assert run(whole, "index", images).status == 0
        reference, before = contents(whole), numbers(whole)
        expected = {"search": run(whole, "search", "--json", "--limit", "500", "red").out}
        expected["search"] = expected["search"].replace(str(whole), str(library))
        size, pages = pages_by_name(whole / "catalog.sqlite")
        last = (whole / "catalog.sqlite").stat().st_size // size
        print(f"  {last} pages of {size} bytes: " + ", ".join(f"{n} {k} {len(p)}" for (n, k), p in pages.items()))

        damages = []
        for (name, kind), where in sorted(pages.items()):
            page = chance.choice(where)
            damages.append(Damage(f"{kind} page {page} of {name} is zero", overwritten(chance, page, size, "zero")))
            damages.append(Damage(f"{kind} page {page} of {name} is noise", overwritten(chance, page, size, "noise")))
        damages.append(Damage("the header is zero", lambda data: data.__setitem__(slice(0, 100), bytes(100))))
        damages.append(Damage("cut in the middle", lambda data: data.__delitem__(slice(len(data) // 2 + 77, None))))
        damages.append(Damage("cut after a page", lambda data: data.__delitem__(slice(size, None))))
        damages.append(Damage("cut to 0 bytes", lambda data: data.clear()))
        damages.append(Damage("another file", lambda data: data.__setitem__(slice(0, None), b"holiday " * 4000)))
        for number in range(given.rounds):
            count = chance.choice((1, 1, 2, 5))
            parts = []
            for _ in range(count):
                page = chance.randrange(1, last + 1)
                parts.append(chance.choice((
                    flips(chance, page, size, chance.choice((1, 3, 20))),
                    overwritten(chance, page, size, "zero"),
                    overwritten(chance, page, size, "noise"),
                )))
            damages.append(Damage(f"round {number}", lambda data, parts=parts: [part(data) for part in parts]))

        heading(f"{len(damages)} damaged catalogs")
        silent, unnoticed, told, numbers_kept, mended = [], [], set(), [], 0
        for damage in damages:
            shutil.rmtree(library, ignore_errors=True)
            shutil.copytree(whole, library)
            data = bytearray((library / "catalog.sqlite").read_bytes())
            damage.change(data)
            (library / "catalog.sqlite").write_bytes(data)
            wrong, passed, sentence = use(library, expected, damage.name)
            told.add(sentence.split(": ", 2)[-1][:160])
            if passed:
                # What changed is no part of a row, or stands in no table.
                (silent if wrong else unnoticed).append(damage.name)
                continue
            result = repaired(library, images, reference, before, damage.name)
            if result:
                mended += 1
                numbers_kept.append(result[0])
                if result[1]:
                    kept = Path(result[1]["keptAs"])
                    if not kept.exists() or (data and kept.stat().st_size < len(data) // 2):
                        check(False, f"{damage.name}: the damaged file is not kept")
        print("  what was said:")
        for sentence in sorted(told):
            print(f"        {sentence}")
        total = len(damages) - len(silent) - len(unnoticed)
        check(mended == total, f"{mended} of {total} that the doctor noticed were mended, and indexed to be equal")
        average = sum(numbers_kept) / max(1, len(numbers_kept))
        print(f"  of {len(before)} images, {average:.0f} kept their number on average")
        print(f"  {len(unnoticed)} not noticed, with right answers: {unnoticed}")
        check(not silent, f"{len(silent)} not noticed, with other answers {silent}")

        heading("The files beside the catalog")
        for name, change in {
            "the log is noise": lambda: (library / "catalog.sqlite-wal").write_bytes(chance.randbytes(50_000)),
            "an index without its log": lambda: (library / "catalog.sqlite-shm").write_bytes(chance.randbytes(32768)),
            "the lock is noise": lambda: (library / "indexer.lock").write_bytes(chance.randbytes(100)),
        }.items():
            shutil.rmtree(library, ignore_errors=True)
            shutil.copytree(whole, library)
            change()
            found = run(library, "search", "--json", "--limit", "500", "red")
            check(found.out == expected["search"], f"{name}: search answers as before", found)
            again = run(library, "index", "--quiet", images)
            check(again.status == 0 and not differences(reference, contents(library)), f"{name}: index ends equal", again)

        for name, new in {"0 bytes": b"", "cut": None, "noise": chance.randbytes(3000)}.items():
            shutil.rmtree(library, ignore_errors=True)
            shutil.copytree(whole, library)
            thumbnail = next(file for file in sorted(library.rglob("*.webp")))
            thumbnail.write_bytes(thumbnail.read_bytes()[:40] if new is None else new)
            doctor = run(library, "doctor")
            check("1 image without a thumbnail" in doctor.out, f"a thumbnail is {name}: the doctor notices", doctor)
            doctor = run(library, "doctor", "--repair")
            same = not differences(reference, contents(library))
            check("1 thumbnail made." in doctor.out and same, f"a thumbnail is {name}: it is made anew", doctor)

        heading(f"{given.kills} kills of a repair")
        def damaged_copy():
            shutil.rmtree(library, ignore_errors=True)
            shutil.copytree(whole, library)
            data = bytearray((library / "catalog.sqlite").read_bytes())
            for (name, kind), where in pages.items():
                if kind == "leaf" and len(where) > 1:
                    overwritten(chance, where[0], size, "noise")(data)
            (library / "catalog.sqlite").write_bytes(data)

        damaged_copy()
        begin = time.monotonic()
        run(library, "doctor", "--repair")
        duration = time.monotonic() - begin
        bad = []
        for number in range(given.kills):
            damaged_copy()
            process = start(library, "doctor", "--repair")
            time.sleep(duration * (number + chance.random()) / given.kills)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            if repaired(library, images, reference, before, f"kill {number}") is None:
                bad.append(number)
        check(not bad, f"{given.kills} kills spread over {duration:.2f} s: {len(bad)} not equal in the end")
    finish()


if __name__ == "__main__":
    main()
