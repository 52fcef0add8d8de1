"""The archive: every delivery's bytes by their fingerprint, and beside them the register of what each file was.

Archive and case key are enough to make the restricted warehouse again. `register.jsonl` is only ever appended to, a
JSON object a line, told apart by its `event`:

- `landed`: a file was found: file_id, path, file_name, sha256, size, first_seen_run_id, business_date; `reason` where
  its bytes could not be taken in.
- `loaded`: the rows of files `file_ids` were loaded: run_id, business_date, loaded_at, case_key_check.
- `withdrawn`: an operator took revisions of a delivery out of force: the columns of `intake.withdrawal`.
- `set_aside`: a night left file `file_id` out because a rule fails with it: the columns of `intake.set_aside`.
- `readmitted`: file `file_id`, which the night `run_id` had set aside, is tried again: readmitted_at, readmitted_by,
  readmitted_because.
- `erased`: the bytes of file `file_id` were removed for good, with the `reason`: its tombstone.
- `rewritten`: a case's rows were removed for good from file `file_id`, whose bytes are others since: sha256, size; the
  `reason` is the tombstone of the bytes before.

Whoever adds an event adds its meaning here and in `read_register`. Of two records of one file the later counts. The
restricted warehouse comes first and the register follows: what a dead night did not write, the next one does.
"""

import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import WarehouseUnusable
from flows.folders import Warehouse, sync_file, sync_folder
from flows.ordinary import LARGEST_FILE, open_ordinary, path_text

LOG = logging.getLogger("casebook.archive")

_LANDED = ("file_id", "path", "file_name", "sha256", "size", "first_seen_run_id", "business_date", "reason")
_LOADED = ("run_id", "business_date", "loaded_at", "case_key_check", "file_ids")

_WITHDRAWN = (
    "kind",
    "delivery_key",
    "first_revision",
    "last_revision",
    "reason",
    "withdrawn_by",
    "withdrawn_at",
)

_SET_ASIDE = (
    "file_id",
    "run_id",
    "business_date",
    "code_version",
    "rule",
    "sentence",
    "rows_failing",
    "row_numbers",
    "confirmed_at",
)
_READMITTED = ("readmitted_at", "readmitted_by", "readmitted_because")

_KEPT = "register_kept"
"""Setting of the restricted warehouse: its state and the register's size when the two last agreed."""


@dataclass(frozen=True)
class ArchivedFile:
    """A file that was delivered. size: bytes. reason: why its bytes are not in the archive, or None.

    loaded_at, loaded_run_id, loaded_date: when, by which run and for which business date its rows were loaded; None
    where they never were.
    """

    file_id: int
    path: str
    file_name: str
    sha256: str
    size: int
    first_seen_run_id: str
    business_date: date
    reason: str | None
    loaded_at: datetime | None = None
    loaded_run_id: str | None = None
    loaded_date: date | None = None

    @property
    def run_id(self) -> str:
        """The run that took it in."""
        return self.loaded_run_id or self.first_seen_run_id

    @property
    def taken_in_for(self) -> date:
        """The business date of that run."""
        return self.loaded_date or self.business_date


@dataclass(frozen=True)
class Withdrawal:
    """A row of `intake.withdrawal`: revisions first to last of one delivery. withdrawn_at: UTC."""

    kind: str
    delivery_key: str
    first_revision: int
    last_revision: int
    reason: str
    withdrawn_by: str
    withdrawn_at: datetime


@dataclass(frozen=True)
class SetAside:
    """A row of `intake.set_aside`: a file that the night run_id left out, with the rule that fails with it.

    confirmed_at: when that was settled; readmitted_at, by, because: when it was taken back in. UTC, None before that.
    """

    file_id: int
    run_id: str
    business_date: date
    code_version: str
    rule: str
    sentence: str
    rows_failing: int | None
    row_numbers: tuple[int, ...]
    confirmed_at: datetime | None = None
    readmitted_at: datetime | None = None
    readmitted_by: str | None = None
    readmitted_because: str | None = None


