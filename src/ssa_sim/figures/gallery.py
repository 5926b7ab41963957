"""Which figures there are, which of them a result folder can show, and why not the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ssa_sim.analysis.chosen import headline_names
from ssa_sim.analysis.compare import Comparison, compare
from ssa_sim.analysis.lever_effects import ONE_AT_A_TIME, lever_effects
from ssa_sim.analysis.money import follow_money
from ssa_sim.analysis.result_folder import ResultFolder, result_folder_of
from ssa_sim.analysis.stored_decomposition import is_decomposition, stored_decomposition
from ssa_sim.analysis.vicious_circle import measure_circle
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import unknown_outcome
from ssa_sim.experiment.keep.results import Results
from ssa_sim.figures.comparison import LAYOUTS as COMPARISON_LAYOUTS
from ssa_sim.figures.comparison import comparison_figure
from ssa_sim.figures.doctrine import doctrine_figure
from ssa_sim.figures.equipment import equipment_figure
from ssa_sim.figures.heat_map import heat_map_figure
from ssa_sim.figures.money import SHAPES as MONEY_SHAPES
from ssa_sim.figures.money import money_figure
from ssa_sim.figures.network import network_figure
from ssa_sim.figures.page_size import PAGE_SIZES
from ssa_sim.figures.small_multiples import (
    ABSORPTION,
    absorption_figure,
    absorption_of_one_run_figure,
    differences_figure,
    trajectories_figure,
)
from ssa_sim.figures.vicious_circle import circle_figure
from ssa_sim.figures.waterfall import LABEL_SHARE, waterfall_figure
from ssa_sim.figures.zone_map import zone_map_figure, zone_map_of_one_run_figure
from ssa_sim.model.observation import Observation
from ssa_sim.words.texts import Language, language_named, texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssa_sim.analysis.money_runs import MoneyRuns
    from ssa_sim.analysis.vicious_circle_runs import CircleRuns


T = TypeVar("T")


@dataclass(frozen=True)
class FigureRequest:
    """How a figure is wanted.

    Attributes:
        language: "en" or "fr".
        layout: "slide", "page" or "column".
        outcomes: which; None for the figure's own choice.
        month: such as "2017-03", for a figure of one month; None for the last.
        scenario: which, for a figure of one scenario; None for the first.
    """

    language: Language = "en"
    layout: str = "slide"
    outcomes: Sequence[str] | None = None
    month: str | None = None
    scenario: str | None = None

    def options(self, *names: str) -> dict[str, Any]:
        """What a figure is drawn with: language, layout, and the attributes named."""
        return {name: getattr(self, name) for name in ("language", "layout", *names)}


@dataclass(frozen=True)
class GalleryFigure:
    """A figure of the gallery.

    Attributes:
        name: as the command line and file names have it.
        layouts: the sizes that it fits.
        takes: what of a `FigureRequest` it heeds beside language and layout.
        lacks: what a folder lacks for it, by its name in `words/*/gallery.toml`; None if nothing.
        draw: draws it from a folder that lacks nothing.
    """

    name: str
    layouts: tuple[str, ...]
    takes: tuple[str, ...]
    lacks: Callable[[ResultFolder], str | None]
    draw: Callable[[ResultFolder, FigureRequest], "Figure"]

    def title(self, language: Language) -> str:
        """What it shows."""
        return texts(language, "gallery")(f"titles.{self.name}")


def reason(lack: str, language: Language) -> str:
    """What a folder lacks, in words."""
    return texts(language, "gallery")(f"lacks.{lack}")


def figure_named(name: str) -> GalleryFigure:
    """The figure of that name.

    Raises:
        InputError: there is none.
    """
    for entry in GALLERY:
        if entry.name == name:
            return entry
    raise InputError(f"There is no figure {name!r}.", where="--figure", allowed=[entry.name for entry in GALLERY])


def figure(
    found: "Results | Observation | CircleRuns | MoneyRuns",
    name: str,
    language: Language = "en",
    *,
    layout: str = "slide",
    outcomes: Sequence[str] | None = None,
    month: str | None = None,
    scenario: str | None = None,
) -> "Figure":
    """Draw one of the gallery's figures from what `load_results`, `observe` or `load_observation` gives.

    Args:
        found: what is to be shown.
        name: the figure's name, as `ssa-sim plot` lists it.
        language: "en" or "fr".
        layout: "slide", "page" or "column", as far as the figure has it.
        outcomes: see `FigureRequest`, as month and scenario.
        month: such as "2017-03".
        scenario: a scenario's name.

    Returns:
        A matplotlib figure; `ssa_sim.figures.style.save_figure` writes it so that the same figure gives the same bytes.

    Raises:
        InputError: there is no such figure, or it needs what is not there.
    """
    entry = figure_named(name)
    request = FigureRequest(language_named(language), layout, outcomes, month, scenario)
    if layout not in entry.layouts:
        raise InputError(f"The figure {name!r} has no layout {layout!r}.", allowed=entry.layouts)
    return draw(entry, result_folder_of(found), request)


def drawable(result_folder: ResultFolder) -> list[GalleryFigure]:
    """The figures that a folder can show."""
    return [entry for entry in GALLERY if entry.lacks(result_folder) is None]


def draw(entry: GalleryFigure, result_folder: ResultFolder, request: FigureRequest) -> "Figure":
    """Draw a figure of the gallery.

    Raises:
        InputError: the folder lacks something for it, or what is asked for cannot be shown.
    """
    lack = entry.lacks(result_folder)
    if lack is not None:
        raise InputError(
            f"The folder cannot show {entry.name!r}: it {reason(lack, 'en')}.",
            where=result_folder.folder,
            allowed=[each.name for each in drawable(result_folder)],
        )
    return entry.draw(result_folder, request)


def _held(part: T | None) -> T:
    """What a folder holds that lacks nothing."""
    if part is None:
        raise ValueError("The folder does not hold what this figure shows.")
    return part


def _months_lack(result_folder: ResultFolder, outcomes: Sequence[str]) -> str | None:
    """What is missing to show these outcomes month by month; none named: any."""
    found = result_folder.results
    if found is None:
        return "results"
    if found.design is not None:
        return "no_design"
    held = set(found.monthly["outcome"])
    return None if held and held >= set(outcomes) else "months"


def _pairs_lack(result_folder: ResultFolder) -> str | None:
    found = result_folder.results
    if found is None:
        return "results"
    if found.design is not None or len(found.scenario_names) < 2:
        return "scenarios"
    return None if found.replications > 1 else "replications"


def _effects_lack(result_folder: ResultFolder) -> str | None:
    found = result_folder.results
    if found is None or (found.design_request or {}).get("method") != ONE_AT_A_TIME:
        lack = _pairs_lack(result_folder)
        return "levers" if lack == "scenarios" else lack
    return None if found.replications > 1 else "replications"


def _decomposition_lacks(result_folder: ResultFolder) -> str | None:
    found = result_folder.results
    return None if found is not None and is_decomposition(found) else "decomposition"


def _observation_lacks(result_folder: ResultFolder) -> str | None:
    return None if result_folder.observation is not None else "observation"


def _circle_lacks(result_folder: ResultFolder) -> str | None:
    return None if result_folder.circle is not None else "circle"


def _money_lacks(result_folder: ResultFolder) -> str | None:
    return None if result_folder.money is not None else "money"


def _comparison(found: Results, request: FigureRequest) -> Comparison:
    return compare(found, outcomes=request.outcomes or headline_names(found))


def _draw_absorption(result_folder: ResultFolder, request: FigureRequest) -> "Figure":
    if result_folder.observation is not None:
        return absorption_of_one_run_figure(result_folder.observation, **request.options())
    return absorption_figure(_held(result_folder.results), **request.options())


def _draw_zones(result_folder: ResultFolder, request: FigureRequest) -> "Figure":
    if result_folder.observation is not None:
        return zone_map_of_one_run_figure(result_folder.observation, **request.options("outcomes"))
    return zone_map_figure(_held(result_folder.results), **request.options("outcomes", "scenario"))


def _draw_waterfall(result_folder: ResultFolder, request: FigureRequest) -> "Figure":
    found = _held(result_folder.results)
    held = [outcome.name for outcome in found.outcomes]
    outcome = (request.outcomes or held)[0]
    if outcome not in held:
        raise unknown_outcome(outcome, held, where="--outcome")
    return waterfall_figure(stored_decomposition(found, outcome), **request.options())


ALL = tuple(PAGE_SIZES)
GALLERY: tuple[GalleryFigure, ...] = (
    GalleryFigure(
        "comparison",
        COMPARISON_LAYOUTS,
        ("outcomes",),
        _pairs_lack,
        lambda held, request: comparison_figure(
            _held(held.results), _comparison(_held(held.results), request), **request.options()
        ),
    ),
    GalleryFigure(
        "trajectories",
        ALL,
        ("outcomes",),
        lambda held: _months_lack(held, ()),
        lambda held, request: trajectories_figure(_held(held.results), **request.options("outcomes")),
    ),
    GalleryFigure(
        "differences",
        ALL,
        ("outcomes",),
        _pairs_lack,
        lambda held, request: differences_figure(
            _held(held.results), _comparison(_held(held.results), request), **request.options()
        ),
    ),
    GalleryFigure(
        "levers",
        ALL,
        ("outcomes", "scenario"),
        _effects_lack,
        lambda held, request: heat_map_figure(
            lever_effects(_held(held.results), scenario=request.scenario, outcomes=request.outcomes),
            **request.options(),
        ),
    ),
    GalleryFigure(
        "absorption",
        ALL,
        (),
        lambda held: None if held.observation is not None else _months_lack(held, ABSORPTION),
        _draw_absorption,
    ),
    GalleryFigure(
        "zones",
        ALL,
        ("outcomes", "scenario"),
        lambda held: None if held.observation is not None else _months_lack(held, ("threat_north",)),
        _draw_zones,
    ),
    GalleryFigure("waterfall", tuple(LABEL_SHARE), ("outcomes",), _decomposition_lacks, _draw_waterfall),
    GalleryFigure(
        "doctrine",
        ALL,
        (),
        _observation_lacks,
        lambda held, request: doctrine_figure(_held(held.observation), **request.options()),
    ),
    GalleryFigure(
        "equipment",
        ALL,
        ("month",),
        _observation_lacks,
        lambda held, request: equipment_figure(_held(held.observation), **request.options("month")),
    ),
    GalleryFigure(
        "network",
        ALL,
        ("month",),
        _observation_lacks,
        lambda held, request: network_figure(_held(held.observation), **request.options("month")),
    ),
    GalleryFigure(
        "circle",
        ALL,
        (),
        _circle_lacks,
        lambda held, request: circle_figure(measure_circle(_held(held.circle)), **request.options()),
    ),
    GalleryFigure(
        "money",
        tuple(MONEY_SHAPES),
        (),
        _money_lacks,
        lambda held, request: money_figure(follow_money(_held(held.money)), **request.options()),
    ),
)
"""In the order in which they are listed and drawn."""
