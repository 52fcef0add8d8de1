"""Pages, pictures and workbooks of a release say no more than its tables."""

from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from attack.pages import PICTURES, findings
from attack.pictures import points

SHARE = 0.93
EXACT = 0.9333333333
PICTURE = """<svg><text text-anchor="end" transform="translate(-8,105)" fill="#000">90%</text>
<text text-anchor="end" transform="translate(-8,5)" fill="#000">100%</text>
<path d="M0,{first}L10,{second}" stroke="#12436D" stroke-width="2"/></svg>"""


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release whose tables have one share, and appointments of 1234."""
    with duckdb.connect(str(tmp_path / "public.duckdb")) as connection:
        connection.execute("create schema public.public")
        connection.execute("create table public.public.shares as select 0.93::double as share, 1234 as appointments")
    return tmp_path


def says(release: Path) -> list[str]:
    return [finding.says for finding in findings(release)]


def write_workbook(path: Path, value: float, hidden: bool = False) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("figures").write(0, 0, value)
        if hidden:
            workbook.add_worksheet("more").hide()


@pytest.mark.parametrize(
    "cell", ["<td>93%</td>", "<td>1,234</td>", "<td>2004-04-01</td>", "<td>0.930</td>", "<td data-order='1'>12.5</td>"]
)
def test_a_page_may_say_what_tables_say(cell: str, release: Path) -> None:
    (release / "page.html").write_text(f"<table><tr>{cell}</tr></table>", encoding="utf-8")
    assert says(release) == []


@pytest.mark.parametrize("cell", ["<td>93.333%</td>", '<td data-order="0.93333">93%</td>', "<title>0.9333</title>"])
def test_digits_that_tables_do_not_have_are_found(cell: str, release: Path) -> None:
    (release / "page.html").write_text(f"<table><tr>{cell}</tr></table>", encoding="utf-8")
    assert says(release) == ["has numbers that the tables do not give"]


@pytest.mark.parametrize(("value", "found"), [(SHARE, []), (EXACT, ["holds numbers that the tables do not give"])])
def test_a_cell_of_a_workbook_that_holds_more_than_it_shows_is_found(
    value: float, found: list[str], release: Path
) -> None:
    write_workbook(release / "book.xlsx", value)
    assert says(release) == found


def test_a_hidden_sheet_is_found(release: Path) -> None:
    write_workbook(release / "book.xlsx", SHARE, hidden=True)
    assert says(release) == ["has comments or hidden sheets"]


@pytest.mark.parametrize("name", ["notes.txt", "data.js"])
def test_a_text_with_digits_that_tables_do_not_have_is_found(name: str, release: Path) -> None:
    (release / name).write_text("share 0.9333", encoding="utf-8")
    assert says(release) == ["has numbers that the tables do not give"]


def test_a_file_that_nothing_reads_is_found(release: Path) -> None:
    (release / "figures.csv.gz").write_bytes(b"")
    assert says(release) == ["is a file of a kind that the attack does not read"]


def test_a_picture_is_read_through_its_axis() -> None:
    drawn = next(points(PICTURE.format(first=70, second=66.67)))
    assert [value for value, _ in drawn] == pytest.approx([SHARE, 0.93333])


@pytest.mark.parametrize(("first", "second", "found"), [(70, 70, []), (66.67, 66.67, [PICTURES])])
def test_a_picture_of_exact_values_is_found(first: float, second: float, found: list[str], release: Path) -> None:
    (release / "page.html").write_text(PICTURE.format(first=first, second=second), encoding="utf-8")
    assert says(release) == found
