"""Processes as the system shows them in /proc: whose they are, and what memory they take."""

from collections.abc import Iterator
from pathlib import Path


def workers_of(parent: int) -> list[int]:
    """The living worker processes of a process."""
    children = (pid for pid, state, its_parent, _ in _processes() if its_parent == parent and state not in "ZX")
    return [pid for pid in children if b"spawn_main" in _read(f"/proc/{pid}/cmdline")]


def members_of(group: int) -> list[int]:
    """The living processes of a group."""
    return [pid for pid, state, _, its_group in _processes() if its_group == group and state not in "ZX"]


def memory_of(pid: int) -> tuple[int, int]:
    """A process's peak of memory, and what it holds now, in bytes."""
    found = {}
    for line in _read(f"/proc/{pid}/status").splitlines():
        name, _, value = line.partition(b":")
        if name in (b"VmHWM", b"VmRSS"):
            found[name] = 1024 * int(value.split()[0])
    return found.get(b"VmHWM", 0), found.get(b"VmRSS", 0)


def _processes() -> Iterator[tuple[int, str, int, int]]:
    """Every process: its number, state, parent and group."""
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            fields = _read(f"/proc/{path.name}/stat").rpartition(b")")[2].split()
            if len(fields) > 2:
                yield int(path.name), fields[0].decode(), int(fields[1]), int(fields[2])


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:  # it is gone
        return b""
