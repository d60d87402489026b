"""What is not everyday: nothing there, something wrong, somebody unknown, something new."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, Route, expect

from page_fixtures import Visits
from page_reading import COUNT, drop, eventually, field, hits, names, search, shown_total
from program import CHECKOUT, SAMPLES, TOKEN, Server, index

TURTLE = CHECKOUT / "Samples" / "queries" / "turtle-on-the-sand.jpg"


def test_empty_library(visit: Visits, empty_server: Server) -> None:
    page = visit(empty_server, permissions=["clipboard-read", "clipboard-write"])
    empty = page.get_by_test_id("empty")
    expect(empty).to_be_visible()
    expect(hits(page)).to_have_count(0)
    # The one command that fills it, ready to be copied.
    expect(empty).to_contain_text("mekiki index")
    empty.get_by_test_id("copy").click()
    page.wait_for_function(
        "async () => (await navigator.clipboard.readText()).startsWith('mekiki index ')"
    )
    expect(page.get_by_test_id("problem")).to_be_hidden()
    # A search in it finds nothing, and says so.
    search(page, "猫")
    expect(page).to_have_url(re.compile("q="))
    expect(empty).to_be_visible()


def test_server_that_answers_with_an_error(visit: Visits, server: Server) -> None:
    visit.excuse("status of 500", "status of 503")
    page = visit(server, language="ja")
    broken = {"status": 500}

    def answer(route: Route) -> None:
        document = {"type": "about:blank", "title": "x", "status": broken["status"],
                    "detail": "<b>detail</b> of the server", "code": "inputOutput"}  # fmt: skip
        route.fulfill(
            status=broken["status"],
            content_type="application/problem+json",
            body=json.dumps(document),
        )

    for broken["status"] in (500, 503):
        page.route("**/api/v1/search*", answer)
        search(page, f"海{broken['status']}")
        problem = page.get_by_test_id("problem")
        expect(problem).to_be_visible()
        expect(problem).to_contain_text("もう一度")
        expect(problem.locator("b")).to_have_count(0)
        expect(hits(page)).to_have_count(0)
        page.unroute("**/api/v1/search*")
        page.get_by_test_id("retry").click()
        expect(page.get_by_test_id("score")).to_have_count(16)
        expect(problem).to_be_hidden()
        assert shown_total(page) == COUNT


def test_server_that_is_away(visit: Visits, server: Server) -> None:
    visit.excuse("net::ERR_")
    page = visit(server, language="ja")
    page.route("**/api/v1/**", lambda route: route.abort("connectionrefused"))
    search(page, "海")
    problem = page.get_by_test_id("problem")
    expect(problem).to_be_visible()
    expect(problem).to_contain_text("mekiki serve")
    page.unroute("**/api/v1/**")
    page.get_by_test_id("retry").click()
    expect(page.get_by_test_id("score")).to_have_count(16)


def test_picture_over_the_limit_is_not_even_sent(visit: Visits, sample_library: Path) -> None:
    with Server(sample_library, ("--upload-limit", "1")) as narrow:
        page = visit(narrow, language="ja")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.method))
        page.evaluate(
            """() => {
              const transfer = new DataTransfer();
              const bytes = new Uint8Array(1_100_000);
              transfer.items.add(new File([bytes], "a.jpg", { type: "image/jpeg" }));
              const facts = { dataTransfer: transfer, bubbles: true, cancelable: true };
              for (const name of ["dragover", "drop"]) {
                document.body.dispatchEvent(new DragEvent(name, facts));
              }
            }"""
        )
        problem = page.get_by_test_id("problem")
        expect(problem).to_be_visible()
        expect(problem).to_contain_text(re.compile(r"1(\.05)? ?MB"))
        assert "POST" not in asked
        # Another search, and the sentence is gone.
        drop(page, SAMPLES / "food" / "dumplings-for-moon-viewing.webp", "image/webp")
        expect(page.get_by_test_id("score")).to_have_count(16)
        expect(problem).to_be_hidden()


def sign_in(page: Page, token: str) -> None:
    """Types the token, as a person does."""
    place = page.get_by_test_id("sign-in")
    place.locator("input[name=token]").fill(token)
    place.locator("input[name=token]").press("Enter")


def test_sign_in_and_out(visit: Visits, token_server: Server) -> None:
    visit.excuse("status of 401")
    page = visit(token_server, "/?q=%E6%B5%B7", language="ja")
    place = page.get_by_test_id("sign-in")
    expect(place).to_be_visible()
    expect(hits(page)).to_have_count(0)
    sign_in(page, "wrong-token-0123456789")
    expect(place.get_by_role("alert")).to_be_visible()
    expect(place).to_contain_text("違います")
    sign_in(page, TOKEN)
    # What was asked for in the first place is shown now.
    expect(page.get_by_test_id("score")).to_have_count(16)
    expect(place).to_be_hidden()
    assert field(page.url, "q") == "海"
    assert TOKEN not in page.url and TOKEN not in page.content()
    # Scripts can't read the session.
    assert "mekiki_session" not in str(page.evaluate("() => document.cookie"))
    page.reload()
    visit.ready(page)
    expect(page.get_by_test_id("score")).to_have_count(16)
    expect(place).to_be_hidden()
    page.get_by_role("button", name="サインアウト").click()
    expect(place).to_be_visible()
    expect(hits(page)).to_have_count(0)
    page.reload()
    expect(place).to_be_visible()


def test_session_that_ends_in_between(visit: Visits, token_server: Server) -> None:
    visit.excuse("status of 401")
    page = visit(token_server)
    sign_in(page, TOKEN)
    expect(hits(page)).to_have_count(16)
    page.context.clear_cookies()
    search(page, "海")
    expect(page.get_by_test_id("sign-in")).to_be_visible()
    sign_in(page, TOKEN)
    expect(page.get_by_test_id("score")).to_have_count(16)
    assert field(page.url, "q") == "海"


def test_no_sign_in_where_no_token_is_wanted(visit: Visits, server: Server) -> None:
    page = visit(server, language="ja")
    expect(page.get_by_test_id("sign-in")).to_be_hidden()
    expect(page.get_by_role("button", name="サインアウト")).to_be_hidden()


def test_starter_model_says_what_it_is(visit: Visits, server: Server) -> None:
    page = visit(server, language="ja")
    banner = page.get_by_test_id("starter-banner")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("写真")
    # Can be put away.
    banner.get_by_role("button").first.click()
    expect(banner).to_be_hidden()
    search(page, "海")
    expect(page.get_by_test_id("score")).to_have_count(16)
    expect(banner).to_be_hidden()


def test_new_images_are_announced(visit: Visits, tmp_path: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    for path in sorted((SAMPLES / "animals").iterdir())[:4]:
        (images / path.name).write_bytes(path.read_bytes())
    library = tmp_path / "library"
    index(library, images)
    with Server(library) as server:
        page = visit_with_clock(visit, server)
        expect(hits(page)).to_have_count(4)
        notice = page.get_by_test_id("new-images")
        expect(notice).to_be_hidden()
        for path in sorted((SAMPLES / "food").iterdir())[:3]:
            (images / path.name).write_bytes(path.read_bytes())
        index(library, images)
        before = names(page)
        eventually(page, lambda: looks_again(page, notice), "the new images are announced")
        expect(notice).to_contain_text("3")
        # Nothing moves until it is asked for.
        assert names(page) == before
        notice.get_by_role("link").or_(notice.get_by_role("button")).first.click()
        expect(hits(page)).to_have_count(7)
        expect(notice).to_be_hidden()
        assert set(names(page)) - set(before) == {
            path.name for path in sorted((SAMPLES / "food").iterdir())[:3]
        }


def looks_again(page: Page, notice: Locator) -> bool:
    """Puts the clock forward, because the page looks for new images only now and then.

    More than once: the server counts at most once a second.
    """
    page.clock.run_for(20_000)
    return notice.is_visible()


def visit_with_clock(visit: Visits, server: Server) -> Page:
    """A visit in which the test holds the clock."""
    page = visit(server)
    page.clock.install()
    page.reload()
    visit.ready(page)
    return page


def test_page_of_a_server_that_stopped(visit: Visits, sample_library: Path) -> None:
    visit.excuse("net::ERR_")
    with Server(sample_library) as server:
        page = visit(server, language="ja")
    search(page, "海")
    expect(page.get_by_test_id("problem")).to_be_visible()
    expect(page.get_by_test_id("problem")).to_contain_text("mekiki serve")
