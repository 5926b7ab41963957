"""Runs an experiment.

The replicate is the unit of work: its draws serve every scenario. Where a replicate is computed, in what
order and beside which others changes nothing in the results.
"""

import math
import os
import time
from collections.abc import Callable, Generator
from contextlib import closing
from functools import partial
from pathlib import Path

from ssa_sim.errors import InputError
from ssa_sim.experiment.assemble import assemble
from ssa_sim.experiment.experiment_file import load_experiment
from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.replicate import (
    ReplicateRequest,
    ReplicateRuns,
    ReplicateSimulator,
    compute_replicate,
    compute_replicates,
    failed_replicate,
)
from ssa_sim.experiment.results import Results
from ssa_sim.experiment.store import check_out, write_results
from ssa_sim.experiment.workers import Piece, run_in_workers
from ssa_sim.model.compiled import is_compiled
from ssa_sim.model.simulate import simulate_replicate, warm_up
from ssa_sim.model.version import MODEL_VERSION

Progress = Callable[[int, int], None]
"""Called with the number of runs done and the number of all runs."""
Notify = Callable[[str], None]
"""Called with one sentence for people."""

WORKER_START_SECONDS = 4.0
"""About what it takes to start worker processes and load the compiled model in them."""
_PIECE_SECONDS = 0.5
_LARGEST_PIECE = 50
_MOST_MONTHLY_BYTES = 4 * 2**30


def run_experiment(
    path: str | Path,
    out: str | Path | None = None,
    workers: int | None = None,
    *,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> Results:
    """Run the experiment that a TOML file describes and, if `out` names a folder, keep its results there.

    Args:
        path: the experiment file.
        out: result folder. It must not exist or be empty; if it already holds this experiment's results,
            they are read and nothing is computed.
        workers: worker processes; by default, as many as there are processors. Results do not depend on it.
        progress: called with (runs done, all runs).
        notify: called with sentences such as "Compiling the model ...".

    Raises:
        InputError: the file or the folder is not in order.
        WorkersCannotStartError: the calling script lacks an `if __name__ == "__main__":`.
    """
    experiment = load_experiment(Path(path))
    stored = check_out(Path(out), experiment) if out is not None else None
    if stored is not None:
        _tell(notify, f"The results are already in {out}: nothing was computed.")
        return stored
    results = run(experiment, workers=workers, progress=progress, notify=notify)
    if out is not None:
        write_results(results, Path(out))
    return results


def run(
    experiment: Experiment,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
    simulate: ReplicateSimulator = simulate_replicate,
    prepare: Callable[[], object] = warm_up,
    worker_start_seconds: float = WORKER_START_SECONDS,
) -> Results:
    """Run an experiment; a run that fails is a row that says why.

    Args:
        experiment: what to run.
        workers: worker processes; by default, as many as there are processors. They are started only if the
            first replicate, computed here, shows that they would save time.
        progress: called with (runs done, all runs).
        notify: called with sentences for people.
        simulate: what runs a replicate.
        prepare: what every process does first, this one before any other.
        worker_start_seconds: what starting the workers is taken to cost.

    Raises:
        InputError: a number of workers below one, or more monthly values than memory should hold.
    """
    crew = crew_of(workers)
    _check_memory(experiment)
    if prepare is warm_up:
        compile_model(notify)
    else:
        prepare()
    request = ReplicateRequest(
        scenarios=tuple(named.scenario for named in experiment.scenarios),
        seed=experiment.seed,
        outcomes=experiment.outcomes,
        keep_months=experiment.monthly != "none",
        simulate=simulate,
    )
    started = time.perf_counter()
    done: list[ReplicateRuns] = []
    with closing(_all_replicates(request, experiment.replicates, crew, prepare, worker_start_seconds)) as computed:
        _report(progress, experiment, 0)
        for replicate in computed:
            done.append(replicate)
            _report(progress, experiment, len(done))
    return assemble(experiment, done, engine="compiled", seconds=time.perf_counter() - started)


def crew_of(workers: int | None) -> int:
    """The number of workers asked for; by default, as many as there are processors.

    Raises:
        InputError: fewer than one is asked for.
    """
    crew = default_workers() if workers is None else workers
    if crew < 1:
        raise InputError(f"{crew} workers cannot do anything.", where="--workers", allowed="a whole number from 1")
    return crew


def default_workers() -> int:
    """As many as there are processors for this process to use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _all_replicates(
    request: ReplicateRequest,
    replicates: range,
    workers: int,
    prepare: Callable[[], object],
    worker_start_seconds: float,
) -> Generator[ReplicateRuns, None, None]:
    """Compute the first replicate here, and the others wherever that is quicker; any order."""
    started = time.perf_counter()
    first = compute_replicate(request, replicates[0])
    seconds_each = time.perf_counter() - started
    yield first
    rest = replicates[1:]
    saved = len(rest) * seconds_each * (1.0 - 1.0 / workers)
    if workers == 1 or len(rest) < 2 or saved < worker_start_seconds:
        for replicate in rest:
            yield compute_replicate(request, replicate)
        return
    pieces = _pieces(rest, seconds_each, workers)
    task = partial(compute_replicates, request)
    start = partial(prepare_worker, MODEL_VERSION, prepare)
    with closing(run_in_workers(task, pieces, workers=workers, prepare=start)) as finished:
        for piece, result in finished:
            if isinstance(result, Exception):
                yield from (failed_replicate(request, replicate, result) for replicate in piece)
            else:
                yield from result


def prepare_worker(model_version: str, prepare: Callable[[], object]) -> None:
    """Prepare a worker, after making sure that it has loaded the same model as its parent.

    Raises:
        RuntimeError: the model's sources have changed since the parent loaded them.
    """
    if model_version != MODEL_VERSION:
        raise RuntimeError("The model's source files were changed while the experiment ran; please run it again.")
    prepare()


def _report(progress: Progress | None, experiment: Experiment, replicates: int) -> None:
    if progress is not None:
        each = len(experiment.scenarios)
        progress(replicates * each, experiment.replications * each)


def _pieces(replicates: range, seconds_each: float, workers: int) -> list[Piece]:
    """Cut the replicates into pieces of about half a second, and at least four a worker."""
    by_time = round(_PIECE_SECONDS / max(seconds_each, 1e-6))
    size = max(1, min(by_time, _LARGEST_PIECE, math.ceil(len(replicates) / (4 * workers))))
    return [tuple(replicates[start : start + size]) for start in range(0, len(replicates), size)]


def _check_memory(experiment: Experiment) -> None:
    """Refuse to keep more months than memory should hold."""
    if experiment.monthly == "none":
        return
    values = experiment.replications * len(experiment.scenarios) * experiment.months * len(experiment.outcomes)
    if 8 * values > _MOST_MONTHLY_BYTES:
        raise InputError(
            f"Keeping the months of all runs would take {8 * values / 2**30:.0f} GiB of memory",
            allowed=f"{_MOST_MONTHLY_BYTES // 2**30} GiB: ask for fewer outcomes or replications, or for "
            'monthly = "none"',
        )


def compile_model(notify: Notify | None) -> None:
    """Load the compiled model, or compile it and say so, before any worker needs it."""
    if is_compiled():
        warm_up()
        return
    _tell(notify, "Compiling the model (once, after installation or a change of the model; about a minute) ...")
    seconds = warm_up()
    _tell(notify, f"Compiled in {seconds:.0f} s.")


def _tell(notify: Notify | None, sentence: str) -> None:
    if notify is not None:
        notify(sentence)
