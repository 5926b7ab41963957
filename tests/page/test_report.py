"""The report: complete in both languages, nothing but itself, everything escaped; and the page in a real browser."""

import base64
import html
import importlib.util
import re
import shlex
import shutil
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import ssa_sim
from sampled_results import PATHS, results_of, uncertain
from ssa_sim.analysis.changes import CATALOGUE, changes_of, changes_table
from ssa_sim.analysis.compare import compare
from ssa_sim.analysis.discovery import discover, is_discoverable
from ssa_sim.analysis.points import spread_table
from ssa_sim.analysis.shares import share_interval
from ssa_sim.catalogue.entries import lever_catalogue
from ssa_sim.cli import main
from ssa_sim.errors import InputError
from ssa_sim.experiment.ask.design import Axis, Design, Method, make_design
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.ask.plan import Experiment, NamedScenario
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.keep.store import load_results
from ssa_sim.experiment.run.experiment import run
from ssa_sim.experiment.run.settings import RunSettings
from ssa_sim.experiment.run.subsets import SubsetPlan
from ssa_sim.report.content import Page
from ssa_sim.report.material import Material, material, spread_of
from ssa_sim.report.page import NAMES, render, write_report
from ssa_sim.scenario.library import library_file
from ssa_sim.scenario.load import load_scenario
from ssa_sim.scenario.schema import Scenario
from ssa_sim.telling.comparison import scenario_sentence, shares
from ssa_sim.words.numbers import Counted, parts, percents_apart, with_interval
from ssa_sim.words.texts import LANGUAGES, Language, texts

HOSTILE = """<script>alert("x")</script> & 'Mali' <img src=http://example.org/x.png>"""
STUDY = Path(__file__).parents[2] / "results" / "studies" / "robustness"
BUNDLES = STUDY.with_name("bundles")
kept_studies = pytest.mark.skipif(not STUDY.is_dir(), reason="the studies are made anew after calibration")
OUTCOMES = ("completions", "ready_soldiers", "soldiers", "deaths", "total_spent")


def small(baseline: Scenario, **more: Any) -> Scenario:
    return baseline.with_size(units=4).with_period(end=baseline.period.start.replace(year=2014)).with_words(**more)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory, baseline: Scenario) -> dict[str, Path]:
    """A folder of each kind, of a few units and months."""
    home = tmp_path_factory.mktemp("kinds")
    first = small(baseline, title="The world as it is", question="Why?")
    other = first.with_levers({"personnel.stabilisation": 0.8, "coordination.regime": "binding"}).with_words(
        title=HOSTILE, question=HOSTILE
    )
    pair = (NamedScenario("first", first), NamedScenario("other", other))
    comparison = Experiment(HOSTILE, pair, replications=3, outcomes=OUTCOMES)
    alone = replace(comparison, scenarios=pair[:1], monthly="none")
    (home / "design.toml").write_text(_design_file(home, first), encoding="utf-8")
    experiments = {
        "comparison": comparison,
        "many": replace(
            comparison, scenarios=(pair[0], *(NamedScenario(f"other_{n}", other) for n in range(9))), replications=2
        ),
        "decomposition": SubsetPlan(alone, ("grievance", "absorption_limit")).experiment(),
        "single": alone,
        "design": load_experiment(home / "design.toml"),
    }
    for name, experiment in experiments.items():
        run(experiment, home / name, RunSettings(workers=1))
    return {name: home / name for name in experiments}


def _design_file(home: Path, scenario: Scenario) -> str:
    for name, value in (("one", 0.0), ("two", 0.8)):
        (home / f"{name}.toml").write_text(
            f'title = "{name}"\n[period]\nstart = {scenario.period.start}\nend = {scenario.period.end}\n'
            f'[size]\nunits = 4\n[levers]\n"personnel.stabilisation" = {value}\n',
            encoding="utf-8",
        )
    return (
        'title = "Many"\nscenarios = ["one.toml", "two.toml"]\nreplications = 2\n[output]\noutcomes = ["ready_soldiers", "deaths"]\n'
        '[design]\nmethod = "latin_hypercube"\nsamples = 5\n[design.uncertainties]\n"turnover.reassignment_rate" = {}\n'
    )


