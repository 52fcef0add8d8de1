"""The tables of an edition with their descriptions, from the comments in the file."""

import re
from dataclasses import dataclass
from functools import cache

import duckdb

from figures.coverage import NOTHING, Coverage, coverage_of
from figures.define import Figure, Kind
from figures.edition import EDITIONS, edition_of

FIELD_TYPES = {
    "varchar": "string",
    "bigint": "integer",
    "integer": "integer",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
}
"""Types of Table Schema by DuckDB's. A table with lists or maps is no CSV."""


SCHEMAS = tuple(schema for edition in EDITIONS.values() for schema in edition.schemas)


@dataclass(frozen=True)
class TableColumn:
    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class Table:
    """A table or view of an edition. description: Markdown."""

    schema: str
    name: str
    description: str
    rows: int
    columns: tuple[TableColumn, ...]
    is_view: bool = False
    covers: Coverage = NOTHING

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def summary(self) -> str:
        """The first sentence of its description."""
        return self.description.partition(". ")[0].strip().rstrip(".") + "."

    @property
    def row(self) -> str:
        """The columns that tell its rows apart, as its description says; empty where it does not."""
        found = re.search(r"(?:Primary key|Grain and (?:primary )?key|Key): ([\w, ]+)", self.description)
        return found[1] if found else ""

    @property
    def use(self) -> str:
        """When it is the table to look at, as its description says; empty where it does not."""
        found = re.search(r"\bUse it when ([^.]+)\.", self.description)
        return found[1] if found else ""

    @property
    def subject(self) -> str:
        """What it is about, for lists of tables."""
        columns = {column.name for column in self.columns}
        if self.schema == "ops":
            return "Nights and deliveries"
        if self.name.startswith("dim_"):
            return "Names and codes"
        if self.name.startswith("wide_"):
            return "Figures with their names"
        return "Inspections" if columns & {"inspection_id", "framework_code"} else "Performance and context of areas"

    @property
    def is_of_cases(self) -> bool:
        """Whether its rows are about single cases."""
        return any(column.name == "case_key" for column in self.columns)

    @property
    def is_downloaded(self) -> bool:
        """Whether it is a download: a table not of single cases, and without lists or maps, which no CSV holds."""
        listless = all(column.data_type in FIELD_TYPES for column in self.columns)
        return listless and not self.is_of_cases and not self.is_view

    def is_read_by(self, kind: Kind, figure: Figure) -> bool:
        """Whether the query of a figure reads it."""
        return self.full_name in tables_in(kind.query(figure.name))


TABLES = """
    select schema_name, table_name, coalesce(comment, ''), estimated_size
    from (
        select schema_name, table_name, comment, estimated_size from duckdb_tables()
        union all
        select schema_name, view_name, comment, null from duckdb_views() where not internal
    )
    where list_contains(?, schema_name)
    order by table_name"""


@cache
def tables_in(query: str) -> frozenset[str]:
    """The tables that a query reads, with their schemas."""
    return frozenset(re.findall(rf"\b(?:{'|'.join(SCHEMAS)})\.\w+", query))


def tables_of(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Every table and view of the edition's schemas, by name."""
    found = connection.execute(TABLES, [edition_of(connection).schemas]).fetchall()
    columns = _columns(connection)
    return [
        Table(
            schema,
            name,
            comment,
            _rows(connection, schema, name, size),
            tuple(columns[schema, name]),
            size is None,
            coverage_of(connection, schema, name, [column.name for column in columns[schema, name]]),
        )
        for schema, name, comment, size in found
    ]


def _rows(connection: duckdb.DuckDBPyConnection, schema: str, name: str, size: int | None) -> int:
    """How many rows a table has by its size, which a view does not know."""
    if size is not None:
        return size
    ((counted,),) = connection.execute(f"select count(*) from {schema}.{name}").fetchall()
    return int(counted)


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[TableColumn]]:
    """The columns of each table, in order."""
    found = connection.execute(
        "select schema_name, table_name, column_name, lower(data_type), coalesce(comment, '') from duckdb_columns() "
        "where list_contains(?, schema_name) order by table_name, column_index",
        [edition_of(connection).schemas],
    ).fetchall()
    columns: dict[tuple[str, str], list[TableColumn]] = {}
    for schema, table, *column in found:
        columns.setdefault((schema, table), []).append(TableColumn(*column))
    return columns
