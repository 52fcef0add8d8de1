"""The one spelling of each value: cells are brought into it before keys are compared and before anything is loaded.

A cell that is not what its column holds keeps its spelling as a text, and the checks hold its row.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from expectations.contract import Column, ColumnType, Delivery

PLACES = 9
"""Decimal places that a number has."""

NO_VALUE = ("NULL", "None", "N/A")
"""What programs write where they have no value; in a column that may be empty, in any case, it is an empty cell."""

_NO_VALUE_WARNING = "NULL, None and N/A were read as empty cells"

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters without width: controls, interlinear marks and Unicode's Default_Ignorable_Code_Point."""

_NUMBER = re.compile(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][+-]?[0-9]{1,2})?", re.ASCII)
"""A number in any notation. The digits are bounded so that its plain spelling is short."""

_LAST_PLACE = Decimal(1).scaleb(-PLACES)
_ALL_DIGITS = Context(prec=200, rounding=ROUND_HALF_UP)


def text(cell: str) -> str:
    """A text in Unicode's form NFC, without characters that take no room, one space between words; lines stay."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()
    visible = unicodedata.normalize("NFC", _UNSEEN.sub("", cell))
    return "\n".join(" ".join(line.split()) for line in visible.splitlines()).strip()


def number(cell: str) -> str:
    """A number in plain digits, rounded to `PLACES`, without plus sign and without zeros before or after it."""
    cell = text(cell)
    if not _NUMBER.fullmatch(cell):
        return cell
    rounded = _ALL_DIGITS.quantize(Decimal(cell), _LAST_PLACE)
    return f"{rounded:f}".rstrip("0").rstrip(".") if rounded else "0"


def figure(cell: str) -> str:
    """A number, with the per cent sign that it may have."""
    cell = text(cell)
    return f"{number(cell[:-1])}%" if cell.endswith("%") else number(cell)


@dataclass(frozen=True)
class Form:
    """How the values of a column type are spelled.

    meaning: what a column of this type holds, in words for its sender. spell: the canonical spelling of a cell.
    pattern: what a canonical value matches. parse: for dates, how they are read.
    """

    meaning: str
    spell: Callable[[str], str]
    pattern: str = ""
    parse: str = ""


_WHOLE = "[1-9][0-9]*"
_FRACTION = rf"\.[0-9]{{0,{PLACES - 1}}}[1-9]"
_DECIMAL = f"0|-?({_WHOLE}({_FRACTION})?|0{_FRACTION})"
_YEAR = "[12][0-9]{3}"

FORMS: dict[ColumnType, Form] = {
    "text": Form("text", text, "[!-~]+( [!-~]+)*"),
    "integer": Form("a whole number", number, f"0|-?{_WHOLE}"),
    "number": Form("a number with a decimal point", number, _DECIMAL),
    "figure": Form("a number, perhaps with a per cent sign", figure, f"({_DECIMAL})%?"),
    "date": Form("a date as yyyy-mm-dd", text, "[0-9]{4}-[0-9]{2}-[0-9]{2}", "%Y-%m-%d"),
    "date_dmy": Form("a date as dd/mm/yyyy", text, "[0-9]{2}/[0-9]{2}/[0-9]{4}", "%d/%m/%Y"),
    "period": Form("a month as MMYY", text, "(0[1-9]|1[0-2])[0-9]{2}"),
    "year": Form("a performance year such as 2004/05", text, f"{_YEAR}/[0-9]{{2}}"),
    "span": Form(
        "a year, performance year or month (2004, 2004/05, 2004-11)", text, f"{_YEAR}(/[0-9]{{2}}|-(0[1-9]|1[0-2]))?"
    ),
}
"""Every column type, defined in one place."""


def canonical(table: pa.Table, delivery: Delivery) -> tuple[pa.Table, dict[int, str]]:
    """The table with each cell of the delivery's columns in its canonical spelling, empty ones as NULL.

    Returns also a sentence by file_id, where words for no value were read as empty cells.
    """
    emptied: dict[int, list[str]] = {}
    for column in delivery.columns:
        cells = _spelled(table.column(column.name).combine_chunks(), column)
        empty = pc.equal(cells, "")
        no_value = _no_value(column)
        if not column.required and _has_words(cells, no_value):
            is_word = pc.is_in(pc.utf8_upper(cells), no_value)
            for file_id, rows in _rows_by_file(table, is_word):
                emptied.setdefault(file_id, []).append(
                    f"{column.file_header} ({rows} {'row' if rows == 1 else 'rows'})"
                )
            empty = pc.or_(empty, is_word)
        cells = pc.if_else(empty, None, cells)
        table = table.set_column(table.column_names.index(column.name), column.name, cells)
    return table, {file_id: f"{_NO_VALUE_WARNING}: {', '.join(columns)}." for file_id, columns in emptied.items()}


def _no_value(column: Column) -> pa.Array:
    """Words for no value in capitals, without those that the column keeps."""
    kept = {word.upper() for word in column.words}
    return pa.array([word.upper() for word in NO_VALUE if word.upper() not in kept], pa.string())


def _has_words(cells: pa.Array, no_value: pa.Array) -> bool:
    return bool(pc.any(pc.is_in(pc.utf8_upper(pc.unique(cells)), no_value)).as_py())


def _rows_by_file(table: pa.Table, wanted: pa.Array) -> list[tuple[int, int]]:
    counted = pc.value_counts(table.column("file_id").filter(wanted))
    return [(one["values"], one["counts"]) for one in counted.to_pylist()]


def _spelled(cells: pa.Array, column: Column) -> pa.Array:
    """The cells in the column's spelling. Most files have all in it, which a look at the distinct ones tells."""
    form = FORMS[column.type]
    if form.spell is text and _is_plain(cells):
        return cells
    pattern = f"^({form.pattern})?$"
    if pc.all(pc.match_substring_regex(pc.unique(cells), pattern)).as_py():
        return cells
    spell = _each(form.spell) if column.many and form.spell is not text else form.spell
    spell = _or_word(spell, column.words) if column.words else spell
    odd = pc.fill_null(pc.invert(pc.match_substring_regex(cells, pattern)), False)
    distinct = cells.filter(odd).dictionary_encode()
    spelled = pa.array([spell(cell) for cell in distinct.dictionary.to_pylist()], pa.string())
    return pc.replace_with_mask(cells, odd, spelled.take(distinct.indices))


def _each(spell: Callable[[str], str]) -> Callable[[str], str]:
    return lambda cell: ";".join(map(spell, cell.split(";")))


def _or_word(spell: Callable[[str], str], words: tuple[str, ...]) -> Callable[[str], str]:
    spelled = {word.upper(): word for word in words}
    return lambda cell: spelled.get(text(cell).upper()) or spell(cell)


def _is_plain(cells: pa.Array) -> bool:
    """Whether no cell has anything but printable ASCII and single spaces, as most columns have."""
    content = cells.buffers()[2]
    if not content:
        return True
    octets = np.frombuffer(content, np.uint8)
    return not octets.size or (octets.min() >= ord(" ") and octets.max() <= ord("~") and b"  " not in bytes(content))
