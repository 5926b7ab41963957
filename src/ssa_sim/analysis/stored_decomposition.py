"""A decomposition found again in a result folder: the runs of every subset of some mechanisms."""

import numpy as np

from ssa_sim.analysis.decompose import Decomposition, decompose
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.manifest import scenarios_in
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.run.subsets import SubsetPlan, SubsetRuns

_PREFIX = "mechanisms."


def is_decomposition(results: Results) -> bool:
    """Whether the points of one scenario are all subsets of some mechanisms, numbered as `SubsetPlan` numbers them."""
    if results.design is None or len(results.scenario_names) != 1:
        return False
    switched = results.design.drop(columns=POINT)
    if not all(str(name).startswith(_PREFIX) for name in switched.columns):
        return False
    if len(switched) != 1 << len(switched.columns) or switched.isna().to_numpy().any():
        return False
    bits = np.arange(len(switched))[:, None] >> np.arange(len(switched.columns)) & 1
    return bool(np.array_equal(switched.to_numpy(np.int64), bits))


def stored_decomposition(results: Results, outcome: str | None = None) -> Decomposition:
    """What `ssa-sim decompose` found when it made these results; it decomposes the first outcome kept, unless another is named.

    Raises:
        InputError: this version of the model does not know the scenario, or no replicate has every run.
        ValueError: these are no such results; see `is_decomposition`.
    """
    if results.design is None or not is_decomposition(results):
        raise ValueError("These results are no decomposition.")
    names = tuple(outcome.name for outcome in results.outcomes)
    alone = Experiment(
        title=results.title,
        scenarios=scenarios_in(results.provenance),
        replications=results.replications,
        seed=results.seed,
        outcomes=names,
        monthly="none",
    )
    mechanisms = [str(name).removeprefix(_PREFIX) for name in results.design.drop(columns=POINT).columns]
    return decompose(SubsetRuns(SubsetPlan(alone, tuple(mechanisms)), results), outcome or names[0])
