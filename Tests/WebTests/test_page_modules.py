"""The page's pure parts, imported in a browser: layout, addresses, words. And what all of it
weighs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from page_fixtures import Visits
from program import CHECKOUT, Server

WEB = CHECKOUT / "Sources" / "MekikiServer" / "Web"
MOST_BYTES = 64 << 10


@pytest.fixture
def page(visit: Visits, server: Server) -> Page:
    return visit(server)


def call(page: Page, module: str, body: str, argument: Any = None) -> Any:
    """Runs a function body with a module of the page at hand."""
    return page.evaluate(
        f"async (argument) => {{ const module = await import('{module}'); {body} }}", argument
    )


SHAPES = [
    [1.5] * 16,
    [1.5, 0.75, 1, 0.66, 1.78, 1.33, 0.5, 2.2, 1, 1, 0.75, 1.5, 3, 0.8, 1.2, 1.4],
    [0.5] * 7,
    [2.5] * 3,
    [1.0],
    [8.0, 0.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    [],
]


@pytest.mark.parametrize("width", [320, 366, 700, 1232, 1601, 2512])
def test_rows_fill_the_width_exactly(page: Page, width: int) -> None:
    for ratios in SHAPES:
        gap, target = 12, 220
        sizes = call(
            page, "/app/layout.js",
            "return module.justify(argument.ratios, argument.shape);",
            {"ratios": ratios, "shape": {"width": width, "gap": gap, "target": target}},
        )  # fmt: skip
        assert len(sizes) == len(ratios)
        rows: list[list[dict[str, float]]] = []
        used = float("inf")
        for size in sizes:
            assert size["width"] > 0 and size["height"] > 0
            if used + gap + size["width"] > width:
                rows.append([])
                used = -gap
            rows[-1].append(size)
            used += gap + size["width"]
        for row in rows:
            assert len({size["height"] for size in row}) == 1
            total = sum(size["width"] for size in row) + gap * (len(row) - 1)
            # The last row may be left ragged; no other.
            assert total == width or (row is rows[-1] and total < width)
        for size, ratio in zip(sizes, ratios, strict=True):
            if 0.5 <= ratio <= 3:
                # Within the rounding to whole pixels.
                assert abs(size["width"] - ratio * size["height"]) <= 1.5 + ratio
        heights = [size["height"] for size in sizes]
        if len(ratios) >= 16 and width >= 700:
            assert all(target * 0.5 < height < target * 1.6 for height in heights)


def test_arrows_find_their_neighbour(page: Page) -> None:
    # Two rows of three and one of two.
    boxes = [
        {"offsetLeft": 100 * (place % 3), "offsetTop": 100 * (place // 3), "offsetWidth": 90}
        for place in range(8)
    ]
    steps = {
        (0, "ArrowLeft"): 0, (0, "ArrowRight"): 1, (7, "ArrowRight"): 7, (2, "ArrowRight"): 3,
        (1, "ArrowDown"): 4, (4, "ArrowDown"): 7, (5, "ArrowDown"): 7, (4, "ArrowUp"): 1,
        (1, "ArrowUp"): 1, (7, "ArrowDown"): 7,
    }  # fmt: skip
    for (place, key), expected in steps.items():
        found = call(
            page, "/app/layout.js",
            "return module.neighbour(argument.boxes, argument.place, argument.key);",
            {"boxes": boxes, "place": place, "key": key},
        )  # fmt: skip
        assert found == expected, (place, key)


ADDRESSES = [
    "/", "/?q=%E7%8C%AB", "/?q=a+b", "/?q=a%26b%3Dc%23d%2B", "/?q=100%25&page=3", "/?like=5",
    "/?like=5&like=6&page=2", "/?image=0123456789abcdef",
    "/?q=a&image=0123456789abcdef&page=2&id=7",
    "/?id=12", "/?page=2&id=12", "/?q=%F0%A0%AE%B7&like=1&id=999999999",
]  # fmt: skip


def test_state_and_address_are_the_same(page: Page) -> None:
    for address in ADDRESSES:
        query = address[1:]
        written, again = call(
            page, "/app/state.js",
            "const state = module.read(argument); const written = module.write(state);"
            "return [written, module.write(module.read(written.slice(1)))];",
            query,
        )  # fmt: skip
        assert written == address
        assert again == address


def test_state_of_strange_addresses(page: Page) -> None:
    start = call(page, "/app/state.js", "return module.read('');")
    for query in ("?page=0", "?page=-2", "?page=1e9x", "?page=1.5", "?id=x", "?id=-1", "?id=0",
                  "?like=x", "?like=", "?image=../../etc", "?image=0123456789ABCDEF", "?q=%20%20",
                  "?other=1", "?page=99999999999999999999"):  # fmt: skip
        assert call(page, "/app/state.js", "return module.read(argument);", query) == start, query
    many = "?" + "&".join(f"like={number}" for number in range(1, 40))
    assert len(call(page, "/app/state.js", "return module.read(argument);", many)["like"]) <= 16
    long = call(page, "/app/state.js", "return module.read(argument);", "?q=" + "a" * 9000)
    assert len(long["q"]) == 2000


def words(language: str) -> dict[str, str]:
    """One language's table."""
    table: dict[str, str] = json.loads((WEB / "words" / f"{language}.json").read_text("utf-8"))
    return table


