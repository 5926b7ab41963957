"""Explains a unit's readiness: which rule raised or lowered it by how much, month by month, and through which parts.

Every step's effect is what readiness would be if it were assessed after the step, less what it would be before it
(`ssa_sim.analysis.ledger`); the effects add up to the month's change. The order of the month matters in this: a step's effect
is counted on the unit as the earlier steps left it.

How a step's effect is divided among the parts that it moved. Readiness R puts seven parts p together in one of four forms, with
weights w whose sum is W (`ssa_sim.model.rules.readiness`). Each form is a simple function of a sum over parts, or the least of
them, so that a change can be divided exactly:

    harmonic       R = W / sum of s with s = w / p;        part i is credited with -(R R' / W) (s'_i - s_i)
    geometric      R = exp(sum of w ln p / W);             with L(R, R') w_i (ln p'_i - ln p_i) / W, L the logarithmic mean
    arithmetic     R = sum of w p / W;                     with w_i (p'_i - p_i) / W
    weakest link   R = least p;                            with what it moves while it is the least, on the way from p to p'

The shares add up exactly, do not depend on any order of the parts, and are the Aumann-Shapley values of the change, taken along
the straight line in s, in ln p or in p (R. J. Aumann and L. S. Shapley, Values of Non-Atomic Games, Princeton University Press,
1974): Shapley's division with every part split into many small ones.
"""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ssa_sim.analysis.ledger import MonthLedger, keep_ledger
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import LARGEST_SEED
from ssa_sim.model.observation import STATUSES
from ssa_sim.model.rules.structures import ADDITIVE, GEOMETRIC, WEAKEST_LINK
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import ZONES
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.period import Period
from ssa_sim.scenario.problems import whole_number
from ssa_sim.scenario.schema import Scenario

PARTS: dict[str, str] = {
    "fill": "fill_rate",
    "skill": "individual_skill",
    "collective": "collective_skill",
    "kit": "equipment",
    "doctrine": "doctrine_consistency",
    "leadership": "leadership",
    "condition": "condition",
}
"""The seven parts of readiness, each with the outcome that averages it over the army (and gives it its label)."""

