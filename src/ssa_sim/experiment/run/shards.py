"""How a shard is computed: its runs, one after the other, on the draws that they share."""

import hashlib
import json
import math
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.experiment.ask.design import Axis
from ssa_sim.experiment.ask.layout import Shard, cells_with_months, layout, order_of_points
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.run.watch import Watch, no_watch
from ssa_sim.model.history import summarise
from ssa_sim.model.parameters import number_of
from ssa_sim.model.variants import simulate_variant, variant_parameters
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import STRUCTURES

Floats = npt.NDArray[np.float64]

_RUNS_TIMED = 24


class RunSimulator(Protocol):
    """Runs one scenario with some parameters changed: `variants.simulate_variant`, or one that stands in."""

    def __call__(
        self, scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int
    ) -> np.recarray[Any, Any]:
        """A structured array: an element a month, a float64 field an outcome."""
        ...


@dataclass(frozen=True)
class Task:
    """A shard with all that is needed to compute it anywhere: it travels between processes.

    Attributes:
        shard: which part of the plan.
        scenarios: all of them, with their names.
        points: the numbers of the shard's points.
        axes: what varies.
        values: shape (points, axes), as in `Design.points`.
        seed: root seed.
        outcomes: names of the outcomes to keep.
        months_of: places in the shard, by cell, whose months are wanted too.
        model_version: of the process that planned it.
        set_aside: runs that are not to be tried again, by place in the shard: the error and the trace.
        only: places to compute, if not all.
        simulate: what runs a run.
        seconds_a_run: a run that takes longer ends its process; None: no limit.
    """

    shard: Shard
    scenarios: tuple[NamedScenario, ...]
    points: tuple[int, ...]
    axes: tuple[Axis, ...]
    values: Floats
    seed: int
    outcomes: tuple[str, ...]
    months_of: range
    model_version: str = MODEL_VERSION
    set_aside: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    only: range | None = None
    simulate: RunSimulator = simulate_variant
    seconds_a_run: float | None = None

    @property
    def n_runs(self) -> int:
        """Runs in the whole shard."""
        return self.shard.cells * len(self.scenarios)

    def without(self, place: int, error: str, trace: str) -> "Task":
        """The same, with one run set aside as failed."""
        return replace(self, set_aside={**self.set_aside, place: (error, trace)})

    def runs(self) -> Iterator["TaskRun"]:
        """The runs wanted, in order."""
        wanted = range(self.n_runs) if self.only is None else self.only
        for place in wanted:
            cell, scenario = divmod(place, len(self.scenarios))
            row, column = divmod(cell, len(self.points))
            yield TaskRun(place, cell, scenario, column, self.shard.replicates[row])

    def point(self, column: int) -> dict[Axis, ParameterValue]:
        """What the axes are set to at one of the shard's points; those that it leaves alone are not in it."""
        numbers = self.values[column]
        return {
            axis: axis.value(number) for axis, number in zip(self.axes, numbers, strict=True) if not math.isnan(number)
        }


class TaskRun(NamedTuple):
    """One run of a task: its place, its cell, and the positions of its scenario and point; and its replicate."""

    place: int
    cell: int
    scenario: int
    column: int
    replicate: int


def task_for(
    experiment: Experiment,
    shard: Shard,
    *,
    simulate: RunSimulator = simulate_variant,
    seconds_a_run: float | None = None,
) -> Task:
    """All that is needed to compute a shard."""
    design = experiment.design
    order = order_of_points(experiment.n_points, experiment.seed)
    points = order[shard.places.start : shard.places.stop]
    return Task(
        shard=shard,
        scenarios=experiment.scenarios,
        points=tuple(points.tolist()),
        axes=() if design is None else design.axes,
        values=np.empty((len(points), 0)) if design is None else design.points[points],
        seed=experiment.seed,
        outcomes=experiment.outcomes,
        months_of=range(cells_with_months(experiment, shard)),
        simulate=simulate,
        seconds_a_run=seconds_a_run,
    )


