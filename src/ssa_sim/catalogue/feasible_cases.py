"""What each mechanism could be at its mildest: the best case that evidence knows, against which a decomposition compares."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ssa_sim.catalogue.entries import ParameterValue, mechanism_catalogue
from ssa_sim.catalogue.groups import table
from ssa_sim.words.texts import Language, words


@dataclass(frozen=True)
class FeasibleCase:
    """One mechanism as mild as it is known to be anywhere, or as somebody could decide.

    Attributes:
        mechanism: its name.
        at_least: values of levers and uncertainties, by path, that hold unless a scenario has more already.
        at_most: the same, unless it has less.
        exactly: values that hold whatever the scenario has.
        source: evidence ids, "assumption", or both.
    """

    mechanism: str
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]
    exactly: Mapping[str, ParameterValue]
    source: str

    @property
    def paths(self) -> tuple[str, ...]:
        """The levers and uncertainties that it may set."""
        return (*self.at_least, *self.at_most, *self.exactly)

    def mild(self, path: str, value: ParameterValue) -> ParameterValue:
        """What becomes of a value of one of its levers or uncertainties: as far as the case goes, and no further than it is already."""
        if path in self.exactly:
            return self.exactly[path]
        return max(value, self.at_least[path]) if path in self.at_least else min(value, self.at_most[path])

    def meaning(self, language: Language) -> str:
        """What it is, in words."""
        return str(words(language, "feasible_cases")[self.mechanism])


@cache
def feasible_cases() -> Mapping[str, FeasibleCase]:
    """The case of every mechanism, by its name."""
    rows = table("feasible_cases")
    empty: dict[str, dict[str, Any]] = {"at_least": {}, "at_most": {}, "exactly": {}}
    return {entry.path: FeasibleCase(entry.path, **{**empty, **rows[entry.path]}) for entry in mechanism_catalogue()}
