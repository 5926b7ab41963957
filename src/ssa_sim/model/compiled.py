"""The decorator that makes a function a compiled rule, and the folder that keeps what was compiled.

Numba's cache looks only at the file of the cached function, not at the functions that it calls: a changed rule could
leave an old month in use. The folder is therefore named after a hash of all sources and of the versions that compiled
them; a change of any of these starts an empty folder.
"""

import contextlib
import hashlib
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import llvmlite
import numba
import numpy as np
from numba.core import config
from numba.misc.appdirs import user_cache_dir

from ssa_sim.model.version import MODEL_VERSION

_DAYS_KEPT = 30

Function = TypeVar("Function", bound=Callable[..., object])


@cache
def cache_folder() -> Path:
    """Where this version's compiled code is kept; `NUMBA_CACHE_DIR`, Numba's own setting, moves it."""
    versions = "|".join(
        (MODEL_VERSION, numba.__version__, llvmlite.__version__, np.__version__, platform.python_version())
    )
    name = hashlib.sha256(versions.encode()).hexdigest()[:16]
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


@contextlib.contextmanager
def _caching_in(folder: Path) -> Iterator[None]:
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        config.CACHE_DIR = before


def rule(function: Function) -> Function:
    """Compile `function` on its first call, and keep the compiled code for later processes.

    A rule works on records in place. It allocates nothing, raises nothing, and draws nothing: its random numbers are
    handed to it. With Numba's `NUMBA_DISABLE_JIT=1` it stays plain Python, to be stepped through in a debugger.
    """
    with _caching_in(cache_folder()):
        return cast(Function, numba.njit(cache=True, error_model="numpy")(function))


def inlined(function: Function) -> Function:
    """Compile `function` as part of whatever calls it: for the few lines that tie rules together."""
    return cast(Function, numba.njit(error_model="numpy", inline="always")(function))


def is_compiled() -> bool:
    """Whether an earlier process has left the whole compiled month, so that this one only has to load it."""
    return any(cache_folder().rglob("driver.run_months-*.nbc"))
