"""Land: find deliveries, fingerprint and archive their bytes, register each.

A file is known by its path and bytes. What is known is not registered again; a copy of a delivery that is known under
another path counts once. Nothing is ever removed from the landing folder.
"""

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.archive import archive, keep_sidecar
from flows.catch_up import announce, catch_up, unfinished
from flows.errors import CasebookError, WarehouseUnusable
from flows.events import ArchivedFile, landed_event
from flows.names import DeliveryName, parse_name
from flows.night import Night
from flows.ordinary import LARGEST_FILE, NotOrdinary, open_ordinary, path_text
from flows.register import Register
from flows.seen import Seen

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
    """files: in the landing folder. new: registered tonight. unread: to be read, those of a dead night among them."""

    files: int
    new: int
    unread: int


@dataclass(frozen=True)
class Found:
    """A file in the landing folder. source: where it stands; path: the same below the landing folder, printable.
    reason: why it can't be taken in, or None."""

    source: Path
    path: str
    file_name: str
    sha256: str
    size: int
    reason: str | None


def land(night: Night) -> Landed:
    """Register and archive what is new in the landing folder. Grain of `intake.file`: a path and its bytes.

    Errors: CasebookError where the landing folder is not there, WarehouseUnusable where the warehouse is older than the
    archive, or an erasure was not finished.
    """
    if not night.landing.is_dir():
        raise CasebookError(
            f"There is no landing folder {night.landing}: name it with --landing or CASEBOOK_LANDING, or make it."
        )
    with night.warehouse.connect() as connection:
        register = catch_up(night.warehouse, connection)
        known = set(connection.execute("select path, sha256 from intake.file").fetchall())
        seen = Seen(night.warehouse.seen)
        found = list(_find(night.landing, seen))
        _refuse_unfinished(connection, register)
        new = _not_erased((file for file in found if (file.path, file.sha256) not in known), register)
        new = [file for file in new if file.reason or archive(night.warehouse, file.source, file.sha256)]
        _register(connection, night, new)
        seen.keep()
        (unread,) = connection.execute("select count(*) from intake.file where state = 'new'").fetchone() or (0,)
    LOG.info("land: %s files found, %s new, %s to read", f"{len(found):,}", f"{len(new):,}", f"{unread:,}")
    return Landed(len(found), len(new), unread)


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


def _find(landing: Path, seen: Seen) -> Iterator[Found]:
    """Every file below the landing folder in a fixed order, hidden ones left out; links are told, never followed."""
    closed: list[OSError] = []
    for folder, folders, files in os.walk(landing, followlinks=False, onerror=closed.append):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in links)
        for name in sorted(files + links):
            if not name.startswith(".") and (found := _look_at(Path(folder) / name, landing, seen)):
                yield found
    for error in closed:
        yield _refused(Path(error.filename), landing, f"The folder cannot be opened ({error.strerror}).")


def _look_at(path: Path, landing: Path, seen: Seen) -> Found | None:
    """A file as it stands, or None where it is gone again."""
    try:
        if path.is_symlink():
            target = os.fsencode(path.readlink())
            return _refused(path, landing, "The file is a link; deliver the file itself.", target)
        with open_ordinary(path) as file:
            status = os.fstat(file.fileno())
            size = status.st_size
            if size > LARGEST_FILE:
                sentence = f"The file is larger than {LARGEST_FILE >> 20} MB."
                return _refused(path, landing, sentence, f"too large: {size}".encode(), size)
            sha256 = _fingerprint(file, str(path), status, seen)
    except FileNotFoundError:
        return None
    except NotOrdinary:
        return _refused(path, landing, "This is not an ordinary file.")
    except OSError as error:
        return _refused(path, landing, f"The file cannot be opened ({error.strerror}).", b"unreadable")
    return Found(path, path_text(str(path.relative_to(landing))), path_text(path.name), sha256, size, None)


def _fingerprint(file: BufferedReader, path: str, status: os.stat_result, seen: Seen) -> str:
    known = seen.sha256(path, status)
    if known is None:
        known = hashlib.file_digest(file, "sha256").hexdigest()
        seen.remember(path, status, known)
    return known


def _refused(path: Path, landing: Path, reason: str, known_by: bytes = b"not a file", size: int = 0) -> Found:
    """A file that is not taken in. known_by: what stands for its bytes, so that each state of it is told once."""
    sha256 = hashlib.sha256(known_by).hexdigest()
    return Found(path, path_text(str(path.relative_to(landing))), path_text(path.name), sha256, size, reason)


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
