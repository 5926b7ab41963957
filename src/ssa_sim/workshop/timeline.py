"""What a room decided and what befell it, by date; and the scenario that says the same in a file.

A timeline is all there is to remember: worlds follow from the scenario that they began with, the draws, and these choices.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.schema import Scenario

Kind = Literal["lever", "package", "inject"]


@dataclass(frozen=True)
class Choice:
    """Levers that change in a month.

    Attributes:
        month: position in the period, from 0, of the first month in which it holds.
        values: pairs of a lever's path and its value.
        kind: a lever moved by hand, a package of levers taken over, or something that others do.
        name: which package or inject; empty for a lever.
        months: how long it holds; None: until something else is decided.
        in_both: whether the world compared with undergoes it as well.
    """

    month: int
    values: tuple[tuple[str, ParameterValue], ...]
    kind: Kind = "lever"
    name: str = ""
    months: int | None = None
    in_both: bool = False

    def holds_in(self, month: int) -> bool:
        """Whether it reaches a month, unless a later choice sets the same levers."""
        return self.month <= month and (self.months is None or month < self.month + self.months)


Reason = Callable[[Choice | None, int], str]
"""Words for why a lever changes: from the choice in force (None: what the scenario has) and the month."""


def _no_words(choice: Choice | None, month: int) -> str:
    return ""


def by_date(choices: Iterable[Choice]) -> list[Choice]:
    """Choices by month; those of one month in the order in which they were made."""
    return sorted(choices, key=lambda choice: choice.month)


def levers_by_month(base: Scenario, choices: Sequence[Choice]) -> list[dict[str, ParameterValue]]:
    """What every lever is in each month: a choice overrules the scenario's later dated changes and earlier choices."""
    months = base.lever_values_by_month()
    for choice in by_date(choices):
        for month, values in enumerate(months):
            if choice.holds_in(month):
                values.update(choice.values)
    return months


def played(base: Scenario, choices: Sequence[Choice], why: Reason = _no_words) -> Scenario:
    """The scenario that holds in its dated changes everything that was played.

    Args:
        base: what the worlds began with.
        choices: in the order in which they were made.
        why: words for each change, for whoever reads the file.

    Raises:
        InputError: there is no such lever, or a value is not allowed.
    """
    events = _events(base, choices, why)
    return base.with_events(tuple(events)) if events else base


def _events(base: Scenario, choices: Sequence[Choice], why: Reason) -> list[Event]:
    inherited = base.lever_values_by_month()
    dated = {(base.period.month_of(event.date), lever): value for event in base.events for lever, value in event.set}
    starts = base.month_starts()
    wanted = levers_by_month(base, choices)
    changes: dict[tuple[int, str], dict[str, ParameterValue]] = {}
    for lever in dict.fromkeys(lever for choice in by_date(choices) for lever, _ in choice.values):
        before = inherited[0].get(lever)
        for month, values in enumerate(wanted):
            now = values[lever]
            if now != dated.get((month, lever), before):
                reason = why(_in_force(choices, lever, month), month)
                changes.setdefault((month, reason), {})[lever] = now
            before = now
    return [
        Event(date=starts[month], set=tuple(values.items()), why=reason, source="assumption")
        for (month, reason), values in sorted(changes.items(), key=lambda item: item[0][0])
    ]


def _in_force(choices: Sequence[Choice], lever: str, month: int) -> Choice | None:
    """The choice that a lever's value in a month comes from; None: the scenario's own."""
    found = None
    for choice in by_date(choices):
        if choice.holds_in(month) and lever in dict(choice.values):
            found = choice
    return found
