"""What no single step shows: who stands beside whom, what month follows which, where a run begins, how draws come about."""

from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy import stats

from accounts import world_of
from small_world import MONTH, blank_world, take
from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.model import driver
from ssa_sim.model.history import HISTORY, monthly_table, summarise
from ssa_sim.model.month import STEPS
from ssa_sim.model.noise import (
    BATTALION_STREAMS,
    DONOR_STREAMS,
    HOST_STREAMS,
    MISSION_STREAMS,
    UNIT_STREAMS,
    ZONE_STREAMS,
    Noise,
    draw_noise,
)
from ssa_sim.model.state import FRENCH, OPERATIONS, REST, STANDARD_KIT, UN, World
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario

NORTH, CENTRE, SOUTH = range(3)
PAIRS = {"unit": (2, 4), "battalion": (1, 2), "donor": (1, 5), "zone": (NORTH, SOUTH)}
ACTING = {"unit": (0, 1, 3), "battalion": (0,), "donor": (0, 3), "zone": (CENTRE,)}
LOOKS_NORTH = "move_threat"  # threat spills over from the zone to the north


@pytest.fixture(scope="module")
def lively() -> World:
    """A small army and its partners after five years in which everything has happened."""
    many = {"training.feedback": 1.0, "training.mentoring_share": 0.3, "population.consultation": 0.5}
    world = world_of(
        Scenario(title="lively").with_size(units=12).with_levers({**many, "coordination.forum": "information"})
    )
    driver.run_months(world, 0, 60)
    return world


def copied(world: World) -> World:
    return World(*(part.copy().view(type(part)) for part in world))


def actors_of(world: World, actor: str) -> Any:
    several = {"unit": world.units, "battalion": world.battalions, "donor": world.donors}
    return world.nation[0].zones if actor == "zone" else several[actor]


def change_places(world: World, actor: str, first: int, second: int) -> None:
    """Two actors stand where the other stood; a number and a name stay where they are."""
    rows = actors_of(world, actor)
    rows[[first, second]] = rows[[second, first]]
    if "index" in rows.dtype.names:
        rows["index"][[first, second]] = first, second


@pytest.mark.parametrize("step", [step for step in STEPS if step.actor in PAIRS], ids=lambda step: step.name)
def test_who_of_the_others_stands_where_is_all_one_to_an_actor(step: Any, lively: World) -> None:
    for acts in ACTING[step.actor]:
        if step.name == LOOKS_NORTH or acts in PAIRS[step.actor]:
            continue
        plain, swapped = copied(lively), copied(lively)
        change_places(swapped, step.actor, *PAIRS[step.actor])
        for world in (plain, swapped):
            driver.take_step(world, 60, driver.STEP_NUMBERS[step.name], acts)
        change_places(swapped, step.actor, *PAIRS[step.actor])
        for name in ("units", "battalions", "donors"):
            assert getattr(plain, name).tobytes() == getattr(swapped, name).tobytes()
        assert differing(plain.nation[0], swapped.nation[0]) == []


@pytest.mark.parametrize("step", [step for step in STEPS if step.actor == "battalion"], ids=lambda step: step.name)
def test_a_battalion_looks_at_each_of_its_companies_alike_and_at_no_other(step: Any, lively: World) -> None:
    for pair in combinations(range(4), 2):
        plain, swapped, others = (copied(lively) for _ in range(3))
        change_places(swapped, "unit", *pair)
        change_places(others, "unit", 4 + pair[0], 4 + pair[1])
        others.units["together"][8:] += 1
        for world in (plain, swapped, others):
            driver.take_step(world, 60, driver.STEP_NUMBERS[step.name], 0)
        for world in (swapped, others):
            assert differing(plain.battalions[0], world.battalions[0]) == []
            assert differing(plain.nation[0].mission, world.nation[0].mission) == []


@pytest.mark.parametrize("step", [step for step in STEPS if step.actor == "host"], ids=lambda step: step.name)
def test_the_capital_looks_at_every_zone_alike(step: Any, lively: World) -> None:
    """But for the threat that comes near it, which is not that of the North."""
    for pair in combinations(range(3), 2):
        if step.name == "weigh_interests" and NORTH in pair:
            continue
        plain, swapped = copied(lively), copied(lively)
        for array in (swapped.nation[0].projects, swapped.nation[0].known_projects):
            array[:, :, list(pair)] = array[:, :, list(reversed(pair))]
        change_places(swapped, "zone", *pair)
        for world in (plain, swapped):
            driver.take_step(world, 60, driver.STEP_NUMBERS[step.name], 0)
        assert differing(plain.nation[0].host, swapped.nation[0].host) == []
        assert differing(plain.nation[0].book, swapped.nation[0].book) == []


