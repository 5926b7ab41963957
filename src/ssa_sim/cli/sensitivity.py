"""`ssa-sim sensitivity`: what moves the outcomes over a sweep's sample, with intervals."""

from pathlib import Path
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

if TYPE_CHECKING:
    from ssa_sim.analysis.sensitivity import Sensitivity


def sensitivity(
    folder: SweepFolder,
    outcome: OutcomesOption = None,
    scenario: Annotated[str | None, typer.Option(metavar="A,B,...", help="Which scenarios. [default: all]")] = None,
    second_order: Annotated[
        bool, typer.Option("--second-order", help="What two parameters cause together, if the design has it.")
    ] = False,
    missing: MissingOption = Gaps.refuse,
    figures: FiguresOption = True,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Show what moves the outcomes over a sweep's Morris or Sobol sample: indices with intervals."""
    from ssa_sim.analysis.chosen import headline_names
    from ssa_sim.analysis.sensitivity import sensitivity as analyse
    from ssa_sim.experiment.keep.store import load_results
    from ssa_sim.telling import sensitivity as telling

    results = load_results(folder)
    found = analyse(
        results,
        outcomes=names(outcome) or headline_names(results),
        scenarios=names(scenario),
        second_order=second_order,
        missing=missing.value,
    )
    makes = {"figures": lambda: _draw(found, folder, lang) if figures else []}
    show(found, telling, lang, as_json=as_json, makes=makes)


def _draw(found: "Sensitivity", folder: Path, lang: Lang) -> list[Path]:
    """The figures of every scenario and combination of levers."""
    from ssa_sim.figures.indices import indices_figure, plane_figure

    drawn = []
    grounds = found.summary[["scenario", "levers"]].drop_duplicates().itertuples(index=False)
    for number, (scenario, levers) in enumerate(grounds):
        tail = "" if number == 0 else f"-{number + 1}"
        ground = {"scenario": str(scenario), "levers": str(levers)}
        drawn.append(place(folder, f"sensitivity{tail}", indices_figure(found, lang.value, **ground), lang))
        if found.sample.method == "morris":
            drawn.append(place(folder, f"sensitivity-plane{tail}", plane_figure(found, lang.value, **ground), lang))
    return drawn
