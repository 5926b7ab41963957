"""Failed runs made anew, in a sweep under way and in a finished folder: what comes of it is what would have come without failures."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stand_ins
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, listed_design
from ssa_sim.experiment.ask.layout import layout
from ssa_sim.experiment.ask.plan import Experiment, Precision
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.status import status_of
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.keep.sweep_folder import SweepFolder
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.shards import RunSimulator
from ssa_sim.experiment.run.sweep import SweepProgress, sweep
from stand_ins import KILLER_REPLICATE, fail_for_long_courses, light_settings, simulate_lightly, small_experiment

DESIGN = listed_design(
    [Axis("uncertainties", "turnover.reassignment_rate", None, 0.005, 0.04)], np.linspace(0.005, 0.04, 5)[:, None]
)
EXPERIMENTS = {
    "none": small_experiment(20, monthly="none", design=DESIGN),
    "all": small_experiment(20, monthly="all", design=DESIGN),
    "summary": small_experiment(20, monthly="summary", design=DESIGN),
    "no design": small_experiment(20, monthly="all"),
    "later replicates": small_experiment(20, monthly="all", first_replicate=KILLER_REPLICATE - 1),
}


class Counting:
    """The stand-in for the model, which counts."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, *arguments: Any, **more: Any) -> Any:
        self.runs += 1
        return simulate_lightly(*arguments, **more)


def retrying(simulate: RunSimulator) -> RunSettings:
    return replace(light_settings(simulate), retry_failed=True)


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.parquet")}


def undisturbed(experiment: Experiment, out: Path) -> Path:
    sweep(experiment, out, light_settings())
    return out


def same(out: Path, other: Path) -> bool:
    """Whether two folders hold the same to the last byte, and nothing is left of failures."""
    manifests = read_manifest(out), read_manifest(other)
    assert [path.name for path in out.iterdir() if path.name in ("shards", "failures.json", ".lock")] == []
    assert manifests[0].counts == manifests[1].counts
    return manifests[0].digest == manifests[1].digest and tables(out) == tables(other)


