"""Runs an experiment: shard by shard, into a folder, so that whatever happens what is done stays done.

There is one way to run. Where a shard is computed, in what order and beside which others changes nothing in the results.
"""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ssa_sim.experiment.ask.layout import Layout
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.sessions import Session
from ssa_sim.experiment.keep.store import check_out, check_results, counts_in, finish, opened, take_apart
from ssa_sim.experiment.keep.sweep_folder import DamagedShardError, ShardFacts, SweepFolder
from ssa_sim.experiment.run.settings import Notify, RunSettings, computed, say
from ssa_sim.experiment.run.shards import Task, task_for
from ssa_sim.experiment.run.stages import first_stage, next_stage, precision_reached, said_by_first_stage


@dataclass(frozen=True)
class SweepProgress:
    """How far an experiment is, in runs: done in all, of them failed, and found done when this process began."""

    done: int
    planned: int
    failed: int
    found: int


Progress = Callable[[SweepProgress], None]
"""Called when runs have been put on the disk."""


class SweepInterruptedError(KeyboardInterrupt):
    """A signal ended a sweep before its last run; what is done is on the disk."""

    def __init__(self, standing: SweepProgress) -> None:
        """Say how far it came."""
        super().__init__(f"{standing.done} of {standing.planned} runs are done and kept.")
        self.standing = standing


def sweep(
    experiment: Experiment,
    out: Path,
    settings: RunSettings | None = None,
    *,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> SweepProgress:
    """Run what is missing of an experiment into a folder; arguments and errors as for `experiment.run`.

    SIGINT and SIGTERM let the shards in hand finish and keep them; a second one ends at once.

    Returns:
        How many runs there are and failed.
    """
    settings = RunSettings() if settings is None else settings
    settings.check()
    if check_out(out, experiment) and not _has_to_retry(out, settings):
        return _already_complete(out, notify)
    settings.prepare_here(notify)
    with (
        opened(out, experiment, engine=settings.engine, command=settings.command, tell=partial(say, notify)) as folder,
        _stop_on_signals(notify) as stopping,
    ):
        if folder.is_complete:
            if not _has_to_retry(out, settings):
                return _already_complete(out, notify)
            failed = counts_in(out).failed
            _tell_of_retry(failed, take_apart(experiment, folder), notify)
        if (warning := settings.warning(experiment)) is not None:
            say(notify, warning)
        session = Session(folder, settings.worked_by(), command=settings.command, tell=partial(say, notify))
        with contextlib.closing(session):
            return _run_to_the_end(SweepState(experiment, folder, settings, stopping, session, progress, notify))


def _has_to_retry(out: Path, settings: RunSettings) -> bool:
    """Whether there are failed runs in a finished folder that are to be made anew."""
    return settings.retry_failed and counts_in(out).failed > 0


def _tell_of_retry(failed: int, runs: int, notify: Notify | None) -> None:
    say(notify, f"{failed} failed runs are made anew, and with them what belongs to them: {runs} runs in all.")


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
        self.tell = partial(say, notify)
        self.done: dict[int, ShardFacts] = folder.done(self.tell)
        self.findings: dict[str, Any] = {}
        self._layouts: list[Layout] = [first_stage(experiment)]
        self._known_plan = counts_in(folder.path).planned
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
            self._folder.note_planned(self.standing().planned)
            self._run(more)
        self.findings = {
            "precision": precision_reached(self._experiment, self._folder, self._layouts, stages),
        }

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
        made = computed(tasks, len(missing), self._settings, self._stopping, self._session.notice, self.tell)
        with contextlib.closing(made):
            for runs in made:
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
        say(notify, "Stopping: what is in hand is finished and kept (once more to stop at once) ...")

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield seen.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _already_complete(out: Path, notify: Notify | None) -> SweepProgress:
    counts = check_results(out)
    say(notify, f"The results are already in {out}: nothing was computed.")
    return SweepProgress(done=counts.planned, planned=counts.planned, failed=counts.failed, found=counts.planned)
