"""Who may speak to the page: this machine, or whoever has the token where the trainer opened it to others.

A page on the loopback interface can be reached by any site that the browser visits, through a name that resolves to
127.0.0.1 or a form that posts there. So the Host header must name this server, and an Origin, where there is one, must be its
own, for pages and for websockets alike.
"""

import hmac
import ipaddress
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ssa_sim.words.texts import LANGUAGES
from ssa_sim.workshop.texts import texts_in

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
COOKIE = "ssa_sim_workshop"
LARGEST_BODY = 400_000
"""In bytes: an uploaded scenario with what surrounds it."""

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; "
    "form-action 'self'; base-uri 'self'"
)
"""What the browser may load: nothing from elsewhere. NiceGUI compiles its templates in the page, hence `unsafe-eval`."""


def is_loopback(host: str) -> bool:
    """Whether a server on this address can be reached from this machine only."""
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_names(host: str) -> frozenset[str]:
    """Names by which the server may be addressed when it listens on an address, in small letters as browsers write them."""
    if is_loopback(host):
        return frozenset((*LOOPBACK, host))
    return frozenset(name.lower() for name in (*LOOPBACK, host, socket.gethostname()))


class Guard:
    """An ASGI application in front of another: lets through what may pass, and answers the rest itself."""

    def __init__(self, app: Application, *, host: str, port: int, token: str | None) -> None:
        """Guard a server.

        Args:
            app: what is guarded.
            host: the address that the server listens on.
            port: its port.
            token: that a browser must show, in the address or then in a cookie; None: nobody is asked.
        """
        self._app = app
        self._names = own_names(host)
        self._any_number = not is_loopback(host)
        self._port = port
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or websocket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        status = self._refusal(scope, headers)
        if status:
            await _refuse(scope, receive, send, status)
        elif self._token and scope["type"] == "http" and self._shown_in_address(scope):
            await _redirect(send, self._token)
        else:
            await self._pass_on(scope, receive, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, unless whoever asked has gone before being heard, as when a connection is lost.

        The application behind does not expect that, and would log a failure each time.
        """
        if scope["type"] == "http":
            first = await receive()
            if first["type"] == "http.disconnect":
                await _answer(send, 400, b"")  # which nobody hears; the layers around expect some answer
                return
            receive = _beginning_with(first, receive)
        await self._app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> int:
        """The status to refuse with; 0 for what may pass."""
        if not self._is_own(headers.get("host", "")):
            return 421
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != headers["host"].lower():
            return 403
        if self._token and not (self._shown_in_address(scope) or self._shown_in_cookie(headers)):
            return 401
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            return _size_refusal(headers)
        return 0

    def _is_own(self, host: str) -> bool:
        try:
            split = urlsplit(f"//{host}")
            name, port = (split.hostname or ""), split.port
        except ValueError:
            return False
        if port != self._port and not (port is None and self._port in (80, 443)):
            return False
        return name in self._names or (self._any_number and _is_number(name))

    def _shown_in_address(self, scope: Scope) -> bool:
        given = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        return self._matches(given.get("token", ""))

    def _shown_in_cookie(self, headers: dict[str, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and self._matches(cookie.value)

    def _matches(self, given: str) -> bool:
        return bool(self._token) and hmac.compare_digest(given.encode(), str(self._token).encode())


def _is_number(name: str) -> bool:
    """Whether a host is an address and no name: a name can be made to resolve to any machine, an address cannot."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _size_refusal(headers: dict[str, str]) -> int:
    length = headers.get("content-length")
    if length is None or not length.isdecimal():
        return 411
    return 413 if int(length) > LARGEST_BODY else 0


def _beginning_with(first: MutableMapping[str, Any], receive: Receive) -> Receive:
    """The messages of a request of which the first was received already."""
    waiting = [first]

    async def receiving() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return receiving


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                *message.get("headers", []),
                (b"content-security-policy", POLICY.encode()),
                (b"referrer-policy", b"no-referrer"),
                (b"x-content-type-options", b"nosniff"),
            ]
        await send(message)

    return sending


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    words = "\n".join(texts_in(language)(f"refused.{status}") for language in LANGUAGES)
    await _answer(send, status, words.encode())


async def _answer(send: Send, status: int, words: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})


async def _redirect(send: Send, token: str) -> None:
    """Keep the token in a cookie, and go on to the page without it in the address; there is one page only."""
    cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"
    headers = [(b"location", b"/"), (b"set-cookie", cookie.encode("latin-1"))]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
