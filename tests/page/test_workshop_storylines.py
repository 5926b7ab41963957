"""Storylines: data that is complete in both languages, plays what there is, and whose lessons show in the numbers."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

import ssa_sim.workshop
from conftest import ROOT
from ssa_sim.catalogue.evidence import evidence_register
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.errors import InputError
from ssa_sim.model.history import summarise
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.library import library_file
from ssa_sim.scenario.load import load_scenario
from ssa_sim.workshop.injects import inject_named
from ssa_sim.workshop.lesson_checks import LessonCheck, lesson_checks
from ssa_sim.workshop.other_runs import OUTCOMES_KEPT, OtherRuns
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.session import Session
from ssa_sim.workshop.storyline import (
    Expectation,
    Storyline,
    StorylineStep,
    Words,
    follow,
    storyline_named,
    storylines,
    told,
)
from ssa_sim.workshop.tab_state import Setup, TabState
from storyline_tables import GUIDES, RUNS, as_markdown, base_of, fan_of, picture_of, with_storylines

ALL = storylines()
FILES = Path(ssa_sim.workshop.__file__).parent / "storylines"
SETUP = Setup(ROOT / "scenarios", "baseline.toml", replications=3)
VIEWS = ("headline", "zones", "network", "unit", "leakage", "spread", "vote", "files")
IDS = [storyline.name for storyline in ALL]
FEWEST = 20
"""Paired replications over which a lesson has to show."""
_OFFICERS, _CAP = "host.liaison_officers", "host.project_cap"
_PACKAGE = ("equipment.with_training", "equipment.support_cover", "training.on_held_kit", "host.maintenance_budget")
PARTS: dict[tuple[str, tuple[str, ...]], list[tuple[str, str, int]]] = {
    ("outputs", ()): [("ready_soldiers", "88", 0)],
    ("outputs", (_OFFICERS,)): [("ready_soldiers", "7", 0)],
    ("turnover", ()): [("ready_soldiers", "144", 0)],
    ("turnover", ("training.course_weeks",)): [("ready_soldiers", "69", 0)],
    ("turnover", ("personnel.stabilisation",)): [("ready_soldiers", "72", 0)],
    ("coordination", ()): [("ready_soldiers", "138", 0), ("absorption_load", "0.57", 2), ("total_spent", "89", 0)],
    ("coordination", (_CAP,)): [("ready_soldiers", "362", 0), ("absorption_load", "0.52", 2), ("total_spent", "6", 0)],
    ("coordination", (_CAP, _OFFICERS)): [("ready_soldiers", "305", 0), ("absorption_load", "0.21", 2)],
    ("equipment", _PACKAGE): [("ready_soldiers", "69", 0), ("total_spent", "8", 0)],
    ("equipment", ("vehicle_gift",)): [("ready_soldiers", "519", 0), ("total_spent", "24", 0)],
}  # fmt: skip
"""What a storyline's caution says of its parts: what is not played, and the mean difference by the end with its decimals."""


@pytest.fixture(scope="module")
def fans() -> dict[str, OtherRuns]:
    return {storyline.name: fan_of(storyline) for storyline in ALL}


def words_of(storyline: Storyline) -> Iterator[Words]:
    yield from (storyline.title, storyline.lesson, storyline.caution)
    yield from (words for step in storyline.steps for words in (step.look, step.ask))
    yield from (expectation.says for expectation in storyline.expect)


def leaving_out(storyline: Storyline, without: tuple[str, ...]) -> Storyline:
    """The storyline without some levers and injects."""
    steps = [
        step.model_copy(
            update={
                "levers": {lever: value for lever, value in step.levers.items() if lever not in without},
                "inject": "" if step.inject in without else step.inject,
            }
        )
        for step in storyline.steps
    ]
    return storyline.model_copy(update={"steps": tuple(steps)})


def mean_differences(storyline: Storyline, months: int | None = None) -> dict[str, float]:
    """Of every outcome over as few other runs as a lesson needs, after so many months."""
    other_runs = OtherRuns(
        told(storyline, base_of(storyline)).scenarios(), seed=2013, shown=storyline.replicate, replications=FEWEST
    )
    runs = [simulate_replicate(other_runs.scenarios, seed=2013, replicate=number) for number in other_runs.replicates]
    pairs = [[summarise(history[:months]) for history in histories] for histories in runs]
    return {name: float(np.mean([other[name] - first[name] for first, other in pairs])) for name in pairs[0][0]}


