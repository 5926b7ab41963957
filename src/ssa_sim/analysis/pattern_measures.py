"""What is measured in a run to hold it against a pattern: one number for one run, or for runs on the same draws.

A measure reads the months of the scenario under test and, where the pattern is about a change of policy, those of variants
of it in the same replicate. It knows no target: targets and tolerances are in the catalogue (`catalogue/patterns.toml`).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from ssa_sim.catalogue.entries import ParameterValue

Floats = npt.NDArray[np.float64]

GIVEN = "given"
"""The scenario under test."""
NO_FORUM = "no_forum"
"""The same without an information forum for the whole period."""
FORUM = "forum"
"""The same with an information forum for the whole period."""
NO_CONDITIONS = "no_conditions"
"""The same without conditional aid."""
FEW_INDICATORS = "few_indicators"
"""The same with the source's conditional aid from the start, tied to the three reforms alone."""
MANY_INDICATORS = "many_indicators"
"""The same with this aid from the start, tied to thirteen indicators."""
DOUBLE_PLACES = "double_places"
"""The same with twice the course places."""
PACKAGES = ("demand_driven", "stable_personnel", "equipment_with_training", "binding_coordination")
"""The same with the levers of one scenario file of that name."""
BUNDLE = "all_packages"
"""The same with the levers of all these files at once."""
HELD_AND_EQUIPPED = "held_together_and_equipped"
"""The same with the levers of the two that hold units together and equip them."""

NO_ASSISTANCE = "no_assistance"
"""The same in a world without mission, partners and conditional aid: the levers of the scenario file of that name."""

UNLIMITED = "unlimited_hours"
"""The same where the host's hours set no limit."""
UNLIMITED_BY_NEED = "unlimited_hours_by_need"
"""The same, and partners choose by need alone."""
AGREED = "agreed"
"""The same where coordination does not fail."""
HALF_THE_PARTNERS = "half_the_partners"
"""The same with half as many partners."""
HALF_AGREED = "half_the_partners_agreed"
"""The same with half as many partners, where coordination does not fail."""
WAVE_OF_GIFTS = "wave_of_gifts"
"""The same with a gift of half the vehicles that the army needs, in January 2015."""
NOT_RECYCLED = "not_recycled"
"""The same without recycling of trained battalions."""
MOVED = "moved"
"""The same with twice the postings from unit to unit."""
MOVED_NOT_RECYCLED = "moved_not_recycled"
"""The same with twice the postings, without recycling."""
PARTIAL_AGREEMENT = "partial_agreement"
"""The same with a binding agreement that not all partners enter."""
HALF_PARTIAL = "half_the_partners_partial_agreement"
"""The same with half as many partners and this agreement."""
CONTRACTORS_CALLED = "contractors_called"
"""The same where from 2016 on contractors stand in the French force's place, as many of them."""
MILD = "mild"
"""The same without turnover between units, unfamiliar equipment, supply-driven choice and failing coordination."""
ONE_DOCTRINE = "one_doctrine"
"""The same where every contingent teaches alike."""
LOCALLY_POSTED = "locally_posted"
"""The same where units go to the zones from which their soldiers come."""
ALL_TO_THE_ARMY = "all_to_the_army"
"""The same where partners give every project to the army, and none to police, gendarmerie and guard."""

START = date(2013, 2, 1)
LAST = date(2020, 1, 1)
"""First and last month of the window that IRSEM research note 89 speaks of."""


