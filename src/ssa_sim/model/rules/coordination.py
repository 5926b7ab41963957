"""Phase 7. Lack of coordination (IRSEM 4): who sees whose plans, who gives way, and who leaves an agreement.

A partner gains visibility at home by what it does; giving up or changing a project costs it that (M10, M19). It gives way as far
as it is willing, others do the same, and somebody may say no: regimes differ in who may.
"""

import math

from ssa_sim.model.chance import clip
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.aid_in_use import fit_of, greatest_need, serves, target_of
from ssa_sim.model.rules.internal_security import fit_of_police_project
from ssa_sim.model.rules.presence import BINDING, HOST_LED, LEAD_PARTNER, at_table
from ssa_sim.model.rules.structures import RELATIVE_IMPACT, SELF_ENFORCING
from ssa_sim.model.state import (
    COMPANIES_A_BATTALION,
    FORMATION,
    FUNCTION_COUNT,
    INTERNAL_SECURITY,
    KIND_COUNT,
    MINISTRY,
    NO_PROJECT,
    OFFERED,
    POLICE,
    PROJECT_SLOTS,
    RUNNING,
    UNIT_TARGET,
    ZONE_COUNT,
)


@rule
def _first_company(unit):
    return unit // COMPANIES_A_BATTALION * COMPANIES_A_BATTALION


@rule
def _same_place(kind, function, unit, zone, other):
    """Whether another project of this kind and function is at the same target: the ministry, the formations or the police of a
    zone, or a battalion."""
    target = target_of(kind, function)
    if target == MINISTRY:
        return True
    if target in (FORMATION, POLICE):
        return other.zone == zone
    return _first_company(other.unit) == _first_company(unit)


@rule
def _listed(lists, kind, function, zone, of_battalion):
    """How many projects of this kind and function are listed at one target."""
    target = target_of(kind, function)
    if target in (FORMATION, POLICE):
        return lists[kind, function, zone]
    if target == UNIT_TARGET:
        return of_battalion[kind, function]
    count = 0
    for z in range(ZONE_COUNT):
        count += lists[kind, function, z]
    return count


@rule
def enter_in_list(project, units, nation, change):
    """A project comes on the list of those that run, or leaves it."""
    nation.projects[project.kind, project.function, project.zone] += change
    if project.target == UNIT_TARGET:
        units[_first_company(project.unit)].projects[project.kind, project.function] += change


@rule
def _tell(project, units, nation):
    """A project comes on the list of those that partners tell one another."""
    nation.known_projects[project.kind, project.function, project.zone] += 1
    if project.target == UNIT_TARGET:
        units[_first_company(project.unit)].known_projects[project.kind, project.function] += 1


@rule
def _own_running(donor, project, function, zone):
    own = 0
    for s in range(PROJECT_SLOTS):
        other = donor.projects[s]
        same = other.kind == project.kind and other.function == function
        here = _same_place(project.kind, function, project.unit, zone, other)
        if other.status >= RUNNING and same and here:
            own += 1
    return own


@rule
def others_running(donor, project, function, zone, units, nation):
    """How many projects of other partners offer what this one would with this function: same kind, function and target."""
    of_battalion = units[_first_company(project.unit)].projects
    listed = _listed(nation.projects, project.kind, function, zone, of_battalion)
    return listed - _own_running(donor, project, function, zone)


@rule
def _tells(donor, levers, parameters):
    """Whether a partner's plans are on the table: not those of its agencies that compete with one another (M20)."""
    ready = donor.sharing * (1.0 - parameters.coordination_agency_rivalry)
    return at_table(donor, levers) and donor.candour < ready


@rule
def _others_seen(donor, project, function, zone, units, nation, levers, parameters):
    """Those of `others_running` that a partner at the table can know of: all that the host has accepted where it keeps
    the list, or where coordination does not fail; else what partners tell one another (M21)."""
    if levers.coordination_regime >= HOST_LED or parameters.mechanisms_coordination_failure <= 0.0:
        return others_running(donor, project, function, zone, units, nation)
    own = _own_running(donor, project, function, zone) if _tells(donor, levers, parameters) else 0
    of_battalion = units[_first_company(project.unit)].known_projects
    return _listed(nation.known_projects, project.kind, function, zone, of_battalion) - own


