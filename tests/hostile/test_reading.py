"""How bytes become rows: every odd file is read as a person reads it, or rejected with the cause and what to do.

The names of the outcomes are those that the catalogue of deliveries (docs/reference/deliveries.md) lists.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from flows.base.errors import Unreadable
from flows.intake.delivery_name import DeliveryName, parse_name
from flows.intake.read import delivered_table
from flows.intake.sandbox import Sandbox
from tests.hostile.odd_files import (
    COVER,
    HEADER,
    ROWS,
    TABLE,
    TEXT,
    UPW,
    UPW_BOOK,
    UPW_PARQUET,
    hide,
    merged,
    parquet,
    upw,
)
from tests.hostile.readable_files import READ
from tests.hostile.unreadable_files import REJECTED
from tests.samples import GOOD, csv_text
from tests.workbooks import book

CASES = Path(__file__).parents[1] / "data" / "cases"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A reading process for all files."""
    with Sandbox() as one:
        yield one


@pytest.fixture
def read(sandbox: Sandbox, tmp_path: Path) -> Callable[[str, str | bytes], tuple[pa.Table, list[str]]]:
    """Reads a file: its rows, and what its sender is told."""

    def run(name: str, content: str | bytes) -> tuple[pa.Table, list[str]]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        parsed = parse_name(name)
        assert isinstance(parsed, DeliveryName)
        return delivered_table(sandbox, path, parsed)

    return run


Read = Callable[[str, str | bytes], tuple[pa.Table, list[str]]]


def cells(table: pa.Table, column: str) -> list[str]:
    """A column of the rows that have something in them; nothing is empty text."""
    kept = table.filter(table.column("has_content"))
    return [cell or "" for cell in kept.column(column).to_pylist()]


@pytest.mark.parametrize("outcome", READ)
def test_it_is_read_as_a_person_reads_it(outcome: str, read: Read) -> None:
    name, content, expected = READ[outcome]
    table, _ = read(name, content)
    assert {column: cells(table, column) for column in expected} == expected
    assert all(table.column("cells_match").to_pylist())


@pytest.mark.parametrize("outcome", REJECTED)
def test_it_is_rejected_with_the_cause_the_place_and_what_to_do(outcome: str, read: Read) -> None:
    name, content, told = REJECTED[outcome]
    with pytest.raises(Unreadable) as refused:
        read(name, content)
    sentence = str(refused.value)
    assert [word for word in told if word not in sentence] == [], sentence
    assert sentence.isprintable()
    assert sentence.endswith(".")


QUIET = ("semicolons between cells", "a first line sep=", "formulas with their values", "a chart sheet first")
TOLD = {
    "a cover sheet first": ["The sheet Data was read; Cover holds no table of this delivery."],
    "a hidden sheet first": ["The sheet Data was read; Cover holds no table of this delivery."],
    "a second sheet without rows": ["The sheet Data was read; More holds no table of this delivery."],
}


@pytest.mark.parametrize("outcome", [*QUIET, *TOLD])
def test_its_sender_is_told_of_sheets_that_were_not_read_and_of_nothing_else(outcome: str, read: Read) -> None:
    name, content, _ = READ[outcome]
    assert read(name, content)[1] == TOLD.get(outcome, [])


def test_a_table_in_a_hidden_sheet_is_read_and_its_sender_told(read: Read) -> None:
    hidden = book(COVER, ("Data", TABLE), edit=hide)
    table, notes = read(UPW_BOOK, hidden)
    assert cells(table, "item") == ["a", "b"]
    assert notes == ["The sheet Data, which is hidden, was read; Cover holds no table of this delivery."]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("April 2005 (2)", "April 2005 (2)"),
        ("Sheet12", "Sheet12"),
        ("BED10001", "number 1"),
        ("BED-2005-0001", "number 1"),
        ("BED 0412", "number 1"),
    ],
)
def test_a_sheet_is_named_in_a_sentence_unless_its_name_may_be_a_case(name: str, title: str, read: Read) -> None:
    with pytest.raises(Unreadable, match=re.escape(f"The cells D2:D3 of the sheet {title} are merged")):
        read(UPW_BOOK, book((name, TABLE), edit=merged("D2:D3", "a")))


