"""Rebuild: the restricted warehouse again from the archive, for a restore or an upgrade.

Files keep their numbers and the times at which they were loaded. The history of nights is not in the archive; it comes
back from the warehouse that is replaced, or else from the newest publication. The next night builds and publishes.
"""

import logging
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

import duckdb

from flows.base.errors import ArchiveIncomplete
from flows.base.intake_tables import SCHEMA_VERSION, has_layout, is_new, schema_version
from flows.base.night import RUN_TIME, Night, alone
from flows.base.warehouse_paths import Warehouse, damage_told, sql_text, sync_file, sync_folder
from flows.intake.archive import complete_sidecars
from flows.intake.catch_up import note
from flows.intake.events import ArchivedFile, loaded_event
from flows.intake.register import Register, append, read_lines, read_register
from flows.intake.screen import take_out
from flows.publish import history
from flows.publish.publish import publications, published_file
from flows.recover.register_repair import key_check, recover
from flows.recover.replay import (
    Inputs,
    bring_back_runs,
    night_of,
    require_bytes,
    take_in,
    temporary_warehouse,
    without_erased,
)
from flows.warehouse.engines import parquet

LOG = logging.getLogger("casebook.rebuild")

HISTORY = ("run", *history.TABLES)
"""Tables of intake that do not follow from the archive."""


def rebuild(warehouse: Warehouse) -> int:
    """Replace the restricted warehouse by one made from the archive; the old one stays aside. How many files it has.

    Errors: ArchiveIncomplete, AnotherNightRunning, KeyUnusable; nothing is replaced then.
    """
    warehouse.make()
    with alone(warehouse):
        if not recover(warehouse).files:
            raise ArchiveIncomplete(
                f"There is nothing to rebuild from: neither {warehouse.register} nor a sidecar names a delivery."
            )
        take_out_erased(warehouse)
        return remake(warehouse)


def take_out_erased(warehouse: Warehouse) -> None:
    """Take erased cases out of the archive, which an older backup may have brought back.

    Errors: ArchiveIncomplete, KeyUnusable.
    """
    register = read_register(warehouse)
    if register.tombstones:
        require_bytes(warehouse, register.archived)
        take_out(warehouse, register, key_check(warehouse, register))


def migrate(warehouse: Warehouse) -> None:
    """Rebuild a warehouse that an earlier version left, for the owner of the night's lock; report it first.

    Errors: as `rebuild`.
    """
    if _is_earlier(warehouse):
        files = len(recover(warehouse).files)
        LOG.info(
            "upgrade: this warehouse is of an earlier version: it is rebuilt from its archive first, %s deliveries",
            f"{files:,}",
        )
        take_out_erased(warehouse)
        remake(warehouse)


def remake(warehouse: Warehouse) -> int:
    """The same as a rebuild, for the owner of the night's lock whose register is whole."""
    register = read_register(warehouse)
    check = key_check(warehouse, register)
    files = tuple(map(_dated, without_erased(register.files.values(), register)))
    require_bytes(warehouse, files)
    complete_sidecars(warehouse, register.archived, check)
    with temporary_warehouse(warehouse) as temporary:
        if files:
            newest = max(files, key=lambda file: file.run_id)
            inputs = Inputs(
                newest.run_id,
                newest.taken_in_for,
                check,
                files,
                tuple(register.withdrawals),
                tuple(register.set_aside.values()),
                register.gone,
                register.invented_before(),
            )
            take_in(temporary, inputs, _loads(temporary, files))
        _register_loads(warehouse, temporary, register)
        _bring_back_history(temporary, warehouse)
        _bring_back_runs(temporary, warehouse)
        _replace(warehouse, temporary)
    return len(files)


def set_aside(warehouse: Warehouse) -> Path:
    """Where the warehouse that was replaced stays until the next rebuild."""
    return warehouse.database.with_name(f"{warehouse.database.name}.before-rebuild")


def _is_earlier(warehouse: Warehouse) -> bool:
    """Whether an earlier version left the restricted warehouse."""
    if not warehouse.database.exists():
        return False
    with damage_told(), duckdb.connect(str(warehouse.database), read_only=True) as connection:
        if is_new(connection) or schema_version(connection) > SCHEMA_VERSION:
            return False
        return schema_version(connection) < SCHEMA_VERSION or not has_layout(connection)


