"""What a decomposition says: its tables and sentences."""

import math
from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd

from ssa_sim.analysis.decompose import Decomposition
from ssa_sim.analysis.players import FEWEST_FOR_VERDICTS, TOO_FEW, Estimate
from ssa_sim.catalogue.entries import mechanism_catalogue
from ssa_sim.catalogue.feasible_cases import feasible_cases
from ssa_sim.catalogue.outcomes import Outcome, outcome_named
from ssa_sim.experiment.run.subsets import Against
from ssa_sim.telling.table import Column, Fitting, Row, Table
from ssa_sim.telling.values import EMPTY, Filled, Interval, Joined, Number, PartsOfWhole, Percent, Text, Told, Value
from ssa_sim.words import glossary
from ssa_sim.words.numbers import Counted, percent, percents_apart, span, whole, with_interval
from ssa_sim.words.texts import Language, Word, texts

_MOST_NAMED = 3
WITHOUT_INTERVAL = ("share", "probability", "alone", "last", "completions")
"""Columns of means whose interval the table has no room for."""
MARK = "†"
"""Beside the headings of those columns; the note says what it means."""
_COLUMNS = ("mechanism", "effect", "interval", "share", "probability", "alone", "last", "completions", "verdict")
_FITTING = Fitting(paired_below=140)


def told(found: Decomposition, language: Language = "en") -> Iterator[Table | str]:
    """The tables, how to read them, and the closing sentences."""
    yield levels_table(found)
    yield mechanisms_table(found)
    if found.against == "feasible":
        yield cases_table(found.mechanisms)
    yield f"{note(found, language)}\n"
    yield f"{sentence(found, language)}\n"
    if found.larger is not None:
        yield f"{beside(found, language)}\n"


