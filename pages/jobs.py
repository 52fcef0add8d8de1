"""The pages of a publication, each with the key that decides whether it is reused, and how it is made."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial

import duckdb
from markupsafe import Markup

from figures import Figure, Kind, Page, publication_of, rows_of
from figures.build import Job
from figures.dictionary import Table
from figures.edition import edition_of
from figures.read import columns_of, key_statement
from figures.sources import Sources
from flows.base.render_cache import CachedFile, RenderCache, code, digest
from pages.data import data_path, data_script
from pages.data_notes import notes
from pages.finder import A_TO_Z, columns_by_name, entries, script, table_path
from pages.render import COLUMNS, SEARCH, TABLES, Renderer, figure_on
from pages.site_map import site_map

ENTRIES = "assets/search-data.js"
"""What the page that searches loads."""


def jobs(connection: duckdb.DuckDBPyConnection, cache: RenderCache) -> Mapping[str, Job]:
    """Every page by its path: those of the kinds, the queries behind their figures, the tables' dictionary."""
    return _Jobs(connection, cache).by_path()


class _Jobs:
    def __init__(self, connection: duckdb.DuckDBPyConnection, cache: RenderCache) -> None:
        self._connection = connection
        self._cache = cache
        self._sources = Sources(connection)
        self._map = site_map(connection)
        self._notice = publication_of(connection).notice
        self._edition = edition_of(connection)
        self._made_by = digest(code(), self._notice, self._edition)

    def by_path(self) -> Mapping[str, Job]:
        return {
            **self._of_kinds(),
            **self._of_queries(),
            **self._of_notes(),
            **self._of_tables(),
            **self._of_search(),
            **self._of_data(),
        }

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self._map, self._notice, self._edition)

    def _of_kinds(self) -> Mapping[str, Job]:
        return {page.path: job for kind in self._map.kinds for page, job in self._of_kind(kind)}

    def _of_kind(self, kind: Kind) -> list[tuple[Page, Job]]:
        tables = {
            figure.name: self._sources.key([kind.query(figure.name)], self._map.in_reach([figure]))
            for figure in kind.on_page
        }
        return [(page, self._of_page(page, tables)) for page in self._map.pages[kind.name]]

    def _of_page(self, page: Page, tables: Mapping[str, str]) -> Job:
        beside = [(each.path, each.title) for each in self._map.beside(page) if each]
        around = digest(self._made_by, page.path, page.values, page.text, self._map.crumbs(page), beside)
        parts = {name: digest(around, key) for name, key in tables.items() if key}
        key = digest(around, *parts.values()) if len(parts) == len(tables) else ""
        return Job(key, partial(self._made, page, key, parts))

    def _made(self, page: Page, key: str, parts: Mapping[str, str]) -> CachedFile:
        """Figures that are made of what they were are taken from the page as it was: pictures take long to draw."""
        reused = self._reused(page.path, parts)
        left = [figure for figure in page.kind.on_page if figure.name not in reused]
        drawn = {rows.figure.name: self._renderer.figure(page, rows) for rows in rows_of(self._connection, page, left)}
        figures = {name: figure for name, figure in {**reused, **drawn}.items() if figure}
        return CachedFile(key, self._renderer.page(page, figures).encode(), parts)

    def _reused(self, path: str, parts: Mapping[str, str]) -> dict[str, Markup | None]:
        """Figures by name, None for one that has no rows."""
        before = self._cache.read(path)
        if before is None:
            return {}
        html = before.content.decode()
        return {name: figure_on(html, name) for name, key in parts.items() if before.parts.get(name) == key}

    @cached_property
    def _examples(self) -> list[Page]:
        """A page of each kind."""
        return [self._map.pages[kind.name][0] for kind in self._map.kinds]

    def _of_queries(self) -> Mapping[str, Job]:
        return {
            example.kind.query_path(figure): self._of_query(example, figure)
            for example in self._examples
            for figure in example.kind.figures
        }

    def _of_query(self, example: Page, figure: Figure) -> Job:
        kind = example.kind
        statements = [f"{key_statement(key, value)};" for key, value in example.keys.items()]
        tables = [table for table in self._sources.tables if table.is_read_by(kind, figure)]
        key = digest(self._made_by, kind.name, figure.name, statements, [table.name for table in tables])
        return self._whole(key, partial(Renderer.query, kind=kind, figure=figure, statements=statements, tables=tables))

    def _of_notes(self) -> Mapping[str, Job]:
        return {
            each.kind.notes_path(figure): self._of_note(each, figure)
            for each in self._examples
            for figure in each.kind.on_page
        }

    def _of_note(self, example: Page, figure: Figure) -> Job:
        kind = example.kind
        tables = [table for table in self._sources.tables if table.is_read_by(kind, figure)]
        key = digest(self._made_by, kind.name, figure.name, tables)

        def made() -> CachedFile:
            names = columns_of(self._connection, example, figure)
            return CachedFile(key, notes(kind, figure, names, tables, self._notice).encode())

        return Job(key, made)

    def _of_tables(self) -> Mapping[str, Job]:
        tables, kinds = self._sources.tables, [kind.name for kind in self._map.kinds]
        listed = self._whole(digest(self._made_by, tables), partial(Renderer.tables, tables=tables))
        columns = self._whole(digest(self._made_by, tables), partial(Renderer.columns, columns=columns_by_name(tables)))
        of_each = {table_path(table): self._of_table(table, kinds) for table in tables}
        return {TABLES.path: listed, COLUMNS.path: columns, **of_each}

    def _of_table(self, table: Table, kinds: list[str]) -> Job:
        return self._whole(digest(self._made_by, table, kinds), partial(Renderer.table, table=table))

    def _of_search(self) -> Mapping[str, Job]:
        (page,) = self._map.pages[A_TO_Z]
        figures = page.kind.figures
        queries = [page.kind.query(figure.name) for figure in figures]
        tables = self._sources.tables
        reach = self._map.in_reach(figures)
        key = self._sources.key(queries, self._made_by, tables, reach, [page.path for page in self._map.all])

        def made() -> CachedFile:
            found = rows_of(self._connection, page, figures)
            return CachedFile(key, script(entries(self._map, found, tables)).encode())

        return {SEARCH.path: self._whole(digest(self._made_by), Renderer.search), ENTRIES: Job(key, made)}

    def _of_data(self) -> Mapping[str, Job]:
        pages = [page for kind in self._map.kinds if kind.for_scripts for page in self._map.pages[kind.name]]
        return {data_path(page): self._of_rows(page) for page in pages}

    def _of_rows(self, page: Page) -> Job:
        figures = page.kind.for_scripts
        queries = [page.kind.query(figure.name) for figure in figures]
        key = self._sources.key(queries, self._made_by, page.path, page.keys)

        def made() -> CachedFile:
            return CachedFile(key, data_script(page, rows_of(self._connection, page, figures)).encode())

        return Job(key, made)

    def _whole(self, key: str, render: Callable[[Renderer], str]) -> Job:
        """A page without figures."""
        return Job(key, lambda: CachedFile(key, render(self._renderer).encode()))
