"""What one scenario file says, applied to what it inherits."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ssa_sim.catalogue.donors import DonorProfile
from ssa_sim.catalogue.entries import ParameterValue, values_of
from ssa_sim.errors import InputError
from ssa_sim.scenario.events import Event, clashes, outside
from ssa_sim.scenario.period import Period
from ssa_sim.scenario.problems import KeyPath, Problem, refusal, shown
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.shares_summing_to_one import SHARES_SUMMING_TO_ONE, refuse_excess
from ssa_sim.scenario.tables import (
    EXAMPLE_OF_A_SET,
    LEVERS,
    MECHANISMS,
    STRUCTURES,
    TOP_KEYS,
    UNCERTAINTIES,
    AnyGroup,
    Section,
    advice_at_top,
    advice_in_event,
    leaves,
    read_new_group,
    read_overrides,
    revise_group,
    unknown_key,
)
from ssa_sim.scenario.toml_file import TomlFile


def read_scenario(
    file: TomlFile,
    inherited: Scenario | None,
    *,
    extended_by: Path | None = None,
    problem: Problem | None = None,
) -> Scenario:
    """The scenario that a file makes of what it inherits.

    Args:
        file: the file.
        inherited: the scenario that it extends; None if it extends none, or one that cannot be had.
        extended_by: the file on whose behalf this one is read, for messages.
        problem: what is known to be wrong with the file already.

    Raises:
        InputError: tells all that is wrong with the file.
    """
    reader = _Reader(file, inherited, problem)
    scenario = reader.scenario()
    if scenario is not None:
        return scenario
    on_behalf = f" (extended by {extended_by})" if extended_by else ""
    lines = {each: file.line_of(each.at) or 0 for each in reader.problems}
    raise refusal(
        sorted(lines, key=lambda each: lines[each]),
        lambda each: f"line {lines[each]}" if lines[each] else None,
        where=f"{file.path}{on_behalf}",
    )


class _Reader:
    """Reads a file part by part.

    Attributes:
        problems: what is wrong so far.
    """

    def __init__(self, file: TomlFile, inherited: Scenario | None, problem: Problem | None) -> None:
        self._document = file.document
        self._inherited = inherited or Scenario(title=file.path.stem)
        self._inherits_nothing_known = inherited is None and "extends" in file.document
        self.problems = [problem] if problem else []

    def scenario(self) -> Scenario | None:
        """What the whole file says; None if there are problems."""
        if not self._document:
            self._note("The file says nothing", 'at least a title, as in title = "My scenario"')
            return None
        self._refuse_unknown_keys()
        title, question = self._text("title"), self._text("question")
        period = self._period()
        size = self._revised("size", self._inherited.size)
        levers, uncertainties, mechanisms, structures = (
            self._overrides(section) for section in (LEVERS, UNCERTAINTIES, MECHANISMS, STRUCTURES)
        )
        self._refuse_excess(uncertainties)
        donors = self._donors()
        events = self._events(period)
        if self.problems:
            return None
        try:
            scenario = (
                self._inherited.with_words(title=title, question=question)
                .with_period(start=period.start, end=period.end)
                .with_size(**size.model_dump())
                .with_levers(levers)
                .with_uncertainties(uncertainties)
                .with_mechanisms(mechanisms)
                .with_structures(structures)
                .with_donors(donors)
            )
        except InputError as error:
            self._note(error.message, error.allowed)
            return None
        if self.problems:
            return None
        return scenario.noting_kept_changes(levers.keys()).with_events(events)

    def _note(self, message: str, allowed: str | None = None, at: KeyPath = ()) -> None:
        self.problems.append(Problem(message, allowed, at))

    def _refuse_unknown_keys(self) -> None:
        for key in self._document:
            if key not in TOP_KEYS:
                self.problems.append(unknown_key(key, TOP_KEYS, "at the top of a scenario file", (key,), advice_at_top))

    def _text(self, key: str) -> str | None:
        """The title or question; None if the file gives none."""
        text = self._document.get(key)
        if text is None or (isinstance(text, str) and text.strip()):
            return text
        words = "empty" if isinstance(text, str) else shown(text)
        self._note(f'"{key}" is {words}; a few words in quotes are needed', at=(key,))
        return None

    def _table(self, key: str) -> Mapping[str, Any]:
        table = self._document.get(key, {})
        if isinstance(table, Mapping):
            return table
        self._note(f'"{key}" is {shown(table)}; it should be a table, which starts with the line [{key}]', at=(key,))
        return {}

    def _tables(self, key: str) -> list[tuple[int, Mapping[str, Any]]]:
        """The elements of an array of tables, with their positions."""
        tables = self._document.get(key, [])
        how = f"each of the {key} starts with the line [[{key}]], in double brackets"
        if not isinstance(tables, list):
            self._note(f'"{key}" is {shown(tables)}; {how}', at=(key,))
            return []
        found = []
        for position, table in enumerate(tables):
            if isinstance(table, Mapping):
                found.append((position, table))
            else:
                self._note(f'"{key}" holds {shown(table)}; {how}', at=(key, position))
        return found

    def _period(self) -> Period:
        table = self._table("period")
        period, problems = revise_group(self._inherited.period, table, "in [period]", ("period",))
        latest = "end" if "end" in table else "start"
        self.problems += [
            Problem(each.message, each.allowed, ("period", latest)) if each.at == ("period",) else each
            for each in problems
        ]
        return period

    def _revised(self, key: str, inherited: AnyGroup) -> AnyGroup:
        revised, problems = revise_group(inherited, self._table(key), f"in [{key}]", (key,))
        self.problems += problems
        return revised

    def _overrides(self, section: Section) -> dict[str, ParameterValue]:
        values, problems = read_overrides(section, self._table(section.name), (section.name,))
        self.problems += problems
        return values

    def _refuse_excess(self, uncertainties: Mapping[str, ParameterValue]) -> None:
        """Note shares of one whole that sum to more than 1, at the last of them that the file sets."""
        values = values_of(self._inherited.uncertainties, UNCERTAINTIES.catalogue())
        try:
            refuse_excess(values | dict(uncertainties))
        except InputError as error:
            shares = {path for pair in SHARES_SUMMING_TO_ONE for path in pair}
            written = leaves(self._table("uncertainties"), ("uncertainties",))
            *_, at = [(), *(keys for name, keys, _ in written if name in shares)]
            self._note(error.message, error.allowed, at)

    def _donors(self) -> tuple[DonorProfile, ...]:
        if "donors" not in self._document:
            return self._inherited.donors
        profiles: dict[str, DonorProfile] = {}
        for position, table in self._tables("donors"):
            at = ("donors", position)
            profile, problems = read_new_group(DonorProfile, table, "in [[donors]]", at)
            self.problems += problems
            if profile and profile.name in profiles:
                self._note(f"There are two donors called {shown(profile.name)}", at=(*at, "name"))
            elif profile:
                profiles[profile.name] = profile
        return tuple(profiles.values())

    def _events(self, period: Period) -> tuple[Event, ...]:
        """The file's own events, each checked by itself, against the period and against the others."""
        positions, events = [], []
        for position, table in self._tables("events"):
            event = self._event(table, ("events", position))
            if event:
                positions.append(position)
                events.append(event)
        own_dates = {"start", "end"} <= self._table("period").keys()
        if own_dates or not self._inherits_nothing_known:
            for index, message in outside(events, period).items():
                self._note(message, at=("events", positions[index], "date"))
        for clash in clashes(events):
            self._note(clash.message, at=("events", positions[clash.second], "set"))
        return tuple(events)

    def _event(self, table: Mapping[str, Any], at: KeyPath) -> Event | None:
        event, problems = read_new_group(Event, table, "in [[events]]", at, advice_in_event)
        if isinstance(table.get("set"), Mapping):
            _, faults = read_overrides(LEVERS, table["set"], (*at, "set"))
            if faults:  # they know the very line, where the event as a whole knows only the table's
                problems = [each for each in problems if each.at != (*at, "set")] + faults
        if "set" not in table:  # the general words for a missing key do not say what a set looks like
            problems = [each for each in problems if each.at != (*at, "set")]
            problems.append(Problem("The event has no set", f"a table of levers, as in {EXAMPLE_OF_A_SET}", at))
        self.problems += problems
        return event
