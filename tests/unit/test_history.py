"""What was published is recorded once, at the start of the next night, and only where it changed."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.publish.history import copy_before, forget, record, record_one

FIRST, SECOND, THIRD = (f"2006060{day}T020000Z-aaaa" for day in (1, 2, 3))
APRIL = {"CMP": 0.5, "ENF": 0.9}


def publish(warehouse: Warehouse, run_id: str, values: Mapping[str, float], revision: int | None = 1) -> Path:
    """Make a publication of figures of Bedfordshire in April 2004 the current one; returns its folder."""
    folder = warehouse.published / run_id
    folder.mkdir()
    with duckdb.connect(str(folder / "analyst.duckdb")) as file:
        file.execute("create schema marts; create schema ops")
        file.execute("create table ops.run as select ? as run_id, date '2006-06-01' as business_date", [run_id])
        file.execute(
            """
            create table marts.fct_performance_to_date (
                area_code varchar, measure_code varchar, performance_year varchar, period_month date,
                numerator double, denominator double, value double, target double, status varchar
            );
            create table ops.load_file (kind varchar, key varchar, revision int, status varchar)
            """
        )
        for measure, value in values.items():
            file.execute(
                "insert into marts.fct_performance_to_date "
                "values ('BED', ?, '2004/05', '2004-04-01', ?, 10, ?, 0.9, 'met')",
                [measure, value * 10, value],
            )
        if revision:
            file.execute("insert into ops.load_file values ('nsmart', 'BED_0404', ?, 'current')", [revision])
    link = warehouse.root / "next"
    link.symlink_to(folder)
    link.replace(warehouse.current)
    return folder


def recorded(warehouse: Warehouse) -> list[tuple[int, str, float | None]]:
    """Publication, measure and value of every figure recorded."""
    with warehouse.connect() as connection:
        return connection.execute(
            "select publication_no, measure_code, value from intake.published_figure order by all"
        ).fetchall()


def end_run(warehouse: Warehouse, run_id: str, status: str) -> None:
    """Write down how a night ended."""
    with warehouse.connect() as connection:
        connection.execute(
            "insert into intake.run (run_id, business_date, started_at, status, code_version) "
            "values (?, '2006-06-01', '2006-06-01', ?, 'x')",
            [run_id, status],
        )


@pytest.fixture
def warehouse(night: Night) -> Warehouse:
    """A warehouse with one publication, not recorded yet."""
    publish(night.warehouse, FIRST, APRIL)
    return night.warehouse


def test_before_anything_is_published_nothing_is_recorded(night: Night) -> None:
    assert record(night.warehouse) == 0


def test_a_publication_is_recorded_once(warehouse: Warehouse) -> None:
    assert record(warehouse) == 1
    assert record(warehouse) == 0
    assert recorded(warehouse) == [(1, "CMP", 0.5), (1, "ENF", 0.9)]


def test_only_what_changed_came_or_went_is_recorded_again(warehouse: Warehouse) -> None:
    record(warehouse)
    publish(warehouse, SECOND, {"CMP": 0.5, "ETH": 1.0})
    record(warehouse)
    assert recorded(warehouse)[2:] == [(2, "ENF", None), (2, "ETH", 1.0)]
    publish(warehouse, THIRD, {"CMP": 0.5, "ENF": 0.9, "ETH": 1.0})
    record(warehouse)
    assert recorded(warehouse)[4:] == [(3, "ENF", 0.9)]


def test_deliveries_that_counted_are_recorded_with_the_figures(warehouse: Warehouse) -> None:
    record(warehouse)
    publish(warehouse, SECOND, APRIL, revision=2)
    record(warehouse)
    publish(warehouse, THIRD, APRIL, revision=None)
    record(warehouse)
    with warehouse.connect() as connection:
        rows = connection.execute("from intake.published_delivery order by publication_no").fetchall()
    assert rows == [(number, "nsmart", "BED_0404", revision) for number, revision in ((1, 1), (2, 2), (3, None))]


def test_what_is_forgotten_and_recorded_again_says_what_publications_say_then(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    publish(warehouse, SECOND, {**APRIL, "ENF": 0.8})
    record(warehouse)
    for run_id in (FIRST, SECOND):
        with duckdb.connect(str(warehouse.published / run_id / "analyst.duckdb")) as publication:
            publication.execute(
                "update marts.fct_performance_to_date set (numerator, value) = (7, 0.7) where measure_code = 'ENF'"
            )
    forget(warehouse)
    assert recorded(warehouse) == []
    temporary = Warehouse(tmp_path / "temporary")
    temporary.make()
    record_one(warehouse, FIRST)
    record_one(warehouse, SECOND)
    assert [row for row in recorded(warehouse) if row[1] == "ENF"] == [(1, "ENF", 0.7)]
    copy_before(warehouse, temporary, SECOND)
    with temporary.connect() as connection:
        assert connection.execute("select run_id from intake.publication").fetchall() == [(FIRST,)]


def test_what_nights_did_not_record_is_recorded_in_order(warehouse: Warehouse) -> None:
    publish(warehouse, SECOND, {**APRIL, "ENF": 0.8})
    assert record(warehouse) == 2
    assert recorded(warehouse) == [(1, "CMP", 0.5), (1, "ENF", 0.9), (2, "ENF", 0.8)]


@pytest.mark.parametrize("status", ["pinned", "died"])
def test_a_publication_that_no_reader_got_is_not_recorded(status: str, warehouse: Warehouse) -> None:
    end_run(warehouse, FIRST, status)
    publish(warehouse, SECOND, APRIL)
    record(warehouse)
    with warehouse.connect() as connection:
        assert connection.execute("from intake.publication").fetchall() == [(1, SECOND, date(2006, 6, 1))]


def test_a_night_that_died_after_the_swap_is_recorded(warehouse: Warehouse) -> None:
    end_run(warehouse, FIRST, "died")
    assert record(warehouse) == 1


def test_a_publication_that_cannot_be_read_stops_no_night_and_leaves_nothing_half_recorded(
    warehouse: Warehouse,
) -> None:
    record(warehouse)
    (publish(warehouse, SECOND, APRIL) / "analyst.duckdb").write_bytes(b"not a database")
    third = publish(warehouse, THIRD, APRIL)
    with duckdb.connect(str(third / "analyst.duckdb")) as file:
        file.execute("drop table ops.load_file")
    assert record(warehouse) == 0
    assert len(recorded(warehouse)) == 2
