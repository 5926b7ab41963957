"""The tables that a result folder hands on: its own, read piece by piece, and those that an analysis adds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]

from ssa_sim.analysis.changes import changes_of, changes_table
from ssa_sim.analysis.chosen import headline_names
from ssa_sim.analysis.compare import compare
from ssa_sim.analysis.compare_structures import ComparisonOverStructures
from ssa_sim.analysis.lever_effects import ONE_AT_A_TIME, lever_effects
from ssa_sim.analysis.over_worlds import found_over_worlds
from ssa_sim.analysis.points import axes_table, spread_table
from ssa_sim.analysis.stored_decomposition import is_decomposition, stored_decomposition
from ssa_sim.experiment.keep.manifest import Manifest, axes_of, outcomes_of
from ssa_sim.experiment.keep.result_tables import check_file, schemas_of
from ssa_sim.experiment.keep.results import Results
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.keep.table_file import TableSchema, opened_table, unpacked
from ssa_sim.experiment.keep.tables import TableName
from ssa_sim.words.texts import Language, texts

ROWS_AT_A_TIME = 10_000
MOST_RUNS_ANALYSED = 2_000_000
"""Runs of a design beyond which no table is made that needs all of them in memory."""


@dataclass(frozen=True)
class ExportTable:
    """A table to hand on.

    Attributes:
        name: of the file, or of the sheet in a workbook.
        holds: what it holds, in a sentence.
        n_rows: without the headings.
        source: a Parquet file of the folder with the schema that it must have, or a table in memory.
    """

    name: str
    holds: str
    n_rows: int
    source: tuple[Path, TableSchema] | pa.Table

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns."""
        return self.source[1].columns if isinstance(self.source, tuple) else self.source.schema

    def pieces(self) -> Iterator[pa.RecordBatch]:
        """The rows, some thousands at a time.

        Raises:
            InputError: the file is not what it should be.
        """
        if isinstance(self.source, tuple):
            path, schema = self.source
            with opened_table(path, schema) as file:
                for batch in file.iter_batches(ROWS_AT_A_TIME):
                    yield from unpacked(pa.Table.from_batches([batch]), path, schema).combine_chunks().to_batches()
        else:
            yield from self.source.to_batches(ROWS_AT_A_TIME)


def export_tables(
    folder: Path, manifest: Manifest, language: Language = "en", *, all_outcomes: bool = False
) -> list[ExportTable]:
    """Everything that a complete result folder hands on: an account of the tables first, where the numbers come from last.

    Args:
        folder: the result folder.
        manifest: its manifest.
        language: of what the tables are said to hold; headings are the same in every language.
        all_outcomes: compare every outcome, in place of the headline ones.

    Raises:
        InputError: the folder is damaged, or of a version of the model whose scenarios this one does not know.
    """
    words = texts(language, "export").table("holds")
    made = [*_analysed(folder, manifest, all_outcomes=all_outcomes)]
    made.append(("levers", changes_table(changes_of(manifest.provenance))))
    made.append(("scenarios", _scenarios(manifest)))
    made.append(("outcomes", pd.DataFrame([outcome._asdict() for outcome in outcomes_of(manifest)])))
    stored = [_stored(folder / name, manifest, schema, words) for name, schema in schemas_of(manifest).items()]
    held = {name: ExportTable(name, words[name], len(frame), _arrow(frame)) for name, frame in made}
    held |= {table.name: table for table in stored}
    last = _provenance(folder, manifest)
    held["provenance"] = ExportTable("provenance", words["provenance"], len(last), _arrow(last))
    ordered = [held[name] for name in words if name in held]
    account = pd.DataFrame({"table": [one.name for one in ordered], "holds": [one.holds for one in ordered]})
    account["rows"] = [one.n_rows for one in ordered]
    return [ExportTable("about", words["about"], len(account), _arrow(account)), *ordered]


def _stored(path: Path, manifest: Manifest, schema: TableSchema, words: Mapping[str, str]) -> ExportTable:
    """A table of the folder itself."""
    check_file(path, manifest.files[cast(TableName, path.name)])
    with opened_table(path, schema) as file:
        return ExportTable(path.stem, words[path.stem], file.metadata.num_rows, (path, schema))


