"""The evidence register: what is known, from where, and which parameter rests on what."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, cast

from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.entries import (
    Entry,
    Parameter,
    entries_of,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    trait_catalogue,
    uncertainty_catalogue,
    values_of,
)
from ssa_sim.catalogue.groups import Group, Size

ASSUMPTION = "assumption"

EvidenceKind = Literal["quantity", "mechanism", "publication"]
Seen = Literal["data", "abstract", "quoted"]
Role = Literal["lever", "uncertainty", "mechanism", "structure", "donor", "size"]


@dataclass(frozen=True)
class Evidence:
    """One thing known.

    Attributes:
        id: F.. for a fact, M.. for a causal claim, a key such as ARTHUR1998 for a publication.
        kind: which of the three.
        statement: what is known, in a sentence.
        value: the number or fact; empty where there is none.
        when: the time that it speaks of; empty where it speaks of none.
        documents: keys of the documents and publications that say so; empty for a publication, which speaks for itself.
        reference: where to find it, in full.
        url: where to find it on the web; may be empty.
        seen: how the documents were seen, in their order: "data" (the data themselves), "abstract" (the source's own abstract
            or page), "quoted" (by the press or a third page); empty where they were read.
    """

    id: str
    kind: EvidenceKind
    statement: str
    value: str
    when: str
    documents: tuple[str, ...]
    reference: str
    url: str
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class Source:
    """What a parameter rests on: evidence ids, an assumption, or an assumption guided by evidence."""

    ids: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True)
class ParameterEvidence(Parameter):
    """A parameter and what it rests on; donor profiles' numbers are called "donors.PROFILE.TRAIT".

    Attributes:
        role: what kind of parameter it is.
        source: what it rests on.
    """

    role: Role
    source: Source


@cache
def documents() -> Mapping[str, str]:
    """The source documents: from key to reference."""
    return MappingProxyType(_data("evidence.toml")["documents"])


@cache
def evidence_register() -> Mapping[str, Evidence]:
    """Everything known, by id: facts, causal claims, publications."""
    known = _data("evidence.toml")
    publications = _data("publications.toml")
    references = {**documents(), **{id_: table["reference"] for id_, table in publications.items()}}
    entries = [
        *(_from_documents(id_, "quantity", table, references) for id_, table in known["quantities"].items()),
        *(_from_documents(id_, "mechanism", table, references) for id_, table in known["mechanisms"].items()),
        *(_publication(id_, table) for id_, table in publications.items()),
    ]
    return MappingProxyType({entry.id: entry for entry in entries})


def parse_source(text: str) -> Source:
    """What a parameter's `source` text says.

    Raises:
        ValueError: it is empty, or names evidence that is not in the register.
    """
    parts = _listed(text)
    if not parts:
        raise ValueError(f'a source names evidence or says "{ASSUMPTION}"; {text!r} does neither')
    ids = tuple(part for part in parts if part != ASSUMPTION)
    unknown = [id_ for id_ in ids if id_ not in evidence_register()]
    if unknown:
        raise ValueError(f"no such evidence: {', '.join(unknown)}")
    return Source(ids, ASSUMPTION in parts)


@cache
def parameter_register() -> tuple[ParameterEvidence, ...]:
    """Every parameter with a value, and what it rests on.

    Raises:
        ValueError: a parameter has no source, or one that is not in the register.
    """
    return (
        *_rested("lever", lever_catalogue()),
        *_rested("uncertainty", uncertainty_catalogue()),
        *_rested("mechanism", mechanism_catalogue()),
        *_rested("structure", structure_catalogue()),
        *_rested("size", entries_of(Size), Size(), "size."),
        *(
            rested
            for profile in DEFAULT_PROFILES
            for rested in _rested("donor", trait_catalogue(), profile, f"donors.{profile.name}.")
        ),
    )


def uses_of(evidence_id: str) -> tuple[str, ...]:
    """The paths of the parameters that rest on a piece of evidence."""
    return tuple(entry.path for entry in parameter_register() if evidence_id in entry.source.ids)


def _rested(
    role: Role, entries: Iterable[Entry], group: Group | None = None, prefix: str = ""
) -> Iterator[ParameterEvidence]:
    for entry in entries:
        try:
            source = parse_source(entry.source)
        except ValueError as error:
            raise ValueError(f"{prefix}{entry.path}: {error}") from None
        own = {field.name: getattr(entry, field.name) for field in fields(Parameter)}
        if group is not None:
            own["baseline"] = values_of(group, (entry,))[entry.path]
        yield ParameterEvidence(**{**own, "path": f"{prefix}{entry.path}"}, role=role, source=source)


def _from_documents(id_: str, kind: EvidenceKind, table: Mapping[str, str], references: Mapping[str, str]) -> Evidence:
    keys = _listed(table["document"])
    return Evidence(
        id=id_,
        kind=kind,
        statement=table["statement"],
        value=table.get("value", ""),
        when=table.get("when", ""),
        documents=keys,
        reference="; ".join(references[key] for key in keys),
        url="",
        seen=cast(tuple[Seen, ...], _listed(table.get("seen", ""))),
    )


def _listed(text: str) -> tuple[str, ...]:
    """What a text separates by semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _publication(id_: str, table: Mapping[str, str]) -> Evidence:
    return Evidence(
        id=id_,
        kind="publication",
        statement=table["finding"],
        value=table["value"],
        when="",
        documents=(),
        reference=table["reference"],
        url=table["url"],
    )


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("ssa_sim.catalogue").joinpath(name).read_text(encoding="utf-8"))
