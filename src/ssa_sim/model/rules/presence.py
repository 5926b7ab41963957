"""Who is in the country, and who is at the table. Every rule that depends on it asks here, so that all of them agree on what an expulsion, a
suspension or a decision to stay away ends.

Being told to leave (`host.expelled`) ends what foreign states do with the host: the mission, their projects, their
conditional aid and their programmes for the population. A suspension after a coup closes the mission's work and leaves
the mission where it is; conditional aid pauses meanwhile and loses nothing.
"""

from ssa_sim.model.compiled import rule
from ssa_sim.model.state import CONTRACTORS, FORCE_COUNT, SITES

NO_REGIME, INFORMATION, LEAD_PARTNER, HOST_LED, BINDING = range(5)


@rule
def mission_in_country(nation, levers):
    """1.0 where the training mission is in the country, at work or suspended, else 0.0."""
    return 1.0 if levers.training_mission > 0 and nation.host.expelled == 0 else 0.0


@rule
def mission_open(nation, levers):
    """Whether the training mission is in the country and not suspended."""
    return mission_in_country(nation, levers) > 0.0 and nation.mission.suspended == 0


@rule
def courses_held(nation, levers):
    """Whether the training mission is open and has places on courses, taken or free."""
    places = 0
    for site in range(SITES):
        places += nation.mission.places_free[site] + nation.mission.places_used[site]
    return mission_open(nation, levers) and places > 0


@rule
def foreign_forces_in_country(nation):
    """Whether there are foreign forces in the country, contractors left out: they explain themselves to nobody (assumption)."""
    soldiers = 0.0
    for f in range(FORCE_COUNT):
        if f != CONTRACTORS:
            soldiers += nation.forces[f].soldiers
    return soldiers > 0.0


@rule
def told_to_go(donor, nation):
    """Whether the host has told this partner to leave: those with scruples about arms, once partners are expelled."""
    return nation.host.expelled == 1 and donor.scruples > 0.5


@rule
def barred(donor, nation, levers):
    """Whether this partner may not be present: called home or told to leave."""
    return donor.key >= levers.donors_presence or told_to_go(donor, nation)


@rule
def conditional_aid_has_ended(nation, levers):
    """Whether no conditional aid is in force, nor paused: none is decided, or partners have been told to leave."""
    return levers.conditions_amount <= 0 or not programmes_may_run(nation)


@rule
def conditional_aid(nation, levers):
    """EUR a year of conditional aid in force this month: none once it has ended, none while it pauses with the mission."""
    if conditional_aid_has_ended(nation, levers) or nation.mission.suspended == 1:
        return 0
    return levers.conditions_amount


@rule
def programmes_may_run(nation):
    """Whether partners may run programmes with the host: conditional aid, and work for the population."""
    return nation.host.expelled == 0


@rule
def meets_at_table(donor, levers):
    """Whether a present partner comes to the meetings of a forum or a regime (F14)."""
    invited = levers.coordination_forum > 0 or levers.coordination_regime > NO_REGIME
    return invited and donor.active == 1 and donor.openness < levers.coordination_participation


@rule
def at_table(donor, levers):
    """Whether a partner takes part in coordination: it comes, and has not left the agreement."""
    invited = levers.coordination_forum > 0 or levers.coordination_regime > NO_REGIME
    return invited and donor.openness < levers.coordination_participation and donor.member == 1
