"""Phase 7. Lack of coordination (IRSEM 4): who sees whose plans, and who gives way."""

from ssa_sim.model.compiled import rule
from ssa_sim.model.rules.supply_driven_aid import greatest_need
from ssa_sim.model.state import FUNCTION_COUNT, KIND_COUNT, NO_PROJECT, OFFERED, PROJECT_SLOTS, RUNNING, ZONE_COUNT

NO_REGIME, INFORMATION, LEAD_PARTNER, HOST_LED, BINDING = range(5)


@rule
def _own_running(donor, kind, function, zone):
    own = 0
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        same = project.kind == kind and project.function == function and project.zone == zone
        if project.status >= RUNNING and same:
            own += 1
    return own


@rule
def others_running(donor, nation, kind, function, zone):
    """How many projects of other partners offer the same: same kind, function and zone."""
    return nation.projects[kind, function, zone] - _own_running(donor, kind, function, zone)


@rule
def _at_table(donor, levers):
    invited = levers.coordination_forum > 0 or levers.coordination_regime > NO_REGIME
    return invited and donor.openness < levers.coordination_participation


@rule
def _tells(donor, levers):
    return _at_table(donor, levers) and donor.candour < donor.sharing


@rule
def _others_seen(donor, nation, levers, kind, function, zone):
    """Those of `others_running` that a partner at the table can know of: all that the host has accepted where it keeps
    the list, else what partners tell one another (M21)."""
    if levers.coordination_regime >= HOST_LED:
        return others_running(donor, nation, kind, function, zone)
    own = _own_running(donor, kind, function, zone) if _tells(donor, levers) else 0
    return nation.known_projects[kind, function, zone] - own


@rule
def open_table(host, nation, levers, parameters, draws):
    """Each month starts with nobody knowing what the others do."""
    for k in range(KIND_COUNT):
        for f in range(FUNCTION_COUNT):
            for z in range(ZONE_COUNT):
                nation.known_projects[k, f, z] = 0


@rule
def share_plans(donor, units, nation, levers, parameters, draws):
    """Partners at the table that are ready to share tell the others what they do (F14, M20)."""
    if not _tells(donor, levers):
        return
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status == RUNNING:
            nation.known_projects[project.kind, project.function, project.zone] += 1


@rule
def _compliance(donor, nation, levers, parameters):
    """The probability that a partner at the table gives way: its own willingness where plans are only exchanged (M19,
    M21), more where somebody has the authority to ask, nearly always where it has bound itself."""
    regime = levers.coordination_regime
    rest = 1.0 - donor.willingness
    if regime == LEAD_PARTNER:
        return donor.willingness + rest * parameters.coordination_lead_authority
    if regime == HOST_LED:
        return donor.willingness + rest * parameters.coordination_host_authority * (0.5 + 0.5 * nation.host.clarity)
    if regime == BINDING:
        return parameters.coordination_binding_authority
    return donor.willingness


@rule
def _better_function(donor, nation, levers, parameters, project):
    """The function that the list asks for: the host's where the host leads or all are bound, else what the partner has
    heard; less where others are at it already. -1 where every function is taken."""
    host_list = levers.coordination_regime >= HOST_LED
    best = -1
    most = 0.0
    for f in range(FUNCTION_COUNT):
        if _others_seen(donor, nation, levers, project.kind, f, project.zone) > 0:
            continue
        worth = nation.host.articulated[f] if host_list else donor.perceived[f]
        if worth > most:
            most = worth
            best = f
    return best


@rule
def settle_offers(donor, units, nation, levers, parameters, draws):
    """Partners at the table, in this month's order, see what others do and may redirect a duplicate or drop it; where
    the host leads or all are bound, they take up the host's list even without a duplicate. Then projects start."""
    at_table = _at_table(donor, levers)
    for s in range(PROJECT_SLOTS):
        project = donor.projects[s]
        if project.status != OFFERED:
            continue
        overlap = _others_seen(donor, nation, levers, project.kind, project.function, project.zone)
        asked = overlap > 0 or levers.coordination_regime >= HOST_LED
        if at_table and asked and draws.comply < _compliance(donor, nation, levers, parameters):
            function = _better_function(donor, nation, levers, parameters, project)
            if function >= 0:
                if function != project.function:
                    nation.book.projects_redirected += 1
                project.function = function
                project.fit = nation.host.unmet[function] / greatest_need(nation.host)
            elif overlap > 0:
                nation.book.projects_dropped += 1
                nation.projects_running -= 1
                donor.available += project.euros
                project.status = NO_PROJECT
                continue
        others = others_running(donor, nation, project.kind, project.function, project.zone)
        project.duplicate = 1 if others > 0 else 0
        project.status = RUNNING
        nation.projects[project.kind, project.function, project.zone] += 1
        if _tells(donor, levers):
            nation.known_projects[project.kind, project.function, project.zone] += 1
