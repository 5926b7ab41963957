"""Running an experiment: the same results however it is run, failures as rows, and workers that may die."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ssa_sim.experiment.ask.layout as layout_of_shards
import ssa_sim.experiment.keep.assemble as assembling
import ssa_sim.experiment.run.settings as runner
import ssa_sim.experiment.run.shards as shards
import ssa_sim.experiment.run.sweep as sweeping
import stand_ins
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, make_design
from ssa_sim.experiment.ask.layout import layout
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.results import RUN_COLUMNS, Results, monthly_summary
from ssa_sim.experiment.keep.shard_runs import ShardRuns
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.crew import run_in_workers
from ssa_sim.experiment.run.experiment import run
from ssa_sim.experiment.run.replay import keep_run
from ssa_sim.experiment.run.settings import RunSettings, default_workers
from ssa_sim.experiment.run.shards import RunSimulator, run_id, task_for
from ssa_sim.experiment.run.sweep import SweepInterruptedError, SweepProgress, sweep
from ssa_sim.experiment.run.worker import WorkerCare, WorkersCannotStartError, prepare_worker
from ssa_sim.model.simulate import simulate
from ssa_sim.model.version import MODEL_VERSION
from stand_ins import KILLER_REPLICATE, light_settings, small_experiment

DESIGN = make_design(
    "latin_hypercube",
    [
        Axis("levers", "training.course_weeks", (6.0, 12.0, 24.0)),
        Axis("uncertainties", "turnover.reassignment_rate", None, 0.005, 0.04),
    ],
    samples=11,
    seed=1,
)


def run_lightly(
    experiment: Experiment,
    workers: int = 1,
    simulate: RunSimulator = stand_ins.simulate_lightly,
    **more: object,
) -> Results:
    """Run with a stand-in for the model; with several workers, in processes from the second shard on."""
    return run(experiment, None, light_settings(simulate, workers=workers), **more)  # type: ignore[arg-type]


def assert_same(one: Results, other: Results) -> None:
    pd.testing.assert_frame_equal(one.runs, other.runs, check_exact=True)
    pd.testing.assert_frame_equal(one.monthly, other.monthly, check_exact=True)
    for name in ("trajectories", "design"):
        ours, theirs = getattr(one, name), getattr(other, name)
        assert (ours is None) == (theirs is None)
        if ours is not None:
            pd.testing.assert_frame_equal(ours, theirs, check_exact=True)


class TestTables:
    def test_a_row_a_run_in_the_order_of_the_plan(self) -> None:
        experiment = small_experiment(replications=3)
        results = run_lightly(experiment)
        assert list(results.runs.columns) == [*RUN_COLUMNS, *experiment.outcomes]
        planned = [
            (run_id(named.scenario, {}, experiment.seed, replicate), named.name, replicate, experiment.seed)
            for replicate in experiment.replicates
            for named in experiment.scenarios
        ]
        made = results.runs[["run_id", "scenario", "replicate", "seed"]].itertuples(index=False, name=None)
        assert list(made) == planned
        assert set(results.runs["status"]) == {"ok"}
        assert results.runs["error"].isna().all()

    def test_with_a_design_a_row_says_what_it_was_run_with(self) -> None:
        experiment = small_experiment(replications=2, design=DESIGN, outcomes=("readiness",))
        results = run_lightly(experiment)
        columns = ["training.course_weeks", "turnover.reassignment_rate"]
        assert list(results.runs.columns) == [*RUN_COLUMNS, "point", *columns, "readiness"]
        assert results.design is not None
        assert list(results.design.columns) == ["point", *columns]
        assert list(results.design["point"]) == list(range(11))
        joined = results.runs.merge(results.design, on="point", suffixes=("", "_of_design"))
        assert len(joined) == 2 * 2 * 11
        for column in columns:
            assert (joined[column] == joined[f"{column}_of_design"]).all()
        base = run_lightly(replace(experiment, design=None)).values("baseline", "readiness")
        shifts = results.design[columns].sum(axis=1).to_numpy() - 12.0
        expected = base[None, :] + shifts[:, None]
        np.testing.assert_allclose(results.by_point("baseline")[:, :, 0], expected)

    def test_monthly_summary_is_what_numpy_says(self) -> None:
        generator = np.random.default_rng(1)
        histories = generator.normal(size=(37, 5, 3))
        histories[generator.random(histories.shape) < 0.3] = np.nan
        histories[:, 2, 1] = np.nan
        months = list(pd.date_range("2013-02-01", periods=5, freq="MS"))
        table = monthly_summary("s", months, ["a", "b", "c"], histories)
        for index, outcome in enumerate("abc"):
            rows = table[table["outcome"] == outcome]
            assert list(rows["month"]) == months
            values = histories[:, :, index]
            assert list(rows["n"]) == list((~np.isnan(values)).sum(axis=0))
            some = [month for month in range(5) if not np.isnan(values[:, month]).all()]
            for column, share in (("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)):
                expected = np.nanquantile(values[:, some], share, axis=0)
                np.testing.assert_allclose(rows[column].to_numpy()[some], expected, rtol=1e-12)
            np.testing.assert_allclose(rows["mean"].to_numpy()[some], np.nanmean(values[:, some], axis=0))
            assert rows["mean"].isna().sum() == rows["p50"].isna().sum() == 5 - len(some)

    def test_all_months_are_kept_if_asked_for(self) -> None:
        experiment = small_experiment(replications=4, monthly="all", outcomes=("readiness", "deaths"))
        results = run_lightly(experiment)
        assert results.trajectories is not None
        assert list(results.trajectories.columns) == ["scenario", "replicate", "month", "readiness", "deaths"]
        assert len(results.trajectories) == 2 * 4 * 6
        middle = results.trajectories.groupby(["scenario", "month"])["deaths"].median().to_numpy()
        summary = results.monthly[results.monthly["outcome"] == "deaths"]["p50"].to_numpy()
        np.testing.assert_allclose(middle, summary)

    def test_no_months_are_kept_if_none_are_asked_for(self) -> None:
        results = run_lightly(small_experiment(replications=2, monthly="none"))
        assert len(results.monthly) == 0
        assert "p95" in results.monthly.columns
        assert len(results.runs) == 4

    @pytest.mark.parametrize("monthly", ["summary", "all"])
    def test_the_months_of_results_are_what_numpy_says_of_the_runs_kept(
        self, monthly: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Failed runs and undefined months included."""
        for module in (layout_of_shards, assembling):
            monkeypatch.setattr(module, "SUMMARY_CELLS", 17)
        design = make_design("latin_hypercube", DESIGN.axes[1:], samples=11)
        experiment = small_experiment(5, design=design, monthly="all", first_replicate=KILLER_REPLICATE)
        everything = run_lightly(experiment, simulate=stand_ins.fail_for_long_courses)
        summary = run_lightly(replace(experiment, monthly=monthly), simulate=stand_ins.fail_for_long_courses).monthly
        assert everything.trajectories is not None
        assert len(everything.trajectories) == 2 * 5 * 11 * 6
        monthly_of = summary.set_index(["scenario", "outcome", "month"]).sort_index()
        assert list(monthly_of.loc[("baseline", "readiness"), "n"]) == [17] * 6
        assert list(monthly_of.loc[("variant", "readiness"), "n"]) == [6] * 6
        for name in experiment.scenario_names:
            kept = everything.trajectories[everything.trajectories["scenario"] == name].head(17 * 6)
            for outcome in ("readiness", "retention_at_retraining"):
                cube = kept[outcome].to_numpy().reshape(17, 6)
                rows = monthly_of.loc[name, outcome]
                assert list(rows["n"]) == list((~np.isnan(cube)).sum(axis=0))
                some = [month for month in range(6) if not np.isnan(cube[:, month]).all()]
                np.testing.assert_allclose(rows["mean"].to_numpy()[some], np.nanmean(cube[:, some], axis=0), rtol=1e-12)
                for column, share in (("p05", 0.05), ("p50", 0.5), ("p95", 0.95)):
                    expected = np.nanquantile(cube[:, some], share, axis=0)
                    np.testing.assert_allclose(rows[column].to_numpy()[some], expected, rtol=1e-12)

    def test_a_single_run_gives_the_same_tables_as_an_experiment_of_one(self, tmp_path: Path) -> None:
        scenario = stand_ins.small_scenario()
        experiment = Experiment("One", (NamedScenario("one", scenario),), replications=1, seed=4, first_replicate=2)
        keep_run(experiment, simulate(scenario, seed=4, replicate=2), tmp_path / "kept", engine="mesa")
        assert_same(load_results(tmp_path / "kept"), run(experiment, None, RunSettings(workers=1)))
        assert read_manifest(tmp_path / "kept").provenance["engine"] == "mesa"


