"""Scenarios: how files become months of lever values, and what counts as the same scenario."""

import json
import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError, create_model

from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.catalogue.entries import (
    LeverEntry,
    ParameterValue,
    entries_of,
    lever_catalogue,
    mechanism_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.groups import Group, fields_of
from ssa_sim.errors import InputError
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.problems import problems_in
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import parse_setting
from strategies import possible

WEEKS = "training.course_weeks"
REGIME = "coordination.regime"
RATE = "turnover.reassignment_rate"

PLAIN = Scenario(title="Plain")
EVENTFUL = Scenario(
    title="Eventful",
    events=(
        Event(date=date(2014, 1, 15), set=((WEEKS, 6.0),), why="halved", source="F05"),
        Event(date=date(2016, 5, 1), set=((WEEKS, 10.0), (REGIME, "information"))),
    ),
)


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def lever_by_month(scenario: Scenario, path: str) -> list[ParameterValue]:
    return [values[path] for values in scenario.lever_values_by_month()]


# --- files


def test_file_with_a_title_alone_is_the_default_world(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, "a", 'title = "Plain"'))
    assert scenario == PLAIN
    assert scenario.months == 84
    assert scenario.month_starts()[0] == date(2013, 2, 1)
    assert scenario.month_starts()[-1] == date(2020, 1, 1)


def test_file_without_a_title_is_called_after_its_name(tmp_path: Path) -> None:
    assert load_scenario(str(written(tmp_path, "host_led", "size.units = 40"))).title == "host_led"


@pytest.mark.parametrize(
    "levers",
    [
        '[levers]\n"training.course_weeks" = 24\n"coordination.regime" = "host_led"',
        '[levers]\ntraining.course_weeks = 24\ncoordination.regime = "host_led"',
        '[levers]\ntraining = { course_weeks = 24 }\ncoordination = { regime = "host_led" }',
        '[levers.training]\ncourse_weeks = 24\n[levers.coordination]\nregime = "host_led"',
        'levers = { "training.course_weeks" = 24, coordination = { "regime" = "host_led" } }',
        "[levers]\n[levers.training]\n\"course_weeks\" = 24.0\n[levers.coordination]\nregime = 'host_led'",
    ],
)
def test_every_way_of_writing_levers_means_the_same(tmp_path: Path, levers: str) -> None:
    expected = PLAIN.with_levers({WEEKS: 24, REGIME: "host_led"})
    assert load_scenario(written(tmp_path, "a", f'title = "Plain"\n{levers}')) == expected


def test_every_part_of_a_file_arrives(tmp_path: Path) -> None:
    switch = mechanism_catalogue()[0].path
    file = written(
        tmp_path,
        "whole",
        f"""
        title = "Whole"
        question = "Does everything arrive?"
        donors = []
        [period]
        start = 2014-03-01
        end = 2016-01-01
        [size]
        units = 12
        company_strength = 120
        [levers]
        "{WEEKS}" = 20
        [uncertainties]
        "{RATE}" = 0.03
        [mechanisms]
        {switch} = false
        [structures]
        decay = "always"
        [[events]]
        date = 2015-07-14
        set = {{ "{WEEKS}" = 8 }}
        why = "shorter"
        source = "F05"
        """,
    )
    scenario = load_scenario(file)
    assert scenario.question == "Does everything arrive?"
    assert scenario.donors == ()
    assert scenario.months == 22
    assert (scenario.size.units, scenario.size.company_strength) == (12, 120)
    assert scenario.levers.training.course_weeks == 20
    assert scenario.uncertainties.turnover.reassignment_rate == 0.03
    assert not getattr(scenario.mechanisms, switch)
    assert scenario.structures.decay == "always"
    assert scenario.events[0].values == {WEEKS: 8}
    assert (scenario.events[0].why, scenario.events[0].source) == ("shorter", "F05")


def test_marks_and_line_ends_of_windows_are_accepted(tmp_path: Path) -> None:
    file = tmp_path / "windows.toml"
    file.write_bytes(b"\xef\xbb\xbf" + 'title = "Stabilité"\r\n[size]\r\nunits = 12\r\n'.encode())
    assert load_scenario(file).title == "Stabilité"
    assert load_scenario(file).size.units == 12


