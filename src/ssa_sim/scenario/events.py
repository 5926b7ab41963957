"""Dated changes of levers, and what the levers are in each month because of them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, field_serializer, field_validator

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.catalogue.groups import Group
from ssa_sim.scenario.period import Period
from ssa_sim.scenario.tables import EXAMPLE_OF_A_SET, LEVERS, read_overrides


class Event(Group):
    """Levers that change on a date; the change holds from the month that contains it.

    Attributes:
        date: the day.
        set: pairs of a lever's path and its new value. Given as a table, by dotted path or nested.
        why: for readers.
        source: where the change is documented: evidence ids, a reference, or "assumption".
    """

    date: Annotated[date, Field(description="The day; the change holds from its month on.")]
    set: tuple[tuple[str, ParameterValue], ...]
    why: str = Field(default="", description="For readers.")
    source: str = Field(default="", description='Where it is documented: evidence ids, a reference, or "assumption".')

    @field_validator("set", mode="before")
    @classmethod
    def _known_levers(cls, given: Any) -> tuple[tuple[str, ParameterValue], ...]:
        try:
            table = dict(given) if isinstance(given, tuple) else given
        except (TypeError, ValueError):
            table = None
        if not isinstance(table, Mapping):
            raise ValueError(f"it should be a table of levers, such as {EXAMPLE_OF_A_SET}")
        values, problems = read_overrides(LEVERS, table)
        if problems:
            raise ValueError(" ".join(str(problem) for problem in problems))
        if not values:
            raise ValueError("it sets no lever")
        return tuple(values.items())

    @field_serializer("set")
    def _as_table(self, pairs: tuple[tuple[str, ParameterValue], ...]) -> dict[str, ParameterValue]:
        return dict(pairs)

    @property
    def values(self) -> dict[str, ParameterValue]:
        """The levers' new values by path."""
        return dict(self.set)

    def without(self, levers: AbstractSet[str]) -> "Event | None":
        """This event without some levers; None if nothing is left of it."""
        kept = tuple((path, value) for path, value in self.set if path not in levers)
        return self.model_copy(update={"set": kept}) if kept else None


@dataclass(frozen=True)
class KeptChange:
    """An inherited dated change that still applies to a lever which the file sets to the value it starts with anyway.

    Attributes:
        date: when it applies.
        lever: the lever's path.
        value: what the change sets it to.
    """

    date: date
    lever: str
    value: ParameterValue


@dataclass(frozen=True)
class DroppedChange:
    """A dated change that was inherited and no longer applies.

    Attributes:
        date: when it would have applied.
        lever: the lever's path.
        value: what it would have been set to.
        reason: "overridden" by a value for the whole period, "replaced" by another of the same month, or "outside the
            period".
    """

    date: date
    lever: str
    value: ParameterValue
    reason: Literal["overridden", "replaced", "outside the period"]

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.date}: {self.lever} = {self.value} ({self.reason})"


@dataclass(frozen=True)
class Clash:
    """Two events, by their positions, that set one lever to two values in one month."""

    first: int
    second: int
    lever: str
    message: str


def outside(events: Sequence[Event], period: Period) -> dict[int, str]:
    """The events, by position, that lie outside the period, each with a sentence that says so."""
    return {
        position: f"The event of {event.date} lies outside the period, {period.start} to {period.end} "
        "(the end itself is not in it)"
        for position, event in enumerate(events)
        if not 0 <= period.month_of(event.date) < period.months
    }


def clashes(events: Sequence[Event]) -> list[Clash]:
    """Every pair of events that contradict each other, with a sentence that says so."""
    earlier: dict[tuple[int, int, str], tuple[int, ParameterValue]] = {}
    found = []
    for position, event in enumerate(events):
        for lever, value in event.set:
            month = (event.date.year, event.date.month, lever)
            first, already = earlier.setdefault(month, (position, value))
            if already != value:
                message = (
                    f'The events of {events[first].date} and {event.date} set "{lever}" to {_word(already)} '
                    f"and to {_word(value)}, but a lever has one value a month"
                )
                found.append(Clash(first, position, lever, message))
    return found


def values_by_month(
    opening: Mapping[str, ParameterValue], events: Sequence[Event], period: Period
) -> list[dict[str, ParameterValue]]:
    """What each lever is in each month of the period.

    Args:
        opening: every lever's value before any event.
        events: the changes in any order; none may lie outside the period or clash with another.
        period: the months.

    Returns:
        One dictionary a month, from the lever's path to its value.
    """
    changes: dict[int, dict[str, ParameterValue]] = {}
    for event in events:
        changes.setdefault(period.month_of(event.date), {}).update(event.set)
    current = dict(opening)
    months = []
    for month in range(period.months):
        current.update(changes.get(month, {}))
        months.append(dict(current))
    return months


def _word(value: ParameterValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
