"""XLSX: the sheet that holds the delivery, its cells as Excel shows them."""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import python_calamine
from python_calamine import CalamineSheet, SheetTypeEnum, SheetVisibleEnum

from expectations.contract import Delivery
from flows.base.errors import Unreadable
from flows.intake.formats import bounds
from flows.intake.formats.cells import cell_text
from flows.intake.formats.content import mistaken, not_binary
from flows.intake.formats.records import Records, from_records
from flows.intake.formats.sheet import as_shown, cell_name, cells_spanned, shown_formats, uncalculated
from flows.intake.header import LONGEST_NAME, ROWS_SEARCHED, columns_named, delivery_columns, fits, header_names

UNREADABLE = "The file is not a readable XLSX workbook: save it again and deliver it again."

MOST_SHEETS_NAMED = 5

Cells = list[list[Any]]

_DATE_TYPES = ("date", "date_dmy")
_DATE_TEXT = re.compile(r"\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*")
_PLAIN_NAME = re.compile(
    r"(?:[^\W\d]|[ &()-])*+(?:\d{1,2}|(?:19|20)\d{2}(?:-\d{2})?)?(?:[^\W\d]|[ &()-])*+(?:(?<=\()\d{1,2}\))?"
)
"""Words and one number such as Sheet12, April 2004 or 2004-05: no reference of a case has so few digits."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LAST_SWAPPED_DAY = 12


@dataclass(frozen=True)
class Sheet:
    """A sheet with something in it. head: its first rows. row, column: where its cells begin, counted from 0."""

    name: str
    is_hidden: bool
    source: CalamineSheet
    head: Cells

    @property
    def row(self) -> int:
        return (self.source.start or (0, 0))[0]

    @property
    def column(self) -> int:
        return (self.source.start or (0, 0))[1]

    def header_place(self, delivery: Delivery) -> int | None:
        """Place in `head` of the row that is the delivery's header."""
        places = (place for place, cells in enumerate(self.head) if fits(delivery, _names(cells)))
        return next(places, None)

    def has_table(self, delivery: Delivery) -> bool:
        """Whether there is something under the delivery's header."""
        header = self.header_place(delivery)
        return header is not None and (_has_content(self.head[header + 1 :]) or self.source.height > ROWS_SEARCHED)


def read_workbook(data: bytes, delivery: Delivery) -> Records:
    """Errors: Unreadable, with the sentence for the sender."""
    if not data.startswith(b"PK"):
        raise Unreadable(not_binary("XLSX", data, UNREADABLE))
    try:
        parts = _unpacked(data)
        sheets = _sheets(_mended(data, parts))
        if not sheets:
            raise Unreadable("The file is empty.")
        return _read(parts, sheets, delivery)
    except (Unreadable, MemoryError):
        raise
    # Damage anywhere in a zip of XML comes out of three libraries as errors of many kinds.
    except Exception:
        raise Unreadable(UNREADABLE) from None


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Contents by name. Refuse before a library makes room: it takes memory for every cell up to the furthest."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if sum(part.file_size for part in infos) > bounds.LARGEST_CONTENT:
            raise Unreadable(bounds.unpacks_to_more("workbook"))
        parts = {part.filename: archive.read(part) for part in infos}
    if not any(name.lower().replace("\\", "/") == "xl/workbook.xml" for name in parts):
        is_damaged = any(name.lower().startswith("xl/worksheets/") and name.endswith(".xml") for name in parts)
        raise Unreadable(UNREADABLE if is_damaged else mistaken("XLSX", data))
    # A sheet may stand anywhere in the file, under any name.
    if any(cells_spanned(content) > bounds.MOST_CELLS for content in parts.values() if b"sheetData" in content):
        raise Unreadable("A sheet of the workbook spans too many cells: delete the stray cells far from the table.")
    if any(b"<!DOCTYPE" in content[:1_000] for content in parts.values()):
        raise Unreadable(UNREADABLE)
    return parts