def _analysed(folder: Path, manifest: Manifest, *, all_outcomes: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables that an analysis makes of the runs, by name."""
    if manifest.experiment.design is None and len(manifest.experiment.scenarios) > 1:
        results = load_results(folder)
        yield "comparison", compare(results, outcomes=None if all_outcomes else headline_names(results)).table
    elif manifest.experiment.design is not None and manifest.counts.done <= MOST_RUNS_ANALYSED:
        yield from _of_a_design(load_results(folder), manifest, all_outcomes=all_outcomes)


def _of_a_design(results: Results, manifest: Manifest, *, all_outcomes: bool) -> Iterator[tuple[str, pd.DataFrame]]:
    if axes_of(manifest):
        yield "axes", axes_table(results)
    if is_decomposition(results):
        found = stored_decomposition(results)
        yield "decomposition", found.table
        yield "levels", found.levels
        return
    worlds = found_over_worlds(results, None if all_outcomes else headline_names(results))
    if worlds is not None:
        yield from worlds.tables().items()
    if worlds is None or isinstance(worlds, ComparisonOverStructures):
        yield "spread", spread_table(results, results.outcomes)
    if (results.design_request or {}).get("method") == ONE_AT_A_TIME and results.replications > 1:
        yield "effects", _effects(results, all_outcomes=all_outcomes)


def _effects(results: Results, *, all_outcomes: bool) -> pd.DataFrame:
    """What each point of a one-at-a-time design does in each scenario; a row a point and outcome."""
    shown = None if not all_outcomes else [outcome.name for outcome in results.outcomes]
    tables = []
    for scenario in results.scenario_names:
        table = lever_effects(results, scenario=scenario, outcomes=shown).table.rename(columns={"row": "point"})
        table.insert(0, "scenario", scenario)
        tables.append(table.assign(point=table["point"].str.removeprefix("point ").astype(int)))
    return pd.concat(tables, ignore_index=True)


def _scenarios(manifest: Manifest) -> pd.DataFrame:
    entries = [(entry["name"], entry["resolved"], entry["identity"]) for entry in manifest.provenance["scenarios"]]
    rows = [
        {"scenario": name, "title": resolved["title"], "question": resolved["question"], "identity": identity}
        for name, resolved, identity in entries
    ]
    return pd.DataFrame(rows)


def _provenance(folder: Path, manifest: Manifest) -> pd.DataFrame:
    """What was asked and with what it was made, a row a fact."""
    made, asked = manifest.provenance, manifest.experiment
    facts: dict[str, Any] = {
        "title": asked.title,
        "folder": folder.resolve().name,
        "identity": manifest.identity,
        "digest": manifest.digest,
        "replications": asked.replications,
        "first replicate": asked.first_replicate,
        "seed": asked.seed,
        "runs": manifest.counts.planned,
        "failed": manifest.counts.failed,
        "design": "" if asked.design is None else asked.design["method"],
        "command": made.get("command", ""),
        "begun": made["begun_at"],
        "engine": made["engine"],
        "model version": manifest.model_version,
        "ssa_sim": manifest.ssa_sim,
        "Python": made["python"],
        **{f"platform: {name}": fact for name, fact in made["platform"].items()},
        **{f"package: {name}": version for name, version in made["packages"].items()},
        "promise": made["promise"],
    }
    return pd.DataFrame({"fact": list(facts), "value": [str(fact) for fact in facts.values()]})


def _arrow(frame: pd.DataFrame) -> pa.Table:
    """The table with typed columns; a column that mixes texts and numbers becomes one of texts, numbers in full."""
    columns = {}
    for name in frame.columns:
        values = [None if value is None or value is pd.NA else value for value in frame[name].tolist()]
        kinds = {type(value) for value in values if value is not None}
        if len(kinds) > 1 and kinds != {int, float}:
            values = [None if value is None else str(value) for value in values]
        columns[str(name)] = pa.array(values)
    return pa.table(columns)
