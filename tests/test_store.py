"""The result folder: what is written is whole, comes back as it was, and is never overwritten."""

import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow.parquet as pq
import pytest

import ssa_sim.experiment.disk as disk
import ssa_sim.experiment.store as store
import stand_ins
from ssa_sim.errors import InputError
from ssa_sim.experiment.plan import Experiment
from ssa_sim.experiment.results import Results
from ssa_sim.experiment.runner import run_experiment
from ssa_sim.experiment.store import check_out, load_results, place_figure, write_results
from ssa_sim.experiment.tables import digest, tables_of
from stand_ins import small_experiment
from test_runner import assert_same, run_lightly


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return small_experiment(replications=4)


@pytest.fixture(scope="module")
def results(experiment: Experiment) -> Results:
    return run_lightly(experiment)


@pytest.fixture
def refuge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for the test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


class TestWhatIsWritten:
    @pytest.mark.parametrize("monthly", ["summary", "all", "none"])
    def test_it_comes_back_as_it_was(self, tmp_path: Path, monthly: str) -> None:
        made = run_lightly(small_experiment(replications=3, monthly=monthly))
        write_results(made, tmp_path / "out")
        read = load_results(tmp_path / "out")
        assert_same(made, read)
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
        assert read.provenance == json.loads(json.dumps(made.provenance))

    def test_failures_come_back(self, tmp_path: Path) -> None:
        made = run_lightly(small_experiment(replications=5), simulate=stand_ins.fail_for_long_courses)
        write_results(made, tmp_path / "out")
        assert_same(made, load_results(tmp_path / "out"))
        counts = json.loads((tmp_path / "out" / "manifest.json").read_text())["counts"]
        assert counts == {"planned": 10, "done": 9, "failed": 1}

    def test_the_folder_holds_what_the_contract_says(self, results: Results, tmp_path: Path) -> None:
        write_results(results, tmp_path / "deep" / "out")
        out = tmp_path / "deep" / "out"
        assert {path.name for path in out.iterdir()} == {
            "manifest.json",
            "runs.parquet",
            "monthly.parquet",
            "figures",
        }
        manifest = json.loads((out / "manifest.json").read_text())
        assert manifest["experiment"]["scenarios"] == ["baseline", "variant"]
        resolved = {one["name"]: one["resolved"] for one in manifest["provenance"]["scenarios"]}
        assert resolved["variant"]["levers"]["training"]["course_weeks"] == 24.0
        assert manifest["provenance"]["versions"]["numpy"]
        assert [outcome["name"] for outcome in manifest["outcomes"]] == [one.name for one in results.outcomes]

    def test_the_tables_are_plain_parquet(self, results: Results, tmp_path: Path) -> None:
        write_results(results, tmp_path / "out")
        types = {
            field.name: str(field.type)
            for name in ("runs.parquet", "monthly.parquet")
            for field in pq.read_schema(tmp_path / "out" / name)
        }
        assert types["run_id"] == types["scenario"] == types["outcome"] == types["error"] == "string"
        assert types["replicate"] == types["seed"] == types["n"] == "int64"
        assert types["month"].startswith("timestamp")
        assert types["readiness"] == types["p50"] == "double"
        frame = pd.read_parquet(tmp_path / "out" / "monthly.parquet")
        assert frame["month"].min() == pd.Timestamp(2013, 2, 1)

    def test_others_may_read_the_folder_as_the_umask_says(self, results: Results, tmp_path: Path) -> None:
        before = os.umask(0o022)
        try:
            write_results(results, tmp_path / "out")
        finally:
            os.umask(before)
        assert (tmp_path / "out").stat().st_mode & 0o777 == 0o755

    def test_an_empty_folder_is_filled(self, results: Results, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        write_results(results, tmp_path / "out")
        assert_same(results, load_results(tmp_path / "out"))

    def test_a_link_is_followed(self, results: Results, experiment: Experiment, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "real")
        assert check_out(tmp_path / "link", experiment) is None
        write_results(results, tmp_path / "link")
        assert (tmp_path / "real" / "manifest.json").is_file()


class TestDigest:
    def test_it_covers_content_and_neither_time_nor_place(self, experiment: Experiment, tmp_path: Path) -> None:
        found = []
        for name, workers in (("a", 1), ("b", 2)):
            write_results(run_lightly(experiment, workers), tmp_path / name)
            found.append(json.loads((tmp_path / name / "manifest.json").read_text()))
        assert found[0]["digest"] == found[1]["digest"]
        assert found[0]["files"] == found[1]["files"]

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
        tables = tables_of(results)
        frame = getattr(results, table).copy()
        frame.loc[row, column] = value
        changed = Results(**{**vars(results), table: frame})
        assert digest(tables_of(changed)) != digest(tables)

    def test_texts_cannot_run_into_one_another(self, results: Results) -> None:
        digests = set()
        for texts in (["ab", "c"], ["a", "bc"], ["abc", None], [None, "abc"], ["abc", ""]):
            frame = results.runs.head(2).assign(error=pd.Series(texts, dtype=object))
            digests.add(digest(tables_of(Results(**{**vars(results), "runs": frame}))))
        assert len(digests) == 5


class TestBeforeAnythingIsComputed:
    def test_a_new_or_an_empty_folder_is_free(self, experiment: Experiment, tmp_path: Path) -> None:
        assert check_out(tmp_path / "deep" / "new", experiment) is None
        (tmp_path / "empty").mkdir()
        assert check_out(tmp_path / "empty", experiment) is None
        assert [path.name for path in tmp_path.rglob("*")] == ["empty"]

    def test_the_same_results_are_read(self, results: Results, experiment: Experiment, tmp_path: Path) -> None:
        write_results(results, tmp_path / "out")
        stored = check_out(tmp_path / "out", experiment)
        assert stored is not None
        assert_same(stored, results)

    def test_other_results_are_not_overwritten(self, results: Results, tmp_path: Path) -> None:
        write_results(results, tmp_path / "out")
        before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file()}
        with pytest.raises(InputError) as caught:
            check_out(tmp_path / "out", small_experiment(replications=5))
        message = str(caught.value)
        assert str(tmp_path / "out") in message
        assert "other results ('Small', 4 replications, seed 2013" in message
        assert "does not exist yet" in message
        assert all(path.read_bytes() == content for path, content in before.items())

    def test_other_files_are_not_overwritten(self, experiment: Experiment, tmp_path: Path) -> None:
        (tmp_path / "thesis.tex").write_text("years of work")
        with pytest.raises(InputError, match="other files; nothing was overwritten"):
            check_out(tmp_path, experiment)

    def test_a_file_in_its_place(self, experiment: Experiment, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("")
        with pytest.raises(InputError, match="A file stands where"):
            check_out(tmp_path / "out", experiment)
        with pytest.raises(InputError, match="nothing can be put below it"):
            check_out(tmp_path / "out" / "below", experiment)

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
        assert check_out(tmp_path / "out", experiment) is None

    @pytest.mark.parametrize("name", ["x" * 300, "nul\0nul"])
    def test_impossible_names(self, experiment: Experiment, tmp_path: Path, name: str) -> None:
        with pytest.raises(InputError, match="name"):
            check_out(tmp_path / name, experiment)

    def test_the_current_folder(self, experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(InputError, match="cannot take the place"):
            check_out(Path(), experiment)


class TestWritingThatFails:
    @pytest.mark.parametrize("stage", ["runs.parquet", "monthly.parquet", "manifest.json"])
    def test_nothing_half_written_stays_and_the_results_are_kept_elsewhere(
        self, results: Results, tmp_path: Path, refuge: Path, monkeypatch: pytest.MonkeyPatch, stage: str
    ) -> None:
        fill_the_disk(monkeypatch, stage, below=tmp_path / "disk")
        (tmp_path / "disk").mkdir()
        with pytest.raises(InputError, match=r"no space left on the disk\. The results were kept in") as caught:
            write_results(results, tmp_path / "disk" / "deep" / "out")
        assert list((tmp_path / "disk").iterdir()) == []
        (kept,) = refuge.glob("*/results")
        assert str(kept) in str(caught.value)
        assert_same(results, load_results(kept))

    def test_if_there_is_no_room_anywhere_that_is_said(
        self, results: Results, tmp_path: Path, refuge: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill_the_disk(monkeypatch, "manifest.json", below=tmp_path)
        with pytest.raises(InputError, match="could not be kept elsewhere either"):
            write_results(results, tmp_path / "out")
        assert list(refuge.iterdir()) == []
        assert not (tmp_path / "out").exists()

    def test_a_folder_that_was_filled_meanwhile_is_left_alone(
        self, results: Results, tmp_path: Path, refuge: Path
    ) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "other").write_text("mine")
        with pytest.raises(InputError, match="Something else has been put into the folder meanwhile"):
            write_results(results, tmp_path / "out")
        assert (tmp_path / "out" / "other").read_text() == "mine"
        assert len(list(refuge.glob("*/results/manifest.json"))) == 1

    def test_an_interrupt_leaves_nothing(
        self, results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(store, "write_new", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_results(results, tmp_path / "out")
        assert list(tmp_path.iterdir()) == []

    def test_a_figure_is_whole_or_not_there(self, results: Results, tmp_path: Path) -> None:
        write_results(results, tmp_path / "out")
        path = place_figure(tmp_path / "out", "one.png", lambda place: place.write_bytes(b"first"))
        assert path == tmp_path / "out" / "figures" / "one.png"

        def half(place: Path) -> None:
            place.write_bytes(b"sec")
            raise OSError(errno.ENOSPC, "No space left on device")

        with pytest.raises(InputError, match="no space left"):
            place_figure(tmp_path / "out", "one.png", half)
        assert path.read_bytes() == b"first"
        assert list(path.parent.iterdir()) == [path]


class TestDamagedFolders:
    @pytest.fixture
    def out(self, results: Results, tmp_path: Path) -> Path:
        write_results(results, tmp_path / "out")
        return tmp_path / "out"

    def test_a_changed_table(self, out: Path) -> None:
        content = bytearray((out / "runs.parquet").read_bytes())
        content[len(content) // 2] ^= 1
        (out / "runs.parquet").write_bytes(content)
        with pytest.raises(InputError, match=r"runs\.parquet: The file has been changed"):
            load_results(out)

    def test_a_missing_table(self, out: Path) -> None:
        (out / "monthly.parquet").unlink()
        with pytest.raises(InputError, match=r"monthly\.parquet: The file is missing"):
            load_results(out)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda text: text[:100], "manifest cannot be read"),
            (lambda text: "", "manifest cannot be read"),
            (lambda text: "[]", "manifest cannot be read"),
            (lambda text: text.replace('"format": 1', '"format": 2'), r"at format"),
            (lambda text: text.replace('"ssa_sim results"', '"something"'), r"at kind"),
            (
                lambda text: text.replace('"monthly": "summary"', '"monthly": "some"'),
                r"at experiment\.monthly",
            ),
            (lambda text: text.replace('"runs.parquet"', '"../../secret"'), r"at files"),
        ],
    )
    def test_a_manifest_that_is_not_ours(self, out: Path, change, message: str) -> None:  # type: ignore[no-untyped-def]
        text = (out / "manifest.json").read_text()
        (out / "manifest.json").write_text(change(text))
        with pytest.raises(InputError, match=message):
            load_results(out)

    def test_no_manifest(self, tmp_path: Path) -> None:
        for path in (tmp_path, tmp_path / "missing"):
            with pytest.raises(InputError, match="no result folder"):
                load_results(path)

    def test_a_damaged_folder_is_not_reused(self, out: Path, experiment: Experiment) -> None:
        (out / "runs.parquet").write_bytes(b"")
        with pytest.raises(InputError, match="remove the folder and run the experiment again"):
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


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, stage: str, below: Path) -> None:
    """Make the disk run full when the file of that name is written somewhere below a folder."""
    flush = disk.flush

    def full(file) -> None:  # type: ignore[no-untyped-def]
        path = Path(file.name)
        if path.name == stage and below in path.parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        flush(file)

    monkeypatch.setattr(disk, "flush", full)
    monkeypatch.setattr("ssa_sim.experiment.tables.flush", full)
