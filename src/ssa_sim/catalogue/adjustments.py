"""What was adjusted by hand to bring the baseline near a pattern: parameter, from, to, pattern, why."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ssa_sim.catalogue.entries import ParameterValue


@dataclass(frozen=True)
class Adjustment:
    """One parameter set by hand.

    Attributes:
        parameter: its name, as `ssa_sim.catalogue.evidence.parameter_register` has it.
        before: its value before, in its unit; called "from" in the file.
        after: the value that it was set to, and has; called "to" in the file.
        pattern: the pattern, or the row of one, for whose sake.
        why: in one sentence.
    """

    parameter: str
    before: ParameterValue
    after: ParameterValue
    pattern: str
    why: str


FIELDS = {"parameter": "parameter", "from": "before", "to": "after", "pattern": "pattern", "why": "why"}
"""From the names in the file to those of `Adjustment`."""


@cache
def adjustments() -> tuple[Adjustment, ...]:
    """Every adjustment, in the order of the file.

    Raises:
        ValueError: the file has other fields, or lacks one.
    """
    return read_adjustments(files("ssa_sim.catalogue").joinpath("adjustments.toml").read_text(encoding="utf-8"))


def read_adjustments(text: str) -> tuple[Adjustment, ...]:
    """The adjustments that a TOML text lists; errors as for `adjustments`."""
    document = tomllib.loads(text)
    if set(document) - {"adjustments"}:
        raise ValueError(f"adjustments.toml holds [[adjustments]] alone, not {sorted(document)}")
    found = []
    for position, table in enumerate(document.get("adjustments", []), start=1):
        if set(table) != set(FIELDS):
            raise ValueError(f"adjustment {position} has the fields {sorted(table)}, not {sorted(FIELDS)}")
        found.append(Adjustment(**{name: table[key] for key, name in FIELDS.items()}))
    return tuple(found)
