"""Files: save what was played, begin with another scenario, read one of one's own."""

import weakref
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from nicegui import run, ui

from ssa_sim.errors import InputError
from ssa_sim.workshop.export import page_to_keep, saved_files
from ssa_sim.workshop.page.context import MOST_WORDS, PageContext
from ssa_sim.workshop.refusals import RefusedError
from ssa_sim.workshop.remembered import TabMemory
from ssa_sim.workshop.uploads import LARGEST_UPLOAD, load_from, read_upload
from ssa_sim.workshop.workshop_file import MOST_REPLICATE, workshop_text


def _weakly(view: "FilesView") -> Callable[[Any], Awaitable[None]]:
    """A view's way to receive files that does not keep it alive: FastAPI remembers routes of tabs long closed."""
    kept = weakref.ref(view)

    async def receive(event: Any) -> None:
        alive = kept()
        if alive is not None:
            await alive.receive(event)

    return receive


class FilesView:
    """Save, export, open, upload."""

    def __init__(self, context: PageContext) -> None:
        """Build the view."""
        self._context = context
        self._tab = context.tab
        with ui.row().classes("w-full items-start gap-8 no-wrap"):
            with ui.column().classes("gap-2").style("flex:1"):
                self._build_saving()
            with ui.column().classes("gap-2").style("flex:1"):
                self._build_opening()

    def _build_saving(self) -> None:
        texts, tab = self._context.texts, self._tab
        buttons = (
            ("export", "export", self._export),
            ("keep", "keep", self._keep),
            ("save", "save-policy", lambda: self._save(1)),
            ("save_comparison", "save-comparison", lambda: self._save(0)),
        )
        for name, test, action in buttons:
            ui.button(texts(f"files.{name}"), icon="download", on_click=action).props(f"no-caps data-testid={test}")
            if name != "save":
                hint = "files.save_hint" if name == "save_comparison" else f"files.{name}_hint"
                ui.label(texts(hint, seed=tab.session.seed, replicate=tab.session.replicate)).classes("quiet")

    def _keep(self) -> None:
        text, name = workshop_text(self._tab.memory), f"{self._tab.name}_workshop.toml"
        try:
            read_upload(name, text.encode(), self._tab.setup.folder)
        except InputError as error:  # better today than on the day on which it is taken up again
            self._refuse(error)
            return
        ui.download.content(text, name)

    def _save(self, place: int) -> None:
        name = ("comparison", "room")[place]
        ui.download.content(saved_files(self._tab)[place], f"{self._tab.name}_{name}.toml")

    def _export(self) -> None:
        ui.download.content(page_to_keep(self._tab), f"{self._tab.name}_workshop.html")

    def _build_opening(self) -> None:
        texts, tab = self._context.texts, self._tab
        titles = tab.scenario_titles
        current = f"{tab.name}.toml"
        shown = current if current in titles else None
        choose = ui.select(titles, value=shown, label=texts("files.open"))
        choose.props("outlined dense options-dense data-testid=open-scenario").classes("w-full")

        async def open_chosen() -> None:
            if choose.value != shown:
                await self._open(str(choose.value))
                choose.set_value(shown)  # still the same page: it was refused, or the room stays here

        choose.on_value_change(open_chosen)
        kilobytes = LARGEST_UPLOAD // 1000
        self._upload = ui.upload(
            label=texts("files.upload", kilobytes=kilobytes),
            auto_upload=True,
            max_file_size=LARGEST_UPLOAD,
            on_upload=_weakly(self),
            on_rejected=lambda: self._refuse(RefusedError("upload", kilobytes=kilobytes)),
        )
        self._upload.props('accept=".toml" flat bordered data-testid=upload').classes("w-full")
        ui.label(texts("files.upload_hint")).classes("quiet")
        self._message = (
            ui.label().classes("over").style("white-space:pre-wrap").props("role=alert data-testid=file-message")
        )
        replicate = ui.number(texts("files.seed"), value=tab.session.replicate, step=1)
        replicate.props("outlined dense data-testid=replicate").classes("w-full")
        for happening in ("keydown.enter", "blur"):
            replicate.on(happening, lambda: self._draw_anew(replicate), [])
        ui.label(texts("files.seed_hint")).classes("quiet")

    async def _open(self, name: str) -> None:
        await self._begin(lambda: self._tab.begin(load_from(self._tab.setup.folder, name), name.removesuffix(".toml")))

    async def receive(self, event: Any) -> None:
        """Begin with the scenario that was uploaded, or go on with the workshop."""
        content = await event.file.read()
        self._upload.reset()  # a tick beside a file that was refused would say that it was taken
        self._message.set_text("")
        name, tab = event.file.name, self._tab
        try:
            read = await run.io_bound(read_upload, name, content, tab.setup.folder)
        except InputError as error:
            self._refuse(error)
        else:
            if isinstance(read, TabMemory):
                await self._begin(lambda: tab.recall(read))
                if tab.session.memory == read.session:
                    self._context.warn_of_return(read)
            else:
                await self._begin(lambda: tab.begin(read, Path(name).stem[:60]))

    def _refuse(self, error: InputError) -> None:
        self._context.say_refusal(error)
        self._message.set_text(self._context.refusal_in_words(error)[:MOST_WORDS])

    async def _begin(self, begin: Callable[[], None]) -> None:
        """Do it, if the room may lose what it has decided; otherwise everything stays as it is."""
        if not await self._context.may_lose(self._tab.has_decided):
            return
        try:
            begin()
        except InputError as error:
            self._refuse(error)
            return
        self._context.tell(self._context.texts("files.begun", title=self._tab.title))
        self._context.rebuild()

    def _draw_anew(self, replicate: ui.number) -> None:
        current, value = self._tab.session.replicate, replicate.value
        if value == current:
            return
        if value is None or not 0 <= value <= MOST_REPLICATE or not float(value).is_integer():
            self._context.warn(self._context.texts("refusals.no_replicate", most=MOST_REPLICATE, current=current))
            replicate.set_value(current)
            return
        self._tab.draw_anew(int(value))
        self._context.rebuild()
