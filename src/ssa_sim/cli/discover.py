"""`ssa-sim discover`: under which uncertainties a package fails."""

import math
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.output import JsonOption, Lang, LangOption, print_json, tell
from ssa_sim.cli.results_options import FiguresOption, Folder, Gaps, MissingOption, place, print_table, print_texts
from ssa_sim.errors import InputError
from ssa_sim.extras import install_command
from ssa_sim.typography import french

if TYPE_CHECKING:
    from ssa_sim.analysis.discovery import Discovery
    from ssa_sim.experiment.keep.results import Results
    from ssa_sim.words.texts import Language


class Search(StrEnum):
    """How boxes are looked for."""

    prim = "prim"
    cart = "cart"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("discover")(discover)


def discover(
    folder: Folder,
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
    path = _draw(found, folder, lang.value) if figures and len(found.boxes) else None
    if as_json:
        print_json(_as_object(found, path, lang.value))
        return
    _print(found, lang.value)
    if path is not None:
        typer.echo(f"{_WORDS[lang.value]['figure']}{path}")


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


def _draw(found: "Discovery", folder: Path, language: "Language") -> Path:
    from ssa_sim.figures.discovery_figure import discovery_figure

    suffix = "" if language == "en" else f"-{language}"
    return place(folder, f"discovery{suffix}.png", discovery_figure(found, language))


def _print(found: "Discovery", language: "Language") -> None:
    from ssa_sim.analysis.discovery_sentences import box_sentence, notes, opening

    print_texts([opening(found, language), *(box_sentence(found, box, language) for box in found.boxes["box"])])
    if len(found.boxes):
        _print_limits(found, language)
    print_texts(notes(found, language))


def _print_limits(found: "Discovery", language: "Language") -> None:
    from ssa_sim.words.numbers import numbers, percent, span

    words = _WORDS[language]
    rows = []
    for _, row in found.limits.iterrows():
        ends = [row["low"], row["high"], row["range_low"], row["range_high"]]
        low, high, range_low, range_high = numbers(ends, language)
        rows.append(
            [
                str(row["box"]),
                str(row["path"]),
                low if math.isfinite(row["low"]) else "",
                high if math.isfinite(row["high"]) else "",
                span([range_low, range_high], language),
                *(_p_value(row[name], language) for name in ("quasi_p_low", "quasi_p_high")),
                percent(row["found_again"], language),
            ]
        )
    headings = [words[name] for name in ("box", "path", "low", "high", "range", "p_low", "p_high", "again")]
    print_table(words["limits"], headings, rows, texts=2)


def _p_value(value: float, language: "Language") -> str:
    if math.isnan(value):
        return ""
    from ssa_sim.words.numbers import written

    return written(f"{value:.3f}" if value >= 0.001 else "<0.001", language)


def _as_object(found: "Discovery", figure: Path | None, language: "Language") -> dict[str, object]:
    from ssa_sim.analysis.discovery_sentences import box_sentence, notes, opening

    return {
        "title": found.futures.title,
        "package": found.package,
        "first": found.futures.packages[0],
        "outcome": found.futures.outcome.name,
        "rule": found.rule,
        "threshold": found.threshold,
        "method": found.method,
        "futures": len(found.fails),
        "failures": int(found.fails.sum()),
        "open": None if found.n_open < 0 else found.n_open,
        "equal": found.n_equal,
        "dropped": found.futures.n_dropped,
        "boxes": found.boxes.to_dict(orient="records"),
        "limits": found.limits.to_dict(orient="records"),
        "together": None if found.together is None else vars(found.together),
        "held_out": None if found.held_out is None else vars(found.held_out),
        "confirmed": found.is_confirmed,
        "sentences": [opening(found, language), *(box_sentence(found, box, language) for box in found.boxes["box"])],
        "notes": notes(found, language),
        "figure": None if figure is None else str(figure),
    }


_WORDS = {
    "en": {
        "limits": "Limits of the boxes",
        "box": "Box",
        "path": "Uncertainty",
        "low": "From",
        "high": "To",
        "range": "Drawn from",
        "p_low": "Quasi-p, from",
        "p_high": "Quasi-p, to",
        "again": "Again",
        "figure": "Figure: ",
    },
    "fr": french(
        {
            "limits": "Limites des boîtes",
            "box": "Boîte",
            "path": "Incertitude",
            "low": "De",
            "high": "À",
            "range": "Tiré de",
            "p_low": "Quasi-p, de",
            "p_high": "Quasi-p, à",
            "again": "Retrouvée",
            "figure": "Figure : ",
        }
    ),
}
