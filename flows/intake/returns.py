"""Returns: for each sender, what is to be mended in its files: a CSV a file, in `warehouse/restricted/returns/`.

The folder follows from what the warehouse holds: a return is written when it has something new to say and removed when
its trouble is settled. Restricted, because a row is shown as it was delivered.
"""

import csv
import hashlib
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from expectations.deliveries import DELIVERIES
from flows.base.errors import Unreadable
from flows.base.night import Night
from flows.base.warehouse_paths import Warehouse
from flows.intake.archive import archive_path
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.read import delivered_table
from flows.intake.register import Register, read_register
from flows.intake.sandbox import Sandbox

LOG = logging.getLogger("casebook.returns")

REJECTED = "The whole file is rejected: mend it and deliver it again."
SET_ASIDE = "The whole file is set aside: nothing of it counts, and what it would have replaced does."

ERASED = "The file has the bytes of one that was erased: nothing is to be mended, and it is not to be delivered again."

PREFIX = "return_"
"""A return that strays into the landing folder is no delivery by its name."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so."""


@dataclass(frozen=True)
class Return:
    """What one file's sender is told. summary, sentences: about the file as a whole; fingerprint: of all it says."""

    file_id: int
    file_name: str
    sha256: str
    summary: str
    sentences: tuple[str, ...]
    fingerprint: str

    @property
    def delivery(self) -> DeliveryName | None:
        parsed = parse_name(self.file_name)
        return parsed if isinstance(parsed, DeliveryName) else None


def write_returns(night: Night) -> int:
    """Bring the folder of returns up to date; returns how many were written. Each is there whole or not at all."""
    folder = night.warehouse.returns
    folder.mkdir(exist_ok=True)
    with night.warehouse.connect() as connection, Sandbox() as sandbox:
        wanted = named(_open(connection, night))
        told = dict(connection.execute("select return_name, fingerprint from intake.data_return").fetchall())
        present = {path.name for path in folder.glob(f"{PREFIX}*")}
        new = {n: r for n, r in wanted.items() if n not in present or told.get(n) != r.fingerprint}
        for name, one in new.items():
            _write(folder / name, lines(connection, sandbox, night.warehouse, one))
        for stale in [folder / name for name in present - wanted.keys()] + list(folder.glob(f".{PREFIX}*.part")):
            stale.unlink()
        if new or told.keys() != wanted.keys():
            _remember(connection, wanted)
    LOG.info("returns: %s files with trouble, %s returns written", len(wanted), len(new))
    return len(new)


def named(returns: list[Return]) -> dict[str, Return]:
    """Returns by the name of their file: the delivery's, with the number of the file where that is not one file's."""
    stems = {one.file_id: _stem(one) for one in returns}
    times = Counter(stems.values())
    return {
        f"{PREFIX}{stem}.csv" if times[stem] == 1 else f"{PREFIX}{stem}_file{one.file_id}.csv": one
        for one in returns
        for stem in [stems[one.file_id]]
    }


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _stem(one: Return) -> str:
    if one.delivery is None:
        return f"{re.sub(r'[^A-Za-z0-9.-]+', '_', one.file_name)[:80]}_file{one.file_id}"
    revision = f"_r{one.delivery.revision}" if one.delivery.revision > 1 else ""
    return f"{one.delivery.kind}_{one.delivery.key}{revision}"


