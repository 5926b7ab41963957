"""What the panels share: the room, and ways to try something and say what came of it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import app, run, ui

from ssa_sim.errors import InputError
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.remembered import TabMemory
from ssa_sim.workshop.step_by_step import StepByStep
from ssa_sim.workshop.tab_state import TabState
from ssa_sim.workshop.texts import WorkshopTexts

MOST_WORDS = 600
"""Of a message on the page."""


class PageContext:
    """One browser tab's page in the making.

    Attributes:
        tab: what it shows.
        rebuild: builds the whole page anew, as after another language or scenario was chosen.
        is_closed: whether the tab has gone; what is still being worked out for it stops.
        show_step: shows the picture that the storyline's step points at, and stops the months from passing.
        turn: goes so many steps of the storyline on, or back if below zero.
    """

    def __init__(self, tab: TabState, rebuild: Callable[[], None]) -> None:
        """A page that shows a room."""
        self.tab = tab
        self.rebuild = rebuild
        self.is_closed = False
        self._is_asking = False
        self.show_step: Callable[[], None] = lambda: None
        self.turn: Callable[[int], None] = lambda steps: None

    @property
    def texts(self) -> WorkshopTexts:
        """The words of the tab's language."""
        return self.tab.texts

    def attempt(self, action: Callable[[], Any]) -> bool:
        """Do something; where it is refused, say why on the page and return False."""
        try:
            action()
        except InputError as error:
            self.say_refusal(error)
            return False
        return True

    def say_refusal(self, error: InputError) -> None:
        """Show why something was not done."""
        self.warn(self.refusal_in_words(error)[:MOST_WORDS])

    def warn(self, words: str) -> None:
        """Say below the pictures, where nothing is covered that is needed, that something cannot be done."""
        ui.notify(words, type="negative", position="bottom", timeout=9000, close_button=self.texts("page.close"))

    def warn_of_return(self, memory: TabMemory) -> None:
        """Say what is not as it was in a workshop that has come back."""
        if memory.model_version != MODEL_VERSION:
            self.warn(self.texts("files.other_version"))
        if self.tab.lost_votes:
            self.warn(self.texts("files.lost_votes", packages=", ".join(self.tab.lost_votes)))

    def warn_of_two(self, typed: str, read: Sequence[float]) -> None:
        """Say that a number was not taken, since it may be one or the other."""
        first, other = map(self.texts.plain, read)
        self.warn(self.texts("refusals.two_readings", typed=typed[:40], first=first, other=other))

    def tell(self, words: str, *, lasting: bool = False) -> None:
        """Say in the same place that something was done; `lasting` until it is closed."""
        if lasting:
            ui.notify(words, position="bottom", timeout=0, close_button=self.texts("page.close"))
        else:
            ui.notify(words, position="bottom")

    async def may_lose(self, decided: object) -> bool:
        """Ask before what the room has decided is given up; True at once where it is nothing, False while it is being asked."""
        if not decided:
            return True
        if self._is_asking:
            return False
        self._is_asking = True
        with ui.dialog() as dialog, ui.card():
            ui.label(self.texts("page.loses")).classes("words")
            with ui.row().classes("gap-2"):
                for name, answer in (("go_on", True), ("cancel", False)):
                    button = ui.button(self.texts(f"page.{name}"), on_click=lambda answer=answer: dialog.submit(answer))
                    button.props(f"no-caps data-testid={name.replace('_', '-')}" + ("" if answer else " outline"))
        answer = await dialog
        self._is_asking = False
        if not dialog.is_deleted:  # as when the page was loaded anew meanwhile
            dialog.delete()
        return bool(answer)

    def refusal_in_words(self, error: InputError) -> str:
        """Why something was not done; what there is in English only is announced as such."""
        if isinstance(error, RefusedError):
            return error.in_words(self.texts)
        english = f"{self.texts('page.english_only')} " if self.texts.language != "en" else ""
        return english + str(error)

    async def work(
        self, job: StepByStep[Any], still_wanted: Callable[[], bool], shown: Callable[[], None], *, every: int = 5
    ) -> bool:
        """Make something step by step in a thread, and show it now and then; False if it was no longer wanted.

        Args:
            job: what is to be made.
            still_wanted: asked before each step.
            shown: called every so many steps, and at the end.
            every: how many.
        """
        made = 0
        while not job.is_complete:
            if (
                self.is_closed or app.is_stopping or not still_wanted()
            ):  # a server that ends runs nothing more in threads
                return False
            await run.io_bound(job.add_next)
            made += 1
            if made % every == 0 and still_wanted() and not self.is_closed:
                shown()
        if self.is_closed or not still_wanted():
            return False
        shown()
        return True


Handler = Callable[..., Awaitable[None] | None]


def picture(svg: str, name: str) -> ui.html:
    """A drawing on the page; `name` is for tests to find it."""
    return ui.html(svg, sanitize=False).classes("w-full").props(f"data-testid={name}")
