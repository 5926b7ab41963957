"""Figures by name: `figure(results, "comparison")` draws what a result folder allows."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ssa_sim.analysis.chosen import headline_names
from ssa_sim.analysis.compare import compare
from ssa_sim.analysis.stored_decomposition import is_decomposition, stored_decomposition
from ssa_sim.errors import InputError
from ssa_sim.figures.comparison import Layout, comparison_figure
from ssa_sim.figures.waterfall import waterfall_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssa_sim.experiment.results import Results


def figure(results: "Results", name: str, language: str = "en", *, layout: Layout = "slide") -> "Figure":
    """Draw one of the figures that fit some results.

    Args:
        results: as `load_results` reads them.
        name: "comparison" (several scenarios, no design) or "waterfall" (a decomposition).
        language: "en" or "fr".
        layout: "slide" (16:9) or "page" (16 cm wide).

    Returns:
        A matplotlib figure; `ssa_sim.figures.style.save_figure` writes it so that the same figure gives the same bytes.

    Raises:
        InputError: there is no such figure, it does not fit the results, or the language or layout is not known.
    """
    if name not in FIGURES:
        raise InputError(f"There is no figure {name!r}.", allowed=FIGURES)
    return FIGURES[name](results, language, layout)


def _comparison(results: "Results", language: str, layout: Layout) -> "Figure":
    if results.design is not None:
        raise InputError("A design is no comparison of scenarios.", allowed="results of an experiment without [design]")
    return comparison_figure(results, compare(results, outcomes=headline_names(results)), language, layout=layout)


def _waterfall(results: "Results", language: str, layout: Layout) -> "Figure":
    if not is_decomposition(results):
        raise InputError("These results are no decomposition.", allowed="what `ssa-sim decompose` keeps")
    return waterfall_figure(stored_decomposition(results), language, layout=layout)


FIGURES: dict[str, Callable[["Results", str, Layout], "Figure"]] = {"comparison": _comparison, "waterfall": _waterfall}
"""From a figure's name to what draws it."""
