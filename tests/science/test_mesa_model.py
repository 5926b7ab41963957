"""The Mesa model in the hands of those who know Mesa: branches, collectors, batches, seeds, classes of their own."""

import copy
import inspect
import pickle
import warnings
from collections.abc import Callable
from datetime import date
from typing import Any

import mesa
import numpy as np
import pytest

from ssa_sim.catalogue.donors import DEFAULT_PROFILES
from ssa_sim.errors import InputError
from ssa_sim.model.mesa_model import AGENTS, Battalion, Donor, SsaModel, Unit
from ssa_sim.model.month import STEPS, ActorKind
from ssa_sim.model.simulate import simulate
from ssa_sim.model.state import World
from ssa_sim.scenario.schema import Scenario

SMALL = Scenario(title="small").with_period(end=date(2013, 8, 1)).with_size(units=3).with_donors(DEFAULT_PROFILES[:2])


class Steady(Unit):
    """Nobody leaves this unit for another."""

    def move_away(self) -> None:
        pass


class Uncalled(Battalion):
    """Nobody calls this battalion to a course."""

    def call_battalion(self) -> None:
        pass


class Watched(SsaModel):
    """The usual pattern of Mesa: a collector that collects at the start and after every step."""

    def __init__(self, scenario: Scenario = SMALL, seed: int | None = None, **more: Any) -> None:
        super().__init__(scenario, seed=seed, **more)
        self.datacollector = mesa.DataCollector(
            model_reporters={"readiness": last_readiness}, agenttype_reporters={Unit: {"skill": skill}}
        )
        self.datacollector.collect(self)

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def last_readiness(model: SsaModel) -> float:
    return float(model.monthly["readiness"].iloc[-1])


def skill(unit: Unit) -> float:
    return float(unit.record.skill)


def bits(world: World) -> list[bytes]:
    return [part.tobytes() for part in world]


def pickled(model: SsaModel) -> SsaModel:
    return pickle.loads(pickle.dumps(model))


def advanced(model: SsaModel, months: int) -> SsaModel:
    for _ in range(months):
        model.step()
    return model


again = pytest.mark.parametrize(
    "again", [copy.deepcopy, copy.copy, pickled, lambda model: copy.deepcopy(pickled(model))]
)


class TestCopies:
    @again
    @pytest.mark.parametrize("months", [0, 2, 6])
    def test_a_copy_goes_on_as_the_original_would(self, again: Callable[[SsaModel], SsaModel], months: int) -> None:
        expected = simulate(SMALL, seed=4)
        model = advanced(Watched(seed=4, agents={"host": AGENTS["host"]}), months)
        before = bits(model.world)
        twin = again(model)
        twin.run_to_end()
        assert bits(model.world) == before
        model.run_to_end()
        assert bits(twin.world) == bits(model.world)
        assert twin.monthly.equals(expected.monthly)
        assert twin.random.random() == model.random.random()
        assert twin.rng.random() == model.rng.random()
        assert (twin.steps, twin.month, twin.running) == (model.steps, model.month, model.running)
        ours, theirs = (one.datacollector.get_model_vars_dataframe() for one in (model, twin))
        assert ours.equals(theirs)
        ours, theirs = (one.datacollector.get_agenttype_vars_dataframe(Unit) for one in (model, twin))
        assert ours.equals(theirs)

    @again
    def test_its_agents_are_its_own(self, again: Callable[[SsaModel], SsaModel]) -> None:
        model = advanced(SsaModel(SMALL, seed=4, agents={"unit": Steady}), 2)
        twin = again(model)
        assert [type(agent) for agent in twin.agents] == [type(agent) for agent in model.agents]
        assert all(agent.model is twin for agent in twin.agents)
        unit = list(twin.agents_by_type[Steady])[1]
        unit.record.morale = 0.125
        assert twin.world.units[1].morale == 0.125 != model.world.units[1].morale
        assert (unit.draws == list(model.agents_by_type[Steady])[1].draws).all()

    @again
    def test_the_two_branches_part(self, again: Callable[[SsaModel], SsaModel]) -> None:
        model = advanced(SsaModel(SMALL, seed=4), 2)
        twin = again(model)
        twin.set_lever("operations.tempo", 0.0)
        twin.run_to_end()
        model.run_to_end()
        assert model.monthly.equals(simulate(SMALL, seed=4).monthly)
        assert twin.monthly.iloc[:2].equals(model.monthly.iloc[:2])
        assert twin.monthly.on_operations.iloc[-1] < model.monthly.on_operations.iloc[-1]


