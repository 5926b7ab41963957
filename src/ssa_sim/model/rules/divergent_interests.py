"""Phase 11, first half. Divergent interests (IRSEM 6): what those in power want from their army, and what they fear of
it; and when part of it takes power."""

import math

from ssa_sim.model.chance import clip
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.foreign_forces import shielding_in_country
from ssa_sim.model.rules.offices import take_office
from ssa_sim.model.rules.resistance_to_change import yearly_pay
from ssa_sim.model.rules.structures import COMPLEMENT, MORAL_HAZARD, RAISES_HAZARD
from ssa_sim.model.state import GENERAL_STAFF, MINISTER, REFORM_COUNT

HALF_WAY = 0.5
"""Where defeats, neglect and rents stood over the decades of the base rate of coups, on scales from 0 to 1 (assumption)."""


@rule
def within_a_year(hazard):
    """The probability within twelve months of what has this probability each month."""
    return 1.0 - math.exp(12.0 * math.log(1.0 - hazard))


@rule
def mean_hold(nation):
    """Engagements that the army won of late, mean over the zones."""
    total = 0.0
    for z in range(nation.zones.shape[0]):
        total += nation.zones[z].hold
    return total / nation.zones.shape[0]


@rule
def weigh_interests(host, nation, levers, parameters, draws):
    """How much those in power want a capable army: more with ownership and with a threat that comes near (M32), less the
    more they fear coups (M30). Under `foreign_presence` a foreign shield lowers it (moral hazard, M29; BAPAT2011), gives
    cover to build one (M63, M64), or does neither."""
    foreign = shielding_in_country(nation)
    shield = foreign / (foreign + parameters.interests_reliance_half)
    host.reliance += parameters.interests_speed * (shield - host.reliance)
    yearly = within_a_year(host.coup_hazard)
    memory = math.exp(-host.months_since_coup / parameters.interests_coup_memory)
    feared = clip(parameters.interests_fear_base + parameters.interests_fear_gain * yearly + memory, 0.0, 1.0)
    host.coup_fear += parameters.interests_speed * (feared - host.coup_fear)
    near = 0.5 * (nation.zones[1].threat + nation.zones[2].threat)
    host.will = parameters.interests_will_base + parameters.interests_ownership_gain * host.ownership
    if parameters.mechanisms_divergent_interests > 0.0:
        alarm = near
        shielded = 0.0
        if parameters.structures_foreign_presence == MORAL_HAZARD:
            alarm *= 1.0 - host.reliance
            shielded = -parameters.interests_moral_hazard * host.reliance
        elif parameters.structures_foreign_presence == COMPLEMENT:
            shielded = parameters.interests_moral_hazard * host.reliance
        host.will += parameters.interests_alarm * alarm + shielded - parameters.interests_fear_weight * host.coup_fear
    host.will = clip(host.will, 0.0, 1.0)


@rule
def _rents_index(host, nation, parameters):
    total = 0.0
    for r in range(REFORM_COUNT):
        total += host.rents[r]
    return total / (total + parameters.interests_rents_half * yearly_pay(nation, parameters))


@rule
def fear_a_coup(host, nation, levers, parameters, draws):
    """The hazard of a coup grows with defeats, neglect of soldiers and corruption (M31) from what it was over the decades
    before 2013 (F21), as far as the continent has seen fewer of them since 2000 (POWELL2016, SOUARE2014); foreign forces in the
    country lower it (ALLEN2023). Whether training soldiers adds to it is contested (SAVAGE2017, MCLAUCHLIN2022): `coup_training`."""
    defeats = 1.0 - mean_hold(nation)
    neglect = 1.0 - host.payroll_morale / max(nation.units, 1)
    trained = 0.0
    if parameters.structures_coup_training == RAISES_HAZARD:
        trained = host.payroll_together / max(host.payroll_soldiers, 1)
    log_hazard = (
        math.log(parameters.interests_coup_base)
        + parameters.interests_coup_defeats * (defeats - HALF_WAY)
        + parameters.interests_coup_neglect * (neglect - HALF_WAY)
        + parameters.interests_coup_rents * (_rents_index(host, nation, parameters) - HALF_WAY)
        - parameters.interests_coup_shield * host.reliance
        + parameters.interests_coup_training * trained
    )
    host.coup_hazard = min(0.5, math.exp(log_hazard))


@rule
def stage_coup(host, nation, levers, parameters, draws):
    """A coup, drawn or dated by the scenario (F34): minister and chief of staff go, plans and half-agreed reforms with them;
    partners turn away, and from next month the training mission is suspended (M31, M56)."""
    host.months_since_coup += 1
    dated = levers.circumstances_coup > 0 and host.coup_announced == 0
    host.coup_announced = levers.circumstances_coup
    if not dated and draws.coup >= host.coup_hazard:
        return
    host.coups += 1
    host.months_since_coup = 0
    take_office(host, MINISTER, parameters)
    take_office(host, GENERAL_STAFF, parameters)
    host.clarity *= 1.0 - parameters.calendar_clarity_lost
    host.relations *= 1.0 - parameters.interests_coup_estrangement
