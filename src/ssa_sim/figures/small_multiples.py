"""Panels of one kind side by side: trajectories with bands, paired differences, or what aid asks of those who receive it."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.figures.caption import made_with, one_run, per_cent
from ssa_sim.figures.chosen import chosen_outcomes, headline_outcomes
from ssa_sim.figures.comparison import MOST_OUTCOMES
from ssa_sim.figures.differences import differences_of, draw_differences
from ssa_sim.figures.page_size import PageSize, asked, framed, panel_title, tick_count
from ssa_sim.figures.scenario_styles import ScenarioStyles, styles_of
from ssa_sim.figures.trajectories import draw_trajectories
from ssa_sim.telling.comparison import rows_together
from ssa_sim.words import glossary
from ssa_sim.words.texts import language_named

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.experiment.keep.results import Results
    from ssa_sim.model.observation import Observation
    from ssa_sim.words.texts import Language

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
    spoken, page, words = asked(language, layout)
    chosen = headline_outcomes(results.outcomes, outcomes, _most(layout))
    facts = [*made_with(results, spoken), words("shared.bands")]
    shown = styles_of(results.scenario_names, names)
    title = glossary.experiment_title(results.title, spoken)
    return _trajectories(results.monthly, chosen, shown, title, facts, spoken, page)


def absorption_figure(
    results: "Results", language: str = "en", *, names: Mapping[str, str] | None = None, layout: str = "slide"
) -> Figure:
    """Projects, duplicates, and what they ask of the host's officers: over time, by scenario.

    Arguments and errors as for `trajectories_figure`; the results must hold the outcomes in `ABSORPTION`.
    """
    chosen = chosen_outcomes(results.outcomes, ABSORPTION, len(ABSORPTION))
    spoken, _, words = asked(language, layout)
    facts = [*made_with(results, spoken), words("shared.bands")]
    return _absorption(results.monthly, chosen, styles_of(results.scenario_names, names), facts, language, layout)


def absorption_of_one_run_figure(observation: "Observation", language: str = "en", *, layout: str = "slide") -> Figure:
    """As `absorption_figure`, for the one run of an observation."""
    chosen = tuple(outcome_named(name) for name in ABSORPTION)
    spoken = language_named(language)
    monthly = one_run_monthly(observation, ABSORPTION)
    called = {observation.title: glossary.scenario_title(observation.title, spoken)}
    shown = styles_of([observation.title], called)
    return _absorption(monthly, chosen, shown, one_run(observation, spoken), spoken, layout)


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
    spoken, page, words = asked(language, layout)
    chosen = headline_outcomes(comparison.outcomes, outcomes, _most(layout))
    shown = styles_of((comparison.first, *comparison.others), names)
    confidence = per_cent(comparison.confidence, spoken)
    facts = [
        *made_with(results, spoken),
        words("shared.intervals", name=shown.letters[comparison.first], confidence=confidence),
        words("shared.pale", count=rows_together(comparison, spoken)),
    ]
    across = min(page.abreast, len(chosen))
    rows = math.ceil(len(chosen) / across)
    height = max(1.0, 0.55 + 0.13 * len(shown.names))
    with framed(
        page,
        title=glossary.experiment_title(results.title, spoken),
        legend=shown.legend(spoken),
        facts=facts,
        rows=rows * height,
    ) as figure:
        for outcome, axes in zip(chosen, _panels(figure, len(chosen), across), strict=True):
            marks = differences_of(comparison.table, outcome.name, shown.names[1:])
            draw_differences(axes, marks, outcome, shown.styles, shown.letters, spoken, ticks=3)
            axes.set_title(panel_title(outcome.label(spoken), page, across))
    return figure


def one_run_monthly(observation: "Observation", outcomes: Sequence[str]) -> "pd.DataFrame":
    """An observation's months as `Results.monthly` holds them: of one run, so that the band is the line."""
    long = observation.monthly.melt("month", list(outcomes), var_name="outcome", value_name="p50")
    return long.assign(scenario=observation.title, p05=long["p50"], p95=long["p50"])


def _most(layout: str) -> int:
    return MOST_IN_A_COLUMN if layout == "column" else MOST_OUTCOMES


def _trajectories(
    monthly: "pd.DataFrame",
    chosen: Sequence["Outcome"],
    shown: ScenarioStyles,
    title: str,
    facts: Sequence[str],
    language: "Language",
    page: PageSize,
) -> Figure:
    across = min(page.abreast, len(chosen) if len(chosen) != 4 else 2)
    rows = math.ceil(len(chosen) / across)
    with framed(page, title=title, legend=shown.legend(language), facts=facts, rows=1.1 * rows) as figure:
        panels = _panels(figure, len(chosen), across)
        for outcome, axes in zip(chosen, panels, strict=True):
            draw_trajectories(axes, monthly, outcome, shown.styles, language, ticks=tick_count(page, across) + 1)
            axes.set_title(panel_title(outcome.label(language), page, across))
    return figure


def _panels(figure: Figure, count: int, across: int) -> list["Axes"]:
    grid = figure.add_gridspec(math.ceil(count / across), across)
    return [figure.add_subplot(grid[place // across, place % across]) for place in range(count)]


def _absorption(
    monthly: "pd.DataFrame",
    chosen: Sequence["Outcome"],
    shown: ScenarioStyles,
    facts: Sequence[str],
    language: str,
    layout: str,
) -> Figure:
    """Trajectories, and in the panel of the load a line where the host's hours end."""
    spoken, page, words = asked(language, layout)
    explained = [words("absorption.load"), words("absorption.capacity"), words("absorption.duplicate")]
    figure = _trajectories(monthly, chosen, shown, words("absorption.title"), [*facts, *explained], spoken, page)
    axes = figure.axes[ABSORPTION.index("absorption_load")]
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 0.9 * CAPACITY), max(high, 1.15 * CAPACITY))
    axes.axhline(CAPACITY, color="#4D4D4D", linewidth=1.0, zorder=2)
    return figure
