"""Sessions of tabs that are away: their timelines only, which worlds follow from; the oldest are forgotten."""

from collections import OrderedDict
from dataclasses import dataclass

from ssa_sim.analysis.numbers import Language
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.workshop.session import Memory

MOST_TABS = 64


@dataclass(frozen=True)
class TabMemory:
    """What a tab had.

    Attributes:
        session: its worlds' timeline.
        name: of the scenario, for its title.
        language: that the page was in.
        votes: that the room gave, by package.
        storyline: name of the one that is being followed; empty: none.
        step: its position.
        model_version: with which it was played.
    """

    session: Memory
    name: str
    language: Language
    votes: tuple[tuple[str, int], ...]
    storyline: str = ""
    step: int = 0
    model_version: str = MODEL_VERSION


class RememberedTabs:
    """The last tabs' memories, by the tab's own key."""

    def __init__(self, most: int = MOST_TABS) -> None:
        """None yet, and never more than so many."""
        self._most = most
        self._kept: OrderedDict[str, TabMemory] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def keep(self, tab: str, memory: TabMemory) -> None:
        """Remember what a tab had."""
        self._kept[tab] = memory
        self._kept.move_to_end(tab)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def recall(self, tab: str) -> TabMemory | None:
        """What a tab had; None if it is new or long gone."""
        return self._kept.get(tab)
