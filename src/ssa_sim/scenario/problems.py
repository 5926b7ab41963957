"""What is wrong with a value, said so that whoever wrote it can mend it."""

import json
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ssa_sim.catalogue.entries import Entry
from ssa_sim.catalogue.groups import plain
from ssa_sim.errors import InputError
from ssa_sim.scenario.number_words import how_to_write

AnyModel = TypeVar("AnyModel", bound=BaseModel)
KeyPath = tuple[str | int, ...]
"""Keys (and positions in lists) that lead to a value in a TOML document."""

_LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        message: what is wrong, in a sentence.
        allowed: what would be right, if that can be said shortly.
        at: the keys that lead to it in the file.
    """

    message: str
    allowed: str | None = None
    at: KeyPath = ()

    def __str__(self) -> str:
        """The message and what is allowed."""
        return str(InputError(self.message, allowed=self.allowed))


def refusal(
    problems: Sequence[Problem],
    place: Callable[[Problem], str | None] = lambda _: None,
    *,
    where: object = None,
) -> InputError:
    """One error that tells all problems.

    Args:
        problems: at least one.
        place: where a problem is, such as "line 7", or None.
        where: the file or option that all of them are in, if `place` does not say it.
    """
    if len(problems) == 1:
        (only,) = problems
        parts = [str(part) for part in (where, place(only)) if part]
        return InputError(_finished(only.message), where=", ".join(parts) or None, allowed=only.allowed)
    lines = [f"  {InputError(_finished(each.message), where=place(each), allowed=each.allowed)}" for each in problems]
    return InputError("\n".join([f"There are {len(problems)} problems.", *lines]), where=where)


def problems_in(
    error: ValidationError, entries: Mapping[str, Entry], keys: Callable[[str], KeyPath], prefix: str = ""
) -> list[Problem]:
    """A validation error's findings in plain words.

    Args:
        error: what pydantic found.
        entries: the parameters of the model that was validated, by dotted name.
        keys: the keys in the file of the value with a dotted name.
        prefix: what to put before a name so that a reader recognises it, such as "period.".
    """
    details = error.errors(include_url=False)
    found = []
    missing = [str(detail["loc"][-1]) for detail in details if detail["type"] == "missing"]
    if len(missing) > 1:
        message = f"These keys are missing: {', '.join(missing)}"
        found.append(Problem(message, at=keys("")))
        details = [detail for detail in details if detail["type"] != "missing"]
    for detail in details:
        name = ".".join(str(part) for part in detail["loc"])
        entry = entries.get(name)
        if entry is None and detail["loc"]:
            entry = entries.get(str(detail["loc"][0]))
        found.append(problem_of(f"{prefix}{name}".rstrip("."), entry, detail, keys(name)))
    return found


def checked(
    model: type[AnyModel], table: Mapping[str, Any], entries: Mapping[str, Entry], prefix: str = ""
) -> AnyModel:
    """The model that a table of values makes.

    Raises:
        InputError: a value is missing or not allowed; `entries` and `prefix` are as for `problems_in`.
    """
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise refusal(problems_in(error, entries, lambda _: (), prefix)) from None


def whole_number(name: str, value: object, low: int, high: int | None = None) -> int:
    """A whole number in a range, as a Python number.

    Args:
        name: what it is called in the message.
        value: what was given; NumPy's whole numbers are taken too, truth values are not.
        low: smallest value allowed.
        high: largest value allowed; None: there is no largest.

    Raises:
        InputError: it is no whole number, or lies outside.
    """
    number = plain(value)
    if isinstance(number, int) and not isinstance(number, bool) and low <= number and (high is None or number <= high):
        return number
    raise InputError(
        f"{name} = {number!r} cannot be used.",
        allowed=f"a whole number from {low}{'' if high is None else f' to {high}'}",
    )


def whole_seed(seed: object, replicate: object = 0) -> tuple[int, int]:
    """A root seed and the number of a replicate, both from 0; errors as for `whole_number`."""
    return whole_number("seed", seed, 0), whole_number("replicate", replicate, 0)


def allowed_values(entry: Entry) -> str:
    """What a parameter may be set to, in words."""
    if entry.kind == "choice":
        return ", ".join(f'"{choice}"' for choice in entry.choices or ())
    if entry.kind in ("int", "float"):
        return _allowed_number(entry)
    return {
        "bool": "true or false, without quotes",
        "date": "a date such as 2013-02-01, without quotes",
        "text": "a text in quotes",
    }.get(entry.kind, "see `ssa-sim schema`")


def shown(value: object) -> str:
    """A value as its writer would recognise it in the file, shortened and on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "None"
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        return f"the text {json.dumps(text, ensure_ascii=False)}"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and abs(value) >= 10**15:
        return "a number of more than 15 digits"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)[:_LONGEST_SHOWN]
    return f"of type {type(value).__name__}"


