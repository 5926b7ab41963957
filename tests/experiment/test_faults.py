"""Sweeps under faults, each made for real where it can be: signals, full disks, runs that raise, hang or kill, damaged files."""

import errno
import json
import math
import multiprocessing
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import ssa_sim.experiment.keep.store as store
import ssa_sim.experiment.keep.tables as tables
import ssa_sim.experiment.run.crew as crew
import ssa_sim.experiment.run.settings as runner
import ssa_sim.experiment.run.worker as worker
import sweep_stand_ins
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, Design, make_design
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.ask.layout import SHARD_LAYOUT, Shard, layout
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario, Precision, identity_of
from ssa_sim.experiment.keep.disk import temporary_folder
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.status import status_of
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.keep.sweep_folder import DamagedShardError, SweepFolder, shard_facts
from ssa_sim.experiment.run.crew import WorkersDieError
from ssa_sim.experiment.run.replay import replay
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.shards import RunSimulator, task_for
from ssa_sim.experiment.run.stored_runs import StoredRuns
from ssa_sim.experiment.run.sweep import SweepProgress, sweep
from ssa_sim.experiment.run.watch import Silence
from ssa_sim.experiment.run.worker import WorkerCare, WorkersCannotStartError
from stand_ins import (
    KILLER_REPLICATE,
    fail_for_long_courses,
    leave_pictures_blank,
    let_commands_run,
    nothing,
    refuse_to_start,
    simulate_lightly,
    small_experiment,
    small_scenario,
)

TESTS = Path(__file__).resolve().parents[1]
TABLES = ("runs.parquet", "monthly.parquet", "trajectories.parquet")
PATIENCE_SECONDS = 60.0

SCENARIO = 'title = "Small"\n[period]\nstart = 2013-02-01\nend = 2013-08-01\n[size]\nunits = 2\n'
VARIANT = 'title = "Long"\nextends = "baseline.toml"\n[levers]\n"training.course_weeks" = 24.0\n'
EXPERIMENT = 'title = "Small"\nscenarios = ["baseline.toml", "variant.toml"]\nreplications = 40\nseed = 1\n[output]\nmonthly = "all"\n'


def light(simulate: RunSimulator = simulate_lightly, **settings: Any) -> RunSettings:
    """Stand-ins for the model in this process."""
    return RunSettings(**{"workers": 1, "simulate": simulate, "prepare": nothing, **settings})


def guarded(simulate: RunSimulator = simulate_lightly, workers: int = 2, **care: Any) -> RunSettings:
    """Stand-ins for the model in worker processes."""
    return light(simulate, workers=workers, is_guarded=True, care=WorkerCare(**care))


@dataclass(frozen=True)
class Undisturbed:
    """What a sweep comes to that nothing happens to."""

    experiment: Experiment
    out: Path

    def agrees_with(self, out: Path) -> bool:
        """Whether another folder holds the same: its digest, and its tables to the last byte."""
        same = [(out / name).read_bytes() == (self.out / name).read_bytes() for name in TABLES]
        return all(same) and read_manifest(out).digest == read_manifest(self.out).digest


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """A sweep of small shards, all months kept."""
    experiment, out = small_experiment(32, monthly="all"), tmp_path_factory.mktemp("undisturbed") / "out"
    sweep(experiment, out, light())
    return Undisturbed(experiment, out)


class StopHere(Exception):  # noqa: N818
    """Raised from a progress report, to leave a sweep unfinished."""


def begun(experiment: Experiment, out: Path, shards: int) -> None:
    """A folder in which a sweep got so far and no further."""
    runs = sum(layout(experiment).shard(number).cells for number in range(shards)) * len(experiment.scenarios)

    def stop(standing: SweepProgress) -> None:
        if standing.done >= runs:
            raise StopHere

    with pytest.raises(StopHere):
        sweep(experiment, out, light(), progress=stop)


def finished(experiment: Experiment, out: Path, settings: RunSettings | None = None) -> tuple[SweepProgress, list[str]]:
    """Go on to the end; what it came to, and what was said."""
    said: list[str] = []
    standing = sweep(experiment, out, light() if settings is None else settings, notify=said.append)
    return standing, said


def write_experiment(folder: Path) -> None:
    """Experiment and scenario files, where there are none yet."""
    for name, text in (("baseline", SCENARIO), ("variant", VARIANT), ("experiment", EXPERIMENT)):
        if not (folder / f"{name}.toml").exists():
            (folder / f"{name}.toml").write_text(text)


