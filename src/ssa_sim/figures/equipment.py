"""Equipment held against equipment that soldiers were taught, by type, at a date."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ssa_sim.analysis.observation_tables import equipment_by_type, month_of
from ssa_sim.figures.caption import SEPARATOR
from ssa_sim.figures.labels import kit_name
from ssa_sim.figures.number_format import LanguageTicks, format_number
from ssa_sim.figures.sheet import framed, sheet_named
from ssa_sim.figures.small_multiples import one_run
from ssa_sim.figures.style import MUTED, PALETTE, ScenarioStyle, in_style
from ssa_sim.figures.wording import language_named
from ssa_sim.typography import french

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.model.observation import Observation
    from ssa_sim.words.texts import Language

LAYOUTS = ("slide", "page", "column")
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
    spoken, words = language_named(language), _WORDS[language_named(language)]
    sheet = sheet_named(layout, LAYOUTS)
    at = month_of(observation, month)
    table = equipment_by_type(observation.units[observation.units["month"] == at])
    vehicles = table[list(HELD)].to_numpy().sum()
    title = words.title.format(
        month=f"{at:%Y-%m}",
        vehicles=format_number(vehicles, spoken),
        known=format_number(table["working_known"].sum(), spoken),
    )
    legend = [
        (text, ScenarioStyle(colour, "none", "s", 6.0))
        for text, (colour, _) in zip(words.parts, HELD.values(), strict=True)
    ]
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet,
            title=title,
            legend=legend,
            caption=SEPARATOR.join([*one_run(observation, spoken), words.left_note, words.right_note]),
            rows=2.9 if layout == "column" else 1.7,
        )
        shape = (2, 1) if layout == "column" else (1, 2)
        left, right = figure.subplots(*shape, sharey=True)
        draw_parts(left, table, HELD, spoken)
        draw_parts(right, table, KNOWN, spoken)
        left.set_title(words.left_title)
        right.set_title(words.right_title)
        left.set_xlabel(words.vehicles)
        right.set_xlabel(words.soldiers)
    return figure


def draw_parts(axes: "Axes", table: "pd.DataFrame", parts: dict[str, tuple[str, str]], language: "Language") -> None:
    """Draw a bar for each type, put together from parts.

    Args:
        axes: where to draw.
        table: as `observation_tables.equipment_by_type` gives it.
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
        axes.annotate(
            format_number(left, language), (left, row), xytext=(4, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(range(len(table)), [kit_name(int(kit), language) for kit in table.index])
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    most = table[list(parts)].sum(axis=1).max()
    axes.set_xlim(0.0, 1.18 * most if most > 0.0 else 1.0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(LanguageTicks(language))


@dataclass(frozen=True)
class EquipmentWords:
    """The words of one language; braces are filled in by the figure."""

    title: str
    parts: tuple[str, str, str, str]
    left_title: str
    right_title: str
    vehicles: str
    soldiers: str
    left_note: str
    right_note: str


_WORDS: dict["Language", EquipmentWords] = {
    "en": EquipmentWords(
        title="{month}: of {vehicles} vehicles held, {known} work and are known to their soldiers",
        parts=("known, and there", "working but unknown, or known but not there", "broken", "not yet in service"),
        left_title="Held by units",
        right_title="Known by soldiers",
        vehicles="vehicles",
        soldiers="soldiers",
        left_note="left: a working vehicle counts as known as far as its unit’s soldiers know the type",
        right_note="right: soldiers who know the type, in units that hold some of it or none",
    ),
    "fr": french(
        EquipmentWords(
            title="{month} : sur {vehicles} véhicules détenus, {known} marchent et sont connus de leurs soldats",
            parts=(
                "connu, et présent",
                "en état mais inconnu, ou connu mais absent",
                "en panne",
                "pas encore en service",
            ),
            left_title="Détenu par les unités",
            right_title="Connu des soldats",
            vehicles="véhicules",
            soldiers="soldats",
            left_note="véhicules : connus dans la mesure où les soldats de l’unité connaissent le type",
            right_note="soldats qui connaissent le type, dans des unités qui en détiennent ou n’en détiennent pas",
        )
    ),
}
