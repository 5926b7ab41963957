"""What a comparison says in words, in English and French."""

import math
from dataclasses import dataclass

import pandas as pd

from ssa_sim.analysis.compare import MOST_REPLICATIONS_ADVISED, NEEDED_CONFIDENCE, POWER, Comparison, Verdict
from ssa_sim.analysis.lever_effects import LeverEffects
from ssa_sim.analysis.paired import Method
from ssa_sim.catalogue.outcomes import Outcome
from ssa_sim.typography import french
from ssa_sim.words.numbers import Counted, number, percent, span, whole, with_interval, written
from ssa_sim.words.texts import Language

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
    unmatched: str
    missing: str
    failed: str
    families: str
    settle: str
    settle_one: str
    columns: str
    not_known: str
    no_guide: str
    reason: str
    why: str
    why_untested: str
    tests: dict[Method, str]


PHRASES: dict[Language, Phrases] = {
    "en": Phrases(
        verdicts={
            "better": "better",
            "worse": "worse",
            "undecided": "undecided",
            "no difference": "no difference",
        },
        opening="Against '{first}', over {pairs:# paired run|# paired runs}{unmatched} and {outcomes} outcomes: ",
        opening_one="Against '{first}', over {pairs:# paired run|# paired runs}{unmatched} and one outcome: ",
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
            "Each {level} interval is for its row alone; the verdicts hold for all {rows} rows of the comparison together, shown "
            "here or not (Holm's correction, about {risk} risk at most of even one false 'better' or 'worse'), so that a "
            "row whose interval leaves out zero can still be undecided."
        ),
        pairing="Pairing: the share of the variance that the common draws took away.",
        bootstrap="*: bootstrap interval (BCa), as the differences are skewed (Cochran's rule, n < 25 G1²).",
        equal="'No difference': equal in every pair.",
        unmatched=" ({pairs:# is|# are} left out, as one of the two runs is missing)",
        missing=(
            "Left out for want of a value (not defined, a failed run or none at all): {pairs:# pair|# pairs} in {rows:# row|# rows}."
        ),
        failed="Failed runs: {count}.",
        families="{first} (outcomes beside those of the comparison: {rest})",
        settle=(
            "To settle what is undecided (power {power}): {least} replications for the nearest row, {most} for the furthest; "
            "{range} ranges, since how large a difference truly is the runs say but roughly."
        ),
        settle_one=(
            "To settle one undecided row (power {power}): {least} replications; a {range} range, since how large the difference "
            "truly is the runs say but roughly."
        ),
        columns=(
            "P(better): the shares of pairs in which the scenario does better / exactly as well / worse. Verdicts are on the mean: "
            "rare pairs that differ much can outweigh many that differ little. To settle: from how many to how many replications "
            "would probably decide the row ('?': nobody can say)."
        ),
        not_known="For {count} the runs do not even tell the direction of a difference, so that no number is given.",
        no_guide="For want of pairs or of spread, nothing can be advised for {count}.",
        reason="Undecided on {outcome}: {why}.",
        why="p = {p} alone ({test}), {adjusted} among {rows} rows; {level} decides",
        why_untested="too few pairs for a test",
        tests={
            "t": "t test",
            "bootstrap": "skewed: the larger of bootstrap and t test",
            "exact": "sign test",
            "none": "",
        },
    ),
    "fr": french(
        Phrases(
            verdicts={
                "better": "meilleur",
                "worse": "moins bon",
                "undecided": "indécis",
                "no difference": "aucune différence",
            },
            opening="Face à « {first} », sur {pairs:# paire|# paires} de simulations{unmatched} et {outcomes} résultats : ",
            opening_one="Face à « {first} », sur {pairs:# paire|# paires} de simulations{unmatched} et un résultat : ",
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
                "lignes de la comparaison ensemble, montrées ici ou non (correction de Holm, environ {risk} de risque au plus d'un seul faux « "
                "meilleur » ou « moins bon »), si bien qu'une ligne dont l'intervalle exclut zéro peut "
                "rester indécise."
            ),
            pairing="Appariement : la part de la variance que les tirages communs ont ôtée.",
            bootstrap=(
                "* : intervalle bootstrap (BCa), car les différences sont asymétriques (règle de Cochran, n < 25 G1²)."
            ),
            equal="« Aucune différence » : égalité dans chaque paire.",
            unmatched=" ({pairs:# est écartée|# sont écartées}, une des deux simulations manquant)",
            missing=(
                "Écartées faute de valeur (non définie, simulation échouée ou absente) : {pairs:# paire|# paires}, "
                "{rows:# ligne|# lignes}."
            ),
            failed="Simulations échouées : {count}.",
            families="{first} (résultats hors de la comparaison : {rest})",
            settle=(
                "Pour trancher (puissance {power}) : {least} réplications pour la ligne la plus proche, {most} pour la plus "
                "lointaine ; plages à {range}, car les simulations ne disent qu'à peu près la taille d'un écart."
            ),
            settle_one=(
                "Pour trancher une ligne indécise (puissance {power}) : {least} réplications ; plage à {range}, car les "
                "simulations ne disent qu'à peu près la taille de l'écart."
            ),
            columns=(
                "P(meilleur) : les parts des paires où le scénario fait mieux / exactement aussi bien / moins bien. Les verdicts portent sur la moyenne : de rares paires très différentes "
                "peuvent l'emporter sur beaucoup qui le sont peu. Pour trancher : de combien à combien de réplications "
                "décideraient sans doute la ligne (« ? » : nul ne peut le dire)."
            ),
            not_known="Pour {count}, les simulations ne disent pas même le sens d'un écart : aucun nombre n'est donné.",
            no_guide="Faute de paires ou de dispersion, rien ne peut être conseillé pour {count}.",
            reason="Indécis, {outcome} : {why}.",
            why="p = {p} seule ({test}), {adjusted} parmi {rows} lignes ; {level} décide",
            why_untested="trop peu de paires pour un test",
            tests={
                "t": "test t",
                "bootstrap": "asymétrie : le plus grand du bootstrap et du test t",
                "exact": "test des signes",
                "none": "",
            },
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


def needed_text(row: pd.Series, language: Language = "en") -> str:
    """From how many to how many replications would settle a row of `Comparison.table`; "?" where nobody can say, else empty."""
    if row["verdict"] != "undecided":
        return ""
    ends = [replications_text(row[f"replications_needed_{end}"], language) for end in ("low", "high")]
    return "?" if "" in ends else ends[0] if ends[0] == ends[1] else span(ends, language)


def why_undecided(row: pd.Series, confidence: float, language: Language = "en") -> str:
    """Why a row of `Comparison.table` is undecided: by which test, and among how many rows; empty if it is not."""
    words = PHRASES[language]
    if row["verdict"] != "undecided":
        return ""
    if math.isnan(row["adjusted_p_value"]):
        return words.why_untested
    p_value, adjusted = (number(row[name], language) for name in ("p_value", "adjusted_p_value"))
    return words.why.format(
        p=p_value,
        test=words.tests[row["method"]],
        adjusted=adjusted,
        rows=whole(int(row["family"]), language),
        level=written(f"{1.0 - confidence:.2g}", language),
    )


def reasons(comparison: Comparison, scenario: str, language: Language = "en") -> list[str]:
    """For each undecided row of a scenario, why it is."""
    form = PHRASES[language].reason
    rows = ((outcome, comparison.row(scenario, outcome.name)) for outcome in comparison.outcomes)
    told = ((outcome, why_undecided(row, comparison.confidence, language)) for outcome, row in rows)
    return [form.format(outcome=label(outcome, language), why=why) for outcome, why in told if why]


def rows_together(compared: Comparison | LeverEffects, language: Language = "en") -> str:
    """How many rows the verdicts answer for together."""
    first, *rest = (whole(size, language) for size in compared.families)
    return PHRASES[language].families.format(first=first, rest=rest[0]) if rest else first


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
            unmatched=words.unmatched.format(pairs=Counted(comparison.n_unmatched, language))
            if comparison.n_unmatched
            else "",
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
            rows=rows_together(comparison, language),
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
    undecided = comparison.table[comparison.table["verdict"] == "undecided"]
    known = undecided[undecided["replications_needed"].notna()].sort_values("replications_needed", kind="stable")
    is_testable = undecided["method"].isin(["t", "bootstrap"])
    texts = []
    if len(known):
        settle = words.settle if len(known) > 1 else words.settle_one
        texts.append(
            settle.format(
                least=needed_text(known.iloc[0], language),
                most=needed_text(known.iloc[-1], language),
                power=percent(POWER, language),
                range=percent(NEEDED_CONFIDENCE, language),
            )
        )
    n_unknown, n_untested = int(is_testable.sum()) - len(known), int((~is_testable).sum())
    for text, count in ((words.not_known, n_unknown), (words.no_guide, n_untested)):
        if count:
            texts.append(text.format(count=_rows(count, language)))
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
