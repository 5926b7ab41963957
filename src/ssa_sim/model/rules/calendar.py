"""Phase 1. The calendar: ministers, contingents, partners that come and go, the yearly budget."""

import math

from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.absorption import abandon, strike_off
from ssa_sim.model.rules.money import budget_of
from ssa_sim.model.rules.offices import take_office
from ssa_sim.model.rules.presence import barred, mission_in_country, told_to_go
from ssa_sim.model.state import MINISTER, MISSION_LINEAGES, PROJECT_SLOTS, RUNNING


@rule
def open_month(host, nation, levers, parameters, draws):
    """The month begins; what is counted month by month starts from zero."""
    nation.month += 1
    nation.calendar_month = nation.calendar_month % 12 + 1
    nation.tally = nation.empty_tally
    nation.pool.vacancies = 0


@rule
def change_minister(host, nation, levers, parameters, draws):
    """Ministers change about once a year; priorities and half-agreed reforms are lost with them (F15, M06); clarity then
    grows towards what the strategic framework offers, and what advisers who are listened to bring to it (M07, F03)."""
    host.offices[MINISTER].months += 1
    if draws.minister < parameters.calendar_minister_change_rate:
        take_office(host, MINISTER, parameters)
        host.clarity *= 1.0 - parameters.calendar_clarity_lost
    goal = levers.host_strategic_framework
    goal += parameters.training_adviser_gain * host.advisers * (1.0 - goal)
    host.clarity += parameters.calendar_clarity_speed * (goal - host.clarity)


@rule
def suspend_mission(mission, nation, levers, parameters, draws):
    """A coup suspends the training mission and conditional aid from the month after it, for so many months (F34). It is
    settled here for the whole month, so that no phase sees it otherwise than another."""
    host = nation.host
    mission.suspended = 0
    if host.coups > 0 and host.months_since_coup < int(parameters.interests_suspension_months + 0.5):
        mission.suspended = 1


@rule
def _go_home(mission, levers):
    """A mission that is away has no contingent, knows nothing, and has no mandate that a review changed: one that comes
    or comes back begins with a contingent of its own and with what is decided then."""
    mission.months_to_rotation = 0.0
    mission.months_to_review = levers.training_mandate_review_months
    mission.knowledge = 0.0
    mission.seen_shallow = 0.0
    mission.seen_mismatch = 0.0
    mission.seen_absent = 0.0
    mission.more_weeks = 0.0
    mission.more_held = 0.0
    mission.more_mobile = 0.0


@rule
def rotate_contingent(mission, nation, levers, parameters, draws):
    """National contingents relieve one another, those of a suspended mission too; each teaches by norms of its own, and
    most of what it found out goes home with it (M22)."""
    if mission_in_country(nation, levers) <= 0.0:
        _go_home(mission, levers)
        return
    if mission.months_to_rotation <= 0.0:
        mission.months_to_rotation += levers.training_contingent_rotation_months
        step = 1 + int(draws.lineage * (MISSION_LINEAGES - 1))
        mission.lineage = 1 + (mission.lineage - 1 + step) % MISSION_LINEAGES
        mission.knowledge *= 1.0 - parameters.learning_handover_loss
        mission.rotations += 1
    mission.months_to_rotation -= 1.0


@rule
def _end_projects(donor, units, nation):
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status == RUNNING:
            abandon(donor, project, nation)
            strike_off(project, units, nation)


@rule
def enter_or_leave(donor, units, nation, levers, parameters, draws):
    """Partners come when insecurity passes what draws their attention (M40) and leave when their time there is over, when
    they are called home, or when those with scruples are told to go (M65). Who is told to go ends what runs at once;
    all others finish it. Where those who train do not equip, the others come sooner, and while they make an offer of
    their own (M28)."""
    if told_to_go(donor, nation):
        _end_projects(donor, units, nation)
    stays_away = barred(donor, nation, levers)
    if donor.active == 1:
        if stays_away or draws.leaving < 1.0 / donor.patience:
            donor.active = 0
            donor.lapsed += donor.available
            nation.book.donors_lapsed += donor.available
            donor.available = 0
        return
    drawn = 1.0 + (1.0 - donor.scruples) * (nation.host.rival_pull + levers.circumstances_rival_offer)
    rate = drawn * parameters.calendar_entry_rate
    if stays_away or draws.entry >= rate:
        return
    distance = (nation.insecurity - donor.entry_threshold) / parameters.calendar_entry_softness
    if draws.entry < rate / (1.0 + math.exp(-distance)):
        donor.active = 1
        donor.ever_active = 1
        donor.insight = parameters.needs_insight_base
        granted = budget_of(donor, nation, levers) * (13 - nation.calendar_month) // 12
        donor.available = granted
        nation.book.donors_granted += granted


@rule
def renew_budget(donor, units, nation, levers, parameters, draws):
    """In January what was not committed lapses and the year's budget begins, with what partners add to theirs."""
    if donor.active == 1 and nation.calendar_month == 1:
        donor.lapsed += donor.available
        nation.book.donors_lapsed += donor.available
        donor.available = budget_of(donor, nation, levers)
        nation.book.donors_granted += donor.available