@dataclass(frozen=True)
class Register:
    """What the register says. files, erased (the tombstone's sentence): by file_id. key_check: of the case key.

    erased_bytes: sentence by fingerprint, of erased files and of what stood in rewritten ones before. erased_places:
    path and fingerprint of each. withdrawals: in the order in which they were made. set_aside: by
    file and the night that set it aside.
    """

    files: dict[int, ArchivedFile] = field(default_factory=dict)
    erased: dict[int, str] = field(default_factory=dict)
    erased_bytes: dict[str, str] = field(default_factory=dict)
    erased_places: set[tuple[str, str]] = field(default_factory=set)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    set_aside: dict[tuple[int, str], SetAside] = field(default_factory=dict)
    key_check: str | None = None

    def withdrawn_before(self, run_id: str) -> tuple[Withdrawal, ...]:
        """Withdrawals that the run knew: a run's id begins with the time at which it started."""
        return tuple(one for one in self.withdrawals if _run_time(one.withdrawn_at) <= run_id)

    def set_aside_in(self, run_id: str) -> tuple[SetAside, ...]:
        """What was set aside in the publication of the run, as if it were never readmitted."""
        return tuple(
            replace(one, readmitted_at=None, readmitted_by=None, readmitted_because=None)
            for one in self.set_aside.values()
            if one.run_id <= run_id and (one.readmitted_at is None or _run_time(one.readmitted_at) > run_id)
        )


def _run_time(moment: datetime) -> str:
    """As a run's id begins that starts then."""
    return f"{moment:%Y%m%dT%H%M%SZ}"


def archive_path(warehouse: Warehouse, sha256: str) -> Path:
    """Where the bytes with this fingerprint are kept."""
    return warehouse.archive / sha256[:2] / sha256


def archive(warehouse: Warehouse, source: Path, sha256: str) -> bool:
    """Keep a file's bytes under their fingerprint, whole or not at all; False where the file changed meanwhile.

    A file that is still being written is left for the next night.
    """
    target = archive_path(warehouse, sha256)
    if target.exists():
        return True
    try:
        with open_ordinary(source) as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != sha256:
        LOG.warning("land: %s changed while it was read; the next night takes it in", path_text(source.name))
        return False
    keep_bytes(warehouse, data)
    return True


