"""What is likely before anything is published of a set: the distribution of a count over areas."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
from scipy.stats import nbinom, poisson

from attack.figures import Published, Records
from attack.noise import Floats, Integers, Noise

Prior = Callable[[Records, str, Integers], Floats]
"""Weights of counts of a set of records, of the side ("side") or the rest ("met")."""

Kind = tuple[str, str, int, str, str]
"""Measure, level, months, characteristic and side or met: sets that are drawn from one distribution."""

SPREADS = np.geomspace(0.3, 300, 24)
"""Sizes of the negative binomials that are tried, from very uneven areas to alike ones."""

MOST_FITTED = 400


def kind(records: Records, part: str) -> Kind:
    """The distribution that a count of a set of records is drawn from."""
    return records.measure, records.level, records.months, records.group, part


def fitted(figures: Iterable[Published], noise: Noise) -> Prior:
    """A prior from the release itself: the negative binomial that makes the published counts of a kind most likely."""
    shown: dict[Kind, list[int]] = defaultdict(list)
    for figure in figures:
        if figure.side is not None:
            shown[kind(figure.records, "side")].append(figure.side)
            if figure.base is not None:
                shown[kind(figure.records, "met")].append(max(figure.base - figure.side, 0))
    fits = {of: _fit(np.array(values), noise) for of, values in shown.items()}

    def prior(records: Records, part: str, counts: Integers) -> Floats:
        mean, spread = fits.get(kind(records, part), (1.0, 0.3))
        return negative_binomial(counts, mean, spread)

    return prior


def negative_binomial(counts: Integers, mean: float, spread: float) -> Floats:
    """Chances of counts of this mean, whose variance is mean + mean squared by spread."""
    return np.asarray(nbinom.pmf(counts, spread, spread / (spread + max(mean, 0.05))), dtype=np.float64)


def _fit(published: Integers, noise: Noise) -> tuple[float, float]:
    mean = float(published.mean())
    if mean > MOST_FITTED:
        return mean, float(SPREADS[len(SPREADS) // 2])
    counts = np.arange(int(published.max()) + 5)
    values, times = np.unique(published, return_counts=True)
    seen = np.array([noise.likelihood(int(value), counts) for value in values])
    chances = np.array([negative_binomial(counts, mean, spread) for spread in SPREADS])
    likely = times @ np.log(np.maximum(seen @ chances.T, 1e-300))
    return mean, float(SPREADS[int(likely.argmax())])


def true_distribution(truth: dict[Records, tuple[int, int]]) -> Prior:
    """The prior of an attack that knows the true distribution over areas; used to measure, never by the command."""
    counts: dict[Kind, list[int]] = defaultdict(list)
    for records, (side, base) in truth.items():
        counts[kind(records, "side")].append(side)
        counts[kind(records, "met")].append(base - side)
    shares = {of: np.bincount(values) / len(values) for of, values in counts.items()}

    def prior(records: Records, part: str, wanted: Integers) -> Floats:
        share = shares.get(kind(records, part), np.ones(1))
        found = np.where(wanted < len(share), share[np.minimum(wanted, len(share) - 1)], 0.0)
        return np.asarray(found, dtype=np.float64)

    return prior


@lru_cache(maxsize=100_000)
def _poisson(low: int, high: int, mean: float) -> Floats:
    return np.asarray(poisson.pmf(np.arange(low, high + 1), max(mean, 0.05)), dtype=np.float64)


def split(low: int, high: int, mean: float) -> Floats:
    """Weights of the numbers from low to high for a part of a whole that is divided by chance, or for that whole."""
    return np.maximum(_poisson(low, high, round(mean, 3)), 1e-200)
