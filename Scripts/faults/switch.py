#!/usr/bin/env python3
"""Lets another model answer while a server is asked without a pause: no query may fail, none may mix
models, and whoever is killed meanwhile goes on."""

import argparse
import http.client
import json
import random
import shutil
import signal
import statistics
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent))
from workbench import Workplace, check, finish, heading, make_images, make_second_model, png
from workbench import run, start

WORDS = ["猫", "夜の海", "a red circle on white", "mountain", "a dog on the beach", "花"]
SECOND = "second"


class Server:
    """A server on a library, on any free port."""

    def __init__(self, library):
        self.process = start(library, "serve", "--port", "0", "--json", "--quiet")
        address = json.loads(self.process.stdout.readline())["address"]
        self.port = int(address.rstrip("/").rsplit(":", 1)[1])

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method, path, document=None):
        """One request; its status and its document."""
        connection = self.connection()
        body = None if document is None else json.dumps(document)
        headers = {} if body is None else {"Content-Type": "application/json"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text)

    def answering(self):
        return self.ask("GET", "/api/v1/models")[1]["answering"]["model"]

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=60)
        # That it completes what it has begun is no fault.
        lines = [line for line in errors.splitlines() if line and "Completing" not in line]
        return self.process.returncode, lines


class Load:
    """Clients that ask one after the other, each with a connection that stays open."""

    def __init__(self, server, clients, picture, pause):
        self.server, self.picture, self.pause = server, picture, pause
        self.isOver = threading.Event()
        self.lock = threading.Lock()
        self.answers, self.failures = [], []
        self.threads = [threading.Thread(target=self.work, args=(n,)) for n in range(clients)]
        for thread in self.threads:
            thread.start()

    def work(self, number):
        chance = random.Random(number)
        connection = self.server.connection()
        while not self.isOver.is_set():
            kind = chance.choice(["words", "words", "words", "like", "picture", "page"])
            word = chance.choice(WORDS)
            begin = time.monotonic()
            try:
                if kind == "words":
                    connection.request("GET", f"/api/v1/search?limit=5&q={quote(word)}")
                elif kind == "like":
                    connection.request("GET", "/api/v1/search?limit=5&like=1")
                elif kind == "picture":
                    connection.request(
                        "POST", "/api/v1/search?limit=5", self.picture, {"Content-Type": "image/png"}
                    )
                else:
                    connection.request("GET", f"/?q={quote(word)}")
                answer = connection.getresponse()
                text = answer.read()
                document = json.loads(text) if kind != "page" and answer.status == 200 else None
                key = {"words": word, "page": None}.get(kind, kind)
                self.note(begin, kind, key, answer.status, document, text)
            except Exception as error:  # Whatever it is, a query has failed.
                with self.lock:
                    self.failures.append(f"{kind}: {type(error).__name__} {error}")
                connection.close()
                connection = self.server.connection()
            time.sleep(self.pause)
        connection.close()

    def note(self, begin, kind, key, status, document, text):
        with self.lock:
            if status != 200:
                self.failures.append(f"{kind}: {status} {text[:300]!r}")
                return
            end = time.monotonic()
            scores = total = None
            if document is not None:
                scores = [hit["reasons"][0]["score"] for hit in document["hits"]]
                # An image is left out of its own results.
                total = document["total"] + (kind == "like")
            self.answers.append((end, end - begin, key, total, scores))

    def end(self):
        self.isOver.set()
        for thread in self.threads:
            thread.join()


def scores_of(library, picture, model):
    """What each query gives with a model, as the command says."""
    expected = {}
    for key, arguments in [(word, [word]) for word in WORDS] + [
        ("like", ["--like", "1"]),
        ("picture", ["--image", picture]),
    ]:
        outcome = run(library, "search", "--json", "-q", "-n", "5", "--model", model, *arguments)
        hits = json.loads(outcome.out)["hits"]
        expected[key] = [hit["reasons"][0]["score"] for hit in hits]
    return expected


def is_as(found, expected):
    return len(found) == len(expected) and all(abs(a - b) < 0.004 for a, b in zip(found, expected))


