"""The address holds what is shown: reload, back, forward, and opening it elsewhere all work."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from page_fixtures import Visits
from page_reading import drop, eventually, field, hits, ids, names, search, shown_page, shows_page
from program import CHECKOUT, Server

TURTLE = CHECKOUT / "Samples" / "queries" / "turtle-on-the-sand.jpg"


def test_back_and_forward(visit: Visits, server: Server) -> None:
    page = visit(server)
    start = names(page)
    search(page, "海")
    expect(page.get_by_test_id("score")).to_have_count(16)
    sea = names(page)
    page.get_by_test_id("pager-next").click()
    expect(page).to_have_url(re.compile("page=2"))
    shows_page(page, 2)
    second = names(page)
    hits(page).nth(3).click()
    viewer = page.get_by_test_id("viewer")
    expect(viewer).to_be_visible()
    shown = page.url

    page.go_back()
    expect(viewer).to_be_hidden()
    assert names(page) == second
    page.go_back()
    expect(page).not_to_have_url(re.compile("page="))
    eventually(page, lambda: names(page) == sea, "the first page of the search is back")
    expect(page.get_by_test_id("box")).to_have_value("海")
    page.go_back()
    expect(page.get_by_test_id("score")).to_have_count(0)
    assert names(page) == start
    expect(page.get_by_test_id("box")).to_have_value("")
    for _ in range(3):
        page.go_forward()
    expect(viewer).to_be_visible()
    assert page.url == shown
    assert names(page) == second


def test_back_closes_the_details_and_forward_opens_them(visit: Visits, server: Server) -> None:
    page = visit(server)
    hits(page).nth(1).click()
    viewer = page.get_by_test_id("viewer")
    expect(viewer).to_be_visible()
    page.go_back()
    expect(viewer).to_be_hidden()
    page.go_forward()
    expect(viewer).to_be_visible()


def test_reload(visit: Visits, server: Server) -> None:
    page = visit(server)
    search(page, "海")
    expect(page.get_by_test_id("score")).to_have_count(16)
    page.get_by_test_id("pager-next").click()
    expect(page).to_have_url(re.compile("page=2"))
    shows_page(page, 2)
    before = names(page)
    hits(page).nth(5).click()
    viewer = page.get_by_test_id("viewer")
    similarity = viewer.get_by_test_id("similarity").inner_text()
    page.reload()
    visit.ready(page)
    expect(viewer).to_be_visible()
    assert names(page) == before
    assert viewer.get_by_test_id("similarity").inner_text() == similarity
    assert shown_page(page)[0] == 2
    viewer.get_by_test_id("viewer-close").click()
    expect(viewer).to_be_hidden()
    expect(page).not_to_have_url(re.compile("[?&]id="))
    assert field(page.url, "page") == "2"


def test_address_of_a_hit_in_another_tab(visit: Visits, server: Server) -> None:
    page = visit(server)
    search(page, "雨の日の傘")
    expect(page.get_by_test_id("score")).to_have_count(16)
    number = ids(page)[0]
    with page.context.expect_page() as opened:
        hits(page).first.click(modifiers=["ControlOrMeta"])
    # This page stays as it is.
    expect(page.get_by_test_id("viewer")).to_be_hidden()
    other = opened.value
    visit.ready(other)
    expect(other.get_by_test_id("viewer")).to_be_visible()
    assert field(other.url, "id") == str(number) and field(other.url, "q") == "雨の日の傘"
    assert names(other) == names(page)


def test_address_of_more_like_in_another_tab(visit: Visits, server: Server) -> None:
    page = visit(server)
    number = ids(page)[0]
    hits(page).first.hover()
    with page.context.expect_page() as opened:
        page.get_by_test_id("more-like").first.click(modifiers=["ControlOrMeta"])
    visit.ready(opened.value)
    expect(opened.value.get_by_test_id("score")).to_have_count(16)
    assert field(opened.value.url, "like") == str(number)


def test_search_by_picture_survives_a_reload(visit: Visits, server: Server) -> None:
    page = visit(server)
    drop(page, TURTLE)
    expect(page.get_by_test_id("score")).to_have_count(16)
    before = names(page)
    page.reload()
    visit.ready(page)
    expect(page.get_by_test_id("score")).to_have_count(16)
    assert names(page) == before
    expect(page.get_by_test_id("chip")).to_contain_text(TURTLE.name)
    page.go_back()
    expect(page.get_by_test_id("score")).to_have_count(0)
    page.go_forward()
    expect(page.get_by_test_id("score")).to_have_count(16)
    assert names(page) == before


def test_picture_that_another_browser_has(visit: Visits, server: Server) -> None:
    # An address can be sent to somebody; the picture can't go with it. The page says so.
    page = visit(server, "/?image=0123456789abcdef", language="ja")
    problem = page.get_by_test_id("problem")
    expect(problem).to_be_visible()
    expect(problem).to_contain_text("このブラウザー")
    # A way on: the picture is chosen again.
    drop(page, TURTLE)
    expect(problem).to_be_hidden()
    expect(page.get_by_test_id("score")).to_have_count(16)


def test_words_with_every_kind_of_character(visit: Visits, server: Server) -> None:
    page = visit(server)
    for words in (
        "100% & more + a=b #1 ?",
        "<b>\"'`&amp;",
        "𠮷野家 👨‍👩‍👧",
        "a/b\\c%2F%00",
        "  猫  ",
    ):
        search(page, words)
        expect(page.get_by_test_id("score")).to_have_count(16)
        page.wait_for_function(
            "words => new URLSearchParams(location.search).get('q') === words", arg=words.strip()
        )
        page.reload()
        visit.ready(page)
        expect(page.get_by_test_id("box")).to_have_value(words.strip())
        expect(page.get_by_test_id("score")).to_have_count(16)
