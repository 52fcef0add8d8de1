"""The questions of analysts that are measured can be asked of any publication, and are answered."""

import duckdb
import pytest

from bench.analysts import ask, measure_queries, queries, subjects
from bench.nights import published
from tests.houses import House


def test_there_are_twelve_and_each_says_who_asks_what() -> None:
    assert len(queries()) == 12
    assert all(": " in told and told.endswith(".") for told, _ in queries().values())


@pytest.mark.parametrize("name", queries())
def test_a_question_is_answered_from_the_examples(examples: House, name: str) -> None:
    with duckdb.connect(str(published(examples.warehouse)), read_only=True) as connection:
        assert ask(connection, queries()[name][1], subjects(connection))


def test_every_question_has_its_row_of_times(examples: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.analysts.TIMES", 2)
    monkeypatch.setattr("bench.analysts.TIMES_COLD", 1)
    told = measure_queries(published(examples.warehouse))
    assert [line.partition(":")[0] for line in told.splitlines()[-12:]] == [f"| {name}" for name in queries()]
