"""Parquet: what was loaded as Spark reads it, and what Spark built as readers get it.

`restricted/parquet/raw/<kind>/` has a file for each night that loaded rows of the kind, named for the last delivery in
it: what is there is not written again. `restricted/parquet/intake/` is small and written anew. Whatever makes the
restricted warehouse's file anew removes both (`forget`), and the next night hands everything over again.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.deliveries import DELIVERIES
from flows.base.errors import WarehouseUnusable
from flows.base.intake_tables import INTAKE_TABLES, NEVER_READ_BY_MODELS, raw_columns
from flows.base.warehouse_paths import Warehouse, sql_text

MOST_FILES = 400
"""Of a kind; with more, they are written anew as one, so that Spark is not kept busy opening small files."""

FORMAT = "(format parquet, compression zstd)"

TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "array<string>",
    "BIGINT[]": "array<bigint>",
    "TIMESTAMP": "timestamp_ntz",
    "INTEGER": "int",
}
"""Spark's names of DuckDB's types, where they differ."""


@dataclass(frozen=True)
class HandedOver:
    """A table of `intake` or `raw`. columns: as Spark declares them. folder: of its files."""

    schema: str
    name: str
    columns: str
    folder: Path


def loaded(warehouse: Warehouse) -> Path:
    """What was loaded, as Parquet."""
    return warehouse.restricted / "parquet"


def built(warehouse: Warehouse) -> Path:
    """What Spark builds, until it is published."""
    return warehouse.temporary / "spark"


def built_table(warehouse: Warehouse, table: str) -> Path:
    """Where Spark keeps a table (schema.name)."""
    schema, name = table.split(".")
    return built(warehouse) / f"{schema}.db" / name


def published(folder: Path, schema: str, table: str) -> Path:
    """Where a publication has a table's Parquet."""
    return folder / "parquet" / schema / table


def forget(warehouse: Warehouse) -> None:
    """Remove what holds loaded rows: the file that it was written from is made anew, or rows must go."""
    for folder in (loaded(warehouse), built(warehouse)):
        shutil.rmtree(folder, ignore_errors=True)


def hand_over(warehouse: Warehouse) -> list[HandedOver]:
    """Write what was loaded since the last time, and the tables of `intake` anew.

    Errors: WarehouseUnusable where the files would not hold just the rows that were loaded.
    """
    with warehouse.connect() as connection:
        for kind in DELIVERIES:
            _append(connection, kind, loaded(warehouse) / "raw" / kind)
        for table in INTAKE_TABLES.keys() - NEVER_READ_BY_MODELS:
            _write(connection, f"from intake.{table}", loaded(warehouse) / "intake" / table / "rows.parquet")
        return list(_handed_over(connection, loaded(warehouse)))


def _append(connection: duckdb.DuckDBPyConnection, kind: str, folder: Path) -> None:
    """Deliveries are loaded in the order of their numbers, so a file's name says what is there up to it."""
    files = sorted(folder.glob("[0-9]*.parquet"))
    last = int(files[-1].stem) if files else 0
    if len(files) > MOST_FILES or _rows_in(connection, folder) != _rows_loaded(connection, kind, last):
        shutil.rmtree(folder)
        last = 0
    folder.mkdir(parents=True, exist_ok=True)
    newest = _newest(connection, kind)
    if newest > last:
        rows = f"from raw.{kind} where file_id > {last} order by file_id, row_number"
        _write(connection, rows, folder / f"{newest:010}.parquet")
    if _rows_in(connection, folder) != _rows_loaded(connection, kind, newest):
        raise WarehouseUnusable(
            f"raw.{kind} does not hold the rows that were loaded: run `casebook rebuild`, which makes the restricted "
            "warehouse again from the archive, then the night again."
        )


def _newest(connection: duckdb.DuckDBPyConnection, kind: str) -> int:
    query = "select coalesce(max(file_id), 0) from intake.file where kind = ? and rows_loaded > 0"
    return int(connection.execute(query, [kind]).fetchall()[0][0])


def _rows_loaded(connection: duckdb.DuckDBPyConnection, kind: str, last: int) -> int:
    query = "select coalesce(sum(rows_loaded), 0) from intake.file where kind = ? and file_id <= ?"
    return int(connection.execute(query, [kind, last]).fetchall()[0][0])


def _rows_in(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """As the files' own ends tell, without reading them."""
    if not any(folder.glob("*.parquet")):
        return 0
    query = "select sum(num_rows) from parquet_file_metadata(?)"
    return int(connection.execute(query, [str(folder / "*.parquet")]).fetchall()[0][0])


def _write(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    """All of a file or nothing: Spark does not see one whose name begins with a dot."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    connection.execute(f"copy ({query}) to {sql_text(str(part))} {FORMAT}")
    part.replace(file)


def _handed_over(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[HandedOver]:
    names = {("intake", name): "*" for name in INTAKE_TABLES if name not in NEVER_READ_BY_MODELS}
    names |= {("raw", delivery.kind): ", ".join(raw_columns(delivery)) for delivery in DELIVERIES.values()}
    for (schema, name), columns in names.items():
        described = connection.execute(f"describe select {columns} from {schema}.{name}").fetchall()
        typed = ", ".join(f"{column} {TYPES.get(kind, kind)}" for column, kind, *_ in described)
        yield HandedOver(schema, name, typed, folder / schema / name)


def bring_back(warehouse: Warehouse, tables: Sequence[str]) -> None:
    """Copy tables that Spark built (schema.name, * for all of a schema) into the restricted warehouse's file."""
    with warehouse.connect() as connection:
        for pattern in tables:
            schema, name = pattern.split(".")
            connection.execute(f"create schema if not exists {schema}")
            for folder in sorted((built(warehouse) / f"{schema}.db").glob(name)):
                connection.execute(f"create or replace table {schema}.{folder.name} as from {relation(folder)}")


def publish(table: Path, target: Path) -> None:
    """A table's files from where Spark built them, without its marks and checksums."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(table, target)
    for mark in [*target.rglob(".*.crc"), *target.rglob("_SUCCESS")]:
        mark.unlink()


def relation(folder: Path) -> str:
    """A table's files as DuckDB reads them; a column that they are partitioned by is text."""
    files = sql_text(str(folder / "**" / "*.parquet"))
    return f"read_parquet({files}, hive_partitioning = true, hive_types_autocast = false)"


def complete(candidate: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Parquet of the tables of the attached `candidate` that have none in the publication's folder yet."""
    tables = candidate.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'candidate' order by all"
    ).fetchall()
    for schema, name in tables:
        target = published(folder, schema, name)
        if not target.exists():
            _write(candidate, f"from candidate.{schema}.{name}", target / "rows.parquet")
