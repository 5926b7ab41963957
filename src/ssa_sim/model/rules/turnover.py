"""Phase 4. Turnover: who leaves the army, who is moved between units, who arrives, and which leaders are away."""

from ssa_sim.model.chance import binomial, clip, whole
from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.communities import from_zone, mix_newcomers
from ssa_sim.model.state import HR_REFORM, KIT_TYPES, OPERATIONS, ZONE_COUNT


@rule
def remove_soldiers(unit, count, uniform):
    """Take `count` soldiers (at most those present) from the three cohorts in proportion to their size."""
    present = unit.together + unit.elsewhere + unit.untrained
    if count <= 0:
        return
    from_together = min(unit.together, whole(uniform, count * unit.together / present))
    others = unit.elsewhere + unit.untrained
    from_together = max(from_together, count - others)
    rest = count - from_together
    from_elsewhere = 0
    if others > 0:
        from_elsewhere = min(unit.elsewhere, whole(1.0 - uniform, rest * unit.elsewhere / others))
    from_elsewhere = max(min(from_elsewhere, rest), rest - unit.untrained)
    unit.together -= from_together
    unit.elsewhere -= from_elsewhere
    unit.untrained -= rest - from_elsewhere
    unit.abroad = min(unit.abroad, unit.together + unit.elsewhere + unit.untrained)


@rule
def leave_the_army(unit, nation, levers, parameters, draws):
    """Ends of service and quiet departures: more of them from exhausted units, and several times as many once a unit is
    deployed (F45). Leaders leave as others do. Some names stay on the payroll (M33)."""
    present = unit.together + unit.elsewhere + unit.untrained
    rate = parameters.turnover_leaving_rate * (0.5 + unit.fatigue)
    if unit.status == OPERATIONS:
        rate *= 1.0 + parameters.turnover_deployment_jump
    rate = min(1.0, rate)
    left = binomial(draws.left, present, rate)
    unit.led_together *= 1.0 - rate
    remove_soldiers(unit, left, draws.left_whom)
    nation.book.soldiers_left += left
    unit.ghosts += binomial(draws.ghosts, left, ghost_rate(nation, parameters))
    audited = parameters.turnover_audit_rate + parameters.reforms_audit_gain * nation.host.reforms[HR_REFORM]
    unit.ghosts -= binomial(draws.audit, unit.ghosts, audited)


@rule
def ghost_rate(nation, parameters):
    """How many of those who leave stay on the payroll: fewer as the personnel system comes into place (M33)."""
    if parameters.mechanisms_rents <= 0.0:
        return 0.0
    return parameters.turnover_ghost_rate * (1.0 - nation.host.reforms[HR_REFORM])


@rule
def reassignment_rate(nation, levers, parameters):
    """The monthly rate of moves between units: less as the personnel system comes into place (M24, M39)."""
    if parameters.mechanisms_turnover <= 0.0:
        return 0.0
    prevented = 1.0 - levers.personnel_reassignment_with_hr_system
    return parameters.turnover_reassignment_rate * (1.0 - prevented * nation.host.reforms[HR_REFORM])


@rule
def move_away(unit, nation, levers, parameters, draws):
    """Chaotic personnel management posts soldiers to other units (M24), leaders more often than others (F44); a posting
    rule can hold those who trained with their unit."""
    rate = reassignment_rate(nation, levers, parameters)
    held = 1.0 - levers.personnel_stabilisation
    unit.led_together *= 1.0 - min(1.0, rate * parameters.turnover_leader_moves) * held
    together = binomial(draws.moved_together, unit.together, rate * held)
    elsewhere = binomial(draws.moved_elsewhere, unit.elsewhere, rate)
    untrained = binomial(draws.moved_untrained, unit.untrained, rate)
    unit.together -= together
    unit.elsewhere -= elsewhere
    unit.untrained -= untrained
    unit.abroad = min(unit.abroad, unit.together + unit.elsewhere + unit.untrained)
    pool = nation.pool
    pool.trained += together + elsewhere
    pool.untrained += untrained
    pool.skill_sum += (together + elsewhere + untrained) * unit.skill
    for z in range(ZONE_COUNT):
        pool.origin_sum[z] += (together + elsewhere + untrained) * unit.origin[z]


@rule
def pay_for_stabilisation(unit, nation, levers, parameters, draws):
    """Soldiers held in their unit draw a bonus, booked to the host."""
    cost = int(unit.together * levers.personnel_stabilisation * parameters.turnover_stabilisation_bonus)
    nation.book.host_stabilisation += cost
    nation.book.host_granted += cost


