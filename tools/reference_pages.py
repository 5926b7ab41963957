"""The reference pages of the documentation site, written from the catalogues, the command line and the schemas.

Nothing here is copied: a new lever, outcome, option or key appears because the package has it.
"""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import typer

import ssa_sim
import ssa_sim.figures
from ssa_sim.catalogue.entries import (
    Entry,
    LeverEntry,
    UncertaintyEntry,
    lever_catalogue,
    mechanism_catalogue,
    structure_catalogue,
    trait_catalogue,
    uncertainty_catalogue,
)
from ssa_sim.catalogue.evidence import Evidence, documents, evidence_register, uses_of
from ssa_sim.catalogue.outcomes import OUTCOMES
from ssa_sim.cli.app import build_app
from ssa_sim.experiment.ask.json_schema import experiment_json_schema
from ssa_sim.model.month import PHASES
from ssa_sim.scenario.json_schema import scenario_json_schema
from ssa_sim.scenario.library import LIBRARY, Kind, library_file

EntryType = TypeVar("EntryType", bound=Entry)

EXIT_STATUSES = "A command ends with status 0 if it did what was asked, 1 if the work failed, 2 if the input is wrong, and 130 if it was interrupted."


def reference_pages() -> dict[str, str]:
    """Every generated page and file, by its name in the site's reference."""
    return {
        "commands.md": commands_page(),
        "levers.md": levers_page(),
        "uncertainties.md": uncertainties_page(),
        "mechanisms.md": mechanisms_page(),
        "structures.md": structures_page(),
        "outcomes.md": outcomes_page(),
        "evidence.md": evidence_page(),
        "files.md": files_page(),
        "scenario_files.md": shown_files("Scenario files that come with it", "scenarios"),
        "experiment_files.md": shown_files("Experiment files that come with it", "experiments"),
        "rules.md": rules_page(),
        "python.md": python_page(),
        "scenario.schema.json": json.dumps(scenario_json_schema(), indent=2),
        "experiment.schema.json": json.dumps(experiment_json_schema(), indent=2),
    }


def commands_page() -> str:
    """Every command with its arguments and options, as `--help` has them."""
    group: Any = typer.main.get_command(build_app())
    blocks = [
        "# Commands",
        f"`ssa-sim COMMAND --help` says the same in a terminal. {EXIT_STATUSES} `ssa-sim --debug COMMAND` shows where an error arose.",
        _table(
            ["Command", "Does"], [[f"[`{name}`](#{name})", _line(one.help)] for name, one in group.commands.items()]
        ),
    ]
    for name, command in group.commands.items():
        context = command.context_class(command, info_name=f"ssa-sim {name}")
        records = [(each.param_type_name, each.get_help_record(context)) for each in command.get_params(context)]
        usage = " ".join(["ssa-sim", name, *command.collect_usage_pieces(context)])
        blocks += [f"## {name}", _line(command.help), f"```text\n{usage}\n```"]
        for kind, heading in (("argument", "Argument"), ("option", "Option")):
            rows = [[f"`{record[0]}`", _line(record[1])] for each, record in records if each == kind and record]
            blocks += [_table([heading, "Meaning"], rows)] if rows else []
    return _page(blocks)


def levers_page() -> str:
    """Every lever: who decides it, within what range, what moving it does and costs."""
    entries = lever_catalogue()
    blocks = [
        "# Levers",
        f"What somebody could decide: {len(entries)} levers. `ssa-sim levers` lists them, and a scenario file sets them under `[levers]`. "
        "[Uncertainties](uncertainties.md) are another matter: nobody decides them.",
    ]
    for group, own in _groups(entries):
        blocks.append(f"## {group}")
        for entry in own:
            blocks += [f"### {entry.path}", *_lever(entry)]
    return _page(blocks)


def _lever(entry: LeverEntry) -> Iterator[str]:
    yield f"**{entry.label_en}** · *{entry.label_fr}*"
    yield entry.meaning
    unit = "" if entry.unit in ("choice", "yes/no") else f" ({entry.unit})"
    yield "\n".join(
        (
            f"- May be: {_range(entry)}{unit}; in the baseline {_value(entry.baseline)}",
            f"- Decided by: {entry.decided_by}",
            f"- Costs: {entry.cost or 'nothing of its own'}",
            f"- Rests on: {_sources(entry.source)}",
        )
    )


