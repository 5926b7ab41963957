"""The result folder: what is written is whole, opens anywhere, comes back as it was, and is never overwritten."""

import errno
import json
import os
import shutil
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ssa_sim.experiment.keep.tables as tables
import stand_ins
from full_disk import full_disk
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, Design, listed_design
from ssa_sim.experiment.ask.layout import layout
from ssa_sim.experiment.ask.plan import Experiment
from ssa_sim.experiment.keep.manifest import axes_of, read_manifest, scenarios_in
from ssa_sim.experiment.keep.result_tables import schemas_of
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.store import check_out, finish, load_results, opened, place_figure
from ssa_sim.experiment.keep.table_file import TableSchema
from ssa_sim.experiment.keep.tables import Digest, combined_digest, design_table, digest_of, frame_table, read_table
from ssa_sim.experiment.run.experiment import run, run_experiment
from ssa_sim.experiment.run.shards import compute, task_for
from ssa_sim.experiment.run.sweep import sweep
from stand_ins import light_settings, small_experiment
from test_runner import assert_same, run_lightly

AXES = (
    Axis("levers", "coordination.regime", ("none", "binding")),
    Axis("levers", "training.camp_places", (100, 900)),
    Axis("uncertainties", "turnover.reassignment_rate", None, 0.005, 0.04),
    Axis("mechanisms", "turnover", (False, True)),
)
NAN = float("nan")
DESIGN = listed_design(
    AXES, np.array([[0.0, 1.0, 0.02, 1.0], [1.0, 0.0, 0.03, 0.0], [NAN, NAN, NAN, NAN], [1.0, NAN, 0.01, NAN]])
)
"""An axis of every kind, and points that leave some of them alone."""


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return small_experiment(replications=4)


@pytest.fixture(scope="module")
def results(experiment: Experiment) -> Results:
    return run_lightly(experiment)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, experiment: Experiment) -> Path:
    """The results in a folder; tests that change something copy it."""
    return keep(experiment, tmp_path_factory.mktemp("kept") / "out")


@pytest.fixture
def out(kept: Path, tmp_path: Path) -> Path:
    return shutil.copytree(kept, tmp_path / "out")


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results with a design, every run's months, and a failed run."""
    experiment = small_experiment(replications=5, design=DESIGN, monthly="all")
    return keep(experiment, tmp_path_factory.mktemp("varied") / "out", stand_ins.fail_for_long_courses)


def keep(experiment: Experiment, out: Path, simulate: Any = stand_ins.simulate_lightly) -> Path:
    sweep(experiment, out, light_settings(simulate))
    return out


