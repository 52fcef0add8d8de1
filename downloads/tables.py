"""The tables of schema `public` as CSV and Parquet, described by one Frictionless Data Package."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import duckdb

from figures import Publication, publication_of
from figures.dictionary import Table, TableColumn, tables_of
from flows.folders import sql_text
from flows.settings import PROJECT

PACKAGE = "datapackage.json"
LICENCE = "licence.md"

# Excel and RFC 4180 want both characters at the end of a line; an empty text is written as "", a NULL as nothing.
CSV = r"format csv, header true, nullstr '', dateformat '%Y-%m-%d', new_line '\r\n'"

FIELD_TYPES = {
    "varchar": "string",
    "bigint": "integer",
    "integer": "integer",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
}
"""Types of Table Schema by DuckDB's; a test holds that every column of `public` has one."""

KEY = re.compile(r"\bkey: ([a-z_]+(?:, [a-z_]+)*)", re.IGNORECASE)
"""How a table's description names its key."""


def write_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write every table of schema `public` into a folder that is not there yet. Returns how many there are."""
    folder.mkdir(parents=True)
    publication = publication_of(connection)
    tables = tables_of(connection)
    for table in tables:
        _copy(connection, table.name, folder, publication)
    (folder / LICENCE).write_bytes((PROJECT / "figures" / "topic" / LICENCE).read_bytes())
    package = _package(publication, [_resource(table, folder) for table in tables])
    (folder / PACKAGE).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(tables)


def _copy(connection: duckdb.DuckDBPyConnection, name: str, folder: Path, publication: Publication) -> None:
    told = f"{{run_id: {sql_text(publication.run_id)}, business_date: '{publication.business_date}'}}"
    parquet = f"format parquet, compression zstd, kv_metadata {told}"
    for suffix, options in (("csv", CSV), ("parquet", parquet)):
        connection.execute(
            f"copy (from public.{name} order by all) to {sql_text(str(folder / f'{name}.{suffix}'))} ({options})"
        )


def _package(publication: Publication, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "casebook",
        "title": "Inspections and performance of probation areas",
        "description": (
            f"Aggregates that may be shown to anyone, as of {publication.business_date}. Counts of 1 to 4 people are "
            "suppressed: a value that is not shown is empty, and a column beside it whose name ends in _status says "
            "why. Each table is also there as Parquet. Please quote the version, which is the run id."
        ),
        "version": publication.run_id,
        "licenses": [{"title": "The licence of the publication, and of what it quotes", "path": LICENCE}],
        "resources": resources,
    }


def _resource(table: Table, folder: Path) -> dict[str, Any]:
    """A table as the package tells of it; its Parquet file is beside the specification, under `parquet`."""
    return {
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "description": table.description,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_file(folder / f"{table.name}.csv"),
        "schema": _schema(table),
        "parquet": _file(folder / f"{table.name}.parquet"),
    }


def _file(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.name, "bytes": path.stat().st_size, "hash": f"sha256:{digest}"}


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    key = primary_key(table)
    return {**schema, "primaryKey": key} if key else schema


def _field(column: TableColumn) -> dict[str, str]:
    return {"name": column.name, "type": FIELD_TYPES[column.data_type], "description": column.description}


def primary_key(table: Table) -> list[str]:
    """The columns that its description names as its key; none where it names none."""
    named = KEY.search(table.description)
    key = named[1].split(", ") if named else []
    return key if set(key) <= {column.name for column in table.columns} else []
