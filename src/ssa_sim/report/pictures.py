"""The pictures of a report, held in the page itself."""

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.figures.comparison import comparison_figure
from ssa_sim.figures.style import write_figure
from ssa_sim.figures.waterfall import waterfall_figure
from ssa_sim.report.material import Material
from ssa_sim.words.numbers import percent
from ssa_sim.words.texts import Language, texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OUTCOMES_A_PICTURE = 5
"""Panels one below another that a printed page holds with their caption."""


@dataclass(frozen=True)
class Picture:
    """A picture held in the page itself."""

    source: str
    alternative: str
    caption: str


def pictures(given: Material, titles: Mapping[str, str], language: Language) -> list[Picture]:
    """What is shown of a comparison or a decomposition; `titles` say what to call scenarios."""
    said = texts(language, "report")
    found = given.decomposition
    if found is not None:
        level = percent(found.confidence, language)
        caption = said("pictures.waterfall_caption", outcome=found.outcome.label(language), level=level)
        drawn = waterfall_figure(found, language, layout="page")
        return [Picture(_as_data(drawn), said("pictures.waterfall_alternative"), caption)]
    if given.comparison is None:
        return []
    first, level = titles[given.comparison.first], percent(given.comparison.confidence, language)
    made = []
    for chosen in _in_parts(given.comparison.outcomes):
        names = [outcome.name for outcome in chosen]
        labels = ", ".join(outcome.label(language) for outcome in chosen)
        drawn = comparison_figure(
            given.results, given.comparison, language, outcomes=names, names=titles, layout="page"
        )
        alternative = said("pictures.comparison_alternative", outcomes=labels, first=first)
        caption = said("pictures.comparison_caption", outcomes=labels, first=first, level=level)
        made.append(Picture(_as_data(drawn), alternative, caption))
    return made


def _in_parts(outcomes: Sequence[Outcome]) -> list[Sequence[Outcome]]:
    """The outcomes in parts of about the same length, none longer than `OUTCOMES_A_PICTURE`."""
    count = -(-len(outcomes) // OUTCOMES_A_PICTURE)
    ends = [len(outcomes) * part // count for part in range(count + 1)]
    return [outcomes[start:end] for start, end in pairwise(ends)]


def _as_data(figure: "Figure") -> str:
    """The figure as an SVG picture in a data address, which no browser has to fetch."""
    written = io.BytesIO()
    write_figure(figure, written, "svg")
    return f"data:image/svg+xml;base64,{base64.b64encode(written.getvalue()).decode()}"