def compute(task: Task, watch: Watch | None = None) -> ShardRuns:
    """Run the runs of a task; one that raises, or cannot even be put together, is a row that says why.

    Raises:
        RuntimeError: this process has loaded another model than the one that planned the task.
    """
    if task.model_version != MODEL_VERSION:
        raise RuntimeError("The worker has another version of the model than the process that planned the runs.")
    watch = no_watch() if watch is None else watch
    runs = list(task.runs())
    variants = _Variants(task)
    totals = np.full((len(runs), len(task.outcomes)), np.nan)
    months = _no_months(task, sum(run.cell in task.months_of for run in runs))
    errors: list[str | None] = [None] * len(runs)
    traces: list[str | None] = [None] * len(runs)
    run_ids = [""] * len(runs)
    with watch.over(task.shard.number, task.seconds_a_run):
        for row, run in enumerate(runs):
            watch.begin(run.place)
            try:
                variant = variants.of(run)
                run_ids[row] = variant.run_id(task.seed, run.replicate)
                if run.place in task.set_aside:
                    errors[row], traces[row] = task.set_aside[run.place]
                    continue
                history = task.simulate(variant.scenario, variant.changes, seed=task.seed, replicate=run.replicate)
                summary = summarise(history)
                totals[row] = [summary[name] for name in task.outcomes]
                if row < len(months):
                    months[row] = np.stack([history[name] for name in task.outcomes], axis=-1)
            except Exception as error:
                totals[row] = np.nan
                said = " ".join(f"{type(error).__name__}: {error}".split()), traceback.format_exc()
                errors[row], traces[row] = task.set_aside.get(run.place, said)
                run_ids[row] = run_ids[row] or _id_of_unmade(task, run)
    return ShardRuns(
        task.shard,
        np.array([run.scenario for run in runs], np.int64),
        np.array([task.points[run.column] for run in runs], np.int64),
        np.array([run.replicate for run in runs], np.int64),
        tuple(run_ids),
        totals,
        months,
        tuple(errors),
        tuple(traces),
    )


def run_id(scenario: Scenario, changes: Mapping[str, float], seed: int, replicate: int) -> str:
    """The identity of one run: 16 hexadecimal digits from the resolved scenario, seed, replicate and model version.

    A run has the same identity whether a scenario file, a design or both say what it is.
    """
    return _Variant(scenario, changes, scenario.policy_identity()).run_id(seed, replicate)


def _id_of_unmade(task: Task, run: TaskRun) -> str:
    """Stands in for the identity of a run whose parameters cannot even be put together: from what was asked, in place of what
    it resolves to."""
    scenario = task.scenarios[run.scenario].scenario
    point = [[axis.column, number] for axis, number in zip(task.axes, task.values[run.column].tolist(), strict=True)]
    asked = json.dumps([MODEL_VERSION, scenario.identity(), point, task.seed, run.replicate])
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


class _Variant:
    """A scenario with its levers set, and the parameters that differ from it."""

    def __init__(self, scenario: Scenario, changes: Mapping[str, float], policy: str) -> None:
        self.scenario = scenario
        self.changes = changes
        self._identity = hashlib.sha256(f"{MODEL_VERSION} {policy} ".encode())
        self._identity.update(variant_parameters(scenario, changes).tobytes())

    def run_id(self, seed: int, replicate: int) -> str:
        digest = self._identity.copy()
        digest.update(f" {seed} {replicate}".encode())
        return digest.hexdigest()[:16]


class _Variants:
    """The variants of a task's runs; a combination of levers becomes a scenario once."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._scenarios: dict[tuple[int, tuple[tuple[str, ParameterValue], ...]], tuple[Scenario, str]] = {}
        self._variants: dict[tuple[int, int], _Variant] = {}

    def of(self, run: TaskRun) -> _Variant:
        """What a run simulates."""
        key = (run.scenario, run.column)
        if key not in self._variants:
            self._variants[key] = self._made(run)
        return self._variants[key]

    def _made(self, run: TaskRun) -> _Variant:
        point = self._task.point(run.column)
        levers = tuple((axis.path, value) for axis, value in point.items() if axis.part == "levers")
        changes = {axis.column: _as_recorded(axis, value) for axis, value in point.items() if axis.part != "levers"}
        if (run.scenario, levers) not in self._scenarios:
            scenario = self._task.scenarios[run.scenario].scenario
            scenario = scenario.with_levers(dict(levers)) if levers else scenario
            self._scenarios[run.scenario, levers] = (scenario, scenario.policy_identity())
        scenario, policy = self._scenarios[run.scenario, levers]
        return _Variant(scenario, changes, policy)


def _as_recorded(axis: Axis, value: ParameterValue) -> float:
    """What a record of parameters holds for a value: of a structure, the number of the choice."""
    if axis.part == "structures":
        return number_of(STRUCTURES.entries()[axis.path], value)
    return float(value)


def _no_months(task: Task, runs: int) -> Floats:
    months = task.scenarios[0].scenario.months
    return np.full((runs, months, len(task.outcomes)), np.nan)


def seconds_a_run(experiment: Experiment) -> float:
    """What one run takes in one process on this machine, from a few of them; the model must be loaded already."""
    task = task_for(experiment, layout(experiment).shard(0))
    wanted = min(_RUNS_TIMED, task.n_runs)
    part = replace(task, only=range(wanted), months_of=range(0))
    started = time.perf_counter()
    compute(part)
    return (time.perf_counter() - started) / wanted
