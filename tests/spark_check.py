"""Build the models on DuckDB and on Spark from the same small deliveries, and compare every mart (`make spark-check`).

Deliveries are taken in once, on DuckDB; Spark is handed what the night itself writes (`intake`, `raw`) and builds seeds,
models and data tests of its own. Unit tests are left to DuckDB: they hold the rules, and here the rules' results are
compared row by row.
"""

import logging
import math
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import duckdb
import pyarrow as pa
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession

from bench.generator import PRESETS, generate
from flows import check, land, load, read, transform
from flows.night import Night, begin
from flows.settings import PROJECT

R = TypeVar("R")

PLAN = replace(PRESETS["tiny"], inspections=9)
"""Nine inspections are the fewest with a follow-up among them."""

TOLERANCE = 1e-9
"""How far floats may differ: engines may round the last bits differently."""

HELD_ANSWER = "splendid"
UNKNOWN_CASE = "XXX/2005/9999"


class SparkFailed(Exception):
    """dbt could not build or test the models on Spark."""


def main() -> int:
    """0 where every mart is the same on both engines."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    started = time.monotonic()
    with TemporaryDirectory(prefix="casebook-spark-") as folder:
        night = _step("taking in small invented deliveries", _take_in, Path(folder))
        _step("building on DuckDB", _build_on_duckdb, night)
        spark = _step("seeding Spark and handing it what was taken in", _hand_over, night)
        try:
            _step("building and testing on Spark", _build_on_spark, night)
            verdicts = list(_compare(night, spark))
        finally:
            spark.stop()
    different = [name for name, verdict in verdicts if verdict]
    minutes = (time.monotonic() - started) / 60
    if different or not verdicts:
        print(f"spark-check: {len(different)} of {len(verdicts)} marts differ: {', '.join(different)}.")
        return 1
    print(f"spark-check: all {len(verdicts)} marts are the same on DuckDB and Spark ({minutes:.1f} minutes).")
    return 0


def _step(title: str, run: Callable[..., R], *arguments: Any) -> R:
    started = time.monotonic()
    print(f"spark-check: {title} ...", end="", flush=True)
    result = run(*arguments)
    print(f" {time.monotonic() - started:.0f} s", flush=True)
    return result


def _take_in(folder: Path) -> Night:
    landing = folder / "landing"
    generate(PLAN, landing)
    _plant_faults(next(landing.rglob("judgement_*.csv")))
    night = begin(landing, folder / "warehouse", date(2026, 11, 20))
    night.warehouse.make()
    land.land(night)
    batch = read.read(night)
    load.load(night, batch, check.check(night, batch))
    return night


def _plant_faults(judgements: Path) -> None:
    """A row that the checks hold and one that waits for its case, so that the tables of held rows are compared too."""
    inspection_id, case_id, question_code, answer = judgements.read_text("utf-8").splitlines()[1].split(",")
    with judgements.open("a", encoding="utf-8") as file:
        file.write(f"{inspection_id},{case_id},X9.9,{HELD_ANSWER}\n")
        file.write(f"{inspection_id},{UNKNOWN_CASE},{question_code},{answer}\n")


def _build_on_duckdb(night: Night) -> None:
    transform.needs_build(night)
    plan = replace(transform.prepare(night), code_tested=True)
    for layer in plan.layers:
        transform.build_layer(night, layer, plan)


def _hand_over(night: Night) -> SparkSession:
    """The session that dbt began for the seeds, with the tables of `intake` and `raw`."""
    os.environ["CASEBOOK_SPARK_DIR"] = str(night.warehouse.restricted / "spark")
    _dbt(night, "seed")
    spark = SparkSession.builder.getOrCreate()
    files = night.warehouse.restricted / "parquet"
    with night.warehouse.connect() as connection:
        for schema, table in _tables(connection, "schema_name in ('intake', 'raw')"):
            path = files / schema / table
            path.mkdir(parents=True)
            connection.execute(f"copy {schema}.{table} to '{path}/rows.parquet'")
            spark.sql(f"create database if not exists {schema}")
            spark.sql(f"create table {schema}.{table} using parquet location '{path}'")
    return spark


def _build_on_spark(night: Night) -> None:
    _dbt(night, "run")
    _dbt(night, "test", "--exclude-resource-type", "unit_test")


def _dbt(night: Night, *arguments: str) -> None:
    target = str(night.warehouse.restricted / "dbt-spark")
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT / "profiles"), "--target-path", target]
    result = dbtRunner().invoke(
        ["--quiet", "--log-level", "none", "--log-path", target, *arguments, "--target", "spark", *folders]
    )
    if not result.success:
        failed = [f"{one.node.name}: {one.message}" for one in result.result or [] if one.status in ("error", "fail")]
        raise SparkFailed("\n".join([f"dbt {arguments[0]} failed on Spark.", *failed, str(result.exception or "")]))


def _compare(night: Night, spark: SparkSession) -> Iterator[tuple[str, str]]:
    """Name of each mart and in what it differs, an empty text where in nothing."""
    with night.warehouse.connect() as connection:
        for schema, table in _tables(connection, "schema_name in ('marts', 'ops')"):
            name = f"{schema}.{table}"
            ours = connection.execute(f"from {name}").to_arrow_table()
            verdict = difference(ours, spark.table(name).toArrow())
            print(f"  {name:40} {ours.num_rows:6,} rows  {verdict or 'equal'}", flush=True)
            yield name, verdict


def difference(ours: pa.Table, theirs: pa.Table) -> str:
    """In what two tables differ, whatever the order of their rows; an empty text where in nothing."""
    if ours.column_names != theirs.column_names:
        return f"columns: {', '.join(ours.column_names)} / {', '.join(theirs.column_names)}"
    if ours.num_rows != theirs.num_rows:
        return f"rows: {ours.num_rows:,} / {theirs.num_rows:,}"
    for one, other in zip(_rows(ours), _rows(theirs), strict=True):
        for column, left, right in zip(ours.column_names, one, other, strict=True):
            if not _same(left, right):
                return f"{column}: {left!r} / {right!r} in the row {one}"
    return ""


def _rows(table: pa.Table) -> list[tuple[Any, ...]]:
    """Rows in the order of everything but their floats, which may differ in the last bits."""
    exact = [number for number, field in enumerate(table.schema) if not pa.types.is_floating(field.type)]
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return sorted(rows, key=lambda row: [str(row[number]) for number in exact])


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return type(left) is type(right) and left == right


def _tables(connection: duckdb.DuckDBPyConnection, condition: str) -> list[tuple[str, str]]:
    query = f"select schema_name, table_name from duckdb_tables() where {condition} order by all"
    return connection.execute(query).fetchall()


if __name__ == "__main__":
    sys.exit(main())