STATE: dict[str, Callable[[Any], int | float | str]] = {
    "status": lambda unit: STATUSES[int(unit.status)],
    "zone": lambda unit: ZONES[int(unit.zone)],
    "together": lambda unit: int(unit.together),
    "elsewhere": lambda unit: int(unit.elsewhere),
    "untrained": lambda unit: int(unit.untrained),
    "strength": lambda unit: int(unit.strength),
    "ghosts": lambda unit: int(unit.ghosts),
    "officers_abroad": lambda unit: int(unit.abroad),
    "killed": lambda unit: int(unit.casualties),
    "trainees": lambda unit: int(unit.trainees),
    "courses": lambda unit: int(unit.times_trained),
    "vehicles_working": lambda unit: int(unit.kit_working.sum()),
    "vehicles_broken": lambda unit: int(unit.kit_broken.sum()),
    "vehicles_in_depot": lambda unit: int(unit.kit_depot.sum()),
    "vehicles_known": lambda unit: float(unit.kit_match),
    "skill": lambda unit: float(unit.skill),
    "drill": lambda unit: float(unit.tactical),
    "habit": lambda unit: float(unit.habit),
    "battalion_drill": lambda unit: float(unit.battalion_drill),
    "led_together": lambda unit: float(unit.led_together),
    "doctrine": lambda unit: float(unit.doctrine_part),
    "leadership": lambda unit: float(unit.leadership),
    "fatigue": lambda unit: float(unit.fatigue),
    "morale": lambda unit: float(unit.morale),
}
"""What is told of a unit beside readiness: soldiers by where they were trained, its posts (`strength`), names on the payroll
without a soldier, its dead and its courses since the start, vehicles, the share of working vehicles that soldiers know, its
collective drill, the habits that it has from the field, what its battalion can still do together, the share of its leaders who
trained with it, and indices in [0, 1]."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why one unit was as ready as it was.

    Attributes:
        scenario: what was run.
        unit: number of the unit, from 0.
        seed: root seed of the draws.
        replicate: which replicate of them.
        ledgers: the months explained, in order.
        parameters: record of the uncertainties that the run used.
    """

    scenario: Scenario
    unit: int
    seed: int
    replicate: int
    ledgers: tuple[MonthLedger, ...]
    parameters: Any

    @property
    def before(self) -> float:
        """Readiness before the first of the months; where that is the run's first, as the unit stands at the start."""
        return float(self.ledgers[0].before.readiness)

    @property
    def after(self) -> float:
        """Readiness after the last of the months."""
        return float(self.ledgers[-1].after.readiness)

    @property
    def change(self) -> float:
        """Readiness after the months less readiness before them."""
        return self.after - self.before

    @cached_property
    def rules(self) -> pd.DataFrame:
        """A row a month and rule that changed the unit, in the order of the schedule.

        Columns `month` (first day), `phase` (number), `rule`, readiness `before` and `after` it, `change`, and one a part:
        what of the change came through that part. The changes add up to that of the months, the parts to each change.
        """
        columns = ["month", "phase", "rule", "before", "after", "change", *PARTS]
        return pd.DataFrame(self._rule_rows(), columns=columns).astype({"month": "datetime64[s]"})

    @cached_property
    def parts(self) -> pd.DataFrame:
        """A row a month and part of readiness.

        Columns `month`, `part`, the part `before` and `after` the month, `through`: what of the month's change of readiness
        came through it, `missing`: what readiness would gain at the month's end if that part alone were 1. The part of
        which most is missing is the weak link.
        """
        starts = self.scenario.month_starts()
        rows = []
        for ledger in self.ledgers:
            through, missing = np.zeros(len(PARTS)), missing_by_part(ledger.after, self.parameters)
            for entry in ledger.entries:
                through += shares_of_change(entry.before, entry.after, self.parameters)
            for i, part in enumerate(PARTS):
                ends = (_part(unit, part) for unit in (ledger.before, ledger.after))
                rows.append((starts[ledger.month], part, *ends, through[i], missing[i]))
        columns = ["month", "part", "before", "after", "through", "missing"]
        return pd.DataFrame(rows, columns=columns).astype({"month": "datetime64[s]"})

    @property
    def by_rule(self) -> pd.Series:
        """What each rule did to readiness over all the months, the largest effects first."""
        sums = self.rules.groupby("rule", sort=False)["change"].sum()
        return sums.sort_values(key=np.abs, ascending=False, kind="stable")

    @property
    def weak_link(self) -> str:
        """The part that readiness would gain most from at the end of the months if it alone were perfect."""
        missing = missing_by_part(self.ledgers[-1].after, self.parameters)
        return list(PARTS)[int(np.argmax(missing))]

    def as_json(self) -> dict[str, object]:
        """The facts of the last month explained, for programs."""
        ledger = self.ledgers[-1]
        start = self.scenario.month_starts()[ledger.month]
        rules, parts = (table[table["month"] == pd.Timestamp(start)] for table in (self.rules, self.parts))
        return {
            "title": self.scenario.title,
            "identity": self.scenario.identity(),
            "seed": self.seed,
            "replicate": self.replicate,
            "model_version": MODEL_VERSION,
            "unit": self.unit,
            "month": f"{start:%Y-%m}",
            "is_first_month": ledger.month == 0,
            "readiness_before": self.before,
            "readiness_after": self.after,
            "change": self.change,
            "rules": rules.drop(columns="month").to_dict(orient="records"),
            "parts": parts.drop(columns="month").to_dict(orient="records"),
            "weak_link": self.weak_link,
            "state_before": state_of(ledger.before),
            "state_after": state_of(ledger.after),
        }

    def _rule_rows(self) -> Iterator[tuple[Any, ...]]:
        starts = self.scenario.month_starts()
        for ledger in self.ledgers:
            for entry in ledger.entries:
                before, after = float(entry.before.readiness), float(entry.after.readiness)
                shares = shares_of_change(entry.before, entry.after, self.parameters)
                fixed = (starts[ledger.month], entry.phase.number, entry.step.name)
                yield (*fixed, before, after, entry.change, *shares)


def explain(
    scenario: Scenario,
    *,
    unit: int,
    seed: int = 0,
    replicate: int = 0,
    month: date | str | None = None,
    first_month: date | str | None = None,
    last_month: date | str | None = None,
) -> Explanation:
    """Explain the readiness of one unit in one run: the run that `simulate` makes with the same seed and replicate.

    Args:
        scenario: what to run.
        unit: number of the unit, from 0 to the scenario's number of units less one.
        seed: root seed of the draws.
        replicate: which replicate of the draws, from 0.
        month: the month to explain, as a date in it or as text such as "2017-03".
        first_month: first of several months to explain; by default the scenario's first.
        last_month: last of them; by default the scenario's last.

    Raises:
        InputError: no such unit or month, a seed or replicate below 0, or a month beside a first or last one.
    """
    first, last = checked_span(
        scenario,
        unit=unit,
        seed=seed,
        replicate=replicate,
        month=month,
        first_month=first_month,
        last_month=last_month,
    )
    world = new_world(scenario, noise_for(scenario, seed=seed, replicate=replicate))
    ledgers = tuple(keep_ledger(world, unit, first, last))
    return Explanation(scenario, unit, seed, replicate, ledgers, world.parameters[0])


