"""Bodies that are no pictures, or wish to be larger than the machine: refused, and quickly
forgotten.

That the server's memory stays bounded is part of each of these tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

import hostile_pictures as made
from program import SAMPLES, Server

JPEG = (SAMPLES / "animals" / "dog-with-a-ball.jpg").read_bytes()
CLAIMING = made.claiming_pictures(JPEG)
DAMAGED = made.damaged_pictures(
    [
        SAMPLES / "animals" / "dog-with-a-ball.jpg",
        SAMPLES / "food" / "strawberries.png",
        SAMPLES / "places" / "bus-in-the-city.webp",
    ]
)

# A picture of the largest allowed size has 100 million pixels. Whatever a request claims, the
# server must not need more than a fraction of what all its pixels would take.
MOST_KILOBYTES = 700 << 10


@pytest.fixture(scope="module")
def strong_server(sample_library: Path) -> Iterator[Server]:
    """A server of its own, so that the most memory that it ever had is due to these tests."""
    with Server(sample_library) as server:
        yield server
        assert server.is_alive
        assert server.memory_kilobytes("VmHWM") < MOST_KILOBYTES
        assert server.faults() == []


def ask(server: Server, web: requests.Session, body: bytes) -> requests.Response:
    """Searches by a body."""
    headers = {"Content-Type": "application/octet-stream"}
    return web.post(f"{server.api}/search", data=body, headers=headers, timeout=60)


def assert_well(server: Server, web: requests.Session) -> None:
    """The server still does what it is there for."""
    assert ask(server, web, JPEG).status_code == 200


@pytest.mark.parametrize("name", CLAIMING)
def test_picture_that_claims_to_be_huge(
    strong_server: Server, web: requests.Session, name: str
) -> None:
    answer = ask(strong_server, web, CLAIMING[name])
    # The pixels of the one with the huge text are real and few: it may be looked at.
    if name != "png-text-bomb" or answer.status_code != 200:
        assert answer.status_code == 422, answer.text
        assert answer.json()["code"] == "badData"
    assert_well(strong_server, web)


def test_picture_that_really_is_huge(strong_server: Server, web: requests.Session) -> None:
    limit = web.get(f"{strong_server.api}/status", timeout=20).json()["limits"]["uploadPixels"]
    side = 12_000
    assert side * side > limit
    bomb = made.whole_png(side)
    assert len(bomb) < 1 << 20
    answer = ask(strong_server, web, bomb)
    assert answer.status_code == 422, answer.text
    assert "pixels" in answer.json()["detail"]
    assert_well(strong_server, web)


def test_many_large_pictures_at_once(strong_server: Server) -> None:
    # Within the limit, each would take a hundred megabytes of pixels if it were taken apart whole.
    large = made.whole_png(9_900)

    def one(_: int) -> int:
        with requests.Session() as web:
            web.trust_env = False
            return ask(strong_server, web, large).status_code

    with ThreadPoolExecutor(8) as clients:
        statuses = set(clients.map(one, range(8)))
    assert statuses <= {200, 503}
    assert 200 in statuses


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_picture(strong_server: Server, web: requests.Session, name: str) -> None:
    # One whose damage does no harm to the pixels may be looked at.
    answer = ask(strong_server, web, DAMAGED[name])
    assert answer.status_code in (200, 422), answer.text
    if name.startswith("random") or name.endswith("0.01"):
        assert answer.status_code == 422


def test_well_after_damaged_pictures(strong_server: Server, web: requests.Session) -> None:
    assert_well(strong_server, web)


@pytest.mark.parametrize("name", made.FOREIGN_FORMATS)
def test_format_that_is_not_on_the_list(
    strong_server: Server, web: requests.Session, name: str
) -> None:
    for media_type in ("application/octet-stream", "image/svg+xml", "image/jpeg"):
        answer = web.post(
            f"{strong_server.api}/search",
            data=made.FOREIGN_FORMATS[name],
            headers={"Content-Type": media_type},
            timeout=20,
        )
        assert answer.status_code == 422, answer.text
        assert "root:" not in answer.text
