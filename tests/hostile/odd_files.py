"""Odd files as senders make them, by the outcomes that the catalogue (docs/reference/deliveries.md) lists."""

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.samples import GOOD, csv_text, good_rows, xlsx_bytes
from tests.workbooks import book

HEADER = ["area_code", "year", "table", "item", "value", "unit"]
ROWS = [["BED", "1997", "t", "a", "1", "count"], ["BED", "1997", "t", "b", "2.5", "count"]]
TABLE = [HEADER, *ROWS]
TEXT = "".join(",".join(row) + "\n" for row in TABLE)

UPW, UPW_BOOK, UPW_PARQUET = "unpaid_work_X.csv", "unpaid_work_X.xlsx", "unpaid_work_X.parquet"
NSMART_BOOK = "nsmart_BED_0404.xlsx"
JUDGEMENTS = "judgement_ESI-BED-2005.csv"

Columns = dict[str, list[str]]


def with_values(*values: Any) -> list[list[Any]]:
    """A table with a row for each value."""
    return [HEADER, *(["BED", "1997", "t", str(n), value, "count"] for n, value in enumerate(values))]


def parquet(**columns: Any) -> bytes:
    """The two good rows as Parquet with other columns in the place of theirs."""
    table = {name: [row[place] for row in ROWS] for place, name in enumerate(HEADER)}
    data = io.BytesIO()
    pq.write_table(pa.table({**table, **columns}), data)
    return data.getvalue()


def twice() -> bytes:
    """The two good rows as Parquet with one column twice."""
    names = [*HEADER, "unit"]
    data = io.BytesIO()
    pq.write_table(pa.table([[row[HEADER.index(name)] for row in ROWS] for name in names], names=names), data)
    return data.getvalue()


def nsmart_book(**columns: list[Any]) -> bytes:
    """A monthly extract as a workbook, with a row for each cell of these columns."""
    rows = [
        {**row, **dict(zip(columns, cells, strict=True))}
        for row, *cells in zip(good_rows("nsmart", 20), *columns.values(), strict=False)
    ]
    return book(("Data", [list(rows[0]), *(list(row.values()) for row in rows)]))


def formatted(number_format: str, *values: float) -> bytes:
    """A workbook whose values have a number format."""

    def edit(workbook: Any, sheet: Any) -> None:
        shown = workbook.add_format({"num_format": number_format})
        for row, value in enumerate(values, 1):
            sheet.write_number(row, 4, value, shown)

    return book(("Data", with_values(*values)), edit=edit)


def formulas(*cached: object) -> bytes:
    """A workbook whose values are formulas with these cached values."""

    def edit(_: Any, sheet: Any) -> None:
        for row, value in enumerate(cached, 1):
            sheet.write_formula(row, 4, "=1+1", None, value)

    return book(("Data", with_values(*cached)), edit=edit)


def without_cached(data: bytes) -> bytes:
    """The workbook as openpyxl writes formulas: without values."""
    return changed(data, "xl/worksheets/sheet1.xml", b"<v>77</v>", b"<v/>")


def empty_text() -> bytes:
    """A workbook with a formula that gives an empty text, as Excel writes it."""
    return changed(formulas("", 7), "xl/worksheets/sheet1.xml", b'<c r="E2"><f>', b'<c r="E2" t="str"><f>')


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with something else in one of its parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            assert name != part or old in content
            target.writestr(name, content.replace(old, new) if name == part else content)
    return written.getvalue()


def archive(**parts: str) -> bytes:
    """A zip with these parts, not packed."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return data.getvalue()


def container(stream: str) -> bytes:
    """The beginning of a file of Microsoft's older format, with a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(500)


def hide(_: Any, sheet: Any) -> None:
    """Hide the sheet."""
    sheet.hide()


def chart_first() -> bytes:
    """A workbook whose first sheet is a chart."""

    def edit(workbook: Any, _: Any) -> None:
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$E$2:$E$3"})
        workbook.add_chartsheet("Picture").set_chart(chart)
        workbook.worksheets_objs.reverse()

    return book(("Data", TABLE), edit=edit)


def merged(cells: str, value: str) -> Callable[[Any, Any], None]:
    """Merge cells."""
    return lambda _, sheet: sheet.merge_range(cells, value)


