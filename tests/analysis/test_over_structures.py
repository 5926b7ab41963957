"""Over structures and within packages: what holds in how many worlds, and which lever does the work."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ssa_sim.analysis.holding import holds, word
from ssa_sim.analysis.over_structures import OverStructures, over_structures
from ssa_sim.analysis.over_worlds import found_over_worlds
from ssa_sim.analysis.package import share_out
from ssa_sim.analysis.players import Player
from ssa_sim.analysis.sharing import Question
from ssa_sim.analysis.stored_decomposition import is_decomposition, stored_decomposition
from ssa_sim.cli import main
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.ask.worlds import AS_IT_IS, World, structure_design, worlds_asked
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.experiment import run
from ssa_sim.experiment.run.orders import Orders
from ssa_sim.experiment.run.package import PackagePlan, PackageRuns, changed_levers, lever_groups
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.telling import over_structures as telling
from ssa_sim.telling import package as package_telling
from ssa_sim.words.texts import Language

Captured = pytest.CaptureFixture[str]


def others(*effects: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(effects, columns=["effect", "low", "high"])


class TestHolding:
    def test_it_counts_what_is_decided_alike(self) -> None:
        here = {"effect": 2.0, "low": 1.0, "high": 3.0}
        found = holds(here, others((1.0, 0.5, 1.5), (0.5, -0.5, 1.5), (-1.0, -2.0, -0.5), (3.0, 2.0, 4.0)))
        assert found == {"alternatives": 4, "same_sign": 3, "decided": 2, "reversed": 1, "holds": "few"}

    def test_what_is_not_decided_here_holds_nowhere(self) -> None:
        here = {"effect": 1.0, "low": -1.0, "high": 3.0}
        assert holds(here, others((1.0, 0.5, 1.5)))["holds"] == "open"
        assert holds({"effect": 0.0, "low": 0.0, "high": 0.0}, others((0.0, 0.0, 0.0)))["holds"] == "open"

    def test_most_are_three_in_four(self) -> None:
        assert [word(n, 8) for n in (8, 7, 6, 5)] == ["all", "most", "most", "few"]


class TestWorlds:
    def test_one_for_each_choice_not_made(self, baseline: Scenario) -> None:
        worlds = worlds_asked(baseline, over_structures=True, points=0, seed=1).named
        assert worlds[0] == AS_IT_IS
        assert len(worlds) == len(structure_design(baseline)) == 18
        assert World("decay", "disuse") not in worlds
        other = worlds_asked(
            baseline.with_structures({"decay": "always"}), over_structures=True, points=0, seed=1
        ).named
        assert World("decay", "disuse") in other
        assert World("decay", "always") not in other


def of_worlds(*shifts: float) -> OverStructures:
    """Two players in some worlds: the first adds 10 plus the world's shift, the second 4."""
    noise = np.random.default_rng(3).normal(scale=0.1, size=(12, 4))
    games = [np.array([0.0, 10.0 + shift, 4.0, 14.0 + shift]) + noise for shift in shifts]
    worlds = [AS_IT_IS, *(World("decay", "always") for _ in shifts[1:])]
    players = [Player("turnover", "One", "Un"), Player("rents", "Two", "Deux")]
    return over_structures(
        games.__getitem__, worlds, Question("Made up", "ready_soldiers", "feasible", Orders(2), players, seed=1)
    )


class TestPlayers:
    def test_ranks_and_shares_follow_the_world(self) -> None:
        found = of_worlds(0.0, -8.0, -20.0, 1.0)
        one, two = (row for _, row in found.summary.iterrows())
        assert (one["player"], one["rank"], one["rank_most"]) == ("turnover", 1, 2)
        assert one["effect_least"] == pytest.approx(-10.0, abs=0.2)
        assert (one["same_sign"], one["decided"], one["reversed"], one["holds"]) == (2, 2, 1, "few")
        assert (two["holds"], two["rank_least"]) == ("all", 1)
        assert found.worlds["total"].tolist() == pytest.approx([14.0, 6.0, -6.0, 15.0], abs=0.2)

    def test_a_share_of_nothing_is_none(self) -> None:
        found = of_worlds(0.0, -14.0)
        assert found.table["share"].isna().tolist() == [False, False, True, True]
        assert found.summary["share_most"].notna().all()

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_it_is_told(self, language: Language) -> None:
        tables = [each for each in telling.told(of_worlds(0.0, -8.0), language) if not isinstance(each, str)]
        written = tables[0].written(language)
        assert written.rows[0].heading == {"en": "One", "fr": "Un"}[language]
        assert len(tables[1].rows) == 2
        assert telling.as_json(of_worlds(0.0, 1.0), language)["sentence"]


