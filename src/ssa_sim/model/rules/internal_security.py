"""Police, gendarmerie and guard, taken as one family: who stands in the zones, what they can do, and what partners bring them.

They are the second family of recipients beside the army (F19, F61). They answer to a ministry of their own, with hours of its own.
"""

import math

from ssa_sim.model.chance import clip, poisson, whole
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.teaching import basic_content
from ssa_sim.model.state import (
    COURSE,
    EQUIPMENT,
    FUNCTION_COUNT,
    INFRASTRUCTURE,
    INTERNAL_SECURITY,
    KIND_COUNT,
    MENTORING,
    ZONE_COUNT,
)


@rule
def presence_of(zone, parameters):
    """How far officers are there for people, 0 to 1: the share of posts that are filled, by what officers there can do. Skill and
    means count alike (assumption), and officers without either still do something."""
    base = parameters.internal_security_untrained_effect
    able = base + (1.0 - base) * 0.5 * (zone.police_skill + zone.police_means)
    return min(1.0, zone.officers / max(zone.posts, 1.0)) * able


@rule
def _institution_helps(nation, parameters):
    """By what factor what was built at the ministry of security speeds posting, and slows leaving and forgetting."""
    return 1.0 + parameters.absorption_institution_gain * nation.host.police_institution


@rule
def _join_reserve(nation, officers, skill):
    known = nation.officers_reserve * nation.reserve_skill + officers * skill
    nation.officers_reserve += officers
    nation.reserve_skill = known / max(nation.officers_reserve, 1)


@rule
def recruit_officers(host, nation, levers, parameters, draws):
    """Those who wait for a post leave at the rate of all, and recruits join them, as many as there are posts without an
    officer; what recruiting costs is booked to the host."""
    left = min(
        nation.officers_reserve,
        whole(draws.reserve_left, nation.officers_reserve * parameters.internal_security_leaving_rate),
    )
    nation.officers_reserve -= left
    nation.book.officers_left += left
    vacant = -1.0 * nation.officers_reserve
    for z in range(nation.zones.shape[0]):
        vacant += nation.zones[z].posts - nation.zones[z].officers
    wanted = whole(draws.officers_recruited, levers.personnel_officers_per_year / 12.0)
    recruits = min(wanted, max(0, int(vacant)))
    _join_reserve(nation, recruits, parameters.turnover_recruit_skill)
    cost = int(recruits * parameters.turnover_recruit_cost)
    nation.book.officers_recruited += recruits
    nation.book.host_officers += cost
    nation.book.host_granted += cost
    nation.officers_wanted = 0.0


@rule
def lose_officers(zone, nation, levers, parameters, draws):
    """Officers are killed where there is violence, leave the service, and are drawn back from posts that the army does not hold where
    the threat is high (M45). Skill fades and means wear down to what the state keeps up by itself (AUDITORS2018). Then the zone
    says how many it could take: posts are filled where positions are held and it is safe (F33)."""
    killed = min(
        zone.officers,
        poisson(draws.officers_killed, zone.officers * parameters.internal_security_killed_rate * zone.threat),
    )
    zone.officers -= killed
    nation.book.officers_killed += killed
    helped = _institution_helps(nation, parameters)
    left = min(
        zone.officers,
        whole(draws.officers_left, zone.officers * parameters.internal_security_leaving_rate / helped),
    )
    zone.officers -= left
    nation.book.officers_left += left
    exposed = min(1.0, parameters.internal_security_withdrawal_pace * zone.threat * (1.0 - zone.held))
    withdrawn = min(zone.officers, whole(draws.officers_withdrawn, zone.officers * exposed))
    zone.officers -= withdrawn
    _join_reserve(nation, withdrawn, zone.police_skill)
    forgotten = max(0.0, zone.police_skill - parameters.turnover_recruit_skill)
    zone.police_skill -= parameters.internal_security_skill_fading / helped * forgotten
    zone.police_means += parameters.internal_security_means_wear * (
        parameters.internal_security_own_means - zone.police_means
    )
    pace = min(1.0, parameters.internal_security_posting_pace * helped)
    safe = zone.held * (1.0 - zone.threat)
    zone.officers_wanted = pace * safe * max(0.0, zone.posts - zone.officers)
    nation.officers_wanted += zone.officers_wanted


@rule
def plan_postings(host, nation, levers, parameters, draws):
    """What share of what zones could take there are officers for: zones are served alike."""
    nation.posting_share = min(1.0, nation.officers_reserve / max(nation.officers_wanted, 1e-9))


@rule
def post_officers(zone, nation, levers, parameters, draws):
    """Officers who wait go to the zone's posts and bring what they know."""
    posted = min(nation.officers_reserve, whole(draws.officers_posted, zone.officers_wanted * nation.posting_share))
    if posted > 0:
        known = zone.officers * zone.police_skill + posted * nation.reserve_skill
        zone.officers += posted
        nation.officers_reserve -= posted
        zone.police_skill = known / zone.officers
    zone.police_presence = presence_of(zone, parameters)


