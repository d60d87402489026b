"""The details of an image: what is known of it, and the way to the next one."""

from __future__ import annotations

import re

import pytest
import requests
from playwright.sync_api import Page, expect

from page_fixtures import Visits
from page_reading import COUNT, eventually, field, hits, ids, names, search, shows_page
from program import Server

PERMISSIONS = ["clipboard-read", "clipboard-write"]


def clipboard(page: Page) -> str:
    """What was copied."""
    return str(page.evaluate("() => navigator.clipboard.readText()"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_facts_of_a_hit(
    visit: Visits, server: Server, web: requests.Session, language: str
) -> None:
    page = visit(server, language=language)
    search(page, "雨の日の傘")
    expect(page.get_by_test_id("score")).to_have_count(16)
    query = {"q": "雨の日の傘", "limit": "1"}
    best = web.get(f"{server.api}/search", params=query, timeout=20).json()["hits"][0]
    hits(page).first.click()
    viewer = page.get_by_test_id("viewer")
    expect(viewer).to_be_visible()
    image, score = best["image"], best["reasons"][0]["score"]
    expect(viewer).to_contain_text(image["name"])
    expect(viewer.get_by_test_id("similarity")).to_contain_text(f"{score:.3f}")
    # As the original application shows it: minus one times the inner product.
    expect(viewer.get_by_test_id("distance")).to_contain_text(f"{-score:.3f}")
    text = viewer.inner_text()
    assert f"{image['width']} × {image['height']}" in text
    assert image["files"][0]["path"].rpartition("/")[0] in text
    kilobytes = image["byteCount"] / 1000
    assert re.search(rf"\b{kilobytes:.0f} ?[kK]B\b", text), text
    assert field(page.url, "id") == str(image["id"])
    if language == "ja":
        assert "類似度" in text and "ベクトル距離（-1 x 内積）" in text


def test_large_picture_is_drawn(visit: Visits, server: Server) -> None:
    page = visit(server)
    hits(page).first.click()
    page.wait_for_function(
        """() => [...document.querySelectorAll("[data-testid=viewer] img")].some(
          (image) => image.complete && image.naturalWidth > 500 && image.alt)"""
    )


def test_newest_images_have_no_similarity(visit: Visits, server: Server) -> None:
    page = visit(server)
    hits(page).first.click()
    viewer = page.get_by_test_id("viewer")
    for name in ("similarity", "distance"):
        # Nothing was compared: no number must stand there.
        shown = viewer.get_by_test_id(name)
        assert not re.search(r"\d", shown.inner_text() if shown.count() else "")


def test_text_chunks_and_copying(
    visit: Visits, server: Server, web: requests.Session, sample_numbers: dict[str, int]
) -> None:
    chunks = []
    for number in sample_numbers.values():
        details = web.get(f"{server.api}/images/{number}", timeout=20).json()
        if details["textChunks"]:
            chunks = details["textChunks"]
            break
    assert chunks, "No sample has a text inside; this test needs one."
    page = visit(server, f"/?id={number}", permissions=PERMISSIONS)
    viewer = page.get_by_test_id("viewer")
    summary = viewer.locator("summary")
    expect(summary).to_contain_text(str(len(chunks)))
    expect(viewer.get_by_test_id("chunk").first).to_be_hidden()
    summary.click()
    expect(viewer.get_by_test_id("chunk")).to_have_count(len(chunks))
    for place, chunk in enumerate(chunks):
        shown = viewer.get_by_test_id("chunk").nth(place)
        expect(shown).to_contain_text(chunk["key"])
        shown.get_by_test_id("copy").click()
        page.wait_for_function(
            "async (text) => await navigator.clipboard.readText() === text", arg=chunk["text"]
        )


def test_every_fact_can_be_copied(visit: Visits, server: Server) -> None:
    page = visit(server, "/?q=a", permissions=PERMISSIONS)
    name = names(page)[0]
    hits(page).first.click()
    viewer = page.get_by_test_id("viewer")
    expect(viewer.get_by_test_id("similarity")).to_be_visible()
    copies = viewer.get_by_test_id("copy")
    copied = []
    for place in range(copies.count()):
        if not copies.nth(place).is_visible():
            continue
        page.evaluate("() => navigator.clipboard.writeText('')")
        copies.nth(place).click()
        page.wait_for_function("async () => await navigator.clipboard.readText() !== ''")
        copied.append(clipboard(page))
    assert name in copied
    assert len(copied) >= 6


def test_stepping(visit: Visits, server: Server) -> None:
    page = visit(server)
    wall = ids(page)
    hits(page).first.click()
    viewer = page.get_by_test_id("viewer")
    expect(viewer.get_by_test_id("viewer-previous")).to_be_disabled()
    for number in wall[1:4]:
        viewer.get_by_test_id("viewer-next").click()
        expect(page).to_have_url(re.compile(rf"[?&]id={number}\b"))
    viewer.get_by_test_id("viewer-previous").click()
    expect(page).to_have_url(re.compile(rf"[?&]id={wall[2]}\b"))
    # One way back leads to the wall, however many images were looked at.
    viewer.get_by_test_id("viewer-close").click()
    expect(viewer).to_be_hidden()
    expect(page).to_have_url(server.address + "/")


def test_stepping_across_pages(visit: Visits, server: Server) -> None:
    page = visit(server, "/")
    hits(page).last.click()
    viewer = page.get_by_test_id("viewer")
    viewer.get_by_test_id("viewer-next").click()
    expect(page).to_have_url(re.compile("page=2"))
    shows_page(page, 2)
    eventually(page, lambda: field(page.url, "id") == str(ids(page)[0]), "the next page's first")
    viewer.get_by_test_id("viewer-previous").click()
    expect(page).not_to_have_url(re.compile("page=2"))
    expect(viewer).to_be_visible()
    shows_page(page, 1)
    eventually(page, lambda: field(page.url, "id") == str(ids(page)[15]), "the page's last")


def test_last_image_has_no_next(visit: Visits, server: Server) -> None:
    page = visit(server, "/?page=999")
    expect(hits(page)).to_have_count(COUNT % 16 or 16)
    hits(page).last.click()
    expect(page.get_by_test_id("viewer-next")).to_be_disabled()


def test_more_like_this_from_the_details(visit: Visits, server: Server) -> None:
    page = visit(server)
    number = ids(page)[2]
    hits(page).nth(2).click()
    viewer = page.get_by_test_id("viewer")
    viewer.locator(f'a[href*="like={number}"]').first.click()
    expect(viewer).to_be_hidden()
    expect(page.get_by_test_id("score")).to_have_count(16)
    assert field(page.url, "like") == str(number) and field(page.url, "id") == ""
    assert number not in ids(page)


def test_file_can_be_opened_and_saved(visit: Visits, server: Server) -> None:
    page = visit(server)
    number, name = ids(page)[0], names(page)[0]
    hits(page).first.click()
    viewer = page.get_by_test_id("viewer")
    expect(viewer).to_be_visible()
    with page.expect_download() as download:
        viewer.locator("a[download]").click()
    assert download.value.suggested_filename == name
    with page.context.expect_page() as opened:
        viewer.locator("a[target=_blank]").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{server.api}/images/{number}/file"


def test_image_that_is_not_there(visit: Visits, server: Server) -> None:
    visit.excuse("status of 404")
    page = visit(server, "/?id=999999", language="ja")
    viewer = page.get_by_test_id("viewer")
    # A sentence, here or in the page, and a way out.
    page.wait_for_function(
        "() => document.body.innerText.includes('その画像は、もうライブラリにありません')"
    )
    if viewer.is_visible():
        viewer.get_by_test_id("viewer-close").click()
    expect(viewer).to_be_hidden()
    expect(hits(page)).to_have_count(16)
