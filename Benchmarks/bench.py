"""Measures Mekiki beside its peers, and writes RESULTS.md.

    make bench                     everything
    make bench ONLY=encoder        one part; its numbers replace the part's former ones
    make bench ONLY=endurance      20,000 photographs in one run, which needs to be named
    make bench QUICK=1             a few readings of everything, to see that it works; written to
                                   .build-bench/quick instead of Benchmarks

The Makefile prepares the environment and the programs; see RESULTS.md for the method.
"""

from __future__ import annotations

import argparse
import os
import time

from suite import report
from suite.parts import (
    cold,
    encoder,
    endurance,
    fulltext,
    jpeg,
    loading,
    nearest,
    products,
    text,
    unchanged,
)
from suite.places import BENCHMARKS, WORK
from suite.results import Results
from suite.settings import Settings

# What other parts share a beginning with is measured by it: “text” is all texts.
PARTS = {
    **{
        part: lambda settings, part=part: encoder.run(settings, encoder.PARTS[part])
        for part in encoder.PARTS
    },
    **{part: lambda settings, part=part: text.run(settings, part) for part in text.SUBJECTS},
    "products": products.run,
    "loading": loading.run,
    "nearest": nearest.run,
    "fulltext": fulltext.run,
    "jpeg": jpeg.run,
    "unchanged": unchanged.run,
    "cold": cold.run,
    "endurance": endurance.run,
}
# Takes a quarter of an hour and 40 GB of disk: runs only when it is named.
ONLY_BY_NAME = {"endurance"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="a part, or the beginning of some parts' names")
    parser.add_argument("--quick", action="store_true", help="few readings")
    arguments = parser.parse_args()
    chosen = [
        name
        for name in PARTS
        if name.startswith(arguments.only)
        and (name == arguments.only or name not in ONLY_BY_NAME)
    ]
    if not chosen:
        parser.error(f"there is no part “{arguments.only}”; there are {', '.join(PARTS)}")
    settings = Settings.make(quick=arguments.quick)
    # A try leaves the numbers that are kept as they are.
    results = Results(WORK / "quick" if settings.quick else BENCHMARKS, list(PARTS))
    for name in chosen:
        start = time.monotonic()
        results.replace(name, PARTS[name](settings), quick=settings.quick)
        page = report.write(results.parts, results.folder)
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    print(f"written: {os.path.relpath(page)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
