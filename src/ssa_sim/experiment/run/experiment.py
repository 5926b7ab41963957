"""A whole experiment run and read: from its file, or from an `Experiment`."""

import tempfile
from concurrent.futures import Executor
from pathlib import Path

from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.disk import explained
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.settings import Notify, RunSettings, crew_of
from ssa_sim.experiment.run.sweep import Progress, SweepInterruptedError, sweep
from ssa_sim.experiment.run.worker import WorkerCare


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