def test_a_column_named_with_what_may_be_a_case_is_not_quoted(read: Read) -> None:
    with pytest.raises(Unreadable) as refused:
        read(UPW, TEXT.replace("area_code", "area_code BED1"))
    assert str(refused.value) == "The file lacks the column area_code."


def test_an_optional_column_that_is_nearly_named_is_left_out_with_a_hint(read: Read) -> None:
    _, notes = read(
        "performance_target_2004-05.csv",
        csv_text([{**GOOD["performance_target"], "profil": "x"}]).replace("profile", "size"),
    )
    assert notes == [
        "Columns that are not part of this delivery were left out: size, profil (profil is perhaps profile)."
    ]


ROW_NUMBERS = {
    "the header first": (UPW, TEXT, [2, 3]),
    "blank lines above the header and among the rows": (UPW, "\n\n" + TEXT.replace("\nBED", "\n\n\nBED"), [6, 9]),
    "blank rows of commas": (UPW, TEXT.replace("\nBED", "\n,,,,,\nBED"), [3, 5]),
    "a first line sep=": (UPW, "sep=,\n" + TEXT, [3, 4]),
    "a line break in a cell": (UPW, upw('BED,1997,t,"a\nb\nc",1,count\nBED,1997,t,d,2,count\n'), [2, 3]),
    "carriage returns alone": (UPW, TEXT.replace("\n", "\r"), [2, 3]),
    "a sheet": (UPW_BOOK, book(("Data", TABLE)), [2, 3]),
    "a sheet with blank rows": (UPW_BOOK, book(("Data", [[], [], HEADER, [], *ROWS])), [5, 6]),
    "Parquet": (UPW_PARQUET, parquet(), [2, 3]),
}


@pytest.mark.parametrize("file", ROW_NUMBERS)
def test_rows_have_the_numbers_that_a_spreadsheet_shows(file: str, read: Read) -> None:
    name, content, numbers = ROW_NUMBERS[file]
    table, _ = read(name, content)
    assert table.filter(table.column("has_content")).column("row_number").to_pylist() == numbers


def test_a_short_row_that_lacks_a_cell_that_must_be_there_is_told_apart(read: Read) -> None:
    table, _ = read(UPW, upw("BED,1997,t,a,1\nBED,1997,t,b,1,count\n"))
    assert table.column("cells_match").to_pylist() == [False, True]


CASES_READ = {
    "ippf_NWA_2009.xlsx": ("actual", ["92", "99", "", "66", "99", "23.5", "67", "685"]),
    "unpaid_work_FLOAT.xlsx": ("value", ["68.4", "12.333333333333", "0.0004", "0.1", "7.73", "5", "6", "7", "8"]),
    "unpaid_work_DOUBLE.parquet": ("value", ["12.333333333333", "0.00001", "0.3", "5"]),
}
CASES_REJECTED = {
    "nsmart_SFK_0404.xlsx": ("cell L2", "open the file in Excel, save it"),
    "nsmart_SRY_0404.xlsx": ("cell R10", "open the file in Excel, save it"),
    "nsmart_LEI_0404.xlsx": ("commenced_on", "F3", "before Excel opened it"),
    "unpaid_work_STRAY.csv": ("opens in row 3",),
}


@pytest.mark.parametrize("name", CASES_READ)
def test_a_reported_file_is_read(name: str, read: Read) -> None:
    column, expected = CASES_READ[name]
    assert cells(read(name, (CASES / name).read_bytes())[0], column) == expected


@pytest.mark.parametrize("name", CASES_REJECTED)
def test_a_reported_file_is_rejected(name: str, read: Read) -> None:
    with pytest.raises(Unreadable) as refused:
        read(name, (CASES / name).read_bytes())
    assert [word for word in CASES_REJECTED[name] if word not in str(refused.value)] == []
