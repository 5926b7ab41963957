"""Boxes where failing is known by construction, what they hold, futures held out; robustness worked out by hand; commands."""

import importlib.util
import inspect
import json
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import ssa_sim.analysis.discovery as discovery_module
from sampled_results import PATHS, Formula, results_of, uncertain
from ssa_sim.analysis.discovery import Discovery, discover, is_discoverable
from ssa_sim.analysis.parameter_labels import parameter_unit
from ssa_sim.analysis.points import spread_table
from ssa_sim.analysis.prim_boxes import Box, content, pruned, quasi_p_value
from ssa_sim.analysis.robustness import robustness
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, make_design
from ssa_sim.experiment.keep.results import Results
from ssa_sim.extras import install_command
from ssa_sim.telling.discovery import box_sentence, notes, opening
from ssa_sim.telling.robustness import notes as robustness_notes
from ssa_sim.telling.robustness import sentence, standard
from ssa_sim.typography import french

HAS_PRIM = importlib.util.find_spec("ema_workbench") is not None
METHODS = ["cart", *([pytest.param("prim", marks=pytest.mark.long)] if HAS_PRIM else [])]
CROSSED = Axis("levers", "coordination.regime", ("none", "binding"))


def corner(x: np.ndarray) -> np.ndarray:
    """Worse by one where the first uncertainty is high and the second low, better by one elsewhere."""
    return np.where((x[:, 0] > 0.6) & (x[:, 1] < 0.5), -1.0, 1.0)


def nothing(x: np.ndarray) -> np.ndarray:
    return np.zeros(len(x))


def swept(
    package: Formula,
    *,
    first: Formula = nothing,
    axes: int = 5,
    samples: int = 256,
    outcome: str = "readiness",
    method: Any = "latin_hypercube",
    **settings: Any,
) -> Results:
    design = make_design(method, uncertain(axes), samples=samples, seed=3)
    formulas = [{outcome: first}, {outcome: package}]
    return results_of(design, formulas, scenarios=("baseline", "package"), **settings)


@pytest.fixture(scope="module", params=METHODS)
def found(request: pytest.FixtureRequest) -> Discovery:
    return discover(swept(corner, noise=0.2), "readiness", "package", method=request.param)


class TestBoxes:
    table = pd.DataFrame({"a": [0.0, 0.2, 0.4, 0.6, 0.8, 1.0], "b": [1.0, 0.0, 1.0, 0.0, 1.0, 0.0]})
    fails = np.array([False, False, False, True, True, False])

    def test_what_a_box_holds(self) -> None:
        box = Box({"a": (0.5, math.inf)})
        held = content(box.holds(self.table), self.fails)
        assert (held.futures, held.failures) == (3, 2)
        assert (held.coverage, held.density, held.mass) == (1.0, pytest.approx(2 / 3), 0.5)

    def test_a_limit_taken_away(self) -> None:
        box = Box({"a": (0.5, 0.9), "b": (-math.inf, 0.5)})
        assert box.without("a", 1) == Box({"b": (-math.inf, 0.5), "a": (0.5, math.inf)})
        assert box.without("b", 1) == Box({"a": (0.5, 0.9)})

    def test_quasi_p_value_is_the_binomial_tail_of_the_wider_box(self) -> None:
        box = Box({"a": (0.5, 0.9)})
        # Without the low limit 2 of 5 fail; the chance of 2 or more of 2 at 2/5 is 0.16.
        assert quasi_p_value(box, "a", 0, self.table, self.fails) == pytest.approx(0.16)
        assert math.isnan(quasi_p_value(Box({"a": (0.5, math.inf)}), "a", 1, self.table, self.fails))

    @pytest.mark.long
    @pytest.mark.skipif(not HAS_PRIM, reason="the EMA Workbench is not installed")
    def test_quasi_p_values_are_those_of_the_ema_workbench(self) -> None:
        from ema_workbench.analysis.prim import Prim

        futures = discover(swept(corner, noise=0.2), "readiness", "package", method="cart").futures
        fails = futures.improvements(1)[0] <= 0.0
        threshold = {"threshold": 0.5} if "threshold" in inspect.signature(Prim).parameters else {}  # until version 3
        theirs = Prim(futures.table, fails.astype(int), **threshold).find_box()
        quasi_p = getattr(theirs, "p_values", None) or theirs.qp
        limits = theirs.box_lims[-1]
        box = Box({PATHS[0]: (float(limits[PATHS[0]][0]), math.inf), PATHS[1]: (-math.inf, float(limits[PATHS[1]][1]))})
        assert theirs.res_dim == 2
        ours = [
            quasi_p_value(box, PATHS[0], 0, futures.table, fails),
            quasi_p_value(box, PATHS[1], 1, futures.table, fails),
        ]
        np.testing.assert_allclose(ours, [quasi_p[-1][PATHS[0]][0], quasi_p[-1][PATHS[1]][1]])

    def test_limits_that_may_be_chance_go(self) -> None:
        generator = np.random.default_rng(1)
        table = pd.DataFrame(generator.random((300, 3)), columns=["a", "b", "c"])
        fails = table["a"].to_numpy() > 0.7
        loose = Box({"a": (0.7, math.inf), "b": (0.02, math.inf), "c": (-math.inf, 0.97)})
        assert pruned(loose, table, fails, level=0.05, most=4) == Box({"a": (0.7, math.inf)})
        assert pruned(loose, table, fails, level=1.0, most=1) == Box({"a": (0.7, math.inf)})


