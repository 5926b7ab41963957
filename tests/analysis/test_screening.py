"""Design points, elementary effects and their rule, the two grounds, the command, and the list of parameters."""

import importlib.util
import json
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import ssa_sim.analysis.screening as screening_module
import stand_ins
from parameter_tables import (
    CLASSES,
    DOCUMENT,
    evidence_class,
    is_screened,
    parameters_document,
    stored_screening,
    unmoving,
)
from ssa_sim.analysis.screening import MAIN_OUTCOMES, Plan, Screening, choose, screen
from ssa_sim.analysis.screening_effects import elementary_effects, noise_floor, without_gaps
from ssa_sim.analysis.screening_files import PARAMETERS, PROVENANCE, read_screening, write_screening
from ssa_sim.analysis.screening_grounds import ACTIVE_CHANGES, ACTIVE_LEVERS, active
from ssa_sim.analysis.screening_verdicts import ABOVE_CHANCE, NOTHING_BELOW, judge
from ssa_sim.catalogue.entries import lever_catalogue, uncertainty_catalogue
from ssa_sim.catalogue.evidence import parse_source
from ssa_sim.catalogue.retained_parameters import read_retained, retained_parameters
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import morris_quantiles
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.sweep import SweepProgress
from ssa_sim.extras import install_command
from ssa_sim.model.history import summarise
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.start import noise_for
from ssa_sim.model.variants import simulate_variant, variant_world
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.shares_summing_to_one import SHARES_SUMMING_TO_ONE
from stand_ins import small_scenario

OUTCOMES = ("readiness", "insecurity", "casualties")


def small_plan(**settings: Any) -> Plan:
    given = {"outcomes": OUTCOMES, "trajectories": 2, "replications": 2, **settings}
    return Plan(small_scenario(months=12), choose("coordination"), **given)


def middles() -> dict[str, float]:
    """Every uncertainty off its baseline."""
    return {
        e.path: 0.7 * e.low + 0.3 * e.high for e in uncertainty_catalogue() if e.low is not None and e.high is not None
    }


class TestVariants:
    def test_a_variant_starts_and_runs_as_the_scenario_with_those_uncertainties(self) -> None:
        scenario = small_scenario(months=24)
        changed = scenario.with_uncertainties(middles())
        (expected,) = simulate_replicate([changed], seed=1, replicate=2)
        assert simulate_variant(scenario, middles(), seed=1, replicate=2).tobytes() == expected.tobytes()
        (plain,) = simulate_replicate([scenario], seed=1, replicate=2)
        assert summarise(expected) != summarise(plain)

    @pytest.mark.parametrize("mechanism", ["turnover", "skill_decay", "exhaustion"])
    def test_and_as_the_scenario_without_a_mechanism(self, mechanism: str) -> None:
        scenario = small_scenario(months=24)
        (expected,) = simulate_replicate([scenario.with_mechanisms({mechanism: False})], seed=1, replicate=2)
        found = simulate_variant(scenario, {f"mechanisms.{mechanism}": 0.0}, seed=1, replicate=2)
        assert found.tobytes() == expected.tobytes()

    def test_draws_that_are_kept_are_those_of_the_replicate(self) -> None:
        """Runs of other replicates, seeds and sizes in between change nothing."""
        scenario, larger = small_scenario(), small_scenario().with_size(units=3)
        first = simulate_variant(scenario, {}, seed=1, replicate=2).tobytes()
        for one, seed, replicate in ((scenario, 1, 3), (scenario, 2, 2), (larger, 1, 2), (scenario, 1, 4)):
            assert simulate_variant(one, {}, seed=seed, replicate=replicate).tobytes() != first
        assert simulate_variant(scenario, {}, seed=1, replicate=2).tobytes() == first

    def test_the_scenario_s_own_record_stays_as_it_is(self) -> None:
        scenario = small_scenario()
        noise = noise_for(scenario, seed=1, replicate=0)
        before = variant_world(scenario, noise, {}).parameters.copy()
        variant_world(scenario, noise, {"turnover.reassignment_rate": 0.04})
        assert variant_world(scenario, noise, {}).parameters == before

    def test_an_unknown_name_is_no_new_field(self) -> None:
        scenario = small_scenario()
        with pytest.raises(ValueError, match="turnover_nothing"):
            variant_world(scenario, noise_for(scenario, seed=1, replicate=0), {"turnover.nothing": 1.0})