class TestTheSameHoweverItIsRun:
    @pytest.mark.long
    def test_workers_change_nothing(self, tmp_path: Path) -> None:
        """Neither a value, nor a byte of a file, nor the digest."""
        experiment = small_experiment(replications=23, monthly="all", design=DESIGN)
        for workers in (1, 3):
            sweep(experiment, tmp_path / str(workers), light_settings(workers=workers))
        first, other = read_manifest(tmp_path / "1"), read_manifest(tmp_path / "3")
        assert set(first.files) == {"runs.parquet", "monthly.parquet", "trajectories.parquet", "design.parquet"}
        assert (other.digest, other.files, other.identity) == (first.digest, first.files, first.identity)
        for name in first.files:
            assert (tmp_path / "3" / name).read_bytes() == (tmp_path / "1" / name).read_bytes()

    @pytest.mark.long
    def test_shards_are_the_same_files_whoever_makes_them(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(*_: object, **__: object) -> None:
            raise InputError("before the tables")

        monkeypatch.setattr(sweeping, "finish", stop)
        experiment = small_experiment(replications=9, monthly="summary", design=DESIGN)
        with ThreadPoolExecutor(3) as threads:
            ways = {
                "alone": light_settings(),
                "workers": light_settings(workers=2),
                "executor": replace(light_settings(), executor=(threads, lambda: 6)),
            }
            for name, settings in ways.items():
                with pytest.raises(InputError, match="before the tables"):
                    sweep(experiment, tmp_path / name, settings)
        found = {
            name: {path.name: path.read_bytes() for path in (tmp_path / name / "shards").iterdir()} for name in ways
        }
        plan = layout(experiment)
        assert len(found["alone"]) == 2 * len(plan) > 40
        assert found["alone"] == found["workers"] == found["executor"]

    def test_the_comparison_above_sees_a_difference(self) -> None:
        experiment = small_experiment(replications=3)
        with pytest.raises(AssertionError):
            assert_same(run_lightly(experiment), run_lightly(small_experiment(replications=3, seed=1)))

    @pytest.mark.long
    def test_the_model_itself_in_workers(self) -> None:
        experiment = small_experiment(replications=5, design=DESIGN)
        alone = run(experiment, None, RunSettings(workers=1))
        assert_same(alone, run(experiment, None, RunSettings(workers=2, worker_start_seconds=0.0)))
        assert alone.n_failed == 0
        assert alone.runs["soldiers"].gt(0).all()

    def test_a_longer_experiment_begins_with_the_shorter_one(self) -> None:
        short, long = (
            run_lightly(small_experiment(replications=3)),
            run_lightly(small_experiment(replications=6)),
        )
        pd.testing.assert_frame_equal(short.runs, long.runs.head(6), check_exact=True)


class TestFailures:
    @pytest.mark.parametrize("workers", [1, 2])
    def test_a_run_that_raises_is_a_row_that_says_why(self, workers: int) -> None:
        experiment = small_experiment(replications=6)
        results = run_lightly(experiment, workers, stand_ins.fail_for_long_courses)
        failed = results.runs[results.runs["status"] == "failed"]
        assert list(zip(failed["scenario"], failed["replicate"], strict=True)) == [("variant", KILLER_REPLICATE)]
        assert list(failed["error"]) == ["ZeroDivisionError: a rule divides by zero"]
        assert failed[list(experiment.outcomes)].isna().to_numpy().all()
        assert results.n_failed == 1
        in_order = run_lightly(experiment)
        fine = results.runs["status"] == "ok"
        pd.testing.assert_frame_equal(results.runs[fine], in_order.runs[fine], check_exact=True)
        months = results.monthly[results.monthly["outcome"] == "readiness"].groupby("scenario")["n"].max()
        assert months.to_dict() == {"baseline": 6, "variant": 5}

    @pytest.mark.long
    def test_a_run_that_kills_its_worker_is_set_aside_and_the_rest_goes_on(self) -> None:
        experiment = small_experiment(replications=12)
        settings = replace(light_settings(stand_ins.kill_worker, workers=2), care=WorkerCare(deaths_allowed=2))
        results = run(experiment, None, settings)
        failed = results.runs[results.runs["status"] == "failed"]
        assert set(failed["replicate"]) == {KILLER_REPLICATE}
        assert len(failed) == 2
        assert failed["error"].str.contains("worker process died 2 times").all()
        fine = results.runs["status"] == "ok"
        pd.testing.assert_frame_equal(results.runs[fine], run_lightly(experiment).runs[fine], check_exact=True)

    def test_workers_that_never_start_end_it_and_are_told(self) -> None:
        """A guard would not help here, so nothing is said of it."""
        with pytest.raises(WorkersCannotStartError) as caught:
            list(run_in_workers(some_tasks(), workers=2, prepare=stand_ins.refuse_to_start))
        text = str(caught.value)
        assert text.startswith("5 worker processes, one after the other, ended before they took up work;")
        assert "the last one ended with exit status 1." in text
        assert "__main__" not in text
        assert not multiprocessing.active_children()

    def test_a_preparation_that_raises_is_told(self) -> None:
        with pytest.raises(ZeroDivisionError):
            list(run_in_workers(some_tasks(), workers=1, prepare=_divide_by_zero))
        assert not multiprocessing.active_children()

    def test_workers_refuse_a_model_that_is_not_their_parents(self) -> None:
        prepare_worker(MODEL_VERSION, stand_ins.nothing)
        with pytest.raises(RuntimeError, match="source files were changed"):
            prepare_worker("another", stand_ins.nothing)

    def test_a_script_without_the_main_guard_is_told_what_to_do(self, tmp_path: Path) -> None:
        script = tmp_path / "script.py"
        script.write_text(
            textwrap.dedent(
                """
                import sys
                sys.path.insert(0, sys.argv[1])
                import stand_ins
                from ssa_sim.experiment.run.experiment import run
                run(stand_ins.small_experiment(), None, stand_ins.light_settings(workers=2))
                """
            )
        )
        here = str(Path(__file__).parents[1])
        done = subprocess.run([sys.executable, str(script), here], capture_output=True, text=True, timeout=120)
        assert done.returncode == 1
        assert 'must stand under `if __name__ == "__main__":`' in done.stderr
        assert done.stderr.count("Traceback") == 1  # the script's own: workers leave none


class TestLongWork:
    @pytest.mark.parametrize("workers", [1, 2])
    def test_progress_goes_up_to_the_end(self, workers: int) -> None:
        seen: list[SweepProgress] = []
        run_lightly(small_experiment(replications=9), workers, progress=seen.append)
        assert seen == [SweepProgress(2 * done, 18, 0, 0) for done in range(10)]

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_an_interrupt_keeps_what_is_done_and_the_next_run_goes_on(
        self, number: signal.Signals, tmp_path: Path
    ) -> None:
        experiment = small_experiment(replications=9)
        said: list[str] = []
        before = signal.getsignal(number)

        def interrupt(standing: SweepProgress) -> None:
            if standing.done == 6:
                signal.raise_signal(number)

        with pytest.raises(SweepInterruptedError) as caught:
            sweep(experiment, tmp_path / "out", light_settings(), progress=interrupt, notify=said.append)
        assert caught.value.standing == SweepProgress(6, 18, 0, 0)
        assert "finished and kept" in said[-1]
        with pytest.raises(InputError, match="not all there yet"):
            load_results(tmp_path / "out")
        assert signal.getsignal(number) is before
        seen: list[SweepProgress] = []
        assert sweep(experiment, tmp_path / "out", light_settings(), progress=seen.append) == SweepProgress(
            18, 18, 0, 6
        )
        assert seen[0] == SweepProgress(6, 18, 0, 6)
        assert_same(load_results(tmp_path / "out"), run_lightly(experiment))

    def test_what_has_no_folder_ends_as_any_interrupted_program(self) -> None:
        with pytest.raises(KeyboardInterrupt) as caught:
            run_lightly(small_experiment(replications=9), progress=lambda _: signal.raise_signal(signal.SIGINT))
        assert not isinstance(caught.value, SweepInterruptedError)
        assert not multiprocessing.active_children()

    def test_few_and_quick_replicates_start_no_worker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(tasks: Iterator[shards.Task], **_: object) -> Iterator[ShardRuns]:
            if any(True for _ in tasks):
                raise AssertionError("workers were started")
            return iter(())

        monkeypatch.setattr(runner, "run_in_workers", refuse)
        run(small_experiment(), None, replace(light_settings(workers=4), worker_start_seconds=4.0))
        with pytest.raises(AssertionError, match="workers were started"):
            run_lightly(small_experiment(), workers=4)
        with pytest.raises(AssertionError, match="workers were started"):
            run(small_experiment(), None, light_settings(workers=1, is_guarded=True))

    def test_compiling_and_waiting_are_announced_only_when_they_happen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        said: list[str] = []
        monkeypatch.setattr(runner, "warm_up", lambda compiling, waiting: 12.0)
        runner.compile_model(said.append)
        assert said == []
        monkeypatch.setattr(runner, "warm_up", lambda compiling, waiting: waiting() or 12.0)
        runner.compile_model(said.append)
        assert said == ["Another process is compiling the model: waiting for it ..."]
        monkeypatch.setattr(runner, "warm_up", lambda compiling, waiting: compiling() or 12.0)
        runner.compile_model(said.append)
        assert said[1].startswith("Compiling the model")
        assert said[2] == "Compiled in 12 s."

    def test_workers_below_one_are_refused(self) -> None:
        with pytest.raises(InputError, match="0 workers"):
            run_lightly(small_experiment(), workers=0)

    def test_there_is_at_least_one_worker(self) -> None:
        assert 1 <= default_workers() <= (os.cpu_count() or 1)


def some_tasks() -> list[shards.Task]:
    """Two shards of quick runs."""
    experiment = small_experiment(replications=2)
    return [task_for(experiment, layout(experiment).shard(n), simulate=stand_ins.simulate_lightly) for n in (0, 1)]


def _divide_by_zero() -> float:
    return 1 / 0
