"""Scenario files that come over the page: of limited size, read as data only, never leaving the trainer's folder."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from ssa_sim.errors import InputError
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.scenario_file import read_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.toml_file import TomlFile, read_toml
from ssa_sim.workshop.remembered import TabMemory
from ssa_sim.workshop.workshop_file import TABLE, workshop_in

LARGEST_UPLOAD = 50_000
"""In bytes; scenario files are a few kilobytes."""
LONGEST_LINE = 2_000
"""In bytes, beside texts in quotes. Reading a key of thousands of parts takes a minute, in which nobody else would be served."""
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*"')


def scenario_names(folder: Path) -> list[str]:
    """Names of the scenario files in a folder, as they may be asked for."""
    return sorted(path.name for path in folder.glob("*.toml") if path.is_file())


def load_from(folder: Path, name: str) -> Scenario:
    """A scenario of the folder, by the name of its file.

    Raises:
        InputError: there is no such file in the folder, it or one that it extends leads out of the folder, or it is no
            scenario.
    """
    if name not in scenario_names(folder):
        raise InputError("There is no such file in the scenario folder.", where=_plain_name(name))
    path = folder / name
    _check_chain(read_toml(_inside(folder, path, name)), folder)
    return load_scenario(path)


def read_upload(name: str, content: bytes, folder: Path, *, largest: int = LARGEST_UPLOAD) -> Scenario | TabMemory:
    """What an uploaded file says: a scenario, which may extend a file of the folder, or a workshop that the page saved.

    Args:
        name: that the browser gives the file; for messages only.
        content: its bytes.
        folder: with the scenarios that it may extend.
        largest: how many bytes it may have.

    Raises:
        InputError: it or a line is too long, it leads out of the folder, or is no scenario; the message names neither the folder nor any
            other place on this machine.
    """
    shown = _plain_name(name)
    if len(content) > largest:
        raise InputError(
            "The file is too large to be a scenario.",
            where=shown,
            allowed=f"at most {largest // 1000} kilobytes",
        )
    lengths = [len(_QUOTED.sub(b"", line)) for line in content.splitlines()]
    if max(lengths, default=0) > LONGEST_LINE:
        raise InputError(
            "This line is too long for a scenario.",
            where=f"{shown}, line {lengths.index(max(lengths)) + 1}",
            allowed=f"at most {LONGEST_LINE:,} characters a line",
        )
    try:
        return _read(shown, content, folder)
    except InputError as error:
        raise InputError(str(error).replace(f"{folder}/", "").replace(f"{folder.resolve()}/", "")) from None


def _read(name: str, content: bytes, folder: Path) -> Scenario | TabMemory:
    with tempfile.TemporaryDirectory() as private:
        path = Path(private) / "upload.toml"
        path.write_bytes(content)
        try:
            read = read_toml(path)
        except InputError as error:
            raise InputError(str(error).replace(str(path), name)) from None
    beside = {key: value for key, value in read.document.items() if key != TABLE}
    scenario = _scenario_in(TomlFile(Path(name), read.text, beside), folder)
    return workshop_in(read.document[TABLE], scenario, name) if TABLE in read.document else scenario


def _scenario_in(file: TomlFile, folder: Path) -> Scenario:
    if "extends" not in file.document:
        return read_scenario(file, None)
    parent = _parent(file, folder, folder)
    _check_chain(read_toml(parent), folder)
    return read_scenario(file, load_scenario(parent))


def _check_chain(file: TomlFile, folder: Path) -> None:
    """Refuse a file of the folder whose chain of parents leads out of it."""
    seen: set[Path] = set()
    while "extends" in file.document and file.path.resolve() not in seen:
        seen.add(file.path.resolve())
        file = read_toml(_parent(file, file.path.parent, folder))


def _parent(file: TomlFile, beside: Path, folder: Path) -> Path:
    """The file that one extends, which lies in the folder."""
    name = file.document["extends"]
    where = file.where(("extends",))
    if not isinstance(name, str) or not name.endswith(".toml") or any(_is_special(part) for part in _parts(name)):
        raise InputError('"extends" names one other scenario file in the scenario folder.', where=where)
    return _inside(folder, beside / name, where)


def _inside(folder: Path, path: Path, where: object) -> Path:
    try:
        is_inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        is_inside = False
    if not is_inside:
        raise InputError("This leads out of the scenario folder, which is not allowed here.", where=where)
    return path


def _parts(name: str) -> Iterator[str]:
    yield from name.replace("\\", "/").split("/")


def _is_special(part: str) -> bool:
    return part == ".." or ":" in part or "\0" in part


def _plain_name(name: str) -> str:
    """The last part of a name that a browser gives, whatever its system, fit to be shown."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(letter for letter in last if letter.isprintable())[:80] or "file"
