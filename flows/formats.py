"""Bytes of a delivery to rows of text: CSV (UTF-8 or cp1252, perhaps gzipped), XLSX (first sheet) and Parquet.

Whatever cannot be read raises Unreadable with the sentence for its sender. Sizes are bounded before memory is spent.
"""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache, reduce
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import python_calamine

from flows.errors import Unreadable

LARGEST_CONTENT = 128 << 20
"""Bytes a compressed file may unpack to: hundreds of times what a delivery has."""

MOST_COLUMNS = 200
MOST_CELLS = 10_000_000
"""Cells a file may span. In a workbook a single cell at the far corner would make millions of empty ones."""

RECORDS_AT_ONCE = 10_000

_LINE_END = re.compile(rb"[\r\n]")
_SPACE_AFTER_QUOTE = re.compile(rb'"[ \t]++(?:[,\r\n]|\Z)')
_QUOTED_CELL = re.compile(rb'((?<![^,\r\n])[ \t]*+"(?:[^"]++|"")*+(?:"|\Z))(?:[ \t]++(?=[,\r\n]|\Z))?')
"""A quoted cell to its closing quotation mark, and the space after it. Never looks at a byte twice."""

_PLACE = re.compile(rb"<(?:\w+:)?(row|c)\b(?:[^>]*?\sr\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"'])?")
"""A row or a cell in a sheet's XML, with its reference if it gives one."""

_ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*[\"'])e(?=[\"'])")
"""A cell in a sheet's XML that holds an error, up to its type."""

csv.field_size_limit(1 << 20)

TOO_MANY_CELLS = f"The file has more than {MOST_CELLS:,} cells: deliver it in parts."
BROKEN_QUOTES = "A quotation mark is opened and not closed, so the rows cannot be told apart."


def read_rows(data: bytes, file_format: str) -> pa.Table:
    """All records of a file, the header among them, every cell text; a column a cell, named by position.

    Records with fewer cells than the header end in NULL; cells beyond the header's are kept in further columns.
    Errors: Unreadable, with a sentence for the sender.
    """
    if not data:
        raise Unreadable("The file is empty.")
    return _READERS[file_format](data)


def _read_csv(data: bytes) -> pa.Table:
    if data.startswith((b"PK\x03\x04", b"PAR1", b"\x1f\x8b")):
        raise Unreadable(
            "The file's name says CSV, but its content is another format: save it as CSV and deliver it again."
        )
    utf8 = _to_utf8(data)
    if sum(utf8.count(end) for end in (b",", b"\n", b"\r")) > MOST_CELLS:
        raise Unreadable(TOO_MANY_CELLS)
    # The fast reader joins what stands between two quotation marks left open into one cell, rows and all.
    if b'"' in utf8:
        return _read_csv_strictly(utf8)
    try:
        table = _read_csv_fast(utf8)
    except pa.ArrowInvalid:
        return _read_csv_strictly(utf8)
    # It guesses types beyond the header's columns.
    uneven = any(column.type != pa.string() for column in table.columns)
    return _read_csv_strictly(utf8) if uneven else table


def _to_utf8(data: bytes) -> bytes:
    if b"\x00" in data:
        raise Unreadable(
            "The file holds NUL characters, so it is not a CSV in UTF-8 or Windows-1252: save it as CSV UTF-8."
        )
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode("utf-8")
        return data
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252").encode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable(
                "The file's characters are neither UTF-8 nor Windows-1252: save it as CSV UTF-8."
            ) from None


def _read_csv_fast(utf8: bytes) -> pa.Table:
    width = _LINE_END.split(utf8, maxsplit=1)[0].count(b",") + 1
    if width > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns.")
    return pacsv.read_csv(
        pa.BufferReader(utf8),
        read_options=pacsv.ReadOptions(autogenerate_column_names=True, block_size=len(utf8) + 1, use_threads=False),
        parse_options=pacsv.ParseOptions(quote_char=False),
        convert_options=pacsv.ConvertOptions(
            column_types={f"f{position}": pa.string() for position in range(width)},
            strings_can_be_null=False,
        ),
    )


def _read_csv_strictly(utf8: bytes) -> pa.Table:
    """Slower; for quotation marks and uneven rows. Every record is kept as it is."""
    # newline="" keeps line breaks inside quotes; a lone carriage return ends a record as Excel for Mac writes it.
    if _SPACE_AFTER_QUOTE.search(utf8):
        utf8 = _QUOTED_CELL.sub(rb"\1", utf8)
    lines = io.StringIO(utf8.decode("utf-8"), newline="")
    try:
        return _from_records(record for record in csv.reader(lines, strict=True, skipinitialspace=True) if record)
    except csv.Error as error:
        if "field larger" in str(error):
            raise Unreadable("A cell holds more than a million characters.") from None
        raise Unreadable(BROKEN_QUOTES) from None


def _read_gzip(data: bytes) -> pa.Table:
    try:
        with gzip.open(io.BytesIO(data)) as unpacked:
            content = unpacked.read(LARGEST_CONTENT + 1)
    except (OSError, EOFError, zlib.error):
        raise Unreadable("The gzip file is damaged or cut short: pack and deliver it again.") from None
    if len(content) > LARGEST_CONTENT:
        raise Unreadable(f"The file unpacks to more than {LARGEST_CONTENT >> 20} MB.")
    if not content:
        raise Unreadable("The file is empty.")
    return _read_csv(content)


