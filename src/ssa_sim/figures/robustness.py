"""The figure of robustness: shares of futures that do well enough, regret, and how surely each package ranks first."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ssa_sim.analysis.robustness_sentences import RANKED_BY, measure_names, standard
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import unknown_outcome
from ssa_sim.figures.caption import SEPARATOR
from ssa_sim.figures.cast import Cast, cast_in_rows
from ssa_sim.figures.lettering import wrapped
from ssa_sim.figures.number_format import LanguageTicks, format_number, scale_for
from ssa_sim.figures.sheet import ROW_HEIGHT, framed, sheet_named
from ssa_sim.figures.style import PALETTE, QUIET_TEXT, ScenarioStyle, in_style
from ssa_sim.figures.wording import language_named, wording
from ssa_sim.typography import french
from ssa_sim.words.numbers import Counted, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ssa_sim.analysis.robustness import Robustness
    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.words.texts import Language

MOST_OUTCOMES = {"slide": 3, "page": 4, "column": 2}
MOST_PACKAGES = 26
"""One a letter."""
REGRETS = (("regret_mean", "o"), ("regret_p90", "s"), ("regret_max", "d"))
"""The measures of regret from least to largest, with their marks."""
_INK = PALETTE[0]
_SHADES = "Greys"


def robustness_figure(
    found: "Robustness",
    language: str = "en",
    *,
    outcomes: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    layout: str = "slide",
) -> Figure:
    """Draw packages over futures, an outcome a row (on a column, a block).

    Args:
        found: what to draw.
        language: "en" or "fr".
        outcomes: which; as many as fit by default.
        names: what to call packages.
        layout: "slide", "page" or "column".

    Raises:
        InputError: the language, the layout or an outcome is not known, or there are too many outcomes or packages.
    """
    spoken = language_named(language)
    sheet = sheet_named(layout, MOST_OUTCOMES)
    chosen = _chosen(found, outcomes, MOST_OUTCOMES[layout])
    if len(found.packages) > MOST_PACKAGES:
        raise InputError(
            f"{len(found.packages)} packages do not fit one figure.", allowed=f"at most {MOST_PACKAGES}: name fewer"
        )
    cast = cast_in_rows(found.packages, names)
    words = _WORDS[spoken]
    panel = 0.75 + 0.19 * len(found.packages)
    is_stacked = layout == "column"
    down = len(chosen) * (3 if is_stacked else 1)
    with in_style(sheet.text_sizes()):
        figure = framed(
            sheet,
            title=words.title,
            legend=[*cast.legend(spoken), *_marks(spoken)],
            caption=_caption(found, chosen, cast, spoken),
            rows=down * panel / ROW_HEIGHT,
        )
        grid = figure.subplots(down, 1 if is_stacked else 3, squeeze=False)
        for number, outcome in enumerate(chosen):
            panels = grid[3 * number : 3 * number + 3, 0] if is_stacked else grid[number]
            draw_shares(panels[0], found, outcome, cast, spoken)
            draw_regret(panels[1], found, outcome, cast, spoken)
            room = sheet.text_width / (1 if is_stacked else 3)
            each = 0.8 * room / len(RANKED_BY)
            draw_first(panels[2], found, outcome, cast, spoken, size=sheet.letters - 1.0, room=each)
            panels[0].set_title("\n".join(wrapped(outcome.label(spoken), sheet.letters, 0.8 * room, weight="bold")))
    return figure


def draw_shares(axes: "Axes", found: "Robustness", outcome: "Outcome", cast: Cast, language: "Language") -> None:
    """Draw the share of futures in which each package does well enough, with its interval."""
    rows = found.of(outcome.name, "satisficing")
    for place, package in enumerate(cast.scenarios):
        row: Any = rows.loc[package]
        style = cast.styles[package]
        if math.isnan(row["value"]):
            axes.text(0.5, place, _WORDS[language].the_standard, ha="center", va="center", color=QUIET_TEXT)
            continue
        axes.plot([row["low"], row["high"]], [place, place], color=style.colour, linewidth=1.6, zorder=3)
        axes.plot([row["value"]], [place], linestyle="none", marker=style.marker, markersize=1.3 * style.marker_size,
                  color=style.colour, markeredgecolor="white", zorder=4)  # fmt: skip
    axes.set_xlim(-0.03, 1.03)
    axes.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0], [percent(share, language) for share in (0.0, 0.25, 0.5, 0.75, 1.0)])
    axes.set_xlabel(f"{_WORDS[language].share} →")
    _letter(axes, cast)


def draw_regret(axes: "Axes", found: "Robustness", outcome: "Outcome", cast: Cast, language: "Language") -> None:
    """Draw the mean, the 90% and the largest regret of each package; the mean and the 90% one with their intervals."""
    by_measure = {measure: found.of(outcome.name, measure) for measure, _ in REGRETS}
    scale = scale_for(by_measure["regret_max"]["value"])
    for place, package in enumerate(cast.scenarios):
        style = cast.styles[package]
        largest = float(by_measure["regret_max"]["value"][package])
        axes.plot([0.0, largest], [place, place], color=style.colour, linewidth=0.8, alpha=0.5, zorder=2)
        for measure, marker in REGRETS:
            row: Any = by_measure[measure].loc[package]
            if measure != "regret_max":
                axes.plot([row["low"], row["high"]], [place, place], color=style.colour, linewidth=2.4, zorder=3)
            axes.plot(
                [row["value"]],
                [place],
                linestyle="none",
                marker=marker,
                markersize=6.0 if marker == "d" else 5.0,
                color=style.colour,
                markeredgecolor="white",
                markeredgewidth=0.8,
                zorder=4,
            )
    largest = float(by_measure["regret_max"]["value"].max())
    axes.set_xlim(-0.03 * largest if largest else -1.0, 1.06 * largest if largest else 1.0)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(LanguageTicks(language, scale=scale))
    unit = wording(language).scales[scale].format(unit=outcome.unit_in(language))
    axes.set_xlabel(f"← {_WORDS[language].regret.format(unit=unit)}")
    _letter(axes, cast)


def draw_first(
    axes: "Axes",
    found: "Robustness",
    outcome: "Outcome",
    cast: Cast,
    language: "Language",
    *,
    size: float = 8.0,
    room: float = 60.0,
) -> None:
    """Draw how surely each package ranks first by each measure, as shaded cells with their percentages.

    Args:
        axes: where to draw.
        found: what to draw.
        outcome: which.
        cast: who is who.
        language: of the words.
        size: of the letters of the measures' names, in points.
        room: that each name has, in points.
    """
    shares = np.full((len(cast.scenarios), len(RANKED_BY)), np.nan)
    for column, measure in enumerate(RANKED_BY):
        first = found.rank_table(outcome.name, measure)[1]
        for place, package in enumerate(cast.scenarios):
            shares[place, column] = first.get(package, np.nan)
    axes.pcolormesh(
        np.arange(len(RANKED_BY) + 1) - 0.5,
        np.arange(len(cast.scenarios) + 1) - 0.5,
        np.ma.masked_invalid(shares),
        cmap=_SHADES,
        vmin=0.0,
        vmax=1.4,
        edgecolors="white",
        linewidth=1.5,
    )
    for place, column in np.ndindex(shares.shape):
        share = float(shares[place, column])
        axes.text(
            column,
            place,
            percent(share, language),
            ha="center",
            va="center",
            weight="bold" if share >= 0.5 else "normal",
            color=_INK if share < 0.8 or math.isnan(share) else "white",
        )
    called = measure_names(language)
    axes.set_xticks(range(len(RANKED_BY)), ["\n".join(wrapped(called[measure], size, room)) for measure in RANKED_BY])
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel(_WORDS[language].first)
    axes.spines["bottom"].set_visible(False)
    _letter(axes, cast)
    axes.set_ylim(len(cast.scenarios) - 0.5, -0.5)
    axes.grid(visible=False)


def _letter(axes: "Axes", cast: Cast) -> None:
    """Letters of the packages on the left, from the top."""
    axes.set_ylim(len(cast.scenarios) - 0.5, -0.5)
    axes.set_yticks(range(len(cast.scenarios)), [cast.letters[package] for package in cast.scenarios])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=False, axis="y")


def _chosen(found: "Robustness", names: Sequence[str] | None, most: int) -> tuple["Outcome", ...]:
    if names is None:
        return found.outcomes[:most]
    held = {outcome.name: outcome for outcome in found.outcomes}
    for name in names:
        if name not in held:
            raise unknown_outcome(name, held)
    if not 1 <= len(names) <= most:
        raise InputError(f"{len(names)} outcomes do not fit one figure.", allowed=f"1 to {most}")
    return tuple(held[name] for name in names)


def _marks(language: "Language") -> list[tuple[str, ScenarioStyle]]:
    called = measure_names(language)
    return [(called[measure], ScenarioStyle(_INK, "none", mark, 5.0)) for measure, mark in REGRETS]


def _caption(found: "Robustness", chosen: Sequence["Outcome"], cast: Cast, language: "Language") -> str:
    """How many futures, what is well enough, what regret and the cells are."""
    words, common = _WORDS[language], wording(language)
    rows = found.summary[found.summary["outcome"].isin([outcome.name for outcome in chosen])]
    levels = [
        f"{outcome.label(language)} {standard(found, outcome.name, language)}"
        for outcome in chosen
        if found.summary.set_index("outcome").loc[outcome.name, "rule"] == "level"
    ]
    facts = [
        words.futures.format(count=format_number(float(rows["futures"].max()), language)),
        common.replications.format(count=Counted(int(rows["replications"].max()), language)),
        common.seed.format(seed=found.seed),
        *levels,
    ]
    if len(levels) < len(chosen):
        facts.append(words.better.format(first=cast.letters[cast.scenarios[0]]))
    facts += [
        words.regret_is,
        words.intervals.format(confidence=format_number(100.0 * found.confidence, language)),
        words.cells,
        words.no_probability,
    ]
    if rows["dropped"].any():
        facts.append(words.dropped.format(count=format_number(float(rows["dropped"].max()), language)))
    return SEPARATOR.join(facts)


@dataclass(frozen=True)
class RobustnessWords:
    """The words of one language; braces are filled in by the figure."""

    title: str
    share: str
    regret: str
    first: str
    the_standard: str
    futures: str
    better: str
    regret_is: str
    intervals: str
    cells: str
    no_probability: str
    dropped: str


_WORDS: dict["Language", RobustnessWords] = {
    "en": RobustnessWords(
        title="Packages over many futures: how often well enough, how far from the best, how surely first",
        share="futures in which it does well enough",
        regret="regret ({unit})",
        first="how surely it ranks first, by measure",
        the_standard="the standard",
        futures="{count} futures",
        better="well enough: better than {first} in the same future",
        regret_is="regret: how far short of the best package of each future",
        intervals="intervals: {confidence}%, bootstrap over futures",
        cells="cells: share of resamples of the futures in which the package ranks first",
        no_probability="shares of futures are no probabilities",
        dropped="futures left out for want of a value: {count}",
    ),
    "fr": french(
        RobustnessWords(
            title="Les paquets dans de nombreux futurs : assez bien, loin du meilleur, premiers",
            share="futurs où il fait assez bien",
            regret="regret ({unit})",
            first="sûreté du premier rang, selon la mesure",
            the_standard="la référence",
            futures="{count} futurs",
            better="assez bien : mieux que {first} dans le même futur",
            regret_is="regret : ce qui manque par rapport au meilleur paquet de chaque futur",
            intervals="intervalles : {confidence} %, bootstrap sur les futurs",
            cells="cases : part des rééchantillonnages des futurs où le paquet est premier",
            no_probability="des parts de futurs ne sont pas des probabilités",
            dropped="futurs écartés faute de valeur : {count}",
        )
    ),
}
