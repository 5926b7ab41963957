"""Runs a scenario with every subset of its mechanisms switched on, all on the same draws.

`n` mechanisms make 2^n subsets. The unit of work is a block of subsets in one replicate: small enough that the
work is shared evenly and progress can be shown, large enough that drawing the replicate's noise once a block
costs next to nothing.
"""

import hashlib
import json
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from ssa_sim.errors import InputError
from ssa_sim.experiment.assemble import assemble
from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.replicate import ReplicateRequest, ReplicateRuns, ReplicateSimulator, compute_replicate
from ssa_sim.experiment.runner import (
    WORKER_START_SECONDS,
    Notify,
    Progress,
    compile_model,
    crew_of,
    prepare_worker,
)
from ssa_sim.experiment.workers import run_in_workers
from ssa_sim.model.simulate import simulate_replicate, warm_up
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.catalogue import mechanism_catalogue
from ssa_sim.scenario.paths import nearest
from ssa_sim.scenario.schema import Scenario

Floats = npt.NDArray[np.float64]

MOST_MECHANISMS = 16
"""Beyond it the subsets no longer fit a coffee break, nor their runs memory."""
LARGEST_BLOCK = 64
"""Subsets that are run together: about half a second's work."""


@dataclass(frozen=True)
class SubsetPlan:
    """What to run.

    Attributes:
        experiment: the scenario as it is, alone, with replications, seed and outcomes to keep; no months.
        mechanisms: names of those that are switched; bit i of a subset's number says whether the i-th acts.

    Raises:
        InputError: a mechanism is unknown, named twice or off in the scenario, or there are too many or none.
    """

    experiment: Experiment
    mechanisms: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be decomposed."""
        if len(self.experiment.scenarios) != 1:
            raise ValueError("One scenario is decomposed at a time.")
        _check_mechanisms(self.mechanisms, self.scenario)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it is: every mechanism of the plan acts."""
        return self.experiment.scenarios[0].scenario

    @property
    def n_subsets(self) -> int:
        """How many subsets there are, none and all included."""
        return 1 << len(self.mechanisms)

    @property
    def n_runs(self) -> int:
        """How many runs the plan asks for."""
        return self.n_subsets * self.experiment.replications

    def identity(self) -> str:
        """Hash of everything that determines the results, the model's version included."""
        content = json.dumps([self.experiment.identity(), self.mechanisms])
        return hashlib.sha256(content.encode()).hexdigest()

    def scenario_with(self, subset: int) -> Scenario:
        """The scenario in which only this subset of the plan's mechanisms acts; other mechanisms are as they were."""
        return self.scenario.with_mechanisms(
            {name: bool(subset >> bit & 1) for bit, name in enumerate(self.mechanisms)}
        )


@dataclass(frozen=True, eq=False)
class SubsetRuns:
    """What the runs yield.

    Attributes:
        plan: what was run.
        values: shape (replicates, subsets, outcomes), in the plan's order and each outcome's unit; NaN where
            an outcome is not defined or the run failed.
        errors: for each failed run its replicate, its subset, and why.
        provenance: what they were made with: resolved scenario, versions, platform, time.
    """

    plan: SubsetPlan
    values: Floats
    errors: tuple[tuple[int, int, str], ...]
    provenance: Mapping[str, object]

    def of(self, outcome: str) -> Floats:
        """One outcome, shape (replicates, subsets).

        Raises:
            ValueError: it was not kept.
        """
        return self.values[:, :, self.plan.experiment.outcomes.index(outcome)]


def mechanisms_acting(scenario: Scenario) -> tuple[str, ...]:
    """The names of the mechanisms that are on in a scenario, in the catalogue's order."""
    return tuple(entry.path for entry in mechanism_catalogue() if getattr(scenario.mechanisms, entry.path))


def run_subsets(
    plan: SubsetPlan,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
    simulate: ReplicateSimulator = simulate_replicate,
    prepare: Callable[[], object] = warm_up,
    worker_start_seconds: float = WORKER_START_SECONDS,
) -> SubsetRuns:
    """Run every subset in every replicate; a run that fails is a NaN with a reason.

    Args:
        plan: what to run.
        workers: worker processes; by default, as many as there are processors. They are started only if the
            first block, computed here, shows that they would save time. Results do not depend on them.
        progress: called with (runs done, all runs).
        notify: called with sentences for people.
        simulate: what runs a replicate.
        prepare: what every process does first, this one before any other.
        worker_start_seconds: what starting the workers is taken to cost.

    Raises:
        InputError: a number of workers below one.
        WorkersCannotStartError: the calling script lacks an `if __name__ == "__main__":`.
    """
    crew = crew_of(workers)
    if prepare is warm_up:
        compile_model(notify)
    else:
        prepare()
    started = time.perf_counter()
    blocks: dict[int, ReplicateRuns] = {}
    task = partial(_compute_blocks, plan, simulate)
    size = _block_size(plan)
    if progress is not None:
        progress(0, plan.n_runs)
    with closing(_all_blocks(task, _n_blocks(plan), crew, prepare, worker_start_seconds)) as computed:
        for number, block in computed:
            blocks[number] = block if isinstance(block, ReplicateRuns) else _failed(plan, number, block)
            if progress is not None:
                progress(len(blocks) * size, plan.n_runs)
    return _put_together(plan, [blocks[number] for number in sorted(blocks)], time.perf_counter() - started)


