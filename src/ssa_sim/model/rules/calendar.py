"""Phase 1. The calendar: ministers, contingents, partners that come and go, the yearly budget."""

import math

from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.divergent_interests import lose_unfinished_reforms
from ssa_sim.model.state import MISSION_LINEAGES


@rule
def open_month(host, nation, levers, parameters, draws):
    """The month begins; what is counted month by month starts from zero."""
    nation.month += 1
    nation.calendar_month = nation.calendar_month % 12 + 1
    nation.tally = nation.empty_tally
    nation.pool.vacancies = 0


@rule
def change_minister(host, nation, levers, parameters, draws):
    """Ministers change about once a year; priorities and half-done reforms are lost with them (F15, M06); clarity then
    grows towards what the strategic framework offers (M07)."""
    host.minister_months += 1
    if draws.minister < parameters.calendar_minister_change_rate:
        host.ministers += 1
        host.minister_months = 0
        host.clarity *= 1.0 - parameters.calendar_clarity_lost
        lose_unfinished_reforms(host, parameters)
    host.clarity += parameters.calendar_clarity_speed * (levers.host_strategic_framework - host.clarity)


@rule
def rotate_contingent(mission, nation, levers, parameters, draws):
    """National contingents relieve one another; each teaches by norms of its own, and most of what it
    found out goes home with it (M22)."""
    mission.months_to_rotation -= 1.0
    if mission.months_to_rotation <= 0.0:
        mission.months_to_rotation += levers.training_contingent_rotation_months
        step = 1 + int(draws.lineage * (MISSION_LINEAGES - 1))
        mission.lineage = 1 + (mission.lineage - 1 + step) % MISSION_LINEAGES
        mission.knowledge *= 1.0 - parameters.learning_handover_loss
        mission.rotations += 1


@rule
def enter_or_leave(donor, units, nation, levers, parameters, draws):
    """Partners come when insecurity passes what draws their attention (M40) and leave when patience ends (M18), when
    they are called home, or when those with scruples are told to go (M65). Where those who train do not equip, the
    others come sooner (M28)."""
    host = nation.host
    barred = donor.key >= levers.donors_presence or (host.expelled == 1 and donor.scruples > 0.5)
    if donor.active == 1:
        if barred or draws.leaving < 1.0 / donor.patience:
            donor.active = 0
            nation.book.donors_lapsed += donor.available
            donor.available = 0
        return
    distance = (nation.insecurity - donor.entry_threshold) / parameters.calendar_entry_softness
    drawn = 1.0 + (1.0 - donor.scruples) * host.rival_pull
    if not barred and draws.entry < drawn * parameters.calendar_entry_rate / (1.0 + math.exp(-distance)):
        donor.active = 1
        donor.ever_active = 1
        donor.insight = parameters.needs_insight_base
        granted = donor.annual_budget * (13 - nation.calendar_month) // 12
        donor.available = granted
        nation.book.donors_granted += granted


@rule
def renew_budget(donor, units, nation, levers, parameters, draws):
    """In January what was not committed lapses and the year's budget begins."""
    if donor.active == 1 and nation.calendar_month == 1:
        nation.book.donors_lapsed += donor.available
        donor.available = donor.annual_budget
        nation.book.donors_granted += donor.annual_budget
