"""Phase 8, first half. Absorption is a queue: every project takes officer-hours at one level of the host, and where more is
claimed than there is, it waits, loses quality or is used in part, while the money is spent all the same (M16, M35)."""

from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.aid_in_use import hand_over
from ssa_sim.model.rules.coordination import enter_in_list
from ssa_sim.model.rules.internal_security import mentor_police
from ssa_sim.model.rules.money import settle, spend_on_the_way
from ssa_sim.model.rules.needs import dialogue_effort
from ssa_sim.model.rules.offices import settled
from ssa_sim.model.rules.presence import meets_at_table, mission_in_country
from ssa_sim.model.rules.structures import DELAY
from ssa_sim.model.rules.teaching import take_over_doctrine
from ssa_sim.model.state import (
    DELIVERED,
    EQUIPMENT,
    FORMATION,
    INSTITUTIONAL,
    KIT_TYPES,
    LAPSED,
    LEVEL_COUNT,
    MENTORING,
    MINISTER,
    MINISTRY,
    MINISTRY_LEVEL,
    NO_PROJECT,
    OPERATIONS,
    POLICE,
    PROJECT_SLOTS,
    REFORM_COUNT,
    REGION_LEVEL,
    RUNNING,
    STAFF_LEVEL,
    WAITING,
)


@rule
def level_of(target):
    """Where a project for this target takes its officer-hours: the ministry, the general staff, or the regions."""
    if target == MINISTRY:
        return MINISTRY_LEVEL
    return REGION_LEVEL if target == FORMATION else STAFF_LEVEL


@rule
def open_hours(host, nation, levers, parameters, draws):
    """Officer-hours the host has for partners this month: a part of its staffs' time, at three levels, and its liaison
    officers, who work where most waits (F13). What was built at the ministry makes all of them go further. The mission's
    courses take hours of the general staff, its advisers and all meetings of partners hours of the ministry (F14)."""
    gain = 1.0 + parameters.absorption_institution_gain * host.institution
    ministry = parameters.absorption_ministry_share
    staff = parameters.absorption_staff_share
    host.hours_available[MINISTRY_LEVEL] = parameters.absorption_staff_hours * ministry * gain
    host.hours_available[STAFF_LEVEL] = parameters.absorption_staff_hours * staff * gain
    host.hours_available[REGION_LEVEL] = parameters.absorption_staff_hours * max(0.0, 1.0 - ministry - staff) * gain
    liaison = levers.host_liaison_officers * parameters.absorption_hours_an_officer * gain
    claimed = 0.0
    for level in range(LEVEL_COUNT):
        claimed += host.hours_claimed[level]
    for level in range(LEVEL_COUNT):
        share = host.hours_claimed[level] / claimed if claimed > 0.0 else 1.0 / LEVEL_COUNT
        host.hours_available[level] += liaison * share
        host.hours_claimed[level] = 0.0
    here = mission_in_country(nation, levers)
    host.hours_claimed[STAFF_LEVEL] = parameters.absorption_mission_hours * here
    host.hours_claimed[MINISTRY_LEVEL] = (
        parameters.absorption_hours_an_adviser
        * parameters.training_adviser_posts
        * levers.training_adviser_posts_filled
        * here
    )
    cost = int(levers.host_liaison_officers * parameters.absorption_liaison_cost)
    nation.book.host_granted += cost
    nation.book.host_liaison += cost


@rule
def claim_hours(donor, units, nation, levers, parameters, draws):
    """Every running project claims its officer-hours, whatever its size (ROODMAN2006), those for police at a ministry of
    their own; so does every partner that comes to the meetings."""
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status == RUNNING and project.target == POLICE:
            nation.host.police_claimed += project.hours
        elif project.status == RUNNING:
            nation.host.hours_claimed[level_of(project.target)] += project.hours
    if meets_at_table(donor, levers):
        nation.host.hours_claimed[MINISTRY_LEVEL] += parameters.absorption_meeting_hours


@rule
def _kept_by(state, host, parameters):
    """Share of what was built that is left after a month, where the state around it is this strong (0 to 1)."""
    lasting = (0.5 + host.ownership) * (1.0 - parameters.absorption_state_weight * (1.0 - state))
    return 1.0 - 1.0 / max(1.0, parameters.absorption_memory_months * lasting)


@rule
def claim_hours_for_depots(unit, nation, levers, parameters, draws):
    """Vehicles that wait in a depot keep officers of the general staff busy: with papers, drivers, parts and a roof (M16)."""
    waiting = 0
    for k in range(KIT_TYPES):
        waiting += unit.kit_depot[k]
    nation.host.hours_claimed[STAFF_LEVEL] += waiting * parameters.absorption_hours_a_vehicle


@rule
def weigh_load(host, nation, levers, parameters, draws):
    """What each level has hours for. What advisers taught and what was built in the formations of the zones fades, sooner where
    the host does not own it (M13), and where the state around it is weak: in a zone by its presence there, at the ministry by
    what is in use of the systems for personnel, pay and logistics (M37)."""
    available = 0.0
    claimed = 0.0
    served = 0.0
    for level in range(LEVEL_COUNT):
        share = 1.0
        if parameters.mechanisms_absorption_limit > 0.0:
            share = min(1.0, host.hours_available[level] / max(host.hours_claimed[level], 1e-9))
        host.served[level] = share
        available += host.hours_available[level]
        claimed += host.hours_claimed[level]
        served += share * host.hours_claimed[level]
    host.load = claimed / max(available, 1.0)
    host.delivery = served / claimed if claimed > 0.0 else 1.0
    systems = 0.0
    for r in range(REFORM_COUNT):
        systems += host.reforms[r] / REFORM_COUNT
    keep = _kept_by(systems, host, parameters)
    host.advice *= keep
    for z in range(nation.zones.shape[0]):
        zone = nation.zones[z]
        keep = _kept_by(zone.state_presence, host, parameters)
        zone.medical *= keep
        zone.counter_ied *= keep
        zone.air *= keep
        zone.workshop *= keep
        zone.facilities *= keep


