"""Other sites that send the person's browser here, under this server's name or their own."""

from __future__ import annotations

import json

import pytest

from program import SAMPLES, Server
from raw_http import Answer, exchange, request

PICTURE = (SAMPLES / "days" / "jack-o-lantern.png").read_bytes()

# Each kind of address: the page, its files, the API's answers, an image, a search that costs.
ADDRESSES = [
    "/",
    "/app/main.js",
    "/openapi.yaml",
    "/healthz",
    "/api/v1/status",
    "/api/v1/images",
    "/api/v1/images/1/file",
    "/api/v1/images/1/thumbnail",
    "/api/v1/search?q=a",
]

FOREIGN_HOSTS = [
    "example.com",
    "example.com:{port}",
    "127.0.0.1.example.com",
    "localhost.example.com",
    "example.com#127.0.0.1",
    "127.0.0.1@example.com",
    "example.com@127.0.0.1",
    "user:word@127.0.0.1",
    "127.0.0.1:{port}@example.com",
    "127.0.0.1,example.com",
    "127.0.0.1 example.com",
    "127.0.0.1/example.com",
    "0.0.0.0",
    "0.0.0.0:{port}",
    "127.0.0.2",
    "2130706433",
    "0x7f000001",
    "127.1",
    "169.254.169.254",
    "[::ffff:127.0.0.1]",
    "[::]",
    "[::1",
    "127.0.0.1:99999",
    "127.0.0.1:-1",
    "127.0.0.1:{port}x",
    "localhost.",
    "ｌocalhost",
    "127。0。0。1",
    ".",
    ":",
]


def assert_refused(answer: Answer | None, what: object) -> None:
    """Refused without a word about the library; or the parser took it for no request at all."""
    if answer is None:
        return
    assert answer.status in (400, 403), (what, answer.status)
    assert b"catalog" not in answer.body and b"/api/v1/images" not in answer.body
    if answer.body:
        assert json.loads(answer.body)["status"] == answer.status


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_foreign_host(server: Server, host: str) -> None:
    for address in ADDRESSES:
        foreign = host.format(port=server.port)
        assert_refused(exchange(server.port, request(address, host=foreign)), (address, foreign))


def test_refusal_says_how_to_allow_a_name(server: Server) -> None:
    answer = exchange(server.port, request("/api/v1/status", host="photos.example"))
    assert answer is not None and answer.status == 403
    assert "--allow-host" in json.loads(answer.body)["detail"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:{port}", "localhost", "LocalHost:{port}",
                                  "[::1]:{port}"])  # fmt: skip
def test_own_names(server: Server, host: str) -> None:
    for address in ADDRESSES:
        answer = exchange(server.port, request(address, host=host.format(port=server.port)))
        assert answer is not None and answer.status == 200, address


def test_no_host(server: Server) -> None:
    for address in ADDRESSES:
        assert_refused(exchange(server.port, request(address, host=None)), address)
        assert_refused(exchange(server.port, request(address, host="")), address)


def test_two_hosts(server: Server) -> None:
    data = b"GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: example.com\r\n\r\n"
    swapped = b"GET /api/v1/status HTTP/1.1\r\nHost: example.com\r\nHost: 127.0.0.1\r\n\r\n"
    for both in (data, swapped):
        assert_refused(exchange(server.port, both), both)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://example.com",
        "https://127.0.0.1.example.com",
        "http://127.0.0.1:1",
        "http://localhost.example.com",
        "file://",
        "chrome-extension://abcdef",
        "http://user@127.0.0.1",
        "http://[::1",
        "//127.0.0.1",
        "127.0.0.1",
        "http:/127.0.0.1",
        "",
    ],
)
def test_foreign_origin(server: Server, origin: str) -> None:
    for address in ADDRESSES:
        host = f"127.0.0.1:{server.port}"
        headers = {"Origin": origin}
        assert_refused(
            exchange(server.port, request(address, headers=headers, host=host)), (address, origin)
        )
    headers = {"Origin": origin, "Content-Type": "image/png"}
    upload = request("/api/v1/search", "POST", headers, PICTURE, f"127.0.0.1:{server.port}")
    assert_refused(exchange(server.port, upload), origin)


def test_own_origin(server: Server) -> None:
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{server.port}"
        headers = {"Origin": f"http://{host}", "Content-Type": "image/png"}
        upload = request("/api/v1/search", "POST", headers, PICTURE, host)
        answer = exchange(server.port, upload)
        assert answer is not None and answer.status == 200
        # Nothing is said that would open the answer to other sites.
        assert answer.header("Access-Control-Allow-Origin") is None


def test_another_name_of_this_machine_is_another_origin(server: Server) -> None:
    headers = {"Origin": f"http://localhost:{server.port}"}
    answer = exchange(
        server.port, request("/api/v1/images", headers=headers, host=f"127.0.0.1:{server.port}")
    )
    assert_refused(answer, "localhost is not 127.0.0.1 to a browser")
    assert answer is not None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "CROSS-SITE", "anything"])
def test_what_the_browser_says_of_who_asks(server: Server, site: str) -> None:
    for address in ADDRESSES:
        for mode, kind in (("no-cors", "image"), ("no-cors", "script"), ("navigate", "iframe"),
                           ("navigate", "embed"), ("cors", "empty")):  # fmt: skip
            headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": kind}
            answer = exchange(server.port, request(address, headers=headers))
            assert_refused(answer, (address, headers))
            assert answer is not None


def test_a_link_from_another_site_may_lead_here(server: Server) -> None:
    headers = {
        "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
    }  # fmt: skip
    answer = exchange(server.port, request("/?q=a", headers=headers))
    assert answer is not None and answer.status == 200
    # But nothing may be sent along.
    form = request("/api/v1/search", "POST", {**headers, "Content-Type": "image/png"}, PICTURE)
    assert_refused(exchange(server.port, form), "a form of another site")


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_the_page_itself_and_the_person_may_ask(server: Server, site: str) -> None:
    for address in ADDRESSES:
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
        answer = exchange(server.port, request(address, headers=headers))
        assert answer is not None and answer.status == 200, address


def test_no_site_may_ask_in_advance(server: Server) -> None:
    # What a browser sends before a request with a body of this type.
    headers = {
        "Origin": "http://example.com",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = exchange(server.port, request("/api/v1/search", "OPTIONS", headers))
    assert answer is not None and answer.status in (403, 405)
    assert answer.header("Access-Control-Allow-Origin") is None


def test_every_answer_says_how_far_to_trust_it(server: Server) -> None:
    for address in [*ADDRESSES, "/nothing", "/api/v1/images/999999", "/api/v1/search"]:
        answer = exchange(server.port, request(address))
        assert answer is not None
        assert answer.header("X-Content-Type-Options") == "nosniff"
        assert answer.header("X-Frame-Options") == "DENY"
        assert answer.header("Cross-Origin-Resource-Policy") == "same-origin"
        policy = dict(
            part.strip().partition(" ")[::2]
            for part in (answer.header("Content-Security-Policy") or "").split(";")
        )
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        # No script but the page's own. The browser's viewer of a picture may style itself: no script
        # at all runs there.
        assert policy.get("script-src", "'none'") in ("'self'", "'none'")
        assert policy.get("style-src", "'none'") in ("'self'", "'none'") or (
            "script-src" not in policy and address.endswith(("/file", "/thumbnail"))
        )
