"""Smooth limits lie within a count of the exact ones, and have no steps."""

from itertools import pairwise, product

import pytest
from scipy.stats import binom

from pages.limits import smooth_limit, smooth_limits

TAILS = (0.001, 0.025, 0.975, 0.999)


@pytest.mark.parametrize(("cases", "chance", "tail"), product((1, 11, 80, 5_000), (0.02, 0.5, 0.91), TAILS))
def test_a_limit_is_the_count_of_the_distribution_or_at_most_one_below(cases: int, chance: float, tail: float) -> None:
    exact = int(binom.ppf(tail, cases, chance))
    assert exact - 1 - 1e-6 <= smooth_limit(cases, chance, tail) * cases <= exact + 1e-6


@pytest.mark.parametrize("tail", TAILS)
def test_a_limit_comes_closer_to_the_middle_with_every_case(tail: float) -> None:
    far = [abs(smooth_limit(cases, 0.6, tail) - 0.6) for cases in range(20, 400)]
    assert all(after <= before + 0.004 for before, after in pairwise(far))


@pytest.mark.parametrize(("cases", "chance"), product((11, 80, 207), (0.3, 0.91)))
def test_what_is_within_exact_limits_is_within_smooth_ones_and_what_is_outside_is_outside(
    cases: int, chance: float
) -> None:
    low, high = smooth_limits(cases, chance, 0.025)
    exact_low, exact_high = binom.ppf(0.025, cases, chance), binom.ppf(0.975, cases, chance)
    for count in range(cases + 1):
        assert (exact_low <= count <= exact_high) == (low - 1e-9 <= count / cases <= high + 1e-9)


@pytest.mark.parametrize(("cases", "chance"), [(0, 0.5), (10, 0.0), (10, 1.0)])
def test_without_chance_the_limit_is_the_middle(cases: int, chance: float) -> None:
    assert smooth_limit(cases, chance, 0.025) == chance
