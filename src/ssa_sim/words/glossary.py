"""The catalogue's terms and values as people of either language write them."""

from datetime import date

from ssa_sim.words.numbers import whole, written
from ssa_sim.words.texts import Language, term, texts, words


def decider(text: str, language: Language) -> str:
    """Who decides."""
    return term("deciders", text, language)


def unit(text: str, language: Language) -> str:
    """A parameter's unit; choices, and yes or no, are no units."""
    if text in ("choice", "yes/no"):
        return ""
    return term("units", text, language)


def part(name: str, language: Language) -> str:
    """What a parameter of a design is, by the part of a scenario that it is in: a lever, an uncertainty or a mechanism."""
    return term("parts", name, language)


def choice(name: str, language: Language) -> str:
    """One of a lever's choices."""
    return term("choices", name, language)


def scenario_title(title: str, language: Language) -> str:
    """A scenario's title; as it is where it has no other in the language."""
    return _of_scenario("titles", title, language)


def scenario_question(question: str, language: Language) -> str:
    """A scenario's question, likewise."""
    return _of_scenario("questions", question, language)


def experiment_title(title: str, language: Language) -> str:
    """What an experiment is called, likewise."""
    return _of_scenario("experiments", title, language)


def _of_scenario(what: str, text: str, language: Language) -> str:
    return str(words("fr", "scenarios")[what].get(text, text)) if language == "fr" else text


def source(text: str, language: Language) -> str:
    """Evidence ids, "assumption", or both."""
    return text.replace("assumption", term("values", "assumption", language))


def value(given: bool | int | float | str | None, language: Language) -> str:
    """A parameter's value as people write it; a dash for none."""
    if given is None:
        return "–"
    if isinstance(given, bool):
        return term("values", "yes" if given else "no", language)
    if isinstance(given, str):
        return choice(given, language)
    if isinstance(given, int) or (given == int(given) and abs(given) >= 1000):
        return whole(int(given), language)
    return written(f"{given:.6g}", language)


def month(day: date) -> str:
    """A month that reads the same in both languages."""
    return f"{day:%Y-%m}"


def month_in_words(day: date, language: Language) -> str:
    """A month with its year, as people of the language write it."""
    return f"{texts(language, 'dates').several('months')[day.month - 1]} {day.year}"
