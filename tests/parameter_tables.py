"""The list of parameters, docs/parameters.md: every lever, uncertainty and structure with its evidence, and what it moves.

`python tests/documents.py` writes it anew from the catalogues, the stored screening in docs/data/ and
src/ssa_sim/catalogue/retained_parameters.toml. The screening is regenerated, after a change of the model, by

    ssa-sim screen --replications 8 --out build/screening
    cp build/screening/screening.csv build/screening/screening.json docs/data/

While none is stored (it is taken out with the rules that it was made of), the page says so and shows no effects.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ssa_sim.analysis.screening_files import read_screening
from ssa_sim.catalogue.entries import Alternative, Entry, lever_catalogue, structure_catalogue, uncertainty_catalogue
from ssa_sim.catalogue.evidence import Source, parse_source
from ssa_sim.catalogue.retained_parameters import retained_parameters

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "parameters.md"
DATA = ROOT / "docs" / "data"

CLASSES = ("evidence", "assumption guided by evidence", "assumption")


def evidence_class(source: Source) -> str:
    """What a value rests on: evidence, an assumption that evidence guides, or an assumption alone."""
    if not source.assumed:
        return CLASSES[0]
    return CLASSES[1] if source.ids else CLASSES[2]


def is_screened() -> bool:
    """Whether a screening of the model is stored."""
    return (DATA / "screening.csv").is_file()


def stored_screening() -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The stored screening, a dictionary a path, and its provenance; both empty where none is stored."""
    if not is_screened():
        return {}, {}
    table, provenance = read_screening(DATA)
    return {row["path"]: row for row in table.to_dict(orient="records")}, provenance


