"""Write the queries that `mekiki eval` asks of the samples: every caption, with the picture that it is of.

    python judged_queries.py

Makes Samples/queries.jsonl of captions.json and captions.en.json. A query's kind is its picture's theme.
"""

from __future__ import annotations

import json
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "Samples"


def main() -> None:
    lines = []
    for language, captions in (("ja", "captions.json"), ("en", "captions.en.json")):
        words = json.loads((SAMPLES / captions).read_text())
        for path in sorted((SAMPLES / "images").rglob("*.*"), key=lambda path: path.name):
            query = {
                "query": words[path.name],
                "images": [path.relative_to(SAMPLES).as_posix()],
                "language": language,
                "kind": path.parent.name,
            }
            lines.append(json.dumps(query, ensure_ascii=False))
    (SAMPLES / "queries.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
