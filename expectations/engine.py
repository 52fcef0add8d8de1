"""Great Expectations on DuckDB: one validation over one table."""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
logging.getLogger("great_expectations").setLevel(logging.ERROR)

import great_expectations as gx  # noqa: E402 -- telemetry must be off before the package is loaded
import sqlalchemy as sa  # noqa: E402 -- as above
from great_expectations.datasource.fluent import SQLDatasource  # noqa: E402 -- as above
from sqlalchemy import event  # noqa: E402 -- as above
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy  # noqa: E402 -- as above


@event.listens_for(sa.Engine, "after_cursor_execute")
def _buffer_rows(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    """Great Expectations closes the connection before it fetches; on DuckDB the rows are gone then, so keep them.

    tests/unit/test_workarounds.py fails once this is no longer needed.
    """
    if conn.dialect.name == "duckdb" and cursor.description:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
            cursor, alternate_description=cursor.description, initial_buffer=cursor.fetchall()
        )


@dataclass(frozen=True)
class RuleResult:
    """What one rule found. query: the rows that break it, empty for a rule about the table as a whole;
    rows_failing: how many there are, 1 for such a table."""

    suite: str
    rule: str
    sentence: str
    severity: str
    outcome: str
    rows_failing: int
    query: str


@contextmanager
def validator(
    database: Path, config: Mapping[str, Any], attached: Mapping[str, Path] | None = None
) -> Iterator[SQLDatasource]:
    """A DuckDB file as Great Expectations sees it, in a context of its own; lets go of the file at the end.

    config: DuckDB settings. attached: further files that queries may read, by the name they use.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    # The file is no part of the address, in which Great Expectations would replace a dollar sign and a variable's name.
    source = context.data_sources.add_sql(
        "duckdb",
        connection_string="duckdb:///a-file",
        kwargs={"connect_args": {"database": str(database), "config": dict(config)}},
    )
    for name, path in (attached or {}).items():
        _attach(source.get_execution_engine().engine, name, path)
    try:
        yield source
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()


def _attach(sql_engine: sa.Engine, name: str, path: Path) -> None:
    """Every connection of the engine sees the file, whichever of them a query gets."""

    @event.listens_for(sql_engine, "connect")
    def attach(connection: Any, _record: Any) -> None:
        literal = str(path).replace("'", "''")
        connection.execute(f"attach if not exists '{literal}' as {name} (read_only)")


def validate(
    source: SQLDatasource, suite: gx.ExpectationSuite, table: str, schema: str | None = None
) -> list[RuleResult]:
    """Every rule of a suite against one table, in the order of the suite.

    Errors: RuntimeError where an expectation could not be evaluated at all.
    """
    asset = source.add_table_asset(f"{suite.name}_{table}", table_name=table, schema_name=schema)
    batch = asset.add_batch_definition_whole_table("all").get_batch()
    # A summary has counts only: rows may name people.
    outcome = batch.validate(suite, result_format="SUMMARY")
    by_rule = {result.expectation_config.meta["rule"]: result for result in outcome.results}
    return [_rule_result(suite.name, by_rule[expectation.meta["rule"]]) for expectation in suite.expectations]


def _rule_result(suite: str, result: Any) -> RuleResult:
    config = result.expectation_config
    if "observed_value" not in result.result:
        raise RuntimeError(f"{suite}.{config.meta['rule']} could not be evaluated: {_first_message(result)}")
    query = config.kwargs.get("unexpected_rows_query", "")
    return RuleResult(
        suite=suite,
        rule=config.meta["rule"],
        sentence=config.meta["sentence"],
        severity=config.severity.value,
        outcome=config.meta["outcome"],
        rows_failing=result.result["observed_value"] if query else int(not result.success),
        query=query,
    )


def found_together(found: Iterable[RuleResult]) -> list[RuleResult]:
    """One result a rule, where parts of a table were validated one by one: the failing rows of all."""
    by_rule: dict[tuple[str, str], RuleResult] = {}
    for result in found:
        before = by_rule.get((result.suite, result.rule))
        rows = result.rows_failing + (before.rows_failing if before else 0)
        by_rule[result.suite, result.rule] = replace(result, rows_failing=rows)
    return list(by_rule.values())


def _first_message(result: Any) -> str:
    """What went wrong, from exception information that is one entry or one a metric."""
    info = result.exception_info
    entries = [info] if "exception_message" in info else list(info.values())
    return str(entries[0].get("exception_message")) if entries else "no result"
