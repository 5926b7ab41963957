"""What a look at robustness says: its tables and sentences."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from ssa_sim.analysis.robustness import MEASURES, Robustness
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.telling.table import Column, Fitting, Row, Table
from ssa_sim.telling.values import Text, Told
from ssa_sim.words.numbers import number, numbers_apart, parts_of_whole, percent, percents_apart, span, whole
from ssa_sim.words.texts import Language, Word, texts

RANKED_BY = ("satisficing", "regret_max", "regret_p90", "regret_mean")
"""The measures that a ranking is told by, in this order."""

MOST_SURE = 0.99
"""By convention: above, a finite set of futures says no more than that it is above."""


_FITTING = Fitting(heading=20, cell=26)


def told(found: Robustness, language: Language = "en") -> Iterator[Table | str]:
    """For each outcome a table and a sentence; then how to read them."""
    for outcome in found.outcomes:
        yield table(found, outcome)
        yield f"{sentence(found, outcome.name, language)}\n"
    yield f"{texts(language, 'robustness')('cells')}\n"
    yield from (f"{text}\n" for text in notes(found, language))


def as_json(found: Robustness, language: Language = "en") -> dict[str, object]:
    """The facts, and the sentences of a language."""
    sentences = [sentence(found, outcome.name, language) for outcome in found.outcomes]
    return {**found.as_json(), "sentences": sentences, "notes": notes(found, language)}


def table(found: Robustness, outcome: Outcome) -> Table:
    """A row a measure, a column a package: its value, where packages are ranked by it with the probability of the first rank,
    and its interval below. After the first row, how packages do against the first one."""

    def title(language: Language) -> str:
        return f"{outcome.label(language)} ({outcome.unit_in(language)}); {standard(found, outcome.name, language)}"

    rows = [
        Row(
            Word(f"robustness.measures.{measure}"),
            tuple(Told(partial(_measure, found, outcome.name, measure, package)) for package in found.packages),
        )
        for measure in MEASURES
    ]
    against = tuple(Told(partial(_against_first, found, outcome.name, package)) for package in found.packages)
    rows.insert(1, Row(Word("robustness.against_first"), against))
    columns = [Column(Word("robustness.measure"), "text"), *(Column(Text(package)) for package in found.packages)]
    return Table(Told(title), columns, rows, _FITTING)


def _measure(found: Robustness, outcome: str, measure: str, package: str, language: Language) -> str:
    row: Any = found.of(outcome, measure).loc[package]
    write = percents_apart if measure == "satisficing" else numbers_apart
    value, *ends = write([row["value"], row["low"], row["high"]], language)
    if value == "–":
        return value
    if measure in RANKED_BY:
        value = f"{value} [{percent(float(found.rank_table(outcome, measure)[1][package]), language)}]"
    return f"{value}\n{span(ends, language)}"


def _against_first(found: Robustness, outcome: str, package: str, language: Language) -> str:
    """In what shares of the futures a package does better than the first, the same and worse, and by how much on average."""
    table = found.against_first
    rows = table[table["outcome"].eq(outcome) & table["package"].eq(package)]
    if rows.empty:
        return "–"
    row = rows.iloc[0]
    shares = parts_of_whole([row["better"], row["same"], row["worse"]], language)
    return f"{shares}\n{number(row['mean_gain'], language, signed=True)}"


def measure_names(language: Language = "en") -> dict[str, str]:
    """What the measures are called."""
    return texts(language, "robustness").table("measures")


def sentence(found: Robustness, outcome: str, language: Language = "en") -> str:
    """Who ranks first by each measure, how surely, and whether the measures agree."""
    said, names = texts(language, "robustness"), measure_names(language)
    firsts: dict[tuple[str, ...], list[str]] = {}
    for measure in RANKED_BY:
        places = found.of(outcome, measure)["rank"]
        leaders = tuple(str(package) for package in places.index[places == places.min()])
        share = float(found.rank_table(outcome, measure)[1].loc[leaders[0]])
        sure = _surety(share, language) if len(leaders) == 1 else said("level")
        name = names[measure][0].lower() + names[measure][1:]
        firsts.setdefault(leaders, []).append(f"{name} ({sure})")
    parts = [
        said(
            "first_by" if len(leaders) == 1 else "first_together",
            package=said("list").join(leaders),
            measures=", ".join(which),
        )
        for leaders, which in firsts.items()
    ]
    (label,) = [each.label(language) for each in found.outcomes if each.name == outcome]
    closing = said("agree") if set.intersection(*map(set, firsts)) else said("disagree")
    return f"{label}{said('colon')} {'; '.join(parts)}. {closing}"


def _surety(share: float, language: Language) -> str:
    """How sure a first place is, from the share of resamples in which it was taken; never quite."""
    name = "all_but_sure" if share > MOST_SURE else "sure"
    return texts(language, "robustness")(name, share=percent(min(share, MOST_SURE), language))


def standard(found: Robustness, outcome: str, language: Language = "en") -> str:
    """What counts as doing well enough."""
    said = texts(language, "robustness")
    row: Any = found.summary.set_index("outcome").loc[outcome]
    (held,) = [each for each in found.outcomes if each.name == outcome]
    if row["rule"] == "first":
        return said("better_than_first", first=found.packages[0])
    amount = f"{number(float(row['threshold']), language)} ({held.unit_in(language)})"
    return said(f"level_{held.better}", level=amount)


def notes(found: Robustness, language: Language = "en") -> list[str]:
    """How to read the tables."""
    said, summary = texts(language, "robustness"), found.summary
    telling = [
        said(
            "reading",
            futures=whole(int(summary["futures"].max()), language),
            replications=whole(int(summary["replications"].max()), language),
            level=percent(found.confidence, language),
        ),
        said("extremes"),
    ]
    errors = [
        f"{row['outcome']} {number(float(row['error']), language)}"
        for _, row in summary.iterrows()
        if row["error"] >= 0.0
    ]
    telling.append(said("error", named=", ".join(errors)) if errors else said("one_replicate"))
    dropped = summary[summary["dropped"] > 0]
    if len(dropped):
        named = ", ".join(f"{row['outcome']} {whole(int(row['dropped']), language)}" for _, row in dropped.iterrows())
        telling.append(said("dropped", named=named))
    return telling
