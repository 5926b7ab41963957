"""The vote: packages, hands counted, and the ranking that replications give."""

from nicegui import background_tasks, ui

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.errors import InputError
from ssa_sim.workshop.ballot import RANKED, Package, Ranking
from ssa_sim.workshop.choice_words import choice_in_words
from ssa_sim.workshop.export import ranking_of
from ssa_sim.workshop.page.context import PageContext
from ssa_sim.workshop.timeline import Choice


class VoteView:
    """Counting on the left, the ranking on the right."""

    def __init__(self, context: PageContext) -> None:
        """Build the view."""
        self._context = context
        self._tab = context.tab
        texts = context.texts
        ui.label(texts("vote.title")).classes("heading")
        ui.label(texts("vote.hint")).classes("quiet")
        if self._tab.unreadable:
            unreadable = texts("vote.unreadable", files=", ".join(self._tab.unreadable))
            ui.label(unreadable).classes("over").props("data-testid=unreadable")
        if not self._tab.packages:
            ui.label(texts("vote.none"))
            return
        with ui.row().classes("w-full no-wrap items-start gap-6"):
            with ui.column().classes("gap-0").style("flex:1;max-height:calc(100vh - 19.5rem);overflow-y:auto"):
                for package in self._tab.packages:
                    self._build_package(package)
            with ui.column().classes("gap-1").style("flex:1.2"):
                self._build_ranking()

    def _build_package(self, package: Package) -> None:
        texts, ballot = self._context.texts, self._tab.ballot
        title = self._tab.package_titles[package.name]
        with ui.row().classes("log-row no-wrap items-center justify-between"):
            name = ui.button(title, on_click=lambda: self._tell(package))
            name.props("flat dense no-caps align=left").classes("wrapped grow leading-tight")
            name.props["data-testid"] = f"package-{package.name}"
            with ui.row().classes("no-wrap items-center gap-0"):
                count = ui.label(texts.whole(ballot.votes(package.name))).classes("heading")
                count.props["data-testid"] = f"votes-{package.name}"

                def vote(votes: int) -> None:
                    ballot.add(package.name, votes)
                    count.set_text(texts.whole(ballot.votes(package.name)))

                for name, icon, votes in (("more", "add", 1), ("fewer", "remove", -1)):
                    button = ui.button(icon=icon, on_click=lambda votes=votes: vote(votes))
                    button.props("flat dense")
                    button.props["aria-label"] = texts(f"vote.{name}", title=title)
                    button.props["data-testid"] = f"vote-{name}-{package.name}"

    def _build_ranking(self) -> None:
        texts = self._context.texts
        labels = {name: outcome_named(name).label(texts.language) for name in RANKED}
        with ui.row().classes("items-center gap-3"):
            show = ui.button(texts("vote.show"), icon="bar_chart", on_click=self._rank)
            show.props("no-caps data-testid=vote-show")
            self._outcome = ui.select(labels, value=self._tab.vote_outcome, label=texts("vote.outcome"))
            self._outcome.props("dense outlined options-dense data-testid=vote-outcome").classes("w-64")
            self._outcome.on_value_change(self._draw)
        self._told = ui.column().classes("gap-1").props("data-testid=package-told aria-live=polite")
        self._state = ui.label().classes("quiet").props("data-testid=vote-state")
        self._table = ui.html("", sanitize=False).props("data-testid=ranking")
        self._draw()
        self._tab.when_choices_change(self._draw)
        if self._tab.ranking and not self._tab.ranking.is_complete:  # the page was built anew while it was being made
            background_tasks.create(self._go_on(self._tab.ranking), name="ranking")

    def _tell(self, package: Package) -> None:
        """What a package sets, in words, and a button that takes it over."""
        texts, title = self._context.texts, self._tab.package_titles[package.name]
        levers = choice_in_words(Choice(0, package.values), texts, {})
        self._told.clear()
        with self._told:
            ui.label(texts("page.named", what=title, name=levers)).classes("look")
            adopt = ui.button(texts("vote.adopt"), on_click=lambda: self._adopt(package))
            adopt.props("no-caps outline data-testid=adopt")
            adopt.props["aria-label"] = texts("vote.adopt_named", title=title)

    async def _rank(self) -> None:
        tab = self._tab
        voted = tab.ballot.chosen()
        packages = {package.name: package for package in tab.packages}
        try:
            ranking = Ranking(tab.session, [packages[name] for name in voted], replications=tab.setup.replications)
        except InputError as error:
            self._context.say_refusal(error)
            return
        tab.ranking = ranking
        self._table.set_content("")
        await self._go_on(ranking)

    async def _go_on(self, ranking: Ranking) -> None:
        await self._context.work(ranking, lambda: self._tab.ranking is ranking, self._draw)

    def _draw(self) -> None:
        tab, texts = self._tab, self._context.texts
        tab.vote_outcome = str(self._outcome.value)
        ranking = tab.ranking
        if ranking is None:
            return
        made, total = texts.whole(ranking.made), texts.whole(ranking.steps)
        since = texts.month(tab.session.month_start(ranking.month))
        compared = texts("vote.compared", month=since)
        state = compared if ranking.is_complete else texts("vote.running", made=made, all=total)
        outdated = f" {texts('vote.outdated')}" if ranking.is_outdated(tab.session) else ""
        self._state.set_text(state + outdated)
        if ranking.made >= 2:
            self._table.set_content(ranking_of(tab, ranking, tab.vote_outcome))

    def _adopt(self, package: Package) -> None:
        tab = self._tab
        values = dict(package.values)
        if self._context.attempt(lambda: tab.session.decide(values, kind="package", name=package.name)):
            tab.choices_changed()
            self._context.tell(self._context.texts("log.package", title=tab.package_titles[package.name]))
