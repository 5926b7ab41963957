"""A decomposition found again in a result folder: the runs of subsets of some mechanisms, or of a package's levers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ssa_sim.analysis.decompose import Decomposition, decompose
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.manifest import scenarios_in
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.run.package import LeverGroup, PackagePlan, PackageRuns
from ssa_sim.experiment.run.subsets import SubsetPlan, SubsetRuns
from ssa_sim.scenario.tables import LEVERS


def is_decomposition(results: Results) -> bool:
    """Whether the points of one scenario are subsets of some mechanisms, as a `SubsetPlan` orders them, in its own world alone."""
    runs = stored_subsets(results)
    return runs is not None and len(runs.plan.worlds) == 1


def stored_decomposition(results: Results, outcome: str | None = None) -> Decomposition:
    """What `ssa-sim decompose` found when it made these results; it decomposes the first outcome kept, unless another is named.

    Raises:
        InputError: this version of the model does not know the scenario, or no replicate has every run.
        ValueError: these are no such results; see `is_decomposition`.
    """
    runs = stored_subsets(results)
    if runs is None:
        raise ValueError("These results are no decomposition.")
    return decompose(runs, outcome or results.outcomes[0].name)


def stored_subsets(results: Results) -> SubsetRuns | None:
    """The runs of a `SubsetPlan`, in one world or several; None if they are of something else.

    Raises:
        InputError: this version of the model does not know the scenario.
    """
    asked = (results.design_request or {}).get("decomposition")
    if asked is None or len(results.scenario_names) != 1:
        return None
    made = _experiment(results)
    try:
        plan = SubsetPlan(made, tuple(asked["mechanisms"]), asked["against"], *_worlds(asked))
        return SubsetRuns(plan, results) if _is_made_by(plan, results) else None
    except InputError:
        return None


def stored_package(results: Results) -> PackageRuns | None:
    """The runs of a `PackagePlan` in several worlds; None if they are of something else.

    Raises:
        InputError: this version of the model does not know the scenarios.
    """
    asked = (results.design_request or {}).get("package")
    if asked is None:
        return None
    made = _experiment(results)
    groups = tuple(LeverGroup(name, tuple(levers)) for name, *levers in asked["groups"])
    if not {lever for group in groups for lever in group.levers} <= set(LEVERS.entries()):
        return None
    try:
        pair = replace(made, scenarios=(made.scenarios[0], made.scenarios[-1]))
        plan = PackagePlan(pair, groups, *_worlds(asked))
        return PackageRuns(plan, results) if _is_made_by(plan, results) else None
    except InputError:
        return None


def _worlds(asked: Mapping[str, Any]) -> tuple[int, bool, int]:
    """Circles of orders, and what says which worlds there are."""
    return asked["circles"], asked["over_structures"], asked["points"]


def _experiment(results: Results) -> Experiment:
    return Experiment(
        title=results.title,
        scenarios=scenarios_in(results.provenance),
        replications=results.replications,
        seed=results.seed,
        outcomes=tuple(outcome.name for outcome in results.outcomes),
        monthly="none",
    )


def _is_made_by(plan: SubsetPlan | PackagePlan, results: Results) -> bool:
    """Whether the results' points are those of a plan: the same columns, and the same of them set."""
    held = results.design
    assert held is not None
    if plan.points >= len(held):  # nothing is drawn that cannot be it
        return False
    planned = plan.experiment()
    design, varied = planned.design, held.drop(columns=POINT)
    if design is None or planned.scenario_names != results.scenario_names:
        return False
    if [axis.column for axis in design.axes] != list(varied.columns):
        return False
    if not np.array_equal(np.isnan(design.points), varied.isna().to_numpy()):
        return False
    switches = [place for place, axis in enumerate(design.axes) if axis.part == "mechanisms"]
    return np.array_equal(design.points[:, switches], varied.iloc[:, switches].to_numpy(np.float64))
