"""Result folders that hold a few tables and what they were made from, but no runs of a plan.

A folder has a manifest.json that names its kind, and a Parquet file for each table. The digest covers the tables' content,
not the time or place they were made.
"""

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from pydantic import Field

from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.disk import (
    checksum,
    existing_folder_above,
    explained,
    put_in_place,
    temporary_folder,
    write_new,
)
from ssa_sim.experiment.keep.manifest_file import (
    ANOTHER_FOLDER,
    MANIFEST,
    ManifestFile,
    content_of,
    kind_in,
    kind_of,
    manifest_in,
    parsed,
    refuse_other_content,
    unlike_files,
)
from ssa_sim.experiment.keep.manifest_parts import Label, Sum
from ssa_sim.experiment.keep.provenance import PROMISE, packages, platform_facts
from ssa_sim.experiment.keep.table_file import TableSchema
from ssa_sim.experiment.keep.tables import digest_of, read_table, write_table
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.scenario.schema import Scenario

Kind = Literal["ssa_sim observation", "ssa_sim vicious circle", "ssa_sim money"]


class TableManifest(ManifestFile):
    """The content of manifest.json in such a folder.

    Attributes:
        title: for people.
        asked: what was asked for: seed and so on.
        facts: what a reader of the tables needs beside them.
        scenario: its identity, and resolved.
        model_version: of the model that made it.
        digest: SHA-256 over the content of the tables.
        files: SHA-256 of each table's file.
        provenance: versions, platform and what is promised.
    """

    kind: Kind
    format: Literal[1] = 1
    ssa_sim: str
    title: str
    asked: Mapping[str, Any]
    facts: Mapping[str, Any]
    scenario: dict[str, Any]
    model_version: Label
    digest: Sum
    files: dict[Annotated[str, Field(pattern=r"^[a-z_]+\.parquet$")], Sum]
    provenance: dict[str, Any]


def write_tables_folder(
    out: Path,
    kind: Kind,
    scenario: Scenario,
    tables: Mapping[str, pd.DataFrame],
    *,
    asked: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> TableManifest:
    """Write such a folder, whole or not at all; one that holds the very same is left as it is.

    Raises:
        InputError: something else stands there, or it cannot be written.
    """
    arrow = {f"{name}.parquet": table_of(frame) for name, frame in tables.items()}
    digest = hashlib.sha256("\n".join(f"{name} {digest_of(arrow[name])}" for name in sorted(arrow)).encode())
    with explained(out):
        target = out.resolve()
        refuse_other_content(out)
        if target.is_dir() and any(target.iterdir()):
            return _already_there(out, kind, digest.hexdigest())
        with temporary_folder(existing_folder_above(target)) as folder:
            for name, table in arrow.items():
                write_table(table, folder / name)
            manifest = TableManifest(
                kind=kind,
                ssa_sim=version("ssa-sim"),
                title=scenario.title,
                asked=dict(asked),
                facts=dict(facts),
                scenario={"identity": scenario.identity(), "resolved": scenario.model_dump(mode="json")},
                model_version=MODEL_VERSION,
                digest=digest.hexdigest(),
                files={name: checksum(folder / name) for name in arrow},
                provenance={"packages": packages(), "platform": platform_facts(), "promise": PROMISE},
            )
            write_new(folder / MANIFEST, manifest.text())
            (folder / "figures").mkdir()
            put_in_place(folder, target)
    return manifest


def check_tables_folder(out: Path) -> None:
    """Refuse, before anything is computed, a place that such a folder cannot take.

    Raises:
        InputError: a file or another thing stands there.
    """
    with explained(out):
        refuse_other_content(out)


AnyTables = TypeVar("AnyTables", bound=TableManifest)


def read_tables_folder(
    folder: Path, manifest_type: type[AnyTables], schemas: Mapping[str, TableSchema]
) -> tuple[AnyTables, dict[str, pd.DataFrame]]:
    """The manifest and the tables of such a folder.

    Args:
        folder: where it is.
        manifest_type: what its manifest must be; its `kind` is the folder's.
        schemas: of all its tables, by name.

    Raises:
        InputError: it is of another kind, damaged, or there is none.
    """
    with explained(folder):
        manifest = manifest_in(
            folder,
            manifest_type,
            lambda kind: InputError(f"The folder holds {kind!r}.", where=folder, allowed=kind_in(manifest_type)),
        )
        _check_files(folder, manifest)
        files = {name: f"{name}.parquet" for name in schemas}
        if set(files.values()) != set(manifest.files):
            raise InputError("The manifest does not list the tables.", where=folder / MANIFEST, allowed=files.values())
        return manifest, {name: read_table(folder / files[name], schema) for name, schema in schemas.items()}


def _check_files(folder: Path, manifest: TableManifest) -> None:
    if (name := unlike_files(folder, manifest.files)) is not None:
        raise InputError("The file is missing or has been changed; make the folder again.", where=folder / name)


def _already_there(out: Path, kind: Kind, digest: str) -> TableManifest:
    if kind_of(out) == kind:
        manifest = parsed(content_of(out), TableManifest, out / MANIFEST)
        if manifest.digest == digest:
            _check_files(out, manifest)
            return manifest
    raise InputError("The folder holds other results; nothing was overwritten.", where=out, allowed=ANOTHER_FOLDER)


_KINDS = {"M": pa.timestamp("us"), "i": pa.int64(), "u": pa.int64(), "b": pa.bool_(), "f": pa.float64()}


def table_schema(kinds: Mapping[str, str]) -> TableSchema:
    """The schema of a table whose columns are of these kinds, as NumPy writes them: M, i, b, f, O for texts.

    Other versions of the model may write further columns.
    """
    return TableSchema(
        pa.schema([(name, _KINDS.get(kind, pa.string())) for name, kind in kinds.items()]), may_hold_more=True
    )


def table_of(frame: pd.DataFrame) -> pa.Table:
    """A data frame whose columns keep their kind: months, whole numbers, yes or no, real numbers, texts."""
    columns = {str(name): frame[name] for name in frame.columns}
    arrays = [
        pa.array(
            column.to_numpy() if column.dtype.kind in _KINDS else column.tolist(),
            _KINDS.get(column.dtype.kind, pa.string()),
        )
        for column in columns.values()
    ]
    return pa.table(arrays, names=list(columns))
