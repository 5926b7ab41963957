"""`ssa-sim discover`: under which uncertainties a package fails."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.options import FiguresOption, Gaps, JsonOption, Lang, LangOption, MissingOption, SweepFolder
from ssa_sim.cli.output import tell
from ssa_sim.cli.showing import place, show
from ssa_sim.errors import InputError
from ssa_sim.extras import install_command

if TYPE_CHECKING:
    from ssa_sim.analysis.discovery import Discovery
    from ssa_sim.experiment.keep.results import Results


class Search(StrEnum):
    """How boxes are looked for."""

    prim = "prim"
    cart = "cart"


def discover(
    folder: SweepFolder,
    outcome: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which outcome. [default: the only one kept]")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which package. [default: the only one beside the first]")
    ] = None,
    margin: Annotated[
        float, typer.Option(help="It fails where it is not better than the first scenario by more than this.")
    ] = 0.0,
    level: Annotated[float | None, typer.Option(help="It fails where the outcome is worse than this, instead.")] = None,
    method: Annotated[
        Search | None,
        typer.Option(help="How boxes are looked for. [default: prim, or cart where that is not installed]"),
    ] = None,
    missing: MissingOption = Gaps.refuse,
    figures: FiguresOption = True,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Find where a policy package fails: boxes in a sweep's uncertainties, checked on futures held out."""
    from ssa_sim.analysis.discovery import discover as discover_boxes
    from ssa_sim.experiment.keep.store import load_results
    from ssa_sim.telling import discovery as telling

    if level is not None and margin:
        raise InputError("A margin and a level are two ways to say what fails.", where="--level", allowed="one of them")
    results = load_results(folder)
    found = discover_boxes(
        results,
        _only(outcome, [each.name for each in results.outcomes], "--outcome", "outcomes"),
        _package(results, scenario),
        margin=margin,
        level=level,
        method=None if method is None else method.value,
        missing=missing.value,
    )
    if method is None and found.method != Search.prim:
        tell(
            "Note: boxes are looked for by a classification tree (CART), since the EMA Workbench, which brings the default, "
            f"PRIM, is not installed; `{install_command('discovery')}` brings it."
        )
    makes = {"figure": lambda: _draw(found, folder, lang) if figures and len(found.boxes) else None}
    show(found, telling, lang, as_json=as_json, makes=makes)


def _only(asked: str | None, held: list[str], option: str, what: str) -> str:
    """What was asked for, or the only one there is.

    Raises:
        InputError: there are several.
    """
    if asked is not None:
        return asked
    if len(held) != 1:
        raise InputError(
            f"The results hold {len(held)} {what}; please name one.",
            where=option,
            allowed=held if len(held) <= 12 else None,
        )
    return held[0]


def _package(results: "Results", asked: str | None) -> str:
    from ssa_sim.analysis.discovery import DESIGNS
    from ssa_sim.analysis.futures import package_names
    from ssa_sim.analysis.samples import sample_of

    if asked is not None:
        return asked
    sample = sample_of(results, DESIGNS, "Scenario discovery")
    return _only(None, list(package_names(results, sample))[1:], "--scenario", "packages beside the first")


def _draw(found: "Discovery", folder: Path, lang: Lang) -> Path:
    from ssa_sim.figures.discovery_figure import discovery_figure

    return place(folder, "discovery", discovery_figure(found, lang.value), lang)
