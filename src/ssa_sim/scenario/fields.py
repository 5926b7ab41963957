"""What a parameter is made of: a value, the range it may take, words for people, and its evidence.

Levers (what somebody could decide), uncertainties (what nobody knows) and switches (mechanisms of the model
that an analyst may turn off) are declared as fields of pydantic models. The functions here put the range
where pydantic checks it, and everything that a catalogue needs beside it.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Prior = Literal["uniform", "triangular", "log_uniform"]


class Group(BaseModel):
    """A named set of parameters: strict about types, frozen, closed to unknown names, no NaN, no infinity."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True)

    __iter__ = None  # type: ignore[assignment]  # one value: Mesa's batch_run takes whatever can be iterated for a list of values


def plain(value: Any) -> Any:
    """A NumPy number as the Python number that it is; anything else unchanged."""
    is_scalar = getattr(value, "shape", None) == () and hasattr(value, "item")
    return value.item() if is_scalar else value


def lever(
    baseline: float | int | bool | str,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str,
    en: str,
    fr: str,
    decided_by: str,
    source: str,
    meaning: str,
    cost: str | None = None,
) -> Any:
    """Declare a lever: something that somebody could decide.

    Args:
        baseline: the value when a scenario says nothing, in `unit`.
        low: smallest value allowed, in `unit`; None for choices (a `Literal` annotation) and flags (`bool`).
        high: largest value allowed, likewise.
        unit: what the number counts, such as "weeks" or "1/month"; "share", "choice" or "yes/no".
        en: short English label.
        fr: short French label.
        decided_by: who could decide it.
        source: evidence ids separated by ";" or "assumption", or both ("assumption; M23").
        meaning: one or two sentences on what moving it does.
        cost: what moving it costs and who pays, if it costs anything.
    """
    words = {"decided_by": decided_by, "meaning": meaning, "cost": cost}
    return _parameter("lever", baseline, low, high, unit, en, fr, source, words)


def uncertain(
    baseline: float | int | bool | str,
    *,
    low: float | None,
    high: float | None,
    unit: str,
    en: str,
    fr: str,
    source: str,
    prior: Prior = "uniform",
    allowed: tuple[float, float] | None = None,
) -> Any:
    """Declare an uncertainty: something that nobody knows, with its range and the prior's shape over it.

    The range is what nobody knows about the setting of the baseline, and what samples are drawn from. Another setting,
    which a scenario file describes, may lie outside it: `allowed` says how far. Where `low` is `high` the number is a
    known fact of the baseline's setting, which no sample varies.

    A triangular prior has its mode at the baseline; a log-uniform one needs `low` above zero. The other
    arguments are as for `lever`.

    Args:
        allowed: smallest and largest value that a scenario file may set; by default, `low` and `high`.
    """
    ends = (low, high) if allowed is None else allowed
    words = {"prior": prior, "low": low, "high": high}
    return _parameter("uncertainty", baseline, *ends, unit, en, fr, source, words)


def switch(*, en: str, fr: str, source: str) -> Any:
    """Declare a mechanism of the model, on unless an analysis switches it off. Arguments as for `lever`."""
    return _parameter("mechanism", True, None, None, "yes/no", en, fr, source, {})


def trait(
    baseline: Any = ...,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str,
    en: str,
    fr: str,
    source: str,
) -> Any:
    """Declare a trait of a kind of actor, such as a donor profile's yearly budget.

    Without a baseline the trait must be given. The other arguments are as for `lever`.
    """
    return _parameter("trait", baseline, low, high, unit, en, fr, source, {})


def _parameter(
    role: str,
    baseline: Any,
    low: float | None,
    high: float | None,
    unit: str,
    en: str,
    fr: str,
    source: str,
    words: dict[str, Any],
) -> Any:
    described: dict[str, Any] = {"role": role, "unit": unit, "label_en": en, "label_fr": fr, "source": source}
    described.update({name: text for name, text in words.items() if text is not None})
    meaning = words.get("meaning", "")
    for_editors = f"{en} ({unit}). {meaning}".rstrip()
    return Field(baseline, ge=low, le=high, description=for_editors, json_schema_extra=described)
