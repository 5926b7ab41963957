"""The numbers of docs/decomposition.md, from the stored decomposition in docs/data/decomposition.json.

`python tests/documents.py` writes them anew. The file is regenerated, after a change of the model, by

    ssa-sim decompose scenarios/baseline.toml --json > docs/data/decomposition.json

which makes some 40,000 runs. While none is stored (it is taken out with the rules that it was made of), the page says so.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.telling.decomposition import level_name
from ssa_sim.words.numbers import number, numbers, percent

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "decomposition.md"
DATA = ROOT / "docs" / "data" / "decomposition.json"

_STORED = re.compile(r"^<!-- stored: decomposition -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL)


def stored_decomposition() -> dict[str, Any]:
    """The stored decomposition, as the command printed it; empty where none is stored."""
    if not DATA.is_file():
        return {}
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def with_stored_numbers(text: str, found: Mapping[str, Any]) -> str:
    """The document with the numbers of a decomposition."""
    (place,) = _STORED.finditer(text)
    shown = f"<!-- stored: decomposition -->\n{numbers_of(found)}\n<!-- end -->"
    return text[: place.start()] + shown + text[place.end() :]


def numbers_of(found: Mapping[str, Any]) -> str:
    """What was run, the levels, and the mechanisms' effects."""
    outcome = outcome_named(found["outcome"])
    confidence = percent(found["confidence"])
    alone = {level["level"]: level for level in found["scenario_alone"]["levels"]}
    levels = [
        [level_name(level["level"], outcome).to("en"), _with_interval(level), _with_interval(alone.get(level["level"]))]
        for level in found["levels"]
    ]
    effects = [
        [row["label_en"], number(row["shapley"], signed=True), f"{_interval(row, signed=True)}{_undecided(row)}"]
        for row in found["table"]
    ]
    return "\n\n".join(
        [
            f"`ssa-sim decompose scenarios/baseline.toml`, {found['replications']} replications, seed {found['seed']}: means, with "
            f"{confidence} intervals for chance. At the right the same scenario over {found['scenario_alone']['replications']} "
            "replications, as on the other pages; the first of them are those of the decomposition.",
            _table(["Level", outcome.unit.capitalize(), "The scenario alone"], levels),
            _table(["Mechanism", f"Effect on {outcome.label_en.lower()}", f"{confidence} interval"], effects),
        ]
    )


def refresh() -> None:
    """Write the document's numbers anew, where some are stored."""
    if not DATA.is_file():
        return
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(with_stored_numbers(text, stored_decomposition()), encoding="utf-8")


def _undecided(row: Mapping[str, Any]) -> str:
    return f", {row['verdict']}" if row["verdict"] in ("undecided", "no effect") else ""


def _with_interval(level: Mapping[str, Any] | None) -> str:
    return "" if level is None else f"{number(level['value'])} ({_interval(level)})"


def _interval(row: Mapping[str, Any], *, signed: bool = False) -> str:
    return " to ".join(numbers([row["low"], row["high"]], signed=signed))


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [headings, ["---"] * len(headings), *rows])
