"""Runs a scenario and the variants that the patterns ask for, and judges every row by one rule.

**The rule.** From the runs an estimate is made, with a 95 % interval: of a level row the median over runs (order statistics;
W. J. Conover, Practical Nonparametric Statistics, 3rd edition, Wiley 1999, section 3.2), of a direction row the share of runs
whose number lies in the tolerance (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934, 404-413). A row holds if that whole
interval lies where it should: the median's within the tolerance, the share's at or above two thirds. Two thirds is what
"likely" begins with in the language of the Intergovernmental Panel on Climate Change (M. D. Mastrandrea and others,
Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent Treatment of Uncertainties, 2010). The burden
of proof is thus on the model: where too few runs leave it open, a row fails, and says so.

A run in which the number is not defined shows no direction, and its level might be anything: the median's interval is as wide
as if it lay at either end.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from ssa_sim.analysis.pattern_measures import (
    BUNDLE,
    DOUBLE_PLACES,
    FORUM,
    GIVEN,
    HELD_AND_EQUIPPED,
    NO_CONDITIONS,
    NO_FORUM,
    PACKAGES,
    REVIEWED,
    Chronicle,
    Floats,
)
from ssa_sim.analysis.patterns import Pattern, Row, Text, patterns
from ssa_sim.errors import InputError
from ssa_sim.experiment.plan import Experiment, NamedScenario, known_outcomes
from ssa_sim.experiment.results import Results
from ssa_sim.scenario.catalogue import LeverEntry, ParameterValue, lever_catalogue
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario

Verdict = Literal["holds", "fails", "not applicable"]
Levers = Mapping[str, ParameterValue]

CONFIDENCE = 0.95
LIKELY = 2.0 / 3.0
"""The share of runs that has to show a direction."""
REPLICATIONS = 200
"""Runs of each scenario unless fewer or more are asked for."""
STARTING_POINT = "baseline.toml"
"""The file that the packages' files change."""

_FORUM_LEVER = "coordination.forum"
_AMOUNT_LEVER = "conditions.amount"
_PLACES_LEVER = "training.camp_places"

NOT_COVERED = Text("the scenario's period does not cover it", "la période du scénario ne la couvre pas")
NO_CONDITIONS_GIVEN = Text(
    "the scenario has no conditional aid before the review of early 2019",
    "le scénario n'a pas d'aide conditionnelle avant l'examen du début de 2019",
)
NO_DOUBLING = Text("the course places cannot be doubled", "les places de stage ne peuvent être doublées")
NO_PACKAGES = Text(
    "the packages' scenario files are not beside the scenario",
    "les fichiers des trains de mesures ne sont pas à côté du scénario",
)
OPEN = Text(
    "the estimate lies where it should, but its interval reaches out: more replications may settle it",
    "l'estimation est où il faut, mais son intervalle en sort : plus de répétitions peuvent trancher",
)


@dataclass(frozen=True)
class Plan:
    """What is run to judge a scenario.

    Attributes:
        experiment: the scenario under test, first, and its variants, on common random numbers.
        missing: why a variant cannot be made, by its name.
    """

    experiment: Experiment
    missing: Mapping[str, Text]


@dataclass(frozen=True)
class Finding:
    """What the runs say about a row.

    Attributes:
        row: the row.
        verdict: "holds", "fails" or "not applicable".
        n: runs, failed ones included.
        n_missing: those of them in which the number is not defined.
        median: over the runs in which it is defined, in the row's unit; NaN if there is none.
        p05: 5th percentile over the same runs.
        p95: 95th percentile over the same runs.
        share: share of all runs whose number lies in the tolerance.
        low: lower end of the 95 % interval of what is judged: the median, or the share for a direction.
        high: upper end of that interval.
        remark: why it is not applicable, or what to know of the verdict; None if nothing.
    """

    row: Row
    verdict: Verdict
    n: int
    n_missing: int
    median: float
    p05: float
    p95: float
    share: float
    low: float
    high: float
    remark: Text | None = None


