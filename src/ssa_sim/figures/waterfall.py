"""The figure of a decomposition: a waterfall from completions to ready soldiers, and what order does to each effect."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.figures.caption import drawn_from, per_cent
from ssa_sim.figures.labels import figure_words, scaled_unit
from ssa_sim.figures.number_format import decimals_for, scale_for
from ssa_sim.figures.page_size import POINTS, ROW_HEIGHT, asked, framed
from ssa_sim.figures.rows import name_rows, row_inches
from ssa_sim.figures.style import MUTED, PALETTE, QUIET_TEXT, ScenarioStyle
from ssa_sim.figures.ticks import LanguageTicks, number_axis
from ssa_sim.telling.decomposition import level_name
from ssa_sim.typography import with_apostrophes
from ssa_sim.words import glossary
from ssa_sim.words.numbers import grouped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.decompose import Decomposition
    from ssa_sim.words.texts import Language

Layout = Literal["slide", "page"]
Kind = Literal["level", "remainder", "lowers", "raises"]

COLOURS: dict[Kind, str] = {
    "level": PALETTE[0],
    "remainder": MUTED,
    "lowers": PALETTE[2],
    "raises": PALETTE[1],
}
FIRST, AVERAGE, LAST = (
    ScenarioStyle(PALETTE[3], "none", "o", 5.0),
    ScenarioStyle(PALETTE[0], "none", "D", 4.2),
    ScenarioStyle(PALETTE[4], "none", "^", 5.6),
)
"""The marks of the right panel: acting alone, averaged over all orders, acting on top of all others."""

BAR = 0.62
"""Height of a bar, in rows."""
STEP = 0.2
"""Rows from one mark of the right panel to the next below it, so that marks that coincide can be told apart."""
LABEL_SHARE = {"slide": 0.27, "page": 0.31}
"""Of the page's width, for the names of the rows."""


@dataclass(frozen=True)
class Bar:
    """One row: a bar from `start` to `end`, and the interval around `end`; in the outcome's unit."""

    name: str
    kind: Kind
    start: float
    end: float
    low: float
    high: float
    is_decided: bool = True

    @property
    def shown(self) -> float:
        """The number beside it: a level's height, or what a step changes."""
        return self.end - self.start


def waterfall_figure(decomposition: "Decomposition", language: str = "en", *, layout: str = "slide") -> Figure:
    """Draw a decomposition, ready to be shown.

    Args:
        decomposition: what to draw.
        language: "en" or "fr".
        layout: "slide" (16:9, 1600 by 900 pixels) or "page" (16 cm wide, as high as it needs).

    Raises:
        InputError: the language or the layout is not known.
    """
    spoken, page, _ = asked(language, layout, LABEL_SHARE)
    bars = bars_of(decomposition, spoken)
    with framed(
        page,
        title=_title(decomposition, spoken),
        legend=_legend(bars, spoken),
        facts=_caption(decomposition, spoken),
        rows=math.ceil(row_inches(len(bars), page) / ROW_HEIGHT),
    ) as figure:
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=[2.4, 1.0])
        _draw_bars(left, bars, decomposition, spoken)
        room = LABEL_SHARE[layout] * page.width * POINTS
        name_rows(left, [bar.name for bar in bars], page, room, bold=[bar.kind == "level" for bar in bars])
        _draw_orders(right, bars, decomposition, spoken)
    return figure


def bars_of(decomposition: "Decomposition", language: "Language") -> list[Bar]:
    """The rows from top to bottom: levels, what lies between them, and each mechanism."""
    words = figure_words(language)
    bars: list[Bar] = []
    before = 0.0
    for _, level in decomposition.levels.iterrows():
        if level["step"] == "mechanisms":
            bars += _mechanism_bars(decomposition.table, before, language)
        elif level["step"]:
            where = decomposition.against if level["step"] == "remainder" else "steps"
            step = words(f"waterfall.{where}.{level['step']}")
            ends = (before + level["change_low"], before + level["change_high"])
            bars.append(Bar(step, "remainder", before, level["value"], *ends))
        name = with_apostrophes(level_name(level["level"], decomposition.outcome, decomposition.against).to(language))
        bars.append(Bar(name, "level", 0.0, level["value"], level["low"], level["high"]))
        before = level["value"]
    return bars


def _mechanism_bars(table: "pd.DataFrame", start: float, language: "Language") -> list[Bar]:
    bars = []
    for _, row in table.iterrows():
        end = start + row["shapley"]
        kind: Kind = "raises" if row["shapley"] > 0.0 else "lowers"
        is_decided = row["verdict"] in ("lowers", "raises")
        bars.append(
            Bar(row[f"label_{language}"], kind, start, end, start + row["low"], start + row["high"], is_decided)
        )
        start = end
    return bars


