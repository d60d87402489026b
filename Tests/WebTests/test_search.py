"""Searching over HTTP: words in two languages, images, both, and pages of the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from program import CHECKOUT, SAMPLES, Server

QUERY_IMAGE = CHECKOUT / "Samples" / "queries" / "turtle-on-the-sand.jpg"
COUNT = len([path for path in SAMPLES.rglob("*") if path.is_file()])


def found(answer: requests.Response) -> dict[str, Any]:
    """The page of hits, which every search must give."""
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def names(page: dict[str, Any]) -> list[str]:
    """File names of the hits, best first."""
    return [hit["image"]["name"] for hit in page["hits"]]


def search(server: Server, web: requests.Session, **query: Any) -> dict[str, Any]:
    """Asks with GET."""
    return found(web.get(f"{server.api}/search", params=query, timeout=20))


def search_image(
    server: Server, web: requests.Session, path: Path, media_type: str = "image/jpeg", **query: Any
) -> dict[str, Any]:
    """Asks with an image in the body."""
    headers = {"Content-Type": media_type}
    data = path.read_bytes()
    return found(
        web.post(f"{server.api}/search", params=query, data=data, headers=headers, timeout=20)
    )


# As the demo of the command line searches, and more.
WORDS = [
    ("雨の日の傘", "umbrella-in-the-rain.jpg"),
    ("氷の上のペンギン", "penguins-on-the-ice.jpg"),
    ("a rocket in space", "rocket-over-a-purple-planet.png"),
    ("夕日のクジラ", "whale-at-sunset.jpg"),
    ("sushi", "sushi-on-a-board.jpg"),
]


@pytest.mark.parametrize(("words", "expected"), WORDS)
def test_words(server: Server, web: requests.Session, words: str, expected: str) -> None:
    assert expected in names(search(server, web, q=words))[:3]


def test_image(server: Server, web: requests.Session) -> None:
    assert "sea-turtle-in-the-blue.jpg" in names(search_image(server, web, QUERY_IMAGE))[:3]


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/png", "application/octet-stream"])
def test_what_an_image_is_its_bytes_say(
    server: Server, web: requests.Session, media_type: str
) -> None:
    expected = search_image(server, web, QUERY_IMAGE)
    assert search_image(server, web, QUERY_IMAGE, media_type) == expected


@pytest.mark.parametrize(
    "name", ["places/bus-in-the-city.webp", "food/strawberries.png", "animals/dog-with-a-ball.jpg"]
)
def test_image_of_the_library_finds_itself(
    server: Server, web: requests.Session, sample_numbers: dict[str, int], name: str
) -> None:
    path = SAMPLES / name
    first = search_image(server, web, path)["hits"][0]
    assert first["image"]["id"] == sample_numbers[path.name]
    assert first["reasons"][0]["score"] == pytest.approx(1, abs=0.01)


def test_like(server: Server, web: requests.Session, sample_numbers: dict[str, int]) -> None:
    number = sample_numbers["rocket-over-a-purple-planet.png"]
    page = search(server, web, like=number)
    assert "rocket-in-the-morning-sky.webp" in names(page)[:3]


def test_words_and_likeness_together(
    server: Server, web: requests.Session, sample_numbers: dict[str, int]
) -> None:
    number = sample_numbers["rocket-over-a-purple-planet.png"]
    words = scores(search(server, web, q="朝の空", limit=200))
    likeness = scores(search(server, web, like=number, limit=200))
    both = scores(search(server, web, q="朝の空", like=number, limit=200))
    assert set(both) <= set(words) | set(likeness)
    assert both != words and both != likeness
    # Near to both: nothing that either knows better is far away.
    best = max(both, key=lambda key: both[key])
    assert sorted(likeness, key=lambda key: -likeness[key]).index(best) < 10


def scores(page: dict[str, Any]) -> dict[int, float]:
    """Scores by the images' numbers."""
    return {hit["image"]["id"]: hit["reasons"][0]["score"] for hit in page["hits"]}


def test_several_images_to_resemble(
    server: Server, web: requests.Session, sample_numbers: dict[str, int]
) -> None:
    wanted = [sample_numbers["sushi-on-a-board.jpg"], sample_numbers["pizza-night.png"]]
    page = search(server, web, like=wanted, limit=200)
    first, second = (scores(search(server, web, like=n, limit=200)) for n in wanted)
    assert scores(page) not in (first, second)
    both = scores(search_image(server, web, QUERY_IMAGE, like=wanted, q="寿司", limit=200))
    assert both and both not in (scores(page), first, second)


def test_pages_put_together_are_the_whole(server: Server, web: requests.Session) -> None:
    kind = {"q": "海の夕日", "target": "image", "method": "vector"}
    whole = search(server, web, **kind, limit=200)
    assert whole["total"] == len(whole["hits"]) == COUNT
    parts: list[Any] = []
    for offset in range(0, COUNT, 16):
        page = search(server, web, **kind, limit=16, offset=offset)
        assert (page["total"], page["offset"], page["limit"]) == (COUNT, offset, 16)
        parts += page["hits"]
    assert parts == whole["hits"]
    assert [hit["rank"] for hit in parts] == list(range(1, COUNT + 1))
    values = [hit["reasons"][0]["score"] for hit in parts]
    assert values == sorted(values, reverse=True)
    assert all(-1.001 <= value <= 1.001 for value in values)
    assert len({hit["image"]["id"] for hit in parts}) == COUNT


def test_same_request_gives_the_same_order(server: Server, web: requests.Session) -> None:
    first = search(server, web, q="花", limit=200)
    assert all(search(server, web, q="花", limit=200) == first for _ in range(5))


def test_beyond_the_last_hit(server: Server, web: requests.Session) -> None:
    page = search(server, web, q="花", offset=1_000_000_000)
    assert (page["hits"], page["total"]) == ([], COUNT)


def test_plus_is_a_space_as_forms_send_it(server: Server, web: requests.Session) -> None:
    expected = search(server, web, q="a rocket in space")
    answer = web.get(f"{server.api}/search?q=a+rocket+in+space", timeout=20)
    assert found(answer) == expected


def test_any_words_are_answered(server: Server, web: requests.Session) -> None:
    for words in (
        "𠮷野家",
        "👨‍👩‍👧‍👦",
        "‮right to left",
        "é",
        "é",
        "ﾈｺ",
        "%00%",
        "a" * 2000,
        "\u0000",
    ):
        assert search(server, web, q=words)["total"] == COUNT, ascii(words)
