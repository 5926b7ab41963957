"""What stands in a cell of a table: a value that knows how it is written, and no language until it is asked for one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ssa_sim.words.numbers import fixed, numbers, numbers_apart, parts_of_whole, percent, span
from ssa_sim.words.texts import Language, Word


class Value(Protocol):
    """Anything that can be written in a language; `ssa_sim.words.texts.Word` is one."""

    def to(self, language: Language, /) -> str:
        """The value as people of the language write it."""


@dataclass(frozen=True)
class Text:
    """A text that is the same in every language, such as a scenario's name."""

    text: str

    def to(self, language: Language) -> str:
        """The text."""
        return self.text


EMPTY = Text("")


@dataclass(frozen=True)
class Filled:
    """A text of the words, its braces filled in with values."""

    word: Word
    values: Mapping[str, Value]

    def to(self, language: Language) -> str:
        """The text with the values."""
        return self.word.to(language).format(**{name: value.to(language) for name, value in self.values.items()})


@dataclass(frozen=True)
class Told:
    """What a function tells in a language."""

    tell: Callable[[Language], str]

    def to(self, language: Language) -> str:
        """What it tells."""
        return self.tell(language)


@dataclass(frozen=True)
class Number:
    """A number to three significant digits.

    Attributes:
        value: the number; NaN is written as a dash.
        beside: numbers that it belongs together with: all are written with as many decimals as the largest of them needs.
        is_apart: with more decimals where the smallest and the largest of them would read the same.
        signed: whether a positive one has its sign.
    """

    value: float
    beside: tuple[float, ...] = ()
    is_apart: bool = False
    signed: bool = False

    def to(self, language: Language) -> str:
        """The number with the language's marks."""
        write = numbers_apart if self.is_apart else numbers
        return write([self.value, *self.beside], language, signed=self.signed)[0]


@dataclass(frozen=True)
class Interval:
    """From one number to another, told apart from one another and from those `beside`; `mark` follows."""

    low: float
    high: float
    beside: tuple[float, ...] = ()
    signed: bool = False
    mark: str = ""

    def to(self, language: Language) -> str:
        """Both ends, or a dash where there are none."""
        ends = numbers_apart([self.low, self.high, *self.beside], language, signed=self.signed)[:2]
        return f"{span(ends, language)}{self.mark}"


@dataclass(frozen=True)
class Span:
    """From one value to another; a dash where there is none."""

    ends: tuple[Value, Value]

    def to(self, language: Language) -> str:
        """Both ends."""
        return span([end.to(language) for end in self.ends], language)


@dataclass(frozen=True)
class Fixed:
    """A number with so many decimals; a dash for NaN."""

    value: float
    decimals: int
    signed: bool = False

    def to(self, language: Language) -> str:
        """The number with the language's marks."""
        return fixed(self.value, self.decimals, language, signed=self.signed)


@dataclass(frozen=True)
class Percent:
    """A share in whole percent; a dash for NaN."""

    share: float

    def to(self, language: Language) -> str:
        """The share."""
        return percent(self.share, language)


@dataclass(frozen=True)
class PartsOfWhole:
    """Shares that make up a whole, "62 / 0 / 38%"; a dash for NaN."""

    shares: tuple[float, ...]

    def to(self, language: Language) -> str:
        """The shares."""
        return parts_of_whole(self.shares, language)


@dataclass(frozen=True)
class Joined:
    """Values one after another; by default one below another."""

    values: tuple[Value, ...]
    between: str = "\n"

    def to(self, language: Language) -> str:
        """All of them."""
        return self.between.join(value.to(language) for value in self.values)