def upw(text: str) -> str:
    """A CSV with these rows under the header."""
    return f"{','.join(HEADER)}\n{text}"


NOTES = [["Unpaid work"], [], ["Figures of the area's own", "", "see the note"]]
COVER = ("Cover", [["Unpaid work of Bedfordshire"], ["made in June"]])

READ: dict[str, tuple[str, str | bytes, Columns]] = {
    "a cell formatted as a per cent is what Excel shows": (
        UPW_BOOK,
        formatted("0%", 0.92, 0.8100000000000001, 0.29, 1.5),
        {"value": ["92", "81", "29", "150"]},
    ),
    "a per cent format of one's own counts as one": (
        UPW_BOOK,
        formatted('[Red]0.00 %;"minus "-0.00 %', 0.9246, -0.5),
        {"value": ["92.46", "-50"]},
    ),
    "a quoted per cent sign in a format changes nothing": (UPW_BOOK, formatted('0.0"%"', 92.5), {"value": ["92.5"]}),
    "leading zeros that a format shows are there": (
        UPW_BOOK,
        formatted("0000", 404, 7, 12345),
        {"value": ["0404", "0007", "12345"]},
    ),
    "numbers as Excel stores them": (
        UPW_BOOK,
        book(
            (
                "Data",
                with_values(
                    30.299999999999997, 12.333333333333334, 1e-05, 68.400000000000006, 1234567890123, 1e12, 0.1 + 0.2
                ),
            )
        ),
        {"value": ["30.3", "12.333333333333", "0.00001", "68.4", "1234567890123", "1000000000000", "0.3"]},
    ),
    "a number of more digits than Excel keeps shows its exponent": (
        UPW_BOOK,
        book(("Data", with_values(12345678901234567))),
        {"value": ["1.23456789012346E+16"]},
    ),
    "formulas with their values": (UPW_BOOK, formulas(0, 7, 2.5), {"value": ["0", "7", "2.5"]}),
    "a formula whose value is an empty text": (UPW_BOOK, empty_text(), {"value": ["", "7"]}),
    "truth values": (UPW_BOOK, book(("Data", with_values(True, False))), {"value": ["Y", "N"]}),
    "dates of the 1904 system": (
        NSMART_BOOK,
        book(
            (
                "Data",
                [
                    list(GOOD["nsmart"]),
                    [date(2003, 8, 4) if n == "commenced_on" else v for n, v in GOOD["nsmart"].items()],
                ],
            ),
            date_1904=True,
        ),
        {"commenced_on": ["04/08/2003"]},
    ),
    "real dates with days above 12 beside dates as text": (
        NSMART_BOOK,
        nsmart_book(commenced_on=[date(2003, 8, 14), "04/08/2003"]),
        {"commenced_on": ["14/08/2003", "04/08/2003"]},
    ),
    "real dates alone": (
        NSMART_BOOK,
        nsmart_book(commenced_on=[date(2003, 8, 4), date(2003, 9, 30)]),
        {"commenced_on": ["04/08/2003", "30/09/2003"]},
    ),
    "a cover sheet first": (UPW_BOOK, book(COVER, ("Data", TABLE)), {"item": ["a", "b"]}),
    "a hidden sheet first": (
        UPW_BOOK,
        changed(book(COVER, ("Data", TABLE)), "xl/workbook.xml", b'sheetId="1"', b'sheetId="1" state="hidden"'),
        {"item": ["a", "b"]},
    ),
    "a chart sheet first": (UPW_BOOK, chart_first(), {"item": ["a", "b"]}),
    "a second sheet without rows": (UPW_BOOK, book(("Data", TABLE), ("More", [HEADER])), {"item": ["a", "b"]}),
    "an empty second sheet": (UPW_BOOK, book(("Data", TABLE), ("Sheet2", [])), {"item": ["a", "b"]}),
    "hidden rows": (
        UPW_BOOK,
        book(("Data", TABLE), edit=lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True})),
        {"item": ["a", "b"]},
    ),
    "merged cells beside the delivery's columns": (
        UPW_BOOK,
        book(("Data", [[*HEADER, "remarks"], *ROWS]), edit=merged("G2:G3", "checked")),
        {"item": ["a", "b"]},
    ),
    "a table that does not begin in the first cell": (
        UPW_BOOK,
        book(("Data", [[], [], *([None, *row] for row in TABLE)])),
        {"item": ["a", "b"]},
    ),
    "Parquet of 4-byte numbers": (
        UPW_PARQUET,
        parquet(value=pa.array([33.3, 1e-5], pa.float32())),
        {"value": ["33.3", "0.00001"]},
    ),
    "Parquet of 8-byte numbers": (
        UPW_PARQUET,
        parquet(value=[0.30000000000000004, 12.333333333333334]),
        {"value": ["0.3", "12.333333333333"]},
    ),
    "Parquet of decimals": (
        UPW_PARQUET,
        parquet(value=[Decimal("7.50"), Decimal("0.00")]),
        {"value": ["7.50", "0.00"]},
    ),
    "Parquet of large whole numbers": (
        UPW_PARQUET,
        parquet(value=pa.array([2**63, 12345678901234567], pa.uint64())),
        {"value": ["9223372036854775808", "12345678901234567"]},
    ),
    "Parquet of times at midnight": (
        UPW_PARQUET,
        parquet(year=[datetime(1997, 4, 1), datetime(1997, 4, 1)]),
        {"year": ["1997-04-01"] * 2},
    ),
    "Parquet of times in a zone": (
        UPW_PARQUET,
        parquet(year=pa.array([datetime(1997, 4, 1, tzinfo=UTC)] * 2, pa.timestamp("us", "UTC"))),
        {"year": ["1997-04-01"] * 2},
    ),
    "Parquet of categories": (
        UPW_PARQUET,
        parquet(item=pa.array(["a", "b"]).dictionary_encode()),
        {"item": ["a", "b"]},
    ),
    "semicolons between cells": (UPW, TEXT.replace(",", ";"), {"value": ["1", "2.5"]}),
    "tabs between cells": (UPW, TEXT.replace(",", "\t"), {"value": ["1", "2.5"]}),
    "bars between cells": (UPW, TEXT.replace(",", "|"), {"value": ["1", "2.5"]}),
    "a first line sep=": (UPW, "sep=;\r\n" + TEXT.replace(",", ";"), {"value": ["1", "2.5"]}),
    "a first line sep=,": (UPW, '"sep=,"\n' + TEXT, {"value": ["1", "2.5"]}),
    "semicolons and quoted commas": (
        UPW,
        TEXT.replace(",", ";").replace(";b;", ';"b, or c";'),
        {"item": ["a", "b, or c"]},
    ),
    "rows without their empty cells at the end": (
        "recommendation_ESI-BED-2005.csv",
        "inspection_id,recommendation_no,theme,addressed_to,status,status_on,criterion_code,due_on\nESI-BED-2005,1,plans,Area,open,2005-12-01\n",
        {"criterion_code": [""], "due_on": [""]},
    ),
    "a delimiter at the end of every row": (UPW, TEXT.replace("count", "count,"), {"value": ["1", "2.5"]}),
    "line breaks inside quotation marks": (
        UPW,
        upw('BED,1997,t,"one,\ntwo, three",1,count\n'),
        {"item": ["one,\ntwo, three"]},
    ),
    "marks inside a cell without quotation marks": (UPW, upw('BED,1997,t,6" by 8",1,count\n'), {"item": ['6" by 8"']}),
    "marks that nobody sees in the header": (
        UPW,
        TEXT.replace("area_code", "\ufeff\u200barea_code\u00a0"),
        {"value": ["1", "2.5"]},
    ),
    "a file of Windows-1252": (
        UPW,
        TEXT.replace("a,1", "Équipe Siân,1").encode("cp1252"),
        {"item": ["Équipe Siân", "b"]},
    ),
    "a gzip of several members": (
        UPW + ".gz",
        gzip.compress(TEXT[:60].encode()) + gzip.compress(TEXT[60:].encode()),
        {"item": ["a", "b"]},
    ),
    "a very hidden sheet": (
        UPW_BOOK,
        book(COVER, ("Data", TABLE), edit=lambda book, _: book.worksheets()[1].very_hidden()),
        {"item": ["a", "b"]},
    ),
    "a note in the margin of a sheet": (
        UPW_BOOK,
        book(("Data", TABLE), edit=lambda _, sheet: sheet.write_comment("A2", "BED/2005/0001")),
        {"item": ["a", "b"]},
    ),
    "a text of several fonts": (
        UPW_BOOK,
        book(
            ("Data", TABLE),
            edit=lambda book, sheet: sheet.write_rich_string(1, 3, "a", book.add_format({"bold": True}), "bc", "d"),
        ),
        {"item": ["abcd", "b"]},
    ),
    "thousands and currency in a format": (UPW_BOOK, formatted('"£"#,##0.00', 1234567.5), {"value": ["1234567.5"]}),
    "a number that its format rounds": (UPW_BOOK, formatted("0", 9.7), {"value": ["9.7"]}),
    "two marks of the encoding": (UPW, b"\xef\xbb\xbf" * 2 + TEXT.encode(), {"item": ["a", "b"]}),
    "line ends of every kind in one file": (
        UPW,
        upw("BED,1997,t,a,1,count\r\nBED,1997,t,b,2,count\rBED,1997,t,c,3,count\n\n"),
        {"item": ["a", "b", "c"]},
    ),
    "two carriage returns at every line end": (UPW, TEXT.replace("\n", "\r\r\n"), {"item": ["a", "b"]}),
    "a column of row numbers without a name": (
        UPW,
        "".join(f"{n or ''},{line}\n" for n, line in enumerate(TEXT.splitlines())),
        {"item": ["a", "b"]},
    ),
    "Parquet of bytes that are text": (UPW_PARQUET, parquet(item=pa.array([b"a", b"b"])), {"item": ["a", "b"]}),
    "Parquet of decimals with ten places": (
        UPW_PARQUET,
        parquet(value=pa.array([Decimal("7.5"), Decimal("0")], pa.decimal128(38, 10))),
        {"value": ["7.5000000000", "0.0000000000"]},
    ),
    "Parquet of days": (UPW_PARQUET, parquet(year=[date(1997, 4, 1)] * 2), {"year": ["1997-04-01"] * 2}),
    "Parquet of a time in London's summer": (
        UPW_PARQUET,
        parquet(year=pa.array([datetime(1997, 3, 31, 23, tzinfo=UTC)] * 2, pa.timestamp("us", "Europe/London"))),
        {"year": ["1997-04-01"] * 2},
    ),
    "references with an E in them": (
        JUDGEMENTS,
        csv_text([{**GOOD["judgement"], "case_id": "2E10"}]),
        {"case_id": ["2E10"]},
    ),
}

