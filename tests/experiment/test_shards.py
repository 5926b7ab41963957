"""The plan of runs: what each shard holds, that any beginning is balanced, and what a run's identity follows."""

import math
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ssa_sim.experiment.ask.layout as layout_of_shards
import ssa_sim.experiment.run.shards as shards
import stand_ins
from ssa_sim.catalogue.entries import uncertainty_catalogue
from ssa_sim.experiment.ask.design import Axis, Design, listed_design
from ssa_sim.experiment.ask.layout import Layout, layout, order_of_points
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.run.shards import Task, compute, run_id, task_for
from ssa_sim.experiment.run.watch import no_watch
from ssa_sim.model import variants
from ssa_sim.model.noise import bytes_of_draws, draw_noise
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.variants import simulate_variant, variant_parameters
from ssa_sim.scenario.schema import Scenario
from stand_ins import simulate_lightly, small_experiment, small_scenario

WEEKS = Axis("levers", "training.course_weeks", (6.0, 12.0, 24.0))
REGIME = Axis("levers", "coordination.regime", ("none", "binding"))
RATE = Axis("uncertainties", "turnover.reassignment_rate", None, 0.005, 0.04)
TURNOVER = Axis("mechanisms", "turnover", (False, True))
DECAY = Axis("structures", "decay", ("drift", "always"))


def design_of(n_points: int) -> Design:
    """A design of so many points in which an uncertainty varies."""
    return listed_design([RATE], np.linspace(0.005, 0.04, n_points)[:, None])


def tasks_of(experiment: Experiment, plan: Layout | None = None) -> list[Task]:
    plan = layout(experiment) if plan is None else plan
    return [task_for(experiment, plan.shard(number), simulate=simulate_lightly) for number in plan.numbers]


def planned(tasks: list[Task]) -> list[tuple[int, int, int]]:
    """Replicate, point and scenario of every run, in order."""
    return [(run.replicate, task.points[run.column], run.scenario) for task in tasks for run in task.runs()]


