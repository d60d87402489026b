"""The keyboard alone, from the start to the details and back, and each key that the page
promises."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from page_fixtures import Visits
from page_reading import eventually, field, focused, hits, ids, search
from program import Server


def focused_id(page: Page) -> int:
    """The number of the image whose link has the focus; 0 when it is elsewhere."""
    what = focused(page)
    return int(field(what.partition(" ")[2], "id") or 0) if what.startswith("hit ") else 0


def tab_until(page: Page, test_id: str, most: int = 40) -> None:
    """Presses Tab until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).startswith(test_id + " "):
            return
    raise AssertionError(f"Tab does not lead to {test_id}.")


def test_from_start_to_details_and_back(visit: Visits, server: Server) -> None:
    page = visit(server)
    tab_until(page, "box")
    page.keyboard.type("雨の日の傘")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("score")).to_have_count(16)
    tab_until(page, "hit")
    number = focused_id(page)
    assert number == ids(page)[0]
    page.keyboard.press("Enter")
    viewer = page.get_by_test_id("viewer")
    expect(viewer).to_be_visible()
    # The focus is in the dialog and stays there.
    for _ in range(25):
        assert page.evaluate(
            "() => document.activeElement === document.body ||"
            " Boolean(document.activeElement.closest('[data-testid=viewer]'))"
        )
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    eventually(page, lambda: focused_id(page) == number, "the focus is back on the image")
    expect(page).not_to_have_url(re.compile("[?&]id="))


def test_focus_follows_to_the_image_that_was_shown_last(visit: Visits, server: Server) -> None:
    page = visit(server)
    wall = ids(page)
    hits(page).nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("viewer")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(rf"id={wall[2]}\b"))
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("viewer")).to_be_hidden()
    eventually(page, lambda: focused_id(page) == wall[2], "the focus is on the last image shown")


def test_slash_leads_to_the_box(visit: Visits, server: Server) -> None:
    page = visit(server, "/?q=a")
    page.keyboard.press("/")
    eventually(page, lambda: focused(page).startswith("box "), "the box has the focus")
    # What stands in it is replaced by what is typed; within the box, the key is a letter.
    page.keyboard.type("b/c?m")
    expect(page.get_by_test_id("box")).to_have_value("b/c?m")
    expect(page.get_by_test_id("keys-help")).to_be_hidden()


def test_arrows_move_through_the_wall(visit: Visits, server: Server) -> None:
    page = visit(server)
    wall = ids(page)
    page.keyboard.press("ArrowRight")
    assert focused_id(page) == wall[0]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert focused_id(page) == wall[2]
    page.keyboard.press("ArrowLeft")
    assert focused_id(page) == wall[1]
    top = hits(page).nth(1).bounding_box()
    page.keyboard.press("ArrowDown")
    below = focused_id(page)
    box = hits(page).nth(wall.index(below)).bounding_box()
    assert top and box and box["y"] > top["y"]
    page.keyboard.press("ArrowUp")
    here = hits(page).nth(wall.index(focused_id(page))).bounding_box()
    assert here and abs(here["y"] - top["y"]) < 2
    # The ends are ends.
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert focused_id(page) == wall[-1]
    expect(hits(page).last).to_be_in_viewport()


def test_m_searches_for_more_like_it(visit: Visits, server: Server) -> None:
    page = visit(server)
    number = ids(page)[3]
    hits(page).nth(3).focus()
    page.keyboard.press("m")
    expect(page).to_have_url(re.compile(rf"like={number}\b"))
    expect(page.get_by_test_id("score")).to_have_count(16)
    # In the details as well.
    other = ids(page)[1]
    hits(page).nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("viewer")).to_be_visible()
    page.keyboard.press("m")
    expect(page).to_have_url(re.compile(rf"like={other}\b"))
    expect(page.get_by_test_id("viewer")).to_be_hidden()


def test_question_mark_shows_the_keys(visit: Visits, server: Server) -> None:
    page = visit(server, language="ja")
    help_ = page.get_by_test_id("keys-help")
    page.keyboard.press("?")
    expect(help_).to_be_visible()
    for key in ("/", "Enter", "m", "Esc", "?"):
        expect(help_.locator("kbd", has_text=re.compile(f"^{re.escape(key)}$"))).to_have_count(1)
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    # And over the details, which are still there afterwards.
    hits(page).first.click()
    expect(page.get_by_test_id("viewer")).to_be_visible()
    page.keyboard.press("?")
    expect(help_).to_be_visible()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    expect(page.get_by_test_id("viewer")).to_be_visible()


def test_arrows_step_through_the_details(visit: Visits, server: Server) -> None:
    page = visit(server)
    wall = ids(page)
    hits(page).first.click()
    expect(page.get_by_test_id("viewer")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(100)
    assert field(page.url, "id") == str(wall[0])
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(rf"id={wall[1]}\b"))


def test_keys_with_modifiers_are_the_browsers(visit: Visits, server: Server) -> None:
    page = visit(server)
    hits(page).first.focus()
    for keys in ("Control+m", "Alt+m", "Meta+m"):
        page.keyboard.press(keys)
    page.wait_for_timeout(200)
    assert page.url == server.address + "/"


def test_skip_link_leads_to_the_wall(visit: Visits, server: Server) -> None:
    page = visit(server)
    page.keyboard.press("Tab")
    assert focused(page).strip() == "#wall"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused_id(page) == ids(page)[0]


def test_search_leaves_the_box_ready_for_another(visit: Visits, server: Server) -> None:
    page = visit(server)
    search(page, "海")
    expect(page.get_by_test_id("score")).to_have_count(16)
    assert focused(page).startswith("box ")
    page.keyboard.press("ArrowDown")
    eventually(page, lambda: focused_id(page) > 0, "the arrow leads from the box to the wall")
