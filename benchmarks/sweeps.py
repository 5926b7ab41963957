"""What sweeps cost beside the runs themselves: time, memory, disk.

    python -m benchmarks.sweeps                   # all of it: half an hour or so
    python -m benchmarks.sweeps efficiency        # or one section: efficiency, memory, disk
    python -m benchmarks.sweeps memory --most 1000000

Efficiency is the time of a sweep on so many workers over that of the same runs in a plain loop of one process, divided by the
workers; each is run in turn, several times, in processes of their own. Memory is the peak of each process as the system keeps
it, over sweeps of growing size whose runs cost next to nothing: by more replications of a few points, and by more points over
several axes. Times mean something only while nothing else is running. The exit status is 1 if an aim of efficiency is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.processes import memory_of, workers_of
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.experiment.ask.design import Axis, make_design
from ssa_sim.experiment.ask.forecast import disk_needed
from ssa_sim.experiment.ask.layout import layout
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.shards import task_for
from ssa_sim.experiment.run.sweep import sweep
from ssa_sim.model.history import summarise
from ssa_sim.model.simulate import warm_up
from ssa_sim.model.variants import simulate_variant
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario

BASELINE = Path(__file__).parent.parent / "scenarios" / "baseline.toml"
POINTS = 10
SIZES = (10_000, 30_000, 100_000, 300_000)
MOST_TIME = 1.15
"""The aim for the time of a sweep, over that of a plain loop divided by the workers."""
LEAST_SCALING = 1.8
"""The aim for the time on one worker over that on two."""
AXES = (
    Axis("uncertainties", "turnover.reassignment_rate", None, 0.005, 0.04),
    Axis("uncertainties", "calendar.clarity_lost", None, 0.1, 0.8),
    Axis("uncertainties", "calendar.clarity_speed", None, 0.03, 0.2),
    Axis("uncertainties", "calendar.entry_rate", None, 0.02, 0.2),
    Axis("uncertainties", "security.grievance_north", None, 0.4, 0.8),
)
_WATCH_SECONDS = 0.1
_HISTORY = np.dtype([(outcome.name, np.float64) for outcome in OUTCOMES])
_STEPS = np.arange(12.0 * len(_HISTORY))


def tiny(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """Stands in for the model where only what is around it is to cost something; numbers that do not compress."""
    numbers = np.sin(_STEPS * (1.0 + replicate + sum(changes.values())) + scenario.levers.training.course_weeks)
    return numbers.view(_HISTORY).view(np.recarray)


def nothing() -> float:
    return 0.0


def experiment(kind: str, runs: int, monthly: Any = "summary") -> Experiment:
    """About so many runs of two scenarios: at several points of a design, or, "tiny points", each at another one."""
    scenario = load_scenario(BASELINE)
    if kind != "baseline":
        scenario = scenario.with_period(end=date(2014, 2, 1)).with_size(units=4)
    axes, points = (AXES, runs // 2) if kind == "tiny points" else (AXES[:1], POINTS)
    return Experiment(
        title=kind,
        scenarios=(
            NamedScenario("short", scenario),
            NamedScenario("long", scenario.with_levers({"training.course_weeks": 24.0})),
        ),
        replications=max(1, runs // (2 * points)),
        design=make_design("latin_hypercube", axes, samples=points, seed=1),
        monthly=monthly,
    )


def plain_loop(asked: Experiment) -> float:
    """Seconds of the runs of an experiment and nothing else, in the order of the plan."""
    warm_up()
    plan = layout(asked)
    tasks = [task_for(asked, plan.shard(number)) for number in plan.numbers]
    points = [
        [{axis.column: float(value) for axis, value in task.point(at).items()} for at in range(len(task.points))]
        for task in tasks
    ]
    begun = time.perf_counter()
    for task, changes in zip(tasks, points, strict=True):
        for run in task.runs():
            scenario = task.scenarios[run.scenario].scenario
            summarise(simulate_variant(scenario, changes[run.column], seed=task.seed, replicate=run.replicate))
    return time.perf_counter() - begun


def child(kind: str, runs: int, workers: int, out: Path, monthly: str) -> dict[str, float]:
    """One measurement, in this process: a plain loop if there are no workers, else a sweep."""
    asked = experiment(kind, runs, monthly)
    if workers == 0:
        return {"seconds": plain_loop(asked)}
    stands_in = {"simulate": tiny, "prepare": nothing} if kind.startswith("tiny") else {}
    settings = RunSettings(workers=workers, is_guarded=True, **stands_in)  # type: ignore[arg-type]
    if not stands_in:
        warm_up()
    told: list[tuple[float, int]] = []
    begun = time.perf_counter()
    sweep(asked, out, settings, progress=lambda one: told.append((time.perf_counter() - begun, one.done)))
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "first": next(at for at, done in told if done), "computed": told[-1][0]}


@dataclass(frozen=True)
class Measured:
    """A measurement from outside.

    Attributes:
        seconds: of the runs, or of the sweep with all that belongs to it.
        first: seconds until the first shard was done.
        computed: seconds until the last one was.
        processor: seconds of all its processes together.
        parent: peak memory of the parent, in bytes.
        worker: that of the worker that needed most.
        workers: that of all workers together.
        disk: the most that the folder held, if it was looked at.
    """

    seconds: float
    first: float
    computed: float
    processor: float
    parent: int
    worker: int
    workers: int
    disk: int


def measured(
    kind: str, runs: int, workers: int, out: Path, monthly: str = "summary", *, watches_disk: bool = True
) -> Measured:
    """Run `child` in a process of its own, and watch it; looking at a large folder takes a processor's time, too."""
    before = sum(os.times()[2:4])
    given = ["child", kind, str(runs), str(workers), str(out), monthly]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.sweeps", *given], stdout=subprocess.PIPE, text=True)
    peaks: dict[int, int] = {}
    together = disk = 0
    while process.poll() is None:
        now = {pid: memory_of(pid) for pid in [process.pid, *workers_of(process.pid)]}
        peaks.update({pid: max(peak, peaks.get(pid, 0)) for pid, (peak, _) in now.items()})
        together = max(together, sum(held for pid, (_, held) in now.items() if pid != process.pid))
        disk = max(disk, size_of(out)) if watches_disk else 0
        time.sleep(_WATCH_SECONDS)
    assert process.stdout is not None
    answer = json.loads(process.stdout.read())
    if process.returncode:
        raise SystemExit(f"{given} ended with status {process.returncode}")
    return Measured(
        answer["seconds"],
        answer.get("first", 0.0),
        answer.get("computed", 0.0),
        sum(os.times()[2:4]) - before,
        peaks.pop(process.pid),
        max(peaks.values(), default=0),
        together,
        disk,
    )


