"""What a new process waits for: the command line's help, the model's import, compiled code made or loaded."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from measure import Spread, Work, in_turns, ratio
from ssa_sim.model.driver import run_months
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.library import LIBRARY, library_file
from ssa_sim.scenario.load import load_scenario

_SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
_WARM_UP = """
import json, time
from ssa_sim.model import simulate
begun = time.process_time()
simulate.warm_up()
taken = time.process_time() - begun
stats = simulate.run_months.stats
print(json.dumps([taken, sum(stats.cache_hits.values()), sum(stats.cache_misses.values())]))
"""


@dataclass(frozen=True)
class Compilation:
    """Compiling the model against loading what was compiled.

    Attributes:
        ratio: processor time of compiling over loading.
        compiling: seconds of processor time.
        loading: the same, median of several processes.
        megabytes: what the cache folder takes on disk.
    """

    ratio: Spread
    compiling: float
    loading: float
    megabytes: float


def help_against_import(*, rounds: int) -> tuple[Spread, float]:
    """How many times as long as `ssa-sim --help` the import of the model takes; and the help's seconds."""
    script = Path(sys.executable).with_name("ssa-sim")
    program = [str(script)] if script.exists() else [sys.executable, "-m", "ssa_sim"]
    contenders = {
        "import": lambda: _process([sys.executable, "-c", "import ssa_sim.model.simulate"]),
        "help": lambda: _process([*program, "--help"]),
    }
    seconds = in_turns(contenders, rounds, clock=time.perf_counter)
    return ratio(seconds["import"], seconds["help"]), float(np.median(seconds["help"]))


def compiling_against_loading(*, rounds: int) -> Compilation:
    """Once into an empty cache, then from that cache in one new process after another.

    Raises:
        RuntimeError: a process that should have compiled loaded, or the other way round.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        compiling = _warm_up(folder, hits=0, misses=1)
        loading = np.array([_warm_up(folder, hits=1, misses=0) for _ in range(rounds)])
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return Compilation(ratio(np.full(rounds, compiling), loading), compiling, float(np.median(loading)), size / 1e6)


def signatures() -> int:
    """How many times the driver was compiled in this process, after every scenario of the library in three sizes."""
    for name in LIBRARY["scenarios"]:
        scenario = load_scenario(library_file("scenarios", name))
        for units in (1, 7, scenario.size.units):
            simulate_replicate([scenario.with_size(units=units)], seed=0, replicate=0)
    return len(run_months.signatures)


def _process(command: Sequence[str]) -> Work:
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _warm_up(cache: str, *, hits: int, misses: int) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _WARM_UP],
        env={**os.environ, "NUMBA_CACHE_DIR": cache},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    taken, *counts = json.loads(done.stdout)
    if counts != [hits, misses]:
        raise RuntimeError(f"Expected (loaded, compiled) {hits, misses}, found {tuple(counts)}")
    return float(taken)
