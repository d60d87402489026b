"""Searching from the page: by words, by a picture that is dropped, pasted or chosen, by an
image."""

from __future__ import annotations

import contextlib
import re

import pytest
from playwright.sync_api import Error, Page, Route, expect

from page_fixtures import Visits
from page_reading import (
    COUNT,
    PAGES,
    drop,
    eventually,
    field,
    hits,
    names,
    paste,
    search,
    shown_page,
    shown_total,
    shows_page,
)
from program import CHECKOUT, Server

TURTLE = CHECKOUT / "Samples" / "queries" / "turtle-on-the-sand.jpg"


def assert_found(page: Page, expected: str, total: int = COUNT) -> None:
    """The expected image is among the first three, with scores that fall."""
    expect(page.get_by_test_id("score")).to_have_count(16)
    eventually(page, lambda: expected in names(page)[:3], f"{expected} is among the first three")
    scores = [float(text) for text in page.get_by_test_id("score").all_text_contents()]
    assert scores == sorted(scores, reverse=True)
    assert shown_total(page) == total
    assert shown_page(page) == (1, PAGES)


@pytest.mark.parametrize(
    ("words", "expected", "language"),
    [
        ("雨の日の傘", "umbrella-in-the-rain.jpg", "ja"),
        ("氷の上のペンギン", "penguins-on-the-ice.jpg", "en"),
        ("a rocket in space", "rocket-over-a-purple-planet.png", "ja"),
    ],
)
def test_words(visit: Visits, server: Server, words: str, expected: str, language: str) -> None:
    page = visit(server, language=language)
    search(page, words)
    assert_found(page, expected)
    assert field(page.url, "q") == words
    expect(page.get_by_test_id("box")).to_have_value(words)
    expect(page).to_have_title(re.compile(re.escape(words)))


def test_button(visit: Visits, server: Server) -> None:
    page = visit(server)
    page.get_by_test_id("box").fill("雨の日の傘")
    page.get_by_test_id("search-button").click()
    assert_found(page, "umbrella-in-the-rain.jpg")


def test_enter_while_an_input_method_composes_does_not_search(
    visit: Visits, server: Server
) -> None:
    page = visit(server)
    box = page.get_by_test_id("box")
    box.focus()
    session = page.context.new_cdp_session(page)
    session.send(
        "Input.imeSetComposition", {"text": "あめ", "selectionStart": 2, "selectionEnd": 2}
    )
    # As browsers send it: the Enter that accepts the conversion belongs to the input method.
    for key_code in (229, 13):
        box.evaluate(
            """(box, keyCode) => {
              const facts = { key: "Enter", code: "Enter", keyCode, which: keyCode,
                              isComposing: true, bubbles: true, cancelable: true };
              const goesOn = box.dispatchEvent(new KeyboardEvent("keydown", facts));
              if (goesOn) box.form.requestSubmit();
            }""",
            key_code,
        )
    # Safari ends the composition first; 229 alone tells.
    box.evaluate(
        """(box) => {
          const facts = { key: "Enter", code: "Enter", keyCode: 229, which: 229,
                          isComposing: false, bubbles: true, cancelable: true };
          if (box.dispatchEvent(new KeyboardEvent("keydown", facts))) box.form.requestSubmit();
        }"""
    )
    session.send("Input.insertText", {"text": "雨の日の傘"})
    expect(box).to_have_value("雨の日の傘")
    assert page.url == server.address + "/"
    expect(page.get_by_test_id("score")).to_have_count(0)
    # The next Enter is the person's own.
    page.keyboard.press("Enter")
    assert_found(page, "umbrella-in-the-rain.jpg")


def assert_found_by_picture(page: Page) -> None:
    """The search by the turtle: what it found, its chip, and its address."""
    assert_found(page, "sea-turtle-in-the-blue.jpg")
    assert re.fullmatch("[0-9a-f]{16}", field(page.url, "image"))
    chip = page.get_by_test_id("chip")
    expect(chip).to_have_count(1)
    expect(chip).to_contain_text(TURTLE.name)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=chip] img').naturalWidth > 0"
    )


def test_dropped_picture(visit: Visits, server: Server) -> None:
    page = visit(server)
    drop(page, TURTLE)
    assert_found_by_picture(page)