@rule
def weigh_police_needs(host, nation, levers, parameters, draws):
    """What zones lack of police, less where many projects are at it already, and what of that the state says: as much as it can say of
    the army's needs."""
    need = 0.0
    for z in range(nation.zones.shape[0]):
        need += (1.0 - nation.zones[z].police_presence) / nation.zones.shape[0]
    at_it = 0
    running = 0
    for k in range(KIND_COUNT):
        for z in range(ZONE_COUNT):
            at_it += nation.projects[k, INTERNAL_SECURITY, z]
            for f in range(FUNCTION_COUNT + 1):
                running += nation.projects[k, f, z]
    host.police_crowding = 1.0 + at_it * (FUNCTION_COUNT + 1) / max(running, 1)
    host.police_unmet = need / host.police_crowding
    host.police_articulated += parameters.needs_speed * (
        host.articulation * host.police_unmet - host.police_articulated
    )


@rule
def hear_police_needs(donor, units, nation, levers, parameters, draws):
    """A partner hears of this need as of the army's: in part, and for the rest it takes what shows for what is needed (M10, M11)."""
    if donor.active == 0:
        return
    host = nation.host
    seen = host.police_unmet
    if parameters.mechanisms_supply_bias > 0.0:
        seen = parameters.offers_showy_internal_security
    guess = clip(seen + parameters.needs_noise * draws.guess_police, 0.0, 1.0)
    donor.police_heard = donor.insight * host.police_articulated + (1.0 - donor.insight) * guess


@rule
def weigh_police_hours(host, nation, levers, parameters, draws):
    """What the ministry of security has hours for of what projects claim (M16). What was built there fades as at the ministry of
    defence (M13, M37)."""
    host.police_served = 1.0
    if parameters.mechanisms_absorption_limit > 0.0:
        host.police_served = min(1.0, parameters.internal_security_staff_hours / max(host.police_claimed, 1e-9))
    host.police_claimed = 0.0
    host.police_institution *= 1.0 - 1.0 / (parameters.absorption_memory_months * (0.5 + host.ownership))


@rule
def chooses_police(donor, weight, levers, draws):
    """Whether a project goes to the internal security forces rather than the army: as often as partners of this kind like to (F19), and
    as far as they go by needs (`weight`) by what they heard of both. A decision of all partners multiplies the odds."""
    army = 0.0
    for f in range(FUNCTION_COUNT):
        army = max(army, donor.perceived[f])
    heard = donor.police_heard / max(donor.police_heard + army, 1e-9)
    share = (1.0 - weight) * donor.internal_security + weight * heard
    odds = levers.donors_internal_security_weight * share
    return draws.family * (odds + 1.0 - share) < odds


@rule
def fit_of_police_project(zone, greatest, nation):
    """What the zone lacks of police, less where many projects are at it already, over the greatest of the army's needs (`greatest`);
    1 at most, so that projects for army and police are judged on one scale."""
    return min(1.0, (1.0 - nation.zones[zone].police_presence) / nation.host.police_crowding / greatest)


@rule
def mentor_police(zone, host, parameters):
    """A month beside officers: they learn by what their ministry has hours for."""
    pace = parameters.absorption_mentoring_pace * host.police_served
    zone.police_skill += pace * max(0.0, parameters.training_skill_ceiling - zone.police_skill)


@rule
def _hand_over_course(project, net, quality, nation, parameters, draws):
    """Places go to the zone chosen and then to the next ones, and few officers can be spared at a time. Tells what they knew already, and
    what stayed empty."""
    weeks = parameters.internal_security_course_weeks
    places = whole(draws.handover, net / (parameters.internal_security_course_cost * weeks))
    left = places
    known = 0.0
    zones = nation.zones.shape[0]
    for i in range(zones):
        zone = nation.zones[(project.zone + i) % zones]
        trained = min(left, int(parameters.internal_security_release_share * zone.officers))
        if trained <= 0:
            continue
        ceiling = parameters.training_skill_ceiling
        known += trained * min(1.0, zone.police_skill / ceiling)
        gained = basic_content(weeks, parameters) * quality
        zone.police_skill += trained / zone.officers * gained * max(0.0, ceiling - zone.police_skill)
        nation.book.police_completions += trained
        left -= trained
    return known / max(places - left, 1), left / max(places, 1)


@rule
def hand_over_to_police(project, net, quality, nation, parameters, draws):
    """Courses teach officers, vehicles and posts are means of the zone, advice and institutions build the ministry of security.
    Worth falls as the need is met. Tells what of it there was already, and what of a course's places stayed empty."""
    zone = nation.zones[project.zone]
    if project.kind == COURSE:
        return _hand_over_course(project, net, quality, nation, parameters, draws)
    if project.kind in (EQUIPMENT, INFRASTRUCTURE):
        known = zone.police_means
        gain = 1.0 - math.exp(-net / parameters.internal_security_means_scale)
        zone.police_means += quality * gain * (1.0 - known)
        return known, 0.0
    if project.kind == MENTORING:
        return 0.0, 0.0
    known = nation.host.police_institution
    gain = 1.0 - math.exp(-net / parameters.absorption_ministry_scale)
    nation.host.police_institution += quality * gain * (1.0 - known)
    return known, 0.0
