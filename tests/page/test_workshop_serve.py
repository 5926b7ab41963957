"""Where the page is to be found: what the command prints, whatever the machine's name and networks are."""

import socket
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("nicegui")

from ssa_sim.errors import InputError
from ssa_sim.workshop import serve

TOKEN = "a-token"
INTERFACES = {
    "lo": ["127.0.0.1", ("::1", 0, 0), "127.0.1.1"],
    "wlan0": ["192.168.8.20", ("fe80::1", 0, 3), ("fd00::20", 0, 0)],
    "eth0": ["10.0.0.5", ("2001:db8::5", 0, 0)],
}


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose name does not resolve, with some interfaces."""

    def no_name(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    adapters = [
        SimpleNamespace(name=name, ips=[SimpleNamespace(ip=ip) for ip in ips]) for name, ips in INTERFACES.items()
    ]
    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    monkeypatch.setattr(serve.ifaddr, "get_adapters", lambda: adapters)


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("127.0.0.1", ["127.0.0.1"]),
        ("localhost", ["localhost"]),
        ("192.168.8.20", ["192.168.8.20"]),
        ("0.0.0.0", ["127.0.0.1", "10.0.0.5", "192.168.8.20"]),
        ("::", ["[::1]", "[2001:db8::5]", "[fd00::20]"]),  # a server there does not listen on IPv4
        ("::1", ["[::1]"]),
    ],
)
def test_addresses_are_those_of_the_interfaces(host: str, found: list[str]) -> None:
    assert serve.addresses(host, 8765, None) == [f"http://{each}:8765/" for each in found]
    assert serve.addresses(host, 8765, TOKEN) == [f"http://{each}:8765/?token={TOKEN}" for each in found]


@pytest.mark.parametrize("is_listed", [True, False])
def test_without_a_network_the_token_is_printed_and_how_others_get_in(
    is_listed: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def list_none() -> Any:
        if is_listed:
            return []
        raise OSError("no such system call")

    monkeypatch.setattr(serve.ifaddr, "get_adapters", list_none)
    serve.announce("0.0.0.0", 8765, TOKEN)
    said = capsys.readouterr()
    assert said.out == f"http://127.0.0.1:8765/?token={TOKEN}\n"
    assert f"http://ADDRESS:8765/?token={TOKEN}" in said.err


def test_an_address_is_taken_however_it_is_written() -> None:
    written = {"0": "0.0.0.0", "127.1": "127.0.0.1", " 0.0.0.0 ": "0.0.0.0", "::": "::", "room.example": "room.example"}
    assert {host: serve.plain_address(host) for host in written} == written
    with pytest.raises(InputError, match="--host"):
        serve.plain_address(" ")
