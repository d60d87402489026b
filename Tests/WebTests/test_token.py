"""A server with a token: nothing of the library without it, and signing in and out for browsers."""

from __future__ import annotations

import hmac
import json
import re
import time
from pathlib import Path

import pytest
import requests

from program import SAMPLES, TOKEN, Server, run
from raw_http import exchange, request

PICTURE = (SAMPLES / "animals" / "dog-with-a-ball.jpg").read_bytes()

CLOSED = [
    ("GET", "/api/v1/status"),
    ("GET", "/api/v1/images"),
    ("GET", "/api/v1/images/1"),
    ("GET", "/api/v1/images/1/thumbnail"),
    ("GET", "/api/v1/images/1/file"),
    ("HEAD", "/api/v1/images/1/file"),
    ("GET", "/api/v1/search?q=a"),
    ("POST", "/api/v1/search"),
    ("GET", "/api/v1/images/999999"),
    ("GET", "/api/v1/nothing"),
    ("GET", "/api/"),
    ("DELETE", "/api/v1/images/1"),
    ("GET", "/api/v1/session/x"),
    ("GET", "/api/v1/images/"),
    ("GET", "/api;x/v1/images"),
    ("GET", "/./api/v1/images"),
    ("GET", "/%61pi/v1/images"),
    ("GET", "/API/v1/images"),
    ("GET", "/app/../api/v1/images"),
]


def ask(
    server: Server, method: str, address: str, headers: dict[str, str] | None = None
) -> requests.Response:
    """A request of its own, without what an earlier one left behind, its address as it is
    written."""
    with requests.Session() as web:
        web.trust_env = False
        prepared = requests.Request(method, server.address, headers=headers).prepare()
        prepared.url = server.address + address
        if method == "POST":
            prepared.prepare_body(PICTURE, None)
            prepared.headers["Content-Type"] = "image/jpeg"
        return web.send(prepared, timeout=20, allow_redirects=False)


def assert_closed(answer: requests.Response) -> None:
    """401 with what is wanted, or an address that is not there; nothing of the library."""
    assert answer.status_code in (401, 404), answer.text
    assert b"Samples" not in answer.content and b"averageColor" not in answer.content
    if answer.status_code == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "address"), CLOSED)
def test_nothing_without_the_token(token_server: Server, method: str, address: str) -> None:
    answer = ask(token_server, method, address)
    assert_closed(answer)
    if address.startswith("/api/"):
        # Also for what is not there: whoever asks learns nothing.
        assert answer.status_code == 401


@pytest.mark.parametrize(
    "target",
    [
        "//api/v1/images",
        "///api/v1/images/1/file",
        "//api//v1//search?q=a",
        "/api//v1/images",
        "/api/v1//images",
        "/api/v1/images//1/file",
        "/api/v1/images/1/file/",
        "/./api/v1/images",
        "/healthz/../api/v1/images",
        "/api/v1/session/../images",
        "/api\\v1\\images",
        "http://127.0.0.1/api/v1/images",
        "http://127.0.0.1//api/v1/images",
        "http://x//api/v1/images",
        "?/api/v1/images",
    ],
)
def test_no_spelling_of_an_address_leads_past_the_token(token_server: Server, target: str) -> None:
    for host in ("127.0.0.1", f"127.0.0.1:{token_server.port}"):
        answer = exchange(token_server.port, request(target, host=host))
        assert answer is None or answer.status in (400, 401, 403, 404), answer
        if answer is not None:
            assert b"averageColor" not in answer.body and b"RIFF" not in answer.body


@pytest.mark.parametrize(
    "header",
    [
        "Bearer wrong-token-0123456789",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN.upper()}",
        f"Bearer {TOKEN} {TOKEN}",
        "Bearer",
        "Bearer ",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer " + "a" * 8000,
        "",
    ],
)
def test_wrong_token(token_server: Server, header: str) -> None:
    for method, address in CLOSED[:8]:
        assert_closed(ask(token_server, method, address, {"Authorization": header}))


def test_right_token(token_server: Server) -> None:
    for scheme in ("Bearer", "bearer"):
        headers = {"Authorization": f"{scheme} {TOKEN}"}
        for method, address in CLOSED[:8]:
            assert ask(token_server, method, address, headers).status_code == 200


def test_token_is_not_taken_from_the_address(token_server: Server) -> None:
    # There it would end up in logs and histories.
    for address in (f"/api/v1/status?token={TOKEN}", f"/api/v1/status?access_token={TOKEN}"):
        assert_closed(ask(token_server, "GET", address))


