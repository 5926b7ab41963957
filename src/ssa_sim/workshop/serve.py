"""The server of the workshop page: one room a browser tab."""

import gc
import secrets
import socket
from typing import Any

from nicegui import app, ui

from ssa_sim.errors import InputError
from ssa_sim.workshop.guard import Guard, is_loopback
from ssa_sim.workshop.page.build import WorkshopPage
from ssa_sim.workshop.remembered import RememberedTabs
from ssa_sim.workshop.room import Room, Setup

RECONNECT_SECONDS = 10.0
"""How long a page waits, worlds and all, for a browser that was cut off; afterwards its timeline is kept."""


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
    tabs = RememberedTabs()
    _add_page(setup, tabs)
    app.on_startup(lambda: print(*addresses(host, port, token), sep="\n", flush=True))
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
    """What to type into a browser: on this machine, and where it listens for all on others."""
    hosts = [host]
    if host in ("0.0.0.0", "::"):
        found = socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)
        hosts = ["127.0.0.1", *sorted({str(each[4][0]) for each in found} - {"127.0.0.1", "::1"})]
    return [f"http://{f'[{each}]' if ':' in each else each}:{port}{_path(token)}" for each in hosts]


def check_free(host: str, port: int) -> None:
    """Whether the server can listen there.

    Raises:
        InputError: another program does, or this machine has no such address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
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


def _add_page(setup: Setup, tabs: RememberedTabs) -> None:
    async def page() -> None:
        client = ui.context.client
        await client.connected(timeout=30.0)
        tab = str(client.tab_id)
        room = Room(setup, tabs.recall(tab))
        shown = WorkshopPage(room)

        def keep(*_: Any) -> None:
            tabs.keep(tab, room.memory)

        def close(*_: Any) -> None:
            shown.close()
            gc.collect()  # a page and its worlds hold on to one another: megabytes that need not wait

        client.on_disconnect(keep)
        client.on_delete(close)

    ui.page("/")(page)
