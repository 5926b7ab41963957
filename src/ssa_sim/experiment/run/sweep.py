"""Runs an experiment: shard by shard, into a folder, so that whatever happens what is done stays done.

There is one way to run. Without a folder of its own an experiment is run into a temporary one. Where a shard is computed, in
what order and beside which others changes nothing in the results.
"""

import contextlib
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.ask.forecast import memory_needed
from ssa_sim.experiment.ask.layout import Layout
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.disk import explained
from ssa_sim.experiment.keep.manifest import read_manifest, with_planned
from ssa_sim.experiment.keep.reopening import reopen
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.keep.store import check_out, check_results, finish, load_results, opened
from ssa_sim.experiment.keep.sweep_folder import DamagedShardError, ShardFacts, SweepFolder
from ssa_sim.experiment.run.cluster import run_on_executor
from ssa_sim.experiment.run.crew import WorkerCare, refuse_to_begin_anew, run_in_workers
from ssa_sim.experiment.run.sessions import Session
from ssa_sim.experiment.run.shards import RunSimulator, Task, compute, task_for
from ssa_sim.experiment.run.stages import first_stage, next_stage, precision_reached, said_by_first_stage
from ssa_sim.model.simulate import Run, warm_up
from ssa_sim.model.variants import simulate_variant
from ssa_sim.scenario.schema import Scenario

WORKER_START_SECONDS = 4.0
"""About what it takes to start worker processes and load the compiled model in them."""


@dataclass(frozen=True)
class SweepProgress:
    """How far an experiment is, in runs: done in all, of them failed, and found done when this process began."""

    done: int
    planned: int
    failed: int
    found: int


Progress = Callable[[SweepProgress], None]
"""Called when runs have been put on the disk."""
Notify = Callable[[str], None]
"""Called with one sentence for people."""


class SweepInterruptedError(KeyboardInterrupt):
    """A signal ended a sweep before its last run; what is done is on the disk."""

    def __init__(self, standing: SweepProgress) -> None:
        """Say how far it came."""
        super().__init__(f"{standing.done} of {standing.planned} runs are done and kept.")
        self.standing = standing


@dataclass(frozen=True)
class RunSettings:
    """With what to run.

    Attributes:
        workers: worker processes; None: as many as there are processors.
        executor: an executor of the caller's in place of worker processes, and what says how many tasks to give it at a time.
        care: how workers are looked after.
        is_guarded: run in worker processes however little there is to do, so that no run can take this process down.
        simulate: what runs a run.
        prepare: what every process does first, this one before any other.
        worker_start_seconds: what starting the workers is taken to cost.
        engine: what the manifest says of what runs the model.
        command: what the manifest says would go on with it, if anything.
        cluster: what the manifest calls the executor.
        retry_failed: make shards with failed runs anew, on a finished folder too.
    """

    workers: int | None = None
    executor: tuple[Executor, Callable[[], int]] | None = None
    care: WorkerCare = field(default_factory=WorkerCare)
    is_guarded: bool = False
    simulate: RunSimulator = simulate_variant
    prepare: Callable[[], object] = warm_up
    worker_start_seconds: float = WORKER_START_SECONDS
    engine: str = "compiled"
    command: str = ""
    cluster: str = "an executor"
    retry_failed: bool = False

    def worked_by(self) -> dict[str, Any]:
        """What does the work, for the manifest."""
        return {"workers": crew_of(self.workers)} if self.executor is None else {"cluster": self.cluster}


