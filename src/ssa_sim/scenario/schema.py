"""A scenario: a policy and a world, from which the model's runs follow. Strict and frozen."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Self
from weakref import WeakValueDictionary

from pydantic import Field, PrivateAttr, ValidationError, model_validator

from ssa_sim.catalogue.donors import DEFAULT_PROFILES, DonorProfile
from ssa_sim.catalogue.entries import (
    ParameterValue,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
    values_of,
)
from ssa_sim.catalogue.groups import Group, Levers, Mechanisms, Size, Structures, Uncertainties
from ssa_sim.errors import InputError
from ssa_sim.scenario.events import DroppedChange, Event, KeptChange, clashes, outside, values_by_month
from ssa_sim.scenario.period import Period
from ssa_sim.scenario.problems import checked, in_quotes, refusal
from ssa_sim.scenario.scenario_problems import as_tables, problems_in_scenario
from ssa_sim.scenario.shares_summing_to_one import SHARES_SUMMING_TO_ONE, refuse_excess
from ssa_sim.scenario.tables import (
    LEVERS,
    MECHANISMS,
    STRUCTURES,
    UNCERTAINTIES,
    AnyGroup,
    Section,
    checked_overrides,
    nested,
    revise_group,
)


class Scenario(Group):
    """Everything that a run needs besides its seed, and the words that say what it is about.

    Attributes:
        title: a short name for people.
        question: what the scenario is meant to answer.
        period: the months covered.
        size: how large the army is.
        levers: what somebody decided, before the events.
        uncertainties: what nobody knows.
        mechanisms: which parts of the model are switched on.
        structures: which answer is in force to each question on which sources compete.
        donors: the kinds of partners.
        events: dated changes of levers, in any order.
    """

    title: str = Field(min_length=1, description="A short name for people.")
    question: str = Field(default="", description="What the scenario is meant to answer.")
    period: Period = Period()
    size: Size = Size()
    levers: Levers = Levers()
    uncertainties: Uncertainties = Uncertainties()
    mechanisms: Mechanisms = Mechanisms()
    structures: Structures = Structures()
    donors: tuple[DonorProfile, ...] = Field(default=DEFAULT_PROFILES, description="The kinds of partners.")
    events: tuple[Event, ...] = Field(default=(), description="Dated changes of levers, in any order.")
    _dropped: tuple[DroppedChange, ...] = PrivateAttr(default=())
    _kept: tuple[KeptChange, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        reasons = [*outside(self.events, self.period).values()]
        reasons += [clash.message for clash in clashes(self.events)]
        names = Counter(donor.name for donor in self.donors)
        reasons += [f"There are two donors called {in_quotes(name)}" for name, count in names.items() if count > 1]
        if reasons:
            raise ValueError("; ".join(reasons))
        try:
            refuse_excess(
                {path: attrgetter(path)(self.uncertainties) for pair in SHARES_SUMMING_TO_ONE for path in pair}
            )
        except InputError as error:
            raise ValueError(str(error)) from None
        return self

    @property
    def months(self) -> int:
        """How many months the scenario covers."""
        return self.period.months

    @property
    def dropped_changes(self) -> tuple[DroppedChange, ...]:
        """Inherited dated changes that were overridden, or fell out of the period, on the way here."""
        return self._dropped

    @property
    def kept_changes(self) -> tuple[KeptChange, ...]:
        """Inherited dated changes of levers that the file sets to what they start with: they apply all the same."""
        return self._kept

    def noting_kept_changes(self, levers: Collection[str]) -> "Scenario":
        """A copy that remembers the dated changes of these levers as kept."""
        noted = self._updated({})
        noted._kept = tuple(
            KeptChange(event.date, lever, value)
            for event in self.events
            for lever, value in event.set
            if lever in levers
        )
        return noted

    def month_starts(self) -> list[date]:
        """The first day of each month covered, in order."""
        return self.period.month_starts()

    def lever_values_by_month(self) -> list[dict[str, ParameterValue]]:
        """What every lever is in each month, events included: a dictionary a month, from path to value."""
        return values_by_month(values_of(self.levers, lever_catalogue()), self.events, self.period)

    def with_levers(self, values: Mapping[str, Any]) -> "Scenario":
        """A copy in which levers hold other values for the whole period.

        A lever set to the value that it already has in the first month changes nothing: its dated changes
        stay. A lever set to another value keeps it throughout: its dated changes go (see `dropped_changes`).

        Args:
            values: from a lever's path to its value; nested tables are understood as well.

        Raises:
            InputError: there is no such lever, or the value is not allowed.
        """
        opening = self.lever_values_by_month()[0]
        wanted = checked_overrides(LEVERS, values)
        changed = {path: value for path, value in wanted.items() if opening[path] != value}
        if not changed:
            return self
        dropped = tuple(
            DroppedChange(event.date, path, value, "overridden")
            for event in self.events
            for path, value in event.set
            if path in changed
        )
        kept = tuple(event.without(changed.keys()) for event in self.events)
        levers = _merged(self.levers, LEVERS, changed)
        return self._updated({"levers": levers, "events": tuple(filter(None, kept))}, dropped)

    def with_levers_of(self, other: "Scenario", paths: Collection[str]) -> "Scenario":
        """A copy in which some levers are, month by month, as in another scenario.

        Args:
            other: covers the same months.
            paths: of the levers.
        """
        taken = frozenset(paths)
        opening = {path: value for path, value in values_of(other.levers, lever_catalogue()).items() if path in taken}
        kept = [event.without(taken) for event in self.events]
        theirs = [event.without(frozenset(event.values) - taken) for event in other.events]
        levers = _merged(self.levers, LEVERS, opening)
        return self._updated({"levers": levers, "events": tuple(filter(None, (*kept, *theirs)))})

    def with_uncertainties(self, values: Mapping[str, Any]) -> "Scenario":
        """A copy with other values for uncertainties; arguments and errors as for `with_levers`."""
        wanted = checked_overrides(UNCERTAINTIES, values)
        return self._updated({"uncertainties": _merged(self.uncertainties, UNCERTAINTIES, wanted)})

    def with_mechanisms(self, values: Mapping[str, Any]) -> "Scenario":
        """A copy with mechanisms switched on (True) or off (False); errors as for `with_levers`."""
        wanted = checked_overrides(MECHANISMS, values)
        return self._updated({"mechanisms": _merged(self.mechanisms, MECHANISMS, wanted)})

    def with_structures(self, values: Mapping[str, Any]) -> "Scenario":
        """A copy with other choices in force for structures; arguments and errors as for `with_levers`."""
        wanted = checked_overrides(STRUCTURES, values)
        return self._updated({"structures": _merged(self.structures, STRUCTURES, wanted)})

    def with_size(self, **values: int) -> "Scenario":
        """A copy with another `units` or `company_strength`.

        Raises:
            InputError: there is no such size, or the value is not allowed.
        """
        return self._updated({"size": _revised(self.size, values, "size")})

    def with_period(self, *, start: date | None = None, end: date | None = None) -> "Scenario":
        """A copy that covers other months.

        Changes dated before a later start hold from that start; those dated after an earlier end are dropped.

        Raises:
            InputError: a date is not the first day of a month, or the end does not come after the start.
        """
        dates = {"start": start, "end": end}
        given = {name: day for name, day in dates.items() if day is not None}
        period = _revised(self.period, given, "period")
        early = [event for event in self.events if period.month_of(event.date) < 0]
        late = [event for event in self.events if period.month_of(event.date) >= period.months]
        past = {path: value for event in sorted(early, key=attrgetter("date")) for path, value in event.set}
        dropped = tuple(
            DroppedChange(event.date, path, value, "outside the period") for event in late for path, value in event.set
        )
        kept = tuple(event for event in self.events if event not in early and event not in late)
        levers = _merged(self.levers, LEVERS, past)
        return self._updated({"period": period, "levers": levers, "events": kept}, dropped)

    def with_events(self, events: Iterable[Event]) -> "Scenario":
        """A copy with more dated changes; one that it has gives way to a new one of the same lever and month.

        Raises:
            InputError: a new event lies outside the period or contradicts another new one, or what it sets is not allowed.
        """
        events = tuple(events)
        new = {(event.date.year, event.date.month, lever): value for event in events for lever, value in event.set}
        kept, dropped = [], []
        for event in self.events:
            month = (event.date.year, event.date.month)
            replaced = {lever for lever, value in event.set if new.get((*month, lever), value) != value}
            dropped += [
                DroppedChange(event.date, lever, value, "replaced") for lever, value in event.set if lever in replaced
            ]
            kept.append(event.without(replaced))
        return self._updated({"events": (*filter(None, kept), *as_tables(events))}, tuple(dropped))

    def with_donors(self, donors: Iterable[DonorProfile]) -> "Scenario":
        """A copy with other kinds of partners in place of those that it has.

        Raises:
            InputError: something that a profile holds is not allowed, or two have one name.
        """
        return self._updated({"donors": as_tables(tuple(donors))})

    def with_words(self, *, title: str | None = None, question: str | None = None) -> "Scenario":
        """A copy with another title or question; its results are the same."""
        words = {"title": title, "question": question}
        return self._updated({name: text for name, text in words.items() if text is not None})

    def identity(self) -> str:
        """SHA-256 over everything that determines results: scenarios that run alike have one identity.

        Title, question, reasons, sources and labels are not in it, nor is how levers came to their values.
        """
        return _hash(
            [
                self.policy_identity(),
                values_of(self.uncertainties, uncertainty_catalogue()),
                values_of(self.mechanisms, mechanism_catalogue()),
                values_of(self.structures, structure_catalogue()),
            ]
        )

    def policy_identity(self) -> str:
        """As `identity`, without uncertainties, mechanisms and structures: what runs share that differ in these alone."""
        by_month = self.lever_values_by_month()
        changes = [
            [month, path, value]
            for month in range(1, len(by_month))
            for path, value in by_month[month].items()
            if value != by_month[month - 1][path]
        ]
        return _hash(
            {
                "period": [self.period.start.isoformat(), self.period.end.isoformat()],
                "size": self.size.model_dump(),
                "levers": by_month[0],
                "changes": changes,
                "donors": [profile.numbers() for profile in self.donors],
            }
        )

    def _updated(self, parts: Mapping[str, Any], dropped: tuple[DroppedChange, ...] = ()) -> "Scenario":
        """A validated copy with some parts replaced."""
        updated = validated({**self._fields(), **parts})
        updated._dropped = self._dropped + dropped
        updated._kept = self._kept
        if CHECKED.get(id(self)) is self:
            CHECKED[id(updated)] = updated
        return updated

    def _fields(self) -> dict[str, Any]:
        return {name: getattr(self, name, None) for name in type(self).model_fields}


CHECKED: WeakValueDictionary[int, Scenario] = WeakValueDictionary()
"""Scenarios in which every value has been checked, by identity: a copy of one is another scenario. See `gate`."""


def validated(fields: Mapping[str, Any]) -> Scenario:
    """The scenario that these parts make.

    Raises:
        InputError: tells all that is wrong with them.
    """
    try:
        return Scenario.model_validate(fields)
    except ValidationError as error:
        raise refusal(problems_in_scenario(error, fields)) from None


def _hash(content: Mapping[str, Any] | Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _merged(group: AnyGroup, section: Section, values: Mapping[str, ParameterValue]) -> AnyGroup:
    """A group with some of its values replaced, by dotted name."""
    complete = values_of(group, section.catalogue()) | dict(values)
    return checked(type(group), nested(complete), section.entries())


def _revised(group: AnyGroup, values: Mapping[str, Any], name: str) -> AnyGroup:
    """A group without subgroups, with some of its values replaced."""
    revised, problems = revise_group(group, values, f"in {name}", (name,))
    if problems:
        raise refusal(problems)
    return revised
