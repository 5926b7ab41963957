"""What a sweep will take: runs, disk, memory and time, before the first run."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ssa_sim.experiment.ask.layout import SUMMARY_CELLS, cells_with_months, layout
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.model.variants import bytes_of_kept_draws

_BYTES_A_VALUE = 9
"""Of a number in a Parquet file: outcomes hardly compress."""
_BYTES_A_ROW = 60
_BYTES_A_SUMMARY = 55
"""Of an outcome in a month, with its quantiles."""
_BYTES_BESIDE = 2_000_000
_BYTES_A_PROCESS = 330_000_000
"""Of Python with the compiled model and the libraries that it needs, as measured on Linux."""
_COPIES_OF_A_SHARD = 3
"""While it is handed over."""
_MUCH_OF_THE_MEMORY = 0.5
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where Linux says how much a container or a batch job may use."""


@dataclass(frozen=True)
class Disk:
    """Bytes that results take.

    Attributes:
        runs: the table of runs.
        summary: the table of means and quantiles by month.
        trajectories: the months of runs, which shards keep while the sweep lasts.
        are_trajectories_kept: whether they are a table in the end, too.
        design: the table of the design's points.
    """

    runs: int
    summary: int
    trajectories: int
    are_trajectories_kept: bool
    design: int

    @property
    def months(self) -> int:
        """The tables of months, in the end."""
        return self.summary + (self.trajectories if self.are_trajectories_kept else 0)

    @property
    def in_the_end(self) -> int:
        """When the sweep is complete."""
        return self.runs + self.months + self.design + _BYTES_BESIDE

    @property
    def at_most(self) -> int:
        """While shards and tables stand side by side; a summary is made from a table of trajectories."""
        return 2 * (self.runs + self.trajectories) + self.summary + self.design + _BYTES_BESIDE


def disk_needed(experiment: Experiment) -> Disk:
    """About how much room the results take, in bytes."""
    axes = 0 if experiment.design is None else len(experiment.design.axes)
    replications = experiment.replications if experiment.precision is None else experiment.precision.maximum
    cells = replications * experiment.n_points
    runs = cells * len(experiment.scenarios)
    values = len(experiment.outcomes)
    kept = {"none": 0, "all": cells}.get(experiment.monthly, min(cells, SUMMARY_CELLS))
    rows = len(experiment.scenarios) * experiment.months * values
    return Disk(
        runs=runs * (_BYTES_A_ROW + (values + axes) * _BYTES_A_VALUE),
        summary=rows * _BYTES_A_SUMMARY if experiment.monthly != "none" else 0,
        trajectories=kept * rows * _BYTES_A_VALUE,
        are_trajectories_kept=experiment.monthly == "all",
        design=experiment.n_points * axes * _BYTES_A_VALUE,
    )


@dataclass(frozen=True)
class Memory:
    """Bytes of memory that a sweep takes, about.

    Attributes:
        worker: each worker process, at most.
        workers: how many there are.
        machine: what this process and those that it starts may use; None: the system does not say.
    """

    worker: int
    workers: int
    machine: int | None

    @property
    def in_all(self) -> int:
        """All workers together."""
        return self.worker * self.workers

    def __str__(self) -> str:
        """What each takes, and all."""
        all_of_them = f", {self.workers} of them {self.in_all / 1e9:,.1f} GB" if self.workers > 1 else ""
        there = "" if self.machine is None else f" (there are {self.machine / 1e9:,.1f} GB)"
        return f"a worker takes about {self.worker / 1e9:,.1f} GB{all_of_them}{there}"

    def warning(self) -> str | None:
        """What people should know before it begins, in a sentence or two; None where there is plenty."""
        if self.machine is None or self.in_all < _MUCH_OF_THE_MEMORY * self.machine:
            return None
        if self.in_all <= self.machine:
            return f"Memory: {self}."
        fit = int(self.machine // self.worker)
        advice = f"at most {fit} workers fit" if fit > 1 else "one worker fits" if fit else "not even one worker fits"
        return (
            f"Memory: {self}. That is more than there is: {advice}, and workers without memory are ended by the system."
        )


def memory_needed(experiment: Experiment, workers: int) -> Memory:
    """About how much memory so many workers take: draws of many units and months are what makes it much."""
    plan = layout(experiment)
    shard = plan.shard(plan.first)
    rows = shard.cells + experiment.months * cells_with_months(experiment, shard)
    results = 8 * rows * len(experiment.scenarios) * len(experiment.outcomes)
    draws = max(bytes_of_kept_draws(named.scenario) for named in experiment.scenarios)
    worker = _BYTES_A_PROCESS + draws + _COPIES_OF_A_SHARD * results
    return Memory(worker, min(workers, len(plan)), machine_memory())


def machine_memory() -> int | None:
    """Bytes of memory that this machine has, or that this process is allowed to use where that is less."""
    found = []
    with suppress(AttributeError, OSError, ValueError):  # there is no such question on Windows
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for limit in _LIMITS:
        with suppress(OSError, ValueError):  # "max" is no number
            found.append(int(limit.read_text()))
    return min(found, default=None)


@dataclass(frozen=True)
class Forecast:
    """What a sweep will take.

    Attributes:
        runs: in all; of the first stage, if there are two.
        done: of them, in the folder already.
        shards: that they are cut into.
        seconds_a_run: in one process, as measured.
        seconds: for those that are not done.
        disk: in bytes.
        design_memory: bytes that the design's points take in memory, in the process that is started and no other.
        memory: that workers take.
    """

    runs: int
    done: int
    shards: int
    seconds_a_run: float
    seconds: float
    disk: Disk
    design_memory: int
    memory: Memory

    def as_object(self) -> dict[str, object]:
        """Plain values, for programs."""
        return {
            "runs": self.runs,
            "runs_done": self.done,
            "shards": self.shards,
            "seconds_a_run": self.seconds_a_run,
            "seconds": self.seconds,
            "disk_bytes": self.disk.in_the_end,
            "disk_bytes_at_most": self.disk.at_most,
            "monthly_bytes": self.disk.months,
            "design_memory_bytes": self.design_memory,
            "worker_memory_bytes": self.memory.worker,
            "machine_memory_bytes": self.memory.machine,
        }


def forecast(experiment: Experiment, workers: int, seconds_a_run: float, *, done: int = 0) -> Forecast:
    """What an experiment will take on so many workers, with some runs done.

    Args:
        experiment: what is to be run.
        workers: worker processes.
        seconds_a_run: what one run takes in one process, as measured.
        done: runs that the folder holds already.
    """
    plan = layout(experiment)
    missing = max(plan.n_runs - done, 0)
    design = 0 if experiment.design is None else experiment.design.points.nbytes
    disk, memory = disk_needed(experiment), memory_needed(experiment, workers)
    return Forecast(
        plan.n_runs, done, len(plan), seconds_a_run, missing * seconds_a_run / workers, disk, design, memory
    )
