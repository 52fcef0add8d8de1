"""The tables of the restricted warehouse that the night itself writes, before any model reads them.

`intake.*` says what was delivered and what became of it; `raw.<kind>` holds loaded rows as text, pseudonymised.
Everything else in the warehouse is built from these two schemas and the seeds by dbt.
"""

import functools

import duckdb

from expectations.contract import Delivery
from expectations.deliveries import DELIVERIES

INTAKE_TABLES = {
    "file": """
        file_id bigint primary key, path varchar not null, file_name varchar not null, kind varchar,
        delivery_key varchar, revision integer, sha256 varchar not null, size_bytes bigint not null,
        first_seen_run_id varchar not null, state varchar not null, reason varchar, warning varchar,
        rows_landed bigint, rows_loaded bigint, rows_duplicate bigint, rows_held bigint,
        rows_erased bigint default 0, loaded_at timestamp, gone_run_id varchar,
        is_invented boolean not null default false""",
    "held_row": """
        file_id bigint not null, row_number bigint not null, reasons varchar[] not null,
        row_content varchar not null""",
    "rejected_row": "file_id bigint not null, row_number bigint not null, reasons varchar[] not null",
    "case_identifier": """
        source varchar not null, scope varchar not null, reach varchar not null, fingerprint ubigint not null""",
    "free_text_run": """
        file_id bigint not null, column_name varchar not null, source varchar not null, scope varchar not null,
        fingerprint ubigint not null""",
    "named_case": """
        file_id bigint not null, row_number bigint not null, reason varchar not null, row_content varchar not null""",
    "named_file": "file_id bigint not null",
    "night": "run_id varchar not null, business_date date not null",
    "run": """
        run_id varchar primary key, business_date date not null, started_at timestamp not null, finished_at timestamp,
        status varchar not null, code_version varchar not null, files_in bigint, rows_in bigint,
        stage_seconds varchar""",
    "quality_result": """
        run_id varchar not null, suite varchar not null, rule varchar not null, severity varchar not null,
        sentence varchar not null, rows_checked bigint, rows_failing bigint not null""",
    "file_quality": """
        file_id bigint not null, rule varchar not null, severity varchar not null, sentence varchar not null,
        rows_failing bigint not null""",
    "publication": "publication_no bigint primary key, run_id varchar not null, business_date date not null",
    "published_figure": """
        publication_no bigint not null, area_code varchar not null, measure_code varchar not null,
        performance_year varchar not null, period_month date not null, numerator double, denominator double,
        value double, target double, status varchar""",
    "published_delivery": """
        publication_no bigint not null, kind varchar not null, delivery_key varchar not null, revision integer""",
    "withdrawal": """
        kind varchar not null, delivery_key varchar not null, first_revision integer not null,
        last_revision integer not null, reason varchar not null, withdrawn_by varchar not null,
        withdrawn_at timestamp not null""",
    "set_aside": """
        file_id bigint not null, run_id varchar not null, business_date date not null, code_version varchar not null,
        rule varchar not null, sentence varchar not null, rows_failing bigint, row_numbers bigint[] not null,
        confirmed_at timestamp, readmitted_at timestamp, readmitted_by varchar, readmitted_because varchar""",
    "data_return": "return_name varchar primary key, fingerprint varchar not null",
    "setting": "name varchar primary key, value varchar not null",
    "event": "sequence bigint primary key, line varchar not null",
}
"""state of a file: new (to be read), loaded, same_bytes (its bytes came before under the same kind, key and revision),
rejected (see reason). gone_run_id: the night that found it gone (flows.intake.gone). is_invented: it is marked as
invented (flows.intake.invented). rejected_row has the first failing
rows of files that were rejected for them; no count includes them. row_content is the held row as JSON; it may hold
identifiers and never leaves.
rows_erased: of erased cases, counted in rows_landed and not in the archived bytes.
case_identifier and free_text_run are what `flows.intake.free_text` compares: keyed hashes of the identifiers of cases
and of the parts of free texts, with whose they are (source is inspection or area, or empty, scope which one); reach
says where the identifier is looked for. named_case is what came of it: loaded rows that are held; named_file: files
whose name names a case, and is not published.
published_figure and published_delivery are written by `flows.publish.history`: a row wherever a publication differs
from the one before, NULLs where a figure or delivery was gone. event: a copy of the archive's register."""

SCHEMA_VERSION = 1
"""Of the restricted warehouse and of publications. Raise it where rows that an earlier version loaded would come out
otherwise, or a table has another meaning. A warehouse that does not name its version is of version 0."""

NEVER_READ_BY_MODELS = {"case_identifier", "data_return", "event", "free_text_run", "rejected_row", "setting"}
"""Tables of `intake` that the night alone reads."""


def raw_columns(delivery: Delivery) -> list[str]:
    """Columns of `raw.<kind>`, in order: where the row came from, then the delivery's columns as text."""
    return ["file_id", "row_number", *(column.raw_name for column in delivery.columns)]


def create_tables(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Make the intake and raw tables of a new warehouse, with the version that they have."""
    warehouse.execute("begin")
    warehouse.execute("create schema intake")
    warehouse.execute("create schema raw")
    for name, columns in INTAKE_TABLES.items():
        warehouse.execute(f"create table intake.{name} ({columns})")
    for delivery in DELIVERIES.values():
        texts = ", ".join(f"{column.raw_name} varchar" for column in delivery.columns)
        warehouse.execute(
            f"create table raw.{delivery.kind} (file_id bigint not null, row_number bigint not null, {texts})"
        )
    warehouse.execute("insert into intake.setting values ('schema_version', ?)", [str(SCHEMA_VERSION)])
    warehouse.execute("commit")


def is_new(warehouse: duckdb.DuckDBPyConnection) -> bool:
    """Whether a warehouse has no table yet."""
    schemas = warehouse.execute("select schema_name from duckdb_schemas() where database_name = current_database()")
    return ("intake",) not in schemas.fetchall()


def schema_version(warehouse: duckdb.DuckDBPyConnection) -> int:
    """The version of a warehouse's tables; 0 where it does not say so."""
    try:
        row = warehouse.execute("select value from intake.setting where name = 'schema_version'").fetchone()
    except duckdb.CatalogException:
        return 0
    return int(row[0]) if row else 0


def has_layout(warehouse: duckdb.DuckDBPyConnection) -> bool:
    """Whether every intake and raw table is there as this version makes it: columns in their order, types, keys."""
    return _layout().items() <= _tables(warehouse).items()


@functools.cache
def _layout() -> dict[str, str]:
    with duckdb.connect() as connection:
        create_tables(connection)
        return _tables(connection)


def _tables(warehouse: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The statement that makes each table. Asking for columns would take ten times as long."""
    rows = warehouse.execute(
        "select schema_name || '.' || table_name, sql from duckdb_tables() "
        "where schema_name in ('intake', 'raw') and database_name = current_database()"
    )
    return dict(rows.fetchall())
