"""What the search is given: entries with their codes, columns once by their name, and text that stays text."""

import json
from dataclasses import replace

import pytest

from figures import Column, Figure, Rows
from figures.coverage import Coverage
from figures.dictionary import Table, TableColumn
from pages.finder import Entry, columns_by_name, entries, script
from pages.site_map import SiteMap

FIGURE = Figure(
    name="areas",
    title="Area",
    columns=(
        Column(name="area_name", label="Area", head=True, link="areas/{area_code}.html"),
        Column(name="area_code", label="Code"),
        Column(name="region", label="Region"),
    ),
)


def table(name: str, *columns: str, description: str = "Scores. Grain and primary key: a_code, b_code. More.") -> Table:
    return Table(
        "marts", name, description, 1, tuple(TableColumn(each, "varchar", f"{each} it is") for each in columns)
    )


class AllPages(SiteMap):
    """A map on which every link leads somewhere."""

    def leads(self, column: Column, row: dict[str, object]) -> str | None:
        return (column.link or "").format_map(row)


def test_a_row_of_the_a_to_z_is_an_entry_with_its_code() -> None:
    rows = Rows(FIGURE, [{"area_name": "Kent", "area_code": "KEN", "region": "South East"}])
    assert next(entries(AllPages({}), [rows], [])) == Entry("Area", "Kent", "KEN", "South East", "areas/KEN.html")


def test_a_row_without_a_page_is_no_entry() -> None:
    rows = Rows(FIGURE, [{"area_name": "Kent", "area_code": "KEN", "region": "South East"}])
    assert "Area" not in {entry.subject for entry in entries(SiteMap({}), [rows], [])}


def test_terms_of_the_glossary_are_entries_and_heads_of_its_tables_are_none() -> None:
    terms = {entry.name: entry.more for entry in entries(SiteMap({}), [], []) if entry.subject == "Term"}
    assert "achievement" in terms
    assert not terms.keys() & {"term", "---"}


def test_a_column_of_several_tables_is_listed_once_with_all_of_them() -> None:
    found = columns_by_name([table("b", "key", "value"), table("a", "key")])
    assert [(each.described.name, [of.name for of in each.tables]) for each in found] == [
        ("key", ["b", "a"]),
        ("value", ["b"]),
    ]


def test_a_table_is_found_by_what_it_covers_and_when_to_use_it() -> None:
    made = replace(
        table("fct_a", description="Scores. Key: a_code. Use it when you ask how it went."),
        covers=Coverage("April 2004 to March 2005", 42),
    )
    said = {entry.name: entry.more for entry in entries(SiteMap({}), [], [made])}
    assert said["fct_a"] == (
        "Scores. One row for each a_code. April 2004 to March 2005, 42 areas. Use it when you ask how it went."
    )
    assert said["fct_a.csv"] == "CSV, April 2004 to March 2005, 42 areas"


def test_entries_are_a_script_that_sets_them_and_does_nothing_else() -> None:
    hostile = Entry("Area", "</script>';alert(1)//", "`${1}`", "\u2028", "x.html")
    text = script([hostile])
    assert text.startswith("window.CASEBOOK_ENTRIES = [")
    assert json.loads(text.removeprefix("window.CASEBOOK_ENTRIES = ").removesuffix(";\n")) == [list(hostile)]


@pytest.mark.parametrize(
    ("made", "subject"),
    [
        (table("dim_area", "area_code"), "Names and codes"),
        (table("fct_section_score", "inspection_id"), "Inspections"),
        (table("fct_performance_month", "area_code"), "Performance and context of areas"),
    ],
)
def test_tables_are_grouped_by_what_they_are_about(made: Table, subject: str) -> None:
    assert made.subject == subject


@pytest.mark.parametrize(
    ("description", "summary", "row"),
    [
        ("Scores. Grain and primary key: a_code, b_code. More.", "Scores.", "a_code, b_code"),
        ("Rows held. Key: file_id, row_number. A row.", "Rows held.", "file_id, row_number"),
        ("Deliveries. Grain: a delivery. Key: kind.", "Deliveries.", "kind"),
        ("Anything", "Anything.", ""),
    ],
)
def test_a_table_says_what_it_holds_and_what_tells_its_rows_apart(description: str, summary: str, row: str) -> None:
    made = table("t", description=description)
    assert (made.summary, made.row) == (summary, row)