def test_what_is_open_holds_nothing_of_the_library(token_server: Server) -> None:
    for address in ("/healthz", "/openapi.yaml", "/app/main.js", "/words/ja.json"):
        assert ask(token_server, "GET", address).status_code == 200
    for address in ("/", "/?id=1", "/?q=a", "/?like=1", "/?page=2"):
        answer = ask(token_server, "GET", address)
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        for secret in ("thumbnail?", "averageColor", "Samples/images", TOKEN):
            assert secret not in answer.text


def cookie(answer: requests.Response) -> str:
    """The session that an answer gives."""
    match = re.match(r"mekiki_session=([^;]*);", answer.headers["Set-Cookie"])
    assert match
    return match[1]


def sign_in(server: Server, token: str = TOKEN) -> requests.Response:
    """As the page's script does."""
    with requests.Session() as web:
        web.trust_env = False
        return web.post(f"{server.api}/session", json={"token": token}, timeout=20)


def test_sign_in_by_json(token_server: Server) -> None:
    answer = sign_in(token_server)
    assert (answer.status_code, answer.content) == (204, b"")
    # Scripts can't read it, and other sites' requests don't carry it.
    attributes = answer.headers["Set-Cookie"].lower()
    assert "httponly" in attributes and "samesite=lax" in attributes and "path=/" in attributes
    assert TOKEN not in answer.headers["Set-Cookie"]
    headers = {"Cookie": f"mekiki_session={cookie(answer)}"}
    for method, address in CLOSED[:8]:
        assert ask(token_server, method, address, headers).status_code == 200
    assert "thumbnail?" in ask(token_server, "GET", "/", headers).text


def test_sign_in_by_a_form(token_server: Server) -> None:
    with requests.Session() as web:
        web.trust_env = False
        address = f"{token_server.api}/session"
        headers = {"Origin": token_server.address}
        answer = web.post(
            address, data={"token": TOKEN}, headers=headers, timeout=20, allow_redirects=False
        )
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert "thumbnail?" in web.get(token_server.address, timeout=20).text
    wrong = requests.post(
        address, data={"token": "wrong"}, timeout=20, allow_redirects=False, proxies={"http": ""}
    )
    assert (wrong.status_code, wrong.headers["Location"]) == (303, "/?signin=failed")
    assert "Set-Cookie" not in wrong.headers


def test_form_of_another_site_signs_nobody_in(token_server: Server) -> None:
    for origin in ("http://example.com", "null"):
        answer = requests.post(
            f"{token_server.api}/session",
            data={"token": TOKEN},
            headers={"Origin": origin},
            timeout=20,
            allow_redirects=False,
            proxies={"http": ""},
        )
        assert answer.status_code == 403
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (json.dumps({"token": "wrong-token-0123456789"}), "application/json", 401),
        (json.dumps({"token": ""}), "application/json", 400),
        (json.dumps({"token": 5}), "application/json", 400),
        (json.dumps({"token": TOKEN, "more": "x"}), "application/json", 400),
        (json.dumps({}), "application/json", 400),
        (json.dumps([TOKEN]), "application/json", 400),
        ("{", "application/json", 400),
        ("[" * 8000, "application/json", 400),
        ("", "application/json", 400),
        ("token=", "application/x-www-form-urlencoded", 400),
        ("", "application/x-www-form-urlencoded", 400),
        (f"token={TOKEN}&token=x", "application/x-www-form-urlencoded", 400),
        (f"word={TOKEN}", "application/x-www-form-urlencoded", 400),
        (TOKEN, "text/plain", 415),
        (json.dumps({"token": TOKEN}), "text/plain", 415),
    ],
)
def test_malformed_sign_in(
    token_server: Server, web: requests.Session, body: str, media_type: str, status: int
) -> None:
    headers = {"Content-Type": media_type}
    answer = web.post(f"{token_server.api}/session", data=body, headers=headers, timeout=20)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Set-Cookie" not in answer.headers
    assert TOKEN not in answer.text


def test_forged_sessions(token_server: Server) -> None:
    real = cookie(sign_in(token_server))
    end, signature = real.split(".")
    later = str(int(end) + 10_000_000)
    forged = [
        f"{later}.{signature}",
        f"{end}.{'0' * 64}",
        f"{end}.{signature[:-1]}{'0' if signature[-1] != '0' else '1'}",
        f"{end}.{signature[:-2]}",
        f"{end}.{signature}00",
        f"{end}.",
        f"{end}",
        f".{signature}",
        f"+{end}.{signature}",
        f"0{end}.{signature}",
        f"{end}.{signature}.{signature}",
        f"1000000000.{signature}",
        f"99999999999999999999999.{signature}",
        f"-1.{signature}",
        TOKEN,
        "",
        "a" * 4000,
    ]
    for value in forged:
        headers = {"Cookie": f"mekiki_session={value}"}
        assert ask(token_server, "GET", "/api/v1/status", headers).status_code == 401, value
    real_headers = {"Cookie": f"mekiki_session={real}"}
    assert ask(token_server, "GET", "/api/v1/status", real_headers).status_code == 200
    # A wrong token is not made good by a right cookie.
    both = {**real_headers, "Authorization": "Bearer wrong-token-0123456789"}
    assert ask(token_server, "GET", "/api/v1/status", both).status_code == 401


