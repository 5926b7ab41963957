"""Sweeps of the real model, killed at random moments and resumed: nothing that was done is lost."""

import os
import re
import shutil
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ssa_sim.experiment.run.sweep import SweepProgress, sweep
from stand_ins import light_settings, small_experiment

ROOT = Path(__file__).resolve().parents[2]
KILLS = 6


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the harness looks for processes in /proc")
def test_nothing_is_lost_to_some_kills() -> None:
    """The short version of `python -m benchmarks.kills`."""
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.kills", "--kills", str(KILLS), "--replications", "20"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.startswith(f"{KILLS} kills, ")
    counted = {name.strip(): int(number) for name, number in re.findall(r"^([a-z ]+)  (\d+)$", ended.stdout, re.M)}
    assert counted.pop("runs acknowledged") > 0
    assert counted.pop("statements compared") > 0
    assert len(counted) == 7
    assert not any(counted.values()), ended.stdout
    phases = re.findall(r"^\| ([a-z ]+) \| (\d+) \| (\d+) \| (\d+) \|$", ended.stdout, re.M)
    kills = {phase: sum(map(int, numbers)) for phase, *numbers in phases}
    assert sum(kills.values()) == KILLS
    assert kills.pop("starting") < KILLS  # the others fell after a command had made its first shard


class PulledPlugError(BaseException):
    """Ends a sweep where it stands."""


class TestTheHarness:
    """It sees what it is there for."""

    @pytest.fixture
    def kills(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.syspath_prepend(str(ROOT))
        return import_module("benchmarks.kills")

    @pytest.fixture
    def out(self, tmp_path: Path) -> Path:
        """A folder of which half of the runs are there."""
        self.go_on(tmp_path / "out", until=16)
        return tmp_path / "out"

    @staticmethod
    def go_on(out: Path, until: int = 99) -> None:
        def pull(standing: SweepProgress) -> None:
            if standing.done >= until:
                raise PulledPlugError

        if until < 99:
            with pytest.raises(PulledPlugError):
                sweep(small_experiment(16), out, light_settings(), progress=pull)
        else:
            sweep(small_experiment(16), out, light_settings())

    @staticmethod
    def shard(out: Path, number: int = 2) -> Path:
        return out / "shards" / f"{number:07d}.parquet"

    def test_a_sweep_that_goes_on_is_without_fault(self, kills: Any, out: Path) -> None:
        tally = kills.Tally()
        ledger = kills.Ledger(kills.Folder(out), tally)
        with ledger.watching():
            ledger.note()
            self.go_on(out, until=24)
        ledger.note()
        ledger.compare("20 of 32 runs (62%), time left not known yet\n24 of 32 runs (75%), 9 a second\n")
        assert (len(ledger.rows), tally.statements, tally.faults) == (24, 2, 0)
        with ledger.watching():
            self.go_on(out)
        ledger.compare("32 runs done in 1 s.\n")
        assert (tally.statements, tally.faults) == (2, 0)

    @pytest.mark.parametrize(
        ("fault", "count"),
        [
            (lambda out: TestTheHarness.shard(out).unlink(), "vanished"),
            (lambda out: shutil.rmtree(out), "vanished"),
            (lambda out: shutil.rmtree(out / "shards"), "vanished"),
            (lambda out: TestTheHarness.shard(out).write_bytes(b"torn"), "vanished"),
            (lambda out: rewrite(TestTheHarness.shard(out)), "made_again"),
        ],
        ids=[
            "a shard is removed",
            "all is removed",
            "all shards are removed",
            "a shard is torn",
            "a shard is rewritten",
        ],
    )
    def test_faults_in_the_last_command_are_seen(self, kills: Any, out: Path, fault: Any, count: str) -> None:
        """Runs that are made again are the same runs: the results do not tell that they were lost meanwhile."""
        tally = kills.Tally()
        folder = kills.Folder(out)
        ledger = kills.Ledger(folder, tally)
        with ledger.watching():
            ledger.note()
        acknowledged = dict(ledger.rows)
        with ledger.watching():
            fault(out)
            if count == "vanished":
                self.go_on(out, until=4)
                time.sleep(5 * kills._LOOK_SECONDS)
            self.go_on(out)
        assert {run: row for run, row in folder.runs() if run in acknowledged} == acknowledged
        assert getattr(tally, count) > 0
        assert tally.faults > 0

    def test_a_command_that_says_too_much(self, kills: Any, out: Path) -> None:
        tally = kills.Tally()
        ledger = kills.Ledger(kills.Folder(out), tally)
        ledger.note()
        ledger.compare("16 of 32 runs (50%), 9 a second\n17 of 32 runs (53%), 9 a second\n")
        assert (tally.statements, tally.said_too_much, tally.faults) == (2, 1, 1)

    def test_a_command_that_says_that_it_makes_a_shard_anew(self, kills: Any, out: Path) -> None:
        """As the sweep says it itself."""
        self.shard(out).write_bytes(b"torn")
        said: list[str] = []
        sweep(small_experiment(16), out, light_settings(), notify=said.append)
        tally = kills.Tally()
        kills.Ledger(kills.Folder(out), tally).compare("\n".join(said))
        assert tally.made_again == 1


def rewrite(path: Path) -> None:
    """The same bytes in another file."""
    content = path.read_bytes()
    path.unlink()
    path.with_name("another").write_bytes(content)
    path.with_name("another").rename(path)
