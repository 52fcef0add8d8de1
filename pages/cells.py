"""The cells of a figure's table: what stands in each, where it leads, and which shorthand they use."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple, TypeVar

from markupsafe import Markup, escape

from figures import Column, Figure, Rows
from figures.show import MEANINGS, NUMERIC, cell, places
from pages.small_lines import small_line

T = TypeVar("T")
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

    heads: whether its row heads those below. line: what is drawn in it, as HTML.
    """

    text: str
    is_head: bool
    is_number: bool
    way: str | None
    tag: str | None
    heads: bool = False
    line: str = ""


FEW_ROWS = 5
"""Rows of which a reader sees at once that they say the same."""


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it, with the columns that have something in them. same: places of columns that say the
    same in all rows.
    """

    figure: Figure
    found: Rows
    cells: list[list[Cell]]
    shorthand: list[str]
    same: frozenset[int] = frozenset()

    @property
    def columns(self) -> list[Column]:
        """Those of its table."""
        return self._left(self.figure.columns)

    @property
    def table(self) -> list[list[Cell]]:
        """The cells of its table."""
        return [self._left(row) for row in self.cells]

    @property
    def in_all_rows(self) -> list[str]:
        """What all rows say alike, which stands above the table and not in it."""
        pairs = ((self.figure.columns[place].label, self.cells[0][place].text) for place in sorted(self.same))
        return [f"{label}: {text}" for label, text in pairs if text]

    def _left(self, parts: Sequence[T]) -> list[T]:
        return [part for place, part in enumerate(parts) if place not in self.same]

    @property
    def groups(self) -> list[tuple[str, list[list[Cell]]]]:
        """The cells under the headings of a figure that is grouped."""
        by = self.figure.group or ""
        pairs = zip(self.found.rows, self.table, strict=True)
        runs = groupby(pairs, lambda pair: str(pair[0][by]))
        return [(heading, [cells for _, cells in run]) for heading, run in runs]


def shown(found: Rows, leads: Leads, stays: Collection[str] = ()) -> Shown:
    """The cells of a figure and the shorthand that they use, in its order; without columns in which nothing stands.

    stays: headings of columns that stand in its table even where they say the same in all rows.
    """
    heads = found.figure.heads or ""
    columns = [(column, places(column, found.rows)) for column in found.figure.columns]
    rows = [[_cell(each, row, leads, bool(row.get(heads)), digits) for each, digits in columns] for row in found.rows]
    kept = [n for n, _ in enumerate(found.figure.columns) if not rows or any(row[n].text for row in rows)]
    cells = [[row[n] for n in kept] for row in rows]
    figure = found.figure.model_copy(update={"columns": tuple(found.figure.columns[n] for n in kept)})
    used = {sign for row in cells for each in row for sign in each.text.rsplit(" ", 2)[-2:]} & MEANINGS.keys()
    return Shown(figure, found, cells, sorted(used), _same(figure, cells, stays))


def _same(figure: Figure, cells: list[list[Cell]], stays: Collection[str]) -> frozenset[int]:
    if len(cells) <= FEW_ROWS or figure.heads or figure.tiles or figure.spark:
        return frozenset()
    columns = enumerate(zip(figure.columns, zip(*cells, strict=True), strict=True))
    return frozenset(
        place
        for place, (column, found) in columns
        if not (column.head or column.link or column.show == "spark" or column.label in stays)
        and len({each.text for each in found}) == 1
    )


def _cell(column: Column, row: dict[str, object], leads: Leads, heads: bool, digits: Mapping[object, int]) -> Cell:
    value = row[column.name]
    return Cell(
        text=cell(column, row, digits),
        is_head=column.head,
        is_number=column.show in NUMERIC,
        way=leads(column, row) if column.link and value is not None else None,
        tag=TAG_CLASSES.get(str(value), "") if column.show == "tag" and value is not None else None,
        heads=heads,
        line=small_line(value) if column.show == "spark" and isinstance(value, list) else "",
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
    if cell.line:
        text = f'<span class="govuk-visually-hidden">{text}</span>{cell.line}'
    if cell.way:
        text = f'<a class="govuk-link" href="{escape(to(cell.way))}">{text}</a>'
    elif cell.tag is not None:
        text = f'<strong class="govuk-tag {cell.tag}">{text}</strong>'
    if cell.is_head:
        return f'<th scope="row">{text}</th>'
    if cell.is_number:
        return f'<td class="n">{text}</td>'
    return f"<td>{text}</td>"
