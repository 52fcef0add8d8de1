"""Gone: of the files that say they are one revision and differ, those that were taken out of the landing folder.

What a file delivered stays when it is gone. Only where another file of its revision with other bytes is still there
does that decide which of them was meant. It is an event of the register, since an archive does not show it.
"""

import logging
from collections.abc import Iterable

import duckdb

from flows.base.night import Night
from flows.intake.catch_up import announce
from flows.intake.event_rows import record_gone
from flows.intake.events import gone_event
from flows.intake.look import Found

LOG = logging.getLogger("casebook.land")

CONTESTED = """
    with last_at_path as (
        select file_id, path, kind, delivery_key, revision, sha256, gone_run_id
        from intake.file
        where kind is not null and state <> 'rejected'
        qualify row_number() over (partition by path order by file_id desc) = 1
    )
    select file_id, path, sha256, [kind, delivery_key, revision::varchar] as delivered
    from last_at_path
    where gone_run_id is null
    window of_revision as (partition by kind, delivery_key, revision)
    qualify min(sha256) over of_revision <> max(sha256) over of_revision
    order by file_id
"""
"""The files that were last at their paths, where those of one revision differ."""


def notice_gone(night: Night, connection: duckdb.DuckDBPyConnection, found: Iterable[Found]) -> None:
    """Record which files are gone while another of their revision with other bytes is there; in a transaction."""
    contested = connection.execute(CONTESTED).fetchall()
    if not contested:
        return
    places = {file.path for file in found}
    there = {(tuple(delivered), sha256) for _, path, sha256, delivered in contested if _is_there(path, places)}
    gone = [
        file_id
        for file_id, path, sha256, delivered in contested
        if not _is_there(path, places) and any(one == tuple(delivered) and other != sha256 for one, other in there)
    ]
    connection.execute("begin")
    announce(night.warehouse, connection, (gone_event(file_id, night.run_id) for file_id in gone))
    record_gone(connection, dict.fromkeys(gone, night.run_id))
    connection.execute("commit")
    if gone:
        LOG.info("land: %s contradicting files are gone, and another of their revision counts", len(gone))


def _is_there(path: str, places: set[str]) -> bool:
    """Whether a path is among those found, or below a folder that could not be looked through."""
    parts = path.split("/")
    return any("/".join(parts[:depth]) in places for depth in range(1, len(parts) + 1))
