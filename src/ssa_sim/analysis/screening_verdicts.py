"""What a screening says of a parameter.

A parameter *moves something* if, on either ground, some outcome's scaled `mu_star` is at least `NOTHING_BELOW` and
`ABOVE_CHANCE` times its noise floor. It *moves nothing* if every scaled `mu_star` is below `NOTHING_BELOW`: with uniform
quantiles its part in the outcome's variance is then below about 0.02 ** 2 / 12, or 1 in 30,000. Anything else is *lost in chance*:
more replicates would tell.
"""

from typing import Literal

import pandas as pd

Verdict = Literal["moves something", "lost in chance", "moves nothing"]

NOTHING_BELOW = 0.02
"""Scaled `mu_star` below which a parameter does not count."""
ABOVE_CHANCE = 2.0
"""How many times its noise floor a `mu_star` must reach. Over 10 trajectories that of pure chance scatters by a quarter."""


def judge(effects: pd.DataFrame) -> pd.DataFrame:
    """A row a parameter, by the rule at the top of this module; see `Screening.parameters`."""
    table = effects.copy()
    table["above_chance"] = table["mu_star"] >= ABOVE_CHANCE * table["noise_floor"]
    table["counts"] = table["above_chance"] & (table["mu_star"] >= NOTHING_BELOW)
    rows = []
    for path, own in table.groupby("path", sort=False):
        strongest = own.sort_values(["counts", "mu_star"], ascending=False, kind="stable").iloc[0]
        verdict: Verdict = "moves something"
        if not strongest["counts"]:
            verdict = "lost in chance" if strongest["mu_star"] >= NOTHING_BELOW else "moves nothing"
        rows.append({"path": path, "verdict": verdict, **strongest[_OF_THE_STRONGEST].to_dict()})
    return pd.DataFrame(rows)


_OF_THE_STRONGEST = ["ground", "outcome", "mu_star", "mu_star_conf", "sigma", "noise_floor"]
