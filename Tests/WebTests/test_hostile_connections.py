"""Connections that want to be waited for: thousands that never finish their request, and slow ones.

The server gives each connection fifteen seconds to say something whole, a body a minute, and takes
about two thousand connections at once. The tests stay within what a process may open.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from program import Server
from raw_http import Connection, Ended, exchange, request
from slow_clients import (
    PAUSING_CLIENTS,
    Background,
    BodyEnd,
    assert_answered,
    open_slowly,
    room_for_connections,
)

IN_ALL = 10_000
WAVE = 1_200


@pytest.fixture(scope="module")
def patient_server(sample_library: Path) -> Iterator[Server]:
    """A server of its own: nobody else shall wait behind these connections."""
    with Server(sample_library) as server:
        yield server
        assert server.is_alive
        assert server.faults() == []


def test_ten_thousand_unfinished_requests(patient_server: Server) -> None:
    wave = min(WAVE, room_for_connections())
    assert wave >= 100, "This process may open too few files for the test."
    opened = 0
    while opened < IN_ALL:
        connections = open_slowly(patient_server.port, min(wave, IN_ALL - opened))
        opened += len(connections)
        try:
            # In the middle of the wave, while all of them wait to be waited for.
            for connection in connections[::2]:
                connection.send(b"more")
            assert_answered(patient_server, seconds=10)
        finally:
            for connection in connections:
                connection.close()
    assert opened == IN_ALL
    assert_answered(patient_server, seconds=10)
    assert patient_server.memory_kilobytes() < 400 << 10


def test_more_connections_than_the_server_takes(crowd: Background[None]) -> None:
    crowd.result(120)


def test_idle_connections_are_ended(idle_ones: Background[tuple[int, int]]) -> None:
    dripping, silent = idle_ones.result(90)
    assert (dripping, silent) == (0, 0), "These dripping and silent connections are still open."


def test_connections_that_go_away_in_the_middle(patient_server: Server) -> None:
    # Asked for, and not waited for: a search, a file, a thumbnail that has to be made.
    targets = [
        "/api/v1/search?q=a",
        "/api/v1/images/1/file",
        "/api/v1/images/2/thumbnail?size=2048",
    ]
    for number in range(300):
        with Connection(patient_server.port) as connection:
            connection.send(request(targets[number % len(targets)]))
    assert_answered(patient_server, seconds=20)


def test_client_that_does_not_take_its_answer(patient_server: Server) -> None:
    # The answers to these would be hundreds of megabytes; the server must not keep them for whoever
    # does not take them.
    before = patient_server.memory_kilobytes()
    connections = []
    for _ in range(40):
        connection = Connection(patient_server.port, seconds=2)
        try:
            connection.send(request("/api/v1/images/1/file") * 200)
        except (Ended, TimeoutError):
            pass
        connections.append(connection)
    assert_answered(patient_server, seconds=20)
    assert patient_server.memory_kilobytes() - before < 150 << 10
    for connection in connections:
        connection.close()
    assert_answered(patient_server, seconds=20)


def test_slow_bodies_are_refused(slow_bodies: list[Background[BodyEnd]], server: Server) -> None:
    # A handful of slow senders would otherwise keep everyone from searching by an image.
    for body in slow_bodies:
        end = body.result(120)
        assert end.status == 408 or (end.status is None and end.is_ended), end
        assert 15 < end.seconds < 90
    answer = exchange(server.port, request("/healthz"))
    assert answer is not None and answer.status == 200


def test_pause_at_the_end_of_a_download(
    paused_downloads: Background[dict[int, int]],
) -> None:
    # All of the answer has been handed over to the system's buffers or ours; none of it may be
    # dropped because its client has asked for nothing else meanwhile.
    missing = paused_downloads.result(120)
    assert len(missing) == PAUSING_CLIENTS
    cut = {paused: bytes_ for paused, bytes_ in missing.items() if bytes_}
    assert cut == {}, "Paused with this many bytes left, and never got that many."


def test_searches_by_image_while_bodies_are_slow(
    patient_server: Server, web: requests.Session
) -> None:
    # As many as fill every place where pictures are looked at, and the queue before it. Whoever
    # comes then is told so at once, or is served; words are always answered.
    head = (
        b"POST /api/v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/jpeg\r\n"
        b"Content-Length: 100000\r\n\r\n\xff\xd8\xff"
    )
    connections = [Connection(patient_server.port) for _ in range(80)]
    for connection in connections:
        connection.send(head)
    time.sleep(0.3)

    def ask() -> requests.Response:
        headers = {"Content-Type": "image/jpeg"}
        address = f"{patient_server.api}/search"
        return web.post(address, data=b"no image", headers=headers, timeout=30)

    answer = ask()
    assert answer.status_code in (422, 503)
    if answer.status_code == 503:
        assert int(answer.headers["Retry-After"]) > 0
    assert_answered(patient_server, seconds=10)
    for connection in connections:
        connection.close()
    # The places are free again when those who held them are gone.
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        answer = ask()
        if answer.status_code == 422:
            return
        time.sleep(0.2)
    raise AssertionError(f"Pictures are still refused with {answer.status_code}.")
