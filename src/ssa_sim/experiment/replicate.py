"""One replicate: every scenario of an experiment, run on the same draws."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ssa_sim.model.simulate import summarise
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]


class ReplicateSimulator(Protocol):
    """Runs all scenarios in one replicate: `ssa_sim.model.simulate.simulate_replicate`, or one that stands
    in."""

    def __call__(self, scenarios: Sequence[Scenario], *, seed: int, replicate: int) -> Sequence[np.recarray[Any, Any]]:
        """One structured array a scenario: an element a month, a float64 field an outcome."""
        ...


@dataclass(frozen=True)
class ReplicateRequest:
    """What to run in a replicate and what to keep; it can be sent to another process.

    Attributes:
        scenarios: all of one period.
        seed: root seed.
        outcomes: names of the outcomes to keep.
        keep_months: whether the months are wanted, beside each run's outcome.
        simulate: what runs it.
    """

    scenarios: tuple[Scenario, ...]
    seed: int
    outcomes: tuple[str, ...]
    keep_months: bool
    simulate: ReplicateSimulator


@dataclass(frozen=True)
class ReplicateRuns:
    """What one replicate yields.

    Attributes:
        replicate: its number.
        totals: each run's outcomes, shape (scenarios, outcomes); NaN where a run failed.
        histories: each run's months, shape (scenarios, months, outcomes), NaN where a run failed; None if
            not wanted.
        errors: a text for each scenario, None where its run is in order.
    """

    replicate: int
    totals: Floats
    histories: Floats | None
    errors: tuple[str | None, ...]


def compute_replicates(request: ReplicateRequest, replicates: Sequence[int]) -> list[ReplicateRuns]:
    """Compute several replicates, one after the other."""
    return [compute_replicate(request, replicate) for replicate in replicates]


def compute_replicate(request: ReplicateRequest, replicate: int) -> ReplicateRuns:
    """Run all scenarios; if that raises, run each by itself, so that only those that fail are failed."""
    try:
        return _succeeded(request, replicate)
    except Exception as error:
        if len(request.scenarios) == 1:
            return failed_replicate(request, replicate, error)
    alone = [compute_replicate(replace(request, scenarios=(one,)), replicate) for one in request.scenarios]
    histories = [one.histories for one in alone if one.histories is not None]
    return ReplicateRuns(
        replicate,
        np.concatenate([one.totals for one in alone]),
        np.concatenate(histories) if histories else None,
        tuple(error for one in alone for error in one.errors),
    )


def failed_replicate(request: ReplicateRequest, replicate: int, error: Exception) -> ReplicateRuns:
    """A replicate of which every run failed for the same reason."""
    shape = (len(request.scenarios), request.scenarios[0].months, len(request.outcomes))
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return ReplicateRuns(
        replicate,
        np.full((shape[0], shape[2]), np.nan),
        np.full(shape, np.nan) if request.keep_months else None,
        (text,) * shape[0],
    )


def _succeeded(request: ReplicateRequest, replicate: int) -> ReplicateRuns:
    histories = request.simulate(request.scenarios, seed=request.seed, replicate=replicate)
    summaries = [summarise(history) for history in histories]
    return ReplicateRuns(
        replicate,
        np.array([[summary[name] for name in request.outcomes] for summary in summaries], np.float64),
        np.stack([_columns(history, request.outcomes) for history in histories]) if request.keep_months else None,
        (None,) * len(histories),
    )


def _columns(history: np.recarray[Any, Any], outcomes: Sequence[str]) -> Floats:
    """The wanted fields side by side, shape (months, outcomes)."""
    return np.stack([np.asarray(history[name], np.float64) for name in outcomes], axis=-1)