@pytest.mark.skipif(not HAS_PRIM, reason="the EMA Workbench is not installed")
def test_prim_finds_a_corner_whatever_the_version_of_the_ema_workbench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery_module, "PEELS", discovery_module.PEELS[-1:])
    table = pd.DataFrame(np.random.default_rng(1).random((150, 2)), columns=["a", "b"])
    fails = ((table["a"] > 0.6) & (table["b"] < 0.5)).to_numpy()
    box = discovery_module._prim_box(table, fails)
    assert content(box.holds(table), fails).coverage > 0.8
    assert content(box.holds(table), fails).density > 0.8
    assert set(box.limits) == {"a", "b"}


class TestDiscovery:
    def test_the_corner_is_found(self, found: Discovery) -> None:
        assert len(found.boxes) == 1
        assert set(found.limits["path"]) == {PATHS[0], PATHS[1]}
        limits = found.box(1).limits
        assert limits[PATHS[0]][0] == pytest.approx(0.6, abs=0.05)
        assert limits[PATHS[0]][1] == math.inf
        assert limits[PATHS[1]][1] == pytest.approx(0.5, abs=0.05)
        assert found.boxes["coverage"].item() > 0.95
        assert found.boxes["density"].item() > 0.9
        assert found.share_failing == pytest.approx(0.2, abs=0.04)

    def test_it_holds_in_futures_held_out(self, found: Discovery) -> None:
        assert found.held_out is not None
        assert found.held_out.density > 0.85
        assert found.held_out.coverage > 0.85
        assert found.is_confirmed
        assert (found.limits["found_again"] == 1.0).all()

    def test_words(self, found: Discovery) -> None:
        text = box_sentence(found, 1)
        assert f"({PATHS[0]}) is above 0." in text or f"({PATHS[0]}) is above 0.6" in text
        assert f"({PATHS[1]}) is below 0." in text
        assert f"({parameter_unit(PATHS[1])})" in text
        assert "fails in" in opening(found)
        assert "no better than with 'baseline'" in opening(found)
        french = box_sentence(found, 1, "fr")
        assert "dépasse 0," in french
        assert "est inférieur à 0," in french
        assert any("Held out" in note for note in notes(found))

    @pytest.mark.parametrize("method", METHODS)
    def test_two_corners_are_two_boxes(self, method: Any) -> None:
        def either(x: np.ndarray) -> np.ndarray:
            return np.where((x[:, 0] > 0.6) & (x[:, 1] < 0.5) | (x[:, 2] < 0.12), -1.0, 1.0)

        two = discover(swept(either, samples=400), "readiness", "package", method=method)
        assert two.together is not None
        assert two.together.coverage > 0.85
        assert len(two.boxes) >= 2
        assert set(two.limits["path"]) >= {PATHS[0], PATHS[1], PATHS[2]}

    @pytest.mark.parametrize("method", METHODS)
    def test_where_failing_is_chance_nothing_is_confirmed(self, method: Any) -> None:
        noise = discover(swept(nothing, noise=1.0), "readiness", "package", method=method)
        assert 0.35 < noise.share_failing < 0.65
        assert not noise.is_confirmed
        assert noise.boxes.empty or any("DO NOT HOLD" in note for note in notes(noise))
        assert noise.n_open > 200

    def test_boxes_that_hold_only_where_they_were_drawn_are_called_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The planted fault: a search that draws a narrow box around each failing future that it sees."""

        def overfit(table: pd.DataFrame, fails: np.ndarray) -> list[Box]:
            seen = table.loc[fails, PATHS[0]]
            return [Box({PATHS[0]: (value - 0.002, value + 0.002)}) for value in seen]

        monkeypatch.setitem(discovery_module._SEARCHES, "cart", overfit)
        noise = discover(swept(nothing, noise=1.0), "readiness", "package", method="cart")
        assert noise.together is not None
        assert noise.together.coverage == 1.0
        assert not noise.is_confirmed
        assert any("DO NOT HOLD" in note for note in notes(noise))
        assert any("NE TIENNENT PAS" in note for note in notes(noise, "fr"))

    def test_less_is_better_for_deaths(self) -> None:
        found = discover(swept(lambda x: -corner(x), outcome="deaths"), "deaths", "package", method="cart")
        assert found.boxes["density"].item() == 1.0
        assert found.box(1).limits[PATHS[0]][0] == pytest.approx(0.6, abs=0.05)

    def test_margin_and_level(self) -> None:
        results = swept(lambda x: 10.0 * x[:, 0], first=lambda x: 4.0 + 0.0 * x[:, 0], replications=1)
        by_margin = discover(results, "readiness", "package", margin=2.0, method="cart")
        common = float(results.by_point("package").mean() - 5.0)  # what the replicate adds everywhere
        by_level = discover(results, "readiness", "package", level=6.0 + common, method="cart")
        assert by_margin.share_failing == pytest.approx(0.6, abs=0.01)
        assert by_level.share_failing == pytest.approx(0.6, abs=0.01)
        assert by_margin.box(1).limits[PATHS[0]] == (-math.inf, pytest.approx(0.6, abs=0.01))
        assert "by more than 2" in opening(by_margin)
        assert "is below" in opening(by_level)
        assert by_level.n_open == -1
        assert any("run once" in note for note in notes(by_level))

    def test_a_package_that_never_fails_or_always(self) -> None:
        never = discover(swept(lambda x: 1.0 + x[:, 0]), "readiness", "package", method="cart")
        assert never.boxes.empty
        assert not never.is_confirmed
        assert any("none of 256 futures" in note for note in notes(never))
        always = discover(swept(lambda x: -1.0 - x[:, 0]), "readiness", "package", method="cart")
        assert any("all 256 futures" in note for note in notes(always))

    def test_no_effect_at_all_is_said(self) -> None:
        found = discover(swept(lambda x: np.where(x[:, 0] > 0.5, 1.0, 0.0)), "readiness", "package", method="cart")
        assert found.n_equal == 128
        assert found.fails.sum() == 128
        assert any("In 128 futures" in note for note in notes(found))
        one = replace(found, n_equal=1)
        assert any("In 1 future every" in note for note in notes(one))
        assert any("Dans 1 futur," in note for note in notes(one, "fr"))

    def test_few_failures_are_no_ground_for_boxes(self) -> None:
        found = discover(swept(lambda x: np.where(x[:, 0] > 0.98, -1.0, 1.0)), "readiness", "package", method="cart")
        assert 0 < found.fails.sum() < 10
        assert found.boxes.empty
        assert any("too few" in note for note in notes(found))

    def test_crossed_levers_are_packages(self) -> None:
        design = make_design("latin_hypercube", [CROSSED, *uncertain(3)], samples=200, seed=2, crossed=True)

        def formula(x: np.ndarray) -> np.ndarray:
            return np.where(x[:, 0] == 0.0, 0.0, np.where(x[:, 1] > 0.5, -1.0, 1.0))

        results = results_of(design, {"readiness": formula})
        found = discover(results, "readiness", "baseline (coordination.regime = binding)", method="cart")
        assert found.box(1).limits == {PATHS[0]: (pytest.approx(0.5, abs=0.01), math.inf)}


class TestMissing:
    def gappy(self) -> Results:
        results = swept(corner)
        runs = results.runs.copy()
        runs.loc[(runs["point"] == 5) & (runs["scenario"] == "package"), ["status", "readiness"]] = ["failed", np.nan]
        return replace(results, runs=runs)

    def test_refused_with_counts(self) -> None:
        with pytest.raises(InputError, match=r"1 of 256 points of 'package'.*2 runs \(2 runs failed"):
            discover(self.gappy(), "readiness", "package", method="cart")
        with pytest.raises(InputError, match="--missing drop"):
            robustness(self.gappy(), ["readiness"])

    def test_futures_are_left_out_of_all_packages(self) -> None:
        found = discover(self.gappy(), "readiness", "package", method="cart", missing="drop")
        assert found.futures.n_dropped == 1
        assert len(found.fails) == 255
        assert any("left out for want of a value: 1" in note for note in notes(found))
        robust = robustness(self.gappy(), ["readiness"], missing="drop")
        assert robust.summary["futures"].item() == 255
        assert any("readiness 1" in note for note in robustness_notes(robust))


class TestDesignsThatDoNotServe:
    @pytest.mark.parametrize("method", ["morris", "sobol"])
    def test_futures_that_are_no_independent_draws(self, method: Any) -> None:
        """On the rows of a Sobol design chance alone gives boxes that futures held out confirm."""
        results = swept(corner, method=method, samples=16)
        with pytest.raises(InputError, match=f'from the method "{method}"[^"]*"latin_hypercube"'):
            discover(results, "readiness", "package")

    def test_robustness_resamples_the_groups_of_a_sobol_design(self) -> None:
        with pytest.raises(InputError, match='"latin_hypercube" or method = "sobol"'):
            robustness(swept(corner, method="morris", samples=10), ["readiness"])
        found = robustness(swept(corner, method="sobol", samples=64), ["readiness"])
        assert found.summary["futures"].item() == 64 * 7

    def test_levers_among_the_uncertainties(self) -> None:
        lever = Axis("levers", "training.course_weeks", None, 4.0, 24.0)
        design = make_design("latin_hypercube", [lever, *uncertain(1)], samples=50, seed=2)
        results = results_of(design, [{"readiness": nothing}] * 2, scenarios=("baseline", "package"))
        with pytest.raises(InputError, match="crossed = true"):
            robustness(results, ["readiness"])

    def test_structures_among_the_uncertainties_are_futures_and_have_no_ranges(self) -> None:
        structure = Axis("structures", "decay", ("always", "drift"))
        design = make_design("latin_hypercube", [structure, *uncertain(1)], samples=50, seed=2)
        results = results_of(design, [{"readiness": nothing}] * 2, scenarios=("baseline", "package"))
        assert robustness(results, ["readiness"]).summary["futures"].item() == 50
        with pytest.raises(InputError, match="draws structures"):
            discover(results, "readiness", "package")
        assert not is_discoverable(results)

    def test_the_first_scenario_against_itself(self) -> None:
        with pytest.raises(InputError, match="first scenario"):
            discover(swept(corner), "readiness", "baseline")

    def test_unknown_package(self) -> None:
        with pytest.raises(InputError, match="do not hold the package"):
            discover(swept(corner), "readiness", "pakage")

    def test_a_method_that_is_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        with pytest.raises(InputError, match=re.escape(install_command("discovery"))):
            discover(swept(corner), "readiness", "package")

    def test_without_the_ema_workbench_a_tree_serves(self, monkeypatch: pytest.MonkeyPatch) -> None:
        real = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ema_workbench" else real(name))
        found = discover(swept(corner), "readiness", "package")
        assert found.method == "cart"
        assert any("CART" in note for note in notes(found))
        with pytest.raises(InputError, match="PRIM needs the EMA Workbench"):
            discover(swept(corner), "readiness", "package", method="prim")


VALUES = {"baseline": [0.0, 0.0, 0.0, 0.0], "steady": [1.0, 1.0, 1.0, 1.0], "bold": [4.0, 3.0, 2.0, -5.0]}
"""Outcomes by hand in four kinds of futures of equal number."""


def four_kinds(outcome: str = "readiness", sign: float = 1.0, **settings: Any) -> Results:
    design = make_design("latin_hypercube", uncertain(1), samples=100, seed=1)

    def formula(values: list[float]) -> Formula:
        return lambda x: sign * np.array(values)[np.minimum((4.0 * x[:, 0]).astype(int), 3)]

    formulas = [{outcome: formula(values)} for values in VALUES.values()]
    return results_of(design, formulas, scenarios=tuple(VALUES), replications=1, **settings)


class TestRobustness:
    @pytest.mark.parametrize(("outcome", "sign"), [("readiness", 1.0), ("deaths", -1.0)])
    def test_measures_by_hand_in_both_directions(self, outcome: str, sign: float) -> None:
        results = four_kinds(outcome, sign)
        found = robustness(results, [outcome])
        shift = float(results.by_point("baseline").mean())  # what the replicate adds everywhere
        expected = {
            "satisficing": [math.nan, 1.0, 0.75],
            "regret_max": [4.0, 3.0, 6.0],
            "regret_mean": [2.5, 1.5, 1.5],
            "mean": [shift, shift + sign * 1.0, shift + sign * 1.0],
            "worst": [shift, shift + sign * 1.0, shift - sign * 5.0],
        }
        for measure, values in expected.items():
            np.testing.assert_allclose(found.of(outcome, measure)["value"], values, atol=1e-9)
        assert found.of(outcome, "regret_max")["rank"].to_dict() == {"baseline": 2.0, "steady": 1.0, "bold": 3.0}

    def test_a_level_in_both_directions(self) -> None:
        results = four_kinds()
        shift = float(results.by_point("baseline").mean())
        found = robustness(results, ["readiness"], levels={"readiness": shift + 1.5})
        assert found.of("readiness", "satisficing")["value"].to_list() == [0.0, 0.0, 0.75]
        assert "at least" in standard(found, "readiness")
        results = four_kinds("deaths", -1.0)
        shift = float(results.by_point("baseline").mean())
        found = robustness(results, ["deaths"], levels={"deaths": shift - 1.5})
        assert found.of("deaths", "satisficing")["value"].to_list() == [0.0, 0.0, 0.75]
        assert "at most" in standard(found, "deaths")

    def test_intervals_hold_the_value_and_shares_have_the_binomial_width(self) -> None:
        found = robustness(four_kinds(), ["readiness"])
        row = found.of("readiness", "satisficing").loc["bold"]
        assert row["low"] < 0.75 < row["high"]
        assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * math.sqrt(0.75 * 0.25 / 100), rel=0.15)

    @pytest.mark.parametrize(("level", "share"), [(-1e9, 1.0), (1e9, 0.0)])
    def test_all_of_so_many_futures_are_not_all_futures(self, level: float, share: float) -> None:
        """By the rule of three: with 95% confidence fewer than about 3.7 in n fail where none of n did."""
        row = (
            robustness(four_kinds(), ["readiness"], levels={"readiness": level})
            .of("readiness", "satisficing")
            .loc["bold"]
        )
        assert row["value"] == share
        assert abs(row["low" if share else "high"] - share) == pytest.approx(1.0 - 0.025 ** (1 / 100))
        assert row["high" if share else "low"] == share

    def test_ranks_say_how_surely(self) -> None:
        found = robustness(four_kinds(), ["readiness"])
        sure = found.rank_table("readiness", "regret_max")
        np.testing.assert_allclose(sure.sum(axis=1), 1.0)
        np.testing.assert_allclose(sure.sum(axis=0), 1.0)
        assert sure.loc["steady", 1] > 0.99
        unsure = found.rank_table("readiness", "regret_mean")
        assert 0.3 < unsure.loc["steady", 1] < 0.7
        assert "baseline" not in found.rank_table("readiness", "satisficing").index
        assert "'steady' ranks first by: well enough (over 99% sure)" in sentence(found, "readiness")
        assert "100" not in sentence(found, "readiness")
        assert "sûr à plus de 99\u202f%" in sentence(found, "readiness", "fr")

    @pytest.mark.parametrize(("outcome", "sign"), [("readiness", 1.0), ("deaths", -1.0)])
    def test_ties_with_the_first_are_told_apart(self, outcome: str, sign: float) -> None:
        design = make_design("latin_hypercube", uncertain(1), samples=100, seed=1)
        moved = {"first": [0.0] * 4, "alike": [0.0] * 4, "mixed": [2.0, 0.0, 0.0, -1.0]}
        formulas: list[dict[str, Formula]] = [
            {outcome: lambda x, values=values: sign * np.array(values)[np.minimum((4.0 * x[:, 0]).astype(int), 3)]}
            for values in moved.values()
        ]
        results = results_of(design, formulas, scenarios=tuple(moved), replications=2, noise=0.0)
        found = robustness(results, [outcome])
        table = found.against_first.set_index("package")
        assert table.loc["alike", ["better", "same", "worse", "mean_gain"]].tolist() == [0.0, 1.0, 0.0, 0.0]
        assert table.loc["mixed", ["better", "same", "worse", "mean_gain"]].tolist() == pytest.approx(
            [0.25, 0.5, 0.25, 0.25]
        )
        assert found.of(outcome, "satisficing").loc["mixed", "value"] == table.loc["mixed", "better"]
        told = spread_table(results, results.outcomes).set_index("scenario")
        for scenario in ("alike", "mixed"):
            shares = told.loc[scenario, ["share_better", "share_same", "share_worse"]].tolist()
            assert shares == table.loc[scenario, ["better", "same", "worse"]].tolist()
        assert "as well is not better" in standard(found, outcome)

    def test_runs_are_known_by_point_and_replicate(self) -> None:
        results = swept(corner, noise=0.5, replications=4)
        shuffled = replace(results, runs=results.runs.sample(frac=1.0, random_state=1))
        for name in ("measures", "ranks", "against_first", "summary"):
            one, other = (getattr(robustness(each, ["readiness"]), name) for each in (results, shuffled))
            pd.testing.assert_frame_equal(one, other, check_exact=True)
        gone = results.runs[(results.runs["scenario"] != "package") | (results.runs["replicate"] > 0)]
        with pytest.raises(InputError, match="has no value in"):
            robustness(replace(results, runs=gone), ["readiness"])
        told = [spread_table(replace(results, runs=runs), results.outcomes).iloc[1] for runs in (results.runs, gone)]
        later = results.runs[results.runs["replicate"] > 0]
        expected = spread_table(replace(results, runs=later), results.outcomes).iloc[1]
        assert told[1]["share_better"] == expected["share_better"] != told[0]["share_better"]

    def test_equal_packages_share_ranks(self) -> None:
        design = make_design("latin_hypercube", uncertain(1), samples=50, seed=1)
        formulas = [{"readiness": nothing}, {"readiness": lambda x: x[:, 0]}, {"readiness": lambda x: x[:, 0]}]
        results = results_of(design, formulas, scenarios=("baseline", "one", "other"))
        ranks = robustness(results, ["readiness"]).rank_table("readiness", "regret_mean")
        np.testing.assert_allclose(ranks.loc["one"], [0.5, 0.5, 0.0])
        np.testing.assert_allclose(ranks.loc["baseline"], [0.0, 0.0, 1.0])

    def test_those_that_tie_are_named_together(self) -> None:
        """Where all do well enough in every future, none of them is first by that."""
        found = robustness(four_kinds(), ["readiness"], levels={"readiness": -1e9})
        told = sentence(found, "readiness")
        assert "'baseline', 'steady', 'bold' rank first together by: well enough (level)" in told
        assert "The measures agree." in told
        assert french("« baseline », « steady », « bold » sont premiers ensemble") in sentence(found, "readiness", "fr")

    def test_chance_within_a_future_is_stated(self) -> None:
        results = swept(corner, noise=0.5, replications=4)
        found = robustness(results, ["readiness"])
        assert found.summary["error"].item() == pytest.approx(0.5 * math.sqrt(2.0 / 4.0), rel=0.25)
        once = robustness(swept(corner, replications=1), ["readiness"])
        assert any("run once" in note for note in robustness_notes(once))

    def test_one_package_is_nothing_to_rank(self) -> None:
        design = make_design("latin_hypercube", uncertain(1), samples=50, seed=1)
        with pytest.raises(InputError, match="only one package"):
            robustness(results_of(design, {"readiness": nothing}), ["readiness"])

    def test_a_level_of_an_outcome_that_is_not_looked_at(self) -> None:
        with pytest.raises(InputError, match="not looked at"):
            robustness(four_kinds(), ["readiness"], levels={"deaths": 1.0})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Results made by formula, where the commands look for a folder."""
    import ssa_sim.experiment.keep.store as store

    design = make_design("latin_hypercube", uncertain(4), samples=120, seed=3)
    formulas: list[dict[str, Formula]] = [
        {"readiness": nothing, "deaths": nothing},
        {"readiness": corner, "deaths": lambda x: -corner(x)},
    ]
    results = results_of(design, formulas, scenarios=("baseline", "package"))
    monkeypatch.setattr(store, "load_results", lambda folder: results)
    return tmp_path


