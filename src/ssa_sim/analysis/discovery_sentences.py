"""Where a package fails, in words, in English and French."""

import math
from typing import Any

from ssa_sim.analysis.boxes import Content
from ssa_sim.analysis.discovery import FEWEST_OF_A_KIND, PARTS, Discovery
from ssa_sim.analysis.parameter_labels import parameter_label, parameter_unit
from ssa_sim.typography import french
from ssa_sim.words.numbers import Counted, number, numbers_apart, percent, whole
from ssa_sim.words.texts import Language


def opening(found: Discovery, language: Language = "en") -> str:
    """In how many futures the package fails, and what counts as failing."""
    words = _WORDS[language]
    outcome = found.futures.outcome
    return words["opening"].format(
        package=found.package,
        count=Counted(int(found.fails.sum()), language),
        futures=whole(len(found.fails), language),
        share=percent(found.share_failing, language),
        rule=failing(found, language),
        outcome=outcome.label(language),
    )


def failing(found: Discovery, language: Language = "en") -> str:
    """What counts as failing."""
    words, outcome = _WORDS[language], found.futures.outcome
    first = found.futures.packages[0]
    amount = f"{number(found.threshold, language)} ({outcome.unit_in(language)})"
    if found.rule == "level":
        return words[f"level_{outcome.better}"].format(outcome=outcome.label(language), level=amount)
    key = "not_better" if found.threshold == 0.0 else "margin"
    return words[key].format(outcome=outcome.label(language), first=first, margin=amount)


def box_sentence(found: Discovery, box: int, language: Language = "en") -> str:
    """One box: where it is, and what it holds."""
    words = _WORDS[language]
    row: Any = found.boxes.set_index("box").loc[box]
    return words["box"].format(
        number=box,
        where=where(found, box, language),
        failures=Counted(int(row["failures"]), language),
        futures=whole(int(row["futures"]), language),
        density=percent(float(row["density"]), language),
        coverage=percent(float(row["coverage"]), language),
        mass=percent(float(row["mass"]), language),
    )


def where(found: Discovery, box: int, language: Language = "en") -> str:
    """Where a box is: one condition a restricted uncertainty."""
    words = _WORDS[language]
    parts = []
    for _, row in found.limits[found.limits["box"] == box].iterrows():
        low, high = float(row["low"]), float(row["high"])
        key = "above" if math.isinf(high) else "below" if math.isinf(low) else "between"
        low_text, high_text = numbers_apart([low, high], language)
        label, unit = parameter_label(str(row["path"]), language), parameter_unit(str(row["path"]), language)
        parts.append(
            words[key].format(label=label, path=row["path"], low=low_text, high=high_text)
            + (f" ({unit})" if unit else "")
        )
    return words["and"].join(parts)


def notes(found: Discovery, language: Language = "en") -> list[str]:
    """How surely the boxes hold, what chance leaves open, and how to read them."""
    words = _WORDS[language]
    texts = []
    if not found.is_searched:
        texts.append(_not_searched(found, language))
    elif found.boxes.empty:
        texts.append(words["no_box"])
    else:
        assert found.held_out is not None
        texts.append(
            words["confirmed" if found.is_confirmed else "not_confirmed"].format(
                parts=PARTS, base=percent(found.share_failing, language), **_percents(found.held_out, language)
            )
        )
        texts.append(words["reading"].format(method=words[found.method]))
    if found.n_equal:
        texts.append(words["equal"].format(count=Counted(found.n_equal, language), first=found.futures.packages[0]))
    if found.n_open > 0:
        texts.append(
            words["open"].format(
                count=Counted(found.n_open, language),
                futures=whole(len(found.fails), language),
                replications=whole(found.futures.values.shape[2], language),
            )
        )
    elif found.n_open < 0:
        texts.append(words["one_replicate"])
    if found.futures.n_dropped:
        texts.append(words["dropped"].format(count=whole(found.futures.n_dropped, language)))
    return texts


def _percents(held: Content, language: Language) -> dict[str, str]:
    return {name: percent(getattr(held, name), language) for name in ("coverage", "density", "mass")}