def _open(connection: duckdb.DuckDBPyConnection, night: Night) -> list[Return]:
    """Every file that has something open, in order. Who sent what was erased since is asked for nothing."""
    rows = connection.execute(
        """
        with held as (
            select file_id, sum(hash(hash(row_number, reasons))::hugeint) as content
            from ops.quarantine_row group by file_id
        ),
        -- What else is flagged, the warning says in more words.
        unusual as (select file_id, sentence from ops.file_flag where flag = 'unusual_volume'),
        open as (select file_id from intermediate.int_delivery__return union select file_id from unusual)
        select
            file_id, file.file_name, file.sha256, load_file.rows_landed, load_file.rows_loaded,
            load_file.rows_duplicate, load_file.rows_quarantined, load_file.status,
            load_file.reason, file.warning, unusual.sentence, held.content
        from open
        inner join ops.load_file using (file_id)
        inner join intake.file using (file_id)
        left join unusual using (file_id)
        left join held using (file_id)
        order by file_id
        """
    ).fetchall()
    register = read_register(night.warehouse) if rows else Register()
    return [
        Return(
            file_id,
            file_name,
            sha256,
            ERASED if sha256 in register.refused_bytes else _summary(status, *counts),
            tuple(filter(None, sentences)),
            hashlib.sha256(repr((night.code_version, file_id, counts, sentences, content)).encode()).hexdigest(),
        )
        for file_id, file_name, sha256, *counts, status, reason, warning, unusual, content in rows
        for sentences in [(reason, warning, unusual)]
        if file_id not in register.erased
    ]


def _summary(status: str, landed: int | None, loaded: int, duplicate: int, held: int) -> str:
    if landed is None:
        return REJECTED
    if status == "set_aside":
        return SET_ASIDE
    mend = " Mend those below and deliver the whole file again as its next revision." if held else ""
    return f"Rows landed: {landed}; loaded: {loaded}; exact repeats, counted once: {duplicate}; held: {held}.{mend}"


def lines(
    connection: duckdb.DuckDBPyConnection, sandbox: Sandbox, warehouse: Warehouse, one: Return
) -> Iterator[list[str]]:
    """Header, what is to be said of the file, then each row to mend with its reasons and its cells as delivered.

    Of a file that is set aside every row is held: those are shown that the rule found, or that checks hold besides.
    """
    columns = [c.file_header for c in DELIVERIES[one.delivery.kind].columns] if one.delivery else []
    yield ["row", "what_to_mend", *columns]
    for sentence in (one.summary, *one.sentences):
        yield ["", sentence, *("" for _ in columns)]
    held = connection.execute(
        """
        select row_number, reasons from ops.quarantine_row left join ops.set_aside using (file_id)
        where file_id = $1 and (sentence is null or list_contains(row_numbers, row_number) or reasons <> [sentence])
        union all
        select row_number, reasons from intake.rejected_row where file_id = $1
        order by row_number
        """,
        [one.file_id],
    ).fetchall()
    for (row_number, reasons), cells in zip(held, _cells(sandbox, warehouse, one, [n for n, _ in held]), strict=True):
        yield [str(row_number), "; ".join(reasons), *cells]


def _cells(sandbox: Sandbox, warehouse: Warehouse, one: Return, row_numbers: list[int]) -> Iterator[list[str]]:
    """Cells of the rows as delivered; empty where the bytes are not in the archive any more."""
    if one.delivery is None or not row_numbers:
        return
    columns = DELIVERIES[one.delivery.kind].columns
    try:
        table, _ = delivered_table(sandbox, archive_path(warehouse, one.sha256), one.delivery)
    except (OSError, Unreadable):
        yield from ([""] * len(columns) for _ in row_numbers)
        return
    places = pc.index_in(pa.array(row_numbers, pa.int64()), table.column("row_number"))
    rows = table.select([column.name for column in columns]).take(places)
    for cells in zip(*(column.to_pylist() for column in rows.columns), strict=True):
        yield [cell or "" for cell in cells]


def _write(path: Path, lines: Iterator[list[str]]) -> None:
    """UTF-8 with a byte order mark, by which spreadsheets know it."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([guarded(cell) for cell in line] for line in lines)
    part.replace(path)


def _remember(connection: duckdb.DuckDBPyConnection, returns: dict[str, Return]) -> None:
    told = pa.table(  # noqa: F841 -- DuckDB reads the variable by its name
        {
            "return_name": pa.array(returns.keys(), pa.string()),
            "fingerprint": pa.array([one.fingerprint for one in returns.values()], pa.string()),
        }
    )
    connection.execute("begin")
    connection.execute("delete from intake.data_return")
    connection.execute("insert into intake.data_return by name select * from told")
    connection.execute("commit")
