"""Summary: the night's last sentence, which counts what changed since the publication that readers had before.

It compares two publications, so what a failed night left behind is in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse, read_beside, sql_text
from flows.intake.land import Landed
from flows.publish.publish import published_file

CHANGES = """
    with files as (
        select
            file_id,
            load_file.status,
            before.status as status_before,
            file.state = 'same_bytes' as is_copy,
            file.first_seen_run_id > $previous as is_new,
            load_file.rows_loaded,
            load_file.rows_duplicate,
            file.rows_erased
        from ops.load_file
        inner join intake.file using (file_id)
        left join file_before as before using (file_id)
    ),
    held as (
        select file_id, row_number from ops.quarantine_row
        anti join row_before using (file_id, row_number)
    ),
    released as (
        select file_id, row_number from row_before
        semi join (select file_id from files where status = 'current') using (file_id)
        anti join ops.quarantine_row using (file_id, row_number)
    )
    select
        count(*) filter (is_new) as new,
        count(*) filter (is_new and status not in ('rejected', 'set_aside') and not is_copy) as read,
        count(*) filter (is_new and status = 'rejected') as rejected,
        count(*) filter (is_new and is_copy and status <> 'rejected') as copies,
        count(*) filter (not is_new and status = 'rejected' and status_before <> 'rejected') as rejected_since,
        count(*) filter (status = 'set_aside' and status_before is distinct from 'set_aside') as set_aside,
        coalesce(sum(rows_loaded) filter (is_new and status <> 'set_aside'), 0)::bigint as rows_loaded,
        coalesce(sum(rows_duplicate) filter (is_new), 0)::bigint as rows_duplicate,
        coalesce(sum(rows_erased) filter (is_new), 0)::bigint as rows_refused,
        (select count(*) from held) as rows_held,
        (select count(*) from released) as rows_released
    from files
"""
"""Files and rows by what became of them since the publication whose files and held rows are in the `_before` tables."""


@dataclass(frozen=True)
class Changes:
    """Since the publication before. new = read + rejected + copies, and those set aside.

    rejected_since: files that were there before and are rejected now, for what other files say. rows_refused: of erased
    cases.
    """

    new: int
    read: int
    rejected: int
    copies: int
    rejected_since: int
    set_aside: int
    rows_loaded: int
    rows_duplicate: int
    rows_refused: int
    rows_held: int
    rows_released: int


def summary(night: Night, landed: Landed) -> str:
    """The night in one sentence, once it has published."""
    return f"Published {night.run_id} for {night.business_date}: {sentence(landed, changes(night))}"


def changes(night: Night) -> Changes:
    """What changed since the publication that readers had before; everything where there was none."""
    with night.warehouse.connect() as connection, _before(connection, night.warehouse) as previous:
        (row,) = connection.execute(CHANGES, {"previous": previous}).fetchall()
    return Changes(*row)


def sentence(landed: Landed, since: Changes) -> str:
    """What is not zero, in the order in which it happened."""
    of_new = _counted((since.read, "read"), (since.rejected, "rejected"), (since.copies, "copies"))
    parts = [
        _counted((landed.files, "files found")) or "no files found",
        f"{since.new:,} new ({of_new})" if since.new and of_new else _counted((since.new, "new")) or "nothing new",
        _counted((since.rejected_since, "rejected for what others say"), (since.set_aside, "set aside")),
        _counted((since.rows_loaded, "rows loaded"), (since.rows_duplicate, "repeated")),
        _counted((since.rows_refused, "rows refused because their cases were erased")),
        _counted((since.rows_held, "rows held")) or "nothing held",
        _counted((since.rows_released, "rows released")),
        _counted((landed.waiting, "files still being written"), (landed.passed_over, "passed over")),
    ]
    return f"{', '.join(filter(None, parts))}."


def _counted(*parts: tuple[int, str]) -> str:
    return ", ".join(f"{number:,} {_one(what) if number == 1 else what}" for number, what in parts if number)


def _one(things: str) -> str:
    return things.replace("files", "file").replace("rows", "row").replace("copies", "copy")


@contextmanager
def _before(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> Iterator[str]:
    """`file_before` and `row_before` of the publication before, if it can be read. Yields its run id."""
    connection.execute("create temporary table file_before (file_id bigint, status varchar)")
    connection.execute("create temporary table row_before (file_id bigint, row_number bigint)")
    newest = "select run_id from intake.publication order by publication_no desc limit 1"
    (previous,) = connection.execute(newest).fetchone() or ("",)
    try:
        if previous:
            _read_before(connection, warehouse, previous)
        yield previous
    finally:
        connection.execute("drop table file_before")
        connection.execute("drop table row_before")


def _read_before(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, run_id: str) -> None:
    file = published_file(warehouse, run_id)
    try:
        connection.execute(f"attach {sql_text(str(file))} as before (read_only)")
    # Damaged, or cleared away: the sentence then says what is held in all.
    except duckdb.Error:
        return
    read_beside(connection, file)
    try:
        connection.execute("insert into file_before select file_id, status from before.ops.load_file")
        connection.execute("insert into row_before select file_id, row_number from before.ops.quarantine_row")
    except duckdb.Error:
        return
    finally:
        connection.execute("reset file_search_path")
        connection.execute("detach before")
