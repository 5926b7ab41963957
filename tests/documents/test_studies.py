"""The reference studies that are kept: they are what their files ask for, of this model, and come out the same when run again."""

import re
from pathlib import Path

import pytest

import studies
from documents import ROOT, make_targets
from ssa_sim.catalogue.entries import lever_catalogue, uncertainty_catalogue
from ssa_sim.experiment.ask.file import load_experiment
from ssa_sim.experiment.keep.manifest import read_manifest
from ssa_sim.experiment.run.stored_runs import StoredRuns
from ssa_sim.model.version import MODEL_VERSION

SAMPLE = 5
NOT_POLICY = "circumstances."

each_study = pytest.mark.parametrize("study", [study for study in studies.STUDIES if (studies.KEPT / study).is_dir()])
kept = pytest.mark.skipif(not studies.KEPT.is_dir(), reason="the studies are made anew after calibration")


@each_study
def test_it_is_what_its_file_asks_for_and_of_this_model(study: str) -> None:
    manifest = read_manifest(studies.KEPT / study)
    assert manifest.is_complete
    assert manifest.counts.failed == 0
    assert manifest.model_version == MODEL_VERSION, "`make studies`, then `python tests/studies.py --keep`"
    assert manifest.identity == load_experiment(ROOT / "experiments" / f"{study}.toml").identity()
    assert manifest.provenance["command"].startswith(
        f"ssa-sim sweep experiments/{study}.toml --out build/studies/{study} "
    )


@each_study
def test_runs_made_again_are_the_same_to_the_last_bit(study: str) -> None:
    stored = StoredRuns(studies.KEPT / study)
    assert stored.changed_files() == []
    checked = [stored.again(row) for row in stored.sample(SAMPLE, seed=0)]
    assert len(checked) == SAMPLE
    assert [each.different for each in checked] == [[]] * SAMPLE


@kept
def test_another_bit_is_noticed() -> None:
    """The planted fault."""
    stored = StoredRuns(studies.KEPT / "bundles")
    (row,) = stored.sample(1, seed=0)
    assert stored.again({**row, "ready_soldiers": row["ready_soldiers"] * (1.0 + 1e-15)}).different == [
        "ready_soldiers"
    ]


def test_all_of_them_are_kept_and_made_again_by_make() -> None:
    missing = [study for study in studies.STUDIES if not (studies.KEPT / study).is_dir()]
    assert missing in ([], list(studies.STUDIES)), "all of them, or none while they wait to be made anew"
    assert "studies" in make_targets()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"STUDIES := {' '.join(studies.STUDIES)}\n" in makefile


def test_every_lever_of_policy_is_moved() -> None:
    design = load_experiment(ROOT / "experiments" / "single_levers.toml").design
    assert design is not None
    expected = {entry.path for entry in lever_catalogue() if not entry.path.startswith(NOT_POLICY)}
    assert {axis.path for axis in design.axes} == expected


@pytest.mark.parametrize("study", ["sensitivity_all", "robustness"])
def test_every_uncertainty_is_varied(study: str) -> None:
    design = load_experiment(ROOT / "experiments" / f"{study}.toml").design
    assert design is not None
    assert {axis.path for axis in design.axes} == {
        entry.path for entry in uncertainty_catalogue() if not entry.is_known
    }


@kept
@pytest.mark.long
def test_shares_are_computed_for_those_that_matter_most() -> None:
    design = load_experiment(ROOT / "experiments" / "sensitivity_sobol.toml").design
    assert design is not None
    assert {axis.path for axis in design.axes} == set(studies.searched_further())


@kept
@pytest.mark.long
def test_every_number_of_the_page_is_that_of_the_kept_results() -> None:
    text = studies.DOCUMENT.read_text(encoding="utf-8")
    fresh = studies.with_held(text)
    assert fresh == text, "`python tests/studies.py` brings them up to date"
    assert all(f"images/studies/{name}.png" in text for name in studies.FIGURES)
    (shown,) = re.findall("<!-- held: mean completions -->[^<]+<!-- end -->", text)[:1]
    assert studies.with_held(shown.replace("-->", "-->9", 1)) == shown


@kept
def test_other_digests_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for study in studies.STUDIES:
        (tmp_path / study).mkdir()
        manifest = read_manifest(studies.KEPT / study)
        changed = manifest.model_copy(update={"digest": "0" * 64}) if study == "robustness" else manifest
        (tmp_path / study / "manifest.json").write_bytes(changed.text())
    monkeypatch.setattr(studies, "BUILT", tmp_path)
    assert studies.differing() == ["robustness"]
    assert studies.main([]) == 1
