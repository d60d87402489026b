"""A browser that visits the page and watches: whatever it complains about is a fault of the page.

Debian's Chromium is driven; nothing is downloaded. Every visit is a context of its own, without
cookies or storage of another, and may speak to 127.0.0.1 alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    WebError,
    expect,
    sync_playwright,
)

from program import Server

CHROMIUM = "/usr/bin/chromium"
WAIT = 15_000
expect.set_options(timeout=WAIT)

# Runs in every page before its own scripts: notes when the page listens to keys, which is when it
# is ready for a person, and tells what its policy keeps from happening.
WATCH = """
(() => {
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (name, ...rest) {
    if (name === "keydown" && this === document) window.listensToKeys = true;
    return add.call(this, name, ...rest);
  };
  add.call(document, "securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
    console.error(`Policy violated: ${violatedDirective} ${blockedURI} ${sample}`));
})();
"""


@dataclass
class Visits:
    """Opens pages, and remembers what went wrong in them."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)

    def __call__(
        self,
        server: Server,
        path: str = "/",
        language: str = "en",
        width: int = 1280,
        height: int = 800,
        scripts: bool = True,
        **options: Any,
    ) -> Page:
        """A page in a context of its own.

        `language` is what the browser asks for; `options` are Playwright's for a context.
        """
        context = self.browser.new_context(
            locale=language,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            **options,
        )
        self.contexts.append(context)
        context.set_default_timeout(WAIT)
        self.watch(context, server)
        page = context.new_page()
        # Not until the last picture has come: a person does not wait for that either.
        page.goto(server.address + path, wait_until="domcontentloaded")
        if scripts:
            self.ready(page)
        return page

    @staticmethod
    def ready(page: Page) -> None:
        """Waits until the page's script listens, so that a person could use the page."""
        page.wait_for_function("() => window.listensToKeys === true")

    def watch(self, context: BrowserContext, server: Server) -> None:
        """Writes down every complaint of the context's pages, and keeps them at home."""
        context.add_init_script(WATCH)
        home = urlsplit(server.address).netloc

        def note_request(request: Request) -> None:
            place = urlsplit(request.url)
            if place.scheme in ("http", "https", "ws", "wss") and place.netloc != home:
                self.complaints.append(f"asked elsewhere: {request.url}")

        def note_dialog(dialog: Dialog) -> None:
            self.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        def note_error(error: WebError) -> None:
            self.complaints.append(f"error: {error.error}")

        def note_message(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                self.complaints.append(f"console: {message.text} ({message.location['url']})")

        context.on("request", note_request)
        context.on("dialog", note_dialog)
        context.on("weberror", note_error)
        context.on("console", note_message)

    def excuse(self, *texts: str) -> None:
        """Complaints that this test causes on purpose, by a part of their text."""
        self.excused += texts

    def left(self) -> list[str]:
        """Complaints that nothing excuses."""
        return [
            complaint
            for complaint in self.complaints
            if not any(text in complaint for text in self.excused)
        ]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if not os.path.exists(CHROMIUM):
        pytest.fail(f"There is no {CHROMIUM} (on Debian: apt-get install chromium).")
    # As root, Chromium refuses to start with its sandbox. Its own knowledge of accessible names is
    # what buttons are checked with.
    arguments = ["--enable-blink-features=ComputedAccessibilityInfo", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=arguments, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visits]:
    """Opens pages. The test fails when one of them complains."""
    visits = Visits(browser)
    yield visits
    for context in visits.contexts:
        context.close()
    assert visits.left() == []