@dataclass(frozen=True)
class RunHistory:
    """The months of one run.

    Attributes:
        history: structured array (months,), a float64 field an outcome; NaN where an outcome is not defined.
        months: the first day of each month, in order and without gaps.
        levers: what every lever was in each month, by path; may be empty where no measure asks for it.
    """

    history: npt.NDArray[Any]
    months: Sequence[date]
    levers: Sequence[Mapping[str, ParameterValue]] = ()

    def at(self, outcome: str, month: date) -> float:
        """An outcome in one month, in its unit."""
        return float(self.history[outcome][self._index(month)])

    def during(self, outcome: str, first: date, last: date) -> Floats:
        """An outcome in each month from the first to the last, both included."""
        return np.asarray(self.history[outcome][self._index(first) : self._index(last) + 1], np.float64)

    def mean(self, outcome: str, first: date, last: date) -> float:
        """The mean of an outcome over the months in which it is defined; NaN if there is none."""
        values = self.during(outcome, first, last)
        defined = values[~np.isnan(values)]
        return float(defined.mean()) if defined.size else math.nan

    def total(self, outcome: str, first: date, last: date) -> float:
        """The sum of an outcome over months; NaN if it is not defined in one of them."""
        return float(self.during(outcome, first, last).sum())

    def first_with(self, lever: str) -> date | None:
        """The first month in which a lever is not zero; None if there is none."""
        return next((month for month, values in zip(self.months, self.levers, strict=True) if values[lever]), None)

    def _index(self, month: date) -> int:
        position = (month.year - self.months[0].year) * 12 + month.month - self.months[0].month
        if not 0 <= position < len(self.months):
            raise IndexError(f"{month:%Y-%m} lies outside the months of the run")
        return position


Runs = Mapping[str, RunHistory]
"""The runs of one replicate, by the name of the scenario or variant."""


@dataclass(frozen=True)
class Measure:
    """How one number is read off the runs of a replicate.

    Attributes:
        compute: gives the number from the runs; NaN where it is not defined.
        outcomes: names of the outcomes that it reads.
        first: first month that the runs must cover.
        last: last month that the runs must cover.
        scenarios: the scenario under test and the variants without which it has no meaning.
    """

    compute: Callable[[Runs], float]
    outcomes: tuple[str, ...]
    first: date
    last: date
    scenarios: tuple[str, ...] = (GIVEN,)

    def covered_by(self, months: Sequence[date]) -> bool:
        """Whether these months hold all that it reads."""
        return months[0] <= self.first and self.last <= months[-1]


def value_at(outcome: str, month: date) -> Measure:
    """An outcome in one month."""
    return Measure(lambda runs: runs[GIVEN].at(outcome, month), (outcome,), month, month)


def mean_over(outcome: str, first: date, last: date, *, times: float = 1.0) -> Measure:
    """The mean of an outcome over months, times a number that changes its unit."""
    return Measure(lambda runs: times * runs[GIVEN].mean(outcome, first, last), (outcome,), first, last)


def year_mean(outcome: str, year: int) -> Measure:
    """The mean of an outcome over a calendar year."""
    return mean_over(outcome, date(year, 1, 1), date(year, 12, 1))


def total_over(outcome: str, first: date, last: date) -> Measure:
    """The sum of an outcome over months."""
    return Measure(lambda runs: runs[GIVEN].total(outcome, first, last), (outcome,), first, last)


def year_against_year(outcome: str, early: int, late: int) -> Measure:
    """The mean of an outcome in a late year over that in an early one; 2013 begins in February."""
    return _two_years(outcome, early, late, _ratio)


def year_less_year(outcome: str, early: int, late: int) -> Measure:
    """The mean of an outcome in a late year less that in an early one; 2013 begins in February."""
    return _two_years(outcome, early, late, lambda after, before: after - before)


def completions_speed_up() -> Measure:
    """Completions a month from May 2016 to June 2019 over those from February 2013 to April 2016."""
    turn, end = date(2016, 4, 1), date(2019, 6, 1)

    def compute(runs: Runs) -> float:
        run = runs[GIVEN]
        first, both = run.at("completions", turn), run.at("completions", end)
        early, late = (
            first / _months_from(START, turn),
            (both - first) / (_months_from(START, end) - _months_from(START, turn)),
        )
        return _ratio(late, early)

    return Measure(compute, ("completions",), START, end)


def smallest_rise_of_deaths() -> Measure:
    """Deaths a month: the smaller one of the rises from 2016 to 2017, and from 2017 to January to July 2018."""
    spans = (
        (date(2016, 1, 1), date(2016, 12, 1)),
        (date(2017, 1, 1), date(2017, 12, 1)),
        (date(2018, 1, 1), date(2018, 7, 1)),
    )

    def compute(runs: Runs) -> float:
        rates = [runs[GIVEN].total("deaths", *span) / _months_from(*span) for span in spans]
        return float(np.min(np.diff(rates)))

    return Measure(compute, ("deaths",), spans[0][0], spans[-1][1])


