"""Write workbooks that everyone can read: gptables lays them out as the Analysis Function of government asks.

Of gptables come cover, titles, order and formats. Cells are written here, because there delivered text would be taken
for links, for notes or for formulas, and a cell of signs alone would stop the night.
"""

import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from textwrap import wrap
from typing import Any
from zipfile import ZipFile

import numpy as np
import pandas as pd
from gptables import Cover, GPTable
from gptables.core.wrappers import GPWorkbook, GPWorksheet
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from downloads.cells import Cell, Heading
from downloads.forms import CREATED, packed
from downloads.sheets import Book, Sheet
from figures.show import MEANINGS
from figures.words import plain
from flows.base.render_cache import BUSINESS_DATE, RUN_ID
from flows.base.settings import PROJECT
from flows.base.text import printable_lines

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

LONGEST_TEXT = 32_767
"""Characters that a cell of a workbook can hold."""

NARROWEST, WIDEST, COVER_WIDTH = 12, 70, 85
"""Width of columns in characters; longer text is wrapped."""

CHARACTER = 1.15
"""Width of a character of the theme's font; 1 is one of the font that workbooks begin with."""

LINE = 1.3
"""Height of a line, in sizes of its font."""

A4 = 9

MARKS = (RUN_ID, BUSINESS_DATE)


def form_of(book: Book) -> bytes:
    """A workbook as a form: a cover, and a table a sheet. The same book makes the same bytes."""
    workbook = _Workbook(BytesIO(), OPTIONS)
    workbook.set_properties({"title": book.title, "subject": RUN_ID, "created": CREATED})
    workbook.add_worksheet("Cover").write_cover(_cover(book))
    for sheet in book.sheets:
        workbook.add_worksheet(sheet.name).write_sheet(sheet)
    workbook.close()
    return packed(workbook.parts())


class _Worksheet(GPWorksheet):  # type: ignore[misc]  # gptables has no types
    """A worksheet in which text is text."""

    def write_sheet(self, sheet: Sheet) -> None:
        """Write a table with its title and what a reader must know first."""
        self._sheet = sheet
        self._formats: dict[tuple[Heading, str], Any] = {}
        # gptables learns from it how large the table is; one block, because a block a column takes a millisecond.
        shape = np.empty((len(sheet.rows), len(sheet.headings)), dtype=object)
        frame = pd.DataFrame(shape, columns=[heading.text for heading in sheet.headings])
        table = GPTable(
            frame,
            sheet.table_name,
            sheet.title,
            instructions=sheet.instructions,
            legend=sheet.legend,
            source=sheet.source,
            index_columns={},
        )
        self.write_gptable(table, auto_width=False)

    def _write_table_elements(self, pos: list[int], gptable: GPTable, auto_width: bool) -> list[int]:
        """The table itself, which gptables has do the layout of everything above it."""
        first, _, last, last_column = gptable.data_range
        for place, cells in enumerate(self._sheet.rows, first + 1):
            for column, (heading, cell) in enumerate(zip(self._sheet.headings, cells, strict=True)):
                self._write_one(place, column, cell, self._format(heading, cell.number_format))
        self._make_room(first)
        self._mark_as_table(gptable)
        self.ignore_errors({"number_stored_as_text": xl_range(first + 1, 0, last, last_column)})
        self.freeze_panes(first + 1, 0)
        self.repeat_rows(first)
        return [last + 1, 0]

    def _make_room(self, first: int) -> None:
        """Width of columns and height of rows, which not every program works out by itself. first: row of headings."""
        texts = [[_shown(cell.value) for cell in cells] for cells in self._sheet.rows]
        headings = [heading.text for heading in self._sheet.headings]
        widths = [_width(heading, column) for heading, column in zip(headings, zip(*texts, strict=True), strict=True)]
        for column, width in enumerate(widths):
            self.set_column(column, column, CHARACTER * width)
        for row, cells in enumerate([headings, *texts], first):
            lines = max(_lines(text, int(CHARACTER * width)) for text, width in zip(cells, widths, strict=True))
            if lines > 1:
                self.set_row(row, LINE * self.theme.data_format["font_size"] * lines)

    def _write_element(self, pos: list[int], element: Any, format_dict: dict[str, Any]) -> list[int]:
        """A line above the table or of the cover; those of the cover are wrapped, and get room."""
        if element and format_dict.get("text_wrap"):
            self.set_row(pos[0], LINE * format_dict["font_size"] * _lines(element, COVER_WIDTH))
        written: list[int] = super()._write_element(pos, element, format_dict)
        return written

    def _write_one(self, row: int, column: int, cell: Cell, cell_format: Any) -> None:
        if cell.sheet:
            self.write_url(row, column, f"internal:'{cell.sheet}'!A1", self._link_format(), str(cell.value))
        elif isinstance(cell.value, str):
            self._write_string(row, column, cell.value, cell_format)
        elif isinstance(cell.value, date):
            self._write_datetime(row, column, cell.value, cell_format)
        else:
            self._write_number(row, column, cell.value, cell_format)

    def _mark_as_table(self, gptable: GPTable) -> None:
        columns = [
            {"header": heading.text, "header_format": self._heading_format(heading)} for heading in self._sheet.headings
        ]
        options = {"columns": columns, "name": gptable.table_name, "autofilter": False, "style": None}
        self.add_table(*gptable.data_range, options)

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        """Every text that is written passes here: nothing in it may be an order, or more than a cell can hold."""
        safe = string if string.isprintable() else _printable(string)
        cut = safe if len(safe) <= LONGEST_TEXT else f"{safe[: LONGEST_TEXT - 1]}\N{HORIZONTAL ELLIPSIS}"
        return int(super()._write_string(row, col, cut, cell_format))

    def _parse_urls(self, sheet: object) -> None:
        """Nothing in a text is a link."""

    def _format(self, heading: Heading, number_format: str) -> Any:
        if (heading, number_format) not in self._formats:
            theme = self.theme.index_2_format if heading.head else self.theme.data_format
            told = {**theme, **_alignment(heading), "num_format": number_format or "General"}
            self._formats[heading, number_format] = self._workbook.add_format(told)
        return self._formats[heading, number_format]

    def _heading_format(self, heading: Heading) -> Any:
        return self._workbook.add_format({**self.theme.column_heading_format, **_alignment(heading)})

    def _link_format(self) -> Any:
        return self._workbook.add_format({**self.theme.data_format, "underline": True, "font_color": "blue"})


