"""Over points drawn from all ranges: the same draws in every case, parts that add up, ranks, and folders that tell it again."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import ssa_sim.experiment.run.subsets as subsets
from ssa_sim.analysis.compare_structures import compare_over_structures, is_over_structures
from ssa_sim.analysis.decompose import decompose, outcomes_for
from ssa_sim.analysis.over_points import OverPoints, over_points
from ssa_sim.analysis.over_worlds import found_over_worlds, shared_out_over_worlds
from ssa_sim.analysis.players import Player
from ssa_sim.analysis.sharing import Question
from ssa_sim.analysis.stored_decomposition import is_decomposition
from ssa_sim.catalogue.feasible_cases import FeasibleCase, feasible_cases
from ssa_sim.cli import main
from ssa_sim.experiment.ask.design import Axis, Method, make_design
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.ask.worlds import worlds_asked
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.status import status_of
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.experiment import run
from ssa_sim.experiment.run.orders import Orders
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.subsets import SubsetPlan, SubsetRuns
from ssa_sim.experiment.run.sweep import SweepInterruptedError, SweepProgress, sweep
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.telling import over_worlds as telling
from ssa_sim.words.texts import Language

Captured = pytest.CaptureFixture[str]
ONE = RunSettings(workers=1)
RATE = "turnover.reassignment_rate"
PLAYERS = [Player("turnover", "One", "Un"), Player("rents", "Two", "Deux")]
QUESTION = Question("Made up", "ready_soldiers", "feasible", Orders(2), PLAYERS, seed=1)
SMALL = """\
title = "Small"
[period]
end = 2014-02-01
[size]
units = 4
"""
PACKAGE = """\
title = "Package"
extends = "small.toml"
[levers]
"host.liaison_officers" = 8
"training.on_held_kit" = 0.8
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "package.toml").write_text(PACKAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def alone(scenario: Scenario) -> Experiment:
    named = (NamedScenario("small", scenario),)
    return Experiment("Small", named, replications=2, outcomes=outcomes_for("ready_soldiers"), monthly="none")


def plan_of(scenario: Scenario, *mechanisms: str, points: int = 10, over_structures: bool = True) -> SubsetPlan:
    return SubsetPlan(alone(scenario), mechanisms, "feasible", 0, over_structures, points)


class TestDraws:
    def test_they_are_the_same_for_every_scenario(self, folder: Path) -> None:
        one, other = (load_scenario(f"{name}.toml") for name in ("small", "package"))
        asked: dict[str, Any] = {"over_structures": True, "points": 16, "seed": 7}
        assert np.array_equal(worlds_asked(one, **asked).points, worlds_asked(other, **asked).points, equal_nan=True)
        with_others = worlds_asked(one, over_structures=True, points=16, seed=8)
        assert not np.array_equal(with_others.points[1:], worlds_asked(one, **asked).points[1:])

    def test_structures_leave_the_values_of_uncertainties_alone(self, baseline: Scenario) -> None:
        with_them = worlds_asked(baseline, over_structures=True, points=16, seed=7)
        without = worlds_asked(baseline, over_structures=False, points=16, seed=7)
        assert np.array_equal(with_them.points[:, : len(without.axes)], without.points, equal_nan=True)
        assert {axis.part for axis in with_them.axes[len(without.axes) :]} == {"structures"}

    def test_every_choice_is_drawn_about_equally_often(self, baseline: Scenario) -> None:
        worlds = worlds_asked(baseline, over_structures=True, points=24, seed=7)
        for column, axis in enumerate(worlds.axes):
            if axis.part == "structures":
                drawn = np.bincount(worlds.points[1:, column].astype(int))
                assert len(drawn) == len(axis.values or ())
                assert drawn.max() - drawn.min() <= 1

    def test_the_first_world_is_the_scenario_itself(self, baseline: Scenario) -> None:
        assert np.isnan(worlds_asked(baseline, over_structures=True, points=10, seed=7).points[0]).all()


class TestPlan:
    def test_all_subsets_of_a_point_share_its_values_but_for_what_a_case_sets(self, folder: Path) -> None:
        plan = plan_of(load_scenario("small.toml"), "turnover", "exhaustion")
        design = plan.experiment().design
        assert design is not None
        assert len(design) == 4 * 11
        worlds = {axis.column: plan.worlds.points[:, place] for place, axis in enumerate(plan.worlds.axes)}
        for axis, column in zip(design.axes, design.points.T, strict=True):
            by_world = column.reshape(11, 4)
            if axis.part == "levers":
                assert np.isnan(by_world[:, 3]).all()
            elif axis.path == RATE:  # subsets 0 and 2 have turnover mild
                assert (by_world[:, [0, 2]] == 0.005).all()
                assert np.array_equal(by_world[:, [1, 3]], worlds[RATE][:, None].repeat(2, axis=1), equal_nan=True)
            else:
                assert np.array_equal(by_world, worlds[axis.column][:, None].repeat(4, axis=1), equal_nan=True)

    def test_a_case_makes_no_point_worse_than_it_is(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        harsher = replace(feasible_cases()["turnover"], at_most={RATE: 0.03})
        monkeypatch.setattr(subsets, "feasible_cases", lambda: {**feasible_cases(), "turnover": harsher})
        plan = plan_of(load_scenario("small.toml"), "turnover")
        design = plan.experiment().design
        assert design is not None
        (column,) = [place for place, axis in enumerate(design.axes) if axis.path == RATE]
        mild, as_drawn = design.points[:, column].reshape(11, 2).T
        assert (
            mild[0] == load_scenario("small.toml").uncertainties.turnover.reassignment_rate < 0.03
        )  # the scenario's own, which is milder
        assert np.array_equal(mild[1:], np.minimum(as_drawn[1:], 0.03))
        assert 0 < np.count_nonzero(as_drawn[1:] < 0.03) < 10

    def test_a_case_goes_no_further_than_it_says(self) -> None:
        case = FeasibleCase("made_up", {"a": 2.0}, {"b": 3.0}, {"c": "binding"}, "assumption")
        assert [case.mild("a", 1.0), case.mild("a", 5.0), case.mild("b", 5.0), case.mild("b", 1.0)] == [
            2.0,
            5.0,
            3.0,
            1.0,
        ]
        assert case.mild("c", "none") == "binding"

    def test_a_mechanism_as_mild_as_its_case_here_may_act_at_points(self, folder: Path) -> None:
        (folder / "mild.toml").write_text(
            f'title = "Mild"\nextends = "small.toml"\n[levers]\n"personnel.stabilisation" = 0.8\n[uncertainties]\n"{RATE}" = 0.005\n',
            encoding="utf-8",
        )
        mild = load_scenario("mild.toml")
        assert "turnover" not in subsets.mechanisms_to_vary(mild, "feasible")
        assert "turnover" in subsets.mechanisms_to_vary(mild, "feasible", 10)


class TestRuns:
    def test_parts_add_up_at_each_point_and_the_first_world_is_the_decomposition(self, folder: Path) -> None:
        small = load_scenario("small.toml")
        mechanisms = ("turnover", "skill_decay", "equipment_mismatch")
        plan = plan_of(small, *mechanisms)
        found = shared_out_over_worlds(SubsetRuns(plan, run(plan.experiment(), None, ONE)), "ready_soldiers")
        assert isinstance(found, OverPoints)
        sums = found.table.groupby("point")["effect"].sum()
        assert sums.to_numpy() == pytest.approx(found.points["total"].to_numpy(), abs=1e-9)
        assert (found.points["all"] - found.points["none"]).to_numpy() == pytest.approx(
            found.points["total"].to_numpy()
        )
        assert found.points["total"].std() > 0.0
        plain = SubsetPlan(alone(small), mechanisms, "feasible")
        here = decompose(SubsetRuns(plain, run(plain.experiment(), None, ONE)), "ready_soldiers").table
        effects = dict(zip(found.summary["player"], found.summary["effect"], strict=True))
        assert effects == dict(zip(here["mechanism"], here["shapley"], strict=True))

    def test_an_interrupted_one_goes_on_to_the_same_results(self, folder: Path) -> None:
        plan = plan_of(load_scenario("small.toml"), "turnover", "rents")

        def interrupt(standing: SweepProgress) -> None:
            raise KeyboardInterrupt

        with pytest.raises((KeyboardInterrupt, SweepInterruptedError)):
            sweep(plan.experiment(), folder / "halved", ONE, progress=interrupt)
        assert not status_of(folder / "halved").is_complete
        again = plan_of(load_scenario("small.toml"), "turnover", "rents")
        assert again.experiment().identity() == plan.experiment().identity()
        halved = run(again.experiment(), folder / "halved", ONE)
        whole = run(plan.experiment(), None, ONE)
        pd.testing.assert_frame_equal(halved.runs, whole.runs)


def made_up(*games: tuple[float, float], noise: float = 0.01) -> OverPoints:
    """Two players that add what each game says, in the scenario itself and at the points after it."""
    generator = np.random.default_rng(3)
    worths = [
        np.array([0.0, one, two, one + two]) + noise * generator.normal(size=(6, 1)) * np.array([0, 1, 1, 2])
        for one, two in games
    ]
    drawn = pd.DataFrame({"decay": ["disuse", "always"] * (len(games) // 2)})[: len(games) - 1]
    return over_points(worths.__getitem__, drawn, QUESTION, uncertainties=3)


class TestFound:
    def test_ranks_signs_and_quantiles_are_counted_over_points(self) -> None:
        found = made_up((-10.0, -4.0), (-10.0, -4.0), (-2.0, -4.0), (-10.0, 4.0), (-3.0, -1.0))
        one, two = (found.summary.set_index("player").loc[name] for name in ("turnover", "rents"))
        assert (one["rank"], two["rank"]) == (1, 2)
        assert (one["below"], two["below"], two["above"]) == (1.0, 0.75, 0.25)
        assert one["effect_median"] == pytest.approx(-6.5, abs=0.05)
        assert (two["decided_below"], two["decided_above"]) == (0.75, 0.25)
        shares = found.ranks.set_index(["player", "rank"])["probability"]
        assert shares.to_dict() == {
            ("turnover", 1): 0.75,
            ("turnover", 2): 0.25,
            ("rents", 1): 0.25,
            ("rents", 2): 0.75,
        }
        assert (one["rank_mean"], one["rank_same"]) == (1.25, 1.0)
        assert found.summary["player"].tolist() == ["turnover", "rents"]
        assert shares.groupby("player").sum().tolist() == [1.0, 1.0]

    def test_who_is_equal_shares_ranks(self) -> None:
        found = made_up((-2.0, -4.0), (0.0, 0.0), (0.0, 0.0), noise=0.0)
        assert found.ranks["probability"].tolist() == [0.5] * 4
        assert found.summary["same"].tolist() == [1.0, 1.0]

    def test_chance_is_told_apart_from_ignorance(self) -> None:
        apart = made_up((-10.0, -4.0), (-10.0, -4.0), (-2.0, -4.1), (-6.0, -4.2))
        assert (apart.summary["chance"] < 0.05).all()
        generator = np.random.default_rng(1)
        games = [np.array([0.0, -1.0, -1.0, -2.0]) + generator.normal(size=(6, 4)) for _ in range(40)]
        noise = over_points(games.__getitem__, pd.DataFrame(index=range(39)), QUESTION, uncertainties=3)
        assert (noise.summary["chance"] > 0.6).all()
        assert noise.summary["rank_same"].max() < 0.8

    def test_each_choice_has_the_points_that_drew_it(self) -> None:
        found = made_up((-10.0, -4.0), (-1.0, 0.0), (-2.0, 0.0), (-3.0, 0.0), (-4.0, 0.0))
        own = found.choices[found.choices["player"] == "turnover"]
        assert own["points"].tolist() == [2, 2]
        assert dict(zip(own["choice"], own["effect"], strict=True)) == pytest.approx(
            {"disuse": -2.0, "always": -3.0}, abs=0.05
        )

    def test_a_point_without_a_value_is_left_out(self) -> None:
        found = made_up((-10.0, -4.0), (-1.0, 0.0), (float("nan"), 0.0), (-3.0, 0.0))
        assert (found.n_dropped, found.points["point"].tolist()) == (1, [1, 3])

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_it_is_told(self, language: Language) -> None:
        found = made_up((-10.0, -4.0), (-10.0, -4.0), (-2.0, -4.0))
        told = list(telling.told(found, language))
        headings = [each.written(language).rows[0].heading for each in told if not isinstance(each, str)]
        assert headings[0] == {"en": "One", "fr": "Un"}[language]
        assert len(headings) == 3
        assert str(telling.as_json(found, language)["sentence"]) in " ".join(
            each for each in told if isinstance(each, str)
        )


class TestCommands:
    FEW = ("--replications", "2", "--workers", "1")

    @pytest.mark.parametrize("more", [("--structures",), ("--abolish",), ()], ids=["structures", "abolish", "plain"])
    def test_mechanisms_come_again_from_their_folder(
        self, folder: Path, more: tuple[str, ...], capsys: Captured
    ) -> None:
        asked = ["decompose", "small.toml", "--mechanisms", "turnover,rents", "--points", "10", *more, *self.FEW]
        assert main([*asked, "--out", "kept", "--json"]) == 0
        made = json.loads(capsys.readouterr().out)
        assert (len(made["points"]), len(made["structures"])) == (10, 9 if more == ("--structures",) else 0)
        results = load_results("kept")
        found = found_over_worlds(results)
        assert found is not None
        again: dict[str, Any] = found.as_json()
        assert again["ranks"] == made["ranks"]
        for name in ("effect", "effect_median", "below", "chance"):
            assert [row[name] for row in again["summary"]] == [row[name] for row in made["summary"]]
        assert not is_decomposition(results)

    def test_levers_come_again_from_their_folder(self, folder: Path, capsys: Captured) -> None:
        asked = ["decompose", "package.toml", "--levers", "--from", "small.toml", "--points", "10", *self.FEW]
        assert main([*asked, "--out", "kept", "--json"]) == 0
        made = json.loads(capsys.readouterr().out)
        found = found_over_worlds(load_results("kept"))
        assert found is not None
        assert found.as_json()["ranks"] == made["ranks"]

    @pytest.mark.parametrize(("lang", "words"), [("en", "P(rank 1)"), ("fr", "P(rang 1)")])
    def test_report_and_export_have_it(self, folder: Path, lang: str, words: str, capsys: Captured) -> None:
        asked = [
            "decompose",
            "small.toml",
            "--mechanisms",
            "turnover,rents",
            "--points",
            "10",
            "--structures",
            *self.FEW,
        ]
        assert main([*asked, "--out", "kept", "--lang", lang]) == 0
        assert words in capsys.readouterr().out
        assert main(["report", "kept", "--lang", lang, "--out", "page.html"]) == 0
        page = (folder / "page.html").read_text(encoding="utf-8")
        assert words in page
        assert "455" in page
        assert main(["export", "kept", "--format", "csv", "--lang", lang]) == 0
        ranks = pd.read_csv(folder / "kept" / "export" / "ranks.csv")
        assert ranks.groupby("player")["probability"].sum().tolist() == pytest.approx([1.0, 1.0])
        assert len(pd.read_csv(folder / "kept" / "export" / "each_choice.csv")) == 2 * 26

    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_an_experiment_over_structures_says_what_holds(self, folder: Path, lang: str, capsys: Captured) -> None:
        (folder / "asked.toml").write_text(
            'title = "Asked"\nscenarios = ["small.toml", "package.toml"]\nreplications = 4\n'
            '[design]\nmethod = "grid"\n[design.structures]\ndecay = {}\noverload = ["delay", "quality"]\n',
            encoding="utf-8",
        )
        assert main(["sweep", "asked.toml", "--out", "kept", "--workers", "1"]) == 0
        assert main(["export", "kept", "--format", "csv"]) == 0
        summary = pd.read_csv(folder / "kept" / "export" / "over_structures.csv")
        assert set(summary["alternatives"]) == {5}
        assert set(summary["holds"]) <= {"all", "most", "few", "open"}
        each = pd.read_csv(folder / "kept" / "export" / "each_structure.csv", keep_default_na=False)
        assert "decay, overload" in set(each["structure"])
        assert "" in set(each["structure"])
        assert main(["report", "kept", "--lang", lang, "--out", "page.html"]) == 0
        page = (folder / "page.html").read_text(encoding="utf-8")
        assert {"en": "Holds under", "fr": "Tient sous"}[lang] in page
        assert {"en": "Annex: what varies", "fr": "Annexe"}[lang] in page


class TestListed:
    def results(self, method: Method, *structures: Axis) -> Results:
        scenarios = (
            NamedScenario("small", load_scenario("small.toml")),
            NamedScenario("other", load_scenario("package.toml")),
        )
        design = make_design(method, structures)
        experiment = Experiment("Asked", scenarios, replications=2, outcomes=("ready_soldiers",), monthly="none")
        return run(replace(experiment, design=design), None, ONE)

    def test_a_choice_that_all_have_made_is_no_other_world(self, folder: Path) -> None:
        results = self.results("one_at_a_time", Axis("structures", "decay", ("disuse", "always")))
        assert [world.choice for world in compare_over_structures(results).worlds] == ["", "always"]

    def test_without_the_scenarios_own_world_nothing_can_hold(self, folder: Path) -> None:
        assert not is_over_structures(self.results("grid", Axis("structures", "decay", ("drift", "always"))))
        assert found_over_worlds(self.results("grid", Axis("structures", "decay", ("drift", "always")))) is None
