"""One rule set, two drivers: the compiled run and the Mesa run are the same to the last bit of every record."""

from datetime import date

import mesa
import numpy as np
import pytest

from accounts import world_of
from ssa_sim.catalogue.entries import ParameterValue, structure_catalogue
from ssa_sim.model import driver, mesa_model
from ssa_sim.model.driver import STEP_NUMBERS, run_months
from ssa_sim.model.mesa_model import AGENTS, Actor, SsaModel, Unit
from ssa_sim.model.month import PHASES, STEPS
from ssa_sim.model.simulate import simulate
from ssa_sim.model.state import MINISTER, World
from ssa_sim.scenario.schema import Scenario
from strategies import upheaval


def differing(first: World, second: World) -> list[str]:
    """The fields of two worlds that differ in any bit."""
    return [name for name in World._fields if getattr(first, name).tobytes() != getattr(second, name).tobytes()]


def compiled_world(scenario: Scenario, seed: int, replicate: int = 0) -> World:
    world = world_of(scenario, seed, replicate)
    run_months(world, 0, scenario.months)
    return world


def mesa_world(scenario: Scenario, seed: int, replicate: int = 0, **options) -> World:
    model = SsaModel(scenario, seed=seed, replicate=replicate, **options)
    model.run_to_end()
    return model.world


@pytest.mark.parametrize(
    ("name", "seed", "replicate", "units"),
    [
        ("baseline", 1, 0, 80),
        ("baseline", 2**63, 7, 80),
        ("all_packages", 2, 1, 80),
        ("binding_coordination", 3, 0, 80),
        ("equipment_with_training", 5, 2, 33),
        ("stable_personnel", 8, 0, 7),
        ("demand_driven", 13, 4, 1),
    ],
)
def test_both_drivers_give_the_same_bits(name, seed, replicate, units, library) -> None:
    scenario = library[name].with_size(units=units)
    assert differing(compiled_world(scenario, seed, replicate), mesa_world(scenario, seed, replicate)) == []


def test_both_drivers_agree_on_everything_that_levers_can_switch_on(baseline: Scenario) -> None:
    """The library leaves some branches unused: mentors, forward sites, specialists, newcomers, a lead partner."""
    scenario = baseline.with_levers(
        {
            "coordination.regime": "lead_partner",
            "training.mentoring_share": 0.4,
            "training.casualty_cap": 1,
            "training.forward_presence": 0.3,
            "training.specialists_share": 0.5,
            "training.recycling": "newcomers",
            "coordination.division": "battalions",
            "operations.tempo": 0.5,
        }
    ).with_size(units=20)
    assert differing(compiled_world(scenario, 21), mesa_world(scenario, 21)) == []
    trainers = scenario.with_levers({"training.trainers_share": 1.0, "coordination.division": "fleets"})
    trainers = trainers.with_mechanisms({"skill_decay": False})
    assert differing(compiled_world(trainers, 22), mesa_world(trainers, 22)) == []


EVERYTHING: dict[str, ParameterValue] = {
    "coordination.regime": "lead_partner",
    "coordination.participation": 1.0,
    "conditions.amount": 50_000_001,
    "conditions.indicators": 3,
    "training.sub_units_share": 0.3,
    "training.feedback": 0.5,
    "population.state_return": "sequential",
}


@pytest.mark.parametrize(
    ("structure", "choice"),
    [(entry.path, choice.name) for entry in structure_catalogue() for choice in entry.alternatives],
)
def test_both_drivers_agree_under_every_alternative_of_every_structure(
    structure: str, choice: str, baseline: Scenario
) -> None:
    scenario = baseline.with_size(units=10).with_period(end=date(2017, 2, 1)).with_levers(EVERYTHING)
    other = scenario.with_structures({structure: choice})
    assert differing(compiled_world(other, 31), mesa_world(other, 31)) == []


def test_both_drivers_agree_where_every_structure_is_another_than_the_baseline_s() -> None:
    others = {entry.path: entry.alternatives[-1].name for entry in structure_catalogue()}
    scenario = upheaval().with_structures(others)
    assert differing(compiled_world(scenario, 5), mesa_world(scenario, 5)) == []


def test_both_drivers_agree_through_coups_conditions_and_an_expulsion() -> None:
    scenario = upheaval()
    assert differing(compiled_world(scenario, 1), mesa_world(scenario, 1)) == []


def test_the_public_results_are_equal_too(baseline: Scenario) -> None:
    short = baseline.with_period(end=date(2016, 3, 1)).with_events(
        tuple(event for event in baseline.events if event.date < date(2016, 3, 1))
    )
    compiled, stepped = simulate(short, seed=4), simulate(short, seed=4, engine="mesa")
    assert compiled.monthly.equals(stepped.monthly)
    assert repr(compiled.outcomes) == repr(stepped.outcomes)


def test_every_step_has_an_agent_that_takes_it_and_no_two_share_a_name() -> None:
    assert len(STEP_NUMBERS) == len(STEPS)
    for step in STEPS:
        assert step.name in vars(AGENTS[step.actor]), f"{AGENTS[step.actor].__name__} lacks {step.name}"
    for kind, agent in AGENTS.items():
        methods = {name for name, value in vars(agent).items() if callable(value) and name in STEP_NUMBERS}
        assert methods == {step.name for step in STEPS if step.actor == kind}


