"""The page of one browser tab: head, levers and events at the side, pictures in the middle."""

import json

from nicegui import ui

from ssa_sim.errors import InputError
from ssa_sim.workshop.drawing.canvas import POLICY_COLOUR
from ssa_sim.workshop.page.context import MOST_WORDS, PageContext
from ssa_sim.workshop.page.controls import KEYS, Controls, Tiles, month_in_words
from ssa_sim.workshop.page.events import BudgetPanel, InjectsPanel, LogPanel
from ssa_sim.workshop.page.files import FilesView
from ssa_sim.workshop.page.levers import LeversPanel
from ssa_sim.workshop.page.storyline import StorylinePanel
from ssa_sim.workshop.page.style import STYLE
from ssa_sim.workshop.page.views import (
    DecompositionView,
    SpreadView,
    UnitView,
    Views,
    build_headline,
    build_network,
    build_zones,
)
from ssa_sim.workshop.page.vote import VoteView
from ssa_sim.workshop.remembered import TabMemory
from ssa_sim.workshop.tab_state import TabState

WORDS_WHEN_LOST = "document.querySelectorAll('#popup span').forEach((span, place) => { span.innerText = %s[place]; });"
WHEN_LOST = ("connection_lost", "reconnecting")
"""What NiceGUI shows over a page that is cut off, in the language in which its server was started unless it is told."""
AT_REST_WHEN_LOST = """
if (!window.workshopRests) {
    const popup = document.getElementById("popup");
    window.workshopRests = new MutationObserver(() => {
        const isLost = popup.getAttribute("aria-hidden") === "false";
        for (const part of document.body.children) if (part !== popup) part.inert = isLost;
    });
    window.workshopRests.observe(popup, {attributes: true, attributeFilter: ["aria-hidden"]});
}
"""
"""While it is shown nothing can be clicked or typed: nobody would hear it."""
KEPT_FILE = "workshop.toml"
"""Name of the file in which what a tab kept is saved, where it cannot be taken up."""


