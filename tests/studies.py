"""The reference studies: what is kept of them in results/studies, and what docs/studies.md says of it.

`make studies` runs them anew into build/studies, and then this file, which compares them with those kept, draws the page's
figures and brings its numbers up to date. After a change of the model, `python tests/studies.py --keep` keeps the new ones.

In docs/studies.md what stands between `<!-- held: NAME OF WHAT -->` and `<!-- end -->` is a number with its interval, a
sentence or a table from the kept results: the functions below that are named in `HELD`, with their arguments.
"""

import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

import ssa_sim
from ssa_sim.analysis.chosen import family_of
from ssa_sim.analysis.compare import Comparison, _bootstrap_seed, compare, resamples_for
from ssa_sim.analysis.discovery import Discovery, discover
from ssa_sim.analysis.futures import futures_of
from ssa_sim.analysis.lever_effects import LeverEffects, _points_as_scenarios, lever_effects
from ssa_sim.analysis.paired import PairedDifference, paired_difference
from ssa_sim.analysis.parameter_labels import parameter_label
from ssa_sim.analysis.robustness import Robustness, robustness
from ssa_sim.analysis.sensitivity import Sensitivity, sensitivity
from ssa_sim.catalogue.outcomes import outcome_named
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.manifest_file import MANIFEST
from ssa_sim.experiment.keep.results import Results
from ssa_sim.figures.discovery_figure import discovery_figure
from ssa_sim.figures.heat_map import heat_map_figure
from ssa_sim.figures.indices import indices_figure
from ssa_sim.figures.robustness import robustness_figure
from ssa_sim.figures.style import save_figure
from ssa_sim.telling.discovery import box_sentence, opening
from ssa_sim.telling.sensitivity import notes
from ssa_sim.words.numbers import numbers, percent

ROOT = Path(__file__).resolve().parent.parent
STUDIES = ("single_levers", "bundles", "sensitivity_all", "sensitivity_sobol", "robustness")
KEPT, BUILT = ROOT / "results" / "studies", ROOT / "build" / "studies"
DOCUMENT = ROOT / "docs" / "studies.md"
IMAGES = ROOT / "docs" / "images" / "studies"
SEARCHED = ("completions", "trained_in_unit", "ready_soldiers", "deaths", "duplication", "need_alignment")
"""The outcomes on which the first `FIRST` uncertainties of the Morris study go into the Sobol study."""
FIRST = 3

_HELD = re.compile(r"<!-- held: ([^>]+?) -->(.*?)<!-- end -->", re.DOTALL)


@cache
def results(study: str) -> Results:
    """What is kept of a study."""
    return ssa_sim.load_results(KEPT / study)


@cache
def packages_compared() -> Comparison:
    """Packages and bundles against the baseline."""
    return compare(results("bundles"))


@cache
def levers_compared() -> LeverEffects:
    """Every lever alone against the baseline."""
    return lever_effects(results("single_levers"))


@cache
def lever_compared(point: str, outcome: str) -> PairedDifference:
    """One row of the table of all levers, without the others."""
    held, _ = _points_as_scenarios(results("single_levers"), results("single_levers").scenario_names[0])
    family = {each.name: each for each in family_of(held)}
    matching = held.matching()
    first, values = (matching.values(name, [outcome])[:, 0] for name in (held.scenario_names[0], point))
    return paired_difference(
        first,
        values,
        higher_is_better=family[outcome].better == "higher",
        seed=_bootstrap_seed(held.seed, point, outcome),
        resamples=resamples_for((len(held.scenario_names) - 1) * len(family), 0.95),
    )


@cache
def indices(study: str) -> Sensitivity:
    """Of one of the two studies over uncertainties, all outcomes."""
    return sensitivity(results(study), missing="drop")


@cache
def judged() -> Robustness:
    """Packages and bundles over the futures."""
    found = results("robustness")
    return robustness(found, [outcome.name for outcome in found.outcomes])


@cache
def boxes(outcome: str, package: str, margin: float) -> Discovery:
    """Where a package does not do better than the baseline by more than a margin."""
    return discover(results("robustness"), outcome, package, margin=margin)


def searched_further() -> list[str]:
    """The uncertainties that the Sobol study is to take, by the Morris study."""
    found = indices("sensitivity_all").indices
    stars = found[found["index"] == "mu_star"].sort_values("value", ascending=False, kind="stable")
    first = [path for name in SEARCHED for path in stars[stars["outcome"] == name]["path"].head(FIRST)]
    return list(dict.fromkeys(first))


def varied(study: str) -> str:
    """How many parameters a study varies."""
    return str(len((results(study).design_request or {})["axes"]))


def mean(outcome: str) -> str:
    """The baseline's mean."""
    return numbers([float(packages_compared().table.set_index("outcome")["first_mean"][outcome].iloc[0])])[0]


