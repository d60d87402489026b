#!/usr/bin/env python3
"""Lets the disk run full while a library is made, searched and brought up to date: on file systems of a
few sizes, which needs root to mount them, and with a limit on the size of files, which doesn't."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from workbench import Workplace, check, contents, differences, finish, heading, leftovers, make_images, run

SIZES = [48, 96, 160, 224, 320, 448, 640, 900, 1300, 1900]


def fill(folder):
    """Takes all the room that is left."""
    with open(folder / "filler", "wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                pass


class SmallDisk:
    """A file system in memory, of some KiB."""

    def __init__(self, place, size):
        self.place, self.size = place, size

    def __enter__(self):
        self.place.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={self.size}k", "tmpfs", self.place]
        subprocess.run(command, check=True, stderr=subprocess.PIPE)
        return self

    def grow(self, size):
        subprocess.run(["mount", "-o", f"remount,size={size}k", self.place], check=True)

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.place], check=True)


def can_mount(place):
    try:
        with SmallDisk(place, 64):
            return True
    except (subprocess.CalledProcessError, PermissionError, FileNotFoundError):
        return False


def equal_afterwards(library, images, reference, name):
    again = run(library, "index", "--quiet", images)
    found = differences(reference, contents(library)) if again.status == 0 else ["it failed"]
    left = leftovers(library)
    check(again.status == 0 and not found and not left, f"{name}: goes on and ends equal {found[:2]} {left}", again)


def main():
    with Workplace("disk-full") as place:
        images = place / "images"
        make_images(images, 300)
        reference_library = place / "reference"
        assert run(reference_library, "index", images).status == 0
        reference = contents(reference_library)
        expected = run(reference_library, "search", "--json", "red").out

        heading("A limit on the size of files (no root needed)")
        for limit in (0, 4096, 20_000, 40_000, 100_000, 200_000, 400_000):
            library = place / f"limit {limit}"

            def before(limit=limit):
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

            # Files, not pipes, would be limited too.
            full = run(library, "index", "--quiet", images, before=before)
            told = full.status == 74 and full.sentence != ""
            check(told, f"{limit} bytes: {full.status} {full.sentence[-120:]}", full)
            equal_afterwards(library, images, reference, f"{limit} bytes")

        if os.geteuid() != 0 or not can_mount(place / "disk"):
            print("SKIPPED: the other parts need root and the right to mount.")
            finish()
            return

        heading("A library on a disk of so many KiB")
        for size in SIZES:
            with SmallDisk(place / "disk", size) as disk:
                library = disk.place / "library"
                full = run(library, "index", "--quiet", images)
                told = full.told(74, "disk is full", "Free some space")
                check(told, f"{size} KiB: {full.status} {full.sentence[-130:]}", full)
                if (library / "catalog.sqlite").exists() and (library / "catalog.sqlite").stat().st_size:
                    stats = run(library, "stats")
                    search = run(library, "search", "red")
                    good = all(one.status == 0 or one.sentence for one in (stats, search))
                    kinds = f"stats {stats.status}, search {search.status} {search.sentence[-90:]}"
                    check(good and not stats.was_killed and not search.was_killed, f"{size} KiB: {kinds}")
                disk.grow(200_000)
                equal_afterwards(library, images, reference, f"{size} KiB")

        heading("A finished library on a disk that is full")
        with SmallDisk(place / "disk", 100_000) as disk:
            library = disk.place / "library"
            shutil.copytree(reference_library, library)
            fill(disk.place)
            for arguments in (("search", "--json", "red"), ("show", "1"), ("stats",), ("doctor",)):
                outcome = run(library, *arguments)
                right = outcome.status == 0 and (arguments[0] != "search" or outcome.out == expected)
                check(right, f"{arguments[0]} answers", outcome)
            unchanged = run(library, "index", "--quiet", images)
            check(unchanged.status in (0, 74), f"index without work: {unchanged.status} {unchanged.sentence[-90:]}", unchanged)
            make_images(images, 400)
            full = run(library, "index", "--quiet", images)
            check(full.told(74, "disk is full"), f"index: {full.sentence[-110:]}", full)
            found = run(library, "search", "--json", "red")
            check(found.status == 0, "search answers after that", found)
            removed = run(library, "remove", "1")
            check(removed.status in (0, 74), f"remove: {removed.status} {removed.sentence[-90:]}", removed)
            (disk.place / "filler").unlink()
            assert run(place / "later", "index", "--quiet", images).status == 0
            equal_afterwards(library, images, contents(place / "later"), "with room")

        heading("An older library on a full disk")
        with SmallDisk(place / "disk", 100_000) as disk:
            library = disk.place / "library"
            shutil.copytree(reference_library, library)
            catalog = sqlite3.connect(library / "catalog.sqlite", isolation_level=None)
            catalog.execute("ALTER TABLE image DROP COLUMN average_color")
            catalog.execute("DELETE FROM grdb_migrations WHERE identifier LIKE '2 %'")
            catalog.close()
            fill(disk.place)
            for command in (("search", "red"), ("index", images)):
                outcome = run(library, *command)
                check(outcome.status in (74, 78) and outcome.sentence, f"{command[0]}: {outcome.status} {outcome.sentence[-150:]}", outcome)
            (disk.place / "filler").unlink()
            found = run(library, "search", "--json", "red")
            total = '"total":'
            check(found.status == 0 and found.out.split(total)[1:] == expected.split(total)[1:], "with room it is brought up to date and searched", found)

        heading("Only the thumbnails' disk is full")
        with SmallDisk(place / "disk", 200) as disk:
            library = place / "library"
            library.mkdir()
            (library / "thumbnails").symlink_to(disk.place)
            full = run(library, "index", "--quiet", images)
            check(full.told(74, "disk is full", "thumbnails"), full.sentence[-120:], full)
            found = run(library, "search", "red")
            check(found.status == 0, "what was committed is searched", found)
            disk.grow(100_000)
            again = run(library, "index", "--quiet", images)
            check(again.status == 0, "with room it goes on", again)
            doctor = run(library, "doctor", "--json")
            check('"imagesWithoutThumbnail":0' in doctor.out, "every image has its thumbnail", doctor)
    finish()


if __name__ == "__main__":
    main()