class WorkshopPage:
    """A tab's page; built anew where the language or the scenario changes.

    Attributes:
        tab: what it shows.
    """

    def __init__(self, tab: TabState) -> None:
        """Build it in the current client."""
        self.tab = tab
        self._client = ui.context.client
        ui.add_head_html(STYLE)
        self._area = ui.column().classes("w-full gap-1").props("data-testid=page")
        self._context = PageContext(tab, self.rebuild)
        self.rebuild()
        ui.on("workshop_key", lambda event: self._controls.press(str(event.args)))
        ui.run_javascript(KEYS)
        ui.run_javascript(AT_REST_WHEN_LOST)

    def close(self) -> None:
        """The tab has gone: stop what is still being worked out for it."""
        self._context.is_closed = True
        self.tab.forget_listeners()

    def tell_return(self, memory: TabMemory) -> None:
        """Say that the room is what its tab kept, though the server was started anew."""
        texts = self.tab.texts
        with self._client:
            self._context.tell(texts("page.returned"), lasting=True)
            self._context.warn_of_return(memory)

    async def tell_refused(self, text: str, error: InputError) -> None:
        """Say why what the tab kept cannot be taken up, and let it be saved before it is given up."""
        texts = self.tab.texts
        with self._client, ui.dialog().props("persistent") as dialog, ui.card():
            ui.label(texts("page.not_taken_up")).classes("words")
            ui.label(self._context.refusal_in_words(error)[:MOST_WORDS]).classes("over").style("white-space:pre-wrap")
            with ui.row().classes("gap-2"):
                save = ui.button(texts("page.save_kept"), on_click=lambda: ui.download.content(text, KEPT_FILE))
                save.props("no-caps outline data-testid=save-kept")
                ui.button(texts("page.begin_anew"), on_click=lambda: dialog.submit(True)).props(
                    "no-caps data-testid=begin-anew"
                )
        await dialog

    def rebuild(self) -> None:
        """Everything anew, in the room's language."""
        self.close()
        self._context = PageContext(self.tab, self.rebuild)
        with self._client:
            ui.colors(primary=POLICY_COLOUR)
            ui.run_javascript(f"document.documentElement.lang = '{self.tab.texts.language}'")
            ui.page_title(self.tab.texts("page.title"))
            ui.run_javascript(WORDS_WHEN_LOST % json.dumps([self.tab.texts(f"page.{name}") for name in WHEN_LOST]))
        self._area.clear()
        with self._area:
            self._build_head()
            self._controls = Controls(self._context)
            with ui.row().classes("w-full no-wrap gap-3 items-start"):
                with ui.column().classes("side gap-1").props("data-testid=side") as side:
                    self._build_side()
                with ui.column().classes("main gap-1").props("role=main"):
                    Tiles(self._context)
                    self._build_views()
        self._side = side

    def _build_head(self) -> None:
        tab, texts = self.tab, self.tab.texts
        with ui.row().classes("w-full items-center justify-between no-wrap gap-4").props("role=banner"):
            with ui.row().classes("items-center gap-2 no-wrap"):
                hide = ui.button(icon="menu", on_click=self._toggle_side)
                hide.props(f'flat dense aria-label="{texts("levers.title")}" data-testid=toggle-side')
                with ui.column().classes("gap-0"):
                    ui.label(tab.title).classes("heading").props("role=heading aria-level=1")
                    ui.label(texts("page.honesty")).classes("quiet")
            month = ui.label(month_in_words(tab)).classes("month").props("aria-live=polite data-testid=month")
            tab.when_month_changes(lambda: month.set_text(month_in_words(tab)))
            language = ui.button(texts("page.other_language"), on_click=self._other_language)
            language.props("no-caps outline data-testid=language")

    def _toggle_side(self) -> None:
        self._side.set_visibility(not self._side.visible)

    def _other_language(self) -> None:
        self.tab.speak("fr" if self.tab.texts.language == "en" else "en")
        self.rebuild()

    def _build_side(self) -> None:
        texts = self.tab.texts
        names = {
            "story": "story.title",
            "levers": "levers.title",
            "events": "inject_words.title",
            "log": "log.title",
            "budget": "budget.title",
        }
        with ui.tabs().props("dense no-caps").classes("w-full") as tabs:
            for name, words in names.items():
                ui.tab(name, label=texts(words)).props(f"data-testid=side-{name}")
        with ui.tab_panels(
            tabs, value="story" if self.tab.story else "levers", animated=False, keep_alive=True
        ).classes("w-full"):
            panels = {
                "story": StorylinePanel,
                "levers": LeversPanel,
                "events": InjectsPanel,
                "log": LogPanel,
                "budget": BudgetPanel,
            }
            for name, panel in panels.items():
                with ui.tab_panel(name):
                    panel(self._context)

    def _build_views(self) -> None:
        context = self._context
        views = Views(context)
        with ui.tab_panels(views.tabs, value=self.tab.view, animated=False, keep_alive=True).classes("w-full"):
            with ui.tab_panel("headline"):
                build_headline(context, views)
            with ui.tab_panel("zones").classes("with-heading"):
                build_zones(context, views)
            with ui.tab_panel("network").classes("with-heading"):
                build_network(context, views)
            with ui.tab_panel("unit").classes("with-heading"):
                self._unit = UnitView(context, views)
            with ui.tab_panel("leakage").classes("with-heading"):
                DecompositionView(context, views)
            with ui.tab_panel("spread").classes("with-heading"):
                self._spread = SpreadView(context, views)
            with ui.tab_panel("vote"):
                VoteView(context)
            with ui.tab_panel("files"):
                FilesView(context)
        self._views = views
        views.draw()
        context.show_step = self._show_step

    def _show_step(self) -> None:
        if self.tab.story is None:
            return
        self._controls.pause()
        self._spread.show_outcome(self.tab.outcome_shown)
        self._unit.show_unit(self.tab.unit)
        self._views.tabs.set_value(self.tab.view)
