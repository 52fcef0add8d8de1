"""Whether scripts wrote the same tables: every row of one has its like in the other, floats within 1e-9."""

from pathlib import Path

import duckdb

KEYS = {
    "dim_case": ("case_key",),
    "fct_judgement": ("inspection_id", "case_key", "question_code"),
    "fct_question_score": ("inspection_id", "sample_group", "question_code"),
    "fct_criterion_score": ("inspection_id", "sample_group", "criterion_code"),
    "fct_section_score": ("inspection_id", "sample_group", "section_code"),
    "fct_overall_score": ("inspection_id", "sample_group"),
    "fct_thread_score": ("inspection_id", "sample_group"),
    "fct_performance_month": ("area_code", "measure_code", "period_month"),
    "fct_performance_to_date": ("area_code", "measure_code", "performance_year", "period_month"),
}
"""The tables that every script writes, with their keys."""

TOLERANCE = 1e-9


def differing(ours: Path, theirs: Path) -> dict[str, int]:
    """Rows that differ or lack their like, by table; tables that are equal are left out.

    ours, theirs: folders that scripts wrote.
    """
    with duckdb.connect(config={"temp_directory": str(theirs.parent / "tmp")}) as connection:
        counts = {table: _differing(connection, _rows(ours, table), _rows(theirs, table), table) for table in KEYS}
    return {table: count for table, count in counts.items() if count}


def _rows(folder: Path, table: str) -> str:
    """A table as one file, or as the folder of files that Spark writes."""
    path = folder / f"{table}.parquet"
    return f"read_parquet('{path}/*.parquet')" if path.is_dir() else f"read_parquet('{path}')"


def _differing(connection: duckdb.DuckDBPyConnection, ours: str, theirs: str, table: str) -> int:
    columns = connection.execute(f"select column_name, column_type from (describe from {ours})").fetchall()
    # Keys too: a row without its like has none of the other's.
    same = " and ".join(_same(name, of_type) for name, of_type in columns)
    keys = " and ".join(f"one.{key} = other.{key}" for key in KEYS[table])
    (count,) = connection.execute(
        f"select count(*) from {ours} as one full join {theirs} as other on {keys} where not ({same})"
    ).fetchall()[0]
    return int(count)


def _same(name: str, of_type: str) -> str:
    """True or false, never NULL."""
    equal = f"one.{name} is not distinct from other.{name}"
    near = f"abs(one.{name} - other.{name}) <= {TOLERANCE} * greatest(1, abs(one.{name}))"
    return f"({equal} or coalesce({near}, false))" if of_type == "DOUBLE" else equal
