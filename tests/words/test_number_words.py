"""Numbers that people write, and what a message says of how they are written here: in files, in --set, in options."""

from pathlib import Path

import pytest

from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.number_words import how_to_write
from ssa_sim.scenario.tables import parse_setting

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("600,000", "The comma has two readings: write 600000 or 600.0"),
        ("12,500", "The comma has two readings: write 12500 or 12.5"),
        ("-1,250", "The comma has two readings: write -1250 or -1.25"),
        ("0,125", "Write the number with a point: 0.125"),
        ("24,5", "Write the number with a point: 24.5"),
        (",5", "Write the number with a point: 0.5"),
        ("1234,567", "Write the number with a point: 1234.567"),
        ("1,234,567", "Write 1234567"),
        ("1.234.567", "Write 1234567"),
        ("1.234,5", "Write 1234.5"),
        ("1,234.5", "Write 1234.5"),
        ("12 500", "Write 12500"),
        ("12\u202f500,5", "Write the number with a point: 12500.5"),
        ("12'500", "Write 12500"),
        ("\u22120.5", "Write -0.5"),
        ("007", "Write 7"),
        ("1e2", "Write 100"),
        ("2.5e-3", "Write 0.0025"),
        ("1e400", "It is too large for any number"),
        (".5", "Write 0.5"),
        ("5.", "Write 5.0"),
        ('"24"', "Write 24"),
        ("50%", "A share is written as a fraction: 50% is 0.5"),
        ("12,5\u202f%", "A share is written as a fraction: 12.5% is 0.125"),
        ("1/4", "Write 0.25"),
        ("24 weeks", "A number stands alone, without its unit"),
        ("14M", "A number stands alone, without its unit"),
        ("€ 5", "A number stands alone, without its unit"),
        ("many", ""),
        ("", ""),
        ("1-2", ""),
    ],
)
def test_what_a_number_seems_to_mean(text: str, said: str) -> None:
    assert how_to_write(text) == said


def test_where_only_whole_numbers_are_allowed_a_point_has_two_readings_too() -> None:
    assert how_to_write("600,000", is_whole=True) == "The comma has two readings: write 600000 or 600"
    assert how_to_write("600.000", is_whole=True) == "The point has two readings: write 600000 or 600"
    assert how_to_write("600.000") == "Write 600.000"


WEEKS, PLACES = "training.course_weeks", "training.camp_places"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (f"{WEEKS}=24,5", f'"{WEEKS}" is the text "24,5". Write the number with a point: 24.5. Allowed: a number'),
        (f"{WEEKS}=12,500", "The comma has two readings: write 12500 or 12.5."),
        (f"{WEEKS}=50%", "A share is written as a fraction: 50% is 0.5."),
        (f"{WEEKS}=", f'"{WEEKS}" is set to nothing. Allowed: a number from'),
        (f"{WEEKS}=long", 'is the text "long"; a number is needed.'),
        (f'{WEEKS}="24"', "Write 24."),
        (f"{PLACES}=600.000", "The point has two readings: write 600000 or 600."),
        (f"{PLACES}=24.0", "Write 24."),
        ("coordination.forum=", '"coordination.forum" is set to nothing. Allowed: "none"'),
        ("circumstances.coup=yes", "true or false is needed."),
    ],
)
def test_a_setting_on_the_command_line(setting: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_setting(setting)
    assert said in str(refused.value)
    assert "without quotes: " not in str(refused.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f'levers."{PLACES}" = 600,000', "The comma has two readings: write 600000 or 600.0. The line reads"),
        (f'levers."{WEEKS}" = 24,5', "Write the number with a point: 24.5."),
        (f'levers."{WEEKS}" = 50 %', "50% is 0.5."),
        (f'levers."{WEEKS}" = 1 000', "Write 1000."),
        (f'levers."{WEEKS}" = .5', "Write 0.5."),
        (f'levers."{WEEKS}" = "24,5"', 'is the text "24,5". Write the number with a point: 24.5.'),
        (f'levers."{WEEKS}" = "24"', "a number is written without quotes: 24."),
        (f'levers."{PLACES}" = "600,000"', "The comma has two readings: write 600000 or 600."),
        (f'levers."{WEEKS}" = ""', 'is the text ""; a number is needed.'),
        ('levers."circumstances.coup" = "true"', "true or false is written without quotes: true."),
        (
            f'events = [{{ date = 2014-01-01, set = {{ "{PLACES}" = 600,000 }} }}]',
            "The comma has two readings: write 600000 or 600.0.",
        ),
    ],
)
def test_a_value_in_a_file(line: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'title = "Mine"\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_scenario(file)
    assert said in str(refused.value)
    assert "line 2" in str(refused.value)


def test_what_is_proposed_is_accepted(tmp_path: Path) -> None:
    for value in ("24.5", "6"):
        (tmp_path / "mine.toml").write_text(f'title = "Mine"\nlevers."{WEEKS}" = {value}\n', encoding="utf-8")
        assert (
            load_scenario(tmp_path / "mine.toml").levers.training.course_weeks == parse_setting(f"{WEEKS}={value}")[1]
        )


def test_a_number_of_an_option(capsys: Captured) -> None:
    assert main(["run", "mine.toml", "--seed", "2,013"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "a whole number is needed, such as 20. The comma has two readings: write 2013 or 2.013." in said


def test_a_point_in_a_file_may_mark_thousands_where_so_much_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "scenario.toml"
    for written, said in (
        ('"conditions.amount" = 600.000', "600, or 600000 if the point marks thousands"),
        ('"training.camp_places" = 600.000', "600. Allowed"),
    ):
        path.write_text(f"[levers]\n{written}\n", encoding="utf-8")
        with pytest.raises(InputError, match=f"a whole number is written without a decimal point: {said}"):
            load_scenario(path)
