"""The grounds on which parameters are screened: a scenario as it is, and the same scenario with its levers in use.

In the baseline several levers stand at zero and most reforms are blocked. A parameter that acts only through such a lever
moves nothing there, which says nothing about the parameter. The second ground, `active`, opens every lever that the baseline
holds closed, but for what others do (coups, offensives): it is no policy that anybody proposes, only a place from which
those parts of the model can be reached.
"""

from collections.abc import Mapping
from datetime import date

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario

AS_GIVEN = "as given"
ACTIVE = "active"

ACTIVE_LEVERS: Mapping[str, ParameterValue] = {
    "coordination.regime": "lead_partner",
    "coordination.participation": 0.9,
    "donors.dialogue_effort": 0.1,
    "donors.institutional_share": 0.2,
    "donors.needs_weight": 0.4,
    "donors.internal_security_weight": 1.0,
    "donors.extra_budget": 10_000_000,
    "training.mentoring_share": 0.2,
    "training.casualty_cap": 6,
    "training.mobile_share": 0.3,
    "training.forward_presence": 0.2,
    "training.feedback": 0.5,
    "training.mandate_review_months": 12,
    "training.common_doctrine": 0.5,
    "training.on_held_kit": 0.5,
    "training.sub_units_share": 0.2,
    "training.adviser_tour_months": 12.0,
    "equipment.with_training": 0.5,
    "equipment.support_cover": 0.5,
    "equipment.standardisation": 0.4,
    "personnel.stabilisation": 0.5,
    "personnel.local_posting": 0.3,
    "host.liaison_officers": 4,
    "host.refusal": 0.3,
    "host.strategic_framework": 0.5,
    "foreign.european_soldiers": 500,
    "foreign.contractors": 500,
    "foreign.contractors_if_expelled": 500,
    "foreign.departure": "agreed",
    "foreign.departure_months": 12,
    "conditions.amount": 40_000_000,
    "conditions.indicators": 3,
    "conditions.credibility": 0.8,
    "population.rights_culture": 0.5,
    "population.consultation": 0.5,
    "population.communication": 0.5,
    "population.differentiation": 0.5,
    "population.state_return": "sequential",
    "partnership.consultation_framework": 0.5,
}
"""What the active ground holds from its first month; a part of each."""

ACTIVE_CHANGES: tuple[tuple[int, Mapping[str, ParameterValue]], ...] = (
    (2, {"coordination.regime": "host_led"}),
    (
        4,
        {
            "training.battalions_share": 0.2,
            "training.leaders_share": 0.3,
            "training.trainers_share": 0.3,
            "coordination.division": "zones",
            "population.state_return": "simultaneous",
        },
    ),
    (
        5,
        {
            "coordination.regime": "binding",
            "coordination.division": "fleets",
            "training.specialists_share": 0.4,
            "training.recycling": "newcomers",
        },
    ),
    (6, {"training.battalions_share": 0.6, "coordination.division": "battalions", "foreign.un_soldiers": 2000}),
)
"""What it changes later, after so many sevenths of the period (years, in the baseline): choices that exclude one another take
turns, and most of the UN mission leaves by agreement."""


def active(scenario: Scenario) -> Scenario:
    """The scenario with its levers in use; what ACTIVE_CHANGES sets is no longer changed by the scenario's own events."""
    starts = scenario.month_starts()
    changed = {lever for _, change in ACTIVE_CHANGES for lever in change}
    calm = tuple(filter(None, (_after(event, starts, changed) for event in scenario.events)))
    ground = scenario.model_copy(update={"events": calm}).with_levers(ACTIVE_LEVERS)
    dated = tuple(
        Event(
            date=starts[len(starts) * sevenths // 7],
            set=tuple(change.items()),
            why="So that parts of the model come into play that wait for it",
            source="assumption",
        )
        for sevenths, change in ACTIVE_CHANGES
    )
    return ground.with_events(dated)


def _after(event: Event, starts: list[date], changed: set[str]) -> Event | None:
    """A scenario's own event without what would undo a change of the active ground."""
    late = starts[len(starts) * ACTIVE_CHANGES[0][0] // 7]
    return event if event.date < late else event.without(changed)
