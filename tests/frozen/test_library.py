"""The scenario library: complete, sourced, different from one another, and described by what it does.

`PYTHONPATH=tests python tests/frozen/test_library.py` writes the measured tables of `docs/scenarios.md` anew.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import documents
from baselines.results import library, names
from ssa_sim.analysis.compare import Comparison, compare
from ssa_sim.catalogue.evidence import evidence_register
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.ask.plan import DEFAULT_SEED, Experiment, NamedScenario
from ssa_sim.experiment.run.experiment import run
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.words.numbers import number, numbers

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "scenarios"
DOCUMENT = ROOT / "docs" / "scenarios.md"
PACKAGES = ROOT / "experiments" / "packages.toml"
HISTORY_BEGINS = 84
"""Months of the baseline, with which history begins."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "demand_driven": ("donors.", "host.refusal", "host.liaison_officers"),
    "lead_partner_coordination": ("coordination.",),
    "host_led_coordination": ("coordination.", "host.strategic_framework", "host.liaison_officers"),
    "binding_coordination": ("coordination.", "host.project_cap", "host.liaison_officers", "training.common_doctrine"),
    "stable_personnel": ("personnel.",),
    "equipment_with_training": ("equipment.", "training.on_held_kit", "host.maintenance_budget"),
    "long_courses_recycled": ("training.course_weeks", "training.recycling"),
    "harmonised_contingents": ("training.common_doctrine", "training.contingent_rotation_months"),
    "close_to_the_troops": ("training.mobile_share", "training.forward_presence"),
    "mentoring": ("training.mentoring_share", "training.casualty_cap"),
    "feedback_and_learning": ("training.feedback", "training.mandate_review_months"),
    "credible_conditions": ("conditions.",),
    "institution_building": ("donors.institutional_share",),
    "lower_tempo": ("operations.",),
    "trust_and_rights": ("population.",),
    "accord_carried_out": ("accord.", "population.consultation", "personnel.local_posting"),
    "state_return_sequential": ("population.state_return",),
    "state_return_simultaneous": ("population.state_return",),
}
"""The scenarios that change one family of levers, and the beginnings of the levers that belong to it."""

BUNDLES: dict[str, tuple[str, ...]] = {
    "all_packages": ("demand_driven", "stable_personnel", "equipment_with_training", "binding_coordination"),
    "held_together_and_equipped": ("stable_personnel", "equipment_with_training"),
    "coordination_and_absorption": ("demand_driven", "binding_coordination"),
    "beside_the_army": ("trust_and_rights", "state_return_simultaneous"),
    "reform_compact": ("credible_conditions", "institution_building"),
}
"""The bundles, and the scenarios that each contains whole."""

HISTORY = ("history", "minusma_abrupt", "minusma_agreed_phased")
WITHOUT = ("no_assistance", "no_assistance_no_shield")
TRANSFERS = ("eutm_rca", "eutm_somalia")
_NO_POLICY = {"baseline", *HISTORY, *WITHOUT, *TRANSFERS}
POLICIES = (*FAMILIES, *BUNDLES, *(name for name in library() if name not in {*FAMILIES, *BUNDLES, *_NO_POLICY}))
"""All that a partner or the host may do, one file each; one that is in no table above is as good as the others."""

MEASURED = ("readiness", "ready_soldiers", "deaths", "duplication", "total_spent")
REPLICATIONS = 40
FEWER = 12

_TABLE = re.compile(r"^<!-- measured: (?P<what>[a-z]+) -->\n(?P<text>.*?)^<!-- end -->$", re.MULTILINE | re.DOTALL)
_ASSIGNMENT = re.compile(r'^("[\w.]+"|\w+) = ')
_ID = re.compile(r"\b[FM]\d\d\b")


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.toml"


def text_of(name: str) -> str:
    return path_of(name).read_text(encoding="utf-8")


def table_of(name: str) -> dict[str, Any]:
    return tomllib.loads(text_of(name))


def chain(name: str) -> list[str]:
    """The file and those that it extends, one after the other."""
    found = [name]
    while extended := table_of(found[-1]).get("extends"):
        found.append(Path(extended).stem)
    return found


def levers_changed(name: str) -> set[str]:
    """Levers that differ from the baseline's in some month."""
    ours = load_scenario(path_of(name)).lever_values_by_month()
    theirs = load_scenario(path_of("baseline")).lever_values_by_month()
    return {path for one, other in zip(ours, theirs, strict=True) for path in one if one[path] != other[path]}


