"""Erase: a delivery, or a case, leaves archive, restricted warehouse and kept publications; a tombstone stays.

The tombstone comes first, and with it the decision is made: what follows from it is done by the same command, or by the
next night. Each step may be repeated. The restricted warehouse is made again from the archive, as a new file: no block
that was freed keeps anything.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from expectations import canonical
from expectations.deliveries import DELIVERIES
from flows.base.errors import CannotErase
from flows.base.night import alone
from flows.base.warehouse_paths import Warehouse
from flows.intake import tombstones
from flows.intake.archive import forget
from flows.intake.case_key import secret_key
from flows.intake.catch_up import catch_up
from flows.intake.events import ArchivedFile, case_erased_event
from flows.intake.register import FINISHED, Register, append, fold, read_lines, read_register
from flows.intake.screen import Found, burials, bury, screen_for, search
from flows.publish.publish import discard_dead
from flows.recover import as_of
from flows.recover.rebuild import remake, set_aside, take_out_erased
from flows.recover.replay import require_bytes, temporary_warehouse
from flows.recover.republish import affected, make_again
from flows.recover.withdraw import one_sentence
from flows.warehouse.engines import parquet

LOG = logging.getLogger("casebook.erase")


@dataclass(frozen=True)
class Plan:
    """What an erasure takes out. files: deliveries that go whole; rewritten: that go on without rows.

    rows: of the case, or of the deliveries. named: other rows whose free text names the case. publications: kept ones
    that are made again; unreadable: those that are damaged, and are removed. paths: where the files are below the
    landing folder. unsearched: files that cannot be read, so that nobody can tell whether the case is in them.
    """

    files: int
    rewritten: int
    rows: int
    named: int
    publications: int
    unreadable: int
    paths: tuple[str, ...]
    unsearched: int = 0

    @property
    def all_rows(self) -> int:
        """The number that the operator confirms."""
        return self.rows + self.named


Agree = Callable[[Plan], None]
"""Called before anything is erased; raises where it must not be."""


def erase_delivery(
    warehouse: Warehouse, kind: str, key: str, reason: str, agree: Agree, revision: int | None = None
) -> Plan:
    """Erase all files of a delivery, or those of one revision, with every file that has the same bytes.

    Errors: CannotErase where there is none; ArchiveIncomplete where bytes of others are missing; AnotherNightRunning.
    """
    with _opened(warehouse, reason) as (connection, register, sentence):
        wanted = _fingerprints(connection, kind, key, revision)
        files = [file for file in register.archived if file.sha256 in wanted]
        if not files:
            raise CannotErase(f"{kind} {key} was erased before, or never got into the archive: nothing is left of it.")
        require_bytes(warehouse, [file for file in register.archived if file.sha256 not in wanted])
        events: list[dict[str, object]] = [
            {"event": "erased", "file_id": file.file_id, "reason": sentence} for file in files
        ]
        plan = _plan(warehouse, events, files, _rows_landed(connection, files))
        agree(plan)
        append(warehouse, events)
        tombstones.complete(warehouse, read_register(warehouse))
        connection.close()
        _finish(warehouse)
    return plan


def erase_case(warehouse: Warehouse, scope: str, identifier: str, reason: str, agree: Agree) -> Plan:
    """Erase a case of an inspection, or of an area's NSmart extracts, from every delivery that has or names it.

    Errors: CannotErase where no delivery has it; ArchiveIncomplete, AnotherNightRunning, KeyUnusable.
    """
    if not (canonical.text(scope) and canonical.text(identifier)):
        raise CannotErase("Name the inspection or area, and the case.")
    if canonical.text(identifier) in canonical.text(reason):
        raise CannotErase("The reason is published, and stays: it must not name the case.")
    with _opened(warehouse, reason) as (connection, register, sentence):
        key = secret_key(warehouse, connection)
        tombstone = tombstones.of_case(connection, key, scope, identifier, sentence)
        # Looked at first: nothing can be searched, or made again, in an archive that is not whole.
        require_bytes(warehouse, register.archived)
        found = search(warehouse, register.archived, screen_for(warehouse, register, [tombstone], register.key_check))
        _require_known(register, tombstone.case, found)
        plan = _plan_of_case(warehouse, register, found)
        agree(plan)
        append(warehouse, [case_erased_event(tombstone)])
        bury(warehouse, register, found)
        tombstones.complete(warehouse, read_register(warehouse))
        connection.close()
        _finish(warehouse)
    return plan


def finish_begun(warehouse: Warehouse) -> None:
    """Finish an erasure that was begun and died, for the owner of the night's lock. Errors: as those of erasing."""
    if not warehouse.database.exists():
        return
    with warehouse.connect() as connection:
        begun = catch_up(warehouse, connection).is_unfinished
    if begun:
        LOG.warning("An erasure was begun and not finished: it is finished first.")
        take_out_erased(warehouse)
        _finish(warehouse)


