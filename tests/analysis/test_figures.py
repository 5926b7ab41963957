"""The figures floor: what a comparison's figure says, in both languages, and that everybody can read it."""

import io
import itertools
import math
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from ssa_sim.analysis.compare import Comparison, compare
from ssa_sim.catalogue.outcomes import OUTCOMES, outcome_named
from ssa_sim.errors import InputError, MissingLetters
from ssa_sim.experiment.keep.results import Results, monthly_summary
from ssa_sim.figures.comparison import LAYOUTS, MOST_OUTCOMES, comparison_figure
from ssa_sim.figures.differences import differences_of
from ssa_sim.figures.lettering import shortened, width_of, wrapped
from ssa_sim.figures.number_format import decimals_for, format_decided, scale_for
from ssa_sim.figures.style import (
    LINE_STYLES,
    MARKERS,
    MOST_SCENARIOS,
    MUTED,
    PALETTE,
    in_style,
    save_figure,
    scenario_styles,
)
from ssa_sim.figures.ticks import LanguageTicks
from ssa_sim.words.numbers import grouped
from ssa_sim.words.texts import LANGUAGES

NARROW = "\u202f"
MINUS = "\u2212"
SCENARIOS = (
    "baseline",
    "demand_driven",
    "stable_personnel",
    "equipment_with_training",
    "binding_coordination",
)
SHOWN = (
    "completions",
    "ready_soldiers",
    "readiness",
    "trained_in_unit",
    "retention_at_retraining",
    "deaths",
    "duplication",
    "aid_spent",
)
LEVELS = {
    "completions": (170.0, 14_000.0),
    "ready_soldiers": (900.0, 3_300.0),
    "readiness": (0.2, 0.31),
    "trained_in_unit": (0.0, 9_000.0),
    "retention_at_retraining": (0.6, 0.55),
    "deaths": (2.0, 40.0),
    "duplication": (0.1, 0.45),
    "aid_spent": (2.0, 640.0),
}
"""First and last month of each outcome in the made-up runs: units and magnitudes far apart."""
UNDEFINED_MONTHS = 29


def made_up_results(
    scenarios: Sequence[str] = SCENARIOS, *, replications: int = 12, months: int = 84, title: str = "Which?"
) -> Results:
    """Runs made by formula: a growing effect of each scenario on some outcomes, noise shared by the pairs."""
    generator = np.random.default_rng(1)
    shared = generator.normal(size=(replications, 1, len(SHOWN)))
    first, last = np.array([LEVELS[name] for name in SHOWN]).T
    path = first + (last - first) * np.linspace(0.0, 1.0, months)[:, None]
    month_starts = pd.date_range("2013-02-01", periods=months, freq="MS")
    monthly, runs = [], []
    for place, scenario in enumerate(scenarios):
        own = generator.normal(size=(replications, 1, len(SHOWN)))
        effect = 0.03 * place * (np.arange(len(SHOWN)) % 2)
        history = path * (1.0 + 0.1 * shared + 0.01 * own + effect)
        history[:, :UNDEFINED_MONTHS, SHOWN.index("retention_at_retraining")] = np.nan
        monthly.append(monthly_summary(scenario, list(month_starts), SHOWN, history))
        values = {"final": history[:, -1], "total": history.sum(axis=1), "mean": history.mean(axis=1)}
        columns = {name: values[outcome_named(name).summary][:, place_of] for place_of, name in enumerate(SHOWN)}
        facts = {"scenario": scenario, "replicate": range(replications), "status": "ok"}
        runs.append(pd.DataFrame({**facts, **columns}))
    return Results(
        title=title,
        identity="made up",
        scenario_names=tuple(scenarios),
        outcomes=tuple(outcome_named(name) for name in SHOWN),
        replications=replications,
        seed=2013,
        monthly_detail="summary",
        runs=pd.concat(runs, ignore_index=True),
        monthly=pd.concat(monthly, ignore_index=True),
        trajectories=None,
        provenance={},
    )


