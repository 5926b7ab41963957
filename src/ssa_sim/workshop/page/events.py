"""What others do, the budget, and the log of everything that was decided or befell."""

from nicegui import ui

from ssa_sim.workshop.choice_words import choice_in_words
from ssa_sim.workshop.injects import INJECTS, Inject
from ssa_sim.workshop.page.context import PageContext
from ssa_sim.workshop.session import log_of
from ssa_sim.workshop.texts import readings
from ssa_sim.workshop.timeline import Choice


class InjectsPanel:
    """A button for each inject."""

    def __init__(self, context: PageContext) -> None:
        """Build the panel."""
        self._context = context
        texts = context.texts
        ui.label(texts("inject_words.hint")).classes("quiet")
        both = {True: texts("inject_words.both"), False: texts("inject_words.only")}
        self._both = ui.radio(both, value=True).props("dense inline data-testid=inject-both")
        for inject in INJECTS:
            self._build(inject)

    def _build(self, inject: Inject) -> None:
        texts = self._context.texts
        words = texts(f"injects.{inject.name}.does")
        with ui.column().classes("lever gap-1"):
            button = ui.button(texts(f"injects.{inject.name}.title"), on_click=lambda: self._play(inject))
            button.props(f"no-caps outline align=left data-testid=inject-{inject.name}").classes("w-full")
            ui.label(words).classes("quiet")

    def _play(self, inject: Inject) -> None:
        tab = self._context.tab
        texts, session = self._context.texts, tab.session
        if self._context.attempt(lambda: tab.session.play(inject, in_both=bool(self._both.value))):
            title, month = texts(f"injects.{inject.name}.title"), texts.month(session.month_start(session.month))
            last = session.month_start(session.month + (inject.months or 1) - 1)
            how = "played" if inject.months is None else "played_once" if inject.months == 1 else "played_until"
            self._context.tell(texts(f"inject_words.{how}", inject=title, month=month, last=texts.month(last)))
            tab.choices_changed()


class BudgetPanel:
    """What the room's policy costs, and the limit that the trainer sets."""

    def __init__(self, context: PageContext) -> None:
        """Build the panel."""
        self._context = context
        self._tab = context.tab
        texts = context.texts
        self._spent = ui.label().props("data-testid=spent-so-far")
        self._at_end = ui.label().props("data-testid=spent-at-end")
        self._over = ui.label(texts("budget.over")).classes("over").props("role=alert")
        budget = self._tab.session.budget
        shown = "" if budget is None else texts.plain(budget)
        self._limit = ui.input(texts("budget.limit"), value=shown, on_change=self._set_limit)
        self._limit.props("dense outlined clearable inputmode=decimal data-testid=budget-limit debounce=400").classes(
            "w-full"
        )
        self._at_the_end = 0.0
        self._tab.when_choices_change(self._foresee)
        self._tab.when_month_changes(self._show)
        self._foresee()
        self._show()

    def _set_limit(self) -> None:
        typed = str(self._limit.value or "").strip()
        read = readings(typed, self._context.texts.language)
        if len(read) > 1:
            self._context.warn_of_two(typed, read)
            return
        if typed and not read:
            self._context.warn(self._context.texts("refusals.no_number", typed=typed[:40]))
            return
        self._tab.session.budget = read[0] if read else None
        self._show()

    def _foresee(self) -> None:
        self._at_the_end = self._tab.session.extra_spending_at_the_end()

    def _show(self) -> None:
        texts, session = self._context.texts, self._tab.session
        so_far = texts.number(session.extra_spending(), signed=True)
        self._spent.set_text(texts("budget.spent", amount=so_far))
        self._at_end.set_text(texts("budget.at_end", amount=texts.number(self._at_the_end, signed=True)))
        self._over.set_visibility(session.budget is not None and self._at_the_end > session.budget)


class LogPanel:
    """Choices and injects by date; each can be taken back."""

    def __init__(self, context: PageContext) -> None:
        """Build the panel."""
        self._context = context
        self._area = ui.column().classes("w-full gap-0").props("data-testid=log")
        self._passed: list[bool] = []
        context.tab.when_choices_change(self._show)
        context.tab.when_month_changes(self._follow)
        self._show()

    def _follow(self) -> None:
        """What lies ahead of the month on show is marked; build the list anew only where that changes."""
        passed = [choice.month < self._context.tab.session.month for choice in log_of(self._context.tab.session)]
        if passed != self._passed:
            self._show()

    def _show(self) -> None:
        texts, session = self._context.texts, self._context.tab.session
        choices = log_of(session)
        self._passed = [choice.month < session.month for choice in choices]
        self._area.clear()
        with self._area:
            if not choices:
                ui.label(texts("log.empty")).classes("quiet")
            for choice in reversed(choices):
                self._row(choice)

    def _row(self, choice: Choice) -> None:
        texts, tab = self._context.texts, self._context.tab
        own = {package.name: package.title for package in tab.packages}
        words = choice_in_words(choice, texts, own)
        date = texts.month(tab.session.month_start(choice.month))
        is_ahead = choice.month >= tab.session.month
        ahead = f" ({texts('log.ahead')})" if is_ahead and choice.month > tab.session.month else ""
        with ui.row().classes("log-row no-wrap items-center justify-between"):
            ui.label(f"{texts('page.named', what=date + ahead, name=words)}").classes("ahead" if ahead else "")
            undo = ui.button(icon="undo", on_click=lambda: self._take_back(choice))
            undo.props(f'flat dense aria-label="{texts("log.undo")}" data-testid=undo')

    def _take_back(self, choice: Choice) -> None:
        tab = self._context.tab
        if choice in tab.session.choices:
            tab.session.take_back(choice)
            tab.choices_changed()
