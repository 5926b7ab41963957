"""The world as a run finds it: an army rebuilt after defeat, partners who may come, three zones (M31, IRSEM 1)."""

from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from ssa_sim.errors import InputError
from ssa_sim.model.history import empty_history
from ssa_sim.model.noise import Noise, battalions_of, draw_noise
from ssa_sim.model.parameters import copy_of, lever_records, numbers_of, parameter_records, refuse_parameters
from ssa_sim.model.state import (
    BATTALION,
    DONOR,
    FORCES,
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

Numbers = dict[str, Any]
"""A record of levers or parameters as plain numbers, by field."""

_FIXED_TRAITS = (
    *("visibility", "willingness", "sharing", "scruples", "casualty_aversion", "lineage", "kit_type"),
    "internal_security",
)
"""Those that every partner of a kind has alike."""
_TRAITS = (*_FIXED_TRAITS, "entry_threshold", "patience_months", "annual_budget", *KINDS)
_TRAITS_OF = attrgetter(*_TRAITS)


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
        parameters: an array of one record to use in place of the scenario's own uncertainties, mechanisms and structures.

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
    opening = _own_opening(scenario) if parameters is None else _opening(scenario, parameters)
    units = _units(scenario, opening.known, opening.first_levers, noise)
    return World(
        nation=_nation(opening.nation, units),
        units=units,
        battalions=_battalions(scenario.size.units),
        donors=_donors(opening, noise),
        levers=copy_of(lever_records(scenario)),
        parameters=copy_of(opening.parameters),
        unit_draws=noise.units,
        battalion_draws=noise.battalions,
        donor_draws=noise.donors,
        zone_draws=noise.zones,
        host_draws=noise.host,
        mission_draws=noise.mission,
        unit_order=noise.unit_order,
        battalion_order=noise.battalion_order,
        donor_order=noise.donor_order,
        history=empty_history(scenario.months),
    )


class _Opening(NamedTuple):
    """What all worlds of a scenario begin with, whatever their draws; worlds have copies."""

    parameters: np.recarray[Any, Any]  # (1,)
    known: Numbers  # the same
    first_levers: Numbers  # of the first month
    nation: np.recarray[Any, Any]  # (1,) NATION
    donors: np.recarray[Any, Any]  # (D,) DONOR
    traits: dict[str, np.ndarray[Any, Any]]  # of each partner, as its kind has them


def _opening(scenario: Scenario, parameters: np.recarray[Any, Any]) -> _Opening:
    parameters = copy_of(parameters)
    refuse_parameters(parameters)
    known, levers = numbers_of(parameters[0]), numbers_of(lever_records(scenario)[0])
    counts = [profile.partners for profile in scenario.donors]
    table = np.array([_TRAITS_OF(profile) for profile in scenario.donors]).reshape(-1, len(_TRAITS))
    traits = dict(zip(_TRAITS, np.repeat(table, counts, axis=0).T, strict=True))
    donors = _partners(scenario, known, counts, traits)
    return _Opening(parameters, known, levers, _nation_at_first(scenario, known, levers), donors, traits)


@lru_cache(maxsize=256)
def _own_opening(scenario: Scenario) -> _Opening:
    return _opening(scenario, parameter_records(scenario))


def _in_words(size: tuple[int, int, int]) -> str:
    return "{} units, {} partners and {} months".format(*size)


def _units(scenario: Scenario, parameters: Numbers, levers: Numbers, noise: Noise) -> np.recarray[Any, Any]:
    size = scenario.size
    draws = noise.unit_start
    units = np.zeros(size.units, UNIT)
    units["index"] = np.arange(size.units)
    weights = np.array([parameters[f"operations_deployment_{zone}"] for zone in ZONES])
    bounds = np.cumsum(weights / weights.sum())[:-1]
    units["zone"] = np.searchsorted(bounds, draws["zone"], side="right")
    units["strength"] = size.company_strength
    fill = parameters["turnover_initial_fill"]
    units["untrained"] = np.minimum(size.company_strength, np.floor(fill * size.company_strength + draws["fill"]))
    ghost_share = parameters["turnover_ghost_share"] * parameters["mechanisms_rents"]
    units["ghosts"] = np.rint(units["untrained"] * ghost_share / (1.0 - ghost_share))
    units["origin"] = _origins(draws["home"], parameters)
    units["officers"] = max(1, round(parameters["turnover_officers_share"] * size.company_strength))
    units["skill"] = np.clip(parameters["turnover_initial_skill"] + 0.05 * draws["skill"], 0.0, 1.0)
    units["habit"] = parameters["turnover_initial_tactical"]
    units["leadership"] = parameters["turnover_leadership_base"]
    units["doctrine"][:, HOST_LINEAGE] = 1.0
    units["kit_working"][:, STANDARD_KIT] = np.floor(parameters["equipment_initial_vehicles"] + draws["vehicles"])
    units["kit_known"][:, STANDARD_KIT] = parameters["equipment_initial_known"]
    out = draws["status"] < levers["operations_tempo"]
    units["status"] = np.where(out, OPERATIONS, REST)
    rotation, tempo = levers["operations_rotation_months"], levers["operations_tempo"]
    rest = rotation * (1.0 - tempo) / max(tempo, 0.01)
    units["months_in_status"] = np.floor(draws["months"] * np.where(out, rotation, min(rest, 12.0)))
    units["fatigue"] = parameters["operations_initial_fatigue"]
    units["morale"] = parameters["operations_initial_morale"]
    units["months_since_training"] = 120
    units["readiness"] = 0.1
    return units.view(np.recarray)


def _origins(homes: np.ndarray[Any, Any], parameters: Numbers) -> np.ndarray[Any, Any]:
    """Where each unit's soldiers come from, by zone (assumption): a share from one zone, its home, the rest as in the whole army."""
    from_north, from_centre = parameters["communities_from_north"], parameters["communities_from_centre"]
    army = np.array([from_north, from_centre, 1.0 - from_north - from_centre])
    home = np.searchsorted(np.cumsum(army)[:-1], homes, side="right")
    from_home = parameters["communities_from_home"]
    origins: np.ndarray[Any, Any] = (1.0 - from_home) * army + from_home * np.eye(len(ZONES))[home]
    return origins


def _battalions(companies: int) -> np.recarray[Any, Any]:
    battalions = np.zeros(battalions_of(companies), BATTALION)
    battalions["index"] = np.arange(len(battalions))
    battalions["months_since_training"] = 120
    return battalions.view(np.recarray)


def _partners(
    scenario: Scenario, parameters: Numbers, counts: list[int], traits: dict[str, np.ndarray[Any, Any]]
) -> np.recarray[Any, Any]:
    """The partners before anything is drawn."""
    for trait, count in (("lineage", LINEAGES), ("kit_type", KIT_TYPES)):
        _refuse_beyond(scenario, trait, count)
    donors = np.zeros(sum(counts), DONOR)
    donors["profile"] = np.repeat(np.arange(len(counts)), counts)
    for trait in _FIXED_TRAITS:
        donors[trait] = traits[trait]
    donors["patience"] = traits["patience_months"]
    for k, kind in enumerate(KINDS):
        donors["portfolio"][:, k] = traits[kind]
    donors["insight"] = parameters["needs_insight_base"]
    donors["member"] = 1
    return donors.view(np.recarray)


def _donors(opening: _Opening, noise: Noise) -> np.recarray[Any, Any]:
    draws, traits, parameters = noise.donor_start, opening.traits, opening.known
    donors = copy_of(opening.donors)
    for name in ("openness", "candour", "key", "preference"):
        donors[name] = draws[name]
    spread = parameters["calendar_threshold_spread"]
    donors["entry_threshold"] = np.clip(traits["entry_threshold"] + spread * draws["entry_threshold"], 0.0, 1.0)
    spread = parameters["offers_budget_spread"]
    donors["annual_budget"] = np.rint(
        traits["annual_budget"] * np.exp(spread * draws["annual_budget"] - 0.5 * spread * spread)
    )
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


def _nation(at_first: np.recarray[Any, Any], units: np.recarray[Any, Any]) -> np.recarray[Any, Any]:
    nations = copy_of(at_first)
    nations["establishment"] = units["strength"].sum()
    nations["on_operations"] = np.count_nonzero(units["status"] == OPERATIONS)
    book = nations["book"]
    book["soldiers_initial"] = units["untrained"].sum()
    book["vehicles_initial"] = units["kit_working"].sum()
    return nations


def _nation_at_first(scenario: Scenario, parameters: Numbers, levers: Numbers) -> np.recarray[Any, Any]:
    """The nation before its units are counted."""
    nations = np.zeros(1, NATION)
    nation = nations[0]
    nation["month"] = -1
    nation["calendar_month"] = (scenario.period.start.month - 2) % 12 + 1
    nation["units"] = scenario.size.units
    for z, name in enumerate(ZONES):
        _start_zone(nation["zones"][z], z, name, parameters, levers)
    nation["insecurity"] = float(np.mean(nation["zones"]["threat"]))
    for f, function in enumerate(FUNCTIONS):
        nation["showy"][f] = parameters[f"offers_showy_{function}"]
    nation["book"]["officers_initial"] = nation["zones"]["officers"].sum()
    nation["coverage"][:] = 0.5
    host = nation["host"]
    host["clarity"] = levers["host_strategic_framework"]
    host["delivery"] = 1.0
    host["served"] = 1.0
    host["police_served"] = 1.0
    host["police_crowding"] = 1.0
    for f, name in enumerate(FORCES):
        _start_force(nation["forces"][f], name, parameters, levers)
    forces, zones = nation["forces"], nation["zones"]
    zones["foreign_soldiers"] = forces["soldiers"] @ forces["share"]
    zones["shielding"] = (forces["soldiers"] * forces["shield"]) @ forces["share"]
    zones["fighting"] = (forces["soldiers"] * forces["fight"]) @ forces["share"]
    foreign = float(forces["soldiers"] @ forces["shield"])
    host["reliance"] = foreign / (foreign + parameters["interests_reliance_half"])
    host["coup_fear"] = parameters["interests_fear_base"]
    host["coup_hazard"] = parameters["interests_coup_base"]
    host["months_since_coup"] = round(parameters["interests_months_since_coup"])
    host["ownership"] = parameters["partnership_ownership_start"]
    host["relations"] = parameters["partnership_relations_start"]
    host["belief"] = parameters["reforms_belief_start"]
    mission = nation["mission"]
    mission["months_to_review"] = levers["training_mandate_review_months"]
    mission["lineage"] = 1
    mission["rotations"] = levers["training_mission"]
    mission["months_to_rotation"] = levers["training_contingent_rotation_months"]
    return nations.view(np.recarray)


def _start_zone(zone: Any, index: int, name: str, parameters: Numbers, levers: Numbers) -> None:
    zone["index"] = index
    zone["threat"] = zone["threat_before"] = parameters[f"security_threat_{name}"]
    zone["hidden"] = zone["hidden_before"] = min(parameters[f"security_hidden_{name}"], 1.0 - zone["threat"])
    zone["violence_lasting"] = parameters[f"security_violence_lasting_{name}"]
    zone["grievance"] = zone["grievance_ground"] = parameters[f"security_grievance_{name}"]
    zone["self_defence"] = parameters[f"security_self_defence_{name}"]
    zone["attitude"] = parameters[f"communities_attitude_{name}"]
    zone["state_presence"] = zone["presence_at_start"] = parameters[f"security_state_presence_{name}"]
    zone["trust"] = parameters["population_trust_start"]
    zone["approval"] = parameters[f"population_approval_{name}"]
    zone["deaths_at_full_threat"] = parameters[f"security_deaths_{name}"]
    zone["deployment_share"] = parameters[f"operations_deployment_{name}"]
    zone["distance"] = parameters[f"operations_distance_{name}"]
    zone["hold"] = parameters["operations_initial_hold"]
    zone["held"] = parameters["operations_initial_held"]
    zone["mobility"] = 1.0
    zone["posts"] = parameters[f"internal_security_posts_{name}"]
    zone["officers"] = round(zone["posts"] * zone["state_presence"])
    zone["police_skill"] = parameters["turnover_initial_skill"]
    zone["police_means"] = parameters["internal_security_own_means"]


def _start_force(force: Any, name: str, parameters: Numbers, levers: Numbers) -> None:
    """A foreign force as it is decided at first; the South has what the other zones leave of it."""
    lever = "foreign_contractors" if name == "contractors" else f"foreign_{name}_soldiers"
    force["soldiers"] = force["peak"] = levers[lever]
    north, centre = (parameters[f"forces_{name}_{zone}"] for zone in ("north", "centre"))
    force["share"] = (north, centre, max(0.0, 1.0 - north - centre))
    force["shield"] = 1.0 if name == "un" else parameters[f"forces_{name}_shield"]
    force["accompany"] = parameters.get(f"forces_{name}_accompany", 0.0)
    for trait in ("fight", "harm", "cost"):
        force[trait] = parameters[f"forces_{name}_{trait}"]
