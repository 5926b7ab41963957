"""Paired statistics: against other computations, in their limits, and by what they promise to hold."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import ssa_sim.analysis.compare as compare_module
import ssa_sim.analysis.paired as paired_module
from ssa_sim.analysis.compare import (
    COLUMNS,
    Comparison,
    compare,
    holm,
    needed_range,
    replications_needed,
    resamples_for,
)
from ssa_sim.analysis.paired import is_skewed, paired_difference
from ssa_sim.analysis.yearly import by_year
from ssa_sim.catalogue.outcomes import OUTCOMES as ALL_OUTCOMES
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.results import Results
from ssa_sim.telling.comparison import (
    advice,
    needed_text,
    note,
    reasons,
    replications_text,
    sentence,
    why_undecided,
)
from ssa_sim.words.numbers import (
    Counted,
    number,
    numbers,
    numbers_apart,
    parts_of_whole,
    percent,
    percents_apart,
    whole,
    with_interval,
)

HIGHER = Outcome("gain", "Gain", "Bénéfice", "points", "higher", "For tests.", headline=True)
NEEDED = ["replications_needed_low", "replications_needed", "replications_needed_high"]
LOWER = Outcome("loss", "Loss", "Perte", "points", "lower", "For tests.")

Interval = Callable[[np.ndarray, np.ndarray], tuple[float, float]]


def results_of(values: dict[str, dict[str, np.ndarray]], outcomes: tuple[Outcome, ...] = (HIGHER,)) -> Results:
    """Results with these values: scenario, outcome, one value a replicate."""
    tables = [
        pd.DataFrame(
            {
                "scenario": name,
                "replicate": range(len(columns[outcomes[0].name])),
                "status": "ok",
                **{one.name: columns[one.name] for one in outcomes},
            }
        )
        for name, columns in values.items()
    ]
    return Results(
        title="Made up",
        identity="",
        scenario_names=tuple(values),
        outcomes=outcomes,
        replications=len(tables[0]),
        seed=7,
        monthly_detail="none",
        runs=pd.concat(tables, ignore_index=True),
        monthly=pd.DataFrame(),
        trajectories=None,
        provenance={},
    )


def comparison_of(*columns: np.ndarray, outcome: Outcome = HIGHER) -> Comparison:
    """One outcome of several scenarios, the first of which is compared with."""
    values = {f"s{index}": {outcome.name: column} for index, column in enumerate(columns)}
    return compare(results_of(values, (outcome,)))


def correlated(generator: np.random.Generator, n: int, difference: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Two normal samples that share most of their noise."""
    shared = generator.normal(size=n)
    first = shared + generator.normal(0.0, 0.3, n)
    return first, shared + generator.normal(0.0, 0.3, n) + difference


class TestOnePair:
    def test_t_interval_and_p_value_agree_with_a_computation_by_hand(self) -> None:
        first, other = correlated(np.random.default_rng(1), 12, 0.4)
        found = paired_difference(first, other, higher_is_better=True, confidence=0.9)
        differences = other - first
        half = stats.t.ppf(0.95, 11) * differences.std(ddof=1) / math.sqrt(12)
        assert found.method == "t"
        assert (found.low, found.high) == pytest.approx((differences.mean() - half, differences.mean() + half))
        assert found.p_value == pytest.approx(stats.ttest_rel(other, first).pvalue)
        assert found.difference == pytest.approx(found.mean - found.first_mean)

    def test_variance_reduction_is_what_pairing_saves(self) -> None:
        first, other = correlated(np.random.default_rng(2), 4000)
        found = paired_difference(first, other, higher_is_better=True)
        assert found.variance_reduction == pytest.approx(1 / 1.09, abs=0.01)
        assert found.variance_reduction == pytest.approx(
            1 - np.var(other - first, ddof=1) / (np.var(first, ddof=1) + np.var(other, ddof=1))
        )
        assert paired_difference(first, -first, higher_is_better=True).variance_reduction == pytest.approx(-1.0)
        shuffled = np.random.default_rng(3).permutation(other)
        unpaired = paired_difference(first, shuffled, higher_is_better=True)
        assert abs(unpaired.variance_reduction) < 0.05

    @pytest.mark.parametrize(("higher", "better", "worse"), [(True, 0.5, 0.25), (False, 0.25, 0.5)])
    def test_ties_are_told_apart(self, higher: bool, better: float, worse: float) -> None:
        found = paired_difference([0, 0, 0, 0], [1, 2, 0, -1], higher_is_better=higher)
        assert (found.better, found.same, found.worse) == (better, 0.25, worse)

    def test_no_difference_at_all(self) -> None:
        values = np.random.default_rng(4).normal(size=30)
        found = paired_difference(values, values, higher_is_better=True)
        assert (found.difference, found.low, found.high, found.p_value) == (0.0, 0.0, 0.0, 1.0)
        assert (found.better, found.same, found.worse) == (0.0, 1.0, 0.0)
        assert (found.method, found.variance_reduction) == ("exact", 1.0)
        assert found.remark == "equal in every pair"

    def test_neither_scenario_varies(self) -> None:
        found = paired_difference([2.0] * 5, [2.0] * 5, higher_is_better=True)
        assert math.isnan(found.variance_reduction)
        assert "neither scenario varies" in found.remark

    def test_the_same_difference_in_every_pair(self) -> None:
        values = np.random.default_rng(5).normal(size=9)
        found = paired_difference(values, values + 0.1, higher_is_better=True)
        assert (found.low, found.high) == (found.difference, found.difference)
        assert found.difference == pytest.approx(0.1)
        assert found.p_value == stats.binomtest(9, 9).pvalue
        assert found.method == "exact"

    def test_without_a_pair_or_with_one_there_is_no_interval(self) -> None:
        none = paired_difference([np.nan, 1.0], [1.0, np.nan], higher_is_better=True)
        assert (none.n, none.n_missing, none.method) == (0, 2, "none")
        assert math.isnan(none.difference)
        assert all(map(math.isnan, (none.better, none.same, none.worse)))
        one = paired_difference([1.0], [3.0], higher_is_better=True)
        assert (one.n, one.difference, one.method) == (1, 2.0, "none")
        assert math.isnan(one.low)
        assert math.isnan(one.p_value)

    def test_pairs_without_a_value_are_left_out_openly(self) -> None:
        first = np.array([1.0, np.nan, 3.0, 4.0, 5.0, 2.0])
        other = np.array([2.0, 7.0, 3.5, np.inf, 7.0, np.nan])
        found = paired_difference(first, other, higher_is_better=True)
        complete = paired_difference(first[[0, 2, 4]], other[[0, 2, 4]], higher_is_better=True)
        assert (found.n, found.n_missing) == (3, 3)
        assert (found.low, found.high, found.first_mean) == (complete.low, complete.high, complete.first_mean)

    def test_unequal_lengths_are_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="equal lengths"):
            paired_difference([1.0], [1.0, 2.0], higher_is_better=True)

    @given(
        st.lists(
            st.tuples(st.floats(-1e6, 1e6, allow_subnormal=False), st.floats(-1e6, 1e6, allow_subnormal=False)),
            min_size=2,
            max_size=15,
        )
    )
    def test_swapping_the_scenarios_mirrors_everything(self, pairs: list[tuple[float, float]]) -> None:
        first, other = np.array(pairs).T
        one = paired_difference(first, other, higher_is_better=True)
        mirrored = paired_difference(other, first, higher_is_better=True)
        assert mirrored.difference == pytest.approx(-one.difference, abs=1e-9)
        assert (mirrored.low, mirrored.high) == pytest.approx((-one.high, -one.low), abs=1e-6)
        assert (mirrored.better, mirrored.same, mirrored.worse) == (one.worse, one.same, one.better)
        assert one.low <= one.difference <= one.high or one.low == pytest.approx(one.difference, rel=1e-9)


