"""The groups of parameters as pydantic models, made from the tables beside this file and from their words.

Levers (what somebody could decide), uncertainties (what nobody knows), mechanisms (parts of the model that an analyst may
switch off), structures (questions on which sources compete) and traits (of a kind of actor) are rows of `levers.toml`,
`uncertainties.toml`, `mechanisms.toml`, `structures.toml` and `traits.toml`. A row has

* `baseline`: the value when a scenario says nothing, in `unit`; a trait without one must be given;
* `low`, `high`: the range, in `unit`. What is sampled of an uncertainty; where they are equal the number is a known fact of
  the baseline's setting, which no sample varies;
* `allowed`: the smallest and largest value that a scenario file may set, where that is more than the range;
* `choices`: the words to choose from, in the order in which rules number them;
* `unit`: what the number counts, such as "weeks" or "1/month"; "share", "choice" or "yes/no";
* `decided_by`: who could decide a lever;
* `prior`: the shape over an uncertainty's range: uniform unless it is said; triangular with the mode at the baseline, or
  log_uniform;
* `source`: evidence ids separated by ";" or "assumption", or both;
* `sources`: the same for each choice of a structure, whose own source is all of them together.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from ssa_sim.words.texts import words

Prior = Literal["uniform", "triangular", "log_uniform"]
Role = Literal["lever", "uncertainty", "mechanism", "structure", "trait"]


class Group(BaseModel):
    """A named set of parameters: strict about types, frozen, closed to unknown names, no NaN, no infinity."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True)

    __iter__ = None  # type: ignore[assignment]  # one value: Mesa's batch_run takes whatever can be iterated for a list of values


def plain(value: Any) -> Any:
    """A NumPy number as the Python number that it is; anything else unchanged."""
    is_scalar = getattr(value, "shape", None) == () and hasattr(value, "item")
    return value.item() if is_scalar else value


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table of the catalogue, as its file has it."""
    return tomllib.loads(files("ssa_sim.catalogue").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def fields_of(role: Role, rows: Mapping[str, Any], en: Mapping[str, Any], fr: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a group, as pydantic takes them: from a name to its type and what is allowed."""
    return {name: _field(role, row, en[name], fr[name]) for name, row in rows.items()}


def _field(role: Role, row: Mapping[str, Any], en: Any, fr: Any) -> tuple[Any, Any]:
    """A parameter's type, and its value, range, words and evidence where pydantic and catalogues look for them."""
    named = {"en": en, "fr": fr} if isinstance(en, str) else {"en": en["label"], "fr": fr["label"]}
    baseline = row.get("baseline", True if role == "mechanism" else ...)
    low, high = row.get("allowed", (row.get("low"), row.get("high")))
    kind = Literal[tuple(row["choices"])] if "choices" in row else type(low if baseline is ... else baseline)
    unit = row.get("unit", "choice" if role == "structure" else "yes/no")
    source = row["source"] if "source" in row else _together(row["sources"].values())
    described = {"role": role, "unit": unit, "label_en": named["en"], "label_fr": named["fr"], "source": source}
    meaning = ""
    if role == "lever":
        meaning = en["meaning"]
        described |= {"decided_by": row["decided_by"], "meaning": meaning}
        described |= {"cost": en["cost"]} if "cost" in en else {"without_cost": row["without_cost"]}
    elif role == "uncertainty":
        described |= {"prior": row.get("prior", "uniform"), "low": row["low"], "high": row["high"]}
    elif role == "structure":
        meaning = en["meaning"]
        described |= {"meaning": meaning, "sources": row["sources"]}
    description = f"{named['en']} ({unit}). {meaning}".rstrip()
    return kind, Field(baseline, ge=low, le=high, description=description, json_schema_extra=described)


def _together(sources: Iterable[str]) -> str:
    """What several sources name, each once; that there are assumptions among them comes first."""
    parts = dict.fromkeys(part.strip() for source in sources for part in source.split(";"))
    return "; ".join(sorted(parts, key=lambda part: part != "assumption"))


def _group(name: str, about: str, fields: dict[str, Any]) -> type[Group]:
    made = create_model(name, __base__=Group, __module__=__name__, __doc__=about, **fields)
    globals()[name] = made  # where pickle looks for it
    return made


def _whole(name: str, about: str, file: str, role: Role) -> type[Group]:
    """All groups of a file as one, each a field of it."""
    rows, en, fr = table(file), words("en", file), words("fr", file)
    groups = {
        part: _group(model, en[part]["about"], fields_of(role, rows[part], en[part], fr[part]))
        for part, model in rows["groups"].items()
    }
    return _group(name, about, {part: (group, group()) for part, group in groups.items()})


if TYPE_CHECKING:

    class _AnyGroup(Group):
        def __getattr__(self, name: str) -> Any: ...

    class Levers(_AnyGroup):
        """All policy levers."""

    class Uncertainties(_AnyGroup):
        """All uncertainties."""

    class Mechanisms(_AnyGroup):
        """All mechanisms."""

    class Structures(_AnyGroup):
        """All structures."""

    class Size(Group):
        """How large the simulated army is."""

        units: int = 0
        company_strength: int = 0
else:
    Levers = _whole("Levers", "All policy levers, by who or what they steer.", "levers", "lever")
    Uncertainties = _whole(
        "Uncertainties",
        "All uncertainties, by the part of the model that they belong to.",
        "uncertainties",
        "uncertainty",
    )
    Mechanisms = _group(
        "Mechanisms",
        "One switch for each challenge's main mechanism; off means that the model behaves as if it did not exist.",
        fields_of("mechanism", table("mechanisms"), words("en", "mechanisms"), words("fr", "mechanisms")),
    )
    Structures = _group(
        "Structures",
        "The questions on which sources compete, and the choice that is in force for each.",
        fields_of("structure", table("structures"), words("en", "structures"), words("fr", "structures")),
    )
    Size = _group(
        "Size",
        "How large the simulated army is.",
        fields_of("trait", table("traits")["size"], words("en", "traits")["size"], words("fr", "traits")["size"]),
    )