def _draw_bars(axes: "Axes", bars: Sequence[Bar], decomposition: "Decomposition", language: "Language") -> None:
    ends = [end for bar in bars for end in (bar.start, bar.end, bar.low, bar.high) if math.isfinite(end)]
    scale = scale_for(ends)
    decimals = decimals_for(bar.end / scale for bar in bars)
    for row, bar in enumerate(bars):
        colour = COLOURS[bar.kind]
        axes.barh(
            row,
            bar.end - bar.start,
            left=bar.start,
            height=BAR,
            color=colour if bar.is_decided else "white",
            edgecolor=colour,
            linewidth=0.8,
            zorder=3,
        )
        if row + 1 < len(bars):
            axes.plot([bar.end, bar.end], [row, row + 1], color="#4D4D4D", linewidth=0.6, zorder=2)
        beyond = _draw_whisker(axes, row, bar)
        is_level = bar.kind == "level"
        axes.annotate(
            grouped(bar.shown / scale, language, decimals=decimals, signed=not is_level),
            (beyond, row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color="black" if bar.is_decided else QUIET_TEXT,
            weight="bold" if is_level else "normal",
        )
    low, high = min(0.0, *ends), max(0.0, *ends)
    axes.set_xlim(low - (0.03 * (high - low) if low < 0.0 else 0.0), high + 0.14 * (high - low))
    number_axis(axes.xaxis, language, most=5, scale=scale)
    axes.set_xlabel(scaled_unit(decomposition.outcome, scale, language))
    axes.set_title(figure_words(language)("waterfall.left_title"))


def _draw_whisker(axes: "Axes", row: int, bar: Bar) -> float:
    """Draw the interval around a bar's end; returns the rightmost point of bar and whisker."""
    reach = [bar.start, bar.end]
    if math.isfinite(bar.low) and math.isfinite(bar.high):
        reach += [bar.low, bar.high]
        # White below black: seen on the bar and beside it.
        for colour, width in (("white", 3.0), ("black", 1.2)):
            axes.plot([bar.low, bar.high], [row, row], color=colour, linewidth=width, zorder=4)
    return max(reach)


def _draw_orders(axes: "Axes", bars: Sequence[Bar], decomposition: "Decomposition", language: "Language") -> None:
    """Each mechanism's effect alone, on average and on top of all others, in its row."""
    table = decomposition.table
    first_row = next(row for row, bar in enumerate(bars) if bar.kind in ("lowers", "raises"))
    axes.axvline(0.0, color="#4D4D4D", linewidth=1.0, zorder=2)
    columns = (("alone", FIRST, -STEP), ("shapley", AVERAGE, 0.0), ("last", LAST, STEP))
    ends = [float(value) for name, _, _ in columns for value in table[name]]
    for place, (_, effect) in enumerate(table.iterrows()):
        row = first_row + place
        values = [effect[name] for name, _, _ in columns]
        heights = [row + step for _, _, step in columns]
        axes.plot(values, heights, color=MUTED, linewidth=1.2, zorder=3)
        for value, height, (_, style, _) in zip(values, heights, columns, strict=True):
            axes.plot(
                [value],
                [height],
                linestyle="none",
                marker=style.marker,
                markersize=1.2 * style.marker_size,
                color=style.colour,
                markeredgecolor="white",
                zorder=4,
            )
    scale = scale_for(ends)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=3, steps=[1, 2, 5, 10], min_n_ticks=2))
    axes.xaxis.set_major_formatter(LanguageTicks(language, scale=scale, signed=True))
    axes.set_xlabel(scaled_unit(decomposition.outcome, scale, language))
    axes.set_title(figure_words(language)("waterfall.right_title"))


def _title(decomposition: "Decomposition", language: "Language") -> str:
    """From where to where, in numbers."""
    words = figure_words(language)
    levels = decomposition.levels
    scale = scale_for(levels["value"])
    decimals = decimals_for(levels["value"] / scale)
    first, last = (grouped(value / scale, language, decimals=decimals) for value in levels["value"].iloc[[0, -1]])
    label = decomposition.outcome.label(language)
    if levels["level"].iloc[0] != "completions":
        return words(f"waterfall.{decomposition.against}.title", outcome=label, first=first, last=last)
    start = outcome_named("completions").label(language)
    return words(
        "waterfall.title_from_completions",
        first=first,
        start=start[0].lower() + start[1:],
        last=last,
        outcome=label[0].lower() + label[1:],
    )


def _legend(bars: Sequence[Bar], language: "Language") -> list[tuple[str, ScenarioStyle]]:
    words = figure_words(language)
    kinds = dict.fromkeys(bar.kind for bar in bars)
    entries = [
        (text, ScenarioStyle(COLOURS[kind], "none", "s", 6.0))
        for kind, text in words.table("waterfall.kinds").items()
        if kind in kinds
    ]
    return [*entries, *zip(words.table("waterfall.orders").values(), (FIRST, AVERAGE, LAST), strict=True)]


def _caption(decomposition: "Decomposition", language: "Language") -> list[str]:
    """Scenario, replications and seed; what bars and whiskers are; what is left out."""
    words = figure_words(language)
    n_mechanisms = len(decomposition.mechanisms)
    facts = [
        words("shared.scenario", name=glossary.scenario_title(decomposition.scenario, language)),
        *drawn_from(decomposition.replications, decomposition.seed, language),
        words("waterfall.bars", count=n_mechanisms, subsets=grouped(decomposition.subsets, language)),
    ]
    if decomposition.replications > 1:
        facts.append(words("waterfall.whiskers", confidence=per_cent(decomposition.confidence, language)))
    else:
        facts.append(words("shared.no_interval"))
    if decomposition.is_too_small:
        facts.append(words("waterfall.too_few"))
    elif not decomposition.table["verdict"].isin(["lowers", "raises"]).all():
        facts.append(words("waterfall.hollow", count=n_mechanisms))
    if (decomposition.levels["step"] == "headcount").any():
        facts.append(words("waterfall.headcount"))
    missing = "missing" if decomposition.is_complete else "others_act"
    facts.append(words(f"waterfall.{decomposition.against}.{missing}"))
    if decomposition.against == "abolished":
        facts.append(words("waterfall.abolished.impossible"))
    if decomposition.n_missing:
        facts.append(words("waterfall.left_out", count=grouped(decomposition.n_missing, language)))
    return facts
