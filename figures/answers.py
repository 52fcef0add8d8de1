"""What figures say on a page or in a workbook; one is asked only where it may say something else than before."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

import duckdb

from figures.define import Figure
from figures.read import Page, Rows, rows_of
from flows.base.render_cache import Answer, digest


class Answers:
    """The answers of figures on a page.

    made_of: digest of what the rows of each follow from, by its name, None where that is not known. told: what of its
    rows is said. before: the answers in the form that is kept.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        page: Page,
        figures: Sequence[Figure],
        made_of: Mapping[str, bytes | None],
        told: Callable[[Rows], Any],
        before: Mapping[str, Answer],
    ) -> None:
        self._connection = connection
        self._page = page
        self._figures = figures
        self._made_of = made_of
        self._told = told
        self._before = before
        self._asked: dict[str, Rows | None] = {}

    @cached_property
    def said(self) -> dict[str, Answer]:
        """What each figure was made of and says: as before where it is made of the same, otherwise it is asked."""
        held = {
            name: before
            for name, basis in self._made_of.items()
            if basis and (before := self._before.get(name)) and before.basis == basis
        }
        self._ask([figure for figure in self._figures if figure.name not in held])
        return {name: held.get(name) or Answer(basis, self._digest(name)) for name, basis in self._made_of.items()}

    @property
    def as_before(self) -> list[Figure]:
        """Figures that say what they said."""
        return [
            figure
            for figure in self._figures
            if (before := self._before.get(figure.name)) and before.said == self.said[figure.name].said
        ]

    def rows(self, leaving_out: Collection[str] = ()) -> list[Rows]:
        """The rows of figures in order; one without rows and a word on that is left out. leaving_out: those by name."""
        wanted = [figure for figure in self._figures if figure.name not in leaving_out]
        self._ask([figure for figure in wanted if figure.name not in self._asked])
        return [rows for figure in wanted if (rows := self._asked[figure.name])]

    def _ask(self, figures: Sequence[Figure]) -> None:
        if figures:
            found = {rows.figure.name: rows for rows in rows_of(self._connection, self._page, figures)}
            self._asked |= {figure.name: found.get(figure.name) for figure in figures}

    def _digest(self, name: str) -> bytes:
        rows = self._asked[name]
        return digest(self._told(rows) if rows else None)