REJECTED: dict[str, tuple[str, str | bytes, tuple[str, ...]]] = {
    "a formula without a value": (
        UPW_BOOK,
        without_cached(formulas(3, 77)),
        ("cell E3", "sheet Data", "open the file in Excel, save it"),
    ),
    "formulas that were never calculated": (
        UPW_BOOK,
        formulas(0, 0),
        ("cell E2", "sheet Data", "open the file in Excel, save it"),
    ),
    "dates that Excel has swapped": (
        NSMART_BOOK,
        nsmart_book(breach_required_on=["19/03/2004", date(2004, 5, 3)]),
        ("breach_required_on", "P3", "P2", "before Excel opened it"),
    ),
    "two sheets with rows": (UPW_BOOK, book(("April", TABLE), ("May", TABLE)), ("April and May", "put them into one")),
    "rows in a hidden sheet too": (UPW_BOOK, book(("April", TABLE), ("May", TABLE), edit=hide), ("April and May",)),
    "rows under notes in a second sheet": (
        UPW_BOOK,
        book(("April", TABLE), ("May", [*NOTES, *TABLE])),
        ("April and May",),
    ),
    "merged cells in a column of the delivery": (
        UPW_BOOK,
        book(("Data", TABLE), edit=merged("D2:D3", "a")),
        ("D2:D3", "sheet Data", "unmerge"),
    ),
    "no sheet with the table": (
        UPW_BOOK,
        book(COVER, ("Data", [row[:4] for row in TABLE])),
        ("lacks the columns value, unit", "sheet Data", "Cover holds no table"),
    ),
    "notes above the header of a sheet": (
        UPW_BOOK,
        book(COVER, ("Data", [*NOTES, *TABLE])),
        ("The header is in row 4", "sheet Data"),
    ),
    "a workbook with a password": (
        UPW_BOOK,
        container("EncryptedPackage"),
        ("protected with a password", "save it without"),
    ),
    "an old workbook under .xlsx": (UPW_BOOK, container("Workbook"), ("Excel before 2007 (XLS)", "save it as XLSX")),
    "an OpenDocument sheet under .xlsx": (
        UPW_BOOK,
        archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content="<office/>"),
        ("OpenDocument spreadsheet (ODS)", "save it as XLSX"),
    ),
    "a zip under .xlsx": (UPW_BOOK, archive(table=TEXT), ("a zip archive", "save it as XLSX")),
    "a CSV under .xlsx": (UPW_BOOK, TEXT, ("content is text", "end its name in .csv")),
    "a CSV under .parquet": (UPW_PARQUET, TEXT, ("content is text", "end its name in .csv")),
    "all columns in one cell of a sheet": (
        UPW_BOOK,
        book(("Data", [[",".join(row)] for row in TABLE])),
        ("in one cell", "split"),
    ),
    "lists in a Parquet column": (UPW_PARQUET, parquet(item=[["a"], ["b"]]), ("column item", "one value")),
    "a mark that takes in rows": (
        UPW,
        upw('BED,1997,t,a,1,count\nBED,1997,t,"Fence 6,2,count\nBED,1997,t,c,3,count\nBED,1997,t,Fence 8",4,count\n'),
        ("opens in row 3", "takes in the rows after it"),
    ),
    "a mark that takes in a row in the last column": (
        UPW,
        upw('BED,1997,t,a,1,"count\nBED,1997,t,b,2,count"\nBED,1997,t,c,3,count\n'),
        ("opens in row 2", "takes in"),
    ),
    "a mark that takes in rows up to a quoted cell": (
        UPW,
        upw('BED,1997,t,a,1,count\nBED,1997,t,"Fence,2,count\nBED,1997,t,"b, c",3,count\n'),
        ("opens in row 3", "takes in"),
    ),
    "a mark that is not closed": (
        UPW,
        upw('BED,1997,t,a,1,count\nBED,1997,t,b,2,"count\n'),
        ("opens in row 3", "not closed"),
    ),
    "a mark that is not closed above other rows": (
        UPW,
        upw('BED,1997,t,"a,1,count\nBED,1997,t,b,2,count\n'),
        ("opens in row 2", "takes in"),
    ),
    "a mark written with a backslash": (
        UPW,
        upw('\nBED,1997,t,"say \\"now\\" or",1,count\n'),
        ("row 3", '\\"', "twice"),
    ),
    "text after a closing mark": (
        UPW,
        upw('BED,1997,t,"Large" items,1,count\n'),
        ("row 2", "follows a closing quotation mark"),
    ),
    "UTF-8 with a byte of Windows-1252": (
        UPW,
        TEXT.replace("a,1", "Siân,1").encode() + "BED,1997,t,Équipe,1,count\n".encode("cp1252"),
        ("line 4", "Byte 12", "0xC9", "not UTF-8"),
    ),
    "UTF-8 with a mark of its encoding and a byte of Windows-1252": (
        UPW,
        b"\xef\xbb\xbf" + TEXT.replace("a,1", "É,1").encode("cp1252"),
        ("line 2", "0xC9", "not UTF-8"),
    ),
    "UTF-8 cut in a character": (
        UPW,
        TEXT.replace("b,2.5", "Si\u00e2n,2.5").encode().replace(b"\xa2n", b""),
        ("line 3", "0xC3", "cut off"),
    ),
    "UTF-8 whose end is cut off in a character": (
        UPW,
        upw("BED,1997,t,a,1,count\nBED,1997,t,Si").encode() + b"\xc3",
        ("line 3", "0xC3", "cut off"),
    ),
    "UTF-16 with its mark": (UPW, TEXT.encode("utf-16"), ("UTF-16", "CSV UTF-8")),
    "characters in two halves of three bytes": (
        UPW,
        TEXT.encode().replace(b"a,1", b"\xed\xa0\xbd\xed\xb8\x80,1"),
        ("Byte 12 of line 2", "0xED", "not UTF-8"),
    ),
    "NUL characters at the end": (UPW, TEXT.encode() + bytes(500), ("NUL characters", "save the file as CSV UTF-8")),
    "a sheet with a cell far to the right": (
        UPW_BOOK,
        book(("Data", TABLE), edit=lambda _, sheet: sheet.write(0, 300, "note")),
        ("more than 200 columns", "stray cells"),
    ),
    "a header with a line break in a name": (
        UPW,
        TEXT.replace("area_code", '"area\ncode"'),
        ("lacks the column area_code", "Rename area code to area_code"),
    ),
    "units in a row under another header": (UPW, "Area,,Table,,Value,\n" + TEXT, ("The header is in row 2",)),
    "a gzip of a gzip": (UPW + ".gz", gzip.compress(gzip.compress(TEXT.encode())), ("a gzip file", "save it as CSV")),
    "an Arrow file under .parquet": (UPW_PARQUET, b"ARROW1\0\0" + bytes(50), ("an Arrow file", "save it as Parquet")),
    "a Parquet with a column twice": (
        UPW_PARQUET,
        twice(),
        ("two columns named unit",),
    ),
    "bytes of neither encoding": (UPW, TEXT.replace("a,1", "\x81,1").encode("latin-1"), ("line 2", "0x81", "neither")),
    "notes above the header": (
        UPW,
        "Unpaid work\n\nFigures, of the area\n" + TEXT,
        ("The header is in row 4", "must be the first row"),
    ),
    "notes above the header and semicolons": (
        UPW,
        "Unpaid work\n\n\n" + TEXT.replace(",", ";"),
        ("The header is in row 4",),
    ),
    "rows that are each in quotation marks": (
        UPW,
        "".join(f'"{line}"\n' for line in TEXT.split()),
        ("in one cell", "split"),
    ),
    "a header that is none": (
        UPW,
        "x,y\n1,2\n",
        ("does not name the columns", "area_code, year, table, item, value, unit"),
    ),
    "a header of many other columns": (
        "nsmart_BED_0404.csv",
        "a,b\n1,2\n",
        ("area_code, data_period, record_no, case_ref, order_type, commenced_on and 15 more",),
    ),
    "columns that are nearly named": (
        UPW,
        TEXT.replace("area_code", "Area Code").replace("item", "items"),
        ("lacks the columns area_code, item", "Rename area code to area_code and items to item"),
    ),
    "a zip under .csv": (UPW, archive(table=TEXT), ("a zip archive", "CSV")),
    "a workbook under .csv": (UPW, xlsx_bytes(TABLE), ("an Excel workbook (XLSX)", "CSV")),
    "an old workbook under .csv": (UPW, container("Workbook"), ("Excel before 2007 (XLS)", "CSV")),
    "a gzip under .csv": (UPW, gzip.compress(TEXT.encode()), ("a gzip file", "CSV")),
    "zstd under .csv": (UPW, b"\x28\xb5\x2f\xfd\x00\x01", ("zstd", "CSV")),
    "Parquet under .csv": (UPW, parquet(), ("a Parquet file", "CSV")),
    "a PDF under .csv": (UPW, b"%PDF-1.4\n%\xe2\xe3", ("a PDF", "CSV")),
    "a web page under .csv": (UPW, "\n<!DOCTYPE html><html><table>", ("a web page (HTML)", "CSV")),
    "XML under .csv": (UPW, '<?xml version="1.0"?><rows/>', ("XML", "CSV")),
    "JSON under .csv": (UPW, '[{"area_code": "BED"}]', ("JSON", "CSV")),
    "plain CSV under .csv.gz": (UPW + ".gz", TEXT, ("not packed", "end its name in .csv")),
    "a workbook under .csv.gz": (UPW + ".gz", xlsx_bytes(TABLE), ("an Excel workbook (XLSX)",)),
    "a case reference in scientific notation": (
        JUDGEMENTS,
        csv_text([GOOD["judgement"], {**GOOD["judgement"], "case_id": "2.01E+11"}]),
        ("case_id in row 3", "rounded", "as text"),
    ),
    "a case reference whose last digits are zeros": (
        JUDGEMENTS,
        csv_text([{**GOOD["judgement"], "case_id": "201000000000"}]),
        ("case_id in row 2", "rounded"),
    ),
    "a case reference of 17 digits as a number": (
        NSMART_BOOK,
        nsmart_book(case_ref=[20010000100000017]),
        ("case_ref in row 2", "rounded"),
    ),
}
