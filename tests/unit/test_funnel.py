"""Limits of a funnel are the binomial distribution's as another library has it, for few cases and for thousands."""

from itertools import product

import duckdb
import pytest
from scipy.stats import binom, chi2

from tests.models import build, expression

SIZES = (1, 2, 5, 10, 30, 99, 100, 120, 400, 15_000)
CHANCES = (0.001, 0.025, 0.3, 0.5, 0.665081, 0.8, 0.975, 0.999)


@pytest.fixture(scope="module")
def limits() -> dict[tuple[int, float], tuple[float, ...]]:
    """The four limits by size and pooled score."""
    with duckdb.connect() as connection:
        connection.execute(
            """
            create table int_inspection__scored_group as
                select 'sample_group' as group_kind, 'all' as sample_group, 'ESI' as framework_code, size as cases
                from unnest(cast($sizes as bigint[])) as sizes (size);
            """,
            {"sizes": SIZES},
        )
        connection.execute(
            """
            create table int_inspection__design_effect as
                select
                    'ESI' as framework_code,
                    'criterion' as level,
                    cast(chance as varchar) as code,
                    10 as inspections,
                    chance as pooled_score,
                    cast(1 as double) as design_effect
                from unnest(cast($chances as double[])) as chances (chance);
            """,
            {"chances": CHANCES},
        )
        build(connection, "int_inspection__funnel_limit")
        rows = connection.execute(
            """
            select cases, cast(code as double), limit_95_low, limit_95_high, limit_998_low, limit_998_high
            from int_inspection__funnel_limit
            """
        ).fetchall()
    return {(cases, chance): tuple(ends) for cases, chance, *ends in rows}


@pytest.mark.parametrize(("cases", "chance"), product(SIZES, CHANCES))
def test_limits_are_the_quantiles_of_the_binomial_distribution(
    limits: dict[tuple[int, float], tuple[float, ...]], cases: int, chance: float
) -> None:
    counts = [round(limit * cases) for limit in limits[cases, chance]]
    assert counts == [int(binom.ppf(tail, cases, chance)) for tail in (0.025, 0.975, 0.001, 0.999)]


@pytest.mark.parametrize("degrees_of_freedom", [1, 2, 4, 10, 41, 99])
def test_the_limit_of_chi_square_is_close_enough(degrees_of_freedom: int) -> None:
    with duckdb.connect() as connection:
        found = connection.execute(f"select {expression('chi_square_95', f'{degrees_of_freedom}.0')}").fetchall()[0][0]
    within = 0.03 if degrees_of_freedom < 4 else 0.005
    assert found == pytest.approx(chi2.ppf(0.95, degrees_of_freedom), rel=within)
