"""The readiness ledger: it adds up, leaves the run alone, and says what the rules did; the command `explain`."""

import json
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from accounts import world_of
from ssa_sim.analysis import ledger
from ssa_sim.analysis.explanation import (
    PARTS,
    Explanation,
    explain,
    missing_by_part,
    shares_of_change,
    state_of,
)
from ssa_sim.analysis.ledger import MonthLedger, keep_ledger
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.cli import main
from ssa_sim.model.driver import STEP_NUMBERS, run_months
from ssa_sim.model.month import PHASES
from ssa_sim.model.rules import readiness
from ssa_sim.model.state import UNIT, World
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.telling.explanation import context, phase_label, rule_label, rule_lines, sentence, title
from ssa_sim.typography import MINUS
from ssa_sim.words.texts import LANGUAGES, texts
from strategies import scenarios

ROUNDING = 1e-12
BASELINE = Path(__file__).resolve().parents[2] / "scenarios" / "baseline.toml"


def differing(first: World, second: World) -> list[str]:
    """The records of two worlds that differ in any bit."""
    return [name for name in World._fields if getattr(first, name).tobytes() != getattr(second, name).tobytes()]


def kept(scenario: Scenario, unit: int, first: int, last: int, seed: int = 1) -> tuple[World, list[MonthLedger]]:
    world = world_of(scenario, seed)
    return world, list(keep_ledger(world, unit, first, last))


@cache
def explained(unit: int = 3, units: int = 12) -> Explanation:
    """A small army over all months of the baseline."""
    return explain(load_scenario(BASELINE).with_size(units=units), unit=unit, seed=2013)


