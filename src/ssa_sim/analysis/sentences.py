"""What a comparison says in words, in English and French."""

import math
from dataclasses import dataclass

import pandas as pd

from ssa_sim.analysis.compare import MOST_REPLICATIONS_ADVISED, POWER, Comparison, Verdict
from ssa_sim.analysis.numbers import Counted, Language, percent, whole, with_interval
from ssa_sim.model.outcomes import Outcome
from ssa_sim.typography import french

_MOST_NAMED = 3


@dataclass(frozen=True)
class Phrases:
    """The words of one language; braces are filled in."""

    verdicts: dict[Verdict, str]
    opening: str
    opening_one: str
    parts: dict[Verdict, str]
    subject: str
    apart: str
    named: str
    more: str
    closing: str
    difference: str
    plain_interval: str
    pairing: str
    bootstrap: str
    equal: str
    missing: str
    failed: str
    settle: str
    settle_one: str
    columns: str
    beyond: str
    no_guide: str


PHRASES: dict[Language, Phrases] = {
    "en": Phrases(
        verdicts={
            "better": "better",
            "worse": "worse",
            "undecided": "undecided",
            "no difference": "no difference",
        },
        opening="Against '{first}', over {pairs:# paired run|# paired runs} and {outcomes} outcomes: ",
        opening_one="Against '{first}', over {pairs:# paired run|# paired runs} and one outcome: ",
        parts={
            "better": "better on {count}",
            "worse": "worse on {count}",
            "undecided": "undecided on {count}",
            "no difference": "the same on {count}",
        },
        subject="{name} is {parts}",
        apart="; ",
        named="{part}: {names}",
        more="{count} more",
        closing="; the risk of even one false 'better' or 'worse' is held to about {risk}.",
        difference="Difference: the scenario minus '{first}', on the same random draws.",
        plain_interval=(
            "Each {level} interval is for its row alone; the verdicts hold for all {rows} rows together "
            "(Holm's correction, about {risk} risk at most of even one false 'better' or 'worse'), so that a "
            "row whose interval leaves out zero can still be undecided."
        ),
        pairing="Pairing: the share of the variance that the common draws took away.",
        bootstrap="*: bootstrap interval (BCa), as the differences are skewed (Cochran's rule, n < 25 G1²).",
        equal="'No difference': equal in every pair.",
        missing="Left out for want of a value (not defined, or a failed run): {pairs:# pair|# pairs} in {rows:# row|# rows}.",
        failed="Failed runs: {count}.",
        settle=(
            "To settle what is undecided, if the true differences are those observed (power {power}): about "
            "{least} replications for the nearest row, {most} for all {count}."
        ),
        settle_one=(
            "To settle the one undecided row, if the true difference is the one observed (power {power}): "
            "about {most} replications."
        ),
        beyond="{count} would take more than {cap} replications: any difference there is minute.",
        columns=(
            "P(better): the share of pairs in which the scenario does better, ties counted half. To settle: "
            "the replications that would probably decide the row."
        ),
        no_guide="For want of pairs or of spread, nothing can be advised for {count}.",
    ),
    "fr": french(
        Phrases(
            verdicts={
                "better": "meilleur",
                "worse": "moins bon",
                "undecided": "indécis",
                "no difference": "aucune différence",
            },
            opening="Face à « {first} », sur {pairs:# paire|# paires} de simulations et {outcomes} résultats : ",
            opening_one="Face à « {first} », sur {pairs:# paire|# paires} de simulations et un résultat : ",
            parts={
                "better": "meilleur sur {count}",
                "worse": "moins bon sur {count}",
                "undecided": "indécis sur {count}",
                "no difference": "identique sur {count}",
            },
            subject="{name} est {parts}",
            apart=" ; ",
            named="{part} : {names}",
            more="{count} de plus",
            closing=" ; le risque d'un seul faux « meilleur » ou « moins bon » est tenu à environ {risk}.",
            difference="Différence : le scénario moins « {first} », sur les mêmes tirages aléatoires.",
            plain_interval=(
                "Chaque intervalle à {level} vaut pour sa seule ligne ; les verdicts valent pour les {rows} "
                "lignes ensemble (correction de Holm, environ {risk} de risque au plus d'un seul faux « "
                "meilleur » ou « moins bon »), si bien qu'une ligne dont l'intervalle exclut zéro peut "
                "rester indécise."
            ),
            pairing="Appariement : la part de la variance que les tirages communs ont ôtée.",
            bootstrap=(
                "* : intervalle bootstrap (BCa), car les différences sont asymétriques (règle de Cochran, n < 25 G1²)."
            ),
            equal="« Aucune différence » : égalité dans chaque paire.",
            missing=(
                "Écartées faute de valeur (non définie, ou simulation échouée) : {pairs:# paire|# paires}, {rows:# ligne|# lignes}."
            ),
            failed="Simulations échouées : {count}.",
            settle=(
                "Pour trancher, si les différences réelles sont celles observées (puissance {power}) : environ "
                "{least} réplications pour la ligne la plus proche, {most} pour les {count}."
            ),
            settle_one=(
                "Pour trancher la seule ligne indécise, si la différence réelle est celle observée (puissance "
                "{power}) : environ {most} réplications."
            ),
            beyond="Il faudrait plus de {cap} réplications pour {count} : toute différence y est infime.",
            columns=(
                "P(meilleur) : la part des paires où le scénario fait mieux, les égalités comptant pour moitié. "
                "Pour trancher : les réplications qui décideraient sans doute la ligne."
            ),
            no_guide="Faute de paires ou de dispersion, rien ne peut être conseillé pour {count}.",
        )
    ),
}


