"""`write_report`: a result folder as one page that needs nothing else: no network, no script, no other file."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.disk import explained, replace_file
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.report.content import Page
from ssa_sim.report.material import material
from ssa_sim.telling.html import html_table, with_code
from ssa_sim.words.texts import language_named, texts

NAMES = {"en": "report.html", "fr": "report-fr.html"}
"""The file in the result folder, unless another one is named."""


MOST_ANSWERS = 5
"""Scenarios whose question and answer stand on the first page."""


def write_report(folder: str | Path, out: str | Path | None = None, language: str = "en") -> Path:
    """Write the report on a result folder; an earlier one in its place is replaced.

    Args:
        folder: a result folder whose runs are all there.
        out: the file to write; by default `report.html` (French: `report-fr.html`) in the folder.
        language: "en" or "fr".

    Returns:
        The file written.

    Raises:
        InputError: the folder cannot be read or is of another version of the model, the language is not known, or the file
            cannot be written.
    """
    spoken = language_named(language)
    where = Path(folder)
    results = load_results(where)
    text = render(Page(material(where, read_manifest(where), results), spoken))
    path = where / NAMES[spoken] if out is None else Path(out)
    if path.is_dir():
        raise InputError("A folder stands where the report should go.", where=path, allowed="the name of a file")
    with explained(path):
        replace_file(path, text.encode())
    return path


def render(content: Page) -> str:
    """A page as HTML; every text in it is escaped."""
    style = Markup(_file("page.css"))  # our own text, which holds nothing of a result folder
    said = texts(content.language, "report")
    return _template().render(page=content, said=said, style=style, most_answers=MOST_ANSWERS)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters["code"] = with_code
    environment.filters["table"] = html_table
    return environment.from_string(_file("page.html.jinja"))


def _file(name: str) -> str:
    return files("ssa_sim.report").joinpath(name).read_text(encoding="utf-8")
