"""Stand-ins for the model that misbehave, and the command line run on them in a process of its own.

python -c "import sweep_stand_ins; sweep_stand_ins.main()" PREPARATION SIMULATOR sweep experiment.toml ...
"""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numba
import numpy as np

import ssa_sim.experiment.run.shards as shards
import ssa_sim.experiment.run.worker as workers
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.run.shards import Task
from ssa_sim.experiment.run.watch import Watch
from ssa_sim.model.simulate import warm_up
from ssa_sim.model.variants import simulate_variant
from ssa_sim.scenario.schema import Scenario
from stand_ins import HISTORY, KILLER_REPLICATE, fail_for_long_courses, nothing, simulate_lightly

SECONDS_A_SLOW_RUN = 0.02
Changes = Mapping[str, float]


def main() -> None:
    """Run a command on a stand-in for the model: first its preparation, then its name, then the command's own arguments."""
    import ssa_sim.experiment.run.experiment  # noqa: F401  (before its class is replaced)
    import ssa_sim.experiment.run.settings as runner
    from ssa_sim.cli import main as command

    preparation, simulator, *arguments = sys.argv[1:]
    settings = partial(runner.RunSettings, prepare=globals()[preparation], simulate=globals()[simulator])
    runner.RunSettings = settings  # type: ignore[assignment, misc]
    sys.exit(command(arguments))


