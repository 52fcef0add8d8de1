"""Evidence: what a failed rule shows about deliveries, and which of them count; read before the next build."""

import json
import logging
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from expectations.deliveries import DELIVERIES
from flows.base.errors import Failure
from flows.base.night import Night
from flows.publish.publish import publications, published_file
from flows.recover.trace import Row, Suspect, Traced, as_text

LOG = logging.getLogger("casebook.set_aside")

MOST_ROWS = 1000
"""Failing rows that are looked at."""

MOST_SHOWN = 20
"""Rows of a delivery that are named."""


def traced(night: Night, failures: Iterable[Failure]) -> list[Traced]:
    """The failures with what they say of deliveries; to be asked before anything else is built."""
    manifest = json.loads(night.warehouse.manifest.read_text(encoding="utf-8"))
    return [Traced(failure, _kinds(manifest, failure), tuple(_rows(night, failure))) for failure in failures]


def counting(night: Night) -> list[Suspect]:
    """Every delivery of which something counts: the revisions in force and those before them."""
    published = _published(night)
    current = [file_id for file_id, status in (published or {}).items() if status == "current"]
    with night.warehouse.connect() as connection:
        rows = connection.execute(
            """
            select
                file.file_id, file.kind, file.delivery_key, file.revision, statuses.status, file.rows_landed,
                max(file.rows_landed) filter (list_contains($current::bigint[], file.file_id))
                    over (partition by file.kind, file.delivery_key)
            from intermediate.int_delivery__file_status as statuses
            inner join intake.file as file using (file_id)
            where statuses.status in ('current', 'superseded')
            """,
            {"current": current},
        ).fetchall()
    return [
        Suspect(file_id, kind, key, revision, is_new, (before or 0) - landed if is_new and status == "current" else 0)
        for file_id, kind, key, revision, status, landed, before in rows
        for is_new in [published is not None and _is_new(status, published.get(file_id))]
    ]


def rows_in(night: Night, suspect: Suspect, rows: Iterable[Row]) -> list[int]:
    """Rows of a delivery that agree with a failing row in all columns that both have; not where every row would."""
    table = f"staging.stg_{suspect.kind}"
    mine = [row for row in rows if suspect.agreement(row)][:MOST_SHOWN]
    numbers: set[int] = set()
    try:
        with night.warehouse.connect() as connection:
            columns = {name for name, *_ in connection.execute(f"describe {table}").fetchall()}
            of_file = f"select count(*) from {table} where file_id = ?"
            ((total,),) = connection.execute(of_file, [suspect.file_id]).fetchall()
            for row in mine:
                found = _agreeing(connection, table, suspect, {c: v for c, v in row.items() if c in columns})
                numbers |= found if len(found) < max(total, 2) else set()
    except duckdb.Error:
        return []
    return sorted(numbers)[:MOST_SHOWN]


def _agreeing(connection: duckdb.DuckDBPyConnection, table: str, suspect: Suspect, row: Row) -> set[int]:
    """Numbers of the file's rows that have the values of a failing row, where these can be compared as texts."""
    compared = {name: value for name, value in row.items() if not isinstance(value, float | Decimal | list)}
    same = " and ".join(f"{name}::varchar is not distinct from ?" for name in compared)
    if not compared:
        return set()
    found = connection.execute(
        f"select row_number from {table} where file_id = ? and {same}",
        [suspect.file_id, *map(as_text, compared.values())],
    )
    return {number for (number,) in found.fetchall()}


def _kinds(manifest: dict[str, Any], failure: Failure) -> frozenset[str]:
    """Kinds of delivery upstream of what failed; all where the lineage names none."""
    nodes = manifest["nodes"]
    left = [name for name, node in nodes.items() if node["name"] == failure.rule]
    left = left or [name for name, node in nodes.items() if f"{node['schema']}.{node['alias']}" == failure.table]
    reached: set[str] = set()
    while left:
        name = left.pop()
        if name not in reached:
            reached.add(name)
            left += manifest["parent_map"].get(name, [])
    kinds = {name.rpartition(".")[2] for name in reached if name.startswith("source.") and ".raw." in name}
    return frozenset(kinds or DELIVERIES)


def _rows(night: Night, failure: Failure) -> list[Row]:
    """What the failing rule finds; nothing where it cannot be asked here, as on another engine."""
    if not failure.query or failure.database is None:
        return []
    try:
        with _opened(night, failure.database) as connection:
            found = connection.execute(f"select * from (\n{failure.query}\n) limit {MOST_ROWS}")
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error:
        return []


def _opened(night: Night, database: Path) -> duckdb.DuckDBPyConnection:
    is_warehouse = database == night.warehouse.database
    return night.warehouse.connect() if is_warehouse else duckdb.connect(str(database), read_only=True)


def _published(night: Night) -> dict[int, str] | None:
    """Status by file in the last publication; None where it cannot be read, so that nothing is taken for new."""
    runs = publications(night.warehouse)
    if not runs:
        return {}
    try:
        with duckdb.connect(str(published_file(night.warehouse, runs[-1])), read_only=True) as connection:
            return dict(connection.execute("select file_id, status from ops.load_file").fetchall())
    except duckdb.Error as error:
        LOG.warning("set aside: which deliveries are new is unknown, as %s cannot be read: %s", runs[-1], error)
        return None


def _is_new(status: str, before: str | None) -> bool:
    return before != "current" if status == "current" else before not in {"current", "superseded"}