class Reader(HTMLParser):
    """What a browser would make of a page: tags with attributes, texts, and elements left open."""

    VOID: ClassVar = {"meta", "img", "br", "link", "input"}

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


KINDS = ("comparison", "many", "decomposition", "single", "design")


@pytest.fixture(scope="session")
def pages(folders: dict[str, Path]) -> dict[tuple[str, str], str]:
    return {
        (kind, language): write_report(folders[kind], language=language).read_text(encoding="utf-8")
        for kind in KINDS
        for language in ("en", "fr")
    }


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_it_is_whole_and_asks_for_nothing(
        self, pages: dict[tuple[str, str], str], kind: str, language: str
    ) -> None:
        text = pages[kind, language]
        read = Reader(text)
        assert read.open == []
        assert read.named("html")[0]["lang"] == language
        assert {tag for tag, _ in read.tags} & {"script", "link", "iframe", "object", "form", "video"} == set()
        assert all(str(link["href"]).startswith("#") for link in read.named("a"))
        for tag, attributes in read.tags:
            assert not any(name.startswith("on") or name in ("style", "srcset") for name in attributes), tag
            assert str(attributes.get("src", "data:")).startswith("data:image/svg+xml;base64,") or tag != "img"
        assert re.findall(r"url\(|@import|https?:", text.split("<style>")[1].split("</style>")[0]) == []
        assert {"default-src 'none'; img-src data:; style-src 'unsafe-inline'"} <= {
            one.get("content") for one in read.named("meta")
        }

    def test_it_is_accessible(self, pages: dict[tuple[str, str], str], kind: str, language: str) -> None:
        read = Reader(pages[kind, language])
        assert len(read.named("h1")) == 1
        assert len(read.named("main")) == 1
        levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(len(str(image["alt"])) > 20 for image in read.named("img"))
        assert all(heading["scope"] for heading in read.named("th"))
        assert len(read.named("caption")) == len(read.named("table")) > 0

    def test_everything_is_there(self, pages: dict[tuple[str, str], str], kind: str, language: str) -> None:
        said, text = texts(language, "report"), Reader(pages[kind, language]).text
        for part in ("sure", "numbers", "method", "limits", "provenance"):
            assert said(f"{part}.heading") in text
        for limit in said.several("limits.texts"):
            assert " ".join(limit.split()) in text
        assert "{" not in text
        assert "nan" not in re.findall(r"\w+", text)

    def test_texts_from_files_are_escaped(self, pages: dict[tuple[str, str], str], kind: str, language: str) -> None:
        text = pages[kind, language]
        assert "<script" not in text
        assert "<img src=http" not in text
        if kind != "design":
            assert " ".join(HOSTILE.split()) in Reader(text).text


