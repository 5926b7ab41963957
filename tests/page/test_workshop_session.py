"""Two worlds in step: back and forward again gives the same bits, and a scenario file says all that was played."""

import random as _random  # noqa: TID251  (orders of clicks, not draws of the model)
from pathlib import Path

import numpy as np
import pytest

from baselines.results import library_files
from conftest import SCENARIOS
from ssa_sim.catalogue.entries import lever_catalogue
from ssa_sim.errors import InputError
from ssa_sim.model.simulate import simulate, simulate_replicate
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.workshop.choice_words import reasons
from ssa_sim.workshop.injects import INJECTS, inject_named
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.scenario_text import scenario_text
from ssa_sim.workshop.session import Session
from ssa_sim.workshop.texts import texts_in
from ssa_sim.workshop.timeline import Choice, levers_by_month, played

PLAYABLE = [inject.name for inject in INJECTS]


@pytest.fixture
def session(baseline: Scenario) -> Session:
    return Session(baseline, seed=2013, replicate=3)


def advance(session: Session, months: int) -> None:
    for _ in range(months):
        session.step()


def a_rich_play(session: Session) -> None:
    """Levers at the first month and later, a package, every inject, one of them in one world only."""
    session.set_lever("personnel.stabilisation", 0.8)
    advance(session, 5)
    session.set_lever("training.course_weeks", 24.0)
    for name in PLAYABLE:
        session.play(inject_named(name), in_both=name != "offensive_centre")
        advance(session, 4)
    session.decide({"coordination.regime": "binding", "host.project_cap": 45}, kind="package", name="binding")
    advance(session, 3)
    session.set_lever("personnel.stabilisation", 0.1)
    advance(session, session.months)


class TestStepping:
    def test_without_choices_both_worlds_are_the_run_of_the_scenario(self, session: Session) -> None:
        advance(session, session.months)
        (history,) = simulate_replicate([session.base], seed=2013, replicate=3)
        for world in session.worlds:
            assert world.history.tobytes() == history.tobytes()
        assert session.is_over
        assert not session.step()

    def test_worlds_part_where_a_lever_moves_and_not_before(self, session: Session) -> None:
        advance(session, 30)
        session.set_lever("personnel.stabilisation", 1.0)
        advance(session, 30)
        comparison, policy = (world.history for world in session.worlds)
        assert comparison[:30].tobytes() == policy[:30].tobytes()
        assert policy["trained_in_unit"][-1] > comparison["trained_in_unit"][-1] + 100

    def test_a_lever_overrules_later_dated_changes_of_the_scenario(self, session: Session) -> None:
        session.set_lever("training.course_weeks", 20.0)
        weeks = [month["training.course_weeks"] for month in session.scenarios()[1].lever_values_by_month()]
        assert set(weeks) == {20.0}
        assert session.base.lever_values_by_month()[-1]["training.course_weeks"] == 6.0

    def test_a_lever_set_twice_in_a_month_counts_once(self, session: Session) -> None:
        advance(session, 3)
        session.set_lever("training.course_weeks", 20.0)
        session.set_lever("training.course_weeks", 30.0)
        assert [choice.values for choice in session.choices] == [(("training.course_weeks", 30.0),)]

    def test_bad_values_are_refused_and_change_nothing(self, session: Session) -> None:
        for path, value in (("training.course_weeks", 99.0), ("training.no_such", 1.0), ("coordination.regime", "no")):
            with pytest.raises(InputError):
                session.set_lever(path, value)
        assert session.choices == ()
        session.go_to(session.months)
        with pytest.raises(RefusedError, match="period is over"):
            session.set_lever("training.course_weeks", 20.0)