@rule
def report_vacancies(unit, nation, levers, parameters, draws):
    """Each unit says how many soldiers it lacks; ghosts on its payroll pass for soldiers (M33)."""
    nation.pool.vacancies += vacancies_of(unit)


@rule
def vacancies_of(unit):
    """Posts that neither a soldier nor a ghost fills."""
    return max(0, unit.strength - unit.together - unit.elsewhere - unit.untrained - unit.ghosts)


@rule
def recruit(host, nation, levers, parameters, draws):
    """Recruits leave basic instruction and wait for a unit; nobody is recruited for whom there is no post."""
    pool = nation.pool
    wanted = whole(draws.recruits, levers.personnel_recruits_per_year / 12.0)
    recruits = min(wanted, max(0, pool.vacancies - pool.trained - pool.untrained))
    pool.untrained += recruits
    pool.skill_sum += recruits * parameters.turnover_recruit_skill
    for z in range(ZONE_COUNT):
        pool.origin_sum[z] += recruits * from_zone(z, parameters)
    cost = int(recruits * parameters.turnover_recruit_cost)
    nation.book.soldiers_recruited += recruits
    nation.book.host_recruitment += cost
    nation.book.host_granted += cost


@rule
def open_pool(host, nation, levers, parameters, draws):
    """How many of those waiting go to each vacancy; the mean of what they know goes with them."""
    pool = nation.pool
    waiting = pool.trained + pool.untrained
    pool.mean_skill = clip(pool.skill_sum / max(waiting, 1), 0.0, 1.0)
    for z in range(ZONE_COUNT):
        pool.mean_origin[z] = clip(pool.origin_sum[z] / max(waiting, 1), 0.0, 1.0)
    share = min(1.0, pool.vacancies / max(waiting, 1))
    pool.trained_for_each = share * pool.trained / max(pool.vacancies, 1)
    pool.untrained_for_each = share * pool.untrained / max(pool.vacancies, 1)


@rule
def receive(unit, nation, levers, parameters, draws):
    """Units take their share of those waiting, in this month's order; newcomers know neither the team nor its kit."""
    pool = nation.pool
    present = unit.together + unit.elsewhere + unit.untrained
    vacancies = vacancies_of(unit)
    trained = min(vacancies, min(pool.trained, whole(draws.trained, vacancies * pool.trained_for_each)))
    untrained = min(
        vacancies - trained, min(pool.untrained, whole(draws.untrained, vacancies * pool.untrained_for_each))
    )
    arrived = trained + untrained
    if arrived == 0:
        return
    unit.elsewhere += trained
    unit.untrained += untrained
    pool.trained -= trained
    pool.untrained -= untrained
    pool.skill_sum -= arrived * pool.mean_skill
    mix_newcomers(unit, pool, present, arrived)
    for z in range(ZONE_COUNT):
        pool.origin_sum[z] -= arrived * pool.mean_origin[z]
    unit.skill = (present * unit.skill + arrived * pool.mean_skill) / (present + arrived)
    unit.habit *= present / (present + arrived)
    for k in range(KIT_TYPES):
        unit.kit_known[k] *= present / (present + arrived)


@rule
def send_officers(unit, nation, levers, parameters, draws):
    """The best officers go abroad on courses (M05), so that each leaves more than his share of a gap, others serve as liaison
    officers (F13); what those from abroad bring back is a little skill. Where those in power fear their army, posts go to
    the loyal before the able (M30, M31)."""
    back = binomial(draws.officers_back, unit.abroad, parameters.turnover_officer_return_rate)
    unit.abroad -= back
    here = max(0, min(unit.officers, unit.together + unit.elsewhere + unit.untrained) - unit.abroad)
    unit.abroad += binomial(draws.officers_out, here, levers.personnel_officers_abroad / 12.0)
    away = parameters.turnover_best_abroad * unit.abroad / unit.officers + levers.host_liaison_officers / (
        nation.units * unit.officers
    )
    loyal = parameters.interests_loyalty * nation.host.coup_fear
    if parameters.mechanisms_divergent_interests <= 0.0:
        loyal = 0.0
    led = parameters.turnover_leadership_base * (1.0 - loyal) * max(0.0, 1.0 - away)
    unit.leadership += parameters.turnover_leadership_speed * (led - unit.leadership)
    unit.leadership = clip(
        unit.leadership + parameters.turnover_officer_gain * back / unit.officers * (1.0 - unit.leadership), 0.0, 1.0
    )
