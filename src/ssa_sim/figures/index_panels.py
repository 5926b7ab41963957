"""Panels of a sensitivity analysis: bars with intervals, a tornado, and the plane of elementary effects."""

import math
from typing import TYPE_CHECKING, Any

from ssa_sim.analysis.parameter_labels import parameter_label
from ssa_sim.errors import InputError
from ssa_sim.figures.labels import figure_words, scaled_unit
from ssa_sim.figures.lettering import wrapped
from ssa_sim.figures.number_format import scale_for
from ssa_sim.figures.page_size import PageSize
from ssa_sim.figures.rows import name_rows
from ssa_sim.figures.style import MUTED, PALETTE, QUIET_TEXT
from ssa_sim.figures.ticks import number_axis

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.words.texts import Language

COLOURS = {"levers": PALETTE[1], "uncertainties": PALETTE[2], "mechanisms": PALETTE[4], "structures": PALETTE[5]}
MARKS = {"levers": "s", "uncertainties": "o", "mechanisms": "^", "structures": "D"}
MOST_ROWS = 8
"""Parameters of a panel; fewer where a slide has two rows of panels."""
BAR = 0.62
LINE_A_NAME = 1.5
"""Height of a name in the list, in heights of its letters."""


def draw_shares(axes: "Axes", table: "pd.DataFrame", outcome: "Outcome", language: "Language") -> None:
    """Draw shares of the variance: total as bars, first order as marks, both with intervals.

    Args:
        axes: where to draw.
        table: a row a parameter from top to bottom, its path the index; columns in two levels: ("part", ""), and for "total"
            and "first" such as ("total", "value"), ("total", "low"), ("total", "high"), ("total", "floor"),
            ("total", "above_chance"). `index_rows` makes it of a sensitivity analysis.
        outcome: what is moved.
        language: of labels and numbers.

    Raises:
        InputError: the table has not these columns.
    """
    _refuse_other_tables(table, ("total", "first"))
    words = figure_words(language)
    if _says_still(axes, table, language):
        return
    for row, (_, line) in enumerate(table.iterrows()):
        colour = COLOURS[line["part", ""]]
        total = line["total"]
        _bar(axes, row, 0.0, total, colour, is_decided=bool(total["above_chance"]))
        _whisker(axes, row - 0.17, total)
        first = line["first"]
        _whisker(axes, row + 0.17, first)
        axes.plot([first["value"]], [row + 0.17], **_mark("D", 4.0, colour))
    ends = [table[index, end].max() for index in ("total", "first") for end in ("value", "high")]
    low = min(0.0, float(table["first", "low"].min()))
    axes.set_xlim(low - 0.03 * (max(ends) - low), max(ends) + 0.06 * (max(ends) - low))
    axes.axvline(0.0, color="#4D4D4D", linewidth=1.0, zorder=2)
    _floor(axes, float(table["total", "floor"].max()))
    number_axis(axes.xaxis, language)
    axes.set_xlabel(words("indices.share"))


def draw_tornado(axes: "Axes", table: "pd.DataFrame", outcome: "Outcome", language: "Language") -> None:
    """Draw mean elementary effects as bars to either side of zero, with intervals; the size without sign as a mark.

    Args:
        axes: where to draw.
        table: as for `draw_shares`, with "mu" and "mu_star".
        outcome: what is moved.
        language: of labels and numbers.

    Raises:
        InputError: the table has not these columns.
    """
    _refuse_other_tables(table, ("mu", "mu_star"))
    words = figure_words(language)
    if _says_still(axes, table, language):
        return
    scale = scale_for(table[[("mu_star", "high"), ("mu", "high")]].to_numpy().ravel())
    for row, (_, line) in enumerate(table.iterrows()):
        colour = COLOURS[line["part", ""]]
        mean, size = line["mu"], line["mu_star"]
        _bar(axes, row, 0.0, mean, colour, is_decided=bool(size["above_chance"]))
        _whisker(axes, row, mean)
        side = -1.0 if mean["value"] < 0.0 else 1.0
        axes.plot([side * size["value"]], [row], **_mark("D", 4.6, colour))
    axes.axvline(0.0, color="#4D4D4D", linewidth=1.0, zorder=2)
    sizes = table["mu_star", "value"].where(table["mu", "value"] >= 0.0, -table["mu_star", "value"])
    ends = [0.0, *table["mu", "low"], *table["mu", "high"], *sizes]
    air = 0.06 * (max(ends) - min(ends))
    axes.set_xlim(min(ends) - air, max(ends) + air)
    number_axis(axes.xaxis, language, scale=scale, signed=True)
    axes.set_xlabel(words("indices.effect", unit=scaled_unit(outcome, scale, language)))


