"""Choices in words: for the log, for the page to keep, and as the reasons in a scenario file."""

from ssa_sim.catalogue.entries import LeverEntry, lever_catalogue
from ssa_sim.scenario.schema import Scenario
from ssa_sim.words import glossary
from ssa_sim.workshop.texts import WorkshopTexts
from ssa_sim.workshop.timeline import Choice, Reason


def lever_named(path: str) -> LeverEntry:
    """The lever of that path; `KeyError` where there is none."""
    return {entry.path: entry for entry in lever_catalogue()}[path]


def choice_in_words(choice: Choice, texts: WorkshopTexts, packages: dict[str, str]) -> str:
    """What was decided, in one line.

    Args:
        choice: what to tell.
        texts: the language's words.
        packages: from the name of a package to the title of its file, for those that have no text of their own.
    """
    if choice.kind == "inject":
        return texts(
            "log.inject_both" if choice.in_both else "log.inject_only", title=texts(f"injects.{choice.name}.title")
        )
    if choice.kind == "package":
        return texts("log.package", title=package_title(choice.name, texts, packages))
    moves = []
    for path, value in choice.values:
        lever = lever_named(path)
        moves.append(texts("log.lever", lever=lever.label(texts.language), value=texts.value(value)))
    return "; ".join(moves)


def package_title(name: str, texts: WorkshopTexts, packages: dict[str, str]) -> str:
    """What a package is called: by its file in English, by the texts in French if they know it."""
    return glossary.scenario_title(packages.get(name, name), texts.language)


def reasons(base: Scenario, texts: WorkshopTexts, packages: dict[str, str]) -> Reason:
    """Reasons for dated changes, for `timeline.played`."""
    starts = base.month_starts()

    def why(choice: Choice | None, month: int) -> str:
        if choice is None:
            return texts("why.back")
        if choice.month != month:
            return texts("why.holds", month=texts.month(starts[choice.month]))
        if choice.kind == "inject":
            return texts("why.inject", title=texts(f"injects.{choice.name}.title"))
        if choice.kind == "package":
            return texts("why.package", title=package_title(choice.name, texts, packages))
        return texts("why.lever")

    return why
