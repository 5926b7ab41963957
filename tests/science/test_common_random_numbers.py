"""Every draw has a name: what a scenario does not touch, it does not disturb."""

from dataclasses import fields
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.entries import (
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.model import noise as noise_module
from ssa_sim.model.driver import run_months
from ssa_sim.model.noise import UNIT_STREAMS, Noise, draw_noise
from ssa_sim.model.parameters import lever_records, parameter_records
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario
from strategies import possible

SIZE = {"units": 9, "donors": 5, "months": 60}


def drawn(**changes: int) -> Noise:
    return draw_noise(7, 3, **{**SIZE, **changes})


def histories(*scenarios: Scenario, seed: int = 1, replicate: int = 0) -> list[np.ndarray]:
    return simulate_replicate(scenarios, seed=seed, replicate=replicate)


def same(first: np.ndarray, second: np.ndarray) -> bool:
    return first.tobytes() == second.tobytes()


def test_one_more_unit_leaves_the_other_units_draws_alone() -> None:
    few, more = drawn(), drawn(units=SIZE["units"] + 1)
    assert same(few.units, more.units[:, :-1])
    for name, numbers in few.unit_start.items():
        assert same(numbers, more.unit_start[name][:-1])
    for part in ("donors", "zones", "host", "mission", "donor_order"):
        assert same(getattr(few, part), getattr(more, part))
    a_battalion_more = drawn(units=SIZE["units"] + 4)
    assert same(few.battalions, a_battalion_more.battalions[:, :-1])
    assert same(few.units, a_battalion_more.units[:, :-4])


def test_one_more_unit_leaves_the_others_turns_in_their_order() -> None:
    few, more = drawn(), drawn(units=SIZE["units"] + 1)
    for month in range(SIZE["months"]):
        assert [u for u in more.unit_order[month] if u != SIZE["units"]] == few.unit_order[month].tolist()


def test_one_more_partner_leaves_the_other_partners_draws_alone() -> None:
    few, more = drawn(), drawn(donors=SIZE["donors"] + 1)
    assert same(few.donors, more.donors[:, :-1])
    for part in ("units", "battalions", "zones", "host", "mission", "unit_order", "battalion_order"):
        assert same(getattr(few, part), getattr(more, part))


def test_a_longer_horizon_leaves_the_earlier_months_draws_alone() -> None:
    short, longer = drawn(), drawn(months=150)
    for part in ("units", "battalions", "donors", "zones", "host", "mission"):
        assert same(getattr(short, part), getattr(longer, part)[: SIZE["months"]])
    for order in ("unit_order", "battalion_order", "donor_order"):
        assert same(getattr(short, order), getattr(longer, order)[: SIZE["months"]])


def test_a_longer_horizon_leaves_the_earlier_months_results_alone(baseline: Scenario) -> None:
    longer = baseline.with_period(end=date(2024, 12, 1))
    first, second = histories(baseline, longer)
    assert same(first, second[: baseline.months])


def test_seeds_and_replicates_differ_and_repeat() -> None:
    assert same(drawn().units, drawn().units)
    assert not same(drawn().units, draw_noise(8, 3, **SIZE).units)
    assert not same(drawn().units, draw_noise(7, 4, **SIZE).units)


def test_streams_are_told_apart_by_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new stream, or another order of streams, moves no other stream's numbers."""
    before = drawn().units
    monkeypatch.setattr(noise_module, "UNIT_STREAMS", (noise_module.Stream("new"), *reversed(UNIT_STREAMS)))
    after = drawn().units
    for stream in UNIT_STREAMS:
        assert np.array_equal(before[stream.name], after[stream.name])


def test_draws_are_uniform_and_streams_unrelated() -> None:
    draws = draw_noise(11, 0, units=400, donors=1, months=48).units
    contact, contest = draws["contact"].ravel(), draws["contest"].ravel()
    assert 0.001 < stats.kstest(contact, "uniform").pvalue < 0.999
    related = stats.spearmanr(contact, contest).statistic
    assert abs(related) < 4.0 / np.sqrt(contact.size)
    months = np.corrcoef(draws["contact"][:-1].ravel(), draws["contact"][1:].ravel())[0, 1]
    assert abs(months) < 4.0 / np.sqrt(contact.size)
    planted = stats.spearmanr(contact, 0.9 * contest + 0.1 * contact).statistic  # a leak of one stream into another
    assert abs(planted) > 4.0 / np.sqrt(contact.size)


@pytest.mark.parametrize("entry", lever_catalogue(), ids=lambda entry: entry.path)
def test_a_lever_set_to_its_baseline_value_changes_nothing_at_all(entry, baseline: Scenario) -> None:
    small = baseline.with_size(units=12)
    assert small.with_levers({entry.path: entry.baseline}).identity() == small.identity()
    said_again = Event(date=small.period.start, set=((entry.path, entry.baseline),))
    first, second = histories(small, small.with_events((said_again,)))
    assert same(first, second)


def other_values(entry) -> list:
    """Values to either side of the baseline, so that a lever without effect is told from one without room."""
    if entry.kind == "bool":
        return [not entry.baseline]
    if entry.choices is not None:
        return [choice for choice in entry.choices if choice != entry.baseline]
    return [type(entry.baseline)(value) for value in (entry.low, entry.high) if value != entry.baseline]


FORCES_LEAVE = Event(date=date(2015, 1, 1), set={"foreign.french_soldiers": 0, "foreign.regional_soldiers": 0})
MENTORS = {"training.mentoring_share": 0.5}
STRICT = {"conditions.amount": 50_000_000, "conditions.indicators": 3, "conditions.credibility": 1.0}
WEIGHED = {"conditions.amount": 8_000_000, "conditions.indicators": 3, "conditions.credibility": 0.5}
RELATIONS_BREAK = {
    "circumstances.coup": True,
    "partnership.relations_base": 0.35,
    "partnership.expulsion_rate": 0.3,
    "population.disappointment": 0.05,
}
# Where the baseline leaves no room for it to show: what else holds, by the path of the lever or uncertainty (or how it
# begins). Foreign forces leave in 2015 for those in the second table.
LED = {"coordination.regime": "lead_partner", "coordination.participation": 1.0}
REFORMS_ARE_USED = {
    "structures.reform_driver": "capacity",
    "reforms.inclination": 0.0,
    "reforms.step": 0.2,
    "reforms.staffs_base": 0.8,
}
REFORMS_MOVE = {
    "reforms.rents_scale": 0.17,
    "reforms.inclination": 0.0,
    "reforms.step": 0.2,
    "reforms.staffs_base": 0.8,
}
GROUNDS = {
    "personnel.reassignment_with_hr_system": REFORMS_ARE_USED,
    "needs.speed": {"donors.needs_weight": 1.0},  # what the host says matters to who asks for it
    "needs.data_gain": REFORMS_ARE_USED,
    **dict.fromkeys(("reforms.rollout", "reforms.audit_gain", "reforms.wait_gain"), REFORMS_ARE_USED),
    **dict.fromkeys(
        (
            *("reforms.rents_in", "reforms.lost", "reforms.step"),
            *("reforms.staffs_base", "reforms.inclination", "communities.accord_stall"),
            *("reforms.will_gain", "calendar.chief_change_rate", "calendar.office_change_rate"),
        ),
        REFORMS_MOVE,
    ),
    "coordination.participation": {"coordination.regime": "binding"},  # nobody meets before 2018, and to little effect
    "coordination.division": LED,
    "structures.coordination_game": LED,
    "coordination.forum": {"coordination.participation": 1.0},
    "coordination.small_budget": {**LED, "structures.coordination_game": "small_stay_out"},
    "absorption.overload": {"structures.overload": "quality"},
    "training.drift": {"structures.decay": "drift"},
    "interests.coup_training": {"structures.coup_training": "raises"},
    "training.casualty_cap": MENTORS,
    "coordination.host_": {"coordination.regime": "host_led", "coordination.participation": 1.0},
    "coordination.regime": {"coordination.participation": 1.0},
    "coordination.": LED,
    "training.mentor": MENTORS,
    "training.trainers": MENTORS,
    "training.site_risk_share": {"training.mobile_share": 1.0},
    "training.away_cost": {"training.mobile_share": 1.0},
    "training.specialists": {"training.specialists_share": 1.0},
    "training.smallest_class": {"training.specialists_share": 1.0},
    "training.instructors": {"training.trainers_share": 1.0},
    "training.academy_resistance": {"training.trainers_share": 1.0},
    "turnover.stabilisation_bonus": {"personnel.stabilisation": 0.5},
    "absorption.mentors_at_risk": {"training.mentor_risk": 0.03},
    "reforms.attention_lost": {"reforms.rents_scale": 0.17, "circumstances.pressure_centre": 0.1},
    "reforms.required": STRICT,
    "reforms.money_passed": STRICT,
    "reforms.belief_start": WEIGHED,
    "reforms.belief_step": WEIGHED,
    "reforms.announcement_weight": WEIGHED,
    "reforms.resentment_months": STRICT,
    "population.trust_service": {"population.rights_culture": 1.0},
    "population.rights_effect": {"population.rights_culture": 1.0},
    "population.rights_cost": {"population.rights_culture": 1.0},
    "population.communication_": {"population.communication": 1.0},
    "population.consultation_": {"population.consultation": 1.0},
    "population.dialogue_weight": {"population.consultation": 1.0},
    "communities.dialogue_gain": {"population.consultation": 1.0},
    "communities.restraint": {"operations.abuse_rate": 0.3, "communities.from_centre": 0.4},
    "population.livelihoods_gain": {"population.differentiation": 1.0},
    "population.differentiation_cost": {"population.differentiation": 1.0},
    "population.return_done": {"population.state_return": "sequential"},
    "population.return_": {"population.state_return": "simultaneous"},
    "partnership.ownership_consulted": {"partnership.consultation_framework": 1.0},
    "partnership.relations_consulted": {"partnership.consultation_framework": 1.0},
    "partnership.broken_below": RELATIONS_BREAK,
    "partnership.broken_softness": {"partnership.relations_base": 0.35, "partnership.expulsion_rate": 0.3},
    "partnership.expulsion_rate": RELATIONS_BREAK,
    "circumstances.expulsion_possible": RELATIONS_BREAK,
    "security.expulsion_months": RELATIONS_BREAK,
    "learning.access_base": {"training.feedback": 1.0},
    "learning.absent_months": {"training.feedback": 1.0},
    "learning.tracking_cost": {"training.feedback": 1.0},
    "security.handover_months": {"foreign.departure": "agreed"},
    "forces.european_": {"foreign.european_soldiers": 3000},
    "forces.contractors_": {"foreign.contractors": 3000},
    "foreign.contractors_if_expelled": RELATIONS_BREAK,
}
WHERE_FORCES_LEAVE = {
    "foreign.departure",
    "security.vacuum_effect",
    "security.handover_months",
    "population.vacuum_loss",
    "partnership.desertion",
}


def ground_for(path: str, baseline: Scenario) -> Scenario:
    """A scenario in which this lever or uncertainty has room to show."""
    ground = baseline.with_size(units=40)
    if path in WHERE_FORCES_LEAVE:
        ground = Scenario(title="they leave").with_period(end=baseline.period.end).with_events((FORCES_LEAVE,))
        ground = ground.with_size(units=40)
    wanted = next((values for begins, values in GROUNDS.items() if path.startswith(begins)), {})
    levers = {entry.path for entry in lever_catalogue()}
    structures = {key.partition(".")[2]: value for key, value in wanted.items() if key.startswith("structures.")}
    others = {
        key: value for key, value in wanted.items() if key not in levers and key.partition(".")[2] not in structures
    }
    return (
        ground.with_structures(structures)
        .with_levers({key: value for key, value in wanted.items() if key in levers})
        .with_uncertainties(others)
    )


@pytest.mark.parametrize("entry", lever_catalogue(), ids=lambda entry: entry.path)
def test_every_lever_moves_something(entry, baseline: Scenario) -> None:
    """No lever is decoration: some other value of it changes some outcome."""
    ground = ground_for(entry.path, baseline)
    variants = [ground.with_levers({entry.path: value}) for value in other_values(entry)]
    assert variants
    first, *others = histories(ground, *variants)
    assert any(not same(first, other) for other in others)


@pytest.mark.parametrize("entry", uncertainty_catalogue(), ids=lambda entry: entry.path)
def test_every_uncertainty_moves_something(entry, baseline: Scenario) -> None:
    ground = ground_for(entry.path, baseline)
    ends = (entry.allowed_low, entry.allowed_high)
    low, high = (ground.with_uncertainties(possible({entry.path: value})) for value in ends)
    assert not same(*histories(low, high))


@pytest.mark.parametrize("entry", mechanism_catalogue(), ids=lambda entry: entry.path)
def test_a_mechanism_switched_off_leaves_every_other_draw_alone(entry, baseline: Scenario) -> None:
    """What no mechanism reaches without a coup, ministers and contingents, stays the same month by month; what it causes changes."""
    small = baseline.with_size(units=20).with_uncertainties({"interests.coup_base": 0.0003})
    off = small.with_mechanisms({entry.path: False})
    first, second = histories(small, off)
    assert not same(first, second)
    for untouched in ("ministers", "contingents"):
        assert np.array_equal(first[untouched], second[untouched])


def test_structures_have_no_part_in_the_draws(baseline: Scenario) -> None:
    """What no structure reaches, ministers and contingents, stays the same month by month, whatever is in force."""
    small = baseline.with_size(units=5).with_uncertainties({"interests.coup_base": 0.0003})
    others = {entry.path: entry.alternatives[-1].name for entry in structure_catalogue()}
    first, second = histories(small, small.with_structures(others))
    for untouched in ("ministers", "contingents"):
        assert np.array_equal(first[untouched], second[untouched])
    draws = [noise_for(scenario, seed=1, replicate=0) for scenario in (small, small.with_structures(others))]
    for field in fields(Noise):
        one, other = (getattr(each, field.name) for each in draws)
        assert str(one) == str(other) if isinstance(one, dict) else same(one, other), field.name


@pytest.mark.parametrize("entry", structure_catalogue(), ids=lambda entry: entry.path)
def test_each_alternative_of_a_structure_moves_something_and_no_other_draw(entry, baseline: Scenario) -> None:
    """No alternative is decoration, nor another by a second name; and nobody draws otherwise for it."""
    ground = ground_for(f"structures.{entry.path}", baseline)
    runs = histories(*(ground.with_structures({entry.path: choice}) for choice in entry.choices))
    for first, second in combinations(runs, 2):
        assert not same(first, second)
        for untouched in ("ministers", "contingents"):
            assert np.array_equal(first[untouched], second[untouched])


@pytest.mark.parametrize("entry", structure_catalogue(), ids=lambda entry: entry.path)
def test_a_structure_set_to_its_baseline_changes_nothing_at_all(entry, baseline: Scenario) -> None:
    small = baseline.with_size(units=12)
    assert small.with_structures({entry.path: entry.baseline}).identity() == small.identity()
    assert same(*histories(small, small.with_structures({entry.path: entry.baseline})))


def test_until_a_dated_change_both_policies_are_one(baseline: Scenario) -> None:
    late = Scenario(title="late").with_events(baseline.events[:2])
    plain = Scenario(title="plain")
    first, second = histories(late, plain)
    begins = (baseline.events[0].date.year - 2013) * 12 + baseline.events[0].date.month - 2
    assert same(first[:begins], second[:begins])
    assert not same(first[begins:], second[begins:])


def test_company_and_order_change_nothing(baseline: Scenario, library: dict[str, Scenario]) -> None:
    """A scenario's results do not depend on which scenarios run beside it, before it or after it."""
    others = list(library.values())
    (alone,) = histories(baseline)
    (*_, last) = histories(*others, baseline)
    first, *_ = histories(baseline, *reversed(others))
    assert same(alone, last)
    assert same(alone, first)


def test_a_run_writes_nothing_that_another_shares(baseline: Scenario) -> None:
    draws = noise_for(baseline, seed=1, replicate=0)
    before = {field.name: np.array(getattr(draws, field.name)) for field in fields(draws) if "start" not in field.name}
    world = new_world(baseline, draws)
    levers, parameters = world.levers.copy(), world.parameters.copy()
    run_months(world, 0, baseline.months)
    assert same(world.levers, levers)
    assert same(world.parameters, parameters)
    for name, numbers in before.items():
        assert same(getattr(draws, name), numbers), name


def test_what_worlds_share_cannot_be_written_to(baseline: Scenario) -> None:
    """A lever changed in one world once changed the next run of the same scenario."""
    for shared in (lever_records(baseline), parameter_records(baseline)):
        with pytest.raises(ValueError, match="read-only"):
            shared[shared.dtype.names[0]] = 1
    draws = noise_for(baseline, seed=1, replicate=0)
    world, other = new_world(baseline, draws), new_world(baseline, draws)
    world.levers.circumstances_vehicle_gift[3] += 1
    world.parameters.equipment_price += 1
    assert same(other.levers, lever_records(baseline))
    assert same(other.parameters, parameter_records(baseline))


def test_pairing_on_common_numbers_reduces_variance(baseline: Scenario) -> None:
    """What the whole apparatus is for: the difference between two policies varies less than between two worlds."""
    kept = baseline.with_levers({"personnel.stabilisation": 0.8})
    runs = np.array(
        [
            [history.ready_soldiers[-1] for history in histories(baseline, kept, replicate=replicate)]
            for replicate in range(40)
        ]
    )
    paired = np.var(runs[:, 1] - runs[:, 0], ddof=1)
    unpaired = np.var(runs[:, 1] - np.roll(runs[:, 0], 1), ddof=1)  # the planted fault: pairs torn apart
    assert paired < 0.8 * unpaired


def test_a_profile_at_the_end_of_the_list_leaves_earlier_partners_as_they_were(baseline: Scenario) -> None:
    more = baseline.with_donors((*DEFAULT_PROFILES, DEFAULT_PROFILES[0].model_copy(update={"name": "late"})))
    first = new_world(baseline, noise_for(baseline, seed=1, replicate=0)).donors
    second = new_world(more, noise_for(more, seed=1, replicate=0)).donors
    assert same(first, second[: first.size])
