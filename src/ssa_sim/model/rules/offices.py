"""The ministry as offices: minister, general staff, personnel, logistics, regional commands. Who holds them, since when, and
what time they have (F15, M06, M35)."""

from ssa_sim.model.compiled import rule
from ssa_sim.model.state import (
    GENERAL_STAFF,
    LOGISTICS_OFFICE,
    LOGISTICS_REFORM,
    MINISTER,
    MINISTRY_LEVEL,
    OFFICE_COUNT,
    PERSONNEL,
    REFORM_COUNT,
    REGION_LEVEL,
    REGIONS,
    STAFF_LEVEL,
)


@rule
def in_charge_of(reform):
    """Which office has to carry a reform out: logistics that of its system (SILOG), personnel that of its own (SIGRH) and
    that of pay."""
    return LOGISTICS_OFFICE if reform == LOGISTICS_REFORM else PERSONNEL


@rule
def decides_on(office, reform):
    """Whose agreement the adoption of a reform needs: the minister's, the general staff's, and that of the office in charge
    (veto players: TSEBELIS1995). Regional commands are not asked; they use it or not."""
    return office in (MINISTER, GENERAL_STAFF) or office == in_charge_of(reform)


@rule
def level_of_office(office):
    """Where an office's officer-hours are counted (assumption: both directorates belong to the ministry)."""
    if office == GENERAL_STAFF:
        return STAFF_LEVEL
    return REGION_LEVEL if office == REGIONS else MINISTRY_LEVEL


@rule
def settled(office, parameters):
    """How far the holder of an office has settled in (M06)."""
    return min(1.0, office.months / parameters.reforms_settling_months)


@rule
def take_office(host, office, parameters):
    """Somebody new holds an office. Files of reforms that need his agreement are begun again in part; what is nearly agreed
    stays, and what is adopted does (M06)."""
    host.offices[office].months = 0
    host.offices[office].changes += 1
    for r in range(REFORM_COUNT):
        if host.adopted[r] == 0 and decides_on(office, r):
            host.files[r] -= parameters.reforms_lost * host.files[r] * (1.0 - host.files[r])


@rule
def change_office_holders(host, nation, levers, parameters, draws):
    """Chiefs of staff change several times in seven years (F15), those of other offices less often."""
    for o in range(1, OFFICE_COUNT):
        host.offices[o].months += 1
        rate = parameters.calendar_chief_change_rate if o == GENERAL_STAFF else parameters.calendar_office_change_rate
        if draws.holders[o - 1] < rate:
            take_office(host, o, parameters)


@rule
def time_in_capital(host):
    """What time the four offices of the capital have, one with another."""
    total = 0.0
    for o in range(OFFICE_COUNT):
        if o != REGIONS:
            total += host.offices[o].time
    return total / (OFFICE_COUNT - 1)


@rule
def work_offices(host, nation, levers, parameters, draws):
    """An office gets done what there are hours for at its level, as far as its holder has settled in (M06, M35). What was
    built at the ministry is kept up where its offices work with it, and fades in what time they do not, sooner where the
    host does not own it (M13, M37)."""
    for o in range(OFFICE_COUNT):
        host.offices[o].time = host.served[level_of_office(o)] * settled(host.offices[o], parameters)
    idle = 1.0 - time_in_capital(host)
    host.institution *= 1.0 - idle / (parameters.absorption_memory_months * (0.5 + host.ownership))
