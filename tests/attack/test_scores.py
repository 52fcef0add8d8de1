"""What whole per cents of few answers give away of scores is counted."""

from pathlib import Path

import duckdb
import pytest

from attack.scores import Given, answers_below, findings, given_away


@pytest.mark.parametrize(
    ("score_pct", "cases", "questions", "below"),
    [(94, 20, 1, [1]), (100, 20, 1, [0]), (90, 40, 1, [4]), (50, 20, 1, [9, 10, 11]), (81, 20, 3, [10, 11, 12])],
)
def test_the_answers_below_the_line_follow_from_cases_and_questions(
    score_pct: int, cases: int, questions: int, below: list[int]
) -> None:
    assert list(answers_below(score_pct, cases, questions)) == below


def test_scores_that_give_answers_away_are_counted_and_not_limited(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "public.duckdb")) as connection:
        connection.execute("create schema public.public")
        connection.execute(
            "create table public.public.dim_question as select 'ESI' as framework_code, 'B1' as criterion_code, "
            "'B1.1' as question_code, false as is_summary"
        )
        connection.execute(
            "create table public.public.fct_criterion_score as select 'ESI' as framework_code, 'B1' as criterion_code, "
            "20 as cases, unnest([94, 100, 50, null]) as score_pct"
        )
    assert given_away(tmp_path) == Given(scores=3, few=1, none=1)
    assert not any(finding.fails for finding in findings(tmp_path))
