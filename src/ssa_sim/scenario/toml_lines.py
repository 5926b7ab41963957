"""On which line of a TOML text each key stands, for messages that say where to look.

The standard parser tells values, not places. This scanner tells places, not values: it walks a text that the
parser has already accepted, so it need not judge it.
"""

import tomllib

from ssa_sim.scenario.problems import KeyPath

_BLANK = " \t\r\n"
_CLOSES_A_VALUE = ",]}#\r\n"


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every table, key and list element of a valid TOML text.

    A key path leads through tables by name and through lists, `[[arrays of tables]]` among them, by position.
    """
    return _Scanner(text).scan()


class _Scanner:
    """Walks the text once and notes each key where it first appears."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._line = 1
        self._table: KeyPath = ()
        self._lengths: dict[KeyPath, int] = {}
        self._lines: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, int]:
        self._skip_blank()
        while self._position < len(self._text):
            if self._next() == "[":
                self._header()
            else:
                self._key_and_value(self._table)
            self._skip_blank()
        return self._lines

    def _header(self) -> None:
        """[table] or [[array of tables]]."""
        starts_element = self._text.startswith("[[", self._position)
        self._advance(2 if starts_element else 1)
        keys = self._dotted_key()
        self._advance(2 if starts_element else 1)
        line = self._line
        path: KeyPath = ()
        for key in keys[:-1]:
            path = self._current_element(self._noted((*path, key), line))
        path = self._noted((*path, keys[-1]), line)
        if starts_element:
            self._lengths[path] = self._lengths.get(path, 0) + 1
            path = self._noted(self._current_element(path), line)
        self._table = path

    def _key_and_value(self, table: KeyPath) -> None:
        line = self._line
        path = table
        for key in self._dotted_key():
            path = self._noted((*path, key), line)
        self._advance(1)  # the equals sign
        self._skip_blank()
        self._value(path)

    def _dotted_key(self) -> list[str]:
        """The parts of a key; leaves the position on what follows it."""
        parts = []
        while True:
            self._skip_blank()
            if self._next() in "\"'":
                parts.append(self._quoted_key())
            else:
                start = self._position
                while self._next().isalnum() or self._next() in ("_", "-"):
                    self._advance(1)
                parts.append(self._text[start : self._position])
            self._skip_blank()
            if self._next() != ".":
                return parts
            self._advance(1)

    def _quoted_key(self) -> str:
        start = self._position
        self._string()
        key: str = tomllib.loads(f"key = {self._text[start : self._position]}")["key"]
        return key

    def _value(self, path: KeyPath) -> None:
        opening = self._next()
        if opening == "[":
            self._list(path)
        elif opening == "{":
            self._inline_table(path)
        elif opening in ('"', "'"):
            self._string()
        else:
            while self._position < len(self._text) and self._next() not in _CLOSES_A_VALUE:
                self._advance(1)

    def _list(self, path: KeyPath) -> None:
        self._advance(1)
        position = 0
        while self._past_commas() != "]":
            self._value(self._noted((*path, position), self._line))
            position += 1
        self._advance(1)

    def _inline_table(self, path: KeyPath) -> None:
        self._advance(1)
        while self._past_commas() != "}":
            self._key_and_value(path)
        self._advance(1)

    def _past_commas(self) -> str:
        self._skip_blank()
        if self._next() == ",":
            self._advance(1)
            self._skip_blank()
        return self._next()

    def _string(self) -> None:
        quote = self._next()
        long = self._text.startswith(quote * 3, self._position)
        closing = quote * 3 if long else quote
        self._advance(len(closing))
        while not self._text.startswith(closing, self._position):
            escaped = quote == '"' and self._next() == "\\"
            self._advance(2 if escaped else 1)
        self._advance(len(closing))
        while long and self._next() == quote:  # a long string may end in quotes of its own
            self._advance(1)

    def _skip_blank(self) -> None:
        """Past spaces, line ends and comments."""
        while self._next() and self._next() in _BLANK + "#":
            if self._next() == "#":
                while self._next() not in ("\n", ""):
                    self._advance(1)
            else:
                self._advance(1)

    def _noted(self, path: KeyPath, line: int) -> KeyPath:
        self._lines.setdefault(path, line)
        return path

    def _current_element(self, path: KeyPath) -> KeyPath:
        """The element that a header means when it names an array of tables: the last one so far."""
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _next(self) -> str:
        return self._text[self._position : self._position + 1]

    def _advance(self, count: int) -> None:
        self._line += self._text.count("\n", self._position, self._position + count)
        self._position += count