def is_sourced(source: str) -> bool:
    """Whether a source says "assumption" or names evidence, and all evidence that it names is in the register."""
    ids = _ID.findall(source)
    return all(each in evidence_register() for each in ids) and (bool(ids) or "assumption" in source)


def unsourced(text: str) -> list[str]:
    """Lines of a scenario file that set a lever, an uncertainty or a size without saying why."""
    section, found = "", []
    for line in text.splitlines():
        if line.startswith("["):
            section = line.split("]")[0].strip("[")
        elif _ASSIGNMENT.match(line) and section in ("levers", "uncertainties", "size", "mechanisms", "structures"):
            _, _, comment = line.partition("#")
            if not is_sourced(comment):
                found.append(line)
    return found


class TestFiles:
    def test_every_file_named_here_is_in_the_library(self) -> None:
        assert sorted({*POLICIES, *_NO_POLICY}) == library()
        assert set(names()) <= set(library())

    @pytest.mark.parametrize("name", library())
    def test_a_file_says_what_it_asks(self, name: str) -> None:
        table = table_of(name)
        assert table["title"]
        assert table["question"].endswith("?")
        assert load_scenario(path_of(name)).question == table["question"]

    @pytest.mark.parametrize("name", library())
    def test_everything_set_has_a_source(self, name: str) -> None:
        assert unsourced(text_of(name)) == []

    @pytest.mark.parametrize("name", library())
    def test_every_event_has_a_reason_and_a_source(self, name: str) -> None:
        for event in table_of(name).get("events", []):
            assert event["why"], event
            assert is_sourced(event["source"]), event

    @pytest.mark.parametrize("name", library())
    def test_all_build_on_the_baseline_but_transfers(self, name: str) -> None:
        if name in TRANSFERS:
            assert chain(name) == [name]
        else:
            assert chain(name)[-1] == "baseline"

    def test_no_two_run_alike(self) -> None:
        identities = {load_scenario(path_of(name)).identity() for name in library()}
        assert len(identities) == len(library())

    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ('"training.course_weeks" = 20', 1),
            ('"training.course_weeks" = 20    # because', 1),
            ('"training.course_weeks" = 20    # F99', 1),
            ('"training.course_weeks" = 20    # M23', 0),
        ],
    )
    def test_a_lever_without_a_source_is_found(self, line: str, found: int) -> None:
        assert len(unsourced(f"[levers]\n{line}\n")) == found


class TestFamilies:
    @pytest.mark.parametrize("name", FAMILIES)
    def test_a_family_changes_its_own_levers_alone(self, name: str) -> None:
        changed = levers_changed(name)
        assert changed
        assert {path for path in changed if not path.startswith(FAMILIES[name])} == set()

    @pytest.mark.parametrize("name", POLICIES)
    def test_a_policy_changes_levers_alone(self, name: str) -> None:
        assert levers_changed(name)
        ours, theirs = load_scenario(path_of(name)), load_scenario(path_of("baseline"))
        assert (ours.uncertainties, ours.mechanisms, ours.structures, ours.size, ours.donors, ours.period) == (
            theirs.uncertainties,
            theirs.mechanisms,
            theirs.structures,
            theirs.size,
            theirs.donors,
            theirs.period,
        )

    @pytest.mark.parametrize("name", BUNDLES)
    def test_a_bundle_holds_all_of_what_it_bundles(self, name: str) -> None:
        held = table_of(name)["levers"]
        for part in BUNDLES[name]:
            missing = {path: value for path, value in table_of(part)["levers"].items() if held.get(path) != value}
            assert missing == {}, part

    def test_the_experiment_has_every_family(self) -> None:
        experiment = load_experiment(PACKAGES)
        assert experiment.scenario_names == ("baseline", *FAMILIES)


