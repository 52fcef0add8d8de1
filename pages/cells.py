"""The cells of a figure's table: what stands in each, where it leads, and which shorthand they use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from figures import Column, Figure, Rows
from figures.show import MEANINGS, NUMERIC, cell, places

Leads = Callable[[Column, dict[str, object]], str | None]
"""The path of the page that a cell leads to, if there is one."""

TAG_CLASSES = {
    "consistent": "govuk-tag--green",
    "inconsistent": "govuk-tag--red",
    "not derivable": "govuk-tag--grey",
    "as planned": "govuk-tag--green",
    "met": "govuk-tag--green",
    "close": "govuk-tag--yellow",
    "missed": "govuk-tag--red",
    "below": "govuk-tag--yellow",
    "above": "govuk-tag--yellow",
}
"""Colours of tags; the word in them says the same."""


class Cell(NamedTuple):
    """A cell. way: the path of the page that it leads to. tag: the classes of its tag, None where it is none.

    heads: whether its row heads those below.
    """

    text: str
    is_head: bool
    is_number: bool
    way: str | None
    tag: str | None
    heads: bool = False


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it, with the columns that have something in them."""

    figure: Figure
    found: Rows
    cells: list[list[Cell]]
    shorthand: list[str]

    @property
    def groups(self) -> list[tuple[str, list[list[Cell]]]]:
        """The cells under the headings of a figure that is grouped."""
        by = self.figure.group or ""
        pairs = zip(self.found.rows, self.cells, strict=True)
        runs = groupby(pairs, lambda pair: str(pair[0][by]))
        return [(heading, [cells for _, cells in run]) for heading, run in runs]


def shown(found: Rows, leads: Leads) -> Shown:
    """The cells of a figure and the shorthand that they use, in its order; without columns in which nothing stands."""
    heads = found.figure.heads or ""
    columns = [(column, places(column, found.rows)) for column in found.figure.columns]
    told = [[_cell(each, row, leads, bool(row.get(heads)), digits) for each, digits in columns] for row in found.rows]
    kept = [n for n, _ in enumerate(found.figure.columns) if not told or any(row[n].text for row in told)]
    cells = [[row[n] for n in kept] for row in told]
    figure = found.figure.model_copy(update={"columns": tuple(found.figure.columns[n] for n in kept)})
    used = {sign for row in cells for each in row for sign in each.text.rsplit(" ", 2)[-2:]} & MEANINGS.keys()
    return Shown(figure, found, cells, sorted(used))


def _cell(column: Column, row: dict[str, object], leads: Leads, heads: bool, digits: Mapping[object, int]) -> Cell:
    value = row[column.name]
    return Cell(
        text=cell(column, row, digits),
        is_head=column.head,
        is_number=column.show in NUMERIC,
        way=leads(column, row) if column.link and value is not None else None,
        tag=TAG_CLASSES.get(str(value), "") if column.show == "tag" and value is not None else None,
        heads=heads,
    )


def body(cells: list[list[Cell]], to: Callable[[str], str]) -> Markup:
    """The rows of a table as HTML, written here and not by a template: a site has hundreds of thousands of cells, which
    would be half of it if each had the classes of the design system (casebook.scss).

    to: makes of a path in the site the way there from the page.
    """
    rows = (f"<tr{_heads(row)}>{''.join(_html(each, to) for each in row)}</tr>\n" for row in cells)
    return Markup("".join(rows))  # noqa: S704 -- what is delivered is escaped in it


def _heads(row: list[Cell]) -> str:
    return ' class="casebook-heads"' if row[0].heads else ""


def _html(cell: Cell, to: Callable[[str], str]) -> str:
    text = str(escape(cell.text))
    if cell.way:
        text = f'<a class="govuk-link" href="{escape(to(cell.way))}">{text}</a>'
    elif cell.tag is not None:
        text = f'<strong class="govuk-tag {cell.tag}">{text}</strong>'
    if cell.is_head:
        return f'<th scope="row">{text}</th>'
    if cell.is_number:
        return f'<td class="n">{text}</td>'
    return f"<td>{text}</td>"