def _mended(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    shows = shown_formats(_part(parts, "xl/styles.xml"))
    mended = {name: as_shown(content, shows) if b"sheetData" in content else content for name, content in parts.items()}
    if all(mended[name] is content or mended[name] == content for name, content in parts.items()):
        return data
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as workbook:
        for name, content in mended.items():
            workbook.writestr(name, content)
    return written.getvalue()


def _part(parts: Mapping[str, bytes], name: str) -> bytes:
    """A part by its name, which programs spell in any case; empty where there is none."""
    found = (content for own, content in parts.items() if own.lower().replace("\\", "/").lstrip("/") == name.lower())
    return next(found, b"")


def _sheets(data: bytes) -> list[Sheet]:
    """Sheets of cells, charts left out, that have something in them."""
    workbook = python_calamine.load_workbook(io.BytesIO(data))
    found = [
        Sheet(
            _title(one.name, number),
            one.visible != SheetVisibleEnum.Visible,
            source,
            source.to_python(nrows=ROWS_SEARCHED),
        )
        for number, one in enumerate(workbook.sheets_metadata, 1)
        if one.typ == SheetTypeEnum.WorkSheet
        for source in [workbook.get_sheet_by_name(one.name)]
    ]
    return [one for one in found if _has_content(one.head) or one.source.height > ROWS_SEARCHED]


def _title(name: str, number: int) -> str:
    """A sheet in a sentence: by its name, unless that may be a case's identifier, since sentences are published."""
    return name if len(name) <= LONGEST_NAME and _PLAIN_NAME.fullmatch(name) else f"number {number}"


def _has_content(cells: Cells) -> bool:
    return any(cell != "" for record in cells for cell in record)


def _read(parts: Mapping[str, bytes], sheets: Sequence[Sheet], delivery: Delivery) -> Records:
    sheet = _chosen(sheets, delivery)
    cells = sheet.source.to_python()
    records = from_records(
        (row, [cell_text(cell) for cell in record]) for row, record in enumerate(cells, sheet.row + 1)
    )
    faults = (
        _two_tables(sheets, sheet, delivery),
        uncalculated(_xml(parts, sheet.source.name), sheet.name),
        _merged(sheet, cells, delivery),
        _swapped(sheet, cells, delivery),
    )
    return replace(records, notes=_notes(sheets, sheet), fault=next(filter(None, faults), ""))


def _chosen(sheets: Sequence[Sheet], delivery: Delivery) -> Sheet:
    """The sheet with rows of the delivery; or the one that comes nearest to it, the first where several do."""
    return max(
        sheets,
        key=lambda sheet: (
            sheet.has_table(delivery) and sheet.header_place(delivery) == 0,
            sheet.has_table(delivery),
            sheet.header_place(delivery) is not None,
            not sheet.is_hidden,
            max((columns_named(delivery, _names(cells)) for cells in sheet.head), default=0),
        ),
    )


def _names(cells: Sequence[Any]) -> list[str]:
    return header_names(cell if isinstance(cell, str) else "" for cell in cells)


def _two_tables(sheets: Sequence[Sheet], chosen: Sheet, delivery: Delivery) -> str:
    others = [one.name for one in sheets if one is not chosen and one.has_table(delivery)]
    if not others or not chosen.has_table(delivery):
        return ""
    return f"More than one sheet holds rows of this delivery ({_listed([chosen.name, *others])}): put them into one."


def _notes(sheets: Sequence[Sheet], chosen: Sheet) -> tuple[str, ...]:
    others = [one.name for one in sheets if one is not chosen]
    read = f"The sheet {chosen.name}{', which is hidden,' if chosen.is_hidden else ''} was read"
    if not others:
        return (f"{read}.",) if chosen.is_hidden else ()
    return (f"{read}; {_listed(others)} {'holds' if len(others) == 1 else 'hold'} no table of this delivery.",)


def _listed(names: Sequence[str]) -> str:
    more = [f"{len(names) - MOST_SHEETS_NAMED} more"] if len(names) > MOST_SHEETS_NAMED else []
    listed = [*names[:MOST_SHEETS_NAMED], *more]
    return f"{', '.join(listed[:-1])} and {listed[-1]}" if len(listed) > 1 else listed[0]


def _xml(parts: Mapping[str, bytes], name: str) -> bytes:
    """The XML of a sheet; of all where its own part is unknown."""
    links = ElementTree.fromstring(_part(parts, "xl/_rels/workbook.xml.rels"))  # noqa: S314 -- without a document type
    targets = {link.get("Id"): link.get("Target", "") for link in links.iterfind("{*}Relationship")}
    sheets = ElementTree.fromstring(_part(parts, "xl/workbook.xml"))  # noqa: S314 -- as above
    ids = [one.get(_RELATIONSHIP) for one in sheets.iterfind("{*}sheets/{*}sheet") if one.get("name") == name]
    target = targets.get(ids[0] if ids else None, "").replace("\\", "/")
    own = _part(parts, target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}"))
    return own or b"".join(content for content in parts.values() if b"sheetData" in content)


def _merged(sheet: Sheet, cells: Cells, delivery: Delivery) -> str:
    """The sentence for cells of the delivery that are merged: all but the first are empty."""
    header = sheet.header_place(delivery)
    if header is None:
        return ""
    places = {sheet.column + place for place, _ in delivery_columns(delivery, _names(cells[header]))}
    for (top, left), (bottom, right) in sheet.source.merged_cell_ranges or []:
        below = top > sheet.row + header and top - sheet.row < len(cells)
        if below and places.intersection(range(left, right + 1)) and _cell(cells, top - sheet.row, left - sheet.column):
            merged = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            return (
                f"The cells {merged} of the sheet {sheet.name} are merged, so only the first has a value: "
                "unmerge them, fill in each and deliver the file again."
            )
    return ""


def _cell(cells: Cells, row: int, column: int) -> bool:
    return 0 <= column < len(cells[row]) and cells[row][column] != ""


def _swapped(sheet: Sheet, cells: Cells, delivery: Delivery) -> str:
    """The sentence for a column in which Excel made dates of some texts, and took day for month.

    It reads 05/03 as 3 May and leaves 19/03 as it is. A date with a day above 12 is none that it made so.
    """
    header = sheet.header_place(delivery)
    if header is None:
        return ""
    for place, column in delivery_columns(delivery, _names(cells[header])):
        if column.type in _DATE_TYPES:
            below = [(row, cells[row][place]) for row in range(header + 1, len(cells))]
            dates = [row for row, cell in below if isinstance(cell, date) and cell.day <= _LAST_SWAPPED_DAY]
            texts = [row for row, cell in below if isinstance(cell, str) and _DATE_TEXT.fullmatch(cell)]
            if dates and texts:
                first = [cell_name(sheet.row + rows[0], sheet.column + place) for rows in (dates, texts)]
                return (
                    f"The column {column.file_header} of the sheet {sheet.name} has dates in some cells ({first[0]}) "
                    f"and texts in others ({first[1]}), as when Excel takes the day of a date for its month: "
                    "deliver the file as it was before Excel opened it."
                )
    return ""
