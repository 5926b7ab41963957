"""Zones on a schematic map of Mali's regions, coloured by an outcome at a few dates."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from ssa_sim.catalogue.outcomes import Outcome, outcome_named
from ssa_sim.errors import InputError
from ssa_sim.figures.caption import made_with, one_run
from ssa_sim.figures.labels import ZONES, figure_words, zone_name
from ssa_sim.figures.lettering import width_of, wrapped
from ssa_sim.figures.number_format import decimals_for
from ssa_sim.figures.page_size import POINTS, ROW_HEIGHT, asked, framed, without_axes
from ssa_sim.figures.style import PALETTE, in_style
from ssa_sim.words.numbers import grouped
from ssa_sim.words.texts import language_named

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ssa_sim.experiment.keep.results import Results
    from ssa_sim.model.observation import Observation
    from ssa_sim.words.texts import Language

MAPPED = ("threat", "deaths", "trust", "approval", "state_presence")
"""Outcomes that are measured in each zone, as fields of the zones and as outcomes with the zone's name behind them."""
LAYOUTS = {"slide": 4, "page": 2, "column": 2}
"""Maps side by side."""
DATES = 4
WEST_TO_EAST = (-12.6, 4.6)
LABEL_WIDTH = 2.7
"""Degrees that a zone's name may take."""
MOST_OUTCOMES = 2
COLOURS = {
    "lower": LinearSegmentedColormap.from_list("worse", ["#FDF1EE", PALETTE[2], "#7A1B08"]),
    "higher": LinearSegmentedColormap.from_list("better", ["#EFF2FD", PALETTE[1], "#0B2266"]),
}
"""By which way is better: red for what should be low, blue for what should be high; darker is more."""


def zone_map_figure(
    results: "Results",
    language: str = "en",
    *,
    outcomes: Sequence[str] | None = None,
    scenario: str | None = None,
    months: Sequence[pd.Timestamp] | None = None,
    layout: str = "slide",
) -> Figure:
    """Draw the medians of outcomes in each zone at a few dates.

    Args:
        results: with monthly values of the three zones' outcomes.
        language: "en" or "fr".
        outcomes: of `MAPPED`, a row of maps each; by default threat, and on a slide the state's presence too.
        scenario: which; by default the first.
        months: which; by default four, the first and the last among them.
        layout: "slide", "page" or "column".

    Raises:
        InputError: something is not known, or the results do not hold it.
    """
    name = scenario or results.scenario_names[0]
    if name not in results.scenario_names:
        raise InputError(f"The results do not hold the scenario {name!r}.", allowed=results.scenario_names)
    chosen = _chosen(outcomes, layout)
    tables = []
    for outcome in chosen:
        wanted = {f"{outcome}_{zone}": zone for zone in ZONES}
        rows = results.monthly[(results.monthly["scenario"] == name) & results.monthly["outcome"].isin(list(wanted))]
        if rows.empty:
            raise InputError(f"The results hold no months of {outcome!r} by zone.", allowed="results that keep them")
        zones = rows["outcome"].map(wanted)
        tables.append(pd.DataFrame({"month": rows["month"], "outcome": outcome, "zone": zones, "value": rows["p50"]}))
    spoken = language_named(language)
    words = figure_words(spoken)
    facts = [
        words("shared.scenario", name=name.replace("_", " ")),
        *made_with(results, spoken),
        words("map.median"),
    ]
    return _maps(pd.concat(tables), facts, spoken, layout, months)


def zone_map_of_one_run_figure(
    observation: "Observation",
    language: str = "en",
    *,
    outcomes: Sequence[str] | None = None,
    months: Sequence[pd.Timestamp] | None = None,
    layout: str = "slide",
) -> Figure:
    """As `zone_map_figure`, of the one run of an observation."""
    spoken = language_named(language)
    chosen = _chosen(outcomes, layout)
    long = observation.zones.melt(["month", "zone"], list(chosen), var_name="outcome", value_name="value")
    return _maps(long.astype({"value": float}), one_run(observation, spoken), spoken, layout, months)


def _chosen(outcomes: Sequence[str] | None, layout: str) -> tuple[str, ...]:
    if outcomes is None:
        return ("threat", "state_presence") if layout == "slide" else ("threat",)
    for outcome in outcomes:
        if outcome not in MAPPED:
            raise InputError(f"The map does not show {outcome!r}.", allowed=MAPPED)
    if not 1 <= len(outcomes) <= MOST_OUTCOMES:
        raise InputError(f"{len(outcomes)} outcomes do not fit one figure.", allowed=f"1 to {MOST_OUTCOMES}")
    return tuple(outcomes)