def slowly(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    time.sleep(SECONDS_A_SLOW_RUN)
    return simulate_lightly(scenario, changes, seed=seed, replicate=replicate)


def very_slowly(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    """Leaves a file named after its process where it was started, and sleeps."""
    Path(f"{os.getpid()}.running").touch()
    time.sleep(60.0)
    return simulate_lightly(scenario, changes, seed=seed, replicate=replicate)


def at_once(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    """As quickly as can be, and another number each time, so that it does not compress."""
    numbers = np.sin(np.arange(scenario.months * len(HISTORY)) + replicate)
    return numbers.view(HISTORY).view(np.recarray)


def _is_the_one(scenario: Scenario, replicate: int) -> bool:
    """One run of all, and never in the tests' own process."""
    is_variant = scenario.levers.training.course_weeks > 20
    return is_variant and replicate == KILLER_REPLICATE and multiprocessing.parent_process() is not None


def _misbehaving(
    misbehave: Callable[[], object], scenario: Scenario, changes: Changes, seed: int, replicate: int
) -> Any:
    if _is_the_one(scenario, replicate):
        misbehave()
    return simulate_lightly(scenario, changes, seed=seed, replicate=replicate)


def kills_its_worker(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    return _misbehaving(lambda: os.kill(os.getpid(), signal.SIGKILL), scenario, changes, seed, replicate)


def crashes(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    return _misbehaving(lambda: ctypes.string_at(0), scenario, changes, seed, replicate)


def leaves(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    return _misbehaving(lambda: os._exit(3), scenario, changes, seed, replicate)


def sleeps_for_ever(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    return _misbehaving(lambda: time.sleep(3600.0), scenario, changes, seed, replicate)


def turns_for_ever(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    """A compiled loop without end, which never lets go of Python's lock."""
    return _misbehaving(lambda: _turn(np.zeros(2)), scenario, changes, seed, replicate)


def all_turn_for_ever(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    """Never lets go, any of them; leaves a file behind as above."""
    Path(f"{os.getpid()}.running").touch()
    _turn(np.zeros(2))


def turn_once() -> None:
    """A preparation: compiles the loop, and ends."""
    _turn(np.ones(2))


@numba.njit  # type: ignore[untyped-decorator]
def _turn(numbers: Any) -> None:
    while numbers[0] == 0.0:
        numbers[1] += 1.0


def dies_twice(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    """Kills its worker the first two times; the environment says where it counts."""

    def count_and_kill() -> None:
        times = Path(os.environ["SSA_SIM_TEST_DEATHS"])
        if times.stat().st_size < 2:
            with times.open("a") as file:
                file.write("x")
            os.kill(os.getpid(), signal.SIGKILL)

    return _misbehaving(count_and_kill, scenario, changes, seed, replicate)


def die_handing_over() -> None:
    """The first worker to hand over a result dies in the midst of it; the environment says where that is noted."""
    if multiprocessing.parent_process() is None:
        return
    note = Path(os.environ["SSA_SIM_TEST_DEATHS"])
    write = Connection._send  # type: ignore[attr-defined]

    def write_a_part(pipe: Any, data: bytes, *others: Any) -> None:
        if len(data) > 20_000 and note.stat().st_size == 0:
            note.write_text("x")
            write(pipe, data[:10_000], *others)
            os.kill(os.getpid(), signal.SIGKILL)
        write(pipe, data, *others)

    Connection._send = write_a_part  # type: ignore[attr-defined]


def die_while_starting() -> None:
    """The first four workers die before they are prepared; the environment says where that is noted."""
    if multiprocessing.parent_process() is not None:
        note = Path(os.environ["SSA_SIM_TEST_DEATHS"])
        if note.stat().st_size < 4:
            with note.open("a") as file:
                file.write("x")
            os.kill(os.getpid(), signal.SIGKILL)


def freezes(scenario: Scenario, changes: Changes, *, seed: int, replicate: int) -> Any:
    return _misbehaving(_freeze, scenario, changes, seed, replicate)


def freeze_starting() -> None:
    """The first worker freezes before it is prepared."""
    if multiprocessing.parent_process() is not None:
        _freeze_once()


def never_start() -> None:
    """Every worker freezes before it is prepared."""
    if multiprocessing.parent_process() is not None:
        _freeze()


def freeze_between_runs() -> None:
    """The first worker to have computed a shard freezes before it hands it over."""
    if multiprocessing.parent_process() is None:
        return
    compute = workers.compute

    def compute_and_freeze(task: Task, watch: Watch) -> ShardRuns:
        made = compute(task, watch)
        _freeze_once()
        return made

    workers.compute = compute_and_freeze


def freeze_handing_over() -> None:
    """The first worker to hand over a result freezes in the midst of it."""
    if multiprocessing.parent_process() is None:
        return
    write = Connection._send  # type: ignore[attr-defined]

    def write_a_part(pipe: Any, data: bytes, *others: Any) -> None:
        if len(data) > 1000:
            write(pipe, data[:10], *others)
            _freeze_once()
            write(pipe, data[10:], *others)
        else:
            write(pipe, data, *others)

    Connection._send = write_a_part  # type: ignore[attr-defined]


def _freeze() -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _freeze_once() -> None:
    """Only the first worker that comes here; the environment says where that is noted."""
    note = Path(os.environ["SSA_SIM_TEST_DEATHS"])
    if note.stat().st_size == 0:
        note.write_text("x")
        _freeze()


def die_after_the_fourth_shard() -> None:
    """A worker that has made the fourth shard dies before it hands it over, each time."""
    if multiprocessing.parent_process() is None:
        return
    compute = workers.compute

    def compute_and_die(task: Task, watch: Watch) -> ShardRuns:
        made = compute(task, watch)
        if task.shard.number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    workers.compute = compute_and_die


def fail_to_put_together() -> None:
    """In workers the parameters of one of the scenarios cannot be put together."""
    if multiprocessing.parent_process() is None:
        return
    made = shards.variant_parameters

    def refuse(scenario: Scenario, changes: Changes) -> Any:
        if scenario.levers.training.course_weeks > 20:
            raise LookupError("no such parameter")
        return made(scenario, changes)

    shards.variant_parameters = refuse


def note_process(folder: Path) -> None:
    """Leaves a file named after the process."""
    (folder / str(os.getpid())).touch()


__all__ = ["KILLER_REPLICATE", "fail_for_long_courses", "nothing", "simulate_lightly", "simulate_variant", "warm_up"]