def _not_searched(found: Discovery, language: Language) -> str:
    words, fails, n = _WORDS[language], int(found.fails.sum()), len(found.fails)
    if fails in (0, n):
        at_most = percent(min(1.0, 3.0 / n), language)
        return words["never" if fails == 0 else "always"].format(futures=whole(n, language), at_most=at_most)
    return words["too_few"].format(least=FEWEST_OF_A_KIND)


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "opening": "'{package}' fails in {count} of {futures} futures ({share}). Failing: {rule}.",
        "not_better": "{outcome} is no better than with '{first}' in the same future, on average over replications",
        "margin": "{outcome} is not better than with '{first}' in the same future by more than {margin}, on average over "
        "replications",
        "level_higher": "{outcome} is below {level}, on average over replications",
        "level_lower": "{outcome} is above {level}, on average over replications",
        "box": "Box {number}: it fails where {where}. There, {failures} of {futures} futures {failures:fails|fail} (density {density}); these are "
        "{coverage} of all failures (coverage), in {mass} of all futures (mass).",
        "above": "'{label}' ({path}) is above {low}",
        "below": "'{label}' ({path}) is below {high}",
        "between": "'{label}' ({path}) is between {low} and {high}",
        "and": " and ",
        "confirmed": "Held out: boxes found without them hold {coverage} of the failures with a density of {density}, against "
        "{base} everywhere (cross-validation in {parts} parts). The boxes hold in futures that they were not drawn around.",
        "not_confirmed": "Held out: boxes found without them hold {coverage} of the failures with a density of {density}, against "
        "{base} everywhere (cross-validation in {parts} parts). THE BOXES DO NOT HOLD in futures that they were not drawn "
        "around: take them for chance.",
        "no_box": "No box was found: failing futures are not set apart by ranges of a few uncertainties.",
        "reading": "Boxes by {method}. Quasi-p: the chance that so dense a box comes about without this limit. Again: how often "
        "the uncertainty was restricted again when the search was repeated on parts of the futures.",
        "prim": "PRIM (EMA Workbench)",
        "cart": "a classification tree (CART, scikit-learn)",
        "open": "Chance: in {count} of {futures} futures the 95% interval over {replications} replications holds the threshold, so "
        "that other draws might have decided otherwise; more replications would tell.",
        "equal": "In {count:# future|# futures} every run comes to exactly the same as with '{first}': there the package has no "
        "effect at all on this outcome.",
        "one_replicate": "Each future was run once, so that chance may have decided in any of them.",
        "dropped": "Futures left out for want of a value: {count}.",
        "never": "It fails in none of {futures} futures: failing is rarer than about {at_most} (95% sure).",
        "always": "It fails in all {futures} futures: not failing is rarer than about {at_most} (95% sure).",
        "too_few": "Fewer than {least} futures of one kind are too few to draw boxes around.",
    },
    "fr": french(
        {
            "opening": "« {package} » échoue dans {count:# futur|# futurs} sur {futures} ({share}). Échouer : {rule}.",
            "not_better": "{outcome} : pas mieux qu'avec « {first} » dans le même futur, en moyenne des réplications",
            "margin": "{outcome} : pas mieux qu'avec « {first} » dans le même futur de plus de {margin}, en moyenne des réplications",
            "level_higher": "{outcome} sous {level}, en moyenne des réplications",
            "level_lower": "{outcome} au-dessus de {level}, en moyenne des réplications",
            "box": "Boîte {number} : il échoue là où {where}. Là, {failures:# futur|# futurs} sur {futures} {failures:échoue|échouent} (densité {density}) ; ce sont "
            "{coverage} de tous les échecs (couverture), dans {mass} de tous les futurs (masse).",
            "above": "« {label} » ({path}) dépasse {low}",
            "below": "« {label} » ({path}) est inférieur à {high}",
            "between": "« {label} » ({path}) est entre {low} et {high}",
            "and": " et où ",
            "confirmed": "Mis de côté : des boîtes trouvées sans eux contiennent {coverage} des échecs avec une densité de {density}, "
            "contre {base} partout (validation croisée en {parts} parts). Les boîtes tiennent dans des futurs qui n'ont pas "
            "servi à les tracer.",
            "not_confirmed": "Mis de côté : des boîtes trouvées sans eux contiennent {coverage} des échecs avec une densité de "
            "{density}, contre {base} partout (validation croisée en {parts} parts). LES BOÎTES NE TIENNENT PAS dans des "
            "futurs qui n'ont pas servi à les tracer : à tenir pour du hasard.",
            "no_box": "Aucune boîte trouvée : des plages de quelques incertitudes ne distinguent pas les futurs d'échec.",
            "reading": "Boîtes par {method}. Quasi-p : la chance qu'une boîte aussi dense apparaisse sans cette limite. Retrouvée : "
            "combien de fois l'incertitude a de nouveau été restreinte quand la recherche a été répétée sur des parts des futurs.",
            "prim": "PRIM (EMA Workbench)",
            "cart": "un arbre de classification (CART, scikit-learn)",
            "open": "Hasard : dans {count:# futur|# futurs} sur {futures}, l'intervalle à 95 % sur {replications} réplications contient le seuil, "
            "et d'autres tirages auraient pu trancher autrement ; davantage de réplications le diraient.",
            "equal": "Dans {count:# futur|# futurs}, chaque simulation donne exactement la même chose qu'avec « {first} » : le paquet n'y a aucun "
            "effet sur ce résultat.",
            "one_replicate": "Chaque futur n'a été simulé qu'une fois : le hasard a pu trancher dans chacun.",
            "dropped": "Futurs écartés faute de valeur : {count}.",
            "never": "Il n'échoue dans aucun des {futures} futurs : échouer est plus rare qu'environ {at_most} (sûr à 95 %).",
            "always": "Il échoue dans les {futures} futurs : ne pas échouer est plus rare qu'environ {at_most} (sûr à 95 %).",
            "too_few": "Moins de {least} futurs d'une sorte sont trop peu pour tracer des boîtes.",
        }
    ),
}
