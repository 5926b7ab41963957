"""What a run costs as the army grows and as the years go by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from measure import Spread, Work, exponent, in_turns
from ssa_sim.model.driver import run_months
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.scenario.schema import Scenario

UNITS = (20, 40, 80, 160, 320, 640, 1280)
MONTHS = (24, 48, 96, 192, 384, 640, 960)


@dataclass(frozen=True)
class Growth:
    """Time against size.

    Attributes:
        sizes: units or months.
        milliseconds: median time at each size.
        exponent: of time over size, all sizes together.
        exponent_above: of the larger half alone, where what a run costs whatever its size no longer shows.
    """

    sizes: np.ndarray
    milliseconds: np.ndarray
    exponent: Spread
    exponent_above: Spread


def with_months(scenario: Scenario, months: int) -> Scenario:
    """The scenario over so many months from its start."""
    start = scenario.period.start
    years, month = divmod(start.month - 1 + months, 12)
    return scenario.with_period(end=date(start.year + years, month + 1, 1))


def growth(scenarios: Sequence[Scenario], sizes: Sequence[int], *, rounds: int) -> tuple[Growth, Growth]:
    """How the months alone grow, and how the whole run (noise, world and months) grows."""
    months = in_turns({str(n): _months_alone(one) for n, one in zip(sizes, scenarios, strict=True)}, rounds)
    whole = in_turns({str(n): _whole_run(one) for n, one in zip(sizes, scenarios, strict=True)}, rounds)
    return _growth(sizes, months), _growth(sizes, whole)


def over_units(*, rounds: int) -> tuple[Growth, Growth]:
    """Seven years, from 20 units to 1280; the same partners for all."""
    scenarios = [Scenario(title="Units").with_size(units=units) for units in UNITS]
    return growth(scenarios, UNITS, rounds=rounds)


def over_months(*, rounds: int) -> tuple[Growth, Growth]:
    """The default army, from two years to eighty."""
    return growth([with_months(Scenario(title="Months"), months) for months in MONTHS], MONTHS, rounds=rounds)


def _months_alone(scenario: Scenario) -> Callable[[], Work]:
    noise = noise_for(scenario, seed=0, replicate=0)

    def prepare() -> Work:
        world = new_world(scenario, noise)
        return lambda: run_months(world, 0, scenario.months)

    return prepare


def _whole_run(scenario: Scenario) -> Callable[[], Work]:
    return lambda: lambda: simulate_replicate([scenario], seed=0, replicate=0)


def _growth(sizes: Sequence[int], seconds: dict[str, np.ndarray]) -> Growth:
    numbers, turns = np.array(sizes), np.array(list(seconds.values()))
    half = len(sizes) // 2
    return Growth(
        sizes=numbers,
        milliseconds=1e3 * np.median(turns, axis=1),
        exponent=exponent(numbers, turns),
        exponent_above=exponent(numbers[half:], turns[half:]),
    )
