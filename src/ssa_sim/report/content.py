"""What a report says of a result folder, part by part, as its template asks for it."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ssa_sim.analysis.changes import CATALOGUE
from ssa_sim.catalogue.entries import LeverEntry
from ssa_sim.catalogue.evidence import evidence_register, parse_source
from ssa_sim.experiment.keep.manifest import scenarios_in
from ssa_sim.report import tables
from ssa_sim.report.material import Material, quantiles_of_runs
from ssa_sim.report.pictures import Picture, pictures
from ssa_sim.telling import comparison as telling
from ssa_sim.telling import over_worlds as worlds_telling
from ssa_sim.telling.decomposition import note as decomposition_note
from ssa_sim.telling.decomposition import sentence as decomposition_sentence
from ssa_sim.telling.table import Cell, Table, Written, WrittenRow
from ssa_sim.words import glossary
from ssa_sim.words.numbers import Counted, numbers, percent, span, whole
from ssa_sim.words.texts import Language, texts

PACKAGES_NAMED = ("numpy", "numba", "llvmlite", "scipy", "pandas", "pyarrow", "mesa")


@dataclass(frozen=True)
class Answer:
    """What a scenario asks, and what came of it."""

    title: str
    question: str
    answer: str


class Page:
    """The whole report in one language; the template says in which order the parts come.

    Attributes:
        language: of the words.
    """

    def __init__(self, given: Material, language: Language) -> None:
        """A report on what was found."""
        self.language = language
        self._given = given
        self._said = texts(language, "report")
        named = {each.name: each.scenario for each in scenarios_in(given.manifest.provenance)}
        self._titles = _apart({name: glossary.scenario_title(one.title, language) for name, one in named.items()})
        self._questions = {name: glossary.scenario_question(one.question, language) for name, one in named.items()}
        self._first, *others = given.results.scenario_names
        self._others = others[-1:] if given.kind == "worlds" else others  # subsets of a package, the last of them whole
        months = next(iter(named.values())).month_starts()
        self._period = span([glossary.month(months[0]), glossary.month(months[-1])], language)

    @property
    def kind(self) -> str:
        """Which sort of report it is."""
        return self._said(f"head.kind.{self._given.kind}")

    @property
    def title(self) -> str:
        """What was asked."""
        return glossary.experiment_title(self._given.results.title, self.language)

    @property
    def made(self) -> str:
        """When and with what it was made."""
        manifest = self._given.manifest
        day = date.fromisoformat(str(manifest.provenance["begun_at"])[:10])
        written = f"{day:%d/%m/%Y}" if self.language == "fr" else f"{day:%Y-%m-%d}"
        return self._said("head.made", date=written, version=manifest.ssa_sim, runs=self._n_runs, period=self._period)

    @property
    def alerts(self) -> list[str]:
        """What the reader must know first."""
        failed = self._given.results.n_failed
        return [self._said("head.failed", failed=Counted(failed, self.language), runs=self._n_runs)] if failed else []

    @property
    def answers_title(self) -> str:
        """Heading of the answers."""
        if self._given.comparison is None:
            return self._said("answer.questions_alone")
        return self._said("answer.questions" if any(self._questions.values()) else "answer.findings")

    @property
    def answers(self) -> list[Answer]:
        """What each scenario asks, and the answer where scenarios are compared."""
        compared = self._given.comparison
        return [
            Answer(
                self._titles[name],
                self._questions[name],
                telling.scenario_sentence(compared, name, self._titles[name], self.language) if compared else "",
            )
            for name in (self._others if compared else self._asking)
        ]

    @property
    def _asking(self) -> list[str]:
        """The scenarios that ask something of their own."""
        return (self._others or [self._first]) if self._given.kind == "worlds" else list(self._titles)

    @property
    def sentences(self) -> list[str]:
        """What the results say as a whole."""
        found, worlds = self._given.decomposition, self._given.worlds
        told = [] if found is None else [decomposition_sentence(found, self.language)]
        return told if worlds is None else [*told, str(worlds_telling.as_json(worlds, self.language)["sentence"])]

    @property
    def free_levers(self) -> str:
        """What makes policies that do better look cheaper than they are; empty if nothing does."""
        praised = self._given.praised
        levers = [
            change.entry.label(self.language)
            for change in self._given.changes
            if change.scenario in praised and isinstance(change.entry, LeverEntry) and change.entry.cost is None
        ]
        return self._said("overview.free_levers", levers=", ".join(dict.fromkeys(levers))) if levers else ""

    @property
    def overview(self) -> Written | None:
        """The whole in one table, where there is something to compare."""
        found, spread = self._given.comparison, self._given.spread
        others = {name: self._titles[name] for name in self._others}
        first = self._titles[self._first]
        if found is not None:
            rows = found.table[["scenario", "outcome"]].itertuples(index=False)
            cells = {(name, key): tables.verdict_cell(found.row(name, key), self.language) for name, key in rows}
            caption = self._said("overview.caption", first=first, level=percent(found.confidence, self.language))
            return tables.crossed(caption, others, found.outcomes, cells, self.language)
        if spread is None or not others:
            return None
        cells = {
            (row["scenario"], row["outcome"]): Cell(tables.share_text(row, self.language))
            for _, row in spread.table.iterrows()
        }
        caption = self._said("overview.caption_of_points", first=first)
        return tables.crossed(caption, others, self._given.outcomes, cells, self.language, [self._note_on_shares])

    @property
    def overview_notes(self) -> list[str]:
        """How to read that table."""
        notes = [self._said("overview.note")] if self._given.comparison is not None else []
        if self._given.spread is not None and self._given.spread.is_discoverable and self._others:
            notes.append(self._said("overview.share_by_chance"))
        return notes

    @property
    def sure(self) -> list[str]:
        """How sure all this is."""
        return self._said.several(f"sure.texts.{self._given.kind}")

    @property
    def changes(self) -> Written | None:
        """What each other scenario changes in the first one."""
        first, changes = self._titles[self._first], self._given.changes
        rows = [
            row
            for name in self._others
            for row in tables.scenario_rows(changes, name, self._titles[name], self.language)
        ]
        return self._table_of_changes("changes", rows, [self._said("changes.note", first=first)])

    @property
    def reference(self) -> Written | None:
        """What the first scenario sets otherwise than the catalogue."""
        own = [each for each in self._given.changes if each.scenario == self._first and each.against == CATALOGUE]
        return self._table_of_changes("reference", tables.change_rows(own, self.language), [])

    @cached_property
    def pictures(self) -> list[Picture]:
        """The figures with their captions."""
        return pictures(self._given, self._titles, self.language)

    @property
    def varies(self) -> str:
        """How many parameters a design varies, which the annex lists; empty without one."""
        spread = self._given.spread
        return "" if spread is None else self._said("varies.count", count=Counted(len(spread.axes), self.language))

    @property
    def annex(self) -> Written | None:
        """What a design varies."""
        spread = self._given.spread
        if spread is None:
            return None
        axes = (axis for _, axis in spread.axes.iterrows())
        rows = [tables.axis_row(axis, spread.listed.get(axis["path"]), self.language) for axis in axes]
        headings = self._said.several("varies.headings")
        return Written(self._said("varies.caption"), headings, rows, is_numeric=False)

    @property
    def tables(self) -> list[Written]:
        """The numbers: what holds in other worlds first."""
        over_worlds = [each.written(self.language) for each in self._told_of_worlds if isinstance(each, Table)]
        return over_worlds if self._given.kind == "worlds" else [*over_worlds, *self._own_tables]

    @cached_property
    def _told_of_worlds(self) -> list[Table | str]:
        """What holds in other worlds: tables, and how to read them."""
        found = self._given.worlds
        return [] if found is None else list(worlds_telling.told(found, self.language))

    @property
    def _own_tables(self) -> list[Written]:
        """The numbers of the scenarios, whatever holds elsewhere."""
        given, first = self._given, self._titles[self._first]
        if given.comparison is not None:
            captions = {
                name: self._said("numbers.comparison_caption", scenario=self._titles[name], first=first)
                for name in given.comparison.others
            }
            return [
                tables.comparison_table(given.comparison, name, caption, self.language)
                for name, caption in captions.items()
            ]
        if given.decomposition is not None:
            return tables.decomposition_tables(given.decomposition, self.language)
        if given.spread is not None:
            headings = self._said.several("numbers.spread_headings")
            notes = [self._said("numbers.spread_note", first=first), self._note_on_shares]
            return [
                Written(
                    self._said("numbers.spread_caption", scenario=title),
                    headings,
                    tables.spread_rows(given.spread, name, given.outcomes, self.language),
                    notes=notes,
                )
                for name, title in self._titles.items()
            ]
        rows = [
            tables.numbers_row(
                outcome, numbers(quantiles_of_runs(given.results, outcome.name), self.language), self.language
            )
            for outcome in given.outcomes
        ]
        note = self._said("numbers.single_note", count=Counted(len(given.results.runs), self.language))
        caption = self._said("numbers.single_caption", scenario=first)
        return [Written(caption, self._said.several("numbers.single_headings"), rows, notes=[note])]

    @property
    def reading(self) -> list[str]:
        """How to read the tables, and how many replications would settle what is open."""
        compared, found = self._given.comparison, self._given.decomposition
        if compared is not None:
            told = (telling.note(compared, self.language), telling.advice(compared, self.language))
            return [text for text in told if text]
        if found is not None:
            return [decomposition_note(found, self.language)]
        texts_of_worlds = [each.strip() for each in self._told_of_worlds if isinstance(each, str)]
        return [text for text in texts_of_worlds if text not in self.sentences]

    @property
    def method(self) -> list[str]:
        """How the runs were made, and how differences were judged."""
        given, results, language = self._given, self._given.results, self.language
        told = [
            self._said(
                "method.runs",
                period=self._period,
                scenarios=", ".join(self._titles[name] for name in self._asking),
                replications=whole(results.replications, language),
                runs=self._n_runs,
                seed=results.seed,
            ),
            self._said("method.common"),
        ]
        if given.comparison is not None:
            risk = percent(1.0 - given.comparison.confidence, language)
            told.append(
                self._said("method.verdicts", rows=telling.rows_together(given.comparison, language), risk=risk)
            )
        points = whole(0 if results.design is None else len(results.design), language)
        if given.decomposition is not None:
            count = len(given.decomposition.mechanisms)
            told.append(self._said("method.decomposition", points=points, count=count))
        elif given.kind == "worlds":
            told.append(self._said("method.worlds"))
        elif given.spread is not None:
            method = self._said(f"method.designs.{(results.design_request or {})['method']}")
            told.append(self._said("method.design", points=points, method=method))
        if given.kind == "single":
            told.append(self._said("method.single"))
        return told

    @property
    def limits(self) -> list[str]:
        """What the model is not."""
        return self._said.several("limits.texts")

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Every reference that the changed parameters rest on, after the ids of what it says."""
        named = {id_ for change in self._given.changes for id_ in parse_source(change.entry.source).ids}
        ids: dict[str, list[str]] = {}
        for evidence in evidence_register().values():
            if evidence.id in named:
                ids.setdefault(evidence.reference, []).append(evidence.id)
        return [(", ".join(of_one), reference) for reference, of_one in ids.items()]

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Where the numbers come from: terms and facts."""
        manifest, folder = self._given.manifest, self._given.folder.resolve().name
        made = manifest.provenance
        versions = {"ssa_sim": manifest.ssa_sim, "Python": made["python"]}
        versions |= {name: made["packages"][name] for name in PACKAGES_NAMED if name in made["packages"]}
        facts = {
            "folder": folder,
            "identity": manifest.identity,
            "digest": manifest.digest,
            "seed": str(self._given.results.seed),
            "made": made["begun_at"],
            "command": made.get("command") or "",
            "model": manifest.model_version,
            "versions": ", ".join(f"{name} {version}" for name, version in versions.items()),
            "platform": ", ".join(str(fact) for fact in made["platform"].values() if fact),
            "promise": self._said("provenance.promise"),
            "again": self._said("provenance.again", folder=shlex.quote(folder)),
        }
        terms = self._said.table("provenance.terms")
        return [(terms[name], fact) for name, fact in facts.items() if fact]

    @property
    def _n_runs(self) -> str:
        return whole(len(self._given.results.runs), self.language)

    @property
    def _note_on_shares(self) -> str:
        """What the interval of a share of points is, or why there is none."""
        is_drawn = self._given.spread is not None and self._given.spread.is_drawn
        return self._said("numbers.share_drawn" if is_drawn else "numbers.share_chosen")

    def _table_of_changes(self, part: str, rows: Sequence[WrittenRow], notes: Sequence[str]) -> Written | None:
        """A table of what scenarios set otherwise; None if nothing."""
        caption = self._said(f"{part}.caption", first=self._titles[self._first])
        headings = self._said.several("changes.headings")
        return Written(caption, headings, rows, is_numeric=False, notes=notes) if rows else None


def _apart(titles: Mapping[str, str]) -> dict[str, str]:
    """What to call scenarios: their titles, with the name where two have the same."""
    given = list(titles.values())
    return {name: title if given.count(title) == 1 else f"{title} ({name})" for name, title in titles.items()}
