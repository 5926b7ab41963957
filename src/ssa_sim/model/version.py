"""Which model this is: what its numbers follow from, and nothing else.

Results, run ids and kept studies carry this version. It follows from three things:

* the syntax trees of all that a run reaches: rules, helpers, the schedule, the start, the draws. Docstrings, comments,
  annotations, messages of errors and the Mesa driver are no part of it;
* the numbers of the catalogues: baselines, ranges, priors, choices, kinds of partners, how outcomes are summed up. Labels
  and meanings are no part of it;
* the draws that NumPy gives for a name. Other versions of libraries are kept beside results and compared there.

It errs to the safe side: a renamed local variable changes it.
"""

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_ENTRIES = (
    ("ssa_sim.model.start", "new_world"),
    ("ssa_sim.model.start", "noise_for"),
    ("ssa_sim.model.driver", "run_months"),
    ("ssa_sim.model.simulate", "simulate_replicate"),
    ("ssa_sim.model.history", "summarise"),
    ("ssa_sim.model.variants", "simulate_variant"),
    ("ssa_sim.model.variants", "variant_world"),
)
_CATALOGUES = ("ssa_sim.catalogue.entries", "ssa_sim.catalogue.donors", "ssa_sim.catalogue.outcomes")
"""Modules of entries and words: what they hold counts, as numbers, and not how they are written."""
_NOT_FOLLOWED = ("ssa_sim.model.compiled", "ssa_sim.scenario.gate")
"""How compiled code is kept, and what scenarios are let through: their functions count where they are reached, and not what
they are made of."""


class _Definition:
    """One or more statements that define a name: their canonical text, and the names that they read."""

    def __init__(self, statements: list[ast.stmt]) -> None:
        self.statements = statements
        self.text = json.dumps([_canonical(statement) for statement in statements])
        self.reads = [node for statement in statements for node in _read(statement)]
        self.annotations = [found for statement in statements for found in _annotations(statement)]


class _Module:
    """The top-level definitions of one source file, and where its other names come from."""

    def __init__(self, name: str, source: bytes) -> None:
        self.name = name
        self.statements: dict[str, list[ast.stmt]] = {}
        self.imports: dict[str, tuple[str, str | None]] = {}
        self._definitions: dict[str, _Definition] = {}
        for statement in ast.parse(source).body:
            if isinstance(statement, ast.ImportFrom):
                for alias in statement.names:
                    self.imports[alias.asname or alias.name] = (str(statement.module), alias.name)
            elif isinstance(statement, ast.Import):
                for alias in statement.names:
                    self.imports[alias.asname or alias.name.partition(".")[0]] = (alias.name, None)
            else:
                for defined in _defined_by(statement):
                    self.statements.setdefault(defined, []).append(statement)

    def definition(self, name: str) -> _Definition:
        """What defines a name."""
        if name not in self._definitions:
            self._definitions[name] = _Definition(self.statements[name])
        return self._definitions[name]


@lru_cache(maxsize=256)
def _parsed(name: str, source: bytes) -> _Module:
    return _Module(name, source)


