"""What goes wrong is told in a problem document, with the status that fits."""

from __future__ import annotations

import pytest
import requests
from jsonschema import Draft202012Validator

from program import SAMPLES, Server

PICTURE = (SAMPLES / "animals" / "cat-by-the-window.jpg").read_bytes()

# In the manner of the description, which test_description.py compares with the server.
DOCUMENT = Draft202012Validator(
    {
        "type": "object",
        "required": ["type", "title", "status", "detail", "code"],
        "additionalProperties": False,
        "properties": {
            "type": {"const": "about:blank"},
            "title": {"type": "string", "minLength": 1},
            "status": {"type": "integer"},
            "detail": {"type": "string", "minLength": 10},
            "code": {"type": "string", "pattern": "^[a-zA-Z]+$"},
        },
    }
)


def assert_problem(answer: requests.Response, status: int, about: str = "") -> None:
    """A problem document of this status whose sentence names what is wrong."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    document = answer.json()
    DOCUMENT.validate(document)
    assert document["status"] == status
    assert about in document["detail"]


MALFORMED = [
    ("/search", ""),
    ("/search?q=", "q"),
    ("/search?q=%20%E3%80%80%0A", "q"),
    ("/search?q=" + "a" * 2001, "q"),
    ("/search?q=%FF", "UTF-8"),
    ("/search?q=%E3%81", "UTF-8"),
    ("/search?q=a&q=b", "q"),
    ("/search?words=a", "words"),
    ("/search?q=a&limit=0", "limit"),
    ("/search?q=a&limit=201", "limit"),
    ("/search?q=a&limit=", "limit"),
    ("/search?q=a&limit=1.5", "limit"),
    ("/search?q=a&limit=-1", "limit"),
    ("/search?q=a&limit=%EF%BC%91", "limit"),
    ("/search?q=a&limit=99999999999999999999", "limit"),
    ("/search?q=a&offset=-1", "offset"),
    ("/search?q=a&offset=1000000001", "offset"),
    ("/search?like=0", "like"),
    ("/search?like=-1", "like"),
    ("/search?like=x", "like"),
    ("/search?like=1,2", "like"),
    ("/search?" + "&".join(["like=1"] * 17), "like"),
    ("/images?q=a", "q"),
    ("/images?limit=1000000", "limit"),
    ("/images/0", "id"),
    ("/images/one", "id"),
    ("/images/1e3", "id"),
    ("/images/9223372036854775808", "id"),
    ("/images/1?size=256", "size"),
    ("/images/1/thumbnail?size=300", "size"),
    ("/images/1/thumbnail?size=0", "size"),
    ("/images/1/thumbnail?size=256&size=512", "size"),
    ("/images/1/thumbnail?v=xyz", "v"),
    ("/images/1/file?download=1", "download"),
    ("/status?verbose=1", "verbose"),
]


@pytest.mark.parametrize(("address", "about"), MALFORMED)
def test_malformed_request(server: Server, web: requests.Session, address: str, about: str) -> None:
    assert_problem(web.get(server.api + address, timeout=20), 400, about)


@pytest.mark.parametrize(
    "address",
    ["/images/999999", "/images/999999/thumbnail", "/images/999999/file", "/search?like=999999",
     "/images/9223372036854775807", "/nothing", "/", "/images/1/nothing", "/images/1/file/x"],
)  # fmt: skip
def test_what_is_not_there(server: Server, web: requests.Session, address: str) -> None:
    assert_problem(web.get(server.api + address, timeout=20), 404)


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("POST", "/images", "GET, HEAD"),
        ("DELETE", "/images/1", "GET, HEAD"),
        ("PUT", "/images/1/file", "GET, HEAD"),
        ("PATCH", "/status", "GET, HEAD"),
        ("DELETE", "/search", "GET, HEAD, POST"),
        ("GET", "/session", "DELETE, POST"),
        ("OPTIONS", "/search", "GET, HEAD, POST"),
        ("TRACE", "/search", "GET, HEAD, POST"),
    ],
)
def test_method_that_an_address_does_not_take(
    server: Server, web: requests.Session, method: str, address: str, allowed: str
) -> None:
    answer = web.request(method, server.api + address, timeout=20)
    assert_problem(answer, 405, allowed)
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/json", "multipart/form-data; boundary=x", "imagejpeg"]
)
def test_body_of_another_type(server: Server, web: requests.Session, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    answer = web.post(f"{server.api}/search", data=PICTURE, headers=headers, timeout=20)
    assert_problem(answer, 415, "image/")


@pytest.mark.parametrize(
    "body",
    [b"no image", PICTURE[:200], b"\x00" * 1000, b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_body_that_is_no_picture(server: Server, web: requests.Session, body: bytes) -> None:
    headers = {"Content-Type": "image/jpeg"}
    assert_problem(web.post(f"{server.api}/search", data=body, headers=headers, timeout=20), 422)


def test_empty_body(server: Server, web: requests.Session) -> None:
    headers = {"Content-Type": "image/jpeg"}
    answer = web.post(f"{server.api}/search", data=b"", headers=headers, timeout=20)
    assert_problem(answer, 400, "empty")


def test_malformed_address_beside_a_body(server: Server, web: requests.Session) -> None:
    headers = {"Content-Type": "image/jpeg"}
    address = f"{server.api}/search?limit=0"
    assert_problem(web.post(address, data=PICTURE, headers=headers, timeout=20), 400, "limit")
    address = f"{server.api}/search?like=999999"
    assert_problem(web.post(address, data=PICTURE, headers=headers, timeout=20), 404, "999999")
