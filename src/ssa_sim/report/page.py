"""`write_report`: a result folder as one page that needs nothing else: no network, no script, no other file."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.disk import explained, replace_file
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.report.content import MOST_FINDINGS, material, page
from ssa_sim.report.parts import Page
from ssa_sim.report.wording import WORDINGS
from ssa_sim.words.texts import language_named

NAMES = {"en": "report.html", "fr": "report-fr.html"}
"""The file in the result folder, unless another one is named."""


MOST_COLUMNS = 7
"""Columns of a table up to which a number's interval is never broken into two lines."""


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
    text = render(page(material(where, read_manifest(where), results), spoken))
    path = where / NAMES[spoken] if out is None else Path(out)
    if path.is_dir():
        raise InputError("A folder stands where the report should go.", where=path, allowed="the name of a file")
    with explained(path):
        replace_file(path, text.encode())
    return path


def render(content: Page) -> str:
    """A page as HTML; every text in it is escaped."""
    style = Markup(_file("page.css"))  # our own text, which holds nothing of a result folder
    words = WORDINGS[content.language]
    return _template().render(
        page=content, words=words, style=style, most_findings=MOST_FINDINGS, most_columns=MOST_COLUMNS
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters["code"] = _with_code
    environment.filters["together"] = _with_intervals_together
    return environment.from_string(_file("page.html.jinja"))


def _file(name: str) -> str:
    return files("ssa_sim.report").joinpath(name).read_text(encoding="utf-8")


def _with_code(text: str) -> Markup:
    """A text, escaped, in which what stands between backquotes is set as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _with_intervals_together(text: str) -> Markup:
    """A text, escaped, whose line breaks before what stands in parentheses sooner than within it."""
    return Markup(re.sub(r"(\([^()]+\))", r"<span>\1</span>", str(escape(text))))