@dataclass(frozen=True)
class Validation:
    """The pattern table of a scenario.

    Attributes:
        findings: one for each row of the catalogue, by the row's id, in order.
        replications: runs of each scenario.
        n_failed: runs that failed.
    """

    findings: Mapping[str, Finding]
    replications: int
    n_failed: int

    def of(self, pattern: Pattern) -> tuple[Finding, ...]:
        """The findings of one pattern."""
        return tuple(self.findings[row.id] for row in pattern.rows)

    def with_verdict(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings with this verdict."""
        return tuple(finding for finding in self.findings.values() if finding.verdict == verdict)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The rows that fail; a hypothesis is not among them, as nobody has seen what it says."""
        return tuple(finding for finding in self.with_verdict("fails") if finding.row.kind != "hypothesis")


def plan(scenario: Scenario, folder: Path, *, replications: int = REPLICATIONS, seed: int) -> Plan:
    """What to run so as to judge a scenario.

    Args:
        scenario: the one under test.
        folder: where the packages' scenario files and the file that they change are looked for.
        replications: runs of each scenario.
        seed: root seed of all draws.

    Raises:
        InputError: the scenario's period covers no pattern, a package's file is not in order, or a number cannot be used.
    """
    rows = [row for row in _rows() if row.measure.covered_by(scenario.month_starts())]
    if not rows:
        raise InputError(
            f"The scenario covers {scenario.period.start} to {scenario.period.end}, and no pattern lies in it.",
            allowed="a scenario that covers some of the years from 2013 to 2020",
        )
    made, missing = variants(scenario, folder)
    possible = [row for row in rows if not set(row.measure.scenarios) & set(missing)]
    wanted = {name for row in possible for name in row.measure.scenarios}
    outcomes = {name for row in possible for name in row.measure.outcomes}
    experiment = Experiment(
        title=scenario.title,
        scenarios=tuple(NamedScenario(name, one) for name, one in made.items() if name in wanted | {GIVEN}),
        replications=replications,
        seed=seed,
        outcomes=tuple(name for name in known_outcomes() if name in outcomes),
        monthly="all",
    )
    return Plan(experiment, missing)


def judge(asked: Plan, results: Results) -> Validation:
    """Judge every row of the catalogue by the results of the plan's experiment."""
    scenarios = {named.name: named.scenario for named in asked.experiment.scenarios}
    months = scenarios[GIVEN].month_starts()
    levers = {name: scenario.lever_values_by_month() for name, scenario in scenarios.items()}
    histories = histories_of(results)
    replicates = [
        {name: Chronicle(histories[name][index], months, levers[name]) for name in scenarios}
        for index in range(results.replications)
    ]
    findings = {}
    for row in _rows():
        reason = _why_not(row, months, asked.missing)
        if reason is None:
            findings[row.id] = judge_row(row, np.array([row.measure.compute(runs) for runs in replicates]))
        else:
            findings[row.id] = not_applicable(row, reason)
    return Validation(findings, results.replications, results.n_failed)


def judge_row(row: Row, values: Floats) -> Finding:
    """Judge one row.

    Args:
        row: the row.
        values: its number in each run, in the row's unit; NaN where it is not defined.
    """
    defined = values[~np.isnan(values)]
    within = int(np.count_nonzero((defined > row.low) & (defined < row.high)))
    median, p05, p95 = (float(np.quantile(defined, q)) if defined.size else math.nan for q in (0.5, 0.05, 0.95))
    share = within / len(values)
    if row.judged == "level":
        low, high = median_interval(values)
        is_shown = row.low < low and high < row.high
        is_near = row.low < median < row.high
    else:
        low, high = share_interval(within, len(values))
        is_shown, is_near = low >= LIKELY, share >= LIKELY
    return Finding(
        row=row,
        verdict="holds" if is_shown else "fails",
        n=len(values),
        n_missing=len(values) - defined.size,
        median=median,
        p05=p05,
        p95=p95,
        share=share,
        low=low,
        high=high,
        remark=OPEN if is_near and not is_shown else None,
    )


def not_applicable(row: Row, reason: Text) -> Finding:
    """A row that cannot be judged."""
    return Finding(row, "not applicable", 0, 0, *(math.nan,) * 6, remark=reason)


def median_interval(values: Floats) -> tuple[float, float]:
    """The 95 % interval of the median; infinite ends where the runs are too few, or too few have a value.

    Args:
        values: one a run; NaN counts as the lowest for the lower end, and as the highest for the upper end.
    """
    rank = int(stats.binom.ppf((1.0 - CONFIDENCE) / 2.0, len(values), 0.5))
    if rank == 0:
        return -math.inf, math.inf
    lowest, highest = (np.sort(np.where(np.isnan(values), end, values)) for end in (-math.inf, math.inf))
    return float(lowest[rank - 1]), float(highest[len(values) - rank])


def share_interval(count: int, n: int) -> tuple[float, float]:
    """The exact 95 % interval of a share of which `count` in `n` were seen."""
    interval = stats.binomtest(count, n).proportion_ci(CONFIDENCE, method="exact")
    return float(interval.low), float(interval.high)


def histories_of(results: Results) -> dict[str, npt.NDArray[Any]]:
    """Every run's months by scenario: structured arrays (replicates, months), a field an outcome; NaN where a run failed.

    Raises:
        ValueError: the results do not hold the months of every run.
    """
    if results.trajectories is None:
        raise ValueError('Patterns need the months of every run: monthly = "all".')
    names = [outcome.name for outcome in results.outcomes]
    return {
        str(name): table[names].to_records(index=False).reshape(results.replications, -1)
        for name, table in results.trajectories.groupby("scenario", sort=False)
    }


def variants(scenario: Scenario, folder: Path) -> tuple[dict[str, Scenario], dict[str, Text]]:
    """The scenario and all variants that can be made of it, by name; and for the others, why not.

    Raises:
        InputError: a package's file is there but not in order.
    """
    made = {
        GIVEN: scenario,
        NO_FORUM: hold(scenario, {_FORUM_LEVER: "none"}),
        FORUM: hold(scenario, {_FORUM_LEVER: "information"}),
    }
    missing: dict[str, Text] = {}
    by_month = zip(scenario.month_starts(), scenario.lever_values_by_month(), strict=True)
    if any(values[_AMOUNT_LEVER] for month, values in by_month if month < REVIEWED):
        made[NO_CONDITIONS] = hold(scenario, {_AMOUNT_LEVER: 0})
    else:
        missing[NO_CONDITIONS] = NO_CONDITIONS_GIVEN
    doubled = with_doubled(scenario, _PLACES_LEVER)
    if doubled is None:
        missing[DOUBLE_PLACES] = NO_DOUBLING
    else:
        made[DOUBLE_PLACES] = doubled
    packages = package_levers(folder)
    if packages is None:
        missing.update(dict.fromkeys((*PACKAGES, BUNDLE, HELD_AND_EQUIPPED), NO_PACKAGES))
    else:
        made.update({name: hold(scenario, levers) for name, levers in packages.items()})
    return made, missing


def package_levers(folder: Path) -> dict[str, Levers] | None:
    """The levers that each package's file holds at another value than the file that it changes; None if a file is missing.

    Raises:
        InputError: a file is not in order.
    """
    files = {name: folder / f"{name}.toml" for name in (*PACKAGES, BUNDLE, HELD_AND_EQUIPPED)}
    start = folder / STARTING_POINT
    if not all(path.is_file() for path in (start, *files.values())):
        return None
    before = load_scenario(start).lever_values_by_month()
    return {name: _held_levers(load_scenario(path).lever_values_by_month(), before) for name, path in files.items()}


def hold(scenario: Scenario, levers: Levers) -> Scenario:
    """A copy in which levers hold these values for the whole period, dated changes or not."""
    opening = scenario.lever_values_by_month()[0]
    dated = {path for event in scenario.events for path in event.values}
    # A lever set to what it starts with keeps its dated changes; moved away and back, it loses them.
    aside = {path: _another(path, value) for path, value in levers.items() if path in dated and opening[path] == value}
    return scenario.with_levers(aside).with_levers(levers)


def with_doubled(scenario: Scenario, lever: str) -> Scenario | None:
    """A copy in which a number is twice what it is in every month; None where that is not possible or changes nothing."""
    highest = _entry(lever).high
    by_month = [values[lever] for values in scenario.lever_values_by_month()]
    doubled = [2 * value for value in by_month if not isinstance(value, str)]
    if doubled == by_month or (highest is not None and max(doubled) > highest):
        return None
    months = scenario.month_starts()
    changes = tuple(
        Event(date=month, set=((lever, value),))
        for month, before, value in zip(months[1:], doubled[:-1], doubled[1:], strict=True)
        if before != value
    )
    return hold(scenario, {lever: doubled[0]}).with_events(changes)


def _held_levers(values: Sequence[Levers], before: Sequence[Levers]) -> dict[str, ParameterValue]:
    return {
        path: value
        for path, value in values[0].items()
        if all(month[path] == value for month in values) and any(month[path] != value for month in before)
    }


def _another(lever: str, value: ParameterValue) -> ParameterValue:
    """Some other value that a lever may take."""
    entry = _entry(lever)
    if entry.choices is not None:
        return next(choice for choice in entry.choices if choice != value)
    if isinstance(value, bool):
        return not value
    limits = [limit for limit in (entry.low, entry.high) if limit is not None and limit != value]
    return int(limits[0]) if entry.kind == "int" else limits[0]


def _entry(lever: str) -> LeverEntry:
    return next(entry for entry in lever_catalogue() if entry.path == lever)


def _why_not(row: Row, months: Sequence[date], missing: Mapping[str, Text]) -> Text | None:
    if not row.measure.covered_by(months):
        return NOT_COVERED
    return next((missing[name] for name in row.measure.scenarios if name in missing), None)


def _rows() -> list[Row]:
    return [row for pattern in patterns() for row in pattern.rows]
