"""What a browser tab keeps of its room: it outlives the connection, the page and the server.

The server keeps nothing of a tab that is away. The tab holds the text of its saved workshop (in the browser's `sessionStorage`), from
which the worlds follow, and brings it when the page is opened in it again.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from nicegui import run, ui

from ssa_sim.errors import InputError
from ssa_sim.workshop.remembered import TabMemory
from ssa_sim.workshop.tab_state import TabState
from ssa_sim.workshop.uploads import read_upload
from ssa_sim.workshop.workshop_file import workshop_text

KEYS = ("ssa_sim_workshop", "ssa_sim_workshop_start")
"""Under which the tab holds the text, and which start of the server it was written under."""
EVERY_SECONDS = 0.25
SECONDS_TO_ANSWER = 30.0
LARGEST_KEPT = 400_000
"""In bytes: some thousands of choices."""


@dataclass(frozen=True)
class Kept:
    """What a tab brings.

    Attributes:
        text: of its workshop, as `workshop_text` writes it.
        start: of the server that it was written under.
    """

    text: str
    start: str


async def kept_in_tab() -> Kept | None:
    """What the current client's tab brings; None where it is new."""
    names = json.dumps(KEYS)
    text, start = await ui.run_javascript(
        f"{names}.map(name => sessionStorage.getItem(name))", timeout=SECONDS_TO_ANSWER
    )
    return None if text is None else Kept(str(text), str(start))


async def read_kept(kept: Kept, folder: Path) -> TabMemory:
    """The room that a tab brings.

    Args:
        kept: what it brings.
        folder: with the scenarios.

    Raises:
        InputError: it cannot be read by this version.
    """
    read = await run.io_bound(read_upload, "workshop", kept.text.encode(), folder, largest=LARGEST_KEPT)
    if not isinstance(read, TabMemory):
        raise InputError("This is no workshop as the page keeps it.")
    return read


class Keeper:
    """Lets the tab keep what the room is, a moment after each change of whatever kind."""

    def __init__(self, tab: TabState, start: str) -> None:
        """Begin, in the current client.

        Args:
            room: that is kept.
            start: which start of the server this is.
        """
        self._tab = tab
        self._start = start
        self._kept: TabMemory | None = None
        ui.timer(EVERY_SECONDS, self._keep)

    def _keep(self) -> None:
        memory = self._tab.memory
        if memory == self._kept:
            return
        self._kept = memory
        told = dict(zip(KEYS, (workshop_text(memory), self._start), strict=True))
        ui.run_javascript(f"Object.assign(sessionStorage, {json.dumps(told)})")