class TestBackAndForth:
    def test_back_and_forward_again_gives_the_same_bits(self, session: Session) -> None:
        a_rich_play(session)
        whole = [
            (world.history.tobytes(), world.lives.tobytes(), world.world.units.tobytes()) for world in session.worlds
        ]
        clicks = _random.Random(1)
        for _ in range(5):
            session.go_to(clicks.randrange(session.months))
            advance(session, clicks.randrange(20))
        session.go_to(session.months)
        assert whole == [
            (world.history.tobytes(), world.lives.tobytes(), world.world.units.tobytes()) for world in session.worlds
        ]

    def test_at_any_month_the_past_is_that_of_the_whole_run(self, session: Session) -> None:
        a_rich_play(session)
        whole = [world.history.copy() for world in session.worlds]
        for month in (0, 1, 17, 60):
            session.go_to(month)
            assert session.month == month
            for world, history in zip(session.worlds, whole, strict=True):
                assert world.history.tobytes() == history[:month].tobytes()

    def test_reset_keeps_every_setting(self, session: Session) -> None:
        session.budget = 50.0
        advance(session, 4)
        session.set_lever("training.course_weeks", 20.0)
        advance(session, 4)
        choices = session.choices
        session.reset()
        assert (session.month, session.choices, session.budget) == (0, choices, 50.0)
        session.forget_choices()
        assert (session.choices, session.budget) == ((), 50.0)

    def test_what_is_taken_back_never_was(self, session: Session) -> None:
        advance(session, 10)
        session.set_lever("personnel.stabilisation", 1.0)
        advance(session, 10)
        session.take_back(session.choices[0])
        assert session.month == 20
        assert session.comparison.history.tobytes() == session.policy.history.tobytes()

    def test_a_recalled_session_stands_where_it_stood(self, session: Session) -> None:
        a_rich_play(session)
        session.go_to(33)
        again = Session.recalled(session.memory)
        assert again.memory == session.memory
        for world, other in zip(session.worlds, again.worlds, strict=True):
            assert world.world.units.tobytes() == other.world.units.tobytes()
            assert world.history.tobytes() == other.history.tobytes()