def uncertainties_page() -> str:
    """Every uncertainty with its range and prior."""
    entries = uncertainty_catalogue()
    blocks = [
        "# Uncertainties",
        f"What nobody knows: {len(entries)} numbers, each with a range and the shape of the prior over it. `ssa-sim uncertainties` lists them, "
        "and a scenario file sets them under `[uncertainties]`. Where a scenario for another setting may go beyond the range, that is in "
        "parentheses; a known fact of the setting is sampled by nothing. [Parameters](../parameters.md) says which of them move the results.",
    ]
    headings = ["Name", "Means", "Baseline", "Range", "Unit", "Prior", "Rests on"]
    for group, own in _groups(entries):
        blocks += [f"## {group}", _table(headings, [_uncertainty(entry) for entry in own])]
    return _page(blocks)


def _uncertainty(entry: UncertaintyEntry) -> list[str]:
    prior = "" if entry.is_known else entry.prior.replace("_", "-")
    shared = [_value(entry.baseline), _range(entry), entry.unit, prior, _sources(entry.source)]
    return [f"`{entry.path}`", f"{entry.label_en}<br>*{entry.label_fr}*", *shared]


def mechanisms_page() -> str:
    """Every mechanism that can be switched off."""
    rows = [
        [f"`{entry.path}`", f"{entry.label_en}<br>*{entry.label_fr}*", _sources(entry.source)]
        for entry in mechanism_catalogue()
    ]
    return _page(
        [
            "# Mechanisms",
            "Parts of the model that an analysis may switch off, to see what each causes. All are on in every real scenario. A scenario file "
            "switches one off under `[mechanisms]`; `ssa-sim decompose` does so with all of them ([decomposition](../decomposition.md)).",
            _table(["Name", "Means", "Rests on"], rows),
        ]
    )


def structures_page() -> str:
    """Every structure with what its choices claim and rest on."""
    blocks = [
        "# Structures",
        "Questions on which sources compete. Exactly one answer is in force in a scenario; the first is, unless a scenario file says otherwise "
        "under `[structures]` ([where sources compete](../scenarios.md#where-sources-compete)).",
    ]
    for entry in structure_catalogue():
        rows = [
            [f"`{one.name}`", f"{one.claims_en}<br>*{one.claims_fr}*", _sources(one.source)]
            for one in entry.alternatives
        ]
        blocks += [
            f"## {entry.path}",
            f"{entry.label_en}. {entry.meaning_en}<br>*{entry.label_fr}. {entry.meaning_fr}*",
            _table(["Choice", "Claims", "Rests on"], rows),
        ]
    return _page(blocks)


def outcomes_page() -> str:
    """Every outcome with its definition."""
    of_a_run = {"final": "last month", "total": "sum of months", "mean": "mean of months"}
    blocks = [
        "# Outcomes",
        "What a run measures, month by month. Better is the direction that a reader would wish for, all else equal. One number for a run is "
        "the last month, the sum of all months, or their mean. The headline outcomes are those that a comparison shows unless asked for all.",
    ]
    for heading, wanted in (("Headline outcomes", True), ("All others", False)):
        rows = [
            [
                f"`{one.name}`",
                f"{one.label_en}<br>*{one.label_fr}*",
                one.unit,
                one.better,
                of_a_run[one.summary],
                one.definition,
            ]
            for one in OUTCOMES
            if one.headline is wanted
        ]
        blocks += [f"## {heading}", _table(["Name", "Means", "Unit", "Better", "Of a run", "Definition"], rows)]
    return _page(blocks)


def evidence_page() -> str:
    """The evidence register, and which parameters rest on each piece."""
    register = evidence_register().values()
    kinds = (
        ("quantity", "Facts", "Numbers and dated facts that documents report."),
        ("mechanism", "Causal claims", "What documents say leads to what."),
        ("publication", "Publications", "Findings of other research, and methods."),
    )
    blocks = [
        "# Evidence",
        "What is known, from where, and what of the model rests on it. A parameter that rests on none of this says that it is an assumption. "
        "`ssa-sim evidence F07` shows one piece.",
        "## Documents",
        _table(["Document", "Reference"], [[key, reference] for key, reference in documents().items()]),
    ]
    for kind, heading, says in kinds:
        blocks += [f"## {heading}", says]
        for piece in register:
            if piece.kind == kind:
                blocks += [f"### {piece.id}", *_piece(piece)]
    return _page(blocks)


def _piece(piece: Evidence) -> Iterator[str]:
    facts = ", ".join(part for part in (piece.value, piece.when) if part)
    yield f"{piece.statement}" + (f" **{facts}**" if facts else "")
    where = f"<{piece.url}>" if piece.url else ""
    seen = f" (seen: {', '.join(piece.seen)})" if piece.seen else ""
    yield f"From: {', '.join(piece.documents) or piece.reference} {where}".rstrip() + seen
    uses = uses_of(piece.id)
    if uses:
        yield f"Rests on it: {', '.join(f'`{path}`' for path in uses)}"


