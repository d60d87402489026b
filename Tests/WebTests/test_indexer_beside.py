"""An indexer at work beside the server: what it adds and removes shows up without a restart."""

from __future__ import annotations

import subprocess
from pathlib import Path

import requests
from PIL import Image

from program import SAMPLES, Server, environment, index, program, wait_until


def test_what_an_indexer_adds_shows_up(tmp_path: Path, web: requests.Session) -> None:
    images = tmp_path / "images"
    images.mkdir()
    copy(images, "animals/cat-by-the-window.jpg", "food/sushi-on-a-board.jpg")
    library = tmp_path / "library"
    index(library, images)
    with Server(library) as server:
        assert status(server, web)["images"] == 2
        # Its vectors are in memory from here on.
        assert total(server, web) == 2

        copy(images, "places/torii-by-the-sea.jpg", "days/umbrella-in-the-rain.jpg")
        index(library, images)

        newest = web.get(f"{server.api}/images", timeout=20).json()
        assert newest["total"] == 4
        assert {image["name"] for image in newest["images"][:2]} == {
            "torii-by-the-sea.jpg", "umbrella-in-the-rain.jpg",
        }  # fmt: skip
        assert total(server, web) == 4
        hits = web.get(f"{server.api}/search", params={"q": "雨の日の傘"}, timeout=20).json()[
            "hits"
        ]
        assert hits[0]["image"]["name"] == "umbrella-in-the-rain.jpg"
        # The count may be a second old.
        wait_until(lambda: status(server, web)["images"] == 4, 5, "the new images are counted")

        forgotten = run_remove(library, images / "torii-by-the-sea.jpg")
        assert forgotten.returncode == 0, forgotten.stderr
        assert web.get(f"{server.api}/images", timeout=20).json()["total"] == 3
        assert total(server, web) == 3
        assert server.faults() == []


def test_every_answer_is_whole_while_an_indexer_works(
    tmp_path: Path, web: requests.Session
) -> None:
    images = tmp_path / "images"
    images.mkdir()
    copy(images, "animals/cat-by-the-window.jpg")
    library = tmp_path / "library"
    index(library, images)
    for number in range(300):
        shade = (number % 256, number * 7 % 256, number * 31 % 256)
        Image.new("RGB", (64 + number, 48), shade).save(images / f"{number}.png")
    with Server(library) as server:
        indexer = subprocess.Popen(
            [str(program()), "index", "--quiet", str(images)], env=environment(library)
        )
        totals: list[int] = []
        try:
            while indexer.poll() is None and len(totals) < 5000:
                page = web.get(f"{server.api}/images", params={"limit": 200}, timeout=20).json()
                assert len(page["images"]) == min(200, page["total"])
                query = {"q": "猫", "limit": "200"}
                hits = web.get(f"{server.api}/search", params=query, timeout=20).json()
                assert len(hits["hits"]) == min(200, hits["total"])
                totals.append(page["total"])
        finally:
            ended = indexer.wait(120)
        assert ended == 0
        assert len(totals) > 1
        # Never fewer than before, and in the end all.
        assert totals == sorted(totals)
        assert web.get(f"{server.api}/images", timeout=20).json()["total"] == 301
        assert total(server, web) == 301
        assert server.faults() == []


def copy(folder: Path, *names: str) -> None:
    """Copies samples into a folder."""
    for name in names:
        path = SAMPLES / name
        (folder / path.name).write_bytes(path.read_bytes())


def run_remove(library: Path, path: Path) -> subprocess.CompletedProcess[str]:
    """Forgets an image."""
    return subprocess.run(
        [str(program()), "remove", str(path)],
        env=environment(library), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def status(server: Server, web: requests.Session) -> dict[str, int]:
    """The library's counts."""
    counts: dict[str, int] = web.get(f"{server.api}/status", timeout=20).json()["library"]
    return counts


def total(server: Server, web: requests.Session) -> int:
    """How many images a search ranks."""
    answer = web.get(f"{server.api}/search", params={"q": "猫"}, timeout=20)
    return int(answer.json()["total"])
