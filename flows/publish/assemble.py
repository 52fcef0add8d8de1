"""Assemble: the marts and ops tables of the restricted warehouse into the analysts' file, not yet visible to anyone.

The file is of a storage version that older DuckDB clients open, with the descriptions of dbt as comments on tables and
columns. Columns that dbt marks `restricted` stay behind. The file is the staff edition: nothing in it is public.
"""

import importlib.metadata
import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from flows.base.code_fingerprint import PACKAGES
from flows.base.content_hash import content_query
from flows.base.intake_tables import SCHEMA_VERSION
from flows.base.night import Night
from flows.base.warehouse_paths import ANALYST_FILE, read_beside, sql_text
from flows.publish.publish import building_folder
from flows.publish.reuse_tables import carry_over
from flows.warehouse.engines.engine import engine
from flows.warehouse.published_tables import PublishedTable, published_tables

LOG = logging.getLogger("casebook.assemble")

STORAGE_VERSION = "v1.2.0"
"""Files of this version open in DuckDB 1.2 and later."""

RUN_COMMENTS = {
    "run_id": "The night. Sorts by the time it started.",
    "business_date": "The night's business date: the only clock its figures know.",
    "started_at": "When it started (UTC).",
    "finished_at": "When its publication was assembled, or when it ended without one (UTC).",
    "status": "published; failed (a stage or gate stopped it); pinned (built, but a rollback kept readers); died.",
    "code_version": "Fingerprint of models, seeds, rules and stages, and of the packages that run them.",
    "files_in": "New files read.",
    "rows_in": "Rows in them.",
    "stage_seconds": "Seconds per stage, by name.",
}

PUBLICATION_COMMENTS = {
    "run_id": "The night that built it.",
    "business_date": "Its business date.",
    "previous_run_id": "The publication that readers had before; NULL for the first.",
    "code_version": "Fingerprint of models, seeds, rules and stages, and of the packages that run them.",
    "schema_version": "Version of the restricted warehouse that it was built in; a number that only grows.",
    "case_key_check": "Tells the key of the case identifiers from another, without giving it away.",
    "packages": "Versions of the packages that read, built and checked it, by name.",
    "deliveries": "Deliveries that count in it.",
    "invented_deliveries": "Those of them that are marked as invented (INVENTED.txt in the landing folder).",
}


def assemble(night: Night, stage_seconds: dict[str, float]) -> Path:
    """The candidate file; its folder becomes a publication only when the gate has passed. Returns its path."""
    folder = building_folder(night)
    folder.mkdir(parents=True)
    candidate = folder / ANALYST_FILE
    tables = engine().hand_back(night, published_tables(night), folder)
    with night.warehouse.connect() as connection:
        sources = {table.full_name: table.source for table in tables if not table.query}
        carried = carry_over(connection, night.warehouse, candidate, sources)
        read_beside(connection, candidate)
        connection.execute(f"attach {sql_text(str(candidate))} as candidate (storage_version '{STORAGE_VERSION}')")
        for schema in sorted({table.schema for table in tables} | {"ops"}):
            connection.execute(f"create schema if not exists candidate.{schema}")
        for table in tables:
            if table.full_name not in carried:
                _copy(connection, table)
        _copy_runs(connection, night, stage_seconds)
        _tell_inputs(connection, night)
        _tell_arrivals(connection)
        _fingerprint(connection, [table for table in tables if not table.query])
        engine().finish(night, connection, folder)
        connection.execute("detach candidate")
    size = candidate.stat().st_size / 1e6
    LOG.info("assemble: %s tables, %s of them as they were, %.1f MB", len(tables), len(carried), size)
    return candidate


def _copy(connection: duckdb.DuckDBPyConnection, table: PublishedTable) -> None:
    columns = ", ".join(table.columns)
    # Ordered, so that a table built twice is the same file content and lookups by its leading keys are quick.
    kind, order = ("view", "") if table.is_view or table.query else ("table", "order by all")
    query = table.query or f"select {columns} from {table.source} {order}"
    # A file that is copied from the last publication has its views.
    connection.execute(f"create or replace {kind} candidate.{table.full_name} as {query}")
    if table.declared_key:
        key = ", ".join(table.declared_key)
        connection.execute(f"alter table candidate.{table.full_name} add primary key ({key})")
    _comment(connection, table.full_name, table.comment, table.columns, kind)


def _comment(
    connection: duckdb.DuckDBPyConnection, table: str, comment: str, columns: dict[str, str], kind: str = "table"
) -> None:
    connection.execute(f"comment on {kind} candidate.{table} is {sql_text(comment.strip())}")
    for column, description in columns.items():
        connection.execute(f"comment on column candidate.{table}.{column} is {sql_text(description.strip())}")


