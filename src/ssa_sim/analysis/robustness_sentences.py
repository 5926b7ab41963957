"""What a look at robustness says in words, in English and French."""

from typing import Any

from ssa_sim.analysis.robustness import Robustness
from ssa_sim.typography import french
from ssa_sim.words.numbers import number, percent, whole
from ssa_sim.words.texts import Language

RANKED_BY = ("satisficing", "regret_max", "regret_p90", "regret_mean")
"""The measures that a ranking is told by, in this order."""

MOST_SURE = 0.99
"""By convention: above, a finite set of futures says no more than that it is above."""


def measure_names(language: Language = "en") -> dict[str, str]:
    """What the measures are called."""
    return {key.removeprefix("name_"): text for key, text in _WORDS[language].items() if key.startswith("name_")}


def sentence(found: Robustness, outcome: str, language: Language = "en") -> str:
    """Who ranks first by each measure, how surely, and whether the measures agree."""
    words, names = _WORDS[language], measure_names(language)
    firsts: dict[tuple[str, ...], list[str]] = {}
    for measure in RANKED_BY:
        places = found.of(outcome, measure)["rank"]
        leaders = tuple(str(package) for package in places.index[places == places.min()])
        share = float(found.rank_table(outcome, measure)[1].loc[leaders[0]])
        sure = _surety(share, language) if len(leaders) == 1 else words["level"]
        name = names[measure][0].lower() + names[measure][1:]
        firsts.setdefault(leaders, []).append(f"{name} ({sure})")
    parts = [
        words["first_by" if len(leaders) == 1 else "first_together"].format(
            package=words["list"].join(leaders), measures=", ".join(which)
        )
        for leaders, which in firsts.items()
    ]
    (label,) = [each.label(language) for each in found.outcomes if each.name == outcome]
    closing = words["agree"] if set.intersection(*map(set, firsts)) else words["disagree"]
    return f"{label}{words['colon']} {'; '.join(parts)}. {closing}"


def _surety(share: float, language: Language) -> str:
    """How sure a first place is, from the share of resamples in which it was taken; never quite."""
    name = "all_but_sure" if share > MOST_SURE else "sure"
    return _WORDS[language][name].format(share=percent(min(share, MOST_SURE), language))


def standard(found: Robustness, outcome: str, language: Language = "en") -> str:
    """What counts as doing well enough."""
    words = _WORDS[language]
    row: Any = found.summary.set_index("outcome").loc[outcome]
    (held,) = [each for each in found.outcomes if each.name == outcome]
    if row["rule"] == "first":
        return words["better_than_first"].format(first=found.packages[0])
    amount = f"{number(float(row['threshold']), language)} ({held.unit_in(language)})"
    return words[f"level_{held.better}"].format(level=amount)


def notes(found: Robustness, language: Language = "en") -> list[str]:
    """How to read the tables."""
    words, summary = _WORDS[language], found.summary
    texts = [
        words["reading"].format(
            futures=whole(int(summary["futures"].max()), language),
            replications=whole(int(summary["replications"].max()), language),
            level=percent(found.confidence, language),
        ),
        words["extremes"],
    ]
    errors = [
        f"{row['outcome']} {number(float(row['error']), language)}"
        for _, row in summary.iterrows()
        if row["error"] >= 0.0
    ]
    texts.append(words["error"].format(named=", ".join(errors)) if errors else words["one_replicate"])
    dropped = summary[summary["dropped"] > 0]
    if len(dropped):
        named = ", ".join(f"{row['outcome']} {whole(int(row['dropped']), language)}" for _, row in dropped.iterrows())
        texts.append(words["dropped"].format(named=named))
    return texts


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "name_satisficing": "Well enough",
        "name_regret_max": "Largest regret",
        "name_regret_p90": "Regret, 9 in 10",
        "name_regret_mean": "Mean regret",
        "name_mean": "Mean",
        "name_worst": "Worst future",
        "name_p10": "Worst 1 in 10",
        "first_by": "'{package}' ranks first by: {measures}",
        "first_together": "'{package}' rank first together by: {measures}",
        "list": "', '",
        "level": "level",
        "sure": "{share} sure",
        "all_but_sure": "over {share} sure",
        "agree": "The measures agree.",
        "disagree": "The measures do not agree, so that the choice depends on which of them counts.",
        "colon": ":",
        "better_than_first": "well enough: better than '{first}' in the same future (as well is not better)",
        "level_higher": "well enough: at least {level}",
        "level_lower": "well enough: at most {level}",
        "reading": "Over {futures} futures, each with {replications} replications, on common random numbers. Regret: how far a "
        "package falls short of the best one of each future. Shares of futures are no probabilities: they weight futures "
        "as the sweep drew them. {level} intervals and the surety of ranks: what another draw of futures would change.",
        "extremes": "Of extremes (largest regret, worst future) an interval knows only the futures drawn: others may be worse.",
        "error": "Chance within one future (standard error of a difference, in the median): {named}. Where that is not small, "
        "regrets are overstated, since the best of each future is in part the luckiest, and shares lie nearer to 50% than "
        "with more replications.",
        "one_replicate": "Each future was run once: regrets are overstated, since the best of each future is in part the luckiest, "
        "and shares lie nearer to 50% than with more replications.",
        "dropped": "Futures left out for want of a value: {named}.",
    },
    "fr": french(
        {
            "name_satisficing": "Assez bien",
            "name_regret_max": "Plus grand regret",
            "name_regret_p90": "Regret, 9 sur 10",
            "name_regret_mean": "Regret moyen",
            "name_mean": "Moyenne",
            "name_worst": "Pire futur",
            "name_p10": "Pire 1 sur 10",
            "first_by": "« {package} » est premier selon : {measures}",
            "first_together": "« {package} » sont premiers ensemble selon : {measures}",
            "list": " », « ",
            "level": "à égalité",
            "sure": "sûr à {share}",
            "all_but_sure": "sûr à plus de {share}",
            "agree": "Les mesures concordent.",
            "disagree": "Les mesures ne concordent pas : le choix dépend de celle qui compte.",
            "colon": " :",
            "better_than_first": "assez bien : mieux que « {first} » dans le même futur (aussi bien n'est pas mieux)",
            "level_higher": "assez bien : au moins {level}",
            "level_lower": "assez bien : au plus {level}",
            "reading": "Sur {futures} futurs, chacun avec {replications} réplications, sur les mêmes tirages aléatoires. Regret : ce qui "
            "manque à un paquet par rapport au meilleur de chaque futur. Des parts de futurs ne sont pas des probabilités : elles "
            "pèsent les futurs comme le balayage les a tirés. Intervalles à {level} et sûreté des rangs : ce qu'un autre tirage "
            "de futurs changerait.",
            "extremes": "Des extrêmes (plus grand regret, pire futur), un intervalle ne connaît que les futurs tirés : d'autres peuvent "
            "être pires.",
            "error": "Hasard au sein d'un futur (erreur type d'une différence, en médiane) : {named}. Là où elle n'est pas petite, les "
            "regrets sont surestimés, car le meilleur de chaque futur est en partie le plus chanceux, et les parts sont plus "
            "proches de 50 % qu'avec plus de réplications.",
            "one_replicate": "Chaque futur n'a été simulé qu'une fois : les regrets sont surestimés, car le meilleur de chaque futur est "
            "en partie le plus chanceux, et les parts sont plus proches de 50 % qu'avec plus de réplications.",
            "dropped": "Futurs écartés faute de valeur : {named}.",
        }
    ),
}
