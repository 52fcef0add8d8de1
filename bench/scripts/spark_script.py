"""The scripts' work in the same SQL on Spark, in one process: `python -m bench.scripts.spark_script LANDING OUT`."""

import os
import re
from datetime import date
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from bench.scripts.inputs import (
    KINDS,
    SEEDS,
    current_files,
    delivered_columns,
    has_british_dates,
    run,
    seed_columns,
    seed_path,
    statements,
)

FUNCTIONS = (
    "create temporary function case_hash(identifier string) returns string return substr(sha2(identifier, 256), 1, 32)",
    "create temporary function score_pct(score double) returns int "
    "return cast(floor(round(score * 100, 9) + 0.5) as int)",
)


def build(landing: Path, out: Path, business_date: date, threads: int) -> None:
    """Write the tables to `out`, a new folder, as Parquet: a folder of files each."""
    out.mkdir(parents=True)
    spark = _session(out, threads)
    try:
        _prepare(spark, landing, business_date)
        for script in ("inspection.sql", "performance.sql"):
            for statement in statements(script):
                spark.sql(_in_spark(statement, out))
    finally:
        spark.stop()


def _session(out: Path, threads: int) -> SparkSession:
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": str(out / "warehouse"),
        "spark.sql.shuffle.partitions": str(threads),
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    spark = SparkSession.builder.master(f"local[{threads}]").config(map=settings).getOrCreate()
    spark.sql("create database marts")
    return spark


def _prepare(spark: SparkSession, landing: Path, business_date: date) -> None:
    today = f"create temporary function business_date() returns date return date '{business_date}'"
    for function in (*FUNCTIONS, today):
        spark.sql(function)
    days = "explode(sequence(date '1970-01-01', date '2035-12-31')) as day"
    spark.sql(f"cache table day as select day, weekday(day) + 1 as weekday from (select {days})")
    for seed in SEEDS:
        path = seed_path(seed)
        columns = ", ".join(f"{name} string" for name in seed_columns(path))
        _read(spark, [str(path)], columns, "yyyy-MM-dd").createOrReplaceTempView(path.stem)
    for kind in KINDS:
        columns = ", ".join(f"{name} {of_type}" for name, of_type in delivered_columns(kind).items())
        date_format = "dd/MM/yyyy" if has_british_dates(kind) else "yyyy-MM-dd"
        _read(spark, current_files(landing, kind), columns, date_format).createOrReplaceTempView(kind)


def _read(spark: SparkSession, paths: list[str], columns: str, date_format: str) -> DataFrame:
    return spark.read.csv(paths, schema=columns, header=True, dateFormat=date_format, escape='"')


def _in_spark(statement: str, out: Path) -> str:
    """What lasts as long as the session is a cached view, and a mart is files in its place."""
    statement = re.sub(r"create temp table (\w+) as", r"cache table \1 as", statement)
    return re.sub(
        r"create table marts\.(\w+) as",
        rf"create table marts.\1 using parquet location '{out}/\1.parquet' as",
        statement,
    )


if __name__ == "__main__":
    run(build)