def unmoving(found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The paths of parameters that move nothing, or nothing that could be told from chance."""
    return [path for path, row in found.items() if row["verdict"] != "moves something"]


def parameters_document() -> str:
    """The whole document."""
    found, provenance = stored_screening()
    blocks = [
        *_opening(provenance),
        "## Levers\n\nWhat somebody could decide. `ssa-sim levers NAME` says by whom, what moving it does and what it costs.",
        *_tables(lever_catalogue(), _LEVER_HEADINGS, _lever_cells),
        "## Uncertainties\n\nWhat nobody knows about Mali, and what samples range over. A scenario for another setting may set some of them "
        "outside that range (allowed). A known fact of the setting is listed with them, since another setting has another one; no "
        "sample varies it. The last two columns are from the screening: the largest effect of the parameter, and on which outcome.",
        *_tables(uncertainty_catalogue(), _UNCERTAINTY_HEADINGS, lambda entry: _uncertainty_cells(entry, found)),
        *_structures(),
        *_kept(found),
    ]
    return "\n\n".join(blocks) + "\n"


def _opening(provenance: Mapping[str, Any]) -> Iterator[str]:
    levers, uncertainties, structures = lever_catalogue(), uncertainty_catalogue(), structure_catalogue()
    yield "# Parameters"
    yield (
        f"{len(levers)} levers, {len(uncertainties)} uncertainties and {len(structures)} structures, each with the class of its evidence. This page is written by "
        "`python tests/documents.py` from the catalogues and a stored screening; please change those, not the page. "
        "`ssa-sim evidence ID` prints what a source id stands for."
    )
    yield _table(
        ["Class", "Meaning", "Levers", "Uncertainties"],
        [
            [name, meaning, str(_count(levers, name)), str(_count(uncertainties, name))]
            for name, meaning in zip(
                CLASSES,
                (
                    "the value, or the range around it, is in a source",
                    "a source says that the thing exists and which way it acts; the number is a reasoned guess",
                    "a reasoned guess",
                ),
                strict=True,
            )
        ],
    )
    yield from _screened(provenance) if provenance else (_NOT_SCREENED,)


_NOT_SCREENED = (
    "**Screening.** The screening that stood here (`ssa-sim screen`) was of the model before its rules were made anew, and has been taken out. "
    "It is made anew once the model of today has been calibrated; until then no effects are shown, and the arguments "
    "[below](#parameters-that-move-nothing) are those of the model before."
)


def _screened(provenance: Mapping[str, Any]) -> Iterator[str]:
    """How the screening was made."""
    verdicts = provenance["verdicts"]
    yield (
        "**Screening.** `ssa-sim screen` moves every uncertainty through its prior (elementary effects: MORRIS1991, CAMPOLONGO2007), "
        "on two grounds: the baseline, and the same with all levers in some use, since what acts through a lever at zero can move "
        "nothing in the baseline. The numbers here are mu*, the mean absolute effect of a step through the whole prior, in standard "
        f"deviations of the outcome over the design. Of {provenance['parameters']} uncertainties "
        f"{verdicts.get('moves something', 0)} move something: mu* of at least {provenance['nothing_below']} on some main outcome, and "
        f"{provenance['above_chance']:g} times what chance would give. {verdicts.get('moves nothing', 0)} move nothing: every mu* is below "
        f"{provenance['nothing_below']}. {verdicts.get('lost in chance', 0)} are lost in chance: what they move could not be told from it. "
        "Why those of the last two sorts are kept is said [below](#parameters-that-move-nothing)."
    )
    divided = provenance.get("points_with_shares_divided_by_their_sum")  # earlier versions sampled them so
    of_a_whole = (
        f"; in {divided} of them shares of one whole came to more than 1 and were divided by their sum"
        if divided
        else ""
    )
    yield (
        f"Made with {provenance['trajectories']} trajectories, {provenance['replications']} replications and seed "
        f"{provenance['seed']} ({provenance['points']} points on each ground{of_a_whole}), model {provenance['model_version']}. "
        f"Main outcomes: {', '.join(provenance['outcomes'])}. The details are in "
        "[data/screening.csv](data/screening.csv) and [data/screening.json](data/screening.json)."
    )


def _count(entries: Sequence[Entry], name: str) -> int:
    return Counter(evidence_class(parse_source(entry.source)) for entry in entries)[name]


def _tables(entries: Sequence[Entry], headings: Sequence[str], cells: Any) -> Iterator[str]:
    """A heading and a table for each group."""
    for group in dict.fromkeys(entry.path.partition(".")[0] for entry in entries):
        own = [entry for entry in entries if entry.path.startswith(f"{group}.")]
        yield f"### {group}"
        yield _table(headings, [cells(entry) for entry in own])


_SHARED = ["Path", "Label", "Baseline", "Range", "Unit"]
_LEVER_HEADINGS = [*_SHARED, "Evidence", "Sources"]
_UNCERTAINTY_HEADINGS = [*_SHARED, "Prior", "Evidence", "Sources", "mu*", "On"]


def _range(entry: Entry) -> str:
    """The range; and, where another setting may lie outside, what a scenario may set."""
    if entry.choices:
        return ", ".join(entry.choices)
    own = "known" if entry.is_known else f"{_value(entry.low)} to {_value(entry.high)}"
    if (entry.low, entry.high) == (entry.allowed_low, entry.allowed_high):
        return own
    return f"{own} (allowed {_value(entry.allowed_low)} to {_value(entry.allowed_high)})"


def _shared_cells(entry: Entry) -> list[str]:
    values = _range(entry)
    unit = "" if entry.unit == "choice" else entry.unit
    return [
        f"`{entry.path}`",
        entry.label_en,
        _value(entry.baseline),
        values if entry.kind != "bool" else "yes, no",
        unit,
    ]


def _lever_cells(entry: Entry) -> list[str]:
    return [*_shared_cells(entry), *_evidence_cells(entry)]


def _uncertainty_cells(entry: Any, found: Mapping[str, Mapping[str, Any]]) -> list[str]:
    row = found.get(entry.path)
    effect = ["not varied" if entry.is_known else "not screened", ""] if found else ["", ""]
    if row is not None and not entry.is_known:
        sign = "" if row["verdict"] == "moves something" else " (see below)"
        ground = "" if row["ground"] == "as given" else ", levers in use"
        effect = [f"{row['mu_star']:.2g}{sign}", f"{row['outcome']}{ground}" if row["mu_star"] > 0 else ""]
    return [
        *_shared_cells(entry),
        "" if entry.is_known else entry.prior.replace("_", "-"),
        *_evidence_cells(entry),
        *effect,
    ]


def _evidence_cells(entry: Entry | Alternative) -> list[str]:
    source = parse_source(entry.source)
    return [evidence_class(source), ", ".join(source.ids)]


def _structures() -> Iterator[str]:
    """The questions on which sources compete, with a row for each answer; the first answer is the baseline's."""
    yield (
        "## Structures\n\nQuestions on which sources compete. Exactly one answer is in force in a scenario, the first unless it says otherwise; "
        "`ssa-sim structures NAME` says what each rests on."
    )
    rows = [
        [f"`{entry.path}`", entry.label_en, one.name, one.claims_en, *_evidence_cells(one)]
        for entry in structure_catalogue()
        for one in entry.alternatives
    ]
    yield _table(["Path", "Label", "Choice", "Claims", "Evidence", "Sources"], rows)


def _kept(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "## Parameters that move nothing"
    yield (
        "A parameter that moves no main outcome, on either ground, is removed or its keeping argued. For each that is left, its "
        "largest mu* and the argument, from `src/ssa_sim/catalogue/retained_parameters.toml`:"
    )
    reasons = retained_parameters()
    rows = [
        [f"`{path}`", found[path]["verdict"], f"{found[path]['mu_star']:.2g}", reasons.get(path, "**no argument yet**")]
        for path in unmoving(found)
    ]
    if not found:
        yield _table(["Path", "Why it is kept"], [[f"`{path}`", reason] for path, reason in reasons.items()])
        return
    yield _table(["Path", "Screening", "mu*", "Why it is kept"], rows)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.0f}".replace(",", " ") if abs(value) >= 10_000 else f"{value:.6g}"
    return "" if value is None else str(value)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    ruled = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in ruled)
