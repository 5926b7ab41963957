"""Storylines: prepared sessions that lead a room through one lesson, from files that anybody can edit (`storylines/*.toml`).

A storyline is data. Its steps go to a month and play what a hand could play there: levers from the catalogue or an inject.
What it expects is said beforehand, as bounds that the replications either keep or not (`ssa_sim.workshop.lesson_checks`).
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from ssa_sim.catalogue.entries import ParameterValue
from ssa_sim.scenario.schema import Scenario
from ssa_sim.typography import french
from ssa_sim.words.texts import Language
from ssa_sim.workshop.injects import inject_named
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.session import Session
from ssa_sim.workshop.timeline import Choice

Stage = Literal["step", "findings", "lesson"]


class Part(BaseModel):
    """Part of a storyline: closed to unknown keys, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """A text in both languages."""

    en: str
    fr: Annotated[str, AfterValidator(french)]

    def in_language(self, language: Language) -> str:
        """The text in a language."""
        return self.fr if language == "fr" else self.en


class StorylineStep(Part):
    """One step.

    Attributes:
        month: first day of the month that is next to be played; what is played holds from then on. The period's end: all is played.
        levers: set in the room's world, from path to value.
        inject: name of what others do; empty: nothing.
        in_both: whether the inject befalls the other world as well.
        view: the picture to show.
        outcome: what the picture of other runs shows; empty: as before.
        unit: whose life is shown; None: as before.
        look: what to point at.
        ask: what to ask the room.
    """

    month: date
    levers: dict[str, ParameterValue] = {}
    inject: str = ""
    in_both: bool = True
    view: str = "headline"
    outcome: str = ""
    unit: int | None = None
    look: Words
    ask: Words


class Expectation(Part):
    """What the lesson says of the two worlds, so that replications can tell whether it is so.

    Attributes:
        outcome: of which the room's world less the other is taken, run by run.
        by: first day of the month before which it is taken; None: the end of the period.
        above: the difference is more than this, in the outcome's unit; None: no such bound.
        below: the difference is less than this.
        runs: in what share of the runs it has to be so.
        says: the same in words.
    """

    outcome: str
    by: date | None = None
    above: float | None = None
    below: float | None = None
    runs: float = 0.9
    says: Words


class Storyline(Part):
    """A prepared session.

    Attributes:
        name: of its file, without ending.
        number: its place in the list.
        minutes: that it takes with a room.
        scenario: name of the file that both worlds begin with.
        replicate: which replicate of the draws is shown: one near the middle, so that nothing on the page is out of the way.
        sources: ids of the evidence that the lesson rests on.
        title: what it is called.
        lesson: what the room should take home.
        caution: where the model does not show what the sources claim, or why nobody should lean on it.
        steps: in order.
        expect: what the lesson says of the two worlds.
    """

    name: str
    number: int
    minutes: int
    scenario: str
    replicate: int
    sources: tuple[str, ...]
    title: Words
    lesson: Words
    caution: Words
    steps: tuple[StorylineStep, ...]
    expect: tuple[Expectation, ...]


@dataclass(frozen=True)
class StorylinePosition:
    """A storyline that is being followed.

    Attributes:
        storyline: which.
        position: of the step on show, from 0; after the last one comes what the runs say, and then the lesson.
    """

    storyline: Storyline
    position: int = 0

    @property
    def step(self) -> StorylineStep:
        """The step on show, or the last one."""
        return self.storyline.steps[min(self.position, len(self.storyline.steps) - 1)]

    @property
    def stage(self) -> Stage:
        """What is on show."""
        beyond = self.position - len(self.storyline.steps)
        return "step" if beyond < 0 else "findings" if beyond == 0 else "lesson"

    def moved(self, steps: int) -> "StorylinePosition":
        """So many steps on, or back if below zero."""
        return StorylinePosition(self.storyline, self.position + steps)


@cache
def storylines() -> tuple[Storyline, ...]:
    """All of them, by their numbers."""
    return tuple(sorted(_read(), key=lambda storyline: storyline.number))


def _read() -> Iterator[Storyline]:
    for file in files("ssa_sim.workshop").joinpath("storylines").iterdir():
        if file.name.endswith(".toml"):
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            yield Storyline(name=file.name.removesuffix(".toml"), **content)


def storyline_named(name: str) -> Storyline:
    """The storyline of that name; `KeyError` where there is none."""
    return {storyline.name: storyline for storyline in storylines()}[name]


def follow(session: Session, step: StorylineStep) -> None:
    """Go to a step's month, back or ahead, and play what it plays.

    Raises:
        InputError: a lever or value is not allowed, it costs more than the budget allows, or the inject cannot be played.
    """
    session.go_to(session.base.period.month_of(step.month))
    if step.levers:
        session.decide(step.levers)
    if step.inject:
        session.play(inject_named(step.inject), in_both=step.in_both)


def take_back(session: Session, step: StorylineStep) -> None:
    """Undo what a step played, where nobody has changed it since; what the room decided besides stays."""
    month = session.base.period.month_of(step.month)
    of_month = [choice for choice in reversed(session.choices) if choice.month == month]
    moved = [one for one in of_month if one.kind == "lever" and dict(one.values) == step.levers]
    played = [
        one for one in of_month if one.kind == "inject" and (one.name, one.in_both) == (step.inject, step.in_both)
    ]
    for choice in (*moved[:1], *played[:1]):
        session.take_back(choice)


def check_fits(storyline: Storyline, base: Scenario) -> None:
    """Whether the months of a storyline's steps are those of a scenario.

    Raises:
        RefusedError: a step lies outside of the scenario's period.
    """
    months = [base.period.month_of(step.month) for step in storyline.steps]
    if min(months) < 0 or max(months) > base.months:
        raise RefusedError("does_not_fit", storyline=storyline.name)


def choices_of(step: StorylineStep, month: int = 0) -> tuple[Choice, ...]:
    """What a step plays, to be put into words; an inject without its values, which depend on the world."""
    moved = [Choice(month, ((lever, value),)) for lever, value in step.levers.items()]
    others = [Choice(month, (), "inject", step.inject, in_both=step.in_both)] if step.inject else []
    return (*moved, *others)


def told(storyline: Storyline, base: Scenario, *, seed: int = 2013) -> Session:
    """A session in which nothing but the storyline was played, to its last step."""
    session = Session(base, seed=seed, replicate=storyline.replicate)
    for step in storyline.steps:
        follow(session, step)
    return session