class TestSaved:
    @pytest.mark.parametrize("engine", ["compiled", "mesa"])
    def test_the_saved_file_replays_to_the_same_bits(self, session: Session, tmp_path: Path, engine: str) -> None:
        a_rich_play(session)
        words = reasons(session.base, texts_in("fr"), {})
        for world, scenario in zip(session.worlds, session.scenarios(words), strict=True):
            file = tmp_path / "saved.toml"
            file.write_text(scenario_text(scenario, ("Joué en atelier",)), encoding="utf-8")
            run = simulate(load_scenario(file), seed=2013, replicate=3, engine=engine)  # type: ignore[arg-type]
            for name in world.history.dtype.names:
                assert run.monthly[name].to_numpy().tobytes() == np.ascontiguousarray(world.history[name]).tobytes(), (
                    name
                )

    def test_the_command_replays_it(self, session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        import json

        from ssa_sim.cli import main

        a_rich_play(session)
        file = tmp_path / "saved.toml"
        file.write_text(scenario_text(session.scenarios()[1]), encoding="utf-8")
        assert main(["run", str(file), "--seed", "2013", "--replicate", "3", "--json"]) == 0
        outcomes = json.loads(capsys.readouterr().out)["outcomes"]
        assert outcomes["completions"] == session.policy.history["completions"][-1]
        assert outcomes["ready_soldiers"] == session.policy.history["ready_soldiers"][-1]

    @pytest.mark.parametrize("path", library_files(), ids=lambda path: path.stem)
    def test_any_scenario_as_text_is_the_same_scenario(self, path: Path, tmp_path: Path) -> None:
        scenario = load_scenario(path)
        file = tmp_path / "flat.toml"
        file.write_text(scenario_text(scenario), encoding="utf-8")
        again = load_scenario(file)
        assert again.identity() == scenario.identity()
        assert (again.title, again.question) == (scenario.title, scenario.question)
        assert len(SCENARIOS) > 3

    def test_awkward_words_survive(self, baseline: Scenario, tmp_path: Path) -> None:
        title = 'Quotes " and \\ and \n lines, é, \x7f, \t'
        file = tmp_path / "odd.toml"
        file.write_text(
            scenario_text(
                baseline.with_words(title=title)
                .with_uncertainties({"turnover.ghost_share": 0.1234567890123})
                .with_structures({"decay": "drift"})
            ),
            "utf-8",
        )
        again = load_scenario(file)
        assert again.title == title
        assert again.uncertainties.turnover.ghost_share == 0.1234567890123
        assert again.structures.decay == "drift"

    def test_each_change_says_why(self, session: Session) -> None:
        session.play(inject_named("offensive_centre"))
        advance(session, 2)
        session.set_lever("training.course_weeks", 20.0)
        session.decide({"host.project_cap": 45}, kind="package", name="binding_coordination")
        told = {event.why for event in session.scenarios(reasons(session.base, texts_in("en"), {}))[1].events}
        assert "An offensive in the Centre (played in the workshop)" in told
        assert "What the workshop decided in April 2013 stays in force" in told
        assert "Back to what the scenario has" in told
        assert "Package taken over in the workshop: binding_coordination" in told


class TestTimeline:
    def test_a_passing_choice_gives_way_to_what_was_there(self, baseline: Scenario) -> None:
        pressed = Choice(10, (("operations.tempo", 0.5),), months=6)
        before = Choice(5, (("operations.tempo", 0.9),))
        tempo = [month["operations.tempo"] for month in levers_by_month(baseline, [pressed, before])]
        assert tempo[:5] == [0.75] * 5
        assert tempo[5:18] == [0.9] * 5 + [0.5] * 6 + [0.9] * 2

    def test_a_choice_during_a_passing_one_ends_it(self, baseline: Scenario) -> None:
        choices = [Choice(10, (("operations.tempo", 0.5),), months=6), Choice(12, (("operations.tempo", 0.6),))]
        tempo = [month["operations.tempo"] for month in played(baseline, choices).lever_values_by_month()]
        assert tempo[9:18] == [0.75, 0.5, 0.5, *[0.6] * 6]

    def test_the_scenario_says_month_by_month_what_the_choices_say(self, baseline: Scenario) -> None:
        clicks = _random.Random(7)
        levers = ["training.course_weeks", "training.mobile_share", "foreign.un_soldiers", "operations.tempo"]
        entries = {entry.path: entry for entry in lever_catalogue()}
        for _ in range(60):
            choices = []
            for _ in range(clicks.randrange(6)):
                lever = clicks.choice(levers)
                value = clicks.choice([entries[lever].low, entries[lever].high, entries[lever].baseline])
                value = int(value) if entries[lever].kind == "int" else float(value)  # type: ignore[arg-type]
                months = clicks.choice([None, 1, 5, 200])
                choices.append(Choice(clicks.randrange(baseline.months), ((lever, value),), months=months))
            assert played(baseline, choices).lever_values_by_month() == levers_by_month(baseline, choices)

    def test_no_choice_is_the_scenario_itself(self, baseline: Scenario) -> None:
        assert played(baseline, []) is baseline


class TestBudget:
    def test_a_change_that_breaks_it_is_refused_and_changes_nothing(self, session: Session) -> None:
        session.budget = 5.0
        advance(session, 6)
        before = session.policy.world.levers.tobytes()
        with pytest.raises(RefusedError) as refusal:
            session.set_lever("conditions.amount", 100_000_000)
        assert refusal.value.name == "over_budget"
        assert "5.00" in str(refusal.value)
        assert "5,00" in refusal.value.in_words(texts_in("fr"))
        assert session.choices == ()
        assert session.policy.world.levers.tobytes() == before

    def test_one_within_it_is_not(self, session: Session) -> None:
        session.budget = 200.0
        session.set_lever("personnel.stabilisation", 0.5)
        foreseen = session.extra_spending_at_the_end()
        session.go_to(session.months)
        assert session.extra_spending() == foreseen
        assert 0.0 < foreseen < 200.0

    def test_what_saves_is_allowed_even_beyond_it(self, session: Session) -> None:
        session.set_lever("conditions.amount", 100_000_000)
        session.budget = 1.0
        session.set_lever("conditions.amount", 50_000_000)
        assert len(session.choices) == 1

    def test_injects_are_never_refused_for_it(self, session: Session) -> None:
        session.budget = -1000.0
        session.play(inject_named("coup"))
        assert len(session.choices) == 1


class TestInjects:
    def test_those_that_the_issue_names_are_there(self) -> None:
        assert {inject.name for inject in INJECTS} >= {
            "coup", "partner_leaves", "vehicle_gift", "offensive_centre", "short_tours", "ghost_scandal", "rival_offer",
        }  # fmt: skip

    @pytest.mark.parametrize("name", PLAYABLE)
    def test_it_does_something_in_both_worlds(self, session: Session, name: str) -> None:
        advance(session, 62)
        untouched = [world.history.tobytes() for world in session.worlds]
        session.play(inject_named(name))
        advance(session, 20)
        (history,) = simulate_replicate([session.base], seed=2013, replicate=3)
        for world, before in zip(session.worlds, untouched, strict=True):
            assert world.history[:62].tobytes() == before
            assert world.history.tobytes() != history[:82].tobytes()

    def test_a_coup_is_staged_in_its_month(self, session: Session) -> None:
        advance(session, 20)
        coups = session.policy.history["coups"][-1]
        session.play(inject_named("coup"))
        advance(session, 1)
        assert session.policy.history["coups"][-1] == coups + 1
        advance(session, 10)
        session.play(inject_named("coup"))
        advance(session, 1)
        assert session.policy.history["coups"][-1] >= coups + 2

    def test_exactly_one_present_partner_leaves(self, session: Session) -> None:
        advance(session, 50)
        present = set(np.flatnonzero(session.policy.world.donors.active == 1))
        keys = session.policy.world.donors.key
        session.play(inject_named("partner_leaves"))
        advance(session, 1)
        after = set(np.flatnonzero(session.policy.world.donors.active == 1))
        assert max(present, key=lambda index: keys[index]) not in after

    def test_a_gift_comes_once_and_soldiers_do_not_know_what_it_brings(self, session: Session) -> None:
        """M14, M15."""
        advance(session, 50)
        session.play(inject_named("vehicle_gift"), in_both=False)
        advance(session, 1)
        tab, without = session.policy, session.comparison
        assert 190 <= tab.history["vehicles"][-1] - without.history["vehicles"][-1] <= 200
        advance(session, 5)
        assert tab.world.nation[0].book.gifts_spent == 200 * 60_000
        assert without.world.nation[0].book.gifts_spent == 0
        assert tab.history["vehicles"][-1] > without.history["vehicles"][-1]
        assert tab.history["kit_match"][-1] < without.history["kit_match"][-1]
        assert tab.history["kit_availability"][-1] < without.history["kit_availability"][-1]

    def test_rivals_come_sooner_for_their_offer(self, baseline: Scenario) -> None:
        """M28: over some courses of chance, since in many no rival comes within two years."""
        shares = []
        for replicate in range(20):
            session = Session(baseline, replicate=replicate)
            session.play(inject_named("rival_offer"), in_both=False)
            advance(session, 24)
            shares.append([np.nansum(world.history["rival_share"]) for world in (session.policy, session.comparison)])
        tab, without = np.array(shares).T
        assert (tab >= without).all()
        assert np.mean(tab) > np.mean(without)

    def test_nobody_can_leave_where_nobody_is(self, session: Session) -> None:
        session.set_lever("donors.presence", 0.0)
        advance(session, 12)
        with pytest.raises(RefusedError, match="No partner"):
            session.play(inject_named("partner_leaves"))


def test_a_scenario_too_large_to_be_played_live_is_refused(baseline: Scenario) -> None:
    with pytest.raises(RefusedError, match="5,000 units"):
        Session(baseline.with_size(units=5000))
