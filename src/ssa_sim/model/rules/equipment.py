"""Phase 10. Equipment: gifts that reach service or never do, breakdowns, parts, mechanics, vehicles left behind."""

import math

from ssa_sim.model.chance import binomial, clip
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.aid_in_use import held_by, service_chance
from ssa_sim.model.rules.money import settle
from ssa_sim.model.state import FOREIGN_KIT, KIT_TYPES, LOGISTICS_REFORM, OPERATIONS, WAITING


@rule
def receive_gift(unit, nation, levers, parameters, draws):
    """A gift from outside any project is spread evenly over all units, in whole vehicles, and waits in their depots: of a
    foreign type, which is another one in the next unit (M14), without parts, mechanics or instruction (M15)."""
    given = levers.circumstances_vehicle_gift
    vehicles = given * (unit.index + 1) // nation.units - given * unit.index // nation.units
    if vehicles == 0:
        return
    k = FOREIGN_KIT + unit.index % (KIT_TYPES - FOREIGN_KIT)
    chance = service_chance(unit, k, nation.coverage[k], parameters)
    lost = (1.0 - chance) * parameters.equipment_depot_loss
    never = lost / max(chance + lost, 1e-9)
    euros = vehicles * int(parameters.equipment_price)
    spare = clip(1.0 - (parameters.equipment_vehicles_needed - held_by(unit)) / vehicles, 0.0, 1.0)
    unit.kit_depot[k] += vehicles
    nation.book.vehicles_given += vehicles
    nation.book.gifts_spent += euros
    nation.book.gifts_use[WAITING] += euros
    settle(nation.book.gifts_use, euros, spare, parameters.readiness_kit_knowledge * (1.0 - unit.kit_known[k]), never)


@rule
def clear_fleet(host, nation, levers, parameters, draws):
    """The fleet is counted anew."""
    for k in range(KIT_TYPES):
        nation.fleet[k] = 0


@rule
def report_fleet(unit, nation, levers, parameters, draws):
    """Each unit's vehicles, working or broken, by type."""
    for k in range(KIT_TYPES):
        nation.fleet[k] += unit.kit_working[k] + unit.kit_broken[k]


@rule
def spread_maintenance(host, nation, levers, parameters, draws):
    """The maintenance budget, of which those in power release less where they do not want a capable army (M29, M31), and
    some is diverted (M33), covers a share of what the fleet needs; a logistics
    system shortens the wait. Each vehicle needs parts, and
    each type a safety stock of its own that grows with the square root of its number (EPPEN1979), so many types cost
    more than one (M14). Parts and mechanics that came with gifts serve their type until they are used up (M15). Repair
    takes its own time and the wait for parts, which grows without bound as cover goes to none: availability is
    MTBF / (MTBF + repair + wait) (SHERBROOKE1968)."""
    need = 0.0
    for k in range(KIT_TYPES):
        n = nation.fleet[k]
        need += n + parameters.equipment_stock_factor * math.sqrt(n)
    cost = need * parameters.equipment_upkeep
    diverted = parameters.reforms_diverted * (1.0 - host.reforms[LOGISTICS_REFORM])
    if parameters.mechanisms_rents <= 0.0:
        diverted = 0.0
    neglect = parameters.interests_neglect * (1.0 - host.will)
    if parameters.mechanisms_divergent_interests <= 0.0:
        neglect = 0.0
    granted = levers.host_maintenance_budget * (1.0 - neglect)
    budget = granted * (1.0 - diverted)
    bought = min(1.0, budget / max(cost, 1.0))
    host.maintenance_cover = bought
    spent = int(min(granted, cost / (1.0 - diverted)))
    nation.book.host_granted += spent
    nation.book.host_maintenance += spent
    for k in range(KIT_TYPES):
        n = nation.fleet[k]
        served = min(nation.parts[k], 1.0 * n)
        nation.parts[k] -= served
        cover = 1.0 - (1.0 - host.maintenance_cover) * (1.0 - served / max(n, 1))
        wait = parameters.equipment_wait_months * (1.0 - cover) / max(cover, 0.01)
        wait *= 1.0 - parameters.reforms_wait_gain * host.reforms[LOGISTICS_REFORM]
        nation.coverage[k] = cover
        nation.repair[k] = 1.0 - math.exp(-1.0 / (parameters.equipment_repair_months + wait))
    between = parameters.equipment_months_between_failures
    nation.failure[0] = 1.0 - math.exp(-parameters.equipment_idle_use / between)
    nation.failure[1] = 1.0 - math.exp(-1.0 / between)


@rule
def bring_into_service(unit, nation, levers, parameters, draws):
    """Given vehicles enter service where soldiers know the type and somebody supports it; others wait, and some are
    written off without ever having served (M15)."""
    for k in range(KIT_TYPES):
        if unit.kit_depot[k] == 0:
            continue
        chance = service_chance(unit, k, nation.coverage[k], parameters)
        ready = binomial(draws.into_service[k], unit.kit_depot[k], chance)
        unit.kit_depot[k] -= ready
        unit.kit_working[k] += ready
        lost = binomial(draws.written_off[k], unit.kit_depot[k], parameters.equipment_depot_loss)
        unit.kit_depot[k] -= lost
        nation.book.vehicles_never_deployed += lost


@rule
def break_and_repair(unit, nation, levers, parameters, draws):
    """Vehicles fail by use, sooner on operations; some are repaired, more where the zone has workshops and mechanics, and what
    nobody supports is left behind (M15)."""
    if parameters.mechanisms_breakdowns <= 0.0:
        return
    unaided = 1.0 - parameters.equipment_workshop_effect * nation.zones[unit.zone].workshop
    failure = nation.failure[1] if unit.status == OPERATIONS else nation.failure[0]
    for k in range(KIT_TYPES):
        if unit.kit_working[k] == 0 and unit.kit_broken[k] == 0:
            continue
        fixed = binomial(draws.repaired[k], unit.kit_broken[k], 1.0 - (1.0 - nation.repair[k]) * unaided)
        failed = binomial(draws.broken[k], unit.kit_working[k], failure)
        unit.kit_working[k] += fixed - failed
        unit.kit_broken[k] += failed - fixed
        left = binomial(
            draws.abandoned[k],
            unit.kit_broken[k],
            parameters.equipment_abandon_rate * (1.0 - nation.coverage[k]) * unaided,
        )
        unit.kit_broken[k] -= left
        unit.kit_left += left
        nation.book.vehicles_abandoned += left