class TestData:
    def test_there_is_one_for_each_central_lesson_of_the_note(self) -> None:
        assert [storyline.number for storyline in ALL] == list(range(1, len(ALL) + 1))
        assert IDS[:5] == ["outputs", "turnover", "coordination", "equipment", "politics"]
        assert {file.stem for file in FILES.glob("*.toml")} == set(IDS)

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_it_fits_a_session(self, storyline: Storyline) -> None:
        assert 10 <= storyline.minutes <= 15
        assert len(storyline.steps) >= 4
        assert {*storyline.sources} <= set(evidence_register())
        assert any(id_.startswith("M") for id_ in storyline.sources)

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_its_steps_go_forward_to_the_end_and_play_something(self, storyline: Storyline) -> None:
        period = base_of(storyline).period
        months = [step.month for step in storyline.steps]
        assert months == sorted(months)
        assert months[0] >= period.start
        assert months[-1] == period.end
        assert sum(bool(step.levers or step.inject) for step in storyline.steps) >= 1
        assert not storyline.steps[-1].levers
        assert {step.view for step in storyline.steps} <= set(VIEWS)
        assert all(step.view == "spread" for step in storyline.steps if step.outcome)
        assert {step.outcome for step in storyline.steps} <= {"", *OUTCOMES_KEPT}

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_its_expectations_can_be_checked(self, storyline: Storyline) -> None:
        assert len(storyline.expect) >= 3
        for expectation in storyline.expect:
            assert expectation.outcome in OUTCOMES_KEPT
            assert (expectation.above, expectation.below) != (None, None)
            assert expectation.runs >= 0.8
            assert expectation.by is None or base_of(storyline).period.start < expectation.by

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_all_its_texts_are_there_in_both_languages(self, storyline: Storyline) -> None:
        for words in words_of(storyline):
            assert words.en.strip()
            assert words.fr.strip()
            assert words.en != words.fr
            assert "|" not in words.en + words.fr
            assert not re.search(r"\w[;!?»:](\s|$)", words.fr), words.fr

    def test_an_unknown_key_or_a_missing_language_is_an_error(self) -> None:
        content = tomllib.loads((FILES / "outputs.toml").read_text(encoding="utf-8"))
        with pytest.raises(ValidationError, match="minuts"):
            Storyline(name="x", **content, minuts=3)
        del content["steps"][0]["ask"]["fr"]
        with pytest.raises(ValidationError, match=r"steps\.0\.ask\.fr"):
            Storyline(name="x", **content)


