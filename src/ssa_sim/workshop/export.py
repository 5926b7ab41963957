"""What was played as one page to keep: figures, choices, results and the scenario files, in one file that loads nothing."""

import math
from collections.abc import Iterator, Sequence
from html import escape

from ssa_sim.catalogue.entries import mechanism_catalogue
from ssa_sim.catalogue.outcomes import OUTCOMES, outcome_named
from ssa_sim.model.version import MODEL_VERSION
from ssa_sim.words import glossary
from ssa_sim.words.numbers import parts_of_whole
from ssa_sim.workshop.ballot import RANKED, Ranking
from ssa_sim.workshop.choice_words import choice_in_words, reasons
from ssa_sim.workshop.drawing.headline import headline
from ssa_sim.workshop.drawing.network import network
from ssa_sim.workshop.drawing.spread import spread
from ssa_sim.workshop.drawing.unit_life import unit_life
from ssa_sim.workshop.drawing.waterfall import waterfall
from ssa_sim.workshop.drawing.zones import zones_map
from ssa_sim.workshop.other_runs import OtherRuns, quantiles, summaries
from ssa_sim.workshop.sampled_decomposition import ORDERS
from ssa_sim.workshop.scenario_text import scenario_text
from ssa_sim.workshop.session import log_of
from ssa_sim.workshop.tab_state import ShownDecomposition, TabState
from ssa_sim.workshop.texts import WorkshopTexts
from ssa_sim.workshop.timeline import Choice

_STYLE = """
body{font-family:system-ui,"DejaVu Sans",sans-serif;color:#1a1a1a;max-width:1000px;margin:2rem auto;padding:0 1rem;line-height:1.45}
table{border-collapse:collapse;margin:1rem 0}th,td{border-bottom:1px solid #ccc;padding:.3rem .9rem .3rem 0;text-align:left}
td.number,th.number{text-align:right}svg{width:100%;height:auto;margin:1rem 0;page-break-inside:avoid}
pre{background:#f4f4f4;padding:1rem;overflow-x:auto;font-size:.85rem}h2{margin-top:2.2rem;page-break-after:avoid}
"""


def page_to_keep(tab: TabState) -> str:
    """The whole page as HTML."""
    texts = tab.texts
    title = escape(texts("export.title", title=tab.title))
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>{''.join(_parts(tab))}</body></html>"
    )


def saved_files(tab: TabState) -> tuple[str, str]:
    """The scenario files of the world compared with and of the room's, as texts."""
    own = {package.name: package.title for package in tab.packages}
    why = reasons(tab.session.base, tab.texts, own)
    hint = tab.texts("files.save_hint", seed=tab.session.seed, replicate=tab.session.replicate)
    worlds = (tab.texts("page.comparison"), tab.texts("page.policy"))
    titles = (tab.texts("files.title", title=tab.session.base.title, world=world) for world in worlds)
    comparison, policy = (
        scenario_text(scenario.with_words(title=title), (hint,))
        for scenario, title in zip(tab.session.scenarios(why), titles, strict=True)
    )
    return comparison, policy


def _parts(tab: TabState) -> Iterator[str]:
    texts = tab.texts
    yield _question(tab)
    yield f"<h2>{escape(texts('export.choices'))}</h2>{_choices(tab)}"
    yield f"<h2>{escape(texts('export.results', month=tab.scene.last_month))}</h2>{_results(tab)}"
    yield f"<h2>{escape(texts('export.figures'))}</h2>{''.join(_figures(tab))}"
    if tab.ranking and tab.ranking.made >= 2:
        outdated = f"<p>{escape(texts('vote.outdated'))}</p>" if tab.ranking.is_outdated(tab.session) else ""
        yield f"<h2>{escape(texts('export.ranking'))}</h2>{outdated}{ranking_table(tab, tab.ranking)}{_packages(tab, tab.ranking)}"
    yield f"<h2>{escape(texts('export.limits'))}</h2><p>{escape(texts('export.limits_text'))}</p>"
    for name, text in zip(("export.file_comparison", "export.file"), saved_files(tab), strict=True):
        yield f"<h2>{escape(texts(name))}</h2><p>{escape(texts('export.file_note'))}</p><pre>{escape(text)}</pre>"


def _question(tab: TabState) -> str:
    texts, session = tab.texts, tab.session
    played = texts(
        "export.played",
        month=tab.scene.last_month,
        seed=session.seed,
        replicate=session.replicate,
        version=MODEL_VERSION,
    )
    spending = texts("export.spending", amount=texts.number(session.extra_spending(), signed=True))
    asked = glossary.scenario_question(session.base.question, texts.language)
    question = f"<p>{escape(texts('files.question', question=asked))}</p>" if asked else ""
    return f"<h2>{escape(texts('export.what'))}</h2>{question}<p>{escape(played)} {escape(spending)}</p>"


def _choices(tab: TabState) -> str:
    texts = tab.texts
    own = {package.name: package.title for package in tab.packages}
    rows = [
        [texts.month(tab.session.month_start(choice.month)), choice_in_words(choice, texts, own)]
        for choice in log_of(tab.session)
    ]
    if not rows:
        return f"<p>{escape(texts('export.no_choices'))}</p>"
    return _table([texts("export.date"), texts("export.choice")], rows, n_words=2)


