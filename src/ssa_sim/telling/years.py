"""What a run says: its outcomes by calendar year."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.telling.table import Column, Fitting, Row, Table
from ssa_sim.telling.values import Filled, Number, Text, Told, Value
from ssa_sim.words import glossary
from ssa_sim.words.texts import Word

_FITTING = Fitting(heading=28, cell=12, least=2)


def table(title: str, years: pd.DataFrame, whole_run: Mapping[str, float], shown: Sequence[Outcome]) -> Table:
    """A row an outcome; a column a year, those that the run covers in part with how many months, and one for the whole run.

    Args:
        title: the scenario's.
        years: of `ssa_sim.analysis.yearly.by_year`.
        whole_run: the outcomes of the run.
        shown: which outcomes.
    """
    pairs = zip(years["year"], years["months"], strict=True)
    headings: list[Value] = [Text(str(year) if months == 12 else f"{year} ({months})") for year, months in pairs]
    return Table(
        Told(lambda language: glossary.scenario_title(title, language)),
        [
            Column(Word("years.outcome"), "text"),
            *(Column(heading, breaks=False) for heading in [*headings, Word("years.run")]),
        ],
        [_row(outcome, [*years[outcome.name], whole_run[outcome.name]]) for outcome in shown],
        _FITTING,
    )


def _row(outcome: Outcome, values: Sequence[float]) -> Row:
    called: dict[str, Value] = {
        "label": Told(outcome.label),
        "unit": Told(outcome.unit_in),
        "summary": Word(f"years.summaries.{outcome.summary}"),
    }
    return Row(Filled(Word("years.named"), called), tuple(Number(value) for value in values))
