"""Two languages: the browser's wish decides at first, the person's from then on."""

from __future__ import annotations

import json
import re
import time

import pytest
import requests
from playwright.sync_api import expect

from page_fixtures import Visits
from page_reading import hits
from program import CHECKOUT, Server

WEB = CHECKOUT / "Sources" / "MekikiServer" / "Web"
WORDS = {
    language: json.loads((WEB / "words" / f"{language}.json").read_text("utf-8"))
    for language in ("ja", "en")
}
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-US,en;q=0.9,ja;q=0.8", "en"),
        ("de,ja;q=0.5,en;q=0.3", "ja"),
        ("de,fr;q=0.5", "en"),
        ("ja;q=0,en;q=0.1", "en"),
        ("*", "en"),
        ("", "en"),
        (";;;,,q=x", "en"),
    ],
)
def test_browsers_wish(server: Server, web: requests.Session, accepted: str, expected: str) -> None:
    answer = web.get(server.address, headers={"Accept-Language": accepted}, timeout=20)
    assert f'<html lang="{expected}">' in answer.text
    assert answer.headers["Content-Language"] == expected
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_first_visit(visit: Visits, server: Server, language: str) -> None:
    page = visit(server, language="ja-JP" if language == "ja" else "en-US")
    words = WORDS[language]
    assert page.locator("html").get_attribute("lang") == language
    expect(page.get_by_test_id("box")).to_have_attribute("placeholder", re.compile(".+"))
    placeholder = page.get_by_test_id("box").get_attribute("placeholder")
    assert placeholder in (words["boxPlaceholder"], words.get("boxPlaceholderShort"))
    text = page.locator("body").inner_text()
    assert words["newest"] in text
    # No word of the other language, but for the switch to it.
    if language == "en":
        switch = page.get_by_test_id("language-switch").inner_text()
        assert not JAPANESE.search(text.replace(switch, "").replace("目利き", ""))
    else:
        assert "Newest" not in text and "Search" not in text


def test_switch_is_kept(visit: Visits, server: Server) -> None:
    page = visit(server, language="ja")
    page.get_by_test_id("language-switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(hits(page)).to_have_count(16)
    visit.ready(page)
    page.reload()
    visit.ready(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(server.address + "/?q=a")
    visit.ready(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_test_id("language-switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_test_id("box")).to_have_value("a")


def test_switch_keeps_what_is_shown(visit: Visits, server: Server) -> None:
    page = visit(server, "/?q=%E6%B5%B7&page=2", language="en")
    expect(page.get_by_test_id("score")).to_have_count(16)
    page.get_by_test_id("language-switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    visit.ready(page)
    expect(page.get_by_test_id("box")).to_have_value("海")
    expect(page.get_by_test_id("page-text").first).to_have_text("2 / 5 ページ")


def test_choice_is_kept_for_a_year(visit: Visits, server: Server) -> None:
    page = visit(server, language="ja")
    page.get_by_test_id("language-switch").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    [cookie] = [one for one in page.context.cookies() if one["name"] == "mekiki_lang"]
    assert cookie["expires"] - time.time() > 364 * 24 * 60 * 60
    assert cookie["sameSite"] == "Strict"


def test_switch_is_named_in_its_own_language(visit: Visits, server: Server) -> None:
    page = visit(server, language="ja")
    expect(page.get_by_test_id("language-switch")).to_have_text("English")
    page = visit(server, language="en")
    expect(page.get_by_test_id("language-switch")).to_have_text("日本語")
