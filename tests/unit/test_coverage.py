"""The 95 % interval of a score covers the truth about as often as it says, for samples of 30 cases and of 100.

Each draw is an inspection of its own, judged on three questions. A case is done well or badly as a whole, so that its
answers go together, and a question applies to four cases in five.
"""

import duckdb
import pytest

from flows.base.settings import PROJECT
from tests.models import build

DRAWS = 2000


@pytest.mark.parametrize("cases", [30, 100])
@pytest.mark.parametrize("chance", [0.05, 0.3, 0.55, 0.8, 0.95])
def test_the_interval_covers_the_truth_as_often_as_it_says(cases: int, chance: float) -> None:
    covered, without_interval = coverage(cases, chance)
    assert 0.93 <= covered <= 0.98
    assert without_interval == 0


def coverage(cases: int, chance: float) -> tuple[float, float]:
    """Share of draws whose interval covers the chance that was drawn from, and share that have no interval."""
    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        _draw(connection, cases, chance)
        build(
            connection,
            "int_inspection__question_count",
            "int_inspection__score",
            "int_inspection__case_number",
            "int_inspection__answer_value",
            "int_inspection__numbered_deviation",
            "int_inspection__case_deviation",
        )
        connection.execute("create view int_inspection__score_deviation as from int_inspection__case_deviation")
        build(
            connection,
            "int_inspection__score_error",
            "int_inspection__score_precision",
            "int_inspection__score_interval",
        )
        covered, without_interval, draws = connection.execute(
            """
            select
                count(*) filter (where ? between ci_low and ci_high) / count(*),
                count(*) filter (where ci_low is null) / count(*),
                count(*)
            from int_inspection__score_interval
            """,
            [chance],
        ).fetchall()[0]
    assert draws == DRAWS
    return covered, without_interval


def _draw(connection: duckdb.DuckDBPyConnection, cases: int, chance: float) -> None:
    """Invented judgements with a fixed seed, and the tables around them that the models read."""
    connection.execute("select setseed(0.42)")
    spread = min(0.15, 1 - chance, chance)
    connection.execute(
        f"""
        create table int_inspection__scored_case as
            select
                draw as inspection_id,
                'all' as sample_group,
                draw * {cases} + number as case_key,
                {chance} + case when random() < 0.5 then {spread} else -{spread} end as case_chance
            from range({DRAWS}) as draws (draw), range({cases}) as numbers (number);
        create table questions as
            select 'ESI' as framework_code, 'B1' as criterion_code, question as question_code, 1 as in_follow_up
            from range(3) as list (question);
        create table int_inspection__judgement as
            select
                case_key,
                question_code,
                random() < 0.8 as is_relevant,
                random() < case_chance as is_above_line
            from int_inspection__scored_case cross join questions;
        update int_inspection__judgement set is_above_line = false where not is_relevant;
        create table int_inspection__case as
            select inspection_id, case_key from int_inspection__scored_case;
        create table int_inspection__caseload_item as
            select null as inspection_id, null as sample_group, null as part_caseload_cases;
        create table t_quantiles as
            from read_csv('{PROJECT}/seeds/common/t_quantiles.csv');
        create table int_inspection__scored_group as
            select
                draw as inspection_id,
                'all' as sample_group,
                'sample_group' as group_kind,
                'ESI' as framework_code,
                null as characteristic,
                null as category,
                {cases} as cases,
                1 as inspections,
                1 as largest_share,
                0 as follow_up_questions_only
            from range({DRAWS}) as draws (draw);
        create table int_inspection__score_coefficient as
            select
                inspection_id,
                sample_group,
                'criterion' as level,
                'B1' as code,
                question_code,
                1 / 3 as coefficient
            from int_inspection__scored_group cross join questions;
        """
    )
