"""Result folders that are damaged, or made to harm: every reader refuses them in one message, and nothing of theirs is lost.

One small folder of each kind is made once, by a stand-in for the model; each case changes one thing in a copy.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import stand_ins
from sampled_results import uncertain
from ssa_sim.analysis.result_folder import open_folder
from ssa_sim.analysis.screening_files import read_screening
from ssa_sim.analysis.sensitivity import sensitivity
from ssa_sim.analysis.vicious_circle_runs import CUTS, OUTCOMES_MEASURED, CircleRuns, keep_circle
from ssa_sim.cli import main
from ssa_sim.cli.streams import without_orders
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import make_design
from ssa_sim.experiment.ask.layout import layout
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.disk import checksum
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.observation_folder import keep_observation
from ssa_sim.experiment.keep.status import status_of
from ssa_sim.experiment.keep.store import check_out, check_results, load_results, place_figure
from ssa_sim.experiment.run.stored_runs import StoredRuns
from ssa_sim.experiment.run.sweep import SweepProgress, sweep
from ssa_sim.model.observation import COLUMNS, WORDS, Observation, Profile
from ssa_sim.report.export import export
from ssa_sim.report.page import write_report

ROOT = Path(__file__).resolve().parents[2]
EXPERIMENT = stand_ins.small_experiment(
    2,
    outcomes=("readiness", "completions", "deaths"),
    monthly="all",
    design=make_design("sobol", uncertain(2), samples=4, seed=1),
)
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m‮=cmd|' /C calc'!A0"
Case = Callable[[Path], object]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete folder; not to be changed."""
    out = tmp_path_factory.mktemp("hostile") / "made"
    settings = replace(stand_ins.light_settings(), command="ssa-sim sweep a.toml")
    sweep(EXPERIMENT, out, settings)
    return out


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "folder"))


class PulledPlugError(BaseException):
    """Ends a sweep where it stands."""


def begin(out: Path, experiment: Experiment = EXPERIMENT, runs: int = 24) -> Path:
    """A sweep of which so many runs are there."""

    def pull(standing: SweepProgress) -> None:
        if standing.done >= runs:
            raise PulledPlugError

    with pytest.raises(PulledPlugError):
        sweep(experiment, out, stand_ins.light_settings(), progress=pull)
    return out


def look_into(folder: Path) -> None:
    """What `verify` and `replay` do before they run anything."""
    stored = StoredRuns(folder)
    stored.changed_files()
    for row in (*stored.sample(3, 0), *stored.failures()):
        stored.task_of(stored.find(row["run_id"]))


READERS: dict[str, Case] = {
    "status": status_of,
    "load_results": load_results,
    "check_results": check_results,
    "verify": look_into,
    "sweep": lambda folder: check_out(folder, EXPERIMENT) and check_results(folder),
    "plot": open_folder,
}


def refusals(folder: Path, readers: dict[str, Case] = READERS) -> tuple[dict[str, str], list[str]]:
    """What each reader says, by its name, of those that refuse; and what went wrong in any other way."""
    said, wrong = {}, []
    for name, reader in readers.items():
        try:
            reader(folder)
        except InputError as error:
            said[name] = str(error)
            if "\n" in said[name] or str(folder) not in said[name]:
                wrong.append(f"{name} says {said[name]!r}")
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__}: {error}")
    return said, wrong