@pytest.fixture(scope="module")
def results() -> Results:
    return made_up_results()


@pytest.fixture(scope="module")
def comparison(results: Results) -> Comparison:
    return compare(results)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def figure(results: Results, comparison: Comparison, language: str) -> Figure:
    return comparison_figure(results, comparison, language, outcomes=SHOWN)


def left_panels(figure: Figure) -> list[Axes]:
    return figure.axes[0::2]


def title_of(axes: Axes) -> str:
    return axes.get_title(loc="left").replace("\n", " ")


def right_panels(figure: Figure) -> list[Axes]:
    return figure.axes[1::2]


def drawn(figure: Figure) -> Figure:
    """The figure laid out and drawn, so that its texts know where they stand."""
    with in_style():
        FigureCanvasAgg(figure).draw()
    return figure


def visible_texts(figure: Figure) -> Iterator[Text]:
    """All texts that a reader sees; ticks outside an axis' range are not drawn."""
    hidden = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            shown = {id(tick) for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high}
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if id(tick) not in shown:
                    hidden |= {id(tick.label1), id(tick.label2)}
    for text in figure.findobj(Text):
        if id(text) not in hidden and text.get_visible() and text.get_text().strip():
            yield text


def overlapping_texts(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes, a pixel smaller on each side, cover some of the same place."""
    boxes = [(text.get_text(), text.get_window_extent().padded(-1.0)) for text in visible_texts(figure)]
    return [(one, other) for (one, a), (other, b) in itertools.combinations(boxes, 2) if a.fully_overlaps(b)]


def texts_beyond_the_sheet(figure: Figure) -> list[str]:
    return [
        text.get_text()
        for text in visible_texts(figure)
        if not (
            figure.bbox.padded(0.5).contains(*text.get_window_extent().min)
            and figure.bbox.padded(0.5).contains(*text.get_window_extent().max)
        )
    ]


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "decimals", "signed", "english", "french"),
        [
            (1076.0, 0, False, "1,076", f"1{NARROW}076"),
            (14_000.4, 0, True, "+14,000", f"+14{NARROW}000"),
            (0.31, 2, False, "0.31", "0,31"),
            (-1234.5, 1, True, f"{MINUS}1,234.5", f"{MINUS}1{NARROW}234,5"),
            (-0.0004, 3, True, "0.000", "0,000"),
            (0.0, 0, True, "0", "0"),
            (math.nan, 2, True, "–", "–"),
            (math.inf, 0, False, "–", "–"),
        ],
    )
    def test_each_language_writes_numbers_its_way(
        self, value: float, decimals: int, signed: bool, english: str, french: str
    ) -> None:
        assert grouped(value, "en", decimals=decimals, signed=signed) == english
        assert grouped(value, "fr", decimals=decimals, signed=signed) == french

    @pytest.mark.parametrize(
        ("values", "decimals"),
        [
            ([1076.0, 3.0], 0),
            ([12.4], 1),
            ([1.24], 2),
            ([0.12], 2),
            ([-0.012], 3),
            ([0.0], 0),
            ([math.nan], 0),
        ],
    )
    def test_decimals_follow_the_largest_value(self, values: list[float], decimals: int) -> None:
        assert decimals_for(values) == decimals

    @pytest.mark.parametrize(
        ("value", "decimals", "english", "french"),
        [
            (-0.0034, 2, f"{MINUS}0.003", f"{MINUS}0,003"),
            (0.0004, 2, "+0.0004", "+0,0004"),
            (0.034, 2, "+0.03", "+0,03"),
            (0.3, 0, "+0.3", "+0,3"),
            (1412.0, 0, "+1,412", f"+1{NARROW}412"),
            (-2e-9, 3, f"{MINUS}2e{MINUS}9", f"{MINUS}2e{MINUS}9"),
            (0.0, 2, "0.00", "0,00"),
            (math.nan, 2, "–", "–"),
        ],
    )
    def test_what_is_decided_never_reads_zero(self, value: float, decimals: int, english: str, french: str) -> None:
        assert format_decided(value, "en", decimals=decimals) == english
        assert format_decided(value, "fr", decimals=decimals) == french

    def test_ticks_of_one_axis_have_equal_decimals_and_are_told_apart(self) -> None:
        assert LanguageTicks("fr").format_ticks([0.0, 0.25, 0.5]) == ["0,00", "0,25", "0,50"]
        assert LanguageTicks("en").format_ticks([0.0, 5000.0, 10000.0]) == ["0", "5,000", "10,000"]
        assert LanguageTicks("en", signed=True).format_ticks([-0.1, 0.0, 0.1]) == [
            f"{MINUS}0.1",
            "0.0",
            "+0.1",
        ]

    def test_large_numbers_are_counted_in_millions(self) -> None:
        assert scale_for([5.0, -2e6]) == 1e6
        assert scale_for([3e9]) == 1e9
        assert scale_for([999_999.0, math.nan]) == 1.0
        assert LanguageTicks("en", scale=1e6).format_ticks([0.0, 1.5e6]) == ["0.0", "1.5"]


CONE_LOSS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Linear RGB as it is seen: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, IEEE Transactions on
Visualization and Computer Graphics 15(6), 2009, severity 1."""


def linear_rgb(colour: str) -> np.ndarray:
    channels = np.array(to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def cielab(linear: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    ratios = to_xyz @ np.clip(linear, 0.0, 1.0) / np.array([0.95047, 1.0, 1.08883])
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def closest(colours: Sequence[str], seen: np.ndarray) -> float:
    places = [cielab(seen @ linear_rgb(colour)) for colour in colours]
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(places, 2))


def contrast_with_white(colour: str) -> float:
    return 1.05 / (0.05 + float(np.array([0.2126, 0.7152, 0.0722]) @ linear_rgb(colour)))


class TestStyle:
    @pytest.mark.parametrize("sight", CONE_LOSS)
    def test_colours_stay_apart_for_every_reader(self, sight: str) -> None:
        assert closest(PALETTE, CONE_LOSS[sight]) > 24.0
        assert closest(PALETTE[:5], CONE_LOSS[sight]) > 33.0

    def test_the_measure_can_fail(self) -> None:
        assert closest(["#FF0000", "#00B400"], CONE_LOSS["normal"]) > 100.0
        assert closest(["#B45A5A", "#7A7A5A"], CONE_LOSS["deuteranopia"]) < 24.0

    def test_five_scenarios_stay_apart_in_grey(self) -> None:
        lightness = sorted(cielab(linear_rgb(colour))[0] for colour in PALETTE[:5])
        assert min(np.diff(lightness)) > 9.0

    def test_colours_stand_out_from_the_paper(self) -> None:
        assert min(contrast_with_white(colour) for colour in (*PALETTE, MUTED)) >= 3.0

    def test_nothing_rests_on_colour_alone(self) -> None:
        styles = scenario_styles(MOST_SCENARIOS)
        assert len({style.marker for style in styles}) == len({style.line_style for style in styles}) == 8
        assert len(PALETTE) == len(MARKERS) == len(LINE_STYLES)

    def test_more_scenarios_than_can_be_told_apart_are_refused(self) -> None:
        with pytest.raises(ValueError, match="9 scenarios"):
            scenario_styles(MOST_SCENARIOS + 1)


class TestWording:
    def test_every_unit_has_a_french_form(self) -> None:
        assert outcome_named("deaths").unit_in("fr") == "morts"
        assert outcome_named("deaths").unit_in("en") == "deaths"

    def test_every_outcome_has_both_labels(self) -> None:
        for outcome in OUTCOMES:
            assert outcome.label("en") == outcome.label_en != ""
            assert outcome.label("fr") == outcome.label_fr != ""

    def test_an_unknown_language_is_the_users_to_mend(self, results: Results, comparison: Comparison) -> None:
        with pytest.raises(InputError, match=r"'de'.*en, fr"):
            comparison_figure(results, comparison, "de")


class TestContent:
    def test_each_outcome_has_its_two_panels_with_label_and_unit(self, figure: Figure, language: str) -> None:
        assert len(figure.axes) == 2 * len(SHOWN)
        for axes, name in zip(left_panels(figure), SHOWN, strict=True):
            outcome = outcome_named(name)
            assert title_of(axes) == outcome.label(language)
            assert axes.get_ylabel().startswith(outcome.unit_in(language))
        for axes, name in zip(right_panels(figure), SHOWN, strict=True):
            assert axes.get_xlabel().endswith(f"({outcome_named(name).unit_in(language)})")

    def test_what_is_summed_is_said_to_be_monthly_on_the_left_and_a_total_on_the_right(
        self, results: Results, comparison: Comparison
    ) -> None:
        for language, monthly, total in (("en", "a month", "total"), ("fr", "par mois", "total")):
            figure = comparison_figure(results, comparison, language, outcomes=["deaths", "readiness"])
            assert monthly in left_panels(figure)[0].get_ylabel()
            assert total in right_panels(figure)[0].get_xlabel()
            assert monthly not in left_panels(figure)[1].get_ylabel()

    def test_the_direction_that_is_better_is_shown(self, figure: Figure, language: str) -> None:
        right, left = {"en": ("better →", "← better"), "fr": ("mieux →", "← mieux")}[language]
        for axes, name in zip(right_panels(figure), SHOWN, strict=True):
            arrows = {text.get_text() for text in axes.texts} & {right, left}
            assert arrows == {right if outcome_named(name).better == "higher" else left}

    def test_the_legend_names_every_scenario_with_its_letter_and_style(self, figure: Figure, language: str) -> None:
        legend = figure.legends[0]
        reference = {"en": "(reference)", "fr": "(référence)"}[language]
        assert [text.get_text() for text in legend.get_texts()] == [
            f"A  baseline {reference}",
            "B  demand driven",
            "C  stable personnel",
            "D  equipment with training",
            "E  binding coordination",
        ]
        colours = [line.get_color() for line in legend.get_lines()]
        assert colours == list(PALETTE[:5])
        assert [line.get_marker() for line in legend.get_lines()] == list(MARKERS[:5])

    def test_lines_are_medians_and_bands_hold_ninety_percent(self, figure: Figure, results: Results) -> None:
        for axes, name in zip(left_panels(figure), SHOWN, strict=True):
            assert len(axes.lines) == len(axes.collections) == len(SCENARIOS)
            for place, scenario in enumerate(SCENARIOS):
                months = results.monthly
                rows = months[(months["scenario"] == scenario) & (months["outcome"] == name)]
                np.testing.assert_array_equal(axes.lines[place].get_ydata(), rows["p50"])
                outline = np.concatenate([path.vertices for path in axes.collections[place].get_paths()])
                assert outline[:, 1].min() == pytest.approx(rows["p05"].min())
                assert outline[:, 1].max() == pytest.approx(rows["p95"].max())
                assert axes.lines[place].get_color() == PALETTE[place]
                assert to_hex(axes.collections[place].get_facecolor()[0]).upper() == PALETTE[place]

    def test_marks_stand_at_the_tables_numbers(self, figure: Figure, comparison: Comparison) -> None:
        for axes, name in zip(right_panels(figure), SHOWN, strict=True):
            marks = [line for line in axes.lines if line.get_linestyle() == "None"]
            bars = [line for line in axes.lines if len(line.get_xdata()) == 2 and line.get_zorder() == 3]
            for place, scenario in enumerate(SCENARIOS[1:]):
                row = comparison.row(scenario, name)
                assert list(marks[place].get_xdata()) == [row["difference"]]
                assert list(bars[place].get_xdata()) == [row["low"], row["high"]]
                assert list(marks[place].get_ydata()) == [place]
                assert marks[place].get_marker() == MARKERS[place + 1]
            assert [tick.get_text() for tick in axes.get_yticklabels()] == ["B", "C", "D", "E"]
            low, high = axes.get_xlim()
            assert low < 0.0 < high

    def test_values_beside_the_marks_are_written_in_the_language(
        self, figure: Figure, comparison: Comparison, language: str
    ) -> None:
        axes = right_panels(figure)[SHOWN.index("readiness")]
        differences = [comparison.row(name, "readiness")["difference"] for name in SCENARIOS[1:]]
        written = [text.get_text() for text in axes.texts][: len(differences)]
        mark = "," if language == "fr" else "."
        assert [float(text.replace(mark, ".").replace(MINUS, "-")) for text in written] == pytest.approx(
            differences, abs=0.005
        )
        assert all(mark in text for text in written)
        thousands = left_panels(figure)[SHOWN.index("completions")].yaxis.get_major_formatter()
        assert thousands(14_000.0) == {"en": "14,000", "fr": f"14{NARROW}000"}[language]

    def test_the_caption_says_how_it_was_made(self, figure: Figure, comparison: Comparison, language: str) -> None:
        caption = figure.texts[1].get_text().replace("\n", " ")
        expected = {
            "en": ["12 replications", "seed 2013", "bands: 90% of replications", "intervals: 95%, paired"],
            "fr": [
                "12 réplications",
                "graine 2013",
                "bandes\u00a0: 90\u202f% des réplications",
                "intervalles\u00a0: 95\u202f%, appariés",
            ],
        }[language]
        for words in (*expected, str(len(comparison.table))):
            assert words in caption
        assert {"en": "not defined", "fr": "pas défini"}[language] in caption

    def test_headline_outcomes_are_shown_unless_others_are_asked_for(
        self, results: Results, comparison: Comparison
    ) -> None:
        figure = comparison_figure(results, comparison)
        headline = [outcome.label_en for outcome in results.outcomes if outcome.headline]
        assert [title_of(axes) for axes in left_panels(figure)] == headline
        assert len(headline) < len(SHOWN)

    def test_scenarios_can_be_given_names_for_people(self, results: Results, comparison: Comparison) -> None:
        names = {"demand_driven": "Aide guidée par les besoins"}
        figure = comparison_figure(results, comparison, "fr", outcomes=["deaths"], names=names)
        assert figure.legends[0].get_texts()[1].get_text() == "B  Aide guidée par les besoins"


class TestUndecided:
    def with_row(self, comparison: Comparison, **changes: object) -> Comparison:
        """The comparison with another first row of readiness."""
        table = comparison.table.copy()
        rows = (table["scenario"] == "demand_driven") & (table["outcome"] == "readiness")
        for column, value in changes.items():
            table.loc[rows, column] = value
        return replace(comparison, table=table)

    def mark(self, results: Results, comparison: Comparison) -> tuple[str, str, str]:
        """Colour of the interval, of the mark's edge and of its inside."""
        figure = comparison_figure(results, comparison, outcomes=["readiness"])
        _, bar, mark = right_panels(figure)[0].lines[:3]
        return tuple(
            to_hex(colour).upper()
            for colour in (bar.get_color(), mark.get_markeredgecolor(), mark.get_markerfacecolor())
        )

    def test_what_is_decided_is_filled_with_the_scenarios_colour(
        self, results: Results, comparison: Comparison
    ) -> None:
        decided = self.with_row(comparison, difference=0.05, low=0.01, high=0.09, verdict="better")
        assert self.mark(results, decided) == (PALETTE[1],) * 3

    @pytest.mark.parametrize(
        "changes",
        [
            {"low": -0.01, "high": 0.09, "verdict": "undecided"},
            {"low": 0.01, "high": 0.09, "verdict": "undecided"},
            {"low": -0.01, "high": 0.09, "verdict": "better"},
            {"difference": 0.0, "low": 0.0, "high": 0.0, "verdict": "no difference"},
        ],
        ids=["contains zero", "undecided with the others", "verdict against its interval", "no difference"],
    )
    def test_what_is_not_decided_is_pale_and_hollow(
        self, results: Results, comparison: Comparison, changes: dict[str, object]
    ) -> None:
        undecided = self.with_row(comparison, **{"difference": 0.04, **changes})
        assert self.mark(results, undecided) == (MUTED, MUTED, "#FFFFFF")

    def test_a_small_difference_that_is_decided_is_written_with_its_first_digit(
        self, results: Results, comparison: Comparison
    ) -> None:
        small = {"difference": -0.00004, "low": -0.00005, "high": -0.00003}
        texts = []
        for verdict in ("worse", "undecided"):
            figure = comparison_figure(
                results, self.with_row(comparison, **small, verdict=verdict), outcomes=["readiness"]
            )
            texts.append(right_panels(figure)[0].texts[0].get_text())
        assert texts == [f"{MINUS}0.00004", "0.0000"]

    @pytest.mark.parametrize(("layout", "language"), [("page", "en"), ("page", "fr"), ("slide", "fr")])
    def test_labels_of_the_axis_stand_apart(
        self, results: Results, comparison: Comparison, layout: str, language: str
    ) -> None:
        """Whatever the ends of an axis: each outcome has other ones, those that once touched among them."""
        ends = [(-0.0021, 0.0021), (-0.00042, 0.00001), (-900.0, 12_400.0), (0.011, 0.0398)]
        of_outcome = {outcome: ends[number % len(ends)] for number, outcome in enumerate(SHOWN)}
        shown = comparison.table[comparison.table["outcome"].isin(SHOWN)]
        low, high = np.array([of_outcome[outcome] for outcome in shown["outcome"]]).T
        table = shown.assign(low=low, high=high, difference=(low + high) / 2.0)
        figure = drawn(
            comparison_figure(
                results, replace(comparison, table=table), language, outcomes=SHOWN[: MOST_OUTCOMES - 1], layout=layout
            )
        )
        assert overlapping_texts(figure) == []
        for axes in right_panels(figure):
            labels = sorted(
                (text.get_window_extent() for text in axes.get_xticklabels() if text in set(visible_texts(figure))),
                key=lambda box: box.x0,
            )
            assert len(labels) >= 2
            gaps = [right.x0 - left.x1 for left, right in itertools.pairwise(labels)]
            assert min(gaps) >= 0.4 * labels[0].height

    def test_without_an_interval_there_is_a_hollow_mark_and_no_bar(
        self, results: Results, comparison: Comparison
    ) -> None:
        unknown = self.with_row(comparison, difference=0.04, low=math.nan, high=math.nan, verdict="undecided")
        marks = differences_of(unknown.table, "readiness", SCENARIOS[1:])
        assert not marks[0].decided
        figure = comparison_figure(results, unknown, outcomes=["readiness"])
        bars = [line for line in right_panels(figure)[0].lines if line.get_zorder() == 3]
        assert len(bars) == len(SCENARIOS) - 2


class TestOddResults:
    def test_one_scenario_too_many_is_left_to_the_table_and_said_so(self) -> None:
        results = made_up_results([f"s{number}" for number in range(10)], months=6, replications=3)
        figure = comparison_figure(results, compare(results), outcomes=["readiness"])
        assert len(figure.legends[0].get_texts()) == MOST_SCENARIOS
        assert "scenarios in the table only: 2" in figure.texts[1].get_text()

    def test_an_outcome_never_defined_says_so(self) -> None:
        results = made_up_results(months=UNDEFINED_MONTHS, replications=3)
        figure = drawn(comparison_figure(results, compare(results), outcomes=["retention_at_retraining"]))
        assert "not defined in\nthis period" in {text.get_text() for text in visible_texts(figure)}
        assert [text.get_text() for text in right_panels(figure)[0].texts][:4] == ["–"] * 4

    def test_without_months_the_differences_are_drawn_all_the_same(
        self, results: Results, comparison: Comparison
    ) -> None:
        bare = replace(results, monthly=results.monthly.iloc[:0], monthly_detail="none")
        figure = drawn(comparison_figure(bare, comparison, "fr", outcomes=["readiness"]))
        texts = {text.get_text().replace("\n", " ") for text in visible_texts(figure)}
        assert "valeurs mensuelles non conservées" in texts
        assert len(right_panels(figure)[0].lines) == 1 + 2 * (len(SCENARIOS) - 1)

    def test_equal_scenarios_name_only_zero(self) -> None:
        results = made_up_results(["one", "two"], months=3, replications=4)
        runs = results.runs.copy()
        runs.loc[runs["scenario"] == "two", list(SHOWN)] = runs.loc[runs["scenario"] == "one", list(SHOWN)].to_numpy()
        same = replace(results, runs=runs)
        figure = drawn(comparison_figure(same, compare(same), outcomes=["readiness"]))
        assert [text.get_text() for text in right_panels(figure)[0].get_xticklabels()] == ["0"]

    def test_failed_runs_are_counted_in_the_caption(self, results: Results, comparison: Comparison) -> None:
        figure = comparison_figure(results, replace(comparison, n_failed=3), outcomes=["readiness"])
        assert "failed runs left out: 3" in figure.texts[1].get_text().replace("\n", " ")

    @pytest.mark.parametrize("months", [1, 2, 5, 30, 1200])
    def test_a_month_a_century_and_what_lies_between_can_be_drawn(self, months: int) -> None:
        results = made_up_results(["one", "two"], months=months, replications=3)
        figure = drawn(comparison_figure(results, compare(results), outcomes=["deaths"], layout="page"))
        assert overlapping_texts(figure) == []
        assert any(text.get_text() for text in left_panels(figure)[0].get_xticklabels())

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"outcomes": ["happiness"]}, "do not hold the outcome 'happiness'"),
            ({"outcomes": []}, f"1 to {MOST_OUTCOMES}"),
            ({"outcomes": [*SHOWN, *SHOWN[:2]]}, "10 outcomes do not fit"),
            ({"layout": "poster"}, "no layout 'poster'.*slide, page"),
        ],
    )
    def test_what_cannot_be_drawn_is_the_users_to_mend(
        self, results: Results, comparison: Comparison, options: dict[str, object], message: str
    ) -> None:
        with pytest.raises(InputError, match=message):
            comparison_figure(results, comparison, **options)


