"""Whatever reaches compiled code has been checked on the way in: one gate, which every entrance passes."""

import copy
import pickle
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ssa_sim
from ssa_sim.catalogue.donors import DEFAULT_PROFILES, DonorProfile
from ssa_sim.catalogue.entries import lever_catalogue, structure_catalogue, trait_catalogue, uncertainty_catalogue
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.model import start
from ssa_sim.model.noise import draw_noise
from ssa_sim.model.parameters import parameter_records
from ssa_sim.model.simulate import simulate_replicate
from ssa_sim.model.start import new_world, noise_for
from ssa_sim.model.state import KIT_TYPES, LINEAGES
from ssa_sim.model.variants import simulate_variant
from ssa_sim.scenario import gate
from ssa_sim.scenario.events import Event
from ssa_sim.scenario.gate import checked_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import RENAMED

SMALL = Scenario(title="small").with_period(end=date(2013, 5, 1)).with_size(units=2).with_donors(DEFAULT_PROFILES[:2])
SHARES = {"forces.french_north": 0.8, "forces.french_centre": 0.4}
EXCESS = (
    "forces.french_north = 0.8 and forces.french_centre = 0.4 are shares of one whole, and sum to 1.2. "
    "Allowed: shares that sum to at most 1."
)


def copied(scenario: Scenario, **changes: Any) -> Scenario:
    """What pydantic's own copy makes: nothing is checked. A dotted name leads into the parts."""
    for path, value in changes.items():
        first, _, rest = path.partition("__")
        part = copied(getattr(scenario, first), **{rest: value}) if rest else value
        scenario = scenario.model_copy(update={first: part})
    return scenario


def partners(**changes: Any) -> tuple[DonorProfile, ...]:
    first, second = SMALL.donors
    return first, second.model_copy(update=changes)


def event(*pairs: Any) -> Event:
    return Event(date=date(2013, 4, 1), set={"training.course_weeks": 3}).model_copy(update={"set": pairs})


KIT_5 = '"donors.engaged_state.kit_type" is 5, which is too high. Allowed: a whole number from 0 to 4 (type).'
WRONG: Mapping[str, tuple[Callable[[], object], str]] = {
    "a type of equipment beyond the arrays": (lambda: copied(SMALL, donors=partners(kit_type=5)), KIT_5),
    "one that would end the process": (
        lambda: copied(SMALL, donors=partners(kit_type=100_000_000)),
        KIT_5.replace(" 5,", " 100000000,"),
    ),
    "a lineage": (
        lambda: copied(SMALL, donors=partners(lineage=-1)),
        '"donors.engaged_state.lineage" is -1, which is too low. Allowed: a whole number from 1 to 5 (lineage).',
    ),
    "units": (
        lambda: copied(SMALL, size__units=-3),
        '"size.units" is -3, which is too low. Allowed: a whole number from 1 to 5000 (companies).',
    ),
    "a lever that is no number": (
        lambda: copied(SMALL, levers__training__course_weeks=float("nan")),
        '"training.course_weeks" is nan; a finite number is needed. Allowed: a number from 2 to 52 (weeks).',
    ),
    "a choice": (
        lambda: copied(SMALL, levers__coordination__regime="bindin"),
        '"coordination.regime" is the text "bindin", not one of the choices. Did you mean "binding"? '
        'Allowed: "none", "information", "lead_partner", "host_led", "binding".',
    ),
    "an event": (
        lambda: copied(SMALL, events=(event(("training.course_weeks", 99.0)),)),
        '"events.2013-04-01.set": "training.course_weeks" is 99.0, which is too high. Allowed: a number from 2 to 52 (weeks).',
    ),
    "an event that sets no lever": (
        lambda: copied(SMALL, events=(event(1, 2),)),
        '"events.2013-04-01.set": it should be a table of levers, such as { "training.course_weeks" = 24 }.',
    ),
    "shares of one whole": (
        lambda: copied(SMALL, uncertainties__forces__french_north=0.8, uncertainties__forces__french_centre=0.4),
        EXCESS,
    ),
    "two partners of one name": (
        lambda: copied(SMALL, donors=(SMALL.donors[0], SMALL.donors[0])),
        'There are two donors called "eu_programmes".',
    ),
    "the path of a file": (
        lambda: "scenarios/baseline.toml",
        "A scenario is needed, and this is the text \"scenarios/baseline.toml\"; load_scenario('scenarios/baseline.toml') makes "
        "one of a file. Allowed: what load_scenario, or a scenario's own with_levers and the like, return.",
    ),
    "nothing": (
        lambda: None,
        "A scenario is needed, and this is None. Allowed: what load_scenario, or a scenario's own with_levers and the like, "
        "return.",
    ),
}

