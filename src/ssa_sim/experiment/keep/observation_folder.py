"""Keeps an observation in a result folder of its own kind, and reads it again."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.manifest_parts import Seed
from ssa_sim.experiment.keep.table_folder import TableManifest, read_tables_folder, table_schema, write_tables_folder
from ssa_sim.model.observation import COLUMNS, WORDS, Observation, Profile
from ssa_sim.scenario.schema import Scenario


@with_config(ConfigDict(strict=True))
class _Asked(TypedDict):
    seed: Seed
    replicate: Seed


@with_config(ConfigDict(strict=True))
class _Profile(TypedDict):
    name: str
    label_en: str
    label_fr: str


@with_config(ConfigDict(strict=True))
class _Facts(TypedDict):
    profiles: list[_Profile]


class ObservationManifest(TableManifest):
    """The content of an observation's manifest."""

    kind: Literal["ssa_sim observation"]
    asked: _Asked
    facts: _Facts


def keep_observation(observation: Observation, scenario: Scenario, out: Path) -> TableManifest:
    """Write an observation of a scenario to a new folder.

    Raises:
        InputError: it cannot be written there.
    """
    return write_tables_folder(
        out,
        "ssa_sim observation",
        scenario,
        observation.tables(),
        asked={"seed": observation.seed, "replicate": observation.replicate},
        facts={"profiles": [asdict(profile) for profile in observation.profiles]},
    )


def load_observation(folder: str | Path) -> Observation:
    """Read a folder that `ssa-sim observe` wrote.

    Raises:
        InputError: it holds something else, or is damaged.
    """
    schemas = {name: table_schema(kinds) for name, kinds in COLUMNS.items()}
    manifest, tables = read_tables_folder(Path(folder), ObservationManifest, schemas)
    profiles = tuple(Profile(**profile) for profile in manifest.facts["profiles"])
    _check_words(Path(folder), tables, {**WORDS, "profile": tuple(profile.name for profile in profiles)})
    return Observation(
        title=manifest.title,
        seed=manifest.asked["seed"],
        replicate=manifest.asked["replicate"],
        profiles=profiles,
        **tables,
    )


def _check_words(folder: Path, tables: Mapping[str, pd.DataFrame], words: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse tables that are empty where they cannot be, or hold a zone, kind and so on that there is not."""
    for name, table in tables.items():
        path = folder / f"{name}.parquet"
        if table.empty and name != "projects":
            raise InputError("The table is empty.", where=path, allowed="the table as ssa-sim wrote it")
        for column in words.keys() & set(table.columns):
            unknown = table.loc[~table[column].isin(words[column]), column]
            if len(unknown):
                raise InputError(f"The column {column!r} holds {unknown.iloc[0]!r}.", where=path, allowed=words[column])
