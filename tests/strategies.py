"""Hypothesis strategies for scenarios: any value that the catalogues allow."""

from datetime import date

from hypothesis import strategies as st

from ssa_sim.scenario.catalogue import Entry, lever_catalogue, mechanism_catalogue, uncertainty_catalogue
from ssa_sim.scenario.schema import Scenario


def value_of(entry: Entry) -> st.SearchStrategy:
    if entry.kind == "choice":
        return st.sampled_from(entry.choices)
    if entry.kind == "bool":
        return st.booleans()
    if entry.kind == "int":
        return st.integers(int(entry.low), int(entry.high))
    return st.floats(entry.low, entry.high)


def some_of(entries: tuple[Entry, ...]) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({}, optional={entry.path: value_of(entry) for entry in entries})


@st.composite
def scenarios(draw: st.DrawFn, months: int = 15) -> Scenario:
    """Small worlds with any levers, uncertainties and mechanisms."""
    start = draw(st.dates(date(2013, 1, 1), date(2019, 12, 1)))
    first = start.replace(day=1)
    later = first.year * 12 + first.month - 1 + months
    return (
        Scenario(title="any")
        .with_period(start=first, end=date(later // 12, later % 12 + 1, 1))
        .with_size(units=draw(st.integers(1, 7)), company_strength=draw(st.integers(20, 300)))
        .with_levers(draw(some_of(lever_catalogue())))
        .with_uncertainties(draw(some_of(uncertainty_catalogue())))
        .with_mechanisms(draw(some_of(mechanism_catalogue())))
    )
