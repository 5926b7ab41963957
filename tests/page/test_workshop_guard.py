"""Who may speak to the page."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from ssa_sim.workshop.guard import COOKIE, LARGEST_BODY, Guard, is_loopback

TOKEN = "a-token-of-some-length"


async def inner(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


def ask(
    headers: dict[str, str], *, host: str = "127.0.0.1", token: str | None = None, query: str = "", method: str = "GET",
    kind: str = "http", path: str = "/",
) -> list[MutableMapping[str, Any]]:  # fmt: skip
    """What comes back from one request."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(Guard(inner, host=host, port=8765, token=token)(scope, receive, send))
    return sent


def status(*args: Any, **kwargs: Any) -> Any:
    first = ask(*args, **kwargs)[0]
    return first.get("status", first["type"])


class TestHostAndOrigin:
    @pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST:8765"])
    def test_this_server_may_be_named(self, host: str) -> None:
        assert status({"host": host}) == 200
        assert status({"host": host, "origin": f"http://{host}"}) == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example:8765",
            "127.0.0.1:80",
            "127.0.0.1",
            "localhost.evil.example:8765",
            "",
            "192.168.1.5:8765",
            "[::1",
            "a:b",
        ],
    )
    def test_another_name_is_refused(self, host: str) -> None:
        assert status({"host": host}) == 421
        assert status({"host": host}, kind="websocket") == "websocket.close"

    @pytest.mark.parametrize(
        "origin", ["http://evil.example", "null", "http://localhost:9999", "http://127.0.0.1:8765.evil.example", ""]
    )
    def test_another_origin_is_refused_for_pages_and_websockets(self, origin: str) -> None:
        asked = {"host": "127.0.0.1:8765", "origin": origin}
        assert status(asked) == 403
        assert status(asked, kind="websocket") == "websocket.close"

    def test_an_own_websocket_passes(self) -> None:
        asked = {"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:8765"}
        assert status(asked, kind="websocket") == "websocket.accept"

    def test_the_browser_is_told_to_load_nothing_from_elsewhere(self) -> None:
        headers = dict(ask({"host": "localhost:8765"})[0]["headers"])
        assert b"default-src 'self'" in headers[b"content-security-policy"]
        assert b"http" not in headers[b"content-security-policy"].replace(b"https", b"")

    def test_large_or_endless_bodies_are_refused(self) -> None:
        asked = {"host": "localhost:8765"}
        assert status(asked, method="POST") == 411
        assert status({**asked, "content-length": str(LARGEST_BODY + 1)}, method="POST") == 413
        assert status({**asked, "content-length": "-1"}, method="POST") == 411
        assert status({**asked, "content-length": "100"}, method="POST") == 200


class TestToken:
    asked = {"host": "192.168.1.5:8765"}  # noqa: RUF012

    def test_without_it_nobody_enters(self) -> None:
        assert status(self.asked, host="0.0.0.0", token=TOKEN) == 401
        assert status(self.asked, host="0.0.0.0", token=TOKEN, query="token=wrong") == 401
        assert status(self.asked, host="0.0.0.0", token=TOKEN, kind="websocket") == "websocket.close"
        wrong = {**self.asked, "cookie": f"{COOKIE}=wrong"}
        assert status(wrong, host="0.0.0.0", token=TOKEN) == 401

    def test_in_the_address_it_becomes_a_cookie_and_leaves_the_address(self) -> None:
        (answer, _) = ask(self.asked, host="0.0.0.0", token=TOKEN, query=f"a=1&token={TOKEN}", path="//elsewhere/")
        headers = dict(answer["headers"])
        assert (answer["status"], headers[b"location"]) == (303, b"/")
        assert b"HttpOnly" in headers[b"set-cookie"]
        assert b"SameSite=Strict" in headers[b"set-cookie"]

    def test_the_cookie_opens_pages_and_websockets(self) -> None:
        asked = {**self.asked, "cookie": f"other=1; {COOKIE}={TOKEN}"}
        assert status(asked, host="0.0.0.0", token=TOKEN) == 200
        assert status(asked, host="0.0.0.0", token=TOKEN, kind="websocket") == "websocket.accept"

    def test_names_that_somebody_else_may_own_are_refused_all_the_same(self) -> None:
        asked = {"host": "evil.example:8765", "cookie": f"{COOKIE}={TOKEN}"}
        assert status(asked, host="0.0.0.0", token=TOKEN) == 421

    def test_loopback_addresses(self) -> None:
        assert all(map(is_loopback, ("127.0.0.1", "127.8.9.1", "::1", "localhost")))
        assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "example.org", "")))


def test_who_is_refused_reads_why_and_what_to_open_in_both_languages() -> None:
    said = ask({"host": "192.168.1.5:8765"}, host="0.0.0.0", token=TOKEN)[1]["body"].decode()
    assert "token" in said
    assert "jeton" in said
    assert "Open the address" in ask({"host": "evil.example:8765"})[1]["body"].decode()


@pytest.mark.parametrize("path", ["/_nicegui_ws/socket.io/", "/"])
def test_a_request_whose_sender_has_gone_ends_without_a_failure(path: str) -> None:
    socketio = pytest.importorskip("socketio")
    sent: list[MutableMapping[str, Any]] = []

    async def gone() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def pass_by() -> None:
        behind = socketio.ASGIApp(socketio.AsyncServer(async_mode="asgi"), socketio_path="/_nicegui_ws/socket.io")
        guard = Guard(behind, host="127.0.0.1", port=8765, token=None)
        headers = [(b"host", b"localhost:8765")]
        asked = b"EIO=4&transport=polling"
        await guard(
            {"type": "http", "method": "GET", "path": path, "query_string": asked, "headers": headers}, gone, send
        )

    asyncio.run(pass_by())
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]


def test_what_is_sent_reaches_the_application_whole() -> None:
    parts = iter([b"a", b"b", b""])
    read: list[bytes] = []

    async def receive() -> MutableMapping[str, Any]:
        part = next(parts)
        return {"type": "http.request", "body": part, "more_body": bool(part)}

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        is_more = True
        while is_more:
            message = await receive()
            read.append(message["body"])
            is_more = message["more_body"]

    async def send(message: MutableMapping[str, Any]) -> None:
        pass

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"",
             "headers": [(b"host", b"localhost:8765"), (b"content-length", b"2")]}  # fmt: skip
    asyncio.run(Guard(reading, host="127.0.0.1", port=8765, token=None)(scope, receive, send))
    assert read == [b"a", b"b", b""]
