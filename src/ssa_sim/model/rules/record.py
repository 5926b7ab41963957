"""Phase 14, second half: what is measured. The meaning of each outcome is in `ssa_sim.catalogue.outcomes`."""

import math

from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.divergent_interests import within_a_year
from ssa_sim.model.rules.presence import mission_in_country
from ssa_sim.model.state import (
    BLOCKED,
    CONTRACTORS,
    FORCE_COUNT,
    HR_REFORM,
    KIND_COUNT,
    KIT_TYPES,
    LAPSED,
    LINEAGES,
    LOGISTICS_REFORM,
    MINISTER,
    MISMATCHED,
    OFFICE_COUNT,
    OPERATIONS,
    PAY_REFORM,
    POLICE,
    PROJECT_SLOTS,
    REFORM_COUNT,
    ROTTING,
    RUNNING,
    SATURATED,
    SITES,
    TARGET_COUNT,
    TRANSACTION,
    USE_COUNT,
    USED,
    WAITING,
)


@rule
def count_unit(unit, nation, levers, parameters, draws):
    """A unit's part in the month's sums; means weigh units by their soldiers."""
    tally = nation.tally
    present = unit.together + unit.elsewhere + unit.untrained
    tally.units += 1
    tally.on_operations += 1 if unit.status == OPERATIONS else 0
    tally.soldiers += present
    tally.together += unit.together
    tally.ghosts += unit.ghosts
    tally.ready_soldiers += unit.readiness * present
    tally.fill_sum += present * unit.fill_part
    tally.skill += present * unit.skill_part
    tally.collective += present * unit.collective_part
    tally.kit += present * unit.kit_part
    tally.doctrine += present * unit.doctrine_part
    tally.leadership += present * unit.leadership_part
    tally.condition += present * unit.condition_part
    tally.match += present * unit.kit_match
    tally.battalion_drill += present * unit.battalion_drill
    if unit.readiness >= parameters.readiness_able_from:
        tally.able += 1
    elif unit.readiness >= parameters.readiness_with_support_from:
        tally.with_support += 1
    elif unit.readiness >= parameters.readiness_partly_from:
        tally.partly += 1
    concentration = 0.0
    for d in range(LINEAGES):
        concentration += unit.doctrine[d] * unit.doctrine[d]
    tally.dispersion += present * (1.0 - concentration)
    for k in range(KIT_TYPES):
        tally.working += unit.kit_working[k]
        tally.broken += unit.kit_broken[k]
        tally.depot += unit.kit_depot[k]


@rule
def count_donor(donor, units, nation, levers, parameters, draws):
    """A partner's part in the month's sums."""
    tally = nation.tally
    tally.active_donors += donor.active
    tally.money[LAPSED] += donor.lapsed
    tally.donors_ever += donor.ever_active
    if donor.active == 1:
        tally.budget += donor.annual_budget
        tally.budget_squares += 1.0 * donor.annual_budget * donor.annual_budget
    for u in range(USE_COUNT):
        ended = 0
        for k in range(KIND_COUNT):
            for t in range(TARGET_COUNT):
                ended += donor.use[k, t, u]
        tally.money[u] += ended
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status == RUNNING:
            tally.projects += 1
            tally.duplicates += project.duplicate
            tally.project_euros += project.euros
            tally.needed_euros += project.euros * project.fit
            tally.police_euros += project.euros if project.target == POLICE else 0


@rule
def _share(part, whole):
    return part / whole if whole > 0 else math.nan


@rule
def _record_units(history, nation):
    tally = nation.tally
    history.soldiers = tally.soldiers + nation.pool.trained + nation.pool.untrained
    history.trained_in_unit = tally.together
    history.ghosts = tally.ghosts
    history.ready_soldiers = tally.ready_soldiers
    history.readiness = _share(tally.ready_soldiers, tally.soldiers)
    history.fill_rate = _share(tally.fill_sum, tally.soldiers)
    history.individual_skill = _share(tally.skill, tally.soldiers)
    history.collective_skill = _share(tally.collective, tally.soldiers)
    history.equipment = _share(tally.kit, tally.soldiers)
    history.doctrine_consistency = _share(tally.doctrine, tally.soldiers)
    history.leadership = _share(tally.leadership, tally.soldiers)
    history.condition = _share(tally.condition, tally.soldiers)
    history.on_operations = _share(tally.on_operations, tally.units)
    history.doctrine_dispersion = _share(tally.dispersion, tally.soldiers)
    history.kit_match = _share(tally.match, tally.soldiers)
    history.kit_availability = _share(tally.working, tally.working + tally.broken + tally.depot)
    history.vehicles = tally.working + tally.broken + tally.depot
    mission = nation.mission
    history.completions = mission.completions
    history.battalion_completions = mission.battalion_completions
    history.retention_at_retraining = _share(mission.retention_sum, mission.retrainings)
    history.contingents = mission.rotations
    taken, free = 0, 0
    for site in range(SITES):
        taken += mission.places_used[site]
        free += mission.places_free[site]
    places = taken + free
    history.places_filled = min(1.0, taken / places) if places > 0 else math.nan
    history.mentor_casualties = mission.casualties


