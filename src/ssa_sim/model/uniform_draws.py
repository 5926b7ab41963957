"""Uniform draws of many named streams at once, written straight into the records that rules read.

The numbers are those of NumPy's `Generator(PCG64(SeedSequence(...))).random(...)` to the last bit, which tests hold them to.
NumPy itself would make a generator for each of some fifty streams, and a copy of all that they draw, which takes more than
twice as long. Everything here is arithmetic on whole numbers of 32, 64 and 128 bits: the permuted congruential generator
PCG-XSL-RR of O'Neill (2014), and her seeding, as NumPy has them. As plain Python it would take minutes, so that without
compilation NumPy draws.
"""

from collections.abc import Sequence
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.extending import intrinsic

from ssa_sim.model.compiled import rule

WORD = np.uint32
LONG = np.uint64
IS_COMPILED = not numba.config.DISABLE_JIT

POOL = 4
_MULTIPLIER_HIGH, _MULTIPLIER_LOW = LONG(2549297995355413924), LONG(4865540595714422341)
_HALF = LONG(32)


def words_of(number: int) -> list[int]:
    """A whole number from 0 in words of 32 bits, the lowest first; 0 is one word."""
    words = [number & 0xFFFFFFFF]
    while number := number >> 32:
        words.append(number & 0xFFFFFFFF)
    return words


def entropy_of(seed: int, spawn_key: Sequence[int]) -> np.ndarray[Any, Any]:
    """What `SeedSequence(seed, spawn_key=...)` mixes: the seed, filled up to its pool's size, and the key, in words."""
    root = words_of(seed)
    root += [0] * (POOL - len(root))
    return np.array([*root, *(word for number in spawn_key for word in words_of(number))], WORD)


@intrinsic
def _high_product(_context, one, other):
    """The upper 64 bits of the product of two numbers of 64 bits: one instruction of most processors."""

    def code(_context, builder, _signature, arguments):
        wide = ir.IntType(128)
        one, other = (builder.zext(argument, wide) for argument in arguments)
        upper = builder.lshr(builder.mul(one, other), ir.Constant(wide, 64))
        return builder.trunc(upper, ir.IntType(64))

    return numba.uint64(numba.uint64, numba.uint64), code


@rule
def _sum(high, low, other_high, other_low):
    """The sum of two numbers of 128 bits."""
    total = low + other_low
    return high + other_high + LONG(total < low), total


@rule
def advanced(high, low, step_high, step_low):
    """The next state of PCG64: it times the multiplier, plus the stream's own step, on 128 bits."""
    product = _high_product(low, _MULTIPLIER_LOW) + high * _MULTIPLIER_LOW + low * _MULTIPLIER_HIGH
    return _sum(product, low * _MULTIPLIER_LOW, step_high, step_low)


@rule
def _mixed(word, constant, factor):
    """A word scrambled by a constant, and the next constant."""
    following = WORD(constant * factor)
    word = WORD((word ^ constant) * following)
    return word ^ (word >> WORD(16)), following


@rule
def _stirred(word, other):
    mixed = WORD(WORD(word * WORD(0xCA01F9DD)) - WORD(other * WORD(0x4973F715)))
    return mixed ^ (mixed >> WORD(16))


@rule
def seeded(entropy, pool, seeds):
    """The first state of PCG64 and its step, from the entropy of a `SeedSequence`; `pool` and `seeds` are room to work in."""
    constant = WORD(0x43B0D7E5)
    for place in range(POOL):
        pool[place], constant = _mixed(entropy[place], constant, WORD(0x931E8875))
    for source in range(entropy.shape[0]):
        for place in range(POOL):
            if source != place:
                word = pool[source] if source < POOL else entropy[source]
                word, constant = _mixed(word, constant, WORD(0x931E8875))
                pool[place] = _stirred(pool[place], word)
    constant = WORD(0x8B51F9DD)
    for place in range(4):
        low, constant = _mixed(pool[2 * place % POOL], constant, WORD(0x58F38DED))
        high, constant = _mixed(pool[(2 * place + 1) % POOL], constant, WORD(0x58F38DED))
        seeds[place] = LONG(low) | (LONG(high) << _HALF)
    step_high = (seeds[2] << LONG(1)) | (seeds[3] >> LONG(63))
    step_low = (seeds[3] << LONG(1)) | LONG(1)
    high, low = _sum(step_high, step_low, seeds[0], seeds[1])
    high, low = advanced(high, low, step_high, step_low)
    return high, low, step_high, step_low


@rule
def bits_of(high, low):
    """The 64 random bits that a state stands for."""
    mixed, turn = high ^ low, high >> LONG(58)
    return (mixed >> turn) | (mixed << ((LONG(64) - turn) & LONG(63)))


@rule
def uniform_of(bits):
    """A number in [0, 1) made of random bits."""
    return (bits >> LONG(11)) * (1.0 / 9007199254740992.0)


@rule
def draw_uniform(entropy, names, columns, widths, block_months, draws):
    """Draw streams of uniform numbers, each entity by entity in blocks of months.

    Args:
        entropy: as of `entropy_of`, with two words to spare at the end: a stream's name and a block's number.
        names: words that name the streams.
        columns: the first column of each stream in `draws`.
        widths: how many numbers each has for an entity and month.
        block_months: how long a block is.
        draws: float64 (months, entities, columns); the streams' columns are written to.
    """
    pool, seeds = np.empty(POOL, WORD), np.empty(4, LONG)
    months, entities, _ = draws.shape
    streams = names.shape[0]
    states = np.empty((streams, 4), LONG)
    for block in range((months + block_months - 1) // block_months):
        entropy[-1] = block
        for stream in range(streams):
            entropy[-2] = names[stream]
            states[stream] = seeded(entropy, pool, seeds)
        first = block * block_months
        for entity in range(entities):  # all streams of one before the next: its records stay near the processor
            for stream in range(streams):
                high, low, step_high, step_low = states[stream]
                first_column, last_column = columns[stream], columns[stream] + widths[stream]
                for month in range(first, min(first + block_months, months)):
                    for column in range(first_column, last_column):
                        high, low = advanced(high, low, step_high, step_low)
                        draws[month, entity, column] = uniform_of(bits_of(high, low))
                for _ in range(max(0, first + block_months - months) * widths[stream]):
                    high, low = advanced(high, low, step_high, step_low)
                states[stream, 0], states[stream, 1] = high, low
