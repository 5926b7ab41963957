"""Levers by who could decide them: what each means, what it rests on, what it costs; moved from the next month on."""

import math
import unicodedata
from collections.abc import Callable
from typing import Any

from nicegui import ui

from ssa_sim.catalogue.entries import LeverEntry, ParameterValue, lever_catalogue
from ssa_sim.telling.sources import source_in_words
from ssa_sim.words import glossary
from ssa_sim.words.texts import term
from ssa_sim.workshop.page.context import PageContext
from ssa_sim.workshop.texts import readings

STEPS_OF_A_SLIDER = 100


class LeversPanel:
    """All levers, in groups that open; or those that a word finds."""

    def __init__(self, context: PageContext) -> None:
        """Build the panel."""
        self._context = context
        self._tab = context.tab
        self._shown: dict[str, LeverControl] = {}
        texts = context.texts
        ui.label(texts("levers.hint")).classes("quiet")
        self._search = ui.input(texts("levers.search"), on_change=self._list).props("dense outlined clearable")
        self._search.props("data-testid=lever-search").classes("w-full")
        self._list_area = ui.column().classes("w-full gap-0")
        self._list()
        self._tab.when_month_changes(self._show_values)

    def _list(self) -> None:
        self._shown.clear()
        self._list_area.clear()
        word = bare(str(self._search.value or "")).strip()
        with self._list_area:
            if word:
                found = [lever for lever in lever_catalogue() if word in self._words(lever)]
                for lever in found:
                    self._add(lever)
                if not found:
                    ui.label(self._context.texts("levers.none", word=str(self._search.value).strip()))
            else:
                self._list_groups()

    def _words(self, lever: LeverEntry) -> str:
        texts = self._context.texts
        return bare(f"{lever.path} {lever.label(texts.language)} {lever.meaning_in(texts.language)}")

    def _list_groups(self) -> None:
        groups: dict[str, list[LeverEntry]] = {}
        for lever in lever_catalogue():
            groups.setdefault(lever.decided_by, []).append(lever)
        for levers in groups.values():
            who = glossary.decider(levers[0].decided_by, self._context.texts.language)
            with ui.expansion(f"{who[:1].upper()}{who[1:]} ({len(levers)})") as group:
                group.classes("w-full").props("dense header-class=heading data-testid=lever-group")
                inside = ui.column().classes("w-full gap-0")
            group.on_value_change(self._opener(inside, levers))

    def _opener(self, inside: ui.column, levers: list[LeverEntry]) -> Callable[[Any], None]:
        """Builds a group's levers when it is first opened: fifty at once would slow the page."""

        def open_group(event: Any) -> None:
            if event.value and not inside.default_slot.children:
                with inside:
                    for lever in levers:
                        self._add(lever)

        return open_group

    def _add(self, lever: LeverEntry) -> None:
        self._shown[lever.path] = LeverControl(self._context, lever)

    def _show_values(self) -> None:
        if self._shown:
            values = self._tab.session.levers_in_force()
            for path, control in self._shown.items():
                control.show(values[path])


