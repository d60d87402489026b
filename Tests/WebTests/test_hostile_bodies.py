"""Bodies over the limit, with and without their length: refused before they fill the memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from program import SAMPLES, Server
from raw_http import Answer, Connection, Ended, exchange, request

LIMIT = 2 << 20
PIECE = b"\xff" * (1 << 16)
HEAD = b"POST /api/v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/jpeg\r\n"
PICTURE = (SAMPLES / "animals" / "dog-with-a-ball.jpg").read_bytes()


@pytest.fixture(scope="module")
def narrow_server(sample_library: Path) -> Iterator[Server]:
    """A server that takes bodies of two megabytes."""
    with Server(sample_library, ("--upload-limit", "2")) as server:
        yield server
        assert server.is_alive
        assert server.faults() == []


def send_long(server: Server, head: bytes, chunked: bool, most: int) -> tuple[Answer | None, int]:
    """Sends up to `most` bytes of a body: the answer, and how many bytes the server took."""
    sent = 0
    with Connection(server.port) as connection:
        try:
            connection.send(head + b"\r\n")
            while sent < most:
                size = f"{len(PIECE):x}\r\n".encode()
                connection.send(size + PIECE + b"\r\n" if chunked else PIECE)
                sent += len(PIECE)
            if chunked:
                connection.send(b"0\r\n\r\n")
        except Ended:
            pass
        try:
            return connection.receive(), sent
        except Ended:
            return None, sent


def assert_too_large(answer: Answer | None) -> None:
    """413 with a sentence; whoever goes on sending may find the connection ended instead."""
    if answer is None:
        return
    assert answer.status == 413
    assert answer.header("Content-Type") == "application/problem+json"
    assert str(LIMIT) in json.loads(answer.body)["detail"]


def test_length_over_the_limit_is_refused_before_a_byte_is_sent(narrow_server: Server) -> None:
    for length in (LIMIT + 1, 1 << 40, 2**63 - 1):
        head = HEAD + f"Content-Length: {length}\r\n\r\n".encode()
        answer = exchange(narrow_server.port, head)
        assert answer is not None and answer.status == 413
        assert_too_large(answer)


def test_length_over_every_number(narrow_server: Server) -> None:
    for length in ("18446744073709551616", "9" * 400, "-1", "1.5", "0x10", "", "1e3", "+5"):
        answer = exchange(narrow_server.port, HEAD + f"Content-Length: {length}\r\n\r\n".encode())
        assert answer is None or answer.status in (400, 413), length


def test_body_over_the_limit_with_its_length(narrow_server: Server) -> None:
    before = narrow_server.memory_kilobytes("VmHWM")
    head = HEAD + f"Content-Length: {256 << 20}\r\n".encode()
    answer, _ = send_long(narrow_server, head, chunked=False, most=64 << 20)
    assert_too_large(answer)
    assert narrow_server.memory_kilobytes("VmHWM") - before < 64 << 10


def test_body_over_the_limit_in_chunks(narrow_server: Server) -> None:
    before = narrow_server.memory_kilobytes("VmHWM")
    head = HEAD + b"Transfer-Encoding: chunked\r\n"
    answer, _ = send_long(narrow_server, head, chunked=True, most=256 << 20)
    assert_too_large(answer)
    assert narrow_server.memory_kilobytes("VmHWM") - before < 64 << 10


def test_one_chunk_over_the_limit(narrow_server: Server) -> None:
    head = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    for size in (b"7fffffff", b"ffffffffffffffff", b"10000000000000000", b"f" * 100):
        answer = exchange(narrow_server.port, head + size + b"\r\n" + PIECE * 40)
        assert answer is None or answer.status in (400, 413), size


def test_just_below_and_above_the_limit(narrow_server: Server) -> None:
    # A JPEG may be followed by anything.
    fitting = PICTURE + b"\x00" * (LIMIT - len(PICTURE))
    headers = {"Content-Type": "image/jpeg"}
    address = "/api/v1/search"
    answer = exchange(narrow_server.port, request(address, "POST", headers, fitting))
    assert answer is not None and answer.status == 200
    answer = exchange(narrow_server.port, request(address, "POST", headers, fitting + b"\x00"))
    assert_too_large(answer)


def test_body_in_many_small_chunks(narrow_server: Server) -> None:
    pieces = b"".join(
        f"{len(part):x}\r\n".encode() + part + b"\r\n"
        for part in (PICTURE[at : at + 100] for at in range(0, len(PICTURE), 100))
    )
    data = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + pieces + b"0\r\n\r\n"
    answer = exchange(narrow_server.port, data)
    assert answer is not None and answer.status == 200


def test_bodies_where_none_is_wanted(narrow_server: Server) -> None:
    # Whatever accompanies a GET is not kept, and the connection is not confused by it.
    for target in ("/api/v1/status", "/api/v1/images/1/file", "/"):
        answer, _ = send_long(
            narrow_server,
            f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {32 << 20}\r\n".encode(),
            chunked=False,
            most=32 << 20,
        )
        assert answer is None or answer.status in (200, 400, 413), target
    assert narrow_server.memory_kilobytes() < 400 << 10


def test_sign_in_takes_no_long_body(token_server: Server) -> None:
    head = b"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    answer = exchange(token_server.port, head + b"Content-Length: 8193\r\n\r\n" + b"x" * 8193)
    assert answer is None or answer.status == 413
    answer, _ = send_long(
        token_server, head + b"Transfer-Encoding: chunked\r\n", chunked=True, most=8 << 20
    )
    assert answer is None or answer.status == 413


def test_body_that_ends_too_early(narrow_server: Server) -> None:
    for _ in range(50):
        with Connection(narrow_server.port) as connection:
            connection.send(HEAD + b"Content-Length: 100000\r\n\r\n" + PICTURE[:5000])
    answer = exchange(narrow_server.port, request("/healthz"))
    assert answer is not None and answer.status == 200
    # The places where pictures are looked at are free again.
    headers = {"Content-Type": "image/jpeg"}
    whole = request("/api/v1/search", "POST", headers, PICTURE)
    answer = exchange(narrow_server.port, whole)
    assert answer is not None and answer.status == 200


def test_client_that_waits_to_be_asked_for_its_body(narrow_server: Server) -> None:
    head = HEAD + f"Expect: 100-continue\r\nContent-Length: {len(PICTURE)}\r\n\r\n".encode()
    with Connection(narrow_server.port) as connection:
        connection.send(head)
        connection.send(PICTURE)
        assert connection.receive().status == 200
