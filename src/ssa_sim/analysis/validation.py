"""Runs a scenario, the variants that the patterns ask for and a world without assistance, and judges every row in both worlds.

A row that holds without assistance as well says nothing about what assistance does. The rule for a verdict is in
`pattern_verdicts.py`, the variants are in `pattern_variants.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ssa_sim.analysis.pattern_measures import GIVEN, MEASURES, NO_ASSISTANCE, RunHistory, Runs
from ssa_sim.analysis.pattern_variants import variants
from ssa_sim.analysis.pattern_verdicts import CONFIDENCE, LIKELY, JudgedRow, Verdict, judge_row, not_applicable
from ssa_sim.catalogue.patterns import PATTERNS, Pattern, Row
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import known_outcomes
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.keep.results import Results
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.schema import Scenario
from ssa_sim.words.texts import Word

REPLICATIONS = 200
"""Runs of each scenario unless fewer or more are asked for."""

NOT_COVERED = Word("patterns.remarks.not_covered")
ABOUT_A_POLICY = Word("patterns.remarks.about_a_policy")
NO_NUMBER = Word("patterns.remarks.no_number")


@dataclass(frozen=True)
class Plan:
    """What is run to judge a scenario.

    Attributes:
        experiment: the scenario under test, first, and its variants, on common random numbers.
        missing: why a variant cannot be made, by its name.
    """

    experiment: Experiment
    missing: Mapping[str, Word]


@dataclass(frozen=True)
class Validation:
    """The pattern table of a scenario.

    Attributes:
        asked: what was run.
        findings: one for each row of the catalogue, by the row's id, in order.
        without: the same for a world without assistance.
        replications: runs of each scenario.
        n_failed: runs that failed.
    """

    asked: Plan
    findings: Mapping[str, JudgedRow]
    without: Mapping[str, JudgedRow]
    replications: int
    n_failed: int

    def of(self, pattern: Pattern) -> tuple[JudgedRow, ...]:
        """The findings of one pattern."""
        return tuple(self.findings[row.id] for row in pattern.rows)

    def with_verdict(self, verdict: Verdict) -> tuple[JudgedRow, ...]:
        """The findings with this verdict."""
        return tuple(finding for finding in self.findings.values() if finding.verdict == verdict)

    def tests_passed(self, without: Verdict) -> tuple[JudgedRow, ...]:
        """The findings of emergent rows that hold, and get this verdict in the world without assistance."""
        return tuple(
            finding
            for id_, finding in self.findings.items()
            if finding.row.kind == "emergent" and finding.verdict == "holds" and self.without[id_].verdict == without
        )

    @property
    def failures(self) -> tuple[JudgedRow, ...]:
        """The rows that fail; a hypothesis is not among them, as nobody has seen what it says."""
        return tuple(finding for finding in self.with_verdict("fails") if finding.row.kind != "hypothesis")

    def as_json(self) -> dict[str, Any]:
        """The facts, for programs."""
        given = self.asked.experiment
        verdicts: dict[str, Verdict] = {"holds": "holds", "fails": "fails", "not_applicable": "not applicable"}
        return {
            "title": given.title,
            "identity": given.scenarios[0].scenario.identity(),
            "replications": self.replications,
            "seed": given.seed,
            "model_version": MODEL_VERSION,
            "confidence": CONFIDENCE,
            "least_share_of_runs": LIKELY,
            "n_failed": self.n_failed,
            **{name: _ids(self.with_verdict(verdict)) for name, verdict in verdicts.items()},
            "emergent_rows_that_hold_without_assistance": {
                name: _ids(self.tests_passed(verdict)) for name, verdict in verdicts.items()
            },
            "patterns": [
                {
                    "id": pattern.id,
                    "sources": list(pattern.sources),
                    "rows": [self._row_as_json(finding) for finding in self.of(pattern)],
                }
                for pattern in PATTERNS
            ],
        }

    def _row_as_json(self, finding: JudgedRow) -> dict[str, object]:
        """The facts of one row."""
        row = finding.row
        return {
            "id": row.id,
            "kind": row.kind,
            "judged": row.judged,
            "target": row.target,
            "tolerance_low": row.low,
            "tolerance_high": row.high,
            **finding.as_json(),
            "without_assistance": self.without[row.id].as_json(),
        }


def _ids(findings: Sequence[JudgedRow]) -> list[str]:
    return [finding.row.id for finding in findings]


def plan(scenario: Scenario, folder: Path, *, replications: int = REPLICATIONS, seed: int) -> Plan:
    """What to run so as to judge a scenario.

    Args:
        scenario: the one under test.
        folder: where the scenario files that variants are made of, and the file that they change, are looked for.
        replications: runs of each scenario.
        seed: root seed of all draws.

    Raises:
        InputError: the scenario's period covers no pattern, one of these files is not in order, or a number cannot be used.
    """
    rows = [row for row in _rows() if MEASURES[row.id].covered_by(scenario.month_starts())]
    if not rows:
        raise InputError(
            f"The scenario covers {scenario.period.start} to {scenario.period.end}, and no pattern lies in it.",
            allowed="a scenario that covers some of the years from 2013 to 2020",
        )
    made, missing = variants(scenario, folder)
    possible = [row for row in rows if not set(MEASURES[row.id].scenarios) & set(missing)]
    wanted = {name for row in possible for name in MEASURES[row.id].scenarios}
    outcomes = {name for row in possible for name in MEASURES[row.id].outcomes}
    experiment = Experiment(
        title=scenario.title,
        scenarios=tuple(
            NamedScenario(name, one) for name, one in made.items() if name in wanted | {GIVEN, NO_ASSISTANCE}
        ),
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
        {name: RunHistory(histories[name][index], months, levers[name]) for name in scenarios}
        for index in range(results.replications)
    ]
    findings = {row.id: _finding(row, replicates, _why_not(row, months, asked.missing)) for row in _rows()}
    bare = [{GIVEN: runs[NO_ASSISTANCE]} for runs in replicates]
    without = {id_: _without_assistance(finding, bare) for id_, finding in findings.items()}
    return Validation(asked, findings, without, results.replications, results.n_failed)


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


def _finding(row: Row, replicates: Sequence[Runs], why_not: Word | None) -> JudgedRow:
    if why_not is not None:
        return not_applicable(row, why_not)
    return judge_row(row, np.array([MEASURES[row.id].compute(runs) for runs in replicates]))


def _without_assistance(given: JudgedRow, replicates: Sequence[Runs]) -> JudgedRow:
    """What becomes of a finding where nobody assists.

    A row about a variant asks what some policy of assistance changes, which has no meaning there; nor has a number that is
    defined in no run, such as what became of vehicles that nobody gave.
    """
    row = given.row
    if given.verdict == "not applicable":
        return given
    found = _finding(row, replicates, None if MEASURES[row.id].scenarios == (GIVEN,) else ABOUT_A_POLICY)
    return not_applicable(row, NO_NUMBER) if found.n and found.n_missing == found.n else found


def _why_not(row: Row, months: Sequence[date], missing: Mapping[str, Word]) -> Word | None:
    if not MEASURES[row.id].covered_by(months):
        return NOT_COVERED
    return next((missing[name] for name in MEASURES[row.id].scenarios if name in missing), None)


def _rows() -> list[Row]:
    return [row for pattern in PATTERNS for row in pattern.rows]
