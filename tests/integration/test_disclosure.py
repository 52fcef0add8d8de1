"""Schema `public` gives no small count of people away, whatever is subtracted from what; a planted leak is found."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from bench.generator import generate
from bench.generator.plan import Plan
from tests.attack.attack import Result, attack
from tests.integration.conftest import House
from tests.integration.models import build_models

PLAN = Plan(areas=3, months=14, first_month=date(2004, 4, 1), inspections=6, cases=40, nsmart_rows=25)
"""Small samples of few areas, so that hardly a table has nothing to suppress."""

READ = ("+path:models/public", "dim_question", "dim_criterion", "dim_framework", "dim_section", "dim_area")
"""What the attack reads: the public tables and what they are made from, and what is public as it is."""

FIGURES = {
    *("score_pct", "standard_error", "ci_low", "ci_high", "conclusion", "published_score_pct", "difference", "change"),
    *("relevant_cases", "above_line_cases", "proportion", "cases", "share", "part_cases", "actual", "verdict"),
    *("positive", "positive_share", "observed_cases", "reconvicted_cases", "reconvicted_share", "recomputed"),
    *("scored_cases", "rescored_cases", "improved_cases", "rescored_share", "improved_share", "mean_change"),
    *("numerator", "denominator", "value", "scaled_value", "achievement", "change_on_year", "beyond_chance"),
    *("points", "capped_achievement", "area_value", "sum_of_parts", "completions", "completions_achievement"),
}

LEAKS = {
    "what a total gives away": """
        update public.fct_caseload_profile as shown
        set cases = marts.cases
        from marts.fct_caseload_profile as marts
        where (shown.inspection_id, shown.sample_group, shown.characteristic, shown.category)
            = (marts.inspection_id, marts.sample_group, marts.characteristic, marts.category)
            and marts.cases not between 1 and 4
    """,
    "what two figures to date give away": """
        update public.fct_performance_to_date as shown
        set numerator = marts.numerator, denominator = marts.denominator
        from marts.fct_performance_to_date as marts
        where (shown.area_code, shown.measure_code, shown.period_month)
            = (marts.area_code, marts.measure_code, marts.period_month)
            and marts.numerator not between 1 and 4 and marts.denominator - marts.numerator not between 1 and 4
    """,
    "what a rate gives away": """
        update public.fct_performance_month as shown
        set value = marts.value, denominator = marts.denominator
        from marts.fct_performance_month as marts
        where (shown.area_code, shown.measure_code, shown.period_month)
            = (marts.area_code, marts.measure_code, marts.period_month)
            and marts.measure_code = 'ENF'
    """,
    "what a region of one area gives away": """
        update public.fct_performance_month as shown
        set region_value = marts.region_value
        from marts.fct_performance_month as marts
        where (shown.area_code, shown.measure_code, shown.period_month)
            = (marts.area_code, marts.measure_code, marts.period_month)
    """,
    "what groups of an area give away": """
        update public.fct_performance_equality as shown
        set numerator = marts.numerator, denominator = marts.denominator
        from marts.fct_performance_equality as marts
        where (shown.area_code, shown.measure_code, shown.performance_year, shown.characteristic, shown.category)
            = (marts.area_code, marts.measure_code, marts.performance_year, marts.characteristic, marts.category)
            and marts.numerator not between 1 and 4 and marts.denominator not between 1 and 4
            and marts.denominator - marts.numerator not between 1 and 4
    """,
    "what a measure of the scorecard gives away": """
        update public.fct_scorecard_measure as shown
        set points = marts.points, achievement = marts.achievement
        from marts.fct_scorecard_measure as marts
        where (shown.unit_code, shown.measure_code, shown.period_month)
            = (marts.unit_code, marts.measure_code, marts.period_month)
    """,
    "a proportion": """
        update public.fct_question_score as shown
        set proportion = marts.proportion
        from marts.fct_question_score as marts
        where (shown.inspection_id, shown.sample_group, shown.question_code)
            = (marts.inspection_id, marts.sample_group, marts.question_code)
            and shown.figure_status = 'suppressed'
    """,
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of small invented deliveries."""
    folder = tmp_path_factory.mktemp("disclosure")
    (folder / "landing").mkdir()
    generate(PLAN, folder / "landing")
    built = build_models(folder / "landing", folder, select=READ, left_out=("unit_test", "test"))
    return built.night.warehouse.database


@pytest.fixture
def open_to_leaks(generated: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The generated warehouse, to be changed and forgotten."""
    with duckdb.connect(str(generated)) as connection:
        connection.execute("begin")
        yield connection
        connection.execute("rollback")


def test_nothing_is_recovered_from_the_examples(examples: House) -> None:
    publication = examples.warehouse / "current" / "analyst.duckdb"
    with duckdb.connect(str(publication), read_only=True) as connection:
        result = attack(connection)
    _holds(result)
    assert result.attacked > 30_000


def test_nothing_is_recovered_from_small_samples(generated: Path) -> None:
    with duckdb.connect(str(generated), read_only=True) as connection:
        _holds(attack(connection))


def _holds(result: Result) -> None:
    assert result.recovered == ()
    assert result.small > 1_000, "the attack must have something to look for"


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(open_to_leaks: duckdb.DuckDBPyConnection, leak: str) -> None:
    open_to_leaks.execute(LEAKS[leak])
    assert attack(open_to_leaks).recovered


def test_a_suppressed_row_shows_none_of_its_figures(generated: Path) -> None:
    shown = []
    with duckdb.connect(str(generated), read_only=True) as connection:
        for table, column in _columns(connection):
            rows = connection.execute(
                f"select count(*) from public.{table} where figure_status = 'suppressed' and {column} is not null"
            ).fetchall()
            shown += [f"{table}.{column}"] if rows != [(0,)] and column in FIGURES else []
    # A category's size may be shown where its score rests on one question, and the other way round; and a group's where
    # few of it are on one side.
    assert [name for name in shown if not name.endswith((".cases", "fct_performance_equality.denominator"))] == []


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Columns of the public tables that have a status."""
    return connection.execute(
        """
        select table_name, column_name from duckdb_columns()
        where schema_name = 'public'
        qualify count(*) filter (where column_name = 'figure_status') over (partition by table_name) = 1
        """
    ).fetchall()
