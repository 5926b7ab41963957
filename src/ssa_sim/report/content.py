"""What a report says of a result folder: gathers words, numbers and pictures into a page."""

import base64
import io
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ssa_sim.analysis.changes import Change, changes_of
from ssa_sim.analysis.chosen import headline_names
from ssa_sim.analysis.compare import Comparison, compare
from ssa_sim.analysis.decompose import Decomposition
from ssa_sim.analysis.decomposition_sentences import note as decomposition_note
from ssa_sim.analysis.decomposition_sentences import sentence as decomposition_sentence
from ssa_sim.analysis.discovery import is_discoverable
from ssa_sim.analysis.points import spread_table
from ssa_sim.analysis.stored_decomposition import is_decomposition, stored_decomposition
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.experiment.keep.manifest import Manifest, scenarios_in
from ssa_sim.experiment.keep.results import Results
from ssa_sim.figures.comparison import comparison_figure
from ssa_sim.figures.style import write_figure
from ssa_sim.figures.waterfall import waterfall_figure
from ssa_sim.report import numbers_part
from ssa_sim.report.parts import Finding, Page, Picture
from ssa_sim.report.policies import changes_part, free_levers, reference_part, sources_part
from ssa_sim.report.wording import WORDINGS
from ssa_sim.telling.comparison import advice, note, rows_together, scenario_sentence
from ssa_sim.telling.table import Written
from ssa_sim.words.numbers import Counted, percent, whole
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Kind = Literal["comparison", "decomposition", "design", "single"]

MOST_FINDINGS = 5
"""Scenarios whose question and answer stand on the first page."""
OUTCOMES_A_PICTURE = 5
"""Panels one below another that a printed page holds with their caption."""
PACKAGES_NAMED = ("numpy", "numba", "llvmlite", "scipy", "pandas", "pyarrow", "mesa")


