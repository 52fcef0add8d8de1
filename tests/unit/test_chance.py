"""Tests of differences in SQL agree with another library: tails, quantiles and false discovery control."""

import csv

import duckdb
import numpy as np
import pytest
from scipy.stats import false_discovery_control, norm, t

from flows.base.settings import PROJECT
from tests.models import expression


@pytest.mark.parametrize("z", [0.0, 0.01, 0.5, 1.0, 1.96, 3.0, 5.0, 7.0, 7.1, 10.0, 30.0])
def test_two_tails_are_those_of_the_normal_distribution(z: float) -> None:
    with duckdb.connect() as connection:
        found = connection.execute(f"select {expression('normal_two_tails', 'z')} from (select ?::double as z)", [z])
        assert found.fetchall()[0][0] == pytest.approx(2 * norm.sf(z), rel=1e-7)


@pytest.mark.parametrize("degrees_of_freedom", [4, 8, 9, 29, 99, 500])
@pytest.mark.parametrize("statistic", [-4.0, -2.0, 0.0, 0.7, 2.1, 3.5])
def test_wallace_is_close_to_students_t(degrees_of_freedom: int, statistic: float) -> None:
    with duckdb.connect() as connection:
        z = connection.execute(
            f"select {expression('wallace_z', 't', 'df')} from (select ?::double as t, ?::int as df)",
            [statistic, degrees_of_freedom],
        ).fetchall()[0][0]
    p_value = 2 * norm.sf(z)
    assert p_value == pytest.approx(2 * t.sf(abs(statistic), degrees_of_freedom), abs=0.001)


@pytest.mark.parametrize("degrees_of_freedom", [0, -1])
def test_nothing_is_tested_without_degrees_of_freedom(degrees_of_freedom: int) -> None:
    with duckdb.connect() as connection:
        found = connection.execute(f"select {expression('wallace_z', '1.0', str(degrees_of_freedom))}").fetchall()
    assert found == [(None,)]


def test_q_values_are_those_of_benjamini_and_hochberg_within_a_family() -> None:
    random = np.random.default_rng(5)
    families = {
        family: np.round(random.uniform(size=size) ** 2, 2) for family, size in {"a": 1, "b": 7, "c": 40}.items()
    }
    with duckdb.connect() as connection:
        connection.execute("create table differences (family varchar, place int, p_value double)")
        rows = [(name, place, float(p)) for name, values in families.items() for place, p in enumerate(values)]
        connection.executemany("insert into differences values (?, ?, ?)", [*rows, ("b", 99, None)])
        adjusted = expression("benjamini_hochberg", "differences", "family")
        found = connection.execute(f"select family, place, q_value, beyond_chance from ({adjusted})").fetchall()
    expected = {
        (name, place): (pytest.approx(q), q < 0.05)
        for name, values in families.items()
        for place, q in enumerate(false_discovery_control(values).tolist())
    }
    assert {row[:2]: row[2:] for row in found} == expected | {("b", 99): (None, None)}


def test_the_seed_has_the_quantiles_of_students_t_and_then_of_the_normal() -> None:
    path = PROJECT / "seeds" / "common" / "t_quantiles.csv"
    rows = [tuple(map(float, row.values())) for row in csv.DictReader(path.open(encoding="utf-8"))]
    assert [row[0] for row in rows] == list(range(1, 202))
    expected = [(float(t.ppf(0.975, df)), float(t.ppf(0.99875, df))) for df in [*range(1, 201), np.inf]]
    assert [row[1:] for row in rows] == [pytest.approx(pair, rel=1e-11) for pair in expected]
