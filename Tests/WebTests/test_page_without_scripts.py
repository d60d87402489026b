"""Without JavaScript: the wall, its pages, searching by words, the details, and signing in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from page_fixtures import Visits
from page_reading import COUNT, PAGES, hits, ids, names, search, shown_page, shown_total
from program import TOKEN, Server


def test_wall_and_pages(visit: Visits, server: Server) -> None:
    page = visit(server, scripts=False, language="ja")
    expect(hits(page)).to_have_count(16)
    assert shown_total(page) == COUNT and shown_page(page) == (1, PAGES)
    seen = ids(page)
    for number in range(2, PAGES + 1):
        page.get_by_test_id("pager-next").click()
        expect(page).to_have_url(f"{server.address}/?page={number}")
        assert shown_page(page) == (number, PAGES)
        seen += ids(page)
    assert len(seen) == len(set(seen)) == COUNT
    expect(page.get_by_test_id("pager-next")).to_be_disabled()
    page.get_by_test_id("pager-previous").click()
    assert shown_page(page) == (PAGES - 1, PAGES)


def test_words(visit: Visits, server: Server) -> None:
    page = visit(server, scripts=False)
    search(page, "雨の日の傘")
    expect(page).to_have_url(re.compile(r"\?q="))
    assert "umbrella-in-the-rain.jpg" in names(page)[:3]
    expect(page.get_by_test_id("box")).to_have_value("雨の日の傘")
    expect(page.get_by_test_id("score")).to_have_count(16)
    page.get_by_test_id("pager-next").click()
    assert shown_page(page) == (2, PAGES)
    expect(page.get_by_test_id("box")).to_have_value("雨の日の傘")


def test_more_like_this(visit: Visits, server: Server) -> None:
    page = visit(server, scripts=False)
    number = ids(page)[0]
    hits(page).first.hover()
    page.get_by_test_id("more-like").first.click()
    expect(page).to_have_url(f"{server.address}/?like={number}")
    expect(page.get_by_test_id("score")).to_have_count(16)


def test_details(visit: Visits, server: Server) -> None:
    page = visit(server, "/?q=a&page=2", scripts=False)
    name = names(page)[3]
    hits(page).nth(3).click()
    large = page.locator("img[src*='size=2048']")
    expect(large).to_be_visible()
    expect(large).to_have_attribute("alt", name)
    assert large.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    # And back to where one came from.
    page.locator("main a", has_text=re.compile("^Close$|^閉じる$")).first.click()
    expect(page).to_have_url(f"{server.address}/?q=a&page=2")
    expect(large).to_have_count(0)


def test_nothing_is_shown_that_needs_a_script(visit: Visits, server: Server) -> None:
    page = visit(server, scripts=False)
    for name in ("choose-image", "language-switch", "copy"):
        for place in page.get_by_test_id(name).all():
            expect(place).to_be_hidden()
    for button in page.get_by_role("button").all():
        # What is left are buttons of forms.
        assert button.evaluate("button => button.type") == "submit"


def test_sign_in(visit: Visits, token_server: Server) -> None:
    visit.excuse("status of 401")
    page = visit(token_server, scripts=False, language="ja")
    place = page.get_by_test_id("sign-in")
    expect(place).to_be_visible()
    expect(hits(page)).to_have_count(0)
    place.locator("input[name=token]").fill("wrong-token-0123456789")
    place.get_by_role("button").click()
    expect(place).to_contain_text("違います")
    place.locator("input[name=token]").fill(TOKEN)
    place.get_by_role("button").click()
    expect(hits(page)).to_have_count(16)
    assert page.url == token_server.address + "/"
    expect(place).to_be_hidden()


def test_empty_library(visit: Visits, empty_server: Server) -> None:
    page = visit(empty_server, scripts=False)
    expect(page.get_by_test_id("empty")).to_be_visible()
    expect(page.get_by_test_id("empty")).to_contain_text("mekiki index")


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "ja"), ("/?page=3", "en"), ("/?q=%E6%B5%B7&page=2", "ja"), ("/?like=5", "en")],
)
def test_both_pages_agree(visit: Visits, server: Server, path: str, language: str) -> None:
    # What the server draws and what the script draws from the same answer.
    still = visit(server, path, scripts=False, language=language)
    alive = visit(server, path, language=language)
    assert names(still) == names(alive)
    assert ids(still) == ids(alive)
    for name in ("page-text", "total", "score"):
        drawn, redrawn = (place.get_by_test_id(name).all_inner_texts() for place in (still, alive))
        assert drawn == redrawn, name
