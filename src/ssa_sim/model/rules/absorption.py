"""Phase 8. Delivery against absorptive capacity: every project takes officer-hours, and beyond what the host has all
of them suffer, while the money is spent all the same (M16, M35)."""

import math

from ssa_sim.model.chance import whole
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.coordination import others_running
from ssa_sim.model.rules.presence import mission_in_country
from ssa_sim.model.state import (
    ADVICE,
    AIR,
    COMMAND,
    COUNTER_IED,
    COURSE,
    DELIVERED,
    FUNCTION_COUNT,
    HUMAN_RESOURCES,
    INFRASTRUCTURE,
    INSTITUTIONAL,
    KIT_TYPES,
    LINEAGES,
    LOGISTICS,
    MAINTENANCE,
    MEDICAL,
    MENTORING,
    NO_PROJECT,
    OPERATIONS,
    PROJECT_SLOTS,
    REST,
    RUNNING,
    STANDARD_KIT,
)


@rule
def open_hours(host, nation, levers, parameters, draws):
    """Officer-hours the host has for partners this month: some of the staffs' time and its liaison officers (F13)."""
    host.hours_available = (
        parameters.absorption_staff_hours + levers.host_liaison_officers * parameters.absorption_hours_an_officer
    ) * (1.0 + parameters.absorption_institution_gain * host.institution)
    host.hours_claimed = parameters.absorption_mission_hours * mission_in_country(nation, levers)
    cost = int(levers.host_liaison_officers * parameters.absorption_liaison_cost)
    nation.book.host_granted += cost
    nation.book.host_liaison += cost


@rule
def claim_hours(donor, units, nation, levers, parameters, draws):
    """Every running project claims its officer-hours, whatever its size (ROODMAN2006)."""
    for s in range(PROJECT_SLOTS):
        if donor.projects[s].status == RUNNING:
            nation.host.hours_claimed += donor.projects[s].hours


@rule
def weigh_load(host, nation, levers, parameters, draws):
    """Within capacity all gets done; beyond it, since nothing is dropped, what gets done falls for all. What advice and
    institution building left fades, sooner where the host does not own it (M13, M37)."""
    host.load = host.hours_claimed / max(host.hours_available, 1.0)
    host.delivery = 1.0
    if host.load > 1.0 and parameters.mechanisms_absorption_limit > 0.0:
        host.delivery = math.exp(-parameters.absorption_overload * math.log(host.load))
    keep = 1.0 - 1.0 / (parameters.absorption_memory_months * (0.5 + host.ownership))
    host.advice *= keep
    host.facilities *= keep
    host.institution *= keep
    host.mechanics *= keep
    for f in range(FUNCTION_COUNT):
        host.capability[f] *= keep


@rule
def take_over_doctrine(unit, lineage, weight, parameters):
    """Mix a lineage into the unit's doctrine; nothing foreign enters where doctrinal confusion is switched off (M22)."""
    if parameters.mechanisms_doctrinal_confusion > 0.0:
        for d in range(LINEAGES):
            unit.doctrine[d] *= 1.0 - weight
        unit.doctrine[lineage] += weight


@rule
def _teach(donor, project, unit, trained, worth, nation, parameters):
    """What soldiers of one unit take home: to lead, to keep vehicles going, or to soldier."""
    share = trained / (unit.together + unit.elsewhere + unit.untrained)
    gain = share * worth * parameters.absorption_course_gain
    if project.function == COMMAND:
        unit.leadership += gain * (1.0 - unit.leadership)
    elif project.function == MAINTENANCE or project.function == LOGISTICS:
        nation.host.mechanics += trained * worth
    else:
        unit.skill += gain * (1.0 - unit.skill)
    unit.kit_known[donor.kit_type] += share * worth * (1.0 - unit.kit_known[donor.kit_type])
    take_over_doctrine(unit, donor.lineage, share * parameters.training_doctrine_weight, parameters)
    fresh = min(unit.untrained, trained)
    unit.untrained -= fresh
    unit.elsewhere += fresh
    nation.book.partner_completions += trained


@rule
def _hand_over_course(donor, project, units, net, worth, nation, parameters, draws):
    """Places go to the unit chosen and then to the next ones; only units at rest release soldiers, and few at a time
    (M01). Places that nobody fills have been paid all the same."""
    places = whole(draws.handover, net / parameters.absorption_course_cost)
    for i in range(units.shape[0]):
        unit = units[(project.unit + i) % units.shape[0]]
        present = unit.together + unit.elsewhere + unit.untrained
        released = min(places, int(parameters.absorption_release_share * present))
        if unit.status == REST and unit.trainees == 0 and released > 0:
            _teach(donor, project, unit, released, worth, nation, parameters)
            places -= released


@rule
def _hand_over_parts(net, quality, nation, parameters):
    """Parts and workshops serve the whole fleet, each type by its number."""
    vehicles = 0
    for k in range(KIT_TYPES):
        vehicles += nation.fleet[k]
    price = parameters.equipment_price * parameters.equipment_support_cost
    months = quality * net / price * parameters.equipment_support_months
    for k in range(KIT_TYPES):
        nation.parts[k] += months * nation.fleet[k] / max(vehicles, 1)