class TestBeforeTheFirstStep:
    def test_levers_are_those_of_the_first_month(self) -> None:
        scenario = SMALL.with_levers({"training.course_weeks": 12.0})
        changed = {"date": date(2013, 7, 1), "set": {"training.course_weeks": 6.0}}
        model = SsaModel(Scenario.model_validate({**dict(scenario.__dict__), "events": (changed,)}), seed=1)
        assert model.levers.training_course_weeks == 12.0
        model.step()
        assert model.levers.training_course_weeks == 12.0
        model.run_to_end()
        assert model.levers.training_course_weeks == 6.0

    def test_a_lever_set_then_is_seen(self) -> None:
        model = SsaModel(SMALL, seed=1)
        model.set_lever("training.course_weeks", np.int64(9))
        assert model.levers.training_course_weeks == 9.0
        model.set_lever("training", {"course_weeks": 10, "camp_places": 50})
        assert (model.levers.training_course_weeks, model.levers.training_camp_places) == (10.0, 50)

    def test_nothing_is_measured_yet(self) -> None:
        model = SsaModel(SMALL, seed=1)
        assert len(model.monthly) == 1
        assert model.monthly.drop(columns="month").isna().all(axis=None)
        model.step()
        assert len(model.monthly) == 1
        assert model.monthly["readiness"].notna().all()

    def test_a_collector_may_collect(self) -> None:
        model = advanced(Watched(seed=1), 2)
        readiness = model.datacollector.get_model_vars_dataframe()["readiness"]
        assert np.isnan(readiness.iloc[0])
        assert readiness.iloc[1:].tolist() == simulate(SMALL, seed=1).monthly["readiness"].iloc[:2].tolist()
        skills = model.datacollector.get_agenttype_vars_dataframe(Unit)["skill"]
        assert skills.groupby("Step").count().tolist() == [3, 3, 3]

    def test_draws_are_those_of_the_first_month(self) -> None:
        model = SsaModel(SMALL, seed=1)
        before = model.agents_by_type[Unit].get("draws")
        model.step()
        assert all(map(np.array_equal, before, model.agents_by_type[Unit].get("draws")))


class TestSeeds:
    def test_without_one_each_is_another_run_that_can_be_made_again(self) -> None:
        models = [SsaModel(SMALL) for _ in range(3)]
        assert len({model.root_seed for model in models}) == 3
        model = models[0]
        model.run_to_end()
        assert model.monthly.equals(simulate(SMALL, seed=model.root_seed).monthly)

    @pytest.mark.parametrize("number", [5, np.int64(5)])
    def test_rng_is_another_name(self, number: Any) -> None:
        assert SsaModel(SMALL, rng=number).root_seed == SsaModel(SMALL, seed=number).root_seed == 5

    @pytest.mark.parametrize(
        "made", [lambda: [1, 2], lambda: np.random.SeedSequence(3), lambda: np.random.default_rng(3)]
    )
    def test_other_sources_give_a_seed(self, made: Callable[[], Any]) -> None:
        assert SsaModel(SMALL, rng=made()).root_seed == SsaModel(SMALL, rng=made()).root_seed

    def test_both_are_refused(self) -> None:
        with pytest.raises(InputError, match="Both seed and rng are given"):
            SsaModel(SMALL, seed=1, rng=1)

    @pytest.mark.parametrize("value", [-1, True, 1.5, "5"])
    def test_what_is_no_seed(self, value: Any) -> None:
        for name in ("seed", "rng"):
            with pytest.raises(InputError, match=r"seed = .* cannot be used\. Allowed: a whole number from 0"):
                SsaModel(SMALL, **{name: value})