class TestSkewedDifferences:
    def test_cochrans_rule_decides(self) -> None:
        skewed = np.r_[np.zeros(27), 1.0, 2.0, 3.0]
        limit = 25 * stats.skew(skewed) ** 2
        assert len(skewed) < limit
        assert is_skewed(skewed)
        many = np.tile(skewed, math.ceil(limit / len(skewed)))
        assert stats.skew(many) == pytest.approx(stats.skew(skewed))
        assert not is_skewed(many)
        assert not is_skewed(skewed[-19:])
        assert is_skewed(skewed[-20:]) == (25 * stats.skew(skewed[-20:]) ** 2 > 20)

    def test_the_interval_is_scipys_bca(self) -> None:
        differences = np.random.default_rng(6).lognormal(0.0, 1.5, 40)
        found = paired_difference(np.zeros(40), differences, higher_is_better=True, seed=3)
        expected = stats.bootstrap(
            (differences,),
            np.mean,
            n_resamples=paired_module.RESAMPLES,
            method="BCa",
            rng=np.random.default_rng(3),
            batch=paired_module._DRAWS_AT_A_TIME // 40,
        ).confidence_interval
        assert found.method == "bootstrap"
        assert (found.low, found.high) == (expected.low, expected.high)
        assert found.low < found.difference < found.high
        assert found.high - found.difference > found.difference - found.low

    @pytest.mark.parametrize("sign", [1.0, -1.0])
    def test_the_p_value_is_that_of_the_interval_that_ends_at_zero(self, sign: float) -> None:
        differences = sign * (np.random.default_rng(8).lognormal(size=60) - 1.2)
        resampled = stats.bootstrap(
            (differences,), np.mean, n_resamples=9_999, method="BCa", rng=np.random.default_rng(9)
        )
        p_value = paired_module._bca_p_value(differences, resampled.bootstrap_distribution)
        assert 0.005 < p_value < 0.9
        touching = stats.bootstrap(
            (differences,),
            np.mean,
            n_resamples=0,
            bootstrap_result=resampled,
            method="BCa",
            confidence_level=1 - p_value,
        ).confidence_interval
        spread = differences.std() / math.sqrt(60)
        assert min(abs(touching.low), abs(touching.high)) < 0.03 * spread

    @pytest.mark.parametrize("rows", [9, 1000, 5000])
    def test_in_a_long_table_too_a_clear_row_can_reach_a_verdict(self, rows: int) -> None:
        resamples = resamples_for(rows, 0.95)
        assert resamples >= paired_module.RESAMPLES
        assert rows * 2.0 / (resamples + 1) < 0.05
        skewed = np.append(np.full(59, 100.0), 1000.0)
        found = paired_difference(np.zeros(60), skewed, higher_is_better=True, resamples=resamples)
        assert found.method == "bootstrap"
        assert holm(np.array([found.p_value] + [1.0] * (rows - 1)))[0] < 0.05

    def test_few_pairs_that_differ_cannot_show_much(self) -> None:
        differences = np.r_[np.zeros(26), 1.0, 1.2, 0.8, 1.1]
        found = paired_difference(np.zeros(30), differences, higher_is_better=True)
        assert found.method == "bootstrap"
        assert found.p_value >= 2.0**-3

    def test_the_same_seed_gives_the_same_interval_whatever_else_is_shown(self) -> None:
        generator = np.random.default_rng(10)
        values = {
            name: {"gain": generator.lognormal(0, 1.5, 40), "loss": generator.lognormal(0, 1.5, 40)}
            for name in ("a", "b", "c")
        }
        results = results_of(values, (HIGHER, LOWER))
        whole_table = compare(results)
        assert set(whole_table.table["method"]) == {"bootstrap"}
        part = compare(results, outcomes=["loss"])
        for scenario in ("b", "c"):
            one, other = whole_table.row(scenario, "loss"), part.row(scenario, "loss")
            assert (one["low"], one["high"], one["p_value"]) == (
                other["low"],
                other["high"],
                other["p_value"],
            )


