"""What is drawn compiled is what NumPy's own generators draw for the same names, to the last bit."""

from typing import Any

import numpy as np
import pytest

from ssa_sim.model import noise
from ssa_sim.model.generator import generator
from ssa_sim.model.noise import BLOCK_MONTHS, Stream, draw_noise
from ssa_sim.model.uniform_draws import IS_COMPILED, entropy_of, words_of

ENTITIES = {"unit": 5, "donor": 4, "zone": 3, "host": 1, "mission": 1}
STREAMS: dict[str, tuple[Stream, ...]] = {
    "unit": noise.UNIT_STREAMS,
    "donor": noise.DONOR_STREAMS,
    "zone": noise.ZONE_STREAMS,
    "host": noise.HOST_STREAMS,
    "mission": noise.MISSION_STREAMS,
}
RECORDS = {"unit": "units", "donor": "donors", "zone": "zones", "host": "host", "mission": "mission"}


def by_numpy(
    seed: int, replicate: int, name: str, stream: Stream, entities: int, months: int, block: int
) -> np.ndarray[Any, Any]:
    """One stream as NumPy draws it: [month, entity, number]."""
    parts = []
    for number in range(-(-months // block)):
        source = generator(seed, replicate, name, number)
        draw = source.random if stream.law == "uniform" else source.standard_normal
        parts.append(draw((entities, block, stream.width)).swapaxes(0, 1))
    return np.concatenate(parts)[:months]


@pytest.mark.skipif(not IS_COMPILED, reason="without compilation NumPy draws")
@pytest.mark.parametrize(
    ("seed", "replicate", "months"),
    [(0, 0, 1), (2013, 1, 84), (2**32 - 1, 2**32, 96), (2**63, 7, 97), (2**130 + 5, 2**40, 200)],
)
def test_each_stream_is_numpys(seed: int, replicate: int, months: int) -> None:
    drawn = draw_noise(seed, replicate, units=ENTITIES["unit"], donors=ENTITIES["donor"], months=months)
    for actor, streams in STREAMS.items():
        records = getattr(drawn, RECORDS[actor])
        for stream in streams:
            numbers = records[stream.name].reshape(months, ENTITIES[actor], stream.width)
            name = f"{actor}.{stream.name}"
            expected = by_numpy(seed, replicate, name, stream, ENTITIES[actor], months, BLOCK_MONTHS)
            assert numbers.tobytes() == expected.tobytes(), name


@pytest.mark.skipif(not IS_COMPILED, reason="without compilation NumPy draws")
def test_so_are_the_draws_of_the_start() -> None:
    drawn = draw_noise(2013, 3, units=ENTITIES["unit"], donors=ENTITIES["donor"], months=1)
    for actor, streams, found in (
        ("unit", noise.UNIT_START, drawn.unit_start),
        ("donor", noise.DONOR_START, drawn.donor_start),
    ):
        assert list(found) == [stream.name for stream in streams]
        for stream in streams:
            expected = by_numpy(2013, 3, f"start.{actor}.{stream.name}", stream, ENTITIES[actor], 1, 1)
            assert found[stream.name].tobytes() == expected.tobytes(), stream.name


def test_words_are_those_that_numpy_mixes() -> None:
    assert words_of(0) == [0]
    assert words_of(2**32 + 5) == [5, 1]
    for seed, key in ((0, (0,)), (7, (1, 2)), (2**140, (2**33, 3))):
        pool = np.random.SeedSequence(seed, spawn_key=key).pool
        assert (np.random.SeedSequence(entropy_of(seed, key)).pool == pool).all()
