"""What else is run so as to judge a scenario: the same scenario with a policy changed, or with no assistance at all."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ssa_sim.analysis.pattern_measures import (
    AGREED,
    ALL_TO_THE_ARMY,
    BUNDLE,
    CONTRACTORS_CALLED,
    CONTRACTORS_CALLED_IN,
    DOUBLE_PLACES,
    FEW_INDICATORS,
    FORUM,
    GIVEN,
    GIVEN_AWAY,
    HALF_AGREED,
    HALF_PARTIAL,
    HALF_THE_PARTNERS,
    HELD_AND_EQUIPPED,
    LOCALLY_POSTED,
    MANY_INDICATORS,
    MILD,
    MOVED,
    MOVED_NOT_RECYCLED,
    NO_ASSISTANCE,
    NO_CONDITIONS,
    NO_FORUM,
    NOT_RECYCLED,
    ONE_DOCTRINE,
    PACKAGES,
    PARTIAL_AGREEMENT,
    REVIEWED,
    UNLIMITED,
    UNLIMITED_BY_NEED,
    WAVE_OF_GIFTS,
)
from ssa_sim.catalogue.entries import LeverEntry, ParameterValue, lever_catalogue, uncertainty_catalogue
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
    "accord.integration": 0,
    "circumstances.vehicle_gift": 0,
}
"""The levers that take all assistance out, whatever a scenario makes of them: the mission, partners, conditional aid,
every programme for the population, the table at which state and partners consult, the vetting and training of former
combatants that partners pay, and single gifts. Foreign forces stay.
`scenarios/no_assistance.toml` is the baseline with these."""

PARTIAL: Mapping[str, ParameterValue] = {"coordination.regime": "binding", "coordination.participation": 0.6}
"""A binding agreement that more partners than not enter, and some do not."""
LEVERAGE: Mapping[str, ParameterValue] = {"conditions.amount": 14_000_000}
"""The conditional aid that the source names (F16), for the whole period."""
FOUR_MECHANISMS = ("turnover", "equipment_mismatch", "supply_bias", "coordination_failure")
"""Those by which assistance fails, as the note has it."""

_FORUM_LEVER = "coordination.forum"
_AMOUNT_LEVER = "conditions.amount"
_PLACES_LEVER = "training.camp_places"
_PARTNERS_LEVER = "donors.presence"
_DOCTRINE_LEVER = "training.common_doctrine"
_POSTING_LEVER = "personnel.local_posting"
_RECYCLING_LEVER = "training.recycling"
_GIFT_LEVER = "circumstances.vehicle_gift"
_POLICE_LEVER = "donors.internal_security_weight"
_FRENCH_LEVER = "foreign.french_soldiers"
_CONTRACTORS_LEVER = "foreign.contractors"
_POSTINGS = "turnover.reassignment_rate"

NO_CONDITIONS_GIVEN = Word("patterns.remarks.no_conditions")
NO_DOUBLING = Word("patterns.remarks.no_doubling")
NO_FILES = Word("patterns.remarks.no_files")
NO_FRENCH = Word("patterns.remarks.no_french")
NO_PARTNERS = Word("patterns.remarks.no_partners")
NO_RECYCLING = Word("patterns.remarks.no_recycling")


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
        ALL_TO_THE_ARMY: hold(scenario, {_POLICE_LEVER: 0.0}),
        FEW_INDICATORS: hold(scenario, {**LEVERAGE, "conditions.indicators": 3}),
        MANY_INDICATORS: hold(scenario, {**LEVERAGE, "conditions.indicators": 13}),
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
    for more, lacking in (_of_partners(scenario), _of_recycling(scenario)):
        made.update(more)
        missing.update(lacking)
    made[UNLIMITED] = scenario.with_mechanisms({"absorption_limit": False})
    made[ONE_DOCTRINE] = hold(scenario, {_DOCTRINE_LEVER: 1.0})
    made[LOCALLY_POSTED] = hold(scenario, {_POSTING_LEVER: 1.0})
    made[UNLIMITED_BY_NEED] = hold(made[UNLIMITED], {"donors.needs_weight": 1.0})
    made[MILD] = scenario.with_mechanisms(dict.fromkeys(FOUR_MECHANISMS, False))
    if GIVEN_AWAY in scenario.month_starts():
        made[WAVE_OF_GIFTS] = _with_wave_of_gifts(scenario)
    contracted = _with_contractors(scenario)
    if contracted is None:
        missing[CONTRACTORS_CALLED] = NO_FRENCH
    else:
        made[CONTRACTORS_CALLED] = contracted
    return made, missing


def _with_contractors(scenario: Scenario) -> Scenario | None:
    """A copy in which contractors stand in the French force's place from 2016 on; None where it has no such force then."""
    by_month = zip(scenario.month_starts(), scenario.lever_values_by_month(), strict=True)
    later = [(month, values[_FRENCH_LEVER]) for month, values in by_month if month >= CONTRACTORS_CALLED_IN]
    if not any(soldiers for _, soldiers in later):
        return None
    most = _entry(_CONTRACTORS_LEVER).high or 0
    events = []
    before: ParameterValue | None = None
    for month, soldiers in later:
        if soldiers != before:
            called = min(int(soldiers), int(most))
            events.append(Event(date=month, set=((_FRENCH_LEVER, 0), (_CONTRACTORS_LEVER, called))))
            before = soldiers
    return scenario.with_events(events)