class TestBatchRun:
    TAKES_RNG = "rng" in inspect.signature(mesa.batch_run).parameters

    @staticmethod
    def last(parameters: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        """The last row of each run, one an iteration and value."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of `iterations`, from Mesa 3.5 on
            rows = mesa.batch_run(Watched, parameters, display_progress=False, **more)
        return list({row["RunId"]: row for row in rows}.values())

    @pytest.mark.parametrize("parameters", [{}, {"scenario": SMALL}, {"scenario": [SMALL]}])
    def test_without_a_seed_iterations_differ(self, parameters: dict[str, Any]) -> None:
        assert len({row["readiness"] for row in self.last(parameters, iterations=3)}) == 3

    def test_seeds_are_followed(self) -> None:
        seeds = {"rng": [4, 5, 4]} if self.TAKES_RNG else {"parameters": {"seed": [4, 5, 4]}}
        rows = self.last(**{"parameters": {}, **seeds})
        assert [row["seed"] for row in rows] == [4, 5, 4]
        for row in rows:  # before 3.5, Mesa gives the row before the last where there is one of the start
            months = simulate(SMALL, seed=row["seed"]).monthly["readiness"]
            assert row["readiness"] == months.iloc[int(row["Step"]) - 1]

    def test_several_scenarios(self) -> None:
        other = SMALL.with_levers({"operations.tempo": 0.1})
        rows = self.last({"scenario": [SMALL, other]})
        assert [row["scenario"] for row in rows] == [SMALL, other]

    def test_a_scenario_is_one_value(self) -> None:
        with pytest.raises(TypeError, match="not iterable"):
            iter(SMALL)


class TestAgents:
    def test_a_kind_that_there_is_not(self) -> None:
        with pytest.raises(InputError) as caught:
            SsaModel(SMALL, agents={"units": Steady})  # type: ignore[dict-item]
        assert str(caught.value) == (
            "There is no kind of agent 'units'. Did you mean \"unit\"? Allowed: zone, host, mission, donor, battalion, unit."
        )

    @pytest.mark.parametrize("agent", [Donor, Battalion, mesa.Agent, "Steady", None, int])
    def test_a_class_of_another_kind(self, agent: Any) -> None:
        with pytest.raises(InputError, match=r'kind "unit" cannot be .*\. Allowed: Unit, or a class derived from it\.'):
            SsaModel(SMALL, agents={"unit": agent})

    @pytest.mark.parametrize("kind", AGENTS)
    def test_any_kind_may_have_a_class_of_its_own(self, kind: ActorKind) -> None:
        """It overrides all that its kind does, each to do just that; and then nothing of it."""
        ours = AGENTS[kind]
        names = [step.name for step in STEPS if step.actor == kind]
        acted: list[str] = []

        def saying(name: str) -> Callable[[Any], None]:
            def follow(self: Any) -> None:
                acted.append(name)
                getattr(ours, name)(self)

            return follow

        faithful = type("Faithful", (ours,), {name: saying(name) for name in names})
        idle = type("Idle", (ours,), {name: lambda self: None for name in names})
        plain, same, none = (
            SsaModel(SMALL, seed=2, agents=agents) for agents in (None, {kind: faithful}, {kind: idle})
        )
        for model in (plain, same):
            model.run_to_end()
        advanced(none, 2)
        assert bits(plain.world) == bits(same.world)
        assert set(acted) == set(names)
        assert bits(none.world) != bits(advanced(SsaModel(SMALL, seed=2), 2).world)

    def test_battalions_that_nobody_calls_are_trained_by_nobody(self) -> None:
        """A class of another kind of actor than those of the module's own examples."""
        scenario = SMALL.with_size(units=12).with_period(end=date(2015, 2, 1))
        plain, uncalled = (SsaModel(scenario, seed=2, agents=agents) for agents in (None, {"battalion": Uncalled}))
        for model in (plain, uncalled):
            model.run_to_end()
        assert [len(agents) for agents in (uncalled.agents_by_type[Uncalled], plain.agents_by_type[Battalion])] == [
            3,
            3,
        ]
        assert plain.monthly.battalion_completions.iloc[-1] > 0.0
        assert uncalled.monthly.battalion_completions.iloc[-1] == 0.0
        assert uncalled.world.battalions.drill.max() == 0.0
        assert uncalled.monthly.completions.iloc[-1] > 0.0

    def test_a_class_of_the_kind_acts(self) -> None:
        plain, changed = (SsaModel(SMALL, seed=2, agents=agents) for agents in (None, {"unit": Steady}))
        for model in (plain, changed):
            model.run_to_end()
        assert bits(plain.world) != bits(changed.world)


def test_a_model_told_to_run_on_after_the_end_does_not() -> None:
    """The next month would lie beyond its arrays."""
    model = SsaModel(SMALL, seed=1)
    model.run_to_end()
    before = bits(model.world)
    model.running = True
    model.step()
    assert not model.running
    assert bits(model.world) == before