def run_experiment(
    path: str | Path,
    out: str | Path | None = None,
    workers: int | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> Results:
    """Run what is missing of the experiment that a TOML file describes; if `out` names a folder, its results are kept there.

    Args:
        path: the experiment file.
        out: result folder. It must not exist or be empty, or hold this experiment's runs, all of them or some.
        workers: worker processes; by default, as many as there are processors. Results do not depend on it. With an
            executor, how many workers it has.
        executor: any `concurrent.futures.Executor` to run on in place of worker processes of our own; no time limit applies.
        progress: called with a `SweepProgress` whenever runs have been put on the disk.
        notify: called with sentences such as "Compiling the model ...".

    Raises:
        InputError: the file or the folder is not in order.
        WorkersCannotStartError: no worker process gets as far as taking up work; the calling script may lack an
            `if __name__ == "__main__":`.
        ExecutorError: the executor can do nothing more; what was done is kept.
    """
    crew = crew_of(workers)
    settings = RunSettings(workers=crew)
    if executor is not None:  # nobody knows whether it would start a process again that a time limit has ended
        settings = RunSettings(workers=crew, executor=(executor, lambda: 2 * crew), care=WorkerCare(seconds_a_run=None))
    return run(load_experiment(path), None if out is None else Path(out), settings, progress=progress, notify=notify)


def run(
    experiment: Experiment,
    out: Path | None = None,
    settings: RunSettings | None = None,
    *,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> Results:
    """Run what is missing of an experiment and read its results.

    Args:
        experiment: what to run.
        out: result folder; None: a temporary one, which is gone afterwards.
        settings: with what to run it.
        progress: called whenever runs have been put on the disk.
        notify: called with sentences for people.

    Raises:
        InputError: the folder cannot be used, or a number of workers below one.
        SweepInterruptedError: a signal ended it.
    """
    if out is not None:
        sweep(experiment, out, settings, progress=progress, notify=notify)
        return load_results(out)
    with explained(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="ssa_sim-") as folder:
        try:
            sweep(experiment, Path(folder) / "results", settings, progress=progress, notify=notify)
        except SweepInterruptedError:
            raise KeyboardInterrupt from None  # nothing is kept of what has no folder of its own
        return load_results(Path(folder) / "results")


def sweep(
    experiment: Experiment,
    out: Path,
    settings: RunSettings | None = None,
    *,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> SweepProgress:
    """Run what is missing of an experiment into a folder; arguments and errors as for `run`.

    SIGINT and SIGTERM let the shards in hand finish and keep them; a second one ends at once.

    Returns:
        How many runs there are and failed.
    """
    refuse_to_begin_anew()
    settings = RunSettings() if settings is None else settings
    crew_of(settings.workers)
    if check_out(out, experiment) and not _has_to_retry(out, settings):
        return _already_complete(out, notify)
    if settings.prepare is warm_up:
        compile_model(notify)
    else:
        settings.prepare()
    with (
        opened(
            out, experiment, engine=settings.engine, command=settings.command, tell=partial(_tell, notify)
        ) as folder,
        _stop_on_signals(notify) as stopping,
    ):
        if folder.is_complete:
            if not _has_to_retry(out, settings):
                return _already_complete(out, notify)
            _tell_of_retry(read_manifest(out).counts.failed, reopen(experiment, folder), notify)
        if settings.executor is None and (warning := memory_needed(experiment, crew_of(settings.workers)).warning()):
            _tell(notify, warning)
        session = Session(folder, settings.worked_by(), command=settings.command, tell=partial(_tell, notify))
        with contextlib.closing(session):
            return _run_to_the_end(SweepState(experiment, folder, settings, stopping, session, progress, notify))


def _has_to_retry(out: Path, settings: RunSettings) -> bool:
    """Whether there are failed runs in a finished folder that are to be made anew."""
    return settings.retry_failed and read_manifest(out).counts.failed > 0


def _tell_of_retry(failed: int, runs: int, notify: Notify | None) -> None:
    _tell(notify, f"{failed} failed runs are made anew, and with them what belongs to them: {runs} runs in all.")


def _run_to_the_end(state: "SweepState") -> SweepProgress:
    while True:
        state.run_what_is_missing()
        try:
            state.finish()
        except DamagedShardError as error:
            state.tell(f"Shard {error.number} has changed on the disk since it was written: it is made anew.")
            state.forget(error.number)
        else:
            return state.standing()


def keep_run(experiment: Experiment, made: Run, out: Path, *, engine: str) -> None:
    """Keep a run that has been made already as the results of an experiment that consists of it.

    Raises:
        InputError: the folder cannot be used.
    """

    def given(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
        return made.monthly.to_records(index=False)

    sweep(experiment, out, RunSettings(workers=1, simulate=given, prepare=lambda: None, engine=engine))


class SweepState:
    """Keeps a sweep's shards as they come, and knows what is missing.

    Attributes:
        done: the shards on the disk.
        findings: what the stages came to, if a precision was asked for, for the provenance.
    """

    def __init__(
        self,
        experiment: Experiment,
        folder: SweepFolder,
        settings: RunSettings,
        stopping: Callable[[], bool],
        session: Session,
        progress: Progress | None,
        notify: Notify | None,
    ) -> None:
        self._experiment = experiment
        self._folder = folder
        self._settings = settings
        self._stopping = stopping
        self._session = session
        self._progress = progress
        self.tell = partial(_tell, notify)
        self.done: dict[int, ShardFacts] = folder.done(self.tell)
        self.findings: dict[str, Any] = {}
        self._layouts: list[Layout] = [first_stage(experiment)]
        self._known_plan = read_manifest(folder.path).counts.planned
        if settings.retry_failed:
            self._forget_failed()
        self._found = sum(facts.runs for facts in self.done.values())

    def run_what_is_missing(self) -> None:
        """All stages; with a precision, what is there says whether there is another one."""
        for plan in self._layouts:
            self._run(plan)
        if self._experiment.precision is None:
            return
        stages = said_by_first_stage(self._experiment, self._folder, self._layouts[0])
        while (more := next_stage(self._experiment, self._folder, self._layouts, stages)) is not None:
            self._layouts.append(more)
            self._note_plan()
            self._run(more)
        self.findings = {
            "precision": precision_reached(self._experiment, self._folder, self._layouts, stages),
        }

    def _note_plan(self) -> None:
        """More runs may be needed than was known."""
        self._folder.write_manifest(with_planned(read_manifest(self._folder.path), self.standing().planned))

    def standing(self) -> SweepProgress:
        """How far it is."""
        planned = max(self._known_plan, sum(each.n_runs for each in self._layouts))
        return SweepProgress(
            done=min(planned, sum(facts.runs for facts in self.done.values())),
            planned=planned,
            failed=sum(facts.failed for facts in self.done.values()),
            found=self._found,
        )

    def finish(self) -> None:
        """Put all shards together; errors as for `store.finish`."""
        planned = {number for plan in self._layouts for number in plan.numbers}
        for number in sorted(self.done.keys() - planned):
            self._set_aside(number)
        finish(self._experiment, self._folder, self.done, self.tell, **self._session.provenance(), **self.findings)

    def _set_aside(self, number: int) -> None:
        """A shard that claims to be of this sweep, and is no part of its plan."""
        self._folder.set_aside(number, "is no part of this sweep's plan", self.tell)
        del self.done[number]

    def forget(self, number: int) -> None:
        """A shard has to be made anew."""
        self._folder.drop(number)
        del self.done[number]

    def _forget_failed(self) -> None:
        """Shards with failed runs have to be made anew, and with them all later stages, whose length follows from the first."""
        failed = [facts for facts in self.done.values() if facts.failed]
        first = self._layouts[0].numbers
        later = [facts for facts in self.done.values() if failed and not facts.failed and facts.number not in first]
        if failed:
            runs = sum(each.runs for each in failed + later)
            _tell_of_retry(sum(each.failed for each in failed), runs, self.tell)
            self._known_plan = self._layouts[0].n_runs
        for facts in failed + later:
            self.forget(facts.number)

    def _run(self, plan: Layout) -> None:
        for number in self.done.keys() & set(plan.numbers):
            if self.done[number].runs != plan.shard(number).cells * plan.n_scenarios:
                self._set_aside(number)
        self._report()
        missing = [number for number in plan.numbers if number not in self.done]
        tasks = self._tasks(plan, missing)
        computed = _computed(tasks, len(missing), self._settings, self._stopping, self._session.notice, self.tell)
        with contextlib.closing(computed) as finished:
            for runs in finished:
                self.done[runs.shard.number] = self._folder.keep(runs)
                self._session.note_time()
                self._report()
        if any(number not in self.done for number in missing):
            raise SweepInterruptedError(self.standing())

    def _tasks(self, plan: Layout, missing: Sequence[int]) -> Iterator[Task]:
        return (task_for(self._experiment, plan.shard(number), simulate=self._settings.simulate) for number in missing)

    def _report(self) -> None:
        if self._progress is not None:
            self._progress(self.standing())


def _computed(
    tasks: Iterator[Task],
    n_tasks: int,
    settings: RunSettings,
    stopping: Callable[[], bool],
    notice: Callable[[Mapping[str, str]], None],
    tell: Notify,
) -> Generator[ShardRuns, None, None]:
    """Compute tasks on the caller's executor, in worker processes, or here where that is quicker; any order."""
    if settings.executor is not None:
        executor, in_flight = settings.executor
        yield from run_on_executor(
            executor,
            tasks,
            in_flight=in_flight,
            prepare=settings.prepare,
            care=settings.care,
            stopping=stopping,
            notice=notice,
        )
        return
    workers = crew_of(settings.workers)
    if not settings.is_guarded:
        here = _computed_here(tasks, n_tasks, workers, settings.worker_start_seconds, stopping)
        yield from here
    yield from run_in_workers(
        tasks, workers=workers, prepare=settings.prepare, care=settings.care, stopping=stopping, tell=tell
    )


def _computed_here(
    tasks: Iterator[Task], n_tasks: int, workers: int, start_seconds: float, stopping: Callable[[], bool]
) -> Generator[ShardRuns, None, None]:
    """Compute tasks in this process, until the rest would be done sooner by worker processes."""
    started = time.perf_counter()
    for done, task in enumerate(tasks, 1):
        yield compute(task)
        saved = (time.perf_counter() - started) / done * (n_tasks - done) * (1.0 - 1.0 / workers)
        if stopping() or (workers > 1 and n_tasks - done > 1 and saved >= start_seconds):
            return


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


def compile_model(notify: Notify | None) -> None:
    """Load the compiled model, or compile it and say so, before any worker needs it."""
    is_compiling = threading.Event()

    def compiling() -> None:
        is_compiling.set()
        _tell(notify, "Compiling the model (once, after installation or a change of the model; about a minute) ...")

    def waiting() -> None:
        _tell(notify, "Another process is compiling the model: waiting for it ...")

    seconds = warm_up(compiling, waiting)
    if is_compiling.is_set():
        _tell(notify, f"Compiled in {seconds:.0f} s.")


@contextlib.contextmanager
def _stop_on_signals(notify: Notify | None) -> Iterator[Callable[[], bool]]:
    """While it lasts, the first SIGINT or SIGTERM is noted, and the second ends the process as it would anyway."""
    seen = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield seen.is_set
        return

    def note(number: int, frame: object) -> None:
        if seen.is_set():
            raise KeyboardInterrupt
        seen.set()
        _tell(notify, "Stopping: what is in hand is finished and kept (once more to stop at once) ...")

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield seen.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _already_complete(out: Path, notify: Notify | None) -> SweepProgress:
    counts = check_results(out)
    _tell(notify, f"The results are already in {out}: nothing was computed.")
    return SweepProgress(done=counts.planned, planned=counts.planned, failed=counts.failed, found=counts.planned)


def _tell(notify: Notify | None, sentence: str) -> None:
    if notify is not None:
        notify(sentence)