def files_page() -> str:
    """The keys of scenario and experiment files, from their schemas."""
    scenario, experiment = scenario_json_schema(), experiment_json_schema()
    blocks = [
        "# Keys of scenario and experiment files",
        "Files are TOML. [Scenario files](../scenarios.md) explains them with examples; this page is their schema. Editors that check TOML "
        "against JSON Schema take [scenario.schema.json](scenario.schema.json) and [experiment.schema.json](experiment.schema.json), which "
        "`ssa-sim schema scenario` and `ssa-sim schema experiment` print.",
        "## Scenario files",
        _keys(scenario, scenario["$defs"]),
        "`levers`, `uncertainties`, `mechanisms` and `structures` take what [Levers](levers.md), [Uncertainties](uncertainties.md), "
        "[Mechanisms](mechanisms.md) and [Structures](structures.md) list.",
        "### [period]",
        _keys(scenario["$defs"]["Period"], scenario["$defs"]),
        "### [size]",
        _keys(scenario["$defs"]["Size"], scenario["$defs"]),
        "### [[events]]",
        _keys(scenario["$defs"]["Event"], scenario["$defs"]),
        "### [[donors]]",
        "A profile has a `name`, a `label_en`, a `label_fr`, and these numbers:",
        _table(
            ["Key", "Means", "Range", "Unit", "Rests on"],
            [
                [
                    f"`{each.path}`",
                    f"{each.label_en}<br>*{each.label_fr}*",
                    _range(each),
                    each.unit,
                    _sources(each.source),
                ]
                for each in trait_catalogue()
            ],
        ),
        "## Experiment files",
        _keys(experiment, experiment["$defs"]),
        "### [replications] as a table",
        _keys(experiment["$defs"]["Replications"], experiment["$defs"]),
        "### [design]",
        _keys(experiment["$defs"]["Design"], experiment["$defs"]),
        "### [output]",
        _keys(experiment["$defs"]["OutputSettings"], experiment["$defs"]),
    ]
    return _page(blocks)


