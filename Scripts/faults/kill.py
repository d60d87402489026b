#!/usr/bin/env python3
"""Kills an indexer at random moments, lets the next one go on, and compares what comes out with a
run that nobody disturbed."""

import argparse
import random
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from workbench import Workplace, check, contents, differences, finish, heading, leftovers
from workbench import make_images, run, start


def killed(library, images, seconds):
    """Indexes, and kills the process after some time; says whether it was still at work."""
    process = start(library, "index", "--quiet", images)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def is_sound(library, scratch):
    """Whether a copy of a killed library opens and holds together; the library stays as it is."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for name in ("catalog.sqlite", "catalog.sqlite-wal"):
        if (library / name).exists():
            shutil.copy(library / name, scratch / name)
    if not (scratch / "catalog.sqlite").exists():
        return True
    catalog = sqlite3.connect(scratch / "catalog.sqlite")
    verdict = catalog.execute("PRAGMA integrity_check").fetchone()[0]
    catalog.close()
    return verdict == "ok"


def compare(library, images, reference, name):
    """Runs to the end, and compares."""
    last = run(library, "index", images)
    check(last.status == 0, f"{name}: the last run ends well", last)
    found = differences(reference, contents(library))
    check(not found, f"{name}: {len(reference)} things equal, {len(found)} different")
    for sentence in found[:10]:
        print(f"        {sentence}")
    doctor = run(library, "doctor", "--json")
    sound = '"catalogIsSound":true' in doctor.out and '"surplusThumbnails":0' in doctor.out
    sound = sound and '"imagesWithoutThumbnail":0' in doctor.out
    check(doctor.status == 0 and sound, f"{name}: the doctor finds nothing", doctor)
    left = leftovers(library)
    check(not left, f"{name}: nothing is left over {left[:3]}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--images", type=int, default=2000)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--fresh", type=int, default=30, help="kills on a new library each")
    options.add_argument("--fresh-images", type=int, default=300)
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    given = options.parse_args()
    print(f"seed {given.seed}: repeat with --seed {given.seed}")
    chance = random.Random(given.seed)

    with Workplace("kill") as place:
        heading(f"{given.kills} kills in successive runs, {given.images} images")
        images, library = place / "images", place / "library"
        make_images(images, given.images)
        undisturbed = place / "undisturbed"
        begin = time.monotonic()
        check(run(undisturbed, "index", "--quiet", images).status == 0, "an undisturbed run ends well")
        whole = time.monotonic() - begin
        begin = time.monotonic()
        run(undisturbed, "index", "--quiet", images)
        # Start, model and scan: what a run over unchanged folders takes.
        idle = time.monotonic() - begin
        reference = contents(undisturbed)
        print(f"  a whole run takes {whole:.1f} s, one without work {idle:.1f} s")
        # Kills fall upon the start, the scan and the work of a run, and over all runs upon all of the
        # work: how long a run may last at most follows from how far the ones before it came.
        kills = finished = unsound = 0
        longest, before = idle + (whole - idle) / given.kills, 0
        reached = []
        while kills < given.kills:
            if killed(library, images, chance.uniform(0, longest)):
                kills += 1
                done = sum(1 for _ in (library / "thumbnails").glob("??/*"))
                wanted = given.images / given.kills
                longest *= 1.1 if done - before < wanted else 0.9
                before = done
                if kills % 5 == 0:
                    unsound += not is_sound(library, place / "copy")
                if kills % 20 == 0:
                    count = run(library, "stats", "--json")
                    reached.append(count.out.split('"images":')[-1].split(",")[0] if count.out else "-")
            else:
                finished += 1
                compare(library, images, reference, f"finished after {kills} kills")
                shutil.rmtree(library)
                before = 0
        print(f"  images there at every 20th kill: {' '.join(reached)}; {finished} runs came to their end")
        check(unsound == 0, f"{kills} kills, {kills // 5} copies looked at: {unsound} unsound")
        compare(library, images, reference, f"after {kills} kills")

        heading(f"{given.fresh} kills, each of a new library, {given.fresh_images} images")
        images = place / "few"
        make_images(images, given.fresh_images, seed=2)
        shutil.rmtree(undisturbed)
        begin = time.monotonic()
        check(run(undisturbed, "index", "--quiet", images).status == 0, "an undisturbed run ends well")
        whole = time.monotonic() - begin
        reference = contents(undisturbed)
        bad = []
        for number in range(given.fresh):
            shutil.rmtree(library, ignore_errors=True)
            moment = whole * (number + chance.random()) / given.fresh
            killed(library, images, moment)
            last = run(library, "index", "--quiet", images)
            left = leftovers(library)
            if last.status != 0 or differences(reference, contents(library)) or left:
                bad.append(f"{moment:.2f} s: status {last.status} {last.sentence} {left}")
        check(not bad, f"{given.fresh} kills spread over {whole:.1f} s: {len(bad)} not equal {bad[:3]}")
    finish()


if __name__ == "__main__":
    main()
