"""The figure of robustness: shares of futures that do well enough, regret, and how surely each package ranks first."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from ssa_sim.errors import InputError
from ssa_sim.figures.caption import drawn_from, per_cent
from ssa_sim.figures.chosen import chosen_outcomes
from ssa_sim.figures.labels import figure_words, scaled_unit
from ssa_sim.figures.lettering import wrapped
from ssa_sim.figures.number_format import scale_for
from ssa_sim.figures.page_size import ROW_HEIGHT, asked, framed
from ssa_sim.figures.rows import plain_rows
from ssa_sim.figures.scenario_styles import ScenarioStyles, styles_in_rows
from ssa_sim.figures.style import PALETTE, QUIET_TEXT, ScenarioStyle
from ssa_sim.figures.ticks import number_axis
from ssa_sim.telling.robustness import RANKED_BY, measure_names, standard
from ssa_sim.words.numbers import grouped, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ssa_sim.analysis.robustness import Robustness
    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.words.texts import Language

MOST_OUTCOMES = {"slide": 3, "page": 4, "column": 2}
MOST_PACKAGES = 26
"""One a letter."""
REGRETS = (("regret_mean", "o"), ("regret_p90", "s"), ("regret_max", "d"))
"""The measures of regret from least to largest, with their marks."""
_INK = PALETTE[0]
_SHADES = "Greys"


def robustness_figure(
    found: "Robustness",
    language: str = "en",
    *,
    outcomes: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    layout: str = "slide",
) -> Figure:
    """Draw packages over futures, an outcome a row (on a column, a block).

    Args:
        found: what to draw.
        language: "en" or "fr".
        outcomes: which; as many as fit by default.
        names: what to call packages.
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language, the layout or an outcome is not known, or there are too many outcomes or packages.
    """
    spoken, page, words = asked(language, layout, MOST_OUTCOMES)
    chosen = chosen_outcomes(found.outcomes, outcomes, MOST_OUTCOMES[layout])
    if len(found.packages) > MOST_PACKAGES:
        raise InputError(
            f"{len(found.packages)} packages do not fit one figure.", allowed=f"at most {MOST_PACKAGES}: name fewer"
        )
    shown = styles_in_rows(found.packages, names)
    panel = 0.75 + 0.19 * len(found.packages)
    is_stacked = layout == "column"
    down = len(chosen) * (3 if is_stacked else 1)
    with framed(
        page,
        title=words("robustness.title"),
        legend=[*shown.legend(spoken), *_marks(spoken)],
        facts=_caption(found, chosen, shown, spoken),
        rows=down * panel / ROW_HEIGHT,
    ) as figure:
        grid = figure.subplots(down, 1 if is_stacked else 3, squeeze=False)
        for number, outcome in enumerate(chosen):
            panels = grid[3 * number : 3 * number + 3, 0] if is_stacked else grid[number]
            draw_shares(panels[0], found, outcome, shown, spoken)
            draw_regret(panels[1], found, outcome, shown, spoken)
            room = page.text_width / (1 if is_stacked else 3)
            each = 0.8 * room / len(RANKED_BY)
            draw_first(panels[2], found, outcome, shown, spoken, size=page.letters - 1.0, room=each)
            panels[0].set_title("\n".join(wrapped(outcome.label(spoken), page.letters, 0.8 * room, weight="bold")))
    return figure


def draw_shares(
    axes: "Axes", found: "Robustness", outcome: "Outcome", shown: ScenarioStyles, language: "Language"
) -> None:
    """Draw the share of futures in which each package does well enough, with its interval."""
    rows = found.of(outcome.name, "satisficing")
    for place, package in enumerate(shown.names):
        row: Any = rows.loc[package]
        style = shown.styles[package]
        if math.isnan(row["value"]):
            axes.text(
                0.5,
                place,
                figure_words(language)("robustness.the_standard"),
                ha="center",
                va="center",
                color=QUIET_TEXT,
            )
            continue
        axes.plot([row["low"], row["high"]], [place, place], color=style.colour, linewidth=1.6, zorder=3)
        axes.plot([row["value"]], [place], linestyle="none", marker=style.marker, markersize=1.3 * style.marker_size,
                  color=style.colour, markeredgecolor="white", zorder=4)  # fmt: skip
    axes.set_xlim(-0.03, 1.03)
    axes.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0], [percent(share, language) for share in (0.0, 0.25, 0.5, 0.75, 1.0)])
    axes.set_xlabel(figure_words(language)("robustness.share") + " →")
    _letter(axes, shown)


def draw_regret(
    axes: "Axes", found: "Robustness", outcome: "Outcome", shown: ScenarioStyles, language: "Language"
) -> None:
    """Draw the mean, the 90% and the largest regret of each package; the mean and the 90% one with their intervals."""
    by_measure = {measure: found.of(outcome.name, measure) for measure, _ in REGRETS}
    scale = scale_for(by_measure["regret_max"]["value"])
    for place, package in enumerate(shown.names):
        style = shown.styles[package]
        largest = float(by_measure["regret_max"]["value"][package])
        axes.plot([0.0, largest], [place, place], color=style.colour, linewidth=0.8, alpha=0.5, zorder=2)
        for measure, marker in REGRETS:
            row: Any = by_measure[measure].loc[package]
            if measure != "regret_max":
                axes.plot([row["low"], row["high"]], [place, place], color=style.colour, linewidth=2.4, zorder=3)
            axes.plot(
                [row["value"]],
                [place],
                linestyle="none",
                marker=marker,
                markersize=6.0 if marker == "d" else 5.0,
                color=style.colour,
                markeredgecolor="white",
                markeredgewidth=0.8,
                zorder=4,
            )
    largest = float(by_measure["regret_max"]["value"].max())
    axes.set_xlim(-0.03 * largest if largest else -1.0, 1.06 * largest if largest else 1.0)
    number_axis(axes.xaxis, language, scale=scale)
    unit = scaled_unit(outcome, scale, language)
    axes.set_xlabel(f"← {figure_words(language)('robustness.regret', unit=unit)}")
    _letter(axes, shown)


def draw_first(
    axes: "Axes",
    found: "Robustness",
    outcome: "Outcome",
    shown: ScenarioStyles,
    language: "Language",
    *,
    size: float = 8.0,
    room: float = 60.0,
) -> None:
    """Draw how surely each package ranks first by each measure, as shaded cells with their percentages.

    Args:
        axes: where to draw.
        found: what to draw.
        outcome: which.
        shown: who is who.
        language: of the words.
        size: of the letters of the measures' names, in points.
        room: that each name has, in points.
    """
    shares = np.full((len(shown.names), len(RANKED_BY)), np.nan)
    for column, measure in enumerate(RANKED_BY):
        first = found.rank_table(outcome.name, measure)[1]
        for place, package in enumerate(shown.names):
            shares[place, column] = first.get(package, np.nan)
    axes.pcolormesh(
        np.arange(len(RANKED_BY) + 1) - 0.5,
        np.arange(len(shown.names) + 1) - 0.5,
        np.ma.masked_invalid(shares),
        cmap=_SHADES,
        vmin=0.0,
        vmax=1.4,
        edgecolors="white",
        linewidth=1.5,
    )
    for place, column in np.ndindex(shares.shape):
        share = float(shares[place, column])
        axes.text(
            column,
            place,
            percent(share, language),
            ha="center",
            va="center",
            weight="bold" if share >= 0.5 else "normal",
            color=_INK if share < 0.8 or math.isnan(share) else "white",
        )
    called = measure_names(language)
    axes.set_xticks(range(len(RANKED_BY)), ["\n".join(wrapped(called[measure], size, room)) for measure in RANKED_BY])
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel(figure_words(language)("robustness.first"))
    axes.spines["bottom"].set_visible(False)
    _letter(axes, shown)
    axes.grid(visible=False)


def _letter(axes: "Axes", shown: ScenarioStyles) -> None:
    """Letters of the packages on the left, from the top."""
    plain_rows(axes, [shown.letters[package] for package in shown.names])
    axes.spines["left"].set_visible(False)


def _marks(language: "Language") -> list[tuple[str, ScenarioStyle]]:
    called = measure_names(language)
    return [(called[measure], ScenarioStyle(_INK, "none", mark, 5.0)) for measure, mark in REGRETS]


def _caption(
    found: "Robustness", chosen: Sequence["Outcome"], shown: ScenarioStyles, language: "Language"
) -> list[str]:
    """How many futures, what is well enough, what regret and the cells are."""
    words = figure_words(language)
    rows = found.summary[found.summary["outcome"].isin([outcome.name for outcome in chosen])]
    levels = [
        f"{outcome.label(language)} {standard(found, outcome.name, language)}"
        for outcome in chosen
        if found.summary.set_index("outcome").loc[outcome.name, "rule"] == "level"
    ]
    facts = [
        words("shared.futures", count=grouped(float(rows["futures"].max()), language)),
        *drawn_from(int(rows["replications"].max()), found.seed, language),
        *levels,
    ]
    if len(levels) < len(chosen):
        facts.append(words("robustness.better", first=shown.letters[shown.names[0]]))
    facts += [
        words("robustness.regret_is"),
        words("robustness.intervals", confidence=per_cent(found.confidence, language)),
        words("robustness.cells"),
        words("robustness.no_probability"),
    ]
    if rows["dropped"].any():
        facts.append(words("shared.futures_left_out", count=grouped(float(rows["dropped"].max()), language)))
    return facts
