#!/usr/bin/env python3
"""Puts the program into surroundings that it may meet: another indexer, a newer library, closed outputs,
no home, few files, little memory, odd clocks, a library that goes away."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from workbench import CHECKOUT, PROGRAM, Workplace, check, contents, differences, environment, finish
from workbench import heading, make_images, run, start


def get(address, path):
    try:
        with urllib.request.urlopen(address.rstrip("/") + path, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def serve(library, **more):
    server = start(library, "serve", "--port", "0", "--json", **more)
    return server, json.loads(server.stdout.readline())["address"]


def two_indexers(place, images):
    heading("Two indexers at once")
    library = place / "two"
    first = start(library, "index", "--quiet", images)
    log = library / "catalog.sqlite-wal"
    deadline = time.monotonic() + 60
    # The tables alone take 600 kB; stopped while it makes them, it would hold up everybody.
    while time.monotonic() < deadline and not (log.exists() and log.stat().st_size > 700_000):
        time.sleep(0.005)
    first.send_signal(signal.SIGSTOP)
    second = run(library, "index", "--quiet", images)
    check(second.told(69, "being indexed by process", str(first.pid)), second.sentence[-120:], second)
    for command in (("search", "red"), ("stats",), ("doctor",)):
        beside = run(library, *command)
        check(beside.status == 0, f"{command[0]} answers beside it", beside)
    doctor = run(library, "doctor").out
    check(f"being indexed by process {first.pid}" in doctor, "the doctor names it")
    removed = run(library, "remove", "1")
    check(removed.told(69, "being indexed"), "remove waits for its end", removed)
    first.kill()
    first.communicate()
    doctor = run(library, "doctor").out
    check("was ended by force" in doctor, "killed: the doctor says so")
    third = run(library, "index", "--quiet", images)
    check(third.status == 0, "killed: its lock is free at once", third)
    check("ended by force" not in run(library, "doctor").out, "and nothing is said any more")

    server, address = serve(library)
    more = place / "more"
    make_images(more, 200, seed=5)
    indexer = start(library, "index", "--quiet", more)
    answers = []
    while indexer.poll() is None:
        answers.append(get(address, "/api/v1/search?q=red&limit=1")[0])
    indexer.communicate()
    check(set(answers) == {200}, f"a server beside an indexer answered {len(answers)} times")

    heading("The library goes away while a server runs, and another comes")
    check(run(library, "doctor", "--repair").status in (0, 69), "doctor --repair does no harm beside a server")
    shutil.rmtree(library)
    status, body = get(address, "/api/v1/search?q=red&limit=1")
    check(status == 503 and b"library is gone" in body, f"{status} {json.loads(body).get('detail')}")
    few = place / "few"
    make_images(few, 20, seed=6)
    check(run(library, "index", "--quiet", few).status == 0, "another library is made in its place")
    status, body = get(address, "/api/v1/search?q=red&limit=1")
    check(status == 200 and json.loads(body)["total"] == 20, f"the server answers from it: {status}")
    server.terminate()
    server.communicate()
    check(run(library, "doctor").status == 0, "which is sound when the server has ended")


def newer(place, images):
    heading("A library of a newer version")
    library = place / "newer"
    run(library, "index", "--quiet", images)
    catalog = sqlite3.connect(library / "catalog.sqlite", isolation_level=None)
    catalog.execute("INSERT INTO grdb_migrations VALUES ('9 something new')")
    catalog.close()
    before = contents(library)
    for command in (("search", "red"), ("index", images), ("show", "1"), ("stats",), ("doctor",), ("doctor", "--repair"), ("remove", "1"), ("serve", "--port", "0")):
        outcome = run(library, *command, timeout=60)
        check(outcome.told(78, "newer version", "Update Mekiki"), f"{' '.join(map(str, command[:2]))[:20]}: {outcome.sentence[-80:]}", outcome)
    check(contents(library) == before, "and it is left as it was")


def outputs(library):
    heading("Outputs that are closed, full or gone")
    with open("/dev/full", "w") as full:
        for command in (("search", "red"), ("search", "--json", "red"), ("show", "1"), ("stats",), ("doctor",)):
            outcome = run(library, *command, stdout=full)
            check(outcome.told(74, "could not be written"), f"{command[0]} > /dev/full: {outcome.sentence[-110:]}", outcome)
    closed = run(library, "search", "red", before=lambda: os.close(1))
    check(closed.status == 74, f"search with a closed output: {closed.status} {closed.sentence[-90:]}", closed)
    shell = f"'{PROGRAM}' search --limit 500 --quiet red | head -1; echo ${{PIPESTATUS[0]}}"
    piped = subprocess.run(["bash", "-c", shell], env=environment(library), capture_output=True, text=True)
    check(piped.stdout.split()[-1] in ("0", "141") and not piped.stderr.count("mekiki: "), f"search | head -1 is quiet: {piped.stdout.split()[-1]}")


def places(place, images, library):
    heading("Places that are not what they should be")
    file = place / "a file"
    file.write_text("x")
    outcome = run(file, "search", "red")
    check(outcome.told(66, "This is a file"), outcome.sentence[-90:], outcome)
    outcome = run(file, "index", images)
    check(outcome.told(73, "This is a file"), outcome.sentence[-90:], outcome)
    outcome = run(place / "nothing", "search", "red")
    check(outcome.told(66, "There is no library"), outcome.sentence[-90:], outcome)
    home = place / "home"
    home.mkdir()
    nowhere = dict(MEKIKI_LIBRARY=None, XDG_DATA_HOME=None)
    outcome = run("", "index", "--quiet", images, HOME=str(home), **nowhere)
    check(outcome.status == 0 and (home / ".local/share/mekiki/library").is_dir(), "the usual place is made", outcome)
    # The system knows a home all the same; whether there is a library in it, nobody knows.
    outcome = run("", "stats", HOME=None, **nowhere)
    check(outcome.status in (0, 66) and not outcome.was_killed, f"no HOME: {outcome.status} {outcome.sentence[-80:]}", outcome)
    elsewhere = place / "no such home"
    outcome = run("", "stats", HOME=str(elsewhere), **nowhere)
    check(outcome.told(66, "There is no library"), f"a home that is not there: {outcome.sentence[-90:]}", outcome)
    outcome = run("", "index", images, HOME="/proc/nowhere", **nowhere)
    check(outcome.told(73, "can't be made"), f"a home that can't be: {outcome.sentence[-100:]}", outcome)
    outcome = run(library, "search", "red", XDG_CACHE_HOME="/nonexistent", TMPDIR="/nonexistent")
    check(outcome.status == 0, "no cache and no place for temporary files", outcome)
    outcome = run(place / "t", "index", "--quiet", images, TMPDIR="/nonexistent", XDG_CACHE_HOME="/nonexistent")
    check(outcome.status == 0, "not for indexing either", outcome)


def limits(place, images, library):
    heading("Few files and little memory")
    for count in (10, 14, 18, 24, 40):
        def before(count=count):
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))
        target = place / f"files {count}"
        indexed = run(target, "index", "--quiet", images, before=before, timeout=120)
        found = run(library, "search", "red", before=before, timeout=60)
        good = all(one.status == 0 or (one.status > 0 and not one.was_killed and one.sentence) for one in (indexed, found))
        check(good, f"ulimit -n {count}: index {indexed.status} {indexed.sentence[-70:]}, search {found.status} {found.sentence[-70:]}", indexed if indexed.was_killed else found)
    for megabytes in (200, 400, 700):
        def before(megabytes=megabytes):
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        found = run(library, "search", "red", before=before, timeout=60)
        print(f"  told  ulimit -v {megabytes} MB: search {found.status} {(found.sentence or found.err.strip())[-140:]}")
    check(run(library, "doctor").status == 0, "the library is sound after all that")


def clocks(place):
    heading("Odd clocks")
    images, library = place / "times", place / "clock"
    make_images(images, 12)
    moments = [0, -1, -86400 * 365 * 30, 2**31, 2**33, 9_300_000_000, 2**34 - 1, time.time() + 86400 * 400]
    for file, moment in zip(sorted(images.rglob("*.png")), moments):
        os.utime(file, (moment, moment))
    first = run(library, "index", "--json", images)
    check(first.status == 0 and json.loads(first.out)["failures"] == [], "files of 1940 to 2514 are indexed", first)
    again = json.loads(run(library, "index", "--json", images).out)
    check(again["unchanged"] == again["found"] and again["new"] == 0, "and unchanged in the next run")
    shown = run(library, "show", *range(1, 13))
    check(shown.status == 0, "and shown", shown)
    faketime = shutil.which("faketime")
    if not faketime:
        print("SKIPPED: faketime is not installed, so the system's clock is not set back.")
        return
    for moment in ("2001-01-01 00:00:00", "1970-01-02 00:00:00", "2099-12-31 23:59:59", "2037-12-31 00:00:00"):
        make_images(images, 12 + moments.index(0) + 1, seed=hash(moment) % 1000)
        command = [faketime, "-f", f"@{moment}", str(PROGRAM), "index", "--json", str(images)]
        outcome = subprocess.run(command, env=environment(library), capture_output=True, text=True)
        check(outcome.returncode == 0, f"the clock says {moment}: {outcome.stdout[-60:].strip()} {outcome.stderr[-200:]}")
    found = run(library, "search", "--json", "red")
    check(found.status == 0, "all of it is searched", found)
    server, address = serve(library)
    status, body = get(address, "/api/v1/images?limit=50")
    check(status == 200, "and on the wall, newest first by their own clocks")
    server.terminate()
    server.communicate()


def main():
    with Workplace("surroundings") as place:
        images, library = place / "images", place / "library"
        make_images(images, 400)
        check(run(library, "index", "--quiet", images).status == 0, "a library is made")
        outputs(library)
        places(place, images / "folder 1", library)
        newer(place, images / "folder 2")
        limits(place, images / "folder 3", library)
        clocks(place)
        two_indexers(place, images)
    finish()


if __name__ == "__main__":
    main()
