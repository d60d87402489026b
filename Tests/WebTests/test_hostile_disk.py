"""Files that change behind the server's back: only bytes that were indexed are ever served."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from program import SAMPLES, Server, index, run

NAMES = ["animals/cat-by-the-window.jpg", "food/strawberries.png", "places/bus-in-the-city.webp"]
CAT, BERRIES, BUS = (Path(name).name for name in NAMES)


@dataclass
class Disk:
    """A server, and the folder that its images lie in."""

    server: Server
    folder: Path
    numbers: dict[str, int]

    def address(self, name: str, what: str = "file") -> str:
        return f"{self.server.api}/images/{self.numbers[name]}/{what}"


@pytest.fixture
def disk(tmp_path: Path, web: requests.Session) -> Iterator[Disk]:
    folder = tmp_path / "images"
    folder.mkdir()
    for name in NAMES:
        (folder / Path(name).name).write_bytes((SAMPLES / name).read_bytes())
    library = tmp_path / "library"
    index(library, folder)
    with Server(library) as server:
        page = web.get(f"{server.api}/images", timeout=20).json()
        yield Disk(server, folder, {image["name"]: image["id"] for image in page["images"]})
        assert server.is_alive
        assert server.faults() == []


def assert_not_served(disk: Disk, web: requests.Session, name: str, secret: bytes) -> None:
    """404 in so many words, whole and in parts, and nothing of what lies there now."""
    for wanted in ({}, {"Range": "bytes=0-20"}, {"Range": "bytes=-20"}):
        answer = web.get(disk.address(name), headers=wanted, timeout=20)
        assert answer.status_code == 404, answer.content[:100]
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert secret not in answer.content
    assert web.head(disk.address(name), timeout=20).status_code == 404


def assert_others_are_served(disk: Disk, web: requests.Session) -> None:
    """What one file does is not the others' fault."""
    answer = web.get(disk.address(BUS), timeout=20)
    assert answer.content == (SAMPLES / NAMES[2]).read_bytes()


@pytest.mark.parametrize("target", ["/etc/passwd", "../secret.png", "/proc/self/environ"])
def test_link_in_place_of_a_file(disk: Disk, web: requests.Session, target: str) -> None:
    (disk.folder.parent / "secret.png").write_bytes(b"a secret of the system")
    (disk.folder / CAT).unlink()
    (disk.folder / CAT).symlink_to(target)
    for secret in (b"root:", b"secret of the system", b"PATH="):
        assert_not_served(disk, web, CAT, secret)
    assert_others_are_served(disk, web)


@pytest.mark.parametrize("same", ["length", "time"])
def test_link_to_a_file_that_is_almost_alike(disk: Disk, web: requests.Session, same: str) -> None:
    # Either difference must do. A file that has the same length and the same time, to the
    # nanosecond, can't be told from the original without reading all of it.
    original = disk.folder / CAT
    facts = original.stat()
    secret = disk.folder.parent / "secret.jpg"
    secret.write_bytes(b"S" * (facts.st_size if same == "length" else facts.st_size - 1))
    if same == "time":
        os.utime(secret, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    original.unlink()
    original.symlink_to(secret)
    assert_not_served(disk, web, CAT, b"SSSS")


def test_link_in_place_of_the_folder(disk: Disk, web: requests.Session) -> None:
    elsewhere = disk.folder.parent / "elsewhere"
    elsewhere.mkdir()
    for name in (CAT, BERRIES):
        (elsewhere / name).write_bytes(b"a secret of the system")
    disk.folder.rename(disk.folder.parent / "moved")
    disk.folder.symlink_to(elsewhere)
    assert_not_served(disk, web, CAT, b"secret of the system")


def test_changed_file(disk: Disk, web: requests.Session) -> None:
    (disk.folder / CAT).write_bytes(b"a secret of the system, or another picture")
    assert_not_served(disk, web, CAT, b"secret of the system")
    assert_others_are_served(disk, web)


def test_changed_file_of_the_same_length(disk: Disk, web: requests.Session) -> None:
    path = disk.folder / BERRIES
    length = path.stat().st_size
    path.write_bytes(b"S" * length)
    os.utime(path, (1_900_000_000, 1_900_000_000))
    assert_not_served(disk, web, BERRIES, b"SSSS")


def test_folder_and_pipe_in_place_of_a_file(disk: Disk, web: requests.Session) -> None:
    (disk.folder / CAT).unlink()
    (disk.folder / CAT).mkdir()
    (disk.folder / BERRIES).unlink()
    os.mkfifo(disk.folder / BERRIES)
    for name in (CAT, BERRIES):
        answer = web.get(disk.address(name), timeout=20)
        assert answer.status_code == 404
    assert_others_are_served(disk, web)


def test_deleted_file_keeps_its_thumbnail(disk: Disk, web: requests.Session) -> None:
    before = web.get(disk.address(CAT, "thumbnail?size=512"), timeout=20)
    (disk.folder / CAT).unlink()
    assert_not_served(disk, web, CAT, b"JFIF")
    after = web.get(disk.address(CAT, "thumbnail?size=512"), timeout=20)
    assert (after.status_code, after.content) == (200, before.content)
    # A size that was never made can't be made any more; what is there is shown instead.
    full = web.get(disk.address(CAT, "thumbnail?size=2048"), timeout=20)
    assert full.status_code in (200, 404)
    # It is still found, until the indexer has looked.
    page = web.get(f"{disk.server.api}/images", timeout=20).json()
    assert page["total"] == 3


def test_file_that_is_gone_for_good(disk: Disk, web: requests.Session) -> None:
    (disk.folder / CAT).unlink()
    result = run(disk.server.library, "index", "--quiet", "--prune", str(disk.folder))
    assert result.returncode == 0, result.stderr
    page = web.get(f"{disk.server.api}/images", timeout=20).json()
    assert {image["name"] for image in page["images"]} == {BERRIES, BUS}
    assert page["total"] == 2
    hits = web.get(f"{disk.server.api}/search", params={"q": "猫"}, timeout=20).json()
    assert hits["total"] == 2


def test_second_copy_takes_the_place_of_a_lost_one(disk: Disk, web: requests.Session) -> None:
    copy = disk.folder / ("copy-of-" + CAT)
    copy.write_bytes((disk.folder / CAT).read_bytes())
    index(disk.server.library, disk.folder)
    (disk.folder / CAT).unlink()
    answer = web.get(disk.address(CAT), timeout=20)
    assert (answer.status_code, answer.content) == (200, copy.read_bytes())


def test_broken_files_are_counted_and_not_shown(tmp_path: Path, web: requests.Session) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    (folder / "good.jpg").write_bytes((SAMPLES / NAMES[0]).read_bytes())
    (folder / "cut.jpg").write_bytes((SAMPLES / NAMES[0]).read_bytes()[:300])
    (folder / "text.png").write_bytes(b"no picture")
    (folder / "vector.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "empty.webp").touch()
    library = tmp_path / "library"
    run(library, "index", "--quiet", str(folder))
    with Server(library) as server:
        counts = web.get(f"{server.api}/status", timeout=20).json()["library"]
        assert (counts["images"], counts["failures"]) == (1, 4)
        page = web.get(f"{server.api}/images", timeout=20).json()
        assert [image["name"] for image in page["images"]] == ["good.jpg"]
