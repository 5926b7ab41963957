"""Worlds in which the same is done: a scenario's own, and others that differ from it in structures, in parameters, or in both.

The others are each alternative of each structure alone, or points drawn at random. A world is a point of a design, so that all
worlds meet the same draws of chance, and whatever is compared within one is compared on the same point.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import structure_catalogue, uncertainty_catalogue
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, Design, make_design, range_axis
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]

FEWEST_POINTS = 10
"""Drawn worlds, by convention: fewer show no shares of points."""
MOST_POINTS = 100_000


class World(NamedTuple):
    """Structures with choices other than the scenario's, with commas between several; two empty texts for the scenario's own."""

    structure: str
    choice: str


AS_IT_IS = World("", "")


@dataclass(frozen=True, eq=False)
class Worlds:
    """Worlds as points.

    Attributes:
        axes: what differs between them.
        points: shape (worlds, axes); see `Axis.value`. NaN: as the scenario has it; the first world is the scenario's own.
        is_drawn: whether the others are drawn at random, and are not each alternative of each structure alone.
    """

    axes: tuple[Axis, ...] = ()
    points: Floats = field(default_factory=lambda: np.empty((1, 0)))
    is_drawn: bool = False

    def __len__(self) -> int:
        """How many there are, the scenario's own included."""
        return len(self.points)

    @property
    def named(self) -> tuple[World, ...]:
        """The structures that each world sets."""
        return tuple(world_at(self.axes, row) for row in self.points)


def world_at(axes: Sequence[Axis], row: Floats) -> World:
    """The world that a point's structures make."""
    made = [
        (axis.path, str(axis.value(number)))
        for axis, number in zip(axes, row, strict=True)
        if axis.part == "structures" and not np.isnan(number)
    ]
    return World(", ".join(path for path, _ in made), ", ".join(choice for _, choice in made))


def worlds_asked(scenario: Scenario, *, over_structures: bool, points: int, seed: int) -> Worlds:
    """The worlds that a plan asks for.

    Args:
        scenario: whose own world is the first.
        over_structures: without points, each alternative of each structure alone; with points, each draws a choice of every structure.
        points: how many are drawn over the ranges of all uncertainties; 0: none.
        seed: of the draws. The same seed draws the same values of uncertainties for every scenario, with structures and without.

    Raises:
        InputError: too few points to tell shares of them, or too many.
    """
    if points:
        return _drawn(points, seed, over_structures=over_structures)
    if not over_structures:
        return Worlds()
    design = structure_design(scenario)
    return Worlds(design.axes, design.points)


def structure_design(scenario: Scenario) -> Design:
    """The scenario's own world, and each choice that it has not made, alone."""
    axes = [
        Axis("structures", entry.path, tuple(name for name in entry.choices or () if name != held))
        for entry in structure_catalogue()
        for held in [getattr(scenario.structures, entry.path)]
    ]
    return make_design("one_at_a_time", axes)


def drawn_axes(*, over_structures: bool) -> tuple[Axis, ...]:
    """What a drawn world draws: every uncertainty that has a range, and every structure if it is asked for."""
    axes = [range_axis("uncertainties", entry) for entry in uncertainty_catalogue() if not entry.is_known]
    if over_structures:
        axes += [Axis("structures", entry.path, entry.choices) for entry in structure_catalogue()]
    return tuple(axes)


def check_points(points: int) -> None:
    """Refuse a number of points that tells nothing, or that cannot be held.

    Raises:
        InputError: it is not within the limits.
    """
    if not FEWEST_POINTS <= points <= MOST_POINTS:
        why = "too few to tell shares of them" if points < FEWEST_POINTS else "too many"
        raise InputError(
            f"A number of {points} points is {why}.", where="--points", allowed=f"{FEWEST_POINTS} to {MOST_POINTS}"
        )


def _drawn(points: int, seed: int, *, over_structures: bool) -> Worlds:
    """A Latin hypercube over the ranges, and one of its own over structures, below a row that leaves all as it is."""
    check_points(points)
    axes = drawn_axes(over_structures=over_structures)
    samples = [
        make_design("latin_hypercube", part, samples=points, seed=seed + number).points
        for number, name in enumerate(("uncertainties", "structures"))
        for part in [[axis for axis in axes if axis.part == name]]
        if part
    ]
    drawn = np.hstack(samples)
    return Worlds(axes, np.vstack([np.full((1, drawn.shape[1]), np.nan), drawn]), is_drawn=True)
