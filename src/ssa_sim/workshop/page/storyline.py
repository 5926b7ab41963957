"""The side panel of storylines: a list to choose from, or the step of the one that is being followed."""

from html import escape

from nicegui import ui

from ssa_sim.errors import InputError
from ssa_sim.workshop.choice_words import choice_in_words
from ssa_sim.workshop.lesson_checks import LessonCheck, lesson_checks
from ssa_sim.workshop.page.context import PageContext
from ssa_sim.workshop.storyline import Storyline, StorylinePosition, StorylineStep, choices_of, storylines


class StorylinePanel:
    """A list of storylines; while one is followed, its step in letters that the room can read."""

    def __init__(self, context: PageContext) -> None:
        """Build the panel."""
        self._context = context
        self._tab = context.tab
        self._area = ui.column().classes("w-full gap-1").props("data-testid=storyline")
        self._found: ui.html | None = None
        self._tab.when_more_runs(self._show_findings)
        self._tab.when_choices_change(self._show_findings)
        context.turn = self._turn
        self._build()

    def _build(self) -> None:
        self._area.clear()
        self._found = None
        with self._area:
            if self._tab.story is None:
                self._build_list()
            else:
                self._build_step(self._tab.story)
        self._show_findings()

    def _build_list(self) -> None:
        texts = self._context.texts
        ui.label(texts("story.hint")).classes("quiet")
        for storyline in storylines():
            title = storyline.title.in_language(texts.language)
            with ui.column().classes("lever gap-1"):
                button = ui.button(title, on_click=lambda storyline=storyline: self._load(storyline))
                button.props(f"no-caps outline align=left data-testid=story-{storyline.name}").classes("w-full wrapped")
                button.props["aria-label"] = texts("story.load", title=title)
                ui.label(texts("story.minutes", minutes=storyline.minutes)).classes("quiet")

    async def _load(self, storyline: Storyline) -> None:
        if not await self._context.may_lose(self._tab.has_decided):
            return
        if self._context.attempt(lambda: self._tab.tell(storyline)):
            self._context.rebuild()
            self._context.show_step()

    def _build_step(self, story: StorylinePosition) -> None:
        texts, storyline = self._context.texts, story.storyline
        ui.label(storyline.title.in_language(texts.language)).classes("heading")
        where = texts("story.step", number=story.position + 1, count=len(storyline.steps))
        names = {"step": where, "findings": texts("story.findings"), "lesson": texts("story.lesson")}
        ui.label(names[story.stage]).classes("quiet").props("data-testid=story-step")
        if story.stage == "step":
            self._build_question(story.step)
        elif story.stage == "findings":
            self._found = ui.html("", sanitize=False).classes("w-full").props("data-testid=story-found")
        else:
            ui.label(storyline.lesson.in_language(texts.language)).classes("look font-bold")
            ui.label(storyline.caution.in_language(texts.language)).classes("quiet")
        self._build_turning(story)

    def _build_question(self, step: StorylineStep) -> None:
        language = self._context.texts.language
        ui.label(step.ask.in_language(language)).classes("question").props("data-testid=story-question")
        for words in self._played(step):
            ui.label(words).classes("played")
        ui.label(step.look.in_language(language)).classes("look")

    def _build_turning(self, story: StorylinePosition) -> None:
        texts = self._context.texts
        with ui.row().classes("w-full items-center gap-2 no-wrap"):
            if story.position:
                before = ui.button(icon="arrow_back", on_click=lambda: self._turn(-1)).props("outline")
                before.props["aria-label"] = texts("story.previous")
                before.props["data-testid"] = "story-previous"
            if story.stage != "lesson":
                words = {"step": "story.next", "findings": "story.findings", "lesson": "story.lesson"}
                following = ui.button(
                    texts(words[story.moved(1).stage]), icon="arrow_forward", on_click=lambda: self._turn(1)
                )
                following.props("no-caps data-testid=story-next")
            leave = ui.button(texts("story.leave"), on_click=self._leave)
            leave.props("no-caps outline data-testid=story-leave")

    def _played(self, step: StorylineStep) -> list[str]:
        """What the step plays, a line each."""
        texts = self._context.texts
        return [texts("story.played", choice=choice_in_words(choice, texts, {})) for choice in choices_of(step)]

    def _turn(self, steps: int) -> None:
        tab, before = self._tab, self._tab.session.choices
        try:
            if steps > 0:
                tab.next_step()
            else:
                tab.previous_step()
        except InputError as error:
            self._context.say_refusal(error)
        if tab.session.choices is not before:
            tab.choices_changed()
        else:
            tab.month_changed()
        self._build()
        self._context.show_step()

    def _leave(self) -> None:
        self._tab.leave_storyline()
        self._build()

    def _show_findings(self) -> None:
        story, other_runs = self._tab.story, self._tab.other_runs
        if self._found is None or story is None:
            return
        texts = self._context.texts
        if other_runs.made < 2:
            self._found.set_content(f"<p>{escape(texts('headline.no_fan'))}</p>")
            return
        lines = "".join(f"<li>{self._in_words(check)}</li>" for check in lesson_checks(story.storyline, other_runs))
        head = escape(texts("story.found", count=texts.whole(other_runs.made)))
        self._found.set_content(f'<p>{head}</p><ul class="found">{lines}</ul>')

    def _in_words(self, check: LessonCheck) -> str:
        texts = self._context.texts
        says = escape(check.expectation.says.in_language(texts.language))
        kept = escape(texts("story.kept", kept=texts.whole(check.kept), count=texts.whole(check.runs)))
        return f"{says} <b>{kept}</b>"
