"""Panels of one kind side by side: trajectories with bands, paired differences, or what aid asks of those who receive it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.figures.caption import SEPARATOR
from ssa_sim.figures.cast import Cast, cast_of
from ssa_sim.figures.comparison import MOST_OUTCOMES, chosen_outcomes
from ssa_sim.figures.differences import differences_of, draw_differences
from ssa_sim.figures.number_format import format_number
from ssa_sim.figures.sheet import Sheet, framed, panel_title, sheet_named, tick_count
from ssa_sim.figures.style import in_style
from ssa_sim.figures.trajectories import draw_trajectories
from ssa_sim.figures.wording import language_named, wording
from ssa_sim.telling.comparison import rows_together
from ssa_sim.typography import french
from ssa_sim.words.numbers import Counted

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.experiment.keep.results import Results
    from ssa_sim.model.observation import Observation
    from ssa_sim.words.texts import Language

ABREAST = {"slide": 3, "page": 2, "column": 1}
"""Panels side by side."""
MOST_IN_A_COLUMN = 5
ABSORPTION = ("active_projects", "duplication", "absorption_load", "delivery")
"""What many partners ask of a small staff: the outcomes of the figure on duplication and absorption."""
CAPACITY = 1.0
"""The load at which all the host's officer-hours are taken."""


def trajectories_figure(
    results: "Results",
    language: str = "en",
    *,
    outcomes: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    layout: str = "slide",
) -> Figure:
    """Outcomes month by month: medians with the band that holds 90% of replications.

    Args:
        results: with monthly values.
        language: "en" or "fr".
        outcomes: which; by default the headline ones.
        names: what to call scenarios.
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language, the layout or an outcome is not known, or there are too many.
    """
    chosen = chosen_outcomes(results.outcomes, outcomes, _most(layout))
    spoken = language_named(language)
    facts = [*made_with(results, spoken), wording(spoken).bands]
    return _trajectories(
        results.monthly, chosen, cast_of(results.scenario_names, names), results.title, facts, spoken, layout
    )


def absorption_figure(
    results: "Results", language: str = "en", *, names: Mapping[str, str] | None = None, layout: str = "slide"
) -> Figure:
    """Projects, duplicates, and what they ask of the host's officers: over time, by scenario.

    Arguments and errors as for `trajectories_figure`; the results must hold the outcomes in `ABSORPTION`.
    """
    chosen = chosen_outcomes(results.outcomes, ABSORPTION, len(ABSORPTION))
    spoken = language_named(language)
    facts = [*made_with(results, spoken), wording(spoken).bands, *_absorption_facts(spoken)]
    cast = cast_of(results.scenario_names, names)
    figure = _trajectories(results.monthly, chosen, cast, _WORDS[spoken].absorption, facts, spoken, layout)
    return _with_capacity(figure)


def absorption_of_one_run_figure(observation: "Observation", language: str = "en", *, layout: str = "slide") -> Figure:
    """As `absorption_figure`, for the one run of an observation."""
    spoken = language_named(language)
    chosen = tuple(outcome_named(name) for name in ABSORPTION)
    facts = [*one_run(observation, spoken), *_absorption_facts(spoken)]
    monthly = one_run_monthly(observation, ABSORPTION)
    cast = cast_of([observation.title])
    figure = _trajectories(monthly, chosen, cast, _WORDS[spoken].absorption, facts, spoken, layout)
    return _with_capacity(figure)


def differences_figure(
    results: "Results",
    comparison: "Comparison",
    language: str = "en",
    *,
    outcomes: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    layout: str = "slide",
) -> Figure:
    """Each scenario's paired difference from the first with its interval, an outcome a panel.

    Arguments and errors as for `comparison.comparison_figure`; the layout may be "column" too.
    """
    spoken, words = language_named(language), wording(language_named(language))
    sheet = sheet_named(layout, ABREAST)
    chosen = chosen_outcomes(comparison.outcomes, outcomes, _most(layout))
    cast = cast_of((comparison.first, *comparison.others), names)
    confidence = format_number(100.0 * comparison.confidence, spoken)
    facts = [*made_with(results, spoken)]
    facts.append(words.intervals.format(name=cast.letters[comparison.first], confidence=confidence))
    facts.append(words.pale.format(count=rows_together(comparison, spoken)))
    across = min(ABREAST[layout], len(chosen))
    rows = math.ceil(len(chosen) / across)
    height = max(1.0, 0.55 + 0.13 * len(cast.scenarios))
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet,
            title=results.title,
            legend=cast.legend(spoken),
            caption=SEPARATOR.join(facts),
            rows=rows * height,
        )
        for outcome, axes in zip(chosen, _panels(figure, len(chosen), across), strict=True):
            marks = differences_of(comparison.table, outcome.name, cast.scenarios[1:])
            draw_differences(axes, marks, outcome, cast.styles, cast.letters, spoken, ticks=3)
            axes.set_title(panel_title(outcome.label(spoken), sheet, across))
    return figure


