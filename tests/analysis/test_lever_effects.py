"""Effects of levers and scenarios on a common scale, held against the comparison that they come from."""

from dataclasses import replace

import numpy as np
import pytest

from made_up import LEVERS, one_at_a_time, results
from ssa_sim.analysis.compare import compare
from ssa_sim.analysis.lever_effects import lever_effects
from ssa_sim.errors import InputError


class TestScenarios:
    def test_differences_and_verdicts_are_those_of_the_comparison(self) -> None:
        made = results()
        shown = ["readiness", "deaths", "duplication"]
        effects, comparison = lever_effects(made, outcomes=shown), compare(made, outcomes=shown)
        assert effects.rows == comparison.others
        for name in ("difference", "low", "high", "verdict"):
            assert effects.table[name].tolist() == comparison.table[name].tolist(), name

    def test_the_scale_is_the_first_s_spread_and_plus_is_better(self) -> None:
        made = results()
        effects = lever_effects(made, outcomes=["readiness", "deaths"])
        for _, row in effects.table.iterrows():
            spread = np.std(made.values("baseline", row["outcome"]), ddof=1)
            sign = {"readiness": 1.0, "deaths": -1.0}[row["outcome"]]
            assert row["standardised"] == pytest.approx(sign * row["difference"] / spread)
            if row["verdict"] != "undecided":
                assert (row["verdict"] == "better") == (row["standardised"] > 0.0)

    def test_where_the_first_does_not_vary_any_difference_is_infinite_and_none_is_zero(self) -> None:
        made = results()
        runs = made.runs.copy()
        runs.loc[runs["scenario"] == "baseline", "deaths"] = 100.0
        runs.loc[runs["scenario"] == "demand_driven", "deaths"] = 100.0
        runs.loc[runs["scenario"] == "stable_personnel", "deaths"] = 90.0
        table = lever_effects(replace(made, runs=runs), outcomes=["deaths"]).table
        assert table["standardised"].tolist() == [0.0, np.inf]

    def test_without_being_told_the_headline_outcomes_are_shown(self) -> None:
        assert [o.name for o in lever_effects(results()).outcomes] == [o.name for o in results().outcomes if o.headline]


class TestOneAtATime:
    def test_each_point_is_set_against_the_one_that_moves_nothing(self) -> None:
        made = one_at_a_time()
        effects = lever_effects(made, outcomes=["readiness"])
        assert effects.rows == ("point 1", "point 2", "point 3", "point 4", "point 5")
        for number, row in enumerate(effects.table.to_dict(orient="records"), start=1):
            runs = made.runs.set_index(["point", "replicate"])["readiness"]
            assert row["difference"] == pytest.approx((runs[number] - runs[0]).mean())

    def test_rows_are_known_by_point_and_replicate(self) -> None:
        made = one_at_a_time()
        shuffled = replace(made, runs=made.runs.sample(frac=1.0, random_state=1))
        assert lever_effects(shuffled).table.equals(lever_effects(made).table)
        odd = (made.runs["point"] == 2) & (made.runs["replicate"] == 4)
        fewer = lever_effects(replace(made, runs=made.runs[~odd]), outcomes=["readiness"]).table.set_index("row")
        runs = made.runs.set_index(["point", "replicate"])["readiness"]
        differences = (runs[2] - runs[0]).drop(4)
        assert fewer.loc["point 2", "difference"] == pytest.approx(differences.mean())

    def test_what_is_on_show_changes_no_verdict(self) -> None:
        made = one_at_a_time()
        whole = lever_effects(made, outcomes=[outcome.name for outcome in made.outcomes]).table
        part = lever_effects(made, outcomes=["deaths"]).table
        assert part.equals(whole[whole["outcome"] == "deaths"].reset_index(drop=True))

    def test_rows_are_called_by_what_moves_and_to_what(self) -> None:
        table = lever_effects(one_at_a_time(), outcomes=["readiness"]).table
        assert table["label_en"].tolist() == [
            "Course length: 4",
            "Course length: 24",
            "Coordination regime: information",
            "Coordination regime: binding",
            "Training mission in the country: no",
        ]
        assert table["label_fr"].tolist()[-2:] == [
            "Régime de coordination\u00a0: liste commune contraignante",
            "Mission de formation dans le pays\u00a0: non",
        ]
        assert len(LEVERS) == 3

    def test_other_designs_and_unknown_names_are_refused(self) -> None:
        made = one_at_a_time()
        sample = replace(made, design_request={"method": "latin_hypercube"})
        with pytest.raises(InputError, match="'latin_hypercube', in whose points several things vary at once"):
            lever_effects(sample)
        with pytest.raises(InputError, match=r"do not hold the scenario 'other'.*baseline"):
            lever_effects(made, scenario="other")
        with pytest.raises(InputError, match="do not hold the outcome 'happiness'"):
            lever_effects(made, outcomes=["happiness"])
        with pytest.raises(InputError, match="at least two scenarios"):
            lever_effects(results(("baseline",)))
