"""CSV, perhaps gzipped: text with one of a few marks between the cells."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import islice

import pyarrow as pa
import pyarrow.csv as pacsv

from expectations.contract import Delivery
from flows.base.errors import Unreadable
from flows.intake.formats import bounds, quotes
from flows.intake.formats.content import mistaken
from flows.intake.formats.encoding import to_utf8
from flows.intake.formats.records import Numbered, Records, consecutive, from_records
from flows.intake.header import DELIMITERS, ROWS_SEARCHED, columns_named, fits, header_names

SEARCHED_FOR_HEADER = 64 << 10
"""Bytes in which the header, and by it the mark between cells, is looked for."""

_LINE_END = re.compile(rb"\r\n|\r|\n")
_SEPARATOR_LINE = re.compile(rb'[ \t]*"?sep=([^\r\n])"?[ \t,;]*(?:\r\n|\r|\n)', re.I)
"""A first line by which Excel knows the mark between cells; it shows it nowhere, but as row 1."""

csv.field_size_limit(1 << 20)


def read_csv(data: bytes, delivery: Delivery) -> Records:
    """Errors: Unreadable, with the sentence for the sender."""
    if sentence := mistaken("CSV", data):
        raise Unreadable(sentence)
    # The last of these was the end of a file for DOS.
    utf8 = to_utf8(data).rstrip(b"\r\n\x1a")
    if not utf8:
        raise Unreadable("The file is empty.")
    separator_line = _SEPARATOR_LINE.match(utf8)
    if separator_line:
        utf8 = utf8[separator_line.end() :]
    first = 2 if separator_line else 1
    delimiter = _delimiter(utf8, delivery, separator_line[1].decode("latin-1") if separator_line else "")
    if sum(utf8.count(end) for end in (delimiter.encode(), b"\n", b"\r")) > bounds.MOST_CELLS:
        raise Unreadable(bounds.TOO_MANY_CELLS)
    return _read(utf8, delimiter, first)


def read_gzip(data: bytes, delivery: Delivery) -> Records:
    """Errors: Unreadable, with the sentence for the sender."""
    if not data.startswith(b"\x1f\x8b"):
        not_packed = "The file's name says gzip, but its content is not packed: end its name in .csv."
        raise Unreadable(mistaken("gzip", data) or not_packed)
    try:
        with gzip.open(io.BytesIO(data)) as unpacked:
            content = unpacked.read(bounds.LARGEST_CONTENT + 1)
    except (OSError, EOFError, zlib.error):
        raise Unreadable("The gzip file is damaged or cut short: pack and deliver it again.") from None
    if len(content) > bounds.LARGEST_CONTENT:
        raise Unreadable(bounds.unpacks_to_more("file"))
    return read_csv(content, delivery)


def _delimiter(utf8: bytes, delivery: Delivery, said: str) -> str:
    """The mark between cells: the one by which a row names most of the delivery's columns."""
    lines = [line.decode() for line in _LINE_END.split(_head(utf8), ROWS_SEARCHED)[:ROWS_SEARCHED]]
    if fits(delivery, _names(lines[0], ",")):
        return ","
    return max(
        dict.fromkeys(DELIMITERS + said),
        key=lambda mark: max(columns_named(delivery, _names(line, mark)) for line in lines),
    )


def _head(utf8: bytes) -> bytes:
    """Whole lines from the beginning."""
    if len(utf8) <= SEARCHED_FOR_HEADER:
        return utf8
    head = utf8[:SEARCHED_FOR_HEADER]
    return head[: max(head.rfind(b"\n"), head.rfind(b"\r"), 0)]


def _names(line: str, delimiter: str) -> list[str]:
    return header_names(line.replace('"', "").split(delimiter))


def _read(utf8: bytes, delimiter: str, first: int) -> Records:
    # The fast reader joins what stands between two quotation marks left open into one cell, rows and all.
    if b'"' in utf8:
        return from_records(_strictly(utf8, delimiter, first))
    try:
        cells = _fast(utf8, delimiter)
    except pa.ArrowInvalid:
        return from_records(_strictly(utf8, delimiter, first))
    # It guesses types beyond the header's columns.
    if any(column.type != pa.string() for column in cells.columns):
        return from_records(_strictly(utf8, delimiter, first))
    return Records(cells, consecutive(first, cells.num_rows))


def _fast(utf8: bytes, delimiter: str) -> pa.Table:
    width = _LINE_END.split(utf8, maxsplit=1)[0].count(delimiter.encode()) + 1
    if width > bounds.MOST_COLUMNS:
        raise Unreadable(bounds.TOO_MANY_COLUMNS)
    return pacsv.read_csv(
        pa.BufferReader(utf8),
        read_options=pacsv.ReadOptions(autogenerate_column_names=True, block_size=len(utf8) + 1, use_threads=False),
        parse_options=pacsv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
        convert_options=pacsv.ConvertOptions(
            column_types={f"f{position}": pa.string() for position in range(width)},
            strings_can_be_null=False,
        ),
    )


def _strictly(utf8: bytes, delimiter: str, first: int) -> Iterator[Numbered]:
    """Slower; for quotation marks, blank lines and uneven rows. Every record that has a cell, as it is."""
    text = _without_space_after_quotes(utf8, delimiter).decode("utf-8")
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True, skipinitialspace=True)
    row, lines_read, width = first - 1, 0, 0
    try:
        for row, record in enumerate(reader, first):
            if record:
                width = width or len(record)
                if reader.line_num > lines_read + 1 and quotes.takes_in_a_row(record, delimiter, width):
                    raise Unreadable(quotes.swallows(row))
                yield row, record
            lines_read = reader.line_num
    except csv.Error as error:
        lines = list(islice(_lines(text), lines_read, reader.line_num))
        raise Unreadable(quotes.sentence(str(error), row + 1, lines, delimiter, width)) from None


def _lines(text: str) -> io.StringIO:
    # newline="" keeps line breaks inside quotes; a lone carriage return ends a record as Excel for Mac writes it.
    return io.StringIO(text, newline="")


def _without_space_after_quotes(utf8: bytes, delimiter: str) -> bytes:
    space_after_quote, quoted_cell = _quoted(delimiter)
    return quoted_cell.sub(rb"\1", utf8) if space_after_quote.search(utf8) else utf8


@cache
def _quoted(delimiter: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Space after a closing quotation mark, and a quoted cell to its closing mark with the space after it.

    Neither looks at a byte twice.
    """
    mark = re.escape(delimiter.encode())
    space = b" " if delimiter == "\t" else rb"[ \t]"
    return (
        re.compile(rb'"%b++(?:%b|[\r\n]|\Z)' % (space, mark)),
        re.compile(
            rb'((?<![^%b\r\n])%b*+"(?:[^"]++|"")*+(?:"|\Z))(?:%b++(?=%b|[\r\n]|\Z))?' % (mark, space, space, mark)
        ),
    )
