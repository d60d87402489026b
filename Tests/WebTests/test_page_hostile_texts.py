"""Markup in names and texts, shown: as the text that it is, with nothing of it run."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import requests
from playwright.sync_api import Page, expect

from hostile_library import EXIF_TEXT, NAMES, TEXTS, numbers
from page_fixtures import Visits
from page_reading import hits, names, search
from program import Server

# `Visits` fails each of these tests on any dialog, and on anything that the page's policy had to
# stop.


def assert_only_ours(page: Page) -> None:
    """No element that the page does not make itself."""
    strange = page.evaluate(
        """() => [...document.querySelectorAll("iframe, object, embed")]
          .concat([...document.querySelectorAll("script:not([src]):not([type])")])
          .concat([...document.querySelectorAll("img[src=x], [onerror], [onload], [onclick]")])
          .concat([...document.querySelectorAll("a[href^='javascript:' i]")])
          .map((element) => element.outerHTML.slice(0, 100))"""
    )
    assert strange == []


@pytest.mark.parametrize("scripts", [True, False])
def test_names_on_the_wall(visit: Visits, hostile_server: Server, scripts: bool) -> None:
    shown: list[str] = []
    for number in (1, 2):
        page = visit(hostile_server, f"/?page={number}", scripts=scripts)
        shown += names(page)
        assert_only_ours(page)
    # A browser reads a carriage return in HTML as a line feed.
    expected = {name.replace("\r\n", "\n") for name in NAMES}
    assert {name.replace("\r\n", "\n").replace("\r", "\n") for name in shown} == expected


def test_names_in_the_details(visit: Visits, hostile_server: Server, web: requests.Session) -> None:
    page = visit(hostile_server)
    for name, number in numbers(hostile_server, web).items():
        page.goto(f"{hostile_server.address}/?id={number}")
        visit.ready(page)
        viewer = page.get_by_test_id("viewer")
        expect(viewer).to_be_visible()
        page.wait_for_function(
            "name => document.querySelector('[data-testid=viewer]').textContent.includes(name)",
            arg=name,
        )
        assert_only_ours(page)
        # A name that is longer than the window does not push it apart.
        assert page.evaluate(
            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), name


def test_texts_of_the_file(visit: Visits, hostile_server: Server, web: requests.Session) -> None:
    number = numbers(hostile_server, web)["chunks.png"]
    page = visit(hostile_server, f"/?id={number}", width=390)
    viewer = page.get_by_test_id("viewer")
    viewer.locator("summary").click()
    expect(viewer.get_by_test_id("chunk")).to_have_count(len(TEXTS))
    text = viewer.evaluate("viewer => viewer.textContent")
    for key, chunk in TEXTS.items():
        assert key in text and chunk in text
    assert_only_ours(page)
    assert page.evaluate(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    expect(viewer.get_by_test_id("viewer-close")).to_be_in_viewport()


def test_camera(visit: Visits, hostile_server: Server, web: requests.Session) -> None:
    number = numbers(hostile_server, web)["camera.jpg"]
    page = visit(hostile_server, f"/?id={number}")
    expect(page.get_by_test_id("viewer")).to_contain_text(EXIF_TEXT)
    assert_only_ours(page)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    "words",
    ["<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
     "</script><script>alert(1)</script>", "</title><script>alert(1)</script>",
     "{{{firstPage}}}", "javascript:alert(1)"],
)  # fmt: skip
def test_words_of_a_link(visit: Visits, hostile_server: Server, words: str, scripts: bool) -> None:
    # Somebody sends a link whose words are markup.
    page = visit(hostile_server, f"/?q={quote(words)}", scripts=scripts)
    expect(page.get_by_test_id("box")).to_have_value(words)
    expect(hits(page)).to_have_count(16)
    assert_only_ours(page)


def test_words_that_are_typed(visit: Visits, hostile_server: Server) -> None:
    page = visit(hostile_server)
    search(page, "<img src=x onerror=alert(1)>")
    expect(page.get_by_test_id("score")).to_have_count(16)
    expect(page).to_have_title(re.compile(re.escape("<img src=x onerror=alert(1)>")))
    assert_only_ours(page)


def test_the_watch_would_notice(visit: Visits, hostile_server: Server) -> None:
    # Were markup taken for markup, the policy would stop it, and this is how the tests would know.
    page = visit(hostile_server)
    page.evaluate(
        "() => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>'); }"
    )
    page.wait_for_timeout(300)
    assert any("script-src" in complaint for complaint in visit.complaints)
    visit.complaints.clear()