def milliseconds(durations):
    if len(durations) < 2:
        return "-"
    ordered = sorted(durations)
    return (
        f"{len(ordered)} queries, median {statistics.median(ordered) * 1000:.0f} ms, "
        f"99 % below {ordered[int(len(ordered) * 0.99)] * 1000:.0f} ms, "
        f"longest {ordered[-1] * 1000:.0f} ms"
    )


def spaces(library):
    lines = run(library, "models", "list", "--json").out.splitlines()
    return {model["name"]: model for model in map(json.loads, lines)}


def wait_until(condition, seconds):
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        if condition():
            return time.monotonic() - begin
        time.sleep(0.05)
    return None


def judge(load, images, before, after, name):
    """No failure, nothing missing, and each answer wholly of one model."""
    check(not load.failures, f"{name}: no query failed {load.failures[:3]}")
    wrong = [total for _, _, _, total, _ in load.answers if total is not None and total not in images]
    check(not wrong, f"{name}: every answer ranks all images {sorted(set(wrong))[:5]}")
    counts, mixed = {"before": 0, "after": 0}, []
    for _, _, key, _, scores in load.answers:
        if scores is None:
            continue
        if is_as(scores, before[key]):
            counts["before"] += 1
        elif is_as(scores, after[key]):
            counts["after"] += 1
        else:
            mixed.append((key, scores))
    check(not mixed, f"{name}: each answer is of one model; {counts} {mixed[:2]}")
    check(min(counts.values()) > 0, f"{name}: both models have answered")