def checked_span(
    scenario: Scenario,
    *,
    unit: int,
    seed: int = 0,
    replicate: int = 0,
    month: date | str | None = None,
    first_month: date | str | None = None,
    last_month: date | str | None = None,
) -> tuple[int, int]:
    """Positions in the period of the first and last month that `explain` would explain; arguments and errors as there."""
    scenario = checked_scenario(scenario)
    whole_number("unit", unit, 0, scenario.size.units - 1)
    whole_number("seed", seed, 0, LARGEST_SEED)
    whole_number("replicate", replicate, 0, LARGEST_SEED)
    period = scenario.period
    if month is not None:
        if first_month is not None or last_month is not None:
            raise InputError("Please give either a month, or a first and a last one.")
        only = _position("month", month, period)
        return only, only
    first = 0 if first_month is None else _position("first_month", first_month, period)
    last = period.months - 1 if last_month is None else _position("last_month", last_month, period)
    if last < first:
        raise InputError(f"last_month = {last_month} comes before first_month = {first_month}.")
    return first, last


def shares_of_change(before: Any, after: Any, parameters: Any) -> npt.NDArray[np.float64]:
    """A change of readiness divided among the seven parts (see above); adds up to it.

    Args:
        before: an assessed record of a unit.
        after: another of the same unit.
        parameters: record of the uncertainties.
    """
    weights = _weights(parameters)
    total = weights.sum()
    first, last = _parts(before, parameters), _parts(after, parameters)
    form = int(parameters.structures_readiness_form)
    if form == WEAKEST_LINK:
        return _shares_of_the_least(first, last)
    if form == ADDITIVE:
        return np.asarray(weights * (last - first) / total)
    if form == GEOMETRIC:
        mean = _logarithmic_mean(float(before.readiness), float(after.readiness))
        return np.asarray(mean * weights * np.log(last / first) / total)
    return np.asarray(0.0 - before.readiness * after.readiness / total * (weights / last - weights / first))


def missing_by_part(unit: Any, parameters: Any) -> npt.NDArray[np.float64]:
    """For each part, what readiness would gain if that part alone were 1; arguments as for `shares_of_change`."""
    parts, weights, form = _parts(unit, parameters), _weights(parameters), int(parameters.structures_readiness_form)
    perfect = np.where(np.eye(len(parts), dtype=bool), 1.0, parts)
    return np.asarray(np.array([_together(row, weights, form) for row in perfect]) - unit.readiness)


def _together(parts: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], form: int) -> float:
    """The parts put together, as the rule does it."""
    total = weights.sum()
    if form == WEAKEST_LINK:
        return float(parts.min())
    if form == ADDITIVE:
        return float((weights * parts).sum() / total)
    if form == GEOMETRIC:
        return float(np.exp((weights * np.log(parts)).sum() / total))
    return float(total / (weights / parts).sum())


def _logarithmic_mean(one: float, other: float) -> float:
    """Between two numbers above zero: their difference over that of their logarithms."""
    return one if math.isclose(one, other, rel_tol=1e-12) else (other - one) / math.log(other / one)


def _shares_of_the_least(first: npt.NDArray[np.float64], last: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What each part moves the least of them while it is the least itself, on the straight line from the first parts to the last."""
    slopes = last - first
    times = {0.0, 1.0}
    for i, j in itertools.combinations(range(len(first)), 2):
        if slopes[i] != slopes[j]:
            times.add((first[i] - first[j]) / (slopes[j] - slopes[i]))
    ordered = sorted(time for time in times if 0.0 <= time <= 1.0)
    shares = np.zeros(len(first))
    for begun, ended in itertools.pairwise(ordered):
        least = int(np.argmin(first + 0.5 * (begun + ended) * slopes))
        shares[least] += (ended - begun) * slopes[least]
    return shares


def state_of(unit: Any) -> dict[str, int | float | str]:
    """What is told of a unit beside readiness, from its assessed record."""
    return {name: read(unit) for name, read in STATE.items()}


def _part(unit: Any, part: str) -> float:
    return float(unit[f"{part}_part"])


def _weights(parameters: Any) -> npt.NDArray[np.float64]:
    return np.array([parameters[f"readiness_weight_{part}"] for part in PARTS])


def _parts(unit: Any, parameters: Any) -> npt.NDArray[np.float64]:
    """The parts as they are put together: none below the floor."""
    return np.asarray(np.maximum([_part(unit, part) for part in PARTS], parameters.readiness_floor))


def _position(name: str, month: object, period: Period) -> int:
    """A month's position in the period."""
    day = _first_day(month)
    if day is None:
        raise InputError(f"{name} = {month} is not a month.", allowed='year and month, such as "2017-03"')
    position = period.month_of(day)
    if not 0 <= position < period.months:
        starts: Sequence[date] = period.month_starts()
        allowed = f"{starts[0]:%Y-%m} to {starts[-1]:%Y-%m}"
        raise InputError(f"{name} = {day:%Y-%m} lies outside the scenario's period.", allowed=allowed)
    return position


def _first_day(month: object) -> date | None:
    """The first day of a month given as a date or as YYYY-MM; None for anything else."""
    if isinstance(month, date):
        return date(month.year, month.month, 1)
    text = str(month)
    if len(text) != len("YYYY-MM"):
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
