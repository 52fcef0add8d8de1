"""Erase: a delivery, or a case, leaves archive, restricted warehouse and kept publications; a tombstone stays.

The tombstone in the archive's register comes first, and with it the decision stands: a night refuses until all that
follows from it is done. Each step may be repeated, so the same command again finishes what one began that died. The
restricted warehouse is made again from the archive, as a new file: no block that was freed keeps anything.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from expectations import canonical
from expectations.deliveries import DELIVERIES
from flows.base.errors import CannotErase, Unreadable
from flows.base.night import alone
from flows.base.warehouse_paths import Warehouse
from flows.intake.archive import archive_path, forget, keep_bytes
from flows.intake.case_key import case_key, secret_key
from flows.intake.catch_up import catch_up, unfinished
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.delivery_writer import Record, written
from flows.intake.events import ArchivedFile
from flows.intake.register import append, read_register
from flows.intake.sandbox import Sandbox
from flows.publish.publish import discard_dead
from flows.recover import as_of
from flows.recover.erase_publications import Purged, purge
from flows.recover.rebuild import remake, set_aside
from flows.recover.replay import require_bytes, temporary_warehouse, without_erased
from flows.recover.withdraw import one_sentence
from flows.warehouse.engines import parquet

PACKED = (b"PK\x03\x04", b"PAR1", b"\x1f\x8b")
"""How files begin whose bytes do not show their text."""


@dataclass(frozen=True)
class Erased:
    """What an erasure did. files: taken out whole; rewritten: that go on without the case; rows: that left those.

    paths: where the files lay below the landing folder. unsearched: files that cannot be read, so that nobody can
    tell whether the case is in them.
    """

    files: int
    rewritten: int
    rows: int
    purged: Purged
    paths: tuple[str, ...]
    unsearched: int = 0


@dataclass(frozen=True)
class Search:
    """A case, as a delivery may name it. scope: its inspection or area."""

    scope: str
    identifier: str

    def is_in(self, text: str) -> bool:
        """Whether the text names the case, not another whose identifier begins or ends as this one."""
        return re.search(rf"(?<!\w){re.escape(self.identifier)}(?!\w)", canonical.text(text)) is not None

    def is_row(self, record: Record, in_scope: bool) -> bool:
        """Whether a row is the case's. in_scope: all of the file is of its inspection or area."""
        cells = [canonical.text(cell) for cell in record if cell]
        return any(map(self.is_in, cells)) and (in_scope or self.scope in cells)

    def covers(self, name: DeliveryName) -> bool:
        """Whether a file is of the inspection or area, by its name."""
        return name.key == self.scope or name.key.startswith(f"{self.scope}_")


@dataclass(frozen=True)
class Found:
    """Bytes that hold the case. without: what stands for them, or None where they cannot be read. rows: left out."""

    without: bytes | None
    rows: int


def erase_delivery(warehouse: Warehouse, kind: str, key: str, reason: str, revision: int | None = None) -> Erased:
    """Erase all files of a delivery, or those of one revision, with every file that has the same bytes.

    Errors: CannotErase where there is none; ArchiveIncomplete where bytes of others are missing; AnotherNightRunning.
    """
    with _opened(warehouse, reason) as (connection, sentence):
        fingerprints = _fingerprints(connection, kind, key, revision)
        files = [file for file in read_register(warehouse).files.values() if file.sha256 in fingerprints]
        require_bytes(warehouse, [file for file in _with_bytes(warehouse) if file.sha256 not in fingerprints])
        keys = _case_keys(connection, files)
        _bury(warehouse, [_tombstone(file, sentence) for file in files])
        purged = _finish(warehouse, connection, keys, sentence)
    return Erased(len(files), 0, 0, purged, _paths(files))


