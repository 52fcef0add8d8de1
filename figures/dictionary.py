"""The tables of schema `public` with what their readers are told, from the comments in the file."""

import re
from dataclasses import dataclass
from functools import cache

import duckdb

from figures.define import Figure, Kind


@dataclass(frozen=True)
class TableColumn:
    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class Table:
    """A table of schema `public`. description: Markdown."""

    name: str
    description: str
    rows: int
    columns: tuple[TableColumn, ...]

    def is_read_by(self, kind: Kind, figure: Figure) -> bool:
        """Whether the query of a figure reads it."""
        return self.name in tables_in(kind.query(figure.name))


@cache
def tables_in(query: str) -> frozenset[str]:
    """Names of the tables of schema `public` that a query reads."""
    return frozenset(re.findall(r"\bpublic\.(\w+)", query))


def tables_of(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Every table of schema `public`, by name."""
    found = connection.execute(
        "select table_name, coalesce(comment, ''), estimated_size from duckdb_tables() "
        "where schema_name = 'public' order by table_name"
    ).fetchall()
    columns = _columns(connection)
    return [Table(name, comment, rows, tuple(columns[name])) for name, comment, rows in found]


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[TableColumn]]:
    """The columns of each table, in order."""
    found = connection.execute(
        "select table_name, column_name, lower(data_type), coalesce(comment, '') from duckdb_columns() "
        "where schema_name = 'public' order by table_name, column_index"
    ).fetchall()
    columns: dict[str, list[TableColumn]] = {}
    for table, *column in found:
        columns.setdefault(table, []).append(TableColumn(*column))
    return columns
