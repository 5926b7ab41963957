"""Figures of a sensitivity analysis: bars with intervals (shares of the variance, or a tornado of effects), and the plane of
elementary effects."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ssa_sim.analysis.parameter_labels import parameter_label
from ssa_sim.errors import InputError
from ssa_sim.figures.caption import SEPARATOR
from ssa_sim.figures.lettering import wrapped
from ssa_sim.figures.number_format import LanguageTicks, format_number, scale_for
from ssa_sim.figures.rows import name_rows, row_inches
from ssa_sim.figures.sheet import POINTS, ROW_HEIGHT, Sheet, framed, sheet_named
from ssa_sim.figures.style import MUTED, PALETTE, QUIET_TEXT, ScenarioStyle, in_style
from ssa_sim.figures.wording import language_named, wording

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.numbers import Language
    from ssa_sim.analysis.sensitivity import Sensitivity
    from ssa_sim.model.outcomes import Outcome

COLOURS = {"levers": PALETTE[1], "uncertainties": PALETTE[2], "mechanisms": PALETTE[4]}
MARKS = {"levers": "s", "uncertainties": "o", "mechanisms": "^"}
ABREAST = {"slide": 3, "page": 1, "column": 1}
DOWN = {"slide": 2, "page": 4, "column": 3}
"""Panels one below another, at most."""
MOST_ROWS = 8
"""Parameters of a panel; fewer where a slide has two rows of panels."""
BAR = 0.62
LABEL_SHARE = 0.40
"""Of a panel's width, for the names of parameters."""
_PANEL_FRAME = 0.75
"""Inches of a panel for its title, ticks and unit."""


def indices_figure(
    found: "Sensitivity",
    language: str = "en",
    *,
    scenario: str | None = None,
    levers: str = "",
    outcomes: Sequence[str] | None = None,
    layout: str = "slide",
) -> Figure:
    """The parameters that move each outcome most, as bars with intervals.

    Sobol: the total share of the variance as a bar, the share caused alone as a mark on it. Morris: a tornado of the mean effects.

    Args:
        found: what to draw.
        language: "en" or "fr".
        scenario: which; the first by default.
        levers: which combination of crossed levers, as in the table.
        outcomes: which; as many as fit by default.
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language, the layout or an outcome is not known, or there are too many outcomes.
    """
    spoken = language_named(language)
    sheet = sheet_named(layout, ABREAST)
    ground = scenario or found.scenarios[0]
    chosen = _chosen(found, outcomes, layout)
    across = min(ABREAST[layout], len(chosen))
    down = math.ceil(len(chosen) / across)
    most = MOST_ROWS if down == 1 or sheet.height is None else MOST_ROWS - 3
    tables = [_rows(found, ground, levers, outcome.name, most) for outcome in chosen]
    words = _WORDS[spoken]
    is_morris = found.sample.method == "morris"
    with in_style(sheet.text_sizes()):
        needed = max(row_inches(max(3, len(table)), sheet) for table in tables) + _PANEL_FRAME
        figure = framed(
            sheet,
            title=words.tornado_title if is_morris else words.bars_title,
            legend=_legend(tables, spoken, is_morris=is_morris),
            caption=_caption(found, chosen, ground, levers, spoken),
            rows=down * needed / ROW_HEIGHT,
        )
        grid = figure.subplots(down, across, squeeze=False).ravel()
        room = LABEL_SHARE * sheet.text_width / across
        for axes, outcome, table in zip(grid, chosen, tables, strict=False):
            draw = draw_tornado if is_morris else draw_shares
            draw(axes, table, outcome, spoken)
            _name(axes, table, sheet, room, spoken)
            axes.set_title("\n".join(wrapped(outcome.label(spoken), sheet.letters, 0.55 * sheet.text_width / across)))
        for axes in grid[len(chosen) :]:
            axes.remove()
    return figure


