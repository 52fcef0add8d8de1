"""Fit: a file's records under the names of its delivery's columns."""

import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import Column, Delivery
from flows.base.errors import Unreadable
from flows.intake.formats.records import Records
from flows.intake.header import ROWS_SEARCHED, delivery_columns, fits, header_names, missing_sentence

SHORTENED = r"^[0-9]+([.,][0-9]+)?[eE]\+[0-9]+$|^[0-9]+[.,][0-9]+[eE][0-9]+$|^[0-9]{7,}0{5}$"
"""A long number as a spreadsheet leaves it: in scientific notation, or with zeros for its last digits."""


def fit_header(records: Records, delivery: Delivery) -> tuple[pa.Table, list[str]]:
    """The records below the header under the delivery's column names, and the names of extra columns.

    Errors: Unreadable for missing or repeated columns, a second header, or no rows.
    """
    place, header = find_header(records, delivery)
    body = records.cells.slice(place + 1)
    known = {column.file_header for column in delivery.columns}
    repeated = sorted(name for name in known if header.count(name) > 1)
    if repeated:
        raise Unreadable(f"The file has two columns named {', '.join(repeated)}.")
    if _names_from(records, place + 1)[1] == header:
        raise Unreadable("The file has two header rows: delete one.")
    columns = {column.name: _column(body, header, column) for column in delivery.columns}
    has_content = _has_content(body)
    if not pc.any(has_content).as_py():
        raise Unreadable("The file has a header but no rows.")
    marks = {
        "row_number": records.rows.slice(place + 1),
        "cells_match": _cells_match(body, header, delivery),
        "has_content": has_content,
    }
    return pa.table({**columns, **marks}), _extra(header, known)


def find_header(records: Records, delivery: Delivery) -> tuple[int, list[str]]:
    """The first record with something in it, and its cells as names.

    Errors: Unreadable where it lacks columns, with the row that does not where there is one.
    """
    place, header = _names_from(records, 0)
    if fits(delivery, header):
        return place, header
    for below in range(place + 1, min(ROWS_SEARCHED, records.cells.num_rows)):
        if fits(delivery, _names(records, below)):
            raise Unreadable(f"The header is in row {records.rows[below]}: it must be the first row that is not blank.")
    raise Unreadable(missing_sentence(delivery, header))


def _names_from(records: Records, start: int) -> tuple[int, list[str]]:
    """The first of the records from one on with something in it, and its cells as names."""
    for place in range(start, min(start + ROWS_SEARCHED, records.cells.num_rows)):
        names = _names(records, place)
        if any(names):
            return place, names
    return start, []


def _names(records: Records, place: int) -> list[str]:
    return header_names(column[place].as_py() for column in records.cells.columns)


def damaged_identifiers(table: pa.Table, delivery: Delivery) -> str:
    """The sentence for case references that a spreadsheet has shortened, or nothing. It does not quote them."""
    if delivery.identifier is None:
        return ""
    damaged = pc.match_substring_regex(table.column(delivery.identifier.name), SHORTENED)
    place = pc.index(damaged, True).as_py()
    if place < 0:
        return ""
    return (
        f"{delivery.identifier.file_header} in row {table.column('row_number')[place]} is a long number that a "
        "spreadsheet has rounded: format the column as text, fill it in again from its source and deliver the file "
        "again."
    )


def _extra(header: list[str], known: set[str]) -> list[str]:
    """Names of columns that are not the delivery's; one without a name, before the last that has one, by its place."""
    return [
        name or f"number {place} (without a name)"
        for place, name in enumerate(header[: _named(header)], 1)
        if name not in known
    ]


def _named(header: list[str]) -> int:
    """Cells of the header up to the last that names a column."""
    return max(place for place, name in enumerate(header, 1) if name)


def _has_content(body: pa.Table) -> pa.ChunkedArray | pa.Array:
    """False where every cell of a row is blank, those of columns that are left out among them."""
    content: pa.ChunkedArray | pa.Array = pa.repeat(False, body.num_rows)
    for column in body.columns:
        content = pc.or_(content, pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(column), ""), False))
    return content


def _column(body: pa.Table, header: list[str], column: Column) -> pa.ChunkedArray | pa.Array:
    """A column's cells without the space around them, no-break spaces of spreadsheets among it."""
    if column.file_header in header:
        return pc.utf8_trim_whitespace(body.column(header.index(column.file_header)))
    return pa.nulls(body.num_rows, pa.string())


def _cells_match(body: pa.Table, header: list[str], delivery: Delivery) -> pa.ChunkedArray | pa.Array:
    """False where a row ends before its last cell that must not be empty, or goes on after the header with something
    in it. Some programs leave out empty cells at the end."""
    needed = max(place for place, column in delivery_columns(delivery, header) if column.required)
    whole = pc.is_valid(body.column(needed))
    for column in body.columns[_named(header) :]:
        whole = pc.and_(whole, pc.equal(pc.fill_null(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0), 0))
    return whole
