"""Phase 3. The double task, to fight and to rebuild (IRSEM 2): who is on operations, and what operations do to them."""

import math

from ssa_sim.model.chance import binomial, clip, pick
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.communities import from_here, from_zone
from ssa_sim.model.rules.foreign_forces import pressure_of
from ssa_sim.model.rules.training import leave_course
from ssa_sim.model.rules.turnover import ghost_rate, remove_soldiers
from ssa_sim.model.state import KIT_TYPES, OPERATIONS, PAY_REFORM, REST, TRAINING, ZONE_COUNT


@rule
def plan_operations(host, nation, levers, parameters, draws):
    """The general staff sets how many units it wants out (F08), weighs the zones by plan and threat,
    and knows how often units are engaged there."""
    nation.posts_wanted = int(levers.operations_tempo * nation.units + 0.5)
    for z in range(nation.zones.shape[0]):
        zone = nation.zones[z]
        nation.deployment[z] = zone.deployment_share + parameters.operations_threat_response * zone.threat
        zone.contact = 1.0 - math.exp(-parameters.operations_contact_rate * zone.threat)
        zone.army_strength = 0.0
        zone.soldiers_out = 0.0
        zone.soldiers_from_here = 0.0
        zone.contests = 0
        zone.wins = 0
        zone.abuses = 0


@rule
def come_back(unit, nation, levers, parameters, draws):
    """Relief after so many months on operations (F09). A unit whose battalion is called to a course comes back sooner only where
    the general staff releases it (M01, M02)."""
    unit.months_in_status += 1
    released = unit.called == 1 and draws.release < levers.operations_release
    due = released or unit.months_in_status >= levers.operations_rotation_months
    if unit.status == OPERATIONS and due:
        unit.status = REST
        unit.months_in_status = 0
        nation.on_operations -= 1


@rule
def recall(unit, nation, levers, parameters, draws):
    """War has priority over courses (M01, M02): a unit may be called away from one, and the course is lost."""
    if unit.status != TRAINING or nation.on_operations >= nation.posts_wanted:
        return
    if draws.recall < parameters.operations_recall_rate * nation.insecurity:
        leave_course(unit, nation)
        unit.months_in_status = 12


@rule
def go_out(unit, nation, levers, parameters, draws):
    """Posts are filled in this month's order; who has rested longer goes sooner. Who is called to a course with its battalion
    waits for it, as long as others can fill the posts."""
    if unit.called == 0:
        _fill_post(unit, nation, levers, parameters, draws)


@rule
def go_out_after_all(unit, nation, levers, parameters, draws):
    """Posts that nobody else fills go to units that wait for a course, unless the general staff releases them: operations
    come first (M01, M02)."""
    if unit.called == 1 and draws.release >= levers.operations_release:
        _fill_post(unit, nation, levers, parameters, draws)


@rule
def _fill_post(unit, nation, levers, parameters, draws):
    """A rested unit goes to a zone by plan and threat; a posting rule may weigh where more of its soldiers come from than of the
    army's (LYALL2010)."""
    if unit.status != REST or nation.on_operations >= nation.posts_wanted:
        return
    tempo = levers.operations_tempo
    rest = levers.operations_rotation_months * (1.0 - tempo) / max(tempo, 0.01)
    if draws.call * rest < unit.months_in_status + max(0.0, 1.0 - rest):
        unit.status = OPERATIONS
        unit.months_in_status = 0
        own = levers.personnel_local_posting
        for z in range(ZONE_COUNT):
            nation.posting[z] = nation.deployment[z] * (1.0 - own + own * unit.origin[z] / from_zone(z, parameters))
        unit.zone = pick(draws.destination, nation.posting)
        nation.on_operations += 1


