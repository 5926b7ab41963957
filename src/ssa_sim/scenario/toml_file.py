"""The TOML file that somebody means, read carefully: what cannot be read is said, with the line."""

import os
import stat
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ssa_sim.errors import InputError
from ssa_sim.scenario.library import LIBRARY, Kind, library_file
from ssa_sim.scenario.problems import KeyPath, did_you_mean, nearest, shown
from ssa_sim.scenario.toml_lines import key_lines
from ssa_sim.scenario.toml_syntax import explain

LARGEST_FILE = 1_000_000
"""In bytes. Scenario and experiment files are a few kilobytes."""

_NOUNS: dict[Kind, str] = {"scenarios": "a scenario", "experiments": "an experiment"}
_UTF_8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


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


def read_given(given: str | Path, kind: Kind) -> TomlFile:
    """Read the file that a caller named: a path, or the name of a file that comes with the package.

    Raises:
        InputError: what was given is no path, there is no such file, or it cannot be read.
    """
    if not isinstance(given, str | os.PathLike):
        raise InputError(
            f"The path of {_NOUNS[kind]} file is needed, and this is {shown(given)}.",
            allowed="a text or a pathlib.Path",
        )
    return read_toml(find_file(given, kind))


def find_file(path: str | Path, *kinds: Kind) -> Path:
    """The file that somebody means: one of their own, or, by its name alone, one that comes with the package.

    Args:
        path: a path as given. A name without folder and ending is looked up where there is no such file.
        kinds: what may be meant.

    Raises:
        InputError: a name is neither that of a file nor of one that comes with the package.
    """
    own = Path(path)
    known = {name: kind for kind in kinds for name in LIBRARY[kind]}
    is_name = str(own) == own.stem
    if is_name and own.stem in known and not own.is_file():
        return library_file(known[own.stem], own.stem)
    if _is_there(own):
        return own
    if own.suffix == ".toml" and own.stem in known:
        raise InputError(
            "There is no such file.",
            where=own,
            allowed=f'a file that is there, or "{own.stem}" alone, which names the one that comes with ssa-sim',
        )
    if is_name:
        nouns = " or ".join(_NOUNS[kind].split()[-1] for kind in kinds)
        with_ending = own.with_suffix(".toml")
        near = str(with_ending) if with_ending.is_file() else nearest(own.stem, known)
        raise InputError(
            f"There is no such file, and no {nouns} of that name comes with ssa-sim.{did_you_mean(near)}",
            where=own,
            allowed="a file, or a name that `ssa-sim scenarios` lists",
        )
    return own


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return True  # there is more to say of it than that: whoever reads it does


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
    return did_you_mean(nearest(path.name, names))
