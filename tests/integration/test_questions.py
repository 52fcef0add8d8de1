"""The fifteen questions of docs/reference/questions.md are each answered with one join at most."""

import re

import pytest

from flows.base.settings import PROJECT
from tests.houses import House

PAGE = PROJECT / "docs" / "reference" / "questions.md"
QUESTIONS = dict(re.findall(r"^\*\*(\d+)\. .+?\*\*\n\n```sql\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.M))
"""The query of each, by its number."""

WITHOUT_ANSWER = {"3"}
"""In the examples no area has two inspections of one programme that are not follow-ups."""


def answers(house: House, query: str) -> int:
    """How many rows `casebook query` gives."""
    done = house.casebook("query", query, "--format", "csv", "--quiet")
    assert done.returncode == 0, done.stderr
    return len(done.stdout.splitlines()) - 1


def joins(query: str) -> int:
    return len(re.findall(r"\bjoin\b", query))


def test_there_are_fifteen() -> None:
    assert list(QUESTIONS) == [str(number) for number in range(1, 16)]


@pytest.mark.parametrize("number", QUESTIONS)
def test_a_question_is_answered_with_one_join_at_most(examples: House, number: str) -> None:
    assert joins(QUESTIONS[number]) <= 1
    assert (answers(examples, QUESTIONS[number]) == 0) == (number in WITHOUT_ANSWER)


def test_a_second_join_is_counted() -> None:
    assert joins("select * from a inner join b using (x) left join c using (y)") == 2


def test_an_empty_answer_is_explained(examples: House) -> None:
    told = examples.ask("select status, count(*) from ops.availability group by status order by status")
    figures = examples.ask("select count(*) from marts.fct_performance_month")
    assert dict(told)["present"] == figures[0][0]
    assert dict(told).keys() <= {"present", "not due", "held", "missing"}
    assert len(told) > 1
