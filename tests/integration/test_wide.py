"""Views with names have the rows of their facts, and say of a figure what its page says."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from figures import kinds, pages_of, rows_of
from figures.read import Row
from tests.houses import House

MADE_OF = {
    "wide_criterion_score": "fct_criterion_score",
    "wide_inspection": "dim_inspection",
    "wide_overall_score": "fct_overall_score",
    "wide_performance_month": "fct_performance_month",
    "wide_performance_to_date": "fct_performance_to_date",
    "wide_pooled_performance": "fct_pooled_performance",
    "wide_question_score": "fct_question_score",
    "wide_section_score": "fct_section_score",
}

SHOWN = {
    ("measure", "areas"): (
        "select area_code, status, figure_status from marts.wide_performance_to_date "
        "where measure_code = $measure_code and is_latest",
        ("area_code", "status", "figure_status"),
    ),
    ("measure", "against_nation"): (
        "select area_code, national_q_value, national_beyond_chance, national_comparison "
        "from marts.wide_performance_to_date where measure_code = $measure_code and national_comparison is not null",
        ("area_code", "q_value", "beyond_chance", "comparison"),
    ),
    ("measure", "funnel"): (
        "select area_code, funnel_place from marts.wide_performance_to_date "
        "where measure_code = $measure_code and national_comparison is not null",
        ("area_code", "place"),
    ),
    ("area", "to_date"): (
        "select measure_code, measure_title, status, figure_status from marts.wide_performance_to_date "
        "where area_code = $area_code and is_latest_in_year "
        "and performance_year = (select max(performance_year) from marts.fct_performance_to_date)",
        ("measure_code", "measure_title", "status", "figure_status"),
    ),
    ("area", "signals"): (
        "select measure_code, period_month, signal, signal_centre, signal_lower_limit, signal_upper_limit "
        "from marts.wide_performance_month where area_code = $area_code and signal is not null",
        ("measure_code", "period_month", "signal", "centre", "lower_limit", "upper_limit"),
    ),
    ("area", "signals_six_months"): (
        "select measure_code, period_month, six_month_signal, six_month_value, six_month_centre "
        "from marts.wide_performance_month where area_code = $area_code and six_month_signal is not null",
        ("measure_code", "period_month", "six_month_signal", "six_month_value", "six_month_centre"),
    ),
    ("area", "inspection_change"): (
        """
        select inspection_id, change, change_q_value, change_beyond_chance from marts.wide_criterion_score
        where area_code = $area_code and change is not null
        union all
        select inspection_id, change, change_q_value, change_beyond_chance from marts.wide_section_score
        where area_code = $area_code and change is not null
        union all
        select inspection_id, change, change_q_value, change_beyond_chance from marts.wide_overall_score
        where area_code = $area_code and change is not null
        """,
        ("inspection_id", "change", "q_value", "beyond_chance"),
    ),
    ("criterion", "scores"): (
        "select inspection_id, area_name, score, ci_low, ci_high, reliability, funnel_place, figure_status "
        "from marts.wide_criterion_score where framework_code = $framework_code "
        "and criterion_code = $criterion_code and sample_group = 'all' and not is_follow_up",
        ("inspection_id", "area_name", "score", "ci_low", "ci_high", "reliability", "place", "figure_status"),
    ),
    ("inspection", "assessors"): (
        """
        select sample_group_title, criterion_code, difference_from_all, difference_q_value, difference_beyond_chance
        from marts.wide_criterion_score
        where inspection_id = $inspection_id
            and sample_group in ('inspector', 'area_assessor', 'ppo', 'tier_4', 'custody', 'very_high')
        """,
        ("sample_group_title", "code", "difference", "q_value", "beyond_chance"),
    ),
    ("inspection", "questions"): (
        "select question_code, question_text, published, proportion, ci_low, ci_high, reliability, figure_status "
        "from marts.wide_question_score where inspection_id = $inspection_id and sample_group = 'all'",
        (
            "question_code",
            "question_text",
            "published",
            "proportion",
            "ci_low",
            "ci_high",
            "reliability",
            "figure_status",
        ),
    ),
}
"""By kind of page and figure: the query of what it says on a view, and the figure's columns with the same."""

OF_CRITERIA = {("inspection", "assessors")}
"""Figures of several levels, of which the view has one."""


