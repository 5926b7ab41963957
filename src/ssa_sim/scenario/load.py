"""Scenario files: TOML, each of which may extend another one."""

from pathlib import Path

from ssa_sim.errors import InputError
from ssa_sim.scenario.problems import Problem
from ssa_sim.scenario.scenario_file import read_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.toml_file import TomlFile, read_given, read_toml


def load_scenario(path: str | Path) -> Scenario:
    """Read a scenario file, and those that it extends.

    Args:
        path: of the file; or the name of a scenario that comes with the package, such as "baseline".

    Raises:
        InputError: a file cannot be read, or something in it is not a scenario. The message says which file
            and line, and everything that is wrong with the file at once.
    """
    files, problem = _with_ancestors(read_given(path, "scenarios"))
    scenario = None
    while files:
        file = files.pop()
        scenario = read_scenario(
            file,
            scenario,
            extended_by=files[-1].path if files else None,
            problem=problem,
        )
        problem = None
    assert scenario is not None
    return scenario


def base_of(path: str | Path) -> TomlFile:
    """The file at the end of a scenario file's chain of `extends`: itself if it extends none.

    Raises:
        InputError: it cannot be read.
    """
    return _with_ancestors(read_toml(Path(path)))[0][-1]


def _with_ancestors(file: TomlFile) -> tuple[list[TomlFile], Problem | None]:
    """The file and those that it extends, nearest first; and why the last one's parent cannot be had."""
    files = [file]
    while "extends" in files[-1].document:
        parent = _parent(files)
        if isinstance(parent, Problem):
            return files, parent
        files.append(parent)
    return files, None


def _parent(files: list[TomlFile]) -> TomlFile | Problem:
    """The file that the last one extends, or why it cannot be had."""
    child = files[-1]
    name = child.document["extends"]
    at = ("extends",)
    if not isinstance(name, str) or not name.endswith(".toml"):
        return Problem('"extends" names one other scenario file', 'a text in quotes, such as "baseline.toml"', at)
    if Path(name).is_absolute():
        return Problem('"extends" is a path relative to this file', 'a text such as "baseline.toml"', at)
    path = child.path.parent / name
    try:
        parent = read_toml(path)
        visited = [file.path.resolve() for file in files]
        if path.resolve() in visited:
            circle = [*files[visited.index(path.resolve()) :], parent]
            names = " -> ".join(file.path.name for file in circle)
            return Problem(f"The files extend one another in a circle: {names}", at=at)
    except InputError as error:
        return Problem(f'"extends" names a file that cannot be used. {error}', at=at)
    return parent
