"""The decorator that makes a function a compiled rule, and the folder that keeps what was compiled.

Numba's cache looks only at the file of the cached function, not at the functions that it calls: a changed rule could
leave an old month in use. The folder is therefore named after the model's sources and the versions that compiled them; a
change of any of these starts an empty folder. Where the sources lie is no part of its name: a second checkout of the same
sources loads what the first one compiled.
"""

import contextlib
import hashlib
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar, cast

import llvmlite
import numba
import numpy as np
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator
from numba.core.types import Record
from numba.misc.appdirs import user_cache_dir

_SOURCES = Path(__file__).resolve().parent
_DAYS_KEPT = 30

Function = TypeVar("Function", bound=Callable[..., object])


@cache
def cache_folder() -> Path:
    """Where this version's compiled code is kept; `NUMBA_CACHE_DIR`, Numba's own setting, moves it."""
    digest = hashlib.sha256()
    for version in (numba.__version__, llvmlite.__version__, np.__version__, platform.python_version()):
        digest.update(f"{version}|".encode())
    for source in sorted(_SOURCES.rglob("*.py")):
        digest.update(f"{source.relative_to(_SOURCES).as_posix()}|{source.stat().st_size}|".encode())
        digest.update(source.read_bytes())
    name = digest.hexdigest()[:16]
    root = Path(os.environ.get("NUMBA_CACHE_DIR") or user_cache_dir("ssa_sim", appauthor=False))
    folder = root / f"compiled-{name}"
    with contextlib.suppress(OSError):
        if not folder.exists():
            _forget_old_versions(root)
        folder.mkdir(parents=True, exist_ok=True)
    if os.access(folder, os.W_OK):
        return folder
    return _private_folder() / folder.name


def _private_folder() -> Path:
    """A folder of one's own among the system's temporary ones: compiled code is loaded from it, so nobody else's will do."""
    if hasattr(os, "getuid"):
        folder = Path(tempfile.gettempdir()) / f"ssa_sim-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid == os.getuid() and folder.stat().st_mode & 0o077 == 0:
            return folder
    return Path(tempfile.mkdtemp(prefix="ssa_sim-"))


def _forget_old_versions(root: Path) -> None:
    """Remove what versions that nobody has compiled for a month have left."""
    oldest = time.time() - _DAYS_KEPT * 24 * 3600
    for folder in root.glob("compiled-*"):
        if folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)


class _BySources(_CacheLocator):  # type: ignore[misc]
    """Keeps a function's code in this version's folder, wherever its file lies."""

    def __init__(self, function: Callable[..., object], file: str) -> None:
        self._line = function.__code__.co_firstlineno
        self._file = Path(file)

    @classmethod
    def from_function(cls, function: Callable[..., object], file: str) -> "_BySources":
        return cls(function, file)

    def get_cache_path(self) -> str:
        return str(cache_folder())

    def get_source_stamp(self) -> str:
        """Tells apart what the folder's name does not: rules of files outside the model."""
        return hashlib.sha256(self._file.read_bytes()).hexdigest()

    def get_disambiguator(self) -> str:
        return str(self._line)


class _CompiledFunction(CompileResultCacheImpl):  # type: ignore[misc]
    _locator_classes = (_BySources,)


class _Cache(FunctionCache):  # type: ignore[misc]
    _impl_class = _CompiledFunction


def _spell_records_once() -> None:
    """Numba writes out the types of all arguments in each of its passes. For records of hundreds of fields that takes a
    good part of the time of compiling, unless the text is kept."""
    if not hasattr(Record.__repr__, "cache_info"):
        Record.__repr__ = lru_cache(maxsize=1024)(Record.__repr__)  # type: ignore[method-assign]


_spell_records_once()


def rule(function: Function) -> Function:
    """Compile `function` on its first call, and keep the compiled code for later processes.

    A rule works on records in place. It allocates nothing, raises nothing, and draws nothing: its random numbers are
    handed to it. With Numba's `NUMBA_DISABLE_JIT=1` it stays plain Python, to be stepped through in a debugger.
    """
    compiled = numba.njit(error_model="numpy", no_cfunc_wrapper=True)(function)  # nothing calls a rule by a C pointer
    if compiled is not function:  # as it is where compilation is switched off
        compiled._cache = _Cache(function)
    return cast(Function, compiled)


def is_compiled() -> bool:
    """Whether an earlier process has left the whole compiled month, so that this one only has to load it."""
    return any(cache_folder().rglob("driver.run_months-*.nbc"))