def size_of(folder: Path) -> int:
    """What a folder's files take on the disk."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(path, name).stat().st_blocks * 512
            except OSError:  # it is gone
                continue
    return total


def efficiency(folders: Iterator[Path], rounds: int, seconds: float) -> bool:
    """Sweeps on one worker and on two against the plain loop; returns whether all aims are met."""
    print(
        f"\nefficiency: time over (plain loop / workers); aim: {MOST_TIME} all in all. "
        f"Scaling: one worker over two; aim: {LEAST_SCALING}"
    )
    are_met = [_efficiency_of(kind, folders, rounds, seconds) for kind in ("small", "baseline")]
    return all(are_met)


def _efficiency_of(kind: str, folders: Iterator[Path], rounds: int, seconds: float) -> bool:
    def timed(runs: int, workers: int) -> Measured:
        return measured(kind, runs, workers, next(folders), watches_disk=False)

    few = 2000 if kind == "small" else 400
    runs = 2 * POINTS * round(seconds * few / timed(few, 0).seconds / (2 * POINTS))
    turns = [[timed(runs, workers) for workers in (0, 1, 2)] for _ in range(rounds)]
    plain, one, two = ([turn[at] for turn in turns] for at in range(3))
    print(f"{kind}: {runs} runs of {1000 * _median([m.seconds for m in plain]) / runs:.2f} ms, {rounds} turns")
    is_met = True
    for workers, sweeps in ((1, one), (2, two)):
        ratios = [mine.seconds * workers / loop.seconds for mine, loop in zip(sweeps, plain, strict=True)]
        steady = [
            (mine.seconds - mine.first) * workers / loop.seconds for mine, loop in zip(sweeps, plain, strict=True)
        ]
        cost = [mine.processor / loop.processor for mine, loop in zip(sweeps, plain, strict=True)]
        is_met &= (is_good := _median(ratios) <= MOST_TIME)
        print(
            f"  {workers} worker(s): {_spread(ratios)} all in all{'' if is_good else ': MISSED'}; "
            f"{_spread(steady)} from the first shard on; "
            f"processor time {_spread(cost)}; first shard after {_median([m.first for m in sweeps]):.1f} s, "
            f"tables {_median([m.seconds - m.computed for m in sweeps]):.1f} s"
        )
    scaling = [a.seconds / b.seconds for a, b in zip(one, two, strict=True)]
    is_met &= (is_good := _median(scaling) >= LEAST_SCALING)
    print(f"  scaling: {_spread(scaling)}{'' if is_good else ': MISSED'}")
    return is_met


def memory(folders: Iterator[Path], sizes: Sequence[int]) -> None:
    """Peaks over sweeps of growing size, and what they come to for a million runs."""
    for kind, what in (
        ("tiny", f"more replications of {POINTS} points"),
        ("tiny points", f"more points over {len(AXES)} axes"),
    ):
        print(f"\nmemory: peaks in MB, two workers, runs that cost next to nothing; {what}")
        print("| runs | parent | largest worker | both workers | seconds | disk at most, MB |\n" + "| --- " * 6 + "|")
        found = []
        for runs in sizes:
            one = measured(kind, runs, 2, next(folders))
            found.append(one)
            mb = [f"{value / 1e6:.0f}" for value in (one.parent, one.worker, one.workers)]
            print(f"| {runs} | {' | '.join(mb)} | {one.seconds:.0f} | {one.disk / 1e6:.0f} |", flush=True)
        if len(sizes) > 1:
            _print_slopes(sizes, found)


def _print_slopes(sizes: Sequence[int], found: Sequence[Measured]) -> None:
    peaks = {
        "parent": [one.parent for one in found],
        "largest worker": [one.worker for one in found],
        "both workers": [one.workers for one in found],
    }
    for name, values in peaks.items():
        slope, base = np.polyfit(sizes, values, 1)
        print(f"{name}: {slope:.1f} bytes a run; {(base + 1e6 * slope) / 1e6:.0f} MB for a million")


def disk(folders: Iterator[Path]) -> None:
    """What was foretold against what was taken."""
    print("\ndisk: MB foretold and taken")
    print("| runs, months kept | in the end | taken | at most | taken |\n" + "| --- " * 5 + "|")
    for kind, runs, monthly in (
        ("tiny", 20_000, "none"),
        ("tiny", 20_000, "all"),
        ("small", 4000, "summary"),
        ("baseline", 2000, "summary"),
        ("baseline", 1000, "all"),
    ):
        out = next(folders)
        most = measured(kind, runs, 2, out, monthly).disk
        foretold = disk_needed(experiment(kind, runs, monthly))
        numbers = [foretold.in_the_end, size_of(out), foretold.at_most, most]
        print(f"| {kind} {runs}, {monthly} | {' | '.join(f'{number / 1e6:.1f}' for number in numbers)} |", flush=True)


def _median(values: Sequence[float]) -> float:
    return float(np.median(values))


def _spread(values: Sequence[float]) -> str:
    return f"{_median(values):.3g} ({min(values):.3g} to {max(values):.3g})"


def _folders(ground: str) -> Iterator[Path]:
    number = 0
    while True:
        yield Path(ground) / f"out-{number}"
        number += 1


def main() -> None:
    """Parse, measure, print; exit status 1 if an aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("section", nargs="?", choices=["efficiency", "memory", "disk"])
    parser.add_argument("--rounds", type=int, default=3, help="turns of each measurement of efficiency")
    parser.add_argument("--seconds", type=float, default=60.0, help="of the plain loop")
    parser.add_argument("--most", type=int, default=max(SIZES), help="runs of the largest sweep for memory")
    asked = parser.parse_args()
    sizes = [*(size for size in SIZES if size < asked.most), asked.most]
    sections: dict[str, Callable[[Iterator[Path]], bool | None]] = {
        "efficiency": lambda folders: efficiency(folders, asked.rounds, asked.seconds),
        "memory": lambda folders: memory(folders, sizes),
        "disk": disk,
    }
    is_met = True
    for name, section in sections.items():
        if asked.section in (None, name):
            with tempfile.TemporaryDirectory(prefix="ssa_sim-sweeps-") as ground:
                is_met &= section(_folders(ground)) is not False
    if not is_met:
        raise SystemExit(1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        kind, runs, workers, out, monthly = sys.argv[2:]
        print(json.dumps(child(kind, int(runs), int(workers), Path(out), monthly)))
    else:
        main()
