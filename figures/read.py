"""Run the queries of figures on a publication."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from figures.define import Figure, Kind
from figures.documents import as_page
from figures.edition import PUBLIC, edition_of
from flows.base.settings import PROJECT
from flows.base.text import printable

SAFE_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""What a key may look like that becomes part of a path."""

PUBLICATION = "select run_id, business_date, deliveries, invented_deliveries from ops.publication"
RELEASE = """
    select
        release,
        business_date,
        case invented_cases when 'some' then 2 else 1 end as deliveries,
        case invented_cases when 'none' then 0 else 1 end as invented
    from public.release"""

CHECKSUM_OF_CONTENT = """
    select sha256(string_agg(
        table_schema || '.' || table_name || ' ' || content_hash, chr(10) order by table_schema, table_name
    ))
    from ops.publication_table"""

Row = dict[str, Any]


@dataclass(frozen=True)
class Publication:
    """Which publication pages and downloads are of, as they say. run_id: the name of a release. deliveries: that count
    in it; invented: of them. checksum: of what is published, SHA-256."""

    run_id: str
    business_date: date
    deliveries: int = 0
    invented: int = 0
    checksum: str = ""

    @property
    def notice(self) -> str:
        """What must stand on everything that is made of it where deliveries are invented; else empty.

        Without numbers, or everything would be made again with each delivery.
        """
        if not self.invented:
            return ""
        cases = "Some of the cases" if self.invented < self.deliveries else "The cases"
        return (
            f"{cases} behind these figures are invented, and so is what is computed from them. Figures called "
            "printed or published are those of reports."
        )


@dataclass(frozen=True)
class Page:
    """A page of a kind. values: its row of `pages.sql`, keys among them."""

    kind: Kind
    values: Row

    @property
    def path(self) -> str:
        """Where it stands in the site."""
        return self.kind.path.format_map(self.values)

    @property
    def workbook(self) -> str | None:
        """Where its workbook stands among the workbooks, if its kind has any."""
        return f"{self.path.removesuffix('.html')}.xlsx" if self.kind.in_workbook else None

    @property
    def title(self) -> str:
        return self.kind.title.format_map(self.values)

    @property
    def keys(self) -> dict[str, str]:
        """The parameters of its queries."""
        return {key: self.values[key] for key in self.kind.keys}

    @property
    def text(self) -> str:
        """The text that stands on it (Markdown)."""
        if self.kind.document is None:
            return ""
        path = self.kind.document.format_map(self.values)
        own = PROJECT / self.kind.edition.document(path)
        return as_page((own if own.exists() else PROJECT / path).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Rows:
    """What a figure says on a page. rows: in the order of the query."""

    figure: Figure
    rows: list[Row]


def publication_of(connection: duckdb.DuckDBPyConnection) -> Publication:
    """Which publication, or which release, the file is."""
    edition = edition_of(connection)
    query = RELEASE if edition is PUBLIC else PUBLICATION
    ((run_id, business_date, deliveries, invented),) = connection.execute(query).fetchall()
    checksum = _file_checksum(connection) if edition is PUBLIC else _content_checksum(connection)
    return Publication(run_id, business_date, deliveries, invented, checksum)


def _file_checksum(connection: duckdb.DuckDBPyConnection) -> str:
    """Of the file that is open; empty where it is in memory."""
    ((path,),) = connection.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchall()
    if not path:
        return ""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _content_checksum(connection: duckdb.DuckDBPyConnection) -> str:
    """Of the names and the content of all tables, as the publication records them; empty where it does not."""
    try:
        (found,) = connection.execute(CHECKSUM_OF_CONTENT).fetchall()
    except duckdb.CatalogException:
        return ""
    return str(found[0])


def pages_of(connection: duckdb.DuckDBPyConnection, kind: Kind) -> list[Page]:
    """The pages of a kind in this publication: one where it has no keys.

    Errors: ValueError where a key could not be part of a path.
    """
    if not kind.keys:
        return [Page(kind, {})]
    pages = [Page(kind, row) for row in _rows(connection, kind.query("pages"))]
    for page in pages:
        for key, value in page.keys.items():
            if not SAFE_KEY.fullmatch(value):
                raise ValueError(f"{key} {value!r} cannot name a page of kind {kind.name}.")
    return pages


def set_keys(connection: duckdb.DuckDBPyConnection, page: Page) -> None:
    """Make the page's keys the parameters of the queries that follow."""
    for key, value in page.keys.items():
        connection.execute(key_statement(key, value))


def key_statement(key: str, value: str) -> str:
    """The statement that gives a query its parameter."""
    quoted = value.replace("'", "''")
    return f"set variable {key} = '{quoted}'"


def rows_of(connection: duckdb.DuckDBPyConnection, page: Page, figures: Iterable[Figure]) -> list[Rows]:
    """What figures say, in order; one without rows and a word on that is left out."""
    set_keys(connection, page)
    found = [Rows(figure, _rows(connection, page.kind.query(figure.name))) for figure in figures]
    return [each for each in found if each.rows or each.figure.empty]


def columns_of(connection: duckdb.DuckDBPyConnection, page: Page, figure: Figure) -> list[str]:
    """The names of the columns of a figure's query that a CSV file has."""
    set_keys(connection, page)
    found = connection.execute(f"describe {page.kind.query(figure.name)}").fetchall()
    return [name for name, data_type, *_ in found if not data_type.endswith("[]")]


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, map(_readable, row), strict=True)) for row in result.fetchall()]


def _readable(value: Any) -> Any:
    """The value; of a text what can be shown, since what draws charts ends the process at a control character."""
    if not isinstance(value, str) or value.isprintable():
        return value
    return printable(re.sub(r"\s", " ", value))
