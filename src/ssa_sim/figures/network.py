"""Who helps whom at a date: partners, what they offer, and the units that get it.

Two partners duplicate one another where they offer the same: the same kind of project, function and zone. A drawing of
partners against units hides that; here what is offered stands between the two, so that duplicates show as many lines that
meet in one point.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Line
from matplotlib.patheffects import withStroke

from ssa_sim.analysis.observation_tables import NICHE, month_of, niches
from ssa_sim.figures.caption import one_run
from ssa_sim.figures.labels import ZONES, figure_words, zone_name
from ssa_sim.figures.lettering import LINE, wrapped
from ssa_sim.figures.page_size import POINTS, ROW_HEIGHT, asked, framed, without_axes
from ssa_sim.figures.style import MUTED, PALETTE, QUIET_TEXT, ScenarioStyle
from ssa_sim.words.numbers import Counted, grouped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.model.observation import Observation
    from ssa_sim.words.texts import Language

DUPLICATE, SINGLE = PALETTE[2], MUTED
GAP = 0.05
"""Of the height, between two groups."""
PARTNERS, OFFERS, UNITS = 0.0, 1.0, 2.0
"""Where the three columns stand."""


class _Places(NamedTuple):
    """Heights from 0 (top) to 1 of partners by number, of what is offered by zone, kind and function, and of units."""

    donors: dict[int, float]
    offers: dict[tuple[str, str, str], float]
    units: dict[int, float]


def network_figure(
    observation: "Observation", language: str = "en", *, month: str | date | None = None, layout: str = "slide"
) -> Figure:
    """Draw the running projects of a month between partners, what is offered, and units; duplicates stand out.

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
    projects = observation.projects[observation.projects["month"] == at]
    units = observation.units[observation.units["month"] == at]
    duplicates = int(projects["duplicate"].sum())
    title = words(
        "network.title",
        month=f"{at:%Y-%m}",
        projects=grouped(len(projects), spoken),
        partners=grouped(projects["donor"].nunique(), spoken),
        duplicates=grouped(duplicates, spoken),
    )
    legend = [
        (words("network.duplicate"), ScenarioStyle(DUPLICATE, "-", "", 0.0)),
        (words("network.single"), ScenarioStyle(SINGLE, (0, (4, 1)), "", 0.0)),
    ]
    rows = 5.2 if layout == "column" else 4.6
    without = len(units) - int(projects["unit"].nunique())
    facts = [
        *one_run(observation, spoken),
        words("network.explained"),
        words("network.helped", count=Counted(without, spoken), all=len(units)),
    ]
    with framed(page, title=title, legend=legend, facts=(facts), rows=rows) as figure:
        axes = figure.add_subplot()
        height = 0.8 * (page.height or rows * ROW_HEIGHT) * POINTS
        profiles = {profile.name: getattr(profile, f"label_{spoken}") for profile in observation.profiles}
        size, width = page.letters - 1.0, page.width * POINTS
        draw_network(axes, projects, units, profiles, spoken, size=size, width=width, height=height)
    return figure


def draw_network(
    axes: "Axes",
    projects: "pd.DataFrame",
    units: "pd.DataFrame",
    profiles: dict[str, str],
    language: "Language",
    *,
    size: float,
    width: float,
    height: float,
) -> None:
    """Draw three columns and the lines between them.

    Args:
        axes: where to draw.
        projects: of one month, as `Observation.projects`.
        units: of the same month, as `Observation.units`.
        profiles: what each kind of partner is called, in the order from top to bottom.
        language: of the words.
        size: of the words, in points.
        width: of the axes, in points, roughly: what names must fit.
        height: of the axes, in points, roughly.
    """
    offers = niches(projects)
    places = _places(projects, units, offers, list(profiles))
    margin = 0.27 * width
    scale = (width - margin - 0.2 * width) / UNITS
    axes.set_xlim(-margin / scale, UNITS + 0.2 * width / scale)
    axes.set_ylim(1.02, -0.1)
    without_axes(axes)
    _draw_lines(axes, projects, places)
    _draw_partners(axes, projects, places, profiles, size, margin)
    _draw_offers(axes, offers, places, language, size, (0.75 * scale, height))
    _draw_units(axes, projects, units, places, language, size)
    for x, word in zip((PARTNERS, OFFERS, UNITS), figure_words(language).several("network.columns"), strict=True):
        axes.text(x, -0.06, word, ha="center", va="bottom", weight="bold", size=size + 1.0)


def _places(projects: "pd.DataFrame", units: "pd.DataFrame", offers: "pd.DataFrame", profiles: list[str]) -> _Places:
    by_zone = [[tuple(row) for row in offers.loc[offers["zone"] == zone, NICHE].to_numpy()] for zone in ZONES]
    offered: dict[Any, float] = _spread([list(keys) for keys in by_zone])
    meets = projects.assign(height=[offered[tuple(key)] for key in projects[NICHE].to_numpy()])
    mean = meets.groupby("donor")["height"].mean()
    kinds = projects.drop_duplicates("donor").set_index("donor")["profile"]
    donors = [sorted(kinds.index[kinds == profile], key=lambda donor: mean[donor]) for profile in profiles]
    count = projects.groupby("unit").size().reindex(units["unit"], fill_value=0)
    grouped = [
        sorted(units.loc[units["zone"] == zone, "unit"], key=lambda unit: (-count[unit], unit)) for zone in ZONES
    ]
    return _Places(_spread(donors), offered, _spread(grouped))


