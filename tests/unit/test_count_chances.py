"""Chances of counts, cumulated from ratios of neighbours, are those of scipy's distributions."""

from collections.abc import Callable
from itertools import product
from typing import Any

import duckdb
import numpy as np
import pytest
from scipy.stats import betabinom, hypergeom

from tests.models import append, build, statement

Counts = tuple[int, int, int, float, float, float, float]
"""Trials, fewest and most counts, a and b, mean and standard deviation."""

SIZES = (1, 2, 5, 30, 330, 2_000, 20_000)
SHARES = (0.002, 0.06, 0.5, 0.93, 0.9995)
SPREADS = (0.99, 0.2, 0.01, 0.0004)


def predicted() -> list[Counts]:
    """Beta-binomial distributions, from nearly all at the ends to nearly binomial."""
    cells = []
    for trials, share, spread in product(SIZES, SHARES, SPREADS):
        size = 1 / spread - 1
        deviation = (trials * share * (1 - share) * (1 + (trials - 1) * spread)) ** 0.5
        cells.append((trials, 0, trials, share * size, (1 - share) * size, trials * share, deviation))
    return cells


def drawn() -> list[Counts]:
    """Hypergeometric distributions: of one, of few, of many, and of all."""
    cells = []
    for trials, others, share in product((1, 5, 84, 1_500), (0, 1, 3_000, 60_000), (0.0, 0.06, 0.9, 1.0)):
        everyone = trials + others
        passed = round(everyone * share)
        fewest, most, mean = max(0, trials - everyone + passed), min(trials, passed), trials * passed / everyone
        spread = mean * (1 - passed / everyone) * others / max(everyone - 1, 1)
        cells.append((trials, fewest, most, -passed, passed - everyone, mean, spread**0.5))
    return cells


@pytest.mark.parametrize(
    ("cells", "law"),
    [
        (predicted(), lambda cell: betabinom(cell[0], cell[3], cell[4])),
        (drawn(), lambda cell: hypergeom(-cell[3] - cell[4], -cell[3], cell[0])),
    ],
    ids=["beta-binomial", "hypergeometric"],
)
def test_chances_are_those_of_another_implementation(cells: list[Counts], law: Callable[[Counts], Any]) -> None:
    found = chances(cells)
    assert len(found) == len(cells)
    for number, cell in enumerate(cells):
        counts, at_most, at_least = (np.array(column) for column in zip(*sorted(found[number]), strict=True))
        expected = law(cell).pmf(np.arange(cell[0] + 1))
        assert at_most == pytest.approx(expected.cumsum()[counts], abs=3e-6), cell
        assert at_least == pytest.approx(expected[::-1].cumsum()[::-1][counts], abs=3e-6), cell
        # What is left out is no more than the tail of a signal has room for.
        assert expected.sum() - expected[counts].sum() < 1e-5, cell


def chances(cells: list[Counts]) -> dict[int, list[tuple[int, float, float]]]:
    """What the macro makes of distributions: count, chance of it or fewer, chance of it or more, by distribution."""
    with duckdb.connect() as connection:
        connection.execute(
            """
            create table counts (
                number int, trials bigint, fewest bigint, most bigint, concentration_above double,
                concentration_below double, mean double, standard_deviation double
            )
            """
        )
        rows = [(number, *cell) for number, cell in enumerate(cells)]
        connection.executemany("insert into counts values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        sql = statement("count_chances", "count_chances", "counts")
        answers = connection.execute(f"select number, successes, at_most, at_least from ({sql})").fetchall()
    found: dict[int, list[tuple[int, float, float]]] = {}
    for number, count, at_most, at_least in answers:
        found.setdefault(number, []).append((count, at_most, at_least))
    return found


def test_a_distribution_that_is_known_is_not_reckoned_again() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            """
            create table int_performance__signal_prediction as
                select *
                from (values (1, 9, 1.0, 1.0), (1, 9, 1.0, 2.0))
                    as given (successes, trials, concentration_above, concentration_below)
            """
        )
        build(connection, "int_performance__signal_tail")
        connection.execute("update int_performance__signal_tail set chance = 7")
        connection.execute("insert into int_performance__signal_prediction values (2, 9, 1, 1), (1, 4, 1, 1)")
        append(connection, "int_performance__signal_tail")
        rows = connection.execute(
            "select successes, trials, concentration_below, chance from int_performance__signal_tail order by all"
        ).fetchall()
    assert rows == [(1, 4, 1, 0.4), (1, 9, 1, 7), (1, 9, 2, 7), (2, 9, 1, 0.3)]