def share_of_deaths_in_the_centre(first: date, last: date) -> Measure:
    """Of the deaths in the North and the Centre over months, the share in the Centre."""

    def compute(runs: Runs) -> float:
        north, centre = (runs[GIVEN].total(name, first, last) for name in ("deaths_north", "deaths_centre"))
        return _ratio(centre, north + centre)

    return Measure(compute, ("deaths_north", "deaths_centre"), first, last)


def share_of_deaths_by(outcome: str, end: date, last: date) -> Measure:
    """Of the deaths from February 2013 to the last month, the share up to another month."""

    def compute(runs: Runs) -> float:
        return _ratio(runs[GIVEN].total(outcome, START, end), runs[GIVEN].total(outcome, START, last))

    return Measure(compute, (outcome,), START, last)


def lull() -> Measure:
    """Deaths a month in 2014 and 2015 over those from February to December 2013."""
    war, after = (START, date(2013, 12, 1)), (date(2014, 1, 1), date(2015, 12, 1))

    def compute(runs: Runs) -> float:
        return _ratio(runs[GIVEN].mean("deaths", *after), runs[GIVEN].mean("deaths", *war))

    return Measure(compute, ("deaths",), START, after[1])


def dispersion_of_months(outcome: str, first: date, last: date) -> Measure:
    """Variance over mean of an outcome's months: one where they vary by chance alone (Poisson); not defined where all are zero."""

    def compute(runs: Runs) -> float:
        values = runs[GIVEN].during(outcome, first, last)
        return _ratio(float(values.var(ddof=1)), float(values.mean()))

    return Measure(compute, (outcome,), first, last)


def persistence_of_months(outcome: str, first: date, last: date) -> Measure:
    """Correlation of the logarithm of one more than an outcome with that of the month before; not defined where it never moves."""

    def compute(runs: Runs) -> float:
        logs = np.log1p(runs[GIVEN].during(outcome, first, last))
        before, after = logs[:-1] - logs[:-1].mean(), logs[1:] - logs[1:].mean()
        return _ratio(float(before @ after), float(np.sqrt((before @ before) * (after @ after))))

    return Measure(compute, (outcome,), first, last)


def growth_of_deaths_in_the_centre() -> Measure:
    """Deaths in the Centre from January to July 2018 over those in the same months of 2017."""

    def compute(runs: Runs) -> float:
        before, after = (
            runs[GIVEN].total("deaths_centre", date(year, 1, 1), date(year, 7, 1)) for year in (2017, 2018)
        )
        return _ratio(after, before)

    return Measure(compute, ("deaths_centre",), date(2017, 1, 1), date(2018, 7, 1))


def duplication_lowered_by_a_forum() -> Measure:
    """The share by which duplication is lower with an information forum throughout than without any."""

    def compute(runs: Runs) -> float:
        without, with_forum = (runs[name].mean("duplication", START, LAST) for name in (NO_FORUM, FORUM))
        return 1.0 - _ratio(with_forum, without)

    return Measure(compute, ("duplication",), START, LAST, (NO_FORUM, FORUM))


REVIEWED = date(2019, 3, 1)
"""The month by which the first review of the conditions was over: early in 2019 (F16)."""


def progress_under_conditions(reform: str) -> Measure:
    """How far a reform has come by the review since the month before conditions began."""

    def compute(runs: Runs) -> float:
        run = runs[GIVEN]
        begun = run.first_with("conditions.amount")
        if begun is None or begun >= REVIEWED:
            return math.nan
        before = max(run.months[0], _month_before(begun))
        return run.at(reform, REVIEWED) - run.at(reform, before)

    return Measure(compute, (reform,), REVIEWED, REVIEWED, (GIVEN, NO_CONDITIONS))