class TestHistory:
    def test_it_begins_with_the_baseline(self) -> None:
        """Levers and results of the baseline's months are the baseline's, whatever comes after."""
        history, baseline = (load_scenario(path_of(name)) for name in ("history", "baseline"))
        assert history.lever_values_by_month()[:HISTORY_BEGINS] == baseline.lever_values_by_month()
        (longer,) = simulate_replicate([history], seed=DEFAULT_SEED, replicate=0)
        (shorter,) = simulate_replicate([baseline], seed=DEFAULT_SEED, replicate=0)
        assert len(shorter) == HISTORY_BEGINS
        assert longer[:HISTORY_BEGINS].tobytes() == shorter.tobytes()

    def test_the_coups_and_the_departure_are_on_their_dates(self) -> None:
        history = load_scenario(path_of("history"))
        values = dict(zip(history.month_starts(), history.lever_values_by_month(), strict=True))
        assert [day for day, levers in values.items() if levers["circumstances.coup"]] == [
            date(2020, 8, 1),
            date(2021, 5, 1),
        ]
        soldiers = [values[day]["foreign.un_soldiers"] for day in (date(2023, 6, 1), date(2023, 7, 1))]
        assert soldiers == [14000, 0]
        (run_of_it,) = simulate_replicate([history], seed=DEFAULT_SEED, replicate=0)
        assert np.diff(run_of_it["coups"])[history.month_starts().index(date(2020, 8, 1)) - 1] >= 1
        last = history.month_starts().index(date(2024, 1, 1))
        assert run_of_it["foreign_soldiers"][last] == run_of_it["contractors"][last] == 1000

    def test_the_two_withdrawals_begin_together_and_differ_in_manner(self) -> None:
        abrupt, phased = (
            load_scenario(path_of(name)).lever_values_by_month() for name in ("minusma_abrupt", "minusma_agreed_phased")
        )
        different = [month for month, (one, other) in enumerate(zip(abrupt, phased, strict=True)) if one != other]
        start = load_scenario(path_of("minusma_abrupt")).month_starts().index(date(2023, 7, 1))
        assert different == list(range(start, len(abrupt)))
        assert {path for path in abrupt[start] if abrupt[start][path] != phased[start][path]} == {
            "foreign.departure_months",
            "foreign.departure",
        }

    def test_nobody_is_expelled_before_the_withdrawals_that_are_compared(self) -> None:
        """Else there would be nothing left to withdraw, as in most runs of history; after it an expulsion may follow."""
        both = [load_scenario(path_of(name)) for name in ("minusma_abrupt", "minusma_agreed_phased")]
        before = both[0].month_starts().index(date(2023, 6, 1))
        expelled = []
        for replicate in range(24):
            for run_of_it in simulate_replicate(both, seed=DEFAULT_SEED, replicate=replicate):
                assert run_of_it["expulsions"][before] == 0.0
                assert run_of_it["foreign_soldiers"][before] - run_of_it["contractors"][before] == 14000.0
                expelled.append(run_of_it["expulsions"][-1])
        assert 0.0 < np.mean(expelled) < 1.0


def test_conditional_aid_is_reviewed_a_year_after_it_began() -> None:
    """F16: in force from February 2018, reviewed early in 2019."""
    baseline = load_scenario(path_of("baseline"))
    (history,) = simulate_replicate([baseline], seed=DEFAULT_SEED, replicate=0)
    reviewed = np.flatnonzero(np.diff(history["conditions_paid"] + history["conditions_withheld"]) > 0.0) + 1
    assert [baseline.month_starts()[month] for month in reviewed] == [date(2019, 1, 1), date(2020, 1, 1)]


def test_without_assistance_nobody_spends_or_trains() -> None:
    scenarios = [load_scenario(path_of(name)) for name in WITHOUT]
    shielded, alone = simulate_replicate(scenarios, seed=DEFAULT_SEED, replicate=0)
    for history in (shielded, alone):
        spent = (history["aid_spent"][-1], history["completions"][-1], history["partners_ever"][-1])
        assert spent == (0.0, 0.0, 0.0)
    assert alone["foreign_soldiers"].max() == 0.0 < shielded["foreign_soldiers"].min()


@pytest.mark.parametrize("name", TRANSFERS)
def test_a_transfer_case_is_smaller_and_taught_by_no_more_than_its_trainers_can(name: str) -> None:
    """F22: places and trainers are Mali's by the mission's staff (F01), and the budget is the one it gives."""
    transfer, baseline = load_scenario(path_of(name)), load_scenario(path_of("baseline"))
    places = transfer.levers.training.camp_places
    share = {"eutm_rca": 181, "eutm_somalia": 200}[name] / 500
    budget = {"eutm_rca": 13e6, "eutm_somalia": 11e6}[name]
    assert places == pytest.approx(share * baseline.levers.training.camp_places, abs=3)
    training = transfer.levers.training
    assert training.trainers == pytest.approx(share * 500 / 3, abs=0.5)
    assert places < training.trainers * transfer.uncertainties.training.trainees_a_trainer
    assert training.budget == budget
    assert sum(donor.partners for donor in transfer.donors) < sum(donor.partners for donor in baseline.donors)


