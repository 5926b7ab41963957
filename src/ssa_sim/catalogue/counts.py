"""Counts of deaths in Mali that others have made, as the package ships them: months and zones, never events.

`deaths_counted.csv` has ACLED's deaths by month and zone from February 2013 to December 2018, protests and "strategic developments" left
out; `deaths_counted_ucdp.csv` UCDP's best estimate for the country by year (CC BY 4.0). Their sources and terms are in `deaths_counted.toml`.
North is Gao, Tombouctou, Kidal and Ménaka, Centre Mopti and Ségou, South the rest. The two bases differ: how far is the counting factor.
"""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_FOLDER = files("ssa_sim.catalogue")


class Source(NamedTuple):
    """Who counted, under which terms, and how to cite them."""

    name: str
    citation: str
    terms: str
    url: str


@cache
def count_sources() -> dict[str, Source]:
    """The sources of the counts, by key."""
    text = _FOLDER.joinpath("deaths_counted.toml").read_text(encoding="utf-8")
    return {key: Source(**given) for key, given in tomllib.loads(text).items()}


@cache
def deaths_by_month() -> dict[tuple[str, str], int]:
    """ACLED's deaths, by month ("2013-02") and zone."""
    return {(row["month"], row["zone"]): int(row["deaths"]) for row in _rows("deaths_counted.csv")}


@cache
def deaths_by_year_ucdp() -> dict[int, int]:
    """UCDP's deaths of all kinds in the country, by year, all months of it."""
    return {int(row["year"]): int(row["deaths"]) for row in _rows("deaths_counted_ucdp.csv")}


def counted(zone: str, first: str, last: str) -> int:
    """Deaths that ACLED counts in a zone from the first month to the last, both included.

    Raises:
        KeyError: a month or the zone has no count.
    """
    months = sorted({month for month, _ in deaths_by_month()})
    if first not in months or last not in months:
        raise KeyError(f"{first} to {last}")
    return sum(deaths_by_month()[month, zone] for month in months if first <= month <= last)


def counting_factors() -> dict[int, float]:
    """How many deaths ACLED counts for each of UCDP's, by full year."""
    zones = {zone for _, zone in deaths_by_month()}
    ucdp = deaths_by_year_ucdp()
    return {
        year: sum(counted(zone, f"{year}-01", f"{year}-12") for zone in zones) / ucdp[year]
        for year in ucdp
        if (f"{year}-01", "north") in deaths_by_month()
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(_FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines())
