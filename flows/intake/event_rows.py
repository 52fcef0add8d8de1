"""Event rows: what the register's events are in the restricted warehouse, as rows of `intake`."""

from collections.abc import Iterable
from dataclasses import astuple, fields
from typing import Any

import duckdb
import pyarrow as pa

from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.events import ArchivedFile, SetAside, Withdrawal, file_of, rewritten, set_aside_of, withdrawal_of
from flows.intake.look import Found

# Declared, not inferred: where every name of a night is no delivery's, a column has no value to infer a type from.
ENTRY = pa.schema(
    {
        "file_id": pa.int64(),
        "path": pa.string(),
        "file_name": pa.string(),
        "kind": pa.string(),
        "delivery_key": pa.string(),
        "revision": pa.int32(),
        "sha256": pa.string(),
        "size_bytes": pa.int64(),
        "first_seen_run_id": pa.string(),
        "reason": pa.string(),
        "rows_erased": pa.int64(),
    }
)


def carry_out(connection: duckdb.DuckDBPyConnection, records: list[dict[str, Any]]) -> None:
    """Do what events say that a dead night had appended and had no time for.

    Rows that were not loaded in the end are loaded again, as of then, by the night that goes on. An erasure is carried
    out by `flows.recover.erase.finish_begun`.
    """
    files = _landed(records)
    enter(connection, [entry(file.file_id, file.first_seen_run_id, file) for file in files])
    for record in records:
        match record["event"]:
            case "withdrawn":
                record_withdrawal(connection, withdrawal_of(record))
            case "set_aside":
                _forget_attempt(connection, record)
                record_set_aside(connection, [set_aside_of(record)])
            case "readmitted":
                record_readmission(connection, record)
            case "gone":
                record_gone(connection, {record["file_id"]: record["run_id"]})
            case "invented":
                record_invented(connection, record["file_ids"], record["is_invented"])


def _landed(records: list[dict[str, Any]]) -> list[ArchivedFile]:
    """The files that landed, without the rows of erased cases that they came with."""
    files: dict[int, ArchivedFile] = {}
    for record in records:
        if record["event"] == "landed":
            files[record["file_id"]] = file_of(record)
        if record["event"] == "rewritten" and record["file_id"] in files:
            files[record["file_id"]] = rewritten(files[record["file_id"]], record)
    return list(files.values())


def enter(connection: duckdb.DuckDBPyConnection, entries: list[dict[str, object]]) -> None:
    """Add files to `intake.file`. A delivery's bytes are to be read once, whoever brings them again."""
    if not entries:
        return
    found = pa.Table.from_pylist(entries, schema=ENTRY)  # noqa: F841 -- DuckDB reads the variable by its name
    connection.execute(
        """
        insert into intake.file by name
        with with_original as (
            select
                found.*,
                min(found.file_id) over (partition by kind, delivery_key, revision, sha256) as first_here,
                known.kind is not null as known_before
            from found
            left join (
                select distinct kind, delivery_key, revision, sha256 from intake.file where kind is not null
            ) as known using (kind, delivery_key, revision, sha256)
        )
        select
            file_id, path, file_name, kind, delivery_key, revision, sha256, size_bytes, first_seen_run_id, reason,
            rows_erased,
            case
                when reason is not null then 'rejected'
                when known_before or first_here < file_id then 'same_bytes'
                else 'new'
            end as state
        from with_original
        """
    )


def entry(file_id: int, run_id: str, file: Found | ArchivedFile) -> dict[str, object]:
    """A file's row of `intake.file`, before it is read."""
    name = parse_name(file.file_name)
    parsed = name if isinstance(name, DeliveryName) else None
    return {
        "file_id": file_id,
        "path": file.path,
        "file_name": file.file_name,
        "kind": parsed.kind if parsed else None,
        "delivery_key": parsed.key if parsed else None,
        "revision": parsed.revision if parsed else None,
        "sha256": file.sha256,
        "size_bytes": file.size,
        "first_seen_run_id": run_id,
        "reason": file.reason or (None if parsed else str(name)),
        "rows_erased": file.rows_erased if isinstance(file, ArchivedFile) else 0,
    }


def record_withdrawal(connection: duckdb.DuckDBPyConnection, withdrawal: Withdrawal) -> None:
    """Add a withdrawal to the warehouse; models derive from it which files count."""
    connection.execute("insert into intake.withdrawal values (?, ?, ?, ?, ?, ?, ?)", astuple(withdrawal))


def record_set_aside(connection: duckdb.DuckDBPyConnection, rows: Iterable[SetAside]) -> None:
    """Add deliveries that are or were set aside; models derive from it which files count."""
    places = ", ".join("?" for _ in fields(SetAside))
    for row in rows:
        connection.execute(f"insert into intake.set_aside values ({places})", astuple(row))


def record_readmission(connection: duckdb.DuckDBPyConnection, event: dict[str, Any]) -> None:
    """Note that a delivery which was set aside counts again from the next publication on."""
    connection.execute(
        "update intake.set_aside set readmitted_at = ?, readmitted_by = ?, readmitted_because = ? "
        "where file_id = ? and run_id = ?",
        [event[name] for name in ("readmitted_at", "readmitted_by", "readmitted_because", "file_id", "run_id")],
    )


def record_gone(connection: duckdb.DuckDBPyConnection, gone: dict[int, str]) -> None:
    """Note files that are gone. gone: by file the night that found its path empty."""
    rows = [(run_id, file_id) for file_id, run_id in gone.items()]
    if rows:
        connection.executemany("update intake.file set gone_run_id = ? where file_id = ?", rows)


def record_invented(connection: duckdb.DuckDBPyConnection, file_ids: Iterable[int], is_invented: bool) -> None:
    """Note of files whether they are marked as invented."""
    connection.execute(
        "update intake.file set is_invented = ? where file_id in (select unnest(?::bigint[]))",
        [is_invented, list(file_ids)],
    )


def _forget_attempt(connection: duckdb.DuckDBPyConnection, event: dict[str, Any]) -> None:
    """Remove what the dead night had tried, before the register says that it was set aside for good."""
    connection.execute(
        "delete from intake.set_aside where file_id = ? and run_id = ?", [event["file_id"], event["run_id"]]
    )