@rule
def _record_classes(history, nation):
    """Units by what they can do: alone, with support, partly, not."""
    tally = nation.tally
    history.units_able = _share(tally.able, tally.units)
    history.units_with_support = _share(tally.with_support, tally.units)
    history.units_partly = _share(tally.partly, tally.units)
    history.units_not = _share(tally.units - tally.able - tally.with_support - tally.partly, tally.units)
    history.battalion_drill = _share(tally.battalion_drill, tally.soldiers)


@rule
def _ended(nation, use):
    """EUR of partners, the mission and gifts that ended in a use so far."""
    euros = nation.tally.money[use] + nation.book.gifts_use[use]
    for k in range(KIND_COUNT):
        euros += nation.mission.use[k, use]
    return euros


@rule
def _record_money(history, nation):
    """Where partners' and the mission's money ended so far, and that of gifts, as shares of what was spent or has lapsed."""
    total = 0
    for u in range(USE_COUNT):
        total += _ended(nation, u)
    history.money_used = _share(_ended(nation, USED), total)
    history.money_saturated = _share(_ended(nation, SATURATED), total)
    history.money_mismatched = _share(_ended(nation, MISMATCHED), total)
    history.money_waiting = _share(_ended(nation, WAITING), total)
    history.money_rotting = _share(_ended(nation, ROTTING), total)
    history.money_transaction = _share(_ended(nation, TRANSACTION), total)
    history.money_lapsed = _share(_ended(nation, LAPSED), total)


@rule
def _changes(host):
    """How often offices changed hands, all of them together."""
    changes = 0
    for o in range(OFFICE_COUNT):
        changes += host.offices[o].changes
    return changes


@rule
def _record_aid(history, nation):
    tally = nation.tally
    book = nation.book
    host = nation.host
    history.active_projects = tally.projects
    history.active_partners = tally.active_donors
    history.partners_ever = tally.donors_ever
    history.duplication = _share(tally.duplicates, tally.projects)
    history.need_alignment = _share(tally.needed_euros, tally.project_euros)
    history.fragmentation = 1.0 - _share(tally.budget_squares, tally.budget * tally.budget)
    history.absorption_load = host.load
    history.delivery = host.delivery
    history.ministers = host.offices[MINISTER].changes
    history.office_changes = _changes(host)
    history.institution = host.institution
    history.needs_articulated = host.articulation
    history.never_deployed = _share(book.vehicles_never_deployed, book.vehicles_given)
    history.abandoned = book.vehicles_abandoned
    history.partner_completions = book.partner_completions
    history.projects_late = _share(book.projects_late, book.projects_delivered)
    history.parts_needed = host.parts_need
    history.coordination_members = nation.members
    history.giving_way = nation.complied
    support = 0.0
    for z in range(nation.zones.shape[0]):
        zone = nation.zones[z]
        support += (zone.medical + zone.counter_ied + zone.air + zone.workshop) / (4.0 * nation.zones.shape[0])
    history.formations = support
    history.transaction_costs = _share(tally.instalments_lost, 1.0 * tally.instalments)
    donors = book.donors_spent_on_dialogue
    for k in range(KIND_COUNT):
        donors += book.donors_spent[k]
    mission = (
        book.mission_standing
        + book.mission_instruction
        + book.mission_trainers
        + book.mission_vehicles
        + book.mission_advisers
        + book.mission_mentors
        + book.mission_tracking
    )
    beside = book.conditions_paid + book.population_spent + book.gifts_spent
    history.aid_spent = (donors + mission + beside) / 1e6
    history.conditions_paid = book.conditions_paid / 1e6
    history.conditions_withheld = book.conditions_withheld / 1e6
    history.mission_spent = mission / 1e6
    history.host_spent = (
        book.host_maintenance
        + book.host_liaison
        + book.host_stabilisation
        + book.host_recruitment
        + book.host_officers
        + book.host_contractors
    ) / 1e6
    history.total_spent = history.aid_spent + history.host_spent
    history.cost_per_completion = _share(1.0 * mission, nation.mission.completions)
    history.cost_per_ready_soldier = _share(1.0 * donors + mission + beside, tally.ready_soldiers)


@rule
def _record_violence(history, nation):
    north, centre, south = nation.zones[0], nation.zones[1], nation.zones[2]
    book = nation.book
    history.insecurity = nation.insecurity
    history.threat_north = north.threat
    history.threat_centre = centre.threat
    history.threat_south = south.threat
    history.deaths_north = north.deaths
    history.deaths_centre = centre.deaths
    history.deaths_south = south.deaths
    history.deaths = north.deaths + centre.deaths + south.deaths
    history.incidents = north.incidents + centre.incidents + south.incidents
    contests = north.contests + centre.contests + south.contests
    history.contests_won = _share(north.wins + centre.wins + south.wins, contests)
    history.army_hold = (north.hold + centre.hold + south.hold) / 3.0
    history.positions_held = (north.held + centre.held + south.held) / 3.0
    history.abuses = book.abuses
    history.civilian_harm = book.civilian_harm
    history.casualties = book.soldiers_killed
    history.desertions = book.soldiers_deserted
    history.departures = book.soldiers_left


