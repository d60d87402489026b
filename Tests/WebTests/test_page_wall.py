"""The first page: the newest images, in rows, page by page."""

from __future__ import annotations

from playwright.sync_api import expect

from page_fixtures import Visits
from page_reading import COUNT, PAGES, hits, ids, shown_page, shown_total, shows_page
from program import Server


def test_newest_sixteen_and_the_true_total(
    visit: Visits, server: Server, sample_numbers: dict[str, int]
) -> None:
    page = visit(server)
    expect(hits(page)).to_have_count(16)
    # The largest number is the newest image.
    newest = sorted(sample_numbers.values(), reverse=True)
    assert ids(page) == newest[:16]
    assert shown_total(page) == COUNT
    assert shown_page(page) == (1, PAGES)
    expect(page.get_by_test_id("pager-previous")).to_be_disabled()


def test_paging_to_the_end_and_back(
    visit: Visits, server: Server, sample_numbers: dict[str, int]
) -> None:
    page = visit(server)
    seen = ids(page)
    for number in range(2, PAGES + 1):
        page.get_by_test_id("pager-next").click()
        expect(page).to_have_url(f"{server.address}/?page={number}")
        shows_page(page, number)
        assert shown_total(page) == COUNT
        seen += ids(page)
    expect(page.get_by_test_id("pager-next")).to_be_disabled()
    assert len(seen) == COUNT and set(seen) == set(sample_numbers.values())
    page.get_by_test_id("pager-previous").click()
    expect(page).to_have_url(f"{server.address}/?page={PAGES - 1}")
    shows_page(page, PAGES - 1)
    assert ids(page) == seen[16 * (PAGES - 2) : 16 * (PAGES - 1)]


def test_every_image_is_drawn_in_its_proportions(visit: Visits, server: Server) -> None:
    page = visit(server)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=hit] img')]"
        ".every((image) => image.complete && image.naturalWidth > 0)"
    )
    shapes = page.locator("[data-testid=hit] img").evaluate_all(
        """images => images.map((image) => {
          const box = image.getBoundingClientRect();
          return [image.width ? box.width / box.height : 0,
                  image.getAttribute("width") / image.getAttribute("height"),
                  image.naturalWidth / image.naturalHeight];
        })"""
    )
    for drawn, promised, real in shapes:
        assert abs(promised - real) / real < 0.02
        assert abs(drawn - real) / real < 0.04


def test_rows_fill_the_wall(visit: Visits, server: Server) -> None:
    for width in (1280, 900, 390):
        page = visit(server, width=width)
        boxes = page.locator("[data-testid=hit] img").evaluate_all(
            """images => images.map((image) => {
              const { left, right, top } = image.getBoundingClientRect();
              return [left, right, top];
            })"""
        )
        wall = page.get_by_test_id("wall").evaluate(
            "wall => { const s = getComputedStyle(wall), b = wall.getBoundingClientRect();"
            " return [b.left + parseFloat(s.paddingLeft), b.right - parseFloat(s.paddingRight)]; }"
        )
        rows: dict[int, list[list[float]]] = {}
        for box in boxes:
            rows.setdefault(round(box[2]), []).append(box)
        assert len(rows) > 1
        for row in list(rows.values())[:-1]:
            assert abs(min(box[0] for box in row) - wall[0]) <= 1
            assert abs(max(box[1] for box in row) - wall[1]) <= 1


def test_nothing_jumps(visit: Visits, server: Server) -> None:
    # Sizes are known before the pictures are.
    page = visit(server, "/", width=1000)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=hit] img')]"
        ".some((image) => image.complete)"
    )
    shift = page.evaluate(
        """() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 500);
        })"""
    )
    # What browsers call good.
    assert shift < 0.1


def test_page_beyond_the_last(visit: Visits, server: Server) -> None:
    page = visit(server, "/?page=999")
    expect(hits(page)).to_have_count(COUNT - 16 * (PAGES - 1))
    shows_page(page, PAGES)


def test_strange_addresses_show_the_start(visit: Visits, server: Server) -> None:
    page = visit(server)
    for address in ("/?page=0", "/?page=-1", "/?page=x", "/?id=x", "/?like=x", "/?image=x",
                    "/?utm_source=x", "/?q=", "/?q=%20"):  # fmt: skip
        page.goto(server.address + address)
        visit.ready(page)
        expect(hits(page)).to_have_count(16)
        assert shown_total(page) == COUNT, address
        expect(page.get_by_test_id("viewer")).to_be_hidden()
