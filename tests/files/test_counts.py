"""The counts that the package ships: months and zones of deaths, with who counted and on which terms."""

from importlib.resources import files

import pytest

from ssa_sim.catalogue.counts import count_sources, counted, counting_factors, deaths_by_month, deaths_by_year_ucdp
from ssa_sim.catalogue.evidence import evidence_register
from ssa_sim.model.state import ZONES


def test_every_month_and_zone_has_a_count() -> None:
    months = [f"{year}-{month:02}" for year in range(2013, 2019) for month in range(1, 13)][1:]
    assert set(deaths_by_month()) == {(month, zone) for month in months for zone in ZONES}


def test_years_are_those_of_the_register() -> None:
    years = [sum(counted(zone, f"{year}-01", f"{year}-12") for zone in ZONES) for year in range(2014, 2019)]
    register = evidence_register()
    assert register["F37"].value.replace(",", "").split()[2:] == [str(year) for year in years]
    assert register["F38"].value.replace(",", "").split()[1:] == [str(year) for year in deaths_by_year_ucdp().values()]
    assert sum(counted(zone, "2013-02", "2013-12") for zone in ZONES) == 599


def test_the_counting_factor_by_year() -> None:
    assert {year: round(factor, 2) for year, factor in counting_factors().items()} == {
        2014: 1.36,
        2015: 2.0,
        2016: 2.03,
        2017: 1.83,
        2018: 1.37,
    }


def test_a_span_beyond_the_counts_is_refused() -> None:
    with pytest.raises(KeyError):
        counted("north", "2013-01", "2013-12")
    with pytest.raises(KeyError):
        counted("east", "2013-02", "2013-12")


def test_each_source_is_named_with_its_terms_and_no_event_is_shipped() -> None:
    sources = count_sources()
    assert set(sources) == {"acled", "ucdp"}
    assert sources["ucdp"].terms == "CC BY 4.0"
    for name, columns in (("deaths_counted.csv", "month,zone,deaths"), ("deaths_counted_ucdp.csv", "year,deaths")):
        lines = files("ssa_sim.catalogue").joinpath(name).read_text(encoding="utf-8").splitlines()
        assert lines[0] == columns
