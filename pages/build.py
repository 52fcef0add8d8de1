"""Build the site of a publication: every kind of page, the queries behind their figures, the tables' dictionary."""

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from figures import Kind, Page, kinds, pages_of, publication_of, rows_of
from figures.dictionary import Table, tables_of
from figures.read import key_statement
from flows.errors import CasebookError
from flows.settings import PROJECT
from pages.render import Rendered, Renderer

LOG = logging.getLogger("casebook.pages")

ASSETS = Path(__file__).parent / "assets"
STYLESHEET = "casebook.css"


@dataclass(frozen=True)
class Site:
    """What was built: pages, and their size in bytes."""

    pages: int
    size: int


def build_site(candidate: Path, folder: Path) -> Site:
    """Write the site of the analysts' file `candidate` into `folder`, which must not be there yet.

    The same file makes the same bytes: nothing is said but what the file says. Half of the pages are built by a second
    process, since drawing pictures takes most of the time.
    """
    (folder / "assets").mkdir(parents=True)
    shutil.copyfile(ASSETS / STYLESHEET, folder / "assets" / STYLESHEET)
    with _second_half(candidate, folder) as second:
        first = build_half(candidate, folder, 0)
    site = Site(first.pages + second.built.pages, first.size + second.built.size)
    LOG.info("pages: %s pages, %.1f MB", f"{site.pages:,}", site.size / 1e6)
    return site


def build_half(candidate: Path, folder: Path, half: int) -> Site:
    """Write every second page, beginning with the first (0) or the second (1)."""
    with duckdb.connect(str(candidate), read_only=True, config={"threads": 1}) as connection:
        renderer = Renderer(publication_of(connection), site_map(connection))
        sizes = [_write(folder, rendered) for rendered in _render(connection, renderer, half)]
    return Site(len(sizes), sum(sizes))


@dataclass
class _Second:
    """The second process's share, known once it has ended."""

    built: Site


@contextmanager
def _second_half(candidate: Path, folder: Path) -> Iterator[_Second]:
    command = [sys.executable, "-m", "pages", str(candidate), str(folder)]
    process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    second = _Second(Site(0, 0))
    try:
        yield second
        answer = process.stdout.read() if process.stdout else ""
        # Its last word is not yet its end: killed in between it would seem to have failed.
        process.wait()
    finally:
        process.kill()
        process.wait()
    if process.returncode:
        raise CasebookError(
            f"The pages cannot be built: the process that builds half of them ended with {process.returncode}."
        )
    second.built = Site(**json.loads(answer))


def site_map(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Page]]:
    """The pages of each kind in this publication."""
    return {kind.name: pages_of(connection, kind) for kind in kinds()}


def _render(connection: duckdb.DuckDBPyConnection, renderer: Renderer, half: int) -> Iterator[Rendered]:
    pages = [page for each in renderer.pages.values() for page in each]
    for page in pages[half::2]:
        yield renderer.page(page, rows_of(connection, page))
    if half == 0:
        tables = tables_of(connection)
        for each in filter(None, renderer.pages.values()):
            yield from _render_queries(renderer, each[0], tables)
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
