"""Thumbnails: the sizes that are promised, the picture that is meant, and known copies spared."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import requests
from PIL import Image, ImageChops, ImageOps, ImageStat

from program import SAMPLES, Server, index

SIZES = [256, 512, 1024, 2048]


def thumbnail(server: Server, web: requests.Session, number: int, query: str = "") -> Image.Image:
    """A thumbnail, read by another decoder than the one that made it."""
    answer = web.get(f"{server.api}/images/{number}/thumbnail{query}", timeout=20)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "image/webp"
    picture = Image.open(io.BytesIO(answer.content))
    picture.load()
    assert picture.format == "WEBP"
    return picture


def expected_size(width: int, height: int, side: int) -> tuple[int, int]:
    """The longer side is as asked for, the other keeps the proportions, nothing is enlarged."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


@pytest.mark.parametrize("side", SIZES)
def test_size(
    server: Server, web: requests.Session, sample_numbers: dict[str, int], side: int
) -> None:
    for path in sorted(SAMPLES.rglob("*.*"))[::9]:
        with Image.open(path) as original:
            wanted = expected_size(*ImageOps.exif_transpose(original).size, side)
        found = thumbnail(server, web, sample_numbers[path.name], f"?size={side}").size
        # Rounding may differ by a pixel, on the shorter side only.
        assert max(found) == max(wanted), path.name
        assert abs(min(found) - min(wanted)) <= 1, path.name


def test_half_a_thousand_unless_asked_otherwise(
    server: Server, web: requests.Session, sample_numbers: dict[str, int]
) -> None:
    number = sample_numbers["mount-fuji-at-dawn.jpg"]
    assert max(thumbnail(server, web, number).size) == 512


def test_every_thumbnail_shows_its_image(
    server: Server, web: requests.Session, sample_numbers: dict[str, int]
) -> None:
    for path in SAMPLES.rglob("*.*"):
        small = thumbnail(server, web, sample_numbers[path.name], "?size=256").convert("RGB")
        with Image.open(path) as original:
            upright = ImageOps.exif_transpose(original).convert("RGBA")
        white = Image.new("RGBA", upright.size, "white")
        wanted = Image.alpha_composite(white, upright).convert("RGB").resize(small.size)
        difference = ImageStat.Stat(ImageChops.difference(small, wanted)).mean
        assert max(difference) < 12, path.name


def test_small_turned_and_grey_pictures(tmp_path: Path, web: requests.Session) -> None:
    folder = tmp_path / "images"
    folder.mkdir()
    Image.new("RGB", (1, 1), "red").save(folder / "one.png")
    Image.new("RGB", (3000, 1), "red").save(folder / "line.png")
    Image.new("L", (40, 30), 128).save(folder / "grey.png")
    turned = Image.new("RGB", (60, 20), "blue")
    turned.paste("yellow", (0, 0, 30, 20))
    orientation = Image.Exif()
    orientation[0x0112] = 6
    turned.save(folder / "turned.jpg", exif=orientation, quality=95)
    library = tmp_path / "library"
    index(library, folder)
    with Server(library) as server:
        images = web.get(f"{server.api}/images", timeout=20).json()["images"]
        by_name = {image["name"]: image for image in images}
        sizes = {
            name: thumbnail(server, web, image["id"], "?size=512").size
            for name, image in by_name.items()
        }
        assert sizes == {
            "one.png": (1, 1), "line.png": (512, 1), "grey.png": (40, 30), "turned.jpg": (20, 60),
        }  # fmt: skip
        # Upright: what was left is above.
        upright = thumbnail(server, web, by_name["turned.jpg"]["id"]).convert("RGB")
        top, bottom = upright.getpixel((10, 10)), upright.getpixel((10, 50))
        assert isinstance(top, tuple) and isinstance(bottom, tuple)
        assert top[0] > 200 and top[2] < 60 and bottom[2] > 200 and bottom[0] < 60
        assert (by_name["turned.jpg"]["width"], by_name["turned.jpg"]["height"]) == (20, 60)


def test_kept_for_ever_only_under_the_hash(
    server: Server, web: requests.Session, sample_numbers: dict[str, int]
) -> None:
    number = sample_numbers["cat-by-the-window.jpg"]
    address = f"{server.api}/images/{number}/thumbnail"
    known = web.get(f"{server.api}/images/{number}", timeout=20).json()["image"]["hash"][:16]
    lasting = web.get(address, params={"v": known}, timeout=20)
    assert "immutable" in lasting.headers["Cache-Control"]
    assert "private" in lasting.headers["Cache-Control"]
    other = web.get(address, params={"v": "0123456789abcdef"}, timeout=20)
    assert other.status_code == 200
    assert "immutable" not in other.headers["Cache-Control"]
    assert "immutable" not in web.get(address, timeout=20).headers["Cache-Control"]


def test_known_copy_is_not_sent_again(
    server: Server, web: requests.Session, sample_numbers: dict[str, int]
) -> None:
    address = f"{server.api}/images/{sample_numbers['cat-by-the-window.jpg']}/thumbnail"
    tags = {
        side: web.get(address, params={"size": side}, timeout=20).headers["ETag"] for side in SIZES
    }
    # Each size is another picture, so that none is taken for another.
    assert len(set(tags.values())) == len(SIZES)
    for side, tag in tags.items():
        known = {"If-None-Match": tag}
        answer = web.get(address, params={"size": side}, headers=known, timeout=20)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == tag
    other = {"If-None-Match": tags[256]}
    answer = web.get(address, params={"size": 512}, headers=other, timeout=20)
    assert answer.status_code == 200


def test_head(server: Server, web: requests.Session, sample_numbers: dict[str, int]) -> None:
    address = f"{server.api}/images/{sample_numbers['cat-by-the-window.jpg']}/thumbnail"
    whole, head = web.get(address, timeout=20), web.head(address, timeout=20)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Length", "Content-Type", "ETag", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]
