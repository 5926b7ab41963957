"""What else is run so as to judge a scenario: the same scenario with a policy changed, or with no assistance at all."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ssa_sim.analysis.pattern_measures import (
    BUNDLE,
    DOUBLE_PLACES,
    FORUM,
    GIVEN,
    HELD_AND_EQUIPPED,
    NO_ASSISTANCE,
    NO_CONDITIONS,
    NO_FORUM,
    PACKAGES,
    REVIEWED,
)
from ssa_sim.catalogue.entries import LeverEntry, ParameterValue, lever_catalogue
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.words.texts import Word

Levers = Mapping[str, ParameterValue]

STARTING_POINT = "baseline.toml"
"""The file that the other scenario files change."""

FROM_PACKAGES = (*PACKAGES, BUNDLE, HELD_AND_EQUIPPED)
"""Variants made of the packages' files."""

WITHOUT_ASSISTANCE: Mapping[str, ParameterValue] = {
    "training.mission": False,
    "donors.presence": 0.0,
    "conditions.amount": 0,
    "population.rights_culture": 0.0,
    "population.consultation": 0.0,
    "population.communication": 0.0,
    "population.differentiation": 0.0,
    "population.state_return": "none",
    "partnership.consultation_framework": 0.0,
    "circumstances.vehicle_gift": 0,
}
"""The levers that take all assistance out, whatever a scenario makes of them: the mission, partners, conditional aid,
every programme for the population, the table at which state and partners consult, and single gifts. Foreign forces stay.
`scenarios/no_assistance.toml` is the baseline with these."""

_FORUM_LEVER = "coordination.forum"
_AMOUNT_LEVER = "conditions.amount"
_PLACES_LEVER = "training.camp_places"

NO_CONDITIONS_GIVEN = Word("patterns.remarks.no_conditions")
NO_DOUBLING = Word("patterns.remarks.no_doubling")
NO_FILES = Word("patterns.remarks.no_files")


def variants(scenario: Scenario, folder: Path) -> tuple[dict[str, Scenario], dict[str, Word]]:
    """The scenario and all variants that can be made of it, by name; and for the others, why not.

    Raises:
        InputError: a scenario file is there but not in order.
    """
    made = {
        GIVEN: scenario,
        NO_FORUM: hold(scenario, {_FORUM_LEVER: "none"}),
        FORUM: hold(scenario, {_FORUM_LEVER: "information"}),
        NO_ASSISTANCE: hold(scenario, WITHOUT_ASSISTANCE),
    }
    missing: dict[str, Word] = {}
    by_month = zip(scenario.month_starts(), scenario.lever_values_by_month(), strict=True)
    if any(values[_AMOUNT_LEVER] for month, values in by_month if month < REVIEWED):
        made[NO_CONDITIONS] = hold(scenario, {_AMOUNT_LEVER: 0})
    else:
        missing[NO_CONDITIONS] = NO_CONDITIONS_GIVEN
    doubled = with_doubled(scenario, _PLACES_LEVER)
    if doubled is None:
        missing[DOUBLE_PLACES] = NO_DOUBLING
    else:
        made[DOUBLE_PLACES] = doubled
    found = levers_of_files(folder, FROM_PACKAGES)
    if found is None:
        missing.update(dict.fromkeys(FROM_PACKAGES, NO_FILES))
    else:
        made.update({name: hold(scenario, levers) for name, levers in found.items()})
    return made, missing


def levers_of_files(folder: Path, names: Iterable[str]) -> dict[str, Levers] | None:
    """The levers that each scenario file holds at another value than the file that it changes; None if a file is missing.

    Raises:
        InputError: a file is not in order.
    """
    files = {name: folder / f"{name}.toml" for name in names}
    start = folder / STARTING_POINT
    if not all(path.is_file() for path in (start, *files.values())):
        return None
    before = load_scenario(start).lever_values_by_month()
    return {name: _held_levers(load_scenario(path).lever_values_by_month(), before) for name, path in files.items()}


def hold(scenario: Scenario, levers: Levers) -> Scenario:
    """A copy in which levers hold these values for the whole period, dated changes or not."""
    opening = scenario.lever_values_by_month()[0]
    dated = {path for event in scenario.events for path in event.values}
    # A lever set to what it starts with keeps its dated changes; moved away and back, it loses them.
    aside = {path: _another(path, value) for path, value in levers.items() if path in dated and opening[path] == value}
    return scenario.with_levers(aside).with_levers(levers)


def with_doubled(scenario: Scenario, lever: str) -> Scenario | None:
    """A copy in which a number is twice what it is in every month; None where that is not possible or changes nothing."""
    highest = _entry(lever).high
    by_month = [values[lever] for values in scenario.lever_values_by_month()]
    doubled = [2 * value for value in by_month if not isinstance(value, str)]
    if doubled == by_month or (highest is not None and max(doubled) > highest):
        return None
    months = scenario.month_starts()
    changes = tuple(
        Event(date=month, set=((lever, value),))
        for month, before, value in zip(months[1:], doubled[:-1], doubled[1:], strict=True)
        if before != value
    )
    return hold(scenario, {lever: doubled[0]}).with_events(changes)


def _held_levers(values: Sequence[Levers], before: Sequence[Levers]) -> dict[str, ParameterValue]:
    return {
        path: value
        for path, value in values[0].items()
        if all(month[path] == value for month in values) and any(month[path] != value for month in before)
    }


def _another(lever: str, value: ParameterValue) -> ParameterValue:
    """Some other value that a lever may take."""
    entry = _entry(lever)
    if entry.choices is not None:
        return next(choice for choice in entry.choices if choice != value)
    if isinstance(value, bool):
        return not value
    limits = [limit for limit in (entry.low, entry.high) if limit is not None and limit != value]
    return int(limits[0]) if entry.kind == "int" else limits[0]


def _entry(lever: str) -> LeverEntry:
    return next(entry for entry in lever_catalogue() if entry.path == lever)