def progress_by_conditions() -> Measure:
    """How far the three reforms have come to adoption at the review, less what it is without conditions."""

    def compute(runs: Runs) -> float:
        return runs[GIVEN].at("reform_files", REVIEWED) - runs[NO_CONDITIONS].at("reform_files", REVIEWED)

    return Measure(
        compute,
        ("reform_files",),
        REVIEWED,
        REVIEWED,
        (GIVEN, NO_CONDITIONS),
    )


def progress_by_fewer_indicators() -> Measure:
    """How far the three reforms have come to adoption where the same money hangs on them alone, less on thirteen indicators."""

    def compute(runs: Runs) -> float:
        return runs[FEW_INDICATORS].at("reform_files", LAST) - runs[MANY_INDICATORS].at("reform_files", LAST)

    return Measure(compute, ("reform_files",), START, LAST, (FEW_INDICATORS, MANY_INDICATORS))


def share_of_vehicles_abandoned() -> Measure:
    """Of the vehicles left behind so far and those still there in the last month, the share left behind."""

    def compute(runs: Runs) -> float:
        left, there = (runs[GIVEN].at(name, LAST) for name in ("abandoned", "vehicles"))
        return _ratio(left, left + there)

    return Measure(compute, ("abandoned", "vehicles"), START, LAST)


def months_a_minister() -> Measure:
    """Months of the window over the number of ministers of defence in it, the first one included."""

    def compute(runs: Runs) -> float:
        return _ratio(_months_from(START, LAST), runs[GIVEN].at("ministers", LAST) + 1.0)

    return Measure(compute, ("ministers",), START, LAST)


_LAST_YEAR = (date(2019, 2, 1), LAST)


def ready_soldiers_with(variant: str, *, only_with_more_completions: bool = False) -> Measure:
    """Ready soldiers of a variant over those of the scenario, mean of the last twelve months, when what lasts is there."""

    def compute(runs: Runs) -> float:
        more = runs[variant].at("completions", LAST) - runs[GIVEN].at("completions", LAST)
        if only_with_more_completions and more <= 0.0:
            return math.nan
        return _ratio(_ready(runs[variant]), _ready(runs[GIVEN]))

    return Measure(compute, ("completions", "ready_soldiers"), START, LAST, (GIVEN, variant))


def ready_soldiers_gained_with(variant: str) -> Measure:
    """Ready soldiers of a variant less those of the scenario, mean of the last twelve months."""
    return Measure(
        lambda runs: _ready(runs[variant]) - _ready(runs[GIVEN]), ("ready_soldiers",), START, LAST, (GIVEN, variant)
    )


def money_used_with(variant: str) -> Measure:
    """The share of the money that is used by the end in a variant, over that in the scenario."""
    return Measure(
        lambda runs: _ratio(runs[variant].at("money_used", LAST), runs[GIVEN].at("money_used", LAST)),
        ("money_used",),
        START,
        LAST,
        (GIVEN, variant),
    )


def gain_beyond_the_sum(bundle: str, parts: tuple[str, ...]) -> Measure:
    """Ready soldiers gained by packages at once, less the sum of what each gains alone; last twelve months."""

    def compute(runs: Runs) -> float:
        before = _ready(runs[GIVEN])
        together = _ready(runs[bundle]) - before
        return together - sum(_ready(runs[name]) - before for name in parts)

    return Measure(compute, ("ready_soldiers",), START, LAST, (GIVEN, *parts, bundle))


def gain_by_need_without_limit() -> Measure:
    """Ready soldiers gained where partners choose by need alone, while the host's hours set no limit to any project."""
    return Measure(
        lambda runs: _ready(runs[UNLIMITED_BY_NEED]) - _ready(runs[UNLIMITED]),
        ("ready_soldiers",),
        START,
        LAST,
        (UNLIMITED, UNLIMITED_BY_NEED),
    )


