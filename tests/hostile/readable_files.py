"""Odd files that are read, by the outcomes that the catalogue (docs/reference/deliveries.md) lists."""

import gzip
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa

from tests.hostile.odd_files import (
    COVER,
    HEADER,
    JUDGEMENTS,
    NSMART_BOOK,
    ROWS,
    TABLE,
    TEXT,
    UPW,
    UPW_BOOK,
    UPW_PARQUET,
    Columns,
    changed,
    chart_first,
    empty_text,
    formatted,
    formulas,
    merged,
    nsmart_book,
    parquet,
    upw,
    with_values,
)
from tests.samples import GOOD, csv_text
from tests.workbooks import book

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
