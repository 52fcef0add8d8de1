"""Rules for scores and their differences. Arrays have a draw in each row."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LEAST = 1e-12
"""Smaller is 0: what binary noise leaves of sums."""

FEWEST_CASES, FEWEST_RELEVANT, MOST_WEIGHT = 10, 5, 0.2
"""A score of fewer cases, or with more of its weight on questions that applied to fewer, has no interval."""

RELIABLE_CASES, RELIABLE_RELEVANT, RELIABLE_COUNT = 30, 10, 5


@dataclass(frozen=True)
class Scores:
    """Scores of samples, a row a draw.

    deviations: how much each case moves the score (draws, cases). floor: what stands for questions that all or none
    pass. squares: sum of squared weights over relevant cases. sparse, thin: share of the weight on questions with fewer
    than 5 and 10 relevant cases.
    """

    score: Floats
    deviations: Floats
    floor: Floats
    squares: Floats
    sparse: Floats
    thin: Floats

    @property
    def cases(self) -> int:
        return int(self.deviations.shape[1])

    @property
    def variance(self) -> Floats:
        """Squared standard error, without the floor."""
        return variance(self.deviations)

    @property
    def has_interval(self) -> Flags:
        """Whether the score does not rest on too few."""
        return (self.sparse <= MOST_WEIGHT) & (self.cases >= FEWEST_CASES)

    @property
    def is_reliable(self) -> Flags:
        count = effective_size(self) * np.minimum(self.score, 1 - self.score)
        return (
            self.has_interval & (self.cases >= RELIABLE_CASES) & (count >= RELIABLE_COUNT) & (self.thin <= MOST_WEIGHT)
        )


def scored(above: Flags, relevant: Flags, weights: Floats) -> Scores:
    """Scores of judgements (draws, cases, questions). The weight of questions that applied to nobody goes to others."""
    right, asked = above.sum(axis=1), relevant.sum(axis=1)
    used = np.where(asked > 0, weights, 0)
    used = used / np.maximum(used.sum(axis=1, keepdims=True), LEAST)
    share, each = right / np.maximum(asked, 1), used / np.maximum(asked, 1)
    deviations = _by_case(above, each) - _by_case(relevant, each * share)
    at_end = (asked > 0) & ((right == 0) | (right == asked))
    floors = used**2 * (asked + 0.5) / (2 * np.maximum(asked, 1) * (asked + 1) ** 2)
    return Scores(
        score=(used * share).sum(axis=1),
        deviations=deviations,
        floor=np.where(at_end, floors, 0).sum(axis=1),
        squares=(used**2 / np.maximum(asked, 1)).sum(axis=1),
        sparse=np.where(asked < FEWEST_RELEVANT, used, 0).sum(axis=1),
        thin=np.where(asked < RELIABLE_RELEVANT, used, 0).sum(axis=1),
    )


def _by_case(answers: Flags, coefficients: Floats) -> Floats:
    found: Floats = np.matmul(answers.astype(np.float32), coefficients.astype(np.float32)[:, :, None])[:, :, 0]
    return found.astype(np.float64)


def variance(deviations: Floats) -> Floats:
    """Variance of a sum over cases (draws, cases) from their deviations."""
    cases = deviations.shape[1]
    found: Floats = cases / (cases - 1) * (deviations**2).sum(axis=1)
    return found


def effective_size(scores: Scores, left: float = 1.0, error: Floats | None = None) -> Floats:
    """How many independent answers a score is worth. left: the part of the variance that a caseload leaves. error:
    another squared standard error than that of cases."""
    squared_error = (scores.variance if error is None else error) + scores.floor
    spread = scores.score * (1 - scores.score)
    at_end = np.minimum(scores.cases, 1 / np.maximum(scores.squares, LEAST)) / left
    return np.where(spread < 1e-9, at_end, spread / np.maximum(squared_error * left, LEAST))


def wilson(share: Floats, size: Floats, quantile: float) -> tuple[Floats, Floats]:
    """Wilson's interval of shares of samples of these sizes."""
    square = quantile**2
    middle = share + square / (2 * size)
    half = quantile * np.sqrt(np.maximum(share * (1 - share) / size + square / (4 * size**2), 0))
    return (middle - half) / (1 + square / size), (middle + half) / (1 + square / size)


def interval(scores: Scores, left: float = 1.0) -> tuple[Floats, Floats]:
    """The 95 % interval of scores; of the caseload where `left` is what it leaves of the variance."""
    return wilson(scores.score, effective_size(scores, left), float(stats.t.ppf(0.975, scores.cases - 1)))


def p_value(difference: Floats, squared_error: Floats, degrees_of_freedom: int) -> Floats:
    """Two-sided, of t by Wallace's approximation."""
    t = difference / np.sqrt(np.maximum(squared_error, LEAST))
    df = degrees_of_freedom
    z = np.sqrt(df * np.log1p(t**2 / df)) * (8 * df + 1) / (8 * df + 3)
    found: Floats = 2 * stats.norm.sf(z)
    return found


def against_all(part: Scores, everyone: Scores) -> Floats:
    """p-values of a subsample, the first cases of all, against all: deviations are taken from each other by case."""
    cases, members = everyone.cases, part.cases
    deviations = -everyone.deviations
    deviations[:, :members] += part.deviations
    squared_error = variance(deviations) + part.floor
    return p_value(part.score - everyone.score, squared_error, min(members, cases - members) - 1)


def apart(one: Scores, other: Scores) -> Floats:
    """p-values of scores of two samples that share no case."""
    squared_error = one.variance + one.floor + other.variance + other.floor
    return p_value(one.score - other.score, squared_error, min(one.cases, other.cases) - 1)


def q_values(p_values: Floats, counts: Flags) -> Floats:
    """Benjamini and Hochberg's, within each row, among those that count; 1 for the others."""
    p = np.where(counts, p_values, np.inf)
    order = np.argsort(p, axis=1)
    inflated = np.take_along_axis(p, order, axis=1) * counts.sum(axis=1, keepdims=True) / np.arange(1, p.shape[1] + 1)
    least = np.minimum.accumulate(inflated[:, ::-1], axis=1)[:, ::-1]
    found = np.empty_like(least)
    np.put_along_axis(found, order, np.minimum(least, 1), axis=1)
    return found