@pytest.fixture
def publication(examples: House) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(file_of(examples)), read_only=True) as connection:
        yield connection


def file_of(house: House) -> Path:
    return house.warehouse.resolve() / "current" / "analyst.duckdb"


@pytest.mark.parametrize(("view", "fact"), MADE_OF.items())
def test_a_view_has_the_rows_of_what_it_is_made_of(
    view: str, fact: str, publication: duckdb.DuckDBPyConnection
) -> None:
    (of_fact,) = publication.execute(f"select count(*) from marts.{fact}").fetchall()
    assert publication.execute(f"select count(*) from marts.{view}").fetchall() == [of_fact]
    assert of_fact[0] > 0


def test_every_view_is_tested(publication: duckdb.DuckDBPyConnection) -> None:
    views = publication.execute("select view_name from duckdb_views() where schema_name = 'marts' order by all")
    assert [name for (name,) in views.fetchall()] == sorted(MADE_OF)


@pytest.mark.parametrize(("kind_name", "figure_name"), SHOWN)
def test_a_view_says_of_a_figure_what_its_pages_say(
    kind_name: str, figure_name: str, publication: duckdb.DuckDBPyConnection
) -> None:
    query, columns = SHOWN[kind_name, figure_name]
    kind = next(kind for kind in kinds() if kind.name == kind_name)
    figure = next(figure for figure in kind.figures if figure.name == figure_name)
    compared = 0
    for page in pages_of(publication, kind):
        shown = [row for found in rows_of(publication, page, [figure]) for row in found.rows]
        told = publication.execute(query, page.keys).fetchall()
        assert sorted(map(repr, told)) == sorted(repr(row) for row in _rows(shown, columns, kind_name, figure_name))
        compared += len(told)
    assert compared or figure_name == "inspection_change", "the examples have nothing to compare"


def _rows(shown: list[Row], columns: tuple[str, ...], kind: str, figure: str) -> list[tuple[object, ...]]:
    """What the page says in these columns, without areas that have no figure."""
    of_level = [row for row in shown if (kind, figure) not in OF_CRITERIA or row["level"] == "criterion"]
    return [tuple(row[name] for name in columns) for row in of_level if row.get("period_month", "") is not None]


def test_the_scoring_sheet_has_the_pooled_scores_of_all_cases_and_of_high_risk(
    publication: duckdb.DuckDBPyConnection,
) -> None:
    kind = next(kind for kind in kinds() if kind.name == "inspection")
    (sheet,) = (figure for figure in kind.figures if figure.name == "summary")
    told = {
        (page.values["inspection_id"], row["code"]): (row["pooled_score"], row["pooled_high_roh_score"])
        for page in pages_of(publication, kind)
        for found in rows_of(publication, page, [sheet])
        for row in found.rows
        if row["level"] == "criterion" and row["score_pct"] is not None
    }
    beside = publication.execute(
        """
        select scored.inspection_id, scored.criterion_code, scored.pooled_score, high.pooled_score
        from marts.wide_criterion_score as scored
        left join marts.wide_criterion_score as high
            on scored.inspection_id = high.inspection_id and scored.criterion_code = high.criterion_code
            and high.sample_group = 'high_roh'
        where scored.sample_group = 'all' and not scored.is_follow_up
        """
    ).fetchall()
    # Of a programme with one inspection there is nothing to stand beside.
    of_all = {(one, code): (pooled, high) for one, code, pooled, high in beside if not one.startswith("OMI")}
    assert {key: pair for key, pair in told.items() if pair != (None, None)} == of_all
    assert None not in {score for pair in of_all.values() for score in pair}


def test_views_can_be_read_in_a_file_that_is_attached_under_another_name(examples: House) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{file_of(examples)}' as last_night (read_only)")
        assert connection.execute("select count(*) from last_night.marts.wide_section_score").fetchall() != [(0,)]


def test_dimensions_declare_their_keys_and_the_largest_tables_none(publication: duckdb.DuckDBPyConnection) -> None:
    declared = publication.execute(
        "select table_name, constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY'"
    ).fetchall()
    tables = publication.execute("select table_name from duckdb_tables() where table_name like 'dim_%'").fetchall()
    assert {name for (name,) in tables} - {"dim_case"} == dict(declared).keys()
    assert dict(declared)["dim_question"] == ["framework_code", "question_code"]
