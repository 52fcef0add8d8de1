"""Rewrite: a delivery's records as a file of the format that it came in, for an erasure that takes rows out.

What a reader gets from it is what it got before, the rows taken out left out: every cell text, dates ISO.
"""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

Record = Sequence[str | None]
"""Cells of a row; it ends before the first that is None."""

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="data" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def written(records: Sequence[Record], file_format: str) -> bytes:
    """The bytes of a file with these records, the header first. Equal records give equal bytes."""
    return _WRITERS[file_format](records)


def _cells(record: Record) -> list[str]:
    return [cell for cell in record if cell is not None]


def _csv(records: Sequence[Record]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(map(_cells, records))
    return text.getvalue().encode()


def _gzip(records: Sequence[Record]) -> bytes:
    return gzip.compress(_csv(records), mtime=0)


def _xlsx(records: Sequence[Record]) -> bytes:
    rows = "".join(f"<row>{''.join(map(_xlsx_cell, _cells(record)))}</row>" for record in records)
    parts = {**_WORKBOOK, "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>"}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, content in parts.items():
            # A part without a time of its own is of 1980.
            workbook.writestr(zipfile.ZipInfo(name), f"{_XML}{content}", zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _xlsx_cell(cell: str) -> str:
    text = "".join(c if c >= " " or c in "\t\n\r" else "\N{REPLACEMENT CHARACTER}" for c in cell)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _parquet(records: Sequence[Record]) -> bytes:
    header, *body = records
    columns = list(zip(*body, strict=True)) or [()] * len(header)
    table = pa.Table.from_arrays([pa.array(column, pa.string()) for column in columns], [str(n) for n in header])
    data = io.BytesIO()
    pq.write_table(table, data)
    return data.getvalue()


_WRITERS: dict[str, Callable[[Sequence[Record]], bytes]] = {
    "csv": _csv,
    "csv.gz": _gzip,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
