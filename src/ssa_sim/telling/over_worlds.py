"""What holds in other worlds, told by whichever module tells that kind of finding."""

from collections.abc import Iterator

from ssa_sim.analysis.over_points import OverPoints
from ssa_sim.analysis.over_worlds import OverWorlds
from ssa_sim.telling import over_points, over_structures
from ssa_sim.telling.table import Table
from ssa_sim.words.texts import Language


def told(found: OverWorlds, language: Language = "en") -> Iterator[Table | str]:
    """The tables, how to read them, and the closing sentences."""
    if isinstance(found, OverPoints):
        return over_points.told(found, language)
    return over_structures.told(found, language)


def as_json(found: OverWorlds, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentences of a language."""
    if isinstance(found, OverPoints):
        return over_points.as_json(found, language)
    return over_structures.as_json(found, language)
