"""What a decomposition says in words, in English and French."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ssa_sim.analysis.decompose import FEWEST_FOR_VERDICTS, Decomposition, Estimate
from ssa_sim.analysis.decomposition_cells import MARK
from ssa_sim.typography import french
from ssa_sim.words.numbers import Counted, percent, percents_apart, span, whole, with_interval
from ssa_sim.words.texts import Language

_MOST_NAMED = 3


@dataclass(frozen=True)
class Phrases:
    """The words of one language; braces are filled in."""

    from_completions: str
    plain: str
    most: str
    one_by_one: str
    effect: str
    interval: str
    verdicts: str
    too_few: str
    without_interval: str
    replications: str
    order: str
    completions: str
    remainder: str
    others_act: str
    missing: str
    failed: str
    alone: str


PHRASES: dict[Language, Phrases] = {
    "en": Phrases(
        from_completions=(
            "In the mean over {replications}, of {first} course completions {last} {outcome} are left; {count} mechanisms "
            "account for {total} of what is missing: {share} of the gap."
        ),
        plain="{outcome}, mean over {replications}: {none} if none of the {count} mechanisms acted, {last} as all act; the change is {total}.",
        most="The largest: {named}.",
        one_by_one=(
            "Switched off one at a time, each with all others acting, they change {last} in sum; all at once, {total}. "
            "In brackets: {level} intervals."
        ),
        effect=(
            "Effect: what the mechanism's acting adds to the outcome, averaged over all orders of switching the "
            "mechanisms on (Shapley value); the effects sum to what all do together, and a share is of that sum."
        ),
        interval=("Each {level} interval is for its row alone, over {replications} on common random numbers."),
        verdicts="The verdicts hold for all {rows} mechanisms together (Holm's correction).",
        too_few="Too few replications to tell which mechanisms lower or raise the outcome: fewer than {fewest} give no verdict.",
        without_interval="{mark}: mean over {replications}; its interval is not shown.",
        replications="{count:# replication|# replications}",
        order=(
            "First in: the effect when no other mechanism acts. Last in: the effect when all others act, which is what "
            "switching off this one alone would undo."
        ),
        completions="Completions: the effect on course completions.",
        remainder=(
            "What is missing even if none acted is due to what no switch removes: what courses, leaders and stocks can "
            "give in any case."
        ),
        others_act="Mechanisms that are not listed act throughout.",
        missing="Replications left out for want of a value: {count}.",
        failed="Failed runs: {count}.",
        alone=(
            "All this rests on replicates {first} to {last} of seed {seed}. Over replicates {first} to {last_alone} the scenario as "
            "it is comes to {levels}; where that differs, the smaller sample does."
        ),
    ),
    "fr": french(
        Phrases(
            from_completions=(
                "En moyenne sur {replications}, de {first} stages achevés, il reste {last} {outcome} ; {count} mécanismes "
                "expliquent {total} de ce qui manque : {share} de l'écart."
            ),
            plain="{outcome}, en moyenne sur {replications} : {none} si aucun des {count} mécanismes n'agissait, {last} quand tous agissent ; l'écart est de {total}.",
            most="Les plus grands : {named}.",
            one_by_one=(
                "Coupés un à un, tous les autres agissant, ils changent {last} en somme ; tous à la fois, {total}. "
                "Entre parenthèses : les intervalles à {level}."
            ),
            effect=(
                "Effet : ce que l'action du mécanisme ajoute au résultat, en moyenne sur tous les ordres de mise en marche "
                "(valeur de Shapley) ; la somme des effets est ce que tous font ensemble, et une part se rapporte à elle."
            ),
            interval=(
                "Chaque intervalle à {level} vaut pour sa seule ligne, sur {replications} à tirages aléatoires communs."
            ),
            verdicts="Les verdicts valent pour les {rows} mécanismes ensemble (correction de Holm).",
            too_few="Trop peu de réplications pour dire quels mécanismes abaissent ou élèvent le résultat : moins de {fewest} ne donnent aucun verdict.",
            without_interval="{mark} : moyenne sur {replications} ; son intervalle n'est pas montré.",
            replications="{count:# réplication|# réplications}",
            order=(
                "En premier : l'effet quand aucun autre mécanisme n'agit. En dernier : l'effet quand tous les autres agissent, "
                "c'est-à-dire ce que déferait la coupure de celui-ci seul."
            ),
            completions="Stages : l'effet sur les stages achevés.",
            remainder=(
                "Ce qui manque même si aucun n'agissait est dû à ce qu'aucun interrupteur n'ôte : ce que stages, cadres et "
                "stocks peuvent donner en tout cas."
            ),
            others_act="Les mécanismes qui ne figurent pas dans la liste agissent partout.",
            missing="Réplications écartées faute de valeur : {count}.",
            failed="Simulations échouées : {count}.",
            alone=(
                "Tout cela repose sur les réplications {first} à {last} de la graine {seed}. Sur les réplications {first} à "
                "{last_alone}, le scénario tel qu'il est donne {levels} ; s'il y a un écart, il vient du petit échantillon."
            ),
        )
    ),
}


def sentence(decomposition: Decomposition, language: Language = "en") -> str:
    """What the mechanisms do together, which do most, and how far they overlap."""
    words = PHRASES[language]
    levels = decomposition.levels
    outcome = decomposition.outcome.label(language)
    first, none, last = (levels.iloc[0], decomposition.level("none_acting"), levels.iloc[-1])
    total = Estimate(last["change"], last["change_low"], last["change_high"])
    given_back = Estimate(-total.value, -total.high, -total.low)
    texts = {
        "replications": _replications(decomposition, language),
        "count": len(decomposition.mechanisms),
        "first": _with_interval(_estimate(first), language),
        "none": _with_interval(_estimate(none), language),
        "last": _with_interval(_estimate(last), language),
    }
    if first["level"] == "completions":
        share = _share(decomposition.gap_share, language)
        opening = words.from_completions.format(
            outcome=outcome[0].lower() + outcome[1:], total=_with_interval(given_back, language), share=share, **texts
        )
    else:
        opening = words.plain.format(outcome=outcome, total=_with_interval(total, language, signed=True), **texts)
    named = ", ".join(
        f"{row[f'label_{language}']} {_with_interval(_estimate(row, 'shapley'), language, signed=True)}"
        for _, row in decomposition.table.head(_MOST_NAMED).iterrows()
    )
    one_by_one = words.one_by_one.format(
        last=_with_interval(decomposition.one_by_one, language, signed=True),
        total=_with_interval(given_back, language, signed=True),
        level=percent(decomposition.confidence, language),
    )
    told = [opening, words.most.format(named=named), one_by_one]
    if decomposition.is_too_small:
        told.append(words.too_few.format(fewest=FEWEST_FOR_VERDICTS))
    return " ".join(told)


def beside(
    levels: pd.DataFrame,
    decomposition: Decomposition,
    replicates: range,
    name_of: Callable[[str], str],
    language: Language = "en",
) -> str:
    """On which replicates a decomposition rests, and what the scenario as it is comes to over more of them.

    Args:
        levels: over all the `replicates`, see `ssa_sim.analysis.decompose.levels_alone`.
        decomposition: over the first of them.
        replicates: the larger sample.
        name_of: what a level is called.
        language: of the sentence.
    """
    named = "; ".join(
        f"{name_of(row['level'])} {_with_interval(_estimate(row), language)}" for _, row in levels.iterrows()
    )
    made = decomposition.replications + decomposition.n_missing
    return PHRASES[language].alone.format(
        first=replicates[0], last=replicates[made - 1], last_alone=replicates[-1], seed=decomposition.seed, levels=named
    )


def _estimate(row: pd.Series, value: str = "value") -> Estimate:
    return Estimate(row[value], row["low"], row["high"])


def _with_interval(estimate: Estimate, language: Language, *, signed: bool = False) -> str:
    return with_interval(estimate.value, estimate.low, estimate.high, language, signed=signed)


def _share(share: Estimate, language: Language) -> str:
    ends = span(percents_apart([share.low, share.high], language), language)
    return f"{percent(share.value, language)} ({ends})"


def _replications(decomposition: Decomposition, language: Language) -> str:
    return PHRASES[language].replications.format(count=Counted(decomposition.replications, language))


def note(decomposition: Decomposition, language: Language = "en") -> str:
    """How to read the table, and what is missing from it."""
    words = PHRASES[language]
    replications = _replications(decomposition, language)
    texts = [
        words.effect,
        words.interval.format(
            level=percent(decomposition.confidence, language),
            replications=replications,
        ),
        words.order,
        words.completions,
        words.without_interval.format(mark=MARK, replications=replications),
    ]
    if not decomposition.is_too_small:
        texts.insert(2, words.verdicts.format(rows=len(decomposition.table)))
    if (decomposition.levels["step"] == "remainder").any():
        texts.append(words.remainder if decomposition.is_complete else words.others_act)
    elif not decomposition.is_complete:
        texts.append(words.others_act)
    if decomposition.n_missing:
        texts.append(words.missing.format(count=whole(decomposition.n_missing, language)))
    if decomposition.n_failed:
        texts.append(words.failed.format(count=whole(decomposition.n_failed, language)))
    return " ".join(texts)
