"""Equipment held against equipment that soldiers were taught, by type, at a date."""

from datetime import date
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from ssa_sim.analysis.observation_tables import equipment_by_type, month_of
from ssa_sim.figures.caption import one_run
from ssa_sim.figures.labels import kit_name
from ssa_sim.figures.page_size import asked, framed
from ssa_sim.figures.rows import plain_rows
from ssa_sim.figures.style import MUTED, PALETTE, ScenarioStyle
from ssa_sim.figures.ticks import number_axis
from ssa_sim.words.numbers import grouped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.model.observation import Observation
    from ssa_sim.words.texts import Language

HELD: dict[str, tuple[str, str]] = {
    "working_known": (PALETTE[1], ""),
    "working_unknown": (PALETTE[2], "////"),
    "broken": (MUTED, ""),
    "depot": ("#D0D0D0", ""),
}
"""Colour and hatching of each part of the vehicles."""
KNOWN: dict[str, tuple[str, str]] = {"known_here": (PALETTE[1], ""), "known_without": (PALETTE[2], "////")}
"""The same of the soldiers."""


def equipment_figure(
    observation: "Observation", language: str = "en", *, month: str | date | None = None, layout: str = "slide"
) -> Figure:
    """Draw, by type, what units hold and whether those who hold it know it, and what soldiers know and whether they have it.

    Args:
        observation: of that month at least.
        language: "en" or "fr".
        month: such as "2017-03"; by default the last one observed.
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language, the layout or the month is not known.
    """
    spoken, page, words = asked(language, layout)
    at = month_of(observation, month)
    table = equipment_by_type(observation.units[observation.units["month"] == at])
    vehicles = table[list(HELD)].to_numpy().sum()
    title = words(
        "equipment.title",
        month=f"{at:%Y-%m}",
        vehicles=grouped(vehicles, spoken),
        known=grouped(table["working_known"].sum(), spoken),
    )
    legend = [
        (text, ScenarioStyle(colour, "none", "s", 6.0))
        for text, (colour, _) in zip(words.table("equipment.parts").values(), HELD.values(), strict=True)
    ]
    with framed(
        page,
        title=title,
        legend=legend,
        facts=[*one_run(observation, spoken), words("equipment.left_note"), words("equipment.right_note")],
        rows=2.9 if layout == "column" else 1.7,
    ) as figure:
        shape = (2, 1) if layout == "column" else (1, 2)
        left, right = figure.subplots(*shape, sharey=True)
        draw_parts(left, table, HELD, spoken)
        draw_parts(right, table, KNOWN, spoken)
        left.set_title(words("equipment.left_title"))
        right.set_title(words("equipment.right_title"))
        left.set_xlabel(words("equipment.vehicles"))
        right.set_xlabel(words("equipment.soldiers"))
    return figure


def draw_parts(axes: "Axes", table: "pd.DataFrame", parts: dict[str, tuple[str, str]], language: "Language") -> None:
    """Draw a bar for each type, put together from parts.

    Args:
        axes: where to draw.
        table: as `inside.equipment_by_type` gives it.
        parts: columns of it, each with colour and hatching, from left to right.
        language: of names and numbers.
    """
    for row, (_, values) in enumerate(table.iterrows()):
        left = 0.0
        for name, (colour, hatch) in parts.items():
            axes.barh(
                row,
                values[name],
                left=left,
                height=0.62,
                facecolor=colour,
                hatch=hatch,
                edgecolor="white",
                linewidth=0.6,
                zorder=3,
            )
            left += values[name]
        axes.annotate(grouped(left, language), (left, row), xytext=(4, 0), textcoords="offset points", va="center")
    plain_rows(axes, [kit_name(int(kit), language) for kit in table.index])
    most = table[list(parts)].sum(axis=1).max()
    axes.set_xlim(0.0, 1.18 * most if most > 0.0 else 1.0)
    number_axis(axes.xaxis, language, whole=True)
