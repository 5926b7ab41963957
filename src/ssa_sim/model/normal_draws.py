"""Normal draws of many named streams at once, written straight into the records that rules read.

The numbers are those of NumPy's `Generator(PCG64(SeedSequence(...))).standard_normal(...)` to the last bit, which tests hold them
to: the ziggurat of Marsaglia and Tsang (2000) with NumPy's 256 layers, whose tables Numba carries for its own generators.
"""

import math

import numpy as np
from numba.np.random._constants import fi_double, ki_double, wi_double, ziggurat_nor_inv_r, ziggurat_nor_r

from ssa_sim.model.compiled import rule
from ssa_sim.model.uniform_draws import LONG, POOL, advanced, bits_of, seeded, uniform_of

_WIDTHS, _HEIGHTS, _INSIDE = wi_double, fi_double, ki_double
_TAIL, _TAIL_INVERSE = ziggurat_nor_r, ziggurat_nor_inv_r


@rule
def _beyond(high, low, step_high, step_low):
    """How far beyond the lowest layer a number of its tail lies, and the next state."""
    while True:
        high, low = advanced(high, low, step_high, step_low)
        beyond = -_TAIL_INVERSE * math.log1p(-uniform_of(bits_of(high, low)))
        high, low = advanced(high, low, step_high, step_low)
        weight = -math.log1p(-uniform_of(bits_of(high, low)))
        if weight + weight > beyond * beyond:
            return beyond, high, low


@rule
def _normal(high, low, step_high, step_low):
    """A standard normal number and the next state."""
    while True:
        high, low = advanced(high, low, step_high, step_low)
        bits = bits_of(high, low)
        layer = bits & LONG(0xFF)
        size = (bits >> LONG(9)) & LONG(0xFFFFFFFFFFFFF)
        value = size * _WIDTHS[layer]
        if (bits >> LONG(8)) & LONG(1) == LONG(1):
            value = -value
        if size < _INSIDE[layer]:
            return value, high, low
        if layer == LONG(0):
            beyond, high, low = _beyond(high, low, step_high, step_low)
            value = _TAIL + beyond
            return -value if (size >> LONG(8)) & LONG(1) == LONG(1) else value, high, low
        high, low = advanced(high, low, step_high, step_low)
        height = (_HEIGHTS[layer - LONG(1)] - _HEIGHTS[layer]) * uniform_of(bits_of(high, low)) + _HEIGHTS[layer]
        if height < math.exp(-0.5 * value * value):
            return value, high, low


@rule
def draw_normal(entropy, names, columns, widths, block_months, draws):
    """Draw streams of normal numbers, each entity by entity in blocks of months; arguments as of `draw_uniform`."""
    pool, seeds = np.empty(POOL, np.uint32), np.empty(4, LONG)
    months, entities, _ = draws.shape
    for block in range((months + block_months - 1) // block_months):
        entropy[-1] = block
        first = block * block_months
        for stream in range(names.shape[0]):
            entropy[-2] = names[stream]
            high, low, step_high, step_low = seeded(entropy, pool, seeds)
            for entity in range(entities):
                for month in range(first, first + block_months):
                    for column in range(columns[stream], columns[stream] + widths[stream]):
                        value, high, low = _normal(high, low, step_high, step_low)
                        if month < months:
                            draws[month, entity, column] = value
