"""The storylines as the trainers' guides show them: steps from the files, and what the page's 40 other runs say of each lesson.

`python tests/documents.py` writes them anew, and `python tests/storyline_tables.py` them alone.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.period import Period
from ssa_sim.scenario.schema import Scenario
from ssa_sim.words.numbers import numbers
from ssa_sim.words.texts import Language
from ssa_sim.workshop.choice_words import choice_in_words
from ssa_sim.workshop.lesson_checks import LessonCheck, lesson_checks
from ssa_sim.workshop.other_runs import OtherRuns
from ssa_sim.workshop.storyline import Storyline, choices_of, storylines, told
from ssa_sim.workshop.texts import WorkshopTexts, texts_in

ROOT = Path(__file__).resolve().parent.parent
GUIDES: dict[str, Language] = {"docs/workshop.md": "en", "docs/workshop.fr.md": "fr"}
RUNS = 40
"""As many as the page makes unless it is told otherwise."""

_PLACE = re.compile(r"^<!-- storylines -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL)
_WORDS = {
    "en": {
        "minutes": "{} minutes. Begins with `{}`. Rests on {}.",
        "take": "To take home: {}",
        "steps": ("Step", "The page says", "What is played", "What to point at", "What to ask"),
        "nothing": "nothing",
        "numbers": "What the numbers show: the room's world less the other, over {} other runs",
        "findings": ("What is expected", "Outcome", "Mean difference (95% interval)", "So in"),
        "to": "{} ({} to {}) {}",
        "kept": "{} of {} runs",
        "before": "{}, before {}",
        "picture": "The page at the end of the storyline: {}",
    },
    "fr": {
        "minutes": "{} minutes. Part de `{}`. S'appuie sur {}.",
        "take": "À retenir : {}",
        "steps": ("Étape", "La page dit", "Ce qui est joué", "Ce qu'il faut montrer", "Ce qu'il faut demander"),
        "nothing": "rien",
        "numbers": "Ce que montrent les chiffres : le monde de la salle moins l'autre, sur {} autres tirages",
        "findings": ("Ce qui est attendu", "Résultat", "Différence moyenne (intervalle à 95 %)", "Vrai dans"),
        "to": "{} (de {} à {}) {}",
        "kept": "{} tirages sur {}",
        "before": "{}, avant {}",
        "picture": "La page à la fin du parcours : {}",
    },
}  # fmt: skip


def fan_of(storyline: Storyline, runs: int = RUNS) -> OtherRuns:
    """The other runs of what the storyline plays, as the page makes them with its own seed."""
    session = told(storyline, base_of(storyline))
    other_runs = OtherRuns(session.scenarios(), seed=session.seed, shown=session.replicate, replications=runs)
    while not other_runs.is_complete:
        other_runs.add_next()
    return other_runs


def base_of(storyline: Storyline) -> Scenario:
    """What both worlds begin with."""
    return load_scenario(ROOT / "scenarios" / storyline.scenario)


def with_storylines(text: str, shown: str) -> str:
    """A guide with its storylines put in place."""
    (place,) = _PLACE.finditer(text)
    return f"{text[: place.start()]}<!-- storylines -->\n{shown}\n<!-- end -->{text[place.end() :]}"


def as_markdown(found: Sequence[tuple[Storyline, list[LessonCheck]]], language: Language) -> str:
    """All storylines with what was found of each."""
    return "\n\n".join("\n\n".join(_parts(storyline, made, texts_in(language))) for storyline, made in found)


def _parts(storyline: Storyline, made: list[LessonCheck], texts: WorkshopTexts) -> Iterator[str]:
    language = texts.language
    words = _WORDS[language]
    title = storyline.title.in_language(language)
    yield f"### {storyline.number}. {title}"
    sources = ", ".join(storyline.sources)
    yield str(words["minutes"]).format(storyline.minutes, storyline.scenario, sources)
    yield f"**{str(words['take']).format(storyline.lesson.in_language(language))}**"
    yield f"![{str(words['picture']).format(title)}]({picture_of(storyline, language)})"
    yield _table(words["steps"], [_step_row(storyline, position, texts) for position in range(len(storyline.steps))])
    runs = made[0].runs
    yield f"{str(words['numbers']).format(runs)}{' :' if language == 'fr' else ':'}"
    yield _table(words["findings"], [_finding_row(check, texts) for check in made])
    yield storyline.caution.in_language(language)


def picture_of(storyline: Storyline, language: Language) -> str:
    """Where the picture of the lesson lies, seen from the guides."""
    return f"images/workshop/{storyline.name}_{language}.png"


def _step_row(storyline: Storyline, position: int, texts: WorkshopTexts) -> list[str]:
    words, step = _WORDS[texts.language], storyline.steps[position]
    month = month_in_words(step.month, base_of(storyline).period, texts)
    played = "<br>".join(choice_in_words(choice, texts, {}) for choice in choices_of(step)) or str(words["nothing"])
    spoken = (step.look.in_language(texts.language), step.ask.in_language(texts.language))
    return [str(position + 1), month, played, *spoken]


def month_in_words(month: date, period: Period, texts: WorkshopTexts) -> str:
    """What the page says when a month is next to be played."""
    played = period.month_of(month)
    if played == 0:
        return texts("page.before_start", month=texts.month(period.start))
    return texts("page.after_month", month=texts.month(period.month_starts()[played - 1]))


def _finding_row(check: LessonCheck, texts: WorkshopTexts) -> list[str]:
    words, expectation = _WORDS[texts.language], check.expectation
    outcome = outcome_named(expectation.outcome)
    label = outcome.label(texts.language)
    if expectation.by is not None:
        label = str(words["before"]).format(label, texts.month(expectation.by))
    found = check.difference
    amounts = numbers([found.difference, found.low, found.high], texts.language, signed=True)
    difference = str(words["to"]).format(*amounts, outcome.unit_in(texts.language))
    kept = str(words["kept"]).format(check.kept, check.runs)
    return [expectation.says.in_language(texts.language), label, difference, kept]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [headings, ["---"] * len(headings), *rows])


def refresh() -> None:
    """Write the storylines of both guides anew."""
    found = [(storyline, lesson_checks(storyline, fan_of(storyline))) for storyline in storylines()]
    for name, language in GUIDES.items():
        document = ROOT / name
        text = document.read_text(encoding="utf-8")
        document.write_text(with_storylines(text, as_markdown(found, language)), encoding="utf-8")


if __name__ == "__main__":
    refresh()
