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
from ssa_sim.workshop.drawing.headline import headline
from ssa_sim.workshop.drawing.network import network
from ssa_sim.workshop.drawing.spread import spread
from ssa_sim.workshop.drawing.unit_life import unit_life
from ssa_sim.workshop.drawing.waterfall import waterfall
from ssa_sim.workshop.drawing.zones import zones_map
from ssa_sim.workshop.fan import Fan, quantiles, summaries
from ssa_sim.workshop.leakage import ORDERS
from ssa_sim.workshop.room import LeakageShown, Room
from ssa_sim.workshop.scenario_text import scenario_text
from ssa_sim.workshop.session import log_of
from ssa_sim.workshop.texts import WorkshopTexts
from ssa_sim.workshop.timeline import Choice
from ssa_sim.workshop.wording import choice_in_words, reasons

_STYLE = """
body{font-family:system-ui,"DejaVu Sans",sans-serif;color:#1a1a1a;max-width:1000px;margin:2rem auto;padding:0 1rem;line-height:1.45}
table{border-collapse:collapse;margin:1rem 0}th,td{border-bottom:1px solid #ccc;padding:.3rem .9rem .3rem 0;text-align:left}
td.number,th.number{text-align:right}svg{width:100%;height:auto;margin:1rem 0;page-break-inside:avoid}
pre{background:#f4f4f4;padding:1rem;overflow-x:auto;font-size:.85rem}h2{margin-top:2.2rem;page-break-after:avoid}
"""


def page_to_keep(room: Room) -> str:
    """The whole page as HTML."""
    texts = room.texts
    title = escape(texts("export.title", title=room.title))
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>{''.join(_parts(room))}</body></html>"
    )


def saved_files(room: Room) -> tuple[str, str]:
    """The scenario files of the world compared with and of the room's, as texts."""
    own = {package.name: package.title for package in room.packages}
    why = reasons(room.session.base, room.texts, own)
    hint = room.texts("files.save_hint", seed=room.session.seed, replicate=room.session.replicate)
    worlds = (room.texts("page.comparison"), room.texts("page.policy"))
    titles = (room.texts("files.title", title=room.session.base.title, world=world) for world in worlds)
    comparison, policy = (
        scenario_text(scenario.with_words(title=title), (hint,))
        for scenario, title in zip(room.session.scenarios(why), titles, strict=True)
    )
    return comparison, policy


def _parts(room: Room) -> Iterator[str]:
    texts = room.texts
    yield _question(room)
    yield f"<h2>{escape(texts('export.choices'))}</h2>{_choices(room)}"
    yield f"<h2>{escape(texts('export.results', month=room.scene.last_month))}</h2>{_results(room)}"
    yield f"<h2>{escape(texts('export.figures'))}</h2>{''.join(_figures(room))}"
    if room.ranking and room.ranking.made >= 2:
        outdated = f"<p>{escape(texts('vote.outdated'))}</p>" if room.ranking.is_outdated(room.session) else ""
        yield f"<h2>{escape(texts('export.ranking'))}</h2>{outdated}{ranking_table(room, room.ranking)}{_packages(room, room.ranking)}"
    yield f"<h2>{escape(texts('export.limits'))}</h2><p>{escape(texts('export.limits_text'))}</p>"
    for name, text in zip(("export.file_comparison", "export.file"), saved_files(room), strict=True):
        yield f"<h2>{escape(texts(name))}</h2><p>{escape(texts('export.file_note'))}</p><pre>{escape(text)}</pre>"


def _question(room: Room) -> str:
    texts, session = room.texts, room.session
    played = texts(
        "export.played",
        month=room.scene.last_month,
        seed=session.seed,
        replicate=session.replicate,
        version=MODEL_VERSION,
    )
    spending = texts("export.spending", amount=texts.number(session.extra_spending(), signed=True))
    asked = glossary.scenario_question(session.base.question, texts.language)
    question = f"<p>{escape(texts('files.question', question=asked))}</p>" if asked else ""
    return f"<h2>{escape(texts('export.what'))}</h2>{question}<p>{escape(played)} {escape(spending)}</p>"


def _choices(room: Room) -> str:
    texts = room.texts
    own = {package.name: package.title for package in room.packages}
    rows = [
        f"<tr><td>{escape(texts.month(room.session.month_start(choice.month)))}</td>"
        f"<td>{escape(choice_in_words(choice, texts, own))}</td></tr>"
        for choice in log_of(room.session)
    ]
    if not rows:
        return f"<p>{escape(texts('export.no_choices'))}</p>"
    head = f"<tr><th>{escape(texts('export.date'))}</th><th>{escape(texts('export.choice'))}</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def _results(room: Room) -> str:
    texts = room.texts
    if not room.session.month:
        return ""
    fan = room.fan if room.fan.made >= 2 else None
    headings = [texts(f"page.{name}") for name in ("comparison", "policy", "difference")]
    if fan:
        headings += [texts("export.fan_mean"), texts("export.fan_range")]
    rows = []
    for outcome in OUTCOMES:
        if outcome.headline:
            first, other = (
                float(summaries(world.history[outcome.name], outcome.summary)) for world in room.session.worlds
            )
            cells = [texts.number(first), texts.number(other), texts.number(other - first, signed=True)]
            if fan:
                cells += _over_the_fan(fan, outcome.name, room.session.month, texts)
            taken = "" if outcome.summary == "final" else f"; {texts(f'summaries.{outcome.summary}')}"
            rows.append([f"{outcome.label(texts.language)} ({outcome.unit_in(texts.language)}{taken})", *cells])
    note = texts("export.fan_note", count=texts.whole(fan.made)) if fan else texts("export.no_fan")
    return f"{_table([texts('export.outcome'), *headings], rows)}<p>{escape(note)}</p>"


