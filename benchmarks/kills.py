"""Kills sweeps at random moments, and looks whether anything that was done is lost.

    python -m benchmarks.kills --kills 200

A sweep is run through the command line on the real model. A worker, the parent or all processes are killed (SIGKILL) while
they start, compute, write a shard, put the tables together or tidy up; the same command is then given again, until the sweep
is complete, and new sweeps are begun until there were enough kills. A run counts as acknowledged once its shard stands on the
disk under its right name, or once the command said that so many are done. In the end every acknowledged run must be in the
results, once and unchanged; no run may have been set aside as failed; no process may be left over; and all tables must be the
same bytes as those of undisturbed sweeps with one worker and with two. Since a run that was lost and made again is the same
run, the shards are watched all the time: until the sweep is complete none may vanish or be written again, in no command.
"""

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from benchmarks.processes import members_of, workers_of

TABLES = ("runs.parquet", "monthly.parquet", "trajectories.parquet", "design.parquet")
PHASES = ("starting", "computing", "writing a shard", "putting together", "tidying up")
VICTIMS = ("worker", "parent", "all")
PATIENCE_SECONDS = 300.0
_WATCH_SECONDS = 0.0003
_LOOK_SECONDS = 0.02
"""Between two looks at the shards: less than a command takes to start, and so to make one again."""
_COMMAND = """\
import sys
import ssa_sim.experiment.ask.layout as layout
from ssa_sim.cli import main, progress
layout._LEAST_SECONDS = 0.0
progress.SECONDS_BETWEEN_LINES = 0.05
sys.exit(main(sys.argv[1:]))
"""
"""The command line with as many shards as can be, telling much more often than it does for people how far it is."""
_SHARD = re.compile(r"\d{7,}\.parquet")
_SAID = re.compile(r"^(\d+) (?:of \d+ )?runs", re.MULTILINE)
_TOLD_ANEW = "made anew"

SCENARIO = 'title = "Small"\n[period]\nstart = 2013-02-01\nend = 2014-02-01\n[size]\nunits = 4\n'
LONGER = 'title = "Longer"\nextends = "small.toml"\n[levers]\n"training.course_weeks" = 24\n'
EXPERIMENT = """\
title = "Killed again and again"
scenarios = ["small.toml", "longer.toml"]
replications = {replications}
seed = {seed}
[design]
method = "latin_hypercube"
samples = 20
[design.levers]
"personnel.stabilisation" = {{ low = 0.0, high = 1.0 }}
[design.uncertainties]
"turnover.reassignment_rate" = {{ low = 0.005, high = 0.04 }}
[output]
monthly = "all"
"""
_RUNS_A_REPLICATION = 40


@dataclass
class Tally:
    """What happened.

    Attributes:
        kills: by phase and victim.
        sweeps: completed.
        commands: given.
        acknowledged: runs on the disk at the last kill of each sweep, and before.
        lost: acknowledged runs that are not in the results as they were.
        vanished: acknowledged shards that were gone before the sweep was complete.
        statements: of commands that were killed, of how many runs were done, held against the disk.
        said_too_much: of these, those that said more than the disk held.
        duplicated: runs that are in the results, or in the shards at a kill, more than once.
        made_again: shards that were acknowledged and written once more, and those that a command said it made anew.
        set_aside: runs that are failed in the results.
        left_over: processes that did not end by themselves after their parent was killed.
        different: tables that are not the same bytes as in an undisturbed sweep, and digests.
    """

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    sweeps: int = 0
    commands: int = 0
    acknowledged: int = 0
    lost: int = 0
    vanished: int = 0
    statements: int = 0
    said_too_much: int = 0
    duplicated: int = 0
    made_again: int = 0
    set_aside: int = 0
    left_over: int = 0
    different: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """Everything that must not happen."""
        runs = self.lost + self.said_too_much + self.duplicated + self.set_aside
        return runs + self.vanished + self.made_again + self.left_over + len(self.different)

    def __str__(self) -> str:
        """A table of the kills, and a line a promise."""
        lines = [
            f"{self.kills.total()} kills, {self.commands} commands, {self.sweeps} sweeps completed",
            "",
            f"| killed while | {' | '.join(VICTIMS)} |",
            "| --- |" + " --- |" * len(VICTIMS),
            *(f"| {phase} | {' | '.join(str(self.kills[phase, one]) for one in VICTIMS)} |" for phase in PHASES),
            "",
            f"runs acknowledged           {self.acknowledged}",
            f"  of them lost              {self.lost}",
            f"runs duplicated             {self.duplicated}",
            f"statements compared         {self.statements}",
            f"  of them said too much     {self.said_too_much}",
            f"shards that vanished        {self.vanished}",
            f"shards made again           {self.made_again}",
            f"runs wrongly set aside      {self.set_aside}",
            f"processes left over         {self.left_over}",
            f"digests and tables equal    {'all' if not self.different else 'NO: ' + ', '.join(self.different)}",
        ]
        return "\n".join(lines)


