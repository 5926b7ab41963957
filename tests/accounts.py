"""Counts every soldier, vehicle and euro of a world, and holds stocks against what was booked."""

from typing import Any

import numpy as np

from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import NO_PROJECT, World
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
        + book.mission_vehicles
        + book.mission_advisers
        + book.mission_mentors
        + book.mission_tracking
    )
    host_spent = book.host_maintenance + book.host_liaison + book.host_stabilisation + book.host_recruitment
    months = nation.month + 1
    parameters = world.parameters[0]
    welcome = np.concatenate([[True], world.history.expulsions[: months - 1] == 0.0])[
        :months
    ]  # this month, at its start
    here = int(((world.levers.training_mission[:months] > 0) & welcome).sum())
    standing = here * int(parameters.training_standing_cost / 12.0)
    gifts = int(world.levers.circumstances_vehicle_gift[:months].sum()) * int(parameters.equipment_price)
    recruitment = book.soldiers_recruited * parameters.turnover_recruit_cost
    unpaid_recruits = 0 if abs(book.host_recruitment - recruitment) <= months else book.host_recruitment - recruitment
    return {
        "soldiers": int(soldiers - soldiers_booked),
        "vehicles": int(vehicles - vehicles_booked),
        "donors' euros": int(
            int(world.donors.available.sum()) + outstanding + donors_spent + book.donors_lapsed - book.donors_granted
        ),
        "mission's euros": int(mission_spent - book.mission_granted),
        "standing cost for the months run": int(book.mission_standing - standing),
        "cost of the recruits there were": int(unpaid_recruits),
        "host's euros": int(host_spent - book.host_granted),
        "conditional euros": int(
            book.conditions_paid + book.conditions_withheld + nation.host.conditions_due - book.conditions_granted
        ),
        "euros for the population": int(book.population_spent - book.population_granted),
        "price of single gifts": int(book.gifts_spent - gifts),
        "projects": int(nation.projects_running - under_way.sum()),
        "projects by what they do": int(nation.projects.sum() - under_way.sum()),
        "course places": int(nation.mission.places_used.sum() - units.trainees.sum()),
        "units on operations": int(nation.on_operations - (units.status == 1).sum()),
    }


def is_sound(world: World) -> bool:
    return not any(discrepancies(world).values())
