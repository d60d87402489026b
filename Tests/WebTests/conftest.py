"""The servers that the tests ask, each started once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from hostile_library import make_hostile_library
from program import SAMPLES, TOKEN, Server, index, program
from slow_clients import (
    Background,
    BodyEnd,
    crowd_out,
    pause_in_downloads,
    send_slow_body,
    stop_before_a_stalled_client,
    wait_for_idle_ones,
)

pytest_plugins = ["page_fixtures"]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Says what is missing before anything runs, instead of failing a hundred times."""
    if not program().is_file():
        pytest.exit(
            f"There is no {program()}. Build it (swift build -c release --product mekiki), "
            "or name another in MEKIKI_PROGRAM.",
            returncode=69,
        )


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the sample images; tests only read it."""
    library = tmp_path_factory.mktemp("samples") / "library"
    index(library, SAMPLES)
    return library


@pytest.fixture(scope="session")
def server(sample_library: Path) -> Iterator[Server]:
    """A server on the sample images, without a token. It must never be at fault itself."""
    with Server(sample_library) as server:
        yield server
        assert server.is_alive, f"The server died:\n{server.log.read_text()}"
        assert server.faults() == []


@pytest.fixture(scope="session")
def token_server(sample_library: Path) -> Iterator[Server]:
    """A server on the sample images that wants a token."""
    with Server(sample_library, token=TOKEN) as server:
        yield server
        assert server.is_alive, f"The server died:\n{server.log.read_text()}"
        assert server.faults() == []


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a library that holds nothing."""
    with Server(tmp_path_factory.mktemp("empty") / "library") as server:
        yield server


@pytest.fixture(scope="session")
def web() -> Iterator[requests.Session]:
    """A client that talks to 127.0.0.1 and nowhere else, whatever proxies are set."""
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture(scope="session")
def sample_numbers(server: Server, web: requests.Session) -> dict[str, int]:
    """The number of each sample image by its file's name."""
    page = web.get(f"{server.api}/images", params={"limit": 200}, timeout=20).json()
    return {image["name"]: image["id"] for image in page["images"]}


@pytest.fixture(scope="session")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a library full of markup."""
    library = make_hostile_library(tmp_path_factory.mktemp("hostile"))
    with Server(library) as server:
        yield server
        assert server.is_alive
        assert server.faults() == []


# Fixtures that set a slow client off. They are asked for before the first test, and the tests that
# look at them come last: so they wait beside the others instead of after them.
SLOW = {"slow_bodies", "stalled_stop", "paused_downloads", "crowd", "idle_ones"}


@pytest.fixture(scope="session")
def slow_bodies(server: Server) -> list[Background[BodyEnd]]:
    """Fewer than there are places for pictures, so that they hold up no other test."""
    return [Background(lambda: send_slow_body(server.port)) for _ in range(2)]


@pytest.fixture(scope="session")
def stalled_stop(tmp_path_factory: pytest.TempPathFactory) -> Background[int]:
    """The exit status of a server that was stopped before a client that takes nothing."""
    folder = tmp_path_factory.mktemp("stalled")
    return Background(lambda: stop_before_a_stalled_client(folder))


@pytest.fixture(scope="session")
def paused_downloads(tmp_path_factory: pytest.TempPathFactory) -> Background[dict[int, int]]:
    """What clients that pause never get."""
    folder = tmp_path_factory.mktemp("paused")
    return Background(lambda: pause_in_downloads(folder))


@pytest.fixture(scope="session")
def crowd(sample_library: Path) -> Background[None]:
    """More connections than a server takes."""
    return Background(lambda: crowd_out(sample_library))


@pytest.fixture(scope="session")
def idle_ones(sample_library: Path) -> Background[tuple[int, int]]:
    """Connections that never say anything whole."""
    return Background(lambda: wait_for_idle_ones(sample_library))


def slow_fixtures(item: pytest.Item) -> set[str]:
    """Which slow clients a test looks at."""
    return SLOW.intersection(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def early_start(request: pytest.FixtureRequest) -> None:
    """Sets off those that will be looked at."""
    for name in sorted(set().union(*map(slow_fixtures, request.session.items))):
        request.getfixturevalue(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests of slow clients at the end."""
    items.sort(key=lambda item: bool(slow_fixtures(item)))
