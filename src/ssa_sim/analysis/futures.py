"""Packages over futures: what each policy package comes to under each draw of what nobody knows.

A package is a scenario, or a scenario under one combination of levers that a sweep crosses with its sample. A future is one point
of the sample over the uncertainties; every package meets the same futures, on the same replicates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.chosen import chosen_outcomes
from ssa_sim.analysis.samples import Missing, Sample, refuse_gaps, sample_of, whole_units
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, Method
from ssa_sim.experiment.keep.results import Results

Floats = npt.NDArray[np.float64]

FEWEST = 20
"""Futures below which nothing is said of the share of futures."""


@dataclass(frozen=True, eq=False)
class Futures:
    """What packages come to.

    Attributes:
        title: of the results.
        packages: names; the first is what the others are compared with.
        axes: the uncertainties that vary.
        table: a row a future, a float column for each axis, in its unit (a switch is 0 or 1).
        groups: a number for each future; futures of one group share values (rows of one Saltelli row) and are no independent
            draws, so that they are resampled and held out together.
        outcome: looked at.
        values: shape (packages, futures, replicates), in the outcome's unit, without gaps.
        n_dropped: futures left out because a run has no value there.
        seed: root seed of the runs.
    """

    title: str
    packages: tuple[str, ...]
    axes: tuple[Axis, ...]
    table: pd.DataFrame
    groups: npt.NDArray[np.int64]
    outcome: Outcome
    values: Floats
    n_dropped: int
    seed: int

    @property
    def means(self) -> Floats:
        """Means over replicates, shape (packages, futures)."""
        return np.asarray(self.values.mean(axis=2), np.float64)

    @property
    def sign(self) -> float:
        """1 where more of the outcome is better, -1 where less is."""
        return 1.0 if self.outcome.better == "higher" else -1.0

    def improvements(self, package: int) -> tuple[Floats, Floats]:
        """By how much a package does better than the first in each future, and the standard error of that.

        Both of shape (futures,), in the outcome's unit, positive where it does better; the error is NaN with one replicate.
        """
        differences = self.sign * (self.values[package] - self.values[0])
        replicates = differences.shape[1]
        if replicates < 2:
            return differences.mean(axis=1), np.full(len(differences), np.nan)
        return differences.mean(axis=1), differences.std(axis=1, ddof=1) / np.sqrt(replicates)


def futures_of(
    results: Results,
    outcome: str,
    *,
    packages: Sequence[str] | None = None,
    missing: Missing = "refuse",
    methods: Sequence[Method] = ("latin_hypercube", "sobol"),
    purpose: str,
) -> Futures:
    """The futures of a sweep over uncertainties.

    Args:
        results: of a sweep with a Latin hypercube or Sobol sample over uncertainties.
        outcome: name.
        packages: which; all if None. The first of all is always there.
        missing: "refuse" futures in which a run of these packages has no value, or "drop" them, from all packages.
        methods: designs that serve.
        purpose: what needs them: the beginning of messages.

    Raises:
        InputError: the design does not serve, a name is not held, values are missing, or too few futures are left.
    """
    sample = sample_of(results, methods, purpose)
    if any(axis.part == "levers" for axis in sample.axes):
        raise InputError(
            f"{purpose} asks what happens under uncertainties, and this design draws levers among them.",
            allowed="crossed = true in the [design], so that every combination of levers meets the same futures; or "
            "[design.uncertainties] alone",
        )
    (held,) = chosen_outcomes(results, [outcome])
    names = package_names(results, sample)
    wanted = _wanted(list(names), packages)
    column = results.outcomes.index(held)
    cubes = {scenario: results.by_point(scenario)[:, :, column] for scenario in {names[name][0] for name in wanted}}
    values = np.stack([cubes[names[name][0]][names[name][1]] for name in wanted])
    gaps = np.isnan(values)
    if missing == "refuse":
        for name, gap in zip(wanted, gaps, strict=True):
            refuse_gaps(results, names[name][0], outcome, gap, unit=1)
    kept = whole_units(np.asarray(gaps.any(axis=0)), 1)
    if kept.sum() < FEWEST:
        raise InputError(f"{kept.sum()} futures are too few for {purpose.lower()}.", allowed=f"{FEWEST} and more")
    assert results.design is not None
    table = results.design.iloc[sample.blocks[0].points][[axis.column for axis in sample.axes]]
    return Futures(
        title=results.title,
        packages=tuple(wanted),
        axes=sample.axes,
        table=_as_numbers(table[kept], sample.axes).reset_index(drop=True),
        groups=(np.arange(len(table)) // sample.unit)[kept],
        outcome=held,
        values=values[:, kept],
        n_dropped=int((~kept).sum()),
        seed=results.seed,
    )


def _as_numbers(table: pd.DataFrame, axes: Sequence[Axis]) -> pd.DataFrame:
    """The values of the axes as numbers: of a structure, the place of the choice among those that vary."""
    places = {
        axis.column: {choice: place for place, choice in enumerate(axis.values)}
        for axis in axes
        if axis.part == "structures" and axis.values is not None
    }
    return table.assign(**{column: table[column].map(of) for column, of in places.items()}).astype(np.float64)


def package_names(results: Results, sample: Sample) -> dict[str, tuple[str, slice]]:
    """Every package's name with its scenario and its points, scenario by scenario."""
    return {
        f"{scenario} ({block.name})" if block.levers else scenario: (scenario, block.points)
        for scenario in results.scenario_names
        for block in sample.blocks
    }


def _wanted(names: Sequence[str], packages: Sequence[str] | None) -> list[str]:
    if packages is None:
        return list(names)
    for package in packages:
        if package not in names:
            raise InputError(f"The results do not hold the package {package!r}.", allowed=names)
    return [names[0], *(name for name in dict.fromkeys(packages) if name != names[0])]
