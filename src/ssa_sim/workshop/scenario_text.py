"""A scenario as the text of a file that extends nothing: everything that differs from the catalogues, and every event."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.entries import Entry, values_of
from ssa_sim.catalogue.groups import Group, Size
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import SECTIONS

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def scenario_text(scenario: Scenario, remarks: tuple[str, ...] = ()) -> str:
    """TOML that `load_scenario` reads as a scenario with the same identity and the same words.

    Args:
        scenario: to write.
        remarks: lines of comment at the top.
    """
    return "\n".join(_lines(scenario, remarks)) + "\n"


def _lines(scenario: Scenario, remarks: tuple[str, ...]) -> Iterator[str]:
    yield from (f"# {line}".rstrip() for remark in remarks for line in remark.splitlines())
    yield f"title = {_value(scenario.title)}"
    if scenario.question.strip():
        yield f"question = {_value(scenario.question)}"
    yield from ("", "[period]", f"start = {scenario.period.start}", f"end = {scenario.period.end}")
    if scenario.size != Size():
        yield from ("", "[size]", *pairs(scenario.size.model_dump()))
    for section in SECTIONS:
        moved = _moved(getattr(scenario, section.name), section.catalogue())
        if moved:
            yield from ("", f"[{section.name}]", *pairs(moved))
    if scenario.donors != DEFAULT_PROFILES:
        for profile in scenario.donors:
            yield from ("", "[[donors]]", *pairs(profile.model_dump()))
    for event in scenario.events:
        values = ", ".join(f"{_value(lever)} = {_value(value)}" for lever, value in event.set)
        yield from ("", "[[events]]", f"date = {event.date}", f"set = {{ {values} }}")
        yield from pairs({"why": event.why, "source": event.source})


def _moved(group: Group, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """The values that differ from what the catalogue gives."""
    baselines = {entry.path: entry.baseline for entry in entries}
    return {path: value for path, value in values_of(group, entries).items() if value != baselines[path]}


def pairs(values: Mapping[str, Any]) -> Iterator[str]:
    """Keys and values, a line each."""
    return (f"{_key(name)} = {_value(value)}" for name, value in values.items())


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):  # JSON's escapes are TOML's, but for one character that only TOML escapes
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return repr(value)
