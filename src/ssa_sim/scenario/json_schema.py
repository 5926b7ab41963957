"""The JSON Schema of scenario files, for editors and other programs."""

from copy import deepcopy
from typing import Any

from ssa_sim.scenario.schema import Scenario
from ssa_sim.scenario.tables import LEVERS, SECTIONS, TOP_KEYS, Section

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_json_schema() -> dict[str, Any]:
    """The JSON Schema of scenario files; dates are TOML's own, which JSON writes as texts.

    Levers, uncertainties, mechanisms and structures may be written nested or with dotted names, and so may an event's.
    """
    schema = Scenario.model_json_schema()
    definitions = schema["$defs"]
    for section in SECTIONS:
        definition = definitions[section.model.__name__]
        for path in section.entries():
            definition["properties"].setdefault(path, _leaf(definitions, section, path))
    definitions["Event"]["properties"]["set"] = {
        "$ref": f"#/$defs/{LEVERS.model.__name__}",
        "minProperties": 1,
        "description": "Levers and their new values.",
    }
    schema["properties"]["extends"] = {
        "type": "string",
        "pattern": r"\.toml$",
        "description": "Another scenario file, relative to this one, whose content holds unless replaced.",
    }
    schema["properties"] = {key: _plain(schema["properties"][key]) for key in TOP_KEYS}
    schema.pop("required", None)  # a file without a title has its name, or the title of what it extends
    return {"$schema": DIALECT, **schema, "title": "ssa_sim scenario file"}


def _leaf(definitions: dict[str, Any], section: Section, path: str) -> dict[str, Any]:
    """The schema of one parameter, found by walking down its dotted name."""
    definition = definitions[section.model.__name__]
    *groups, last = path.split(".")
    for group in groups:
        definition = definitions[definition["properties"][group]["$ref"].rpartition("/")[2]]
    leaf: dict[str, Any] = deepcopy(definition["properties"][last])
    return leaf


def _plain(property_: dict[str, Any]) -> dict[str, Any]:
    """A property without a whole group as its default: its members' own defaults say the same."""
    if isinstance(property_.get("default"), dict | list):
        return {key: value for key, value in property_.items() if key != "default"}
    return property_
