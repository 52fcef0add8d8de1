"""Whatever text is delivered, pages show it as text."""

import re
import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from flows.base.text import printable
from pages import build_site, list_downloads
from tests.houses import House
from tests.sites import Element, pages_in

HOSTILE = (
    "<script>alert(1)</script></title></svg>\"><img src=x onerror=alert(1)>' onmouseover='alert(1) {{ 7*7 }}"
    "{% raise %} {inspection_id} {0.__class__} &amp; &lt; <!-- ]]> [x](javascript:alert(1)) <https://x.example> **b** "
    f"`c` | d |\n# e\n\x01\x1b[31m\x9b \u202eodd\u2066 {'W' * 120} "
)
"""Written before the text that was there, so that what was sorted, alike or unlike still is."""

OURS = re.compile(
    r".*(_codes?|_id|_status|_group|_method|_scale|_month)"
    r"|run_id|status|level|code|check_name|verdict|characteristic|category|design_part|unit|printed_unit|kind|scoring"
    r"|importance|direction|(six_month_)?signal|period|performance_year|year|answer_scale|conclusion"
    r"|performance_rating|form|follow_up_of|areas|period_kind|selection|pool|region|section_title"
)
"""Columns of words that are ours or the seeds': a delivery with another one is held or waits for its parent."""


def text_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Tables and columns that hold text of any kind."""
    found = connection.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() "
        "semi join duckdb_tables() using (schema_name, table_name) "
        "where schema_name in ('marts', 'ops') and data_type = 'VARCHAR'"
    ).fetchall()
    return [(table, column) for table, column in found if not OURS.fullmatch(column)]


@pytest.fixture(scope="module")
def published(tiny: House) -> Path:
    """A publication of small deliveries of every kind."""
    return tiny.warehouse / "current"


@pytest.fixture(scope="module")
def pages(published: Path) -> dict[str, Element]:
    """Its pages by their path."""
    return pages_in(published / "site")


@pytest.fixture(scope="module")
def hostile_pages(published: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """The pages of the publication with hostile text in every column that holds text."""
    folder = tmp_path_factory.mktemp("hostile")
    file = shutil.copyfile(published / "analyst.duckdb", folder / "hostile.duckdb")
    with duckdb.connect(str(file)) as connection:
        for table, column in text_columns(connection):
            connection.execute(f"update {table} set {column} = $1 || {column}", [HOSTILE])
    build_site(file, folder / "site")
    (folder / "downloads").symlink_to(published / "downloads")
    list_downloads(folder)
    return pages_in(folder / "site")


def shape(page: Element) -> Counter[tuple[str, tuple[str, ...]]]:
    """The elements of a page outside its pictures, with the names of their attributes."""
    drawn = {id(each) for svg in page.all("svg") for each in svg.all()}
    return Counter((each.tag, tuple(each.attributes)) for each in page.all() if id(each) not in drawn)


def test_the_columns_that_deliveries_write_freely_are_tried(published: Path) -> None:
    with duckdb.connect(str(published / "analyst.duckdb"), read_only=True) as publication:
        tried = {
            (table, column) for table, column in text_columns(publication) if _has_text(publication, table, column)
        }
    assert {
        ("marts.dim_inspection", "inspection_title"),
        ("marts.fct_recommendation", "theme"),
        ("marts.fct_recommendation", "addressed_to"),
        ("marts.fct_management_rating", "reason"),
        ("marts.fct_survey_result", "survey_question"),
        ("marts.dim_area_profile", "source"),
        ("marts.fct_ippf", "domain"),
        ("marts.fct_ippf", "metric"),
        ("marts.fct_unpaid_work", "table_title"),
        ("marts.fct_unpaid_work", "item"),
    } <= tried


def _has_text(publication: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    return bool(publication.execute(f"select 1 from {table} where {column} is not null limit 1").fetchall())


def test_hostile_text_adds_no_element_and_no_attribute(
    hostile_pages: dict[str, Element], pages: dict[str, Element]
) -> None:
    assert hostile_pages.keys() == pages.keys()
    for path, page in hostile_pages.items():
        assert shape(page) == shape(pages[path]), path


def test_no_picture_has_more_than_lines_and_texts(hostile_pages: dict[str, Element]) -> None:
    tags = {each.tag for page in hostile_pages.values() for svg in page.all("svg") for each in svg.all()}
    assert tags <= {"circle", "clippath", "defs", "desc", "g", "line", "path", "rect", "svg", "text", "title", "tspan"}


def test_hostile_text_leads_nowhere_new(hostile_pages: dict[str, Element], pages: dict[str, Element]) -> None:
    for path, page in hostile_pages.items():
        assert leads_to(page) == leads_to(pages[path]), path


def leads_to(page: Element) -> list[str]:
    """Where its links lead; the rows of a figure are in their link, of which only the kind counts."""
    links = [a.attributes.get("href") or "" for a in page.all("a")]
    return [link.partition(",")[0] if link.startswith("data:text/csv") else link for link in links]


def test_hostile_text_is_read_as_it_was_written(hostile_pages: dict[str, Element]) -> None:
    page = hostile_pages["inspections/OMI-AVS-2008.html"]
    written = printable(" ".join(HOSTILE.split()))
    assert page.one("h1").text == f"{written} Avon and Somerset OMI inspection (invented), May 2008"
    cells = [cell.text for cell in page.all("td", "th")]
    assert sum(cell.startswith(written) for cell in cells) > 30


def test_no_page_sends_orders_to_whoever_shows_it(hostile_pages: dict[str, Element]) -> None:
    for path, page in hostile_pages.items():
        odd = {character for character in page.raw_text if not (character.isprintable() or character.isspace())}
        assert odd == set(), path
