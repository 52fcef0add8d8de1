"""No delivered identifier stands anywhere in what is published, told, logged or shown."""

import csv
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.houses import texts
from tests.integration.conftest import EXAMPLES, House

IDENTIFIERS = {"case_sample": "case_id", "judgement": "case_id", "case_outcome": "case_id", "nsmart": "case_ref"}


def _delivered_identifiers() -> set[str]:
    return {
        row[column]
        for kind, column in IDENTIFIERS.items()
        for path in EXAMPLES.rglob(f"{kind}_*.csv")
        for row in csv.DictReader(path.open(encoding="utf-8"))
    }


SEPARATORS = str.maketrans(dict.fromkeys(",;:()[]{}<>=|\\'\"", " "))


def _named_in(text: str, identifiers: set[str]) -> set[str]:
    """Identifiers that are the text or among its words."""
    return identifiers & {text, *text.translate(SEPARATORS).split()}


def _leaks(database: Path, identifiers: set[str]) -> set[str]:
    """Columns with a cell that is an identifier or has one among its words."""
    return {column for column, cell in texts(database) if _named_in(cell, identifiers)}


def _file_texts(path: Path) -> Iterator[str]:
    """The texts of a file that stands open: of a workbook all its parts without markup, of a table its cells, of an
    archive its names and its files of text; its other files stand beside it too."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            yield from (re.sub(r"<[^>]*>", " ", parts.read(name).decode("utf-8")) for name in parts.namelist())
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as parts:
            yield from parts.namelist()
            texts_in = [name for name in parts.namelist() if not name.endswith((".xlsx", ".parquet"))]
            yield from (parts.read(name).decode("utf-8") for name in texts_in)
    elif path.suffix == ".parquet":
        table = pq.read_table(path)
        yield str(table.schema.metadata)
        yield from (str(cell) for column in table.columns for cell in pc.unique(column).to_pylist())
    else:
        yield path.read_text("utf-8")


def _leaking_files(folder: Path, identifiers: set[str]) -> list[Path]:
    """Files beside the restricted folder, the analysts' files apart, that have an identifier among their words."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".duckdb")
    open_files = [path for path in files if "restricted" not in path.parts]
    return [path for path in open_files if any(_named_in(text, identifiers) for text in _file_texts(path))]


