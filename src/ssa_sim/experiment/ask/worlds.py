"""Worlds that differ in one structure: a scenario's own choices, and each alternative of each structure alone."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import structure_catalogue
from ssa_sim.experiment.ask.design import Axis, Design, make_design
from ssa_sim.scenario.schema import Scenario


class World(NamedTuple):
    """A structure with a choice other than the scenario's; two empty texts for the scenario's own."""

    structure: str
    choice: str


AS_IT_IS = World("", "")


def structure_axes(scenario: Scenario) -> list[Axis]:
    """An axis a structure, over the choices that the scenario has not made."""
    return [
        Axis("structures", entry.path, tuple(name for name in entry.choices or () if name != held))
        for entry in structure_catalogue()
        for held in [getattr(scenario.structures, entry.path)]
    ]


def worlds_of(scenario: Scenario) -> tuple[World, ...]:
    """The scenario's own world, and one for each alternative."""
    axes = structure_axes(scenario)
    return (AS_IT_IS, *(World(axis.path, str(choice)) for axis in axes for choice in axis.values or ()))


def structure_design(scenario: Scenario) -> Design:
    """The same worlds as the points of a design."""
    return make_design("one_at_a_time", structure_axes(scenario))


def structure_points(axes: list[Axis]) -> npt.NDArray[np.float64]:
    """The same as numbers, a row a world."""
    return make_design("one_at_a_time", axes).points