class TestWhatItSays:
    def test_levers_with_who_decides_cost_and_source(self, pages: dict[tuple[str, str], str]) -> None:
        text = Reader(pages["comparison", "fr"]).text
        for words in (
            "Régime de coordination",
            "contraignante",
            "une prime mensuelle pour chaque soldat ainsi maintenu",
            "F07",
        ):
            assert words in text

    def test_provenance(self, pages: dict[tuple[str, str], str], folders: dict[str, Path]) -> None:
        manifest = read_manifest(folders["comparison"])
        text = Reader(pages["comparison", "en"]).text
        for fact in (manifest.digest, manifest.identity, manifest.model_version, manifest.provenance["python"]):
            assert fact in text

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_every_difference_of_the_first_page_has_its_interval(
        self, pages: dict[tuple[str, str], str], folders: dict[str, Path], language: Language
    ) -> None:
        found = ssa_sim.compare(load_results(folders["comparison"]))
        first_page = Reader(_section(pages["comparison", language], "summary"))
        for _, row in found.table.iterrows():
            shown = with_interval(row["difference"], row["low"], row["high"], language, signed=True)
            if row["low"] < row["high"]:
                assert "(" in shown
            written = "".join(shown.split())
            assert written in "".join(first_page.text.split()), row["outcome"]
        praised = replace(found, table=found.table.assign(verdict="better"))
        answer = scenario_sentence(praised, "other", "it", language)
        assert answer.count("(") == found.table["low"].head(3).notna().sum() > 0

    def test_a_lever_without_cost_says_so(self, pages: dict[tuple[str, str], str]) -> None:
        (regime,) = (lever for lever in lever_catalogue() if lever.path == "coordination.regime")
        assert regime.without_cost
        for language in LANGUAGES:
            assert " ".join(regime.cost_in(language).split()) in Reader(pages["comparison", language]).text

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_levers_that_cost_nothing_are_named_where_they_are_praised(
        self, folders: dict[str, Path], language: Language
    ) -> None:
        folder = folders["comparison"]
        given = material(folder, read_manifest(folder), load_results(folder))
        assert given.comparison is not None
        (regime,) = (lever for lever in lever_catalogue() if lever.path == "coordination.regime")
        assert regime.cost is None
        said = {}
        for verdict in ("better", "worse"):
            found = replace(given.comparison, table=given.comparison.table.assign(verdict=verdict))
            said[verdict] = Reader(_section(render(Page(replace(given, comparison=found), language)), "summary")).text
        named = texts(language, "report")("overview.free_levers", levers=regime.label(language))
        assert " ".join(named.split()) in said["better"]  # stabilisation, the other lever set, has its cost
        assert regime.label(language) not in said["worse"]

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_what_varies_is_an_annex_that_the_results_lead_to(
        self, pages: dict[tuple[str, str], str], language: Language
    ) -> None:
        said, text = texts(language, "report"), pages["design", language]
        before, _, annex = text.partition('<section id="annex">')
        assert '<a href="#annex">' in before
        assert " ".join(said("varies.count", count=Counted(1, language)).split()) in Reader(before).text
        assert said("varies.caption") not in Reader(before).text
        assert said("varies.caption") in Reader(f"<html><body><main><section>{annex}").text
        assert said("provenance.heading") not in annex
        for kind in KINDS:
            assert ("#annex" in pages[kind, language]) == (kind == "design")

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_every_figure_says_what_it_shows(
        self, pages: dict[tuple[str, str], str], folders: dict[str, Path], language: Language
    ) -> None:
        for kind in ("comparison", "many", "decomposition"):
            (said,) = re.findall(r"<figcaption>(.*?)</figcaption>", pages[kind, language])
            assert len(said) > 80
            assert said.startswith("Figure 1. ")
        (said,) = re.findall(r"<figcaption>(.*?)</figcaption>", pages["comparison", language])
        for outcome in load_results(folders["comparison"]).outcomes:
            assert html.escape(outcome.label(language)).replace("&#x27;", "&#39;") in said

    @pytest.mark.parametrize("name", ["results", "a result's folder"])
    def test_the_command_to_check_works_as_it_is_printed(
        self, folders: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        place = tmp_path / "deep" / name
        shutil.copytree(folders["single"], place)
        monkeypatch.chdir(tmp_path)
        text = write_report(f"deep/{name}").read_text(encoding="utf-8")
        (printed,) = re.findall(r"<code>(ssa-sim verify [^<]*)</code>(.*)", text)
        assert "in the folder that holds" in printed[1]
        monkeypatch.chdir(place.parent)
        assert main(shlex.split(html.unescape(printed[0]))[1:]) == 0

    def test_pictures_are_drawn(self, pages: dict[tuple[str, str], str]) -> None:
        counts = {kind: len(Reader(pages[kind, "en"]).named("img")) for kind in KINDS}
        assert counts == {"comparison": 1, "many": 1, "decomposition": 1, "single": 0, "design": 0}
        (image,) = Reader(pages["comparison", "en"]).named("img")
        svg = base64.b64decode(str(image["src"]).partition(",")[2])
        assert svg.startswith(b"<?xml")
        assert b"<script" not in svg

    def test_the_same_folder_gives_the_same_bytes(self, folders: dict[str, Path], tmp_path: Path) -> None:
        made = [write_report(folders["comparison"], tmp_path / name).read_bytes() for name in ("a.html", "b.html")]
        assert made[0] == made[1]

    def test_failed_runs_are_told_first(self, folders: dict[str, Path]) -> None:
        folder = folders["comparison"]
        results = load_results(folder)
        runs = results.runs.copy()
        runs.loc[0, "status"] = "failed"
        given = material(folder, read_manifest(folder), replace(results, runs=runs))
        text = render(Page(given, "en"))
        assert "1 of 6 runs failed" in text.split("<section")[0]

    def test_a_missing_part_is_an_error(self, folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
        from jinja2 import UndefinedError

        folder = folders["single"]
        content = Page(material(folder, read_manifest(folder), load_results(folder)), "en")
        monkeypatch.delattr(Page, "kind")
        with pytest.raises(UndefinedError):
            render(content)


def _section(text: str, name: str) -> str:
    """The part of a page of that class."""
    return text.partition(f'<section class="{name}">')[2].partition("</section>")[0]


ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """the and of with is are was were not has have by from to at which that this these what who where each other than when how its
    their they no none only same if for as all any both between after before since over under against without through during one
    two three four five run runs level levels money soldiers vehicles training courses army partner partners host donors month
    months year years week weeks mean better worse undecided difference lowest highest assumption choice yes lever uncertainty
    mechanism seed replications binding agreed Baseline January February March April June July August September October November
    December""",
    )
)
"""Words of English that are no words of French."""


