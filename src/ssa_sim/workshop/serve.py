"""The server of the workshop page: one room a browser tab."""

import gc
import ipaddress
import secrets
import socket
import sys
from typing import Any

import ifaddr
from nicegui import app, ui

from ssa_sim.errors import InputError
from ssa_sim.workshop.guard import Guard, is_loopback
from ssa_sim.workshop.page.build import WorkshopPage
from ssa_sim.workshop.page.keeping import Keeper, kept_in_tab, read_kept
from ssa_sim.workshop.tab_state import Setup, TabState
from ssa_sim.workshop.texts import texts_in

RECONNECT_SECONDS = 10.0
"""How long a page waits, worlds and all, for a browser that was cut off; afterwards its tab brings what it kept."""


def serve(setup: Setup, *, host: str, port: int, show: bool) -> None:
    """Serve the page until interrupted.

    Args:
        setup: what new tabs begin with.
        host: address to listen on; any but the loopback interface asks for a token, which the address printed holds.
        port: to listen on.
        show: open a browser.
    """
    token = None if is_loopback(host) else secrets.token_urlsafe(24)
    app.add_middleware(Guard, host=host, port=port, token=token)
    _add_page(setup)
    app.on_startup(lambda: announce(host, port, token))
    ui.run(
        host=host,
        port=port,
        title="ssa-sim workshop",
        reload=False,
        show=_path(token) if show else False,
        show_welcome_message=False,
        reconnect_timeout=RECONNECT_SECONDS,
        favicon="⚖",
        language="fr" if setup.language == "fr" else "en-US",
        fastapi_docs=False,
        uvicorn_logging_level="warning",
        binding_refresh_interval=None,
    )


def addresses(host: str, port: int, token: str | None) -> list[str]:
    """What to type into a browser: on this machine first, and where the server listens for all, on others.

    Args:
        host: address that the server listens on.
        port: of it.
        token: that the addresses hold; None: nobody is asked for one.
    """
    hosts = [host, *addresses_of_interfaces(host)]
    if _is_any(host):
        hosts[0] = "::1" if ":" in host else "127.0.0.1"
    return [f"http://{f'[{each}]' if ':' in each else each}:{port}{_path(token)}" for each in hosts]


def addresses_of_interfaces(host: str) -> list[str]:
    """Where others reach a server on this host: where it listens for all, what the network interfaces have; otherwise nothing more.

    Whatever this machine's name resolves to does not matter. Addresses that a browser cannot be told (link-local ones of
    IPv6, which hold only with the name of an interface) are left out, as is the loopback.
    """
    if not _is_any(host):
        return []
    try:
        adapters = list(ifaddr.get_adapters())
    except OSError:  # a system that does not list them: the token is worth more than the list
        return []
    version = ipaddress.ip_address(host).version
    given = [ip.ip if isinstance(ip.ip, str) else ip.ip[0] for adapter in adapters for ip in adapter.ips]
    found = {ipaddress.ip_address(one) for one in given}
    return [
        str(one)
        for one in sorted(found, key=int)
        if one.version == version and not (one.is_loopback or (version == 6 and one.is_link_local))
    ]


def _is_any(host: str) -> bool:
    """Whether a server on this host listens on all interfaces."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def plain_address(host: str) -> str:
    """An address as others write it: "0.0.0.0" for "0"; a name stays a name.

    Raises:
        InputError: it is empty.
    """
    if not host.strip():
        raise InputError(
            "An address to listen on is needed.",
            where="--host",
            allowed="such as 127.0.0.1, or 0.0.0.0 for all networks",
        )
    try:
        return socket.inet_ntoa(socket.inet_aton(host.strip()))
    except OSError:
        return host.strip()


def check_free(host: str, port: int) -> None:
    """Whether the server can listen there.

    Raises:
        InputError: another program does, or this machine has no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:  # as the server will listen: what others do on IPv4 does not matter
            trial.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise InputError(
                f"The page cannot be served at {host}, port {port}: {error.strerror or error}.",
                where="--port",
                allowed="another port, such as --port 8766, or ending what listens there",
            ) from None


def _path(token: str | None) -> str:
    return f"/?token={token}" if token else "/"


def announce(host: str, port: int, token: str | None) -> None:
    """Print where the page is."""
    found = addresses(host, port, token)
    print(*found, sep="\n", flush=True)
    if _is_any(host) and len(found) == 1:
        elsewhere = f"http://ADDRESS:{port}{_path(token)}"
        print(
            f"No network was found for other machines. Once there is one: {elsewhere}, with this machine's address in it.",
            file=sys.stderr,
        )


def _add_page(setup: Setup) -> None:
    start = secrets.token_urlsafe(8)

    async def page() -> None:
        client = ui.context.client
        waiting = ui.label(texts_in(setup.language)("page.connecting"))
        await client.connected(timeout=30.0)
        kept = await kept_in_tab()
        waiting.delete()
        memory, refusal = None, None
        try:
            memory = await read_kept(kept, setup.folder) if kept else None
            tab = TabState(setup, memory)
        except InputError as error:
            tab, refusal = TabState(setup), error
        shown = WorkshopPage(tab)

        def close(*_: Any) -> None:
            shown.close()
            gc.collect()  # a page and its worlds hold on to one another: megabytes that need not wait

        client.on_delete(close)
        if kept and refusal:
            await shown.tell_refused(kept.text, refusal)
        elif kept and memory and kept.start != start:
            shown.tell_return(memory)
        with client:
            Keeper(tab, start)

    ui.page("/")(page)
