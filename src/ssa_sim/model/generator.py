"""The generator of a named stream of draws. It needs NumPy alone, so that the model's version can be told without compiled code."""

import zlib

import numpy as np


def word_of(name: str) -> int:
    """The 32 bits that stand for a stream's name where it seeds."""
    return zlib.crc32(name.encode())


def generator(seed: int, replicate: int, name: str, block: int = 0) -> np.random.Generator:
    """The generator of one stream (and block of months): the same name gives the same numbers everywhere."""
    key = (replicate, word_of(name), block)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
