"""Random streams: each part of a plan has its own, so that one part does not move when another grows."""

from zlib import crc32

import numpy as np

from bench.generator.plan import Plan


def stream(plan: Plan, name: str, *places: int) -> np.random.Generator:
    """Random numbers for one part of the plan: the same for the same seed, name and places."""
    return np.random.default_rng([plan.seed, crc32(name.encode()), *places])


def draw(rng: np.random.Generator, shares: dict[str, float], size: int) -> np.ndarray:
    """So many codes, each with its share; shares need not add up to 1."""
    weights = np.array(list(shares.values()))
    return rng.choice(np.array(list(shares), dtype=object), size=size, p=weights / weights.sum())
