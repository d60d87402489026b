"""The report's part on words in captions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

PRECISION = 0.9
MILLISECONDS = 10
BOUNDED = ("≤ 0.1 %", "≤ 1 %")


def section(numbers: dict, table: Callable[[Sequence[str], list[list[str]]], str]) -> str:
    found, order, size, built = (numbers[key] for key in ("found", "order", "size", "built"))
    rows = [
        [f"words in {name} of the captions ({group['words']})"]
        + [
            f"{group[engine][key]:.2f}" + ("" if group[engine]["clean"] else "\\*")
            for engine in ("mekiki", "trigrams")
            for key in ("median", "slowest")
        ]
        for name, group in numbers["groups"].items()
    ]
    head = ["a search with its number of matches", "Mekiki, median ms", "99 of 100"]
    head += ["FTS5 trigrams, median ms", "99 of 100"]
    return (
        f"## Words in {numbers['captions']:,} captions\n\nJapanese captions of dictionary words, drawn "
        "as words are distributed in texts. SQLite's trigrams have no words of two characters; it looks "
        "through all rows for them, and does not rank what it finds.\n\n"
        + table(head, rows)
        + f"\n\nEvery word of two characters that occurs ({found['words']:,}) is searched; "
        f"{found['differing']} give another number of captions than have it. Of the first twenty for "
        f"京都, {order['precision']:.0%} have it as a word, and not inside of 東京都 "
        f"({order['matches']:,} match).\n\n"
        f"Filling the catalog, images' records included, takes {built['mekiki']['wall']:.0f} s "
        f"(trigrams alone {built['trigrams']['wall']:.0f} s). The index takes "
        f"{size['index'] / 1e6:.0f} MB with its texts, of {size['catalog'] / 1e6:.0f} MB in all "
        f"(trigrams {size['trigrams'] / 1e6:.0f} MB).\n"
    )


def verdicts(numbers: dict) -> Iterator[tuple[str, str, str, bool, bool]]:
    """Part, bound, what was measured, whether it is met, whether it is clean."""
    title = f"words in {numbers['captions']:,} captions"
    found, order = numbers["found"], numbers["order"]
    yield (
        f"{title}, two characters", "every one found where it stands",
        f"{found['differing']} of {found['words']:,} differ", found["differing"] == 0, True,
    )  # fmt: skip
    yield (
        f"{title}, 京都 beside 東京都", f"precision@20 ≥ {PRECISION}",
        f"{order['precision']:.2f}", order["precision"] >= PRECISION, True,
    )  # fmt: skip
    for name in BOUNDED:
        own = numbers["groups"][name]["mekiki"]
        yield (
            f"{title}, words in {name}", f"median ≤ {MILLISECONDS} ms",
            f"{own['median']:.2f} ms", own["median"] <= MILLISECONDS, own["clean"] > 0,
        )  # fmt: skip