def test_donors_of_a_file_replace_the_inherited_ones(tmp_path: Path) -> None:
    profile = DEFAULT_PROFILES[0].model_copy(update={"partners": 3})
    tables = "".join(f"{key} = {json.dumps(value)}\n" for key, value in profile.model_dump().items())
    written(tmp_path, "parent", f'title = "One donor"\n[[donors]]\n{tables}')
    child = load_scenario(written(tmp_path, "child", 'extends = "parent.toml"'))
    assert child.donors == (profile,)
    doubled = written(tmp_path, "doubled", f"[[donors]]\n{tables}[[donors]]\n{tables}")
    with pytest.raises(InputError, match=f'There are two donors called the text "{profile.name}"'):
        load_scenario(doubled)


# --- extends


def test_child_inherits_everything_and_adds_its_own(tmp_path: Path) -> None:
    written(
        tmp_path,
        "grandparent",
        f"""
        title = "Grandparent"
        question = "Why?"
        [period]
        start = 2014-01-01
        [size]
        units = 30
        company_strength = 100
        [levers]
        "{WEEKS}" = 20
        [uncertainties]
        "{RATE}" = 0.01
        [[events]]
        date = 2015-01-01
        set = {{ "{REGIME}" = "information" }}
        """,
    )
    written(tmp_path, "parent", 'extends = "grandparent.toml"\n[size]\nunits = 20\n[period]\nend = 2018-01-01')
    (tmp_path / "below").mkdir()
    child = load_scenario(
        written(
            tmp_path / "below",
            "child",
            f"""
            title = "Child"
            extends = "../parent.toml"
            [[events]]
            date = 2016-01-01
            set = {{ "{REGIME}" = "binding" }}
            """,
        )
    )
    assert (child.title, child.question) == ("Child", "Why?")
    assert (child.period.start, child.period.end) == (date(2014, 1, 1), date(2018, 1, 1))
    assert (child.size.units, child.size.company_strength) == (20, 100)
    assert child.levers.training.course_weeks == 20
    assert child.uncertainties.turnover.reassignment_rate == 0.01
    assert lever_by_month(child, REGIME) == ["none"] * 12 + ["information"] * 12 + ["binding"] * 24


def parent_with_dated_changes(folder: Path) -> Path:
    return written(
        folder,
        "parent",
        f"""
        title = "Parent"
        [period]
        start = 2013-01-01
        end = 2014-01-01
        [levers]
        "{WEEKS}" = 12
        [[events]]
        date = 2013-06-01
        set = {{ "{WEEKS}" = 6, "{REGIME}" = "information" }}
        """,
    )


def test_lever_set_to_its_inherited_value_changes_nothing(tmp_path: Path) -> None:
    parent = load_scenario(parent_with_dated_changes(tmp_path))
    child = load_scenario(written(tmp_path, "c", f'extends = "parent.toml"\nlevers."{WEEKS}" = 12'))
    assert child.identity() == parent.identity()
    assert child.events == parent.events
    assert child.dropped_changes == ()
    assert [(change.lever, change.date.isoformat()) for change in child.kept_changes] == [(WEEKS, "2013-06-01")]


def test_lever_set_to_another_value_holds_for_the_whole_period(tmp_path: Path) -> None:
    parent_with_dated_changes(tmp_path)
    child = load_scenario(written(tmp_path, "c", f'extends = "parent.toml"\nlevers."{WEEKS}" = 24'))
    assert lever_by_month(child, WEEKS) == [24] * 12
    assert lever_by_month(child, REGIME) == ["none"] * 5 + ["information"] * 7
    assert [str(change) for change in child.dropped_changes] == [f"2013-06-01: {WEEKS} = 6.0 (overridden)"]


def test_events_of_the_file_come_on_top_of_its_levers(tmp_path: Path) -> None:
    parent_with_dated_changes(tmp_path)
    child = load_scenario(
        written(
            tmp_path,
            "c",
            f"""
            extends = "parent.toml"
            levers."{WEEKS}" = 24
            [[events]]
            date = 2013-06-30
            set = {{ "{WEEKS}" = 30 }}
            """,
        )
    )
    assert lever_by_month(child, WEEKS) == [24] * 5 + [30] * 7


