"""The head of the page: time, and how it passes; language; the four numbers that everybody sees."""

import json
from collections.abc import Callable
from html import escape

from nicegui import events, ui

from ssa_sim.workshop.other_runs import Floats
from ssa_sim.workshop.page.context import PageContext, picture
from ssa_sim.workshop.tab_state import TabState

SPEEDS = (1, 2, 4, 8)
"""Months per second."""


KEYS = """
if (!window.workshopKeys) {
    window.workshopKeys = true;
    document.addEventListener("keydown", event => {
        const active = document.activeElement || document.body;
        const free = active.matches("body, .q-layout");
        const turns = ["PageDown", "PageUp"].includes(event.key);
        const typed = active.closest("input, textarea, .q-slider, .q-dialog, [role=listbox]");
        if (turns ? !typed : free && [" ", "ArrowRight", "ArrowLeft"].includes(event.key)) {
            event.preventDefault();
            emitEvent("workshop_key", event.key);
        }
    });
}
"""
"""Tells of keys, but for those meant for whatever has the focus: arrows also move tabs, a page's keys only what is typed or slid."""


class Controls:
    """Play, pause, step, back, speed; the month on show."""

    def __init__(self, context: PageContext) -> None:
        """Build the row of controls."""
        self._context = context
        self._tab = context.tab
        self._is_sliding = False
        texts = context.texts
        self._timer = ui.timer(1.0 / SPEEDS[1], self._tick, active=False, immediate=False)
        with (
            ui.row()
            .classes("w-full items-center gap-2 no-wrap")
            .props(f'role=group aria-label="{texts("controls.go_to")}"')
        ):
            self._play = self._button("play", "play_arrow", self.toggle, "play")
            self._button("step", "skip_next", lambda: self.move(1), "step")
            self._button("back", "skip_previous", lambda: self.move(-1), "back", with_words=False)
            self._button("year_back", "fast_rewind", lambda: self.move(-12), "year-back", with_words=False)
            self._speed = ui.select(
                {speed: str(speed) for speed in SPEEDS},
                value=SPEEDS[1],
                label=texts("controls.speed"),
                on_change=self._hurry,
            )
            self._speed.props("dense outlined options-dense data-testid=speed").classes("w-44 flex-none")
            with ui.element("div").classes("sliding grow mx-3"):
                self._slider = self._build_slider()
            self._button("reset", "replay", self._reset, "reset")
            self._button("forget", "delete_sweep", self._forget, "forget", with_words=False)
        self._tab.when_month_changes(self._show_month)
        self._show_month()

    def _build_slider(self) -> ui.slider:
        """Over the months; while it is dragged the browser says which month it would go to."""
        texts, session = self._context.texts, self._tab.session
        slider = ui.slider(min=0, max=session.months, step=1, value=session.month).on("change", self._slid)
        slider.props(f'aria-label="{texts("controls.go_to")}" data-testid=month-slider')
        months = [texts("controls.start"), *(texts.month(start) for start in session.base.month_starts())]
        place = f"document.getElementById('c{ui.element('span').classes('dragged').id}')"
        move = f"{place}.style.left = (100 * value / {session.months}) + '%'"
        say = f"{place}.innerText = {json.dumps(months)}[value]"
        slider.on("update:model-value", js_handler=f"value => {{ {move}; {say}; }}")
        slider.on("change", js_handler=f"() => {{ {place}.innerText = ''; }}")
        return slider

    def _button(self, name: str, icon: str, action: object, test: str, *, with_words: bool = True) -> ui.button:
        words = self._context.texts(f"controls.{name}")
        button = ui.button(words if with_words else "", icon=icon, on_click=action)
        button.props(f'no-caps aria-label="{words}" data-testid={test}' + ("" if with_words else " outline"))
        hints = {"play": "controls.keys", "reset": "controls.reset_hint", "forget": "controls.forget_hint"}
        with button:
            ui.tooltip(self._context.texts(hints.get(name, f"controls.{name}"))).props(
                'anchor="top middle" self="bottom middle" delay=600'
            )
        return button

    def toggle(self) -> None:
        """Play or pause."""
        if self._tab.session.is_over and not self._timer.active:
            self._context.tell(self._context.texts("controls.over"))
        self._set_playing(not self._timer.active and not self._tab.session.is_over)

    def pause(self) -> None:
        """Let no more months pass."""
        self._set_playing(False)

    def move(self, months: int) -> None:
        """So many months on, or back if below zero."""
        session = self._tab.session
        before = session.month
        if months > 0 and session.is_over:
            self._context.tell(self._context.texts("controls.over"))
        elif months > 0:
            session.step()
        else:
            session.go_to(session.month + months)
        if session.month != before:
            self._tab.month_changed()

    def _set_playing(self, playing: bool) -> None:
        self._timer.active = playing
        words = self._context.texts("controls.pause" if playing else "controls.play")
        self._play.set_text(words)
        self._play.props(f'icon={"pause" if playing else "play_arrow"} aria-label="{words}"')

    def _tick(self) -> None:
        self.move(1)
        if self._tab.session.is_over:
            self._set_playing(False)

    def _hurry(self) -> None:
        self._timer.interval = 1.0 / float(self._speed.value)

    def _slid(self, event: events.GenericEventArguments) -> None:
        self._is_sliding = True  # a slider that is moved fast is not to be pulled back to where it was a moment ago
        self._tab.session.go_to(int(event.args))
        self._tab.month_changed()
        self._is_sliding = False

    def _reset(self) -> None:
        self._set_playing(False)
        self._tab.session.reset()
        self._tab.month_changed()

    async def _forget(self) -> None:
        self._set_playing(False)
        if not await self._context.may_lose(self._tab.session.choices):
            return
        self._tab.session.forget_choices()
        self._tab.choices_changed()

    def press(self, key: str) -> None:
        """Follow a key that was pressed while nothing on the page had the focus."""
        if key == " ":
            self.toggle()
        elif key == "ArrowRight":
            self.move(1)
        elif key == "ArrowLeft":
            self.move(-1)
        elif self._tab.story:  # the keys of a presenter
            self._context.turn(1 if key == "PageDown" else -1)
        else:
            self.move(1 if key == "PageDown" else -1)

    def _show_month(self) -> None:
        if not self._is_sliding and self._slider.value != self._tab.session.month:
            self._slider.set_value(self._tab.session.month)