def places(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a JSON file: of lists the first element, of a scenario's values the first two levels."""
    if (len(path) > 5 and "resolved" in path) or path == ("scenario",):
        return
    if isinstance(content, dict):
        listed = list(content)[:3] if path[-1:] in (("resolved",), ("packages",)) else list(content)
        for key in listed:
            yield (*path, key)
            yield from places(content[key], (*path, key))
    elif isinstance(content, list) and content:
        yield (*path, 0)
        yield from places(content[0], (*path, 0))


REMOVED = object()
WRONG: tuple[Any, ...] = (REMOVED, None, -1, {"x": [0.5]})


def changed(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same with something else in one place."""
    copy = json.loads(json.dumps(content))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    if value is REMOVED:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return copy


def edit(folder: Path, *changes: tuple[tuple[Any, ...], Any]) -> None:
    path = folder / "manifest.json"
    content = json.loads(path.read_text())
    for place, value in changes:
        content = changed(content, place, value)
    path.write_text(json.dumps(content))


def forge(folder: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a table, and have the manifest say that this is what was written."""
    table = change(pq.read_table(folder / name).replace_schema_metadata(None))
    pq.write_table(table, folder / name)
    edit(folder, (("files", name), checksum(folder / name)))


class TestManifests:
    def test_whatever_is_wrong_in_one_each_reader_says_one_thing(self, folder: Path) -> None:
        """Each key gone, and each value of another kind; what can be read all the same breaks nothing either."""
        path = folder / "manifest.json"
        content = json.loads(path.read_text())
        wrong: list[str] = []
        refused = 0
        for place in places(content):
            for value in WRONG:
                path.write_text(json.dumps(changed(content, place, value)))
                said, failures = refusals(folder)
                wrong += [f"{place} = {value!r}: {each}" for each in failures]
                refused += bool(said)
        assert wrong == []
        assert refused > 200

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"kind": "ssa_sim results"}',
            b'{"kind": 5}',
            "half",
        ],
    )
    def test_what_is_no_manifest(self, folder: Path, content: bytes | str) -> None:
        path = folder / "manifest.json"
        path.write_bytes(path.read_bytes()[:3000] if isinstance(content, str) else content)
        said, wrong = refusals(folder)
        assert wrong == []
        assert said.keys() == READERS.keys()

    def test_one_that_is_no_ordinary_file(self, folder: Path) -> None:
        (folder / "manifest.json").unlink()
        (folder / "manifest.json").mkdir()
        said, wrong = refusals(folder)
        assert wrong == []
        assert set(said.values()) == {next(iter(said.values()))}
        assert "no file that ssa-sim wrote" in said["status"]

    @pytest.mark.parametrize("name", ["x" * 300, "nul\0nul", "missing"])
    def test_folders_that_cannot_be(self, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        readers = {name: reader for name, reader in READERS.items() if name != "sweep"}
        said, wrong = refusals(tmp_path / name, readers)
        assert wrong == []
        assert said.keys() == readers.keys()
        for command in (
            "status",
            "verify",
            "replay",
            "report",
            "export",
            "plot",
            "sensitivity",
            "robustness",
            "discover",
        ):
            assert main([command, str(tmp_path / name), *(["0"] if command == "replay" else [])]) == 2
            printed = capsys.readouterr().err
            assert "Traceback" not in printed
            assert printed.count("\n") == 1 or "\0" in name  # of which the parser itself says that it cannot be

    def test_commands_end_with_status_2_and_one_line(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        edit(folder, (("fields", "model_version"), REMOVED))
        for command in ("status", "verify", "report", "export", "plot", "sensitivity", "robustness", "discover"):
            assert main([command, str(folder)]) == 2
            out, said = capsys.readouterr()
            assert out == ""
            assert said.count("\n") == 1
            assert (
                f"{folder}/manifest.json: The manifest cannot be read: Field required (at fields.model_version)."
                in said
            )


def recast(column: str, kind: pa.DataType) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        index = table.column_names.index(column)
        values = table.column(column)
        made = (
            pa.array([str(value) for value in values.to_pylist()]).cast(kind)
            if not pa.types.is_dictionary(kind)
            else (values.cast(pa.string()).dictionary_encode())
        )
        return table.set_column(index, column, made)

    return change


def put(column: str, value: Any, row: int = 0) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        values = table.column(column).to_pylist()
        values[row] = value
        field = table.schema.field(column)
        return table.set_column(table.column_names.index(column), field, pa.array(values, field.type))

    return change


def renamed(column: str, name: str) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.rename_columns([name if each == column else each for each in table.column_names])


FIRST_AXIS = uncertain(2)[0].column
FORGED: dict[str, tuple[str, Callable[[pa.Table], pa.Table]]] = {
    "a column is gone": ("runs.parquet", lambda table: table.drop_columns(["readiness"])),
    "a column has another name": ("runs.parquet", renamed("readiness", HOSTILE)),
    "a column stands there twice": ("runs.parquet", lambda table: table.append_column("deaths", table["deaths"])),
    "a column too many": ("runs.parquet", lambda table: table.append_column("=1+1", table["run_id"])),
    "columns in another order": ("runs.parquet", lambda table: table.select(table.column_names[::-1])),
    "numbers as texts": ("runs.parquet", recast("deaths", pa.string())),
    "bytes": ("runs.parquet", recast("run_id", pa.binary())),
    "a row is gone": ("runs.parquet", lambda table: table.slice(1)),
    "a row too many": ("runs.parquet", lambda table: pa.concat_tables([table, table.slice(0, 1)])),
    "a row twice": ("runs.parquet", lambda table: pa.concat_tables([table.slice(1), table.slice(1, 1)])),
    "no rows": ("runs.parquet", lambda table: table.slice(0, 0)),
    "a hole": ("runs.parquet", put("replicate", None)),
    "another scenario": ("runs.parquet", put("scenario", HOSTILE)),
    "another replicate": ("runs.parquet", put("replicate", 2**62)),
    "another point": ("runs.parquet", put("point", -(2**62))),
    "another seed": ("runs.parquet", put("seed", 5)),
    "another status": ("runs.parquet", put("status", "fine")),
    "a failed run that the manifest does not count": (
        "runs.parquet",
        lambda t: put("error", "x")(put("status", "failed")(t)),
    ),
    "an axis that is not the design's": ("runs.parquet", put(FIRST_AXIS, 0.123)),
    "points that are numbered otherwise": ("design.parquet", put("point", 3)),
    "points that are no numbers": ("design.parquet", put(FIRST_AXIS, float("inf"))),
    "a design without an axis": ("design.parquet", lambda table: table.drop_columns([FIRST_AXIS])),
    "months of no scenario": ("monthly.parquet", put("scenario", "other")),
    "a month twice": ("monthly.parquet", lambda table: pa.concat_tables([table.slice(1), table.slice(1, 1)])),
    "no months": ("monthly.parquet", lambda table: table.slice(0, 0)),
    "months as texts": ("monthly.parquet", recast("month", pa.string())),
    "trajectories of no run": ("trajectories.parquet", put("replicate", 7)),
    "trajectories that lack a row": ("trajectories.parquet", lambda table: table.slice(1)),
}


class TestTables:
    @pytest.mark.parametrize("case", FORGED)
    def test_what_is_not_as_the_manifest_says(self, folder: Path, case: str) -> None:
        """With the checksum that belongs to it, so that its columns, rows and values must tell."""
        name, change = FORGED[case]
        forge(folder, name, change)
        said, wrong = refusals(folder)
        assert wrong == []
        assert name in said["load_results"]
        assert said["plot"] == said["load_results"]
        with pytest.raises(InputError, match=name.partition(".")[0]):
            export(folder, folder.parent / "csv", "csv")

    @pytest.mark.parametrize("name", ["runs.parquet", "design.parquet", "monthly.parquet", "trajectories.parquet"])
    @pytest.mark.parametrize("damage", ["cut", "empty", "gone", "flipped", "text", "folder"])
    def test_damage(self, folder: Path, name: str, damage: str) -> None:
        path = folder / name
        content = bytearray(path.read_bytes())
        content[len(content) // 3] ^= 4
        path.unlink()
        if damage == "folder":
            path.mkdir()
        elif damage != "gone":
            path.write_bytes(
                {"cut": content[: len(content) // 2], "flipped": content, "empty": b"", "text": b"PAR1"}[damage]
            )
        said, wrong = refusals(folder)
        assert wrong == []
        assert {"status", "load_results", "check_results", "sweep", "plot"} <= said.keys()
        assert all(name in text for text in said.values())
        if damage not in ("gone", "folder"):
            edit(folder, (("files", name), checksum(path)))
            said, wrong = refusals(folder)
            assert wrong == []

    def test_no_flipped_byte_does_more_than_be_refused(self, folder: Path) -> None:
        """Though the manifest's checksum agrees with it."""
        path = folder / "runs.parquet"
        content = path.read_bytes()
        manifest = json.loads((folder / "manifest.json").read_text())
        wrong = []
        for position in np.linspace(0, len(content) - 1, 120).astype(int).tolist():
            damaged = bytearray(content)
            damaged[position] ^= 1 << position % 8
            path.write_bytes(damaged)
            manifest["files"]["runs.parquet"] = hashlib.sha256(damaged).hexdigest()
            (folder / "manifest.json").write_text(json.dumps(manifest))
            wrong += refusals(folder, {"load_results": load_results, "verify": look_into})[1]
        assert wrong == []

    @pytest.mark.parametrize("bomb", ["rows", "texts", "zeros"])
    def test_a_small_file_that_would_fill_the_memory_is_not_read(
        self, folder: Path, bomb: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ssa_sim.experiment.keep.table_file.UNPACKED_FREELY", 1_000_000)
        monkeypatch.setattr("ssa_sim.experiment.keep.table_file.MOST_UNPACKED", 100)
        rows = {"rows": 300_000, "zeros": 300_000, "texts": 64}[bomb]
        table = pq.read_table(folder / "runs.parquet").replace_schema_metadata(None)
        if bomb == "texts":  # as many rows as there should be, each with the same text of a megabyte
            big = pa.array(["x" * 1_000_000]).take(pa.array([0] * rows))
            made = table.set_column(1, "scenario", big)
        else:
            made = (
                pa.table({"zeros": pa.array(np.zeros(rows))})
                if bomb == "zeros"
                else table.slice(0, 1).take(pa.array([0] * rows))
            )
        forge(folder, "runs.parquet", lambda _: made)
        assert (folder / "runs.parquet").stat().st_size < 200_000
        with pytest.raises(InputError, match="MB in memory: it was not read") as caught:
            load_results(folder)
        assert str(folder / "runs.parquet") in str(caught.value)

    def test_status_calls_half_a_table_not_complete(self, folder: Path) -> None:
        forge(folder, "runs.parquet", lambda table: table.slice(0, table.num_rows // 2))
        with pytest.raises(InputError, match=r"runs\.parquet: The table should have .* rows, and has"):
            status_of(folder)

    def test_verify_holds_the_digest_against_what_the_tables_hold(self, folder: Path) -> None:
        """Where a number has been changed, and the checksum with it."""
        assert StoredRuns(folder).changed_files() == []
        forge(folder, "runs.parquet", put("deaths", 5.0))
        assert load_results(folder).runs["deaths"][0] == 5.0
        assert StoredRuns(folder).changed_files() == ["manifest.json"]


class TestFailures:
    @pytest.fixture
    def failed(self, tmp_path: Path) -> Path:
        experiment = stand_ins.small_experiment(4, outcomes=("readiness",))
        sweep(experiment, tmp_path / "failed", stand_ins.light_settings(stand_ins.fail_for_long_courses))
        assert read_manifest(tmp_path / "failed").counts.failed == 1
        return tmp_path / "failed"

    @pytest.mark.parametrize("content", ["gone", "", "{", "{}", "[]", "[5]", '[{"run_id": 5}]', "[" * 5000])
    def test_a_list_of_them_that_cannot_be_read(
        self, failed: Path, content: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = failed / "failures.json"
        path.unlink() if content == "gone" else path.write_text(content)
        assert main(["status", str(failed)]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert "failures.json" in said

    def test_errors_and_traces_steer_no_terminal(self, failed: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = failed / "failures.json"
        failures = json.loads(path.read_text())
        failures[0]["error"] = failures[0]["trace"] = HOSTILE
        path.write_text(json.dumps(failures))
        assert main(["status", str(failed)]) == 0
        assert "\\x1b]0;owned\\x07" in capsys.readouterr().out
        assert main(["status", str(failed), "--json"]) == 0
        out = capsys.readouterr().out
        assert harmless(out)
        assert json.loads(out)["failures"][0]["error"] == HOSTILE


def harmless(text: str) -> bool:
    return without_orders(text) == text


class TestComplete:
    """Complete means: a digest, the tables listed, their checksums good."""

    def test_a_word_in_the_manifest_makes_no_sweep_complete(self, tmp_path: Path) -> None:
        out = begin(tmp_path / "out")
        before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        edit(out, (("state",), "complete"))
        said, wrong = refusals(out)
        assert wrong == []
        assert said.keys() == READERS.keys()
        assert '"incomplete" is right, and the same command goes on' in said["sweep"]
        with pytest.raises(InputError, match='the state is "complete", but'):
            sweep(EXPERIMENT, out, stand_ins.light_settings())
        edit(out, (("state",), "incomplete"))
        assert before.keys() == {path for path in out.rglob("*") if path.is_file()}
        assert sweep(EXPERIMENT, out, stand_ins.light_settings()).found == 24

    def test_nor_do_the_words_of_another_folder(self, made: Path, tmp_path: Path) -> None:
        """Even one that says all that a complete one says keeps its shards while the tables are not there."""
        out = begin(tmp_path / "out")
        shards = sorted((out / "shards").iterdir())
        shutil.copy(made / "manifest.json", out)
        with pytest.raises(InputError, match=r"runs\.parquet is missing"):
            sweep(EXPERIMENT, out, stand_ins.light_settings())
        for name in read_manifest(made).files:
            (out / name).write_bytes(b"other")
        with pytest.raises(InputError, match="has been changed"):
            sweep(EXPERIMENT, out, stand_ins.light_settings())
        assert sorted((out / "shards").iterdir()) == shards
        assert main(["status", str(out)]) == 2

    @pytest.mark.parametrize(
        "change",
        [
            (("digest",), ""),
            (("files", "monthly.parquet"), REMOVED),
            (("counts", "done"), 3),
            (("counts", "planned"), 65),
            (("state",), "incomplete"),
            (("identity",), "0" * 64),
            (("fields", "seed"), 1),
            (("experiment", "seed"), 1),
            (("provenance", "model_version"), "0"),
        ],
    )
    def test_parts_that_contradict_one_another(self, folder: Path, change: tuple[tuple[Any, ...], Any]) -> None:
        edit(folder, change)
        said, wrong = refusals(folder)
        assert wrong == []
        assert said.keys() == READERS.keys()


def turn_a_bit(path: Path) -> None:
    """Turn one bit of a table's values: where they lie differs from one version of Arrow to another."""
    whole = path.read_bytes()
    before = pq.read_table(path)
    for place in range(len(whole) // 4, len(whole)):
        turned = bytearray(whole)
        turned[place] ^= 1
        path.write_bytes(turned)
        with suppress(OSError, pa.ArrowException):
            if not pq.read_table(path).equals(before):
                return
    raise AssertionError("no bit of the file matters")


class TestShards:
    def test_status_counts_only_whole_ones_of_this_sweep(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out, shards = begin(tmp_path / "out"), tmp_path / "out" / "shards"
        other = begin(tmp_path / "other", replace(EXPERIMENT, seed=5), runs=60)
        size = 24 // len(list(shards.glob("*[0-9].parquet")))
        assert status_of(out).done == 24
        for path in (other / "shards").iterdir():
            if not (shards / path.name).exists():
                shutil.copy(path, shards)
        assert status_of(out).done == 24
        shutil.copy(shards / "0000001.parquet", shards / "0000900.parquet")
        turn_a_bit(shards / "0000000.parquet")
        months = shards / "0000002-months.parquet"
        if months.exists():
            whole = months.read_bytes()
            months.write_bytes(whole[: len(whole) // 2])
            assert status_of(out).done == 24 - 2 * size
            months.write_bytes(whole)
        found = status_of(out)
        assert found.done == 24 - size
        assert found.not_counted == len(list(shards.glob("*[0-9].parquet"))) - found.done // size
        assert main(["status", str(out)]) == 0
        printed = capsys.readouterr().out
        assert f"{24 - size} of 64 runs are done ({100 * (24 - size) / 64:.1f}%)" in printed
        assert f"{found.not_counted} files in shards/ are no whole shards of this sweep, and are not counted" in printed

    def test_what_lies_among_them_and_is_none_is_set_aside(self, made: Path, tmp_path: Path) -> None:
        out = begin(tmp_path / "out")
        other = begin(tmp_path / "other", replace(EXPERIMENT, seed=5), runs=60)
        shards = out / "shards"
        foreign = {"thesis.tex": b"years of work", ".notes.part": b"mine", "0000900.parquet": b"text"}
        for name, content in foreign.items():
            (shards / name).write_bytes(content)
        (shards / "folder").mkdir()
        (shards / "folder" / "file").write_bytes(b"kept")
        foreign["0000040.parquet"] = (other / "shards" / "0000010.parquet").read_bytes()
        (shards / "0000040.parquet").write_bytes(foreign["0000040.parquet"])
        (shards / "0000001.parquet").write_bytes(b"torn")
        said: list[str] = []
        sweep(EXPERIMENT, out, stand_ins.light_settings(), notify=said.append)
        assert read_manifest(out).digest == read_manifest(made).digest
        assert not shards.exists()
        aside = out / "set_aside"
        assert {name: (aside / name).read_bytes() for name in foreign} == foreign
        assert (aside / "folder" / "file").read_bytes() == b"kept"
        assert (aside / "0000001.parquet").read_bytes() == b"torn"
        assert len(said) == 6
        assert any(
            "0000001.parquet is torn, damaged or of another sweep: it was moved to set_aside" in each for each in said
        )
        assert load_results(out).n_failed == 0

    def test_one_forged_for_a_part_that_the_plan_has_not(self, made: Path, tmp_path: Path) -> None:
        """It bears this sweep's own name: only the plan tells."""
        out = begin(tmp_path / "out")
        path = out / "shards" / "0000002.parquet"
        table = pq.read_table(path)
        about = {**table.schema.metadata}
        number = len(layout(EXPERIMENT)) + 5
        about[b"ssa_sim"] = about[b"ssa_sim"].replace(b'"number": 2', f'"number": {number}'.encode())
        pq.write_table(table.replace_schema_metadata(about), path.with_name(f"{number:07d}.parquet"))
        sweep(EXPERIMENT, out, stand_ins.light_settings())
        assert read_manifest(out).digest == read_manifest(made).digest
        assert (out / "set_aside" / f"{number:07d}.parquet").is_file()

    @pytest.mark.parametrize(
        "about",
        [b"", b"[]", b'{"identity": 5}', b'{"identity":"x","number":0,"runs":"5","failed":0,"content":"","months":""}'],
    )
    def test_ones_that_say_nonsense_of_themselves(self, made: Path, tmp_path: Path, about: bytes) -> None:
        out = begin(tmp_path / "out")
        path = out / "shards" / "0000000.parquet"
        pq.write_table(pq.read_table(path).replace_schema_metadata({b"ssa_sim": about}), path)
        assert refusals(out, {"status": status_of, "verify": look_into}) == ({}, [])
        assert status_of(out).not_counted == 1


class TestLinks:
    """A folder from somebody else may hold links: nothing is written through them."""

    def test_figures(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        shutil.rmtree(folder / "figures")
        (tmp_path / "elsewhere").mkdir()
        (folder / "figures").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(InputError, match="a link to another place; nothing is written through it"):
            place_figure(folder, "a.png", lambda path: path.write_bytes(b"x"))
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_shards_and_what_is_set_aside(self, tmp_path: Path) -> None:
        out = begin(tmp_path / "out")
        (out / "shards").rename(tmp_path / "elsewhere")
        (out / "shards").symlink_to(tmp_path / "elsewhere")
        before = sorted((tmp_path / "elsewhere").iterdir())
        with pytest.raises(InputError, match="a link to another place"):
            sweep(EXPERIMENT, out, stand_ins.light_settings())
        assert sorted((tmp_path / "elsewhere").iterdir()) == before

    def test_the_lock(self, tmp_path: Path) -> None:
        out = begin(tmp_path / "out")
        (out / ".lock").unlink(missing_ok=True)
        (tmp_path / "victim").write_text("kept")
        (out / ".lock").symlink_to(tmp_path / "victim")
        with pytest.raises(InputError, match="A link stands here"):
            sweep(EXPERIMENT, out, stand_ins.light_settings())
        assert (tmp_path / "victim").read_text() == "kept"

    def test_report_and_export(self, tmp_path: Path) -> None:
        out = tmp_path / "one"
        sweep(stand_ins.small_experiment(2, outcomes=("readiness",)), out, stand_ins.light_settings())
        (tmp_path / "victim").write_text("kept")
        (tmp_path / "elsewhere").mkdir()
        (out / "report.html").symlink_to(tmp_path / "victim")
        (out / "export").symlink_to(tmp_path / "elsewhere")
        (out / "export.xlsx").symlink_to(tmp_path / "victim")
        write_report(out)
        for kind in ("csv", "xlsx"):
            with pytest.raises(InputError, match="a link to another place"):
                export(out, format=kind)
        assert (tmp_path / "victim").read_text() == "kept"
        assert list((tmp_path / "elsewhere").iterdir()) == []
        assert not (out / "report.html").is_symlink()


class TestTexts:
    def test_texts_of_a_manifest_steer_no_terminal(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        texts = [
            ("experiment", "title"),
            ("provenance", "command"),
            ("provenance", "engine"),
            ("outcomes", 0, "label_en"),
        ]
        edit(folder, *((place, HOSTILE) for place in texts))
        for arguments in (["status"], ["status", "--json"], ["sensitivity", "--no-figures"], ["plot", "--list"]):
            assert main([arguments[0], str(folder), *arguments[1:]]) == 0
            assert harmless(capsys.readouterr().out)
        assert main(["sensitivity", str(folder), "--no-figures", "--json"]) == 0
        assert harmless(capsys.readouterr().out)
        write_report(folder, folder.parent / "report.html")
        export(folder, folder.parent / "all.xlsx")

    def test_what_toml_files_hold_neither(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "a.toml"
        for content in (
            'title = "\\u001b[2J"\n[levers]\n"\\u001b[2J" = 5\n',
            "title = \x1b[2J\n",
            "\x9b = 5\n",
            '"\\u202e" = 1\n',
        ):
            path.write_text(content)
            assert main(["run", str(path)]) == 2
            said = capsys.readouterr().err
            assert said
            assert harmless(said)

    def test_a_name_of_a_folder_neither(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["status", str(tmp_path / "\x07\x9b2J")]) == 2
        assert "\\x07\\x9b2J: There is no such folder." in capsys.readouterr().err

    def test_what_is_shown_of_them(self) -> None:
        assert without_orders("a\x1b[0mb\tc\nd\u202ee\x9bf é − …") == "a\\x1b[0mb\tc\nd\\u202ee\\x9bf é − …"


class TestSpreadsheets:
    @pytest.fixture
    def files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, openpyxl.Workbook]:
        """A table with formulas in its headings, and in columns of every type of text."""
        from ssa_sim.report import export as module
        from ssa_sim.report.export_tables import ExportTable

        texts = ["=1+1", "＋1", "plain"]
        table = pa.table(
            {
                "=cmd|' /C calc'!A0": pa.array(texts),
                "large": pa.array(texts, pa.large_string()),
                "view": pa.array(texts, pa.string_view()),
                "dictionary": pa.array(texts).dictionary_encode(),
                "binary": pa.array([text.encode() for text in texts]),
                "list": pa.array([[text] for text in texts]),
                "number": pa.array([-1.5, 2.0, float("nan")]),
            }
        )
        sheets = [ExportTable("about", "", 3, table)]
        module._write_files(sheets, tmp_path / "csv")
        module._write_workbook(sheets, tmp_path / "all.xlsx")
        return tmp_path / "csv" / "about.csv", openpyxl.load_workbook(tmp_path / "all.xlsx")

    def test_csv(self, files: tuple[Path, openpyxl.Workbook]) -> None:
        frame = pd.read_csv(files[0], dtype=str, keep_default_na=False)
        assert frame.columns[0] == "'=cmd|' /C calc'!A0"
        for name in (frame.columns[0], "large", "view", "dictionary", "binary"):
            assert frame[name].tolist() == ["'=1+1", "'＋1", "plain"]
        assert frame["list"].tolist() == ["['=1+1']", "['＋1']", "['plain']"]
        assert frame["number"].tolist() == ["-1.5", "2", ""]

    def test_workbook(self, files: tuple[Path, openpyxl.Workbook]) -> None:
        sheet = files[1]["about"]
        for row in sheet.iter_rows(max_col=6):
            for cell in row:
                assert cell.data_type == "s"
                assert cell.quotePrefix == str(cell.value).startswith(("=", "＋"))


class TestOtherKinds:
    """Folders of an observation, of the vicious circle and of a screening."""

    @pytest.fixture(scope="class")
    @staticmethod
    def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
        folder = tmp_path_factory.mktemp("others")
        scenario = stand_ins.small_scenario()
        profile = scenario.donors[0].name
        values: dict[str, Any] = {"M": pd.Timestamp("2013-02-01"), "i": 1, "b": True, "f": 0.5, "O": profile}
        tables = {
            name: pd.DataFrame(
                {column: [WORDS[column][0] if column in WORDS else values[kind]] for column, kind in kinds.items()}
            ).astype({column: "datetime64[us]" for column, kind in kinds.items() if kind == "M"})
            for name, kinds in COLUMNS.items()
        }
        seen = Observation("Made up", 1, 0, tuple(Profile(one.name, "a", "b") for one in scenario.donors), **tables)
        keep_observation(seen, scenario, folder / "observation")
        variants = ("calm", "whole", *CUTS)
        runs = pd.DataFrame({"replicate": np.repeat([0, 1], len(variants)), "variant": variants * 2})
        runs = runs.assign(**{name: np.arange(len(runs), dtype=float) for name in OUTCOMES_MEASURED})
        keep_circle(CircleRuns("Made up", 1, 2, 0.02, runs), scenario, folder / "circle")
        return {"observation": folder / "observation", "circle": folder / "circle"}

    @pytest.mark.parametrize("kind", ["observation", "circle"])
    def test_their_manifests(self, others: dict[str, Path], tmp_path: Path, kind: str) -> None:
        folder = Path(shutil.copytree(others[kind], tmp_path / kind))
        assert refusals(folder, {"plot": open_folder}) == ({}, [])
        path = folder / "manifest.json"
        content = json.loads(path.read_text())
        wrong, refused = [], 0
        for place in places(content):
            for value in WRONG:
                path.write_text(json.dumps(changed(content, place, value)))
                said, failures = refusals(folder, {"plot": open_folder})
                wrong += [f"{place} = {value!r}: {each}" for each in failures]
                refused += bool(said)
        assert wrong == []
        assert refused > 20

    @pytest.mark.parametrize("kind", ["observation", "circle"])
    def test_their_tables(self, others: dict[str, Path], tmp_path: Path, kind: str) -> None:
        cases: list[Callable[[pa.Table], pa.Table]] = [
            lambda table: table.slice(0, 0),
            lambda table: table.drop_columns([table.column_names[1]]),
            lambda table: recast(table.column_names[0], pa.large_string())(table),
            lambda table: renamed(table.column_names[0], "x")(table),
        ]
        for number, case in enumerate(cases):
            for name in json.loads((others[kind] / "manifest.json").read_text())["files"]:
                if name == "projects.parquet" and number == 0:
                    continue  # there may be months without any
                folder = Path(shutil.copytree(others[kind], tmp_path / f"{number}{name}"))
                forge(folder, name, case)
                said, wrong = refusals(folder, {"plot": open_folder})
                assert wrong == []
                assert name in said["plot"]

    def test_words_that_there_are_not(self, others: dict[str, Path], tmp_path: Path) -> None:
        folder = Path(shutil.copytree(others["observation"], tmp_path / "folder"))
        forge(folder, "zones.parquet", put("zone", "atlantis"))
        with pytest.raises(InputError, match=r"zones\.parquet: The column 'zone' holds 'atlantis'"):
            open_folder(folder)

    @pytest.mark.skipif(not (ROOT / "docs/data/screening.json").exists(), reason="made anew after calibration")
    def test_a_screening(self, tmp_path: Path) -> None:
        for name in ("screening.json", "screening.csv"):
            shutil.copy(ROOT / "docs" / "data" / name, tmp_path)
        assert len(read_screening(tmp_path)[0]) > 100
        path, table = tmp_path / "screening.json", tmp_path / "screening.csv"
        content, text = json.loads(path.read_text()), table.read_text()
        wrong: list[str] = []
        for place in places(content):
            path.write_text(json.dumps(changed(content, place, REMOVED if len(place) == 1 else [])))
            said, failures = refusals(tmp_path, {"screening": read_screening})
            wrong += failures + ([] if said else [f"{place} was not missed"])
        path.write_text(json.dumps(content))
        for damage in (
            "",
            "a,b\n1,2\n",
            text.replace("mu_star,", "mu,"),
            re.sub(r"\d\.\d+", "x", text, count=1),
            "\0",
            '"' + text,
        ):
            table.write_text(damage)
            said, failures = refusals(tmp_path, {"screening": read_screening})
            wrong += failures + ([] if said else [f"{damage[:20]!r} was not refused"])
        table.unlink()
        wrong += refusals(tmp_path, {"screening": read_screening})[1]
        assert wrong == []


class TestAnalyses:
    def test_they_read_what_passes(self, made: Path) -> None:
        """So that no case above is refused for another reason than its own."""
        assert refusals(made) == ({}, [])
        results = load_results(made)
        assert len(sensitivity(results, outcomes=("readiness",)).indices) > 0
        assert results.n_failed == 0

    def test_kept_studies_pass(self) -> None:
        """They were written by an earlier version."""
        for folder in sorted((ROOT / "results").glob("studies/*")):
            assert len(load_results(folder).runs) == status_of(folder).done


def test_nothing_reads_a_table_but_through_the_gate() -> None:
    """Another reader would have to be held against the schema anew."""
    sources = (ROOT / "src" / "ssa_sim").rglob("*.py")
    readers = ("pq.read_", "ParquetFile(", "read_parquet", "parquet.read_")
    found = {path.name for path in sources if any(one in path.read_text(encoding="utf-8") for one in readers)}
    assert found == {"table_file.py"}
