"""Bytes to rows of text, whatever their spelling; what cannot be read is refused with a sentence and never crashes."""

import gzip
import io
import re
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.base.errors import Unreadable
from flows.intake.formats import bounds, read_rows
from tests.samples import ANY, CellError, xlsx_bytes

PLAIN = "a,b\n1,x\n2,y\n"
ROWS = [["a", "b"], ["1", "x"], ["2", "y"]]


def rows_of(data: bytes, file_format: str = "csv") -> list[list[str | None]]:
    """The records of a file as lists."""
    return [list(record.values()) for record in read_rows(data, file_format, ANY).cells.to_pylist()]


def parquet_bytes(columns: dict[str, list[object]]) -> bytes:
    """Columns as a Parquet file."""
    data = io.BytesIO()
    pq.write_table(pa.table(columns), data)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.removesuffix("\n").encode(),
        PLAIN.encode() + b"\n\n\r\n\n",
        b"a,b\r\n1,x\n2,y\r\n",
        b'"a","b"\n"1","x"\n"2","y"\n',
    ],
    ids=["utf8", "bom", "crlf", "cr", "no-last-line-end", "trailing-lines", "mixed-line-ends", "quoted"],
)
def test_spellings_of_the_same_csv_read_the_same(data: bytes) -> None:
    assert rows_of(data) == ROWS


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_many_rows_read_whatever_ends_their_lines(line_end: str) -> None:
    assert len(rows_of(line_end.join(["a,b", *["1,x"] * 1_000]).encode())) == 1_001


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_utf8_and_windows_1252_give_the_same_letters(encoding: str) -> None:
    text = "a,b\n1,Ynys Môn \N{EN DASH} “café” €5\n"
    assert rows_of(text.encode(encoding))[1] == ["1", "Ynys Môn \N{EN DASH} “café” €5"]


def test_line_breaks_commas_and_doubled_quotes_inside_quotes_belong_to_the_value() -> None:
    assert rows_of(b'a,b\n1,"x\ny, ""z"""\n2,"p\r\nq"\n') == [["a", "b"], ["1", 'x\ny, "z"'], ["2", "p\r\nq"]]


def test_a_row_longer_or_shorter_than_the_header_is_kept_as_it_is() -> None:
    assert rows_of(b"a,b\n1,x,more\n2\n") == [["a", "b", None], ["1", "x", "more"], ["2", None, None]]


def test_text_that_looks_like_a_number_or_nothing_stays_text() -> None:
    assert rows_of(b"a,b\n007,NA\n1e5,null\n")[1:] == [["007", "NA"], ["1e5", "null"]]


def test_a_gzipped_csv_reads_as_the_csv() -> None:
    assert rows_of(gzip.compress(PLAIN.encode()), "csv.gz") == ROWS


def test_workbook_cells_read_as_a_csv_would_spell_them() -> None:
    data = xlsx_bytes([["a", "b", "c", "d"], ["007", 7, 7.5, date(2005, 3, 9)], [None, 0, -1, "x"]])
    assert rows_of(data, "xlsx") == [["a", "b", "c", "d"], ["007", "7", "7.5", "2005-03-09"], ["", "0", "-1", "x"]]


def test_of_a_workbook_the_first_sheet_is_read() -> None:
    data, first = io.BytesIO(), xlsx_bytes(ROWS)
    with zipfile.ZipFile(io.BytesIO(first)) as one, zipfile.ZipFile(data, "w") as two:
        for name in one.namelist():
            content = one.read(name).replace(b"</sheets>", b'<sheet name="notes" sheetId="2" r:id="r9"/></sheets>')
            if name.endswith("workbook.xml.rels"):
                link = re.search(rb"<Relationship Id=.r1.[^>]*>", content)
                assert link is not None
                second = link[0].replace(b"r1", b"r9").replace(b"sheet1", b"sheet2")
                content = content.replace(link[0], link[0] + second)
            two.writestr(name, content)
        two.writestr("xl/worksheets/sheet2.xml", one.read("xl/worksheets/sheet1.xml").replace(b">x<", b">other<"))
    assert rows_of(data.getvalue(), "xlsx") == ROWS
    assert python_calamine.load_workbook(io.BytesIO(data.getvalue())).sheet_names[1:] == ["notes"]


def test_a_workbook_cell_with_an_error_reads_as_what_it_shows() -> None:
    data = xlsx_bytes([["a", "b", "c"], [CellError("#N/A"), 7, "x"], [CellError("#REF!"), None, CellError("#SPILL!")]])
    assert rows_of(data, "xlsx")[1:] == [["#N/A", "7", "x"], ["#REF!", "", "#SPILL!"]]


def test_parquet_cells_read_as_a_csv_would_spell_them() -> None:
    data = parquet_bytes(
        {
            "text": ["007", None],
            "whole": [7, 0],
            "real": [7.0, 7.5],
            "day": [date(2005, 3, 9), None],
            "moment": [datetime(2005, 3, 9), None],
            "exact": [Decimal("7.50"), None],
        }
    )
    assert rows_of(data, "parquet") == [
        ["text", "whole", "real", "day", "moment", "exact"],
        ["007", "7", "7", "2005-03-09", "2005-03-09", "7.50"],
        ["", "0", "7.5", "", "", ""],
    ]


