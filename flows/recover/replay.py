"""Replay: archived deliveries through the stages of a night, in a temporary warehouse of their own.

`casebook rebuild`, `casebook verify` and `casebook query --as-of` are made of it. The restricted warehouse that nights
work on is neither read nor written.
"""

import fcntl
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.base.errors import ArchiveIncomplete
from flows.base.night import Night, code_version
from flows.base.warehouse_paths import Warehouse, sql_text
from flows.intake import load, shares
from flows.intake.archive import archive_path, damaged
from flows.intake.event_rows import enter, entry, record_gone, record_invented, record_set_aside, record_withdrawal
from flows.intake.events import ArchivedFile, SetAside, Withdrawal
from flows.intake.register import Register
from flows.publish import assemble
from flows.publish.history import copy_before
from flows.warehouse import changes, dbt, transform
from flows.warehouse.published_tables import PublishedTable, published_tables

FILES_NAMED = 5
"""How many files a message names; who must act finds the others beside them."""


@dataclass(frozen=True)
class Inputs:
    """What a publication is built from. key_check: fingerprint of the case key, or None where it is not known.

    withdrawals: those made before it. set_aside: what it was built without. gone: by file the night that found it gone.
    invented: files that were marked as invented.
    """

    run_id: str
    business_date: date
    key_check: str | None
    files: tuple[ArchivedFile, ...]
    withdrawals: tuple[Withdrawal, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    gone: dict[int, str] = field(default_factory=dict)
    invented: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Replayed:
    """A publication that was built again. tables: what dbt says of those in it."""

    file: Path
    tables: list[PublishedTable]


@contextmanager
def temporary_warehouse(warehouse: Warehouse) -> Iterator[Warehouse]:
    """A warehouse beside the restricted one, with its archive and case key; gone when the block is left.

    One at a time, so that a machine made for one night is not asked for three; a second waits for the first.
    """
    warehouse.make()
    with (warehouse.restricted / "replay.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        temporary = Warehouse(warehouse.temporary / "replay", warehouse.root)
        # What one left that died.
        shutil.rmtree(temporary.root, ignore_errors=True)
        temporary.make()
        dbt.share_parsed(warehouse, temporary)
        try:
            yield temporary
        finally:
            shutil.rmtree(temporary.root, ignore_errors=True)


def replay(
    temporary: Warehouse, inputs: Inputs, history: Path | None, known_by: Warehouse | None = None, tested: bool = True
) -> Replayed:
    """Build a publication from its inputs with the rules of now.

    history: a publication whose `ops.run` knows the nights until then. known_by: the warehouse that knows what the
    publications before it said. tested: its tables are tested as those of a night are. Errors: KeyUnusable,
    TransformFailed.
    """
    night = night_of(temporary, inputs.run_id, inputs.business_date)
    take_in(temporary, inputs, [(night, inputs.files)])
    if history:
        bring_back_runs(temporary, history, inputs.run_id)
    if known_by:
        copy_before(known_by, temporary, inputs.run_id)
    plan = replace(transform.prepare(night, changes.changed_inputs(night)), tested=tested)
    for layer in plan.layers:
        transform.build_layer(night, layer, plan)
    return Replayed(assemble.assemble(night, {}), published_tables(night))


def night_of(temporary: Warehouse, run_id: str, business_date: date) -> Night:
    """An earlier night, to be run again in a temporary warehouse. It lands nothing."""
    started_at = datetime.now(UTC).replace(tzinfo=None)
    return Night(run_id, business_date, started_at, temporary.root / "landing", temporary, code_version())


def take_in(temporary: Warehouse, inputs: Inputs, loads: Iterable[tuple[Night, Sequence[ArchivedFile]]]) -> None:
    """Register the files under the numbers they had, and read, check and load them, a load after the other."""
    with temporary.connect() as connection:
        if inputs.key_check:
            connection.execute("insert into intake.setting values ('case_key_check', ?)", [inputs.key_check])
        enter(connection, [entry(file.file_id, file.first_seen_run_id, file) for file in inputs.files])
        connection.execute("update intake.file set state = 'waiting' where state = 'new'")
        for withdrawal in inputs.withdrawals:
            record_withdrawal(connection, withdrawal)
        record_set_aside(connection, inputs.set_aside)
        record_gone(connection, inputs.gone)
        record_invented(connection, inputs.invented, is_invented=True)
    for night, files in loads:
        with temporary.connect() as connection:
            connection.execute(
                "update intake.file set state = 'new' where state = 'waiting' and file_id in (select unnest(?))",
                [[file.file_id for file in files]],
            )
        examined = shares.examine_all(night)
        load.load(night, examined.read, examined.checked)
    with temporary.connect() as connection:
        _date_loads(connection, inputs.files)


def bring_back_runs(temporary: Warehouse, publication: Path, until: str | None = None) -> None:
    """The nights that a publication tells of, as the restricted warehouse knew them; until: the last one's run id."""
    with temporary.connect() as connection:
        connection.execute(f"attach {sql_text(str(publication))} as past (read_only)")
        connection.execute(
            """
            insert or ignore into intake.run by name
            select * replace (stage_seconds::json::varchar as stage_seconds)
            from past.ops.run
            where run_id <= coalesce($until, run_id)
            """,
            {"until": until},
        )


def without_erased(files: Iterable[ArchivedFile], register: Register) -> tuple[ArchivedFile, ...]:
    """The files, those erased with their tombstone's sentence instead of bytes."""
    return tuple(replace(file, reason=register.erased.get(file.file_id, file.reason)) for file in files)


def require_bytes(warehouse: Warehouse, files: Iterable[ArchivedFile]) -> None:
    """Refuse to work on an archive that is not whole.

    Errors: ArchiveIncomplete, naming the files whose bytes are missing or were changed.
    """
    broken = damaged(warehouse, files)
    if broken:
        named = ", ".join(f"{file.path} ({_place(warehouse, file)})" for file in broken[:FILES_NAMED])
        more = f" and {len(broken) - FILES_NAMED:,} more" if len(broken) > FILES_NAMED else ""
        raise ArchiveIncomplete(
            f"The archive lacks the bytes of {len(broken):,} deliveries, or has others: {named}{more}. "
            "Restore them from the archive's backup and start again; nothing was replaced."
        )


def _place(warehouse: Warehouse, file: ArchivedFile) -> str:
    return str(archive_path(warehouse, file.sha256).relative_to(warehouse.restricted))


def _date_loads(connection: duckdb.DuckDBPyConnection, files: Iterable[ArchivedFile]) -> None:
    """Files were loaded when they first were."""
    known = [(file.file_id, file.loaded_at) for file in files if file.loaded_at]
    if known:
        loads = pa.table(dict(zip(("file_id", "loaded_at"), zip(*known, strict=True), strict=True)))
        connection.register("loads", loads)
        connection.execute(
            """
            update intake.file set loaded_at = loads.loaded_at from loads
            where file.file_id = loads.file_id and file.state = 'loaded'
            """
        )
        connection.unregister("loads")
