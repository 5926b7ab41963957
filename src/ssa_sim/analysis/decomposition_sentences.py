"""What a decomposition says in words, in English and French."""

from dataclasses import dataclass

from ssa_sim.analysis.decompose import Decomposition
from ssa_sim.analysis.numbers import Language, number, percent, whole
from ssa_sim.typography import french

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
    order: str
    completions: str
    remainder: str
    others_act: str
    missing: str
    failed: str


PHRASES: dict[Language, Phrases] = {
    "en": Phrases(
        from_completions=(
            "Of {first} course completions {last} {outcome} are left; {count} mechanisms account for {total} of what is "
            "missing ({share} of the gap)."
        ),
        plain="{outcome}: {none} if none of the {count} mechanisms acted, {last} as all act ({total}).",
        most="The largest: {named}.",
        one_by_one=(
            "Switched off one at a time, each with all others acting, they change {last} in sum; all at once, {total}."
        ),
        effect=(
            "Effect: what the mechanism's acting adds to the outcome, averaged over all orders of switching the "
            "mechanisms on (Shapley value); the effects sum to what all do together, and a share is of that sum."
        ),
        interval=(
            "Each {level} interval is for its row alone, over {count} replications on common random numbers; the "
            "verdicts hold for all {rows} mechanisms together (Holm's correction)."
        ),
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
    ),
    "fr": french(
        Phrases(
            from_completions=(
                "De {first} stages achevés, il reste {last} {outcome} ; {count} mécanismes expliquent {total} de ce qui "
                "manque ({share} de l'écart)."
            ),
            plain="{outcome} : {none} si aucun des {count} mécanismes n'agissait, {last} quand tous agissent ({total}).",
            most="Les plus grands : {named}.",
            one_by_one=(
                "Coupés un à un, tous les autres agissant, ils changent {last} en somme ; tous à la fois, {total}."
            ),
            effect=(
                "Effet : ce que l'action du mécanisme ajoute au résultat, en moyenne sur tous les ordres de mise en marche "
                "(valeur de Shapley) ; la somme des effets est ce que tous font ensemble, et une part se rapporte à elle."
            ),
            interval=(
                "Chaque intervalle à {level} vaut pour sa seule ligne, sur {count} réplications à tirages aléatoires communs "
                "; les verdicts valent pour les {rows} mécanismes ensemble (correction de Holm)."
            ),
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
        )
    ),
}


def sentence(decomposition: Decomposition, language: Language = "en") -> str:
    """What the mechanisms do together, which do most, and how far they overlap."""
    words = PHRASES[language]
    levels = decomposition.levels
    outcome = decomposition.outcome.label(language)
    first, last = float(levels["value"].iloc[0]), float(levels["value"].iloc[-1])
    texts = {
        "outcome": outcome,
        "count": len(decomposition.mechanisms),
        "none": number(decomposition.level("none_acting")["value"], language),
        "last": number(last, language),
        "total": number(decomposition.total, language, signed=True),
    }
    if levels["level"].iloc[0] == "completions":
        opening = words.from_completions.format(
            **{
                **texts,
                "outcome": outcome[0].lower() + outcome[1:],
                "first": number(first, language),
                "total": number(-decomposition.total, language),
                "share": percent(decomposition.total / (last - first), language),
            }
        )
    else:
        opening = words.plain.format(**texts)
    largest = decomposition.table.head(_MOST_NAMED)
    named = ", ".join(
        f"{label} ({number(value, language, signed=True)})"
        for label, value in zip(largest[f"label_{language}"], largest["shapley"], strict=True)
    )
    one_by_one = words.one_by_one.format(
        last=number(-float(decomposition.table["last"].sum()), language, signed=True),
        total=number(-decomposition.total, language, signed=True),
    )
    return " ".join([opening, words.most.format(named=named), one_by_one])


def note(decomposition: Decomposition, language: Language = "en") -> str:
    """How to read the table, and what is missing from it."""
    words = PHRASES[language]
    texts = [
        words.effect,
        words.interval.format(
            level=percent(decomposition.confidence, language),
            count=whole(decomposition.replications, language),
            rows=len(decomposition.table),
        ),
        words.order,
        words.completions,
    ]
    if (decomposition.levels["step"] == "remainder").any():
        texts.append(words.remainder if decomposition.is_complete else words.others_act)
    elif not decomposition.is_complete:
        texts.append(words.others_act)
    if decomposition.n_missing:
        texts.append(words.missing.format(count=whole(decomposition.n_missing, language)))
    if decomposition.n_failed:
        texts.append(words.failed.format(count=whole(decomposition.n_failed, language)))
    return " ".join(texts)
