"""Load: the good rows of the batches into the raw tables, in one transaction with what became of every file and row.

Case identifiers become keyed hashes here, once per distinct case; `flows.intake.free_text` looks for them in free text.
"""

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from expectations.contract import Delivery
from expectations.deliveries import DELIVERIES
from flows.base.intake_tables import raw_columns
from flows.base.night import Night
from flows.base.warehouse_paths import sql_text
from flows.intake import free_text
from flows.intake.case_key import case_key, check_value, secret_key
from flows.intake.catch_up import announce
from flows.intake.check import Checked
from flows.intake.events import loaded_event
from flows.intake.read import Batch, Read

LOG = logging.getLogger("casebook.load")

LONGEST_KEPT = 10_000
"""Characters of a cell that a held row keeps: one cell can be as long as its file, which the archive has whole."""

REJECTED_ROWS_SHOWN = 100
"""Failing rows of a rejected file that its sender is shown."""

TONIGHT = "create or replace temporary table tonight (file_id bigint, landed bigint, held bigint, repeated bigint)"
"""What became of the rows of each file that is loaded."""


@dataclass(frozen=True)
class Loaded:
    """Rows of tonight's new files by what became of them, and the files rejected."""

    files: int
    rows_landed: int
    rows_loaded: int
    rows_duplicate: int
    rows_held: int
    files_rejected: int


def load(night: Night, read: Read, checked: Checked, key: bytes | None = None) -> Loaded:
    """Move the batches into the warehouse; after it, no new file is left to be read.

    key: for hashes that stay in a warehouse of the moment; by default the warehouse's secret.
    Errors: KeyUnusable where the secret of the case keys is missing or another.
    """
    with night.warehouse.connect() as connection:
        key = key or secret_key(night.warehouse, connection)
        batches = _attach(connection, read.batches)
        connection.execute(TONIGHT)
        connection.execute("begin")
        _reject(connection, checked.rejected)
        for name, kinds in batches.items():
            _load_batch(connection, name, kinds, key)
        loaded_at = datetime.now(UTC).replace(tzinfo=None)
        _announce(night, connection, key, loaded_at)
        _finish_files(connection, checked, loaded_at)
        free_text.hold_rows(connection, key)
        _keep_results(connection, night, checked)
        loaded = _summary(connection, read, checked)
        connection.execute("commit")
    if read.files:
        LOG.info(
            "load: %s rows loaded, %s duplicate, %s held, %s files rejected",
            f"{loaded.rows_loaded:,}",
            f"{loaded.rows_duplicate:,}",
            f"{loaded.rows_held:,}",
            loaded.files_rejected,
        )
    return loaded


def _reject(connection: duckdb.DuckDBPyConnection, rejected: dict[int, str]) -> None:
    for file_id, reason in rejected.items():
        connection.execute("update intake.file set state = 'rejected', reason = ? where file_id = ?", [reason, file_id])


def _attach(connection: duckdb.DuckDBPyConnection, batches: Iterable[Batch]) -> dict[str, tuple[str, ...]]:
    """The kinds in each batch that has rows, by the name under which its database can be read."""
    named = {f"batch_{number}": batch for number, batch in enumerate(batches, 1) if batch.kinds}
    for name, batch in named.items():
        connection.execute(f"attach {sql_text(str(batch.database))} as {name} (read_only)")
    return {name: batch.kinds for name, batch in named.items()}


def _load_batch(connection: duckdb.DuckDBPyConnection, batch: str, kinds: tuple[str, ...], key: bytes) -> None:
    _count_rows(connection, batch, kinds)
    for kind in kinds:
        _load_kind(connection, batch, DELIVERIES[kind], key)
        free_text.record_identifiers(connection, batch, DELIVERIES[kind], key)
        free_text.record_texts(connection, DELIVERIES[kind], key)
    _keep_held(connection, batch, kinds)
    _keep_rejected(connection, batch)
    connection.execute(
        f"insert into intake.file_quality by name select * from {batch}.file_quality semi join tonight using (file_id)"
    )


def _count_rows(connection: duckdb.DuckDBPyConnection, batch: str, kinds: tuple[str, ...]) -> None:
    """Into `tonight`: what became of the rows of each file of the batch that is loaded."""
    rows = " union all ".join(f"select file_id, row_number from {batch}.{kind}" for kind in kinds)
    connection.execute(
        f"""
        insert into tonight
        with landed as (select file_id, count(*) as landed from ({rows}) group by file_id),
        held as (select file_id, count(*) as held from {batch}.held group by file_id),
        repeated as (select file_id, count(*) as repeated from {batch}.repeated group by file_id)
        select
            file_id, landed, coalesce(held, 0) as held, coalesce(repeated, 0) as repeated
        from landed
        left join held using (file_id)
        left join repeated using (file_id)
        semi join (select file_id from intake.file where state = 'new') as accepted using (file_id)
        """
    )


