"""Whether figures are made of what they were made of: by content, columns and code, and never by a guess."""

from pathlib import Path

import duckdb
import pytest

from figures import sources
from figures.sources import Sources

QUERY = "select area_name from marts.dim_area"


def file(folder: Path, *changes: str) -> duckdb.DuckDBPyConnection:
    """A publication with two marts, one of them without a hash of its content, and changes made to it."""
    connection = duckdb.connect(str(folder / f"{len(list(folder.iterdir()))}.duckdb"))
    connection.execute(
        """
        create schema marts;
        create schema ops;
        create table marts.dim_area as select 'BED' as area_code, 'Bedfordshire' as area_name;
        create table marts.fct_other as select 1 as one;
        create table ops.publication as select 'R1' as run_id;
        create table ops.publication_table (table_schema varchar, table_name varchar, content_hash varchar);
        insert into ops.publication_table values
            ('marts', 'dim_area', 'a'), ('marts', 'fct_other', 'b'), ('intermediate', 'publication', 'c');
        """
    )
    for change in changes:
        connection.execute(change)
    return connection


@pytest.mark.parametrize(
    "change",
    [
        "update ops.publication_table set content_hash = 'x' where table_name = 'fct_other'",
        "update ops.publication set run_id = 'R2'",
    ],
)
def test_a_figure_is_made_of_the_same_whatever_other_tables_hold(change: str, tmp_path: Path) -> None:
    assert Sources(file(tmp_path)).key([QUERY]) == Sources(file(tmp_path, change)).key([QUERY])


@pytest.mark.parametrize(
    "change",
    [
        "update ops.publication_table set content_hash = 'x' where table_name = 'dim_area'",
        "alter table marts.dim_area rename column area_code to area",
        "comment on column marts.dim_area.area_name is 'As it is now called.'",
    ],
)
def test_a_figure_is_made_of_something_else_when_a_table_it_reads_is(change: str, tmp_path: Path) -> None:
    assert Sources(file(tmp_path)).key([QUERY]) != Sources(file(tmp_path, change)).key([QUERY])


def test_a_table_without_a_known_content_makes_no_key(tmp_path: Path) -> None:
    assert Sources(file(tmp_path)).key([QUERY, "from ops.publication"]) == ""
    assert Sources(file(tmp_path, "drop table ops.publication_table")).key([QUERY]) == ""
    assert Sources(file(tmp_path)).key(["from marts.nowhere"]) == ""


def test_other_code_makes_another_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Sources(file(tmp_path)).key([QUERY])
    monkeypatch.setattr(sources, "code", lambda: "other")
    assert Sources(file(tmp_path)).key([QUERY]) != before