def _dated(file: ArchivedFile) -> ArchivedFile:
    """A file that nobody knows to have been loaded is as if the night that found it had loaded it at its start."""
    started = datetime.strptime(file.first_seen_run_id.partition("-")[0], RUN_TIME)
    return file if file.loaded_at else replace(file, loaded_at=started)


def _register_loads(warehouse: Warehouse, temporary: Warehouse, register: Register) -> None:
    """Into the register what was loaded for the first time, and the whole register into the warehouse."""
    with temporary.connect() as connection:
        loads = connection.execute(
            """
            select first_seen_run_id, loaded_at, list(file_id order by file_id),
                (select value from intake.setting where name = 'case_key_check')
            from intake.file where state = 'loaded' group by all order by all
            """
        ).fetchall()
        for run_id, loaded_at, file_ids, check in loads:
            files = [file for file in map(register.files.__getitem__, file_ids) if not file.loaded_at]
            if files:
                numbers = [file.file_id for file in files]
                append(warehouse, [loaded_event(run_id, files[0].business_date, loaded_at, check, numbers)])
        note(connection, read_lines(warehouse).whole)


def _loads(temporary: Warehouse, files: tuple[ArchivedFile, ...]) -> list[tuple[Night, list[ArchivedFile]]]:
    """The files by the night that took them in, so that what checks said of them stays with that night."""
    in_order = sorted(files, key=lambda file: (file.run_id, file.file_id))
    by_run = [(run_id, list(of_run)) for run_id, of_run in groupby(in_order, key=lambda file: file.run_id)]
    return [
        (night_of(temporary, run_id, max(file.taken_in_for for file in of_run)), of_run) for run_id, of_run in by_run
    ]


def _bring_back_history(temporary: Warehouse, warehouse: Warehouse) -> None:
    """What earlier nights did and published, from the warehouse that is replaced, where it can still be read."""
    if not warehouse.database.exists():
        return
    with suppress(duckdb.Error), temporary.connect() as connection:
        connection.execute(f"attach {sql_text(str(warehouse.database))} as old (read_only)")
        for table in HISTORY:
            try:
                connection.execute(f"insert into intake.{table} by name {_same_columns(connection, table)}")
            except duckdb.Error as error:
                LOG.warning("rebuild: intake.%s of the warehouse before is lost (%s)", table, error)


def _same_columns(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """A query of what an old warehouse has of the columns of a table."""
    columns = connection.execute(
        """
        select column_name from duckdb_columns() where schema_name = 'intake' and table_name = ?
        group by column_name having count(*) = 2
        """,
        [table],
    ).fetchall()
    return f"select {', '.join(column for (column,) in columns)} from old.intake.{table}"


def _bring_back_runs(temporary: Warehouse, warehouse: Warehouse) -> None:
    for run_id in publications(warehouse)[-1:]:
        try:
            bring_back_runs(temporary, published_file(warehouse, run_id))
        except duckdb.Error as error:
            LOG.warning("rebuild: the history of nights is lost, %s cannot be read (%s)", run_id, error)


def _replace(warehouse: Warehouse, temporary: Warehouse) -> None:
    """The old file leaves first: a night that finds none refuses, one that finds another's log would be misled."""
    sync_file(temporary.database)
    # Written from the file that leaves: the next night on Spark is handed over everything again.
    parquet.forget(warehouse)
    # Of figures that may be gone: pages and downloads are made anew.
    # The cache's name in warehouses without a schema version comes second.
    for cache in (warehouse.render_cache, warehouse.restricted / "kept"):
        shutil.rmtree(cache, ignore_errors=True)
    for ending in ("", ".wal"):
        old, aside = (path.with_name(f"{path.name}{ending}") for path in (warehouse.database, set_aside(warehouse)))
        if old.exists():
            old.replace(aside)
        elif ending:
            aside.unlink(missing_ok=True)
    temporary.database.replace(warehouse.database)
    sync_folder(warehouse.restricted)
