"""Images' files over HTTP: the bytes on the disk, whole and in parts, and known copies spared."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import requests

from program import SAMPLES, Server

NAME = "places/mount-fuji-at-dawn.jpg"
MEDIA_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@pytest.fixture(scope="module")
def data() -> bytes:
    return (SAMPLES / NAME).read_bytes()


@pytest.fixture(scope="module")
def address(server: Server, sample_numbers: dict[str, int]) -> str:
    return f"{server.api}/images/{sample_numbers[Path(NAME).name]}/file"


def test_every_file_is_what_lies_on_the_disk(
    server: Server, web: requests.Session, sample_numbers: dict[str, int]
) -> None:
    files = {path.name: path for path in SAMPLES.rglob("*") if path.is_file()}
    assert sample_numbers.keys() == files.keys()
    for name, path in files.items():
        answer = web.get(f"{server.api}/images/{sample_numbers[name]}/file", timeout=20)
        assert answer.status_code == 200
        assert answer.content == path.read_bytes(), name
        assert answer.headers["Content-Type"] == MEDIA_TYPES[path.suffix]
        assert answer.headers["Content-Length"] == str(path.stat().st_size)


def test_file_says_how_it_may_be_used(address: str, web: requests.Session, data: bytes) -> None:
    answer = web.get(address, timeout=20)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["ETag"] == f'"{hashlib.sha256(data).hexdigest()}"'
    assert answer.headers["Content-Disposition"] == (
        "inline; filename*=UTF-8''mount-fuji-at-dawn.jpg"
    )
    # Kept only where it is asked for again: it may have changed, or be for nobody any more.
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_head_has_the_headers_of_get_and_no_body(address: str, web: requests.Session) -> None:
    whole = web.get(address, timeout=20)
    head = web.head(address, timeout=20)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Content-Disposition"):
        assert head.headers[name] == whole.headers[name]


RANGES = [
    ("bytes=0-0", 0, 0),
    ("bytes=0-99", 0, 99),
    ("bytes=1000-1999", 1000, 1999),
    # Across the edge of the pieces in which files are read.
    ("bytes=5-70000", 5, 70_000),
    ("bytes=100-", 100, None),
    ("bytes=-1", -1, None),
    ("bytes=-500", -500, None),
    ("bytes=0-99999999999", 0, None),
    ("bytes=0-99999999999999999999999999", 0, None),
    ("bytes=-99999999999", 0, None),
]


@pytest.mark.parametrize(("wanted", "first", "last"), RANGES)
def test_range(
    address: str, web: requests.Session, data: bytes, wanted: str, first: int, last: int | None
) -> None:
    answer = web.get(address, headers={"Range": wanted}, timeout=20)
    start = first if first >= 0 else len(data) + first
    end = len(data) - 1 if last is None else last
    assert answer.status_code == 206
    assert answer.content == data[start : end + 1]
    assert answer.headers["Content-Range"] == f"bytes {start}-{end}/{len(data)}"
    assert answer.headers["Content-Length"] == str(end + 1 - start)
    assert answer.headers["Content-Type"] == "image/jpeg"


def test_ranges_put_together_are_the_file(address: str, web: requests.Session, data: bytes) -> None:
    parts = []
    for start in range(0, len(data), 33_333):
        wanted = {"Range": f"bytes={start}-{start + 33_332}"}
        parts.append(web.get(address, headers=wanted, timeout=20).content)
    assert b"".join(parts) == data


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=99999999-100000000", "bytes=-0"])
def test_range_beyond_the_end(
    address: str, web: requests.Session, data: bytes, wanted: str
) -> None:
    answer = web.get(address, headers={"Range": wanted}, timeout=20)
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(data)}"
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "wanted",
    ["bytes=0-1,5-6", "bytes=9-3", "bytes=", "bytes=-", "bytes=a-b", "bytes=0x0-0x5", "lines=0-1",
     "bytes=+1-5", "bytes=1-2-3", "bytes 0-5"],
)  # fmt: skip
def test_range_that_is_not_understood_is_answered_whole(
    address: str, web: requests.Session, data: bytes, wanted: str
) -> None:
    answer = web.get(address, headers={"Range": wanted}, timeout=20)
    assert answer.status_code == 200
    assert answer.content == data


def test_known_copy_is_not_sent_again(address: str, web: requests.Session) -> None:
    tag = web.get(address, timeout=20).headers["ETag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = web.get(address, headers={"If-None-Match": known}, timeout=20)
        assert answer.status_code == 304, known
        assert answer.content == b""
        assert answer.headers["ETag"] == tag
    # A known copy goes before a part of it (RFC 9110, section 13.2.2).
    both = {"If-None-Match": tag, "Range": "bytes=0-9"}
    assert web.get(address, headers=both, timeout=20).status_code == 304
    assert web.head(address, headers={"If-None-Match": tag}, timeout=20).status_code == 304


def test_other_copy_is_sent_again(address: str, web: requests.Session, data: bytes) -> None:
    for known in ('"other"', '""', tag_without_quotes(address, web), "nonsense"):
        answer = web.get(address, headers={"If-None-Match": known}, timeout=20)
        assert answer.status_code == 200, known
        assert answer.content == data


def tag_without_quotes(address: str, web: requests.Session) -> str:
    """No tag at all: quotation marks are part of one."""
    return web.get(address, timeout=20).headers["ETag"].strip('"')


def test_part_of_another_copy_is_refused(address: str, web: requests.Session, data: bytes) -> None:
    tag = web.get(address, timeout=20).headers["ETag"]
    same = web.get(address, headers={"If-Range": tag, "Range": "bytes=0-9"}, timeout=20)
    assert (same.status_code, same.content) == (206, data[:10])
    # Another tag, a weak one and a date can't vouch for the bytes: the whole file is sent.
    for known in ('"other"', f"W/{tag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        answer = web.get(address, headers={"If-Range": known, "Range": "bytes=0-9"}, timeout=20)
        assert (answer.status_code, answer.content) == (200, data), known
