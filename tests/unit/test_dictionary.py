"""The dictionary of an edition has tables and views, with what their rows cover."""

import duckdb
import pytest
import yaml

from figures.dictionary import Table, tables_of
from flows.base.settings import PROJECT


def test_a_view_is_listed_with_its_rows_and_is_no_download() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.dim_area as select 'BED' as area_code union all select 'KEN'")
        connection.execute("create view marts.wide_area as select area_code from marts.dim_area")
        found = {table.name: table for table in tables_of(connection)}
    assert {name: table.rows for name, table in found.items()} == {"dim_area": 2, "wide_area": 2}
    assert [name for name, table in found.items() if table.is_downloaded] == ["dim_area"]
    assert found["wide_area"].subject == "Figures with their names"


@pytest.mark.parametrize(
    ("rows", "covers"),
    [
        ("select 'BED' as area_code, date '2005-04-01' as period_month", "April 2005, 1 area"),
        (
            "select * from (values ('BED', date '2005-04-01'), ('KEN', date '2004-04-01'), ('ENW', null)) "
            "as rows (area_code, period_month)",
            "April 2004 to April 2005, 2 areas",
        ),
        ("select 'ESI-BED' as inspection_id, 3 as cases", "fieldwork March 2005, 1 area"),
        ("select '2004/05' as performance_year, 'ENF' as measure_code", "2004/05"),
        ("select null::date as period_month where false", ""),
        ("select 'F' as category", ""),
    ],
)
def test_a_table_covers_the_periods_and_areas_of_its_rows(rows: str, covers: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.dim_inspection as "
            "select 'ESI-BED' as inspection_id, 'BED' as area_code, date '2005-03-07' as fieldwork_from"
        )
        connection.execute(f"create table marts.fct_any as {rows}")
        found = {table.name: table for table in tables_of(connection)}
    assert found["fct_any"].covers.words == covers
    assert found["dim_inspection"].covers.words == "fieldwork March 2005, 1 area"


def test_a_table_says_when_to_use_it() -> None:
    told = Table("marts", "t", "Scores. Key: code. Use it when you ask how it went. Never rank.", 1, ())
    assert told.use == "you ask how it went"
    assert Table("marts", "t", "Scores. Key: code.", 1, ()).use == ""


def test_every_table_that_is_published_says_when_to_use_it() -> None:
    files = [*PROJECT.glob("models/marts/**/_*__models.yml"), *PROJECT.glob("models/public/_*__models.yml")]
    told = {
        model["name"]: model["description"] for file in files for model in yaml.safe_load(file.read_text())["models"]
    }
    described = {name: Table("marts", name, text, 0, ()) for name, text in told.items() if not name.startswith("der_")}
    assert len(described) > 100
    assert [name for name, table in described.items() if not table.use] == []
