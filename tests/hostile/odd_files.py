"""Makes odd files as senders do: workbooks, Parquet and text that only a person would read without a thought."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.samples import good_rows
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
