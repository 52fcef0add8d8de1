"""Validate in: Great Expectations judges a batch, one validation a kind over all its files together.

From its results follow the batch's `fault` (a row a broken rule and row), `held` (rows with every reason), `repeated`
(exact repeats) and `file_quality` (rows by file and rule), and the files rejected because more than half of their rows
fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from expectations.deliveries import DELIVERIES
from flows.base.warehouse_paths import Warehouse, connect, duckdb_config
from flows.intake.read import Read

if TYPE_CHECKING:
    from expectations.engine import RuleResult

REASONS_TOLD = 3
"""How many of the commonest reasons a rejected file's sender is told."""


@dataclass(frozen=True)
class QualityResult:
    """What one rule found over all new rows of a kind. severity: critical, warning or info."""

    suite: str
    rule: str
    severity: str
    sentence: str
    rows_checked: int
    rows_failing: int


@dataclass(frozen=True)
class Checked:
    """rejected, warnings: sentence by file_id, those of reading among them. found: what Great Expectations found."""

    results: tuple[QualityResult, ...] = ()
    found: tuple[RuleResult, ...] = ()
    rejected: dict[int, str] = field(default_factory=dict)
    warnings: dict[int, str] = field(default_factory=dict)


def check(warehouse: Warehouse, business_date: date, read: Read, processes: int = 1) -> Checked:
    """Judge what was read, which is one batch; without new rows there is nothing to ask.

    processes: how many check at once.
    """
    (batch,) = read.batches
    if not batch.kinds:
        return Checked(rejected=read.rejected, warnings=read.warnings)
    from expectations import engine, suite

    with engine.validator(batch.database, duckdb_config(warehouse, processes)) as source:
        found = [
            result
            for kind in batch.kinds
            for result in engine.validate(source, suite.delivery_suite(DELIVERIES[kind], business_date), kind)
        ]
    with connect(batch.database, warehouse, processes) as connection:
        _write_faults(connection, [result for result in found if result.rows_failing])
        empty = [result for kind in batch.kinds for result in _count_empty(connection, kind)]
        rejected = {**read.rejected, **_mostly_failing(connection, batch.kinds)}
        flagged = _flagged(connection)
        rows = {kind: _count(connection, kind) for kind in batch.kinds}
    warnings = {
        file_id: " ".join(filter(None, (read.warnings.get(file_id), flagged.get(file_id))))
        for file_id in read.warnings.keys() | flagged.keys()
    }
    results = tuple(
        QualityResult(r.suite, r.rule, r.severity, r.sentence, rows[r.suite], r.rows_failing) for r in found
    )
    return Checked((*results, *empty), tuple(found), rejected, warnings)


def checked_together(parts: Sequence[Checked]) -> Checked:
    """What was found in shares, as one: a result a rule, over the rows of all."""
    from expectations.engine import found_together

    results: dict[tuple[str, str], QualityResult] = {}
    for result in (result for part in parts for result in part.results):
        before = results.get((result.suite, result.rule))
        results[result.suite, result.rule] = _sum(before, result) if before else result
    return Checked(
        tuple(results.values()),
        tuple(found_together([result for part in parts for result in part.found])),
        {file_id: sentence for part in parts for file_id, sentence in part.rejected.items()},
        {file_id: sentence for part in parts for file_id, sentence in part.warnings.items()},
    )


def _sum(one: QualityResult, other: QualityResult) -> QualityResult:
    return replace(
        one,
        rows_checked=one.rows_checked + other.rows_checked,
        rows_failing=one.rows_failing + other.rows_failing,
    )


def _write_faults(connection: duckdb.DuckDBPyConnection, broken: list[RuleResult]) -> None:
    """The rows behind each broken rule, found by the very query that Great Expectations counted them with.

    That a row has other cells than the header comes first: what else is wrong with it mostly follows from that.
    """
    connection.execute(
        """
        create table fault (
            kind varchar, file_id bigint, row_number bigint,
            rule varchar, severity varchar, sentence varchar, outcome varchar
        )
        """
    )
    for result in broken:
        query = result.query.format(batch=result.suite)
        connection.execute(
            f"insert into fault select ?, file_id, row_number, ?, ?, ?, ? from ({query})",
            [result.suite, result.rule, result.severity, result.sentence, result.outcome],
        )
    connection.execute(
        """
        create table held as
        select kind, file_id, row_number, list(sentence order by rule <> 'cells_match', sentence) as reasons
        from fault where outcome = 'held' group by all;
        create table repeated as
        select kind, file_id, row_number from fault where outcome = 'duplicate'
        except
        select kind, file_id, row_number from held;
        create table file_quality as
        select file_id, rule, severity, sentence, count(*) as rows_failing from fault group by all
        """
    )


def _count_empty(connection: duckdb.DuckDBPyConnection, kind: str) -> list[QualityResult]:
    """Rows without a value in each column that may be without: by file into `file_quality`, and over all files.

    No fault, so no expectation; but a sender who leaves out more than ever may have changed systems.
    """
    results = []
    for column in (column for column in DELIVERIES[kind].columns if not column.required):
        told = (f"{column.name}_empty", "info", f"{column.file_header} is empty")
        connection.execute(
            f"insert into file_quality select file_id, ?, ?, ?, count(*) from {kind} "
            f"where {column.name} is null group by file_id",
            told,
        )
        rows, empty = connection.execute(f"select count(*), count(*) - count({column.name}) from {kind}").fetchall()[0]
        results.append(QualityResult(kind, *told, rows, empty))
    return results


def _mostly_failing(connection: duckdb.DuckDBPyConnection, kinds: tuple[str, ...]) -> dict[int, str]:
    """Files of which more than half of the rows fail, with the commonest reasons and an example of each."""
    landed = " union all ".join(f"select file_id, count(*) as rows_landed from {kind} group by all" for kind in kinds)
    rows = connection.execute(
        f"""
        with landed as ({landed}),
        failing as (
            select file_id, rows_landed, count(*) as rows_held
            from held inner join landed using (file_id)
            group by all having count(*) * 2 > rows_landed
        ),
        reasons as (
            select
                file_id, sentence, rule = 'cells_match' as is_cause,
                count(*) as rows_failing, min(row_number) as example
            from fault semi join failing using (file_id)
            where outcome = 'held'
            group by file_id, sentence, rule
            qualify {REASONS_TOLD} >=
                row_number() over (partition by file_id order by count(*) desc, is_cause desc, sentence)
        )
        select
            file_id, any_value(rows_held), any_value(rows_landed),
            string_agg(
                sentence || ' (' || rows_failing || case rows_failing when 1 then ' row' else ' rows' end
                || ', such as row ' || example || ')', '; ' order by rows_failing desc, is_cause desc, sentence
            )
        from failing inner join reasons using (file_id)
        group by all
        """
    ).fetchall()
    return {
        file_id: f"{held} of {landed} rows fail, so the whole file is rejected: {reasons}."
        for file_id, held, landed, reasons in rows
    }


def _flagged(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    rows = connection.execute(
        """
        with flagged as (
            select file_id, sentence, count(*) as rows_flagged from fault where outcome = 'flagged' group by all
        )
        select
            file_id,
            string_agg(
                sentence || ' (' || rows_flagged || case rows_flagged when 1 then ' row)' else ' rows)' end,
                '; ' order by sentence
            ) || '.'
        from flagged group by file_id
        """
    ).fetchall()
    return dict(rows)


def _count(connection: duckdb.DuckDBPyConnection, kind: str) -> int:
    (rows,) = connection.execute(f"select count(*) from {kind}").fetchone() or (0,)
    return int(rows)
