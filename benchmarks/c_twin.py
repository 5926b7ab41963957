"""Compiled rules against the same rules written by hand in C, on the same records, months and draws."""

import ctypes
import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numba
import numpy as np

from c_records import declarations
from measure import Spread, in_turns, ratio
from scaling import with_months
from ssa_sim.model import driver, noise, state
from ssa_sim.model.parameters import levers_dtype, parameters_dtype
from ssa_sim.model.rules import structures
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import World
from ssa_sim.scenario.schema import Scenario

RULES = ("leave_the_army", "practise_and_forget", "break_and_repair", "assess_readiness")
SOURCE = Path(__file__).with_name("c_twin.c")
FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-std=c11", "-shared", "-fPIC")
CONSTANTS = ("HR_REFORM", "KIT_TYPES", "LINEAGES", "OPERATIONS", "REST", "TRAINING")
STRUCTURES = ("COHORT", "OF_UNIT", "ALWAYS", "DRIFT", "ADDITIVE", "GEOMETRIC", "WEAKEST_LINK")

PASSES = 16

Passes = Callable[[World, np.ndarray, np.ndarray, int, int, int], object]
"""In a world: restore units and nation, then live through `span` months from `first`; so many times over, each time
through the months that follow."""


def compiler() -> str | None:
    """The C compiler: the one Python was built with, `cc`, gcc or clang; None where there is none."""
    asked = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    return next((found for name in (asked, "cc", "gcc", "clang") if (found := shutil.which(name))), None)


def header() -> str:
    """The records that the C rules work on."""
    records = {
        "zone_t": state.ZONE,
        "host_t": state.HOST,
        "mission_t": state.MISSION,
        "pool_t": state.POOL,
        "book_t": state.BOOK,
        "tally_t": state.TALLY,
        "nation_t": state.NATION,
        "unit_t": state.UNIT,
        "levers_t": levers_dtype(),
        "parameters_t": parameters_dtype(),
        "unit_draws_t": noise.UNIT_DRAWS,
    }
    numbers = {name: getattr(state, name) for name in CONSTANTS}
    return declarations(records, numbers | {name: getattr(structures, name) for name in STRUCTURES})


def c_library(compiler: str, folder: Path) -> ctypes.CDLL:
    """The twin, compiled into a folder and loaded."""
    (folder / "records.h").write_text(header(), encoding="utf-8")
    library = folder / "c_twin.so"
    command = [compiler, *FLAGS, f"-I{folder}", "-o", str(library), str(SOURCE), "-lm"]
    subprocess.run(command, check=True)
    return ctypes.CDLL(str(library))


class _CWorld(ctypes.Structure):
    _fields_ = (
        ("nation", ctypes.c_void_p),
        ("units", ctypes.c_void_p),
        ("levers", ctypes.c_void_p),
        ("parameters", ctypes.c_void_p),
        ("draws", ctypes.c_void_p),
        ("unit_count", ctypes.c_int64),
    )


def c_passes(library: ctypes.CDLL, name: str) -> Passes:
    """Passes of one rule, or of all, in C."""
    function = getattr(library, f"passes_of_{name}")
    function.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_int64] * 3
    function.restype = None

    def passes(world: World, units: np.ndarray, nation: np.ndarray, first: int, span: int, count: int) -> None:
        arrays = (world.nation, world.units, world.levers, world.parameters, world.unit_draws)
        seen = _CWorld(*(array.ctypes.data for array in arrays), len(world.units))
        function(ctypes.byref(seen), units.ctypes.data, nation.ctypes.data, first, span, count)

    return passes


def compiled_passes(names: Sequence[str]) -> Passes:
    """Passes of the model's own rules, tied together by the driver's own loops."""
    live = numba.njit(error_model="numpy")(driver.months_of(names))

    @numba.njit(error_model="numpy")
    def passes(world, units, nation, first, span, count):  # type: ignore[no-untyped-def]
        for number in range(count):
            world.nation[0] = nation[0]
            for index in range(units.shape[0]):
                world.units[index] = units[index]
            live(world, first + number * span, first + (number + 1) * span)

    return passes


def world_at(scenario: Scenario, month: int) -> tuple[World, np.ndarray, np.ndarray]:
    """A world in the middle of its run, and copies of its units and nation to go back to.

    What readiness was made of is blank, so that whoever does not assess it anew is found out.
    """
    world = new_world(scenario, noise_for(scenario, seed=0, replicate=0))
    driver.run_months(world, 0, month)
    for field in state.UNIT.names or ():
        if field.endswith("_part") or field in ("kit_match", "readiness"):
            world.units[field] = 0.0
    return world, world.units.copy(), world.nation.copy()


def differences(ours: World, theirs: World) -> list[str]:
    """Fields of units and nation that differ in any bit."""
    return [
        f"{name}.{field}"
        for name in ("units", "nation")
        for field in getattr(ours, name).dtype.names
        if getattr(ours, name)[field].tobytes() != getattr(theirs, name)[field].tobytes()
    ]


def against_c(scenario: Scenario, *, rounds: int) -> Iterator[tuple[str, Spread, float]]:
    """For each rule and for all: its name, how many times as long it takes as C, and nanoseconds a rule in C.

    Raises:
        RuntimeError: the results are not equal bit for bit.
    """
    found = compiler()
    if found is None:
        return
    span = scenario.months // 2
    longer = with_months(scenario, span * (1 + PASSES))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        library = c_library(found, Path(folder))
        for name in (*RULES, "all"):
            names = RULES if name == "all" else (name,)
            world, units, nation = world_at(longer, span)
            twin = World._make(array.copy() for array in world)
            ours, theirs = compiled_passes(names), c_passes(library, name)
            for count in (1, PASSES):
                ours(world, units, nation, span, span, count)
                theirs(twin, units, nation, span, span, count)
                if faults := differences(world, twin):
                    raise RuntimeError(f"{name}: C and compiled rules differ in {', '.join(faults)}")
            if world.units.tobytes() == units.tobytes():
                raise RuntimeError(f"{name}: the rules did nothing")
            seconds = in_turns(
                {
                    "compiled": lambda: lambda: ours(world, units, nation, span, span, PASSES),  # noqa: B023
                    "c": lambda: lambda: theirs(twin, units, nation, span, span, PASSES),  # noqa: B023
                },
                rounds,
            )
            calls = PASSES * span * len(units) * len(names)
            yield name, ratio(seconds["compiled"], seconds["c"]), 1e9 * float(np.median(seconds["c"])) / calls