def _spread(groups: list[list[Any]]) -> dict[Any, float]:
    """Heights from 0 to 1: members evenly, groups apart."""
    filled = [group for group in groups if group]
    members = sum(map(len, filled))
    step = (1.0 - GAP * (len(filled) - 1)) / max(members, 1)
    heights, top = {}, 0.0
    for group in filled:
        for place, member in enumerate(group):
            heights[member] = top + (place + 0.5) * step
        top += step * len(group) + GAP
    return heights


def _draw_lines(axes: "Axes", projects: "pd.DataFrame", places: _Places) -> None:
    lines: dict[bool, list[PathPatch]] = {False: [], True: []}
    onward = []
    for donor, zone, kind, function, unit, duplicate in projects[["donor", *NICHE, "unit", "duplicate"]].itertuples(
        index=False
    ):
        middle = places.offers[zone, kind, function]
        lines[bool(duplicate)].append(_curve(PARTNERS, places.donors[donor], OFFERS, middle))
        onward.append(_curve(OFFERS, middle, UNITS, places.units[unit]))
    axes.add_collection(PatchCollection(onward, facecolor="none", edgecolor="#B5B5B5", linewidth=0.4, zorder=1))
    for is_duplicate, patches in lines.items():
        colour, width = (DUPLICATE, 0.9) if is_duplicate else (SINGLE, 0.7)
        style = "-" if is_duplicate else (0, (4, 1))
        axes.add_collection(
            PatchCollection(
                patches, facecolor="none", edgecolor=colour, linewidth=width, linestyle=style, alpha=0.75, zorder=2
            )
        )


def _curve(x: float, y: float, other_x: float, other_y: float) -> PathPatch:
    middle = 0.5 * (x + other_x)
    points = [(x, y), (middle, y), (middle, other_y), (other_x, other_y)]
    return PathPatch(Line(points, [Line.MOVETO, Line.CURVE4, Line.CURVE4, Line.CURVE4]))


def _draw_partners(
    axes: "Axes", projects: "pd.DataFrame", places: _Places, profiles: dict[str, str], size: float, margin: float
) -> None:
    heights = np.array(list(places.donors.values()))
    axes.plot(np.full(len(heights), PARTNERS), heights, "o", color="black", markersize=3.0, zorder=4)
    kinds = projects.drop_duplicates("donor").set_index("donor")["profile"]
    for profile, label in profiles.items():
        members = [places.donors[donor] for donor in kinds.index[kinds == profile]]
        if members:
            lines = wrapped(f"{label} ({len(members)})", size, margin - 12.0)
            axes.annotate(
                "\n".join(lines),
                (PARTNERS, float(np.mean(members))),
                xytext=(-6, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                size=size,
            )


def _draw_offers(
    axes: "Axes", offers: "pd.DataFrame", places: _Places, language: "Language", size: float, room: tuple[float, float]
) -> None:
    """What is offered: a point as large as its partners are many, named where two meet and there is room (points across, and
    from top to bottom)."""
    for _, row in offers.iterrows():
        height = places.offers[tuple(row[NICHE])]
        shared = row["duplicates"] > 0
        axes.plot(
            [OFFERS],
            [height],
            "o",
            color=DUPLICATE if shared else SINGLE,
            markerfacecolor=DUPLICATE if shared else "white",
            markersize=2.2 + 2.2 * np.sqrt(row["partners"]),
            markeredgewidth=0.8,
            zorder=4,
        )
    for zone in ZONES:
        tops = [places.offers[tuple(row)] for row in offers.loc[offers["zone"] == zone, NICHE].to_numpy()]
        if tops:
            axes.annotate(
                zone_name(zone, language),
                (OFFERS, min(tops)),
                xytext=(-2, 6),
                textcoords="offset points",
                ha="right",
                va="bottom",
                size=size,
                color=QUIET_TEXT,
                zorder=5,
                path_effects=[withStroke(linewidth=2.0, foreground="white")],
            )
    kinds, functions = (figure_words(language).table(f"names.{name}") for name in ("kinds", "functions"))
    taken: list[tuple[float, float]] = []
    for _, row in offers.sort_values("partners", ascending=False, kind="stable").iterrows():
        height = places.offers[tuple(row[NICHE])]
        name = f"{row['partners']}  {kinds[row['kind']]}, {functions[row['function']]}"
        lines = wrapped(name, size, room[0])
        half = 0.6 * LINE * size * len(lines) / room[1]
        if row["partners"] < 2 or any(low < height + half and height - half < high for low, high in taken):
            continue
        taken.append((height - half, height + half))
        axes.annotate(
            "\n".join(lines),
            (OFFERS, height),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            size=size,
            zorder=5,
            path_effects=[withStroke(linewidth=2.0, foreground="white")],
        )


def _draw_units(
    axes: "Axes",
    projects: "pd.DataFrame",
    units: "pd.DataFrame",
    places: _Places,
    language: "Language",
    size: float,
) -> None:
    helped = set(projects["unit"])
    heights: npt.NDArray[np.float64] = np.array([places.units[unit] for unit in units["unit"]])
    full = np.array([unit in helped for unit in units["unit"]])
    for mask, face in ((full, "black"), (~full, "white")):
        axes.plot(
            np.full(int(mask.sum()), UNITS),
            heights[mask],
            "s",
            color="black",
            markerfacecolor=face,
            markersize=2.8,
            markeredgewidth=0.6,
            zorder=4,
        )
    for zone in ZONES:
        there = heights[(units["zone"] == zone).to_numpy()]
        if len(there):
            axes.annotate(
                f"{zone_name(zone, language)} ({len(there)})",
                (UNITS, float(there.mean())),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                size=size,
            )
