"""The tables of the edition as CSV and Parquet, described by one Frictionless Data Package.

Tables whose rows are single cases, and those with lists or maps, stay in the analysts' file.
"""

import hashlib
import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from figures import Publication, publication_of
from figures.basis import Basis
from figures.dictionary import FIELD_TYPES, Table, TableColumn
from figures.edition import STAFF
from flows.base.render_cache import Kept, digest
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import sql_text

PACKAGE = "datapackage.json"
LICENCE = "licence.md"

# Excel and RFC 4180 want both characters at the end of a line; an empty text is written as "", a NULL as nothing.
CSV = r"format csv, header true, nullstr '', dateformat '%Y-%m-%d', new_line '\r\n'"

KEY = re.compile(r"\bkey: ([a-z_]+(?:, [a-z_]+)*)", re.IGNORECASE)
"""How a table's description names its key."""


MARKS = {"run_id": "R", "business_date": "D"}
"""Stand for what a Parquet file says of its publication while it is a form, a sign for each byte (flows.base.render_cache)."""


def write_tables(connection: duckdb.DuckDBPyConnection, folder: Path, kept: Kept) -> list[str]:
    """Write the tables into a folder that is not there yet. Returns the names of their files."""
    folder.mkdir(parents=True)
    publication = publication_of(connection)
    basis = Basis(connection)
    tables = [table for table in basis.tables if table.is_downloaded]
    for table in tables:
        own = basis.of([table.full_name], len(publication.run_id))
        _write(connection, table, folder, publication, kept, own)
    (folder / LICENCE).write_bytes((PROJECT / "figures" / "topic" / LICENCE).read_bytes())
    package = _package(publication, [_resource(table, folder) for table in tables])
    (folder / PACKAGE).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return [f"{table.name}.{suffix}" for table in tables for suffix in ("csv", "parquet")]


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    folder: Path,
    publication: Publication,
    kept: Kept,
    basis: bytes | None,
) -> None:
    told = _told(publication)
    marks = ", ".join(f"{key}: '{MARKS[key] * len(value)}'" for key, value in told.items())
    parquet = f"format parquet, compression zstd, kv_metadata {{{marks}}}"
    said = basis or digest(told)
    for suffix, options in (("csv", CSV), ("parquet", parquet)):
        path = folder / f"{table.name}.{suffix}"
        form = kept.form(path.name, basis, said, partial(_copied, connection, table, path, options))
        path.write_bytes(filled(form, told) if suffix == "parquet" else form)


def _copied(connection: duckdb.DuckDBPyConnection, table: Table, path: Path, options: str) -> bytes:
    connection.execute(f"copy (from {table.full_name} order by all) to {sql_text(str(path))} ({options})")
    return path.read_bytes()


def _told(publication: Publication) -> dict[str, str]:
    return {"run_id": publication.run_id, "business_date": f"{publication.business_date}"}


def filled(form: bytes, told: dict[str, str]) -> bytes:
    """A Parquet file with what it tells in place of the marks in its footer, which are as long.

    Errors: ValueError where a mark is not there, or not once.
    """
    start = len(form) - 8 - int.from_bytes(form[-8:-4], "little")
    footer = form[start:]
    for key, value in told.items():
        mark = _entry(key, MARKS[key] * len(value))
        if footer.count(mark) != 1:
            raise ValueError(f"The footer of a Parquet file does not have the mark of {key} once.")
        footer = footer.replace(mark, _entry(key, value))
    return form[:start] + footer


def _entry(key: str, value: str) -> bytes:
    """Key and value as the footer has them (Thrift's compact protocol: a binary field's header and length)."""
    return key.encode() + b"\x18" + bytes([len(value)]) + value.encode()


def _package(publication: Publication, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "casebook",
        "title": "Inspections and performance of probation areas",
        "description": (
            f"{STAFF.name} edition. {STAFF.banner} Tables as of {publication.business_date}; each is also there as "
            "Parquet. A figure that does not exist is empty, and figure_status beside it says why. Please quote the "
            "version, which is the run id."
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
        content = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.name, "bytes": path.stat().st_size, "hash": f"sha256:{content}"}


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
