"""The list of downloads: what a file of a publication's folder is, how large, and where on the page about them."""

import csv
from pathlib import Path

import pytest

from downloads.contents import Entry
from pages import list_downloads
from pages.listing import BEFORE
from tests.sites import Element, parse

ENTRIES = [
    Entry("Guide", "Guide to the tables", "What columns are.", "TXT", 152_140, "a" * 64, "guide.txt"),
    Entry("Workbooks: Area", "Kent & Medway", "Sheets: Months.", "XLSX", 950, "b" * 64, "workbooks/areas/KEN.xlsx"),
    Entry("Workbooks: Area", "Essex", "Sheets: Months.", "XLSX", 2_340, "c" * 64, "workbooks/areas/ESX.xlsx"),
    Entry("Tables: Inspections", "fct_score", "Scores.", "CSV", 12_345_678, "d" * 64, "tables/fct_score.csv"),
    Entry("Tables: Inspections", "fct_score", "Scores.", "PARQUET", 800_000, "e" * 64, "tables/fct_score.parquet"),
    Entry("Tables: Inspections", "dim_area", "Areas.", "CSV", 99, "f" * 64, "tables/dim_area.csv"),
]


@pytest.fixture
def page(tmp_path: Path) -> Element:
    """The page of a publication with these downloads."""
    (tmp_path / "downloads").mkdir()
    (tmp_path / "site" / "about").mkdir(parents=True)
    with (tmp_path / "downloads" / "contents.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([Entry._fields, *ENTRIES])
    (tmp_path / "downloads" / "casebook-staff-2006-06-15.zip").write_bytes(b"0" * 3_000_000)
    file_of_page = tmp_path / "site" / "about" / "downloads.html"
    file_of_page.write_text(f"<main><h1>Downloads</h1>{BEFORE}><h2>Cite this</h2></section></main>", encoding="utf-8")
    list_downloads(tmp_path)
    return parse(file_of_page.read_text(encoding="utf-8"))


def test_every_file_is_listed_with_its_format_and_size(page: Element) -> None:
    said = [
        [cell.text for cell in row.all("th", "td")]
        for table in page.all("table")
        for row in table.one("tbody").all("tr")
    ]
    assert said == [
        ["Guide to the tables", "TXT of Guide to the tables (152 KB)"],
        ["Kent & Medway", "XLSX of Kent & Medway (1 KB)"],
        ["Essex", "XLSX of Essex (2 KB)"],
        ["fct_score", "Scores.", "CSV of fct_score (12.3 MB), PARQUET of fct_score (800 KB)"],
        ["dim_area", "Areas.", "CSV of dim_area (1 KB)"],
    ]


def test_what_is_said_of_all_things_of_a_subject_is_said_once(page: Element) -> None:
    assert [each.text for each in page.all("p")].count("Sheets: Months.") == 1


def test_links_lead_from_the_page_to_the_files(page: Element) -> None:
    links = [each.attributes["href"] for each in page.all("a") if each.attributes["href"].startswith("..")]
    paths = ["casebook-staff-2006-06-15.zip", "contents.csv", *(entry.path for entry in ENTRIES)]
    assert links == [f"../../downloads/{path}" for path in paths]


def test_the_list_stands_before_the_box_that_says_how_to_cite(page: Element) -> None:
    assert [each.text for each in page.all("h1", "h2")] == ["Downloads", "All files", "Cite this"]
