"""Phase 12, second half. Communities and the accord: who comes from where, whom people take for their own, and a peace that
is carried out or stalls (WB, UN, IRSEM 2)."""

from ssa_sim.model.chance import clip, whole
from ssa_sim.model.compiled import rule
from ssa_sim.model.state import ZONE_COUNT

NORTH, CENTRE = range(2)


@rule
def from_here(unit):
    """The share of a unit's soldiers who come from the zone in which it is."""
    return unit.origin[unit.zone]


@rule
def from_zone(zone, parameters):
    """The share of the army's soldiers who come from a zone, at the start and among recruits."""
    if zone == NORTH:
        return parameters.communities_from_north
    if zone == CENTRE:
        return parameters.communities_from_centre
    return 1.0 - parameters.communities_from_north - parameters.communities_from_centre


@rule
def told_to_soldiers(zone, parameters):
    """How far people tell the army what they know: as far as they trust it, and more where soldiers come from among them
    (LYALL2010)."""
    return 1.0 - (1.0 - zone.trust) * (1.0 - parameters.communities_local_knowledge * zone.local_share)


@rule
def feeds_threat(zone):
    """What self-defence groups add to the ground on which threat grows: twice their strength where they stand against the
    state, and nothing where they stand with it (M50)."""
    return zone.self_defence * (1.0 - zone.attitude)


@rule
def mix_newcomers(unit, pool, before, arrived):
    """Soldiers who arrive bring where they come from."""
    for z in range(ZONE_COUNT):
        share = pool.mean_origin[z]
        unit.origin[z] = (before * unit.origin[z] + arrived * share) / (before + arrived)


@rule
def take_sides(zone, nation, levers, parameters, draws):
    """Self-defence groups stand with the state where people trust its forces and are asked, and against it where its forces
    abuse them (M46, M50, F28)."""
    goal = (
        2.0 * zone.trust
        - 1.0
        + parameters.communities_dialogue_gain * nation.host.consultation
        - parameters.communities_abuse_weight * zone.abuse_memory
    )
    zone.attitude += parameters.communities_speed * (clip(goal, -1.0, 1.0) - zone.attitude)


@rule
def carry_out_accord(host, nation, levers, parameters, draws):
    """An accord is worth what is done of it (M08): former combatants in the army, the state back in the North, and people
    who trust its forces; war in the North takes from it. Where nothing of it is in force it fades."""
    north = nation.zones[NORTH]
    host.integration = min(1.0, nation.book.soldiers_integrated / parameters.communities_combatants)
    goal = 0.0
    if levers.accord_in_force > 0:
        goal = clip(
            parameters.communities_accord_base
            + parameters.communities_accord_done * host.integration
            + parameters.communities_accord_state * north.state_presence
            + parameters.communities_accord_trust * north.trust
            - parameters.communities_accord_war * north.threat,
            0.0,
            1.0,
        )
    host.accord += parameters.communities_accord_speed * (goal - host.accord)


@rule
def call_combatants(host, nation, levers, parameters, draws):
    """Former combatants come forward for vetting and training as decided, as far as the accord is believed in, and as many as
    there are (F32): disarmament stalls where trust does."""
    nation.combatants_waiting = 0
    if levers.accord_in_force == 0:
        return
    left = max(0.0, parameters.communities_combatants - nation.book.soldiers_integrated)
    nation.combatants_waiting = whole(draws.combatants, min(left, levers.accord_integration / 12.0 * host.accord))


@rule
def take_in_combatants(unit, nation, levers, parameters, draws):
    """Reconstituted units: former combatants of the North join units that stand there and lack soldiers, with what they learned
    in the field (F32, UN)."""
    if unit.zone != NORTH or nation.combatants_waiting == 0:
        return
    present = unit.together + unit.elsewhere + unit.untrained
    taken = min(nation.combatants_waiting, max(0, unit.strength - present - unit.ghosts))
    if taken == 0:
        return
    nation.combatants_waiting -= taken
    unit.untrained += taken
    unit.skill = (present * unit.skill + taken * parameters.communities_combatant_skill) / (present + taken)
    unit.habit *= present / (present + taken)
    for z in range(ZONE_COUNT):
        own = 1.0 if z == NORTH else 0.0
        unit.origin[z] = (present * unit.origin[z] + taken * own) / (present + taken)
    cost = int(taken * parameters.communities_integration_cost)
    nation.book.soldiers_integrated += taken
    nation.book.population_granted += cost
    nation.book.population_spent += cost
