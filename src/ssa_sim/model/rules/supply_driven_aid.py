"""Phase 6. Supply-driven aid (IRSEM 3): partners propose what shows and what they like, and the host rarely refuses."""

import math

from ssa_sim.model.chance import pick
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.aid_in_use import fit_of, greatest_need, held_by, target_of
from ssa_sim.model.rules.internal_security import chooses_police, fit_of_police_project
from ssa_sim.model.rules.money import budget_of
from ssa_sim.model.rules.needs import needs_weight
from ssa_sim.model.rules.presence import BINDING, at_table
from ssa_sim.model.state import (
    ADVICE,
    COMMAND,
    COMPANIES_A_BATTALION,
    COURSE,
    EQUIPMENT,
    FUNCTION_COUNT,
    HUMAN_RESOURCES,
    INFANTRY,
    INFRASTRUCTURE,
    INSTITUTIONAL,
    INTERNAL_SECURITY,
    LOGISTICS,
    MENTORING,
    NO_PROJECT,
    OFFERED,
    PROJECT_SLOTS,
    ZONE_COUNT,
)

NO_DIVISION, BY_ZONE, BY_BATTALION, BY_FLEET = range(4)
SHARES_OF_BATTALIONS = 8
"""Into how many lots battalions are divided among partners (assumption)."""
OUTSIDE_ITS_SHARE = 10.0
"""More than any other ground of choice weighs: a partner helps elsewhere only where nobody is in its share."""


@rule
def _free_slot(donor):
    for s in range(PROJECT_SLOTS):
        if donor.projects[s].status == NO_PROJECT:
            return s
    return -1


@rule
def _function_chosen(donor, nation, weight, parameters, draws):
    """By needs and by liking, as the weight on needs has it; not again what the host has just declined (M12)."""
    best = 0
    most = -1e9
    for f in range(FUNCTION_COUNT):
        wish = donor.visibility * nation.showy[f] + (1.0 - donor.visibility) * donor.preference[f]
        worth = weight * donor.perceived[f] + (1.0 - weight) * wish + parameters.offers_choice_noise * draws.taste[f]
        worth -= parameters.offers_refusal_heard * max(0.0, -donor.consent[f])
        if worth > most:
            most = worth
            best = f
    return best


@rule
def _in_its_share(donor, unit, division):
    """Whether a unit is in the share of a partner that keeps to a division of labour: a zone, or a lot of battalions."""
    if division == BY_ZONE:
        return unit.zone == int(donor.key * ZONE_COUNT)
    if division == BY_BATTALION:
        lot = unit.index // COMPANIES_A_BATTALION % SHARES_OF_BATTALIONS
        return lot == int(donor.key * SHARES_OF_BATTALIONS)
    return True


@rule
def _unit_chosen(donor, units, kind, weight, division, parameters, draws):
    best = 0
    most = -1e9
    for u in range(units.shape[0]):
        unit = units[u]
        lack = 1.0 - unit.skill
        if kind == EQUIPMENT:
            lack = 1.0 - min(1.0, held_by(unit) / parameters.equipment_vehicles_needed)
        liking = draws.liking + unit.index * 0.6180339887498949 + donor.key
        worth = weight * lack + (1.0 - weight + parameters.offers_choice_noise) * (liking - math.floor(liking))
        if not _in_its_share(donor, unit, division):
            worth -= OUTSIDE_ITS_SHARE
        if worth > most:
            most = worth
            best = u
    return best


@rule
def _zone_chosen(donor, nation, weight, division, parameters, draws):
    """Where a partner helps police: by what the zone lacks of them and by liking, as it chooses a unit."""
    best = 0
    most = -1e9
    for z in range(nation.zones.shape[0]):
        lack = 1.0 - nation.zones[z].police_presence
        liking = draws.liking + z * 0.6180339887498949 + donor.key
        worth = weight * lack + (1.0 - weight + parameters.offers_choice_noise) * (liking - math.floor(liking))
        if division == BY_ZONE and z != int(donor.key * ZONE_COUNT):
            worth -= OUTSIDE_ITS_SHARE
        if worth > most:
            most = worth
            best = z
    return best


@rule
def _duration(kind, parameters):
    if kind == COURSE:
        months = parameters.offers_course_months
    elif kind == EQUIPMENT:
        months = parameters.offers_equipment_months
    elif kind == ADVICE:
        months = parameters.offers_advice_months
    elif kind == INFRASTRUCTURE:
        months = parameters.offers_infrastructure_months
    elif kind == MENTORING:
        months = parameters.offers_mentoring_months
    else:
        months = parameters.offers_institutional_months
    return max(1, int(months + 0.5))


@rule
def _kind_that_serves(function, drawn):
    """What kind of project meets a need for a function; logistics needs vehicles and shelter alike, and police courses and
    vehicles (`drawn`, 0 to 1; an assumption)."""
    if function == LOGISTICS and drawn < 0.5:
        return INFRASTRUCTURE
    if function in (INFANTRY, COMMAND) or (function == INTERNAL_SECURITY and drawn < 0.5):
        return COURSE
    return INSTITUTIONAL if function == HUMAN_RESOURCES else EQUIPMENT