def made_session(token: str, end: int) -> str:
    """A session as the server makes it: whoever knows the token can, and nobody else."""
    key = hmac.digest(token.encode(), b"mekiki session", "sha256")
    return f"{end}.{hmac.new(key, str(end).encode(), 'sha256').hexdigest()}"


def test_session_that_has_run_out(token_server: Server) -> None:
    # The signature is right in all of them, so it is the time alone that decides.
    now = int(time.time())
    for token, end, status in (
        (TOKEN, now + 60, 200),
        (TOKEN, now - 1, 401),
        (TOKEN, now - 10_000_000, 401),
        (TOKEN, 0, 401),
        ("another-token-0123456789", now + 60, 401),
    ):
        headers = {"Cookie": f"mekiki_session={made_session(token, end)}"}
        answer = ask(token_server, "GET", "/api/v1/status", headers)
        assert answer.status_code == status, (token, end - now)


def test_session_ends_and_belongs_to_its_token(sample_library: Path, token_server: Server) -> None:
    value = cookie(sign_in(token_server))
    end = int(value.split(".")[0])
    assert 29 * 86_400 < end - time.time() <= 30 * 86_400 + 5
    headers = {"Cookie": f"mekiki_session={value}"}
    with Server(sample_library, token="another-token-0123456789") as other:
        assert ask(other, "GET", "/api/v1/status", headers).status_code == 401
    # The same token after a restart: nobody has to sign in again.
    with Server(sample_library, token=TOKEN) as again:
        assert ask(again, "GET", "/api/v1/status", headers).status_code == 200


def test_sign_out(token_server: Server, web: requests.Session) -> None:
    answer = web.delete(f"{token_server.api}/session", timeout=20)
    assert answer.status_code == 204
    assert cookie(answer) == ""
    assert "max-age=0" in answer.headers["Set-Cookie"].lower()


def test_server_without_a_token_has_no_sessions(server: Server, web: requests.Session) -> None:
    answer = web.post(f"{server.api}/session", json={"token": TOKEN}, timeout=20)
    assert answer.status_code == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])
def test_open_to_other_machines_without_a_token(tmp_path: Path, host: str) -> None:
    result = run(tmp_path / "library", "serve", "--host", host, "--port", "0", "--json")
    assert result.returncode == 78
    assert "token" in result.stderr and "MEKIKI_TOKEN" in result.stderr
    assert result.stdout == ""


def test_short_token(tmp_path: Path) -> None:
    result = run(tmp_path / "library", "serve", "--port", "0", "--json", token="short")
    assert result.returncode == 78
    assert "16" in result.stderr and "short" not in result.stderr
    assert result.stdout == ""


def test_token_files(tmp_path: Path) -> None:
    library = tmp_path / "library"
    short = tmp_path / "short"
    short.write_text("short\n")
    options = ("serve", "--port", "0", "--json", "--token-file")
    assert run(library, *options, str(short)).returncode == 78
    missing = run(library, *options, str(tmp_path / "missing"))
    assert missing.returncode == 66
    assert "missing" in missing.stderr
    good = tmp_path / "good"
    good.write_text(f"  {TOKEN}\n")
    with Server(library, ("--token-file", str(good))) as server:
        assert ask(server, "GET", "/api/v1/status").status_code == 401
        headers = {"Authorization": f"Bearer {TOKEN}"}
        assert ask(server, "GET", "/api/v1/status", headers).status_code == 200


def test_token_reaches_no_log(sample_library: Path) -> None:
    with Server(sample_library, ("--verbose",), token=TOKEN) as server:
        ask(server, "GET", "/api/v1/search?q=secretwords", {"Authorization": f"Bearer {TOKEN}"})
        sign_in(server)
        sign_in(server, "wrong-token-0123456789")
        log = server.log.read_text()
    assert "/api/v1/search" in log
    for secret in (TOKEN, "wrong-token-0123456789", "secretwords"):
        assert secret not in log
