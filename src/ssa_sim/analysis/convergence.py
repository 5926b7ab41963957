"""Whether a sample was large enough: three criteria on bootstrap resamples of sensitivity indices (SARRAZIN2016).

* The indices are settled if the widest of their 95% intervals is at most 0.05 of the largest index possible (1 for a total
  index; the largest `mu_star` found).
* The ranking is settled if, of two resamples, parameters change places by less than one position, weighted by how much they
  matter: the 95% quantile of sum(|R_j - R_k| max(S_j, S_k)²) / sum(max(S_j, S_k)²) over pairs of resamples j and k is below 1.
* The screening is settled if the intervals of those indices that are below 0.05 are at most 0.05 wide.

They can be met one by one: ranking and screening settle on smaller samples than the indices themselves.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WIDEST = 0.05
LITTLE = 0.05
"""An index below it counts as that of a parameter that matters little."""
TAILS = (0.025, 0.975)
"""Of the intervals, whatever the confidence of those that are shown."""
ONE_POSITION = 1.0
_RESAMPLES_PAIRED = 150
"""All pairs of so many resamples."""


@dataclass(frozen=True)
class Convergence:
    """The three criteria.

    Attributes:
        width: of the widest interval, relative to the largest index possible.
        ranking: positions that parameters change from resample to resample, weighted.
        screening_width: of the widest interval among parameters that matter little; NaN if there are none.
        samples_needed: about how many samples would settle the indices, as the width falls with the root of their number.
    """

    width: float
    ranking: float
    screening_width: float
    samples_needed: float

    @property
    def indices_settled(self) -> bool:
        """Whether the indices themselves are known well enough."""
        return self.width <= WIDEST

    @property
    def ranking_settled(self) -> bool:
        """Whether the order of those that matter is."""
        return self.ranking < ONE_POSITION

    @property
    def screening_settled(self) -> bool:
        """Whether it is known which matter little; true where none does."""
        return not self.screening_width > WIDEST


def convergence(values: Floats, resamples: Floats, *, largest: float, samples: int) -> Convergence:
    """Judge the indices of all parameters for one outcome.

    Args:
        values: indices, shape (parameters,).
        resamples: shape (resamples, parameters).
        largest: index that counts as 1.
        samples: trajectories or base rows at hand.
    """
    low, high = np.quantile(resamples, TAILS, axis=0)
    widths = (high - low) / largest
    little = widths[values / largest < LITTLE]
    width = float(widths.max())
    return Convergence(
        width=width,
        ranking=ranking_change(resamples),
        screening_width=float(little.max()) if len(little) else float("nan"),
        samples_needed=float(math.ceil(samples * max(1.0, width / WIDEST) ** 2)),
    )


def ranking_change(resamples: Floats) -> float:
    """The positions by which the parameters that matter change places from resample to resample: 95% quantile over pairs."""
    used = resamples[:_RESAMPLES_PAIRED]
    ranks = (-used).argsort(axis=1, kind="stable").argsort(axis=1)
    one, other = np.triu_indices(len(used), 1)
    weights = np.maximum(used[one], used[other]) ** 2
    moved = np.abs(ranks[one] - ranks[other])
    total = weights.sum(axis=1)
    changes = np.divide((moved * weights).sum(axis=1), total, out=np.zeros(len(total)), where=total > 0.0)
    return float(np.quantile(changes, 0.95)) if len(changes) else float("nan")
