"""Figures that are not one table of rows: cross tables, tiles of areas, and small lines of months."""

import re
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any

from markupsafe import Markup, escape

from figures import Column, Grid, Rows
from figures.show import cell, places
from pages.cells import Leads, Shown
from pages.small_lines import small_line

Row = dict[str, Any]
To = Callable[[str], str]


def grids(found: Rows, leads: Leads, to: To) -> list[tuple[str, Markup]]:
    """The cross tables of a figure, each with its title (empty where there is one only) as HTML."""
    grid = found.figure.grid
    if grid is None:
        return []
    by = grid.by
    groups = groupby(found.rows, lambda row: str(row[by]) if by else "")
    return [(title, _table(found, grid, list(rows), leads, to)) for title, rows in groups]


def tiles(shown: Shown, to: To) -> Markup:
    """A tile for each row of a figure, at its place."""
    places = shown.figure.tiles
    if places is None:
        return Markup()
    items = "".join(
        f'<li style="grid-area:{int(row[places.row])}/{int(row[places.column])}">'
        f'<a class="govuk-link" href="{escape(to(head.way or ""))}" title="{escape(head.text)}">'
        f"{escape(row[places.code])}</a> {escape(row[places.value] or '')}</li>\n"
        for row, cells in zip(shown.found.rows, shown.cells, strict=True)
        for head in cells
        if head.is_head
    )
    return Markup(f'<ul class="casebook-tiles">\n{items}</ul>')  # noqa: S704 -- what is delivered is escaped in it


def spark(found: Rows, number: int) -> Markup:
    """The small line of a row of a figure; a value that is missing is a gap."""
    return small_line(found.rows[number][found.figure.spark or ""])


def _table(found: Rows, grid: Grid, rows: list[Row], leads: Leads, to: To) -> Markup:
    columns = {column.name: column for column in found.figure.columns}
    told = [column for name, column in columns.items() if name not in {grid.across, grid.down, grid.by}]
    heads = {row[grid.across_code]: row for row in sorted(rows, key=itemgetter(grid.across, grid.across_code))}
    said = {
        code: [(column, places(column, (row for row in rows if row[grid.across_code] == code))) for column in told]
        for code in heads
    }
    top = "".join(_head(columns[grid.across], row, "col", leads, to, code) for code, row in heads.items())
    lines = []
    for code, group in groupby(rows, itemgetter(grid.down_code)):
        cells = {row[grid.across_code]: row for row in group}
        head = _head(columns[grid.down], next(iter(cells.values())), "row", leads, to)
        body = "".join(_cell(said[each], grid.tag, cells.get(each), each) for each in heads)
        lines.append(f'<tr class="govuk-table__row" data-code="{escape(code)}">{head}{body}</tr>\n')
    corner = f'<th scope="col" class="govuk-table__header">{escape(columns[grid.down].label)}</th>'
    return Markup(  # noqa: S704 -- what is delivered is escaped in it
        '<table class="govuk-table casebook-grid">'
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{corner}{top}</tr></thead>\n'
        f'<tbody class="govuk-table__body">\n{"".join(lines)}</tbody></table>'
    )


def _head(column: Column, row: Row, scope: str, leads: Leads, to: To, label: str = "") -> str:
    text, way = escape(cell(column, row)), leads(column, row)
    linked = f'<a class="govuk-link" href="{escape(to(way))}">{text}</a>' if way else text
    labelled = f' data-label="{escape(label)}"' if label else ""
    return f'<th scope="{scope}" class="govuk-table__header"{labelled}>{linked}</th>'


def _cell(columns: list[tuple[Column, dict[Any, int]]], tag: str, row: Row | None, label: str) -> str:
    """A cell with a line for each of its columns; the word of the last one colours it. label: for paper, which has no
    room for the table."""
    if row is None:
        return '<td class="govuk-table__cell"></td>'
    lines = "<br>".join(str(escape(line)) for line in (cell(column, row, digits) for column, digits in columns) if line)
    colour = f" casebook-is-{re.sub('[^a-z]+', '-', row[tag])}" if row[tag] else ""
    return f'<td class="govuk-table__cell{colour}" data-label="{escape(label)}">{lines}</td>'
