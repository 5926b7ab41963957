"""How French is set: texts are typed with ordinary spaces and straight words, and pass here where they are read.

The one rule: a narrow no-break space before ; ? ! and %, a no-break space before : and » and after «, and "d'août" for "de août".
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
MINUS = "\u2212"
"""The sign of a negative number, in both languages."""

_SPACES = f"[ {NO_BREAK_SPACE}{NARROW_NO_BREAK_SPACE}]+"
_RULES = (
    (re.compile(f"{_SPACES}(?=[;?!%])"), NARROW_NO_BREAK_SPACE),
    (re.compile(f"{_SPACES}(?=[:»])|(?<=«){_SPACES}"), NO_BREAK_SPACE),
    (re.compile(r"\b([Dd])e (?=(?:avril|août|octobre)\b)"), r"\1'"),
)

Texts = TypeVar("Texts")


def french(texts: Texts) -> Texts:
    """A French text as it is set; of a mapping, a tuple or a dataclass, every text in it. Nothing changes the second time."""
    return cast("Texts", _set(texts))


def _set(texts: Any) -> Any:
    if isinstance(texts, str):
        for pattern, put in _RULES:
            texts = pattern.sub(put, texts)
        return texts
    if isinstance(texts, Mapping):
        return {key: _set(each) for key, each in texts.items()}
    if isinstance(texts, tuple):
        return tuple(_set(each) for each in texts)
    if is_dataclass(texts) and not isinstance(texts, type):
        return replace(texts, **{field.name: _set(getattr(texts, field.name)) for field in fields(texts)})
    return texts
