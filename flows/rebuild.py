"""Rebuild: the restricted warehouse again from the archive, for a restore or an upgrade.

Files keep their numbers and the times at which they were loaded. The history of nights is not in the archive; it comes
back from the warehouse that is replaced, or else from the newest publication. The next night builds and publishes.
"""

import logging
import shutil
from contextlib import suppress
from itertools import groupby
from pathlib import Path

import duckdb

from flows import parquet
from flows.archive import ArchivedFile, keep_register, read_register
from flows.errors import ArchiveIncomplete, WarehouseUnusable
from flows.folders import Warehouse, sql_text, sync_file, sync_folder
from flows.night import Night, alone
from flows.publish import publications, published_file
from flows.replay import (
    Inputs,
    bring_back_runs,
    night_of,
    require_bytes,
    take_in,
    temporary_warehouse,
    without_erased,
)

LOG = logging.getLogger("casebook.rebuild")

HISTORY = ("run", "publication", "published_figure", "published_delivery")
"""Tables of intake that do not follow from the archive."""


def rebuild(warehouse: Warehouse) -> int:
    """Replace the restricted warehouse by one made from the archive; the old one stays aside. How many files it has.

    Errors: ArchiveIncomplete, AnotherNightRunning, KeyUnusable; nothing is replaced then.
    """
    warehouse.make()
    with alone(warehouse):
        _complete_register(warehouse)
        return remake(warehouse)


def remake(warehouse: Warehouse) -> int:
    """The same for who holds the lock of the night and has brought the register up to date."""
    register = read_register(warehouse)
    if not register.files:
        raise ArchiveIncomplete(
            f"There is nothing to rebuild from: {warehouse.register} is missing or names no delivery."
        )
    files = without_erased(register.files.values(), register)
    require_bytes(warehouse, files)
    with temporary_warehouse(warehouse) as temporary:
        newest = max(files, key=lambda file: file.run_id)
        inputs = Inputs(
            newest.run_id,
            newest.taken_in_for,
            register.key_check,
            files,
            tuple(register.withdrawals),
            tuple(register.set_aside.values()),
        )
        take_in(temporary, inputs, _loads(temporary, files))
        _bring_back_history(temporary, warehouse)
        _bring_back_runs(temporary, warehouse)
        _replace(warehouse, temporary)
    return len(files)


def set_aside(warehouse: Warehouse) -> Path:
    """Where the warehouse that was replaced stays until the next rebuild."""
    return warehouse.database.with_name(f"{warehouse.database.name}.before-rebuild")


def _complete_register(warehouse: Warehouse) -> None:
    """What a dead night had no time to register, where the warehouse can still tell."""
    if warehouse.database.exists():
        with suppress(duckdb.Error, WarehouseUnusable), warehouse.connect() as connection:
            keep_register(warehouse, connection)


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
            connection.execute(f"insert into intake.{table} by name from old.intake.{table}")


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
    shutil.rmtree(warehouse.kept, ignore_errors=True)
    for ending in ("", ".wal"):
        old, aside = (path.with_name(f"{path.name}{ending}") for path in (warehouse.database, set_aside(warehouse)))
        if old.exists():
            old.replace(aside)
        elif ending:
            aside.unlink(missing_ok=True)
    temporary.database.replace(warehouse.database)
    sync_folder(warehouse.restricted)
