"""The model gives the numbers that it gave: a change that is not meant shows here, one that is goes with `make baselines`."""

import pytest

from baselines.results import FOLDER, computed, names, stored


@pytest.mark.parametrize("name", names())
def test_results_are_those_stored(name: str) -> None:
    for replicate, (was, now) in enumerate(zip(stored(name), computed(name), strict=True)):
        moved = {
            outcome: (value, now["outcomes"][outcome])
            for outcome, value in was["outcomes"].items()
            if now["outcomes"].get(outcome) != value
        }
        assert not moved, f"replicate {replicate}; if this was meant: make baselines"
        assert now["digest"] == was["digest"], (
            f"replicate {replicate}: some month differs though the run's outcomes do not"
        )


def test_no_baseline_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == names()
