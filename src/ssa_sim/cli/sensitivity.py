"""`ssa-sim sensitivity`: what moves the outcomes over a sweep's sample, with intervals."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ssa_sim.cli.output import JsonOption, Lang, LangOption, print_json
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
from ssa_sim.typography import french

if TYPE_CHECKING:
    import pandas as pd

    from ssa_sim.analysis.sensitivity import Sensitivity
    from ssa_sim.words.texts import Language

SHOWN = 5
"""Parameters shown for each outcome."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sensitivity")(sensitivity)


def sensitivity(
    folder: Folder,
    outcome: Annotated[
        str | None, typer.Option(metavar="A,B,...", help="Which outcomes. [default: the headline ones]")
    ] = None,
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

    results = load_results(folder)
    found = analyse(
        results,
        outcomes=names(outcome) or headline_names(results),
        scenarios=names(scenario),
        second_order=second_order,
        missing=missing.value,
    )
    drawn = _draw(found, folder, lang.value) if figures else []
    if as_json:
        print_json(_as_object(found, drawn, lang.value))
        return
    _print(found, lang.value)
    for path in drawn:
        typer.echo(f"{_WORDS[lang.value]['figure']}{path}")


def _draw(found: "Sensitivity", folder: Path, language: "Language") -> list[Path]:
    """The figures of every scenario and combination of levers."""
    from ssa_sim.figures.indices import indices_figure, plane_figure

    suffix = "" if language == "en" else f"-{language}"
    drawn = []
    grounds = found.summary[["scenario", "levers"]].drop_duplicates().itertuples(index=False)
    for number, (scenario, levers) in enumerate(grounds):
        tail = f"{'' if number == 0 else f'-{number + 1}'}{suffix}.png"
        ground = {"scenario": str(scenario), "levers": str(levers)}
        drawn.append(place(folder, f"sensitivity{tail}", indices_figure(found, language, **ground)))
        if found.sample.method == "morris":
            drawn.append(place(folder, f"sensitivity-plane{tail}", plane_figure(found, language, **ground)))
    return drawn


def _print(found: "Sensitivity", language: "Language") -> None:
    """A table for each scenario, combination of levers and kind of parameter; then how to read them."""
    from ssa_sim.analysis.sensitivity_sentences import PARTS, notes

    words = _WORDS[language]
    headings = [words[name] for name in ("outcome", "parameter", *_COLUMNS[found.sample.method])]
    for (scenario, levers, part), rows in found.indices.groupby(["scenario", "levers", "part"], sort=False):
        title = f"{PARTS[language][str(part)]}: {scenario}{f' ({levers})' if levers else ''}"
        lines = [
            line
            for outcome in found.outcomes
            for line in _lines(rows[rows["outcome"] == outcome.name], found, outcome.label(language), language)
        ]
        print_table(title, headings, lines, texts=2)
    if found.pairs is not None:
        _print_pairs(found, language)
    print_texts(notes(found, language))


def _lines(rows: "pd.DataFrame", found: "Sensitivity", outcome: str, language: "Language") -> list[list[str]]:
    """The parameters that matter most for one outcome."""
    by_path = {str(path): own.set_index("index") for path, own in rows.groupby("path", sort=False)}
    main = rows[rows["index"] == found.main_index].sort_values("value", ascending=False, kind="stable")
    order = [str(path) for path in main["path"].head(SHOWN)]
    cells = _morris_cells if found.sample.method == "morris" else _sobol_cells
    return [
        [outcome if number == 0 else "", path, *cells(by_path[path], language)] for number, path in enumerate(order)
    ]


def _morris_cells(rows: "pd.DataFrame", language: "Language") -> list[str]:
    from ssa_sim.words.numbers import number, numbers_apart, span

    star: Any = rows.loc["mu_star"]
    value, *ends = numbers_apart([star["value"], star["low"], star["high"]], language)
    mean, scatter = float(rows["value"]["mu"]), float(rows["value"]["sigma"])
    return [
        value if star["above_chance"] else f"({value})",
        span(ends, language),
        number(mean, language, signed=True),
        number(scatter, language),
        number(star["floor"], language),
    ]


def _sobol_cells(rows: "pd.DataFrame", language: "Language") -> list[str]:
    from ssa_sim.words.numbers import span

    cells = []
    for index in ("total", "first"):
        row: Any = rows.loc[index]
        value, *ends = (_share(row[name], language) for name in ("value", "low", "high"))
        is_plain = index == "first" or row["above_chance"]
        cells += [value if is_plain else f"({value})", span(ends, language)]
    return [*cells, _share(float(rows["floor"]["total"]), language)]


def _share(value: float, language: "Language") -> str:
    """A share of the variance, to two decimals."""
    from ssa_sim.words.numbers import written

    if value != value:  # not a number
        return "–"
    text = f"{value:.2f}"
    text = text.removeprefix("-") if float(text) == 0.0 else text
    return written(text, language)


def _print_pairs(found: "Sensitivity", language: "Language") -> None:
    """The pairs that cause most together."""
    from ssa_sim.words.numbers import span

    assert found.pairs is not None
    words = _WORDS[language]
    for (scenario, levers), rows in found.pairs.groupby(["scenario", "levers"], sort=False):
        title = f"{words['pairs']}: {scenario}{f' ({levers})' if levers else ''}"
        lines = []
        for outcome in found.outcomes:
            own = rows[rows["outcome"] == outcome.name].sort_values("value", ascending=False).head(SHOWN)
            for number, (_, row) in enumerate(own.iterrows()):
                value, *ends = (_share(row[name], language) for name in ("value", "low", "high"))
                name = outcome.label(language) if number == 0 else ""
                lines.append([name, row["path"], row["other"], value, span(ends, language)])
        print_table(
            title, [words[name] for name in ("outcome", "parameter", "with", "share", "interval")], lines, texts=3
        )


def _as_object(found: "Sensitivity", figures: list[Path], language: "Language") -> dict[str, object]:
    from ssa_sim.analysis.sensitivity_sentences import notes

    return {
        "title": found.title,
        "method": found.sample.method,
        "samples": found.sample.samples,
        "seed": found.seed,
        "confidence": found.confidence,
        "summary": found.summary.to_dict(orient="records"),
        "indices": found.indices.to_dict(orient="records"),
        "pairs": None if found.pairs is None else found.pairs.to_dict(orient="records"),
        "notes": notes(found, language),
        "figures": [str(path) for path in figures],
    }


_COLUMNS = {
    "morris": ("mu_star", "interval", "mu", "sigma", "floor"),
    "sobol": ("total", "interval", "first", "interval", "floor"),
}
_WORDS = {
    "en": {
        "outcome": "Outcome",
        "parameter": "Parameter",
        "with": "Together with",
        "share": "Share",
        "pairs": "Second order",
        "mu_star": "mu*",
        "mu": "mu",
        "sigma": "sigma",
        "total": "Total",
        "first": "First",
        "interval": "95% interval",
        "floor": "Chance",
        "figure": "Figure: ",
    },
    "fr": french(
        {
            "outcome": "Résultat",
            "parameter": "Paramètre",
            "with": "Avec",
            "share": "Part",
            "pairs": "Second ordre",
            "mu_star": "mu*",
            "mu": "mu",
            "sigma": "sigma",
            "total": "Total",
            "first": "Premier",
            "interval": "Intervalle à 95 %",
            "floor": "Hasard",
            "figure": "Figure : ",
        }
    ),
}
