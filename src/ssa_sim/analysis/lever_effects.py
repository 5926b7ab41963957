"""What each lever, moved alone, or each scenario does to each outcome, on a scale that can be compared across outcomes.

Everything is a comparison with the first: of the points of a one-at-a-time design with the point that moves nothing, or of
scenarios with the first one. Differences are paired on common random numbers, and verdicts are given for a family of rows at
once, as in `ssa_sim.analysis.compare`. The scale is Glass's (G. V. Glass, Primary, secondary, and meta-analysis of research,
Educational Researcher 5(10), 1976, 3-8): the mean difference over the standard deviation of the outcome between replicates
of the first. One unit is as much as chance alone makes two histories differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ssa_sim.analysis.compare import compare
from ssa_sim.analysis.parameter_labels import parameter_label
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.matching import POINT
from ssa_sim.experiment.keep.results import Results
from ssa_sim.words import glossary
from ssa_sim.words.texts import LANGUAGES, texts

ONE_AT_A_TIME = "one_at_a_time"


@dataclass(frozen=True, eq=False)
class LeverEffects:
    """Effects of levers or scenarios.

    Attributes:
        title: the experiment's.
        scenario: in which levers were moved; empty where scenarios are compared with the first.
        table: a row a row of the picture and outcome: row (its key), label_en, label_fr, outcome, difference with its
            interval low to high (in the outcome's unit), better, same and worse (shares of pairs), verdict, family (rows
            judged together), and standardised: the difference in standard deviations of
            the first's replicates, counted so that more is better; infinite where the first does not vary.
        outcomes: in order.
        replications: pairs planned.
        n_failed: runs that failed.
        confidence: of each interval, and of all verdicts taken together.
    """

    title: str
    scenario: str
    table: pd.DataFrame
    outcomes: tuple[Outcome, ...]
    replications: int
    n_failed: int
    confidence: float

    @property
    def rows(self) -> tuple[str, ...]:
        """Keys of the rows, in order."""
        return tuple(dict.fromkeys(self.table["row"]))

    @property
    def families(self) -> tuple[int, ...]:
        """As in `Comparison`."""
        return tuple(sorted(set(self.table["family"].tolist())))


def lever_effects(
    results: Results,
    *,
    scenario: str | None = None,
    outcomes: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> LeverEffects:
    """The effects that results hold.

    Args:
        results: of a one-at-a-time design, or of at least two scenarios without a design.
        scenario: in which the levers were moved; by default the first.
        outcomes: names; by default the headline ones among those kept, or all if there are none. Verdicts do not depend
            on it: see `compare`.
        confidence: of each interval, and of the verdicts taken together.

    Raises:
        InputError: the results hold no such comparison.
    """
    if results.design is None:
        compared, labels, within = results, {name: _plainly(name) for name in results.scenario_names}, ""
    else:
        within = results.scenario_names[0] if scenario is None else scenario
        compared, labels = _points_as_scenarios(results, within)
    shown = outcomes
    if shown is None:
        shown = [outcome.name for outcome in results.outcomes if outcome.headline] or None
    comparison = compare(compared, outcomes=shown, confidence=confidence)
    table = comparison.table.rename(columns={"scenario": "row"})
    for place, language in enumerate(("en", "fr")):
        table[f"label_{language}"] = [labels[row][place] for row in table["row"]]
    table["standardised"] = _standardised(compared, table, comparison.outcomes)
    columns = [
        "row",
        "label_en",
        "label_fr",
        "outcome",
        "difference",
        "low",
        "high",
        "better",
        "same",
        "worse",
        "verdict",
        "family",
        "standardised",
    ]
    return LeverEffects(
        title=results.title,
        scenario=within,
        table=table[columns],
        outcomes=comparison.outcomes,
        replications=comparison.replications,
        n_failed=comparison.n_failed,
        confidence=confidence,
    )


def _standardised(results: Results, table: pd.DataFrame, outcomes: Sequence[Outcome]) -> list[float]:
    first = results.scenario_names[0]
    spread = {outcome.name: np.nanstd(results.values(first, outcome.name), ddof=1) for outcome in outcomes}
    sign = {outcome.name: 1.0 if outcome.better == "higher" else -1.0 for outcome in outcomes}
    values = []
    for outcome, difference in zip(table["outcome"], table["difference"], strict=True):
        if difference == 0.0:
            values.append(0.0)
        else:
            with np.errstate(divide="ignore"):
                values.append(float(sign[outcome] * difference / np.float64(spread[outcome])))
    return values


def _plainly(name: str) -> tuple[str, str]:
    words = name.replace("_", " ")
    return words, words


def _points_as_scenarios(results: Results, scenario: str) -> tuple[Results, dict[str, tuple[str, str]]]:
    """The points of one scenario as scenarios of their own, the one that moves nothing first; and what to call them."""
    method = (results.design_request or {}).get("method")
    if method != ONE_AT_A_TIME:
        raise InputError(
            f"The design's method is {method!r}, in whose points several things vary at once.",
            allowed=f'results of scenarios, or of a design with method = "{ONE_AT_A_TIME}"',
        )
    if scenario not in results.scenario_names:
        raise InputError(f"The results do not hold the scenario {scenario!r}.", allowed=results.scenario_names)
    if results.design is None:
        raise ValueError("Results with a design request hold the design.")
    labels = {f"point {point}": _called(row) for point, row in results.design.set_index(POINT).iterrows()}
    rows = results.runs[results.runs["scenario"] == scenario]
    runs = rows.assign(scenario=[f"point {point}" for point in rows[POINT]]).drop(columns=POINT)
    bare = replace(
        results,
        scenario_names=tuple(labels),
        runs=runs,
        monthly=results.monthly.iloc[:0],
        design=None,
        design_request=None,
    )
    return bare, labels


def _called(point: pd.Series) -> tuple[str, str]:
    """What a point moves, and to what: "Course length: 24"."""
    moved = [
        (str(column), value.item() if isinstance(value, np.generic) else value)
        for column, value in point.items()
        if not pd.isna(value)
    ]
    names = []
    for language in LANGUAGES:
        said = texts(language, "comparison")
        named = [
            said("moved", parameter=parameter_label(path, language), value=glossary.value(value, language))
            for path, value in moved
        ]
        names.append("; ".join(named))
    return names[0], names[1]
