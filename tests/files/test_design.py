"""Designs: the points of every method, how quantiles become values, and the [design] of an experiment file."""

import importlib.util
import json
import math
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.sample import sobol

from ssa_sim.catalogue.entries import (
    Entry,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import (
    Axis,
    Design,
    Floats,
    listed_design,
    make_design,
    morris_quantiles,
    points_at,
    range_axis,
    unit_cube,
)
from ssa_sim.experiment.ask.file import DESIGN_KEYS, METHODS, ExperimentFile, load_experiment
from ssa_sim.experiment.ask.json_schema import experiment_json_schema
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario, Precision
from ssa_sim.extras import install_command
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.shares_summing_to_one import SHARES_SUMMING_TO_ONE

LEVERS = {entry.path: entry for entry in lever_catalogue()}
UNCERTAINTIES = {entry.path: entry for entry in uncertainty_catalogue() if not entry.is_known}
WEEKS = Axis("levers", "training.course_weeks", (6.0, 12.0, 24.0))
REGIME = Axis("levers", "coordination.regime", ("none", "binding"))
RATE = Axis("uncertainties", "turnover.reassignment_rate", None, 0.005, 0.04)
CONTAGION = Axis("uncertainties", "security.contagion", None, 0.05, 0.35)
TURNOVER = Axis("mechanisms", "turnover", (False, True))


def values(design: Design) -> list[tuple[Any, ...]]:
    """What each point sets; None where it leaves an axis alone."""
    return [
        tuple(None if math.isnan(number) else axis.value(number) for axis, number in zip(design.axes, row, strict=True))
        for row in design.points
    ]


class TestGrid:
    def test_all_combinations_the_last_axis_fastest(self) -> None:
        design = make_design("grid", [WEEKS, REGIME])
        assert values(design) == [
            (6.0, "none"),
            (6.0, "binding"),
            (12.0, "none"),
            (12.0, "binding"),
            (24.0, "none"),
            (24.0, "binding"),
        ]
        assert len(design) == 6

    @given(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    def test_each_combination_once(self, sizes: list[int]) -> None:
        axes = [Axis("levers", f"lever_{i}", tuple(float(v) for v in range(size))) for i, size in enumerate(sizes)]
        found = values(make_design("grid", axes))
        assert len(found) == len(set(found)) == math.prod(sizes)

    def test_one_that_is_too_large_is_refused_before_it_is_made(self) -> None:
        many = tuple(float(value) for value in range(10_000))
        axes = [Axis("levers", name, many) for name in "abcdef"]
        with pytest.raises(InputError, match="at most 10,000,000"):
            make_design("grid", axes)

    def test_one_at_a_time_begins_with_the_scenario_as_it_is(self) -> None:
        assert values(make_design("one_at_a_time", [WEEKS, REGIME])) == [
            (None, None),
            (6.0, None),
            (12.0, None),
            (24.0, None),
            (None, "none"),
            (None, "binding"),
        ]


class TestLatinHypercube:
    @given(samples=st.integers(1, 60), seed=st.integers(0, 2**32 - 1))
    def test_one_point_in_each_slice_of_each_axis(self, samples: int, seed: int) -> None:
        design = make_design("latin_hypercube", [RATE, CONTAGION], samples=samples, seed=seed)
        assert design.points.shape == (samples, 2)
        for axis, column in zip(design.axes, design.points.T, strict=True):
            slices = np.floor((column - axis.low) / (axis.high - axis.low) * samples).astype(int)
            assert sorted(slices) == list(range(samples))


class TestSobol:
    @pytest.mark.parametrize(("second_order", "factor"), [(False, 3 + 2), (True, 2 * 3 + 2)])
    def test_it_has_saltellis_shape(self, second_order: bool, factor: int) -> None:
        axes = [RATE, CONTAGION, WEEKS]
        design = make_design("sobol", axes, samples=16, seed=3, second_order=second_order)
        assert design.points.shape == (16 * factor, 3)
        quantiles = sobol.sample(unit_cube(3), 16, calc_second_order=second_order, seed=3)
        for column, axis in enumerate(axes):
            assert (design.points[:, column] == axis.numbers(quantiles[:, column])).all()

    def test_rows_between_the_two_samples_take_one_column_of_the_other(self) -> None:
        design = make_design("sobol", [RATE, CONTAGION], samples=8, seed=1)
        blocks = design.points.reshape(8, 4, 2)
        first, crossed, last = blocks[:, 0], blocks[:, 1:3], blocks[:, 3]
        for column in range(2):
            taken = crossed[:, column]
            assert (taken[:, column] == last[:, column]).all()
            assert (taken[:, 1 - column] == first[:, 1 - column]).all()

    @pytest.mark.parametrize("samples", [3, 6, 12, 1000])
    def test_another_number_than_a_power_of_two_is_refused(self, samples: int) -> None:
        with pytest.raises(InputError) as caught:
            make_design("sobol", [RATE], samples=samples)
        assert str(caught.value) == (
            f"samples = {samples} breaks the balance of a Sobol sequence. Allowed: a power of two."
        )


class TestMorris:
    @given(samples=st.integers(1, 8), seed=st.integers(0, 1000))
    def test_each_step_of_a_trajectory_changes_one_axis_and_each_axis_once(self, samples: int, seed: int) -> None:
        axes = [RATE, CONTAGION, Axis("levers", "lever", None, 0.0, 1.0)]
        design = make_design("morris", axes, samples=samples, seed=seed)
        assert design.points.shape == (samples * 4, 3)
        for trajectory in design.points.reshape(samples, 4, 3):
            changed = [np.flatnonzero(before != after).tolist() for before, after in pairwise(trajectory)]
            assert sorted(axis for step in changed for axis in step) == [0, 1, 2]
            assert all(len(step) == 1 for step in changed)

    def test_steps_are_two_thirds_of_the_way(self) -> None:
        quantiles = morris_quantiles(4, 5, seed=2).reshape(5, 5, 4)
        steps = np.abs(np.diff(quantiles, axis=1))
        np.testing.assert_allclose(steps[steps > 0], 2 / 3)


class TestCrossed:
    def test_every_combination_of_levers_meets_every_point_of_the_sample(self) -> None:
        design = make_design("latin_hypercube", [RATE, WEEKS, TURNOVER, REGIME], samples=5, seed=1, crossed=True)
        assert design.axes == (WEEKS, REGIME, RATE, TURNOVER)
        assert len(design) == 3 * 2 * 5
        sample = make_design("latin_hypercube", [RATE, TURNOVER], samples=5, seed=1).points
        blocks = design.points.reshape(6, 5, 4)
        for block, levers in zip(blocks, make_design("grid", [WEEKS, REGIME]).points, strict=True):
            assert (block[:, :2] == levers).all()
            assert (block[:, 2:] == sample).all()

    @pytest.mark.parametrize("method", ["grid", "one_at_a_time"])
    def test_a_method_that_does_not_sample_cannot_be(self, method: Any) -> None:
        with pytest.raises(InputError, match="a grid of levers times a sample"):
            make_design(method, [WEEKS, TURNOVER], crossed=True)

    @pytest.mark.parametrize("axes", [[WEEKS], [RATE]])
    def test_both_sides_are_needed(self, axes: list[Axis]) -> None:
        with pytest.raises(InputError, match="a grid of levers times a sample"):
            make_design("latin_hypercube", axes, samples=4, crossed=True)


class TestList:
    def test_points_stand_as_they_were_given(self) -> None:
        points = np.array([[0.0, 0.02], [2.0, np.nan]])
        design = listed_design([WEEKS, RATE], points)
        assert values(design) == [(6.0, 0.02), (24.0, None)]
        assert design.method == "list"


class TestRequest:
    @pytest.mark.parametrize("method", ["latin_hypercube", "sobol", "morris"])
    def test_the_same_request_gives_the_same_points(self, method: Any) -> None:
        def made(seed: int) -> Design:
            return make_design(method, [RATE, WEEKS, CONTAGION], samples=8, seed=seed)

        assert (made(1).points == made(1).points).all()
        assert made(1).digest() == made(1).digest()
        assert made(1).digest() != made(2).digest()
        assert made(1).request == {
            "method": method,
            "samples": 8,
            "seed": 1,
            "second_order": False,
            "crossed": False,
            "axes": ["turnover.reassignment_rate", "training.course_weeks", "security.contagion"],
        }

    def test_the_digest_follows_points_axes_and_what_positions_stand_for(self) -> None:
        points = np.array([[0.0], [1.0]])
        designs = [
            listed_design([WEEKS], points),
            listed_design([WEEKS], points[::-1].copy()),
            listed_design([replace(WEEKS, values=(6.0, 13.0, 24.0))], points),
            listed_design([replace(WEEKS, path="training.camp_places")], points),
            listed_design([replace(WEEKS, part="uncertainties")], points),
            listed_design([replace(RATE, low=0.0)], points),
        ]
        assert len({design.digest() for design in designs}) == len(designs)

    def test_the_request_can_be_kept(self) -> None:
        design = make_design("sobol", [RATE, REGIME], samples=2)
        assert json.loads(json.dumps(design.request)) == design.request

    @pytest.mark.parametrize("method", ["sobol", "morris"])
    def test_without_the_library_it_says_what_to_install(self, method: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        find: Callable[..., Any] = importlib.util.find_spec
        monkeypatch.setattr(
            importlib.util, "find_spec", lambda name, *rest: None if name == "SALib" else find(name, *rest)
        )
        with pytest.raises(InputError) as caught:
            make_design(method, [RATE], samples=4)
        assert str(caught.value) == (
            f'The method "{method}" needs SALib, which is not installed. '
            f"Allowed: `{install_command('sensitivity')}` brings it."
        )
        make_design("latin_hypercube", [RATE], samples=4)


def numbers(axis: Axis, *quantiles: float) -> list[float]:
    found: Floats = axis.numbers(np.array(quantiles))
    return found.tolist()


class TestPriors:
    def test_uniform(self) -> None:
        assert numbers(RATE, 0.0, 0.5, 1.0) == pytest.approx([0.005, 0.0225, 0.04])

    def test_log_uniform(self) -> None:
        axis = Axis("uncertainties", "x", None, 0.01, 1.0, "log_uniform")
        assert numbers(axis, 0.0, 0.25, 0.5, 1.0) == pytest.approx([0.01, 10**-1.5, 0.1, 1.0])

    def test_triangular(self) -> None:
        axis = Axis("uncertainties", "x", None, 0.0, 4.0, "triangular", 1.0)
        assert numbers(axis, 0.0, 0.25, 0.5, 1.0) == pytest.approx([0.0, 1.0, 4.0 - math.sqrt(0.5 * 4.0 * 3.0), 4.0])

    def test_whole_numbers_are_all_as_likely_and_both_ends_are_among_them(self) -> None:
        axis = Axis("levers", "x", None, 3.0, 6.0, is_whole=True)
        counts = Counter(axis.value(number) for number in axis.numbers(np.linspace(0.0, 1.0, 4001)))
        assert set(counts) == {3, 4, 5, 6}
        assert all(type(value) is int for value in counts)
        assert max(counts.values()) - min(counts.values()) <= 1

    @pytest.mark.parametrize("axis", [REGIME, WEEKS, TURNOVER])
    def test_listed_values_are_all_as_likely(self, axis: Axis) -> None:
        counts = Counter(axis.value(number) for number in axis.numbers(np.linspace(0.0, 1.0, 6001)))
        assert set(counts) == set(axis.values or ())
        assert max(counts.values()) - min(counts.values()) <= 1

    @given(
        low=st.floats(1e-3, 1e6),
        width=st.floats(1e-6, 1e6),
        prior=st.sampled_from(["uniform", "log_uniform", "triangular"]),
        mode=st.floats(0.0, 1.0),
        quantile=st.floats(0.0, 1.0),
        is_whole=st.booleans(),
    )
    def test_no_value_leaves_its_range(
        self, low: float, width: float, prior: Any, mode: float, quantile: float, is_whole: bool
    ) -> None:
        if is_whole:
            low, width = math.floor(low), math.ceil(width)
        axis = Axis("levers", "x", None, low, low + width, prior, low + mode * width, is_whole)
        (number,) = numbers(axis, quantile)
        assert axis.low <= number <= axis.high
        assert numbers(axis, 0.0) == pytest.approx([axis.low])
        assert numbers(axis, 1.0) == pytest.approx([axis.high])


class TestAxesOfTheCatalogue:
    def test_every_uncertainty_has_a_range_that_is_reached(self) -> None:
        for entry in uncertainty_catalogue():
            if entry.is_known:
                continue
            axis = range_axis("uncertainties", entry)
            low, middle, high = numbers(axis, 0.0, 0.5, 1.0)
            assert low < middle < high, entry.path
            assert (low, high) == (pytest.approx(entry.low), pytest.approx(entry.high)), entry.path
            assert axis.prior == entry.prior, entry.path

    def test_levers_and_mechanisms_have_ranges_or_values(self) -> None:
        for entry in lever_catalogue():
            axis = range_axis("levers", entry)
            assert (axis.values is None) == (entry.kind in ("int", "float"))
            assert axis.is_whole == (entry.kind == "int")
        for mechanism in mechanism_catalogue():
            assert range_axis("mechanisms", mechanism).values == (False, True)

    def test_structures_take_their_choices(self) -> None:
        for structure in structure_catalogue():
            axis = range_axis("structures", structure)
            assert (axis.column, axis.values) == (f"structures.{structure.path}", structure.choices)

    def test_a_narrower_range_keeps_the_shape_as_far_as_that_fits(self) -> None:
        entry = replace(
            UNCERTAINTIES["turnover.reassignment_rate"], prior="triangular", low=0.0, high=4.0, baseline=1.0
        )
        assert (range_axis("uncertainties", entry, 0.5, 2.0).prior, range_axis("uncertainties", entry).mode) == (
            "triangular",
            1.0,
        )
        assert range_axis("uncertainties", entry, 2.0, 3.0).prior == "uniform"
        assert range_axis("uncertainties", replace(entry, prior="log_uniform"), 0.0, 1.0).prior == "uniform"
        assert range_axis("uncertainties", replace(entry, prior="log_uniform"), 0.5, 1.0).prior == "log_uniform"

    @pytest.mark.parametrize(("low", "high"), [(0.02, 0.01), (0.02, 0.02), (math.nan, 0.02)])
    def test_ends_the_wrong_way_round_are_refused(self, low: float, high: float) -> None:
        with pytest.raises(InputError, match="a low end below the high end"):
            range_axis("uncertainties", UNCERTAINTIES[RATE.path], low, high)

    def test_steps_lie_evenly_and_whole_numbers_are_each_there_once(self) -> None:
        assert Axis("levers", "x", low=0.0, high=1.0).in_steps(3).values == (0.0, 0.5, 1.0)
        assert Axis("levers", "x", low=1.0, high=3.0, is_whole=True).in_steps(5).values == (1, 2, 3)
        with pytest.raises(InputError, match="a whole number from 2 to 10000"):
            Axis("levers", "x").in_steps(1)

    def test_a_choice_has_no_range(self) -> None:
        with pytest.raises(InputError, match="please list its values"):
            range_axis("levers", LEVERS["coordination.regime"], 0.0, 1.0)


class TestSharesOfOneWhole:
    NORTH, CENTRE = SHARES_SUMMING_TO_ONE[0]
    SHARES = tuple(range_axis("uncertainties", UNCERTAINTIES[path]) for path in SHARES_SUMMING_TO_ONE[0])
    EVERY = tuple(range_axis("uncertainties", UNCERTAINTIES[path]) for pair in SHARES_SUMMING_TO_ONE for path in pair)

    @staticmethod
    def refused(axes: Any, points: Any) -> str:
        experiment = Experiment("x", (NamedScenario("x", Scenario(title="x")),), 1, 1)
        with pytest.raises(InputError) as caught:
            replace(experiment, design=listed_design(axes, np.asarray(points, np.float64)))
        return str(caught.value)

    @pytest.mark.parametrize("method", ["latin_hypercube", "sobol", "morris"])
    def test_every_point_of_a_sample_is_possible(self, method: Any) -> None:
        design = make_design(method, [RATE, *self.EVERY], samples=64, seed=1)
        for first, second in ((1, 2), (3, 4)):
            assert design.points[:, [first, second]].sum(axis=1).max() <= 1.0 + 1e-12
        for column, axis in enumerate(design.axes):
            assert axis.low <= design.points[:, column].min() <= design.points[:, column].max() <= axis.high + 1e-12
        scenario = Scenario(title="x")
        for point in design.points[:, 1:]:
            values = {axis.path: float(share) for axis, share in zip(self.EVERY, point, strict=True)}
            assert scenario.with_uncertainties(values).uncertainties

    @pytest.mark.parametrize("method", ["latin_hypercube", "sobol", "morris"])
    def test_the_second_is_drawn_over_what_the_first_leaves(self, method: Any) -> None:
        """Nothing is heaped up where they sum to 1; the first, and all else, are as they would be without the other."""
        design = make_design(method, [RATE, *self.SHARES], samples=64, seed=1)
        apart = [RATE, *[replace(axis, path=f"x.{axis.path}") for axis in self.SHARES]]
        alone = make_design(method, apart, samples=64, seed=1)
        assert (design.points[:, :2] == alone.points[:, :2]).all()
        low, high = self.SHARES[1].low, self.SHARES[1].high
        room = np.minimum(high, 1.0 - design.points[:, 1])
        quantiles = (alone.points[:, 2] - low) / (high - low)
        np.testing.assert_allclose(design.points[:, 2], low + quantiles * (room - low), rtol=1e-12)
        assert 0.1 < (alone.points[:, 1:].sum(axis=1) > 1.0).mean() < 0.6

    def test_the_order_in_the_file_does_not_matter(self) -> None:
        quantiles = np.random.default_rng(1).random((50, 2))
        found = points_at(self.SHARES, quantiles.copy())
        assert (points_at(self.SHARES[::-1], quantiles[:, ::-1].copy())[:, ::-1] == found).all()

    def test_ranges_that_leave_little_room(self) -> None:
        north, centre = replace(self.SHARES[0], low=0.65), replace(self.SHARES[1], low=0.3)
        points = make_design("latin_hypercube", [north, centre], samples=64, seed=1).points
        assert points[:, 0].max() <= 0.7
        assert points[:, 1].min() >= 0.3
        assert points.sum(axis=1).max() <= 1.0 + 1e-12
        with pytest.raises(InputError, match=r"north from 0.75 and forces.french_centre from 0.3 .* throughout"):
            make_design("latin_hypercube", [replace(north, low=0.75), centre], samples=64, seed=1)

    def test_a_grid_or_a_list_that_holds_such_a_sum_is_refused(self) -> None:
        north, centre = (Axis("uncertainties", path, (0.4, 0.7)) for path in SHARES_SUMMING_TO_ONE[0])
        grid = make_design("grid", [north, centre])
        assert self.refused(grid.axes, grid.points) == (
            "In point 1 forces.french_north = 0.4 and forces.french_centre = 0.7 are shares of one whole, and sum to "
            "1.1. Allowed: shares that sum to at most 1; where both vary over a range, a sample keeps to that."
        )
        assert "In point 1 " in self.refused(self.SHARES, [[0.5, 0.3], [0.8, 0.4]])

    def test_what_the_scenario_holds_counts_where_a_point_leaves_it(self) -> None:
        """The baseline has 0.2 in the Centre."""
        assert "In point 2 " in self.refused(self.SHARES[:1], [[0.5], [0.8], [0.81]])
        assert "In point 1 " in self.refused(self.SHARES, [[0.6, 0.4], [0.85, math.nan]])
        levers = make_design("grid", [WEEKS])
        replace(Experiment("x", (NamedScenario("x", Scenario(title="x")),), 1, 1), design=levers)


class TestSize:
    @pytest.mark.parametrize("method", ["latin_hypercube", "morris", "sobol"])
    def test_a_sample_is_held_about_once(self, method: Any) -> None:
        """Not once for every step from quantiles to points; shares of one whole among them."""
        axes = [Axis("uncertainties", f"x.{number}", None, 0.0, 1.0, "triangular", 0.3) for number in range(48)]
        axes += TestSharesOfOneWhole.SHARES
        samples = {"latin_hypercube": 2000, "morris": 40, "sobol": 32}[method]
        make_design(method, axes, samples=2)
        tracemalloc.start()
        try:
            design = make_design(method, axes, samples=samples)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert len(design) * len(axes) > 80_000
        assert not np.isnan(design.points).any()
        assert peak < 3.3 * design.points.nbytes

    @pytest.mark.parametrize("crossed", [False, True])
    def test_what_does_not_fit_is_refused_before_it_is_made(self, crossed: bool) -> None:
        axes = [replace(CONTAGION, path=f"x.{number}") for number in range(317)]
        if crossed:
            axes = [Axis("levers", "weeks", tuple(float(value) for value in range(8))), *axes[1:]]
        with pytest.raises(InputError) as caught:
            make_design("sobol", axes, samples=512 if crossed else 4096, crossed=crossed)
        points = 8 * 512 * 318 if crossed else 4096 * 319
        assert str(caught.value) == (
            f"[design]: The design has {points:,} points of 317 parameters, which take {points * 317 * 8 / 1e6:,.0f} MB in "
            "memory. Allowed: at most 2,000 MB: take fewer samples or values, or let fewer parameters vary "
            "(`ssa-sim screen` says which matter)."
        )

    def test_so_are_too_many_values_one_at_a_time(self) -> None:
        values = tuple(float(value) for value in range(10_000))
        axes = [Axis("levers", f"x.{number}", values) for number in range(300)]
        with pytest.raises(InputError, match="3,000,001 points of 300 parameters, which take 7,200 MB"):
            make_design("one_at_a_time", axes)


HEAD = 'title = "T"\nscenarios = ["one.toml", "two.toml"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.toml").write_text('title = "One"\n[period]\nstart = 2013-02-01\nend = 2013-08-01\n')
    (tmp_path / "two.toml").write_text('title = "Two"\nextends = "one.toml"\n[levers]\n"training.course_weeks" = 24\n')
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "experiment.toml"
    path.write_text(HEAD + text)
    return path


def design_in(folder: Path, text: str) -> Design:
    design = load_experiment(write(folder, text)).design
    assert design is not None
    return design


class TestDesignSection:
    def test_a_grid_of_lists_steps_and_choices(self, folder: Path) -> None:
        design = design_in(
            folder,
            """
[design]
method = "grid"
[design.levers]
"training.course_weeks" = [6, 12.0]
"training.camp_places" = { low = 100, high = 300, steps = 3 }
"coordination.regime" = {}
[design.levers.operations]
tempo = { low = 0.5, high = 0.7, steps = 2 }
[design.mechanisms]
turnover = {}
[design.structures]
decay = ["always", "drift"]
""",
        )
        assert [(axis.part, axis.path, axis.values) for axis in design.axes] == [
            ("levers", "training.course_weeks", (6.0, 12.0)),
            ("levers", "training.camp_places", (100, 200, 300)),
            ("levers", "coordination.regime", LEVERS["coordination.regime"].choices),
            ("levers", "operations.tempo", (0.5, 0.7)),
            ("mechanisms", "turnover", (False, True)),
            ("structures", "decay", ("always", "drift")),
        ]
        assert len(design) == 2 * 3 * 5 * 2 * 2 * 2

    def test_a_sample_over_ranges(self, folder: Path) -> None:
        design = design_in(
            folder,
            """
[design]
method = "latin_hypercube"
samples = 7
seed = 5
[design.levers]
"training.camp_places" = { high = 900 }
[design.uncertainties]
"turnover.reassignment_rate" = { low = 0.01, high = 0.02 }
"security.contagion" = {}
""",
        )
        assert [(axis.path, axis.low, axis.high, axis.is_whole) for axis in design.axes] == [
            ("training.camp_places", LEVERS["training.camp_places"].low, 900.0, True),
            ("turnover.reassignment_rate", 0.01, 0.02, False),
            ("security.contagion", 0.05, 0.35, False),
        ]
        assert design.request["seed"] == 5
        assert (design.points == make_design("latin_hypercube", design.axes, samples=7, seed=5).points).all()

    @pytest.mark.parametrize(
        ("lines", "points"),
        [
            ('method = "sobol"\nsamples = 2\n', 2 * (len(UNCERTAINTIES) + 2)),
            ('method = "sobol"\nsamples = 2\nsecond_order = true\n', 2 * (2 * len(UNCERTAINTIES) + 2)),
            ('method = "morris"\nsamples = 2\n', 2 * (len(UNCERTAINTIES) + 1)),
            ('method = "latin_hypercube"\nsamples = 3\n', 3),
        ],
    )
    def test_all_uncertainties(self, folder: Path, lines: str, points: int) -> None:
        design = design_in(folder, f'[design]\n{lines}uncertainties = "all"\n')
        assert [axis.path for axis in design.axes] == list(UNCERTAINTIES)
        assert len(design) == points

    def test_levers_crossed_with_a_sample(self, folder: Path) -> None:
        design = design_in(
            folder,
            """
[design]
method = "sobol"
samples = 4
crossed = true
[design.levers]
"training.course_weeks" = [6, 24]
[design.uncertainties]
"security.contagion" = {}
""",
        )
        assert len(design) == 2 * 4 * 3

    def test_a_list_takes_names_of_any_part_dotted_or_nested_and_may_leave_some_alone(self, folder: Path) -> None:
        design = design_in(
            folder,
            """
[design]
method = "list"
[[design.points]]
"training.course_weeks" = 6
turnover = false
[[design.points]]
turnover.reassignment_rate = 0.02
training = { course_weeks = 24.0, camp_places = 100 }
decay = "drift"
[[design.points]]
""",
        )
        assert [axis.column for axis in design.axes] == [
            "training.course_weeks",
            "mechanisms.turnover",
            "turnover.reassignment_rate",
            "training.camp_places",
            "structures.decay",
        ]
        assert values(design) == [
            (6.0, False, None, None, None),
            (24.0, None, 0.02, 100, "drift"),
            (None, None, None, None, None),
        ]

    def test_the_experiments_seed_serves_unless_there_is_another(self, folder: Path) -> None:
        sample = '[design]\nmethod = "latin_hypercube"\nsamples = 2\nuncertainties = "all"\n'
        assert design_in(folder, f"seed = 7\n{sample}").request["seed"] == 7
        assert design_in(folder, f"seed = {2**32 + 7}\n{sample}").request["seed"] == 7
        assert design_in(folder, sample.replace("samples", "seed = 9\nsamples")).request["seed"] == 9
        replaced = load_experiment(write(folder, f"seed = 7\n{sample}"), seed=8).design
        assert replaced is not None
        assert replaced.request["seed"] == 8

    def test_one_share_alone_is_refused_where_the_scenario_leaves_it_no_room(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        one = '[design]\nmethod = "latin_hypercube"\nsamples = 40\n[design.uncertainties]\n"forces.french_north" = {}\n'
        assert main(["sweep", str(write(folder, one)), "--dry-run"]) == 2
        assert "are shares of one whole, and sum to " in capsys.readouterr().err
        both = f'{one}"forces.french_centre" = {{}}\n'
        assert main(["sweep", str(write(folder, both)), "--dry-run"]) == 0


UNTIL = '[replications]\noutcome = "readiness"\nhalf_width = 0.01\n'


class TestReplications:
    def test_until_an_interval_is_narrow_enough(self, folder: Path) -> None:
        experiment = load_experiment(write(folder, UNTIL))
        assert experiment.replications == 50
        assert experiment.precision == Precision("readiness", 0.01, None, 10_000, 0.95)

    def test_every_key_is_read(self, folder: Path) -> None:
        more = 'scenario = "two"\nfirst = 20\nmaximum = 400\nconfidence = 0.9\n'
        experiment = load_experiment(write(folder, UNTIL + more))
        assert experiment.replications == 20
        assert experiment.precision == Precision("readiness", 0.01, "two", 400, 0.9)

    def test_a_number_on_the_command_line_goes_before_it(self, folder: Path) -> None:
        experiment = load_experiment(write(folder, UNTIL), replications=7)
        assert (experiment.replications, experiment.precision) == (7, None)


class TestSchema:
    SCHEMA = experiment_json_schema()

    def properties(self, schema: dict[str, Any]) -> dict[str, Any]:
        return schema["properties"]  # type: ignore[no-any-return]

    def test_it_names_the_keys_of_files_and_refuses_others(self) -> None:
        assert set(self.properties(self.SCHEMA)) == set(ExperimentFile.model_fields)
        assert self.SCHEMA["additionalProperties"] is False
        design = self.SCHEMA["$defs"]["Design"]
        assert set(self.properties(design)) == set(DESIGN_KEYS)
        assert design["additionalProperties"] is False
        assert self.properties(design)["method"]["enum"] == list(METHODS)
        assert all(
            "description" in each or "anyOf" in each or "properties" in each
            for each in self.properties(design).values()
        )

    def test_the_first_replicate_is_a_whole_number(self) -> None:
        first = self.properties(self.SCHEMA)["first_replicate"]
        assert (first["type"], first["minimum"], first["default"]) == ("integer", 0, 0)

    def test_replications_are_a_number_or_a_table(self) -> None:
        number, table = self.properties(self.SCHEMA)["replications"]["anyOf"]
        assert (number["minimum"], number["maximum"]) == (1, 100_000)
        until = self.SCHEMA["$defs"][table["$ref"].rpartition("/")[2]]
        assert set(until["required"]) == {"outcome", "half_width"}
        assert "readiness" in until["properties"]["outcome"]["enum"]

    @pytest.mark.parametrize(
        ("part", "entries"),
        [
            ("levers", lever_catalogue()),
            ("uncertainties", uncertainty_catalogue()),
            ("mechanisms", mechanism_catalogue()),
            ("structures", structure_catalogue()),
        ],
    )
    def test_every_parameter_may_vary_dotted_and_nested_within_its_range(
        self, part: str, entries: tuple[Entry, ...]
    ) -> None:
        definitions = self.SCHEMA["$defs"]
        table = self.properties(definitions["Design"])[part]
        if part == "uncertainties":
            word, table = table["anyOf"]
            assert word == {"const": "all"}
        for entry in entries:
            below = table
            *groups, last = entry.path.split(".")
            for group in groups:
                below = below["properties"][group]
            assert (
                table["properties"][entry.path] == below["properties"][last] == {"$ref": f"#/$defs/axis.{entry.path}"}
            )
            listed, span = definitions[f"axis.{entry.path}"]["anyOf"]
            value = definitions[listed["items"]["$ref"].rpartition("/")[2]]
            assert (value.get("minimum"), value.get("maximum")) == (entry.allowed_low, entry.allowed_high)
            assert value.get("enum") == (list(entry.choices) if entry.choices else None)
            assert set(span["properties"]) == ({"low", "high", "steps"} if entry.low is not None else set())
            in_a_point = definitions["Point"]["properties"][entry.path]
            assert {"$ref": f"#/$defs/value.{entry.path}"} in (in_a_point, *in_a_point.get("anyOf", ()))