def plane_figure(
    found: "Sensitivity",
    language: str = "en",
    *,
    scenario: str | None = None,
    levers: str = "",
    outcomes: Sequence[str] | None = None,
    layout: str = "slide",
) -> Figure:
    """The plane of elementary effects: how far each parameter moves an outcome, and how much that depends on the others.

    Arguments and errors as for `indices_figure`; the results of a Morris design are needed.
    """
    spoken = language_named(language)
    sheet = sheet_named(layout, ABREAST)
    if found.sample.method != "morris":
        raise InputError("Only elementary effects have a plane.", allowed='a sweep with method = "morris"')
    ground = scenario or found.scenarios[0]
    chosen = _chosen(found, outcomes, layout)
    words = _WORDS[spoken]
    across = min(ABREAST[layout], len(chosen))
    down = math.ceil(len(chosen) / across)
    tables = [_rows(found, ground, levers, outcome.name, 10_000) for outcome in chosen]
    named = MOST_ROWS if down == 1 or sheet.height is None else MOST_ROWS - 3
    is_beside = layout == "page"  # names stand beside the plane, or below it
    list_height = (LINE_A_NAME * named + 1.0) * sheet.letters / POINTS
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet,
            title=words.plane_title,
            legend=_legend(tables, spoken, is_morris=True, is_plane=True),
            caption=_caption(found, chosen, ground, levers, spoken, is_plane=True),
            rows=down * (max(PLANE, list_height) if is_beside else PLANE + list_height) / ROW_HEIGHT,
        )
        if is_beside:
            grid = figure.add_gridspec(down, 2)
        else:
            grid = figure.add_gridspec(2 * down, across, height_ratios=[PLANE, list_height] * down)
        room = (0.46 if is_beside else 0.85 / across) * sheet.text_width
        for number, (outcome, table) in enumerate(zip(chosen, tables, strict=True)):
            row, column = divmod(number, across)
            places = ((row, 0), (row, 1)) if is_beside else ((2 * row, column), (2 * row + 1, column))
            axes, beside = (figure.add_subplot(grid[place]) for place in places)
            draw_plane(axes, table, outcome, spoken, named=named)
            axes.set_title("\n".join(wrapped(outcome.label(spoken), sheet.letters, 0.6 * sheet.text_width / across)))
            _list_names(beside, table, sheet, room, spoken, named)
    return figure


PLANE = 2.0
"""Inches of a plane with its title, ticks and units."""
LINE_A_NAME = 1.5
"""Height of a name in the list, in heights of its letters."""


def draw_shares(axes: "Axes", table: "pd.DataFrame", outcome: "Outcome", language: "Language") -> None:
    """Draw shares of the variance: total as bars, first order as marks, both with intervals.

    Args:
        axes: where to draw.
        table: a row a parameter from top to bottom: part, path, and for "total" and "first" columns such as
            ("total", "value"), ("total", "low"), ("total", "high"); ("total", "above_chance").
        outcome: what is moved.
        language: of labels and numbers.
    """
    words = _WORDS[language]
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
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(LanguageTicks(language))
    axes.set_xlabel(words.share)


