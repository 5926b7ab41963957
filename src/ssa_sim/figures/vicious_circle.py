"""The vicious circle as a loop: what a push on insecurity moves, and how strongly each arrow passes it on."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.figures.caption import drawn_from, per_cent
from ssa_sim.figures.labels import figure_words
from ssa_sim.figures.number_format import decimals_apart, decimals_for
from ssa_sim.figures.page_size import ROW_HEIGHT, asked, framed, without_axes
from ssa_sim.figures.style import MUTED, PALETTE, ScenarioStyle
from ssa_sim.telling.circle import node_name
from ssa_sim.typography import NARROW_NO_BREAK_SPACE, with_apostrophes
from ssa_sim.words import glossary
from ssa_sim.words.numbers import grouped, span

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.vicious_circle import Circle
    from ssa_sim.words.texts import Language

CIRCLE: tuple[str, Any] = (PALETTE[2], "-")
HELP: tuple[str, Any] = (PALETTE[1], (0, (6, 1.5)))
WAR: tuple[str, Any] = (PALETTE[0], (0, (1.2, 1.2)))
"""Colour and line of the arrows of the circle, of what else more projects do, and of what war does without aid."""
THINNEST, THICKEST = 0.8, 6.5
"""Width of an arrow of strength 0 and of strength 1 or more, in points."""


class _Place(NamedTuple):
    """Where a box stands, in shares of the panel."""

    x: float
    y: float


PLACES: dict[str, _Place] = {
    "insecurity": _Place(0.50, 0.93),
    "projects": _Place(0.84, 0.74),
    "load": _Place(0.83, 0.22),
    "ownership": _Place(0.46, 0.37),
    "delivery": _Place(0.48, 0.06),
    "readiness": _Place(0.16, 0.55),
}


class _Bend(NamedTuple):
    """How much an arrow bends, and by how much its number stands beside its middle, in shares of the panel."""

    radius: float
    right: float = 0.0
    up: float = 0.0


BENDS: dict[tuple[str, str], _Bend] = {
    ("insecurity", "projects"): _Bend(-0.2, 0.02, 0.03),
    ("projects", "load"): _Bend(-0.15, -0.09),
    ("load", "ownership"): _Bend(0.0, 0.06, 0.035),
    ("load", "delivery"): _Bend(-0.2, 0.07, -0.04),
    ("ownership", "readiness"): _Bend(0.0, 0.075, 0.03),
    ("delivery", "readiness"): _Bend(-0.25),
    ("readiness", "insecurity"): _Bend(-0.3),
    ("projects", "readiness"): _Bend(0.0, 0.05, 0.01),
    ("insecurity", "readiness"): _Bend(-0.1),
}
SHAPES = {"slide": 2.1, "page": 1.4, "column": 0.72}
"""Width of the panel over its height."""


def circle_figure(circle: "Circle", language: str = "en", *, layout: str = "slide") -> Figure:
    """Draw the loop, ready to be shown.

    Args:
        circle: what was measured.
        language: "en" or "fr".
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language or the layout is not known.
    """
    spoken, page, words = asked(language, layout, SHAPES)
    back = circle.came_back("aid")
    decimals = decimals_apart(100.0 * back[1], 100.0 * back[2], 1)
    share, low, high = (grouped(100.0 * value, spoken, decimals=decimals) for value in back)
    legend = [
        (text, ScenarioStyle(colour, style, "", 0.0))
        for text, (colour, style) in zip(words.table("circle.legend").values(), (CIRCLE, HELP, WAR), strict=True)
    ]
    with framed(
        page,
        title=words("circle.title", share=share, low=low, high=high),
        legend=legend,
        facts=(_facts(circle, spoken)),
        rows=0.95 * page.width / SHAPES[layout] / ROW_HEIGHT,
    ) as figure:
        axes = figure.add_subplot()
        shape = SHAPES[layout]
        draw_circle(axes, circle.nodes, circle.arrows, spoken, shape=shape, is_narrow=layout == "column")
    return figure


def draw_circle(
    axes: "Axes",
    nodes: "pd.DataFrame",
    arrows: "pd.DataFrame",
    language: "Language",
    *,
    shape: float = 1.4,
    is_narrow: bool = False,
) -> None:
    """Draw the boxes and the arrows.

    Args:
        axes: where to draw.
        nodes: as `Circle.nodes`.
        arrows: as `Circle.arrows`.
        language: of words and numbers.
        shape: width of the drawing over its height.
        is_narrow: leave the intervals of the arrows to the table.
    """
    axes.set_xlim(0.0, shape)
    axes.set_aspect("equal")
    axes.set_ylim(0.0, 1.0)
    without_axes(axes)
    boxes: dict[str, Text] = {}
    for _, row in nodes[nodes["node"] != ""].iterrows():
        place = PLACES[row["node"]]
        text = f"{with_apostrophes(node_name(row['node']).to(language))}\n{node_text(row, language)}"
        boxes[row["node"]] = axes.text(
            place.x * shape,
            place.y,
            text,
            ha="center",
            va="center",
            linespacing=1.35,
            zorder=5,
            bbox={"boxstyle": "round,pad=0.5", "facecolor": "white", "edgecolor": "#4D4D4D", "linewidth": 0.9},
        )
    for _, arrow in arrows.iterrows():
        _draw_arrow(axes, arrow, boxes, language, shape=shape, is_narrow=is_narrow)


def node_text(row: "pd.Series", language: "Language") -> str:
    """From what level, by how much and by what share: "0.31 +0.12 (+40%)"."""
    unit = outcome_named(row["outcome"]).unit
    decimals = decimals_for([row["change"]]) if unit != "projects" else 1
    level = grouped(row["calm"], language, decimals=max(decimals - 1, 0) if decimals > 2 else decimals)
    change = grouped(row["change"], language, decimals=decimals, signed=True)
    return f"{level}  {change} ({_percent(row['relative'], language)})"


def _percent(share: float, language: "Language") -> str:
    decimals = 0 if abs(share) >= 0.095 else 1
    space = NARROW_NO_BREAK_SPACE if language == "fr" else ""
    return f"{grouped(100.0 * share, language, decimals=decimals, signed=True)}{space}%"


def _draw_arrow(
    axes: "Axes",
    arrow: "pd.Series",
    boxes: Mapping[str, Text],
    language: "Language",
    *,
    shape: float,
    is_narrow: bool,
) -> None:
    is_decided = arrow["verdict"] != "undecided"
    colour, style = CIRCLE if arrow["in_the_circle"] else HELP
    if arrow["tail"] == "insecurity" and arrow["head"] == "readiness":
        colour, style = WAR
    size = min(1.0, abs(arrow["strength"])) if math.isfinite(arrow["strength"]) else 0.0
    bend = BENDS[arrow["tail"], arrow["head"]]
    start, end = (PLACES[arrow[side]]._replace(x=shape * PLACES[arrow[side]].x) for side in ("tail", "head"))
    width = THINNEST + (THICKEST - THINNEST) * size
    patch = FancyArrowPatch(
        start,
        end,
        connectionstyle=f"arc3,rad={bend.radius}",
        arrowstyle="-|>",
        mutation_scale=9.0 + 1.6 * width,
        linewidth=width,
        linestyle=style,
        color=colour if is_decided else MUTED,
        patchA=boxes[arrow["tail"]].get_bbox_patch(),
        patchB=boxes[arrow["head"]].get_bbox_patch(),
        shrinkA=2.0,
        shrinkB=3.0,
        zorder=2,
    )
    axes.add_patch(patch)
    axes.text(
        0.5 * (start.x + end.x + bend.radius * (end.y - start.y)) + shape * bend.right,
        0.5 * (start.y + end.y - bend.radius * (end.x - start.x)) + bend.up,
        arrow_text(arrow, language, is_narrow=is_narrow),
        ha="center",
        va="center",
        color=colour if is_decided else "black",
        weight="bold" if is_decided else "normal",
        linespacing=1.15,
        zorder=4,
        bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.9},
    )


def arrow_text(arrow: "pd.Series", language: "Language", *, is_narrow: bool = False) -> str:
    """The strength, with its interval unless there is no room."""
    ends = [arrow[name] for name in ("strength", "strength_low", "strength_high")]
    decimals = decimals_apart(ends[1], ends[2], 3 if abs(ends[0]) < 0.0995 else 2)
    middle, low, high = (grouped(value, language, decimals=decimals, signed=True) for value in ends)
    if is_narrow:
        return middle
    return f"{middle}\n({span([low, high], language)})"


def _facts(circle: "Circle", language: "Language") -> list[str]:
    words = figure_words(language)
    return [
        glossary.scenario_title(circle.title, language),
        *drawn_from(circle.replications, circle.seed, language),
        words("circle.push", push=grouped(circle.push, language, decimals=3).rstrip("0")),
        words("circle.boxes"),
        words("circle.strength", level=per_cent(circle.confidence, language)),
        words("circle.cut"),
    ]
