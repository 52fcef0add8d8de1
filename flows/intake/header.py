"""The header of a delivery: which row it is, which columns it names, and what to say where it does not fit."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from expectations.contract import Column, Delivery
from flows.base.text import printable

ROWS_SEARCHED = 20
"""A header below so many rows is not looked for."""

DELIMITERS = ",;\t|"

MOST_NAMED = 6
"""How many missing columns a sentence names."""

LONGEST_NAME = 60
"""Characters of a column's name shown to its sender, who knows which it is."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ALIKE = 0.8


def header_name(cell: str | None) -> str:
    """A header's cell as names are compared: lower case, without marks that nobody sees, one space between words."""
    if cell is None:
        return ""
    if cell.isascii():
        return " ".join(cell.split()).lower()
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", cell)).split()).lower()


def header_names(cells: Iterable[str | None]) -> list[str]:
    """The cells of a header as names are compared."""
    return [header_name(cell) for cell in cells]


def required(delivery: Delivery) -> list[str]:
    """Headers of the columns that every file has."""
    return [column.file_header for column in delivery.columns if not column.optional]


def columns_named(delivery: Delivery, names: Iterable[str]) -> int:
    """How many of the columns that every file has are among the names."""
    return len(set(names).intersection(required(delivery)))


def fits(delivery: Delivery, names: Iterable[str]) -> bool:
    """Whether the names are those of a header that lacks nothing."""
    return set(names).issuperset(required(delivery))


def missing_sentence(delivery: Delivery, names: Sequence[str]) -> str:
    """What a header lacks that is not one, for its sender; the likeliest cause alone."""
    missing = [name for name in required(delivery) if name not in names]
    given = [name for name in names if name]
    if len(given) == 1 and _in_one_cell(delivery, given[0]):
        return "Each row is in one cell, its values one after the other: split the cells into columns."
    if len(missing) == len(required(delivery)) and not any(_alike(delivery, names).values()):
        return f"The first row does not name the columns of this delivery: it must name {_some(missing)}."
    renamed = [(name, other) for name, other in _alike(delivery, names).items() if name in missing and other]
    lacks = f"The file lacks the column{'s' if len(missing) > 1 else ''} {_some(missing)}"
    return f"{lacks}.{_renamed(renamed)}"


def nearly(delivery: Delivery, name: str) -> str:
    """The column that a name nearly spells, or nothing."""
    return next((spelt for spelt, other in _alike(delivery, [name]).items() if other == name), "")


def shown(name: str) -> str:
    """A name of the sender's own in a sentence."""
    return printable(name[:LONGEST_NAME])


def _in_one_cell(delivery: Delivery, cell: str) -> bool:
    return any(fits(delivery, header_names(cell.replace('"', "").split(mark))) for mark in DELIMITERS)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"


def _renamed(pairs: Sequence[tuple[str, str]]) -> str:
    renames = " and ".join(f"{shown(other)} to {name}" for name, other in pairs[:MOST_NAMED])
    return f" Rename {renames}." if renames else ""


def _alike(delivery: Delivery, names: Sequence[str]) -> dict[str, str]:
    """By column of the delivery that is not among the names: the name that nearly spells it, or nothing."""
    columns = [column.file_header for column in delivery.columns]
    strange = {_letters(name): name for name in names if name and len(name) <= LONGEST_NAME and name not in columns}
    found = {}
    for column in columns:
        if column not in names:
            likely = [letters for letters in strange if _numbers(letters) <= _numbers(column)]
            near = get_close_matches(_letters(column), likely, 1, _ALIKE)
            found[column] = strange[near[0]] if near else ""
    return found


def _numbers(name: str) -> set[str]:
    """A name with another number than the column's is not quoted: sentences are published, and it may name a case."""
    return set(re.findall(r"\d+", name))


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name)


def delivery_columns(delivery: Delivery, names: Sequence[str]) -> list[tuple[int, Column]]:
    """Columns of the delivery that a header names, with their places."""
    by_name = {column.file_header: column for column in delivery.columns}
    return [(place, by_name[name]) for place, name in enumerate(names) if name in by_name]