def switch_by_command(place, library, second, count, kills, clients, pause, picture, chance):
    heading(f"The command, killed {kills} times, under {clients} clients")
    server = Server(library)
    load = Load(server, clients, picture.read_bytes(), pause)
    time.sleep(5)
    begin = time.monotonic()
    reached = []
    for number in range(kills):
        process = start(library, "models", "use", second)
        # Anywhere in its part of the work.
        wanted = count * (number + chance.random()) / (kills + 1)
        wait_until(lambda: spaces(library).get(SECOND, {}).get("vectors", 0) > wanted, 600)
        time.sleep(chance.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        known = spaces(library)
        reached.append(known[SECOND]["vectors"])
        check(
            known["starter"]["isCurrent"] and known[SECOND]["isPending"],
            f"the former model answers at {reached[-1]} vectors",
        )
    check(reached == sorted(reached), f"no vector is lost by a kill: {reached}")
    check(all(0 < n < count for n in reached), "the kills fell into the work")
    last = run(library, "models", "use", second, timeout=3000)
    done = time.monotonic()
    check(last.status == 0 and "now" in last.out, "the last run completes the change", last)
    took = wait_until(lambda: server.answering() == SECOND, 60)
    check(took is not None, f"the server goes along, {took or 0:.2f} s later")
    time.sleep(5)
    load.end()
    print(f"  {count} images with kills in {done - begin:.0f} s")
    durations = [(end, duration) for end, duration, *_ in load.answers]
    print(f"  before    {milliseconds([d for t, d in durations if t < begin])}")
    print(f"  filling   {milliseconds([d for t, d in durations if begin <= t < done])}")
    changed = [d for t, d in durations if done <= t < done + (took or 0) + 1]
    print(f"  change    {milliseconds(changed)}")
    print(f"  after     {milliseconds([d for t, d in durations if t >= done + (took or 0) + 1])}")
    before = scores_of(library, picture, "starter")
    after = scores_of(library, picture, second)
    judge(load, {count}, before, after, "switching by command")
    # Back to the former one, and gone with the other's vectors, under load.
    load = Load(server, clients, picture.read_bytes(), pause)
    time.sleep(2)
    back = run(library, "models", "use", "starter")
    check(back.status == 0, "going back takes no work", back)
    forgotten = run(library, "models", "forget", SECOND)
    check(forgotten.status == 0, "the other's vectors are removed at once", forgotten)
    took = wait_until(lambda: server.answering() == "starter", 60)
    check(took is not None, f"the server goes back, {took or 0:.2f} s later")
    time.sleep(2)
    load.end()
    check(not load.failures, f"forgetting: no query failed {load.failures[:3]}")
    empty = [total for _, _, _, total, _ in load.answers if total is not None and total != count]
    check(not empty, f"forgetting: every answer ranks all images {sorted(set(empty))[:5]}")
    status, errors = server.end()
    check(status == 0 and not errors, f"the server ends without a fault ({status}) {errors[-3:]}")


def switch_by_server(place, library, second, images, count, clients, pause, picture):
    heading("The server, asked through the API, killed and started again; files come meanwhile")
    # The library knows the model by its name and folder; a request never names a folder.
    folder = place / "few"
    folder.mkdir()
    server = Server(library)
    status, _ = server.ask("PUT", "/api/v1/models/current", {"model": str(second)})
    check(status == 404, f"a folder is no name for the API ({status})")
    seconds = start(library, "models", "use", second)
    time.sleep(3)
    seconds.send_signal(signal.SIGKILL)
    seconds.communicate()
    status, document = server.ask("PUT", "/api/v1/models/current", {"model": SECOND})
    begin = time.monotonic()
    check(status == 202, f"the request is taken ({status} {str(document)[:200]})")
    load = Load(server, clients, picture.read_bytes(), pause)
    wait_until(lambda: spaces(library)[SECOND]["vectors"] >= count // 4, 600)
    reached = spaces(library)[SECOND]["vectors"]
    check(0 < reached < count, f"the server fills: {reached} of {count}")
    more = 40
    for number in range(more):
        (images / f"more {number}.png").write_bytes(png(30, 30, 777_000 + number))
    load.end()
    check(not load.failures, f"filling by the server: no query failed {load.failures[:3]}")
    server.end(signal.SIGKILL)
    check(spaces(library)["starter"]["isCurrent"], "the former model answers after a kill")
    server = Server(library)
    load = Load(server, clients, picture.read_bytes(), pause)
    wait_until(lambda: spaces(library)[SECOND]["vectors"] > reached, 60)
    # The run over the folder takes a turn, and completes the change by itself.
    index = run(library, "index", "--json", "--quiet", images, timeout=3000)
    report = json.loads(index.out) if index.out else {}
    check(index.status == 0 and report.get("new") == more, "files come in while the space is filled", index)
    took = wait_until(lambda: server.answering() == SECOND, 3000)
    check(took is not None, "the server answers with the other model")
    load.end()
    known = spaces(library)
    # Models that could be fetched are listed too, without any vectors.
    totals = {
        name: (model["vectors"], model["lacking"])
        for name, model in known.items()
        if "vectors" in model
    }
    check(known[SECOND]["isCurrent"], "the change is complete")
    check(report.get("filled", 0) >= more, "the run makes vectors of both", index)
    check(
        totals["starter"] == totals[SECOND] == (count + more, 0),
        f"neither model lacks an image {totals}",
    )
    check(not load.failures, f"going on after a kill: no query failed {load.failures[:3]}")
    allowed = range(count, count + more + 1)
    wrong = [t for _, _, _, t, _ in load.answers if t is not None and t not in allowed]
    check(not wrong, f"every answer ranks all images that there are {sorted(set(wrong))[:5]}")
    status, errors = server.end()
    check(status == 0 and not errors, f"the server ends without a fault ({status}) {errors[-3:]}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--images", type=int, default=2000)
    options.add_argument("--kills", type=int, default=4)
    options.add_argument("--clients", type=int, default=4)
    options.add_argument("--pause", type=float, default=0.05, help="seconds between two queries")
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    given = options.parse_args()
    print(f"seed {given.seed}: repeat with --seed {given.seed}")
    chance = random.Random(given.seed)
    with Workplace("switch") as place:
        images, library, second = place / "images", place / "library", place / SECOND
        make_images(images, given.images)
        make_second_model(second)
        picture = place / "asked.png"
        picture.write_bytes(png(60, 40, 4242))
        begin = time.monotonic()
        check(run(library, "index", "--quiet", images, timeout=3000).status == 0, "the library is made")
        count = spaces(library)["starter"]["vectors"]
        print(f"  {count} images in {time.monotonic() - begin:.0f} s")
        rest = (given.clients, given.pause, picture)
        switch_by_command(place, library, second, count, given.kills, *rest, chance)
        switch_by_server(place, library, second, images, count, *rest)
        doctor = run(library, "doctor", "--json")
        check('"catalogIsSound":true' in doctor.out, "the doctor finds nothing", doctor)
        shutil.rmtree(library)
    finish()


if __name__ == "__main__":
    main()
