"""The small print under a comparison: what the reader must know to read it rightly."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssa_sim.figures.number_format import format_number
from ssa_sim.figures.style import MOST_SCENARIOS
from ssa_sim.figures.wording import wording
from ssa_sim.telling.comparison import rows_together
from ssa_sim.words.numbers import Counted
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.experiment.keep.results import Results

SEPARATOR = "\u00a0· "
"""Lines break after it, not before."""


def caption(
    results: "Results",
    comparison: "Comparison",
    outcomes: Sequence["Outcome"],
    first: str,
    language: Language,
) -> str:
    """Replications and seed; what bands, intervals and pale marks are; what the figure leaves out.

    Args:
        results: that are shown.
        comparison: that is shown.
        outcomes: those in the figure.
        first: what stands for the reference scenario.
        language: of the words and numbers.
    """
    words = wording(language)
    shown = [outcome.name for outcome in outcomes]
    rows = comparison.table[comparison.table["outcome"].isin(shown)]
    months = results.monthly[results.monthly["outcome"].isin(shown)]
    left_out = len(comparison.others) + 1 - MOST_SCENARIOS
    facts = [
        words.replications.format(count=Counted(comparison.replications, language)),
        words.seed.format(seed=results.seed),
        words.bands,
        words.intervals.format(name=first, confidence=format_number(100.0 * comparison.confidence, language)),
    ]
    if not rows["verdict"].isin(["better", "worse"]).all():
        facts.append(words.pale.format(count=rows_together(comparison, language)))
    if comparison.replications < 2:
        facts.append(words.no_interval)
    if bool((months["n"] < comparison.replications).any()) or bool((rows["n_missing"] > 0).any()):
        facts.append(words.sometimes_undefined)
    if comparison.n_failed:
        facts.append(words.failed.format(count=format_number(comparison.n_failed, language)))
    if left_out > 0:
        facts.append(words.scenarios_left_out.format(count=left_out))
    return SEPARATOR.join(facts)
