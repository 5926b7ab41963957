"""The catalogue of patterns: what was seen, and how near the baseline has to come to it by itself.

A pattern has one row or several, each one number of a run. Targets and tolerances, in `patterns.toml`, are used to judge and
nowhere else: no rule of the model reads them. A tolerance is as wide as its source is soft, and says why.
"""

import math
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ssa_sim.catalogue.groups import table
from ssa_sim.words.texts import Language, Word, term

Kind = Literal["emergent", "adjusted to", "held out", "input", "hypothesis"]
"""What a row that holds is worth; `patterns.toml` says what each means."""
Judged = Literal["level", "direction"]
"""Whether the median over runs has to lie in the tolerance, or most runs."""


class _Entry(BaseModel):
    """Strict about types, frozen, closed to unknown names."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Row(_Entry):
    """One number by which a pattern is judged.

    Attributes:
        id: the pattern's, with a letter where it has several rows.
        pattern: the pattern's id.
        unit: what the number counts, in English.
        kind: what it is worth, see `Kind`.
        judged: how, see `Judged`.
        target: what was seen, in `unit`; NaN where the source gives no number.
        low: the tolerance, in `unit`: the number has to lie above this ...
        high: ... and below this.
        shared_reason: the name of a reason for the tolerance that several rows have; None where it is the row's own.
    """

    id: str
    pattern: str
    unit: str
    kind: Kind
    judged: Judged
    target: int | float = math.nan
    low: int | float = -math.inf
    high: int | float = math.inf
    shared_reason: str | None = Field(default=None, alias="reason")

    @model_validator(mode="before")
    @classmethod
    def _within_a_factor(cls, given: dict[str, Any]) -> dict[str, Any]:
        """A tolerance that is given as a factor either way of the target."""
        given = dict(given)
        factor = given.pop("within_factor", None)
        return given if factor is None else {**given, "low": given["target"] / factor, "high": given["target"] * factor}

    @property
    def label(self) -> Word:
        """What is measured."""
        return Word(f"patterns.{self.pattern}.rows.{self.id}.label")

    @property
    def reason(self) -> Word:
        """Why the tolerance is as wide as it is."""
        if self.shared_reason is not None:
            return Word(f"patterns.reasons.{self.shared_reason}")
        return Word(f"patterns.{self.pattern}.rows.{self.id}.reason")

    def unit_in(self, language: Language) -> str:
        """Its unit in a language."""
        return term("units", self.unit, language)


class Pattern(_Entry):
    """Something seen that the baseline should show by itself.

    Attributes:
        id: P and a number.
        sources: ids in the evidence register.
        rows: by what it is judged.
    """

    id: str
    sources: tuple[str, ...] = Field(strict=False)
    rows: tuple[Row, ...]

    @property
    def label(self) -> Word:
        """A short name."""
        return Word(f"patterns.{self.id}.label")

    @property
    def observed(self) -> Word:
        """What was seen."""
        return Word(f"patterns.{self.id}.observed")


def _pattern(id_: str, given: dict[str, Any]) -> Pattern:
    rows = tuple(Row(id=row, pattern=id_, **fields) for row, fields in given["rows"].items())
    return Pattern(**{**given, "id": id_, "rows": rows})


PATTERNS: tuple[Pattern, ...] = tuple(
    _pattern(id_, given) for id_, given in table("patterns").items() if id_ != "limits"
)
"""The catalogue, in order."""


class KnownLimit(_Entry):
    """What is known of a row that the baseline fails.

    A reason for a failure can be given only after a search over the ranges of what nobody knows found no point that meets the
    row. Where such points are known the row has no reason but the baseline's own values, and they are named instead. A reason
    that no search has tested is called possible.

    Attributes:
        met_at: points within the ranges of the uncertainties at which the row holds: of each the uncertainties that differ
            from the baseline, by path, in their units. Without any the row has a possible reason, among the words.
        together_with: patterns that hold at each of them as well.
    """

    met_at: tuple[dict[str, float], ...] = Field(default=(), strict=False)
    together_with: tuple[str, ...] = Field(default=(), alias="with", strict=False)


KNOWN_LIMITS: dict[str, KnownLimit] = {row: KnownLimit(**given) for row, given in table("patterns")["limits"].items()}
"""By the row's id; of a row that is missing nothing is known."""


def pattern_ids() -> tuple[str, ...]:
    """The ids of all patterns and of all their rows."""
    return tuple(id_ for pattern in PATTERNS for id_ in dict.fromkeys((pattern.id, *(row.id for row in pattern.rows))))
