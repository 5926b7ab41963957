"""The figure of scenario discovery: where failing futures lie, and what ranges of which uncertainties hold them."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from ssa_sim.analysis.discovery_sentences import failing
from ssa_sim.analysis.parameter_labels import parameter_label
from ssa_sim.errors import InputError
from ssa_sim.figures.caption import SEPARATOR
from ssa_sim.figures.lettering import wrapped
from ssa_sim.figures.number_format import LanguageTicks, format_number, scale_for
from ssa_sim.figures.rows import name_rows, row_inches
from ssa_sim.figures.sheet import ROW_HEIGHT, Sheet, framed, sheet_named
from ssa_sim.figures.style import MUTED, PALETTE, QUIET_TEXT, ScenarioStyle, in_style
from ssa_sim.figures.wording import language_named, wording
from ssa_sim.typography import french
from ssa_sim.words.numbers import Counted, number, percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.boxes import Floats
    from ssa_sim.analysis.discovery import Discovery
    from ssa_sim.words.texts import Language

LAYOUTS = ("slide", "page", "column")
FAILS, HOLDS = PALETTE[2], PALETTE[1]
BOX_LINES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.5, 1.5)))
BOX_COLOUR = PALETTE[0]
LABEL_SHARE = {"slide": 0.17, "page": 0.19, "column": 0.36}
_CLOUD = 2.3
"""Inches of the cloud of futures."""


def boxes_figure(found: "Discovery", language: str = "en", *, layout: str = "slide") -> Figure:
    """Draw the boxes: the cloud of futures on one side, the ranges of each box on the other.

    Args:
        found: what to draw; it must hold a box.
        language: "en" or "fr".
        layout: "slide", "page" or "column" (where the ranges stand below the cloud).

    Raises:
        InputError: the language or the layout is not known, or there is no box.
    """
    spoken = language_named(language)
    sheet = sheet_named(layout, LAYOUTS)
    if found.boxes.empty:
        raise InputError("There is no box to draw.", allowed="an analysis that found one")
    words = _WORDS[spoken]
    ranges = row_inches(len(found.limits) + len(found.boxes), sheet) + 0.5
    is_stacked = layout == "column"
    height = _CLOUD + ranges if is_stacked else max(_CLOUD + 0.4, ranges)
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet,
            title=words.title.format(
                package=found.package.replace("_", " "), outcome=found.futures.outcome.label(spoken)
            ),
            legend=_legend(found, spoken),
            caption=_caption(found, spoken),
            rows=height / ROW_HEIGHT,
        )
        if is_stacked:
            cloud, limits = figure.subplots(2, 1, height_ratios=[_CLOUD, ranges])
        else:
            cloud, limits = figure.subplots(1, 2, width_ratios=[1.0, 1.0])
        draw_cloud(cloud, found, spoken)
        _wrap_labels(cloud, sheet, 0.7 if is_stacked else 0.36)
        draw_ranges(limits, found, spoken, sheet=sheet, room=LABEL_SHARE[layout] * sheet.text_width)
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
        axis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(LanguageTicks(language, scale=scale_for(values)))


def _outcome_axis(axes: "Axes", found: "Discovery", language: "Language") -> "Floats":
    """What stands upwards where a box restricts one uncertainty alone, with the threshold as a line."""
    words, outcome = _WORDS[language], found.futures.outcome
    if found.rule == "level":
        y: Floats = found.futures.means[-1]
        unit = words.level_axis
    else:
        y, _ = found.futures.improvements(len(found.futures.packages) - 1)
        unit = words.improvement
    scale = scale_for(y)
    axes.set_ylabel(
        unit.format(
            outcome=outcome.label(language), unit=wording(language).scales[scale].format(unit=outcome.unit_in(language))
        )
    )
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


def draw_ranges(axes: "Axes", found: "Discovery", language: "Language", *, sheet: Sheet, room: float) -> None:
    """Draw the range of each uncertainty that a box restricts, on the whole range drawn, with its limits' values.

    Args:
        axes: where to draw.
        found: what to draw.
        language: of labels and numbers.
        sheet: gives the size of the names.
        room: points for the names.
    """
    words = _WORDS[language]
    names: list[str] = []
    bold: list[bool] = []
    for _, box in found.boxes.iterrows():
        line = BOX_LINES[int(box["box"]) - 1]
        row = len(names)
        names.append(words.box.format(number=int(box["box"])))
        bold.append(True)
        axes.plot([0.0, 0.11], [row, row], color=BOX_COLOUR, linewidth=1.6, linestyle=line)
        axes.text(
            0.14,
            row,
            words.holds.format(density=percent(box["density"], language), coverage=percent(box["coverage"], language)),
            va="center",
        )
        for _, limit in found.limits[found.limits["box"] == box["box"]].iterrows():
            _draw_range(axes, len(names), limit, language)
            names.append(parameter_label(str(limit["path"]), language))
            bold.append(False)
    name_rows(axes, names, sheet, room, bold=bold)
    axes.set_xlim(-0.08, 1.08)
    axes.set_xticks([0.0, 1.0], [words.lowest, words.highest])
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


def _wrap_labels(axes: "Axes", sheet: Sheet, share: float) -> None:
    """Break long names of axes."""
    size, room = sheet.letters - 1.0, share * sheet.text_width
    axes.set_xlabel("\n".join(wrapped(axes.get_xlabel(), size, room)))
    upwards = 1.6 * 72.0 if sheet.height is None else 4.0 * 72.0
    axes.set_ylabel("\n".join(wrapped(axes.get_ylabel().replace("\n", " "), size, upwards)))


def _legend(found: "Discovery", language: "Language") -> list[tuple[str, ScenarioStyle]]:
    words = _WORDS[language]
    return [
        (
            words.fails.format(count=Counted(int(found.fails.sum()), language)),
            ScenarioStyle(FAILS, "none", "X", 5.0),
        ),
        (
            words.does.format(count=format_number(float((~found.fails).sum()), language)),
            ScenarioStyle(HOLDS, "none", "o", 4.0),
        ),
        *(
            (words.box.format(number=int(box)), ScenarioStyle(BOX_COLOUR, BOX_LINES[int(box) - 1], "none", 0.0))
            for box in found.boxes["box"]
        ),
    ]


def _caption(found: "Discovery", language: "Language") -> str:
    """What fails, how the boxes were found, and whether they hold in futures held out."""
    words, common = _WORDS[language], wording(language)
    assert found.held_out is not None
    facts = [
        words.failing.format(rule=failing(found, language)),
        words.futures.format(count=format_number(float(len(found.fails)), language)),
        common.replications.format(count=Counted(int(found.futures.values.shape[2]), language)),
        common.seed.format(seed=found.futures.seed),
        words.methods[found.method],
        words.density,
        (words.confirmed if found.is_confirmed else words.not_confirmed).format(
            density=percent(found.held_out.density, language),
            coverage=percent(found.held_out.coverage, language),
            base=percent(found.share_failing, language),
        ),
    ]
    if found.futures.n_dropped:
        facts.append(words.dropped.format(count=format_number(float(found.futures.n_dropped), language)))
    return SEPARATOR.join(facts)


@dataclass(frozen=True)
class BoxesWords:
    """The words of one language; braces are filled in by the figure."""

    title: str
    fails: str
    does: str
    box: str
    holds: str
    lowest: str
    highest: str
    improvement: str
    level_axis: str
    failing: str
    futures: str
    methods: dict[str, str]
    density: str
    confirmed: str
    not_confirmed: str
    dropped: str


_WORDS: dict["Language", BoxesWords] = {
    "en": BoxesWords(
        title="Where {package} fails: {outcome}",
        fails="fails ({count:# future|# futures})",
        does="does not ({count})",
        box="Box {number}",
        holds="density {density}, coverage {coverage}",
        lowest="lowest drawn",
        highest="highest drawn",
        improvement="improvement on the first scenario: {outcome} ({unit})",
        level_axis="{outcome} ({unit})",
        failing="failing: {rule}",
        futures="{count} futures",
        methods={"prim": "boxes by PRIM", "cart": "boxes by a classification tree (CART)"},
        density="density: share of the box’s futures that fail; coverage: share of failures in the box",
        confirmed="futures held out: density {density}, coverage {coverage}, against {base} failing everywhere",
        not_confirmed="THE BOXES DO NOT HOLD in futures held out: density {density}, coverage {coverage}, against {base} "
        "failing everywhere",
        dropped="futures left out for want of a value: {count}",
    ),
    "fr": french(
        BoxesWords(
            title="Là où {package} échoue : {outcome}",
            fails="échoue ({count:# futur|# futurs})",
            does="n’échoue pas ({count})",
            box="Boîte {number}",
            holds="densité {density}, couverture {coverage}",
            lowest="plus bas tiré",
            highest="plus haut tiré",
            improvement="amélioration sur le premier scénario : {outcome} ({unit})",
            level_axis="{outcome} ({unit})",
            failing="échouer : {rule}",
            futures="{count} futurs",
            methods={"prim": "boîtes par PRIM", "cart": "boîtes par un arbre de classification (CART)"},
            density="densité : part des futurs de la boîte qui échouent ; couverture : part des échecs dans la boîte",
            confirmed="futurs mis de côté : densité {density}, couverture {coverage}, contre {base} d’échecs partout",
            not_confirmed="LES BOÎTES NE TIENNENT PAS dans les futurs mis de côté : densité {density}, couverture {coverage}, "
            "contre {base} d’échecs partout",
            dropped="futurs écartés faute de valeur : {count}",
        )
    ),
}
