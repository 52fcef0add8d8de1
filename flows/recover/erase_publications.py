"""Purge: kept publications without the rows of some cases. A file is written anew, so that no freed block keeps them.

Connections that are open keep the file they opened. What is published of many cases together stays as it was.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from flows.base.content_hash import content_query
from flows.base.warehouse_paths import Warehouse, read_beside, sql_text, sync_file, sync_folder
from flows.publish.assemble import STORAGE_VERSION
from flows.publish.publish import publications, published_file
from flows.publish.readers import open_warehouse
from flows.warehouse.engines import parquet

ERASURE_COMMENT = "What was erased from this file after it was published. Grain: an erasure."

Table = tuple[str, str]
"""Schema and name."""


@dataclass(frozen=True)
class Purged:
    """Publications that were written anew, and the rows that went from them."""

    publications: int
    rows: int


def purge(warehouse: Warehouse, case_keys: set[str], sentence: str) -> Purged:
    """Take the rows of these cases out of every table that has a case key, in every kept publication."""
    rows = [_purge_file(published_file(warehouse, run), case_keys, sentence) for run in publications(warehouse)]
    open_warehouse(warehouse)
    return Purged(sum(count > 0 for count in rows), sum(rows))


def _purge_file(file: Path, case_keys: set[str], sentence: str) -> int:
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        read_beside(connection, file)
        connection.execute("create table erased_case (case_key varchar)")
        connection.executemany("insert into erased_case values (?)", [[key] for key in sorted(case_keys) or [""]])
        # Files first: of a table that stays in them, what the analysts' file tells of it shows that rows have gone.
        parquet.take_out(connection, file.parent, "erased_case")
        connection.execute(f"attach {sql_text(str(file))} as kept (read_only)")
        rows = _rows_by_table(connection)
        if not rows:
            return 0
        connection.execute(f"attach {sql_text(str(part))} as anew (storage_version '{STORAGE_VERSION}')")
        _copy(connection, set(rows))
        _fingerprint(connection, list(rows))
        _tell(connection, sentence, sum(rows.values()))
        connection.execute("detach anew")
    shutil.copymode(file, part)
    sync_file(part)
    part.replace(file)
    sync_folder(file.parent)
    return sum(rows.values())


def _rows_by_table(connection: duckdb.DuckDBPyConnection) -> dict[Table, int]:
    """Rows of the cases, by each table that has any."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_columns() "
        "where database_name = 'kept' and not internal and column_name = 'case_key' order by all"
    ).fetchall()
    counts: dict[Table, int] = {}
    for schema, name in tables:
        (count,) = connection.execute(
            f'select count(*) from kept."{schema}"."{name}" semi join erased_case using (case_key)'
        ).fetchall()[0]
        if count:
            counts[schema, name] = count
    return {**counts, **_rows_gone_from_views(connection)}


def _rows_gone_from_views(connection: duckdb.DuckDBPyConnection) -> dict[Table, int]:
    """Rows that the file tells of and that are not in the files any more which its views read."""
    counts: dict[Table, int] = {}
    for schema, name, _, _ in _views(connection):
        (count,) = connection.execute(
            f'''
            select sum(row_count) - (select count(*) from kept."{schema}"."{name}") from kept.ops.publication_table
            where table_schema = ? and table_name = ?
            ''',
            [schema, name],
        ).fetchall()[0]
        if count:
            counts[schema, name] = count
    return counts


def _views(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str | None]]:
    """Schema, name, statement and comment of each view."""
    return connection.execute(
        "select schema_name, view_name, sql, comment from duckdb_views() "
        "where database_name = 'kept' and not internal order by all"
    ).fetchall()


def _copy(connection: duckdb.DuckDBPyConnection, without_cases: set[Table]) -> None:
    """Every table in its order, with what its readers are told."""
    tables = connection.execute(
        "select schema_name, table_name, comment from duckdb_tables() where database_name = 'kept' order by all"
    ).fetchall()
    for schema in sorted({schema for schema, _, _ in tables}):
        connection.execute(f'create schema if not exists anew."{schema}"')
    for schema, name, comment in tables:
        left_out = "anti join erased_case using (case_key)" if (schema, name) in without_cases else ""
        connection.execute(
            f'create table anew."{schema}"."{name}" as from kept."{schema}"."{name}" as kept_rows {left_out} '
            f"{'order by all' if left_out else ''}"
        )
        if comment:
            connection.execute(f'comment on table anew."{schema}"."{name}" is {sql_text(comment)}')
    for schema, name, statement, comment in _views(connection):
        connection.execute(f"use anew; {statement}; use memory")
        if comment:
            connection.execute(f'comment on view anew."{schema}"."{name}" is {sql_text(comment)}')
    columns = connection.execute(
        "select schema_name, table_name, column_name, comment from duckdb_columns() "
        "where database_name = 'kept' and not internal and comment is not null"
    ).fetchall()
    for schema, name, column, comment in columns:
        connection.execute(f'comment on column anew."{schema}"."{name}"."{column}" is {sql_text(comment)}')


def _fingerprint(connection: duckdb.DuckDBPyConnection, changed: list[Table]) -> None:
    if not _has(connection, "publication_table"):
        return
    connection.execute(
        f"""
        update anew.ops.publication_table as told
        set row_count = found.row_count, content_hash = found.content_hash
        from ({content_query(changed, "anew")}) as found
        where told.table_schema = found.table_schema and told.table_name = found.table_name
        """
    )


def _tell(connection: duckdb.DuckDBPyConnection, sentence: str, rows: int) -> None:
    """`ops.erasure`: that the file is not as it was published."""
    if not _has(connection, "erasure"):
        connection.execute("create schema if not exists anew.ops")
        connection.execute("create table anew.ops.erasure (erased_at timestamp, reason varchar, rows_erased bigint)")
        connection.execute(f"comment on table anew.ops.erasure is {sql_text(ERASURE_COMMENT)}")
    connection.execute(
        "insert into anew.ops.erasure values (?, ?, ?)", [datetime.now(UTC).replace(tzinfo=None), sentence, rows]
    )


def _has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = 'anew' and schema_name = 'ops' and table_name = ?", [table]
    )
    return bool(found.fetchall())
