"""How to read a sensitivity analysis, what chance and the sample's size leave open, in English and French."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ssa_sim.analysis.convergence import LITTLE, ONE_POSITION, WIDEST
from ssa_sim.analysis.sensitivity import IMPOSSIBLE_BELOW, Sensitivity
from ssa_sim.typography import french
from ssa_sim.words.numbers import Counted, percents_apart, whole, written
from ssa_sim.words.texts import Language

PARTS: dict[Language, dict[str, str]] = {
    "en": {"levers": "Levers", "uncertainties": "Uncertainties", "mechanisms": "Mechanisms"},
    "fr": {"levers": "Leviers", "uncertainties": "Incertitudes", "mechanisms": "Mécanismes"},
}
_MUCH_CHANCE = 0.1


def notes(found: Sensitivity, language: Language = "en") -> list[str]:
    """All that a reader must know to read the tables rightly, a sentence or two each."""
    words = _WORDS[language]
    n_parts = found.indices["part"].nunique()
    samples = whole(int(found.summary["samples"].max()), language)
    texts = [
        words[found.sample.method].format(samples=samples, points=whole(int(found.summary["points"].max()), language))
    ]
    if n_parts > 1:
        texts.append(words["apart"])
    texts += filter(None, (_chance(found, language), _convergence(found, language)))
    if found.summary["dropped"].any():
        dropped = found.summary.groupby("outcome")["dropped"].max()
        named = ", ".join(f"{name} {whole(int(count), language)}" for name, count in dropped.items() if count)
        texts.append(words["dropped"].format(named=named, asked=whole(found.sample.samples, language)))
    if found.sample.n_divided:
        points = sum(block.points.stop - block.points.start for block in found.sample.blocks)
        texts.append(
            words["divided"].format(count=Counted(found.sample.n_divided, language), points=whole(points, language))
        )
    still = found.summary.loc[found.summary["spread"] == 0.0, "outcome"]
    if len(still):
        texts.append(words["still"].format(named=", ".join(dict.fromkeys(still))))
    return texts


def _chance(found: Sensitivity, language: Language) -> str:
    """What part of the variance between points is chance."""
    words, shares = _WORDS[language], found.summary["chance_share"]
    if found.summary["replications"].eq(1).all():
        return words["one_replicate"]
    known = found.summary[shares.notna()]
    if known.empty:
        return ""
    worst: Any = known.sort_values("chance_share").iloc[-1]
    least, most = percents_apart([float(known["chance_share"].min()), float(worst["chance_share"])], language)
    is_one = least == most
    text = words["chance"].format(
        span=most if is_one else words["span"].format(least=least, most=most),
        worst="" if is_one else words["worst"].format(outcome=worst["outcome"]),
        replications=whole(int(worst["replications"]), language),
    )
    return text + (f" {words['more_replicates']}" if worst["chance_share"] > _MUCH_CHANCE else "")


def _convergence(found: Sensitivity, language: Language) -> str:
    """Whether the sample was large enough, criterion by criterion."""
    words = _WORDS[language]
    judged = found.summary[found.summary["width"].notna()]
    if judged.empty:
        return ""
    texts = [
        words["criteria"].format(
            width=_short(WIDEST, language),
            positions=whole(int(ONE_POSITION), language),
            little=_short(LITTLE, language),
        )
    ]
    for criterion in ("indices", "ranking", "screening"):
        open_ones = judged.loc[~judged[f"{criterion}_settled"].astype(bool)]
        words_for = words[f"{criterion}_open"] if len(open_ones) else words[f"{criterion}_settled"]
        texts.append(words_for.format(named=_named(open_ones)))
    impossible = judged[judged["total_sum"] < IMPOSSIBLE_BELOW]
    if len(impossible):
        texts.append(words["impossible"].format(named=_named(impossible)))
    needed = judged.loc[~judged["indices_settled"].astype(bool), "samples_needed"]
    if len(needed):
        texts.append(
            words["needed"].format(
                most=whole(int(needed.max()), language), have=whole(int(judged["samples"].max()), language)
            )
        )
    return " ".join(texts)


def _short(value: float, language: Language) -> str:
    return written(f"{value:g}", language)


def _named(rows: pd.DataFrame) -> str:
    names: Sequence[str] = list(dict.fromkeys(rows["outcome"]))
    return ", ".join(names)


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "morris": "Elementary effects over {samples} trajectories ({points} points): mu* says how far a parameter moves the "
        "outcome on its way through its whole range, in the outcome's unit; mu whether upwards or downwards on average; sigma "
        "how much that depends on the other parameters.",
        "sobol": "Shares of the outcome's variance over {samples} base rows ({points} points): first, what a parameter causes "
        "by itself; total, together with others. First-order shares sum to 1 at most, total ones to 1 at least. A small negative "
        "share is an estimate of about zero.",
        "apart": "Levers and uncertainties are listed apart, but their shares are of one and the same variance: how much a lever "
        "moves depends on the range that somebody gave it, and is no ignorance.",
        "one_replicate": "Each point was run once, so what part of this is mere chance cannot be told: two and more replications "
        "would tell.",
        "chance": "Chance: with {replications} replications a point, {span} of the variance between points is mere chance{worst}; "
        "an index whose interval does not lie above what chance alone would give stands in parentheses.",
        "span": "{least} to {most}",
        "worst": " (most for {outcome})",
        "more_replicates": "More replications would tell small effects from chance.",
        "criteria": "Was the sample large enough? Judged by the widest 95% interval (settled if at most {width} of the largest "
        "index possible), the places that parameters change between resamples (below {positions}), and the intervals of "
        "those below {little} (at most {width}).",
        "indices_settled": "The indices are settled.",
        "indices_open": "The indices are not settled for {named}.",
        "ranking_settled": "The ranking is settled.",
        "ranking_open": "The ranking is not settled for {named}.",
        "screening_settled": "Which parameters matter little is settled.",
        "screening_open": "Which parameters matter little is not settled for {named}.",
        "needed": "About {most} samples in place of {have} would settle all indices; a ranking needs far fewer.",
        "impossible": "THE SAMPLE IS FAR TOO SMALL for {named}: total shares sum to less than 1 there, which no outcome's do.",
        "dropped": "Left out whole, for want of a value at some point, of {asked}: {named}.",
        "divided": "In {count} of {points} points shares of one whole came to more than 1 and were divided by their sum: there, the "
        "parameters concerned are not independent, and their indices are approximate.",
        "still": "The same at all points, so that nothing moves it: {named}.",
    },
    "fr": french(
        {
            "morris": "Effets élémentaires sur {samples} trajectoires ({points} points) : mu* dit de combien un paramètre déplace le "
            "résultat en parcourant toute sa plage, dans l'unité du résultat ; mu, si c'est vers le haut ou le bas en moyenne ; "
            "sigma, combien cela dépend des autres paramètres.",
            "sobol": "Parts de la variance du résultat sur {samples} lignes de base ({points} points) : premier ordre, ce qu'un "
            "paramètre cause à lui seul ; total, avec les autres. Les parts de premier ordre font 1 au plus, les totales 1 au moins. "
            "Une petite part négative est l'estimation d'à peu près zéro.",
            "apart": "Leviers et incertitudes figurent à part, mais leurs parts sont celles d'une même variance : ce que déplace un "
            "levier dépend de la plage qu'on lui a donnée, et n'est pas une ignorance.",
            "one_replicate": "Chaque point n'a été simulé qu'une fois : on ne peut dire quelle part tient au hasard ; deux "
            "réplications ou plus le diraient.",
            "chance": "Hasard : avec {replications} réplications par point, {span} de la variance entre points tient au seul hasard{worst} ; "
            "un indice dont l'intervalle ne dépasse pas ce que le hasard seul donnerait est entre parenthèses.",
            "span": "de {least} à {most}",
            "worst": " (le plus pour {outcome})",
            "more_replicates": "Davantage de réplications distingueraient les petits effets du hasard.",
            "criteria": "L'échantillon était-il assez grand ? Critères : l'intervalle à 95 % le plus large (établi s'il ne dépasse pas "
            "{width} du plus grand indice possible), les rangs que les paramètres échangent entre rééchantillonnages (moins de "
            "{positions}), et les intervalles de ceux sous {little} ({width} au plus).",
            "indices_settled": "Les indices sont établis.",
            "indices_open": "Les indices ne sont pas établis pour {named}.",
            "ranking_settled": "Le classement est établi.",
            "ranking_open": "Le classement n'est pas établi pour {named}.",
            "screening_settled": "Les paramètres qui comptent peu sont établis.",
            "screening_open": "Les paramètres qui comptent peu ne sont pas établis pour {named}.",
            "needed": "Environ {most} échantillons au lieu de {have} établiraient tous les indices ; un classement en demande bien "
            "moins.",
            "impossible": "L'ÉCHANTILLON EST BIEN TROP PETIT pour {named} : les parts totales y font moins de 1, ce qui est impossible.",
            "dropped": "Écartés en entier, faute de valeur en un point, sur {asked} : {named}.",
            "divided": "En {count:# point|# points} sur {points}, des parts d'un même tout dépassaient 1 et ont été divisées par leur somme : là, "
            "les paramètres concernés ne sont pas indépendants, et leurs indices sont approchés.",
            "still": "Identique en tous les points, de sorte que rien ne le déplace : {named}.",
        }
    ),
}