SMALL = """\
title = "Small"
[period]
end = 2014-08-01
[size]
units = 6
"""
PACKAGE = """\
title = "Package"
extends = "small.toml"
[levers]
"host.liaison_officers" = 8
"training.on_held_kit" = 0.8
[[events]]
date = 2014-01-01
set = { "personnel.stabilisation" = 0.5 }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "package.toml").write_text(PACKAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan_of(base: Scenario, package: Scenario) -> PackagePlan:
    scenarios = (NamedScenario("base", base), NamedScenario("package", package))
    pair = Experiment("Pair", scenarios, replications=3, outcomes=("ready_soldiers",), monthly="none")
    return PackagePlan(pair, lever_groups(changed_levers(base, package), by_group=False))


class TestPackage:
    def test_subsets_go_from_the_one_scenario_to_the_other(self, folder: Path) -> None:
        base, package = load_scenario("small.toml"), load_scenario("package.toml")
        levers = changed_levers(base, package)
        assert set(levers) == {"host.liaison_officers", "training.on_held_kit", "personnel.stabilisation"}
        scenarios = [named.scenario.identity() for named in plan_of(base, package).experiment().scenarios]
        assert scenarios[0] == base.identity()
        assert scenarios[-1] == package.identity()
        assert len(set(scenarios)) == 8

    def test_dated_levers_are_taken_over_with_their_dates(self, folder: Path) -> None:
        base, package = load_scenario("small.toml"), load_scenario("package.toml")
        mixed = base.with_levers_of(package, ["personnel.stabilisation"])
        values = [month["personnel.stabilisation"] for month in mixed.lever_values_by_month()]
        assert (values[0], values[-1]) == (0.0, 0.5)
        assert mixed.lever_values_by_month()[0]["host.liaison_officers"] == 1
        assert mixed.with_levers_of(base, ["personnel.stabilisation"]).identity() == base.identity()

    def test_effects_add_up_to_the_paired_difference(self, folder: Path) -> None:
        base, package = load_scenario("small.toml"), load_scenario("package.toml")
        plan = plan_of(base, package)
        found = share_out(PackageRuns(plan, run(plan.experiment(), None, RunSettings(workers=1))), "ready_soldiers")
        pair = run(plan.pair, None, RunSettings(workers=1))
        difference = pair.values("package", "ready_soldiers") - pair.values("base", "ready_soldiers")
        assert found.total.value == pytest.approx(difference.mean())
        assert found.table["shapley"].sum() == pytest.approx(found.total.value)
        assert found.overlap.value == pytest.approx(found.one_by_one.value - found.total.value)
        assert "without the package's levers" in package_telling.sentence(found)

    def test_many_levers_are_taken_by_their_groups(self) -> None:
        base = load_scenario("baseline")
        levers = changed_levers(base, load_scenario("all_packages"))
        groups = lever_groups(levers, by_group=True)
        assert [group.name for group in groups][:2] == ["coordination", "donors"]
        assert sorted(path for group in groups for path in group.levers) == sorted(levers)


class TestCommands:
    FEW = ("--replications", "2", "--workers", "1")

    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_levers_are_told(self, folder: Path, lang: str, capsys: Captured) -> None:
        assert main(["decompose", "package.toml", "--levers", "--from", "small.toml", *self.FEW, "--lang", lang]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert {"en": "Liaison officers for military cooperation: 1 → 8", "fr": "1 → 8"}[lang] in said

    def test_levers_over_structures_come_as_json(self, folder: Path, capsys: Captured) -> None:
        asked = ["decompose", "package.toml", "--levers", "--from", "small.toml", "--structures", *self.FEW, "--json"]
        assert main(asked) == 0
        found = json.loads(capsys.readouterr().out)
        assert len(found["worlds"]) == 18
        assert len(found["summary"]) == 3

    def test_mechanisms_against_feasible_cases_over_structures(self, folder: Path, capsys: Captured) -> None:
        asked = ["decompose", "small.toml", "--mechanisms", "turnover,skill_decay", "--structures", *self.FEW]
        assert main([*asked, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["against"], len(found["table"])) == ("feasible", 36)
        assert main([*asked, "--lang", "fr"]) == 0
        assert "Rangs" in capsys.readouterr().out

    def test_a_comparison_over_structures_is_told_again_from_its_folder(self, folder: Path, capsys: Captured) -> None:
        asked = ["compare", "small.toml", "package.toml", "--structures", *self.FEW, "--out", "kept"]
        assert main([*asked, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert main(["robustness", "kept", "--json"]) == 0
        again = json.loads(capsys.readouterr().out)
        assert again["summary"] == found["summary"]
        results = load_results("kept")
        assert len(results.runs) == 2 * 18 * 2
        here = [row for row in found["table"] if row["outcome"] == "ready_soldiers" and not row["structure"]]
        alone = run(
            Experiment(
                "Alone",
                tuple(NamedScenario(name, load_scenario(f"{name}.toml")) for name in ("small", "package")),
                replications=2,
                outcomes=("ready_soldiers",),
                monthly="none",
            ),
            None,
            RunSettings(workers=1),
        )
        difference = alone.values("package", "ready_soldiers") - alone.values("small", "ready_soldiers")
        assert here[0]["effect"] == pytest.approx(difference.mean())

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            (["decompose", "package.toml", "--levers", "--abolish"], "about mechanisms"),
            (["decompose", "small.toml", "--levers", "--from", "small.toml"], "sets 0 levers"),
            (["compare", "small.toml", "other.toml", "--structures"], "has other structures"),
        ],
    )
    def test_what_cannot_be_is_refused(self, folder: Path, asked: list[str], message: str, capsys: Captured) -> None:
        (folder / "other.toml").write_text(SMALL + '[structures]\ndecay = "always"\n', encoding="utf-8")
        assert main([*asked, *self.FEW]) == 2
        assert message in capsys.readouterr().err


class TestStored:
    @pytest.mark.parametrize(
        ("mechanisms", "more"),
        [("rents,turnover", ()), ("turnover,skill_decay,rents", ("--abolish",)), (None, ())],
        ids=["feasible", "abolished", "sampled"],
    )
    def test_a_decomposition_is_found_again_in_its_folder(
        self, folder: Path, mechanisms: str | None, more: tuple[str, ...], capsys: Captured
    ) -> None:
        chosen = () if mechanisms is None else ("--mechanisms", mechanisms)
        few = ("--replications", "2", "--workers", "1", "--out", "kept")
        assert main(["decompose", "small.toml", *chosen, *more, *few, "--json"]) == 0
        made = json.loads(capsys.readouterr().out)
        found = stored_decomposition(load_results("kept"))
        assert list(found.mechanisms) == made["mechanisms"]
        assert (found.against, found.is_sampled) == (made["against"], mechanisms is None)
        assert found.table["shapley"].tolist() == pytest.approx([row["shapley"] for row in made["table"]])

    def test_one_over_structures_is_told_again_and_is_no_plain_one(self, folder: Path, capsys: Captured) -> None:
        asked = ("--mechanisms", "rents,turnover", "--structures", "--replications", "2", "--workers", "1")
        assert main(["decompose", "small.toml", *asked, "--out", "kept", "--json"]) == 0
        made = json.loads(capsys.readouterr().out)
        results = load_results("kept")
        assert not is_decomposition(results)
        found = found_over_worlds(results)
        assert found is not None
        again: Any = found.as_json()["summary"]
        assert [row["effect_least"] for row in again] == [row["effect_least"] for row in made["summary"]]

    def test_a_list_that_is_no_decomposition_is_none(self, folder: Path) -> None:
        asked = ("--mechanisms", "rents,turnover", "--replications", "2", "--workers", "1")
        assert main(["decompose", "small.toml", *asked, "--out", "kept", "--json"]) == 0
        results = load_results("kept")
        assert is_decomposition(results)
        request = dict(results.design_request or {})
        made = request["decomposition"]
        damages: list[dict[str, object]] = [
            {"mechanisms": ["rents"]},
            {"mechanisms": []},
            {"points": 10},
            {"against": "abolished"},
        ]
        for forged in [None, *({**made, **damage} for damage in damages)]:
            assert not is_decomposition(replace(results, design_request={**request, "decomposition": forged}))
