"""What the commands share: the language option, tables, JSON, and streams on which no text can steer the terminal.

Titles, commands, messages and paths come from files that somebody else may have written. A terminal takes some characters in
them for orders: to clear the screen, to write over lines, to turn letters round. So the streams of a command show each of them
as its number, and do nothing.
"""

import hashlib
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, cast

import typer

from ssa_sim.cli.streams import speaks_unicode

if TYPE_CHECKING:
    from rich.console import Console

    from ssa_sim.scenario.events import DroppedChange, KeptChange
    from ssa_sim.scenario.schema import Scenario

_WIDTH_OF_A_FILE = 160


class Lang(StrEnum):
    """The languages that the commands speak."""

    en = "en"
    fr = "fr"


_LANG_HELP = "Language of what is printed, drawn and written. Notes, progress and messages about mistakes stay English."
LangOption = Annotated[Lang, typer.Option("--lang", help=_LANG_HELP)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]


_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that do something on a terminal, in place of being seen: control characters, and those that turn text round."""


def plain(text: str) -> str:
    """A text in which characters that a terminal would obey are shown as their numbers; line breaks and tabs stay."""
    return _ORDERS.sub(lambda found: _numbered(found.group()), text)


def _numbered(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


class PlainStream:
    """A stream that writes every text as `plain` gives it.

    Args:
        stream: where to.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text; returns its length."""
        self.stream.write(plain(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        """What else a stream can; not the bytes below it, which would go past `write`."""
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.stream, name)


@contextmanager
def plain_streams() -> Iterator[None]:
    """While it lasts, standard output and standard error are plain streams."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (stream and cast(TextIO, PlainStream(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def console(*, is_error: bool = False) -> "Console":
    """Standard output (or error): as wide as the terminal, or wide enough for any table where there is none.

    Its own orders, such as colours, reach the terminal; those in texts do not.
    """
    from rich.console import Console
    from rich.segment import Segment

    class PlainConsole(Console):
        def render(self, *given: Any, **settings: Any) -> Iterator[Segment]:
            for segment in super().render(*given, **settings):
                yield segment if segment.control else Segment(plain(segment.text), segment.style)

    shown: Any = sys.stderr if is_error else sys.stdout
    file = shown.stream if isinstance(shown, PlainStream) else shown
    return PlainConsole(file=file, width=None if file.isatty() else _WIDTH_OF_A_FILE, highlight=False)


def own_folder(file: Path, command: str, *facts: object) -> Path:
    """A folder in results/ named after a scenario's file, the command, and all that matters beside the model's version."""
    from ssa_sim.model.version import MODEL_VERSION

    digits = hashlib.sha256(repr((MODEL_VERSION, *facts)).encode()).hexdigest()[:8]
    return Path("results") / f"{file.stem[:60]}-{command}-{digits}"


def tell(text: str) -> None:
    """Something for the person at the terminal, which is no result: to standard error."""
    typer.echo(text, err=True)


def tell_changes(scenario: "Scenario", name: str) -> None:
    """Say which inherited dated changes a scenario leaves out and which stay; its name is its file's, without the ending."""
    tell_dropped(scenario.dropped_changes, f"'{name}'")
    tell_kept(scenario.kept_changes, f"'{name}'")


def tell_dropped(changes: Iterable["DroppedChange"], who: str) -> None:
    """Say which inherited dated changes a scenario or `--set` leaves out."""
    why = {
        "overridden": 'holds "{lever}" at one value for the whole period',
        "replaced": 'sets "{lever}" itself in that month',
        "outside the period": "covers other months",
    }
    for change in changes:
        tell(
            f"Note: {who} {why[change.reason].format(lever=change.lever)}, so the change of "
            f'"{change.lever}" to {change.value} on {change.date} that it inherits is left out.'
        )


def tell_kept(changes: Iterable["KeptChange"], who: str) -> None:
    """Say which dated changes stay although a scenario or `--set` names the lever."""
    for change in changes:
        tell(
            f'Note: {who} sets "{change.lever}" to the value that it starts with anyway, so nothing changes and its '
            f"change to {change.value} on {change.date} stays. To hold it, give the scenario file an event of that month "
            "that sets it to the old value."
        )


def print_json(content: Mapping[str, object]) -> None:
    """Print an object to standard output; numbers that are not finite become null, and what it cannot encode is escaped."""
    is_escaped = not speaks_unicode(sys.stdout)
    text = json.dumps(_plain(content), indent=2, ensure_ascii=is_escaped, allow_nan=False)
    typer.echo(_ORDERS.sub(lambda found: f"\\u{ord(found.group()):04x}", text))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "item"):  # NumPy's numbers
        return _plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
