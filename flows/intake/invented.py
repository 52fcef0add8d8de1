"""Invented: which deliveries lie in or below a folder of the landing folder that has an `INVENTED.txt`.

What the mark says of a delivery, and that it no longer says so, are events of the register, since an archive does not
show it. A delivery that is gone from the landing folder stays what was said of it last.
"""

import logging
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from flows.base.night import Night
from flows.intake.catch_up import announce
from flows.intake.event_rows import record_invented
from flows.intake.events import invented_event
from flows.intake.look import Found

LOG = logging.getLogger("casebook.land")

CHANGED = """
    with last_at_path as (
        select file_id, path from intake.file
        qualify row_number() over (partition by path order by file_id desc) = 1
    ),

    said as (
        select last_at_path.file_id, standing.is_invented
        from last_at_path
        inner join standing using (path)
        union all
        select file.file_id, standing.is_invented
        from intake.file
        inner join standing using (file_name, sha256)
    )

    select file_id, bool_or(said.is_invented)
    from said
    inner join intake.file using (file_id)
    group by file_id, file.is_invented
    having bool_or(said.is_invented) <> file.is_invented
    order by file_id
"""
"""A file is known by its path, whose bytes an erasure may have changed, or by name and bytes, wherever it was moved."""


def notice_invented(night: Night, connection: duckdb.DuckDBPyConnection, found: Sequence[Found]) -> None:
    """Record which files are marked as invented now and were not, or were and are not; in a transaction."""
    changed = _changed(connection, found)
    for is_invented in (True, False):
        files = [file_id for file_id, says in changed if says is is_invented]
        if files:
            connection.execute("begin")
            announce(night.warehouse, connection, [invented_event(files, is_invented, night.run_id)])
            record_invented(connection, files, is_invented)
            connection.execute("commit")
            LOG.info("land: %s files are %s as invented", f"{len(files):,}", "marked" if is_invented else "not marked")


def _changed(connection: duckdb.DuckDBPyConnection, found: Sequence[Found]) -> list[tuple[int, bool]]:
    (known,) = connection.execute("select count(*) from intake.file where is_invented").fetchone() or (0,)
    if not known and not any(file.is_invented for file in found):
        return []
    standing = pa.table(
        {name: [getattr(file, name) for file in found] for name in ("path", "file_name", "sha256", "is_invented")}
    )
    connection.register("standing", standing)
    try:
        return connection.execute(CHANGED).fetchall()
    finally:
        connection.unregister("standing")