ENTRANCES: Mapping[str, Callable[..., object]] = {
    "simulate": ssa_sim.simulate,
    "simulate with Mesa": lambda scenario, **numbers: ssa_sim.simulate(scenario, engine="mesa", **numbers),
    "SsaModel": ssa_sim.SsaModel,
    "observe": ssa_sim.observe,
    "explain": lambda scenario, **numbers: ssa_sim.explain(scenario, unit=0, **numbers),
    "ModelFunction": lambda scenario, seed=1, replicate=0: ssa_sim.ModelFunction(
        scenario, ["training.course_weeks"], seed=seed, first_replicate=replicate
    ),
    "an experiment": lambda scenario, seed=1, replicate=0: Experiment(
        "x", (NamedScenario("x", scenario),), 1, seed, first_replicate=replicate
    ),
    "a world": lambda scenario, seed=1, replicate=0: new_world(
        scenario, draw_noise(seed, replicate, units=2, donors=12, months=3)
    ),
    "draws": lambda scenario, seed=1, replicate=0: noise_for(scenario, seed=seed, replicate=replicate),
    "a replicate": lambda scenario, seed=1, replicate=0: simulate_replicate([scenario], seed=seed, replicate=replicate),
    "a point of a sweep": lambda scenario, seed=1, replicate=0: simulate_variant(
        scenario, {}, seed=seed, replicate=replicate
    ),
}


@pytest.mark.parametrize(("made", "message"), WRONG.values(), ids=WRONG)
def test_every_entrance_refuses_it_in_one_message(made: Callable[[], object], message: str) -> None:
    assert {name: refusal(entrance, made()) for name, entrance in ENTRANCES.items()} == dict.fromkeys(
        ENTRANCES, message
    )


@pytest.mark.parametrize("entrance", ENTRANCES.values(), ids=ENTRANCES)
@pytest.mark.parametrize("name", ["seed", "replicate"])
def test_seeds_and_replicates_are_whole_numbers_from_0(entrance: Callable[..., object], name: str) -> None:
    for value in (-1, "5", 1.5, 1.0, True, np.float64(1.0), np.bool_(True), np.int64(-1)):
        said = refusal(entrance, SMALL, **{name: value})
        assert re.match(rf"{name} = .* cannot be used\. Allowed: a whole number from 0", said), repr(value)


def refusal(entrance: Callable[..., object], scenario: object, **numbers: object) -> str:
    """What an entrance says when it refuses."""
    with pytest.raises(InputError) as caught:
        entrance(scenario, **numbers)
    return str(caught.value)


def test_numpys_numbers_are_numbers() -> None:
    scenario = SMALL.with_levers({"training.camp_places": np.int64(300), "training.course_weeks": np.float32(6.5)})
    scenario = scenario.with_uncertainties({"turnover": {"reassignment_rate": np.float64(0.02)}})
    scenario = scenario.with_mechanisms({"skill_decay": np.bool_(False)}).with_size(units=np.int16(3))
    plain = SMALL.with_levers({"training.camp_places": 300, "training.course_weeks": 6.5})
    plain = plain.with_uncertainties({"turnover.reassignment_rate": 0.02}).with_mechanisms({"skill_decay": False})
    assert scenario == plain.with_size(units=3)
    assert scenario.identity() == plain.with_size(units=3).identity()
    assert type(scenario.levers.training.camp_places) is int
    assert type(scenario.uncertainties.turnover.reassignment_rate) is float
    run = ssa_sim.simulate(scenario, seed=np.uint8(7), replicate=np.int64(1))
    assert repr(run.outcomes) == repr(ssa_sim.simulate(scenario, seed=7, replicate=1).outcomes)
    assert type(run.seed) is int
    experiment = Experiment("x", (NamedScenario("x", SMALL),), np.int64(2), np.int64(3))
    assert experiment.identity() == Experiment("x", (NamedScenario("x", SMALL),), 2, 3).identity()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.float32(0.5), "is 0.5, which is too low"),
        (np.int8(53), "is 53, which is too high"),
        (np.str_("6"), "without quotes: 6"),
    ],
)
def test_a_refused_number_of_numpy_is_shown_as_a_number(value: object, message: str) -> None:
    with pytest.raises(InputError, match=f"{message}. Allowed: a number from 2 to 52"):
        SMALL.with_levers({"training.course_weeks": value})