def _defined_by(statement: ast.stmt) -> Iterable[str]:
    """The names that a top-level statement defines or changes."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return (statement.name,)
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


class _Reach:
    """All definitions that the entries reach, found by name.

    A class that is only named in an annotation, such as the scenario, counts with those of its methods whose names are
    read somewhere in what is reached: who calls them cannot be told without running.
    """

    def __init__(self, package: Path) -> None:
        self._package = package
        self._modules: dict[str, _Module | None] = {}
        self._seen: set[tuple[str, str]] = set()
        self._attributes: set[str] = set()
        self._handed: dict[tuple[str, str], dict[str, _Definition]] = {}
        self.texts: set[str] = set()

    def follow(self, entries: Iterable[tuple[str, str]]) -> None:
        """Find all that the entries reach."""
        for module, name in entries:
            self._reach(module, name)
        size = -1
        while size != len(self.texts):
            size = len(self.texts)
            for (home, name), methods in tuple(self._handed.items()):
                for method in methods.keys() & self._attributes:
                    self._add(self._ours(home), f"{name}.{method}", methods[method])

    def _module(self, name: str) -> _Module | None:
        if name not in self._modules:
            path = self._package.joinpath(*name.split(".")[1:])
            file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            ours = name.partition(".")[0] == "ssa_sim" and file.exists()
            self._modules[name] = _parsed(name, file.read_bytes()) if ours else None
        return self._modules[name]

    def _ours(self, name: str) -> _Module:
        module = self._module(name)
        assert module is not None, name
        return module

    def _reach(self, home: str, name: str) -> None:
        """Take in a name of a module, and what it is made of."""
        if (home, name) in self._seen:
            return
        self._seen.add((home, name))
        module = self._module(home)
        if module is None or home in _CATALOGUES:
            return
        if name in module.statements:
            self._add(module, name, module.definition(name))
        elif name in module.imports:
            source, original = module.imports[name]
            if original is not None:
                self._reach(source, original)

    def _add(self, module: _Module, name: str, definition: _Definition) -> None:
        text = f"{name} = {definition.text}"
        if text in self.texts:
            return
        self.texts.add(text)
        if module.name in _NOT_FOLLOWED:
            return
        for annotation in definition.annotations:
            self._hand(module, annotation)
        for node in definition.reads:
            if isinstance(node, ast.Attribute):
                self._attributes.add(node.attr)
                if isinstance(node.value, ast.Name) and (inside := self._as_module(module, node.value.id)):
                    self._reach(inside, node.attr)
            elif not self._as_module(module, node.id):
                self._reach(module.name, node.id)

    def _as_module(self, module: _Module, name: str) -> str | None:
        """The module of this package that a name stands for, if it is one."""
        source, original = module.imports.get(name, (None, None))
        if source is None or original is None:
            return None
        full = f"{source}.{original}"
        return full if source.startswith("ssa_sim") and self._module(full) is not None else None

    def _hand(self, module: _Module, annotation: ast.expr) -> None:
        """Remember the classes that an annotation names, and those of their fields."""
        for node in ast.walk(annotation):
            if not isinstance(node, ast.Name):
                continue
            source, original = module.imports.get(node.id, (module.name, node.id))
            home = self._module(source)
            if home is None or original is None or (home.name, original) in self._handed:
                continue
            for statement in home.statements.get(original, ()):
                if isinstance(statement, ast.ClassDef):
                    self._handed[home.name, original] = {
                        part.name: _Definition([part]) for part in statement.body if isinstance(part, ast.FunctionDef)
                    }
                    for part in statement.body:
                        if isinstance(part, ast.AnnAssign):
                            self._hand(home, part.annotation)


def _annotations(statement: ast.stmt) -> Iterator[ast.expr]:
    for node in ast.walk(statement):
        if isinstance(node, ast.arg) and node.annotation is not None:
            yield node.annotation


def _read(node: ast.AST) -> Iterator[ast.Name | ast.Attribute]:
    """The names and attributes that a canonical tree holds."""
    if isinstance(node, ast.Name | ast.Attribute):
        yield node
    for _, child in _parts(node):
        for one in child if isinstance(child, list) else (child,):
            if isinstance(one, ast.AST):
                yield from _read(one)


def _parts(node: ast.AST) -> Iterator[tuple[str, object]]:
    """The fields of a node that numbers follow from, whatever the version of Python that parsed it."""
    if isinstance(node, ast.Raise):  # that it raises counts, and not what it says
        return
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "type_params", "type_comment", "type_ignores", "kind", "ctx"):
            continue
        if isinstance(value, list):
            value = [one for one in value if not _is_text(one)]
        if value is not None and value != []:
            yield field, value


def _is_text(node: object) -> bool:
    """Whether a statement is a docstring, of whatever is above it."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _canonical(node: object) -> object:
    """A tree as plain lists, equal for all sources from which the same numbers follow."""
    if isinstance(node, ast.AST):
        return [type(node).__name__, *([field, _canonical(value)] for field, value in _parts(node))]
    if isinstance(node, list):
        return [_canonical(one) for one in node]
    return repr(node)


def code_identity(package: Path = _PACKAGE) -> str:
    """SHA-256 over the syntax trees of all that a run reaches, in the package that lies in a folder."""
    reach = _Reach(package)
    reach.follow(_ENTRIES)
    return hashlib.sha256("\n".join(sorted(reach.texts)).encode()).hexdigest()


def catalogue_identity() -> str:
    """SHA-256 over the numbers of the catalogues: everything in them but words for people."""
    from ssa_sim.catalogue.donors import DEFAULT_PROFILES
    from ssa_sim.catalogue.entries import (
        lever_catalogue,
        mechanism_catalogue,
        structure_catalogue,
        uncertainty_catalogue,
    )
    from ssa_sim.catalogue.groups import Size
    from ssa_sim.catalogue.outcomes import OUTCOMES
    from ssa_sim.scenario.period import Period

    entries = (*lever_catalogue(), *uncertainty_catalogue(), *mechanism_catalogue(), *structure_catalogue())
    numbers = {
        "parameters": sorted([entry.path, *entry.numbers] for entry in entries),
        "outcomes": sorted([outcome.name, outcome.summary] for outcome in OUTCOMES),
        "donors": [profile.numbers() for profile in DEFAULT_PROFILES],
        "size": Size().model_dump(),
        "period": Period().model_dump(mode="json"),
    }
    return hashlib.sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()


def draws_identity() -> str:
    """SHA-256 over a few draws of each law, as the libraries at hand give them."""
    from ssa_sim.model.generator import generator

    source = generator(2013, 1, "the version of the model")
    return hashlib.sha256(source.random(64).tobytes() + source.standard_normal(64).tobytes()).hexdigest()


@cache
def model_version() -> str:
    """Which model this is: 16 hexadecimal digits; see this module for what they follow from."""
    parts = (code_identity(), catalogue_identity(), draws_identity())
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


MODEL_VERSION = model_version()