def draw_zones(
    axes: "Axes",
    values: "pd.Series[float]",
    outcome: Outcome,
    language: "Language",
    *,
    highest: float,
    decimals: int = 2,
    size: float | None = None,
) -> None:
    """Draw one map.

    Args:
        axes: where to draw.
        values: by zone ("north", "centre", "south").
        outcome: what they are, for the colour.
        language: of names and numbers.
        highest: the value that has the darkest colour.
        decimals: of the numbers.
        size: of the words, in points; by default that of the figure's text.
    """
    drawing = _drawing()
    colours = COLOURS[outcome.better]
    for region in drawing["regions"]:
        shade = float(values[region["zone"]]) / highest if highest > 0.0 else 0.0
        axes.add_patch(Polygon(region["outline"], facecolor=colours(shade), edgecolor="white", linewidth=0.4))
    for zone, (east, north) in drawing["names"].items():
        shade = float(values[zone]) / highest if highest > 0.0 else 0.0
        text = f"{zone_name(zone, language)}\n{grouped(float(values[zone]), language, decimals=decimals)}"
        axes.text(
            east,
            north,
            text,
            ha="center",
            va="center",
            weight="bold",
            size=size,
            color="white" if shade > 0.4 else "black",
        )
    axes.set_xlim(*WEST_TO_EAST)
    axes.set_ylim(9.9, 25.4)
    axes.set_aspect("equal")
    without_axes(axes)


def _maps(
    table: pd.DataFrame,
    facts: Sequence[str],
    language: "Language",
    layout: str,
    months: Sequence[pd.Timestamp] | None,
) -> Figure:
    _, page, words = asked(language, layout, LAYOUTS)
    dates = _dates(table) if months is None else list(months)
    shown = list(dict.fromkeys(table["outcome"]))
    across = min(LAYOUTS[layout], len(dates))
    down = -(-len(dates) // across)
    each = 0.9 * page.width / across / ROW_HEIGHT
    degree = 0.85 * page.width * POINTS / across / (WEST_TO_EAST[1] - WEST_TO_EAST[0])
    with in_style(page.text_sizes()):
        wide = max(width_of(zone_name(zone, language), page.letters, weight="bold") for zone in ZONES)
        size = page.letters * min(1.0, LABEL_WIDTH * degree / wide)
        with framed(
            page,
            title=words("map.title", labels=words("map.and_between").join(_label(name, language) for name in shown)),
            facts=[*facts, words("map.darker"), words("map.regions"), words("map.schematic")],
            rows=len(shown) * down * each,
        ) as figure:
            for row, name in enumerate(shown):
                rows = table[table["outcome"] == name]
                highest = float(rows["value"].max())
                for place, month in enumerate(dates):
                    axes = figure.add_subplot(len(shown) * down, across, row * down * across + place + 1)
                    values = rows[rows["month"] == month].set_index("zone")["value"]
                    outcome = outcome_named(f"{name}_north")
                    draw_zones(
                        axes, values, outcome, language, highest=highest, decimals=decimals_for([highest]), size=size
                    )
                    title = f"{month:%Y-%m}" if len(shown) == 1 else f"{_short(name, language)}, {month:%Y-%m}"
                    axes.set_title(
                        "\n".join(wrapped(title, page.letters, 0.9 * page.text_width / across, weight="bold"))
                    )
    return figure


def _label(name: str, language: "Language") -> str:
    """The outcome without the zone's name, with its unit."""
    outcome = outcome_named(f"{name}_north")
    unit = outcome.unit_in(language)
    if outcome.summary == "total":
        unit = figure_words(language)("shared.each_month", unit=unit)
    return f"{_short(name, language)} ({unit})"


def _short(name: str, language: "Language") -> str:
    return outcome_named(f"{name}_north").label(language).rpartition(",")[0]


def _dates(table: pd.DataFrame) -> list[pd.Timestamp]:
    months = sorted(table["month"].unique())
    places = [round(step * (len(months) - 1) / (DATES - 1)) for step in range(DATES)]
    return [pd.Timestamp(months[place]) for place in dict.fromkeys(places)]


@cache
def _drawing() -> dict[str, Any]:
    return tomllib.loads((files("ssa_sim.figures") / "mali.toml").read_text(encoding="utf-8"))