@rule
def open_table(host, nation, levers, parameters, draws):
    """Each month starts with nobody knowing what the others do. What was asked of partners last month, and how many gave
    way, is remembered for a while."""
    for k in range(KIND_COUNT):
        for f in range(FUNCTION_COUNT + 1):
            for z in range(ZONE_COUNT):
                nation.known_projects[k, f, z] = 0
    if nation.asked > 0:
        share = nation.gave_way / nation.asked
        nation.complied += parameters.coordination_memory * (share - nation.complied)
    nation.asked = 0
    nation.gave_way = 0


@rule
def open_table_for_unit(unit, nation, levers, parameters, draws):
    """The same for what is offered to a battalion."""
    for k in range(KIND_COUNT):
        for f in range(FUNCTION_COUNT):
            unit.known_projects[k, f] = 0


@rule
def _temptation(donor, nation, parameters):
    """What it is worth to a partner to stay outside. Under `coordination_game` that grows with the number of members, so that
    only small groups enforce themselves (BARRETT1999); with how much the partner wants an effect that is its own
    (ANNENMOERS2017); or with how small it is (ROODMANGAME2006)."""
    if parameters.structures_coordination_game == SELF_ENFORCING:
        return nation.members / (nation.members + parameters.coordination_group_half)
    if parameters.structures_coordination_game == RELATIVE_IMPACT:
        return donor.visibility
    return math.exp(-donor.annual_budget / parameters.coordination_small_budget)


@rule
def count_members(host, nation, levers, parameters, draws):
    """Partners have weighed whether they stay; the table is set anew for those who do."""
    nation.regime = levers.coordination_regime
    nation.members = 0


@rule
def weigh_membership(donor, units, nation, levers, parameters, draws):
    """Where an agreement is in force a partner stays in it as long as what it gives up, and what it could have outside,
    are no more than what it has from others who keep to it (F49); who left may come back. A new regime begins with all."""
    if levers.coordination_regime < LEAD_PARTNER or levers.coordination_regime != nation.regime:
        donor.member = 1
        donor.foregone = 0.0
        return
    if donor.active == 0:
        return
    donor.foregone *= 1.0 - parameters.coordination_memory
    outside = parameters.coordination_temptation * _temptation(donor, nation, parameters) + donor.foregone
    inside = donor.willingness + parameters.coordination_reciprocity * nation.complied
    step = parameters.coordination_exit_rate * (outside - inside)
    if donor.member == 1 and draws.membership < step:
        donor.member = 0
    elif donor.member == 0 and draws.membership < -step:
        donor.member = 1


@rule
def share_plans(donor, units, nation, levers, parameters, draws):
    """Partners at the table are counted; those that are ready to share tell the others what they do (F14, M20)."""
    if donor.active == 1 and at_table(donor, levers):
        nation.members += 1
    if not _tells(donor, levers, parameters):
        return
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status == RUNNING:
            _tell(project, units, nation)


@rule
def _shows(nation, parameters, function):
    return parameters.offers_showy_internal_security if function == INTERNAL_SECURITY else nation.showy[function]


@rule
def _cost_of_giving_way(donor, nation, parameters, function, other):
    """What a partner loses in visibility if it does another thing, or (-1) nothing."""
    shows = _shows(nation, parameters, function)
    instead = _shows(nation, parameters, other) if other >= 0 else 0.0
    return parameters.coordination_visibility_loss * donor.visibility * max(0.0, shows - instead)


@rule
def _gives_way(donor, nation, levers, parameters, cost, draws):
    """Whether a partner does as it is asked. Bound partners do; others as far as they are willing and see others do it, a
    lead partner asks, and what it costs them allows (M19, M21)."""
    if parameters.mechanisms_coordination_failure <= 0.0 or levers.coordination_regime == BINDING:
        return True
    pull = donor.willingness + parameters.coordination_reciprocity * nation.complied
    if levers.coordination_regime == LEAD_PARTNER:
        pull += parameters.coordination_lead_authority
    return draws.comply < clip(pull - cost, 0.0, 1.0)