def draw_plane(
    axes: "Axes", table: "pd.DataFrame", outcome: "Outcome", language: "Language", *, named: int = MOST_ROWS
) -> None:
    """Draw the plane of elementary effects; the first so many parameters are numbered.

    Args:
        axes: where to draw.
        table: as for `draw_shares`, with "mu_star" and "sigma", the most important parameter first.
        outcome: what is moved.
        language: of labels and numbers.
        named: how many are numbered.

    Raises:
        InputError: the table has not these columns.
    """
    _refuse_other_tables(table, ("mu_star", "sigma"))
    if _says_still(axes, table, language):
        return
    size, scatter = table["mu_star", "value"], table["sigma", "value"]
    for number, (_, line) in reversed(list(enumerate(table.iterrows(), 1))):
        x, y = line["mu_star", "value"], line["sigma", "value"]
        is_named = number <= named
        colour = COLOURS[line["part", ""]] if is_named else MUTED
        if is_named:
            axes.plot([line["mu_star", "low"], line["mu_star", "high"]], [y, y], color=colour, linewidth=0.9, zorder=3)
        axes.plot([x], [y], **_mark(MARKS[line["part", ""]], 5.0 if is_named else 2.6, colour))
    reach = 1.12 * float(table["mu_star", "high"].max())
    top = 1.22 * float(max(scatter.max(), 0.25 * size.max()))
    axes.plot([0.0, reach], [0.0, reach], color="#4D4D4D", linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
    axes.set_xlim(0.0, reach)
    axes.set_ylim(-0.04 * top, top)
    for numbers, x, y in _numbered(size[:named] / reach, scatter[:named] / top):
        axes.annotate(
            numbers, (x * reach, y * top), xytext=(0, 4), textcoords="offset points", ha="center", va="bottom", zorder=5
        )
    scale = scale_for([reach, top])
    unit = scaled_unit(outcome, scale, language)
    for axis in (axes.xaxis, axes.yaxis):
        number_axis(axis, language, scale=scale)
    axes.set_xlabel(f"mu* ({unit})")
    axes.set_ylabel("sigma")


def _numbered(x: "pd.Series[float]", y: "pd.Series[float]") -> list[tuple[str, float, float]]:
    """The points' numbers and where they stand, as shares of the axes; points that lie close together share a label."""
    groups: list[tuple[list[int], float, float]] = []
    for number, (right, up) in enumerate(zip(x, y, strict=True), 1):
        near = next((group for group in groups if _is_near(group, right, up)), None)
        if near is None:
            groups.append(([number], right, up))
        else:
            near[0].append(number)
    return [(", ".join(map(str, numbers)), right, up) for numbers, right, up in groups]


def _is_near(group: tuple[list[int], float, float], right: float, up: float) -> bool:
    """Whether a label at this point would stand in that of a group."""
    numbers, x, y = group
    return abs(x - right) < 0.06 + 0.025 * len(numbers) and abs(y - up) < 0.14


def _refuse_other_tables(table: "pd.DataFrame", indices: tuple[str, ...]) -> None:
    """Refuse a table whose columns are not in two levels, or lack one of these indices."""
    held = table.columns.get_level_values(0) if table.columns.nlevels == 2 else ()
    if any(name not in held for name in ("part", *indices)):
        raise InputError(
            f"The panel cannot be drawn from this table: its columns are {', '.join(map(str, table.columns))}.",
            allowed="columns in two levels, such as "
            f'("{indices[0]}", "value"), as `ssa_sim.figures.indices.index_rows` makes them of a sensitivity analysis with '
            f"the indices {' and '.join(indices)}",
        )


def _says_still(axes: "Axes", table: "pd.DataFrame", language: "Language") -> bool:
    """Words in place of bars where the outcome is the same at all points."""
    if not table.xs("value", axis=1, level=1).isna().to_numpy().all():
        return False
    axes.text(
        0.5,
        0.5,
        figure_words(language)("indices.still"),
        transform=axes.transAxes,
        ha="center",
        va="center",
        color=QUIET_TEXT,
    )
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(visible=False)
    return True


def _bar(axes: "Axes", row: float, start: float, line: "pd.Series[float]", colour: str, *, is_decided: bool) -> None:
    axes.barh(
        row,
        line["value"] - start,
        left=start,
        height=BAR,
        color=colour if is_decided else "white",
        alpha=0.45 if is_decided else 1.0,
        linewidth=0,
        zorder=3,
    )
    axes.barh(row, line["value"] - start, left=start, height=BAR, fill=False, edgecolor=colour, linewidth=0.8, zorder=3)


def _whisker(axes: "Axes", row: float, line: "pd.Series[float]") -> None:
    if math.isfinite(line["low"]) and math.isfinite(line["high"]):
        for colour, width in (("white", 3.0), ("black", 1.1)):
            axes.plot([line["low"], line["high"]], [row, row], color=colour, linewidth=width, zorder=4)


def _mark(marker: str, size: float, colour: str) -> dict[str, Any]:
    return {
        "linestyle": "none",
        "marker": marker,
        "markersize": size,
        "color": colour,
        "markeredgecolor": "white",
        "zorder": 5,
    }


def _floor(axes: "Axes", floor: float) -> None:
    """What chance alone would give."""
    if math.isfinite(floor):
        axes.axvline(floor, color=QUIET_TEXT, linewidth=1.0, linestyle=(0, (1, 1.5)), zorder=2)


def name_parameters(axes: "Axes", table: "pd.DataFrame", page: PageSize, room: float, language: "Language") -> None:
    """Name the rows, with a line between levers and what nobody decides."""
    if not axes.get_yticks().size:
        return
    name_rows(axes, [parameter_label(str(path), language) for path in table.index], page, room, lines=2)
    axes.spines["left"].set_visible(False)
    parts = list(table["part", ""])
    for row in range(1, len(parts)):
        if parts[row] != parts[row - 1]:
            axes.axhline(row - 0.5, color="#4D4D4D", linewidth=0.8, zorder=2)


def list_names(
    axes: "Axes", table: "pd.DataFrame", page: PageSize, room: float, language: "Language", named: int
) -> None:
    """The names of the numbered parameters, a line or two each, from the top."""
    axes.set_axis_off()
    lines: list[str] = []
    for number, path in enumerate(table.index[:named], 1):
        first, *rest = wrapped(f"{number}  {parameter_label(str(path), language)}", page.letters - 1.0, room)
        lines += [first, *(f"     {line}" for line in rest)]
    for place, line in enumerate(lines):
        text = axes.annotate(
            line,
            (0.0, 1.0),
            xycoords="axes fraction",
            xytext=(0.0, -(LINE_A_NAME * place + 0.8) * (page.letters - 1.0)),
            textcoords="offset points",
            va="baseline",
            size=page.letters - 1.0,
        )
        text.set_in_layout(False)