class TestLegibility:
    @pytest.mark.parametrize(
        ("language", "layout", "count"),
        [("en", "page", 8), ("fr", "page", 8), ("fr", "slide", 8), ("en", "slide", 4), ("fr", "page", 1)],
    )
    def test_no_text_overlaps_another_or_leaves_the_sheet(
        self,
        results: Results,
        comparison: Comparison,
        language: str,
        layout: str,
        count: int,
    ) -> None:
        figure = drawn(comparison_figure(results, comparison, language, outcomes=SHOWN[:count], layout=layout))
        assert overlapping_texts(figure) == []
        assert texts_beyond_the_sheet(figure) == []

    @pytest.mark.parametrize("months", [7, 18, 60])
    def test_dates_do_not_crowd_each_other(self, months: int) -> None:
        results = made_up_results(["one", "two"], months=months, replications=3)
        figure = drawn(comparison_figure(results, compare(results), outcomes=SHOWN))
        assert overlapping_texts(figure) == []

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_long_titles_and_names_break_or_end_with_an_ellipsis(self, layout: str) -> None:
        long = "A question that is asked at great length, with $\\frac{ and $5 and _underscores_, " * 3
        results = made_up_results(
            ["_baseline", "a name of many words " * 4, "x" * 300], months=12, replications=3, title=long
        )
        figure = drawn(comparison_figure(results, compare(results), outcomes=SHOWN, layout=layout))
        assert overlapping_texts(figure) == []
        assert texts_beyond_the_sheet(figure) == []
        assert figure.texts[0].get_text().replace("\n", " ") == long.strip()
        assert figure.legends[0].get_texts()[2].get_text().endswith("…")

    def test_the_check_sees_an_overlap_and_an_overflow(self, results: Results, comparison: Comparison) -> None:
        figure = comparison_figure(results, comparison, outcomes=["readiness"])
        right_panels(figure)[0].annotate("over the top", (1.0, 0), xycoords=("axes fraction", "data"))
        figure.text(0.99, 0.5, "over the edge")
        drawn(figure)
        assert any("over the top" in pair for pair in overlapping_texts(figure))
        assert texts_beyond_the_sheet(figure) == ["over the edge"]

    def test_text_is_measured_as_it_is_drawn(self) -> None:
        with in_style():
            figure = Figure(dpi=150)
            text = figure.text(0.0, 0.5, "écarts de 90 % : médiane", size=9.0, weight="bold")
            FigureCanvasAgg(figure).draw()
            width = text.get_window_extent().width * 72.0 / 150.0
            assert width_of("écarts de 90 % : médiane", 9.0, weight="bold") == pytest.approx(width, rel=0.02)
            assert wrapped("one two three", 9.0, width_of("one two", 9.0) + 0.01) == ["one two", "three"]
            assert shortened("abcdef", 9.0, width_of("abc…", 9.0) + 0.01) == "abc…"

    def test_a_slide_is_1600_by_900(self, results: Results, comparison: Comparison, tmp_path: Path) -> None:
        path = tmp_path / "slide.png"
        save_figure(comparison_figure(results, comparison, outcomes=["readiness"]), path)
        assert matplotlib.image.imread(path).shape[:2] == (900, 1600)


