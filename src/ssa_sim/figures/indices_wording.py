"""Every word of the figures of a sensitivity analysis, in English and in French."""

from dataclasses import dataclass

from ssa_sim.typography import french
from ssa_sim.words.texts import Language


@dataclass(frozen=True)
class IndicesWords:
    """The words of one language; braces are filled in by the figure."""

    bars_title: str
    tornado_title: str
    plane_title: str
    parts: dict[str, str]
    share: str
    effect: str
    total: str
    first: str
    chance: str
    size: str
    diagonal: str
    still: str
    scenario: str
    base_rows: str
    trajectories: str
    intervals: str
    hollow: str
    shares: str
    effects: str
    plane: str
    dropped: str
    unsettled: str


WORDS: dict[Language, IndicesWords] = {
    "en": IndicesWords(
        bars_title="What makes outcomes differ: shares of their variance",
        tornado_title="What moves outcomes most: mean effect of each parameter’s whole range",
        plane_title="How far each parameter moves outcomes, and how much that depends on the others",
        parts={"levers": "lever", "uncertainties": "uncertainty", "mechanisms": "mechanism"},
        share="share of the variance",
        effect="mean effect\n({unit})",
        total="total share",
        first="caused alone",
        chance="mere chance",
        size="mean size of the effect, whatever its sign",
        diagonal="sigma = mu*",
        still="the same at all points",
        scenario="scenario: {name}",
        base_rows="{count} base rows of a Sobol sample",
        trajectories="{count} Morris trajectories",
        intervals="intervals: {confidence}%, bootstrap",
        hollow="hollow: no more than chance alone may give",
        shares="total shares sum to 1 or more, as parameters act together",
        effects="from the low to the high end of a parameter’s range",
        plane="mu*: mean size of a parameter’s effect from end to end of its range; sigma: its standard deviation; above the dashed line "
        "an effect depends on the other parameters more than it is large",
        dropped="samples left out for want of a value: {count}",
        unsettled="the ranking is not settled for: {named}",
    ),
    "fr": french(
        IndicesWords(
            bars_title="Ce qui fait varier les résultats : parts de leur variance",
            tornado_title="Ce qui déplace le plus les résultats : effet moyen de toute la plage de chaque paramètre",
            plane_title="De combien chaque paramètre déplace les résultats, et combien cela dépend des autres",
            parts={"levers": "levier", "uncertainties": "incertitude", "mechanisms": "mécanisme"},
            share="part de la variance",
            effect="effet moyen\n({unit})",
            total="part totale",
            first="causée seul",
            chance="simple hasard",
            size="taille moyenne de l’effet, quel que soit son signe",
            diagonal="sigma = mu*",
            still="identique en tous les points",
            scenario="scénario : {name}",
            base_rows="{count} lignes de base d’un échantillon de Sobol",
            trajectories="{count} trajectoires de Morris",
            intervals="intervalles : {confidence} %, bootstrap",
            hollow="creux : pas plus que ce que le seul hasard peut donner",
            shares="les parts totales font 1 ou plus, car les paramètres agissent ensemble",
            effects="du bas au haut de la plage d’un paramètre",
            plane="mu* : taille moyenne de l’effet d’un bout à l’autre de la plage ; sigma : son écart-type ; "
            "au-dessus de la ligne tiretée, un effet dépend des autres paramètres plus qu’il n’est grand",
            dropped="échantillons écartés faute de valeur : {count}",
            unsettled="le classement n’est pas établi pour : {named}",
        )
    ),
}