@rule
def _record_politics(history, nation):
    host = nation.host
    history.reform_hr = host.reforms[HR_REFORM]
    history.reform_pay = host.reforms[PAY_REFORM]
    history.reform_logistics = host.reforms[LOGISTICS_REFORM]
    blocked = 0
    rents = 0.0
    adopted = 0
    files = 0.0
    unused = 0.0
    for r in range(REFORM_COUNT):
        rents += host.rents[r]
        adopted += host.adopted[r]
        files += host.files[r]
        unused += host.adopted[r] * (1.0 - host.reforms[r])
        if host.reform_status[r] == BLOCKED:
            blocked += 1
    history.reforms_blocked = blocked / REFORM_COUNT
    history.rents = rents / 1e6
    history.reform_files = files / REFORM_COUNT
    history.reforms_adopted = adopted / REFORM_COUNT
    history.reforms_unused = unused / REFORM_COUNT
    history.will = host.will
    history.ownership = host.ownership
    history.reliance = host.reliance
    history.coup_fear = host.coup_fear
    history.coup_hazard = within_a_year(host.coup_hazard)
    history.coups = host.coups
    history.relations = host.relations
    history.rival_share = _share(host.rival_budget, host.present_budget)
    history.expulsions = host.expelled
    foreign = 0.0
    for f in range(FORCE_COUNT):
        foreign += nation.forces[f].soldiers
    history.foreign_soldiers = foreign
    history.contractors = nation.forces[CONTRACTORS].soldiers
    history.forces_spent = nation.book.forces_spent / 1e6


@rule
def _record_mission(history, nation, levers):
    """What a mission knows and offers is not defined where there is none."""
    here = mission_in_country(nation, levers) > 0.0
    history.mission_knowledge = nation.mission.knowledge if here else math.nan
    history.course_weeks_taught = nation.mission.course_weeks if here else math.nan


@rule
def _record_communities(history, nation):
    """Communities, and what of the UN's benchmarks the model can speak to: C, D, E, F, H and I."""
    north, centre = nation.zones[0], nation.zones[1]
    history.local_share = 0.5 * (north.local_share + centre.local_share)
    history.self_defence_attitude = 0.5 * (north.attitude + centre.attitude)
    history.abuses_centre = centre.abuses
    history.un_accord = nation.host.accord
    history.un_integration = nation.host.integration
    history.un_state_authority = 0.5 * (north.state_presence + centre.state_presence)
    history.un_territorial_police = north.police_presence
    history.un_civil_society = nation.host.consultation
    history.un_accountability = 1.0 - 0.5 * (north.abuse_memory + centre.abuse_memory)
    history.un_benchmarks = (
        history.un_accord
        + history.un_integration
        + history.un_state_authority
        + history.un_territorial_police
        + history.un_civil_society
        + history.un_accountability
    ) / 6.0


@rule
def _record_population(history, nation):
    north, centre, south = nation.zones[0], nation.zones[1], nation.zones[2]
    history.trust_north = north.trust
    history.trust_centre = centre.trust
    history.trust_south = south.trust
    history.trust = (north.trust + centre.trust + south.trust) / 3.0
    history.approval_north = north.approval
    history.approval_centre = centre.approval
    history.approval_south = south.approval
    history.approval = (north.approval + centre.approval + south.approval) / 3.0
    history.state_presence_north = north.state_presence
    history.state_presence_centre = centre.state_presence
    history.state_presence_south = south.state_presence
    history.state_presence = (north.state_presence + centre.state_presence + south.state_presence) / 3.0
    history.grievance = (north.grievance + centre.grievance + south.grievance) / 3.0
    history.self_defence = (north.self_defence + centre.self_defence + south.self_defence) / 3.0
    alone = history.army_hold * (1.0 - nation.host.reliance)
    history.exit_success = (history.positions_held + alone + history.state_presence) / 3.0
    history.exit_failure = (nation.insecurity + 1.0 - history.approval + 1.0 - nation.host.relations) / 3.0
    _record_communities(history, nation)


@rule
def _record_internal_security(history, nation):
    officers = nation.officers_reserve
    presence = 0.0
    for z in range(nation.zones.shape[0]):
        officers += nation.zones[z].officers
        presence += nation.zones[z].police_presence / nation.zones.shape[0]
    history.officers = officers
    history.police_presence = presence
    history.police_presence_north = nation.zones[0].police_presence
    history.police_presence_centre = nation.zones[1].police_presence
    history.police_presence_south = nation.zones[2].police_presence
    history.police_completions = nation.book.police_completions
    history.police_share_of_aid = _share(nation.tally.police_euros, nation.tally.project_euros)


@rule
def record_outcomes(history, nation, levers):
    """Write the month's row of outcomes."""
    _record_units(history, nation)
    _record_classes(history, nation)
    _record_money(history, nation)
    _record_aid(history, nation)
    _record_violence(history, nation)
    _record_politics(history, nation)
    _record_mission(history, nation, levers)
    _record_population(history, nation)
    _record_internal_security(history, nation)
