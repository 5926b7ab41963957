"""The sample behind a sweep: which axes it varies, which points belong together, and what is missing at them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, Method
from ssa_sim.experiment.keep.manifest import axes_asked
from ssa_sim.experiment.keep.results import Results
from ssa_sim.words.numbers import whole

Floats = npt.NDArray[np.float64]
Missing = Literal["refuse", "drop"]
DRAWN: tuple[Method, ...] = ("latin_hypercube", "sobol", "morris")
"""Methods whose points are drawn."""


@dataclass(frozen=True)
class Block:
    """The points of a sample under one combination of levers that are crossed with it.

    Attributes:
        levers: what the levers are set to; empty where none is crossed.
        points: their numbers, from first to last.
    """

    levers: Mapping[str, ParameterValue]
    points: slice

    @property
    def name(self) -> str:
        """The levers in a few words; empty where none is crossed."""
        return ", ".join(f"{path} = {value}" for path, value in self.levers.items())


@dataclass(frozen=True, eq=False)
class Sample:
    """The sample of a design.

    Attributes:
        method: how it was drawn.
        axes: what it varies.
        blocks: the whole of it, once for each combination of crossed levers.
        unit: points that stand or fall together: a trajectory of elementary effects, a base row of Saltelli's scheme, else
            one point.
        samples: how many such units were asked for.
        seed: it was drawn with.
        second_order: whether a Saltelli scheme has the points of second-order indices.
        n_divided: points at which shares of one whole were divided by their sum, as earlier versions did.
    """

    method: Method
    axes: tuple[Axis, ...]
    blocks: tuple[Block, ...]
    unit: int
    samples: int
    seed: int
    second_order: bool
    n_divided: int


def sample_of(results: Results, methods: Sequence[Method], purpose: str) -> Sample:
    """The sample that results were made on.

    Args:
        results: of a sweep.
        methods: those that serve.
        purpose: what needs them: the beginning of the message.

    Raises:
        InputError: there is no design, or one of another method.
    """
    needed = " or ".join(f'method = "{method}"' for method in methods)
    allowed = f"a sweep whose [design] has {needed}"
    request = results.design_request
    if request is None or results.design is None:
        raise InputError(f"{purpose} needs a sweep over a sample, and these results have no design.", allowed=allowed)
    if request["method"] not in methods:
        raise InputError(f'{purpose} cannot be made from the method "{request["method"]}".', allowed=allowed)
    every = axes_asked(request)
    crossed = [axis for axis in every if axis.part == "levers"] if request["crossed"] else []
    axes = tuple(axis for axis in every if axis not in crossed)
    second_order = bool(request["second_order"])
    n = len(axes)
    unit = {"sobol": 2 * n + 2 if second_order else n + 2, "morris": n + 1}.get(request["method"], 1)
    size = unit * int(request["samples"])
    return Sample(
        method=request["method"],
        axes=axes,
        blocks=tuple(_blocks(results, crossed, size)),
        unit=unit,
        samples=int(request["samples"]),
        seed=int(request["seed"]),
        second_order=second_order,
        n_divided=int(request.get("divided", 0)),
    )


def _blocks(results: Results, crossed: Sequence[Axis], size: int) -> Iterator[Block]:
    assert results.design is not None
    for first in range(0, len(results.design), size):
        row = results.design.iloc[first]
        yield Block({axis.column: row[axis.column] for axis in crossed}, slice(first, first + size))


def draws_of(results: Results) -> npt.NDArray[np.int64] | None:
    """Which independent draw each point of a design belongs to; None where points were chosen, not drawn.

    Points of one trajectory, of one base row, or of one draw under several combinations of crossed levers belong together.
    """
    if (results.design_request or {}).get("method") not in DRAWN:
        return None
    sample = sample_of(results, DRAWN, "What belongs together")
    return np.concatenate([np.arange(block.points.stop - block.points.start) // sample.unit for block in sample.blocks])


def whole_units(gaps: npt.NDArray[np.bool_], unit: int) -> npt.NDArray[np.bool_]:
    """Which units have no gap at any of their points.

    Args:
        gaps: shape (points, ...): where a value is missing.
        unit: points of one unit.
    """
    return np.asarray(~gaps.reshape(len(gaps) // unit, -1).any(axis=1))


def refuse_gaps(results: Results, scenario: str, outcome: str, gaps: npt.NDArray[np.bool_], *, unit: int) -> None:
    """Refuse points at which runs have no value of an outcome, with counts and the ways out.

    Args:
        results: that are looked at.
        scenario: name.
        outcome: name.
        gaps: shape (points, replicates): where a run of the scenario has no value.
        unit: points that stand or fall together.

    Raises:
        InputError: there are such points.
    """
    if not gaps.any():
        return
    failed = int((results.runs["scenario"].eq(scenario) & results.runs["status"].eq("failed")).sum())
    lost = int((~whole_units(gaps, unit)).sum())
    raise InputError(
        f"At {whole(int(gaps.any(axis=1).sum()))} of {whole(len(gaps))} points of '{scenario}', {outcome} has no value in "
        f"{whole(int(gaps.sum()))} runs ({whole(failed)} runs failed; in the others it is not defined).",
        allowed=f"--missing drop, which leaves out whole trajectories, base rows or points (here {whole(lost)} of "
        f"{whole(len(gaps) // unit)}) and says so; or --outcome with other outcomes",
    )