def test_phases_are_numbered_in_order() -> None:
    numbers = [phase.number for phase in PHASES]
    assert numbers == sorted(set(numbers))


def test_a_changed_order_of_phases_is_seen(baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: the Mesa driver takes turnover before operations."""
    swapped = list(PHASES)
    swapped[2], swapped[3] = swapped[3], swapped[2]
    monkeypatch.setattr(mesa_model, "PHASES", tuple(swapped))
    scenario = baseline.with_size(units=10)
    assert "units" in differing(compiled_world(scenario, 1), mesa_world(scenario, 1))


def test_a_forgotten_turn_is_seen(baseline: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: the Mesa driver lets units go out by number instead of by the month's drawn turn."""
    monkeypatch.setattr(SsaModel, "_take", lambda self, step: self.actors[step.actor].do(step.name))
    scenario = baseline.with_size(units=10)
    assert "units" in differing(compiled_world(scenario, 1), mesa_world(scenario, 1))


class Unforgetting(Unit):
    """Unit 3 keeps what it knows; all others are as they were."""

    def practise_and_forget(self) -> None:
        if self.index != 3:
            super().practise_and_forget()


class Faithful(Unit):
    """Overrides a behaviour and does just what it did."""

    def practise_and_forget(self) -> None:
        super().practise_and_forget()


def test_an_override_that_changes_nothing_changes_nothing(baseline: Scenario) -> None:
    scenario = baseline.with_size(units=12)
    assert differing(compiled_world(scenario, 6), mesa_world(scenario, 6, agents={"unit": Faithful})) == []


def test_an_override_changes_only_what_follows_from_it(baseline: Scenario) -> None:
    scenario = baseline.with_size(units=12)
    plain, changed = SsaModel(scenario, seed=6), SsaModel(scenario, seed=6, agents={"unit": Unforgetting})
    plain.step()
    changed.step()
    ours, theirs = plain.world.units, changed.world.units
    differ = [u for u in range(12) if ours[u].tobytes() != theirs[u].tobytes()]
    assert differ == [3]
    fields = {name for name in ours.dtype.names if not np.array_equal(ours[name][3], theirs[name][3])}
    assert fields <= {
        "skill",
        "tactical",
        "habit",
        "kit_known",
        "skill_part",
        "collective_part",
        "kit_part",
        "kit_match",
        "readiness",
    }
    assert {"skill", "habit", "readiness"} <= fields
    # Nothing of the first month but the tallies of readiness can have noticed.
    for record in ("host", "mission", "pool", "book", "zones"):
        assert plain.nation[record].tobytes() == changed.nation[record].tobytes()
    for _ in range(40):
        plain.step()
        changed.step()
    # What exists apart from readiness never notices: ministers, contingents.
    assert plain.nation.host.offices[MINISTER].changes == changed.nation.host.offices[MINISTER].changes
    assert plain.nation.mission.lineage == changed.nation.mission.lineage
    # What depends on it does.
    assert not np.array_equal(plain.world.history.ready_soldiers, changed.world.history.ready_soldiers, equal_nan=True)


def test_it_is_a_mesa_model_with_real_agents(baseline: Scenario) -> None:
    model = SsaModel(baseline, seed=1)
    assert isinstance(model, mesa.Model)
    assert {cls.__name__: len(agents) for cls, agents in model.agents_by_type.items()} == {
        "Zone": 3,
        "Host": 1,
        "TrainingTeam": 1,
        "Donor": sum(profile.partners for profile in baseline.donors),
        "Battalion": 20,
        "Unit": 80,
    }
    assert all(isinstance(agent, Actor) for agent in model.agents)
    model.step()
    unit = list(model.agents_by_type[Unit])[5]
    unit.record.morale = 0.125  # a record is a view, not a copy
    assert model.world.units[5].morale == 0.125


def test_a_lever_can_be_set_while_it_runs(baseline: Scenario) -> None:
    scenario = baseline.with_size(units=10)
    plain, changed = SsaModel(scenario, seed=3), SsaModel(scenario, seed=3)
    for model in (plain, changed):
        for _ in range(24):
            model.step()
    changed.set_lever("operations.tempo", 0.25)
    for model in (plain, changed):
        model.run_to_end()
    before = plain.monthly.iloc[:24].equals(changed.monthly.iloc[:24])
    assert before
    assert changed.monthly.on_operations.iloc[-1] < plain.monthly.on_operations.iloc[-1]
    assert scenario == baseline.with_size(units=10)


def test_stepping_past_the_end_does_nothing(baseline: Scenario) -> None:
    scenario = Scenario(title="two months").with_period(end=date(2013, 4, 1)).with_size(units=2)
    model = SsaModel(scenario, seed=1)
    for _ in range(5):
        model.step()
    assert model.month == 1
    assert len(model.monthly) == 2
    assert not model.running


def test_the_compiled_loops_follow_the_schedule() -> None:
    """`take_step` finds steps by the numbers that the schedule gives them."""
    assert [name for name, _ in sorted(driver.STEP_NUMBERS.items(), key=lambda pair: pair[1])] == [
        s.name for s in STEPS
    ]
