"""The figure of scenario discovery: where failing futures lie, and what ranges of which uncertainties hold them."""

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ssa_sim.analysis.parameter_labels import parameter_label
from ssa_sim.errors import InputError
from ssa_sim.figures.caption import drawn_from
from ssa_sim.figures.labels import figure_words, scaled_unit
from ssa_sim.figures.lettering import wrapped
from ssa_sim.figures.number_format import scale_for
from ssa_sim.figures.page_size import ROW_HEIGHT, PageSize, asked, framed
from ssa_sim.figures.rows import name_rows, row_inches
from ssa_sim.figures.style import MUTED, PALETTE, QUIET_TEXT, ScenarioStyle
from ssa_sim.figures.ticks import number_axis
from ssa_sim.telling.discovery import failing
from ssa_sim.words.numbers import Counted, grouped, number, percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.discovery import Discovery
    from ssa_sim.analysis.prim_boxes import Floats
    from ssa_sim.words.texts import Language

FAILS, HOLDS = PALETTE[2], PALETTE[1]
BOX_LINES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.5, 1.5)))
BOX_COLOUR = PALETTE[0]
LABEL_SHARE = {"slide": 0.17, "page": 0.19, "column": 0.36}
_CLOUD = 2.3
"""Inches of the cloud of futures."""


def discovery_figure(found: "Discovery", language: str = "en", *, layout: str = "slide") -> Figure:
    """Draw the boxes: the cloud of futures on one side, the ranges of each box on the other.

    Args:
        found: what to draw; it must hold a box.
        language: "en" or "fr".
        layout: "slide", "page" or "column" (where the ranges stand below the cloud).

    Raises:
        InputError: the language or the layout is not known, or there is no box.
    """
    spoken, page, words = asked(language, layout)
    if found.boxes.empty:
        raise InputError("There is no box to draw.", allowed="an analysis that found one")
    ranges = row_inches(len(found.limits) + len(found.boxes), page) + 0.5
    is_stacked = layout == "column"
    height = _CLOUD + ranges if is_stacked else max(_CLOUD + 0.4, ranges)
    with framed(
        page,
        title=words(
            "discovery.title", package=found.package.replace("_", " "), outcome=found.futures.outcome.label(spoken)
        ),
        legend=_legend(found, spoken),
        facts=_caption(found, spoken),
        rows=height / ROW_HEIGHT,
    ) as figure:
        if is_stacked:
            cloud, limits = figure.subplots(2, 1, height_ratios=[_CLOUD, ranges])
        else:
            cloud, limits = figure.subplots(1, 2, width_ratios=[1.0, 1.0])
        draw_cloud(cloud, found, spoken)
        _wrap_labels(cloud, page, 0.7 if is_stacked else 0.36)
        draw_ranges(limits, found, spoken, page=page, room=LABEL_SHARE[layout] * page.text_width)
    return figure


def draw_cloud(axes: "Axes", found: "Discovery", language: "Language") -> None:
    """Draw all futures in the two uncertainties that the first box restricts most surely, with the boxes.

    Where it restricts one alone, upwards stands by how much the package does better than the first scenario (or the outcome
    itself, if a level was asked for).
    """
    first = found.limits[found.limits["box"] == 1].sort_values("found_again", ascending=False, kind="stable")
    columns = [str(path) for path in first["path"]][:2]
    x = found.futures.table[columns[0]].to_numpy(np.float64)
    axes.set_xlabel(parameter_label(columns[0], language))
    if len(columns) == 2:
        y = found.futures.table[columns[1]].to_numpy(np.float64)
        axes.set_ylabel(parameter_label(columns[1], language))
    else:
        y = _outcome_axis(axes, found, language)
    for fails, style in ((False, ("o", HOLDS)), (True, ("X", FAILS))):
        chosen = found.fails == fails
        axes.plot(
            x[chosen],
            y[chosen],
            linestyle="none",
            marker=style[0],
            markersize=4.6 if fails else 3.2,
            color=style[1],
            markerfacecolor=style[1] if fails else "white",
            markeredgecolor="white" if fails else style[1],
            markeredgewidth=0.4 if fails else 0.7,
            zorder=4 if fails else 3,
        )
    axes.margins(0.04)
    _draw_boxes(axes, found, columns)
    for axis, values in ((axes.xaxis, x), (axes.yaxis, y)):
        number_axis(axis, language, scale=scale_for(values))


def _outcome_axis(axes: "Axes", found: "Discovery", language: "Language") -> "Floats":
    """What stands upwards where a box restricts one uncertainty alone, with the threshold as a line."""
    words, outcome = figure_words(language), found.futures.outcome
    if found.rule == "level":
        y: Floats = found.futures.means[-1]
        text = "discovery.level_axis"
    else:
        y, _ = found.futures.improvements(len(found.futures.packages) - 1)
        text = "discovery.improvement"
    scale = scale_for(y)
    axes.set_ylabel(words(text, outcome=outcome.label(language), unit=scaled_unit(outcome, scale, language)))
    axes.axhline(found.threshold, color=QUIET_TEXT, linewidth=1.0, zorder=2)
    return y


