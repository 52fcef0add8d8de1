"""History: what each publication said, so that a revision can be told with what stood there before.

Recorded when the next night starts, from the publication itself: a night that dies between the swap of the symlink and
its last line is recorded all the same, and a publication is recorded once however often a night is started.
"""

import logging

import duckdb

from expectations.deliveries import DELIVERIES
from expectations.reference import sql_list
from flows.base.warehouse_paths import ANALYST_FILE, Warehouse, sql_text
from flows.publish.publish import publications

LOG = logging.getLogger("casebook.history")

NEVER_READ = "select run_id from intake.run where status in ('pinned', 'died')"
"""Nights whose publication no reader got, unless it is current: built under a rollback, or killed before the swap."""

_FIGURES = ("area_code", "measure_code", "performance_year", "period_month")
_DELIVERY = ("kind", "delivery_key")


TABLES = ("publication", "published_figure", "published_delivery")
"""Of `intake`."""


def record(warehouse: Warehouse) -> int:
    """Record every publication that readers got and that is not recorded yet, oldest first. Returns how many."""
    with warehouse.connect() as connection:
        runs = _unrecorded(connection, warehouse)
        recorded = [run_id for run_id in runs if _record(connection, warehouse, run_id)]
    return len(recorded)


def recorded(warehouse: Warehouse) -> set[str]:
    """Run ids of the publications that are recorded."""
    with warehouse.connect() as connection:
        return {run_id for (run_id,) in connection.execute("select run_id from intake.publication").fetchall()}


def forget(warehouse: Warehouse) -> None:
    """Forget what every publication said, for `record_one` to record it again."""
    with warehouse.connect() as connection:
        connection.execute("begin")
        for table in TABLES:
            connection.execute(f"delete from intake.{table}")
        connection.execute("commit")


def record_one(warehouse: Warehouse, run_id: str) -> None:
    """Record a publication as it is now, after those before it."""
    with warehouse.connect() as connection:
        _record(connection, warehouse, run_id)


def copy_before(warehouse: Warehouse, temporary: Warehouse, run_id: str) -> None:
    """Copy what the publications before a run said, and what nights until then checked, into a temporary warehouse."""
    with temporary.connect() as connection:
        connection.execute(f"attach {sql_text(str(warehouse.database))} as known (read_only)")
        for table in TABLES:
            connection.execute(
                f"""
                insert into intake.{table} by name
                from known.intake.{table}
                where publication_no in (select publication_no from known.intake.publication where run_id < ?)
                """,
                [run_id],
            )
        connection.execute("delete from intake.quality_result")
        connection.execute(
            "insert into intake.quality_result by name from known.intake.quality_result where run_id <= ?", [run_id]
        )
        connection.execute("detach known")


def _unrecorded(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> list[str]:
    known = {run_id for (run_id,) in connection.execute("select run_id from intake.publication").fetchall()}
    unread = {run_id for (run_id,) in connection.execute(NEVER_READ).fetchall()}
    if warehouse.current.is_symlink():
        unread.discard(warehouse.current.readlink().name)
    return [run_id for run_id in publications(warehouse) if run_id not in known | unread]


def _record(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, run_id: str) -> bool:
    """All of one publication or nothing; False where its file cannot be read, which must not stop the night."""
    file = warehouse.published / run_id / ANALYST_FILE
    try:
        connection.execute(f"attach {sql_text(str(file))} as kept (read_only)")
    except duckdb.Error:
        LOG.warning("history: %s cannot be read, so revisions are not told against it", run_id)
        return False
    try:
        connection.execute("begin")
        _append(connection, run_id)
        connection.execute("commit")
    except duckdb.Error:
        connection.execute("rollback")
        LOG.warning("history: %s is of another layout, so revisions are not told against it", run_id)
        return False
    finally:
        connection.execute("detach kept")
    return True


def _append(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    connection.execute(
        """
        insert into intake.publication values (
            (select coalesce(max(publication_no), 0) + 1 from intake.publication),
            $run_id,
            (select business_date from kept.ops.run where run_id = $run_id)
        )
        """,
        {"run_id": run_id},
    )
    figures = "select * from kept.marts.fct_performance_to_date"
    connection.execute(
        _changes("published_figure", figures, _FIGURES, ("numerator", "denominator", "value", "target", "status"))
    )
    kinds = sql_list([kind for kind, delivery in DELIVERIES.items() if delivery.counts_in_figures])
    deliveries = f"""
        select kind, key as delivery_key, revision from kept.ops.load_file
        where status = 'current' and kind in ({kinds})
    """
    connection.execute(_changes("published_delivery", deliveries, _DELIVERY, ("revision",)))


def _changes(table: str, published: str, key: tuple[str, ...], values: tuple[str, ...]) -> str:
    """Appends what differs from the last that was recorded under its key; NULLs for what is not published any more."""
    keys = ", ".join(key)
    differs = " or ".join(f"published.{name} is distinct from latest.{name}" for name in values)
    return f"""
        insert into intake.{table} by name
        with published as ({published}),
        latest as (
            select * from intake.{table}
            qualify row_number() over (partition by {keys} order by publication_no desc) = 1
        )
        select
            (select max(publication_no) from intake.publication) as publication_no,
            {keys},
            {", ".join(f"published.{name}" for name in values)}
        from published
        full join latest using ({keys})
        where {differs}
    """
