"""Opens a result folder of any kind, and says what it holds."""

from dataclasses import dataclass
from pathlib import Path

from ssa_sim.analysis.money_runs import MoneyRuns, load_money
from ssa_sim.analysis.vicious_circle_runs import CircleRuns, load_circle
from ssa_sim.experiment.keep.manifest_file import kind_of
from ssa_sim.experiment.keep.observation_folder import load_observation
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.model.observation import Observation


@dataclass(frozen=True, eq=False)
class ResultFolder:
    """What a result folder holds: one of the four.

    Attributes:
        folder: where it is; None if it was never in a folder.
        results: of runs, with or without a design.
        observation: one run's inside.
        circle: runs of the vicious circle.
        money: where money ended.
    """

    folder: Path | None = None
    results: Results | None = None
    observation: Observation | None = None
    circle: CircleRuns | None = None
    money: MoneyRuns | None = None


def result_folder_of(found: Results | Observation | CircleRuns | MoneyRuns) -> ResultFolder:
    """The same for what has been read, or made, already."""
    if isinstance(found, Observation):
        return ResultFolder(observation=found)
    if isinstance(found, MoneyRuns):
        return ResultFolder(money=found)
    return ResultFolder(circle=found) if isinstance(found, CircleRuns) else ResultFolder(results=found)


def open_folder(folder: str | Path) -> ResultFolder:
    """Open a result folder.

    Raises:
        InputError: it is none, is damaged, or its runs are not all there yet.
    """
    where = Path(folder)
    kind = kind_of(where)
    if kind == "ssa_sim observation":
        return ResultFolder(where, observation=load_observation(where))
    if kind == "ssa_sim vicious circle":
        return ResultFolder(where, circle=load_circle(where))
    if kind == "ssa_sim money":
        return ResultFolder(where, money=load_money(where))
    return ResultFolder(where, results=load_results(where))