class TestPlaying:
    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_everything_that_it_plays_is_there(self, storyline: Storyline) -> None:
        session = told(storyline, base_of(storyline))
        assert session.is_over
        first, other = session.scenarios()
        assert first.identity() != other.identity()
        assert len(session.choices) >= sum(bool(step.levers or step.inject) for step in storyline.steps)

    def test_what_is_not_there_is_refused(self) -> None:
        words = Words(en="a", fr="b")
        session = Session(base_of(ALL[0]))
        step = StorylineStep(month=date(2014, 1, 1), levers={"training.no_such": 1}, look=words, ask=words)
        with pytest.raises(InputError, match=r"training\.no_such"):
            follow(session, step)
        with pytest.raises(KeyError):
            follow(session, step.model_copy(update={"levers": {}, "inject": "no_such"}))

    def test_a_room_follows_it_step_by_step_and_may_leave(self) -> None:
        tab = TabState(SETUP)
        storyline = storyline_named("coordination")
        tab.tell(storyline)
        assert tab.story
        assert (tab.story.position, tab.session.month, tab.session.replicate) == (0, 11, storyline.replicate)
        assert tab.session.levers_in_force()["coordination.forum"] == "information"
        tab.session.go_to(70)  # the room plays on by hand, beyond the next step
        tab.next_step()
        assert (tab.story.position, tab.session.month) == (1, 35)
        again = TabState(SETUP, tab.memory)
        assert again.story == tab.story
        for _ in storyline.steps[2:]:
            tab.next_step()
        assert tab.session.scenarios()[1].identity() == told(storyline, base_of(storyline)).scenarios()[1].identity()
        choices = tab.session.choices
        stages = [tab.story.stage]
        for _ in range(3):
            tab.next_step()
            stages.append(tab.story.stage)
        assert stages == ["step", "findings", "lesson", "lesson"]
        tab.leave_storyline()
        assert tab.story is None
        assert tab.session.choices == choices

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_back_from_its_end_it_stands_as_at_the_first_step(self, storyline: Storyline) -> None:
        tab = TabState(SETUP)
        tab.tell(storyline)
        first = tab.memory
        tab.session.set_lever("training.feedback", 0.5)  # played by hand on the way
        own = tab.session.choices[-1]
        while tab.story and tab.story.stage != "lesson":
            tab.next_step()
        while tab.story.position:
            tab.previous_step()
        assert tab.session.choices == (*first.session.choices, own)
        tab.session.take_back(own)
        assert tab.memory == first
        tab.previous_step()
        assert tab.memory == first

    def test_what_the_room_did_in_a_steps_month_stays(self) -> None:
        tab = TabState(SETUP)
        tab.tell(storyline_named("turnover"))
        tab.next_step()
        tab.session.set_lever("personnel.stabilisation", 0.3)  # in place of the step's 0.8
        tab.previous_step()
        assert [dict(choice.values) for choice in tab.session.choices] == [{"personnel.stabilisation": 0.3}]
        tab.tell(storyline_named("politics"))
        for _ in range(3):
            tab.next_step()
        tab.session.play(inject_named("coup"), in_both=True)
        tab.previous_step()
        assert [choice.in_both for choice in tab.session.choices if choice.name == "coup"] == [True]

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_a_unit_on_show_has_had_a_course(self, storyline: Storyline) -> None:
        session = Session(base_of(storyline), replicate=storyline.replicate)
        for step in storyline.steps:
            follow(session, step)
            if step.unit is not None:
                assert all(world.lives["together"][session.month - 1, step.unit] > 50 for world in session.worlds)

    def test_another_course_of_chance_changes_nothing_else(self) -> None:
        tab = TabState(SETUP)
        tab.tell(storyline_named("coordination"))
        tab.next_step()
        tab.session.budget = 40.0
        tab.ballot.add(tab.packages[0].name, 3)
        before = tab.memory
        tab.draw_anew(7)
        assert tab.memory == replace(before, session=replace(before.session, replicate=7, month=0))
        assert tab.other_runs.scenarios == tab.session.scenarios()
        assert tab.other_runs.scenarios[0] != tab.other_runs.scenarios[1]

    def test_a_step_that_is_refused_leaves_it_where_it_was(self) -> None:
        tab = TabState(SETUP)
        tab.tell(storyline_named("equipment"))
        while tab.story and not tab.story.storyline.steps[tab.story.position + 1].levers:
            tab.next_step()
        tab.session.budget = -1000.0
        tab.session.go_to(3)
        before = tab.memory
        with pytest.raises(InputError, match="Refused"):
            tab.next_step()
        assert tab.memory == before

    def test_it_must_fit_the_scenario(self, tmp_path: Path) -> None:
        (tmp_path / "baseline.toml").write_text('title = "Late"\n[period]\nstart = 2015-01-01\nend = 2018-01-01\n')
        tab = TabState(Setup(tmp_path, "baseline.toml", replications=2))
        with pytest.raises(RefusedError, match="does not fit"):
            tab.tell(storyline_named("outputs"))
        assert tab.story is None

    def test_runs_in_which_an_outcome_is_not_defined_do_not_count(self) -> None:
        nobody = base_of(ALL[0]).with_levers({"donors.presence": 0.0})
        other_runs = OtherRuns((nobody, nobody), seed=2013, shown=-1, replications=3)
        while not other_runs.is_complete:
            other_runs.add_next()
        (check,) = lesson_checks(
            ALL[0].model_copy(update={"expect": (Expectation(outcome="duplication", below=1.0, says=ALL[0].title),)}),
            other_runs,
        )
        assert (check.kept, check.runs, check.holds) == (0, 0, False)

    def test_where_the_folder_lacks_its_scenario_the_packaged_one_is_played(self, tmp_path: Path) -> None:
        (tmp_path / "mine.toml").write_text('title = "Mine"\n')
        tab = TabState(Setup(tmp_path, "mine.toml", replications=2))
        tab.tell(ALL[0])
        assert tab.story is not None
        packaged = load_scenario(library_file("scenarios", ALL[0].scenario.removesuffix(".toml")))
        assert tab.session.base.identity() == packaged.identity()