class LeverControl:
    """One lever: its control and its words."""

    def __init__(self, context: PageContext, lever: LeverEntry) -> None:
        """Build it, showing the value in force next month."""
        self._context = context
        self._lever = lever
        texts = context.texts
        self._value: ParameterValue = context.tab.session.levers_in_force()[lever.path]
        self._controls: list[Any] = []
        self._exact: ui.input | None = None
        with ui.column().classes("lever gap-0").props(f'data-testid="lever-{lever.path}"'):
            ui.label(lever.label(texts.language)).classes("heading")
            self._now = ui.label().style("font-size:.9rem")
            self._build_control(lever)
            ui.label(lever.meaning_in(texts.language)).classes("quiet")
            costs = texts("levers.cost", cost=lever.cost_in(texts.language))
            ui.label(f"{costs} {texts('levers.source', source=source_in_words(lever.source, texts.language))}").classes(
                "quiet"
            )
        self._show_words()

    def show(self, value: ParameterValue) -> None:
        """Show the value in force."""
        if value != self._value:
            self._value = value
            self._reset_controls()

    def _reset_controls(self) -> None:
        for control in self._controls:
            control.set_value(self._value)
        if self._exact is not None:
            self._exact.set_value(self._context.texts.plain(float(self._value)))
        self._show_words()

    def _show_words(self) -> None:
        texts = self._context.texts
        words = texts.value(self._value)
        if _is_number(self._lever):
            low, high = (texts.value(bound) for bound in (self._lever.low or 0.0, self._lever.high or 0.0))
            unit = term("units", self._lever.unit, texts.language)
            words = f"{words} {unit} ({texts('levers.range', low=low, high=high)})"
        self._now.set_text(words)

    def _build_control(self, lever: LeverEntry) -> None:
        control: Any
        if lever.choices is not None:
            choices = {choice: glossary.choice(choice, self._context.texts.language) for choice in lever.choices}
            control = ui.select(choices, value=self._value, on_change=lambda event: self._decide(event.value))
            control.props("dense outlined options-dense").classes("w-full")
        elif lever.kind == "bool":
            control = ui.switch(value=bool(self._value), on_change=lambda event: self._decide(event.value))
        else:
            control = self._build_number(lever)
        control.props["aria-label"] = lever.label(self._context.texts.language)
        self._controls.append(control)

    def _build_number(self, lever: LeverEntry) -> ui.slider:
        assert lever.low is not None
        assert lever.high is not None
        step = step_of(lever)
        with ui.row().classes("w-full no-wrap items-center gap-3"):
            slider = ui.slider(min=lever.low, max=lever.high, step=step, value=self._value).classes("grow")
            slider.on("change", lambda event: self._decide(event.args))
            exact = self._context.texts("levers.exact")
            number = ui.input(value=self._context.texts.plain(float(self._value)))
            number.props("dense outlined inputmode=decimal data-testid=exact").classes("w-24")
            number.props["aria-label"] = f"{exact}: {lever.label(self._context.texts.language)}"
            for happening in ("keydown.enter", "blur"):
                number.on(happening, lambda: self._read(str(number.value or "")), [])
        self._exact = number
        return slider

    def _read(self, typed: str) -> None:
        read = readings(typed, self._context.texts.language)
        if len(read) > 1:
            self._context.warn_of_two(typed, read)
            self._reset_controls()
        else:
            self._decide(read[0] if read else None)

    def _decide(self, given: Any) -> None:
        value = as_lever_value(self._lever, given)
        if value == self._value:
            return
        if value is None:
            self._refuse()
            self._reset_controls()
            return
        tab = self._context.tab
        if self._context.attempt(lambda: tab.session.set_lever(self._lever.path, value)):
            self._value = value
            tab.choices_changed()
        self._reset_controls()

    def _refuse(self) -> None:
        texts, lever = self._context.texts, self._lever
        low, high = (texts.value(bound) for bound in (lever.low or 0.0, lever.high or 0.0))
        name = "no_whole_number_between" if lever.kind == "int" else "no_number_between"
        self._context.warn(
            texts(
                f"refusals.{name}",
                lever=lever.label(texts.language),
                low=low,
                high=high,
                unit=term("units", lever.unit, texts.language),
            )
        )


def bare(words: str) -> str:
    """Words without capitals and accents, as people type them into a search."""
    parts = unicodedata.normalize("NFD", words.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _is_number(lever: LeverEntry) -> bool:
    return lever.choices is None and lever.kind != "bool"


def step_of(lever: LeverEntry) -> float:
    """A round step such that a slider has about a hundred of them; whole numbers never go by less than one."""
    span = float(lever.high or 0.0) - float(lever.low or 0.0)
    rough = span / STEPS_OF_A_SLIDER
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= rough * 0.999)
    return max(1.0, step) if lever.kind == "int" else float(f"{step:.6g}")


def as_lever_value(lever: LeverEntry, given: Any) -> ParameterValue | None:
    """What a control gives, as the kind of value that the lever takes; None for what it does not take."""
    if lever.kind == "bool":
        return bool(given)
    if lever.choices is not None:
        return given if given in lever.choices else None
    try:
        number = float(given)
    except (TypeError, ValueError):
        return None
    number = float(f"{number:.10g}")  # a slider's steps do not add up to the last digit
    if not float(lever.low or 0.0) <= number <= float(lever.high or 0.0):
        return None
    if lever.kind == "int":
        return int(number) if number.is_integer() else None
    return number
