"""Rows for a person: a table, or each row's cells below each other where a table would be too wide."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.base.text import printable, printable_lines
from flows.cli.terminal import OUT

Row = tuple[Any, ...]

FIRST_ROWS = 100
FIRST_LISTED = 20
"""Rows shown where no limit is given, in a table and each by itself."""

READABLE = 20
"""Characters to which a column may be narrowed before a table is no longer easy to read."""

WIDEST = 100_000
"""Characters of a line that is not for a terminal."""


def show(
    columns: Sequence[str], rows: Iterable[Row], limit: int | None = None, console: Console = OUT
) -> tuple[int, bool]:
    """Show the first rows. Returns how many, and whether there are more."""
    first = list(islice(rows, (limit or FIRST_ROWS) + 1))
    is_wide = console.is_terminal and _is_wide(columns, first, console.width)
    shown = first[: limit or (FIRST_LISTED if is_wide else FIRST_ROWS)]
    if is_wide:
        for number, row in enumerate(shown, 1):
            _show_cells(number, columns, row, console)
    else:
        show_table("", columns, shown, console)
    return len(shown), len(shown) < len(first)


def show_table(
    title: str, columns: Sequence[str], rows: Iterable[Row], console: Console = OUT, one_line: bool = False
) -> None:
    """A table: narrowed to a terminal, elsewhere as wide as it is.

    one_line: only the last column is narrowed, by cutting it; where a program reads it there are no lines of boxes.
    """
    table = Table(*map(printable, columns), title=title or None, title_justify="left")
    for column in table.columns[:-1]:
        column.no_wrap = one_line
    for row in rows:
        *cells, last = map(cell_text, row)
        table.add_row(*cells, Text(last, no_wrap=one_line, overflow="ellipsis" if one_line else None))
    if not console.is_terminal:
        table.box = None if one_line else table.box
        console = Console(file=console.file, width=WIDEST, markup=False, emoji=False)
    console.print(table)


def cell_text(cell: Any) -> str:
    """A cell as people read it; nothing for NULL."""
    return "" if cell is None else printable_lines(str(cell))


def _is_wide(columns: Sequence[str], rows: Sequence[Row], width: int) -> bool:
    """Whether columns would have to be broken more than is easy to read."""
    longest = [max(len(cell_text(cell)) for cell in cells) for cells in zip(columns, *rows, strict=True)]
    return sum(min(cells, READABLE) + 3 for cells in longest) + 1 > width


def _show_cells(number: int, columns: Sequence[str], row: Row, console: Console) -> None:
    grid = Table.grid(padding=(0, 2))
    for name, cell in zip(columns, row, strict=True):
        grid.add_row(printable(name), cell_text(cell))
    console.print(f"row {number:,}", style="bold", highlight=False)
    console.print(grid)
