"""Phase 8, second half. Aid reaches a use: a project hands over to its target what was achieved, its worth falls as the need
there is met, and its money ends by what became of it (IRSEM 3 and 5)."""

import math

from ssa_sim.model.chance import whole
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.internal_security import hand_over_to_police
from ssa_sim.model.rules.money import settle
from ssa_sim.model.rules.needs import dialogue_effort
from ssa_sim.model.rules.structures import PARTIAL_USE, QUALITY
from ssa_sim.model.rules.teaching import (
    basic_content,
    drill_content,
    take_over_doctrine,
    teach_leaders,
    teach_skill,
    teach_team,
    transfer,
)
from ssa_sim.model.state import (
    ADVICE,
    AIR,
    COMMAND,
    COUNTER_IED,
    COURSE,
    EQUIPMENT,
    FORMATION,
    FUNCTION_COUNT,
    HUMAN_RESOURCES,
    INFANTRY,
    INFRASTRUCTURE,
    INSTITUTIONAL,
    INTERNAL_SECURITY,
    KIT_TYPES,
    LOGISTICS,
    MAINTENANCE,
    MEDICAL,
    MENTORING,
    MINISTRY,
    POLICE,
    REST,
    STANDARD_KIT,
    UNIT_TARGET,
)


@rule
def target_of(kind, function):
    """Who uses what a project brings: the police what is for internal security, the ministry what makes systems and laws, a
    unit its mentors, leaders, soldiers and vehicles, the formations of a zone all else."""
    if function == INTERNAL_SECURITY:
        return POLICE
    if kind == MENTORING:
        return UNIT_TARGET
    if kind in (INSTITUTIONAL, ADVICE) or function == HUMAN_RESOURCES:
        return MINISTRY
    if kind == INFRASTRUCTURE or function in (MEDICAL, COUNTER_IED, AIR, MAINTENANCE):
        return FORMATION
    if kind == COURSE and function == LOGISTICS:
        return FORMATION
    return UNIT_TARGET


@rule
def serves(kind, function):
    """Whether what a project of this kind leaves is what the need for the function is about: shelter and vehicles serve
    logistics whatever they are called, institutions personnel, advice the staffs that manage it, mentors soldiers and leaders."""
    if kind == INFRASTRUCTURE:
        return function in (LOGISTICS, HUMAN_RESOURCES)
    if kind in (INSTITUTIONAL, ADVICE) or function == HUMAN_RESOURCES:
        return function == HUMAN_RESOURCES and kind != MENTORING
    if kind == MENTORING:
        return function in (INFANTRY, COMMAND)
    if kind == COURSE:
        return function != LOGISTICS
    return function not in (INFANTRY, COMMAND)


@rule
def _lack_in_unit(kind, function, unit, parameters):
    if kind == EQUIPMENT:
        return 1.0 - min(1.0, held_by(unit) / parameters.equipment_vehicles_needed)
    if function == COMMAND:
        return 1.0 - unit.leadership
    return 1.0 - min(1.0, unit.skill / parameters.training_skill_ceiling)


@rule
def _lack_at_target(kind, function, unit, nation, parameters):
    """What is still missing where a project would be used."""
    target = target_of(kind, function)
    if target == UNIT_TARGET:
        return _lack_in_unit(kind, function, unit, parameters)
    host = nation.host
    if target == MINISTRY:
        return 1.0 - (host.advice if kind == ADVICE else host.institution)
    zone = nation.zones[unit.zone]
    if kind == INFRASTRUCTURE:
        return 1.0 - zone.facilities
    if function == MEDICAL:
        return 1.0 - zone.medical
    if function == COUNTER_IED:
        return 1.0 - zone.counter_ied
    if function == AIR:
        return 1.0 - zone.air
    return 1.0 - zone.workshop


@rule
def greatest_need(host):
    """The largest of the army's unmet needs, never zero."""
    greatest = 1e-9
    for f in range(FUNCTION_COUNT):
        greatest = max(greatest, host.unmet[f])
    return greatest


@rule
def fit_of(kind, function, unit, nation, parameters):
    """How far a project meets a need: the army's unmet need for its function, against the greatest, times what is missing of it
    where the project is used; nothing where its kind does not serve the function."""
    if not serves(kind, function):
        return 0.0
    return (
        nation.host.unmet[function]
        / greatest_need(nation.host)
        * _lack_at_target(kind, function, unit, nation, parameters)
    )


@rule
def _built(stock, worth, euros, scale):
    """What money adds to a stock in [0, 1]: less, the fuller it is already, so that a second of the same finds little left."""
    return stock + worth * (1.0 - math.exp(-euros / scale)) * (1.0 - stock)


