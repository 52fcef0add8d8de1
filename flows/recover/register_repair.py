"""Recover: the register from what is left of it, of the restricted warehouse and of the sidecars beside the bytes.

A rebuild begins with it. Lines are restored as they were wherever a copy of them is left. Where none is, every
delivery comes back from its sidecar; what people decided (withdrawals, erasures) is lost with its line, and that is
reported.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import duckdb

from flows.base import sealed
from flows.base.sealed import Line, Lines
from flows.base.warehouse_paths import Warehouse
from flows.intake import tombstones
from flows.intake.archive import archive_path, nameless, sidecars
from flows.intake.catch_up import merged, noted, put_back
from flows.intake.events import ArchivedFile, Withdrawal, landed_event, loaded_event, withdrawn_event
from flows.intake.register import Register, append, expected_lines, fold, read_lines, replace_register

LOG = logging.getLogger("casebook.register")


def recover(warehouse: Warehouse) -> Register:
    """Make the register whole, and name in it every delivery that the archive has bytes of. Returns what it says."""
    lines, (copies, old) = read_lines(warehouse), _old_warehouse(warehouse)
    copies = _of_this_archive(lines, copies)
    best = merged(lines, copies)
    expected = max(len(copies), expected_lines(warehouse))
    if not copies and (lines.unsealed or (lines.damage and not lines.readable)):
        _complete(warehouse, lines, old)
    elif best.damage or len(best.whole) < expected:
        _salvage(warehouse, lines, copies, expected)
    elif lines.damage or len(best.whole) > len(lines.whole):
        put_back(warehouse, best.whole)
        LOG.warning("register: it was damaged (%s) and is restored as it was", lines.damage or "it lost its end")
    append(warehouse, _from_sidecars(warehouse, fold(read_lines(warehouse).records)))
    append(warehouse, tombstones.complete(warehouse, fold(read_lines(warehouse).records)))
    register = fold(read_lines(warehouse).records)
    _warn_of_nameless(warehouse, register)
    return register


def key_check(warehouse: Warehouse, register: Register) -> str | None:
    """Fingerprint of the case key that rows were loaded with, from the register or else the sidecars."""
    return register.key_check or next((check for _, check in sidecars(warehouse) if check), None)


def _old_warehouse(warehouse: Warehouse) -> tuple[list[Line], list[dict[str, Any]]]:
    """The warehouse's copies of lines; and events in its tables, which one without copies must be asked for."""
    if warehouse.database.exists():
        with suppress(duckdb.Error), duckdb.connect(str(warehouse.database), read_only=True) as connection:
            try:
                return noted(connection), []
            except duckdb.CatalogException:
                return [], list(_events(warehouse, connection))
    return [], []


def _of_this_archive(lines: Lines, copies: list[Line]) -> list[Line]:
    """The copies, unless they are of another register than the lines: of a warehouse that was exchanged."""
    texts = {line.sequence: line.text for line in copies}
    return copies if all(texts.get(line.sequence, line.text) == line.text for line in lines.readable) else []


def _complete(warehouse: Warehouse, lines: Lines, old: list[dict[str, Any]]) -> None:
    """A register without seals gets them, and what a warehouse of its version knows beside it."""
    readable = _fitting([line.record for line in lines.readable])
    known = fold(readable)
    records = [*readable, *(event for event in old if not _is_known(event, known))]
    if lines.damage:
        LOG.warning(
            "register: it was damaged (%s) and is made again from the restricted warehouse and the archive; %s",
            lines.damage,
            "all that it said is known" if old else _UNKNOWN,
        )
        put_back(warehouse, sealed.seal(records))
    else:
        replace_register(warehouse, sealed.seal(records))


_UNKNOWN = (
    "whether a delivery was withdrawn, which rows were erased and when files were loaded cannot be known any more: "
    "repeat the withdrawals and erasures that you have a note of"
)


