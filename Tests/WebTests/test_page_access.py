"""For everyone: on a phone, in the dark, with names for what has no words, in colours one can
tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from page_fixtures import Visits
from page_reading import hits, search
from program import Server

# Every state in which a person sees the page.
STATES: dict[str, Callable[[Page], Any]] = {
    "start": lambda page: None,
    "results": lambda page: found(page),
    "details": lambda page: opened(page),
    "keys": lambda page: page.keyboard.press("?"),
    "like": lambda page: page.goto(page.url + "?like=1"),
}


def found(page: Page) -> None:
    """A search with long words."""
    search(page, "とても長い言葉で探してみる雨の日の傘と猫と夕焼けの海とそれから山の上の城")
    expect(page.get_by_test_id("score")).to_have_count(16)


def opened(page: Page) -> None:
    """The details of an image."""
    found(page)
    hits(page).first.click()
    expect(page.get_by_test_id("viewer")).to_be_visible()
    expect(page.get_by_test_id("distance")).to_be_visible()


def assert_fits(page: Page, what: str) -> None:
    """Nothing is wider than the window."""
    wide = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .map((element) => element.outerHTML.slice(0, 100));
        }"""
    )
    assert wide == [], what
    assert page.evaluate(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    ), what


@pytest.mark.parametrize("state", STATES)
def test_phone(visit: Visits, server: Server, state: str) -> None:
    for language in ("ja", "en"):
        page = visit(server, language=language, width=390, height=844, has_touch=True,
                     is_mobile=True, device_scale_factor=2)  # fmt: skip
        STATES[state](page)
        assert_fits(page, f"{state} in {language}")


def test_narrowest_phone_and_largest_screen(visit: Visits, server: Server) -> None:
    for width in (320, 2560):
        page = visit(server, width=width, height=900)
        assert_fits(page, f"{width} wide")
        opened(page)
        assert_fits(page, f"{width} wide, details")


def test_states_without_images_fit_a_phone(
    visit: Visits, token_server: Server, empty_server: Server
) -> None:
    visit.excuse("status of 401")
    for language in ("ja", "en"):
        page = visit(token_server, language=language, width=390)
        expect(page.get_by_test_id("sign-in")).to_be_visible()
        assert_fits(page, "sign-in")
        page = visit(empty_server, language=language, width=390)
        assert_fits(page, "empty")


def test_touching_an_image_opens_it(visit: Visits, server: Server) -> None:
    page = visit(server, width=390, height=844, has_touch=True, is_mobile=True)
    hits(page).first.tap()
    expect(page.get_by_test_id("viewer")).to_be_visible()
    page.get_by_test_id("viewer-close").tap()
    expect(page.get_by_test_id("viewer")).to_be_hidden()


