"""How many families of differences have a false flag, and how many flags are false where something differs."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from scipy import stats

from bench.simulate.cases import Design, design, intercept, judged, shared
from bench.simulate.found import Found
from bench.simulate.rules import Flags, Floats, Scores, against_all, apart, q_values, scored

HIGHEST = 0.05 + 0.015
RATE = 0.05
CASES = 110
CHANCES = np.linspace(0.5, 0.95, 16)
"""Of the criteria of an inspection."""

CRITERION = design("criterion: 4 questions", [(1, 4)], [1.0, 0.8, 0.8, 0.6])
SUBSAMPLES = (10, 20, 30, 45, 71)
CHARACTERISTICS = {"two groups": (88, 22), "four groups": (72, 16, 12, 10)}
FOLLOW_UPS = (30, 50, 80)
ANSWERS = CASES * len(CHANCES) * CRITERION.questions
"""Of one family."""

Tested = tuple[Floats, Flags]
"""p-values (draws, differences) and whether each difference counts in its family."""


def false_flags(rng: np.random.Generator, families: int) -> Iterator[Found]:
    """Nothing differs: at most one family in twenty has a flag."""
    drawn = {
        **{f"subsample of {size} of {CASES}": partial(subsamples, rng, sizes=(size,)) for size in SUBSAMPLES},
        **{f"equality, {name}": partial(subsamples, rng, sizes=sizes) for name, sizes in CHARACTERISTICS.items()},
        **{f"follow-up of {size} after {CASES}": partial(follow_ups, rng, size) for size in FOLLOW_UPS},
        **{f"42 areas of {people} people": partial(areas, rng, people) for people in (12, 84, 360)},
    }
    for name, family in drawn.items():
        (rate,) = shared(partial(_flagged, family), families, ANSWERS)
        yield Found("families with a false flag", name, families, float(rate), None, HIGHEST)


def _flagged(family: Callable[[int], Tested], families: int) -> Floats:
    return np.array([(q_values(*family(families)) < RATE).any(axis=1).sum()], dtype=float)


def false_discoveries(rng: np.random.Generator, families: int) -> Iterator[Found]:
    """Four of sixteen criteria differ by a logit: the share of flags that are false. Measured, not bounded."""
    for size in (30, 71):
        false, flags = shared(partial(_flags, partial(subsamples, rng, sizes=(size,), shifted=4)), families, ANSWERS)
        name = f"subsample of {size} of {CASES}, 4 of 16 criteria differ"
        yield Found("flags that are false", name, families, float(false / flags) if flags else 0.0)


def _flags(family: Callable[[int], Tested], families: int) -> Floats:
    """How many flags are false, and how many there are."""
    flags = q_values(*family(families)) < RATE
    return np.array([flags[:, 4:].sum(), flags.sum()], dtype=float)


def subsamples(rng: np.random.Generator, families: int, sizes: tuple[int, ...], shifted: int = 0) -> Tested:
    """Groups of the cases of an inspection against all of them, over its criteria. shifted: how many criteria the first
    group really does worse in."""
    effects = rng.normal(0, 1, (families, CASES))
    starts = np.cumsum((0, *sizes))[:-1]
    p_values, counts = [], []
    for number, chance in enumerate(CHANCES):
        shift = np.zeros(CASES)
        shift[: sizes[0]] = -1.0 if number < shifted else 0.0
        above, relevant = _answers(rng, CRITERION, chance, effects + shift)
        for start, size in zip(starts, sizes, strict=True):
            # The group's cases come first.
            order = np.roll(np.arange(CASES), -start)
            everyone = scored(above[:, order], relevant[:, order], CRITERION.weights)
            part = scored(above[:, order[:size]], relevant[:, order[:size]], CRITERION.weights)
            p_values.append(against_all(part, everyone))
            counts.append(part.has_interval)
    return np.stack(p_values, axis=1), np.stack(counts, axis=1)


def follow_ups(rng: np.random.Generator, cases: int, families: int) -> Tested:
    """A follow-up against its original, over the criteria."""
    samples = [rng.normal(0, 1, (families, size)) for size in (CASES, cases)]
    p_values, counts = [], []
    for chance in CHANCES:
        before, after = (_scores(rng, chance, effects) for effects in samples)
        p_values.append(apart(after, before))
        counts.append(after.has_interval & before.has_interval)
    return np.stack(p_values, axis=1), np.stack(counts, axis=1)


def areas(rng: np.random.Generator, people: int, families: int, chance: float = 0.9) -> Tested:
    """Areas of a measure against all areas together: were all alike, numbers would be hypergeometric."""
    sizes = np.maximum(10, rng.poisson(people, (families, 42)))
    right = rng.binomial(sizes, chance)
    everyone, passed = sizes.sum(axis=1, keepdims=True), right.sum(axis=1, keepdims=True)
    at_most = stats.hypergeom.cdf(right, everyone, passed, sizes)
    at_least = stats.hypergeom.sf(right - 1, everyone, passed, sizes)
    return np.minimum(1, 2 * np.minimum(at_most, at_least)), np.ones(sizes.shape, dtype=bool)


def _scores(rng: np.random.Generator, chance: float, effects: Floats) -> Scores:
    return scored(*_answers(rng, CRITERION, chance, effects), CRITERION.weights)


def _answers(rng: np.random.Generator, made_of: Design, chance: float, effects: Floats) -> tuple[Flags, Flags]:
    return judged(rng, made_of, np.array(intercept(float(chance), 1.0)), effects)