Blocks = list[tuple[int, ReplicateRuns]]


def _compute_blocks(plan: SubsetPlan, simulate: ReplicateSimulator, numbers: Sequence[int]) -> Blocks:
    """Compute some blocks of the plan, by number."""
    return [(number, _compute_block(plan, simulate, number)) for number in numbers]


def _compute_block(plan: SubsetPlan, simulate: ReplicateSimulator, number: int) -> ReplicateRuns:
    replicate, subsets = _place(plan, number)
    request = ReplicateRequest(
        scenarios=tuple(plan.scenario_with(subset) for subset in subsets),
        seed=plan.experiment.seed,
        outcomes=plan.experiment.outcomes,
        keep_months=False,
        simulate=simulate,
    )
    return compute_replicate(request, replicate)


def _block_size(plan: SubsetPlan) -> int:
    return min(plan.n_subsets, LARGEST_BLOCK)


def _n_blocks(plan: SubsetPlan) -> int:
    return plan.n_runs // _block_size(plan)


def _place(plan: SubsetPlan, number: int) -> tuple[int, range]:
    """The replicate and the subsets of a block. Both are powers of two, so that blocks fill replicates exactly."""
    size = _block_size(plan)
    index, block = divmod(number, plan.n_subsets // size)
    return plan.experiment.replicates[index], range(block * size, (block + 1) * size)


def _all_blocks(
    task: Callable[[Sequence[int]], Blocks],
    n_blocks: int,
    workers: int,
    prepare: Callable[[], object],
    worker_start_seconds: float,
) -> Generator[tuple[int, ReplicateRuns | Exception], None, None]:
    """Compute the first block here, and the others wherever that is quicker; any order."""
    started = time.perf_counter()
    first = task([0])
    seconds_each = time.perf_counter() - started
    yield from first
    rest = range(1, n_blocks)
    saved = len(rest) * seconds_each * (1.0 - 1.0 / workers)
    if workers == 1 or len(rest) < 2 or saved < worker_start_seconds:
        for number in rest:
            yield from task([number])
        return
    start = partial(prepare_worker, MODEL_VERSION, prepare)
    pieces = [(number,) for number in rest]
    with closing(run_in_workers(task, pieces, workers=workers, prepare=start)) as finished:
        for piece, result in finished:
            if isinstance(result, Exception):
                yield from ((number, result) for number in piece)
            else:
                yield from result


def _failed(plan: SubsetPlan, number: int, error: Exception) -> ReplicateRuns:
    """A block of which nothing came back."""
    replicate, subsets = _place(plan, number)
    text = " ".join(f"{type(error).__name__}: {error}".split())
    totals = np.full((len(subsets), len(plan.experiment.outcomes)), np.nan)
    return ReplicateRuns(replicate, totals, None, (text,) * len(subsets))


def _put_together(plan: SubsetPlan, blocks: Sequence[ReplicateRuns], seconds: float) -> SubsetRuns:
    """The results from all blocks in order."""
    shape = (plan.experiment.replications, plan.n_subsets, len(plan.experiment.outcomes))
    values = np.concatenate([block.totals for block in blocks]).reshape(shape)
    errors = [error for block in blocks for error in block.errors]
    failed = tuple(
        (plan.experiment.replicates[place // plan.n_subsets], place % plan.n_subsets, error)
        for place, error in enumerate(errors)
        if error is not None
    )
    last = plan.n_subsets - 1
    whole = [
        ReplicateRuns(replicate, values[index, last:], None, (errors[index * plan.n_subsets + last],))
        for index, replicate in enumerate(plan.experiment.replicates)
    ]
    as_it_is = assemble(plan.experiment, whole, engine="compiled", seconds=seconds)
    return SubsetRuns(plan=plan, values=values, errors=failed, provenance=as_it_is.provenance)


def _check_mechanisms(names: Iterable[str], scenario: Scenario) -> None:
    given = list(names)
    known = [entry.path for entry in mechanism_catalogue()]
    acting = mechanisms_acting(scenario)
    if not 1 <= len(given) <= MOST_MECHANISMS:
        raise InputError(
            f"{len(given)} mechanisms cannot be decomposed.", where="--mechanisms", allowed=f"1 to {MOST_MECHANISMS}"
        )
    for name in given:
        if name not in known:
            near = nearest(name, known)
            hint = f' Did you mean "{near}"?' if near else ""
            raise InputError(f'There is no mechanism "{name}".{hint}', where="--mechanisms", allowed=known)
        if name not in acting:
            raise InputError(f'The scenario has the mechanism "{name}" off.', where="--mechanisms", allowed=acting)
        if given.count(name) > 1:
            raise InputError(f'The mechanism "{name}" is named twice.', where="--mechanisms")
