"""Names with dots: as one key or as nested tables, and the nearest name to a misspelt one."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

KeyPath = tuple[str | int, ...]
"""Keys (and positions in lists) that lead to a value in a TOML document."""


def leaves(table: Mapping[str, Any], at: KeyPath = ()) -> Iterator[tuple[str, KeyPath, Any]]:
    """Every value below `table` as (dotted name, keys as written, value); an empty table is a value.

    Both `{"training.course_weeks": 24}` and `{"training": {"course_weeks": 24}}` give the name
    "training.course_weeks"; the keys tell them apart.
    """
    for key, value in table.items():
        if isinstance(value, Mapping) and value:
            for name, keys, leaf in leaves(value, (*at, key)):
                yield f"{key}.{name}", keys, leaf
        else:
            yield str(key), (*at, key), value


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted names as nested tables; no name may be the beginning of another."""
    tables: dict[str, Any] = {}
    for name, value in values.items():
        *groups, last = name.split(".")
        table = tables
        for group in groups:
            table = table.setdefault(group, {})
        table[last] = value
    return tables


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