def test_every_number_of_the_catalogues_may_be_numpys() -> None:
    kinds = {"int": np.int64, "float": np.float64, "bool": np.bool_, "choice": np.str_}
    for entries, change in (
        (lever_catalogue(), SMALL.with_levers),
        (uncertainty_catalogue(), SMALL.with_uncertainties),
        (structure_catalogue(), SMALL.with_structures),
    ):
        assert change({entry.path: kinds[entry.kind](entry.baseline) for entry in entries}) == SMALL


class TestWhereItIsGiven:
    """A method of a scenario tells at once, not only the run."""

    def test_partners(self) -> None:
        with pytest.raises(InputError) as caught:
            SMALL.with_donors(partners(kit_type=5))
        assert str(caught.value) == KIT_5
        with pytest.raises(InputError, match='two donors called "eu_programmes"'):
            SMALL.with_donors((SMALL.donors[0], SMALL.donors[0]))
        assert SMALL.with_donors(list(SMALL.donors)) == SMALL

    def test_events(self) -> None:
        with pytest.raises(InputError, match=r'"events\.2013-04-01\.set": "training\.course_weeks" is 1'):
            SMALL.with_events((event(("training.course_weeks", 1.0)),))

    def test_shares_of_one_whole(self, tmp_path: Path) -> None:
        with pytest.raises(InputError) as caught:
            SMALL.with_uncertainties(SHARES)
        assert str(caught.value) == EXCESS
        with pytest.raises(InputError, match=r"north = 0.85 and .*centre = 0.2 .* sum to 1.05"):
            SMALL.with_uncertainties({"forces.french_north": 0.85})
        assert SMALL.with_uncertainties({"forces.french_north": 0.75}).uncertainties.forces.french_north == 0.75
        file = tmp_path / "shares.toml"
        file.write_text(
            'title = "x"\n[uncertainties.forces]\nfrench_north = 0.8\nfrench_centre = 0.4\nfrench_harm = 0.1\n'
        )
        with pytest.raises(InputError) as caught:
            ssa_sim.load_scenario(file)
        assert str(caught.value) == f"{file}, line 4: {EXCESS}"

    def test_a_file_may_change_both_shares_one_after_the_other(self, tmp_path: Path) -> None:
        (tmp_path / "parent.toml").write_text(
            'title = "p"\n[uncertainties.forces]\nfrench_centre = 0.4\nfrench_north = 0.5\n'
        )
        (tmp_path / "child.toml").write_text(
            'title = "c"\nextends = "parent.toml"\n[uncertainties.forces]\nfrench_north = 0.8\nfrench_centre = 0.2\n'
        )
        forces = ssa_sim.load_scenario(tmp_path / "child.toml").uncertainties.forces
        assert (forces.french_north, forces.french_centre) == (0.8, 0.2)


class TestOldNames:
    """Who has a file of an earlier release is told what a name has become, wherever it is given."""

    @pytest.mark.parametrize("old", RENAMED)
    def test_they_are_refused_with_the_new_one(self, old: str, tmp_path: Path) -> None:
        kind = "levers" if old.startswith("foreign.") else "uncertainties"
        file = tmp_path / "old.toml"
        file.write_text(f'title = "x"\n[{kind}]\n"{old}" = 1\n')
        told = f'There is no .*"{old}"\\. It is called "{RENAMED[old]}" now'
        with pytest.raises(InputError, match=told):
            ssa_sim.load_scenario(file)
        with pytest.raises(InputError, match=told):
            SMALL.with_levers({old: 1}) if kind == "levers" else SMALL.with_uncertainties({old: 1.0})
        with pytest.raises(InputError, match=told):
            ssa_sim.ModelFunction(SMALL, (old,), outcomes=["deaths"])


class TestModelFunction:
    PATHS = ("training.course_weeks", "training.camp_places", "turnover.reassignment_rate")

    def test_shares_of_one_whole(self) -> None:
        function = ssa_sim.ModelFunction(SMALL, tuple(SHARES), outcomes=["deaths"])
        with pytest.raises(InputError) as caught:
            function(list(SHARES.values()))
        assert str(caught.value) == EXCESS
        with pytest.raises(InputError, match=r"sum to 1\.05"):
            function(**{"forces.french_north": 0.85})
        assert function([0.6, 0.4])["deaths"] >= 0.0

    def test_numpys_numbers(self) -> None:
        function = ssa_sim.ModelFunction(
            SMALL,
            self.PATHS,
            outcomes=["deaths"],
            replications=np.int8(2),
            seed=np.int64(5),
            first_replicate=np.uint8(1),
        )
        expected = function([24.0, 300, 0.03])
        assert function(np.array([24.0, 300.4, 0.03])) == expected
        assert function(
            **{self.PATHS[0]: np.int64(24), self.PATHS[1]: np.float32(300.4), self.PATHS[2]: np.float64(0.03)}
        ) == (expected)