# What the document says in words, as signs to be found again: 0 is a difference below 2% of the baseline's mean.
CLAIMS = (
    ("demand_driven", "readiness", 1),
    ("demand_driven", "absorption_load", -1),
    ("institution_building", "readiness", -1),
    ("institution_building", "absorption_load", 1),
    ("institution_building", "institution", -1),
    ("reform_compact", "readiness", -1),
    ("credible_conditions", "reform_files", 1),
    ("credible_conditions", "reforms_adopted", 1),
    ("credible_conditions", "readiness", 0),
    ("harmonised_contingents", "readiness", 0),
    ("harmonised_contingents", "doctrine_consistency", 1),
    ("long_courses_recycled", "completions", -1),
    ("long_courses_recycled", "readiness", 1),
    ("long_courses_recycled", "deaths", 0),
    ("feedback_and_learning", "completions", -1),
    ("feedback_and_learning", "readiness", 1),
    ("lower_tempo", "readiness", 1),
    ("lower_tempo", "deaths", 1),
    ("mentoring", "readiness", 1),
    ("mentoring", "mentor_casualties", 1),
    ("mentoring", "deaths", -1),
    ("coordination_and_absorption", "readiness", 1),
    ("trust_and_rights", "deaths", -1),
    ("trust_and_rights", "readiness", -1),
    ("beside_the_army", "deaths", -1),
    ("beside_the_army", "readiness", -1),
    ("accord_carried_out", "deaths", -1),
    ("accord_carried_out", "ready_soldiers", 1),
    ("internal_security_first", "deaths", -1),
    ("internal_security_first", "readiness", -1),
    ("contractors_replace", "readiness", 1),
    ("contractors_replace", "deaths", 1),
    ("contractors_replace", "civilian_harm", 1),
    ("contractors_replace", "host_spent", 1),
    ("more_money", "readiness", 1),
    ("no_assistance", "readiness", -1),
    ("no_assistance", "ownership", 1),
    ("no_assistance", "deaths", 1),
    ("no_assistance_no_shield", "deaths", 1),
)


@pytest.mark.parametrize(("name", "outcome", "sign"), CLAIMS)
def test_what_the_document_claims_is_what_happens(name: str, outcome: str, sign: int) -> None:
    row = claims_compared().row(name, outcome)
    if sign == 0:
        assert abs(row["difference"]) < 0.02 * abs(row["first_mean"])
    else:
        assert min(sign * row["low"], sign * row["high"]) > 0.0


# And against one another: the first has more of the outcome than the second, in the mean.
ORDERS = (
    *(
        ("demand_driven", f"{coordination}_coordination", "readiness")
        for coordination in ("lead_partner", "host_led", "binding")
    ),
    ("binding_coordination", "coordination_and_absorption", "readiness"),
    ("binding_coordination", "lead_partner_coordination", "readiness"),
    ("institution_building", "reform_compact", "absorption_load"),
    ("state_return_sequential", "state_return_simultaneous", "deaths"),
    ("state_return_simultaneous", "state_return_sequential", "deaths_centre"),
    ("state_return_sequential", "state_return_simultaneous", "deaths_north"),
    ("held_together_and_equipped", "equipment_with_training", "readiness"),
    ("all_packages", "held_together_and_equipped", "readiness"),
    ("equipment_with_training", "mentoring", "readiness"),
    *(("mentoring", name, "readiness") for name in FAMILIES if name not in ("mentoring", "equipment_with_training")),
    ("state_return_sequential", "equipment_with_training", "deaths"),
    *(
        (name, "trust_and_rights", "deaths")
        for name in ("equipment_with_training", "mentoring", "all_packages", "accord_carried_out")
    ),
    ("trust_and_rights", "beside_the_army", "deaths"),
)


