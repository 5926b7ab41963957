"""How an experiment is cut into shards, and how one is computed.

A shard is the unit of work, of storage and of resuming. What it holds follows from the experiment alone, never from the
number of workers or the speed of a machine: the same shards, so the same bytes. The plan's order is replicate by replicate
and, in each, over the design's points shuffled once and the scenarios of each point. So any beginning is balanced over
design and scenarios, and the draws of a replicate, which cost as much as a run, serve a whole shard.
"""

import hashlib
import json
import math
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.experiment.design import Axis
from ssa_sim.experiment.plan import Experiment, NamedScenario
from ssa_sim.experiment.watch import Watch, no_watch
from ssa_sim.model.history import summarise
from ssa_sim.model.variants import simulate_variant, variant_parameters
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]

CUTTING = 1
"""Raised when the same experiment is cut otherwise than before: the shards of a sweep begun by another version of ssa-sim
are then made anew, and not taken for others."""
SUMMARY_CELLS = 1000
"""A monthly summary rests on the first so many runs of each scenario: they are balanced over the design, and more would not
change what a figure shows, but need memory without bound."""
_SECONDS_A_SHARD = 1.0
_SECONDS_A_RUN = 0.0006
_SECONDS_A_UNIT_MONTH = 0.0000005
"""What a run costs whatever its size, and for each of its units and months: as it was once measured on a laptop, and never again.
They only set how many runs make a shard. If they followed the machine, or a quicker model, the shards of a sweep begun before
would no longer fit (`CUTTING`)."""
_FEWEST_SHARDS = 64
_LARGEST_SHARD = 4096
_MOST_MONTHLY_BYTES = 32_000_000


class RunSimulator(Protocol):
    """Runs one scenario with some parameters changed: `variants.simulate_variant`, or one that stands in."""

    def __call__(
        self, scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int
    ) -> np.recarray[Any, Any]:
        """A structured array: an element a month, a float64 field an outcome."""
        ...


class Shard(NamedTuple):
    """A block of the plan: some replicates times some places in the shuffled order of the points, times all scenarios."""

    number: int
    replicates: range
    places: range

    @property
    def cells(self) -> int:
        """Replicates times points."""
        return len(self.replicates) * len(self.places)


@dataclass(frozen=True)
class Layout:
    """The shards of some replicates of an experiment, computed as they are asked for.

    Attributes:
        replicates: the replicates covered.
        n_points: points of the design.
        n_scenarios: scenarios at each point.
        block_replicates: replicates in a shard.
        block_points: points in a shard.
        first: number of the first shard.
    """

    replicates: range
    n_points: int
    n_scenarios: int
    block_replicates: int
    block_points: int
    first: int = 0

    def __len__(self) -> int:
        """How many shards there are."""
        return self._replicate_blocks * self._point_blocks

    @property
    def numbers(self) -> range:
        """The shards' numbers."""
        return range(self.first, self.first + len(self))

    @property
    def n_runs(self) -> int:
        """Runs in all shards."""
        return len(self.replicates) * self.n_points * self.n_scenarios

    def shard(self, number: int) -> Shard:
        """The shard of that number."""
        row, column = divmod(number - self.first, self._point_blocks)
        start, place = row * self.block_replicates, column * self.block_points
        return Shard(
            number,
            self.replicates[start : start + self.block_replicates],
            range(place, min(place + self.block_points, self.n_points)),
        )

    @property
    def _replicate_blocks(self) -> int:
        return math.ceil(len(self.replicates) / self.block_replicates)

    @property
    def _point_blocks(self) -> int:
        return math.ceil(self.n_points / self.block_points)


