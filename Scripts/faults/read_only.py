#!/usr/bin/env python3
"""Uses libraries that can't be written: in a folder of somebody else, and on a disk that is mounted to
be only read; with and without a write-ahead log and its index. Needs root, to become somebody else and
to mount."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import workbench
from workbench import CHECKOUT, NOBODY, Workplace, check, finish, heading, make_images, run, start

MADE_ANEW = "?size=256"


def public_program(place):
    """Copies the program and its data to where nobody can read them."""
    folder = place / "program"
    (folder / "Sources/MekikiServer").mkdir(parents=True)
    shutil.copy(workbench.PROGRAM, folder / "mekiki")
    shutil.copytree(CHECKOUT / "Models", folder / "Models")
    shutil.copytree(CHECKOUT / "Sources/MekikiServer/Web", folder / "Sources/MekikiServer/Web")
    subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
    workbench.PROGRAM = folder / "mekiki"
    return {"MEKIKI_DATA": str(folder), "HOME": "/nonexistent"}


def library_with_log(place, more):
    """A library of which half is in its write-ahead log, as a power cut leaves it."""
    library = place / "original"
    images = place / "images"
    make_images(images, 60)
    assert run(library, "index", images).status == 0
    # A reader that stays holds up what would put the log into the file.
    reader = sqlite3.connect(library / "catalog.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM image").fetchone()
    make_images(images, 90)
    assert run(library, "index", images).status == 0
    for name in ("log", "log and index"):
        shutil.copytree(library, place / name)
        os.unlink(place / name / "catalog.sqlite-shm") if name == "log" else None
    reader.close()
    assert run(library, "stats").status == 0
    shutil.copytree(library, place / "no log")
    for name in ("no log", "log", "log and index"):
        assert ((place / name / "catalog.sqlite-wal").exists()) == (name != "no log")
    return library, images


def state(library):
    """All bytes of a library, to see whether anything was written."""
    return {str(file): file.read_bytes() for file in library.rglob("*") if file.is_file()}


def served(library, data, address_file, **more):
    """Starts a server, and gives it with its address."""
    server = start(library, "serve", "--port", "0", "--json", user=NOBODY, **data)
    line = server.stdout.readline()
    return server, json.loads(line)["address"] if line else None


def get(address, path):
    try:
        with urllib.request.urlopen(address.rstrip("/") + path, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def use(library, images, expected, data, place):
    """What must work in a library that can't be written, and what must say why it doesn't."""
    before = state(library)
    as_nobody = dict(user=NOBODY, **data)
    found = run(library, "search", "--json", "--limit", "200", "red", **as_nobody)
    check(found.status == 0 and found.out == expected["search"], "search answers as for its owner", found)
    shown = run(library, "show", "1", **as_nobody)
    check(shown.status == 0 and shown.out == expected["show"], "show answers as for its owner", shown)
    stats = run(library, "stats", "--json", **as_nobody)
    count = json.loads(stats.out).get("images") if stats.status == 0 else None
    check(count == expected["images"], f"stats counts {expected['images']} images", stats)
    doctor = run(library, "doctor", **as_nobody)
    check(doctor.status == 0 and "The catalog is sound." in doctor.out, "doctor finds it sound", doctor)
    server, address = served(library, data, place)
    check(address is not None, "serve starts")
    if address:
        status, body = get(address, "/api/v1/search?q=red&limit=3")
        check(status == 200 and json.loads(body)["total"] == expected["total"], "serve searches")
        for number in (1, 2):
            status, body = get(address, f"/api/v1/images/{number}/thumbnail{MADE_ANEW}")
            check(status == 200 and body[8:12] == b"WEBP", f"serve makes thumbnail {number} in memory")
    server.terminate()
    server.communicate()
    for arguments in (("index", images), ("remove", "1"), ("doctor", "--repair")):
        refused = run(library, *arguments, **as_nobody)
        if arguments[0] == "doctor" and refused.status == 0:
            check(True, "doctor --repair has nothing to do")
            continue
        check(refused.told(73, "can't be"), f"{arguments[0]}: {refused.sentence[-110:]}", refused)
    check(state(library) == before, "nothing was written")


def main():
    if os.geteuid() != 0:
        print("SKIPPED: read_only.py needs root, to become somebody else and to mount.")
        return
    with Workplace("read-only") as place:
        data = public_program(place)
        original, images = library_with_log(place, data)
        subprocess.run(["chmod", "-R", "a+rX", place], check=True)
        expected = {
            "search": run(original, "search", "--json", "--limit", "200", "red").out,
            "show": run(original, "show", "1", HOME="/nonexistent").out,
            "images": json.loads(run(original, "stats", "--json").out)["images"],
        }
        expected["total"] = json.loads(expected["search"])["total"]
        for name in ("no log", "log", "log and index"):
            heading(f"Somebody else's folder, {name}")
            use(place / name, images, expected, data, place)
        for name in ("no log", "log", "log and index"):
            heading(f"A disk mounted to be only read, {name}")
            mount = place / "mount"
            mount.mkdir(exist_ok=True)
            bound = subprocess.run(["mount", "--bind", place / name, mount], stderr=subprocess.PIPE)
            if bound.returncode != 0:
                print(f"SKIPPED: nothing can be mounted here ({bound.stderr.decode().strip()}).")
                continue
            try:
                subprocess.run(["mount", "-o", "remount,ro,bind", mount], check=True)
                use(mount, images, expected, data, place)
                # Root has every right, and can't write there either.
                found = run(mount, "search", "--json", "--limit", "200", "red", **data)
                check(found.out == expected["search"], "search answers for root, too", found)
                refused = run(mount, "index", images, **data)
                check(refused.told(73, "can't be"), f"index as root: {refused.sentence[-90:]}", refused)
            finally:
                subprocess.run(["umount", mount], check=True)

        heading("A file that can't be read")
        hidden = place / "hidden"
        shutil.copytree(original, hidden)
        (hidden / "catalog.sqlite").chmod(0o600)
        refused = run(hidden, "search", "red", user=NOBODY, **data)
        check(refused.told(66, "can't be read"), refused.sentence[-100:], refused)
        hidden.chmod(0o700)
        refused = run(hidden, "search", "red", user=NOBODY, **data)
        check(refused.told(66, "can't be entered"), refused.sentence[-100:], refused)

        heading("Somebody indexes while others, who can't write, are being answered")
        shared = place / "shared"
        shutil.copytree(place / "no log", shared)
        subprocess.run(["chmod", "-R", "a+rX", shared], check=True)
        server, address = served(shared, data, place)
        total = lambda: json.loads(get(address, "/api/v1/search?q=red&limit=1")[1]).get("total")
        check(total() == expected["total"], "a server answers")
        more = place / "more"
        make_images(more, 400, seed=9)
        indexer = start(shared, "index", "--quiet", more, **data)
        answers, bad = set(), []
        while indexer.poll() is None:
            status, body = get(address, "/api/v1/search?q=red&limit=1")
            answers.add(json.loads(body).get("total")) if status == 200 else bad.append(body)
            found = run(shared, "search", "--json", "--limit", "1", "red", user=NOBODY, **data)
            if found.status != 0:
                bad.append(found.sentence)
        indexer.communicate()
        check(not bad, f"all were answered {bad[:2]}")
        last = json.loads(run(shared, "search", "--json", "--limit", "1", "red", **data).out)["total"]
        check(total() == last and len(answers) > 1, f"the server saw {len(answers)} states, the last: {last}")
        server.terminate()
        server.communicate()
    finish()


if __name__ == "__main__":
    main()