def cost_of_duplication_by_number_of_partners() -> Measure:
    """Ready soldiers that failing coordination costs, less what it costs among half as many partners."""

    def compute(runs: Runs) -> float:
        many, few = (
            _ready(runs[agreed]) - _ready(runs[alone])
            for alone, agreed in ((GIVEN, AGREED), (HALF_THE_PARTNERS, HALF_AGREED))
        )
        return many - few

    return Measure(compute, ("ready_soldiers",), START, LAST, (GIVEN, AGREED, HALF_THE_PARTNERS, HALF_AGREED))


GIVEN_AWAY = date(2015, 1, 1)
"""The month of the wave of gifts."""


def parts_needed_after_a_wave() -> Measure:
    """The need for parts in the second half year and the year after a wave of gifts, less what it is without the wave."""
    first, last = date(2015, 7, 1), date(2016, 12, 1)

    def compute(runs: Runs) -> float:
        return runs[WAVE_OF_GIFTS].mean("parts_needed", first, last) - runs[GIVEN].mean("parts_needed", first, last)

    return Measure(compute, ("parts_needed",), GIVEN_AWAY, last, (GIVEN, WAVE_OF_GIFTS))


def recycling_where_few_are_moved() -> Measure:
    """Collective skill gained by recycling, less what it gains where twice as many soldiers are moved; last twelve months."""

    def gain(with_it: RunHistory, without: RunHistory) -> float:
        return with_it.mean("collective_skill", *_LAST_YEAR) - without.mean("collective_skill", *_LAST_YEAR)

    return Measure(
        lambda runs: gain(runs[GIVEN], runs[NOT_RECYCLED]) - gain(runs[MOVED], runs[MOVED_NOT_RECYCLED]),
        ("collective_skill",),
        START,
        LAST,
        (GIVEN, NOT_RECYCLED, MOVED, MOVED_NOT_RECYCLED),
    )


def battalions_hold_less_where_more_are_moved() -> Measure:
    """What battalions can still do together, less with twice the postings; last twelve months, when most come back."""

    def compute(runs: Runs) -> float:
        given, moved = (runs[name].mean("battalion_drill", *_LAST_YEAR) for name in (GIVEN, MOVED))
        return given - moved

    return Measure(compute, ("battalion_drill",), START, LAST, (GIVEN, MOVED))


def members_by_number_of_partners() -> Measure:
    """Of present partners the share that keep to a partial agreement, less that among half as many; last twelve months."""

    def share(run: RunHistory) -> float:
        return _ratio(run.mean("coordination_members", *_LAST_YEAR), run.mean("active_partners", *_LAST_YEAR))

    return Measure(
        lambda runs: share(runs[PARTIAL_AGREEMENT]) - share(runs[HALF_PARTIAL]),
        ("coordination_members", "active_partners"),
        START,
        LAST,
        (PARTIAL_AGREEMENT, HALF_PARTIAL),
    )


def gain_by_a_part_for_police(outcome: str) -> Measure:
    """An outcome less what it is where all projects go to the army; last twelve months."""
    return Measure(
        lambda runs: runs[GIVEN].mean(outcome, *_LAST_YEAR) - runs[ALL_TO_THE_ARMY].mean(outcome, *_LAST_YEAR),
        (outcome,),
        START,
        LAST,
        (GIVEN, ALL_TO_THE_ARMY),
    )


CONTRACTORS_CALLED_IN = date(2016, 1, 1)
"""The month from which contractors stand in the French force's place."""
_FOUR_YEARS = (CONTRACTORS_CALLED_IN, date(2019, 12, 1))


def deaths_with_contractors() -> Measure:
    """Deaths in the Centre where contractors have taken the French force's place, less those without; four years."""

    def compute(runs: Runs) -> float:
        return runs[CONTRACTORS_CALLED].total("deaths_centre", *_FOUR_YEARS) - runs[GIVEN].total(
            "deaths_centre", *_FOUR_YEARS
        )

    return Measure(compute, ("deaths_centre",), *_FOUR_YEARS, (GIVEN, CONTRACTORS_CALLED))