@pytest.mark.parametrize(("more", "less", "outcome"), ORDERS)
def test_what_the_document_ranks_is_so_ranked(more: str, less: str, outcome: str) -> None:
    comparison = claims_compared()
    assert comparison.row(more, outcome)["mean"] > comparison.row(less, outcome)["mean"]


@pytest.mark.parametrize(
    ("bundle", "sign"), [("held_together_and_equipped", 1), ("all_packages", -1), ("coordination_and_absorption", -1)]
)
def test_whether_a_bundle_exceeds_the_sum_of_its_parts(bundle: str, sign: int) -> None:
    comparison = compared(loaded(["baseline", *BUNDLES[bundle], bundle]), ["readiness"], FEWER)
    apart = sum(comparison.row(part, "readiness")["difference"] for part in BUNDLES[bundle])
    assert sign * (comparison.row(bundle, "readiness")["difference"] - apart) > 0.0


def test_no_reform_is_used_within_the_window_whatever_hangs_on_it() -> None:
    comparison = compared(
        loaded(["baseline", "credible_conditions"]), ["reform_hr", "reform_pay", "reform_logistics"], FEWER
    )
    for outcome in comparison.outcomes:
        assert comparison.row("credible_conditions", outcome.name)["mean"] == 0.0


def test_in_the_accord_s_scenario_it_is_consultation_that_lowers_deaths() -> None:
    baseline = load_scenario(path_of("baseline"))
    levers = table_of("accord_carried_out")["levers"]
    alone = {path: baseline.with_levers({path: value}) for path, value in levers.items()}
    comparison = compared(
        {"baseline": baseline, **alone, "all": with_policy("baseline", "accord_carried_out")}, ["deaths"], FEWER
    )
    averted = {name: -comparison.row(name, "deaths")["difference"] for name in (*alone, "all")}
    assert averted["population.consultation"] > 0.9 * averted["all"]
    assert max(abs(averted[path]) for path in alone if path != "population.consultation") < 0.1 * averted["all"]


def test_needs_alone_gain_about_half_of_demand_driven_aid() -> None:
    baseline = load_scenario(path_of("baseline"))
    weight = table_of("demand_driven")["levers"]["donors.needs_weight"]
    scenarios = {"baseline": baseline, "alone": baseline.with_levers({"donors.needs_weight": weight})}
    comparison = compared({**scenarios, **loaded(["demand_driven"])}, ["readiness"], FEWER)
    share = (
        comparison.row("alone", "readiness")["difference"] / comparison.row("demand_driven", "readiness")["difference"]
    )
    assert 0.35 < share < 0.65


@pytest.mark.parametrize("world", TRANSFERS)
def test_what_the_document_says_of_transfers_is_what_happens(world: str) -> None:
    policies = ("held_together_and_equipped", "coordination_and_absorption", "demand_driven", "binding_coordination")
    there = {world: load_scenario(path_of(world))}
    there.update({policy: with_policy(world, policy) for policy in policies})
    comparison = compared(there, ["readiness"], FEWER)
    rows = {policy: comparison.row(policy, "readiness") for policy in policies}
    assert min(rows[policy]["low"] for policy in policies[:2]) > 0.0
    for policy, more in (
        ("coordination_and_absorption", True),
        ("binding_coordination", True),
        ("demand_driven", False),
    ):
        here = claims_compared().row(policy, "readiness")["difference"]
        assert bool(rows[policy]["difference"] > here) is more


@cache
def claims_compared() -> Comparison:
    mentioned = {name for name, *_ in CLAIMS} | {name for more, less, _ in ORDERS for name in (more, less)}
    outcomes = {outcome for _, outcome, _ in CLAIMS} | {outcome for *_, outcome in ORDERS}
    return compared(loaded(["baseline", *sorted(mentioned)]), sorted(outcomes), FEWER)


def loaded(files: Sequence[str]) -> dict[str, Scenario]:
    return {name: load_scenario(path_of(name)) for name in files}


def compared(scenarios: Mapping[str, Scenario], outcomes: Sequence[str], replications: int) -> Comparison:
    """As `ssa-sim compare` does it: the first scenario against the others."""
    named = tuple(NamedScenario(name, scenario) for name, scenario in scenarios.items())
    experiment = Experiment("Library", named, replications, DEFAULT_SEED, tuple(outcomes), "none")
    return compare(run(experiment, None, RunSettings(workers=1)))


