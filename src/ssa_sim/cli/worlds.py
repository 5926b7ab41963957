"""Which world a scenario file starts from: a note where that is another than its author may think.

A file without `extends` starts from the defaults. One that sets the months, the army's size or the partners is meant as a
world of its own; one that does not has most likely left `extends` out.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ssa_sim.cli.output import tell

if TYPE_CHECKING:
    from ssa_sim.scenario.toml_file import TomlFile

MAKES_A_WORLD = ("period", "size", "donors")
"""What a file sets that is meant to be the start of others."""
_BASELINE = "baseline.toml"


def tell_worlds(files: Sequence[Path]) -> None:
    """Say which scenario files start from the defaults by oversight, or else rest on another file than the first does.

    Args:
        files: readable scenario files; where there are several, they are compared with the first.
    """
    from ssa_sim.scenario.load import base_of

    bases = [base_of(file) for file in files]
    for file, base in zip(files, bases, strict=True):
        line = _line_to_add(file, base, bases)
        if not _makes_a_world(base):
            who = (
                "extends no other file"
                if _is_same(file, base)
                else f"rests on {base.path.name}, which extends no other file"
            )
            tell(
                f"Note: '{file.stem}' {who}: what is not set there is at the defaults, without any dated change, so this is "
                f"another world than the baseline.{line}"
            )
        elif _makes_a_world(bases[0]) and not _is_same(base.path, bases[0]):
            tell(
                f"Note: '{file.stem}' rests on {base.path.name} and '{files[0].stem}' on {bases[0].path.name}: these are different "
                f"worlds, so their difference is not that of the policies alone.{line}"
            )


def _makes_a_world(base: "TomlFile") -> bool:
    return any(key in base.document for key in MAKES_A_WORLD)


def _is_same(path: Path, base: "TomlFile") -> bool:
    """Whether a file is a base, or says the same."""
    return path.resolve() == base.path.resolve() or path.read_text(encoding="utf-8-sig") == base.text


def _line_to_add(file: Path, base: "TomlFile", bases: Sequence["TomlFile"]) -> str:
    """The line that lets a base extend the world that was probably meant; empty if none is near."""
    for meant in _worlds_near(file, bases):
        if meant.is_file() and not _is_same(meant, base):
            try:
                path = Path(os.path.relpath(meant.resolve(), base.path.resolve().parent)).as_posix()
            except ValueError:  # on another drive
                continue
            where = "at its top" if _is_same(file, base) else f"at the top of {base.path.name}"
            return f' If it was meant to start from {meant.name}, add {where}: extends = "{path}"'
    return ""


def _worlds_near(file: Path, bases: Sequence["TomlFile"]) -> Iterator[Path]:
    """What a file may have been meant to extend: what the others rest on, or a baseline in its folder or one nearby."""
    yield from (base.path for base in bases if _makes_a_world(base))
    folder = file.resolve().parent
    for near in (folder, folder / "scenarios", folder.parent, folder.parent / "scenarios", Path("scenarios")):
        yield near / _BASELINE
