"""The built program under test: its commands, and servers that run for the length of a test.

Everything runs on libraries of its own in a temporary folder, so that no test sees the library of
whoever runs it.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLES = CHECKOUT / "Samples" / "images"
TOKEN = "a-token-of-the-tests-0123456789"

# Starting takes a second; stopping may wait for running requests as long as the server lets them.
START_SECONDS = 60
STOP_SECONDS = 45


def program() -> Path:
    """The program that is tested: $MEKIKI_PROGRAM, else the release build of this checkout."""
    chosen = os.environ.get("MEKIKI_PROGRAM")
    return Path(chosen) if chosen else CHECKOUT / ".build" / "release" / "mekiki"


def environment(library: Path, token: str | None = None) -> dict[str, str]:
    """What a command runs with; whatever the person has set up for Mekiki does not count."""
    values = {name: value for name, value in os.environ.items() if not name.startswith("MEKIKI_")}
    values["MEKIKI_DATA"] = str(CHECKOUT)
    values["MEKIKI_OCR"] = "off"
    values["MEKIKI_LIBRARY"] = str(library)
    if token is not None:
        values["MEKIKI_TOKEN"] = token
    return values


def run(
    library: Path, *arguments: str, token: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, whatever that is."""
    return subprocess.run(
        [str(program()), *arguments],
        env=environment(library, token),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def index(library: Path, *folders: Path) -> None:
    """Brings a library up to date with folders, and fails where the program does."""
    result = run(library, "index", "--quiet", *map(str, folders))
    assert result.returncode == 0, result.stderr


@dataclass
class Server:
    """A running `mekiki serve`."""

    library: Path
    arguments: tuple[str, ...] = ()
    token: str | None = None
    address: str = ""
    process: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> Server:
        handle, name = tempfile.mkstemp(".log", "server-", self.library.parent)
        self.log = Path(name)
        with os.fdopen(handle, "wb") as log:
            self.process = subprocess.Popen(
                [str(program()), "serve", "--port", "0", "--json", *self.arguments],
                env=environment(self.library, self.token),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.address = self._announced_address()
        return self

    def _announced_address(self) -> str:
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            heard = selector.select(START_SECONDS)
        line = self.process.stdout.readline() if heard else ""
        if not line:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"The server did not start:\n{self.log.read_text()}")
        return str(json.loads(line)["address"]).rstrip("/")

    @property
    def host(self) -> str:
        """The name that the server gave for itself."""
        return str(urlsplit(self.address).hostname)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        port = urlsplit(self.address).port
        assert port is not None
        return port

    @property
    def api(self) -> str:
        """Where the API's addresses begin."""
        return self.address + "/api/v1"

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def memory_kilobytes(self, what: str = "VmRSS") -> int:
        """Memory of the process: VmRSS now, VmHWM the most that there ever was."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(what + ":"):
                return int(line.split()[1])
        raise AssertionError(f"The process shows no {what}.")

    def faults(self) -> list[str]:
        """Lines of its log in which the server blames itself."""
        return [line for line in self.log.read_text().splitlines() if " error " in line]

    def ask_to_stop(self) -> None:
        """Sends what a service manager sends."""
        self.process.send_signal(signal.SIGTERM)

    def wait(self) -> int:
        """The exit status, once the server has ended."""
        return self.process.wait(STOP_SECONDS)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.is_alive:
            self.ask_to_stop()
        try:
            status = self.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("The server did not end when it was asked to.") from None
        finally:
            assert self.process.stdout is not None
            self.process.stdout.close()
        if kind is None:
            assert status == 0, f"The server ended with {status}:\n{self.log.read_text()}"


def wait_until(condition: object, seconds: float, what: str) -> None:
    """Waits until a condition holds; `what` says what was waited for in vain."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"Waited {seconds} s in vain: {what}."
        time.sleep(0.05)
