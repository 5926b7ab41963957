"""The one kind of table: written in a language, fitted into a terminal, and as Markdown; and how a command shows a finding."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from ssa_sim.cli.options import Lang
from ssa_sim.cli.showing import show
from ssa_sim.errors import InputError
from ssa_sim.telling.markdown import as_markdown
from ssa_sim.telling.table import Cell, Column, Fitting, Row, Table
from ssa_sim.telling.terminal import on_terminal
from ssa_sim.telling.values import (
    EMPTY,
    Filled,
    Fixed,
    Interval,
    Joined,
    Number,
    PartsOfWhole,
    Percent,
    Span,
    Text,
    Value,
)
from ssa_sim.words.texts import Language, Word

VERDICT = Word("comparison.verdicts.no difference")


WHOLE = Fitting()


def table(fitting: Fitting = WHOLE) -> Table:
    """Two rows of a number, an interval, a share and a verdict."""
    columns = [
        Column(Word("comparison.headings.outcome"), "text"),
        *(Column(Text(name)) for name in ("number", "interval", "share")),
        Column(Word("comparison.headings.verdict"), "verdict"),
    ]
    cells = (Number(1234.5), Interval(-0.5, 0.25, signed=True), Percent(0.5), VERDICT)
    return Table(Text("Title"), columns, [Row(Text("one"), cells, note=Text("m")), Row(Text("two"), cells)], fitting)


def lines(given: Table, width: int, language: Language = "en") -> list[str]:
    """The lines of a terminal so many columns wide."""
    screen = Console(width=width, color_system=None)
    with screen.capture() as shown:
        for each in on_terminal(given, language, width):
            screen.print(each)
    return [line.rstrip() for line in shown.get().splitlines()]


class TestValues:
    @pytest.mark.parametrize(
        ("value", "english", "french"),
        [
            (Number(12345.6), "12,346", "12\u202f346"),
            (Number(0.0123, beside=(50.0,)), "0.0", "0,0"),
            (Number(1.001, beside=(1.002,), is_apart=True), "1.001", "1,001"),
            (Number(math.nan), "–", "–"),
            (Interval(-1.0, 2.0, signed=True, mark="*"), "\u22121.00 to +2.00*", "\u22121,00 à +2,00*"),
            (Interval(math.nan, math.nan), "–", "–"),
            (Fixed(-0.0001, 3), "0.000", "0,000"),
            (Fixed(math.nan, 3), "–", "–"),
            (Span((Fixed(0.5, 2), Fixed(math.nan, 2))), "–", "–"),
            (PartsOfWhole((0.5, 0.25, 0.25)), "50%\u00a0/\u00a025%\u00a0/\u00a025%".replace("%\u00a0", "\u00a0"), None),
            (Joined((Text("a"), EMPTY, Text("b")), "-"), "a--b", "a--b"),
            (Filled(Word("comparison.headings.interval"), {"level": Percent(0.9)}), "90% interval", None),
        ],
    )
    def test_a_value_is_written_as_people_of_the_language_do(
        self, value: Value, english: str, french: str | None
    ) -> None:
        assert value.to("en") == english
        assert french is None or value.to("fr") == french

    def test_a_word_that_is_missing_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            Word("comparison.no_such_text").to("en")


class TestTables:
    def test_the_same_table_is_written_in_both_languages(self) -> None:
        english, french = (table().written(language) for language in ("en", "fr"))
        assert (english.headings[0], french.headings[0]) == ("Outcome", "Résultat")
        assert english.rows[0].cells[0] == Cell("1,234", "number")
        assert english.rows[0].cells[-1] == Cell("no difference", "no-difference")
        assert french.rows[0].cells[-1] == Cell("aucune différence", "no-difference")
        assert (english.rows[0].note, english.rows[1].note) == ("m", "")

    def test_a_row_that_lacks_a_cell_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="longer than"):
            Table(None, table().columns, [Row(Text("one"), (EMPTY,))]).written("en")

    def test_numbers_stand_to_the_right_and_texts_to_the_left(self) -> None:
        shown = lines(table(), 100)
        assert shown[0] == "Title"
        first, second = shown[4:6]
        assert first.startswith(" one (m)")
        assert second.startswith(" two")
        assert first.index("1,234") + len("1,234") == shown[2].index("number") + len("number")
        assert first.index("no difference") == shown[2].index("Verdict")

    def test_columns_that_do_not_fit_go_into_another_table(self) -> None:
        shown = lines(table(Fitting(heading=10, cell=20)), 50)
        titles = [number for number, line in enumerate(shown) if line == "Title"]
        assert len(titles) == 2
        assert "number" in shown[titles[0] + 2]
        assert "share" in shown[titles[1] + 2]
        assert all(sum(line.startswith(f" {name}") for line in shown) == 2 for name in ("one", "two"))

    def test_as_many_columns_as_asked_for_stay_together(self) -> None:
        assert lines(table(Fitting(heading=10, cell=200, least=4)), 100).count("Title") == 1

    def test_on_a_narrow_terminal_each_two_columns_share_one(self) -> None:
        shown = lines(table(Fitting(paired_below=60)), 59)
        heading = shown[2]
        assert "number" in heading
        assert "interval" not in heading
        assert "interval" in shown[3]
        assert shown[5].strip().startswith("one")
        assert shown[6].strip().startswith("(m)")
        assert lines(table(Fitting(paired_below=60)), 60)[3].strip("─ ") == ""

    def test_markdown_has_a_line_a_row(self) -> None:
        given = Table(None, [Column(Text("a\nb")), Column(Text("c"))], [Row(Text("d"), (Text("e\nf"),))])
        assert as_markdown(given, "en") == "| a<br>b | c |\n| --- | --- |\n| d | e<br>f |"


class _It:
    """A finding."""

    def as_json(self) -> dict[str, object]:
        return {"found": "it"}


class _Telling:
    """Tells it."""

    @staticmethod
    def told(found: _It, language: Language) -> Iterator[Table | str]:
        yield table()
        yield f"it {language}\n"

    @staticmethod
    def as_json(found: _It, language: Language) -> dict[str, object]:
        return {**found.as_json(), "bad": math.inf}


class TestShowing:
    def test_people_get_tables_and_then_the_files(self, capsys: pytest.CaptureFixture[str]) -> None:
        makes = {"out": lambda: Path("a"), "figure": lambda: None, "figures": lambda: [Path("b"), Path("c")]}
        show(_It(), _Telling, Lang.fr, as_json=False, makes=makes)
        out = capsys.readouterr().out
        assert out.index("Title") < out.index("it fr") < out.index("Résultats\u00a0: a")
        assert out.splitlines()[-2:] == ["Figure\u00a0: b", "Figure\u00a0: c"]

    def test_programs_get_one_object(self, capsys: pytest.CaptureFixture[str]) -> None:
        show(_It(), _Telling, Lang.en, as_json=True, makes={"out": lambda: Path("a"), "figure": lambda: None})
        assert json.loads(capsys.readouterr().out) == {"found": "it", "bad": None, "out": "a", "figure": None}

    @pytest.mark.parametrize("as_json", [False, True])
    def test_what_was_found_is_printed_even_if_no_file_can_be_made(
        self, capsys: pytest.CaptureFixture[str], as_json: bool
    ) -> None:
        def refuse() -> Path:
            raise InputError("No room.")

        with pytest.raises(InputError, match="No room"):
            show(_It(), _Telling, Lang.en, as_json=as_json, makes={"figure": refuse})
        out = capsys.readouterr().out
        assert "it" in out
        assert not as_json or json.loads(out)["figure"] is None