def _keys(table: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """The keys of one table of a file."""
    needed = table.get("required", [])
    return _table(
        ["Key", "Takes", "Left out", "Says"],
        [
            [
                f"`{key}`",
                _takes(one),
                "must be there" if key in needed else _default(one),
                _says(one, definitions),
            ]
            for key, one in table["properties"].items()
        ],
    )


def _says(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """What a key is for: its own words, or the first sentence of what it holds."""
    held = schema.get("$ref") or schema.get("items", {}).get("$ref", "")
    behind = definitions.get(held.rpartition("/")[2], {}).get("description", "")
    return str(schema.get("description") or schema.get("label_en") or behind.partition("\n")[0])


def _default(schema: Mapping[str, Any]) -> str:
    return _value(schema["default"]) if schema.get("default") not in (None, "", []) else ""


def _takes(schema: Mapping[str, Any]) -> str:
    """What a schema allows, in words."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_takes(each) for each in schema["anyOf"] if each.get("type") != "null"))
    if "const" in schema:
        return f'`"{schema["const"]}"`'
    if "enum" in schema:
        words = schema["enum"]
        return (
            ", ".join(f'`"{word}"`' for word in words) if len(words) < 10 else "a name of the [outcomes](outcomes.md)"
        )
    if schema.get("type") == "array":
        return f"a list of {_takes(schema.get('items', {})).removeprefix('a ')}"
    if schema.get("format") == "date":
        return "a date"
    named = {"string": "a text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}
    return named.get(schema.get("type", ""), "a table") + _limits(schema)


def _limits(schema: Mapping[str, Any]) -> str:
    unit = f" {schema['unit']}" if schema.get("unit") else ""
    if "minimum" in schema and schema.get("maximum", 2**31) < 2**31:
        return f", {_value(schema['minimum'])} to {_value(schema['maximum'])}{unit}"
    if "minimum" in schema:
        return f" from {_value(schema['minimum'])}{unit}"
    return " above 0" if schema.get("exclusiveMinimum") == 0 else unit


def shown_files(title: str, kind: Kind) -> str:
    """The files of a kind that come with the package, word for word."""
    blocks = [
        f"# {title}",
        f"The files in `{kind}/`, word for word. [Scenario files](../scenarios.md) says what they ask and how they work.",
    ]
    for name in LIBRARY[kind]:
        path = library_file(kind, name)
        blocks += [
            f"## {path.stem}",
            f'```toml title="{kind}/{path.name}"\n{path.read_text(encoding="utf-8").rstrip()}\n```',
        ]
    return _page(blocks)


def rules_page() -> str:
    """The rules with their source, file by file, in the order in which the phases call them."""
    modules = list(dict.fromkeys(module for phase in PHASES for module in _modules(phase)))
    blocks = [
        "# Rules",
        "The rules as they run: a file for each challenge, in the order of a month, with what each rule says of itself and its source. "
        "[The model](../odd.md) describes the same rules by their equations, with their sources of evidence.",
    ]
    return _page([*blocks, *(f"::: {module}\n    options:\n      show_source: true\n" for module in modules)])


def _modules(phase: Any) -> Iterator[str]:
    for step in phase.steps:
        yield inspect.unwrap(getattr(step.rule, "py_func", step.rule)).__module__


SCIENTIFIC = (
    "ssa_sim.analysis.sensitivity.sensitivity",
    "ssa_sim.analysis.sensitivity.Sensitivity",
    "ssa_sim.analysis.discovery.discover",
    "ssa_sim.analysis.discovery.Discovery",
    "ssa_sim.analysis.robustness.robustness",
    "ssa_sim.analysis.robustness.Robustness",
)


WITH_PANELS = ("styles_in_rows", "styles_of", "differences_of", "in_style", "index_rows", "legend_above", "save_figure")


def python_page() -> str:
    """What the package offers to Python, by its docstrings."""
    homes = {name: getattr(ssa_sim, name).__module__ for name in sorted(ssa_sim.__all__, key=str.lower)}
    returned = (
        "ssa_sim.scenario.schema.Scenario",
        "ssa_sim.model.simulate.Run",
        "ssa_sim.experiment.keep.results.Results",
        "ssa_sim.analysis.compare.Comparison",
        "ssa_sim.analysis.explanation.Explanation",
        "ssa_sim.model.observation.Observation",
    )
    blocks = [
        "# Python",
        "`import ssa_sim` offers these names; they are loaded when they are first used. Examples are in "
        "[With other people's tools](../other_tools.md) and in the notebooks.",
        *(f"::: {home}.{name}\n    options:\n      heading: ssa_sim.{name}\n" for name, home in homes.items()),
        "## What they return",
        *(f"::: {path}" for path in returned),
        "## For sweeps",
        *(f"::: {path}" for path in SCIENTIFIC),
        "## Panels of figures",
        "For Axes of your own; what each takes is in [Figures](../figures.md#from-python).",
        *(f"::: {path}\n    options:\n      heading: {path}\n" for path in _panels()),
    ]
    return _page(blocks)


def _panels() -> Iterator[str]:
    """Every function of the figures that draws on Axes, and what goes with them."""
    for found in pkgutil.iter_modules(ssa_sim.figures.__path__):
        home = f"ssa_sim.figures.{found.name}"
        for name, function in inspect.getmembers(importlib.import_module(home), inspect.isfunction):
            if function.__module__ == home and (name.startswith("draw_") or name in WITH_PANELS):
                yield f"{home}.{name}"


def _groups(entries: Sequence[EntryType]) -> Iterator[tuple[str, list[EntryType]]]:
    for group in dict.fromkeys(entry.path.partition(".")[0] for entry in entries):
        yield group, [entry for entry in entries if entry.path.startswith(f"{group}.")]


def _range(entry: Entry) -> str:
    """What a parameter may be; and, where another setting may lie outside, what a scenario may set."""
    if entry.choices:
        return ", ".join(f"`{choice}`" for choice in entry.choices)
    if entry.low is None or entry.high is None:
        return "true, false" if entry.kind == "bool" else ""
    own = "known" if entry.is_known else f"{_value(entry.low)} to {_value(entry.high)}"
    if (entry.low, entry.high) == (entry.allowed_low, entry.allowed_high):
        return own
    return f"{own} ({_value(entry.allowed_low)} to {_value(entry.allowed_high)})"


def _sources(text: str) -> str:
    """What a parameter rests on, each piece of evidence linked to the register."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    known = evidence_register()
    return ", ".join(f"[{part}](evidence.md#{part.lower()})" if part in known else part for part in parts)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruled = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in ruled)


def _cell(text: str) -> str:
    """A cell; within code a bar parts no cells."""
    return _line(text) if text.startswith("`") else _line(text).replace("|", "\\|")


def _page(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"