def as_json(found: Decomposition, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentences of a language."""
    return {**found.as_json(), "sentence": sentence(found, language), "note": note(found, language)}


def levels_table(found: Decomposition) -> Table:
    """From level to level, and the step to each."""
    columns = [
        Column(
            Filled(
                Word(f"decomposition.level_headings.{name}"),
                {"unit": Told(found.outcome.unit_in), "level": Percent(found.confidence)},
            ),
            "text" if name == "level" else "number",
            breaks=name == "level",
        )
        for name in ("level", "value", "interval", "step")
    ]
    rows = []
    for _, level in found.levels.iterrows():
        step = EMPTY if math.isnan(level["change"]) else Number(level["change"], signed=True)
        heading = level_name(level["level"], found.outcome, found.against)
        rows.append(Row(heading, (Number(level["value"]), Interval(level["low"], level["high"]), step)))
    return Table(Text(found.scenario), columns, rows)


def level_name(level: str, outcome: Outcome, against: Against = "abolished") -> Value:
    """What a level of `Decomposition.levels` is called."""
    if level == "completions":
        return Told(outcome_named("completions").label)
    if level == "all_acting":
        return Told(outcome.label)
    where = against if level == "none_acting" else "levels"
    return Filled(Word(f"decomposition.{where}.{level}"), {"outcome": Told(outcome.label)})


def mechanisms_table(found: Decomposition) -> Table:
    """A row a mechanism; an asterisk marks a bootstrap interval."""
    level = {"level": Percent(found.confidence)}
    columns = [
        Column(
            Joined(
                (Filled(Word(f"decomposition.headings.{name}"), level), Text(MARK * (name in WITHOUT_INTERVAL))), ""
            ),
            "text" if name == "mechanism" else "number",
            breaks=name == "mechanism",
        )
        for name in _COLUMNS
    ]
    return Table(None, columns, [_mechanism(row) for _, row in found.table.iterrows()], _FITTING)


def cases_table(mechanisms: Sequence[str]) -> Table:
    """What each mechanism is compared with, and what that rests on."""
    entries = {entry.path: entry for entry in mechanism_catalogue()}
    headings = (Word("decomposition.headings.mechanism"), Word("decomposition.case"), Word("decomposition.case_source"))
    rows = [
        Row(Told(entries[name].label), (Told(case.meaning), Told(partial(glossary.source, case.source))))
        for name in mechanisms
        for case in [feasible_cases()[name]]
    ]
    return Table(Word("decomposition.cases"), [Column(heading, "text") for heading in headings], rows)


def _mechanism(row: pd.Series) -> Row:
    shares = [math.nan if row["verdict"] == TOO_FEW else row[name] for name in ("lowers", "same", "raises")]
    cells = (
        Number(row["shapley"], signed=True),
        Interval(row["low"], row["high"], signed=True, mark="*" if row["method"] == "bootstrap" else ""),
        Percent(row["share"]),
        PartsOfWhole(tuple(shares)),
        Number(row["alone"], signed=True),
        Number(row["last"], signed=True),
        Number(row["completions"], signed=True),
        Word(f"decomposition.verdicts.{row['verdict']}"),
    )
    return Row(Told(lambda language: str(row[f"label_{language}"])), cells)


def sentence(decomposition: Decomposition, language: Language = "en") -> str:
    """What the mechanisms do together, which do most, and how far they overlap."""
    said = texts(language, "decomposition")
    levels = decomposition.levels
    outcome = decomposition.outcome.label(language)
    first, none, last = (levels.iloc[0], decomposition.level("none_acting"), levels.iloc[-1])
    total = Estimate(last["change"], last["change_low"], last["change_high"])
    given_back = Estimate(-total.value, -total.high, -total.low)
    filled = {
        "replications": _replications(decomposition, language),
        "count": len(decomposition.mechanisms),
        "first": _with_interval(_estimate(first), language),
        "none": _with_interval(_estimate(none), language),
        "last": _with_interval(_estimate(last), language),
    }
    if first["level"] == "completions":
        share = _share(decomposition.gap_share, language)
        opening = said(
            "from_completions",
            outcome=outcome[0].lower() + outcome[1:],
            total=_with_interval(given_back, language),
            share=share,
            **filled,
        )
    else:
        opening = said(
            f"{decomposition.against}.plain",
            outcome=outcome,
            total=_with_interval(total, language, signed=True),
            **filled,
        )
    named = ", ".join(
        f"{row[f'label_{language}']} {_with_interval(_estimate(row, 'shapley'), language, signed=True)}"
        for _, row in decomposition.table.head(_MOST_NAMED).iterrows()
    )
    one_by_one = said(
        f"{decomposition.against}.one_by_one",
        last=_with_interval(decomposition.one_by_one, language, signed=True),
        total=_with_interval(given_back, language, signed=True),
        level=percent(decomposition.confidence, language),
    )
    sentences = [opening, said("most", named=named), one_by_one]
    if decomposition.is_too_small:
        sentences.append(said("too_few", fewest=FEWEST_FOR_VERDICTS))
    return " ".join(sentences)


def beside(decomposition: Decomposition, language: Language = "en") -> str:
    """On which replicates a decomposition rests, and what the scenario as it is comes to over more of them; empty without those."""
    larger = decomposition.larger
    if larger is None:
        return ""
    named = "; ".join(
        f"{level_name(row['level'], decomposition.outcome, decomposition.against).to(language)} {_with_interval(_estimate(row), language)}"
        for _, row in larger.levels.iterrows()
    )
    made = decomposition.replications + decomposition.n_missing
    return texts(language, "decomposition")(
        "alone",
        first=larger.replicates[0],
        last=larger.replicates[made - 1],
        last_alone=larger.replicates[-1],
        seed=decomposition.seed,
        levels=named,
    )


def _estimate(row: pd.Series, value: str = "value") -> Estimate:
    return Estimate(row[value], row["low"], row["high"])


def _with_interval(estimate: Estimate, language: Language, *, signed: bool = False) -> str:
    return with_interval(estimate.value, estimate.low, estimate.high, language, signed=signed)


def _share(share: Estimate, language: Language) -> str:
    ends = span(percents_apart([share.low, share.high], language), language)
    return f"{percent(share.value, language)} ({ends})"


def _replications(decomposition: Decomposition, language: Language) -> str:
    return texts(language, "decomposition")("replications", count=Counted(decomposition.replications, language))


def note(decomposition: Decomposition, language: Language = "en") -> str:
    """How to read the table, and what is missing from it."""
    said, against = texts(language, "decomposition"), decomposition.against
    replications = _replications(decomposition, language)
    sentences = [
        said(f"{against}.effect"),
        said(
            "interval",
            level=percent(decomposition.confidence, language),
            replications=replications,
        ),
        said(f"{against}.order"),
        said("completions"),
        said("without_interval", mark=MARK, replications=replications),
    ]
    if not decomposition.is_too_small:
        sentences.insert(2, said("verdicts_together", rows=len(decomposition.table)))
    if (decomposition.levels["step"] == "remainder").any():
        sentences.append(said(f"{against}.remainder" if decomposition.is_complete else f"{against}.others_act"))
    elif not decomposition.is_complete:
        sentences.append(said(f"{against}.others_act"))
    if decomposition.is_sampled:
        subsets = whole(decomposition.subsets, language)
        sentences.append(said("sampled", subsets=subsets, count=len(decomposition.mechanisms)))
    if against == "abolished":
        sentences.append(said("impossible"))
    if decomposition.n_missing:
        sentences.append(said("missing", count=whole(decomposition.n_missing, language)))
    if decomposition.n_failed:
        sentences.append(said("failed", count=whole(decomposition.n_failed, language)))
    return " ".join(sentences)