def _draw_boxes(axes: "Axes", found: "Discovery", columns: list[str]) -> None:
    """The boxes as far as they lie in these uncertainties; a box that restricts neither is everywhere and not drawn."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for box in found.boxes["box"]:
        limits = found.box(int(box)).limits
        if not any(column in limits for column in columns):
            continue
        sides = [limits.get(column, (-math.inf, math.inf)) for column in columns]
        low, high = max(left, sides[0][0]), min(right, sides[0][1])
        under, over = (max(bottom, sides[1][0]), min(top, sides[1][1])) if len(columns) == 2 else (bottom, top)
        line = BOX_LINES[int(box) - 1]
        axes.add_patch(
            Rectangle(
                (low, under),
                high - low,
                over - under,
                fill=False,
                edgecolor=BOX_COLOUR,
                linewidth=1.6,
                linestyle=line,
                zorder=5,
            )
        )
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)


def draw_ranges(axes: "Axes", found: "Discovery", language: "Language", *, page: PageSize, room: float) -> None:
    """Draw the range of each uncertainty that a box restricts, on the whole range drawn, with its limits' values.

    Args:
        axes: where to draw.
        found: what to draw.
        language: of labels and numbers.
        page: gives the size of the names.
        room: points for the names.
    """
    words = figure_words(language)
    names: list[str] = []
    bold: list[bool] = []
    for _, box in found.boxes.iterrows():
        line = BOX_LINES[int(box["box"]) - 1]
        row = len(names)
        names.append(words("discovery.box", number=int(box["box"])))
        bold.append(True)
        axes.plot([0.0, 0.11], [row, row], color=BOX_COLOUR, linewidth=1.6, linestyle=line)
        axes.text(
            0.14,
            row,
            words(
                "discovery.holds",
                density=percent(box["density"], language),
                coverage=percent(box["coverage"], language),
            ),
            va="center",
        )
        for _, limit in found.limits[found.limits["box"] == box["box"]].iterrows():
            _draw_range(axes, len(names), limit, language)
            names.append(parameter_label(str(limit["path"]), language))
            bold.append(False)
    name_rows(axes, names, page, room, bold=bold)
    axes.set_xlim(-0.08, 1.08)
    axes.set_xticks([0.0, 1.0], [words("discovery.lowest"), words("discovery.highest")])
    for spine in ("left", "bottom"):
        axes.spines[spine].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.grid(visible=False)


def _draw_range(axes: "Axes", row: int, limit: "pd.Series[Any]", language: "Language") -> None:
    """One range as a thick line on the thin line of all that was drawn, with the limits' values beside their ends."""
    low, high = float(limit["range_low"]), float(limit["range_high"])
    ends = [
        0.0 if math.isinf(limit["low"]) else (limit["low"] - low) / (high - low),
        1.0 if math.isinf(limit["high"]) else (limit["high"] - low) / (high - low),
    ]
    axes.plot([0.0, 1.0], [row, row], color=MUTED, linewidth=1.2, zorder=2)
    axes.plot(ends, [row, row], color=FAILS, linewidth=5.0, zorder=3, solid_capstyle="butt")
    both = not math.isinf(limit["low"]) and not math.isinf(limit["high"])
    close = both and ends[1] - ends[0] < 0.3
    for side, place in enumerate(ends):
        value = float(limit[("low", "high")[side]])
        if math.isinf(value):
            continue
        inwards = ("left", "right")[side]
        outwards = ("right", "left")[side]
        # Beside the end, upwards of the line, so that the value never leaves the panel.
        align = outwards if close else inwards
        axes.annotate(
            number(value, language),
            (min(max(place, 0.0), 1.0), row),
            xytext=(0, 4),
            textcoords="offset points",
            ha=align,
            va="bottom",
        )


def _wrap_labels(axes: "Axes", page: PageSize, share: float) -> None:
    """Break long names of axes."""
    size, room = page.letters - 1.0, share * page.text_width
    axes.set_xlabel("\n".join(wrapped(axes.get_xlabel(), size, room)))
    upwards = 1.6 * 72.0 if page.height is None else 4.0 * 72.0
    axes.set_ylabel("\n".join(wrapped(axes.get_ylabel().replace("\n", " "), size, upwards)))


def _legend(found: "Discovery", language: "Language") -> list[tuple[str, ScenarioStyle]]:
    words = figure_words(language)
    return [
        (
            words("discovery.fails", count=Counted(int(found.fails.sum()), language)),
            ScenarioStyle(FAILS, "none", "X", 5.0),
        ),
        (
            words("discovery.does", count=grouped(float((~found.fails).sum()), language)),
            ScenarioStyle(HOLDS, "none", "o", 4.0),
        ),
        *(
            (words("discovery.box", number=int(box)), ScenarioStyle(BOX_COLOUR, BOX_LINES[int(box) - 1], "none", 0.0))
            for box in found.boxes["box"]
        ),
    ]


def _caption(found: "Discovery", language: "Language") -> list[str]:
    """What fails, how the boxes were found, and whether they hold in futures held out."""
    words = figure_words(language)
    assert found.held_out is not None
    facts = [
        words("discovery.failing", rule=failing(found, language)),
        words("shared.futures", count=grouped(float(len(found.fails)), language)),
        *drawn_from(int(found.futures.values.shape[2]), found.futures.seed, language),
        words(f"discovery.methods.{found.method}"),
        words("discovery.density"),
        words(
            "discovery.confirmed" if found.is_confirmed else "discovery.not_confirmed",
            density=percent(found.held_out.density, language),
            coverage=percent(found.held_out.coverage, language),
            base=percent(found.share_failing, language),
        ),
    ]
    if found.futures.n_dropped:
        facts.append(words("shared.futures_left_out", count=grouped(float(found.futures.n_dropped), language)))
    return facts