def _prefect_texts(database: Path) -> Iterator[tuple[str, str]]:
    """Every cell of Prefect's own records, as text, and the table: logs and artifacts are what its pages show."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        for table in tables:
            for row in connection.execute(f'select * from "{table}"'):
                yield from ((table, str(cell)) for cell in row if cell is not None)


@pytest.fixture(scope="module")
def identifiers() -> set[str]:
    return _delivered_identifiers()


def test_nothing_published_holds_an_identifier(examples: House, identifiers: set[str]) -> None:
    assert len(identifiers) > 10_000
    for database in examples.warehouse.glob("published/*/*.duckdb"):
        assert _leaks(database, identifiers) == set()


def test_no_file_beside_the_restricted_folder_holds_an_identifier(examples: House, identifiers: set[str]) -> None:
    kinds = {path.suffix for path in examples.warehouse.rglob("published/*/downloads/**/*")}
    assert {".csv", ".parquet", ".json", ".xlsx"} <= kinds
    assert _leaking_files(examples.warehouse, identifiers) == []


def test_no_log_and_no_artifact_holds_an_identifier(examples: House, identifiers: set[str], tmp_path: Path) -> None:
    """With a server these are on its pages, outside the restricted folder."""
    # A copy, because a reader of a database with a write-ahead log writes beside it.
    records = shutil.copytree(examples.warehouse / "restricted" / "prefect", tmp_path / "prefect")
    shown = list(_prefect_texts(records / "prefect.db"))
    assert {"artifact", "log"} <= {table for table, _ in shown}
    assert {table for table, text in shown if _named_in(text, identifiers)} == set()


def test_what_the_command_tells_holds_no_identifier(examples: House, identifiers: set[str]) -> None:
    told = examples.casebook("status")
    assert told.returncode == 0
    assert _named_in(told.stdout + told.stderr, identifiers) == set()


def test_data_docs_hold_no_identifier_and_stay_in_the_restricted_folder(examples: House, identifiers: set[str]) -> None:
    site = (examples.warehouse / "restricted" / "quality").resolve()
    assert site.is_relative_to(examples.warehouse.resolve() / "restricted")
    pages = list(site.rglob("*.html"))
    assert {"index", "nsmart", "judgement", "publication"} <= {page.stem for page in pages}
    assert [page for page in pages if _named_in(page.read_text(encoding="utf-8"), identifiers)] == []
    outside = [path for path in examples.warehouse.rglob("*.html") if "restricted" not in path.parts]
    assert [path for path in outside if "Data Docs" in path.read_text(encoding="utf-8")] == []


def test_the_search_of_logs_finds_a_planted_identifier(tmp_path: Path, identifiers: set[str]) -> None:
    planted = sorted(identifiers)[0]
    with sqlite3.connect(tmp_path / "prefect.db") as records:
        records.execute("create table log (message text)")
        records.execute("insert into log values (?)", [f'<td>{planted}</td>, "{planted}"'])
    ((table, text),) = _prefect_texts(tmp_path / "prefect.db")
    assert (table, _named_in(text, identifiers)) == ("log", {planted})


def test_the_search_finds_a_planted_identifier(tmp_path: Path, identifiers: set[str]) -> None:
    planted = sorted(identifiers)[0]
    database = tmp_path / "planted.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table clean as select 'nothing here' as note")
        connection.execute("create table leaking as select ? as note", [f"see case {planted}, please"])
    assert _leaks(database, identifiers) == {"main.leaking.note"}


def test_the_search_of_files_finds_a_planted_identifier(tmp_path: Path, identifiers: set[str]) -> None:
    planted = sorted(identifiers)[0]
    (tmp_path / "a.csv").write_text(f"id,note\r\n1,see {planted}\r\n", encoding="utf-8")
    pq.write_table(pa.table({"note": ["nothing", f"see {planted}"]}), tmp_path / "b.parquet")
    with xlsxwriter.Workbook(tmp_path / "c.xlsx") as workbook:
        workbook.add_worksheet().write_string(0, 0, f"see {planted}, please")
    assert [path.name for path in _leaking_files(tmp_path, identifiers)] == ["a.csv", "b.parquet", "c.xlsx"]


def test_the_restricted_folder_is_its_owners_only(examples: House) -> None:
    assert (examples.warehouse / "restricted").stat().st_mode & 0o777 == 0o700
    assert (examples.warehouse / "restricted" / "case_key.secret").stat().st_mode & 0o777 == 0o600


def test_a_night_leaves_nothing_outside_the_restricted_folder_but_what_it_publishes(examples: House) -> None:
    """Prefect, dbt and Great Expectations keep files of their own, which may quote what was delivered."""
    home, temporary = (examples.warehouse.parent / name for name in ("home", "tmp"))
    assert [*home.rglob("*"), *temporary.rglob("*")] == []
    assert {path.name for path in examples.warehouse.iterdir()} == {"current", "published", "restricted"}
    own = examples.warehouse / "restricted"
    assert all((own / name).exists() for name in ("prefect/prefect.db", "dbt/manifest.json", "quality/index.html"))


def _days(database: Path) -> set[str]:
    """Columns of tables about single cases with a date that is more exact than its month."""
    with duckdb.connect(str(database), read_only=True) as connection:
        columns = connection.execute(
            """
            select schema_name, table_name, column_name from duckdb_columns() as dates
            where data_type in ('DATE', 'TIMESTAMP') and exists (
                select 1 from duckdb_columns() as keys
                where keys.table_oid = dates.table_oid and keys.column_name = 'case_key'
            )
            """
        ).fetchall()
        return {
            f"{schema}.{table}.{column}"
            for schema, table, column in columns
            if connection.execute(
                f'select 1 from "{schema}"."{table}" where date_trunc(\'month\', "{column}") <> "{column}" limit 1'
            ).fetchall()
        }


def test_dates_of_people_are_published_to_the_month(examples: House, tmp_path: Path) -> None:
    (published,) = examples.warehouse.glob("published/*/analyst.duckdb")
    assert _days(published) == set()
    with duckdb.connect(str(tmp_path / "planted.duckdb")) as connection:
        connection.execute("create table leaking as select 'x' as case_key, date '2004-06-15' as commenced_on")
    assert _days(tmp_path / "planted.duckdb") == {"main.leaking.commenced_on"}
