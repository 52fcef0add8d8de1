"""The scripts that are measured beside each other come to the figures that the generator published and planted, and to
the same tables."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from bench.generator import PRESETS, Planted, generate
from bench.scripts import duckdb_script, pandas_script, polars_script
from bench.scripts.compare import KEYS, differing
from bench.scripts.inputs import Build

BUSINESS_DATE = date(2026, 11, 20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scripts")


@pytest.fixture(scope="module")
def planted(folder: Path) -> Planted:
    return generate(PRESETS["tiny"], folder / "landing")


@pytest.fixture(scope="module")
def written(folder: Path, planted: Planted) -> Path:
    """The tables that the DuckDB script wrote."""
    duckdb_script.build(folder / "landing", folder / "duckdb", BUSINESS_DATE, threads=1)
    return folder / "duckdb"


@pytest.fixture(scope="module")
def marts(written: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        for path in written.glob("*.parquet"):
            connection.execute(f"create view marts.{path.stem} as from read_parquet('{path}')")
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


@pytest.mark.parametrize("build", [pandas_script.build, polars_script.build], ids=["pandas", "polars"])
def test_every_script_writes_the_same_tables(folder: Path, written: Path, build: Build) -> None:
    out = folder / build.__module__
    build(folder / "landing", out, BUSINESS_DATE, 1)
    assert differing(written, out) == {}


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ("select * replace (score + 1e-6 as score)", "every"),
        ("select * replace (score + 1e-12 as score)", "none"),
        ("select * replace (null::double as score)", "every"),
        ("select * replace (score_pct + 1 as score_pct)", "every"),
        ("select * replace ('other' as sample_group)", "every, twice"),
    ],
)
def test_what_differs_is_counted(
    marts: duckdb.DuckDBPyConnection, written: Path, tmp_path: Path, change: str, rows: str
) -> None:
    for table in KEYS:
        (tmp_path / f"{table}.parquet").symlink_to(written / f"{table}.parquet")
    changed = tmp_path / "fct_overall_score.parquet"
    changed.unlink()
    marts.execute(f"copy ({change} from marts.fct_overall_score) to '{changed}'")
    (count,) = marts.execute("select count(*) from marts.fct_overall_score").fetchall()[0]
    expected = {"every": {"fct_overall_score": count}, "none": {}, "every, twice": {"fct_overall_score": 2 * count}}
    assert differing(written, tmp_path) == expected[rows]