def gain(outcome: str, scenario: str) -> str:
    """A package's difference from the baseline, with its interval."""
    table = packages_compared().table
    return _difference(table[(table["scenario"] == scenario) & (table["outcome"] == outcome)].iloc[0])


def lever(outcome: str, moved: str) -> str:
    """A lever's difference from the baseline: `moved` is its path, "=" and the value."""
    path, _, value = moved.partition("=")
    design = results("single_levers").design
    assert design is not None
    (point,) = design.loc[design[path].map(_plain) == value, "point"]
    return _difference(asdict(lever_compared(f"point {point}", outcome)))


def effect(outcome: str, path: str) -> str:
    """mu* of an uncertainty."""
    return _index("sensitivity_all", outcome, path, "mu_star")


def share(outcome: str, path: str, index: str = "total") -> str:
    """The share of the variance that an uncertainty causes."""
    return _index("sensitivity_sobol", outcome, path, index)


def together(outcome: str, bundle: str, *parts: str) -> str:
    """What a bundle does beyond the sum of what its parts do alone, with its interval."""
    held = results("bundles")
    first = held.values(held.scenario_names[0], outcome)
    parts_added = first + sum(held.values(part, outcome) - first for part in parts)
    return _difference(asdict(paired_difference(parts_added, held.values(bundle, outcome), higher_is_better=True)))


def spread(outcome: str, package: str) -> str:
    """A package's difference from the baseline over the futures: in the middle one, and between what limits nine in ten lie."""
    found = futures_of(results("robustness"), outcome, purpose="The page")
    differences = found.means[found.packages.index(package)] - found.means[0]
    low, middle, high = np.quantile(differences, [0.05, 0.5, 0.95])
    value, least, most = numbers([middle, low, high], signed=True)
    return f"{value} ({least} to {most})"


def sample(study: str) -> str:
    """What chance leaves open in a study over uncertainties, and whether its sample was large enough."""
    return "\n\n".join(notes(indices(study))[1:])


