"""Write the downloads of a publication: its tables, and a workbook of each page of the kinds that have sheets."""

import logging
from dataclasses import dataclass
from pathlib import Path

import duckdb

from downloads.sheets import book_of
from downloads.tables import write_tables
from downloads.workbooks import write_workbook
from figures import kinds, pages_of, publication_of, rows_of

LOG = logging.getLogger("casebook.downloads")


@dataclass(frozen=True)
class Downloads:
    """What was written: tables, workbooks, and the size of it all in bytes."""

    tables: int
    workbooks: int
    size: int


def write_downloads(candidate: Path, folder: Path) -> Downloads:
    """Write the downloads of the analysts' file `candidate` into `folder`, which must not be there yet.

    The same file makes the same bytes: nothing is said but what the file says.
    """
    with duckdb.connect(str(candidate), read_only=True, config={"threads": 1}) as connection:
        tables = write_tables(connection, folder / "tables")
        workbooks = _write_workbooks(connection, folder / "workbooks")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    LOG.info("downloads: %s tables, %s workbooks, %.1f MB", tables, workbooks, size / 1e6)
    return Downloads(tables, workbooks, size)


def _write_workbooks(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write the workbook of each page that has one. Returns how many there are."""
    publication = publication_of(connection)
    pages = [page for kind in kinds() if kind.in_workbook for page in pages_of(connection, kind)]
    for page in pages:
        book = book_of(page, rows_of(connection, page, page.kind.in_workbook), publication)
        write_workbook(book, folder / str(page.workbook))
    return len(pages)