class TestLayout:
    @given(
        replications=st.integers(1, 40),
        points=st.integers(1, 60),
        scenarios=st.integers(1, 4),
        block_replicates=st.integers(1, 12),
        block_points=st.integers(1, 20),
        first=st.integers(0, 5),
    )
    def test_every_replicate_and_point_is_in_exactly_one_shard(
        self, replications: int, points: int, scenarios: int, block_replicates: int, block_points: int, first: int
    ) -> None:
        replicates = range(7, 7 + replications)
        plan = Layout(replicates, points, scenarios, block_replicates, block_points, first)
        found = [plan.shard(number) for number in plan.numbers]
        cells = Counter((replicate, place) for one in found for replicate in one.replicates for place in one.places)
        assert cells == Counter((replicate, place) for replicate in replicates for place in range(points))
        assert sum(one.cells for one in found) * scenarios == plan.n_runs
        assert [one.number for one in found] == list(range(first, first + len(plan)))

    @given(
        replications=st.integers(1, 300),
        points=st.integers(1, 500),
        units=st.sampled_from([1, 2, 40, 150]),
        monthly=st.sampled_from(["none", "summary", "all"]),
        first_replicate=st.sampled_from([0, 3]),
    )
    def test_an_experiment_s_shards_hold_every_run_once(
        self, replications: int, points: int, units: int, monthly: str, first_replicate: int
    ) -> None:
        experiment = small_experiment(
            replications, monthly=monthly, design=design_of(points), first_replicate=first_replicate
        )
        sized = [replace(one, scenario=one.scenario.with_size(units=units)) for one in experiment.scenarios]
        plan = layout(replace(experiment, scenarios=tuple(sized)))
        assert plan.n_runs == 2 * replications * points
        assert sum(plan.shard(number).cells for number in plan.numbers) == replications * points
        assert max(plan.shard(number).cells for number in plan.numbers) * 2 <= max(2, layout_of_shards._LARGEST_SHARD)

    def test_every_run_is_planned_once(self) -> None:
        experiment = small_experiment(replications=5, design=design_of(37), first_replicate=2)
        everything = {(r, p, s) for r in range(2, 7) for p in range(37) for s in (0, 1)}
        assert Counter(planned(tasks_of(experiment))) == Counter(everything)

    def test_a_second_stage_goes_on_where_the_first_ends(self) -> None:
        experiment = small_experiment(replications=10)
        first = layout(experiment)
        second = layout(experiment, range(10, 25), first=len(first))
        assert second.numbers.start == first.numbers.stop
        replicates = [r for plan in (first, second) for number in plan.numbers for r in plan.shard(number).replicates]
        assert replicates == list(range(25))

    def test_shards_of_long_runs_are_small_and_of_short_ones_not_too_large(self, baseline: Scenario) -> None:
        short = small_experiment(replications=100_000)
        long = Experiment("", (replace(short.scenarios[0], scenario=baseline),), 100_000)
        for experiment, fewest in ((short, 100), (long, 1)):
            cells = layout(experiment).shard(0).cells
            assert fewest <= cells <= layout_of_shards._LARGEST_SHARD

    def test_a_shard_is_worth_its_files(self, baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(layout_of_shards, "_LEAST_SECONDS", 0.25)
        assert len(layout(small_experiment(replications=200))) == 1
        longer = Experiment("", tuple(NamedScenario(name, baseline) for name in ("one", "other")), 100)
        assert 2 <= len(layout(longer)) <= 4

    @given(replications=st.integers(1, 5000), points=st.integers(1, 3000))
    def test_shards_are_alike_and_hold_whole_replicates_where_they_can(self, replications: int, points: int) -> None:
        plan = layout(small_experiment(replications, design=design_of(points)))
        sizes = [plan.shard(number).cells for number in plan.numbers]
        assert max(sizes) <= layout_of_shards._LARGEST_SHARD // 2
        if plan.block_points == points:
            assert set(sizes[:-1]) <= {sizes[0]}
        else:
            row = sizes[: math.ceil(points / plan.block_points)]
            assert set(row[:-1]) <= {row[0]}


class TestBalance:
    def test_any_beginning_is_balanced_over_scenarios(self) -> None:
        runs = planned(tasks_of(small_experiment(replications=4, design=design_of(50))))
        for end in range(1, len(runs) + 1):
            counts = Counter(scenario for _, _, scenario in runs[:end])
            assert abs(counts[0] - counts[1]) <= 1

    def test_any_beginning_is_balanced_over_the_design(self) -> None:
        """A tenth of the runs of one replicate tells of the whole range, not of its beginning; each replicate comes whole."""
        experiment = small_experiment(replications=2, design=design_of(1000))
        runs = planned(tasks_of(experiment))
        assert [replicate for replicate, _, _ in runs] == [0] * 2000 + [1] * 2000
        for end in (200, 500, 1000):
            points = np.array([point for _, point, _ in runs[:end]])
            assert abs(points.mean() - 499.5) < 4 * 288.7 / np.sqrt(end / 2)
            assert points.min() < 0.1 * 1000
            assert points.max() > 0.9 * 1000

    def test_the_order_of_points_is_one_for_all_replicates_and_follows_the_seed(self) -> None:
        assert sorted(order_of_points(100, 1)) == list(range(100))
        assert (order_of_points(100, 1) == order_of_points(100, 1)).all()
        assert (order_of_points(100, 1) != order_of_points(100, 2)).any()
        runs = planned(tasks_of(small_experiment(replications=2, design=design_of(30))))
        assert [run[1] for run in runs[:60]] == [run[1] for run in runs[60:]]


class TestRunIds:
    def test_it_follows_everything_that_determines_the_run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        scenario = small_scenario()
        reference = run_id(scenario, {}, 1, 2)
        others = [
            run_id(small_scenario(training__course_weeks=24.0), {}, 1, 2),
            run_id(small_scenario(months=7), {}, 1, 2),
            run_id(scenario.with_size(units=3), {}, 1, 2),
            run_id(scenario.with_donors(()), {}, 1, 2),
            run_id(scenario, {"turnover.reassignment_rate": 0.03}, 1, 2),
            run_id(scenario, {"mechanisms.turnover": 0.0}, 1, 2),
            run_id(scenario, {}, 2, 2),
            run_id(scenario, {}, 1, 3),
        ]
        monkeypatch.setattr(shards, "MODEL_VERSION", "another")
        others.append(run_id(scenario, {}, 1, 2))
        assert len({reference, *others}) == 10
        assert all(len(each) == 16 for each in others)

    def test_words_do_not_matter(self) -> None:
        assert run_id(small_scenario("One"), {}, 1, 2) == run_id(small_scenario("Another"), {}, 1, 2)

    @given(
        weeks=st.sampled_from(WEEKS.values or ()),
        regime=st.sampled_from(REGIME.values or ()),
        rate=st.floats(0.005, 0.04),
        is_on=st.booleans(),
        decay=st.sampled_from(DECAY.values or ()),
    )
    def test_scenario_and_design_may_say_it_either_way(
        self, weeks: Any, regime: Any, rate: float, is_on: bool, decay: Any
    ) -> None:
        """A run is the same run whether a scenario, a design or both say what it is: same id and same numbers."""
        scenario = small_scenario()
        said = (
            scenario.with_levers({"training.course_weeks": weeks, "coordination.regime": regime})
            .with_uncertainties({"turnover.reassignment_rate": rate})
            .with_mechanisms({"turnover": is_on})
            .with_structures({"decay": decay})
        )
        half = scenario.with_levers({"training.course_weeks": weeks}).with_mechanisms({"turnover": is_on})
        point = {WEEKS: weeks, REGIME: regime, RATE: rate, TURNOVER: is_on, DECAY: decay}
        ids = {self.id_of(said, {})}
        ids.add(self.id_of(half, {axis: value for axis, value in point.items() if axis in (REGIME, RATE, DECAY)}))
        ids.add(self.id_of(scenario, point))
        assert len(ids) == 1

    def id_of(self, scenario: Scenario, point: dict[Axis, Any]) -> str:
        """The id of the first run of an experiment with that one point."""
        numbers = [
            float(value) if axis.values is None else float(axis.values.index(value)) for axis, value in point.items()
        ]
        experiment = small_experiment(
            replications=1, design=listed_design(list(point), np.array([numbers])) if point else None
        )
        named = replace(experiment.scenarios[0], scenario=scenario)
        experiment = replace(experiment, scenarios=(named,))
        return compute(task_for(experiment, layout(experiment).shard(0), simulate=simulate_lightly)).run_ids[0]

    def test_an_uncertainty_spelt_out_at_its_value_is_no_other_run(self) -> None:
        (entry,) = (entry for entry in uncertainty_catalogue() if entry.path == RATE.path)
        assert isinstance(entry.baseline, float)
        assert run_id(small_scenario(), {RATE.path: entry.baseline}, 1, 2) == run_id(small_scenario(), {}, 1, 2)

    def test_a_run_keeps_its_id_whatever_else_is_planned(self) -> None:
        few, many = small_experiment(replications=2), small_experiment(replications=9, monthly="none")
        assert ids_of(few) == ids_of(many)[:4]
        with_point = small_experiment(replications=2, design=listed_design([WEEKS], np.array([[1.0], [2.0]])))
        assert set(ids_of(with_point)) & set(ids_of(few))

    def test_ids_are_those_of_the_function(self) -> None:
        experiment = small_experiment(replications=3, first_replicate=5)
        assert ids_of(experiment) == [
            run_id(named.scenario, {}, experiment.seed, replicate)
            for replicate in (5, 6, 7)
            for named in experiment.scenarios
        ]


def ids_of(experiment: Experiment) -> list[str]:
    return [run_id for task in tasks_of(experiment) for run_id in compute(task).run_ids]


class TestCompute:
    def test_each_point_is_the_scenario_with_its_values(self) -> None:
        """On the model: levers, an uncertainty and a mechanism, alone and together."""
        design = listed_design(
            [WEEKS, RATE, TURNOVER], np.array([[1.0, 0.02, 1.0], [2.0, 0.02, 1.0], [2.0, 0.03, 0.0]])
        )
        experiment = small_experiment(replications=2, design=design, monthly="all", first_replicate=3)
        plan = Layout(experiment.replicates, 3, 2, 2, 3)
        found = compute(task_for(experiment, plan.shard(0)))
        assert set(found.errors) == {None}
        for row in range(12):
            weeks, rate, is_on = design.points[found.points[row]]
            scenario = (
                experiment.scenarios[found.scenarios[row]]
                .scenario.with_levers({WEEKS.path: (WEEKS.values or ())[int(weeks)]})
                .with_uncertainties({RATE.path: float(rate)})
                .with_mechanisms({"turnover": bool(is_on)})
            )
            (history,) = simulate_replicate([scenario], seed=experiment.seed, replicate=int(found.replicates[row]))
            kept = np.stack([history[name] for name in experiment.outcomes], axis=-1)
            assert found.months[row].tobytes() == kept.tobytes()

    def test_a_part_is_as_in_the_whole(self) -> None:
        experiment = small_experiment(replications=3, design=design_of(4), monthly="all")
        task = task_for(experiment, Layout(experiment.replicates, 4, 2, 3, 4).shard(0), simulate=simulate_lightly)
        whole = compute(task)
        for start in range(0, 24, 5):
            part = compute(replace(task, only=range(start, min(start + 5, 24))))
            rows = slice(start, start + 5)
            assert part.run_ids == whole.run_ids[rows]
            assert part.totals.tobytes() == whole.totals[rows].tobytes()
            assert part.months.tobytes() == whole.months[rows].tobytes()

    def test_months_are_kept_of_the_first_cells_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(layout_of_shards, "SUMMARY_CELLS", 7)
        experiment = small_experiment(replications=3, design=design_of(4))
        plan = Layout(experiment.replicates, 4, 2, 1, 3)
        kept = [len(compute(task).months) for task in tasks_of(experiment, plan)]
        assert kept == [6, 2, 6, 0, 0, 0]
        assert sum(kept) == 2 * 7

    def test_a_run_that_raises_says_why_and_the_others_are_as_they_were(self) -> None:
        experiment = small_experiment(replications=6)
        task = task_for(experiment, Layout(experiment.replicates, 1, 2, 6, 1).shard(0))
        failing = compute(replace(task, simulate=stand_ins.fail_for_long_courses))
        fine = compute(replace(task, simulate=simulate_lightly))
        bad = 2 * stand_ins.KILLER_REPLICATE + 1
        assert [row for row, error in enumerate(failing.errors) if error is not None] == [bad]
        assert failing.errors[bad] == "ZeroDivisionError: a rule divides by zero"
        assert "fail_for_long_courses" in (failing.traces[bad] or "")
        assert np.isnan(failing.totals[bad]).all()
        assert failing.run_ids == fine.run_ids
        others = [row for row in range(12) if row != bad]
        assert failing.totals[others].tobytes() == fine.totals[others].tobytes()

    def test_a_run_that_cannot_even_be_put_together_says_why(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It has an identity of its own, the same each time; the others are as they were."""

        def refuse(scenario: Scenario, changes: Any) -> Any:
            if changes[RATE.path] > 0.03:
                raise LookupError("no such\nparameter")
            return variant_parameters(scenario, changes)

        experiment = small_experiment(replications=2, design=design_of(4))
        task = task_for(experiment, Layout(experiment.replicates, 4, 2, 2, 4).shard(0), simulate=simulate_lightly)
        fine = compute(task)
        monkeypatch.setattr(shards, "variant_parameters", refuse)
        begun: list[int] = []
        watch = no_watch()
        monkeypatch.setattr(watch, "begin", begun.append)
        found = compute(task, watch)
        bad = [row for row, run in enumerate(task.runs()) if task.values[run.column, 0] > 0.03]
        assert len(bad) == 4
        assert begun == list(range(16)), "what dies of it can be blamed"
        assert [row for row, error in enumerate(found.errors) if error is not None] == bad
        assert {found.errors[row] for row in bad} == {"LookupError: no such parameter"}
        assert all("in refuse" in (found.traces[row] or "") for row in bad)
        assert np.isnan(found.totals[bad]).all()
        others = [row for row in range(16) if row not in bad]
        assert found.totals[others].tobytes() == fine.totals[others].tobytes()
        assert [found.run_ids[row] for row in others] == [fine.run_ids[row] for row in others]
        assert len({*found.run_ids, *fine.run_ids}) == 16 + len(bad)
        assert all(len(each) == 16 for each in found.run_ids)
        assert compute(task).run_ids == found.run_ids
        aside = compute(task.without(bad[0], "killed it", "where"))
        assert (aside.errors[bad[0]], aside.traces[bad[0]]) == ("killed it", "where")

    def test_a_run_set_aside_is_not_tried(self) -> None:
        experiment = small_experiment(replications=2)
        task = tasks_of(experiment, Layout(experiment.replicates, 1, 2, 2, 1))[0].without(1, "killed it", "where")
        found = compute(replace(task, simulate=_refuse_variant))
        assert found.errors[1] == "killed it"
        assert found.traces[1] == "where"

    def test_a_process_with_another_model_computes_nothing(self) -> None:
        (task, *_) = tasks_of(small_experiment(replications=1))
        with pytest.raises(RuntimeError, match="another version of the model"):
            compute(replace(task, model_version="another"))

    def test_the_model_is_what_runs_unless_told_otherwise(self) -> None:
        experiment = small_experiment(replications=1)
        assert task_for(experiment, layout(experiment).shard(0)).simulate is simulate_variant


def _refuse_variant(scenario: Scenario, changes: Any, *, seed: int, replicate: int) -> Any:
    if replicate == 0 and scenario.levers.training.course_weeks > 20:
        raise AssertionError("this run was set aside")
    return simulate_lightly(scenario, changes, seed=seed, replicate=replicate)


class TestKeptDraws:
    """Draws of one byte a unit and month stand in for real ones."""

    @pytest.fixture
    def drawn(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """The replicates drawn, as they are."""
        seen: list[int] = []

        def draw(seed: int, replicate: int, **_: int) -> object:
            seen.append(replicate)
            return object()

        monkeypatch.setattr(variants, "draw_noise", draw)
        monkeypatch.setattr(variants, "bytes_of_draws", lambda *, units, donors, months: units * months)
        monkeypatch.setattr(variants, "_MOST_BYTES_KEPT", 1000)
        return seen

    @staticmethod
    def ask(draws: variants._Draws, *replicates: int, units: int) -> None:
        for replicate in replicates:
            key = variants._Drawn(seed=1, replicate=replicate, units=units, donors=9, months=10)
            assert draws.of(key) is draws.of(key)

    def test_those_of_the_last_four_replicates(self, drawn: list[int]) -> None:
        self.ask(variants._Draws(), 0, 1, 2, 3, 0, 4, 0, 1, units=2)
        assert drawn == [0, 1, 2, 3, 4, 1]

    def test_fewer_where_they_are_large_and_never_none(self, drawn: list[int]) -> None:
        """Two of 400 bytes; one of 2,000, for which all others are let go of first."""
        draws = variants._Draws()
        self.ask(draws, 0, 1, 0, 2, 0, units=40)
        assert drawn == [0, 1, 2]
        self.ask(draws, 5, 5, units=200)
        assert [key.replicate for key in draws._kept] == [5]
        assert drawn == [0, 1, 2, 5]
        kept = [variants.bytes_of_kept_draws(small_scenario(months=10).with_size(units=n)) for n in (2, 40, 200)]
        assert kept == [80, 800, 2000]


def test_the_memory_of_draws_is_what_they_take() -> None:
    drawn = draw_noise(1, 0, units=5, donors=3, months=100)
    actors = (drawn.units, drawn.battalions, drawn.donors, drawn.zones, drawn.host, drawn.mission)
    arrays = (*actors, drawn.unit_order, drawn.battalion_order, drawn.donor_order)
    assert sum(array.nbytes for array in arrays) == bytes_of_draws(units=5, donors=3, months=100)
