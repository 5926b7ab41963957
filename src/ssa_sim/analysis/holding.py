"""How far a finding holds under other structures: all, most or few of the alternatives."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

MOST = 0.75
"""By convention: the share of alternatives from which a finding holds under most of them."""


def holds(here: "Mapping[str, Any] | pd.Series", others: pd.DataFrame) -> dict[str, Any]:
    """How far an effect holds in other worlds.

    Args:
        here: its `effect` and interval, from `low` to `high`, as a scenario is.
        others: the same under each alternative, a row each.

    Returns:
        `alternatives`: how many; `same_sign`: in how many the effect has the sign that it has here; `decided`: in how many its
        interval excludes zero too, on the same side; `reversed`: in how many it does so on the other side; and `holds`: "all",
        "most" or "few" by the decided ones, or "open" where the interval does not exclude zero here.
    """
    sign = float(np.sign(here["effect"]))
    signs = np.sign(others["effect"].to_numpy(np.float64))
    low, high = (others[end].to_numpy(np.float64) for end in ("low", "high"))
    beyond = np.where(low > 0.0, 1.0, np.where(high < 0.0, -1.0, 0.0))
    decided = int(np.count_nonzero(beyond == sign)) if sign else 0
    return {
        "alternatives": len(others),
        "same_sign": int(np.count_nonzero(signs == sign)),
        "decided": decided,
        "reversed": int(np.count_nonzero(beyond == -sign)) if sign else 0,
        "holds": word(decided, len(others)) if here["low"] > 0.0 or here["high"] < 0.0 else "open",
    }


def word(decided: int, alternatives: int) -> str:
    """Under all, most or few."""
    if decided == alternatives:
        return "all"
    return "most" if decided >= MOST * alternatives else "few"
