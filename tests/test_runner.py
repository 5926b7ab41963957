"""Running an experiment: the same results however it is run, failures as rows, and workers that may die."""

import multiprocessing
import os
import random as shuffling  # noqa: TID251  (the order of replicates, no draw of the model)
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ssa_sim.experiment.runner as runner
import stand_ins
from ssa_sim.errors import InputError
from ssa_sim.experiment.assemble import assemble, results_of_run
from ssa_sim.experiment.plan import Experiment, NamedScenario
from ssa_sim.experiment.replicate import ReplicateRequest, ReplicateSimulator, compute_replicates
from ssa_sim.experiment.results import RUN_COLUMNS, Results, monthly_summary
from ssa_sim.experiment.runner import default_workers, run
from ssa_sim.experiment.workers import WorkersCannotStartError, run_in_workers
from ssa_sim.model.simulate import simulate
from ssa_sim.model.version import MODEL_VERSION
from stand_ins import KILLER_REPLICATE, small_experiment


def run_lightly(
    experiment: Experiment,
    workers: int = 1,
    simulate: ReplicateSimulator = stand_ins.simulate_lightly,
    **more: object,
) -> Results:
    """Run with a stand-in for the model; with several workers, in processes from the second replicate on."""
    return run(
        experiment,
        workers=workers,
        simulate=simulate,
        prepare=stand_ins.nothing,
        worker_start_seconds=0.0,
        **more,  # type: ignore[arg-type]
    )


def assert_same(one: Results, other: Results) -> None:
    pd.testing.assert_frame_equal(one.runs, other.runs, check_exact=True)
    pd.testing.assert_frame_equal(one.monthly, other.monthly, check_exact=True)
    assert (one.trajectories is None) == (other.trajectories is None)
    if one.trajectories is not None:
        pd.testing.assert_frame_equal(one.trajectories, other.trajectories, check_exact=True)


class TestTables:
    def test_a_row_a_run_in_the_order_of_the_plan(self) -> None:
        experiment = small_experiment(replications=3)
        results = run_lightly(experiment)
        assert list(results.runs.columns) == [*RUN_COLUMNS, *experiment.outcomes]
        planned = [(run.run_id, run.scenario, run.replicate, run.seed) for run in experiment.runs()]
        made = results.runs[["run_id", "scenario", "replicate", "seed"]].itertuples(index=False, name=None)
        assert list(made) == planned
        assert set(results.runs["status"]) == {"ok"}
        assert results.runs["error"].isna().all()

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

    def test_a_single_run_gives_the_same_tables_as_an_experiment_of_one(self) -> None:
        scenario = stand_ins.small_scenario()
        experiment = Experiment("One", (NamedScenario("one", scenario),), replications=1, seed=4, first_replicate=2)
        alone = results_of_run(experiment, simulate(scenario, seed=4, replicate=2), engine="compiled", seconds=0.0)
        assert_same(alone, run(experiment, workers=1))

    def test_a_missing_replicate_is_refused(self) -> None:
        experiment = small_experiment(replications=3)
        request = ReplicateRequest(
            scenarios=tuple(named.scenario for named in experiment.scenarios),
            seed=1,
            outcomes=experiment.outcomes,
            keep_months=True,
            simulate=stand_ins.simulate_lightly,
        )
        with pytest.raises(ValueError, match="exactly once"):
            assemble(experiment, compute_replicates(request, [0, 2]), engine="compiled", seconds=0.0)


