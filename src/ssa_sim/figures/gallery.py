"""Which figures there are, which of them a result folder can show, and why not the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssa_sim.analysis.chosen import headline_names
from ssa_sim.analysis.compare import compare
from ssa_sim.analysis.lever_effects import ONE_AT_A_TIME, lever_effects
from ssa_sim.analysis.result_folder import ResultFolder, result_folder_of
from ssa_sim.analysis.stored_decomposition import is_decomposition, stored_decomposition
from ssa_sim.analysis.vicious_circle import measure_circle
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.outcome_names import unknown_outcome
from ssa_sim.experiment.keep.results import Results
from ssa_sim.figures.comparison import LAYOUTS as COMPARISON_LAYOUTS
from ssa_sim.figures.comparison import comparison_figure
from ssa_sim.figures.doctrine import doctrine_figure
from ssa_sim.figures.equipment import equipment_figure
from ssa_sim.figures.heat_map import heat_map_figure
from ssa_sim.figures.network import network_figure
from ssa_sim.figures.sheet import SHEETS
from ssa_sim.figures.small_multiples import (
    ABSORPTION,
    absorption_figure,
    absorption_of_one_run_figure,
    differences_figure,
    trajectories_figure,
)
from ssa_sim.figures.vicious_circle import circle_figure
from ssa_sim.figures.waterfall import LABEL_SHARE, waterfall_figure
from ssa_sim.figures.zone_map import zone_map_figure, zone_map_of_one_run_figure
from ssa_sim.model.observation import Observation
from ssa_sim.typography import french
from ssa_sim.words.texts import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssa_sim.analysis.vicious_circle_runs import CircleRuns

ALL_LAYOUTS = tuple(SHEETS)


@dataclass(frozen=True)
class Wish:
    """How a figure is wanted.

    Attributes:
        language: "en" or "fr".
        layout: "slide", "page" or "column".
        outcomes: which; None for the figure's own choice.
        month: such as "2017-03", for a figure of one month; None for the last.
        scenario: which, for a figure of one scenario; None for the first.
    """

    language: Language = "en"
    layout: str = "slide"
    outcomes: Sequence[str] | None = None
    month: str | None = None
    scenario: str | None = None


@dataclass(frozen=True)
class Entry:
    """A figure of the gallery.

    Attributes:
        name: as the command line and file names have it.
        title_en: what it shows.
        title_fr: the same in French.
        layouts: the sizes that it fits.
        takes: what of a `Wish` it heeds beside language and layout.
        lacks: what a folder lacks for it: a key of `REASONS`, or None.
        draw: draws it from a folder that lacks nothing.
    """

    name: str
    title_en: str
    title_fr: str
    layouts: tuple[str, ...]
    takes: frozenset[str]
    lacks: Callable[[ResultFolder], str | None]
    draw: Callable[[ResultFolder, Wish], "Figure"]

    def title(self, language: Language) -> str:
        """What it shows."""
        return french(self.title_fr) if language == "fr" else self.title_en


REASONS: dict[str, dict[Language, str]] = {
    "results": {
        "en": "needs the results of runs (ssa-sim compare, sweep)",
        "fr": "demande les résultats de simulations (ssa-sim compare, sweep)",
    },
    "observation": {
        "en": "needs one run's inside (ssa-sim observe)",
        "fr": "demande l'intérieur d'une simulation (ssa-sim observe)",
    },
    "circle": {
        "en": "needs the runs of ssa-sim circle",
        "fr": "demande les simulations de ssa-sim circle",
    },
    "decomposition": {
        "en": "needs the runs of ssa-sim decompose",
        "fr": "demande les simulations de ssa-sim decompose",
    },
    "scenarios": {
        "en": "needs two scenarios and more, without a design",
        "fr": "demande au moins deux scénarios, sans plan d'expérience",
    },
    "no design": {
        "en": "would mix the points of the design",
        "fr": "mêlerait les points du plan d'expérience",
    },
    "levers": {
        "en": 'needs a design with method = "one_at_a_time", or two scenarios and more without a design',
        "fr": 'demande un plan avec method = "one_at_a_time", ou au moins deux scénarios sans plan d\'expérience',
    },
    "replications": {
        "en": "needs two replications and more",
        "fr": "demande au moins deux réplications",
    },
    "months": {
        "en": 'needs monthly values (monthly = "summary" or "all") of the outcomes that it shows',
        "fr": 'demande les valeurs mensuelles (monthly = "summary" ou "all") des résultats qu\'elle montre',
    },
}


def entry_named(name: str) -> Entry:
    """The figure of that name.

    Raises:
        InputError: there is none.
    """
    for entry in GALLERY:
        if entry.name == name:
            return entry
    raise InputError(f"There is no figure {name!r}.", where="--figure", allowed=[entry.name for entry in GALLERY])


def figure(
    found: "Results | Observation | CircleRuns",
    name: str,
    language: Language = "en",
    *,
    layout: str = "slide",
    outcomes: Sequence[str] | None = None,
    month: str | None = None,
    scenario: str | None = None,
) -> "Figure":
    """Draw one of the gallery's figures from what `load_results`, `observe` or `load_observation` gives.

    Args:
        found: what is to be shown.
        name: the figure's name, as `ssa-sim plot` lists it.
        language: "en" or "fr".
        layout: "slide", "page" or "column", as far as the figure has it.
        outcomes: see `Wish`, as month and scenario.
        month: such as "2017-03".
        scenario: a scenario's name.

    Returns:
        A matplotlib figure; `ssa_sim.figures.style.save_figure` writes it so that the same figure gives the same bytes.

    Raises:
        InputError: there is no such figure, or it needs what is not there.
    """
    entry = entry_named(name)
    if language not in ("en", "fr"):
        raise InputError(f"There is no language {language!r}.", allowed=("en", "fr"))
    if layout not in entry.layouts:
        raise InputError(f"The figure {name!r} has no layout {layout!r}.", allowed=entry.layouts)
    return draw(entry, result_folder_of(found), Wish(language, layout, outcomes, month, scenario))


def drawable(result_folder: ResultFolder) -> list[Entry]:
    """The figures that a folder can show."""
    return [entry for entry in GALLERY if entry.lacks(result_folder) is None]


def draw(entry: Entry, result_folder: ResultFolder, wish: Wish) -> "Figure":
    """Draw a figure of the gallery.

    Raises:
        InputError: the folder lacks something for it, or the wish cannot be met.
    """
    lack = entry.lacks(result_folder)
    if lack is not None:
        raise InputError(
            f"The folder cannot show {entry.name!r}: it {REASONS[lack]['en']}.",
            where=result_folder.folder,
            allowed=[each.name for each in drawable(result_folder)],
        )
    return entry.draw(result_folder, wish)


def _results(result_folder: ResultFolder) -> Results:
    if result_folder.results is None:
        raise ValueError("The folder holds no results of runs.")
    return result_folder.results


def _observation(result_folder: ResultFolder) -> Observation:
    if result_folder.observation is None:
        raise ValueError("The folder holds no observation.")
    return result_folder.observation


def _months_of(result_folder: ResultFolder, outcomes: Sequence[str]) -> str | None:
    """What is missing to show these outcomes month by month; none named: any."""
    found = result_folder.results
    if found is None:
        return "results"
    if found.design is not None:
        return "no design"
    held = set(found.monthly["outcome"])
    return None if held and held >= set(outcomes) else "months"


def _comparison_lacks(result_folder: ResultFolder) -> str | None:
    found = result_folder.results
    if found is None:
        return "results"
    if found.design is not None or len(found.scenario_names) < 2:
        return "scenarios"
    return None if found.replications > 1 else "replications"


def _levers_lack(result_folder: ResultFolder) -> str | None:
    found = result_folder.results
    if found is None:
        return "results"
    is_one_at_a_time = (found.design_request or {}).get("method") == ONE_AT_A_TIME
    if not is_one_at_a_time and (found.design is not None or len(found.scenario_names) < 2):
        return "levers"
    return None if found.replications > 1 else "replications"


def _trajectories_lack(result_folder: ResultFolder) -> str | None:
    return _months_of(result_folder, [])


def _absorption_lacks(result_folder: ResultFolder) -> str | None:
    return None if result_folder.observation is not None else _months_of(result_folder, ABSORPTION)


def _zones_lack(result_folder: ResultFolder) -> str | None:
    return None if result_folder.observation is not None else _months_of(result_folder, ["threat_north"])


def _waterfall_lacks(result_folder: ResultFolder) -> str | None:
    found = result_folder.results
    return None if found is not None and is_decomposition(found) else "decomposition"


def _inside_lacks(result_folder: ResultFolder) -> str | None:
    return None if result_folder.observation is not None else "observation"


def _circle_lacks(result_folder: ResultFolder) -> str | None:
    return None if result_folder.circle is not None else "circle"


def _draw_comparison(result_folder: ResultFolder, wish: Wish) -> "Figure":
    found = _results(result_folder)
    comparison = compare(found, outcomes=wish.outcomes or headline_names(found))
    return comparison_figure(found, comparison, wish.language, layout=wish.layout)


def _draw_trajectories(result_folder: ResultFolder, wish: Wish) -> "Figure":
    return trajectories_figure(_results(result_folder), wish.language, outcomes=wish.outcomes, layout=wish.layout)


def _draw_differences(result_folder: ResultFolder, wish: Wish) -> "Figure":
    found = _results(result_folder)
    comparison = compare(found, outcomes=wish.outcomes or headline_names(found))
    return differences_figure(found, comparison, wish.language, layout=wish.layout)


def _draw_levers(result_folder: ResultFolder, wish: Wish) -> "Figure":
    effects = lever_effects(_results(result_folder), scenario=wish.scenario, outcomes=wish.outcomes)
    return heat_map_figure(effects, wish.language, layout=wish.layout)


def _draw_absorption(result_folder: ResultFolder, wish: Wish) -> "Figure":
    if result_folder.observation is not None:
        return absorption_of_one_run_figure(result_folder.observation, wish.language, layout=wish.layout)
    return absorption_figure(_results(result_folder), wish.language, layout=wish.layout)


def _draw_zones(result_folder: ResultFolder, wish: Wish) -> "Figure":
    if result_folder.observation is not None:
        return zone_map_of_one_run_figure(
            result_folder.observation, wish.language, outcomes=wish.outcomes, layout=wish.layout
        )
    return zone_map_figure(
        _results(result_folder), wish.language, outcomes=wish.outcomes, scenario=wish.scenario, layout=wish.layout
    )


def _draw_waterfall(result_folder: ResultFolder, wish: Wish) -> "Figure":
    found = _results(result_folder)
    held = [outcome.name for outcome in found.outcomes]
    outcome = (wish.outcomes or held)[0]
    if outcome not in held:
        raise unknown_outcome(outcome, held, where="--outcome")
    return waterfall_figure(stored_decomposition(found, outcome), wish.language, layout=wish.layout)


def _draw_doctrine(result_folder: ResultFolder, wish: Wish) -> "Figure":
    return doctrine_figure(_observation(result_folder), wish.language, layout=wish.layout)


def _draw_equipment(result_folder: ResultFolder, wish: Wish) -> "Figure":
    return equipment_figure(_observation(result_folder), wish.language, month=wish.month, layout=wish.layout)


def _draw_network(result_folder: ResultFolder, wish: Wish) -> "Figure":
    return network_figure(_observation(result_folder), wish.language, month=wish.month, layout=wish.layout)


def _draw_circle(result_folder: ResultFolder, wish: Wish) -> "Figure":
    if result_folder.circle is None:
        raise ValueError("The folder holds no runs of the circle.")
    return circle_figure(measure_circle(result_folder.circle), wish.language, layout=wish.layout)


_OUTCOMES, _MONTH, _NOTHING = frozenset({"outcomes"}), frozenset({"month"}), frozenset[str]()
_OF_ONE_SCENARIO = frozenset({"outcomes", "scenario"})

GALLERY: tuple[Entry, ...] = (
    Entry(
        "comparison",
        "Trajectories with bands and paired differences side by side",
        "Trajectoires avec bandes et écarts appariés côte à côte",
        COMPARISON_LAYOUTS,
        _OUTCOMES,
        _comparison_lacks,
        _draw_comparison,
    ),
    Entry(
        "trajectories",
        "Outcomes month by month: medians with bands",
        "Résultats mois par mois : médianes avec bandes",
        ALL_LAYOUTS,
        _OUTCOMES,
        _trajectories_lack,
        _draw_trajectories,
    ),
    Entry(
        "differences",
        "Paired differences from the first scenario with intervals",
        "Écarts appariés par rapport au premier scénario, avec intervalles",
        ALL_LAYOUTS,
        _OUTCOMES,
        _comparison_lacks,
        _draw_differences,
    ),
    Entry(
        "levers",
        "Heat map of levers (or scenarios) against outcomes",
        "Carte de chaleur des leviers (ou scénarios) et des résultats",
        ALL_LAYOUTS,
        _OF_ONE_SCENARIO,
        _levers_lack,
        _draw_levers,
    ),
    Entry(
        "absorption",
        "Projects, duplicates, load on the host and delivery over time",
        "Projets, doublons, charge de l'hôte et exécution au fil du temps",
        ALL_LAYOUTS,
        _NOTHING,
        _absorption_lacks,
        _draw_absorption,
    ),
    Entry(
        "zones",
        "Zones on a schematic map at a few dates",
        "Les zones sur une carte schématique à quelques dates",
        ALL_LAYOUTS,
        _OF_ONE_SCENARIO,
        _zones_lack,
        _draw_zones,
    ),
    Entry(
        "waterfall",
        "What each mechanism takes between completions and readiness",
        "Ce que chaque mécanisme ôte entre les stages et la disponibilité",
        tuple(LABEL_SHARE),
        _OUTCOMES,
        _waterfall_lacks,
        _draw_waterfall,
    ),
    Entry(
        "doctrine",
        "The army's mix of doctrines under changing contingents",
        "Le mélange des doctrines de l'armée au fil des contingents",
        ALL_LAYOUTS,
        _NOTHING,
        _inside_lacks,
        _draw_doctrine,
    ),
    Entry(
        "equipment",
        "Equipment held against equipment known, by type, in a month",
        "Matériel détenu et matériel connu, par type, un mois donné",
        ALL_LAYOUTS,
        _MONTH,
        _inside_lacks,
        _draw_equipment,
    ),
    Entry(
        "network",
        "Partners, what they offer, and units in a month; duplicates marked",
        "Partenaires, ce qu'ils offrent et unités un mois donné ; doublons marqués",
        ALL_LAYOUTS,
        _MONTH,
        _inside_lacks,
        _draw_network,
    ),
    Entry(
        "circle",
        "The vicious circle with the measured strength of each arrow",
        "Le cercle vicieux avec la force mesurée de chaque flèche",
        ALL_LAYOUTS,
        _NOTHING,
        _circle_lacks,
        _draw_circle,
    ),
)
