"""Write the downloads of a publication: its tables, and a workbook of each page of the kinds that have sheets.

Those that are what they were are reused from an earlier night.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from downloads.contents import write_contents
from downloads.forms import filled
from downloads.tables import write_tables
from figures import Page, kinds, pages_of, publication_of, rows_of
from figures.build import Job, Product, build, opened
from figures.edition import edition_of
from figures.sources import Sources
from flows.base.render_cache import CachedFile, RenderCache

LOG = logging.getLogger("casebook.downloads")

TABLES, WORKBOOKS = "tables", "workbooks"
"""Folders of the downloads, and of the cache."""


@dataclass(frozen=True)
class Downloads:
    """What was written: tables, workbooks, those of them that were reused, and the size of it all in bytes."""

    tables: int
    workbooks: int
    reused: int
    size: int


def write_downloads(candidate: Path, folder: Path, cache: Path | None = None) -> Downloads:
    """Write the downloads of the analysts' file `candidate` into `folder`, which must not be there yet.

    The same file makes the same bytes: nothing stands in them but what the file holds. cache: where they are cached
    from night to night; without it all are made.
    """
    tables = partial(write_tables, folder=folder / TABLES, cache=RenderCache(_in(cache, TABLES)))
    built = build(BOOKS, candidate, folder / WORKBOOKS, _in(cache, WORKBOOKS), meanwhile=tables)
    with opened(candidate) as connection:
        write_contents(connection, folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    written = Downloads(len(list((folder / TABLES).glob("*.csv"))), built.files, built.reused, size)
    LOG.info(
        "downloads: %s tables, %s workbooks, %s reused, %.1f MB",
        written.tables,
        written.workbooks,
        written.reused,
        size / 1e6,
    )
    return written


def _in(folder: Path | None, part: str) -> Path | None:
    return folder / part if folder else None


def jobs(connection: duckdb.DuckDBPyConnection, _: RenderCache) -> Mapping[str, Job]:
    """Every workbook by its name."""
    sources, notice = Sources(connection), publication_of(connection).notice
    of_kinds = [pages_of(connection, kind) for kind in kinds(edition_of(connection)) if kind.in_workbook]
    return {str(page.workbook): _job(connection, sources, page, notice) for pages in of_kinds for page in pages}


def _job(connection: duckdb.DuckDBPyConnection, sources: Sources, page: Page, notice: str) -> Job:
    queries = [page.kind.query(figure.name) for figure in page.kind.in_workbook]
    key = sources.key(queries, page.path, page.values, notice)
    return Job(key, lambda: CachedFile(key, _made(connection, page, notice)))


def _made(connection: duckdb.DuckDBPyConnection, page: Page, notice: str) -> bytes:
    # Loaded here: what writes workbooks takes a second, which a night that reuses them all need not spend.
    from downloads.sheets import book_of
    from downloads.workbooks import form_of

    return form_of(book_of(page, list(rows_of(connection, page, page.kind.in_workbook)), notice))


BOOKS = Product("downloads", jobs, filled, worth_a_process=10)