def draw_tornado(axes: "Axes", table: "pd.DataFrame", outcome: "Outcome", language: "Language") -> None:
    """Draw mean elementary effects as bars to either side of zero, with intervals; the size without sign as a mark.

    Args:
        axes: where to draw.
        table: as for `draw_shares`, with "mu" and "mu_star".
        outcome: what is moved.
        language: of labels and numbers.
    """
    words = _WORDS[language]
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
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(LanguageTicks(language, scale=scale, signed=True))
    axes.set_xlabel(words.effect.format(unit=wording(language).scales[scale].format(unit=outcome.unit_in(language))))


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
    """
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
    unit = wording(language).scales[scale].format(unit=outcome.unit_in(language))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(LanguageTicks(language, scale=scale))
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


def _chosen(found: "Sensitivity", names: Sequence[str] | None, layout: str) -> tuple["Outcome", ...]:
    most = ABREAST[layout] * DOWN[layout]
    if names is None:
        return found.outcomes[:most]
    held = {outcome.name: outcome for outcome in found.outcomes}
    for name in names:
        if name not in held:
            raise InputError(f"The analysis does not hold the outcome {name!r}.", allowed=held)
    if not 1 <= len(names) <= most:
        raise InputError(f"{len(names)} outcomes do not fit one figure.", allowed=f"1 to {most}")
    return tuple(held[name] for name in names)


def _rows(found: "Sensitivity", scenario: str, levers: str, outcome: str, most: int) -> "pd.DataFrame":
    """The parameters that matter most, levers before uncertainties: a row each, columns (index, what)."""
    rows = found.indices
    rows = rows[rows["scenario"].eq(scenario) & rows["levers"].eq(levers) & rows["outcome"].eq(outcome)]
    wide = rows.pivot(index="path", columns="index", values=["value", "low", "high", "floor", "above_chance"])
    wide = wide.swaplevel(axis="columns")
    wide["part", ""] = rows.drop_duplicates("path").set_index("path")["part"]
    kept = wide.sort_values((found.main_index, "value"), ascending=False, kind="stable").head(most)
    places = {part: place for place, part in enumerate(COLOURS)}
    if most < 10_000:
        kept = kept.sort_values(("part", ""), key=lambda parts: parts.map(places), kind="stable")
    return kept


def _says_still(axes: "Axes", table: "pd.DataFrame", language: "Language") -> bool:
    """Words in place of bars where the outcome is the same at all points."""
    if not table.xs("value", axis=1, level=1).isna().to_numpy().all():
        return False
    axes.text(0.5, 0.5, _WORDS[language].still, transform=axes.transAxes, ha="center", va="center", color=QUIET_TEXT)
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


def _name(axes: "Axes", table: "pd.DataFrame", sheet: Sheet, room: float, language: "Language") -> None:
    """Name the rows, with a line between levers and what nobody decides."""
    if not axes.get_yticks().size:
        return
    name_rows(axes, [parameter_label(str(path), language) for path in table.index], sheet, room)
    axes.spines["left"].set_visible(False)
    parts = list(table["part", ""])
    for row in range(1, len(parts)):
        if parts[row] != parts[row - 1]:
            axes.axhline(row - 0.5, color="#4D4D4D", linewidth=0.8, zorder=2)


def _list_names(
    axes: "Axes", table: "pd.DataFrame", sheet: Sheet, room: float, language: "Language", named: int
) -> None:
    """The names of the numbered parameters, a line or two each, from the top."""
    axes.set_axis_off()
    lines: list[str] = []
    for number, path in enumerate(table.index[:named], 1):
        first, *rest = wrapped(f"{number}  {parameter_label(str(path), language)}", sheet.letters - 1.0, room)
        lines += [first, *(f"     {line}" for line in rest)]
    for place, line in enumerate(lines):
        text = axes.annotate(
            line,
            (0.0, 1.0),
            xycoords="axes fraction",
            xytext=(0.0, -(LINE_A_NAME * place + 0.8) * (sheet.letters - 1.0)),
            textcoords="offset points",
            va="baseline",
            size=sheet.letters - 1.0,
        )
        text.set_in_layout(False)


def _legend(
    tables: Sequence["pd.DataFrame"], language: "Language", *, is_morris: bool, is_plane: bool = False
) -> list[tuple[str, ScenarioStyle]]:
    words = _WORDS[language]
    parts = dict.fromkeys(part for table in tables for part in table["part", ""])
    entries = [
        (words.parts[part], ScenarioStyle(colour, "none", MARKS[part] if is_plane else "s", 6.0))
        for part, colour in COLOURS.items()
        if part in parts
    ]
    if is_plane:
        return [*entries, (words.diagonal, ScenarioStyle("#4D4D4D", (0, (4, 3)), "none", 0.0))]
    ink = PALETTE[0]
    if is_morris:
        return [*entries, (words.size, ScenarioStyle(ink, "none", "D", 4.2))]
    return [
        *entries,
        (words.total, ScenarioStyle(MUTED, "none", "s", 6.0)),
        (words.first, ScenarioStyle(ink, "none", "D", 4.2)),
        (words.chance, ScenarioStyle(QUIET_TEXT, (0, (1, 1.5)), "none", 0.0)),
    ]


def _caption(
    found: "Sensitivity",
    shown: Sequence["Outcome"],
    scenario: str,
    levers: str,
    language: "Language",
    *,
    is_plane: bool = False,
) -> str:
    """What the bars are, how many samples, and what is left open."""
    words, common = _WORDS[language], wording(language)
    rows = found.summary
    rows = rows[rows["scenario"].eq(scenario) & rows["levers"].eq(levers)]
    is_morris = found.sample.method == "morris"
    facts = [
        words.scenario.format(name=f"{scenario} ({levers})" if levers else scenario),
        (words.trajectories if is_morris else words.base_rows).format(
            count=format_number(float(rows["samples"].max()), language)
        ),
        common.replications.format(count=format_number(float(rows["replications"].max()), language)),
        common.seed.format(seed=found.seed),
        words.intervals.format(confidence=format_number(100.0 * found.confidence, language)),
    ]
    if is_plane:
        facts.append(words.plane)
    else:
        facts.append(words.hollow)
        facts.append(words.effects if is_morris else words.shares)
    if rows["dropped"].any():
        facts.append(words.dropped.format(count=format_number(float(rows["dropped"].max()), language)))
    settled = rows.loc[rows["width"].notna(), ["outcome", "ranking_settled"]]
    settled = settled[settled["outcome"].isin([outcome.name for outcome in shown])]
    open_ones = list(settled.loc[~settled["ranking_settled"].astype(bool), "outcome"])
    if open_ones:
        labels = {outcome.name: outcome.label(language) for outcome in found.outcomes}
        facts.append(words.unsettled.format(named=", ".join(labels[name] for name in open_ones)))
    return SEPARATOR.join(facts)


@dataclass(frozen=True)
class IndicesWords:
    """The words of one language; braces are filled in by the figure."""

    bars_title: str
    tornado_title: str
    plane_title: str
    parts: dict[str, str]
    share: str
    effect: str
    total: str
    first: str
    chance: str
    size: str
    diagonal: str
    still: str
    scenario: str
    base_rows: str
    trajectories: str
    intervals: str
    hollow: str
    shares: str
    effects: str
    plane: str
    dropped: str
    unsettled: str


_WORDS: dict["Language", IndicesWords] = {
    "en": IndicesWords(
        bars_title="What makes outcomes differ: shares of their variance",
        tornado_title="What moves outcomes most: mean effect of each parameter’s whole range",
        plane_title="How far each parameter moves outcomes, and how much that depends on the others",
        parts={"levers": "lever", "uncertainties": "uncertainty", "mechanisms": "mechanism"},
        share="share of the variance",
        effect="mean effect\n({unit})",
        total="total share",
        first="caused alone",
        chance="mere chance",
        size="mean size of the effect, whatever its sign",
        diagonal="sigma = mu*",
        still="the same at all points",
        scenario="scenario: {name}",
        base_rows="{count} base rows of a Sobol sample",
        trajectories="{count} Morris trajectories",
        intervals="intervals: {confidence}%, bootstrap",
        hollow="hollow: no more than chance alone may give",
        shares="total shares sum to 1 or more, as parameters act together",
        effects="from the low to the high end of a parameter’s range",
        plane="mu*: mean size of a parameter’s effect from end to end of its range; sigma: its standard deviation; above the dashed line "
        "an effect depends on the other parameters more than it is large",
        dropped="samples left out for want of a value: {count}",
        unsettled="the ranking is not settled for: {named}",
    ),
    "fr": IndicesWords(
        bars_title="Ce qui fait varier les résultats\u00a0: parts de leur variance",
        tornado_title="Ce qui déplace le plus les résultats\u00a0: effet moyen de toute la plage de chaque paramètre",
        plane_title="De combien chaque paramètre déplace les résultats, et combien cela dépend des autres",
        parts={"levers": "levier", "uncertainties": "incertitude", "mechanisms": "mécanisme"},
        share="part de la variance",
        effect="effet moyen\n({unit})",
        total="part totale",
        first="causée seul",
        chance="simple hasard",
        size="taille moyenne de l’effet, quel que soit son signe",
        diagonal="sigma = mu*",
        still="identique en tous les points",
        scenario="scénario\u00a0: {name}",
        base_rows="{count} lignes de base d’un échantillon de Sobol",
        trajectories="{count} trajectoires de Morris",
        intervals="intervalles\u00a0: {confidence}\u00a0%, bootstrap",
        hollow="creux\u00a0: pas plus que ce que le seul hasard peut donner",
        shares="les parts totales font 1 ou plus, car les paramètres agissent ensemble",
        effects="du bas au haut de la plage d’un paramètre",
        plane="mu*\u00a0: taille moyenne de l’effet d’un bout à l’autre de la plage\u00a0; sigma\u00a0: son écart-type\u00a0; "
        "au-dessus de la ligne tiretée, un effet dépend des autres paramètres plus qu’il n’est grand",
        dropped="échantillons écartés faute de valeur\u00a0: {count}",
        unsettled="le classement n’est pas établi pour\u00a0: {named}",
    ),
}
