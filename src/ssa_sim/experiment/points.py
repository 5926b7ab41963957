"""Runs a list of design points: one scenario with other values for uncertainties, levers or both, on common random numbers.

The unit of work is a block of points with all their replicates. Which process computes a block, and beside which others,
changes nothing in the results; what is kept is one number for each point, replicate and outcome.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from ssa_sim.errors import InputError
from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.runner import Notify, Progress, compile_model, crew_of, prepare_worker
from ssa_sim.experiment.workers import Piece, run_in_workers
from ssa_sim.model.simulate import summarise, warm_up
from ssa_sim.model.start import noise_for
from ssa_sim.model.variants import run_variant
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.catalogue import ParameterValue
from ssa_sim.scenario.overrides import checked_overrides
from ssa_sim.scenario.problems import Problem, allowed_values, refusal, shown
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.sections import LEVERS, UNCERTAINTIES
from ssa_sim.scenario.unknown_names import unknown_parameter

Floats = npt.NDArray[np.float64]
Point = Mapping[str, ParameterValue]
"""From the paths of uncertainties and levers to values; whatever is not named is as in the scenario."""

RUNS_WORTH_WORKERS = 1000
"""Fewer runs are done sooner here than worker processes start."""
_RUNS_A_BLOCK = 256


@dataclass(frozen=True)
class PointRuns:
    """What came of the points.

    Attributes:
        values: each run's outcomes, shape (points, replicates, outcomes); NaN where an outcome is not defined, or the run
            failed.
        errors: from (point, replicate) to why that run failed.
    """

    values: Floats
    errors: Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class PointRequest:
    """All points in a form that travels well between processes.

    Attributes:
        scenarios: the scenario with the levers of each sort of point, each sort once.
        sorts: for each point, which of `scenarios` is its own, shape (points,).
        paths: the uncertainties that some point names.
        uncertainties: their values, shape (points, paths); NaN: as in the scenario.
        replicates: the replicates' numbers.
        seed: root seed.
        outcomes: names of the outcomes to keep.
        block: points in a block.
    """

    scenarios: tuple[Scenario, ...]
    sorts: npt.NDArray[np.int64]
    paths: tuple[str, ...]
    uncertainties: Floats
    replicates: range
    seed: int
    outcomes: tuple[str, ...]
    block: int

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return -(-len(self.sorts) // self.block)

    def points_in(self, block: int) -> range:
        """The points of a block."""
        return range(block * self.block, min((block + 1) * self.block, len(self.sorts)))


def run_points(
    experiment: Experiment,
    points: Sequence[Point],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> PointRuns:
    """Run every point in every replicate.

    Args:
        experiment: its one scenario is what the points change; its replications, seed and outcomes hold for all points.
        points: what to run; a point that names a lever holds it for the whole period (`Scenario.with_levers`).
        workers: worker processes; by default, as many as there are processors. Results do not depend on it.
        progress: called with (runs done, all runs).
        notify: called with sentences for people.

    Raises:
        InputError: a name is unknown, a value not allowed, or there are fewer than one worker, no point, several scenarios.
    """
    crew = crew_of(workers)
    request = _request(experiment, points)
    compile_model(notify)
    shape = (len(points), experiment.replications, len(experiment.outcomes))
    values = np.full(shape, np.nan)
    errors: dict[tuple[int, int], str] = {}
    done, runs = 0, shape[0] * shape[1]
    _report(progress, done, runs)
    for block, result in _all_blocks(request, crew if runs >= RUNS_WORTH_WORKERS else 1):
        inside = request.points_in(block)
        if isinstance(result, Exception):
            text = f"{type(result).__name__}: {result}"
            errors.update({(point, replicate): text for point in inside for replicate in request.replicates})
        else:
            values[inside.start : inside.stop] = result.values
            errors.update(result.errors)
        done += len(inside) * shape[1]
        _report(progress, done, runs)
    return PointRuns(values, dict(sorted(errors.items())))


def compute_block(request: PointRequest, block: int) -> PointRuns:
    """Run the points of one block; a run that raises is NaN and says why."""
    inside = request.points_in(block)
    values = np.full((len(inside), len(request.replicates), len(request.outcomes)), np.nan)
    errors = {}
    for r, replicate in enumerate(request.replicates):
        noises: dict[tuple[int, int], Any] = {}
        for p, point in enumerate(inside):
            scenario = request.scenarios[request.sorts[point]]
            size = (scenario.size.units, scenario.months)  # donors are the same in all scenarios of a request
            if size not in noises:
                noises[size] = noise_for(scenario, seed=request.seed, replicate=replicate)
            try:
                summary = summarise(run_variant(scenario, noises[size], _uncertainties_of(request, point)))
            except Exception as error:
                errors[point, replicate] = " ".join(f"{type(error).__name__}: {error}".split())
            else:
                values[p, r] = [summary[name] for name in request.outcomes]
    return PointRuns(values, errors)


def _uncertainties_of(request: PointRequest, point: int) -> dict[str, float]:
    given = zip(request.paths, request.uncertainties[point].tolist(), strict=True)
    return {path: value for path, value in given if value == value}  # NaN is not equal to itself


def _compute_piece(request: PointRequest, piece: Piece) -> PointRuns:
    (block,) = piece
    return compute_block(request, block)


def _all_blocks(request: PointRequest, workers: int) -> Iterator[tuple[int, PointRuns | Exception]]:
    if workers == 1 or request.blocks == 1:
        for block in range(request.blocks):
            yield block, compute_block(request, block)
        return
    task: Callable[[Piece], PointRuns] = partial(_compute_piece, request)
    start = partial(prepare_worker, MODEL_VERSION, warm_up)
    pieces = [(block,) for block in range(request.blocks)]
    with closing(run_in_workers(task, pieces, workers=workers, prepare=start)) as finished:
        for (block,), result in finished:
            yield block, result


def _request(experiment: Experiment, points: Sequence[Point]) -> PointRequest:
    """The points, checked.

    Raises:
        InputError: as for `run_points`.
    """
    if len(experiment.scenarios) != 1:
        raise InputError("Design points change one scenario; this experiment has several.")
    if not points:
        raise InputError("There is no point to run.")
    uncertain = UNCERTAINTIES.entries()
    paths = tuple(dict.fromkeys(path for point in points for path in point if path in uncertain))
    column = {path: number for number, path in enumerate(paths)}
    values = np.full((len(points), len(paths)), np.nan)
    sorts = np.zeros(len(points), np.int64)
    numbers: dict[tuple[tuple[str, ParameterValue], ...], int] = {}
    for p, point in enumerate(points):
        levers = []
        for path, value in point.items():
            if path in column:
                values[p, column[path]] = _number(path, value)
            else:
                levers.append((path, _lever(path, value)))
        sorts[p] = numbers.setdefault(tuple(sorted(levers)), len(numbers))
    _check_ranges(paths, values)
    scenario = experiment.scenarios[0].scenario
    return PointRequest(
        scenarios=tuple(scenario.with_levers(dict(levers)) for levers in numbers),
        sorts=sorts,
        paths=paths,
        uncertainties=values,
        replicates=experiment.replicates,
        seed=experiment.seed,
        outcomes=experiment.outcomes,
        block=max(1, _RUNS_A_BLOCK // experiment.replications),
    )


def _number(path: str, value: ParameterValue) -> float:
    if isinstance(value, bool | str) or not np.isfinite(value):
        raise _not_allowed(path, value)
    return float(value)


def _lever(path: str, value: ParameterValue) -> ParameterValue:
    if path not in LEVERS.entries():
        raise refusal([unknown_parameter(LEVERS, path, value, ())])
    return checked_overrides(LEVERS, {path: value})[path]


def _check_ranges(paths: Sequence[str], values: Floats) -> None:
    """Refuse the first value outside its range."""
    for path, column in zip(paths, values.T, strict=True):
        entry = UNCERTAINTIES.entries()[path]
        low = -np.inf if entry.low is None else entry.low
        high = np.inf if entry.high is None else entry.high
        outside = column[(column < low) | (column > high)]
        if outside.size:
            raise _not_allowed(path, float(outside[0]))


def _not_allowed(path: str, value: ParameterValue) -> InputError:
    entry = UNCERTAINTIES.entries()[path]
    return refusal([Problem(f'"{path}" is {shown(value)}, which is not allowed', allowed_values(entry))])


def _report(progress: Progress | None, done: int, runs: int) -> None:
    if progress is not None:
        progress(done, runs)
