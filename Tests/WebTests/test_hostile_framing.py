"""Where one request ends and the next begins: shapes on which two servers could disagree.

A request that one server takes for the body of another is how requests are smuggled past a proxy.
The server here must either read a shape as the standard says or end the connection; the second
request that such a shape hides must never be answered.
"""

from __future__ import annotations

import pytest

from program import Server
from raw_http import Answer, Connection, Ended, exchange, request

HOST = b"Host: 127.0.0.1\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
# Answered, it would give itself away: no other request here asks for it.
HIDDEN = b"GET /api/v1/images/999999 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def answers(server: Server, data: bytes, most: int = 5) -> list[Answer]:
    """Everything that the server answers to these bytes before it ends the connection or waits."""
    received: list[Answer] = []
    with Connection(server.port) as connection:
        try:
            connection.send(data)
            while len(received) < most:
                # The first takes what it takes, even nothing; a second would come right behind it.
                connection.wait_at_most(0.5 if received else 1.5)
                received.append(connection.receive())
        except (Ended, TimeoutError):
            pass
    return received


def post(headers: bytes) -> bytes:
    """A search by image with these headers."""
    return b"POST /api/v1/search HTTP/1.1\r\n" + HOST + b"Content-Type: image/png\r\n" + headers


SMUGGLED = {
    "length and chunks": post(b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n")
    + b"0\r\n\r\n" + HIDDEN,
    "chunks and length": post(b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n")
    + b"0\r\n\r\n" + HIDDEN,
    "two lengths": post(b"Content-Length: 0\r\nContent-Length: 95\r\n\r\n") + HIDDEN,
    "two lengths in one": post(b"Content-Length: 0, 95\r\n\r\n") + HIDDEN,
    "length with a sign": post(b"Content-Length: +0\r\n\r\n") + HIDDEN,
    "length with a space": post(b"Content-Length : 0\r\n\r\n") + HIDDEN,
    "length with letters": post(b"Content-Length: 0x0\r\n\r\n") + HIDDEN,
    "negative length": post(b"Content-Length: -1\r\n\r\n") + HIDDEN,
    "chunks twice": post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n")
    + b"0\r\n\r\n" + HIDDEN,
    "chunked is not last": post(b"Transfer-Encoding: chunked, gzip\r\n\r\n")
    + b"0\r\n\r\n" + HIDDEN,
    "chunked misspelt": post(b"Transfer-Encoding: xchunked\r\n\r\n") + b"0\r\n\r\n" + HIDDEN,
    "chunked behind a tab": post(b"Transfer-Encoding:\x0bchunked\r\n\r\n") + b"0\r\n\r\n" + HIDDEN,
    "space before the colon": post(b"Transfer-Encoding : chunked\r\n\r\n") + b"0\r\n\r\n" + HIDDEN,
    "folded header": post(b"Transfer-Encoding:\r\n chunked\r\n\r\n") + b"0\r\n\r\n" + HIDDEN,
    "negative chunk": post(CHUNKED) + b"-1\r\n\r\n" + HIDDEN,
    "chunk in hexadecimal prefix": post(CHUNKED) + b"0x0\r\n\r\n" + HIDDEN,
    "chunk without a size": post(CHUNKED) + b"\r\n\r\n" + HIDDEN,
    "chunk with a space": post(CHUNKED) + b"1 0\r\n\r\n" + HIDDEN,
    "chunk too long": post(CHUNKED)
    + b"ffffffffffffffff1\r\n\r\n" + HIDDEN,
    "chunk with junk behind it": post(CHUNKED)
    + b"1\r\nab\r\n0\r\n\r\n" + HIDDEN,
    "carriage return alone": b"GET /healthz HTTP/1.1\r" + HOST + b"\r\n" + HIDDEN,
    "NUL in a header": b"GET /healthz HTTP/1.1\r\nX: a\x00b\r\n" + HOST + b"\r\n" + HIDDEN,
    "header without a colon": b"GET /healthz HTTP/1.1\r\nnonsense\r\n" + HOST + b"\r\n" + HIDDEN,
    "header without a name": b"GET /healthz HTTP/1.1\r\n: nonsense\r\n" + HOST + b"\r\n" + HIDDEN,
}  # fmt: skip

# In these the standard itself sees two requests: chunks go before the length (RFC 9112, 6.3), but a
# server must end the connection after the answer (6.1), so the second one must not be answered
# either.
FIRST_IS_SOUND = {"length and chunks", "chunks and length"}


@pytest.mark.parametrize("shape", SMUGGLED)
def test_hidden_request_is_not_answered(server: Server, shape: str) -> None:
    received = answers(server, SMUGGLED[shape])
    assert len(received) <= 1, [answer.status for answer in received]
    for answer in received:
        assert answer.status != 404
        if shape not in FIRST_IS_SOUND:
            assert answer.status in (400, 413, 415, 501), answer


def test_hidden_request_in_a_body_is_a_body(server: Server) -> None:
    received = answers(server, post(f"Content-Length: {len(HIDDEN)}\r\n\r\n".encode()) + HIDDEN)
    assert [answer.status for answer in received] == [422]
    chunk = f"{len(HIDDEN):x}\r\n".encode() + HIDDEN + b"\r\n0\r\n\r\n"
    received = answers(server, post(CHUNKED) + chunk)
    assert [answer.status for answer in received] == [422]


def test_refused_body_is_not_taken_for_the_next_request(server: Server) -> None:
    # Refused before its body is read: the body's bytes must not be answered as a request.
    refused = [
        b"POST /api/v1/nothing HTTP/1.1\r\n" + HOST,
        b"POST /api/v1/images HTTP/1.1\r\n" + HOST,
        b"POST /api/v1/search?limit=0 HTTP/1.1\r\n" + HOST,
        b"POST /api/v1/search HTTP/1.1\r\nHost: example.com\r\n",
        b"POST /api/v1/search HTTP/1.1\r\n" + HOST + b"Content-Type: text/plain\r\n",
        b"GET /healthz HTTP/1.1\r\n" + HOST,
    ]
    for head in refused:
        data = head + f"Content-Length: {len(HIDDEN)}\r\n\r\n".encode() + HIDDEN
        received = answers(server, data)
        assert len(received) <= 1, head
        if b"/nothing" not in head:
            assert all(answer.status != 404 for answer in received), head


def test_requests_in_a_row_are_answered_in_a_row(server: Server) -> None:
    with Connection(server.port) as connection:
        targets = [
            "/healthz",
            "/api/v1/images/999999",
            "/api/v1/search?q=a",
            "/nothing",
            "/healthz",
        ]
        for _ in range(4):
            connection.send(b"".join(request(target) for target in targets))
            statuses = [connection.receive().status for _ in targets]
            assert statuses == [200, 404, 200, 404, 200]


def test_many_requests_in_a_row(server: Server) -> None:
    with Connection(server.port, seconds=60) as connection:
        connection.send(request("/healthz") * 500)
        assert all(connection.receive().status == 200 for _ in range(500))


def test_old_clients(server: Server) -> None:
    # HTTP/1.0 ends each connection, and still has to say which host it means.
    answer = exchange(server.port, b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
    assert answer is not None and answer.status == 200
    with Connection(server.port, seconds=8) as connection:
        connection.send(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        assert connection.receive().status == 200
        assert connection.is_ended()
    answer = exchange(server.port, b"GET /healthz HTTP/1.0\r\n\r\n")
    assert answer is None or answer.status in (400, 403)


@pytest.mark.parametrize(
    "data",
    [
        b"GET /healthz\r\n\r\n",
        b"GET /healthz HTTP/0.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /healthz HTTP/2.0\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /healthz HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /healthz FTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
        b" GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"G\xc3\xa9T /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
        b"\x00" * 2000,
        b"\r\n" * 2000,
        b"A" * 200_000,
    ],
    ids=lambda data: repr(data[:30]),
)
def test_what_is_no_request_of_this_version(server: Server, data: bytes) -> None:
    for answer in answers(server, data):
        assert 400 <= answer.status <= 505


@pytest.mark.parametrize(
    "data",
    [
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: " + b"a" * (1 << 20) + b"\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"X" * (1 << 20) + b": a\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\r\n" * 5000 + b"\r\n",
        b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /?" + b"a=b&" * (1 << 18) + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        b"A" * (1 << 16) + b" / HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /healthz HTTP/1.1\r\n" + HOST + b"Cookie: " + b"a=b; " * 200_000 + b"\r\n\r\n",
        post(CHUNKED) + b"1;" + b"x" * (1 << 20) + b"\r\na\r\n0\r\n\r\n",
        post(CHUNKED) + b"1\r\na\r\n0\r\n" + b"X: a\r\n" * 50_000,
    ],
    ids=["long value", "long name", "many headers", "long path", "long query", "long method",
         "long cookie", "long chunk extension", "many trailers"],
)  # fmt: skip
def test_headers_without_end(server: Server, data: bytes) -> None:
    before = server.memory_kilobytes()
    for _ in range(5):
        for answer in answers(server, data, most=1):
            assert answer.status in (400, 413, 414, 431, 422), answer.status
    assert server.memory_kilobytes() - before < 50 << 10


def test_longest_words_fit(server: Server) -> None:
    # 2,000 characters, each of which takes twelve in the address.
    target = "/api/v1/search?q=" + "%F0%A0%AE%B7" * 2000
    answer = exchange(server.port, request(target))
    assert answer is not None and answer.status == 200, answer


def test_server_is_well_after_all_this(server: Server) -> None:
    answer = exchange(server.port, request("/healthz"))
    assert answer is not None and answer.status == 200
    assert server.faults() == []
