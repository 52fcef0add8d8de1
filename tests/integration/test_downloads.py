"""A publication's downloads are its public tables and what its pages say, whole and readable."""

import csv
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from frictionless import Package
from python_calamine import CalamineWorkbook

from downloads import write_downloads
from flows.intake.returns import FORMULA_STARTS
from tests.houses import PROJECT, House
from tests.sites import differences, reordered


@pytest.fixture
def published(examples: House) -> Path:
    """The folder of the publication that readers get."""
    return examples.warehouse.resolve() / "current"


@pytest.fixture
def connection(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published / "analyst.duckdb"), read_only=True) as connection:
        yield connection


def _names(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [name for (name,) in connection.execute(query).fetchall()]


def _stems(folder: Path, suffix: str) -> list[str]:
    return sorted(path.stem for path in folder.glob(f"*{suffix}"))


def test_every_mart_without_single_cases_is_there_with_all_its_rows(
    published: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    of_cases = "select table_name from duckdb_columns() where column_name = 'case_key'"
    marts = f"select table_name from duckdb_tables() where schema_name = 'marts' and table_name not in ({of_cases})"
    folder = published / "downloads" / "tables"
    tables = _stems(folder, ".csv")
    assert tables == _stems(folder, ".parquet")
    assert set(tables) - set(_names(connection, marts)) == {
        *("arrival", "availability", "delivery_due", "file_flag", "load_file", "publication_table", "quality_result")
    }
    assert set(_names(connection, marts)) <= set(tables)
    connection.execute("set search_path = 'marts,ops'")
    for table in tables:
        found = connection.execute(f"from read_parquet('{folder}/{table}.parquet')").fetchall()
        assert found == connection.execute(f"from {table} order by all").fetchall()


def test_the_data_package_is_valid_and_every_table_has_its_key(published: Path) -> None:
    package = Package(str(published / "downloads" / "tables" / "datapackage.json"))
    assert package.validate().flatten(["type", "note"]) == []
    without_key = [resource.path for resource in package.resources if not resource.schema.primary_key]
    assert without_key == []
    undescribed = [
        f"{resource.path} {field.name}"
        for resource in package.resources
        for field in resource.schema.fields
        if not field.description
    ]
    assert undescribed == []


def test_no_text_in_a_csv_would_be_a_formula_in_a_spreadsheet(published: Path) -> None:
    """Deliveries with such a text are held; only negative numbers begin like one."""
    for path in (published / "downloads" / "tables").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = {cell for row in csv.reader(file) for cell in row if cell.startswith(FORMULA_STARTS)}
        assert all(float(cell) < 0 for cell in cells)


def test_every_inspection_and_every_area_has_a_workbook(published: Path, connection: duckdb.DuckDBPyConnection) -> None:
    folder = published / "downloads" / "workbooks"
    inspections = _names(connection, "select inspection_id from marts.dim_inspection order by 1")
    assert _stems(folder / "inspections", ".xlsx") == inspections
    assert _stems(folder / "areas", ".xlsx") == _names(connection, "select area_code from marts.dim_area order by 1")


def test_every_measure_and_every_criterion_has_a_national_workbook(
    published: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    folder = published / "downloads" / "workbooks"
    measures = _names(connection, "select distinct measure_code from marts.fct_performance_month order by 1")
    assert set(measures) <= set(_stems(folder / "measures", ".xlsx"))
    criteria = "select framework_code || '-' || criterion_code from marts.dim_criterion order by 1"
    assert set(_stems(folder / "criteria", ".xlsx")) == set(_names(connection, criteria))


def test_the_list_has_every_download_with_its_size_and_checksum_and_the_archive_has_all_of_them(
    published: Path,
) -> None:
    folder = published / "downloads"
    with (folder / "contents.csv").open(encoding="utf-8", newline="") as file:
        listed = {entry["path"]: entry for entry in csv.DictReader(file)}
    (archive,) = folder.glob("casebook-staff-*.zip")
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file() and path != archive}
    beside = {"contents.csv", "tables/datapackage.json", "tables/licence.md", "tables/INVENTED.txt"}
    assert set(listed) == set(files) - beside
    for path, entry in listed.items():
        content = files[path].read_bytes()
        assert (int(entry["bytes"]), entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    with ZipFile(archive) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == {
            path: file.read_bytes() for path, file in files.items()
        }


def test_the_page_lists_every_download(published: Path) -> None:
    page = (published / "site" / "about" / "downloads.html").read_text(encoding="utf-8")
    with (published / "downloads" / "contents.csv").open(encoding="utf-8", newline="") as file:
        assert [each["path"] for each in csv.DictReader(file) if f'"../../downloads/{each["path"]}"' not in page] == []


def test_every_link_from_a_page_to_a_download_leads_to_one(published: Path) -> None:
    pages = [*(published / "site").rglob("*.html")]
    targets = {
        (page.parent / link).resolve()
        for page in pages
        for link in re.findall(r'href="([^"]*\.\./downloads/[^"]*)"', page.read_text(encoding="utf-8"))
    }
    assert [target for target in targets if not target.is_file()] == []
    assert {".csv", ".json", ".parquet", ".txt", ".xlsx", ".zip"} == {target.suffix for target in targets}


def test_a_workbook_has_the_scores_that_were_published_of_bedfordshire(published: Path) -> None:
    workbook = CalamineWorkbook.from_path(published / "downloads" / "workbooks" / "inspections" / "ESI-BED-2005.xlsx")
    rows = workbook.get_sheet_by_name("Summary").to_python()
    (headings,) = (row for row in rows if row[0] == "Code")
    scores = {str(row[0]): row[headings.index("Score (%)")] for row in rows}
    assert (scores["B1"], scores["C"], scores["Overall"]) == (41, 75, 67)


@pytest.mark.long
def test_downloads_do_not_depend_on_the_order_of_rows(published: Path, tmp_path: Path) -> None:
    again = tmp_path / "downloads"
    write_downloads(reordered(published / "analyst.duckdb", tmp_path / "readers.duckdb"), again)
    assert differences(published / "downloads", again) == []


@pytest.mark.parametrize("language", ["python", "sql"])
def test_the_examples_of_the_documentation_run(language: str, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (PROJECT / "docs" / "reference" / "downloads.md").read_text(encoding="utf-8")
    examples = re.findall(rf"^```{language}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert examples
    monkeypatch.chdir(published)
    for example in examples:
        if language == "python":
            exec(example, {})
        else:
            duckdb.connect().execute(example)
