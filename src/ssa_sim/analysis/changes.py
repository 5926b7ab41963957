"""What each scenario of an experiment does otherwise than its first one, and that one than the catalogue.

A policy is what its levers are from month to month, dated changes included. A scenario may also hold other uncertainties,
mechanisms, structures, partners or another size of the army: these are no policy, and are named all the same, so that nobody takes
their effect for the policy's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

import pandas as pd

from ssa_sim.catalogue.donors import DonorProfile
from ssa_sim.catalogue.entries import (
    Entry,
    LeverEntry,
    ParameterValue,
    entries_of,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    trait_catalogue,
    uncertainty_catalogue,
    values_of,
)
from ssa_sim.catalogue.groups import Size
from ssa_sim.experiment.ask.plan import NamedScenario
from ssa_sim.experiment.keep.manifest import scenarios_in
from ssa_sim.experiment.keep.results import Results
from ssa_sim.scenario.schema import Scenario

Part = Literal["lever", "uncertainty", "mechanism", "structure", "size", "donor"]

CATALOGUE = "catalogue"
"""What the first scenario is set against."""
COLUMNS = (
    "scenario",
    "against",
    "part",
    "path",
    "label_en",
    "label_fr",
    "unit",
    "since",
    "until",
    "value_against",
    "value",
    "decided_by",
    "cost",
    "source",
)


@dataclass(frozen=True)
class Stretch:
    """A parameter's values in a stretch of months in which neither of the two scenarios changes it.

    Attributes:
        since: first day of the first month.
        until: first day of the month after the last one.
        against: value in the scenario compared with; None: it has no such partner.
        value: value in the scenario itself; None likewise.
    """

    since: date
    until: date
    against: ParameterValue | None
    value: ParameterValue | None


@dataclass(frozen=True)
class Change:
    """One parameter that a scenario holds at other values, in some months at least.

    Attributes:
        scenario: its name.
        against: name of the scenario compared with, or "catalogue".
        part: what kind of parameter it is.
        path: its dotted name; a partner's trait is called "donors.PROFILE.TRAIT".
        entry: what it means.
        stretches: the whole period, in order.
    """

    scenario: str
    against: str
    part: Part
    path: str
    entry: Entry
    stretches: tuple[Stretch, ...]

    @property
    def is_throughout(self) -> bool:
        """Whether the scenario holds one value from the first month to the last."""
        return len({stretch.value for stretch in self.stretches}) == 1


def changes(results: Results) -> pd.DataFrame:
    """What each scenario of an experiment changes: see `changes_of` and `changes_table`."""
    return changes_table(changes_of(results.provenance))


def changes_of(provenance: Mapping[str, Any]) -> list[Change]:
    """What each scenario changes, in the experiment's order: the first one in the catalogue's values, the others in the first.

    Args:
        provenance: of results or of a manifest.

    Raises:
        InputError: this version of the model does not know the scenarios.
    """
    first, *others = scenarios_in(provenance)
    start = NamedScenario(CATALOGUE, Scenario(title=CATALOGUE, period=first.scenario.period))
    return [
        change
        for named, base in ((first, start), *((one, first) for one in others))
        for change in _between(base, named)
    ]


def changes_table(changes: Sequence[Change]) -> pd.DataFrame:
    """A row a scenario, parameter and stretch of months in which the two values differ; see `COLUMNS`."""
    rows = [
        {
            "scenario": change.scenario,
            "against": change.against,
            "part": change.part,
            "path": change.path,
            "label_en": change.entry.label_en,
            "label_fr": change.entry.label_fr,
            "unit": change.entry.unit,
            "since": stretch.since.isoformat(),
            "until": stretch.until.isoformat(),
            "value_against": stretch.against,
            "value": stretch.value,
            "decided_by": change.entry.decided_by if isinstance(change.entry, LeverEntry) else None,
            "cost": change.entry.cost if isinstance(change.entry, LeverEntry) else None,
            "source": change.entry.source,
        }
        for change in changes
        for stretch in change.stretches
        if stretch.value != stretch.against
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _between(base: NamedScenario, named: NamedScenario) -> Iterator[Change]:
    """The changes from one scenario to another."""
    before, after = base.scenario, named.scenario
    months = [*after.month_starts(), after.period.end]
    old, new = before.lever_values_by_month(), after.lever_values_by_month()
    for entry in lever_catalogue():
        pairs = [(one[entry.path], other[entry.path]) for one, other in zip(old, new, strict=True)]
        if any(one != other for one, other in pairs):
            yield Change(named.name, base.name, "lever", entry.path, entry, tuple(_stretches(pairs, months)))
    for part, path, lasting, one, other in _lasting(before, after):
        if one != other:
            stretch = Stretch(months[0], months[-1], one, other)
            yield Change(named.name, base.name, part, path, lasting, (stretch,))


def _stretches(pairs: Sequence[tuple[ParameterValue, ParameterValue]], months: Sequence[date]) -> Iterator[Stretch]:
    for (one, other), numbered in groupby(enumerate(pairs), key=lambda item: item[1]):
        numbers = [number for number, _ in numbered]
        yield Stretch(months[numbers[0]], months[numbers[-1] + 1], one, other)


def _lasting(
    before: Scenario, after: Scenario
) -> Iterator[tuple[Part, str, Entry, ParameterValue | None, ParameterValue | None]]:
    """What has one value in a whole run: part, path, entry and both values.

    Of a kind of partner that only one of the two knows, its number alone is told, the first trait.
    """
    groups: list[tuple[Part, tuple[Entry, ...], str, str]] = [
        ("uncertainty", uncertainty_catalogue(), "uncertainties", ""),
        ("mechanism", mechanism_catalogue(), "mechanisms", "mechanisms."),
        ("structure", structure_catalogue(), "structures", "structures."),
        ("size", entries_of(Size), "size", "size."),
    ]
    for part, entries, name, prefix in groups:
        old, new = values_of(getattr(before, name), entries), values_of(getattr(after, name), entries)
        for entry in entries:
            yield part, f"{prefix}{entry.path}", entry, old[entry.path], new[entry.path]
    profiles = {profile.name: profile for profile in (*before.donors, *after.donors)}
    olds, news = ({profile.name: profile for profile in one.donors} for one in (before, after))
    for name in profiles:
        is_in_both = name in olds and name in news
        for entry in trait_catalogue() if is_in_both else trait_catalogue()[:1]:
            path = f"donors.{name}.{entry.path}"
            yield "donor", path, entry, _trait(olds.get(name), entry), _trait(news.get(name), entry)


def _trait(profile: DonorProfile | None, entry: Entry) -> ParameterValue | None:
    value: ParameterValue | None = None if profile is None else getattr(profile, entry.path)
    return value