def where_the_french_stood() -> Measure:
    """Rise of threat in the North where contractors have taken the French force's place, less that in the Centre; 2019."""
    year = (date(2019, 1, 1), date(2019, 12, 1))

    def rise(runs: Runs, zone: str) -> float:
        return runs[CONTRACTORS_CALLED].mean(f"threat_{zone}", *year) - runs[GIVEN].mean(f"threat_{zone}", *year)

    return Measure(
        lambda runs: rise(runs, "north") - rise(runs, "centre"),
        ("threat_north", "threat_centre"),
        *year,
        (GIVEN, CONTRACTORS_CALLED),
    )


def ready_soldiers_while_outputs_rise(name: str) -> Measure:
    """Ready soldiers of a scenario or variant, 2019 over 2014; not defined where completions a month fall."""
    rises, years = completions_speed_up(), year_against_year("ready_soldiers", 2014, 2019)

    def compute(runs: Runs) -> float:
        alone = {GIVEN: runs[name]}
        return years.compute(alone) if rises.compute(alone) >= 1.0 else math.nan

    return Measure(compute, ("completions", "ready_soldiers"), START, years.last, (name,))


def deaths_with(variant: str) -> Measure:
    """Deaths in North and Centre in a variant over those in the scenario, 2017 to 2019."""
    first, last = date(2017, 1, 1), date(2019, 12, 1)

    def deaths(run: RunHistory) -> float:
        return run.total("deaths_north", first, last) + run.total("deaths_centre", first, last)

    return Measure(
        lambda runs: _ratio(deaths(runs[variant]), deaths(runs[GIVEN])),
        ("deaths_north", "deaths_centre"),
        first,
        last,
        (GIVEN, variant),
    )


def share_of_abuses_in_the_centre() -> Measure:
    """Of the army's abuses in 2017 and 2018, the share in the Centre; `abuses` counts them from the start."""
    first, last = date(2017, 1, 1), date(2018, 12, 1)

    def compute(runs: Runs) -> float:
        run = runs[GIVEN]
        return _ratio(
            run.total("abuses_centre", first, last), run.at("abuses", last) - run.at("abuses", _month_before(first))
        )

    return Measure(compute, ("abuses_centre", "abuses"), _month_before(first), last)


def _ready(run: RunHistory) -> float:
    return run.mean("ready_soldiers", *_LAST_YEAR)


