"""Numbers as people write them in English and in French: 1,076 and 0.31; 1 076 and 0,31."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.ticker import Formatter

from ssa_sim.typography import MINUS, NARROW_NO_BREAK_SPACE
from ssa_sim.words.numbers import digits_apart
from ssa_sim.words.texts import Language

MOST_DECIMALS = 6


def format_number(value: float, language: Language, *, decimals: int = 0, signed: bool = False) -> str:
    """A number with the language's decimal mark and thousands separator.

    Args:
        value: a finite number; NaN gives a dash.
        language: "en" or "fr".
        decimals: digits after the decimal mark.
        signed: write a plus before positive numbers.
    """
    if not math.isfinite(value):
        return "–"
    digits = f"{abs(value):,.{decimals}f}"
    is_zero = not any(digit in "123456789" for digit in digits)
    if language == "fr":
        digits = digits.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")
    if is_zero:
        return digits
    return (MINUS if value < 0 else "+" if signed else "") + digits


def decimals_apart(low: float, high: float, decimals: int) -> int:
    """So many digits after the decimal mark, or more where the ends of an interval would read the same."""
    ends = (low, high)
    return decimals + digits_apart(ends, lambda more: [f"{end:.{decimals + more}f}" for end in ends])


def format_decided(value: float, language: Language, *, decimals: int) -> str:
    """A number that is known not to be zero: with its sign, and as many decimals more as its first digit needs."""
    shown = next((digits for digits in range(decimals, MOST_DECIMALS + 1) if float(f"{value:.{digits}f}")), None)
    if shown is not None or not math.isfinite(value) or value == 0.0:
        return format_number(value, language, decimals=decimals if shown is None else shown, signed=True)
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


class LanguageTicks(Formatter):
    """Tick labels in the language's numbers, all of one axis with the same number of decimals."""

    def __init__(self, language: Language, *, scale: float = 1.0, signed: bool = False) -> None:
        """Format in `language`, values divided by `scale`, with a plus sign if `signed`."""
        self.language: Language = language
        self.scale = scale
        self.signed = signed

    def __call__(self, value: float, position: int | None = None) -> str:
        """One tick's label, with as many decimals as its own digits need."""
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """The labels of one axis: enough decimals to tell the ticks apart, and no more."""
        shown = np.asarray(values, np.float64) / self.scale
        decimals = next(
            (places for places in range(MOST_DECIMALS) if np.allclose(np.round(shown, places), shown, rtol=1e-9)),
            MOST_DECIMALS,
        )
        return [format_number(float(value), self.language, decimals=decimals, signed=self.signed) for value in shown]
