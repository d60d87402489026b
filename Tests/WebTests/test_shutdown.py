"""Stopping: what a client has asked for before the server was asked to stop, it gets."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from program import SAMPLES, Server, index
from raw_http import Answer, Connection, Ended, request
from slow_clients import Background, large_library

PICTURE = (SAMPLES / "places" / "mount-fuji-at-dawn.jpg").read_bytes()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a file that is too large for the buffers between two programs."""
    library, _ = large_library(tmp_path_factory.mktemp("stopping"))
    index(library, SAMPLES / "animals")
    return library


def large_file(library: Path) -> bytes:
    """What a client that asks for the largest file must get."""
    return (library.parent / "images" / "large.png").read_bytes()


@dataclass
class Upload:
    """A search by image whose body is half sent when the server is asked to stop."""

    connection: Connection
    answer: Answer | None = None
    error: Exception | None = None
    rest: bytes = b""
    thread: threading.Thread = field(init=False)

    def begin(self) -> None:
        data = request("/api/v1/search", "POST", {"Content-Type": "image/jpeg"}, PICTURE)
        half = len(data) // 2
        self.connection.send(data[:half])
        self.rest = data[half:]

    def finish(self) -> None:
        try:
            for start in range(0, len(self.rest), 8192):
                self.connection.send(self.rest[start : start + 8192])
                time.sleep(0.03)
            self.answer = self.connection.receive()
        except (Ended, OSError) as error:
            self.error = error
        finally:
            self.connection.close()


@pytest.fixture
def stopping(library: Path) -> Iterator[Server]:
    with Server(library) as server:
        yield server


@pytest.fixture
def connections() -> Iterator[ExitStack]:
    """Connections to close in the end, however it ends."""
    with ExitStack() as stack:
        yield stack


def test_everything_under_way_is_completed(
    stopping: Server, library: Path, connections: ExitStack
) -> None:
    expected = large_file(library)

    uploads = [Upload(Connection(stopping.port)) for _ in range(3)]
    for upload in uploads:
        upload.begin()
    downloads = [connections.enter_context(Connection(stopping.port)) for _ in range(3)]
    for download in downloads:
        # Asked for and not taken: most of it still lies with the server.
        download.send(request("/api/v1/images/1/file"))
    searches = [connections.enter_context(Connection(stopping.port)) for _ in range(20)]
    for number, search in enumerate(searches):
        search.send(request(f"/api/v1/search?q=%E7%8C%AB{number}&limit=200"))
    # So that each request has reached the server.
    time.sleep(0.3)

    stopping.ask_to_stop()
    time.sleep(0.3)
    assert stopping.is_alive, "It stopped although much was under way."

    for upload in uploads:
        upload.thread = threading.Thread(target=upload.finish)
        upload.thread.start()
    for search in searches:
        answer = search.receive()
        assert answer.status == 200 and b'"hits"' in answer.body
    for download in downloads:
        answer = download.receive()
        assert answer.status == 200 and answer.body == expected
    for upload in uploads:
        upload.thread.join(30)
        assert upload.error is None and upload.answer is not None, upload.error
        assert upload.answer.status == 200, upload.answer.body

    assert stopping.wait() == 0
    assert stopping.faults() == []


def test_nobody_new_is_let_in(stopping: Server) -> None:
    upload = Upload(Connection(stopping.port))
    upload.begin()
    time.sleep(0.2)
    stopping.ask_to_stop()
    # The listening socket is closed at once, or soon.
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            Connection(stopping.port, seconds=1).close()
        except OSError:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("New connections are still taken.")
    upload.finish()
    assert upload.error is None and upload.answer is not None and upload.answer.status == 200
    assert stopping.wait() == 0


@pytest.mark.parametrize("waiting", [0, 50])
def test_idle_connections_hold_nothing_up(
    stopping: Server, connections: ExitStack, waiting: int
) -> None:
    idle = [connections.enter_context(Connection(stopping.port)) for _ in range(waiting)]
    for connection in idle:
        connection.send(request("/healthz"))
        assert connection.receive().status == 200
    start = time.monotonic()
    stopping.ask_to_stop()
    assert stopping.wait() == 0
    # Far from the half minute that running requests are given.
    assert time.monotonic() - start < 10
    for connection in idle:
        assert connection.is_ended()


def test_a_client_that_takes_nothing_is_not_waited_for_for_ever(
    stalled_stop: Background[int],
) -> None:
    # Set off before the first test, because the server gives running requests half a minute.
    assert stalled_stop.result(90) == 0


def test_asking_twice(stopping: Server) -> None:
    for _ in range(3):
        stopping.ask_to_stop()
        # Signals that come at once are one to the system.
        time.sleep(0.02)
    assert stopping.wait() == 0


def test_library_is_whole_after_the_server_was_killed(library: Path) -> None:
    server = Server(library)
    server.__enter__()
    server.process.kill()
    server.process.wait(20)
    assert server.process.stdout is not None
    server.process.stdout.close()
    with Server(library) as again, Connection(again.port) as connection:
        connection.send(request("/api/v1/search?q=a"))
        assert connection.receive().status == 200
