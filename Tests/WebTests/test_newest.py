"""Paging through the newest images: newest first, none twice, none left out, the total true."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
import requests
from PIL import Image, ImageOps

from program import SAMPLES, Server, index

COUNT = len([path for path in SAMPLES.rglob("*") if path.is_file()])


@pytest.mark.parametrize("size", [1, 7, 16, 70, 200])
def test_pages_hold_every_image_once(server: Server, web: requests.Session, size: int) -> None:
    seen: list[int] = []
    for offset in range(0, COUNT, size):
        query = {"limit": size, "offset": offset}
        page = web.get(f"{server.api}/images", params=query, timeout=20).json()
        assert (page["total"], page["offset"], page["limit"]) == (COUNT, offset, size)
        assert len(page["images"]) == min(size, COUNT - offset)
        seen += [image["id"] for image in page["images"]]
    assert len(seen) == len(set(seen)) == COUNT


def test_sixteen_from_the_first_unless_asked_otherwise(
    server: Server, web: requests.Session
) -> None:
    page = web.get(f"{server.api}/images", timeout=20).json()
    assert (len(page["images"]), page["limit"], page["offset"]) == (16, 16, 0)


def test_beyond_the_last_page(server: Server, web: requests.Session) -> None:
    page = web.get(f"{server.api}/images", params={"offset": 1000}, timeout=20).json()
    assert (page["images"], page["total"]) == ([], COUNT)


def test_newest_first(tmp_path: Path, web: requests.Session) -> None:
    # Three runs of the indexer: what came later stands earlier.
    library = tmp_path / "library"
    names: list[str] = []
    for round_number, colour in enumerate(("red", "green", "blue")):
        folder = tmp_path / "images" / str(round_number)
        folder.mkdir(parents=True)
        name = f"{colour}.png"
        Image.new("RGB", (30, 20), colour).save(folder / name)
        # The age of a file is not when it came into the library.
        os.utime(folder / name, (1_000_000_000 - round_number, 1_000_000_000 - round_number))
        index(library, folder)
        names.insert(0, name)
    with Server(library) as server:
        images = web.get(f"{server.api}/images", timeout=20).json()["images"]
        assert [image["name"] for image in images] == names
        times = [datetime.fromisoformat(image["addedAt"]) for image in images]
        assert times == sorted(times, reverse=True)


def test_details_say_what_the_page_says(server: Server, web: requests.Session) -> None:
    for image in web.get(f"{server.api}/images", timeout=20).json()["images"]:
        details = web.get(f"{server.api}/images/{image['id']}", timeout=20).json()
        assert details["image"] == image
        path = Path(image["files"][0]["path"])
        assert image["name"] == path.name
        assert image["byteCount"] == path.stat().st_size
        with Image.open(path) as picture:
            assert (image["width"], image["height"]) == ImageOps.exif_transpose(picture).size


def test_status_counts_what_is_there(
    server: Server, web: requests.Session, sample_library: Path
) -> None:
    status = web.get(f"{server.api}/status", timeout=20).json()
    assert status["library"] == {
        "folder": str(sample_library),
        "images": COUNT,
        "files": COUNT,
        "missingFiles": 0,
        "failures": 0,
        "waiting": 0,
        "folders": [str(SAMPLES)],
    }
    assert status["model"]["isStarter"] is True
    assert status["limits"]["uploadBytes"] == 64 << 20


def test_empty_library(empty_server: Server, web: requests.Session) -> None:
    page = web.get(f"{empty_server.api}/images", timeout=20).json()
    assert page == {"images": [], "total": 0, "offset": 0, "limit": 16}
    found = web.get(f"{empty_server.api}/search", params={"q": "猫"}, timeout=20).json()
    assert (found["hits"], found["total"]) == ([], 0)
    assert web.get(f"{empty_server.address}/healthz", timeout=20).json() == {"status": "ok"}