def with_policy(world: str, policy: str) -> Scenario:
    """A scenario's policy in another world."""
    return load_scenario(path_of(world)).with_levers(table_of(policy)["levers"])


def policies_table() -> str:
    others = [*POLICIES, *WITHOUT]
    comparison = compared(loaded(["baseline", *others]), MEASURED, REPLICATIONS)
    return _differences_table(comparison, "Scenario", others)


def transfers_table() -> str:
    policies = ("held_together_and_equipped", "coordination_and_absorption")
    parts = []
    for world in TRANSFERS:
        scenarios = {world: load_scenario(path_of(world))}
        scenarios.update({f"{world}, {policy}": with_policy(world, policy) for policy in policies})
        comparison = compared(scenarios, MEASURED, REPLICATIONS)
        parts.append(_differences_table(comparison, "World, policy", list(scenarios)[1:]))
    head, rule = parts[0].splitlines()[:2]
    return "\n".join([head, rule, *(line for part in parts for line in part.splitlines()[2:])])


def withdrawals_table() -> str:
    comparison = compared(loaded(["minusma_abrupt", "minusma_agreed_phased"]), MEASURED, REPLICATIONS)
    return _differences_table(comparison, "Scenario", ["minusma_agreed_phased"])


def worlds_table() -> str:
    """Levels, not differences: these cover other months or another country."""
    outcomes = ("readiness", "completions", "deaths", "expulsions", "relations", "cost_per_completion")
    lines = [f"| World | Months | {' | '.join(outcomes)} |", f"|{' --- |' * (len(outcomes) + 2)}"]
    for name, scenario in loaded(["baseline", *HISTORY, *TRANSFERS]).items():
        experiment = Experiment(name, (NamedScenario(name, scenario),), REPLICATIONS, DEFAULT_SEED, outcomes, "none")
        results = run(experiment, None, RunSettings(workers=1))
        means = [number(float(np.mean(results.values(name, outcome)))) for outcome in outcomes]
        lines.append(f"| `{name}` | {scenario.months} | {' | '.join(means)} |")
    return "\n".join(lines)


def _differences_table(comparison: Comparison, heading: str, rows: Sequence[str]) -> str:
    outcomes = [outcome.name for outcome in comparison.outcomes]
    lines = [f"| {heading} | {' | '.join(outcomes)} |", f"|{' --- |' * (len(outcomes) + 1)}"]
    for name in rows:
        cells = []
        for outcome in outcomes:
            row = comparison.row(name, outcome)
            mean, low, high = numbers([row["difference"], row["low"], row["high"]], signed=True)
            cells.append("–" if np.isnan(row["difference"]) else f"{mean} ({low} to {high})")
        label = ", ".join(f"`{part}`" for part in name.split(", "))
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


TABLES = {
    "policies": policies_table,
    "withdrawals": withdrawals_table,
    "worlds": worlds_table,
    "transfers": transfers_table,
}


def with_fresh_tables(text: str) -> str:
    """The document with every measured table as the model gives it now."""
    return _TABLE.sub(
        lambda match: f"<!-- measured: {match['what']} -->\n{TABLES[match['what']]()}\n<!-- end -->", text
    )


class TestDocument:
    TEXT = DOCUMENT.read_text(encoding="utf-8")

    def test_it_lists_every_file_with_its_levers(self) -> None:
        assert documents.with_fresh_library(self.TEXT) == self.TEXT, "`python tests/documents.py` brings it up to date"
        rows = re.findall(r"^\| `(\w+)\.toml` \| [^|]+ \| ([^|]+) \|$", self.TEXT, re.MULTILINE)
        assert sorted(name for name, _ in rows) == library()
        for name, levers in rows:
            if name in FAMILIES:
                assert set(re.findall(r"`([\w.]+)`", levers)) == levers_changed(name), name

    def test_every_table_is_in_it_once(self) -> None:
        assert sorted(match["what"] for match in _TABLE.finditer(self.TEXT)) == sorted(TABLES)

    @pytest.mark.long
    def test_its_tables_are_todays(self) -> None:
        assert with_fresh_tables(self.TEXT) == self.TEXT, (
            "`PYTHONPATH=tests python tests/frozen/test_library.py` brings them up to date"
        )


if __name__ == "__main__":
    DOCUMENT.write_text(with_fresh_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
