"""The dictionary of an edition has tables and views."""

import duckdb

from figures.dictionary import tables_of


def test_a_view_is_listed_with_its_rows_and_is_no_download() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.dim_area as select 'BED' as area_code union all select 'KEN'")
        connection.execute("create view marts.wide_area as select area_code from marts.dim_area")
        found = {table.name: table for table in tables_of(connection)}
    assert {name: table.rows for name, table in found.items()} == {"dim_area": 2, "wide_area": 2}
    assert [name for name, table in found.items() if table.is_downloaded] == ["dim_area"]
    assert found["wide_area"].subject == "Figures with their names"