def _load_kind(connection: duckdb.DuckDBPyConnection, batch: str, delivery: Delivery, key: bytes) -> None:
    _hash_cases(connection, batch, delivery, key)
    identifier = delivery.identifier
    values = ", ".join(
        "case_keys.case_key" if column.identifier else f"batch_row.{column.name}" for column in delivery.columns
    )
    hashed = (
        f"left join case_keys on batch_row.{delivery.case_scope} = case_keys.scope "
        f"and batch_row.{identifier.name} = case_keys.identifier"
        if identifier
        else ""
    )
    left_out = f"(select file_id, row_number from {batch}.{{}} where kind = '{delivery.kind}') as {{}}"
    connection.execute(
        f"""
        insert into raw.{delivery.kind} ({", ".join(raw_columns(delivery))})
        select batch_row.file_id, batch_row.row_number, {values}
        from {batch}.{delivery.kind} as batch_row
        {hashed}
        semi join tonight on batch_row.file_id = tonight.file_id
        anti join {left_out.format("held", "held")}
            on batch_row.file_id = held.file_id and batch_row.row_number = held.row_number
        anti join {left_out.format("repeated", "repeated")}
            on batch_row.file_id = repeated.file_id and batch_row.row_number = repeated.row_number
        """
    )


def _hash_cases(connection: duckdb.DuckDBPyConnection, batch: str, delivery: Delivery, key: bytes) -> None:
    """`case_keys`: scope, identifier and keyed hash of every distinct case in the batch."""
    if delivery.identifier is None:
        return
    scope, identifier = delivery.case_scope, delivery.identifier.name
    cases = connection.execute(
        f"select distinct {scope}, {identifier} from {batch}.{delivery.kind} "
        f"where {scope} is not null and {identifier} is not null"
    ).fetchall()
    hashed = pa.table(
        {
            "scope": pa.array([scope for scope, _ in cases], pa.string()),
            "identifier": pa.array([identifier for _, identifier in cases], pa.string()),
            "case_key": pa.array([case_key(key, delivery.case_source, *case) for case in cases], pa.string()),
        }
    )
    connection.register("hashed", hashed)
    connection.execute("create or replace temporary table case_keys as select * from hashed")
    connection.unregister("hashed")


def _keep_held(connection: duckdb.DuckDBPyConnection, batch: str, kinds: tuple[str, ...]) -> None:
    for kind in kinds:
        content = ", ".join(
            f"'{column.file_header}', left(batch_row.{column.name}, {LONGEST_KEPT})"
            for column in DELIVERIES[kind].columns
        )
        connection.execute(
            f"""
            insert into intake.held_row by name
            select
                held.file_id,
                held.row_number,
                held.reasons,
                json_object({content})::varchar as row_content
            from {batch}.held as held
            inner join {batch}.{kind} as batch_row using (file_id, row_number)
            semi join tonight using (file_id)
            where held.kind = '{kind}'
            """
        )


def _keep_rejected(connection: duckdb.DuckDBPyConnection, batch: str) -> None:
    connection.execute(
        f"""
        insert into intake.rejected_row by name
        select file_id, row_number, reasons
        from {batch}.held
        semi join (select file_id from intake.file where state = 'rejected') as rejected using (file_id)
        qualify row_number() over (partition by file_id order by row_number) <= {REJECTED_ROWS_SHOWN}
        """
    )


def _announce(night: Night, connection: duckdb.DuckDBPyConnection, key: bytes, loaded_at: datetime) -> None:
    """Into the register, before the rows are committed. A replay repeats what is there."""
    ((file_ids,),) = connection.execute("select list(file_id order by file_id) from tonight").fetchall()
    if file_ids and not night.warehouse.source:
        event = loaded_event(night.run_id, night.business_date, loaded_at, check_value(key), file_ids)
        announce(night.warehouse, connection, [event])


def _finish_files(connection: duckdb.DuckDBPyConnection, checked: Checked, loaded_at: datetime) -> None:
    connection.execute(
        """
        update intake.file
        set
            state = 'loaded',
            rows_landed = tonight.landed + file.rows_erased,
            rows_loaded = tonight.landed - tonight.held - tonight.repeated,
            rows_duplicate = tonight.repeated,
            rows_held = tonight.held,
            loaded_at = ?::timestamp
        from tonight
        where file.file_id = tonight.file_id
        """,
        [loaded_at],
    )
    for file_id, warning in checked.warnings.items():
        connection.execute("update intake.file set warning = ? where file_id = ?", [warning, file_id])


def _keep_results(connection: duckdb.DuckDBPyConnection, night: Night, checked: Checked) -> None:
    if checked.results:
        results = pa.Table.from_pylist([{"run_id": night.run_id, **asdict(result)} for result in checked.results])
        connection.register("results", results)
        connection.execute("insert into intake.quality_result by name select * from results")
        connection.unregister("results")


def _summary(connection: duckdb.DuckDBPyConnection, read: Read, checked: Checked) -> Loaded:
    row = connection.execute(
        "select coalesce(sum(landed), 0), coalesce(sum(repeated), 0), coalesce(sum(held), 0) from tonight"
    ).fetchone() or (0, 0, 0)
    landed, duplicate, held = map(int, row)
    return Loaded(read.files, landed, landed - duplicate - held, duplicate, held, len(checked.rejected))
