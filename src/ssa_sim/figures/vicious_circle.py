"""The vicious circle as a loop: what a push on insecurity moves, and how strongly each arrow passes it on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.figures.caption import SEPARATOR
from ssa_sim.figures.number_format import decimals_apart, decimals_for, format_number
from ssa_sim.figures.sheet import ROW_HEIGHT, framed, sheet_named
from ssa_sim.figures.style import MUTED, PALETTE, ScenarioStyle, in_style
from ssa_sim.figures.wording import language_named, wording
from ssa_sim.typography import NARROW_NO_BREAK_SPACE, french
from ssa_sim.words.numbers import Counted

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.vicious_circle import Circle
    from ssa_sim.words.texts import Language

CIRCLE, HELP, WAR = PALETTE[2], PALETTE[1], PALETTE[0]
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
    spoken = language_named(language)
    words = _WORDS[spoken]
    sheet = sheet_named(layout, SHAPES)
    back = circle.came_back("aid")
    decimals = decimals_apart(100.0 * back[1], 100.0 * back[2], 1)
    share, low, high = (format_number(100.0 * value, spoken, decimals=decimals) for value in back)
    legend = [
        (text, ScenarioStyle(colour, style, "", 0.0))
        for text, colour, style in zip(
            words.legend, (CIRCLE, HELP, WAR), ("-", (0, (6, 1.5)), (0, (1.2, 1.2))), strict=True
        )
    ]
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet,
            title=words.title.format(share=share, low=low, high=high),
            legend=legend,
            caption=SEPARATOR.join(_facts(circle, spoken)),
            rows=0.95 * sheet.width / SHAPES[layout] / ROW_HEIGHT,
        )
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
    axes.set_axis_off()
    axes.set_xticks([])
    axes.set_yticks([])
    boxes: dict[str, Text] = {}
    for _, row in nodes[nodes["node"] != ""].iterrows():
        place = PLACES[row["node"]]
        text = f"{node_name(row['node'], language)}\n{node_text(row, language)}"
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


def node_name(node: str, language: "Language") -> str:
    """What a node of the circle is called."""
    return _WORDS[language].nodes[node]


def node_text(row: "pd.Series", language: "Language") -> str:
    """From what level, by how much and by what share: "0.31 +0.12 (+40%)"."""
    unit = outcome_named(row["outcome"]).unit
    decimals = decimals_for([row["change"]]) if unit != "projects" else 1
    level = format_number(row["calm"], language, decimals=max(decimals - 1, 0) if decimals > 2 else decimals)
    change = format_number(row["change"], language, decimals=decimals, signed=True)
    return f"{level}  {change} ({_percent(row['relative'], language)})"


def _percent(share: float, language: "Language") -> str:
    decimals = 0 if abs(share) >= 0.095 else 1
    space = NARROW_NO_BREAK_SPACE if language == "fr" else ""
    return f"{format_number(100.0 * share, language, decimals=decimals, signed=True)}{space}%"


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
    style: Any
    colour, style = (CIRCLE, "-") if arrow["in_the_circle"] else (HELP, (0, (6, 1.5)))
    if arrow["tail"] == "insecurity" and arrow["head"] == "readiness":
        colour, style = WAR, (0, (1.2, 1.2))
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
    middle, low, high = (format_number(value, language, decimals=decimals, signed=True) for value in ends)
    if is_narrow:
        return middle
    return f"{middle}\n({_WORDS[language].interval.format(low=low, high=high)})"


def _facts(circle: "Circle", language: "Language") -> list[str]:
    words, common = _WORDS[language], wording(language)
    return [
        circle.title,
        common.replications.format(count=Counted(circle.replications, language)),
        common.seed.format(seed=circle.seed),
        words.push.format(push=format_number(circle.push, language, decimals=3).rstrip("0")),
        words.boxes,
        words.strength.format(level=format_number(100.0 * circle.confidence, language)),
        words.cut,
    ]


@dataclass(frozen=True)
class CircleWords:
    """The words of one language; braces are filled in by the figure."""

    title: str
    legend: tuple[str, str, str]
    nodes: dict[str, str]
    interval: str
    push: str
    boxes: str
    strength: str
    cut: str


_WORDS: dict["Language", CircleWords] = {
    "en": CircleWords(
        title="The vicious circle: {share}% of a push on insecurity comes back through aid ({low} to {high})",
        legend=("the circle", "what more projects do, but for the load", "what war does without aid"),
        nodes={
            "insecurity": "Insecurity",
            "projects": "Projects of partners",
            "load": "Load on the host",
            "ownership": "Host’s ownership",
            "delivery": "Delivery of projects",
            "readiness": "Force readiness",
        },
        interval="{low} to {high}",
        push="push: {push} of threat a month in the Centre",
        boxes="boxes: mean level without the push, and what the push changes",
        strength="numbers: per cent by which the head moves through this arrow alone for one per cent of its tail, {level}% intervals",
        cut="measured against runs in which the arrow carries nothing of the push",
    ),
    "fr": french(
        CircleWords(
            title=("Le cercle vicieux : {share} % d’une poussée d’insécurité reviennent par l’aide ({low} à {high})"),
            legend=("le cercle", "ce que font plus de projets, hors charge", "ce que fait la guerre sans l’aide"),
            nodes={
                "insecurity": "Insécurité",
                "projects": "Projets des partenaires",
                "load": "Charge de l’hôte",
                "ownership": "Appropriation par l’hôte",
                "delivery": "Exécution des projets",
                "readiness": "Disponibilité",
            },
            interval="{low} à {high}",
            push="poussée : {push} de menace par mois au Centre",
            boxes="cases : niveau moyen sans la poussée, et ce qu’elle change",
            strength=(
                "nombres : pour cent dont bouge la pointe, par cette seule flèche, pour un pour cent de son départ, intervalles à "
                "{level} %"
            ),
            cut="mesurés contre des simulations où la flèche ne transmet rien de la poussée",
        )
    ),
}
