"""What one browser tab plays with: its session, its language, its votes, and what is being worked out for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from ssa_sim.errors import InputError
from ssa_sim.scenario.library import library_file
from ssa_sim.scenario.schema import Scenario
from ssa_sim.words import glossary
from ssa_sim.words.texts import Language
from ssa_sim.workshop.ballot import Ballot, Package, Ranking, packages_in
from ssa_sim.workshop.choice_words import package_title
from ssa_sim.workshop.drawing.scene import Scene
from ssa_sim.workshop.other_runs import OtherRuns
from ssa_sim.workshop.remembered import TabMemory
from ssa_sim.workshop.sampled_decomposition import SampledDecomposition
from ssa_sim.workshop.session import Session
from ssa_sim.workshop.storyline import Storyline, StorylinePosition, check_fits, follow, storyline_named, take_back
from ssa_sim.workshop.texts import WorkshopTexts, texts_in
from ssa_sim.workshop.uploads import load_from, scenario_names


@dataclass(frozen=True)
class Setup:
    """How the workshop was started.

    Attributes:
        folder: with scenarios to begin with and packages to vote on.
        scenario: name of the file to begin with.
        seed: root seed of the draws.
        replicate: which replicate is shown.
        replications: of the other runs and of the vote.
        language: that a new tab speaks.
    """

    folder: Path
    scenario: str
    seed: int = 2013
    replicate: int = 0
    replications: int = 40
    language: Language = "en"


@lru_cache(maxsize=8)
def _packages(folder: Path, base: Scenario, stamp: int) -> tuple[Package, ...]:
    """The packages of a folder: read once for all tabs, and again when a file has changed."""
    return tuple(packages_in(folder, base))


@lru_cache(maxsize=8)
def _titles(folder: Path, stamp: int) -> tuple[tuple[str, str | None], ...]:
    """The scenario files of a folder by name, each with its own title, or None where it cannot be read."""
    found: list[tuple[str, str | None]] = []
    for name in scenario_names(folder):
        try:
            found.append((name, load_from(folder, name).title))
        except InputError:
            found.append((name, None))
    return tuple(found)


def _stamp(folder: Path) -> int:
    return hash(tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.toml"))))


@dataclass(frozen=True)
class ShownDecomposition:
    """A decomposition that was worked out: at the end of which month, and whether choices were made since."""

    decomposition: SampledDecomposition
    month: int
    policy: str


class TabState:
    """One tab's state; panels of the page read it, change it, and are told.

    Attributes:
        setup: how the workshop was started.
        session: the two worlds.
        name: of the scenario's file, without ending.
        texts: the words of the tab's language.
        other_runs: other runs of the two policies.
        ballot: the room's votes.
        packages: that it may vote on.
        ranking: of those voted for; None before it was asked for.
        decomposition: last worked out; None before it was asked for.
        lost_votes: packages that a room that comes back voted for, and that are not there.
        story: the storyline that is being followed; None: none is.
        view: the picture on show.
        unit: whose life is shown.
        world_shown: in the network, 0 or 1.
        outcome_shown: in the pictures of other runs.
    """

    def __init__(self, setup: Setup, memory: TabMemory | None = None) -> None:
        """A new room, or one that comes back."""
        self.setup = setup
        self.view = "headline"
        self.unit = 0
        self.world_shown = 1
        self.outcome_shown = "ready_soldiers"
        self.vote_outcome = "ready_soldiers"
        self._on_month: list[Callable[[], None]] = []
        self._on_choice: list[Callable[[], None]] = []
        self._on_more_runs: list[Callable[[], None]] = []
        self.story: StorylinePosition | None = None
        self.texts: WorkshopTexts = texts_in(setup.language)
        self.lost_votes: tuple[str, ...] = ()
        if memory:
            self.recall(memory)
        else:
            self.begin(load_from(setup.folder, setup.scenario), setup.scenario.removesuffix(".toml"))

    def begin(self, scenario: Scenario, name: str, *, replicate: int | None = None) -> None:
        """Two new worlds.

        Raises:
            RefusedError: the scenario is too large to be played.
        """
        number = self.setup.replicate if replicate is None else replicate
        self._adopt(Session(scenario, seed=self.setup.seed, replicate=number), name)

    def draw_anew(self, replicate: int) -> None:
        """The same choices, budget, votes and storyline under another course of chance, from before the first month."""
        memory = self.memory
        self.recall(replace(memory, session=replace(memory.session, replicate=replicate, month=0)))

    def recall(self, memory: TabMemory) -> None:
        """Go on where a room was; votes for packages that the folder does not have are kept aside in `lost_votes`.

        Raises:
            InputError: a choice sets what is no lever, or to a value that is not allowed, or the scenario is too large.
        """
        self._adopt(Session.recalled(memory.session), memory.name)
        self.speak(memory.language)
        if memory.storyline:
            self._turn_to(StorylinePosition(storyline_named(memory.storyline), memory.step))
        known = {package.name for package in self.packages}
        for package, votes in memory.votes:
            if package in known:
                self.ballot.add(package, votes)
        self.lost_votes = tuple(package for package, _ in memory.votes if package not in known)

    def _adopt(self, session: Session, name: str) -> None:
        self.session = session
        self.name = name
        self.unit = min(self.unit, session.base.size.units - 1)
        self.view = "headline"
        self.packages: list[Package] = list(_packages(self.setup.folder, session.base, _stamp(self.setup.folder)))
        self.ballot = Ballot()
        self.ranking: Ranking | None = None
        self.decomposition: ShownDecomposition | None = None
        self.story = None
        self.renew_other_runs()

    def tell(self, storyline: Storyline) -> None:
        """Two new worlds, at a storyline's first step.

        Raises:
            InputError: its scenario is not in order, or its first step cannot be played.
        """
        own, name = self.setup.folder, storyline.scenario
        library = library_file("scenarios", name.removesuffix(".toml")).parent
        base = load_from(own if name in scenario_names(own) else library, name)
        check_fits(storyline, base)
        self.begin(base, storyline.scenario.removesuffix(".toml"), replicate=storyline.replicate)
        follow(self.session, storyline.steps[0])
        self._turn_to(StorylinePosition(storyline))
        self.renew_other_runs()

    def next_step(self) -> None:
        """Go on to the next step of the storyline, wherever the room has got to meanwhile; at the end to the lesson.

        Raises:
            InputError: what the step plays is refused; the storyline stays where it was.
        """
        if self.story is None or self.story.stage == "lesson":
            return
        following, before = self.story.moved(1), self.session.memory
        if following.stage == "step":
            try:
                follow(self.session, following.step)
            except InputError:
                self.session = Session.recalled(before)
                raise
        self._turn_to(following)

    def previous_step(self) -> None:
        """Go back to the step before; what the step on show played is taken back."""
        if self.story is None or self.story.position == 0:
            return
        if self.story.stage == "step":
            take_back(self.session, self.story.step)
        before = self.story.moved(-1)
        self.session.go_to(self.session.base.period.month_of(before.step.month))
        self._turn_to(before)

    def _turn_to(self, story: StorylinePosition) -> None:
        """Tell a step, and turn to the picture that it points at."""
        self.story, step = story, story.step
        self.view = step.view
        self.outcome_shown = step.outcome or self.outcome_shown
        self.unit = self.unit if step.unit is None else step.unit

    def leave_storyline(self) -> None:
        """Go on freely from here: worlds and choices stay."""
        self.story = None

    @property
    def has_decided(self) -> bool:
        """Whether there is something that would be lost with the session: choices, votes or a limit."""
        return bool(self.session.choices or self.ballot.chosen() or self.session.budget is not None)

    @property
    def memory(self) -> TabMemory:
        """What to keep of the room while its tab is away."""
        votes = tuple((package.name, self.ballot.votes(package.name)) for package in self.packages)
        given = tuple((name, count) for name, count in votes if count)
        name, step = (self.story.storyline.name, self.story.position) if self.story else ("", 0)
        return TabMemory(self.session.memory, self.name, self.texts.language, given, name, step)

    @property
    def scene(self) -> Scene:
        """What pictures are drawn from."""
        return Scene(self.session, self.other_runs, self.texts)

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return glossary.scenario_title(self.session.base.title, self.texts.language)

    @property
    def package_titles(self) -> dict[str, str]:
        """What the packages are called, by name."""
        own = {package.name: package.title for package in self.packages}
        return {name: package_title(name, self.texts, own) for name in own}

    @property
    def scenario_titles(self) -> dict[str, str]:
        """What the scenarios of the folder are called, by the names of their files."""
        folder = self.setup.folder
        return {
            name: glossary.scenario_title(title or name, self.texts.language)
            for name, title in _titles(folder, _stamp(folder))
        }

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Files of the folder that cannot be read as scenarios, and so make no packages."""
        folder = self.setup.folder
        return tuple(name for name, title in _titles(folder, _stamp(folder)) if title is None)

    def speak(self, language: Language) -> None:
        """Change the language."""
        self.texts = texts_in(language)

    def renew_other_runs(self) -> None:
        """Other runs of the policies as they now are; those made so far are of no use."""
        self.other_runs = OtherRuns(
            self.session.scenarios(),
            seed=self.session.seed,
            shown=self.session.replicate,
            replications=self.setup.replications,
        )

    def forget_listeners(self) -> None:
        """Tell nobody any more: the page is being built anew or has gone."""
        self._on_month.clear()
        self._on_choice.clear()
        self._on_more_runs.clear()

    def when_month_changes(self, listener: Callable[[], None]) -> None:
        """Call a function whenever another month is shown."""
        self._on_month.append(listener)

    def when_choices_change(self, listener: Callable[[], None]) -> None:
        """Call a function whenever something was decided, befell, or was taken back."""
        self._on_choice.append(listener)

    def when_more_runs(self, listener: Callable[[], None]) -> None:
        """Call a function whenever some more other runs have been made."""
        self._on_more_runs.append(listener)

    def more_runs(self) -> None:
        """Tell whoever listens that some more other runs have been made."""
        for listener in self._on_more_runs:
            listener()

    def month_changed(self) -> None:
        """Tell whoever listens that another month is shown."""
        for listener in self._on_month:
            listener()

    def choices_changed(self) -> None:
        """Begin other runs anew, and tell whoever listens."""
        self.renew_other_runs()
        for listener in (*self._on_choice, *self._on_month):
            listener()