class _Workbook(GPWorkbook):  # type: ignore[misc]  # as above
    def parts(self) -> dict[str, bytes]:
        """The files that it is made of, once it is closed."""
        with ZipFile(self.filename) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def add_worksheet(self, name: str) -> _Worksheet:
        """A worksheet of ours, which gptables would make one of its own."""
        worksheet: _Worksheet = Workbook.add_worksheet(self, name, _Worksheet)
        worksheet.theme, worksheet._workbook = self.theme, self
        worksheet.hide_gridlines(2)
        worksheet.set_landscape()
        worksheet.set_paper(A4)
        worksheet.fit_to_pages(1, 0)
        return worksheet


def _printable(text: str) -> str:
    """The text with what no workbook can hold replaced, all but our own marks."""
    return "".join(part if part in MARKS else printable_lines(part) for part in re.split(f"({'|'.join(MARKS)})", text))


def _alignment(heading: Heading) -> dict[str, Any]:
    """Text keeps off the number to its left."""
    if heading.numeric:
        return {"align": "right", "valign": "top"}
    return {"align": "left", "valign": "top", "indent": 0 if heading.head else 1}


def _width(heading: str, texts: Iterable[str]) -> int:
    """Characters in a line of a column, so that words are whole and lines not endless."""
    longest_word = max(map(len, heading.split()))
    longest_line = max(len(line) for text in texts for line in text.splitlines() or [""])
    return min(max(longest_word, longest_line, NARROWEST), WIDEST)


def _shown(value: str | float | date) -> str:
    """As wide as it will be."""
    return f"{value:%d %B %Y}" if isinstance(value, date) else str(value)


def _lines(text: str, width: int) -> int:
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, len(wrap(line, width))) for line in text.splitlines())


def _cover(book: Book) -> Cover:
    licence = (PROJECT / "figures" / "topic" / "licence.md").read_text(encoding="utf-8")
    return Cover(
        title=book.title,
        width=COVER_WIDTH,
        intro=[
            *book.facts,
            f"Figures as of: {BUSINESS_DATE}",
        ],
        about=[
            "Percentages are rounded half up to whole per cents, as reports print them, unless decimals are shown.",
            "Where there is no figure, a cell says why in shorthand:",
            *(f"{sign} {MEANINGS[sign]}" for sign in book.shorthand),
            plain(licence.partition("\n\n")[0].replace("\n", " ")),
        ],
    )