def _of_partners(scenario: Scenario) -> tuple[dict[str, Scenario], dict[str, Word]]:
    """Variants in which fewer partners are present, or coordination is another."""
    half = with_times(scenario, _PARTNERS_LEVER, 0.5)
    if half is None:
        return {}, dict.fromkeys((HALF_THE_PARTNERS, HALF_AGREED, HALF_PARTIAL), NO_PARTNERS)
    agreed = {"coordination_failure": False}
    return {
        AGREED: scenario.with_mechanisms(agreed),
        HALF_THE_PARTNERS: half,
        HALF_AGREED: half.with_mechanisms(agreed),
        PARTIAL_AGREEMENT: hold(scenario, PARTIAL),
        HALF_PARTIAL: hold(half, PARTIAL),
    }, {}


def _of_recycling(scenario: Scenario) -> tuple[dict[str, Scenario], dict[str, Word]]:
    """Variants without recycling, and with twice the postings, as far as their range allows."""
    (entry,) = (entry for entry in uncertainty_catalogue() if entry.path == _POSTINGS)
    twice = 2.0 * scenario.uncertainties.turnover.reassignment_rate
    moved = scenario.with_uncertainties({_POSTINGS: twice if entry.high is None else min(twice, entry.high)})
    if all(values[_RECYCLING_LEVER] == "none" for values in scenario.lever_values_by_month()):
        return {MOVED: moved}, dict.fromkeys((NOT_RECYCLED, MOVED_NOT_RECYCLED), NO_RECYCLING)
    none = {_RECYCLING_LEVER: "none"}
    return {NOT_RECYCLED: hold(scenario, none), MOVED: moved, MOVED_NOT_RECYCLED: hold(moved, none)}, {}


def _with_wave_of_gifts(scenario: Scenario) -> Scenario:
    """A copy in which half the vehicles that the army needs come in one month."""
    months = scenario.month_starts()
    month = months.index(GIVEN_AWAY)
    needed = scenario.uncertainties.equipment.vehicles_needed * scenario.size.units
    highest = _entry(_GIFT_LEVER).high
    given = int(0.5 * needed if highest is None else min(0.5 * needed, highest))
    events = [Event(date=GIVEN_AWAY, set=((_GIFT_LEVER, given),))]
    if month + 1 < len(months):
        after = scenario.lever_values_by_month()[month + 1][_GIFT_LEVER]
        events.append(Event(date=months[month + 1], set=((_GIFT_LEVER, after),)))
    return scenario.with_events(events)


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
    return with_times(scenario, lever, 2)


def with_times(scenario: Scenario, lever: str, times: int | float) -> Scenario | None:
    """A copy in which a number is so many times what it is in every month; None as for `with_doubled`."""
    highest = _entry(lever).high
    by_month = [values[lever] for values in scenario.lever_values_by_month()]
    multiplied = [times * value for value in by_month if not isinstance(value, str)]
    if multiplied == by_month or (highest is not None and max(multiplied) > highest):
        return None
    months = scenario.month_starts()
    changes = tuple(
        Event(date=month, set=((lever, value),))
        for month, before, value in zip(months[1:], multiplied[:-1], multiplied[1:], strict=True)
        if before != value
    )
    return hold(scenario, {lever: multiplied[0]}).with_events(changes)


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
