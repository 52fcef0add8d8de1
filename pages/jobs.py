"""The pages of a publication, each with what tells whether it must be made anew, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import duckdb

from figures import Figure, Kind, Page, rows_of
from figures.basis import Basis
from figures.dictionary import Table
from figures.read import key_statement
from flows.kept import Kept, code, digest
from pages.render import TABLES, Renderer, table_path
from pages.site_map import site_map


@dataclass(frozen=True)
class Job:
    """A page. basis: digest of the tables and all else that it is made of. make: its form (flows.kept)."""

    path: str
    basis: bytes | None
    make: Callable[[], bytes]


class Jobs:
    """Every page of a publication: those of the kinds, the queries behind their figures, the tables' dictionary."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, kept: Kept) -> None:
        self._connection = connection
        self._kept = kept
        self._basis = Basis(connection)
        self._map = site_map(connection)

    @cached_property
    def by_path(self) -> dict[str, Job]:
        jobs = [*self._of_kinds(), *self._of_queries(), *self._of_tables()]
        return {job.path: job for job in jobs}

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self._map)

    def _of_kinds(self) -> list[Job]:
        return [job for kind in self._map.kinds for job in self._of_kind(kind)]

    def _of_kind(self, kind: Kind) -> list[Job]:
        queries = [kind.query(figure.name) for figure in kind.on_page]
        of_kind = self._basis.of(queries, self._map.in_reach(kind))
        return [self._of_page(page, of_kind) for page in self._map.pages[kind.name]]

    def _of_page(self, page: Page, of_kind: bytes | None) -> Job:
        around = digest(code(), page.path, page.values, page.text, self._map.crumbs(page))
        basis = digest(of_kind, around) if of_kind else None
        return Job(page.path, basis, partial(self._page, page, around, basis))

    def _page(self, page: Page, around: bytes, basis: bytes | None) -> bytes:
        """Not rendered where its figures say what they said, although their tables have changed."""
        found = rows_of(self._connection, page)
        said = digest(around, [(rows.figure.name, rows.rows, self._map.ways(rows)) for rows in found])
        return self._kept.form(page.path, basis, said, lambda: self._renderer.page(page, found).encode())

    def _of_queries(self) -> list[Job]:
        examples = [self._map.pages[kind.name][0] for kind in self._map.kinds]
        return [self._of_query(example, figure) for example in examples for figure in example.kind.figures]

    def _of_query(self, example: Page, figure: Figure) -> Job:
        kind = example.kind
        statements = [f"{key_statement(key, value)};" for key, value in example.keys.items()]
        tables = [table for table in self._basis.tables if table.is_read_by(kind, figure)]
        basis = digest(code(), kind.name, figure.name, statements, [table.name for table in tables])
        render = partial(Renderer.query, kind=kind, figure=figure, statements=statements, tables=tables)
        return self._told(kind.query_path(figure), basis, render)

    def _of_tables(self) -> list[Job]:
        tables, kinds = self._basis.tables, [kind.name for kind in self._map.kinds]
        listed = self._told(TABLES.path, digest(code(), tables), partial(Renderer.tables, tables=tables))
        return [listed, *(self._of_table(table, kinds) for table in tables)]

    def _of_table(self, table: Table, kinds: list[str]) -> Job:
        return self._told(table_path(table), digest(code(), table, kinds), partial(Renderer.table, table=table))

    def _told(self, path: str, basis: bytes, render: Callable[[Renderer], str]) -> Job:
        """A page that says nothing but what its basis says."""
        return Job(path, basis, lambda: self._kept.form(path, basis, basis, lambda: render(self._renderer).encode()))
