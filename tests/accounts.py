"""Counts every soldier, vehicle and euro of a world, and holds stocks against what was booked.

A euro is counted twice over: by what it was spent on, in the book, and by where it ended, in the uses of whoever spent it.
"""

from typing import Any

import numpy as np

from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import (
    ADVICE,
    COMPANIES_A_BATTALION,
    COURSE,
    EQUIPMENT,
    KIND_COUNT,
    LAPSED,
    MENTORING,
    NO_PROJECT,
    OPERATIONS,
    PROGRAMME_COUNT,
    SITES,
    TARGET_COUNT,
    TRANSACTION,
    WAITING,
    World,
)
from ssa_sim.scenario.schema import Scenario


def world_of(scenario: Scenario, seed: int = 1, replicate: int = 0) -> World:
    return new_world(scenario, noise_for(scenario, seed=seed, replicate=replicate))


def discrepancies(world: World) -> dict[str, int]:
    """For each thing that is conserved, stock less what the book says it must be: all zero in a sound world."""
    nation: Any = world.nation[0]
    book = nation.book
    units = world.units
    soldiers = int((units.together + units.elsewhere + units.untrained).sum())
    soldiers += nation.pool.trained + nation.pool.untrained
    soldiers_booked = (
        book.soldiers_initial
        + book.soldiers_recruited
        + book.soldiers_integrated
        - book.soldiers_killed
        - book.soldiers_deserted
        - book.soldiers_left
    )
    vehicles = int((units.kit_working + units.kit_broken + units.kit_depot).sum())
    vehicles_booked = (
        book.vehicles_initial
        + book.vehicles_given
        + book.vehicles_with_training
        - book.vehicles_destroyed
        - book.vehicles_abandoned
        - book.vehicles_never_deployed
    )
    projects = world.donors["projects"]
    under_way = projects["status"] != NO_PROJECT
    outstanding = int((projects["euros"] - projects["paid"])[under_way].sum())
    donors_spent = int(book.donors_spent.sum()) + book.donors_spent_on_dialogue
    mission_spent = (
        book.mission_standing
        + book.mission_instruction
        + book.mission_trainers
        + book.mission_vehicles
        + book.mission_advisers
        + book.mission_mentors
        + book.mission_tracking
    )
    host_spent = (
        book.host_maintenance
        + book.host_liaison
        + book.host_stabilisation
        + book.host_recruitment
        + book.host_contractors
    )
    host_spent += book.host_officers
    officers = int(nation.zones["officers"].sum()) + nation.officers_reserve
    officers_booked = book.officers_initial + book.officers_recruited - book.officers_killed - book.officers_left
    months = nation.month + 1
    parameters = world.parameters[0]
    welcome = np.concatenate([[True], world.history.expulsions[: months - 1] == 0.0])[
        :months
    ]  # this month, at its start
    budget = int(
        (world.levers.training_budget[:months] // 12)[(world.levers.training_mission[:months] > 0) & welcome].sum()
    )
    from_the_budget = book.mission_standing + book.mission_instruction - nation.mission.instruction
    gifts = int(world.levers.circumstances_vehicle_gift[:months].sum()) * int(parameters.equipment_price)
    recruitment = book.soldiers_recruited * parameters.turnover_recruit_cost
    unpaid_recruits = 0 if abs(book.host_recruitment - recruitment) <= months else book.host_recruitment - recruitment
    return {
        "soldiers": int(soldiers - soldiers_booked),
        "police, gendarmes and guards": int(officers - officers_booked),
        "vehicles": int(vehicles - vehicles_booked),
        "donors' euros": int(
            int(world.donors.available.sum()) + outstanding + donors_spent + book.donors_lapsed - book.donors_granted
        ),
        "mission's euros": int(mission_spent - book.mission_granted),
        "mission's budget for the months run": min(0, int(from_the_budget - budget))
        + max(0, int(book.mission_standing - budget)),
        "cost of the recruits there were": int(unpaid_recruits),
        "host's euros": int(host_spent - book.host_granted),
        "conditional euros": int(
            book.conditions_paid + book.conditions_withheld + nation.host.conditions_due - book.conditions_granted
        ),
        "euros of foreign forces": int(book.forces_spent - book.forces_granted),
        "euros for the population": int(book.population_spent - book.population_granted),
        "price of single gifts": int(book.gifts_spent - gifts),
        "projects": int(nation.projects_running - under_way.sum()),
        "projects by what they do": int(nation.projects.sum() - under_way.sum()),
        "course places": int(nation.mission.places_used.sum() - units.trainees.sum()),
        "units on operations": int(nation.on_operations - (units.status == OPERATIONS).sum()),
        **_where_partners_money_ended(world),
        **_where_the_mission_s_money_ended(world),
        "gifts' euros, by use": int(book.gifts_use.sum() - book.gifts_spent) + abs(int(book.gifts_use[WAITING])),
        **_who_learns_where(world),
    }


def _apart(first: Any, second: Any) -> int:
    """By how much two lists of whole numbers differ, taken together: what is too much in one place makes up for nothing."""
    return int(np.abs(np.asarray(first, np.int64) - np.asarray(second, np.int64)).sum())


def held_by_partners(world: World) -> Any:
    """EUR of each partner, wherever they are: not committed, lapsed, committed and not yet paid, or in one of the uses."""
    donors = world.donors
    projects = donors["projects"]
    outstanding = np.where(projects["status"] != NO_PROJECT, projects["euros"] - projects["paid"], 0).sum(axis=1)
    return donors["available"] + donors["lapsed"] + outstanding + donors["use"].sum(axis=(1, 2, 3))


def granted_in_a_month(before: World, world: World) -> Any:
    """EUR that each partner was granted between two states a month apart: a year's budget in January, the rest of a year's
    where it came, each with its part of what partners add to their budgets."""
    month = world.nation[0].calendar_month
    present, added = before.nation[0].host.present_budget, world.levers[world.nation[0].month].donors_extra_budget
    stayed, came = before.donors["active"] == 1, (before.donors["active"] == 0) & (world.donors["active"] == 1)
    budget = world.donors["annual_budget"]
    if present > 0.0:
        budget = budget + (added * budget / present).astype(np.int64)
    return np.where(stayed & (month == 1), budget, 0) + np.where(came, budget * (13 - month) // 12, 0)


def presence_in_a_month(before: World, world: World) -> int:
    """EUR of the mission's budget for the month between two states that courses of the month before leave for being there;
    nothing where it is called home or told to leave."""
    levers, nation = world.levers[world.nation[0].month], before.nation[0]
    if levers.training_mission == 0 or nation.host.expelled == 1:
        return 0
    return max(0, int(levers.training_budget) // 12 - int(nation.mission.instruction))


def _where_partners_money_ended(world: World) -> dict[str, int]:
    book = world.nation[0].book
    donors = world.donors
    use, projects = donors["use"], donors["projects"]
    waiting = np.zeros((donors.size, KIND_COUNT, TARGET_COUNT), np.int64)
    for d, s in zip(*np.nonzero(projects["status"] != NO_PROJECT), strict=True):
        waiting[d, projects["kind"][d, s], projects["target"][d, s]] += projects["waiting"][d, s]
    work = np.delete(use, (TRANSACTION, LAPSED), axis=3).sum(axis=(0, 2, 3))
    return {
        "partners' euros end somewhere": int(held_by_partners(world).sum() - book.donors_granted),
        "partners' euros that wait": _apart(use[..., WAITING], waiting),
        "partners' euros that lapsed": int(donors["lapsed"].sum() + use[..., LAPSED].sum() - book.donors_lapsed),
        "partners' euros by kind of work": _apart(work, book.donors_spent),
        "partners' euros on the way": int(use[..., TRANSACTION].sum() - book.donors_spent_on_dialogue),
        "partners' uses below zero": int((use < 0).sum() + (donors["available"] < 0).sum()),
    }


def _where_the_mission_s_money_ended(world: World) -> dict[str, int]:
    book, use = world.nation[0].book, world.nation[0].mission.use
    booked = np.zeros(KIND_COUNT, np.int64)
    booked[COURSE] = book.mission_standing + book.mission_instruction + book.mission_tracking + book.mission_trainers
    booked[EQUIPMENT], booked[ADVICE], booked[MENTORING] = (
        book.mission_vehicles,
        book.mission_advisers,
        book.mission_mentors,
    )
    waiting = np.zeros(KIND_COUNT, np.int64)
    waiting[COURSE] = world.units.course_paid.sum()
    return {
        "mission's euros end somewhere": _apart(use.sum(axis=1), booked),
        "mission's euros that wait": _apart(use[:, WAITING], waiting),
        "mission's uses below zero": int((use < 0).sum()),
    }


def _who_learns_where(world: World) -> dict[str, int]:
    """Places on courses by site and programme; battalions and their companies; partners at the table."""
    nation: Any = world.nation[0]
    units, battalions, donors = world.units, world.battalions, world.donors
    by_site = np.bincount(units.site, units.trainees, SITES)
    by_programme = np.bincount(units.course_programme, units.trainees, PROGRAMME_COUNT)
    battalion = units.index // COMPANIES_A_BATTALION
    present = units.together + units.elsewhere + units.untrained
    began = nation.month >= 0
    counted = [np.bincount(battalion, soldiers, battalions.size) for soldiers in (present, units.together)]
    levers = world.levers[max(nation.month, 0)]
    invited = levers.coordination_forum > 0 or levers.coordination_regime > 0
    comes = (donors.active == 1) & (donors.openness < levers.coordination_participation) & (donors.member == 1)
    return {
        "course places by site": _apart(nation.mission.places_used, by_site),
        "course places by programme": _apart(nation.mission.programme_used, by_programme),
        "soldiers by battalion": _apart([battalions.present, battalions.together], counted) if began else 0,
        "companies called without a call": int((units.called[battalions.call_months[battalion] == 0] == 1).sum()),
        "partners at the table": int(nation.members - (comes.sum() if began and invited else 0)),
    }


def is_sound(world: World) -> bool:
    return not any(discrepancies(world).values())
