"""How often pools cover practice in general, and funnels hold areas that are alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
from scipy import stats

from bench.simulate.cases import design, intercept, judged, shared
from bench.simulate.found import Found
from bench.simulate.intervals import TOLERANCE
from bench.simulate.rules import Floats, effective_size, scored, variance, wilson

CRITERION = design("criterion: 4 questions", [(1, 4)], [1.0, 0.8, 0.8, 0.6])


@dataclass(frozen=True)
class Pool:
    """Cases of each inspection; chance of each answer in general; logits by which inspections differ."""

    sizes: tuple[int, ...]
    chance: float
    between: float


def pools(rng: np.random.Generator, draws: int) -> Iterator[Found]:
    """Pools over inspections that differ among themselves, with the inspection as sampling unit: 93 % from five on."""
    for inspections, between, chance in product((3, 5, 10, 20), (0.0, 0.3, 0.6), (0.5, 0.8, 0.95)):
        pool = Pool(tuple(rng.integers(60, 91, inspections)), chance, between)
        (rate,) = shared(partial(_covered, rng, pool), draws, sum(pool.sizes) * CRITERION.questions)
        words = f"{inspections} inspections, {chance:.0%}, {between:g} logits between them"
        asked = 0.93 - TOLERANCE if inspections >= 5 else None
        yield Found("pool", words, draws, float(rate), asked, None, f"{inspections} inspections", chance)


def _covered(rng: np.random.Generator, pool: Pool, draws: int) -> Floats:
    areas = np.repeat(rng.normal(0, pool.between, (draws, len(pool.sizes))), pool.sizes, axis=1)
    effects = areas + rng.normal(0, 1, areas.shape)
    level = np.array(intercept(pool.chance, float(np.hypot(1, pool.between))))
    scores = scored(*judged(rng, CRITERION, level, effects), CRITERION.weights)
    starts = np.cumsum((0, *pool.sizes[:-1]))
    error = np.maximum(variance(np.add.reduceat(scores.deviations, starts, axis=1)), scores.variance)
    quantile = float(stats.t.ppf(0.975, len(pool.sizes) - 1))
    low, high = wilson(scores.score, effective_size(scores, error=error), quantile)
    return np.array([((low <= pool.chance) & (pool.chance <= high)).sum()], dtype=float)


def funnels(rng: np.random.Generator, draws: int) -> Iterator[Found]:
    """Areas that are alike, against binomial limits of as many answers as their cases are worth by the scores' own
    design effect: 93 to 97 % inside, from ten inspections on."""
    for inspections, chance, cases in product((10, 20, 40), (0.5, 0.8, 0.95), ((60, 120), (30, 60))):
        alike = Pool(tuple(rng.integers(*cases, inspections)), chance, 0.0)
        (inside,) = shared(partial(_inside, rng, alike), draws, sum(alike.sizes) * CRITERION.questions)
        words = f"{inspections} inspections of {cases[0]} to {cases[1]} cases, {chance:.0%}"
        yield Found("funnel", words, draws, float(inside) / inspections, 0.93 - TOLERANCE, 0.97 + TOLERANCE)


def _inside(rng: np.random.Generator, alike: Pool, draws: int) -> Floats:
    """How many scores of alike areas are within the 95 % limits, over all draws."""
    sizes, level = np.array(alike.sizes), np.array(intercept(alike.chance, 1.0))
    samples = [
        scored(*judged(rng, CRITERION, level, rng.normal(0, 1, (draws, size))), CRITERION.weights)
        for size in alike.sizes
    ]
    scores = np.stack([sample.score for sample in samples], axis=1)
    errors = np.stack([sample.variance for sample in samples], axis=1)
    pooled = scores @ sizes / sizes.sum()
    binomial = (pooled * (1 - pooled))[:, None] / sizes
    effect = errors.mean(axis=1) / np.maximum(binomial.mean(axis=1), 1e-12)
    answers = np.maximum(np.round(sizes / np.maximum(effect, 1e-12)[:, None]), 1)
    low, high = (stats.binom.ppf(tail, answers, pooled[:, None]) / answers for tail in (0.025, 0.975))
    return np.array([((low - 1e-9 <= scores) & (scores <= high + 1e-9)).sum()], dtype=float)
