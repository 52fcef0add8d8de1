"""The rows of a figure as a CSV file: those of the page in its order, with the columns of the query and their codes."""

import csv
from datetime import date
from io import StringIO
from typing import Any

from figures.read import Page, Rows
from flows.base.render_cache import ISO_DATE

DECIMALS = 6
"""More than pages show, and less than the noise of a double."""


def csv_of(found: Rows) -> str:
    """A line of headings and a line a row: UTF-8, RFC 4180, ISO dates, nothing where a value is missing."""
    names = [name for name, value in found.rows[0].items() if not isinstance(value, list)] if found.rows else []
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(names)
    writer.writerows([_value(row[name]) for name in names] for row in found.rows)
    return file.getvalue()


def file_name(page: Page, found: Rows) -> str:
    """What the file of a figure is called: subject, edition and date, with the mark of a date."""
    subject = [page.kind.name, *page.keys.values(), found.figure.name]
    return f"{'-'.join(subject).replace('_', '-')}-{page.kind.edition.key}-{ISO_DATE}.csv"


def _value(value: Any) -> Any:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
        case date():
            return value.isoformat()
        case _:
            return value
