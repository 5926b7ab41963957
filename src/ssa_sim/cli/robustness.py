"""`ssa-sim robustness`: how packages do over all futures of a sweep, and how surely one ranks before another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ssa_sim.cli.output import JsonOption, Lang, LangOption, console, print_json
from ssa_sim.cli.results_options import (
    FiguresOption,
    Folder,
    Gaps,
    MissingOption,
    names,
    place,
    print_table,
    print_texts,
)
from ssa_sim.errors import InputError
from ssa_sim.typography import french

if TYPE_CHECKING:
    from ssa_sim.analysis.robustness import Robustness
    from ssa_sim.words.texts import Language


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("robustness")(robustness)


def robustness(
    folder: Folder,
    outcome: Annotated[
        str | None, typer.Option(metavar="A,B,...", help="Which outcomes. [default: the headline ones]")
    ] = None,
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
    """Judge packages over all futures of a sweep: shares that do well enough, regret, and the surety of ranks."""
    from ssa_sim.analysis.chosen import headline_names
    from ssa_sim.analysis.robustness import robustness as judge
    from ssa_sim.experiment.keep.store import load_results

    results = load_results(folder)
    found = judge(
        results,
        names(outcome) or headline_names(results),
        packages=names(scenario),
        levels=dict(_level(text) for text in level or ()),
        missing=missing.value,
    )
    path = _draw(found, folder, lang.value) if figures else None
    if as_json:
        print_json(_as_object(found, path, lang.value))
        return
    _print(found, lang.value)
    if path is not None:
        typer.echo(f"{_WORDS[lang.value]['figure']}{path}")


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


def _draw(found: "Robustness", folder: Path, language: "Language") -> Path:
    from ssa_sim.figures.robustness import MOST_OUTCOMES, robustness_figure

    suffix = "" if language == "en" else f"-{language}"
    shown = [outcome.name for outcome in found.outcomes][: MOST_OUTCOMES["slide"]]
    return place(folder, f"robustness{suffix}.png", robustness_figure(found, language, outcomes=shown))


def _print(found: "Robustness", language: "Language") -> None:
    """For each outcome a table, or several side by side what fits, and a sentence; then how to read them."""
    from ssa_sim.analysis.robustness import MEASURES
    from ssa_sim.analysis.robustness_sentences import measure_names, notes, sentence, standard

    words, called = _WORDS[language], measure_names(language)
    fitting = max(1, (console().width - _NAME_WIDTH) // _CELL_WIDTH)
    for outcome in found.outcomes:
        title = f"{outcome.label(language)} ({outcome.unit_in(language)}); {standard(found, outcome.name, language)}"
        for start in range(0, len(found.packages), fitting):
            packages = found.packages[start : start + fitting]
            rows = [
                [called[measure], *(_cell(found, outcome.name, measure, package, language) for package in packages)]
                for measure in MEASURES
            ]
            against = [_against_first(found, outcome.name, package, language) for package in packages]
            rows.insert(1, [words["against_first"], *against])
            print_table(title, [words["measure"], *packages], rows)
        print_texts([sentence(found, outcome.name, language)])
    print_texts([words["cells"], *notes(found, language)])


_NAME_WIDTH, _CELL_WIDTH = 20, 26
"""Columns of a terminal that the names and each package take."""
_RANKED = ("satisficing", "regret_max", "regret_p90", "regret_mean")


def _cell(found: "Robustness", outcome: str, measure: str, package: str, language: "Language") -> str:
    """A measure, where packages are ranked by it with the probability of the first rank; its interval below."""
    from ssa_sim.words.numbers import numbers_apart, percent, percents_apart, span

    row: Any = found.of(outcome, measure).loc[package]
    triple = [row["value"], row["low"], row["high"]]
    write = percents_apart if measure == "satisficing" else numbers_apart
    value, *ends = write(triple, language)
    if value == "–":
        return value
    if measure in _RANKED:
        first = percent(float(found.rank_table(outcome, measure)[1][package]), language)
        value = f"{value} [{first}]"
    return f"{value}\n{span(ends, language)}"


def _against_first(found: "Robustness", outcome: str, package: str, language: "Language") -> str:
    """In what shares of the futures a package does better than the first, the same and worse, and by how much on average."""
    from ssa_sim.words.numbers import number, parts_of_whole

    table = found.against_first
    rows = table[table["outcome"].eq(outcome) & table["package"].eq(package)]
    if rows.empty:
        return "–"
    row = rows.iloc[0]
    shares = parts_of_whole([row["better"], row["same"], row["worse"]], language)
    return f"{shares}\n{number(row['mean_gain'], language, signed=True)}"


def _as_object(found: "Robustness", figure: Path | None, language: "Language") -> dict[str, object]:
    from ssa_sim.analysis.robustness_sentences import notes, sentence

    return {
        "title": found.title,
        "packages": list(found.packages),
        "seed": found.seed,
        "confidence": found.confidence,
        "summary": found.summary.to_dict(orient="records"),
        "measures": found.measures.to_dict(orient="records"),
        "against_first": found.against_first.to_dict(orient="records"),
        "ranks": found.ranks.to_dict(orient="records"),
        "sentences": [sentence(found, outcome.name, language) for outcome in found.outcomes],
        "notes": notes(found, language),
        "figure": None if figure is None else str(figure),
    }


_WORDS = {
    "en": {
        "measure": "Measure",
        "figure": "Figure: ",
        "against_first": "Against the first",
        "cells": "Against the first: in what shares of the futures it does better / the same / worse; below, by how much better on "
        "average. In brackets: how surely the package ranks first by this measure. Below: the interval.",
    },
    "fr": french(
        {
            "measure": "Mesure",
            "figure": "Figure : ",
            "against_first": "Face au premier",
            "cells": "Face au premier : dans quelles parts des futurs il fait mieux / aussi bien / moins bien ; dessous, de combien "
            "il fait mieux en moyenne. Entre crochets : la sûreté avec laquelle le paquet est premier selon cette mesure. Dessous : l'intervalle.",
        }
    ),
}