class TestCheckedOnce:
    @pytest.fixture
    def checks(self, monkeypatch: pytest.MonkeyPatch) -> list[object]:
        """What has been validated as a whole since."""
        seen: list[object] = []
        validated = gate.validated

        def noting(fields: Mapping[str, Any]) -> Scenario:
            seen.append(fields)
            return validated(fields)

        monkeypatch.setattr(gate, "validated", noting)
        return seen

    def test_a_sweep_does_not_pay_for_it(self, checks: list[object]) -> None:
        scenario = pickle.loads(pickle.dumps(SMALL))
        for replicate in range(3):
            simulate_variant(scenario, {"turnover.reassignment_rate": 0.02}, seed=1, replicate=replicate)
        assert len(checks) == 1

    def test_what_is_made_of_a_checked_one_is_checked(self, checks: list[object]) -> None:
        made = checked_scenario(SMALL.with_words(title="first")).with_levers({"training.course_weeks": 7})
        checks.clear()
        ssa_sim.simulate(made)
        assert checks == []

    @pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda scenario: pickle.loads(pickle.dumps(scenario))])
    def test_a_copy_of_a_checked_one_is_another(
        self, again: Callable[[Scenario], Scenario], checks: list[object]
    ) -> None:
        made = again(checked_scenario(SMALL))
        made.__dict__["donors"] = partners(kit_type=5)
        with pytest.raises(InputError, match="kit_type"):
            checked_scenario(made)
        assert checked_scenario(SMALL) is SMALL

    def test_what_is_made_of_an_unchecked_one_is_not_taken_for_checked(self) -> None:
        made = copied(SMALL, donors=partners(kit_type=5)).with_levers({"training.course_weeks": 7})
        with pytest.raises(InputError) as caught:
            ssa_sim.simulate(made)
        assert str(caught.value) == KIT_5


class TestWhereTheWorldIsBuilt:
    """The last look, whatever the scenario says: indices, parameters, and the draws' size."""

    @pytest.mark.parametrize(("name", "trait"), [("KIT_TYPES", "kit_type"), ("LINEAGES", "lineage")])
    def test_an_index_beyond_the_arrays(self, monkeypatch: pytest.MonkeyPatch, name: str, trait: str) -> None:
        monkeypatch.setattr(start, name, 1)
        with pytest.raises(InputError) as caught:
            new_world(SMALL, noise_for(SMALL, seed=1, replicate=0))
        value = getattr(SMALL.donors[0], trait)
        assert str(caught.value) == (
            f'"donors.eu_programmes.{trait}" is {value}; the model knows 1 of them. Allowed: a whole number from 0 to 0.'
        )

    def test_the_arrays_hold_all_that_the_catalogue_allows(self) -> None:
        highest = {entry.path: entry.allowed_high for entry in trait_catalogue()}
        assert (highest["kit_type"], highest["lineage"]) == (KIT_TYPES - 1, LINEAGES - 1)

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("turnover_reassignment_rate", np.nan, '"turnover.reassignment_rate" is nan.*0.005 to 0.06'),
            ("turnover_reassignment_rate", 0.5, '"turnover.reassignment_rate" is 0.5.*0.005 to 0.06'),
            ("mechanisms_skill_decay", 2.0, '"skill_decay" is 2'),
            ("structures_decay", 3.0, '"decay" is 3.* 0 for "disuse", 1 for "always", 2 for "drift"'),
            ("structures_decay", 0.5, '"decay" is 0.5'),
            ("forces_french_north", 0.85, "sum to 1.05"),
        ],
    )
    def test_parameters(self, field: str, value: float, message: str) -> None:
        parameters = parameter_records(SMALL).copy()
        parameters[field] = value
        with pytest.raises(InputError, match=message):
            new_world(SMALL, noise_for(SMALL, seed=1, replicate=0), parameters)

    @pytest.mark.parametrize("other", [{"units": 3}, {"donors": 11}, {"months": 2}, {"months": 4}])
    def test_draws_of_another_size(self, other: dict[str, int]) -> None:
        noise = draw_noise(1, 0, **{"units": 2, "donors": 12, "months": 3, **other})
        with pytest.raises(InputError, match=r"The draws were made for .* for 2 units, 12 partners and 3 months"):
            new_world(SMALL, noise)
