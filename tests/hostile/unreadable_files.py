"""Odd files that are rejected, by the outcomes that the catalogue (docs/reference/deliveries.md) lists."""

import gzip
from datetime import date

from tests.hostile.odd_files import (
    COVER,
    JUDGEMENTS,
    NOTES,
    NSMART_BOOK,
    TABLE,
    TEXT,
    UPW,
    UPW_BOOK,
    UPW_PARQUET,
    archive,
    container,
    formulas,
    hide,
    merged,
    nsmart_book,
    parquet,
    twice,
    upw,
    without_cached,
)
from tests.samples import GOOD, csv_text, xlsx_bytes
from tests.workbooks import book

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
