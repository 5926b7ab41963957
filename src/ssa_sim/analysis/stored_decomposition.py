"""A decomposition found again in a result folder: the runs of subsets of some mechanisms."""

import numpy as np
import pandas as pd

from ssa_sim.analysis.decompose import Decomposition, decompose
from ssa_sim.catalogue.feasible_cases import feasible_cases
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.manifest import scenarios_in
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.run.subsets import Against, SubsetPlan, SubsetRuns, case_axes

_PREFIX = "mechanisms."
_MOST_CIRCLES = 50


def is_decomposition(results: Results) -> bool:
    """Whether the points of one scenario are subsets of some mechanisms, as a `SubsetPlan` orders them."""
    return _plan_of(results) is not None


def stored_decomposition(results: Results, outcome: str | None = None) -> Decomposition:
    """What `ssa-sim decompose` found when it made these results; it decomposes the first outcome kept, unless another is named.

    Raises:
        InputError: this version of the model does not know the scenario, or no replicate has every run.
        ValueError: these are no such results; see `is_decomposition`.
    """
    plan = _plan_of(results)
    if plan is None:
        raise ValueError("These results are no decomposition.")
    return decompose(SubsetRuns(plan, results), outcome or results.outcomes[0].name)


def _plan_of(results: Results) -> SubsetPlan | None:
    """The plan whose points these are; None if there is none."""
    if (
        results.design is None
        or len(results.scenario_names) != 1
        or (results.design_request or {}).get("method") != "list"
    ):
        return None
    varied = results.design.drop(columns=POINT)
    columns = [str(name) for name in varied.columns]
    if all(name.startswith(_PREFIX) for name in columns):
        return _fitting(results, varied, tuple(name.removeprefix(_PREFIX) for name in columns))
    if any(name.startswith((_PREFIX, "structures.")) for name in columns):
        return None
    return _fitting(results, varied)


def _fitting(results: Results, varied: pd.DataFrame, mechanisms: tuple[str, ...] = ()) -> SubsetPlan | None:
    """The plan, with as many circles as make so many points; against feasible cases where no mechanism is named."""
    alone = Experiment(
        title=results.title,
        scenarios=scenarios_in(results.provenance),
        replications=results.replications,
        seed=results.seed,
        outcomes=tuple(outcome.name for outcome in results.outcomes),
        monthly="none",
    )
    against: Against = "abolished" if mechanisms else "feasible"
    scenario = alone.scenarios[0].scenario
    columns = [str(name) for name in varied.columns]
    if not mechanisms:
        axes = {name: case_axes(case, scenario) for name, case in feasible_cases().items()}
        there = [name for name, each in axes.items() if each and {axis.column for axis in each} <= set(columns)]
        mechanisms = tuple(sorted(there, key=lambda name: columns.index(axes[name][0].column)))
    for circles in range(_MOST_CIRCLES):
        try:
            plan = SubsetPlan(alone, mechanisms, against, circles)
        except InputError:
            return None
        if plan.n_subsets == len(varied):
            return plan if _is_made_by(plan, varied) else None
        if circles and plan.n_subsets > len(varied):
            break
    return None


def _is_made_by(plan: SubsetPlan, varied: pd.DataFrame) -> bool:
    """Whether these are the points of a plan: of switches whether they are on, of feasible cases what is left as it is."""
    design = plan.experiment().design
    assert design is not None
    if [axis.column for axis in design.axes] != list(varied.columns):
        return False
    if plan.against == "feasible":
        return np.array_equal(np.isnan(design.points), varied.isna().to_numpy())
    return not varied.isna().to_numpy().any() and np.array_equal(design.points, varied.to_numpy(np.float64))