def _results(tab: TabState) -> str:
    texts = tab.texts
    if not tab.session.month:
        return ""
    other_runs = tab.other_runs if tab.other_runs.made >= 2 else None
    headings = [texts(f"page.{name}") for name in ("comparison", "policy", "difference")]
    if other_runs:
        headings += [texts("export.fan_mean"), texts("export.fan_range")]
    rows = []
    for outcome in OUTCOMES:
        if outcome.headline:
            first, other = (
                float(summaries(world.history[outcome.name], outcome.summary)) for world in tab.session.worlds
            )
            cells = [texts.number(first), texts.number(other), texts.number(other - first, signed=True)]
            if other_runs:
                cells += _over_other_runs(other_runs, outcome.name, tab.session.month, texts)
            taken = "" if outcome.summary == "final" else f"; {texts(f'summaries.{outcome.summary}')}"
            rows.append([f"{outcome.label(texts.language)} ({outcome.unit_in(texts.language)}{taken})", *cells])
    note = texts("export.fan_note", count=texts.whole(other_runs.made)) if other_runs else texts("export.no_fan")
    return f"{_table([texts('export.outcome'), *headings], rows)}<p>{escape(note)}</p>"


def _over_other_runs(other_runs: OtherRuns, outcome: str, months: int, texts: WorkshopTexts) -> list[str]:
    """Mean of the differences over the other runs after so many months, and the range that holds 90% of them."""
    differences = other_runs.differences(outcome, months)
    if not differences.size:
        return ["–", "–"]
    low, _, high = map(float, quantiles(differences))
    return [texts.number(float(differences.mean()), signed=True), texts.ends(low, high)]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, n_words: int = 1, kind: str = "") -> str:
    """An HTML table: words in the first columns, numbers at the right in all others; `kind` is its class."""

    def line(tag: str, cells: Sequence[str]) -> str:
        words = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells[:n_words])
        numbers = "".join(f'<{tag} class="number">{escape(cell)}</{tag}>' for cell in cells[n_words:])
        return f"<tr>{words}{numbers}</tr>"

    opening = f'<table class="{kind}">' if kind else "<table>"
    return f"{opening}{line('th', headings)}{''.join(line('td', row) for row in rows)}</table>"


def _figures(tab: TabState) -> Iterator[str]:
    scene = tab.scene
    yield from (headline(scene), zones_map(scene), network(scene, 0), network(scene, 1), unit_life(scene, tab.unit))
    if tab.decomposition:
        yield waterfall(scene, tab.decomposition.decomposition)
        yield _errors_of(tab, tab.decomposition)
    if tab.other_runs.made >= 2:
        yield spread(scene, tab.other_runs, tab.outcome_shown)


def _errors_of(tab: TabState, shown: ShownDecomposition) -> str:
    """What the waterfall is of, and how far the estimate of each mechanism may be off."""
    texts = tab.texts
    labels = {entry.path: entry.label(texts.language) for entry in mechanism_catalogue()}
    rows = [
        [
            labels[effect.mechanism],
            texts.number(effect.soldiers, signed=True),
            "–" if math.isnan(effect.error) else f"± {texts.number(2.0 * effect.error)}",
        ]
        for effect in shown.decomposition.effects
    ]
    month = texts.month(tab.session.month_start(shown.month - 1))
    note = texts("export.leakage_note", month=month, replicate=tab.session.replicate, orders=ORDERS)
    if shown.policy != tab.session.scenarios()[1].identity():
        note = f"{note} {texts('leakage.outdated', month=month)}"
    names = ("leakage_mechanism", "leakage_soldiers", "leakage_error")
    return f"<p>{escape(note)}</p>{_table([texts(f'export.{name}') for name in names], rows)}"


def ranking_table(tab: TabState, ranking: Ranking) -> str:
    """The ranking for each outcome, as HTML tables."""
    return "".join(ranking_of(tab, ranking, outcome) for outcome in RANKED)


def _packages(tab: TabState, ranking: Ranking) -> str:
    """What each package that was ranked holds, lever by lever."""
    texts = tab.texts
    titles = tab.package_titles
    held = "".join(
        f"<dt>{escape(titles[each.name])}</dt><dd>{escape(choice_in_words(Choice(0, each.values), texts, {}))}</dd>"
        for each in ranking.packages
    )
    return f"<h3>{escape(texts('export.packages'))}</h3><dl>{held}</dl>"


def ranking_of(tab: TabState, ranking: Ranking, outcome: str) -> str:
    """The ranking for one outcome, as an HTML table."""
    texts = tab.texts
    titles = tab.package_titles
    names = ("rank", "package", "votes", "difference", "interval", "better")
    rows = []
    for place in ranking.places(outcome):
        found = place.difference
        cells = [
            str(place.rank),
            titles[place.package],
            str(tab.ballot.votes(place.package)),
            texts.number(found.difference, signed=True),
            texts.ends(found.low, found.high),
            parts_of_whole([found.better, found.same, found.worse], texts.language),
        ]
        rows.append(cells)
    label = outcome_named(outcome).label(texts.language)
    note = texts("vote.tied", count=texts.whole(ranking.made))
    table = _table([texts(f"vote.{name}") for name in names], rows, n_words=3, kind="vote-table")
    return f"<h3>{escape(label)}</h3>{table}<p>{escape(note)}</p>"
