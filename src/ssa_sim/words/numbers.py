"""Numbers as people of either language write them: with a true minus sign, which programs do not read."""

import math
from collections.abc import Callable, Sequence

from ssa_sim.typography import MINUS, NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE
from ssa_sim.words.texts import Language

_SIGNIFICANT = 3
_MOST_DECIMALS = 6
_MOST_DIGITS_MORE = 3
_TO: dict[Language, str] = {"en": "to", "fr": "à"}


def number(value: float, language: Language = "en", *, signed: bool = False) -> str:
    """A number to three significant digits, its whole part in full; a dash for NaN.

    English writes 12,346 and 0.0123; French 12 346 (narrow space) and 0,0123.
    """
    return numbers([value], language, signed=signed)[0]


def numbers(values: Sequence[float], language: Language = "en", *, signed: bool = False) -> list[str]:
    """Numbers that belong together, all with as many decimals as three digits of the largest one need."""
    return _with_decimals(values, _decimals(values), language, signed)


def numbers_apart(values: Sequence[float], language: Language = "en", *, signed: bool = False) -> list[str]:
    """The same for the ends of an interval: with more decimals where the smallest and the largest would read the same."""
    decimals = _decimals(values)
    more = digits_apart(values, lambda digits: _with_decimals(values, decimals + digits, language, signed))
    return _with_decimals(values, decimals + more, language, signed)


def grouped(value: float, language: Language = "en", *, decimals: int = 0, signed: bool = False) -> str:
    """A number with its thousands marked and so many decimals; a dash for what is not finite."""
    return _one(value, f",.{decimals}f", language, signed) if math.isfinite(value) else "–"


def with_interval(value: float, low: float, high: float, language: Language = "en", *, signed: bool = False) -> str:
    """A number and its interval, "+18.0 (+9.2 to +26.8)"; the number alone where there is none (`low` is NaN)."""
    if math.isnan(low):
        return number(value, language, signed=signed)
    text, *ends = numbers_apart([value, low, high], language, signed=signed)
    return f"{text} ({span(ends, language)})"


def span(ends: Sequence[str], language: Language = "en") -> str:
    """From one written end of an interval to the other; a dash where there is none."""
    return "–" if "–" in ends else f" {_TO[language]} ".join(ends)


def fixed(value: float, decimals: int, language: Language = "en", *, signed: bool = False) -> str:
    """A number with so many decimals; a dash for NaN, and no sign for zero."""
    return _one(value, f".{decimals}f", language, signed)


def whole(value: int, language: Language = "en") -> str:
    """A whole number with its thousands marked."""
    return written(f"{value:,}", language)


class Counted:
    """A count in a sentence whose braces hold what it says of one and of many: "{runs:# run has|# runs have} failed"."""

    def __init__(self, count: int, language: Language = "en") -> None:
        self._number = whole(count, language)
        self._is_one = count == 1 or (language == "fr" and count == 0)

    def __format__(self, forms: str) -> str:
        """The form for one or that for many, the number in place of #; the number alone where there are no forms."""
        one, _, many = (forms or "#|#").partition("|")
        return (one if self._is_one else many).replace("#", self._number)


def percent(share: float, language: Language = "en") -> str:
    """A share in whole percent; a dash for NaN."""
    return _percent(share, 0, language)


def percents_apart(shares: Sequence[float], language: Language = "en") -> list[str]:
    """Shares that belong together: in whole percent, with decimals where the smallest and the largest would read the same."""
    decimals = digits_apart(shares, lambda digits: [_percent(share, digits, language) for share in shares])
    return [_percent(share, decimals, language) for share in shares]


def parts_of_whole(shares: Sequence[float], language: Language = "en") -> str:
    """Shares that make up a whole, "62 / 0 / 38%"; a dash for NaN."""
    *firsts, last = parts(shares, language)
    if last == "–":
        return last
    bare = [text.removesuffix("%").removesuffix(NARROW_NO_BREAK_SPACE) for text in firsts]
    return f"{NO_BREAK_SPACE}/{NO_BREAK_SPACE}".join([*bare, last])


def parts(shares: Sequence[float], language: Language = "en") -> list[str]:
    """Shares that make up a whole: in whole percent, with decimals where a part would read as nothing or as all."""
    decimals = 0
    while decimals < _MOST_DIGITS_MORE and any(
        0.0 < share < 1.0 and round(100.0 * share, decimals) in (0.0, 100.0) for share in shares
    ):
        decimals += 1
    return [_percent(share, decimals, language) for share in shares]


def _percent(share: float, decimals: int, language: Language) -> str:
    if math.isnan(share):
        return "–"
    return f"{written(f'{100.0 * share:.{decimals}f}', language)}{NARROW_NO_BREAK_SPACE if language == 'fr' else ''}%"


def written(digits: str, language: Language = "en") -> str:
    """Digits as Python formats them, with the language's marks and a true minus."""
    if digits.startswith("-"):
        digits = MINUS + digits[1:]
    if language == "en":
        return digits
    return digits.replace(",", NARROW_NO_BREAK_SPACE).replace(".", ",")


def _decimals(values: Sequence[float]) -> int:
    """As many as three digits of the largest value need."""
    largest = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    return 0 if largest == 0.0 else max(0, _SIGNIFICANT - 1 - math.floor(math.log10(largest)))


def digits_apart(values: Sequence[float], at: Callable[[int], list[str]]) -> int:
    """How many more digits tell the smallest value from the largest; 0 if they are equal, but for rounding errors.

    Args:
        values: that belong together.
        at: the values as they are written with so many digits more.
    """
    known = [place for place, value in enumerate(values) if not math.isnan(value)]
    lowest = min(known, key=lambda place: values[place], default=0)
    highest = max(known, key=lambda place: values[place], default=0)
    for digits in range(_MOST_DIGITS_MORE + 1):
        texts = at(digits)
        if texts[lowest] != texts[highest]:
            return digits
    return 0


def _with_decimals(values: Sequence[float], decimals: int, language: Language, signed: bool) -> list[str]:
    form = f",.{decimals}f" if decimals <= _MOST_DECIMALS else f".{_SIGNIFICANT - 1}e"
    return [_one(value, form, language, signed) for value in values]


def _one(value: float, form: str, language: Language, signed: bool) -> str:
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    text = f"{value:{'+' if signed else ''}{form}}"
    is_zero = not any(digit in "123456789" for digit in text)
    return written(text.lstrip("+-") if is_zero else text, language)