def label(outcome: Outcome, language: Language = "en") -> str:
    """What an outcome is called."""
    return outcome.label_fr if language == "fr" else outcome.label_en


def verdict_word(verdict: Verdict, language: Language = "en") -> str:
    """A verdict in the language."""
    return PHRASES[language].verdicts[verdict]


def replications_text(needed: float, language: Language = "en") -> str:
    """A number of replications to make; ">100,000" beyond what can be advised; empty if there is none."""
    if math.isnan(needed):
        return ""
    if needed > MOST_REPLICATIONS_ADVISED:
        return f">{whole(MOST_REPLICATIONS_ADVISED, language)}"
    return whole(int(needed), language)


def sentence(comparison: Comparison, language: Language = "en") -> str:
    """One sentence that says what the table shows, what it leaves open, and how sure it is."""
    words = PHRASES[language]
    opening = words.opening if len(comparison.outcomes) > 1 else words.opening_one
    is_alone = len(comparison.others) == 1
    parts = [_scenario_part(comparison, name, name, language, is_naming=is_alone) for name in comparison.others]
    return (
        opening.format(
            first=comparison.first,
            pairs=Counted(comparison.replications, language),
            outcomes=len(comparison.outcomes),
        )
        + words.apart.join(parts)
        + words.closing.format(risk=percent(1.0 - comparison.confidence, language))
    )


def scenario_sentence(comparison: Comparison, scenario: str, called: str, language: Language = "en") -> str:
    """What the table shows of one scenario, by the outcomes' names; `called` is what to call the scenario."""
    return f"{_scenario_part(comparison, scenario, called, language, is_naming=True)}."


def note(comparison: Comparison, language: Language = "en") -> str:
    """How to read the table, and what is missing from it."""
    words, table = PHRASES[language], comparison.table
    incomplete = table["n_missing"] > 0
    texts = [
        words.difference.format(first=comparison.first),
        words.plain_interval.format(
            level=percent(comparison.confidence, language),
            rows=len(table),
            risk=percent(1.0 - comparison.confidence, language),
        ),
        words.pairing,
        words.columns,
    ]
    if (table["method"] == "bootstrap").any():
        texts.append(words.bootstrap)
    if comparison.count("no difference"):
        texts.append(words.equal)
    if incomplete.any():
        pairs, rows = (Counted(int(count), language) for count in (table["n_missing"].sum(), incomplete.sum()))
        texts.append(words.missing.format(pairs=pairs, rows=rows))
    if comparison.n_failed:
        texts.append(words.failed.format(count=whole(comparison.n_failed, language)))
    return " ".join(texts)


def advice(comparison: Comparison, language: Language = "en") -> str:
    """How many replications would probably settle what is undecided; empty if nothing is."""
    words = PHRASES[language]
    needed = comparison.table.loc[comparison.table["verdict"] == "undecided", "replications_needed"]
    reachable = needed[needed <= MOST_REPLICATIONS_ADVISED]
    n_beyond, n_unknown = int((needed > MOST_REPLICATIONS_ADVISED).sum()), int(needed.isna().sum())
    cap = whole(MOST_REPLICATIONS_ADVISED, language)
    texts = []
    if len(reachable):
        settle = words.settle if len(reachable) > 1 else words.settle_one
        texts.append(
            settle.format(
                least=whole(int(reachable.min()), language),
                most=whole(int(reachable.max()), language),
                count=len(reachable),
                power=percent(POWER, language),
            )
        )
    if n_beyond:
        texts.append(words.beyond.format(cap=cap, count=_rows(n_beyond, language)))
    if n_unknown:
        texts.append(words.no_guide.format(count=_rows(n_unknown, language)))
    return " ".join(texts)


def _scenario_part(comparison: Comparison, scenario: str, called: str, language: Language, *, is_naming: bool) -> str:
    """How many outcomes have each verdict, the first few of them by name if asked for."""
    words = PHRASES[language]
    rows = comparison.table[comparison.table["scenario"] == scenario]
    parts = []
    for verdict, form in words.parts.items():
        matching = rows[rows["verdict"] == verdict]
        if matching.empty:
            continue
        part = form.format(count=len(matching))
        if is_naming and verdict in ("better", "worse"):
            part = words.named.format(part=part, names=_named(comparison, matching, language))
        parts.append(part)
    return words.subject.format(name=called, parts=(words.apart if is_naming else ", ").join(parts))


def _named(comparison: Comparison, rows: pd.DataFrame, language: Language) -> str:
    """The first few outcomes with their differences and the intervals of these."""
    outcomes = {outcome.name: outcome for outcome in comparison.outcomes}
    named = [
        f"{label(outcomes[row['outcome']], language)} "
        f"{with_interval(row['difference'], row['low'], row['high'], language, signed=True)}"
        for _, row in rows.iterrows()
    ]
    if len(named) > _MOST_NAMED:
        named[_MOST_NAMED:] = [PHRASES[language].more.format(count=len(named) - _MOST_NAMED)]
    return ", ".join(named)


def _rows(count: int, language: Language) -> str:
    noun = "row" if language == "en" else "ligne"
    return f"{whole(count, language)} {noun}{'s' if count > 1 else ''}"