class Folder:
    """A result folder, looked at from outside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shards = path / "shards"

    def phase(self, shards_before: int) -> str:
        """What the process that works on it does at this moment, as far as the disk shows."""
        if not (self.path / "manifest.json").exists():
            return "starting"
        names = _names(self.shards)
        if any(name.endswith(".part") for name in names):
            return "writing a shard"
        if any(name.startswith(".ssa_sim-") for name in _names(self.path)):
            return "putting together"
        if self.is_complete():
            return "tidying up"
        return "computing" if sum(map(bool, map(_SHARD.fullmatch, names))) > shards_before else "starting"

    def is_complete(self) -> bool:
        with contextlib.suppress(OSError, ValueError):
            return json.loads((self.path / "manifest.json").read_bytes())["state"] == "complete"
        return False

    def n_shards(self) -> int:
        return sum(map(bool, map(_SHARD.fullmatch, _names(self.shards))))

    def written(self) -> dict[str, tuple[int, int]]:
        """Each shard's file, and which file it is: another one if it was written again."""
        found = {}
        for name in filter(_SHARD.fullmatch, _names(self.shards)):
            with contextlib.suppress(FileNotFoundError):
                facts = (self.shards / name).stat()
                found[name] = facts.st_ino, facts.st_mtime_ns
        return found

    def acknowledged(self) -> list[tuple[str, str]]:
        """The runs in all shards that stand under their right name: identity, and a hash of the row."""
        found: list[tuple[str, str]] = []
        for name in sorted(filter(_SHARD.fullmatch, _names(self.shards))):
            with contextlib.suppress(FileNotFoundError):
                found += rows_of(self.shards / name)
        return found

    def runs(self) -> list[tuple[str, str]]:
        """The runs in the results."""
        return list(rows_of(self.path / "runs.parquet"))


def rows_of(path: Path) -> Iterator[tuple[str, str]]:
    """The identity of each run in a table, and a hash of what the table says of it."""
    table = pq.read_table(path)
    for row in table.drop_columns([name for name in table.column_names if name == "trace"]).to_pylist():
        yield row["run_id"], hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()


