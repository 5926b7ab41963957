"""The catalogues of levers, uncertainties, mechanisms and structures, read off the models that declare them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from ssa_sim.catalogue.donors import DonorProfile
from ssa_sim.catalogue.groups import Group, Levers, Mechanisms, Prior, Structures, Uncertainties
from ssa_sim.words.texts import Language, term, words

Kind = Literal["float", "int", "bool", "choice", "date", "text", "other"]
ParameterValue = bool | int | float | str

_KINDS: dict[Any, Kind] = {float: "float", int: "int", bool: "bool", date: "date", str: "text"}


@dataclass(frozen=True)
class Parameter:
    """A number or a choice of the model, and the values that it may take.

    Attributes:
        path: dotted name, such as "training.course_weeks".
        unit: what the number counts.
        baseline: the value when a scenario says nothing; None if it must be given.
        low: lower end of its range, in `unit`; None where that makes no sense. An uncertainty is sampled over its range.
        high: upper end, likewise.
        allowed_low: smallest value that a scenario may set; `low`, but for uncertainties that say otherwise.
        allowed_high: largest value, likewise.
        choices: the words to choose from; None for numbers and flags.
    """

    path: str
    unit: str
    baseline: ParameterValue | None
    low: float | None
    high: float | None
    allowed_low: float | None
    allowed_high: float | None
    choices: tuple[str, ...] | None

    @property
    def is_wider_elsewhere(self) -> bool:
        """Whether a scenario may set values outside the range, for another setting."""
        return (self.low, self.high) != (self.allowed_low, self.allowed_high)


@dataclass(frozen=True)
class Entry(Parameter):
    """A parameter as it is declared, with what it is called.

    Attributes:
        kind: what sort of value it takes.
        label_en: English label.
        label_fr: French label.
        source: evidence ids, "assumption", or both; see `ssa_sim.catalogue.evidence`.
    """

    kind: Kind
    label_en: str
    label_fr: str
    source: str

    @property
    def numbers(self) -> tuple[object, ...]:
        """What results follow from: all but what it counts, what it is called and where it comes from."""
        return (self.kind, self.baseline, self.low, self.high, self.allowed_low, self.allowed_high, self.choices)

    @property
    def is_known(self) -> bool:
        """Whether its range has no width: a known fact, which no sample varies."""
        return self.low is not None and self.low == self.high

    def label(self, language: Language) -> str:
        """The label in English or French."""
        return self.label_fr if language == "fr" else self.label_en


@dataclass(frozen=True)
class LeverEntry(Entry):
    """A lever: who could decide it, what moving it does, and what it costs, in English; or, by a word, why nothing."""

    decided_by: str
    meaning: str
    cost: str | None
    without_cost: str | None

    def meaning_in(self, language: Language) -> str:
        """What moving it does."""
        return str(self._words(language)["meaning"])

    def cost_in(self, language: Language) -> str:
        """What moving it costs and who pays, or why nothing."""
        if self.without_cost is not None:
            return term("without_cost", self.without_cost, language)
        return str(self._words(language)["cost"])

    def _words(self, language: Language) -> Mapping[str, Any]:
        group, _, name = self.path.partition(".")
        found: Mapping[str, Any] = words(language, "levers")[group][name]
        return found


@dataclass(frozen=True)
class UncertaintyEntry(Entry):
    """An uncertainty, with the shape of the prior over its range."""

    prior: Prior

    @property
    def numbers(self) -> tuple[object, ...]:
        """As for any entry, and the prior."""
        return (*super().numbers, self.prior)


@dataclass(frozen=True)
class MechanismEntry(Entry):
    """A mechanism that an analysis may switch off."""


@dataclass(frozen=True)
class Alternative:
    """One of a structure's choices, and what it claims.

    Attributes:
        name: the choice.
        label_en: English label.
        label_fr: French label.
        claims_en: what it claims, in an English sentence.
        claims_fr: the same in French.
        source: evidence ids, "assumption", or both.
    """

    name: str
    label_en: str
    label_fr: str
    claims_en: str
    claims_fr: str
    source: str

    def label(self, language: Language) -> str:
        """The label in English or French."""
        return self.label_fr if language == "fr" else self.label_en

    def claims(self, language: Language) -> str:
        """What it claims, in English or French."""
        return self.claims_fr if language == "fr" else self.claims_en


@dataclass(frozen=True)
class StructureEntry(Entry):
    """A question on which sources compete, with the alternatives of which a scenario has exactly one in force.

    Attributes:
        meaning_en: the question, in English.
        meaning_fr: the question, in French.
        alternatives: one for each choice, in the same order.
    """

    meaning_en: str
    meaning_fr: str
    alternatives: tuple[Alternative, ...]

    def meaning(self, language: Language) -> str:
        """The question in English or French."""
        return self.meaning_fr if language == "fr" else self.meaning_en


@cache
def lever_catalogue() -> tuple[LeverEntry, ...]:
    """Every lever, in the order of declaration."""
    return tuple(
        LeverEntry(
            **_shared(path, field, baseline),
            decided_by=_extra(field, "decided_by"),
            meaning=_extra(field, "meaning"),
            cost=_extra(field, "cost") or None,
            without_cost=_extra(field, "without_cost") or None,
        )
        for path, field, baseline in _walk(Levers, Levers())
    )


@cache
def uncertainty_catalogue() -> tuple[UncertaintyEntry, ...]:
    """Every uncertainty, in the order of declaration."""
    return tuple(
        UncertaintyEntry(**_shared(path, field, baseline), prior=_extra(field, "prior"))
        for path, field, baseline in _walk(Uncertainties, Uncertainties())
    )


@cache
def mechanism_catalogue() -> tuple[MechanismEntry, ...]:
    """Every mechanism that can be switched off, in the order of declaration."""
    return tuple(
        MechanismEntry(**_shared(path, field, baseline)) for path, field, baseline in _walk(Mechanisms, Mechanisms())
    )


@cache
def structure_catalogue() -> tuple[StructureEntry, ...]:
    """Every structure, in the order of declaration."""
    return tuple(
        StructureEntry(
            **_shared(path, field, baseline),
            meaning_en=str(words("en", "structures")[path]["meaning"]),
            meaning_fr=str(words("fr", "structures")[path]["meaning"]),
            alternatives=tuple(_alternatives(path, _extra(field, "sources"))),
        )
        for path, field, baseline in _walk(Structures, Structures())
    )


def _alternatives(path: str, sources: Mapping[str, str]) -> Iterator[Alternative]:
    """The alternatives of a structure."""
    for choice in get_args(Structures.model_fields[path].annotation):
        yield Alternative(
            name=choice,
            label_en=term("choices", choice, "en"),
            label_fr=term("choices", choice, "fr"),
            claims_en=str(words("en", "structures")[path]["claims"][choice]),
            claims_fr=str(words("fr", "structures")[path]["claims"][choice]),
            source=sources[choice],
        )


@cache
def trait_catalogue() -> tuple[Entry, ...]:
    """Every number that a donor profile holds; their baselines are in `donors.DEFAULT_PROFILES`."""
    return tuple(entry for entry in entries_of(DonorProfile) if entry.source)


@cache
def entries_of(model: type[Group]) -> tuple[Entry, ...]:
    """The parameters of any group; those declared without words have empty labels, unit and source."""
    return tuple(Entry(**_shared(path, field, None)) for path, field, _ in _walk(model, None))


def values_of(group: Group, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """The values that a group holds, by dotted name."""
    return {entry.path: attrgetter(entry.path)(group) for entry in entries}


def _walk(model: type[Group], values: Group | None, prefix: str = "") -> Iterator[tuple[str, FieldInfo, Any]]:
    """Every field that is not itself a group, as (dotted name, field, value in `values` or None)."""
    for name, field in model.model_fields.items():
        value = getattr(values, name, None)
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, Group):
            yield from _walk(annotation, value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field, value


def _shared(path: str, field: FieldInfo, baseline: Any) -> dict[str, Any]:
    """What every kind of entry has."""
    choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else None
    allowed_low = next((limit.ge for limit in field.metadata if isinstance(limit, Ge)), None)
    allowed_high = next((limit.le for limit in field.metadata if isinstance(limit, Le)), None)
    low, high = _extra(field, "low"), _extra(field, "high")
    return {
        "path": path,
        "unit": _extra(field, "unit"),
        "baseline": baseline,
        "low": allowed_low if low == "" else low,
        "high": allowed_high if high == "" else high,
        "allowed_low": allowed_low,
        "allowed_high": allowed_high,
        "choices": choices,
        "kind": "choice" if choices else _KINDS.get(field.annotation, "other"),
        "label_en": _extra(field, "label_en"),
        "label_fr": _extra(field, "label_fr"),
        "source": _extra(field, "source"),
    }


def _extra(field: FieldInfo, name: str) -> Any:
    extra = field.json_schema_extra
    return extra.get(name, "") if isinstance(extra, dict) else ""
