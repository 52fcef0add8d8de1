"""Columns of figures as columns of sheets: units in headings, numbers as numbers, shorthand for what is missing."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from figures import Column, Figure
from figures.show import MEANINGS, NUMERIC, cell, half_up, mark, missing

Row = dict[str, Any]

NOTHING_TO_SAY = "[z]"
"""Stands where a page leaves a cell empty: to those who hear a table an empty cell is a riddle."""


class Cell(NamedTuple):
    """What stands in a cell. number_format: of a number or a date. mark: shorthand shown behind a number. sheet: of the
    same workbook, to which it leads."""

    value: str | float | date
    number_format: str = ""
    mark: str = ""
    sheet: str = ""


class Heading(NamedTuple):
    """Of a column of a sheet. numeric: set flush right. head: whether the column names its row."""

    text: str
    numeric: bool = False
    head: bool = False


class Field(NamedTuple):
    """A column of a sheet. cell: what stands in it for a row."""

    heading: Heading
    cell: Callable[[Row], Cell]


class _Form(NamedTuple):
    """How a way to write values (figures.show.SHOWS) is written in a sheet. unit: stands in the heading."""

    cell: Callable[[Any], Cell]
    unit: str = ""


def _number(value: float) -> Cell:
    """At most two decimals: 0.5, 12, 3.25."""
    rounded = half_up(value, 2)
    return Cell(rounded, "#,##0" if rounded.is_integer() else "#,##0.0#")


FORMS: dict[str, _Form] = {
    "whole": _Form(lambda value: Cell(value, "#,##0")),
    "number": _Form(_number),
    "printed": _Form(_number),
    "given": _Form(lambda value: Cell(value, "#,##0" if float(value).is_integer() else "#,##0.0########")),
    "decimals": _Form(lambda value: Cell(value, "0.000000")),
    "chance": _Form(lambda value: Cell(value, "0.000")),
    "percent": _Form(lambda value: Cell(half_up(value * 100), "0"), "%"),
    "percent1": _Form(lambda value: Cell(half_up(value * 100, 1), "0.0"), "%"),
    "whole_percent": _Form(lambda value: Cell(value, "0"), "%"),
    "points": _Form(lambda value: Cell(half_up(value * 100), "+0;-0;0"), "points"),
    "month": _Form(lambda value: Cell(value, "mmmm yyyy")),
    "date": _Form(lambda value: Cell(value, "d mmmm yyyy")),
}
"""Ways to write values that are no text in a sheet; every other way is."""

UNIT_WORDS = {None: "number", "percent": "%", "percent_of_target": "% of target", "gbp_m": "GBP million"}
"""What the column of units says for those that pages write behind a value; every other unit is its own word."""


def fields_of(figure: Figure) -> list[Field]:
    """The columns of a figure's sheet: two for an interval, and one of units where they differ from row to row.

    Errors: ValueError where two headings are the same, which a table of a workbook cannot have.
    """
    fields: list[Field] = []
    units: set[str] = set()
    for column in figure.columns:
        if column.unit and column.unit not in units:
            units.add(column.unit)
            fields.append(_unit(column.unit))
        fields += _fields(column)
    headings = [field.heading.text.casefold() for field in fields]
    if len(set(headings)) < len(headings):
        raise ValueError(f"Two columns of the sheet {figure.sheet} have the same heading.")
    return fields


def shorthand_in(rows: list[list[Cell]]) -> list[str]:
    """The shorthand that stands in cells, in order."""
    cells = [cell for row in rows for cell in row]
    marks = {sign for cell in cells if cell.mark for sign in cell.mark.split()}
    used = marks | {cell.value for cell in cells if isinstance(cell.value, str)}
    return sorted(used & MEANINGS.keys())


def _fields(column: Column) -> list[Field]:
    if not column.to:
        return [_field(column, column.label)]
    upper = column.model_copy(update={"name": column.to})
    return [_field(column, f"{column.label}, from"), _field(upper, f"{column.label}, to")]


def _field(column: Column, label: str) -> Field:
    form = FORMS.get(column.show)
    if form is None:
        return Field(Heading(label, head=column.head), lambda row: _text(cell(column, row)))
    if form.unit and f"({form.unit})" not in label:
        label = f"{label} ({form.unit})"
    return Field(
        Heading(label, column.show in NUMERIC, column.head),
        lambda row: (
            _text(missing(column, row))
            if row[column.name] is None
            else _marked(form.cell(row[column.name]), mark(column, row))
        ),
    )


def _marked(cell: Cell, sign: str) -> Cell:
    """A number with a sign behind it; the cell stays a number."""
    return cell._replace(number_format=f'{cell.number_format}" {sign}"', mark=sign) if sign else cell


def _text(text: str) -> Cell:
    return Cell(text or NOTHING_TO_SAY)


def _unit(name: str) -> Field:
    return Field(Heading("Measured in"), lambda row: Cell(UNIT_WORDS.get(row[name], str(row[name]))))