class TestHolm:
    def test_a_worked_example(self) -> None:
        adjusted = holm(np.array([0.01, 0.04, 0.03, 0.005]))
        np.testing.assert_allclose(adjusted, [0.03, 0.06, 0.06, 0.02])

    def test_rows_without_a_test_count_for_nothing(self) -> None:
        adjusted = holm(np.array([np.nan, 0.02, np.nan, 0.03]))
        np.testing.assert_allclose(adjusted, [np.nan, 0.04, np.nan, 0.04])
        assert len(holm(np.array([]))) == 0

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
    def test_between_the_plain_value_and_bonferronis_and_in_the_same_order(self, values: list[float]) -> None:
        plain = np.array(values)
        adjusted = holm(plain)
        assert (adjusted >= plain).all()
        assert (adjusted <= np.minimum(1.0, len(plain) * plain) + 1e-12).all()
        ranked = adjusted[np.argsort(plain, kind="stable")]
        assert all(one <= other for one, other in pairwise(ranked))


class TestWhatBelongsTogether:
    """Rows are what they are by scenario, point and replicate, wherever they stand."""

    @staticmethod
    def made(n: int = 8) -> Results:
        generator = np.random.default_rng(30)
        first, other = correlated(generator, n, 0.5)
        third = first + generator.lognormal(size=n)
        return results_of(
            {name: {"gain": values, "loss": values**2} for name, values in (("a", first), ("b", other), ("c", third))},
            (HIGHER, LOWER),
        )

    @staticmethod
    @cache
    def made_and_compared() -> tuple[Results, pd.DataFrame]:
        made = TestWhatBelongsTogether.made()
        return made, compare(made).table

    @settings(max_examples=25)
    @given(st.permutations(range(24)))
    def test_the_order_of_rows_changes_nothing(self, order: list[int]) -> None:
        made, table = self.made_and_compared()
        shuffled = replace(made, runs=made.runs.iloc[order])
        pd.testing.assert_frame_equal(compare(shuffled).table, table, check_exact=True)
        assert shuffled.by_point("b").tobytes() == made.by_point("b").tobytes()

    @settings(max_examples=25)
    @given(st.sets(st.integers(0, 23), max_size=20), st.permutations(range(24)))
    def test_pairs_are_the_replicates_that_both_have(self, gone: set[int], order: list[int]) -> None:
        made = self.made()
        kept = [row for row in order if row not in gone]
        replicates = {name: {row % 8 for row in kept if row // 8 == place} for place, name in enumerate("abc")}
        left = replace(made, runs=made.runs.iloc[kept])
        if not all(replicates.values()):
            with pytest.raises(InputError, match="hold no run of the scenario"):
                compare(left)
            return
        found = compare(left)
        assert found.replications == len(set.union(*replicates.values()))
        assert found.n_unmatched == sum(len(replicates["a"] ^ replicates[name]) for name in "bc")
        for name in "bc":
            both = sorted(replicates["a"] & replicates[name])
            row = found.row(name, "gain")
            expected = made.values(name, "gain")[both] - made.values("a", "gain")[both]
            assert row["replications"] == len(both)
            assert row["n_missing"] == found.replications - len(both)
            if both:
                assert row["difference"] == expected.mean()

    def test_what_was_left_out_is_told(self) -> None:
        made = self.made()
        left = replace(made, runs=made.runs.drop(index=[0, 12, 16]))
        found = compare(left)
        assert (found.replications, found.n_unmatched) == (8, 2)
        assert "over 8 paired runs (2 are left out, as one of the two runs is missing) and 2 outcomes" in sentence(
            found
        )
        assert "sur 8 paires de simulations (2 sont écartées, une des deux simulations manquant)" in sentence(
            found, "fr"
        )
        assert "a failed run or none at all): 6 pairs in 4 rows." in note(found)
        assert "left out" not in sentence(compare(made))

    @pytest.mark.parametrize("use", [compare, lambda made: made.values("b", "gain"), lambda made: made.by_point("b")])
    def test_one_message_for_what_cannot_be_matched(self, use: Callable[[Results], object]) -> None:
        made = self.made()
        without = made.runs[made.runs["scenario"] != "b"]
        wrong = {
            "runs: The results hold no run of the scenario 'b'. Allowed: a, c.": without,
            "runs: Replicate 3 of the scenario 'b' stands there 2 times. Allowed: each run once.": pd.concat(
                [made.runs, made.runs.iloc[[11]]]
            ),
            "The runs do not all say which replicate they are. Allowed: a column 'replicate' without gaps.": made.runs.drop(
                columns="replicate"
            ),
            "The runs have several root seeds, so that equal replicates are not on the same draws.": made.runs.assign(
                seed=[1] * 8 + [2] * 16
            ),
        }
        for message, runs in wrong.items():
            with pytest.raises(InputError) as caught:
                use(replace(made, runs=runs))
            assert str(caught.value) == message

    def test_points_are_told_apart_too(self) -> None:
        made = self.made()
        runs = made.runs.assign(point=made.runs["replicate"] % 4, replicate=made.runs["replicate"] // 4)
        there = replace(made, runs=runs)
        assert there.by_point("a").shape == (4, 2, 2)
        fewer = replace(
            made, runs=runs[(runs["scenario"] != "a") | (runs["replicate"] > 0)].sample(frac=1.0, random_state=1)
        )
        assert fewer.by_point("a").shape == (4, 2, 2)
        assert np.isnan(fewer.by_point("a")[:, 0]).all()
        np.testing.assert_array_equal(fewer.by_point("a")[:, 1], there.by_point("a")[:, 1])
        np.testing.assert_array_equal(fewer.by_point("b"), there.by_point("b"))
        assert compare(fewer).row("b", "gain")["replications"] == 4
        twice = replace(made, runs=pd.concat([runs, runs.iloc[[9]]]))
        with pytest.raises(InputError, match="Replicate 0 of the scenario 'b' at point 1 stands there 2 times"):
            compare(twice)


class TestTheFamily:
    """Verdicts answer for the rows of the comparison, whatever of them is on show."""

    OUTCOMES = tuple(
        Outcome(f"o{place}", f"O{place}", f"O{place}", "points", "higher", "For tests.", headline=place < 4)
        for place in range(len(ALL_OUTCOMES))
    )

    @pytest.fixture(scope="class")
    @staticmethod
    def results() -> Results:
        """As many outcomes as there are, as if no experiment file had chosen any; the first four are headline ones."""
        generator = np.random.default_rng(31)
        first = generator.normal(size=(len(TestTheFamily.OUTCOMES), 40))
        moved = generator.normal(0.42, 1.0, (2, *first.shape))
        values = {
            name: {outcome.name: row for outcome, row in zip(TestTheFamily.OUTCOMES, table, strict=True)}
            for name, table in (("base", first), ("x", first + moved[0]), ("y", first + moved[1]))
        }
        return results_of(values, TestTheFamily.OUTCOMES)

    @pytest.fixture(scope="class")
    @staticmethod
    def table(results: Results) -> pd.DataFrame:
        """Of everything."""
        return compare(results).table

    @pytest.mark.parametrize("shown", [["o0"], ["o3", "o1"], ["o2", "o9", "o5"]])
    def test_what_is_on_show_changes_no_row(self, results: Results, table: pd.DataFrame, shown: list[str]) -> None:
        everything = table.set_index(["scenario", "outcome"])
        found = compare(results, outcomes=shown).table.set_index(["scenario", "outcome"])
        pd.testing.assert_frame_equal(found, everything.loc[found.index], check_exact=True)

    def test_a_family_is_judged_by_itself_and_the_rest_with_everything(self, table: pd.DataFrame) -> None:
        in_it = table["outcome"].isin(["o0", "o1", "o2", "o3"])
        every = len(self.OUTCOMES) * 2
        assert set(table.loc[in_it, "family"]) == {8}
        assert set(table.loc[~in_it, "family"]) == {every}
        p_values = table["p_value"].to_numpy(np.float64)
        np.testing.assert_array_equal(table.loc[in_it, "adjusted_p_value"], holm(p_values[in_it]))
        np.testing.assert_array_equal(table.loc[~in_it, "adjusted_p_value"], holm(p_values)[~in_it])

    def test_the_note_counts_the_family_and_not_what_is_on_show(self, results: Results) -> None:
        assert "hold for all 8 rows of the comparison together" in note(compare(results, outcomes=["o1"]))
        both = note(compare(results, outcomes=["o1", "o9"]))
        assert f"all 8 (outcomes beside those of the comparison: {len(self.OUTCOMES) * 2}) rows" in both

    def test_an_undecided_row_says_why(self, results: Results) -> None:
        found = compare(results, outcomes=["o0", "o1", "o2", "o3"])
        undecided = found.table[found.table["verdict"] == "undecided"]
        assert 0 < len(undecided) < len(found.table)
        for _, row in found.table.iterrows():
            why, french = (why_undecided(row, 0.95, language) for language in ("en", "fr"))
            if row["verdict"] != "undecided":
                assert (why, french) == ("", "")
                continue
            p_value, adjusted = number(row["p_value"]), number(row["adjusted_p_value"])
            assert why == f"p = {p_value} alone (t test), {adjusted} among 8 rows; 0.05 decides"
            assert french == f"p = {p_value} seule (test t), {adjusted} parmi 8 lignes\u202f; 0,05 décide".replace(
                ".", ","
            )
        told = [text for scenario in found.others for text in reasons(found, scenario)]
        assert len(told) == len(undecided)
        assert all(text.startswith("Undecided on O") for text in told)

    def test_a_row_that_a_lone_history_decides_says_so(self) -> None:
        often = np.r_[np.random.default_rng(32).normal(-60.0, 2.0, 99), 1500.0]
        found = comparison_of(np.zeros(100), often, outcome=LOWER)
        row = found.table.loc[0]
        assert (row["verdict"], row["better"], row["worse"]) == ("undecided", 0.99, 0.01)
        assert "skewed: the larger of bootstrap and t test" in why_undecided(row, 0.95)
        assert why_undecided(comparison_of(np.zeros(1), np.ones(1)).table.loc[0], 0.95) == "too few pairs for a test"


class TestLoneHistories:
    @pytest.mark.parametrize(("pairs", "expected"), [(20, 0.82), (50, 0.61), (100, 0.37)])
    def test_the_test_allows_for_one_only_once_it_was_drawn(self, pairs: int, expected: float) -> None:
        """The true mean is zero: 99 histories in 100 are better by one, the last one worse by 99."""
        decided = 0
        for sample in range(250):
            generator = np.random.default_rng([33, sample])
            lone = generator.random(pairs) < 0.01
            differences = np.where(lone, -99.0, 1.0) + generator.normal(0.0, 0.5, pairs)
            found = paired_difference(np.zeros(pairs), differences, higher_is_better=True, resamples=199)
            decided += found.p_value <= 0.05
        assert round(0.99**pairs, 2) == expected
        assert decided / 250 == pytest.approx(expected, abs=0.08)


class TestReplicationsNeeded:
    def test_a_study_of_twenty_pairs_gives_a_range_that_holds_the_right_number(self) -> None:
        """An effect of 0.1 standard deviations takes 787 pairs; from 20 of them a single number says nothing."""
        right = replications_needed(0.1, 1.0, 20, level=0.05)
        assert right == 787
        points, below = [], 0
        for sample in np.random.default_rng(34).normal(0.1, 1.0, (500, 20)):
            mean, spread = sample.mean(), sample.std(ddof=1)
            points.append(replications_needed(mean, spread, 2, level=0.05))
            at_hand, low, high = needed_range(mean, spread, 20, level=0.05)
            if math.isnan(at_hand):
                assert abs(mean) < 1.5 * spread / math.sqrt(20)
                continue
            assert low <= at_hand <= high
            below += high < right
        least, most = np.quantile(points, [0.1, 0.9])
        assert least < 80
        assert most > 3000
        assert below / 500 == pytest.approx(0.1, abs=0.05)

    @pytest.mark.parametrize(
        ("difference", "spread", "n"),
        [(0.0, 1.0, 50), (0.1, 1.0, 100), (1.0, 0.0, 9), (1.0, math.nan, 1), (9.0, 1.0, 2)],
    )
    def test_where_not_even_the_direction_is_known_there_is_none(
        self, difference: float, spread: float, n: int
    ) -> None:
        assert all(map(math.isnan, needed_range(difference, spread, n, level=0.05)))

    @given(
        st.floats(0.05, 3.0),
        st.floats(0.01, 2.0),
        st.integers(2, 200),
        st.sampled_from([0.05, 0.01, 0.05 / 40]),
    )
    def test_it_is_the_smallest_number_that_satisfies_the_formula(
        self, spread: float, difference: float, n: int, level: float
    ) -> None:
        found = replications_needed(-difference, spread, n, level=level)

        def enough(pairs: int) -> bool:
            quantiles = stats.t.ppf(1 - level / 2, pairs - 1) + stats.t.ppf(0.8, pairs - 1)
            return bool(pairs >= (quantiles * spread / difference) ** 2)

        if math.isinf(found):
            assert not enough(100_000)
        else:
            assert found > n
            assert enough(int(found))
            assert found in (n + 1, 3) or not enough(int(found) - 1)

    def test_with_that_many_pairs_the_difference_shows_four_times_out_of_five(self) -> None:
        level, spread, difference = 0.05 / 6, 1.0, 0.4
        n = int(replications_needed(difference, spread, 10, level=level))
        samples = np.random.default_rng(11).normal(difference, spread, (4000, n))
        shown = (stats.ttest_1samp(samples, 0.0, axis=1).pvalue < level).mean()
        assert 0.78 < shown < 0.83
        half = np.random.default_rng(12).normal(difference, spread, (4000, n // 2))
        assert (stats.ttest_1samp(half, 0.0, axis=1).pvalue < level).mean() < 0.78

    def test_limits(self) -> None:
        assert math.isinf(replications_needed(0.0, 1.0, 10, level=0.05))
        assert math.isinf(replications_needed(1e-6, 1.0, 10, level=0.05))
        assert math.isinf(replications_needed(1e-300, 1e300, 10, level=0.05))
        assert math.isnan(replications_needed(1.0, float("nan"), 1, level=0.05))
        assert math.isnan(replications_needed(1.0, 0.0, 3, level=0.05))


class TestTable:
    @pytest.fixture
    def comparison(self) -> Comparison:
        generator = np.random.default_rng(13)
        first, better = correlated(generator, 50, 0.8)
        _, unclear = correlated(generator, 50, 0.0)
        missing = better.copy()
        missing[:3] = np.nan
        noise = unclear - unclear.mean()
        hinted = first + noise + 1.8 * noise.std(ddof=1) / math.sqrt(50)
        values = {
            "base": {"gain": first, "loss": first},
            "strong": {"gain": better, "loss": missing},
            "unclear": {"gain": first + 0.05 * noise, "loss": first},
            "hinted": {"gain": hinted, "loss": first + noise},
        }
        return compare(results_of(values, (HIGHER, LOWER)))

    def test_a_row_for_each_other_scenario_and_outcome(self, comparison: Comparison) -> None:
        assert list(comparison.table.columns) == list(COLUMNS)
        rows = list(zip(comparison.table["scenario"], comparison.table["outcome"], strict=True))
        assert rows == [(name, outcome) for name in ("strong", "unclear", "hinted") for outcome in ("gain", "loss")]
        assert (comparison.first, comparison.others) == ("base", ("strong", "unclear", "hinted"))

    def test_verdicts_follow_the_outcomes_own_direction(self, comparison: Comparison) -> None:
        assert comparison.row("strong", "gain")["verdict"] == "better"
        assert comparison.row("strong", "loss")["verdict"] == "worse"
        assert comparison.row("unclear", "gain")["verdict"] == "undecided"
        assert comparison.row("unclear", "loss")["verdict"] == "no difference"
        assert comparison.row("strong", "gain")["better"] > 0.9
        assert comparison.row("strong", "loss")["better"] < 0.1
        np.testing.assert_allclose(comparison.table[["better", "same", "worse"]].sum(axis=1), 1.0)
        assert comparison.table["probability_better"].equals(comparison.table["better"])

    def test_replications_are_advised_where_a_row_is_undecided(self, comparison: Comparison) -> None:
        needed = comparison.table.set_index(["scenario", "outcome"])["replications_needed"]
        assert needed["hinted", "gain"] > 50
        assert needed.drop(("hinted", "gain")).isna().all()
        assert (
            comparison.row("strong", "loss")["replications"],
            comparison.row("strong", "loss")["n_missing"],
        ) == (
            47,
            3,
        )

    def test_advice_is_for_the_level_that_holms_method_asks_of_the_next_row(self) -> None:
        generator = np.random.default_rng(24)
        first = generator.normal(size=30)
        noise = generator.normal(0.0, 0.3, (4, 30))
        others = [first + one - one.mean() + 1.7 * one.std(ddof=1) / math.sqrt(30) for one in noise]
        comparison = comparison_of(first, first + generator.normal(2.0, 0.3, 30), first, *others)
        assert list(comparison.table["verdict"]) == ["better", "no difference", *["undecided"] * 4]
        for scenario, other in zip(("s3", "s4", "s5", "s6"), others, strict=True):
            difference = other - first
            expected = replications_needed(difference.mean(), difference.std(ddof=1), 30, level=0.05 / 5)
            assert comparison.row(scenario, "gain")["replications_needed"] == expected

    def test_a_verdict_holds_for_the_table_where_the_interval_holds_for_the_row(self) -> None:
        generator = np.random.default_rng(0)
        first = generator.normal(size=40)
        noise = generator.normal(size=40)
        noise -= noise.mean()
        slight = first + noise + 2.3 * noise.std(ddof=1) / math.sqrt(40)
        alone = comparison_of(first, slight)
        assert alone.table.loc[0, "verdict"] == "better"
        others = [first + generator.normal(size=40) for _ in range(9)]
        among_ten = comparison_of(first, slight, *others)
        row = among_ten.row("s1", "gain")
        assert row["low"] > 0.0
        assert row["verdict"] == "undecided"
        assert row["adjusted_p_value"] == pytest.approx(10 * row["p_value"])

    def test_failed_runs_are_missing_pairs(self) -> None:
        first, other = correlated(np.random.default_rng(14), 10)
        results = results_of({"a": {"gain": first}, "b": {"gain": other}})
        results.runs.loc[12, ["status", "gain"]] = ["failed", np.nan]
        comparison = compare(results)
        assert comparison.n_failed == 1
        assert (comparison.table.loc[0, "replications"], comparison.table.loc[0, "n_missing"]) == (9, 1)
        assert "Failed runs: 1" in note(comparison)

    def test_what_cannot_be_compared(self) -> None:
        results = results_of({"a": {"gain": np.zeros(3)}})
        with pytest.raises(InputError, match="at least two scenarios"):
            compare(results)
        two = results_of({"a": {"gain": np.zeros(3)}, "b": {"gain": np.ones(3)}})
        with pytest.raises(InputError, match="do not hold the outcome 'readiness'"):
            compare(two, outcomes=["readiness"])


def paired_t(first: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    found = paired_difference(first, other, higher_is_better=True)
    return found.low, found.high


def unpaired(first: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """A fault: the pairing is forgotten."""
    interval = stats.ttest_ind(other, first).confidence_interval()
    return float(interval.low), float(interval.high)


def half_as_wide(first: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """A fault: half the standard error."""
    low, high = paired_t(first, other)
    return low + (high - low) / 4, high - (high - low) / 4


class TestInTheLongRun:
    """How often intervals hold the truth, between two bounds and with faults that must fall outside them.

    Of 1,200 exact 95 % intervals 0.930 to 0.968 hold the truth, more than 99 times out of 100.
    """

    BOUNDS = (0.930, 0.968)

    @staticmethod
    def coverage(interval: Interval, samples: int = 1200, n: int = 25, difference: float = 0.3) -> float:
        held = 0
        for sample in range(samples):
            low, high = interval(*correlated(np.random.default_rng([15, sample]), n, difference))
            held += low <= difference <= high
        return held / samples

    def test_the_paired_interval_holds_the_truth_as_often_as_it_says(self) -> None:
        assert self.BOUNDS[0] < self.coverage(paired_t) < self.BOUNDS[1]

    def test_forgetting_the_pairs_is_noticed(self) -> None:
        assert self.coverage(unpaired) > self.BOUNDS[1]

    def test_half_the_standard_error_is_noticed(self) -> None:
        assert self.coverage(half_as_wide) < self.BOUNDS[0]

    def test_the_bootstrap_holds_the_mean_of_skewed_differences(self) -> None:
        held, wrongly_below, booted = 0, 0, 0
        for sample in range(500):
            differences = np.random.default_rng([16, sample]).exponential(size=50) ** 1.3
            found = paired_difference(np.zeros(50), differences, higher_is_better=True, seed=sample, resamples=999)
            booted += found.method == "bootstrap"
            held += found.low <= math.gamma(2.3) <= found.high
            half = (found.high - found.low) / 4
            wrongly_below += found.low + half <= math.gamma(2.3) <= found.high - half
        assert booted > 350
        assert 0.87 < held / 500 < 0.97
        assert wrongly_below / 500 < 0.87

    @staticmethod
    def of_true_zeros(table: int) -> Comparison:
        """A table of eight rows in none of which there is a difference."""
        generator = np.random.default_rng([17, table])
        first = generator.normal(size=30)
        return comparison_of(first, *(first + generator.normal(0.0, 0.4, 30) for _ in range(8)))

    @pytest.fixture(scope="class")
    @staticmethod
    def true_zeros() -> list[Comparison]:
        return [TestInTheLongRun.of_true_zeros(table) for table in range(200)]

    def test_a_table_of_true_zeros_raises_a_false_alarm_in_one_of_twenty(self, true_zeros: list[Comparison]) -> None:
        """Anything called better or worse is one; without Holm's correction one would be raised in every third."""
        called = [one.table["verdict"].isin(["better", "worse"]).any() for one in true_zeros]
        assert 0.005 < np.mean(called) < 0.105
        uncorrected = [(one.table["p_value"] <= 0.05).any() for one in true_zeros]
        assert np.mean(uncorrected) > 0.20

    def test_without_holms_correction_they_are_called_something(
        self, true_zeros: list[Comparison], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The planted fault: the verdicts follow the p-values as they stand."""
        monkeypatch.setattr(compare_module, "holm", lambda p_values: p_values)
        place = next(at for at, one in enumerate(true_zeros) if 0.01 < one.table["p_value"].min() < 0.05)
        found = self.of_true_zeros(place)
        assert found.table["p_value"].equals(true_zeros[place].table["p_value"])
        assert found.table["verdict"].isin(["better", "worse"]).any()


class TestWords:
    @pytest.fixture
    def pair(self) -> Comparison:
        generator = np.random.default_rng(18)
        first, better = correlated(generator, 40, 0.9)
        _, other = correlated(generator, 40)
        noise = other - other.mean()
        values = {
            "base": {"gain": first, "loss": first},
            "plan": {"gain": better, "loss": first + 0.01 * noise},
        }
        return compare(results_of(values, (HIGHER, LOWER)))

    def test_the_sentence_says_what_is_decided_and_what_is_not(self, pair: Comparison) -> None:
        row = pair.row("plan", "gain")
        difference = with_interval(row["difference"], row["low"], row["high"], signed=True)
        assert re.fullmatch(r"\+\d\.\d+ \(\+\d\.\d+ to \+\d\.\d+\)", difference)
        assert sentence(pair) == (
            f"Against 'base', over 40 paired runs and 2 outcomes: plan is better on 1: Gain {difference}; "
            "undecided on 1; the risk of even one false 'better' or 'worse' is held to about 5%."
        )
        french = sentence(pair, "fr")
        assert french.startswith(
            "Face à «\u00a0base\u00a0», sur 40 paires de simulations et 2 résultats\u00a0: plan est meilleur"
        )
        assert "indécis sur 1" in french
        assert f"Bénéfice {difference.replace('.', ',').replace('to', 'à')}" in french

    def test_no_interval_is_made_up_where_there_is_none(self) -> None:
        assert with_interval(1.5, math.nan, math.nan, signed=True) == "+1.50"
        assert with_interval(18.0, 9.2, 26.8, signed=True) == "+18.0 (+9.2 to +26.8)"
        assert with_interval(-1200.0, -1300.0, -1100.0, "fr", signed=True) == "−1\u202f200 (−1\u202f300 à −1\u202f100)"
        assert with_interval(0.5, 0.49999, 0.50001) == "0.50000 (0.49999 to 0.50001)"

    def test_many_scenarios_are_counted(self) -> None:
        first, better = correlated(np.random.default_rng(19), 40, 0.9)
        said = sentence(comparison_of(first, better, first, outcome=LOWER))
        assert "and one outcome: s1 is worse on 1; s2 is the same on 1; the risk" in said

    def test_the_note_counts_the_intervals_and_names_what_is_special(self, pair: Comparison) -> None:
        said = note(pair)
        assert "hold for all 2 rows of the comparison together, shown here or not" in said
        assert "bootstrap" not in said
        assert "No difference" not in said
        skewed = np.random.default_rng(20).lognormal(0, 2, 40)
        flat = np.zeros(40)
        special = note(comparison_of(flat, skewed, flat, np.r_[np.nan, np.ones(39)]))
        for part in ("BCa", "'No difference': equal in every pair", "1 pair in 1 row."):
            assert part in special

    def test_advice(self, pair: Comparison) -> None:
        assert advice(pair) == (
            "For 1 row the runs do not even tell the direction of a difference, so that no number is given."
        )
        first, better = correlated(np.random.default_rng(21), 40, 0.9)
        assert advice(comparison_of(first, better)) == ""
        symmetric = np.r_[np.full(20, 1.0), np.full(20, -1.0)]
        assert advice(comparison_of(np.zeros(40), symmetric)).startswith("For 1 row the runs do not even tell")
        assert "For want of pairs" in advice(comparison_of(np.zeros(1), np.ones(1)))
        hinted = symmetric + 1.8 * symmetric.std(ddof=1) / math.sqrt(40)
        alone = comparison_of(np.zeros(40), hinted)
        low, at_hand, high = alone.table.loc[0, NEEDED]
        assert 40 < low < at_hand < high
        asked = f"To settle one undecided row (power 80%): {whole(int(low))} to {whole(int(high))} replications"
        assert advice(alone).startswith(asked)
        assert needed_text(alone.table.loc[0]) == f"{whole(int(low))} to {whole(int(high))}"
        assert needed_text(alone.table.loc[0], "fr") == needed_text(alone.table.loc[0]).replace("to", "à").replace(
            ",", "\u202f"
        )

    def test_replications_beyond_advice(self) -> None:
        assert replications_text(float("inf")) == ">100,000"
        assert replications_text(float("nan")) == ""
        assert replications_text(12345.0, "fr") == "12\u202f345"

    @pytest.mark.parametrize(
        ("value", "english", "french"),
        [
            (0.0, "0", "0"),
            (-0.0, "0", "0"),
            (1234567.8, "1,234,568", "1\u202f234\u202f568"),
            (0.012345, "0.0123", "0,0123"),
            (-9.996, "\u221210.00", "\u221210,00"),
            (1.5e-9, "1.50e-09", "1,50e-09"),
            (float("nan"), "–", "–"),
            (float("-inf"), "\u2212∞", "\u2212∞"),
        ],
    )
    def test_numbers(self, value: float, english: str, french: str) -> None:
        assert number(value) == english
        assert number(value, "fr") == french

    def test_numbers_that_belong_together_have_equally_many_decimals(self) -> None:
        assert numbers([-13.3, 167.2, 0.0], signed=True) == ["\u221213", "+167", "0"]
        assert whole(20360) == "20,360"
        assert percent(0.954, "fr") == "95\u202f%"
        assert percent(float("nan")) == "–"

    @pytest.mark.parametrize(
        ("ends", "english"),
        [
            ([12_345.1, 12_345.3], ["12,345.1", "12,345.3"]),
            ([0.12301, 0.12304], ["0.12301", "0.12304"]),
            ([0.0051, 0.0061], ["0.00510", "0.00610"]),
            ([12_345.0, 12_345.0], ["12,345", "12,345"]),
            ([12_345.0, 12_345.0 + 1e-9], ["12,345", "12,345"]),
            ([float("nan"), float("nan")], ["–", "–"]),
        ],
    )
    def test_ends_of_an_interval_are_told_apart(self, ends: list[float], english: list[str]) -> None:
        assert numbers_apart(ends) == english
        assert numbers_apart([ends[0], *ends])[1:] == english

    def test_shares_are_told_apart(self) -> None:
        assert percents_apart([0.011, 0.0142]) == ["1.1%", "1.4%"]
        assert percents_apart([1.0, 0.9964, 1.0], "fr") == ["100,0\u202f%", "99,6\u202f%", "100,0\u202f%"]
        assert percents_apart([0.5, 0.4, 0.6]) == ["50%", "40%", "60%"]
        assert percents_apart([1.0, 1.0]) == ["100%", "100%"]

    def test_parts_of_a_whole_hide_no_part(self) -> None:
        slash = "\u00a0/\u00a0"
        assert parts_of_whole([0.62, 0.0, 0.38]) == f"62{slash}0{slash}38%"
        assert parts_of_whole([0.996, 0.0, 0.004], "fr") == f"99,6{slash}0,0{slash}0,4\u202f%"
        assert parts_of_whole([0.0, 1.0, 0.0]) == f"0{slash}100{slash}0%"
        assert parts_of_whole([math.nan] * 3) == "–"

    def test_one_and_many(self) -> None:
        for language, none in (("en", "0 runs have failed"), ("fr", "0 run has failed")):
            said = [f"{Counted(count, language):# run has|# runs have} failed" for count in (0, 1, 2)]
            assert said == [none, "1 run has failed", "2 runs have failed"]
        assert f"{Counted(12_345)}" == "12,345"


class TestYears:
    def test_each_outcome_as_its_definition_asks(self) -> None:
        outcomes = tuple(
            Outcome(summary, summary, summary, "u", "higher", "", summary)  # type: ignore[arg-type]
            for summary in ("final", "total", "mean")
        )
        months = pd.date_range("2013-11-01", "2015-01-01", freq="MS")
        values = np.arange(15.0)
        values[[3, 14]] = np.nan
        monthly = pd.DataFrame({"month": months} | {one.name: values for one in outcomes})
        table = by_year(monthly, outcomes)
        assert list(table["year"]) == [2013, 2014, 2015]
        assert list(table["months"]) == [2, 12, 1]
        assert list(table["final"][:2]) == [1.0, 13.0]
        assert list(table["total"][:2]) == [1.0, np.nansum(values[2:14])]
        assert table["mean"][1] == pytest.approx(np.nanmean(values[2:14]))
        assert table.loc[2, ["final", "total", "mean"]].isna().all()


class TestWhatRowsAre:
    """A design's rows and a run's number are what they say, wherever they stand."""

    def test_a_design_s_rows_are_put_in_the_order_of_their_points(self) -> None:
        found = results_of({"first": {HIGHER.name: np.arange(6.0)}})
        design = pd.DataFrame({"point": [2, 0, 1], "turnover.reassignment_rate": [0.3, 0.1, 0.2]})
        held = replace(found, design=design).design
        assert held is not None
        assert held["turnover.reassignment_rate"].tolist() == [0.1, 0.2, 0.3]
        for wrong in ([0, 1, 1], [1, 2, 3]):
            with pytest.raises(InputError, match="points are not all there, each once"):
                replace(found, design=design.assign(point=wrong))

    def test_a_replicate_is_a_whole_number(self) -> None:
        found = results_of({"first": {HIGHER.name: np.arange(6.0)}})
        halves = replace(found, runs=found.runs.assign(replicate=found.runs["replicate"] + 0.5))
        with pytest.raises(InputError, match="'replicate' holds what are no whole numbers"):
            halves.values("first", HIGHER.name)
