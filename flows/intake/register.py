"""The register: what each archived file is and what was decided of it, as events that are only ever appended.

`register.jsonl` has one sealed line (flows.base.sealed) per event (flows.intake.events). The register is written first;
the restricted warehouse follows from it and has a copy of every line. `register.head` names the last line that was
written whole, so that a register which lost its end is noticed.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flows.base import sealed
from flows.base.errors import RegisterDamaged
from flows.base.sealed import Line, Lines
from flows.base.warehouse_paths import Warehouse, sync_folder, write_durably
from flows.intake.events import (
    ArchivedFile,
    SetAside,
    Tombstone,
    Withdrawal,
    file_of,
    readmitted,
    rewritten,
    set_aside_of,
    tombstone_of,
    withdrawal_of,
)

BEGUN = ("case_erased", "erased")
FINISHED = "erasure_finished"
"""Events between which an erasure is not finished."""


@dataclass(frozen=True)
class Register:
    """What the register says. files, erased (the tombstone's sentence): by file_id. key_check: of the case key.

    erased_bytes: sentence by fingerprint, of erased files and of what was in rewritten ones before. erased_places:
    path and fingerprint of each. refused_bytes: those of erased_bytes that are rejected wherever they come from; of
    others, rows are. tombstones: of erased cases. is_unfinished: whether an erasure was begun and not
    finished. withdrawals: in the order in which they were made. set_aside: by file and the night that set it aside.
    gone: by file the night that found it gone (flows.intake.gone). invented: what marks said of files, in the order in
    which nights found it: run id, files and whether they are invented (flows.intake.invented).
    """

    files: dict[int, ArchivedFile] = field(default_factory=dict)
    erased: dict[int, str] = field(default_factory=dict)
    erased_bytes: dict[str, str] = field(default_factory=dict)
    erased_places: set[tuple[str, str]] = field(default_factory=set)
    refused_bytes: dict[str, str] = field(default_factory=dict)
    tombstones: list[Tombstone] = field(default_factory=list)
    is_unfinished: bool = False
    withdrawals: list[Withdrawal] = field(default_factory=list)
    set_aside: dict[tuple[int, str], SetAside] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)
    invented: list[tuple[str, tuple[int, ...], bool]] = field(default_factory=list)
    key_check: str | None = None

    def withdrawn_before(self, run_id: str) -> tuple[Withdrawal, ...]:
        """Withdrawals that the run knew: a run's id begins with the time at which it started."""
        return tuple(one for one in self.withdrawals if _run_time(one.withdrawn_at) <= run_id)

    def gone_before(self, run_id: str) -> dict[int, str]:
        """Files that the run, or one before it, found gone."""
        return {file_id: found_by for file_id, found_by in self.gone.items() if found_by <= run_id}

    def invented_before(self, run_id: str | None = None) -> frozenset[int]:
        """Files that were marked as invented in the run; now, where none is named."""
        events = [event for event in self.invented if run_id is None or event[0] <= run_id]
        said = {file_id: is_invented for _, files, is_invented in events for file_id in files}
        return frozenset(file_id for file_id, is_invented in said.items() if is_invented)

    def set_aside_in(self, run_id: str) -> tuple[SetAside, ...]:
        """What was set aside in the publication of the run, as if it were never readmitted."""
        return tuple(
            replace(one, readmitted_at=None, readmitted_by=None, readmitted_because=None)
            for one in self.set_aside.values()
            if one.run_id == run_id
            or (one.run_id < run_id and (one.readmitted_at is None or _run_time(one.readmitted_at) > run_id))
        )

    @property
    def archived(self) -> list[ArchivedFile]:
        """Files whose bytes the archive must have."""
        return [file for file in self.files.values() if file.reason is None and file.file_id not in self.erased]


def _run_time(moment: datetime) -> str:
    """As a run's id begins that starts then."""
    return f"{moment:%Y%m%dT%H%M%SZ}"


def read_register(warehouse: Warehouse) -> Register:
    """What the register says; empty where nothing was ever archived.

    Errors: RegisterDamaged.
    """
    lines = read_lines(warehouse)
    require_whole(lines)
    return fold(lines.records)


def require_whole(lines: Lines) -> None:
    """Refuse to go by a register that is not as it was written. Errors: RegisterDamaged."""
    if lines.damage:
        raise RegisterDamaged(
            f"The archive's register is damaged (register.jsonl): {lines.damage}. Run `casebook rebuild`, which "
            "restores it from the restricted warehouse and the archive."
        )


def read_lines(warehouse: Warehouse) -> Lines:
    """The register's lines, and what is wrong with them: also where the register is missing or has lost its end."""
    # The head first: a night may append between the two.
    head = read_head(warehouse)
    if not warehouse.register.exists():
        is_lost = head is not None or next(warehouse.archive.glob("[0-9a-f][0-9a-f]/*"), None) is not None
        return Lines(damage="it is missing" if is_lost else None)
    lines = sealed.read(warehouse.register.read_bytes())
    return lines if lines.damage or head is None else replace(lines, damage=_lost_end(lines, head))


def _lost_end(lines: Lines, head: Line) -> str | None:
    if lines.unsealed or len(lines.whole) < head.sequence:
        return f"it ends after line {len(lines.whole):,} of {head.sequence:,}"
    is_same = lines.whole[head.sequence - 1].text == head.text
    return None if is_same else f"line {head.sequence:,} is not the one that register.head has"


def expected_lines(warehouse: Warehouse) -> int:
    """How many lines the register must have at the least."""
    head = read_head(warehouse)
    return head.sequence if head else 0


def fold(records: Iterable[dict[str, Any]]) -> Register:
    """What the events amount to. Errors: RegisterDamaged where one lacks what its kind has."""
    register = Register()
    loads: dict[int, dict[str, Any]] = {}
    key_check: str | None = None
    is_unfinished = False
    for number, record in enumerate(records, 1):
        try:
            key_check = record["case_key_check"] if record["event"] == "loaded" else key_check
            _fold(register, loads, record)
        except (KeyError, TypeError, ValueError) as error:
            require_whole(Lines(damage=f"line {number} does not fit the others ({error!r})"))
        is_unfinished = record["event"] in BEGUN or (is_unfinished and record["event"] != FINISHED)
    files = {file_id: _as_loaded(file, loads.get(file_id)) for file_id, file in register.files.items()}
    return replace(register, files=files, key_check=key_check, is_unfinished=is_unfinished)


def _fold(register: Register, loads: dict[int, dict[str, Any]], record: dict[str, Any]) -> None:
    match record["event"]:
        case "landed":
            register.files[record["file_id"]] = file_of(record)
        case "loaded":
            loads.update(dict.fromkeys(record["file_ids"], record))
        case "case_erased" | "erased" | "rewritten":
            _fold_erasure(register, record)
        case _:
            _fold_decision(register, record)


def _fold_decision(register: Register, record: dict[str, Any]) -> None:
    """What was decided of files that are in the archive as before."""
    match record["event"]:
        case "withdrawn":
            register.withdrawals.append(withdrawal_of(record))
        case "gone":
            register.gone[record["file_id"]] = record["run_id"]
        case "invented":
            register.invented.append((record["run_id"], tuple(record["file_ids"]), record["is_invented"]))
        case "set_aside":
            register.set_aside[record["file_id"], record["run_id"]] = set_aside_of(record)
        case "readmitted":
            key = (record["file_id"], record["run_id"])
            register.set_aside[key] = readmitted(register.set_aside[key], record)


def _fold_erasure(register: Register, record: dict[str, Any]) -> None:
    match record["event"]:
        case "case_erased":
            register.tombstones.append(tombstone_of(record))
        case "erased":
            register.erased[record["file_id"]] = record["reason"]
            _bury(register, record)
        case "rewritten":
            _bury(register, record)
            file = register.files[record["file_id"]]
            register.files[file.file_id] = rewritten(file, record)


def append(warehouse: Warehouse, records: Iterable[dict[str, Any]]) -> list[Line]:
    """Add records; on disk when this returns. What a crash tore off is replaced. Returns the new lines.

    Errors: RegisterDamaged.
    """
    last = read_head(warehouse)
    # Where it ends with the last line, there is no need to read all of it again.
    if not (last and _ends_with(warehouse.register, last)):
        last = _last_of_whole(warehouse)
    new = sealed.seal(records, last)
    if new:
        _add(warehouse.register, new)
        if not last:
            sync_folder(warehouse.archive)
        write_head(warehouse, new[-1])
    return new


def _last_of_whole(warehouse: Warehouse) -> Line | None:
    """The last line of the register, which has seals and no torn end from here on. Errors: RegisterDamaged."""
    lines = read_lines(warehouse)
    require_whole(lines)
    if lines.unsealed or lines.torn:
        replace_register(warehouse, lines.whole)
    return lines.last


def _ends_with(path: Path, line: Line) -> bool:
    end = f"\n{line.text}\n".encode()
    try:
        with path.open("rb") as file:
            start = max(file.seek(0, os.SEEK_END) - len(end), 0)
            file.seek(start)
            return file.read() == end[-len(end) if start else 1 :]
    except FileNotFoundError:
        return False


def replace_register(warehouse: Warehouse, lines: Sequence[Line]) -> None:
    """Write the register again from its lines. Between head and register a crash leaves no head, which is whole."""
    warehouse.head.unlink(missing_ok=True)
    write_durably(warehouse.register, _text(lines))
    if lines:
        write_head(warehouse, lines[-1])


def _bury(register: Register, record: dict[str, Any]) -> None:
    """The tombstone of the bytes that the file had until then."""
    file = register.files.get(record["file_id"])
    if file:
        register.erased_bytes[file.sha256] = record["reason"]
        register.erased_places.add((file.path, file.sha256))
        # An earlier version rewrote files without tombstones of cases.
        if "rows" not in record:
            register.refused_bytes[file.sha256] = record["reason"]


def _as_loaded(file: ArchivedFile, load: dict[str, Any] | None) -> ArchivedFile:
    if load is None:
        return file
    return replace(
        file,
        loaded_at=datetime.fromisoformat(load["loaded_at"]),
        loaded_run_id=load["run_id"],
        loaded_date=date.fromisoformat(load["business_date"]),
    )


def _add(path: Path, lines: Sequence[Line]) -> None:
    with path.open("ab") as file:
        file.write(_text(lines))
        file.flush()
        os.fsync(file.fileno())


def _text(lines: Sequence[Line]) -> bytes:
    return "".join(f"{line.text}\n" for line in lines).encode()


def write_head(warehouse: Warehouse, line: Line) -> None:
    """Name the last line that was written whole."""
    write_durably(warehouse.head, f"{line.text}\n".encode())


def read_head(warehouse: Warehouse) -> Line | None:
    """The last line that was written whole; None where nothing says so. A head that is garbled names no line."""
    try:
        return sealed.opened_line(warehouse.head.read_bytes().rstrip(b"\n"))
    except OSError:
        return None
