"""Fsck: is the archive what it says it is? Bytes against fingerprints, the register against sidecars and warehouse.

A night compares a seventh of the archive, so that seven nights on seven days compare all of it.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.base.errors import CasebookError, RegisterDamaged, WarehouseUnusable
from flows.base.night import alone
from flows.base.sealed import Lines
from flows.base.warehouse_paths import Warehouse
from flows.intake.archive import archive_path, damaged, nameless, read_sidecar_of, says, sidecar_path
from flows.intake.catch_up import noted
from flows.intake.events import ArchivedFile
from flows.intake.register import Register, fold, read_lines, read_register

LOG = logging.getLogger("casebook.fsck")

PARTS = 7


@dataclass(frozen=True)
class Checked:
    """What was compared. files: whose bytes were; damages: a sentence for each, with what to do."""

    files: int
    damages: tuple[str, ...]


def fsck(warehouse: Warehouse) -> Checked:
    """Compare the whole archive with every record of it; changes nothing.

    Errors: CasebookError where there is no archive; AnotherNightRunning.
    """
    if not warehouse.archive.is_dir():
        raise CasebookError(f"There is no warehouse at {warehouse.root}: name it with --warehouse.")
    with alone(warehouse):
        lines = read_lines(warehouse)
        register, damages = _read(lines)
        files = register.archived
        damages += _of_bytes(warehouse, files)
        # A line that is lost would be reported once more for each thing that it was about.
        if not lines.damage:
            damages += [_about(warehouse, path, NAMELESS) for path in nameless(warehouse, register)]
        damages += _of_warehouse(warehouse, lines, register)
    return Checked(len(files), tuple(damages))


def check_part(warehouse: Warehouse, day: date) -> Checked:
    """Compare the part of the archive whose turn it is on a day; what is damaged is reported and stops nothing."""
    try:
        archived = read_register(warehouse).archived
    except RegisterDamaged as error:
        archived, damages = [], [str(error)]
    else:
        archived = [file for file in archived if int(file.sha256[:2], 16) % PARTS == day.toordinal() % PARTS]
        damages = list(_of_bytes(warehouse, archived))
    for damage in damages:
        LOG.warning("archive: %s", damage)
    return Checked(len(archived), tuple(damages))


NAMELESS = (
    "the register does not know these bytes. `casebook rebuild` takes them in where a sidecar says what they are; "
    "otherwise move the file away and have it delivered again"
)
BROKEN = (
    "the bytes of {} are missing or are not those that were delivered. Copy the file back from a backup, or deliver it "
    "again in another folder"
)
STILL_THERE = "the bytes of {} were erased and are still there. Delete the file"
SIDECAR = "what should be said here of {} is missing or damaged. `casebook rebuild` writes it again"


def _read(lines: Lines) -> tuple[Register, list[str]]:
    """What is readable of the register, and what is wrong with it."""
    remedy = "A night restores it from the restricted warehouse, `casebook rebuild` also from the archive."
    damages = [f"register.jsonl: {lines.damage}. {remedy}"] if lines.damage else []
    try:
        return fold(line.record for line in lines.readable), damages
    except RegisterDamaged:
        return fold(line.record for line in lines.readable if line.record["event"] == "landed"), damages


def _of_bytes(warehouse: Warehouse, files: list[ArchivedFile]) -> Iterator[str]:
    broken = damaged(warehouse, files)
    for file in broken:
        yield _about(warehouse, archive_path(warehouse, file.sha256), BROKEN.format(file.path))
    for file in files:
        if not says(read_sidecar_of(warehouse, file), file):
            yield _about(warehouse, sidecar_path(warehouse, file.sha256), SIDECAR.format(file.path))


def _of_warehouse(warehouse: Warehouse, lines: Lines, register: Register) -> Iterator[str]:
    living = {file.sha256 for file in register.archived}
    for path, sha256 in sorted(register.erased_places):
        if sha256 not in living and archive_path(warehouse, sha256).exists():
            yield _about(warehouse, archive_path(warehouse, sha256), STILL_THERE.format(path))
    if not warehouse.database.exists():
        yield "warehouse.duckdb: it is missing. `casebook rebuild` makes it again."
        return
    try:
        with warehouse.connect() as connection:
            copies = [line.text for line in noted(connection)]
            files = connection.execute("select file_id, path, sha256 from intake.file").fetchall()
    except WarehouseUnusable as error:
        yield f"warehouse.duckdb: {error}"
        return
    if lines.damage:
        return
    if copies != [line.text for line in lines.whole[: len(copies)]]:
        yield "warehouse.duckdb: its copy of the register is another one. The next night says what to do."
    yield from _unlike(files, register.files.values())


def _unlike(files: list[tuple[int, str, str]], registered: Iterable[ArchivedFile]) -> Iterator[str]:
    """Files that the warehouse knows as others than the register."""
    known = {file.file_id: (file.path, file.sha256) for file in registered}
    unlike = sorted(path for file_id, path, sha256 in files if known.get(file_id) != (path, sha256))
    if unlike:
        yield (
            f"warehouse.duckdb: {len(unlike):,} files are not those of the register ({', '.join(unlike[:5])}). "
            "`casebook rebuild` makes it again."
        )


def _about(warehouse: Warehouse, path: Path, sentence: str) -> str:
    return f"{path.relative_to(warehouse.archive)}: {sentence}."
