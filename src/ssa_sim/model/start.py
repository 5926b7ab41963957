"""The world as a run finds it: an army rebuilt after defeat, partners who may come, three zones (M31, IRSEM 1)."""

from typing import Any

import numpy as np

from ssa_sim.errors import InputError
from ssa_sim.model.history import HISTORY
from ssa_sim.model.noise import Noise, draw_noise
from ssa_sim.model.parameters import lever_records, parameter_records, refuse_parameters
from ssa_sim.model.state import (
    DONOR,
    FUNCTIONS,
    HOST_LINEAGE,
    KINDS,
    KIT_TYPES,
    LINEAGES,
    NATION,
    OPERATIONS,
    REST,
    STANDARD_KIT,
    UNIT,
    ZONES,
    World,
)
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.schema import Scenario


def partners(scenario: Scenario) -> int:
    """How many partners might come, all profiles together."""
    return sum(profile.partners for profile in scenario.donors)


def size_of(scenario: Scenario) -> tuple[int, int, int]:
    """For how many units, potential partners and months it needs draws."""
    return scenario.size.units, partners(scenario), scenario.months


def noise_for(scenario: Scenario, *, seed: int, replicate: int) -> Noise:
    """The draws of one replicate, of the size that the scenario needs; errors as for `checked_scenario` and `draw_noise`."""
    units, donors, months = size_of(checked_scenario(scenario))
    return draw_noise(seed, replicate, units=units, donors=donors, months=months)


def new_world(scenario: Scenario, noise: Noise, parameters: np.recarray[Any, Any] | None = None) -> World:
    """All records of a run before its first month; all but the draws are its own.

    Args:
        scenario: what to run.
        noise: its draws, of the size that it needs.
        parameters: an array of one record to use in place of the scenario's own uncertainties and mechanisms.

    Raises:
        InputError: the scenario, the parameters or the draws hold something that compiled code would read beyond its arrays
            with, or make nonsense of.
    """
    scenario = checked_scenario(scenario)
    if noise.size != size_of(scenario):
        raise InputError(
            f"The draws were made for {_in_words(noise.size)}.",
            allowed=f"those of noise_for(scenario, ...), for {_in_words(size_of(scenario))}",
        )
    levers = lever_records(scenario).copy()
    parameters = (parameter_records(scenario) if parameters is None else parameters).copy()
    refuse_parameters(parameters)
    units = _units(scenario, parameters[0], levers[0], noise)
    return World(
        nation=_nation(scenario, parameters[0], levers[0], units),
        units=units,
        donors=_donors(scenario, parameters[0], noise),
        levers=levers,
        parameters=parameters,
        unit_draws=noise.units,
        donor_draws=noise.donors,
        zone_draws=noise.zones,
        host_draws=noise.host,
        mission_draws=noise.mission,
        unit_order=noise.unit_order,
        donor_order=noise.donor_order,
        history=np.full(scenario.months, np.nan, HISTORY).view(np.recarray),
    )


def _in_words(size: tuple[int, int, int]) -> str:
    return "{} units, {} partners and {} months".format(*size)


def _units(scenario: Scenario, parameters: Any, levers: Any, noise: Noise) -> np.recarray[Any, Any]:
    size = scenario.size
    draws = noise.unit_start
    units = np.zeros(size.units, UNIT).view(np.recarray)
    units.index = np.arange(size.units)
    weights = np.array([parameters[f"operations_deployment_{zone}"] for zone in ZONES])
    bounds = np.cumsum(weights / weights.sum())[:-1]
    units.zone = np.searchsorted(bounds, draws["zone"], side="right")
    units.strength = size.company_strength
    fill = parameters.turnover_initial_fill
    units.untrained = np.minimum(size.company_strength, np.floor(fill * size.company_strength + draws["fill"]))
    ghost_share = parameters.turnover_ghost_share * parameters.mechanisms_rents
    units.ghosts = np.rint(units.untrained * ghost_share / (1.0 - ghost_share))
    units.officers = max(1, round(parameters.turnover_officers_share * size.company_strength))
    units.skill = np.clip(parameters.turnover_initial_skill + 0.05 * draws["skill"], 0.0, 1.0)
    units.tactical = parameters.turnover_initial_tactical
    units.leadership = parameters.turnover_leadership_base
    units.doctrine[:, HOST_LINEAGE] = 1.0
    units.kit_working[:, STANDARD_KIT] = np.floor(parameters.equipment_initial_vehicles + draws["vehicles"])
    units.kit_known[:, STANDARD_KIT] = parameters.equipment_initial_known
    out = draws["status"] < levers.operations_tempo
    units.status = np.where(out, OPERATIONS, REST)
    rest = levers.operations_rotation_months * (1.0 - levers.operations_tempo) / max(levers.operations_tempo, 0.01)
    units.months_in_status = np.floor(
        draws["months"] * np.where(out, levers.operations_rotation_months, min(rest, 12.0))
    )
    units.fatigue = parameters.operations_initial_fatigue
    units.morale = parameters.operations_initial_morale
    units.months_since_training = 120
    units.readiness = 0.1
    return units


