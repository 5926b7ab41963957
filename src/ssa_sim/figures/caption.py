"""The small print under a figure: how what it shows was made, and what the reader must know to read it rightly."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssa_sim.figures.labels import figure_words
from ssa_sim.figures.style import MOST_SCENARIOS
from ssa_sim.telling.comparison import rows_together
from ssa_sim.words import glossary
from ssa_sim.words.numbers import Counted, grouped
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    from ssa_sim.analysis.compare import Comparison
    from ssa_sim.catalogue.outcomes import Outcome
    from ssa_sim.experiment.keep.results import Results
    from ssa_sim.model.observation import Observation


def drawn_from(replications: int, seed: int, language: Language) -> list[str]:
    """How many replications, of which seed."""
    words = figure_words(language)
    return [words("shared.replications", count=Counted(replications, language)), words("shared.seed", seed=seed)]


def made_with(results: "Results", language: Language) -> list[str]:
    """Replications, seed, and runs that failed."""
    facts = drawn_from(results.replications, results.seed, language)
    if results.n_failed:
        facts.append(failed_runs(results.n_failed, language))
    return facts


def failed_runs(count: int, language: Language) -> str:
    """How many runs failed and are left out."""
    return figure_words(language)("shared.failed", count=grouped(count, language))


def one_run(observation: "Observation", language: Language) -> list[str]:
    """Which run an observation is of."""
    words = figure_words(language)
    return [
        words("shared.one_run", title=glossary.scenario_title(observation.title, language)),
        words("shared.seed", seed=observation.seed),
        words("shared.replicate", number=observation.replicate),
    ]


def per_cent(share: float, language: Language) -> str:
    """A level such as 0.95 without its sign, for texts that bring one."""
    return grouped(100.0 * share, language)


def comparison_facts(
    results: "Results",
    comparison: "Comparison",
    outcomes: Sequence["Outcome"],
    first: str,
    language: Language,
) -> list[str]:
    """Replications and seed; what bands, intervals and pale marks are; what the figure leaves out.

    Args:
        results: that are shown.
        comparison: that is shown.
        outcomes: those in the figure.
        first: what stands for the reference scenario.
        language: of the words and numbers.
    """
    words = figure_words(language)
    shown = [outcome.name for outcome in outcomes]
    rows = comparison.table[comparison.table["outcome"].isin(shown)]
    months = results.monthly[results.monthly["outcome"].isin(shown)]
    left_out = len(comparison.others) + 1 - MOST_SCENARIOS
    facts = [
        *drawn_from(comparison.replications, results.seed, language),
        words("shared.bands"),
        words("shared.intervals", name=first, confidence=per_cent(comparison.confidence, language)),
    ]
    if not rows["verdict"].isin(["better", "worse"]).all():
        facts.append(words("shared.pale", count=rows_together(comparison, language)))
    if comparison.replications < 2:
        facts.append(words("shared.no_interval"))
    if bool((months["n"] < comparison.replications).any()) or bool((rows["n_missing"] > 0).any()):
        facts.append(words("shared.sometimes_undefined"))
    if comparison.n_failed:
        facts.append(failed_runs(comparison.n_failed, language))
    if left_out > 0:
        facts.append(words("shared.scenarios_left_out", count=left_out))
    return facts