def test_both_tables_have_the_same_words() -> None:
    japanese, english = words("ja"), words("en")
    assert japanese.keys() == english.keys()
    for key in japanese:
        assert japanese[key].strip() and english[key].strip(), key
        placeholders = [
            sorted(re.findall(r"\{(\w+)\}", text)) for text in (japanese[key], english[key])
        ]
        # English may leave the number out where it is one.
        if not key.endswith("One"):
            assert placeholders[0] == placeholders[1], key
        assert set(placeholders[1]) <= set(placeholders[0]), key


def keys_in_use() -> dict[str, str]:
    """Every word that the page asks for by its key, and where."""
    used: dict[str, str] = {}
    frame = (WEB / "index.html").read_text("utf-8")
    for key in re.findall(r"\{\{words\.(\w+)\}\}", frame):
        used[key] = "index.html"
    for names in re.findall(r'data-words="([^"]+)"', frame):
        for pair in names.split():
            used[pair.rpartition(":")[2]] = "index.html"
    scripts = {*(WEB / "app").rglob("*.js")} - {WEB / "app" / "words.js"}
    for script in sorted(scripts):
        text = script.read_text("utf-8")
        for key in re.findall(r"""\bword\(\s*["'](\w+)["']""", text):
            used[key] = script.name
        for both in re.findall(r"""\bword\([^"')]*\?\s*["'](\w+)["']\s*:\s*["'](\w+)["']""", text):
            used.update(dict.fromkeys(both, script.name))
        for key in re.findall(r"""\bplural\(\s*["'](\w+)["']""", text):
            used.update({key + "One": script.name, key + "Other": script.name})
        for key in re.findall(r"""\bfact\(\s*["'](\w+)["']\s*,(?![^()]*,\s*key\))""", text):
            used[key] = script.name
    return used


def test_every_word_in_use_exists() -> None:
    used = keys_in_use()
    assert len(used) > 30
    table = words("ja")
    # Facts that give a name of their own need no word; they name the chunk's key.
    missing = {key: place for key, place in used.items() if key not in table and key != "text"}
    assert missing == {}


def test_insertion(page: Page) -> None:
    insert = "return module.insert(argument.text, argument.values);"
    for text, values, expected in (
        ("{n} 件", {"n": 3}, "3 件"),
        ("{page} / {pages}", {"page": 1, "pages": 9}, "1 / 9"),
        ("{name}", {"name": "{other} $& $1"}, "{other} $& $1"),
        ("{missing}", {}, "{missing}"),
        ("plain", {}, "plain"),
    ):
        arguments = {"text": text, "values": values}
        assert call(page, "/app/words.js", insert, arguments) == expected


def test_numbers_and_sizes_in_both_languages(page: Page) -> None:
    japanese, english = words("ja"), words("en")
    for language, table in (("ja", japanese), ("en", english)):
        found = call(
            page, "/app/words.js",
            """module.use(argument.language, argument.table);
            return [module.plural("totalImages", 1), module.plural("totalImages", 12345),
                    module.bytes(158_000), module.moment("2024-06-30T18:05:09"),
                    module.moment("?")];""",
            {"language": language, "table": table},
        )  # fmt: skip
        one, many, size, moment, unreadable = found
        assert one == table["totalImagesOne"].replace("{n}", "1")
        assert many == table["totalImagesOther"].replace("{n}", "12,345")
        assert size.replace(" ", "").lower() == "158kb"
        # A camera's time has no zone and stays what it is.
        assert "2024" in moment and "05" in moment and ("18" in moment or "6:05" in moment)
        assert unreadable == "?"


def test_page_is_light() -> None:
    sizes = {
        str(path.relative_to(WEB)): path.stat().st_size
        for path in WEB.rglob("*")
        if path.is_file() and path.name != "openapi.yaml"
    }
    assert len(sizes) > 10
    assert sum(sizes.values()) <= MOST_BYTES, sum(sizes.values())


def test_page_asks_for_nothing_that_it_does_not_need(visit: Visits, server: Server) -> None:
    page = visit(server)
    page.wait_for_load_state("networkidle")
    asked = page.evaluate(
        "() => performance.getEntriesByType('resource').map((entry) => entry.name)"
    )
    paths = [address.removeprefix(server.address) for address in asked]
    # The browser asks for a page's icon by itself, and again where the page shows it.
    own = [path for path in paths if not path.startswith("/api/") and path != "/favicon.svg"]
    # Each file once, and no question to the API that the first page has answered already.
    assert len(own) == len(set(own)), own
    questions = [path for path in paths if path.startswith("/api/") and "/thumbnail" not in path]
    assert questions == []


def test_files_are_asked_for_again_and_not_sent_again(visit: Visits, server: Server) -> None:
    page = visit(server)
    page.reload()
    visit.ready(page)
    sizes = page.evaluate(
        "() => performance.getEntriesByType('resource')"
        ".filter((entry) => entry.name.includes('/app/')).map((entry) => entry.transferSize)"
    )
    assert len(sizes) > 5 and all(size < 1000 for size in sizes), sizes