def differing(first: Any, second: Any) -> list[str]:
    """Fields of two records that are not equal but for rounding."""
    found = []
    for name in first.dtype.names:
        one, other = first[name], second[name]
        if getattr(one, "dtype", None) is not None and one.dtype.names:
            pairs = zip(np.ravel(one), np.ravel(other), strict=True) if one.shape else [(one, other)]
            found += [f"{name}.{field}" for each in pairs for field in differing(*each)]
        elif not np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True):
            found.append(name)
    return found


COUNTED_ANEW = {
    "nation": ("tally", "fleet", "known_projects", "posts_wanted", "deployment"),
    "host": (
        *("payroll_soldiers", "payroll_ghosts", "payroll_together", "payroll_morale", "aid_euros", "fitting_euros"),
        *("present_budget", "rival_budget", "rents", "hours_available", "served", "unmet", "needs", "parts_need"),
    ),
    "zones": ("army_strength", "contests", "wins", "abuses", "incidents", "deaths", "vacuum", "contact"),
    "mission": (*("places_free", "programme_free", "expected", "mentors", "mentor_cover", "suspended"),),
    "pool": ("vacancies", "mean_skill", "trained_for_each", "untrained_for_each"),
}


def test_what_is_counted_by_the_month_owes_nothing_to_the_month_before(lively: World) -> None:
    plain, soiled = copied(lively), copied(lively)
    nation = soiled.nation[0]
    for name in ("present", "together", "led_together"):
        soiled.battalions[name] = 3
    for name in ("lesson", "battalion_drill"):
        soiled.units[name] = 3
    for part, names in COUNTED_ANEW.items():
        record = nation if part == "nation" else nation[part]
        for name in names:
            record[name] = np.ones((), record[name].dtype) if part == "nation" and name == "tally" else 3
    for world in (plain, soiled):
        driver.run_months(world, 60, 63)
    assert soiled.nation.tobytes() == plain.nation.tobytes()
    assert soiled.history.tobytes() == plain.history.tobytes()
    assert soiled.units.tobytes() == plain.units.tobytes()
    assert soiled.battalions.tobytes() == plain.battalions.tobytes()
    host = lively.nation[0].host
    assert host.need_sums.sum() == host.parts_sum == lively.nation[0].mission.reports == 0  # begun anew once used