@rule
def _hand_over_vehicles(donor, unit, net, quality, nation, levers, parameters, draws):
    """Vehicles reach the unit's depot, of the giver's type or the army's, some with parts and mechanics (M14, M15)."""
    price = parameters.equipment_price * (
        1.0
        + levers.equipment_support_cover * parameters.equipment_support_cost
        + levers.equipment_standardisation * parameters.equipment_standard_premium
    )
    vehicles = whole(draws.handover, quality * net / price)
    standard = min(vehicles, whole(1.0 - draws.handover, vehicles * levers.equipment_standardisation))
    unit.kit_depot[STANDARD_KIT] += standard
    unit.kit_depot[donor.kit_type] += vehicles - standard
    nation.book.vehicles_given += vehicles
    months = levers.equipment_support_cover * parameters.equipment_support_months
    nation.parts[STANDARD_KIT] += standard * months
    nation.parts[donor.kit_type] += (vehicles - standard) * months


@rule
def _hand_over(donor, project, units, nation, levers, parameters, draws):
    quality = project.delivered / project.duration
    if quality < parameters.absorption_failure_below:
        nation.book.projects_failed += 1
        return
    nation.book.projects_delivered += 1
    worth = quality * project.fit
    if others_running(donor, nation, project.kind, project.function, project.zone) > 0:
        worth *= parameters.absorption_duplicate_worth
    net = project.euros * (1.0 - levers.donors_dialogue_effort)
    reach = worth * (1.0 - math.exp(-net / parameters.absorption_institution_scale))
    function = project.function
    host = nation.host
    if project.kind == INSTITUTIONAL or function == HUMAN_RESOURCES:
        host.institution += reach * (1.0 - host.institution)
    elif function in (MEDICAL, COUNTER_IED, AIR):
        host.capability[function] += reach * (1.0 - host.capability[function])
    elif project.kind == ADVICE:
        host.advice += reach * (1.0 - host.advice)
    elif project.kind == MENTORING:
        return
    elif project.kind == INFRASTRUCTURE:
        host.facilities += reach * (1.0 - host.facilities)
    elif project.kind == COURSE:
        _hand_over_course(donor, project, units, net, worth, nation, parameters, draws)
    elif function == MAINTENANCE:
        _hand_over_parts(net, quality, nation, parameters)
    else:
        _hand_over_vehicles(donor, units[project.unit], net, quality, nation, levers, parameters, draws)


@rule
def _mentor(donor, project, unit, slot, nation, parameters, draws):
    """A month beside a unit: its leaders and soldiers learn, more than on any course. Tells whether mentors were hurt and
    their state calls them home (M42)."""
    pace = parameters.absorption_mentoring_pace * nation.host.delivery
    unit.skill += pace * (1.0 - unit.skill)
    unit.leadership += pace * (1.0 - unit.leadership)
    take_over_doctrine(unit, donor.lineage, pace * parameters.training_doctrine_weight, parameters)
    risk = parameters.absorption_mentors_at_risk * parameters.training_mentor_risk
    threat = nation.zones[unit.zone].threat if unit.status == OPERATIONS else 0.0
    return draws.mentors_hurt[slot] < risk * threat * donor.casualty_aversion


@rule
def abandon(project, nation):
    """A project ends before its time: what is left of its money lapses."""
    nation.book.donors_lapsed += project.euros - project.paid
    nation.book.projects_abandoned += 1


@rule
def strike_off(project, nation):
    """A project leaves the list of those that run."""
    nation.projects[project.kind, project.function, project.zone] -= 1
    nation.projects_running -= 1
    project.status = NO_PROJECT


@rule
def deliver_projects(donor, units, nation, levers, parameters, draws):
    """A month of every running project: the instalment is paid, the work gets done as far as the host can take part,
    and at the end what was achieved is handed over or the project has failed."""
    book = nation.book
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status != RUNNING:
            continue
        instalment = (project.euros - project.paid) // (project.duration - project.months_run)
        dialogue = int(instalment * levers.donors_dialogue_effort)
        project.paid += instalment
        book.donors_spent_on_dialogue += dialogue
        book.donors_spent[project.kind] += instalment - dialogue
        project.delivered += nation.host.delivery
        nation.tally.instalments += instalment
        nation.tally.instalments_lost += dialogue + (instalment - dialogue) * (1.0 - nation.host.delivery)
        project.months_run += 1
        if project.kind == MENTORING and _mentor(donor, project, units[project.unit], s, nation, parameters, draws):
            abandon(project, nation)
            project.status = DELIVERED
        elif project.months_run == project.duration:
            _hand_over(donor, project, units, nation, levers, parameters, draws)
            project.status = DELIVERED


@rule
def close_projects(donor, units, nation, levers, parameters, draws):
    """Projects that have ended leave the list only now, so that all of this month's endings met the same company."""
    for s in range(PROJECT_SLOTS):
        if donor.projects[s].status == DELIVERED:
            strike_off(donor.projects[s], nation)
