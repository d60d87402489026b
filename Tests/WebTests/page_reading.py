"""What a person reads off the page, and does to it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import JSHandle, Locator, Page

from program import SAMPLES

COUNT = len([path for path in SAMPLES.rglob("*") if path.is_file()])
PAGES = -(-COUNT // 16)


def hits(page: Page) -> Locator:
    """The images on the wall."""
    return page.get_by_test_id("hit")


def names(page: Page) -> list[str]:
    """The wall's images by their alternative texts, which are their files' names."""
    found: list[str] = page.locator("[data-testid=hit] img").evaluate_all(
        "images => images.map((image) => image.alt)"
    )
    return found


def ids(page: Page) -> list[int]:
    """The wall's images by their numbers, as the links to their details name them."""
    links: list[str] = hits(page).evaluate_all("links => links.map((link) => link.href)")
    return [int(field(link, "id")) for link in links]


def field(address: str, name: str) -> str:
    """A field of an address; empty without it."""
    return parse_qs(urlsplit(address).query).get(name, [""])[0]


def numbers_in(text: str | None) -> list[int]:
    """The numbers in a sentence, whatever the language around them."""
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text or "")]


def shown_page(page: Page) -> tuple[int, int]:
    """Which page of how many, as the pager says it."""
    current, of = numbers_in(page.get_by_test_id("page-text").first.text_content())
    return current, of


def shown_total(page: Page) -> int:
    """The total, as the page says it."""
    return numbers_in(page.get_by_test_id("total").text_content())[0]


def eventually(page: Page, condition: Callable[[], bool], what: str) -> None:
    """Waits until a condition holds: the address changes first, and what it names comes later."""
    for _ in range(300):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"Waited in vain: {what}.")


def shows_page(page: Page, number: int, of: int = PAGES) -> None:
    """Waits until the wall shows a page."""
    eventually(page, lambda: shown_page(page) == (number, of), f"page {number} is shown")


def search(page: Page, words: str) -> None:
    """Searches as a person does."""
    box = page.get_by_test_id("box")
    box.fill(words)
    box.press("Enter")


def transfer(page: Page, path: Path, media_type: str) -> JSHandle:
    """What a browser makes of a file that is dragged or copied."""
    return page.evaluate_handle(
        """([base64, name, type]) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], name, { type }));
          return transfer;
        }""",
        [base64.b64encode(path.read_bytes()).decode(), path.name, media_type],
    )


def drop(page: Page, path: Path, media_type: str = "image/jpeg") -> None:
    """Drags a file over the page and lets it fall."""
    data = transfer(page, path, media_type)
    for name in ("dragenter", "dragover", "drop"):
        page.dispatch_event("[data-testid=wall]", name, {"dataTransfer": data})


def paste(page: Page, path: Path, media_type: str = "image/jpeg") -> None:
    """Pastes a file, as from another program's “copy image”."""
    data = transfer(page, path, media_type)
    page.evaluate(
        """(clipboardData) => document.activeElement.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))""",
        data,
    )


def focused(page: Page) -> str:
    """What has the focus: the test id and the address, if it has them."""
    return str(
        page.evaluate(
            "() => `${document.activeElement.dataset.testid ?? ''} "
            "${document.activeElement.getAttribute('href') ?? ''}`"
        )
    )
