"""What commands say beside their results, and JSON."""

import json
import math
import sys
from collections.abc import Mapping

import typer

from ssa_sim.cli.streams import ORDERS, speaks_unicode


def tell(text: str) -> None:
    """Something for the person at the terminal, which is no result: to standard error."""
    typer.echo(text, err=True)


def print_json(content: Mapping[str, object]) -> None:
    """Print an object to standard output; numbers that are not finite become null, and what it cannot encode is escaped."""
    is_escaped = not speaks_unicode(sys.stdout)
    text = json.dumps(_plain(content), indent=2, ensure_ascii=is_escaped, allow_nan=False)
    typer.echo(ORDERS.sub(lambda found: f"\\u{ord(found.group()):04x}", text))


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