class TestTheLedger:
    @settings(max_examples=25)
    @given(scenario=scenarios(months=8), unit=st.integers(0, 6), first=st.integers(0, 7), seed=st.integers(0, 5))
    def test_it_adds_up_and_the_run_stays_what_it_was(
        self, scenario: Scenario, unit: int, first: int, seed: int
    ) -> None:
        unit %= scenario.size.units
        world, ledgers = kept(scenario, unit, first, 7, seed)
        plain = world_of(scenario, seed)
        run_months(plain, 0, 8)
        assert differing(world, plain) == []
        for month in ledgers:
            assert sum(entry.change for entry in month.entries) == pytest.approx(month.change, abs=ROUNDING)
            for entry in month.entries:
                shares = shares_of_change(entry.before, entry.after, world.parameters[0])
                assert shares.sum() == pytest.approx(entry.change, abs=ROUNDING)

    @pytest.mark.parametrize("unit", [0, 7, 79])
    def test_a_month_begins_where_the_last_one_ended(self, baseline: Scenario, unit: int) -> None:
        """Nothing happens between two months, and the ledger's readiness is the one that the run records."""
        world, ledgers = kept(baseline, unit, 20, 31)
        for before, after in pairwise(ledgers):
            assert before.after.tobytes() == after.before.tobytes()
        assert ledgers[-1].after.tobytes() == world.units[unit].tobytes()
        for month in ledgers:
            values = [month.before, *(entry.after for entry in month.entries)]
            assert all(
                entry.before.tobytes() == value.tobytes() for entry, value in zip(month.entries, values, strict=False)
            )
            assert values[-1].tobytes() == month.after.tobytes()

    def test_the_first_month_is_measured_against_the_unit_as_it_stands(self, baseline: Scenario) -> None:
        """Before the first month a record holds a readiness that nobody assessed."""
        world = world_of(baseline)
        unit = world.units[5]
        readiness.assess_readiness(unit, world.nation[0], world.levers[0], world.parameters[0], world.unit_draws[0, 5])
        _, (month,) = kept(baseline, 5, 0, 0)
        assert month.before.readiness == unit.readiness
        assert month.before.readiness != world_of(baseline).units[5].readiness

    def test_a_step_of_somebody_else_counts_for_the_rule_that_it_follows(self, baseline: Scenario) -> None:
        """Partners' projects reach units; a unit that is reached says so."""
        _, ledgers = kept(baseline.with_size(units=2), 0, 0, 83)
        reached = [entry for month in ledgers for entry in month.entries if entry.step.actor == "donor"]
        assert "deliver_projects" in {entry.step.name for entry in reached}
        assert any(entry.change > 0.0 for entry in reached)

    def test_another_order_of_phases_is_seen(self, baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
        """The planted fault: the ledger takes turnover before operations."""
        swapped = list(PHASES)
        swapped[2], swapped[3] = swapped[3], swapped[2]
        monkeypatch.setattr(ledger, "PHASES", tuple(swapped))
        scenario = baseline.with_size(units=10)
        world, _ = kept(scenario, 0, 0, 11)
        plain = world_of(scenario)
        run_months(plain, 0, 12)
        assert "units" in differing(world, plain)

    def test_an_assessment_of_the_unit_itself_is_seen(
        self, baseline: Scenario, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The planted fault: the ledger assesses in place, and units fight with a readiness they do not have yet."""

        def in_place(world: World, unit: int, take_step: Any) -> Any:
            def assess(month: int) -> Any:
                take_step(world, month, ledger._ASSESS, unit)
                return world.units[unit].copy()

            return assess

        monkeypatch.setattr(ledger, "_assessor", in_place)
        scenario = baseline.with_size(units=4)
        world, _ = kept(scenario, 0, 0, 35)
        plain = world_of(scenario)
        run_months(plain, 0, 36)
        assert differing(world, plain) != []


class TestParts:
    def test_they_are_the_parts_of_the_record(self) -> None:
        assert [f"{part}_part" for part in PARTS] == [name for name in UNIT.names or () if name.endswith("_part")]
        for outcome in PARTS.values():
            assert outcome_named(outcome).name == outcome

    def test_only_what_moved_gets_a_share(self) -> None:
        """Leaders abroad touch leadership and the number present, rest only condition."""
        table = explained().rules.set_index("rule")
        assert (table.loc["recover", [part for part in PARTS if part != "condition"]] == 0.0).all(axis=None)
        assert (table.loc["recover", "condition"] != 0.0).any()
        moved = table.loc["send_officers"]
        assert (moved[[part for part in PARTS if part not in ("leadership", "fill")]] == 0.0).all(axis=None)

    def test_a_share_has_the_sign_of_its_part(self) -> None:
        for month in explained().ledgers[:24]:
            for entry in month.entries:
                shares = shares_of_change(entry.before, entry.after, explained().parameters)
                for part, share in zip(PARTS, shares, strict=True):
                    moved = entry.after[f"{part}_part"] - entry.before[f"{part}_part"]
                    assert share == 0.0 or np.sign(share) == np.sign(moved)

    def test_they_combine_as_the_rule_combines_them(self) -> None:
        """What is missing of a part is what the rule itself gives once that part is perfect."""
        world, (month,) = kept(load_scenario(BASELINE).with_size(units=8), 2, 30, 30)
        parameters = world.parameters[0]
        missing = dict(zip(PARTS, missing_by_part(month.after, parameters), strict=True))
        rested, led, skilled = month.after.copy(), month.after.copy(), month.after.copy()
        rested.fatigue, rested.morale = 0.0, 1.0
        led.leadership = 1.0
        skilled.skill = 1.0
        for part, unit in (("condition", rested), ("leadership", led), ("skill", skilled)):
            readiness.assess_readiness(unit, world.nation[0], world.levers[30], parameters, world.unit_draws[30, 2])
            assert unit.readiness - month.after.readiness == pytest.approx(missing[part], abs=ROUNDING)

    @pytest.mark.parametrize("form", ["harmonic", "geometric", "weakest_link", "additive"])
    def test_shares_add_up_under_every_form_of_readiness(self, form: str) -> None:
        scenario = load_scenario(BASELINE).with_size(units=8).with_structures({"readiness_form": form})
        made = explain(scenario, unit=2, seed=2013, last_month="2014-06")
        rows = made.rules
        assert rows[list(PARTS)].sum(axis=1).to_numpy() == pytest.approx(rows["change"].to_numpy(), abs=ROUNDING)
        assert rows["change"].abs().max() > 0.0

    def test_the_weak_link_is_where_most_is_missing(self) -> None:
        made = explained()
        last = made.parts[made.parts["month"] == made.parts["month"].max()].set_index("part")
        assert made.weak_link == last["missing"].idxmax()
        assert (last["missing"] >= 0.0).all()


class TestTables:
    def test_rules_parts_and_months_tell_the_same(self) -> None:
        made = explained()
        assert made.rules["change"].sum() == pytest.approx(made.change, abs=ROUNDING)
        assert made.by_rule.sum() == pytest.approx(made.change, abs=ROUNDING)
        assert made.parts["through"].sum() == pytest.approx(made.change, abs=ROUNDING)
        assert list(made.by_rule.abs()) == sorted(made.by_rule.abs(), reverse=True)
        assert list(made.parts["month"].unique()) == [pd.Timestamp(day) for day in made.scenario.month_starts()]
        assert set(made.rules["month"]) <= set(made.parts["month"])

    def test_a_month_is_the_same_alone_as_among_others(self) -> None:
        scenario = load_scenario(BASELINE).with_size(units=12)
        several = explain(scenario, unit=3, seed=2013, first_month="2015-06", last_month=date(2015, 8, 20))
        alone = explain(scenario, unit=3, seed=2013, month="2015-07")
        assert [len(several.ledgers), len(alone.ledgers)] == [3, 1]
        middle = several.rules["month"] == pd.Timestamp("2015-07-01")
        assert several.rules[middle].reset_index(drop=True).equals(alone.rules)
        assert alone.before == several.ledgers[1].before.readiness
        assert alone.after == several.ledgers[1].after.readiness

    def test_seed_and_replicate_are_those_of_a_run(self) -> None:
        """With one unit the army's readiness is the unit's."""
        from ssa_sim.model.simulate import simulate

        scenario = load_scenario(BASELINE).with_size(units=1)
        run = simulate(scenario, seed=5, replicate=2)
        made = explain(scenario, unit=0, seed=5, replicate=2)
        ours = [month.after.readiness for month in made.ledgers]
        assert ours == pytest.approx(list(run.monthly["readiness"]), abs=ROUNDING)


class TestLabels:
    def test_every_step_and_phase_has_one_and_nothing_else_has(self) -> None:
        for language in LANGUAGES:
            assert set(texts(language, "rules").table("rules")) == set(STEP_NUMBERS)
            assert set(texts(language, "rules").table("phases")) == {phase.name for phase in PHASES}

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_no_two_rules_are_called_the_same(self, language: Any) -> None:
        labels = [rule_label(name, language) for name in STEP_NUMBERS]
        assert len(set(labels)) == len(labels)
        for label in [*labels, *(phase_label(phase, language) for phase in PHASES)]:
            assert label == label.strip()
            assert label[0].isupper()
            assert not label.endswith(".")

    def test_everything_told_of_a_unit_has_words(self) -> None:
        state = state_of(explained().ledgers[0].after)
        for language in LANGUAGES:
            assert set(texts(language, "explanation").table("state")) == set(state) - {"strength"}


class TestSentences:
    def test_an_effect_is_told_as_before_and_after(self) -> None:
        for unit in range(12):
            made = explained(unit)
            for month in made.ledgers:
                for entry in month.entries:
                    before, after = int(entry.before.times_trained), int(entry.after.times_trained)
                    if before == after:
                        continue
                    alone = Explanation(made.scenario, unit, 2013, 0, (month,), made.parameters)
                    (line,) = (line for line in rule_lines(alone) if line.rule == "follow_course")
                    assert f"courses taken {before}→{after}" in line.effects
                    assert line.label == rule_label("follow_course", "en")
                    return
        pytest.fail("no unit was ever trained")

    def test_lines_come_by_size_and_add_up(self) -> None:
        made = explained()
        lines = rule_lines(made)
        assert [abs(line.change) for line in lines] == sorted((abs(line.change) for line in lines), reverse=True)
        assert sum(line.change for line in lines) == pytest.approx(made.ledgers[-1].change, abs=ROUNDING)

    def test_rise_and_fall(self) -> None:
        """The sentence opens with what happened and names the largest effect in its direction first."""
        scenario = load_scenario(BASELINE).with_size(units=12)
        months = explained().ledgers
        rise = max(months, key=lambda month: month.change)
        fall = min(months, key=lambda month: month.change)
        for month, english, french in ((rise, "rose from", "passée de"), (fall, "fell from", "tombée de")):
            made = explain(scenario, unit=3, seed=2013, month=scenario.month_starts()[month.month])
            said, dit = sentence(made, "en"), sentence(made, "fr")
            assert english in said
            assert french in dit
            way = 1.0 if month is rise else -1.0
            first = max(rule_lines(made), key=lambda line: way * line.change)
            assert f"most by {first.label[0].lower()}{first.label[1:]} (" in said.partition("; ")[0]

    def test_nothing_that_happened(self) -> None:
        """A unit on which no rule acts keeps its readiness, and the sentence says so."""
        made = explained()
        still = made.ledgers[4].before
        quiet = Explanation(made.scenario, 3, 2013, 0, (MonthLedger(4, still, (), still),), made.parameters)
        assert "stayed at" in sentence(quiet)
        assert "nothing that happened moved it" in sentence(quiet)
        assert quiet.rules.empty
        assert quiet.change == quiet.by_rule.sum() == 0.0
        assert (quiet.parts["through"] == 0.0).all()

    def test_the_first_month_says_what_it_is_measured_against(self) -> None:
        scenario = load_scenario(BASELINE).with_size(units=12)
        assert "first month" in context(explain(scenario, unit=3, month="2013-02"))
        assert "first month" not in context(explain(scenario, unit=3, month="2013-03"))

    def test_two_digits_of_the_change_can_be_seen(self) -> None:
        made = explained()
        for month in made.ledgers:
            alone = Explanation(made.scenario, 3, 2013, 0, (month,), made.parameters)
            if abs(month.change) >= 1e-4:
                shown = title(alone).rpartition("(")[2].rstrip(")")
                assert float(shown.replace(MINUS, "-")) == pytest.approx(month.change, rel=0.06)


FILE = """\
title = "Small baseline"
[period]
start = 2013-02-01
end = 2014-04-01
[size]
units = 4
"""

Captured = pytest.CaptureFixture[str]


class TestCommand:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "small.toml").write_text(FILE)
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def test_the_text(self, capsys: Captured) -> None:
        assert main(["explain", "small.toml", "--unit", "2", "--month", "2013-09"]) == 0
        out = capsys.readouterr().out
        made = explain(load_scenario("small.toml"), unit=2, seed=2013, month="2013-09")
        assert out.startswith(title(made))
        for line in rule_lines(made):
            assert line.label.split()[0] in out
        for part in PARTS.values():
            assert outcome_named(part).label_en in out
        assert " ".join(out.split()).endswith(" ".join(sentence(made).split()))
        assert "Whole month" in out

    def test_in_french(self, capsys: Captured) -> None:
        assert main(["explain", "small.toml", "--unit", "2", "--month", "2013-09", "--lang", "fr"]) == 0
        out = capsys.readouterr().out
        assert out.startswith("Unité 2, septembre 2013\u00a0: disponibilité 0,")
        assert "Compétence collective" in out
        assert "Mois entier" in out

    def test_the_numbers_are_those_of_python(self, capsys: Captured) -> None:
        options = ["--seed", "3", "--replicate", "2", "--set", "training.course_weeks=30"]
        assert main(["explain", "small.toml", "--unit", "1", "--month", "2014-03", "--json", *options]) == 0
        printed = json.loads(capsys.readouterr().out)
        scenario = load_scenario("small.toml").with_levers({"training.course_weeks": 30.0})
        made = explain(scenario, unit=1, seed=3, replicate=2, month="2014-03")
        assert (printed["unit"], printed["month"], printed["identity"]) == (1, "2014-03", scenario.identity())
        assert (printed["readiness_before"], printed["readiness_after"]) == (made.before, made.after)
        ours = made.rules.set_index("rule")["change"]
        for line in printed["rules"]:
            assert line["change"] == ours[line["rule"]]
            assert sum(line["parts"].values()) == pytest.approx(line["change"], abs=ROUNDING)
        assert sum(line["change"] for line in printed["rules"]) == pytest.approx(printed["change"], abs=ROUNDING)
        assert [part["part"] for part in printed["parts"]] == list(PARTS)
        assert printed["weak_link"] == made.weak_link
        assert printed["state_after"] == state_of(made.ledgers[0].after)
        assert printed["sentence"] == sentence(made)

    @pytest.mark.parametrize("lang", ["en", "fr"])
    def test_a_narrow_terminal_cuts_no_number(
        self, lang: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ssa_sim.cli.showing.console", lambda: Console(width=80))
        assert main(["explain", "small.toml", "--unit", "0", "--month", "2013-02", "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert "…" not in out
        assert max(map(len, out.splitlines())) <= 80