def keep_bytes(warehouse: Warehouse, data: bytes) -> str:
    """Keep bytes under their fingerprint, which is returned; on disk when this returns.

    A power cut must not leave an empty file under a fingerprint, nor a register that names bytes which are gone.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    target = archive_path(warehouse, sha256)
    if not target.parent.is_dir():
        target.parent.mkdir(exist_ok=True)
        sync_folder(warehouse.archive)
    part = target.with_suffix(".part")
    part.write_bytes(data)
    sync_file(part)
    part.replace(target)
    sync_folder(target.parent)
    return sha256


def damaged(warehouse: Warehouse, files: Iterable[ArchivedFile]) -> list[ArchivedFile]:
    """Those of the files whose bytes should be in the archive and are not, or are other bytes."""
    wanted = [file for file in files if file.reason is None]
    whole = {sha256: _is_whole(archive_path(warehouse, sha256), sha256) for sha256 in {file.sha256 for file in wanted}}
    return [file for file in wanted if not whole[file.sha256]]


def _is_whole(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def read_register(warehouse: Warehouse) -> Register:
    """What the register says; empty where there is none."""
    register = Register()
    key_check: str | None = None
    loads: dict[int, dict[str, Any]] = {}
    for record in _records(warehouse):
        match record["event"]:
            case "landed":
                register.files[record["file_id"]] = _file(record)
            case "loaded":
                key_check = record["case_key_check"]
                loads.update(dict.fromkeys(record["file_ids"], record))
            case "withdrawn":
                register.withdrawals.append(_withdrawal(record))
            case "set_aside" | "readmitted":
                key = (record["file_id"], record["run_id"])
                register.set_aside[key] = _set_aside_of(record, register.set_aside.get(key))
            case "erased":
                register.erased[record["file_id"]] = record["reason"]
                _bury(register, record)
            case "rewritten":
                _bury(register, record)
                file = register.files[record["file_id"]]
                register.files[file.file_id] = replace(file, sha256=record["sha256"], size=record["size"])
    files = {file_id: _as_loaded(file, loads.get(file_id)) for file_id, file in register.files.items()}
    return replace(register, files=files, key_check=key_check)


def unfinished(connection: duckdb.DuckDBPyConnection, register: Register) -> bool:
    """Whether the restricted warehouse still has what the register has tombstones for."""
    files = connection.execute("select path, sha256 from intake.file where state <> 'rejected'").fetchall()
    return not register.erased_places.isdisjoint(files)


def append(warehouse: Warehouse, records: Iterable[dict[str, Any]]) -> None:
    """Add records, on disk when this returns. A line torn by a crash before stays a line of its own."""
    lines = "".join(f"{json.dumps(record, ensure_ascii=False, default=str)}\n" for record in records)
    is_new = not warehouse.register.exists()
    with warehouse.register.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            lines = lines if file.read(1) == b"\n" else f"\n{lines}"
        file.write(lines.encode())
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(warehouse.archive)


def keep_register(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection) -> None:
    """Append what the restricted warehouse knows and the register does not; quick where nothing changed.

    Errors: WarehouseUnusable where the register knows deliveries that the warehouse does not: it was lost, or is older.
    """
    known = connection.execute("select value from intake.setting where name = ?", [_KEPT]).fetchone()
    if known == (_state(warehouse, connection),):
        return
    register = read_register(warehouse)
    _refuse_older(register, connection)
    records = [
        *_landed(warehouse, connection, register),
        *_loaded(connection, register),
        *_withdrawn(connection, register),
        *_set_aside(connection, register),
    ]
    if records:
        append(warehouse, records)
    connection.execute("insert or replace into intake.setting values (?, ?)", [_KEPT, _state(warehouse, connection)])


def _records(warehouse: Warehouse) -> Iterator[dict[str, Any]]:
    if not warehouse.register.exists():
        return
    for line in warehouse.register.read_bytes().splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and "event" in record:
            yield record


def _file(record: dict[str, Any]) -> ArchivedFile:
    values = {name: record[name] for name in _LANDED}
    return ArchivedFile(**{**values, "business_date": date.fromisoformat(record["business_date"])})


def _withdrawal(record: dict[str, Any]) -> Withdrawal:
    values = {name: record[name] for name in _WITHDRAWN}
    return Withdrawal(**{**values, "withdrawn_at": datetime.fromisoformat(record["withdrawn_at"])})


def _set_aside_of(record: dict[str, Any], known: SetAside | None) -> SetAside:
    if known and record["event"] == "readmitted":
        values = {name: record[name] for name in _READMITTED}
        return replace(known, **{**values, "readmitted_at": datetime.fromisoformat(record["readmitted_at"])})
    values = {name: record[name] for name in _SET_ASIDE}
    moment = datetime.fromisoformat(record["confirmed_at"])
    day = date.fromisoformat(record["business_date"])
    numbers = tuple(record["row_numbers"])
    return SetAside(**{**values, "business_date": day, "row_numbers": numbers, "confirmed_at": moment})


def _bury(register: Register, record: dict[str, Any]) -> None:
    """The tombstone of the bytes that the file had until then."""
    file = register.files.get(record["file_id"])
    if file:
        register.erased_bytes[file.sha256] = record["reason"]
        register.erased_places.add((file.path, file.sha256))


def _as_loaded(file: ArchivedFile, load: dict[str, Any] | None) -> ArchivedFile:
    if load is None:
        return file
    return replace(
        file,
        loaded_at=datetime.fromisoformat(load["loaded_at"]),
        loaded_run_id=load["run_id"],
        loaded_date=date.fromisoformat(load["business_date"]),
    )


def _state(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection) -> str:
    """Changes whenever a file is registered or loaded, a delivery withdrawn, set aside or readmitted, or the register
    written."""
    state = connection.execute(
        """
        select
            count(*), max(file_id), count(loaded_at), max(loaded_at), (select count(*) from intake.withdrawal),
            (select count(confirmed_at) from intake.set_aside), (select count(readmitted_at) from intake.set_aside)
        from intake.file
        """
    ).fetchone()
    size = warehouse.register.stat().st_size if warehouse.register.exists() else 0
    return f"{state} {size}"


def _refuse_older(register: Register, connection: duckdb.DuckDBPyConnection) -> None:
    known = {file_id for (file_id,) in connection.execute("select file_id from intake.file").fetchall()}
    unknown = register.files.keys() - known - register.erased.keys()
    if unknown:
        raise WarehouseUnusable(
            f"The archive holds {len(unknown):,} deliveries that the restricted warehouse does not know: it was lost, "
            "or is older than the archive. Run `casebook rebuild`, then the night again."
        )


def _landed(
    warehouse: Warehouse, connection: duckdb.DuckDBPyConnection, register: Register
) -> Iterator[dict[str, Any]]:
    """A record for each file that the register lacks, or knows as another. The run's name has its date at the least."""
    rows = connection.execute(
        """
        select
            file.file_id, file.path, file.file_name, file.sha256, file.size_bytes, file.first_seen_run_id,
            coalesce(run.business_date, strptime(left(file.first_seen_run_id, 8), '%Y%m%d')::date),
            file.reason
        from intake.file
        left join intake.run on file.first_seen_run_id = run.run_id
        order by file.file_id
        """
    ).fetchall()
    for row in rows:
        record = dict(zip(_LANDED, row, strict=True))
        known = register.files.get(record["file_id"])
        place = (record["path"], record["sha256"])
        # A warehouse in which an erasure was not finished still names the bytes before.
        if known and (place == (known.path, known.sha256) or place in register.erased_places):
            continue
        # Why a file with bytes was rejected is found again by reading them.
        if archive_path(warehouse, record["sha256"]).exists():
            record["reason"] = None
        yield {"event": "landed", **record}


