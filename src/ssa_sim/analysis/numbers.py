"""Numbers as people of either language write them: with a true minus sign, which programs do not read."""

import math
from collections.abc import Sequence
from typing import Literal

from ssa_sim.typography import MINUS, NARROW_NO_BREAK_SPACE

Language = Literal["en", "fr"]

_SIGNIFICANT = 3
_MOST_DECIMALS = 6


def number(value: float, language: Language = "en", *, signed: bool = False) -> str:
    """A number to three significant digits, its whole part in full; a dash for NaN.

    English writes 12,346 and 0.0123; French 12 346 (narrow space) and 0,0123.
    """
    return numbers([value], language, signed=signed)[0]


def numbers(values: Sequence[float], language: Language = "en", *, signed: bool = False) -> list[str]:
    """Numbers that belong together, all with as many decimals as three digits of the largest one need."""
    finite = [abs(value) for value in values if math.isfinite(value)]
    largest = max(finite, default=0.0)
    decimals = 0 if largest == 0.0 else max(0, _SIGNIFICANT - 1 - math.floor(math.log10(largest)))
    form = f",.{decimals}f" if decimals <= _MOST_DECIMALS else f".{_SIGNIFICANT - 1}e"
    return [_one(value, form, language, signed) for value in values]


def whole(value: int, language: Language = "en") -> str:
    """A whole number with its thousands marked."""
    return written(f"{value:,}", language)


def percent(share: float, language: Language = "en") -> str:
    """A share in whole percent; a dash for NaN."""
    if math.isnan(share):
        return "–"
    return f"{written(f'{100.0 * share:.0f}', language)}{NARROW_NO_BREAK_SPACE if language == 'fr' else ''}%"


def written(digits: str, language: Language = "en") -> str:
    """Digits as Python formats them, with the language's marks and a true minus."""
    if digits.startswith("-"):
        digits = MINUS + digits[1:]
    if language == "en":
        return digits
    return digits.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")


def _one(value: float, form: str, language: Language, signed: bool) -> str:
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    text = f"{value:{'+' if signed else ''}{form}}"
    is_zero = not any(digit in "123456789" for digit in text)
    return written(text.lstrip("+-") if is_zero else text, language)
