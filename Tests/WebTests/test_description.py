"""The API's description, tried out on running servers: do both say the same?

The tool makes requests from the description, well-formed and malformed ones, and looks at every
answer: status, headers, media type, schema. How it is set up stands in schemathesis.toml.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import requests
import yaml

from program import TOKEN, Server

FOLDER = Path(__file__).resolve().parent
OPERATIONS = 15


def try_out(description: Path, server: Server, folder: Path, *arguments: str) -> str:
    """Runs the tool; its report, when it found nothing."""
    script = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"
    result = subprocess.run(
        [
            *(sys.executable, "-c", script, "--config-file", str(FOLDER / "schemathesis.toml")),
            *("run", str(description), "--url", server.address, *arguments),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(FOLDER), "NO_COLOR": "1", "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def described(server: Server, web: requests.Session, folder: Path, always_token: bool) -> Path:
    """The description that a server gives of itself, in a file.

    That the token may be left out is for servers without one: a server that has one wants it.
    """
    answer = web.get(server.address + "/openapi.yaml", timeout=20)
    document = yaml.safe_load(answer.content.decode("utf-8"))
    assert {} in document["security"]
    if always_token:
        document["security"].remove({})
    path = folder / "description.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return path


def assert_thorough(report: str) -> None:
    """A run that tried nothing out finds nothing."""
    assert f"Tested: {OPERATIONS}" in report, report
    cases = re.search(r"(\d+) generated, (\d+) passed", report)
    assert cases and int(cases[1]) > 400, report


def test_server_does_what_its_description_says(
    server: Server, web: requests.Session, tmp_path: Path
) -> None:
    description = described(server, web, tmp_path, always_token=False)
    assert_thorough(try_out(description, server, tmp_path))


def test_server_with_a_token_does_what_its_description_says(
    token_server: Server, web: requests.Session, tmp_path: Path
) -> None:
    # Among the checks is that no operation answers without the token.
    description = described(token_server, web, tmp_path, always_token=True)
    header = f"Authorization: Bearer {TOKEN}"
    assert_thorough(try_out(description, token_server, tmp_path, "--header", header))


def test_description_names_every_operation(server: Server, web: requests.Session) -> None:
    # So that an operation that is added or lost is tried out, or missed, above.
    document = yaml.safe_load(web.get(server.address + "/openapi.yaml", timeout=20).content)
    operations = [
        (method, path)
        for path, methods in document["paths"].items()
        for method in methods
        if method in ("get", "post", "put", "patch", "delete")
    ]
    assert len(operations) == OPERATIONS