class TestPriors:
    def test_no_other_shares_of_one_whole_can_exceed_it(self) -> None:
        """The weights of grievance and self-defence leave the rest to absence of the state, and so it is with soldiers' origins."""
        high = {entry.path: entry.high or 0.0 for entry in uncertainty_catalogue()}
        assert high["security.grievance_weight"] + high["security.self_defence_weight"] <= 1.0
        within = [group for group in SHARES_SUMMING_TO_ONE if sum(high[path] for path in group) <= 1.0]
        assert within == [("communities.from_north", "communities.from_centre")]


class TestElementaryEffects:
    def test_a_straight_line_has_its_slopes(self) -> None:
        quantiles = morris_quantiles(5, 6, seed=1)
        slopes = np.array([3.0, -1.0, 0.0, 0.5, 2.0])
        effects = elementary_effects(quantiles, quantiles @ slopes)
        np.testing.assert_allclose(effects, np.tile(slopes, (6, 1)), atol=1e-12)

    def test_they_agree_with_those_of_the_library(self) -> None:
        from SALib.analyze.morris import analyze

        quantiles = morris_quantiles(4, 8, seed=2)
        values = np.sin(3 * quantiles[:, 0]) * quantiles[:, 1] + quantiles[:, 2] ** 2
        problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0.0, 1.0]] * 4}
        found = analyze(problem, quantiles, values, num_levels=4, seed=1)
        effects = elementary_effects(quantiles, values)
        np.testing.assert_allclose(np.abs(effects).mean(axis=0), np.asarray(found["mu_star"]), atol=1e-12)
        np.testing.assert_allclose(effects.mean(axis=0), np.asarray(found["mu"]), atol=1e-12)

    def test_the_noise_floor_is_what_pure_chance_gives(self) -> None:
        draws = np.random.default_rng(1).normal(size=(400, 3, 5, 1))  # effects that are nothing but chance
        floor = noise_floor(draws)
        mu_star = np.abs(draws.mean(axis=2)).mean(axis=0)
        np.testing.assert_allclose(mu_star, floor, rtol=0.1)
        assert floor[0, 0] == pytest.approx(stats.halfnorm.mean() / np.sqrt(5), rel=0.05)

    def test_a_gap_is_no_effect(self) -> None:
        values = np.array([np.nan, 1.0, np.nan, 4.0, np.nan, np.nan]).reshape(6, 1, 1)
        filled, gaps = without_gaps(values, 3, ("readiness",))
        assert filled.ravel().tolist() == [1.0, 1.0, 1.0, 4.0, 4.0, 4.0]
        assert gaps == {"readiness": 4}
        nowhere, _ = without_gaps(np.full((3, 1, 1), np.nan), 3, ("readiness",))
        assert not nowhere.any()


def effect(path: str, mu_star: float, floor: float, outcome: str = "deaths", ground: str = "active") -> dict[str, Any]:
    numbers = {"mu": 0.0, "mu_star": mu_star, "mu_star_conf": 0.0, "sigma": 0.0, "noise_floor": floor}
    return {"ground": ground, "outcome": outcome, "path": path, **numbers}


class TestRule:
    @pytest.mark.parametrize(
        ("mu_star", "floor", "verdict"),
        [
            (0.03, 0.0, "moves something"),
            (0.02, 0.01, "moves something"),
            (0.03, 0.02, "lost in chance"),
            (0.0199, 0.0, "moves nothing"),
            (0.0, 0.0, "moves nothing"),
        ],
    )
    def test_threshold_and_chance(self, mu_star: float, floor: float, verdict: str) -> None:
        assert (NOTHING_BELOW, ABOVE_CHANCE) == (0.02, 2.0)
        assert judge(pd.DataFrame([effect("a", mu_star, floor)])).loc[0, "verdict"] == verdict

    def test_one_outcome_on_one_ground_is_enough_and_noise_does_not_hide_it(self) -> None:
        rows = [effect("a", 0.9, 0.8, "trust"), effect("a", 0.0, 0.0), effect("a", 0.05, 0.01, ground="as given")]
        (row,) = judge(pd.DataFrame(rows)).to_dict(orient="records")
        assert (row["verdict"], row["outcome"], row["ground"]) == ("moves something", "deaths", "as given")
        assert row["mu_star"] == 0.05