@pytest.mark.parametrize("file_format", ["csv", "csv.gz", "xlsx", "parquet"])
def test_a_file_of_no_bytes_is_empty(file_format: str) -> None:
    with pytest.raises(Unreadable, match="empty"):
        read_rows(b"", file_format, ANY)


@pytest.mark.parametrize(
    ("data", "file_format"),
    [
        (b"\xef\xbb\xbf", "csv"),
        (b"\n\r\n\n", "csv"),
        (gzip.compress(b""), "csv.gz"),
        (xlsx_bytes([]), "xlsx"),
    ],
    ids=["bom-only", "line-ends-only", "gzip-of-nothing", "empty-sheet"],
)
def test_a_file_without_any_content_is_empty(data: bytes, file_format: str) -> None:
    with pytest.raises(Unreadable, match="empty"):
        read_rows(data, file_format, ANY)


CONTENT = {
    "csv": PLAIN.encode(),
    "csv.gz": gzip.compress(PLAIN.encode()),
    "xlsx": xlsx_bytes([["a", "b"], ["1", "x"]]),
    "parquet": parquet_bytes({"a": ["1"], "b": ["x"]}),
}


@pytest.mark.parametrize("content", CONTENT)
@pytest.mark.parametrize("named", CONTENT)
def test_a_file_that_is_not_the_format_its_name_says_is_refused(named: str, content: str) -> None:
    if named != content:
        with pytest.raises(Unreadable):
            read_rows(CONTENT[content], named, ANY)


@pytest.mark.parametrize("file_format", ["csv.gz", "xlsx", "parquet"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_file_cut_short_anywhere_is_refused(file_format: str, data: st.DataObject) -> None:
    whole = CONTENT[file_format]
    length = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(Unreadable):
        read_rows(whole[:length], file_format, ANY)


@pytest.mark.parametrize("file_format", ["csv", "csv.gz", "xlsx", "parquet"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_but_never_ends_the_night(file_format: str, data: st.DataObject) -> None:
    damaged = bytearray(CONTENT[file_format])
    for position in data.draw(st.lists(st.integers(0, len(damaged) - 1), min_size=1, max_size=4)):
        damaged[position] = data.draw(st.integers(0, 255))
    with suppress(Unreadable):
        read_rows(bytes(damaged), file_format, ANY)


def test_a_quotation_mark_left_open_is_refused() -> None:
    with pytest.raises(Unreadable, match="quotation mark"):
        read_rows(b'a,b\n1,"x\n2,y\n', "csv", ANY)


def test_nul_characters_are_refused() -> None:
    with pytest.raises(Unreadable, match="NUL"):
        read_rows(b"a,b\n1,\x00\n", "csv", ANY)


def test_bytes_that_neither_encoding_knows_are_refused() -> None:
    with pytest.raises(Unreadable, match="UTF-8"):
        read_rows(b"a,b\n1,\x81\n", "csv", ANY)


@pytest.mark.parametrize(
    ("data", "file_format"),
    [
        (gzip.compress(b"a,b\n" + b"0,0\n" * 100_000), "csv.gz"),
        (xlsx_bytes([["a", "b"], ["0" * 100_000, "x"]]), "xlsx"),
        (parquet_bytes({"a": ["0" * 1_000] * 100}), "parquet"),
    ],
    ids=["gzip", "xlsx", "parquet"],
)
def test_a_file_that_unpacks_beyond_bounds_is_refused(
    data: bytes, file_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "LARGEST_CONTENT", 1_000)
    with pytest.raises(Unreadable, match="unpacks to more"):
        read_rows(data, file_format, ANY)


@pytest.mark.parametrize("stray", ["XFD1048576", "CZ1048576", "XFD10000"])
def test_a_stray_cell_far_from_the_table_does_not_take_the_memory(stray: str) -> None:
    with pytest.raises(Unreadable, match="too many cells"):
        read_rows(xlsx_bytes([["a", "b"], ["1", "x"]], stray), "xlsx", ANY)


def test_a_stray_cell_near_the_table_is_read() -> None:
    assert len(rows_of(xlsx_bytes([["a", "b"], ["1", "x"]], "C100"), "xlsx")) == 100


def test_a_workbook_part_that_unpacks_to_more_than_it_says_is_refused() -> None:
    whole = xlsx_bytes([["a", "b"], ["0" * 100_000, "x"]])
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        said = parts.getinfo("xl/worksheets/sheet1.xml").file_size
    with pytest.raises(Unreadable, match="not a readable XLSX"):
        read_rows(whole.replace(struct.pack("<I", said), struct.pack("<I", 100)), "xlsx", ANY)


def test_text_in_parquet_that_is_not_text_is_refused_or_kept_as_text() -> None:
    not_text = pa.array([b"\xff\xfe"], pa.binary()).view(pa.string())
    data = io.BytesIO()
    pq.write_table(pa.table({"a": not_text}), data)
    with pytest.raises(Unreadable):
        read_rows(data.getvalue(), "parquet", ANY)


@pytest.mark.parametrize("data", [b"x," * 500 + b"\n", b"a\n" + b"x," * 500 + b"\n"], ids=["header", "row"])
def test_a_csv_with_hundreds_of_columns_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="columns"):
        read_rows(data, "csv", ANY)
