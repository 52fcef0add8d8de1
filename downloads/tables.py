"""The tables of the edition as CSV and Parquet, described by one Frictionless Data Package.

Tables whose rows are single cases, and those with lists or maps, stay in the analysts' file.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import duckdb

from figures import Publication, publication_of
from figures.dictionary import FIELD_TYPES, Table, TableColumn
from figures.edition import Edition, edition_of
from figures.sources import Sources
from flows.base.render_cache import CachedFile, RenderCache
from flows.base.settings import PROJECT
from flows.base.warehouse_paths import sql_text

PACKAGE = "datapackage.json"
LICENCE = "licence.md"
INVENTED = "INVENTED.txt"

# Excel and RFC 4180 want both characters at the end of a line; an empty text is written as "", a NULL as nothing.
CSV = r"format csv, header true, nullstr '', dateformat '%Y-%m-%d', new_line '\r\n'"
FORMATS = {"csv": CSV, "parquet": "format parquet, compression zstd"}

KEY = re.compile(r"\bkey: ([a-z_]+(?:, [a-z_]+)*)", re.IGNORECASE)
"""How a table's description names its key."""


def write_tables(connection: duckdb.DuckDBPyConnection, folder: Path, cache: RenderCache) -> None:
    """Write the tables into a folder that is not there yet."""
    folder.mkdir(parents=True)
    sources, publication = Sources(connection), publication_of(connection)
    tables = [table for table in sources.tables if table.is_downloaded]
    for table in tables:
        for suffix, options in _formats(publication.notice).items():
            key = sources.key([table.full_name], publication.notice)
            _write(connection, table, folder / f"{table.name}.{suffix}", options, cache, key)
    cache.keep_only(f"{table.name}.{suffix}" for table in tables for suffix in FORMATS)
    (folder / LICENCE).write_bytes((PROJECT / "figures" / "topic" / LICENCE).read_bytes())
    if publication.notice:
        (folder / INVENTED).write_text(publication.notice + "\n", encoding="utf-8")
    package = _package(edition_of(connection), publication, [_resource(table, folder) for table in tables])
    (folder / PACKAGE).write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _formats(notice: str) -> dict[str, str]:
    """How files are written. A Parquet file says itself that cases are invented; for a CSV, INVENTED.txt does."""
    told = f", kv_metadata {{invented: {sql_text(notice)}}}" if notice else ""
    return {**FORMATS, "parquet": FORMATS["parquet"] + told}


def _write(
    connection: duckdb.DuckDBPyConnection, table: Table, path: Path, options: str, cache: RenderCache, key: str
) -> None:
    content = cache.reused(path.name, key)
    if content is not None:
        path.write_bytes(content)
        return
    connection.execute(f"copy (from {table.full_name} order by all) to {sql_text(str(path))} ({options})")
    cache.write(path.name, CachedFile(key, path.read_bytes()))


def _package(edition: Edition, publication: Publication, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "casebook",
        "title": "Inspections and performance of probation areas",
        "description": (
            f"{edition.name} edition. {edition.banner} {publication.notice} "
            f"Tables as of {publication.business_date}; each is also there as Parquet. A figure that does not exist is "
            "empty, and figure_status beside it says why. Please quote the version, which is the "
            f"{edition.cited} of the {edition.unit}."
        ),
        "version": publication.run_id,
        "invented": bool(publication.invented),
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
