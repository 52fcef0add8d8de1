"""Build the site of a publication: every kind of page, the queries behind their figures, the tables' dictionary."""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from figures import Kind, Page, kinds, pages_of, rows_of
from figures.read import key_statement
from pages.dictionary import Table, tables_of
from pages.render import Rendered, Renderer

LOG = logging.getLogger("casebook.pages")

ASSETS = Path(__file__).parent / "assets"
STYLESHEET = "casebook.css"


@dataclass(frozen=True)
class Site:
    """What was built: pages, and their size in bytes."""

    pages: int
    size: int


@dataclass(frozen=True)
class Publication:
    """Which publication the pages are of: each of them says so."""

    run_id: str
    business_date: date


def build_site(candidate: Path, folder: Path) -> Site:
    """Write the site of the analysts' file `candidate` into `folder`, which must not be there yet.

    The same file makes the same bytes: nothing is said but what the file says.
    """
    with duckdb.connect(str(candidate), read_only=True, config={"threads": 1}) as connection:
        renderer = Renderer(_publication(connection), site_map(connection))
        (folder / "assets").mkdir(parents=True)
        shutil.copyfile(ASSETS / STYLESHEET, folder / "assets" / STYLESHEET)
        sizes = [_write(folder, rendered) for rendered in _render_all(connection, renderer)]
    LOG.info("pages: %s pages, %.1f MB", f"{len(sizes):,}", sum(sizes) / 1e6)
    return Site(len(sizes), sum(sizes))


def site_map(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Page]]:
    """The pages of each kind in this publication."""
    return {kind.name: pages_of(connection, kind) for kind in kinds()}


def _publication(connection: duckdb.DuckDBPyConnection) -> Publication:
    ((run_id, business_date),) = connection.execute("select run_id, business_date from public.publication").fetchall()
    return Publication(run_id, business_date)


def _render_all(connection: duckdb.DuckDBPyConnection, renderer: Renderer) -> Iterator[Rendered]:
    tables = tables_of(connection)
    for pages in renderer.pages.values():
        for page in pages:
            yield renderer.page(page, rows_of(connection, page))
        if pages:
            yield from _render_queries(renderer, pages[0], tables)
    yield from renderer.tables(tables)


def _render_queries(renderer: Renderer, example: Page, tables: list[Table]) -> Iterator[Rendered]:
    kind: Kind = example.kind
    statements = [f"{key_statement(key, value)};" for key, value in example.keys.items()]
    for figure in kind.figures:
        yield renderer.query(kind, figure, statements, [table for table in tables if table.is_read_by(kind, figure)])


def _write(folder: Path, rendered: Rendered) -> int:
    path = folder / rendered.path
    path.parent.mkdir(parents=True, exist_ok=True)
    content = rendered.html.encode("utf-8")
    path.write_bytes(content)
    return len(content)
