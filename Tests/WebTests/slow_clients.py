"""Clients that are as slow as a server lets them be.

What they do takes up to a minute, nearly all of it waiting. So each works in the background, is set
off before the first test (see conftest.py), and is looked at after the last one.
"""

from __future__ import annotations

import contextlib
import resource
import selectors
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PIL import Image

from program import Server, index
from raw_http import Connection, Ended, request

Result = TypeVar("Result")


@dataclass
class Background(Generic[Result]):
    """Work in a thread of its own, and what came of it."""

    work: Callable[[], Result]
    found: list[Result] = field(default_factory=list)
    fault: BaseException | None = None

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.found.append(self.work())
        except BaseException as fault:
            self.fault = fault

    def result(self, seconds: float) -> Result:
        """What was found; whatever the work threw is thrown here, where a test notices it."""
        self.thread.join(seconds)
        assert not self.thread.is_alive(), f"It goes on for more than {seconds} s."
        if self.fault is not None:
            raise self.fault
        return self.found[0]


@dataclass
class BodyEnd:
    """How a body that came too slowly ended."""

    status: int | None
    is_ended: bool
    seconds: float


def send_slow_body(port: int) -> BodyEnd:
    """Sends a body byte by byte, each soon enough to seem alive, until the server has had
    enough."""
    start = time.monotonic()
    status: int | None = None
    is_ended = False
    with Connection(port, seconds=1) as connection:
        try:
            connection.send(
                b"POST /api/v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                b"Content-Type: image/jpeg\r\nContent-Length: 100000\r\n\r\n\xff\xd8\xff"
            )
            while status is None and time.monotonic() - start < 100:
                connection.send(b"\xe0")
                with contextlib.suppress(TimeoutError):
                    status = connection.receive().status
        except Ended:
            is_ended = True
    return BodyEnd(status, is_ended, time.monotonic() - start)


def large_library(folder: Path) -> tuple[Path, int]:
    """A library of one image, larger than the buffers between two programs; the file's size."""
    images = folder / "images"
    images.mkdir()
    noise = Image.effect_noise((4000, 3000), 90).convert("RGB")
    noise.save(images / "large.png", compress_level=1)
    index(folder / "library", images)
    return folder / "library", (images / "large.png").stat().st_size


def stop_before_a_stalled_client(folder: Path) -> int:
    """Stops a server of which a client has asked a large file and takes nothing: the exit
    status."""
    library, _ = large_library(folder)
    with Server(library) as server, Connection(server.port) as connection:
        connection.send(request("/api/v1/images/1/file"))
        time.sleep(0.3)
        server.ask_to_stop()
        return server.wait()


PAUSING_CLIENTS = 24


def pause_in_downloads(folder: Path) -> dict[int, int]:
    """Clients that take a large file, and pause when a part of it is left, longer than a connection
    may be idle, as a phone in a tunnel does: by the part at which each paused, what never came."""
    library, size = large_library(folder)
    with Server(library) as server:
        clients = {
            pause_at: Background(partial(take, server.port, size, pause_at))
            for pause_at in range(300_000, 300_000 * (PAUSING_CLIENTS + 1), 300_000)
        }
        return {pause_at: client.result(90) for pause_at, client in clients.items()}


def take(port: int, size: int, pause_at: int) -> int:
    """Takes the file with one pause: how many bytes are missing in the end."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request("/api/v1/images/1/file"))
        head = b""
        while b"\r\n\r\n" not in head and (data := connection.recv(1)):
            head += data
        left, has_paused = size, False
        while left > 0:
            if left <= pause_at and not has_paused:
                time.sleep(17)
                has_paused = True
            try:
                data = connection.recv(1 << 16)
            except ConnectionResetError:
                break
            if not data:
                break
            left -= len(data)
    return left


HEAD = b"GET /api/v1/search?q=a HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


def room_for_connections() -> int:
    """How many connections this process may open at once, beside what else it has open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return soft - 300


def open_slowly(port: int, count: int) -> list[socket.socket]:
    """Opens connections that each send the first part of a request."""
    connections = []
    for number in range(count):
        connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        connection.send(HEAD[: 1 + number % len(HEAD)])
        connections.append(connection)
    return connections


def assert_answered(server: Server, seconds: float) -> None:
    """A normal request is answered within its time."""
    with Connection(server.port, seconds) as connection:
        connection.send(request("/api/v1/search?q=a"))
        assert connection.receive().status == 200


def crowd_out(library: Path) -> None:
    """Opens more connections than the server takes at once. The system keeps the rest waiting; they
    get their turn when the idle ones have been sent away."""
    with Server(library) as server:
        connections = open_slowly(server.port, min(2_300, room_for_connections()))
        try:
            assert_answered(server, seconds=45)
        finally:
            for connection in connections:
                connection.close()
        assert_answered(server, seconds=20)


def wait_for_idle_ones(library: Path) -> tuple[int, int]:
    """Opens connections that say nothing, and some that say a byte a second, which is no better:
    how many of either the server has not ended after 45 seconds."""
    with Server(library) as server:
        connections = open_slowly(server.port, 50)
        dripping, silent = set(connections[:25]), set(connections[25:])
        with selectors.DefaultSelector() as selector:
            for connection in connections:
                connection.setblocking(False)
                selector.register(connection, selectors.EVENT_READ)
            deadline = time.monotonic() + 45
            while (dripping or silent) and time.monotonic() < deadline:
                for key, _ in selector.select(1):
                    ready = key.fileobj
                    assert isinstance(ready, socket.socket)
                    if is_ended(ready):
                        selector.unregister(ready)
                        dripping.discard(ready)
                        silent.discard(ready)
                for connection in dripping:
                    with contextlib.suppress(OSError):
                        connection.send(b"x")
        for connection in connections:
            connection.close()
        return len(dripping), len(silent)


def is_ended(connection: socket.socket) -> bool:
    """Whether the server has ended a connection; an answer that comes before is taken in."""
    try:
        return connection.recv(4096) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
