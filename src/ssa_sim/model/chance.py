"""From one uniform number to a whole number of soldiers, vehicles or events.

Each function inverts a distribution: the same uniform number gives the same rank in every scenario, so that two
scenarios that differ a little in a probability differ a little, and in its direction, in what happens. That is what
makes common random numbers pay. Inversion by sequential search: Devroye (1986), sections III.2 and X.4 (DEVROYE1986).
"""

import math

from ssa_sim.model.compiled import rule


@rule
def clip(value, low, high):
    """`value`, but not below `low` nor above `high`."""
    return min(max(value, low), high)


@rule
def whole(uniform, expected):
    """A whole number with mean `expected` (>= 0): rounded up with a probability equal to the fraction."""
    return math.floor(expected + uniform)


@rule
def binomial(uniform, count, probability):
    """Of `count` independent trials (0 to about 1000), how many succeed: the quantile of `uniform`."""
    if count <= 0 or probability <= 0.0:
        return 0
    if probability >= 1.0:
        return count
    if uniform < 1.0 - count * probability:  # Bernoulli's inequality: no success has at least this probability
        return 0
    if probability > 0.5:
        return count - _binomial_search(1.0 - uniform, count, 1.0 - probability)
    return _binomial_search(uniform, count, probability)


@rule
def _binomial_search(uniform, count, probability):
    odds = probability / (1.0 - probability)
    mass = math.exp(count * math.log1p(-probability))
    below = mass
    successes = 0
    while uniform >= below and successes < count:
        mass *= odds * (count - successes) / (successes + 1.0)
        successes += 1
        below += mass
    return successes


@rule
def poisson(uniform, mean):
    """How many events happen where `mean` (0 to 700) are expected: the quantile of `uniform`."""
    if mean <= 0.0:
        return 0
    mean = min(mean, 700.0)
    mass = math.exp(-mean)
    below = mass
    events = 0
    most = int(mean + 20.0 * math.sqrt(mean) + 50.0)
    while uniform >= below and events < most:
        events += 1
        mass *= mean / events
        below += mass
    return events


@rule
def pick(uniform, weights):
    """An index of `weights` (>= 0, not all zero), each with a probability in proportion to its weight."""
    total = 0.0
    for i in range(weights.shape[0]):
        total += weights[i]
    reached = 0.0
    for i in range(weights.shape[0]):
        reached += weights[i]
        if uniform * total < reached:
            return i
    return weights.shape[0] - 1