def english_in(text: str) -> list[str]:
    """Texts of a page that speak English: whatever is code, a name of ours, a fact of the provenance or a reference aside."""
    aside = r"<style>.*?</style>|<code>.*?</code>|<small>[a-z_.]+</small>|<dl class=\"provenance\">.*?</dl>|<ul class=\"sources\">.*?</ul>"
    page = re.sub(aside, " ", text, flags=re.DOTALL)
    attributes = re.findall(r'(?:alt|aria-label)="([^"]*)"', page)
    return [
        said
        for said in map(html.unescape, [*re.split(r"<[^>]+>", page), *attributes])
        if ENGLISH.intersection(re.findall(r"[^\W\d_]+", said))
    ]


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs of scenarios of the library, short."""
    home = tmp_path_factory.mktemp("library")
    named = []
    for name in ("baseline", "stable_personnel", "binding_coordination", "history"):
        scenario = load_scenario(library_file("scenarios", name))
        named.append(NamedScenario(name, scenario.with_size(units=4).with_period(end=date(2014, 1, 1))))
    title = "Packages and bundles of packages against the baseline"
    run(Experiment(title, tuple(named), replications=2), home / "made", RunSettings(workers=1))
    return home / "made"


class TestFrench:
    """A French report is French throughout: every text of it, where the files that it is of are ours."""

    def test_of_scenarios_of_the_library(self, packaged: Path) -> None:
        text = write_report(packaged, language="fr").read_text(encoding="utf-8")
        assert english_in(text) == []
        assert "Politiques et combinaisons de politiques" in text
        assert "La stabilité du personnel" in text
        assert english_in(write_report(packaged).read_text(encoding="utf-8")) != []

    @pytest.mark.parametrize("kind", ["decomposition", "single", "design"])
    def test_of_every_other_kind(self, pages: dict[tuple[str, str], str], kind: str) -> None:
        named = ("The world as it is", "Why?", HOSTILE, "one", "two", "Many")
        told = [said for said in english_in(pages[kind, "fr"]) if not any(name in said for name in named)]
        assert told == []

    @kept_studies
    @pytest.mark.parametrize("study", ["robustness", "single_levers"])
    def test_of_the_studies_that_are_kept(self, study: str, tmp_path: Path) -> None:
        text = write_report(STUDY.with_name(study), tmp_path / "a.html", "fr").read_text(encoding="utf-8")
        assert english_in(text) == []

    def test_english_is_seen_where_it_is(self, pages: dict[tuple[str, str], str]) -> None:
        found = pages["single", "fr"].replace("hypothèse", "assumption").replace("Ce que dit", "What says")
        assert any("assumption" in said for said in english_in("<p>hypothèse</p>".replace("hypothèse", "assumption")))
        assert english_in(found + '<img alt="Left: the median">') != []


class TestSharesOfPoints:
    """How often a scenario does better over the points of a design, and how surely."""

    @staticmethod
    def shares(design: Design, better: np.ndarray) -> pd.Series:
        """Of a second scenario that does better, as well, or worse where `better` is 1, 0 or -1."""
        formulas = [{"deaths": lambda x: np.zeros(len(x))}, {"deaths": lambda x: -better}]
        results = results_of(design, formulas, scenarios=("first", "other"), replications=1)
        return spread_table(results, results.outcomes).iloc[1]

    def test_of_drawn_points_the_interval_is_the_exact_one(self) -> None:
        design = make_design("latin_hypercube", uncertain(2), samples=40, seed=1)
        found = self.shares(design, np.where(np.arange(40) < 30, 1.0, -1.0))
        assert found["share_better"] == 0.75
        exact = stats.binomtest(30, 40).proportion_ci(0.95, method="exact")
        assert (found["share_low"], found["share_high"]) == (exact.low, exact.high)
        # Known ends of the interval of 0 in 40: 1 - 0.025 ** (1 / 40) above.
        none = self.shares(design, np.full(40, -1.0))
        assert none["share_low"] == 0.0
        assert none["share_high"] == pytest.approx(1.0 - 0.025 ** (1.0 / 40))

    @pytest.mark.parametrize("better", [28, 29])
    def test_ties_are_told_apart(self, better: int) -> None:
        design = make_design("latin_hypercube", uncertain(2), samples=40, seed=1)
        found = self.shares(design, np.where(np.arange(40) <= better, 1.0, -1.0) * (np.arange(40) > 0))
        assert (found["share_better"], found["share_same"]) == (better / 40, 1 / 40)
        assert found["share_worse"] == pytest.approx((39 - better) / 40)
        assert (found["share_low"], found["share_high"]) == share_interval(better, 40)

    @pytest.mark.parametrize(("method", "unit"), [("sobol", 4), ("morris", 3)])
    def test_points_drawn_together_count_once(self, method: Method, unit: int) -> None:
        design = make_design(method, uncertain(2), samples=16, seed=1)
        assert len(design) == 16 * unit
        found = self.shares(design, np.where(np.arange(len(design)) < 8 * unit, 1.0, -1.0))
        assert (found["share_low"], found["share_high"]) == share_interval(8, 16)

    def test_one_draw_under_several_levers_counts_once(self) -> None:
        crossed = Axis("levers", "coordination.regime", ("none", "binding"))
        design = make_design("latin_hypercube", [crossed, *uncertain(2)], samples=20, seed=1, crossed=True)
        assert len(design) == 40
        found = self.shares(design, np.where(np.arange(40) % 20 < 10, 1.0, -1.0))
        assert (found["share_low"], found["share_high"]) == share_interval(10, 20)

    def test_of_chosen_points_there_is_none(self) -> None:
        axes = [Axis("uncertainties", PATHS[0], (0.1, 0.2, 0.3, 0.4))]
        found = self.shares(make_design("grid", axes), np.array([1.0, 1.0, 1.0, -1.0]))
        assert found["share_better"] == 0.75
        assert np.isnan(found["share_low"])
        assert np.isnan(found["share_high"])

    @pytest.mark.parametrize(("language", "to"), [("en", "to"), ("fr", "à")])
    def test_every_share_in_the_report_has_its_interval(
        self, pages: dict[tuple[str, str], str], folders: dict[str, Path], language: Language, to: str
    ) -> None:
        results = load_results(folders["design"])
        row = spread_table(results, results.outcomes).iloc[-1]
        better, same, worse = parts([row[f"share_{name}"] for name in ("better", "same", "worse")], language)
        low, high = percents_apart([row["share_low"], row["share_high"]], language)
        assert low != high
        text = Reader(pages["design", language]).text
        shown = " ".join(f"{better} ({low} {to} {high}) / {same} / {worse}".split())
        assert text.count(shown) >= 2  # in the overview and in the table
        assert " ".join(texts(language, "report")("numbers.share_drawn").split()) in text
        apart = {"en": "better / the same / worse", "fr": "mieux / aussi bien / moins bien"}[language]
        assert apart in re.findall(r"<caption>(.*?)</caption>", _section(pages["design", language], "summary"))[0]
        none = {"en": "counts half", "fr": "pour moitié"}[language]
        for kind in ("design", "comparison"):
            assert none not in Reader(pages[kind, language]).text
        first_page = _section(pages["comparison", language], "summary")
        named = {"en": "P(better)", "fr": "P(meilleur)"}[language]
        assert named in re.findall(r"<caption>(.*?)</caption>", first_page)[0]
        compared = compare(load_results(folders["comparison"]))
        shown = {" ".join(shares(row).to(language).split()) for _, row in compared.table.iterrows()}
        assert all(text in " ".join(Reader(first_page).text.split()) for text in shown)

    @kept_studies
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_chance_in_each_future_is_told_where_discover_can_say_how_much(self, language: Language) -> None:
        def notes(design: Design, replications: int) -> list[str]:
            formulas = [{"deaths": lambda x: x[:, 0]}, {"deaths": lambda x: -x[:, 0]}]
            results = results_of(design, formulas, scenarios=("first", "other"), replications=replications)
            given = Material(Path(), read_manifest(STUDY), results, "design", [], spread=spread_of(results))
            return Page(given, language).overview_notes

        said = [texts(language, "report")("overview.share_by_chance")]
        drawn = make_design("latin_hypercube", uncertain(2), samples=40, seed=1)
        assert notes(drawn, 2) == said
        assert notes(drawn, 1) == []
        assert notes(make_design("latin_hypercube", uncertain(2), samples=19, seed=1), 2) == []
        assert notes(make_design("grid", [Axis("uncertainties", PATHS[0], (0.1, 0.2))]), 2) == []
        results = load_results(STUDY)
        discover(results, "ready_soldiers", "demand_driven", method="cart")  # it does serve
        assert is_discoverable(results)


class TestChanges:
    def test_dated_changes_make_stretches(self, baseline: Scenario) -> None:
        provenance = {
            "model_version": "of an earlier version",
            "scenarios": [
                {"name": name, "resolved": scenario.model_dump(mode="json")}
                for name, scenario in (
                    ("history", baseline),
                    ("short", baseline.with_levers({"training.course_weeks": 6.0})),
                )
            ],
        }
        table = changes_table(changes_of(provenance))
        own = table[table["scenario"] == "short"]
        assert own[["path", "since", "until", "value_against", "value"]].to_numpy().tolist() == [
            ["training.course_weeks", "2013-02-01", "2015-01-01", 12.0, 6.0]
        ]
        assert set(table[table["scenario"] == "history"]["against"]) == {CATALOGUE}

    def test_another_world_is_told(self, baseline: Scenario, library: dict[str, Scenario]) -> None:
        first = Scenario(title="first")
        other = first.with_uncertainties({"turnover.reassignment_rate": 0.03}).with_mechanisms({"grievance": False})
        other = other.with_structures({"decay": "drift"}).with_size(units=40).with_donors(first.donors[1:])
        provenance = {
            "model_version": "of an earlier version",
            "scenarios": [
                {"name": one.title, "resolved": one.model_dump(mode="json")}
                for one in (first, other.with_words(title="o"))
            ],
        }
        found = {(change.part, change.path) for change in changes_of(provenance) if change.scenario == "o"}
        gone = f"donors.{first.donors[0].name}.partners"
        assert found == {
            ("uncertainty", "turnover.reassignment_rate"),
            ("mechanism", "mechanisms.grievance"),
            ("structure", "structures.decay"),
            ("size", "size.units"),
            ("donor", gone),
        }


class TestRefusals:
    def test_another_language(self, folders: dict[str, Path]) -> None:
        with pytest.raises(InputError, match="'de'"):
            write_report(folders["single"], language="de")

    def test_a_folder_in_the_place(self, folders: dict[str, Path], tmp_path: Path) -> None:
        with pytest.raises(InputError, match="A folder stands"):
            write_report(folders["single"], tmp_path)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HAS_BROWSER = CHROMIUM is not None and importlib.util.find_spec("playwright") is not None


@pytest.fixture(scope="module")
def browser() -> Any:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.long
@pytest.mark.skipif(not HAS_BROWSER, reason='needs Chromium and pip install "ssa-sim[browser]"')
class TestInABrowser:
    @pytest.mark.parametrize("width", [1280, 390])
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_shows_without_network_or_complaint(
        self, browser: Any, pages: dict[tuple[str, str], str], folders: dict[str, Path], kind: str, width: int
    ) -> None:
        view = browser.new_page(viewport={"width": width, "height": 900})
        asked, said = [], []
        view.on("request", lambda request: asked.append(request.url))
        view.on("console", lambda message: said.append(message.text))
        view.on("pageerror", lambda error: said.append(str(error)))
        address = (folders[kind] / "report-fr.html").resolve().as_uri()
        view.goto(address)
        assert [url for url in asked if url != address and not url.startswith("data:")] == []
        assert said == []
        assert view.evaluate("document.documentElement.scrollWidth") == width
        assert view.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
        view.close()

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_no_table_is_wider_than_the_page(
        self, browser: Any, pages: dict[tuple[str, str], str], folders: dict[str, Path], tmp_path: Path, language: str
    ) -> None:
        view = browser.new_page(viewport={"width": 1280, "height": 900})
        kept = [study for study in (STUDY, BUNDLES) if study.is_dir()]
        studies = [write_report(study, tmp_path / f"{study.name}.html", language) for study in kept]
        kinds = [folders[kind] / NAMES[language] for kind in KINDS]
        wide = "[...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth).length"
        seen = []
        for path in (*kinds, *studies):
            view.goto(path.resolve().as_uri())
            assert view.evaluate("document.querySelectorAll('.scroll').length") > 0
            assert view.evaluate(wide) == 0, path
            view.add_style_tag(content=".numbers td { white-space: nowrap; }")
            seen.append(view.evaluate(wide))
        assert max(seen) > 0
        view.close()

    def test_what_matters_fits_the_first_sheet(
        self, browser: Any, pages: dict[tuple[str, str], str], folders: dict[str, Path], tmp_path: Path
    ) -> None:
        view = browser.new_page(viewport={"width": 680, "height": 900})
        view.goto((folders["comparison"] / "report-fr.html").resolve().as_uri())
        view.emulate_media(media="print")
        height = view.evaluate("document.querySelector('.summary').getBoundingClientRect().bottom")
        assert height < 267 * 96 / 25.4  # A4 less the margins, in pixels of CSS
        written = view.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
        assert written.startswith(b"%PDF")
        view.close()

    def test_a_planted_request_is_seen(self, browser: Any, pages: dict[tuple[str, str], str], tmp_path: Path) -> None:
        planted = pages["single", "en"].replace("</main>", '<img src="http://127.0.0.1:9/x.png" alt=""></main>')
        (tmp_path / "planted.html").write_text(planted, encoding="utf-8")
        view = browser.new_page()
        said: list[str] = []
        view.on("console", lambda message: said.append(message.text))
        view.goto((tmp_path / "planted.html").as_uri())
        assert any("Content Security Policy" in text for text in said)
        view.close()
