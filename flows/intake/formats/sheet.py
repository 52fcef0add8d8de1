"""What a sheet's XML says beyond its values: its extent, formulas without a value, and how cells are shown.

The sheets are looked through with patterns that take time in proportion to their size: no parser makes room for them.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, reduce
from xml.etree import ElementTree

from flows.intake.formats.cells import LARGEST_PLAIN, MOST_DIGITS, decimal_text

_PLACE = re.compile(rb"<(?:\w+:)?(row|c)\b(?:[^>]*?\sr\s*=\s*[\"']([A-Za-z]*)([0-9]+)[\"'])?")
"""A row or a cell in a sheet's XML, with its reference if it gives one."""

_ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*[\"'])e(?=[\"'])")
"""A cell in a sheet's XML that holds an error, up to its type."""

_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b(?P<cell>[^<>]*)>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f\s*>)\s*"
    rb"(?P<value><(?:\w+:)?v\b[^<>]*?(?:/>|>(?P<content>[^<]*)<))?"
)
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_TEXT_TYPE = re.compile(rb"\bt\s*=\s*[\"']str[\"']")
_TYPE = re.compile(rb"\s+t\s*=\s*[\"']([a-zA-Z]*)[\"']")

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
"""What in a number format is no format: quoted and escaped characters, colours and conditions, widths."""

Show = Callable[[Decimal], str]


def cells_spanned(sheet: bytes) -> int:
    """Rows times columns of a sheet's XML. Rows and cells say where they are, or else follow the one before."""
    row = column = height = width = 0
    for tag, letters, number in (match.groups() for match in _PLACE.finditer(sheet)):
        row = int(number) if number else row + (tag == b"row")
        column = _column_number(letters) if letters else (column + 1) * (tag == b"c")
        height, width = max(height, row), max(width, column)
    return height * width


def cell_name(row: int, column: int) -> str:
    """The reference of a cell, such as F2, by numbers from 0."""
    letters, column = "", column + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def uncalculated(sheet: bytes, name: str) -> str:
    """The sentence for a sheet with a formula that has no value, or with none that has another than 0; or nothing."""
    if not _HAS_FORMULA.search(sheet):
        return ""
    formulas, zeros, first = 0, 0, ""
    for match in _FORMULA.finditer(sheet):
        content = (match["content"] or b"").strip()
        if not content and not (match["value"] and _TEXT_TYPE.search(match["cell"])):
            return (
                f"The formula in cell {_reference(sheet, match)} of the sheet {name} has no value: "
                "open the file in Excel, save it and deliver it again."
            )
        formulas, zeros, first = formulas + 1, zeros + (content == b"0"), first or _reference(sheet, match)
    if formulas == zeros > 0:
        return (
            f"Every formula of the sheet {name}, the first in cell {first}, has the value 0, as if it was never "
            "calculated: open the file in Excel, save it and deliver it again, or deliver values in place of formulas."
        )
    return ""


def _reference(sheet: bytes, cell: re.Match[bytes]) -> str:
    row = column = 0
    for tag, letters, number in (match.groups() for match in _PLACE.finditer(sheet, 0, cell.start("cell"))):
        row = int(number) if number else row + (tag == b"row")
        column = _column_number(letters) if letters else (column + 1) * (tag == b"c")
    own = re.search(rb"\br\s*=\s*[\"']([A-Za-z]+[0-9]+)[\"']", cell["cell"])
    return own[1].decode().upper() if own else cell_name(max(row, 1) - 1, max(column, 1) - 1)


@cache
def _column_number(letters: bytes) -> int:
    return reduce(lambda number, letter: number * 26 + letter - ord("A") + 1, letters.upper(), 0)


def shown_formats(styles: bytes) -> dict[bytes, Show]:
    """By number of a style: how a number in it is shown, where that is not as the number it is."""
    if b"numFmtId" not in styles:
        return {}
    root = ElementTree.fromstring(styles)  # noqa: S314 -- without a document type, see the workbook
    codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind(".//{*}numFmts/{*}numFmt")}
    cells = root.find("{*}cellXfs")
    styled = enumerate(() if cells is None else cells.iterfind("{*}xf"))
    shows = {b"%d" % place: _show(codes, style.get("numFmtId", "")) for place, style in styled}
    return {place: show for place, show in shows.items() if show}


def _show(codes: Mapping[str, str], number_format: str) -> Show | None:
    code = _NOT_SHOWN.sub("", codes.get(number_format, "0%" if number_format in ("9", "10") else "")).split(";")[0]
    if "%" in code:
        return lambda number: decimal_text(number * 100)
    if len(code) > 1 and not code.strip("0"):
        return lambda number: f"{number:0{len(code)}f}" if number == number.to_integral_value() else str(number)
    return None


def as_shown(sheet: bytes, shows: Mapping[bytes, Show]) -> bytes:
    """A sheet's XML in which errors, per cents and leading zeros are the texts that are shown.

    The library gives a number without its format, and an error as an empty cell: tests/unit/test_workarounds.py fails
    once that is mended.
    """
    sheet = _ERROR_CELL.sub(rb"\1str", sheet)
    styles = b"|".join(shows)
    if not styles:
        return sheet
    pattern = (
        rb"(<(?:\w+:)?c)((?:\s[^<>]*?)?\ss\s*=\s*[\"'](%b)[\"'][^<>]*)>(\s*(?:<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</"
        rb"(?:\w+:)?f\s*>)\s*)?<(?:\w+:)?v\b[^<>]*>)([^<]*)(?=<)"
    )
    return re.sub(pattern % styles, lambda match: _cell_as_shown(match, shows), sheet)


def _cell_as_shown(cell: re.Match[bytes], shows: Mapping[bytes, Show]) -> bytes:
    start, attributes, style, before, content = cell.groups()
    type_ = _TYPE.search(attributes)
    if type_ and type_[1] != b"n":
        return cell[0]
    try:
        number = Decimal(f"{float(content):.{MOST_DIGITS}g}")
        text = shows[style](number).encode() if abs(number) < LARGEST_PLAIN else content
    except (ValueError, InvalidOperation):
        return cell[0]
    return b'%b%b t="str">%b%b' % (start, _TYPE.sub(b"", attributes), before, text)
