"""The floors of the house: imports only go down, and the command line starts without the heavy floors."""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

import ssa_sim
from sources import modules

FLOORS = (
    "errors",
    "typography",
    "extras",
    "words",
    "catalogue",
    "scenario",
    "model",
    "experiment",
    "analysis",
    "telling",
    "figures",
    "report",
    "workshop",
    "cli",
)
"""From the ground up; each may import itself and those before it."""
ENTRANCE = ("ssa_sim", "ssa_sim.__main__")
"""Stand outside the house: they may import any floor, and no floor imports them."""


def imported_modules(source: str, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and absolute name of everything that a module imports, wherever in the module it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                parent = parts[: len(parts) - node.level + is_package]
                base = ".".join([*parent, base] if base else parent)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func) in ("import_module", "__import__"):
            yield from ((node.lineno, text) for text in _texts(node.args))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(arguments: list[ast.expr]) -> list[str]:
    return [one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def floor_of(module: str) -> str | None:
    """The floor that a module stands on; None for what is not of this package, "" for its entrance."""
    parts = module.split(".")
    if parts[0] != "ssa_sim":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in FLOORS else ""


def faults(source: str, module: str, is_package: bool = False) -> list[str]:
    """Imports of a module that go up."""
    found = []
    own = floor_of(module)
    for line, imported in imported_modules(source, module, is_package):
        floor = floor_of(imported)
        if floor is None or own in (None, ""):
            continue
        if floor == "" or FLOORS.index(floor) > FLOORS.index(str(own)):
            found.append(f"{module}, line {line}: imports {imported}")
    return found


class TestFloors:
    def test_every_module_stands_on_a_floor(self) -> None:
        lost = [name for name, _ in modules() if name not in ENTRANCE and not floor_of(name)]
        assert lost == []
        assert len(modules()) > 30

    def test_imports_only_go_down(self) -> None:
        found = [
            fault
            for name, path in modules()
            for fault in faults(path.read_text(encoding="utf-8"), name, path.name == "__init__.py")
        ]
        assert found == []

    @pytest.mark.parametrize(
        "source",
        [
            "import ssa_sim.cli",
            "from ssa_sim.cli import main",
            "from ssa_sim import cli",
            "from ssa_sim import load_scenario",
            "import ssa_sim",
            "def later():\n    from ssa_sim.analysis.compare import compare",
            "class One:\n    def two(self):\n        if True:\n            import ssa_sim.figures as figures",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ssa_sim.analysis import compare",
            "from ...analysis import compare",
            "from ... import analysis",
            "from importlib import import_module\nimport_module('ssa_sim.figures')",
            "import importlib\nimportlib.import_module('ssa_sim.cli.run')",
            "__import__('ssa_sim.analysis')",
        ],
    )
    def test_a_planted_fault_is_found(self, source: str) -> None:
        assert len(faults(source, "ssa_sim.experiment.run.sweep")) == 1

    def test_inside_experiment_too(self) -> None:
        order = ["ask", "keep", "run"]
        found = []
        for name, path in modules():
            if not name.startswith("ssa_sim.experiment."):
                continue
            own = name.split(".")[2]
            for line, imported in imported_modules(path.read_text(encoding="utf-8"), name, path.name == "__init__.py"):
                below = imported.split(".")[2:3] if imported.startswith("ssa_sim.experiment.") else []
                if below and order.index(below[0]) > order.index(own):
                    found.append(f"{name}, line {line}: imports {imported}")
        assert found == []

    def test_what_goes_down_is_no_fault(self) -> None:
        source = (
            "import numpy\nfrom . import shards\nfrom .shards import Task\nfrom ...model import outcomes\n"
            "from ssa_sim.errors import InputError\nimport ssa_sim.scenario.load\n"
        )
        assert faults(source, "ssa_sim.experiment.run.sweep") == []
        assert faults("from .load import load_scenario\n", "ssa_sim.scenario", is_package=True) == []
        assert len(faults("from ..model import month\n", "ssa_sim.scenario", is_package=True)) == 1


class TestMesaStaysOut:
    def test_only_the_mesa_model_imports_mesa(self) -> None:
        importers = {
            name
            for name, path in modules()
            for _, imported in imported_modules(path.read_text(encoding="utf-8"), name, path.name == "__init__.py")
            if imported.split(".")[0] == "mesa"
        }
        assert importers <= {"ssa_sim.model.mesa_model"}

    def test_the_compiled_path_does_not_load_it(self) -> None:
        assert "mesa" not in loaded_by("import ssa_sim.experiment.run.sweep, ssa_sim.analysis.compare")
        assert "mesa" in loaded_by("import ssa_sim.model.mesa_model")


HEAVY = {"numba", "llvmlite", "pandas", "pyarrow", "matplotlib", "mesa", "scipy", "numpy"}


class TestLightStart:
    def test_importing_the_package_loads_nothing_else(self) -> None:
        loaded = loaded_by("import ssa_sim; dir(ssa_sim)")
        assert not loaded & (HEAVY | {"pydantic", "typer", "rich"})

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--help"],
            ["--version"],
            ["run", "--help"],
            ["compare", "--help"],
            ["explain", "--help"],
            ["decompose", "--help"],
            ["validate", "--help"],
            ["sweep", "--help"],
            ["status", "--help"],
            ["verify", "--help"],
            ["replay", "--help"],
            ["report", "--help"],
            ["export", "--help"],
            ["workshop", "--help"],
        ],
    )
    def test_help_loads_neither_the_model_nor_what_it_needs(self, arguments: list[str]) -> None:
        loaded = loaded_by(f"from ssa_sim.cli import main; main({arguments})")
        assert not loaded & HEAVY
        assert "ssa_sim.model" not in loaded

    def test_the_check_sees_what_is_loaded(self) -> None:
        assert loaded_by("import ssa_sim; ssa_sim.simulate") >= {"numba", "pandas", "ssa_sim.model"}


class TestPublicNames:
    def test_all_of_them_are_there(self) -> None:
        assert set(ssa_sim.__all__) == {
            "ModelFunction",
            "SsaModel",
            "load_results",
            "load_observation",
            "observe",
            "changes",
            "compare",
            "explain",
            "export",
            "figure",
            "load_scenario",
            "run_experiment",
            "simulate",
            "write_report",
        }
        for name in ssa_sim.__all__:
            assert name in dir(ssa_sim)
            assert callable(getattr(ssa_sim, name))

    def test_others_are_not(self) -> None:
        with pytest.raises(AttributeError, match="no attribute 'simulat'"):
            ssa_sim.simulat  # noqa: B018


def loaded_by(code: str) -> set[str]:
    """The modules loaded once a fresh process has run some code, and the packages that they are in."""
    script = f"import sys\n{code}\nprint('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    names = done.stdout.rpartition("LOADED")[2].split()
    return set(names) | {name.split(".")[0] for name in names}
