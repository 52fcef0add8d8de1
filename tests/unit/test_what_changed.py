"""What the first page says changed: inspections, months and figures, and nothing on the first night."""

from collections.abc import Iterator

import duckdb
import pytest

from figures import kind

TABLES = """
create schema marts;
create schema ops;
create table ops.publication (previous_run_id varchar, business_date date);
create table ops.arrival (kind varchar, delivery_key varchar, revision integer);
create table ops.delivery_due (kind varchar, unit_code varchar, period_month date);
create table marts.dim_area (area_code varchar, area_name varchar);
create table marts.dim_inspection (inspection_id varchar, inspection_title varchar, area_code varchar);
create table marts.dim_measure (measure_code varchar, measure_title varchar, unit varchar);
create table marts.fct_performance_revision (
    area_code varchar, measure_code varchar, period_month date, before_run_id varchar, before_value double,
    after_value double, after_status varchar, cause varchar
);
insert into ops.publication values ('before', date '2006-06-15');
insert into marts.dim_area values ('KEN', 'Kent'), ('LON', 'London');
insert into marts.dim_inspection values ('ESI-KEN-2005', 'Kent inspection', 'KEN');
insert into marts.dim_measure values ('ENF', 'Enforcement', 'proportion'), ('SICK', 'Sickness', 'days_per_head');
"""

KEYS = {"nsmart": [("KEN", "2005-04-01"), ("LONN", "2005-04-01"), ("LONS", "2005-04-01"), ("KEN", "2005-05-01")]}


@pytest.fixture
def publication() -> Iterator[duckdb.DuckDBPyConnection]:
    """A publication of one inspection and of months of two areas, one of which delivers by quadrant."""
    with duckdb.connect() as connection:
        connection.execute(TABLES)
        rows = [(name, unit, month) for name, months in KEYS.items() for unit, month in months]
        connection.executemany("insert into ops.delivery_due values (?, ?, ?)", rows)
        yield connection


def said(publication: duckdb.DuckDBPyConnection, name: str) -> list[tuple[object, ...]]:
    return publication.execute(kind("home").query(name)).fetchall()


def arrive(publication: duckdb.DuckDBPyConnection, *arrivals: tuple[str, str, int]) -> None:
    publication.executemany("insert into ops.arrival values (?, ?, ?)", arrivals)


def test_an_inspection_is_named_once_however_many_files_came(publication: duckdb.DuckDBPyConnection) -> None:
    arrive(publication, ("inspection", "ESI-KEN-2005", 1), ("judgement", "ESI-KEN-2005", 1))
    assert said(publication, "new_inspections") == [("ESI-KEN-2005", "Kent inspection", "Kent", "New")]


def test_an_inspection_of_which_only_corrections_came_is_corrected(publication: duckdb.DuckDBPyConnection) -> None:
    arrive(publication, ("judgement", "ESI-KEN-2005", 2))
    assert [row[-1] for row in said(publication, "new_inspections")] == ["Corrected"]


def test_areas_are_counted_by_month_and_quadrants_as_one_area(publication: duckdb.DuckDBPyConnection) -> None:
    arrive(publication, ("nsmart", "KEN_0405", 1), ("nsmart", "LONN_0405", 1), ("nsmart", "LONS_0405", 1))
    arrive(publication, ("nsmart", "KEN_0505", 2))
    assert [row[1:] for row in said(publication, "new_months")] == [(2, 0), (0, 1)]


def test_of_each_figure_that_was_revised_the_latest_month_is_given(publication: duckdb.DuckDBPyConnection) -> None:
    publication.execute(
        "insert into marts.fct_performance_revision values "
        "('KEN', 'ENF', '2005-04-01', 'before', 0.5, 0.6, 'missed', 'KEN_0405'), "
        "('KEN', 'ENF', '2005-05-01', 'before', 0.5, 0.75, 'missed', 'KEN_0405'), "
        "('LON', 'SICK', '2005-05-01', 'long ago', 9, 10, 'missed', 'LON_0405')"
    )
    assert [(row[1], str(row[4]), *row[6:8]) for row in said(publication, "revised")] == [
        ("Kent", "2005-05-01", 50.0, 75.0)
    ]


@pytest.mark.parametrize("name", ["new_inspections", "new_months", "revised"])
def test_on_the_first_night_nothing_is_new(name: str, publication: duckdb.DuckDBPyConnection) -> None:
    publication.execute("update ops.publication set previous_run_id = null")
    arrive(publication, ("inspection", "ESI-KEN-2005", 1), ("nsmart", "KEN_0405", 1))
    assert said(publication, name) == []