class Ledger:
    """What one sweep has acknowledged, held against what its folder shows.

    Args:
        folder: the sweep's.
        tally: counts what must not happen.

    Attributes:
        rows: by the identity of each acknowledged run, the hash of its row.
    """

    def __init__(self, folder: Folder, tally: Tally) -> None:
        self.rows: dict[str, str] = {}
        self._folder = folder
        self._tally = tally
        self._files: dict[str, tuple[int, int]] = {}

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Look again and again while it lasts, and once more at its end."""
        ended = threading.Event()

        def look() -> None:
            while not ended.wait(_LOOK_SECONDS):
                self.look()

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            self.look()

    def look(self) -> None:
        """Every shard that was ever there must be, and be the same file, until the sweep is complete and needs none."""
        now = self._folder.written()
        if self._folder.is_complete():
            return
        self._tally.vanished += len(self._files.keys() - now.keys())
        self._tally.made_again += sum(self._files.get(name, file) != file for name, file in now.items())
        self._files = now

    def note(self) -> None:
        """Every run in the shards is acknowledged; one that was before must be as it was."""
        runs = self._folder.acknowledged()
        self._tally.duplicated += len(runs) - len(dict(runs))
        self._tally.lost += sum(self.rows.get(run_id, row) != row for run_id, row in runs)
        self.rows.update(runs)

    def compare(self, log: str) -> None:
        """What a command that has ended said, with what is there."""
        self._tally.made_again += log.count(_TOLD_ANEW)
        if not self._folder.is_complete():
            said = [int(number) for number in _SAID.findall(log)]
            self._tally.statements += len(said)
            self._tally.said_too_much += sum(number > len(self.rows) for number in said)


class Harness:
    """Kills one sweep after the other.

    Args:
        ground: a folder to work in.
        replications: how large each sweep is.
        seed: of the moments and victims.
    """

    def __init__(self, ground: Path, replications: int, seed: int) -> None:
        self.ground = ground
        self.chance = np.random.default_rng(seed)
        self.tally = Tally()
        (ground / "small.toml").write_text(SCENARIO)
        (ground / "longer.toml").write_text(LONGER)
        self.experiment = ground / "experiment.toml"
        self.experiment.write_text(EXPERIMENT.format(replications=replications, seed=2013))
        self.undisturbed = [self._undisturbed(workers) for workers in (1, 2)]
        self.compared(self.undisturbed[1], self.undisturbed[0], "two workers against one")

    def run(self, kills: int) -> Tally:
        """Kill until there were enough kills, and complete the last sweep."""
        while self.tally.kills.total() < kills:
            self._sweep(kills)
        return self.tally

    def _command(self, out: Path, workers: int = 2) -> list[str]:
        return [
            *(sys.executable, "-c", _COMMAND, "sweep", str(self.experiment)),
            *("--out", str(out), "--workers", str(workers)),
        ]

    def _undisturbed(self, workers: int) -> Folder:
        out = self.ground / f"undisturbed-{workers}"
        subprocess.run(self._command(out, workers), check=True, capture_output=True)
        return Folder(out)

    def _sweep(self, kills: int) -> None:
        """One sweep from its beginning to its end."""
        folder = Folder(self.ground / f"sweep-{self.tally.sweeps}")
        ledger = Ledger(folder, self.tally)
        while True:
            status = self._disturbed(folder, ledger, kills)
            if status == 0:
                break
            if status != -signal.SIGKILL:
                raise SystemExit(f"The command ended with status {status}:\n{self._log().read_text()}")
        self.tally.sweeps += 1
        self._judge(folder, ledger.rows)
        shutil.rmtree(folder.path)

    def _log(self) -> Path:
        return self.ground / "stderr.txt"

    def _disturbed(self, folder: Folder, ledger: Ledger, kills: int) -> int:
        """Give the command once, kill what belongs to it, and look what is there then; returns the exit status."""
        before = folder.n_shards()
        self.tally.commands += 1
        with ledger.watching():
            with self._log().open("w") as log:
                process = subprocess.Popen(self._command(folder.path), stderr=log, stdout=log, start_new_session=True)
            status = self._killed(process, folder, ledger, kills, before)
            self._wait_for_the_rest(process.pid)
        ledger.note()
        ledger.compare(self._log().read_text())
        return status

    def _killed(
        self, process: "subprocess.Popen[bytes]", folder: Folder, ledger: Ledger, kills: int, before: int
    ) -> int:
        """Kill workers of a command, and at last perhaps the command; returns its exit status."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while process.poll() is None and self.tally.kills.total() < kills:
            victim = str(self.chance.choice(VICTIMS, p=[0.45, 0.3, 0.25]))
            if not self._wait_for_moment(process, folder, before, victim) or not self._kill(
                process, folder, before, victim
            ):
                continue
            if victim != "worker":
                break
            ledger.note()
        try:
            return process.wait(max(1.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise SystemExit(f"The command hangs:\n{self._log().read_text()}") from None

    def _wait_for_moment(self, process: "subprocess.Popen[bytes]", folder: Folder, before: int, victim: str) -> bool:
        """Wait for a moment of a kind chosen at random; False if the command ended before it came."""
        kind = str(self.chance.choice(PHASES, p=[0.2, 0.3, 0.25, 0.15, 0.1]))
        if kind == "starting":
            if victim == "worker":
                _wait(process, lambda: bool(workers_of(process.pid)))
                return _wait(process, lambda: False, self.chance.uniform(0.0, 1.5))
            return _wait(process, lambda: False, self.chance.uniform(0.0, 4.0))
        if kind == "computing":
            _wait(process, lambda: folder.phase(before) == "computing")
            return _wait(process, lambda: False, self.chance.uniform(0.0, 1.0))
        if kind == "writing a shard":
            _wait(process, lambda: folder.phase(before) == "computing")
            _wait(process, lambda: False, self.chance.uniform(0.0, 0.5))
            return _wait(process, lambda: folder.phase(before) == kind)
        if victim == "worker":  # there is none any more
            return False
        _wait(process, lambda: folder.phase(before) in PHASES[PHASES.index(kind) :])
        return _wait(process, lambda: False, self.chance.uniform(0.0, 0.3 if kind == "putting together" else 0.002))

    def _kill(self, process: "subprocess.Popen[bytes]", folder: Folder, before: int, victim: str) -> bool:
        phase = folder.phase(before)
        try:
            if victim == "worker":
                workers = workers_of(process.pid)
                if not workers:
                    return False
                os.kill(int(self.chance.choice(workers)), signal.SIGKILL)
            elif process.poll() is not None:
                return False
            elif victim == "parent":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.tally.kills[phase, victim] += 1
        return True

    def _wait_for_the_rest(self, group: int) -> None:
        """Whatever a killed command has started ends by itself, and soon."""
        deadline = time.monotonic() + 10.0
        while rest := members_of(group):
            if time.monotonic() > deadline:
                self.tally.left_over += len(rest)
                os.killpg(group, signal.SIGKILL)
                return
            time.sleep(0.01)

    def _judge(self, folder: Folder, acknowledged: dict[str, str]) -> None:
        """The results of a complete sweep."""
        runs = folder.runs()
        rows = dict(runs)
        self.tally.acknowledged += len(acknowledged)
        self.tally.lost += sum(rows.get(run_id) != row for run_id, row in acknowledged.items())
        self.tally.duplicated += len(runs) - len(rows)
        self.tally.set_aside += json.loads((folder.path / "manifest.json").read_bytes())["counts"]["failed"]
        for one in self.undisturbed:
            self.compared(folder, one, folder.path.name)
        unexpected = set(_names(folder.path)) - {*_names(self.undisturbed[0].path), ".lock"}
        self.tally.different += [f"{folder.path.name} holds {name}" for name in sorted(unexpected)]

    def compared(self, one: Folder, other: Folder, what: str) -> None:
        """Note every table that is not the same bytes in two folders, and the digest."""
        digests = [json.loads((each.path / "manifest.json").read_bytes())["digest"] for each in (one, other)]
        if digests[0] != digests[1]:
            self.tally.different.append(f"digest ({what})")
        for name in TABLES:
            if (one.path / name).read_bytes() != (other.path / name).read_bytes():
                self.tally.different.append(f"{name} ({what})")


def _wait(process: "subprocess.Popen[bytes]", there: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Wait until something is there, or so long; False if the command has ended."""
    deadline = time.monotonic() + seconds
    while process.poll() is None:
        if there() or time.monotonic() >= deadline:
            return True
        time.sleep(_WATCH_SECONDS)
    return False


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def main() -> None:
    """Parse, kill, print; exit status 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--replications", type=int, default=60, help=f"times {_RUNS_A_REPLICATION} runs make a sweep")
    parser.add_argument("--seed", type=int, default=0, help="of the moments and victims")
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ssa_sim-kills-") as ground:
        tally = Harness(Path(ground), asked.replications, asked.seed).run(asked.kills)
    print(f"{tally}\n\n{time.monotonic() - begun:.0f} s")
    if tally.faults:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
