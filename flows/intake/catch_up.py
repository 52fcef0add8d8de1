"""Catch up: the restricted warehouse follows the register, event by event, and has a copy of each line.

An event is appended to the register, then done in the warehouse, in one transaction with its copy in `intake.event`.
What a dead night had appended and not done, the next one does. A register that was damaged is restored from the copies.
"""

import logging
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import duckdb

from flows.base import sealed
from flows.base.errors import WarehouseUnusable
from flows.base.sealed import Line, Lines
from flows.base.warehouse_paths import Warehouse
from flows.intake import tombstones
from flows.intake.event_rows import carry_out
from flows.intake.register import (
    Register,
    append,
    expected_lines,
    fold,
    read_head,
    read_lines,
    replace_register,
    require_whole,
    write_head,
)

LOG = logging.getLogger("casebook.register")


def announce(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection, records: Iterable[dict[str, Any]]) -> None:
    """Append events to the register, and note in the warehouse that it knows them.

    The caller does what they say in the same transaction, after this.
    """
    note(connection, append(warehouse, records))


def note(connection: duckdb.DuckDBPyConnection, lines: Iterable[Line]) -> None:
    """Copy lines of the register into the warehouse."""
    rows = [(line.sequence, line.text) for line in lines]
    if rows:
        connection.executemany("insert into intake.event values (?, ?)", rows)


def noted(connection: duckdb.DuckDBPyConnection) -> list[Line]:
    """The lines that the warehouse has a copy of, in order."""
    rows = connection.execute("select line from intake.event order by sequence").fetchall()
    return [line for (text,) in rows if (line := sealed.opened_line(text))]


def catch_up(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection) -> Register:
    """Bring the warehouse up to the register, which is returned. A damaged register is restored first.

    Errors: RegisterDamaged where the warehouse cannot restore it; WarehouseUnusable where the warehouse was lost, or
    is older than the archive, or another archive's.
    """
    known, last = _last_noted(connection)
    lines = read_lines(warehouse)
    if not (lines.damage or warehouse.register.exists()):
        # From here on, a register that is missing is one that was lost.
        replace_register(warehouse, [])
    # The head counts too: without copies nothing else knows that the register lost its end.
    least = max(known, expected_lines(warehouse))
    if lines.damage or len(lines.whole) < least:
        lines = restore(warehouse, lines, noted(connection), least)
    if known and lines.whole[known - 1].text != last:
        raise WarehouseUnusable(
            "The restricted warehouse does not belong to the archive beside it: their registers are not the same. "
            "Put back the one that was exchanged, or run `casebook rebuild` to make the warehouse from this archive."
        )
    if lines.last and not read_head(warehouse):
        write_head(warehouse, lines.last)
    pending = lines.whole[known:]
    _refuse_older(pending, bool(known))
    _refuse_known(connection, pending)
    if pending:
        _do(connection, pending)
        LOG.info("register: %s events that a night had no time to carry out are carried out", f"{len(pending):,}")
    return _with_tombstones(warehouse, connection, fold(lines.records))


def _with_tombstones(warehouse: Warehouse, connection: duckdb.DuckDBPyConnection, register: Register) -> Register:
    """The register with the tombstones that it lost, which are kept a second time; and the other way round."""
    lost = tombstones.complete(warehouse, register)
    if not lost:
        return register
    announce(warehouse, connection, lost)
    LOG.warning("register: it lost %s erasures, which erased_cases.jsonl has: they are done again", len(lost))
    return fold(read_lines(warehouse).records)


def _last_noted(connection: duckdb.DuckDBPyConnection) -> tuple[int, str]:
    """How many lines the warehouse has a copy of, and the last of them."""
    rows = connection.execute("select sequence, line from intake.event order by sequence desc limit 1").fetchall()
    return rows[0] if rows else (0, "")


def restore(warehouse: Warehouse, lines: Lines, copies: list[Line], known: int) -> Lines:
    """Write the register again from what is readable of it and from the copies; the damaged one is set aside.

    known: how many lines it has at the least. Errors: RegisterDamaged where a line is in neither.
    """
    restored = merged(lines, copies)
    damage = lines.damage or f"it ends after line {len(lines.whole):,} of {known:,}"
    if restored.damage or not copies or len(restored.whole) < known:
        require_whole(replace(lines, damage=damage))
    put_back(warehouse, restored.whole)
    LOG.warning("register: it was damaged (%s) and is restored from the restricted warehouse", damage)
    return restored


def merged(lines: Lines, copies: Iterable[Line]) -> Lines:
    """The register from what is readable of it and from copies of its lines; damage: where neither has a line."""
    by_number = {line.sequence: line.text for line in [*lines.readable, *copies]}
    return sealed.read("".join(f"{by_number[number]}\n" for number in sorted(by_number)).encode())


def put_back(warehouse: Warehouse, lines: Sequence[Line]) -> None:
    """Write the register again; what is in its place is set aside first."""
    if warehouse.register.exists():
        aside = warehouse.register.with_name(f"register.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.jsonl")
        shutil.copyfile(warehouse.register, aside)
    replace_register(warehouse, lines)


def _refuse_older(pending: list[Line], has_copies: bool) -> None:
    """What one night left undone is made up for. More, or rows that were loaded, is a warehouse that was lost."""
    records = [line.record for line in pending]
    runs = {record["first_seen_run_id"] for record in records if record["event"] == "landed"}
    runs |= {record["run_id"] for record in records if record["event"] == "loaded"}
    loads = sum(record["event"] == "loaded" for record in records)
    if len(runs) > 1 or loads > has_copies:
        landed = sum(record["event"] == "landed" for record in records)
        raise WarehouseUnusable(
            f"The archive's register has {len(records):,} events, {landed:,} deliveries among them, that the "
            "restricted warehouse does not know: it was lost, or is older than the archive. Run `casebook rebuild`, "
            "then the night again."
        )


def _refuse_known(connection: duckdb.DuckDBPyConnection, pending: list[Line]) -> None:
    """A warehouse that has deliveries and no copy of their events lost the copies, and nobody knows what the register
    lost."""
    landed = [line.record["file_id"] for line in pending if line.record["event"] == "landed"]
    query = "select count(*) from intake.file where file_id in (select unnest(?::bigint[]))"
    ((there,),) = connection.execute(query, [landed]).fetchall()
    if there:
        raise WarehouseUnusable(
            f"The restricted warehouse has {there:,} deliveries and lost its copies of what the register says of "
            "them. Run `casebook rebuild`, then the night again."
        )


def _do(connection: duckdb.DuckDBPyConnection, lines: list[Line]) -> None:
    connection.execute("begin")
    carry_out(connection, [line.record for line in lines])
    note(connection, lines)
    connection.execute("commit")