def test_controls_are_large_enough_to_touch(visit: Visits, server: Server) -> None:
    page = visit(server, width=390, height=844, has_touch=True, is_mobile=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input, a.button, [data-testid^=pager]")]
          .filter((element) => element.checkVisibility({ visibilityProperty: true }))
          .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
          .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
          .map(([html]) => html)"""
    )
    # WCAG 2.2, target size (minimum).
    assert small == []


@pytest.mark.parametrize("state", STATES)
def test_everything_has_a_name(visit: Visits, server: Server, state: str) -> None:
    page = visit(server, language="ja")
    STATES[state](page)
    nameless = page.evaluate(
        """() => {
          // What lies behind an open dialog has no name, because it is not there for now.
          const place = document.querySelector("dialog:modal") ?? document;
          return [...place.querySelectorAll("button, a, input, select, textarea, summary")]
            .filter((element) => element.checkVisibility() && !element.computedName)
            .map((element) => element.outerHTML.slice(0, 120));
        }"""
    )
    assert nameless == []
    # The browser knows names at all, and a dialog has one.
    known = page.evaluate(
        """() => (document.querySelector("dialog:modal")
          ?? document.querySelector("[data-testid=search-button]")).computedName"""
    )
    assert known
    without_text = page.evaluate(
        "() => [...document.images].filter((image) => !image.hasAttribute('alt')).length"
    )
    assert without_text == 0
    for image in hits(page).locator("img").all():
        assert image.get_attribute("alt")


def test_structure_for_screen_readers(visit: Visits, server: Server) -> None:
    page = visit(server, language="ja")
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("search")).to_have_count(1)
    assert page.get_by_role("heading", level=1).count() >= 1
    expect(page.get_by_test_id("wall").get_by_role("listitem")).to_have_count(16)
    # Results are announced.
    search(page, "海")
    page.wait_for_function(
        "() => [...document.querySelectorAll('[role=status], [aria-live]')]"
        ".some((place) => /70/.test(place.textContent))"
    )


# Each visible text with its colour and the ground that it stands on: the colours of what lies
# behind it, laid over each other. What stands on a picture has no one ground and is left out, and
# so are controls that are switched off (WCAG 1.4.3).
CONTRASTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const parse = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], ground) =>
    [r, g, b].map((value, index) => value * a + ground[index] * (1 - a)).concat(1);
  const light = ([r, g, b]) => [r, g, b].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(parse(getComputedStyle(at).backgroundColor));
    }
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const canvas = isDark ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => over(layer, below), canvas);
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    const visibly = { opacityProperty: true, visibilityProperty: true };
    if (!text.data.trim() || !element.checkVisibility(visibly)) continue;
    if (element.closest(":disabled, [aria-disabled=true], .unseen, script, template")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const behind = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!behind.includes(element) || behind.some((other) => other.tagName === "IMG")) continue;
    const below = ground(element);
    const [one, two] = [light(over(parse(getComputedStyle(element).color), below)), light(below)];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    found.push([text.data.trim().slice(0, 40), Math.round(ratio * 100) / 100]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_contrast(visit: Visits, server: Server, state: str, scheme: str) -> None:
    page = visit(server, language="ja", color_scheme=scheme, height=2400)
    STATES[state](page)
    # Fades are over.
    page.wait_for_timeout(300)
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) >= 5, contrasts
    assert [pair for pair in contrasts if pair[1] < 4.5] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_rarer_states(
    visit: Visits, token_server: Server, empty_server: Server, scheme: str
) -> None:
    visit.excuse("status of 401", "net::ERR_")
    page = visit(token_server, color_scheme=scheme)
    page.locator("input[name=token]").fill("wrong-token-0123456789")
    page.locator("input[name=token]").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    contrasts = page.evaluate(CONTRASTS)
    assert contrasts and [pair for pair in contrasts if pair[1] < 4.5] == []
    page = visit(empty_server, color_scheme=scheme)
    page.route("**/api/v1/**", lambda route: route.abort())
    contrasts = page.evaluate(CONTRASTS)
    search(page, "猫")
    expect(page.get_by_test_id("problem")).to_be_visible()
    contrasts += page.evaluate(CONTRASTS)
    assert contrasts and [pair for pair in contrasts if pair[1] < 4.5] == []


def test_dark_is_dark(visit: Visits, server: Server) -> None:
    def brightness(page: Page) -> float:
        color: str = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        if color == "rgba(0, 0, 0, 0)":
            color = page.evaluate(
                "() => getComputedStyle(document.documentElement).backgroundColor"
            )
        parts = [float(part) for part in color.partition("(")[2].rstrip(")").split(",")[:3]]
        return sum(parts) / 3

    assert brightness(visit(server, color_scheme="light")) > 230
    assert brightness(visit(server, color_scheme="dark")) < 40


def test_focus_can_be_seen(visit: Visits, server: Server) -> None:
    page = visit(server)
    for name in ("search-button", "hit", "language-switch"):
        place = page.get_by_test_id(name).first
        before = place.screenshot()
        # By a key, because only then is it shown.
        page.keyboard.press("Tab")
        place.focus()
        page.wait_for_timeout(200)
        is_framed = place.evaluate(
            """(element) => {
              const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
              const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
              return isOutlined || boxShadow !== "none";
            }"""
        )
        assert is_framed or place.screenshot() != before, name


def test_who_wants_no_motion_gets_none(visit: Visits, server: Server) -> None:
    page = visit(server, reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((element) => {
          const { transitionDuration, animationName, animationDuration } =
          getComputedStyle(element); const lasts = (text) => text.split(",").some((part) =>
          parseFloat(part) > 0.01); return lasts(transitionDuration) || (animationName !== "none" &&
          lasts(animationDuration));
        }).map((element) => element.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_forced_colours_leave_everything_there(visit: Visits, server: Server) -> None:
    page = visit(server, forced_colors="active")
    found(page)
    for name in ("box", "search-button", "pager-next", "language-switch"):
        expect(page.get_by_test_id(name)).to_be_visible()
