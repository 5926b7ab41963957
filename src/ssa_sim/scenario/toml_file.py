"""Reading one TOML file, carefully: what cannot be read is said, with the line."""

import os
import stat
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ssa_sim.errors import InputError
from ssa_sim.scenario.paths import KeyPath, nearest
from ssa_sim.scenario.problems import shown
from ssa_sim.scenario.toml_lines import key_lines
from ssa_sim.scenario.toml_syntax import explain

LARGEST_FILE = 1_000_000
"""In bytes. Scenario and experiment files are a few kilobytes."""

_UTF_8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def file_path(given: object, what: str) -> Path:
    """The path of a file that a caller named.

    Args:
        given: a text or a path.
        what: such as "a scenario file", for the message.

    Raises:
        InputError: it is neither.
    """
    if isinstance(given, str | os.PathLike):
        return Path(given)
    raise InputError(f"The path of {what} is needed, and this is {shown(given)}.", allowed="a text or a pathlib.Path")


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that has been read.

    Attributes:
        path: as it was given.
        text: its content.
        document: what the content says.
    """

    path: Path
    text: str
    document: dict[str, Any]

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        try:
            return key_lines(self.text)
        except RecursionError:
            return {}  # lists nested hundreds of times: better a message without a line than none

    def line_of(self, keys: KeyPath) -> int | None:
        """The line of a key, or of the nearest table above it that is there; None for the file as a whole."""
        while keys:
            if keys in self._lines:
                return self._lines[keys]
            keys = keys[:-1]
        return None

    def where(self, keys: KeyPath = ()) -> str:
        """The file, and the line of a key where it is known: for the beginning of a message."""
        line = self.line_of(keys)
        return str(self.path) if line is None else f"{self.path}, line {line}"


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file.

    Raises:
        InputError: it is not there, not a file, too large, not readable, not UTF-8, or not TOML.
    """
    text = _decoded(path, _content(path))
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, sentence = explain(error, text)
        raise InputError(sentence, where=path if line is None else f"{path}, line {line}") from None
    except RecursionError:
        raise InputError("The file nests lists or tables too deeply to be read.", where=path) from None
    except ValueError:
        raise InputError("The file holds a number with too many digits to be read.", where=path) from None
    return TomlFile(path, text, document)


def _content(path: Path) -> bytes:
    """The file's bytes; nothing but a regular file of moderate size is ever opened."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("This is a folder; a file is needed.", where=path)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("This is a device or a pipe; an ordinary file is needed.", where=path)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise InputError(f"There is no such file.{_similar_file(path)}", where=path) from None
    except PermissionError:
        raise InputError("There is no permission to read this file.", where=path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"The file cannot be read ({reason}).", where=path) from None
    if len(content) > LARGEST_FILE:
        raise InputError("The file is too large to be what it should be.", where=path, allowed="at most 1 megabyte")
    return content


def _decoded(path: Path, content: bytes) -> str:
    for mark, encoding in _OTHER_MARKS.items():
        if content.startswith(mark):
            raise InputError(f"The file is in {encoding}; please save it as UTF-8.", where=path)
    content = content.removeprefix(_UTF_8_MARK)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            "A character on this line is not in UTF-8; please save the file as UTF-8.",
            where=f"{path}, line {line}",
        ) from None


def _similar_file(path: Path) -> str:
    """A file beside the missing one that may have been meant."""
    try:
        names = [file.name for file in path.parent.glob("*.toml")]
    except OSError:
        return ""
    near = nearest(path.name, names)
    return f' Did you mean "{near}"?' if near else ""