def _finish(warehouse: Warehouse) -> None:
    """Make warehouse and publications follow from the archive, and remove what was erased from it."""
    if _is_stale(warehouse):
        remake(warehouse)
    register = read_register(warehouse)
    for sha256 in register.erased_bytes.keys() - {file.sha256 for file in register.archived}:
        forget(warehouse, sha256)
    # Waits for a question or verification that is being built from what was there, and removes what one left.
    with temporary_warehouse(warehouse):
        as_of.forget(warehouse)
        _sweep(warehouse)
    make_again(warehouse, register)
    with warehouse.connect() as remade:
        append(warehouse, [{"event": FINISHED}])
        catch_up(warehouse, remade)


@contextmanager
def _opened(warehouse: Warehouse, reason: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Register, str]]:
    """The restricted warehouse, alone, with its register and nothing left undone; and the tombstone's sentence."""
    because = one_sentence(reason, CannotErase)
    if not warehouse.database.exists():
        raise CannotErase(f"There is no warehouse at {warehouse.root}: name it with --warehouse, or run a night first.")
    with alone(warehouse):
        discard_dead(warehouse)
        finish_begun(warehouse)
        with warehouse.connect() as connection:
            register = catch_up(warehouse, connection)
            yield connection, register, f"Erased on {datetime.now(UTC).date()}: {because}"


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


def _rows_landed(connection: duckdb.DuckDBPyConnection, files: list[ArchivedFile]) -> int:
    query = (
        "select coalesce(sum(rows_landed), 0)::bigint from intake.file where file_id in (select unnest(?::bigint[]))"
    )
    ((rows,),) = connection.execute(query, [[file.file_id for file in files]]).fetchall()
    return int(rows)


def _require_known(register: Register, case: str, found: Found) -> None:
    """Errors: CannotErase where no delivery has the case."""
    if any(one.rows for one in found.bytes.values()):
        return
    if any(one.case == case for one in register.tombstones):
        raise CannotErase("This case was erased before, and nothing is left of it.")
    raise CannotErase(
        "No delivery has this case: look at the inspection or area, and at the identifier, which is compared exactly "
        "with the columns of cases. Nothing was changed."
    )


def _plan_of_case(warehouse: Warehouse, register: Register, found: Found) -> Plan:
    files = [file for file in register.archived if file.sha256 in found.bytes]
    rows, named = (sum(getattr(found.bytes[file.sha256], name) for file in files) for name in ("rows", "named"))
    return _plan(warehouse, list(burials(register, found)), files, rows, named, found.unsearched)


def _plan(
    warehouse: Warehouse,
    events: list[dict[str, object]],
    files: list[ArchivedFile],
    rows: int,
    named: int = 0,
    unsearched: int = 0,
) -> Plan:
    """What these events of the register will take out of these files."""
    publications, unreadable = affected(warehouse, fold([*read_lines(warehouse).records, *events]))
    whole = sum(event["event"] == "erased" for event in events)
    paths = tuple(sorted({file.path for file in files}))
    return Plan(whole, len(events) - whole, rows, named, len(publications), len(unreadable), paths, unsearched)


def _is_stale(warehouse: Warehouse) -> bool:
    """Whether the restricted warehouse still has a file as it was before an erasure."""
    register = read_register(warehouse)
    with warehouse.connect() as connection:
        rows = connection.execute("select file_id, sha256, reason from intake.file").fetchall()
    return any(
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
