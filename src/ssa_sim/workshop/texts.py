"""What the page says, in English and French, from `words/en/workshop.toml` and `words/fr/workshop.toml`."""

import math
import re
from datetime import date
from functools import cache

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.typography import MINUS
from ssa_sim.words import glossary
from ssa_sim.words.numbers import number, numbers_apart, whole
from ssa_sim.words.texts import Language, Texts


class WorkshopTexts(Texts):
    """The page's words in one language, and how it writes numbers and months."""

    def __init__(self, language: Language) -> None:
        """Words of a language."""
        super().__init__(language, "workshop")

    def month(self, day: date) -> str:
        """A month with its year, as people of the language write it."""
        return glossary.month_in_words(day, self.language)

    def number(self, value: float, *, signed: bool = False) -> str:
        """A number to three significant digits."""
        return number(value, self.language, signed=signed)

    def ends(self, low: float, high: float) -> str:
        """An interval from one signed end to the other, told apart."""
        return " … ".join(numbers_apart([low, high], self.language, signed=True))

    def whole(self, value: float, *, signed: bool = False) -> str:
        """A number rounded to a whole one."""
        rounded = round(value)
        text = whole(rounded, self.language)
        return f"+{text}" if signed and rounded > 0 else text

    def plain(self, value: float) -> str:
        """A number as it is typed: its decimal mark is the language's, thousands are not marked."""
        return f"{value:.10g}".replace(".", "," if self.language == "fr" else ".")

    def value(self, value: ParameterValue) -> str:
        """A lever's value in words."""
        return glossary.value(value, self.language)


def readings(text: object, language: Language) -> list[float]:
    """The numbers that something typed may be: none, one, or two.

    A comma and a point both mark decimals, since people type what they are used to. Where the one that is not the language's own is
    followed by three digits it may mark thousands as well: "1,500" in English.
    """
    digits = "".join(str(text).split()).replace(MINUS, "-")
    other = "." if language == "fr" else ","
    try:
        found = float(digits.replace(",", "."))
    except ValueError:
        return []
    if not math.isfinite(found):
        return []
    if re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}{re.escape(other)}\d{{3}}", digits):
        return [float(digits.replace(other, "")), found]
    return [found]


@cache
def texts_in(language: Language) -> WorkshopTexts:
    """The page's words in a language."""
    return WorkshopTexts(language)
