"""`ssa-sim explain`: what raised and lowered the readiness of one unit in one month."""

from typing import TYPE_CHECKING, Annotated

import typer

from ssa_sim.cli.given_files import ScenarioFile
from ssa_sim.cli.output import JsonOption, Lang, LangOption, console, print_json, tell, tell_changes
from ssa_sim.cli.run import with_settings
from ssa_sim.cli.worlds import tell_worlds
from ssa_sim.typography import french

if TYPE_CHECKING:
    from rich.table import Table

    from ssa_sim.analysis.explanation import Explanation
    from ssa_sim.words.texts import Language


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain")(explain)


def explain(
    scenario: ScenarioFile,
    unit: Annotated[int, typer.Option(help="Number of the unit; the first is 0.")],
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="The month to explain.")],
    seed: Annotated[int, typer.Option(help="Root seed of all random draws.")] = 2013,
    replicate: Annotated[int, typer.Option(help="Which replicate of that seed.")] = 0,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="LEVER=VALUE", help="Set a lever for the whole period; repeatable."),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.en,
) -> None:
    """Show which rules raised or lowered a unit's readiness in a month, and by how much."""
    from ssa_sim.analysis import explanation
    from ssa_sim.experiment.run.sweep import compile_model
    from ssa_sim.scenario.load import load_scenario

    loaded = load_scenario(scenario)
    tell_changes(loaded, scenario.stem)
    tell_worlds([scenario])
    chosen = with_settings(loaded, settings or [])
    explanation.checked_span(chosen, unit=unit, seed=seed, replicate=replicate, month=month)
    compile_model(tell)
    tell("Taking that month step by step; what has not been used in this way yet is compiled first.")
    made = explanation.explain(chosen, unit=unit, seed=seed, replicate=replicate, month=month)
    if as_json:
        print_json(_as_object(made, lang.value))
    else:
        _print_explanation(made, lang.value)


def _as_object(made: "Explanation", language: "Language") -> dict[str, object]:
    from ssa_sim.analysis.explanation import PARTS, state_of
    from ssa_sim.analysis.explanation_sentences import part_label, part_lines, rule_lines, sentence
    from ssa_sim.model.version import MODEL_VERSION

    (ledger,) = made.ledgers
    shares = made.rules.set_index("rule")[list(PARTS)].to_dict(orient="index")
    return {
        "title": made.scenario.title,
        "identity": made.scenario.identity(),
        "seed": made.seed,
        "replicate": made.replicate,
        "model_version": MODEL_VERSION,
        "unit": made.unit,
        "month": f"{made.scenario.month_starts()[ledger.month]:%Y-%m}",
        "is_first_month": ledger.month == 0,
        "readiness_before": made.before,
        "readiness_after": made.after,
        "change": made.change,
        "rules": [
            {
                "rule": line.rule,
                "label": line.label,
                "phase": line.phase,
                "change": line.change,
                "parts": {part: shares[line.rule][part] for part in line.parts},
                "effects": list(line.effects),
            }
            for line in rule_lines(made, language)
        ],
        "parts": [
            {
                "part": row["part"],
                "label": part_label(row["part"], language),
                **{name: row[name] for name in ("before", "after", "through", "missing")},
            }
            for row in part_lines(made).to_dict(orient="records")
        ],
        "weak_link": made.weak_link,
        "state_before": state_of(ledger.before),
        "state_after": state_of(ledger.after),
        "sentence": sentence(made, language),
    }


def _print_explanation(made: "Explanation", language: "Language") -> None:
    from ssa_sim.analysis.explanation_sentences import context, sentence, title

    screen = console()
    width = min(screen.width, _WIDEST)
    for content in (
        f"{title(made, language)}\n",
        f"{context(made, language)}\n",
        _rules_table(made, language),
        _parts_table(made, language),
        f"{_WORDS[language]['note']}\n",
        sentence(made, language),
    ):
        screen.print(content, markup=False, width=width)


def _rules_table(made: "Explanation", language: "Language") -> "Table":
    """A line a rule, the largest effect first, and their sum."""
    from rich.text import Text

    from ssa_sim.analysis.explanation_sentences import PHRASES, decimals, fixed, part_label, rule_lines

    words = _WORDS[language]
    table = _table(words["rules"])
    table.add_column(words["change"], justify="right", no_wrap=True)
    for heading in ("phase", "rule", "moved", "effects"):
        table.add_column(words[heading], overflow="fold")
    digits = decimals(made)
    for line in rule_lines(made, language):
        change = fixed(line.change, digits, language, signed=True)
        moved = ", ".join(part_label(part, language) for part in line.parts)
        effects = PHRASES[language].semicolon.join(line.effects)
        table.add_row(change, line.phase, Text(line.label), Text(moved), Text(effects))
    table.add_section()
    table.add_row(fixed(made.change, digits, language, signed=True), "", words["total"], "", "")
    return table


def _parts_table(made: "Explanation", language: "Language") -> "Table":
    """A line a part of readiness."""
    from rich.text import Text

    from ssa_sim.analysis.explanation_sentences import decimals, fixed, part_label, part_lines

    words = _WORDS[language]
    table = _table(words["parts"])
    table.add_column(words["part"], overflow="fold")
    for heading in ("before", "after", "through", "missing"):
        table.add_column(words[heading], justify="right", overflow="fold")
    digits = decimals(made)
    for row in part_lines(made).to_dict(orient="records"):
        table.add_row(
            Text(part_label(row["part"], language)),
            *(fixed(row[name], _DECIMALS_OF_PARTS, language) for name in ("before", "after")),
            fixed(row["through"], digits, language, signed=True),
            fixed(row["missing"], _DECIMALS_OF_PARTS, language, signed=True),
        )
    return table


def _table(heading: str) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    return Table(title=Text(heading, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)


_WIDEST = 120
"""Columns beyond which lines of text are hard to read."""
_DECIMALS_OF_PARTS = 3

_WORDS: dict["Language", dict[str, str]] = {
    "en": {
        "rules": "What moved readiness",
        "change": "Change",
        "phase": "Phase",
        "rule": "Rule",
        "moved": "Parts moved",
        "effects": "What it changed",
        "total": "Whole month",
        "parts": "The seven parts of readiness",
        "part": "Part",
        "before": "Before",
        "after": "After",
        "through": "Change through it",
        "missing": "Gain if perfect",
        "note": "Each rule's effect is counted on the unit as the rules before it in the month left it. Gain if perfect: what "
        "readiness would gain if that part alone were 1; the largest gain marks the weak link.",
    },
    "fr": french(
        {
            "rules": "Ce qui a modifié la disponibilité",
            "change": "Effet",
            "phase": "Phase",
            "rule": "Règle",
            "moved": "Éléments modifiés",
            "effects": "Ce qui a changé",
            "total": "Mois entier",
            "parts": "Les sept éléments de la disponibilité",
            "part": "Élément",
            "before": "Avant",
            "after": "Après",
            "through": "Effet par là",
            "missing": "Gain si parfait",
            "note": "L'effet de chaque règle est compté sur l'unité telle que les règles précédentes du mois l'ont laissée. Gain si "
            "parfait : ce que gagnerait la disponibilité si cet élément seul valait 1 ; le plus grand gain désigne le maillon faible.",
        }
    ),
}