@dataclass(frozen=True, eq=False)
class Material:
    """A result folder read, and what was found in it.

    Attributes:
        folder: where it is.
        manifest: of the folder.
        results: its tables.
        kind: which sort of report fits it.
        changes: what each scenario changes.
        comparison: of the scenarios, where there are several and no design.
        decomposition: where the folder holds one.
    """

    folder: Path
    manifest: Manifest
    results: Results
    kind: Kind
    changes: Sequence[Change]
    comparison: Comparison | None = None
    decomposition: Decomposition | None = None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes shown."""
        shown = headline_names(self.results)
        return tuple(outcome for outcome in self.results.outcomes if outcome.name in shown)


def material(folder: Path, manifest: Manifest, results: Results) -> Material:
    """What a report on the folder is made of.

    Raises:
        InputError: this version of the model does not know the folder's scenarios.
    """
    changes = changes_of(manifest.provenance)
    if is_decomposition(results):
        found = stored_decomposition(results)
        return Material(folder, manifest, results, "decomposition", changes, decomposition=found)
    if results.design is not None:
        return Material(folder, manifest, results, "design", changes)
    if len(results.scenario_names) == 1:
        return Material(folder, manifest, results, "single", changes)
    comparison = compare(results, outcomes=headline_names(results))
    return Material(folder, manifest, results, "comparison", changes, comparison=comparison)


def page(given: Material, language: Language) -> Page:
    """The whole report in one language."""
    words, results = WORDINGS[language], given.results
    scenarios = scenarios_in(given.manifest.provenance)
    titles = _titles({named.name: named.scenario.title for named in scenarios})
    questions = {named.name: named.scenario.question for named in scenarios}
    first, *others = results.scenario_names
    n_runs = whole(len(results.runs), language)
    months = scenarios[0].scenario.month_starts()
    period = words.range.format(low=f"{months[0]:%Y-%m}", high=f"{months[-1]:%Y-%m}")
    findings = [
        Finding(titles[name], name, questions[name], _answer(given, name, titles, language))
        for name in (others if given.comparison else results.scenario_names)
    ]
    annex = numbers_part.axes_part(results, language) if given.kind == "design" else None
    return Page(
        language=language,
        kind=words.kind[given.kind],
        title=results.title,
        made=words.made.format(
            date=_day(given.manifest, language), version=given.manifest.ssa_sim, runs=n_runs, period=period
        ),
        alerts=[words.failed.format(failed=Counted(results.n_failed, language), runs=n_runs)]
        if results.n_failed
        else [],
        findings_title=_findings_title(given, questions, language),
        findings=findings,
        sentences=_sentences(given, language),
        free_levers=_free_levers(given, language),
        overview=_overview(given, titles, language),
        overview_notes=_overview_notes(given, language),
        sure=words.sure[given.kind],
        changes=changes_part(given.changes, others, first, titles, language),
        pictures=_pictures(given, titles, language),
        varies=words.varies.format(count=Counted(len(annex.rows), language)) if annex else "",
        tables=_tables(given, titles, language),
        reading=_reading(given, language),
        method=_method(given, period, titles, language),
        limits=words.limit_texts,
        reference=reference_part(given.changes, first, titles[first], language),
        sources=sources_part(given.changes),
        provenance=_provenance(given, language),
        annex=annex,
    )


def _findings_title(given: Material, questions: Mapping[str, str], language: Language) -> str:
    words = WORDINGS[language]
    if given.comparison is None:
        return words.questions_alone
    return words.questions if any(questions.values()) else words.findings


def _overview(given: Material, titles: Mapping[str, str], language: Language) -> Written | None:
    """The whole in one table, where there is something to compare."""
    if given.comparison is not None:
        return numbers_part.overview(given.comparison, titles, language)
    if given.kind == "design" and len(titles) > 1:
        return numbers_part.overview_of_points(given.results, given.outcomes, titles, language)
    return None


def _overview_notes(given: Material, language: Language) -> list[str]:
    """How to read that table."""
    words = WORDINGS[language]
    notes = [words.overview_note] if given.comparison is not None else []
    if is_discoverable(given.results) and len(given.results.scenario_names) > 1:
        notes.append(words.share_by_chance)
    return notes


def _free_levers(given: Material, language: Language) -> str:
    """What makes policies that do better look cheaper than they are; empty if nothing does."""
    levers = free_levers(given.changes, _praised(given), language)
    return WORDINGS[language].free_levers.format(levers=", ".join(levers)) if levers else ""


def _praised(given: Material) -> set[str]:
    """Scenarios that do better on something, cost among it; at the points of a design, at more of them than they do worse."""
    if given.comparison is not None:
        table = given.comparison.table
        return set(table.loc[table["verdict"] == "better", "scenario"])
    if given.kind == "design":
        table = spread_table(given.results, given.outcomes)
        return set(table.loc[table["share_better"] > table["share_worse"], "scenario"])
    return set()


def _titles(given: Mapping[str, str]) -> dict[str, str]:
    """What to call scenarios: their titles, with the name where two have the same."""
    return {
        name: title if list(given.values()).count(title) == 1 else f"{title} ({name})" for name, title in given.items()
    }


def _answer(given: Material, scenario: str, titles: Mapping[str, str], language: Language) -> str:
    if given.comparison is None:
        return ""
    return scenario_sentence(given.comparison, scenario, titles[scenario], language)


def _sentences(given: Material, language: Language) -> list[str]:
    """What the results say as a whole."""
    if given.decomposition is not None:
        return [decomposition_sentence(given.decomposition, language)]
    return []


def _tables(given: Material, titles: Mapping[str, str], language: Language) -> list[Written]:
    if given.comparison is not None:
        return numbers_part.comparison_tables(given.comparison, titles, language)
    if given.decomposition is not None:
        return numbers_part.decomposition_tables(given.decomposition, language)
    if given.kind == "design":
        return numbers_part.design_tables(given.results, given.outcomes, titles, language)
    return [numbers_part.single_table(given.results, given.outcomes, titles, language)]


def _reading(given: Material, language: Language) -> list[str]:
    """How to read the tables, and how many replications would settle what is open."""
    if given.comparison is not None:
        return [text for text in (note(given.comparison, language), advice(given.comparison, language)) if text]
    return [decomposition_note(given.decomposition, language)] if given.decomposition is not None else []


def _pictures(given: Material, titles: Mapping[str, str], language: Language) -> list[Picture]:
    words = WORDINGS[language]
    if given.decomposition is not None:
        found = given.decomposition
        caption = words.caption_waterfall.format(
            outcome=found.outcome.label(language), level=percent(found.confidence, language)
        )
        return [_picture(waterfall_figure(found, language, layout="page"), words.alt_waterfall, caption)]
    if given.comparison is None:
        return []
    first, level = titles[given.comparison.first], percent(given.comparison.confidence, language)
    pictures = []
    for chosen in _in_parts(given.comparison.outcomes):
        names = [outcome.name for outcome in chosen]
        labels = ", ".join(outcome.label(language) for outcome in chosen)
        figure = comparison_figure(
            given.results, given.comparison, language, outcomes=names, names=titles, layout="page"
        )
        alternative = words.alt_comparison.format(outcomes=labels, first=first)
        caption = words.caption_comparison.format(outcomes=labels, first=first, level=level)
        pictures.append(_picture(figure, alternative, caption))
    return pictures


def _in_parts(outcomes: Sequence[Outcome]) -> list[Sequence[Outcome]]:
    """The outcomes in parts of about the same length, none longer than `OUTCOMES_A_PICTURE`."""
    count = -(-len(outcomes) // OUTCOMES_A_PICTURE)
    ends = [len(outcomes) * part // count for part in range(count + 1)]
    return [outcomes[start:end] for start, end in pairwise(ends)]


def _picture(figure: "Figure", alternative: str, caption: str) -> Picture:
    """The figure as an SVG picture in a data address, which no browser has to fetch."""
    written = io.BytesIO()
    write_figure(figure, written, "svg")
    return Picture(f"data:image/svg+xml;base64,{base64.b64encode(written.getvalue()).decode()}", alternative, caption)


def _method(given: Material, period: str, titles: Mapping[str, str], language: Language) -> list[str]:
    words, results = WORDINGS[language], given.results
    texts = [
        words.method_runs.format(
            period=period,
            scenarios=", ".join(titles[name] for name in results.scenario_names),
            replications=whole(results.replications, language),
            runs=whole(len(results.runs), language),
            seed=results.seed,
        ),
        words.method_common,
    ]
    if given.comparison is not None:
        risk = percent(1.0 - given.comparison.confidence, language)
        texts.append(words.method_verdicts.format(rows=rows_together(given.comparison, language), risk=risk))
    if results.design is not None:
        points = whole(len(results.design), language)
        if given.decomposition is not None:
            count = len(given.decomposition.mechanisms)
            texts.append(words.method_decomposition.format(points=points, count=count))
        else:
            method = words.methods[str((results.design_request or {})["method"])]
            texts.append(words.method_design.format(points=points, method=method))
    if given.kind == "single":
        texts.append(words.method_single)
    return texts


def _day(manifest: Manifest, language: Language) -> str:
    """The day on which the runs were begun."""
    day = date.fromisoformat(str(manifest.provenance["begun_at"])[:10])
    return f"{day:%d/%m/%Y}" if language == "fr" else f"{day:%Y-%m-%d}"


def _provenance(given: Material, language: Language) -> list[tuple[str, str]]:
    words, manifest = WORDINGS[language], given.manifest
    made = manifest.provenance
    versions = {"ssa_sim": manifest.ssa_sim, "Python": made["python"]}
    versions |= {name: made["packages"][name] for name in PACKAGES_NAMED if name in made["packages"]}
    facts = {
        "folder": given.folder.resolve().name,
        "identity": manifest.identity,
        "digest": manifest.digest,
        "seed": str(given.results.seed),
        "made": made["begun_at"],
        "command": made.get("command") or "",
        "model": manifest.model_version,
        "versions": ", ".join(f"{name} {version}" for name, version in versions.items()),
        "platform": ", ".join(str(fact) for fact in made["platform"].values() if fact),
        "promise": words.promise,
        "again": words.again.format(folder=shlex.quote(given.folder.resolve().name)),
    }
    return [(words.provenance_terms[name], fact) for name, fact in facts.items() if fact]
