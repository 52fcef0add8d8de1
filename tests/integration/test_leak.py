"""No delivered identifier stands anywhere in what is published."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import EXAMPLES, House

IDENTIFIERS = {"case_sample": "case_id", "judgement": "case_id", "case_outcome": "case_id", "nsmart": "case_ref"}


def _delivered_identifiers() -> set[str]:
    return {
        row[column]
        for kind, column in IDENTIFIERS.items()
        for path in EXAMPLES.rglob(f"{kind}_*.csv")
        for row in csv.DictReader(path.open(encoding="utf-8"))
    }


def _texts(database: Path) -> Iterator[tuple[str, str]]:
    """Every distinct cell of every column of every table, as text, and the column it stands in."""
    with duckdb.connect(str(database), read_only=True) as connection:
        columns = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
        for schema, table, column in columns:
            cells = connection.execute(f'select distinct "{column}"::varchar from "{schema}"."{table}"').fetchall()
            yield from ((f"{schema}.{table}.{column}", cell) for (cell,) in cells if cell)


def _leaks(database: Path, identifiers: set[str]) -> set[str]:
    """Columns with a cell that is an identifier or has one among its words."""
    separators = str.maketrans(dict.fromkeys(",;:()[]{}'\"", " "))
    return {column for column, cell in _texts(database) if identifiers & {cell, *cell.translate(separators).split()}}


@pytest.fixture(scope="module")
def identifiers() -> set[str]:
    return _delivered_identifiers()


def test_nothing_published_holds_an_identifier(examples: House, identifiers: set[str]) -> None:
    assert len(identifiers) > 10_000
    for database in examples.warehouse.glob("published/*/*.duckdb"):
        assert _leaks(database, identifiers) == set()


def test_no_file_beside_the_restricted_folder_holds_an_identifier(examples: House, identifiers: set[str]) -> None:
    open_files = [
        path
        for path in examples.warehouse.rglob("*")
        if path.is_file() and "restricted" not in path.parts and path.suffix != ".duckdb"
    ]
    leaking = [path for path in open_files for word in path.read_text("utf-8").split() if word in identifiers]
    assert leaking == []


def test_the_search_finds_a_planted_identifier(tmp_path: Path, identifiers: set[str]) -> None:
    planted = sorted(identifiers)[0]
    database = tmp_path / "planted.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table clean as select 'nothing here' as note")
        connection.execute("create table leaking as select ? as note", [f"see case {planted}, please"])
    assert _leaks(database, identifiers) == {"main.leaking.note"}


def test_the_restricted_folder_is_its_owners_only(examples: House) -> None:
    assert (examples.warehouse / "restricted").stat().st_mode & 0o777 == 0o700
    assert (examples.warehouse / "restricted" / "case_key.secret").stat().st_mode & 0o777 == 0o600
