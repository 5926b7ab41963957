"""Reading the words: `en/*.toml` and `fr/*.toml`, a file a subject, the same keys in both."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ssa_sim.typography import french

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


@cache
def words(language: Language, subject: str) -> Mapping[str, Any]:
    """The words of a subject, as tables of texts; French as it is set."""
    file = files("ssa_sim.words").joinpath(language).joinpath(f"{subject}.toml")
    texts = tomllib.loads(file.read_text(encoding="utf-8"))
    return french(texts) if language == "fr" else texts


def term(kind: str, english: str, language: Language) -> str:
    """A term of the catalogue in a language: of "units", "deciders" or "choices"; the English one where it has no other."""
    return str(words(language, "terms").get(kind, {}).get(english, english))


def subjects(language: Language) -> list[str]:
    """What there are words of in a language, each a file."""
    return sorted(file.name.removesuffix(".toml") for file in files("ssa_sim.words").joinpath(language).iterdir())
