"""Every step of the month, worked out by hand in a small world: what it moves, by how much, and nothing else."""

import pytest

import steps_of_aid
import steps_of_communities
import steps_of_police
import steps_of_power
import steps_of_training
import steps_of_war
from rule_readings import readings
from small_world import Case, check
from ssa_sim.model.month import STEPS, Step

CASES = steps_of_war.CASES + steps_of_aid.CASES + steps_of_training.CASES + steps_of_power.CASES
CASES += steps_of_communities.CASES
CASES += steps_of_police.CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.step}: {case.means}")
def test_by_hand(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_number_that_a_step_reads_is_given_by_hand(step: Step) -> None:
    """A lever, an uncertainty, a structure or a draw that no case names could be forgotten without anybody noticing."""
    given = {path.partition("[")[0] for case in CASES if case.step == step.name for path in case.given}
    read = readings(step.rule)
    wanted = {*read.parameters, *(f"draws.{name}" for name in read.draws)}
    assert sorted(wanted - given) == []
