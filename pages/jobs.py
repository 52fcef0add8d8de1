"""The pages of a publication, each with what tells whether it must be made anew, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial

import duckdb

from figures import Figure, Kind, Page, Rows
from figures.answers import Answers
from figures.basis import Basis
from figures.dictionary import Table
from figures.read import key_statement
from flows.base.render_cache import Form, Kept, code, digest
from pages.render import TABLES, Renderer, figure_on, table_path
from pages.site_map import site_map


@dataclass(frozen=True)
class Job:
    """A page. basis: digest of the tables and all else that it is made of. make: its form (flows.base.render_cache)."""

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
        made_of = {
            figure.name: self._basis.of([kind.query(figure.name)], self._map.in_reach([figure]))
            for figure in kind.on_page
        }
        return [self._of_page(page, made_of) for page in self._map.pages[kind.name]]

    def _of_page(self, page: Page, made_of: dict[str, bytes | None]) -> Job:
        around = digest(code(), page.path, page.values, page.text, self._map.crumbs(page))
        basis = digest(*made_of.values(), around) if all(made_of.values()) else None
        return Job(page.path, basis, partial(self._page, page, made_of, around, basis))

    def _page(self, page: Page, made_of: dict[str, bytes | None], around: bytes, basis: bytes | None) -> bytes:
        """Not rendered where its figures say what they said, although their tables have changed."""
        before = self._kept.read(page.path)
        told_before = before.answers if before else {}
        answers = Answers(self._connection, page, page.kind.on_page, made_of, self._shown, told_before)
        said = digest(around, [(name, answer.said) for name, answer in answers.said.items()])
        render = partial(self._rendered, page, answers, before)
        return self._kept.form(page.path, basis, said, render, answers.said)

    def _rendered(self, page: Page, answers: Answers, before: Form | None) -> bytes:
        """Figures that say what they said are taken from the page as it was: pictures take long to draw."""
        old = before.content.decode() if before else ""
        taken = {figure.name: figure_on(old, figure.name) for figure in answers.as_before}
        drawn = {rows.figure.name: self._renderer.figure(page, rows) for rows in answers.rows(leaving_out=taken)}
        figures = {name: figure for name, figure in {**taken, **drawn}.items() if figure}
        return self._renderer.page(page, figures).encode()

    def _shown(self, rows: Rows) -> tuple[object, ...]:
        return code(), rows.rows, self._map.ways(rows)

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
