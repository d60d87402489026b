"""HTTP byte by byte: requests that no client library would send, and their answers.

A well-behaved client tidies addresses, lengths and headers before the server sees them, so what a
hostile one sends has to be written by hand.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from types import TracebackType


class Ended(Exception):
    """The server ended the connection before it answered, or in the middle of an answer."""


@dataclass(frozen=True)
class Answer:
    """A response, as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The value of a header; None without it."""
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return None


class Connection:
    """A connection to a server on this machine; every wait on it is bounded."""

    def __init__(self, port: int, seconds: float = 20) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self._received = b""

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()

    def wait_at_most(self, seconds: float) -> None:
        """From here on each wait takes this long at most."""
        self._socket.settimeout(seconds)

    def send(self, data: bytes) -> None:
        """Sends bytes as they are; Ended when the server no longer takes them."""
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Ended from error

    def receive(self, method: str = "GET") -> Answer:
        """The next response; interim ones (1xx) are passed over."""
        while True:
            head = self._until(b"\r\n\r\n").decode("latin-1")
            lines = head.split("\r\n")
            status = int(lines[0].split(" ")[1])
            headers = [
                (name.strip(), value.strip())
                for name, _, value in (line.partition(":") for line in lines[1:] if line)
            ]
            if status < 200:
                continue
            answer = Answer(status, headers, b"")
            if method == "HEAD" or status in (204, 304):
                return answer
            return Answer(status, headers, self._body(answer))

    def is_ended(self) -> bool:
        """Whether the server ends the connection, and sends nothing before it does."""
        try:
            return not self._received and self._socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def _body(self, answer: Answer) -> bytes:
        length = answer.header("Content-Length")
        if length is not None:
            return self._exactly(int(length))
        if (answer.header("Transfer-Encoding") or "").lower() == "chunked":
            body = b""
            while size := int(self._until(b"\r\n").split(b";")[0], 16):
                body += self._exactly(size)
                self._exactly(2)
            self._until(b"\r\n")
            return body
        body = self._received
        self._received = b""
        while data := self._more(expected=False):
            body += data
        return body

    def _until(self, end: bytes) -> bytes:
        while end not in self._received:
            self._received += self._more()
        found, _, self._received = self._received.partition(end)
        return found

    def _exactly(self, count: int) -> bytes:
        while len(self._received) < count:
            self._received += self._more()
        found, self._received = self._received[:count], self._received[count:]
        return found

    def _more(self, expected: bool = True) -> bytes:
        try:
            data = self._socket.recv(1 << 16)
        except ConnectionResetError as error:
            raise Ended from error
        if not data and expected:
            raise Ended
        return data


def exchange(port: int, request: bytes, method: str = "GET") -> Answer | None:
    """Sends bytes on a connection of their own: the answer, or None when the server just ends
    it."""
    with Connection(port) as connection:
        try:
            connection.send(request)
        except Ended:
            # It may have answered before it stopped listening.
            pass
        try:
            return connection.receive(method)
        except Ended:
            return None


def request(
    target: str | bytes,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
    host: str | None = "127.0.0.1",
) -> bytes:
    """A request's bytes; the target stands in it as it is."""
    raw_target = target if isinstance(target, bytes) else target.encode("utf-8")
    lines = [method.encode() + b" " + raw_target + b" HTTP/1.1"]
    if host is not None:
        lines.append(b"Host: " + host.encode())
    for name, value in (headers or {}).items():
        lines.append(name.encode() + b": " + value.encode("utf-8"))
    if body is not None:
        lines.append(b"Content-Length: " + str(len(body)).encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body or b"")
