"""`ssa-sim levers`, `uncertainties`, `mechanisms`, `structures`, `outcomes`, `evidence` and `schema`: the catalogues."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from ssa_sim.cli.lists import UNBROKEN, print_list
from ssa_sim.cli.options import Lang, LangOption
from ssa_sim.cli.output import tell
from ssa_sim.cli.showing import plain_value
from ssa_sim.cli.streams import console
from ssa_sim.words.texts import term, texts

if TYPE_CHECKING:
    from ssa_sim.catalogue.entries import Entry, LeverEntry, StructureEntry
    from ssa_sim.catalogue.evidence import ParameterEvidence
    from ssa_sim.catalogue.outcomes import Outcome

EntryType = TypeVar("EntryType", bound="Entry")

RowType = TypeVar("RowType")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Only = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        help='Only one of them, or one group, such as "training"; or those that speak of a word, such as "money".',
    ),
]


class FileKind(StrEnum):
    """The files whose JSON Schema can be printed."""

    all = "all"
    scenario = "scenario"
    experiment = "experiment"


def levers(only: Only = None, as_json: AsJson = False, lang: LangOption = Lang.en) -> None:
    """List the policy levers: what somebody could decide."""
    from ssa_sim.catalogue.entries import lever_catalogue

    chosen = _chosen(only, lever_catalogue(), "lever", _said_of_lever)
    if as_json:
        _print_json([_as_object(entry) for entry in chosen])
        return
    said = texts(lang.value, "catalogues")
    if len(chosen) > 1:
        _print_entries("levers", chosen, lang)
        return
    from ssa_sim.telling.sources import source_in_words
    from ssa_sim.words import glossary
    from ssa_sim.words.texts import term

    (lever,) = chosen
    details = [
        *_details(lever, lang, term("units", lever.unit, lang.value)),
        (said("decided_by"), glossary.decider(lever.decided_by, lang.value)),
        (said("source"), source_in_words(lever.source, lang.value)),
        (said("meaning"), lever.meaning_in(lang.value)),
        (said("cost"), lever.cost_in(lang.value)),
    ]
    print_list(_label(lever, lang), details)


def uncertainties(only: Only = None, as_json: AsJson = False, lang: LangOption = Lang.en) -> None:
    """List the uncertainties: what nobody knows, with range and prior."""
    from ssa_sim.catalogue.entries import uncertainty_catalogue

    chosen = _chosen(only, uncertainty_catalogue(), "uncertainty", _said_of)
    if as_json:
        _print_json([_as_object(entry) for entry in chosen])
        return
    said = texts(lang.value, "catalogues")
    if len(chosen) > 1:
        _print_entries("uncertainties", chosen, lang)
        return
    from ssa_sim.words.glossary import source, unit

    (one,) = chosen
    details = [
        *_details(one, lang, unit(one.unit, lang.value), said("sampled")),
        (said("prior"), "" if one.is_known else one.prior),
        (said("source"), source(one.source, lang.value)),
    ]
    print_list(_label(one, lang), details)


def mechanisms(only: Only = None, as_json: AsJson = False, lang: LangOption = Lang.en) -> None:
    """List the mechanisms that an analysis may switch off."""
    from ssa_sim.catalogue.entries import mechanism_catalogue

    chosen = _chosen(only, mechanism_catalogue(), "mechanism", _said_of)
    if as_json:
        _print_json([_as_object(entry) for entry in chosen])
        return
    print_list(
        texts(lang.value, "catalogues")("titles.mechanisms"),
        [(entry.path, f"{_label(entry, lang)} ({entry.source})") for entry in chosen],
    )


def structures(only: Only = None, as_json: AsJson = False, lang: LangOption = Lang.en) -> None:
    """List the structures: questions on which sources compete, and the answer in force to each."""
    from ssa_sim.catalogue.entries import structure_catalogue

    chosen = _chosen(only, structure_catalogue(), "structure", _said_of_structure)
    if as_json:
        _print_json([_as_object(entry) for entry in chosen])
        return
    if len(chosen) > 1:
        _print_entries("structures", chosen, lang)
        return
    from ssa_sim.telling.sources import source_in_words

    said = texts(lang.value, "catalogues")
    (one,) = chosen
    details = [
        (said("path"), one.path),
        (said("baseline"), plain_value(one.baseline)),
        (said("question"), one.meaning(lang.value)),
    ]
    details += [
        (each.name, f"{each.claims(lang.value)} [{source_in_words(each.source, lang.value)}]")
        for each in one.alternatives
    ]
    print_list(_label(one, lang), details)


def outcomes(
    only: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help='Only one of them, or those that speak of a word, such as "deaths".'),
    ] = None,
    as_json: AsJson = False,
    lang: LangOption = Lang.en,
) -> None:
    """List the outcomes: what a run measures, and which way is better."""
    from ssa_sim.catalogue.outcomes import OUTCOMES
    from ssa_sim.experiment.ask.outcome_names import unknown_outcome

    chosen: Sequence[Outcome] = OUTCOMES
    if only is not None:
        chosen = [one for one in OUTCOMES if one.name == only] or _speaking_of(
            only, OUTCOMES, lambda one: (one.name, one.label_en, one.label_fr, one.unit, one.definition)
        )
        if not chosen:
            raise unknown_outcome(only)
    if as_json:
        _print_json([outcome._asdict() for outcome in chosen])
        return
    said = texts(lang.value, "catalogues")
    if len(chosen) > 1:
        rows = [
            (
                each.name,
                said(
                    "outcome",
                    label=_label(each, lang),
                    unit=each.unit_in(lang.value),
                    better=said(f"directions.{each.better}"),
                ),
            )
            for each in chosen
        ]
        print_list(said("titles.outcomes"), rows)
        return
    (outcome,) = chosen
    details = [
        (said("path"), outcome.name),
        (said("unit"), outcome.unit_in(lang.value)),
        (said("better"), said(f"directions.{outcome.better}")),
        (said("summary"), said(f"summaries.{outcome.summary}")),
        (said("definition"), outcome.definition),
    ]
    print_list(_label(outcome, lang), details)


def evidence(
    only: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Only one piece of it, such as F07; or what speaks of a word.")
    ] = None,
    parameters: Annotated[
        bool, typer.Option("--parameters", help="List what each parameter rests on instead.")
    ] = False,
    as_json: AsJson = False,
    lang: LangOption = Lang.en,
) -> None:
    """List the evidence, or what each parameter rests on."""
    from ssa_sim.catalogue.evidence import documents, evidence_register, parameter_register
    from ssa_sim.errors import InputError
    from ssa_sim.scenario.problems import did_you_mean, nearest

    rested = parameter_register()
    register = evidence_register()
    if only is not None:
        chosen = [register[only]] if only in register else []
        near = None if chosen else _nearest_id(only, register)
        if not chosen and near is None:
            chosen = _speaking_of(
                only,
                list(register.values()),
                lambda entry: (entry.statement, entry.value, entry.reference, *entry.documents),
            )
        if not chosen:
            if near is None and not _NUMBERED.fullmatch(only.strip()):
                near = nearest(only, list(register))
            raise InputError(
                f'There is no evidence "{only}".{did_you_mean(near)}',
                allowed="an id that `ssa-sim evidence` lists, or a word that it speaks of",
            )
        register = {entry.id: entry for entry in chosen}
        rested = tuple(entry for entry in rested if not register.keys().isdisjoint(entry.source.ids))
    if as_json:
        _print_json(
            {
                "evidence": [asdict(entry) for entry in register.values()],
                "parameters": [_as_object(entry) for entry in rested],
                "documents": dict(documents()),
            }
        )
        return
    said = texts(lang.value, "catalogues")
    if parameters:
        rows = [
            (
                entry.path,
                f"{plain_value(entry.baseline)} [{_range(entry, lang)}] {entry.unit}: {_source(entry, lang)}",
            )
            for entry in rested
        ]
        print_list(said("titles.parameters"), rows, by_group=True)
        return
    if len(register) == 1:
        (one,) = register.values()
        details = [
            (said("statement"), one.statement),
            (said("value"), one.value),
            (said("when"), one.when),
            (said("source"), f"{', '.join(one.documents)} ({one.reference})" if one.documents else one.reference),
            *([(said("seen"), ", ".join(said(f"seen_as.{how}") for how in one.seen))] if one.seen else []),
            (said("rest_on_it"), ", ".join(entry.path for entry in rested)),
        ]
        print_list(one.id, details)
        return
    print_list(said("titles.evidence"), [(each.id, each.statement) for each in register.values()])
    if only is not None:
        return
    typer.echo()
    print_list(said("titles.documents"), documents().items())
    console().print(f"\n{_tally(rested, lang)}", markup=False)


def schema(
    kind: Annotated[FileKind, typer.Argument(help="Which files.")] = FileKind.all,
    as_json: Annotated[bool, typer.Option("--json", help="Does nothing: a schema is JSON.")] = False,
) -> None:
    """Print the JSON Schema of scenario files, of experiment files, or of both."""
    from ssa_sim.experiment.ask.json_schema import experiment_json_schema
    from ssa_sim.scenario.json_schema import DIALECT, scenario_json_schema

    scenario, experiment = scenario_json_schema(), experiment_json_schema()
    both = {
        "$schema": DIALECT,
        "title": "ssa_sim input files",
        "anyOf": [
            {key: value for key, value in each.items() if key not in ("$defs", "$schema")}
            for each in (scenario, experiment)
        ],
        "$defs": experiment["$defs"] | scenario["$defs"],
    }
    _print_json({FileKind.scenario: scenario, FileKind.experiment: experiment, FileKind.all: both}[kind])


def _chosen(
    only: str | None, entries: Sequence[EntryType], noun: str, said: Callable[[Any], Iterable[str]]
) -> Sequence[EntryType]:
    """The entries with a name, in a group, or else those that speak of it; all if none is named."""
    from ssa_sim.errors import InputError
    from ssa_sim.scenario.problems import did_you_mean, nearest

    if only is None:
        return entries
    chosen = [entry for entry in entries if entry.path == only or entry.path.startswith(f"{only}.")]
    chosen = chosen or _speaking_of(only, entries, said)
    if chosen:
        return chosen
    groups = dict.fromkeys(entry.path.partition(".")[0] for entry in entries)
    hint = did_you_mean(nearest(only, [*groups, *(entry.path for entry in entries)]))
    raise InputError(f'There is no {noun} or group "{only}".{hint}', allowed=groups)


def _speaking_of(words: str, rows: Sequence[RowType], said: Callable[[RowType], Iterable[str]]) -> list[RowType]:
    """The rows that speak of words that name none of them; says so."""
    from ssa_sim.catalogue.search import speaking_of

    found = speaking_of(words, rows, said)
    if found:
        tell(f'Nothing is named "{words}"; what speaks of it is listed.')
    return found


def _said_of(entry: "Entry") -> Iterable[str]:
    """What is said of a parameter, in both languages."""
    from ssa_sim.words.texts import LANGUAGES, term

    yield from (entry.path, entry.label_en, entry.label_fr, entry.unit, term("units", entry.unit, "fr"))
    for choice in entry.choices or ():
        yield from (choice, *(term("choices", choice, language) for language in LANGUAGES))


def _said_of_lever(entry: "LeverEntry") -> Iterable[str]:
    """What is said of a lever: what moving it does and costs, and who decides it, besides."""
    from ssa_sim.words.texts import LANGUAGES, term

    yield from _said_of(entry)
    for language in LANGUAGES:
        yield from (entry.meaning_in(language), entry.cost_in(language))
        yield term("deciders", entry.decided_by, language)


def _said_of_structure(entry: "StructureEntry") -> Iterable[str]:
    """What is said of a structure: its question, and what its choices claim, besides."""
    yield from (*_said_of(entry), entry.meaning_en, entry.meaning_fr)
    for each in entry.alternatives:
        yield from (each.claims_en, each.claims_fr)


_NUMBERED = re.compile(r"([A-Za-z])[ -]?0*(\d+)")


def _nearest_id(name: str, register: Iterable[str]) -> str | None:
    """The id that a letter and a number written otherwise mean: F7, f07 and F-7 are F07."""
    written = _NUMBERED.fullmatch(name.strip())
    if written is None:
        return None
    wanted = (written[1].upper(), int(written[2]))
    same = (id_ for id_ in register if re.fullmatch(r"[A-Z]\d+", id_) and (id_[0], int(id_[1:])) == wanted)
    return next(same, None)


def _as_object(entry: "Entry | ParameterEvidence") -> dict[str, Any]:
    """An entry for programs: what is allowed is named beside its range only where it is wider."""
    found = asdict(entry)
    found = {name: found.pop(name) for name in ("path", "role") if name in found} | found
    if not entry.is_wider_elsewhere:
        del found["allowed_low"], found["allowed_high"]
    return found


def _print_entries(title: str, entries: Sequence["Entry"], lang: Lang) -> None:
    """Print name, label, value at the start and range of each."""
    said = texts(lang.value, "catalogues")
    rows = []
    for entry in entries:
        allowed = _unbroken(_range(entry, lang))
        rows.append(
            (entry.path, said("entry", label=_label(entry, lang), value=plain_value(entry.baseline), range=allowed))
        )
    has_groups = any("." in entry.path for entry in entries)
    print_list(said(f"titles.{title}"), rows, note=said("shown"), by_group=has_groups)


def _details(entry: "Entry", lang: Lang, unit: str, range_heading: str | None = None) -> list[tuple[str, str]]:
    said = texts(lang.value, "catalogues")
    return [
        (said("path"), entry.path),
        (said("baseline"), plain_value(entry.baseline)),
        (range_heading or said("range"), _range(entry, lang)),
        (said("unit"), unit),
    ]


def _label(named: Any, lang: Lang) -> str:
    return str(named.label(lang.value))


def _range(entry: Any, lang: Lang) -> str:
    """What a parameter may be, shortly; and, where another setting may lie outside, what a scenario may set."""
    if entry.choices:
        return ", ".join(entry.choices)
    if entry.low is None or entry.high is None:
        return "true, false"
    said = texts(lang.value, "catalogues")
    own = said("known") if entry.low == entry.high else f"{plain_value(entry.low)} - {plain_value(entry.high)}"
    if not entry.is_wider_elsewhere:
        return own
    return f"{own} {said('elsewhere', low=plain_value(entry.allowed_low), high=plain_value(entry.allowed_high))}"


def _unbroken(numbers: str) -> str:
    """A range whose two ends stay on one line."""
    return numbers.replace(" - ", f"{UNBROKEN}-{UNBROKEN}")


def _source(entry: "ParameterEvidence", lang: Lang) -> str:
    assumption = term("values", "assumption", lang.value)
    return "; ".join([*([assumption] if entry.source.assumed else []), *entry.source.ids])


def _tally(rested: Sequence["ParameterEvidence"], lang: Lang) -> str:
    """How many parameters rest on what."""
    known = sum(not entry.source.assumed for entry in rested)
    guided = sum(entry.source.assumed and bool(entry.source.ids) for entry in rested)
    return texts(lang.value, "catalogues")(
        "tally", all=len(rested), known=known, guided=guided, bare=len(rested) - known - guided
    )


def _print_json(content: object) -> None:
    """Print JSON in ASCII, which no terminal or pipe can garble."""
    typer.echo(json.dumps(content, indent=2, ensure_ascii=True, allow_nan=False))