def erase_case(warehouse: Warehouse, scope: str, identifier: str, reason: str) -> Erased:
    """Erase a case of an inspection, or of an area's NSmart extracts, from every delivery that names it.

    Errors: CannotErase where nothing has it; ArchiveIncomplete, AnotherNightRunning, KeyUnusable.
    """
    search = Search(canonical.text(scope), canonical.text(identifier))
    if not (search.scope and search.identifier):
        raise CannotErase("Name the inspection or area, and the case.")
    if search.is_in(reason):
        raise CannotErase("The reason is published, and stays: it must not name the case.")
    with _opened(warehouse, reason) as (connection, sentence):
        secret = secret_key(warehouse, connection)
        keys = {case_key(secret, source, search.scope, search.identifier) for source in ("inspection", "nsmart")}
        files = _with_bytes(warehouse)
        # Looked at first: nothing can be searched, or made again, in an archive that is not whole.
        require_bytes(warehouse, files)
        found, unsearched = _search(warehouse, files, search)
        holding = [file for file in files if file.sha256 in found]
        _bury(warehouse, [_record(warehouse, file, found[file.sha256], sentence) for file in holding])
        was_begun = unfinished(connection, read_register(warehouse))
        purged = _finish(warehouse, connection, keys, sentence)
    if not (holding or was_begun or purged.rows):
        raise CannotErase("No delivery and no kept publication has this case: look at the inspection or area.")
    rewritten = [file for file in holding if found[file.sha256].without is not None]
    rows = sum(found[file.sha256].rows for file in rewritten)
    return Erased(len(holding) - len(rewritten), len(rewritten), rows, purged, _paths(holding), unsearched)


