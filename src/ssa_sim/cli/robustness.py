"""`ssa-sim robustness`: how packages do over all futures of a sweep, and how surely one ranks before another."""

from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.options import (
    FiguresOption,
    Gaps,
    JsonOption,
    Lang,
    LangOption,
    MissingOption,
    OutcomesOption,
    SweepFolder,
    names,
)
from ssa_sim.cli.showing import place, show
from ssa_sim.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssa_sim.analysis.robustness import Robustness


def robustness(
    folder: SweepFolder,
    outcome: OutcomesOption = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="A,B,...", help="Which packages beside the first. [default: all]")
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME=VALUE",
            help="What is well enough. [default: better than the first scenario in the same future]",
        ),
    ] = None,
    missing: MissingOption = Gaps.refuse,
    figures: FiguresOption = True,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Judge packages over all futures of a sweep: shares that do well enough, regret, and the surety of ranks.

    Of the runs of `compare --structures` it says which differences hold under all, most or few structures.
    """
    from ssa_sim.analysis.chosen import headline_names
    from ssa_sim.analysis.compare_structures import compare_over_structures, is_over_structures
    from ssa_sim.analysis.robustness import robustness as judge
    from ssa_sim.experiment.keep.store import load_results
    from ssa_sim.telling import over_structures as telling_structures
    from ssa_sim.telling import robustness as telling

    results = load_results(folder)
    if is_over_structures(results):
        if level:
            raise InputError("Over structures there is no level.", where="--level", allowed="without it")
        over = compare_over_structures(
            results, outcomes=names(outcome) or headline_names(results), others=names(scenario)
        )
        show(over, telling_structures, lang, as_json=as_json)
        return
    found = judge(
        results,
        names(outcome) or headline_names(results),
        packages=names(scenario),
        levels=dict(_level(text) for text in level or ()),
        missing=missing.value,
    )
    makes = {"figure": lambda: place(folder, "robustness", _figure(found, lang), lang) if figures else None}
    show(found, telling, lang, as_json=as_json, makes=makes)


def _level(text: str) -> tuple[str, float]:
    """An outcome and its level.

    Raises:
        InputError: it is not written so.
    """
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise InputError(
            f"{text!r} says no level.", where="--level", allowed="OUTCOME=VALUE, such as readiness=0.1"
        ) from None


def _figure(found: "Robustness", lang: Lang) -> "Figure":
    from ssa_sim.figures.robustness import MOST_OUTCOMES, robustness_figure

    shown = [outcome.name for outcome in found.outcomes][: MOST_OUTCOMES["slide"]]
    return robustness_figure(found, lang.value, outcomes=shown)
