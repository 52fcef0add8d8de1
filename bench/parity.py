"""Whether two ways came to the same tables, without which their seconds say nothing about each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.base.warehouse_paths import sql_text

OF_THE_NIGHT = {
    "marts.fct_performance_revision": "tells of earlier publications",
    "ops.file_flag": "tells what checks found",
    "ops.publication": "the night's own record",
    "ops.publication_table": "the night's own record",
    "ops.quality_result": "tells what checks found",
    "ops.run": "the night's own record",
    "ops.arrival": "the night's own record",
}
"""Published tables that the bare script does not write, or leaves empty, and why."""

NOT_COMPARED = ("case_key", "loaded_at", "sha256")
"""Columns that the bare script fills otherwise: keyed hashes, the clock, and fingerprints of files."""


@dataclass(frozen=True)
class Difference:
    """A table that is not the same: rows here, rows there, and rows that the other does not have."""

    table: str
    ours: int
    theirs: int
    unmatched: int

    def __str__(self) -> str:
        return f"{self.table}: {self.ours:,} and {self.theirs:,} rows, {self.unmatched:,} without their like"


def differences(published: Path, bare: Path) -> tuple[int, list[Difference]]:
    """How many tables a publication and the bare script both have, and those that are not equal row for row."""
    # Beside the files that are compared, not wherever this was started.
    with duckdb.connect(config={"temp_directory": str(bare.parent / "tmp")}) as connection:
        for name, file in (("night", published), ("bare", bare)):
            connection.execute(f"attach {sql_text(str(file))} as {name} (read_only)")
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'night' order by all"
        ).fetchall()
        same = [table for (table,) in tables if table not in OF_THE_NIGHT]
        return len(same), list(_unequal(connection, same))


def _unequal(connection: duckdb.DuckDBPyConnection, tables: list[str]) -> Iterator[Difference]:
    for table in tables:
        if _content(connection, _rows(connection, table, "night")) != _content(
            connection, _rows(connection, table, "bare")
        ):
            ours, theirs = (_rows(connection, table, database, nearly=True) for database in ("night", "bare"))
            found = connection.execute(
                f"""
                select
                    (select count(*) from ({ours})),
                    (select count(*) from ({theirs})),
                    (select count(*) from ({ours} except all {theirs}))
                    + (select count(*) from ({theirs} except all {ours}))
                """
            ).fetchall()[0]
            if found[0] != found[1] or found[2]:
                yield Difference(table, *found)


def _rows(connection: duckdb.DuckDBPyConnection, table: str, database: str, nearly: bool = False) -> str:
    """What is compared of a table, in the types that the night gave it. nearly: floats to a thousand millionth."""
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where database_name = 'night' and schema_name || '.' || table_name = ?",
        [table],
    ).fetchall()
    compared = ", ".join(
        # Shifted, so that no usual proportion lies where it could be cut either way.
        f"floor(cast({name} as double) * 1e9 + 0.2718281) as {name}"
        if nearly and of_type == "DOUBLE"
        else f"cast({name} as {of_type}) as {name}"
        for name, of_type in columns
        if name not in NOT_COMPARED
    )
    return f"select {compared} from {database}.{table}"


def _content(connection: duckdb.DuckDBPyConnection, rows: str) -> tuple[int, int]:
    """How many rows, and what is the same for the same rows in any order: found in little memory, however many."""
    return connection.execute(f"select count(*), sum(hash(hash(t))::hugeint) from ({rows}) as t").fetchall()[0]
