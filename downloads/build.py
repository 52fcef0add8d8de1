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
    """A workbook stands below the folder where its page stands in the site. Returns how many there are."""
    publication = publication_of(connection)
    written = 0
    for kind in kinds():
        for page in pages_of(connection, kind) if kind.in_workbook else ():
            book = book_of(page, rows_of(connection, page, kind.in_workbook), publication)
            write_workbook(book, (folder / page.path).with_suffix(".xlsx"))
            written += 1
    return written
