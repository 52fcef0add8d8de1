"""Land: find deliveries, fingerprint and archive their bytes, register each.

What counts of a path are the bytes that it has now: it is registered again where they are not those that it was last
known by. A copy of a delivery that is known under another path counts once. Nothing is ever removed from the landing
folder.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from flows.base.errors import Unreadable
from flows.base.night import Night
from flows.base.places import require_landing
from flows.base.regular_file import path_text
from flows.intake.archive import archive, archive_path, keep_sidecar
from flows.intake.catch_up import announce, catch_up
from flows.intake.event_rows import enter, entry
from flows.intake.events import ArchivedFile, landed_event, rewritten
from flows.intake.gone import notice_gone
from flows.intake.invented import notice_invented
from flows.intake.landing_fingerprints import Seen
from flows.intake.look import Found, find, settled
from flows.intake.register import Register
from flows.intake.sandbox import Sandbox
from flows.intake.screen import Screened, burial, keep_without, screen_for

LOG = logging.getLogger("casebook.land")


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
    archive.
    """
    require_landing(night.landing)
    with night.warehouse.connect() as connection:
        register = catch_up(night.warehouse, connection)
        seen, passed_over = Seen(night.warehouse.seen), list[Path]()
        found = list(find(night.landing, seen, passed_over))
        new = _without_copies(_new(connection, found), register)
        taken_in = take_in(night, connection, new, register)
        notice_gone(night, connection, found)
        notice_invented(night, connection, found)
        seen.keep()
        (unread,) = connection.execute("select count(*) from intake.file where state = 'new'").fetchone() or (0,)
    landed = Landed(len(found), taken_in, unread, len(new) - taken_in, len(passed_over))
    _report(landed)
    return landed


def take_in(
    night: Night, connection: duckdb.DuckDBPyConnection, new: Sequence[Found], register: Register | None = None
) -> int:
    """Archive and register files, those left out that are still being written. Returns how many were registered.

    register: with the tombstones of cases whose rows are refused.
    """
    unchanged = set(settled(new))
    for file in (file for file in new if file not in unchanged):
        LOG.warning("land: %s changed while it was read; the next night takes it in", path_text(file.source.name))
    whole = [file for file in unchanged if file.reason or archive(night.warehouse, file.source, file.sha256)]
    _register(connection, night, whole, _screened(night, whole, register or Register()))
    return len(whole)


def _screened(night: Night, files: Iterable[Found], register: Register) -> dict[str, Screened]:
    """What is left of archived files that have rows of erased cases, by fingerprint. Errors: KeyUnusable."""
    if not register.tombstones:
        return {}
    screen = screen_for(night.warehouse, register, register.tombstones, register.key_check)
    found: dict[str, Screened] = {}
    with Sandbox() as sandbox:
        for file in (file for file in files if not file.reason):
            # Bytes that cannot be searched are rejected when they are read.
            with suppress(Unreadable):
                one = screen.of_file(sandbox, archive_path(night.warehouse, file.sha256), file.file_name)
                if one:
                    found[file.sha256] = one
    keep_without(night.warehouse, found)
    return found


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


def _without_copies(files: Iterable[Found], register: Register) -> list[Found]:
    """Without what an erasure left in the landing folder. Bytes that were erased are rejected where they come again."""
    left = []
    for file in files:
        if (file.path, file.sha256) in register.erased_places:
            LOG.warning("land: %s holds what was erased, and is left out: delete it", file.path)
        else:
            left.append(replace(file, reason=register.refused_bytes.get(file.sha256, file.reason)))
    return left


def _register(
    connection: duckdb.DuckDBPyConnection, night: Night, files: list[Found], screened: Mapping[str, Screened]
) -> None:
    """Into the sidecars and the register, then into the warehouse."""
    ordered = sorted(files, key=lambda file: (file.path, file.sha256))
    events: list[dict[str, Any]] = []
    landed: list[ArchivedFile] = []
    for number, file in enumerate(ordered, _last_number(connection) + 1):
        of_file, left = _landed(number, night, file, screened.get(file.sha256))
        events += of_file
        landed.append(left)
    (key_check,) = connection.execute("select max(value) from intake.setting where name = 'case_key_check'").fetchall()
    for one in landed:
        if not one.reason:
            keep_sidecar(night.warehouse, one, *key_check)
    connection.execute("begin")
    announce(night.warehouse, connection, events)
    enter(connection, [entry(one.file_id, night.run_id, one) for one in landed])
    connection.execute("commit")


def _last_number(connection: duckdb.DuckDBPyConnection) -> int:
    (last,) = connection.execute("select coalesce(max(file_id), 0) from intake.file").fetchone() or (0,)
    return int(last)


def _landed(number: int, night: Night, file: Found, one: Screened | None) -> tuple[list[dict[str, Any]], ArchivedFile]:
    """The events of a file, and the file as they leave it. one: what became of rows of erased cases in it."""
    reason = one.reason if one and one.without is None else file.reason
    landed = ArchivedFile(
        number, file.path, file.file_name, file.sha256, file.size, night.run_id, night.business_date, reason
    )
    if one is None or one.without is None:
        return [landed_event(landed)], landed
    event = burial(number, one)
    return [landed_event(landed), event], rewritten(landed, event)
