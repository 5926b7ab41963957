"""Reading the words: `en/*.toml` and `fr/*.toml`, a file a subject, the same keys in both."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ssa_sim.errors import InputError
from ssa_sim.typography import french, with_apostrophes

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
PRINTED = ("figures", "report", "export")
"""Subjects whose apostrophes are set as in print; a terminal's stay straight, as people type them."""


def language_named(name: str) -> Language:
    """The language of that name.

    Raises:
        InputError: there are no words in it.
    """
    for known in LANGUAGES:
        if name == known:
            return known
    raise InputError(f"There is no language {name!r}.", allowed=LANGUAGES)


@cache
def words(language: Language, subject: str) -> Mapping[str, Any]:
    """The words of a subject, as tables of texts; French as it is set."""
    file = files("ssa_sim.words").joinpath(language).joinpath(f"{subject}.toml")
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    if subject in PRINTED:
        found = with_apostrophes(found)
    return french(found) if language == "fr" else found


def term(kind: str, english: str, language: Language) -> str:
    """A term of the catalogue in a language: of "units", "deciders" or "choices"; the English one where it has no other."""
    return str(words(language, "terms").get(kind, {}).get(english, english))


class Texts:
    """The words of a subject in one language, by dotted name; a name that is missing is a `KeyError`.

    Attributes:
        language: "en" or "fr".
    """

    def __init__(self, language: Language, subject: str) -> None:
        """Words of `words/<language>/<subject>.toml`."""
        self.language = language
        self._words = words(language, subject)

    def __call__(self, name: str, /, **values: object) -> str:
        """A text, such as "page.title", its braces filled in."""
        return self._filled(str(self._found(name)), values)

    def several(self, name: str, /, **values: object) -> list[str]:
        """The texts of a list, in order."""
        return [self._filled(str(text), values) for text in self._found(name)]

    def table(self, name: str, /) -> dict[str, str]:
        """The texts of a table by their own names, in the file's order."""
        return {key: str(text) for key, text in self._found(name).items()}

    def _found(self, name: str) -> Any:
        found: Any = self._words
        for part in name.split("."):
            found = found[part]
        return found

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        """French is set once more: what is filled in may call for another space, or for "d'août"."""
        filled = text.format(**values) if values else text
        return french(filled) if self.language == "fr" else filled


@cache
def texts(language: Language, subject: str) -> Texts:
    """The words of a subject in a language."""
    return Texts(language, subject)


@dataclass(frozen=True)
class Word:
    """A text by its subject and its name there, such as "comparison.verdicts.better"."""

    name: str

    @property
    def key(self) -> str:
        """The last part of the name."""
        return self.name.rpartition(".")[2]

    def to(self, language: Language) -> str:
        """The text in a language; `KeyError` where there is none."""
        subject, _, name = self.name.partition(".")
        return texts(language, subject)(name)


def subjects(language: Language) -> list[str]:
    """What there are words of in a language, each a file."""
    return sorted(file.name.removesuffix(".toml") for file in files("ssa_sim.words").joinpath(language).iterdir())
