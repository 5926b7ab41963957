"""What the commands share: the language option, tables, and JSON."""

import json
import math
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from ssa_sim.scenario.events import DroppedChange

_WIDTH_OF_A_FILE = 160


class Lang(StrEnum):
    """The languages that the commands speak."""

    en = "en"
    fr = "fr"


LangOption = Annotated[Lang, typer.Option("--lang", help="Language of the text printed.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]


def console() -> "Console":
    """Standard output: as wide as the terminal, or wide enough for any table where there is none."""
    from rich.console import Console

    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH_OF_A_FILE, highlight=False)


def tell(text: str) -> None:
    """Something for the person at the terminal, which is no result: to standard error."""
    typer.echo(text, err=True)


def tell_dropped(changes: Iterable["DroppedChange"], who: str) -> None:
    """Say which inherited dated changes a scenario file or `--set` leaves out."""
    for change in changes:
        tell(
            f'Note: {who} holds "{change.lever}" at one value for the whole period, so the change to '
            f"{change.value} on {change.date} that it inherits is left out."
        )


def print_json(content: Mapping[str, object]) -> None:
    """Print an object to standard output; numbers that are not finite become null."""
    typer.echo(json.dumps(_plain(content), indent=2, ensure_ascii=False, allow_nan=False))


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
