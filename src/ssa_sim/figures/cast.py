"""Who is who in a figure of several scenarios: what each is called, its letter, and how it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from ssa_sim.figures.style import MOST_SCENARIOS, ScenarioStyle, scenario_styles
from ssa_sim.figures.wording import wording
from ssa_sim.words.texts import Language


@dataclass(frozen=True)
class Cast:
    """The scenarios shown.

    Attributes:
        scenarios: their names, the reference first.
        called: what each is called for people.
        letters: that stand for each beside its mark.
        styles: of each.
    """

    scenarios: tuple[str, ...]
    called: Mapping[str, str]
    letters: Mapping[str, str]
    styles: Mapping[str, ScenarioStyle]

    def legend(self, language: Language) -> list[tuple[str, ScenarioStyle]]:
        """Each scenario's letter and name with its style; the first one is marked as the reference, if there are others."""
        reference = wording(language).reference if len(self.scenarios) > 1 else "{name}"
        return [
            (f"{self.letters[name]}  {reference.format(name=words) if place == 0 else words}", self.styles[name])
            for place, (name, words) in enumerate(self.called.items())
        ]


def cast_of(scenarios: Sequence[str], names: Mapping[str, str] | None = None) -> Cast:
    """The first scenarios, as many as can be told apart by colour, line and mark.

    Args:
        scenarios: their names, the reference first.
        names: what to call them, by name; by default that name without underscores.
    """
    shown = tuple(scenarios[:MOST_SCENARIOS])
    return _cast(shown, names, scenario_styles(len(shown)))


def cast_in_rows(scenarios: Sequence[str], names: Mapping[str, str] | None = None) -> Cast:
    """All scenarios, each of which has a row of its own: where there are too many for colours, all look alike.

    Args:
        scenarios: their names, the reference first; no more than there are letters.
        names: as for `cast_of`.
    """
    if len(scenarios) <= MOST_SCENARIOS:
        return cast_of(scenarios, names)
    return _cast(tuple(scenarios), names, scenario_styles(1) * len(scenarios))


def _cast(shown: tuple[str, ...], names: Mapping[str, str] | None, styles: Sequence[ScenarioStyle]) -> Cast:
    return Cast(
        scenarios=shown,
        called={name: (names or {}).get(name, name.replace("_", " ")) for name in shown},
        letters=dict(zip(shown, ascii_uppercase, strict=False)),
        styles=dict(zip(shown, styles, strict=True)),
    )
