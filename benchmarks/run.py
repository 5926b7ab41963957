"""All benchmarks in one run: `make bench`, or `python benchmarks/run.py [drivers] [rules] [growth] [start]`.

What each number means is in README.md beside this file.
"""

import argparse
import os
import platform
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import llvmlite
import numba
import numpy as np

from c_twin import FLAGS, against_c, compiler
from drivers import PARTS, against_mesa
from scaling import Growth, over_months, over_units
from ssa_sim.model.compiled import is_compiled
from ssa_sim.model.simulate import warm_up
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from start_up import compiling_against_loading, help_against_import, signatures

BASELINE = Path(__file__).resolve().parent.parent / "scenarios" / "baseline.toml"

MESAS = {
    "driver": "this project's Mesa driver",
    "plain": "Mesa with rules in Python",
}


def main() -> None:
    """Run the sections asked for, or all."""
    sections: dict[str, Callable[[int, Scenario], None]] = {
        "drivers": show_drivers,
        "rules": show_rules,
        "growth": show_growth,
        "start": show_start,
    }
    parser = argparse.ArgumentParser(description="Speed, as ratios measured side by side.")
    parser.add_argument("sections", nargs="*", metavar="section", help=f"of {', '.join(sections)}; default: all")
    parser.add_argument("--rounds", type=int, default=15, help="turns of each contender (default 15)")
    asked = parser.parse_args()
    if unknown := set(asked.sections) - set(sections):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(sections)}")
    if asked.rounds < 1:
        parser.error("at least one round")
    begun = time.perf_counter()
    show_machine()
    prepare()
    scenario = load_scenario(BASELINE)
    for name, show in sections.items():
        if not asked.sections or name in asked.sections:
            show(asked.rounds, scenario)
    say(f"\n{time.perf_counter() - begun:.0f} s in all.")


def say(line: str) -> None:
    """A line at once, also where output goes to a file."""
    print(line, flush=True)


def show_machine() -> None:
    """What was measured on."""
    say(f"{date.today()}, {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}")
    say(
        f"Python {platform.python_version()}, NumPy {np.__version__}, Numba {numba.__version__}, "
        f"llvmlite {llvmlite.__version__}; one core each, median (quartiles) of turns taken side by side"
    )


def processor() -> str:
    """The processor's kind, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )


def prepare() -> None:
    """Compiled code is at hand before anything is timed."""
    if not is_compiled():
        say("Compiling the model (once for this version) ...")
    warm_up()


def show_drivers(rounds: int, scenario: Scenario) -> None:
    """Compiled against Mesa."""
    months, units = scenario.months, scenario.size.units
    say(f"\nMesa / compiled driver, baseline ({units} units, {months} months); aim: 100 or more")
    say("  all give the same run to the last bit, or this stops")
    for who, part, times, slow, fast in against_mesa(BASELINE, rounds=rounds):
        say(f"  {MESAS[who]:26} {part:14} {times!s:22} {slow:5.0f} ms / {fast:5.2f} ms: {PARTS[part]}")


def show_rules(rounds: int, scenario: Scenario) -> None:
    """Compiled against C."""
    found = compiler()
    if found is None:
        say("\nCompiled rules / C: skipped, no C compiler found (cc, gcc or clang)")
        return
    version = subprocess.run([found, "--version"], check=True, capture_output=True, text=True).stdout.splitlines()[0]
    say(f"\nCompiled rules / C twin ({version}; {' '.join(FLAGS[:3])}); aim: 1.5 or less")
    say("  results equal bit for bit before timing, or this stops")
    for name, times, nanoseconds in against_c(scenario, rounds=2 * rounds):
        say(f"  {name:20} {times!s:28} C {nanoseconds:5.1f} ns a rule, unit and month")


def show_growth(rounds: int, _scenario: Scenario) -> None:
    """Exponents of time over size."""
    say("\nTime over size: exponents; aim: 1.05 or less")
    for of, measured in (("units", over_units), ("months", over_months)):
        for what, growth in zip(("months alone", "whole run"), measured(rounds=rounds), strict=True):
            show_exponents(of, what, growth)


def show_exponents(of: str, what: str, growth: Growth) -> None:
    """One line of exponents, and the times that they come from."""
    half = len(growth.sizes) // 2
    say(
        f"  {of:7} {what:13} {growth.exponent!s:24} over {growth.sizes[0]}..{growth.sizes[-1]}, "
        f"{growth.exponent_above!s:24} over {growth.sizes[half]}..{growth.sizes[-1]}"
    )
    pairs = zip(growth.sizes, growth.milliseconds, strict=True)
    say("          ms: " + "  ".join(f"{size}: {milliseconds:.1f}" for size, milliseconds in pairs))


def show_start(rounds: int, _scenario: Scenario) -> None:
    """What a new process waits for."""
    say("\nStart-up")
    times, seconds = help_against_import(rounds=rounds)
    say(f"  import of the model / ssa-sim --help   {times!s:24} (help {seconds:.2f} s on the clock)")
    made = compiling_against_loading(rounds=max(3, rounds // 3))
    say(
        f"  compiling / loading compiled code      {made.ratio!s:24} "
        f"({made.compiling:.0f} s once, then {made.loading:.2f} s of processor time; {made.megabytes:.0f} MB on disk)"
    )
    say(f"  compiled forms of the driver after every scenario of the library in three sizes: {signatures()} (aim: 1)")


if __name__ == "__main__":
    main()