def test_a_dated_change_is_in_force_from_its_month() -> None:
    """The gift of the third month is there in the third month, and not before."""
    gifts = (
        Event(date=date(2014, 1, 1), set={"circumstances.vehicle_gift": 5}),
        Event(date=date(2014, 2, 1), set={"circumstances.vehicle_gift": 0}),
    )
    period = {"start": date(2013, 11, 1), "end": date(2014, 4, 1)}
    world = world_of(Scenario(title="gift").with_size(units=4).with_period(**period).with_events(gifts))
    seen = []
    for month in range(world.history.size):
        driver.run_months(world, month, month + 1)
        seen.append((int(world.nation[0].calendar_month), int(world.nation[0].book.gifts_spent // 60_000)))
    assert seen == [(11, 0), (12, 0), (1, 5), (2, 5), (3, 5)]


# The start


PROFILE = DEFAULT_PROFILES[0].model_copy(
    update={"partners": 200, "annual_budget": 1_000_000, "entry_threshold": 0.5, "lineage": 3, "kit_type": 4}
)
PROFILES = tuple(PROFILE.model_copy(update={"name": f"profile_{number}"}) for number in range(10))
FIRST = {
    "turnover.initial_fill": 0.8,
    "turnover.ghost_share": 0.2,
    "turnover.officers_share": 0.05,
    "equipment.initial_vehicles": 4.5,
    "offers.budget_spread": 0.8,
    "calendar.threshold_spread": 0.05,
    "forces.un_north": 0.85,
    "forces.un_centre": 0.1,
    "forces.un_fight": 0.5,
    "forces.french_north": 0.6,
    "forces.french_centre": 0.3,
    "forces.french_shield": 2.0,
    "forces.french_fight": 3.0,
    "interests.reliance_half": 9000.0,
    "operations.deployment_north": 0.2,
    "operations.deployment_centre": 0.3,
    "operations.deployment_south": 0.5,
}


@pytest.fixture(scope="module")
def start() -> World:
    levers = {
        "foreign.un_soldiers": 2000,
        "foreign.french_soldiers": 500,
        "foreign.regional_soldiers": 0,
        "operations.tempo": 0.6,
    }
    scenario = Scenario(title="start").with_period(start=date(2013, 3, 1), end=date(2013, 5, 1)).with_size(units=3000)
    return world_of(
        scenario.with_size(company_strength=150).with_donors(PROFILES).with_levers(levers).with_uncertainties(FIRST)
    )


def near(values: Any, mean: float, spread: float) -> bool:
    """Whether a sample's mean is what it should be, within four standard errors."""
    return bool(abs(np.mean(values) - mean) < 4.0 * spread / np.sqrt(np.size(values)))


def test_the_army_at_the_start(start: World) -> None:
    """Everyone is untrained; names without soldiers are a fifth of the payroll; units stand by plan and tempo."""
    units, nation = start.units, start.nation[0]
    assert (units.strength == 150).all()
    assert set(units.untrained) == {120}
    assert (units.together + units.elsewhere == 0).all()
    assert (units.ghosts == 30).all()
    assert (units.officers == 8).all()
    assert near(units.kit_working[:, STANDARD_KIT], 4.5, 0.5)
    assert set(units.kit_working[:, STANDARD_KIT]) == {4, 5}
    assert (units.doctrine.sum(axis=1) == 1.0).all()
    assert [near(units.zone == zone, share, 0.5) for zone, share in enumerate((0.2, 0.3, 0.5))] == [True] * 3
    out = units.status == OPERATIONS
    assert near(out, 0.6, 0.5)
    assert nation.on_operations == out.sum()
    assert units.months_in_status[out].max() == 8  # of nine months; rest lasts nine times 0.4 over 0.6
    assert units.months_in_status[units.status == REST].max() == 5
    assert near(units.skill, 0.25, 0.05)
    assert nation.establishment == 450_000
    assert nation.book.soldiers_initial == 360_000
    assert nation.book.vehicles_initial == units.kit_working.sum()
    assert start.battalions["index"].tolist() == list(range(750))
    assert not start.battalions["drill"].any()
    assert set(units.habit) == {0.1}


def test_partners_at_the_start(start: World) -> None:
    """Nobody is here yet; budgets vary by a factor of mean one."""
    donors = start.donors
    assert not donors.active.any()
    assert not donors.available.any()
    assert near(donors.annual_budget, 1_000_000, 1_000_000 * np.sqrt(np.exp(0.64) - 1.0))
    assert near(np.log(donors.annual_budget / 1e6), -0.32, 0.8)
    assert near(donors.entry_threshold, 0.5, 0.05)
    assert np.isclose(donors.entry_threshold.std(), 0.05, rtol=0.1)
    assert (donors.lineage == 3).all()
    assert (donors.kit_type == 4).all()
    assert (donors.member == 1).all()
    assert not donors.use.any()
    for rank in ("openness", "candour", "key"):
        assert stats.kstest(donors[rank], "uniform").pvalue > 1e-3
    for one, other in combinations(("openness", "candour", "key"), 2):
        assert abs(np.corrcoef(donors[one], donors[other])[0, 1]) < 4.0 / np.sqrt(2000)


def test_zones_and_forces_at_the_start(start: World) -> None:
    """The South has what the two others leave; the calendar stands at the month before the first."""
    nation = start.nation[0]
    assert nation.forces["share"][UN] == pytest.approx([0.85, 0.1, 0.05])
    assert nation.forces["share"][FRENCH] == pytest.approx([0.6, 0.3, 0.1])
    assert nation.zones["foreign_soldiers"] == pytest.approx([2000.0, 350.0, 150.0])
    assert nation.zones["shielding"] == pytest.approx([2300.0, 500.0, 200.0])
    assert nation.zones["fighting"] == pytest.approx([1750.0, 550.0, 200.0])
    assert nation.forces["soldiers"].tolist() == nation.forces["peak"].tolist() == [2000.0, 500.0, 0.0, 0.0, 0.0, 0.0]
    assert not (nation.forces["left"] + nation.forces["came"]).any()
    assert nation.host.reliance == pytest.approx(0.25)  # 3000 soldiers' worth of shield
    assert (nation.month, nation.calendar_month) == (-1, 2)
    assert nation.insecurity == pytest.approx(nation.zones["threat"].mean())
    assert nation.zones["index"].tolist() == [0, 1, 2]
    parameters = start.parameters[0]
    for name, field in (
        ("threat", "security_threat"),
        ("grievance", "security_grievance"),
        ("self_defence", "security_self_defence"),
        ("state_presence", "security_state_presence"),
        ("approval", "population_approval"),
        ("distance", "operations_distance"),
        ("deployment_share", "operations_deployment"),
        ("deaths_at_full_threat", "security_deaths"),
        ("hidden", "security_hidden"),
        ("violence_lasting", "security_violence_lasting"),
    ):
        assert nation.zones[name].tolist() == [parameters[f"{field}_{zone}"] for zone in ("north", "centre", "south")]
    assert (nation.zones["presence_at_start"] == nation.zones["state_presence"]).all()
    assert (nation.zones["grievance_ground"] == nation.zones["grievance"]).all()


# Draws


@pytest.fixture(scope="module")
def draws() -> Noise:
    return draw_noise(5, 2, units=11, donors=3, months=300)


@pytest.mark.parametrize(
    ("part", "streams"),
    [
        ("units", UNIT_STREAMS),
        ("battalions", BATTALION_STREAMS),
        ("donors", DONOR_STREAMS),
        ("zones", ZONE_STREAMS),
        ("host", HOST_STREAMS),
        ("mission", MISSION_STREAMS),
    ],
)
def test_no_number_is_drawn_twice(part: str, streams: Any, draws: Noise) -> None:
    """Not in another month, however far, nor by another actor, nor in another stream; and each by its law."""
    everything = np.concatenate([getattr(draws, part)[stream.name].ravel() for stream in streams])
    assert np.unique(everything).size == everything.size
    for stream in streams:
        numbers = getattr(draws, part)[stream.name]
        law = "norm" if stream.law == "normal" else "uniform"
        assert stats.kstest(numbers.ravel(), law).pvalue > 1e-5, stream.name


def test_the_turn_of_the_lowest_draw_comes_first(draws: Noise) -> None:
    for order, numbers in (
        (draws.unit_order, draws.units["turn"]),
        (draws.battalion_order, draws.battalions["turn"]),
        (draws.donor_order, draws.donors["turn"]),
    ):
        taken = np.take_along_axis(numbers, order, axis=1)
        assert (np.diff(taken, axis=1) > 0.0).all()


def test_violence_varies_by_a_factor_of_mean_one() -> None:
    """Means of incidents and deaths are those of the threat, whatever the spread."""
    world = blank_world()
    nation, rng = world.nation[0], np.random.default_rng(1)
    nation.zones["threat"], nation.zones["deaths_at_full_threat"] = 0.5, 80.0
    world.parameters.security_violence_spread = 0.8
    world.parameters.security_incidents_at_full_threat = 60.0
    deaths, incidents = [], []
    for _ in range(4000):
        row = world.zone_draws[MONTH, 1]
        row.violence, row.incidents, row.deaths = rng.standard_normal(), rng.random(), rng.random()
        take(world, "suffer_violence")
        deaths.append(int(nation.zones[1].deaths))
        incidents.append(int(nation.zones[1].incidents))
    assert near(incidents, 30.0, np.sqrt(30.0))
    assert near(deaths, 20.0, np.sqrt(20.0 + 400.0 * (np.exp(0.64) - 1.0)))
    assert np.var(deaths) > 5.0 * np.mean(deaths)


# What is left of a run


def test_one_number_for_a_run() -> None:
    """The last month, the sum of the months, or the mean of those in which there is one."""
    history = np.zeros(4, HISTORY).view(np.recarray)
    for outcome in OUTCOMES:
        history[outcome.name] = (1.0, np.nan if outcome.summary == "mean" else 2.0, 3.0, 8.0)
    expected = {"final": 8.0, "total": 14.0, "mean": 4.0}
    assert summarise(history) == {outcome.name: expected[outcome.summary] for outcome in OUTCOMES}
    history["readiness"] = np.nan
    assert np.isnan(summarise(history)["readiness"])


def test_a_table_begins_with_the_first_month() -> None:
    scenario = Scenario(title="table").with_period(start=date(2013, 11, 1), end=date(2014, 2, 1))
    history = np.zeros(3, HISTORY).view(np.recarray)
    history["deaths"] = (5.0, 6.0, 7.0)
    table = monthly_table(scenario, history)
    assert [f"{month:%Y-%m}" for month in table["month"]] == ["2013-11", "2013-12", "2014-01"]
    assert table["deaths"].tolist() == [5.0, 6.0, 7.0]
    assert list(table.columns) == ["month", *(outcome.name for outcome in OUTCOMES)]


def test_the_draws_decide_and_nothing_else() -> None:
    """A world of the same scenario and draws is the same world; of a later replicate it is another."""
    scenario = Scenario(title="same").with_size(units=4).with_period(end=date(2014, 2, 1))
    worlds = [world_of(scenario, seed=3, replicate=replicate) for replicate in (1, 1, 2)]
    for world in worlds:
        driver.run_months(world, 0, scenario.months)
    assert worlds[0].history.tobytes() == worlds[1].history.tobytes() != worlds[2].history.tobytes()
