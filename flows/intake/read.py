"""Read: archived bytes of new files to a batch, a DuckDB file with a table a kind, every cell text.

A batch table has file_id, row_number, file_key (the key in the file's name), cells_match (the row has as many cells as
the header) and the delivery's columns. Files that cannot be read are rejected with a sentence; the others go on.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from expectations.canonical import canonical
from expectations.contract import Delivery
from expectations.deliveries import DELIVERIES
from flows.base.errors import Unreadable
from flows.base.warehouse_paths import Warehouse, connect
from flows.intake.archive import archive_path
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.fit import damaged_identifiers, fit_header
from flows.intake.header import nearly, shown
from flows.intake.sandbox import Sandbox

LOG = logging.getLogger("casebook.read")

ROWS_AT_ONCE = 500_000
BYTES_AT_ONCE = 128 << 20
"""Rows and bytes gathered before they are written to the batch: bounds the memory of a night with very many files."""

FILES_BETWEEN_NEWS = 100

EXTRA_TOLD = 10
"""How many extra columns its sender is told."""

TYPED_FORMATS = ("xlsx", "parquet")


@dataclass(frozen=True)
class Batch:
    """Rows of new files as text: a DuckDB file with a table a kind. kinds: those with rows."""

    database: Path
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """batches: one for each share of the files. rejected: sentence by file_id. warnings: sentence by file_id."""

    batches: tuple[Batch, ...]
    files: int
    rows: int
    rejected: dict[int, str] = field(default_factory=dict)
    warnings: dict[int, str] = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Those with rows in any batch."""
        return tuple(dict.fromkeys(kind for batch in self.batches for kind in batch.kinds))


@dataclass(frozen=True)
class NewFile:
    """A registered file that is to be read. size: bytes as delivered."""

    file_id: int
    name: DeliveryName
    sha256: str
    size: int


def read(warehouse: Warehouse, files: Sequence[NewFile], database: Path, processes: int = 1) -> Read:
    """Fill a new batch with the rows of files, which are in the order of their kinds.

    processes: how many read at once.
    """
    rejected: dict[int, str] = {}
    warnings: dict[int, str] = {}
    rows: dict[str, int] = defaultdict(int)
    with connect(database, warehouse, processes) as batch, Sandbox() as sandbox:
        for kind, of_kind in groupby(files, key=lambda file: file.name.kind):
            delivery = DELIVERIES[kind]
            _create(batch, delivery)
            tables = _tables(warehouse, sandbox, delivery, of_kind, rejected, warnings)
            for gathered in _gather(tables):
                spelled, emptied = canonical(gathered, delivery)
                rows[kind] += _write(batch, delivery, spelled)
                for file_id, sentence in emptied.items():
                    warnings[file_id] = " ".join(filter(None, (warnings.get(file_id), sentence)))
    # Arrow holds on to what it read with, and the night has other use for it.
    pa.default_memory_pool().release_unused()
    kinds = tuple(kind for kind, count in rows.items() if count)
    return Read((Batch(database, kinds),), len(files), sum(rows.values()), rejected, warnings)


def read_together(parts: Sequence[Read]) -> Read:
    """What was read in shares, as one."""
    return Read(
        tuple(batch for part in parts for batch in part.batches),
        sum(part.files for part in parts),
        sum(part.rows for part in parts),
        {file_id: sentence for part in parts for file_id, sentence in part.rejected.items()},
        {file_id: sentence for part in parts for file_id, sentence in part.warnings.items()},
    )


def unread(warehouse: Warehouse) -> list[NewFile]:
    """Registered files that were not read yet, in the order of their kinds and numbers."""
    with warehouse.connect() as connection:
        rows = connection.execute(
            "select file_id, file_name, sha256, size_bytes from intake.file where state = 'new' order by kind, file_id"
        ).fetchall()
    named = [(file_id, parse_name(file_name), *of_bytes) for file_id, file_name, *of_bytes in rows]
    return [NewFile(file_id, name, *of_bytes) for file_id, name, *of_bytes in named if isinstance(name, DeliveryName)]