def _loaded(connection: duckdb.DuckDBPyConnection, register: Register) -> Iterator[dict[str, Any]]:
    """A record for each load that the register lacks."""
    known = {(file.file_id, file.loaded_at) for file in register.files.values()}
    rows = connection.execute(
        """
        with loads as (
            select loaded_at, list(file_id order by file_id) as file_ids
            from intake.file where loaded_at is not null group by loaded_at
        )
        select
            run.run_id,
            coalesce(run.business_date, loads.loaded_at::date),
            loads.loaded_at,
            (select value from intake.setting where name = 'case_key_check'),
            loads.file_ids
        from loads
        asof left join intake.run on loads.loaded_at >= run.started_at
        order by loads.loaded_at
        """
    ).fetchall()
    for row in rows:
        record = dict(zip(_LOADED, row, strict=True))
        if any((file_id, record["loaded_at"]) not in known for file_id in record["file_ids"]):
            yield {"event": "loaded", **record}


def _withdrawn(connection: duckdb.DuckDBPyConnection, register: Register) -> Iterator[dict[str, Any]]:
    """A record for each withdrawal that the register lacks."""
    rows = connection.execute(f"select {', '.join(_WITHDRAWN)} from intake.withdrawal order by withdrawn_at").fetchall()
    for row in rows:
        if Withdrawal(*row) not in register.withdrawals:
            yield {"event": "withdrawn", **dict(zip(_WITHDRAWN, row, strict=True))}


def _set_aside(connection: duckdb.DuckDBPyConnection, register: Register) -> Iterator[dict[str, Any]]:
    """A record for each file set aside, and for each readmission, that the register lacks."""
    names = (*_SET_ASIDE, *_READMITTED)
    rows = connection.execute(
        f"select {', '.join(names)} from intake.set_aside where confirmed_at is not null order by confirmed_at, file_id"
    ).fetchall()
    for row in rows:
        record = dict(zip(names, row, strict=True))
        readmission = {name: record.pop(name) for name in _READMITTED}
        known = register.set_aside.get((record["file_id"], record["run_id"]))
        if known is None:
            yield {"event": "set_aside", **record}
        if readmission["readmitted_at"] and (known is None or known.readmitted_at is None):
            key = {name: record[name] for name in ("file_id", "run_id")}
            yield {"event": "readmitted", **key, **readmission}