class TestCommands:
    @pytest.mark.parametrize(("asked", "is_said"), [((), True), (("--method", "cart"), False)])
    def test_it_says_why_the_default_is_not_used(
        self,
        asked: tuple[str, ...],
        is_said: bool,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        real = importlib.util.find_spec
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ema_workbench" else real(name))
        assert main(["discover", str(folder), "--outcome", "readiness", "--no-figures", *asked]) == 0
        assert ("PRIM, is not installed" in capsys.readouterr().err) == is_said

    @pytest.mark.parametrize(
        ("language", "words"), [("en", "Box 1: it fails where"), ("fr", "Boîte 1 : il échoue là où")]
    )
    def test_discover(self, folder: Path, language: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["discover", str(folder), "--outcome", "readiness", "--method", "cart", "--lang", language]) == 0
        assert words in " ".join(capsys.readouterr().out.split())
        name = "discovery.png" if language == "en" else "discovery-fr.png"
        assert (folder / "figures" / name).is_file()

    def test_discover_json(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["discover", str(folder), "--outcome", "deaths", "--method", "cart", "--json", "--no-figures"]
        assert main(arguments) == 0
        printed = json.loads(capsys.readouterr().out)
        assert printed["confirmed"] is True
        assert printed["boxes"][0]["density"] == 1.0
        assert printed["limits"][0]["high"] is None or printed["limits"][0]["low"] is None

    @pytest.mark.parametrize(
        ("language", "words"), [("en", "'package' ranks first by"), ("fr", french("« package » est premier"))]
    )
    def test_robustness(self, folder: Path, language: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["robustness", str(folder), "--lang", language]) == 0
        assert words in capsys.readouterr().out
        name = "robustness.png" if language == "en" else "robustness-fr.png"
        assert (folder / "figures" / name).is_file()

    def test_robustness_json_with_a_level(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["robustness", str(folder), "--outcome", "readiness", "--level", "readiness=-50"]
        assert main([*arguments, "--json", "--no-figures"]) == 0
        printed = json.loads(capsys.readouterr().out)
        shares = [row["value"] for row in printed["measures"] if row["measure"] == "satisficing"]
        assert shares == [1.0, 1.0]
        assert printed["summary"][0]["rule"] == "level"
