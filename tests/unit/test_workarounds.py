"""Each way round a library's fault has a test that fails once the fault is gone, so that the way round can go too."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa
from sqlalchemy import event

from expectations import engine
from expectations.contract import Column, Delivery
from expectations.suite import delivery_suite

DELIVERY = Delivery(kind="thing", grain="a thing", columns=(Column("name"),), key=("name",))


@pytest.fixture
def things(tmp_path: Path) -> Path:
    """A DuckDB file with a batch of one good row and one without a name."""
    database = tmp_path / "things.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table thing as select * from (values (1, 1, 'a', true), (1, 2, null, true)) "
            "as t(file_id, row_number, name, cells_match)"
        )
    return database


@pytest.fixture
def _without_buffered_rows() -> Iterator[None]:
    event.remove(sa.Engine, "after_cursor_execute", engine._buffer_rows)
    yield
    event.listen(sa.Engine, "after_cursor_execute", engine._buffer_rows)


def failing(database: Path) -> dict[str, int]:
    """Rows failing by rule."""
    with engine.validator(database, {"threads": 1}) as source:
        results = engine.validate(source, delivery_suite(DELIVERY, date(2006, 6, 15)), "thing")
    return {result.rule: result.rows_failing for result in results}


def test_great_expectations_counts_failing_rows_on_duckdb_with_rows_buffered(things: Path) -> None:
    found = failing(things)
    assert found.pop("name_given") == 1
    assert set(found.values()) == {0}


@pytest.mark.usefixtures("_without_buffered_rows")
def test_great_expectations_still_loses_rows_on_duckdb_unless_they_are_buffered(things: Path) -> None:
    with pytest.raises(RuntimeError, match="could not be evaluated"):
        failing(things)


def test_the_file_is_let_go_after_a_validation(things: Path) -> None:
    failing(things)
    with duckdb.connect(str(things), config={"threads": 2}) as connection:
        connection.execute("drop table thing")