def _copy_runs(connection: duckdb.DuckDBPyConnection, night: Night, stage_seconds: dict[str, float]) -> None:
    """Every night until now, this one as published: readers see this file only if it was."""
    connection.execute(
        """
        create table candidate.ops.run as
        select
            run_id,
            business_date,
            started_at,
            case when run_id = $run_id then coalesce(finished_at, $now) else finished_at end as finished_at,
            case when run_id = $run_id then 'published' else status end as status,
            code_version,
            files_in,
            rows_in,
            from_json(
                case when run_id = $run_id then coalesce(stage_seconds, $seconds) else stage_seconds end,
                '"MAP(VARCHAR, DOUBLE)"'
            ) as stage_seconds
        from intake.run
        order by run_id
        """,
        {
            "run_id": night.run_id,
            "now": datetime.now(UTC).replace(tzinfo=None),
            "seconds": json.dumps(stage_seconds),
        },
    )
    comment = "Every night, in order. Grain: a run. Key: run_id. Use it when you ask what a night did."
    _comment(connection, "ops.run", comment, RUN_COMMENTS)


def _tell_arrivals(connection: duckdb.DuckDBPyConnection) -> None:
    """`ops.arrival`: what came for this publication."""
    connection.execute(
        """
        create table candidate.ops.arrival as
        select loaded.kind, loaded.key as delivery_key, loaded.revision
        from candidate.ops.load_file as loaded
        inner join intake.file as file using (file_id)
        where
            loaded.status = 'current'
            and file.first_seen_run_id > coalesce((select previous_run_id from candidate.ops.publication), '')
        order by all
        """
    )
    _comment(
        connection,
        "ops.arrival",
        "Deliveries that count in this publication and were not there for the one before. Grain: a delivery. "
        "Key: kind, delivery_key. Use it when you ask what came in since the publication before.",
        {
            "kind": "Kind of delivery.",
            "delivery_key": "What it is about: an inspection, or a unit and its month or year.",
            "revision": "1 as first sent; above, it corrects what was sent before.",
        },
    )


def _tell_inputs(connection: duckdb.DuckDBPyConnection, night: Night) -> None:
    """`ops.publication`: what, beside the files of `ops.load_file`, a replay must have to come out the same."""
    packages = (*PACKAGES, *engine().packages)
    connection.execute(
        """
        create table candidate.ops.publication as
        select
            $run_id as run_id,
            $business_date::date as business_date,
            (select run_id from intake.publication order by publication_no desc limit 1) as previous_run_id,
            $code_version as code_version,
            $schema_version::integer as schema_version,
            (select value from intake.setting where name = 'case_key_check') as case_key_check,
            from_json($packages, '"MAP(VARCHAR, VARCHAR)"') as packages,
            count(*) as deliveries,
            count(*) filter (is_invented) as invented_deliveries
        from candidate.ops.load_file
        where status = 'current'
        """,
        {
            "run_id": night.run_id,
            "business_date": night.business_date,
            "code_version": night.code_version,
            "schema_version": SCHEMA_VERSION,
            "packages": json.dumps({name: importlib.metadata.version(name) for name in sorted(packages)}),
        },
    )
    _comment(
        connection,
        "ops.publication",
        "What this publication was built from, with the files of ops.load_file. Grain: one row. Key: run_id. "
        "Use it when you cite a figure or ask how recent it is.",
        PUBLICATION_COMMENTS,
    )


def _fingerprint(connection: duckdb.DuckDBPyConnection, tables: list[PublishedTable]) -> None:
    """`ops.publication_table`: rows and content of each table, so that two publications can be compared."""
    query = content_query([(table.schema, table.name) for table in tables], "candidate")
    history = ", ".join(sql_text(table.full_name) for table in tables if table.from_history)
    connection.execute(
        f"create table candidate.ops.publication_table as select *, "
        f"list_contains([{history}]::varchar[], table_schema || '.' || table_name) as from_history from ({query})"
    )
    _comment(
        connection,
        "ops.publication_table",
        "What this publication holds; its views hold what tables do. Grain: a published table. Key: table_schema, "
        "table_name. Use it when you check that a table is the one that was published.",
        {
            "table_schema": "Schema of the table.",
            "table_name": "Name of the table.",
            "row_count": "Rows in it.",
            "content_hash": "Equal for equal content, whatever the order of rows (same DuckDB version).",
            "from_history": "Whether it tells of earlier nights: then equal deliveries do not make equal content.",
        },
    )
