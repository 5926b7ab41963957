"""Where the money went as an alluvial picture: who gave, the kind of project, its target, and what became of it.

A block is as high as the money on it; a ribbon has the colour of what became of the money in the end, from the first column on.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from ssa_sim.analysis.money_runs import ENDS, NO_KIND, NOT_FOLLOWED, PLACES
from ssa_sim.figures.caption import drawn_from
from ssa_sim.figures.labels import figure_words
from ssa_sim.figures.lettering import LINE, wrapped
from ssa_sim.figures.page_size import POINTS, ROW_HEIGHT, asked, framed, without_axes
from ssa_sim.figures.style import MUTED, PALETTE
from ssa_sim.telling.money import end_name, giver_name, kind_name, target_name
from ssa_sim.typography import with_apostrophes
from ssa_sim.words import glossary
from ssa_sim.words.numbers import number, percent

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ssa_sim.analysis.money import Money
    from ssa_sim.words.texts import Language

COLOURS = dict(zip(ENDS, (*(PALETTE[place] for place in (3, 1, 4, 5, 2, 6, 7)), *(MUTED,) * 4), strict=True))
SHAPES = {"slide": 2.2, "page": 1.25}
"""Width of the panel over its height."""
BLOCK, GAP = 0.03, 0.12
"""Width of a block, as a share of the way from the first column to the last; and of the height, what the gaps of a column take."""
MARGINS = {"slide": (0.18, 0.16), "page": (0.21, 0.2)}
"""Of the panel's width, for the names left and right."""
LEAST = 0.004
"""Of all money: what is less has no name."""


class _Block(NamedTuple):
    """Where a block begins and ends, from 0 at the top to 1."""

    top: float
    bottom: float


def money_figure(money: "Money", language: str = "en", *, layout: str = "slide") -> Figure:
    """Draw where the money went, ready to be shown.

    Args:
        money: as followed.
        language: "en" or "fr".
        layout: "slide" or "page".

    Raises:
        InputError: the language or the layout is not known.
    """
    spoken, page, words = asked(language, layout, SHAPES)
    followed = money.trails[money.trails["use"] != NOT_FOLLOWED]
    share = percent(money.share_of("used"), spoken)
    rows = 0.95 * page.width / SHAPES[layout] / ROW_HEIGHT
    with framed(
        page,
        title=words("money.title", total=number(money.total[0], spoken), used=share),
        facts=_facts(money, spoken),
        rows=rows,
    ) as figure:
        axes = figure.add_subplot()
        height = rows * ROW_HEIGHT * POINTS if page.height is None else 0.8 * page.height * POINTS
        draw_money(
            axes,
            money,
            followed,
            spoken,
            size=page.letters - 1.0,
            width=page.text_width,
            height=height,
            margins=MARGINS[layout],
        )
    return figure


def draw_money(
    axes: "Axes",
    money: "Money",
    trails: "pd.DataFrame",
    language: "Language",
    *,
    size: float,
    width: float,
    height: float,
    margins: tuple[float, float],
) -> None:
    """Draw four columns of blocks and the ribbons between them.

    Args:
        axes: where to draw.
        money: whose givers have the names.
        trails: a row a trail: `PLACES` and million EUR, in the order in which blocks stand.
        language: of the words.
        size: of the words, in points.
        width: of the axes, in points, roughly.
        height: of the axes, in points, roughly.
        margins: shares of the width for the names left and right.
    """
    left, right = margins
    scale = 1.0 / (1.0 - left - right)
    axes.set_xlim(-left * scale, 1.0 + right * scale)
    axes.set_ylim(1.04, -0.08)
    without_axes(axes)
    total = max(money.total[0], 1e-9)
    columns = [_blocks(trails, place, total) for place in PLACES]
    for place in range(len(PLACES) - 1):
        _draw_ribbons(axes, trails, place, columns, total)
    rooms = (left * width, 0.21 * width / scale, 0.21 * width / scale, right * width)
    line = LINE * size / height * 1.12
    for place, (name, blocks) in enumerate(zip(PLACES, columns, strict=True)):
        x = _across(place)
        for key, block in blocks.items():
            colour = COLOURS[key] if name == "use" else PALETTE[0]
            axes.add_patch(
                Rectangle((x, block.top), BLOCK, block.bottom - block.top, color=colour, linewidth=0.0, zorder=3)
            )
        _draw_names(axes, money, name, blocks, language, size=size, room=0.95 * rooms[place], line=line, total=total)
    for place, word in enumerate(figure_words(language).several("money.columns")):
        axes.text(
            _across(place) + (BLOCK if place == 0 else 0.0),
            -0.03,
            word,
            ha="right" if place == 0 else "left",
            va="bottom",
            weight="bold",
            size=size,
        )


def _across(place: int) -> float:
    """Where the blocks of a column begin."""
    return place * (1.0 - BLOCK) / (len(PLACES) - 1)


