"""What an analyst waits for: twelve questions to a published file, each on one core, cold and warm."""

import re
import statistics
import time
from pathlib import Path
from typing import Any

import duckdb

from bench.measure import MEGABYTE, tell
from bench.report import table

QUERIES = Path(__file__).parent / "queries"
TIMES = 50
TIMES_COLD = 10

CHOSEN = """
    select
        (select inspection_id from marts.fct_judgement group by all order by count(*) desc, 1 limit 1),
        (select framework_code from marts.fct_area_comparison group by all order by count(*) desc, 1 limit 1),
        (select area_code from marts.fct_performance_month group by all order by count(value) desc, 1 limit 1),
        (select measure_code from marts.fct_performance_month group by all order by count(value) desc, 1 limit 1)"""
"""The subjects asked about: those of which there is most."""


def queries() -> dict[str, tuple[str, str]]:
    """Each question by name: who asks what, and the SQL."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(QUERIES.glob("*.sql"))}
    return {name: (text.partition("\n")[0].removeprefix("-- "), text) for name, text in texts.items()}


def subjects(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What the queries' parameters stand for in this file."""
    inspection, framework, area, measure = connection.execute(CHOSEN).fetchall()[0]
    question, criterion = connection.execute(
        "select min(question_code), min(criterion_code) from marts.dim_question where framework_code = ?", [framework]
    ).fetchall()[0]
    return {
        "inspection_id": inspection,
        "framework_code": framework,
        "area_code": area,
        "measure_code": measure,
        "question_code": question,
        "criterion_code": criterion,
    }


def ask(connection: duckdb.DuckDBPyConnection, sql: str, about: dict[str, str]) -> list[tuple[Any, ...]]:
    """All rows of the answer."""
    wanted = set(re.findall(r"\$(\w+)", sql))
    return connection.execute(sql, {name: value for name, value in about.items() if name in wanted}).fetchall()


def measure_queries(file: Path) -> str:
    """Milliseconds of each query on a published file. Returns Markdown."""
    with _open(file) as connection:
        about = subjects(connection)
    rows = [_row(file, name, told, sql, about) for name, (told, sql) in queries().items()]
    heading = (
        f"{file.stat().st_size / MEGABYTE:,.0f} MB; {', '.join(f'{name} {value}' for name, value in about.items())}"
    )
    return f"{heading}\n\n" + table(["question", "rows", "cold p50, ms", "p50, ms", "p95, ms"], rows)


def _row(file: Path, name: str, told: str, sql: str, about: dict[str, str]) -> list[str]:
    tell(f"asking {name} ...")
    cold = [_cold(file, sql, about) for _ in range(TIMES_COLD)]
    with _open(file) as connection:
        answer = ask(connection, sql, about)
        warm = [_timed(connection, sql, about) for _ in range(TIMES)]
    centiles = statistics.quantiles(warm, n=100)
    figures = (statistics.median(cold), statistics.median(warm), centiles[94])
    return [f"{name}: {told}", f"{len(answer):,}", *(f"{milliseconds:.1f}" for milliseconds in figures)]


def _open(file: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(file), read_only=True, config={"threads": 1})


def _cold(file: Path, sql: str, about: dict[str, str]) -> float:
    """Milliseconds from opening the file to the last row; what the operating system has cached stays so."""
    started = time.perf_counter()
    with _open(file) as connection:
        ask(connection, sql, about)
    return (time.perf_counter() - started) * 1000


def _timed(connection: duckdb.DuckDBPyConnection, sql: str, about: dict[str, str]) -> float:
    started = time.perf_counter()
    ask(connection, sql, about)
    return (time.perf_counter() - started) * 1000
