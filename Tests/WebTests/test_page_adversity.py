"""What goes wrong in the middle of something, and what a browser may refuse to do."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, Request, Route, expect

from page_fixtures import Visits
from page_reading import field, hits, ids, search
from program import TOKEN, Server

BLOCKED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
}
"""


def test_browser_that_keeps_no_site_data(visit: Visits, server: Server) -> None:
    page = visit(server)
    page.context.add_init_script(BLOCKED)
    page.reload()
    visit.ready(page)
    page.keyboard.press("/")
    expect(page.get_by_test_id("box")).to_be_focused()
    page.get_by_test_id("starter-banner").get_by_role("button").click()
    expect(page.get_by_test_id("starter-banner")).to_be_hidden()
    page.reload()
    visit.ready(page)
    expect(page.get_by_test_id("starter-banner")).to_be_hidden()


def test_same_words_again_are_asked_again_and_are_no_new_place(
    visit: Visits, server: Server
) -> None:
    page = visit(server)
    search(page, "cat")
    expect(page).to_have_url(re.compile("q=cat"))
    expect(page.get_by_test_id("score")).to_have_count(16)
    places = page.evaluate("history.length")
    with page.expect_request(re.compile(r"/api/v1/search\?q=cat")):
        page.keyboard.press("Enter")
    expect(page.get_by_test_id("score")).to_have_count(16)
    assert page.evaluate("history.length") == places


def test_closing_while_the_next_page_comes_stays_closed(visit: Visits, server: Server) -> None:
    page = visit(server)
    last = ids(page)[-1]
    page.goto(f"{server.address}/?id={last}")
    visit.ready(page)

    def late(route: Route) -> None:
        time.sleep(0.6)
        route.continue_()

    page.route("**/api/v1/images?*", late)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("page-text").first).to_contain_text("2")
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("viewer")).to_be_hidden()
    assert field(page.url, "id") == ""


def test_details_that_fail_leave_what_is_known(visit: Visits, server: Server) -> None:
    visit.excuse("status of 500")
    page = visit(server)
    page.route(re.compile(r"/api/v1/images/\d+$"), lambda route: route.fulfill(status=500, json={}))
    name = hits(page).first.get_by_role("img").get_attribute("alt")
    hits(page).first.click()
    viewer = page.get_by_test_id("viewer")
    expect(viewer.locator("#position")).to_contain_text("went wrong")
    expect(viewer.get_by_role("heading", level=2)).to_have_text(name or "")
    expect(viewer.get_by_test_id("fileName")).to_be_visible()


def test_details_of_no_image_offer_nothing_to_do_with_it(visit: Visits, server: Server) -> None:
    visit.excuse("status of 404")
    page = visit(server, "/?id=99999")
    viewer = page.get_by_test_id("viewer")
    expect(viewer).to_be_visible()
    expect(viewer.locator(".actions")).to_be_hidden()


def test_focus_stays_in_the_window_after_stepping(visit: Visits, server: Server) -> None:
    page = visit(server)
    hits(page).first.focus()
    page.keyboard.press("Enter")
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(hits(page).nth(14)).to_be_focused()
    expect(hits(page).nth(14)).to_be_in_viewport()


def test_page_without_its_words_offers_to_try_again(visit: Visits, server: Server) -> None:
    visit.excuse("status of 500")
    page = visit(server)
    page.route("**/words/*.json", lambda route: route.fulfill(status=500, body="{}x"))
    page.goto(server.address, wait_until="domcontentloaded")
    expect(page.get_by_test_id("problem")).to_be_visible()
    expect(page.get_by_test_id("retry")).not_to_be_empty()


def test_signing_in_after_many_refusals_asks_once(visit: Visits, token_server: Server) -> None:
    visit.excuse("status of 401")
    page = visit(token_server, scripts=True, language="en")
    page.locator("#token").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(hits(page)).to_have_count(16)
    page.clock.install()
    page.reload()
    visit.ready(page)
    page.context.clear_cookies()
    for _ in range(6):
        page.clock.run_for(15_000)
        page.wait_for_timeout(50)
    expect(page.get_by_test_id("sign-in")).to_be_visible()
    lists: list[Request] = []
    page.on("request", lambda one: lists.append(one) if "/api/v1/images?" in one.url else None)
    page.locator("#token").fill(TOKEN)
    page.keyboard.press("Enter")
    expect(hits(page)).to_have_count(16)
    assert len(lists) <= 1


def test_folder_that_is_dropped_is_refused_in_a_sentence(visit: Visits, server: Server) -> None:
    page = visit(server)
    refuse_reading(page)
    page.locator("#file").set_input_files(
        files=[{"name": "folder.png", "mimeType": "image/png", "buffer": b"x"}]
    )
    expect(page.get_by_test_id("problem")).to_be_visible()
    expect(page.locator("#progress")).to_be_hidden()


def refuse_reading(page: Page) -> None:
    """A folder looks like a file, until somebody reads it."""
    page.evaluate(
        "() => { Blob.prototype.arrayBuffer = () => "
        "Promise.reject(new DOMException('', 'NotFoundError')); }"
    )
