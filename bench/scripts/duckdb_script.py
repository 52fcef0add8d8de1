"""The scripts' work in SQL on DuckDB: `python -m bench.scripts.duckdb_script LANDING OUT`."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from bench.scripts.inputs import (
    DIMENSIONS,
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

CSV = "header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false"

FUNCTIONS = (
    "create macro case_hash(identifier) as substr(sha256(identifier), 1, 32)",
    "create macro score_pct(score) as cast(floor(round(score * 100, 9) + 0.5) as int)",
)


def build(landing: Path, out: Path, business_date: date, threads: int) -> None:
    """Write the tables to `out`, a new folder, as Parquet."""
    out.mkdir(parents=True)
    file = out / "work.duckdb"
    config: dict[str, Any] = {"threads": threads, "preserve_insertion_order": False, "temp_directory": str(out / "tmp")}
    with duckdb.connect(str(file), config=config) as warehouse:
        warehouse.execute("create schema marts")
        _prepare(warehouse, landing, business_date)
        for script in ("inspection.sql", "performance.sql"):
            for statement in statements(script):
                warehouse.execute(statement)
        tables = warehouse.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        for (table,) in tables:
            warehouse.execute(f"copy marts.{table} to '{out / table}.parquet'")
    file.unlink()


def _prepare(warehouse: duckdb.DuckDBPyConnection, landing: Path, business_date: date) -> None:
    for function in (*FUNCTIONS, f"create macro business_date() as date '{business_date}'"):
        warehouse.execute(function)
    warehouse.execute(
        "create temp table day as select day::date as day, isodow(day) as weekday "
        "from (select unnest(generate_series(date '1970-01-01', date '2035-12-31', interval 1 day)) as day)"
    )
    for seed in SEEDS:
        path = seed_path(seed)
        columns = dict.fromkeys(seed_columns(path), "varchar")
        warehouse.execute(f"create temp table {path.stem} as from read_csv(?, columns = {columns}, {CSV})", [str(path)])
    for kind in KINDS:
        date_format = "%d/%m/%Y" if has_british_dates(kind) else "%Y-%m-%d"
        options = f"columns = {delivered_columns(kind)}, {CSV}, dateformat = '{date_format}'"
        warehouse.execute(f"create temp table {kind} as from read_csv(?, {options})", [current_files(landing, kind)])
    for mart, table in DIMENSIONS.items():
        warehouse.execute(f"create table marts.dim_{mart} as select * from {table}")


if __name__ == "__main__":
    run(build)