# --- months


def test_change_holds_from_the_month_that_contains_its_date() -> None:
    weeks = lever_by_month(EVENTFUL, WEEKS)
    start = EVENTFUL.levers.training.course_weeks
    assert weeks == [start] * 11 + [6.0] * 28 + [10.0] * 45
    assert EVENTFUL.month_starts()[11] == date(2014, 1, 1)
    assert EVENTFUL.month_starts()[39] == date(2016, 5, 1)


def test_order_of_events_in_the_file_does_not_matter() -> None:
    turned = Scenario(title="Eventful", events=EVENTFUL.events[::-1])
    assert turned.lever_values_by_month() == EVENTFUL.lever_values_by_month()
    assert turned.identity() == EVENTFUL.identity()


def test_months_do_not_share_their_dictionaries() -> None:
    months = PLAIN.lever_values_by_month()
    months[0][WEEKS] = 99.0
    assert months[1][WEEKS] != 99.0
    assert PLAIN.lever_values_by_month()[0][WEEKS] != 99.0


def test_two_events_may_agree_but_not_contradict_each_other() -> None:
    agreeing = Event(date=date(2014, 1, 2), set=((WEEKS, 6.0),))
    assert EVENTFUL.with_events((agreeing,)).identity() == EVENTFUL.identity()
    contradicting = Event(date=date(2014, 1, 2), set=((WEEKS, 7.0),))
    with pytest.raises(InputError, match=f'2014-01-02 and 2014-01-02 set "{WEEKS}" to 6 and to 7'):
        EVENTFUL.with_events((agreeing, contradicting))
    assert EVENTFUL.with_events((contradicting,)).dropped_changes[0].reason == "replaced"  # the older one gives way


@pytest.mark.parametrize("end", [date(2014, 1, 1), date(2013, 3, 1)])
def test_shorter_period_drops_later_changes_and_says_so(end: date) -> None:
    short = EVENTFUL.with_period(end=end)
    assert short.events == ()
    assert [change.reason for change in short.dropped_changes] == ["outside the period"] * 3
    assert short.lever_values_by_month() == EVENTFUL.lever_values_by_month()[: short.months]


def test_later_start_keeps_what_was_changed_before_it() -> None:
    late = EVENTFUL.with_period(start=date(2015, 1, 1))
    assert late.lever_values_by_month() == EVENTFUL.lever_values_by_month()[23:]
    assert late.dropped_changes == ()
    direct = PLAIN.with_period(start=late.period.start).with_levers({WEEKS: 6}).with_events(EVENTFUL.events[1:])
    assert direct.identity() == late.identity()
    for events in (EVENTFUL.events, EVENTFUL.events[::-1]):
        latest = Scenario(title="x", events=events).with_period(start=date(2019, 1, 1))
        assert lever_by_month(latest, WEEKS) == [10.0] * 13


def test_earlier_start_keeps_the_dates() -> None:
    early = EVENTFUL.with_period(start=date(2013, 1, 1))
    assert early.lever_values_by_month()[1:] == EVENTFUL.lever_values_by_month()


def test_month_starts_cross_the_year() -> None:
    winter = PLAIN.with_period(start=date(1999, 11, 1), end=date(2000, 3, 1))
    assert winter.month_starts() == [date(1999, 11, 1), date(1999, 12, 1), date(2000, 1, 1), date(2000, 2, 1)]


def test_longest_period_is_allowed_and_a_month_more_is_not() -> None:
    assert PLAIN.with_period(start=date(1901, 1, 1), end=date(2001, 1, 1)).months == 1200
    with pytest.raises(InputError, match="1201 months; 1200 is the most"):
        PLAIN.with_period(start=date(1901, 1, 1), end=date(2001, 2, 1))


# --- copies


def test_value_at_the_start_counts_the_events_of_the_first_month() -> None:
    opening = Event(date=date(2013, 2, 20), set=((WEEKS, 8.0),))
    later = Event(date=date(2015, 1, 1), set=((WEEKS, 4.0),))
    scenario = PLAIN.with_events((opening, later))
    assert scenario.with_levers({WEEKS: 8}) is scenario
    unchanging = scenario.with_levers({WEEKS: PLAIN.levers.training.course_weeks})
    assert unchanging.identity() == PLAIN.identity()
    assert len(unchanging.dropped_changes) == 2


