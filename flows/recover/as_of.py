"""As of: the publication of an earlier date; where it is kept no longer, built from its deliveries again.

What was built for a question is kept for the next one, by what it was built from and the code that built it.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Never

import duckdb

from flows.base.errors import CasebookError, NoPermission, NothingPublished, PublicationDamaged
from flows.base.machine_errors import user
from flows.base.night import LONDON, code_version
from flows.base.warehouse_paths import Warehouse
from flows.intake.events import ArchivedFile
from flows.intake.register import Register, read_register
from flows.publish.publication import damage, reading
from flows.publish.publish import publications, published_file
from flows.recover.replay import Inputs, replay, require_bytes, temporary_warehouse, without_erased

KEPT_FILES = 5
"""Publications of past dates that stay after a question; the one longest not asked goes first."""


@dataclass(frozen=True)
class PastPublication:
    """What was published on a date. rebuilt: it is not the file that readers had, but one built again from as many
    deliveries with the rules of now. erased: deliveries that it lacks because they were erased since."""

    file: Path
    run_id: str
    business_date: date
    rebuilt: bool
    deliveries: int = 0
    erased: int = 0


def as_of(warehouse: Warehouse, day: date) -> PastPublication:
    """The last publication with a business date not after the day.

    Errors: CasebookError for a day in the future, NothingPublished for one before the first publication, NoPermission
    where it must be built again and the user may not.
    """
    register = _register(warehouse)
    runs = published_runs(warehouse) or _loads(register or _refuse_reader(day))
    _refuse_future(day, runs)
    run_id, business_date = _last_not_after(warehouse, day, runs)
    if run_id in publications(warehouse):
        return PastPublication(published_file(warehouse, run_id), run_id, business_date, rebuilt=False)
    register = register or _refuse_reader(day)
    files = [file for file in register.files.values() if file.run_id <= run_id]
    inputs = Inputs(
        run_id,
        business_date,
        register.key_check,
        without_erased(files, register),
        register.withdrawn_before(run_id),
        register.set_aside_in(run_id),
        register.gone_before(run_id),
        register.invented_before(run_id),
    )
    erased = sum(file.file_id in register.erased for file in files)
    file = _built(warehouse, inputs)
    return PastPublication(file, run_id, business_date, True, len(files) - erased, erased)


def _register(warehouse: Warehouse) -> Register | None:
    """What the register says; None for a reader, who may not see it and needs it for nothing that is retained."""
    try:
        return read_register(warehouse)
    except PermissionError:
        return None


def _refuse_reader(day: date) -> Never:
    raise NoPermission(
        f"What was published by {day} is not retained, and {user()} may not have it built again: ask whoever runs the "
        "nights."
    )


def published_runs(warehouse: Warehouse) -> list[tuple[str, date]]:
    """Run id and business date of every publication there was, as the newest one knows them."""
    newest = _newest(warehouse)
    return _runs(newest) if newest else []


def forget(warehouse: Warehouse) -> None:
    """Remove what was built for questions, as an erasure must."""
    for file in warehouse.as_of.glob("*"):
        file.unlink()


def _loads(register: Register) -> list[tuple[str, date]]:
    """Nights that loaded something: what is known where no publication was brought along."""
    return [(file.run_id, file.taken_in_for) for file in register.files.values() if file.loaded_at]


def _refuse_future(day: date, runs: list[tuple[str, date]]) -> None:
    today = datetime.now(LONDON).date()
    if day > max([today, *(business_date for _, business_date in runs)]):
        raise CasebookError(f"{day} is in the future: nothing can be known as of then.")


def _last_not_after(warehouse: Warehouse, day: date, runs: list[tuple[str, date]]) -> tuple[str, date]:
    past = [run for run in runs if run[1] <= day]
    if past:
        return max(past, key=lambda run: (run[1], run[0]))
    first = min((business_date for _, business_date in runs), default=None)
    raise NothingPublished(
        f"Nothing had been published by {day}: the first publication is for {first}."
        if first
        else f"Nothing is published in {warehouse.root} yet: run a night first (casebook nightly)."
    )


def _built(warehouse: Warehouse, inputs: Inputs) -> Path:
    """The file for these inputs and this code, built where it is not kept."""
    file = warehouse.as_of / f"{_key(inputs)}.duckdb"
    if file.exists() and damage(file) is None:
        os.utime(file)
        return file
    require_bytes(warehouse, inputs.files)
    with temporary_warehouse(warehouse) as temporary:
        built = replay(temporary, inputs, _newest(warehouse))
        warehouse.as_of.mkdir(exist_ok=True)
        built.file.replace(file)
    _clear(warehouse)
    return file


def _newest(warehouse: Warehouse) -> Path | None:
    """The newest publication that can tell of the nights until then; one that is damaged is passed over."""
    for run_id in reversed(publications(warehouse)):
        with suppress(PublicationDamaged, duckdb.Error):
            file = published_file(warehouse, run_id)
            if _runs(file):
                return file
    return None


def _runs(file: Path) -> list[tuple[str, date]]:
    with reading(file) as connection:
        return connection.execute("select run_id, business_date from ops.run where status = 'published'").fetchall()


def _key(inputs: Inputs) -> str:
    files = [_fingerprint(file) for file in sorted(inputs.files, key=lambda file: file.file_id)]
    built_from = (code_version(), inputs.run_id, inputs.business_date, inputs.key_check, files)
    return hashlib.sha256(repr(built_from).encode()).hexdigest()[:16]


def _fingerprint(file: ArchivedFile) -> tuple[object, ...]:
    return file.file_id, file.sha256, file.reason, file.loaded_at


def _clear(warehouse: Warehouse) -> None:
    by_use = sorted(warehouse.as_of.glob("*.duckdb"), key=lambda file: file.stat().st_mtime)
    for file in by_use[:-KEPT_FILES]:
        file.unlink()
