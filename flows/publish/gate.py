"""Validate out: Great Expectations on the candidate file, at its boundary. A broken expectation publishes nothing."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from flows.base.errors import Failure, GateClosed
from flows.base.night import Night
from flows.base.warehouse_paths import duckdb_config, sql_text
from flows.intake.check import Checked
from flows.publish.assemble import published_tables
from flows.publish.data_docs import write_documents
from flows.publish.named_cases import NamedCase, named_cases
from flows.publish.publish import publications, published_file

if TYPE_CHECKING:
    from expectations.engine import RuleResult

LOG = logging.getLogger("casebook.gate")

RECENT_PUBLICATIONS = 7
"""How many of the last publications tonight's volumes are compared with."""

TEXTS_NAMED = 5
"""How many texts that name a case a message names; the rest are counted."""


OF_THE_CODE = ("columns", "no_identifier_column")
"""Rules about the columns of a table, which no delivery changes."""


def gate(night: Night, candidate: Path, checked: Checked, accept_volumes: bool) -> int:
    """How many expectations the candidate met. Writes the night's Data Docs, also where it stays shut.

    checked: what was found in what came tonight.
    accept_volumes: a person has looked at volumes that fell and takes them for right.
    Errors: GateClosed, with every sentence that does not hold.
    """
    from expectations import engine
    from expectations.publication import Promise, publication_suite

    recent = {} if accept_volumes else _recent_volumes(night)
    columns = _columns(candidate)
    tables = published_tables(night)
    named = named_cases(night, candidate, tables)
    promises = [
        Promise(
            table.full_name,
            {name: columns.get(table.full_name, {}).get(name, "VARCHAR") for name in table.columns},
            [] if table.may_shrink else recent.get(table.full_name, []),
            {name: sum(one.is_in(table.full_name, name) for one in named) for name in table.free_texts},
        )
        for table in tables
    ]
    config = {**duckdb_config(night.warehouse), "file_search_path": str(candidate.parent)}
    with engine.validator(candidate, config) as source:
        suite = publication_suite(promises)
        results = engine.validate(source, suite, "publication_table", "ops")
    write_documents(night, {**_by_suite(checked), "publication": results})
    broken = [result for result in results if result.rows_failing]
    if broken:
        sentences = [f"{result.sentence} ({result.rows_failing} found)" for result in broken]
        found = "; ".join([*sentences, *(one.sentence for one in named[:TEXTS_NAMED])])
        raise GateClosed(
            f"Nothing is published, because the candidate is not fit for readers: {found}.",
            [_failure(result, candidate, named) for result in broken],
        )
    LOG.info("validate out: %s expectations hold", len(results))
    return len(results)


def _failure(result: RuleResult, candidate: Path, named: list[NamedCase]) -> Failure:
    """What a rule found, and where it comes from. A rule's name is that of its table and its own."""
    table, _, rule = result.rule.partition(" ")
    here = [one for one in named if one.table == table] if rule == "no_identifier" else []
    return Failure(
        rule=result.rule,
        table=table,
        sentence=f"With it the publication breaks a promise: {result.sentence} ({result.rows_failing} found).",
        from_data=rule not in OF_THE_CODE,
        rows=result.rows_failing,
        query=result.query.replace("{batch}", "ops.publication_table"),
        database=candidate,
        is_loss=rule == "volume",
        files=tuple(sorted({place.file_id for one in here for place in one.places})),
    )


def _by_suite(checked: Checked) -> dict[str, list[RuleResult]]:
    suites: dict[str, list[RuleResult]] = {}
    for result in checked.found:
        suites.setdefault(result.suite, []).append(result)
    return suites


def _columns(candidate: Path) -> dict[str, dict[str, str]]:
    """Columns that the candidate has: type by name, by table."""
    found: dict[str, dict[str, str]] = {}
    with duckdb.connect(str(candidate), read_only=True) as connection:
        rows = connection.execute("select schema_name, table_name, column_name, data_type from duckdb_columns()")
        for schema, table, column, data_type in rows.fetchall():
            found.setdefault(f"{schema}.{table}", {})[column] = data_type
    return found


def _recent_volumes(night: Night) -> dict[str, list[int]]:
    """Rows of each table in the last publications; one whose file is broken is left out."""
    volumes: dict[str, list[int]] = {}
    for run in publications(night.warehouse)[-RECENT_PUBLICATIONS:]:
        try:
            rows = _volumes(published_file(night.warehouse, run))
        except duckdb.Error as error:
            LOG.warning("validate out: volumes are not compared with %s, which cannot be read: %s", run, error)
            continue
        for schema, table, count in rows:
            volumes.setdefault(f"{schema}.{table}", []).append(count)
    return volumes


def _volumes(publication: Path) -> list[tuple[str, str, int]]:
    with duckdb.connect() as connection:
        connection.execute(f"attach {sql_text(str(publication))} as kept (read_only)")
        return connection.execute(
            "select table_schema, table_name, row_count from kept.ops.publication_table"
        ).fetchall()
