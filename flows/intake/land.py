"""Land: find deliveries, fingerprint and archive their bytes, register each.

What counts of a path are the bytes that it has now: it is registered again where they are not those that it was last
known by. A copy of a delivery that is known under another path counts once. Nothing is ever removed from the landing
folder.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.base.errors import WarehouseUnusable
from flows.base.night import Night
from flows.base.places import require_landing
from flows.base.regular_file import path_text
from flows.intake.archive import archive, keep_sidecar
from flows.intake.catch_up import announce, catch_up, unfinished
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.events import ArchivedFile, landed_event
from flows.intake.gone import notice_gone
from flows.intake.landing_fingerprints import Seen
from flows.intake.look import Found, find, settled
from flows.intake.register import Register

LOG = logging.getLogger("casebook.land")

# Told, not guessed: where every name of a night is no delivery's, a column has no value to guess from.
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
    }
)


@dataclass(frozen=True)
class Landed:
    """files: in the landing folder. new: registered tonight. unread: to be read, those of a dead night among them.

    waiting: still being written, or gone again; the next night takes them in. passed_over: unfinished uploads and what
    systems leave in folders; not among files.
    """

    files: int
    new: int
    unread: int
    waiting: int = 0
    passed_over: int = 0


def land(night: Night) -> Landed:
    """Register and archive what is new in the landing folder. Grain of `intake.file`: a path and what it came to hold.

    Errors: CasebookError where the landing folder is not there, WarehouseUnusable where the warehouse is older than the
    archive, or an erasure was not finished.
    """
    require_landing(night.landing)
    with night.warehouse.connect() as connection:
        register = catch_up(night.warehouse, connection)
        seen, passed_over = Seen(night.warehouse.seen), list[Path]()
        found = list(find(night.landing, seen, passed_over))
        _refuse_unfinished(connection, register)
        new = _not_erased(_new(connection, found), register)
        taken_in = take_in(night, connection, new)
        notice_gone(night, connection, found)
        seen.keep()
        (unread,) = connection.execute("select count(*) from intake.file where state = 'new'").fetchone() or (0,)
    landed = Landed(len(found), taken_in, unread, len(new) - taken_in, len(passed_over))
    _report(landed)
    return landed


def take_in(night: Night, connection: duckdb.DuckDBPyConnection, new: Sequence[Found]) -> int:
    """Archive and register files, those left out that are still being written. Returns how many were registered."""
    unchanged = set(settled(new))
    for file in (file for file in new if file not in unchanged):
        LOG.warning("land: %s changed while it was read; the next night takes it in", path_text(file.source.name))
    whole = [file for file in unchanged if file.reason or archive(night.warehouse, file.source, file.sha256)]
    _register(connection, night, whole)
    return len(whole)


def _new(connection: duckdb.DuckDBPyConnection, found: Sequence[Found]) -> list[Found]:
    """Files whose path is not known, was last known by other bytes, or was found empty since (flows.intake.gone)."""
    known = connection.execute(
        "select path, sha256 from intake.file where gone_run_id is null order by file_id"
    ).fetchall()
    last, ever = dict(known), set(known)
    # Two names that are printed alike have one path here: each of them is known by all that either was.
    printed = Counter(file.path for file in found)
    return [
        file
        for file in found
        if last.get(file.path) != file.sha256 and (printed[file.path] == 1 or (file.path, file.sha256) not in ever)
    ]


def _report(landed: Landed) -> None:
    left = [
        f", {number:,} {what}"
        for number, what in ((landed.waiting, "still being written"), (landed.passed_over, "passed over"))
        if number
    ]
    LOG.info(
        "land: %s files found, %s new, %s to read%s",
        *(f"{number:,}" for number in (landed.files, landed.new, landed.unread)),
        "".join(left),
    )


def _refuse_unfinished(connection: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Errors: WarehouseUnusable where tombstones stand for what the warehouse still has."""
    if unfinished(connection, register):
        raise WarehouseUnusable(
            "An erasure was begun and not finished: run the same `casebook erase` again, then the night."
        )


def _not_erased(files: Iterable[Found], register: Register) -> list[Found]:
    """What was erased is not taken in again: its copy is left where it stands, and rejected where it comes anew."""
    left = []
    for file in files:
        if (file.path, file.sha256) in register.erased_places:
            LOG.warning("land: %s holds what was erased, and is left out: delete it", file.path)
        elif file.sha256 in register.erased_bytes:
            left.append(replace(file, reason=register.erased_bytes[file.sha256]))
        else:
            left.append(file)
    return left


def _register(connection: duckdb.DuckDBPyConnection, night: Night, files: list[Found]) -> None:
    """Into the sidecars and the register, then into the warehouse."""
    ordered = sorted(files, key=lambda file: (file.path, file.sha256))
    landed = [_landed(number, night, file) for number, file in enumerate(ordered, _last_number(connection) + 1)]
    (key_check,) = connection.execute("select max(value) from intake.setting where name = 'case_key_check'").fetchall()
    for file in landed:
        if not file.reason:
            keep_sidecar(night.warehouse, file, *key_check)
    connection.execute("begin")
    announce(night.warehouse, connection, map(landed_event, landed))
    enter(connection, [entry(file.file_id, night.run_id, file) for file in landed])
    connection.execute("commit")


def _last_number(connection: duckdb.DuckDBPyConnection) -> int:
    (last,) = connection.execute("select coalesce(max(file_id), 0) from intake.file").fetchone() or (0,)
    return int(last)


def _landed(number: int, night: Night, file: Found) -> ArchivedFile:
    return ArchivedFile(
        number, file.path, file.file_name, file.sha256, file.size, night.run_id, night.business_date, file.reason
    )


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
    }
