"""The noise that published counts of people carry, as the seed that releases look it up in.

`python -m flows.tools.noise_table` rewrites the seed. Of each count it is the distribution of largest entropy with mean
0 and the variance of `VARIANCE` that keeps the promises below, rounded to 256 rows by an integer programme so that the
mean stays exactly 0 (statistics specification, two editions; Fraser and Wooton 2005).
"""

import csv
import io
from collections.abc import Sequence

import numpy as np
from scipy.optimize import LinearConstraint, milp, minimize

from expectations.reference import PROJECT

SEED = PROJECT / "seeds" / "release" / "noise.csv"

ROWS = 256
"""Of each count: a byte picks one."""

LARGEST_COUNT = 10
"""Larger counts have its noise."""

LARGEST_NOISE = 4
NEVER_LEFT = (1, 2)
"""Counts that no count becomes."""

VARIANCE = 2.1
VARIANCE_ROUNDED = (2.08, 2.12)
"""What rounding may make of it."""


def noise_csv() -> str:
    """A row for each count and row of the table."""
    seed = io.StringIO()
    writer = csv.writer(seed, lineterminator="\n")
    writer.writerow(("people", "noise_row", "noise"))
    for count in range(LARGEST_COUNT + 1):
        writer.writerows((count, row, noise) for row, noise in enumerate(noise_of(count)))
    return seed.getvalue()


def noise_of(count: int) -> list[int]:
    """The noise of a count by row; zero stays zero."""
    if count == 0:
        return [0] * ROWS
    values = allowed(count)
    times = rounded(values, most_even(values))
    return [value for value, number in zip(values, times, strict=True) for _ in range(number)]


def allowed(count: int) -> list[int]:
    """What may be added to a count."""
    noise = range(-LARGEST_NOISE, LARGEST_NOISE + 1)
    return [value for value in noise if count + value >= 0 and count + value not in NEVER_LEFT]


def most_even(values: Sequence[int]) -> np.ndarray:
    """The probabilities of largest entropy with mean 0 and the variance asked for.

    They are exp(a v + b v^2) up to a factor; a and b are where the convex dual is smallest.
    """
    powers = np.array([values, np.square(values)], dtype=float)

    def dual(multipliers: np.ndarray) -> float:
        exponents = multipliers @ powers
        return float(np.logaddexp.reduce(exponents) - multipliers[1] * VARIANCE)

    found = minimize(dual, np.zeros(2), method="BFGS", options={"gtol": 1e-10})
    weights = np.exp(found.x @ powers)
    return np.asarray(weights / weights.sum())


def rounded(values: Sequence[int], probabilities: np.ndarray) -> list[int]:
    """How many rows have each value: whole numbers as near as can be, with mean exactly 0 and the variance in bounds.

    Variables of the programme are the numbers, then how far each is from its share of the rows.
    """
    size, shares = len(values), ROWS * probabilities
    whole, none = np.eye(size), np.zeros((size, size))
    distances = np.block([[whole, -whole], [-whole, -whole]])
    squares = np.concatenate([np.square(values), np.zeros(size)])
    low, high = (bound * ROWS for bound in VARIANCE_ROUNDED)
    found = milp(
        np.concatenate([np.zeros(size), np.ones(size)]),
        constraints=[
            LinearConstraint(distances, ub=np.concatenate([shares, -shares])),
            LinearConstraint(np.concatenate([np.ones(size), none[0]]), ROWS, ROWS),
            LinearConstraint(np.concatenate([values, none[0]]), 0, 0),
            LinearConstraint(squares, low, high),
        ],
        integrality=np.concatenate([np.ones(size), none[0]]),
    )
    return [round(number) for number in found.x[:size]]


if __name__ == "__main__":
    SEED.parent.mkdir(exist_ok=True)
    SEED.write_text(noise_csv(), encoding="utf-8")
