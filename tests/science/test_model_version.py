"""Which model this is: each kind of change that numbers follow from changes the version, and words do not."""

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ssa_sim
from ssa_sim.catalogue import donors, outcomes
from ssa_sim.catalogue import entries as catalogue
from ssa_sim.catalogue.entries import lever_catalogue
from ssa_sim.model import generator, version

PACKAGE = Path(ssa_sim.__file__).parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    package = tmp_path_factory.mktemp("sources") / "ssa_sim"
    for floor in ("model", "scenario", "catalogue", "words"):
        shutil.copytree(PACKAGE / floor, package / floor, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def identity_with(copy: Path, file: str, old: str, new: str) -> str:
    """The identity of the code when one place of a source file reads otherwise."""
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} should hold {old!r} once: choose another place"
    path.write_text(text.replace(old, new), encoding="utf-8")
    try:
        return version.code_identity(copy)
    finally:
        path.write_text(text, encoding="utf-8")


def test_it_is_the_same_wherever_the_sources_lie(copy: Path) -> None:
    assert version.code_identity(copy) == version.code_identity()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("model/rules/double_task.py", "0.5 * (1.0 - unit.fatigue)", "0.4 * (1.0 - unit.fatigue)", id="a rule"),
        pytest.param("model/chance.py", "def clip(", "def clip(extra, ", id="a helper of rules"),
        pytest.param("model/rules/turnover.py", "def ghost_rate(", "def ghost_rate(extra, ", id="a helper in another file"),
        pytest.param("model/month.py", "_units(turnover.leave_the_army),\n            _units(turnover.move_away),",
                     "_units(turnover.move_away),\n            _units(turnover.leave_the_army),", id="the order of steps"),
        pytest.param("model/month.py", "_units_in_turn(double_task.go_out)", "_units(double_task.go_out)", id="turns"),
        pytest.param("model/noise.py", 'Stream("amount", "normal")', 'Stream("amount", "uniform")', id="a draw's law"),
        pytest.param("model/uniform_draws.py", "bits >> LONG(11)", "bits >> LONG(12)", id="how numbers are drawn"),
        pytest.param("model/normal_draws.py", "0.5 * value * value", "0.6 * value * value", id="how normal numbers are drawn"),
        pytest.param("model/noise.py", "BLOCK_MONTHS = 96", "BLOCK_MONTHS = 48", id="how draws are laid out"),
        pytest.param("model/start.py", 'units["readiness"] = 0.1', 'units["readiness"] = 0.2', id="the start"),
        pytest.param("model/state.py", "FOREIGN_KIT = 2", "FOREIGN_KIT = 3", id="a constant"),
        pytest.param("model/history.py", "columns[:, -1]", "columns[:, 0]", id="how months make one number"),
        pytest.param("model/parameters.py", "entry.choices.index(str(value))", "-entry.choices.index(str(value))", id="records"),
        pytest.param("model/compiled.py", 'numba.njit(error_model="numpy", no', 'numba.njit(error_model="python", no',
                     id="how rules are compiled"),
        pytest.param("model/variants.py", "parameters[field_name(path)] = value", "parameters[field_name(path)] = 2.0 * value",
                     id="what a point of a design changes"),
        pytest.param("model/variants.py", "run_months(world, 0, scenario.months)", "run_months(world, 1, scenario.months)",
                     id="which months a sweep runs"),
        pytest.param("scenario/events.py", "current.update(changes.get(month, {}))", "current.update(changes.get(month + 1, {}))",
                     id="when dated changes hold"),
        pytest.param("scenario/period.py", "day.month - self.start.month", "day.month + self.start.month", id="which month it is"),
    ],
)  # fmt: skip
def test_a_change_of_what_runs_changes_it(copy: Path, file: str, old: str, new: str) -> None:
    assert identity_with(copy, file, old, new) != version.code_identity()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("model/driver.py", '"""From the schedule to compiled code', '"""Another text', id="a docstring"),
        pytest.param("model/state.py", "# when the phase began", "# at first", id="a comment"),
        pytest.param("scenario/period.py", "is not the first day of a month", "does not open a month", id="a message"),
        pytest.param("scenario/shares_summing_to_one.py", "and sum to ", "coming to ", id="a refusal of shares"),
        pytest.param("scenario/problems.py", " cannot be used", " is no such number", id="a refusal of a seed"),
        pytest.param("scenario/gate.py", "A scenario is needed", "Please give a scenario", id="a refusal of what is no scenario"),
        pytest.param("scenario/problems.py", "which is too low", "which is too small", id="a refusal of a value"),
        pytest.param("model/start.py", "The draws were made for", "These draws are for", id="a refusal of draws"),
        pytest.param("model/parameters.py", "which no run can be made with", "which is no such number", id="a refusal where it is built"),
        pytest.param("scenario/schema.py", '"A short name for people."', '"A name."', id="a description"),
        pytest.param("model/mesa_model.py", "import mesa\n", "import mesa\n\nANOTHER = 1\n", id="the Mesa driver"),
        pytest.param("model/observation.py", "import pandas as pd\n", "import pandas as pd\n\nANOTHER = 1\n", id="what is observed"),
    ],
)  # fmt: skip
def test_words_and_what_no_run_reaches_leave_it(copy: Path, file: str, old: str, new: str) -> None:
    assert identity_with(copy, file, old, new) == version.code_identity()