def _over_the_fan(fan: Fan, outcome: str, months: int, texts: WorkshopTexts) -> list[str]:
    """Mean of the differences over the other runs after so many months, and the range that holds 90% of them."""
    differences = fan.differences(outcome, months)
    if not differences.size:
        return ["–", "–"]
    low, _, high = map(float, quantiles(differences))
    return [texts.number(float(differences.mean()), signed=True), texts.ends(low, high)]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """An HTML table: words at the left, numbers in all other columns."""
    first, *others = headings
    head = f"<th>{escape(first)}</th>" + "".join(f'<th class="number">{escape(other)}</th>' for other in others)
    body = []
    for label, *cells in rows:
        numbers = "".join(f'<td class="number">{escape(cell)}</td>' for cell in cells)
        body.append(f"<tr><td>{escape(label)}</td>{numbers}</tr>")
    return f"<table><tr>{head}</tr>{''.join(body)}</table>"


def _figures(room: Room) -> Iterator[str]:
    scene = room.scene
    yield from (headline(scene), zones_map(scene), network(scene, 0), network(scene, 1), unit_life(scene, room.unit))
    if room.leakage:
        yield waterfall(scene, room.leakage.leakage)
        yield _errors_of(room, room.leakage)
    if room.fan.made >= 2:
        yield spread(scene, room.fan, room.outcome_shown)


def _errors_of(room: Room, shown: LeakageShown) -> str:
    """What the waterfall is of, and how far the estimate of each mechanism may be off."""
    texts = room.texts
    labels = {entry.path: entry.label(texts.language) for entry in mechanism_catalogue()}
    rows = [
        [
            labels[leak.mechanism],
            texts.number(leak.soldiers, signed=True),
            "–" if math.isnan(leak.error) else f"± {texts.number(2.0 * leak.error)}",
        ]
        for leak in shown.leakage.leaks
    ]
    month = texts.month(room.session.month_start(shown.month - 1))
    note = texts("export.leakage_note", month=month, replicate=room.session.replicate, orders=ORDERS)
    if shown.policy != room.session.scenarios()[1].identity():
        note = f"{note} {texts('leakage.outdated', month=month)}"
    names = ("leakage_mechanism", "leakage_soldiers", "leakage_error")
    return f"<p>{escape(note)}</p>{_table([texts(f'export.{name}') for name in names], rows)}"


def ranking_table(room: Room, ranking: Ranking) -> str:
    """The ranking for each outcome, as HTML tables."""
    return "".join(ranking_of(room, ranking, outcome) for outcome in RANKED)


def _packages(room: Room, ranking: Ranking) -> str:
    """What each package that was ranked holds, lever by lever."""
    texts = room.texts
    titles = room.package_titles
    held = "".join(
        f"<dt>{escape(titles[each.name])}</dt><dd>{escape(choice_in_words(Choice(0, each.values), texts, {}))}</dd>"
        for each in ranking.packages
    )
    return f"<h3>{escape(texts('export.packages'))}</h3><dl>{held}</dl>"


def ranking_of(room: Room, ranking: Ranking, outcome: str) -> str:
    """The ranking for one outcome, as an HTML table."""
    texts = room.texts
    titles = room.package_titles
    names = ("rank", "package", "votes", "difference", "interval", "better")
    head = "".join(f"<th>{escape(texts(f'vote.{name}'))}</th>" for name in names)
    rows = []
    for place in ranking.places(outcome):
        found = place.difference
        cells = (
            str(place.rank),
            titles[place.package],
            str(room.ballot.votes(place.package)),
            texts.number(found.difference, signed=True),
            texts.ends(found.low, found.high),
            parts_of_whole([found.better, found.same, found.worse], texts.language),
        )
        words = "".join(f"<td>{escape(cell)}</td>" for cell in cells[:3])
        numbers = "".join(f'<td class="number">{escape(cell)}</td>' for cell in cells[3:])
        rows.append(f"<tr>{words}{numbers}</tr>")
    label = outcome_named(outcome).label(texts.language)
    note = texts("vote.tied", count=texts.whole(ranking.made))
    table = f'<table class="vote-table"><tr>{head}</tr>{"".join(rows)}</table>'
    return f"<h3>{escape(label)}</h3>{table}<p>{escape(note)}</p>"