@rule
def meet_the_threat(unit, nation, levers, parameters, draws):
    """A month on operations: fatigue (M03), and where the unit is engaged a contest decided by strength against
    threat (ratio form of the contest success function, HIRSHLEIFER1989), with losses the worse it goes and the less
    medical and counter-IED support there is, positions held or lost,
    and abuses of civilians by units badly led and worn, fewer where a culture of rights and service is taught and
    enforced (M46, M61) and where soldiers come from among the people (F57)."""
    if unit.status != OPERATIONS:
        return
    zone = nation.zones[unit.zone]
    if parameters.mechanisms_exhaustion > 0.0:
        unit.fatigue = min(1.0, unit.fatigue + parameters.operations_fatigue_rate)
    present = unit.together + unit.elsewhere + unit.untrained
    here = max(0, present - unit.trainees)
    own = unit.readiness * here / max(present, 1)
    zone.army_strength += own
    zone.soldiers_out += here
    zone.soldiers_from_here += here * from_here(unit)
    if draws.contact >= zone.contact:
        return
    beside = pressure_of(zone, parameters)
    effort = own * (
        1.0
        + parameters.operations_foreign_support * beside
        + parameters.operations_air_effect * zone.air
        + nation.mission.mentoring_effect
    )
    ours = math.exp(parameters.operations_decisiveness * math.log(max(effort, 1e-6)))
    theirs = math.exp(
        parameters.operations_decisiveness * math.log(max(parameters.operations_enemy_strength * zone.threat, 1e-6))
    )
    success = ours / (ours + theirs)
    won = draws.contest < success
    zone.contests += 1
    deadly = parameters.operations_casualty_rate * (1.0 - parameters.operations_medical_effect * zone.medical)
    killed = binomial(draws.killed, here, deadly * (1.0 - success))
    remove_soldiers(unit, killed, draws.killed_whom)
    unit.casualties += killed
    nation.book.soldiers_killed += killed
    wrecked = parameters.operations_vehicle_loss * (1.0 - parameters.operations_counter_ied_effect * zone.counter_ied)
    for k in range(KIT_TYPES):
        lost = binomial(draws.destroyed[k], unit.kit_working[k], wrecked * (1.0 - success))
        unit.kit_working[k] -= lost
        nation.book.vehicles_destroyed += lost
    culture = 1.0 - parameters.population_rights_effect * nation.host.rights_culture
    culture *= 1.0 - parameters.communities_restraint * from_here(unit)
    if draws.abuse < culture * parameters.operations_abuse_rate * (1.0 - unit.leadership) * (1.5 - unit.morale):
        zone.abuses += 1
        nation.book.abuses += 1
    if won:
        zone.wins += 1
        zone.held += parameters.operations_position_step * (1.0 - zone.held)
        unit.skill += parameters.operations_experience * (1.0 - unit.skill)
        unit.morale += parameters.operations_morale_step * (1.0 - unit.morale)
    else:
        zone.held -= parameters.operations_position_step * zone.held
        unit.morale -= parameters.operations_morale_step * unit.morale
        staying = unit.together + unit.elsewhere + unit.untrained
        deserted = binomial(
            draws.deserted, staying, parameters.operations_desertion_rate * (0.5 + unit.fatigue) * (1.5 - unit.morale)
        )
        remove_soldiers(unit, deserted, draws.deserted_whom)
        nation.book.soldiers_deserted += deserted
        unit.ghosts += binomial(draws.deserted_ghosts, deserted, ghost_rate(nation, parameters))


@rule
def recover(unit, nation, levers, parameters, draws):
    """Rest takes fatigue away, a course some of it; morale drifts back to what rest, leadership and full pay allow
    (M33)."""
    if unit.status == REST:
        pace = parameters.operations_recovery_rate * (
            1.0 + parameters.operations_facilities_gain * nation.zones[unit.zone].facilities
        )
        unit.fatigue -= min(1.0, pace) * unit.fatigue
    elif unit.status == TRAINING:
        unit.fatigue -= 0.5 * parameters.operations_recovery_rate * unit.fatigue
    kept_back = parameters.reforms_skimmed * (1.0 - nation.host.reforms[PAY_REFORM])
    if parameters.mechanisms_rents <= 0.0:
        kept_back = 0.0
    ground = 0.5 * (1.0 - unit.fatigue) + 0.5 * unit.leadership - parameters.reforms_pay_morale * kept_back
    unit.morale = clip(unit.morale + parameters.operations_morale_drift * (ground - unit.morale), 0.0, 1.0)


@rule
def judge_operations(zone, nation, levers, parameters, draws):
    """How much of the zone the army covers as far as roads are open (M51), how often it wins there of late, and how many of its
    soldiers there come from there. What it clears stays clear only where the state governs it (M43)."""
    zone.local_share = zone.soldiers_from_here / max(zone.soldiers_out, 1.0)
    required = parameters.operations_required_strength * nation.units
    kept = 1.0 - parameters.operations_ungoverned * (1.0 - zone.state_presence)
    zone.army_coverage = zone.mobility * kept * min(1.0, zone.army_strength / max(required, 1e-9))
    if zone.contests > 0:
        share = zone.wins / zone.contests
        zone.hold += parameters.operations_hold_speed * (share - zone.hold)
