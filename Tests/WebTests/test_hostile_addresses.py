"""Addresses made to reach what is not meant to be reached.

Files are served by the number of their image alone, so whatever an address says, the answer is a
known page, a problem document, or nothing. What must never come is a byte of another file.
"""

from __future__ import annotations

import json

import pytest

from program import CHECKOUT, Server
from raw_http import Answer, exchange, request

# What stands in files that an address might reach: the system's, the library's, the page's sources.
SECRETS = (b"root:x:0:0", b"SQLite format 3", b"PATH=", b"{{#detail}}", b"{{words.")

CLIMBS = [
    "../../../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252f%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "..\\..\\..\\..\\..\\etc\\passwd",
    "..%5c..%5c..%5c..%5cetc%5cpasswd",
    "....//....//....//....//etc/passwd",
    "..;/..;/..;/..;/etc/passwd",
    "%c0%ae%c0%ae/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    "%e0%80%ae%e0%80%ae/etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "/proc/self/environ",
    "file:///etc/passwd",
    "1%00.jpg",
    "1%00/../../../../etc/passwd",
    "1%0d%0aX-Injected:%20yes",
    "catalog.sqlite",
    "..%2fcatalog.sqlite",
    "../thumbnails/00",
]

PLACES = [
    "/{}",
    "/app/{}",
    "/style/{}",
    "/words/{}",
    "/openapi.yaml/{}",
    "/api/v1/images/{}",
    "/api/v1/images/{}/file",
    "/api/v1/images/{}/thumbnail",
    "/api/v1/images/1/file/{}",
    "/api/v1/images/1/thumbnail?size={}",
    "/api/v1/images/1/thumbnail?v={}",
    "/api/v1/search?like={}",
    "/api/v1/search?limit={}",
    "/api/v1/images?offset={}",
]


def assert_harmless(answer: Answer | None, target: object) -> None:
    """Refused in so many words, or cut off; nothing of another file, no header smuggled in."""
    if answer is None:
        return
    assert answer.status in (400, 403, 404, 405), (target, answer)
    assert answer.header("X-Injected") is None, target
    for secret in SECRETS:
        assert secret not in answer.body, target
    # Where the server itself still understands the request, it explains; what its parser refuses
    # is ended without a word.
    if answer.body:
        assert json.loads(answer.body)["status"] == answer.status


@pytest.mark.parametrize("place", PLACES)
def test_climbing_out(server: Server, place: str) -> None:
    for climb in CLIMBS:
        target = place.format(climb)
        assert_harmless(exchange(server.port, request(target)), target)


@pytest.mark.parametrize("climb", CLIMBS)
def test_words_and_page_addresses_name_no_files(server: Server, climb: str) -> None:
    # Any words can be searched for, and any address of the page is answered: as words, not as a
    # file.
    for target in (
        f"/api/v1/search?q={climb}",
        f"/?q={climb}",
        f"/?id={climb}",
        f"/?image={climb}",
    ):
        answer = exchange(server.port, request(target))
        if answer is None:
            continue
        assert answer.status in (200, 400), target
        assert answer.header("X-Injected") is None
        for secret in SECRETS:
            assert secret not in answer.body, target


@pytest.mark.parametrize(
    "target",
    [
        b"/\x00",
        b"/api/v1/images/1\x00/file",
        b"/api/v1/images/1\\..\\..\\file",
        b"/api/v1/images/\xff\xfe/file",
        b"/api/v1/search?q=\x01",
        b"/api/v1/search?like=\xe3\x81",
        b"\\etc\\passwd",
        b"etc/passwd",
        b"*",
        b"",
        b"?",
        b"/api/v1/images/1/file\tx",
        b"/../../etc/passwd",
    ],
)
def test_raw_bytes(server: Server, target: bytes) -> None:
    answer = exchange(server.port, request(target))
    if answer is not None and answer.status == 200:
        # Only "?" and its like may be the start page, and control characters words.
        assert not any(secret in answer.body for secret in SECRETS)
        assert answer.header("Content-Type") in ("text/html; charset=utf-8", "application/json")
        assert b"passwd" not in target and b"file" not in target
    else:
        assert_harmless(answer, target)


def test_address_that_is_not_percent_encoded(server: Server) -> None:
    for target in ("/api/v1/search?q=%zz", "/api/v1/search?q=%", "/api/v1/search?q=%4"):
        answer = exchange(server.port, request(target))
        assert answer is not None and answer.status == 400, target
        assert "percent" in json.loads(answer.body)["detail"]


@pytest.mark.parametrize(
    "target",
    [
        "http://example.com/api/v1/status",
        "http://example.com:80/",
        "https://example.com/api/v1/images",
        "http://example.com/api/v1/images/1/file",
        "http://user@127.0.0.1/etc/passwd",
        "ftp://127.0.0.1/etc/passwd",
        "file:///etc/passwd",
        "//example.com/api/v1/status",
        "example.com:443",
    ],
)
def test_address_of_another_server(server: Server, target: str) -> None:
    # It is no proxy: such an address is at most taken for one of its own that is not there.
    for method in ("GET", "HEAD", "CONNECT", "POST"):
        answer = exchange(server.port, request(target, method), method)
        assert answer is None or 400 <= answer.status < 500, (method, answer)
        if answer is not None and method != "HEAD":
            assert not any(secret in answer.body for secret in SECRETS)


def test_own_address_written_in_full_is_its_own(server: Server) -> None:
    # RFC 9112, section 3.2.2: the absolute form is taken, and what it names counts.
    for name in ("127.0.0.1", f"127.0.0.1:{server.port}", f"localhost:{server.port}"):
        answer = exchange(server.port, request(f"http://{name}/healthz"))
        assert answer is not None and answer.status == 200, name


def test_sources_of_the_page_are_not_served(server: Server) -> None:
    for target in (
        "/index.html", "/index.html/", "/.git/config", "/Package.swift", "/Sources", "/Samples",
        "/Models/starter/config.json", "/app/", "/app", "/words", "/style/", "/%2e/index.html",
        "//index.html", "/app/../index.html", "/api", "/api/", "/api/v1", "/api/v1/",
        f"/{CHECKOUT}/README.md",
    ):  # fmt: skip
        answer = exchange(server.port, request(target))
        assert answer is not None and answer.status == 404, target
        assert json.loads(answer.body)["status"] == 404


def test_server_is_well_after_all_this(server: Server) -> None:
    answer = exchange(server.port, request("/healthz"))
    assert answer is not None and answer.status == 200
    assert server.faults() == []