class Command:
    """`ssa-sim sweep` in a process group of its own, on a stand-in for the model."""

    def __init__(self, folder: Path, *arguments: str, simulate: str = "slowly", prepare: str = "nothing") -> None:
        """Type it into a folder, with the experiment's files in it."""
        write_experiment(folder)
        self.folder = folder
        self.out = folder / "out"
        given = arguments or ("sweep", "experiment.toml", "--out", "out", "--workers", "2")
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import sweep_stand_ins; sweep_stand_ins.main()", prepare, simulate, *given],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": f"{os.environ.get('PYTHONPATH', '')}{os.pathsep}{TESTS}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def n_shards(self) -> int:
        return sum(len(path.stem) == 7 for path in (self.out / "shards").glob("*.parquet"))

    def wait_for_shards(self, wanted: int = 3) -> None:
        self.wait_until(lambda: self.n_shards() >= wanted)

    def wait_for_runs(self, wanted: int) -> None:
        """Until so many workers have told that they are at a run."""
        self.wait_until(lambda: len(list(self.folder.glob("*.running"))) >= wanted)

    def wait_until(self, there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not there():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < deadline, "it never came"
            time.sleep(0.01)

    def members(self) -> list[str]:
        """The living processes of its group."""
        listed = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True).stdout
        fields = [line.split(None, 2) for line in listed.splitlines()]
        return [rest[-1] for group, state, *rest in fields if int(group) == self.process.pid and state[0] not in "ZX"]

    def leaves_nobody(self, seconds: float = 5.0) -> bool:
        """Whether all of its group have ended so many seconds after it did; killed processes take a moment to go."""
        self.process.wait()
        deadline = time.monotonic() + seconds
        while self.members() and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.members()

    def end(self) -> tuple[int, str, str]:
        """Wait for its end: exit status, standard output and standard error."""
        try:
            output, error = self.process.communicate(timeout=PATIENCE_SECONDS)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
        return self.process.returncode, output, error


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Callable[..., Command]]:
    """Types commands; whatever is left of them at the end is killed."""
    commands: list[Command] = []

    def typed(*arguments: str, **stand_ins: str) -> Command:
        commands.append(Command(tmp_path, *arguments, **stand_ins))
        return commands[-1]

    yield typed
    for command in commands:
        if command.members():
            os.killpg(command.process.pid, signal.SIGKILL)


Typed = Callable[..., Command]


def same_as_undisturbed(folder: Path) -> bool:
    """Whether the command's results are those of the same experiment run here, in one go."""
    experiment = load_experiment(folder / "experiment.toml")
    sweep(experiment, folder / "undisturbed", light())
    return Undisturbed(experiment, folder / "undisturbed").agrees_with(folder / "out")


@pytest.mark.long
class TestSignals:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_shards_in_hand_are_finished_and_the_command_printed_goes_on(
        self, typed: Typed, number: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Terminals and batch systems send them to every process of a group."""
        command = typed()
        command.wait_for_shards()
        there = command.n_shards()
        os.killpg(command.process.pid, number)
        status, _, said = command.end()
        assert status == 130
        kept = command.n_shards()
        assert there < kept < 40  # what workers were at: both, but for one that had just handed over
        assert f"{2 * kept} of 80 runs are done and kept." in said
        assert "Traceback" not in said
        resume = said.splitlines()[-1].strip()
        program, *arguments = shlex.split(resume)
        assert program == "ssa-sim"
        monkeypatch.chdir(command.folder)
        let_commands_run(monkeypatch, simulate_lightly)
        leave_pictures_blank(monkeypatch)
        assert main(arguments) == 0
        assert same_as_undisturbed(command.folder)

    def test_the_second_signal_ends_it_at_once(self, typed: Typed) -> None:
        command = typed(simulate="very_slowly")
        command.wait_for_runs(2)
        os.kill(command.process.pid, signal.SIGINT)
        time.sleep(1.0)
        assert command.process.poll() is None
        begun = time.monotonic()
        os.kill(command.process.pid, signal.SIGINT)
        status, _, said = command.end()
        assert status == 130
        assert time.monotonic() - begun < 10.0
        assert "Interrupted" in said
        assert command.leaves_nobody()
        finished(load_experiment(command.folder / "experiment.toml"), command.out)
        assert same_as_undisturbed(command.folder)


@pytest.mark.long
class TestTheParentIsKilled:
    def test_its_workers_end_by_themselves(self, typed: Typed) -> None:
        command = typed(simulate="very_slowly")
        command.wait_for_runs(2)
        command.process.kill()
        assert command.leaves_nobody(20.0)

    def test_even_one_whose_run_never_lets_go(self, typed: Typed) -> None:
        """The time limit needs nobody's help."""
        limit = ("sweep", "experiment.toml", "--out", "out", "--workers", "1", "--time-limit", "3")
        command = typed(*limit, simulate="all_turn_for_ever", prepare="turn_once")
        command.wait_for_runs(1)
        command.process.kill()
        assert command.leaves_nobody(15.0)


def can_mount() -> bool:
    """Whether these tests may make small disks of their own."""
    return (
        sys.platform == "linux" and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not can_mount() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk]).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill_up(ballast: Path) -> None:
    """Write into a file until the disk is full."""
    with pytest.raises(OSError, match="No space"):
        _write_for_ever(ballast)


