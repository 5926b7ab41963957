"""What there is to keep of a tab that is away: its timeline only, which worlds follow from."""

from dataclasses import dataclass

from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.words.texts import Language
from ssa_sim.workshop.session import Memory


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
