"""Takes pictures of the page in all its states, for eyes to look at.

Not a test. From the checkout, with the program built:

    Scripts/web-test-environment.sh
    .venv-web/bin/python Tests/WebTests/screenshots.py /tmp/screenshots
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from page_fixtures import CHROMIUM, WAIT, WATCH
from page_reading import drop, hits, search
from program import CHECKOUT, SAMPLES, TOKEN, Server, index

TURTLE = CHECKOUT / "Samples" / "queries" / "turtle-on-the-sand.jpg"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}


def found(page: Page) -> None:
    """Results of a search by words."""
    search(page, "雨の日の傘")
    expect(page.get_by_test_id("score")).to_have_count(16)


def found_by_picture(page: Page) -> None:
    """Results of a search by a picture, with its chip."""
    drop(page, TURTLE)
    expect(page.get_by_test_id("score")).to_have_count(16)


def opened(page: Page) -> None:
    """The details of a hit."""
    found(page)
    hits(page).first.click()
    expect(page.get_by_test_id("similarity")).to_be_visible()


def opened_texts(page: Page) -> None:
    """The details with the texts of the file unfolded, where it has any."""
    page.goto(page.url.split("?")[0] + "?q=%E5%AE%87%E5%AE%99")
    hits(page).first.click()
    summary = page.get_by_test_id("viewer").locator("summary")
    page.wait_for_timeout(300)
    if summary.is_visible():
        summary.click()


def hovered(page: Page) -> None:
    """What an image offers to a pointer."""
    found(page)
    hits(page).nth(1).hover()


def helped(page: Page) -> None:
    """The list of keys."""
    page.keyboard.press("?")


def failed(page: Page) -> None:
    """A server that is away."""
    page.route("**/api/v1/**", lambda route: route.abort("connectionrefused"))
    search(page, "海")
    expect(page.get_by_test_id("problem")).to_be_visible()


def dragged(page: Page) -> None:
    """A file held over the page."""
    data = page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['x'], 'x.png')); return t; }"
    )
    page.dispatch_event("[data-testid=wall]", "dragover", {"dataTransfer": data})


STATES: dict[str, Callable[[Page], None]] = {
    "start": lambda page: None,
    "results": found,
    "picture": found_by_picture,
    "viewer": opened,
    "texts": opened_texts,
    "hover": hovered,
    "keys": helped,
    "error": failed,
    "drop": dragged,
}


class Studio:
    """Takes pictures in every language, colour scheme and size."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder

    def take(
        self, server: Server, name: str, prepare: Callable[[Page], None], scripts: bool = True
    ) -> None:
        """One state, eight times."""
        for size, shape in (("desktop", DESKTOP), ("phone", PHONE)):
            for language in ("ja", "en"):
                for scheme in ("light", "dark"):
                    self.take_one(
                        server, f"{name}-{size}-{language}-{scheme}.png", prepare,
                        locale=language, color_scheme=scheme, java_script_enabled=scripts, **shape,
                    )  # fmt: skip

    def take_one(
        self, server: Server, file: str, prepare: Callable[[Page], None], **options: Any
    ) -> None:
        context = self.browser.new_context(**options)
        context.set_default_timeout(WAIT)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(server.address)
        page.wait_for_timeout(300)
        prepare(page)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        page.screenshot(path=self.folder / file)
        print(file)
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures are put")
    parser.add_argument("--only", default="", help="states whose names match this expression")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        library = Path(temporary) / "library"
        index(library, SAMPLES)
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0
        )
        studio = Studio(browser, options.folder)
        with Server(library) as server:
            for name, prepare in STATES.items():
                if re.search(options.only, name):
                    studio.take(server, name, prepare)
            if re.search(options.only, "still"):
                studio.take(server, "still", lambda page: None, scripts=False)
        with Server(library, token=TOKEN) as server:
            if re.search(options.only, "sign-in"):
                studio.take(server, "sign-in", lambda page: None)
        with Server(Path(temporary) / "nothing") as server:
            if re.search(options.only, "empty"):
                studio.take(server, "empty", lambda page: None)
        browser.close()


if __name__ == "__main__":
    main()