def _read_xlsx(data: bytes) -> pa.Table:
    try:
        _bound_workbook(data)
        workbook = python_calamine.load_workbook(io.BytesIO(_with_errors_as_texts(data)))
        records = workbook.get_sheet_by_index(0).to_python()
    except (Unreadable, MemoryError):
        raise
    # Damage anywhere in a zip of XML comes out of three libraries as errors of many kinds.
    except Exception:
        raise Unreadable("The file is not a readable XLSX workbook: save it again and deliver it anew.") from None
    return _from_records([_cell_text(cell) for cell in record] for record in records)


def _bound_workbook(data: bytes) -> None:
    """Refuse before a library makes room: it takes memory for every cell up to the furthest, and dies without it."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_CONTENT:
            raise Unreadable(f"The workbook unpacks to more than {LARGEST_CONTENT >> 20} MB.")
        if parts.testzip():
            raise zipfile.BadZipFile
        # A sheet may stand anywhere in the file, under any name.
        contents = (parts.read(part) for part in parts.infolist())
        if any(_cells_spanned(content) > MOST_CELLS for content in contents if b"sheetData" in content):
            raise Unreadable("A sheet of the workbook spans too many cells: delete the stray cells far from the table.")


def _with_errors_as_texts(data: bytes) -> bytes:
    """A workbook in which an error (#N/A) is the text that is shown: the library gives it as an empty cell.

    tests/unit/test_workarounds.py fails once this is no longer needed.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if not any(_ERROR_CELL.search(parts.read(part)) for part in parts.infolist()):
            return data
        mended = io.BytesIO()
        with zipfile.ZipFile(mended, "w") as workbook:
            for part in parts.infolist():
                workbook.writestr(part.filename, _ERROR_CELL.sub(rb"\1str", parts.read(part)))
    return mended.getvalue()


def _cells_spanned(sheet: bytes) -> int:
    """Rows times columns of a sheet's XML. Rows and cells say where they stand, or else follow the one before."""
    row = column = height = width = 0
    for tag, letters, number in (match.groups() for match in _PLACE.finditer(sheet)):
        row = int(number) if number else row + (tag == b"row")
        column = _column_number(letters) if letters else (column + 1) * (tag == b"c")
        height, width = max(height, row), max(width, column)
    return height * width


@cache
def _column_number(letters: bytes) -> int:
    return reduce(lambda number, letter: number * 26 + letter - ord("A") + 1, letters.upper(), 0)


def _read_parquet(data: bytes) -> pa.Table:
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        _bound_parquet(file.metadata)
        table = file.read()
        columns = [[_cell_text(cell) for cell in column.to_pylist()] for column in table.columns]
    except (Unreadable, MemoryError):
        raise
    # What is wrong with a cell (text that is not UTF-8, a day beyond the calendar) shows when it is taken out.
    except Exception:
        raise Unreadable("The file is not readable Parquet: write it again and deliver it anew.") from None
    return _from_records([table.column_names, *map(list, zip(*columns, strict=True))])


def _bound_parquet(metadata: pq.FileMetaData) -> None:
    """Refuse by what the file says of itself."""
    unpacked = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if unpacked > LARGEST_CONTENT:
        raise Unreadable(f"The file unpacks to more than {LARGEST_CONTENT >> 20} MB.")
    if metadata.num_columns > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns.")
    if metadata.num_rows * metadata.num_columns > MOST_CELLS:
        raise Unreadable(TOO_MANY_CELLS)


def _cell_text(cell: Any) -> str:
    """A typed cell as a CSV would spell it: dates ISO, whole numbers without a point.

    A NUL, which no database text can hold, shows as the sign for what is no character.
    """
    match cell:
        case None:
            return ""
        case bool():
            return "Y" if cell else "N"
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case bytes():
            return _cell_text(cell.decode("utf-8"))
        case _:
            return str(cell).replace("\x00", "\N{REPLACEMENT CHARACTER}")


def _from_records(records: Iterable[list[str]]) -> pa.Table:
    """Records of any length, in blocks: as Python's texts all of them would take ten times the memory."""
    remaining = iter(records)
    blocks: list[pa.Table] = []
    rows = width = 0
    while block := list(islice(remaining, RECORDS_AT_ONCE)):
        rows, width = rows + len(block), max(width, *map(len, block), 0)
        if width > MOST_COLUMNS:
            raise Unreadable(f"The file has more than {MOST_COLUMNS} columns.")
        if width * rows > MOST_CELLS:
            raise Unreadable(TOO_MANY_CELLS)
        columns = zip(*(record + [None] * (width - len(record)) for record in block), strict=True)
        blocks.append(pa.table({f"f{place}": pa.array(column, pa.string()) for place, column in enumerate(columns)}))
    if not rows:
        raise Unreadable("The file is empty.")
    return pa.concat_tables(blocks, promote_options="default").combine_chunks()


_READERS: dict[str, Callable[[bytes], pa.Table]] = {
    "csv": _read_csv,
    "csv.gz": _read_gzip,
    "xlsx": _read_xlsx,
    "parquet": _read_parquet,
}