def well(outcome: str, package: str) -> str:
    """The share of futures in which a package does better than the baseline."""
    row: Any = judged().of(outcome, "satisficing").loc[package]
    value, low, high = (percent(row[name]) for name in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


def regret(outcome: str, package: str, measure: str = "regret_mean") -> str:
    """By how much a package falls short of the best of a future, by a measure of `MEASURES`."""
    row: Any = judged().of(outcome, measure).loc[package]
    value, low, high = numbers([row["value"], row["low"], row["high"]])
    return f"{value} ({low} to {high})"


def failing(outcome: str, package: str, margin: str = "0") -> str:
    """In how many futures a package does not do better by more than a margin."""
    return opening(boxes(outcome, package, float(margin)))


def box(outcome: str, package: str, margin: str = "0") -> str:
    """The boxes in which it fails, a line each, and how they hold in futures held out."""
    found = boxes(outcome, package, float(margin))
    if found.boxes.empty:
        return "No box was found."
    assert found.held_out is not None
    held = f"{percent(found.held_out.density)} of the futures there fail, against {percent(found.share_failing)} everywhere"
    texts = [box_sentence(found, int(number)) for number in found.boxes["box"]]
    return " ".join([*texts, f"In futures held out {held}: the boxes {'' if found.is_confirmed else 'do not '}hold."])


def gains() -> str:
    """A table: packages and bundles against the baseline."""
    names = ("ready_soldiers", "trained_in_unit", "deaths", "duplication", "total_spent")
    table = packages_compared().table.set_index(["scenario", "outcome"])
    rows = [
        [
            f"`{scenario}`",
            *(_difference(row) + _mark(row["verdict"]) for row in (table.loc[(scenario, name)] for name in names)),
        ]
        for scenario in results("bundles").scenario_names[1:]
    ]
    return _table(["Scenario", *map(_heading, names)], rows)


def movers(study: str, count: str = "5") -> str:
    """A table: the uncertainties that move each outcome most."""
    found = indices(study)
    main = found.indices[found.indices["index"] == found.main_index]
    rows = []
    for outcome in found.outcomes:
        own = (
            main[main["outcome"] == outcome.name].sort_values("value", ascending=False, kind="stable").head(int(count))
        )
        listed = [
            f"{parameter_label(row['path'])} (`{row['path']}`): {_index(study, outcome.name, row['path'], row['index'])}"
            for _, row in own.iterrows()
        ]
        rows.append([_heading(outcome.name), "<br>".join(listed)])
    return _table(["Outcome", "Moved most by"], rows)


def ranks() -> str:
    """A table: packages over the futures."""
    rows = [
        [
            f"`{package}`",
            *(
                cell
                for outcome in ("ready_soldiers", "deaths")
                for cell in (
                    "–" if package == judged().packages[0] else well(outcome, package),
                    regret(outcome, package),
                    regret(outcome, package, "regret_p90"),
                )
            ),
        ]
        for package in judged().packages
    ]
    headings = ["Package"]
    for name in ("ready_soldiers", "deaths"):
        label = outcome_named(name).label_en
        headings += [f"{label}: better in", "mean regret", "regret, 9 in 10"]
    return _table(headings, rows)


HELD: dict[str, Callable[..., str]] = {
    function.__name__: function
    for function in (
        varied,
        mean,
        gain,
        lever,
        together,
        effect,
        share,
        sample,
        spread,
        well,
        regret,
        failing,
        box,
        gains,
        movers,
        ranks,
    )
}
FIGURES: dict[str, Callable[[], Figure]] = {
    "levers": lambda: heat_map_figure(levers_compared(), layout="page"),
    "packages": lambda: heat_map_figure(lever_effects(results("bundles")), layout="page"),
    "effects": lambda: indices_figure(
        indices("sensitivity_all"), outcomes=["ready_soldiers", "deaths", "duplication"], layout="page"
    ),
    "shares": lambda: indices_figure(
        indices("sensitivity_sobol"), outcomes=["trained_in_unit", "ready_soldiers", "deaths"], layout="page"
    ),
    "robustness": lambda: robustness_figure(judged(), outcomes=["ready_soldiers", "deaths"], layout="page"),
    "boxes": lambda: discovery_figure(boxes("deaths", "beside_the_army", 2000.0), layout="page"),
}


def with_held(text: str) -> str:
    """The page with every held number, sentence and table as the kept results have it."""
    return _HELD.sub(lambda match: f"<!-- held: {match[1]} -->{_written(match)}<!-- end -->", text)


def _written(match: re.Match[str]) -> str:
    name, *arguments = match[1].split()
    found = HELD[name](*arguments)
    return f"\n{found}\n" if match[2].startswith("\n") else found


def differing() -> list[str]:
    """The studies whose runs have come out otherwise than those kept, or were never kept."""
    return [
        study
        for study in STUDIES
        if not (KEPT / study).is_dir() or read_manifest(BUILT / study).digest != read_manifest(KEPT / study).digest
    ]


def keep() -> None:
    """Keep the studies as they were run just now."""
    for study in STUDIES:
        shutil.rmtree(KEPT / study, ignore_errors=True)
        shutil.copytree(BUILT / study, KEPT / study, ignore=shutil.ignore_patterns("figures", "*.lock"))
        manifest = KEPT / study / MANIFEST
        text = manifest.read_text(encoding="utf-8")
        manifest.write_text(text.replace(f"{ROOT}/", ""), encoding="utf-8")  # the command, as others would type it


def refresh() -> None:
    """Draw the page's figures and bring its numbers up to date."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, draw in FIGURES.items():
        save_figure(draw(), IMAGES / f"{name}.png")
    DOCUMENT.write_text(with_held(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


def _index(study: str, outcome: str, path: str, index: str) -> str:
    rows = indices(study).indices
    (row,) = rows[(rows["outcome"] == outcome) & (rows["path"] == path) & (rows["index"] == index)].to_dict("records")
    if index in ("total", "first"):
        value, low, high = (f"{row[name]:.2f}" for name in ("value", "low", "high"))
    else:
        value, low, high = numbers([row["value"], row["low"], row["high"]])
    return f"{value} ({low} to {high})"


def _difference(row: Any) -> str:
    value, low, high = numbers([row["difference"], row["low"], row["high"]], signed=True)
    return f"{value} ({low} to {high})"


def _mark(verdict: str) -> str:
    return "" if verdict in ("better", "worse") else ", undecided"


def _plain(value: Any) -> str:
    """A design's value as it stands in the page's marks."""
    given = value.item() if isinstance(value, np.generic) else value
    return f"{given:.12g}" if isinstance(given, float | int) and not isinstance(given, bool) else str(given).lower()


def _heading(outcome: str) -> str:
    named = outcome_named(outcome)
    return f"{named.label_en} ({named.unit})"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [headings, ["---"] * len(headings), *rows])


def main(arguments: Sequence[str]) -> int:
    """Compare or keep, and refresh the page; 1 if what was run is not what is kept."""
    if "--keep" in arguments:
        keep()
    elif others := differing():
        print(f"Not as they are kept in {KEPT.relative_to(ROOT)}: {', '.join(others)}.", file=sys.stderr)
        print("If the model was changed on purpose: python tests/studies.py --keep", file=sys.stderr)
        return 1
    refresh()
    print(f"{len(STUDIES)} studies, each with the digest that is kept. Page and figures: {DOCUMENT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
