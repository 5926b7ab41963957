"""The four parts of a scenario in which parameters are set by name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ssa_sim.catalogue.entries import (
    Entry,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.groups import Group, Levers, Mechanisms, Structures, Uncertainties


@dataclass(frozen=True)
class Section:
    """A part of a scenario in which parameters are set by name.

    Attributes:
        name: the table's name in a scenario file, and the command that lists what may stand in it.
        noun: what one of its parameters is called, with its article.
        model: the group that declares the parameters.
        catalogue: gives the parameters.
    """

    name: str
    noun: str
    model: type[Group]
    catalogue: Callable[[], tuple[Entry, ...]]

    def entries(self) -> dict[str, Entry]:
        """The parameters by dotted name."""
        return {entry.path: entry for entry in self.catalogue()}


LEVERS = Section("levers", "a lever", Levers, lever_catalogue)
UNCERTAINTIES = Section("uncertainties", "an uncertainty", Uncertainties, uncertainty_catalogue)
MECHANISMS = Section("mechanisms", "a mechanism", Mechanisms, mechanism_catalogue)
STRUCTURES = Section("structures", "a structure", Structures, structure_catalogue)
SECTIONS = (LEVERS, UNCERTAINTIES, MECHANISMS, STRUCTURES)


def is_group(names: Iterable[str], name: str) -> bool:
    """Whether a name is the beginning of others, as "training" is of "training.course_weeks"."""
    return any(each.startswith(f"{name}.") for each in names)
