"""The bare script: the same marts in straight-line SQL, without checks, lineage, pseudonyms that hold or a scheduler.

It shows how much of a night is the work itself. It trusts every file to be as the contract says (UTF-8, columns in
order, no bad rows), hashes case identifiers without a key, and must never publish anything.
"""

import csv
import re
import time
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from expectations.contract import Column, ColumnType
from expectations.deliveries import DELIVERIES
from expectations.reference import PROJECT

KINDS = (
    "inspection",
    "case_sample",
    "judgement",
    "published_score",
    "nsmart",
    "performance_return",
    "performance_target",
)
SEEDS = (
    "common/areas",
    "common/bank_holidays",
    "common/ethnicities",
    "inspection/frameworks",
    "inspection/sections",
    "inspection/criteria",
    "inspection/questions",
    "performance/measures",
    "performance/units",
)
DIMENSIONS = {
    "area": "areas",
    "framework": "frameworks",
    "section": "sections",
    "criterion": "criteria",
    "question": "questions",
    "measure": "measures",
}
SQL_TYPES: dict[ColumnType, str] = {"integer": "int", "number": "double", "date": "date", "date_dmy": "date"}
CSV = "header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false"


def main(
    landing: Annotated[Path, typer.Argument(help="Folder of clean CSV deliveries.")],
    out: Annotated[Path, typer.Argument(help="DuckDB file to make; an existing one is replaced.")],
    business_date: Annotated[datetime | None, typer.Option(help="Decides which months are due; else today.")] = None,
    threads: Annotated[int, typer.Option(help="Threads for DuckDB.")] = 2,
) -> None:
    """Build the inspection and performance marts from a landing folder and print the seconds it took."""
    started = time.perf_counter()
    build(landing, out, (business_date or datetime.now()).date(), threads)
    print(f"{time.perf_counter() - started:.1f} seconds")


def build(landing: Path, out: Path, business_date: date, threads: int) -> None:
    """Read the newest revision of every delivery and write the marts to `out`."""
    out.unlink(missing_ok=True)
    with duckdb.connect(str(out), config={"threads": threads, "preserve_insertion_order": False}) as warehouse:
        warehouse.execute("create schema marts")
        warehouse.execute("set variable business_date = ?::date", [business_date])
        warehouse.execute("create macro score_pct(score) as cast(floor(round(score * 100, 9) + 0.5) as int)")
        for seed in SEEDS:
            _read_seed(warehouse, PROJECT / "seeds" / f"{seed}.csv")
        for kind in KINDS:
            _read_deliveries(warehouse, kind, _current_files(landing, kind))
        for mart, table in DIMENSIONS.items():
            warehouse.execute(f"create table marts.dim_{mart} as select * from {table}")
        for script in ("bare_inspection.sql", "bare_performance.sql"):
            warehouse.execute((Path(__file__).parent / script).read_text(encoding="utf-8"))


def _current_files(landing: Path, kind: str) -> list[str]:
    """The highest revision of each delivery of a kind."""
    newest: dict[str, tuple[int, str]] = {}
    for path in landing.rglob(f"{kind}_*.csv"):
        key, _, revision = re.sub(r"_r(\d+)$", r" \1", path.stem).partition(" ")
        newest[key] = max(newest.get(key, (0, "")), (int(revision or 1), str(path)))
    return sorted(path for _, path in newest.values())


def _read_seed(warehouse: duckdb.DuckDBPyConnection, path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as seed:
        columns = dict.fromkeys(next(csv.reader(seed)), "varchar")
    warehouse.execute(f"create temp table {path.stem} as from read_csv(?, columns = {columns}, {CSV})", [str(path)])


def _read_deliveries(warehouse: duckdb.DuckDBPyConnection, kind: str, paths: list[str]) -> None:
    columns = {column.name: _sql_type(column) for column in DELIVERIES[kind].columns}
    date_format = "%d/%m/%Y" if kind == "nsmart" else "%Y-%m-%d"
    options = f"columns = {columns}, {CSV}, dateformat = '{date_format}'"
    warehouse.execute(f"create temp table {kind} as from read_csv(?, {options})", [paths])


def _sql_type(column: Column) -> str:
    return SQL_TYPES.get(column.type, "varchar")


if __name__ == "__main__":
    typer.run(main)
