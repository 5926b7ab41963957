"""The lines of keys: what the scanner finds must be what the parser reads, and where it stands."""

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssa_sim.scenario.problems import KeyPath
from ssa_sim.scenario.toml_lines import key_lines

EVERYTHING = '''\
title = "a" # [not.a.table]
"quoted.key" = 1
dotted . "key" . 'literal.part' = 2

[table]
text = """
fake = 1
[fake]
"""
other = \'\'\'
fake = "
\'\'\'
quotes = """a "quoted" end"""""
escaped = "a \\" b = 1"
backslash = 'C:\\'
inline = { x = 1, y.z = [1, { w = "}" }] }
list = [
  1, # one ]
  "two, ]",
  [ 3 ],
]

[[events]]
date = 2015-01-01

[[events]]
date = 2016-01-01 06:00:00
[events.set]
"training.course_weeks" = 12
training.focus = "x"
[events.set.deeper]
key = 1
[[events.notes]]
text = "n"
[[events.notes]]
text = "m"

[a.b.c]
d = true
[a]
e = -1.5e3
'''

WANTED: dict[KeyPath, int] = {
    ("title",): 1,
    ("quoted.key",): 2,
    ("dotted", "key", "literal.part"): 3,
    ("table",): 5,
    ("table", "text"): 6,
    ("table", "other"): 10,
    ("table", "quotes"): 13,
    ("table", "escaped"): 14,
    ("table", "backslash"): 15,
    ("table", "inline", "y", "z", 1, "w"): 16,
    ("table", "list", 0): 18,
    ("table", "list", 1): 19,
    ("table", "list", 2, 0): 20,
    ("events", 0): 23,
    ("events", 0, "date"): 24,
    ("events", 1): 26,
    ("events", 1, "date"): 27,
    ("events", 1, "set"): 28,
    ("events", 1, "set", "training.course_weeks"): 29,
    ("events", 1, "set", "training", "focus"): 30,
    ("events", 1, "set", "deeper", "key"): 32,
    ("events", 1, "notes", 0, "text"): 34,
    ("events", 1, "notes", 1, "text"): 36,
    ("a", "b", "c", "d"): 39,
    ("a", "e"): 41,
}


def paths_of(value: Any, at: KeyPath = ()) -> set[KeyPath]:
    """Every key path that a parsed document has."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: set[KeyPath] = {at} if at else set()
    for key, element in below:
        found |= paths_of(element, (*at, key))
    return found


def test_every_key_is_found_on_its_line() -> None:
    lines = key_lines(EVERYTHING)
    assert {path: lines.get(path) for path in WANTED} == WANTED
    assert set(lines) == paths_of(tomllib.loads(EVERYTHING))


@pytest.mark.parametrize("text", ["", "\n\n# only a comment", "a = 1", "a = []\r\nb = {}\r\n", "[a]", "[[a]]"])
def test_small_texts(text: str) -> None:
    assert set(key_lines(text)) == paths_of(tomllib.loads(text))


names = st.text(st.sampled_from("abc.- \"'#[]={},\\\té\n"), max_size=5)
quoted = names.map(json.dumps)  # what JSON escapes, TOML reads alike
scalars = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.sampled_from(["true", "1e3", "nan", "2015-01-01", "2015-01-01 10:00:00"]),
    st.sampled_from(["''", "'a # b'", '"""\n"x"\n"""', "'''\n[a]\n'''"]),
    quoted,
)
blanks = st.sampled_from(["", " ", "\n", " # a ] } comment\n", "\n\n  "])


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    shape = draw(st.sampled_from(["scalar", "list", "table"])) if depth else "scalar"
    if shape == "list":
        elements = draw(st.lists(values(depth - 1), max_size=3))
        comma = draw(blanks)
        closing = "," if elements and draw(st.booleans()) else ""
        return "[" + comma + f",{comma}".join(elements) + closing + comma + "]"
    if shape == "table":
        keys = draw(st.lists(quoted, max_size=3, unique=True))
        return "{" + ", ".join(f"{key} = {draw(values(depth - 1))}" for key in keys) + "}"
    return draw(scalars)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[KeyPath, int]]:
    """A text, and the lines of the tables and keys at its two upper levels."""
    text = ""
    wanted: dict[KeyPath, int] = {}
    counts: dict[str, int] = {}
    for header in draw(st.lists(quoted, max_size=4)):
        position = counts.get(header, 0)
        counts[header] = position + 1
        name = tomllib.loads(f"k = {header}")["k"]
        text += draw(blanks)
        text += "" if text.endswith("\n") or not text else "\n"
        wanted[(name, position)] = text.count("\n") + 1
        text += f"[[ {header} ]]{draw(st.sampled_from(['', ' # note']))}\n"
        for key in draw(st.lists(quoted, max_size=3, unique=True)):
            inner = tomllib.loads(f"k = {key}")["k"]
            wanted[(name, position, inner)] = text.count("\n") + 1
            text += f"{key} = {draw(values())}\n"
    return text, wanted


@given(document=documents())
def test_scanner_agrees_with_the_parser(document: tuple[str, dict[KeyPath, int]]) -> None:
    text, wanted = document
    lines = key_lines(text)
    assert {path: lines.get(path) for path in wanted} == wanted
    assert set(lines) == paths_of(tomllib.loads(text))