def _salvage(warehouse: Warehouse, lines: Lines, copies: list[Line], expected: int) -> None:
    """Go on with the lines that are left."""
    left = {line.sequence: line.record for line in [*lines.readable, *copies]}
    lost = max([expected, *left]) - len(left)
    put_back(warehouse, sealed.seal(_fitting([left[number] for number in sorted(left)])))
    LOG.warning("register: %s of its lines are lost (%s), and for them: %s", f"{lost:,}", lines.damage, _UNKNOWN)


def _fitting(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records without those that need one that is lost."""
    landed = {record["file_id"] for record in records if record["event"] == "landed"}
    return [record for record in records if record["event"] != "rewritten" or record["file_id"] in landed]


def _from_sidecars(warehouse: Warehouse, register: Register) -> Iterator[dict[str, Any]]:
    """An event for each delivery whose bytes are there and that the register does not know."""
    places = {(file.path, file.sha256) for file in register.files.values()}
    files = dict(register.files)
    for file, _ in sorted(sidecars(warehouse), key=lambda said: (said[0].first_seen_run_id, said[0].file_id)):
        if (file.path, file.sha256) in places or file.sha256 in register.erased_bytes:
            continue
        known = files.get(file.file_id)
        if known and known.path == file.path and not archive_path(warehouse, known.sha256).exists():
            reason = "Rows were erased; the entry that said why was lost."
            event = {"file_id": file.file_id, "sha256": file.sha256, "size": file.size, "reason": reason}
            yield {"event": "rewritten", **event}
        else:
            number = max(files) + 1 if known else file.file_id
            file = replace(file, file_id=number)
            yield landed_event(file)
        files[file.file_id] = file


def _warn_of_nameless(warehouse: Warehouse, register: Register) -> None:
    left = nameless(warehouse, register)
    if left:
        LOG.warning(
            "register: %s archived files are left out, since nothing says what they were (%s): restore register.jsonl "
            "from its backup and rebuild again, or deliver them again",
            f"{len(left):,}",
            ", ".join(path.name[:12] for path in left[:5]),
        )


def _is_known(event: dict[str, Any], register: Register) -> bool:
    if event["event"] == "landed":
        known = register.files.get(event["file_id"])
        place = (event["path"], event["sha256"])
        return known is not None and (place == (known.path, known.sha256) or place in register.erased_places)
    if event["event"] == "loaded":
        loads = {(file.file_id, file.loaded_at) for file in register.files.values()}
        return all((file_id, event["loaded_at"]) in loads for file_id in event["file_ids"])
    return Withdrawal(**{name: value for name, value in event.items() if name != "event"}) in register.withdrawals


def _events(warehouse: Warehouse, old: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """What a warehouse of a version without copies of the register knows, as events."""
    for row in old.execute(_OLD_FILES).fetchall():
        file = ArchivedFile(*row)
        # Why a file with bytes was rejected is found again by reading them.
        has_bytes = archive_path(warehouse, file.sha256).exists()
        yield landed_event(replace(file, reason=None) if has_bytes else file)
    for run_id, business_date, loaded_at, check, file_ids in old.execute(_OLD_LOADS).fetchall():
        yield loaded_event(run_id, business_date, loaded_at, check, file_ids)
    for row in old.execute("from intake.withdrawal order by withdrawn_at").fetchall():
        yield withdrawn_event(Withdrawal(*row))


_OLD_FILES = """
    select
        file.file_id, file.path, file.file_name, file.sha256, file.size_bytes, file.first_seen_run_id,
        coalesce(run.business_date, strptime(left(file.first_seen_run_id, 8), '%Y%m%d')::date),
        file.reason
    from intake.file
    left join intake.run on file.first_seen_run_id = run.run_id
    order by file.file_id
"""
_OLD_LOADS = """
    with loads as (
        select loaded_at, list(file_id order by file_id) as file_ids
        from intake.file where loaded_at is not null group by loaded_at
    )
    select
        coalesce(run.run_id, strftime(loads.loaded_at, '%Y%m%dT%H%M%SZ-0000')),
        coalesce(run.business_date, loads.loaded_at::date),
        loads.loaded_at,
        (select value from intake.setting where name = 'case_key_check'),
        loads.file_ids
    from loads
    asof left join intake.run on loads.loaded_at >= run.started_at
    order by loads.loaded_at
"""
