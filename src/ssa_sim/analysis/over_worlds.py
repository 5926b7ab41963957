"""What holds in other worlds than the scenario's own: found in runs just made, and again in a result folder."""

import pandas as pd

from ssa_sim.analysis.compare_structures import ComparisonOverStructures, compare_over_structures, is_over_structures
from ssa_sim.analysis.decompose import players_of
from ssa_sim.analysis.over_points import OverPoints, over_points
from ssa_sim.analysis.over_structures import OverStructures, over_structures
from ssa_sim.analysis.package import lever_players
from ssa_sim.analysis.sharing import Against, Floats, Question
from ssa_sim.analysis.stored_decomposition import stored_package, stored_subsets
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.run.package import PackageRuns
from ssa_sim.experiment.run.subsets import SubsetRuns

OverWorlds = ComparisonOverStructures | OverStructures | OverPoints
"""Every finding of this kind."""
_PREFIX = "structures."


def shared_out_over_worlds(
    runs: SubsetRuns | PackageRuns, outcome: str, *, confidence: float = 0.95
) -> OverStructures | OverPoints:
    """What each mechanism, or each lever of a package, does in every world of a plan.

    Args:
        runs: of the plan.
        outcome: its name; they hold it.
        confidence: of each interval.

    Raises:
        InputError: too few runs have a value.
    """
    plan = runs.plan
    against: Against
    if isinstance(runs, SubsetRuns):
        players, title, against = players_of(runs.plan.mechanisms), runs.plan.alone.title, runs.plan.against
    else:
        players, title, against = lever_players(runs.plan.groups), runs.plan.package.title, "levers"
    question = Question(title, outcome, against, plan.orders, players, plan.seed, confidence)

    def worths(world: int) -> Floats:
        return runs.of(outcome, world)

    if plan.points:
        uncertainties = sum(axis.part == "uncertainties" for axis in plan.worlds.axes)
        return over_points(worths, _drawn_structures(runs), question, uncertainties=uncertainties)
    return over_structures(worths, plan.worlds.named, question)


def found_over_worlds(results: Results, outcomes: list[str] | None = None) -> OverWorlds | None:
    """What holds in other worlds, of results that are about that; None for others.

    Args:
        results: of any experiment.
        outcomes: to compare scenarios by; all if None. Of a decomposition, it is the first outcome kept.

    Raises:
        InputError: too few runs have a value.
    """
    for runs in (stored_subsets(results), stored_package(results)):
        if runs is not None:
            many = len(runs.plan.worlds) > 1
            return shared_out_over_worlds(runs, results.outcomes[0].name) if many else None
    if is_over_structures(results):
        return compare_over_structures(results, outcomes=outcomes)
    return None


def _drawn_structures(runs: SubsetRuns | PackageRuns) -> pd.DataFrame:
    """The choice of each structure that is drawn, a row a point, as the results have them."""
    design = runs.results.design
    assert design is not None
    first = design.iloc[:: len(design) // len(runs.plan.worlds)].iloc[1:].reset_index(drop=True)
    columns = [str(name) for name in design.columns if str(name).startswith(_PREFIX)]
    return first[columns].rename(columns={name: name.removeprefix(_PREFIX) for name in columns})
