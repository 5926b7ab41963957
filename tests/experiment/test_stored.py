"""Looking at what a result folder holds: `status`, `verify`, `replay`, the forecast of a sweep, and its progress."""

import errno
import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from filelock import FileLock

import cluster_stand_ins
import ssa_sim
import ssa_sim.experiment.ask.forecast as forecast
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.cli import main
from ssa_sim.cli.progress import Pace, duration, rate
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, listed_design
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.ask.forecast import disk_needed
from ssa_sim.experiment.ask.layout import SHARD_LAYOUT, layout
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario, identity_of
from ssa_sim.experiment.keep.disk import checksum
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.status import status_of
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.keep.sweep_folder import ShardFacts, locked
from ssa_sim.experiment.run.replay import replay
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.stored_runs import StoredRuns
from ssa_sim.experiment.run.sweep import SweepProgress, sweep
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.schema import Scenario
from stand_ins import light_settings, small_scenario

SOURCES = Path(ssa_sim.__file__).parent.parent
SCENARIO = """\
title = "Small"
[period]
start = 2013-02-01
end = 2014-04-01
[size]
units = 3
"""
EXPERIMENT = """\
title = "Levers, uncertainties, a mechanism and a structure"
scenarios = ["small.toml", "held.toml"]
replications = 2
[design]
method = "latin_hypercube"
samples = 6
[design.levers]
"coordination.regime" = ["none", "information", "host_led"]
"training.mission" = {}
"training.camp_places" = { low = 300, high = 900 }
"training.course_weeks" = { low = 6, high = 24 }
[design.uncertainties]
"turnover.reassignment_rate" = {}
[design.mechanisms]
turnover = {}
[design.structures]
decay = ["always", "drift"]
"""

Captured = pytest.CaptureFixture[str]