@rule
def _says_no(nation, levers, parameters, draws):
    """Whether the host declines a project that is not on its list, where it leads: as far as it knows what it wants."""
    firm = parameters.coordination_host_veto * (0.5 + 0.5 * nation.host.clarity)
    return levers.coordination_regime == HOST_LED and draws.veto < firm


@rule
def _better_function(donor, project, units, nation, levers, parameters):
    """The function that the list asks for, of those that this kind of project serves: the host's list where the host leads or
    all are bound, else what the partner has heard; none where others are at it already. -1 where every function is taken,
    or none is asked for."""
    host_list = levers.coordination_regime >= HOST_LED
    best = -1
    most = 0.0
    for f in range(FUNCTION_COUNT):
        if (
            not serves(project.kind, f)
            or _others_seen(donor, project, f, project.zone, units, nation, levers, parameters) > 0
        ):
            continue
        worth = nation.host.articulated[f] if host_list else donor.perceived[f]
        if worth > most:
            most = worth
            best = f
    return best


@rule
def _zone_without(donor, project, units, nation, levers, parameters):
    """The zone that lacks most police among those where nobody offers the same; -1 where there is none."""
    best = -1
    most = -1.0
    for z in range(nation.zones.shape[0]):
        lack = 1.0 - nation.zones[z].police_presence
        if lack > most and _others_seen(donor, project, project.function, z, units, nation, levers, parameters) == 0:
            most = lack
            best = z
    return best


@rule
def _redirect(project, function, zone, units, nation, parameters):
    nation.book.projects_redirected += 1
    project.function = function
    project.zone = zone
    project.target = target_of(project.kind, function)
    if project.target == POLICE:
        project.fit = fit_of_police_project(zone, greatest_need(nation.host), nation)
    else:
        project.fit = fit_of(project.kind, function, units[project.unit], nation, parameters)


@rule
def _withdraw(donor, project, nation):
    nation.projects_running -= 1
    donor.available += project.euros
    project.status = NO_PROJECT


@rule
def settle_offers(donor, units, nation, levers, parameters, draws):
    """Partners at the table, in this month's order, see what others do and may redirect a duplicate, one for police to
    another zone, or drop it; where
    the host leads or all are bound, they are asked to take up the host's list even without a duplicate, and where the host
    leads it may say no to what is not on it; who goes ahead alone asks nobody (M18). Then projects start."""
    here = at_table(donor, levers) or parameters.mechanisms_coordination_failure <= 0.0
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status != OFFERED:
            continue
        overlap = _others_seen(donor, project, project.function, project.zone, units, nation, levers, parameters)
        if here and project.alone == 0 and (overlap > 0 or levers.coordination_regime >= HOST_LED):
            zone = project.zone
            function = project.function
            if project.target == POLICE:
                if overlap > 0:
                    zone = _zone_without(donor, project, units, nation, levers, parameters)
                    function = function if zone >= 0 else -1
            else:
                function = _better_function(donor, project, units, nation, levers, parameters)
            other = function != project.function or zone != project.zone
            if other and (function >= 0 or overlap > 0):
                cost = _cost_of_giving_way(donor, nation, parameters, project.function, function)
                nation.asked += 1
                if _gives_way(donor, nation, levers, parameters, cost, draws):
                    nation.gave_way += 1
                    donor.foregone += parameters.coordination_memory * cost
                    if function < 0:
                        nation.book.projects_dropped += 1
                        _withdraw(donor, project, nation)
                        continue
                    _redirect(project, function, zone, units, nation, parameters)
                elif _says_no(nation, levers, parameters, draws):
                    nation.book.projects_declined += 1
                    _withdraw(donor, project, nation)
                    continue
        others = others_running(donor, project, project.function, project.zone, units, nation)
        project.duplicate = 1 if others > 0 else 0
        project.status = RUNNING
        enter_in_list(project, units, nation, 1)
        if _tells(donor, levers, parameters):
            _tell(project, units, nation)
