"""The export: the same numbers as in the folder, typed, in CSV and in a workbook, and no formula in either."""

import csv
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

import ssa_sim
import stand_ins
from ssa_sim.analysis.lever_effects import lever_effects
from ssa_sim.catalogue.entries import lever_catalogue
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, make_design
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.result_tables import schemas_of
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.experiment import run
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.report import export as module
from ssa_sim.report.export import export, misread_names
from ssa_sim.report.export_tables import ExportTable
from ssa_sim.scenario.schema import Scenario
from ssa_sim.words.texts import texts

FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first = Scenario(title='=HYPERLINK("http://example.org")', question="+1 é").with_size(units=3)
    first = first.with_period(end=first.period.start.replace(year=2014))
    other = first.with_levers({"training.course_weeks": 24.0}).with_words(title="@other", question="-2")
    experiment = Experiment(
        "=cmd",
        (NamedScenario("first", first), NamedScenario("other", other)),
        replications=3,
        outcomes=("readiness", "deaths", "retention_at_retraining"),
    )
    out = tmp_path_factory.mktemp("export") / "kept"
    run(experiment, out, RunSettings(workers=1))
    return out


@pytest.fixture(scope="module")
def book(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(export(folder, tmp_path_factory.mktemp("book") / "all.xlsx"))


@pytest.fixture(scope="module")
def files(folder: Path) -> Path:
    return export(folder, format="csv", language="fr")


NAMES = ["about", "comparison", "levers", "scenarios", "outcomes", "runs", "monthly", "provenance"]


class TestWorkbook:
    def test_sheets_and_account(self, book: openpyxl.Workbook) -> None:
        assert book.sheetnames == NAMES
        rows = list(book["about"].iter_rows(values_only=True))
        assert [row[0] for row in rows[1:]] == NAMES[1:]
        assert {row[0]: row[2] for row in rows[1:]}["runs"] == 6

    def test_numbers_are_numbers_and_the_same(self, book: openpyxl.Workbook, folder: Path) -> None:
        heading, *rows = book["runs"].iter_rows(values_only=True)
        table = pd.DataFrame(rows, columns=heading)
        runs = load_results(folder).runs
        np.testing.assert_allclose(table["readiness"].to_numpy(float), runs["readiness"].to_numpy(), rtol=1e-15)
        assert all(isinstance(value, float | int) for value in table["deaths"])
        assert table["retention_at_retraining"].isna().tolist() == runs["retention_at_retraining"].isna().tolist()
        assert runs["retention_at_retraining"].isna().any(), "the test needs an outcome that is not defined"

    def test_months_are_dates(self, book: openpyxl.Workbook) -> None:
        cell = book["monthly"]["B2"]
        assert cell.is_date
        assert (cell.value.year, cell.value.month, cell.value.day) == (2013, 2, 1)

    def test_no_cell_is_a_formula(self, book: openpyxl.Workbook) -> None:
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        dangerous = [
            cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))
        ]
        assert {cell.value for cell in dangerous} >= {
            "=cmd",
            '=HYPERLINK("http://example.org")',
            "+1 é",
            "@other",
            "-2",
        }
        assert all(cell.quotePrefix for cell in dangerous)

    def test_levers_and_provenance(self, book: openpyxl.Workbook, folder: Path) -> None:
        heading, *rows = book["levers"].iter_rows(values_only=True)
        (change,) = [dict(zip(heading, row, strict=True)) for row in rows if row[0] == "other"]
        assert (change["path"], change["value_against"], change["value"]) == ("training.course_weeks", 12, 24)
        assert (change["decided_by"], change["source"]) == ("training mission", "F05; M23")
        facts = dict(row for row in book["provenance"].iter_rows(min_row=2, values_only=True))
        assert facts["ssa_sim"] == ssa_sim.load_results(folder).provenance["packages"]["ssa-sim"]
        assert len(facts["digest"]) == 64


