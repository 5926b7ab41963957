"""The heat map of levers against outcomes: what is better, what is worse, by how much, and what is not decided."""

import math
from typing import TYPE_CHECKING

from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ssa_sim.figures.caption import failed_runs, per_cent
from ssa_sim.figures.labels import figure_words
from ssa_sim.figures.lettering import LINE, width_of, wrapped
from ssa_sim.figures.page_size import POINTS, ROW_HEIGHT, PageSize, asked, framed
from ssa_sim.figures.style import PALETTE, QUIET_TEXT, ScenarioStyle, in_style
from ssa_sim.telling.comparison import rows_together
from ssa_sim.words import glossary
from ssa_sim.words.numbers import Counted, grouped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.lever_effects import LeverEffects
    from ssa_sim.words.texts import Language

LABEL_SHARE = {"slide": 0.27, "page": 0.31, "column": 0.36}
"""Of the page's width, for the names of the rows."""
STRONGEST = 3.0
"""Standard deviations at which the colour is full."""
BETTER, WORSE = PALETTE[1], PALETTE[2]
COLOURS = LinearSegmentedColormap.from_list("better and worse", [WORSE, "#F0B4A8", "#FFFFFF", "#AEBBEE", BETTER])
MOST_ROWS = 28
"""That a printed page holds."""


def heat_map_figure(effects: "LeverEffects", language: str = "en", *, layout: str = "slide") -> Figure:
    """Draw effects, ready to be shown.

    Args:
        effects: what to draw; of more than `MOST_ROWS` rows those with the strongest decided effect, in their order.
        language: "en" or "fr".
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language or the layout is not known.
    """
    spoken, page, _ = asked(language, layout, LABEL_SHARE)
    rows = _strongest(effects)
    with in_style(page.text_sizes()):
        room = LABEL_SHARE[layout] * page.width * POINTS
        labels = _labels(effects, rows, spoken)
        broken = [wrapped(label, page.letters - 1.0, room) for label in labels]
        names = _outcome_names(effects, page, spoken)
        above = max(width_of(line, page.letters - 1.0) for name in names for line in name) + page.letters
        step = LINE * page.letters * max(1.25, max(map(len, broken)))
        height = above + step * len(rows) + 1.5 * page.letters
        with framed(
            page,
            title=_title(effects, spoken),
            legend=_legend(spoken),
            facts=_caption(effects, len(rows), spoken),
            rows=height / (ROW_HEIGHT * POINTS),
        ) as figure:
            axes = figure.add_subplot()
            width = (
                0.97 * page.width * POINTS - max(width_of(line, page.letters) for lines in broken for line in lines)
            ) / len(names)
            size = min(page.letters, 0.9 * page.letters * width / width_of("+0.0", page.letters, weight="bold"))
            columns = [outcome.name for outcome in effects.outcomes]
            draw_heat_map(axes, effects.table, rows, columns, spoken, size=size)
            axes.set_yticks(range(len(rows)), ["\n".join(lines) for lines in broken])
            axes.set_xticks(range(len(names)), ["\n".join(lines) for lines in names], rotation=90.0)
    return figure


def draw_heat_map(
    axes: "Axes",
    table: "pd.DataFrame",
    rows: "tuple[str, ...]",
    outcomes: list[str],
    language: "Language",
    *,
    size: float | None = None,
) -> None:
    """Draw a cell for each row and outcome: coloured where the verdict is better or worse, empty with a grey number else.

    Args:
        axes: where to draw; its ticks are the rows' and outcomes' numbers.
        table: as `LeverEffects.table`.
        rows: keys of the rows from top to bottom.
        outcomes: names from left to right.
        language: of the numbers.
        size: of the numbers, in points; by default that of the figure's text.
    """
    scale = Normalize(-STRONGEST, STRONGEST, clip=True)
    cells = {(cell["row"], cell["outcome"]): cell for cell in table.to_dict(orient="records")}
    for y, row in enumerate(rows):
        for x, outcome in enumerate(outcomes):
            cell = cells[row, outcome]
            value, is_decided = float(cell["standardised"]), cell["verdict"] in ("better", "worse")
            shade = float(scale(value))
            face = COLOURS(shade) if is_decided else "white"
            axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1.0, 1.0, facecolor=face, edgecolor="#C9C9C9", linewidth=0.6))
            strong = is_decided and abs(shade - 0.5) > 0.35
            colour = "white" if strong else "black" if is_decided else QUIET_TEXT
            text = cell_text(value, cell["verdict"], language)
            weight = "bold" if is_decided else "normal"
            axes.text(x, y, text, ha="center", va="center", color=colour, weight=weight, size=size)
    axes.set_xlim(-0.5, len(outcomes) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def cell_text(value: float, verdict: str, language: "Language") -> str:
    """What a cell says: the effect to a decimal, whole from ten on, "=" where nothing differs at all."""
    if verdict == "no difference":
        return "="
    if math.isinf(value):
        return "+∞" if value > 0.0 else "−∞"
    return grouped(value, language, decimals=0 if abs(value) >= 9.95 else 1, signed=True)


def _strongest(effects: "LeverEffects") -> tuple[str, ...]:
    """The rows that fit, in their order: those in which a decided effect stands out most from chance."""
    decided = effects.table[effects.table["verdict"].isin(["better", "worse"])]
    strength = decided["standardised"].abs().groupby(decided["row"]).max().reindex(list(effects.rows), fill_value=0.0)
    kept = set(strength.sort_values(ascending=False, kind="stable").index[:MOST_ROWS])
    return tuple(row for row in effects.rows if row in kept)


def _labels(effects: "LeverEffects", rows: tuple[str, ...], language: "Language") -> list[str]:
    column = effects.table.drop_duplicates("row").set_index("row")[f"label_{language}"]
    return [str(column[row]) for row in rows]


def _outcome_names(effects: "LeverEffects", page: PageSize, language: "Language") -> list[list[str]]:
    return [wrapped(outcome.label(language), page.letters - 1.0, 13.0 * page.letters) for outcome in effects.outcomes]


def _title(effects: "LeverEffects", language: "Language") -> str:
    if effects.scenario:
        return figure_words(language)("heat_map.title_levers")
    return glossary.experiment_title(effects.title, language)


def _legend(language: "Language") -> list[tuple[str, ScenarioStyle]]:
    words = figure_words(language)
    ends = ((words("heat_map.better"), BETTER), (words("heat_map.worse"), WORSE))
    return [(text, ScenarioStyle(colour, "none", "s", 6.0)) for text, colour in ends]


def _caption(effects: "LeverEffects", n_rows: int, language: "Language") -> list[str]:
    words = figure_words(language)
    count = rows_together(effects, language)
    facts = [words("shared.replications", count=Counted(effects.replications, language))]
    if effects.scenario:
        title = glossary.experiment_title(effects.title, language)
        facts.append(words("heat_map.moved_in", title=title, scenario=effects.scenario.replace("_", " ")))
    facts += [
        words("heat_map.scale"),
        words("heat_map.verdicts", count=count, level=per_cent(effects.confidence, language)),
        words("heat_map.undecided"),
        words("heat_map.equal"),
    ]
    if effects.n_failed:
        facts.append(failed_runs(effects.n_failed, language))
    if n_rows < len(effects.rows):
        facts.append(words("heat_map.left_out", count=len(effects.rows) - n_rows))
    return facts
