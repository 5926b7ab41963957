"""How texts are set: they are typed with ordinary spaces and straight apostrophes, and pass here where they are read.

In print, in both languages, an apostrophe after a letter is curly. French: a narrow no-break space before ; ? ! and %, a no-break space before : and » and after «, and "d'août" for "de août".
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
MINUS = "\u2212"
"""The sign of a negative number, in both languages."""

Rules = tuple[tuple[re.Pattern[str], str], ...]
"""Patterns, each with what is put in its place."""

_SPACES = f"[ {NO_BREAK_SPACE}{NARROW_NO_BREAK_SPACE}]+"
_RULES: Rules = (
    (re.compile(f"{_SPACES}(?=[;?!%])"), NARROW_NO_BREAK_SPACE),
    (re.compile(f"{_SPACES}(?=[:»])|(?<=«){_SPACES}"), NO_BREAK_SPACE),
    (re.compile(r"\b([Dd])e (?=(?:avril|août|octobre)\b)"), r"\1'"),
)

Texts = TypeVar("Texts")
_APOSTROPHES: Rules = ((re.compile(r"(?<=\w)'"), "\u2019"),)


def french(texts: Texts) -> Texts:
    """A French text as it is set; of a mapping, a list or a dataclass, every text in it. Nothing changes the second time."""
    return cast("Texts", _set(texts, _RULES))


def with_apostrophes(texts: Texts) -> Texts:
    """A text as it is printed, in either language, or every text in a mapping or list."""
    return cast("Texts", _set(texts, _APOSTROPHES))


def _set(texts: Any, rules: Rules) -> Any:
    if isinstance(texts, str):
        for pattern, put in rules:
            texts = pattern.sub(put, texts)
        return texts
    if isinstance(texts, Mapping):
        return {key: _set(each, rules) for key, each in texts.items()}
    if isinstance(texts, tuple | list):
        return type(texts)(_set(each, rules) for each in texts)
    if is_dataclass(texts) and not isinstance(texts, type):
        return replace(texts, **{field.name: _set(getattr(texts, field.name), rules) for field in fields(texts)})
    return texts
