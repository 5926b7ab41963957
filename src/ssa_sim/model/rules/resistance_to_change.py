"""Phase 11, second half. Resistance to change (IRSEM 7): who lives on things as they are, what reform would cost them,
and what conditions weigh against that."""

import math

from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.offices import decides_on, in_charge_of
from ssa_sim.model.rules.presence import conditional_aid, conditional_aid_has_ended
from ssa_sim.model.rules.structures import CAPACITY, STAKES
from ssa_sim.model.state import (
    BLOCKED,
    HR_REFORM,
    LOGISTICS_REFORM,
    MINISTER,
    MOVING,
    OFFICE_COUNT,
    PAY_REFORM,
    REFORM_COUNT,
    REGIONS,
    STALLED,
)


@rule
def open_payroll(host, nation, levers, parameters, draws):
    """What units and partners report this month is counted anew."""
    host.payroll_soldiers = 0
    host.payroll_ghosts = 0
    host.payroll_together = 0
    host.payroll_morale = 0.0
    host.aid_euros = 0.0
    host.fitting_euros = 0.0
    host.present_budget = 0.0
    host.rival_budget = 0.0


@rule
def report_payroll(unit, nation, levers, parameters, draws):
    """Names and soldiers of this unit, and the mood they are in."""
    host = nation.host
    host.payroll_soldiers += unit.together + unit.elsewhere + unit.untrained
    host.payroll_together += unit.together
    host.payroll_ghosts += unit.ghosts
    host.payroll_morale += unit.morale


@rule
def yearly_pay(nation, parameters):
    """The pay of all posts of the army for a year, in EUR: what rents, purchases and money at stake are measured by, so
    that a small army is not bought more easily than a large one."""
    return 12.0 * parameters.reforms_pay * nation.establishment


@rule
def take_rents(host, nation, levers, parameters, draws):
    """What each reform would end, in EUR a year: the pay of names without a soldier (personnel system SIGRH), the part
    of soldiers' pay that is kept back (pay reform), and what is diverted of parts, fuel and purchases (logistics
    system SILOG; M33, M38). The further a reform, the less is left to lose."""
    for r in range(REFORM_COUNT):
        host.rents[r] = 0.0
    if parameters.mechanisms_rents <= 0.0:
        return
    year_of_pay = 12.0 * parameters.reforms_pay
    supplies = parameters.reforms_supplies * yearly_pay(nation, parameters) + 12.0 * levers.host_maintenance_budget
    host.rents[HR_REFORM] = year_of_pay * host.payroll_ghosts * (1.0 - host.reforms[HR_REFORM])
    host.rents[PAY_REFORM] = (
        year_of_pay * host.payroll_soldiers * parameters.reforms_skimmed * (1.0 - host.reforms[PAY_REFORM])
    )
    host.rents[LOGISTICS_REFORM] = supplies * parameters.reforms_diverted * (1.0 - host.reforms[LOGISTICS_REFORM])


@rule
def _stake(host, nation, levers, parameters, reform):
    """EUR a year that hang on this reform: conditional money is spread over all indicators (F16), of which the reforms
    are the first, and counts as far as it is believed that it will be withheld (M34)."""
    indicators = levers.conditions_indicators
    if reform >= indicators:
        return 0.0
    announced = parameters.reforms_announcement_weight
    believed = announced * levers.conditions_credibility + (1.0 - announced) * host.belief
    return believed * conditional_aid(nation, levers) / indicators


@rule
def _felt(office, reform, stake, parameters):
    """What an office feels of the money that hangs on a reform, each euro once: it is paid to the government, which passes
    some of it on, half each to the general staff and to the office in charge (assumption); regions see none (M34, M38)."""
    if office == MINISTER:
        return (1.0 - parameters.reforms_money_passed) * stake
    return 0.5 * parameters.reforms_money_passed * stake if decides_on(office, reform) else 0.0


@rule
def _lost(host, office, reform, parameters):
    """What an office would lose by a reform: of its rents some lie with the office in charge, some in the regions, and what
    is left with minister and general staff alike (M33)."""
    charge, regions = parameters.reforms_rents_in_charge, parameters.reforms_rents_in_regions
    if office == in_charge_of(reform):
        return charge * host.rents[reform]
    if office == REGIONS:
        return regions * host.rents[reform]
    if decides_on(office, reform):
        return 0.5 * max(0.0, 1.0 - charge - regions) * host.rents[reform]
    return 0.0


@rule
def reform_drive(host, nation, levers, parameters, office, reform):
    """What speaks for a reform less what speaks against it in an office, in log odds. Under `reform_driver` that is the will
    of those in power, and the office's stakes against its rents (BIDDLE2018, LADWIG2016); what the staffs can do, whatever
    anybody wants (M35, M37); or the money that the office feels alone (M34)."""
    weight = parameters.reforms_rents_scale * yearly_pay(nation, parameters)
    stake = _felt(office, reform, _stake(host, nation, levers, parameters, reform), parameters)
    lost = _lost(host, office, reform, parameters)
    drive = parameters.reforms_inclination
    if parameters.structures_reform_driver == CAPACITY:
        return drive + parameters.reforms_will_gain * able_staffs(host, parameters)
    if parameters.structures_reform_driver == STAKES:
        return drive + parameters.reforms_will_gain * stake / (stake + max(lost, 1.0))
    return drive + parameters.reforms_will_gain * host.will + (stake - lost) / weight