@rule
def _kind_chosen(donor, function, weight, nation, levers, parameters, draws):
    """As far as a partner goes by needs, what serves the function; else whatever its portfolio holds, whether or not it
    does (M10), and in an emergency what can be had at once instead of what takes years (M41); but for the share that all
    have agreed to give to institutions (M39)."""
    share = levers.donors_institutional_share
    if draws.kind < share:
        return INSTITUTIONAL
    drawn = (draws.kind - share) / max(1.0 - share, 1e-9)
    if drawn < weight:
        return _kind_that_serves(function, drawn / weight)
    kind = pick((drawn - weight) / max(1.0 - weight, 1e-9), donor.portfolio)
    urgent = parameters.offers_urgency * nation.insecurity
    if kind not in (ADVICE, INFRASTRUCTURE, INSTITUTIONAL) or draws.emergency >= urgent:
        return kind
    quick = donor.portfolio[COURSE] + donor.portfolio[EQUIPMENT]
    return COURSE if draws.emergency * quick < urgent * donor.portfolio[COURSE] else EQUIPMENT


@rule
def goes_alone(donor, nation, levers, parameters, draws):
    """Whether a partner goes ahead without waiting for the host's answer: the more often, the less the host can say (M18). Those
    who are bound do not, nor does anybody where coordination does not fail."""
    if parameters.mechanisms_coordination_failure <= 0.0:
        return False
    if levers.coordination_regime == BINDING and at_table(donor, levers):
        return False
    return draws.alone < parameters.offers_impatience * (1.0 - nation.host.articulation)


@rule
def offer_project(donor, units, nation, levers, parameters, draws):
    """A partner with money left proposes a project, sooner as the year ends (M10): for the army or for police, gendarmerie and
    guard (F19); its kind from its portfolio, its function by what shows, what it likes and what it has heard of needs, its
    unit or zone likewise, within its share where partners have divided the work. The host declines little of what meets no
    need (M12), and anything above its cap; its answer is remembered, and who was turned down comes back with another offer next
    month, since the money has to be spent (M10). A partner that goes ahead alone asks nobody, neither for needs nor for
    consent (M18)."""
    if donor.active == 0:
        return
    slot = _free_slot(donor)
    if slot < 0:
        return
    budget = budget_of(donor, nation, levers)
    unspent = donor.available / max(budget, 1)
    elapsed = nation.calendar_month / 12.0
    again = donor.turned_down == 1
    if not again and draws.offer >= parameters.offers_rate * (
        1.0 + parameters.offers_year_end_pressure * elapsed * unspent
    ):
        return
    spread = parameters.offers_size_spread
    wanted = budget * parameters.offers_size_share * math.exp(spread * draws.amount - 0.5 * spread * spread)
    size = min(donor.available, int(wanted))
    if size < parameters.offers_smallest:
        return
    nation.book.projects_offered += 1
    alone = goes_alone(donor, nation, levers, parameters, draws)
    weight = needs_weight(levers, parameters)
    if alone and parameters.mechanisms_supply_bias > 0.0:
        weight = 0.0
    division = levers.coordination_division if at_table(donor, levers) and not alone else NO_DIVISION
    chosen = 0
    if chooses_police(donor, weight, levers, draws):
        function = INTERNAL_SECURITY
        kind = _kind_chosen(donor, function, weight, nation, levers, parameters, draws)
        zone = _zone_chosen(donor, nation, weight, division, parameters, draws)
        fit = fit_of_police_project(zone, greatest_need(nation.host), nation)
    else:
        function = _function_chosen(donor, nation, weight, parameters, draws)
        kind = _kind_chosen(donor, function, weight, nation, levers, parameters, draws)
        chosen = _unit_chosen(donor, units, kind, weight, division, parameters, draws)
        zone = units[chosen].zone
        fit = fit_of(kind, function, units[chosen], nation, parameters)
    if not alone:
        declined = (
            draws.refusal < levers.host_refusal * (1.0 - fit) or nation.projects_running >= levers.host_project_cap
        )
        if function != INTERNAL_SECURITY:
            donor.consent[function] = -1.0 if declined else 1.0
        if declined:
            nation.book.projects_declined += 1
            donor.turned_down = 1
            return
    donor.turned_down = 0
    project = donor.projects[slot]
    project.status = OFFERED
    project.kind = kind
    project.function = function
    project.target = target_of(kind, function)
    project.unit = chosen
    project.alone = 1 if alone else 0
    project.division = 1 if division == BY_FLEET else 0
    project.zone = zone
    project.euros = size
    project.paid = 0
    project.waiting = 0
    project.duration = _duration(project.kind, parameters)
    project.months_run = 0
    project.delivered = 0.0
    project.fit = fit
    project.hours = parameters.absorption_hours_a_project
    project.duplicate = 0
    nation.projects_running += 1
    donor.available -= size