def test_pasted_picture(visit: Visits, server: Server) -> None:
    page = visit(server)
    paste(page, TURTLE)
    assert_found_by_picture(page)


def test_chosen_picture(visit: Visits, server: Server) -> None:
    page = visit(server)
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("choose-image").click()
    chooser.value.set_files(TURTLE)
    assert_found_by_picture(page)


def test_picture_and_words_together(visit: Visits, server: Server) -> None:
    page = visit(server)
    drop(page, TURTLE)
    assert_found_by_picture(page)
    with page.expect_response(re.compile("/api/v1/search.*q=")) as answer:
        search(page, "浜辺")
    assert answer.value.request.method == "POST"
    expect(page.get_by_test_id("chip")).to_have_count(1)
    assert field(page.url, "q") == "浜辺" and field(page.url, "image")
    # Taking the picture out leaves the words.
    page.get_by_test_id("chip-remove").click()
    expect(page.get_by_test_id("chip")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?q=[^&]+$"))
    expect(page.get_by_test_id("score")).to_have_count(16)


def test_file_that_is_no_picture(visit: Visits, server: Server) -> None:
    page = visit(server)
    drop(page, CHECKOUT / "README.md", "text/markdown")
    expect(page.get_by_test_id("problem")).to_be_visible()
    expect(hits(page)).to_have_count(16)
    assert page.url == server.address + "/"


def test_picture_that_can_not_be_read(visit: Visits, server: Server) -> None:
    visit.excuse("status of 422")
    page = visit(server)
    drop(page, CHECKOUT / "README.md", "image/jpeg")
    problem = page.get_by_test_id("problem")
    expect(problem).to_be_visible()
    expect(problem).to_contain_text("JPEG")


def test_more_like_this(visit: Visits, server: Server, sample_numbers: dict[str, int]) -> None:
    number = sample_numbers["rocket-over-a-purple-planet.png"]
    page = visit(server)
    search(page, "a rocket in space")
    assert_found(page, "rocket-over-a-purple-planet.png")
    hit = page.get_by_role("listitem").filter(
        has=page.get_by_alt_text("rocket-over-a-purple-planet.png")
    )
    hit.hover()
    hit.get_by_test_id("more-like").click()
    expect(page).to_have_url(re.compile(rf"[?&]like={number}\b"))
    # The image itself is known already, and not among them.
    assert_found(page, "rocket-in-the-morning-sky.webp", COUNT - 1)
    chip = page.get_by_test_id("chip")
    expect(chip).to_have_count(1)
    expect(chip).to_contain_text("rocket-over-a-purple-planet.png")
    page.get_by_test_id("chip-remove").click()
    expect(page.get_by_test_id("chip")).to_have_count(0)
    expect(page.get_by_test_id("score")).to_have_count(0)
    assert page.url == server.address + "/"


def test_late_answer_of_an_earlier_search_is_dropped(visit: Visits, server: Server) -> None:
    page = visit(server)
    held: list[Route] = []
    page.route(re.compile(r"/api/v1/search.*q=first"), lambda route: held.append(route))
    search(page, "first")
    page.wait_for_timeout(200)
    search(page, "雨の日の傘")
    assert_found(page, "umbrella-in-the-rain.jpg")
    before = names(page)
    assert len(held) == 1
    # The page has most likely given the request up by itself.
    with contextlib.suppress(Error):
        held[0].continue_()
    page.wait_for_timeout(500)
    assert names(page) == before
    assert field(page.url, "q") == "雨の日の傘"


def test_paging_through_results(visit: Visits, server: Server) -> None:
    page = visit(server, "/?q=%E6%B5%B7")
    first = names(page)
    page.get_by_test_id("pager-next").click()
    shows_page(page, 2)
    assert not set(names(page)) & set(first)
    assert field(page.url, "q") == "海" and field(page.url, "page") == "2"
    # Another search begins at its first page.
    search(page, "空")
    expect(page).to_have_url(re.compile(r"q=%E7%A9%BA$"))
    shows_page(page, 1)


def test_brand_leads_back_to_the_newest(visit: Visits, server: Server) -> None:
    page = visit(server, "/?q=a")
    expect(page.get_by_test_id("score")).to_have_count(16)
    page.locator("header a").first.click()
    expect(page.get_by_test_id("score")).to_have_count(0)
    expect(page.get_by_test_id("box")).to_have_value("")
