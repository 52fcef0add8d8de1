"""Which pages a publication has: links lead only where one is, and each page shows the way there from the first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from figures import Column, Figure, Kind, Page, Rows, kinds, pages_of
from figures.edition import edition_of


@dataclass(frozen=True)
class Crumb:
    """A step on the way from the first page to the one that is read. path: in the site."""

    title: str
    path: str


HOME = Crumb("Home", "index.html")


class SiteMap:
    """The pages of one publication, by the name of their kind."""

    def __init__(self, pages: dict[str, list[Page]]) -> None:
        self.pages = pages

    @cached_property
    def all(self) -> list[Page]:
        return [page for each in self.pages.values() for page in each]

    @cached_property
    def kinds(self) -> list[Kind]:
        """Those that have pages."""
        return [pages[0].kind for pages in self.pages.values() if pages]

    def leads(self, column: Column, row: dict[str, Any]) -> str | None:
        """Where the cell of a column leads, if there is such a page."""
        path = (column.link or "").format_map(row)
        return path if path.partition("#")[0] in self._paths else None

    def ways(self, found: Rows) -> list[list[str | None]]:
        """Where all cells lead, row by row, of those columns of a figure that may lead anywhere."""
        columns = [column for column in found.figure.columns if column.link]
        return [[self.leads(column, row) for column in columns] for row in found.rows] if columns else []

    def in_reach(self, figures: Iterable[Figure]) -> list[list[str]]:
        """The paths of the pages, kind by kind, that the cells of figures may lead to."""
        links = {_shape(column.link) for figure in figures for column in figure.columns if column.link}
        return [[page.path for page in self.pages[to.name]] for to in self.kinds if _shape(to.path) in links]

    def crumbs(self, page: Page) -> list[Crumb]:
        """The way to a page, itself left out. Errors: ValueError where there is none."""
        if page.kind.parent is None:
            return []
        parent = next(iter(self.pages[page.kind.parent]), None)
        found = parent and self._by_key.get(
            (parent.kind.name, *(str(page.values.get(key)) for key in parent.kind.keys))
        )
        if not found:
            raise ValueError(f"{page.path} has no page one step up of kind {page.kind.parent}.")
        return [*self.crumbs(found), HOME if found.path == HOME.path else Crumb(found.title, found.path)]

    def beside(self, page: Page) -> tuple[Page | None, Page | None]:
        """The pages before and after one, of the same kind and below the same page."""
        return self._beside[page.path]

    @cached_property
    def _beside(self) -> dict[str, tuple[Page | None, Page | None]]:
        below: dict[tuple[str, ...], list[Page]] = {}
        for page in self.all:
            above = [crumb.path for crumb in self.crumbs(page)][-1:]
            below.setdefault((page.kind.name, *above), []).append(page)
        return {
            page.path: (before, after)
            for among in below.values()
            for before, page, after in zip([None, *among], among, [*among[1:], None], strict=False)
        }

    @cached_property
    def _paths(self) -> set[str]:
        return {page.path for page in self.all}

    @cached_property
    def _by_key(self) -> dict[tuple[str, ...], Page]:
        return {(page.kind.name, *page.keys.values()): page for page in self.all}


def site_map(connection: duckdb.DuckDBPyConnection) -> SiteMap:
    """The pages of a publication."""
    return SiteMap({kind.name: pages_of(connection, kind) for kind in kinds(edition_of(connection))})


def _shape(path: str) -> str:
    """A path without the names of what is filled in, and without what is chosen on its page."""
    return re.sub(r"{\w+}", "{}", path.partition("#")[0])
