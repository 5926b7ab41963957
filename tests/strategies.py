"""Hypothesis strategies for scenarios: any value that the catalogues allow."""

from datetime import date

from hypothesis import strategies as st

from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.entries import (
    Entry,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.shares_summing_to_one import SHARES_SUMMING_TO_ONE


def value_of(entry: Entry) -> st.SearchStrategy:
    if entry.kind == "choice":
        return st.sampled_from(entry.choices)
    if entry.kind == "bool":
        return st.booleans()
    if entry.kind == "int":
        return st.integers(int(entry.allowed_low), int(entry.allowed_high))
    return st.floats(entry.allowed_low, entry.allowed_high)


def some_of(entries: tuple[Entry, ...]) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({}, optional={entry.path: value_of(entry) for entry in entries})


def month_of(first: date, later: int) -> date:
    """The first day of the month so many months later."""
    months = first.year * 12 + first.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def possible(uncertainties: dict) -> dict:
    """With less of the second share of a whole where the first leaves it no room."""
    values = {entry.path: entry.baseline for entry in uncertainty_catalogue()} | uncertainties
    limited = {second: min(values[second], 1.0 - values[first]) for first, second in SHARES_SUMMING_TO_ONE}
    return uncertainties | {path: value for path, value in limited.items() if value != values[path]}


@st.composite
def changes(draw: st.DrawFn, first: date, months: int) -> tuple[Event, ...]:
    """A few dated changes of any levers, no two in a month: what begins, ends and begins again."""
    when = draw(st.lists(st.integers(1, months - 1), max_size=3, unique=True))
    drawn = [(month_of(first, month), draw(some_of(lever_catalogue()))) for month in when]
    return tuple(Event(date=day, set=values) for day, values in drawn if values)


@st.composite
def scenarios(draw: st.DrawFn, months: int = 15) -> Scenario:
    """Small worlds with any levers, uncertainties, mechanisms and structures, and levers that change on the way."""
    start = draw(st.dates(date(2013, 1, 1), date(2019, 12, 1)))
    first = start.replace(day=1)
    return (
        Scenario(title="any")
        .with_period(start=first, end=month_of(first, months))
        .with_size(units=draw(st.integers(1, 7)), company_strength=draw(st.integers(20, 300)))
        .with_levers(draw(some_of(lever_catalogue())))
        .with_uncertainties(possible(draw(some_of(uncertainty_catalogue()))))
        .with_mechanisms(draw(some_of(mechanism_catalogue())))
        .with_structures(draw(some_of(structure_catalogue())))
        .with_events(draw(changes(first, months)))
    )


def upheaval() -> Scenario:
    """Three years in which everything ends at once: a coup, partners told to leave, money withheld, mentors hurt."""
    first = date(2015, 1, 1)
    mentors = {"engaged_state": {"course": 0.0, "mentoring": 0.45}}
    at_home = {"training.mission": False, "donors.presence": 0.5, "foreign.departure": "agreed"}
    return (
        Scenario(title="upheaval")
        .with_period(start=first, end=month_of(first, 48))
        .with_size(units=12)
        .with_donors(tuple(profile.model_copy(update=mentors.get(profile.name, {})) for profile in DEFAULT_PROFILES))
        .with_levers(
            {
                "conditions.amount": 50_000_001,
                "conditions.indicators": 7,
                "conditions.credibility": 0.7,
                "donors.institutional_share": 0.3,
                "donors.extra_budget": 5_000_001,
                "donors.internal_security_weight": 2.0,
                "population.rights_culture": 0.7,
                "population.consultation": 0.3,
                "population.state_return": "sequential",
                "training.feedback": 0.6,
                "training.mandate_review_months": 4,
                "training.mentoring_share": 0.4,
                "training.casualty_cap": 1,
            }
        )
        .with_uncertainties(
            {
                "absorption.mentors_at_risk": 30.0,
                "calendar.entry_rate": 0.06,
                "interests.coup_base": 0.0003,
                "interests.coup_estrangement": 0.8,
                "partnership.expulsion_rate": 0.3,
                "partnership.broken_softness": 0.01,
                "partnership.relations_start": 0.8,
                "security.threat_north": 0.9,
                "training.mentor_risk": 0.03,
            }
        )
        .with_events(
            (
                Event(date=month_of(first, 6), set=at_home),
                Event(date=month_of(first, 9), set={"training.mission": True, "donors.presence": 1.0}),
                Event(date=month_of(first, 20), set={"circumstances.coup": True, "foreign.un_soldiers": 2000}),
            )
        )
    )
