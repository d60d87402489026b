"""Markup in file names, text chunks and EXIF fields: texts to the API, and nothing else.

How the page shows the same library stands in test_page_hostile_texts.py.
"""

from __future__ import annotations

from urllib.parse import unquote

import requests

from hostile_library import EXIF_TEXT, NAMES, TEXTS, numbers
from program import Server


def test_names_are_given_as_they_are(hostile_server: Server, web: requests.Session) -> None:
    answer = web.get(f"{hostile_server.api}/images", params={"limit": 200}, timeout=20)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    images = answer.json()["images"]
    assert {image["name"] for image in images} == set(NAMES)
    for image in images:
        assert image["files"][0]["path"].endswith("/" + image["name"])


def test_text_chunks_are_given_as_they_are(hostile_server: Server, web: requests.Session) -> None:
    number = numbers(hostile_server, web)["chunks.png"]
    answer = web.get(f"{hostile_server.api}/images/{number}", timeout=20)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    chunks = {chunk["key"]: chunk["text"] for chunk in answer.json()["textChunks"]}
    for key, text in TEXTS.items():
        assert chunks[key] == text


def test_camera_fields_are_given_as_they_are(hostile_server: Server, web: requests.Session) -> None:
    number = numbers(hostile_server, web)["camera.jpg"]
    image = web.get(f"{hostile_server.api}/images/{number}", timeout=20).json()["image"]
    assert image["cameraMake"] == EXIF_TEXT
    assert image["cameraModel"] == EXIF_TEXT


def test_names_can_break_no_header(hostile_server: Server, web: requests.Session) -> None:
    found = numbers(hostile_server, web)
    for name, number in found.items():
        answer = web.get(f"{hostile_server.api}/images/{number}/file", timeout=20)
        assert answer.status_code == 200
        assert "X-Injected" not in answer.headers
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("inline; filename*=UTF-8''")
        encoded = disposition.removeprefix("inline; filename*=UTF-8''")
        assert unquote(encoded) == name
        # What RFC 8187 lets stand as it is, and percent-encoded bytes.
        assert all(
            char.isascii() and (char.isalnum() or char in "!#$&+-.^_`|~%") for char in encoded
        )


def test_japanese_name_is_saved_under_its_name(
    hostile_server: Server, web: requests.Session
) -> None:
    number = numbers(hostile_server, web)["夏祭り「花火」100%.png"]
    answer = web.get(f"{hostile_server.api}/images/{number}/file", timeout=20)
    assert answer.headers["Content-Disposition"] == (
        "inline; filename*=UTF-8''"
        "%E5%A4%8F%E7%A5%AD%E3%82%8A%E3%80%8C%E8%8A%B1%E7%81%AB%E3%80%8D100%25.png"
    )


def test_first_page_escapes_all_of_it(hostile_server: Server, web: requests.Session) -> None:
    addresses = [f"/?page={page}" for page in (1, 2)]
    addresses += [f"/?id={number}" for number in numbers(hostile_server, web).values()]
    addresses += ["/?q=<script>alert(1)</script>", '/?q="><img src=x onerror=alert(1)>',
                  "/?q=</title><script>alert(1)</script>", "/?image=</script><script>alert(1)",
                  "/?q={{{firstPage}}}"]  # fmt: skip
    for address in addresses:
        answer = web.get(hostile_server.address + address, timeout=20)
        assert answer.status_code == 200, address
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        page = answer.text.lower()
        assert "alert(1)" not in page or "&lt;" in page or "\\u003c" in page
        for markup in ("<script>alert", "<img src=x", "<svg/onload", "<iframe", "</script><"):
            assert markup not in page, (address, markup)
