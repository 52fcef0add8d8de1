"""Workbooks as people and programs make them: several sheets, formats, formulas, merged cells."""

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]
Edit = Callable[[Workbook, Worksheet], None]


def book(*sheets: tuple[str, Rows], edit: Edit | None = None, **options: object) -> bytes:
    """A workbook with these sheets. edit: what is done to the last one. Dates are date cells, the rest as it is."""
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True, "default_date_format": "dd/mm/yyyy", **options})
    for name, rows in sheets:
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell)
    if edit:
        edit(workbook, sheet)
    workbook.close()
    return data.getvalue()


def _write(sheet: Worksheet, number: int, place: int, cell: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(number, place, cell)
    elif isinstance(cell, str):
        sheet.write_string(number, place, cell)
    elif cell is not None:
        sheet.write(number, place, cell)