class TestGrounds:
    def test_the_active_ground_moves_every_lever_that_it_names(self, baseline: Scenario) -> None:
        months = active(baseline).lever_values_by_month()
        before = baseline.lever_values_by_month()
        for path, value in ACTIVE_LEVERS.items():
            assert months[0][path] == value
            assert before[0][path] != value, path
        for sevenths, change in ACTIVE_CHANGES:
            for path, value in change.items():
                assert months[len(months) * sevenths // 7][path] == value
                assert months[len(months) * sevenths // 7 - 1][path] != value, path
        assert months[-1]["foreign.un_soldiers"] == 2000

    def test_levers_that_open_parts_of_the_model_are_open(self, baseline: Scenario) -> None:
        """What stands at zero, at none or at no in the baseline is put to use, but for what others do."""
        months = active(baseline).lever_values_by_month()
        closed = [
            entry.path
            for entry in lever_catalogue()
            if all(month[entry.path] in (0, "none", False) for month in months)
            and not entry.path.startswith("circumstances.")
            and entry.path != "coordination.forum"  # every regime brings it
        ]
        assert closed == []

    def test_it_can_be_made_of_any_period(self) -> None:
        assert active(small_scenario(months=7)).lever_values_by_month()[6]["foreign.un_soldiers"] == 2000

    def test_main_outcomes_exist(self) -> None:
        assert len(set(MAIN_OUTCOMES)) == 21
        Plan(small_scenario(), choose("coordination"))


@pytest.fixture(scope="module")
def screening() -> Screening:
    return screen(small_plan(), workers=1)


class TestScreen:
    def test_it_judges_every_parameter_on_both_grounds(self, screening: Screening) -> None:
        paths = [entry.path for entry in choose("coordination")]
        assert list(screening.parameters["path"]) == paths
        assert len(screening.effects) == 2 * len(OUTCOMES) * len(paths)
        assert screening.n_failed == 0
        assert screening.points == 2 * (len(paths) + 1)

    def test_an_authority_moves_nothing_without_a_regime(self, screening: Screening) -> None:
        given = screening.effects[screening.effects["ground"] == "as given"]
        assert (given["mu_star"] == 0.0).all()

    def test_it_is_the_same_again(self, screening: Screening) -> None:
        again = screen(small_plan(), workers=1)
        pd.testing.assert_frame_equal(screening.effects, again.effects)
        other = screen(small_plan(seed=5), workers=1)
        assert not other.effects.equals(screening.effects)

    def test_effects_are_told_from_chance(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With a stand-in for the model: one parameter acts, one only stirs chance, one does nothing."""
        first, second, *others = (entry.path for entry in choose("coordination"))

        def answer(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
            history = np.zeros(scenario.months, stand_ins.HISTORY).view(np.recarray)
            chance = np.random.default_rng([0, replicate, int(1e9 * changes[second])]).normal()
            history["readiness"] = 10.0 * changes[first] + chance
            return history

        monkeypatch.setattr(
            screening_module, "RunSettings", partial(RunSettings, simulate=answer, prepare=stand_ins.nothing)
        )
        found = screen(small_plan(trajectories=12, replications=4)).parameters
        assert list(found["verdict"]) == ["moves something", "lost in chance", *["moves nothing"] * len(others)]

    def test_a_failed_run_is_counted_and_is_no_effect(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def answer(scenario: Scenario, changes: Mapping[str, float], *, seed: int, replicate: int) -> Any:
            first = choose("coordination")[0]
            assert first.low is not None
            assert first.high is not None
            if replicate == 1 and changes[first.path] > (first.low + first.high) / 2:
                raise ZeroDivisionError("planted")
            return stand_ins.simulate_lightly(scenario, {}, seed=seed, replicate=replicate)

        monkeypatch.setattr(
            screening_module, "RunSettings", partial(RunSettings, simulate=answer, prepare=stand_ins.nothing)
        )
        found = screen(small_plan())
        assert found.n_failed > 0
        assert found.first_error == "ZeroDivisionError: planted"
        assert (found.effects["mu_star"] == 0.0).all()

    def test_progress_counts_both_grounds(self) -> None:
        seen: list[SweepProgress] = []
        screen(small_plan(), workers=1, progress=seen.append)
        runs = 2 * (2 * (len(choose("coordination")) + 1)) * 2
        assert [standing.planned for standing in seen] == [runs] * len(seen)
        assert seen[0].done == 0
        assert seen[-1].done == runs
        assert all(one.done <= other.done for one, other in pairwise(seen))

    def test_files_come_back(self, screening: Screening, tmp_path: Path) -> None:
        write_screening(screening, tmp_path / "new")
        table, provenance = read_screening(tmp_path / "new")
        assert list(table["path"]) == list(screening.parameters["path"])
        assert provenance["replications"] == 2
        write_screening(screening, tmp_path / "new")  # replaces the older one

    def test_files_of_others_stay(self, screening: Screening, tmp_path: Path) -> None:
        (tmp_path / PARAMETERS).write_text("mine", encoding="utf-8")
        with pytest.raises(InputError, match="not of one"):
            write_screening(screening, tmp_path)
        assert (tmp_path / PARAMETERS).read_text(encoding="utf-8") == "mine"

    def test_too_little_to_judge_by_is_refused(self) -> None:
        for settings in ({"trajectories": 1}, {"replications": 1}):
            with pytest.raises(InputError, match="too few"):
                small_plan(**settings)
        with pytest.raises(InputError, match="nothing_at_all"):
            small_plan(outcomes=("nothing_at_all",))
        with pytest.raises(InputError, match='no group "coordinatoin"'):
            choose("coordinatoin")


ARGUMENTS = [
    "--trajectories",
    "2",
    "--replications",
    "2",
    "--group",
    "coordination",
    "--outcomes",
    "readiness,duplication",
]


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "short.toml"
        path.write_text(
            'title = "Short"\n[period]\nstart = 2013-02-01\nend = 2014-02-01\n[size]\nunits = 2\n', encoding="utf-8"
        )
        return path

    def test_it_prints_and_keeps(self, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder = tmp_path / "out"
        assert main(["screen", str(file), *ARGUMENTS, "--out", str(folder)]) == 0
        shown = capsys.readouterr()
        assert f"Of {len(choose('coordination'))} uncertainties" in shown.out
        assert "coordination.lead_authority" in shown.out
        assert (folder / PROVENANCE).is_file()

    def test_json(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["screen", str(file), *ARGUMENTS, "--json"]) == 0
        content = json.loads(capsys.readouterr().out)
        assert [row["path"] for row in content["parameters"]] == [entry.path for entry in choose("coordination")]
        assert len(content["effects"]) == 4 * len(choose("coordination"))

    def test_french(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["screen", str(file), *ARGUMENTS, "--lang", "fr"]) == 0
        assert f"Sur {len(choose('coordination'))} incertitudes" in capsys.readouterr().out

    def test_without_the_library_it_says_what_to_install(
        self, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        find: Callable[..., Any] = importlib.util.find_spec
        monkeypatch.setattr(
            importlib.util, "find_spec", lambda name, *rest: None if name == "SALib" else find(name, *rest)
        )
        assert main(["screen", str(file), *ARGUMENTS]) == 2
        assert install_command("sensitivity") in capsys.readouterr().err


screened = pytest.mark.skipif(not is_screened(), reason="the screening is made anew after calibration")


class TestParameterList:
    def test_the_document_is_up_to_date(self) -> None:
        assert DOCUMENT.read_text(encoding="utf-8") == parameters_document(), "run: python tests/documents.py"

    def test_every_parameter_is_listed_once_with_a_class(self) -> None:
        lines = DOCUMENT.read_text(encoding="utf-8").partition("## Parameters that move nothing")[0].splitlines()
        for entry in (*lever_catalogue(), *uncertainty_catalogue()):
            (line,) = (line for line in lines if line.startswith(f"| `{entry.path}` |"))
            assert f"| {evidence_class(parse_source(entry.source))} |" in line

    def test_classes_follow_the_source(self) -> None:
        assert [evidence_class(parse_source(text)) for text in ("F01", "assumption; F01", "assumption")] == list(
            CLASSES
        )

    @screened
    def test_the_stored_screening_covers_every_uncertainty(self) -> None:
        found, provenance = stored_screening()
        assert list(found) == [entry.path for entry in choose(None)], "screen again: see parameter_tables.py"
        assert provenance["nothing_below"] == NOTHING_BELOW
        assert provenance["above_chance"] == ABOVE_CHANCE
        assert tuple(provenance["outcomes"]) == MAIN_OUTCOMES
        assert provenance["failed_runs"] == 0

    @screened
    def test_whatever_moves_nothing_is_argued_for(self) -> None:
        assert [path for path in unmoving(stored_screening()[0]) if path not in retained_parameters()] == []

    def test_a_broken_list_of_reasons_is_noticed(self) -> None:
        with pytest.raises(ValueError, match="no uncertainty"):
            read_retained('"security.nothing" = "because"')
        with pytest.raises(ValueError, match="no reason"):
            read_retained('"security.contagion" = " "')