class TestTheSameHoweverItIsRun:
    def test_workers_and_order_change_nothing(self) -> None:
        experiment = small_experiment(replications=23, monthly="all")
        alone = run_lightly(experiment)
        assert_same(alone, run_lightly(experiment, workers=2))
        assert_same(alone, run_lightly(experiment, workers=5))
        request = ReplicateRequest(
            scenarios=tuple(named.scenario for named in experiment.scenarios),
            seed=experiment.seed,
            outcomes=experiment.outcomes,
            keep_months=True,
            simulate=stand_ins.simulate_lightly,
        )
        order = list(experiment.replicates)
        shuffling.Random(3).shuffle(order)
        replicates = compute_replicates(request, order)
        assert_same(alone, assemble(experiment, replicates, engine="compiled", seconds=0.0))

    def test_the_comparison_above_sees_a_difference(self) -> None:
        experiment = small_experiment(replications=3)
        with pytest.raises(AssertionError):
            assert_same(run_lightly(experiment), run_lightly(small_experiment(replications=3, seed=1)))

    def test_the_model_itself_in_workers(self) -> None:
        experiment = small_experiment(replications=5)
        alone = run(experiment, workers=1)
        assert_same(alone, run(experiment, workers=2, worker_start_seconds=0.0))
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
        results = run_lightly(experiment, 2, stand_ins.kill_worker)
        failed = results.runs[results.runs["status"] == "failed"]
        assert set(failed["replicate"]) == {KILLER_REPLICATE}
        assert len(failed) == 2
        assert failed["error"].str.contains("worker process died 2 times").all()
        fine = results.runs["status"] == "ok"
        pd.testing.assert_frame_equal(results.runs[fine], run_lightly(experiment).runs[fine], check_exact=True)

    def test_workers_that_never_start_end_it_with_advice(self) -> None:
        work = run_in_workers(sum, [(1,), (2,)], workers=2, prepare=stand_ins.refuse_to_start)
        with pytest.raises(WorkersCannotStartError, match="__main__"):
            list(work)
        assert not multiprocessing.active_children()

    def test_a_preparation_that_raises_is_told(self) -> None:
        with pytest.raises(ZeroDivisionError):
            list(run_in_workers(sum, [(1,)], workers=1, prepare=_divide_by_zero))

    def test_workers_refuse_a_model_that_is_not_their_parents(self) -> None:
        runner.prepare_worker(MODEL_VERSION, stand_ins.nothing)
        with pytest.raises(RuntimeError, match="source files were changed"):
            runner.prepare_worker("another", stand_ins.nothing)

    def test_a_script_without_the_main_guard_is_told_what_to_do(self, tmp_path: Path) -> None:
        script = tmp_path / "script.py"
        script.write_text(
            textwrap.dedent(
                """
                import sys
                sys.path.insert(0, sys.argv[1])
                import stand_ins
                from ssa_sim.experiment.runner import run
                run(stand_ins.small_experiment(), workers=2, simulate=stand_ins.simulate_lightly,
                    prepare=stand_ins.nothing, worker_start_seconds=0.0)
                """
            )
        )
        here = str(Path(__file__).parent)
        done = subprocess.run([sys.executable, str(script), here], capture_output=True, text=True, timeout=120)
        assert done.returncode == 1
        assert 'must stand under `if __name__ == "__main__":`' in done.stderr


class TestLongWork:
    @pytest.mark.parametrize("workers", [1, 3])
    def test_progress_goes_up_to_the_end(self, workers: int) -> None:
        seen: list[tuple[int, int]] = []
        run_lightly(small_experiment(replications=9), workers, progress=lambda *numbers: seen.append(numbers))
        assert seen == [(2 * done, 18) for done in range(10)]

    @pytest.mark.long
    @pytest.mark.skipif(sys.platform == "win32", reason="sends a signal to one thread")
    def test_an_interrupt_in_the_middle_of_a_piece_leaves_no_process_behind(self) -> None:
        started = time.monotonic()

        def interrupt_soon(done: int, total: int) -> None:
            if done == 4:  # A worker has done its first replicate; the next ones take a minute.
                threading.Timer(2.0, signal.pthread_kill, (main_thread, signal.SIGINT)).start()

        main_thread = threading.main_thread().ident
        with pytest.raises(KeyboardInterrupt):
            run_lightly(small_experiment(replications=9), 2, stand_ins.simulate_for_ever, progress=interrupt_soon)
        assert not multiprocessing.active_children()
        assert time.monotonic() - started < 45

    def test_few_and_quick_replicates_start_no_worker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("workers were started")

        monkeypatch.setattr(runner, "run_in_workers", refuse)
        run(small_experiment(), workers=4, simulate=stand_ins.simulate_lightly, prepare=stand_ins.nothing)
        with pytest.raises(AssertionError, match="workers were started"):
            run_lightly(small_experiment(), workers=4)

    def test_compiling_is_announced_only_when_it_happens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        said: list[str] = []
        monkeypatch.setattr(runner, "warm_up", lambda: 12.0)
        monkeypatch.setattr(runner, "is_compiled", lambda: True)
        runner.compile_model(said.append)
        assert said == []
        monkeypatch.setattr(runner, "is_compiled", lambda: False)
        runner.compile_model(said.append)
        assert said[0].startswith("Compiling the model")
        assert said[1] == "Compiled in 12 s."

    def test_workers_below_one_are_refused(self) -> None:
        with pytest.raises(InputError, match="0 workers"):
            run_lightly(small_experiment(), workers=0)

    def test_months_beyond_memory_are_refused_before_anything_runs(self) -> None:
        huge = small_experiment(replications=100_000)
        wide = Experiment("", huge.scenarios * 10, replications=100_000)
        with pytest.raises(InputError, match='monthly = "none"'):
            run_lightly(wide)

    def test_there_is_at_least_one_worker(self) -> None:
        assert 1 <= default_workers() <= (os.cpu_count() or 1)


def _divide_by_zero() -> float:
    return 1 / 0
