"""`ssa-sim plot`: the figures of a result folder, of whatever kind it is."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.options import FolderOfResults, JsonOption, Lang, LangOption
from ssa_sim.cli.output import print_json, tell
from ssa_sim.errors import InputError
from ssa_sim.words.texts import texts

if TYPE_CHECKING:
    from ssa_sim.analysis.result_folder import ResultFolder
    from ssa_sim.figures.gallery import FigureRequest, GalleryFigure
    from ssa_sim.words.texts import Language


class Format(StrEnum):
    """File formats."""

    png = "png"
    svg = "svg"
    pdf = "pdf"


class Size(StrEnum):
    """What a figure is made for: a journal's column (8.5 cm), a page (16 cm), a slide (16:9)."""

    column = "column"
    page = "page"
    slide = "slide"


def plot(
    folder: FolderOfResults,
    figures: Annotated[
        list[str] | None,
        typer.Option("--figure", metavar="NAME", help="Which figure; repeatable. [default: all that it can show]"),
    ] = None,
    file_format: Annotated[Format, typer.Option("--format", help="File format.")] = Format.png,
    size: Annotated[Size, typer.Option(help="Column (8.5 cm), page (16 cm) or slide (16:9).")] = Size.slide,
    outcomes: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="What the figure shows; repeatable; with --figure."),
    ] = None,
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="The month of a figure of one month. [default: the last]")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="NAME", help="The scenario of a figure of one. [default: the first]")
    ] = None,
    only_list: Annotated[bool, typer.Option("--list", help="List what the folder can show; draw nothing.")] = False,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Draw the figures that a result folder can show, into its figures/."""
    from ssa_sim.analysis.result_folder import open_folder
    from ssa_sim.figures.gallery import FigureRequest, drawable, figure_named

    named = [figure_named(name) for name in figures or ()]
    result_folder = open_folder(folder)
    if only_list:
        _list(result_folder, lang.value, as_json=as_json)
        return
    request = FigureRequest(lang.value, size.value, outcomes, month, scenario)
    _check(request, named or drawable(result_folder), is_named=bool(named))
    chosen = named or _fitting(drawable(result_folder), request)
    paths = [_draw(entry, result_folder, folder, request, file_format.value) for entry in chosen]
    if as_json:
        print_json({"figures": [{"name": e.name, "path": str(p)} for e, p in zip(chosen, paths, strict=True)]})
        return
    for path in paths:
        typer.echo(str(path))


def _check(request: "FigureRequest", entries: "list[GalleryFigure]", *, is_named: bool) -> None:
    """Refuse an option that no figure would heed."""
    from ssa_sim.analysis.observation_tables import as_month
    from ssa_sim.figures.gallery import GALLERY

    if request.outcomes and not is_named:
        raise InputError("Each figure has outcomes of its own.", where="--outcome", allowed="together with --figure")
    if request.month:
        as_month(request.month)
    for name, value in (("outcomes", request.outcomes), ("month", request.month), ("scenario", request.scenario)):
        if value and not any(name in entry.takes for entry in entries):
            option = "--outcome" if name == "outcomes" else f"--{name}"
            listed = ", ".join(entry.name for entry in entries) or "nothing"
            heeding = ", ".join(entry.name for entry in GALLERY if name in entry.takes)
            raise InputError(
                f"Nothing that is drawn here ({listed}) heeds it.", where=option, allowed=f"with --figure {heeding}"
            )


def _fitting(entries: "list[GalleryFigure]", request: "FigureRequest") -> "list[GalleryFigure]":
    """Those that fit the size; says which do not."""
    for entry in entries:
        if request.layout not in entry.layouts:
            tell(f"Note: {entry.name} does not fit the size {request.layout}, and is left out.")
    return [entry for entry in entries if request.layout in entry.layouts]


def _draw(
    entry: "GalleryFigure", result_folder: "ResultFolder", folder: Path, request: "FigureRequest", ending: str
) -> Path:
    from ssa_sim.experiment.keep.store import place_figure
    from ssa_sim.figures.gallery import draw
    from ssa_sim.figures.style import save_figure

    figure = draw(entry, result_folder, request)
    return place_figure(folder, file_name(entry.name, request, ending), partial(save_figure, figure))


def file_name(name: str, request: "FigureRequest", ending: str) -> str:
    """Such as zones-page-fr.svg; slides and English go without saying."""
    parts = [
        name,
        *([] if request.layout == "slide" else [request.layout]),
        *([] if request.language == "en" else ["fr"]),
    ]
    return f"{'-'.join(parts)}.{ending}"


def _list(result_folder: "ResultFolder", language: "Language", *, as_json: bool) -> None:
    from ssa_sim.figures.gallery import GALLERY, reason

    rows = [(entry, entry.lacks(result_folder)) for entry in GALLERY]
    if as_json:
        print_json(
            {
                "figures": [
                    {
                        "name": entry.name,
                        "title": entry.title(language),
                        "sizes": list(entry.layouts),
                        "can_be_drawn": lack is None,
                        "why_not": None if lack is None else reason(lack, language),
                    }
                    for entry, lack in rows
                ]
            }
        )
        return
    said = texts(language, "commands")
    typer.echo(said("plot.can"))
    for entry, lack in rows:
        if lack is None:
            typer.echo(f"  {entry.name:13} {entry.title(language)} ({', '.join(entry.layouts)})")
    if all(lack is not None for _, lack in rows):
        typer.echo(f"  {said('plot.none')}")
    typer.echo(said("plot.cannot"))
    for entry, lack in rows:
        if lack is not None:
            typer.echo(f"  {entry.name:13} {reason(lack, language)}")