def one_run_monthly(observation: "Observation", outcomes: Sequence[str]) -> "pd.DataFrame":
    """An observation's months as `Results.monthly` holds them: of one run, so that the band is the line."""
    long = observation.monthly.melt("month", list(outcomes), var_name="outcome", value_name="p50")
    return long.assign(scenario=observation.title, p05=long["p50"], p95=long["p50"])


def one_run(observation: "Observation", language: "Language") -> list[str]:
    """What a caption says of an observation."""
    words = _WORDS[language]
    return [
        words.one_run.format(title=observation.title),
        wording(language).seed.format(seed=observation.seed),
        words.replicate.format(number=observation.replicate),
    ]


def _most(layout: str) -> int:
    return MOST_IN_A_COLUMN if layout == "column" else MOST_OUTCOMES


def made_with(results: "Results", language: "Language") -> list[str]:
    """What a caption says of results: replications, seed, and runs that failed."""
    words = wording(language)
    facts = [
        words.replications.format(count=Counted(results.replications, language)),
        words.seed.format(seed=results.seed),
    ]
    if results.n_failed:
        facts.append(words.failed.format(count=format_number(results.n_failed, language)))
    return facts


def _trajectories(
    monthly: "pd.DataFrame",
    chosen: Sequence["Outcome"],
    cast: Cast,
    title: str,
    facts: Sequence[str],
    language: "Language",
    layout: str,
) -> Figure:
    sheet = sheet_named(layout, ABREAST)
    across = min(ABREAST[layout], len(chosen) if len(chosen) != 4 else 2)
    rows = math.ceil(len(chosen) / across)
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet, title=title, legend=cast.legend(language), caption=SEPARATOR.join(facts), rows=1.1 * rows
        )
        panels = _panels(figure, len(chosen), across)
        for outcome, axes in zip(chosen, panels, strict=True):
            draw_trajectories(axes, monthly, outcome, cast.styles, language, ticks=_ticks(sheet, across))
            axes.set_title(panel_title(outcome.label(language), sheet, across))
    return figure


def _ticks(sheet: Sheet, across: int) -> int:
    return tick_count(sheet, across) + 1


def _panels(figure: Figure, count: int, across: int) -> list["Axes"]:
    grid = figure.add_gridspec(math.ceil(count / across), across)
    return [figure.add_subplot(grid[place // across, place % across]) for place in range(count)]


def _with_capacity(figure: Figure) -> Figure:
    """Mark in the panel of the load where the host's hours end."""
    axes = figure.axes[ABSORPTION.index("absorption_load")]
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 0.9 * CAPACITY), max(high, 1.15 * CAPACITY))
    axes.axhline(CAPACITY, color="#4D4D4D", linewidth=1.0, zorder=2)
    return figure


def _absorption_facts(language: "Language") -> list[str]:
    words = _WORDS[language]
    return [words.load, words.capacity, words.duplicate]


@dataclass(frozen=True)
class MultiplesWords:
    """The words of one language; braces are filled in by the figure."""

    absorption: str
    capacity: str
    load: str
    duplicate: str
    one_run: str
    replicate: str


_WORDS: dict["Language", MultiplesWords] = {
    "en": MultiplesWords(
        absorption="Many projects, few officers: duplication and the load on the host",
        capacity="line at 1: all of the host’s officer-hours are taken",
        load="load: officer-hours claimed over those there are",
        duplicate="duplicate: begun where another partner’s project ran with the same kind, function and zone",
        one_run="one run of: {title}",
        replicate="replicate {number}",
    ),
    "fr": french(
        MultiplesWords(
            absorption="Beaucoup de projets, peu d’officiers : doublons et charge de l’hôte",
            capacity="ligne à 1 : toutes les heures d’officiers de l’hôte sont prises",
            load="charge : heures d’officiers demandées, rapportées à celles qui existent",
            duplicate="doublon : commencé là où courait le projet d’un autre, de mêmes type, fonction et zone",
            one_run="une simulation de : {title}",
            replicate="réplicat {number}",
        )
    ),
}
