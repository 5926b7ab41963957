"""What each rule of the model reads: levers, uncertainties, switches, structures and draws, found in its source."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from ssa_sim.catalogue.entries import (
    Entry,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.model.month import PHASES, Step


class Readings(NamedTuple):
    """What a rule reads, those that it calls included: parameter paths in the catalogues' order, streams by name."""

    levers: tuple[str, ...]
    uncertainties: tuple[str, ...]
    switches: tuple[str, ...]
    structures: tuple[str, ...]
    draws: tuple[str, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        return self.levers + self.uncertainties + self.switches + self.structures


@cache
def units() -> dict[str, str]:
    """The unit of every lever, uncertainty, switch and structure, by its path in the document."""
    return {path: entry.unit for path, entry in _entries().items()}


@cache
def readings(rule: Callable[..., Any]) -> Readings:
    """What a rule and the rules that it calls read."""
    found: set[tuple[str, str]] = set()
    _gather(rule, found, set())
    fields = {path.replace(".", "_"): path for path in _entries()}
    parameters = {fields[name] for record, name in found if record in ("levers", "parameters")}
    ordered = {
        kind: tuple(path for path in entries if path in parameters) for kind, entries in _entries_by_kind().items()
    }
    return Readings(
        **ordered,
        draws=tuple(sorted(name for record, name in found if record == "draws")),
    )


def reads_line(step: Step) -> str:
    """The sentence of the model's description that says what a step reads."""
    read = readings(step.rule)
    parts = []
    for noun, paths in (("lever", read.levers), ("uncertainty", read.uncertainties)):
        if paths:
            named = ", ".join(f"`{path}` ({units()[path]})" for path in paths)
            parts.append(f"{_plural(noun, len(paths))} {named}")
    for noun, names in (("switch", read.switches), ("structure", read.structures), ("draw", read.draws)):
        if names:
            parts.append(f"{_plural(noun, len(names))} {', '.join(f'`{name}`' for name in names)}")
    return f"Reads: {'; '.join(parts) or 'no parameter and no draw'}."


def steps_by_name() -> dict[str, Step]:
    """Every step of the schedule, by the name of its rule."""
    return {step.name: step for phase in PHASES for step in phase.steps}


@cache
def _entries_by_kind() -> dict[str, dict[str, Entry]]:
    return {
        "levers": {entry.path: entry for entry in lever_catalogue()},
        "uncertainties": {entry.path: entry for entry in uncertainty_catalogue()},
        "switches": {f"mechanisms.{entry.path}": entry for entry in mechanism_catalogue()},
        "structures": {f"structures.{entry.path}": entry for entry in structure_catalogue()},
    }


@cache
def _entries() -> dict[str, Entry]:
    return {path: entry for entries in _entries_by_kind().values() for path, entry in entries.items()}


def _plural(noun: str, count: int) -> str:
    plurals = {"uncertainty": "uncertainties", "switch": "switches"}
    return noun if count == 1 else plurals.get(noun, f"{noun}s")


def _gather(rule: Callable[..., Any], found: set[tuple[str, str]], seen: set[str]) -> None:
    function = getattr(rule, "py_func", rule)
    name = f"{function.__module__}.{function.__qualname__}"
    if name in seen:
        return
    seen.add(name)
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add((node.value.id, node.attr))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = function.__globals__.get(node.func.id)
            if callable(called) and str(called.__module__).startswith("ssa_sim.model.rules."):
                _gather(called, found, seen)