def layout(experiment: Experiment, replicates: range | None = None, *, first: int = 0) -> Layout:
    """Cut an experiment, or some of its replicates, into shards of about a second's work."""
    replicates = experiment.replicates if replicates is None else replicates
    scenarios = len(experiment.scenarios)
    runs = len(replicates) * experiment.n_points * scenarios
    units = max(named.scenario.size.units for named in experiment.scenarios)
    seconds = _SECONDS_A_RUN + _SECONDS_A_UNIT_MONTH * units * experiment.months
    wanted = min(_SECONDS_A_SHARD / seconds, _LARGEST_SHARD, math.ceil(runs / _FEWEST_SHARDS))
    if experiment.monthly == "all":
        wanted = min(wanted, _MOST_MONTHLY_BYTES / (8 * experiment.months * len(experiment.outcomes)))
    cells = max(1, int(wanted / scenarios))
    if experiment.n_points >= cells:
        return Layout(replicates, experiment.n_points, scenarios, 1, cells, first)
    return Layout(replicates, experiment.n_points, scenarios, cells // experiment.n_points, experiment.n_points, first)


@lru_cache(maxsize=8)
def order_of_points(n_points: int, seed: int) -> npt.NDArray[np.int64]:
    """The points' numbers in the order in which they are run."""
    return np.random.default_rng([seed, n_points]).permutation(n_points)


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


@dataclass(frozen=True, eq=False)
class ShardRuns:
    """What the runs of a shard yield, in the plan's order.

    Attributes:
        shard: which.
        scenarios: each run's scenario, as its position in the experiment.
        points: each run's point; 0 without a design.
        replicates: each run's replicate.
        run_ids: each run's identity.
        totals: shape (runs, outcomes); NaN where a run failed.
        months: shape (runs whose months are kept, months, outcomes), those runs coming first.
        errors: a text for each run, None where it is in order.
        traces: for each run what is known beyond that, None where nothing is.
    """

    shard: Shard
    scenarios: npt.NDArray[np.int64]
    points: npt.NDArray[np.int64]
    replicates: npt.NDArray[np.int64]
    run_ids: tuple[str, ...]
    totals: Floats
    months: Floats
    errors: tuple[str | None, ...]
    traces: tuple[str | None, ...]

    @property
    def n_failed(self) -> int:
        """How many runs failed."""
        return sum(error is not None for error in self.errors)


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


def cells_with_months(experiment: Experiment, shard: Shard) -> int:
    """How many of a shard's cells keep their months: the first so many."""
    first_cell = (shard.replicates[0] - experiment.first_replicate) * experiment.n_points + shard.places.start
    kept = {"none": 0, "all": shard.cells}.get(experiment.monthly, SUMMARY_CELLS - first_cell)
    return min(max(kept, 0), shard.cells)


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


def merged(parts: Sequence[ShardRuns]) -> ShardRuns:
    """A shard that was computed in parts, given in order."""
    return ShardRuns(
        parts[0].shard,
        np.concatenate([part.scenarios for part in parts]),
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.replicates for part in parts]),
        tuple(run for part in parts for run in part.run_ids),
        np.concatenate([part.totals for part in parts]),
        np.concatenate([part.months for part in parts]),
        tuple(error for part in parts for error in part.errors),
        tuple(trace for part in parts for trace in part.traces),
    )


def all_failed(task: Task, error: str, trace: str) -> ShardRuns:
    """The runs of a task of which none can be had."""
    return compute(replace(task, set_aside={run.place: (error, trace) for run in task.runs()}))


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
        changes = {axis.column: float(value) for axis, value in point.items() if axis.part != "levers"}
        if (run.scenario, levers) not in self._scenarios:
            scenario = self._task.scenarios[run.scenario].scenario
            scenario = scenario.with_levers(dict(levers)) if levers else scenario
            self._scenarios[run.scenario, levers] = (scenario, scenario.policy_identity())
        scenario, policy = self._scenarios[run.scenario, levers]
        return _Variant(scenario, changes, policy)


def _no_months(task: Task, runs: int) -> Floats:
    months = task.scenarios[0].scenario.months
    return np.full((runs, months, len(task.outcomes)), np.nan)
