"""What the floors below warn of, as notes for the person at the terminal."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ssa_sim.cli.output import tell
from ssa_sim.errors import MissingLetters


@contextmanager
def noting_letters() -> Iterator[None]:
    """One note in the end of all letters that the fonts of figures lack, however many figures were drawn."""
    missing: set[str] = set()
    with warnings.catch_warnings():
        warnings.simplefilter("always", MissingLetters)
        show_others = warnings.showwarning

        def show(message: Warning | str, *where: Any, **how: Any) -> None:
            if isinstance(message, MissingLetters):
                missing.update(message.letters)
            else:
                show_others(message, *where, **how)

        warnings.showwarning = show
        try:
            yield
        finally:
            if missing:
                tell(f"Note: {MissingLetters(missing)}")