class TestLessons:
    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_the_lesson_shows_in_the_numbers(self, storyline: Storyline, fans: dict[str, OtherRuns]) -> None:
        made = lesson_checks(storyline, fans[storyline.name])
        failed = [check for check in made if not check.holds]
        assert made[0].runs >= FEWEST
        assert [(one.expectation.says.en, one.kept, one.runs, one.difference.difference) for one in failed] == []

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_the_run_shown_shows_it_too(self, storyline: Storyline) -> None:
        session = told(storyline, base_of(storyline))
        alone = OtherRuns(session.scenarios(), seed=session.seed, shown=-1, replications=1)
        alone.replicates = (storyline.replicate,)
        alone.add_next()
        assert all(check.kept == 1 for check in lesson_checks(storyline, alone))

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_the_run_shown_is_near_the_middle_of_the_others(
        self, storyline: Storyline, fans: dict[str, OtherRuns]
    ) -> None:
        other_runs, period = fans[storyline.name], base_of(storyline).period
        alone = OtherRuns(other_runs.scenarios, seed=2013, shown=-1, replications=1)
        alone.replicates = (storyline.replicate,)
        alone.add_next()
        at = {(expectation.outcome, expectation.by) for expectation in storyline.expect}
        at |= {(name, step.month) for step in storyline.steps for name in ("ready_soldiers", step.outcome) if name}
        for outcome, day in at:
            months = period.months if day is None else period.month_of(day)
            if not months:
                continue
            (shown,), others = alone.differences(outcome, months), other_runs.differences(outcome, months)
            below, equal = np.mean(others < shown), np.mean(others == shown)
            assert abs(below + equal / 2 - 0.5) < 0.36, (outcome, day)

    def test_one_turned_round_fails(self, fans: dict[str, OtherRuns]) -> None:
        storyline = ALL[0]
        turned = [
            expectation.model_copy(update={"above": expectation.below, "below": expectation.above})
            for expectation in storyline.expect
            if (expectation.above, expectation.below).count(None) == 1
        ]
        made = lesson_checks(storyline.model_copy(update={"expect": tuple(turned)}), fans[storyline.name])
        assert made
        assert not any(check.holds for check in made)

    def test_differences_are_those_of_compare(self, fans: dict[str, OtherRuns]) -> None:
        storyline = storyline_named("coordination")
        other_runs = fans[storyline.name]
        wanted = [expectation for expectation in storyline.expect if expectation.by is None]
        runs = [
            [summarise(history) for history in simulate_replicate(other_runs.scenarios, seed=2013, replicate=number)]
            for number in other_runs.replicates[:4]
        ]
        few = OtherRuns(other_runs.scenarios, seed=2013, shown=storyline.replicate, replications=4)
        while not few.is_complete:
            few.add_next()
        made = lesson_checks(storyline.model_copy(update={"expect": tuple(wanted)}), few)
        for check in made:
            name = check.expectation.outcome
            differences = [other[name] - first[name] for first, other in runs]
            assert check.difference.difference == pytest.approx(np.mean(differences)), outcome_named(name).label_en

    @pytest.mark.parametrize(("name", "without"), PARTS, ids=[f"{name}-{i}" for i, (name, _) in enumerate(PARTS)])
    def test_what_its_parts_do_alone_is_what_the_caution_says(self, name: str, without: tuple[str, ...]) -> None:
        storyline = storyline_named(name)
        other_runs = fan_of(leaving_out(storyline, without))
        english, french = storyline.caution.en, storyline.caution.fr
        for outcome, said, decimals in PARTS[name, without]:
            difference = float(np.mean(other_runs.differences(outcome)))
            assert f"{abs(difference):.{decimals}f}" == said
            assert re.search(rf"\b{re.escape(said)}\b", english), (outcome, difference)
            assert re.search(rf"\b{said.replace('.', ',')}\b", french), (outcome, difference)

    def test_the_host_pays_its_part_of_what_follows_the_gift(self) -> None:
        later = mean_differences(leaving_out(storyline_named("equipment"), ("vehicle_gift",)))
        assert round(later["host_spent"]) == 6

    def test_money_that_moves_nothing_is_paid_and_a_coup_slows_what_moves(self) -> None:
        storyline = storyline_named("politics")
        small = mean_differences(storyline, base_of(storyline).period.month_of(storyline.steps[1].month))
        assert small["conditions_paid"] > 0.9 * (small["conditions_paid"] + small["conditions_withheld"])
        with_coup, without = mean_differences(storyline), mean_differences(leaving_out(storyline, ("coup",)))
        assert 0.1 < with_coup["reform_files"] < without["reform_files"] - 0.03
        assert without["reform_hr"] == without["reform_pay"] == without["reform_logistics"] == 0.0

    def test_the_small_sum_moves_little_where_it_hangs_on_three_reforms_and_is_meant(self) -> None:
        storyline = storyline_named("politics")
        files = []
        for amount in (14_000_000, 60_000_000):
            levers = {"conditions.amount": amount, "conditions.indicators": 3, "conditions.credibility": 1.0}
            first = storyline.steps[0].model_copy(update={"levers": levers})
            files.append(mean_differences(storyline.model_copy(update={"steps": (first,)}))["reform_files"])
        assert 0.0 < files[0] < 0.3 * files[1]

    def test_a_withdrawal_in_two_years_puts_off_what_follows_by_two_years(self) -> None:
        storyline = storyline_named("withdrawal")
        period = base_of(storyline).period
        left, last = period.month_of(date(2023, 7, 1)), period.month_of(date(2025, 7, 1))
        scenarios = told(storyline, base_of(storyline)).scenarios()
        runs = [simulate_replicate(scenarios, seed=2013, replicate=number) for number in range(FEWEST)]
        at_once, phased = (np.mean([histories[world]["deaths"] for histories in runs], axis=0) for world in (0, 1))
        assert phased[last : last + 12].sum() == pytest.approx(at_once[left : left + 12].sum(), rel=0.25)
        assert phased[left:last].sum() < 0.6 * at_once[left:last].sum()
        agreed = mean_differences(storyline)["deaths"]
        alone = mean_differences(leaving_out(storyline, ("foreign.departure",)))["deaths"]
        assert 0.7 < alone / agreed < 0.95

    @pytest.mark.parametrize("storyline", ALL, ids=IDS)
    def test_the_page_counts_the_runs_as_the_lesson_does(
        self, storyline: Storyline, fans: dict[str, OtherRuns]
    ) -> None:
        other_runs = fans[storyline.name]
        for check in lesson_checks(storyline, other_runs):
            if check.expectation.by is None:
                outcome = check.expectation.outcome
                found = check.difference
                shares = [count / found.n for count in other_runs.counts(outcome)]
                assert shares == [found.better, found.same, found.worse], outcome

    def test_nothing_holds_before_the_first_run(self) -> None:
        words = Words(en="a", fr="b")
        nothing = Expectation(outcome="deaths", below=0.0, says=words)
        assert not LessonCheck(nothing, None, 0, 0).holds  # type: ignore[arg-type]


class TestGuides:
    def test_they_show_the_storylines_as_they_are(self, fans: dict[str, OtherRuns]) -> None:
        found = [(storyline, lesson_checks(storyline, fans[storyline.name])) for storyline in ALL]
        assert found[0][1][0].runs == RUNS
        for name, language in GUIDES.items():
            text = (ROOT / name).read_text(encoding="utf-8")
            fresh = with_storylines(text, as_markdown(found, language))
            assert text == fresh, "`python tests/storyline_tables.py` brings it up to date"

    def test_every_storyline_has_its_picture(self) -> None:
        for storyline in ALL:
            for language in GUIDES.values():
                assert (ROOT / "docs" / picture_of(storyline, language)).is_file()

    def test_they_have_the_same_parts(self) -> None:
        heads = [re.findall(r"^#+ ", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE) for name in GUIDES]
        assert heads[0] == heads[1]
