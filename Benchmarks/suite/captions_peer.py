"""SQLite's own tokenizer for any language, three characters a token, on the same captions.

    python -m suite.captions_peer CAPTIONS DATABASE

Words of fewer than three characters are not in such an index; SQLite looks through all rows for them.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path

FIRST = 20


def main() -> None:
    captions, file = Path(sys.argv[1]), Path(sys.argv[2])
    file.unlink(missing_ok=True)
    database = sqlite3.connect(file)
    start, cpu = time.perf_counter(), time.process_time()
    database.execute("CREATE VIRTUAL TABLE captions USING fts5(caption, tokenize = 'trigram')")
    lines = captions.read_text().splitlines()
    database.executemany("INSERT INTO captions VALUES (?)", ((line,) for line in lines))
    database.commit()
    built = {
        "items": len(lines),
        "wall": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
    }
    say({})
    for line in sys.stdin:
        verb, *rest = line.split()
        if verb == "built":
            say(built)
        elif verb == "run":
            say(run(database, Path(rest[0]).read_text().splitlines(), float(rest[1])))
        else:
            say({"error": f"{verb}?"})


def search(database: sqlite3.Connection, word: str) -> tuple[int, list]:
    if len(word) < 3:
        where, order, value = "caption LIKE ?", "rowid", f"%{word}%"
    else:
        where, order, value = "captions MATCH ?", "rank", f'"{word}"'
    total = database.execute(f"SELECT count(*) FROM captions WHERE {where}", (value,))
    rows = database.execute(
        f"SELECT rowid FROM captions WHERE {where} ORDER BY {order} LIMIT {FIRST}", (value,)
    )
    return total.fetchone()[0], rows.fetchall()


def run(database: sqlite3.Connection, words: list[str], seconds: float) -> dict:
    times = []
    start, cpu = time.perf_counter(), time.process_time()
    while True:
        for word in words:
            call = time.perf_counter()
            search(database, word)
            times.append((time.perf_counter() - call) * 1000)
        if time.perf_counter() - start >= seconds:
            break
    times.sort()
    return {
        "items": len(times),
        "wall": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "median": times[len(times) // 2],
        "slowest": times[min(len(times) - 1, len(times) * 99 // 100)],
    }


def say(answer: dict) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