def _write_for_ever(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass


class TestDisk:
    def test_full_before_and_during_it_and_room_made(self, small_disk: Path, undisturbed: Undisturbed) -> None:
        out, ballast = small_disk / "out", small_disk / "ballast"

        def fill(standing: SweepProgress) -> None:
            if standing.done >= 20 and not ballast.exists():
                fill_up(ballast)

        with pytest.raises(InputError) as caught:
            sweep(undisturbed.experiment, out, light(), progress=fill)
        text = str(caught.value)
        assert text.count("\n") == 0
        assert "There is no space left on the disk. What is done is kept" in text
        kept = status_of(out)
        assert 20 <= kept.done < 64
        with pytest.raises(InputError, match="no space left"):
            finished(undisturbed.experiment, out)
        ballast.unlink()
        assert status_of(out).done >= kept.done
        standing, said = finished(undisturbed.experiment, out)
        assert standing.found >= kept.done
        assert not said, "nothing was damaged"
        assert undisturbed.agrees_with(out)

    def test_full_while_the_tables_are_put_together(self, small_disk: Path, undisturbed: Undisturbed) -> None:
        out, ballast = small_disk / "out", small_disk / "ballast"

        def fill(standing: SweepProgress) -> None:
            if standing.done == standing.planned:
                fill_up(ballast)

        with pytest.raises(InputError, match="no space left"):
            sweep(undisturbed.experiment, out, light(), progress=fill)
        assert status_of(out).done == 64
        ballast.unlink()
        standing, _ = finished(undisturbed.experiment, out)
        assert standing.found == 64
        assert undisturbed.agrees_with(out)

    def test_the_command_says_it_in_one_line(self, typed: Typed, tmp_path: Path, small_disk: Path) -> None:
        """Through the command line, with workers; the disk is full before the first shard."""
        (tmp_path / "out").symlink_to(small_disk / "out")
        (small_disk / "out").mkdir()
        command = typed()
        command.wait_for_shards(1)
        fill_up(small_disk / "ballast")
        status, output, said = command.end()
        assert (status, output) == (2, "")
        assert [line for line in said.splitlines() if "no space left on the disk" in line] == said.splitlines()[-1:]
        assert "Traceback" not in said
        assert command.leaves_nobody()

    def test_full_wherever_files_are_written(
        self, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where no disk can be mounted: the system refuses to keep the tenth file."""
        flushed: list[object] = []

        def flush(file: Any) -> None:
            flushed.append(file)
            if len(flushed) == 10:
                raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(tables, "flush", flush)
        with pytest.raises(InputError, match="no space left"):
            finished(undisturbed.experiment, tmp_path / "out")
        assert not list((tmp_path / "out" / "shards").glob(".*"))
        standing, _ = finished(undisturbed.experiment, tmp_path / "out")
        assert standing.found == 8  # nine files of two shards each: the months of the fifth were not kept
        assert undisturbed.agrees_with(tmp_path / "out")

    def test_a_disk_that_is_read_only(self, small_disk: Path, undisturbed: Undisturbed) -> None:
        begun(undisturbed.experiment, small_disk / "out", 5)
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
        with pytest.raises(InputError, match="The disk is read-only"):
            finished(undisturbed.experiment, small_disk / "new")
        with pytest.raises(InputError, match="The disk is read-only"):
            finished(undisturbed.experiment, small_disk / "out")
        assert status_of(small_disk / "out").done == 10
        subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
        assert finished(undisturbed.experiment, small_disk / "out")[0].found == 10
        assert undisturbed.agrees_with(small_disk / "out")

    def test_complete_results_need_no_writing(self, small_disk: Path, undisturbed: Undisturbed) -> None:
        shutil.copytree(undisturbed.out, small_disk / "out")
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
        standing, said = finished(undisturbed.experiment, small_disk / "out")
        assert (standing.done, standing.found) == (64, 64)
        assert "already" in said[0]


class TestWhatIsFlushed:
    def test_a_file_before_its_name_and_both_before_it_is_told(
        self, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is told as done survives a power cut: content, then name, then the folder's list are on the disk before."""
        seen: list[tuple[str, str]] = []
        fsync, rename = os.fsync, os.replace

        def noting_fsync(handle: int) -> None:
            fsync(handle)
            seen.append(("kept", Path(f"/proc/self/fd/{handle}").readlink().name))

        def noting_rename(source: Any, target: Any) -> None:
            seen.append(("named", Path(target).name))
            rename(source, target)

        if not Path("/proc/self/fd").exists():
            pytest.skip("needs /proc")
        monkeypatch.setattr(os, "fsync", noting_fsync)
        monkeypatch.setattr(os, "replace", noting_rename)
        monkeypatch.setattr(Path, "replace", noting_rename)
        sweep(
            undisturbed.experiment, tmp_path / "out", light(), progress=lambda one: seen.append(("told", str(one.done)))
        )
        monkeypatch.undo()
        first = seen.index(("told", "2"))
        written = seen[seen.index(("told", "0")) + 1 : first]
        assert written == [
            ("kept", ".0000000-months.parquet.part"),
            ("named", "0000000-months.parquet"),
            ("kept", ".0000000.parquet.part"),
            ("named", "0000000.parquet"),
            ("kept", "shards"),
        ]
        end = seen[seen.index(("told", "64")) + 1 :]
        for name in TABLES:
            assert end.index(("kept", name)) < end.index(("named", name))
        complete = end.index(("named", "manifest.json"))
        assert all(end.index(("named", name)) < end.index(("kept", "out")) < complete for name in TABLES)


def rows(out: Path) -> pd.DataFrame:
    return load_results(out).runs.set_index(["scenario", "replicate"])


def failed_run(out: Path) -> dict[str, Any]:
    """The one failed run, as failures.json tells of it."""
    (failure,) = json.loads((out / "failures.json").read_text())
    return dict(failure)


def only_one_is_set_aside(out: Path, undisturbed: Undisturbed, error: str) -> dict[str, Any]:
    """Whether all other runs are the same bits as elsewhere; returns what is known of the one."""
    ours, theirs = rows(out), rows(undisturbed.out)
    key = ("variant", KILLER_REPLICATE)
    assert ours.drop(index=key).equals(theirs.drop(index=key))
    assert ours.loc[key, "status"] == "failed"
    assert ours.loc[key, "run_id"] == theirs.loc[key, "run_id"]
    failure = failed_run(out)
    assert error in failure["error"] == ours.loc[key, "error"]
    assert (failure["scenario"], failure["replicate"]) == key
    assert failure["seed"] == undisturbed.experiment.seed
    assert failure["run_id"] == theirs.loc[key, "run_id"]
    return failure


class TestRunsThatFail:
    def test_one_that_raises_is_a_row_with_a_trace(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_experiment(tmp_path)
        monkeypatch.chdir(tmp_path)
        let_commands_run(monkeypatch, fail_for_long_courses)
        leave_pictures_blank(monkeypatch)
        assert main(["sweep", "experiment.toml", "--out", "out", "--workers", "1"]) == 1
        assert "80 runs, 1 failed" in capsys.readouterr().out
        out = tmp_path / "out"
        failure = failed_run(out)
        assert failure["error"] == "ZeroDivisionError: a rule divides by zero"
        assert 'raise ZeroDivisionError("a rule divides' in failure["trace"]
        assert rows(out)["status"].value_counts().to_dict() == {"ok": 79, "failed": 1}

    @pytest.mark.long
    @pytest.mark.parametrize(
        ("simulate", "prepare", "line"),
        [
            (sweep_stand_ins.sleeps_for_ever, nothing, "time.sleep(3600.0)"),
            (sweep_stand_ins.turns_for_ever, sweep_stand_ins.turn_once, "_turn(np.zeros(2))"),
        ],
    )
    def test_one_that_never_ends_is_ended(
        self,
        simulate: RunSimulator,
        prepare: Callable[[], object],
        line: str,
        undisturbed: Undisturbed,
        tmp_path: Path,
    ) -> None:
        settings = replace(guarded(simulate, workers=1, seconds_a_run=1.0), prepare=prepare)
        finished(undisturbed.experiment, tmp_path / "out", settings)
        failure = only_one_is_set_aside(tmp_path / "out", undisturbed, "took longer than 1 s, in 2 attempts")
        source = Path(sweep_stand_ins.__file__).read_text().splitlines()
        number = 1 + next(at for at, text in enumerate(source) if line in text and "lambda" in text)
        assert f'sweep_stand_ins.py", line {number} in <lambda>' in failure["trace"]

    @pytest.mark.long
    @pytest.mark.parametrize(
        ("simulate", "care", "times", "trace"),
        [
            (sweep_stand_ins.kills_its_worker, {}, 3, ""),
            (sweep_stand_ins.crashes, {"deaths_allowed": 2}, 2, "Segmentation fault"),
            (sweep_stand_ins.leaves, {"deaths_allowed": 2}, 2, ""),
        ],
    )
    def test_one_that_kills_its_worker_is_set_aside(
        self,
        simulate: RunSimulator,
        care: dict[str, int],
        times: int,
        trace: str,
        undisturbed: Undisturbed,
        tmp_path: Path,
    ) -> None:
        out = tmp_path / "out"
        standing, _ = finished(undisturbed.experiment, out, guarded(simulate, workers=1, **care))
        assert standing == SweepProgress(done=64, planned=64, failed=1, found=0)
        failure = only_one_is_set_aside(out, undisturbed, f"the worker process died {times} times in this run")
        assert trace in failure.get("trace", "")
        stored = StoredRuns(out)
        again = replay(stored, stored.find(failure["run_id"]), simulate=simulate, prepare=nothing)
        assert again.made.errors[0] is not None
        assert "died" in again.made.errors[0]
        assert trace in (again.made.traces[0] or "")
        assert not again.different
        assert again.trace == failure.get("trace", "")

    @pytest.mark.long
    def test_what_is_set_aside_does_not_depend_on_the_workers(self, undisturbed: Undisturbed, tmp_path: Path) -> None:
        simulate = sweep_stand_ins.kills_its_worker
        for name, workers in (("alone", 1), ("two", 2)):
            finished(undisturbed.experiment, tmp_path / name, guarded(simulate, workers=workers, deaths_allowed=1))
        assert Undisturbed(undisturbed.experiment, tmp_path / "alone").agrees_with(tmp_path / "two")

    @pytest.mark.long
    def test_a_replay_tells_once_the_cause_is_gone(self, undisturbed: Undisturbed, tmp_path: Path) -> None:
        out, mended = tmp_path / "out", simulate_lightly
        finished(undisturbed.experiment, out, light(fail_for_long_courses))
        stored, run_id = StoredRuns(out), failed_run(out)["run_id"]
        again = replay(stored, stored.find(run_id), simulate=mended, prepare=nothing)
        assert again.different[0] == "status"
        expected = rows(undisturbed.out).loc[("variant", KILLER_REPLICATE), list(again.outcomes)]
        assert np.array_equal(again.made.totals[0], expected.to_numpy(np.float64), equal_nan=True)

    @pytest.mark.long
    def test_two_deaths_are_forgiven(
        self, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deaths = tmp_path / "deaths"
        deaths.touch()
        monkeypatch.setenv("SSA_SIM_TEST_DEATHS", str(deaths))
        finished(undisturbed.experiment, tmp_path / "out", guarded(sweep_stand_ins.dies_twice, workers=1))
        assert deaths.read_text() == "xx"
        assert undisturbed.agrees_with(tmp_path / "out")

    @pytest.mark.long
    def test_workers_that_die_while_they_start(
        self, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deaths = tmp_path / "deaths"
        deaths.touch()
        monkeypatch.setenv("SSA_SIM_TEST_DEATHS", str(deaths))
        settings = replace(guarded(workers=1), prepare=sweep_stand_ins.die_while_starting)
        finished(undisturbed.experiment, tmp_path / "out", settings)
        assert deaths.read_text() == "xxxx"
        assert undisturbed.agrees_with(tmp_path / "out")

    @pytest.mark.long
    def test_workers_that_die_between_two_runs_again_and_again_condemn_none(
        self, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(crew, "_UNEXPLAINED_DEATHS_ALLOWED", 2)
        out = tmp_path / "out"
        settings = replace(guarded(workers=1), prepare=sweep_stand_ins.die_after_the_fourth_shard)
        with pytest.raises(WorkersDieError, match="died 2 times with shard 3 in hand, and each time between two runs"):
            finished(undisturbed.experiment, out, settings)
        assert (status_of(out).done, status_of(out).failed) == (6, 0)
        standing, _ = finished(undisturbed.experiment, out)
        assert (standing.found, standing.failed) == (6, 0)
        assert undisturbed.agrees_with(out)

    @pytest.mark.long
    def test_the_command_says_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write_experiment(tmp_path)
        monkeypatch.setattr(crew, "_UNEXPLAINED_DEATHS_ALLOWED", 2)
        prepared = partial(RunSettings, simulate=simulate_lightly, prepare=sweep_stand_ins.die_after_the_fourth_shard)
        monkeypatch.setattr(runner, "RunSettings", prepared)
        assert main(["sweep", "experiment.toml", "--out", "out", "--workers", "1"]) == 1
        said = capsys.readouterr().err
        assert "ssa-sim: Worker processes died 2 times with shard 3 in hand" in said
        assert "What was done is kept. To resume:\n  ssa-sim sweep experiment.toml --out out --workers 1\n" in said

    @pytest.mark.long
    def test_the_command_says_that_no_worker_starts(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Workers die at the start; nothing is said of scripts, since there is none."""
        monkeypatch.chdir(tmp_path)
        write_experiment(tmp_path)
        begun(load_experiment("experiment.toml"), tmp_path / "out", 3)
        monkeypatch.setattr(crew, "_FAILED_STARTS_ALLOWED", 2)
        prepared = partial(RunSettings, simulate=simulate_lightly, prepare=refuse_to_start)
        monkeypatch.setattr(runner, "RunSettings", prepared)
        assert main(["sweep", "experiment.toml", "--out", "out", "--workers", "1"]) == 1
        said = capsys.readouterr().err
        assert "ssa-sim: 2 worker processes, one after the other, ended before they took up work; the last one" in said
        assert "What was done is kept. To resume:\n  ssa-sim sweep experiment.toml --out out --workers 1\n" in said
        assert "__main__" not in said
        assert status_of(tmp_path / "out").done == 6

    @pytest.mark.long
    def test_runs_that_cannot_even_be_put_together(self, undisturbed: Undisturbed, tmp_path: Path) -> None:
        settings = replace(guarded(workers=1), prepare=sweep_stand_ins.fail_to_put_together)
        standing, _ = finished(undisturbed.experiment, tmp_path / "out", settings)
        assert standing.failed == 32
        ours, theirs = rows(tmp_path / "out"), rows(undisturbed.out)
        assert ours.loc["baseline"].equals(theirs.loc["baseline"])
        assert set(ours.loc["variant", "error"]) == {"LookupError: no such parameter"}
        assert ours["run_id"].is_unique

    @pytest.mark.long
    def test_a_worker_that_dies_while_it_hands_over_a_result(
        self, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nobody waits for the rest of it."""
        deaths = tmp_path / "deaths"
        deaths.touch()
        monkeypatch.setenv("SSA_SIM_TEST_DEATHS", str(deaths))
        (tmp_path / "experiment.toml").write_text(EXPERIMENT.replace("= 40", "= 640"))
        command = typed(simulate="simulate_lightly", prepare="die_handing_over")
        assert command.end()[0] == 0
        assert deaths.read_text() == "x"
        assert same_as_undisturbed(tmp_path)


def kill_children() -> None:
    for child in multiprocessing.active_children():
        child.kill()


class FrozenIsSilent:
    """Stands in for the clock that counts silence: without end where the only worker is frozen, and none elsewhere."""

    def after(self, sign: object) -> float:
        states = [Path(f"/proc/{child.pid}/stat").read_text() for child in multiprocessing.active_children()]
        return math.inf if any(state.rpartition(")")[2].split()[0] == "T" for state in states) else 0.0


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for frozen processes in /proc")
class TestFrozenWorkers:
    @pytest.fixture(autouse=True)
    def without_a_clock(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """If nobody ends a frozen worker, the test does in the end, and fails."""
        (tmp_path / "deaths").touch()
        monkeypatch.setenv("SSA_SIM_TEST_DEATHS", str(tmp_path / "deaths"))
        monkeypatch.setattr(worker, "Silence", FrozenIsSilent)
        monkeypatch.setattr(crew, "TICK_SECONDS", 0.01)
        rescue = threading.Timer(10 * PATIENCE_SECONDS, kill_children)
        rescue.start()
        yield
        rescue.cancel()

    @pytest.mark.parametrize(
        "prepare",
        [
            sweep_stand_ins.freeze_starting,
            sweep_stand_ins.freeze_between_runs,
            sweep_stand_ins.freeze_handing_over,
        ],
    )
    def test_one_is_ended_whatever_it_is_at(
        self, prepare: Callable[[], object], undisturbed: Undisturbed, tmp_path: Path
    ) -> None:
        settings = replace(guarded(workers=1), prepare=prepare)
        standing, said = finished(undisturbed.experiment, tmp_path / "out", settings)
        assert (tmp_path / "deaths").read_text() == "x"
        assert standing.failed == 0
        assert [sentence for sentence in said if "showed no sign of life" in sentence] == said
        assert len(said) == 1
        assert undisturbed.agrees_with(tmp_path / "out")

    def test_a_run_that_freezes_again_and_again_is_set_aside(self, undisturbed: Undisturbed, tmp_path: Path) -> None:
        settings = guarded(sweep_stand_ins.freezes, workers=1, seconds_a_run=200.0)
        finished(undisturbed.experiment, tmp_path / "out", settings)
        failure = only_one_is_set_aside(tmp_path / "out", undisturbed, "took longer than 200 s, in 2 attempts")
        assert "frozen" in failure["trace"]

    def test_workers_that_never_start_are_not_waited_for_without_end(
        self, undisturbed: Undisturbed, tmp_path: Path
    ) -> None:
        settings = replace(guarded(workers=1), prepare=sweep_stand_ins.never_start)
        with pytest.raises(WorkersCannotStartError, match=r"2 worker processes.* had not done so within 300 s"):
            finished(undisturbed.experiment, tmp_path / "out", settings)


class TestSilence:
    def test_it_lasts_while_the_sign_is_the_same_and_somebody_looks(self) -> None:
        clock = iter([0.0, 1.0, 2.0, 3.5, 4.0, 5.0, 1000.0, 1001.0])
        silence = Silence(lambda: next(clock))
        assert [silence.after(sign) for sign in "aaabbbb"] == [0.0, 1.0, 2.5, 0.0, 1.0, 3.0, 4.0]


class TestRecycling:
    @pytest.mark.long
    def test_fresh_workers_change_nothing(self, undisturbed: Undisturbed, tmp_path: Path) -> None:
        seen = tmp_path / "processes"
        seen.mkdir()
        settings = replace(guarded(workers=1, shards_a_worker=12), prepare=partial(sweep_stand_ins.note_process, seen))
        finished(undisturbed.experiment, tmp_path / "out", settings)
        assert len(list(seen.iterdir())) >= 1 + 3  # this process, and one for every twelve shards
        assert undisturbed.agrees_with(tmp_path / "out")


class TestTwoSweepsOnOneFolder:
    @pytest.mark.long
    def test_the_second_is_refused_and_the_first_unharmed(self, typed: Typed) -> None:
        first = typed()
        first.wait_for_shards(1)
        os.killpg(first.process.pid, signal.SIGSTOP)
        status, _, said = typed().end()
        os.killpg(first.process.pid, signal.SIGCONT)
        assert status == 2
        assert "Another process is working on this folder" in said
        assert first.end()[0] == 0
        assert same_as_undisturbed(first.folder)

    def test_one_that_waited_until_the_other_had_finished_does_nothing(
        self, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        locked, out = store.locked, tmp_path / "out"

        @contextmanager
        def locked_later(folder: Path) -> Iterator[None]:
            monkeypatch.setattr(store, "locked", locked)
            finished(undisturbed.experiment, out)
            with locked(folder):
                yield

        monkeypatch.setattr(store, "locked", locked_later)
        standing, said = finished(undisturbed.experiment, out)
        assert standing.found == 64
        assert "already" in said[0]
        assert undisturbed.agrees_with(out)


def flipped(content: bytes, position: int) -> bytes:
    """One bit of it changed."""
    changed = bytearray(content)
    changed[position] ^= 1 << (position % 8)
    return bytes(changed)


class TestDamagedShards:
    @pytest.fixture
    def out(self, undisturbed: Undisturbed, tmp_path: Path) -> Path:
        """A sweep with the first eight of its shards."""
        begun(undisturbed.experiment, tmp_path / "out", 8)
        return tmp_path / "out"

    def shard(self, out: Path, number: int = 3, months: str = "") -> Path:
        return out / "shards" / f"{number:07d}{months}.parquet"

    def made_anew(self, out: Path, undisturbed: Undisturbed, number: int = 3) -> list[str]:
        """Whether the rest is kept and the one shard made again, and said so; returns what was said."""
        standing, said = finished(undisturbed.experiment, out)
        assert standing.found == 14
        assert len(said) == 1
        assert f"{number:07d}.parquet is torn, damaged or of another sweep: it was moved to set_aside/" in said[0]
        assert undisturbed.agrees_with(out)
        return said

    @pytest.mark.parametrize("left", [0, 1, 4, 0.5, -1])
    def test_torn(self, out: Path, undisturbed: Undisturbed, left: float) -> None:
        content = self.shard(out).read_bytes()
        size = int(len(content) * left) if 0 < left < 1 else int(left)
        self.shard(out).write_bytes(content[:size])
        assert StoredRuns(out)  # for others, what is torn is not there
        self.made_anew(out, undisturbed)

    def test_something_else_altogether(self, out: Path, undisturbed: Undisturbed) -> None:
        pd.DataFrame({"a": [1.0]}).to_parquet(self.shard(out))
        self.made_anew(out, undisturbed)

    def test_a_shard_of_another_sweep(self, out: Path, undisturbed: Undisturbed, tmp_path: Path) -> None:
        begun(replace(undisturbed.experiment, seed=99), tmp_path / "other", 4)
        shutil.copy(self.shard(tmp_path / "other"), self.shard(out))
        self.made_anew(out, undisturbed)

    def test_a_shard_of_this_sweep_under_another_number(self, out: Path, undisturbed: Undisturbed) -> None:
        shutil.copy(self.shard(out, 5), self.shard(out, 3))
        self.made_anew(out, undisturbed)

    def test_a_shard_cut_by_another_version(
        self, out: Path, undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ssa_sim.experiment.keep.sweep_folder.SHARD_LAYOUT", SHARD_LAYOUT + 1)
        begun(undisturbed.experiment, tmp_path / "other", 4)
        monkeypatch.undo()
        shutil.copy(self.shard(tmp_path / "other"), self.shard(out))
        self.made_anew(out, undisturbed)

    @pytest.mark.parametrize(("what", "other"), [(b'"failed": 0', b'"failed": 1'), (b'"runs": 2', b'"runs": 3')])
    def test_a_shard_that_counts_itself_wrongly(
        self, out: Path, undisturbed: Undisturbed, what: bytes, other: bytes
    ) -> None:
        path = self.shard(out)
        table = pq.read_table(path)
        about = {key: value.replace(what, other) for key, value in table.schema.metadata.items()}
        assert about != table.schema.metadata
        pq.write_table(table.replace_schema_metadata(about), path)
        self.made_anew(out, undisturbed)

    def test_months_that_are_missing(self, out: Path, undisturbed: Undisturbed) -> None:
        self.shard(out, months="-months").unlink()
        self.made_anew(out, undisturbed)

    @pytest.mark.parametrize("damage", [lambda content: content[: len(content) // 2], lambda content: b"", flipped])
    def test_months_that_are_damaged(self, out: Path, undisturbed: Undisturbed, damage: Callable[..., bytes]) -> None:
        """They are read last of all; then their shard is made again."""
        months = self.shard(out, months="-months")
        content = months.read_bytes()
        months.write_bytes(damage(content, 2000) if damage is flipped else damage(content))
        standing, said = finished(undisturbed.experiment, out)
        assert standing.found == 16
        assert said[-1] == "Shard 3 has changed on the disk since it was written: it is made anew."
        assert len(said) == 1 or "0000003-months.parquet is no file of this sweep: it was moved to" in said[0]
        assert undisturbed.agrees_with(out)

    def test_a_shard_that_changes_during_the_sweep(self, out: Path, undisturbed: Undisturbed) -> None:
        def damage(standing: SweepProgress) -> None:
            if standing.done == 50:
                content = self.shard(out).read_bytes()
                self.shard(out).write_bytes(content[:2000] + bytes(200) + content[2200:])  # more than what nobody reads

        said: list[str] = []
        sweep(undisturbed.experiment, out, light(), progress=damage, notify=said.append)
        assert said == ["Shard 3 has changed on the disk since it was written: it is made anew."]
        assert undisturbed.agrees_with(out)

    def test_no_flipped_bit_is_read_as_something_else(self, out: Path, undisturbed: Undisturbed) -> None:
        """Wherever it is: either the shard is not taken, or nothing of what it says has changed."""
        folder = SweepFolder(out, undisturbed.experiment)
        path = self.shard(out)
        for other in {0, 1, 2, 4, 5, 6, 7}:
            self.shard(out, other).unlink()
        content, facts = path.read_bytes(), shard_facts(path)
        assert facts is not None
        runs, months = folder.whole_runs(facts), folder.whole_months(facts)
        refused = 0
        for position in np.linspace(0, len(content) - 1, 250).astype(int).tolist():
            path.write_bytes(flipped(content, position))
            if (taken := folder.done().get(3)) is None:
                refused += 1
            else:
                assert taken._replace(months=facts.months) == facts
                assert folder.whole_runs(taken).to_pandas().equals(runs.to_pandas())
        assert refused > 100
        path.write_bytes(content)
        assert folder.done()[3] == facts

        months_path, refused = self.shard(out, months="-months"), 0
        content = months_path.read_bytes()
        for position in np.linspace(0, len(content) - 1, 250).astype(int).tolist():
            months_path.write_bytes(flipped(content, position))
            try:
                assert folder.whole_months(facts).to_pandas().equals(months.to_pandas())
            except DamagedShardError:
                refused += 1
        assert refused > 100


class TestLeftovers:
    def test_of_shards_and_tables(self, undisturbed: Undisturbed, tmp_path: Path) -> None:
        out = tmp_path / "out"
        begun(undisturbed.experiment, out, 8)
        whole = (out / "shards" / "0000003.parquet").read_bytes()
        (out / "shards" / ".0000020.parquet.part").write_bytes(whole)
        (out / "shards" / ".0000021-months.parquet.part").write_bytes(b"half")
        (out / ".manifest.json-12345678.part").write_bytes(b"{")
        with temporary_folder(out) as folder:
            (folder / "runs.parquet").write_bytes(b"half")
            kept = out / ".ssa_sim-00000000"
            shutil.copytree(folder, kept)
        assert status_of(out).done == 16
        begun(undisturbed.experiment, out, 9)
        assert not [path for path in out.rglob(".*") if path.name != ".lock"]
        standing, said = finished(undisturbed.experiment, out)
        assert standing.found == 18
        assert not said
        assert undisturbed.agrees_with(out)
        assert {path.name for path in out.iterdir()} == {path.name for path in undisturbed.out.iterdir()}

    @pytest.mark.parametrize("left", [".lock", ".manifest.json-12345678.part", ".ssa_sim-12345678"])
    def test_of_a_beginning(self, undisturbed: Undisturbed, tmp_path: Path, left: str) -> None:
        """Killed before the manifest stands there, a sweep has not begun."""
        out = tmp_path / "out"
        out.mkdir()
        (out / left).mkdir() if left.startswith(".ssa") else (out / left).touch()
        finished(undisturbed.experiment, out)
        assert undisturbed.agrees_with(out)

    def test_of_a_beginning_with_a_manifest_alone(self, undisturbed: Undisturbed, tmp_path: Path) -> None:
        out = tmp_path / "out"
        begun(undisturbed.experiment, out, 1)
        shutil.rmtree(out / "shards")
        finished(undisturbed.experiment, out)
        assert undisturbed.agrees_with(out)

    @pytest.mark.parametrize("names", [("0000003.parquet", "0000003-months.parquet"), ()])
    def test_of_an_end(self, undisturbed: Undisturbed, tmp_path: Path, names: tuple[str, ...]) -> None:
        """Killed while the shards are removed, what is left of them goes the next time; what is none of them is kept."""
        out = tmp_path / "out"
        finished(undisturbed.experiment, out)
        (out / "shards").mkdir()
        for name in names:
            (out / "shards" / name).write_bytes(b"some")
        standing, said = finished(undisturbed.experiment, out)
        assert standing.found == 64
        assert "already" in said[-1]
        assert not (out / "shards").exists()
        assert sorted(path.name for path in out.glob("set_aside/*")) == sorted(names)
        assert undisturbed.agrees_with(out)


class TestTheCutting:
    def test_is_what_it_was(self) -> None:
        """Where it changes on purpose, `layout.SHARD_LAYOUT` is raised: else shards begun before would be taken for others."""
        points = Design("list", (Axis("levers", "training.course_weeks"),), np.linspace(2.0, 40.0, 50)[:, None], {})
        experiments = [
            small_experiment(64, monthly="all"),
            small_experiment(100_000),
            small_experiment(3, seed=5, design=points),
        ]
        assert SHARD_LAYOUT == 2
        assert [(len(plan), plan.shard(len(plan) - 1)) for plan in map(layout, experiments)] == [
            (64, Shard(63, range(63, 64), range(1))),
            (121, Shard(120, range(99_240, 100_000), range(1))),
            (51, Shard(50, range(2, 3), range(48, 50))),
        ]
        assert task_for(experiments[2], layout(experiments[2]).shard(0)).points == (27, 30, 2)


def other_lever(experiment: Experiment) -> Experiment:
    first, second = experiment.scenarios
    return replace(
        experiment,
        scenarios=(first, NamedScenario(second.name, small_scenario(training__course_weeks=23.0))),
    )


def with_design(experiment: Experiment, samples: int) -> Experiment:
    axes = [Axis("levers", "personnel.stabilisation")]
    return replace(experiment, design=make_design("latin_hypercube", axes, samples=samples, seed=1))


BEFORE = with_design(small_experiment(12, outcomes=("readiness", "completions")), 3)
WITHOUT = replace(BEFORE, design=None)
PRECISE = replace(WITHOUT, precision=Precision("readiness", 0.1, maximum=20))
CHANGES: dict[str, list[tuple[Experiment, Experiment, tuple[str, ...]]]] = {
    "scenarios": [
        (BEFORE, other_lever(BEFORE), ("scenario 'variant'", "training.course_weeks", "24.0", "23.0")),
        (
            BEFORE,
            replace(BEFORE, scenarios=BEFORE.scenarios[:1]),
            ("scenarios", "['baseline', 'variant']", "['baseline']"),
        ),
    ],
    "replications": [(BEFORE, replace(BEFORE, replications=13), ("replications", "12", "13"))],
    "seed": [(BEFORE, replace(BEFORE, seed=4), ("seed", "2013", "4"))],
    "outcomes": [(BEFORE, replace(BEFORE, outcomes=("readiness",)), ("outcomes", "completions"))],
    "monthly": [(BEFORE, replace(BEFORE, monthly="none"), ("monthly", "summary", "none"))],
    "design": [
        (BEFORE, with_design(BEFORE, 4), ("design.samples", "3", "4")),
        (BEFORE, WITHOUT, ("design", "there was one, and now there is none")),
        (WITHOUT, BEFORE, ("design", "there was none, and now there is one")),
    ],
    "precision": [
        (PRECISE, replace(PRECISE, precision=Precision("readiness", 0.2, maximum=20)), ("precision", "0.1", "0.2")),
        (PRECISE, WITHOUT, ("precision", "None")),
    ],
}


class TestRefusals:
    @pytest.mark.parametrize(("name", "at"), [(name, at) for name, many in CHANGES.items() for at in range(len(many))])
    def test_a_folder_of_something_else_is_refused_by_the_fields_name(self, name: str, at: int, tmp_path: Path) -> None:
        before, after, words = CHANGES[name][at]
        out = tmp_path / "out"
        begun(before, out, 2)
        files = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        with pytest.raises(InputError) as caught:
            finished(after, out)
        text = str(caught.value)
        assert all(word in text for word in words), text
        for other in CHANGES.keys() - {name}:
            assert f" {other}:" not in text, text
        assert "--out" in text
        assert files == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        finished(before, out)
        with pytest.raises(InputError, match="holds the results of something else"):
            finished(after, out)

    def test_another_version_of_the_model(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        begun(BEFORE, out, 2)
        manifest = json.loads((out / "manifest.json").read_text())
        manifest["fields"]["model_version"] = manifest["provenance"]["model_version"] = "0123456789ab"
        manifest["identity"] = identity_of(manifest["fields"])
        (out / "manifest.json").write_text(json.dumps(manifest))
        with pytest.raises(InputError, match="model_version: it was 0123456789ab and is now"):
            finished(BEFORE, out)

    def test_every_field_is_tried(self) -> None:
        assert set(BEFORE.fields()) == {*CHANGES, "model_version"}

    def test_the_command_ends_with_status_2(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write_experiment(tmp_path)
        begun(load_experiment("experiment.toml"), tmp_path / "out", 2)
        capsys.readouterr()
        assert main(["sweep", "experiment.toml", "--out", "out", "--seed", "2"]) == 2
        output, said = capsys.readouterr()
        assert output == ""
        assert "out: The folder was begun with the runs of something else" in said
        assert "seed: it was 1 and is now 2" in said