def test_a_raised_message_leaves_it_and_that_it_is_raised_does_not(copy: Path) -> None:
    place = "    parameters = copy_of(parameters)\n"
    guard = place + "    if scenario.months < 0:\n        raise ValueError({})\n"
    first = identity_with(copy, "model/start.py", place, guard.format("'one'"))
    assert first == identity_with(copy, "model/start.py", place, guard.format("f'another {scenario.months}'"))
    assert first != version.code_identity()


class TestTheCatalogues:
    """Their numbers count, whatever they are written in; their words do not."""

    @pytest.mark.parametrize(
        ("name", "field", "value", "counts"),
        [
            ("lever_catalogue", "baseline", 0.123, True),
            ("lever_catalogue", "high", 1e9, True),
            ("lever_catalogue", "choices", ("one", "another"), True),
            ("lever_catalogue", "meaning", "Another meaning.", False),
            ("lever_catalogue", "decided_by", "somebody else", False),
            ("lever_catalogue", "cost", "nothing", False),
            ("uncertainty_catalogue", "baseline", 0.123, True),
            ("uncertainty_catalogue", "low", -1e9, True),
            ("uncertainty_catalogue", "allowed_high", 1e9, True),
            ("uncertainty_catalogue", "prior", "log_uniform", True),
            ("uncertainty_catalogue", "label_fr", "Un autre nom", False),
            ("uncertainty_catalogue", "source", "assumption; F01", False),
            ("uncertainty_catalogue", "unit", "another unit", False),
            ("structure_catalogue", "choices", ("one", "another"), True),
            ("structure_catalogue", "alternatives", (), False),
        ],
    )
    def test_parameters(self, name: str, field: str, value: Any, counts: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        before = version.catalogue_identity()
        entries = getattr(catalogue, name)()
        changed = (dataclasses.replace(entries[0], **{field: value}), *entries[1:])
        assert changed != entries
        monkeypatch.setattr(catalogue, name, lambda: changed)
        assert (version.catalogue_identity() != before) is counts

    def test_their_order_leaves_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = version.catalogue_identity()
        turned = lever_catalogue()[::-1]
        monkeypatch.setattr(catalogue, "lever_catalogue", lambda: turned)
        assert version.catalogue_identity() == before

    @pytest.mark.parametrize(
        ("change", "counts"),
        [({"summary": "total"}, True), ({"definition": "Another."}, False), ({"better": "lower"}, False)],
    )
    def test_outcomes(self, change: dict[str, Any], counts: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        before = version.catalogue_identity()
        first, *others = outcomes.OUTCOMES
        monkeypatch.setattr(outcomes, "OUTCOMES", (first._replace(**change), *others))
        assert (version.catalogue_identity() != before) is counts

    @pytest.mark.parametrize(("change", "counts"), [({"partners": 7}, True), ({"label_en": "Others"}, False)])
    def test_partners(self, change: dict[str, Any], counts: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        before = version.catalogue_identity()
        first, *others = donors.DEFAULT_PROFILES
        monkeypatch.setattr(donors, "DEFAULT_PROFILES", (first.model_copy(update=change), *others))
        assert (version.catalogue_identity() != before) is counts


def test_libraries_that_draw_otherwise_change_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version.draws_identity()
    monkeypatch.setattr(generator, "generator", lambda seed, replicate, name: np.random.default_rng(seed))
    assert version.draws_identity() != before


@pytest.mark.parametrize("part", ["code_identity", "catalogue_identity", "draws_identity"])
def test_every_part_counts(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = version.model_version.__wrapped__
    assert whole() == version.MODEL_VERSION
    monkeypatch.setattr(version, part, lambda: "another")
    assert whole() != version.MODEL_VERSION
