"""The CSV file of a figure's rows as a link, and the notes beside it: its columns, its words, how to cite it."""

from collections.abc import Iterable
from textwrap import fill
from urllib.parse import quote

from markupsafe import Markup, escape

from figures import Figure, Kind, Page, Rows
from figures.dictionary import Table
from figures.rows_csv import csv_of, file_name
from figures.words import STATUSES, lower_first, plain
from flows.base.render_cache import BUSINESS_DATE, RUN_ID

WIDTH = 100

FILE = (
    "The file has the rows of the page in its order. It is UTF-8 with a line of headings, commas, dates as 2005-09-30 "
    "and proportions from 0 to 1, with at most six decimals. Where a value does not exist the cell is empty, and a "
    "column that ends in status, where there is one, says why."
)


UNQUOTED = "-._~!*();:@=+$,/?[]"
"""Signs that stand as they are in an address in quotation marks."""


def csv_link(page: Page, found: Rows) -> Markup:
    """A link with the rows of a figure as a CSV file in it: there is nothing beside the page to be lost."""
    data = quote(csv_of(found), safe=UNQUOTED)
    of = escape(lower_first(found.figure.title))
    return Markup(  # noqa: S704 -- what is delivered is escaped in it
        f'<a class="govuk-link" download="{file_name(page, found)}" href="data:text/csv;charset=utf-8,{data}">'
        f'CSV<span class="govuk-visually-hidden"> of {of}</span></a>'
    )


def notes(kind: Kind, figure: Figure, names: Iterable[str], tables: Iterable[Table], notice: str) -> str:
    """The notes on a figure, as text. names: of its columns. tables: that its query reads."""
    edition = kind.edition
    told = [plain(section.text) for section in kind.sections if figure in section.figures]
    chart = plain(figure.chart.text) if figure.chart else ""
    cited = (
        f"{figure.title} ({kind.called}). Casebook, {edition.name.lower()} edition, {edition.unit} {RUN_ID}, "
        f"figures as of {BUSINESS_DATE}. Query: site/{kind.query_path(figure)}"
    )
    parts = [
        f"{figure.title} ({kind.called})",
        f"{edition.name} edition. {edition.banner}",
        notice,
        *told,
        plain(figure.text),
        chart,
        FILE,
        "Columns",
        *_columns(figure, names, list(tables)),
        "Words of a status",
        *(f"{status}: {meaning}" for status, meaning in STATUSES.items()),
        "Cite this",
        cited,
        "Licence: site/about/licence.html",
    ]
    return "\n\n".join(fill(part, WIDTH) for part in parts if part) + "\n"


def _columns(figure: Figure, names: Iterable[str], tables: list[Table]) -> list[str]:
    labels = {column.name: column.label for column in figure.columns}
    labels |= {column.to: f"{column.label}, upper end" for column in figure.columns if column.to}
    described = {column.name: plain(column.description) for table in tables for column in table.columns}
    return [": ".join(filter(None, (name, labels.get(name, ""), described.get(name, "")))) for name in names]
