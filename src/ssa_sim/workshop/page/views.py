"""The pictures, one a tab: only the one on show is drawn."""

import asyncio
from collections.abc import Callable

from nicegui import background_tasks, run, ui

from ssa_sim.analysis.explanation import Explanation, explain
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.telling.explanation import context as in_context
from ssa_sim.telling.explanation import rule_lines, sentence
from ssa_sim.words.numbers import fixed
from ssa_sim.workshop.drawing.headline import headline
from ssa_sim.workshop.drawing.network import network
from ssa_sim.workshop.drawing.spread import spread
from ssa_sim.workshop.drawing.unit_life import unit_life
from ssa_sim.workshop.drawing.waterfall import waterfall
from ssa_sim.workshop.drawing.zones import zones_map
from ssa_sim.workshop.other_runs import OUTCOMES_KEPT
from ssa_sim.workshop.page.context import PageContext, picture
from ssa_sim.workshop.sampled_decomposition import ORDERS, DecompositionSampler
from ssa_sim.workshop.tab_state import ShownDecomposition

_MOST_RULES = 8


class Views:
    """The tabs with pictures; others may be added by whoever builds the page.

    Attributes:
        tabs: their row.
    """

    def __init__(self, context: PageContext) -> None:
        """Begin with the row of tabs."""
        self._context = context
        self._drawers: dict[str, Callable[[], None]] = {}
        with ui.tabs(on_change=self._turn) as self.tabs:
            self.tabs.props("dense no-caps align=left inline-label outside-arrows mobile-arrows").classes("w-full")
            for name in ("headline", "zones", "network", "unit", "leakage", "spread", "vote", "files"):
                ui.tab(name, label=context.texts(f"tabs.{name}")).props(f"data-testid=tab-{name}")
        context.tab.when_month_changes(self.draw)

    def add(self, name: str, drawer: Callable[[], None]) -> None:
        """Say how a tab is drawn anew."""
        self._drawers[name] = drawer

    def _turn(self) -> None:
        self._context.tab.view = str(self.tabs.value)
        self.draw()

    def draw(self) -> None:
        """Draw the tab on show."""
        drawer = self._drawers.get(str(self.tabs.value))
        if drawer:
            drawer()


def build_headline(context: PageContext, views: Views) -> None:
    """Outputs and outcomes."""
    shown = picture(headline(context.tab.scene), "picture-headline")
    views.add("headline", lambda: shown.set_content(headline(context.tab.scene)))


def build_zones(context: PageContext, views: Views) -> None:
    """The schematic map."""
    ui.label(context.texts("zones.title")).classes("heading")
    shown = picture("", "picture-zones")
    views.add("zones", lambda: shown.set_content(zones_map(context.tab.scene)))


def build_network(context: PageContext, views: Views) -> None:
    """Partners, projects, units."""
    tab, texts = context.tab, context.texts
    worlds = {0: texts("page.comparison"), 1: texts("page.policy")}
    with ui.row().classes("w-full items-center gap-4"):
        ui.label(texts("network.title")).classes("heading")
        choose = ui.radio(worlds, value=tab.world_shown).props(f'dense inline aria-label="{texts("network.world")}"')
    shown = picture("", "picture-network")
    ui.label(texts("network.kinds")).classes("quiet")

    def draw() -> None:
        tab.world_shown = int(choose.value)
        shown.set_content(network(tab.scene, tab.world_shown))

    choose.on_value_change(lambda: draw())
    views.add("network", draw)


class UnitView:
    """One unit's life, and what moved its readiness, in words."""

    def __init__(self, context: PageContext, views: Views) -> None:
        """Build the view."""
        self._context = context
        tab, texts = context.tab, context.texts
        with ui.row().classes("w-full items-center gap-4"):
            self._unit = ui.number(texts("unit.choose"), value=tab.unit, step=1)
            self._unit.props("dense outlined data-testid=unit").classes("w-32").on_value_change(self._draw)
            self._title = ui.label().classes("heading grow")
            button = ui.button(texts("unit.explain"), icon="help_outline", on_click=self._explain)
            button.props("no-caps outline data-testid=explain")
        self._picture = picture("", "picture-unit")
        with ui.dialog() as self._dialog, ui.card().classes("w-full").style("max-width:92vw"):
            self._words = ui.column().classes("w-full gap-1 words").props("data-testid=explanation")
            close = ui.button(texts("page.close"), on_click=self._dialog.close)
            close.props("no-caps outline data-testid=explanation-close").classes("self-end")
        views.add("unit", self._draw)

    def show_unit(self, unit: int) -> None:
        """Choose whose life is shown."""
        self._unit.set_value(unit)

    def _draw(self) -> None:
        tab = self._context.tab
        texts, chosen, count = self._context.texts, self._unit.value, tab.session.base.size.units
        there_is = chosen is not None and 0 <= chosen < count and float(chosen).is_integer()
        if there_is:
            tab.unit = int(chosen)
        words = "unit.title" if there_is or chosen is None else "unit.none"
        self._title.set_text(texts(words, unit=tab.unit, most=count - 1))
        self._picture.set_content(unit_life(tab.scene, tab.unit))

    async def _explain(self) -> None:
        session, texts = self._context.tab.session, self._context.texts
        self._words.clear()
        self._dialog.open()
        if not session.month:
            with self._words:
                ui.label(texts("unit.nothing"))
            return
        with self._words:
            ui.label(texts("unit.explaining")).classes("quiet")
        unit, month = self._context.tab.unit, session.month_start(session.month - 1)
        found = []
        for scenario in session.scenarios():
            made = await run.io_bound(
                lambda scenario=scenario: explain(
                    scenario, unit=unit, seed=session.seed, replicate=session.replicate, month=month
                )
            )
            found.append(made)
        if not self._context.is_closed:
            self._tell(found)

    def _tell(self, found: list[Explanation]) -> None:
        texts = self._context.texts
        self._words.clear()
        names = (texts("page.comparison"), texts("page.policy"))
        with self._words, ui.row().classes("w-full no-wrap gap-6 items-start"):
            for name, explanation in zip(names, found, strict=True):
                with ui.column().classes("gap-0").style("flex:1"):
                    ui.label(name).classes("heading")
                    ui.label(sentence(explanation, texts.language))
                    ui.label(in_context(explanation, texts.language)).classes("quiet")
                    for line in rule_lines(explanation, texts.language)[:_MOST_RULES]:
                        change = fixed(line.change, 4, texts.language, signed=True)
                        effects = f" ({'; '.join(line.effects)})" if line.effects else ""
                        ui.label(f"{change}  {line.label}{effects}").classes("quiet")