def test_other_parts_of_an_event_survive_an_override() -> None:
    revised = EVENTFUL.with_levers({WEEKS: 30})
    assert lever_by_month(revised, REGIME) == lever_by_month(EVENTFUL, REGIME)
    assert {change.lever for change in revised.dropped_changes} == {WEEKS}


def test_dropped_changes_accumulate() -> None:
    revised = EVENTFUL.with_levers({WEEKS: 30}).with_levers({REGIME: "binding"})
    assert [change.lever for change in revised.dropped_changes] == [WEEKS, WEEKS, REGIME]
    assert revised.events == ()


def test_nested_tables_are_understood() -> None:
    assert PLAIN.with_levers({"training": {"course_weeks": 24}}) == PLAIN.with_levers({WEEKS: 24})


def test_copies_leave_the_original_alone() -> None:
    before = EVENTFUL.model_dump_json()
    EVENTFUL.with_levers({WEEKS: 30})
    EVENTFUL.with_period(end=date(2014, 1, 1))
    EVENTFUL.with_size(units=3)
    EVENTFUL.with_uncertainties({RATE: 0.03})
    assert EVENTFUL.model_dump_json() == before


@pytest.mark.parametrize(
    "fields",
    [
        {"colour": "blue"},
        {"title": 5},
        {"levers": {"training": {"course_weeks": "24"}}},
        {"levers": {"training": {"course_weeks": float("inf")}}},
        {"size": {"units": True}},
        {"events": ({"date": date(2014, 1, 1), "set": {}},)},
        {"events": ({"date": date(2014, 1, 1), "set": {"training.course_week": 3}},)},
        {"events": ({"date": date(2024, 1, 1), "set": {WEEKS: 3}},)},
    ],
)
def test_schema_itself_is_strict(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Scenario.model_validate({"title": "x"} | fields)


def test_scenarios_are_frozen() -> None:
    with pytest.raises(ValidationError):
        PLAIN.title = "Other"
    with pytest.raises(ValidationError):
        PLAIN.levers.training.course_weeks = 3.0
    with pytest.raises(ValidationError):
        EVENTFUL.events[0].why = "other"
    assert hash(EVENTFUL) == hash(EVENTFUL.model_copy())


def test_scenarios_survive_pickle_and_json() -> None:
    copy = pickle.loads(pickle.dumps(EVENTFUL.with_levers({REGIME: "binding"})))
    assert copy == EVENTFUL.with_levers({REGIME: "binding"})
    assert copy.dropped_changes == EVENTFUL.with_levers({REGIME: "binding"}).dropped_changes
    assert Scenario.model_validate_json(EVENTFUL.model_dump_json()) == EVENTFUL


# --- identity


@pytest.mark.parametrize(
    "alike",
    [
        EVENTFUL.with_words(title="Another title", question="Another question?"),
        Scenario(
            title="Another day of the month, other reasons",
            events=tuple(
                Event(date=event.date.replace(day=28), set=event.set, why="other") for event in EVENTFUL.events
            ),
        ),
        EVENTFUL.with_events((Event(date=date(2015, 1, 1), set=((WEEKS, 6.0),)),)),
        EVENTFUL.with_donors(tuple(p.model_copy(update={"label_en": "x"}) for p in EVENTFUL.donors)),
        EVENTFUL.with_levers({WEEKS: EVENTFUL.levers.training.course_weeks}),
    ],
)
def test_what_does_not_determine_results_is_not_in_the_identity(alike: Scenario) -> None:
    assert alike.identity() == EVENTFUL.identity()


@pytest.mark.parametrize(
    "different",
    [
        EVENTFUL.with_levers({REGIME: "binding"}),
        EVENTFUL.with_uncertainties({RATE: 0.0301}),
        EVENTFUL.with_mechanisms({mechanism_catalogue()[0].path: False}),
        EVENTFUL.with_structures({"decay": "always"}),
        EVENTFUL.with_size(units=81),
        EVENTFUL.with_size(company_strength=151),
        EVENTFUL.with_period(end=date(2020, 1, 1)),
        EVENTFUL.with_period(start=date(2013, 1, 1)),
        EVENTFUL.with_donors(EVENTFUL.donors[:-1]),
        EVENTFUL.with_donors(EVENTFUL.donors[::-1]),
        EVENTFUL.with_events((Event(date=date(2019, 1, 1), set=((WEEKS, 6.0),)),)),
        Scenario(title="A month earlier", events=(EVENTFUL.events[1], EVENTFUL.events[0].model_copy(
            update={"date": date(2013, 12, 31)}))),
        PLAIN,
    ],
)  # fmt: skip
def test_what_determines_results_is_in_the_identity(different: Scenario) -> None:
    assert different.identity() != EVENTFUL.identity()


def test_identity_is_the_same_in_every_process() -> None:
    code = (
        "from ssa_sim.scenario.schema import Scenario\n"
        f"print(Scenario(title='x').with_levers({{'{WEEKS}': 7, '{REGIME}': 'binding'}}).identity())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert printed == {PLAIN.with_levers({REGIME: "binding", WEEKS: 7.0}).identity()}


def test_minus_zero_is_zero() -> None:
    zero_allowed = next(entry for entry in lever_catalogue() if entry.kind == "float" and entry.low == 0)
    away = PLAIN.with_levers({zero_allowed.path: zero_allowed.high})
    assert (
        away.with_levers({zero_allowed.path: -0.0}).identity() == away.with_levers({zero_allowed.path: 0.0}).identity()
    )


# --- properties


def values_of_lever(entry: LeverEntry) -> st.SearchStrategy[ParameterValue]:
    if entry.kind == "bool":
        return st.booleans()
    if entry.choices:
        return st.sampled_from(entry.choices)
    assert entry.low is not None
    assert entry.high is not None
    if entry.kind == "int":
        return st.integers(int(entry.low), int(entry.high))
    return st.floats(float(entry.low), float(entry.high))


settings_of_levers = st.sampled_from(lever_catalogue()).flatmap(
    lambda entry: st.tuples(st.just(entry.path), values_of_lever(entry))
)


@given(setting=settings_of_levers)
def test_setting_a_lever_holds_throughout_and_shows_in_the_identity(
    setting: tuple[str, ParameterValue],
) -> None:
    path, value = setting
    for scenario in (PLAIN, EVENTFUL):
        before = lever_by_month(scenario, path)[0]
        revised = scenario.with_levers({path: value})
        if value == before:
            assert revised is scenario
        else:
            assert lever_by_month(revised, path) == [value] * scenario.months
            assert revised.identity() != scenario.identity()
        others = [
            {other: each for other, each in month.items() if other != path} for month in revised.lever_values_by_month()
        ]
        assert others == [
            {other: each for other, each in month.items() if other != path}
            for month in scenario.lever_values_by_month()
        ]


@given(settings=st.lists(settings_of_levers, max_size=5))
def test_setting_levers_to_what_they_are_changes_nothing(settings: list[tuple[str, ParameterValue]]) -> None:
    scenario = EVENTFUL.with_levers(dict(settings))
    assert scenario.with_levers(scenario.lever_values_by_month()[0]) is scenario
    assert scenario.with_levers(dict(settings)) is scenario


@given(settings=st.lists(settings_of_levers, max_size=5, unique_by=lambda setting: setting[0]))
def test_levers_can_be_set_in_any_order_and_set_back(settings: list[tuple[str, ParameterValue]]) -> None:
    together = PLAIN.with_levers(dict(settings))
    one_by_one = PLAIN
    for path, value in reversed(settings):
        one_by_one = one_by_one.with_levers({path: value})
    assert one_by_one == together
    assert together.with_levers(PLAIN.lever_values_by_month()[0]) == PLAIN


@given(data=st.data())
def test_uncertainties_within_their_range_are_taken_and_others_refused(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from([e for e in uncertainty_catalogue() if e.kind == "float"]))
    assert entry.allowed_low is not None
    assert entry.allowed_high is not None
    value = data.draw(st.floats(entry.allowed_low, entry.allowed_high))
    revised = PLAIN.with_uncertainties(possible({entry.path: value}))
    assert (revised.identity() == PLAIN.identity()) == (value == entry.baseline)
    beyond = data.draw(st.floats(min_value=entry.allowed_high, exclude_min=True))
    with pytest.raises(InputError):
        PLAIN.with_uncertainties({entry.path: beyond})


@given(
    days=st.lists(
        st.dates(date(2013, 2, 1), date(2020, 1, 31)),
        max_size=6,
        unique_by=lambda day: (day.year, day.month),
    ),
    data=st.data(),
)
def test_each_month_has_the_value_of_the_latest_event(days: list[date], data: st.DataObject) -> None:
    weeks = data.draw(st.lists(st.integers(2, 52), min_size=len(days), max_size=len(days)))
    events = tuple(Event(date=day, set=((WEEKS, week),)) for day, week in zip(days, weeks, strict=True))
    scenario = PLAIN.with_events(events)
    for month, value in zip(scenario.month_starts(), lever_by_month(scenario, WEEKS), strict=True):
        past = [(day, week) for day, week in zip(days, weeks, strict=True) if day.replace(day=1) <= month]
        assert value == (max(past)[1] if past else PLAIN.levers.training.course_weeks)


# --- settings on a command line


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{WEEKS}=24", 24.0),
        (f" {WEEKS} = 24.5 ", 24.5),
        (f"{REGIME}=host_led", "host_led"),
    ],
)
def test_setting_is_read_by_its_kind(text: str, value: ParameterValue) -> None:
    path, found = parse_setting(text)
    assert found == value
    assert PLAIN.with_levers({path: found})