def in_quotes(name: str) -> str:
    """A name as its writer would recognise it, in quotes."""
    return shown(name).removeprefix("the text ")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one most likely meant, or None if nothing is near.

    The whole name is compared first, then its last part: "course_weeks" finds "training.course_weeks".
    """
    candidates = list(known)
    simple = {candidate.lower().replace("-", "_"): candidate for candidate in candidates}
    wanted = name[:200].lower().replace("-", "_").replace(" ", "_")
    close = get_close_matches(wanted, simple, n=1, cutoff=0.75)
    if close:
        return simple[close[0]]
    by_last_part: dict[str, list[str]] = {}
    for candidate in candidates:
        by_last_part.setdefault(candidate.rpartition(".")[2].lower(), []).append(candidate)
    close = get_close_matches(wanted.rpartition(".")[2], by_last_part, n=1, cutoff=0.8)
    if close and len(by_last_part[close[0]]) == 1:
        return by_last_part[close[0]][0]
    return None


def did_you_mean(name: str | None) -> str:
    """The end of a message that suggests a name; nothing where none is near."""
    return f' Did you mean "{name}"?' if name else ""


def _finished(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _allowed_number(entry: Entry) -> str:
    sort = "a whole number" if entry.kind == "int" else "a number"
    ends = {"from": entry.allowed_low, "to": entry.allowed_high}
    limits = [f"{word} {_plain(limit)}" for word, limit in ends.items() if limit is not None]
    unit = f" ({entry.unit})" if entry.unit else ""
    return " ".join([sort, *limits]) + unit


def _plain(number: float) -> str:
    """A number without exponent or needless decimals."""
    if abs(number) >= 100_000:
        return f"{number:_.0f}"
    return f"{number:.10f}".rstrip("0").rstrip(".")


def problem_of(name: str, entry: Entry | None, detail: ErrorDetails, at: KeyPath) -> Problem:
    """One finding of a validation error in plain words.

    Args:
        name: what the value is called.
        entry: the parameter, if it is one.
        detail: what pydantic found.
        at: the keys that lead to it in the file.
    """
    kind = detail["type"]
    if kind == "missing":
        words = allowed_values(entry) if entry else None
        return Problem(f'"{name}" is missing', words, at)
    if kind == "value_error":
        reason = str(detail.get("ctx", {}).get("error", detail["msg"]))
        return Problem(f'"{name}": {reason}' if name else reason, None, at)
    if kind in ("model_type", "dict_type"):
        return Problem(f'"{name}" is {shown(detail["input"])}; it should be a table', None, at)
    if entry is None:
        return Problem(f'"{name}": {detail["msg"]}', None, at)
    return Problem(f'"{name}" is {_fault(entry, kind, detail)}', allowed_values(entry), at)


def _fault(entry: Entry, kind: str, detail: ErrorDetails) -> str:
    """The end of a sentence that begins with the parameter's name and "is"."""
    value: Any = detail["input"]
    here = shown(value)
    if kind == "greater_than_equal":
        return f"{here}, which is too low"
    if kind in ("greater_than", "less_than"):
        (limit,) = detail["ctx"].values()
        return f"{here}; {'more' if kind == 'greater_than' else 'less'} than {limit:g} is needed"
    if kind == "less_than_equal":
        return f"{here}, which is too high{_percent_hint(entry, value)}"
    if isinstance(value, float) and not math.isfinite(value):
        return f"{here}; a finite number is needed"
    if isinstance(value, bool) and entry.kind in ("int", "float"):
        return f"{here}; a number is needed"
    if isinstance(value, float) and entry.kind == "int":
        return _whole_number_hint(entry, value)
    if kind == "literal_error":
        near = nearest(value, entry.choices or ()) if isinstance(value, str) else None
        return f"{here}, not one of the choices.{did_you_mean(near)}"
    if isinstance(value, str) and entry.kind in ("int", "float", "bool", "date"):
        return f"{here}{_unquoted(value, entry)}"
    if isinstance(value, datetime) and entry.kind == "date":
        return f"{here}; a date without the time of day is needed"
    return f"{here}; {_NEEDED.get(entry.kind, 'something else')} is needed"


def _unquoted(text: str, entry: Entry) -> str:
    """How to write what somebody gave as a text: without its quotes if it is well written, or as what it seems to mean."""
    try:
        written = tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, ValueError):
        written = None
    if type(written).__name__ in _WRITTEN_AS.get(entry.kind, (entry.kind,)):
        return f"; {_NEEDED[entry.kind]} is written without quotes: {text.strip()}"
    hint = how_to_write(text, is_whole=entry.kind == "int") if entry.kind in ("int", "float") else ""
    return f". {hint}" if hint else f"; {_NEEDED[entry.kind]} is needed"


_WRITTEN_AS = {"float": ("float", "int")}

_NEEDED = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date",
    "text": "a text in quotes",
    "choice": "one of the choices, in quotes,",
}


def _whole_number_hint(entry: Entry, value: float) -> str:
    """What is meant by a number with a point; "600.000" may be six hundred thousand, where so much is allowed."""
    if value.is_integer():
        thousands = f", or {value:.0f}000 if the point marks thousands"
        is_both = 1.0 <= abs(value) < 1000.0 and (entry.allowed_low or 0.0) <= 1000.0 * value <= (
            entry.allowed_high or 0.0
        )
        return f"{value}; a whole number is written without a decimal point: {value:.0f}{thousands if is_both else ''}"
    return f"{value}; only whole numbers count here"


def _percent_hint(entry: Entry, value: Any) -> str:
    """Somebody who writes 40 for a share probably means 40 percent."""
    if entry.allowed_high == 1 and isinstance(value, int | float) and 1 < value <= 100:
        return f". A share is written as a fraction: {value:g} percent is {value / 100:g}"
    return ""