def _two_years(outcome: str, early: int, late: int, combine: Callable[[float, float], float]) -> Measure:
    def year(run: RunHistory, number: int) -> float:
        return run.mean(outcome, max(START, date(number, 1, 1)), date(number, 12, 1))

    return Measure(
        lambda runs: combine(year(runs[GIVEN], late), year(runs[GIVEN], early)),
        (outcome,),
        max(START, date(early, 1, 1)),
        date(late, 12, 1),
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else math.nan


def _months_from(first: date, last: date) -> int:
    """How many months from the first to the last, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _month_before(month: date) -> date:
    return date(month.year - 1, 12, 1) if month.month == 1 else date(month.year, month.month - 1, 1)


_HELD_OUT = (date(2017, 1, 1), date(2018, 12, 1))
"""The years on which the security numbers, set on 2013 to 2016, are judged."""

MEASURES: Mapping[str, Measure] = {
    "P1": value_at("battalion_completions", date(2016, 4, 1)),
    "P2": value_at("completions", date(2019, 6, 1)),
    "P3": value_at("retention_at_retraining", date(2016, 4, 1)),
    "P4a": mean_over("on_operations", date(2014, 1, 1), date(2019, 12, 1)),
    "P4b": mean_over("on_operations", date(2019, 1, 1), date(2019, 12, 1), times=12.0),
    "P5a": completions_speed_up(),
    "P5b": smallest_rise_of_deaths(),
    "P5c": total_over("deaths", date(2016, 1, 1), date(2016, 12, 1)),
    "P5d": total_over("deaths", date(2017, 1, 1), date(2017, 12, 1)),
    "P5e": total_over("deaths", date(2018, 1, 1), date(2018, 7, 1)),
    "P5f": year_against_year("readiness", 2014, 2019),
    "P6a": share_of_deaths_in_the_centre(START, date(2014, 12, 1)),
    "P6b": share_of_deaths_in_the_centre(date(2018, 1, 1), date(2018, 12, 1)),
    "P6c": growth_of_deaths_in_the_centre(),
    **{
        row: share_of_deaths_in_the_centre(date(year, 1, 1), date(year, 12, 1))
        for row, year in (("P6d", 2015), ("P6e", 2016), ("P6f", 2017))
    },
    "P6g": share_of_deaths_by("deaths_north", date(2013, 4, 1), date(2013, 12, 1)),
    "P6h": lull(),
    "P6i": total_over("deaths_north", date(2014, 1, 1), date(2016, 12, 1)),
    "P6j": total_over("deaths_centre", date(2015, 1, 1), date(2016, 12, 1)),
    "P6k": total_over("deaths_south", START, date(2016, 12, 1)),
    "P6l": total_over("deaths_north", *_HELD_OUT),
    "P6m": total_over("deaths_centre", *_HELD_OUT),
    "P6n": total_over("deaths_south", *_HELD_OUT),
    "P6o": dispersion_of_months("deaths_north", date(2014, 1, 1), date(2016, 12, 1)),
    "P6p": dispersion_of_months("deaths_north", *_HELD_OUT),
    "P6q": dispersion_of_months("deaths_centre", *_HELD_OUT),
    "P6r": persistence_of_months("deaths_north", *_HELD_OUT),
    "P6s": persistence_of_months("deaths_centre", *_HELD_OUT),
    "P7a": mean_over("active_projects", date(2017, 1, 1), date(2017, 4, 1)),
    "P7b": value_at("partners_ever", LAST),
    "P8": duplication_lowered_by_a_forum(),
    "P9a": progress_under_conditions("reform_hr"),
    "P9b": progress_under_conditions("reform_pay"),
    "P9c": progress_under_conditions("reform_logistics"),
    "P9d": progress_by_conditions(),
    "P9e": value_at("reforms_adopted", REVIEWED),
    "P10a": value_at("never_deployed", LAST),
    "P10b": share_of_vehicles_abandoned(),
    "P11": months_a_minister(),
    "P12a": year_against_year("active_partners", 2013, 2019),
    "P12b": year_less_year("insecurity", 2013, 2019),
    "P12c": year_less_year("ownership", 2013, 2019),
    "P13a": ready_soldiers_with(DOUBLE_PLACES, only_with_more_completions=True),
    "P13b": gain_beyond_the_sum(BUNDLE, PACKAGES),
    "P13c": gain_beyond_the_sum(HELD_AND_EQUIPPED, ("stable_personnel", "equipment_with_training")),
    "P14a": year_mean("units_able", 2019),
    "P14b": year_mean("units_with_support", 2019),
    "P14c": year_mean("units_partly", 2019),
    "P14d": year_mean("units_not", 2019),
    "P15": gain_by_need_without_limit(),
    "P16": cost_of_duplication_by_number_of_partners(),
    "P17": parts_needed_after_a_wave(),
    "P18a": recycling_where_few_are_moved(),
    "P18b": battalions_hold_less_where_more_are_moved(),
    "P19": members_by_number_of_partners(),
    "P20": ready_soldiers_while_outputs_rise(GIVEN),
    "P21": ready_soldiers_while_outputs_rise(MILD),
    "P22": money_used_with(MILD),
    "P23": mean_over("places_filled", date(2014, 1, 1), date(2019, 12, 1)),
    "P24": ready_soldiers_gained_with(ONE_DOCTRINE),
    "P43": deaths_with(LOCALLY_POSTED),
    "P44": share_of_abuses_in_the_centre(),
    "P30": value_at("police_completions", date(2019, 1, 1)),
    "P31a": gain_by_a_part_for_police("state_presence"),
    "P31b": gain_by_a_part_for_police("ready_soldiers"),
    "P40a": deaths_with_contractors(),
    "P40b": where_the_french_stood(),
    "P41": progress_by_fewer_indicators(),
    "P42a": mean_over("coup_hazard", START, LAST),
    "P42b": value_at("coups", LAST),
}
"""How the number of each row of the catalogue is read, by the row's id."""