class TestWhatIsWritten:
    @pytest.mark.parametrize("monthly", ["summary", "all", "none"])
    def test_it_comes_back_as_it_was(self, tmp_path: Path, monthly: str) -> None:
        experiment = small_experiment(replications=3, monthly=monthly, design=DESIGN)
        made = run(experiment, tmp_path / "out", light_settings())
        read = load_results(tmp_path / "out")
        assert_same(made, read)
        assert_same(made, run_lightly(experiment))
        for name in (
            "title",
            "identity",
            "scenario_names",
            "outcomes",
            "replications",
            "seed",
            "monthly_detail",
        ):
            assert getattr(read, name) == getattr(made, name)
        assert (read.identity, read.scenario_names, read.replications, read.seed) == (
            experiment.identity(),
            experiment.scenario_names,
            3,
            experiment.seed,
        )
        assert read.provenance == json.loads((tmp_path / "out" / "manifest.json").read_text())["provenance"]

    def test_scenarios_and_design_come_back(self, varied: Path) -> None:
        manifest = read_manifest(varied)
        assert axes_of(manifest) == AXES
        assert [named.scenario.identity() for named in scenarios_in(manifest.provenance)] == [
            named.scenario.identity() for named in small_experiment().scenarios
        ]

    def test_failures_are_counted_and_told_with_their_trace(self, tmp_path: Path) -> None:
        experiment = small_experiment(replications=5)
        out = keep(experiment, tmp_path / "out", stand_ins.fail_for_long_courses)
        counts = json.loads((out / "manifest.json").read_text())["counts"]
        assert counts == {"planned": 10, "done": 9, "failed": 1}
        (failure,) = json.loads((out / "failures.json").read_text())
        (row,) = load_results(out).runs.query("status == 'failed'").to_dict(orient="records")
        assert failure["run_id"] == row["run_id"]
        assert (failure["scenario"], failure["replicate"], failure["seed"]) == ("variant", 3, 2013)
        assert failure["error"] == row["error"] == "ZeroDivisionError: a rule divides by zero"
        assert "fail_for_long_courses" in failure["trace"]

    def test_the_folder_holds_what_the_contract_says(self, experiment: Experiment, tmp_path: Path) -> None:
        out = keep(experiment, tmp_path / "deep" / "out")
        assert {path.name for path in out.iterdir()} == {
            "manifest.json",
            "runs.parquet",
            "monthly.parquet",
            "figures",
        }
        manifest = json.loads((out / "manifest.json").read_text())
        assert manifest["experiment"]["scenarios"] == ["baseline", "variant"]
        assert manifest["fields"] == json.loads(json.dumps(experiment.fields()))
        provenance = manifest["provenance"]
        resolved = {one["name"]: one["resolved"] for one in provenance["scenarios"]}
        assert resolved["variant"]["levers"]["training"]["course_weeks"] == 24.0
        assert {"numpy", "numba", "llvmlite", "pyarrow", "ssa-sim"} <= set(provenance["packages"])
        assert {"system", "machine", "libc", "processor"} <= set(provenance["platform"])
        assert "same bits" in provenance["promise"]
        assert provenance["engine"] == "compiled"
        assert [outcome["name"] for outcome in manifest["outcomes"]] == list(experiment.outcomes)

    def test_others_may_read_the_folder_as_the_umask_says(self, experiment: Experiment, tmp_path: Path) -> None:
        before = os.umask(0o022)
        try:
            out = keep(experiment, tmp_path / "out")
        finally:
            os.umask(before)
        assert out.stat().st_mode & 0o777 == 0o755
        assert {path.stat().st_mode & 0o777 for path in out.iterdir() if path.is_file()} == {0o644}

    def test_an_empty_folder_is_filled(self, experiment: Experiment, results: Results, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        assert_same(results, load_results(keep(experiment, tmp_path / "out")))

    def test_a_link_is_followed(self, experiment: Experiment, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "real")
        keep(experiment, tmp_path / "link")
        assert (tmp_path / "real" / "manifest.json").is_file()


TABLES = ("runs", "monthly", "design", "trajectories")
TYPES = {
    "runs": {
        "run_id": "text",
        "scenario": "text",
        "replicate": "whole",
        "seed": "whole",
        "status": "text",
        "error": "text",
        "point": "whole",
        "coordination.regime": "text",
        "training.camp_places": "whole",
        "turnover.reassignment_rate": "number",
        "mechanisms.turnover": "yes or no",
        "readiness": "number",
    },
    "monthly": {
        "scenario": "text",
        "month": "time",
        "outcome": "text",
        "mean": "number",
        "p05": "number",
        "p95": "number",
        "n": "whole",
    },
    "design": {
        "point": "whole",
        "coordination.regime": "text",
        "training.camp_places": "whole",
        "turnover.reassignment_rate": "number",
        "mechanisms.turnover": "yes or no",
    },
    "trajectories": {
        "scenario": "text",
        "replicate": "whole",
        "month": "time",
        "point": "whole",
        "readiness": "number",
    },
}


class TestOpensAnywhere:
    """In pandas, Polars and DuckDB, as it is: with right types, and equal content."""

    @pytest.mark.parametrize("table", TABLES)
    def test_in_plain_parquet(self, varied: Path, table: str) -> None:
        kinds = {
            "text": pa.string(),
            "whole": pa.int64(),
            "number": pa.float64(),
            "yes or no": pa.bool_(),
            "time": pa.timestamp("us"),
        }
        schema = pq.read_schema(varied / f"{table}.parquet")
        assert [schema.field(name).type for name in TYPES[table]] == [kinds[kind] for kind in TYPES[table].values()]
        assert not schema.metadata

    @pytest.mark.parametrize("table", TABLES)
    def test_in_pandas(self, varied: Path, table: str) -> None:
        frame = pd.read_parquet(varied / f"{table}.parquet")
        checks = {
            "text": pd.api.types.is_string_dtype,
            "number": pd.api.types.is_float_dtype,
            "time": pd.api.types.is_datetime64_any_dtype,
        }
        for name, kind in TYPES[table].items():
            column = frame[name].dropna() if kind in ("text", "whole", "yes or no") else frame[name]
            if kind == "whole":  # pandas shows whole numbers with gaps as floats
                assert (column == column.astype(int)).all()
            elif kind == "yes or no":
                assert set(column) == {False, True}
            else:
                assert checks[kind](column), (name, column.dtype)
        assert len(frame) == rows_of(varied, table)

    @pytest.mark.parametrize("table", TABLES)
    def test_in_polars(self, varied: Path, table: str) -> None:
        frame = pl.read_parquet(varied / f"{table}.parquet")
        kinds = {
            "text": pl.String,
            "whole": pl.Int64,
            "number": pl.Float64,
            "yes or no": pl.Boolean,
            "time": pl.Datetime("us"),
        }
        assert {name: frame.schema[name] for name in TYPES[table]} == {
            name: kinds[kind] for name, kind in TYPES[table].items()
        }
        assert frame.height == rows_of(varied, table)
        if table == "runs":
            by_pandas = load_results(varied).runs
            assert frame.filter(pl.col("status") == "failed").height == (by_pandas["status"] == "failed").sum() > 0
            assert frame["readiness"].to_numpy().tobytes() == by_pandas["readiness"].to_numpy().tobytes()

    @pytest.mark.parametrize("table", TABLES)
    def test_in_duckdb(self, varied: Path, table: str) -> None:
        kinds = {
            "text": "VARCHAR",
            "whole": "BIGINT",
            "number": "DOUBLE",
            "yes or no": "BOOLEAN",
            "time": "TIMESTAMP",
        }
        with duckdb.connect() as base:
            described = base.sql(f"DESCRIBE SELECT * FROM '{varied / table}.parquet'").fetchall()
            found = {name: kind for name, kind, *_ in described}
            assert {name: found[name] for name in TYPES[table]} == {
                name: kinds[kind] for name, kind in TYPES[table].items()
            }
            ((counted,),) = base.sql(f"SELECT count(*) FROM '{varied / table}.parquet'").fetchall()
        assert counted == rows_of(varied, table)

    def test_a_question_is_answered_alike(self, varied: Path) -> None:
        """Mean readiness by regime, over the runs in order."""
        runs = varied / "runs.parquet"
        frame = pd.read_parquet(runs)
        by_pandas = frame[frame["status"] == "ok"].groupby("coordination.regime")["readiness"].mean().to_dict()
        by_polars = dict(
            pl.read_parquet(runs)
            .filter((pl.col("status") == "ok") & pl.col("coordination.regime").is_not_null())
            .group_by("coordination.regime")
            .agg(pl.col("readiness").mean())
            .iter_rows()
        )
        question = (
            f"SELECT \"coordination.regime\", avg(readiness) FROM '{runs}' "
            "WHERE status = 'ok' AND \"coordination.regime\" IS NOT NULL GROUP BY 1"
        )
        with duckdb.connect() as base:
            by_duckdb = dict(base.sql(question).fetchall())
        assert set(by_pandas) == {"none", "binding"}
        assert by_polars == pytest.approx(by_pandas)
        assert by_duckdb == pytest.approx(by_pandas)

    def test_gaps_are_gaps_and_undefined_is_nan(self, varied: Path) -> None:
        design = pl.read_parquet(varied / "design.parquet")
        assert design["training.camp_places"].to_list() == [900, 100, None, None]
        assert design["coordination.regime"].to_list() == ["none", "binding", None, "binding"]
        assert design["mechanisms.turnover"].to_list() == [True, False, None, None]
        runs = pl.read_parquet(varied / "runs.parquet")
        failed = runs.filter(pl.col("status") == "failed")
        assert failed["readiness"].is_nan().all()
        assert runs.filter(pl.col("status") == "ok")["error"].is_null().all()


def rows_of(folder: Path, table: str) -> int:
    counts = {"runs": 2 * 5 * 4, "design": 4, "trajectories": 2 * 5 * 4 * 6}
    return counts.get(table, 2 * 6 * len(read_manifest(folder).outcomes))


class TestDesignTable:
    AXES = (
        Axis("levers", "a", ("none", "binding", "host_led")),
        Axis("levers", "b", (3, 5)),
        Axis("levers", "c", (0.5, 1, 7.25)),
        Axis("mechanisms", "d", (False, True)),
        Axis("levers", "e", None, 0.0, 9.0, is_whole=True),
        Axis("uncertainties", "f", None, -1.0, 1.0),
    )

    def design(self, n_points: int) -> Design:
        """Random points, with gaps."""
        generator = np.random.default_rng(1)
        columns = [axis.numbers(generator.random(n_points)) for axis in self.AXES]
        points = np.column_stack(columns)
        points[generator.random(points.shape) < 0.2] = np.nan
        return listed_design(self.AXES, points)

    def test_each_number_is_what_its_axis_says(self) -> None:
        design = self.design(200)
        table = design_table(design)
        assert table.column("point").to_pylist() == list(range(200))
        for axis, numbers in zip(design.axes, design.points.T, strict=True):
            expected = [None if np.isnan(number) else axis.value(number) for number in numbers]
            found = table.column(axis.column).to_pylist()
            assert found == expected
            kinds = {type(value) for value in found} - {type(None)}
            assert len(kinds) == 1, "one type a column"

    def test_it_comes_in_parts_that_are_small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same whole, and no more memory for more points."""
        expected = digest_of(design_table(self.design(1000)))
        monkeypatch.setattr(tables, "_ROWS_A_GROUP", 64)
        assert digest_of(design_table(self.design(1000))) == expected
        peaks = []
        for design in (self.design(1000), self.design(10_000)):
            tracemalloc.start()
            assert sum(part.num_rows for part in tables.design_parts(design)) == len(design)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert peaks[1] < 2 * peaks[0]


class TestDigest:
    def test_it_covers_content_and_neither_time_nor_place(self, experiment: Experiment, tmp_path: Path) -> None:
        found = [read_manifest(keep(experiment, tmp_path / name)) for name in ("a", "b")]
        assert found[0].digest == found[1].digest
        assert found[0].files == found[1].files
        assert read_manifest(keep(replace(experiment, seed=1), tmp_path / "c")).digest != found[0].digest

    def test_it_is_that_of_the_files_read_back(self, varied: Path) -> None:
        manifest = read_manifest(varied)
        assert set(manifest.files) == {f"{table}.parquet" for table in TABLES}
        tables = {name: digest_of(pq.read_table(varied / name)) for name in manifest.files}
        assert combined_digest(tables) == manifest.digest

    @given(cuts=st.lists(st.integers(0, 40), max_size=6))
    def test_how_a_table_is_cut_changes_nothing(self, varied: Path, cuts: list[int]) -> None:
        """Nor which of the pieces have gaps."""
        whole = pq.read_table(varied / "runs.parquet")
        digest = Digest()
        ends = [*sorted(cuts), len(whole)]
        for start, end in zip([0, *ends], ends, strict=False):
            digest.add(whole.slice(start, end - start))
        assert digest.value() == digest_of(whole)

    @pytest.mark.long
    def test_the_order_in_which_shards_are_made_changes_nothing(self, tmp_path: Path) -> None:
        experiment = small_experiment(replications=6, design=DESIGN, monthly="all")
        expected = keep(experiment, tmp_path / "in_order")
        plan = layout(experiment)
        order = np.random.default_rng(3).permutation(plan.numbers)
        with opened(tmp_path / "shuffled", experiment) as folder:
            done = {}
            for number in order.tolist():
                task = task_for(experiment, plan.shard(number), simulate=stand_ins.simulate_lightly)
                done[number] = folder.keep(compute(task))
            finish(experiment, folder, done)
        assert read_manifest(tmp_path / "shuffled").files == read_manifest(expected).files

    @pytest.mark.parametrize(
        ("table", "column", "row", "value"),
        [
            ("runs", "readiness", 3, 0.123),
            ("runs", "readiness", 3, float("nan")),
            ("runs", "status", 2, "failed"),
            ("runs", "error", 2, "text"),
            ("runs", "replicate", 0, 9),
            ("monthly", "p95", 5, 1e-300),
            ("monthly", "month", 5, pd.Timestamp(2000, 1, 1)),
        ],
    )
    def test_it_changes_with_any_value(
        self, results: Results, table: str, column: str, row: int, value: object
    ) -> None:
        frame = getattr(results, table)
        changed = frame.copy()
        changed.loc[row, column] = value
        assert digest_of(frame_table(changed)) != digest_of(frame_table(frame))

    @pytest.mark.parametrize("kind", [pa.int64(), pa.bool_(), pa.float64(), pa.string()])
    def test_a_gap_is_no_value(self, kind: pa.DataType) -> None:
        values = {pa.bool_(): (False, True), pa.string(): ("", "-"), pa.int64(): (0, -1)}.get(kind, (0.0, 1.0))
        columns = [[None, values[0]], [values[0], None], list(values), [values[0], values[0]]]
        assert len({digest_of(pa.table({"a": pa.array(column, kind)})) for column in columns}) == 4

    def test_texts_cannot_run_into_one_another(self, results: Results) -> None:
        digests = set()
        for texts in (["ab", "c"], ["a", "bc"], ["abc", None], [None, "abc"], ["abc", ""]):
            frame = results.runs.head(2).assign(error=pd.Series(texts, dtype=object))
            digests.add(digest_of(frame_table(frame)))
        assert len(digests) == 5

    def test_a_table_read_back_is_the_table_written(self, kept: Path) -> None:
        path = kept / "runs.parquet"
        read = read_table(path, schemas_of(read_manifest(kept))["runs.parquet"])
        assert digest_of(frame_table(read)) == digest_of(pq.read_table(path))


class TestBeforeAnythingIsComputed:
    def test_a_new_or_an_empty_folder_is_free(self, experiment: Experiment, tmp_path: Path) -> None:
        assert not check_out(tmp_path / "deep" / "new", experiment)
        (tmp_path / "empty").mkdir()
        assert not check_out(tmp_path / "empty", experiment)
        assert [path.name for path in tmp_path.rglob("*")] == ["empty"]

    def test_the_same_results_are_recognised(self, kept: Path, experiment: Experiment, results: Results) -> None:
        assert check_out(kept, experiment)
        said: list[str] = []
        again = run(replace(experiment, title="Other words"), kept, light_settings(_refuse), notify=said.append)
        assert_same(again, results)
        assert "nothing was computed" in said[-1]

    def test_other_results_are_not_overwritten(self, out: Path) -> None:
        before = {path: path.read_bytes() for path in out.iterdir() if path.is_file()}
        with pytest.raises(InputError) as caught:
            check_out(out, small_experiment(replications=5))
        message = str(caught.value)
        assert str(out) in message
        assert "holds the results of something else, and nothing in it was changed." in message
        assert "replications: it was 4 and is now 5" in message
        assert "another folder (--out)" in message
        assert {path: path.read_bytes() for path in out.iterdir() if path.is_file()} == before

    def test_the_command_that_goes_on_is_shown(self, tmp_path: Path) -> None:
        command = "ssa-sim sweep sweep.toml --replications 4"
        run(small_experiment(replications=4), tmp_path / "out", replace(light_settings(), command=command))
        with pytest.raises(InputError, match=r"what it was begun with \(`ssa-sim sweep sweep.toml --replications 4`\)"):
            check_out(tmp_path / "out", small_experiment(replications=5))

    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a file system that nobody can write to")
    def test_a_place_where_nobody_can_write(self, experiment: Experiment) -> None:
        with pytest.raises(InputError, match="/proc/ssa_sim_results: The system refuses it"):
            check_out(Path("/proc/ssa_sim_results"), experiment)

    @pytest.mark.parametrize(
        ("number", "message"),
        [(errno.EACCES, "no permission"), (errno.EROFS, "read-only"), (errno.ENOSPC, "no space left")],
    )
    def test_refusals_of_the_system(
        self,
        experiment: Experiment,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        number: int,
        message: str,
    ) -> None:
        def refuse(self: Path, *_: object, **__: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(Path, "mkdir", refuse)
        with pytest.raises(InputError, match=message):
            check_out(tmp_path / "out", experiment)

    def test_too_little_space(self, experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        class Usage(NamedTuple):
            total: int
            used: int
            free: int

        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12 - 10**6, 10**6))
        with pytest.raises(InputError, match="1 MB are free"):
            check_out(tmp_path / "out", experiment)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, 10**12))
        assert not check_out(tmp_path / "out", experiment)

    @pytest.mark.parametrize("name", ["x" * 300, "nul\0nul"])
    def test_impossible_names(self, experiment: Experiment, tmp_path: Path, name: str) -> None:
        with pytest.raises(InputError, match="name"):
            check_out(tmp_path / name, experiment)


class TestWritingThatFails:
    @pytest.mark.parametrize("stage", [".0000002.parquet.part", "runs.parquet", "monthly.parquet"])
    def test_what_is_done_is_kept_and_gone_on_with_once_there_is_room(
        self, experiment: Experiment, kept: Path, tmp_path: Path, stage: str
    ) -> None:
        out = tmp_path / "deep" / "out"
        with full_disk(stage), pytest.raises(InputError, match=r"out: There is no space left on the disk\."):
            keep(experiment, out)
        assert not read_manifest(out).is_complete
        assert not (out / "runs.parquet").exists()
        shards = sorted(path.name for path in (out / "shards").iterdir())
        assert shards[:4] == [f"000000{n}{kind}.parquet" for n in (0, 1) for kind in ("-months", "")]
        made: list[str] = []
        sweep(experiment, out, light_settings(), progress=lambda standing: made.append(str(standing.found)))
        assert set(made) == {"4" if stage.startswith(".") else "8"}
        assert read_manifest(out).files == read_manifest(kept).files
        assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in kept.iterdir())

    def test_a_figure_is_whole_or_not_there(self, out: Path) -> None:
        path = place_figure(out, "one.png", lambda place: place.write_bytes(b"first"))
        assert path == out / "figures" / "one.png"

        def half(place: Path) -> None:
            place.write_bytes(b"sec")
            raise OSError(errno.ENOSPC, "No space left on device")

        with pytest.raises(InputError, match="no space left"):
            place_figure(out, "one.png", half)
        assert path.read_bytes() == b"first"
        assert list(path.parent.iterdir()) == [path]


class TestDamagedFolders:
    def test_a_damaged_folder_is_not_reused(self, out: Path, experiment: Experiment) -> None:
        (out / "runs.parquet").write_bytes(b"")
        with pytest.raises(InputError, match="remove the folder and run the experiment again"):
            run(experiment, out, light_settings())

    def test_a_table_that_is_gone_is_noticed_before_anything_is_computed(
        self, out: Path, experiment: Experiment
    ) -> None:
        (out / "monthly.parquet").unlink()
        with pytest.raises(InputError, match=r"monthly\.parquet is missing"):
            check_out(out, experiment)


class TestRunExperiment:
    def test_it_runs_stores_and_runs_no_second_time(self, tmp_path: Path) -> None:
        (tmp_path / "one.toml").write_text(
            'title = "One"\n[period]\nstart = 2013-02-01\nend = 2013-05-01\n[size]\nunits = 1\n'
        )
        (tmp_path / "experiment.toml").write_text('title = "T"\nscenarios = ["one.toml"]\nreplications = 2\n')
        said: list[str] = []
        first = run_experiment(tmp_path / "experiment.toml", tmp_path / "out", workers=1, notify=said.append)
        assert not any("nothing was computed" in sentence for sentence in said)
        again = run_experiment(str(tmp_path / "experiment.toml"), str(tmp_path / "out"), notify=said.append)
        assert_same(first, again)
        assert "nothing was computed" in said[-1]


def _refuse(*_: object, **__: object) -> Any:
    raise AssertionError("it was run")


def test_columns_of_few_values_take_little_room_and_come_back(tmp_path: Path) -> None:
    """Levels of a design, shuffled as points are, are kept as numbers of levels."""
    draws = np.random.default_rng(3)
    frame = pd.DataFrame({"levels": draws.integers(4, size=20_000) / 3.0, "values": draws.random(20_000)})
    tables.write_table(frame_table(frame), tmp_path / "table.parquet")
    columns = pq.ParquetFile(tmp_path / "table.parquet").metadata.row_group(0)
    levels, values = (columns.column(number).total_compressed_size for number in range(2))
    assert levels < 20_000 * 3 / 8
    assert values > 20_000 * 6
    schema = TableSchema(pq.read_schema(tmp_path / "table.parquet"))
    pd.testing.assert_frame_equal(read_table(tmp_path / "table.parquet", schema), frame)
