"""The CSV file of a figure: the rows of the page, in its order, with codes, and nothing that a page would not show."""

import csv
import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from figures import Column, Figure, Kind, Page, Rows, Section
from figures.define import FOLDER
from figures.rows_csv import csv_of, file_name
from pages.data_notes import csv_link, notes

FIGURE = Figure(name="by_month", title="By month", columns=(Column(name="area_name", label="Area", head=True),))
KIND = Kind(
    name="area",
    path="areas/{area_code}.html",
    title="A",
    keys=("area_code",),
    sections=(Section(title="S", figures=(FIGURE,)),),
)
PAGE = Page(KIND, {"area_code": "BED"})

NAMED_BY = {
    "area_name": {"area_code"},
    "inspection_title": {"inspection_id"},
    "measure_title": {"measure_code"},
    "question_text": {"question_code"},
    "sample_group_title": {"sample_group"},
    "category": {"category_code"},
}
"""Names in a query, and the codes that are to stand beside them."""

FOR_OTHER_TOOLS = {"a_to_z", "compare", "home"}
"""Kinds of pages whose figures lead to others, and are data of none."""


def rows(*found: dict[str, Any]) -> Rows:
    return Rows(FIGURE, list(found))


def test_headings_are_the_first_line_and_rows_keep_their_order() -> None:
    told = csv_of(rows({"area_code": "KEN", "area_name": "Kent"}, {"area_code": "BED", "area_name": 'A "B", C\nD'}))
    assert list(csv.reader(StringIO(told))) == [["area_code", "area_name"], ["KEN", "Kent"], ["BED", 'A "B", C\nD']]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (0.5454545454, "0.545455"),
        (2.0, "2"),
        (0.0, "0"),
        (-0.25, "-0.25"),
        (1234, "1234"),
        (date(2005, 9, 30), "2005-09-30"),
    ],
)
def test_a_value_is_written_for_programs(value: Any, written: str) -> None:
    assert csv_of(rows({"code": "BED", "value": value})) == f"code,value\r\nBED,{written}\r\n"


def test_a_list_which_no_csv_holds_is_left_out() -> None:
    assert csv_of(rows({"code": "BED", "months": [1, 2]})) == "code\r\nBED\r\n"


def test_a_file_is_called_by_subject_edition_and_date() -> None:
    assert re.fullmatch(r"area-BED-by-month-staff-.\.csv", file_name(PAGE, rows()))


def test_a_link_has_the_whole_file_in_it_and_no_sign_that_ends_it() -> None:
    hostile = '"><script>alert(1)</script>&amp;#%</section>'
    link = str(csv_link(PAGE, rows({"area_name": hostile, "place": "Cœur, 5 %"})))
    (address,) = re.findall(r'href="data:text/csv;charset=utf-8,([^"]*)"', link)
    assert unquote(address) == csv_of(rows({"area_name": hostile, "place": "Cœur, 5 %"}))
    assert not set("<>&# ") & set(address)


def test_notes_say_what_each_column_is_and_how_to_cite_it() -> None:
    told = notes(KIND, FIGURE, ["area_code", "area_name"], [], "Some are invented.")
    assert "area_name: Area" in told
    assert "Some are invented." in told
    assert "few_cases:" in told
    assert "Cite this" in told
    assert max(map(len, told.splitlines())) <= 120


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*/*.sql")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_code_stands_beside_each_name(file: Path) -> None:
    if file.parent.name in FOR_OTHER_TOOLS or file.stem == "pages":
        return
    query = file.read_text("utf-8")
    selected = query.rpartition("\nselect")[2] or query
    head = selected.partition("\nfrom")[0]
    names = set(re.findall(r"(?:^|[\s.])(\w+)(?: -- \w+)?,?(?= *(?:-- \w+)?$)", head, re.MULTILINE))
    if "*" in head:
        return
    if "category_title" not in query:
        names -= {"category"}  # the code itself
    assert {name for name, codes in NAMED_BY.items() if name in names and not names & codes} == set()