@rule
def _hand_over_at_ministry(project, net, quality, host, parameters):
    """Advice and institutions; tells what of it there was already."""
    scale = parameters.absorption_ministry_scale
    if project.kind == ADVICE:
        known = host.advice
        host.advice = _built(host.advice, quality, net, scale)
        return known
    known = host.institution
    host.institution = _built(host.institution, quality, net, scale)
    return known


@rule
def _hand_over_in_zone(project, net, quality, zone, parameters):
    """What formations of the zone use: buildings, evacuation, clearing of mines, support from the air, workshops. Tells what
    of it there was already."""
    scale = parameters.absorption_formation_scale
    if project.kind == INFRASTRUCTURE:
        known = zone.facilities
        zone.facilities = _built(known, quality, net, scale)
    elif project.function == MEDICAL:
        known = zone.medical
        zone.medical = _built(known, quality, net, scale)
    elif project.function == COUNTER_IED:
        known = zone.counter_ied
        zone.counter_ied = _built(known, quality, net, scale)
    elif project.function == AIR:
        known = zone.air
        zone.air = _built(known, quality, net, scale)
    else:
        known = zone.workshop
        zone.workshop = _built(known, quality, net, scale)
    return known


@rule
def _hand_over_course(donor, project, units, net, quality, nation, parameters, draws):
    """Places go to the unit chosen and then to the next ones; only units at rest release soldiers, and few at a time
    (M01). Soldiers learn by the curve of every course, and partners' courses are short (M23): one that is long enough teaches
    those on it to act together. Places that nobody fills
    have been paid all the same. Tells what they knew already, what did not carry over, and what stayed empty."""
    weeks = parameters.absorption_partner_weeks
    places = whole(draws.handover, net / (parameters.absorption_course_cost * weeks))
    left = places
    known = 0.0
    lost = 0.0
    for i in range(units.shape[0]):
        if left <= 0:
            break
        u = project.unit + i
        unit = units[u - units.shape[0] if u >= units.shape[0] else u]
        present = unit.together + unit.elsewhere + unit.untrained
        trained = min(left, int(parameters.absorption_release_share * present))
        if unit.status != REST or unit.trainees > 0 or trained <= 0:
            continue
        share = trained / present
        carried = transfer(unit, donor.kit_type, 0.0, parameters)
        gained = basic_content(weeks, parameters) * quality * carried
        team = False
        if project.function == COMMAND:
            led = min(1.0, trained / max(parameters.training_leaders * unit.strength, 1.0))
            known += trained * teach_leaders(unit, led, gained, parameters)
        else:
            known += trained * teach_skill(unit, share, gained, parameters)
            team = drill_content(weeks, parameters) > 0.0
            if team:
                teach_team(unit, trained, False, drill_content(weeks, parameters) * quality * carried, parameters)
        lost += trained * (1.0 - carried)
        learned = share * basic_content(weeks, parameters)
        unit.kit_known[donor.kit_type] += learned * (1.0 - unit.kit_known[donor.kit_type])
        take_over_doctrine(unit, donor.lineage, learned * parameters.training_doctrine_weight, parameters)
        fresh = min(unit.untrained, trained)
        joined = min(unit.elsewhere, trained - fresh) if team else 0
        unit.untrained -= fresh
        unit.elsewhere -= joined
        if team:
            unit.together += fresh + joined
            unit.cohort += fresh + joined if unit.cohort > 0 else 0
        else:
            unit.elsewhere += fresh
        nation.book.partner_completions += trained
        left -= trained
    filled = max(places - left, 1)
    return known / filled, lost / filled, left / max(places, 1)


@rule
def held_by(unit):
    """Vehicles that a unit has, working, broken or in its depot."""
    held = 0
    for k in range(KIT_TYPES):
        held += unit.kit_working[k] + unit.kit_broken[k] + unit.kit_depot[k]
    return held


