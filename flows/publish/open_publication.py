"""A publication, open for an analyst's program: `casebook.open()`."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from flows.base.settings import Settings
from flows.base.warehouse_paths import Warehouse, read_beside
from flows.publish.publication import require_readable
from flows.publish.publish import current_run, kept_file

TABLES = """
    select schema_name as schema, table_name as table, comment as description
    from (
        select schema_name, table_name, comment from duckdb_tables() where database_name = current_database()
        union all
        select schema_name, view_name, comment from duckdb_views() where database_name = current_database()
            and not internal
    )
    order by all"""
COLUMNS = """
    select schema_name as schema, column_name as column, data_type as type, comment as description
    from duckdb_columns()
    where database_name = current_database() and table_name = ?
    order by schema_name, column_index"""


class Publication:
    """A publication's file, open for reading: DuckDB's connection, with helpers. Close it, or use it in `with`.

    Everything that DuckDB's connection has (`sql`, `execute`, `register` and so on) is here. Tables of `marts` and
    `ops` need no schema before their names.
    """

    connection: duckdb.DuckDBPyConnection
    run_id: str

    def __init__(self, connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
        self.connection = connection
        self.run_id = run_id

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def __enter__(self) -> "Publication":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    @property
    def business_date(self) -> date:
        """The date that the figures are as of."""
        (found,) = self.connection.execute("select business_date from ops.publication").fetchall()[0]
        day: date = found
        return day

    def tables(self) -> duckdb.DuckDBPyRelation:
        """Schema, name and description of every table."""
        return self.connection.sql(TABLES)

    def columns(self, table: str) -> duckdb.DuckDBPyRelation:
        """Name, type and description of every column of a table."""
        return self.connection.sql(COLUMNS, params=[table.removeprefix("marts.").removeprefix("ops.")])

    def cite(self, table: str) -> str:
        """What to put beside a figure that comes from a table."""
        return f"Casebook, publication {self.run_id} (business date {self.business_date:%-d %B %Y}), {table}"


def open_publication(warehouse: str | os.PathLike[str] | None = None, run_id: str | None = None) -> Publication:
    """The publication that readers get, or one that is retained, open for reading.

    Args:
        warehouse: its folder; by default that of CASEBOOK_WAREHOUSE, or `warehouse`.
        run_id: of a publication that is retained; by default the current one.

    Raises:
        NothingPublished: there is no such publication.
        NoPermission: you may not read it.
    """
    where = Warehouse(Path(warehouse or Settings().warehouse).absolute())
    file = kept_file(where, run_id or current_run(where))
    require_readable(file)
    connection = duckdb.connect(str(file), read_only=True)
    read_beside(connection, file)
    with suppress(duckdb.CatalogException):
        connection.execute("set search_path = 'marts,ops'")
    return Publication(connection, file.parent.name)