def test_a_structure_is_set_by_its_name_among_the_levers() -> None:
    assert parse_setting("structures.decay = always") == ("structures.decay", "always")


def test_structures_are_no_policy() -> None:
    other = EVENTFUL.with_structures({"decay": "always"})
    assert other.policy_identity() == EVENTFUL.policy_identity()
    assert other.with_structures({"decay": "disuse"}).identity() == EVENTFUL.identity()


# --- errors


def test_input_error_tells_where_what_and_what_is_allowed() -> None:
    error = InputError("This is wrong", where="a.toml, line 3", allowed=["x", "y"])
    assert str(error) == "a.toml, line 3: This is wrong. Allowed: x, y."
    assert str(InputError("This is wrong.")) == "This is wrong."
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


ROWS = {
    "part": {"baseline": 0.5, "low": 0.0, "high": 1.0, "unit": "share", "source": "assumption"},
    "weeks": {"baseline": 2.0, "low": 1.0, "high": 4.0, "unit": "weeks", "source": "assumption"},
}
NAMES = dict.fromkeys(ROWS, "")
Mixture = create_model("Mixture", __base__=Group, **fields_of("trait", ROWS, NAMES, NAMES))


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("part", 40, "40 percent is 0.4"),
        ("part", 12.5, "12.5 percent is 0.125"),
        ("part", 101, None),
        ("part", -1, None),
        ("weeks", 40, None),
    ],
)
def test_percent_for_a_share_is_explained(name: str, value: float, hint: str | None) -> None:
    with pytest.raises(ValidationError) as caught:
        Mixture.model_validate({name: value})
    (problem,) = problems_in(caught.value, {e.path: e for e in entries_of(Mixture)}, lambda name: (name,))
    assert (hint in problem.message) if hint else ("percent" not in problem.message)
    assert problem.at == (name,)


def test_an_event_of_the_file_replaces_an_inherited_one_of_the_same_month(tmp_path: Path) -> None:
    parent = load_scenario(parent_with_dated_changes(tmp_path))
    child = load_scenario(
        written(tmp_path, "c", f'extends = "parent.toml"\n[[events]]\ndate = 2013-06-20\nset = {{ "{WEEKS}" = 12 }}')
    )
    assert lever_by_month(child, WEEKS) == [12] * 12
    assert lever_by_month(child, REGIME) == lever_by_month(parent, REGIME)
    assert [(change.lever, change.reason) for change in child.dropped_changes] == [(WEEKS, "replaced")]