@rule
def _hand_over_vehicles(donor, project, unit, net, quality, nation, levers, parameters, draws):
    """Vehicles reach the unit's depot, of the giver's type or the army's, some with parts (M14, M15). They arrive whether or
    not anybody is ready: what the host has no hours for comes without its parts. Tells what the unit did not lack, what it
    cannot use, and what will never serve: as far as can be told when they come."""
    price = parameters.equipment_price * (
        1.0
        + levers.equipment_support_cover * parameters.equipment_support_cost
        + levers.equipment_standardisation * parameters.equipment_standard_premium
    )
    vehicles = whole(draws.handover, net / price)
    standard = min(vehicles, whole(1.0 - draws.handover, vehicles * levers.equipment_standardisation))
    kit_type = donor.kit_type
    if project.division == 1:
        kit_type = STANDARD_KIT
    lacking = max(0.0, parameters.equipment_vehicles_needed - held_by(unit))
    unit.kit_depot[STANDARD_KIT] += standard
    unit.kit_depot[kit_type] += vehicles - standard
    nation.book.vehicles_given += vehicles
    months = levers.equipment_support_cover * parameters.equipment_support_months * quality
    nation.parts[STANDARD_KIT] += standard * months
    nation.parts[kit_type] += (vehicles - standard) * months
    unknown = 0.0
    never = 0.0
    for i in range(2):
        k = STANDARD_KIT if i == 0 else kit_type
        count = standard if i == 0 else vehicles - standard
        chance = service_chance(unit, k, nation.coverage[k], parameters)
        lost = (1.0 - chance) * parameters.equipment_depot_loss
        never += count * lost / max(chance + lost, 1e-9)
        unknown += count * parameters.readiness_kit_knowledge * (1.0 - unit.kit_known[k])
    spare = max(0.0, vehicles - lacking)
    count = max(vehicles, 1)
    return spare / count, unknown / count, never / count


@rule
def service_chance(unit, kit_type, coverage, parameters):
    """The probability that a vehicle in the depot enters service this month: more where soldiers know the type and
    somebody supports it (M15, M27), less the more of the unit's drivers have a vehicle already (M16)."""
    chance = min(
        1.0,
        parameters.equipment_service_base
        + parameters.equipment_service_known * unit.kit_known[kit_type]
        + parameters.equipment_service_supported * coverage,
    )
    driven = 0
    for k in range(KIT_TYPES):
        driven += unit.kit_working[k] + unit.kit_broken[k]
    drivers = parameters.equipment_drivers_share * (unit.together + unit.elsewhere + unit.untrained)
    return chance * max(0.0, 1.0 - driven / max(drivers, 1.0))


@rule
def _hand_over_parts(net, quality, nation, parameters):
    """Parts serve the whole fleet, each type by its number."""
    vehicles = 0
    for k in range(KIT_TYPES):
        vehicles += nation.fleet[k]
    price = parameters.equipment_price * parameters.equipment_support_cost
    months = quality * net / price * parameters.equipment_support_months
    for k in range(KIT_TYPES):
        nation.parts[k] += months * nation.fleet[k] / max(vehicles, 1)


@rule
def hand_over(donor, project, units, nation, levers, parameters, draws):
    """What was achieved reaches its target, and the money that waited for it ends.

    Under `overload` a late project is worth all that was done when it ends; or all of it is worse; or a part of it is used
    and the rest is left. A gift for maintenance is half parts, half workshop (assumption)."""
    done = min(1.0, project.delivered / project.duration)
    quality = done
    reach = 1.0
    if parameters.structures_overload == QUALITY:
        quality = math.exp(parameters.absorption_overload * math.log(max(done, 1e-9)))
    elif parameters.structures_overload == PARTIAL_USE:
        quality = 1.0
        reach = done
    net = reach * project.euros * (1.0 - dialogue_effort(levers, parameters))
    known = 0.0
    mismatched = 0.0
    rotting = 1.0 - reach * quality
    if project.kind == MENTORING:
        rotting = 0.0
    elif project.target == POLICE:
        known, empty = hand_over_to_police(project, net, quality, nation, parameters, draws)
        rotting = 1.0 - (1.0 - rotting) * (1.0 - empty)
    elif project.target == MINISTRY:
        known = _hand_over_at_ministry(project, net, quality, nation.host, parameters)
    elif project.target == FORMATION:
        if project.kind == EQUIPMENT and project.function == MAINTENANCE:
            net *= 0.5
            _hand_over_parts(net, quality, nation, parameters)
        known = _hand_over_in_zone(project, net, quality, nation.zones[project.zone], parameters)
    elif project.kind == COURSE:
        known, mismatched, empty = _hand_over_course(donor, project, units, net, quality, nation, parameters, draws)
        rotting = 1.0 - (1.0 - rotting) * (1.0 - empty)
    else:
        known, mismatched, never = _hand_over_vehicles(
            donor, project, units[project.unit], net, quality, nation, levers, parameters, draws
        )
        rotting = 1.0 - reach * (1.0 - never)
    settle(donor.use[project.kind, project.target], project.waiting, known, mismatched, rotting)