class TestFinished:
    @pytest.mark.parametrize("name", EXPERIMENTS)
    def test_it_comes_to_the_same_as_if_none_had_failed(self, name: str, tmp_path: Path) -> None:
        """And only what belongs to a failed run is made: all that months are wanted of where only their summary was kept."""
        experiment, out = EXPERIMENTS[name], tmp_path / "out"
        sweep(experiment, out, light_settings(fail_for_long_courses))
        failed = read_manifest(out).counts.failed
        assert failed == (1 if experiment.design is None else 5)
        of_failed = {
            number
            for number in layout(experiment).numbers
            if KILLER_REPLICATE in layout(experiment).shard(number).replicates
        }
        expected = sum(2 * layout(experiment).shard(number).cells for number in of_failed)
        if experiment.monthly == "summary":
            expected = layout(experiment).n_runs
        assert expected > 0
        said: list[str] = []
        simulate = Counting()
        standing = sweep(experiment, out, retrying(simulate), notify=said.append)
        assert (standing.failed, standing.done) == (0, layout(experiment).n_runs)
        assert simulate.runs == expected
        assert said == [
            f"{failed} failed runs are made anew, and with them what belongs to them: {expected} runs in all."
        ]
        assert same(out, undisturbed(experiment, tmp_path / "other"))
        assert len(load_results(out).runs) == standing.done
        assert len(read_manifest(out).provenance["sessions"]) == 2

    def test_what_fails_again_is_a_failed_run_again(self, tmp_path: Path) -> None:
        experiment, out = EXPERIMENTS["all"], tmp_path / "out"
        sweep(experiment, out, light_settings(fail_for_long_courses))
        before = tables(out), read_manifest(out).digest, json.loads((out / "failures.json").read_text())
        assert sweep(experiment, out, retrying(fail_for_long_courses)).failed == 5
        assert (tables(out), read_manifest(out).digest, json.loads((out / "failures.json").read_text())) == before

    def test_where_none_failed_nothing_is_done(self, tmp_path: Path) -> None:
        experiment, out = EXPERIMENTS["none"], tmp_path / "out"
        undisturbed(experiment, out)
        simulate = Counting()
        sweep(experiment, out, retrying(simulate))
        assert simulate.runs == 0

    def test_without_being_asked_nothing_is_done(self, tmp_path: Path) -> None:
        experiment, out = EXPERIMENTS["none"], tmp_path / "out"
        sweep(experiment, out, light_settings(fail_for_long_courses))
        simulate = Counting()
        assert sweep(experiment, out, light_settings(simulate)).failed == 5
        assert simulate.runs == 0

    def test_one_that_dies_while_it_takes_the_folder_apart_leaves_it_finished(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        experiment, out = EXPERIMENTS["all"], tmp_path / "out"
        sweep(experiment, out, light_settings(fail_for_long_courses))
        before = tables(out)
        keep: Callable[..., Any] = SweepFolder.keep_tables

        def keep_some(self: SweepFolder, number: int, *more: Any) -> Any:
            if number == 7:
                raise KeyboardInterrupt
            return keep(self, number, *more)

        monkeypatch.setattr(SweepFolder, "keep_tables", keep_some)
        with pytest.raises(KeyboardInterrupt):
            sweep(experiment, out, retrying(simulate_lightly))
        monkeypatch.undo()
        assert read_manifest(out).is_complete
        assert tables(out) == before
        assert load_results(out).n_failed == 5
        sweep(experiment, out, retrying(simulate_lightly))
        assert same(out, undisturbed(experiment, tmp_path / "other"))

    def test_one_that_dies_later_is_gone_on_with_by_the_plain_command(self, tmp_path: Path) -> None:
        experiment, out = EXPERIMENTS["summary"], tmp_path / "out"
        sweep(experiment, out, light_settings(fail_for_long_courses))
        with pytest.raises(StopHere):
            sweep(experiment, out, retrying(simulate_lightly), progress=stop_at(20))
        found = status_of(out)
        assert (found.is_complete, found.done, found.failed, found.planned) == (False, 20, 0, 200)
        sweep(experiment, out, light_settings())
        assert same(out, undisturbed(experiment, tmp_path / "other"))

    @pytest.mark.parametrize(
        ("spoil", "message"),
        [
            (lambda out: edit_manifest(out, "numba", "0.1"), "begun with other versions"),
            (lambda out: (out / "trajectories.parquet").write_bytes(b"x"), "has been changed"),
        ],
    )
    def test_a_folder_that_cannot_be_gone_on_with_is_refused_and_left_as_it_is(
        self, spoil: Callable[[Path], object], message: str, tmp_path: Path
    ) -> None:
        experiment, out = EXPERIMENTS["all"], tmp_path / "out"
        sweep(experiment, out, light_settings(fail_for_long_courses))
        spoil(out)
        before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
        with pytest.raises(InputError, match=message):
            sweep(experiment, out, retrying(simulate_lightly))
        assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


class TestUnderWay:
    def test_shards_with_failed_runs_are_made_anew_and_the_rest_is_kept(self, tmp_path: Path) -> None:
        experiment, out = EXPERIMENTS["summary"], tmp_path / "out"
        with pytest.raises(StopHere):
            sweep(experiment, out, light_settings(fail_for_long_courses), progress=stop_at(60))
        assert (status_of(out).done, status_of(out).failed) == (60, 5)
        kept = {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()}
        with pytest.raises(StopHere):
            sweep(experiment, out, retrying(simulate_lightly), progress=stop_at(60))
        now = {path.name: path.stat().st_mtime_ns for path in (out / "shards").iterdir()}
        assert now.keys() == kept.keys()
        assert 0 < sum(now[name] != kept[name] for name in kept) <= 2 * 5, "those with failed runs, and no other"
        assert (status_of(out).done, status_of(out).failed) == (60, 0)
        sweep(experiment, out, light_settings())
        assert same(out, undisturbed(experiment, tmp_path / "other"))


class TestTwoStages:
    PRECISE = small_experiment(
        12, outcomes=("readiness", "completions"), precision=Precision("readiness", 0.5, maximum=100)
    )

    @pytest.mark.parametrize("is_finished", [True, False])
    def test_a_second_stage_of_another_length_is_made_anew(self, is_finished: bool, tmp_path: Path) -> None:
        """The first one, with the failed run made anew, calls for another number of replications."""
        out, other = tmp_path / "out", undisturbed_two_stages(self.PRECISE, tmp_path / "other")
        settings = light_settings(noisy_and_failing)
        if is_finished:
            sweep(self.PRECISE, out, settings)
            with_failures = read_manifest(out).experiment.replications
            assert with_failures != read_manifest(other).experiment.replications
            assert with_failures > 20
        else:
            with pytest.raises(StopHere):
                sweep(self.PRECISE, out, settings, progress=stop_at(34))
        sweep(self.PRECISE, out, retrying(noisy))
        assert same(out, other)
        assert read_manifest(out).provenance["precision"] == read_manifest(other).provenance["precision"]


def noisy(*arguments: Any, **more: Any) -> Any:
    """The paired difference varies, since each scenario has draws of its own."""
    scenario = arguments[0]
    shift = int(scenario.levers.training.course_weeks)
    return simulate_lightly(*arguments, seed=more["seed"] + shift, replicate=more["replicate"])


def noisy_and_failing(*arguments: Any, **more: Any) -> Any:
    if more["replicate"] == KILLER_REPLICATE:
        raise ZeroDivisionError
    return noisy(*arguments, **more)


def undisturbed_two_stages(experiment: Experiment, out: Path) -> Path:
    sweep(experiment, out, light_settings(noisy))
    return out


class StopHere(Exception):  # noqa: N818
    """Raised from a progress report, to leave a sweep unfinished."""


def stop_at(runs: int) -> Callable[[SweepProgress], None]:
    def stop(standing: SweepProgress) -> None:
        if standing.done >= runs:
            raise StopHere

    return stop


def edit_manifest(out: Path, package: str, version: str) -> None:
    content = json.loads((out / "manifest.json").read_text())
    content["provenance"]["packages"][package] = version
    (out / "manifest.json").write_text(json.dumps(content))


class TestCommand:
    @pytest.mark.long
    def test_it_makes_failed_runs_anew(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "one.toml").write_text(
            'title = "One"\n[period]\nstart = 2013-02-01\nend = 2013-08-01\n[size]\nunits = 2\n[levers]\n'
            '"training.course_weeks" = 24\n'
        )
        (tmp_path / "experiment.toml").write_text('title = "T"\nscenarios = ["one.toml"]\nreplications = 6\n')
        command = ["sweep", "experiment.toml", "--out", "out", "--workers", "1"]
        with pytest.MonkeyPatch.context() as failing:
            stand_ins.let_commands_run(failing, fail_for_long_courses)
            assert main(command) == 1
        assert "the same command with --retry-failed makes all of them anew" in capsys.readouterr().err
        stand_ins.let_commands_run(monkeypatch, simulate_lightly)
        assert main(command) == 1
        assert main([*command, "--retry-failed"]) == 0
        printed = capsys.readouterr()
        assert "1 failed runs are made anew" in printed.err
        assert "6 runs, 0 failed." in printed.out
        digest = read_manifest(tmp_path / "out").digest
        shutil.rmtree(tmp_path / "out")
        assert main(command) == 0
        assert read_manifest(tmp_path / "out").digest == digest