def _tables(
    warehouse: Warehouse,
    sandbox: Sandbox,
    delivery: Delivery,
    files: Iterable[NewFile],
    rejected: dict[int, str],
    warnings: dict[int, str],
) -> Iterator[pa.Table]:
    for number, file in enumerate(files):
        if number % FILES_BETWEEN_NEWS == 0:
            LOG.debug("read: %s, %s files so far", delivery.kind, f"{number:,}")
        try:
            table, notes = delivered_table(sandbox, archive_path(warehouse, file.sha256), file.name)
        except Unreadable as error:
            rejected[file.file_id] = str(error)
            continue
        if notes:
            warnings[file.file_id] = " ".join(notes)
        yield _with_origin(table, file)


def delivered_table(sandbox: Sandbox, path: Path, name: DeliveryName) -> tuple[pa.Table, list[str]]:
    """The rows of an archived file as delivered, each with its `row_number`, and what its sender should know of it.

    Errors: Unreadable, with the sentence for its sender; OSError where the bytes are not there.
    """
    delivery = DELIVERIES[name.kind]
    records = sandbox.read_rows(path, name.format, delivery)
    if records.fault:
        raise Unreadable(records.fault)
    try:
        table, extra = fit_header(records, delivery)
    except Unreadable as error:
        raise Unreadable(" ".join((str(error), *records.notes))) from None
    if damaged := damaged_identifiers(table, delivery):
        raise Unreadable(damaged)
    left_out = [_left_out(extra, delivery)] if extra else []
    return (_respell_dates(table, delivery) if name.format in TYPED_FORMATS else table), [*left_out, *records.notes]


def _left_out(extra: list[str], delivery: Delivery) -> str:
    more = f" and {len(extra) - EXTRA_TOLD} more" if len(extra) > EXTRA_TOLD else ""
    meant = [
        f"{name} is perhaps {column}" for name in extra[:EXTRA_TOLD] for column in [nearly(delivery, name)] if column
    ]
    perhaps = f" ({'; '.join(meant)})" if meant else ""
    names = ", ".join(map(shown, extra[:EXTRA_TOLD]))
    return f"Columns that are not part of this delivery were left out: {names}{more}{perhaps}."


def _respell_dates(table: pa.Table, delivery: Delivery) -> pa.Table:
    """Date cells come out of a typed file as ISO, also where the delivery spells its dates dd/mm/yyyy."""
    for position, name in enumerate(table.column_names):
        if any(column.name == name and column.type == "date_dmy" for column in delivery.columns):
            spelt = pc.replace_substring_regex(table.column(position), r"^(\d{4})-(\d{2})-(\d{2})$", r"\3/\2/\1")
            table = table.set_column(position, name, spelt)
    return table


def _with_origin(table: pa.Table, file: NewFile) -> pa.Table:
    rows = table.num_rows
    return table.append_column("file_id", pa.repeat(pa.scalar(file.file_id, pa.int64()), rows)).append_column(
        "file_key", pa.repeat(pa.scalar(file.name.key), rows)
    )


def _gather(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    rows = size = 0
    for table in tables:
        waiting.append(table)
        rows, size = rows + table.num_rows, size + table.nbytes
        if rows >= ROWS_AT_ONCE or size >= BYTES_AT_ONCE:
            yield pa.concat_tables(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield pa.concat_tables(waiting)


def _create(batch: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    texts = ", ".join(f"{column.name} varchar" for column in delivery.columns)
    batch.execute(
        f"create table {delivery.kind} "
        f"(file_id bigint, row_number bigint, file_key varchar, cells_match boolean, {texts})"
    )


def _write(batch: duckdb.DuckDBPyConnection, delivery: Delivery, gathered: pa.Table) -> int:
    """Rows without any content are not rows."""
    batch.register("gathered", gathered)
    cells = ", ".join(column.name for column in delivery.columns)
    written = batch.execute(
        f"insert into {delivery.kind} by name "
        f"select file_id, row_number, file_key, cells_match, {cells} from gathered where has_content"
    ).fetchone()
    batch.unregister("gathered")
    return int(written[0]) if written else 0
