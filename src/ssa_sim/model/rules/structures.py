"""The structures, numbered as in the catalogue: rules ask here which alternative is in force.

A structure is a question on which sources compete. Each rule that one changes holds all its alternatives, side by side.
"""

COHORT, OF_LEADERS, OF_UNIT = range(3)
"""`drill_home`: where drill lives."""
DISUSE, ALWAYS, DRIFT = range(3)
"""`decay`: how skill fades."""
HARMONIC, GEOMETRIC, WEAKEST_LINK, ADDITIVE = range(4)
"""`readiness_form`: how parts make readiness."""
DELAY, QUALITY, PARTIAL_USE = range(3)
"""`overload`: what happens to projects beyond the hours that the host has."""
BARGAIN, CAPACITY, STAKES = range(3)
"""`reform_driver`: what moves a reform."""
MORAL_HAZARD, COMPLEMENT, NEUTRAL_PRESENCE = range(3)
"""`foreign_presence`: what foreign forces do to the will for a capable army."""
NEUTRAL_TRAINING, RAISES_HAZARD = range(2)
"""`coup_training`: whether training soldiers adds to the hazard of a coup."""
SECURITY_FIRST, SERVICES_FIRST = range(2)
"""`state_return`: what the state's return waits for."""
SELF_ENFORCING, RELATIVE_IMPACT, SMALL_STAY_OUT = range(3)
"""`coordination_game`: which partners leave an agreement."""
