"""The JSON Schema of experiment files, for editors and other programs."""

from collections.abc import Iterator
from typing import Any

from ssa_sim.experiment.ask.file import ALL, METHODS, ExperimentFile, Replications
from ssa_sim.experiment.ask.outcome_names import known_outcomes
from ssa_sim.scenario.json_schema import DIALECT, scenario_json_schema
from ssa_sim.scenario.tables import SECTIONS, UNCERTAINTIES, Section, is_group

Schema = dict[str, Any]

_SEEDS = {"type": "integer", "minimum": 0, "maximum": 2**32 - 1}
_POINTS = {"type": "array", "minItems": 1}


def experiment_json_schema() -> Schema:
    """The JSON Schema of experiment files.

    What varies may be written nested or with dotted names, as in scenario files.
    """
    schema = ExperimentFile.model_json_schema()
    replications = schema["properties"]["replications"]
    schema["properties"]["replications"] = {
        "anyOf": [replications, {"$ref": "#/$defs/Replications"}],
        "description": "How many replicates; or, as a table, until a mean paired difference is known well enough.",
    }
    schema["properties"]["design"] = {"$ref": "#/$defs/Design"}
    schema["properties"]["output"].pop("default", None)
    until = Replications.model_json_schema()
    names = {"type": "string", "enum": list(known_outcomes())}
    schema["$defs"]["OutputSettings"]["properties"]["outcomes"]["items"] = names
    until["properties"]["outcome"].update(names)
    schema["$defs"].update(
        {
            "Replications": until,
            "Design": _design(),
            "Point": _point(),
            **dict(_parameters()),
        }
    )
    return {"$schema": DIALECT, **schema, "title": "ssa_sim experiment file"}


def _design() -> Schema:
    tables = {section.name: _table([(path, f"axis.{path}") for path in section.entries()]) for section in SECTIONS}
    tables[UNCERTAINTIES.name] = {"anyOf": [{"const": ALL}, tables[UNCERTAINTIES.name]]}
    return {
        "type": "object",
        "description": "What varies beside the scenarios: every scenario is run at every point.",
        "additionalProperties": False,
        "required": ["method"],
        "properties": {
            "method": {"enum": list(METHODS), "description": "How the points are found."},
            "samples": {
                "type": "integer",
                "minimum": 1,
                "description": "Points, base samples (sobol) or trajectories.",
            },
            "seed": {**_SEEDS, "description": "Of the sample; the experiment's if left out."},
            "second_order": {"type": "boolean", "description": "sobol: points enough for second-order indices too."},
            "crossed": {"type": "boolean", "description": "A grid of the levers times a sample of all else."},
            "points": {**_POINTS, "items": {"$ref": "#/$defs/Point"}, "description": "list: the points themselves."},
            **tables,
        },
    }


def _point() -> Schema:
    """One point of a list: any parameter by its dotted name; a group may be a table too, which is not looked into."""
    paths = [path for section in SECTIONS for path in section.entries()]
    group = {"type": "object"}
    properties: Schema = {path: {"$ref": f"#/$defs/value.{path}"} for path in paths}
    properties |= {path: {"anyOf": [properties[path], group]} for path in paths if is_group(paths, path)}
    return {"type": "object", "properties": properties, "additionalProperties": group}


def _table(names: list[tuple[str, str]]) -> Schema:
    """A table whose keys are dotted names or groups of them; each has a definition of some name."""
    table: Schema = {"type": "object", "additionalProperties": False, "properties": {}}
    for path, definition in names:
        reference = {"$ref": f"#/$defs/{definition}"}
        table["properties"][path] = reference
        below = table
        *groups, last = path.split(".")
        for group in groups:
            empty = {"type": "object", "additionalProperties": False, "properties": {}}
            below = below["properties"].setdefault(group, empty)
        below["properties"][last] = reference
    return table


def _parameters() -> Iterator[tuple[str, Schema]]:
    """For each parameter, what it may be set to, and what a design may say of it."""
    definitions = scenario_json_schema()["$defs"]
    for section in SECTIONS:
        for path in section.entries():
            value = dict(definitions[section.model.__name__]["properties"][path])
            value.pop("default", None)
            yield f"value.{path}", value
            yield f"axis.{path}", _axis(section, path)


def _axis(section: Section, path: str) -> Schema:
    value = {"$ref": f"#/$defs/value.{path}"}
    listed = {"type": "array", "items": value, "minItems": 1, "uniqueItems": True}
    has_range = section.entries()[path].kind in ("int", "float")
    ends = {"low": value, "high": value, "steps": {"type": "integer", "minimum": 2, "maximum": 10_000}}
    span = {"type": "object", "additionalProperties": False, "properties": ends if has_range else {}}
    return {"anyOf": [listed, span], "description": "Its values, or its range; {} takes the catalogue's."}
