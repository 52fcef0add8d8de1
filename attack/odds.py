"""How well two kinds of releases are told apart: the distribution of the logarithm of the odds under each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from attack.noise import MOST, Floats, Integers, Noise

STEP = 0.02
FARTHEST = 400
"""Steps of the grid to either side; odds beyond stand for certainty."""


@dataclass(frozen=True, eq=False)
class Odds:
    """Chance of each logarithm of the odds, in steps from the middle: where nobody is missing, and where one is."""

    whole: Floats
    missing: Floats


def of_one_count(counts: Integers, likely: Floats, noise: Noise) -> Odds:
    """The odds that a count, published twice, has lost one in the second; likely: what is known of it before."""
    shown = np.arange(max(0, int(counts[0]) - 1 - MOST), int(counts[-1]) + MOST + 1)
    first = np.array([noise.likelihood(int(value), counts) for value in shown]).T
    fewer = np.array([noise.likelihood(int(value), counts - 1) for value in shown]).T
    same = np.einsum("k,ka,kb->ab", likely, first, first).ravel()
    less = np.einsum("k,ka,kb->ab", likely, first, fewer).ravel()
    return _on_grid(same / same.sum(), less / less.sum())


def _on_grid(same: Floats, less: Floats) -> Odds:
    tiny = 1e-300
    steps = np.round(np.log(np.maximum(less, tiny) / np.maximum(same, tiny)) / STEP)
    at = np.clip(steps, -FARTHEST, FARTHEST).astype(np.int64) + FARTHEST
    length = 2 * FARTHEST + 1
    whole, missing = (np.bincount(at, weights, length).astype(np.float64) for weights in (same, less))
    return Odds(whole, missing)


def mean(many: Iterable[Odds], people: Iterable[int]) -> Odds:
    """The odds of the count that a person is in, who is any of the people of several counts."""
    every, weights = list(many), np.maximum(list(people), 1)
    return Odds(
        np.average([one.whole for one in every], axis=0, weights=weights),
        np.average([one.missing for one in every], axis=0, weights=weights),
    )


def auc(many: Iterable[Odds]) -> float:
    """The area under the curve of somebody who multiplies independent odds: 0.5 tells nothing, 1 everything."""
    every = list(many)
    whole = reduce(np.convolve, (one.whole for one in every))
    missing = reduce(np.convolve, (one.missing for one in every))
    return float(missing @ (np.cumsum(whole) - whole / 2))
