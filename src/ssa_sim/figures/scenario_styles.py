"""Who is who in a figure of several scenarios: what each is called, its letter, and how it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from ssa_sim.figures.labels import figure_words
from ssa_sim.figures.style import MOST_SCENARIOS, ScenarioStyle, scenario_styles
from ssa_sim.words.texts import Language


@dataclass(frozen=True)
class ScenarioStyles:
    """The scenarios shown.

    Attributes:
        names: of the scenarios, the reference first.
        called: what each is called for people.
        letters: that stand for each beside its mark.
        styles: of each.
    """

    names: tuple[str, ...]
    called: Mapping[str, str]
    letters: Mapping[str, str]
    styles: Mapping[str, ScenarioStyle]

    def legend(self, language: Language) -> list[tuple[str, ScenarioStyle]]:
        """Each scenario's letter and name with its style; the first one is marked as the reference, if there are others."""
        called = dict(self.called)
        if len(called) > 1:
            first = self.names[0]
            called[first] = figure_words(language)("shared.reference", name=called[first])
        return [(f"{self.letters[name]}  {called[name]}", self.styles[name]) for name in self.names]


def styles_of(scenarios: Sequence[str], names: Mapping[str, str] | None = None) -> ScenarioStyles:
    """The first scenarios, as many as can be told apart by colour, line and mark.

    Args:
        scenarios: their names, the reference first.
        names: what to call them, by name; by default that name without underscores.
    """
    shown = tuple(scenarios[:MOST_SCENARIOS])
    return _styled(shown, names, scenario_styles(len(shown)))


def styles_in_rows(scenarios: Sequence[str], names: Mapping[str, str] | None = None) -> ScenarioStyles:
    """All scenarios, each of which has a row of its own: where there are too many for colours, all look alike.

    Args:
        scenarios: their names, the reference first; no more than there are letters.
        names: as for `styles_of`.
    """
    if len(scenarios) <= MOST_SCENARIOS:
        return styles_of(scenarios, names)
    return _styled(tuple(scenarios), names, scenario_styles(1) * len(scenarios))


def _styled(shown: tuple[str, ...], names: Mapping[str, str] | None, styles: Sequence[ScenarioStyle]) -> ScenarioStyles:
    return ScenarioStyles(
        names=shown,
        called={name: (names or {}).get(name, name.replace("_", " ")) for name in shown},
        letters=dict(zip(shown, ascii_uppercase, strict=False)),
        styles=dict(zip(shown, styles, strict=True)),
    )
