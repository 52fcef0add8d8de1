"""Utility of releases as the benchmark reports it: shares near the exact ones, by kind and by published base."""

from pathlib import Path

import duckdb
import pytest

from bench.shares import Share, draw, markdown, shares_of

SHARES = [
    Share("areas, periods", 100, 3.0),
    Share("areas, periods", 120, 3.1),
    Share("regions, periods", 99, 9.0),
    Share("regions, periods", 4000, 0.2),
]


def test_shares_are_near_within_three_points_and_promised_from_a_base_of_a_hundred() -> None:
    lines = markdown(SHARES).splitlines()
    assert "| areas, periods | 2 | 50.0 % | 3.0 | 3.1 |" in lines
    assert "| regions, periods | 1 | 100.0 % | 0.2 | 0.2 |" in lines
    assert "| all | 3 | 66.7 % | 3.0 | 3.1 |" in lines
    assert "| 75 to 99 | 1 | 0.0 % | 9.0 | 9.0 |" in lines
    assert "| 3,000 and more | 1 | 100.0 % | 0.2 | 0.2 |" in lines
    assert not [line for line in lines if line.startswith("| 50 to 74")]


def test_the_picture_is_drawn() -> None:
    assert draw(SHARES).startswith("<svg")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A publication of two months of two areas, and a release of their quarter."""
    publication, public = tmp_path / "analyst.duckdb", tmp_path / "release.duckdb"
    with duckdb.connect(str(publication)) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.dim_area as
            select * from (values ('BED', 'East'), ('CAM', 'East')) as areas (area_code, region);
            create table marts.fct_performance_month as
            select area_code, 'ENF' as measure_code, unnest([date '2004-04-01', date '2004-05-01']) as period_month,
            unnest([40, 50]) as numerator, 60 as denominator from marts.dim_area;
            create table marts.fct_performance_equality (
                measure_code varchar, performance_year varchar, characteristic varchar, category varchar,
                numerator double, denominator double
            );
            create table marts.fct_question_score (
                inspection_id varchar, sample_group varchar, question_code varchar, proportion double
            )
            """
        )
    with duckdb.connect(str(public)) as connection:
        connection.execute(
            """
            create schema public;
            create table public.fct_published_count as select 'ENF' as measure_code, 'perturbed' as base_is;
            create table public.fct_performance_period as
            select 'region:East' as pool_code, 'region' as pool, 'ENF' as measure_code, 'quarter' as period,
            date '2004-04-01' as first_month, date '2004-06-01' as period_month, 241 as denominator, 0.77 as value;
            create table public.fct_performance_equality as
            select *, 0.5 as value from (
                select 'ENF' as measure_code, '' as performance_year, '' as characteristic, '' as category,
                1 as denominator
            );
            create table public.fct_question_score as
            select '' as inspection_id, '' as sample_group, '' as question_code, 1 as relevant_cases, 0.5 as proportion
            """
        )
    return publication, public


def test_a_share_is_compared_with_the_sum_of_the_months_and_areas_of_its_pool(files: tuple[Path, Path]) -> None:
    (share,) = shares_of(*files)
    assert (share.kind, share.base, share.is_near) == ("regions, periods", 241, True)
    assert share.points == pytest.approx(2.0)
