"""Tables to download hold what the file holds, whatever was delivered, and say what they are."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from downloads.tables import primary_key, write_tables
from figures.dictionary import Table, TableColumn
from flows.base.render_cache import RenderCache

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    '<script>alert("x")</script>',
    'a "quoted" word, and a comma',
    "two\r\nlines",
    "",
    None,
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An analysts' file with a table of every type and hostile text, one of single cases and one with a list."""
    path = tmp_path / "analyst.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            create schema marts; create schema ops;
            create table marts.dim_case as select 'not for anyone' as case_key;
            create table ops.quarantine_row as select ['not for anyone'] as reasons;
            create table ops.publication as select 'R1' as run_id, date '2006-06-15' as business_date,
                3 as deliveries, 0 as invented_deliveries;
            create table marts.fct_odd (
                row_no integer, told varchar, share double, counted bigint, held boolean, seen_on date
            );
            comment on table marts.fct_odd is 'Odd rows. Grain and primary key: row_no. Nothing else.';
            comment on column marts.fct_odd.told is 'What was delivered.';
            """
        )
        connection.executemany(
            "insert into marts.fct_odd values (?, ?, 0.1, 5, true, date '2006-03-01')",
            [[number, text] for number, text in enumerate(HOSTILE)],
        )
        connection.execute("insert into marts.fct_odd (row_no) values (100)")
    return path


def written(file: Path, folder: Path) -> Path:
    with duckdb.connect(str(file), read_only=True) as connection:
        write_tables(connection, folder, RenderCache(None))
    assert len([path for path in folder.iterdir() if path.suffix in {".csv", ".parquet"}]) == 4
    return folder


@pytest.fixture
def folder(file: Path, tmp_path: Path) -> Path:
    return written(file, tmp_path / "tables")


def told(folder: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return package


def test_text_of_a_csv_is_the_text_of_the_table_whatever_it_is(folder: Path) -> None:
    with (folder / "fct_odd.csv").open(encoding="utf-8", newline="") as content:
        rows = list(csv.DictReader(content, strict=True))
    assert [row["told"] for row in rows[:-1]] == [text or "" for text in HOSTILE]
    assert list(rows[0].values())[2:] == ["0.1", "5", "true", "2006-03-01"]
    assert list(rows[-1].values()) == ["100", "", "", "", "", ""]


def test_a_csv_is_as_rfc_4180_wants_it(folder: Path) -> None:
    content = (folder / "fct_odd.csv").read_bytes()
    assert content.startswith(b"row_no,told,share,counted,held,seen_on\r\n0,")
    assert content.endswith(b"\r\n100,,,,,\r\n")
    assert b'"a ""quoted"" word, and a comma"' in content


def test_a_parquet_file_holds_the_rows_and_nothing_of_the_night(folder: Path) -> None:
    table = pq.read_table(folder / "fct_odd.parquet")
    assert table["told"].to_pylist() == [*HOSTILE, None]
    assert table["seen_on"][0].as_py() == date(2006, 3, 1)
    metadata = pq.read_metadata(folder / "fct_odd.parquet")
    assert metadata.metadata is None
    assert metadata.row_group(0).column(0).compression == "ZSTD"


def test_the_package_says_what_each_table_and_column_is(folder: Path) -> None:
    package = told(folder)
    assert package["version"] == "R1"
    assert (folder / package["licenses"][0]["path"]).is_file()
    odd, publication = package["resources"]
    assert (odd["path"], publication["path"]) == ("fct_odd.csv", "publication.csv")
    assert odd["description"].startswith("Odd rows.")
    assert odd["schema"]["primaryKey"] == ["row_no"]
    assert odd["schema"]["fields"][1] == {"name": "told", "type": "string", "description": "What was delivered."}
    assert [field["type"] for field in odd["schema"]["fields"]] == [
        "integer",
        "string",
        "number",
        "integer",
        "boolean",
        "date",
    ]


def test_the_package_is_valid(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []


@pytest.mark.parametrize(
    ("line", "error"),
    [(b"0,again,0.1,5,true,2006-03-01\r\n", "primary-key"), (b"200,x,0.1,5,true,yesterday\r\n", "type-error")],
)
def test_the_check_of_the_package_finds_what_does_not_fit(line: bytes, error: str, folder: Path) -> None:
    with (folder / "fct_odd.csv").open("ab") as content:
        content.write(line)
    assert {error, "hash-count"} <= {
        kind for (kind,) in Package(str(folder / "datapackage.json")).validate().flatten(["type"])
    }


def test_tables_of_single_cases_and_those_with_lists_stay_where_they_are(folder: Path) -> None:
    assert not [path for path in folder.iterdir() if b"not for anyone" in path.read_bytes()]


def test_two_copies_of_the_same_file_are_the_same_bytes(file: Path, folder: Path, tmp_path: Path) -> None:
    again = written(file, tmp_path / "again")
    assert [(path.name, path.read_bytes()) for path in sorted(again.iterdir())] == [
        (path.name, path.read_bytes()) for path in sorted(folder.iterdir())
    ]


@pytest.mark.parametrize(
    ("description", "key"),
    [
        ("Rows. Grain and primary key: a, b. More.", ["a", "b"]),
        ("Grain: a thing. Key: a.", ["a"]),
        ("Grain and primary key: a; sort by b.", ["a"]),
        ("Grain and primary key: a, c.", []),
        ("Grain: one row.", []),
    ],
)
def test_the_key_of_a_table_is_the_one_that_its_description_names(description: str, key: list[str]) -> None:
    columns = (TableColumn("a", "varchar", ""), TableColumn("b", "varchar", ""))
    assert primary_key(Table("marts", "t", description, 0, columns)) == key