@rule
def _mentor(donor, project, unit, slot, nation, parameters, draws):
    """A month beside a unit: its leaders and soldiers learn, and drill where they serve, more than on any course. Tells
    whether mentors were hurt and their state calls them home (M42)."""
    pace = parameters.absorption_mentoring_pace * nation.host.served[STAFF_LEVEL]
    ceiling = parameters.training_skill_ceiling
    unit.skill += pace * max(0.0, ceiling - unit.skill)
    unit.habit += pace * max(0.0, ceiling - unit.habit)
    unit.leadership += pace * (1.0 - unit.leadership)
    take_over_doctrine(unit, donor.lineage, pace * parameters.training_doctrine_weight, parameters)
    risk = parameters.absorption_mentors_at_risk * parameters.training_mentor_risk
    threat = nation.zones[unit.zone].threat if unit.status == OPERATIONS else 0.0
    return draws.mentors_hurt[slot] < risk * threat * donor.casualty_aversion


@rule
def _mentor_police(donor, project, slot, nation, parameters, draws):
    """A month beside police; mentors are hurt there as beside a unit on operations (M42)."""
    zone = nation.zones[project.zone]
    mentor_police(zone, nation.host, parameters)
    risk = parameters.absorption_mentors_at_risk * parameters.training_mentor_risk
    return draws.mentors_hurt[slot] < risk * zone.threat * donor.casualty_aversion


@rule
def abandon(donor, project, nation):
    """A project ends before its time: what is left of its money lapses, and what was half done serves nobody."""
    uses = donor.use[project.kind, project.target]
    left = project.euros - project.paid
    uses[LAPSED] += left
    settle(uses, project.waiting, 0.0, 0.0, 1.0)
    project.waiting = 0
    nation.book.donors_lapsed += left
    nation.book.projects_abandoned += 1


@rule
def strike_off(project, units, nation):
    """A project leaves the list of those that run."""
    enter_in_list(project, units, nation, -1)
    nation.projects_running -= 1
    project.status = NO_PROJECT


@rule
def _pay(donor, project, nation, levers, parameters):
    """A month's instalment, as planned at the start: of it dialogue is spent on the way, the rest waits for its work."""
    book = nation.book
    months = project.duration - project.months_run
    instalment = (project.euros - project.paid) // months if months > 0 else 0
    dialogue = int(instalment * dialogue_effort(levers, parameters))
    uses = donor.use[project.kind, project.target]
    spend_on_the_way(uses, dialogue)
    uses[WAITING] += instalment - dialogue
    project.waiting += instalment - dialogue
    project.paid += instalment
    book.donors_spent_on_dialogue += dialogue
    book.donors_spent[project.kind] += instalment - dialogue
    nation.tally.instalments += instalment
    nation.tally.instalments_lost += dialogue


@rule
def _work_done(project, host, parameters):
    """How much of a month's work gets done: what there are hours for; building institutions of defence waits for decisions
    too, which a minister new to office does not take yet (M06)."""
    done = host.police_served if project.target == POLICE else host.served[level_of(project.target)]
    if project.kind == INSTITUTIONAL and project.target != POLICE:
        done *= settled(host.offices[MINISTER], parameters)
    return done


@rule
def _is_over(project, parameters):
    """Whether a project ends this month. Beyond the host's hours it runs on until its work is done, but not for ever; a
    gift arrives when it was to arrive, whoever waits for it (M14)."""
    if project.months_run < project.duration:
        return False
    if parameters.structures_overload != DELAY or project.kind in (EQUIPMENT, MENTORING):
        return True
    done = project.delivered >= project.duration - 1e-9
    return done or project.months_run >= parameters.absorption_longest * project.duration


@rule
def deliver_projects(donor, units, nation, levers, parameters, draws):
    """A month of every running project: the instalment is paid, the work gets done as far as the host can take part, and
    what was achieved is handed over at the end."""
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status != RUNNING:
            continue
        _pay(donor, project, nation, levers, parameters)
        project.delivered += _work_done(project, nation.host, parameters)
        project.months_run += 1
        hurt = False
        if project.kind == MENTORING and project.target == POLICE:
            hurt = _mentor_police(donor, project, s, nation, parameters, draws)
        elif project.kind == MENTORING:
            hurt = _mentor(donor, project, units[project.unit], s, nation, parameters, draws)
        if hurt:
            abandon(donor, project, nation)
            project.status = DELIVERED
        elif _is_over(project, parameters):
            nation.book.projects_delivered += 1
            nation.book.projects_late += 1 if project.months_run > project.duration else 0
            hand_over(donor, project, units, nation, levers, parameters, draws)
            project.waiting = 0
            project.status = DELIVERED


@rule
def close_projects(donor, units, nation, levers, parameters, draws):
    """Projects that have ended leave the list only now, so that all of this month's endings met the same company."""
    for s in range(PROJECT_SLOTS):
        if donor.projects[s].status == DELIVERED:
            strike_off(donor.projects[s], units, nation)