class TestFiles:
    @pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
    def test_the_same_results_give_the_same_bytes(
        self, results: Results, comparison: Comparison, tmp_path: Path, ending: str
    ) -> None:
        written = []
        for attempt, settings in enumerate([{}, {"axes.grid": False, "font.size": 30, "savefig.dpi": 30}]):
            path = tmp_path / f"{attempt}.{ending}"
            # What a machine's own settings say does not count.
            with matplotlib.rc_context(settings):
                save_figure(comparison_figure(results, comparison, "fr", outcomes=["deaths"]), path)
            written.append(path.read_bytes())
        assert written[0] == written[1]
        assert len(written[0]) > 5_000

    @pytest.mark.parametrize("crops", [False, True])
    def test_letters_that_the_font_lacks_are_said_once_wherever_it_is_drawn(self, crops: bool) -> None:
        results = made_up_results(("baseline", "兵_Ω", "two_兵_词"), replications=3, months=30)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("default")
            figure = comparison_figure(results, compare(results), "en", outcomes=["deaths"])
            for _ in range(2):  # as a notebook shows it, outside of the figures' style
                figure.savefig(io.BytesIO(), format="png", bbox_inches="tight" if crops else None)
        (warning,) = said
        assert isinstance(warning.message, MissingLetters)
        assert warning.message.letters == {"兵", "词"}
        assert "兵 (U+5175), 词 (U+8BCD)" in str(warning.message)

    def test_a_note_of_many_letters_stays_short(self) -> None:
        assert len(str(MissingLetters(map(chr, range(0x4E00, 0x5E00))))) < 240
        assert "U+001B:" in str(MissingLetters("\x1b"))  # by its number only: a terminal would obey it

    def test_another_format_is_refused(self, tmp_path: Path) -> None:
        for name in ("figure.docx", "figure"):
            with pytest.raises(InputError, match=r"\.png, \.svg, \.pdf"):
                save_figure(Figure(), tmp_path / name)
            assert not (tmp_path / name).exists()

    def test_a_place_that_cannot_be_written_is_the_users_to_mend(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="cannot be written"):
            save_figure(Figure(), tmp_path / "nowhere" / "figure.png")

    def test_importing_the_floor_changes_nothing(self) -> None:
        code = (
            "import sys, matplotlib;"
            "settings = lambda: {k: matplotlib.rcParams[k] for k in matplotlib.rcParams if k != 'backend'};"
            "before = settings();"
            "import ssa_sim.figures.comparison;"
            "assert settings() == before;"
            "assert 'matplotlib.pyplot' not in sys.modules;"
            "assert not {'numba', 'mesa'} & set(sys.modules), 'heavy imports'"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
