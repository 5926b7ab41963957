"""How many decimals a figure's numbers need, and in what an axis counts."""

import math
from collections.abc import Iterable

from ssa_sim.typography import MINUS
from ssa_sim.words.numbers import digits_apart, grouped
from ssa_sim.words.texts import Language

MOST_DECIMALS = 6


def decimals_apart(low: float, high: float, decimals: int) -> int:
    """So many digits after the decimal mark, or more where the ends of an interval would read the same."""
    ends = (low, high)
    return decimals + digits_apart(ends, lambda more: [f"{end:.{decimals + more}f}" for end in ends])


def format_decided(value: float, language: Language, *, decimals: int) -> str:
    """A number that is known not to be zero: with its sign, and as many decimals more as its first digit needs."""
    shown = next((digits for digits in range(decimals, MOST_DECIMALS + 1) if float(f"{value:.{digits}f}")), None)
    if shown is not None or not math.isfinite(value) or value == 0.0:
        return grouped(value, language, decimals=decimals if shown is None else shown, signed=True)
    digit, _, exponent = f"{abs(value):.0e}".partition("e")
    return f"{MINUS if value < 0 else '+'}{digit}e{MINUS}{abs(int(exponent))}"


def decimals_for(values: Iterable[float]) -> int:
    """Digits after the decimal mark that suit the largest of the values: 1,076; 12.4; 1.24; 0.12; 0.012."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if largest == 0.0:
        return 0
    magnitude = math.floor(math.log10(largest))
    return min(MOST_DECIMALS, max(0, (2 if magnitude >= 0 else 1) - magnitude))


def scale_for(values: Iterable[float]) -> float:
    """What an axis counts in: 1, a million or a thousand million, so that its numbers stay short."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return next((scale for scale in (1e9, 1e6) if largest >= scale), 1.0)