class DecompositionView:
    """The waterfall, worked out when asked for."""

    def __init__(self, context: PageContext, views: Views) -> None:
        """Build the view."""
        self._context = context
        texts = context.texts
        with ui.row().classes("w-full items-center gap-4 no-wrap"):
            title = texts("leakage.title", world=texts("page.policy"))
            ui.label(title).classes("heading grow")
            self._button = ui.button(texts("leakage.make"), icon="water_drop", on_click=self._make)
            self._button.props("no-caps outline data-testid=leakage-make")
        self._state = ui.label().classes("quiet").props("data-testid=leakage-state")
        self._picture = picture("", "picture-leakage")
        views.add("leakage", self._draw)

    def _draw(self) -> None:
        tab = self._context.tab
        shown = tab.decomposition
        if shown is None:
            self._picture.set_content("")
            return
        self._picture.set_content(waterfall(tab.scene, shown.decomposition))
        is_current = shown.month == tab.session.month and shown.policy == tab.session.scenarios()[1].identity()
        month = self._context.texts.month(tab.session.month_start(shown.month - 1))
        self._state.set_text("" if is_current else self._context.texts("leakage.outdated", month=month))

    async def _make(self) -> None:
        tab, texts = self._context.tab, self._context.texts
        session = tab.session
        if not session.month:
            self._state.set_text(texts("leakage.nothing"))
            return
        self._button.disable()
        policy = session.scenarios()[1]
        month = session.month
        estimate = DecompositionSampler(policy, month, seed=session.seed, replicate=session.replicate)

        def progress() -> None:
            self._state.set_text(texts("leakage.making", done=texts.whole(estimate.made), all=texts.whole(ORDERS)))

        progress()
        try:
            if await self._context.work(estimate, lambda: tab.session is session, progress, every=2):
                tab.decomposition = ShownDecomposition(estimate.result(), month, policy.identity())
                self._draw()
        finally:
            self._button.enable()


class SpreadView:
    """Other runs of the same policies."""

    def __init__(self, context: PageContext, views: Views) -> None:
        """Build the view, and let other runs be made whenever the policies change."""
        self._context = context
        self._views = views
        tab, texts = context.tab, context.texts
        labels = {name: outcome_named(name).label(texts.language) for name in OUTCOMES_KEPT}
        with ui.row().classes("w-full items-center gap-4"):
            ui.label(texts("spread.title")).classes("heading grow")
            self._outcome = ui.select(labels, value=tab.outcome_shown, label=texts("spread.outcome"))
            self._outcome.props("dense outlined options-dense data-testid=spread-outcome").classes("w-72")
            self._outcome.on_value_change(self._draw)
        self._state = ui.label().classes("quiet")
        self._picture = picture("", "picture-spread")
        ui.label(texts("spread.note")).classes("quiet")
        views.add("spread", self._draw)
        tab.when_choices_change(self._start)
        tab.when_more_runs(self._show)
        self._start()

    def show_outcome(self, outcome: str) -> None:
        """Choose what is shown."""
        self._outcome.set_value(outcome)

    def _draw(self) -> None:
        tab, texts = self._context.tab, self._context.texts
        tab.outcome_shown = str(self._outcome.value)
        made, total = texts.whole(tab.other_runs.made), texts.whole(len(tab.other_runs.replicates))
        self._state.set_text(texts("spread.waiting", made=made, all=total))
        self._state.set_visibility(not tab.other_runs.is_complete)
        self._picture.set_content(spread(tab.scene, tab.other_runs, tab.outcome_shown))

    def _start(self) -> None:
        background_tasks.create(self._make(), name="other runs")

    async def _make(self) -> None:
        other_runs = self._context.tab.other_runs
        await asyncio.sleep(0.3)  # a slider that is moved again and again begins other runs once, not ten times
        await self._context.work(
            other_runs, lambda: self._context.tab.other_runs is other_runs, self._context.tab.more_runs
        )

    def _show(self) -> None:
        if self._views.tabs.value in ("headline", "spread"):
            self._views.draw()