def month_in_words(tab: TabState) -> str:
    """Which month is on show."""
    session, texts = tab.session, tab.texts
    if session.month == 0:
        return texts("page.before_start", month=texts.month(session.month_start(0)))
    return texts("page.after_month", month=tab.scene.last_month)


class Tiles:
    """Outputs and outcomes of both worlds in large numbers."""

    def __init__(self, context: PageContext) -> None:
        """Build the row of tiles."""
        self._tab = context.tab
        self._html = picture(self._content(), "tiles")
        self._tab.when_month_changes(self._show)

    def _show(self) -> None:
        self._html.set_content(self._content())

    def _content(self) -> str:
        texts = self._tab.texts
        year = min(12, self._tab.session.month) or 12
        tiles = [
            self._tile("completions", self._last, strong=True),
            self._tile("ready_soldiers", self._last, strong=True),
            self._tile("deaths", self._in_a_year, months=year),
            self._tile("total_spent", self._last),
        ]
        words = escape(texts("headline.both_title"), quote=True)
        return f'<div class="tiles" role="group" aria-label="{words}">{"".join(tiles)}</div>'

    @staticmethod
    def _last(months: Floats) -> float:
        return float(months[-1])

    @staticmethod
    def _in_a_year(months: Floats) -> float:
        return float(months[-12:].sum())

    def _tile(self, name: str, taken: Callable[[Floats], float], *, strong: bool = False, **said: object) -> str:
        """An outcome of both worlds; before the first month nothing is known of it."""
        texts, session = self._tab.texts, self._tab.session
        values = [texts.whole(taken(world.history[name])) if session.month else "–" for world in session.worlds]
        note = texts(f"tiles.{name}_note") if strong else ""
        numbers = "".join(
            f'<span class="{kind}" data-testid="{name}-{kind}"><span class="big">{value}</span> '
            f"<small>{escape(texts(f'page.{world}_short'))}</small></span>"
            for kind, world, value in zip(("without", "room"), ("comparison", "policy"), values, strict=True)
        )
        return (
            f'<div class="tile{" strong" if strong else ""}"><div class="name">{escape(texts(f"tiles.{name}", **said))} '
            f'<span class="note">{escape(note)}</span></div><div class="pair">{numbers}</div></div>'
        )