def _donors(scenario: Scenario, parameters: Any, noise: Noise) -> np.recarray[Any, Any]:
    draws = noise.donor_start
    counts = [profile.partners for profile in scenario.donors]
    donors = np.zeros(sum(counts), DONOR).view(np.recarray)

    def each(trait: str) -> np.ndarray[Any, Any]:
        return np.repeat([getattr(profile, trait) for profile in scenario.donors], counts)

    for trait, count in (("lineage", LINEAGES), ("kit_type", KIT_TYPES)):
        _refuse_beyond(scenario, trait, count)
    donors.profile = np.repeat(np.arange(len(counts)), counts)
    donors.openness = draws["openness"]
    donors.candour = draws["candour"]
    donors.key = draws["key"]
    donors.visibility = each("visibility")
    donors.willingness = each("willingness")
    donors.sharing = each("sharing")
    donors.scruples = each("scruples")
    donors.casualty_aversion = each("casualty_aversion")
    spread = parameters.calendar_threshold_spread
    donors.entry_threshold = np.clip(each("entry_threshold") + spread * draws["entry_threshold"], 0.0, 1.0)
    donors.patience = each("patience_months")
    spread = parameters.offers_budget_spread
    donors.annual_budget = np.rint(
        each("annual_budget") * np.exp(spread * draws["annual_budget"] - 0.5 * spread * spread)
    )
    donors.lineage = each("lineage")
    donors.kit_type = each("kit_type")
    for k, kind in enumerate(KINDS):
        donors.portfolio[:, k] = each(kind)
    donors.preference = draws["preference"]
    donors.insight = parameters.needs_insight_base
    return donors


def _refuse_beyond(scenario: Scenario, trait: str, count: int) -> None:
    """Refuse a trait that compiled code would read or write beyond an array with: it counts from 0 and is the array's index.

    Raises:
        InputError: it names the partner, the trait, and what is allowed.
    """
    for profile in scenario.donors:
        value = getattr(profile, trait)
        if not 0 <= value < count:
            raise InputError(
                f'"donors.{profile.name}.{trait}" is {value}; the model knows {count} of them.',
                allowed=f"a whole number from 0 to {count - 1}",
            )


def _nation(scenario: Scenario, parameters: Any, levers: Any, units: np.recarray[Any, Any]) -> np.recarray[Any, Any]:
    nations = np.zeros(1, NATION).view(np.recarray)
    nation = nations[0]
    nation.month = -1
    nation.calendar_month = (scenario.period.start.month - 2) % 12 + 1
    nation.units = scenario.size.units
    nation.establishment = int(units.strength.sum())
    nation.on_operations = int(np.count_nonzero(units.status == OPERATIONS))
    for z, name in enumerate(ZONES):
        _start_zone(nation.zones[z], z, name, parameters, levers)
    nation.insecurity = float(np.mean(nation.zones["threat"]))
    for f, function in enumerate(FUNCTIONS):
        nation.showy[f] = parameters[f"offers_showy_{function}"]
    nation.coverage[:] = 0.5
    host = nation.host
    host.clarity = levers.host_strategic_framework
    host.delivery = 1.0
    nation.un_soldiers = nation.un_peak = levers.foreign_un_soldiers
    nation.counter_terrorism_soldiers = nation.counter_terrorism_peak = levers.foreign_counter_terrorism_soldiers
    foreign = nation.un_soldiers + nation.counter_terrorism_soldiers
    host.reliance = foreign / (foreign + parameters.interests_reliance_half)
    host.coup_fear = parameters.interests_fear_base
    host.coup_hazard = parameters.interests_coup_base
    host.months_since_coup = round(parameters.interests_months_since_coup)
    host.ownership = parameters.partnership_ownership_start
    host.relations = parameters.partnership_relations_start
    host.belief = parameters.reforms_belief_start
    nation.mission.months_to_review = levers.training_mandate_review_months
    nation.mission.lineage = 1
    nation.mission.rotations = levers.training_mission
    nation.mission.months_to_rotation = levers.training_contingent_rotation_months
    nation.book.soldiers_initial = int(units.untrained.sum())
    nation.book.vehicles_initial = int(units.kit_working.sum())
    return nations


def _start_zone(zone: Any, index: int, name: str, parameters: Any, levers: Any) -> None:
    zone.index = index
    zone.threat = zone.threat_before = parameters[f"security_threat_{name}"]
    zone.grievance = zone.grievance_ground = parameters[f"security_grievance_{name}"]
    zone.self_defence = parameters[f"security_self_defence_{name}"]
    zone.state_presence = zone.presence_at_start = parameters[f"security_state_presence_{name}"]
    zone.trust = parameters.population_trust_start
    zone.approval = parameters[f"population_approval_{name}"]
    zone.deaths_at_full_threat = parameters[f"security_deaths_{name}"]
    zone.deployment_share = parameters[f"operations_deployment_{name}"]
    zone.distance = parameters[f"operations_distance_{name}"]
    zone.hold = parameters.operations_initial_hold
    zone.held = parameters.operations_initial_held
    zone.mobility = 1.0
    if name == "south":  # what the two others leave
        zone.un_share = max(0.0, 1.0 - parameters.security_un_share_north - parameters.security_un_share_centre)
        zone.counter_terrorism_share = max(
            0.0,
            1.0
            - parameters.security_counter_terrorism_share_north
            - parameters.security_counter_terrorism_share_centre,
        )
    else:
        zone.un_share = parameters[f"security_un_share_{name}"]
        zone.counter_terrorism_share = parameters[f"security_counter_terrorism_share_{name}"]
    zone.foreign_soldiers = (
        levers.foreign_un_soldiers * zone.un_share
        + levers.foreign_counter_terrorism_soldiers * zone.counter_terrorism_share
    )
