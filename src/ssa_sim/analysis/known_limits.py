"""Why the baseline fails a row of the pattern table, where the reason has been found.

A row that is missing here has no reason yet, or needs none. Keys are ids of rows in `patterns.py`.
"""

from collections.abc import Mapping

from ssa_sim.analysis.patterns import Text

KNOWN_LIMITS: Mapping[str, Text] = {}
