"""Columns beside a figure that were computed from exact counts are found."""

from pathlib import Path

import duckdb
import pytest

from attack.beside import findings

PUBLISHED = {
    "fct_performance_period": (
        "'ENW' as pool_code, 'to_date' as period, 'ENF' as measure_code, date '2005-03-01' as period_month, "
        "80.0 as numerator, 100.0 as people, 0.8 as value, 0.8 as scaled_value, 0.9 as target, "
        "-0.1 as difference, 0.8 / 0.9 as achievement, 0.711170 as ci_low, 0.866633 as ci_high"
    ),
    "fct_performance_to_date": (
        "'BED' as area_code, 'ENF' as measure_code, date '2005-03-01' as period_month, 0.8::double as national_value"
    ),
    "dim_area": "'BED' as area_code, 'East' as region",
    "fct_question_score": "80 as above_line_cases, 20 as below_line_cases, 100 as relevant_cases, 0.8 as proportion",
    "fct_criterion_score": "100 as cases, 80 as score_pct, 0.8 as score, 0.711170 as ci_low, 0.866633 as ci_high",
    "fct_pooled_profile": "26 as cases, 300 as pool_cases, 0.09::double as share",
}


def release(folder: Path, **changed: tuple[str, str]) -> Path:
    """A release of one row a table, in which some text is another."""
    with duckdb.connect(str(folder / "public.duckdb")) as connection:
        connection.execute("create schema public.public")
        for table, row in PUBLISHED.items():
            connection.execute(
                f"create table public.public.{table} as select {row.replace(*changed.get(table, ('', '')))}"
            )
    return folder


def test_columns_that_follow_from_the_figures_beside_them_are_in_order(tmp_path: Path) -> None:
    assert findings(release(tmp_path)) == []


@pytest.mark.parametrize(
    ("table", "published", "exact", "what"),
    [
        ("fct_performance_period", "0.711170 as ci_low", "0.722246 as ci_low", "intervals"),
        ("fct_performance_period", "-0.1 as difference", "-0.09 as difference", "differences"),
        ("fct_performance_period", "0.8 / 0.9", "0.81 / 0.9", "achievements"),
        ("fct_performance_to_date", "0.8::double", "0.8133", "national_value"),
        ("fct_question_score", "0.8 as proportion", "0.8081 as proportion", "shares"),
        ("fct_question_score", "20 as below", "19 as below", "counts"),
        ("fct_criterion_score", "0.8 as score", "0.8033 as score", "scores"),
        ("fct_criterion_score", "100 as cases", "98 as cases", "scores"),
        ("fct_pooled_profile", "0.09::double", "0.0833", "shares"),
    ],
)
def test_a_column_that_was_computed_from_exact_counts_is_found(
    table: str, published: str, exact: str, what: str, tmp_path: Path
) -> None:
    found = findings(release(tmp_path, **{table: (published, exact)}))
    assert (table, f"{what} do not follow from the figures beside them") in {(one.where, one.says) for one in found}