@contextmanager
def _opened(warehouse: Warehouse, reason: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """The restricted warehouse, alone, its register complete; and the tombstone's sentence."""
    told = one_sentence(reason, CannotErase)
    if not warehouse.database.exists():
        raise CannotErase(f"There is no warehouse at {warehouse.root}: name it with --warehouse, or run a night first.")
    with alone(warehouse):
        discard_dead(warehouse)
        with warehouse.connect() as connection:
            catch_up(warehouse, connection)
            yield connection, f"Erased on {datetime.now(UTC).date()}: {told}"


def _with_bytes(warehouse: Warehouse) -> list[ArchivedFile]:
    """Files whose bytes the archive has."""
    register = read_register(warehouse)
    return [file for file in without_erased(register.files.values(), register) if file.reason is None]


def _fingerprints(connection: duckdb.DuckDBPyConnection, kind: str, key: str, revision: int | None) -> set[str]:
    if kind not in DELIVERIES:
        raise CannotErase(f"There is no kind of delivery {kind}; kinds are {', '.join(DELIVERIES)}.")
    rows = connection.execute(
        "select sha256 from intake.file where kind = ? and delivery_key = ? and revision = coalesce(?, revision)",
        [kind, key, revision],
    ).fetchall()
    if not rows:
        named = f"{kind} {key}" if revision is None else f"{kind} {key}, revision {revision},"
        raise CannotErase(f"No delivery {named} has come: casebook query 'select kind, key, revision from load_file'.")
    return {sha256 for (sha256,) in rows}


def _case_keys(connection: duckdb.DuckDBPyConnection, files: list[ArchivedFile]) -> set[str]:
    """Of the cases in these files."""
    numbers = [file.file_id for file in files]
    return {
        key
        for delivery in DELIVERIES.values()
        if delivery.identifier
        for (key,) in connection.execute(
            f"select distinct case_key from raw.{delivery.kind} where file_id in (select unnest(?::bigint[]))",
            [numbers],
        ).fetchall()
        if key
    }


def _search(warehouse: Warehouse, files: list[ArchivedFile], search: Search) -> tuple[dict[str, Found], int]:
    """What was found, by fingerprint; and how many files cannot be searched."""
    found: dict[str, Found] = {}
    read: set[str] = set()
    unsearched: set[str] = set()
    with Sandbox() as sandbox:
        # Bytes that came under several names are searched as the one that says most of them.
        for file in sorted(files, key=lambda file: _is_less_telling(file, search)):
            path = archive_path(warehouse, file.sha256)
            name = parse_name(file.file_name)
            if file.sha256 in found or (isinstance(name, str) and file.sha256 in read):
                continue
            data = path.read_bytes()
            is_packed, text = data.startswith(PACKED), data.decode("utf-8", errors="replace")
            if not is_packed and not search.is_in(text):
                continue
            try:
                hit = _found_in(sandbox, path, name, search)
                read.add(file.sha256)
            except Unreadable:
                if is_packed:
                    unsearched.add(file.sha256)
                hit = Found(None, 0) if not is_packed and _is_meant(name, text, search) else None
            if hit:
                found[file.sha256] = hit
    return found, len(unsearched - read)


def _is_less_telling(file: ArchivedFile, search: Search) -> tuple[bool, bool]:
    name = parse_name(file.file_name)
    return (True, True) if isinstance(name, str) else (False, not search.covers(name))


def _is_meant(name: DeliveryName | str, text: str, search: Search) -> bool:
    """Whether bytes that name such a case are of its inspection or area."""
    return search.scope in text or (isinstance(name, DeliveryName) and search.covers(name))


def _found_in(sandbox: Sandbox, path: Path, name: DeliveryName | str, search: Search) -> Found | None:
    """Errors: Unreadable, also where the name does not say how to read it."""
    if isinstance(name, str):
        raise Unreadable(name)
    records = sandbox.read_rows(path, name.format, DELIVERIES[name.kind])
    header, *body = zip(*(column.to_pylist() for column in records.cells.columns), strict=True)
    kept = [record for record in body if not search.is_row(record, search.covers(name))]
    if len(kept) == len(body):
        return None
    # What is wrong with a file as a whole would be gone from it, and what is left of it loaded.
    without = None if records.fault else written([header, *kept], name.format)
    return Found(without, len(body) - len(kept))


def _record(warehouse: Warehouse, file: ArchivedFile, found: Found, sentence: str) -> dict[str, object]:
    if found.without is None:
        return _tombstone(file, sentence)
    sha256 = keep_bytes(warehouse, found.without)
    size = len(found.without)
    return {"event": "rewritten", "file_id": file.file_id, "sha256": sha256, "size": size, "reason": sentence}


def _tombstone(file: ArchivedFile, sentence: str) -> dict[str, object]:
    return {"event": "erased", "file_id": file.file_id, "reason": sentence}


def _bury(warehouse: Warehouse, records: list[dict[str, object]]) -> None:
    """Tombstones that are not there yet."""
    erased = read_register(warehouse).erased
    new = [record for record in records if record["file_id"] not in erased]
    if new:
        append(warehouse, new)


def _finish(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection, case_keys: set[str], sentence: str) -> Purged:
    """Do what the tombstones say. The publications first: which cases a delivery had is known from the warehouse."""
    purged = purge(warehouse, case_keys, sentence)
    to_do = _is_stale(warehouse, connection)
    connection.close()
    if to_do:
        remake(warehouse)
    for sha256 in read_register(warehouse).erased_bytes:
        forget(warehouse, sha256)
    # Waits for a question or verification that is being built from what was there, and removes what one left.
    with temporary_warehouse(warehouse):
        as_of.forget(warehouse)
        _sweep(warehouse)
    with warehouse.connect() as remade:
        catch_up(warehouse, remade)
    return purged


def _is_stale(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the restricted warehouse does not say yet what the register says of a file that was erased."""
    register = read_register(warehouse)
    rows = connection.execute("select file_id, sha256, reason from intake.file").fetchall()
    return unfinished(connection, register) or any(
        file_id in register.files
        and (register.files[file_id].sha256 != sha256 or register.erased.get(file_id, reason) != reason)
        for file_id, sha256, reason in rows
    )


def _sweep(warehouse: Warehouse) -> None:
    """What nights leave in the restricted folder that may show a row as delivered; the next one writes it again."""
    parquet.forget(warehouse)
    shutil.rmtree(warehouse.batches, ignore_errors=True)
    # The second is where earlier versions had the batch.
    databases = (set_aside(warehouse), warehouse.restricted / "batch.duckdb")
    left = [path.with_name(f"{path.name}{ending}") for path in databases for ending in ("", ".wal")]
    left += [*warehouse.returns.glob("*"), *warehouse.returns.glob(".*.part"), *warehouse.archive.glob("*/*.part")]
    left += [path for path in warehouse.temporary.glob("*") if path.is_file()]
    for path in left:
        path.unlink(missing_ok=True)


def _paths(files: Iterable[ArchivedFile]) -> tuple[str, ...]:
    return tuple(sorted({file.path for file in files}))
