"""Signals of the examples, and areas against the nation, are those of scipy, which shares no code with the models."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import betabinom, false_discovery_control, hypergeom, norm, t

from tests.integration.conftest import House

AREAS = ("BED", "DVC", "LON", "WRW")
TAIL = 0.00125
STOCK = "REM_STAFF"
NEAR = 1e-5
"""Chances are cumulated within some standard deviations of the mean alone."""

Month = tuple[int, float, float]
"""Number of the month, numerator, denominator."""

RULES = {
    1: "lower_limit, upper_limit, chance, false_signal_chance, coalesce(signal, '')",
    6: """six_month_lower_limit, six_month_upper_limit, six_month_chance, six_month_false_signal_chance,
        coalesce(six_month_signal, '')""",
}


@pytest.mark.parametrize("judged", [1, 6])
@pytest.mark.parametrize("area_code", AREAS)
def test_limits_and_signals_are_those_of_the_beta_binomial_distribution(
    examples: House, area_code: str, judged: int
) -> None:
    expected = {
        (measure_code, last[0]): predicted(now, base, measure_code == STOCK)
        for measure_code, months in _months(examples, area_code).items()
        for last in months
        if len(now := _between(months, last[0] - judged + 1, last[0])) == judged
        and len(base := _between(months, last[0] - judged - 23, last[0] - judged)) >= 12
    }
    rows = examples.ask(
        f"""
        select measure_code, year(period_month) * 12 + month(period_month), {RULES[judged]}
        from marts.fct_performance_signal
        where area_code = '{area_code}' and {RULES[judged].partition(",")[0]} is not null
        """
    )
    found = {(code, month): (*numbers, signal) for code, month, *numbers, signal in rows}
    assert found.keys() == expected.keys()
    assert len(found) > 20
    for key, (*numbers, signal) in found.items():
        assert numbers == pytest.approx(expected[key][:-1], abs=NEAR), key
        assert signal == expected[key][-1], key


def predicted(now: list[Month], base: list[Month], is_stock: bool) -> tuple[float, float, float, float, str]:
    """Limits, chance of the value or worse, chance of a false signal, and the signal, as the specification has them."""
    asked, right = np.array([month[2] for month in base]), np.array([month[1] for month in base])
    months, share, mean = len(base), right.sum() / asked.sum(), asked.mean()
    expected = asked * share * (1 - share)
    dispersion = ((right - asked * share) ** 2 / expected).sum() / (months - 1) if expected.all() else 0
    phi = dispersion * (t.ppf(1 - TAIL, months - 1) / norm.ppf(1 - TAIL)) ** 2 if dispersion > 1 else 1
    trials, count = sum(month[2] for month in now), sum(month[1] for month in now)
    together = sum(month[2] * (month[2] - 1) for month in now) / (trials * (trials - 1)) if trials > 1 else 1
    rho = min((phi - 1) / (mean - 1), 0.99) * (1 if is_stock else together) if mean > 1 else 0
    years = (months, len(now)) if is_stock else (1, 1)
    size = asked.sum() / years[0]
    centre = (right.sum() / years[0] + 0.5) / (size + 1)
    concentration = 1 / (rho + (1 - rho) * phi / (size + 2)) - 1
    trials, count = int(trials / years[1] + 0.5), int(count / years[1] + 0.5)
    counts = np.arange(trials + 1)
    chances = betabinom.pmf(counts, trials, centre * concentration, (1 - centre) * concentration)
    at_most, at_least = chances.cumsum(), chances[::-1].cumsum()[::-1]
    low, high = counts[at_most > TAIL].min(), counts[at_least > TAIL].max()
    signal = "below limits" if count < low else "above limits" if count > high else ""
    false = at_most[at_most <= TAIL].max(initial=0) + at_least[at_least <= TAIL].max(initial=0)
    return low / trials, high / trials, min(at_most[count], at_least[count]), false, signal


def test_areas_are_tested_exactly_and_adjusted_among_those_of_their_measure(examples: House) -> None:
    rows = examples.ask(
        """
        select measure_code, round(denominator), round(denominator * value), p_value, q_value, beyond_chance
        from marts.fct_measure_funnel
        """
    )
    assert len(rows) > 100
    for measure_code in {row[0] for row in rows}:
        sizes, right, p_values, q_values, beyond = map(
            list, zip(*(r[1:] for r in rows if r[0] == measure_code), strict=True)
        )
        drawn = [hypergeom(int(sum(sizes)), int(sum(right)), int(size)) for size in sizes]
        smaller = [min(d.cdf(k), d.sf(k - 1)) for d, k in zip(drawn, right, strict=True)]
        tested = [size >= 10 for size in sizes]
        assert [p is not None for p in p_values] == tested
        expected = [min(1, 2 * tail) for tail, size in zip(smaller, sizes, strict=True) if size >= 10]
        assert [p for p in p_values if p is not None] == pytest.approx(expected, abs=1e-9)
        adjusted = false_discovery_control(expected) if expected else []
        assert [q for q in q_values if q is not None] == pytest.approx(list(adjusted), abs=1e-8)
        assert [b for b in beyond if b is not None] == [q < 0.05 for q in adjusted]


def test_a_stock_is_counted_once_and_not_once_a_month(examples: House) -> None:
    ((largest, staff),) = examples.ask(
        f"""
        select max(funnel.denominator / staff.denominator), count(*)
        from marts.fct_measure_funnel as funnel
        inner join marts.fct_performance_month as staff using (area_code, measure_code, period_month)
        where measure_code = '{STOCK}'
        """
    )
    assert staff > 40
    assert largest < 1.5


def _months(examples: House, area_code: str) -> dict[str, list[Month]]:
    """The months of each proportion that have a figure, in order."""
    rows = examples.ask(
        f"""
        select measure_code, year(period_month) * 12 + month(period_month), numerator, denominator
        from marts.fct_performance_month
        inner join marts.dim_measure using (measure_code)
        where area_code = '{area_code}' and unit = 'proportion' and value is not null
        order by measure_code, period_month
        """
    )
    found: dict[str, list[Month]] = {}
    for measure_code, *month in rows:
        found.setdefault(measure_code, []).append(tuple(month))
    assert all(one[0] < other[0] for months in found.values() for one, other in pairwise(months))
    return found


def _between(months: list[Month], first: int, last: int) -> list[Month]:
    return [month for month in months if first <= month[0] <= last]