def write_experiment(folder: Path, text: str = EXPERIMENT) -> Path:
    (folder / "small.toml").write_text(SCENARIO)
    (folder / "held.toml").write_text('extends = "small.toml"\n[levers]\n"personnel.stabilisation" = 0.5\n')
    file = folder / "experiment.toml"
    file.write_text(text)
    return file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete folder; not to be changed."""
    folder = tmp_path_factory.mktemp("made")
    sweep(load_experiment(write_experiment(folder)), folder / "results", RunSettings(workers=1))
    return folder / "results"


@pytest.fixture
def complete(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "results"))


class PulledPlugError(BaseException):
    """Ends a sweep where it stands."""


@pytest.fixture
def half_done(tmp_path: Path) -> Path:
    """A folder of which half of the runs are there."""

    def pull(standing: SweepProgress) -> None:
        if standing.done >= standing.planned / 2:
            raise PulledPlugError

    experiment = load_experiment(write_experiment(tmp_path))
    settings = RunSettings(workers=1, command="ssa-sim sweep experiment.toml --out half")
    with pytest.raises(PulledPlugError):
        sweep(experiment, tmp_path / "half", settings, progress=pull)
    return tmp_path / "half"


@pytest.fixture
def failed(tmp_path: Path) -> Path:
    """A complete folder with a run that raised."""

    def simulate(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
        if replicate == 1:
            raise ZeroDivisionError("a rule divides\nby zero")
        return cluster_stand_ins.lightly(scenario, changes, seed=seed, replicate=replicate)

    scenario = load_experiment(write_experiment(tmp_path)).scenarios[0].scenario
    points = np.array([[0.01], [0.02]])
    experiment = Experiment(
        "One fails",
        (NamedScenario("small", scenario),),
        replications=2,
        design=listed_design([Axis("uncertainties", cluster_stand_ins.RATE, None, 0.01, 0.02)], points),
    )
    sweep(experiment, tmp_path / "failed", RunSettings(workers=1, simulate=simulate, prepare=cluster_stand_ins.nothing))
    return tmp_path / "failed"


def size_of(folder: Path, *names: str) -> int:
    """What files in a folder hold, in bytes; by default, all of them."""
    paths = [folder / name for name in names] or [path for path in folder.rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in paths)


def edit_manifest(folder: Path, edit: Any) -> None:
    path = folder / "manifest.json"
    content = json.loads(path.read_text())
    edit(content)
    path.write_text(json.dumps(content))


def all_different(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
    """Numbers of which no two runs share any digits."""
    levers = scenario.levers
    parts = (levers.personnel.stabilisation, levers.training.course_weeks, *changes.values())
    rng = np.random.default_rng([seed, replicate, *(round(1e6 * part) for part in parts)])
    return rng.normal(size=scenario.months * len(OUTCOMES)).view(cluster_stand_ins.HISTORY).view(np.recarray)


def run_ids(folder: Path, status: str = "ok") -> list[str]:
    runs = load_results(folder).runs
    return list(runs[runs["status"] == status]["run_id"])


def as_it_is(folder: Path) -> dict[Path, object]:
    """Every file of a folder, and when it was written; of the lock, which is tried for a moment, what it holds."""
    paths = folder.rglob("*")
    return {path: path.read_bytes() if path.name == ".lock" else path.stat().st_mtime_ns for path in paths}


class TestStatus:
    def test_complete(self, complete: Path, capsys: Captured) -> None:
        assert main(["status", str(complete)]) == 0
        assert capsys.readouterr().out == (
            "Levers, uncertainties, a mechanism and a structure\n24 of 24 runs are done (100.0%), 0 of them failed.\n"
            f"Complete. Digest {read_manifest(complete).digest}\n"
        )

    def test_idle(self, half_done: Path, capsys: Captured) -> None:
        before = as_it_is(half_done)
        assert main(["status", str(half_done)]) == 0
        assert capsys.readouterr().out == (
            "Levers, uncertainties, a mechanism and a structure\n12 of 24 runs are done (50.0%), 0 of them failed.\n"
            "Nobody is working on it. To resume:\n  ssa-sim sweep experiment.toml --out half\n"
        )
        assert as_it_is(half_done) == before

    def test_of_another_model_version(self, half_done: Path, capsys: Captured) -> None:

        def age(content: Any) -> None:
            for part in ("fields", "provenance"):
                content[part]["model_version"] = "0123456789abcdef"
            content["identity"] = identity_of(content["fields"])

        edit_manifest(half_done, age)
        assert main(["status", str(half_done)]) == 0
        assert (
            f"It was begun with model version 0123456789abcdef, and this is {MODEL_VERSION}: it can be resumed by that "
            "version only."
        ) in capsys.readouterr().out

    def test_failed_runs(self, failed: Path, capsys: Captured) -> None:
        assert main(["status", str(failed)]) == 0
        out = capsys.readouterr().out
        assert "4 of 4 runs are done (100.0%), 2 of them failed." in out
        for run_id in run_ids(failed, "failed"):
            assert f"  failed: {run_id}  small, replicate 1: ZeroDivisionError: a rule divides by zero\n" in out

    def test_json(self, failed: Path, capsys: Captured) -> None:
        assert main(["status", str(failed), "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert {name: printed[name] for name in ("state", "is_running", "planned", "done", "failed")} == {
            "state": "complete",
            "is_running": False,
            "planned": 4,
            "done": 4,
            "failed": 2,
        }
        assert printed["model_version"] == MODEL_VERSION
        assert printed["seconds_left"] is None
        first, _ = sorted(printed["failures"], key=lambda row: row["point"])
        assert (first["replicate"], first["seed"], first[cluster_stand_ins.RATE]) == (1, 2013, 0.01)
        assert 'raise ZeroDivisionError("a rule divides' in first["trace"]

    def test_failures_of_a_sweep_under_way(self, failed: Path, tmp_path: Path) -> None:
        """They stand in the shards until all is put together."""
        folder = tmp_path / "copy"
        (folder / "shards").mkdir(parents=True)
        table = pq.read_table(failed / "runs.parquet")
        trace = pa.array([None, None, "Traceback", "Traceback"], pa.string())
        identity = f"{read_manifest(failed).identity}-{SHARD_LAYOUT}"
        facts = ShardFacts(identity=identity, number=0, runs=4, failed=2, content="", months="")
        about = {b"ssa_sim": json.dumps(facts._asdict()).encode()}
        shard = table.append_column("trace", trace).replace_schema_metadata(about)
        pq.write_table(shard, folder / "shards" / "0000000.parquet")
        shutil.copy(failed / "manifest.json", folder)
        edit_manifest(folder, lambda content: content.update(state="incomplete", digest="", files={}))
        found = StoredRuns(folder).failures()
        assert [(row["replicate"], row["trace"]) for row in found] == [(1, "Traceback")] * 2
        assert "readiness" not in found[0]

    def test_where_the_lock_cannot_be_tried_it_says_so(
        self, half_done: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As on a disk that is read-only: that is not the same as somebody working on it."""

        def refuse(self: FileLock, timeout: float) -> None:
            raise OSError(errno.EROFS, "Read-only file system")

        monkeypatch.setattr(FileLock, "acquire", refuse)
        assert status_of(half_done).is_running is None
        assert main(["status", str(half_done)]) == 0
        assert capsys.readouterr().out.endswith(
            "Whether a process is working on it cannot be told from here. To resume:\n"
            "  ssa-sim sweep experiment.toml --out half\n"
        )
        assert main(["status", str(half_done), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["is_running"] is None

    def test_a_lock_that_is_held_is_seen(self, half_done: Path) -> None:
        with locked(half_done):
            assert status_of(half_done).is_running is True
        assert status_of(half_done).is_running is False

    def test_a_command_is_kept_as_it_can_be_typed_anywhere(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
    ) -> None:
        """By the last who worked on the folder."""
        write_experiment(tmp_path)
        monkeypatch.chdir(tmp_path)
        lasting = f"ssa-sim sweep {tmp_path}/experiment.toml --out {tmp_path}/out"
        limited = "--workers 1 --replications 1 --time-limit 100"
        assert main(["sweep", "experiment.toml", "--out", "out", *limited.split()]) == 0
        assert read_manifest(tmp_path / "out").provenance["command"] == f"{lasting} {limited}"

    def test_results_that_are_not_all_there_are_not_loaded_but_can_be_read(self, half_done: Path) -> None:
        with pytest.raises(InputError) as caught:
            load_results(half_done)
        assert str(caught.value).endswith(
            f"what is there can be read as it lies, a file for each shard: {half_done}/shards/*[0-9].parquet."
        )
        parts = sorted((half_done / "shards").glob("*[0-9].parquet"))
        runs = pd.concat(map(pd.read_parquet, parts), ignore_index=True)
        assert len(runs) == status_of(half_done).done
        assert runs["run_id"].is_unique

    @pytest.mark.long
    def test_running_and_then_killed(self, tmp_path: Path, capsys: Captured) -> None:
        """Seen from another process; of a killed one it says what goes on with it."""
        write_experiment(tmp_path, EXPERIMENT.replace("replications = 2", "replications = 1000"))
        arguments = ["-m", "ssa_sim", "sweep", "experiment.toml", "--out", "results", "--workers", "1"]
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            stderr=subprocess.DEVNULL,
        )
        try:
            folder = tmp_path / "results"
            wait_for_shards(folder, 4)
            running = status_of(folder)
            assert running.is_running
            assert 0 < running.done < running.planned == 1000 * 12
            assert running.seconds_left == pytest.approx((running.planned - running.done) / running.per_second)
            assert main(["status", str(folder)]) == 0
            assert "A process is working on it: " in capsys.readouterr().out
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        killed = status_of(folder)
        assert (killed.is_running, math.isnan(killed.seconds_left)) == (False, True)
        assert main(["status", str(folder)]) == 0
        command = f"ssa-sim sweep {tmp_path}/experiment.toml --out {tmp_path}/results --workers 1"
        assert f"To resume:\n  {command}\n" in capsys.readouterr().out


def wait_for_shards(folder: Path, count: int) -> None:
    deadline = time.monotonic() + 120
    while len(list((folder / "shards").glob("[0-9]*[0-9].parquet"))) < count:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def plant(path: Path, change: Any) -> None:
    """Write a table again with a change."""
    metadata = pq.read_schema(path).metadata
    table = change(pq.read_table(path))
    path.unlink()
    pq.write_table(table.replace_schema_metadata(metadata), path)


def flip_last_bit(row: int, column: str = "readiness") -> Any:
    """The last bit of one number."""

    def change(table: pa.Table) -> pa.Table:
        values = table.column(column).to_numpy().copy()
        values.view(np.int64)[row] ^= 1
        return table.set_column(table.column_names.index(column), column, pa.array(values))

    return change


class TestVerify:
    def test_the_same_bits(self, complete: Path, capsys: Captured) -> None:
        assert main(["verify", str(complete), "--sample", "1000"]) == 0
        assert capsys.readouterr().out == "24 runs made again: none of them differ.\nThe same to the last bit.\n"

    def test_a_sample_is_drawn_by_its_seed(self, complete: Path) -> None:
        def drawn(seed: int) -> list[str]:
            return [row["run_id"] for row in StoredRuns(complete).sample(5, seed)]

        assert drawn(1) == drawn(1) != drawn(2)
        assert len(set(drawn(1))) == 5

    def test_one_bit_that_was_changed(self, complete: Path, capsys: Captured) -> None:
        plant(complete / "runs.parquet", flip_last_bit(7))
        row = pq.read_table(complete / "runs.parquet").slice(7, 1).to_pylist()[0]
        assert main(["verify", str(complete), "--sample", "1000"]) == 1
        out = capsys.readouterr().out
        assert "runs.parquet is not what was written: it was changed, damaged or removed.\n" in out
        assert (
            f"{row['run_id']} ({row['scenario']}, replicate {row['replicate']}) differs in readiness.\n"
            "24 runs made again: 1 of them differs.\nWhat is promised: The same bits come back"
        ) in out

    def test_one_bit_that_a_small_sample_misses(self, complete: Path, capsys: Captured) -> None:
        (drawn,) = StoredRuns(complete).sample(1, 0)
        plant(complete / "runs.parquet", flip_last_bit(0 if drawn["run_id"] != run_ids(complete)[0] else 1))
        assert main(["verify", str(complete), "--sample", "1", "--json"]) == 1
        printed = json.loads(capsys.readouterr().out)
        assert printed["changed_files"] == ["runs.parquet"]
        assert (printed["checked"], printed["different"]) == (1, [])

    def test_results_that_never_came_from_this_model(self, complete: Path, capsys: Captured) -> None:
        """Where the checksum fits what is there, the digest tells, and running again finds which."""
        plant(complete / "runs.parquet", flip_last_bit(7, "completions"))
        edit_manifest(
            complete, lambda content: content["files"].update({"runs.parquet": checksum(complete / "runs.parquet")})
        )
        assert main(["verify", str(complete), "--sample", "1000", "--json"]) == 1
        printed = json.loads(capsys.readouterr().out)
        assert printed["changed_files"] == ["manifest.json"]
        (different,) = printed["different"]
        (now,) = different["fields"].values()
        assert list(different["fields"]) == ["completions"]
        assert now["stored"] == np.nextafter(now["now"], now["stored"])

    @pytest.mark.parametrize("name", ["monthly.parquet", "design.parquet"])
    def test_another_table(self, complete: Path, name: str, capsys: Captured) -> None:
        with (complete / name).open("r+b") as file:
            file.seek(200)
            byte = file.read(1)
            file.seek(200)
            file.write(bytes([byte[0] ^ 1]))
        assert main(["verify", str(complete), "--sample", "1"]) == 1
        assert f"{name} is not what was written" in capsys.readouterr().out

    @pytest.mark.parametrize("fault", ["torn", "gone"])
    def test_a_file_that_cannot_be_read(self, complete: Path, fault: str, capsys: Captured) -> None:
        path = complete / "runs.parquet"
        content = path.read_bytes()
        path.unlink()
        if fault == "torn":
            path.write_bytes(content[: len(content) // 2])
        assert main(["verify", str(complete)]) == 1
        out = capsys.readouterr().out
        assert (
            "runs.parquet is not what was written: it was changed, damaged or removed.\nNo run could be made again"
            in out
        )
        assert "none of them differ" not in out
        assert "The same" not in out

    def test_of_a_sweep_under_way(self, half_done: Path, capsys: Captured) -> None:
        assert main(["verify", str(half_done), "--sample", "1000"]) == 0
        assert "12 runs made again: none of them differ." in capsys.readouterr().out
        shard = sorted((half_done / "shards").glob("[0-9]*[0-9].parquet"))[2]
        plant(shard, flip_last_bit(1))
        assert main(["verify", str(half_done), "--sample", "1000"]) == 1
        out = capsys.readouterr().out
        assert f"shards/{shard.name} is not what was written" in out
        assert "12 runs made again: 1 of them differs." in out

    def test_where_there_is_nothing_yet(self, half_done: Path, capsys: Captured) -> None:
        shutil.rmtree(half_done / "shards")
        assert main(["verify", str(half_done)]) == 2
        assert "There is no run in order that could be made again." in capsys.readouterr().err

    def test_it_says_what_is_not_as_it_was(self, complete: Path, capsys: Captured) -> None:
        def age(content: dict[str, Any]) -> None:
            content["provenance"]["packages"]["numpy"] = "1.0"
            content["provenance"]["platform"]["processor"] = "Another"

        edit_manifest(complete, age)
        assert main(["verify", str(complete), "--sample", "1"]) == 0
        out = capsys.readouterr().out
        assert (
            f"Note: numpy was 1.0 and is {np.__version__}; results may differ.\nNote: processor was Another and" in out
        )

    def test_failed_runs_are_not_in_the_sample(self, failed: Path) -> None:
        assert [row["replicate"] for row in StoredRuns(failed).sample(100, 0)] == [0, 0]


@pytest.mark.long
class TestReplay:
    def test_runs_of_a_design_over_everything(self, complete: Path) -> None:
        """Levers that are choices, yes or no, whole and other numbers; uncertainties; mechanisms; structures: the same to the last bit."""
        stored = StoredRuns(complete)
        rows = stored.sample(24, 0)
        assert {row["scenario"] for row in rows} == {"small", "held"}
        assert (
            {row["training.mission"] for row in rows} == {row["mechanisms.turnover"] for row in rows} == {True, False}
        )
        assert {row["structures.decay"] for row in rows} == {"always", "drift"}
        for row in rows:
            again = stored.again(row)
            assert (again.different, again.made.errors) == ([], (None,))
            assert len(again.made.months[0]) == 14

    def test_a_run_in_order(self, complete: Path, capsys: Captured) -> None:
        run_id = run_ids(complete)[3]
        assert main(["replay", str(complete), run_id]) == 0
        row = load_results(complete).runs.set_index("run_id").loc[run_id]
        out = capsys.readouterr().out
        assert out.startswith(f"Run {run_id}: scenario '{row['scenario']}', replicate {row['replicate']}, seed 2013\n")
        assert f"  coordination.regime = {row['coordination.regime']}\n" in out
        assert f"  training.camp_places = {row['training.camp_places']}\n" in out
        assert "Stored: ok\nNow: ok, the same to the last bit\n" in out
        assert ["readiness", f"{row['readiness']:.10g}"] in [line.split() for line in out.splitlines()]

    def test_json(self, complete: Path, capsys: Captured) -> None:
        run_id = run_ids(complete)[3]
        assert main(["replay", str(complete), run_id, "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert (printed["different"], printed["error"]) == ([], None)
        assert printed["stored"]["run_id"] == run_id
        assert printed["outcomes"]["readiness"] == printed["stored"]["readiness"]
        assert len(printed["months"]) == 14

    def test_a_run_that_differs(self, complete: Path, capsys: Captured) -> None:
        plant(complete / "runs.parquet", flip_last_bit(3))
        assert main(["replay", str(complete), pq.read_table(complete / "runs.parquet")["run_id"][3].as_py()]) == 1
        assert "Now: ok, different in readiness\n" in capsys.readouterr().out

    def test_a_failed_run_with_its_trace(self, failed: Path, capsys: Captured) -> None:
        """The model itself does not fail there: that the run is in order now is a difference."""
        assert main(["replay", str(failed), run_ids(failed, "failed")[1]]) == 1
        out = capsys.readouterr().out
        assert "Stored: failed (ZeroDivisionError: a rule divides by zero)\nStored trace:\nTraceback" in out
        assert "Now: ok, different in status, " in out

    def test_a_run_that_kills_its_process_does_so_again(self, failed: Path) -> None:
        stored = StoredRuns(failed)
        row = {**stored.find(run_ids(failed, "failed")[0]), cluster_stand_ins.RATE: cluster_stand_ins.KILLER}
        simulate, nothing = cluster_stand_ins.deadly_anywhere, cluster_stand_ins.nothing
        again = replay(stored, row, simulate=simulate, prepare=nothing)
        assert again.made.errors == (
            "the worker process died once in this run (killed from outside, out of memory, or crashed)",
        )
        assert "status" not in again.different

    def test_a_run_that_never_ends_is_given_up(self, failed: Path) -> None:
        stored = StoredRuns(failed)
        row = {**stored.find(run_ids(failed, "failed")[0]), cluster_stand_ins.RATE: cluster_stand_ins.ENDLESS}
        simulate, nothing = cluster_stand_ins.deadly_anywhere, cluster_stand_ins.nothing
        again = replay(stored, row, seconds=0.5, simulate=simulate, prepare=nothing)
        assert again.made.errors == ("the run took longer than 0.5 s, in 1 attempt",)
        assert "deadly_anywhere" in str(again.made.traces[0])

    def test_an_unknown_run(self, complete: Path, half_done: Path, capsys: Captured) -> None:
        for folder in (complete, half_done):
            assert main(["replay", str(folder), "0123456789abcdef"]) == 2
            assert capsys.readouterr().err == (
                f"ssa-sim: {folder}: There is no run '0123456789abcdef' here. "
                "Allowed: a run_id of runs.parquet; `ssa-sim status` lists those that failed.\n"
            )

    def test_a_run_of_a_sweep_under_way(self, half_done: Path, made: Path) -> None:
        ids = [row["run_id"] for row in StoredRuns(half_done).sample(100, 0)]
        assert set(ids) < set(run_ids(made))
        assert main(["replay", str(half_done), ids[-1]]) == 0


class TestForecast:
    @pytest.fixture(autouse=True)
    def place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_experiment(tmp_path)
        monkeypatch.chdir(tmp_path)

    def test_nothing_is_run(self, capsys: Captured) -> None:
        assert main(["sweep", "experiment.toml", "--dry-run", "--workers", "2"]) == 0
        lines = capsys.readouterr().out.splitlines()
        experiment = load_experiment("experiment.toml")
        assert lines[0] == "Levers, uncertainties, a mechanism and a structure"
        assert lines[1:5] == [
            "  scenarios     small, held",
            "  points        6 points (latin_hypercube) over coordination.regime, training.mission, training.camp_places, "
            "training.course_weeks, turnover.reassignment_rate, mechanisms.turnover and 1 more",
            "  replications  2",
            f"  runs          24 in {len(layout(experiment))} shards",
        ]
        assert " on 2 workers (" in lines[5]
        assert lines[5].endswith("measured now)")
        assert re.fullmatch(
            r"  memory        a worker takes about 0\.\d GB, 2 of them 0\.\d GB \(there are [\d.]+ GB\); "
            r"the design takes 0\.0 MB here",
            lines[6],
        )
        assert lines[8] == f"  folder        results/experiment-{experiment.identity()[:8]}"
        assert lines[9] == "Nothing was run."
        assert not Path("results").exists()

    def test_json(self, capsys: Captured) -> None:
        assert main(["sweep", "experiment.toml", "--dry-run", "--workers", "2", "--out", "there", "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert (printed["out"], printed["workers"], printed["runs"]) == ("there", 2, 24)
        assert printed["seconds"] == pytest.approx(24 * printed["seconds_a_run"] / 2)
        assert printed["design_memory_bytes"] == 8 * 6 * 7
        assert 0 < printed["monthly_bytes"] < printed["disk_bytes"] < printed["disk_bytes_at_most"]
        assert not Path("there").exists()

    def test_an_army_too_large_for_the_machine_is_warned_of(self) -> None:
        """Five thousand units over twenty years, 551 MB of draws a replicate, on a machine of three gigabytes."""
        large = small_scenario(months=6).with_size(units=5000).with_period(end=date(2033, 2, 1))
        experiment = Experiment("Large", (NamedScenario("large", large),), replications=100)
        needed = replace(forecast.memory_needed(experiment, 8), machine=3_000_000_000)
        assert needed.worker == pytest.approx(0.9e9, rel=0.1)
        assert (needed.workers, needed.in_all) == (8, 8 * needed.worker)
        assert needed.warning() == (
            "Memory: a worker takes about 0.9 GB, 8 of them 7.3 GB (there are 3.0 GB). That is more than there is: at most 3 "
            "workers fit, and workers without memory are ended by the system."
        )
        assert replace(needed, workers=3).warning() == (
            "Memory: a worker takes about 0.9 GB, 3 of them 2.7 GB (there are 3.0 GB)."
        )
        assert replace(needed, workers=1).warning() is None
        assert replace(needed, machine=None).warning() is None

    def test_it_is_warned_of_when_the_sweep_begins(self, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
        monkeypatch.setattr(forecast, "machine_memory", lambda: 500_000_000)
        assert main(["sweep", "experiment.toml", "--dry-run", "--workers", "2"]) == 0
        warning = "That is more than there is: one worker fits"
        assert warning in capsys.readouterr().err
        sweep(load_experiment("experiment.toml"), Path("out"), light_settings(workers=2), notify=print)
        assert capsys.readouterr().out.count(warning) == 1

    def test_the_memory_that_a_container_allows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files = (tmp_path / "max", tmp_path / "number", tmp_path / "missing")
        files[0].write_text("max\n")
        monkeypatch.setattr(forecast, "_LIMITS", files)
        whole = forecast.machine_memory()
        files[1].write_text("1000000\n")
        assert whole is None or whole > 1_000_000
        assert forecast.machine_memory() == 1_000_000

    def test_for_a_cluster_it_says_whose_time_it_is(self, capsys: Captured) -> None:
        """Nobody is asked: there need not even be a scheduler."""
        assert main(["sweep", "experiment.toml", "--dry-run", "--cluster", "tcp://127.0.0.1:9"]) == 0
        (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  time ")]
        assert line.endswith("of this machine; how many the cluster has, and how quick they are, was not asked")

    def test_what_is_done_is_not_reckoned_again(self, half_done: Path, capsys: Captured) -> None:
        before = sorted(half_done.rglob("*"))
        given = ["sweep", "experiment.toml", "--dry-run", "--workers", "1", "--out", str(half_done)]
        assert main([*given, "--json"]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert 0 < printed["runs_done"] == status_of(half_done).done < 24
        assert printed["seconds"] == pytest.approx((24 - printed["runs_done"]) * printed["seconds_a_run"])
        assert main(given) == 0
        assert f"; {printed['runs_done']} are done\n" in capsys.readouterr().out
        assert sorted(half_done.rglob("*")) == before
        assert main([*given, "--seed", "1"]) == 2
        assert "seed" in capsys.readouterr().err

    def test_of_the_room_it_is_about_right(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of numbers that do not compress; the most is taken when shards and tables stand side by side, before those go."""
        out = tmp_path / "results"
        text = EXPERIMENT.replace("replications = 2", "replications = 333") + '[output]\nmonthly = "all"\n'
        experiment = load_experiment(write_experiment(tmp_path, text))
        most = 0
        remove = shutil.rmtree

        def look_and_remove(path: Path, **more: Any) -> None:
            nonlocal most
            most = max(most, size_of(out))
            remove(path, **more)

        monkeypatch.setattr(shutil, "rmtree", look_and_remove)
        settings = RunSettings(workers=1, simulate=all_different, prepare=cluster_stand_ins.nothing)
        assert sweep(experiment, out, settings).done == 3996
        expected = disk_needed(experiment)
        assert 0.7 < size_of(out, "runs.parquet") / expected.runs < 1.4
        assert 0.7 < size_of(out, "trajectories.parquet", "monthly.parquet") / expected.months < 1.4
        assert 0.7 < size_of(out) / expected.in_the_end < 1.4
        assert 0.7 * expected.at_most < most <= expected.at_most

    def test_an_executed_command_prints_where_and_the_digest(self, made: Path, capsys: Captured) -> None:
        assert main(["sweep", "experiment.toml", "--out", "there", "--workers", "1"]) == 0
        captured = capsys.readouterr()
        assert captured.out == f"Results: there\n24 runs, 0 failed. Digest {read_manifest(made).digest}\n"
        assert "24 runs done in " in captured.err
        assert main(["sweep", "experiment.toml", "--out", "there"]) == 0
        assert "The results are already in there: nothing was computed.\n" in capsys.readouterr().err

    def test_it_can_begin_where_another_one_ended(self, half_done: Path, capsys: Captured) -> None:
        """And with other versions of what the last bits rest on, it is refused, and says so."""
        edit_manifest(half_done, lambda content: content["provenance"]["packages"].update(numba="0.1"))
        assert main(["sweep", "experiment.toml", "--out", "half"]) == 2
        message = capsys.readouterr().err
        assert (
            "The folder was begun with other versions, which may give other last bits, and nothing in it was" in message
        )
        assert "numba: it was 0.1 and is now " in message
        edit_manifest(
            half_done,
            lambda content: content["provenance"]["packages"].update(numba=version("numba")),
        )
        assert main(["sweep", "experiment.toml", "--out", "half", "--workers", "1"]) == 0


class TestPace:
    def test_what_was_found_does_not_count(self) -> None:
        """A sweep that goes on with 900 runs and makes 20 more every 4 s; how long its workers take to start says nothing."""
        now = 0.0
        pace = Pace(lambda: now)
        pace.note(900)
        assert math.isnan(pace.seconds_left(100))
        now = 50.0
        pace.note(920)
        assert math.isnan(pace.seconds_left(80))
        now = 54.0
        pace.note(940)
        assert pace.per_second == 5.0
        assert pace.seconds_left(60) == 12.0

    def test_the_last_minute_counts(self) -> None:
        now = 0.0
        pace = Pace(lambda: now)
        for second in range(601):
            now = float(second)
            pace.note(second * 10 if second <= 300 else 3000 + (second - 300))
        assert pace.per_second == pytest.approx(1.0)

    @pytest.mark.parametrize(("seconds", "text"), [(3.2, "3 s"), (89.0, "89 s"), (600.0, "10 min"), (9000.0, "2.5 h")])
    def test_durations(self, seconds: float, text: str) -> None:
        assert duration(seconds) == text

    @pytest.mark.parametrize(("per_second", "text"), [(0.034, "0.034"), (1.0, "1"), (2.46, "2.5"), (123.4, "123")])
    def test_rates(self, per_second: float, text: str) -> None:
        assert rate(per_second) == text