class TestFiles:
    def test_files(self, files: Path) -> None:
        assert files.name == "export"
        assert sorted(path.stem for path in files.iterdir()) == sorted(NAMES)
        assert pd.read_csv(files / "about.csv")["holds"].tolist()[0] == texts("fr", "export")(
            "holds.comparison"
        ).replace("\xa0", "\xa0")

    def test_the_same_numbers_to_the_last_bit(self, files: Path, folder: Path) -> None:
        results = load_results(folder)
        table = pd.read_csv(files / "runs.csv", dtype=str)  # and Python's own float, which takes every digit
        for name in ("readiness", "deaths", "retention_at_retraining"):
            np.testing.assert_array_equal(table[name].to_numpy(float), results.runs[name].to_numpy())
        months = pd.read_csv(files / "monthly.csv", parse_dates=["month"])
        assert months["month"].tolist() == results.monthly["month"].tolist()

    def test_no_field_begins_like_a_formula(self, files: Path) -> None:
        for path in files.iterdir():
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.reader(file):
                    for field in row:
                        if field.startswith(("=", "+", "-", "@", "\t", "\r")):
                            float(field)  # a number may begin with a minus
        assert "'=cmd" in (files / "provenance.csv").read_text(encoding="utf-8")

    def test_an_earlier_export_is_replaced_and_nothing_else(self, folder: Path, tmp_path: Path) -> None:
        target = tmp_path / "made"
        export(folder, target, "csv")
        (target / "runs.csv").write_text("old", encoding="utf-8")
        export(folder, target, "csv")
        assert (target / "runs.csv").read_text(encoding="utf-8") != "old"
        (target / "mine.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(InputError, match="nothing was overwritten"):
            export(folder, target, "csv")
        assert (target / "mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("text", FORMULAS)
def test_every_opening_of_a_formula_is_guarded(text: str) -> None:
    (guarded,) = module._for_csv(pa.array([text])).to_pylist()
    assert guarded == f"'{text}"
    assert module._for_csv(pa.array(["a=1", "", None])).to_pylist() == ["a=1", "", None]


def test_large_tables_are_refused_by_the_workbook_only(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROWS_OF_A_SHEET", 20)
    with pytest.raises(InputError, match="monthly has 72 rows, and a sheet holds 19") as refusal:
        export(folder, tmp_path / "all.xlsx")
    assert "--format csv" in str(refusal.value)
    assert not (tmp_path / "all.xlsx").exists()
    export(folder, tmp_path / "all", "csv")


def test_tables_are_read_piece_by_piece(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssa_sim.report.export_tables.ROWS_AT_A_TIME", 4)
    schema = schemas_of(read_manifest(folder))["runs.parquet"]
    sheet = ExportTable("runs", "", 6, (folder / "runs.parquet", schema))
    assert [piece.num_rows for piece in sheet.pieces()] == [4, 2]


def test_a_changed_table_is_refused(folder: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    with (copy / "runs.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(InputError, match="has been changed"):
        export(copy, tmp_path / "out", "csv")


class TestNamesThatPandasMisreads:
    NAMES = ("baseline", "NA", "NULL", "None", "nan", "n/a", "null", "2013", "no_2013", "na")

    @pytest.fixture
    def named(self, folder: Path, tmp_path: Path) -> Path:
        scenario = Scenario(title="Short").with_size(units=2)
        short = scenario.with_period(end=scenario.period.start.replace(month=5))
        names = tuple(NamedScenario(name, short) for name in self.NAMES)
        out = tmp_path / "kept"
        run(Experiment("Names", names, replications=2, outcomes=("deaths",)), out, stand_ins.light_settings())
        return out

    def test_they_are_told_and_read_as_the_note_says(self, named: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["export", str(named), "--format", "csv"]) == 0
        said = capsys.readouterr().err
        assert "pandas takes the scenario's name 'NA', 'NULL', 'None', 'nan', 'n/a', 'null' for a missing value" in said
        runs = named / "export" / "runs.csv"
        as_it_is = pd.read_csv(runs)["scenario"]
        assert as_it_is.isna().sum() == 12
        assert 'dtype={"scenario": str}, keep_default_na=False, na_values=[""]' in said
        read = pd.read_csv(runs, dtype={"scenario": str}, keep_default_na=False, na_values=[""])
        assert read["scenario"].tolist() == [*self.NAMES, *self.NAMES]
        assert not read["deaths"].isna().any()
        assert set(load_results(named).runs["scenario"]) == set(self.NAMES)

    def test_names_that_are_read_rightly_are_not_spoken_of(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["export", str(folder), "--format", "csv"]) == 0
        assert capsys.readouterr().err == ""

    def test_numbers_alone_are_read_as_such(self) -> None:
        assert misread_names(["2013", "007"]) == ["2013", "007"]
        assert misread_names(["true"]) == ["true"]

    def test_no_choice_of_a_catalogue_is_misread(self) -> None:
        choices = {choice for entry in lever_catalogue() for choice in entry.choices or ()}
        assert not misread_names(sorted(choices))


class TestCommand:
    def test_it_prints_where(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        target = tmp_path / "all.xlsx"
        assert main(["export", str(folder), "--out", str(target), "--lang", "fr"]) == 0
        assert capsys.readouterr().out == f"Tableaux\u00a0: {target}\n"
        assert openpyxl.load_workbook(target)["about"]["B2"].value.startswith("Une ligne par scénario")

    def test_report_prints_where(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["report", str(folder), "--out", str(tmp_path / "page.html")]) == 0
        assert capsys.readouterr().out == f"Report: {tmp_path / 'page.html'}\n"

    def test_the_name_of_a_workbook(self, folder: Path, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"ending in \.xlsx"):
            export(folder, tmp_path / "all.xls")

    def test_what_single_levers_do(self, baseline: Scenario, tmp_path: Path) -> None:
        """A row a scenario, value and outcome, with the numbers of the analysis behind the heat map."""
        short = baseline.with_size(units=4).with_period(end=baseline.period.start.replace(year=2014))
        pair = (NamedScenario("one", short), NamedScenario("two", short.with_levers({"training.course_weeks": 24.0})))
        axes = [Axis("levers", "personnel.stabilisation", (0.4, 0.8)), Axis("levers", "training.mission", (False,))]
        outcomes = ("ready_soldiers", "soldiers", "delivery")
        asked = Experiment("Levers", pair, replications=3, outcomes=outcomes, design=make_design("one_at_a_time", axes))
        run(asked, tmp_path / "levers", RunSettings(workers=1))
        for every in (False, True):
            export(tmp_path / "levers", tmp_path / f"made {every}", "csv", all_outcomes=every)
            found = pd.read_csv(tmp_path / f"made {every}" / "effects.csv")
            shown = [name for name in outcomes if every or outcome_named(name).headline]
            assert len(found) == 2 * 3 * len(shown)
            expected = lever_effects(load_results(tmp_path / "levers"), scenario="two", outcomes=shown).table
            own = found[found["scenario"] == "two"].reset_index(drop=True)
            assert ("point " + own["point"].astype(str)).tolist() == expected["row"].tolist()
            for column in ("label_en", "outcome", "difference", "low", "high", "verdict"):
                assert own[column].tolist() == pytest.approx(expected[column].tolist()), column

    def test_all_outcomes(self, folder: Path, tmp_path: Path) -> None:
        export(folder, tmp_path / "all", "csv", all_outcomes=True)
        assert len(pd.read_csv(tmp_path / "all" / "comparison.csv")) == 3
