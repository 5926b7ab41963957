"""The compiled driver: a whole run in one call, for comparisons and sweeps.

The order of things is in `month.py`, what compiles it in `driver.py`.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from filelock import FileLock, Timeout
from numba.core.event import Event, Listener, install_listener

from ssa_sim.catalogue.groups import Size
from ssa_sim.errors import InputError
from ssa_sim.model.compiled import cache_folder
from ssa_sim.model.driver import run_months
from ssa_sim.model.history import monthly_table, summarise
from ssa_sim.model.noise import Noise
from ssa_sim.model.start import new_world, noise_for, size_of
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.problems import whole_seed
from ssa_sim.scenario.schema import Scenario

Engine = Literal["compiled", "mesa"]

_LONGEST_COMPILATION_SECONDS = 900.0
"""Another process that has not finished compiling by then is waited for no longer: it may be frozen."""


@dataclass(frozen=True)
class Run:
    """One run and what was measured.

    Attributes:
        scenario: what was run.
        seed: root seed of the draws.
        replicate: which replicate of them.
        monthly: a row a month: `month` (first day) and a column for each outcome.
        outcomes: one number for each outcome, made from its months as the catalogue says.
    """

    scenario: Scenario
    seed: int
    replicate: int
    monthly: pd.DataFrame
    outcomes: dict[str, float]


def simulate(scenario: Scenario, *, seed: int = 0, replicate: int = 0, engine: Engine = "compiled") -> Run:
    """Run a scenario once.

    Args:
        scenario: what to run.
        seed: root seed; runs with the same seed and replicate share every draw, whatever their scenarios.
        replicate: which replicate of the draws, from 0.
        engine: "compiled", or "mesa" for the same run agent by agent: equal to the last bit, and slower.

    Raises:
        InputError: it is no scenario, or holds a value that is not allowed; the seed or replicate is no whole number from 0; or
            there is no such engine.
    """
    scenario = checked_scenario(scenario)
    seed, replicate = whole_seed(seed, replicate)
    if engine not in get_args(Engine):
        raise InputError(f"engine = {engine!r} is unknown.", allowed=[f'"{name}"' for name in get_args(Engine)])
    if engine == "mesa":
        from ssa_sim.model.mesa_model import SsaModel

        model = SsaModel(scenario, seed=seed, replicate=replicate)
        model.run_to_end()
        history = model.world.history
    else:
        (history,) = simulate_replicate([scenario], seed=seed, replicate=replicate)
    return Run(scenario, seed, replicate, monthly_table(scenario, history), summarise(history))


def simulate_replicate(scenarios: Sequence[Scenario], *, seed: int, replicate: int) -> list[np.recarray[Any, Any]]:
    """Run several scenarios on the draws of one replicate.

    Returns:
        For each scenario a structured array (months,) with a float64 field for each outcome; NaN: not defined that month.
    """
    drawn: dict[tuple[int, int, int], Noise] = {}
    histories = []
    for scenario in map(checked_scenario, scenarios):
        size = size_of(scenario)
        if size not in drawn:
            drawn[size] = noise_for(scenario, seed=seed, replicate=replicate)
        world = new_world(scenario, drawn[size])
        run_months(world, 0, scenario.months)
        histories.append(world.history)
    return histories


def warm_up(compiling: Callable[[], object] = lambda: None, waiting: Callable[[], object] = lambda: None) -> float:
    """Load the compiled model, or compile it if no earlier process did; one process compiles, and the others wait for it.

    Args:
        compiling: called before anything is compiled.
        waiting: called before it is waited for another process that compiles.

    Returns:
        The seconds it took.
    """
    begun = time.perf_counter()
    try:
        with _on_compilation(_refuse):
            _run_one_month()
    except _NotCompiledError:
        with _alone(waiting), _on_compilation(compiling):  # by now another process may have compiled it
            _run_one_month()
    return time.perf_counter() - begun


class _NotCompiledError(Exception):
    """Something would have to be compiled."""


def _refuse() -> None:
    raise _NotCompiledError


def _run_one_month() -> None:
    scenario = Scenario(title="warm-up", size=Size(units=1))
    world = new_world(scenario, noise_for(scenario, seed=0, replicate=0))
    run_months(world, 0, 1)


@contextmanager
def _on_compilation(first: Callable[[], object]) -> Iterator[None]:
    """While it lasts, call `first` before this thread compiles anything; what it raises prevents that."""
    with install_listener("numba:compile", _FirstCompilation(first)):
        yield


class _FirstCompilation(Listener):
    """Calls a function when a thread first compiles, and not for what is compiled within."""

    def __init__(self, call: Callable[[], object]) -> None:
        self._call = call
        self._thread = threading.get_ident()
        self._is_called = False

    def on_start(self, event: Event) -> None:
        """Numba found nothing that it could load."""
        if not self._is_called and threading.get_ident() == self._thread:
            self._is_called = True
            self._call()

    def on_end(self, event: Event) -> None:
        """It is compiled."""


@contextmanager
def _alone(waiting: Callable[[], object]) -> Iterator[None]:
    """While it lasts no other process compiles this model here, as far as the system can tell."""
    lock = FileLock(cache_folder() / "compiling.lock")
    with suppress(OSError, NotImplementedError, Timeout):  # to compile twice does no harm
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire(timeout=_LONGEST_COMPILATION_SECONDS)
    try:
        yield
    finally:
        lock.release()
