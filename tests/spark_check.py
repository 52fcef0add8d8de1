"""Build the models on DuckDB and on Spark from the same small deliveries, and compare every mart (`make spark-check`).

Deliveries are taken in once, on DuckDB; Spark is handed what the night itself writes (`intake`, `raw`) and builds
seeds, models and data tests of its own. Unit tests are left to DuckDB: they hold the rules, and here the rules' results
are compared row by row.
"""

# ruff: noqa: T201 -- a command that tells on the terminal how far it is

import logging
import math
import os
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
from dbt.cli.main import dbtRunner

from bench.generator import PRESETS, generate
from flows import check, land, load, read, transform
from flows.errors import TransformFailed
from flows.night import Night, begin
from flows.settings import PROJECT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

STARTED = time.monotonic()

PLAN = replace(PRESETS["tiny"], inspections=9)
"""Nine inspections are the fewest with a follow-up among them."""

TOLERANCE = 1e-9
"""How far floats may differ: engines may round the last bits differently."""


def main() -> int:
    """0 where every mart is the same on both engines."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    try:
        with TemporaryDirectory(prefix="casebook-spark-") as folder:
            verdicts = _build_and_compare(Path(folder))
    except TransformFailed as failure:
        print(f"spark-check: {failure}")
        return 1
    different = [name for name, verdict in verdicts.items() if verdict]
    if different or not verdicts:
        print(f"spark-check: {len(different)} of {len(verdicts)} marts differ: {', '.join(different)}.")
        return 1
    minutes = (time.monotonic() - STARTED) / 60
    print(f"spark-check: all {len(verdicts)} marts are the same on DuckDB and Spark ({minutes:.1f} minutes).")
    return 0


def _build_and_compare(folder: Path) -> dict[str, str]:
    _say("taking in small invented deliveries")
    night = _take_in(folder)
    _say("building and testing on DuckDB")
    _build_on_duckdb(night)
    _say("starting Spark, loading seeds and handing over what was taken in")
    spark = _hand_over(night)
    try:
        _say("building on Spark")
        _dbt(night, "run")
        _say("testing on Spark")
        # not_null is two thirds of the tests and the same SQL everywhere; what it would find, the comparison finds.
        _dbt(night, "test", "--exclude-resource-type", "unit_test", "--exclude", "test_name:not_null")
        _say("comparing")
        return dict(_compare(night, spark))
    finally:
        spark.stop()


def _say(step: str) -> None:
    print(f"spark-check: {time.monotonic() - STARTED:4.0f} s  {step}", flush=True)


def _take_in(folder: Path) -> Night:
    landing = folder / "landing"
    generate(PLAN, landing)
    _plant_faults(next(landing.rglob("case_outcome_*.csv")))
    _plant_profile(next(landing.rglob("performance_target_*.csv")))
    night = begin(landing, folder / "warehouse", date(2026, 11, 20))
    night.warehouse.make()
    land.land(night)
    batch = read.read(night)
    load.load(night, batch, check.check(night, batch))
    return night


def _plant_faults(outcomes: Path) -> None:
    """A row that the checks hold and one that waits for its case, so that the tables of held rows are compared too."""
    inspection_id = outcomes.stem.removeprefix("case_outcome_")
    with outcomes.open("a", encoding="utf-8") as file:
        file.write(f"{inspection_id},unknown/1,a lot,,,,2007-02-20\n")
        file.write(f"{inspection_id},unknown/2,116,,,,2007-02-20\n")


def _plant_profile(targets: Path) -> None:
    """The last row's target, a count, is due in April alone."""
    text = targets.read_text(encoding="utf-8").rstrip("\n")
    target = text.splitlines()[-1].split(",")[3]
    targets.write_text(f"{text}{target}; 0{';0' * 10}\n", encoding="utf-8")


def _build_on_duckdb(night: Night) -> None:
    plan = transform.prepare(night, transform.changed_inputs(night))
    for layer in plan.layers:
        transform.build_layer(night, layer, plan)


def _hand_over(night: Night) -> "SparkSession":
    """The session that dbt began for the seeds, with the tables of `intake` and `raw`."""
    from pyspark.sql import SparkSession

    os.environ.update(CASEBOOK_SPARK_DIR=str(night.warehouse.restricted / "spark"), SPARK_LOCAL_IP="127.0.0.1")
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


def _dbt(night: Night, *arguments: str) -> None:
    target = str(night.warehouse.restricted / "dbt-spark")
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT / "profiles"), "--target-path", target]
    result = dbtRunner().invoke(
        ["--quiet", "--log-level", "none", "--log-path", target, *arguments, "--target", "spark", *folders]
    )
    if not result.success:
        failed = [f"{one.node.name}: {one.message}" for one in result.result or [] if one.status in ("error", "fail")]
        raise TransformFailed("\n".join([f"dbt {arguments[0]} failed on Spark.", *failed, str(result.exception or "")]))


def _compare(night: Night, spark: "SparkSession") -> Iterator[tuple[str, str]]:
    """Name of each mart and in what it differs, an empty text where in nothing."""
    with night.warehouse.connect() as connection:
        for schema, table in _tables(connection, "schema_name in ('marts', 'ops', 'public')"):
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
