"""Finding an entry of a catalogue by what is said of it, in either language."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Row = TypeVar("Row")


def speaking_of(words: str, rows: Sequence[Row], texts: Callable[[Row], Iterable[str]]) -> list[Row]:
    """The rows whose texts speak of all the words: "trainer" is found in "Trainers' places", "equipe" in "Équipement".

    Args:
        words: one or several, in any order; a plural's last letter, accents and capitals do not matter.
        rows: what is searched.
        texts: what is said of a row.
    """
    wanted = [_stem(word) for word in _words(words)]
    if not wanted:
        return []
    return [row for row in rows if _speaks_of_all(wanted, {word for text in texts(row) for word in _words(text)})]


def _speaks_of_all(wanted: Sequence[str], said: Iterable[str]) -> bool:
    return all(any(word.startswith(stem) for word in said) for stem in wanted)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("œ", "oe")
    return re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
