"""The bare script comes to the figures that the generator published and planted."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from bench.scripts.duckdb_script import build
from bench.generator import PRESETS, Planted, generate


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bare")


@pytest.fixture(scope="module")
def planted(folder: Path) -> Planted:
    return generate(PRESETS["tiny"], folder / "landing")


@pytest.fixture(scope="module")
def marts(folder: Path, planted: Planted) -> Iterator[duckdb.DuckDBPyConnection]:
    build(folder / "landing", folder / "bare.duckdb", date(2026, 11, 20), threads=1)
    with duckdb.connect(str(folder / "bare.duckdb"), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("level", ["criterion", "section", "overall"])
def test_scores_are_those_the_generator_published(marts: duckdb.DuckDBPyConnection, level: str) -> None:
    pairs = marts.execute(
        f"select score_pct, published_score_pct from marts.fct_{level}_score where published_score_pct is not null"
    ).fetchall()
    assert pairs
    assert all(score_pct == published for score_pct, published in pairs)


def test_the_planted_improvement_is_found(marts: duckdb.DuckDBPyConnection, planted: Planted) -> None:
    found = marts.execute(
        "select period_month, numerator, denominator from marts.fct_performance_month "
        "where area_code = ? and measure_code = ? order by period_month",
        [planted.improvement.area_code, planted.improvement.measure_code],
    ).fetchall()
    assert found == [(one.period_month, one.numerator, one.denominator) for one in planted.improvement.months]


def test_the_correction_counts_and_not_what_it_corrects(marts: duckdb.DuckDBPyConnection, planted: Planted) -> None:
    corrected = planted.corrected_month
    found = marts.execute(
        "select numerator from marts.fct_performance_month "
        "where area_code = ? and measure_code = ? and period_month = ?",
        [corrected.area_code, corrected.measure_code, corrected.period_month],
    ).fetchall()
    assert found == [(corrected.numerator_after,)]


def test_the_missing_month_is_due_but_not_in(marts: duckdb.DuckDBPyConnection, planted: Planted) -> None:
    missing = planted.missing_month
    found = marts.execute(
        "select distinct months_due - months_in from marts.fct_performance_to_date "
        "where area_code = ? and period_month = ?",
        [missing.area_code, missing.period_month],
    ).fetchall()
    assert found == [(1,)]