def _blocks(trails: "pd.DataFrame", place: str, total: float) -> dict[str, _Block]:
    """The blocks of a column from top to bottom, of money in the order in which it first comes."""
    sums = trails.groupby(place, sort=False)["million"].sum()
    order = sorted(sums.index, key=_rank) if place != "giver" else list(sums.index)
    step = GAP / max(len(order) - 1, 1)
    blocks, top = {}, 0.0
    for name in order:
        bottom = top + (1.0 - GAP) * sums[name] / total
        blocks[name] = _Block(top, bottom)
        top = bottom + step
    return blocks


def _rank(name: str) -> int:
    """Uses in their order; kinds and targets as they come, money without a project last."""
    return ENDS.index(name) if name in ENDS else len(ENDS) * (name == NO_KIND)


def _draw_ribbons(
    axes: "Axes", trails: "pd.DataFrame", place: int, columns: Sequence[dict[str, _Block]], total: float
) -> None:
    """Ribbons from one column to the next, those of a block in the order of where they lead and what becomes of them."""
    tail, head = PLACES[place], PLACES[place + 1]
    tails, heads = (
        {name: number for number, name in enumerate(blocks)} for blocks in (columns[place], columns[place + 1])
    )
    sums = trails.groupby(list(dict.fromkeys((tail, head, "use"))), sort=False)["million"].sum().reset_index()
    tops, starts = ({name: block.top for name, block in columns[place + more].items()} for more in (0, 1))
    flows = [(row[tail], row[head], row["use"], (1.0 - GAP) * row["million"] / total) for _, row in sums.iterrows()]
    begins = {}
    for flow in sorted(flows, key=lambda flow: (tails[flow[0]], heads[flow[1]], ENDS.index(flow[2]))):
        begins[flow] = tops[flow[0]]
        tops[flow[0]] += flow[3]
    for flow in sorted(flows, key=lambda flow: (heads[flow[1]], tails[flow[0]], ENDS.index(flow[2]))):
        axes.add_patch(_ribbon(_across(place) + BLOCK, begins[flow], _across(place + 1), starts[flow[1]], flow))
        starts[flow[1]] += flow[3]


def _ribbon(x: float, y: float, other_x: float, other_y: float, flow: tuple[str, str, str, float]) -> PathPatch:
    """A band that leaves and arrives level."""
    middle, thick = 0.5 * (x + other_x), flow[3]
    corners = [(x, y), (middle, y), (middle, other_y), (other_x, other_y)]
    back = [(a, b + thick) for a, b in reversed(corners)]
    codes = [Path.MOVETO, *(Path.CURVE4,) * 3, Path.LINETO, *(Path.CURVE4,) * 3, Path.CLOSEPOLY]
    path = Path([*corners, *back, (x, y)], codes)
    return PathPatch(path, facecolor=COLOURS[flow[2]], edgecolor="none", alpha=0.55, zorder=2)


def _draw_names(
    axes: "Axes",
    money: "Money",
    place: str,
    blocks: dict[str, _Block],
    language: "Language",
    *,
    size: float,
    room: float,
    line: float,
    total: float,
) -> None:
    """Each block's name and share beside it; names that would meet are pushed apart, and what is next to nothing has none."""
    texts = []
    for name, block in blocks.items():
        share = (block.bottom - block.top) / (1.0 - GAP)
        if share >= LEAST:
            called = f"{_name(money, place, name, language)} {percent(share, language)}"
            texts.append((0.5 * (block.top + block.bottom), wrapped(with_apostrophes(called), size, room)))
    heights = _apart([middle for middle, _ in texts], [line * len(lines) for _, lines in texts])
    x = _across(PLACES.index(place))
    for y, (_, lines) in zip(heights, texts, strict=True):
        axes.text(
            x - 0.01 if place == "giver" else x + BLOCK + 0.01,
            y,
            "\n".join(lines),
            ha="right" if place == "giver" else "left",
            va="center",
            size=size,
            zorder=4,
        )


def _apart(middles: Sequence[float], tall: Sequence[float]) -> list[float]:
    """Heights as near the middles as names of these heights can stand one below another, and none below the end."""
    found = list(middles)
    for place in range(1, len(found)):
        found[place] = max(found[place], found[place - 1] + 0.5 * (tall[place - 1] + tall[place]))
    lowest = 1.02
    for place in reversed(range(len(found))):
        found[place] = min(found[place], lowest - 0.5 * tall[place])
        lowest = found[place] - 0.5 * tall[place]
    return found


def _name(money: "Money", place: str, name: str, language: "Language") -> str:
    if place == "giver":
        return giver_name(money, name, language)
    word = {"kind": kind_name, "target": target_name, "use": end_name}[place](name)
    return word.to(language)


def _facts(money: "Money", language: "Language") -> list[str]:
    words = figure_words(language)
    return [
        glossary.scenario_title(money.title, language),
        *drawn_from(money.replications, money.seed, language),
        words("money.ribbons"),
        words("money.not_followed", share=percent(money.share_of(NOT_FOLLOWED), language)),
    ]