@rule
def reform_progress(host, reform):
    """What a review of conditions judges a reform by: its adoption and its use, half each (assumption)."""
    return 0.5 * (host.files[reform] + host.reforms[reform])


@rule
def able_staffs(host, parameters):
    """How able the ministry's staffs are: their own, institutions that were built, partners' advice, the mission's advisers
    (M35, F03)."""
    helped = 1.0 - (1.0 - host.institution) * (1.0 - host.advice) * (
        1.0 - parameters.training_adviser_gain * host.advisers
    )
    return parameters.reforms_staffs_base + (1.0 - parameters.reforms_staffs_base) * helped


@rule
def count_conditions(host, nation, levers, parameters, draws):
    """A month of conditional aid in force: a twelfth of the year's money becomes due at the next review, so that a year's
    twelfths are the year's amount to the euro. Where it comes into force, reforms are as they are then."""
    amount = conditional_aid(nation, levers)
    if amount <= 0:
        return
    if host.conditions_months == 0:
        for r in range(REFORM_COUNT):
            host.reforms_at_review[r] = reform_progress(host, r)
    before = host.conditions_months % 12
    due = amount * (before + 1) // 12 - amount * before // 12
    host.conditions_due += due
    nation.book.conditions_granted += due
    host.conditions_months += 1


@rule
def weigh_reforms(host, nation, levers, parameters, draws):
    """How far the holder of each office is for each reform."""
    for o in range(OFFICE_COUNT):
        for r in range(REFORM_COUNT):
            drive = reform_drive(host, nation, levers, parameters, o, r)
            host.offices[o].favour[r] = 1.0 / (1.0 + math.exp(-drive))


@rule
def pursue_reforms(host, nation, levers, parameters, draws):
    """The file of each reform moves towards adoption, stalls or is blocked. Adoption is a coalition: it goes as far as the
    least willing of those who decide, and one of them who is against is a veto (TSEBELIS1995). Effort follows interests
    (principal and agent: BIDDLE2018, LADWIG2016); what it achieves is limited by the staffs (M35), by the busiest or newest of
    these offices (M06), by a war that comes first (M02), and by a peace that stalls (M08)."""
    capacity = able_staffs(host, parameters) * (1.0 - parameters.reforms_attention_lost * nation.insecurity)
    capacity *= 1.0 - parameters.communities_accord_stall * (1.0 - host.accord)
    for r in range(REFORM_COUNT):
        host.reform_status[r] = STALLED
        if host.adopted[r] == 1:
            continue
        effort = 1.0
        time = 1.0
        for o in range(OFFICE_COUNT):
            if decides_on(o, r):
                effort = min(effort, host.offices[o].favour[r])
                time = min(time, host.offices[o].time)
        if effort < parameters.reforms_blocked_below:
            host.reform_status[r] = BLOCKED
        elif draws.reforms[r] < effort * capacity * time:
            host.reform_status[r] = MOVING
            host.files[r] = min(1.0, host.files[r] + parameters.reforms_step)
            host.adopted[r] = 1 if host.files[r] > 1.0 - 1e-9 else 0


@rule
def use_reforms(host, nation, levers, parameters, draws):
    """Adopted is not used (PRITCHETT2013): use of a reform tends to what the less willing of the office in charge and the
    regional commands, the busier of them and the staffs make of it. Where one of them is against nobody uses it, and what
    was in use falls back."""
    able = able_staffs(host, parameters)
    for r in range(REFORM_COUNT):
        if host.adopted[r] == 0:
            continue
        charge, regions = host.offices[in_charge_of(r)], host.offices[REGIONS]
        favour = min(charge.favour[r], regions.favour[r])
        taken_up = favour * able * min(charge.time, regions.time)
        if favour < parameters.reforms_blocked_below:
            host.reform_status[r] = BLOCKED
            taken_up = 0.0
        elif taken_up > host.reforms[r]:
            host.reform_status[r] = MOVING
        host.reforms[r] += parameters.reforms_rollout * (taken_up - host.reforms[r])


@rule
def review_conditions(host, nation, levers, parameters, draws):
    """After each twelve months in force, and where conditional aid ends, what has become due is paid or withheld,
    indicator by indicator; indicators that the model does not hold are paid. What a review asks for is in proportion to
    the months that it is about. Partners who pay although nothing moved teach the host that they will again (F16, M34).
    """
    host.withheld *= 1.0 - 1.0 / parameters.reforms_resentment_months
    months = (host.conditions_months - 1) % 12 + 1
    ended = conditional_aid_has_ended(nation, levers)
    if ended:
        host.conditions_months = 0
    elif months < 12:
        return
    due = host.conditions_due
    if due == 0:
        return
    each = due // levers.conditions_indicators
    paid = due
    required = parameters.reforms_required * months / 12.0
    for r in range(REFORM_COUNT):
        progress = reform_progress(host, r)
        gained = progress - host.reforms_at_review[r]
        host.reforms_at_review[r] = progress
        if r >= levers.conditions_indicators:
            continue
        if gained >= required * (1.0 - progress):
            continue
        if draws.withhold[r] < levers.conditions_credibility:
            paid -= each
            host.belief += parameters.reforms_belief_step * (1.0 - host.belief)
        else:
            host.belief -= parameters.reforms_belief_step * host.belief
    nation.book.conditions_paid += paid
    nation.book.conditions_withheld += due - paid
    host.conditions_due = 0
    host.withheld = max(host.withheld, 1.0 - paid / due)
