"""Write the downloads of a publication: its tables, and a workbook of each page of the kinds that have sheets.

Those that are what they were are carried over from an earlier night.
"""

import logging
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import duckdb

from downloads.forms import filled
from downloads.tables import write_tables
from figures import Page, Rows, kinds, pages_of, publication_of
from figures.answers import Answers
from figures.basis import Basis
from flows.base.render_cache import Kept, code, digest
from flows.base.worker_process import second_process

LOG = logging.getLogger("casebook.downloads")

TABLES, WORKBOOKS = "tables", "workbooks"
"""Folders of the downloads, and of what is kept."""

WORTH_A_PROCESS = 10
"""Workbooks to make for which a second process, which takes a second to begin, is of use."""


@dataclass(frozen=True)
class Downloads:
    """What was written: tables, workbooks, those carried over, and the size of it all in bytes."""

    tables: int
    workbooks: int
    carried: int
    size: int


def write_downloads(candidate: Path, folder: Path, kept: Path | None = None) -> Downloads:
    """Write the downloads of the analysts' file `candidate` into `folder`, which must not be there yet.

    The same file makes the same bytes: nothing is said but what the file says. kept: where forms of them are kept from
    night to night; without it all are made anew.
    """
    with duckdb.connect(str(candidate), read_only=True, config={"threads": 1}) as connection:
        share = _Share(connection, folder / WORKBOOKS, _kept(kept, WORKBOOKS))
        left = share.carry_over()
        here, there = (left[::2], left[1::2]) if len(left) >= WORTH_A_PROCESS else (left, [])
        arguments = [candidate, folder, *([kept] if kept else [])]
        with second_process("downloads", arguments, there) if there else nullcontext():
            tables = _write_tables(connection, folder / TABLES, _kept(kept, TABLES))
            share.make(here)
        share.kept.keep_only(share.pages)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    written = Downloads(tables, len(share.pages), len(share.pages) - len(left), size)
    LOG.info(
        "downloads: %s tables, %s workbooks, %s carried over, %.1f MB",
        tables,
        written.workbooks,
        written.carried,
        size / 1e6,
    )
    return written


def write_share(candidate: Path, folder: Path, kept: Path | None, names: list[str]) -> None:
    """Write the workbooks with these names."""
    with duckdb.connect(str(candidate), read_only=True, config={"threads": 1}) as connection:
        _Share(connection, folder / WORKBOOKS, _kept(kept, WORKBOOKS)).make(names)


def _kept(folder: Path | None, part: str) -> Kept:
    return Kept(folder / part if folder else None)


def _write_tables(connection: duckdb.DuckDBPyConnection, folder: Path, kept: Kept) -> int:
    files = write_tables(connection, folder, kept)
    kept.keep_only(files)
    return len({file.partition(".")[0] for file in files})


class _Share:
    """What a process does of the workbooks."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, kept: Kept) -> None:
        self._connection = connection
        self._publication = publication_of(connection)
        self._basis = Basis(connection)
        self._folder = folder
        self.kept = kept
        of_kinds = [pages_of(connection, kind) for kind in kinds() if kind.in_workbook]
        self.pages = {str(page.workbook): page for pages in of_kinds for page in pages}

    def carry_over(self) -> list[str]:
        """Write the workbooks that need not be made anew. Returns the names of the others."""
        for name in {name.rpartition("/")[0] for name in self.pages}:
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        return [name for name, page in self.pages.items() if not self._carry(name, page)]

    def make(self, names: Iterable[str]) -> None:
        for name in names:
            self._write(name, self._form(name, self.pages[name]))

    def _carry(self, name: str, page: Page) -> bool:
        form = self.kept.carried(name, self._of(page))
        if form is not None:
            self._write(name, form)
        return form is not None

    def _of(self, page: Page) -> bytes | None:
        """Digest of the tables and all else that the workbook of a page is made of."""
        queries = [page.kind.query(figure.name) for figure in page.kind.in_workbook]
        return self._basis.of(queries, page.path, page.values)

    def _form(self, name: str, page: Page) -> bytes:
        made_of = {figure.name: self._basis.of([page.kind.query(figure.name)]) for figure in page.kind.in_workbook}
        before = self.kept.read(name)
        told_before = before.answers if before else {}
        answers = Answers(self._connection, page, page.kind.in_workbook, made_of, attrgetter("rows"), told_before)
        around = (code(), page.path, page.values)
        said = digest(*around, [(figure, answer.said) for figure, answer in answers.said.items()])
        return self.kept.form(name, self._of(page), said, lambda: _made(page, answers.rows()), answers.said)

    def _write(self, name: str, form: bytes) -> None:
        (self._folder / name).write_bytes(filled(form, self._publication))


def _made(page: Page, found: list[Rows]) -> bytes:
    # Loaded here: what writes workbooks takes a second, which a night whose workbooks are all kept need not spend.
    from downloads.sheets import book_of
    from downloads.workbooks import form_of

    return form_of(book_of(page, found))
